"""When projects are active: their quarters, one by one and theme by theme."""

from __future__ import annotations

from collections.abc import Iterable

from ppi_cli.model import Project, Schedule
from ppi_cli.quarters import Quarter, Span


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


def year_span(year: int) -> Span:
    return Span(Quarter(year, 1), Quarter(year, 4))


def quarters_of_year(projects: Iterable[Project], year: int) -> tuple[Quarter, ...]:
    """The quarters of a year in which any of the projects is active; all four where none is."""
    span = year_span(year)
    active = {q for project in projects for q in active_quarters(project.quarters, span)}
    return tuple(sorted(active)) or tuple(span.quarters())
