"""Room: what of each ceiling a plan takes in a year, with all of its projects or without some."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from copy import copy
from functools import cache
from typing import TypeAlias

from ppi_cli.figures.ledger import ledger, receipts_in
from ppi_cli.figures.postings import Posting, not_counted, postings, theme_years
from ppi_cli.figures.selection import WHOLE, Selection
from ppi_cli.plan.bounds import KINDS, Bound
from ppi_cli.plan.finance import Theme
from ppi_cli.plan.model import Plan, once_per_plan
from ppi_cli.plan.pieces import Amount
from ppi_cli.values.money import Money
from ppi_cli.values.terms import CeilingKind, Section

#: Amounts in cents, by what bounds them.
Taken: TypeAlias = Mapping[Bound, int]


def kinds_of(section: Section | None) -> tuple[CeilingKind, ...]:
    """The kinds of ceiling that spending of a section takes of.

    What is not known to be operating is investment.
    """
    own: CeilingKind = "operating" if section == "operating" else "investment"
    return own, "total", "net"


@cache
def _bounds_of(section: Section | None, year: int) -> Sequence[Bound]:
    """What bounds spending of a section in a year."""
    return tuple(Bound(kind, year) for kind in kinds_of(section))


@once_per_plan
def ceilings(plan: Plan) -> Mapping[Bound, Amount]:
    """The ceilings that the plan states; of a plan as executed, without those of closed years."""
    stated = plan.ceilings
    if stated is None:
        return {}
    return {
        Bound(kind, year): amount
        for kind in KINDS
        for year, amount in getattr(stated, kind).items()
        if year not in plan.closed
    }


def put_aside(plan: Plan) -> tuple[int, ...]:
    """The closed years of a plan as executed whose ceilings are put aside: they are spent."""
    stated = plan.ceilings
    if stated is None:
        return ()
    return tuple(y for y in plan.closed if any(y in getattr(stated, kind) for kind in KINDS))


@once_per_plan
def room_of(plan: Plan) -> Room:
    """What the plan takes of each kind in each year."""
    return Room(plan)


#: Costs in cents, by section.
_Costs: TypeAlias = Counter[Section | None]


class Room:
    """What a plan takes of each kind and year: all that its tables count, and what is to run.

    Of net, what others pay is taken off. Projects can be taken off and put back, as if they were
    dropped: their costs, receipts and what they cost to run go with them, and envelopes follow.
    """

    def __init__(self, plan: Plan) -> None:
        self._of_project: dict[str, dict[Bound, int]] = defaultdict(lambda: defaultdict(int))
        self._taken: dict[Bound, int] = defaultdict(int)
        #: The envelopes that projects cost more than; what each costs of them, and all do, by
        #: section.
        self._over = {(f.theme.id, f.year): f for f in theme_years(plan) if f.excess.cents}
        self._bounded: dict[str, dict[tuple[str, int], _Costs]] = defaultdict(dict)
        self._costs: dict[tuple[str, int], _Costs] = defaultdict(Counter)
        self._off: set[str] = set()
        #: How often the costs of an envelope have changed; what was found when they last had.
        self._changes: Counter[tuple[str, int]] = Counter()
        self._known: dict[str, tuple[object, Taken]] = {}
        for project, bound, cents in _amounts(plan):
            self._taken[bound] += cents
            if project is not None:
                self._of_project[project][bound] += cents
        for posting in postings(plan) if self._over else ():
            if posting.project is not None and self._is_bounded(posting):
                key = posting.theme or "", posting.year
                for costs in (self._bounded[posting.project], self._costs):
                    costs.setdefault(key, Counter())[posting.section] += posting.amount.cents

    def copied(self) -> Room:
        """The same room, of which other projects can be taken off: no part of it is changed."""
        made = copy(self)
        for name, value in vars(self).items():
            setattr(made, name, value.copy())
        return made

    def _is_bounded(self, posting: Posting) -> bool:
        """Whether it is a cost of an envelope that projects cost more than."""
        over = self._over.get((posting.theme or "", posting.year))
        return (
            over is not None and posting.kind == "cost" and not _beside(over.theme, posting.section)
        )

    def move(self, project: str, alone: Plan) -> None:
        """Let a project that is off be what it is in a plan of it alone, without any envelope."""
        own: dict[Bound, int] = defaultdict(int)
        for _, bound, cents in _amounts(alone):
            own[bound] += cents
        self._of_project[project] = own
        self._bounded.pop(project, None)
        self._known.pop(project, None)
        for posting in postings(alone) if self._over else ():
            if self._is_bounded(posting):
                key = posting.theme or "", posting.year
                costs = self._bounded[project].setdefault(key, Counter())
                costs[posting.section] += posting.amount.cents

    @property
    def taken_of_all(self) -> Taken:
        """What is taken of each kind in each year, in cents."""
        return self._taken

    def taken(self, bound: Bound) -> int:
        """What is taken of a kind in a year, in cents."""
        return self._taken.get(bound, 0)

    def falls_without(self, project: str) -> Taken:
        """By how much what is taken falls, or would, where the project is not there, in cents.

        What costs more than an envelope is not counted, so nothing falls until that is gone.
        """
        own, bounded = self._of_project.get(project, {}), self._bounded.get(project)
        if bounded is None:
            return own
        state = project in self._off, [self._changes[key] for key in bounded]
        if (known := self._known.get(project)) is None or known[0] != state:
            self._known[project] = known = state, self._falls(project, own, bounded)
        return known[1]

    def _falls(self, project: str, own: Taken, bounded: Mapping[tuple[str, int], _Costs]) -> Taken:
        falls, is_off = dict(own), project in self._off
        for key, own_costs in bounded.items():
            costs = self._costs[key]
            with_it, without = costs, _plus(costs, own_costs, -1)
            if is_off:
                with_it, without = _plus(costs, own_costs, 1), costs
            for sign, found in ((-1, with_it), (1, without)):
                own_sections = own_costs.keys() if sign < 0 else ()
                for section, part in self._beyond(key, found, project, own_sections).items():
                    for kind in kinds_of(section):
                        bound = Bound(kind, key[1])
                        falls[bound] = falls.get(bound, 0) + sign * part.cents
        return falls

    def _beyond(
        self,
        key: tuple[str, int],
        costs: _Costs,
        project: str,
        own_sections: Iterable[Section | None],
    ) -> Mapping[Section | None, Money]:
        """What costs pass an envelope by; of a project, in the sections that it has in them."""
        theme, envelope = self._over[key].theme, self._over[key].envelope
        assert envelope is not None
        if envelope.cents < 0 and not any(costs.values()):  # each section is of somebody's zero
            others = self._bounded.keys() - self._off - {project}
            sections = [*own_sections, *(s for p in others for s in self._bounded[p].get(key, ()))]
            costs = Counter(dict.fromkeys(sections or [theme.section], 0))
        return not_counted(envelope, costs)

    def takes_a_part(self, project: str, bounds: Iterable[Bound]) -> bool:
        """Whether it costs something of any of some bounds, also where others cost that too.

        Of two projects that each fill an envelope, nothing falls without the one or the other.
        """
        own = self._of_project.get(project, {})
        return any(own.get(bound, 0) > 0 for bound in bounds)

    def take_off(self, project: str) -> None:
        """Drop a project."""
        self._change(project, -1)
        self._off.add(project)

    def put_back(self, project: str) -> None:
        """Take back a project that was dropped."""
        self._change(project, 1)
        self._off.discard(project)

    def _change(self, project: str, sign: int) -> None:
        for bound, cents in self.falls_without(project).items():
            self._taken[bound] += sign * cents
        for key, costs in self._bounded.get(project, {}).items():
            self._costs[key] = _plus(self._costs[key], costs, sign)
            self._changes[key] += 1

    def passed(self, bounds: Iterable[Bound], ceilings: Mapping[Bound, Amount]) -> Set[Bound]:
        """Those of some bounds of which more is taken than their ceilings allow."""
        return {each for each in bounds if self.taken(each) > ceilings[each].amount.cents}

    def too_much_with(
        self, project: str, ceilings: Mapping[Bound, Amount]
    ) -> Iterator[tuple[Bound, Money]]:
        """The ceilings that are passed where a project that is off comes back, and by how much."""
        over = {
            bound: Money(excess)
            for bound, taking in self.falls_without(project).items()
            if taking > 0
            and (ceiling := ceilings.get(bound)) is not None
            and (excess := self._taken.get(bound, 0) + taking - ceiling.amount.cents) > 0
        }
        if len(over) > 1:
            over = {bound: over[bound] for bound in ceilings if bound in over}
        yield from over.items()


def taken_in(plan: Plan, selection: Selection) -> Taken:
    """What a part of the plan takes of each kind in each year."""
    if selection == WHOLE:
        return room_of(plan).taken_of_all
    found: Counter[Bound] = Counter()
    for _, bound, cents in _amounts(plan, selection):
        found[bound] += cents
    return found


def _amounts(plan: Plan, selection: Selection = WHOLE) -> Iterator[tuple[str | None, Bound, int]]:
    """What each project, and what is of none, takes of each kind and year, in cents."""
    for running in (False, True):
        for posting in ledger(plan, selection=selection, running=running):
            for bound in _bounds_of(posting.section, posting.year):
                yield posting.project, bound, posting.amount.cents
    for receipt in receipts_in(plan, selection):
        yield receipt.project, Bound("net", receipt.year), -receipt.amount.cents


def _plus(costs: _Costs, own: _Costs, sign: int) -> _Costs:
    found = Counter(costs)
    for section, cents in own.items():
        found[section] += sign * cents
    return found


def _beside(theme: Theme, section: Section | None) -> bool:
    return theme.section is not None and section not in (None, theme.section)
