"""libyaml's events, and the places of their marks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from yaml.error import Mark

from ppi_cli.findings import Position, Range

try:
    from yaml import CSafeLoader as _Parser
except ImportError:  # PyYAML without libyaml: slower, the same events
    from yaml import SafeLoader as _Parser  # type: ignore[assignment]


def event_source(text: str) -> Callable[[], Any]:
    """A function that returns the text's next event; it raises YAMLError."""
    next_event: Callable[[], Any] = _Parser(text).get_event
    return next_event


def position(mark: Mark) -> Position:
    return Position(mark.line + 1, mark.column + 1)


def event_range(event: Any) -> Range:
    return Range(position(event.start_mark), position(event.end_mark))


def text_range(text: str, start: int, end: int) -> Range:
    """The range between two offsets of a text."""
    return Range(_position_at(text, start), _position_at(text, end))


def _position_at(text: str, offset: int) -> Position:
    before = text[:offset].replace("\r\n", "\n").replace("\r", "\n")
    return Position(before.count("\n") + 1, len(before) - before.rfind("\n"))
