"""Scenarios: other versions of a plan, made by choices and changes that have a name.

Each is a step. A step changes projects and envelopes as it says; then the envelopes follow the
projects (see ``envelopes.py``), and who pays and what is to run move with them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from ppi_cli.plan.becoming import Impossible, Moved
from ppi_cli.plan.model import Plan, once_per_plan
from ppi_cli.plan.scenarios import Scenario
from ppi_cli.versions.cancelled import with_marks, without_cancelled
from ppi_cli.versions.costs import (
    followed,
    priced,
    written_out,
)
from ppi_cli.versions.funding import funded, lost_with_costs
from ppi_cli.versions.making import Made, Making
from ppi_cli.versions.variants import decided
from ppi_cli.versions.version import Version


def chain(plan: Plan, scenario: Scenario) -> list[Scenario]:
    """The scenario after those that it builds on; of a circle, each once."""
    known = {each.id: each for each in plan.scenarios}
    found = {scenario.id: scenario}
    while (before := known.get(scenario.based_on or "")) is not None and before.id not in found:
        found[before.id] = scenario = before
    return list(reversed(found.values()))


def done(plan: Plan, scenarios: Sequence[Scenario], *, keep_envelopes: bool = False) -> Made:
    """The plan with the scenarios done to it, one after the other; its variants are still open.

    Where work or costs come to lie beyond the plan's years, its years go on until there.
    """
    return making_of(plan, scenarios, keep_envelopes=keep_envelopes).made()


def making_of(plan: Plan, scenarios: Sequence[Scenario], *, keep_envelopes: bool = False) -> Making:
    """The plan while it becomes another one, with the scenarios done to it so far."""
    making = Making(plan, keep_envelopes=keep_envelopes)
    for scenario in scenarios:
        making.apply(scenario)
    return making


def computed(version: Version) -> Version:
    """The version that is computed with: variants decided, costs and who pays worked out."""
    return version.then(followed).then(decided).then(priced).then(funded).then(with_marks)


def alone(making: Making, id: str) -> Callable[[int], tuple[Plan, Sequence[Moved]]]:
    """What becomes of one project that comes so many quarters later, in what is made so far.

    It is in a plan of it alone that is computed, without any envelope, as it would be in the whole
    plan; beside it stands what others pay that would come too late.
    """
    own = making.alone(id)

    def later(quarters: int) -> tuple[Plan, Sequence[Moved]]:
        moved, lost = own.later(id, quarters)
        found = computed(Version(moved)).plan
        return found, (*lost, *lost_with_costs(found))

    return later


def applied(plan: Plan, scenarios: Sequence[Scenario], *, keep_envelopes: bool = False) -> Version:
    """The version that scenarios make, with its variants decided and its costs worked out."""
    return computed(done(plan, scenarios, keep_envelopes=keep_envelopes).version)


@once_per_plan
def worked_out(plan: Plan) -> Version:
    """The plan as it is written, with its variants decided and its costs worked out."""
    return computed(Version(plan).then(without_cancelled).then(written_out))


def impossible(plan: Plan) -> Iterator[Impossible]:
    """What the scenarios of a plan cannot do to it, each after those that it builds on."""
    known = {scenario.id: scenario for scenario in plan.scenarios}
    done_: dict[str, Making] = {}
    as_written = Making(plan)
    for scenario in plan.scenarios:
        todo: dict[str, Scenario] = {}
        each: Scenario | None = scenario
        while each is not None and each.id not in done_ and each.id not in todo:
            todo[each.id] = each
            each = known.get(each.based_on or "")
        making = as_written if each is None or each.id in todo else done_[each.id]
        for each in reversed(todo.values()):
            making = done_[each.id] = making.then(each)
            yield from making.impossible
