"""The folders that plans lie in, each looked into once, however many plans of it are named."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from ppi_cli.source.files import PLAN_LINE, descriptor_of, opened, yaml_paths
from ppi_cli.source.read import (
    FileRead,
    Reading,
    composed,
    read_all,
    read_of,
    stray,
    without_plan,
)

#: How much text of the plans of a folder is kept until their turn comes, in characters. Of what
#: lies beyond, only the line that makes it a plan is looked for before: memory does not grow with
#: the number of plans.
_KEPT = 1_000_000


class Folders:
    """What a run knows of the folders that it has looked into."""

    def __init__(self) -> None:
        self._known: dict[str, _Folder] = {}

    def readings(self, location: str) -> Iterator[Reading]:
        """The plans that a location stands for, one after the other.

        They are those of ``read_all``; what is wrong beside the plans of a folder is told once.
        Raises PpiError where the location cannot be opened.
        """
        path = Path(location)
        if location == "-" or not _can_be_opened(path):
            yield from read_all(location)
        elif path.is_dir():
            yield from self._folder(path).readings(location)
        else:
            if path.is_symlink():  # the plan is where the file is, not where the link is
                path = path.resolve()
            yield from self._folder(path.parent).readings(location, path.as_posix())

    def _folder(self, path: Path) -> _Folder:
        if str(path) not in self._known:
            self._known[str(path)] = _Folder(path)
        return self._known[str(path)]


def refuse_missing(locations: Iterable[str]) -> None:
    """Raises PpiError where one of the locations cannot be opened, before any is read."""
    for location in locations:
        is_there = sys.stdin is not None if location == "-" else _can_be_opened(Path(location))
        if not is_there and descriptor_of(location) is None:
            read_all(location)


def _can_be_opened(path: Path) -> bool:
    """Whether a path is that of a folder or a regular file, which may be read."""
    try:
        return (path.is_dir() or path.is_file()) and os.access(path, os.R_OK)
    except (OSError, ValueError):
        return False


class _Folder:
    """The YAML files of a folder, and which of them are plans."""

    def __init__(self, path: Path) -> None:
        self._files: dict[str, FileRead] = {}
        self._holds_plan: dict[str, bool] = {}
        self._are_told = False
        plans, room = 0, _KEPT
        for each in yaml_paths(path):
            source = opened(each)
            room -= len(source.text)
            if plans > 1 and room <= 0 and PLAN_LINE.search(source.text):
                self._holds_plan[source.name] = True  # what is wrong with it is told in its turn
                continue
            file = composed(source)
            self._holds_plan[file.name] = file.holds_plan
            plans += file.holds_plan
            if plans < 2 or (file.holds_plan and room > 0):
                self._files[file.name] = file
        self._names = [*self._holds_plan]
        self._plans = [name for name in self._names if self._holds_plan[name]]
        if len(self._plans) > 1:  # each is read by itself
            room = _KEPT
            for name, file in [*self._files.items()]:
                room -= len(file.source.text)
                if not self._holds_plan[name] or room <= 0:
                    del self._files[name]

    def readings(self, location: str, name: str | None = None) -> Iterator[Reading]:
        """The plans of the folder; or the one that a file is which lies in it."""
        names, plans = self._names, self._plans
        is_plan = name is not None and self._holds_plan.get(name, False)
        if name is not None and name not in self._holds_plan:  # by its name, no part of a plan
            own = self._files[name] = composed(opened(Path(name)))
            is_plan, names = own.holds_plan, sorted([*names, name])
            plans = sorted([*plans, name]) if is_plan else plans
        if len(plans) == 1:
            yield read_of(location, [self._file(each) for each in names])
        elif not plans:
            yield without_plan(location, [self._file(each) for each in ([name] if name else names)])
        else:
            for each in [name] if name is not None and is_plan else plans:
                reading = read_of(each, [self._file(each)])
                if not self._are_told:
                    self._are_told = True
                    others = {*names}.difference(plans)
                    reading.diagnostics += [stray(other, plans) for other in sorted(others)]
                yield reading

    def _file(self, name: str) -> FileRead:
        """A file of the folder, which is asked for once as a rule, and not kept any longer."""
        kept = self._files.pop(name, None)
        return composed(opened(Path(name))) if kept is None else kept
