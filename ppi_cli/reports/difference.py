"""What has changed from one version of a plan to another, and what that does to the totals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from ppi_cli.changes.difference import Change, Difference, Effects, Group, summed
from ppi_cli.figures.price import KNOWN, RUNNING, TOTAL, UNPLANNED
from ppi_cli.reports.bars import BarGroup, Bars, bar_of
from ppi_cli.reports.plan import plan_payload
from ppi_cli.reports.table import (
    FORMAT_VERSION,
    ByYear,
    Column,
    Line,
    Lines,
    Signed,
    Table,
    heading,
)
from ppi_cli.reports.values import ASSUMED, assumed_in, stated, value_payload
from ppi_cli.reports.versions import difference_line, measures_beside
from ppi_cli.values.message import Assumed, Message, counted, msg
from ppi_cli.values.money import ZERO, Money
from ppi_cli.values.names import KINDS
from ppi_cli.values.quarters import Span, Year, Years, shown_year

#: How many projects that have ended are named.
_MOST_NAMED = 12


@dataclass(frozen=True)
class DifferenceReport:
    difference: Difference
    #: What the two versions are called: a file, a revision, a scenario.
    names: tuple[str, str]
    #: What was chosen in both.
    choices: tuple[Message, ...] = ()

    def table(self) -> Table:
        """The changes by thing; programs also get those of years that have passed, one by one."""
        years = self.difference.columns
        columns = (
            Column(msg("Kind"), "kind", for_machines=True),
            Column(msg("Id"), "id", for_machines=True),
            Column(msg("Title"), "title", for_machines=True),
            Column(msg("Change"), "change", for_machines=True),
            Column(msg("What"), "what"),
            Column(msg("Before"), "before", of_amounts=True, version="old"),
            Column(msg("After"), "after", of_amounts=True, version="new"),
            Column(msg("Effect"), "effect", of_amounts=True),
            *(
                Column(shown_year(year), f"{name}_{year}", for_machines=True)
                for name in _EFFECTS
                for year in years
            ),
            Column(msg("Reason"), "reason"),
        )
        lines = [line for group in self.difference.groups for line in self._group(group)]
        lines += self._passed()
        notes = list(self._notes())
        if any(assumed_in(cell) for line in lines for cell in line.cells):
            notes.insert(0, ASSUMED)
        old, new = self.names
        title = msg("Changes from {old} to {new}", old=old, new=new)
        if self.choices:
            title = msg(
                "Changes from {old} to {new}: {choices}", old=old, new=new, choices=self.choices
            )
        more = (self.totals_table(),) if lines else ()
        return Table(title, columns, tuple(lines), tuple(notes), more=more, may_be_folded=True)

    def _group(self, group: Group) -> Iterator[Line]:
        shown = [change for change in group.changes if not change.passed]
        if shown:
            yield heading(_heading(group), 4)
        for change in group.changes:
            yield self._line(group, change)
        if sum(_does_something(change) for change in shown) > 1:
            yield self._comment(msg("together"), "", _together(shown))

    def _line(self, group: Group, change: Change) -> Line:
        by_year = (
            getattr(change, name).get(year)
            for name in _EFFECTS.values()
            for year in self.difference.columns
        )
        return Line(
            (
                group.kind,
                group.id,
                group.title,
                change.kind,
                _what(change),
                *_sides(group, change),
                _effect(change.year, change),
                *by_year,
                change.reason or "",
            ),
            "detail" if change.passed else "line",
        )

    def _passed(self) -> Iterator[Line]:
        """For people, what has passed in a few lines: the years, and projects that have ended."""
        passed = [change for _, change in self.difference.changes if change.passed]
        if not passed:
            return
        yield heading(msg("What has passed"), 4)
        first = self.difference.new.years.first
        effect = _together(passed)
        yield self._comment(
            msg("years before {year}", year=Year(first)), msg("not in the plan any more"), effect
        )
        ended = [
            group.title
            for group, change in self.difference.changes
            if change.passed and change.kind == "dropped"
        ]
        if len(ended) > _MOST_NAMED:
            yield self._comment(msg("projects that have ended"), len(ended), "")
        elif ended:
            yield self._comment(msg("projects that have ended"), ended, "")

    def _comment(self, what: Message, after: object, effect: object) -> Line:
        blank = ("",) * len(self.difference.columns) * len(_EFFECTS)
        return Line(("", "", "", "", what, "", after, effect, *blank, ""), "comment")

    def _notes(self) -> Iterator[Message]:
        difference = self.difference
        changes = [change for _, change in difference.changes if not change.passed]
        if not changes:
            passed = any(change.passed for _, change in difference.changes)
            yield msg("nothing else has changed") if passed else msg("nothing has changed")
            return
        unexplained = len(difference.unexplained)
        without = msg("{n} of them without a reason", n=unexplained)
        if unexplained == len(changes):
            without = msg("none with a reason")
        if not unexplained:
            without = msg("each with a reason")
        yield counted(
            "{n} change: {without}", "{n} changes: {without}", len(changes), without=without
        )
        for unused in difference.unused:
            yield msg("the reason “{reason}” explains no change here", reason=unused.reason)
        if any(group.was is not None for group in difference.groups):
            yield msg("≈ another id, recognised by title and content")

    def totals_table(self) -> Table:
        """The totals of both versions by year, and their difference, which the effects sum to."""
        difference = self.difference
        measures = [TOTAL]
        if difference.known and difference.known != difference.effects:
            measures.append(KNOWN)
        if difference.running:
            measures.append(RUNNING)
        plans = difference.old, difference.new
        if UNPLANNED.of(difference.old) != UNPLANNED.of(difference.new):
            measures.append(UNPLANNED)
        return measures_beside(plans, self.names, measures, partial(difference_line, plans))

    def moved_bars(self) -> Bars:
        """The projects whose quarters have changed, before and after."""
        old, new = self.difference.old, self.difference.new
        before = {project.id: project for project in old.projects}
        after = {project.id: project for project in new.projects}
        years = Years(self.difference.years[0], self.difference.years[-1])
        groups = []
        for group in self.difference.groups:
            moved = group.kind == "project" and any(c.kind == "schedule" for c in group.changes)
            if moved and group.id in after and (group.was or group.id) in before:
                sides = (old, before[group.was or group.id]), (new, after[group.id])
                own = tuple(
                    bar_of(plan, project, name, years)
                    for name, (plan, project) in zip(self.names, sides, strict=True)
                )
                groups.append(BarGroup(group.title, own))
        return Bars(years, tuple(groups))

    def payload(self) -> Mapping[str, Any]:
        difference = self.difference
        old, new = difference.totals
        return {
            "format_version": FORMAT_VERSION,
            "old": {"name": self.names[0], **plan_payload(difference.old)},
            "new": {"name": self.names[1], **plan_payload(difference.new)},
            "years": [str(year) for year in difference.years],
            "groups": [
                {
                    "kind": group.kind,
                    "id": group.id,
                    "title": group.title,
                    "was": group.was,
                    "effects": _amounts(group.effects),
                    "changes": [_change_payload(change) for change in group.changes],
                }
                for group in difference.groups
            ],
            "totals": {
                "old": _amounts(old),
                "new": _amounts(new),
                "effects": _amounts(difference.effects),
                "known": _amounts(difference.known),
                "running": _amounts(difference.running),
            },
            "changes": sum(1 for _ in difference.changes),
            "unexplained": len(difference.unexplained),
            "compared": difference.compared,
            "differing": difference.differing,
        }


def _heading(group: Group) -> Message:
    if group.kind == "plan":
        return msg("plan “{title}”", title=group.title)
    kind = KINDS[group.kind]
    title = msg("{kind} “{title}” ({id})", kind=kind, title=group.title, id=group.id)
    if group.was is None:
        return title
    return msg("≈ {title}, before: {was}", title=title, was=group.was)


def _what(change: Change) -> Message:
    if change.kind == "added":
        return msg("added")
    if change.kind == "dropped" and change.what.text != _CANCELLED:
        return msg("dropped")
    return msg("cancelled") if change.kind == "dropped" else change.what


#: What is dropped since it is cancelled.
_CANCELLED = "project, cancelled"


def _sides(group: Group, change: Change) -> tuple[object, object]:
    """Before and after; of what was added or dropped, what a project costs, else nothing."""
    if change.kind in ("added", "dropped") and group.kind != "project":
        return "", ""
    old, new = _shown(change.old), _shown(change.new)
    if change.kind == "added":
        return "", new
    return (old, "") if change.kind == "dropped" else (old, new)


def _shown(value: object) -> object:
    """A value for a cell; amounts by quarter, a line each."""
    return ByYear(value) if isinstance(value, dict) else value


#: The effects of a change, for programs: on the totals, on known costs, on what is to run.
_EFFECTS = {"effect": "effects", "known": "known", "running": "running"}


def _does_something(change: Change) -> bool:
    return bool(change.effects or change.known or change.running)


def _together(changes: Sequence[Change]) -> object:
    """What changes do together."""
    known, running = (summed(getattr(c, name) for c in changes) for name in ("known", "running"))
    return _shown_effects(None, summed(c.effects for c in changes), known, running)


def _effect(year: int | None, change: Change) -> object:
    return _shown_effects(year, change.effects, change.known, change.running)


def _shown_effects(year: int | None, effects: Effects, known: Effects, running: Effects) -> object:
    """The effect on the totals; then that on known costs, where it is another, and on what runs.

    By year, but without the year where it is said already.
    """
    lines: list[object] = []
    if effects or not (known or running):
        lines.append(_signed(year, effects))
    if known != effects and known:
        lines.append(msg("known costs {amounts}", amounts=_told(year, known)))
    if running:
        lines.append(msg("to run {amounts}", amounts=_told(year, running)))
    return lines[0] if len(lines) == 1 else Lines(tuple(lines))


def _signed(year: int | None, effects: Effects) -> object:
    if year is not None and list(effects) == [year]:
        return Signed(effects[year])
    return ByYear({year: Signed(amount) for year, amount in effects.items()})


def _told(year: int | None, effects: Effects) -> list[Message]:
    """Effects by year in a sentence."""
    told = []
    for each, amount in effects.items():
        sign = "+" if amount > ZERO else ""
        message = msg("{sign}{amount}", sign=sign, amount=amount)
        is_said = list(effects) == [year]
        told.append(
            message if is_said else msg("{year}: {amount}", year=shown_year(each), amount=message)
        )
    return told


def _amounts(by_year: Mapping[int, Money | None]) -> dict[str, str | None]:
    return {str(year): stated(amount) for year, amount in by_year.items()}


def _change_payload(change: Change) -> dict[str, Any]:
    return {
        "change": change.kind,
        "what": change.what,
        "year": stated(change.year),
        "old": _value(change.old),
        "new": _value(change.new),
        "old_assumed": isinstance(change.old, Assumed),
        "new_assumed": isinstance(change.new, Assumed),
        "effects": _amounts(change.effects),
        "known": _amounts(change.known),
        "running": _amounts(change.running),
        "reason": change.reason,
        "passed": change.passed,
    }


def _value(value: object) -> object:
    if isinstance(value, Assumed):
        return _value(value.value)
    if isinstance(value, list):
        return [_value(each) for each in value]
    if isinstance(value, dict):
        return {str(key): _value(each) for key, each in value.items()}
    if isinstance(value, Span):
        return [str(value.first), str(value.last)]
    if isinstance(value, Years):
        return f"{value.first}..{value.last}"
    return value_payload(value)
