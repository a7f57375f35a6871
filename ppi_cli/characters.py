"""Characters that act on a terminal, or that hide: texts are free of them, or lose them."""

from __future__ import annotations

import re

#: As the inside of a character class, in the notation that JSON Schema and Python share.
UNPRINTABLE_CLASS = (
    r"\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff"
)
UNPRINTABLE = re.compile(f"[{UNPRINTABLE_CLASS}]")
