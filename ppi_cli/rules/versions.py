"""Variants and scenarios."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ppi_cli.plan.becoming import Impossible
from ppi_cli.plan.model import Plan
from ppi_cli.plan.projects import Project, all_costs
from ppi_cli.plan.reading import Choice
from ppi_cli.plan.scenarios import ScenarioChange
from ppi_cli.rules.cycles import cycles
from ppi_cli.rules.rule import rule
from ppi_cli.values.findings import Finding, Path, Related
from ppi_cli.values.message import Message, msg
from ppi_cli.versions.variants import undecided_targets

#: What a change can do to a project, and to a theme.
_OF_PROJECT = ("shift", "start", "stretch", "costs", "percent")
_OF_THEME = ("envelope", "percent")


@rule("PPI117", "error")
def scenarios_do_not_go_round(plan: Plan) -> Iterator[Finding]:
    """A scenario builds on itself, directly or through others.

    There would be no plan to begin with.
    """
    based_on = {s.id: [s.based_on] for s in plan.scenarios if s.based_on is not None}
    places = {scenario.id: i for i, scenario in enumerate(plan.scenarios)}
    for loop in cycles(based_on):
        yield Finding(
            ("scenarios", places[loop[0]], "based_on"),
            msg("these scenarios build on one another in a circle: {names}", names=loop),
            help=msg("remove one of the links"),
        )


@rule("PPI118", "error")
def changes_of_scenarios_say_what(plan: Plan) -> Iterator[Finding]:
    """A change of a scenario does not say what of one thing it changes, or how.

    It names one project or one theme, and what is done to it: a project is shifted, started,
    stretched or costs otherwise; a theme has another envelope.
    """
    for i, scenario in enumerate(plan.scenarios):
        for j, change in enumerate(scenario.change):
            path: Path = ("scenarios", i, "change", j)
            if (change.project is None) == (change.theme is None):
                yield Finding(
                    path,
                    msg("this change names no project or theme, or both"),
                    help=msg("write “project: …” or “theme: …”, and what is changed of it"),
                )
                continue
            fitting = _OF_PROJECT if change.project is not None else _OF_THEME
            said = [key for key in (*_OF_PROJECT, "envelope") if _says(change, key)]
            for key in said:
                if key not in fitting:
                    yield Finding(
                        (*path, key),
                        msg("“{key}” is nothing that can be changed of it", key=key),
                        help=_possible(fitting),
                        at_key=True,
                    )
            if not said:
                yield Finding(
                    path, msg("this change does not say what is changed"), help=_possible(fitting)
                )


def _says(change: ScenarioChange, key: str) -> bool:
    value = getattr(change, key)
    return value is not None and value != {}


def _possible(keys: tuple[str, ...]) -> Message:
    return msg("write one of: {names}", names=keys)


@rule("PPI120", "error", each_project=True)
def costs_depend_on_one_choice(plan: Plan) -> Iterator[Finding]:
    """A cost depends on another target than its project does.

    The choices of a plan do not depend on one another: what a variant costs would otherwise
    depend on what is chosen elsewhere.
    """
    for i, project in enumerate(plan.projects):
        for place, cost in all_costs(project) if project.when is not None else ():
            yield from _depends_on_another(project, cost.when, ("projects", i, *place))
    projects = {p.id: p for s in plan.scenarios for p in s.add} | {p.id: p for p in plan.projects}
    for i, scenario in enumerate(plan.scenarios):
        for j, change in enumerate(scenario.change):
            if (changed := projects.get(change.project or "")) is not None:
                for year, instead in change.costs.items():
                    path = ("scenarios", i, "change", j, "costs", str(year))
                    yield from _depends_on_another(changed, instead.when, path)


def _depends_on_another(project: Project, when: Choice | None, path: Path) -> Iterator[Finding]:
    """What is found where a cost depends on another target than its project does."""
    if project.when is not None and when is not None and when.target != project.when.target:
        yield Finding(
            (*path, "when"),
            msg(
                "this cost depends on “{own}”, and its project on “{target}”",
                own=when.target,
                target=project.when.target,
            ),
            help=msg("give the cost a project of its own"),
        )


@rule("PPI205", "error")
def scenarios_can_be_done(plan: Plan) -> Iterator[Finding]:
    """A scenario asks for what cannot be done to the plan.

    A project without quarters cannot be shifted, one without costs has none to change, and
    nothing can be done to a project that was left out before.
    """
    if (version := plan.version) is not None:
        found: Iterable[Impossible] = version.impossible
    elif plan.scenarios:
        from ppi_cli.versions.scenarios import impossible

        found = impossible(plan)
    else:
        return
    for each in found:
        yield Finding(each.path, each.message, help=each.help)


@rule("PPI408", "info", before_choices=True, as_chosen=True, plan_itself=True)
def variants_with_a_price_are_decided(plan: Plan) -> Iterator[Finding]:
    """Costs or projects depend on a variant, and none is chosen.

    The plan has no figures until one is, in the plan or with --variant. What depends on it is not
    judged either.
    """
    places = {id(target): i for i, target in enumerate(plan.targets)}
    for target in undecided_targets(plan):
        i = places[id(target)]
        names = [variant.id for variant in target.variants]
        yield Finding(
            ("targets", i, "id"),
            msg("“{title}” has variants with a price, and none is chosen", title=target.title),
            help=msg("choose one with “chosen”, or with --variant: {names}", names=names),
            related=tuple(
                Related(("targets", i, "variants", j, "id"), msg("this is one of them"))
                for j in range(len(target.variants))
            ),
        )
