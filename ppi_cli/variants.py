"""Variants: the ways to reach a target, of which one is chosen, and what depends on the choice."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from ppi_cli.findings import Path
from ppi_cli.message import Message
from ppi_cli.model import Cost, Plan, Project, Target, all_costs, changed, once_per_plan
from ppi_cli.notation import Choice


@dataclass(frozen=True)
class Version:
    """A plan that another one becomes, by choices and changes or by working it out."""

    plan: Plan
    #: Of the pieces that stand elsewhere in the plan it comes from, or come from a scenario:
    #: where, by where they stand in this one.
    origins: Mapping[Path, Path] = field(default_factory=dict)
    #: What was computed of costs, by where they stand in this one.
    steps: Mapping[Path, tuple[Message, ...]] = field(default_factory=dict)
    #: The version that it was made of; ``None`` where that is the plan as it is written.
    before: Version | None = None

    def then(self, step: Callable[[Plan], Version]) -> Version:
        """The version that another step makes of this one."""
        made = step(self.plan)
        if made.plan is self.plan:
            return self
        return replace(made, before=self)

    def origin(self, path: Path) -> Path:
        """The path, in the plan as it is written, of a path in this one."""
        origin = self._one_back(path)
        return origin if self.before is None else self.before.origin(origin)

    def steps_of(self, path: Path) -> tuple[Message, ...]:
        """All that was computed of the cost at a path, in order."""
        before = () if self.before is None else self.before.steps_of(self._one_back(path))
        return (*before, *self.steps.get(path, ()))

    def _one_back(self, path: Path) -> Path:
        for n in range(len(path), 0, -1) if self.origins else ():
            if (origin := self.origins.get(path[:n])) is not None:
                return (*origin, *path[n:])
        return path


@once_per_plan
def priced_targets(plan: Plan) -> tuple[Target, ...]:
    """The targets on whose variants costs or projects depend, in the plan's order."""
    named = {project.when.target for project in plan.projects if project.when is not None}
    for project in plan.projects:
        for _, cost in all_costs(project):
            if cost.when is not None:
                named.add(cost.when.target)
    return tuple(target for target in plan.targets if target.id in named)


def undecided_targets(plan: Plan) -> tuple[Target, ...]:
    """The priced targets of which no variant is chosen: the plan has no figures before."""
    return tuple(target for target in priced_targets(plan) if target.chosen is None)


def priced_by(plan: Plan, choice: Choice) -> Iterator[Cost]:
    """The costs that a choice brings: its own, and those of its projects."""
    for project in plan.projects:
        if project.when is None or project.when == choice:
            for cost in project.costs:
                if choice in (project.when, cost.when) and cost.when in (None, choice):
                    yield cost


def undecided(plan: Plan) -> Plan:
    """The plan before any variant with a price is chosen."""
    return with_choices(plan, {target.id: None for target in priced_targets(plan)})


def with_choices(plan: Plan, choices: Mapping[str, str | None]) -> Plan:
    """The plan with other variants chosen, or none: by the id of the target, the variant's."""
    if not choices:
        return plan
    targets = (changed(t, chosen=choices[t.id]) if t.id in choices else t for t in plan.targets)
    return changed(plan, targets=tuple(targets))


@once_per_plan
def decided(plan: Plan) -> Version:
    """The plan without the costs and projects that depend on a variant that is not chosen.

    Where nothing is chosen, none of what depends on it is left.
    """
    if not priced_targets(plan):
        return Version(plan)
    chosen = {target.id: target.chosen for target in plan.targets}
    projects: list[Project] = []
    left: list[int] = []
    origins: dict[Path, Path] = {}
    for i, project in enumerate(plan.projects):
        if project.when is not None and chosen.get(project.when.target) != project.when.variant:
            continue
        place: Path = ("projects", len(projects))
        costs = [
            j
            for j, cost in enumerate(project.costs)
            if cost.when is None or chosen.get(cost.when.target) == cost.when.variant
        ]
        if len(costs) < len(project.costs):
            project = changed(project, costs=tuple(project.costs[j] for j in costs))
            for n, j in enumerate(costs):
                origins[*place, "costs", n] = ("projects", i, "costs", j)
        origins[place] = ("projects", i)
        projects.append(project)
        left.append(i)
    gone = {p.id for p in plan.projects} - {p.id for p in projects}
    return Version(without_references(changed(plan, projects=tuple(projects)), gone), origins)


def without_references(plan: Plan, gone: set[str]) -> Plan:
    """The plan without what names projects that are no longer there."""
    if not gone:
        return plan
    projects = (
        changed(p, after=tuple(link for link in p.after if link.id not in gone))
        if any(link.id in gone for link in p.after)
        else p
        for p in plan.projects
    )
    exceptions = (e for e in plan.exceptions if e.project not in gone)
    programmes = (
        changed(p, projects=tuple(id for id in p.projects if id not in gone))
        for p in plan.programmes
    )
    return changed(
        plan,
        projects=tuple(projects),
        exceptions=tuple(exceptions),
        programmes=tuple(programmes),
    )
