"""What was done of each project, theme and programme in the years of which the plan has accounts.

The lines of one thing, year and account are added; then what none of them states is filled in: what
was voted is what the plan has for the year, what is carried in is what the year before carried
over. Everything is in the plan's taxes, in the prices of its year.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from functools import partial
from typing import Literal, NamedTuple, TypeAlias

from ppi_cli.plan.becoming import SpreadBeyond
from ppi_cli.plan.execution import LINE_AMOUNTS, Decision, ExecutionLine, ExecutionYear
from ppi_cli.plan.finance import Programme, Theme
from ppi_cli.plan.model import Plan, once_per_plan
from ppi_cli.plan.pieces import Amount, changed, taken_as
from ppi_cli.plan.projects import Cost, Project
from ppi_cli.values.findings import Path
from ppi_cli.values.money import ZERO, Money, Rate, shared, total
from ppi_cli.values.terms import Section
from ppi_cli.versions.costs import Worked, in_taxes_of, worked_costs
from ppi_cli.versions.envelopes import is_beside

#: What figures of execution are of, once operations and programmes are told apart.
Bearer: TypeAlias = tuple[Literal["project", "theme"], str]


class Said(NamedTuple):
    """An amount, ``None`` where nobody states it, and whether it is assumed."""

    amount: Money | None = None
    assumed: bool = False

    def or_nothing(self) -> Money:
        return ZERO if self.amount is None else self.amount


NOTHING = Said(ZERO)


def sum_of(said: Iterable[Said]) -> Said:
    """The sum of amounts; not known where one of them is not."""
    each = list(said)
    assumed = any(one.assumed for one in each)
    if not each or any(one.amount is None for one in each):
        return Said(None, assumed)
    return Said(total(one.amount for one in each), assumed)


class Entry(NamedTuple):
    """A line of an account, in the plan's taxes, and where it stands."""

    line: ExecutionLine
    path: Path
    #: What a programme says beyond its projects' lines, as a part of it that is spread.
    is_spread: bool = False


#: What tells the lines of one thing in a year apart: account, section, whether the fund counts it.
Key: TypeAlias = tuple[str | None, Section | None, bool | None]


class Group(NamedTuple):
    """The lines of one thing, year and account, and what the plan has for them."""

    key: Key
    entries: tuple[Entry, ...]
    planned: Said
    #: What the plan says was carried in, else what the year before carried over.
    arriving: Said
    #: The amounts that lines of other accounts state, this with them.
    said_by_others: frozenset[str] = frozenset()

    def stated(self, name: str) -> Said:
        """The sum of what lines state of an amount."""
        lines = [e.line for e in self.entries if getattr(e.line, name) is not None]
        amount = total(getattr(line, name) for line in lines)
        return Said(amount, any(line.basis == "assumed" for line in lines))

    @property
    def decisions(self) -> Said:
        """The sum of what decisions change, where any is stated."""
        each = [d for e in self.entries for d in e.line.changed]
        return Said(total(d.amount for d in each), any(d.assumed for d in each))

    @property
    def voted(self) -> Said:
        stated = self.stated("voted")
        if stated.amount is not None:
            return stated
        return NOTHING if "voted" in self.said_by_others else Said(self.planned.amount, True)

    @property
    def carried_in(self) -> Said:
        stated = self.stated("carried_in")
        if stated.amount is not None:
            return stated
        return NOTHING if "carried_in" in self.said_by_others else self.arriving

    @property
    def opened(self) -> Said:
        stated = self.stated("opened")
        if stated.amount is not None:
            return stated
        if "opened" in self.said_by_others:
            return NOTHING
        return sum_of((self.voted, Said(self.decisions.or_nothing()), self.carried_in))

    @property
    def changed(self) -> Said:
        """What decisions change; where opened stands alone, the rest of it, assumed."""
        is_known = self.stated("opened").amount is not None or "opened" in self.said_by_others
        if self.decisions.amount is not None or not is_known:
            return Said(self.decisions.or_nothing(), self.decisions.assumed)
        known = sum_of((self.voted, self.carried_in))
        if known.amount is None:
            return Said()
        return Said(self.opened.or_nothing() - known.amount, True)

    @property
    def committed(self) -> Said:
        stated = self.stated("committed")
        encumbered = self.stated("encumbered")
        if stated.amount is not None or encumbered.amount is None:
            return stated
        return Said(encumbered.amount + self.stated("paid").or_nothing())


class Done(NamedTuple):
    """What was done in a year of what was voted of one thing."""

    bearer: Bearer
    year: int
    is_closed: bool
    groups: tuple[Group, ...]

    @property
    def entries(self) -> Sequence[Entry]:
        return [entry for group in self.groups for entry in group.entries]

    @property
    def has_line(self) -> bool:
        return bool(self.entries)

    @property
    def planned(self) -> Said:
        """What the plan has for the year, without what was carried in."""
        return sum_of(group.planned for group in self.groups)

    @property
    def voted(self) -> Said:
        return sum_of(group.voted for group in self.groups)

    @property
    def changed(self) -> Said:
        return sum_of(group.changed for group in self.groups)

    @property
    def carried_in(self) -> Said:
        return sum_of(group.carried_in for group in self.groups)

    @property
    def opened(self) -> Said:
        return sum_of(group.opened for group in self.groups)

    def _stated(self, name: str) -> Said:
        """The sum of what groups state; not stated where none does."""
        return sum_of(said for g in self.groups if (said := g.stated(name)).amount is not None)

    @property
    def committed(self) -> Said:
        return sum_of(said for g in self.groups if (said := g.committed).amount is not None)

    @property
    def encumbered(self) -> Said:
        return self._stated("encumbered")

    @property
    def paid(self) -> Said:
        return self._stated("paid")

    @property
    def expected(self) -> Said:
        return self._stated("expected")

    @property
    def carried_over(self) -> Said:
        """What is carried over: of a closed year nothing, where no line says more."""
        stated = self._stated("carried_over")
        if stated.amount is None and self.is_closed and self.has_line:
            return NOTHING
        return stated

    @property
    def cancelled(self) -> Said:
        """What is left of a closed year and lapses; below zero, what was done beyond opened."""
        if not self.is_closed or not self.has_line:
            return Said()
        opened = self.opened
        if opened.amount is None:
            return Said()
        rest = opened.amount - self.paid.or_nothing() - self.carried_over.or_nothing()
        return Said(rest, opened.assumed)

    @property
    def has_spent(self) -> bool:
        """Whether a closed year has paid or carries over anything, which the roll makes costs."""
        said = (g.stated(name) for g in self.groups for name in ("paid", "carried_over"))
        return self.is_closed and any(each.or_nothing() != ZERO for each in said)

    # --- what the version counts ---

    @property
    def counted(self) -> Said:
        """What counts in the year: paid, expected, or what is opened, as far as that is known."""
        if not self.has_line:
            known = [each for each in (self.planned, self.carried_in) if each.amount is not None]
            return Said(sum_of(known).amount, True)
        if self.is_closed:
            return Said(self.paid.or_nothing(), self.paid.assumed)
        if self.expected.amount is not None:
            return Said(self.expected.amount, True)
        opened, paid = self.opened, self.paid.or_nothing()
        if opened.amount is None:
            return Said(self.paid.amount, True)
        return Said(max(opened.amount, paid), True)

    @property
    def counted_by_group(self) -> Sequence[tuple[Group, Money]]:
        """What counts in a running year with a line, by account: together, what is counted."""
        opened, paid = self.opened.amount, self.paid.or_nothing()
        if self.expected.amount is not None:
            each = [(group, group.stated("expected")) for group in self.groups]
        elif opened is None or opened < paid:
            each = [(group, group.stated("paid")) for group in self.groups]
        else:
            each = [(group, group.opened) for group in self.groups]
        return [(group, said.amount) for group, said in each if said.amount is not None]

    @property
    def leaving(self) -> Said:
        """What goes to the next year."""
        if not self.has_line:
            return NOTHING
        if self.is_closed or self.carried_over.amount is not None:
            return Said(self.carried_over.or_nothing(), self.carried_over.assumed)
        if self.expected.amount is None or self.opened.amount is None:
            return NOTHING
        return Said(max(ZERO, self.opened.amount - self.expected.amount), True)


class Unspread(NamedTuple):
    """What a programme's line says beyond its projects' lines, and nothing can take."""

    path: Path
    programme: str
    year: int
    amount: Money


class Accounts(NamedTuple):
    """What the accounts of a plan say of each thing, by thing and year."""

    done: Mapping[Bearer, Mapping[int, Done]]
    #: What arrives, by thing, in years of which there is no account, from the year before.
    arriving: Mapping[tuple[Bearer, int], Said]
    unspread: tuple[Unspread, ...]
    spread: tuple[SpreadBeyond, ...]

    def of(self, bearer: Bearer, year: int) -> Done | None:
        return self.done.get(bearer, {}).get(year)


def years_of_accounts(plan: Plan) -> Mapping[int, ExecutionYear]:
    """The years of the plan of which there are accounts, in order; of a year twice, the first."""
    found: dict[int, ExecutionYear] = {}
    for each in plan.execution:
        if each.year in plan.years:
            found.setdefault(each.year, each)
    return dict(sorted(found.items()))


def closed_years(plan: Plan) -> tuple[int, ...]:
    """The years whose accounts are closed."""
    return tuple(year for year, each in years_of_accounts(plan).items() if each.is_closed)


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
        _spread_programmes(plan, year, found, doing, unspread, spreads)
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
        for part in parts_of_amount(plan, project, done.year, key, amount, found):
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


# --- the lines of an account ---


def _by_bearer(plan: Plan, year: ExecutionYear) -> dict[Bearer | tuple[str, str], list[Entry]]:
    """The lines of an account and the short forms of its year, by what they are of."""
    found: dict[Bearer | tuple[str, str], list[Entry]] = defaultdict(list)
    for path, line, id in lines_of(plan, year):
        kind = line.bearer[0] if line.operation is None else "project"
        found[kind, id].append(Entry(in_plans_taxes(plan, year, line, id), path))
    return found


def lines_of(plan: Plan, year: ExecutionYear) -> Iterator[tuple[Path, ExecutionLine, str]]:
    """The lines of an account and the short forms of its year, as they are written.

    With each goes the id of what it is of; that of an operation is of its project.
    """
    place = next(i for i, each in enumerate(plan.execution) if each is year)
    operations = {
        number: project.id for project in reversed(plan.projects) for number in project.operations
    }
    for k, line in enumerate(year.lines):
        kind, id = line.bearer
        own = operations.get(id, "") if kind == "operation" else id
        yield ("execution", place, "lines", k), line, own
    for section, kind in (("projects", "project"), ("themes", "theme")):
        things: Sequence[Project | Theme] = getattr(plan, section)
        for i, thing in enumerate(things):
            paid: Amount | None = thing.paid.get(year.year)
            if paid is not None:
                line = taken_as(
                    ExecutionLine,
                    paid,
                    changed=(),
                    received=(),
                    paid=paid.amount,
                    **{kind: thing.id},
                )
                yield (section, i, "paid", str(year.year)), line, thing.id


def in_plans_taxes(plan: Plan, year: ExecutionYear, line: ExecutionLine, id: str) -> ExecutionLine:
    """A line with its amounts as the plan counts taxes."""
    tax, rate = line.tax or year.tax, rate_of_line(plan, year, line, id)
    if tax is None or rate is None or tax == plan.header.tax or plan.header.tax == "unstated":
        return line

    def taxed(amount: Money | None) -> Money | None:
        return None if amount is None else in_taxes_of(plan, amount, tax, rate)

    amounts = {name: taxed(getattr(line, name)) for name in LINE_AMOUNTS}
    decisions = tuple(changed(each, amount=taxed(each.amount)) for each in line.changed)
    return changed(line, tax=None, rate=None, changed=decisions, **amounts)


def rate_of_line(plan: Plan, year: ExecutionYear, line: ExecutionLine, id: str) -> Rate | None:
    """The rate of the tax of a line: its own, its year's, that of what it is of, or the usual."""
    return line.rate or year.rate or _rate_of(plan, id) or plan.header.rate


def _rate_of(plan: Plan, id: str) -> Rate | None:
    """The rate of the costs of a project, where those that have one agree."""
    project = plan.by_id.get(id)
    costs = project.costs if isinstance(project, Project) else ()
    rates = {cost.rate for cost in costs} - {None}
    return rates.pop() if len(rates) == 1 else None


def _spread_programmes(
    plan: Plan,
    year: int,
    found: dict[Bearer | tuple[str, str], list[Entry]],
    doing: Callable[[Bearer, Sequence[Entry]], Done],
    unspread: list[Unspread],
    spreads: list[SpreadBeyond],
) -> None:
    """Give what a programme's lines say beyond its projects' lines to those that have none.

    What those lines do not say is what is filled in of them.
    """
    for programme in plan.programmes:
        entries = found.pop(("programme", programme.id), [])
        if not entries:
            continue
        ids = dict.fromkeys(programme.projects)
        done = [doing(("project", id), found.get(("project", id), ())) for id in ids]
        taking = [each for each in done if not each.has_line]
        takers = [each.bearer[1] for each in taking]
        weights = _weights(each.counted for each in taking)
        of_project = [each for each in done if each.has_line]
        parts: dict[str, dict[str, Money]] = {id: {} for id in takers}
        for name in (*LINE_AMOUNTS, "changed"):
            stated = total(map(_amount_of(name), (e.line for e in entries)))
            if stated is None:
                continue
            others = [_FILLED_IN[name](each) for each in of_project]
            if name in _NOT_FILLED_IN and any(each.amount is None for each in others):
                continue  # how much of it is theirs is not known
            rest = stated - (total(each.amount for each in others) or ZERO)
            if not any(weights):
                if name in ("paid", "carried_over") and rest != ZERO:
                    unspread.append(Unspread(entries[0].path, programme.id, year, rest))
                continue
            own = _weights(_FILLED_IN[name](each) for each in taking)
            for id, amount in zip(takers, shared(rest, own if any(own) else weights), strict=True):
                parts[id][name] = amount
            if name == "paid" and rest != ZERO:
                getting = tuple(id for id, w in zip(takers, weights, strict=True) if w)
                spreads.append(SpreadBeyond(programme.id, year, rest, getting))
        first = entries[0]
        for id, weight in zip(takers, weights, strict=True):
            if weight and parts[id]:
                amounts = dict(parts[id])
                change = amounts.pop("changed", None)
                decisions = () if change is None else (_decision(change),)
                line = taken_as(
                    ExecutionLine, None, project=id, basis="assumed", received=(),
                    changed=decisions, source=first.line.source, **amounts,
                )  # fmt: skip
                found["project", id].append(Entry(line, first.path, is_spread=True))


#: What is known of a project's lines, by what a programme's line says of all its projects.
_FILLED_IN: Mapping[str, Callable[[Done], Said]] = {
    "voted": lambda done: done.voted,
    "changed": lambda done: done.changed,
    "carried_in": lambda done: done.carried_in,
    "opened": lambda done: done.opened,
    "committed": lambda done: done.committed,
    "encumbered": lambda done: done.encumbered,
    "paid": lambda done: done.paid,
    "carried_over": lambda done: done.leaving,
    "expected": lambda done: done.counted,
}
#: Those of them of which nothing says how much they are where a line does not.
_NOT_FILLED_IN = ("committed", "encumbered")


def _weights(said: Iterable[Said]) -> list[int]:
    return [max(0, each.or_nothing().cents) for each in said]


def _amount_of(name: str):  # type: ignore[no-untyped-def]
    if name == "changed":
        return lambda line: total(each.amount for each in line.changed)
    return lambda line: getattr(line, name)


def _decision(amount: Money) -> Decision:
    return taken_as(Decision, None, basis="assumed", amount=amount)


# --- what the plan has for them ---


@once_per_plan
def _counting(plan: Plan) -> Mapping[str, Sequence[Worked]]:
    """The costs of each project in the plan as it is written, without variants not chosen."""
    chosen = {target.id: target.chosen for target in plan.targets}

    def counts(*choices: object) -> bool:
        return all(c is None or chosen.get(c.target) == c.variant for c in choices)  # type: ignore[attr-defined]

    return {
        project.id: [
            each
            for each in worked_costs(plan, project)
            if counts(project.when, each.cost.when) and project.standing != "cancelled"
        ]
        for project in plan.projects
    }


def worked_in(plan: Plan, project: object, year: int) -> Sequence[Worked]:
    """The costs of a project in a year, as the plan is written, in the prices of the year."""
    if not isinstance(project, Project):
        return ()
    found = _counting(plan).get(project.id, ())
    return [each for each in found if each.cost.in_year == year and not each.cost.is_outside]


def costs_in(plan: Plan, project: object, year: int) -> Sequence[Cost]:
    """The same, without where they come from."""
    return [each.cost for each in worked_in(plan, project, year)]


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
    planned = _assigned(own, keys)
    written = _assigned(before, keys)
    arriving = {key: _known(each) for key, each in written.items()}
    if not before:
        by_taker: dict[Key, list[Said]] = defaultdict(list)
        for account, amount in carried.get(bearer, {}).items():
            by_taker[_taker(account, keys)].append(amount)
        arriving = {key: sum_of(each) for key, each in by_taker.items()}
    states = True
    if bearer[0] == "theme":
        planned_of = {_taker(None, keys): Said(not_split_in(plan, bearer[1], year))}
    else:
        states = _states_a_cost(plan, bearer[1], year, has_spent=bearer in spent)
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
    return Done(bearer, year, is_closed, groups or (Group(_ANY, (), nothing, NOTHING),))


_ANY: Key = (None, None, None)


def _key(line: ExecutionLine) -> Key:
    return line.account, line.section, line.fctva


def _taker(account: str | None, keys: Sequence[Key]) -> Key:
    """The group that takes what the plan has for an account."""
    if len(keys) == 1:
        return keys[0]
    return next((key for key in keys if key[0] == account), _ANY)


def _assigned(costs: Iterable[Cost], keys: Sequence[Key]) -> Mapping[Key, list[Cost]]:
    found: dict[Key, list[Cost]] = defaultdict(list)
    for cost in costs:
        found[_taker(cost.account, keys)].append(cost)
    return found


def _known(costs: Sequence[Cost], *, states: bool = True) -> Said:
    """What costs come to; not known where one of them is blank and none is stated."""
    amount = total(cost.amount for cost in costs)
    if amount is None:
        return Said(None if costs or not states else ZERO)
    return Said(amount, any(cost.basis == "assumed" for cost in costs))


def _states_a_cost(plan: Plan, id: str, year: int, *, has_spent: bool) -> bool:
    """Whether the plan says what a project costs, so that a year without a cost has none.

    Once it has paid something in a closed year, that is what it is known to cost.
    """
    project = plan.by_id.get(id)
    if isinstance(project, Project) and project.money == "none":
        return True
    known = _counting(plan).get(id, ())
    if any(each.cost.in_year == year and each.cost.amount is None for each in known):
        return False
    return has_spent or any(each.cost.amount is not None for each in known)


def not_split_in(plan: Plan, theme: str, year: int, more: Money = ZERO) -> Money | None:
    """What the envelope of a theme, and more, holds in a year beyond its projects' costs."""
    found = plan.by_id.get(theme)
    stated = found.envelope.get(year) if isinstance(found, Theme) else None
    if stated is None:
        return ZERO
    own = (c for p in plan.projects if p.theme == theme for c in costs_in(plan, p, year))
    known = total(c.amount for c in own if not is_beside(found, c)) or ZERO  # type: ignore[arg-type]
    return max(ZERO, stated.amount + more - known)


# --- of which account, section and rate an amount is ---


class Kind(NamedTuple):
    """What the VAT fund and the sections ask of a cost."""

    account: str | None
    section: Section | None
    fctva: bool | None


class Part(NamedTuple):
    """A part of an amount, of what kind it is, and whether that is assumed."""

    amount: Money
    kind: Kind
    assumed: bool = False


def parts_of_amount(
    plan: Plan,
    project: Project,
    year: int,
    key: Key,
    amount: Money,
    found: Accounts | None = None,
) -> Sequence[Part]:
    """An amount of a line, by the account, section and rate of the project's costs of the year.

    Else of all its years, as far as they are known then. Where they differ and the line names
    none, it is spread in proportion, over those of which there is no other line; where there are
    none, it is in the plan's usual section.
    """
    account, section, fctva = key
    kinds = kinds_of_amount(plan, project, year, key, found)
    if not kinds:
        usual = plan.header.section if account is None else None
        return [Part(amount, Kind(account, section or usual, fctva))]
    if len(kinds) == 1:
        return [Part(amount, next(iter(kinds)))]
    return [
        Part(part, kind, True)
        for part, kind in zip(_shares(amount, [*kinds.values()]), kinds, strict=True)
        if part != ZERO
    ]


def kinds_of_amount(
    plan: Plan, project: Project, year: int, key: Key, found: Accounts | None = None
) -> Mapping[Kind, int]:
    """Of which accounts, sections and rates an amount of a line is, and in which proportion."""
    account, section, fctva = key
    found = accounts(plan) if found is None else found
    costs = _costs_of(plan, found, project, year) or _costs_until(plan, found, project, year)
    costs = costs or counted_costs(plan, project) or project.costs
    if account is not None:
        costs = [cost for cost in costs if cost.account == account]
    elif (done := found.of(("project", project.id), year)) is not None:
        costs = _assigned(costs, [group.key for group in groups_of(done)]).get(key) or costs
    weights: dict[tuple[object, ...], int] = defaultdict(int)
    kinds: dict[tuple[object, ...], Kind] = {}
    for cost in costs:
        kind = Kind(
            cost.account,
            section or cost.section,
            cost.fctva if fctva is None else fctva,
        )
        alike = (kind.account, _section(kind), _eligible(kind))
        kinds.setdefault(alike, kind)
        weights[alike] += 0 if cost.amount is None else cost.amount.cents
    return {kind: weights[alike] for alike, kind in kinds.items()}


def has_for_group(plan: Plan, project: Project, done: Done) -> Mapping[Key, Sequence[Cost]]:
    """What the plan has in a year for each group of lines: costs, and what is carried in."""
    costs = _costs_of(plan, accounts(plan), project, done.year)
    return _assigned(costs, [group.key for group in groups_of(done)])


def only_what_was_planned_tells(plan: Plan, project: Project, year: int) -> bool:
    """Whether a project has no cost in a year, and none but those of closed years without any.

    Then its lines take account and section from what was planned of those.
    """
    found = accounts(plan)
    return not (_costs_of(plan, found, project, year) or _costs_until(plan, found, project, year))


def counted_costs(plan: Plan, project: Project) -> Sequence[Cost]:
    """The costs of a project in the plan as it is written, without variants not chosen."""
    return [each.cost for each in _counting(plan).get(project.id, ())]


def carried_by_group(done: Done) -> Iterator[tuple[Key, Money, Path, str]]:
    """What is carried over of a year, by account: as lines say, else all together."""
    stated = [(g, g.stated("carried_over").amount) for g in groups_of(done)]
    if any(amount is not None for _, amount in stated):
        for group, amount in stated:
            if amount is not None and amount != ZERO:
                entry = next(e for e in group.entries if e.line.carried_over is not None)
                yield group.key, amount, entry.path, "carried_over"
    elif done.entries:
        keys = {group.key for group in groups_of(done)}
        key = next(iter(keys)) if len(keys) == 1 else _ANY
        yield key, done.leaving.or_nothing(), done.entries[0].path, "amount"


def _costs_of(plan: Plan, found: Accounts, project: Project, year: int) -> Sequence[Cost]:
    """The costs of a project in a year, and what is carried in to it where no cost says so."""
    costs = list(costs_in(plan, project, year))
    before = found.of(("project", project.id), year - 1)
    if before is None or any(cost.carried_from is not None for cost in costs):
        return costs
    for key, amount, _, _ in carried_by_group(before):
        if amount != ZERO:
            for part in parts_of_amount(plan, project, year - 1, key, amount, found):
                costs.append(changed(_as_cost(part.kind), amount=part.amount))
    return costs


def _costs_until(plan: Plan, found: Accounts, project: Project, year: int) -> Sequence[Cost]:
    """The costs of a project in all years: what was paid in those closed before, else planned."""
    before = [each for each in closed_years(plan) if each < year]
    done = {each: found.of(("project", project.id), each) for each in before}
    told = {each: of for each, of in done.items() if of is not None and of.has_line}
    costs = [
        each.cost
        for each in _counting(plan).get(project.id, ())
        if each.cost.is_outside or each.cost.in_year not in told
    ]
    for earlier, of in told.items():
        for group in groups_of(of):
            paid = group.stated("paid").or_nothing()
            if paid != ZERO:
                parts = parts_of_amount(plan, project, earlier, group.key, paid, found)
                costs += [changed(_as_cost(part.kind), amount=part.amount) for part in parts]
    return costs


def _shares(amount: Money, weights: Sequence[int]) -> Sequence[Money]:
    """An amount in proportion to costs, some of which may be below zero; of the plan, the costs."""
    if amount.cents == sum(weights):
        return [Money(weight) for weight in weights]
    for tried in ([max(0, w) for w in weights], [abs(w) for w in weights], [1] * len(weights)):
        if any(tried):
            return shared(amount, tried)
    return []


def _section(kind: Kind) -> Section | None:
    return _as_cost(kind).in_section


def _eligible(kind: Kind) -> bool:
    return kind.fctva if kind.fctva is not None else _section(kind) == "investment"


def _as_cost(kind: Kind) -> Cost:
    return taken_as(Cost, None, account=kind.account, section=kind.section, fctva=kind.fctva)


def is_of_no_kind(part: Part) -> bool:
    """Whether nothing says of an amount what the VAT fund asks."""
    return part.kind.fctva is None and _section(part.kind) is None


def groups_of(done: Done) -> Iterator[Group]:
    """The groups of lines that something is stated of."""
    return (group for group in done.groups if group.entries)


# --- programmes ---


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
