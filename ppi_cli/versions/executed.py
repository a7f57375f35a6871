"""The plan as executed: what was paid in closed years, and what was carried over in the next.

It is the first step of any chain. What was paid, and received, in a closed year is a fact: no later
step, choice or status changes it. What was carried over is a cost of the year after, like others.
"""

from __future__ import annotations

from collections.abc import Iterable

from ppi_cli.plan.becoming import AsExecuted, Assumed, YearDone
from ppi_cli.plan.finance import Programme
from ppi_cli.plan.model import Plan, once_per_plan
from ppi_cli.plan.pieces import Amount, changed, taken_as
from ppi_cli.plan.projects import Project
from ppi_cli.values.findings import Path
from ppi_cli.values.message import Message
from ppi_cli.values.money import ZERO, total
from ppi_cli.versions.account_lines import closed_years, years_of_accounts
from ppi_cli.versions.accounts import accounts, credits_with_carried, programme_paid
from ppi_cli.versions.executed_costs import executed_costs
from ppi_cli.versions.executed_envelopes import carried_beyond, executed_theme
from ppi_cli.versions.received import Aside, received_funding
from ppi_cli.versions.version import Version


@once_per_plan
def _both(plan: Plan) -> dict[bool, Version]:
    """The versions of a plan as executed, by whether envelopes are kept."""
    return {}


def executed(plan: Plan, *, keep_envelopes: bool = False) -> Version:
    """The plan as executed; the plan itself, where it has no accounts."""
    if not years_of_accounts(plan):
        return Version(plan)
    known = _both(plan)
    if keep_envelopes not in known:
        known[keep_envelopes] = _executed(plan, keep_envelopes)
    return known[keep_envelopes]


def _executed(plan: Plan, keep_envelopes: bool) -> Version:
    found = accounts(plan)
    projects: list[Project] = []
    origins: dict[Path, Path] = {}
    steps: dict[Path, tuple[Message, ...]] = {}
    for i, project in enumerate(plan.projects):
        costs = list(executed_costs(plan, found, project, ("projects", i)))
        for n, own in enumerate(costs):
            place: Path = ("projects", i, "costs", n)
            if own.origin != place:
                origins[place] = own.origin
            if own.key != "amount":
                origins[*place, "amount"] = (*own.origin, own.key) if own.key else own.origin
            if own.steps:
                at = ("beyond",) if own.piece.is_line else ()
                steps[*place, *at] = own.steps
        paid = [own.piece for own in costs]
        funding = list(received_funding(plan, project, ("projects", i), paid, Aside()))
        for n, come in enumerate(funding):
            place = ("projects", i, "funding", n)
            if come.origin != place:
                origins[place] = come.origin
            if come.steps:
                steps[place] = come.steps
        projects.append(
            changed(
                project,
                costs=tuple(own.piece for own in costs),
                funding=tuple(come.funding for come in funding),
            )
        )
    beyond = carried_beyond(plan, found, origins, steps)
    made = changed(plan, projects=tuple(projects), closed=closed_years(plan), carried_beyond=beyond)
    themes = [
        executed_theme(plan, made, found, theme, i, keep_envelopes, origins, steps)
        for i, theme in enumerate(plan.themes)
    ]
    made = changed(made, themes=tuple(themes))
    made = changed(made, programmes=tuple(_programme(plan, each) for each in plan.programmes))
    if plan.header.past != "executed":
        made = _without_printed(made)
    return Version(made, origins, steps)


def _without_printed(plan: Plan) -> Plan:
    """The plan without printed totals, which are those of the plan as it was voted."""

    def without(things: Iterable[object]) -> tuple[object, ...]:
        return tuple(
            changed(each, stated_totals=None) if getattr(each, "stated_totals", None) else each
            for each in things
        )

    sections = ("themes", "projects", "funders", "groups", "programmes")
    made: Plan = changed(
        plan, stated_totals=None, **{name: without(getattr(plan, name)) for name in sections}
    )
    return made


def _programme(plan: Plan, programme: Programme) -> Programme:
    """A programme with what was paid of it, and the credits that were carried over."""
    paid, payments = dict(programme.paid), dict(programme.payments)
    for year in closed_years(plan):
        sum_ = programme_paid(plan, programme, year)
        if sum_ is not None and year not in paid:
            paid[year] = taken_as(Amount, None, amount=sum_, basis="stated")
    for year, amount in credits_with_carried(plan, programme).items():
        own = payments.get(year)
        stated = taken_as(Amount, None, amount=amount, basis="stated")
        payments[year] = stated if own is None else changed(own, amount=amount)
    return changed(programme, paid=paid, payments=dict(sorted(payments.items())))


# --- what there is to tell ---


def as_executed(plan: Plan) -> AsExecuted:
    """What the accounts of a plan say, year by year, and what had to be assumed."""
    found = accounts(plan)
    years: list[YearDone] = []
    assumed: list[Assumed] = []
    for year, account in years_of_accounts(plan).items():
        of_year = [by[year] for by in found.done.values() if year in by]
        years.append(
            YearDone(
                year,
                account.is_closed,
                total(each.paid.amount for each in of_year) or ZERO,
                total(each.leaving.amount for each in of_year) or ZERO,
            )
        )
        if account.is_closed:
            for done in of_year:
                if done.bearer[0] == "project" and not done.has_line:
                    amount = done.counted.or_nothing()
                    assumed.append(Assumed(year, done.bearer[1], amount))
    aside = Aside()
    made = executed(plan).plan.projects
    for i, (project, own) in enumerate(zip(plan.projects, made, strict=True)):
        list(received_funding(plan, project, ("projects", i), own.costs, aside))
    return AsExecuted(
        tuple(years),
        tuple(assumed),
        found.spread,
        tuple(sorted(aside.not_received, key=lambda each: each.year)),
        tuple(aside.early),
        tuple(aside.came_before),
        tuple(aside.came_late),
    )
