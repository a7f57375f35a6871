"""Of which account, section and rate an amount of an account is.

A line that names none takes them from the costs of its project: of the year, else of all its years.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ppi_cli.plan.model import Plan
from ppi_cli.plan.pieces import changed, taken_as
from ppi_cli.plan.projects import Cost, Project
from ppi_cli.values.findings import Path
from ppi_cli.values.money import ZERO, Money, shared
from ppi_cli.values.terms import Section
from ppi_cli.versions.account_lines import closed_years
from ppi_cli.versions.done import ANY, Accounts, Done, Group, Key
from ppi_cli.versions.planned import costs_in, counted_costs, counting


def taker(account: str | None, keys: Sequence[Key]) -> Key:
    """The group that takes what the plan has for an account."""
    if len(keys) == 1:
        return keys[0]
    return next((key for key in keys if key[0] == account), ANY)


def assigned(costs: Iterable[Cost], keys: Sequence[Key]) -> Mapping[Key, list[Cost]]:
    found: dict[Key, list[Cost]] = defaultdict(list)
    for cost in costs:
        found[taker(cost.account, keys)].append(cost)
    return found


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
    found: Accounts,
    project: Project,
    year: int,
    key: Key,
    amount: Money,
) -> Sequence[Part]:
    """An amount of a line, by the account, section and rate of the project's costs of the year.

    Else of all its years, as far as they are known then. Where they differ and the line names
    none, it is spread in proportion, over those of which there is no other line; where there are
    none, it is in the plan's usual section.
    """
    account, section, fctva = key
    kinds = kinds_of_amount(plan, found, project, year, key)
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
    plan: Plan, found: Accounts, project: Project, year: int, key: Key
) -> Mapping[Kind, int]:
    """Of which accounts, sections and rates an amount of a line is, and in which proportion."""
    account, section, fctva = key
    costs = _costs_of(plan, found, project, year) or _costs_until(plan, found, project, year)
    costs = costs or counted_costs(plan, project) or project.costs
    if account is not None:
        costs = [cost for cost in costs if cost.account == account]
    elif (done := found.of(("project", project.id), year)) is not None:
        costs = assigned(costs, [group.key for group in groups_of(done)]).get(key) or costs
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


def has_for_group(
    plan: Plan, found: Accounts, project: Project, done: Done
) -> Mapping[Key, Sequence[Cost]]:
    """What the plan has in a year for each group of lines: costs, and what is carried in."""
    costs = _costs_of(plan, found, project, done.year)
    return assigned(costs, [group.key for group in groups_of(done)])


def only_what_was_planned_tells(plan: Plan, found: Accounts, project: Project, year: int) -> bool:
    """Whether a project has no cost in a year, and none but those of closed years without any.

    Then its lines take account and section from what was planned of those.
    """
    return not (_costs_of(plan, found, project, year) or _costs_until(plan, found, project, year))


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
        key = next(iter(keys)) if len(keys) == 1 else ANY
        yield key, done.leaving.or_nothing(), done.entries[0].path, "amount"


def _costs_of(plan: Plan, found: Accounts, project: Project, year: int) -> Sequence[Cost]:
    """The costs of a project in a year, and what is carried in to it where no cost says so."""
    costs = list(costs_in(plan, project, year))
    before = found.of(("project", project.id), year - 1)
    if before is None or any(cost.carried_from is not None for cost in costs):
        return costs
    for key, amount, _, _ in carried_by_group(before):
        if amount != ZERO:
            for part in parts_of_amount(plan, found, project, year - 1, key, amount):
                costs.append(changed(_as_cost(part.kind), amount=part.amount))
    return costs


def _costs_until(plan: Plan, found: Accounts, project: Project, year: int) -> Sequence[Cost]:
    """The costs of a project in all years: what was paid in those closed before, else planned."""
    before = [each for each in closed_years(plan) if each < year]
    done = {each: found.of(("project", project.id), each) for each in before}
    told = {each: of for each, of in done.items() if of is not None and of.has_line}
    costs = [
        each.cost
        for each in counting(plan).get(project.id, ())
        if each.cost.is_outside or each.cost.in_year not in told
    ]
    for earlier, of in told.items():
        for group in groups_of(of):
            paid = group.stated("paid").or_nothing()
            if paid != ZERO:
                parts = parts_of_amount(plan, found, project, earlier, group.key, paid)
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
