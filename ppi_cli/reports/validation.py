"""What ``validate`` found in one plan or several, and what it looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ppi_cli.amounts import assumptions
from ppi_cli.examine import Examined
from ppi_cli.findings import SEVERITIES, Diagnostic, Place, Severity
from ppi_cli.model import Plan
from ppi_cli.reports.table import FORMAT_VERSION


@dataclass(frozen=True)
class Validation:
    examined: tuple[Examined, ...]

    @property
    def plan(self) -> Plan | None:
        """The plan whose language and currency the report takes: the first one."""
        return next((each.plan for each in self.examined if each.plan is not None), None)

    @cached_property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        return tuple(d for each in self.examined for d in each.diagnostics)

    @cached_property
    def counts(self) -> dict[Severity, int]:
        return {s: sum(d.severity == s for d in self.diagnostics) for s in SEVERITIES}

    @cached_property
    def assumptions(self) -> dict[str, int]:
        """How much is assumed, over all plans, by what is assumed."""
        sums: dict[str, int] = {}
        for each in self.examined:
            if each.plan is not None:
                for kind, count in assumptions(each.plan).items():
                    sums[kind] = sums.get(kind, 0) + count
        return sums

    def payload(self) -> Mapping[str, Any]:
        return {
            "format_version": FORMAT_VERSION,
            "valid": not self.counts["error"],
            "counts": self.counts,
            "checked": {
                "plans": len(self.examined),
                "files": sum(len(each.texts) for each in self.examined),
                "projects": sum(len(e.plan.projects) for e in self.examined if e.plan is not None),
                "assumptions": self.assumptions,
                "set_aside": sum(len(each.set_aside) for each in self.examined),
            },
            "diagnostics": [_payload(d) for d in self.diagnostics],
        }


def _payload(diagnostic: Diagnostic) -> dict[str, Any]:
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity,
        "message": diagnostic.message,
        "help": diagnostic.help,
        **_place_payload(diagnostic.place),
        "related": [
            {"message": note.message, **_place_payload(note.place)} for note in diagnostic.related
        ],
    }


def _place_payload(place: Place) -> dict[str, Any]:
    if place.range is None:
        return {"file": place.file, "range": None}
    return {
        "file": place.file,
        "range": {name: at._asdict() for name, at in place.range._asdict().items()},
    }
