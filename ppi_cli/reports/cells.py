"""What a table's cell reads like, in a language and a unit."""

from __future__ import annotations

from dataclasses import replace

from ppi_cli.language import Language, Scale, decimals_of
from ppi_cli.message import msg
from ppi_cli.money import Money
from ppi_cli.reports.table import ByYear, Lines, Share, Signed, Table, Unequal
from ppi_cli.totals import Figure


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
        self.scale = scale
        self.with_unit = with_unit
        self._decimals = decimals

    def text(self, value: object) -> str:
        """The cell's text; of several values, a line each."""
        language = self._language
        if isinstance(value, Figure):
            return self._figure(value)
        if isinstance(value, Unequal):
            return self._figure(replace(value.figure, disputed=True))
        if isinstance(value, Share):
            if value.tenths is None:
                return self.text(None)
            return self._marked(value.figure, f"{language.tenths(value.tenths)} %")
        if isinstance(value, Signed):
            if value.amount is None:
                return ""
            return "+" * (value.amount.cents > 0) + self._amount(value.amount)
        if isinstance(value, Money):
            return language.money(value, self.scale, self._decimals)
        if isinstance(value, ByYear):
            pairs = (
                msg("{year}: {amount}", year=year, amount=self.text(each))
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
        return (
            "~" * figure.spread
            + text
            + "*" * figure.assumed
            + "+" * figure.known_only
            + "!" * (figure.disputed or figure.over or bool(figure.excess.cents))
        )

    def _amount(self, amount: Money) -> str:
        if self.with_unit or self.scale is None:
            return self._language.money(amount, self.scale, self._decimals)
        return self._language.number(amount, self.scale, self._decimals)


def rows_of(language: Language, table: Table) -> list[list[str]]:
    """The texts of a table's cells, line by line.

    The figures of a column have as many decimals as one of them needs, so that digits align.
    """
    columns = [_column(language, table, i) for i in range(len(table.columns))]
    return [
        [cells.text(value) for cells, value in zip(columns, line.cells, strict=False)]
        for line in table.lines
    ]


def _column(language: Language, table: Table, i: int) -> Cells:
    values = (line.cells[i] for line in table.lines if i < len(line.cells))
    amounts = (value.amount for value in values if isinstance(value, Figure | Signed | Unequal))
    decimals = None if table.scale is None else decimals_of(amounts, table.scale)
    return Cells(language, table.scale, decimals=decimals)
