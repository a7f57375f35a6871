"""A plan examined: read, held against the rules, every finding at its place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ppi_cli.findings import SEVERITIES, Diagnostic, Finding, Note, Path, Place, Severity
from ppi_cli.model import Plan, RuleException
from ppi_cli.rules import blurs, check
from ppi_cli.source.locate import locate
from ppi_cli.source.read import Reading
from ppi_cli.source.tree import Origin


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

    @property
    def sound(self) -> bool:
        """Whether every figure is defined: no error in the files, the references, the calendar."""
        return self.plan is not None and not any(
            d.severity == "error" and blurs(d.code) for d in self.diagnostics
        )

    def counts(self) -> dict[Severity, int]:
        return {s: sum(d.severity == s for d in self.diagnostics) for s in SEVERITIES}


def examine(reading: Reading, today: date) -> Examined:
    """Hold a plan that was read against all the rules."""
    findings = list(reading.findings)
    aside: list[Finding] = []
    exceptions: list[RuleException] = []
    if reading.plan is not None and reading.whole:
        complete = not (findings or reading.diagnostics)
        found, set_aside = check(reading.plan, today, complete=complete, lost_ids=reading.lost_ids)
        findings += found
        aside = [each.finding for each in set_aside]
        exceptions = [each.exception for each in set_aside]
    placed = _placed(reading, [*findings, *aside])
    kept = [*reading.diagnostics, *placed[: len(findings)]]
    return Examined(
        reading.name,
        reading.plan,
        reading.texts,
        tuple(sorted(kept, key=_order)),
        tuple(zip(placed[len(findings) :], exceptions, strict=True)),
    )


def _order(diagnostic: Diagnostic) -> tuple[str, tuple[int, int], str]:
    place = diagnostic.place
    return place.file, place.range.start if place.range else (0, 0), diagnostic.code


def _placed(reading: Reading, findings: Sequence[Finding]) -> list[Diagnostic]:
    """The findings at their places; each file is gone through once for all of them."""
    origins: dict[Path, Origin] = {}
    wanted: dict[str, list[Path]] = defaultdict(list)
    for finding in findings:
        for path in (finding.path, *(related.path for related in finding.related)):
            if path not in origins:
                origin = origins[path] = reading.tree.origin(path)
                wanted[origin.file].append(origin.path)
    spots = {file: locate(reading.texts.get(file, ""), paths) for file, paths in wanted.items()}

    def place(path: Path, at_key: bool = False) -> Place:
        origin = origins[path]
        spot = spots[origin.file].get(origin.path)
        return Place(origin.file, spot and (spot.key if at_key and spot.key else spot.value))

    return [
        Diagnostic(
            finding.code,
            finding.severity,
            finding.message,
            place(finding.path, finding.at_key),
            finding.help,
            tuple(Note(related.message, place(related.path)) for related in finding.related),
        )
        for finding in findings
    ]
