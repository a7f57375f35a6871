"""What is not as it was from one version of a plan to another, and what that does to its totals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ppi_cli.changes.change import Change, Effects, Group, costs_by_year, summed, yearly_totals
from ppi_cli.changes.matching import Pair
from ppi_cli.changes.other import other_changes, scenario_changes, scenario_pairs
from ppi_cli.changes.projects import project_changes
from ppi_cli.changes.themes import plan_changes, theme_changes
from ppi_cli.changes.versions import Versions
from ppi_cli.plan.model import Plan
from ppi_cli.plan.reasons import ReasonOfChanges
from ppi_cli.values.errors import PpiError
from ppi_cli.values.message import msg
from ppi_cli.values.money import Money
from ppi_cli.values.quarters import Outside

__all__ = [
    "Change",
    "Difference",
    "Effects",
    "Group",
    "difference",
    "summed",
    "yearly_totals",
]


@dataclass(frozen=True)
class Difference:
    """All changes from one version to another, by thing."""

    versions: Versions

    @property
    def old(self) -> Plan:
        return self.versions.old

    @property
    def new(self) -> Plan:
        return self.versions.new

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The things of which anything has changed."""
        return tuple(group for group in _groups(self.versions) if group.changes)

    @cached_property
    def unused(self) -> tuple[ReasonOfChanges, ...]:
        """The reasons of the section “changes” that explain nothing."""
        given = {change.reason for _, change in self.changes}
        return tuple(self.versions.reasons.unused(given))

    @property
    def years(self) -> tuple[int, ...]:
        """The years of either version."""
        return tuple(sorted({*self.old.years.each(), *self.new.years.each()}))

    @cached_property
    def columns(self) -> tuple[int, ...]:
        """The years, and what has an effect before and beyond them."""
        effects = {year for _, change in self.changes for year in (*change.effects, *change.known)}
        outside = {year for year in effects if isinstance(year, Outside)}
        return tuple(sorted({*self.years, *outside}))

    @cached_property
    def _figures(self) -> Sequence[tuple[int | None, int | None]]:
        """The yearly figures that either version states within the years of both, on both sides.

        They are of the projects that are in both.
        """
        years = {*self.old.years.each()} & {*self.new.years.each()}
        return [
            (before.get(year), after.get(year))
            for pair in self.versions.projects
            if pair.old is not None and pair.new is not None and not pair.by_likeness
            for before, after in [(costs_by_year(pair.old), costs_by_year(pair.new))]
            for year in years & {*before, *after}
        ]

    @property
    def compared(self) -> int:
        """How many yearly figures of projects are compared."""
        return len(self._figures)

    @property
    def differing(self) -> int:
        """How many of them are not the same."""
        return sum(before != after for before, after in self._figures)

    @property
    def renamed(self) -> Mapping[str, str]:
        """The themes and projects with another id in both versions: by the new one, the old one."""
        pairs: list[Pair[Any]] = [*self.versions.themes, *self.versions.projects]
        both = [(pair.new, pair.old) for pair in pairs if pair.by_likeness]
        return {new.id: old.id for new, old in both if new is not None and old is not None}

    @property
    def changes(self) -> Iterator[tuple[Group, Change]]:
        for group in self.groups:
            for change in group.changes:
                yield group, change

    @property
    def unexplained(self) -> list[tuple[Group, Change]]:
        """The changes for which no reason is given; that time passes needs none."""
        return [
            (group, change)
            for group, change in self.changes
            if change.reason is None and not change.passed
        ]

    @cached_property
    def effects(self) -> Effects:
        """What all changes together do to the total of each year."""
        return summed(group.effects for group in self.groups)

    @cached_property
    def known(self) -> Effects:
        """What all changes together do to the known costs of each year."""
        return summed(change.known for _, change in self.changes)

    @cached_property
    def running(self) -> Effects:
        """What all changes together do to what is to run in each year."""
        return summed(change.running for _, change in self.changes)

    @cached_property
    def totals(self) -> tuple[Mapping[int, Money | None], Mapping[int, Money | None]]:
        """The total of each year in the old version, and in the new one."""
        return yearly_totals(self.old), yearly_totals(self.new)


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
    return Difference(Versions(old, new, of_one_plan=of_one_plan))


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
