"""Charts as pictures: the planning by quarter, and bars of money by year."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from string import ascii_uppercase
from typing import Literal, NamedTuple, TypeAlias

from ppi_cli.documents.drawing import FAINT, INK, RULE, Drawing, folded, is_light, width_of
from ppi_cli.figures.totals import Figure, Row, Totals, added
from ppi_cli.plan.priority import ProjectClass
from ppi_cli.reports.affordability import AffordReport
from ppi_cli.reports.cells import Cells
from ppi_cli.reports.debt import DebtReport
from ppi_cli.reports.dossier import for_readers
from ppi_cli.reports.gantt import Above, Bar, Gantt, Group
from ppi_cli.reports.plan import plan_line
from ppi_cli.reports.totals import TotalsReport
from ppi_cli.reports.values import legend
from ppi_cli.values.message import Conditional, Message, counted, msg
from ppi_cli.values.money import ZERO, Money
from ppi_cli.values.quarters import Quarter, Span, period_of
from ppi_cli.values.terms import Scale
from ppi_cli.words.language import NO_BREAK_SPACE, Language, coarsest_scale

#: The colours of the classes, the most urgent first; white digits can be read on each. In grey,
#: what is more urgent is darker.
CLASS_COLOURS = ("#86101a", "#744000", "#0c7a69", "#3a74bf", "#8a63c0")
#: Of what passes its bound, and of today.
_PASSED = "#a4262c"
NO_CLASS = "#5b6770"
#: Colours that are told apart side by side: themes, or who pays. A dark one follows a light one, so
#: that they are told apart in grey too.
SERIES_COLOURS = (
    "#2f5aa8", "#d9822b", "#0b6a5c", "#4aa3c7", "#a4262c",
    "#85ad4b", "#6b3fa0", "#d77fb4", "#8a5a00", "#9aa7e0",
)  # fmt: skip
#: The colour of what is in no series of its own.
_REST = "#b3bcc5"

#: The ground of a picture.
_PAPER = "#ffffff"

_MARGIN = 16
_SIZE = 10.5
_SMALL = 9
#: What the smallest text of a chart is to be no smaller than on paper, in points.
_READABLE = 7.5


def least_height(drawing: Drawing) -> float:
    """The height on paper, in points, from which on the texts of a chart can be read."""
    return drawing.height * _READABLE / _SMALL


def class_colour(class_: ProjectClass | None) -> str:
    """The colour of a class; of more than there are colours, they come again."""
    if class_ is None:
        return NO_CLASS
    return CLASS_COLOURS[(class_.number - 1) % len(CLASS_COLOURS)]


# --- the planning --------------------------------------------------------------------------------

_ROW, _GROUP_ROW = 19, 25
#: A title that is longer than its room goes on in further lines, so far below; within a document,
#: which tells it whole elsewhere, in three at most.
_MOST_LINES, _LINE = 3, 12.5
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
_LEAST_PAGE, _HEADING, _NOTE = 160, 32, 12


def planning(
    gantt: Gantt, language: Language, shown: Callable[[str], str] = str, *, within: bool = False
) -> Drawing:
    """The chart of quarters: a row for each project, with the money of themes by year."""
    return _Planning(gantt, language, shown, within).drawn()


def notes_of_planning(gantt: Gantt) -> Iterator[Message]:
    """What is to be said below the chart of quarters, its lines and marks among it."""
    if gantt.today is not None:
        yield msg("dashed line: today, {quarter}", quarter=gantt.today)
    yield from marks_of_planning(gantt)


def marks_of_planning(gantt: Gantt) -> Iterator[Message]:
    """What the marks in the chart of quarters mean."""
    yield from for_readers(gantt.notes())
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
            here = group if not start else replace(group, above=None)
            pages[-1].append(replace(here, bars=group.bars[start:end]))
            if end == len(bars):
                break
            heads, start, left = again, end, 0
    return pages


def _heads(group: Group) -> Iterator[str | Message]:
    """What stands above the bars of a group: what it is the first part of, and its own title."""
    if group.above is not None:
        yield group.above.title
    yield group.theme.title


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
        self._left = _MARGIN + self._titles
        self._right = self._left + self._year * len(gantt.years.each())
        title = language.say(plan_line(gantt.plan))
        self._drawing = Drawing(title, self._right + self._totals + _MARGIN, shown, within)
        self._y = 0.0

    def _widths(self, room: _Room, by_year: Iterable[Figure]) -> tuple[float, float]:
        """How wide titles are, and a year: amounts, without their unit, are not to be smaller.

        Where a page has no room for the amounts of years, those of whole rows are in the chart
        alone: the totals have them.
        """
        gantt, language = self._gantt, self._language
        drawn = (self._shown(language.show(bar.project.title)) for bar in gantt.bars)
        titles = (18 + width_of(title, _SIZE) for title in drawn)
        wanted = min(_WIDEST_TITLES, max([room.usual_titles, *titles]))
        cells, years = Cells(language, self.cells.scale, with_unit=False), len(gantt.years.each())
        widest = max((width_of(cells.text(each), _SIZE) for each in by_year), default=0)
        left = room.together - years * (widest + 4)
        self._with_years = left >= room.least_titles or room is _ON_SCREEN
        if not self._with_years:
            left = room.together - years * room.least_year
        wide = max(room.least_titles, min(wanted, left))
        least = widest + 4 if room is _ON_SCREEN else room.least_year
        year = max(room.least_year, least, (room.together - wide) / years)
        return wide, max(least, min(_MOST_YEAR, year))

    def _room(self, figure: Figure) -> float:
        return width_of(self.cells.text(figure), _SIZE, bold=True)

    def drawn(self, *, with_total: bool = True) -> Drawing:
        drawing, gantt = self._drawing, self._gantt
        self._y = _title(drawing)
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
        drawing.height = self._y + (-_BELOW_KEYS if drawing.within else _MARGIN)
        return drawing

    def _heading(self) -> None:
        if not self.cells.with_unit:
            unit = self._language.unit(self.cells.scale or "")
            said = self._language.say(msg("in {unit}", unit=unit))
            at = self._drawing.width - _MARGIN - 4
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
        colours, self._y = self._y - start - _BELOW_KEYS, start
        above_and_below = 4 + _HEADING + _GROUP_ROW + 2 + colours
        return (_PAGE - _NOTE * lines) / _SMALLER - above_and_below

    def rows(self) -> Sequence[_Rows]:
        """How high the rows of each group are."""
        return [
            _Rows(
                group, sum(map(self._height_of_head, _heads(group))),
                [self._height_of(bar) for bar in group.bars],
                self._height_of_head(group.theme.title),
            )
            for group in self._gantt.groups
        ]  # fmt: skip

    def _lines_of(self, bar: Bar) -> Sequence[str]:
        title = self._shown(self._language.show(bar.project.title))
        return folded(title, _SIZE, self._titles - 14, most=_most_lines(self._drawing))

    def _lines_of_head(self, title: str | Message) -> Sequence[str]:
        name = self._shown(self._language.show(title))
        return folded(name, _SIZE, self._titles - 6, bold=True, most=_most_lines(self._drawing))

    def _height_of(self, bar: Bar) -> float:
        return _ROW + _LINE * (len(self._lines_of(bar)) - 1)

    def _height_of_head(self, title: str | Message) -> float:
        return _GROUP_ROW + _LINE * (len(self._lines_of_head(title)) - 1)

    def _above(self, above: Above) -> None:
        """The line of a group of themes."""
        self._head(above.title, above.by_year, above.total, "#d5dce4")

    def _group(self, group: Group) -> None:
        self._head(group.theme.title, group.by_year, group.total, "#eef1f4")

    def _head(
        self, title: str | Message, by_year: Mapping[int, Figure], whole: Figure, fill: str
    ) -> None:
        """A line above others, on a ground of its own."""
        height, width = self._height_of_head(title), self._drawing.width - 2 * _MARGIN
        self._drawing.box(_MARGIN, self._y, width, height - 4, fill)
        self._money_row(title, by_year, whole, self._y + 15)
        self._y += height

    def _bar(self, bar: Bar) -> None:
        drawing, lines = self._drawing, self._lines_of(bar)
        for n, line in enumerate(lines):
            drawing.text(_MARGIN + 8, self._y + 13 + _LINE * n, line, size=_SIZE)
        top = self._y + _LINE * (len(lines) - 1) / 2
        base = top + 13
        colour = class_colour(bar.class_)
        number = "" if bar.class_ is None else str(bar.class_.number)
        for span in in_a_row(bar.active):
            x, width = self._x(span.first), span.length * self._quarter
            drawing.box(
                x + 0.5, top + 3, width - 1, _ROW - 6, colour,
                hatched=bar.assumed, said=self._told(bar, span),
            )  # fmt: skip
            if number:
                if bar.assumed:
                    drawing.box(x + 1, top + 3.5, 12, _ROW - 7, colour)
                drawing.text(
                    x + 7, base, number, size=_QUARTERS, bold=True, anchor="middle", fill="#ffffff"
                )
        drawing.text(
            drawing.width - _MARGIN - 4, base, self.cells.text(bar.total),
            size=_SIZE, anchor="end",
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
            drawing.text(_MARGIN + 4, base + _LINE * n, line, size=_SIZE, bold=True)
        base += _LINE * (len(lines) - 1) / 2
        for year in self._gantt.years.each() if self._with_years else ():
            figure = by_year.get(year, Figure())
            middle = self._x(Quarter(year, 1)) + 2 * self._quarter
            text = self.cells.text(figure)
            size = min(_SIZE, _SIZE * (self._year - 4) / width_of(text, _SIZE))
            drawing.text(middle, base, text, size=size, anchor="middle")
        drawing.text(
            drawing.width - _MARGIN - 4, base, self.cells.text(whole),
            size=_SIZE, bold=True, anchor="end",
        )  # fmt: skip

    def _footer(self) -> None:
        drawing, gantt = self._drawing, self._gantt
        drawing.line(
            _MARGIN, self._y + 2, drawing.width - _MARGIN, self._y + 2, stroke=INK, width=1
        )
        self._money_row(msg("Total"), gantt.by_year, gantt.total, self._y + 17)
        self._y += _GROUP_ROW + 2

    def _grid(self, top: float, *, with_total: bool) -> None:
        """The lines between years, and that of today, behind all rows."""
        gantt = self._gantt
        rows = _GROUP_ROW * with_total + sum(row.heads + sum(row.bars) for row in self.rows())
        for year in (*gantt.years.each(), gantt.years.last + 1):
            x = self._x(Quarter(year, 1))
            self._drawing.line(x, top - 28, x, top + rows, stroke=RULE)
        if gantt.today is not None:
            x = self._x(gantt.today)
            self._drawing.line(x, top - 8, x, top + rows, stroke=_PASSED, dashed=True)

    def _legend(self) -> None:
        language, plan = self._language, self._gantt.plan
        bars = self._gantt.bars
        used = {bar.class_.number: bar.class_ for bar in bars if bar.class_ is not None}
        keys: list[_Key] = []
        for number, class_ in sorted(used.items()):
            declared = plan.class_by_number.get(number)
            name = "" if declared is None else language.isolated(language.show(declared.title))
            keys.append(_Key(class_colour(class_), name, "box", str(number)))
        if any(bar.class_ is None and bar.active for bar in bars):
            keys.append(_Key(NO_CLASS, language.say(msg("in no class")), "box"))
        if any(bar.assumed and bar.active for bar in bars):
            keys.append(_Key(NO_CLASS, language.say(msg("assumed")), "hatched"))
        self._y = _keys(self._drawing, keys, self._y + 14, _QUARTERS)
        notes = map(language.say, notes_of_planning(self._gantt))
        self._y = _notes(self._drawing, notes, self._y)

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


# --- bars of money -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Series:
    """Amounts of one colour, by column."""

    title: str
    colour: str
    figures: Sequence[Figure]
    #: Whether what is assumed is hatched: not where nearly all is, and amounts say it alone.
    hatches: bool = True
    #: What it is known by where colours are not seen.
    letter: str = ""


@dataclass(frozen=True)
class Mark:
    """A line across a column: what may be spent there."""

    amount: Money | None
    over: bool = False


class _Size(NamedTuple):
    """How wide a chart of bars is, and how high its bars can be."""

    width: float
    height: float


#: How high the ground of a letter is; how far the amounts above two columns are apart at least.
_LETTER, _BETWEEN = 10, 6
#: What a chart of bars is drawn for: a screen, a page, a page that is laid across.
Place: TypeAlias = Literal["screen", "upright", "across"]
#: How many times higher the bars of a chart are, by the room that it has on its page.
HEIGHTS = 1, 1.5, 2, 2.75, 3.5


def _size(wholes: Sequence[Figure], place: Place, language: Language, higher: float = 1) -> _Size:
    """On paper a chart is drawn as wide as its page, so that its texts can be read there.

    A page that is laid across is lower; on a screen a chart is as wide as its amounts need.
    """
    if place == "screen":
        scale = language.scale_of(figure.amount for figure in wholes)
        cells = Cells(language, scale, with_unit=False)
        widest = max((width_of(cells.text(w), _READABLE, bold=True) for w in wholes), default=0)
        return _Size(max(900, 80 + len(wholes) * (widest + _BETWEEN)), 260)
    if place == "upright":
        return _Size(520, 150 * higher)
    return _Size(max(740, 50 * len(wholes)), 100 * higher)


def spending(
    report: TotalsReport,
    language: Language,
    shown: Callable[[str], str] = str,
    *,
    within: bool = False,
    place: Place = "screen",
    higher: float = 1,
) -> Drawing:
    """Totals as bars, stacked by theme or by who pays, with the total above each."""
    cut_ = report.totals
    columns = [_column(cut_, period, language) for period in cut_.periods]
    series = list(_series(cut_, language))
    wholes = [cut_.total.figures[period] for period in cut_.periods]
    title = language.say(plan_line(report.plan))
    size = _size(wholes, place, language, higher)
    drawing = Drawing(title, size.width, shown, within)
    notes = [language.say(note) for note in report.notes()]
    return _bars(drawing, size.height, columns, series, wholes, (), notes, language)


def _column(found: Totals, period: str, language: Language) -> str:
    """What a column is called: its year, its quarter, or its own name."""
    title = found.titles.get(period, period)
    shown = language.show(period_of(period) if title == period else title)
    return shown.replace(NO_BREAK_SPACE, " ")  # where it has no room, it is folded


class Share(NamedTuple):
    """What has a colour of its own: a row, or several that share one, and its letter."""

    rows: Sequence[Row]
    colour: str
    #: What it is known by where colours are not seen; of two, which are told apart, none.
    letter: str

    @property
    def title(self) -> str | Message:
        if len(self.rows) == 1:
            return self.rows[0].title
        return counted("{n} other", "{n} others", len(self.rows))


def shares(found: Totals) -> Sequence[Share]:
    """The rows with money; of more than there are colours, the smaller ones share the last."""
    rows = [row for row in found.rows if any(f.amount is not None for f in row.figures.values())]
    named = rows
    if len(rows) > len(SERIES_COLOURS):
        by_size = sorted(rows, key=lambda row: -abs((row.total.amount or ZERO).cents))
        largest = {row.id for row in by_size[: len(SERIES_COLOURS) - 1]}
        named = [row for row in rows if row.id in largest]
    others = [row for row in rows if row not in named]
    alone = ([row] for row in named)
    coloured = [*zip(alone, SERIES_COLOURS, strict=False), *([(others, _REST)] if others else [])]
    letters = iter(ascii_uppercase if len(coloured) > 2 else "")
    return [Share(own, colour, next(letters, "")) for own, colour in coloured]


def _series(found: Totals, language: Language) -> Iterator[Series]:
    """A series for each share of the totals."""
    for share in shares(found):
        figures = [added(row.figures[period] for row in share.rows) for period in found.periods]
        yield Series(language.show(share.title), share.colour, figures, letter=share.letter)


def affordable(
    report: AffordReport,
    language: Language,
    shown: Callable[[str], str] = str,
    *,
    within: bool = False,
    place: Place = "screen",
    higher: float = 1,
) -> Drawing:
    """What the town pays each year and what others do, with what may be spent."""
    titles = msg("Paid by the town"), msg("Paid by others")
    return _yearly(report, titles, language, shown, within=within, place=place, higher=higher)


def indebted(
    report: DebtReport,
    language: Language,
    shown: Callable[[str], str] = str,
    *,
    within: bool = False,
    place: Place = "screen",
    higher: float = 1,
) -> Drawing:
    """The debt at the end of each year, old and new, with so many years of its gross savings."""
    titles = msg("Debt of before the plan"), msg("Loans of the plan")
    return _yearly(report, titles, language, shown, within=within, place=place, higher=higher)


def _yearly(
    report: AffordReport | DebtReport,
    titles: tuple[Message, Message],
    language: Language,
    shown: Callable[[str], str],
    *,
    within: bool,
    place: Place,
    higher: float,
) -> Drawing:
    """A bar of two parts for each year, with the mark of what is allowed."""
    years = report.bars()
    first, second = (language.say(title) for title in titles)
    series = [Series(first, SERIES_COLOURS[0], [year.net for year in years], hatches=False)]
    if any(year.parts[1] != ZERO for year in years):
        others = [year.others for year in years]
        series.append(Series(second, SERIES_COLOURS[1], others, hatches=False))
    wholes = [year.whole for year in years]
    marks = [Mark(year.limit, year.over) for year in years]
    columns = [language.year(year.year) for year in years]
    size = _size(wholes, place, language, higher)
    drawing = Drawing(language.say(plan_line(report.plan)), size.width, shown, within)
    told = (*for_readers(report.verdict()), *legend(wholes))
    notes = [language.say(said) for said in told]
    lines = [_Key(INK, language.say(report.limit_title))] if any(m.amount for m in marks) else []
    if any(mark.over for mark in marks):
        passed = msg("{limit}, passed", limit=report.limit_title)
        lines.append(_Key(_PASSED, language.say(passed), "passed"))
    return _bars(drawing, size.height, columns, series, wholes, marks, notes, language, lines)


def _bars(
    drawing: Drawing,
    height: float,
    columns: Sequence[str],
    series: Sequence[Series],
    wholes: Sequence[Figure],
    marks: Sequence[Mark],
    notes: Iterable[str],
    language: Language,
    lines: Sequence[_Key] = (),
) -> Drawing:
    top = _title(drawing) + 16
    tops = [sum(c for c in _cents(series, i) if c > 0) for i in range(len(columns))]
    bottoms = [sum(c for c in _cents(series, i) if c < 0) for i in range(len(columns))]
    limits = [mark.amount.cents for mark in marks if mark.amount is not None]
    step = _step(max([*tops, *limits, 0]) - min([*bottoms, 0]))
    high = -(-max([*tops, *limits, step]) // step) * step
    low = min(bottoms or [0]) // step * step
    scale = language.scale_of(figure.amount for figure in wholes)
    cells = told = Cells(language, scale)
    ticks = [Money(cents) for cents in range(low, high + 1, step)]
    axis_scale = coarsest_scale(ticks)
    labels = [language.money(tick, axis_scale) for tick in ticks]
    left = _MARGIN + max(width_of(label, _SMALL) for label in labels) + 8

    def y(cents: int) -> float:
        return top + height - (cents - low) * height / (high - low)

    for tick, label in zip(ticks, labels, strict=True):
        at = y(tick.cents)
        drawing.line(left, at, drawing.width - _MARGIN, at, stroke=INK if not tick.cents else RULE)
        drawing.text(left - 6, at + 3, label, size=_SMALL, anchor="end", fill=FAINT)
    slot = (drawing.width - _MARGIN - left) / max(1, len(columns))
    wide = min(70.0, slot * 0.62)
    below = [folded(drawing.shown(column), _SIZE, slot) for column in columns]
    if any(width_of(cells.text(w), _SMALL, bold=True) > slot - _BETWEEN for w in wholes):
        cells = Cells(language, scale, with_unit=False)
        unit = language.say(msg("in {unit}", unit=language.unit(scale)))
        drawing.text(left - 6, top - 8, unit, size=_SMALL, anchor="end", fill=FAINT)
    widest = max((width_of(cells.text(w), 1, bold=True) for w in wholes), default=1)
    size = min(_SIZE, (slot - _BETWEEN) / widest)
    for i, column in enumerate(columns):
        x = left + slot * (i + 0.5) - wide / 2
        up = down = 0
        for each in series:
            figure = each.figures[i]
            cents = 0 if figure.amount is None else figure.amount.cents
            start = up if cents >= 0 else down
            if cents:
                upper, lower = y(max(start, start + cents)), y(min(start, start + cents))
                said = msg(
                    "{title}, {column}: {amount}",
                    title=each.title, column=column, amount=told.text(figure),
                )  # fmt: skip
                drawing.box(
                    x, upper, wide, lower - upper, each.colour,
                    hatched=figure.assumed and each.hatches, said=language.say(said),
                )  # fmt: skip
                if start:
                    drawing.line(x, y(start), x + wide, y(start), stroke=_PAPER)
                if each.letter and lower - upper > _LETTER + 2:
                    _letter(drawing, each.letter, each.colour, x + 2, (upper + lower) / 2)
            up, down = (up + cents, down) if cents >= 0 else (up, down + cents)
        label_at = y(up) - 6
        if marks and (limit := marks[i].amount) is not None:
            at = y(limit.cents)
            _limit(drawing, x - 6, x + wide + 6, at, is_passed=marks[i].over)
            label_at = min(label_at, at - 6) if at > label_at - 12 else label_at
        middle = left + slot * (i + 0.5)
        drawing.text(middle, label_at, cells.text(wholes[i]), size=size, bold=True, anchor="middle")
        for n, line in enumerate(below[i]):
            drawing.text(middle, top + height + 16 + 12 * n, line, size=_SIZE, anchor="middle")
    keys = [_Key(each.colour, each.title, "box", each.letter) for each in series]
    hatched = (each for each in series if each.hatches)
    if any(f.assumed and f.amount is not None for each in hatched for f in each.figures):
        keys.append(_Key(NO_CLASS, language.say(msg("assumed")), "hatched"))
    keys += lines
    height += 12 * (max(map(len, below), default=1) - 1)
    end = _notes(drawing, notes, _keys(drawing, keys, top + height + 40))
    drawing.height = end + (-_BELOW_KEYS if drawing.within else _MARGIN)
    return drawing


def _letter(drawing: Drawing, letter: str, colour: str, x: float, middle: float) -> None:
    """What something is known by, on its colour, from x on."""
    drawing.box(x, middle - _LETTER / 2, 12, _LETTER, colour)
    fill = INK if is_light(colour) else _PAPER
    drawing.text(x + 6, middle + 3, letter, size=_SMALL, bold=True, anchor="middle", fill=fill)


def _limit(drawing: Drawing, x: float, to_x: float, y: float, *, is_passed: bool) -> None:
    """The mark of what may be spent, which is seen on bars of any colour."""
    drawing.line(x, y, to_x, y, stroke=_PAPER, width=4.4)
    drawing.line(x, y, to_x, y, stroke=_PASSED if is_passed else INK, width=2.2, dashed=is_passed)


def _cents(series: Sequence[Series], i: int) -> Iterator[int]:
    for each in series:
        amount = each.figures[i].amount
        yield 0 if amount is None else amount.cents


def _step(cents: int) -> int:
    """The distance of grid lines, 1, 2 or 5 times a power of ten: five lines or so."""
    step, factors = 100, (2, 5, 10)
    while True:
        for factor in (1, *factors):
            if step * factor * 6 >= cents:
                return step * factor
        step *= 10


# --- above and below a chart ---------------------------------------------------------------------


def _most_lines(drawing: Drawing) -> int | None:
    """In how many lines a title is shown: in all it needs, where no document tells it whole."""
    return _MOST_LINES if drawing.within else None


def _title(drawing: Drawing) -> float:
    """The title, where the document has none; returns where the chart begins."""
    if drawing.within:
        return 4
    room, shown = drawing.width - 2 * _MARGIN, drawing.shown(drawing.title)
    lines = folded(shown, 14, room, bold=True)
    for n, line in enumerate(lines):
        drawing.text(_MARGIN, 26 + 17 * n, line, size=14, bold=True)
    return 23 + 17 * len(lines)


class _Key(NamedTuple):
    """What a colour means, of boxes or of a line across them."""

    colour: str
    title: str
    of: Literal["box", "hatched", "line", "passed"] = "line"
    #: What it is known by where colours are not seen.
    letter: str = ""


def _keys(drawing: Drawing, keys: Iterable[_Key], y: float, size: float = _SMALL) -> float:
    """What colours mean, in rows; returns where the next line stands."""
    x = float(_MARGIN)
    for key in keys:
        room = drawing.width - 2 * _MARGIN - 18
        lines = folded(drawing.shown(key.title), size, room, most=_most_lines(drawing))
        room = 18 + max(width_of(line, size) for line in lines) + 16
        if x > _MARGIN and x + room > drawing.width - _MARGIN:
            x, y = float(_MARGIN), y + 16
        if key.of in ("line", "passed"):
            _limit(drawing, x, x + 14, y - 4, is_passed=key.of == "passed")
        elif key.letter:
            _letter(drawing, key.letter, key.colour, x, y - 4)
        else:
            drawing.box(x, y - 9, 12, 10, key.colour, hatched=key.of == "hatched")
        for line in lines[:-1]:
            drawing.text(x + 18, y, line, size=size)
            y += 13
        drawing.text(x + 18, y, lines[-1], size=size)
        x += room
    return y + 18


#: What of the room below its keys a chart does without, where nothing stands there.
_BELOW_KEYS = 10


def _notes(drawing: Drawing, notes: Iterable[str], y: float) -> float:
    """Sentences, in as many lines as they need; returns where the next line stands."""
    for note in notes if not drawing.within else ():
        for line in folded(drawing.shown(note), _SMALL, drawing.width - 2 * _MARGIN):
            drawing.text(_MARGIN, y, line, size=_SMALL, fill=FAINT)
            y += 13
    return y
