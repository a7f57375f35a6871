"""Rules set aside for one thing, with the reason: PPI121 to PPI124."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import TypeAlias

from ppi_cli.findings import Finding
from ppi_cli.message import msg
from ppi_cli.model import Plan, RuleException
from ppi_cli.nearest import nearest
from ppi_cli.rules.rule import Rule, blurs

#: What an exception may name, as in ``{rule: PPI301, project: parc, reason: …}``.
SUBJECTS = ("project", "theme", "recommendation", "class", "year")


@dataclass(frozen=True, slots=True)
class SetAside:
    """A finding that an exception of the plan sets aside."""

    finding: Finding
    exception: RuleException


def subject_of(exception: RuleException) -> dict[str, object]:
    """What the exception names: ``{"project": "parc"}``."""
    named = (
        exception.project,
        exception.theme,
        exception.recommendation,
        exception.class_,
        exception.year,
    )
    return {k: v for k, v in zip(SUBJECTS, named, strict=True) if v is not None}


_Key: TypeAlias = tuple[str, frozenset[tuple[str, object]]]


class ExceptionsInForce:
    """The plan's exceptions that hold on a day, to be found by what they cover.

    An exception covers the findings of its rule whose subject has all that it names, until its
    date included.
    """

    def __init__(self, plan: Plan, today: date) -> None:
        self._places: dict[_Key, int] = {}
        self._plan = plan
        for i, exception in enumerate(plan.exceptions):
            if (named := subject_of(exception)) and holds(exception, today):
                self._places.setdefault(_key(exception.rule, named), i)

    def place_of(self, code: str, subject: Mapping[str, object] | None) -> int | None:
        """The position of the exception that covers a finding."""
        if not self._places or not subject:
            return None
        for size in range(1, len(subject) + 1):
            for names in combinations(subject, size):
                part = {name: subject[name] for name in names}
                if (place := self._places.get(_key(code, part))) is not None:
                    return place
        return None

    def covering(self, code: str, subject: Mapping[str, object]) -> RuleException | None:
        """The exception that covers a finding."""
        place = self.place_of(code, subject)
        return None if place is None else self._plan.exceptions[place]


def _key(code: str, subject: Mapping[str, object]) -> _Key:
    return code, frozenset(subject.items())


def holds(exception: RuleException, today: date) -> bool:
    return exception.until is None or exception.until >= today


EXCEPTIONS: tuple[Rule, ...] = (
    names_no_rule := Rule(
        "PPI121",
        "error",
        "exceptions-name-a-rule",
        """An exception names no rule, or one that cannot be set aside.

        Errors of the codes PPI0xx to PPI2xx leave figures undefined: there is nothing to except.
        """,
    ),
    names_nothing := Rule(
        "PPI122",
        "error",
        "exceptions-name-a-thing",
        """An exception does not say what its rule is set aside for.

        It is made for one project, theme, recommendation, class or year; a rule that is of no
        use for the whole plan is turned off in the section “rules”.
        """,
    ),
    has_ended := Rule(
        "PPI123",
        "warning",
        "exceptions-have-not-ended",
        """An exception has ended: its “until” lies in the past.

        What it covered is reported again. The date is there so that what was put off is not
        forgotten.
        """,
    ),
    is_of_no_use := Rule(
        "PPI124",
        "warning",
        "exceptions-are-of-use",
        """An exception sets nothing aside: its rule finds nothing there.

        What it was made for has been mended, or it names another thing than was meant. Left
        there, it would hide what comes later.
        """,
    ),
)


def apply_exceptions(
    plan: Plan,
    findings: Iterable[Finding],
    today: date,
    codes: Sequence[str],
    judged: Set[str],
    left_out: Set[str] = frozenset(),
) -> tuple[list[Finding], list[SetAside]]:
    """The findings that remain, with what is wrong with the exceptions, and those set aside.

    ``codes`` are the rules that can be set aside; that an exception is of no use can only be said
    of those that were ``judged``, and not of projects that were ``left_out``.
    """
    kept: list[Finding] = []
    aside: list[SetAside] = []
    used: set[int] = set()
    in_force = ExceptionsInForce(plan, today)
    for finding in findings:
        place = in_force.place_of(finding.code, finding.subject)
        if place is None:
            kept.append(finding)
        else:
            used.add(place)
            aside.append(SetAside(finding, plan.exceptions[place]))
    for i, exception in enumerate(plan.exceptions):
        useless = i not in used and exception.rule in judged and exception.project not in left_out
        kept += _wrong_exceptions(i, exception, useless, today, codes)
    return kept, aside


def _wrong_exceptions(
    i: int, exception: RuleException, useless: bool, today: date, codes: Sequence[str]
) -> Iterable[Finding]:
    if exception.rule not in codes:
        near = nearest(exception.rule.upper(), codes)
        if blurs(exception.rule):
            help = msg("errors of the codes PPI0xx to PPI2xx cannot be set aside: mend them")
        else:
            help = msg("did you mean {name}?", name=near) if near else msg("ppi rules lists them")
        yield names_no_rule.of(
            Finding(
                ("exceptions", i, "rule"),
                msg("no rule that can be set aside has the code “{code}”", code=exception.rule),
                help=help,
            )
        )
    elif not subject_of(exception):
        yield names_nothing.of(
            Finding(
                ("exceptions", i),
                msg("this exception does not say what the rule is set aside for"),
                help=msg("name one of: {names}", names=SUBJECTS),
            )
        )
    elif not holds(exception, today):
        yield has_ended.of(
            Finding(
                ("exceptions", i, "until"),
                msg(
                    "this exception ended on {date}, and sets nothing aside any more",
                    date=exception.until,
                ),
                help=msg("fix what it covered, or give it a new “until”"),
            )
        )
    elif useless:
        yield is_of_no_use.of(
            Finding(
                ("exceptions", i),
                msg(
                    "this exception sets nothing aside: {code} finds nothing there",
                    code=exception.rule,
                ),
                help=msg("remove it"),
            )
        )
