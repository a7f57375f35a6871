"""Versions of a plan in a terminal: a table, a chart of their bars, the tables that follow."""

from __future__ import annotations

from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

from ppi_cli.plan.model import Plan
from ppi_cli.render.bars import BarsView
from ppi_cli.render.table import TableView
from ppi_cli.reports.bars import Bars
from ppi_cli.reports.table import Table
from ppi_cli.words.language import Language

#: Where nothing says how wide it may be.
_ANY_WIDTH = 400


@dataclass(frozen=True)
class VersionsView:
    """``plan`` is the one whose classes the chart names."""

    table: Table
    bars: Bars
    plan: Plan
    language: Language
    elastic: bool = False
    framed: bool = True

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        if self.elastic:
            options = options.update(width=_ANY_WIDTH)
        above = self.table._replace(more=())
        yield from console.render(TableView(above, self.language, framed=self.framed), options)
        if self.bars.groups:
            yield Text("")
            yield BarsView(self.bars, self.plan, self.language, self.elastic)
        for below in self.table.more:
            yield Text("")
            yield from console.render(TableView(below, self.language), options)
