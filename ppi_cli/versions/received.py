"""What others have paid of a project in closed years, and what is still to come of it.

Until a line says what was received, funding of a closed year counts as planned, as an assumption.
What of a granted line has not come goes to the next open year, no later than its ``until``; what
was only requested and has not come is over. What comes as a share of costs, or as they do, follows
what was paid.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar, NamedTuple

from ppi_cli.plan.becoming import NotReceived
from ppi_cli.plan.execution import Received
from ppi_cli.plan.model import Plan
from ppi_cli.plan.pieces import changed, taken_as
from ppi_cli.plan.projects import Funding, Project
from ppi_cli.values.findings import Path
from ppi_cli.values.message import Message, msg
from ppi_cli.values.money import ZERO, Money, shared
from ppi_cli.values.quarters import Year
from ppi_cli.versions.accounts import Done, accounts, closed_years


class ReceivedFunding(Funding):
    """What others have paid of a project in a closed year, which nothing changes."""

    __slots__ = ()
    is_received: ClassVar[bool] = True


class OwnFunding(NamedTuple):
    """Funding of the version, and where it comes from in the plan as it is written."""

    funding: Funding
    origin: Path
    steps: tuple[Message, ...] = ()
    key: str = "amount"


class _Line(NamedTuple):
    """What someone is to pay in a closed year, and where it stands."""

    funding: Funding
    origin: Path


def received_funding(
    plan: Plan, project: Project, path: Path, aside: list[NotReceived]
) -> Iterator[OwnFunding]:
    """The funding of a project as executed; ``aside`` is told what has not come."""
    closed = set(closed_years(plan))
    own_funders = {funder.id for funder in plan.funders if funder.own}
    of_year: dict[int, list[_Line]] = defaultdict(list)
    for j, line in enumerate(project.funding):
        origin: Path = (*path, "funding", j)
        pieces = list(line.by_period())
        years = {_year_of(each) for _, each in pieces}
        if not years & closed or line.from_ in own_funders or line.share is not None:
            yield OwnFunding(line, origin)
            continue
        for at, each in pieces:
            if (year := _year_of(each)) in closed and year is not None:
                of_year[year].append(_Line(each, (*origin, *at)))
            elif not each.is_outside:
                yield OwnFunding(each, (*origin, *at))
        outside = changed(line, periods={})
        if outside.is_line:
            yield OwnFunding(outside, origin)
    found = accounts(plan)
    for year in sorted(closed):
        done = found.of(("project", project.id), year)
        yield from _of_year(plan, project, year, done, of_year.get(year, []), aside)


def _year_of(funding: Funding) -> int | None:
    if funding.is_outside:
        return None
    return funding.quarter.year if funding.quarter is not None else funding.year


def _of_year(
    plan: Plan,
    project: Project,
    year: int,
    done: Done | None,
    lines: Sequence[_Line],
    aside: list[NotReceived],
) -> Iterator[OwnFunding]:
    """What has come in a closed year, and what is to come later of what was granted for it."""
    entries = [] if done is None else done.entries
    said = [
        (received, (*entry.path, "received", n))
        for entry in entries
        for n, received in enumerate(entry.line.received)
    ]
    come = _by_funder(said, lines)
    by_funder: dict[str, list[_Line]] = defaultdict(list)
    for line in lines:
        by_funder[line.funding.from_].append(line)
    for funder, of in by_funder.items():
        if funder in come:
            yield from _to_come(plan, project, year, of, come[funder][0], aside)
            continue
        for each in of:
            if each.funding.amount is not None:
                kept = taken_as(ReceivedFunding, each.funding, basis="assumed")
                yield OwnFunding(kept, each.origin)
                aside.append(
                    NotReceived(year, project.id, funder, each.funding.amount, "as planned")
                )
    for funder, (amount, origin) in come.items():
        if amount == ZERO:
            continue
        funding = taken_as(
            ReceivedFunding, None, from_=funder, year=year, amount=amount, status="granted",
            basis="stated", periods={}, before={}, beyond={},
        )  # fmt: skip
        told = msg("received in {year}, by its account", year=Year(year))
        yield OwnFunding(funding, origin, (told,))


def _by_funder(
    said: Sequence[tuple[Received, Path]], lines: Sequence[_Line]
) -> Mapping[str, tuple[Money, Path]]:
    """What has come of each funder; of what names none, of all in proportion to what is due."""
    found: dict[str, tuple[Money, Path]] = {}
    due: dict[str, int] = defaultdict(int)
    for line in lines:
        due[line.funding.from_] += 0 if line.funding.amount is None else line.funding.amount.cents

    def add(funder: str, amount: Money, origin: Path) -> None:
        before, first = found.get(funder, (ZERO, origin))
        found[funder] = before + amount, first

    for received, origin in said:
        if received.from_ is not None:
            add(received.from_, received.amount, origin)
        elif due:
            weights = [max(0, cents) for cents in due.values()]
            weights = weights if any(weights) else [1] * len(weights)
            for funder, part in zip(due, shared(received.amount, weights), strict=True):
                add(funder, part, origin)
    return found


def _to_come(
    plan: Plan,
    project: Project,
    year: int,
    lines: Sequence[_Line],
    come: Money,
    aside: list[NotReceived],
) -> Iterator[OwnFunding]:
    """What of granted lines has not come: a year later, while it still can."""
    closed = closed_years(plan)
    later = next(each for each in range(year + 1, year + 60) if each not in closed)
    left = come.cents
    for line in sorted(lines, key=lambda each: each.funding.status != "granted"):
        funding = line.funding
        if funding.amount is None:
            continue
        part = min(max(left, 0), funding.amount.cents)
        left -= part
        missing = Money(funding.amount.cents - part)
        if missing <= ZERO:
            continue
        told = NotReceived(year, project.id, funding.from_, missing, "requested")
        if funding.status != "granted":
            aside.append(told)
        elif funding.until is not None and funding.until < later:
            aside.append(told._replace(why="too late"))
        else:
            aside.append(told._replace(why="carried"))
            step = msg("granted for {year}, and not received", year=Year(year))
            moved = changed(funding, year=later, quarter=None, amount=missing, basis="assumed")
            yield OwnFunding(moved, line.origin, (step,))
