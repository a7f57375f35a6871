"""Costs worked out: each in one year or quarter, in the plan's taxes, in the prices of its year.

What is repeated from year to year is written once in the plan, and so are the costs that follow a
project; here they become costs of single years. Every cost that is not as it was written knows
what was computed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import ClassVar, NamedTuple

from ppi_cli.findings import Path
from ppi_cli.message import Message, msg
from ppi_cli.model import Cost, Indexation, Plan, Project, RunningCost, Scenario, changed
from ppi_cli.money import Money, Rate, rounded, shared, spread, total
from ppi_cli.quarters import Years
from ppi_cli.rescheduling import equal_parts, whole_of
from ppi_cli.variants import Version


class FollowingCost(Cost):
    """A cost that follows a project once it is done."""

    __slots__ = ()
    is_running: ClassVar[bool] = True


class _Worked(NamedTuple):
    """A cost, where it comes from in its project, and what was computed."""

    cost: Cost
    origin: Path
    steps: tuple[Message, ...] = ()
    #: The key that its amount is written with.
    key: str = "amount"


def written_out(plan: Plan) -> Version:
    """The plan with a cost for each year or quarter of those that are paid in several.

    They are in the plan's taxes. So are those of the projects that its scenarios add.
    """

    def one_by_one(project: Project) -> Iterator[_Worked]:
        for j, cost in enumerate(project.costs):
            yield from _one_by_one(plan, cost, ("costs", j))

    added = [project for scenario in plan.scenarios for project in scenario.add]
    if not any(map(_is_to_write_out, (*plan.projects, *added))):
        return Version(plan)
    made = [_reworked(each, ("projects", i), one_by_one) for i, each in enumerate(plan.projects)]
    projects = tuple(each.project for each in made)
    scenarios: list[Scenario] = []
    for i, scenario in enumerate(plan.scenarios):
        place: Path = ("scenarios", i, "add")
        own = [_reworked(each, (*place, j), one_by_one) for j, each in enumerate(scenario.add)]
        made += own
        scenarios.append(changed(scenario, add=tuple(each.project for each in own)))
    return _version(changed(plan, projects=projects, scenarios=tuple(scenarios)), made)


def _is_to_write_out(project: Project) -> bool:
    return any(
        cost.years is not None or cost.quarters is not None or cost.tax is not None
        for cost in project.costs
    )


def _one_by_one(plan: Plan, cost: Cost, origin: Path) -> Iterator[_Worked]:
    """A cost as those of its years or quarters: with taxes first, so that the parts sum to it."""
    key = cost.amount_key
    if key != "amount":
        cost = changed(cost, amount=cost.written, each_year=None, in_all=None)
    own, steps = _in_taxes(plan, cost)
    if own.years is None and own.quarters is None:
        yield _Worked(own, origin, steps, key)
    elif key == "in_all" or own.years is None:
        parts = equal_parts(own)
        if len(parts) > 1 and own.amount is not None:
            when = own.years if own.years is not None else list(own.quarters or ())
            told = msg("{amount} in all, {when}, in equal parts", amount=own.amount, when=when)
            steps = (*steps, told)
        yield from (_Worked(part, origin, steps, key) for part in parts)
    else:
        steps = (msg("every year, {years}", years=own.years), *steps)
        for year in own.years.each():
            yield _Worked(changed(own, years=None, year=year), origin, steps, key)


def followed(plan: Plan) -> Version:
    """The plan with a cost for each year of those that follow its projects."""

    def own(project: Project) -> Iterator[_Worked]:
        for j, cost in enumerate(project.costs):
            yield _Worked(cost, ("costs", j))
        for k, running in enumerate(project.running_costs):
            for year in running_years(plan, project, running).each():
                cost, steps = _in_taxes(plan, _of_year(running, year))
                yield _Worked(cost, ("running_costs", k), steps)

    if not any(project.running_costs for project in plan.projects):
        return Version(plan)
    return _with_costs(plan, own, running_costs=())


def priced(plan: Plan) -> Version:
    """The plan with its indexed costs in the prices of their years.

    What is paid before the base year of the prices, or in it, is as it is written.
    """
    prices = plan.indexation

    def own(project: Project) -> Iterator[_Worked]:
        written = [_Worked(cost, ("costs", j)) for j, cost in enumerate(project.costs)]
        yield from written if prices is None else _in_prices(written, prices)

    if prices is None or not any(c.indexed for p in plan.projects for c in p.costs):
        return Version(plan)
    return _with_costs(plan, own)


def running_years(plan: Plan, project: Project, running: RunningCost) -> Years:
    """The plan's years in which a running cost is paid; none, backwards, where there is no such."""
    first, last = plan.years
    start = running.start
    if start is None:
        start = last + 1 if project.quarters is None else project.quarters.last.year + 1
    return Years(max(start, first), last if running.until is None else min(running.until, last))


def _of_year(running: RunningCost, year: int) -> Cost:
    cost: Cost = object.__new__(FollowingCost)
    for name in Cost.__pydantic_fields__:  # type: ignore[attr-defined]
        object.__setattr__(cost, name, getattr(running, name, None))
    object.__setattr__(cost, "year", year)
    object.__setattr__(cost, "fctva", False)
    return cost


def _with_costs(
    plan: Plan, costs_of: Callable[[Project], Iterator[_Worked]], **values: object
) -> Version:
    """The plan with other costs for each project, where they come from, and what was computed."""
    made = [
        _reworked(project, ("projects", i), costs_of, **values)
        for i, project in enumerate(plan.projects)
    ]
    return _version(changed(plan, projects=tuple(each.project for each in made)), made)


class _Reworked(NamedTuple):
    """A project with other costs, where they come from, and what was computed."""

    project: Project
    origins: Mapping[Path, Path]
    steps: Mapping[Path, tuple[Message, ...]]


def _reworked(
    project: Project,
    own: Path,
    costs_of: Callable[[Project], Iterator[_Worked]],
    **values: object,
) -> _Reworked:
    """The project at a path with other costs."""
    found: Sequence[_Worked] = list(costs_of(project))
    origins: dict[Path, Path] = {}
    steps: dict[Path, tuple[Message, ...]] = {}
    for n, each in enumerate(found):
        place: Path = (*own, "costs", n)
        if each.origin != ("costs", n):
            origins[place] = (*own, *each.origin)
        if each.key != "amount":
            origins[*place, "amount"] = (*own, *each.origin, each.key)
        if each.steps:
            steps[place] = each.steps
    costs = tuple(each.cost for each in found)
    return _Reworked(changed(project, costs=costs, **values), origins, steps)


def _version(plan: Plan, made: Sequence[_Reworked]) -> Version:
    """A plan with projects of which costs were worked out."""
    origins = {path: origin for each in made for path, origin in each.origins.items()}
    steps = {path: told for each in made for path, told in each.steps.items()}
    return Version(plan, origins, steps)


def _in_taxes(plan: Plan, cost: Cost) -> tuple[Cost, tuple[Message, ...]]:
    """A cost as the plan counts taxes, and what was computed."""
    if cost.tax is None or cost.amount is None or cost.rate is None:
        return cost, ()
    amount = in_taxes_of(plan, cost.amount, cost.tax, cost.rate)
    if amount is None:
        return changed(cost, tax=None, rate=None), ()
    how = msg("{amount} and taxes of {rate}", amount=cost.amount, rate=cost.rate)
    if cost.tax == "incl":
        how = msg("{amount} less taxes of {rate}", amount=cost.amount, rate=cost.rate)
    return changed(cost, amount=amount, tax=None, rate=None), (how,)


def _in_prices(costs: Iterable[_Worked], prices: Indexation) -> Iterator[_Worked]:
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
            ends = bool(prices.index) and year > max(prices.index)  # the last one holds
            basis = "assumed" if ends or prices.basis == "assumed" else part.cost.basis
            cost = changed(part.cost, amount=amount, basis=basis, indexed=False)
            yield _Worked(cost, part.origin, (*part.steps, told))


def _told(amount: Money, moved: Money, prices: Indexation, year: int) -> Message:
    """From what an indexed amount is reckoned, how, and what rounding adds to it."""
    how: list[Message] = []
    if prices.rate is not None:
        how.append(msg("{rate} a year", rate=prices.rate))
    elif year > max(prices.index):
        how.append(msg("by the index of {year}, the last one", year=str(max(prices.index))))
    else:
        how.append(msg("by the index"))
    if prices.fixed is not None:
        how.append(msg("{rate} of it fixed", rate=prices.fixed))
    if prices.rounded_to is not None:
        how.append(msg("rounded to {amount}", amount=prices.rounded_to))
    if prices.rounding == "each_year":
        how.append(msg("year after year"))
    exact = indexed(amount, year, changed(prices, rounded_to=None, rounding="once"))
    if moved != exact:
        how.append(msg("{residue} by rounding", residue=moved - exact))
    return msg("{amount} in prices of {year}: {how}", amount=amount, year=str(prices.base), how=how)


def _part_of(worked: _Worked) -> tuple[object, ...] | None:
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
    year before. Of an index that ends before the year, the last one holds.
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
    stated = [each for each in prices.index if each <= year]
    return (prices.index[max(stated)], 1) if stated else (1, 1)
