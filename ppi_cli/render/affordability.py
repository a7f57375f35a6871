"""Whether the plan can be afforded, on one page: the table, a bar for each year, the verdict."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

from ppi_cli.render.strip import ASCII, UNICODE
from ppi_cli.render.table import TableView
from ppi_cli.render.wrap import columns_of, wrapped
from ppi_cli.reports.affordability import YearBar
from ppi_cli.reports.table import Table
from ppi_cli.values.message import Message
from ppi_cli.values.money import Money
from ppi_cli.words.language import Language

_ANY_WIDTH = 400
_WIDEST = 60


class InBars(Protocol):
    """A report of years: a table, a bar for each of them, and sentences as its notes."""

    def table(self) -> Table: ...

    def bars(self) -> list[YearBar]: ...

    @property
    def bar_titles(self) -> tuple[Message, Message]: ...

    @property
    def limit_title(self) -> Message: ...


class AffordView:
    """Such a report on one page; what stands below its table stands below all of it."""

    def __init__(self, report: InBars, language: Language, elastic: bool) -> None:
        self._report = report
        self._language = language
        self._elastic = elastic

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        width = options.max_width
        if self._elastic:
            options = options.update(width=_ANY_WIDTH)
        table = self._report.table().for_people()
        alone = table._replace(more=(), notes=())
        if table.lines:
            yield from console.render(TableView(alone, self._language), options)
        else:
            yield Text(wrapped(self._language.show(table.title), width), "bold")
        yield from self._bars(width)
        yield Text("")
        for note in table.notes:
            said = self._language.say(note)
            yield Text(wrapped(f" {said}", width, " "), "bold" if said.startswith("!") else "")
        for below in table.more:
            yield Text("")
            yield from console.render(TableView(below, self._language), options)

    def _bars(self, width: int) -> Iterator[Text]:
        """What the town pays, what others pay, and the mark of what may be spent."""
        bars = self._report.bars()
        longest = max((self._whole(bar).cents for bar in bars), default=0)
        if not longest:
            return
        room = max(min(width - 8, _WIDEST), 10)
        glyphs = ASCII if self._language.ascii_only else UNICODE
        yield Text("")
        for bar in bars:
            net = self._columns(bar.parts[0], longest, room)
            whole = self._columns(self._together(bar), longest, room)
            chars = list((glyphs.stated * net + glyphs.assumed * (whole - net)).ljust(room))
            styles = ["red" if bar.over else "green"] * net + ["dim"] * (room - net)
            if bar.limit is not None:
                mark = min(self._columns(bar.limit, longest, room), room - 1)
                chars[mark], styles[mark] = glyphs.line, "bold"
            line = Text(f" {self._language.year(bar.year)} ")
            for char, style in zip(chars, styles, strict=True):
                line.append(char, style)
            line.rstrip()
            yield line
        first, second = self._report.bar_titles
        legend = [(glyphs.stated, first)]
        if any(bar.parts[1].cents for bar in bars):
            legend.append((glyphs.assumed, second))
        if any(bar.limit is not None for bar in bars):
            legend.append((glyphs.line, self._report.limit_title))
        told = [f"{glyph} {self._language.say(title)}" for glyph, title in legend]
        together = "   ".join(told)
        for each in [together] if columns_of(together) < width else told:
            yield Text(f" {each}", "dim")

    @classmethod
    def _whole(cls, bar: YearBar) -> Money:
        whole = cls._together(bar)
        return whole if bar.limit is None else max(whole, bar.limit)

    @staticmethod
    def _together(bar: YearBar) -> Money:
        return Money(sum(max(part.cents, 0) for part in bar.parts))

    @staticmethod
    def _columns(amount: Money, longest: int, room: int) -> int:
        return (2 * max(amount.cents, 0) * room + longest) // (2 * longest)
