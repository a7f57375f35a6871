"""Rules set aside for one thing, with the reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from datetime import date
from itertools import combinations
from typing import NamedTuple, TypeAlias

from ppi_cli.plan.model import Plan
from ppi_cli.plan.reasons import RuleException
from ppi_cli.rules.rule import Covers, Rule, advice_on_code
from ppi_cli.values.findings import Finding, Related
from ppi_cli.values.message import msg

#: What an exception may name, as in ``{rule: PPI301, project: parc, reason: …}``.
SUBJECTS = ("project", "theme", "recommendation", "class", "programme", "year")


class SetAside(NamedTuple):
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
        exception.programme,
        exception.year,
    )
    return {k: v for k, v in zip(SUBJECTS, named, strict=True) if v is not None}


_Key: TypeAlias = tuple[str, frozenset[tuple[str, object]]]


class ExceptionsInForce:
    """The plan's exceptions that hold on a day, to be found by what they cover.

    An exception covers the findings of its rule whose subject has all that it names, until its
    date included; one that names nothing, those that are about the plan itself.
    """

    def __init__(self, plan: Plan, today: date) -> None:
        self._places: dict[_Key, int] = {}
        self._plan = plan
        for i, exception in enumerate(plan.exceptions):
            if holds(exception, today):
                self._places.setdefault(_key(exception.rule, subject_of(exception)), i)

    def place_of(self, code: str, subject: Mapping[str, object] | None) -> int | None:
        """The position of the exception that covers a finding."""
        if not self._places:
            return None
        subject = subject or {}
        for part in _parts(subject):
            if not part and subject:
                continue  # it covers what is about the plan itself
            if (place := self._places.get(_key(code, part))) is not None:
                return place
        return None

    def covers(self, code: str) -> Covers:
        """Whether an exception from a rule covers what has a subject."""
        return lambda subject: self.place_of(code, subject) is not None

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
        What is wrong with exceptions themselves is to be mended.
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
    in_force: ExceptionsInForce,
    rules: Sequence[Rule],
    judged: Set[str],
    *,
    left_out: Set[str] = frozenset(),
    wrong: Set[int] = frozenset(),
    in_scenarios: Callable[[Set[str]], Iterable[Finding]] = lambda codes: (),
) -> tuple[list[Finding], list[SetAside]]:
    """The findings that remain, with what is wrong with the exceptions, and those set aside.

    That an exception is of no use can only be said of the rules that were ``judged``, not of
    projects that were ``left_out``, not where its references are ``wrong``, and not of one that
    covers what some rules find ``in_scenarios``.
    """
    known = {rule.code: rule for rule in rules} if plan.exceptions else {}
    kept: list[Finding] = []
    aside: list[SetAside] = []
    used: set[int] = set()
    for finding in findings:
        place = in_force.place_of(finding.code, finding.subject)
        if place is None:
            kept.append(finding)
        else:
            used.add(place)
            aside.append(SetAside(finding, plan.exceptions[place]))
    unused: list[int] = []
    for i, exception in enumerate(plan.exceptions):
        problem = _wrong_exception(i, exception, today, known)
        judgeable = exception.rule in judged and exception.project not in left_out
        if problem is not None:
            kept.append(problem)
        elif judgeable and i not in used and i not in wrong:
            unused.append(i)
    if unused:
        codes = {plan.exceptions[i].rule for i in unused}
        places = (in_force.place_of(f.code, f.subject) for f in in_scenarios(codes))
        used = {place for place in places if place is not None}
    useless = [i for i in unused if i not in used]
    others = _covering(aside, plan) if useless else {}
    kept += (_useless(i, plan.exceptions[i], others) for i in useless)
    return kept, aside


def _covering(aside: Iterable[SetAside], plan: Plan) -> Mapping[_Key, int]:
    """By what an exception may name of findings set aside: the place of the one that did so."""
    places = {id(exception): i for i, exception in enumerate(plan.exceptions)}
    found: dict[_Key, int] = {}
    for each in aside:
        subject = each.finding.subject or {}
        for part in _parts(subject):
            found.setdefault(_key(each.finding.code, part), places[id(each.exception)])
    return found


def _parts(subject: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
    """What an exception may name of a subject: nothing, one thing of it, several, all."""
    for size in range(len(subject) + 1):
        for names in combinations(subject, size):
            yield {name: subject[name] for name in names}


def _wrong_exception(
    i: int, exception: RuleException, today: date, rules: Mapping[str, Rule]
) -> Finding | None:
    rule = rules.get(exception.rule)
    if rule is None:
        message = msg("no rule has the code “{code}”", code=exception.rule)
        return names_no_rule.of(
            Finding(("exceptions", i, "rule"), message, help=advice_on_code(exception.rule, rules))
        )
    if not rule.can_be_excepted:
        message = msg("{code} cannot be set aside", code=rule.code)
        help = msg("its errors leave figures undefined: mend them")
        if not rule.blurs:
            help = msg("mend what it finds")
        return names_no_rule.of(Finding(("exceptions", i, "rule"), message, help=help))
    if not subject_of(exception) and not rule.plan_itself:
        return names_nothing.of(
            Finding(
                ("exceptions", i),
                msg("this exception does not say what the rule is set aside for"),
                help=msg("name one of: {names}", names=SUBJECTS),
            )
        )
    if not holds(exception, today):
        return has_ended.of(
            Finding(
                ("exceptions", i, "until"),
                msg(
                    "this exception ended on {date}, and sets nothing aside any more",
                    date=exception.until,
                ),
                help=msg("fix what it covered, or give it a new “until”"),
            )
        )
    return None


def _useless(i: int, exception: RuleException, others: Mapping[_Key, int]) -> Finding:
    other = others.get(_key(exception.rule, subject_of(exception)))
    if other is not None:
        return is_of_no_use.of(
            Finding(
                ("exceptions", i),
                msg("what this exception covers is set aside by another one"),
                help=msg("keep one of them"),
                related=(Related(("exceptions", other, "rule"), msg("it is this one")),),
            )
        )
    return is_of_no_use.of(
        Finding(
            ("exceptions", i),
            msg(
                "this exception sets nothing aside: {code} finds nothing of what it names",
                code=exception.rule,
            ),
            help=msg("remove it, or name what the finding is about"),
        )
    )
