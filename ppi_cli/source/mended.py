"""A tree with what is misspelt in it written as it is meant, so that the rest is looked at too."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from copy import copy
from typing import Any, NamedTuple

from ppi_cli.plan.model import notation_of
from ppi_cli.source.tree import PlanTree
from ppi_cli.values.findings import Path

#: In the place of a value: that there is none.
BLANK: Any = object()


class Mend(NamedTuple):
    """What is meant by an entry: its key, and its value where that is mended too."""

    key: str | int
    value: Any = None
    #: What stands beside it then, and did not before.
    more: Mapping[str, str] = {}
    #: Whether that is all: nothing is left for the user to fill in.
    is_all: bool = True


class Mended:
    """A copy of a tree in which some entries are as they are meant; the plan is not read of it."""

    def __init__(self, tree: PlanTree, mends: Mapping[Path, Mend]) -> None:
        self._below: dict[Path, dict[str | int, Mend]] = defaultdict(dict)
        for path, mend in mends.items():
            self._below[path[:-1]][path[-1]] = mend
        #: The steps that lead to what is mended: all else is shared with the tree.
        self._on_the_way = {path[:n] for path in mends for n in range(len(path))}
        #: By the path of a mapping in the tree: what its keys were.
        self._keys: dict[Path, dict[str | int, str | int]] = {}
        self.is_whole = all(mend.is_all for mend in mends.values())
        self.tree = copy(tree)
        self.tree.root = self._copy(tree.root, ())
        if ("plan",) in self._on_the_way:
            self.tree.notation = notation_of(self.tree.root)

    def _copy(self, node: Any, path: Path) -> Any:
        if path not in self._on_the_way:
            return node
        if isinstance(node, list):
            items = copy(node)
            for i, each in enumerate(node):
                items[i] = self._value(each, (*path, i), self._below[path].get(i))
            return items
        if not isinstance(node, dict):
            return node
        mends = self._below[path]
        self._keys[path] = {mends[key].key: key for key in mends if mends[key].key not in node}
        new = {old: key for key, old in self._keys[path].items()}
        more = {key: text for mend in mends.values() for key, text in mend.more.items()}
        own = {
            new.get(key, key): self._value(value, (*path, key), mends.get(key))
            for key, value in node.items()
        }
        return {**more, **own}

    def _value(self, value: Any, path: Path, mend: Mend | None) -> Any:
        if mend is not None and mend.value is not None and isinstance(value, str):
            return None if mend.value is BLANK else mend.value
        return self._copy(value, path)

    def original(self, path: Path) -> Path:
        """The path in the tree of a path in this one."""
        steps: Path = ()
        for step in path:
            steps = (*steps, self._keys.get(steps, {}).get(step, step))
        return steps
