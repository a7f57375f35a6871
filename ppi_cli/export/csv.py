"""CSV with dots in every language: amounts to the cent, what is not stated empty; and TSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from ppi_cli.characters import without_commands
from ppi_cli.language import Language
from ppi_cli.message import Assumed, Spread
from ppi_cli.money import Money
from ppi_cli.quarters import Span
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
from ppi_cli.totals import Figure, marks_of

#: Spreadsheets take cells that begin so for formulas.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write(report: Report, format: str, language: Language) -> str:
    table = report.table()
    out = io.StringIO()
    delimiter = "\t" if format == "tsv" else ","
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    keys = [column.key for column in table.columns]
    writer.writerow([*keys, unlike("notes", keys)])
    for line in table.lines:
        if line.kind in ("line", "total", "detail"):
            cells = [_text(value, language) for value in line.cells]
            writer.writerow([*cells, "; ".join(_notes(line, table.columns))])
    return out.getvalue()


def _text(value: object, language: Language) -> str:
    if value is None:
        return ""
    if isinstance(value, Share):
        return one_decimal(value.tenths) or ""
    if isinstance(value, Figure | Signed | Unequal):
        return "" if value.amount is None else str(value.amount)
    if isinstance(value, Money):
        return str(value)
    if isinstance(value, Assumed | Spread):
        return _text(value.value, language)
    if isinstance(value, ByYear):
        return "\n".join(f"{y}: {_text(each, language)}" for y, each in value.values.items())
    if isinstance(value, Lines):
        return "\n".join(_text(each, language) for each in value.values)
    if isinstance(value, list):
        return "; ".join(_text(each, language) for each in value)
    if isinstance(value, Span):
        return f"{value.first}..{value.last}"
    text = without_commands(language.show(value))
    return f"'{text}" if text.startswith(_FORMULA) else text


def _notes(line: Line, columns: tuple[Column, ...]) -> Iterator[str]:
    """What the marks of the terminal say, for every cell that has one: ``2016: assumed``."""
    for column, value in zip(columns, line.cells, strict=True):
        for name in _marks(value):
            yield f"{column.key}: {name}"


def _marks(value: object) -> Iterator[str]:
    if isinstance(value, Figure):
        yield from marks_of(value)
    if isinstance(value, Share):
        yield from marks_of(value.figure)
    if isinstance(value, Unequal):
        yield from (*marks_of(value.figure), value.why)
    if isinstance(value, Spread):
        yield from ("spread", *_marks(value.value))
    if isinstance(value, Assumed):
        yield "assumed"
    if isinstance(value, Lines) and any(isinstance(each, Assumed) for each in value.values):
        yield "assumed"
    if isinstance(value, ByYear):
        for year, each in value.values.items():
            if isinstance(each, Assumed):
                yield f"{year} assumed"
