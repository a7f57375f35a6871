"""The command line, as it was typed and as it works."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable


def typed_for(folder: str) -> Callable[[str], str]:
    """What is typed for another folder to write to: this command line, with that in its place.

    A folder that was not typed, since it is the usual one, comes behind.
    """

    def typed(other: str) -> str:
        words = sys.argv[1:]
        if folder not in words:
            return shlex.join(["ppi", *words, other])
        at = len(words) - 1 - words[::-1].index(folder)
        return shlex.join(["ppi", *words[:at], other, *words[at + 1 :]])

    return typed
