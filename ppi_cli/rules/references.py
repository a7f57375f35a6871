"""Ids, the references to them, and what must be said once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from ppi_cli.plan.amounts import amounts
from ppi_cli.plan.links import after_links, answer_links
from ppi_cli.plan.model import Plan, Thing
from ppi_cli.plan.projects import Project
from ppi_cli.plan.reasons import Recommendation
from ppi_cli.plan.scenarios import Scenario
from ppi_cli.rules.astray import MOST_ADVISED, Astray, advice_for, astray, back_from, known_at
from ppi_cli.rules.cycles import cycles
from ppi_cli.rules.rule import rule
from ppi_cli.values.findings import Finding, Path, Related
from ppi_cli.values.message import msg
from ppi_cli.values.money import Money, sign_of
from ppi_cli.values.nearest import meant, nearest


@rule("PPI109", "error", before_choices=True)
def amount_in_another_currency(plan: Plan) -> Iterator[Finding]:
    """An amount is in another currency than the plan.

    Sums of two currencies mean nothing; the tool knows no exchange rates.
    """
    currency = plan.header.currency
    sign = sign_of(currency)
    unit = plan.header.notation.unit or ""
    own = {scale + name for scale in ("", "k", "K", "M") for name in ("", currency, sign)} | {unit}
    found = [(amount.path, amount.money) for amount in amounts(plan, passed_over=own)]
    if unit:
        found.insert(0, (("plan", "unit"), Money(0, unit)))  # that of all which have none
    for path, money in found:
        if money.currency not in ("", currency, sign):
            yield Finding(
                path,
                msg(
                    "the amount is in {sign}, the plan in {currency}",
                    sign=money.currency,
                    currency=currency,
                ),
                help=msg(
                    "write it in {currency}, or change “currency” of the plan", currency=currency
                ),
            )


@rule("PPI110", "error", before_choices=True)
def ids_are_unique(plan: Plan) -> Iterator[Finding]:
    """Two things have the same id.

    Links name things by id, so an id stands for one thing in the whole plan, whatever its kind;
    the id of a variant, for one variant of its target.
    """
    first: dict[str, Path] = {}
    for path, thing in plan.things():
        assert thing.id is not None
        if (earlier := first.setdefault(thing.id, path)) is not path:
            yield _taken(thing.id, path, earlier)
    for i, target in enumerate(plan.targets):
        of_variants: dict[str, Path] = {}
        for j, variant in enumerate(target.variants):
            path = ("targets", i, "variants", j)
            if variant.id in of_variants:
                yield _taken(variant.id, path, of_variants[variant.id])
            else:
                of_variants[variant.id] = path
    yield from _taken_in_scenarios(plan, first)


def _taken_in_scenarios(plan: Plan, first: Mapping[str, Path]) -> Iterator[Finding]:
    """The ids of scenarios, and of what they add to what is there when they are done."""
    places: dict[str, int] = {}
    for i, scenario in enumerate(plan.scenarios):
        if (earlier := places.setdefault(scenario.id, i)) != i:
            yield _taken(scenario.id, ("scenarios", i), ("scenarios", earlier))
        own: dict[str, Path] = {}
        for j, project in enumerate(scenario.add):
            path: Path = ("scenarios", i, "add", j)
            if project.id in own:
                yield _taken(project.id, path, own[project.id])
            elif (there := _there_before(plan, scenario, project.id, first)) is not None:
                yield _taken(project.id, path, there)
            own.setdefault(project.id, path)


def _there_before(
    plan: Plan, scenario: Scenario, id: str, first: Mapping[str, Path]
) -> Path | None:
    """Where what has an id stands, in the plan that a scenario adds to.

    Of the scenarios that it builds on, the last that leaves it out or adds it says so.
    """
    for i, each in back_from(plan, scenario):
        if each is not scenario:
            for j, project in enumerate(each.add):
                if project.id == id:
                    return ("scenarios", i, "add", j)
        if id in each.drop:
            return None
    return first.get(id)


def _taken(id: str, path: Path, first: Path) -> Finding:
    return Finding(
        (*path, "id"),
        msg("the id “{id}” is already taken", id=id),
        help=msg("give one of them another id, and change the links that mean it"),
        related=(Related((*first, "id"), msg("it is first used here")),),
    )


@rule("PPI111", "error", before_choices=True)
def references_lead_somewhere(plan: Plan) -> Iterator[Finding]:
    """A reference names something that the plan does not have.

    What belongs to nothing would be in no total, and a link that leads nowhere explains nothing.
    An id that is named in several places is told of once, at the first of them.
    """
    alike: dict[object, list[Astray]] = defaultdict(list)
    for each in astray(plan):
        if each.code == "PPI111":
            scenario = each.reference.standing.scenario
            of = scenario and scenario.id
            alike[each.id, each.reference.id, each.reference.to.kinds, of].append(each)
    for n, (first, *others) in enumerate(alike.values()):
        yield Finding(
            first.reference.path,
            first.what,
            help=advice_for(plan, first) if n < MOST_ADVISED else None,
            missing_id=first.id,
            related=tuple(
                Related(each.reference.path, msg("it is named here too")) for each in others
            ),
        )


@rule("PPI112", "error", before_choices=True)
def references_lead_to_the_right_kind(plan: Plan) -> Iterator[Finding]:
    """A reference names a thing of a kind that makes no sense there.

    A project belongs to a theme, comes after projects, and answers what explains it: a
    recommendation, a target, a finding, a risk, a commitment, a context.
    """
    for each in astray(plan):
        if each.code == "PPI112":
            yield Finding(each.reference.path, each.what, help=advice_for(plan, each))


@rule("PPI113", "error", before_choices=True)
def classes_are_declared(plan: Plan) -> Iterator[Finding]:
    """A recommendation or a project is in a class that is not among the priority classes.

    Where the classes are listed, the list is whole: another number is a mistake.
    """
    for each in astray(plan):
        if each.code == "PPI113":
            yield Finding(
                each.reference.path,
                msg("there is no class {number}", number=each.id),
                help=msg("the classes are: {names}", names=sorted(plan.class_by_number)),
                missing_id=each.id,
            )


@rule("PPI114", "error")
def classes_are_declared_once(plan: Plan) -> Iterator[Finding]:
    """A priority class is declared twice.

    A class has one title, and asks one thing of its projects.
    """
    first: dict[int, int] = {}
    for i, c in enumerate(plan.priority_classes):
        if (j := first.setdefault(c.class_, i)) != i:
            yield Finding(
                ("priority_classes", i, "class"),
                msg("class {number} is declared twice", number=c.class_),
                help=msg("number the classes 1, 2, 3 … from the most urgent"),
                related=(
                    Related(("priority_classes", j, "class"), msg("it is declared here first")),
                ),
            )


@rule("PPI115", "error")
def answers_do_not_go_round(plan: Plan) -> Iterator[Finding]:
    """A thing answers itself, directly or through others.

    What explains a thing cannot be explained by it.
    """
    after: dict[str, list[str]] = {}
    places: dict[tuple[str, str], Path] = {}
    for path, thing, link in answer_links(plan):
        if thing.kind != "project" and thing.id is not None:  # nothing may answer a project
            after.setdefault(thing.id, []).append(link.id)
            places.setdefault((thing.id, link.id), (*path, "id"))
    for loop in cycles(after):
        yield Finding(
            places[loop[0], loop[1]],
            msg("these answer one another in a circle: {names}", names=loop),
            help=msg("remove one of the links"),
        )


@rule("PPI119", "warning", each_project=True)
def links_are_made_once(plan: Plan) -> Iterator[Finding]:
    """The same thing is named twice in one list of links.

    One of the two was perhaps meant to name another.
    """
    for links in (answer_links(plan), after_links(plan)):
        first: dict[tuple[int, str], Path] = {}
        for path, thing, link in links:
            if (earlier := first.setdefault((id(thing), link.id), path)) is not path:
                yield Finding(
                    (*path, "id"),
                    msg("“{id}” is named twice in this list", id=link.id),
                    help=msg("remove one of them, or name what was meant"),
                    related=(Related((*earlier, "id"), msg("it is named here first")),),
                    subject=_subject(thing),
                )


def _subject(thing: Thing) -> dict[str, object]:
    """What an exception may name of a thing that answers others."""
    if isinstance(thing, (Project, Recommendation)):
        return {thing.kind: thing.id}
    theme = getattr(thing, "theme", None)
    return {} if theme is None else {"theme": theme}


@rule("PPI131", "info", before_choices=True, plan_itself=True)
def reasons_name_what_is_there(plan: Plan) -> Iterator[Finding]:
    """The section “changes” gives a reason for what this version of the plan does not have.

    It is right where that was left out since the version before; else the id is mistyped, and the
    reason explains nothing.
    """
    for n, each in enumerate(each for each in astray(plan) if each.code == "PPI131"):
        near = nearest(each.id, known_at(plan, each)) if n < MOST_ADVISED else None
        help = msg("correct it, unless the version before has what it names")
        if near is not None:
            help = meant(near)
        yield Finding(each.reference.path, each.what, help=help, missing_id=each.id)
