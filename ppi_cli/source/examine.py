"""A plan examined: read, held against the rules, every finding at its place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import NamedTuple

from ppi_cli.plan.amounts import assumptions
from ppi_cli.plan.model import Plan, RuleSetting
from ppi_cli.plan.reasons import RuleException
from ppi_cli.rules import ALL, blurs, changed_severities, check, found_in_files
from ppi_cli.source.locate import locate
from ppi_cli.source.pictures import wrong_pictures
from ppi_cli.source.read import Reading
from ppi_cli.source.tree import Located
from ppi_cli.values.dataclass import dataclass
from ppi_cli.values.findings import SEVERITIES, Diagnostic, Finding, Note, Path, Place, Position
from ppi_cli.values.terms import Severity
from ppi_cli.versions.scenarios import worked_out
from ppi_cli.versions.version import Version


class Content(NamedTuple):
    """What was looked at in a plan, in numbers, and what the plan sets."""

    files: int
    projects: int
    exceptions: int
    #: How much is assumed, by what is assumed.
    assumptions: Mapping[str, int]
    #: What the plan sets in its section “rules”, by code.
    changed_severities: Mapping[str, RuleSetting]
    sound: bool


@dataclass(frozen=True)
class Examined:
    """A plan with all that there is to say of it."""

    name: str
    #: ``None`` where nothing could be read as a plan.
    plan: Plan | None
    #: The text of each file, by name.
    texts: dict[str, str]
    #: In the order of files and lines.
    diagnostics: tuple[Diagnostic, ...]
    set_aside: tuple[tuple[Diagnostic, RuleException], ...]
    #: What was in the plan, where that is not kept.
    told: Content | None = None

    @cached_property
    def content(self) -> Content:
        """What was looked at, and what the plan sets."""
        if self.told is not None:
            return self.told
        plan = self.plan
        if plan is None:
            return Content(len(self.texts), 0, 0, {}, {}, self.sound)
        return Content(
            len(self.texts),
            len(plan.projects),
            len(plan.exceptions),
            assumptions(plan),
            changed_severities(plan, ALL),
            self.sound,
        )

    def without_plan(self) -> Examined:
        """What was found, without what it was found in: of many plans, only that is kept."""
        return replace(self, plan=None, texts={}, told=self.content)

    @property
    def sound(self) -> bool:
        """Whether every figure is defined: no error in the files, the references, the calendar."""
        return self.plan is not None and not any(hides(d) for d in self.diagnostics)

    def counts(self) -> dict[Severity, int]:
        return {s: sum(d.severity == s for d in self.diagnostics) for s in SEVERITIES}


def hides(diagnostic: Diagnostic) -> bool:
    """Whether a finding leaves figures undefined, and so what depends on them unchecked."""
    wrong = diagnostic.severity == "error" and blurs(diagnostic.code)
    return wrong and not diagnostic.is_about_rules


def examine(
    reading: Reading, today: date, version_of: Callable[[Plan], Version] = worked_out
) -> Examined:
    """Hold a plan that was read, or a version of it, against all the rules."""
    places = _Places(reading)
    of_text = [*reading.diagnostics, *reading.plain]
    known = {diagnostic.place for diagnostic in of_text}
    read = places.diagnostics(reading.findings, lambda path: path)
    read = [d for d in read if d.place not in known and not _is_of_a_fault(d, reading)]
    kept = _told_once(of_text, read)
    aside: list[tuple[Diagnostic, RuleException]] = []
    if reading.plan is not None and not reading.loses_content:
        found, set_aside = check(
            reading.plan,
            today,
            complete=reading.is_whole and not any(map(hides, reading.diagnostics)),
            lost_ids=reading.lost_ids,
            version_of=version_of,
        )
        found += found_in_files(reading.plan, wrong_pictures(reading))
        kept += places.diagnostics(found, reading.pruned.original)
        exceptions = [each.exception for each in set_aside]
        findings = [each.finding for each in set_aside]
        aside = list(
            zip(places.diagnostics(findings, reading.pruned.original), exceptions, strict=True)
        )
    return Examined(
        reading.name,
        reading.plan,
        reading.texts,
        tuple(sorted(kept, key=_order)),
        tuple(aside),
    )


def _is_of_a_fault(diagnostic: Diagnostic, reading: Reading) -> bool:
    """Whether it may come of a value that is left out, since it could not be read.

    It is found where that stands, or something is missing in its file.
    """
    place = diagnostic.place
    without = reading.without.get(place.file)
    if without is None or not without.faulty:
        return False
    is_there = place.range is None or place.range.start.line in without.faulty
    return is_there or diagnostic.code == "PPI102"


def _told_once(of_text: list[Diagnostic], of_tree: list[Diagnostic]) -> list[Diagnostic]:
    """All of them, but not that a comma tears a value which is refused as a whole anyway.

    What to type for the whole is in quotes where that matters; to quote it as it stands is no help.
    """
    torn = {_just_before(d.place): d.place for d in of_text if d.code == "PPI107"}
    refused = torn.keys() & {_end(each.place) for each in of_tree}
    rests = {torn[end] for end in refused}
    return [each for each in of_text if each.place not in rests] + [
        each._replace(place=_up_to(each.place, torn[end]))
        if (end := _end(each.place)) in refused
        else each
        for each in of_tree
    ]


def _end(place: Place) -> tuple[str, Position | None]:
    return place.file, place.range and place.range.end


def _just_before(place: Place) -> tuple[str, Position | None]:
    """Where the value ends of which a comma has torn what stands at a place."""
    if place.range is None:
        return place.file, Position(0, 0)
    start = place.range.start
    return place.file, start._replace(column=start.column - 1)


def _up_to(place: Place, rest: Place) -> Place:
    """A place that goes on to the end of another one."""
    if place.range is None or rest.range is None:
        return place
    return replace(place, range=place.range._replace(end=rest.range.end))


def placed(reading: Reading, findings: Sequence[Finding]) -> list[Diagnostic]:
    """Findings of a plan that was read, at their places."""
    return _Places(reading).diagnostics(findings, reading.pruned.original)


def _order(diagnostic: Diagnostic) -> tuple[str, tuple[int, int], str]:
    place = diagnostic.place
    return place.file, place.range.start if place.range else (0, 0), diagnostic.code


class _Places:
    """From paths to places; each file is gone through once for all paths of a call."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    def diagnostics(
        self, findings: Sequence[Finding], whole: Callable[[Path], Path]
    ) -> list[Diagnostic]:
        """The findings at their places; ``whole`` turns their paths into those of the tree."""
        located: dict[Path, Located] = {}
        wanted: dict[str, list[Path]] = defaultdict(list)
        for finding in findings:
            for path in (finding.path, *(related.path for related in finding.related)):
                if path not in located:
                    found = self._reading.tree.located(whole(path))
                    located[path] = found
                    wanted[found.file].append(found.path)
        texts = self._reading.texts | {
            file: each.read for file, each in self._reading.without.items() if each.read
        }
        spots = {file: locate(texts.get(file, ""), paths) for file, paths in wanted.items()}

        def place(path: Path, at_key: bool = False) -> Place:
            file, path_in_file, _ = located[path]
            spot = spots[file].get(path_in_file)
            return Place(file, spot and (spot.key if at_key and spot.key else spot.value))

        return [
            Diagnostic(
                finding.code,
                finding.severity,
                finding.message,
                place(finding.path, finding.at_key),
                finding.help,
                tuple(
                    Note(related.message, place(related.path, related.at_key))
                    for related in finding.related
                ),
                located[finding.path].about,
                finding.subject,
            )
            for finding in findings
        ]
