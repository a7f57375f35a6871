"""Pictures of shapes and texts, as SVG that carries its own colours, and as PNG of it.

Shapes have attributes and no styles, so that any program that embeds the picture shows it alike.
Lengths are in points, from the top left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape
from unicodedata import east_asian_width

from ppi_cli.source.libraries import library
from ppi_cli.values.characters import END_OF_ISOLATE, ISOLATE

#: The colours of text and lines.
INK, FAINT, RULE = "#1f2328", "#59636e", "#d1d9e0"
#: How wide characters of DejaVu Sans are, in parts of the size of the text; others as most are.
_WIDTHS = {
    **dict.fromkeys("ijlIJ'", 0.29),
    **dict.fromkeys(",.’ \u00a0", 0.32),
    **dict.fromkeys("/:;\\|f-", 0.35),
    **dict.fromkeys("tr()[]!", 0.4),
    **dict.fromkeys('sz?*_–"`', 0.525),
    **dict.fromkeys("ckvxyçLF«»", 0.58),
    **dict.fromkeys("EPSTY", 0.635),
    "U": 0.735,
    **dict.fromkeys("w&OQDGHN#+<=>^~≥×✓", 0.84),
    **dict.fromkeys("mWM%@—…œ", 1),
    "\u202f": 0.2,
    **dict.fromkeys((ISOLATE, END_OF_ISOLATE), 1e-6),
}
_COMMON, _CAPITAL, _WIDE = 0.637, 0.7, 1.05
_BOLD = 1.115


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a text is about: what a picture leaves room for."""
    return sum(map(_width_of, text)) * size * (_BOLD if bold else 1)


@lru_cache(maxsize=4096)
def _width_of(char: str) -> float:
    """How wide a character is, in parts of the size of the text."""
    if east_asian_width(char) in "WF":
        return _WIDE
    return _WIDTHS.get(char) or (_CAPITAL if char.isupper() else _COMMON)


def cut(text: str, size: float, room: float, *, bold: bool = False) -> str:
    """The text, shortened with an ellipsis where it has no room."""
    if width_of(text, size, bold=bold) <= room:
        return text
    left, kept = room - width_of("…", size, bold=bold), 0
    for char in text:
        left -= width_of(char, size, bold=bold)
        if left < 0:
            break
        kept += 1
    return text[:kept].rstrip() + "…"


def folded(
    text: str, size: float, room: float, *, bold: bool = False, most: int | None = None
) -> list[str]:
    """The text in lines that have room, the last of ``most`` shortened; a long word is broken."""
    lines: list[str] = []
    left, space = 0.0, width_of(" ", size, bold=bold)
    for piece in (piece for word in text.split(" ") for piece in _pieces(word, size, room, bold)):
        needed = width_of(piece, size, bold=bold)
        if lines and needed + space <= left:
            lines[-1] += f" {piece}"
            left -= needed + space
        elif most is not None and len(lines) == most:
            lines[-1] = cut(f"{lines[-1]} {piece}", size, room, bold=bold)
            break
        else:
            lines.append(piece)
            left = room - needed
    return lines


def _pieces(word: str, size: float, room: float, bold: bool) -> Iterator[str]:
    """A word, or where it has no room in a line the parts of it that fill lines."""
    start, left = 0, room
    for at, char in enumerate(word):
        left -= width_of(char, size, bold=bold)
        if left < 0 and at > start:
            yield word[start:at]
            start, left = at, room - width_of(char, size, bold=bold)
    yield word[start:]


@dataclass
class Drawing:
    """A picture that is being drawn."""

    title: str
    width: float
    #: What each text is drawn as, where fonts do not have all characters.
    shown: Callable[[str], str] = str
    #: Whether it stands in a document that has its title and its notes already.
    within: bool = False
    height: float = 0
    _shapes: list[str] = field(default_factory=list)
    _hatched: dict[str, str] = field(default_factory=dict)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = 11,
        anchor: str = "start",
        bold: bool = False,
        fill: str = INK,
    ) -> None:
        """A text on its base line, which begins, is centred or ends at x."""
        weight = ' font-weight="bold"' if bold else ""
        place = "" if anchor == "start" else f' text-anchor="{anchor}"'
        self._shapes.append(
            f'<text x="{_n(x)}" y="{_n(y)}" font-size="{_n(size)}"{weight}{place} fill="{fill}">'
            f"{escape(self.shown(text))}</text>"
        )

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        fill: str,
        *,
        hatched: bool = False,
        said: str = "",
    ) -> None:
        """A filled rectangle; ``said`` is what it tells to those who point at it."""
        paint = f"url(#{self._hatch(fill)})" if hatched else fill
        edge = f' stroke="{fill}" stroke-width="0.8"' if hatched else ""
        shape = (
            f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}"'
            f' fill="{paint}"{edge}'
        )
        told = f"><title>{escape(self.shown(said))}</title></rect>" if said else "/>"
        self._shapes.append(shape + told)

    def line(
        self,
        x: float,
        y: float,
        to_x: float,
        to_y: float,
        *,
        stroke: str = RULE,
        width: float = 0.8,
        dashed: bool = False,
    ) -> None:
        dashes = ' stroke-dasharray="3 3"' if dashed else ""
        self._shapes.append(
            f'<line x1="{_n(x)}" y1="{_n(y)}" x2="{_n(to_x)}" y2="{_n(to_y)}"'
            f' stroke="{stroke}" stroke-width="{_n(width)}"{dashes}/>'
        )

    def _hatch(self, colour: str) -> str:
        return self._hatched.setdefault(colour, f"hatched-{colour[1:]}")

    def svg(self, name: str = "") -> str:
        """The picture as a document of its own; in a page with others it has a name of its own.

        What is hatched refers to a pattern of its own picture: the one of another may be hidden,
        and with it the hatching of both.
        """
        within = f"{name}-" if name else ""
        # no text has such a quotation mark: in texts they are escaped
        shapes = "".join(self._shapes).replace('fill="url(#', f'fill="url(#{within}')
        patterns = "".join(
            f'<pattern id="{within}{id}" width="5" height="5" patternUnits="userSpaceOnUse"'
            f' patternTransform="rotate(45)"><rect width="5" height="5" fill="{tint(colour)}"/>'
            f'<rect width="1.6" height="5" fill="{colour}"/></pattern>'
            for colour, id in self._hatched.items()
        )
        width, height = _n(self.width), _n(self.height)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"'
            f' viewBox="0 0 {width} {height}" role="img" font-family="{_FAMILIES}">'
            f"<title>{escape(self.shown(self.title))}</title>"
            + (f"<defs>{patterns}</defs>" if patterns else "")
            + shapes
            + "</svg>\n"
        )


_FAMILIES = "DejaVu Sans, Verdana, sans-serif"
#: Points of a picture for paper and screens of today: twice as many.
_ZOOM = 2


def png(svg: str) -> bytes:
    """The picture in points, on white. Raises PpiError without the library that draws it."""
    from ppi_cli.documents.fonts import FONT_FILES

    drawn: bytes = library("resvg_py").svg_to_bytes(
        svg_string=svg,
        background="#ffffff",
        zoom=_ZOOM,
        skip_system_fonts=True,
        font_files=[str(file) for file in FONT_FILES],
        font_family="DejaVu Sans",
    )
    return bytes(drawn)


def _n(number: float) -> str:
    """A length with two decimals at most."""
    return f"{number:.2f}".rstrip("0").rstrip(".")


def is_light(colour: str) -> bool:
    """Whether dark letters are read better on the colour than white ones."""
    red, green, blue = _parts(colour)
    return 0.299 * red + 0.587 * green + 0.114 * blue > 125


def tint(colour: str) -> str:
    """The colour, nearly white."""
    parts = _parts(colour)
    return "#" + "".join(f"{255 - (255 - part) * 22 // 100:02x}" for part in parts)


def _parts(colour: str) -> tuple[int, int, int]:
    """Its red, its green and its blue."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
