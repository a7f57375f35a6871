"""The trees of a plan's files as one, and what is left of it without its unreadable pieces."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from functools import cached_property
from typing import Any, NamedTuple

from ppi_cli.plan.model import notation_of
from ppi_cli.plan.years import plain_years
from ppi_cli.values.findings import Path


class Origin(NamedTuple):
    """A path in one file, as the user wrote it."""

    file: str
    path: Path


class Located(NamedTuple):
    """A path in one file, and what it is about, in words that stay when items move.

    ``projects/parc/costs/2017/amount``: of an item, its id, else what else tells it apart.
    """

    file: str
    path: Path
    about: str


class Clash(NamedTuple):
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
        #: What the header says of amounts and years, for all of the files.
        self.notation = notation_of(self.root)
        plain = plain_years(self.root, self.notation)
        self.root = plain.root
        self._written = plain.written
        #: The paths of the years that their mapping has already, by name or by number.
        self.years_twice = plain.twice

    def _join(self, file: str, name: str, value: Any) -> None:
        known = self.root.get(name)
        if known is None:
            self.root[name] = value
            self._file_of[name] = file
        elif isinstance(known, list) and isinstance(value, list):
            if name not in self._items:  # else the list is a copy already
                self._items[name] = [(self._file_of[name], i) for i in range(len(known))]
                self.root[name] = known = [*known]
            self._items[name] += [(file, i) for i in range(len(value))]
            known += value
        elif value is not None:
            self.clashes.append(Clash(name, self._file_of[name], file))

    def sections_of_file_with(self, section: str) -> Set[str]:
        """The sections that begin in the same file as this one."""
        return self._sections_of[self._file_of.get(section, "")]

    @cached_property
    def _sections_of(self) -> Mapping[str, Set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for name, file in self._file_of.items():
            found[file].add(name)
        return found

    def existing(self, path: Path) -> Path:
        """The part of the path that exists; steps that are no key or item are skipped."""
        return tuple(step for step, _ in self._walk(path))

    def value(self, path: Path) -> Any:
        """What stands at the part of the path that exists."""
        return next((here for _, here in reversed([*self._walk(path)])), self.root)

    def _walk(self, path: Path) -> Iterator[tuple[str | int, Any]]:
        """The steps of the path that exist, each with what stands there."""
        here: Any = self.root
        for step in path:
            if type(here) is dict:
                if step not in here:
                    continue
            elif not (isinstance(here, list) and isinstance(step, int) and step < len(here)):
                continue
            here = here[step]
            yield step, here

    def located(self, path: Path) -> Located:
        """Where the part of the path that exists stands, and what it is about."""
        steps: list[str | int] = []
        names: list[str] = []
        for step, here in self._walk(path):
            steps.append(step)
            if isinstance(step, int) and isinstance(here, dict):
                told = (here.get(key) for key in _TELLING)
                name = next((name for name in told if isinstance(name, str)), str(step))
                label = here.get("label")
                names.append(f"{name} {label}" if isinstance(label, str) else name)
            else:
                names.append(str(step))
        file, path_in_file = self.origin(tuple(steps))
        return Located(file, path_in_file, "/".join(names))

    def origins(self, path: Path) -> list[Origin]:
        """The files, and the paths in them; of a section spread over files, more than one."""
        if len(path) == 1 and (items := self._items.get(str(path[0]))):
            return [Origin(file, path) for file in dict.fromkeys(file for file, _ in items)]
        return [self.origin(path)]

    def origin(self, path: Path) -> Origin:
        """The file, and the path in it, of a path that exists."""
        section, *rest = self._as_written(path or ("plan",))
        assert isinstance(section, str)
        if section in self._items and rest and isinstance(rest[0], int):
            file, index = self._items[section][rest[0]]
            return Origin(file, (section, index, *rest[1:]))
        return Origin(self._file_of.get(section, ""), (section, *rest))

    def _as_written(self, path: Path) -> Path:
        """The path with years by their names, where its keys are names."""
        if not self._written:
            return path
        return tuple(self._written.get(path[: n + 1], step) for n, step in enumerate(path))

    def key_beside(self, path: Path, key: str) -> str:
        """How a year is written in a mapping: by its name where one in it or below it is."""
        beside = any(each[: len(path)] == path for each in self._written)
        years = self.notation.years
        return years.name(int(key)) if beside and years is not None and key.isdigit() else key


class Pruned:
    """A copy of a tree without some of its pieces, which knows where the others stood.

    What no piece is taken out of is shared with the tree, not copied.
    """

    def __init__(
        self,
        root: dict[str, Any],
        without: frozenset[Path] = frozenset(),
        before: Callable[[Path], Path] = lambda path: path,
    ) -> None:
        #: From a path in the whole tree to one in the tree as it was written.
        self._before = before
        #: By the path of a list in the whole tree: the positions of the items that are left.
        self._left: dict[Path, list[int]] = {}
        taken: dict[Any, Any] = {}
        for path in sorted(without, key=len):
            below = taken
            for step in path[:-1]:
                below = below.setdefault(step, {})
                if below is None:
                    break  # it is taken out with what it is a part of
            else:
                below[path[-1]] = None
        self.root: dict[str, Any] = self._copy(root, (), taken) if without else root

    def _copy(self, node: Any, path: Path, taken: dict[Any, Any]) -> Any:
        """The node without what is taken out: a key or position of ``None``, or below others."""

        def left(step: str | int, value: Any) -> Any:
            below = taken.get(step)
            return value if below is None else self._copy(value, (*path, step), below)

        if isinstance(node, dict):
            return {k: left(k, v) for k, v in node.items() if taken.get(k, ...) is not None}
        positions = [i for i in range(len(node)) if taken.get(i, ...) is not None]
        self._left[path] = positions
        return [left(i, node[i]) for i in positions]

    def original(self, path: Path) -> Path:
        """The path in the tree as it was written of a path in this one."""
        return self._before(self.whole(path))

    def whole(self, path: Path) -> Path:
        """The path in the whole tree of a path in this one."""
        if not self._left:
            return path
        steps: Path = ()
        for step in path:
            left = self._left.get(steps)
            if isinstance(step, int) and left is not None and step < len(left):
                step = left[step]
            steps = (*steps, step)
        return steps
