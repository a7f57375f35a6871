"""Who else pays: what funders give, and what the VAT fund (FCTVA) gives back."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple, TypeAlias

from ppi_cli.figures.law import CURRENCIES, Fact, fact
from ppi_cli.plan.finance import Fctva, Funder, OwnShare
from ppi_cli.plan.model import Plan, once_per_plan
from ppi_cli.plan.projects import Cost, Funding, Project
from ppi_cli.values.findings import Path
from ppi_cli.values.message import Message, msg
from ppi_cli.values.money import ZERO, Money, Rate, total
from ppi_cli.values.quarters import Outside, Quarter, Year, Years

#: The VAT fund, as a source of money.
FCTVA = "fctva"
#: What part of a project's cost may be paid before it is spent without a word.
_ROUNDING = 100
#: The account of cloud infrastructure, which has a rate of its own (M57).
_CLOUD = "65811"
Status: TypeAlias = Literal["granted", "requested", "computed"]


class Receipt(NamedTuple):
    """Money that someone else pays for a project in a year.

    What is paid of a theme or of the plan is of no project; what the VAT fund still owes for
    spending before the plan, of no theme either.
    """

    amount: Money
    source: str
    status: Status
    project: str | None
    theme: str | None
    year: int
    assumed: bool
    path: Path
    #: What was computed.
    steps: tuple[Message, ...] = ()
    #: Its quarter, where one is stated.
    quarter: Quarter | None = None
    #: Whether it is known in part only: a share of costs of which some are blank.
    known_only: bool = False
    #: What of it the VAT fund pays for operating costs, which is operating revenue.
    operating: Money = ZERO

    @property
    def row(self) -> str:
        """Its row in a table by source: what is only requested has one of its own."""
        return f"{self.source}/requested" if self.status == "requested" else self.source


@once_per_plan
def receipts(plan: Plan) -> Sequence[Receipt]:
    """Everything that others pay, whenever that is: the VAT fund pays after the plan's end, too."""
    return [*_funding(plan, own=False), *fctva(plan)]


@once_per_plan
def own_sources(plan: Plan) -> Sequence[Receipt]:
    """What the town pays from sources of its own that the plan names: loans, reserves.

    A status that is written there says nothing.
    """
    return list(_funding(plan, own=True))


@once_per_plan
def outside_receipts(plan: Plan) -> Sequence[Receipt]:
    """What others pay outside the plan's years: their year says where that is."""
    return list(_funding(plan, own=False, name="funding_outside"))


@once_per_plan
def outside_own_sources(plan: Plan) -> Sequence[Receipt]:
    """What sources of the town's own pay outside the plan's years."""
    return list(_funding(plan, own=True, name="funding_outside"))


def receipts_of(plan: Plan, project: Project) -> Sequence[Receipt]:
    """What others pay for a project."""
    return _by_project(plan).get(project.id, ())


@once_per_plan
def _by_project(plan: Plan) -> Mapping[str, list[Receipt]]:
    found: dict[str, list[Receipt]] = defaultdict(list)
    for receipt in receipts(plan):
        if receipt.project is not None:
            found[receipt.project].append(receipt)
    return found


def _funding(
    plan: Plan, *, own: bool, name: Literal["funding", "funding_outside"] = "funding"
) -> Iterator[Receipt]:
    own_funders = {funder.id for funder in plan.funders if funder.own}
    for path, project, theme, funding in _funded(plan, name):
        for j, each in enumerate(funding):
            if each.amount is not None and (each.from_ in own_funders) == own:
                yield Receipt(
                    each.amount,
                    each.from_,
                    "granted" if own else each.status,
                    project,
                    theme,
                    each.in_year,
                    each.basis == "assumed",
                    (*path, name, j),
                    quarter=each.quarter,
                    known_only=each.is_known_in_part,
                )


def _funded(
    plan: Plan, name: Literal["funding", "funding_outside"]
) -> Iterator[tuple[Path, str | None, str | None, Sequence[Funding]]]:
    """What has funding of its own: where it stands, its project and its theme."""
    for i, project in enumerate(plan.projects):
        yield ("projects", i), project.id, project.theme, getattr(project, name)
    for i, theme in enumerate(plan.themes):
        yield ("themes", i), None, theme.id, getattr(theme, name)
    yield (), None, None, getattr(plan, name)


def fctva(plan: Plan) -> Iterator[Receipt]:
    """What the VAT fund gives back of each project's eligible spending of a year.

    The part of the year's spending is rounded to the cent, and paid n, n + 1 or n + 2 (CGCT
    L1615-6). Where the plan counts without taxes, nothing is reckoned: the fund pays on amounts
    with taxes. What it gives back of operating costs is operating revenue.
    """
    fund = plan.fctva
    if fund is None:
        return
    yield from _due(fund)
    if plan.header.tax == "excl":
        return
    assumed = fund.basis == "assumed" or plan.header.tax == "unstated"
    for i, project in enumerate(plan.projects):
        for (year, name), costs in sorted(_eligible(project.costs).items()):
            rate, law = _rate(fund, name, year)
            if rate is None or not (amount := rate.of(spent := _spent(costs))).cents:
                continue
            of_operating = [each for each in costs if each[1].in_section == "operating"]
            yield Receipt(
                amount,
                FCTVA,
                "computed",
                project.id,
                project.theme,
                year + fund.regime,
                assumed
                or (law is not None and not law.confirmed)
                or any(cost.basis == "assumed" for _, cost in costs),
                ("projects", i, "costs", costs[0][0]),
                (_told(rate, spent, year, None if law is None else law.article),),
                operating=rate.of(_spent(of_operating)) if of_operating else ZERO,
            )


_DUE: Mapping[str, Message] = {
    "due": msg("for what was spent before the plan"),
    "due_operating": msg("for operating costs before the plan"),
}


def _due(fund: Fctva) -> Iterator[Receipt]:
    """What it still pays for spending before the plan; for operating costs, apart."""
    for name, told in _DUE.items():
        for year, due in getattr(fund, name).items():
            yield Receipt(
                due.amount,
                FCTVA,
                "computed",
                None,
                None,
                year,
                fund.basis == "assumed" or due.assumed,
                ("fctva", name, str(year)),
                (told,),
                operating=due.amount if name == "due_operating" else ZERO,
            )


class DueOfBefore(NamedTuple):
    """What the VAT fund pays in a year of the plan for spending before it."""

    #: The year of the spending, and that in which the fund pays.
    spent_in: int
    year: int
    #: Whether it is of operating costs.
    is_operating: bool
    amount: Money
    #: Which of the costs it is of.
    costs: Sequence[int]


def due_of_before(plan: Plan, costs: Sequence[Cost]) -> Iterator[DueOfBefore]:
    """What the VAT fund pays in the plan's years of costs of a project in years before it.

    No total counts it: what the fund still pays for them is stated, as due.
    """
    fund = plan.fctva
    if fund is None or plan.header.tax == "excl":
        return
    for (spent_in, name), eligible in sorted(_eligible(costs).items()):
        rate, _ = _rate(fund, name, spent_in)
        year = spent_in + fund.regime
        if rate is None or spent_in >= plan.years.first or year not in plan.years:
            continue
        for is_operating in (False, True):
            own = [e for e in eligible if (e[1].in_section == "operating") == is_operating]
            if (amount := rate.of(_spent(own))).cents:
                yield DueOfBefore(spent_in, year, is_operating, amount, [j for j, _ in own])


def eligible_outside(plan: Plan, where: Outside) -> Money:
    """The costs before or beyond the plan of which the VAT fund would pay a part."""
    return Money(
        sum(
            cost.amount.cents
            for project in plan.projects
            for cost in project.costs_outside
            if cost.year == where and cost.amount is not None and is_eligible(cost)
        )
    )


@once_per_plan
def operating_fund(plan: Plan) -> Mapping[str | None, Counter[int]]:
    """What the VAT fund gives back of operating costs, in cents, by project and year.

    Of no project, under ``None``. It is operating revenue: savings have it, and investment has not.
    """
    found: dict[str | None, Counter[int]] = {}
    for receipt in fctva(plan):
        if receipt.operating.cents:
            found.setdefault(receipt.project, Counter())[receipt.year] += receipt.operating.cents
    return found


def _spent(costs: Iterable[tuple[int, Cost]]) -> Money:
    return Money(sum([cost.amount.cents for _, cost in costs if cost.amount is not None]))


def without_rate(plan: Plan) -> int:
    """How many eligible costs are of a year for which the table has no rate."""
    if plan.fctva is None:
        return 0
    return sum(
        len(costs)
        for project in plan.projects
        for (year, name), costs in _eligible(project.costs).items()
        if _rate(plan.fctva, name, year)[0] is None
    )


def in_no_section(plan: Plan) -> Iterator[tuple[Path, Cost]]:
    """The costs of which the VAT fund pays nothing for want of a section, and where they stand.

    Nothing says their section, their account, or whether the fund counts them.
    """
    for i, project in enumerate(plan.projects):
        for j, cost in enumerate(project.costs):
            if cost.amount is not None and cost.fctva is None and cost.in_section is None:
                yield ("projects", i, "costs", j), cost


def taken_back(plan: Plan, project: Project) -> Sequence[tuple[int, Money]]:
    """The costs below zero of which the VAT fund takes its part back, and that do not say so.

    Each is named by its index among the costs of the project.
    """
    if plan.fctva is None or plan.header.tax == "excl":
        return []
    if not any(cost.amount is not None and cost.amount.cents < 0 for cost in project.costs):
        return []
    return [
        (j, cost.amount)
        for (year, name), costs in _eligible(project.costs).items()
        for j, cost in costs
        if cost.fctva is None and cost.amount is not None and cost.amount.cents < 0
        if (rate := _rate(plan.fctva, name, year)[0]) is not None and rate.thousandths
    ]


def _rate(fund: Fctva, name: str, year: int) -> tuple[Rate | None, Fact | None]:
    """The rate for spending of a year, and the law that says so where the plan does not."""
    if name == "fctva" and fund.rate is not None:
        return fund.rate, None
    law = fact(name, year)
    return (None, None) if law is None else (law.value, law)


def _told(rate: Rate, spent: Money, year: int, article: str | None) -> Message:
    if article is None:
        return msg("{rate} of {spent} spent in {year}", rate=rate, spent=spent, year=Year(year))
    return msg(
        "{rate} of {spent} spent in {year} ({article})",
        rate=rate,
        spent=spent,
        year=Year(year),
        article=article,
    )


def _eligible(costs: Iterable[Cost]) -> Mapping[tuple[int, str], list[tuple[int, Cost]]]:
    """The eligible costs of some of a project, by year and by the name of their rate."""
    found: dict[tuple[int, str], list[tuple[int, Cost]]] = defaultdict(list)
    for j, cost in enumerate(costs):
        year = cost.in_year
        if cost.amount is not None and year is not None and is_eligible(cost):
            cloud = (cost.account or "").startswith(_CLOUD)
            found[year, "fctva_cloud" if cloud else "fctva"].append((j, cost))
    return found


def is_eligible(cost: Cost) -> bool:
    """Whether the VAT fund gives back a part: what the cost says, else where it is investment."""
    return cost.in_section == "investment" if cost.fctva is None else cost.fctva


class ProjectFunding(NamedTuple):
    """What a project costs over all its years, and who is to pay it."""

    project: Project
    #: ``None`` where a part of it is not stated.
    cost: Money | None
    #: By funder, what is stated, requested or granted.
    by_funder: Mapping[str, Money]

    @property
    def stated(self) -> Money:
        return Money(sum(amount.cents for amount in self.by_funder.values()))

    @property
    def is_too_much(self) -> bool:
        """Whether more is stated than the project costs, as far as that is known."""
        return self.cost is not None and self.stated.cents > self.cost.cents

    def public(self, plan: Plan) -> Money | None:
        """What public bodies pay, but for the town itself."""
        return self._of(plan, lambda funder: funder.public and not funder.own)

    def own(self, plan: Plan) -> Money | None:
        """What is left to the town: the cost less what others pay.

        The VAT fund counts as the town's own, or as others', as the plan says.
        """
        if self.cost is None:
            return None
        others = self._of(plan, lambda funder: not funder.own) or ZERO
        if isinstance(plan.own_share, OwnShare) and not plan.own_share.with_fctva:
            own = receipts_of(plan, self.project)
            others += Money(sum(r.amount.cents for r in own if r.source == FCTVA))
        return self.cost - others

    def _of(self, plan: Plan, wanted: Callable[[Funder], bool]) -> Money:
        funders = {funder.id for funder in plan.funders if wanted(funder)}
        return Money(sum(m.cents for id, m in self.by_funder.items() if id in funders))


def planned_outside(project: Project) -> Iterator[Cost]:
    """What a project costs before the plan and beyond it."""
    return (cost for cost in project.costs_outside if cost.year != Outside.UNPLANNED)


def project_funding(project: Project) -> ProjectFunding:
    """Who pays a project, before the plan and beyond it too.

    The costs that follow it are no part of what is funded.
    """
    by_funder: dict[str, int] = defaultdict(int)
    for each in (*project.funding, *project.funding_outside):
        if each.amount is not None:
            by_funder[each.from_] += each.amount.cents
    costs = [cost.amount for cost in (*project.costs, *planned_outside(project))]
    cost = None if None in costs else total(costs)
    if project.money == "none":
        cost = ZERO
    return ProjectFunding(project, cost, {id: Money(c) for id, c in by_funder.items()})


def apart(project: Project) -> Iterator[tuple[int | None, Money, Money]]:
    """Where the funding of a project is not its cost: over all years, or in each, as it says.

    What is missing may come from funding whose amount is blank, and what is too much may pay for a
    cost that is: then it is not known.
    """
    costs: dict[int | None, list[Money | None]] = defaultdict(list)
    funding: dict[int | None, list[Money | None]] = defaultdict(list)
    complete = project.funding_complete
    each_year = complete != "yes"
    outside = not each_year
    for cost in (*project.costs, *(planned_outside(project) if outside else ())):
        costs[cost.in_year if each_year else None].append(cost.amount)
    for each in (*project.funding, *(project.funding_outside if outside else ())):
        funding[each.in_year if each_year else None].append(each.amount)
    years = {*costs, *funding}
    if isinstance(complete, Years):
        years = {year for year in years if year in complete}
    for year in sorted(years, key=lambda year: year or 0):
        paid, cost_ = total(funding[year]) or ZERO, total(costs[year]) or ZERO
        may_be_blank = costs[year] if paid > cost_ else funding[year]
        if paid != cost_ and None not in may_be_blank:
            yield year, paid, cost_


class Early(NamedTuple):
    """By the end of a year others have paid more of a project than it has cost, and in it too."""

    year: int
    paid: Money
    cost: Money


def early(plan: Plan, project: Project) -> Sequence[Early]:
    """The years by the end of which others have paid more of a project than it has cost.

    What the town pays itself and the VAT fund are no part of it. Nothing is known of a project of
    whose costs one is blank or none is stated, nor where it has begun before the plan and what it
    cost then is not stated; and what is paid beyond the whole cost comes never, not early.
    """
    if not project.funding or not project.costs or project_funding(project).is_too_much:
        return []
    own = {funder.id for funder in plan.funders if funder.own}
    costs: Counter[int] = Counter()
    for cost in (*project.costs, *planned_outside(project)):
        if cost.amount is None or cost.in_year is None:
            return []
        costs[cost.in_year] += max(0, cost.amount.cents)
    if has_begun(plan, project) and Outside.BEFORE not in costs:
        return []
    paid: Counter[int] = Counter()
    for each in (*project.funding, *project.funding_outside):
        if each.amount is not None and each.in_year is not None and each.from_ not in own:
            paid[each.in_year] += each.amount.cents
    if paid[Outside.BEFORE] > costs[Outside.BEFORE]:
        return []
    found: list[Early] = []
    whole = sum(costs.values())
    sum_paid, sum_cost = paid[Outside.BEFORE], costs[Outside.BEFORE]
    for year in plan.years.each():
        sum_paid, sum_cost = sum_paid + paid[year], sum_cost + costs[year]
        if paid[year] > costs[year] and sum_paid - sum_cost > whole // _ROUNDING:
            found.append(Early(year, Money(sum_paid), Money(sum_cost)))
    return found


def has_begun(plan: Plan, project: Project) -> bool:
    """Whether a project has begun before the plan."""
    return project.quarters is not None and project.quarters.first.year < plan.years.first


def least_own_share(plan: Plan, project: Project) -> Rate | None:
    """The least part of a project that the town pays; ``None`` where nothing says one.

    It is what the plan says, else what French law does (CGCT L1111-10), where it is in force: by
    the currency, and in the last year of the project's costs. Works alone are looked at.
    """
    costs = project.costs
    if plan.own_share == "none" or all(cost.in_section == "operating" for cost in costs):
        return None
    if plan.own_share is not None and plan.own_share.least is not None:
        return plan.own_share.least
    if plan.header.currency not in CURRENCIES:
        return None
    law = fact("own_share", max(cost.in_year or 0 for cost in costs))
    return None if law is None else law.value
