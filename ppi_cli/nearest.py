"""The word that a misspelt one was perhaps meant to be."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(text: str, known: Iterable[str], likeness: float = 0.6) -> str | None:
    """The known word most like the text, where one is like it at all; takes time with them all."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(text, list(known), 1, likeness)), None)
