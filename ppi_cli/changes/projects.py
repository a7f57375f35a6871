"""What has changed of a project: its costs, its quarters, its theme, class and links."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from ppi_cli.changes.change import Change, Effects, both, shown_amount, summed
from ppi_cli.changes.details import Keys, details, dotted, named_in
from ppi_cli.changes.funding import funding_changes, has_become_past
from ppi_cli.changes.matching import Pair, same
from ppi_cli.changes.versions import Versions, is_counted
from ppi_cli.plan.finance import Theme
from ppi_cli.plan.model import Plan
from ppi_cli.plan.pieces import Schedule, changed
from ppi_cli.plan.priority import classes
from ppi_cli.plan.projects import Cost, Project
from ppi_cli.values.characters import look
from ppi_cli.values.findings import Path
from ppi_cli.values.message import Message, counted, msg
from ppi_cli.values.money import ZERO, Money, total
from ppi_cli.values.names import STATUSES
from ppi_cli.values.quarters import Outside, Quarter, Span, shown_year
from ppi_cli.versions.costs import to_run
from ppi_cli.versions.envelopes import is_beside
from ppi_cli.versions.rescheduling import by_quarter
from ppi_cli.versions.version import COSTS


def project_changes(versions: Versions, pair: Pair[Project]) -> Iterator[Change]:
    if pair.old is None or pair.new is None:
        yield _whole(versions, pair)
    else:
        yield from _Project(versions, pair.old, pair.new).changes()


def _whole(versions: Versions, pair: Pair[Project]) -> Change:
    """A project that is added, or dropped, with all its costs."""
    project = pair.either
    costs = (*project.costs, *project.costs_outside)
    told = shown_amount(costs)
    reason = versions.reasons.of(pair.old, pair.new)
    what = msg("project")
    aside = versions.new.cancelled if pair.new is None else versions.old.cancelled
    if (of := next((p.status for p in aside if p.id == project.id), None)) is not None:
        what = msg("project, cancelled") if pair.new is None else what
        reason = (of.reason if pair.new is None else None) or reason
    following = versions.following(project.id)
    follows = {year: effect for year, (_, effect) in following.items()}
    if pair.old is None:
        effects = _together((1, versions.of_new(project.theme, costs)), (1, follows))
        place = versions.place("projects", project)
        known, running = _within(versions.new, project, 1)
        return Change(
            "added",
            what,
            None,
            told,
            effects,
            reason,
            place,
            known=known,
            running=running,
        )
    known, running = _within(versions.old, project, -1)
    effects = _together((-1, versions.of_old(project.theme, costs)), (1, follows))
    return Change(
        "dropped",
        what,
        told,
        None,
        effects,
        reason,
        None,
        passed=versions.has_ended(project),
        known=known,
        running=running,
    )


def _within(plan: Plan, project: Project, sign: int) -> tuple[Effects, Effects]:
    """What a project adds to known costs and to what is to run in the years of its plan.

    Or takes off, by the sign.
    """
    costs = (*project.costs, *project.costs_outside)
    both_ = _by_year(plan, costs), _by_year(plan, to_run(project))
    known, running = (_together((sign, cents)) for cents in both_)
    return known, running


def _by_year(plan: Plan, costs: Sequence[Cost]) -> Mapping[int, int]:
    """What costs come to in each year that counts, in cents."""
    cents: dict[int, int] = defaultdict(int)
    for cost in costs:
        year = cost.in_year
        if cost.amount is not None and year is not None and is_counted(plan, year):
            cents[year] += cost.amount.cents
    return cents


def _together(*sides: tuple[int, Mapping[int, int]]) -> Effects:
    """What sides come to, in cents by year, each added or taken off by its sign."""
    sums: dict[int, int] = defaultdict(int)
    for sign, cents in sides:
        for year, own in cents.items():
            sums[year] += sign * own
    return {year: Money(own) for year, own in sorted(sums.items()) if own}


class _Project:
    """A project that is in both versions."""

    def __init__(self, versions: Versions, old: Project, new: Project) -> None:
        self._versions = versions
        self._old, self._new = old, new
        self._is_untouched = versions.is_untouched(old, new)
        #: What of the costs of a year the envelope that follows the project does not follow.
        self._apart = {y: more - effect for y, (more, effect) in versions.following(new.id).items()}

    @cached_property
    def _place(self) -> Path:
        return self._versions.place("projects", self._new)

    @cached_property
    def _reason(self) -> str | None:
        return self._versions.reasons.of(self._old, self._new)

    def changes(self) -> Iterator[Change]:
        old, new = self._old, self._new
        if self._is_untouched:
            yield from self._class()
            return
        if old.id != new.id:
            yield self._value(msg("id"), old.id, new.id, "id")
        if not same(old.title, new.title):
            yield self._value(msg("title"), old.title, new.title, "title")
        if old.standing != new.standing:
            reason = new.status and new.status.reason
            sides = STATUSES[old.standing], STATUSES[new.standing]
            place = (*self._place, "status")
            yield Change("value", msg("status"), *sides, {}, reason or self._reason, place)
        amounts, of_the_rest = self._amounts()
        if not self._versions.same_theme(old.theme, new.theme):
            yield self._theme(of_the_rest)
        elif of_the_rest:
            yield self._bounds(of_the_rest)
        yield from self._schedule()
        yield from amounts
        yield from self._running()
        yield from self._class()
        yield from self._links("answers", msg("answers"))
        yield from self._links("after", msg("comes after"))
        limits = both(old.not_before, new.not_before, lambda limit: limit.quarter)
        if limits[0] != limits[1]:
            yield self._value(msg("not before"), *limits, "not_before")
        yield from funding_changes(self._versions, old, new, self._place)
        was, now = self._with_counterparts()
        for keys, before, after in details(was, now, self._is_told):
            yield self._value(dotted(keys), before, after, keys[0])

    def _is_told(self, keys: Keys) -> bool:
        """Whether a value is among what is told in other words, or lies in what one side lacks."""
        match keys:
            case ("id" | "title" | "theme" | "priority",) | ("not_before", "quarter"):
                return True
            case ("status", "status" | "reason"):
                return True
            case ("quarters", "spans" | "basis", *_):
                return True
            case ("quarters" | "not_before" as name, _):
                return None in (getattr(self._old, name), getattr(self._new, name))
            case ("answers" | "after" as name, id, key):
                sides = ({link.id for link in getattr(p, name)} for p in (self._old, self._new))
                return key == "id" or not all(id in side for side in sides)
            case ("funding" | "funding_outside" | "funding_nowhere", *_):
                return True
            case (
                "costs" | "running_costs" | "costs_outside",
                _,
                "year" | "quarter" | "amount" | "basis" | "label" | "tax" | "rate",
            ):
                return True
        return False

    def _with_counterparts(self) -> Iterator[Project]:
        """Both, with the costs alone of whose time and label there are as many on each side.

        What it costs to run is looked at too. Of the others, which is which is not known.
        """
        differing = [c for c in COSTS if getattr(self._old, c) != getattr(self._new, c)]
        named = [
            {costs: list(named_in(getattr(project, costs), costs)) for costs in differing}
            for project in self._both
        ]
        counts = [
            {costs: Counter([_start(name) for name, _ in own]) for costs, own in side.items()}
            for side in named
        ]
        for project, side in zip(self._both, named, strict=True):
            yield changed(
                project,
                **{
                    costs: tuple(
                        cost
                        for name, cost in own
                        if counts[0][costs][_start(name)] == counts[1][costs][_start(name)]
                    )
                    for costs, own in side.items()
                },
            )

    def _theme(self, effects: Effects) -> Change:
        before = self._versions.old.by_id[self._old.theme].title
        after = self._versions.new.by_id[self._new.theme].title
        place = (*self._place, "theme")
        return Change("theme", msg("theme"), before, after, effects, self._reason, place)

    def _bounds(self, effects: Effects) -> Change:
        """The envelope of its theme bounds another section, so that other costs count."""
        what = msg("section that the envelope bounds")
        old = getattr(self._versions.old.by_id[self._old.theme], "section", None)
        new = getattr(self._versions.new.by_id[self._new.theme], "section", None)
        return Change("theme", what, old, new, effects, self._reason, (*self._place, "theme"))

    @property
    def _both(self) -> tuple[Project, Project]:
        return self._old, self._new

    def _schedule(self) -> Iterator[Change]:
        before, after = self._old.quarters, self._new.quarters
        spans = both(before, after, _runs)
        reason = self._versions.reasons.of(self._old, self._new, after)
        place = (*self._place, "quarters")
        if spans[0] != spans[1]:
            what = msg("quarters")
            if before is not None and after is not None:
                what = msg("quarters: {how}", how=list(_moves(before, after)))
            yield Change("schedule", what, *spans, {}, reason, place)
        if before is not None and after is not None and before.basis != after.basis:
            what = msg("basis of the quarters")
            yield Change("value", what, before.basis, after.basis, {}, reason, place)

    def _class(self) -> Iterator[Change]:
        versions = self._versions
        before = classes(versions.old).get(self._old.id)
        after = classes(versions.new).get(self._new.id)
        numbers = both(before, after, lambda each: each.number)
        if numbers[0] != numbers[1]:
            yield Change("class", msg("class"), *numbers, {}, self._reason, self._place)

    def _links(self, name: str, what: Message) -> Iterator[Change]:
        before, after = (
            {link.id: link for link in getattr(project, name)} for project in (self._old, self._new)
        )
        before = {self._versions.now(id): link for id, link in before.items()}
        for id in [*before, *(id for id in after if id not in before)]:
            sides = (id if id in before else None, id if id in after else None)
            if sides[0] != sides[1] and id not in self._versions.cancelled:
                reason = self._versions.reasons.of(self._old, self._new, after.get(id))
                passed = name == "after" and id not in after and self._versions.ended(id)
                place = (*self._place, name)
                yield Change("link", what, *sides, {}, reason, place, passed=passed)

    def _value(self, what: Message, old: object, new: object, key: str) -> Change:
        return Change("value", what, old, new, {}, self._reason, (*self._place, key))

    # --- costs ---

    def _amounts(self) -> tuple[list[Change], Effects]:
        """The costs that have changed; and what it does that the others are in another theme."""
        before, after = _cells(self._old), _cells(self._new)
        changes: list[Change] = []
        of_the_rest: list[Effects] = []
        for key in sorted({*before, *after}, key=lambda key: (key.year, key.label or "")):
            sides = before.get(key, ()), after.get(key, ())
            effects, shown = self._effect(*sides), self._shown(*sides)
            if shown[0] == shown[1]:
                of_the_rest.append(effects)
            else:
                changes.append(self._amount(key, sides, shown, effects))
        return changes, summed(of_the_rest)

    def _effect(self, before: Sequence[Cost], after: Sequence[Cost]) -> Effects:
        old = self._versions.of_old(self._old.theme, before)
        new = self._versions.of_new(self._new.theme, after)
        return _together((-1, old), (1, new), (1, self._followed(before, after)))

    def _followed(self, before: Sequence[Cost], after: Sequence[Cost]) -> Mapping[int, int]:
        """What costs do to an envelope that follows them, in cents."""
        if not self._apart:
            return {}
        theme = self._versions.new.by_id.get(self._new.theme)
        own = theme if isinstance(theme, Theme) else None
        more: dict[int, int] = defaultdict(int)
        for sign, costs in ((-1, before), (1, after)):
            for cost in costs:
                year = cost.in_year
                if year in self._apart and cost.amount is not None and not is_beside(own, cost):
                    more[year] += sign * cost.amount.cents
        effects: dict[int, int] = {}
        for year, cents in more.items():
            apart = self._apart[year]
            taken = max(0, min(cents, apart)) if apart > 0 else min(0, max(cents, apart))
            self._apart[year] -= taken
            effects[year] = cents - taken
        return effects

    def _known(self, before: Sequence[Cost], after: Sequence[Cost]) -> Effects:
        versions = self._versions
        return _together((-1, _by_year(versions.old, before)), (1, _by_year(versions.new, after)))

    def _running(self) -> Iterator[Change]:
        """What it costs to run, by what it is for: the years that have passed apart."""
        versions = self._versions
        before, after = (_by_label(to_run(project)) for project in self._both)
        for label in dict.fromkeys((*before, *after)):
            what = msg("to run")
            if label is not None:
                what = msg("to run, {label}", label=label)
            for passed in (True, False):
                sides = tuple(
                    [c for c in of.get(label, ()) if versions.has_passed(c.in_year or 0) == passed]
                    for of in (before, after)
                )
                values = tuple(_shown_by_year(side) for side in sides)
                if values[0] != values[1]:
                    reason = versions.reasons.of(self._old, self._new)
                    yield Change(
                        "running",
                        what,
                        values[0] or None,
                        values[1] or None,
                        {},
                        reason,
                        (*self._place, "running_costs"),
                        passed=passed,
                        running=self._known(*sides),
                    )

    def _shown(self, before: Sequence[Cost], after: Sequence[Cost]) -> tuple[object, object]:
        """What costs come to: their sums; where these are the same, quarter by quarter.

        Those that are written alike, or that are alike once they are spread, are the same.
        """
        sums = shown_amount(before), shown_amount(after)
        if sums[0] != sums[1] or all(cost.quarter is None for cost in (*before, *after)):
            return sums
        written = [
            sorted((str(cost.quarter or cost.year), cost.amount or ZERO) for cost in side)
            for side in (before, after)
        ]
        if written[0] == written[1]:
            return sums
        return _by_quarters(self._old, before), _by_quarters(self._new, after)

    def _amount(
        self,
        key: _Key,
        sides: tuple[Sequence[Cost], Sequence[Cost]],
        shown: tuple[object, object],
        effects: Effects,
    ) -> Change:
        before, after = sides
        year = shown_year(key.year)
        what = msg("cost {year}", year=year)
        if key.label is not None:
            what = msg("cost {year}, {label}", year=year, label=key.label)
        place = self._place
        piece = after[0] if after else None
        if piece is not None:
            name = "costs_outside" if piece.is_outside else "costs"
            of_kind = enumerate(getattr(self._new, name))
            place = (*place, name, next(n for n, each in of_kind if each is piece), "amount")
        reason = self._versions.reasons.of(self._old, self._new, piece, key.year)
        passed = self._versions.has_passed(key.year)
        if key.year == Outside.BEFORE:
            gone = (cost for cost in self._old.costs if _look_of(cost) == key.label)
            passed = has_become_past(self._versions, before, after, [*gone])
        known = self._known(before, after)
        return Change("amount", what, *shown, effects, reason, place, key.year, passed, known=known)


def _runs(schedule: Schedule) -> list[Span]:
    """The spans of a schedule; those that follow one another as one."""
    found: list[Span] = []
    for span in schedule.spans:
        if found and found[-1].last.later(1) == span.first:
            found[-1] = Span(found[-1].first, span.last)
        else:
            found.append(span)
    return found


def _start(name: str) -> str:
    """What tells a cost from others, without the number of those that are alike."""
    return re.sub(r" \([0-9]+\)$", "", name) if name.endswith(")") else name


def _moves(before: Schedule, after: Schedule) -> Iterator[Message]:
    """How a schedule has moved, in words."""
    if later := after.first.since(before.first):
        yield (
            counted("{n} quarter later", "{n} quarters later", later)
            if later > 0
            else counted("{n} quarter earlier", "{n} quarters earlier", -later)
        )
    lengths = [sum(span.length for span in each.spans) for each in (before, after)]
    if longer := lengths[1] - lengths[0]:
        yield (
            counted("{n} quarter longer", "{n} quarters longer", longer)
            if longer > 0
            else (counted("{n} quarter shorter", "{n} quarters shorter", -longer))
        )
    if not later and not longer:
        yield msg("other pauses")


class _Key(NamedTuple):
    """What tells a project's costs apart: their year, and what they pay for."""

    year: int
    label: str | None


def _cells(project: Project) -> Mapping[_Key, Sequence[Cost]]:
    """The stated costs of a project, by year and label."""
    found: dict[_Key, list[Cost]] = defaultdict(list)
    for cost in (*project.costs, *project.costs_outside):
        if cost.amount is not None and cost.in_year is not None:
            found[_Key(cost.in_year, _look_of(cost))].append(cost)
    return found


def _by_label(costs: Sequence[Cost]) -> Mapping[str | None, list[Cost]]:
    found: dict[str | None, list[Cost]] = defaultdict(list)
    for cost in costs:
        if cost.amount is not None:
            found[_look_of(cost)].append(cost)
    return found


def _shown_by_year(costs: Sequence[Cost]) -> Mapping[int | None, object]:
    """What costs are together in each year."""
    years = dict.fromkeys(cost.in_year for cost in costs)
    return {year: shown_amount([c for c in costs if c.in_year == year]) for year in years}


def _look_of(cost: Cost) -> str | None:
    return None if cost.label is None else look(cost.label)


def _sum(costs: Sequence[Cost]) -> Money | None:
    return total(cost.amount for cost in costs)


def _by_quarters(project: Project, costs: Sequence[Cost]) -> Mapping[Quarter, Money]:
    """Costs quarter by quarter, those of a year spread over the quarters of work in it."""
    sums: dict[Quarter, int] = defaultdict(int)
    for cost in costs:
        for each in by_quarter(project, cost):
            if each.amount is not None and each.quarter is not None:
                sums[each.quarter] += each.amount.cents
    return {quarter: Money(cents) for quarter, cents in sorted(sums.items())}
