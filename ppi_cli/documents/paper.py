"""On which paper a sheet is printed, and where its pages end.

Paper is laid across: A4, or A3 where texts would be too small to be read on it. What is wider than
that goes on to the right, on further pages that have the columns of titles again. Pages are filled
alike, and no heading is at their foot.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from math import ceil
from types import MappingProxyType
from typing import NamedTuple

from ppi_cli.values.message import Message, msg

#: The margins of a page at its sides, and above and below, in inches.
MARGINS = 0.4, 0.5
#: The size of texts, and how small it becomes at most where a sheet is made to fit, in points.
_TEXT, READABLE = 11, 7.5
#: How fine the room of a page is looked for.
_STEP = 8
_NOTHING: Mapping[int, float] = MappingProxyType({})


class Paper(NamedTuple):
    """A page laid across: its number in a workbook, and its room, not to the last of its points."""

    number: int
    width: float
    height: float


A4, A3 = Paper(9, 784, 510), Paper(8, 1132, 755)


class Layout(NamedTuple):
    """How the columns of a sheet are printed: on how many pages side by side, and how large."""

    paper: Paper
    pages: int
    scale: float
    #: How many columns are on the first of these pages.
    first: int

    @property
    def room(self) -> float:
        """How high the rows of a page can be, before they are made smaller."""
        return self.paper.height / self.scale

    def is_readable(self, smaller: float = 1) -> bool:
        """Whether its texts can be read, or would be if it were so much smaller."""
        return _TEXT * self.scale * smaller >= READABLE

    def readable(self, smaller: float = 1) -> int:
        """The smallest size of texts that can be read when they are printed."""
        return ceil(READABLE / (self.scale * smaller))


def laid_out(widths: Sequence[float], titles: int = 0) -> Layout:
    """Columns of these widths, in points, the first of which, of titles, are on each page."""
    layout = _side_by_side(widths, titles, A4, 1)
    for pages in range(1, max(2, len(widths) - titles + 1)):
        if layout.is_readable():
            break
        layout = _side_by_side(widths, titles, A3, pages)
    return layout


def _side_by_side(widths: Sequence[float], titles: int, paper: Paper, pages: int) -> Layout:
    """Columns on so many pages, as large as they can be."""
    narrow = max([1.0, *(sum(widths[:titles]) + width for width in widths[titles:])])
    wide = max(narrow, paper.width, sum(widths))
    if pages > 1:
        while wide - narrow > 1:
            middle = (narrow + wide) / 2
            fits = len(_columns(widths, titles, middle)) <= pages
            narrow, wide = (narrow, middle) if fits else (middle, wide)
    return Layout(paper, pages, min(1, paper.width / wide), _columns(widths, titles, wide)[0])


def _columns(widths: Sequence[float], titles: int, room: float) -> Sequence[int]:
    """How many columns are on each page of so much room."""
    own = sum(widths[:titles])
    counts, left = [titles], room - own
    for width in widths[titles:]:
        if width > left and counts[-1] > titles:
            counts.append(titles)
            left = room - own
        counts[-1] += 1
        left -= width
    return counts


def breaks(
    heights: Sequence[float],
    room: float,
    repeated: float = 0,
    kept: Set[int] = frozenset(),
    above: Mapping[int, float] = _NOTHING,
) -> Sequence[int]:
    """The rows that begin a page, but for the first: on the fewest pages, filled alike.

    A row that is ``kept`` is on the page of the next one; ``repeated`` is the height of what stands
    again at the head of each page, ``above`` that of what stands there besides, by the row that
    begins the page. A page of a single block may have more than its room.
    """
    blocks = list(_blocks(heights, kept))
    fewest = list(_begun(blocks, room, repeated, above))
    least = (sum(heights) + repeated * len(fewest)) / (len(fewest) + 1)
    while least < room:
        alike = list(_begun(blocks, least, repeated, above))
        if len(alike) <= len(fewest):
            return alike
        least += _STEP
    return fewest


def continued(title: str | Message) -> Message:
    """What stands above lines on a page that they go on to."""
    return msg("{title} (continued)", title=title)


def _blocks(heights: Sequence[float], kept: Set[int]) -> Iterator[tuple[int, float]]:
    """Rows that are on one page, each by its first and with its height."""
    start, height = 0, 0.0
    for row, own in enumerate(heights):
        height += own
        if row not in kept:
            yield start, height
            start, height = row + 1, 0.0
    if height:
        yield start, height


def _begun(
    blocks: Sequence[tuple[int, float]], room: float, repeated: float, above: Mapping[int, float]
) -> Iterator[int]:
    left = room
    for start, height in blocks:
        if height > left and start:
            yield start
            left = room - repeated - above.get(start, 0)
        left -= height
