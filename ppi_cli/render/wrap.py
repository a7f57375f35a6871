"""Text in lines of a width, and how wide text is: a wide character takes two columns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ppi_cli.values.regex import regex

#: Texts of characters that take a column each; what else there is, rich knows.
_ONE_COLUMN_EACH = regex(
    "[ -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0482\u2010-\u2027"
    "\u202f-\u205f\u20a0-\u20bf\u2190-\u22ff\ufffd]*"
)

#: Ordinary spaces at which no line ends: before a unit, and inside of quotation marks.
_NEVER_BROKEN = regex(r"(?<=[0-9]) (?=(?:[kM]?[€$£]|%)(?!\w))|(?<=«) (?=[^ ])|(?<=[^ ]) (?=»)")
#: What stands for them while lines are made.
_TIE = "\u205f"


@lru_cache(maxsize=4096)
def columns_of(text: str) -> int:
    """How many columns a text takes."""
    if _ONE_COLUMN_EACH.fullmatch(text):
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def signs_of(text: str) -> list[tuple[str, int]]:
    """The text in what is never taken apart, as a letter and its accents; with the columns each."""
    if _ONE_COLUMN_EACH.fullmatch(text):
        return [(char, 1) for char in text]
    from rich.cells import split_graphemes

    spans, _ = split_graphemes(text)
    return [(text[start:end], width) for start, end, width in spans]


def wrapped(text: str, width: int, indent: str = "") -> str:
    """The text in lines of a width, broken at ordinary spaces only.

    ``75 k€`` stays together, and a quotation mark with what it stands at, whatever their spaces.
    """
    if "\n" not in text and columns_of(text) <= width:
        return text
    text = _NEVER_BROKEN.sub(_TIE, text)
    lines = (each for line in text.split("\n") for each in _filled(line, width, indent))
    return "\n".join(lines).replace(_TIE, " ")


def _filled(text: str, width: int, indent: str) -> Iterator[str]:
    """The lines of a text; those after the first are indented.

    What is wider than a line by itself is broken anywhere, but for what is one sign.
    """
    if columns_of(text) <= width:
        yield text
        return
    line = re.match(" *", text)[0]  # type: ignore[index]
    is_empty = True  # but for blanks
    for blank, word in re.findall("( *)([^ ]+)", text[len(line) :]):
        if not is_empty and columns_of(line + blank + word) > width:
            if columns_of(indent + word) <= width or columns_of(line + blank) >= width:
                yield line
                line = indent + word
            else:
                line += blank + word
        else:
            line += blank + word
        is_empty = False
        while columns_of(line) > width:
            head = _beginning(line, width, at_least=len(indent) + 1)
            yield head
            line = indent + line[len(head) :]
    yield line


def _beginning(line: str, width: int, at_least: int) -> str:
    """What of a line fits a width, and some of it in any case."""
    head, used = "", 0
    for sign, columns in signs_of(line):
        used += columns
        if used > width and len(head) >= at_least:
            break
        head += sign
    return head
