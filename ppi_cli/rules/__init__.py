"""The rules: what a plan must hold to, each with a stable code.

To add one, write it in the module of its family, and name it here.
"""

from __future__ import annotations

from collections.abc import Set
from datetime import date

from ppi_cli.findings import Finding
from ppi_cli.model import Plan
from ppi_cli.rules import calendar, money, priority, references
from ppi_cli.rules.exceptions import SetAside, apply_exceptions
from ppi_cli.rules.rule import Rule

ALL: tuple[Rule, ...] = (
    references.amount_in_another_currency,
    references.ids_are_unique,
    references.references_lead_somewhere,
    references.references_lead_to_the_right_kind,
    references.classes_are_declared,
    references.classes_are_declared_once,
    references.answers_do_not_go_round,
    references.costs_have_one_time,
    calendar.amounts_lie_within_the_years,
    calendar.projects_end_within_the_years,
    calendar.projects_wait_for_not_before,
    priority.urgent_projects_start_first,
    priority.ranks_count_from_one,
    priority.classes_start_within,
    priority.classes_finish_within,
    priority.classes_spread_over,
    priority.priority_agrees_with_the_matrix,
    priority.projects_are_in_a_class,
    priority.projects_come_after_what_they_need,
    priority.nothing_comes_after_itself,
    money.printed_totals_agree,
    money.costs_stay_within_the_envelope,
    money.activity_has_money,
    money.activity_has_a_figure,
    money.money_has_activity,
    money.amounts_say_their_unit,
    money.taxes_are_comparable,
)


def blurs(code: str) -> bool:
    """Whether a rule is of those whose errors leave figures undefined (0xx to 2xx)."""
    return code < "PPI300"


def check(
    plan: Plan, today: date, *, complete: bool = True, lost_ids: Set[str] = frozenset()
) -> tuple[list[Finding], list[SetAside]]:
    """What all rules find, and what the plan's exceptions set aside of it.

    Of a plan that is not ``complete``, since pieces could not be read or references lead nowhere,
    sums and the absence of things are not judged; ``lost_ids`` are the ids of those pieces.
    """
    found = [
        finding
        for rule in ALL
        if blurs(rule.code)
        for finding in rule.findings(plan)
        if finding.missing_id not in lost_ids
    ]
    complete = complete and not found
    mistaken = any(finding.code == "PPI110" for finding in found)  # which thing an id means
    for rule in ALL:
        if not blurs(rule.code) and (complete or (rule.judges_alone and not mistaken)):
            found += rule.findings(plan)
    codes = [rule.code for rule in ALL if not blurs(rule.code)]
    return apply_exceptions(plan, found, today, codes, complete=complete)
