"""Values that YAML cannot read: what stands after them is read all the same."""

from __future__ import annotations

from typing import NamedTuple

from yaml import MarkedYAMLError, YAMLError

from ppi_cli.source.known import keys_of_texts
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


class Quoted(NamedTuple):
    """A line whose value stands in quotes, and the entry of it."""

    line: str
    entry: str
    #: Whether that is what is meant: its key has a text for people.
    is_plain: bool


#: A key, and a text that goes on after a colon and a space.
_WITH_A_COLON = regex(
    r"(?P<kept> *(?:- +)?)(?P<key>[\w-]+): +(?P<value>[^\s\"'“„«‘#&*!|>%@`{\[].*?)"
    r"(?P<rest>(?: +#.*| *)\r?\n?)"
)


def in_quotes(line: str, error: YAMLError) -> Quoted | None:
    """A line with its value in quotes, where a colon in that is what is wrong with it."""
    if not isinstance(error, MarkedYAMLError) or error.problem_mark is None:
        return None
    pair = _WITH_A_COLON.fullmatch(line)
    if pair is None or pair.start("value") >= error.problem_mark.column:
        return None
    if error.problem != "mapping values are not allowed in this context":
        return None
    entry = f"{pair['key']}: {in_yaml_quotes(pair['value'])}"
    line = f"{pair['kept']}{entry}{pair['rest']}"
    return Quoted(line, entry, pair["key"] in keys_of_texts())


def in_yaml_quotes(text: str) -> str:
    """A text between quotes that leave it as it is."""
    inside = text.replace("'", "''")
    return f"'{inside}'" if set('"\\') & set(text) else f'"{text}"'


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
