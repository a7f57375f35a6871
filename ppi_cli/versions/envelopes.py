"""The envelopes of a version: what they hold beyond known costs stays, and the rest follows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ppi_cli.plan.finance import Theme
from ppi_cli.plan.model import Plan
from ppi_cli.plan.projects import Cost, Project
from ppi_cli.plan.reading import Choice
from ppi_cli.plan.reasons import Target
from ppi_cli.versions.costs import Worked, can_be_reckoned, in_prices


def following(envelope: int, before: int | None, after: int, first: int = 0) -> int:
    """The envelope of a theme and a year in a version, in cents.

    ``before`` and ``after`` are the known costs that it bounds, in the plan (``None`` where none is
    known) and in the version; ``first`` is what of those after is for projects of the plan that had
    no cost: the envelope was for them too, so that only what passes what is not split by project
    comes on top. An envelope that is passed already does not grow.
    """
    if before is not None and before > envelope:
        return min(envelope, after)
    not_split = envelope - (before or 0)
    return after + not_split - max(0, min(first, not_split))


def is_beside(theme: Theme | None, cost: Cost) -> bool:
    """Whether a cost is in the section that the envelope of its theme does not bound."""
    if theme is None or theme.section is None:
        return False
    return cost.in_section not in (None, theme.section)


class Bounded(NamedTuple):
    """The known costs of a theme in a year that its envelope bounds, in cents."""

    cents: int = 0
    assumed: bool = False
    #: The variant of each open target that costs most, which is the one that counts.
    variants: tuple[Choice, ...] = ()


class _Part(NamedTuple):
    """What costs that depend on the same choice come to in a year, and whether any is assumed."""

    cents: int = 0
    assumed: bool = False

    def and_(self, cost: Cost) -> _Part:
        assert cost.amount is not None
        return _Part(self.cents + cost.amount.cents, self.assumed or cost.basis == "assumed")


#: By year and choice.
Parts = Mapping[tuple[int, Choice | None], _Part]


def parts_of(plan: Plan, theme: Theme | None, project: Project, costs: Sequence[Cost]) -> Parts:
    """What a project costs of its theme's envelope, by year and by the choice that it depends on.

    In the prices of each year, without what it costs to run; what depends on two variants of a
    target at once never counts.
    """
    if can_be_reckoned(plan.indexation) and any(cost.indexed for cost in costs):
        worked = [Worked(cost, ("costs", j)) for j, cost in enumerate(costs)]
        assert plan.indexation is not None
        costs = [each.cost for each in in_prices(worked, plan.indexation)]
    found: dict[tuple[int, Choice | None], _Part] = defaultdict(_Part)
    for cost in costs:
        choices = {project.when, cost.when} - {None}
        if cost.amount is None or cost.in_year is None or len(choices) > 1:
            continue
        if not is_beside(theme, cost):
            key = cost.in_year, next(iter(choices), None)
            found[key] = found[key].and_(cost)
    return found


def bounded(parts: Iterable[Parts], targets: Iterable[Target]) -> Mapping[int, Bounded]:
    """What the costs of projects of a theme come to in each year, of which there are any.

    Where a target has no variant chosen, the one counts that costs most.
    """
    by_year: dict[int, dict[Choice | None, _Part]] = defaultdict(lambda: defaultdict(_Part))
    for each in parts:
        for (year, choice), part in each.items():
            sum_ = by_year[year][choice]
            by_year[year][choice] = _Part(sum_.cents + part.cents, sum_.assumed or part.assumed)
    known = list(targets)
    return {year: _bounded(by_choice, known) for year, by_choice in by_year.items()}


def _bounded(by_choice: Mapping[Choice | None, _Part], targets: Sequence[Target]) -> Bounded:
    sums = [by_choice.get(None, _Part())]
    variants: list[Choice] = []
    for target in targets if len(by_choice) > 1 or None not in by_choice else ():
        if target.chosen is not None:
            sums.append(by_choice.get(Choice(target.id, target.chosen), _Part()))
            continue
        own = list(_of_target(by_choice, target))
        if any(part.cents for _, part in own):
            dearest, part = max(own, key=lambda each: each[1].cents)
            variants.append(dearest)
            sums.append(part)
    return Bounded(
        sum(part.cents for part in sums), any(part.assumed for part in sums), tuple(variants)
    )


def _of_target(
    by_choice: Mapping[Choice | None, _Part], target: Target
) -> Iterator[tuple[Choice, _Part]]:
    for variant in target.variants:
        choice = Choice(target.id, variant.id)
        yield choice, by_choice.get(choice, _Part())


def is_covered(plan: Plan, project: Project) -> bool:
    """Whether an envelope is stated for all years of a project's work, or it needs no money."""
    if project.money == "none":
        return True
    if project.quarters is None:
        return False
    years = (year for year in project.quarters.years if year in plan.years)
    return all(has_envelope(plan, project, year) for year in years)


def has_envelope(plan: Plan, project: Project, year: int) -> bool:
    """Whether an envelope holds money for a project's theme in a year."""
    theme = plan.by_id.get(project.theme)
    envelope = theme.envelope.get(year) if isinstance(theme, Theme) else None
    return envelope is not None and envelope.amount.cents > 0
