"""A table of values, which every format writes in its own way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, Protocol, TypeAlias

from ppi_cli.language import Scale
from ppi_cli.message import Message
from ppi_cli.money import Money

#: ``heading`` spans the table, ``total`` sums it, ``comment`` says something of it that is no
#: line of its own: formats for machines leave headings and comments out.
RowKind: TypeAlias = Literal["line", "heading", "total", "comment"]


@dataclass(frozen=True, slots=True)
class Column:
    title: Message | str
    numeric: bool = False
    #: The column's name for machines.
    key: str = ""
    #: Of no use to people: only in the formats that programs read.
    for_machines: bool = False


@dataclass(frozen=True, slots=True)
class Lines:
    """Several values, one below the other; what to say where there are none."""

    values: tuple[object, ...]
    none: Message | None = None


@dataclass(frozen=True, slots=True)
class Signed:
    """A difference of amounts, shown with its sign; ``None`` where there is none."""

    amount: Money | None


@dataclass(frozen=True, slots=True)
class ByYear:
    """A value for each of some years."""

    values: Mapping[int, object]


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table, a value per column."""

    cells: tuple[object, ...]
    kind: RowKind = "line"


@dataclass(frozen=True, slots=True)
class Table:
    title: Message | str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    notes: tuple[Message, ...] = ()
    #: The unit of all amounts; ``None`` where each has its own.
    scale: Scale | None = None
    #: Tables that people see below this one; programs find what they say in the JSON.
    more: tuple[Table, ...] = ()

    def for_people(self) -> Table:
        """The table without the columns that are for machines."""
        kept = [i for i, column in enumerate(self.columns) if not column.for_machines]
        lines = (
            line
            if line.kind == "heading"
            else replace(line, cells=tuple(line.cells[i] for i in kept))
            for line in self.lines
        )
        return replace(self, columns=tuple(self.columns[i] for i in kept), lines=tuple(lines))


class Report(Protocol):
    """What a command shows."""

    def table(self) -> Table:
        """As a table, for people and for spreadsheets."""

    def payload(self) -> Mapping[str, Any]:
        """As JSON: texts, numbers, lists, mappings; amounts are texts, not stated is null."""


FORMAT_VERSION = "1.0"
