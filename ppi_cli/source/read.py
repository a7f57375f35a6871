"""The files of a plan, read: the plan, what is wrong with it, and what it was read from."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from ppi_cli.plan.model import Plan
from ppi_cli.source.compose import Composed, compose
from ppi_cli.source.files import (
    PLAN_LINE,
    STANDARD_INPUT,
    SourceFile,
    open_named,
    plans_below,
)
from ppi_cli.source.locate import locate
from ppi_cli.source.parser import Lines
from ppi_cli.source.problems import Problem
from ppi_cli.source.tree import PlanTree, Pruned
from ppi_cli.source.validated import validated
from ppi_cli.values.errors import PpiError
from ppi_cli.values.findings import Diagnostic, Finding, Note, Place
from ppi_cli.values.findings import Path as Path_
from ppi_cli.values.message import Message, msg
from ppi_cli.values.nearest import MOST_NAMED, meant, nearest


@dataclass
class Reading:
    """What came of reading the files of one plan."""

    name: str
    texts: dict[str, str]
    tree: PlanTree
    #: ``None`` where there is no plan; else the plan, without what could not be read of it.
    plan: Plan | None = None
    #: What the plan was read from, where it was.
    pruned: Pruned = field(default_factory=lambda: Pruned({}))
    #: What concerns a file or its YAML, at its place.
    diagnostics: list[Diagnostic] = field(default_factory=list)
    #: The same, of what was read as it is plainly meant.
    plain: list[Diagnostic] = field(default_factory=list)
    #: What concerns the plan, on its path.
    findings: list[Finding] = field(default_factory=list)
    #: The ids of the pieces that could not be read.
    lost_ids: set[str] = field(default_factory=set)
    #: Whether the plan has no such pieces: what is refused of it was read as it is plainly meant.
    is_whole: bool = True
    #: The files of which something could not be read: of the plan, nothing is judged then.
    broken: frozenset[str] = frozenset()
    #: Of those that were read to their end all the same: without what.
    without: Mapping[str, Composed] = field(default_factory=dict)
    #: The folder of the plan, where it lies in one.
    folder: str | None = None

    def identity(self, real: Callable[[str], str] = os.path.realpath) -> tuple[str, ...]:
        """What tells plans apart, however they are named: their files, else the name."""
        names = (
            real(name)
            if os.path.islink(name)
            else os.path.join(real(os.path.dirname(name)), os.path.basename(name))
            for name in self.texts
        )
        return tuple(sorted(names)) or (self.name,)

    @property
    def cut_short(self) -> Set[str]:
        """The files that were not read to their end."""
        return self.broken - self.without.keys()

    @property
    def loses_content(self) -> bool:
        """Whether there may be things in the files that were not read at all."""
        return bool(self.broken) or any(d.code in _LOSING for d in self.diagnostics)


#: So much of a line tells what is wrong in it apart.
_ABOUT = 200
#: Aliases, and what is written twice: what they hold is passed over.
_LOSING = ("PPI007", "PPI008", "PPI011")


class FileRead(NamedTuple):
    """A file, and the tree of its YAML."""

    source: SourceFile
    composed: Composed

    @property
    def name(self) -> str:
        return self.source.name

    @property
    def holds_plan(self) -> bool:
        if isinstance(self.composed.tree, dict):
            return "plan" in self.composed.tree
        return bool(PLAN_LINE.search(self.source.text))


def read(location: str) -> Reading:
    """Read the one plan that a file, a folder or ``-`` stands for.

    Raises PpiError where it cannot be opened, or where a folder holds several plans.
    """
    readings = read_all(location)
    folder = Path(location) if Path(location).is_dir() else Path(location).parent
    return the_one(readings, str(folder))


def the_one(readings: Sequence[Reading], folder: str) -> Reading:
    """The only plan that was read. Raises PpiError where there are several."""
    if len(readings) > 1:
        names = [reading.name for reading in readings]
        raise PpiError(
            msg("{path} holds {n} plans: {names}", path=folder, n=len(names), names=names),
            msg("name one of them"),
        )
    return readings[0]


def read_all(location: str) -> list[Reading]:
    """Read the plans that a location stands for: several where a folder holds several.

    Raises PpiError where the location cannot be opened.
    """
    sources = open_named(location)
    name = STANDARD_INPUT if location == "-" else location
    return readings_of(name, sources, is_folder=Path(location).is_dir())


def readings_of(
    location: str, sources: Sequence[SourceFile], *, is_folder: bool = True
) -> list[Reading]:
    """The plans that files are; where no folder was named, the first of them was."""
    files = [composed(source) for source in sources]
    holders = [file for file in files if file.holds_plan]
    own = files[0] if files and not is_folder else None
    if len(holders) == 1:
        return [read_of(location, sorted(files, key=lambda file: file.name))]
    if not holders:
        return [without_plan(location, [own] if own else files)]
    holders.sort(key=lambda file: file.name)
    plans = [own] if own in holders else holders
    readings = [read_of(file.name, [file]) for file in plans]
    strays = [file for file in files if not file.holds_plan]
    names = [holder.name for holder in holders]
    readings[0].diagnostics += [stray(file.name, names) for file in strays]
    return readings


def composed(source: SourceFile) -> FileRead:
    """The file with its tree."""
    if source.problem is not None:
        return FileRead(source, Composed(problems=[source.problem], whole=False))
    return FileRead(source, compose(source.text))


def read_of(name: str, files: Sequence[FileRead]) -> Reading:
    """The one plan that files are."""
    reading = Reading(
        name,
        {file.name: file.source.text for file in files},
        PlanTree([(f.name, f.composed.tree) for f in files if isinstance(f.composed.tree, dict)]),
        broken=frozenset(file.name for file in files if not file.composed.whole),
        without={f.name: f.composed for f in files if f.composed.read is not None},
        folder=next((file.source.folder for file in files if file.holds_plan), None),
    )
    for file in files:
        reading.diagnostics += _placed(file, plain=False)
        reading.plain += _placed(file, plain=True)
        tree = file.composed.tree
        if file.composed.whole and tree is not None and not isinstance(tree, dict):
            reading.diagnostics.append(
                _whole_file(
                    "PPI010",
                    file.name,
                    msg("the sections of a plan are expected here (plan:, themes:, projects: …)"),
                )
            )
    reading.diagnostics += _stated_twice(reading)
    reading.diagnostics += [_year_twice(path, reading) for path in reading.tree.years_twice]
    if reading.tree.root:
        found = validated(reading.tree)
        reading.plan = found.plan
        reading.findings += [
            finding
            for finding in found.findings
            if reading.tree.located(finding.path).file not in reading.cut_short
            and not (reading.broken and finding.path == ())
        ]
        reading.pruned = found.pruned
        reading.lost_ids = found.lost_ids
        reading.is_whole = found.is_whole
    return reading


def _stated_twice(reading: Reading) -> Iterator[Diagnostic]:
    """What two files state, where only one may; each file is gone through once."""
    clashes = [c for c in reading.tree.clashes if not {c.first, c.second} & reading.broken]
    wanted: dict[str, list[Path_]] = defaultdict(list)
    for clash in clashes:
        for file in (clash.first, clash.second):
            wanted[file].append((clash.section,))
    spots = {file: locate(reading.texts[file], paths) for file, paths in wanted.items()}

    def place(file: str, section: str) -> Place:
        spot = spots[file].get((section,))
        return Place(file, spot.key if spot else None)

    for clash in clashes:
        first, second = (place(file, clash.section) for file in (clash.first, clash.second))
        yield _clashing(clash.section, first, second)


def _clashing(section: str, first: Place, second: Place) -> Diagnostic:
    return Diagnostic(
        "PPI011",
        "error",
        msg(
            "“{section}” stands in another file too: only a list is spread over files",
            section=section,
        ),
        second,
        msg("keep it in one of them"),
        (Note(msg("the first one is here"), first),),
    )


def _year_twice(path: tuple[str | int, ...], reading: Reading) -> Diagnostic:
    """A year that stands in its mapping by its name, and by its number or another name."""
    tree = reading.tree
    years = tree.notation.years
    assert years is not None
    name = str(path[-1])
    file, above = tree.origin(path[:-1])
    first = tree.origin((*path[:-1], years.plain(name))).path
    places = []
    for path_in_file in ((*above, name), first):
        spot = locate(reading.texts[file], [path_in_file]).get(path_in_file)
        places.append(Place(file, spot.key if spot else None))
    return Diagnostic(
        "PPI008",
        "error",
        msg("“{key}” is written twice", key=name),
        places[0],
        msg("keep one of them"),
        (Note(msg("the first one is here"), places[1]),),
    )


def without_plan(name: str, files: Sequence[FileRead]) -> Reading:
    """The reading of files of which none is a plan."""
    reading = Reading(name, {f.name: f.source.text for f in files}, PlanTree([]))
    for file in files:
        reading.diagnostics += _placed(file, plain=False) + _placed(file, plain=True)
    if reading.diagnostics:
        return reading
    help = msg("begin it with “plan:”, or write a first plan with: ppi init")
    place = Place(files[0].name if len(files) == 1 else name, None)
    if not files:
        message, code = msg("this folder holds no YAML file"), "PPI009"
        if below := plans_below(Path(name)):
            help = meant(below[0])
    elif all(file.composed.tree is None for file in files):
        message, code = msg("nothing is written here"), "PPI009"
    elif len(files) == 1:
        message, code = msg("this file has no “plan:” section"), "PPI010"
    else:
        message, code = msg("none of the YAML files here has a “plan:” section"), "PPI010"
    for file in files:
        if (key := _meant_for_plan(file)) is not None:
            spot = locate(file.source.text, [(key,)])[(key,)]
            place, help = Place(file.name, spot.key), meant("plan")
    reading.diagnostics = [Diagnostic(code, "error", message, place, help)]
    return reading


def _meant_for_plan(file: FileRead) -> str | None:
    """The section that is perhaps the plan's, misspelt."""
    tree = file.composed.tree
    sections = tree if isinstance(tree, dict) else {}
    return next((key for key in sections if nearest(key.lower(), ["plan"], 0.75)), None)


def stray(file: str, plans: Sequence[str]) -> Diagnostic:
    """That a file is a part of none of the plans that it stands beside."""
    if len(plans) > MOST_NAMED:
        plans = [*plans[:MOST_NAMED], "…"]
    return _whole_file(
        "PPI010",
        file,
        msg(
            "this file has no “plan:” section, and beside it stand several plans: {names}",
            names=plans,
        ),
        msg("give each plan a folder of its own"),
    )


def _placed(file: FileRead, *, plain: bool) -> list[Diagnostic]:
    """What is wrong with the YAML of a file, at its places: what was read as meant, or the rest."""
    problems = [each for each in file.composed.problems if each.is_plain == plain]
    if not problems:
        return []
    lines = Lines(file.source.text)
    return [_at(file.name, problem, lines) for problem in problems]


def _at(file: str, problem: Problem, lines: Lines) -> Diagnostic:
    related: tuple[Note, ...] = ()
    if problem.other is not None:
        message, range = problem.other
        related = (Note(message, Place(file, range)),)
    place = Place(file, problem.range)
    line = lines.line(problem.range.start.line).strip()[:_ABOUT] if problem.range else ""
    return Diagnostic(problem.code, "error", problem.message, place, problem.help, related, line)


def _whole_file(code: str, file: str, message: Message, help: Message | None = None) -> Diagnostic:
    return Diagnostic(code, "error", message, Place(file, None), help)
