"""What would have to be found for projects to stay as written, as sums, and who takes it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from ppi_cli.figures.affordability import TooMuch
from ppi_cli.figures.arbitration import Arbitration, Placement, Share, Shares
from ppi_cli.figures.debt_room import DebtOver
from ppi_cli.figures.room import ceilings
from ppi_cli.plan.projects import Project
from ppi_cli.reports.table import Column, Line, Table
from ppi_cli.reports.values import stated
from ppi_cli.reports.waiting import NAMED, debt_to_stay, largest, of_bound, of_debt, to_stay
from ppi_cli.values.message import Message, msg
from ppi_cli.values.money import Money

#: How many of those that take of a ceiling are named for programs; the rest are summed.
_NAMED_FOR_PROGRAMS = 50
_EACH_BY_ITSELF = msg(
    "each project by itself: a ceiling that is raised goes to the most urgent one that waits"
)


class _Sum(NamedTuple):
    """What adds up to a ceiling, and what is too much with a project that would stay."""

    project: Project
    over: TooMuch
    #: What is fixed, and not split by project.
    fixed: Money
    #: What the more urgent projects take of the ceiling; what others bring.
    takers: Shares
    brought: Money
    ceiling: Money

    @property
    def itself(self) -> Money:
        return self.ceiling + self.over.amount - self.fixed - self.takers.total + self.brought


@dataclass(frozen=True)
class ToFind:
    """What would have to be found for each project that waits to stay as written."""

    found: Arbitration
    waiting: Sequence[Placement]

    def tables(self) -> Iterator[Table]:
        if any(to_stay(each) for each in self.waiting):
            yield self._table()
        if any(debt_to_stay(each) for each in self.waiting):
            yield self._table_of_debt()

    def payload(self, each: Placement) -> list[Mapping[str, Any]]:
        """What would have to be found for a project, and who takes it."""
        return [self._payload(each, over) for over in to_stay(each)]

    def _table(self) -> Table:
        """What would have to be found for each to stay, as a sum; and who takes it."""
        sums = [self._sum(each, over, NAMED) for each in self.waiting for over in to_stay(each)]
        brings = any(each.brought.cents for each in sums)
        columns = (
            Column(msg("Project"), "title"),
            Column(msg("Ceiling"), "kind"),
            Column(msg("Fixed"), "fixed", numeric=True),
            Column(msg("More urgent"), "more_urgent", numeric=True),
            *([Column(msg("They bring"), "brought", numeric=True)] if brings else []),
            Column(msg("Itself"), "itself", numeric=True),
            Column(msg("Less the ceiling"), "ceiling", numeric=True),
            Column(msg("To find"), "amount", numeric=True),
            Column(msg("Most of it goes to"), "takers"),
        )
        lines = [
            Line(
                (
                    each.project.title,
                    of_bound(each.over.bound),
                    each.fixed,
                    each.takers.total,
                    *([-each.brought] if brings else []),
                    each.itself,
                    -each.ceiling,
                    each.over.amount,
                    largest(each.takers),
                )
            )
            for each in sums
        ]
        title = msg("What would have to be found for each to stay as written")
        notes = (
            msg("fixed: what cannot be put off, and what is not split by project"),
            msg("more urgent: as far as it is in the plan then, where it comes to stand"),
            *self._notes_of_sums(sums),
        )
        return Table(title, columns, tuple(lines), notes)

    def _notes_of_sums(self, told: Sequence[_Sum]) -> Iterator[Message]:
        """How to read what would have to be found: what of it is in another line too."""
        for over in self.found.fixed_over:
            if any(each.over.bound == over.bound for each in told):
                yield _in_the_sum(of_bound(over.bound), over.amount)
        for over in self.found.passes_as_written:
            here = [each.over.amount for each in told if each.over.bound == over.bound]
            if any(amount > over.amount for amount in here):
                yield msg(
                    "{bound}: as written, it is {amount} over with all projects; here, what less"
                    " urgent ones bring in does not count, and what is put off takes of it later",
                    bound=of_bound(over.bound),
                    amount=over.amount,
                )
        years = [(each.project.id, each.over.bound.year) for each in told]
        if len(set(years)) < len(years):
            yield msg(
                "of one project in one year: not to be added, one euro may count in several"
                " ceilings"
            )
        if len({each.project.id for each in told}) > 1:
            yield _EACH_BY_ITSELF

    def _table_of_debt(self) -> Table:
        """The same of ceilings of debt: they bound the whole path, which is in no parts."""
        told = [(each, over) for each in self.waiting for over in debt_to_stay(each)]
        columns = (
            Column(msg("Project"), "title"),
            Column(msg("Ceiling"), "kind"),
            Column(msg("Loan, or debt"), "held", numeric=True),
            Column(msg("Less the ceiling"), "allowed", numeric=True),
            Column(msg("To find"), "amount", numeric=True),
        )
        lines = [
            Line((each.project.title, of_debt(over), over.held, -over.allowed, over.to_find))
            for each, over in told
        ]
        title = msg("What would have to be found for each to stay, under the ceilings of debt")
        return Table(title, columns, tuple(lines), tuple(self._notes_of_debt(told)))

    def _notes_of_debt(self, told: Sequence[tuple[Placement, DebtOver]]) -> Iterator[Message]:
        if any(over.kind == "years_to_repay" for _, over in told):
            yield msg(
                "years to repay: the debt at the end of the year, less what so many years of its"
                " gross savings repay; what is found lowers it in a year that borrows, that one or"
                " one before"
            )
        passed = {(over.kind, over.year) for _, over in told}
        for over in self.found.debt_fixed:
            if (over.kind, over.year) in passed:
                yield _in_the_sum(of_debt(over), over.to_find)
        ids = [each.project.id for each, _ in told]
        if len(set(ids)) < len(ids):
            yield msg(
                "of one project: not to be added, what is found in a year serves the next ones too"
            )
        if len(set(ids)) > 1:
            yield _EACH_BY_ITSELF

    def _sum(self, placement: Placement, over: TooMuch, named: int) -> _Sum:
        """What adds up to the ceiling and what is too much, with so many of those that take it."""
        found, bound = self.found, over.bound
        return _Sum(
            placement.project,
            over,
            Money(found.fixed_load.get(bound, 0)),
            found.takers(placement, bound, named),
            found.bringers(placement, bound).total,
            ceilings(found.plan)[bound].amount,
        )

    def _payload(self, each: Placement, over: TooMuch) -> dict[str, Any]:
        """What would have to be found, and who takes it: the largest ones, and the rest."""
        found = self._sum(each, over, _NAMED_FOR_PROGRAMS)
        return {
            **over_payload(over),
            "fixed": str(found.fixed),
            "takers": share_payload(found.takers.largest),
            "other_takers": str(found.takers.others),
            "brought": str(found.brought),
            "itself": str(found.itself),
            "ceiling": str(found.ceiling),
        }


def over_payload(over: TooMuch) -> dict[str, str]:
    return {"kind": over.bound.kind, "year": str(over.bound.year), "amount": str(over.amount)}


def debt_over_payload(over: DebtOver) -> dict[str, Any]:
    return {
        "kind": over.kind,
        "year": str(over.year),
        "loan": str(over.loan),
        "excess": str(over.excess),
        "years": stated(over.years),
        "most": over.most,
        "held": str(over.held),
        "allowed": str(over.allowed),
        "to_find": str(over.to_find),
    }


def share_payload(shares: Sequence[Share]) -> list[dict[str, str]]:
    return [{"id": each.project.id, "amount": str(each.amount)} for each in shares]


def _in_the_sum(bound: Message, amount: Money) -> Message:
    return msg(
        "{bound}: what cannot be put off passes the ceiling alone, by {amount}: that is in the sum",
        bound=bound,
        amount=amount,
    )
