"""The trees of a plan's files as one, which can lose pieces and still knows where each stood."""

from __future__ import annotations

from collections.abc import Iterator
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


class PlanTree:
    """The union of the sections of several files.

    A list section may be spread over files; any other stands in one.
    """

    def __init__(self, parts: list[tuple[str, dict[str, Any]]]) -> None:
        self.root: dict[str, Any] = {}
        self.clashes: list[Clash] = []
        self._file_of: dict[str, str] = {}
        #: Of the lists that were joined or lost items: the origin of each item that is left.
        self._items: dict[int, list[tuple[str, int]]] = {}
        for file, sections in parts:
            for name, value in sections.items():
                self._join(file, name, value)

    def _join(self, file: str, name: str, value: Any) -> None:
        known = self.root.get(name)
        if known is None:
            self.root[name] = value
            self._file_of[name] = file
        elif isinstance(known, list) and isinstance(value, list):
            items = self._items_of(known, self._file_of[name])
            items += [(file, i) for i in range(len(value))]
            known += value
        elif value is not None:
            self.clashes.append(Clash(name, self._file_of[name], file))

    def _items_of(self, entries: list[Any], file: str) -> list[tuple[str, int]]:
        return self._items.setdefault(id(entries), [(file, i) for i in range(len(entries))])

    def walk(self, path: Path) -> Iterator[tuple[Any, str | int]]:
        """The containers and steps along a path; steps that no container has are skipped."""
        here: Any = self.root
        for step in path:
            if isinstance(here, dict) and str(step) in here:
                step = str(step)
            elif not (isinstance(here, list) and isinstance(step, int) and step < len(here)):
                continue
            yield here, step
            here = here[step]

    def value(self, path: Path) -> Any:
        """What stands at the path, or at the part of it that exists."""
        here: Any = self.root
        for container, step in self.walk(path):
            here = container[step]
        return here

    def origin(self, path: Path) -> Origin:
        """The file, and the path in that file, of the part of the path that exists."""
        file, steps = "", list[str | int]()
        for container, step in self.walk(path):
            if container is self.root:
                file = self._file_of[str(step)]
            elif isinstance(step, int) and id(container) in self._items:
                file, step = self._items[id(container)][step]
            steps.append(step)
        return Origin(file or self._file_of.get("plan", ""), tuple(steps))

    def remove(self, path: Path) -> Any:
        """Take out what stands at the path, and return it; ``None`` for the root."""
        steps = list(self.walk(path))
        if not steps:
            return None
        container, step = steps[-1]
        if isinstance(container, list):
            self._items_of(container, self.origin(path).file).pop(int(step))
        return container.pop(step)
