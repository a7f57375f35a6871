"""Where things stand in a text: from a path of the plan to lines and columns.

Places are worked out only once something must be pointed at, by going over the text a second
time: a plan without findings pays nothing for them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from yaml import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    YAMLError,
)

from ppi_cli.source.parser import event_range, event_source, position
from ppi_cli.values.findings import Path, Range


class Spot(NamedTuple):
    """Where an entry stands: its key, in a mapping, and its value.

    What spreads over lines is pointed at by its key, else by what it begins with.
    """

    key: Range | None
    value: Range


class _Wanted:
    """The paths that are looked for, as a tree that follows the document's."""

    __slots__ = ("below", "path")

    def __init__(self) -> None:
        self.below: dict[str | int, _Wanted] = {}
        self.path: Path | None = None


def locate(text: str, paths: Iterable[Path]) -> dict[Path, Spot]:
    """The spots of those of the paths that the text has; of a key written twice, the first.

    The text is gone over as far as the last of them.
    """
    root = _Wanted()
    wanted = set(paths)
    for path in wanted:
        node = root
        for step in path:
            node = node.below.setdefault(step, _Wanted())
        node.path = path
    spots: dict[Path, Spot] = {}
    walk = _Walk(text, spots, len(wanted))
    try:
        while type(event := walk.next_event()) is not StreamEndEvent:
            if type(event) in _NODES:
                walk.node(event, root, None)
    except (YAMLError, _TooDeepError, _AllFoundError):
        pass  # what stands before the error has been found
    return spots


#: What is nested deeper is refused when it is read; to pass over it would take forever.
_DEEPEST = 100
_STARTS = (MappingStartEvent, SequenceStartEvent)
_ENDS = (MappingEndEvent, SequenceEndEvent)
_NODES = (ScalarEvent, AliasEvent, *_STARTS)


class _TooDeepError(Exception):
    """The text is nested too deep to be a plan."""


class _AllFoundError(Exception):
    """Nothing more is looked for."""


class _Walk:
    """One pass over a text's events, which goes down only where something is wanted."""

    def __init__(self, text: str, spots: dict[Path, Spot], wanted: int) -> None:
        self.next_event = event_source(text)
        self.spots, self.wanted = spots, wanted

    def node(self, event: Any, wanted: _Wanted | None, key: Range | None) -> None:
        """Pass over the value that ``event`` begins, noting the spots wanted in it."""
        if wanted is None:
            self._skip(event)
            return
        if type(event) is MappingStartEvent:
            first, end = self._mapping(wanted)
        elif type(event) is SequenceStartEvent:
            first, end = self._sequence(wanted)
        else:
            first = end = event
        if wanted.path is None:
            return
        value = Range(position(event.start_mark), position(end.end_mark))
        if value.start.line != value.end.line or value.start == value.end:
            value = key or Range(value.start, position((first or event).end_mark))
        self.spots.setdefault(wanted.path, Spot(key, value))
        if len(self.spots) == self.wanted:
            raise _AllFoundError

    def _mapping(self, wanted: _Wanted) -> tuple[Any, Any]:
        """Pass over a mapping, and return its first and its last event."""
        first = None
        while type(event := self.next_event()) is not MappingEndEvent:
            first = first or event
            if type(event) is ScalarEvent and event.value in wanted.below:
                below, key = wanted.below[event.value], event_range(event)
                self.node(self.next_event(), below, key)
            else:
                self._skip(event)
                self._skip(self.next_event())
        return first, event

    def _sequence(self, wanted: _Wanted) -> tuple[Any, Any]:
        first, index = None, 0
        while type(event := self.next_event()) is not SequenceEndEvent:
            first = first or event
            self.node(event, wanted.below.get(index), None)
            index += 1
        return first, event

    def _skip(self, event: Any) -> None:
        depth = int(type(event) in _STARTS)
        while depth:
            if depth > _DEEPEST:
                raise _TooDeepError
            kind = type(self.next_event())
            depth += (kind in _STARTS) - (kind in _ENDS)
