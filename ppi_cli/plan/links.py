"""Why things exist: what answers what, followed up and down the plan's links."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ppi_cli.plan.model import Plan, Thing, once_per_plan
from ppi_cli.plan.pieces import Link
from ppi_cli.plan.projects import Project
from ppi_cli.values.findings import Path


@once_per_plan
def answer_links(plan: Plan) -> Sequence[tuple[Path, Thing, Link]]:
    """Every ``answers`` link: its path, the thing that answers, and the link itself."""
    return [
        ((*path, "answers", j), thing, link)
        for path, thing in plan.things()
        for j, link in enumerate(getattr(thing, "answers", ()))
    ]


@once_per_plan
def after_links(plan: Plan) -> Sequence[tuple[Path, Project, Link]]:
    """Every ``after`` link: its path, the project that waits, and the link itself."""
    return [
        (("projects", i, "after", j), project, link)
        for i, project in enumerate(plan.projects)
        for j, link in enumerate(project.after)
    ]


class Answer(NamedTuple):
    """A thing at one end of an ``answers`` link, and the link."""

    thing: Thing
    link: Link


def answers_to(plan: Plan) -> Mapping[str, list[Answer]]:
    """What answers each thing directly, by the id of what is answered."""
    found: dict[str, list[Answer]] = defaultdict(list)
    for _, thing, link in answer_links(plan):
        found[link.id].append(Answer(thing, link))
    return found
