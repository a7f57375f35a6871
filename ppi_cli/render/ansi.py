"""Colours for text that is written line by line: rich is slow, and slow to import."""

from __future__ import annotations

from collections.abc import Callable

_CODES = {
    "error": "1;31",
    "warning": "1;33",
    "info": "1;36",
    "frame": "34",
    "strong": "1",
    "note": "36",
    "faint": "2",
    "comment": "3",
    "underlined": "4",
    "old": "31",
    "new": "32",
}


class Ansi:
    """Puts styles and links around text, or leaves it alone where there are none."""

    def __init__(self, colour: bool, url_of: Callable[[str], str] | None = None) -> None:
        self._colour = colour
        self._url_of = url_of

    def __call__(self, style: str, text: str) -> str:
        """The text in a style, each of its lines; in several, where ``style`` names several."""
        if not (self._colour and style):
            return text
        codes = ";".join(_CODES[each] for each in style.split())
        return "\n".join(f"\x1b[{codes}m{line}\x1b[0m" if line else "" for line in text.split("\n"))

    def link(self, file: str, text: str) -> str:
        """The text, which a terminal that knows links opens the file with."""
        if self._url_of is None:
            return text
        return f"\x1b]8;;{self._url_of(file)}\x1b\\{text}\x1b]8;;\x1b\\"
