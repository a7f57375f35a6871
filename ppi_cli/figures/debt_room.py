"""What loans and years to repay become with some projects and without others.

A ceiling of borrowing or of years to repay is held against the whole path of savings and debt, with
a project and without it: what a project does to them in a year depends on all others, and its parts
do not add up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from copy import copy
from typing import Literal, NamedTuple, TypeVar

from ppi_cli.figures.ceilings import (
    has_debt_ceilings,
    most_borrowed,
    most_years,
    passes_years,
    years_of,
)
from ppi_cli.figures.debt import Reckoned, path
from ppi_cli.figures.finances import AS_STATED, lent, loans_of, stated_years
from ppi_cli.figures.funding import operating_fund
from ppi_cli.figures.ledger import ledger
from ppi_cli.figures.room import Room
from ppi_cli.plan.bounds import Bound
from ppi_cli.plan.model import Plan
from ppi_cli.values.message import Ratio
from ppi_cli.values.money import Money

K = TypeVar("K")


class DebtOver(NamedTuple):
    """A ceiling of borrowing, or of years to repay, that is passed in a year."""

    kind: Literal["borrowing", "years_to_repay"]
    year: int
    #: What is borrowed, and how much of it is too much.
    loan: Money
    excess: Money
    #: The years to repay the debt, where there are any, and those that are allowed.
    years: Ratio | None
    most: int | None
    #: What has to be found for the ceiling to hold: that much less borrowed, or less debt.
    to_find: Money
    #: What is held against the ceiling: the loan, or the debt at the end of the year.
    held: Money

    @property
    def allowed(self) -> Money:
        """What may be borrowed, or what so many years of gross savings repay."""
        return self.held - self.to_find


class DebtRoom:
    """What a plan borrows, and how long it takes to repay, as projects are taken off and put back.

    What they cost and bring is that of a ``Room``, of which the same projects are off.
    """

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._held: dict[str | None, Counter[int]] = {}
        self._lent: dict[str | None, Counter[tuple[int, str]]] = {}
        self._given_back: dict[str | None, Counter[int]] = {}
        self._off: set[str] = set()
        #: Whether there is any such ceiling, and anything to hold against it.
        self.has_ceilings = has_debt_ceilings(plan)
        if self.has_ceilings:
            self._held, self._lent = held_of(plan), lent(plan)
            self._given_back = {**operating_fund(plan)}

    def copied(self) -> DebtRoom:
        """The same, of which other projects can be taken off."""
        made = copy(self)
        made._off = {*self._off}
        return made

    def take_off(self, project: str) -> None:
        self._off.add(project)

    def put_back(self, project: str) -> None:
        self._off.discard(project)

    def move(self, project: str, alone: Plan) -> None:
        """Let a project that is off be what it is in a plan of it alone."""
        if self.has_ceilings:
            self._held[project] = held_of(alone).get(project, Counter())
            self._lent[project] = lent(alone).get(project, Counter())
            self._given_back[project] = operating_fund(alone).get(project, Counter())

    def passed(self, room: Room, project: str | None = None) -> tuple[DebtOver, ...]:
        """The ceilings that are passed, with one more project."""
        return tuple(self._over(each) for each in self._passing(self.path_of(room, project)))

    def passed_with(self, room: Room, project: str) -> tuple[DebtOver, ...]:
        """Those that are passed with a project that is off, and that it makes worse."""
        if not self.has_ceilings:
            return ()
        before = {each.year: each for each in self.path_of(room)}
        found = self._passing(self.path_of(room, project))
        return tuple(
            self._over((kind, year))
            for kind, year in found
            if year.year not in before or _is_worse(kind, year, before[year.year])
        )

    def path_of(self, room: Room, project: str | None = None) -> Sequence[Reckoned]:
        """What becomes of each year, with one more project."""
        if not self.has_ceilings:
            return ()
        more = {} if project is None else room.falls_without(project)
        off = {id for id in self._off if id != project}
        held, back = (_sum(found, off) for found in (self._held, self._given_back))
        loans = _sum(self._lent, off)

        def taken(kind: Literal["net", "operating"], year: int) -> int:
            bound = Bound(kind, year)
            return room.taken(bound) + more.get(bound, 0)

        stated = stated_years(
            self._plan,
            loans_of(self._plan, loans, AS_STATED),
            lambda year: taken("operating", year) - held[year] - back[year],
            lambda year: taken("net", year) - taken("operating", year) + back[year],
        )
        start, years = stated
        return () if start is None else tuple(path(start, years))

    def _passing(
        self, years: Sequence[Reckoned]
    ) -> Iterator[tuple[Literal["borrowing", "years_to_repay"], Reckoned]]:
        for year in years:
            ceiling = most_borrowed(self._plan, year.year)
            if ceiling is not None and year.loan > ceiling.cents:
                yield "borrowing", year
            if passes_years(self._plan, year):
                yield "years_to_repay", year

    def _over(self, passing: tuple[Literal["borrowing", "years_to_repay"], Reckoned]) -> DebtOver:
        kind, year = passing
        ceiling = most_borrowed(self._plan, year.year)
        excess = 0 if ceiling is None else year.loan - ceiling.cents
        most = most_years(self._plan, year.year)
        of_loan = kind == "borrowing"
        return DebtOver(
            kind,
            year.year,
            Money(year.loan),
            Money(max(0, excess)),
            years_of(self._plan, year),
            most,
            Money(excess if of_loan else year.debt - (most or 0) * max(0, year.gross)),
            Money(year.loan if of_loan else year.debt),
        )


def _is_worse(kind: str, with_it: Reckoned, without: Reckoned) -> bool:
    """Whether more is borrowed, or repaying takes longer, compared exactly."""
    if kind == "borrowing":
        return with_it.loan > without.loan
    if with_it.gross <= 0 or without.gross <= 0:
        return (with_it.gross <= 0 < without.gross) or with_it.debt > without.debt
    return with_it.debt * without.gross > without.debt * with_it.gross


def held_of(plan: Plan) -> dict[str | None, Counter[int]]:
    """What the stated savings hold already of each project, by year; of none, under ``None``."""
    found: dict[str | None, Counter[int]] = {}
    names = () if plan.debt is None else plan.debt.savings_hold
    for name, running in (("operating", False), ("running", True)):
        for posting in ledger(plan, running=running) if name in names else ():
            if posting.section == "operating":
                own = found.setdefault(posting.project, Counter())
                own[posting.year] += posting.amount.cents
    return found


def _sum(of_project: Mapping[str | None, Counter[K]], off: Set[str]) -> Counter[K]:
    """What all projects but some have, and what is of none."""
    whole: Counter[K] = Counter()
    for project, own in of_project.items():
        if project not in off:
            for key, cents in own.items():
                whole[key] += cents
    return whole
