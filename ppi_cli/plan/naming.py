"""Projects as people name them on the command line: by their id, else by their number."""

from __future__ import annotations

from collections.abc import Iterable

from ppi_cli.plan.model import Plan
from ppi_cli.plan.projects import Project
from ppi_cli.values.characters import look
from ppi_cli.values.errors import PpiError
from ppi_cli.values.message import msg


def project_named(plan: Plan, name: str, projects: Iterable[Project] | None = None) -> str:
    """The id that a name stands for: an id as it is, else the number of one project.

    A name that is neither stays as it is. Raises PpiError for the number of several projects.
    """
    known = list(plan.projects if projects is None else projects)
    if any(project.id == name for project in known):
        return name
    ids = [p.id for p in known if p.number is not None and look(p.number) == look(name)]
    if len(set(ids)) > 1:
        raise PpiError(
            msg("several projects have the number “{number}”", number=name),
            msg("name one by its id: {ids}", ids=list(dict.fromkeys(ids))),
            plan.header.language,
        )
    return ids[0] if ids else name
