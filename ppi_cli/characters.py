"""Characters: which of them act on a terminal or hide, and which texts are the same to the eye."""

from __future__ import annotations

import re
import unicodedata

#: As the inside of a character class, in the notation that JSON Schema and Python share.
UNPRINTABLE_CLASS = (
    r"\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff"
)
UNPRINTABLE = re.compile(f"[{UNPRINTABLE_CLASS}]")

_NO_BREAK_SPACES = dict.fromkeys(map(ord, "\u00a0\u2007\u202f"), " ")


def look(text: str) -> str:
    """How a text looks: texts that nobody can tell apart by eye have one look.

    An accent is a part of its letter (NFC), a no-break space is a space. Texts are compared by
    it, and shown as they were written.
    """
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", text).translate(_NO_BREAK_SPACES)
