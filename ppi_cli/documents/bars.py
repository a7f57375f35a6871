"""Bars of money by year: what is spent, what can be afforded, the debt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from string import ascii_uppercase
from typing import Literal, NamedTuple, TypeAlias

from ppi_cli.documents.charts import (
    BELOW_KEYS,
    LETTER,
    MARGIN,
    NO_CLASS,
    PAPER,
    PASSED,
    READABLE,
    SIZE,
    SMALL,
    Key,
    draw_keys,
    draw_letter,
    draw_limit,
    draw_notes,
    draw_title,
)
from ppi_cli.documents.drawing import FAINT, INK, RULE, Drawing, folded, width_of
from ppi_cli.figures.totals import Figure, Row, Totals, added
from ppi_cli.reports.affordability import AffordReport
from ppi_cli.reports.cells import Cells
from ppi_cli.reports.debt import DebtReport
from ppi_cli.reports.dossier import for_readers
from ppi_cli.reports.plan import plan_line
from ppi_cli.reports.totals import TotalsReport
from ppi_cli.reports.values import legend
from ppi_cli.values.message import Message, counted, msg
from ppi_cli.values.money import ZERO, Money
from ppi_cli.values.quarters import period_of
from ppi_cli.values.terms import Scale
from ppi_cli.words.language import NO_BREAK_SPACE, SCALES, Language, coarsest_scale

#: Colours that are told apart side by side: themes, or who pays. A dark one follows a light one, so
#: that they are told apart in grey too.
SERIES_COLOURS = (
    "#2f5aa8", "#d9822b", "#0b6a5c", "#4aa3c7", "#a4262c",
    "#85ad4b", "#6b3fa0", "#d77fb4", "#8a5a00", "#9aa7e0",
)  # fmt: skip
#: The colour of what is in no series of its own.
_REST = "#b3bcc5"


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
    """How wide a chart of bars is, how high its bars can be, and how small amounts above them."""

    width: float
    height: float
    least: float = READABLE


#: How far the amounts above two columns are apart at least, and how high one reaches above its
#: bar.
_BETWEEN, _ROOM_ABOVE = 6, 18
#: What a chart of bars is drawn for: alone on a screen, a page, one that is laid across, or one
#: that is read on a screen and printed laid across.
Place: TypeAlias = Literal["screen", "upright", "across", "both"]
#: How many times higher the bars of a chart are, by the room that it has on its page.
HEIGHTS = 1, 1.5, 2, 2.75, 3.5


def _size(wholes: Sequence[Figure], place: Place, language: Language, higher: float = 1) -> _Size:
    """On paper a chart is drawn as wide as its page, so that its texts can be read there.

    A page that is laid across is lower; alone on a screen a chart is as wide as its amounts need.
    """
    if place == "screen":
        scale = language.scale_of(figure.amount for figure in wholes)
        cells = Cells(language, scale, with_unit=False)
        widest = max((width_of(cells.text(w), READABLE, bold=True) for w in wholes), default=0)
        return _Size(max(900, 80 + len(wholes) * (widest + _BETWEEN)), 260)
    if place == "upright":
        return _Size(520, 150 * higher)
    if place == "both":
        return _Size(max(900, 60 * len(wholes)), 260, SMALL)
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
    what = msg("Who pays") if cut_.by == "source" else msg("Totals")
    return _bars(drawing, size, columns, series, wholes, (), notes, language, what)


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
    what = msg("Whether it can be afforded")
    return _yearly(report, what, titles, language, shown, within=within, place=place, higher=higher)


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
    titles, what = (
        (msg("Debt of before the plan"), msg("Loans of the plan")),
        msg("Savings and debt"),
    )
    return _yearly(report, what, titles, language, shown, within=within, place=place, higher=higher)


def _yearly(
    report: AffordReport | DebtReport,
    what: Message,
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
    told = tuple(for_readers(report.verdict()))
    told += tuple(legend(wholes, told))
    notes = [language.say(said) for said in told]
    lines: list[Key] = []
    if any(mark.amount is not None and not mark.over for mark in marks):
        lines.append(Key(INK, language.say(report.limit_title)))
    if any(mark.over for mark in marks):
        passed = msg("{limit}, passed", limit=report.limit_title)
        lines.append(Key(PASSED, language.say(passed), "passed"))
    return _bars(drawing, size, columns, series, wholes, marks, notes, language, what, lines)


def _bars(
    drawing: Drawing,
    size: _Size,
    columns: Sequence[str],
    series: Sequence[Series],
    wholes: Sequence[Figure],
    marks: Sequence[Mark],
    notes: Iterable[str],
    language: Language,
    what: Message,
    lines: Sequence[Key] = (),
) -> Drawing:
    """Bars, one on the other by column; a chart alone says what it shows, below the title.

    Amounts stand above their bars; where one would be read as that of a mark, all stand below.
    """
    tops = [sum(c for c in _cents(series, i) if c > 0) for i in range(len(columns))]
    bottoms = [sum(c for c in _cents(series, i) if c < 0) for i in range(len(columns))]
    limits = [mark.amount.cents for mark in marks if mark.amount is not None]
    step = _step(max([*tops, *limits, 0]) - min([*bottoms, 0]))
    high = -(-max([*tops, *limits, step]) // step) * step
    low = min(bottoms or [0]) // step * step
    ticks = [Money(cents) for cents in range(low, high + 1, step)]
    axis_scale = coarsest_scale(ticks)
    labels = [language.money(tick, axis_scale) for tick in ticks]
    left = MARGIN + max(width_of(label, SMALL) for label in labels) + 8
    slot = (drawing.width - MARGIN - left) / max(1, len(columns))
    amounts = _amounts(wholes, language, slot - _BETWEEN, size.least)
    limited, height = zip(marks, tops, strict=False), size.height
    gaps = [mark.amount.cents - top for mark, top in limited if mark.amount is not None]
    are_above = not any(0 < gap * height / (high - low) < _ROOM_ABOVE for gap in gaps)
    top = draw_title(drawing) + 16
    if not drawing.within:
        drawing.text(MARGIN, top - 11, language.say(what))
        top += 18
    for note in amounts.notes(language, are_above=are_above):
        drawing.text(MARGIN, top - 4, note, size=SMALL, fill=FAINT)
        top += 15

    def y(cents: int) -> float:
        return top + height - (cents - low) * height / (high - low)

    for tick, label in zip(ticks, labels, strict=True):
        at = y(tick.cents)
        drawing.line(left, at, drawing.width - MARGIN, at, stroke=INK if not tick.cents else RULE)
        drawing.text(left - 6, at + 3, label, size=SMALL, anchor="end", fill=FAINT)
    wide = min(70.0, slot * 0.62)
    below = [folded(drawing.shown(column), SIZE, slot) for column in columns]
    lines_below = max(map(len, below), default=1)
    told = Cells(language, amounts.scale)
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
                    drawing.line(x, y(start), x + wide, y(start), stroke=PAPER)
                if each.letter and lower - upper > LETTER + 2:
                    draw_letter(drawing, each.letter, each.colour, x + 2, (upper + lower) / 2)
            up, down = (up + cents, down) if cents >= 0 else (up, down + cents)
        if marks and (limit := marks[i].amount) is not None:
            draw_limit(drawing, x - 6, x + wide + 6, y(limit.cents), is_passed=marks[i].over)
        middle = left + slot * (i + 0.5)
        drawing.text(
            middle,
            y(up) - 6 if are_above else top + height + 17 + 12 * lines_below,
            amounts.cells.text(wholes[i]),
            size=amounts.size,
            bold=True,
            anchor="middle",
        )
        for n, line in enumerate(below[i]):
            drawing.text(middle, top + height + 16 + 12 * n, line, size=SIZE, anchor="middle")
    keys = [Key(each.colour, each.title, "box", each.letter) for each in series]
    hatched = (each for each in series if each.hatches)
    if any(f.assumed and f.amount is not None for each in hatched for f in each.figures):
        keys.append(Key(NO_CLASS, language.say(msg("assumed")), "hatched"))
    keys += lines
    height += 12 * (lines_below - are_above)
    end = draw_notes(drawing, notes, draw_keys(drawing, keys, top + height + 40))
    drawing.height = end + (-BELOW_KEYS if drawing.within else MARGIN)
    return drawing


class _Amounts(NamedTuple):
    """How the amounts of bars are written, and how large."""

    cells: Cells
    size: float
    #: The unit in which they are exact.
    scale: Scale

    def notes(self, language: Language, *, are_above: bool) -> Iterator[str]:
        """What their unit is, where they do not say it, and that they are rounded."""
        is_rounded = self.cells.scale != self.scale or self.cells.decimals is not None
        unit = language.unit(self.cells.scale or "")
        where = msg("above the bars") if are_above else msg("below the years")
        if is_rounded:
            rounded = msg(
                "{where}: in {unit}, rounded; the table has them exactly", where=where, unit=unit
            )
            yield language.say(rounded)
        elif not self.cells.with_unit:
            yield language.say(msg("{where}: in {unit}", where=where, unit=unit))


def _amounts(wholes: Sequence[Figure], language: Language, room: float, least: float) -> _Amounts:
    """Amounts that can be read in a room: exact ones, beside their unit or without, else rounded.

    On a screen the exact ones always can be: a chart is as wide as they need.
    """
    exact = language.scale_of(figure.amount for figure in wholes)
    found = _Amounts(Cells(language, exact), SIZE, exact)
    for scale in SCALES[SCALES.index(exact) :]:
        for decimals in (None, 0) if not scale else (None,):
            for with_unit, smallest in ((True, SMALL), (False, least)):
                cells = Cells(language, scale, with_unit=with_unit, decimals=decimals)
                widest = max((width_of(cells.text(w), 1, bold=True) for w in wholes), default=0.0)
                found = _Amounts(cells, min(SIZE, room / widest if widest else SIZE), exact)
                if found.size >= smallest:
                    return found
    return found


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
