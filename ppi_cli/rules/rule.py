"""What a rule is: a code, a severity, and a function whose docstring is its explanation."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from ppi_cli.findings import Finding, Severity
from ppi_cli.model import Plan

Check: TypeAlias = Callable[[Plan], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A check of the plan; it yields findings without code and severity, which are the rule's.

    A rule that ``needs_whole_plan`` is left out where a piece could not be read: it would find
    a false sum, or miss what is there.
    """

    code: str
    severity: Severity
    check: Check
    needs_whole_plan: bool = False

    @property
    def judges_alone(self) -> bool:
        """Whether what it finds is so, whatever else the plan lacks."""
        return not self.needs_whole_plan and self.severity != "info"

    @property
    def name(self) -> str:
        return self.check.__name__.replace("_", "-")

    @property
    def doc(self) -> str:
        return self.check.__doc__ or ""

    def findings(self, plan: Plan) -> Iterator[Finding]:
        for finding in self.check(plan):
            yield replace(finding, code=self.code, severity=self.severity)


def rule(
    code: str, severity: Severity, *, needs_whole_plan: bool = False
) -> Callable[[Check], Rule]:
    """Make a rule of a function from a plan to findings."""
    return lambda check: Rule(code, severity, check, needs_whole_plan)
