"""The chart of quarters, line by line; the report says what is in it, this only draws."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.segment import Segments
from rich.text import Text

from ppi_cli.figures.totals import Figure
from ppi_cli.render.strip import (
    LONG_TITLES,
    Canvas,
    Layout,
    Strip,
    class_sign,
    in_lines,
    legend_of_bases,
    legend_of_classes,
    style_of_sign,
)
from ppi_cli.render.wrap import wrapped
from ppi_cli.reports.cells import Cells
from ppi_cli.reports.gantt import Above, Bar, Gantt, Group
from ppi_cli.reports.plan import plan_line
from ppi_cli.values.message import Message, msg
from ppi_cli.values.quarters import Quarter
from ppi_cli.values.terms import Scale
from ppi_cli.words.language import SCALES, Language, shown_amount

_ACTIVE = msg("Active projects")


class GanttView:
    """The chart, in the width that the console has; ``elastic``, in more where it needs more.

    ``unit`` is the one of all its amounts; without it, one that suits the width is taken.
    """

    def __init__(
        self, gantt: Gantt, language: Language, elastic: bool, *, unit: Scale | None = None
    ) -> None:
        self._gantt = gantt
        self._language = language
        self._elastic = elastic
        self._unit = unit

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        width = options.max_width
        chart = _Chart(self._gantt, self._language, width, self._unit, elastic=self._elastic)
        yield Text(self._language.say(plan_line(self._gantt.plan)), "bold")
        yield from chart.lines()
        yield from chart.legend(width)


class _Written(NamedTuple):
    """The chart with all its amounts in one unit: its parts, and which amounts it has room for."""

    cells: Cells
    layout: Layout
    #: 2: those of quarters; 1: those of years; 0: none but the totals of the rows.
    shows: int


class _Chart:
    """The lines of the chart of one width."""

    def __init__(
        self, gantt: Gantt, language: Language, width: int, unit: Scale | None, *, elastic: bool
    ) -> None:
        self._gantt = gantt
        self._language = language
        self._elastic = elastic
        self._width = width
        self._quarters = list(gantt.span.quarters())
        self._index = {quarter: i for i, quarter in enumerate(self._quarters)}
        self._charted: list[Gantt | Group | Above] = [*gantt.above, *gantt.groups, gantt]
        #: Themes stand in from their groups, where the plan has some, and projects from themes.
        self._in_from_group = " " * bool(gantt.above)
        self._of_years = [figure for each in self._charted for figure in each.by_year.values()]
        self._totals = [each.total for each in (*self._charted, *gantt.bars)]
        self._written = self._best(unit)
        self._cells, self._layout = self._written.cells, self._written.layout
        self._canvas = Canvas(language, self._layout)

    @cached_property
    def _of_quarters(self) -> Sequence[Figure]:
        """The amounts of quarters, which only a chart of a single year has room for."""
        return [figure for each in self._charted for figure in each.by_quarter.values()]

    # --- the unit ---

    def _best(self, unit: Scale | None) -> _Written:
        """The chart that has room for most: for amounts by quarter or year, then for titles.

        Exact amounts come first, beside their unit, then without it; rounded ones, to whole units
        and then to thousands, where they leave room for what the exact ones do not; millions only
        where amounts by year need them.
        """
        best: _Written | None = None
        for cells in self._writings(unit):
            if best is not None and self._has_room_for_all(best):
                break
            found = self._in(cells)
            if best is None or found.shows > best.shows:
                best = found
            elif found.shows == best.shows and (cells.scale != "M" or unit == "M"):
                best = max(best, found, key=self._room_for_titles)
        assert best is not None
        return best

    def _writings(self, unit: Scale | None) -> Iterator[Cells]:
        finest = [*self._of_years, *self._totals]
        if len(self._gantt.years.each()) == 1:
            of_bars = (f for bar in self._gantt.bars for f in bar.by_quarter.values())
            finest += [*self._of_quarters, *of_bars]
        exact = self._language.scale_of(figure.amount for figure in finest)
        for scale in SCALES[SCALES.index(exact) :] if unit is None else (unit,):
            for decimals in (None, 0) if scale == "" else (None,):
                for with_unit in (True, False):
                    yield Cells(self._language, scale, with_unit=with_unit, decimals=decimals)

    def _has_room_for_all(self, written: _Written) -> bool:
        most = 2 if written.layout.years == 1 else 1
        room = min(self._longest, LONG_TITLES)
        return written.shows == most and self._room_for_titles(written) == room

    def _room_for_titles(self, written: _Written) -> int:
        return min(written.layout.title, self._longest, LONG_TITLES)

    def _in(self, cells: Cells) -> _Written:
        """The chart with its amounts so written."""
        layout = self._layout_of(cells)

        def fit(figures: Iterable[Figure], width: int) -> bool:
            return all(len(cells.text(figure)) <= width for figure in figures)

        if layout.years == 1 and fit(self._of_quarters, layout.quarter):
            return _Written(cells, layout, 2)
        return _Written(cells, layout, int(fit(self._of_years, layout.year)))

    @cached_property
    def _longest(self) -> int:
        """The width that titles ask for."""
        plain = self._language.plain
        more = len(self._in_from_group)
        bars, groups = self._gantt.bars, self._gantt.groups
        titles = [cell_len(self._language.show(bar.project.title)) + 2 + more for bar in bars]
        titles += [cell_len(plain(group.theme.title)) + 1 + more for group in groups]
        titles += [cell_len(self._language.show(each.title)) + 1 for each in self._gantt.above]
        return max([*titles, cell_len(self._language.say(_ACTIVE)) + 1])

    def lines(self) -> RenderResult:
        yield from self._heading()
        for group in self._gantt.groups:
            if group.above is not None:
                yield self._money_line(self._language.show(group.above.title), group.above)
            yield self._money_line(f"{self._in_from_group}{group.theme.title}", group)
            for bar in group.bars:
                yield self._bar_line(bar)
        yield from self._footer()

    def _layout_of(self, cells: Cells) -> Layout:
        money = max((len(cells.text(figure)) for figure in self._totals), default=0)
        years, width = len(self._gantt.years.each()), self._width
        if self._elastic:
            width = max(width, Layout.natural_width(years, self._longest, money))
        return Layout.fitting(width, years, self._longest, money)

    # --- lines ---

    def _heading(self) -> RenderResult:
        years, numbers = self._canvas.heading(self._gantt.years)
        yield self._canvas.line("", "", years)
        self._draw_today(numbers)
        yield self._canvas.line("", "", numbers)

    def _money_line(self, title: str, of: Group | Above) -> Segments:
        """The line of a theme, or of a group of them."""
        strip = self._canvas.strip()
        self._draw_money(strip, of.by_quarter, of.by_year)
        self._draw_today(strip)
        return self._canvas.line(title, "bold", strip, self._total(of.total))

    def _bar_line(self, bar: Bar) -> Segments:
        strip = self._canvas.strip()
        before, after = bar.reaches_out(self._gantt.span)
        strip.bar(
            [self._index[quarter] for quarter in bar.active],
            None if bar.class_ is None else bar.class_.number,
            assumed=bar.assumed,
            before=before,
            after=after,
        )
        if self._written.shows == 2:
            self._draw_costs(strip, bar)
        self._draw_today(strip)
        return self._canvas.line(
            f"{self._in_from_group} {self._language.show(bar.project.title)}",
            "",
            strip,
            self._total(bar.total),
        )

    def _footer(self) -> RenderResult:
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
        glyphs = self._canvas.glyphs
        entries += [Text(say(said)) for said in gantt.reach(glyphs.before, glyphs.after)]
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
        layout, text = self._layout, self._cells.text
        if self._written.shows == 2 and by_quarter:
            for quarter, figure in by_quarter.items():
                column = layout.column(self._index[quarter])
                strip.centred(column, layout.quarter, text(figure), "bold")
        elif self._written.shows:
            for y, year in enumerate(self._gantt.years.each()):
                strip.centred(layout.column(4 * y), layout.year, text(by_year[year]), "bold")

    def _draw_costs(self, strip: Strip, bar: Bar) -> None:
        """What the project costs in each quarter, on its bar, where that fits."""
        layout = self._layout
        number = None if bar.class_ is None else bar.class_.number
        on_bar = f"bold {class_sign(number)[1]}" if bar.assumed else style_of_sign(number)
        for quarter, figure in bar.by_quarter.items():
            text = self._cells.text(figure)
            if len(text) + 2 < layout.quarter:
                column = layout.column(self._index[quarter])
                strip.centred(column + 1, layout.quarter - 1, f" {text} ", on_bar)

    def _notes(self) -> Iterator[Message]:
        if self._layout.width > self._width and not self._elastic:
            yield msg("the chart is wider than the screen: choose years with --year")
        if not self._layout.money:
            yield msg("the totals of the rows need a wider terminal")
        if not self._written.shows:
            yield msg("the amounts by year need a wider terminal")
            if not self._layout.money:
                return
        scale, decimals = self._cells.scale or "", self._cells.decimals
        unit = self._language.unit(scale)
        if not self._cells.with_unit:
            yield msg("amounts in {unit}", unit=unit)
        shown = [*self._totals] if self._layout.money else []
        if self._written.shows:
            shown += self._of_quarters if self._written.shows == 2 else self._of_years
        amounts = [figure.amount for figure in shown if figure.amount is not None]
        if any(shown_amount(amount, scale, decimals) != amount for amount in amounts):
            yield msg("amounts are rounded to {unit}: ppi totals has them to the cent", unit=unit)

    def _draw_today(self, strip: Strip) -> None:
        if self._gantt.today is not None:
            layout = self._layout
            column = layout.column(self._index[self._gantt.today]) + layout.quarter // 2
            strip.put_where_empty(column, self._canvas.glyphs.today, "bold")

    def _total(self, figure: Figure) -> str:
        return self._cells.text(figure)
