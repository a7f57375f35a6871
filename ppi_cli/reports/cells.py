"""What a table's cell reads like, in a language and a unit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ppi_cli.figures.totals import Figure
from ppi_cli.reports.table import ByYear, Column, Lines, Marked, Share, Signed, Table, Unequal
from ppi_cli.values.message import Assumed, KnownOnly, Message, msg
from ppi_cli.values.money import Money
from ppi_cli.values.quarters import shown_year
from ppi_cli.values.terms import Scale
from ppi_cli.words.language import Language, decimals_of, exact_decimals, own_scale


class Cells:
    """Writes the values of a table."""

    def __init__(
        self,
        language: Language,
        scale: Scale | None,
        *,
        with_unit: bool = True,
        decimals: int | None = None,
    ) -> None:
        self._language = language
        self._not_stated = language.show(None)
        self.scale = scale
        self.with_unit = with_unit
        self.decimals = decimals

    def text(self, value: object) -> str:
        """The cell's text; of several values, a line each."""
        language = self._language
        if value is None:
            return self._not_stated
        if isinstance(value, (str, Message)):
            return language.show(value)
        if isinstance(value, Figure):
            return self._figure(value)
        if isinstance(value, Unequal):
            return self._figure(value.figure._replace(disputed=True))
        if isinstance(value, Share):
            if value.tenths is None:
                return self.text(None)
            return self._marked(value.figure, f"{language.tenths(value.tenths)} %")
        if isinstance(value, Marked):
            if value.value is None:
                return self.text(None)
            return self._marked(value.figure, self.text(value.value))
        if isinstance(value, Signed):
            if value.amount is None:
                return ""
            return "+" * (value.amount.cents > 0) + self._amount(value.amount)
        if isinstance(value, Money):
            return self._amount(value)
        if isinstance(value, Assumed):
            return self.text(value.value) + "*"
        if isinstance(value, KnownOnly):
            return self.text(value.value) + "+"
        if isinstance(value, ByYear):
            pairs = (
                msg("{year}: {amount}", year=_year(year), amount=self.text(each))
                for year, each in value.values.items()
            )
            return "\n".join(language.say(pair) for pair in pairs)
        if isinstance(value, Lines) and not value.values and value.none is not None:
            return language.say(value.none)
        if isinstance(value, Lines):
            return "\n".join(self.text(each) for each in value.values)
        return language.show(value)

    def _figure(self, figure: Figure) -> str:
        """An amount with its marks: ``~`` spread, ``*`` assumed, ``+`` known only, ``!`` wrong."""
        if figure.amount is None:
            return self.text(None) + "!" * figure.disputed
        return self._marked(figure, self._amount(figure.amount))

    def _marked(self, figure: Figure, text: str) -> str:
        before, after = marks(figure)
        return before + text + after

    def _amount(self, amount: Money) -> str:
        if self.with_unit or self.scale is None:
            return self._language.money(amount, self.scale, self.decimals)
        return self._language.number(amount, self.scale, self.decimals)


def marks(figure: Figure) -> tuple[str, str]:
    """The marks before and after a figure: what is to be known of it."""
    wrong = figure.disputed or figure.over or bool(figure.excess.cents)
    return "~" * figure.spread, "*" * figure.assumed + "+" * figure.known_only + "!" * wrong


def _year(period: object) -> object:
    """A year to be shown; a quarter as it is."""
    return shown_year(period) if isinstance(period, int) else period


class Unit(NamedTuple):
    """The unit that a table's figures are written in."""

    scale: Scale
    #: Whether it stands beside each amount; else above the table, once.
    in_cells: bool = True
    #: Whether amounts have decimals that the unit has not elsewhere: ``1,5 k€``.
    with_decimals: bool = False


def unit_of(table: Table, language: Language) -> Unit:
    """The unit of a table's figures: its own, else what the plan has, or the coarsest exact one."""
    if table.scale is not None:
        return Unit(table.scale)
    return Unit(language.scale_of(a for c, v in _cells(table) if c.numeric for a in _amounts(v)))


def scale_of_texts(table: Table, language: Language) -> Scale:
    """The unit of the columns whose texts are amounts: one for all of them."""
    if table.scale is not None:
        return table.scale
    values = (value for column, value in _cells(table) if column.of_amounts)
    return language.scale_of(a for value in values for a in _amounts(value, in_messages=True))


def narrower_units(table: Table, language: Language) -> Iterator[Unit]:
    """The same with the unit above the table; then, where that is exact, in thousands."""
    amounts = [a for column, value in _cells(table) if column.numeric for a in _amounts(value)]
    if not amounts:
        return
    unit = unit_of(table, language)
    yield Unit(unit.scale, in_cells=False)
    is_asked = table.unit_asked or own_scale(language.notation) == ""
    if unit.scale == "" and not is_asked and exact_decimals(amounts, "k") is not None:
        yield Unit("k", in_cells=False, with_decimals=True)


def rows_of(language: Language, table: Table, unit: Unit | None = None) -> list[list[str]]:
    """The texts of a table's cells, line by line.

    All figures have the same unit, and those of a column as many decimals as one of them needs,
    so that digits align.
    """
    unit = unit or unit_of(table, language)
    columns = [_column(language, table, unit, i) for i in range(len(table.columns))]
    return [
        [cells.text(value) for cells, value in zip(columns, line.cells, strict=False)]
        for line in table.lines
    ]


def _column(language: Language, table: Table, unit: Unit, i: int) -> Cells:
    column = table.columns[i]
    if column.of_amounts:
        scale = scale_of_texts(table, language)
        return Cells(language.in_unit(scale), scale)
    values = (line.cells[i] for line in table.lines if i < len(line.cells))
    amounts = [amount for value in values for amount in _amounts(value)]
    if not column.numeric:
        return Cells(language, language.scale_of(amounts) if table.scale is None else table.scale)
    decimals = decimals_of(amounts, unit.scale)
    if unit.with_decimals:
        decimals = exact_decimals(amounts, unit.scale) or 0
    return Cells(language, unit.scale, with_unit=unit.in_cells, decimals=decimals)


def _cells(table: Table) -> Iterator[tuple[Column, object]]:
    for line in table.lines:
        yield from zip(table.columns, line.cells, strict=False)


def _amounts(value: object, in_messages: bool = False) -> Iterator[Money]:
    """The amounts that a cell shows; those within a sentence only where they are asked for."""
    if isinstance(value, Money):
        yield value
    elif isinstance(value, Figure | Signed | Unequal):
        if value.amount is not None:
            yield value.amount
    elif isinstance(value, Assumed):
        yield from _amounts(value.value, in_messages)
    elif isinstance(value, Lines):
        for each in value.values:
            yield from _amounts(each, in_messages)
    elif isinstance(value, ByYear) or (in_messages and isinstance(value, Message)):
        for each in value.values.values():
            yield from _amounts(each, in_messages)
