"""The order of classes: which projects explain that urgent ones do not start first.

It is worked out here once for all who ask: the rule that finds it (``rules/priority.py``), and the
matrix and the sheet of a project (``reports/order.py``), which say no other thing than the rule.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, groupby, islice
from operator import add, itemgetter
from typing import NamedTuple

from ppi_cli.figures.fixed import UNMOVED, by_year, recurs
from ppi_cli.plan.model import Plan
from ppi_cli.plan.pieces import Schedule
from ppi_cli.plan.priority import (
    ProjectClass,
    Urgency,
    classes,
    comes_from_the_matrix,
    urgency,
)
from ppi_cli.plan.projects import Project
from ppi_cli.values.dataclass import dataclass
from ppi_cli.values.quarters import Quarter, Years
from ppi_cli.versions.account_lines import closed_years

#: How many of the projects that another one stands against are named, on either side.
_NAMED = 3


@dataclass(frozen=True, slots=True)
class OutOfOrder:
    """A project that stands against the order with others, of pairs that no other one explains."""

    index: int
    class_number: int
    #: How many less urgent projects it starts after, and the places of the first that start.
    after: int
    passed_by: tuple[int, ...]
    #: How many more urgent projects it starts before, and the places of the first that start.
    before: int
    passing: tuple[int, ...]
    #: The quarter in which the last of the more urgent projects starts.
    last_start: Quarter | None
    #: Whether the classes of both projects of a pair come from the matrix.
    by_the_matrix: bool
    #: Whether there is no pair but with an assumed schedule or an assumed link, of either.
    assumed: bool
    #: Whether an exception covers it.
    excepted: bool = False


def out_of_order(
    plan: Plan, excepted: Callable[[Project], bool] = lambda _: False
) -> Sequence[OutOfOrder]:
    """The projects that explain why the order of classes does not hold.

    Two projects stand against the order where the more urgent one starts after the other. Equal
    starts are fine. A project that has begun (before the plan's first year, in a closed one, or as
    its status says), is held back by ``not_before``, or recurs each year of the plan is not judged;
    nor is one whose class is none of those declared.

    The project that stands in most of the pairs is told, on a tie the more urgent one; then, of the
    pairs without it, the next, until none is left. Pairs of which either project is ``excepted``
    are set aside: those projects come last, each with all its pairs.

    Projects of one class that start in one quarter stand in the same number of pairs, and none is a
    pair: they are told together, in time n log n for n projects and c² for c such groups.
    """
    if _holds(plan):
        return ()
    judged = list(_judged(plan))
    free = [each for each in judged if not excepted(plan.projects[each.place])]
    found: list[tuple[Urgency, OutOfOrder]] = []
    grid = _Grid(free)
    for group in grid.causes():
        found += grid.told(group)
    found.sort(key=lambda each: (-each[1].after - each[1].before, not each[1].after, each[0]))
    aside = () if len(free) == len(judged) else _set_aside(judged, free)
    return [told for _, told in (*found, *aside)]


class _Judged(NamedTuple):
    """A project that is held against the order."""

    urgency: Urgency
    place: int
    number: int
    start: Quarter
    from_the_matrix: bool
    assumed: bool


def _holds(plan: Plan) -> bool:
    """Whether no project starts before a more urgent one: in most plans that is all there is."""
    found = {(schedule.first, of.number) for _, _, schedule, of in _held_against(plan)}
    least_urgent = 0
    for _, group in groupby(sorted(found), key=itemgetter(0)):
        numbers = [number for _, number in group]
        if numbers[0] < least_urgent:
            return False
        least_urgent = max(least_urgent, numbers[-1])
    return True


def _held_against(plan: Plan) -> Iterator[tuple[int, Project, Schedule, ProjectClass]]:
    """The projects that are held against the order, with their places, schedules and classes."""
    horizon = plan.years.span().first
    closed = closed_years(plan)
    class_of = classes(plan)
    declared = plan.class_by_number
    for index, project in enumerate(plan.projects):
        found, schedule = class_of.get(project.id), project.quarters
        if found is None or schedule is None or project.not_before is not None:
            continue
        if project.standing in UNMOVED or schedule.first.year in closed:
            continue
        if schedule.first >= horizon and (not declared or found.number in declared):
            yield index, project, schedule, found


def _goes_on(plan: Plan, project: Project) -> bool:
    """Whether it costs about the same each year, from when the plan begins to its end.

    Work such as that of roads each year starts with the plan since the plan does: with its first
    year, or its first one that is not closed.
    """
    closed = closed_years(plan)
    open_years = [year for year in plan.years.each() if year not in closed] or [plan.years.first]
    begins = {plan.years.span().first, Years(open_years[0], plan.years.last).span().first}
    if project.quarters is None or project.quarters.first not in begins:
        return False
    cents = by_year(project)
    years = range(project.quarters.first.year, plan.years.last + 1)
    is_the_same = set(cents) == {*years} and len({*cents.values()}) == 1
    return recurs(plan, project) or (is_the_same and len(cents) > 1)


def _judged(plan: Plan) -> Iterator[_Judged]:
    for index, project, schedule, found in _held_against(plan):
        if _goes_on(plan, project):
            continue
        yield _Judged(
            urgency(plan, project),
            index,
            found.number,
            schedule.first,
            comes_from_the_matrix(plan, project),
            found.assumed or schedule.assumed,
        )


class _Group:
    """The projects of one class that start in one quarter, the first in the order first."""

    __slots__ = ("from_the_matrix", "number", "projects", "row", "stated")

    def __init__(self, row: int, projects: list[_Judged]) -> None:
        self.row, self.number = row, projects[0].number
        self.projects = sorted(projects)
        self.from_the_matrix = any(each.from_the_matrix for each in projects)
        self.stated = any(not each.assumed for each in projects)


class _Change(NamedTuple):
    """What stands against the order with a row and a class stands in so many more pairs."""

    row: int
    number: int
    pairs: int


class _Row:
    """The groups that start in one quarter, the most urgent first."""

    __slots__ = ("groups", "most", "numbers", "pairs", "place", "seen", "sizes")

    def __init__(self, place: int, groups: list[_Group]) -> None:
        self.place = place
        self.groups = sorted(groups, key=lambda group: group.number)
        self.numbers = [group.number for group in self.groups]
        self.sizes = [len(group.projects) for group in self.groups]
        #: Of each group, in how many pairs each of its projects stands, and the most of them,
        #: after so many changes.
        self.pairs = [0] * len(groups)
        self.most = 0
        self.seen = 0

    def against(self, row: int, number: int) -> slice:
        """The groups that stand against the order with one of a class in a row."""
        if self.place < row:
            return slice(bisect_right(self.numbers, number), len(self.numbers))
        return slice(0, bisect_left(self.numbers, number) if self.place > row else 0)

    def see(self, changes: Sequence[_Change]) -> None:
        """Count the pairs after changes that it has not seen: see ``against``."""
        numbers, own = self.numbers, self.place
        steps = [0] * (len(numbers) + 1)
        for row, number, pairs in islice(changes, self.seen, None):
            if own < row:
                steps[bisect_right(numbers, number)] += pairs
            elif own > row:
                steps[0] += pairs
                steps[bisect_left(numbers, number)] -= pairs
        self.pairs = [*map(add, self.pairs, accumulate(steps))]
        self.most = max(self.pairs, default=0)
        self.seen = len(changes)

    def take(self, place: int) -> _Group:
        del self.numbers[place], self.sizes[place], self.pairs[place]
        self.most = max(self.pairs, default=0)
        return self.groups.pop(place)


class _Grid:
    """All groups, a row for each quarter in which projects start."""

    def __init__(self, judged: Sequence[_Judged]) -> None:
        by_start: dict[Quarter, dict[int, list[_Judged]]] = defaultdict(lambda: defaultdict(list))
        for each in judged:
            by_start[each.start][each.number].append(each)
        self.rows = [
            _Row(place, [_Group(place, projects) for projects in by_start[start].values()])
            for place, start in enumerate(sorted(by_start))
        ]

    def causes(self) -> Iterator[_Group]:
        """The groups that stand in most of the pairs that are left, each taken when it is named.

        Pairs only become fewer: a row that has not seen all changes counts too many of them, and
        need not see them as long as another one has more.
        """
        changes = [
            _Change(group.row, group.number, len(group.projects))
            for row in self.rows
            for group in row.groups
        ]
        for row in self.rows:
            row.see(changes)
        while (most := max((row.most for row in self.rows), default=0)) > 0:
            ties = [row for row in self.rows if row.most == most]
            if behind := [row for row in ties if row.seen < len(changes)]:
                for row in behind:
                    row.see(changes)
                continue
            place, row = min(
                ((row.pairs.index(most), row) for row in ties),
                key=lambda tie: tie[1].numbers[tie[0]],
            )
            group = row.take(place)
            changes.append(_Change(group.row, group.number, -len(group.projects)))
            yield group

    def told(self, group: _Group, excepted: bool = False) -> Iterator[tuple[Urgency, OutOfOrder]]:
        """Each project of a group, with what it stands against."""
        parts = [(row, row.against(group.row, group.number)) for row in self.rows]
        parts = [(row, part) for row, part in parts if part.start < part.stop]
        sides = [
            [(row, part) for row, part in parts if row.place < group.row],
            [(row, part) for row, part in parts if row.place > group.row],
        ]
        after, before = (sum(sum(row.sizes[part]) for row, part in side) for side in sides)
        passed_by, passing = (
            tuple(
                project.place
                for project in islice(
                    (each for group in _groups(side) for each in group.projects), _NAMED
                )
            )
            for side in sides
        )
        last_start = next((g.projects[0].start for g in _groups(sides[1][-1:])), None)
        by_the_matrix = group.from_the_matrix and any(g.from_the_matrix for g in _groups(parts))
        stated = group.stated and any(g.stated for g in _groups(parts))
        for each in group.projects if parts else ():
            yield (
                each.urgency,
                OutOfOrder(
                    each.place,
                    each.number,
                    after,
                    passed_by,
                    before,
                    passing,
                    last_start,
                    each.from_the_matrix and by_the_matrix,
                    each.assumed or not stated,
                    excepted,
                ),
            )


def _groups(parts: Iterable[tuple[_Row, slice]]) -> Iterator[_Group]:
    for row, part in parts:
        yield from row.groups[part]


def _set_aside(
    judged: Sequence[_Judged], free: Sequence[_Judged]
) -> Iterator[tuple[Urgency, OutOfOrder]]:
    """The excepted projects that stand in a pair."""
    grid, kept = _Grid(judged), {each.place for each in free}
    for group in _groups((row, slice(None)) for row in grid.rows):
        if any(each.place not in kept for each in group.projects):
            for urgency, told in grid.told(group, excepted=True):
                if told.index not in kept:
                    yield urgency, told
