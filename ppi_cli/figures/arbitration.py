"""Arbitration: which projects fit under the ceilings, when, and why the others do not.

The most urgent project comes first, at its earliest start at which every ceiling of every year
holds, then the next one. So what a project brings in helps only those less urgent than it, and the
beginning of the list keeps the ceilings by itself, wherever it is cut.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import accumulate, islice
from typing import NamedTuple

from ppi_cli.figures.affordability import TooMuch, by_urgency
from ppi_cli.figures.debt_room import DebtOver, DebtRoom
from ppi_cli.figures.fixed import fixed, fixed_with
from ppi_cli.figures.room import Room, Taken, ceilings, room_of
from ppi_cli.plan.becoming import Moved
from ppi_cli.plan.bounds import KINDS, Bound
from ppi_cli.plan.model import Plan
from ppi_cli.plan.pieces import stating
from ppi_cli.plan.priority import classes
from ppi_cli.plan.projects import Project
from ppi_cli.plan.reasons import PriorityClass
from ppi_cli.plan.scenarios import Scenario, ScenarioChange
from ppi_cli.values.message import Message, msg
from ppi_cli.values.money import Money
from ppi_cli.values.quarters import Quarter
from ppi_cli.values.terms import CeilingKind
from ppi_cli.versions.choices import named
from ppi_cli.versions.executed import as_executed, executed
from ppi_cli.versions.making import Made, Making
from ppi_cli.versions.scenarios import alone, computed, done, making_of, worked_out
from ppi_cli.versions.version import Version


class TooLate(NamedTuple):
    """Where work or costs of a project would end, and the last time at which they may."""

    end: Quarter | int
    limit: Quarter | int
    #: The class that asks for it; without one, it is the end of the plan.
    of_class: int | None = None


class Waits(NamedTuple):
    """Another project that a project comes after, which has not ended yet."""

    project: str
    end: Quarter


class Refusal(NamedTuple):
    """A start of a project that is not possible, and all that stands against it."""

    #: By how many quarters it is later than as written, and which quarter that is, where known.
    later: int
    start: Quarter | None
    #: The ceilings that would be passed, and by how much.
    over: tuple[TooMuch, ...] = ()
    waits: tuple[Waits, ...] = ()
    not_before: Quarter | None = None
    too_late: TooLate | None = None
    #: What others pay that would come too late.
    loses: tuple[Moved, ...] = ()
    #: The ceilings of borrowing and of years to repay that would be passed, or passed by more.
    debt: tuple[DebtOver, ...] = ()

    @property
    def is_a_choice(self) -> bool:
        """Whether nothing but money that would be lost stands against it."""
        others = self.over or self.waits or self.not_before or self.too_late or self.debt
        return bool(self.loses) and not others


class Placement(NamedTuple):
    """Where a project comes to stand, and every earlier start that was refused."""

    project: Project
    class_: int | None
    #: By how many quarters later than as written; ``None`` where it is not in the plan.
    later: int | None
    refused: tuple[Refusal, ...] = ()
    #: What it takes of each kind in each year, in cents, where it comes to stand.
    takes: Taken = NotImplemented
    #: What it takes as it is written.
    took: Taken = NotImplemented
    #: The projects that it comes after and that are not in the plan.
    without: tuple[str, ...] = ()

    @property
    def start(self) -> Quarter | None:
        """The quarter in which it starts; ``None`` where it is not in the plan, or has none."""
        quarters = self.project.quarters
        if self.later is None or quarters is None:
            return None
        return quarters.first.later(self.later)

    @property
    def is_out(self) -> bool:
        return self.later is None

    @property
    def stays(self) -> bool:
        return self.later == 0


class Holding(NamedTuple):
    """A ceiling that holds only by what less urgent projects bring in."""

    bound: Bound
    #: What would be too much without that, with this project and all more urgent ones.
    amount: Money
    project: Project
    brought_by: tuple[Share, ...]


class Share(NamedTuple):
    """What a project takes of a ceiling, or brings."""

    project: Project
    amount: Money


class Shares(NamedTuple):
    """What several projects take of a ceiling, or bring: some of the largest, and all together."""

    largest: tuple[Share, ...]
    number: int
    total: Money

    @property
    def others(self) -> Money:
        """What those come to that are not among the largest."""
        return Money(self.total.cents - sum(each.amount.cents for each in self.largest))


class _SharesByPlace(NamedTuple):
    """What projects take, or bring, each with its place in a list; of equal ones the first first.

    The counts and the cents are those of all before a place.
    """

    placed: Sequence[tuple[int, Share]]
    counts: Sequence[int]
    cents: Sequence[int]

    def before(self, place: int, most: int) -> Shares:
        largest = islice((share for n, share in self.placed if n < place), most)
        return Shares(tuple(largest), self.counts[place], Money(self.cents[place]))

    def after(self, place: int, most: int) -> Shares:
        largest = islice((share for n, share in self.placed if n > place), most)
        number, cents = (each[-1] - each[place + 1] for each in (self.counts, self.cents))
        return Shares(tuple(largest), number, Money(cents))


@dataclass(frozen=True)
class Arbitration:
    """Which projects fit under the ceilings, and when."""

    #: The plan before, and what it becomes: itself, where nothing moves.
    plan: Plan
    version: Version
    #: The step that makes it so; ``None`` where nothing moves.
    scenario: Scenario | None
    #: Those that can be put off, the most urgent first.
    placements: tuple[Placement, ...]
    #: The others, by id, with the reason.
    fixed: Mapping[str, Message]
    #: What the version takes of each kind in each year, in cents.
    taken: Taken
    #: What no project carries and what is fixed: what it takes, and where it passes a ceiling.
    fixed_load: Taken
    fixed_over: tuple[TooMuch, ...]
    #: The ceilings of the plan as written that hold only by what less urgent projects bring in.
    holding: tuple[Holding, ...]
    #: Those for which there would be no money, were every start held as it is written.
    held_out: tuple[Project, ...]
    #: The ceilings of debt that are passed: by the plan as written, and by what is fixed alone.
    debt_as_written: tuple[DebtOver, ...] = ()
    debt_fixed: tuple[DebtOver, ...] = ()

    @property
    def is_for_debt(self) -> bool:
        """Whether a ceiling of borrowing, or of years to repay, has any say in it."""
        refused = (each for placement in self.placements for each in placement.refused)
        return bool(self.debt_as_written) or any(each.debt for each in refused)

    @property
    def moved(self) -> tuple[Placement, ...]:
        return tuple(each for each in self.placements if each.later)

    @property
    def out(self) -> tuple[Placement, ...]:
        return tuple(each for each in self.placements if each.is_out)

    @property
    def passes_as_written(self) -> tuple[TooMuch, ...]:
        """The ceilings that the plan passes as it is written, and by how much."""
        return tuple(_passed(room_of(self.plan), self.plan))

    def left(self) -> Mapping[Bound, tuple[Money, Money]]:
        """What is left of each ceiling, in the plan as written and in what it becomes."""
        sides = room_of(self.plan).taken_of_all, self.taken
        return {
            bound: tuple(  # type: ignore[misc]
                Money(ceiling.amount.cents - taken.get(bound, 0)) for taken in sides
            )
            for bound, ceiling in ceilings(self.plan).items()
        }

    def takers(self, placement: Placement, bound: Bound, most: int) -> Shares:
        """What the projects take of a ceiling before a project does; so many of the largest."""
        return self._shares(bound, 1).before(self.places[placement.project.id], most)

    def bringers(self, placement: Placement, bound: Bound) -> Shares:
        """What projects bring before a project comes, all together."""
        return self._shares(bound, -1).before(self.places[placement.project.id], 0)

    @cached_property
    def places(self) -> Mapping[str, int]:
        """The place of each project that can be put off, in the list by urgency."""
        return {each.project.id: n for n, each in enumerate(self.placements)}

    @cached_property
    def _shares(self) -> Callable[[Bound, int], _SharesByPlace]:
        """What the projects take of a ceiling, or bring."""

        @cache
        def shares(bound: Bound, sign: int) -> _SharesByPlace:
            cents = [max(0, sign * each.takes.get(bound, 0)) for each in self.placements]
            placed = [
                (n, Share(each.project, Money(own)))
                for n, (each, own) in enumerate(zip(self.placements, cents, strict=True))
                if own
            ]
            return _SharesByPlace(
                sorted(placed, key=lambda share: -share[1].amount.cents),
                [*accumulate(map(bool, cents), initial=0)],
                [*accumulate(cents, initial=0)],
            )

        return shares

    def brought_to(self, placement: Placement, bound: Bound) -> tuple[Share, ...]:
        """What less urgent projects bring as written, by which a ceiling holds in that plan."""
        limit, taken = ceilings(self.plan)[bound].amount.cents, room_of(self.plan).taken(bound)
        if taken > limit:
            return ()
        less_urgent = self.placements[self.places[placement.project.id] + 1 :]
        without_them = taken - sum(each.took.get(bound, 0) for each in less_urgent)
        return _bringing(less_urgent, bound) if limit < without_them else ()

    def made_up(self, placement: Placement, refused: Refusal, most: int) -> Mapping[Bound, Shares]:
        """What less urgent projects bring where they come to stand: so many of the largest.

        Of each ceiling that a start would pass, where they make up for all that is too much with
        it, and nothing else stands against it; else of none.
        """
        if refused != Refusal(refused.later, refused.start, refused.over):
            return {}
        if any(self.left_by_less_urgent(placement, bound) < each for bound, each in refused.over):
            return {}
        place = self.places[placement.project.id]
        return {bound: self._shares(bound, -1).after(place, most) for bound, _ in refused.over}

    def left_by_less_urgent(self, placement: Placement, bound: Bound) -> Money:
        """What less urgent projects bring where they come to stand, less what they take."""
        taken = self._taken_up_to(bound)
        return Money(taken[self.places[placement.project.id] + 1] - taken[-1])

    @cached_property
    def _taken_up_to(self) -> Callable[[Bound], Sequence[int]]:
        """What is taken of a ceiling before each place in the list by urgency, in cents."""

        @cache
        def taken(bound: Bound) -> Sequence[int]:
            return [*accumulate((p.takes.get(bound, 0) for p in self.placements), initial=0)]

        return taken


def unbounded(plan: Plan) -> Mapping[CeilingKind | None, tuple[int, ...]]:
    """The years without a ceiling of a kind that others have; under ``None``: without any."""
    stated = ceilings(plan)
    kinds = [kind for kind in KINDS if any(bound.kind == kind for bound in stated)]
    free = [y for y in plan.years.each() if not any(Bound(kind, y) in stated for kind in kinds)]
    found: dict[CeilingKind | None, tuple[int, ...]] = {None: tuple(free)} if free else {}
    for kind in kinds:
        own = tuple(
            year
            for year in plan.years.each()
            if year not in free and Bound(kind, year) not in stated
        )
        if own:
            found[kind] = own
    return found


class Asked(NamedTuple):
    """What is asked of an arbitration."""

    #: By how many quarters a start is tried later than the one before it.
    step: int = 4
    #: More projects that are not to be put off, by id, with the reason.
    fixed: Mapping[str, Message] = {}
    id: str = "arbitrage"
    #: Whether closed years count as executed, before anything else is done to the plan.
    executed: bool = False


def arbitrated(
    written: Plan, scenarios: Sequence[Scenario] = (), asked: Asked | None = None
) -> Arbitration:
    """The arbitration of the version that scenarios make of a plan as it is written.

    Where that keeps all ceilings, nothing moves. Else what no project carries and what is fixed
    comes first; where this passes a ceiling, nothing more is let in there.
    """
    asked = asked or Asked()
    first = executed(written) if asked.executed else Version(written)
    plan = (
        computed(done(first.plan, scenarios).version).plan
        if scenarios
        else worked_out(first.plan).plan
    )
    return _Arbitrating(written, first, scenarios, plan, asked).done()


class _Arbitrating:
    def __init__(
        self,
        written: Plan,
        first: Version,
        scenarios: Sequence[Scenario],
        plan: Plan,
        asked: Asked,
    ) -> None:
        #: The plan as it is written, and what the first step is made of: itself, or as executed.
        self._written, self._first = written, first
        self._span = written.years.span()
        self._scenarios, self._asked = scenarios, asked
        self._plan, self._limits, self._room = plan, ceilings(plan), room_of(plan).copied()
        self._debts = DebtRoom(plan)
        self._fixed = fixed_with(plan, asked.fixed) if asked.fixed else fixed(plan)
        self._movable = [p for p in by_urgency(plan) if p.id not in self._fixed]
        self._ends = {p.id: p.quarters.last for p in plan.projects if p.quarters is not None}
        self._placed: dict[str, Placement] = {}
        #: The last project that was looked at alone.
        self._only: tuple[str, Callable[[int], tuple[Plan, Sequence[Moved]]]] | None = None

    def done(self) -> Arbitration:
        debt_as_written = self._debts.passed(self._room)
        fits = not (self._room.passed(self._limits, self._limits) or debt_as_written)
        for project in reversed(self._movable):
            self._room.take_off(project.id)
            self._debts.take_off(project.id)
        debt_fixed = self._debts.passed(self._room)
        self._took = {p.id: dict(self._room.falls_without(p.id)) for p in self._movable}
        load = {bound: self._room.taken(bound) for bound in self._limits}
        over = tuple(_passed(self._room, self._plan))
        held_out: tuple[Project, ...] = ()
        holding: tuple[Holding, ...] = ()
        if fits:
            holding = self._kept_as_written()
        else:
            held_out = self._held_out()
            for project in self._movable:
                self._place(project)
        placements = tuple(self._placed.values())
        scenario = self._scenario(placements)
        version = Version(self._plan)
        if scenario is not None:
            name = msg("the arbitration")
            version = named(self._made(scenario), (name,), (name,))
        return Arbitration(
            self._plan,
            version,
            scenario,
            placements,
            self._fixed,
            self._room.taken_of_all,
            load,
            over,
            holding,
            held_out,
            debt_as_written,
            debt_fixed,
        )

    def _made(self, scenario: Scenario) -> Made:
        """What the plan becomes by one more scenario; as executed, it knows what was done."""
        made = self._making.then(scenario).made()
        if self._first.plan is self._written:
            return made
        becoming = made.becoming._replace(executed=as_executed(self._written))
        version = self._first.then(lambda _: made.version)
        return made._replace(version=version, becoming=becoming)

    def _scenario(self, placements: Sequence[Placement]) -> Scenario | None:
        moved = tuple(
            stating(ScenarioChange, project=each.project.id, start=each.start)
            for each in placements
            if each.later
        )
        out = tuple(each.project.id for each in placements if each.is_out)
        if not (moved or out):
            return None
        return stating(Scenario, id=self._asked.id, change=moved, drop=out)

    # --- a plan that fits ---

    def _kept_as_written(self) -> tuple[Holding, ...]:
        """Let every project be as it is, and see which ceilings hold by less urgent ones alone."""
        passed: dict[Bound, tuple[Money, Project]] = {}
        for project in self._movable:
            for bound, amount in self._room.too_much_with(project.id, self._limits):
                first = passed[bound][1] if bound in passed else project
                most = max(amount, passed[bound][0]) if bound in passed else amount
                passed[bound] = most, first
            self._put(project, 0)
        placements = list(self._placed.values())
        places = {each.project.id: n for n, each in enumerate(placements)}
        return tuple(
            Holding(bound, amount, project, _bringing(placements[places[project.id] + 1 :], bound))
            for bound, (amount, project) in passed.items()
        )

    # --- one that does not ---

    def _held_out(self) -> tuple[Project, ...]:
        """Those that fit no more, where all that is more urgent and fits stays as it is written."""
        room, debts = self._room.copied(), self._debts.copied()
        off: list[Project] = []
        for project in self._movable:
            passes = any(room.too_much_with(project.id, self._limits))
            if passes or debts.passed_with(room, project.id):
                off.append(project)
            else:
                room.put_back(project.id)
                debts.put_back(project.id)
        return tuple(off)

    def _place(self, project: Project) -> None:
        refused: list[Refusal] = []
        without = tuple(
            link.id
            for link in project.after
            if (before := self._placed.get(link.id)) is not None and before.is_out
        )
        if without:
            self._leave_out(project, (), without)
            return
        for later in self._starts(project):
            if (refusal := self._refusal(project, later)) is None:
                self._put(project, later, refused)
                return
            refused.append(refusal)
            if refusal.too_late is not None:
                break
        self._leave_out(project, refused)

    def _starts(self, project: Project) -> Iterator[int]:
        """By how many quarters later a project may start; in the end, each is too late."""
        yield 0
        if project.quarters is None:
            return
        later = self._asked.step
        while True:
            yield later
            later += self._asked.step

    def _put(self, project: Project, later: int, refused: Sequence[Refusal] = ()) -> None:
        takes = dict(self._room.falls_without(project.id))
        self._room.put_back(project.id)
        self._debts.put_back(project.id)
        if project.quarters is not None:
            self._ends[project.id] = project.quarters.last.later(later)
        self._keep(project, later, refused, takes)

    def _leave_out(
        self, project: Project, refused: Sequence[Refusal], without: tuple[str, ...] = ()
    ) -> None:
        self._keep(project, None, refused, {}, without)

    def _keep(
        self,
        project: Project,
        later: int | None,
        refused: Sequence[Refusal],
        takes: Taken,
        without: tuple[str, ...] = (),
    ) -> None:
        number = classes(self._plan).get(project.id)
        self._placed[project.id] = Placement(
            project,
            None if number is None else number.number,
            later,
            tuple(refused),
            takes,
            self._took[project.id],
            without,
        )

    def _refusal(self, project: Project, later: int) -> Refusal | None:
        """Why a project cannot start so much later; ``None`` where it can."""
        schedule = project.quarters
        start = None if schedule is None else schedule.first.later(later)
        if (too_late := self._ends_too_late(project, later)) is not None:
            return Refusal(later, start, too_late=too_late)
        waits = tuple(self._waits(project, start))
        limit = project.not_before
        early = limit is not None and start is not None and start < limit.quarter
        loses: tuple[Moved, ...] = ()
        if later:
            alone = self._alone(project.id)
            moved, lost = alone(later)
            end = _last_cost(moved.projects)
            if end > self._last_year and end > _last_cost([project]):
                return Refusal(later, start, too_late=TooLate(end, self._last_year))
            if lost:
                loses = tuple(_besides(lost, alone(0)[1]))
            self._room.move(project.id, moved)
            self._debts.move(project.id, moved)
        over = tuple(TooMuch(*each) for each in self._room.too_much_with(project.id, self._limits))
        debt = self._debts.passed_with(self._room, project.id)
        if not (waits or early or loses or over or debt):
            return None
        not_before = limit.quarter if early and limit is not None else None
        return Refusal(later, start, over, waits, not_before, None, loses, debt)

    def _alone(self, id: str) -> Callable[[int], tuple[Plan, Sequence[Moved]]]:
        if self._only is None or self._only[0] != id:
            self._only = id, alone(self._making, id)
        return self._only[1]

    @cached_property
    def _making(self) -> Making:
        """The plan with the scenarios done to it, before the arbitration does more."""
        return making_of(self._first.plan, self._scenarios)

    @property
    def _last_year(self) -> int:
        return self._written.years.last

    def _waits(self, project: Project, start: Quarter | None) -> Iterator[Waits]:
        for link in project.after if start is not None else ():
            end = self._ends.get(link.id)
            if end is not None and start is not None and end >= start:
                yield Waits(link.id, end)

    def _ends_too_late(self, project: Project, later: int) -> TooLate | None:
        """Whether its work, if it is put off, would end after the plan, or its class, allows."""
        if project.quarters is None or not later:
            return None
        end = project.quarters.last.later(later)
        own = self._class_of(project)
        span = self._span
        if own is not None and own.finish_within is not None:
            limit = span.first.later(own.finish_within.quarters - 1)
            if end > limit and limit <= span.last:
                return TooLate(end, limit, own.class_)
        return TooLate(end, span.last) if end > span.last else None

    def _class_of(self, project: Project) -> PriorityClass | None:
        found = classes(self._plan).get(project.id)
        return None if found is None else self._plan.class_by_number.get(found.number)


def _passed(room: Room, plan: Plan) -> Iterator[TooMuch]:
    """The ceilings of a plan that are passed, and by how much."""
    for bound, ceiling in ceilings(plan).items():
        if (excess := room.taken(bound) - ceiling.amount.cents) > 0:
            yield TooMuch(bound, Money(excess))


def _bringing(placements: Sequence[Placement], bound: Bound) -> tuple[Share, ...]:
    """What projects bring as they are written."""
    return tuple(
        Share(each.project, Money(-cents))
        for each in placements
        if (cents := each.took.get(bound, 0)) < 0
    )


def _besides(lost: Sequence[Moved], lost_as_written: Sequence[Moved]) -> Iterator[Moved]:
    """What is lost of a project that moves, without what of it is lost where it stands."""
    before = Counter((line.funder, line.before, line.amount) for line in lost_as_written)
    for line in lost:
        if before[own := (line.funder, line.before, line.amount)]:
            before[own] -= 1
        else:
            yield line


def _last_cost(projects: Sequence[Project]) -> int:
    """The last year in which any of some projects costs something."""
    return max((cost.in_year or 0 for each in projects for cost in each.costs), default=0)
