"""What is not as it was from one version of a plan to another, and what that does to its totals."""

from __future__ import annotations

from collections.abc import Iterator

from ppi_cli.changes.change import Change, Difference, Effects, Group, summed, yearly_totals
from ppi_cli.changes.matching import Pair
from ppi_cli.changes.other import other_changes, scenario_changes, scenario_pairs
from ppi_cli.changes.projects import project_changes
from ppi_cli.changes.themes import plan_changes, theme_changes
from ppi_cli.changes.versions import Versions
from ppi_cli.plan.model import Plan
from ppi_cli.values.errors import PpiError
from ppi_cli.values.message import msg

__all__ = [
    "Change",
    "Difference",
    "Effects",
    "Group",
    "difference",
    "summed",
    "yearly_totals",
]


def difference(old: Plan, new: Plan, *, of_one_plan: bool = False) -> Difference:
    """What has changed. Raises PpiError where amounts of the two cannot be compared.

    Between versions ``of_one_plan``, an envelope that follows the projects is no change: what a
    project does to it is an effect of the project.
    """
    if old.header.currency != new.header.currency:
        raise PpiError(
            msg(
                "one plan is in {old}, the other in {new}: they cannot be compared",
                old=old.header.currency,
                new=new.header.currency,
            )
        )
    if {old.header.tax, new.header.tax} == {"incl", "excl"}:
        raise PpiError(msg("one plan includes taxes, the other does not: they cannot be compared"))
    versions = Versions(old, new, of_one_plan=of_one_plan)
    groups = tuple(group for group in _groups(versions) if group.changes)
    given = {change.reason for group in groups for change in group.changes}
    unused = tuple(versions.reasons.unused(given))
    return Difference(old, new, groups, versions.projects, unused)


def _groups(versions: Versions) -> Iterator[Group]:
    yield Group("plan", "plan", versions.new.header.title, tuple(plan_changes(versions)))
    for theme in versions.themes:
        yield _group("theme", theme, theme_changes(versions, theme))
    for project in versions.projects:
        yield _group("project", project, project_changes(versions, project))
    for section, things in versions.others.items():
        for thing in things:
            yield _group(thing.either.kind, thing, other_changes(versions, section, thing))
    for scenario in scenario_pairs(versions):
        yield _group("scenario", scenario, scenario_changes(versions, scenario))


def _group(kind: str, pair: Pair, changes: Iterator[Change]) -> Group:  # type: ignore[type-arg]
    was = pair.old.id if pair.by_likeness and pair.old is not None else None
    return Group(kind, pair.either.id, pair.either.title, tuple(changes), was)
