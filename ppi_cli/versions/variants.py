"""Variants: the ways to reach a target, of which one is chosen, and what depends on the choice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ppi_cli.plan.model import Plan, once_per_plan
from ppi_cli.plan.pieces import changed
from ppi_cli.plan.projects import Cost, Project, all_costs
from ppi_cli.plan.reading import Choice
from ppi_cli.plan.reasons import Target
from ppi_cli.values.findings import Path
from ppi_cli.values.message import Message
from ppi_cli.values.names import told_apart
from ppi_cli.versions.version import COSTS, Costs, Version


@once_per_plan
def priced_targets(plan: Plan) -> tuple[Target, ...]:
    """The targets on whose variants costs or projects depend, in the plan's order."""
    if not plan.targets:
        return ()
    projects = [project for project in plan.projects if project.standing != "cancelled"]
    named = {project.when.target for project in projects if project.when is not None}
    for project in projects:
        for _, cost in all_costs(project):
            if cost.when is not None:
                named.add(cost.when.target)
    return tuple(target for target in plan.targets if target.id in named)


def undecided_targets(plan: Plan) -> tuple[Target, ...]:
    """The priced targets of which no variant is chosen: the plan has no figures before."""
    return tuple(target for target in priced_targets(plan) if target.chosen is None)


def priced_by(plan: Plan, choice: Choice) -> Iterator[tuple[Costs, Cost]]:
    """The costs that a choice brings, its own and those of its projects; and what is to run."""
    for project in plan.projects:
        if project.when is None or project.when == choice:
            for name in COSTS:
                for cost in getattr(project, name):
                    if choice in (project.when, cost.when) and cost.when in (None, choice):
                        yield name, cost


@once_per_plan
def choice_names(plan: Plan) -> Mapping[Choice, str | Message]:
    """What each variant is called: by its title, with target and id where two have the same."""
    return told_apart(
        {Choice(t.id, variant.id): variant.title for t in plan.targets for variant in t.variants}
    )


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
    origins: dict[Path, Path] = {}
    for i, project in enumerate(plan.projects):
        place: Path = ("projects", len(projects))
        if project.when is not None and chosen.get(project.when.target) != project.when.variant:
            if (left := what_stays(project)) is not None:
                origins |= origins_of_what_stays(project, left, place, ("projects", i))
                projects.append(left)
            continue
        for name in COSTS:
            costs = getattr(project, name)
            kept = [
                j
                for j, cost in enumerate(costs)
                if cost.when is None or chosen.get(cost.when.target) == cost.when.variant
            ]
            if len(kept) < len(costs):
                project = changed(project, **{name: tuple(costs[j] for j in kept)})
                for n, j in enumerate(kept):
                    origins[*place, name, n] = ("projects", i, name, j)
        origins[place] = ("projects", i)
        projects.append(project)
    gone = {p.id for p in plan.projects} - {p.id for p in projects}
    return Version(without_references(changed(plan, projects=tuple(projects)), gone), origins)


def what_stays(project: Project) -> Project | None:
    """What stays of a project that a step leaves out: what was paid and received in closed years.

    Nothing of it is to come.
    """
    costs = tuple(cost for cost in project.costs if cost.is_paid)
    funding = tuple(each for each in project.funding if each.is_received)
    if not costs and not funding:
        return None
    return changed(
        project,
        costs=costs,
        funding=funding,
        running_costs=(),
        quarters=None,
        when=None,
        after=(),
        status=None,
        costs_outside=(),
        funding_outside=(),
    )


def origins_of_what_stays(
    project: Project, left: Project, place: Path, before: Path
) -> Mapping[Path, Path]:
    """Where the pieces of what stays of a project stood, by where they stand now."""
    origins: dict[Path, Path] = {} if place == before else {place: before}
    for name in ("costs", "funding"):
        was = getattr(project, name)
        for n, piece in enumerate(getattr(left, name)):
            j = next(j for j, each in enumerate(was) if each is piece)
            if (*place, name, n) != (*before, name, j):
                origins[*place, name, n] = (*before, name, j)
    return origins


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
