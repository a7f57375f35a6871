"""The projects that scenarios add, as a plan of their own: for what looks at one project."""

from __future__ import annotations

from ppi_cli.plan.model import Plan
from ppi_cli.plan.pieces import changed
from ppi_cli.plan.projects import Project
from ppi_cli.values.findings import Path
from ppi_cli.versions.version import Version


def added_projects(plan: Plan) -> Version | None:
    """The plan with what its scenarios add in place of its own projects; ``None`` of nothing.

    Two of them may have one id, where each is the project of another scenario.
    """
    projects: list[Project] = []
    origins: dict[Path, Path] = {}
    for i, scenario in enumerate(plan.scenarios):
        for j, project in enumerate(scenario.add):
            origins["projects", len(projects)] = ("scenarios", i, "add", j)
            projects.append(project)
    if not projects:
        return None
    return Version(changed(plan, projects=tuple(projects), scenarios=()), origins)
