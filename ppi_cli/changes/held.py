"""Next year's plan held against the plan that it comes from, both as executed.

Where more has come of a share of costs than was due, what is left of it is an amount a year. If a
later year is closed too, and has paid other than it was voted, no one amount is both what the share
was to be and what it is: then there is no plan that says both.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple, TypeAlias

from ppi_cli.plan.model import Plan
from ppi_cli.plan.projects import Project
from ppi_cli.versions.account_lines import closed_years
from ppi_cli.versions.choices import Choices
from ppi_cli.versions.executed import as_executed

#: By funder and year, in cents.
_Coming: TypeAlias = Mapping[tuple[str, int], int]


class Apart(NamedTuple):
    """What of a project comes otherwise in a year, as executed, than before the roll."""

    project: Project
    funder: str
    year: int
    #: The first year that stays and is closed.
    closed: int


def funding_apart(old: Plan, new: Plan) -> Apart | None:
    """The first funding of a year that stays that the roll would tell otherwise.

    Or that would be taken for early then, and was not before.
    """
    closed = [year for year in closed_years(old) if year in new.years]
    if not closed:
        return None
    before, after = _coming(old), _coming(new)
    for project in new.projects:
        was, is_ = before.get(project.id, {}), after.get(project.id, {})
        for funder, year in sorted({*was, *is_}):
            stays = year in old.years and year in new.years
            if stays and was.get((funder, year), 0) != is_.get((funder, year), 0):
                return Apart(project, funder, year, closed[0])
    were_early = {(each.project, each.funder) for each in as_executed(old).early}
    for each in as_executed(new).early:
        if (each.project, each.funder) not in were_early:
            own = next(project for project in new.projects if project.id == each.project)
            return Apart(own, each.funder, each.year, closed[0])
    return None


def _coming(plan: Plan) -> Mapping[str, _Coming]:
    """What comes of each project as executed, at its time."""
    found: dict[str, _Coming] = {}
    for project in Choices(executed=True).version(plan).plan.projects:
        sums = Counter[tuple[str, int]]()
        for each in project.funding:
            sums[each.from_, each.in_year] += 0 if each.amount is None else each.amount.cents
        found[project.id] = sums
    return found
