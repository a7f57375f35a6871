"""What charts have in common: their colours, their title, what is said below them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

from ppi_cli.documents.drawing import FAINT, INK, Drawing, folded, is_light, width_of
from ppi_cli.plan.priority import ProjectClass

#: The colours of the classes, the most urgent first; white digits can be read on each. In grey,
#: what is more urgent is darker.
CLASS_COLOURS = ("#86101a", "#744000", "#0c7a69", "#3a74bf", "#8a63c0")
#: Of what passes its bound, and of today.
PASSED = "#a4262c"
NO_CLASS = "#5b6770"
#: The ground of a picture.
PAPER = "#ffffff"

MARGIN = 16
SIZE = 10.5
SMALL = 9
#: What the smallest text of a chart is to be no smaller than on paper, in points.
READABLE = 7.5
#: How high the ground of a letter is.
LETTER = 10
#: In how many lines a title is shown at most in a document, which tells it whole elsewhere.
_MOST_LINES = 8


def least_height(drawing: Drawing) -> float:
    """The height on paper, in points, from which on the texts of a chart can be read."""
    return drawing.height * READABLE / SMALL


def class_colour(class_: ProjectClass | None) -> str:
    """The colour of a class; of more than there are colours, they come again."""
    if class_ is None:
        return NO_CLASS
    return CLASS_COLOURS[(class_.number - 1) % len(CLASS_COLOURS)]


def draw_letter(
    drawing: Drawing, letter: str, colour: str, x: float, middle: float, size: float = SMALL
) -> None:
    """What something is known by, on its colour, from x on."""
    drawing.box(x, middle - LETTER / 2, 12, LETTER, colour)
    fill = INK if is_light(colour) else PAPER
    drawing.text(x + 6, middle + 3, letter, size=size, bold=True, anchor="middle", fill=fill)


def draw_limit(drawing: Drawing, x: float, to_x: float, y: float, *, is_passed: bool) -> None:
    """The mark of what may be spent, which is seen on bars of any colour."""
    drawing.line(x, y, to_x, y, stroke=PAPER, width=4.4)
    drawing.line(x, y, to_x, y, stroke=PASSED if is_passed else INK, width=2.2, dashed=is_passed)


def most_lines(drawing: Drawing) -> int | None:
    """In how many lines a title is shown: in all it needs, where no document tells it whole."""
    return _MOST_LINES if drawing.within else None


def draw_title(drawing: Drawing) -> float:
    """The title, where the document has none; returns where the chart begins."""
    if drawing.within:
        return 4
    room, shown = drawing.width - 2 * MARGIN, drawing.shown(drawing.title)
    lines = folded(shown, 14, room, bold=True)
    for n, line in enumerate(lines):
        drawing.text(MARGIN, 26 + 17 * n, line, size=14, bold=True)
    return 23 + 17 * len(lines)


class Key(NamedTuple):
    """What a colour means, of boxes or of a line across them."""

    colour: str
    title: str
    of: Literal["box", "hatched", "line", "passed"] = "line"
    #: What it is known by where colours are not seen.
    letter: str = ""


def draw_keys(drawing: Drawing, keys: Iterable[Key], y: float, size: float = SMALL) -> float:
    """What colours mean, in rows; returns where the next line stands."""
    x = float(MARGIN)
    for key in keys:
        room = drawing.width - 2 * MARGIN - 18
        lines = folded(drawing.shown(key.title), size, room, most=most_lines(drawing))
        room = 18 + max(width_of(line, size) for line in lines) + 16
        if x > MARGIN and x + room > drawing.width - MARGIN:
            x, y = float(MARGIN), y + 16
        if key.of in ("line", "passed"):
            draw_limit(drawing, x, x + 14, y - 4, is_passed=key.of == "passed")
        elif key.letter:
            draw_letter(drawing, key.letter, key.colour, x, y - 4, size)
        else:
            drawing.box(x, y - 9, 12, 10, key.colour, hatched=key.of == "hatched")
        for line in lines[:-1]:
            drawing.text(x + 18, y, line, size=size)
            y += 13
        drawing.text(x + 18, y, lines[-1], size=size)
        x += room
    return y + 18


#: What of the room below its keys a chart does without, where nothing stands there.
BELOW_KEYS = 10


def draw_notes(drawing: Drawing, notes: Iterable[str], y: float) -> float:
    """Sentences, in as many lines as they need; returns where the next line stands."""
    for note in notes if not drawing.within else ():
        for line in folded(drawing.shown(note), SMALL, drawing.width - 2 * MARGIN):
            drawing.text(MARGIN, y, line, size=SMALL, fill=FAINT)
            y += 13
    return y
