"""Versions at random of a plan: what a scenario may do to it, for the laws of versions."""

from __future__ import annotations

from hypothesis import strategies as st

from ppi_cli.plan.model import Plan
from ppi_cli.plan.pieces import changed
from ppi_cli.plan.projects import Project
from ppi_cli.plan.scenarios import Scenario, ScenarioChange
from ppi_cli.values.money import Percent


def scenario(*changes: ScenarioChange, drop: tuple[str, ...] = ()) -> Scenario:
    return changed(Scenario(id="essai"), change=changes, drop=drop)


def shift(project: str, quarters: int) -> ScenarioChange:
    return changed(ScenarioChange(project=project), shift=quarters)


def percent(project: str, hundredths: int) -> ScenarioChange:
    return changed(ScenarioChange(project=project), percent=Percent(hundredths))


def scheduled(plan: Plan) -> list[Project]:
    """The projects that can be shifted."""
    return [project for project in plan.projects if project.quarters is not None]


@st.composite
def scenarios(draw: st.DrawFn, plan: Plan) -> Scenario:
    """One that drops, shifts and changes projects, and states no envelope."""
    drop = tuple(p.id for p in plan.projects if draw(st.booleans()) and draw(st.booleans()))
    kept = [project for project in plan.projects if project.id not in drop]
    changes: list[ScenarioChange] = []
    for project in kept:
        if project.quarters is not None and draw(st.booleans()):
            changes.append(shift(project.id, draw(st.integers(-9, 9))))
        if any(cost.written is not None for cost in project.costs) and draw(st.booleans()):
            changes.append(percent(project.id, draw(st.integers(-9_000, 9_000))))
    return scenario(*changes, drop=drop)


@st.composite
def savings(draw: st.DrawFn, plan: Plan) -> Scenario:
    """One in which no cost is higher and none moves: projects go, or cost less."""
    drop = tuple(p.id for p in plan.projects if draw(st.booleans()))
    changes = [
        percent(project.id, draw(st.integers(-9_000, 0)))
        for project in plan.projects
        if project.id not in drop and any(c.written and c.written.cents > 0 for c in project.costs)
        if all(cost.written is None or cost.written.cents >= 0 for cost in project.costs)
    ]
    return scenario(*changes, drop=drop)
