"""A table in a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich import box
from rich.console import Console, ConsoleOptions, RenderResult
from rich.padding import Padding
from rich.table import Table as RichTable
from rich.text import Text

from ppi_cli.language import Language
from ppi_cli.reports.cells import Cells
from ppi_cli.reports.table import Line, Table

_STYLES = {"line": "", "heading": "bold", "total": "bold", "comment": "italic"}


class TableView:
    """A table with its title above and its notes below."""

    def __init__(self, table: Table, language: Language) -> None:
        self._table = table
        self._language = language

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield Text(self._language.show(self._table.title), style="bold")
        yield self._grid()
        for note in self._table.notes:
            yield Padding(Text(self._language.say(note), style="dim"), (0, 1))

    def _grid(self) -> RichTable:
        table = self._table
        grid = RichTable(
            box=box.ASCII2 if self._language.ascii_only else box.ROUNDED,
            safe_box=False,
            border_style="dim",
            header_style="bold",
        )
        for column in table.columns:
            numeric = column.numeric
            grid.add_column(
                Text(self._language.show(column.title)),
                justify="right" if numeric else "left",
                no_wrap=numeric,
                overflow="fold",
            )
        cells = Cells(self._language, table.scale)
        kind = None
        for line in table.lines:
            if kind is not None and (line.kind != kind or line.kind == "heading"):
                grid.add_section()
            kind = line.kind
            grid.add_row(*self._row(line, cells), style=_STYLES[line.kind])
        return grid

    def _row(self, line: Line, cells: Cells) -> Iterator[Text]:
        if line.kind == "heading":
            yield Text("")
        for value in line.cells:
            yield Text(cells.text(value))
