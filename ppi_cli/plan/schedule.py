"""When projects are active: their quarters, one by one and theme by theme."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from ppi_cli.plan.pieces import Schedule
from ppi_cli.plan.projects import Cost, Funding, Project
from ppi_cli.values.quarters import Outside, Quarter, Span


def active_quarters(schedule: Schedule | None, within: Span) -> tuple[Quarter, ...]:
    """The quarters of a schedule that lie within a span, in order."""
    return () if schedule is None else _within(schedule.spans, within)


@lru_cache(maxsize=4096)
def _within(spans: tuple[Span, ...], within: Span) -> tuple[Quarter, ...]:
    return tuple(
        quarter
        for first, last in spans
        if first <= within.last and within.first <= last
        for quarter in Span(max(first, within.first), min(last, within.last)).quarters()
    )


def has_ended(project: Project, year: int) -> bool:
    """Whether all that is known of a project, its quarters and money, lies before a year."""
    if project.running_costs or goes_on(project) or _is_unplanned(project):
        return False
    years = {cost.paid.last for cost in project.costs if cost.paid is not None}
    years |= {each for funding in project.funding for _, each in funding.in_years()}
    if project.quarters is not None:
        years.add(project.quarters.last.year)
    return max(years, default=year - 1 if _has_begun(project) else year) < year


def goes_on(project: Project) -> bool:
    """Whether it has money beyond the plan's years."""
    outside: tuple[Cost | Funding, ...] = (*project.costs_outside, *project.funding_outside)
    written: tuple[Cost | Funding, ...] = (*project.costs, *project.funding)
    return any(money.beyond for money in written) or any(
        money.year == Outside.BEYOND for money in outside
    )


def is_undated_beyond(project: Project) -> bool:
    """Whether money lies beyond the plan in no year, so that a part may be of the one after it."""
    written: tuple[Cost | Funding, ...] = (*project.costs, *project.funding)
    return any(Outside.BEYOND in money.beyond for money in written)


def _is_unplanned(project: Project) -> bool:
    """Whether it has costs in no year yet."""
    return any(cost.unplanned for cost in project.costs) or any(
        cost.year == Outside.UNPLANNED for cost in project.costs_outside
    )


def _has_begun(project: Project) -> bool:
    """Whether it has money before the plan's first year."""
    written: tuple[Cost | Funding, ...] = (*project.costs, *project.funding)
    outside = bool(project.costs_outside or project.funding_outside)
    return outside or any(money.before for money in written)


def year_span(year: int) -> Span:
    return Span(Quarter(year, 1), Quarter(year, 4))


def quarters_of_year(projects: Iterable[Project], year: int) -> tuple[Quarter, ...]:
    """The quarters of a year in which any of the projects is active; all four where none is."""
    span = year_span(year)
    active = {q for project in projects for q in active_quarters(project.quarters, span)}
    return tuple(sorted(active)) or tuple(span.quarters())
