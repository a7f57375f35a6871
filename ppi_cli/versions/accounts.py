"""What was done of each project, theme and programme in the years of which the plan has accounts.

The lines of one thing, year and account are added; then what none of them states is filled in: what
was voted is what the plan has for the year, what is carried in is what the year before carried
over. Everything is in the plan's taxes, in the prices of its year.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from functools import partial

from ppi_cli.plan.becoming import SpreadBeyond
from ppi_cli.plan.execution import ExecutionLine, ExecutionYear
from ppi_cli.plan.finance import Programme
from ppi_cli.plan.model import Plan, once_per_plan
from ppi_cli.plan.projects import Cost, Project
from ppi_cli.values.money import ZERO, Money, total
from ppi_cli.versions.account_lines import closed_years, in_plans_taxes, lines_of, years_of_accounts
from ppi_cli.versions.done import (
    ANY,
    NOTHING,
    Accounts,
    Bearer,
    Done,
    Entry,
    Group,
    Key,
    Said,
    Unspread,
    sum_of,
)
from ppi_cli.versions.kinds import assigned, carried_by_group, parts_of_amount, taker
from ppi_cli.versions.planned import costs_in, not_split_in, states_a_cost
from ppi_cli.versions.spreading import spread_programmes


@once_per_plan
def accounts(plan: Plan) -> Accounts:
    """What the accounts of a plan say of each project and theme."""
    years = years_of_accounts(plan)
    if not years:
        return Accounts({}, {}, (), ())
    by_year = {year: _by_bearer(plan, each) for year, each in years.items()}
    unspread: list[Unspread] = []
    spreads: list[SpreadBeyond] = []
    arriving: dict[tuple[Bearer, int], Said] = {}
    bearers: list[Bearer] = [("project", p.id) for p in plan.projects]
    bearers += [("theme", t.id) for t in plan.themes]
    done: dict[Bearer, dict[int, Done]] = {bearer: {} for bearer in bearers}
    spent: set[Bearer] = set()
    leaving: dict[Bearer, Said] = {}
    by_account: dict[Bearer, Mapping[str | None, Said]] = {}
    so_far = Accounts(done, arriving, (), ())
    for year, each in years.items():
        if year - 1 not in years:
            leaving, by_account = {}, {}
        carried, of_accounts = leaving, by_account
        found = by_year[year]
        doing = partial(
            _done, plan, year, each.is_closed, carried=of_accounts, spent=frozenset(spent)
        )
        spread_programmes(plan, year, found, doing, unspread, spreads)
        leaving, by_account = {}, {}
        for bearer in bearers:
            entries = found.get(bearer, [])
            one = doing(bearer, entries)
            if one.has_spent:
                spent.add(bearer)
            here, next_ = carried.get(bearer, NOTHING), one.leaving
            if not entries and not each.is_closed and here.amount != ZERO:
                arriving[bearer, year] = here
            leaving[bearer] = next_
            if entries or _is_there(one):
                done[bearer][year] = one
            by_account[bearer] = _leaving_by_account(plan, so_far, one)
            if year + 1 not in years and next_.amount != ZERO:
                arriving[bearer, year + 1] = next_
    there = {bearer: by_year for bearer, by_year in done.items() if by_year}
    return Accounts(there, arriving, tuple(unspread), tuple(spreads))


def _leaving_by_account(plan: Plan, found: Accounts, done: Done) -> Mapping[str | None, Said]:
    """What goes to the next year of one thing, by account; of a theme, of none."""
    leaving = done.leaving
    project = plan.by_id.get(done.bearer[1])
    if leaving.amount in (None, ZERO) or not isinstance(project, Project):
        return {None: leaving}
    sums: dict[str | None, Money] = defaultdict(lambda: ZERO)
    for key, amount, _, _ in carried_by_group(done):
        for part in parts_of_amount(plan, found, project, done.year, key, amount):
            sums[part.kind.account] += part.amount
    return {account: Said(amount, leaving.assumed) for account, amount in sums.items()}


@once_per_plan
def told_of_themes(plan: Plan) -> frozenset[tuple[str, int]]:
    """The themes and years of which an account has a line: of the theme, or of its projects."""
    themes = {("project", project.id): project.theme for project in plan.projects}
    return frozenset(
        (themes.get(bearer, bearer[1]), year)
        for bearer, by_year in accounts(plan).done.items()
        for year, done in by_year.items()
        if done.has_line
    )


def _is_there(done: Done) -> bool:
    """Whether the plan has something for it, though no line is of it."""
    return any(said.amount not in (None, ZERO) for said in (done.planned, done.carried_in))


def _by_bearer(plan: Plan, year: ExecutionYear) -> dict[Bearer | tuple[str, str], list[Entry]]:
    """The lines of an account and the short forms of its year, by what they are of."""
    found: dict[Bearer | tuple[str, str], list[Entry]] = defaultdict(list)
    for path, line, id in lines_of(plan, year):
        kind = line.bearer[0] if line.operation is None else "project"
        found[kind, id].append(Entry(in_plans_taxes(plan, year, line, id), path))
    return found


def _done(
    plan: Plan,
    year: int,
    is_closed: bool,
    bearer: Bearer,
    entries: Sequence[Entry],
    *,
    carried: Mapping[Bearer, Mapping[str | None, Said]],
    spent: Set[Bearer],
) -> Done:
    """What was done in a year of one thing, of what the year before carried over, by account.

    ``spent`` is what closed years before it have paid something of already.
    """
    by_key: dict[Key, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_key[_key(entry.line)].append(entry)
    costs = costs_in(plan, plan.by_id.get(bearer[1]), year) if bearer[0] == "project" else ()
    own = [cost for cost in costs if cost.carried_from is None]
    before = [cost for cost in costs if cost.carried_from is not None]
    keys = sorted(by_key, key=lambda key: tuple(map(str, key)))
    planned = assigned(own, keys)
    written = assigned(before, keys)
    arriving = {key: _known(each) for key, each in written.items()}
    if not before:
        by_taker: dict[Key, list[Said]] = defaultdict(list)
        for account, amount in carried.get(bearer, {}).items():
            by_taker[taker(account, keys)].append(amount)
        arriving = {key: sum_of(each) for key, each in by_taker.items()}
    states = True
    if bearer[0] == "theme":
        planned_of = {taker(None, keys): Said(not_split_in(plan, bearer[1], year))}
    else:
        states = states_a_cost(plan, bearer[1], year, has_spent=bearer in spent)
        planned_of = {key: _known(each, states=states) for key, each in planned.items()}
    beside = {key for said in (planned_of, arriving) for key in said if said[key] != NOTHING}
    every = dict.fromkeys([*keys, *(key for key in (*planned_of, *arriving) if key in beside)])
    nothing = NOTHING if states else Said()
    said = frozenset(
        name
        for name in ("voted", "carried_in", "opened")
        if any(getattr(entry.line, name) is not None for entry in entries)
    )
    groups = tuple(
        Group(
            key,
            tuple(by_key.get(key, ())),
            planned_of.get(key, nothing),
            arriving.get(key, NOTHING),
            said & {"carried_in"} if key in by_key else said,
        )
        for key in every
    )
    return Done(bearer, year, is_closed, groups or (Group(ANY, (), nothing, NOTHING),))


def _key(line: ExecutionLine) -> Key:
    return line.account, line.section, line.fctva


def _known(costs: Sequence[Cost], *, states: bool = True) -> Said:
    """What costs come to; not known where one of them is blank and none is stated."""
    amount = total(cost.amount for cost in costs)
    if amount is None:
        return Said(None if costs or not states else ZERO)
    return Said(amount, any(cost.basis == "assumed" for cost in costs))


def programme_paid(plan: Plan, programme: Programme, year: int) -> Money | None:
    """What was paid of a programme in a year: the sum of its projects', where all have lines.

    A project without costs in the year needs none.
    """
    found = accounts(plan)
    of_year = [found.of(("project", id), year) for id in dict.fromkeys(programme.projects)]
    there = [done for done in of_year if done is not None]
    if not there or any(not done.has_line for done in there):
        return None
    return total(done.paid.amount for done in there)


def credits_with_carried(plan: Plan, programme: Programme) -> Mapping[int, Money]:
    """The credits of a programme that rise by what its projects carry over to their year.

    They do where all its projects have lines; of a programme without any credit, none is stated.
    """
    found: dict[int, Money] = {}
    for year in closed_years(plan) if programme.payments else ():
        over = _carried_of(plan, programme, year)
        if programme_paid(plan, programme, year) is not None and over != ZERO:
            stated = programme.payments.get(year + 1)
            found[year + 1] = over if stated is None else stated.amount + over
    return found


def _carried_of(plan: Plan, programme: Programme, year: int) -> Money:
    """What the projects of a programme carry over from a year."""
    found = (accounts(plan).of(("project", id), year) for id in dict.fromkeys(programme.projects))
    return total(done.leaving.amount for done in found if done is not None) or ZERO
