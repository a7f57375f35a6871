"""Changes, by thing, with what each does to the yearly totals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, TypeAlias, TypeVar

from ppi_cli.figures.postings import outside_postings, theme_years
from ppi_cli.plan.model import Plan
from ppi_cli.plan.pieces import Amount
from ppi_cli.plan.projects import Cost, Funding
from ppi_cli.plan.reasons import ReasonOfChanges
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


@dataclass(frozen=True, slots=True)
class Change:
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
    known: Effects = field(default_factory=dict)
    running: Effects = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Group:
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


@dataclass(frozen=True)
class Difference:
    """All changes from one version to another, by thing."""

    old: Plan
    new: Plan
    groups: tuple[Group, ...]
    #: How many yearly figures of projects either version states within the years of both, for
    #: projects that are in both, and how many of them are not the same.
    compared: int
    differing: int
    #: The reasons of the section “changes” that explain nothing.
    unused: tuple[ReasonOfChanges, ...] = ()

    @property
    def years(self) -> tuple[int, ...]:
        """The years of either version."""
        return tuple(sorted({*self.old.years.each(), *self.new.years.each()}))

    @cached_property
    def columns(self) -> tuple[int, ...]:
        """The years, and what has an effect before and beyond them."""
        effects = {year for _, change in self.changes for year in (*change.effects, *change.known)}
        outside = {year for year in effects if isinstance(year, Outside)}
        return tuple(sorted({*self.years, *outside}))

    @property
    def renamed(self) -> Mapping[str, str]:
        """The themes and projects with another id in both versions: by the new one, the old one."""
        of = ("theme", "project")
        return {g.id: g.was for g in self.groups if g.was is not None and g.kind in of}

    @property
    def changes(self) -> Iterator[tuple[Group, Change]]:
        for group in self.groups:
            for change in group.changes:
                yield group, change

    @property
    def unexplained(self) -> list[tuple[Group, Change]]:
        """The changes for which no reason is given; that time passes needs none."""
        return [
            (group, change)
            for group, change in self.changes
            if change.reason is None and not change.passed
        ]

    @cached_property
    def effects(self) -> Effects:
        """What all changes together do to the total of each year."""
        return summed(group.effects for group in self.groups)

    @cached_property
    def known(self) -> Effects:
        """What all changes together do to the known costs of each year."""
        return summed(change.known for _, change in self.changes)

    @cached_property
    def running(self) -> Effects:
        """What all changes together do to what is to run in each year."""
        return summed(change.running for _, change in self.changes)

    @cached_property
    def totals(self) -> tuple[Mapping[int, Money | None], Mapping[int, Money | None]]:
        """The total of each year in the old version, and in the new one."""
        return yearly_totals(self.old), yearly_totals(self.new)


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
