"""libyaml's events, and the places of their marks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import yaml
from yaml.error import Mark

from ppi_cli.values.findings import Position, Range
from ppi_cli.values.regex import regex

try:
    from yaml import CSafeLoader as _Parser
except ImportError:  # PyYAML without libyaml: slower, the same events
    from yaml import SafeLoader as _Parser  # type: ignore[assignment]


def event_source(text: str) -> Callable[[], Any]:
    """A function that returns the text's next event; it raises YAMLError."""
    readable = _readable(text)
    next_event: Callable[[], Any] = _Parser(readable).get_event
    if readable is text:
        return next_event

    def with_its_characters() -> Any:
        event = next_event()
        if isinstance(event, yaml.ScalarEvent):
            event.value = _as_written(event.value)
        return event

    return with_its_characters


def node_tree(text: str) -> Any:
    """The nodes of a text, with their marks; ``None`` of an empty one. Raises YAMLError."""
    readable = _readable(text)
    root = yaml.compose(readable, _Parser)
    for node in _nodes(root) if readable is not text else ():
        if isinstance(node, yaml.ScalarNode):
            node.value = _as_written(node.value)
    return root


def _nodes(node: Any) -> Iterator[Any]:
    yield node
    if isinstance(node, yaml.CollectionNode):
        for each in node.value:
            for one in each if isinstance(each, tuple) else (each,):
                yield from _nodes(one)


# --- JSON's escapes of two ---

#: A character beyond the first 65 536 as JSON escapes it, where no backslash escapes that.
_PAIR = regex(
    r"(?<!\\)((?:\\\\)*\\u)([dD])([89abAB][0-9a-fA-F]{2}\\u)([dD])([c-fC-F][0-9a-fA-F]{2})"
)
#: The same, as two characters that have no meaning: what libyaml takes, in as many columns.
_STAND_INS = regex("([\ue800-\uebff])([\uec00-\uefff])")
_STAND_INS_WRITTEN = regex(r"(\\u)([eE])([89abAB][0-9a-fA-F]{2}\\u)([eE])([c-fC-F][0-9a-fA-F]{2})")


def _readable(text: str) -> str:
    """A text whose escapes of two, which libyaml refuses, are those of their stand-ins.

    It is the text itself where there are none.
    """
    if "\\u" not in text or not _PAIR.search(text):
        return text
    return _PAIR.sub(lambda pair: _with_digit(pair, {"d": "e", "D": "E"}), text)


def _with_digit(pair: re.Match[str], other: Mapping[str, str]) -> str:
    """A pair of escapes with another first digit in both."""
    return f"{pair[1]}{other[pair[2]]}{pair[3]}{other[pair[4]]}{pair[5]}"


def _as_written(value: str) -> str:
    """The value of a scalar of that text: its characters, or its letters where none was escaped."""
    value = _STAND_INS_WRITTEN.sub(lambda pair: _with_digit(pair, {"e": "d", "E": "D"}), value)
    return _STAND_INS.sub(
        lambda two: chr(0x10000 + ((ord(two[1]) - 0xE800) << 10) + ord(two[2]) - 0xEC00), value
    )


def position(mark: Mark) -> Position:
    return Position(mark.line + 1, mark.column + 1)


def event_range(event: Any) -> Range:
    return Range(position(event.start_mark), position(event.end_mark))


class Lines:
    """A text by lines, to turn offsets into positions."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0, *(end.end() for end in re.finditer("\r\n|[\r\n]", text))]

    def range(self, start: int, end: int) -> Range:
        return Range(self._position(start), self._position(end))

    def _position(self, offset: int) -> Position:
        line = bisect_right(self._starts, offset)
        return Position(line, offset - self._starts[line - 1] + 1)

    def line(self, number: int) -> str:
        """A line, counted from 1, without its end; empty after the last."""
        starts = self._starts
        if number > len(starts):
            return ""
        end = starts[number] if number < len(starts) else len(self._text)
        return self._text[starts[number - 1] : end].rstrip("\r\n")
