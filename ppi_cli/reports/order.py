"""Whether projects start in the order of their classes, and what allows those that do not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal, TypeAlias

from ppi_cli.message import Message, msg
from ppi_cli.model import Plan, Project, RuleException
from ppi_cli.priority import late_urgent_projects
from ppi_cli.rules.exceptions import ExceptionsInForce
from ppi_cli.rules.priority import late_subject, urgent_projects_start_first

#: Whether a project starts in the order of the classes: ``holds``, or ``late``, after less
#: urgent ones, or ``excepted``, late with an exception in the plan; or why it is not judged.
Order: TypeAlias = Literal[
    "holds", "late", "excepted", "not scheduled", "begun before", "held back"
]


def late_projects(plan: Plan, today: date) -> Mapping[str, RuleException | None]:
    """The ids of the projects that start too late, with the exception that allows it, if any."""
    in_force = ExceptionsInForce(plan, today)
    code = urgent_projects_start_first.code
    return {
        plan.projects[late.index].id: in_force.covering(code, late_subject(plan, late))
        for late in late_urgent_projects(plan)
    }


def order_of(plan: Plan, project: Project, late: Mapping[str, RuleException | None]) -> Order:
    if project.id in late:
        return "late" if late[project.id] is None else "excepted"
    if project.quarters is None:
        return "not scheduled"
    if project.quarters.first < plan.years.span().first:
        return "begun before"
    return "held back" if project.not_before is not None else "holds"


ORDER_NAMES: Mapping[Order, Message] = {
    "holds": msg("✓ holds"),
    "late": msg("✗ late"),
    "excepted": msg("late, by exception"),
    "not scheduled": msg("not scheduled"),
    "begun before": msg("begun before"),
    "held back": msg("held back"),
}
