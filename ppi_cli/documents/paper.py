"""Where the pages of a sheet end when it is printed: alike filled, and no heading at their foot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

#: The margins of a page at its sides, and above and below, in inches.
MARGINS = 0.4, 0.5
#: How wide and how high an A4 page is laid across within them, in points; not to the last of them.
WIDTH, HEIGHT = 784, 510
#: How fine the room of a page is looked for.
_STEP = 8


def breaks(
    heights: Sequence[float], room: float, repeated: float = 0, kept: Set[int] = frozenset()
) -> Sequence[int]:
    """The rows that begin a page, but for the first: on the fewest pages, filled alike.

    A row that is ``kept`` is on the page of the next one; ``repeated`` is the height of what stands
    again at the head of each page. A page of a single block may have more than its room.
    """
    blocks = list(_blocks(heights, kept))
    fewest = list(_begun(blocks, room, repeated))
    least = (sum(heights) + repeated * len(fewest)) / (len(fewest) + 1)
    while least < room:
        alike = list(_begun(blocks, least, repeated))
        if len(alike) <= len(fewest):
            return alike
        least += _STEP
    return fewest


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


def _begun(blocks: Sequence[tuple[int, float]], room: float, repeated: float) -> Iterator[int]:
    left = room
    for start, height in blocks:
        if height > left and start:
            yield start
            left = room - repeated
        left -= height
