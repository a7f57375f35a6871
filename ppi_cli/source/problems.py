"""What can be wrong with the YAML of one text, in words, and what to do about it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from yaml import AliasEvent, MarkedYAMLError, YAMLError

from ppi_cli.source.faults import in_quotes, in_yaml_quotes
from ppi_cli.source.locate import locate
from ppi_cli.source.parser import Lines, event_range, position
from ppi_cli.values.findings import Path, Range
from ppi_cli.values.message import Message, msg
from ppi_cli.values.regex import regex


class Problem(NamedTuple):
    """Something wrong in one text, at a place in it."""

    code: str
    message: Message
    range: Range | None
    help: Message | None = None
    other: tuple[Message, Range] | None = None
    #: Whether nothing else can be meant by it, and it was read so.
    is_plain: bool = False


DEEPEST = 24

_INVISIBLE = (
    "\x85\xad\u061c\u200b\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2066\u2067\u2068\u2069\ufeff"
)
_CONTROL = regex("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
NO_BREAK_SPACES = "\u00a0\u2007\u202f\u2009"
_STRANGE_SPACES = f"\t{NO_BREAK_SPACES}"
#: A tab or a no-break space that indents or follows a dash, and a no-break space around the colon
#: of a key, in a block or inside braces.
_STRANGE_INDENT = regex(
    rf"^(?: |- )*(?:-?(?P<space>[{_STRANGE_SPACES}])"
    rf"|[\w-]+(?:(?P<before>[{NO_BREAK_SPACES}]) *:(?= |$)|:(?P<after>[{NO_BREAK_SPACES}])))"
    r"(?=.*\S)"
    rf"|[{{,] *(?:[0-9]{{4}}(?P<in_flow>[{NO_BREAK_SPACES}]) *:"
    rf"|(?:[0-9]{{4}}|[a-z_]+):(?P<after_in_flow>[{NO_BREAK_SPACES}]))",
    re.MULTILINE,
)


def strange_characters(text: str) -> Iterator[Problem]:
    if any(char in text for char in _INVISIBLE):
        found = re.search(f"[{_INVISIBLE}]", text)
        assert found is not None
        yield Problem(
            "PPI003",
            msg("there is an invisible character here (U+{code})", code=f"{ord(found[0]):04X}"),
            Lines(text).range(*found.span()),
            msg("delete it, and type the text around it again"),
        )
    if any(char in text for char in _STRANGE_SPACES):
        lines = Lines(text)
        for found in _STRANGE_INDENT.finditer(text):
            assert found.lastgroup is not None
            yield _strange_space(found[found.lastgroup], lines.range(*found.span(found.lastgroup)))


def _strange_space(char: str, place: Range) -> Problem:
    name = msg("a tab") if char == "\t" else msg("a no-break space")
    return Problem(
        "PPI003",
        msg("{name} stands where YAML needs ordinary spaces", name=name),
        place,
        msg("replace it by spaces"),
    )


def ends_in_no_break_space(event: Any) -> Problem:
    """A value with a no-break space that nobody sees at its end."""
    end = position(event.end_mark)
    return Problem(
        "PPI003",
        msg("a no-break space stands at the end of this value"),
        Range(end._replace(column=max(1, end.column - 1)), end),
        msg("delete it"),
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


def torn_amount(text: str, amount: Any) -> Problem:
    """An amount in braces, whose commas stand between its thousands or before its decimals."""
    start, torn, end = (
        mark.index for mark in (amount.start_mark, amount.torn_mark, amount.end_mark)
    )
    return _torn(
        text[torn:end],
        Range(position(amount.torn_mark), position(amount.end_mark)),
        _whole_amount(text[start:end], is_rate=_AFTER_A_RATE.search(text, 0, start) is not None),
        is_plain=without_commas(text[start:end]) is None,
    )


def torn_text(text: str, key: str, whole: Any) -> Problem:
    """A text in braces that holds a comma."""
    start, torn, end = (mark.index for mark in (whole.start_mark, whole.torn_mark, whole.end_mark))
    return _torn(
        text[torn:end],
        Range(position(whole.torn_mark), position(whole.end_mark)),
        msg("write {text}", text=f"{key}: {in_yaml_quotes(text[start:end])}"),
        is_plain=True,
    )


def _torn(pieces: str, range: Range, help: Message, *, is_plain: bool) -> Problem:
    message = msg(
        "YAML takes “{text}” for a key: a comma has torn the value before it",
        text=pieces.partition(",")[0],
    )
    return Problem("PPI107", message, range, help, is_plain=is_plain)


#: The key of a rate, whose comma stands before decimals.
_AFTER_A_RATE = regex(r"\b(?:\w*rate|share|least|percent|taux|tva|vat) *: *$")


def _whole_amount(text: str, *, is_rate: bool) -> Message:
    if is_rate and "%" not in text:
        text = f"{text.rstrip()} %"
    if (plain := without_commas(text)) is None:
        return msg("put quotes around it: {text}", text=f'"{text}"')
    if (decimals := _as_decimals(text)) is not None:
        return msg(
            "write {thousands} if thousands are meant, {decimals} if decimals are",
            thousands=plain,
            decimals=decimals,
        )
    return msg("write {thousands} if thousands are meant", thousands=plain)


def _as_decimals(text: str) -> str | None:
    """``"1,2500 k€"`` for ``1,250 k€``: in the unit of an amount, its comma may be a point."""
    match = re.fullmatch(r"(?P<number>[-\u2212]?[0-9]+,[0-9]{3})(?P<unit> ?[kKMB].*)", text)
    return None if match is None else f'"{match["number"]}0{match["unit"]}"'


def is_of_a_rate(key: str) -> bool:
    return _AFTER_A_RATE.search(f"{key}:") is not None


def without_commas(text: str) -> str | None:
    """``7450`` for ``7,450``, which two people read differently without a sign before it.

    None of what has decimals in any case: ``0,125 M€``, ``2,125 %``.
    """
    match = re.fullmatch(
        r"(?P<sign>[-\u2212]?)(?P<digits>[1-9][0-9]{0,2}(?:,[0-9]{3})+)(?P<unit> ?[^0-9,.%]*)",
        text,
    )
    return (
        None if match is None else match["sign"] + match["digits"].replace(",", "") + match["unit"]
    )


def unused_feature(event: Any) -> Problem:
    if type(event) is AliasEvent:
        sign, name = f"*{event.anchor}", msg("an alias")
    elif event.anchor is not None:
        sign, name = f"&{event.anchor}", msg("an anchor")
    else:
        sign, name = event.tag.replace("tag:yaml.org,2002:", "!!"), msg("a tag")
    return Problem(
        "PPI007",
        msg("a plan has no use for “{sign}”, {name} in YAML", sign=sign, name=name),
        event_range(event),
        msg("put quotes around a text that begins with &, * or !; else write the value in full"),
    )


def too_deep(place: Range | None) -> Problem:
    return Problem(
        "PPI005", msg("lists and mappings are nested more than {n} deep", n=DEEPEST), place
    )


def document_problem(event: Any, *, second: bool) -> Problem:
    if second:
        message = msg("a second document begins here")
        help = msg("one file is one document: delete the line ---")
    else:
        message = msg("a plan has no use for YAML directives")
        help = msg("delete the lines that begin with %")
    return Problem("PPI007", message, event_range(event), help)


def swallowed_item(event: Any) -> Problem:
    return Problem(
        "PPI012",
        msg("YAML takes the next line for a part of this text, dash and all"),
        event_range(event),
        msg("align the dashes of a list"),
    )


#: What follows a key that holds keys, or a list.
_HOLDS_MORE = regex(r" *: *(?:[{\[]|(?:#.*)?\r?\n)")


def duplicate_keys(text: str, found: Sequence[tuple[Any, Path]]) -> Iterator[Problem]:
    """The keys that their mapping has already, each with the place of the first one."""
    first = locate(text, {path for _, path in found}) if found else {}
    for event, path in found:
        spot = first.get(path)
        yield Problem(
            "PPI008",
            msg("“{key}” is written twice", key=path[-1]),
            event_range(event),
            msg("keep one of them, and put into it what the other one says")
            if _HOLDS_MORE.match(text, event.end_mark.index)
            else msg("keep one of them"),
            (msg("the first one is here"), spot.key) if spot and spot.key else None,
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
        msg("this does not go on a list in [ ], and does not close it"),
        msg("close it with ], separate its items by commas, and put quotes around other signs"),
    ),
    "did not find expected ',' or '}'": (
        msg("this does not go on what stands in {{ }}, and does not close it"),
        msg("close it with }}, separate its entries by commas, and put quotes around other signs"),
    ),
    "did not find expected <document start>": (
        msg("this line does not go with what stands above it"),
        msg("begin the sections of a plan at the left margin, without spaces before them"),
    ),
    "found unexpected ':'": (
        msg("this colon has no space after it"),
        msg("write a space after the colon of a key, or put quotes around the text"),
    ),
    **dict.fromkeys(
        (
            "block sequence entries are not allowed in this context",
            "mapping keys are not allowed in this context",
            "did not find expected node content",
            "did not find expected alphabetic or numeric character",
            "did not find expected comment or line break",
        ),
        (
            msg("this sign means something else to YAML, at the beginning of a value"),
            msg("leave a value that is not stated empty; put quotes around a text that begins so"),
        ),
    ),
    **dict.fromkeys(
        ("found unknown escape character", "did not find expected hexdecimal number"),
        (
            msg("between double quotes, \\ begins an escape"),
            msg("put single quotes around a text that holds \\"),
        ),
    ),
    "found unexpected document indicator": (
        msg("a line of dashes or dots stands inside a quoted text"),
        msg("close the quotes before it"),
    ),
    "found unexpected end of stream": (
        msg("the file ends inside a quoted text"),
        msg("close the quotes"),
    ),
}


_AFTER_QUOTES = (
    "did not find expected key",
    "did not find expected ',' or ']'",
    "did not find expected ',' or '}'",
)


#: What is said where a dash without a space is taken for a part of a key.
_WITHOUT_A_DASH = (
    "did not find expected '-' indicator",
    "did not find expected key",
    "could not find expected ':'",
    "mapping values are not allowed in this context",
)


def _in_curly_quotes(line: str) -> str | None:
    """What stands on a line between quotes that only look like those of YAML."""
    found = re.search(r": *[“„«‘] ?(?P<inside>[^“”„«»‘\"\\]+?) ?[”“»’](?: *[,}\]].*)?$", line)
    return None if found is None else found["inside"].strip(NO_BREAK_SPACES)


def syntax_problem(text: str, error: YAMLError) -> Problem:
    if control := _CONTROL.search(text):
        return Problem(
            "PPI003",
            msg("there is a control character here (U+{code})", code=f"{ord(control[0]):04X}"),
            Lines(text).range(*control.span()),
            msg("delete it"),
        )
    mark = error.problem_mark if isinstance(error, MarkedYAMLError) else None
    place = Range(position(mark), position(mark)) if mark else None
    if place is not None and re.fullmatch(r"[ \t]*\t[ \t]*", Lines(text).line(place.start.line)):
        return _strange_space("\t", place)
    said = (error.problem if isinstance(error, MarkedYAMLError) else None) or str(error)
    if said == "exceeded maximum nesting depth":  # libyaml's own limit, met while it looks ahead
        return too_deep(place)
    message, help = _SYNTAX.get(said, (msg("YAML cannot be read here: {said}", said=said), None))
    if mark is not None and said in _AFTER_QUOTES and text[mark.index - 1 : mark.index] in "'\"":
        message = msg("the quotes end before this text")
        help = msg("put the whole text between quotes of the other kind: \"…\" or '…'")
    if mark is not None and (inside := _in_curly_quotes(Lines(text).line(mark.line + 1))):
        message = msg("to YAML, these quotes are letters like others")
        help = msg("put it between straight quotes: {text}", text=f'"{inside}"')
    if mark is not None and said in _WITHOUT_A_DASH:
        dashed = re.fullmatch(r" *-(?P<item>[^\s-].*)", Lines(text).line(mark.line + 1))
        if dashed is not None:
            message = msg("this dash has no space after it")
            help = msg("write a space after the dash: {text}", text=f"- {dashed['item']}")
    quoted = None if mark is None else in_quotes(Lines(text).line(mark.line + 1), error)
    if quoted is not None:
        help = msg("write {text}", text=quoted.entry)
    context = error.context_mark if isinstance(error, MarkedYAMLError) else None
    other = None
    if context is not None and mark is not None and context.line != mark.line:
        other = (msg("what it belongs to begins here"), Range(position(context), position(context)))
    return Problem(
        "PPI006", message, place, help, other, is_plain=quoted is not None and quoted.is_plain
    )
