"""The plain-text table formats that people paste elsewhere, written by tabulate."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from tabulate import tabulate

from ppi_cli.language import Language
from ppi_cli.reports.cells import rows_of
from ppi_cli.reports.table import Report, Table

_MARKDOWN = ("github", "pipe")


def write(report: Report, format: str, language: Language) -> str:
    table = report.table()
    blocks = [block for each in (table, *table.more) for block in _blocks(each, format, language)]
    if format == "html":
        title = escape(language.show(table.title))
        page = ["<!DOCTYPE html>", '<meta charset="utf-8">', f"<title>{title}</title>", *blocks]
        return "\n".join(page) + "\n"
    return "\n\n".join(blocks) + "\n"


def _blocks(table: Table, format: str, language: Language) -> Iterator[str]:
    """A table's title, the table, and its notes, each as text of the format."""
    yield _title(language.show(table.title), format)
    yield _table(table.for_people(), format, language)
    if table.notes:
        yield "\n".join(_note(language.say(note), format) for note in table.notes)


def _table(table: Table, format: str, language: Language) -> str:
    columns = len(table.columns)
    rows = []
    for texts in rows_of(language, table):
        row = [_escaped(text, format) for text in texts]
        rows.append(row if len(row) == columns else ["", *row] + [""] * (columns - 1 - len(row)))
    return tabulate(
        rows,
        headers=[_escaped(language.show(column.title), format) for column in table.columns],
        tablefmt="pipe" if format == "github" else format,  # which aligns numbers
        colalign=["right" if column.numeric else "left" for column in table.columns],
        disable_numparse=True,
    )


def _title(title: str, format: str) -> str:
    if format in _MARKDOWN:
        return f"**{title}**"
    if format == "html":
        return f"<h1>{escape(title)}</h1>"
    return f"% {title}" if format.startswith("latex") else title


def _note(note: str, format: str) -> str:
    """A line below the table; a sign that would begin a list is escaped."""
    if format == "html":
        return f"<p>{escape(note)}</p>"
    if format.startswith("latex"):
        return f"% {note}"
    marked = note.startswith(("* ", "+ "))
    if format in _MARKDOWN:
        return f"- \\{note}" if marked else f"- {note}"
    if format == "rst":
        return f"| \\{note}" if marked else f"| {note}"
    return note


def _escaped(text: str, format: str) -> str:
    if format in (*_MARKDOWN, "orgtbl", "jira", "asciidoc"):
        text = text.replace("|", "\\|")
        return text.replace("\n", "<br>" if format in _MARKDOWN else "; ")
    if format in ("html", "mediawiki", "textile"):
        return text.replace("\n", "; ")
    return text
