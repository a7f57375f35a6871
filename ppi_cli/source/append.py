"""Scenarios put behind those of a plan, every other character of its files as it was."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from yaml import CollectionNode, SequenceNode

from ppi_cli.source.compose import compose
from ppi_cli.source.parser import node_tree
from ppi_cli.source.read import Reading
from ppi_cli.values.errors import PpiError
from ppi_cli.values.message import msg

_SECTION = "scenarios"


def appended_files(reading: Reading, items: Sequence[str]) -> tuple[str, str]:
    """The file of a plan that is to hold more scenarios, by its name, and its text with them.

    That is the last one with scenarios, else the one with the plan. Raises PpiError where its
    layout does not allow for it.
    """
    if reading.plan is None:
        problem = msg("{path} holds no plan that can be read", path=reading.name)
        raise PpiError(problem, msg("ppi validate says why"))
    section = _SECTION if _SECTION in reading.tree.root else "plan"
    name = reading.tree.origins((section,))[-1].file
    return name, appended(name, reading.texts[name], items)


def appended(name: str, text: str, items: Sequence[str]) -> str:
    """The text with items behind those of its section. Raises PpiError where that is not safe."""
    new = _with_items(text, items)
    before, after = compose(text), compose(new)
    expected = dict(before.tree) if isinstance(before.tree, dict) else {}
    more = compose("\n".join(items)).tree
    assert isinstance(more, list)
    expected[_SECTION] = [*(expected.get(_SECTION) or []), *more]
    if len(after.problems) > len(before.problems) or after.tree != expected:
        raise PpiError(
            msg("{path} is laid out in a way that cannot be changed safely", path=name),
            msg("write each item of a list on lines of its own"),
        )
    return new


def _with_items(text: str, items: Sequence[str]) -> str:
    newline = "\r\n" if "\r\n" in text else "\n"
    lines = [line for item in items for line in item.split("\n")]
    found = next((v for k, v in node_tree(text).value if k.value == _SECTION), None)
    if isinstance(found, CollectionNode) and found.flow_style:
        return _out_of_brackets(text, found, lines, newline)
    if found is None or not (isinstance(found, SequenceNode) and found.value):
        if found is not None:  # nothing stands after its colon
            start, end = found.start_mark.index, found.end_mark.index
            at = text.find("\n", end) + 1 or len(text)
            head = text[:start].rstrip(" \t") + text[end:at]
            block = newline.join(f"  {line}" for line in lines)
            return f"{_ended(head, newline)}{block}{newline}{text[at:]}"
        block = newline.join([f"{_SECTION}:", *(f"  {line}" for line in lines)])
        return f"{_ended(text, newline)}{newline}{block}{newline}"
    last = _end(found)
    at = text.find("\n", last) + 1 or len(text)
    dash = " " * found.start_mark.column
    block = newline.join(f"{dash}{line}" for line in lines)
    blank = newline if re.search(r"\n[ \t]*\r?\n[ \t]*(#.*\n[ \t]*)*- ", text[:last]) else ""
    return f"{_ended(text[:at], newline)}{blank}{block}{newline}{text[at:]}"


def _out_of_brackets(text: str, node: Any, more: Sequence[str], newline: str) -> str:
    """The text with a list in brackets on lines of its own, its comments kept, and more items."""
    start, end = node.start_mark.index, node.end_mark.index
    found: list[str] = []
    done = start + 1
    for item in node.value if isinstance(node, SequenceNode) else ():
        first, last = item.start_mark.index, item.end_mark.index
        _comments(text[done:first], found)
        found.append("- " + text[first:last].replace("\n", "\n    "))
        done = last
    _comments(text[done : end - 1], found)
    at = text.find("\n", end) + 1 or len(text)
    head = text[:start].rstrip(" \t")
    if not head.endswith("\n") or text[end:at].strip():
        head = _ended(head + text[end:at], newline)
    return head + "".join(f"  {line}{newline}" for line in (*found, *more)) + text[at:]


def _comments(between: str, lines: list[str]) -> None:
    """Put the comments between two items of a list below, or, of the item before, beside them."""
    for n, line in enumerate(between.split("\n")):
        comment = line.strip(" \t\r,")
        if comment and n == 0 and lines:
            lines[-1] += f"  {comment}"
        elif comment:
            lines.append(comment)


def _ended(text: str, newline: str) -> str:
    return text if not text or text.endswith("\n") else text + newline


def _end(node: Any) -> int:
    """Where the last character of a value is; of a block, libyaml knows only what follows."""
    if hasattr(node, "flow_style") and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(last[1] if isinstance(last, tuple) else last)
    end: int = node.end_mark.index
    return end
