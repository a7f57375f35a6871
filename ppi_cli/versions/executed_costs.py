"""What projects cost in the plan as executed: what was paid, and what was carried over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar, NamedTuple

from ppi_cli.plan.lines import Paid
from ppi_cli.plan.model import Plan
from ppi_cli.plan.pieces import changed, taken_as
from ppi_cli.plan.projects import Cost, Project
from ppi_cli.values.findings import Path
from ppi_cli.values.message import Message, msg
from ppi_cli.values.money import ZERO, Money, total
from ppi_cli.values.quarters import Outside, Year
from ppi_cli.versions.account_lines import years_of_accounts
from ppi_cli.versions.accounts import accounts
from ppi_cli.versions.costs import written
from ppi_cli.versions.done import Accounts, Done, Key, Said
from ppi_cli.versions.kinds import carried_by_group, groups_of, has_for_group, parts_of_amount
from ppi_cli.versions.planned import costs_in, worked_in


class PaidCost(Cost):
    """What was paid of a project in a closed year, which nothing changes."""

    __slots__ = ()
    is_paid: ClassVar[bool] = True


class OwnCost(NamedTuple):
    """A cost of the version, and where it comes from in the plan as it is written."""

    piece: Cost
    origin: Path
    steps: tuple[Message, ...] = ()
    key: str = "amount"


def executed_costs(plan: Plan, found: Accounts, project: Project, path: Path) -> Iterator[OwnCost]:
    """What a project costs in the version."""
    years = years_of_accounts(plan)
    other = {year for year in years if _is_other(plan, found, project, year)}
    closed = {year for year, each in years.items() if each.is_closed}
    for own in _as_written(plan, project, path, closed | other):
        if own.piece.in_year not in closed | other:
            yield own
    for year in sorted(closed | other):
        done = found.of(("project", project.id), year)
        if done is not None:
            yield from _of_year(plan, project, path, done)
    for year in years:
        if year not in closed | other:
            yield from _carried_to_line(plan, project, found, year)
    for (bearer, year), said in found.arriving.items():
        if bearer == ("project", project.id) and not is_written(plan, project, year):
            yield from _carried(plan, project, found, year, said)


def _is_other(plan: Plan, found: Accounts, project: Project, year: int) -> bool:
    """Whether a running year costs other than the plan has it: another amount or account."""
    done = found.of(("project", project.id), year)
    if done is None or done.is_closed or not done.has_line or done.counted.amount is None:
        return False
    has = has_for_group(plan, accounts(plan), project, done)
    of_lines = {group.key: amount for group, amount in done.counted_by_group}
    for key in {*has, *of_lines}:
        own = has.get(key, ())
        if of_lines.get(key, ZERO) != (total(cost.amount for cost in own) or ZERO):
            return True
        if not all(_is_of(cost, key) for cost in own if cost.in_year == year):
            return True
    return False


def _carried_to_line(plan: Plan, project: Project, found: Accounts, year: int) -> Iterator[OwnCost]:
    """What is carried over to a running year that has lines, of the account that they name."""
    before, done = (found.of(("project", project.id), each) for each in (year - 1, year))
    if before is None or done is None or done.is_closed or not done.has_line:
        return
    if before.leaving.or_nothing() == ZERO or is_written(plan, project, year):
        return
    account, section, fctva = key = _key_of_all(done)
    for own in _carried(plan, project, found, year, before.leaving):
        piece = own.piece
        if piece.amount is None:
            yield own
        elif account in (None, piece.account):
            fund = piece.fctva if fctva is None else fctva
            yield own._replace(piece=changed(piece, section=section or piece.section, fctva=fund))
        else:
            for part in parts_of_amount(plan, accounts(plan), project, year, key, piece.amount):
                yield own._replace(piece=changed(piece, amount=part.amount, **part.kind._asdict()))


def _is_of(cost: Cost, key: Key) -> bool:
    """Whether a cost is of the account, section and eligibility that lines name."""
    account, section, fctva = key
    return (
        account in (None, cost.account)
        and section in (None, cost.in_section)
        and fctva in (None, cost.fctva)
    )


def is_written(plan: Plan, project: Project, year: int) -> bool:
    """Whether the plan itself says what is carried in to a year."""
    return any(cost.carried_from is not None for cost in costs_in(plan, project, year))


def _as_written(plan: Plan, project: Project, path: Path, years: set[int]) -> Iterator[OwnCost]:
    """The costs of a project as written; what lies in some years too is one cost for each year.

    What such a line has outside the plan's years stays a line.
    """
    parts = None
    for j, cost in enumerate(project.costs):
        origin: Path = (*path, "costs", j)
        lines = list(cost.by_period())
        of_years = [year for _, each in lines for year in _paid_in(each)]
        if not years.intersection(of_years):
            yield OwnCost(cost, origin)
            continue
        outside = changed(cost, periods={})
        if outside.is_line:
            yield OwnCost(outside, origin)
        for at, each in lines:
            if each.is_outside:
                continue
            if each.years is not None and each.each_year is not None:
                for year in each.years.each():
                    one = changed(
                        each, years=None, each_year=None, year=year, amount=each.each_year
                    )
                    yield OwnCost(one, (*origin, *at), key="each_year")
            elif each.years is None and each.quarters is None:
                yield OwnCost(each, (*origin, *at))
            else:
                parts = list(written(plan, project)) if parts is None else parts
                for worked in parts:
                    if worked.origin == ("costs", j, *at):
                        yield OwnCost(worked.cost, (*origin, *at), worked.steps, worked.key)


def _paid_in(cost: Cost) -> Iterable[int]:
    """The years in which a cost of one period, or of several years or quarters, is paid."""
    if cost.is_outside or cost.paid is None:
        return ()
    return cost.paid.each()


def _of_year(plan: Plan, project: Project, path: Path, done: Done) -> Iterator[OwnCost]:
    """What a project costs in a year of which there is an account."""
    if not done.has_line:
        kind: type[Cost] = PaidCost
        for worked in worked_in(plan, project, done.year):
            if worked.cost.amount is not None:
                cost = taken_as(kind, worked.cost, basis="assumed", indexed=False, when=None)
                yield OwnCost(cost, (*path, *worked.origin), worked.steps, worked.key)
        extra = done.counted.or_nothing() - done.planned.or_nothing()
        if not is_written(plan, project, done.year) and extra != ZERO:
            told = msg("carried over from {year}, paid as an assumption", year=Year(done.year - 1))
            for own in _carried(plan, project, accounts(plan), done.year, done.carried_in):
                cost = taken_as(kind, own.piece, carried_from=None)
                yield own._replace(piece=cost, steps=(told,))
        return
    kind = PaidCost if done.is_closed else Cost
    if done.is_closed:
        for group in groups_of(done):
            said = group.stated("paid")
            if said.amount is None or said.amount == ZERO:
                continue
            entry = next(e for e in group.entries if e.line.paid is not None)
            told = msg("paid in {year}, by its account", year=Year(done.year))
            key = "paid" if entry.path[-2] == "lines" else ""
            for own in _pieces(
                plan, project, kind, done.year, group.key, said.amount, entry.path, told, key
            ):
                assumed = said.assumed or entry.is_spread or own.piece.basis == "assumed"
                basis = "assumed" if assumed else "stated"
                yield own._replace(piece=changed(own.piece, basis=basis))
        return
    if done.counted.amount is None:
        return
    told = msg("opened in {year}, by its account", year=Year(done.year))
    if done.expected.amount is not None:
        told = msg("expected in {year}, by its account", year=Year(done.year))
    elif done.opened.amount is None:
        told = msg("paid in {year} so far, by its account", year=Year(done.year))
    by_group = done.counted_by_group
    for group, amount in [each for each in by_group if each[1] != ZERO] or by_group[:1]:
        origin = (group.entries or done.entries)[0].path
        for own in _pieces(plan, project, kind, done.year, group.key, amount, origin, told):
            yield own._replace(piece=changed(own.piece, basis="assumed"))


_NO_KEY: Key = (None, None, None)


def _key_of_all(done: Done) -> Key:
    """The account, section and eligibility that all lines of a year say alike."""
    keys = {group.key for group in groups_of(done)}
    return next(iter(keys)) if len(keys) == 1 else _NO_KEY


def _pieces(
    plan: Plan,
    project: Project,
    kind: type[Cost],
    year: int,
    key: Key,
    amount: Money,
    origin: Path,
    told: Message,
    written_as: str = "amount",
) -> Iterator[OwnCost]:
    """An amount of a year as costs, of the accounts that the plan has for it."""
    for part in parts_of_amount(plan, accounts(plan), project, year, key, amount):
        steps: tuple[Message, ...] = (told,)
        if part.assumed:
            steps = (told, msg("{amount} in proportion to the plan's costs", amount=part.amount))
        yield OwnCost(
            as_a_cost(
                kind, part.amount, part.kind, "assumed" if part.assumed else "stated", year=year
            ),
            origin,
            steps,
            written_as,
        )


def as_a_cost(
    of: type[Cost], sum_: Money, kind: tuple[object, ...], basis: str, **values: object
) -> Cost:
    account, section, fctva = kind
    none: dict[str, object] = {"periods": {}, "before": {}, "beyond": {}, "unplanned": {}}
    told = {"account": account, "section": section, "fctva": fctva, "basis": basis}
    return taken_as(of, None, **{**none, "amount": sum_, "indexed": False, **told, **values})


def carried_over(plan: Plan, project: Project, year: int) -> Sequence[Cost]:
    """What a project carries over from a year, as costs of the year after; none that is written."""
    found = accounts(plan)
    done = found.of(("project", project.id), year)
    if done is None or done.leaving.or_nothing() == ZERO or is_written(plan, project, year + 1):
        return ()
    to_line = list(_carried_to_line(plan, project, found, year + 1))
    own = to_line or _carried(plan, project, found, year + 1, done.leaving)
    return [each.piece for each in own]


def _carried(
    plan: Plan, project: Project, found: Accounts, year: int, said: Said
) -> Iterator[OwnCost]:
    """What is carried over to a year of which there is no account, or beyond the plan."""
    before = found.of(("project", project.id), year - 1)
    assert before is not None
    told = msg("carried over from {year}", year=Year(year - 1))
    for key, amount, origin, name in carried_by_group(before):
        for part in parts_of_amount(plan, accounts(plan), project, year - 1, key, amount):
            when: dict[str, object] = {"year": year}
            if year not in plan.years:
                paid = taken_as(Paid, None, amount=part.amount, basis="assumed")
                when = {"beyond": {int(Outside.BEYOND): paid}, "amount": None}
            cost = as_a_cost(
                Cost, part.amount, part.kind, "assumed", **when, carried_from=year - 1,
                label=None,
            )  # fmt: skip
            yield OwnCost(cost, origin, (told,), name)
