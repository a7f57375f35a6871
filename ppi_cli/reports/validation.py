"""What ``validate`` found in one plan or several, and what it looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from ppi_cli.plan.model import Plan
from ppi_cli.plan.reasons import RuleException
from ppi_cli.reports.table import FORMAT_VERSION
from ppi_cli.rules import OF_A_PLAN, Rule
from ppi_cli.source.examine import Examined, hides
from ppi_cli.values.findings import SEVERITIES, Diagnostic, Place
from ppi_cli.values.message import Message, counted, msg
from ppi_cli.values.names import SETTING_NAMES
from ppi_cli.values.terms import Severity, Threshold

#: From which severity on findings make the check fail.


@dataclass(frozen=True)
class Validation:
    """Plans that were examined; of what was found, the part that was asked for.

    ``only`` are rules; errors that hide what those rules would find are part of the report too.
    """

    examined: tuple[Examined, ...]
    fail_on: Threshold = "error"
    only: frozenset[str] = frozenset(rule.code for rule in OF_A_PLAN)
    #: The name of a file for other programs: as its repository knows it.
    name_of: Callable[[str], str] = field(default=lambda name: name)
    #: What was chosen, where the plans were not checked as they are written.
    choices: tuple[Message, ...] = ()
    #: The same in the words that people read.
    called: tuple[Message, ...] = ()

    @property
    def plan(self) -> Plan | None:
        """The plan whose language and currency the report takes: the first one."""
        return next((each.plan for each in self.examined if each.plan is not None), None)

    def of(self, examined: Examined) -> Validation:
        """The report on one of the plans."""
        return replace(self, examined=(examined,))

    @property
    def rules(self) -> tuple[Rule, ...]:
        return tuple(rule for rule in OF_A_PLAN if rule.code in self.only)

    def of_plan(self, examined: Examined) -> list[Diagnostic]:
        """What is reported of a plan."""
        return [d for d in examined.diagnostics if self._is_asked_for(d)]

    def _is_asked_for(self, diagnostic: Diagnostic) -> bool:
        return hides(diagnostic) or diagnostic.code in self.only

    @cached_property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        return tuple(d for each in self.examined for d in self.of_plan(each))

    @cached_property
    def by_severity(self) -> list[Diagnostic]:
        """The worst first, for those who show only the first ones."""
        return sorted(self.diagnostics, key=lambda d: SEVERITIES.index(d.severity))

    @cached_property
    def set_aside(self) -> tuple[tuple[Diagnostic, RuleException], ...]:
        pairs = (pair for each in self.examined for pair in each.set_aside)
        return tuple(pair for pair in pairs if pair[0].code in self.only)

    @cached_property
    def counts(self) -> dict[Severity, int]:
        found = Counter(d.severity for d in self.diagnostics)
        return {severity: found[severity] for severity in SEVERITIES}

    def fails(self, diagnostic: Diagnostic) -> bool:
        """Whether a finding is one that makes the check fail."""
        if self.fail_on == "never":
            return False
        return SEVERITIES.index(diagnostic.severity) <= SEVERITIES.index(self.fail_on)

    @property
    def failed(self) -> bool:
        return any(map(self.fails, self.diagnostics))

    @cached_property
    def assumptions(self) -> dict[str, int]:
        """How much is assumed, over all plans, by what is assumed."""
        sums: Counter[str] = Counter()
        for each in self.examined:
            sums.update(each.content.assumptions)
        return dict(sums)

    @property
    def files(self) -> int:
        return sum(each.content.files for each in self.examined)

    @property
    def projects(self) -> int:
        return sum(each.content.projects for each in self.examined)

    @property
    def exceptions(self) -> int:
        return sum(each.content.exceptions for each in self.examined)

    def verdict(self) -> Message:
        """How much was found, in a line."""
        counts = self.counts
        found = [
            counted("{n} error", "{n} errors", counts["error"]),
            counted("{n} warning", "{n} warnings", counts["warning"]),
        ]
        if counts["info"]:
            found.append(counted("{n} info", "{n} infos", counts["info"]))
        return msg("found: {findings}", findings=found)

    def looked_at(self) -> Iterator[Message]:
        """What was checked, and what that rests on."""
        parts = [
            counted("{n} file", "{n} files", self.files),
            counted("{n} project", "{n} projects", self.projects),
            counted("{n} rule", "{n} rules", len(self.rules)),
            counted("{n} exception", "{n} exceptions", self.exceptions),
        ]
        if len(self.examined) > 1:
            parts.insert(0, counted("{n} plan", "{n} plans", len(self.examined)))
        yield msg("checked: {parts}", parts=parts)
        if self.called:
            yield msg("checked as it would be: {choices}", choices=self.called)
        for each in self.examined:
            settings = [
                msg("{code} {setting}", code=code, setting=SETTING_NAMES[setting])
                for code, setting in sorted(each.content.changed_severities.items())
            ]
            if settings and len(self.examined) > 1:
                yield msg("severities set by {plan}: {settings}", plan=each.name, settings=settings)
            elif settings:
                yield msg("severities set by the plan: {settings}", settings=settings)
        if self.set_aside:
            yield counted(
                "{n} finding is set aside by an exception of the plan",
                "{n} findings are set aside by exceptions of the plan",
                len(self.set_aside),
            )
        if not all(each.content.sound for each in self.examined):
            yield msg("what the errors hide was not checked")
        sums = self.assumptions
        names = [
            counted("{n} schedule", "{n} schedules", sums.get("schedules", 0)),
            counted("{n} link", "{n} links", sums.get("links", 0)),
            counted("{n} class policy", "{n} class policies", sums.get("policies", 0)),
            counted("{n} amount", "{n} amounts", sums.get("amounts", 0)),
            counted("{n} other value", "{n} other values", sums.get("others", 0)),
        ]
        if total := sum(sums.values()):
            yield counted(
                "what was checked rests on {n} assumption: {parts}",
                "what was checked rests on {n} assumptions: {parts}",
                total,
                parts=[part for part in names if part.count],
            )

    def payload(self) -> Mapping[str, Any]:
        return {
            "format_version": FORMAT_VERSION,
            "valid": not self.counts["error"],
            "failed": self.failed,
            "fail_on": self.fail_on,
            "choices": list(self.choices),
            "counts": self.counts,
            "checked": {
                "plans": len(self.examined),
                "files": self.files,
                "projects": self.projects,
                "rules": len(self.rules),
                "exceptions": self.exceptions,
                "assumptions": self.assumptions,
                "set_aside": len(self.set_aside),
            },
            "severities": [
                {"plan": each.name, "rules": dict(each.content.changed_severities)}
                for each in self.examined
                if each.content.changed_severities
            ],
            "diagnostics": [_payload(d) for d in self.diagnostics],
            "set_aside": [
                {
                    **_payload(diagnostic),
                    "reason": exception.reason,
                    "until": exception.until and exception.until.isoformat(),
                }
                for diagnostic, exception in self.set_aside
            ],
        }


def _payload(diagnostic: Diagnostic) -> dict[str, Any]:
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity,
        "message": diagnostic.message,
        "help": diagnostic.help,
        **_place_payload(diagnostic.place),
        "about": diagnostic.about,
        "subject": None if diagnostic.subject is None else dict(diagnostic.subject),
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
