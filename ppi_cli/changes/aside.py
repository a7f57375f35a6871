"""What has changed and counts in neither version, so that no effect of it can be told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ppi_cli.changes.details import flat
from ppi_cli.changes.matching import same
from ppi_cli.plan.model import Plan
from ppi_cli.plan.projects import Project
from ppi_cli.plan.reading import Choice
from ppi_cli.versions.costs import running_years, written_out


def changed_aside(written: tuple[Plan, Plan], versions: tuple[Plan, Plan]) -> list[str]:
    """The projects with such a change: of two plans as they are written, and what is made of them.

    It is in what depends on a variant that is chosen in neither, or in what is paid once both plans
    have ended.
    """
    counted = {project.id for plan in versions for project in plan.projects}
    chosen: set[Choice | None] = {None}
    chosen |= {
        Choice(target.id, target.chosen)
        for plan in versions
        for target in plan.targets
        if target.chosen is not None
    }

    def aside(plan: Plan) -> Mapping[str, object]:
        found = {}
        for project in plan.projects:
            pieces = list(_pieces(plan, project, chosen)) if project.id in counted else [project]
            if pieces:
                found[project.id] = flat(tuple(pieces))
        return found

    before, after = (aside(written_out(plan).plan) for plan in written)
    ids = dict.fromkeys((*before, *after))
    return [id for id in ids if not same(before.get(id), after.get(id))]


def _pieces(plan: Plan, project: Project, chosen: set[Choice | None]) -> Iterator[Any]:
    """What of a project counts in no year of its plan."""
    for cost in (*project.costs, *project.costs_outside):
        if cost.when not in chosen:
            yield cost
    for running in project.running_costs:
        years = running_years(plan, project, running)
        if running.when not in chosen or years.last < years.first:
            yield running
        elif running.until is not None and running.until > plan.years.last:
            yield {"label": running.label, "until": running.until}
