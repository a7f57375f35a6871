"""What was found in a book, as a map that finds it again, to be corrected."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Container, Iterator, Mapping
from typing import TypeAlias

from ppi_cli.sheets.account import Guess
from ppi_cli.sheets.cells import column_name
from ppi_cli.sheets.entries import Understood
from ppi_cli.sheets.moved import headers_of
from ppi_cli.source.compose import compose
from ppi_cli.values.message import Message, msg

Say: TypeAlias = Callable[[Message], str]
#: The keys of the map that hold one value, which holds for all sheets.
_PLAIN = ("unit", "decimals", "tax", "project", "theme", "group", "label", "year", "amount",
          "envelopes", "projects", "year_in")  # fmt: skip


def map_text(found: Understood, given: str, say: Say) -> str:
    """The map that was given, with what was found without it, each with why; and what is asked."""
    tree = compose(given).tree if given else None
    known = set(tree) if isinstance(tree, dict) else set()
    lines = [given.rstrip("\n")] if given.strip() else []
    for key, value, why in _found(found):
        if key not in known:
            lines.append(f"{key}: {value}{_comment(why, say)}")
    if found.account.questions:
        heading = msg("What is asked, each with its answers:")
        lines += ["", f"# {say(heading)}"]
    for question in found.account.questions:
        lines.append(f"# {question.place}: {_line(say(question.message))}")
        lines += [f"#   {answer}" for answer in question.answers]
    return "\n".join(lines) + "\n"


def _found(found: Understood) -> Iterator[tuple[str, str, Message | None]]:
    of_key: dict[str, list[Guess]] = {}
    answers = [answer for each in found.account.questions for answer in each.answers]
    asked = {answer.partition(":")[0] for answer in answers}
    for guess in found.account.guesses:
        of_key.setdefault(guess.key, []).append(guess)
    for key in _PLAIN:
        values = {str(guess.value) for guess in of_key.get(key, ()) if type(guess.value) is str}
        if (
            len(values) == 1 and key not in asked
        ):  # what differs from sheet to sheet is found again in each
            yield key, _text(values.pop()), of_key[key][0].why
    kept: Mapping[str, set[str]] = {
        key.removeprefix("keep."): {str(guess.value) for guess in own}
        for key, own in of_key.items()
        if key.startswith("keep.")
    }
    if alike := {key: values.pop() for key, values in kept.items() if len(values) == 1}:
        keys = ", ".join(f"{key}: {_text(value)}" for key, value in alike.items())
        yield "keep", f"{{{keys}}}", None
    if len(found.judged) == 1 and (table := found.judged[0].table) is not None:
        headers = headers_of(found.judged[0].view, sorted(table.header_rows))
        named = ", ".join(f"{letter}: {_text(text)}" for letter, text in headers.items())
        why = msg("so that what has moved next year is said")
        yield "headers", f"{{{named}}}", why
    if len(found.judged) == 1 and not found.map.sources:
        columns = next((row.table.columns for row in found.judged[0].rows), None)
        slots = {} if columns is None else columns.slots
        years = {column_name(c): s.period.key for c, s in slots.items() if s.period and not s.where}
        if _are_doubtful(found, slots):  # a map that names them would answer what is asked
            return
        if years:
            yield "years", f"{{{', '.join(f'{c}: {y}' for c, y in years.items())}}}", None
        for where in ("before", "beyond"):
            own_ = [column_name(c) for c, slot in slots.items() if slot.where == where]
            if len(own_) == 1:
                yield where, own_[0], None


def _are_doubtful(found: Understood, columns: Container[int]) -> bool:
    """Whether something is asked in the header of some columns."""
    table = found.judged[0].table
    heads = set() if table is None else table.header_rows
    return any(
        each.place.area.top in heads and each.place.area.left in columns
        for each in found.account.questions
    )


_PLAIN_TEXT = re.compile(r"[^\W_][\w ’€$£()/.+-]*")


def _text(text: str) -> str:
    is_plain = _PLAIN_TEXT.fullmatch(text) and not text.endswith(" ") and " -" not in text
    return text if is_plain else json.dumps(text, ensure_ascii=False)


def _comment(why: Message | None, say: Say) -> str:
    return "" if why is None else f"  # {_line(say(why))}"


def _line(text: str) -> str:
    return " ".join(text.split())
