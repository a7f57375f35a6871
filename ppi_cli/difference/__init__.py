"""What is not as it was from one version of a plan to another, and what that does to its totals."""

from __future__ import annotations

from collections.abc import Iterator

from ppi_cli.difference.change import Change, Difference, Effects, Group, summed, yearly_totals
from ppi_cli.difference.other import SECTIONS, other_changes, pairs
from ppi_cli.difference.projects import Counts, likeness, project_changes
from ppi_cli.difference.themes import plan_changes, theme_changes
from ppi_cli.difference.versions import Versions
from ppi_cli.errors import PpiError
from ppi_cli.matching import Pair, matched
from ppi_cli.message import msg
from ppi_cli.model import Plan

__all__ = ["Change", "Difference", "Effects", "Group", "difference", "summed", "yearly_totals"]


def difference(old: Plan, new: Plan) -> Difference:
    """What has changed. Raises PpiError where amounts of the two cannot be compared."""
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
    counts = Counts()
    versions = Versions(old, new)
    groups = tuple(group for group in _groups(versions, counts) if group.changes)
    unused = tuple(versions.reasons.unused)
    return Difference(old, new, groups, counts.compared, counts.differing, unused)


def _groups(versions: Versions, counts: Counts) -> Iterator[Group]:
    yield Group("plan", "plan", versions.new.header.title, tuple(plan_changes(versions)))
    for theme in versions.themes:
        yield _group("theme", theme, theme_changes(versions, theme))
    projects = matched(
        versions.old.projects, versions.new.projects, lambda a, b: likeness(versions, a, b)
    )
    for project in projects:
        yield _group("project", project, project_changes(versions, project, counts))
    for section in SECTIONS:
        for thing in pairs(versions, section):
            yield _group(thing.either.kind, thing, other_changes(versions, section, thing))


def _group(kind: str, pair: Pair, changes: Iterator[Change]) -> Group:  # type: ignore[type-arg]
    was = pair.old.id if pair.by_likeness and pair.old is not None else None
    return Group(kind, pair.either.id, pair.either.title, tuple(changes), was)
