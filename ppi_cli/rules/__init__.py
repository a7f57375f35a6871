"""The rules: what a plan must hold to, each with a stable code.

To add one, write a function from a plan to findings in the module of its family, with the next
free code of its kind (``ppi rules`` shows them). Its docstring says what it finds, in a sentence,
and in a second paragraph why. Each finding has a ``subject``: what an exception may name, the
narrowest first. Where a sum or an absence would be false once a piece of the plan could not be
read, say ``needs_whole_plan=True``; where it looks at one project at a time, ``each_project=True``:
it is held against the projects that scenarios add, too.

Put ``bad.yaml`` and ``good.yaml`` into ``examples/CODE/`` and two more broken plans into
``tests/corpus``; ``bad.yaml`` and they say ``# expect: CODE@COLUMN`` on the line that it must point
at. Then translate it (``words/__init__.py`` says how), and ``pytest --accept`` on the tests that
the README names: the explanations and the manual have it.

A module for a new family is named in ``_MODULES``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from ppi_cli.plan.model import Plan, RuleSetting, once_per_plan
from ppi_cli.rules import (
    calendar,
    costs,
    debt,
    execution,
    funding,
    magnitudes,
    money,
    priority,
    programmes,
    references,
    shares,
    twice,
    vat_fund,
    versions,
)
from ppi_cli.rules.added import added_projects
from ppi_cli.rules.changes import changes_have_reasons, unexplained
from ppi_cli.rules.exceptions import (
    EXCEPTIONS,
    ExceptionsInForce,
    SetAside,
    apply_exceptions,
)
from ppi_cli.rules.reading import READING
from ppi_cli.rules.rule import Rule, blurs
from ppi_cli.rules.settings import changed_severities, is_no_setting, wrong_settings
from ppi_cli.values.findings import ABOUT_RULES, Finding, Related
from ppi_cli.versions.executed import executed
from ppi_cli.versions.scenarios import applied, chain, worked_out
from ppi_cli.versions.variants import undecided_targets
from ppi_cli.versions.version import Version

if TYPE_CHECKING:
    from ppi_cli.changes.difference import Difference

__all__ = [
    "ALL",
    "CHECKS",
    "OF_A_PLAN",
    "Rule",
    "SetAside",
    "blurs",
    "changed_severities",
    "check",
    "check_changes",
    "found_in_files",
]

#: The modules of checks, in the order in which these are made.
_MODULES = (
    references,
    twice,
    costs,
    calendar,
    versions,
    priority,
    money,
    magnitudes,
    funding,
    shares,
    vat_fund,
    execution,
    programmes,
    debt,
)

#: What a plan is checked for: every rule of these modules.
CHECKS: tuple[Rule, ...] = tuple(
    each for module in _MODULES for each in vars(module).values() if isinstance(each, Rule)
)

#: Every rule, in the order of codes; of those that are no checks, see ``Rule``.
ALL: tuple[Rule, ...] = tuple(
    sorted(
        (*READING, *CHECKS, *EXCEPTIONS, is_no_setting, changes_have_reasons),
        key=lambda rule: rule.code,
    )
)

#: The rules that a plan is held to by itself, without an older version.
OF_A_PLAN: tuple[Rule, ...] = tuple(rule for rule in ALL if rule is not changes_have_reasons)

#: The checks whose errors leave figures undefined, and those that judge sound plans.
BLURRING = tuple(rule for rule in CHECKS if rule.blurs)
JUDGING = tuple(rule for rule in CHECKS if not rule.blurs)


def check(
    plan: Plan,
    today: date,
    *,
    complete: bool = True,
    lost_ids: Set[str] = frozenset(),
    version_of: Callable[[Plan], Version] = worked_out,
) -> tuple[list[Finding], list[SetAside]]:
    """What all rules find, and what the plan's exceptions set aside of it.

    Of a plan that is not ``complete``, since pieces could not be read or references lead nowhere,
    sums and the absence of things are not judged; ``lost_ids`` are the ids of those pieces. What is
    judged is a version of the plan: without other choices, the one that is written.
    """
    changed = changed_severities(plan, ALL)
    added = added_projects(plan)
    blurred = _blurred(plan)
    blurring = [rule for rule in BLURRING if complete or not rule.needs_whole_plan]
    for rule in blurring:
        if rule.code not in blurred:
            blurred[rule.code] = rule.findings(plan)
            if added is not None:
                blurred[rule.code] += _of_added(rule, added)
    found = [f for r in blurring for f in blurred[r.code] if f.missing_id not in lost_ids]
    complete = complete and all(finding.path[0] in ABOUT_RULES for finding in found)
    mistaken = any(finding.code == "PPI110" for finding in found)  # which thing an id means
    version = version_of(plan) if complete else worked_out(plan)
    if version.plan.version is not None:
        judging_it = (rule for rule in BLURRING if not rule.before_choices)
        of_version = (f for rule in judging_it for f in rule.findings(version.plan))
        found += _of_origin(of_version, version)
        complete = all(finding.path[0] in ABOUT_RULES for finding in found)
    whole = complete and (not undecided_targets(plan) or version.plan.version is not None)
    judged: set[str] = set()
    in_force = ExceptionsInForce(plan, today)
    for rule in JUDGING:
        if complete and (whole or rule.before_choices or not rule.needs_whole_plan):
            judged.add(rule.code)
        elif rule.needs_whole_plan or mistaken:
            continue
        if changed.get(rule.code) == "off":
            continue
        covers = in_force.covers(rule.code)
        if rule.as_chosen and version.plan.version is not None:
            own = [*_of_origin(rule.findings(version.first.plan, covers), version.first)]
        elif rule.before_choices:
            known = _judged(plan)
            if (rule.code, today) not in known:
                known[rule.code, today] = rule.findings(plan, covers)
                if added is not None:
                    known[rule.code, today] += _of_added(rule, added)
            own = known[rule.code, today]
        else:
            of = _as_printed(version) if rule.as_printed else version
            own = rule.findings(of.plan, covers)
            if own:
                own = [*_of_origin(own, of)]
            # where a scenario is chosen, what it adds is judged in it
            if added is not None and version.plan.version is None:
                own += _of_added(rule, added, worked=True)
        if own:
            found += _as_set((each for each in own if each.missing_id not in lost_ids), changed)
    judged -= {code for code, setting in changed.items() if setting == "off"}
    if not complete or version.plan.version is not None:
        judged.clear()  # exceptions are for the plan as it is written
    written = {p.id for p in (*plan.projects, *(added.plan.projects if added else ()))}
    left_out = written - {p.id for p in version.plan.projects}
    wrong = {f.path[1] for f in found if f.path[0] == "exceptions" and len(f.path) > 1}
    kept, aside = apply_exceptions(
        plan,
        found,
        today,
        in_force,
        ALL,
        judged,
        left_out=left_out,
        wrong={i for i in wrong if isinstance(i, int)},
        in_scenarios=partial(_found_in_scenarios, plan),
    )
    return [*_as_set(kept, changed), *wrong_settings(plan, ALL)], aside


@once_per_plan
def _blurred(plan: Plan) -> dict[str, list[Finding]]:
    """What checks that blur have found in a plan as it is written: of versions, it is the same."""
    return {}


@once_per_plan
def _judged(plan: Plan) -> dict[tuple[str, date], list[Finding]]:
    """The same of checks that judge it before choices: exceptions are in force until a day."""
    return {}


def _as_printed(version: Version) -> Version:
    """The version that printed totals are of: of a plan that says so of its past, as executed."""
    plan = version.plan
    is_as_voted = plan.header.past == "executed" and plan.execution and not plan.closed
    return executed(plan) if is_as_voted and plan.version is None else version


def _found_in_scenarios(plan: Plan, codes: Set[str]) -> Iterator[Finding]:
    """What some rules find in the versions that the plan's scenarios make."""
    rules = [rule for rule in JUDGING if rule.code in codes]
    for scenario in plan.scenarios:
        version = applied(plan, chain(plan, scenario)).plan
        for rule in rules:
            yield from rule.findings(version)


def check_changes(difference: Difference, version: Version) -> list[Finding]:
    """What is found of the changes to a version of a plan, on the paths of that plan."""
    changed = changed_severities(difference.new, ALL)
    return list(_as_set(_of_origin(unexplained(difference), version), changed))


def found_in_files(plan: Plan, findings: Iterable[Finding]) -> list[Finding]:
    """What is found of files that a plan names, as the plan sets the severities of rules."""
    return list(_as_set(findings, changed_severities(plan, ALL)))


def _of_added(rule: Rule, added: Version, *, worked: bool = False) -> Iterator[Finding]:
    """What a rule that looks at one project finds of those that scenarios add."""
    if not rule.each_project:
        return
    version = worked_out(added.plan) if worked else Version(added.plan)
    for finding in _of_origin(rule.findings(version.plan), version):
        if finding.path[0] == "projects":
            yield from _of_origin([finding], added)


def _of_origin(findings: Iterable[Finding], version: Version) -> Iterator[Finding]:
    """The findings in a version of a plan, on the paths of the plan that it comes from.

    What comes of one place, as the years of a cost do, is told of it once.
    """
    for finding in findings:
        path, related = version.origin(finding.path), list[Related]()
        for each in finding.related:
            other = each._replace(path=version.origin(each.path))
            if other not in related and (other.path != path or each.path == finding.path):
                related.append(other)
        moved = path != finding.path or len(related) != len(finding.related)
        if moved or any(a.path != b.path for a, b in zip(related, finding.related, strict=True)):
            finding = finding._replace(path=path, related=tuple(related))
        yield finding


def _as_set(findings: Iterable[Finding], changed: Mapping[str, RuleSetting]) -> Iterator[Finding]:
    """The findings with the severities that the plan sets, without those that it turns off."""
    for finding in findings:
        severity = changed.get(finding.code, finding.severity)
        if severity != "off":
            yield finding if severity == finding.severity else finding._replace(severity=severity)
