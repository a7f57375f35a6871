"""Priority: which class a project is in, and where it stands in a list by urgency."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeAlias

from ppi_cli.plan.model import Plan, once_per_plan
from ppi_cli.plan.pieces import Link
from ppi_cli.plan.projects import Project
from ppi_cli.values.quarters import Quarter


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
        recommended = class_of.get(link.id)
        if recommended is not None and (found is None or recommended[0] < found.number):
            found = ProjectClass(recommended[0], link)
    return found


@once_per_plan
def _recommended(plan: Plan) -> Mapping[str, tuple[int, int]]:
    """The class and the rank of each recommendation, by its id."""
    return {r.id: (r.class_, r.rank) for r in plan.recommendations if plan.by_id[r.id] is r}


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


#: What a list of projects by urgency is sorted by; of two projects, never the same.
Urgency: TypeAlias = tuple[bool, int, bool, int, bool, Quarter, str]
_NEVER = Quarter(9999, 4)


def urgency(plan: Plan, project: Project) -> Urgency:
    """Where a project stands in a list by urgency: nothing of it hangs on the order of lines.

    By class, those in none last; in a class those with a rank first, by their best rank in that
    class; then by the first quarter, those without one last; then by id.
    """
    return _urgencies(plan)[project.id]


@once_per_plan
def _urgencies(plan: Plan) -> Mapping[str, Urgency]:
    return {project.id: _urgency(plan, project) for project in plan.projects}


def _urgency(plan: Plan, project: Project) -> Urgency:
    found = classes(plan).get(project.id)
    number = 0 if found is None else found.number
    rank = rank_of(plan, project)
    start = None if project.quarters is None else project.quarters.first
    return (
        found is None,
        number,
        rank is None,
        rank or 0,
        start is None,
        start or _NEVER,
        project.id,
    )


def rank_of(plan: Plan, project: Project) -> int | None:
    """The best rank of a project in its class; ``None`` where it answers nothing of that class."""
    found = classes(plan).get(project.id)
    answered = (_recommended(plan).get(link.id) for link in project.answers)
    ranks = (r for each in answered if each and found for c, r in [each] if c == found.number)
    return min(ranks, default=None)


def comes_from_the_matrix(plan: Plan, project: Project) -> bool:
    """Whether a recommendation that the project answers is of its class."""
    own, answered = classes(plan).get(project.id), answered_class(plan, project)
    return own is not None and answered is not None and own.number == answered.number
