"""Colours for text that is written line by line: rich is too slow for thousands of frames."""

from __future__ import annotations

_CODES = {
    "error": "1;31",
    "warning": "1;33",
    "info": "1;36",
    "frame": "34",
    "strong": "1",
    "note": "36",
}


class Ansi:
    """Puts styles around text, or leaves it alone where there is no colour."""

    def __init__(self, colour: bool) -> None:
        self._colour = colour

    def __call__(self, style: str, text: str) -> str:
        return f"\x1b[{_CODES[style]}m{text}\x1b[0m" if self._colour and text else text
