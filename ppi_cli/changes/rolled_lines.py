"""Lines of accounts that stay, and say what they took from costs of the year that leaves.

A line without an account has that of the project's costs, and one without taxes their rate. Where
those were planned of the year that leaves, they leave with it, or are written as the plan counts
taxes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ppi_cli.changes.edits import Value
from ppi_cli.plan.execution import LINE_AMOUNTS, Decision, ExecutionLine, ExecutionYear
from ppi_cli.plan.model import Plan
from ppi_cli.plan.projects import Project
from ppi_cli.values.money import ZERO, Money, Rate, sign_of
from ppi_cli.versions.account_lines import rate_of_line, years_of_accounts
from ppi_cli.versions.accounts import accounts
from ppi_cli.versions.costs import worked_costs
from ppi_cli.versions.done import Entry, Group
from ppi_cli.versions.kinds import (
    Kind,
    groups_of,
    kinds_of_amount,
    only_what_was_planned_tells,
    parts_of_amount,
)


@dataclass(frozen=True)
class Retold:
    """A line of a year that stays, and what it is to say besides what is written."""

    entry: Entry
    year: ExecutionYear
    #: The kinds that it is of; none, where it says so already.
    kinds: Sequence[Kind]
    #: What of each of its amounts is of each kind, where it is of several.
    amounts: Sequence[Mapping[str, Money]]
    rate: Rate | None

    @property
    def is_short(self) -> bool:
        """Whether it is the short form of a project, which says nothing but an amount."""
        return self.entry.path[-2] != "lines"

    def more(self, plan: Plan) -> Mapping[str, Value]:
        """What it says besides, where it stays one line."""
        told = _of_kind(plan, self.kinds[0], self.entry.line) if self.kinds else {}
        return told if self.rate is None else {**told, "rate": str(self.rate)}

    def whole(self, plan: Plan, written: Mapping[str, Value]) -> Sequence[Mapping[str, Value]]:
        """The lines that it becomes, as the plan counts taxes; what has come is in the first."""
        line = self.entry.line
        gone = (*LINE_AMOUNTS, "changed", "rate")
        first = {key: value for key, value in written.items() if key not in gone}
        if self.year.tax is not None or "tax" in written:
            first["tax"] = str(plan.header.tax)
        others = {key: value for key, value in first.items() if key != "received"}
        of_each = self.amounts if len(self.kinds) > 1 else [dict(_amounts_of(line))]
        lines: list[Mapping[str, Value]] = []
        for n, amounts in enumerate(of_each):
            told = {name: in_currency(plan, own) for name, own in amounts.items()}
            decisions = [
                {**_decision(decision), "amount": told[_of_decision(k)]}
                for k, decision in enumerate(line.changed)
            ]
            of_kind = _of_kind(plan, self.kinds[n], line) if self.kinds else {}
            by_name = {name: told[name] for name in LINE_AMOUNTS if name in told}
            changed = {"changed": decisions} if decisions else {}
            lines.append({**(first if n == 0 else others), **of_kind, **by_name, **changed})
        return lines


def _of_decision(k: int) -> str:
    """What the amount of a decision is called among those of its line."""
    return f"changed {k}"


def _amounts_of(line: ExecutionLine) -> Iterator[tuple[str, Money]]:
    """The amounts of a line and of its decisions; first those that are opened together."""
    for name in ("voted", "carried_in"):
        if (amount := getattr(line, name)) is not None:
            yield name, amount
    yield from ((_of_decision(k), each.amount) for k, each in enumerate(line.changed))
    for name in LINE_AMOUNTS[2:]:
        if (amount := getattr(line, name)) is not None:
            yield name, amount


def in_currency(plan: Plan, amount: Money) -> str:
    """An amount to the cent, with the sign of the plan's currency."""
    return f"{str(amount).removesuffix('.00')} {sign_of(plan.header.currency)}".strip()


def _decision(decision: Decision) -> Mapping[str, Value]:
    """What a decision says but for its amount."""
    basis = None if decision.basis == "stated" else decision.basis
    told = {"date": decision.date, "source": decision.source, "basis": basis}
    return {key: str(value) for key, value in told.items() if value is not None}


def retold(plan: Plan, project: Project, past: int) -> Sequence[Retold]:
    """The lines of later accounts of a project that take something from its costs of a year."""
    leaves = any(each.cost.in_year == past for each in worked_costs(plan, project))
    return [*_retold(plan, project, past)] if leaves else []


def _retold(plan: Plan, project: Project, past: int) -> Iterator[Retold]:
    have_a_rate = any(cost.rate is not None for cost in project.costs)
    for year, account in years_of_accounts(plan).items():
        done = accounts(plan).of(("project", project.id), year)
        if year <= past or done is None:
            continue
        loses = only_what_was_planned_tells(plan, accounts(plan), project, year)
        for group in groups_of(done):
            kinds = (
                [*kinds_of_amount(plan, accounts(plan), project, year, group.key)] if loses else []
            )
            if len(kinds) == 1 and not _of_kind(plan, kinds[0], group.entries[0].line):
                kinds = []
            amounts = _in_parts(plan, project, year, group, kinds)
            for entry, parts in zip(group.entries, amounts, strict=True):
                rate = _rate(plan, account, entry, project) if have_a_rate else None
                if (kinds or rate is not None) and not entry.is_spread:
                    yield Retold(entry, account, kinds, parts, rate)


def _of_kind(plan: Plan, kind: Kind, line: ExecutionLine) -> Mapping[str, Value]:
    """What a line does not say yet of the kind that it is of; the usual section needs no word."""
    told: dict[str, Value] = {}
    is_usual = kind.account is None and kind.section == plan.header.section
    if kind.account is not None and line.account is None:
        told["account"] = kind.account
    if kind.section is not None and line.section is None and not is_usual:
        told["section"] = kind.section
    if kind.fctva is not None and line.fctva is None:
        told["fctva"] = "yes" if kind.fctva else "no"
    return told


def _in_parts(
    plan: Plan, project: Project, year: int, group: Group, kinds: Sequence[Kind]
) -> Sequence[Sequence[Mapping[str, Money]]]:
    """What of the amounts of each line of a group is of each kind; together, to the cent."""
    parts = [[dict[str, Money]() for _ in kinds] for _ in group.entries]
    if len(kinds) < 2:
        return parts
    sums = dict[str, Money]()
    given = dict[str, Mapping[Kind, Money]]()
    for entry, of_line in zip(group.entries, parts, strict=True):
        for name, amount in _amounts_of(entry.line):
            is_named = name in LINE_AMOUNTS[2:]
            together = name if is_named else "opened together"
            sums[together] = sums.get(together, ZERO) + amount
            own = dict.fromkeys(kinds, ZERO)
            for part in parts_of_amount(
                plan, accounts(plan), project, year, group.key, sums[together]
            ):
                own[part.kind] = part.amount
            before = given.get(together, {})
            for kind, of_kind in zip(kinds, of_line, strict=True):
                of_kind[name] = own[kind] - before.get(kind, ZERO)
            given[together] = own
    return parts


def _rate(plan: Plan, year: ExecutionYear, entry: Entry, project: Project) -> Rate | None:
    """The rate that a line takes from the costs of its project."""
    line = _as_written(year, entry)
    tax = None if line is None else line.tax
    if (tax or year.tax) in (None, plan.header.tax) or year.rate is not None:
        return None
    if line is None:
        return rate_of_line(plan, year, entry.line, project.id)
    return None if line.rate is not None else rate_of_line(plan, year, line, project.id)


def _as_written(year: ExecutionYear, entry: Entry) -> ExecutionLine | None:
    """The line of the account that an entry is; none of a short form."""
    k = entry.path[-1]
    return year.lines[k] if entry.path[-2] == "lines" and isinstance(k, int) else None
