"""Changes, by thing, with what each does to the yearly totals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Literal, NamedTuple, TypeAlias, TypeVar

from ppi_cli.figures.postings import outside_postings, theme_years
from ppi_cli.plan.model import Plan
from ppi_cli.plan.pieces import Amount
from ppi_cli.plan.projects import Cost, Funding, Project
from ppi_cli.values.findings import Path
from ppi_cli.values.message import Assumed, Message
from ppi_cli.values.money import Money, total
from ppi_cli.values.quarters import Outside

#: What has changed. ``amount``: a project's cost; ``running``: what it costs to run;
#: ``envelope``: a theme's; ``value``: any other thing that is written.
ChangeKind: TypeAlias = Literal[
    "added",
    "dropped",
    "amount",
    "running",
    "envelope",
    "theme",
    "schedule",
    "class",
    "link",
    "value",
]
#: What is added to the total of each year; years without an effect are left out.
Effects: TypeAlias = Mapping[int, Money]


class Change(NamedTuple):
    """One thing that is not as it was; ``None`` is what was not stated, or is not any more."""

    kind: ChangeKind
    what: Message
    old: object
    new: object
    effects: Effects
    reason: str | None
    #: Where it stands in the new version; of what is gone, nowhere.
    path: Path | None
    #: Of an amount: its year.
    year: int | None = None
    #: It comes of time passing: what it is about lies before the years of the new version.
    passed: bool = False
    #: What it does to known costs, whatever envelopes count, and to what is to run.
    known: Mapping[int, Money] = {}
    running: Mapping[int, Money] = {}


class Group(NamedTuple):
    """The changes of one thing: a project, a theme, the plan …"""

    kind: str
    id: str
    title: str
    changes: tuple[Change, ...]
    #: The id that the thing had before, where it was recognised by its likeness.
    was: str | None = None

    @property
    def effects(self) -> Effects:
        return summed(change.effects for change in self.changes)


A = TypeVar("A")


def both(old: A | None, new: A | None, value: Callable[[A], object]) -> tuple[object, object]:
    """A value of each side; nothing of a side that is not there."""
    return (None if old is None else value(old), None if new is None else value(new))


def shown_amount(costs: Iterable[Amount | Cost | Funding]) -> object:
    """A sum of amounts, marked where one of them is assumed; ``None`` of none."""
    stated = [each for each in costs if each.amount is not None]
    amount = total(each.amount for each in stated)
    assumed = any(each.basis == "assumed" for each in stated)
    return Assumed(amount) if assumed and amount is not None else amount


def costs_by_year(project: Project) -> Mapping[int, int]:
    """What a project costs in each year for which it states a cost, in cents."""
    sums: dict[int, int] = defaultdict(int)
    for cost in project.costs:
        if cost.amount is not None and cost.in_year is not None:
            sums[cost.in_year] += cost.amount.cents
    return sums


def summed(effects: Iterable[Effects]) -> Effects:
    sums: dict[int, int] = defaultdict(int)
    for each in effects:
        for year, money in each.items():
            sums[year] += money.cents
    return {year: Money(cents) for year, cents in sorted(sums.items()) if cents}


def yearly_totals(plan: Plan) -> Mapping[int, Money | None]:
    by_year: dict[int, list[Money | None]] = defaultdict(list)
    for figure in theme_years(plan):
        by_year[figure.year].append(figure.counted)
    outside: dict[int, list[Money]] = defaultdict(list)
    for posting in outside_postings(plan):
        outside[Outside(posting.year)].append(posting.amount)
    columns = (Outside.BEFORE, *plan.years.each(), Outside.BEYOND)
    return {
        year: total(outside[year] if isinstance(year, Outside) else by_year[year])
        for year in columns
        if not isinstance(year, Outside) or year in outside
    }
