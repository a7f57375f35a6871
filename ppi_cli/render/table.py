"""A table in a terminal: never with a figure cut short, however narrow it is."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from functools import reduce
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from ppi_cli.render.ansi import Ansi
from ppi_cli.render.wrap import columns_of, wrapped
from ppi_cli.reports.cells import Unit, narrower_units, rows_of, unit_of
from ppi_cli.reports.table import Table
from ppi_cli.values.characters import without_commands
from ppi_cli.values.message import Message, msg
from ppi_cli.words.language import NO_BREAK_SPACE, Language

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult

_STYLES = {"line": "", "total": "strong", "subtotal": "strong", "comment": "comment"}
#: Of what stands in a column of the older or the newer of two versions.
_VERSION_STYLES = {None: "", "old": "old", "new": "new"}


class _Frame(NamedTuple):
    """What the lines of a frame begin with, are drawn with, cross columns with, and end with."""

    top: str
    between: str
    bottom: str
    side: str


_ROUND = _Frame("╭─┬╮", "├─┼┤", "╰─┴╯", "│")
_ASCII = _Frame("+-++", "+-++", "+-++", "|")


class _Lines(ABC):
    """What is shown as lines of text, which rich, slow to import, may show with other things."""

    @abstractmethod
    def lines(self, width: int, style: Ansi) -> Iterator[str]:
        """Its lines, in a width."""

    def text(self, width: int, style: Ansi) -> str:
        return "".join(f"{line}\n" for line in self.lines(width, style))

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        from rich.segment import Segment

        yield Segment(self.text(options.max_width, Ansi(console.color_system is not None)))


class NotesView(_Lines):
    """What is said below a table or a chart: a line for each, or more where it is long."""

    def __init__(self, notes: Sequence[Message], language: Language) -> None:
        self._notes, self._language = notes, language

    def lines(self, width: int, style: Ansi) -> Iterator[str]:
        for note in self._notes:
            yield style("faint", wrapped(f" {self._language.say(note)}", width, " "))


class TableView(_Lines):
    """A table with its title above and its notes below.

    Where the numbers do not fit side by side, their unit goes into the title, then becomes
    thousands where that is exact; only then they follow in several tables. Where texts do not fit,
    each line becomes a card. One that is not ``framed`` has its column titles but once.
    """

    def __init__(self, table: Table, language: Language, *, framed: bool = True) -> None:
        self._table = table
        self._framed = framed
        self._frame = 3 if framed else 2  # what a column takes beside its text
        self._language = language
        self._headings = [without_commands(language.show(column.title)) for column in table.columns]
        self._write(unit_of(table, language))

    def _write(self, unit: Unit) -> None:
        """Write all cells in a unit."""
        self._unit = unit
        rows = rows_of(self._language, self._table, unit)
        self._texts = [[*map(without_commands, texts)] for texts in rows]
        for i, column in enumerate(self._table.columns):
            if column.numeric:
                self._align_marks(i)
        every = range(len(self._table.columns))
        self._whole = [self._width(i) for i in every]
        self._least = [self._least_width(i) for i in every]

    def _align_marks(self, i: int) -> None:
        """Give the figures of a column marks of one width, so that digits stand in line."""
        rows = [
            row
            for line, row in zip(self._table.lines, self._texts, strict=True)
            if line.kind != "heading"
        ]
        marks = [len(row[i]) - len(row[i].rstrip("*+!")) for row in rows]
        widest = max(marks, default=0)
        for row, own in zip(rows, marks, strict=True):
            row[i] += " " * (widest - own)

    def lines(self, width: int, style: Ansi) -> Iterator[str]:
        every = range(len(self._headings))
        units = iter(narrower_units(self._table, self._language))
        while not self._fits(width) and (unit := next(units, None)) is not None:
            self._write(unit)
        texts = sum(not column.numeric for column in self._table.columns)
        if not self._fits(width) and texts > 1:
            self._write(unit_of(self._table, self._language))
        yield style("strong", self._title(width))
        if self._fits(width):
            yield from self._grids(every, width, style)
        elif texts > 1:
            yield from self._cards(width, style)
        else:
            for columns in self._fitting(width):
                yield from self._grids(columns, width, style)
        yield from NotesView(self._table.notes, self._language).lines(width, style)
        for below in self._table.more:
            yield ""
            yield from TableView(below, self._language).lines(width, style)

    def _fits(self, width: int) -> bool:
        return sum(least + self._frame for least in self._least) + 1 <= width

    def _title(self, width: int) -> str:
        """The table's title; with the unit of its figures, where that stands beside none."""
        if self._unit.in_cells:
            return wrapped(self._language.show(self._table.title), width)
        unit = self._language.unit(self._unit.scale)
        title = self._language.say(msg("{title}, in {unit}", title=self._table.title, unit=unit))
        together = title.removesuffix(f" {unit}") + NO_BREAK_SPACE + unit
        return wrapped(together, width).replace(NO_BREAK_SPACE + unit, f" {unit}")

    def _column(self, i: int) -> Iterator[str]:
        yield self._headings[i]
        for line, texts in zip(self._table.lines, self._texts, strict=True):
            if line.kind != "heading":
                yield texts[i]

    def _width(self, i: int) -> int:
        lines = (line for text in self._column(i) for line in text.split("\n"))
        return max(map(columns_of, lines))

    def _least_width(self, i: int) -> int:
        """What a column takes at least: a number whole; of a text, its longest word."""
        if self._table.columns[i].numeric:
            return self._whole[i]
        words = (word for text in self._column(i) for word in text.replace("\n", " ").split(" "))
        return max(map(columns_of, words))

    def _fitting(self, width: int) -> Iterator[Sequence[int]]:
        """The columns, in groups that fit the width; texts stand in each."""
        numeric = [i for i, column in enumerate(self._table.columns) if column.numeric]
        texts = [i for i in range(len(self._headings)) if i not in numeric]
        left = width - 1 - sum(self._least[i] + self._frame for i in texts)
        group: list[int] = []
        used = 0
        for i in numeric:
            needed = self._whole[i] + self._frame
            if group and used + needed > left:
                yield sorted(texts + group)
                group, used = [], 0
            group.append(i)
            used += needed
        yield sorted(texts + group)

    def _widths(self, columns: Sequence[int], width: int) -> list[int]:
        """The widths of columns that fit side by side: the widest texts shrink first."""
        widths = [self._whole[i] for i in columns]
        least = [self._least[i] for i in columns]
        room = width - 1 - self._frame * len(widths)
        while sum(widths) > room:
            spare = [n for n in range(len(widths)) if widths[n] > least[n]]
            if not spare:
                break
            widths[max(spare, key=lambda n: widths[n])] -= 1
        return widths

    def _grids(self, columns: Sequence[int], width: int, style: Ansi) -> Iterator[str]:
        """One grid, or one below each heading, with the same columns.

        What cannot be made narrow enough passes the width: the terminal breaks it, and nothing
        is lost.
        """
        widths = self._widths(columns, width)
        if not self._framed:
            yield from self._without_frame(columns, widths, width, style)
            return
        rows: list[tuple[str, list[str]]] = []
        for line, texts in zip(self._table.lines, self._texts, strict=True):
            if line.kind != "heading":
                rows.append((line.kind, texts))
                continue
            if rows:
                yield from self._grid(columns, widths, rows, style)
            yield style("strong", wrapped("".join(texts), width))
            rows = []
        if rows or not (self._table.lines or self._table.notes):
            yield from self._grid(columns, widths, rows, style)

    def _grid(
        self,
        columns: Sequence[int],
        widths: Sequence[int],
        rows: Sequence[tuple[str, list[str]]],
        style: Ansi,
    ) -> Iterator[str]:
        """A framed grid."""
        frame = _ASCII if self._language.ascii_only else _ROUND
        top, between, bottom = (
            style("faint", each[0] + each[2].join(each[1] * (n + 2) for n in widths) + each[3])
            for each in (frame.top, frame.between, frame.bottom)
        )
        side = style("faint", frame.side)
        numbers = [i for i in columns if self._table.columns[i].numeric]

        def written(texts: Sequence[str], kind: str) -> Iterator[str]:
            for cells in self._cells(columns, widths, texts):
                inner = side.join(style(kind, f" {cell} ") for cell in cells)
                yield f"{side}{inner}{side}"

        yield top
        yield from written(self._headings, "strong")
        yield between
        previous, summed = None, False
        for kind, texts in rows:
            if kind == "comment" and not self._says_something(texts, numbers):
                continue
            if previous not in (None, "subtotal", kind) and not (kind == "total" and summed):
                yield between
            previous, summed = kind, summed or kind == "total"
            yield from written(texts, _STYLES[kind])
        yield bottom

    def _cells(
        self, columns: Sequence[int], widths: Sequence[int], texts: Sequence[str]
    ) -> Iterator[list[str]]:
        """The lines that the cells of a row take, each cell as wide as its column."""
        cells = [
            wrapped(texts[i], width).split("\n") for i, width in zip(columns, widths, strict=True)
        ]
        for n in range(max(map(len, cells))):
            yield [
                self._padded(i, width, cell[n] if n < len(cell) else "")
                for i, width, cell in zip(columns, widths, cells, strict=True)
            ]

    def _padded(self, i: int, width: int, text: str) -> str:
        blank = " " * (width - columns_of(text))
        return blank + text if self._table.columns[i].numeric else text + blank

    def _without_frame(
        self, columns: Sequence[int], widths: list[int], width: int, style: Ansi
    ) -> Iterator[str]:
        """The columns below their titles, with headings between the lines."""
        if not self._table.lines:
            return
        yield from self._bare_row(columns, widths, self._headings, "faint", style)
        numbers = [i for i in columns if self._table.columns[i].numeric]
        for line, texts in zip(self._table.lines, self._texts, strict=True):
            if line.kind == "heading":
                yield style("strong", wrapped("".join(texts), width))
            elif line.kind != "comment" or self._says_something(texts, numbers):
                yield from self._bare_row(columns, widths, texts, _STYLES[line.kind], style)

    def _bare_row(
        self,
        columns: Sequence[int],
        widths: list[int],
        texts: Sequence[str],
        kind: str,
        style: Ansi,
    ) -> Iterator[str]:
        styles = [
            f"{kind} {_VERSION_STYLES[self._table.columns[i].version]}".strip() for i in columns
        ]
        for cells in self._cells(columns, widths, texts):
            shown = [f" {cell} " for cell in cells]
            while len(shown) > 1 and shown[-1].isspace():
                shown.pop()
            shown[-1] = shown[-1].rstrip()
            runs = groupby(zip(styles, shown, strict=False), itemgetter(0))
            yield "".join(style(each, "".join(text for _, text in run)) for each, run in runs)

    @staticmethod
    def _says_something(texts: Sequence[str], numbers: Sequence[int]) -> bool:
        """Whether a comment has a number in one of the columns, where it is about numbers."""
        return not numbers or any(texts[i].strip() for i in numbers)

    def _head(self, text: str) -> str:
        """What a card is of; a number alone, as of a class, with what it numbers."""
        if not text.isdigit() or not self._headings[0]:
            return text
        return self._language.say(msg("{name}: {value}", name=self._headings[0], value=text))

    def _one_behind_the_other(self, before: str, after: str) -> str:
        return self._language.say(msg("{before}; {after}", before=before, after=after))

    def _cards(self, width: int, style: Ansi) -> Iterator[str]:
        has_ids = self._table.columns[0].key == "id"
        for line, texts in zip(self._table.lines, self._texts, strict=True):
            yield ""
            if line.kind == "heading":
                yield style("strong underlined", wrapped("".join(texts), width))
                continue
            head = f"{texts[1]} ({texts[0]})" if has_ids else self._head(texts[0])
            yield style("strong", wrapped(head, width, "  "))
            first = 2 if has_ids else 1
            for heading, text in zip(self._headings[first:], texts[first:], strict=False):
                if text:
                    label = self._language.say(msg("{name}: {value}", name=heading, value=""))
                    value = reduce(self._one_behind_the_other, text.split("\n"))
                    shown = wrapped(f"  {label}{value}", width, _indent(value, width))
                    end = 2 + len(label)
                    yield f"  {style('faint', shown[2:end])}{shown[end:]}"
        yield ""


def _indent(value: str, width: int) -> str:
    """How lines that go on begin; not where a path would be broken for it, which one copies."""
    indent = "    "
    fits = all(columns_of(indent + word) <= width for word in value.split(" "))
    return indent if fits else ""
