"""What a rule is: a code, a severity, a name, and the text that explains it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import NamedTuple, TypeAlias

from ppi_cli.plan.model import Plan
from ppi_cli.values.docstrings import docstring
from ppi_cli.values.findings import SEVERITIES, Finding
from ppi_cli.values.message import Message, msg
from ppi_cli.values.money import Money
from ppi_cli.values.nearest import advice, meant
from ppi_cli.values.terms import Severity

Check: TypeAlias = Callable[[Plan], Iterator[Finding]]
#: Whether an exception of the plan covers what has a subject.
Covers: TypeAlias = Callable[[Mapping[str, object]], bool]
#: A check whose findings change with what exceptions cover.
CheckOfPairs: TypeAlias = Callable[[Plan, Covers], Iterator[Finding]]

#: The families of rules, by the first digit of their codes.
FAMILIES: Mapping[str, tuple[str, Message]] = {
    "0": ("files", msg("files and YAML")),
    "1": ("format", msg("the format, and references")),
    "2": ("calendar", msg("the calendar")),
    "3": ("priority", msg("priority and dependencies")),
    "4": ("money", msg("money")),
    "5": ("changes", msg("changes from one version to the next")),
}


class Rule(NamedTuple):
    """Something that a plan must hold to.

    A check yields findings without code and severity, which are the rule's; where it is the
    ``mildest`` that differs, a finding may say that of itself. A rule without a check is held to
    elsewhere: by the reading of files, or by the exceptions of the plan.

    A rule that ``needs_whole_plan`` is left out where a piece could not be read: it would find
    a false sum, or miss what is there. One that judges the ``plan_itself`` may be excepted without
    naming a thing.
    """

    code: str
    severity: Severity
    name: str
    #: What it finds, in a sentence; then, in paragraphs of their own, why.
    doc: str
    check: CheckOfPairs | None = None
    needs_whole_plan: bool = False
    #: Whether it judges the plan as it is written, before variants are chosen.
    before_choices: bool = False
    #: Of those: whether it judges what is written of the version that is chosen, where one is.
    as_chosen: bool = False
    plan_itself: bool = False
    #: Whether it looks at one project at a time: at those that scenarios add as well.
    each_project: bool = False
    #: The severity of its mildest findings, where not all have the same.
    mildest: Severity | None = None
    #: Whether it judges the plan as it was printed: as executed, where it says so of its past.
    as_printed: bool = False

    @property
    def severities(self) -> tuple[Severity, ...]:
        """Those that its findings have, the worst first."""
        worst, mildest = map(SEVERITIES.index, (self.severity, self.mildest or self.severity))
        return SEVERITIES[worst : mildest + 1]

    @property
    def family(self) -> str:
        return FAMILIES[self.code[3]][0]

    @property
    def paragraphs(self) -> list[str]:
        """The explanation, each paragraph in one line: the first says what is found."""
        return [" ".join(each.split()) for each in re.split(r"\n\s*\n", self.doc.strip())]

    @property
    def blurs(self) -> bool:
        """Whether it is of those without which figures are not defined."""
        return self.severity == "error" and blurs(self.code)

    @property
    def has_settings(self) -> bool:
        """Whether a plan may change its severity: where no figure depends on it."""
        return not self.blurs

    @property
    def can_be_excepted(self) -> bool:
        """Whether a plan may set it aside for one thing."""
        return self.check is not None and not self.blurs

    def findings(self, plan: Plan, covers: Covers = lambda _: False) -> list[Finding]:
        """What its check finds in a plan, as findings of this rule."""
        found = [*self.check(plan, covers)] if self.check is not None else []
        return [self.of(finding) for finding in found] if found else found

    def of(self, finding: Finding) -> Finding:
        """The finding, as one of this rule; its own severity counts where that is milder."""
        severity = max(self.severity, finding.severity, key=SEVERITIES.index)
        return finding._replace(code=self.code, severity=severity)


def rule(
    code: str,
    severity: Severity,
    *,
    needs_whole_plan: bool = False,
    before_choices: bool = False,
    as_chosen: bool = False,
    plan_itself: bool = False,
    each_project: bool = False,
    mildest: Severity | None = None,
    as_printed: bool = False,
) -> Callable[[Check], Rule]:
    """Make a rule of a function from a plan to findings; its docstring explains the rule."""
    return lambda check: Rule(
        code,
        severity,
        check.__name__.replace("_", "-"),
        docstring(check),
        lambda plan, _: check(plan),
        needs_whole_plan,
        before_choices,
        as_chosen,
        plan_itself,
        each_project,
        mildest,
        as_printed,
    )


def difference(apart: Money) -> Message:
    """By how much an amount is not what it should be, in words."""
    if apart.cents > 0:
        return msg("{amount} too much", amount=apart)
    return msg("{amount} too little", amount=-apart)


def rule_of_pairs(
    code: str, severity: Severity, mildest: Severity
) -> Callable[[CheckOfPairs], Rule]:
    """Make a rule of a check that finds pairs, which an exception for either of both sets aside.

    It is told what exceptions cover: what one of them covers explains no other pair.
    """
    return lambda check: Rule(
        code,
        severity,
        check.__name__.replace("_", "-"),
        docstring(check),
        check,
        mildest=mildest,
    )


def advice_on_code(code: str, known: Collection[str]) -> Message | None:
    """The rule that a code was perhaps meant to be: 301, ppi301, PPI 301, PPI3O1 …"""
    digits = code.upper().removeprefix("PPI").replace("O", "0")
    name = "PPI" + "".join(char for char in digits if char.isdigit())
    return meant(name) if name in known else advice(code, known, likeness=0.8, command="ppi rules")


def blurs(code: str) -> bool:
    """Whether a code is of those whose errors leave figures undefined (0xx to 2xx)."""
    return code < "PPI300"
