"""Characters: which of them act on a terminal or hide, and which texts are the same to the eye."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from ppi_cli.values.regex import regex

#: As the inside of a character class, in the notation that JSON Schema and Python share.
UNPRINTABLE_CLASS = (
    r"\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff"
)
UNPRINTABLE = regex(f"[{UNPRINTABLE_CLASS}]")
#: Of names and of what was typed: also the end of a line, and bytes that are no text.
_NOT_IN_A_LINE = regex(f"[{UNPRINTABLE_CLASS}\n\ud800-\udfff]")
#: The first sign of what systems of continuous integration take for a command, in what programs
#: print: ``::error::`` at the beginning of a line, ``##[error]``, ``##vso[…]`` anywhere in it.
_COMMAND = regex(r"^([^\S\n]*):(?=:)|()#(?=#\w*\[)", re.MULTILINE)

#: Around a text whose direction is its own: it moves nothing that stands beside it.
ISOLATE, END_OF_ISOLATE = "\u2068", "\u2069"

_NO_BREAK_SPACES = "\u00a0\u2007\u202f"


def look(text: str) -> str:
    """How a text looks: texts that nobody can tell apart by eye have one look.

    An accent is a part of its letter (NFC), a no-break space is a space. Texts are compared by
    it, and shown as they were written.
    """
    if text.isascii():
        return text
    text = unicodedata.normalize("NFC", text)
    for space in _NO_BREAK_SPACES:
        text = text.replace(space, " ")
    return text


def runs_from_right_to_left(text: str) -> bool:
    """Whether a part of a text is written so, as Hebrew and Arabic are."""
    return not text.isascii() and any(unicodedata.bidirectional(c) in ("R", "AL") for c in text)


def in_a_line(text: str) -> str:
    """A text in one line, with escapes for what acts on a terminal, or is no character."""
    if text.isprintable():
        return text
    return _NOT_IN_A_LINE.sub(lambda found: _escape(ord(found[0])), text)


def shortened(text: str, most: int = 40) -> str:
    """So much of a text that a sentence can quote it: what is cut ends in ``…``."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def one_line(text: str) -> str:
    """A text as a plan can hold it: on one line, without what acts on a terminal, or hides."""
    return " ".join(_NOT_IN_A_LINE.sub(_gap, text).split())


def _gap(found: re.Match[str]) -> str:
    return " " if found[0].isspace() else ""


def _escape(code: int) -> str:
    if code == ord("\n"):
        return "\\n"
    if 0xDC80 <= code <= 0xDCFF:  # how Python holds a byte that is no text
        code -= 0xDC00
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def _apart(sign: str) -> str:
    return f"{sign} "


def without_commands(text: str, written: Callable[[str], str] = _apart) -> str:
    """What is printed, with no command in it to the system that runs the program.

    The first sign of each is ``written`` so that it begins none any more.
    """
    if "::" not in text and "##" not in text:
        return text
    return _COMMAND.sub(
        lambda found: (found[1] or "") + written(":" if found[2] is None else "#"), text
    )
