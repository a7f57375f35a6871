"""A line of quarters: how wide its parts are, its characters, and how bars of a class look."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from string import ascii_lowercase, digits

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment, Segments
from rich.style import Style
from rich.text import Text

from ppi_cli.plan.model import Plan
from ppi_cli.values.characters import without_commands
from ppi_cli.values.message import msg
from ppi_cli.values.quarters import Years
from ppi_cli.values.regex import regex
from ppi_cli.words.language import Language

#: Titles are cut that are longer, unless the screen is wide.
LONG_TITLES = 30
_LEAST_TITLES = 16
#: What titles have at least where a quarter is wider than one column.
_FAIR_TITLES = 20
_WIDE_TITLES = 44
_WIDEST_QUARTER = 12
_MONEY_FITS = 10
#: Of the colours that no palette changes, some that stand out on black and on white alike; a
#: terminal of 16 colours shows none of them in yellow, white or grey.
_CLASS_STYLES = ("color(160)", "color(163)", "color(30)", "color(62)", "color(28)")
#: The mark at the end of a title, which stays where that is cut.
_CONDITIONAL = regex(r"\s\?$")
#: The sign and the colour of what is in no class: the terminal's own, fainter.
_NO_CLASS = ("o", "dim")


@dataclass(frozen=True, slots=True)
class Glyphs:
    stated: str
    assumed: str
    line: str
    rule: str
    today: str
    ellipsis: str
    #: What begins a bar that began before the chart's first quarter, and ends one that goes on.
    before: str
    after: str


UNICODE = Glyphs("█", "▒", "│", "─", "┊", "…", "←", "→")
ASCII = Glyphs("#", "=", "|", "-", ":", "~", "<", ">")


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

        Where the width is too small for that, titles shrink a little, then quarters, then titles
        more, then the money goes; below that, the chart is wider than the width.
        """
        frame = years + 1
        title, money = min(longest_title, LONG_TITLES), longest_money + 1
        least = next(
            (
                4 * q * years
                for q, titles in ((2, _FAIR_TITLES), (1, _LEAST_TITLES))
                if min(title, titles) + 4 * q * years + frame + money <= width
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
        return min(longest_title, LONG_TITLES) + 9 * years + 1 + longest_money + 1

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


class Strip:
    """A line of the chart: characters with a style each."""

    def __init__(self, layout: Layout, glyphs: Glyphs) -> None:
        self._layout, self._glyphs = layout, glyphs
        self._chars = [" "] * layout.chart
        self._styles = [""] * layout.chart
        for year in range(layout.years + 1):
            self.put(year * (layout.year + 1), glyphs.line, "dim")

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

    def runs(self) -> Iterator[tuple[str, str]]:
        """Its characters, those in a row of one style together, with the style."""
        start = 0
        for style, run in groupby(self._styles):
            end = start + len(list(run))
            yield "".join(self._chars[start:end]), style
            start = end

    def bar(
        self,
        indexes: Sequence[int],
        class_: int | None,
        *,
        assumed: bool,
        before: bool = False,
        after: bool = False,
    ) -> None:
        """A bar over quarters, by their indexes; the sign of its class begins each part of it.

        One that began before the first of them, or goes on after the last, has that sign on the
        line there.
        """
        sign, style = class_sign(class_)
        glyph = self._glyphs.assumed if assumed else self._glyphs.stated
        for first, last in _runs(indexes):
            start, end = self._layout.column(first), self._layout.column(last)
            self.put(start, sign + glyph * (end + self._layout.quarter - start - 1), style)
            self.put(start, sign, style_of_sign(class_))
        if before:
            self.put(self._layout.column(indexes[0]) - 1, self._glyphs.before, style)
        if after:
            end = self._layout.column(indexes[-1]) + self._layout.quarter
            self.put(end, self._glyphs.after, style)


class Canvas:
    """Lines of a chart: a title, a strip of quarters, an amount."""

    def __init__(self, language: Language, layout: Layout) -> None:
        self.layout = layout
        self.glyphs = ASCII if language.ascii_only else UNICODE
        self._language = language

    def strip(self) -> Strip:
        return Strip(self.layout, self.glyphs)

    def heading(self, years: Years) -> tuple[Strip, Strip]:
        """The years, and the numbers of their quarters."""
        names, numbers = self.strip(), self.strip()
        for y, year in enumerate(years.each()):
            names.centred(self.layout.column(4 * y), self.layout.year, self._year(year), "bold")
        for i, quarter in enumerate(years.span().quarters()):
            name = self._language.quarter_number(quarter.number)
            name = name if self.layout.quarter > len(name) else str(quarter.number)
            numbers.centred(self.layout.column(i), self.layout.quarter, name, "dim")
        return names, numbers

    def _year(self, year: int) -> str:
        """A year by its name, where there is room for that; else by its number."""
        name = self._language.year(year)
        return name if len(name) <= self.layout.year else str(year)

    def line(self, title: str, style: str, strip: Strip | None, money: str = "") -> Segments:
        """A line as segments: a Text for each of thousands of lines takes many times as long."""
        parts = [(self._fitted(without_commands(self._language.plain(title))), "")]
        if strip is not None:
            parts += strip.runs()
        if self.layout.money and money:
            parts.append((money.rjust(self.layout.money), ""))
        while parts and not parts[-1][0].strip():
            parts.pop()
        if parts:
            parts[-1] = parts[-1][0].rstrip(), parts[-1][1]
        shown = [Segment(text, Style.parse(f"{style} {own}")) for text, own in parts]
        return Segments([*shown, Segment.line()])

    def _fitted(self, text: str) -> str:
        width = self.layout.title
        if cell_len(text) >= width:
            kept = text[-2:] if _CONDITIONAL.search(text) else ""
            cut = set_cell_size(text, width - 2 - len(kept))
            return f"{cut}{self.glyphs.ellipsis}{kept} "
        return set_cell_size(text, width)


def legend_of_classes(numbers: Iterable[int | None], plan: Plan, language: Language) -> list[Text]:
    """The signs of classes, with their titles; of ``None``, that of no class."""
    entries = []
    for number in sorted(numbers, key=lambda n: (n is None, n)):
        text, _ = class_sign(number)
        declared = plan.class_by_number.get(number or 0)
        title: object = msg("in no class")
        if number is not None:
            title = declared.title if declared else msg("Class {number}", number=number)
        entries.append(Text.assemble((text, style_of_sign(number)), " ", language.show(title)))
    return entries


def legend_of_bases(bases: Iterable[bool], glyphs: Glyphs, language: Language) -> list[Text]:
    """What bars of stated and of assumed quarters look like, of those that there are."""
    looks = {False: (glyphs.stated, msg("stated")), True: (glyphs.assumed, msg("assumed"))}
    found = (looks[assumed] for assumed in sorted(bases))
    return [Text(f"{glyph * 2} {language.say(name)}") for glyph, name in found]


def in_lines(entries: Iterable[Text], width: int) -> Iterator[Text]:
    """The entries side by side, in as few lines as they need."""
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


def class_sign(number: int | None) -> tuple[str, str]:
    """The one character of a class, and its colour."""
    if number is None:
        return _NO_CLASS
    return (digits + ascii_lowercase)[number] if number < 36 else "+", _class_style(number)


def style_of_sign(number: int | None) -> str:
    """How the sign of a class stands on its bar: in the terminal's own background colour.

    So it is as easy to see as the bar itself, whatever the terminal's colours are.
    """
    return "bold reverse" if number is None else f"bold reverse {class_sign(number)[1]}"


def _class_style(number: int) -> str:
    return _CLASS_STYLES[(number - 1) % len(_CLASS_STYLES)]


def _runs(indexes: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The first and last of each run of numbers that follow one another."""
    for _, run in groupby(enumerate(indexes), key=lambda each: each[1] - each[0]):
        members = [index for _, index in run]
        yield members[0], members[-1]
