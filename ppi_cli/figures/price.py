"""What a version of a plan comes to, so that it can be ranked among others."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from ppi_cli.figures.funding import receipts
from ppi_cli.figures.ledger import paid_outside
from ppi_cli.figures.postings import Posting, outside_postings, postings, running_postings
from ppi_cli.figures.totals import Figure, added, has_known_cost, summed
from ppi_cli.plan.model import Plan, once_per_plan
from ppi_cli.values.message import Message, msg
from ppi_cli.values.money import Money
from ppi_cli.values.quarters import Outside
from ppi_cli.versions.costs import to_run
from ppi_cli.versions.envelopes import has_envelope, is_covered


class Price(NamedTuple):
    """What a version comes to over all its years."""

    total: Money
    running: Money
    #: What costs pass their envelopes by, and is not counted.
    beyond: Money
    #: What others pay, after the plan too.
    received: Money
    #: What lies before the plan's years and beyond them: no ranking counts it.
    outside: Money

    @property
    def in_all(self) -> Money:
        return self.total + self.running

    @property
    def gross(self) -> Money:
        """All that it costs, whatever the envelopes: versions differ by what known costs do."""
        return self.in_all + self.beyond

    @property
    def whole(self) -> Money:
        """All that it costs, before the plan's years and beyond them too."""
        return self.gross + self.outside

    @property
    def net(self) -> Money:
        return self.gross - self.received


@once_per_plan
def price(plan: Plan) -> Price:
    """What a plan that is worked out comes to."""
    spent = postings(plan)
    return Price(
        _sum(spent),
        _sum(running_postings(plan)),
        -_sum(posting for posting in spent if posting.kind == "excess"),
        Money(sum(receipt.amount.cents for receipt in receipts(plan))),
        _sum(_beside(plan)),
    )


@once_per_plan
def unpriced(plan: Plan) -> Counter[str]:
    """By project: how many costs are blank and in no envelope, or that none is stated at all.

    Of a version that has more of these than another, nobody can say what it costs more or less.
    """
    found: Counter[str] = Counter()
    for project in plan.projects:
        for cost in (*project.costs, *to_run(project)):
            year = cost.in_year
            if cost.amount is None and (year is None or not has_envelope(plan, project, year)):
                found[project.id] += 1
        is_unknown = not (has_known_cost(project) or project.costs_outside)
        if is_unknown and not is_covered(plan, project):
            found[project.id] += 1
    return found


def _sum(found: Iterable[Posting]) -> Money:
    return Money(sum(posting.amount.cents for posting in found))


class Measure(NamedTuple):
    """Something that versions are compared by, year by year, before the plan and beyond it."""

    title: Message
    of: Callable[[Plan], Mapping[int, Figure]]


def _by_year(
    found: Iterable[Posting], *, of_theme: bool = True, sign: int = 1
) -> Mapping[int, Figure]:
    by: dict[int, list[Posting]] = defaultdict(list)
    for posting in found:
        by[posting.year].append(posting)
    sums = {year: summed(own, of_theme=of_theme) for year, own in by.items()}
    if sign > 0:
        return sums
    return {y: Figure(f.amount and -f.amount, f.assumed) for y, f in sums.items()}


@once_per_plan
def _total(plan: Plan) -> Mapping[int, Figure]:
    return _by_year([*postings(plan), *_beside(plan)])


@once_per_plan
def _known(plan: Plan) -> Mapping[int, Figure]:
    costs = (p for p in postings(plan) if p.kind == "cost")
    return _by_year([*costs, *_beside(plan)], of_theme=False)


def _beside(plan: Plan) -> list[Posting]:
    """What lies before the plan's years and beyond them."""
    return [p for p in outside_postings(plan) if p.year != Outside.UNPLANNED]


@once_per_plan
def _unplanned(plan: Plan) -> Mapping[int, Figure]:
    found = (p for p in outside_postings(plan) if p.year == Outside.UNPLANNED)
    return _by_year(found, of_theme=False)


@once_per_plan
def _running(plan: Plan) -> Mapping[int, Figure]:
    return _by_year(running_postings(plan))


@once_per_plan
def _in_all(plan: Plan) -> Mapping[int, Figure]:
    return _together(_total(plan), _running(plan))


@once_per_plan
def _beyond(plan: Plan) -> Mapping[int, Figure]:
    found = (p for p in postings(plan) if p.kind == "excess")
    return _by_year(found, of_theme=False, sign=-1)


@once_per_plan
def _net(plan: Plan) -> Mapping[int, Figure]:
    """In all and beyond the envelopes, less what others pay, when they do."""
    paid: dict[int, list[Figure]] = defaultdict(list)
    for receipt in receipts(plan):
        paid[receipt.year].append(Figure(-receipt.amount, receipt.assumed))
    for posting in paid_outside(plan):
        paid[posting.year].append(Figure(-posting.amount, posting.assumed))
    received = {year: added(figures) for year, figures in paid.items()}
    return _together(_in_all(plan), _beyond(plan), received)


def _together(*sides: Mapping[int, Figure]) -> Mapping[int, Figure]:
    years = sorted({year for side in sides for year in side})
    return {year: added(side[year] for side in sides if year in side) for year in years}


TOTAL = Measure(msg("Total"), _total)
KNOWN = Measure(msg("Known costs"), _known)
RUNNING = Measure(msg("then, to run"), _running)
IN_ALL = Measure(msg("In all"), _in_all)
UNPLANNED = Measure(msg("In no year yet"), _unplanned)
BEYOND = Measure(msg("Beyond the envelopes, not counted"), _beyond)
NET = Measure(msg("Net: in all and beyond, less what others pay"), _net)
