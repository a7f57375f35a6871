"""Two versions of a plan while they are compared: which theme is which, what counts, the reasons.

Effects are attributed so that they sum to the difference of the totals. Where an envelope is
stated in both versions, it alone counts; where it is stated in one of them, it counts against the
costs on its side; elsewhere, the costs count.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from functools import cached_property
from typing import Any, NamedTuple

from ppi_cli.changes.change import Effects, costs_by_year
from ppi_cli.changes.matching import LIKE, Pair, likeness_of_texts, matched, same
from ppi_cli.figures.postings import theme_years
from ppi_cli.plan.becoming import Followed
from ppi_cli.plan.finance import Theme
from ppi_cli.plan.model import Plan
from ppi_cli.plan.pieces import Amount, changed
from ppi_cli.plan.projects import Cost, Project
from ppi_cli.plan.reasons import ReasonOfChanges
from ppi_cli.plan.schedule import has_ended
from ppi_cli.values.findings import Path
from ppi_cli.values.message import Message
from ppi_cli.values.money import ZERO, Money
from ppi_cli.values.names import told_apart
from ppi_cli.values.quarters import Outside
from ppi_cli.versions.envelopes import is_beside

#: The sections of what explains a plan, and of what is authorised.
SECTIONS = (
    "recommendations",
    "targets",
    "findings",
    "risks",
    "commitments",
    "context",
    "programmes",
)


def _with_id(thing: Any) -> Any:
    return thing if thing.id is not None else changed(thing, id=thing.title)


def is_counted(plan: Plan, year: int) -> bool:
    """Whether a change in a year has an effect: in one of the plan, before it, or beyond it."""
    return year in plan.years or year in (Outside.BEFORE, Outside.BEYOND)


class _Figure(NamedTuple):
    """A theme's money in a year: its envelope, and what its projects cost."""

    envelope: Money | None
    costs: Money


_NOTHING = _Figure(None, ZERO)


class Versions:
    """An old and a new version."""

    def __init__(self, old: Plan, new: Plan, *, of_one_plan: bool = False) -> None:
        self.old, self.new = old, new
        self._of_one_plan = of_one_plan
        self.reasons = Reasons(old, new)
        self._figures = tuple(
            {
                (figure.theme.id, figure.year): _Figure(figure.envelope, figure.costs or ZERO)
                for figure in theme_years(plan)
            }
            for plan in (old, new)
        )

    @cached_property
    def funders(self) -> Mapping[str, str | Message]:
        """What the funders of both versions are called, by their ids; as the newer one does."""
        both = (*self.old.funders, *self.new.funders)
        return told_apart({funder.id: funder.title for funder in both})

    def is_untouched(self, old: Project, new: Project) -> bool:
        """Whether nothing has changed of a project that stands in both, but what stands elsewhere.

        Only versions of one plan have all else alike that its costs go by: years, and themes.
        """
        is_of_same_years = self._of_one_plan and self.old.years == self.new.years
        return is_of_same_years and (old is new or old == new)

    @cached_property
    def cancelled(self) -> Set[str]:
        """The ids of the projects that are cancelled in either."""
        return {project.id for plan in (self.old, self.new) for project in plan.cancelled}

    @cached_property
    def themes(self) -> list[Pair[Theme]]:
        def likeness(old: Theme, new: Theme) -> float:
            return likeness_of_texts(old.title, new.title)

        return matched(self.old.themes, self.new.themes, likeness)

    @cached_property
    def projects(self) -> list[Pair[Project]]:
        return matched(self.old.projects, self.new.projects, self._likeness)

    def _likeness(self, old: Project, new: Project) -> float:
        """How alike two projects are: their titles, and what else they have in common."""
        same = [
            self.same_theme(old.theme, new.theme),
            old.quarters is not None and old.quarters == new.quarters,
            bool(old.costs and new.costs) and costs_by_year(old) == costs_by_year(new),
        ]
        in_common = 0.12 * sum(same)
        alike = likeness_of_texts(old.title, new.title, LIKE - in_common)
        return min(1, alike + in_common) if alike else 0

    @cached_property
    def others(self) -> Mapping[str, list[Pair[Any]]]:
        """The things of the other sections; where one has no id, by its title."""

        def things(plan: Plan, section: str) -> list[Any]:
            return [_with_id(thing) for thing in getattr(plan, section)]

        def likeness(old: Any, new: Any) -> float:
            return likeness_of_texts(old.title, new.title)

        return {
            section: matched(things(self.old, section), things(self.new, section), likeness)
            for section in SECTIONS
        }

    def place(self, section: str, thing: Any) -> Path:
        """Where a thing of the new version stands in it."""
        return (section, self._positions[section, thing.id])

    @cached_property
    def _positions(self) -> Mapping[tuple[str, str], int]:
        """Where each thing stands in its section, by its id; where it has none, by its title."""
        return {
            (section, _with_id(thing).id): i
            for section in ("themes", "projects", "scenarios", *SECTIONS)
            for i, thing in enumerate(getattr(self.new, section))
        }

    def now(self, id: str) -> str:
        """The id in the new version of what had an id in the old one."""
        return self._ids_now.get(id, id)

    @cached_property
    def _ids_now(self) -> Mapping[str, str]:
        pairs: list[Pair[Any]] = [*self.themes, *self.projects]
        pairs += [pair for others in self.others.values() for pair in others]
        return {pair.old.id: pair.new.id for pair in pairs if pair.old and pair.new}

    @cached_property
    def _theme_now(self) -> Mapping[str, str]:
        """The id in the new version of each theme of the old one that is still there."""
        return {pair.old.id: pair.new.id for pair in self.themes if pair.old and pair.new}

    @cached_property
    def _theme_before(self) -> Mapping[str, str]:
        return {new: old for old, new in self._theme_now.items()}

    def same_theme(self, old: str, new: str) -> bool:
        return self._theme_now.get(old) == new

    def stated_envelope(self, theme: Theme | None, *, new: bool) -> Mapping[int, Amount]:
        """The envelope of a theme in one version: between versions of one plan, as it is stated."""
        if theme is None:
            return {}
        return {
            year: amount
            if (of := self._followed_of(theme.id, year, new=new)) is None
            else changed(amount, amount=of.stated, basis="assumed" if of.assumed else "stated")
            for year, amount in theme.envelope.items()
        }

    def effect_of_envelope(self, pair: Pair[Theme], year: int) -> Effects:
        """What an envelope that was changed, stated or taken away does to its year's total."""
        before = self._figure(0, None if pair.old is None else pair.old.id, year)
        after = self._figure(1, None if pair.new is None else pair.new.id, year)
        if before.envelope is not None and after.envelope is not None:
            sides = (
                self.stated_envelope(theme, new=new)[year].amount
                for new, theme in ((False, pair.old), (True, pair.new))
            )
            was, now = sides
            effect = now - was
        elif before.envelope is not None:
            effect = before.costs - before.envelope
        elif after.envelope is not None:
            effect = after.envelope - after.costs
        else:  # the year is one of neither version
            effect = ZERO
        return {year: effect} if effect.cents else {}

    # --- envelopes that follow the projects ---

    def _followed_of(self, theme: str, year: int, *, new: bool) -> Followed | None:
        version = (self.new if new else self.old).version
        if not self._of_one_plan or version is None or version.envelopes == "kept":
            return None
        return version.of(theme, year)

    def following(self, project: str) -> Mapping[int, tuple[int, int]]:
        """The years in which an envelope follows a project.

        With how much more of the envelope it costs, and what that does to the total, in cents.
        """
        return self._following[0].get(project, {})

    def not_split(self, theme: str) -> Effects:
        """What else an envelope that follows has lost or gained, by year: no project's effect."""
        return self._following[1].get(theme, {})

    def carried_beyond(self, theme: str, *, new: bool) -> Money | None:
        """What a theme itself carries over beyond the plan's last year, as executed."""
        found = (self.new if new else self.old).carried_beyond.get(theme)
        return None if found is None else found.amount

    @cached_property
    def _following(
        self,
    ) -> tuple[Mapping[str, Mapping[int, tuple[int, int]]], Mapping[str, Effects]]:
        of_project: dict[str, dict[int, tuple[int, int]]] = defaultdict(dict)
        rest: dict[str, dict[int, Money]] = defaultdict(dict)
        pairs: dict[str, list[Pair[Project]]] = defaultdict(list)
        for pair in self.projects if self._of_one_plan else ():
            pairs[pair.either.theme].append(pair)
        for theme in self.new.themes if self._of_one_plan else ():
            for year in theme.envelope:
                figures = (self._figure(new, theme.id, year) for new in (False, True))
                if any(figure.envelope is None for figure in figures):
                    continue  # where none is stated, what projects cost counts by itself
                sides = (self._followed_of(theme.id, year, new=new) for new in (False, True))
                apart = [0 if of is None else (of.now - of.stated).cents for of in sides]
                if not any(apart):
                    continue
                more = {p.either.id: self._more(p, theme, year) for p in pairs[theme.id]}
                effects, left = _shared_out(more, apart[1] - apart[0])
                for id, effect in effects.items():
                    of_project[id][year] = more[id], effect
                if left:
                    rest[theme.id][year] = Money(left)
        return of_project, rest

    def _more(self, pair: Pair[Project], theme: Theme, year: int) -> int:
        """By how much more a project costs of an envelope in a year in the new version."""

        def cost_of(project: Project | None) -> int:
            return sum(
                cost.amount.cents
                for cost in (() if project is None else project.costs)
                if cost.amount is not None and cost.in_year == year and not is_beside(theme, cost)
            )

        return cost_of(pair.new) - cost_of(pair.old)

    @property
    def rolled(self) -> bool:
        """Whether the new version begins in a later year than the old one."""
        return self.new.years.first > self.old.years.first

    def printed_totals(self, old: Plan | Theme, new: Plan | Theme) -> tuple[Any, Any]:
        """The printed totals of both; none where a choice has made one of them another version."""
        if self.old.version is not None or self.new.version is not None:
            return None, None
        return old.stated_totals, new.stated_totals

    def is_of_the_past(self, path: Path | None) -> bool:
        """Whether a path leads to what is said of a year before those of the new version."""
        years = [int(step) for step in path or () if isinstance(step, str) and step.isdecimal()]
        return any(self.has_passed(year) for year in years)

    def has_passed(self, year: int) -> bool:
        """Whether a year lies before those of the new version."""
        return not isinstance(year, Outside) and year < self.new.years.first

    def has_ended(self, project: Project) -> bool:
        """Whether all of a project lies before the years of the new version."""
        return has_ended(project, self.new.years.first)

    def ended(self, project: str) -> bool:
        """Whether a project of the old version has ended, and is not in the new one."""
        old, new = self.old.by_id.get(project), self.new.by_id.get(project)
        return new is None and isinstance(old, Project) and self.has_ended(old)

    def of_old(self, theme: str, costs: Iterable[Cost]) -> Mapping[int, int]:
        """What costs in a theme of the old version count in the totals' difference, in cents."""
        return self._counted(self.old, (theme, self._theme_now.get(theme)), theme, costs)

    def of_new(self, theme: str, costs: Iterable[Cost]) -> Mapping[int, int]:
        """What costs in a theme of the new version do."""
        return self._counted(self.new, (self._theme_before.get(theme), theme), theme, costs)

    def _counted(
        self, plan: Plan, sides: tuple[str | None, str | None], theme: str, costs: Iterable[Cost]
    ) -> Mapping[int, int]:
        own = plan.by_id.get(theme)
        cents: dict[int, int] = defaultdict(int)
        for cost in costs:
            year = cost.in_year
            if cost.amount is None or year is None or not is_counted(plan, year):
                continue
            if isinstance(year, Outside):
                cents[year] += cost.amount.cents
                continue
            figures = (self._figure(n, side, year) for n, side in enumerate(sides))
            beside = isinstance(own, Theme) and is_beside(own, cost)
            if beside or not all(figure.envelope is not None for figure in figures):
                cents[year] += cost.amount.cents
        return cents

    def _figure(self, version: int, theme: str | None, year: int) -> _Figure:
        return self._figures[version].get((theme or "", year), _NOTHING)


class Reasons:
    """Why things have changed, as the new version says; what the old one said too is no reason."""

    def __init__(self, old: Plan, new: Plan) -> None:
        self._of_changes = [
            each
            for each in new.changes
            if not any(_is_given_alike(each, before) for before in old.changes)
        ]
        self._used: list[ReasonOfChanges] = []

    def unused(self, given: Set[str | None]) -> list[ReasonOfChanges]:
        """The reasons of the section “changes” that are not among those given for changes.

        That one was asked for is not enough: what it is for may not have changed.
        """
        return [
            each for each in self._of_changes if each not in self._used or each.reason not in given
        ]

    def of(self, old: Any, new: Any, piece: Any = None, year: int | None = None) -> str | None:
        """The reason given on a piece of a thing, in the section ``changes``, or on the thing."""
        own: str | None = getattr(piece, "reason", None)
        if own is not None and not any(same(own, each) for each in _reasons_in(old)):
            return own
        kinds = {(each.kind, each.id) for each in (old, new) if hasattr(each, "kind")}
        fitting = [
            each
            for each in self._of_changes
            if kinds.issuperset(_named(each)) and each.year in (None, year)
        ]
        if fitting:
            nearest = max(fitting, key=lambda each: (bool(_named(each)), each.year is not None))
            self._used.append(nearest)
            return nearest.reason
        reason: str | None = getattr(new, "reason", None)
        return None if same(reason, getattr(old, "reason", None)) else reason


def _is_given_alike(a: ReasonOfChanges, b: ReasonOfChanges) -> bool:
    return changed(a, reason=b.reason) == b and same(a.reason, b.reason)


def _shared_out(more: Mapping[str, int], whole: int) -> tuple[Mapping[str, int], int]:
    """What each project does to a figure that changes by ``whole``, in cents; and what is left.

    Each does what it costs more, but for what the figure does not follow: that is taken off the
    first ones that go the same way.
    """
    apart = sum(more.values()) - whole
    effects: dict[str, int] = {}
    for id, cents in more.items():
        taken = max(0, min(cents, apart)) if apart > 0 else min(0, max(cents, apart))
        apart -= taken
        if cents:
            effects[id] = cents - taken
    return effects, -apart


def _named(reason: ReasonOfChanges) -> list[tuple[str, str]]:
    """The things that a reason is for: their kinds and ids."""
    kinds = ("project", "theme", "recommendation")
    return [(kind, id) for kind in kinds if (id := getattr(reason, kind)) is not None]


def _reasons_in(thing: Any) -> set[str]:
    """The reasons that a thing gives for its pieces."""
    pieces = [*getattr(thing, "costs", ()), *getattr(thing, "answers", ())]
    pieces += [*getattr(thing, "envelope", {}).values(), getattr(thing, "quarters", None)]
    return {reason for piece in pieces if (reason := getattr(piece, "reason", None)) is not None}
