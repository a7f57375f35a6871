"""The trees of a plan's files as one, and what is left of it without its unreadable pieces."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from ppi_cli.findings import Path


class Origin(NamedTuple):
    """A path in one file, as the user wrote it."""

    file: str
    path: Path


@dataclass(frozen=True, slots=True)
class Clash:
    """A section that two files state, where only one may."""

    section: str
    first: str
    second: str


#: The keys that tell items of a list apart, the best first.
_TELLING = ("id", "class", "quarter", "year", "rule", "title")


class PlanTree:
    """The union of the sections of several files.

    A list section may be spread over files; any other stands in one.
    """

    def __init__(self, parts: Iterable[tuple[str, dict[str, Any]]]) -> None:
        self.root: dict[str, Any] = {}
        self.clashes: list[Clash] = []
        self._file_of: dict[str, str] = {}
        #: Of the sections that are spread over files: where each item stands.
        self._items: dict[str, list[tuple[str, int]]] = {}
        for file, sections in parts:
            for name, value in sections.items():
                self._join(file, name, value)

    def _join(self, file: str, name: str, value: Any) -> None:
        known = self.root.get(name)
        if known is None:
            self.root[name] = value
            self._file_of[name] = file
        elif isinstance(known, list) and isinstance(value, list):
            first = [(self._file_of[name], i) for i in range(len(known))]
            items = self._items.setdefault(name, first)
            items += [(file, i) for i in range(len(value))]
            self.root[name] = known + value
        elif value is not None:
            self.clashes.append(Clash(name, self._file_of[name], file))

    def existing(self, path: Path) -> Path:
        """The part of the path that exists; steps that are no key or item are skipped."""
        here: Any = self.root
        steps: list[str | int] = []
        for step in path:
            if isinstance(here, dict) and str(step) in here:
                here = here[str(step)]
                steps.append(str(step))
            elif isinstance(here, list) and isinstance(step, int) and step < len(here):
                here = here[step]
                steps.append(step)
        return tuple(steps)

    def value(self, path: Path) -> Any:
        """What stands at the part of the path that exists."""
        here: Any = self.root
        for step in self.existing(path):
            here = here[step]
        return here

    def named(self, path: Path) -> str:
        """The part of the path that exists, in words that stay when items move.

        ``projects/parc/costs/2017/amount``: of an item, its id, else what else tells it apart.
        """
        here: Any = self.root
        names: list[str] = []
        for step in self.existing(path):
            here = here[step]
            name = step
            if isinstance(step, int) and isinstance(here, dict):
                name = next((here[key] for key in _TELLING if isinstance(here.get(key), str)), step)
            names.append(str(name))
        return "/".join(names)

    def origin(self, path: Path) -> Origin:
        """The file, and the path in it, of the part of the path that exists."""
        section, *rest = self.existing(path) or ("plan",)
        assert isinstance(section, str)
        if section in self._items and rest and isinstance(rest[0], int):
            file, index = self._items[section][rest[0]]
            return Origin(file, (section, index, *rest[1:]))
        return Origin(self._file_of.get(section, ""), (section, *rest))


class Pruned:
    """A copy of a tree without some of its pieces, which knows where the others stood."""

    def __init__(self, root: dict[str, Any], without: frozenset[Path] = frozenset()) -> None:
        #: By the path of a list in the whole tree: the positions of the items that are left.
        self._left: dict[Path, list[int]] = {}
        self._without = without
        self.root: dict[str, Any] = self._copy(root, ()) if without else root

    def _copy(self, node: Any, path: Path) -> Any:
        if isinstance(node, dict):
            return {
                key: self._copy(value, (*path, key))
                for key, value in node.items()
                if (*path, key) not in self._without
            }
        if isinstance(node, list):
            left = [i for i in range(len(node)) if (*path, i) not in self._without]
            self._left[path] = left
            return [self._copy(node[i], (*path, i)) for i in left]
        return node

    def original(self, path: Path) -> Path:
        """The path in the whole tree of a path in this one."""
        steps: Path = ()
        for step in path:
            left = self._left.get(steps)
            if isinstance(step, int) and left is not None and step < len(left):
                step = left[step]
            steps = (*steps, step)
        return steps
