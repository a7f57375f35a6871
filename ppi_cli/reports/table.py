"""A table of values, which every format writes in its own way."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple, Protocol, TypeAlias, cast

from ppi_cli.figures.totals import Figure
from ppi_cli.values.dataclass import dataclass
from ppi_cli.values.message import Message, msg
from ppi_cli.values.money import Money
from ppi_cli.values.quarters import Outside, Year
from ppi_cli.values.terms import Scale

#: ``heading`` spans the table, ``total`` sums it, ``comment`` says something of it that is no
#: line of its own: formats for machines leave headings and comments out. A ``detail`` is a line
#: that only they have: people read a comment in its place. A ``subtotal``, above the lines that it
#: sums, is for people too: programs would count it twice.
RowKind: TypeAlias = Literal["line", "heading", "total", "subtotal", "comment", "detail"]


class Column(NamedTuple):
    """A column of a table: what it is called, and what each thing of the table has in it."""

    title: Message | str | Year | Outside
    #: The column's name for machines.
    key: str = ""
    #: The cell of a thing, where the lines are of things; what JSON says of that, by its keys.
    cell: Callable[[Any], object] = lambda _: ""
    payload: Callable[[Any], Mapping[str, object]] = lambda _: {}
    numeric: bool = False
    #: Of no use to people: only in the formats that programs read.
    for_machines: bool = False
    #: A subtotal, which programs add up themselves: only in the tables that people read.
    for_people: bool = False
    #: Whether its texts are amounts, with what there is to say of each: they have one unit.
    of_amounts: bool = False
    #: Whether it sums those before it.
    of_totals: bool = False
    #: Of two versions, the one whose values these are.
    version: Literal["old", "new"] | None = None


class Lines(NamedTuple):
    """Several values, one below the other; what to say where there are none."""

    values: tuple[object, ...]
    none: Message | None = None


@dataclass(frozen=True, slots=True)
class Signed:
    """A difference of amounts, shown with its sign; ``None`` where there is none."""

    amount: Money | None


class Share(NamedTuple):
    """What a figure is of a whole, in tenths of a percent; ``None`` where that says nothing."""

    figure: Figure
    tenths: int | None


class Marked(NamedTuple):
    """A value that is no amount, with the marks of a figure that it comes from."""

    figure: Figure
    value: object


class Unequal(NamedTuple):
    """A sum that is not what it should be, with its mark, and why."""

    figure: Figure
    why: Message

    @property
    def amount(self) -> Money | None:
        return self.figure.amount


@dataclass(frozen=True, slots=True)
class ByYear:
    """A value for each of some years or quarters."""

    values: Mapping[Any, object]


class Line(NamedTuple):
    """A row of the table, a value per column.

    Of a heading, the one value that is not empty stands in its column where the grid goes on.
    """

    cells: tuple[object, ...]
    kind: RowKind = "line"


def heading(text: object, column: int) -> Line:
    """A heading, in its column where the grid goes on."""
    return Line((*[""] * column, text), "heading")


def lines_of(
    columns: Sequence[Column], things: Iterable[object], kind: RowKind = "line"
) -> Iterator[Line]:
    """A line for each thing, of what columns say of it."""
    return (Line(tuple(column.cell(thing) for column in columns), kind) for thing in things)


def payload_of(columns: Iterable[Column], thing: object) -> dict[str, object]:
    """What columns say of a thing in JSON."""
    return {key: value for column in columns for key, value in column.payload(thing).items()}


class Table(NamedTuple):
    title: Message | str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    notes: tuple[Message, ...] = ()
    #: The unit of all amounts; ``None``: the coarsest in which all of them are whole.
    scale: Scale | None = None
    #: Tables that people see below this one; programs find what they say in the JSON.
    more: tuple[Table, ...] = ()
    #: Where space is scarce, the essential is in the notes and in the tables below.
    may_be_folded: bool = False
    #: Whether the unit was asked for: no other one is taken to save space.
    unit_asked: bool = False

    def transposed(self, title: Message | str) -> Table:
        """The table with a line for each column of numbers, and a column for each line.

        Of the two columns that are left, the first has the id of a line and the second its title.
        ``title`` is what the columns of numbers are called. Comments are left out.
        """
        kept = [line for line in self.lines if line.kind in ("line", "subtotal", "total")]
        id, name = (i for i, column in enumerate(self.columns) if not column.numeric)
        ids = {line.cells[id] for line in kept}
        columns = [
            Column(msg("Period"), unlike("period", ids), for_machines=True),
            Column(title, unlike("title", ids)),
            *(
                Column(
                    cast("str | Message", line.cells[name]),
                    str(line.cells[id]),
                    numeric=True,
                    for_people=line.kind == "subtotal",
                )
                for line in kept
            ),
        ]
        lines = [
            Line(
                (column.key, column.title, *(line.cells[i] for line in kept)),
                "detail" if column.for_machines else "total" if column.of_totals else "line",
            )
            for i, column in enumerate(self.columns)
            if column.numeric
        ]
        return self._replace(columns=tuple(columns), lines=tuple(lines))

    def for_people(self) -> Table:
        """The table, and those below it, without the columns and lines that are for machines."""
        found = self._with([i for i, each in enumerate(self.columns) if not each.for_machines])
        return found._replace(
            lines=tuple(line for line in found.lines if line.kind != "detail"),
            more=tuple(table.for_people() for table in self.more),
        )

    def for_programs(self) -> Table:
        """The table without the columns that are for people, and without the tables below it."""
        found = self._with([i for i, each in enumerate(self.columns) if not each.for_people])
        return found._replace(more=())

    def _with(self, kept: Sequence[int]) -> Table:
        """The table with some of its columns."""
        lines = (
            line._replace(cells=tuple(line.cells[i] for i in kept if i < len(line.cells)))
            for line in self.lines
        )
        return self._replace(columns=tuple(self.columns[i] for i in kept), lines=tuple(lines))


def unlike(key: str, keys: Container[object]) -> str:
    """The name of a column, another one where things of the plan are called so."""
    return f"/{key}" if key in keys else key


class Report(Protocol):
    """What a command shows."""

    def table(self) -> Table:
        """As a table, for people and for spreadsheets."""

    def payload(self) -> Mapping[str, Any]:
        """As JSON: texts, numbers, lists, mappings; amounts are texts, not stated is null."""


class Noted(NamedTuple):
    """A report with notes below those of its own table."""

    report: Report
    notes: tuple[Message, ...]

    def table(self) -> Table:
        table = self.report.table()
        return table._replace(notes=(*table.notes, *self.notes))

    def payload(self) -> Mapping[str, Any]:
        return self.report.payload()


FORMAT_VERSION = "1.0"
