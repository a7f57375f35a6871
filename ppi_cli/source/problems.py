"""What can be wrong with the YAML of one text, in words, and what to do about it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from yaml import AliasEvent, MarkedYAMLError, YAMLError

from ppi_cli.findings import Path, Range
from ppi_cli.message import Message, msg
from ppi_cli.source.locate import locate
from ppi_cli.source.parser import event_range, position, text_range


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in one text, at a place in it."""

    code: str
    message: Message
    range: Range | None
    help: Message | None = None
    other: tuple[Message, Range] | None = None


_INVISIBLE = (
    "\x85\u200b\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")
_STRANGE_SPACES = "\t\u00a0\u202f\u2009"
_STRANGE_INDENT = re.compile(
    rf"^(?: |- )*(?:-?(?P<space>[{_STRANGE_SPACES}])|[A-Za-z_]+:(?P<after>[{_STRANGE_SPACES[1:]}]))"
    r"(?=.*\S)",
    re.MULTILINE,
)


def strange_characters(text: str) -> Iterator[Problem]:
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


def not_stated(event: Any) -> Problem:
    return Problem(
        "PPI108",
        msg("“{text}” is not how “not stated” is written", text=event.value),
        event_range(event),
        msg("leave the value empty: blank is not stated, and adds nothing"),
    )


def cut_text(event: Any) -> Problem:
    return Problem(
        "PPI012",
        msg("YAML drops what follows # here: it takes it for a comment"),
        event_range(event),
        msg("put quotes around the text if # belongs to it, else write a space after #"),
    )


def unused_feature(event: Any) -> Problem:
    if type(event) is AliasEvent:
        sign, name = f"*{event.anchor}", msg("an alias")
    elif event.anchor is not None:
        sign, name = f"&{event.anchor}", msg("an anchor")
    else:
        sign, name = event.tag, msg("a tag")
    return Problem(
        "PPI007",
        msg("a plan has no use for “{sign}”, {name} in YAML", sign=sign, name=name),
        event_range(event),
        msg("put quotes around a text that begins with &, * or !; else write the value in full"),
    )


def document_problem(event: Any, *, second: bool) -> Problem:
    if second:
        message = msg("a second document begins here")
        help = msg("one file is one document: delete the line ---")
    else:
        message = msg("a plan has no use for YAML directives")
        help = msg("delete the lines that begin with %")
    return Problem("PPI007", message, event_range(event), help)


def duplicate_key(text: str, event: Any, path: Path) -> Problem:
    key = path[-1]
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
        msg("this key has no colon"),
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
    "found unexpected ':'": (
        msg("this colon has no space after it"),
        msg("write a space after the colon of a key, or put quotes around the text"),
    ),
    "found unexpected end of stream": (
        msg("the file ends inside a quoted text"),
        msg("close the quotes"),
    ),
}


def syntax_problem(text: str, error: YAMLError) -> Problem:
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
