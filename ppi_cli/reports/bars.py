"""Bars of the same projects in several versions, one below the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ppi_cli.plan.model import Plan
from ppi_cli.plan.priority import classes
from ppi_cli.plan.projects import Project
from ppi_cli.plan.schedule import active_quarters
from ppi_cli.values.message import Message, msg
from ppi_cli.values.quarters import Quarter, Years


@dataclass(frozen=True, slots=True)
class Bar:
    """When a project is active in a version, and in which class it is there."""

    name: str | Message
    class_: int | None
    active: tuple[Quarter, ...]
    assumed: bool


@dataclass(frozen=True, slots=True)
class BarGroup:
    """A project with its bars; a single one is that of all versions."""

    title: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Bars:
    years: Years
    groups: tuple[BarGroup, ...]

    def notes(self) -> Iterator[Message]:
        first = [group.bars[0].name for group in self.groups if len(group.bars) > 1]
        for name in first[:1]:
            yield msg("the first line of a project is that of {name}", name=name)


def bar_of(plan: Plan, project: Project | None, name: str | Message, years: Years) -> Bar:
    """The bar of a project in a version of a plan, over the years of all versions.

    It is empty in a version that has no such project.
    """
    if project is None:
        return Bar(name, None, (), assumed=False)
    found = classes(plan).get(project.id)
    assumed = project.quarters is not None and project.quarters.assumed
    active = active_quarters(project.quarters, years.span())
    return Bar(name, None if found is None else found.number, active, assumed)
