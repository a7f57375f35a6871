"""Every amount that a plan states, and everything that it assumes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple, TypeAlias

from ppi_cli.findings import Path
from ppi_cli.links import after_links, answer_links
from ppi_cli.model import Amount, Plan, StatedTotals, once_per_plan
from ppi_cli.money import Money

AmountKind: TypeAlias = Literal[
    "baseline",
    "envelope",
    "cost",
    "stated total",
    "rounding",
    "funding",
    "ceiling",
    "savings",
    "programme",
]


class StatedAmount(NamedTuple):
    kind: AmountKind
    path: Path
    money: Money
    assumed: bool


@once_per_plan
def amounts(plan: Plan) -> Sequence[StatedAmount]:
    """Every amount of the plan, with its path."""
    costs = [
        StatedAmount(
            "cost", ("projects", i, "costs", j, cost.amount_key), amount, cost.basis == "assumed"
        )
        for i, project in enumerate(plan.projects)
        for j, cost in enumerate(project.costs)
        if (amount := cost.written) is not None
    ]
    return [
        *_amounts_of_themes(plan),
        *costs,
        *_of_projects(plan),
        *_of_ceilings(plan),
        *_amounts_of_programmes(plan),
    ]


def _of_projects(plan: Plan) -> Iterator[StatedAmount]:
    """What follows projects, and what others pay of them."""
    sides: tuple[tuple[str, AmountKind], ...] = (("running_costs", "cost"), ("funding", "funding"))
    for i, project in enumerate(plan.projects):
        for name, kind in sides:
            for j, each in enumerate(getattr(project, name)):
                if each.amount is not None:
                    path: Path = ("projects", i, name, j, "amount")
                    yield StatedAmount(kind, path, each.amount, each.basis == "assumed")


def _of_ceilings(plan: Plan) -> Iterator[StatedAmount]:
    for name in ("investment", "operating", "net", "total") if plan.ceilings is not None else ():
        for year, amount in getattr(plan.ceilings, name).items():
            yield from _one("ceiling", ("ceilings", name, str(year)), amount)
    for year, amount in plan.fctva.due.items() if plan.fctva is not None else ():
        yield from _one("funding", ("fctva", "due", str(year)), amount)
    for year, amount in plan.savings.items():
        yield from _one("savings", ("savings", str(year)), amount)


def _amounts_of_themes(plan: Plan) -> Iterator[StatedAmount]:
    if (baseline := plan.header.baseline) is not None:
        for key, usual in (("investment", baseline.investment), ("total", baseline.total)):
            yield from _one("baseline", ("plan", "baseline", key), usual)
    yield from _of_totals(("stated_totals",), plan.stated_totals)
    for i, theme in enumerate(plan.themes):
        for year, amount in theme.envelope.items():
            yield from _one("envelope", ("themes", i, "envelope", str(year)), amount)
        yield from _of_totals(("themes", i, "stated_totals"), theme.stated_totals)


def _amounts_of_programmes(plan: Plan) -> Iterator[StatedAmount]:
    for i, programme in enumerate(plan.programmes):
        for section in ("authorised", "resources"):
            for j, each in enumerate(getattr(programme, section)):
                if each.amount is not None:
                    path: Path = ("programmes", i, section, j, "amount")
                    yield StatedAmount("programme", path, each.amount, each.basis == "assumed")
        for section in ("payments", "paid"):
            for year, amount in getattr(programme, section).items():
                yield from _one("programme", ("programmes", i, section, str(year)), amount)


def _of_totals(path: Path, stated: StatedTotals | None) -> Iterator[StatedAmount]:
    if stated is not None:
        for year, amount in stated.by_year.items():
            yield from _one("stated total", (*path, str(year)), amount)
        yield from _one("stated total", (*path, "total"), stated.total)
        if stated.rounded_to is not None:
            yield StatedAmount("rounding", (*path, "rounded_to"), stated.rounded_to, False)


def _one(kind: AmountKind, path: Path, amount: Amount | None) -> Iterator[StatedAmount]:
    if amount is not None:
        yield StatedAmount(kind, (*path, "amount"), amount.amount, amount.assumed)


def assumptions(plan: Plan) -> Mapping[str, int]:
    """How much of the plan is assumed: schedules, links, policies of classes, amounts."""
    policies = (
        policy
        for c in plan.priority_classes
        for policy in (c.start_within, c.finish_within, c.spread_over)
    )
    links = (link for each in (answer_links, after_links) for _, _, link in each(plan))
    return {
        "schedules": sum(p.quarters is not None and p.quarters.assumed for p in plan.projects),
        "links": sum(link.assumed for link in links),
        "policies": sum(policy is not None and policy.assumed for policy in policies),
        "amounts": sum(amount.assumed for amount in amounts(plan)),
    }
