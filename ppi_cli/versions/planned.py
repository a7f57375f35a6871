"""What the plan has in a year for what the accounts tell of, as it is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ppi_cli.plan.finance import Theme
from ppi_cli.plan.model import Plan, once_per_plan
from ppi_cli.plan.projects import Cost, Project
from ppi_cli.values.money import ZERO, Money, total
from ppi_cli.versions.costs import Worked, worked_costs
from ppi_cli.versions.envelopes import is_beside


@once_per_plan
def counting(plan: Plan) -> Mapping[str, Sequence[Worked]]:
    """The costs of each project in the plan as it is written, without variants not chosen."""
    chosen = {target.id: target.chosen for target in plan.targets}

    def counts(*choices: object) -> bool:
        return all(c is None or chosen.get(c.target) == c.variant for c in choices)  # type: ignore[attr-defined]

    return {
        project.id: [
            each
            for each in worked_costs(plan, project)
            if counts(project.when, each.cost.when) and project.standing != "cancelled"
        ]
        for project in plan.projects
    }


def worked_in(plan: Plan, project: object, year: int) -> Sequence[Worked]:
    """The costs of a project in a year, as the plan is written, in the prices of the year."""
    if not isinstance(project, Project):
        return ()
    found = counting(plan).get(project.id, ())
    return [each for each in found if each.cost.in_year == year and not each.cost.is_outside]


def costs_in(plan: Plan, project: object, year: int) -> Sequence[Cost]:
    """The same, without where they come from."""
    return [each.cost for each in worked_in(plan, project, year)]


def states_a_cost(plan: Plan, id: str, year: int, *, has_spent: bool) -> bool:
    """Whether the plan says what a project costs, so that a year without a cost has none.

    Once it has paid something in a closed year, that is what it is known to cost.
    """
    project = plan.by_id.get(id)
    if isinstance(project, Project) and project.money == "none":
        return True
    known = counting(plan).get(id, ())
    if any(each.cost.in_year == year and each.cost.amount is None for each in known):
        return False
    return has_spent or any(each.cost.amount is not None for each in known)


def not_split_in(plan: Plan, theme: str, year: int, more: Money = ZERO) -> Money | None:
    """What the envelope of a theme, and more, holds in a year beyond its projects' costs."""
    found = plan.by_id.get(theme)
    stated = found.envelope.get(year) if isinstance(found, Theme) else None
    if stated is None:
        return ZERO
    own = (c for p in plan.projects if p.theme == theme for c in costs_in(plan, p, year))
    known = total(c.amount for c in own if not is_beside(found, c)) or ZERO  # type: ignore[arg-type]
    return max(ZERO, stated.amount + more - known)


def counted_costs(plan: Plan, project: Project) -> Sequence[Cost]:
    """The costs of a project in the plan as it is written, without variants not chosen."""
    return [each.cost for each in counting(plan).get(project.id, ())]
