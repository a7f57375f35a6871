"""Funding worked out: each in one year or quarter; shares, and what comes as the costs do.

A share is a part of what the project costs in the version that is computed, once its variants are
chosen and its prices known: so it follows the costs, whatever becomes of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import lcm
from typing import Any, ClassVar, NamedTuple

from ppi_cli.plan.becoming import Moved
from ppi_cli.plan.model import Plan
from ppi_cli.plan.pieces import changed, taken_as
from ppi_cli.plan.projects import Cost, Funding, Project
from ppi_cli.values.findings import Path
from ppi_cli.values.message import Message, msg
from ppi_cli.values.money import Money, Rate, in_proportion, rounded
from ppi_cli.values.quarters import Outside, Quarter, period_of
from ppi_cli.versions.version import Version

_HUNDRED_PERCENT = 100_000


class KnownInPart(Funding):
    """A share of what a project costs, of which a part is not stated."""

    __slots__ = ()
    is_known_in_part: ClassVar[bool] = True


class WrittenFunding(NamedTuple):
    """What someone pays at one time, where it comes from, and what was computed."""

    funding: Funding
    #: Within its project, its theme or the plan.
    origin: Path
    steps: tuple[Message, ...] = ()
    #: The key that its amount is written with.
    key: str = "amount"
    #: Whether it comes in no year: too late, or with costs that are not known.
    is_nowhere: bool = False


def written_funding(funding: Sequence[Funding]) -> Iterator[WrittenFunding]:
    """What others pay as it is written, each in one year; what comes with costs, as it is."""
    for j, line in enumerate(funding):
        for at, each in line.by_period():
            yield WrittenFunding(each, ("funding", j, *at), of_a_year(at))


def of_a_year(at: Path) -> tuple[Message, ...]:
    """Which year outside the plan an amount of a line is of, where that is written."""
    return (msg("of {year}", year=period_of(str(at[1]))),) if len(at) > 1 else ()


def funded(plan: Plan) -> Version:
    """The plan with funding at one time each: lines by period, shares and what comes with costs."""
    found = _Found()
    projects = []
    for i, project in enumerate(plan.projects):
        if any(_is_to_work_out(each) for each in project.funding):
            project = found.put(project, ("projects", i), worked_funding(plan, project))
        projects.append(project)
    themes = []
    for i, theme in enumerate(plan.themes):
        if any(each.is_line for each in theme.funding):
            theme = found.put(theme, ("themes", i), written_funding(theme.funding))
        themes.append(theme)
    if any(each.is_line for each in plan.funding):
        plan = found.put(plan, (), written_funding(plan.funding))
    if not found.origins:
        return Version(plan)
    plan = changed(plan, projects=tuple(projects), themes=tuple(themes))
    return Version(plan, found.origins, found.steps)


def _is_to_work_out(funding: Funding) -> bool:
    return funding.is_line or funding.share is not None or funding.comes_with_costs


class _Found:
    """The funding of what has some, where it comes from, and what was computed."""

    def __init__(self) -> None:
        self.origins: dict[Path, Path] = {}
        self.steps: dict[Path, tuple[Message, ...]] = {}

    def put(self, piece: Any, place: Path, worked: Iterable[WrittenFunding]) -> Any:
        """A project, a theme or the plan, with its funding as it is worked out."""
        lines: dict[str, list[Funding]] = {"funding": [], "funding_outside": []}
        if isinstance(piece, Project):
            lines["funding_nowhere"] = []
        lines["funding_outside"] += piece.funding_outside
        for each in worked:
            name = "funding_outside" if each.funding.is_outside else "funding"
            name = "funding_nowhere" if each.is_nowhere else name
            at: Path = (*place, name, len(lines[name]))
            self.origins[at] = (*place, *each.origin)
            if each.key != "amount":
                self.origins[*at, "amount"] = (*place, *each.origin, each.key)
            if each.steps:
                self.steps[at] = each.steps
            lines[name].append(each.funding)
        return changed(piece, **{name: tuple(own) for name, own in lines.items()})


def _is_too_late(plan: Plan, funding: Funding) -> bool:
    """Whether it comes after the last year in which it can."""
    if funding.until is None or funding.year == Outside.BEFORE:
        return False
    if funding.year == Outside.BEYOND:
        return funding.until <= plan.years.last
    return funding.in_year > funding.until


def worked_funding(plan: Plan, project: Project) -> Iterator[WrittenFunding]:
    """What others pay of a project whose costs are worked out."""
    bases: dict[object, Base] = {}
    for each in written_funding(project.funding):
        funding = each.funding
        if funding.share is None and not funding.comes_with_costs:
            yield each
            continue
        taxes = funding.of if isinstance(funding.of, str) else None
        base = bases.get(taxes)
        if base is None:
            base = bases[taxes] = base_of(plan, project, taxes)
        yield from (each._replace(**own) for own in _of_costs(plan, funding, base))


def _of_costs(plan: Plan, funding: Funding, base: Base) -> Iterator[dict[str, Any]]:
    """A share, or what comes as costs do, at each time at which it comes."""
    amount, steps, in_part = funding.amount, list[Message](), False
    assumed = funding.basis == "assumed"
    if funding.share is not None:
        steps, amount = list(_share_told(funding, base)), _share_of(funding, base)
        in_part = base.is_known_in_part and isinstance(funding.of, (str, type(None)))
        in_part = in_part and amount != funding.at_most
        assumed = assumed or base.assumed
    key = "amount" if funding.share is None else "share"
    none = {"share": None, "of": None, "at_most": None}
    kind = KnownInPart if in_part else Funding
    if not funding.comes_with_costs:
        basis = "assumed" if assumed else "stated"
        own = taken_as(kind, funding, **none, amount=amount, basis=basis)
        of_nothing = amount is None and base.is_empty
        yield {"funding": own, "steps": tuple(steps), "key": key, "is_nowhere": of_nothing}
        return
    if funding.share is None:
        assumed = True
        if amount is not None:
            steps = [msg("{amount} in all", amount=amount)]
    basis = "assumed" if assumed or base.assumed else "stated"
    weights = base.weights
    if not weights:
        if amount is not None or (funding.share is not None and base.is_empty):
            own = taken_as(kind, funding, **none, amount=amount, basis=basis)
            yield {"funding": own, "key": key, "is_nowhere": True}
        return
    times = list(weights)
    if len(times) > 1:
        steps.append(msg("in proportion to what it costs at each time"))
    parts: Sequence[Money | None] = [None] * len(times)
    if amount is not None:
        parts = _by_year_and_quarter(amount, weights)
    for time, part in zip(times, parts, strict=True):
        when: dict[str, Any] = {"quarter" if isinstance(time, Quarter) else "year": time}
        own = taken_as(kind, funding, **none, **when, amount=part, basis=basis)
        told = (*steps, *_residue(amount, part, weights[time], weights))
        late = _is_too_late(plan, own)
        yield {"funding": own, "steps": told, "key": key, "is_nowhere": late}


def _by_year_and_quarter(amount: Money, weights: Mapping[int | Quarter, int]) -> Sequence[Money]:
    """The amount at each time: by year, and that of a year by quarter.

    So a year brings the same, whether its costs are told by quarter or not.
    """
    years: dict[int, list[int]] = defaultdict(list)
    for time, weight in weights.items():
        years[time.year if isinstance(time, Quarter) else time].append(weight)
    of_years = in_proportion(amount, [sum(own) for own in years.values()])
    return [
        part
        for of_year, own in zip(of_years, years.values(), strict=True)
        for part in in_proportion(of_year, own)
    ]


def _residue(
    amount: Money | None, part: Money | None, weight: int, weights: Mapping[int | Quarter, int]
) -> Iterator[Message]:
    """The cents that a part has been given, or has given, for the parts to add up."""
    if amount is None or part is None:
        return
    whole = sum(weights.values())
    if more := part.cents - rounded(amount.cents * weight, whole) // whole:
        yield msg("{residue} by rounding", residue=Money(more))


def _share_of(funding: Funding, base: Base) -> Money | None:
    """What a share comes to, rounded once; ``None`` where nothing of its base is known."""
    assert funding.share is not None
    if isinstance(funding.of, Money):
        amount = funding.share.of(funding.of)
    elif not base.weights:
        return None
    else:
        whole = _HUNDRED_PERCENT * base.denominator
        exact = funding.share.thousandths * sum(base.weights.values())
        amount = Money(rounded(exact, whole) // whole)
    return amount if funding.at_most is None else min(amount, funding.at_most)


def _share_told(funding: Funding, base: Base) -> Iterator[Message]:
    """Of what a share is reckoned, and where it is less than that."""
    share, of = funding.share, funding.of
    assert share is not None
    if isinstance(of, Money):
        yield msg("{share} of {base}", share=share, base=of)
        uncapped = share.of(of)
    elif not base.weights:
        return
    else:
        whole = base.sum
        if of == "incl":
            yield msg("{share} of costs of {base} with taxes", share=share, base=whole)
        elif of == "excl":
            yield msg("{share} of costs of {base} without taxes", share=share, base=whole)
        else:
            yield msg("{share} of costs of {base}", share=share, base=whole)
        uncapped = share.of(whole)
    if funding.at_most is not None and uncapped > funding.at_most:
        yield msg("{amount} at most", amount=funding.at_most)


class Base(NamedTuple):
    """The costs of a project that shares are parts of, and that funding follows."""

    #: What they are at each time, a year or a quarter; in parts of a cent, to be exact.
    weights: Mapping[int | Quarter, int]
    denominator: int
    #: Whether a cost of it is blank, or has no rate to tell its taxes.
    is_known_in_part: bool
    assumed: bool

    @property
    def sum(self) -> Money:
        """What they come to together, to the cent."""
        whole = sum(self.weights.values())
        return Money(rounded(whole, self.denominator) // self.denominator)

    @property
    def is_empty(self) -> bool:
        """Whether there is no cost at all, not even a blank one."""
        return not self.weights and not self.is_known_in_part


def base_of(plan: Plan, project: Project, taxes: str | None) -> Base:
    """The costs of a project above zero that are investment, or all where none is.

    Those of it before the plan and beyond it too, but for what is in no year yet; with taxes or
    without, where that is said.
    """
    of_it = base_costs(project)
    known = [cost for cost in of_it if cost.amount is not None and counts(plan, cost, taxes)]
    divisors = [_divisor(plan, cost, taxes) for cost in known]
    denominator = lcm(*(below for _, below in divisors))
    weights: dict[int | Quarter, int] = defaultdict(int)
    for cost, (above, below) in zip(known, divisors, strict=True):
        time = cost.quarter if cost.quarter is not None else cost.in_year
        if cost.amount is not None and time is not None:
            weights[time] += cost.amount.cents * above * (denominator // below)
    by_time = sorted(weights.items(), key=_in_order)
    return Base(
        dict(by_time),
        denominator,
        len(known) < len(of_it),
        any(cost.basis == "assumed" for cost in known),
    )


def base_costs(project: Project) -> Sequence[Cost]:
    """The costs of which shares are parts; also blank ones, of which it is not known."""
    outside = (cost for cost in project.costs_outside if cost.year != Outside.UNPLANNED)
    costs = [
        cost for cost in (*project.costs, *outside) if cost.amount is None or cost.amount.cents > 0
    ]
    return _investment(costs)


def is_in_a_base(project: Project, cost: Cost) -> bool:
    """Whether a cost, as it is written, is one of which shares are parts, and is known."""
    return cost in _investment([each for each in project.costs if _is_known(each)])


def _investment(costs: Sequence[Cost]) -> Sequence[Cost]:
    """The costs that are investment, which is what is not known to be operating; else all."""
    return [cost for cost in costs if cost.in_section != "operating"] or costs


def _is_known(cost: Cost) -> bool:
    amounts = (each.written for _, each in cost.by_period() if each.year != Outside.UNPLANNED)
    return any(amount is not None and amount.cents > 0 for amount in amounts)


def counts(plan: Plan, cost: Cost, taxes: str | None) -> bool:
    """Whether it can be told what a cost is with taxes, or without."""
    if taxes is None or taxes == plan.header.tax:
        return True
    return _rate_of(plan, cost) is not None and plan.header.tax != "unstated"


def _rate_of(plan: Plan, cost: Cost) -> Rate | None:
    """The rate of the tax of a cost: its own, else the plan's usual one."""
    return plan.header.rate if cost.rate is None else cost.rate


def _divisor(plan: Plan, cost: Cost, taxes: str | None) -> tuple[int, int]:
    """By what the amount of a cost is multiplied and divided, to be with taxes or without."""
    rate = _rate_of(plan, cost)
    if taxes is None or taxes == plan.header.tax or rate is None:
        return 1, 1
    with_taxes = _HUNDRED_PERCENT + rate.thousandths
    if taxes == "incl":
        return with_taxes, _HUNDRED_PERCENT
    return _HUNDRED_PERCENT, with_taxes


def _in_order(of_time: tuple[int | Quarter, int]) -> tuple[int, int]:
    time, _ = of_time
    return (time.year, time.number) if isinstance(time, Quarter) else (time, 0)


def lost_with_costs(plan: Plan) -> Iterator[Moved]:
    """What would come too late of what comes as costs do, of a plan that is worked out.

    A share of no cost comes in no year either, whenever it is; by that, nothing is lost.
    """
    for project in plan.projects:
        for each in project.funding_nowhere:
            if each.comes_with_costs or each.until is None:
                continue
            if _is_too_late(plan, each):
                yield Moved(project.id, each.from_, each.amount, each.until, each.in_year)


def without_a_time(plan: Plan) -> Iterator[tuple[Project, Funding]]:
    """What would come as costs do, and has none that are known."""
    for project in plan.projects:
        for each in project.funding_nowhere:
            if each.comes_with_costs or each.until is None:
                yield project, each
