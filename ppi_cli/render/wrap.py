"""Text in lines of a width."""

from __future__ import annotations

import textwrap


def wrapped(text: str, width: int, indent: str = "") -> str:
    """The text in lines of a width, broken at ordinary spaces only: ``75 k€`` stays together."""
    lines = (
        line
        if len(line) <= width
        else textwrap.fill(line, width, subsequent_indent=indent, break_on_hyphens=False)
        for line in text.split("\n")
    )
    return "\n".join(lines)
