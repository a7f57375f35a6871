"""Who comes before another project in an arbitration without being more urgent by itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ppi_cli.figures.affordability import by_urgency
from ppi_cli.figures.arbitration import Arbitration, Placement
from ppi_cli.plan.model import Plan, once_per_plan
from ppi_cli.plan.priority import urgency
from ppi_cli.plan.projects import Project


class Ahead(NamedTuple):
    """A project that comes before another one, and is no more urgent by itself."""

    project: Project
    #: The more urgent one that comes after it; ``None`` where the ids alone decide.
    needed_by: Project | None = None


def ahead(found: Arbitration, placement: Placement) -> Iterator[Ahead]:
    """Those that come before a project for such a reason, and take of what is refused to it."""
    own = urgency(found.plan, placement.project)
    for id, needed_by in _needed(found.plan).items():
        project = _ahead(found, id, placement)
        if project is not None and urgency(found.plan, project) > own:
            yield Ahead(project, needed_by)
    for id in _alike(found.plan)[own[:-1]]:
        project = _ahead(found, id, placement)
        if project is not None and urgency(found.plan, project) < own:
            yield Ahead(project)


def _ahead(found: Arbitration, id: str, placement: Placement) -> Project | None:
    """The project, where it comes before another one and takes of what is refused to that one."""
    place = found.places.get(id)
    if place is None or place >= found.places[placement.project.id]:
        return None
    bounds = {over.bound for refused in placement.refused for over in refused.over}
    of_debt = any(refused.debt for refused in placement.refused)
    other = found.placements[place]
    takes = (bound for bound, cents in other.takes.items() if cents > 0)
    if any(bound in bounds or (of_debt and bound.kind == "net") for bound in takes):
        return other.project
    return None


@once_per_plan
def _alike(plan: Plan) -> Mapping[object, Sequence[str]]:
    """The projects of one class, one rank and one first quarter, by that: ids tell them apart."""
    found: dict[object, list[str]] = defaultdict(list)
    for project in by_urgency(plan):
        found[urgency(plan, project)[:-1]].append(project.id)
    return found


@once_per_plan
def _needed(plan: Plan) -> Mapping[str, Project]:
    """The projects that a more urgent one comes after, by their ids, with the most urgent such."""
    found: dict[str, Project] = {}
    projects = {project.id: project for project in plan.projects}
    for project in sorted(plan.projects, key=lambda each: urgency(plan, each)):
        waiting, seen = [project], {project.id}
        while waiting:
            for link in waiting.pop().after:
                before = projects.get(link.id)
                if before is None or before.id in seen:
                    continue
                seen.add(before.id)
                waiting.append(before)
                if urgency(plan, before) > urgency(plan, project):
                    found.setdefault(before.id, project)
    return found
