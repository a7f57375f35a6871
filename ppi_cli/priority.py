"""Priority: which class a project is in, and whether urgent projects start first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from ppi_cli.model import Link, Plan, Project, once_per_plan


class ProjectClass(NamedTuple):
    """The class that a project is in, and the link that puts it there (``None``: its own word)."""

    number: int
    link: Link | None = None

    @property
    def assumed(self) -> bool:
        return self.link is not None and self.link.assumed


def answered_class(plan: Plan, project: Project) -> ProjectClass | None:
    """The most urgent class among the recommendations that the project answers."""
    class_of = _recommended(plan)
    found: ProjectClass | None = None
    for link in project.answers:
        number = class_of.get(link.id)
        if number is not None and (found is None or number < found.number):
            found = ProjectClass(number, link)
    return found


@once_per_plan
def _recommended(plan: Plan) -> Mapping[str, int]:
    """The class of each recommendation, by its id."""
    return {r.id: r.class_ for r in plan.recommendations if plan.by_id[r.id] is r}


@once_per_plan
def classes(plan: Plan) -> Mapping[str, ProjectClass]:
    """The class of each project that has one, by the project's id.

    It is the priority that the project states, else the most urgent class that it answers.
    """
    classed = zip(plan.projects, class_of_each(plan), strict=True)
    return {project.id: found for project, found in classed if found is not None}


@once_per_plan
def class_of_each(plan: Plan) -> Sequence[ProjectClass | None]:
    """The class of each project, in the plan's order, whatever its id."""
    return [
        answered_class(plan, project)
        if project.priority is None
        else ProjectClass(project.priority)
        for project in plan.projects
    ]


@dataclass(frozen=True, slots=True)
class LateProject:
    """An urgent project that starts after less urgent ones."""

    index: int
    class_number: int
    #: How many less urgent projects start before it, and the place of the earliest of them.
    passed_by: int
    first_index: int
    first_class: int
    #: Whether it rests on an assumed schedule or an assumed link, of either.
    assumed: bool


def late_urgent_projects(plan: Plan) -> Iterator[LateProject]:
    """The projects that start after a less urgent one has started, one entry each.

    Equal starts are fine. A project begun before the plan's first year, or held back by
    ``not_before``, neither offends nor bears witness; nor does one whose class is none of those
    declared. In time n log n.
    """
    horizon = plan.years.span().first
    class_of = classes(plan)
    declared = plan.class_by_number
    #: By urgency, the least urgent first, then start: class, start, place in the plan, assumed.
    ranked: list[tuple[int, int, int, bool]] = []
    for index, project in enumerate(plan.projects):
        schedule = project.quarters
        if schedule is None or project.not_before is not None or schedule.first < horizon:
            continue
        found = class_of.get(project.id)
        if found is not None and (not declared or found.number in declared):
            start = schedule.first.since(horizon)
            ranked.append((-found.number, start, index, found.assumed or schedule.assumed))
    ranked.sort()
    started: Counter[int] = Counter()  # how many of the less urgent projects start when
    earliest: tuple[int, int, int, bool] | None = None
    for number, group in groupby(ranked, key=itemgetter(0)):
        members = list(group)
        for _, start, index, assumed in members:
            if earliest is not None and earliest[0] < start:
                _, first_index, first_class, first_assumed = earliest
                yield LateProject(
                    index,
                    -number,
                    sum(n for when, n in started.items() if when < start),
                    first_index,
                    first_class,
                    assumed or first_assumed,
                )
        started.update(start for _, start, _, _ in members)
        _, start, index, assumed = members[0]
        if earliest is None or start < earliest[0]:
            earliest = (start, index, -number, assumed)
