"""Where a plan's values stand: each that names a source, and each that is assumed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ppi_cli.links import after_links, answer_links
from ppi_cli.message import Message, msg
from ppi_cli.model import Amount, Plan, StatedTotals


class SourcedValue(NamedTuple):
    """A value of the plan, what it is, whether it is assumed, and where it stands."""

    what: Message
    value: object
    assumed: bool
    source: str | None


def sourced_values(plan: Plan) -> Iterator[SourcedValue]:
    """The values of a plan that name a source or are assumed, in the order of its sections."""
    for each in _all(plan):
        if each.assumed or each.source is not None:
            yield each


def _all(plan: Plan) -> Iterator[SourcedValue]:
    header = plan.header
    yield SourcedValue(msg("plan"), header.title, False, header.source)
    if header.presented is not None:
        yield SourcedValue(msg("day it was presented"), header.presented, False, header.source)
    if (baseline := header.baseline) is not None:
        yield from _amount(msg("usual investment"), baseline.investment)
        yield from _amount(msg("usual total spending"), baseline.total)
    yield from _totals(msg("printed total"), plan.stated_totals)
    for theme in plan.themes:
        yield SourcedValue(msg("theme {id}", id=theme.id), theme.title, False, theme.source)
        for year, amount in theme.envelope.items():
            what = msg("envelope of {id}, {year}", id=theme.id, year=year)
            yield from _amount(what, amount)
        yield from _totals(msg("printed total of {id}", id=theme.id), theme.stated_totals)
    for project in plan.projects:
        if (schedule := project.quarters) is not None:
            what = msg("quarters of {id}", id=project.id)
            spans = list(schedule.spans)
            yield SourcedValue(what, spans, schedule.assumed, schedule.source)
        for cost in project.costs:
            when = cost.years or list(cost.quarters or ()) or str(cost.quarter or cost.year)
            what = msg("cost of {id}, {when}", id=project.id, when=when)
            yield SourcedValue(what, cost.written, cost.basis == "assumed", cost.source)
        for running in project.running_costs:
            what = msg("running cost of {id}", id=project.id)
            yield SourcedValue(what, running.amount, running.basis == "assumed", running.source)
        for each in project.funding:
            what = msg("funding of {id}, {funder}, {year}", id=project.id, funder=each.from_,
                       year=str(each.year))  # fmt: skip
            yield SourcedValue(what, each.amount, each.basis == "assumed", each.source)
    if plan.fctva is not None:
        value = msg("n + {years}", years=plan.fctva.regime)
        assumed = plan.fctva.basis == "assumed"
        yield SourcedValue(msg("VAT fund (FCTVA)"), value, assumed, plan.fctva.source)
    if plan.indexation is not None:
        prices = plan.indexation
        value = msg("prices of {year}", year=str(prices.base))
        yield SourcedValue(msg("indexation"), value, prices.basis == "assumed", prices.source)
    if plan.ceilings is not None:
        for name in ("investment", "operating", "net", "total"):
            for year, amount in getattr(plan.ceilings, name).items():
                yield from _amount(msg("ceiling ({name}), {year}", name=name, year=year), amount)
    for year, amount in plan.savings.items():
        yield from _amount(msg("savings, {year}", year=year), amount)
    for _, follower, link in after_links(plan):
        what = msg("{id} comes after", id=follower.id)
        yield SourcedValue(what, link.id, link.assumed, link.source)
    for class_ in plan.priority_classes:
        for name in ("start_within", "finish_within", "spread_over"):
            if (policy := getattr(class_, name)) is not None:
                what = msg("{name} of class {number}", name=name, number=class_.class_)
                yield SourcedValue(what, policy.quarters, policy.assumed, policy.source)
    for _, thing, link in answer_links(plan):
        yield SourcedValue(msg("{id} answers", id=thing.id), link.id, link.assumed, link.source)


def _amount(what: Message, amount: Amount | None) -> Iterator[SourcedValue]:
    if amount is not None:
        yield SourcedValue(what, amount.amount, amount.assumed, amount.source)


def _totals(what: Message, stated: StatedTotals | None) -> Iterator[SourcedValue]:
    if stated is None:
        return
    for year, amount in stated.by_year.items():
        yield from _amount(msg("{what}, {year}", what=what, year=year), amount)
    yield from _amount(
        msg("{what}, {year}", what=what, year=msg("all years together")), stated.total
    )
