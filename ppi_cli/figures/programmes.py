"""Programmes: what is authorised for each (AP), what may be paid in each year (CP), who pays.

An authorisation is the upper limit of what may be committed, without a limit of time; payment
credits are the upper limit of what may be paid in a year. They sum to the authorisation, and so
does the evaluation of its resources (CGCT L2311-3 and R2311-9; M57: L5217-10-7). What of a credit
was not paid in its year lapses, and is spread over later years again: so of a year of which it is
stated what was paid, that counts in place of the credit.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from ppi_cli.figures.totals import Figure
from ppi_cli.plan.finance import Programme, Resource, Vote
from ppi_cli.plan.model import Plan, once_per_plan
from ppi_cli.plan.pieces import Amount
from ppi_cli.plan.projects import Project
from ppi_cli.values.money import ZERO, Money, total
from ppi_cli.values.quarters import Years


class Voted(NamedTuple):
    """A vote, what is authorised since, and what it changes of that; of the first vote, nothing."""

    vote: Vote
    figure: Figure
    change: Money | None


class Credits(NamedTuple):
    """The figures of a programme; ``None`` is what nobody has stated."""

    programme: Programme
    #: The votes, in the order of their dates.
    votes: tuple[Voted, ...]
    #: What may be paid, and what has been paid, by year.
    payments: Mapping[int, Figure]
    paid: Mapping[int, Figure]
    #: The years of the plan, and the last year that is past.
    years: Years
    past: int

    @property
    def voted(self) -> Figure:
        """The authorisation as it was created."""
        return self.votes[0].figure if self.votes else Figure()

    @property
    def authorised(self) -> Figure:
        """The authorisation as it was last revised."""
        return self.votes[-1].figure if self.votes else Figure()

    @property
    def revisions(self) -> Money | None:
        """What all revisions change; ``None`` where there is none."""
        return total(each.change for each in self.votes)

    @property
    def counted(self) -> Mapping[int, Figure]:
        """Of each year what was paid, where that is stated, else its payment credit."""
        return dict(sorted({**self.payments, **self.paid}.items()))

    @property
    def distributed(self) -> Figure:
        """The sum of what counts, over all years."""
        return added(self.counted.values())

    @property
    def before(self) -> Figure:
        """What counts of the years before the plan's."""
        counted = self.counted
        return added(counted[year] for year in counted if year < self.years.first)

    @property
    def after(self) -> Figure:
        """What counts of the years after the plan's."""
        counted = self.counted
        return added(counted[year] for year in counted if year > self.years.last)

    @property
    def payments_apart(self) -> Money | None:
        """By how much what counts passes the authorisation; below zero, falls short of it.

        Where no credit is stated, what is missing may be in them: then it is not known.
        """
        apart = _apart(self.distributed, self.authorised)
        return None if apart is not None and apart.cents < 0 and not self.payments else apart

    # --- what has been paid ---

    @property
    def paid_too_much(self) -> Money | None:
        """By how much what has been paid passes the authorisation; ``None`` where it does not."""
        apart = _apart(self.paid_so_far, self.authorised)
        return apart if apart is not None and apart.cents > 0 else None

    @property
    def unspent(self) -> Mapping[int, Money]:
        """What is left of each year's credit, of which it is stated what was paid.

        Below zero where more was paid than the credit.
        """
        return {
            year: credit.amount - paid.amount
            for year, credit in self.payments.items()
            if (paid := self.paid.get(year)) is not None
            if credit.amount is not None and paid.amount is not None
        }

    @property
    def paid_so_far(self) -> Figure:
        return added(self.paid.values())

    @property
    def years_without_payment(self) -> tuple[int, ...]:
        """The past years that have credits, and of which it is not stated what was paid."""
        return tuple(year for year in self.payments if year <= self.past and year not in self.paid)

    @property
    def remaining(self) -> Figure:
        """What is left to be paid of the authorisation, where all that was paid is known."""
        authorised, paid = self.authorised, self.paid_so_far
        if authorised.amount is None or self.years_without_payment:
            return Figure()
        left = authorised.amount - paid.amount if paid.amount is not None else authorised.amount
        return Figure(left, authorised.assumed or paid.assumed)

    # --- who pays ---

    @property
    def resources(self) -> Sequence[Resource]:
        return self.programme.resources

    @property
    def financed(self) -> Figure:
        """The sum of the resources that are stated."""
        return added(map(figure_of, self.resources))

    @property
    def blank_resources(self) -> int:
        """How many resources are named without an amount."""
        return sum(each.amount is None for each in self.resources)

    @property
    def resources_apart(self) -> Money | None:
        """By how much the resources pass the authorisation; below zero, fall short of it.

        What is missing may come from a resource whose amount is not stated: then it is not known.
        """
        apart = _apart(self.financed, self.authorised)
        return None if apart is not None and apart.cents < 0 and self.blank_resources else apart


@once_per_plan
def programme_credits(plan: Plan) -> Sequence[Credits]:
    """The figures of each programme, in the plan's order.

    The years before the plan's are past, and those up to the last of which a payment is stated.
    """
    paid = [year for programme in plan.programmes for year in programme.paid]
    past = max([plan.years.first - 1, *paid])
    return [
        Credits(
            programme,
            _votes(programme),
            _by_year(programme.payments),
            _by_year(programme.paid),
            plan.years,
            past,
        )
        for programme in plan.programmes
    ]


def by_source(programmes: Iterable[Credits]) -> Mapping[str | None, Figure]:
    """What each funder pays of programmes, by its id; by ``None``, what the town itself does."""
    found: dict[str | None, list[Figure]] = defaultdict(list)
    for credits in programmes:
        for resource in credits.resources:
            found[resource.from_].append(figure_of(resource))
    return {source: added(figures) for source, figures in found.items()}


def investment_of(plan: Plan, programme: Programme) -> Mapping[str, Figure]:
    """What each project of a programme is known to cost, by its id, but for operating costs."""
    found: dict[str, Figure] = {}
    for id in dict.fromkeys(programme.projects):
        if isinstance(project := plan.by_id.get(id), Project):
            found[id] = added(
                Figure(cost.amount, cost.basis == "assumed")
                for cost in project.costs
                if cost.in_section != "operating"
            )
    return found


def credits_apart(plan: Plan, credits: Credits) -> Mapping[int, tuple[Money | None, Money | None]]:
    """The years of a plan in which its projects are known to cost other than its credits.

    What they cost, and the credit, ``None`` where there is none; of investment, in years of which
    it is not stated what was paid. What is blank is not known, and so is all where the projects
    have no known cost, or the programme no credit.
    """
    projects = (plan.by_id.get(id) for id in dict.fromkeys(credits.programme.projects))
    costs: dict[int, list[Money | None]] = defaultdict(list)
    for project in projects:
        for cost in project.costs if isinstance(project, Project) else ():
            if cost.in_section != "operating" and cost.in_year is not None:
                costs[cost.in_year].append(cost.amount)
    found: dict[int, tuple[Money | None, Money | None]] = {}
    if not credits.payments or all(None in amounts for amounts in costs.values()):
        return found
    for year in plan.years.each():
        payment = credits.payments.get(year)
        if year in credits.paid or (payment is not None and payment.amount is None):
            continue
        if None not in (amounts := costs[year]):
            cost_ = total(amounts) or ZERO
            credit = ZERO if payment is None or payment.amount is None else payment.amount
            if cost_ != credit:
                found[year] = (
                    None if cost_ == ZERO else cost_,
                    None if credit == ZERO else credit,
                )
    return found


def credits_before(plan: Plan, programme: Programme) -> Money:
    """What was paid for a programme before the plan, else the credits of those years."""
    years = {y for y in (*programme.payments, *programme.paid) if y < plan.years.first}
    amounts = (programme.paid.get(year) or programme.payments.get(year) for year in years)
    return total(each.amount for each in amounts if each is not None) or Money(0)


def figure_of(resource: Resource) -> Figure:
    return Figure(resource.amount, resource.amount is not None and resource.basis == "assumed")


def added(figures: Iterable[Figure]) -> Figure:
    """The sum of the figures that are stated."""
    stated = [figure for figure in figures if figure.amount is not None]
    return Figure(total(figure.amount for figure in stated), any(f.assumed for f in stated))


def _votes(programme: Programme) -> tuple[Voted, ...]:
    """The votes in order: each says what is authorised in all, or adds to those before it."""
    found: list[Voted] = []
    for vote in sorted(programme.authorised, key=lambda vote: vote.date):
        figure = Figure(vote.amount, vote.basis == "assumed")
        if found and programme.authorised_by == "year":
            figure = added([found[-1].figure, figure])
        found.append(Voted(vote, figure, _apart(figure, found[-1].figure) if found else None))
    return tuple(found)


def _by_year(amounts: Mapping[int, Amount]) -> Mapping[int, Figure]:
    return {year: Figure(each.amount, each.assumed) for year, each in sorted(amounts.items())}


def _apart(sum_: Figure, whole: Figure) -> Money | None:
    if sum_.amount is None or whole.amount is None:
        return None
    return sum_.amount - whole.amount
