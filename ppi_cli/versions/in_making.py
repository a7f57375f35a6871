"""A project while scenarios are done: moved, stretched, changed by a percentage."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

from ppi_cli.plan.finance import Theme
from ppi_cli.plan.model import Plan
from ppi_cli.plan.pieces import changed
from ppi_cli.plan.projects import Project
from ppi_cli.values.findings import Path
from ppi_cli.values.message import Message, counted, msg
from ppi_cli.values.money import Money, Percent, Rate
from ppi_cli.versions.costs import Worked
from ppi_cli.versions.envelopes import Parts, parts_of
from ppi_cli.versions.funding import WrittenFunding
from ppi_cli.versions.rescheduling import later, later_cost, longer, longer_costs, whole_of


class _InMaking(NamedTuple):
    """What is known of a project while scenarios are done."""

    project: Project
    #: Where it stands in the plan as it is written; there, its quarters, if a scenario moves them.
    path: Path
    costs: tuple[Worked, ...]
    #: As it was before anything was done to it.
    first: Project
    theme: Theme | None
    plan: Plan
    #: What others pay of it; and what lies outside the plan's years, which moves with nothing.
    funding: tuple[WrittenFunding, ...] = ()
    outside: tuple[Worked, ...] = ()
    #: What was paid in closed years, which nothing moves or changes.
    paid: tuple[Worked, ...] = ()
    moved_at: Path | None = None


class InMaking(_InMaking):
    """A project while scenarios are done, with its costs worked out as far as they are written."""

    @cached_property
    def parts(self) -> Parts:
        """What it costs of its theme's envelope."""
        return parts_of(self.plan, self.theme, self.project, [each.cost for each in self.costs])

    @property
    def is_moved(self) -> bool:
        return self.project.quarters != self.first.quarters

    @property
    def has_a_cost(self) -> bool:
        return any(each.cost.amount is not None for each in self.costs)

    def what_stays(self) -> InMaking | None:
        """What stays of it where a step leaves it out: what was paid and received."""
        received = tuple(each for each in self.funding if each.funding.is_received)
        if not self.paid and not received:
            return None
        nothing_planned = changed(self.project, running_costs=(), quarters=None, when=None)
        project = changed(nothing_planned, after=(), status=None)
        none: tuple[Worked, ...] = ()
        return self._replace(
            project=project, first=project, costs=none, outside=none, funding=received
        )

    def in_open(self, closed: Sequence[int]) -> InMaking:
        """The same without costs in closed years, of a project that is added afterwards."""
        costs = tuple(each for each in self.costs if each.cost.in_year not in closed)
        return self._replace(costs=costs)

    def within(self, closed: Sequence[int]) -> InMaking:
        """The same, of which nothing to come lies in closed years or before them."""
        if not closed:
            return self
        last = max(closed)
        costs = tuple(
            each._replace(cost=changed(each.cost, year=last + 1, quarter=None))
            if (each.cost.in_year or last + 1) <= last
            else each
            for each in self.costs
        )
        return self._replace(costs=costs)

    def left_blank(self, year: int) -> bool:
        """Whether it names a cost of the year, and states none."""
        own = [each.cost.amount for each in self.costs if each.cost.in_year == year]
        return bool(own) and all(amount is None for amount in own)

    def years_later(self) -> int:
        """By how many years its last quarter has moved."""
        now, first = self.project.quarters, self.first.quarters
        return 0 if now is None or first is None else now.last.year - first.last.year


def is_first_cost(before: Mapping[str, InMaking], plan: Plan) -> Callable[[InMaking, int], bool]:
    """Whether what a project costs in a year is a first cost.

    That is one of a project of the plan that stated no cost at all before, or that left the year
    blank and is not moved.
    """
    ids = {project.id for project in plan.projects}

    def is_first(own: InMaking, year: int) -> bool:
        was = before.get(own.project.id)
        if was is None or was.project.id not in ids:
            return False
        is_moved = was.project.quarters != own.project.quarters
        return not was.has_a_cost or (was.left_blank(year) and not is_moved)

    return is_first


def shifted(own: InMaking, quarters: int, path: Path) -> InMaking:
    if own.project.quarters is None or not quarters:
        return own
    how = counted("{n} quarter later", "{n} quarters later", quarters)
    if quarters < 0:
        how = counted("{n} quarter earlier", "{n} quarters earlier", -quarters)
    costs = (
        Worked(cost, each.origin, (*each.steps, how), each.taxes, each.key)
        for each in own.costs
        for cost in later_cost(own.project, each.cost, quarters)
    )
    project = changed(own.project, quarters=later(own.project.quarters, quarters))
    return own._replace(project=project, costs=tuple(costs), moved_at=path)


def stretched(own: InMaking, quarters: int, path: Path) -> InMaking:
    how = counted("{n} quarter longer", "{n} quarters longer", quarters)
    if quarters < 0:
        how = counted("{n} quarter shorter", "{n} quarters shorter", -quarters)
    costs: list[Worked] = []
    for _, group in groupby(own.costs, key=lambda each: id(whole_of(each.cost))):
        parts = list(group)
        as_it_was = {id(each.cost): each for each in parts}
        told = parts[0]._replace(steps=(*parts[0].steps, how))
        costs += (
            as_it_was.get(id(cost)) or told._replace(cost=cost)
            for cost in longer_costs(own.project, [each.cost for each in parts], quarters)
        )
    project = changed(own.project, quarters=longer(own.project, quarters))
    return own._replace(project=project, costs=tuple(costs), moved_at=path)


def with_percent(own: InMaking, percent: Percent, path: Path) -> InMaking:
    """The costs, changed by a percentage; the parts of a spread cost sum to what it comes to."""
    costs: list[Worked] = []
    for _, parts in groupby(own.costs, key=lambda each: id(whole_of(each.cost))):
        before = Money(0)
        for each in parts:
            amount = each.cost.amount
            if amount is None:
                costs.append(each)
                continue
            after = before + amount
            own_share = percent.applied(after) - percent.applied(before)
            costs.append(
                each._replace(
                    cost=changed(each.cost, amount=own_share),
                    origin=(*path, "percent"),
                    key="amount",
                    steps=(*each.steps, by_percent(amount, percent)),
                )
            )
            before = after
    return own._replace(costs=tuple(costs))


def by_percent(amount: Money, percent: Percent) -> Message:
    """What a percentage does to an amount: “100 k€ and 10 %”."""
    rate = Rate(10 * abs(percent.hundredths))
    if percent.hundredths < 0:
        return msg("{amount} less {percent}", amount=amount, percent=rate)
    return msg("{amount} and {percent}", amount=amount, percent=rate)
