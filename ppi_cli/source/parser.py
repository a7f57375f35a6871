"""libyaml's events, and the places of their marks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from typing import Any

import yaml
from yaml.error import Mark

from ppi_cli.values.findings import Position, Range

try:
    from yaml import CSafeLoader as _Parser
except ImportError:  # PyYAML without libyaml: slower, the same events
    from yaml import SafeLoader as _Parser  # type: ignore[assignment]


def event_source(text: str) -> Callable[[], Any]:
    """A function that returns the text's next event; it raises YAMLError."""
    next_event: Callable[[], Any] = _Parser(text).get_event
    return next_event


def node_tree(text: str) -> Any:
    """The nodes of a text, with their marks; ``None`` of an empty one. Raises YAMLError."""
    return yaml.compose(text, _Parser)


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
