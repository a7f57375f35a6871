"""When projects are active: their quarters, one by one and theme by theme."""

from __future__ import annotations

from collections.abc import Iterable

from ppi_cli.plan.pieces import Schedule
from ppi_cli.plan.projects import Project
from ppi_cli.values.quarters import Quarter, Span


def active_quarters(schedule: Schedule | None, within: Span) -> tuple[Quarter, ...]:
    """The quarters of a schedule that lie within a span, in order."""
    if schedule is None:
        return ()
    return tuple(
        quarter
        for first, last in schedule.spans
        if first <= within.last and within.first <= last
        for quarter in Span(max(first, within.first), min(last, within.last)).quarters()
    )


def has_ended(project: Project, year: int) -> bool:
    """Whether all that is known of a project, its quarters and money, lies before a year."""
    if project.running_costs:
        return False
    years = {cost.paid.last for cost in project.costs if cost.paid is not None}
    years |= {each.year for each in project.funding}
    if project.quarters is not None:
        years.add(project.quarters.last.year)
    return bool(years) and max(years) < year


def year_span(year: int) -> Span:
    return Span(Quarter(year, 1), Quarter(year, 4))


def quarters_of_year(projects: Iterable[Project], year: int) -> tuple[Quarter, ...]:
    """The quarters of a year in which any of the projects is active; all four where none is."""
    span = year_span(year)
    active = {q for project in projects for q in active_quarters(project.quarters, span)}
    return tuple(sorted(active)) or tuple(span.quarters())
