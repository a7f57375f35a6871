"""The plain-text table formats that people paste elsewhere, written by tabulate."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from tabulate import tabulate

from ppi_cli.export.escaping import in_cell, in_line
from ppi_cli.reports.cells import rows_of
from ppi_cli.reports.table import Report, Table
from ppi_cli.values.characters import without_commands
from ppi_cli.values.message import counted, msg
from ppi_cli.words.language import Language

_MARKDOWN = ("github", "pipe")
#: What tabulate calls a format: ``pipe`` aligns numbers, ``latex_raw`` leaves texts as they are.
_WRITTEN_AS = {"github": "pipe", "latex": "latex_raw", "latex_booktabs": "latex_raw"}
#: From how many lines a table is folded that may be, and how many are shown then: a comment on
#: GitHub has at most 65,536 characters.
_MOST_UNFOLDED, _MOST_LINES = 25, 150


def write(report: Report, format: str, language: Language) -> str:
    table = report.table()
    first = _folded if format in _MARKDOWN and _is_folded(table) else _blocks
    blocks = [*first(table, format, language)]
    if format == "html":
        title = escape(language.show(table.title))
        page = ["<!DOCTYPE html>", '<meta charset="utf-8">', f"<title>{title}</title>", *blocks]
        return without_commands("\n".join(page), lambda sign: f"&#{ord(sign)};") + "\n"
    return without_commands("\n\n".join(blocks)) + "\n"


def _blocks(table: Table, format: str, language: Language) -> Iterator[str]:
    """A table's title, the table, its notes, and the tables below it, as text of the format."""
    yield _title(language.show(table.title), format)
    if table.lines:
        yield _table(table.for_people(), format, language)
    yield from _notes(table, format, language)
    for below in table.more:
        yield from _blocks(below, format, language)


def _is_folded(table: Table) -> bool:
    return table.may_be_folded and len(table.lines) > _MOST_UNFOLDED


def _folded(table: Table, format: str, language: Language) -> Iterator[str]:
    """The same, with the table itself last, below a line that unfolds it."""
    table = table.for_people()
    yield _title(language.show(table.title), format)
    yield from _notes(table, format, language)
    for below in table.more:
        yield from _blocks(below, format, language)
    shown = table._replace(lines=table.lines[:_MOST_LINES])
    details = escape(language.say(msg("Details")))
    yield f"<details>\n<summary>{details}</summary>"
    yield _table(shown, format, language)
    if (left := len(table.lines) - _MOST_LINES) > 0:
        yield language.say(
            counted("{n} more line is left out", "{n} more lines are left out", left)
        )
    yield "</details>"


def _notes(table: Table, format: str, language: Language) -> Iterator[str]:
    if table.notes:
        yield "\n".join(_note(language.say(note), format) for note in table.notes)


def _table(table: Table, format: str, language: Language) -> str:
    columns = len(table.columns)
    rows = []
    for texts in rows_of(language, table):
        row = [in_cell(text, format) for text in texts]
        rows.append(row + [""] * (columns - len(row)))
    text = tabulate(
        rows,
        headers=[in_cell(language.show(column.title), format) for column in table.columns],
        tablefmt=_WRITTEN_AS.get(format, format),
        colalign=["right" if column.numeric else "left" for column in table.columns],
        disable_numparse=True,
    )
    if format == "latex_booktabs":
        for rule in ("top", "mid", "bottom"):
            text = text.replace("\\hline", f"\\{rule}rule", 1)
    return text


def _title(title: str, format: str) -> str:
    if format in _MARKDOWN:
        return f"**{in_line(title, format, whole=False)}**"
    if format == "html":
        return f"<h1>{escape(title)}</h1>"
    return f"% {title}" if format.startswith("latex") else in_line(title, format)


def _note(note: str, format: str) -> str:
    """A line below the table; a sign that would begin a list is escaped."""
    if format == "html":
        return f"<p>{escape(note)}</p>"
    if format.startswith("latex"):
        return f"% {note}"
    marks = {"github": "- ", "pipe": "- ", "rst": "| "}
    return marks.get(format, "") + in_line(note, format)
