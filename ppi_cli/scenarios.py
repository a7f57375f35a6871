"""Scenarios: other versions of a plan, made by choices and changes that have a name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from ppi_cli.findings import Path
from ppi_cli.message import Message, msg
from ppi_cli.model import (
    Amount,
    Cost,
    Plan,
    Project,
    Scenario,
    ScenarioChange,
    Theme,
    changed,
    once_per_plan,
)
from ppi_cli.money import Money, Percent
from ppi_cli.quarters import Years
from ppi_cli.rescheduling import shifted, stretched, whole_of, work
from ppi_cli.variants import Version, decided, with_choices, without_references
from ppi_cli.working import followed, priced, written_out


@dataclass(frozen=True, slots=True)
class Impossible:
    """What a scenario cannot do, and where it says so."""

    path: Path
    message: Message


def chain(plan: Plan, scenario: Scenario) -> list[Scenario]:
    """The scenario after those that it builds on; of a circle, each once."""
    known = {each.id: each for each in plan.scenarios}
    found = [scenario]
    while (before := known.get(found[0].based_on or "")) is not None and before not in found:
        found.insert(0, before)
    return found


def done(plan: Plan, scenarios: Sequence[Scenario]) -> Version:
    """The plan with the scenarios done to it, one after the other; its variants are still open.

    Where work or costs come to lie beyond the plan's years, its years go on until there.
    """
    making = _Making(plan)
    for scenario in scenarios:
        making.apply(scenario)
    return Version(making.plan(), making.origins())


def as_in(made: Plan, plan: Plan, scenarios: Sequence[Scenario]) -> list[Scenario]:
    """Scenarios, as those of a plan that was written out are in what was made of it."""
    now = {id(old): new for old, new in zip(plan.scenarios, made.scenarios, strict=True)}
    return [now.get(id(scenario), scenario) for scenario in scenarios]


def applied(plan: Plan, scenarios: Sequence[Scenario]) -> Version:
    """The plan that is computed with: scenarios done, variants decided, costs worked out."""

    version = Version(plan).then(written_out)
    if scenarios:
        version = version.then(lambda of: done(of, as_in(of, plan, scenarios)))
        version = version.then(written_out)
    return version.then(followed).then(decided).then(priced)


@once_per_plan
def worked_out(plan: Plan) -> Version:
    """The plan as it is written, with its variants decided and its costs worked out."""
    return applied(plan, ())


def impossible(plan: Plan, index: int) -> Iterator[Impossible]:
    """What the scenario at an index cannot do to the plan, after those that it builds on."""
    plan = written_out(plan).plan
    scenario = plan.scenarios[index]
    making = _Making(plan)
    for each in chain(plan, scenario)[:-1]:
        making.apply(each)
    making.apply(scenario)
    for path, message in making.impossible:
        if path[:2] == ("scenarios", index):
            yield Impossible(path, message)


class _Making:
    """A plan while scenarios are done to it."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._themes: dict[str, Theme] = {theme.id: theme for theme in plan.themes}
        self._projects: dict[str, Project] = {project.id: project for project in plan.projects}
        self._paths: dict[str, Path] = {
            project.id: ("projects", i) for i, project in enumerate(plan.projects)
        }
        self._changed_at: dict[tuple[str, ...], Path] = {}
        self._gone: set[str] = set()
        self._moved: set[str] = set()
        self._choices: dict[str, str] = {}
        self.impossible: list[tuple[Path, Message]] = []

    def apply(self, scenario: Scenario) -> None:
        """Do one scenario; what names nothing that is there is left out."""
        path = self._path_of(scenario)
        self._choices |= scenario.choose
        for j, id in enumerate(scenario.drop):
            if self._projects.pop(id, None) is None:
                self._is_gone(id, (*path, "drop", j))
            else:
                self._gone.add(id)
        for j, project in enumerate(scenario.add):
            self._projects[project.id] = project
            self._paths[project.id] = (*path, "add", j)
            self._gone.discard(project.id)
        for j, change in enumerate(scenario.change):
            self._change(change, (*path, "change", j))

    def _is_gone(self, id: str, path: Path) -> None:
        """A scenario names a project that was left out; one that never was is no business of it."""
        if id in self._gone:
            why = msg("“{id}” is not in the plan any more", id=id)
            self.impossible.append((path, why))

    def _path_of(self, scenario: Scenario) -> Path:
        for i, each in enumerate(self._plan.scenarios):
            if each is scenario:
                return ("scenarios", i)
        return ("plan",)  # made of options of the command line

    def _change(self, change: ScenarioChange, path: Path) -> None:
        if change.theme in self._themes:
            self._themes[change.theme] = self._changed_theme(
                self._themes[change.theme], change, path
            )
        if change.project is None:
            return
        project = self._projects.get(change.project)
        if project is None:
            self._is_gone(change.project, (*path, "project"))
            return
        changed_project = self._changed_project(project, change, path)
        if changed_project.quarters is not project.quarters:
            self._moved.add(project.id)
        for name in ("quarters", "costs"):
            same = getattr(changed_project, name) is getattr(project, name)
            if not same and path[0] == "scenarios":
                self._changed_at[project.id, name] = path
        self._projects[project.id] = changed_project

    def _changed_theme(self, theme: Theme, change: ScenarioChange, path: Path) -> Theme:
        envelope = dict(theme.envelope)
        if change.percent is not None:
            if not envelope:
                why = msg("“{id}” has no envelope to change", id=theme.id)
                self.impossible.append(((*path, "percent"), why))
            for year, amount in envelope.items():
                envelope[year] = changed(amount, amount=change.percent.applied(amount.amount))
        envelope |= change.envelope
        return changed(theme, envelope=dict(sorted(envelope.items())))

    def _changed_project(self, project: Project, change: ScenarioChange, path: Path) -> Project:
        for key in ("shift", "start", "stretch"):
            if getattr(change, key) is not None and project.quarters is None:
                why = msg("“{id}” has no quarters to change", id=project.id)
                self.impossible.append(((*path, key), why))
                return project
        if change.shift is not None:
            project = shifted(project, change.shift)
        if change.start is not None and project.quarters is not None:
            project = shifted(project, change.start.since(project.quarters.first))
        if change.stretch is not None:
            if len(work(project)) + change.stretch < 1:
                why = msg("“{id}” does not last that long", id=project.id)
                self.impossible.append(((*path, "stretch"), why))
                return project
            project = stretched(project, change.stretch)
        if change.percent is not None:
            costs = tuple(_with_percent(project.costs, change.percent))
            if not any(cost.amount is not None for cost in costs):
                why = msg("“{id}” has no costs to change", id=project.id)
                self.impossible.append(((*path, "percent"), why))
            project = changed(project, costs=costs)
        for year, amount in change.costs.items():
            project = _with_cost(project, year, amount)
        return project

    def plan(self) -> Plan:
        """The plan that has come of it; scenarios and printed totals are those of another."""
        projects = tuple(self._projects.values())
        plan = with_choices(self._plan, self._choices)
        header = changed(plan.header, years=self._years(plan.years, projects))
        if header.years.last > plan.years.last:
            projects = tuple(_until(project, plan.years.last) for project in projects)
        themes = tuple(changed(theme, stated_totals=None) for theme in self._themes.values())
        return without_references(
            changed(
                plan,
                header=header,
                themes=themes,
                projects=projects,
                scenarios=(),
                stated_totals=None,
            ),
            self._gone,
        )

    def _years(self, years: Years, projects: Sequence[Project]) -> Years:
        """The plan's years, and those that work or costs have come to lie in."""
        first, last = years
        for project in projects:
            if project.id in self._moved:
                costs = [cost.in_year for cost in project.costs if cost.in_year is not None]
                first = min([first, *costs])
                last = max([last, *costs])
                if project.quarters is not None:
                    last = max(last, project.quarters.last.year)
        return Years(first, last)

    def origins(self) -> dict[Path, Path]:
        found: dict[Path, Path] = {}
        for n, id in enumerate(self._projects):
            place: Path = ("projects", n)
            if self._paths[id] != place:
                found[place] = self._paths[id]
            for name in ("quarters", "costs"):
                if (path := self._changed_at.get((id, name))) is not None:
                    found[*place, name] = path
        return found


def _until(project: Project, year: int) -> Project:
    """The project, with what it costs to run no longer than until a year."""
    running = tuple(
        changed(each, until=year if each.until is None else each.until)
        for each in project.running_costs
    )
    return changed(project, running_costs=running) if running else project


def _with_percent(costs: Iterable[Cost], percent: Percent) -> Iterator[Cost]:
    """The costs, changed by a percentage; the parts of a spread cost sum to what it comes to."""
    for _, parts in groupby(costs, key=lambda cost: id(whole_of(cost))):
        before = Money(0)
        for cost in parts:
            if cost.amount is None:
                yield cost
                continue
            after = before + cost.amount
            yield changed(cost, amount=percent.applied(after) - percent.applied(before))
            before = after


def _with_cost(project: Project, year: int, amount: Amount) -> Project:
    """The project with one cost in a year, in place of those it has."""
    kept = (cost for cost in project.costs if cost.in_year != year)
    own = changed(
        Cost(amount=None),
        year=year,
        amount=amount.amount,
        basis=amount.basis,
        source=amount.source,
        reason=amount.reason,
    )
    return changed(project, costs=(*kept, own))
