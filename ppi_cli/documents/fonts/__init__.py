"""The fonts of documents, DejaVu Sans, and what they lack.

To use another family, put its files here with its licence, and name them in ``FONT_FILES``.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from ppi_cli.source.libraries import library
from ppi_cli.values.characters import END_OF_ISOLATE, ISOLATE

FONT_FILES = tuple(
    Path(__file__).with_name(name) for name in ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")
)


def legible(text: str) -> str:
    """The text, in which characters that the fonts lack are named: ``[U+1F600]``."""
    known = _known()
    if known.issuperset(text):
        return text
    return "".join(char if char in known else f"[U+{ord(char):04X}]" for char in text)


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    """The characters that both fonts have, and those that are not seen."""
    fonts = library("fontTools.ttLib")
    maps = []
    for file in FONT_FILES:
        with fonts.TTFont(file, lazy=True) as font:
            maps.append(set(font.getBestCmap()))
    return frozenset(map(chr, set.intersection(*maps))) | {ISOLATE, END_OF_ISOLATE}
