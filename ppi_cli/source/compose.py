"""YAML text to plain dicts, lists and texts, over libyaml's events.

Nothing is guessed: a scalar stays the text it is, a blank one is ``None``. What a plan has no
use for (aliases, tags, several documents …) is refused, and so is what loses data in silence:
a key written twice, a text cut short by ``#``. The nesting is bounded and kept on a list,
since libyaml's own composer runs out of stack.
"""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass, field
from sys import intern
from typing import Any, NamedTuple

from yaml import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    YAMLError,
)

from ppi_cli.source.faults import in_quotes, line_of, mark_of, shown_again, without_value
from ppi_cli.source.known import keys_of_texts
from ppi_cli.source.parser import event_range, event_source
from ppi_cli.source.problems import (
    DEEPEST,
    NO_BREAK_SPACES,
    Problem,
    cut_text,
    document_problem,
    duplicate_keys,
    ends_in_no_break_space,
    is_of_a_rate,
    not_stated,
    strange_characters,
    swallowed_item,
    syntax_problem,
    too_deep,
    torn_amount,
    torn_text,
    unused_feature,
    without_commas,
)
from ppi_cli.values.findings import Path
from ppi_cli.values.inline import InlineList
from ppi_cli.values.message import msg
from ppi_cli.values.regex import regex

MOST_EVENTS = 3_000_000
#: So many values that cannot be read are left out of a text, and so many characters read again.
_MOST_FAULTS = 20
_MOST_READ_AGAIN = 20_000_000
NOT_STATED = frozenset({"~", "null", "Null", "NULL", "—", "–", "n/a", "N/A", "n.a.", "N.A."})
_BLANK = NOT_STATED | {""}

_CUT = regex(r"(?<![ \t])[ \t]+#(?=\S|[ \t]*[0-9]{1,3}[ \t]*$)", re.MULTILINE)


@dataclass(slots=True)
class Composed:
    """The tree of one text (``None`` where it holds nothing), and what is wrong with it."""

    tree: Any = None
    problems: list[Problem] = field(default_factory=list)
    #: False where something could not be read, so that what stands there is unknown.
    whole: bool = True
    #: Where the reading went on after a fault: what was read instead of the text, and the lines
    #: that have lost their values in it.
    read: str | None = None
    faulty: Set[int] = frozenset()


class _StopError(Exception):
    def __init__(self, problem: Problem) -> None:
        self.problem = problem


def compose(text: str) -> Composed:
    """The tree of a YAML text, with every scalar as text and every problem with its place."""
    root: list[Any] = []
    problems = list(strange_characters(text))
    if problems:
        return Composed(None, problems, whole=False)
    try:
        _build(text, root, problems)
    except _StopError as stop:
        return Composed(_first(root), [stop.problem], whole=False)
    except YAMLError as error:
        return _going_on(text, error, _first(root))
    return Composed(_first(root), problems)


def _going_on(text: str, error: YAMLError, tree: Any) -> Composed:
    """What cannot be read, and the tree without it; as far as it was read where that is no help.

    A text for people that only lacks its quotes is read as if it stood in them.
    """
    lines = text.splitlines(keepends=True)
    faults, faulty = [syntax_problem(text, error)], set[int]()
    for _ in range(min(_MOST_FAULTS, _MOST_READ_AGAIN // len(text))):
        if not _mended(lines, error, faulty):
            break
        read = "".join(lines)
        root: list[Any] = []
        problems: list[Problem] = []
        try:
            _build(read, root, problems)
        except _StopError as stop:
            faults.append(stop.problem)
            break
        except YAMLError as another:
            error = another
            if (line_of(error) or 0) < max(faulty, default=0):
                break
            faults.append(syntax_problem(read, error))
        else:
            tree = shown_again(_first(root))
            return Composed(tree, faults + problems, not faulty, read, faulty)
    return Composed(tree, faults, whole=False)


def _mended(lines: list[str], error: YAMLError, faulty: set[int]) -> bool:
    """Whether a line could be written as it is meant, or has lost its value and is faulty now."""
    mark, line = mark_of(error), line_of(error)
    if mark is not None and mark.line < len(lines):
        quoted = in_quotes(lines[mark.line], error)
        if quoted is not None and quoted.is_plain:
            lines[mark.line] = quoted.line
            return True
    without = None if line is None or line >= len(lines) else without_value(lines[line])
    if line is None or without is None:
        return False
    faulty.add(line + 1)
    lines[line] = without
    return True


def _first(root: list[Any]) -> Any:
    return root[0] if root else None


_SWALLOWED = regex(r"\n *- ")


def _build(text: str, root: list[Any], problems: list[Problem]) -> None:
    duplicates: list[tuple[Any, Path]] = []
    next_event = event_source(text)
    signs = any(sign in text for sign in "&!")  # else nothing has an anchor or a tag
    odd_spaces = any(space in text for space in NO_BREAK_SPACES)
    cuts = {match.start() for match in _CUT.finditer(text)} if "#" in text else ()
    here: Any = root
    parents: list[Any] = []
    key: str | None = None  # of the mapping ``here``, once it is read and its value is awaited
    value: Any
    older: Any = None  # the last scalar but one, and the last
    last: Any = None
    torn: dict[int, tuple[str, _Torn]] = {}
    for _ in range(MOST_EVENTS):
        event = next_event()
        kind = type(event)
        if kind is ScalarEvent:
            value = event.value
            if event.implicit[0]:
                if value in _BLANK:
                    if value:
                        problems.append(not_stated(event))
                    elif event.end_mark.index in cuts:
                        problems.append(cut_text(event))
                    value = None
                elif cuts and event.end_mark.index in cuts:
                    problems.append(cut_text(event))
                elif " - " in value and event.start_mark.line != event.end_mark.line:
                    written = text[event.start_mark.index : event.end_mark.index]
                    if _SWALLOWED.search(written):
                        problems.append(swallowed_item(event))
                if odd_spaces and value and value[-1] in NO_BREAK_SPACES:
                    problems.append(ends_in_no_break_space(event))
                    value = value.rstrip(NO_BREAK_SPACES)
                if value is None and key is not None and type(here) is dict:
                    name = next(reversed(here), "")
                    whole = _put_together(text, name, older, last, event)
                    if whole is not None:
                        here[name] = whole.value(text, name)
                        torn[whole.start_mark.index] = name, whole
                        last = whole
                        key = None
                        continue
            older, last = last, event
            if signs and (event.anchor is not None or event.tag is not None):
                problems.append(unused_feature(event))
            if type(here) is not dict:
                here.append(value)
                if type(here) is InlineList and event.implicit[0]:
                    here.unquoted = True
            elif key is None:
                key = intern(value) if value is not None else ""
                if key in here:
                    duplicates.append((event, _path([*parents, here], key)))
            else:
                here.setdefault(key, value)
                key = None
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            here = parents.pop()
        elif kind is MappingStartEvent or kind is SequenceStartEvent:
            value = {} if kind is MappingStartEvent else InlineList() if event.flow_style else []
            if signs and (event.anchor is not None or event.tag is not None):
                problems.append(unused_feature(event))
            if type(here) is not dict:
                here.append(value)
            elif key is not None:
                here.setdefault(key, value)
                key = None
            else:
                raise _StopError(
                    Problem(
                        "PPI006",
                        msg("a list or a mapping cannot be a key"),
                        event_range(event),
                        msg("put quotes around a text that begins with [ or {{"),
                    )
                )
            parents.append(here)
            here = value
            if len(parents) > DEEPEST:
                raise _StopError(too_deep(event_range(event)))
        elif kind is AliasEvent:
            problems.append(unused_feature(event))
            if type(here) is not dict:
                here.append(None)
            elif key is None:
                key = f"*{event.anchor}"
            else:
                here.setdefault(key, None)
                key = None
        elif kind is DocumentStartEvent:
            if root or event.version or event.tags:
                raise _StopError(document_problem(event, second=bool(root)))
        elif kind is StreamEndEvent:
            problems += (each.problem(text, name) for name, each in torn.values())
            problems += duplicate_keys(text, duplicates)
            return
    raise _StopError(
        Problem("PPI004", msg("the file holds more than {n} values", n=MOST_EVENTS), None)
    )


class _Torn(NamedTuple):
    """A value that commas have torn, put together again."""

    start_mark: Any
    end_mark: Any
    #: Where the first piece begins that they have torn off.
    torn_mark: Any
    is_amount: bool

    def value(self, text: str, key: str) -> str:
        """The value as it is meant."""
        whole = text[self.start_mark.index : self.end_mark.index]
        plain = without_commas(whole) if self.is_amount and not is_of_a_rate(key) else None
        return plain or whole

    def problem(self, text: str, key: str) -> Problem:
        """That commas have torn it, with what to type."""
        return torn_amount(text, self) if self.is_amount else torn_text(text, key, self)


#: What goes on an amount after a comma, thousands or decimals, and what it goes on.
_GOES_ON = regex("[0-9]{1,3}(?![0-9])")
_GOES_ON_FROM = regex("[-\u2212(]?[€$£]? ?[-\u2212]?[0-9][0-9,. \u00a0\u2007\u2009\u202f]*")
#: What goes on a text after a comma: no entry that lacks a space or a colon.
_GOES_ON_A_TEXT = regex(r"[^\W\d][^:=]*")


def _put_together(text: str, name: str, value: Any, key: Any, blank: Any) -> _Torn | None:
    """Of ``{2026: $60,794,837}`` or ``{title: Roads (new, old)}``: the whole value.

    None where a key without a colon is no piece of it.
    """
    if value is None or key is None or key.end_mark.index != blank.start_mark.index:
        return None
    if type(value) is ScalarEvent and not value.implicit[0]:
        return None
    start, end = value.start_mark.index, value.end_mark.index
    between, piece = text[end : key.start_mark.index], key.start_mark.index
    is_amount = (
        between == ","
        and _GOES_ON.match(text, piece) is not None
        and _GOES_ON_FROM.fullmatch(text, start, end) is not None
    )
    is_text = (
        between.strip(" ") == ","
        and name in keys_of_texts()
        and _GOES_ON_A_TEXT.fullmatch(text, piece, key.end_mark.index) is not None
    )
    if not (is_amount or is_text):
        return None
    torn_mark = value.torn_mark if type(value) is _Torn else key.start_mark
    return _Torn(value.start_mark, key.end_mark, torn_mark, is_amount)


def _path(containers: list[Any], key: str) -> Path:
    """Where ``key`` of the innermost container stands, from the document's root."""
    steps: list[str | int] = []
    for container in containers[1:-1]:
        steps.append(next(reversed(container)) if type(container) is dict else len(container) - 1)
    return (*steps, key)
