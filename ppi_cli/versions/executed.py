"""The plan as executed: what was paid in closed years, and what was carried over in the next.

It is the first step of any chain. What was paid, and received, in a closed year is a fact: no later
step, choice or status changes it. What was carried over is a cost of the year after, like others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar, NamedTuple

from ppi_cli.plan.becoming import AsExecuted, Assumed, NotReceived, YearDone
from ppi_cli.plan.finance import Programme, Theme
from ppi_cli.plan.lines import Paid
from ppi_cli.plan.model import Plan, once_per_plan
from ppi_cli.plan.pieces import Amount, changed, taken_as
from ppi_cli.plan.projects import Cost, Project
from ppi_cli.values.findings import Path
from ppi_cli.values.message import Message, msg
from ppi_cli.values.money import ZERO, Money, total
from ppi_cli.values.quarters import Outside, Year
from ppi_cli.versions.accounts import (
    Accounts,
    Done,
    Key,
    Said,
    accounts,
    carried_by_group,
    closed_years,
    costs_in,
    groups_of,
    not_split_in,
    parts_of_amount,
    programme_carried,
    programme_paid,
    worked_in,
    years_of_accounts,
)
from ppi_cli.versions.costs import written
from ppi_cli.versions.envelopes import bounded, following, is_beside, parts_of
from ppi_cli.versions.received import received_funding
from ppi_cli.versions.version import Version


class PaidCost(Cost):
    """What was paid of a project in a closed year, which nothing changes."""

    __slots__ = ()
    is_paid: ClassVar[bool] = True


class _Own(NamedTuple):
    """A cost of the version, and where it comes from in the plan as it is written."""

    piece: Cost
    origin: Path
    steps: tuple[Message, ...] = ()
    key: str = "amount"


@once_per_plan
def _both(plan: Plan) -> dict[bool, Version]:
    """The versions of a plan as executed, by whether envelopes are kept."""
    return {}


def executed(plan: Plan, *, keep_envelopes: bool = False) -> Version:
    """The plan as executed; the plan itself, where it has no accounts."""
    if not years_of_accounts(plan):
        return Version(plan)
    known = _both(plan)
    if keep_envelopes not in known:
        known[keep_envelopes] = _executed(plan, keep_envelopes)
    return known[keep_envelopes]


def _executed(plan: Plan, keep_envelopes: bool) -> Version:
    found = accounts(plan)
    projects: list[Project] = []
    origins: dict[Path, Path] = {}
    steps: dict[Path, tuple[Message, ...]] = {}
    for i, project in enumerate(plan.projects):
        costs = list(_costs(plan, found, project, ("projects", i)))
        for n, own in enumerate(costs):
            place: Path = ("projects", i, "costs", n)
            if own.origin != place:
                origins[place] = own.origin
            if own.key != "amount":
                origins[*place, "amount"] = (*own.origin, own.key) if own.key else own.origin
            if own.steps:
                at = ("beyond",) if own.piece.is_line else ()
                steps[*place, *at] = own.steps
        paid = [own.piece for own in costs]
        funding = list(received_funding(plan, project, ("projects", i), paid, []))
        for n, come in enumerate(funding):
            place = ("projects", i, "funding", n)
            if come.origin != place:
                origins[place] = come.origin
            if come.steps:
                steps[place] = come.steps
        projects.append(
            changed(
                project,
                costs=tuple(own.piece for own in costs),
                funding=tuple(come.funding for come in funding),
            )
        )
    beyond = _carried_beyond(plan, found, origins, steps)
    made = changed(plan, projects=tuple(projects), closed=closed_years(plan), carried_beyond=beyond)
    themes = [
        _theme(plan, made, found, theme, i, keep_envelopes, origins, steps)
        for i, theme in enumerate(plan.themes)
    ]
    made = changed(made, themes=tuple(themes))
    made = changed(made, programmes=tuple(_programme(plan, each) for each in plan.programmes))
    if plan.header.past != "executed":
        made = _without_printed(made)
    return Version(made, origins, steps)


def _without_printed(plan: Plan) -> Plan:
    """The plan without printed totals, which are those of the plan as it was voted."""

    def without(things: Iterable[object]) -> tuple[object, ...]:
        return tuple(
            changed(each, stated_totals=None) if getattr(each, "stated_totals", None) else each
            for each in things
        )

    sections = ("themes", "projects", "funders", "groups", "programmes")
    made: Plan = changed(
        plan, stated_totals=None, **{name: without(getattr(plan, name)) for name in sections}
    )
    return made


# --- costs ---


def _costs(plan: Plan, found: Accounts, project: Project, path: Path) -> Iterator[_Own]:
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
        if bearer == ("project", project.id) and not _is_written(plan, project, year):
            yield from _carried(plan, project, found, year, said)


def _is_other(plan: Plan, found: Accounts, project: Project, year: int) -> bool:
    """Whether a running year costs other than the plan has it: another amount or account."""
    done = found.of(("project", project.id), year)
    if done is None or done.is_closed or not done.has_line or done.counted.amount is None:
        return False
    costs = [cost for cost in costs_in(plan, project, year) if cost.amount is not None]
    carried = (own.piece for own in _carried_to_line(plan, project, found, year))
    if done.counted.amount != (total(cost.amount for cost in (*costs, *carried)) or ZERO):
        return True
    return not all(_is_of(cost, _key_of_all(done)) for cost in costs)


def _carried_to_line(plan: Plan, project: Project, found: Accounts, year: int) -> Iterator[_Own]:
    """What is carried over to a running year that has lines, of the account that they name."""
    before, done = (found.of(("project", project.id), each) for each in (year - 1, year))
    if before is None or done is None or done.is_closed or not done.has_line:
        return
    if before.leaving.or_nothing() == ZERO or _is_written(plan, project, year):
        return
    key = _key_of_all(done)
    for own in _carried(plan, project, found, year, before.leaving):
        if key == _NO_KEY or own.piece.amount is None:
            yield own
            continue
        for part in parts_of_amount(plan, project, year, key, own.piece.amount):
            yield own._replace(piece=changed(own.piece, amount=part.amount, **part.kind._asdict()))


def _is_of(cost: Cost, key: Key) -> bool:
    """Whether a cost is of the account, section and eligibility that lines name."""
    account, section, fctva = key
    return (
        account in (None, cost.account)
        and section in (None, cost.in_section)
        and fctva in (None, cost.fctva)
    )


def _is_written(plan: Plan, project: Project, year: int) -> bool:
    """Whether the plan itself says what is carried in to a year."""
    return any(cost.carried_from is not None for cost in costs_in(plan, project, year))


def _as_written(plan: Plan, project: Project, path: Path, years: set[int]) -> Iterator[_Own]:
    """The costs of a project as written; what lies in some years too is one cost for each year.

    What such a line has outside the plan's years stays a line.
    """
    parts = None
    for j, cost in enumerate(project.costs):
        origin: Path = (*path, "costs", j)
        lines = list(cost.by_period())
        of_years = [year for _, each in lines for year in _paid_in(each)]
        if not years.intersection(of_years):
            yield _Own(cost, origin)
            continue
        outside = changed(cost, periods={})
        if outside.is_line:
            yield _Own(outside, origin)
        for at, each in lines:
            if each.is_outside:
                continue
            if each.years is not None and each.each_year is not None:
                for year in each.years.each():
                    one = changed(
                        each, years=None, each_year=None, year=year, amount=each.each_year
                    )
                    yield _Own(one, (*origin, *at), key="each_year")
            elif each.years is None and each.quarters is None:
                yield _Own(each, (*origin, *at))
            else:
                parts = list(written(plan, project)) if parts is None else parts
                for worked in parts:
                    if worked.origin == ("costs", j, *at):
                        yield _Own(worked.cost, (*origin, *at), worked.steps, worked.key)


def _paid_in(cost: Cost) -> Iterable[int]:
    """The years in which a cost of one period, or of several years or quarters, is paid."""
    if cost.is_outside or cost.paid is None:
        return ()
    return cost.paid.each()


def _of_year(plan: Plan, project: Project, path: Path, done: Done) -> Iterator[_Own]:
    """What a project costs in a year of which there is an account."""
    if not done.has_line:
        kind: type[Cost] = PaidCost
        for worked in worked_in(plan, project, done.year):
            if worked.cost.amount is not None:
                cost = taken_as(kind, worked.cost, basis="assumed", indexed=False, when=None)
                yield _Own(cost, (*path, *worked.origin), worked.steps, worked.key)
        extra = done.counted.or_nothing() - done.planned.or_nothing()
        if not _is_written(plan, project, done.year) and extra != ZERO:
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
    amount, entry = done.counted.amount, done.entries[0]
    if amount is None:
        return
    told = msg("opened in {year}, by its account", year=Year(done.year))
    if done.expected.amount is not None:
        told = msg("expected in {year}, by its account", year=Year(done.year))
    elif done.opened.amount is None:
        told = msg("paid in {year} so far, by its account", year=Year(done.year))
    of_all = _key_of_all(done)
    for own in _pieces(plan, project, kind, done.year, of_all, amount, entry.path, told):
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
) -> Iterator[_Own]:
    """An amount of a year as costs, of the accounts that the plan has for it."""
    for part in parts_of_amount(plan, project, year, key, amount):
        steps: tuple[Message, ...] = (told,)
        if part.assumed:
            steps = (told, msg("{amount} in proportion to the plan's costs", amount=part.amount))
        yield _Own(
            _cost(kind, part.amount, part.kind, "assumed" if part.assumed else "stated", year=year),
            origin,
            steps,
            written_as,
        )


def _cost(
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
    if done is None or done.leaving.or_nothing() == ZERO or _is_written(plan, project, year + 1):
        return ()
    to_line = list(_carried_to_line(plan, project, found, year + 1))
    own = to_line or _carried(plan, project, found, year + 1, done.leaving)
    return [each.piece for each in own]


def _carried(
    plan: Plan, project: Project, found: Accounts, year: int, said: Said
) -> Iterator[_Own]:
    """What is carried over to a year of which there is no account, or beyond the plan."""
    before = found.of(("project", project.id), year - 1)
    assert before is not None
    told = msg("carried over from {year}", year=Year(year - 1))
    for key, amount, origin, name in carried_by_group(before):
        for part in parts_of_amount(plan, project, year - 1, key, amount):
            when: dict[str, object] = {"year": year}
            if year not in plan.years:
                paid = taken_as(Paid, None, amount=part.amount, basis="assumed")
                when = {"beyond": {int(Outside.BEYOND): paid}, "amount": None}
            cost = _cost(
                Cost, part.amount, part.kind, "assumed", **when, carried_from=year - 1,
                label=None,
            )  # fmt: skip
            yield _Own(cost, origin, (told,), name)


def _programme(plan: Plan, programme: Programme) -> Programme:
    """A programme with what was paid of it, and the credits that were carried over."""
    paid, payments = dict(programme.paid), dict(programme.payments)
    for year in closed_years(plan):
        sum_ = programme_paid(plan, programme, year)
        if sum_ is None or year in paid:
            continue
        paid[year] = taken_as(Amount, None, amount=sum_, basis="stated")
        later, over = year + 1, programme_carried(plan, programme, year)
        if later in payments and later not in years_of_accounts(plan):
            own = payments[later]
            payments[later] = changed(own, amount=own.amount + over)
    return changed(programme, paid=paid, payments=payments)


# --- envelopes ---


def _theme(
    plan: Plan,
    made: Plan,
    found: Accounts,
    theme: Theme,
    place: int,
    keep_envelopes: bool,
    origins: dict[Path, Path],
    steps: dict[Path, tuple[Message, ...]],
) -> Theme:
    """A theme with the envelopes of the version."""
    envelope = dict(theme.envelope)
    for year, account in years_of_accounts(plan).items():
        if account.is_closed:
            own = _closed_envelope(plan, made, found, theme, year)
            if own is not None:
                envelope[year] = own
                at: Path = ("themes", place, "envelope", str(year))
                done = found.of(("theme", theme.id), year)
                if done is not None and done.has_line:
                    origins[at] = done.entries[0].path
                steps[at] = (msg("what was paid in {year}", year=Year(year)),)
        elif not keep_envelopes and year in envelope:
            cents = _running_envelope(plan, made, found, theme, year, envelope[year].amount.cents)
            envelope[year] = _moved(envelope[year], cents, assumed=True)
        elif year not in envelope:
            done = found.of(("theme", theme.id), year)
            spent = done.counted.or_nothing() if done is not None and done.has_line else ZERO
            if spent != ZERO:  # what is of none of its projects counts, too
                known = Money(_bounded(made, theme, year) or 0)
                envelope[year] = taken_as(Amount, None, amount=known + spent, basis="assumed")
    if not keep_envelopes:
        for year in plan.years.each():
            arriving = _arriving(plan, made, found, theme, year)
            if year in envelope and arriving != ZERO and year not in years_of_accounts(plan):
                was = envelope[year]
                envelope[year] = _moved(was, (was.amount + arriving).cents)
                told = msg(
                    "{amount}, and {more} carried over from {year}",
                    amount=was.amount, more=arriving, year=Year(year - 1),
                )  # fmt: skip
                steps["themes", place, "envelope", str(year)] = (told,)
    for year in plan.years.each():
        own_sum = ZERO if year in envelope else _of_itself(found, theme, year)
        if own_sum != ZERO:
            amount = Money(_bounded(made, theme, year) or 0) + own_sum
            envelope[year] = taken_as(Amount, None, amount=amount, basis="assumed")
            told = msg(
                "what its projects cost, and {amount} that the accounts say of the theme itself",
                amount=own_sum,
            )
            steps["themes", place, "envelope", str(year)] = (told,)
    return changed(theme, envelope=dict(sorted(envelope.items())))


def _carried_beyond(
    plan: Plan, found: Accounts, origins: dict[Path, Path], steps: dict[Path, tuple[Message, ...]]
) -> dict[str, Amount]:
    """What themes carry over from the plan's last year, of which no envelope can hold it."""
    last, beyond = plan.years.last, dict[str, Amount]()
    for theme in plan.themes:
        said = found.arriving.get((("theme", theme.id), last + 1), Said())
        done = found.of(("theme", theme.id), last)
        if said.or_nothing() == ZERO or done is None:
            continue
        at: Path = ("carried_beyond", theme.id)
        stating = [e for e in done.entries if e.line.carried_over is not None] or done.entries
        if stating:
            origins[at] = stating[0].path
        steps[at] = (msg("carried over from {year}", year=Year(last)),)
        beyond[theme.id] = taken_as(Amount, None, amount=said.or_nothing(), basis="assumed")
    return beyond


def _of_itself(found: Accounts, theme: Theme, year: int) -> Money:
    """What a year that is not closed counts of a theme beside its projects, without an envelope."""
    done = found.of(("theme", theme.id), year)
    if done is not None and done.has_line:
        return ZERO if done.is_closed else done.counted.or_nothing()
    return found.arriving.get((("theme", theme.id), year), Said()).or_nothing()


def _moved(stated: Amount, cents: int, *, assumed: bool = False) -> Amount:
    if cents == stated.amount.cents:
        return stated
    basis = "assumed" if assumed else stated.basis
    return changed(stated, amount=Money(cents), basis=basis)


def _closed_envelope(
    plan: Plan, made: Plan, found: Accounts, theme: Theme, year: int
) -> Amount | None:
    """What was paid of a theme in a closed year; nothing, where no line is of it."""
    own = found.of(("theme", theme.id), year)
    projects = [project for project in made.projects if project.theme == theme.id]
    lines = [found.of(("project", project.id), year) for project in projects]
    if not any(done is not None and done.has_line for done in (own, *lines)):
        return None
    if theme.envelope.get(year) is None and (own is None or not own.has_line):
        return None  # the sum of its costs is all there is
    paid = [
        cost
        for project in projects
        for cost in project.costs
        if cost.in_year == year and not is_beside(theme, cost)
    ]
    of_theme = own.paid if own is not None and own.has_line else Said()
    assumed = of_theme.assumed or any(cost.basis == "assumed" for cost in paid)
    amount = (total(cost.amount for cost in paid) or ZERO) + of_theme.or_nothing()
    return taken_as(Amount, None, amount=amount, basis="assumed" if assumed else "stated")


def _running_envelope(
    plan: Plan, made: Plan, found: Accounts, theme: Theme, year: int, envelope: int
) -> int:
    """The envelope of a running year: raised by what is carried in, then it follows."""
    before, after = _bounded(plan, theme, year), _bounded(made, theme, year)
    arriving = _carried_to(plan, theme, year)
    first = _first_known(plan, made, theme, year).cents
    own = found.of(("theme", theme.id), year)
    if own is None or not own.has_line:  # it is in the envelope, as what projects carry over is
        envelope += found.arriving.get((("theme", theme.id), year), Said()).or_nothing().cents
    known = None if before is None and arriving == ZERO else (before or 0) + arriving.cents
    cents = following(envelope + arriving.cents, known, after or 0, first)
    if own is not None and own.has_line and own.counted.amount is not None:
        cents += own.counted.amount.cents - (not_split_in(plan, theme.id, year) or ZERO).cents
    return cents


def _carried_to(plan: Plan, theme: Theme, year: int) -> Money:
    """What the projects of a theme carry over to a year of accounts that its envelope bounds.

    Where there is no account of the year before, what lines say was carried in.
    """
    bounded_ = ZERO
    for project in plan.projects:
        if project.theme == theme.id and not _is_written(plan, project, year):
            costs = _carried_in(plan, project, year)
            sums = (cost.amount for cost in costs if not is_beside(theme, cost))
            bounded_ += total(sums) or ZERO
    return bounded_


def _carried_in(plan: Plan, project: Project, year: int) -> Sequence[Cost]:
    found = accounts(plan)
    before, done = (found.of(("project", project.id), each) for each in (year - 1, year))
    if before is not None:
        return carried_over(plan, project, year - 1)
    return [
        _cost(Cost, part.amount, part.kind, "assumed", year=year)
        for group in (() if done is None else groups_of(done))
        for part in parts_of_amount(
            plan, project, year, group.key, group.stated("carried_in").or_nothing()
        )
    ]


def _first_known(plan: Plan, made: Plan, theme: Theme, year: int) -> Money:
    """What a running year's lines say of projects of which the plan knows no cost.

    Without what they carry in; of what the envelope of their theme bounds.
    """
    found, sum_ = accounts(plan), ZERO
    for project, own in zip(plan.projects, made.projects, strict=True):
        done = found.of(("project", project.id), year)
        if project.theme != theme.id or done is None or not done.has_line:
            continue
        if done.planned.amount is None:
            costs = (c for c in own.costs if c.in_year == year and not is_beside(theme, c))
            carried = (c for c in _carried_in(plan, project, year) if not is_beside(theme, c))
            sum_ += total(c.amount for c in costs) or ZERO
            sum_ -= total(c.amount for c in carried) or ZERO
    return max(ZERO, sum_)


def envelope_to_write(plan: Plan, theme: Theme, year: int) -> Money | None:
    """The envelope of a theme that states none, where it holds what the theme carries over to it.

    Once it is written, with what its projects carry over, the version has what it has now.
    """
    own = accounts(plan).arriving.get((("theme", theme.id), year))
    if own is None:
        return None
    known = Money(_bounded(plan, theme, year) or 0) + _carried_to(plan, theme, year)
    return known + own.or_nothing() + _first_known(plan, executed(plan).plan, theme, year)


def _bounded(plan: Plan, theme: Theme, year: int) -> int | None:
    """The known costs of a theme in a year that its envelope bounds, in cents."""
    parts = (
        parts_of(plan, theme, project, _singles(plan, project))
        for project in plan.projects
        if project.theme == theme.id
    )
    sum_ = bounded(parts, plan.targets).get(year)
    return None if sum_ is None else sum_.cents


def _singles(plan: Plan, project: Project) -> Sequence[Cost]:
    return [each.cost for each in written(plan, project) if not each.cost.is_outside]


def _arriving(plan: Plan, made: Plan, found: Accounts, theme: Theme, year: int) -> Money:
    """What the envelope of a theme holds more in a year, for what is carried in to it."""
    own = found.arriving.get((("theme", theme.id), year), Said()).or_nothing()
    costs = (
        cost
        for project in made.projects
        if project.theme == theme.id
        and (("project", project.id), year) in found.arriving
        and not _is_written(plan, project, year)
        for cost in project.costs
        if cost.carried_from == year - 1 and cost.in_year == year
    )
    bounded_ = total(cost.amount for cost in costs if not is_beside(theme, cost))
    return own + (bounded_ or ZERO)


# --- what there is to tell ---


def as_executed(plan: Plan) -> AsExecuted:
    """What the accounts of a plan say, year by year, and what had to be assumed."""
    found = accounts(plan)
    years: list[YearDone] = []
    assumed: list[Assumed] = []
    for year, account in years_of_accounts(plan).items():
        of_year = [by[year] for by in found.done.values() if year in by]
        years.append(
            YearDone(
                year,
                account.is_closed,
                total(each.paid.amount for each in of_year) or ZERO,
                total(each.leaving.amount for each in of_year) or ZERO,
            )
        )
        if account.is_closed:
            for done in of_year:
                if done.bearer[0] == "project" and not done.has_line:
                    amount = done.counted.or_nothing()
                    assumed.append(Assumed(year, done.bearer[1], amount))
    funding: list[NotReceived] = []
    made = executed(plan).plan.projects
    for i, (project, own) in enumerate(zip(plan.projects, made, strict=True)):
        list(received_funding(plan, project, ("projects", i), own.costs, funding))
    return AsExecuted(tuple(years), tuple(assumed), found.spread, tuple(funding))
