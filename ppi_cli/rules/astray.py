"""References that lead nowhere, or to a thing of another kind than is expected."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from typing import NamedTuple

from ppi_cli.plan.fields import To
from ppi_cli.plan.model import Plan, once_per_plan
from ppi_cli.plan.reading import Choice
from ppi_cli.plan.scenarios import Scenario
from ppi_cli.plan.walk import Reference, references
from ppi_cli.values.message import Message, msg
from ppi_cli.values.names import KINDS
from ppi_cli.values.nearest import advice, nearest
from ppi_cli.values.spoken_payers import is_own_source

#: To look for the nearest of all ids takes time: only so many references get this advice.
MOST_ADVISED = 50


#: Where things are declared that a plan may do without; a variant is one of a target.
SECTIONS = {
    "funder": "funders",
    "theme": "themes",
    "group": "groups",
    "programme": "programmes",
    "variant": "targets",
}


class Astray(NamedTuple):
    """A reference that leads nowhere, or to a thing of another kind than is expected."""

    reference: Reference
    #: What it names in vain: of a variant, the target where that is what is wrong.
    id: str
    #: The kind of what has the id.
    kind: str | None = None

    @property
    def code(self) -> str:
        """The rule that tells it."""
        if self.reference.to.gone:
            return "PPI131"
        if self.reference.to.kinds == ("class",):
            return "PPI113"
        return "PPI111" if self.kind is None else "PPI112"

    @property
    def what(self) -> Message:
        if self.kind is None:
            return msg("nothing has the id “{id}”", id=self.id)
        return msg("“{id}” is a {kind}", id=self.id, kind=KINDS[self.kind])


@once_per_plan
def astray(plan: Plan) -> Sequence[Astray]:
    """The references that do not lead to what is expected."""
    found: list[Astray] = []
    for each in references(plan, lambda to: _ids_of(plan, to)):
        named, wanted = each.id, each.to.kinds
        if isinstance(named, Choice):
            variants = _variants(plan).get(named.target)
            if variants is None:
                found.append(Astray(each, named.target, _kind_of(plan, named.target)))
            elif named.variant not in variants:
                found.append(Astray(each, named.variant))
        elif isinstance(named, int):
            if plan.priority_classes and named not in plan.class_by_number:
                found.append(Astray(each, str(named)))
        else:
            is_scenario = "scenario" in wanted and named in scenarios_by_id(plan)
            kind = "scenario" if is_scenario else _kind_of(plan, named)
            if kind not in wanted and not ("project" in wanted and _is_added(plan, each, named)):
                found.append(Astray(each, named, kind))
    return found


def _kind_of(plan: Plan, id: str) -> str | None:
    """Of what kind the thing is that has an id."""
    thing = plan.by_id.get(id)
    return None if thing is None else thing.kind


def _is_added(plan: Plan, reference: Reference, id: str) -> bool:
    """Whether a scenario adds the project that is named: one that is done there, or any."""
    if id not in _added(plan):
        return False
    scenario = reference.standing.scenario
    if scenario is None:
        return reference.to.added
    return any(id == project.id for _, each in back_from(plan, scenario) for project in each.add)


@once_per_plan
def _added(plan: Plan) -> Set[str]:
    return {project.id for scenario in plan.scenarios for project in scenario.add}


@once_per_plan
def _variants(plan: Plan) -> Mapping[str, Set[str]]:
    """The ids of the variants of each target, by its own."""
    found: dict[str, set[str]] = {}
    for target in plan.targets:
        found.setdefault(target.id, set()).update(variant.id for variant in target.variants)
    return found


@once_per_plan
def _ids_by_kind(plan: Plan) -> Mapping[str, Set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for id, thing in plan.by_id.items():
        found[thing.kind].add(id)
    return found


def advice_for(plan: Plan, astray: Astray) -> Message | None:
    """What was perhaps meant by a reference, or what kind of thing is expected."""
    if astray.kind is not None:
        return _expected(astray.reference.to)
    known = known_at(plan, astray)
    kinds, named = astray.reference.to.kinds, astray.reference.id
    numbered = [project for project in plan.projects if project.number == astray.id]
    if "project" in kinds and len(numbered) == 1:
        return msg(
            "write {id}: {number} is the number of “{title}”",
            id=numbered[0].id,
            number=astray.id,
            title=numbered[0].title,
        )
    is_declared = not isinstance(named, Choice) or astray.id == named.target
    help = advice(astray.id, known)
    if not is_declared or len(kinds) > 1 or kinds[0] not in SECTIONS:
        return help
    item = {"id": astray.id, "title": _title(kinds[0], astray.id)}
    if kinds[0] == "funder" and is_own_source(astray.id):
        item["own"] = "yes"
    text = ", ".join(f"{key}: {value}" for key, value in item.items())
    words = {"section": SECTIONS[kinds[0]], "item": f"- {{{text}}}"}
    if not known:
        return msg("declare it in the section {section}: {item}", **words)
    if help is None or nearest(astray.id, known, 0.6) is not None:
        return help
    return msg(
        "{choose}; or declare it in the section {section}: {item}",
        choose=help,
        **words,
    )


def _title(kind: str, id: str) -> str:
    """What a thing is perhaps called, by its id: ``caf`` pays as ``CAF``."""
    if kind == "funder" and len(id) <= _INITIALS:
        return id.upper()
    words = id.replace("-", " ").replace("_", " ")
    return words[:1].upper() + words[1:]


#: The name of who pays, of so few letters, is taken for initials.
_INITIALS = 4


def known_at(plan: Plan, astray: Astray) -> Set[str]:
    """What could stand where a reference leads nowhere."""
    named, wanted = astray.reference.id, astray.reference.to.kinds
    if isinstance(named, Choice):
        return _variants(plan).get(named.target, _variants(plan).keys())
    if "scenario" in wanted:
        return scenarios_by_id(plan).keys()
    ids = _ids_of(plan, astray.reference.to)
    if "project" not in wanted:
        return ids
    return ids | {id for id in _added(plan) if _is_added(plan, astray.reference, id)}


def _ids_of(plan: Plan, to: To) -> Set[str]:
    """The ids of the plan's own things that a field may name."""
    if len(to.kinds) == 1:
        return _ids_by_kind(plan).get(to.kinds[0], frozenset())
    return set().union(*(_ids_by_kind(plan).get(kind, ()) for kind in to.kinds))


def _expected(to: To) -> Message:
    """What kind of thing is expected."""
    kinds = ["target" if kind == "variant" else kind for kind in to.kinds]
    if len(kinds) == 1:
        return msg("a {kind} is expected here", kind=KINDS[kinds[0]])
    return msg("one of these is expected here: {kinds}", kinds=[KINDS[kind] for kind in kinds])


def back_from(plan: Plan, scenario: Scenario) -> Iterator[tuple[int, Scenario]]:
    """A scenario, and those that it builds on, each once, with where they stand."""
    known = scenarios_by_id(plan)
    seen: set[str] = set()
    id: str | None = scenario.id
    while id is not None and id in known and id not in seen:
        seen.add(id)
        yield known[id]
        id = known[id][1].based_on


@once_per_plan
def scenarios_by_id(plan: Plan) -> Mapping[str, tuple[int, Scenario]]:
    return {scenario.id: (i, scenario) for i, scenario in enumerate(plan.scenarios)}
