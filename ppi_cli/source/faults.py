"""Values that YAML cannot read: what stands after them is read all the same."""

from __future__ import annotations

from yaml import MarkedYAMLError, YAMLError

from ppi_cli.values.regex import regex

#: A line of a block: its dashes and its key, then its value.
_LINE = regex(r"(?P<kept> *(?:- +)*(?:[^\W\d_][^:#{}\[\]\"']*?:(?= ))?)(?P<value>[^\r\n]*)")
#: What a fault lies in that begins above it, where that is no block.
_IN_A_BLOCK = "while parsing a block"


def line_of(error: YAMLError) -> int | None:
    """The line of the value that cannot be read, counted from 0."""
    if not isinstance(error, MarkedYAMLError):
        return None
    mark, context = error.problem_mark, error.context_mark
    if context is not None and not str(error.context).startswith(_IN_A_BLOCK):
        return context.line
    return None if mark is None else mark.line


def without_value(line: str) -> str | None:
    """A line without its value; ``None`` where that goes on below, or nothing stands on it."""
    match = _LINE.match(line)
    if match is None or not match["value"].strip() or _goes_on(match["value"].strip()):
        return None
    return match["kept"] + line[match.end() :]


def _goes_on(value: str) -> bool:
    """Whether brackets or quotes are not closed where the line ends."""
    if value[0] in "\"'" and value.count(value[0]) % 2:
        return True
    opened = sum(value.count(each) for each in "[{")
    return value[0] in "|>" or opened != sum(value.count(each) for each in "]}")
