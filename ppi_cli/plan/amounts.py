"""Every amount that a plan states, and how much it assumes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Set
from functools import lru_cache
from operator import attrgetter
from typing import Any, NamedTuple

from ppi_cli.plan.model import Plan, once_per_plan
from ppi_cli.plan.pieces import Link, Policy, Schedule
from ppi_cli.plan.walk import Group, PieceField, Standing, fields_of, fields_with_amounts, groups
from ppi_cli.values.findings import Path
from ppi_cli.values.money import Money

#: What amounts are compared with, by the field that they stand in.
AMOUNT_KINDS: Mapping[str, str] = {
    "Baseline.investment": "baseline",
    "Baseline.total": "baseline",
    "StatedTotals.by_year": "stated total",
    "StatedTotals.by_span": "stated total",
    "StatedTotals.total": "stated total",
    "StatedTotals.before": "stated total",
    "StatedTotals.beyond": "stated total",
    "StatedTotals.whole": "stated total",
    "StatedTotals.unplanned": "stated total",
    "StatedTotals.rounded_to": "rounding",
    "Indexation.rounded_to": "rounding",
    "Theme.envelope": "envelope",
    "ScenarioChange.envelope": "envelope",
    "Project.costs": "cost",
    "Project.running_costs": "cost",
    "Cost.periods": "cost",
    "Cost.before": "cost",
    "Cost.beyond": "cost",
    "Cost.unplanned": "cost",
    "ScenarioChange.costs": "cost",
    "Project.funding": "funding",
    "Theme.funding": "funding",
    "Plan.funding": "funding",
    "Funding.periods": "funding",
    "Funding.before": "funding",
    "Funding.beyond": "funding",
    "Fctva.due": "funding",
    "Fctva.due_operating": "funding",
    "Ceilings.investment": "ceiling",
    "Ceilings.operating": "ceiling",
    "Ceilings.net": "ceiling",
    "Ceilings.total": "ceiling",
    "Ceilings.borrowing": "ceiling",
    "Plan.savings": "savings",
    "Scenario.savings": "savings",
    "Debt.at_start": "debt",
    "Debt.repaid": "debt",
    "Debt.fund": "debt",
    "Debt.keep": "debt",
    "Programme.authorised": "programme",
    "Programme.payments": "programme",
    "Programme.paid": "programme",
    "Programme.resources": "programme",
    "Project.first_vote": "first vote",
    "Project.paid": "execution",
    "Theme.paid": "execution",
    "ExecutionYear.lines": "execution",
    "ExecutionLine.changed": "execution",
    "ExecutionLine.received": "execution",
    "ExecutionYear.stated_totals": "account",
}


class StatedAmount(NamedTuple):
    """An amount, in a field of the piece that states it."""

    #: What it is compared with: others of the same kind.
    kind: str
    money: Money
    key: str
    group: Group
    n: int

    @property
    def standing(self) -> Standing:
        return self.group.standing(self.n)

    @property
    def path(self) -> Path:
        return (*self.standing.path, self.key)


@once_per_plan
def units(plan: Plan) -> Set[str]:
    """The units that amounts of the plan are written in; of a bare number, nothing."""
    return {
        money.unit
        for group in groups(plan)
        for field in fields_with_amounts(group.cls)
        for money in map(attrgetter(field.name), group.pieces)
        if isinstance(money, Money)
    }


def amounts(plan: Plan, passed_over: Set[str] = frozenset()) -> Iterator[StatedAmount]:
    """Every amount of the plan, of its scenarios too; without those written in some units."""
    if units(plan) <= passed_over:
        return
    for group in groups(plan):
        for field in fields_with_amounts(group.cls):
            kind, key = kind_of(field, group.field), field.key
            for n, money in enumerate(map(attrgetter(field.name), group.pieces)):
                if isinstance(money, Money) and money.unit not in passed_over:
                    yield StatedAmount(kind, money, key, group, n)


def kind_of(field: PieceField, around: PieceField) -> str:
    """The kind of the amounts of a field, in pieces that stand in another one."""
    return AMOUNT_KINDS.get(field.label) or AMOUNT_KINDS.get(around.label, around.label)


def is_assumed(piece: Any) -> bool:
    """Whether a piece rests on an assumption; one whose amount is blank says nothing at all."""
    return getattr(piece, "basis", "stated") == "assumed" and (
        getattr(piece, "amount", 0) is not None or getattr(piece, "share", None) is not None
    )


def assumptions(plan: Plan) -> Mapping[str, int]:
    """How much of the plan is assumed: schedules, links, policies of classes, amounts, others."""
    found: Counter[str] = Counter()
    for group in groups(plan):
        if _has_basis(group.cls):
            assumed = [p for p in group.pieces if getattr(p, "basis", None) == "assumed"]
            found[_assumed_as(group.cls)] += sum(map(is_assumed, assumed))
    return {name: found[name] for name in ("schedules", "links", "policies", "amounts", "others")}


@lru_cache(maxsize=256)
def _has_basis(cls: type) -> bool:
    return any(field.name == "basis" for field in fields_of(cls))


def assumed_at(plan: Plan) -> Set[Path]:
    """Where what is assumed stands."""
    return {
        group.standing(n).path
        for group in groups(plan)
        if _has_basis(group.cls)
        for n, piece in enumerate(group.pieces)
        if is_assumed(piece)
    }


def _assumed_as(cls: type) -> str:
    for known, name in ((Schedule, "schedules"), (Link, "links"), (Policy, "policies")):
        if issubclass(cls, known):
            return name
    return "amounts" if hasattr(cls, "amount") else "others"
