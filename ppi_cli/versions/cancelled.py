"""Cancelled projects count nothing, and envelopes stay as voted; conditional ones are marked."""

from __future__ import annotations

from ppi_cli.plan.model import Plan
from ppi_cli.plan.pieces import changed
from ppi_cli.plan.projects import Project
from ppi_cli.values.findings import Path
from ppi_cli.values.message import Conditional
from ppi_cli.versions.variants import origins_of_what_stays, what_stays, without_references
from ppi_cli.versions.version import Version


def without_cancelled(plan: Plan) -> Version:
    """The plan without its cancelled projects, which it names aside."""
    gone = tuple(project for project in plan.projects if project.standing == "cancelled")
    if not gone:
        return Version(plan)
    kept: list[Project] = []
    origins: dict[Path, Path] = {}
    for i, project in enumerate(plan.projects):
        own: Project | None = project
        if project.standing == "cancelled":
            own = what_stays(project)
        if own is not None:
            place: Path = ("projects", len(kept))
            origins |= origins_of_what_stays(project, own, place, ("projects", i))
            kept.append(own)
    left = changed(plan, projects=tuple(kept), cancelled=(*plan.cancelled, *gone))
    ids = {project.id for project in gone} - {project.id for project in kept}
    return Version(without_references(left, ids), origins)


def with_marks(plan: Plan) -> Version:
    """The plan with the titles of its conditional projects, which are shown as such."""
    if all(project.standing != "conditional" for project in plan.projects):
        return Version(plan)
    projects = (
        changed(p, title=Conditional(p.title)) if p.standing == "conditional" else p
        for p in plan.projects
    )
    return Version(changed(plan, projects=tuple(projects)))
