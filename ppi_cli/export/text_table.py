"""The plain-text table formats that people paste elsewhere, written by tabulate."""

from __future__ import annotations

from html import escape

from tabulate import tabulate

from ppi_cli.language import Language
from ppi_cli.reports.cells import Cells
from ppi_cli.reports.table import Report


def write(report: Report, format: str, language: Language) -> str:
    table = report.table().for_people()
    cells = Cells(language, table.scale)
    columns = len(table.columns)
    rows = []
    for line in table.lines:
        row = [_escaped(cells.text(value), format) for value in line.cells]
        rows.append(row if len(row) == columns else ["", *row] + [""] * (columns - 1 - len(row)))
    text = tabulate(
        rows,
        headers=[_escaped(language.show(column.title), format) for column in table.columns],
        tablefmt=format,
        colalign=["right" if column.numeric else "left" for column in table.columns],
        disable_numparse=True,
    )
    notes = [language.say(note) for note in table.notes]
    if format == "html":
        lines = [f"<p>{escape(note)}</p>" for note in notes]
    elif format.startswith("latex"):
        lines = [f"% {note}" for note in notes]
    else:
        lines = [f"- {note}" if format in ("github", "pipe") else note for note in notes]
        lines[:0] = [""] if notes else []
    return "\n".join((text, *lines)) + "\n"


def _escaped(text: str, format: str) -> str:
    if format in ("github", "pipe", "orgtbl", "jira", "asciidoc"):
        text = text.replace("|", "\\|")
        return text.replace("\n", "<br>" if format in ("github", "pipe") else "; ")
    if format in ("html", "mediawiki", "textile"):
        return text.replace("\n", "; ")
    return text
