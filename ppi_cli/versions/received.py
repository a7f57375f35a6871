"""What others have paid of a project in closed years, and what is still to come of it.

Until a line says what was received, funding of a closed year counts as planned, as an assumption.
What of a granted line has not come goes to the next open year, no later than its ``until``; what
was only requested and has not come is over. What comes in a later closed year beyond what is due
there is what was missing before; what has come before it was due is off what is missing of the
closed year in which it was. Of a year that is not closed it is told, and what is written of it
counts all the same. What comes as a share of costs, or as they do, follows what was paid;
once a line says what was received of it, it is the amount of each year that it comes to, and what
has come beyond that is taken off the years after.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, NamedTuple

from ppi_cli.plan.becoming import CameBefore, CameLate, ComeEarly, NotReceived
from ppi_cli.plan.execution import Received
from ppi_cli.plan.lines import Paid
from ppi_cli.plan.model import Plan
from ppi_cli.plan.pieces import changed, taken_as
from ppi_cli.plan.projects import Cost, Funding, Project
from ppi_cli.values.findings import Path
from ppi_cli.values.message import Message, msg
from ppi_cli.values.money import ZERO, Money, shared, total
from ppi_cli.values.quarters import Outside, Year
from ppi_cli.versions.account_lines import closed_years
from ppi_cli.versions.accounts import accounts
from ppi_cli.versions.costs import worked_costs
from ppi_cli.versions.done import Done
from ppi_cli.versions.funding import WrittenFunding, worked_funding


class ReceivedFunding(Funding):
    """What others have paid of a project in a closed year, which nothing changes."""

    __slots__ = ()
    is_received: ClassVar[bool] = True


class CarriedFunding(Funding):
    """What of a granted line has not come in a closed year, and is to come later."""

    __slots__ = ()
    is_carried: ClassVar[bool] = True


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
    #: Whether it is a share of costs, or comes as they do.
    follows_costs: bool = False


@dataclass
class Aside:
    """What is told beside the funding of a version."""

    not_received: list[NotReceived] = field(default_factory=list)
    early: list[ComeEarly] = field(default_factory=list)
    came_before: list[CameBefore] = field(default_factory=list)
    came_late: list[CameLate] = field(default_factory=list)


@dataclass
class _Closed:
    """What closed years leave open of the funding of a project, one year after the other."""

    #: What was due and has not come: where it stands, of which year, and how much.
    missing: list[tuple[_Line, int, Money]] = field(default_factory=list)
    #: What has come beyond what was due, by funder and year.
    early: dict[tuple[str, int], Money] = field(default_factory=dict)
    #: What of that was missing later: the line, the year in which it came, and how much.
    settled: list[tuple[_Line, int, Money]] = field(default_factory=list)
    #: What was missing and came later: the line, its year, the year in which it came, how much.
    late: list[tuple[_Line, int, int, Money]] = field(default_factory=list)
    #: The funders and closed years of which an account says what has come.
    told: set[tuple[str, int]] = field(default_factory=set)

    def come(self, funder: str, year: int, amount: Money, due: Sequence[_Line]) -> None:
        """Take off what has come in a year what is due in it, and then what was missing before.

        What is granted goes before what is only requested. What is still missing of it is what came
        before it was due, as far as that goes.
        """
        self.told.add((funder, year))
        left = amount.cents
        own = [(each, year, each.funding.amount or ZERO) for each in due]
        before = [each for each in self.missing if each[0].funding.from_ == funder]
        self.missing = [each for each in self.missing if each[0].funding.from_ != funder]
        for line, its_year, owed in sorted((*own, *before), key=_is_only_requested):
            part = min(max(left, 0), owed.cents)
            left -= part
            if its_year < year and part > 0:
                self.late.append((line, its_year, year, Money(part)))
            missing = Money(owed.cents - part)
            for early_year, came in self.take(funder, missing):
                missing -= came
                self.settled.append((line, early_year, came))
            if missing > ZERO:
                self.missing.append((line, its_year, missing))
        if left > 0:
            self.early[funder, year] = Money(left)

    def take(self, funder: str, most: Money) -> Iterator[tuple[int, Money]]:
        """Take of what has come of a funder before it was due, the first year first."""
        left = most.cents
        for key in [each for each in self.early if each[0] == funder]:
            part = Money(max(0, min(self.early[key].cents, left)))
            left -= part.cents
            self.early[key] -= part
            if self.early[key] == ZERO:
                del self.early[key]
            if part > ZERO:
                yield key[1], part

    def owed(self) -> Mapping[str, int]:
        """What is missing of each funder, in cents."""
        found: dict[str, int] = defaultdict(int)
        for line, _, amount in self.missing:
            found[line.funding.from_] += amount.cents
        return found


def _is_only_requested(due: tuple[_Line, int, Money]) -> bool:
    return due[0].funding.status != "granted"


def received_funding(
    plan: Plan, project: Project, path: Path, costs: Sequence[Cost], aside: Aside
) -> Iterator[OwnFunding]:
    """The funding of a project with its costs as executed; ``aside`` is told what is beside it."""
    closed = set(closed_years(plan))
    own_funders = {funder.id for funder in plan.funders if funder.own}
    of_year: dict[int, list[_Line]] = defaultdict(list)
    later: dict[str, list[OwnFunding]] = defaultdict(list)
    written: list[OwnFunding] = []
    for j, line in enumerate(project.funding):
        origin: Path = (*path, "funding", j)
        follows = line.share is not None or line.comes_with_costs
        if line.from_ in own_funders or not closed:
            yield OwnFunding(line, origin)
            continue
        if follows and not says_received(plan, project, line.from_, closed):
            yield OwnFunding(line, origin)
            planned = parts_of_costs(plan, project, costs, line)
            aside.not_received += _as_planned(project, planned, closed)
            continue
        if follows:
            found = parts_of_costs(plan, project, costs, line)
            parts = [OwnFunding(w.funding, origin, w.steps, w.key) for w in found]
        else:
            parts = [
                OwnFunding(each, (*origin, *at))
                for at, each in line.by_period()
                if not each.is_outside
            ]
            written += parts
        if not follows and not any(_year_of(part.funding) in closed for part in parts):
            yield OwnFunding(line, origin)
            continue
        for part in parts:
            year = _year_of(part.funding)
            if year is not None and year in closed:
                of_year[year].append(_Line(part.funding, part.origin, follows))
            elif follows:
                later[line.from_].append(_as_a_line(part))
            else:
                yield part
        outside = changed(line, periods={})
        if not follows and outside.is_line:
            yield OwnFunding(outside, origin)
    done = _Closed()
    come: list[OwnFunding] = []
    for year in sorted(closed):
        own = accounts(plan).of(("project", project.id), year)
        come += _of_year(plan, project, year, own, of_year.get(year, []), done, aside)
    yield from _to_come(plan, project, done.missing, aside)
    yield from come
    for funder, to_come in later.items():
        yield from _less(to_come, done, funder)
    aside.early += _early(project, done, written)
    aside.came_before += [
        CameBefore(year, project.id, amount, line.origin)
        for line, year, amount in done.settled
        if not line.follows_costs
    ]
    aside.came_late += [
        CameLate(year, project.id, amount, came_in, line.origin)
        for line, year, came_in, amount in done.late
    ]


def _as_planned(
    project: Project, parts: Sequence[WrittenFunding], closed: Collection[int]
) -> Iterator[NotReceived]:
    """What of a share counts in closed years, though no line says that it has come."""
    for part in parts:
        year, amount = _year_of(part.funding), part.funding.amount
        if year is not None and year in closed and amount is not None:
            yield NotReceived(year, project.id, part.funding.from_, amount, "as planned", True)


def _as_a_line(part: OwnFunding) -> OwnFunding:
    """An amount that a share comes to as one would write it, also outside the plan's years."""
    funding = changed(part.funding, basis="assumed")
    if funding.is_outside and funding.amount is not None:
        year = Outside.BEFORE if funding.year == Outside.BEFORE else Outside.BEYOND
        paid = {int(year): taken_as(Paid, None, amount=funding.amount, basis="assumed")}
        key = "before" if year == Outside.BEFORE else "beyond"
        funding = changed(funding, year=None, amount=None, **{key: paid})
    return part._replace(funding=funding)


def parts_of_costs(
    plan: Plan, project: Project, costs: Sequence[Cost], line: Funding
) -> Sequence[WrittenFunding]:
    """What a share of costs, or what comes as they do, is at each time, of costs as executed."""
    chosen = {target.id: target.chosen for target in plan.targets}
    worked = [
        each.cost
        for each in worked_costs(plan, changed(project, costs=tuple(costs)))
        if each.cost.when is None or chosen.get(each.cost.when.target) == each.cost.when.variant
    ]
    inside, outside = ([c for c in worked if c.is_outside == side] for side in (False, True))
    own = changed(project, costs=tuple(inside), costs_outside=tuple(outside), funding=(line,))
    return [each for each in worked_funding(plan, own) if not each.is_nowhere]


def says_received(plan: Plan, project: Project, funder: str, years: Iterable[int]) -> bool:
    """Whether a line of one of some years says what a funder has paid of a project."""
    found = accounts(plan)
    for year in years:
        done = found.of(("project", project.id), year)
        for entry in () if done is None else done.entries:
            if any(each.from_ in (None, funder) for each in entry.line.received):
                return True
    return False


def _early(project: Project, closed: _Closed, written: Sequence[OwnFunding]) -> Iterator[ComeEarly]:
    """What has come before it was due, and what is written of later years all the same."""
    for (funder, year), amount in closed.early.items():
        for part in written:
            when, later = _year_of(part.funding) or year, part.funding.amount or ZERO
            is_told = (funder, when) in closed.told
            if part.funding.from_ == funder and when > year and later > ZERO and not is_told:
                yield ComeEarly(year, project.id, funder, amount, later, when, part.origin)
                break


def _less(parts: Sequence[OwnFunding], closed: _Closed, funder: str) -> Iterator[OwnFunding]:
    """What is still to come in later years, less what has come before it was due."""
    for part in parts:
        amount = part.funding.amount
        off = [] if amount is None else [came for _, came in closed.take(funder, amount)]
        taken = total(off) or ZERO
        if amount is None or taken == ZERO:
            yield part
            continue
        step = msg("less {amount} that has come already", amount=taken)
        funding = changed(part.funding, amount=amount - taken)
        yield part._replace(funding=funding, steps=(*part.steps, step))


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
    closed: _Closed,
    aside: Aside,
) -> Iterator[OwnFunding]:
    """What has come in a closed year, or counts as if it had."""
    entries = [] if done is None else done.entries
    said = [
        (received, (*entry.path, "received", n))
        for entry in entries
        for n, received in enumerate(entry.line.received)
    ]
    by_funder: dict[str, list[_Line]] = defaultdict(list)
    for line in lines:
        by_funder[line.funding.from_].append(line)
    come = _by_funder(said, _owed(lines) or closed.owed() or _to_pay(plan, project))
    for funder, of in by_funder.items():
        for each in of if funder not in come else ():
            if each.funding.amount is not None:
                kept = taken_as(ReceivedFunding, each.funding, basis="assumed")
                yield OwnFunding(kept, each.origin)
                planned = NotReceived(year, project.id, funder, each.funding.amount, "as planned")
                aside.not_received.append(planned._replace(follows_costs=each.follows_costs))
    for funder, (amount, origin) in come.items():
        closed.come(funder, year, amount, by_funder.get(funder, ()))
        if amount == ZERO:
            continue
        funding = taken_as(
            ReceivedFunding, None, from_=funder, year=year, amount=amount, status="granted",
            basis="stated", periods={}, before={}, beyond={},
        )  # fmt: skip
        told = msg("received in {year}, by its account", year=Year(year))
        yield OwnFunding(funding, origin, (told,))


def _owed(lines: Iterable[_Line]) -> Mapping[str, int]:
    """What each funder is to pay by some lines, in cents."""
    found: dict[str, int] = defaultdict(int)
    for line in lines:
        found[line.funding.from_] += 0 if line.funding.amount is None else line.funding.amount.cents
    return found


def _to_pay(plan: Plan, project: Project) -> Mapping[str, int]:
    """What others are to pay of a project at any time, in cents, as far as that is written."""
    own = {funder.id for funder in plan.funders if funder.own}
    others = (line for line in project.funding if line.from_ not in own)
    return _owed(_Line(each, ()) for line in others for _, each in line.by_period())


def _by_funder(
    said: Sequence[tuple[Received, Path]], due: Mapping[str, int]
) -> Mapping[str, tuple[Money, Path]]:
    """What has come of each funder; of what names none, of all in proportion to what is due."""
    found: dict[str, tuple[Money, Path]] = {}

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
    plan: Plan, project: Project, missing: Iterable[tuple[_Line, int, Money]], aside: Aside
) -> Iterator[OwnFunding]:
    """What of granted lines has not come in closed years: a year later, while it still can."""
    closed = closed_years(plan)
    for line, year, amount in sorted(missing, key=lambda each: each[1]):
        funding = line.funding
        later = next(each for each in range(year + 1, year + 60) if each not in closed)
        told = NotReceived(
            year, project.id, funding.from_, amount, "requested", line.follows_costs, line.origin
        )
        if funding.status != "granted":
            aside.not_received.append(told)
        elif funding.until is not None and funding.until < later:
            aside.not_received.append(told._replace(why="too late"))
        else:
            aside.not_received.append(told._replace(why="carried"))
            step = msg("granted for {year}, and not received", year=Year(year))
            moved = taken_as(
                CarriedFunding, funding, year=later, quarter=None, amount=amount, basis="assumed"
            )
            yield OwnFunding(moved, line.origin, (step,))
