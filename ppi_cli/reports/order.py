"""Whether projects start in the order of their classes, and what allows those that do not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from ppi_cli.figures.order import OutOfOrder, out_of_order
from ppi_cli.plan.model import Plan
from ppi_cli.plan.projects import Project
from ppi_cli.plan.reasons import RuleException
from ppi_cli.rules.exceptions import ExceptionsInForce
from ppi_cli.rules.priority import order_subject, urgent_projects_start_first
from ppi_cli.values.message import Message, msg

#: Whether a project starts in the order of the classes: ``holds``, or ``late``, after less urgent
#: ones, or ``early``, before more urgent ones, or ``excepted``, either with an exception in the
#: plan; or why it is not judged.
Order: TypeAlias = Literal[
    "holds", "late", "early", "excepted", "not scheduled", "begun before", "held back"
]


@dataclass(frozen=True)
class OrderOfProjects:
    """What there is to say of the order of classes: what ``ppi validate`` tells of it."""

    plan: Plan
    #: The projects that explain why it does not hold, by id.
    told: Mapping[str, OutOfOrder]
    #: What allows those that are excepted.
    exceptions: Mapping[str, RuleException]

    @property
    def against(self) -> int:
        """How many projects stand against the order, without those that an exception allows."""
        return len(self.told) - len(self.exceptions)

    def of(self, project: Project) -> Order:
        told = self.told.get(project.id)
        if told is not None:
            return "excepted" if told.excepted else "late" if told.after else "early"
        if project.quarters is None:
            return "not scheduled"
        if project.quarters.first < self.plan.years.span().first:
            return "begun before"
        return "held back" if project.not_before is not None else "holds"


def order_of_projects(plan: Plan, today: date) -> OrderOfProjects | None:
    """How the projects keep the order of classes; ``None`` where the plan has switched it off."""
    code = urgent_projects_start_first.code
    if plan.rules.get(code) == "off":
        return None
    in_force = ExceptionsInForce(plan, today)

    def exception_of(project: Project) -> RuleException | None:
        return in_force.covering(code, order_subject(plan, project))

    told = out_of_order(plan, lambda project: exception_of(project) is not None)
    projects = {plan.projects[each.index].id: each for each in told}
    return OrderOfProjects(
        plan,
        projects,
        {
            id: exception
            for id, each in projects.items()
            if each.excepted and (exception := exception_of(plan.projects[each.index])) is not None
        },
    )


ORDER_NAMES: Mapping[Order, Message] = {
    "holds": msg("✓ holds"),
    "late": msg("✗ late"),
    "early": msg("✗ early"),
    "excepted": msg("by exception"),
    "not scheduled": msg("not scheduled"),
    "begun before": msg("begun before"),
    "held back": msg("held back"),
}
