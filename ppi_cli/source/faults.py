"""Values that YAML cannot read: what stands after them is read all the same."""

from __future__ import annotations

from typing import Any, NamedTuple

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


def mark_of(error: YAMLError) -> Any:
    """Where an error points at; ``None`` where it does not say."""
    return error.problem_mark if isinstance(error, MarkedYAMLError) else None


class Quoted(NamedTuple):
    """A text that lacks its quotes: the entry with them, and the line without what is wrong in it.

    What stands after it in the line stays where it is: signs are hidden, and no quotes added.
    """

    line: str
    entry: str
    #: Whether that is what is meant: its key has a text for people.
    is_plain: bool


#: A key and its colon; how the value of a block ends, and one between braces.
_A_KEY = regex(r"(?P<key>[\w-]+): +")
_IN_ITS_LINE = regex(r" *(?:- +)*")
_TO_ITS_END = regex(r"(?P<value>.*?)(?P<rest>(?: +#.*| *)\r?\n?)")
_TO_THE_NEXT = regex(r"(?P<value>.*?)(?P<rest> *(?:, *[\w-]+:(?: |$)|[}\]]|\r?\n|$)(?s:.*))")
#: What begins a value that is no text without quotes, or one in quotes of another kind.
_NO_TEXT = "“„«‘#&*!|>%@`{["
#: What libyaml says of a colon in a text, and of quotes that end in it.
_OF_A_TEXT = ("mapping values are not allowed in this context", "did not find expected key")
_BETWEEN_BRACES = "did not find expected ',' or '}'"


def in_quotes(line: str, error: YAMLError) -> Quoted | None:
    """A line with its value in quotes, where a colon or a quote in that is what is wrong with it.

    It is the line that the error points at.
    """
    mark = mark_of(error)
    said = error.problem if isinstance(error, MarkedYAMLError) else None
    if mark is None or said not in (*_OF_A_TEXT, _BETWEEN_BRACES):
        return None
    keys = [found for found in _A_KEY.finditer(line) if found.end() <= mark.column]
    if not keys:
        return None
    key, in_braces = keys[-1], said == _BETWEEN_BRACES
    if not in_braces and _IN_ITS_LINE.fullmatch(line, 0, key.start()) is None:
        return None
    found = (_TO_THE_NEXT if in_braces else _TO_ITS_END).fullmatch(line, key.end())
    value = "" if found is None else found["value"]
    if (
        found is None
        or not value.strip()
        or value[0] in _NO_TEXT
        or found.end("value") < mark.column
    ):
        return None
    quote = value[0] if value[0] in "\"'" and value[-1] == value[0] and len(value) > 1 else ""
    inside = value[1:-1] if quote else value
    entry = f"{key['key']}: {in_yaml_quotes(inside)}"
    hidden = f"{quote}{inside.translate(_HIDDEN)}{quote}"
    whole = f"{line[: key.end()]}{hidden}{found['rest']}"
    return Quoted(whole, entry, key["key"] in keys_of_texts())


#: Signs that mean something to YAML in a text, and those of nobody's that hide them.
_HIDDEN = {ord(sign): 0xE000 + n for n, sign in enumerate(":'\"#,[]{}&*!|>%@`\\")}
_SHOWN = {hidden: sign for sign, hidden in _HIDDEN.items()}


def shown_again(tree: Any) -> Any:
    """What was read of texts in which signs are hidden, with these signs."""
    if isinstance(tree, str):
        return tree.translate(_SHOWN)
    if isinstance(tree, dict):
        for key, value in tree.items():
            tree[key] = shown_again(value)
    elif isinstance(tree, list):
        tree[:] = map(shown_again, tree)
    return tree


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
