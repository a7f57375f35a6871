"""How projects stand, and what those that stand so cost of the total."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, get_args

from ppi_cli.figures.ledger import ledger, receipts_in
from ppi_cli.figures.postings import Posting
from ppi_cli.figures.room import room_of
from ppi_cli.figures.selection import WHOLE, Selection
from ppi_cli.plan.bounds import Bound
from ppi_cli.plan.model import Plan
from ppi_cli.plan.projects import Project
from ppi_cli.values.money import Money, total
from ppi_cli.values.terms import Status


class StatusSum(NamedTuple):
    """The projects that stand alike: how many they are, and what they cost of the total."""

    status: Status
    projects: int
    amount: Money | None


def by_status(plan: Plan, selection: Selection = WHOLE) -> Sequence[StatusSum]:
    """What projects of a part of the plan cost, by how they stand: together, all of its costs."""
    costs = ledger(plan, selection=selection._replace(funder=None))
    return _by_status(selection.projects(plan), costs)


def by_status_among(plan: Plan, found: Sequence[Posting]) -> Sequence[StatusSum]:
    """What projects have of some amounts, by how they stand."""
    ids = {posting.project for posting in found}
    return _by_status({p.id: p for p in plan.projects if p.id in ids}, found)


def of_envelopes(plan: Plan, selection: Selection = WHOLE) -> Money | None:
    """What envelopes add to what projects of a part of the plan cost, or take off it."""
    return of_envelopes_among(ledger(plan, selection=selection._replace(funder=None)))


def of_envelopes_among(found: Sequence[Posting]) -> Money | None:
    """What of some amounts envelopes add, or take off."""
    return total(p.amount for p in found if p.kind in ("not_split", "excess"))


def _by_status(chosen: Mapping[str, Project], amounts: Sequence[Posting]) -> Sequence[StatusSum]:
    found: list[StatusSum] = []
    for status in get_args(Status):
        own = {id for id, project in chosen.items() if project.standing == status}
        if own:
            amount = total(posting.amount for posting in amounts if posting.project in own)
            found.append(StatusSum(status, len(own), amount))
    return found


def net_of_conditional(plan: Plan, selection: Selection, year: int) -> Money | None:
    """What the town would not pay in a year without the conditional projects of a part.

    ``None`` where there are none. Envelopes follow, as they do where projects are dropped.
    """
    ids = [id for id, p in selection.projects(plan).items() if p.standing == "conditional"]
    if not ids:
        return None
    if not selection.cuts_envelopes:
        bound, room = Bound("net", year), room_of(plan).copied()
        before = room.taken(bound)
        for id in ids:
            room.take_off(id)
        return Money(before - room.taken(bound))
    part = selection._replace(status="conditional")
    spent = [*ledger(plan, selection=part), *ledger(plan, selection=part, running=True)]
    cents = sum(posting.amount.cents for posting in spent if posting.year == year)
    paid = sum(r.amount.cents for r in receipts_in(plan, part) if r.year == year)
    return Money(cents - paid)
