"""Whether the plan can be afforded: what each year needs, who pays, and what may be spent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

from ppi_cli.funding import Receipt, receipts, receipts_of
from ppi_cli.message import Message, msg
from ppi_cli.model import Amount, Plan, Project, Theme, once_per_plan
from ppi_cli.money import ZERO, Money, total
from ppi_cli.postings import Posting, postings
from ppi_cli.priority import classes
from ppi_cli.totals import Figure, summed

CeilingKind: TypeAlias = Literal["investment", "operating", "net", "total"]
KINDS: tuple[CeilingKind, ...] = ("investment", "operating", "total", "net")
#: What each kind of ceiling bounds, in words.
CEILING_KINDS: Mapping[CeilingKind, Message] = {
    "investment": msg("investment"),
    "operating": msg("operation"),
    "total": msg("in all"),
    "net": msg("net"),
}


@dataclass(frozen=True, slots=True)
class AffordYear:
    """A year: what is needed, what others pay, what is left to the town, what it may spend."""

    year: int
    need: Figure
    granted: Figure
    requested: Figure
    fctva: Figure
    #: What the town pays: the need less what others pay, granted, requested and of the VAT fund.
    net: Figure
    #: The need of each section; what is in none is in neither.
    of_section: Mapping[str, Money]
    ceilings: Mapping[CeilingKind, Amount]
    savings: Amount | None

    @property
    def in_no_section(self) -> Money:
        """The part of the need that no ceiling of a section bounds."""
        need = self.need.amount or ZERO
        return need - Money(sum(amount.cents for amount in self.of_section.values()))

    @property
    def net_if_nothing_is_granted(self) -> Money | None:
        """What the town pays where nothing that is only requested comes."""
        if self.net.amount is None:
            return None
        return self.net.amount + (self.requested.amount or ZERO)

    def bounded(self, kind: CeilingKind) -> Money | None:
        """What a kind of ceiling bounds; ``None`` where nothing is stated."""
        if kind == "net":
            return self.net.amount
        return self.need.amount if kind == "total" else self.of_section.get(kind)

    def gaps(self) -> Iterator[tuple[CeilingKind, Money, Money]]:
        """The kind, the amount and the ceiling, where a ceiling is stated and passed."""
        for kind, ceiling in self.ceilings.items():
            amount = self.bounded(kind)
            if amount is not None and amount.cents > ceiling.amount.cents:
                yield kind, amount, ceiling.amount


@once_per_plan
def afford_years(plan: Plan) -> Sequence[AffordYear]:
    """The years of the plan, in order."""
    gross: dict[int, list[Posting]] = defaultdict(list)
    for posting in postings(plan):
        gross[posting.year].append(posting)
    paid: dict[int, list[Receipt]] = defaultdict(list)
    for receipt in receipts(plan):
        paid[receipt.year].append(receipt)
    found: list[AffordYear] = []
    for year in plan.years.each():
        own, received = gross[year], paid[year]
        need = summed(own, of_theme=True)
        by_status = {
            status: Figure(
                total(r.amount for r in received if r.status == status),
                any(r.assumed for r in received if r.status == status),
            )
            for status in ("granted", "requested", "computed")
        }
        others = total(receipt.amount for receipt in received)
        sections: dict[str, int] = defaultdict(int)
        for posting in own:
            if posting.section is not None:
                sections[posting.section] += posting.amount.cents
        net = need.amount
        if others is not None:
            net = (need.amount or ZERO) - others
        found.append(
            AffordYear(
                year,
                need,
                by_status["granted"],
                by_status["requested"],
                by_status["computed"],
                Figure(
                    net,
                    need.assumed or any(r.assumed for r in received),
                    need.known_only,
                    need.spread,
                ),
                {section: Money(cents) for section, cents in sections.items()},
                _ceilings(plan, year),
                plan.savings.get(year),
            )
        )
    return found


def _ceilings(plan: Plan, year: int) -> Mapping[CeilingKind, Amount]:
    stated = plan.ceilings
    if stated is None:
        return {}
    by_kind = {kind: getattr(stated, kind).get(year) for kind in KINDS}
    return {kind: amount for kind, amount in by_kind.items() if amount is not None}


class Over(NamedTuple):
    """A year that costs more than one of its ceilings."""

    kind: CeilingKind
    year: int
    need: Money
    ceiling: Money

    @property
    def gap(self) -> Money:
        return self.need - self.ceiling


def over_ceilings(plan: Plan) -> Iterator[Over]:
    """The years that pass a ceiling, and by how much."""
    if plan.ceilings is None:
        return
    for each in afford_years(plan):
        for kind, need, ceiling in each.gaps():
            yield Over(kind, each.year, need, ceiling)


@dataclass(frozen=True, slots=True)
class Unfunded:
    """A project that is not paid for as far as the plan knows, and why."""

    project: Project
    class_: int | None
    cost: Figure
    #: What others have granted, and what they are only asked for.
    granted: Money | None
    requested: Money | None
    #: The years in which the ceilings are used up before it, the most urgent projects first.
    years: tuple[int, ...]


@once_per_plan
def unfunded(plan: Plan) -> Sequence[Unfunded]:
    """The projects for which there is no money, the most urgent first.

    The money of a year, its ceiling, goes to the projects by class, then by when they start. A
    project of which some year does not fit into what is left is unfunded; so is one of which no
    cost is known, unless it says money: none, and its theme's envelope covers no year of its work.
    """
    bounds = {each.year: _bound(each) for each in afford_years(plan)}
    left = {year: bound.room for year, bound in bounds.items() if bound is not None}
    found: list[Unfunded] = []
    for project in sorted(plan.projects, key=lambda p: _urgency(plan, p)):  # else as written
        needs: dict[int, Money] = {}
        for year, bound in bounds.items():
            need = None if bound is None else need_of(plan, project, bound.kind).get(year)
            if need is not None:
                needs[year] = need
        short = [y for y, need in needs.items() if need.cents > max(left[y].cents, 0)]
        if not short:
            for year, need in needs.items():
                left[year] -= need
        stated = [c for c in project.costs if c.amount is not None and not c.is_running]
        known = Figure(total(c.amount for c in stated), any(c.basis == "assumed" for c in stated))
        if short or (known.amount is None and not _is_covered(plan, project)):
            number = classes(plan).get(project.id)
            found.append(
                Unfunded(
                    project,
                    None if number is None else number.number,
                    known,
                    *_paid(plan, project),
                    tuple(short),
                )
            )
    return found


class _Bound(NamedTuple):
    """The ceiling that projects are held against in a year."""

    kind: CeilingKind
    room: Money


def _bound(year: AffordYear) -> _Bound | None:
    """The ceiling of the town's own money, else of all, else of investment; none unstated."""
    for kind in ("net", "total", "investment"):
        if (ceiling := year.ceilings.get(kind)) is not None:
            return _Bound(kind, ceiling.amount)
    return None


def _urgency(plan: Plan, project: Project) -> tuple[int, tuple[int, int]]:
    """The class, then the first quarter; a project in none, or without one, comes last."""
    found = classes(plan).get(project.id)
    start = (9999, 4) if project.quarters is None else tuple(project.quarters.first)
    return (9999 if found is None else found.number, (start[0], start[1]))


def need_of(plan: Plan, project: Project, kind: CeilingKind) -> Mapping[int, Money]:
    """What a project takes of a kind of ceiling in each year."""
    if kind == "net":
        return net_by_year(plan, project)
    cents: dict[int, int] = defaultdict(int)
    for cost in project.costs:
        counts = kind in ("total", cost.in_section)
        if counts and cost.amount is not None and cost.in_year is not None:
            cents[cost.in_year] += cost.amount.cents
    return {year: Money(sum_) for year, sum_ in sorted(cents.items())}


def net_by_year(plan: Plan, project: Project) -> Mapping[int, Money]:
    """What a project costs the town in each year: its known costs less what others pay."""
    cents: dict[int, int] = defaultdict(int)
    for cost in project.costs:
        if cost.amount is not None and cost.in_year is not None:
            cents[cost.in_year] += cost.amount.cents
    for receipt in receipts_of(plan, project):
        cents[receipt.year] -= receipt.amount.cents
    return {year: Money(sum_) for year, sum_ in sorted(cents.items())}


def _paid(plan: Plan, project: Project) -> tuple[Money | None, Money | None]:
    own = receipts_of(plan, project)
    granted, requested = (
        total(receipt.amount for receipt in own if receipt.status == status)
        for status in ("granted", "requested")
    )
    return granted, requested


def _is_covered(plan: Plan, project: Project) -> bool:
    """Whether an envelope is stated for all years of a project's work, or it needs no money."""
    if project.money == "none":
        return True
    theme = plan.by_id.get(project.theme)
    if not isinstance(theme, Theme) or project.quarters is None:
        return False
    years = [year for year in project.quarters.years if year in plan.years]
    return all((a := theme.envelope.get(y)) is not None and a.amount.cents > 0 for y in years)
