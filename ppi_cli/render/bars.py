"""Bars of the same projects in several versions, drawn one below the other."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.segment import Segments
from rich.text import Text

from ppi_cli.plan.model import Plan
from ppi_cli.render.strip import (
    Canvas,
    Layout,
    Strip,
    in_lines,
    legend_of_bases,
    legend_of_classes,
)
from ppi_cli.render.wrap import wrapped
from ppi_cli.reports.bars import Bar, BarGroup, Bars
from ppi_cli.values.message import msg
from ppi_cli.words.language import Language


class BarsView:
    """A line for each version of a project, or one where all have the same.

    ``plan`` is the one whose classes the legend names.
    """

    def __init__(self, bars: Bars, plan: Plan, language: Language, elastic: bool) -> None:
        self._bars, self._plan = bars, plan
        self._language = language
        self._elastic = elastic

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        width = options.max_width
        canvas = Canvas(self._language, self._layout(width))
        for strip in canvas.heading(self._bars.years):
            yield canvas.line("", "", strip)
        for group in self._bars.groups:
            yield from self._lines(canvas, group)
        yield from in_lines(self._legend(canvas), width)
        for note in self._bars.notes():
            yield Text(wrapped(self._language.say(note), width), "dim")
        if canvas.layout.width > width and not self._elastic:
            yield Text(self._language.say(msg("the chart is wider than the screen")), "dim")

    def _layout(self, width: int) -> Layout:
        show = self._language.show
        titles = [cell_len(show(group.title)) + 1 for group in self._bars.groups]
        names = [bar.name for group in self._bars.groups for bar in group.bars[1:]]
        longest = max([*titles, *(cell_len(show(name)) + 5 for name in names)])
        years = len(self._bars.years.each())
        if self._elastic:
            width = max(width, Layout.natural_width(years, longest, 0))
        return Layout.fitting(width, years, longest, 0)

    def _lines(self, canvas: Canvas, group: BarGroup) -> Iterator[Segments]:
        for n, bar in enumerate(group.bars):
            title = self._language.show(bar.name if n else group.title)
            title = f"  → {title}" if n else title
            yield canvas.line(title, "dim" if n else "", self._strip(canvas, bar))

    def _strip(self, canvas: Canvas, bar: Bar) -> Strip:
        index = {quarter: i for i, quarter in enumerate(self._bars.years.span().quarters())}
        strip = canvas.strip()
        strip.bar([index[quarter] for quarter in bar.active], bar.class_, assumed=bar.assumed)
        return strip

    def _legend(self, canvas: Canvas) -> list[Text]:
        bars = [bar for group in self._bars.groups for bar in group.bars if bar.active]
        entries = legend_of_classes({bar.class_ for bar in bars}, self._plan, self._language)
        bases = {bar.assumed for bar in bars}
        return entries + legend_of_bases(bases, canvas.glyphs, self._language)
