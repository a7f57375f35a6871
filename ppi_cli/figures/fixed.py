"""Which projects are fixed: not movable, begun, recurring, or what such a one comes after."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from ppi_cli.plan.model import Plan, once_per_plan
from ppi_cli.plan.projects import Project
from ppi_cli.values.message import Message, msg

#: In how many years at least a project costs something that recurs, and how many times as much in
#: the dearest of them as in the cheapest.
_LEAST_YEARS, _MOST_TIMES = 4, 2


#: How projects stand that cannot be put off, and why.
UNMOVED: Mapping[str, Message] = {"under_way": msg("it is under way"), "done": msg("it is done")}


@once_per_plan
def fixed(plan: Plan) -> Mapping[str, Message]:
    """The projects that cannot be put off, by their ids, each with the reason."""
    return fixed_with(plan, {})


def fixed_with(plan: Plan, asked: Mapping[str, Message]) -> Mapping[str, Message]:
    """The same, where some more are not to be put off, each for a reason."""
    found: dict[str, Message] = dict(asked)
    for project in plan.projects:
        if project.id in found:
            continue
        if has_paid(plan, project):
            found[project.id] = msg("a part of it is paid, or carried over")
        elif project.movable is not None:
            if not project.movable:
                found[project.id] = msg("the plan says that it cannot be put off")
        elif project.standing in UNMOVED:
            found[project.id] = UNMOVED[project.standing]
        elif has_begun(plan, project):
            found[project.id] = msg("it has begun")
        elif recurs(plan, project):
            found[project.id] = msg("it costs about the same each year until the plan's end")
    waiting = list(found)
    projects = {project.id: project for project in plan.projects}
    while waiting:
        project = projects[waiting.pop()]
        for link in project.after:
            if link.id in projects and link.id not in found:
                found[link.id] = msg("“{title}” comes after it, and is fixed", title=project.title)
                waiting.append(link.id)
    return found


def has_begun(plan: Plan, project: Project) -> bool:
    """Whether a project starts no later than the plan was presented; else, before its years."""
    if project.quarters is None:
        return False
    day = plan.header.presented
    if day is None:
        return project.quarters.first < plan.years.span().first
    return project.quarters.first <= plan.header.quarter_of(day)


def has_paid(plan: Plan, project: Project) -> bool:
    """Whether a project of a plan as executed has paid anything, or carried it over.

    What was paid stays where it is, whatever the plan says of the project.
    """
    return bool(plan.closed) and any(
        cost.is_paid or cost.carried_from is not None for cost in project.costs
    )


def recurs(plan: Plan, project: Project) -> bool:
    """Whether a project costs about the same in each year from its first to the plan's last."""
    cents = by_year(project)
    years = range(min(cents, default=0), plan.years.last + 1)
    return (
        len(years) >= _LEAST_YEARS
        and set(cents) == set(years)
        and 0 < max(cents.values()) <= _MOST_TIMES * min(cents.values())
    )


def by_year(project: Project) -> Mapping[int, int]:
    """What a project is known to cost in each year, in cents, also of a plan as it is written."""
    cents: dict[int, int] = defaultdict(int)
    for cost in project.costs:
        for _, part in cost.by_period():
            if part.years is not None and part.each_year is not None:
                for year in part.years.each():
                    cents[year] += part.each_year.cents
            elif part.amount is not None and part.in_year is not None and not part.is_outside:
                cents[part.in_year] += part.amount.cents
    return cents
