"""A table in a terminal: never with a figure cut short, however narrow it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich import box
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table as RichTable
from rich.text import Text

from ppi_cli.language import Language
from ppi_cli.message import msg
from ppi_cli.reports.cells import Cells
from ppi_cli.reports.table import Table

_STYLES = {"line": "", "heading": "bold", "total": "bold", "comment": "italic"}
_FRAME = 3  # what a column takes beside its text
_NARROWEST_TITLE = 16


class TableView:
    """A table with its title above and its notes below.

    Where the numbers do not fit side by side, they follow in several tables; where texts do
    not, each line becomes a card.
    """

    def __init__(self, table: Table, language: Language) -> None:
        self._table = table
        self._language = language
        cells = Cells(language, table.scale)
        self._headings = [language.show(column.title) for column in table.columns]
        self._texts = [[cells.text(value) for value in line.cells] for line in table.lines]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield Text(self._language.show(self._table.title), style="bold")
        width = options.max_width
        if any(column.numeric for column in self._table.columns[1:]):
            for columns in self._fitting(width):
                yield self._grid(columns)
        elif sum(self._longest_word(i) + _FRAME for i in range(len(self._headings))) + 1 > width:
            yield from self._cards()
        else:
            yield self._grid(range(len(self._headings)))
        for note in self._table.notes:
            yield Text(f" {self._language.say(note)}", style="dim")

    def _width(self, column: int) -> int:
        texts = (row[column] for row in self._texts if column < len(row))
        return max(map(cell_len, (self._headings[column], *texts)))

    def _longest_word(self, column: int) -> int:
        texts = (row[column] for row in self._texts if column < len(row))
        words = (word for text in (self._headings[column], *texts) for word in text.split())
        return max(map(cell_len, words), default=0)

    def _fitting(self, width: int) -> Iterator[Sequence[int]]:
        """The columns, in groups that fit the width; texts stand in each."""
        numeric = [i for i, column in enumerate(self._table.columns) if column.numeric]
        texts = [i for i in range(len(self._headings)) if i not in numeric]
        left = width - 1 - sum(min(self._width(i), _NARROWEST_TITLE) + _FRAME for i in texts)
        group: list[int] = []
        used = 0
        for i in numeric:
            needed = self._width(i) + _FRAME
            if group and used + needed > left:
                yield sorted(texts + group)
                group, used = [], 0
            group.append(i)
            used += needed
        yield sorted(texts + group)

    def _grid(self, columns: Sequence[int]) -> RichTable:
        grid = RichTable(
            box=box.ASCII2 if self._language.ascii_only else box.ROUNDED,
            safe_box=False,
            border_style="dim",
            header_style="bold",
        )
        for i in columns:
            numeric = self._table.columns[i].numeric
            grid.add_column(
                Text(self._headings[i]),
                justify="right" if numeric else "left",
                no_wrap=numeric,
                min_width=self._width(i) if numeric else None,
                overflow="fold",
            )
        kind = None
        for line, texts in zip(self._table.lines, self._texts, strict=True):
            if kind is not None and (line.kind != kind or line.kind == "heading"):
                grid.add_section()
            kind = line.kind
            if kind == "heading":
                texts = ["", *texts]
            shown = (Text(texts[i]) for i in columns if i < len(texts))
            grid.add_row(*shown, style=_STYLES[line.kind])
        return grid

    def _cards(self) -> Iterator[Text]:
        has_ids = self._table.columns[0].key == "id"
        for line, texts in zip(self._table.lines, self._texts, strict=True):
            yield Text("")
            if line.kind == "heading":
                yield Text(texts[0], style="bold underline")
                continue
            yield Text(f"{texts[1]} ({texts[0]})" if has_ids else texts[0], style="bold")
            first = 2 if has_ids else 1
            for heading, text in zip(self._headings[first:], texts[first:], strict=False):
                if text:
                    label = self._language.say(msg("{name}: {value}", name=heading, value=""))
                    yield Text.assemble("  ", (label, "dim"), text.replace("\n", "; "))
        yield Text("")
