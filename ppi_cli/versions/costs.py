"""Costs worked out: each in one year or quarter, in the plan's taxes, in the prices of its year.

What is repeated from year to year is written once in the plan, and so are the costs that follow a
project; here they become costs of single years. Every cost that is not as it was written knows
what was computed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby
from typing import Literal, NamedTuple, TypeAlias

from ppi_cli.plan.finance import Indexation
from ppi_cli.plan.model import Plan
from ppi_cli.plan.pieces import changed, taken_as
from ppi_cli.plan.projects import Cost, Project, RunningCost
from ppi_cli.values.findings import Path
from ppi_cli.values.message import Message, msg
from ppi_cli.values.money import Money, Rate, rounded, shared, spread, total
from ppi_cli.values.quarters import Year, Years
from ppi_cli.versions.funding import of_a_year
from ppi_cli.versions.rescheduling import equal_parts, whole_of
from ppi_cli.versions.version import COSTS, Costs, Version

#: How the taxes of a cost are written, and their rate.
Taxes: TypeAlias = tuple[Literal["incl", "excl"] | None, Rate | None]


class Worked(NamedTuple):
    """A cost, where it comes from, what was computed, and how its taxes were written."""

    cost: Cost
    #: Within its project, or in the whole plan as it is written: see ``scenarios.py``.
    origin: Path
    steps: tuple[Message, ...] = ()
    taxes: Taxes = (None, None)
    #: The key that its amount is written with.
    key: str = "amount"

    def origins(self, place: Path, project: Path) -> Iterator[tuple[Path, Path]]:
        """Where it and its amount come from, by where they stand now, if that is elsewhere."""
        origin = (*project, *self.origin)
        if origin != place:
            yield place, origin
        if self.key != "amount":
            yield (*place, "amount"), (*origin, self.key)


def written_out(plan: Plan) -> Version:
    """The plan with a cost for each year or quarter of those that are paid in several.

    They are in the plan's taxes. What lies outside the plan's years stands apart.
    """
    if not any(map(_is_to_write_out, plan.projects)):
        return Version(plan)

    def own(project: Project) -> Mapping[Costs, Iterable[Worked]]:
        costs = list(written(plan, project))
        return {
            "costs": [each for each in costs if not each.cost.is_outside],
            "costs_outside": [each for each in costs if each.cost.is_outside],
        }

    return _with_costs(plan, own)


def _is_to_write_out(project: Project) -> bool:
    for cost in project.costs:
        if cost.years is not None or cost.quarters is not None or cost.tax is not None:
            return True
        if cost.is_line:
            return True
    return False


def written(plan: Plan, project: Project, place: Path = ()) -> Iterator[Worked]:
    """The costs of a project as it is written: each in one year or quarter, in the plan's taxes.

    Where they come from is told from the project on, or from where its ``place`` begins.
    """
    for j, cost in enumerate(project.costs):
        taxes = cost.tax, rate_of(plan, cost)
        for at, each in cost.by_period():
            yield from _one_by_one(plan, each, (*place, "costs", j, *at), of_a_year(at), taxes)


def worked_costs(plan: Plan, project: Project) -> Sequence[Worked]:
    """The costs of a project as it is written, also in the prices of their years."""
    costs, prices = list(written(plan, project)), plan.indexation
    if prices is None or not can_be_reckoned(prices):
        return costs
    return list(in_prices(costs, prices))


def _one_by_one(
    plan: Plan, cost: Cost, origin: Path, before: tuple[Message, ...], taxes: Taxes
) -> Iterator[Worked]:
    """A cost as those of its years or quarters: with taxes first, so that the parts sum to it."""
    key = cost.amount_key
    if key != "amount":
        cost = changed(cost, amount=cost.written, each_year=None, in_all=None)
    own, computed = in_taxes(plan, cost)
    steps = (*before, *computed)
    if own.years is None and own.quarters is None:
        yield Worked(own, origin, steps, taxes, key)
    elif key == "in_all" or own.years is None:
        parts = equal_parts(own)
        if len(parts) > 1 and own.amount is not None:
            when = own.years if own.years is not None else list(own.quarters or ())
            told = msg("{amount} in all, {when}, in equal parts", amount=own.amount, when=when)
            steps = (*steps, told)
        yield from (Worked(part, origin, steps, taxes, key) for part in parts)
    else:
        steps = (*before, msg("every year, {years}", years=own.years), *computed)
        for year in own.years.each():
            yield Worked(changed(own, years=None, year=year), origin, steps, taxes, key)


def followed(plan: Plan) -> Version:
    """The plan with what its projects cost to run, as a cost for each year.

    It stays apart from their other costs: it is in no envelope, and in no total but that of all.
    """

    def own(project: Project) -> Iterator[Worked]:
        for k, running in enumerate(project.running_costs):
            for year in running_years(plan, project, running).each():
                cost, steps = in_taxes(plan, taken_as(Cost, running, year=year, fctva=False))
                yield Worked(cost, ("running_costs", k), steps)

    if not any(project.running_costs for project in plan.projects):
        return Version(plan)
    return _with_costs(plan, lambda project: {"running_costs": own(project)})


def to_run(project: Project) -> Sequence[Cost]:
    """What a project costs to run: a cost a year, of a plan that is worked out."""
    return [each for each in project.running_costs if isinstance(each, Cost)]


def priced(plan: Plan) -> Version:
    """The plan with its indexed costs in the prices of their years.

    What is paid before the base year of the prices, or in it, is as it is written; so is all, where
    it cannot be reckoned (PPI127).
    """
    prices = plan.indexation
    version = Version(plan)
    if prices is None or not can_be_reckoned(prices):
        return version
    for name in COSTS:
        if any(cost.indexed for p in plan.projects for cost in getattr(p, name)):
            version = version.then(partial(_priced, prices=prices, name=name))
    return version


def _priced(plan: Plan, prices: Indexation, name: Costs) -> Version:
    def own(project: Project) -> Iterator[Worked]:
        costs: Sequence[Cost] = getattr(project, name)
        return in_prices([Worked(cost, (name, j)) for j, cost in enumerate(costs)], prices)

    return _with_costs(plan, lambda project: {name: own(project)})


def can_be_reckoned(prices: Indexation | None) -> bool:
    """Whether prices move by a rate, or else by an index that begins in the base year."""
    return prices is not None and (prices.rate is not None or prices.base in prices.index)


def running_years(plan: Plan, project: Project, running: RunningCost) -> Years:
    """The plan's years in which a running cost is paid; none, backwards, where there is no such."""
    first, last = plan.years
    start = running.start
    if start is None:
        start = last + 1 if project.quarters is None else project.quarters.last.year + 1
    return Years(max(start, first), last if running.until is None else min(running.until, last))


def _with_costs(
    plan: Plan, costs_of: Callable[[Project], Mapping[Costs, Iterable[Worked]]]
) -> Version:
    """The plan with other costs for each project, where they come from, and what was computed."""
    projects: list[Project] = []
    origins: dict[Path, Path] = {}
    steps: dict[Path, tuple[Message, ...]] = {}
    for i, project in enumerate(plan.projects):
        now: dict[str, tuple[Cost, ...]] = {}
        for name, costs in costs_of(project).items():
            found = list(costs)
            for n, each in enumerate(found):
                place: Path = ("projects", i, name, n)
                origins.update(each.origins(place, ("projects", i)))
                if each.steps:
                    steps[place] = each.steps
            now[name] = tuple(each.cost for each in found)
        projects.append(changed(project, **now))
    return Version(changed(plan, projects=tuple(projects)), origins, steps)


def in_taxes(plan: Plan, cost: Cost) -> tuple[Cost, tuple[Message, ...]]:
    """A cost as the plan counts taxes, and what was computed."""
    if cost.tax is None or cost.amount is None or (rate := rate_of(plan, cost)) is None:
        return cost, ()
    amount = in_taxes_of(plan, cost.amount, cost.tax, rate)
    if amount is None:
        return changed(cost, rate=rate), ()
    how = msg("{amount} and taxes of {rate}", amount=cost.amount, rate=rate)
    if cost.tax == "incl":
        how = msg("{amount} less taxes of {rate}", amount=cost.amount, rate=rate)
    return changed(cost, amount=amount, tax=plan.header.tax, rate=rate), (how,)


def rate_of(plan: Plan, cost: Cost | RunningCost) -> Rate | None:
    """The rate of the tax that a cost names: its own, else the plan's usual one."""
    return cost.rate if cost.rate is not None or cost.tax is None else plan.header.rate


def in_prices(costs: Iterable[Worked], prices: Indexation) -> Iterator[Worked]:
    """The costs, of which the indexed ones are in the prices of their year.

    The parts of a cost that was spread over quarters are indexed together, year by year, and share
    the result: so they come to what the cost would come to.
    """
    for key, group in groupby(costs, key=_part_of):
        parts = list(group)
        year = parts[0].cost.in_year
        amounts = [part.cost.amount for part in parts]
        whole = total(amounts)
        if key is None or whole is None or year is None or year <= prices.base:
            yield from parts
            continue
        weights = [amount for amount in amounts if amount is not None]
        moved = indexed(whole, year, prices)
        told = _told(whole, moved, prices, year)
        even = tuple(weights) == spread(whole, len(weights))
        shares = spread(moved, len(weights)) if even else shared(moved, [w.cents for w in weights])
        for part, amount in zip(parts, shares, strict=True):
            assumed = prices.basis == "assumed" or bool(_left_out(prices, year))
            basis = "assumed" if assumed else part.cost.basis
            cost = changed(part.cost, amount=amount, basis=basis, indexed=False)
            yield Worked(cost, part.origin, (*part.steps, told))


def _told(amount: Money, moved: Money, prices: Indexation, year: int) -> Message:
    """From what an indexed amount is reckoned, how, and what rounding adds to it."""
    how: list[Message] = list(_by_what(prices, year))
    if prices.fixed is not None:
        how.append(msg("{rate} of it fixed", rate=prices.fixed))
    if prices.rounded_to is not None:
        how.append(msg("rounded to {amount}", amount=prices.rounded_to))
    if prices.rounding == "each_year":
        how.append(msg("year after year"))
    exact = indexed(amount, year, changed(prices, rounded_to=None, rounding="once"))
    if moved != exact:
        how.append(msg("{residue} by rounding", residue=moved - exact))
    return msg(
        "{amount} in prices of {year}: {how}", amount=amount, year=Year(prices.base), how=how
    )


def _by_what(prices: Indexation, year: int) -> Iterator[Message]:
    """By what prices have moved up to a year; of an index, which year's, where that is not its own.

    Rounded year after year, an amount has passed through the years before.
    """
    if prices.rate is not None:
        yield msg("{rate} a year", rate=prices.rate)
        return
    last, left_out = max(prices.index), _left_out(prices, year)
    if year > last:
        yield msg("by the index of {year}, the last one", year=Year(last))
    elif year in left_out:
        before = max(each for each in prices.index if each < year)
        yield msg("by the index of {before}: {year} has none", before=Year(before), year=Year(year))
    else:
        yield msg("by the index")
    passed = [Year(each) for each in left_out if each < min(year, last)]
    if passed:
        yield msg("for {years} by that of the year before", years=passed)


def _left_out(prices: Indexation, year: int) -> Sequence[int]:
    """The years that an amount passes through, up to its own, for which no index is stated."""
    if prices.rate is not None:
        return ()
    first = prices.base + 1 if prices.rounding == "each_year" else year
    return [each for each in range(first, year + 1) if each not in prices.index]


def _part_of(worked: Worked) -> tuple[object, ...] | None:
    """What the parts of one indexed cost have in common; ``None`` of what is not indexed."""
    cost = worked.cost
    if not cost.indexed or cost.amount is None:
        return None
    return cost.in_year, id(whole_of(cost)), worked.origin if not cost.is_spread else ()


def in_taxes_of(plan: Plan, amount: Money, tax: str, rate: Rate) -> Money | None:
    """An amount with or without taxes, as the plan counts them; ``None`` where it is so already."""
    wanted = plan.header.tax
    if tax == wanted or wanted == "unstated":
        return None
    return rate.added_to(amount) if wanted == "incl" else rate.taken_out_of(amount)


def indexed(amount: Money, year: int, prices: Indexation) -> Money:
    """An amount of the base year in the prices of a later one.

    P = P₀ × (f + (1 − f) × I / I₀), where f is the part that is fixed. It is rounded to what the
    plan says, half away from zero, either once, or year after year from the rounded amount of the
    year before. Where the index has no number for a year, the one before it holds.
    """
    step = 1 if prices.rounded_to is None else prices.rounded_to.cents
    fixed_part = 0 if prices.fixed is None else prices.fixed.thousandths
    fixed = rounded(amount.cents * fixed_part, 100_000) // 100_000
    if prices.rounding == "once":
        return Money(_moved(amount.cents, fixed, prices, (prices.base, year), step))
    cents = amount.cents
    for each in range(prices.base + 1, year + 1):
        cents = _moved(cents, fixed, prices, (each - 1, each), step)
    return Money(cents)


def _moved(cents: int, fixed: int, prices: Indexation, years: tuple[int, int], step: int) -> int:
    """An amount of one year in the prices of another, rounded to a step; a part of it is fixed."""
    (before, before_under), (after, after_under) = (_level(prices, year) for year in years)
    top, bottom = after * before_under, after_under * before
    return rounded(fixed * bottom + (cents - fixed) * top, step * bottom) // bottom


def _level(prices: Indexation, year: int) -> tuple[int, int]:
    """The level of prices in a year, as a fraction."""
    if prices.rate is not None:
        years = year - prices.base
        return (100_000 + prices.rate.thousandths) ** years, 100_000**years
    return prices.index[max(each for each in prices.index if each <= year)], 1
