"""CSV: for programs, the same in every language; and ``csv-fr``, which a French spreadsheet opens.

Amounts are to the cent, and what is not stated is empty, in both.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from ppi_cli.figures.totals import Figure, marks_said
from ppi_cli.reports.table import (
    ByYear,
    Column,
    Line,
    Lines,
    Marked,
    Report,
    Share,
    Signed,
    Unequal,
    unlike,
)
from ppi_cli.reports.values import one_decimal
from ppi_cli.values.characters import without_commands
from ppi_cli.values.message import Assumed, Conditional, Message, Ratio, Spread, msg
from ppi_cli.values.money import Money
from ppi_cli.values.quarters import Span, Year, shown_year
from ppi_cli.words.language import Language

#: Spreadsheets take cells that begin so for formulas.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
#: The words in what a French spreadsheet takes for a date, a time or a number.
_WORDS_OF_DATES = re.compile(
    "janvier|january|janv?|f[ée]vrier|february|f[ée]vr?|feb|mars?|march|avril|avr|april|apr|mai|may"
    "|juin|june?|jun|juillet|juil|july?|jul|ao[uû]t|august|aug|septemb(re|er)|sept?|octob(re|er)|oct"
    "|(nov|d[ée]c)(emb(re|er))?|lundi|lun|mardi|mercredi|mer|jeudi|jeu"
    "|vendredi|ven|samedi|sam|dimanche|dim|er|e|h|[ap]m?|eur"
)
_NAMES_OF_VALUES = ("vrai", "faux", "true", "false")
_PLAIN_NUMBER = re.compile(r"0|[1-9][0-9]{0,14}")
#: By which a spreadsheet knows that a file is in UTF-8.
_BYTE_ORDER_MARK = "\ufeff"


def write(report: Report, format: str, language: Language) -> str:
    if format == "csv-fr":
        return _BYTE_ORDER_MARK + _written(report, ";", _FrenchCells(language.spoken("fr")))
    return _written(report, "\t" if format == "tsv" else ",", _Cells(language))


def _written(report: Report, delimiter: str, cells: _Cells) -> str:
    table = report.table().for_programs()
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    keys = [column.key for column in table.columns]
    notes = Column(msg("Notes"), unlike("notes", keys))
    writer.writerow([cells.heading(column) for column in (*table.columns, notes)])
    for line in table.lines:
        if line.kind in ("line", "total", "detail"):
            texts = [cells.cell(value) for value in line.cells]
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

    def cell(self, value: object) -> str:
        return self.text(value)

    def span(self, span: Span) -> str:
        return f"{span.first}..{span.last}"

    def year(self, year: Year) -> str:
        return str(int(year))

    def mark(self, mark: Message) -> str:
        return mark.for_programs()

    def named(self, name: object, text: str) -> str:
        return f"{name}: {text}"

    def text(self, value: object) -> str:
        if value is None:
            return ""
        if isinstance(value, Share):
            return self.number(one_decimal(value.tenths) or "")
        if isinstance(value, Marked):
            return self.text(value.value)
        if isinstance(value, Ratio):
            return self.number(str(value))
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
        if isinstance(value, Year):
            return self.year(value)
        if isinstance(value, Conditional):
            value = str(value)
        return _no_formula(without_commands(self.language.show(value)))

    def notes(self, line: Line, columns: tuple[Column, ...]) -> Iterator[str]:
        """What marks say in the terminal, for every cell that has one: ``2016: assumed``."""
        for column, value in zip(columns, line.cells, strict=True):
            for year, mark in _marks(value):
                when = shown_year(year) if isinstance(year, int) else year
                when = self.year(when) if isinstance(when, Year) else when
                told = self.mark(mark) if when is None else f"{when} {self.mark(mark)}"
                yield self.named(self.heading(column), told)


class _FrenchCells(_Cells):
    """Values as a French spreadsheet reads them: decimal commas, and headings for people."""

    def heading(self, column: Column) -> str:
        return _as_text(without_commands(self.language.show(column.title)) or column.key)

    def number(self, digits: str) -> str:
        return digits.replace(".", ",")

    def cell(self, value: object) -> str:
        text = self.text(value)
        return _as_text(text) if _is_text(value) else text

    def span(self, span: Span) -> str:
        return self.language.span(span)

    def year(self, year: Year) -> str:
        return self.language.year(year)

    def mark(self, mark: Message) -> str:
        return self.language.say(mark)

    def named(self, name: object, text: str) -> str:
        name = shown_year(name) if isinstance(name, int) else name
        return self.language.say(msg("{year}: {amount}", year=name, amount=text))


def _no_formula(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


def _as_text(text: str) -> str:
    """What a French spreadsheet leaves as it is: ``1-2`` is the first of February elsewhere."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    is_taken = re.search(r"\d", text) is not None and all(map(_WORDS_OF_DATES.fullmatch, words))
    if (is_taken and not _PLAIN_NUMBER.fullmatch(text)) or text.lower() in _NAMES_OF_VALUES:
        return text if text.startswith("'") else f"'{text}"
    return _no_formula(text)


def _is_text(value: object) -> bool:
    """Whether a value is a text, and no figure, rate or date."""
    if isinstance(value, Assumed | Spread):
        return _is_text(value.value)
    if isinstance(value, Lines):
        return all(map(_is_text, value.values))
    if isinstance(value, list):
        return all(map(_is_text, value))
    return isinstance(value, str | Message)


def _marks(value: object) -> Iterator[tuple[object, Message]]:
    """What is to be known of a cell; of a value by year, of which year."""
    if isinstance(value, Figure):
        yield from ((None, mark) for mark in marks_said(value))
    if isinstance(value, Marked) and value.value is None:
        return
    if isinstance(value, Share | Unequal | Marked):
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
