"""YAML text to plain dicts, lists and texts, over libyaml's events.

Nothing is guessed: a scalar stays the text it is, a blank one is ``None``. What a plan has no
use for (aliases, tags, several documents …) is refused, and so is what loses data in silence:
a key written twice, a text cut short by ``#``. The nesting is bounded and kept on a list,
since libyaml's own composer runs out of stack.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from yaml import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    MarkedYAMLError,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    YAMLError,
)

from ppi_cli.findings import Path, Range
from ppi_cli.message import Message, msg
from ppi_cli.notation import InlineList
from ppi_cli.source.locate import PARSER, event_range, locate, text_range

DEEPEST = 24
MOST_NODES = 1_500_000
NOT_STATED = frozenset({"~", "null", "Null", "NULL", "—", "–", "n/a", "N/A", "n.a.", "N.A."})

_INVISIBLE = "\x85\u200b\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")
_STRANGE_SPACES = "\t\u00a0\u202f\u2009"
_STRANGE_INDENT = re.compile(
    rf"^(?: |- )*(?:-?(?P<space>[{_STRANGE_SPACES}])|[A-Za-z_]+:(?P<after>[{_STRANGE_SPACES[1:]}]))"
    r"(?=.*\S)",
    re.MULTILINE,
)
_CUT = re.compile(r"[ \t]+#(?=\S|[ \t]*[0-9]+[ \t]*$)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in one text, at a place in it."""

    code: str
    message: Message
    range: Range | None
    help: Message | None = None
    other: tuple[Message, Range] | None = None


@dataclass(slots=True)
class Composed:
    """The tree of one text (``None`` where it holds nothing), and what is wrong with it."""

    tree: Any = None
    problems: list[Problem] = field(default_factory=list)
    #: False where the reading stopped before the end, so that what follows is unknown.
    whole: bool = True


class _Stopped(Exception):
    def __init__(self, problem: Problem) -> None:
        self.problem = problem


def compose(text: str) -> Composed:
    """The tree of a YAML text, with every scalar as text and every problem with its place."""
    root: list[Any] = []
    problems = list(_strange_characters(text))
    if problems:
        return Composed(None, problems, whole=False)
    try:
        _build(text, root, problems)
        whole = True
    except _Stopped as stop:
        problems.append(stop.problem)
        whole = False
    except YAMLError as error:
        problems.append(_syntax_problem(text, error))
        whole = False
    return Composed(root[0] if root else None, problems, whole)


def _build(text: str, root: list[Any], problems: list[Problem]) -> None:
    next_event = PARSER(text).get_event
    cuts = {match.start() for match in _CUT.finditer(text)} if "#" in text else ()
    here: Any = root
    parents: list[Any] = []
    key: str | None = None  # of the mapping ``here``, once it is read and its value is awaited
    nodes = 0
    value: Any
    while True:
        event = next_event()
        kind = type(event)
        if kind is ScalarEvent:
            value = event.value
            if event.implicit[0]:
                if not value:
                    value = None
                elif value in NOT_STATED:
                    problems.append(_not_stated(event))
                    value = None
                elif cuts and event.end_mark.index in cuts:
                    problems.append(_cut_text(event))
                if type(here) is InlineList:
                    here.unquoted = True
            if event.anchor is not None or event.tag is not None:
                problems.append(_unused_feature(event))
            if type(here) is not dict:
                here.append(value)
            elif key is None:
                key = value if value is not None else ""
                if key in here:
                    problems.append(_duplicate(text, event, [root, *parents, here], key))
            else:
                here.setdefault(key, value)
                key = None
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            here = parents.pop()
        elif kind is MappingStartEvent or kind is SequenceStartEvent:
            nodes += 1
            if kind is MappingStartEvent:
                value = {}
            else:
                value = InlineList() if event.flow_style else []
            if event.anchor is not None or event.tag is not None:
                problems.append(_unused_feature(event))
            if type(here) is not dict:
                here.append(value)
            elif key is not None:
                here.setdefault(key, value)
                key = None
            else:
                raise _Stopped(
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
                raise _Stopped(
                    Problem(
                        "PPI005",
                        msg("lists and mappings are nested more than {n} deep", n=DEEPEST),
                        event_range(event),
                    )
                )
        elif kind is AliasEvent:
            problems.append(_unused_feature(event))
            if type(here) is not dict:
                here.append(None)
            elif key is None:
                key = f"*{event.anchor}"
            else:
                here.setdefault(key, None)
                key = None
        elif kind is DocumentStartEvent:
            if root or event.version or event.tags:
                raise _Stopped(_document_problem(event, second=bool(root)))
        elif kind is StreamEndEvent:
            return
        nodes += 1
        if nodes > MOST_NODES:
            raise _Stopped(
                Problem("PPI004", msg("the file holds more than {n} values", n=MOST_NODES), None)
            )


def _path(containers: list[Any], key: str) -> Path:
    """Where ``key`` of the innermost container stands, from the document's root."""
    steps: list[str | int] = []
    for container in containers[1:-1]:
        steps.append(next(reversed(container)) if type(container) is dict else len(container) - 1)
    return (*steps, key)


# --- what is wrong, in words --------------------------------------------------------------------


def _strange_characters(text: str) -> Iterator[Problem]:
    if any(char in text for char in _INVISIBLE):
        found = re.search(f"[{_INVISIBLE}]", text)
        assert found is not None
        yield Problem(
            "PPI003",
            msg("there is an invisible character here (U+{code})", code=f"{ord(found[0]):04X}"),
            text_range(text, *found.span()),
            msg("delete it, and type the text around it again"),
        )
    if any(char in text for char in _STRANGE_SPACES):
        for found in _STRANGE_INDENT.finditer(text):
            group = "space" if found["space"] else "after"
            name = msg("a tab") if found[group] == "\t" else msg("a no-break space")
            yield Problem(
                "PPI003",
                msg("{name} stands where YAML needs ordinary spaces", name=name),
                text_range(text, *found.span(group)),
                msg("replace it by spaces"),
            )


def _not_stated(event: Any) -> Problem:
    return Problem(
        "PPI108",
        msg("“{text}” does not say “not stated”", text=event.value),
        event_range(event),
        msg("leave the value empty: blank is not stated, and adds nothing"),
    )


def _cut_text(event: Any) -> Problem:
    return Problem(
        "PPI012",
        msg("YAML drops what follows # here: it takes it for a comment"),
        event_range(event),
        msg("put quotes around the text if # belongs to it, else write a space after #"),
    )


def _unused_feature(event: Any) -> Problem:
    if type(event) is AliasEvent:
        sign, name = f"*{event.anchor}", msg("an alias")
    elif event.anchor is not None:
        sign, name = f"&{event.anchor}", msg("an anchor")
    else:
        sign, name = event.tag, msg("a tag")
    return Problem(
        "PPI007",
        msg("a plan has no use for “{sign}”, {name} of YAML", sign=sign, name=name),
        event_range(event),
        msg("put quotes around a text that begins with &, * or !; else write the value in full"),
    )


def _document_problem(event: Any, *, second: bool) -> Problem:
    if second:
        message = msg("a second document begins here")
        help = msg("one file is one document: delete the line ---")
    else:
        message = msg("a plan has no use for YAML directives")
        help = msg("delete the lines that begin with %")
    return Problem("PPI007", message, event_range(event), help)


def _duplicate(text: str, event: Any, containers: list[Any], key: str) -> Problem:
    path = _path(containers, key)
    first = locate(text, [path]).get(path)
    return Problem(
        "PPI008",
        msg("“{key}” is written twice", key=key),
        event_range(event),
        msg("keep one of them"),
        (msg("the first one is here"), first.key) if first and first.key else None,
    )


#: What libyaml says, where the plain cause is known: what it is in words, and what to do.
_SYNTAX = {
    "mapping values are not allowed in this context": (
        msg("a colon followed by a space is out of place here"),
        msg("put quotes around a text that holds “: ”, and align the keys of a block"),
    ),
    "found character that cannot start any token": (
        msg("this character cannot begin a value"),
        msg("put quotes around a text that begins with @, ` or %, and indent with spaces"),
    ),
    "did not find expected key": (
        msg("a key was expected here"),
        msg("check the indentation of this line, and quotes that end too early above it"),
    ),
    "did not find expected '-' indicator": (
        msg("a dash was expected here"),
        msg("align the items of a list, and indent what belongs to them"),
    ),
    "could not find expected ':'": (
        msg("a key without its colon"),
        msg("write “key: value”, with a space after the colon"),
    ),
    "did not find expected ',' or ']'": (
        msg("a list in [ ] is not closed"),
        msg("close it with ], and separate its items by commas"),
    ),
    "did not find expected ',' or '}'": (
        msg("a mapping in {{ }} is not closed"),
        msg("close it with }}, and separate its entries by commas"),
    ),
    "found unexpected end of stream": (
        msg("the file ends inside a quoted text"),
        msg("close the quotes"),
    ),
}


def _syntax_problem(text: str, error: YAMLError) -> Problem:
    if control := _CONTROL.search(text):
        return Problem(
            "PPI003",
            msg("there is a control character here (U+{code})", code=f"{ord(control[0]):04X}"),
            text_range(text, *control.span()),
            msg("delete it"),
        )
    said = (error.problem if isinstance(error, MarkedYAMLError) else None) or str(error)
    message, help = _SYNTAX.get(said, (msg("YAML cannot be read here: {said}", said=said), None))
    mark = error.problem_mark if isinstance(error, MarkedYAMLError) else None
    context = error.context_mark if isinstance(error, MarkedYAMLError) else None
    place = Range(position(mark), position(mark)) if mark else None
    other = None
    if context is not None and mark is not None and context.line != mark.line:
        other = (msg("what it belongs to begins here"), Range(position(context), position(context)))
    return Problem("PPI006", message, place, help, other)
