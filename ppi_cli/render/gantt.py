"""The chart of quarters, line by line; the report says what is in it, this only draws."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

from ppi_cli.language import SCALES, Language, Scale, coarsest_scale
from ppi_cli.message import Message, msg
from ppi_cli.quarters import Quarter
from ppi_cli.render.strip import (
    Canvas,
    Layout,
    Strip,
    class_sign,
    in_lines,
    legend_of_bases,
    legend_of_classes,
)
from ppi_cli.render.wrap import wrapped
from ppi_cli.reports.cells import Cells
from ppi_cli.reports.gantt import Bar, Gantt, Group
from ppi_cli.reports.plan import plan_line
from ppi_cli.totals import Figure

_ACTIVE = msg("Active projects")


class GanttView:
    """The chart, in the width that the console has; ``elastic``, in more where it needs more."""

    def __init__(self, gantt: Gantt, language: Language, elastic: bool = False) -> None:
        self._gantt = gantt
        self._language = language
        self._elastic = elastic

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        width = options.max_width
        chart = _Chart(self._gantt, self._language, width, elastic=self._elastic)
        yield Text(self._language.say(plan_line(self._gantt.plan)), "bold")
        yield from chart.lines()
        yield from chart.legend(width)


def _fitting(
    language: Language, figures: Sequence[Figure], width: int, exact: Scale
) -> Cells | None:
    """How figures are written to fit a width: exactly if they do, else rounded, as little as
    need be, and without their unit before they are rounded more.
    """
    for scale in SCALES[SCALES.index(exact) :]:
        for with_unit in (True, False):
            cells = Cells(language, scale, with_unit=with_unit)
            if all(len(cells.text(figure)) <= width for figure in figures):
                return cells
    return None


def _scale_of(figures: Iterable[Figure]) -> Scale:
    return coarsest_scale(figure.amount for figure in figures)


class _Chart:
    """The lines of the chart of one width."""

    def __init__(self, gantt: Gantt, language: Language, width: int, *, elastic: bool) -> None:
        self._gantt = gantt
        self._language = language
        self._elastic = elastic
        self._width = width
        self._quarters = list(gantt.span.quarters())
        self._index = {quarter: i for i, quarter in enumerate(self._quarters)}
        charted: list[Gantt | Group] = [*gantt.groups, gantt]
        of_years = [figure for each in charted for figure in each.by_year.values()]
        of_quarters = [figure for each in charted for figure in each.by_quarter.values()]
        totals = [each.total for each in (*charted, *gantt.bars)]
        exact = _scale_of((*of_years, *totals))
        self._totals = Cells(language, exact)
        self._layout = self._layout_of(width)
        self._of_years = _fitting(language, of_years, self._layout.year, exact)
        self._rounded = self._of_years is not None and self._of_years.scale != exact
        if self._of_years is not None and self._rounded:
            self._totals = self._of_years
            self._layout = self._layout_of(width)
        self._of_quarters: Cells | None = None
        if self._layout.years == 1:
            exact = _scale_of(
                (*of_quarters, *(f for bar in gantt.bars for f in bar.by_quarter.values()))
            )
            self._of_quarters = _fitting(language, of_quarters, self._layout.quarter, exact)
            self._rounded = self._of_quarters is not None and self._of_quarters.scale != exact

        self._canvas = Canvas(language, self._layout)

    def lines(self) -> Iterator[Text]:
        yield from self._heading()
        for group in self._gantt.groups:
            yield self._group_line(group)
            for bar in group.bars:
                yield self._bar_line(bar)
        yield from self._footer()

    def _layout_of(self, width: int) -> Layout:
        gantt = self._gantt
        plain = self._language.plain
        titles = [cell_len(plain(bar.project.title)) + 2 for bar in gantt.bars]
        titles += [cell_len(plain(group.theme.title)) + 1 for group in gantt.groups]
        money = [self._total(f) for f in (*(b.total for b in gantt.bars), gantt.total)]
        money += [self._total(group.total) for group in gantt.groups]
        longest = max([*map(len, money), 0])
        titles.append(cell_len(self._language.say(_ACTIVE)) + 1)
        years = len(gantt.years.each())
        if self._elastic:
            width = max(width, Layout.natural_width(years, max(titles), longest))
        return Layout.fitting(width, years, max(titles), longest)

    # --- lines ---

    def _heading(self) -> Iterator[Text]:
        years, numbers = self._canvas.heading(self._gantt.years)
        yield self._canvas.line("", "", years)
        self._draw_today(numbers)
        yield self._canvas.line("", "", numbers)

    def _group_line(self, group: Group) -> Text:
        strip = self._canvas.strip()
        self._draw_money(strip, group.by_quarter, group.by_year)
        self._draw_today(strip)
        return self._canvas.line(group.theme.title, "bold", strip, self._total(group.total))

    def _bar_line(self, bar: Bar) -> Text:
        strip = self._canvas.strip()
        strip.bar(
            [self._index[quarter] for quarter in bar.active],
            None if bar.class_ is None else bar.class_.number,
            assumed=bar.assumed,
        )
        if self._of_quarters is not None:
            self._draw_costs(strip, bar, self._of_quarters)
        self._draw_today(strip)
        return self._canvas.line(f" {bar.project.title}", "", strip, self._total(bar.total))

    def _footer(self) -> Iterator[Text]:
        gantt, canvas, layout = self._gantt, self._canvas, self._layout
        yield Text(canvas.glyphs.rule * layout.width, "dim")
        money = canvas.strip()
        self._draw_money(money, gantt.by_quarter, gantt.by_year)
        total = self._total(gantt.total)
        yield canvas.line(self._language.say(msg("Total")), "bold", money, total)
        active = canvas.strip()
        if layout.years == 1:
            for i, quarter in enumerate(self._quarters):
                count = str(gantt.active_in([quarter]))
                active.centred(layout.column(i), layout.quarter, count, "")
        else:
            for y in range(layout.years):
                count = str(gantt.active_in(self._quarters[4 * y : 4 * y + 4]))
                active.centred(layout.column(4 * y), layout.year, count, "")
        yield canvas.line(self._language.say(_ACTIVE), "", active)

    def legend(self, width: int) -> Iterator[Text]:
        gantt, say = self._gantt, self._language.say
        numbers = {None if bar.class_ is None else bar.class_.number for bar in gantt.bars}
        entries = legend_of_classes(numbers, gantt.plan, self._language)
        bases = {bar.assumed for bar in gantt.bars if bar.active}
        entries += legend_of_bases(bases, self._canvas.glyphs, self._language)
        if gantt.today is not None:
            today = msg("today, {quarter}", quarter=gantt.today)
            entries.append(Text(f"{self._canvas.glyphs.today} {say(today)}"))
        yield from in_lines(entries, width)
        for note in (*gantt.notes(), *self._notes()):
            yield Text(wrapped(say(note), width), "dim")

    # --- parts of a line ---

    def _draw_money(
        self,
        strip: Strip,
        by_quarter: Mapping[Quarter, Figure],
        by_year: Mapping[int, Figure],
    ) -> None:
        """The money of each quarter where one year is shown and it fits, else of each year."""
        layout = self._layout
        if self._of_quarters is not None and by_quarter:
            for quarter, figure in by_quarter.items():
                text = self._of_quarters.text(figure)
                strip.centred(layout.column(self._index[quarter]), layout.quarter, text, "bold")
        elif self._of_years is not None:
            for y, year in enumerate(self._gantt.years.each()):
                text = self._of_years.text(by_year[year])
                strip.centred(layout.column(4 * y), layout.year, text, "bold")

    def _draw_costs(self, strip: Strip, bar: Bar, cells: Cells) -> None:
        """What the project costs in each quarter, on its bar, where that fits."""
        layout = self._layout
        _, style = class_sign(None if bar.class_ is None else bar.class_.number)
        on_bar = f"bold {style}" if bar.assumed else f"bold white on {style}"
        for quarter, figure in bar.by_quarter.items():
            text = cells.text(figure)
            if len(text) + 2 < layout.quarter:
                column = layout.column(self._index[quarter])
                strip.centred(column + 1, layout.quarter - 1, f" {text} ", on_bar)

    def _notes(self) -> Iterator[Message]:
        if self._layout.width > self._width and not self._elastic:
            yield msg("the chart is wider than the screen: choose years with --year")
        if not self._layout.money:
            yield msg("the totals of the rows need a wider terminal")
        shown = self._of_quarters or self._of_years
        if shown is None or shown.scale is None:
            yield msg("the amounts by year need a wider terminal")
            return
        unit = self._language.unit(shown.scale)
        if not shown.with_unit:
            yield msg("amounts in {unit}", unit=unit)
        if self._rounded:
            yield msg("amounts are rounded to {unit}: ppi totals has them to the cent", unit=unit)

    def _draw_today(self, strip: Strip) -> None:
        if self._gantt.today is not None:
            layout = self._layout
            column = layout.column(self._index[self._gantt.today]) + layout.quarter // 2
            strip.put_where_empty(column, self._canvas.glyphs.today, "bold")

    def _total(self, figure: Figure) -> str:
        return self._totals.text(figure)
