"""What has changed, in a terminal: the changes, a chart of the bars that have moved, the totals."""

from __future__ import annotations

from dataclasses import replace

from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

from ppi_cli.language import Language
from ppi_cli.render.bars import BarsView
from ppi_cli.render.table import TableView
from ppi_cli.reports.difference import DifferenceReport

#: Where nothing says how wide it may be.
_ANY_WIDTH = 400


class DifferenceView:
    def __init__(self, report: DifferenceReport, language: Language, elastic: bool = False) -> None:
        self._report = report
        self._language = language
        self._elastic = elastic

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        table = self._report.table().for_people()
        if self._elastic:
            options = options.update(width=_ANY_WIDTH)
        if not table.lines:
            yield Text(self._language.show(table.title), "bold")
            yield Text(" ".join(self._language.say(note) for note in table.notes))
            return
        yield from console.render(
            TableView(replace(table, more=()), self._language, framed=False), options
        )
        bars = self._report.moved_bars()
        if bars.groups:
            yield Text("")
            yield BarsView(bars, self._report.difference.new, self._language, self._elastic)
        for below in table.more:
            yield Text("")
            yield from console.render(TableView(below, self._language), options)
