"""A YAML text with some of its pieces changed, and every other character as it was."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any, NamedTuple

from yaml import MappingNode, ScalarNode, SequenceNode

from ppi_cli.changes.edits import (
    Add,
    AddItem,
    Comment,
    Drop,
    Edit,
    MoveYears,
    Rename,
    Value,
    Write,
)
from ppi_cli.source.compose import compose
from ppi_cli.source.parser import node_tree
from ppi_cli.values.errors import PpiError
from ppi_cli.values.findings import Path
from ppi_cli.values.message import Message, msg


def rewritten(name: str, text: str, edits: Sequence[Edit]) -> str:
    """The text of a file after edits. Raises PpiError where its layout does not allow for one.

    A comment right above an item goes with it, unless the item is the first of its list.
    """
    if not edits:
        return text
    new = _Rewriting(text).after(edits)
    if not _is_as_expected(text, new, edits):
        raise PpiError(
            msg("{path} is laid out in a way that cannot be changed safely", path=name),
            _way_out(text, edits),
        )
    return new


def _is_as_expected(text: str, new: str, edits: Sequence[Edit]) -> bool:
    """Whether a text after edits says what it should."""
    before, after = compose(text), compose(new)
    return len(after.problems) <= len(before.problems) and _with_blanks(after.tree) == _with_blanks(
        _expected(before.tree, edits)
    )


def _way_out(text: str, edits: Sequence[Edit]) -> Message | None:
    """How to write what cannot be changed, where one place by itself is the cause."""
    rewriting = _Rewriting(text)
    for edit in edits:
        if not _is_as_expected(text, rewriting.after([edit]), [edit]):
            place = rewriting.place(edit.path)
            if place.in_brackets:
                return msg(
                    "write what stands in brackets in line {line} on lines of its own",
                    line=place.line,
                )
            return msg(
                "write what begins in line {line} as key: value, or with a dash before each item",
                line=place.line,
            )
    return None


class _Place(NamedTuple):
    """The line in which something begins, and whether it stands in brackets."""

    line: int
    in_brackets: bool


_BLANK_LINES = re.compile(r"(?:[ \t]*\r?\n)+")


class _Cut(NamedTuple):
    """What stands from one offset to another, and what is to stand there."""

    start: int
    end: int
    text: str = ""


class _Span(NamedTuple):
    """From where to where an entry of a mapping or a list is written, and whether it goes."""

    is_dropped: bool
    start: int
    end: int


class _Rewriting:
    def __init__(self, text: str) -> None:
        self._text = text
        self._newline = "\r\n" if "\r\n" in text else "\n"
        self._root = node_tree(text)

    def after(self, edits: Sequence[Edit]) -> str:
        drops: dict[Path, set[str | int]] = defaultdict(set)
        for edit in edits:
            if isinstance(edit, Drop):
                drops[edit.path[:-1]].add(edit.path[-1])
        added_to: set[Path] = set()
        cuts = [
            cut
            for path, steps in drops.items()
            if not any(path[n] in drops.get(path[:n], ()) for n in range(len(path)))
            for cut in self._without(self._node(path), steps)
        ]
        for edit in edits:
            if isinstance(edit, Rename):
                key = self._key(edit.path)
                cuts.append(_Cut(key.start_mark.index, key.end_mark.index, edit.key))
            elif isinstance(edit, MoveYears | Write):
                node = self._node(edit.path)
                start, end = node.start_mark.index, self._end(node)
                cuts.append(_Cut(start, end, _written(edit, self._text[start:end])))
            elif isinstance(edit, Comment):
                cuts += self._comment(edit)
            elif isinstance(edit, Add):
                is_next = edit.path in added_to
                cuts.append(self._added(edit, drops[edit.path], is_next=is_next))
                added_to.add(edit.path)
        # below what is added to the last item that there was
        cuts += [self._item_added(edit) for edit in edits if isinstance(edit, AddItem)]
        text, at = [], 0
        for cut in sorted(cuts, key=lambda cut: (cut.start, cut.end)):
            text += [self._text[at : max(at, cut.start)], cut.text]
            at = max(at, cut.end)
        return "".join([*text, self._text[at:]])

    def _node(self, path: Path) -> Any:
        node = self._root
        for step in path:
            is_list = isinstance(node, SequenceNode)
            node = node.value[step] if is_list else dict(_entries(node))[step]
        return node

    def _key(self, path: Path) -> Any:
        """Where the key of an entry of a mapping stands."""
        return next(key for key, _ in self._node(path[:-1]).value if key.value == path[-1])

    def place(self, path: Path) -> _Place:
        """Where an entry stands, or what is to hold it."""
        above = [self._root]
        for step in path:
            entries = dict(_entries(above[-1]))
            if step not in entries:
                break
            above.append(entries[step])
        brackets = [node for node in above if getattr(node, "flow_style", False)]
        return _Place((brackets or above[::-1])[0].start_mark.line + 1, bool(brackets))

    # --- taking out ---

    def _without(self, node: Any, steps: set[str | int]) -> Iterator[_Cut]:
        spans = [
            _Span(step in steps, *self._span(node, i)) for i, (step, _) in enumerate(_entries(node))
        ]
        if node.flow_style:
            yield from self._without_in_flow(spans)
            return
        for i, (is_dropped, start, end) in enumerate(spans):
            if is_dropped:
                kept = next((each.start for each in spans[i + 1 :] if not each.is_dropped), None)
                yield self._lines(start, end, first=i == 0, kept=kept)

    def _without_in_flow(self, spans: Sequence[_Span]) -> Iterator[_Cut]:
        """Each entry goes with the comma before it; on a line of its own, with the one after it."""
        if all(span.is_dropped for span in spans):
            yield _Cut(spans[0].start, self._after_comma(spans[-1].end))
            return
        kept_before = comma_after = False
        for i, (is_dropped, start, end) in enumerate(spans):
            if not is_dropped:
                kept_before, comma_after = True, False
            elif (own := self._own_lines(start, end)) is not None:
                comma_after = True
                yield own
            elif not kept_before:
                yield _Cut(start, spans[i + 1].start)
            elif comma_after or "#" in self._text[spans[i - 1].end : start]:
                comma_after = True
                yield _Cut(start, self._after_comma(end))
            else:
                yield _Cut(spans[i - 1].end, end)

    def _after_comma(self, end: int) -> int:
        comma = re.compile(r"[ \t]*,[ \t]*").match(self._text, end)
        return comma.end() if comma else end

    def _own_lines(self, start: int, end: int) -> _Cut | None:
        """The lines of an entry of a flow collection, where nothing else stands on them."""
        line = self._text.rfind("\n", 0, start) + 1
        rest = re.compile(r"[ \t]*,?[ \t]*(?:#.*)?\r?\n").match(self._text, end)
        return _Cut(line, rest.end()) if rest and not self._text[line:start].strip() else None

    def _span(self, node: Any, i: int) -> tuple[int, int]:
        """From where to where an entry of a mapping or a list is written."""
        if isinstance(node, MappingNode):
            key, value = node.value[i]
            return key.start_mark.index, max(key.end_mark.index + 1, self._end(value))
        item = node.value[i]
        start = item.start_mark.index
        return start if node.flow_style else self._dash(node, start), self._end(item)

    def _dash(self, node: Any, start: int) -> int:
        """Where the dash of an item stands; a comment after it may hold others."""
        dash = self._text.rindex("-", 0, start)
        while dash - self._text.rfind("\n", 0, dash) - 1 != node.start_mark.column:
            dash = self._text.rindex("-", 0, dash)
        return dash

    def _end(self, node: Any) -> int:
        """Where the last character of a value is; of a block, libyaml knows only what follows."""
        if isinstance(node, ScalarNode) or node.flow_style or not node.value:
            end: int = node.end_mark.index
            if isinstance(node, ScalarNode) and node.style in ("|", ">"):
                end = len(self._text[:end].rstrip())
            return end
        last = node.value[-1]
        return self._end(last[1] if isinstance(last, tuple) else last)

    def _lines(self, start: int, end: int, *, first: bool, kept: int | None) -> _Cut:
        """The lines of an entry; with a comment right above, and one of two gaps around it."""
        line = self._text.rfind("\n", 0, start) + 1
        if self._text[line:start].strip():  # it follows the dash of an item: what is kept does
            return _Cut(start, end if kept is None else self._comment_above(kept))
        if not first:
            line = self._with_comment(line, self._text[line:start])
        after = self._text.find("\n", end) + 1 or len(self._text)
        gap = _BLANK_LINES.match(self._text, after)
        above = self._text.rfind("\n", 0, max(line - 1, 0)) + 1
        blank_before = _BLANK_LINES.fullmatch(self._text, above, line) is not None
        return _Cut(line, gap.end() if gap and blank_before else after)

    def _comment_above(self, start: int) -> int:
        """Where the comment right above an entry begins, or where the entry itself does."""
        line = self._text.rfind("\n", 0, start) + 1
        return self._with_comment(line, self._text[line:start]) + start - line

    def _with_comment(self, line: int, indent: str) -> int:
        """Where the comment begins that stands right above a line, as far to the right."""
        while line:
            above = self._text.rfind("\n", 0, line - 1) + 1
            if not self._text[above:line].startswith(f"{indent}#"):
                break
            line = above
        return line

    # --- putting in ---

    def _added(self, edit: Add, dropped: set[str | int], *, is_next: bool) -> _Cut:
        """A key with its value, after the last one of a mapping, or after what is added to it."""
        node, text = self._node(edit.path), f"{edit.key}: {_in_flow(edit.value)}"
        entries = list(_entries(node))
        if not entries:
            inside = node.start_mark.index + 1
            return _Cut(inside, inside, f"{', ' if is_next else ''}{text}")
        start, end = self._span(node, len(entries) - 1)
        if node.flow_style:
            kept = [i for i, (step, _) in enumerate(entries) if step not in dropped]
            end = self._span(node, kept[-1])[1] if kept else end
            return _Cut(end, end, f"{', ' if kept or is_next else ''}{text}")
        indent = self._text[self._text.rfind("\n", 0, start) + 1 : start]
        after = self._text.find("\n", end) + 1
        if not after:
            newline = "" if entries[-1][0] in dropped and not is_next else self._newline
            return _Cut(len(self._text), len(self._text), f"{newline}{indent}{text.rstrip()}")
        return _Cut(after, after, f"{indent}{text.rstrip()}{self._newline}")

    def _comment(self, edit: Comment) -> Iterator[_Cut]:
        """A comment on a line of its own above a section; none where sections are in braces."""
        key = self._key(edit.path).start_mark.index
        if not self._root.flow_style and not key - self._text.rfind("\n", 0, key) - 1:
            yield _Cut(key, key, f"# {edit.text}{self._newline}")

    def _item_added(self, edit: AddItem) -> _Cut:
        """An item after the last one of a list that has some."""
        node, text = self._node(edit.path), _in_flow(edit.value)
        start, end = self._span(node, len(node.value) - 1)
        if node.flow_style:
            return _Cut(end, end, f", {text}")
        line = self._text.rfind("\n", 0, start) + 1
        indent = re.sub(r"\S", " ", self._text[line:start])
        after = self._text.find("\n", end) + 1
        if not after:
            return _Cut(len(self._text), len(self._text), f"{self._newline}{indent}- {text}")
        return _Cut(after, after, f"{indent}- {text}{self._newline}")


def _written(edit: MoveYears | Write, text: str) -> str:
    """What is written in the place of a text; after a colon with nothing, a space before it."""
    if isinstance(edit, MoveYears):
        return edit.moved(text)
    return _in_flow(edit.value) if text else f" {_in_flow(edit.value)}"


def _in_flow(value: Value) -> str:
    """A value as it is written on one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_in_flow(each)}" for key, each in value.items()) + "}"
    if isinstance(value, str) and _NEEDS_QUOTES.search(value):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(map(_in_flow, value)) + "]"
    return value or ""


#: What would make something else of a text between braces.
_NEEDS_QUOTES = re.compile(r"[\[\]{},\n\"'#]|: |:$|^-(?![0-9])|^[?:&*!|>%@`\s]|\s$")


def _entries(node: Any) -> Iterator[tuple[str | int, Any]]:
    if isinstance(node, MappingNode):
        yield from ((key.value, value) for key, value in node.value)
    elif isinstance(node, SequenceNode):
        yield from enumerate(node.value)


def _expected(tree: Any, edits: Sequence[Edit]) -> Any:
    """The tree after edits, made without any text."""
    tree = deepcopy(tree)
    for edit in edits:
        *above, last = edit.path
        here = tree
        for step in above:
            here = here[step]
        if isinstance(edit, AddItem):
            here[last].append(edit.value)
        elif isinstance(edit, Add):
            here[last][edit.key] = edit.value
        elif isinstance(edit, Write):
            here[last] = edit.value
        elif isinstance(edit, MoveYears):
            here[last] = edit.moved(here[last])
    for edit in edits:
        if isinstance(edit, Rename):
            *above, last = edit.path
            here = tree
            for step in above:
                here = here[step]
            here[edit.key] = here.pop(last)
    drops = sorted({edit.path for edit in edits if isinstance(edit, Drop)}, key=_backwards)
    for path in drops:
        here = tree
        for step in path[:-1]:
            here = here[step]
        del here[path[-1]]
    return tree


def _with_blanks(tree: Any) -> Any:
    """The tree with nothing in the place of what is empty: the reading makes no difference."""
    if isinstance(tree, dict):
        return {key: _with_blanks(value) for key, value in tree.items()} or None
    if isinstance(tree, list):
        return [_with_blanks(value) for value in tree] or None
    return tree


def _backwards(path: Path) -> tuple[Any, ...]:
    """Of a list, later items come first; what lies in something comes before it."""
    return (-len(path), *(-step if isinstance(step, int) else 0 for step in path))
