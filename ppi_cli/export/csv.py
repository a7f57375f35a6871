"""CSV: for programs, the same in every language; and ``csv-fr``, which a French spreadsheet opens.

Amounts are to the cent, and what is not stated is empty, in both.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from ppi_cli.figures.totals import Figure, marks_said
from ppi_cli.reports.table import (
    ByYear,
    Column,
    Line,
    Lines,
    Report,
    Share,
    Signed,
    Unequal,
    unlike,
)
from ppi_cli.reports.values import one_decimal
from ppi_cli.values.characters import without_commands
from ppi_cli.values.message import Assumed, Conditional, Message, Spread, msg
from ppi_cli.values.money import Money
from ppi_cli.values.quarters import Span
from ppi_cli.words.language import Language

#: Spreadsheets take cells that begin so for formulas.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
#: By which a spreadsheet knows that a file is in UTF-8.
_BYTE_ORDER_MARK = "\ufeff"


def write(report: Report, format: str, language: Language) -> str:
    if format == "csv-fr":
        return _BYTE_ORDER_MARK + _written(report, ";", _FrenchCells(language.spoken("fr")))
    return _written(report, "\t" if format == "tsv" else ",", _Cells(language))


def _written(report: Report, delimiter: str, cells: _Cells) -> str:
    table = report.table()
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    keys = [column.key for column in table.columns]
    notes = Column(msg("Notes"), key=unlike("notes", keys))
    writer.writerow([cells.heading(column) for column in (*table.columns, notes)])
    for line in table.lines:
        if line.kind in ("line", "total", "detail"):
            texts = [cells.text(value) for value in line.cells]
            writer.writerow([*texts, "; ".join(cells.notes(line, table.columns))])
    return out.getvalue()


@dataclass(frozen=True)
class _Cells:
    """Values as programs read them: dots, quarters as in the plan, the words of keys."""

    language: Language

    def heading(self, column: Column) -> str:
        return column.key

    def number(self, digits: str) -> str:
        return digits

    def span(self, span: Span) -> str:
        return f"{span.first}..{span.last}"

    def mark(self, mark: Message) -> str:
        return mark.for_programs()

    def named(self, name: object, text: str) -> str:
        return f"{name}: {text}"

    def text(self, value: object) -> str:
        if value is None:
            return ""
        if isinstance(value, Share):
            return self.number(one_decimal(value.tenths) or "")
        if isinstance(value, Figure | Signed | Unequal):
            return "" if value.amount is None else self.number(str(value.amount))
        if isinstance(value, Money):
            return self.number(str(value))
        if isinstance(value, Assumed | Spread):
            return self.text(value.value)
        if isinstance(value, ByYear):
            return "\n".join(self.named(y, self.text(each)) for y, each in value.values.items())
        if isinstance(value, Lines):
            return "\n".join(self.text(each) for each in value.values)
        if isinstance(value, list):
            return "; ".join(self.text(each) for each in value)
        if isinstance(value, Span):
            return self.span(value)
        if isinstance(value, Conditional):
            value = str(value)
        return _no_formula(without_commands(self.language.show(value)))

    def notes(self, line: Line, columns: tuple[Column, ...]) -> Iterator[str]:
        """What marks say in the terminal, for every cell that has one: ``2016: assumed``."""
        for column, value in zip(columns, line.cells, strict=True):
            for year, mark in _marks(value):
                when = "" if year is None else f"{year} "
                yield self.named(self.heading(column), when + self.mark(mark))


class _FrenchCells(_Cells):
    """Values as a French spreadsheet reads them: decimal commas, and headings for people."""

    def heading(self, column: Column) -> str:
        return _no_formula(without_commands(self.language.show(column.title)) or column.key)

    def number(self, digits: str) -> str:
        return digits.replace(".", ",")

    def span(self, span: Span) -> str:
        return self.language.span(span)

    def mark(self, mark: Message) -> str:
        return self.language.say(mark)

    def named(self, name: object, text: str) -> str:
        return self.language.say(msg("{year}: {amount}", year=name, amount=text))


def _no_formula(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


def _marks(value: object) -> Iterator[tuple[object, Message]]:
    """What is to be known of a cell; of a value by year, of which year."""
    if isinstance(value, Figure):
        yield from ((None, mark) for mark in marks_said(value))
    if isinstance(value, Share | Unequal):
        yield from _marks(value.figure)
    if isinstance(value, Unequal):
        yield None, value.why
    if isinstance(value, Spread):
        yield None, msg("spread")
        yield from _marks(value.value)
    if isinstance(value, Assumed):
        yield None, msg("assumed")
    if isinstance(value, Conditional):
        yield None, msg("conditional")
    if isinstance(value, Lines) and any(isinstance(each, Assumed) for each in value.values):
        yield None, msg("assumed")
    if isinstance(value, ByYear):
        for year, each in value.values.items():
            if isinstance(each, Assumed):
                yield year, msg("assumed")
