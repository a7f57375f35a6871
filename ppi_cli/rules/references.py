"""Ids, the references to them, and what must be said once: PPI109 to PPI116 and PPI119."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Set

from ppi_cli.amounts import amounts
from ppi_cli.findings import Finding, Path, Related
from ppi_cli.links import after_links, answer_links
from ppi_cli.message import Message, msg
from ppi_cli.model import (
    Funder,
    Plan,
    Programme,
    Project,
    Recommendation,
    Theme,
    Thing,
    once_per_plan,
)
from ppi_cli.money import CURRENCY_SIGNS
from ppi_cli.names import KINDS
from ppi_cli.nearest import advice
from ppi_cli.rules.cycles import cycles
from ppi_cli.rules.rule import rule


@rule("PPI109", "error")
def amount_in_another_currency(plan: Plan) -> Iterator[Finding]:
    """An amount is in another currency than the plan.

    Sums of two currencies mean nothing; the tool knows no exchange rates.
    """
    currency = plan.header.currency
    names = ("", currency, CURRENCY_SIGNS.get(currency, currency))
    own = {scale + name for scale in ("", "k", "K", "M") for name in names}
    for _, path, money, _ in amounts(plan):
        if money.unit not in own:
            sign = money.unit[-1:] if money.unit[-1] in "€$£" else money.unit[-3:]
            yield Finding(
                path,
                msg(
                    "the amount is in {sign}, the plan in {currency}", sign=sign, currency=currency
                ),
                help=msg(
                    "write it in {currency}, or change “currency” of the plan", currency=currency
                ),
            )


@rule("PPI110", "error")
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
    of_scenarios: dict[str, Path] = {}
    for i, scenario in enumerate(plan.scenarios):
        if (earlier := of_scenarios.setdefault(scenario.id, ("scenarios", i))) != ("scenarios", i):
            yield _taken(scenario.id, ("scenarios", i), earlier)
        for j, project in enumerate(scenario.add):
            if project.id in first and project.id not in scenario.drop:
                yield _taken(project.id, ("scenarios", i, "add", j), first[project.id])


def _taken(id: str, path: Path, first: Path) -> Finding:
    return Finding(
        (*path, "id"),
        msg("the id “{id}” is already taken", id=id),
        help=msg("give one of them another id, and change the links that mean it"),
        related=(Related((*first, "id"), msg("it is first used here")),),
    )


@rule("PPI111", "error")
def references_lead_somewhere(plan: Plan) -> Iterator[Finding]:
    """A reference names something that the plan does not have.

    What belongs to nothing would be in no total, and a link that leads nowhere explains nothing.
    """
    for n, (path, id, known) in enumerate(_unknown_ids(plan)):
        help = advice(id, known) if n < _MOST_ADVISED else None
        yield Finding(path, msg("nothing has the id “{id}”", id=id), help=help, missing_id=id)


@rule("PPI112", "error")
def references_lead_to_the_right_kind(plan: Plan) -> Iterator[Finding]:
    """A reference names a thing of a kind that makes no sense there.

    A project belongs to a theme, comes after projects, and answers what explains it: a
    recommendation, a target, a finding, a risk, a commitment, a context.
    """
    for path, id in _wrong_themes(plan):
        if id in plan.by_id:
            yield _wrong_kind(plan, path, id, msg("a theme is expected here"))
    unexplaining = _ids_by_kind(plan)[Theme] | _ids_by_kind(plan)[Project]
    for path, _, link in answer_links(plan):
        if link.id in unexplaining:
            yield _wrong_kind(
                plan,
                (*path, "id"),
                link.id,
                msg(
                    "“answers” can name recommendations, targets, findings, risks, commitments"
                    " or context"
                ),
            )
    for path, _, link in after_links(plan):
        if not isinstance(plan.by_id.get(link.id), Project | None):
            yield _wrong_kind(plan, (*path, "id"), link.id, msg("“after” can only name projects"))
    for path, id, kind in _named_things(plan):
        if not isinstance(plan.by_id.get(id), kind | None):
            expected = msg("a {kind} is expected here", kind=KINDS[kind.kind])
            yield _wrong_kind(plan, path, id, expected)


@rule("PPI113", "error")
def classes_are_declared(plan: Plan) -> Iterator[Finding]:
    """A recommendation or a project is in a class that is not among the priority classes.

    Where the classes are listed, the list is whole: another number is a mistake.
    """
    if not plan.priority_classes:
        return
    named: list[tuple[Path, int | None]] = [
        (("recommendations", i, "class"), r.class_) for i, r in enumerate(plan.recommendations)
    ]
    named += [(("projects", i, "priority"), p.priority) for i, p in enumerate(plan.projects)]
    named += [(("exceptions", i, "class"), e.class_) for i, e in enumerate(plan.exceptions)]
    for path, number in named:
        if number is not None and number not in plan.class_by_number:
            yield Finding(
                path,
                msg("there is no class {number}", number=number),
                help=msg("the classes are: {names}", names=sorted(plan.class_by_number)),
                missing_id=str(number),
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


@rule("PPI119", "warning")
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


@rule("PPI116", "error")
def costs_have_one_time(plan: Plan) -> Iterator[Finding]:
    """A cost says neither its year nor its quarter, or both.

    Without a time it is in no year's total; with two, nobody can say in which. One that is paid in
    several years says “years”.
    """
    for i, project in enumerate(plan.projects):
        for j, cost in enumerate(project.costs):
            times = [
                name for name in ("year", "quarter", "years") if getattr(cost, name) is not None
            ]
            if len(times) != 1:
                message = msg("this cost has neither a year nor a quarter")
                if times:
                    message = msg("this cost has several times: {names}", names=times)
                yield Finding(
                    ("projects", i, "costs", j, times[0] if times else "year"),
                    message,
                    help=msg("write one of year: 2016, quarter: 2016-T3, years: 2016..2018"),
                )


def _wrong_themes(plan: Plan) -> Iterator[tuple[Path, str]]:
    """Where a theme is named, and is none."""
    themes = _ids_by_kind(plan)[Theme]
    for section in ("projects", "findings", "targets"):
        for i, thing in enumerate(getattr(plan, section)):
            if thing.theme is not None and thing.theme not in themes:
                yield (section, i, "theme"), thing.theme


@once_per_plan
def _ids_by_kind(plan: Plan) -> Mapping[type[Thing], set[str]]:
    found: dict[type[Thing], set[str]] = defaultdict(set)
    for id, thing in plan.by_id.items():
        found[type(thing)].add(id)
    return found


def _wrong_kind(plan: Plan, path: Path, id: str, expected: Message) -> Finding:
    return Finding(
        path, msg("“{id}” is a {kind}", id=id, kind=KINDS[plan.by_id[id].kind]), help=expected
    )


#: To look for the nearest of all ids takes time: only so many references get this advice.
_MOST_ADVISED = 50


def _unknown_ids(plan: Plan) -> Iterator[tuple[Path, str, Set[str]]]:
    """The references to ids that nothing has, and the ids that could stand there."""
    ids = _ids_by_kind(plan)
    reasons: set[str] = set().union(*(ids[k] for k in ids if k not in (Theme, Project)))
    for path, id in _wrong_themes(plan):
        if id not in plan.by_id:
            yield path, id, ids[Theme]
    for path, _, link in answer_links(plan):
        if link.id not in plan.by_id:
            yield (*path, "id"), link.id, reasons
    for path, _, link in after_links(plan):
        if link.id not in plan.by_id:
            yield (*path, "id"), link.id, ids[Project]
    for i, target in enumerate(plan.targets):
        variants = {variant.id for variant in target.variants}
        if target.chosen is not None and target.chosen not in variants:
            yield ("targets", i, "chosen"), target.chosen, variants
    for path, id, kind in _named_things(plan):
        if id not in plan.by_id and id not in _added_projects(plan):
            yield path, id, ids[kind]
    yield from _unknown_variants(plan)
    scenarios = {scenario.id for scenario in plan.scenarios}
    for i, scenario in enumerate(plan.scenarios):
        if scenario.based_on is not None and scenario.based_on not in scenarios:
            yield ("scenarios", i, "based_on"), scenario.based_on, scenarios


def _named_things(plan: Plan) -> Iterator[tuple[Path, str, type[Thing]]]:
    """What exceptions, programmes and scenarios name, and the kind that each must be of."""
    for i, exception in enumerate(plan.exceptions):
        for kind in (Project, Theme, Recommendation, Programme):
            if (id := getattr(exception, kind.kind)) is not None:
                yield ("exceptions", i, kind.kind), id, kind
    for i, project in enumerate(plan.projects):
        for j, funding in enumerate(project.funding):
            yield ("projects", i, "funding", j, "from"), funding.from_, Funder
    for i, programme in enumerate(plan.programmes):
        for j, id in enumerate(programme.projects):
            yield ("programmes", i, "projects", j), id, Project
        for j, resource in enumerate(programme.resources):
            if resource.from_ is not None:
                yield ("programmes", i, "resources", j, "from"), resource.from_, Funder
    for i, scenario in enumerate(plan.scenarios):
        path: Path = ("scenarios", i)
        for j, id in enumerate(scenario.drop):
            yield (*path, "drop", j), id, Project
        for j, change in enumerate(scenario.change):
            if change.project is not None:
                yield (*path, "change", j, "project"), change.project, Project
            if change.theme is not None:
                yield (*path, "change", j, "theme"), change.theme, Theme
        for j, project in enumerate(scenario.add):
            yield (*path, "add", j, "theme"), project.theme, Theme


def _added_projects(plan: Plan) -> set[str]:
    return {project.id for scenario in plan.scenarios for project in scenario.add}


def _unknown_variants(plan: Plan) -> Iterator[tuple[Path, str, Set[str]]]:
    """Where a variant is named, and there is none, or no target that has it."""
    variants = {target.id: {variant.id for variant in target.variants} for target in plan.targets}
    named: list[tuple[Path, str, str]] = []
    for i, project in enumerate(plan.projects):
        if (when := project.when) is not None:
            path: Path = ("projects", i, "when")
            named.append((path, when.target, when.variant))
        for name in ("costs", "running_costs"):
            for j, cost in enumerate(getattr(project, name)):
                if (when := cost.when) is not None:
                    path = ("projects", i, name, j, "when")
                    named.append((path, when.target, when.variant))
    for i, scenario in enumerate(plan.scenarios):
        for target, variant in scenario.choose.items():
            path = ("scenarios", i, "choose", target)
            named.append((path, target, variant))
    for path, target, variant in named:
        if target not in variants:
            yield path, target, variants.keys()
        elif variant not in variants[target]:
            yield path, variant, variants[target]
