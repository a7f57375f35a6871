"""Whether the plan can be afforded: what each year needs, who pays, and what may be spent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from typing import NamedTuple

from ppi_cli.figures.fixed import fixed
from ppi_cli.figures.funding import FCTVA, Receipt, receipts_of
from ppi_cli.figures.ledger import ledger, outside_receipts_in, receipts_in
from ppi_cli.figures.postings import Posting
from ppi_cli.figures.room import Room, ceilings, kinds_of, room_of, taken_in
from ppi_cli.figures.selection import WHOLE, Selection
from ppi_cli.figures.standing import net_of_conditional
from ppi_cli.figures.totals import Figure, added, known_costs, received, summed, summed_in
from ppi_cli.plan.bounds import KINDS, Bound
from ppi_cli.plan.model import Plan, once_per_plan
from ppi_cli.plan.pieces import Amount
from ppi_cli.plan.priority import classes, urgency
from ppi_cli.plan.projects import Project
from ppi_cli.values.money import ZERO, Money, total
from ppi_cli.values.quarters import Outside
from ppi_cli.values.terms import CeilingKind
from ppi_cli.versions.envelopes import is_covered


class AffordYear(NamedTuple):
    """A year: what is needed, what others pay, what is left to the town, what it may spend."""

    year: int
    #: All that the year costs, and what of it is to run.
    need: Figure
    running: Figure
    granted: Figure
    requested: Figure
    fctva: Figure
    #: What the town pays: the need less what others pay, granted, requested and of the VAT fund.
    net: Figure
    #: The same without the conditional projects; ``None`` where there are none.
    unconditional: Figure | None
    #: What each kind of ceiling bounds; nothing of a year of which nothing is stated.
    taken: Mapping[CeilingKind, Money]
    #: What is to be known of that: of a sum, what is of one of its terms.
    bounded: Mapping[CeilingKind, Figure]
    ceilings: Mapping[CeilingKind, Amount]
    savings: Amount | None
    #: What of the need is in no section, and counts as investment.
    in_no_section: Money

    @property
    def net_if_nothing_is_granted(self) -> Money | None:
        """What the town pays where nothing that is only requested comes."""
        if self.net.amount is None:
            return None
        return self.net.amount + (self.requested.amount or ZERO)

    def left(self, kind: CeilingKind) -> Figure:
        """What is left of a ceiling, with what is to be known of it; nothing where none is."""
        ceiling = self.ceilings.get(kind)
        if ceiling is None:
            return Figure()
        left = ceiling.amount - self.taken[kind]
        marks = added([Figure(ceiling.amount, ceiling.assumed), self.bounded[kind]])
        return Figure(left, marks.assumed, marks.known_only, marks.spread, over=left.cents < 0)

    def gaps(self) -> Iterator[tuple[CeilingKind, Money, Money]]:
        """The kind, the amount and the ceiling, where a ceiling is stated and passed."""
        for kind, ceiling in self.ceilings.items():
            if self.taken[kind] > ceiling.amount:
                yield kind, self.taken[kind], ceiling.amount


@once_per_plan
def afford_years(plan: Plan) -> Sequence[AffordYear]:
    """The years of the plan, in order."""
    return years_afforded(plan, WHOLE)


def years_afforded(plan: Plan, selection: Selection) -> Sequence[AffordYear]:
    """The years of a part of the plan, in order; ceilings and savings are those of all of it."""
    spent: dict[int, list[Posting]] = defaultdict(list)
    to_run: dict[int, list[Posting]] = defaultdict(list)
    paid: dict[int, list[Receipt]] = defaultdict(list)
    for posting in ledger(plan, selection=selection):
        spent[posting.year].append(posting)
    for posting in ledger(plan, selection=selection, running=True):
        to_run[posting.year].append(posting)
    for receipt in receipts_in(plan, selection):
        paid[receipt.year].append(receipt)
    taken = taken_in(plan, selection)
    bounds: Mapping[Bound, Amount] = {} if selection.is_part else ceilings(plan)
    of_theme = not selection.cuts_envelopes
    found: list[AffordYear] = []
    for year in (selection.years or plan.years).each():
        running = summed(to_run[year], of_theme=of_theme)
        need = added([summed(spent[year], of_theme=of_theme), running])
        granted, requested, fctva = (
            _received(paid[year], status) for status in ("granted", "requested", "computed")
        )
        others = added([granted, requested, fctva])
        net = Figure(
            need.amount if others.amount is None else (need.amount or ZERO) - others.amount,
            need.assumed or others.assumed,
            need.known_only or others.known_only,
            need.spread,
        )
        found.append(
            AffordYear(
                year,
                need,
                running,
                granted,
                requested,
                fctva,
                net,
                _less(net, net_of_conditional(plan, selection, year)),
                {kind: Money(taken.get(Bound(kind, year), 0)) for kind in KINDS},
                {**dict(_of_sections(spent[year], to_run[year])), "total": need, "net": net},
                {kind: bounds[Bound(kind, year)] for kind in KINDS if Bound(kind, year) in bounds},
                None if selection.is_part else plan.savings.get(year),
                Money(sum(p.amount.cents for p in spent[year] if p.section is None)),
            )
        )
    return found


def _of_sections(
    spent: Sequence[Posting], to_run: Sequence[Posting]
) -> Iterator[tuple[CeilingKind, Figure]]:
    """What the ceilings of a section bound of a year: with what is to run, in no envelope."""
    kinds: tuple[CeilingKind, ...] = ("investment", "operating")
    for kind in kinds:

        def is_in(posting: Posting, kind: CeilingKind = kind) -> bool:
            return kind in kinds_of(posting.section)

        running = summed([*filter(is_in, to_run)], of_theme=False)
        yield kind, added([summed_in(spent, is_in), running])


def _less(net: Figure, conditional: Money | None) -> Figure | None:
    """What the town pays without what is conditional, of which there may be none."""
    if conditional is None:
        return None
    return net if net.amount is None else net._replace(amount=net.amount - conditional)


def outside_money(
    plan: Plan, where: Outside, selection: Selection = WHOLE
) -> tuple[Money | None, Money | None]:
    """What projects of a part of the plan cost outside its years, and what others pay of it."""
    costs = ledger(plan, selection=selection._replace(funder=None), outside=True)
    paid = outside_receipts_in(plan, selection)
    return (
        total(posting.amount for posting in costs if posting.year == where),
        total(receipt.amount for receipt in paid if receipt.year == where),
    )


def _received(found: Sequence[Receipt], status: str) -> Figure:
    own = [receipt for receipt in found if receipt.status == status]
    return received(own)


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


class TooMuch(NamedTuple):
    """A ceiling that would be passed with a project, and by how much."""

    bound: Bound
    amount: Money


class Missing(NamedTuple):
    """What others would have paid in a year for a project that has no money itself."""

    year: int
    project: Project
    amount: Money
    #: Whether it is the VAT fund alone that would have paid it.
    is_fctva: bool


class Unfunded(NamedTuple):
    """A project that is not paid for as far as the plan knows, and why."""

    project: Project
    class_: int | None
    cost: Figure
    #: What others have granted, and what they are only asked for.
    granted: Money | None
    requested: Money | None
    #: The ceilings that would be passed with it; none where no cost is stated.
    over: tuple[TooMuch, ...]
    #: What is missing in those years, since other projects have no money either.
    missing: tuple[Missing, ...] = ()

    @property
    def years(self) -> tuple[int, ...]:
        return tuple(sorted({each.bound.year for each in self.over}))


class Shortage(NamedTuple):
    """What does not fit under the ceilings."""

    unfunded: tuple[Unfunded, ...]
    #: The ceilings that are passed by what cannot be put off alone, and by how much.
    fixed: tuple[TooMuch, ...]


@once_per_plan
def shortage(plan: Plan) -> Shortage:
    """The projects for which there is no money, the most urgent first.

    Where every ceiling of every year holds, no project that has a cost is without money. Else
    projects are taken off from the bottom of the list, each time the least urgent one that takes of
    a ceiling that is passed, until all hold; then, from the top, each is taken back with which all
    still hold. What is fixed stays: where that alone passes a ceiling, what else takes of it is off
    first, and the ceiling is put aside. A project without a known cost is without money where its
    theme has no envelope in a year of its work, unless it says money: none, or costs something
    outside the plan's years alone.
    """
    listed = by_urgency(plan)
    off, fixed_over = _taken_off(plan, listed)
    found: list[Unfunded] = []
    for project in listed:
        cost = known_costs(project)
        over = off.get(project.id)
        is_outside = bool(project.costs_outside) and not project.costs
        is_known = cost.amount is not None or is_outside
        if over is None and (is_known or is_covered(plan, project)):
            continue
        number = classes(plan).get(project.id)
        missing = _missing(plan, project, over or (), off)
        found.append(
            Unfunded(
                project,
                None if number is None else number.number,
                cost,
                *_paid(plan, project),
                over or (),
                tuple(missing),
            )
        )
    return Shortage(tuple(found), fixed_over)


def _taken_off(
    plan: Plan, listed: Sequence[Project]
) -> tuple[Mapping[str, tuple[TooMuch, ...]], tuple[TooMuch, ...]]:
    """What is off in the end, with the ceilings that it would pass; and what is passed anyway."""
    limits, room = ceilings(plan), room_of(plan).copied()
    if not room.passed(limits, limits):
        return {}, ()
    movable = [project.id for project in reversed(listed) if project.id not in fixed(plan)]
    for id in movable:
        room.take_off(id)
    aside = room.passed(limits, limits)
    fixed_over = tuple(
        TooMuch(bound, Money(room.taken(bound)) - limits[bound].amount)
        for bound in limits
        if bound in aside
    )
    for id in movable:
        room.put_back(id)
    off_first = _lightened(room, movable, lambda: aside)
    least = {bound: room.taken(bound) for bound in aside}
    _put_back(room, movable, off_first, lambda: any(room.taken(b) > least[b] for b in aside))
    kept = [bound for bound in limits if bound not in aside]
    left = [id for id in movable if id not in off_first]
    off = _lightened(room, left, lambda: room.passed(kept, limits))
    _put_back(room, left, off, lambda: bool(room.passed(kept, limits)))
    return {
        id: tuple(TooMuch(*each) for each in room.too_much_with(id, limits))
        for id in reversed(movable)
        if id in off_first or id in off
    }, fixed_over


def _lightened(room: Room, movable: Sequence[str], passed: Callable[[], Set[Bound]]) -> set[str]:
    """Take projects off, the least urgent first, until none takes of what is passed.

    Where none does by itself, since others fill the same envelopes, one that takes a part goes.
    """
    off: set[str] = set()
    while now := passed():
        left = [id for id in movable if id not in off]
        taking = (id for id in left if any(room.falls_without(id).get(b, 0) > 0 for b in now))
        sharing = (id for id in left if room.takes_a_part(id, now))
        if (id := next(taking, None) or next(sharing, None)) is None:
            break
        room.take_off(id)
        off.add(id)
    return off


def _put_back(
    room: Room, movable: Sequence[str], off: set[str], is_worse: Callable[[], bool]
) -> None:
    """Take back, the most urgent first, the projects that are off for nothing."""
    for id in reversed([id for id in movable if id in off]):
        room.put_back(id)
        if is_worse():
            room.take_off(id)
        else:
            off.discard(id)


def _missing(
    plan: Plan,
    project: Project,
    over: Sequence[TooMuch],
    off: Mapping[str, tuple[TooMuch, ...]],
) -> Iterator[Missing]:
    """What does not come in the years that hold as the plan is, since other projects are off."""
    room, limits = room_of(plan), ceilings(plan)
    for bound in sorted({each.bound for each in over if each.bound.kind == "net"}):
        if room.taken(bound) > limits[bound].amount.cents:
            continue
        for id in off:
            falls, other = room.falls_without(id).get(bound, 0), plan.by_id[id]
            if id != project.id and falls < 0 and isinstance(other, Project):
                paid = [r for r in receipts_of(plan, other) if r.year == bound.year]
                amount = Money(sum(receipt.amount.cents for receipt in paid))
                yield Missing(bound.year, other, amount, all(r.source == FCTVA for r in paid))


@once_per_plan
def by_urgency(plan: Plan) -> Sequence[Project]:
    """The projects, the most urgent first.

    By class; in a class those with a rank first, by their best rank in it; by their first quarter;
    by id. What is in no class comes last. A project that others come after stands before the first
    of them.
    """
    ranked = sorted(plan.projects, key=lambda project: urgency(plan, project))
    places = {project.id: n for n, project in enumerate(ranked)}
    listed: dict[str, Project] = {}
    for project in ranked:
        waiting = {project.id: project}
        while waiting:
            last = next(reversed(waiting.values()))
            before = [
                places[link.id]
                for link in last.after
                if link.id in places and link.id not in listed and link.id not in waiting
            ]
            if before:
                first = ranked[min(before)]
                waiting[first.id] = first
            else:
                listed[last.id] = waiting.pop(last.id)
    return list(listed.values())


def _paid(plan: Plan, project: Project) -> tuple[Money | None, Money | None]:
    own = receipts_of(plan, project)
    granted, requested = (
        total(receipt.amount for receipt in own if receipt.status == status)
        for status in ("granted", "requested")
    )
    return granted, requested
