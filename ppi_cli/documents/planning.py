"""The planning by quarter, as a picture or as many as it needs pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from ppi_cli.documents.charts import (
    BELOW_KEYS,
    MARGIN,
    NO_CLASS,
    PASSED,
    SIZE,
    Key,
    class_colour,
    draw_keys,
    draw_notes,
    draw_title,
    most_lines,
)
from ppi_cli.documents.drawing import FAINT, INK, RULE, Drawing, folded, width_of
from ppi_cli.documents.paper import continued
from ppi_cli.figures.totals import Figure
from ppi_cli.reports.cells import Cells
from ppi_cli.reports.dossier import for_readers
from ppi_cli.reports.gantt import Above, Bar, Gantt, Group
from ppi_cli.reports.plan import plan_line
from ppi_cli.values.message import Conditional, Message, msg
from ppi_cli.values.quarters import Quarter, Span
from ppi_cli.values.terms import Scale
from ppi_cli.words.language import Language

_ROW, _GROUP_ROW = 19, 25
#: A title that is longer than its room goes on in further lines, so far below.
_LINE = 12.5
_WIDEST_TITLES, _TOTALS = 330, 92
_LEAST_YEAR, _MOST_YEAR = 64, 190
#: Of quarters, and of what colours mean.
_QUARTERS = 9.9


class _Room(NamedTuple):
    """What the titles and the years of the chart take together; what titles and a year do."""

    together: float
    usual_titles: float
    least_titles: float
    least_year: float


_ON_SCREEN = _Room(1010, 250, 250, _LEAST_YEAR)
#: On a page laid across all is drawn at three quarters of its size: so large that it can be read.
_ON_PAPER, _SMALLER = _Room(840, 250, 170, 36), 0.76
#: The room of such a page below its heading, in points.
_PAGE = 436
#: How high the rows of a page are at least, and what stands above them; a line of notes, in points.
_LEAST_PAGE, _HEADING, _NOTE = 160, 32, 10.7


def planning(
    gantt: Gantt, language: Language, shown: Callable[[str], str] = str, *, within: bool = False
) -> Drawing:
    """The chart of quarters: a row for each project, with the money of themes by year."""
    return _Planning(gantt, language, shown, within).drawn()


def notes_of_planning(gantt: Gantt) -> Iterator[Message]:
    """What is to be said below the chart of quarters, its lines and marks among it."""
    if gantt.today is not None:
        yield msg("dashed line: today, {quarter}", quarter=gantt.today)
    yield from gantt.reach()
    yield from marks_of_planning(gantt)


def marks_of_planning(gantt: Gantt) -> Iterator[Message]:
    """What the marks in the chart of quarters mean."""
    yield from for_readers(gantt.notes(by_year=True))
    if any(isinstance(bar.project.title, Conditional) for bar in gantt.bars):
        yield msg("? conditional")


def planning_pages(
    gantt: Gantt, language: Language, shown: Callable[[str], str] = str
) -> Iterator[Drawing]:
    """The chart in as many pictures as it needs pages, in one unit; the totals on the last.

    Pages are filled alike, with no more rows than can be read.
    """
    whole = _Planning(gantt, language, shown, within=True, room=_ON_PAPER)
    rows = whole.rows()
    most = max(_LEAST_PAGE, whole.room_of_page())
    pages = len(_in_pages(rows, most))
    needed = sum(row.heads + sum(row.bars) for row in rows)
    alike = max(_LEAST_PAGE, int(needed / pages))
    room = next((r for r in range(alike, int(most), 5) if len(_in_pages(rows, r)) <= pages), most)
    for n, groups in enumerate(_in_pages(rows, room), 1):
        part = replace(gantt, groups=tuple(groups))
        made = _Planning(part, language, shown, within=True, like=whole)
        yield made.drawn(with_total=n == pages)


class _Rows(NamedTuple):
    """A group, how high what stands above its bars is, and how high they are."""

    group: Group
    heads: float
    bars: Sequence[float]
    #: The same above those of them that stand on a page of their own.
    heads_again: float


def _in_pages(rows: Iterable[_Rows], room: float) -> Sequence[Sequence[Group]]:
    """Groups on pages of so much room, those above them with two bars at least."""
    pages: list[list[Group]] = [[]]
    left = room
    for group, first_heads, bars, again in rows:
        heads, start = first_heads, 0
        while True:
            if left < heads + sum(bars[start : start + 2]) and pages[-1]:
                pages.append([])
                left = room
            left -= heads
            end = start
            while end < len(bars) and (left >= bars[end] or end == start):
                left -= bars[end]
                end += 1
            here = group if not start else replace(group, above=None, goes_on=True)
            pages[-1].append(replace(here, bars=group.bars[start:end]))
            if end == len(bars):
                break
            heads, start, left = again, end, 0
    return pages


def _heads(group: Group) -> Iterator[str | Message]:
    """What stands above the bars of a group: what it is the first part of, and its own title."""
    if group.above is not None:
        yield group.above.title
    yield _title_of(group)


def _title_of(group: Group) -> str | Message:
    """The title of a theme: on a page that it goes on to, it says so beside the same amounts."""
    if group.goes_on:
        return continued(group.theme.title)
    return group.theme.title


class _Planning:
    #: Whether the amounts of years have room in it.
    _with_years: bool

    def __init__(
        self,
        gantt: Gantt,
        language: Language,
        shown: Callable[[str], str],
        within: bool,
        room: _Room = _ON_SCREEN,
        like: _Planning | None = None,
    ) -> None:
        """``like`` is the chart that this is a part of: its columns are as wide."""
        self._gantt, self._language, self._shown = gantt, language, shown
        self.cells = Cells(language, _scale_of(gantt, language))
        charted: list[Gantt | Group | Above] = [gantt, *gantt.above, *gantt.groups]
        by_year = [figure for each in charted for figure in each.by_year.values()]
        if like is None:
            self._titles, self._year = self._widths(room, by_year)
            if self._with_years and max(map(self._room, by_year), default=0) > self._year:
                self.cells = Cells(language, self.cells.scale, with_unit=False)
            figures = [each.total for each in (*charted, *gantt.bars)]
            self._totals = max(_TOTALS, 12 + max(map(self._room, figures)))
        else:
            self.cells, self._totals = like.cells, like._totals
            self._titles, self._year = like._titles, like._year
            self._with_years = like._with_years
        self._quarter = self._year / 4
        self._left = MARGIN + self._titles
        self._right = self._left + self._year * len(gantt.years.each())
        title = language.say(plan_line(gantt.plan))
        self._drawing = Drawing(title, self._right + self._totals + MARGIN, shown, within)
        self._y = 0.0

    def _widths(self, room: _Room, by_year: Iterable[Figure]) -> tuple[float, float]:
        """How wide titles are, and a year: amounts, without their unit, are not to be smaller.

        Where a page has no room for the amounts of years, those of whole rows are in the chart
        alone: the totals have them.
        """
        gantt, language = self._gantt, self._language
        drawn = (self._shown(language.show(bar.project.title)) for bar in gantt.bars)
        titles = (18 + width_of(title, SIZE) for title in drawn)
        wanted = min(_WIDEST_TITLES, max([room.usual_titles, *titles]))
        cells, years = Cells(language, self.cells.scale, with_unit=False), len(gantt.years.each())
        widest = max((width_of(cells.text(each), SIZE) for each in by_year), default=0)
        left = room.together - years * (widest + 4)
        self._with_years = left >= room.least_titles or room is _ON_SCREEN
        if not self._with_years:
            left = room.together - years * room.least_year
        wide = max(room.least_titles, min(wanted, left))
        least = widest + 4 if room is _ON_SCREEN else room.least_year
        year = max(room.least_year, least, (room.together - wide) / years)
        return wide, max(least, min(_MOST_YEAR, year))

    def _room(self, figure: Figure) -> float:
        return width_of(self.cells.text(figure), SIZE, bold=True)

    def drawn(self, *, with_total: bool = True) -> Drawing:
        drawing, gantt = self._drawing, self._gantt
        self._y = draw_title(drawing)
        self._heading()
        self._grid(self._y, with_total=with_total)
        for group in gantt.groups:
            if group.above is not None:
                self._above(group.above)
            self._group(group)
            for bar in group.bars:
                self._bar(bar)
        if with_total:
            self._footer()
        self._legend()
        drawing.height = self._y + (-BELOW_KEYS if drawing.within else MARGIN)
        return drawing

    def _heading(self) -> None:
        if not self.cells.with_unit:
            unit = self._language.unit(self.cells.scale or "")
            said = self._language.say(msg("in {unit}", unit=unit))
            at = self._drawing.width - MARGIN - 4
            self._drawing.text(at, self._y + 12, said, size=_QUARTERS, anchor="end", fill=FAINT)
        for year in self._gantt.years.each():
            first = self._x(Quarter(year, 1))
            middle = first + 2 * self._quarter
            self._drawing.text(
                middle, self._y + 12, self._language.year(year), bold=True, anchor="middle"
            )
            for number in range(1, 5):
                name = self._language.quarter_number(number)
                self._drawing.text(
                    first + (number - 0.5) * self._quarter,
                    self._y + 25,
                    name if width_of(name, _QUARTERS) + 3 < self._quarter else str(number),
                    size=_QUARTERS,
                    anchor="middle",
                    fill=FAINT,
                )
        self._y += _HEADING

    def room_of_page(self) -> float:
        """How high rows can be on a page, above their total, their colours and their notes."""
        notes = map(self._language.say, notes_of_planning(self._gantt))
        lines = sum(len(folded(note, 8, 700)) for note in notes)
        start = self._y
        self._legend()
        colours, self._y = self._y - start - BELOW_KEYS, start
        above_and_below = 4 + _HEADING + _GROUP_ROW + 2 + colours
        return (_PAGE - _NOTE * lines) / _SMALLER - above_and_below

    def rows(self) -> Sequence[_Rows]:
        """How high the rows of each group are."""
        return [
            _Rows(
                group, sum(map(self._height_of_head, _heads(group))),
                [self._height_of(bar) for bar in group.bars],
                self._height_of_head(_title_of(replace(group, goes_on=True))),
            )
            for group in self._gantt.groups
        ]  # fmt: skip

    def _lines_of(self, bar: Bar) -> Sequence[str]:
        title = self._shown(self._language.show(bar.project.title))
        return folded(title, SIZE, self._titles - 14, most=most_lines(self._drawing))

    def _lines_of_head(self, title: str | Message) -> Sequence[str]:
        name = self._shown(self._language.show(title))
        return folded(name, SIZE, self._titles - 6, bold=True, most=most_lines(self._drawing))

    def _height_of(self, bar: Bar) -> float:
        return _ROW + _LINE * (len(self._lines_of(bar)) - 1)

    def _height_of_head(self, title: str | Message) -> float:
        return _GROUP_ROW + _LINE * (len(self._lines_of_head(title)) - 1)

    def _above(self, above: Above) -> None:
        """The line of a group of themes."""
        self._head(above.title, above.by_year, above.total, "#d5dce4")

    def _group(self, group: Group) -> None:
        self._head(_title_of(group), group.by_year, group.total, "#eef1f4")

    def _head(
        self, title: str | Message, by_year: Mapping[int, Figure], whole: Figure, fill: str
    ) -> None:
        """A line above others, on a ground of its own."""
        height, width = self._height_of_head(title), self._drawing.width - 2 * MARGIN
        self._drawing.box(MARGIN, self._y, width, height - 4, fill)
        self._money_row(title, by_year, whole, self._y + 15)
        self._y += height

    def _bar(self, bar: Bar) -> None:
        drawing, lines = self._drawing, self._lines_of(bar)
        for n, line in enumerate(lines):
            drawing.text(MARGIN + 8, self._y + 13 + _LINE * n, line, size=SIZE)
        top = self._y + _LINE * (len(lines) - 1) / 2
        base = top + 13
        colour = class_colour(bar.class_)
        number = "" if bar.class_ is None else str(bar.class_.number)
        before, after = bar.reaches_out(self._gantt.span)
        for span in in_a_row(bar.active):
            sign = "←" if before and span.first == self._gantt.span.first else ""
            x, width = self._x(span.first), span.length * self._quarter
            drawing.box(
                x + 0.5, top + 3, width - 1, _ROW - 6, colour,
                hatched=bar.assumed, said=self._told(bar, span),
            )  # fmt: skip
            first = [text for text in (sign, number) if text]
            # of a short bar too, one sees that it is hatched
            wide = min(12, 0.6 * width, (width - 1) / (len(first) + after or 1))
            shown = [(x + 1 + wide * n, text) for n, text in enumerate(first)]
            if after and span.last == self._gantt.span.last:
                shown.append((x + width - 1 - wide, "→"))
            for left, text in shown:
                if bar.assumed:
                    drawing.box(left, top + 3.5, wide, _ROW - 7, colour)
                drawing.text(
                    left + wide / 2, base, text,
                    size=_QUARTERS, bold=True, anchor="middle", fill="#ffffff",
                )  # fmt: skip
        drawing.text(
            drawing.width - MARGIN - 4, base, self.cells.text(bar.total),
            size=SIZE, anchor="end",
        )  # fmt: skip
        self._y += self._height_of(bar)

    def _told(self, bar: Bar, span: Span) -> str:
        """What a bar says to those who point at it."""
        said = msg("{title}: {quarters}", title=bar.project.title, quarters=span)
        return self._language.say(said)

    def _money_row(
        self, title: str | Message, by_year: Mapping[int, Figure], whole: Figure, base: float
    ) -> None:
        drawing = self._drawing
        lines = self._lines_of_head(title)
        for n, line in enumerate(lines):
            drawing.text(MARGIN + 4, base + _LINE * n, line, size=SIZE, bold=True)
        base += _LINE * (len(lines) - 1) / 2
        for year in self._gantt.years.each() if self._with_years else ():
            figure = by_year.get(year, Figure())
            middle = self._x(Quarter(year, 1)) + 2 * self._quarter
            text = self.cells.text(figure)
            size = min(SIZE, SIZE * (self._year - 4) / width_of(text, SIZE))
            drawing.text(middle, base, text, size=size, anchor="middle")
        drawing.text(
            drawing.width - MARGIN - 4, base, self.cells.text(whole),
            size=SIZE, bold=True, anchor="end",
        )  # fmt: skip

    def _footer(self) -> None:
        drawing, gantt = self._drawing, self._gantt
        drawing.line(MARGIN, self._y + 2, drawing.width - MARGIN, self._y + 2, stroke=INK, width=1)
        self._money_row(msg("Total"), gantt.by_year, gantt.total, self._y + 17)
        self._y += _GROUP_ROW + 2

    def _grid(self, top: float, *, with_total: bool) -> None:
        """The lines between years, and that of today, behind all rows."""
        gantt = self._gantt
        rows = sum(row.heads + sum(row.bars) for row in self.rows())
        end = top + rows + _GROUP_ROW * with_total
        for year in (*gantt.years.each(), gantt.years.last + 1):
            x = self._x(Quarter(year, 1))
            self._drawing.line(x, top - 28, x, end, stroke=RULE)
        if gantt.today is not None:
            # not through the amounts of the total, as the ground of groups is above it
            x = self._x(gantt.today)
            self._drawing.line(x, top - 8, x, top + rows, stroke=PASSED, dashed=True)

    def _legend(self) -> None:
        language, plan = self._language, self._gantt.plan
        bars = self._gantt.bars
        used = {bar.class_.number: bar.class_ for bar in bars if bar.class_ is not None}
        keys: list[Key] = []
        for number, class_ in sorted(used.items()):
            declared = plan.class_by_number.get(number)
            name = "" if declared is None else language.isolated(language.show(declared.title))
            keys.append(Key(class_colour(class_), name, "box", str(number)))
        if any(bar.class_ is None and bar.active for bar in bars):
            keys.append(Key(NO_CLASS, language.say(msg("in no class")), "box"))
        if any(bar.assumed and bar.active for bar in bars):
            keys.append(Key(NO_CLASS, language.say(msg("assumed")), "hatched"))
        self._y = draw_keys(self._drawing, keys, self._y + 14, _QUARTERS)
        notes = map(language.say, notes_of_planning(self._gantt))
        self._y = draw_notes(self._drawing, notes, self._y)

    def _x(self, quarter: Quarter) -> float:
        first = Quarter(self._gantt.years.first, 1)
        return self._left + quarter.since(first) * self._quarter


def in_a_row(quarters: Sequence[Quarter]) -> Iterator[Span]:
    """Quarters in order, as the spans that they make."""
    start = previous = None
    for quarter in quarters:
        if start is None or previous is None:
            start = quarter
        elif quarter != previous.later(1):
            yield Span(start, previous)
            start = quarter
        previous = quarter
    if start is not None and previous is not None:
        yield Span(start, previous)


def _scale_of(gantt: Gantt, language: Language) -> Scale:
    figures = [*gantt.by_year.values(), gantt.total]
    for above in gantt.above:
        figures += [*above.by_year.values(), above.total]
    for group in gantt.groups:
        figures += [*group.by_year.values(), group.total, *(bar.total for bar in group.bars)]
    return language.scale_of(figure.amount for figure in figures)
