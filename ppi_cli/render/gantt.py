"""The chart of quarters, line by line; the report says what is in it, this only draws."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from string import ascii_lowercase, digits

from rich.cells import cell_len, set_cell_size
from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

from ppi_cli.language import SCALES, Language, Scale, coarsest_scale
from ppi_cli.message import Message, msg
from ppi_cli.quarters import Quarter
from ppi_cli.render.wrap import wrapped
from ppi_cli.reports.cells import Cells
from ppi_cli.reports.gantt import Bar, Gantt, Group
from ppi_cli.reports.plan import plan_line
from ppi_cli.totals import Figure

_TITLES = 30
_LEAST_TITLES = 16
_WIDE_TITLES = 44
_WIDEST_QUARTER = 12
_MONEY_FITS = 10
_CLASS_STYLES = ("color(161)", "color(172)", "color(30)", "color(62)", "color(96)")
_NO_CLASS = ("o", "color(244)")
_ACTIVE = msg("Active projects")


@dataclass(frozen=True, slots=True)
class Glyphs:
    stated: str
    assumed: str
    line: str
    rule: str
    today: str
    ellipsis: str


UNICODE = Glyphs("█", "▒", "│", "─", "┊", "…")
ASCII = Glyphs("#", "=", "|", "-", ":", "~")


@dataclass(frozen=True, slots=True)
class Layout:
    """How wide the parts of the chart are, in columns; the money is left out where 0."""

    title: int
    quarter: int
    money: int
    years: int

    @classmethod
    def fitting(cls, width: int, years: int, longest_title: int, longest_money: int) -> Layout:
        """The layout that uses the width best: titles first, then quarters, two wide at least.

        Where the width is too small for that, titles shrink, then quarters, then the money goes;
        below that, the chart is wider than the width.
        """
        frame = years + 1
        title, money = min(longest_title, _TITLES), longest_money + 1
        least = next(
            (
                4 * q * years
                for q in (2, 1)
                if _LEAST_TITLES + 4 * q * years + frame + money <= width
            ),
            None,
        )
        if least is None:
            least, money = 4 * years, 0
        title = max(min(title, width - least - frame - money), min(title, _LEAST_TITLES))
        quarter = (width - title - money - frame) // (4 * years)
        if quarter > 4:
            spare = width - money - frame - 4 * years * (_MONEY_FITS if years == 1 else 4)
            title = max(title, min(longest_title, _WIDE_TITLES, spare))
            quarter = (width - title - money - frame) // (4 * years)
        return cls(title, max(1, min(quarter, _WIDEST_QUARTER)), money, years)

    @staticmethod
    def natural_width(years: int, longest_title: int, longest_money: int) -> int:
        """The width in which nothing but long titles needs to be cut."""
        return min(longest_title, _TITLES) + 9 * years + 1 + longest_money + 1

    @property
    def year(self) -> int:
        return 4 * self.quarter

    @property
    def chart(self) -> int:
        return self.years * (self.year + 1) + 1

    @property
    def width(self) -> int:
        return self.title + self.chart + self.money

    def column(self, index: int) -> int:
        """Where the quarter of an index begins in the chart, after the line of its year."""
        return 1 + index * self.quarter + index // 4


class _Strip:
    """A line of the chart: characters with a style each."""

    def __init__(self, layout: Layout, glyphs: Glyphs, line_style: str = "dim") -> None:
        self._chars = [" "] * layout.chart
        self._styles = [""] * layout.chart
        for year in range(layout.years + 1):
            self.put(year * (layout.year + 1), glyphs.line, line_style)

    def put(self, start: int, text: str, style: str) -> None:
        for i, char in enumerate(text, start):
            self._chars[i], self._styles[i] = char, style

    def put_where_empty(self, column: int, char: str, style: str) -> None:
        if self._chars[column] == " ":
            self.put(column, char, style)

    def centred(self, start: int, width: int, text: str, style: str) -> None:
        """Text in the middle of a field, where it fits."""
        if text and len(text) <= width:
            self.put(start + (width - len(text)) // 2, text, style)

    def appended_to(self, line: Text) -> Text:
        runs = groupby(zip(self._chars, self._styles, strict=True), key=lambda each: each[1])
        for style, run in runs:
            line.append("".join(char for char, _ in run), style or None)
        return line


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
        for line in chart.lines():
            line.no_wrap = True
            line.overflow = "ignore"
            yield line
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
        self._glyphs = ASCII if language.ascii_only else UNICODE
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

    def lines(self) -> Iterator[Text]:
        layout = self._layout
        yield from self._heading(layout)
        for group in self._gantt.groups:
            yield self._group_line(group, layout)
            for bar in group.bars:
                yield self._bar_line(bar, layout)
        yield from self._footer(layout)

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

    def _heading(self, layout: Layout) -> Iterator[Text]:
        years, numbers = (_Strip(layout, self._glyphs) for _ in range(2))
        for y, year in enumerate(self._gantt.years.each()):
            years.centred(layout.column(4 * y), layout.year, str(year), "bold")
        for i, quarter in enumerate(self._quarters):
            name = self._language.quarter_number(quarter.number)
            name = name if layout.quarter > len(name) else str(quarter.number)
            numbers.centred(layout.column(i), layout.quarter, name, "dim")
        yield self._line("", "", years, "", layout)
        self._draw_today(numbers, layout)
        yield self._line("", "", numbers, "", layout)

    def _group_line(self, group: Group, layout: Layout) -> Text:
        strip = _Strip(layout, self._glyphs)
        self._draw_money(strip, group.by_quarter, group.by_year, layout, "bold")
        self._draw_today(strip, layout)
        return self._line(group.theme.title, "bold", strip, self._total(group.total), layout)

    def _bar_line(self, bar: Bar, layout: Layout) -> Text:
        strip = _Strip(layout, self._glyphs)
        sign, style = _class_sign(bar)
        glyph = self._glyphs.assumed if bar.assumed else self._glyphs.stated
        for first, last in _runs([self._index[quarter] for quarter in bar.active]):
            start, end = layout.column(first), layout.column(last) + layout.quarter
            strip.put(start, sign + glyph * (end - start - len(sign)), style)
            strip.put(start, sign, f"bold white on {style}")
        if self._of_quarters is not None:
            for quarter, figure in bar.by_quarter.items():
                text = self._of_quarters.text(figure)
                if len(text) + 2 < layout.quarter:
                    column = layout.column(self._index[quarter])
                    on_bar = f"bold {style}" if bar.assumed else f"bold white on {style}"
                    strip.centred(column + 1, layout.quarter - 1, f" {text} ", on_bar)
        self._draw_today(strip, layout)
        return self._line(f" {bar.project.title}", "", strip, self._total(bar.total), layout)

    def _footer(self, layout: Layout) -> Iterator[Text]:
        gantt = self._gantt
        yield Text(self._glyphs.rule * layout.width, "dim")
        money = _Strip(layout, self._glyphs)
        self._draw_money(money, gantt.by_quarter, gantt.by_year, layout, "bold")
        total = self._total(gantt.total)
        yield self._line(self._language.say(msg("Total")), "bold", money, total, layout)
        active = _Strip(layout, self._glyphs)
        if layout.years == 1:
            for i, quarter in enumerate(self._quarters):
                count = str(gantt.active_in([quarter]))
                active.centred(layout.column(i), layout.quarter, count, "")
        else:
            for y in range(layout.years):
                count = str(gantt.active_in(self._quarters[4 * y : 4 * y + 4]))
                active.centred(layout.column(4 * y), layout.year, count, "")
        yield self._line(self._language.say(_ACTIVE), "", active, "", layout)

    def legend(self, width: int) -> Iterator[Text]:
        gantt, say = self._gantt, self._language.say
        entries: list[Text] = []
        for number, title in gantt.shown_classes:
            sign = (_sign(number), f"bold white on {_class_style(number)}")
            entries.append(Text.assemble(sign, " ", self._language.show(title)))
        if any(bar.class_ is None for bar in gantt.bars):
            entries.append(
                Text.assemble(
                    (_NO_CLASS[0], f"bold white on {_NO_CLASS[1]}"), " ", say(msg("in no class"))
                )
            )
        for assumed, glyph, name in (
            (False, self._glyphs.stated, msg("stated")),
            (True, self._glyphs.assumed, msg("assumed")),
        ):
            if any(bar.active and bar.assumed == assumed for bar in gantt.bars):
                entries.append(Text(f"{glyph * 2} {say(name)}"))
        if gantt.today is not None:
            today = msg("today, {quarter}", quarter=gantt.today)
            entries.append(Text(f"{self._glyphs.today} {say(today)}"))
        yield from _in_lines(entries, width)
        for note in (*gantt.notes(), *self._notes()):
            yield Text(wrapped(say(note), width), "dim")

    # --- parts of a line ---

    def _line(self, title: str, style: str, strip: _Strip, money: str, layout: Layout) -> Text:
        line = Text(self._fitted(self._language.plain(title), layout.title), style)
        strip.appended_to(line)
        if layout.money and money:
            line.append(money.rjust(layout.money), style or None)
        line.rstrip()
        return line

    def _fitted(self, text: str, width: int) -> str:
        if cell_len(text) >= width:
            return set_cell_size(text, width - 2) + self._glyphs.ellipsis + " "
        return set_cell_size(text, width)

    def _draw_money(
        self,
        strip: _Strip,
        by_quarter: Mapping[Quarter, Figure],
        by_year: Mapping[int, Figure],
        layout: Layout,
        style: str,
    ) -> None:
        """The money of each quarter where one year is shown and it fits, else of each year."""
        if self._of_quarters is not None and by_quarter:
            for quarter, figure in by_quarter.items():
                text = self._of_quarters.text(figure)
                strip.centred(layout.column(self._index[quarter]), layout.quarter, text, style)
        elif self._of_years is not None:
            for y, year in enumerate(self._gantt.years.each()):
                text = self._of_years.text(by_year[year])
                strip.centred(layout.column(4 * y), layout.year, text, style)

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

    def _draw_today(self, strip: _Strip, layout: Layout) -> None:
        if self._gantt.today is not None:
            column = layout.column(self._index[self._gantt.today]) + layout.quarter // 2
            strip.put_where_empty(column, self._glyphs.today, "bold")

    def _total(self, figure: Figure) -> str:
        return self._totals.text(figure)


def _class_style(number: int) -> str:
    return _CLASS_STYLES[(number - 1) % len(_CLASS_STYLES)]


def _class_sign(bar: Bar) -> tuple[str, str]:
    if bar.class_ is None:
        return _NO_CLASS
    return _sign(bar.class_.number), _class_style(bar.class_.number)


def _sign(number: int) -> str:
    """One character for a class: its digit, letters from 10 on."""
    return (digits + ascii_lowercase)[number] if number < 36 else "+"


def _runs(indexes: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The first and last of each run of numbers that follow one another."""
    for _, run in groupby(enumerate(indexes), key=lambda each: each[1] - each[0]):
        members = [index for _, index in run]
        yield members[0], members[-1]


def _in_lines(entries: Iterable[Text], width: int) -> Iterator[Text]:
    line = Text()
    for entry in entries:
        if line.plain and line.cell_len + 3 + entry.cell_len > width:
            yield line
            line = Text()
        if line.plain:
            line.append("   ")
        line.append_text(entry)
    if line.plain:
        yield line
