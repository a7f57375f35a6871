"""Who comes before another project in an arbitration without being more urgent by itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import NamedTuple

from ppi_cli.figures.affordability import by_urgency
from ppi_cli.figures.arbitration import Arbitration, Placement
from ppi_cli.plan.bounds import Bound
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
    plan, bounds = found.plan, _refused(found, placement)
    own, place = urgency(plan, placement.project), found.places[placement.project.id]

    def taking(ids: Iterable[str]) -> Iterator[Project]:
        """Those of some that come before it, and take of what is refused to it."""
        for id in ids:
            before = found.places.get(id, place)
            taken = found.placements[before].takes
            if before < place and any(taken.get(bound, 0) > 0 for bound in bounds):
                yield found.placements[before].project

    needed = _needed(plan)
    for project in taking(needed):
        if urgency(plan, project) > own:
            yield Ahead(project, needed[project.id])
    id = placement.project.id
    yield from map(Ahead, taking(each for each in _alike(plan)[own[:-1]] if each < id))


def _refused(found: Arbitration, placement: Placement) -> Set[Bound]:
    """The ceilings that its starts would pass: what is borrowed is of the net of any year."""
    bounds = {over.bound for refused in placement.refused for over in refused.over}
    if any(refused.debt for refused in placement.refused):
        bounds |= {Bound("net", year) for year in found.version.plan.years.each()}
    return bounds


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
    coming_after = (project for project in plan.projects if project.after)
    for project in sorted(coming_after, key=lambda each: urgency(plan, each)):
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
