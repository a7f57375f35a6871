"""Scenarios: other versions of a plan, made by choices and changes that have a name.

Each is a step. A step changes projects and envelopes as it says; then the envelopes follow the
projects (see ``envelopes.py``), and who pays and what is to run move with them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from typing import Any

from ppi_cli.plan.becoming import Becoming, Followed, Moved
from ppi_cli.plan.finance import Ceilings, Theme
from ppi_cli.plan.lines import Period
from ppi_cli.plan.model import Plan, once_per_plan
from ppi_cli.plan.notation import Choice
from ppi_cli.plan.pieces import Envelope, changed
from ppi_cli.plan.projects import Cost, Funding, Project, RunningCost
from ppi_cli.plan.reasons import Target
from ppi_cli.plan.scenarios import InsteadCost, Scenario, ScenarioChange
from ppi_cli.plan.schedule import goes_on
from ppi_cli.values.findings import Path
from ppi_cli.values.message import Message, counted, msg
from ppi_cli.values.money import Money, Percent, Rate, total
from ppi_cli.values.quarters import OUTSIDE, Years
from ppi_cli.versions.cancelled import with_marks, without_cancelled
from ppi_cli.versions.costs import (
    Worked,
    WrittenFunding,
    followed,
    in_taxes,
    priced,
    written,
    written_funding,
    written_out,
)
from ppi_cli.versions.envelopes import Bounded, Parts, bounded, following, parts_of
from ppi_cli.versions.rescheduling import later, later_cost, longer, longer_costs, whole_of, work
from ppi_cli.versions.variants import decided, with_choices, without_references
from ppi_cli.versions.version import Version


@dataclass(frozen=True, slots=True)
class Impossible:
    """What a scenario cannot do, where it says so, and what to write instead."""

    path: Path
    message: Message
    help: Message


@dataclass(frozen=True)
class Made:
    """A version that scenarios make, and what it has become."""

    version: Version
    becoming: Becoming
    impossible: tuple[Impossible, ...]

    @property
    def plan(self) -> Plan:
        return self.version.plan


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
    return _making(plan, scenarios, keep_envelopes).made()


def _making(plan: Plan, scenarios: Sequence[Scenario], keep_envelopes: bool) -> _Making:
    making = _Making(plan, keep_envelopes=keep_envelopes)
    for scenario in scenarios:
        making.apply(scenario)
    return making


def computed(version: Version) -> Version:
    """The version that is computed with: variants decided, costs worked out."""
    return version.then(followed).then(decided).then(priced).then(with_marks)


def alone(plan: Plan, scenarios: Sequence[Scenario], id: str) -> Callable[[Scenario | None], Made]:
    """What one more scenario makes of one project, without any envelope, after what others do.

    That is what it makes of the project in the whole plan.
    """
    own = [
        changed(
            scenario,
            drop=tuple(each for each in scenario.drop if each == id),
            add=tuple(project for project in scenario.add if project.id == id),
            change=tuple(change for change in scenario.change if change.project == id),
            ceilings=None,
        )
        for scenario in scenarios
    ]
    project = plan.by_id.get(id)
    projects = (project,) if isinstance(project, Project) else ()
    themes = {
        project.theme for added in (projects, *(each.add for each in own)) for project in added
    }
    only = changed(
        plan,
        **dict.fromkeys(_OF_NO_PROJECT, ()),
        stated_totals=None,
        ceilings=None,
        projects=projects,
        themes=tuple(changed(t, envelope={}) for t in plan.themes if t.id in themes),
        fctva=None if plan.fctva is None else changed(plan.fctva, due={}),
    )
    making = _making(only, own, keep_envelopes=False)

    def made(scenario: Scenario | None) -> Made:
        return (making if scenario is None else making.then(scenario)).made()

    return made


#: The sections of a plan that say nothing of what one project costs and brings.
_OF_NO_PROJECT = (
    "priority_classes", "recommendations", "context", "commitments", "findings", "risks",
    "exceptions", "scenarios", "changes", "programmes",
)  # fmt: skip


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
    done_: dict[str, _Making] = {}
    as_written = _Making(plan)
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


@dataclass(frozen=True)
class _Project:
    """A project while scenarios are done, with its costs worked out as far as they are written."""

    project: Project
    #: Where it stands in the plan as it is written; there, its quarters, if a scenario moves them.
    path: Path
    costs: tuple[Worked, ...]
    #: As it was before anything was done to it.
    first: Project
    theme: Theme | None
    plan: Plan
    #: What others pay of it; and what lies outside the plan's years, which moves with nothing.
    funding: tuple[WrittenFunding, ...] = ()
    outside: tuple[Worked, ...] = ()
    moved_at: Path | None = None

    @cached_property
    def parts(self) -> Parts:
        """What it costs of its theme's envelope."""
        return parts_of(self.plan, self.theme, self.project, [each.cost for each in self.costs])

    @property
    def is_moved(self) -> bool:
        return self.project.quarters != self.first.quarters

    @property
    def has_a_cost(self) -> bool:
        return any(each.cost.amount is not None for each in self.costs)

    def left_blank(self, year: int) -> bool:
        """Whether it names a cost of the year, and states none."""
        own = [each.cost.amount for each in self.costs if each.cost.in_year == year]
        return bool(own) and all(amount is None for amount in own)

    def years_later(self) -> int:
        """By how many years its last quarter has moved."""
        now, first = self.project.quarters, self.first.quarters
        return 0 if now is None or first is None else now.last.year - first.last.year


class _Making:
    """A plan while scenarios are done to it, each a step."""

    def __init__(self, plan: Plan, *, keep_envelopes: bool = False) -> None:
        self._plan, self._keep = plan, keep_envelopes
        self._themes: dict[str, Theme] = {theme.id: theme for theme in plan.themes}
        self._projects: dict[str, _Project] = {}
        #: What counts nothing: nothing can be done to it either.
        self._cancelled: dict[str, Project] = {}
        for i, project in enumerate(plan.projects):
            self._add(project, ("projects", i))
        self._gone: set[str] = set()
        self._choices: dict[str, str] = {}
        self._ceilings = plan.ceilings
        #: What envelopes are where they follow nothing, by theme and year.
        self._stated = {(t.id, y): a for t in plan.themes for y, a in t.envelope.items()}
        self._origins: dict[tuple[str, int], Path] = {}
        self._ceiling_origins: dict[Path, Path] = {}
        self._steps: dict[tuple[str, int], tuple[Message, ...]] = {}
        self._read_with = self._dearest_variants(self._bounded())
        self._is_first = True
        self.impossible: list[Impossible] = []

    def then(self, scenario: Scenario) -> _Making:
        """Another making, in which one more scenario is done."""
        made = copy(self)
        for name, value in vars(self).items():
            if isinstance(value, (dict, set)):
                setattr(made, name, value.copy())
        made.impossible = []
        made.apply(scenario)
        return made

    def _add(self, project: Project, path: Path) -> None:
        if project.standing == "cancelled":
            self._cancelled[project.id] = project
            return
        costs = [
            each._replace(origin=(*path, *each.origin)) for each in written(self._plan, project)
        ]
        funding = (each._replace(origin=(*path, *each.origin)) for each in written_funding(project))
        self._projects[project.id] = _Project(
            project,
            path,
            tuple(each for each in costs if not each.cost.is_outside),
            project,
            self._themes.get(project.theme),
            self._plan,
            tuple(funding),
            tuple(each for each in costs if each.cost.is_outside),
        )

    def apply(self, scenario: Scenario) -> None:
        """Do one scenario; what names nothing that is there is left out."""
        path = self._path_of(scenario)
        before, known = dict(self._projects), self._bounded()
        said: set[tuple[str, int]] = set()
        percents: dict[tuple[str, int], Message] = {}
        self._choices |= scenario.choose
        if scenario.ceilings is not None:
            self._set_ceilings(scenario.ceilings, (*path, "ceilings"))
        for j, id in enumerate(scenario.drop):
            self._cancelled.pop(id, None)
            if self._projects.pop(id, None) is None:
                self._is_gone(id, (*path, "drop", j))
            else:
                self._gone.add(id)
        for j, project in enumerate(scenario.add):
            self._cancelled.pop(project.id, None)
            self._add(project, (*path, "add", j))
            self._gone.discard(project.id)
        for j, change in enumerate(scenario.change):
            own: Path = (*path, "change", j)
            if change.theme in self._themes:
                self._change_envelope(self._themes[change.theme], change, own, said, percents)
            if change.project is not None:
                self._change(change.project, change, own)
        if not self._keep:
            self._follow(scenario, before, known, said, percents)
        self._is_first = False

    # --- what a scenario does ---

    def _is_gone(self, id: str, path: Path) -> None:
        """A scenario names a project that was left out; one that never was is no business of it."""
        if id in self._gone:
            self._cannot(path, msg("“{id}” is not in the plan any more", id=id))

    def _cannot(self, path: Path, message: Message, help: Message | None = None) -> None:
        leave = msg("correct it, or leave it out")
        self.impossible.append(Impossible(path, message, help or leave))

    def _path_of(self, scenario: Scenario) -> Path:
        place = self._places.get(id(scenario))
        return ("plan",) if place is None else ("scenarios", place)  # else options of a command

    @cached_property
    def _places(self) -> Mapping[int, int]:
        return {id(each): i for i, each in enumerate(self._plan.scenarios)}

    def _change_envelope(
        self,
        theme: Theme,
        change: ScenarioChange,
        path: Path,
        said: set[tuple[str, int]],
        percents: dict[tuple[str, int], Message],
    ) -> None:
        envelope = dict(theme.envelope)
        if change.percent is not None:
            if not envelope:
                why = msg("“{id}” has no envelope to change", id=theme.id)
                self._cannot((*path, "percent"), why)
            for year, amount in envelope.items():
                key = theme.id, year
                percents[key] = by_percent(amount.amount, change.percent)
                self._steps[key] = (*self._steps.get(key, ()), percents[key])
                self._origins[key] = (*path, "percent")
                stated = self._stated[key]
                self._stated[key] = changed(stated, amount=change.percent.applied(stated.amount))
                envelope[year] = changed(amount, amount=change.percent.applied(amount.amount))
        for year, amount in change.envelope.items():
            key = theme.id, year
            self._steps.pop(key, None)
            self._origins[key] = (*path, "envelope", str(year))
            self._stated[key] = amount
            said.add(key)
            envelope[year] = amount
        self._themes[theme.id] = changed(theme, envelope=dict(sorted(envelope.items())))

    def _set_ceilings(self, stated: Ceilings, path: Path) -> None:
        before, now = self._ceilings or Ceilings(), dict[str, Envelope]()
        for kind in ("investment", "operating", "net", "total"):
            own: Envelope = getattr(stated, kind)
            now[kind] = dict(sorted((getattr(before, kind) | own).items()))
            for year in map(str, own):
                self._ceiling_origins["ceilings", kind, year] = (*path, kind, year)
        self._ceilings = changed(before, **now)

    def _change(self, id: str, change: ScenarioChange, path: Path) -> None:
        own = self._projects.get(id)
        if own is None:
            self._is_gone(id, (*path, "project"))
            return
        for key in ("shift", "start", "stretch"):
            if getattr(change, key) is not None and own.project.quarters is None:
                self._cannot((*path, key), msg("“{id}” has no quarters to change", id=id))
                return
        if change.shift:
            own = _shifted(own, change.shift, path)
        if change.start is not None and own.project.quarters is not None:
            own = _shifted(own, change.start.since(own.project.quarters.first), path)
        if change.stretch is not None:
            if len(work(own.project)) + change.stretch < 1:
                self._cannot((*path, "stretch"), msg("“{id}” does not last that long", id=id))
                return
            own = _stretched(own, change.stretch, path)
        if change.percent is not None:
            own = _with_percent(own, change.percent, path)
            if not own.has_a_cost:
                why = msg("“{id}” has no costs to change", id=id)
                self._cannot((*path, "percent"), why)
        for period, amount in change.costs.items():
            own = self._with_cost(own, period, amount, (*path, "costs", str(period)))
        self._projects[id] = own

    def _with_cost(
        self, own: _Project, period: Period, amount: InsteadCost, path: Path
    ) -> _Project:
        """The project with one cost in a period, in place of those it has.

        What the amount does not say, it takes from the costs that it replaces; where there are
        none, from all of the project. It cannot where those differ.
        """
        when, replaced = self._replaced(own, period, amount, path)
        costs = own.costs or own.outside
        among = replaced or [e for e in costs if e.cost.when in (None, when)] or costs
        like = [each for each in among if self._counts(own.project, each.cost)] or among
        taken: dict[str, Any] = {}
        differing: list[str] = []
        for keys, values_of in _TAKEN.items():
            said = {key: getattr(amount, key) for key in keys}
            values = {values_of(each) for each in like}
            if all(value is None for value in said.values()) and values:
                said = dict(zip(keys, next(iter(values)), strict=True))
                differing += [
                    k
                    for k, of in zip(keys, zip(*values, strict=True), strict=True)
                    if len({*of}) > 1
                ]
            taken |= said
        if differing:
            self._cannot(
                path,
                msg("the costs that this takes the place of differ in: {keys}", keys=differing),
                msg("write with the amount: {keys}", keys=[f"{key}: …" for key in differing]),
            )
        cost = changed(
            Cost(amount=None),
            **{**taken, "indexed": bool(taken["indexed"]) and period not in OUTSIDE},
            year=period.year if period.quarter is None else None,
            quarter=period.quarter,
            amount=amount.amount,
            basis=amount.basis,
            source=amount.source,
            reason=amount.reason,
            when=when,
        )
        in_plans_taxes, steps = in_taxes(self._plan, cost)
        before = total(each.cost.amount for each in replaced)
        told = () if before is None else (msg("instead of {amount}", amount=before),)
        worked = Worked(in_plans_taxes, path, (*told, *steps), (cost.tax, cost.rate))
        gone = {id(each) for each in replaced}
        if period in OUTSIDE:
            kept = (each for each in own.outside if id(each) not in gone)
            return replace(own, outside=(*kept, worked))
        kept = (each for each in own.costs if id(each) not in gone)
        return replace(own, costs=(*kept, worked))

    def _replaced(
        self, own: _Project, period: Period, amount: InsteadCost, path: Path
    ) -> tuple[Choice | None, list[Worked]]:
        """The variant that a cost of a scenario depends on, and the costs that it replaces.

        Where it names none, that is the variant of those that count in the year; where the year
        has none, of all costs of the project. It cannot where those of the year differ.
        """
        costs = [*own.costs, *own.outside]
        of_year = [each for each in costs if each.cost.in_year == period.year]
        if (quarter := period.quarter) is not None:
            of_year = [each for each in of_year if each.cost.quarter == quarter]
        if amount.when is not None:
            same = (amount.when, None) if amount.when == own.project.when else (amount.when,)
            return amount.when, [each for each in of_year if each.cost.when in same]
        if not of_year:
            whens = list(dict.fromkeys(_variant_of(own, each) for each in costs))
            return (whens[0] if len(whens) == 1 else None), []
        counting = [each for each in of_year if self._may_count(each.cost.when)]
        whens = list(dict.fromkeys(_variant_of(own, each) for each in counting or of_year))
        if len(whens) > 1 or not counting:
            self._cannot(path, *_of_which_variant(whens, is_open=bool(counting)))
            counting = [each for each in counting if _variant_of(own, each) == whens[0]]
        return whens[0], counting

    def _counts(self, project: Project, cost: Cost) -> bool:
        """Whether a cost is of a variant that is chosen, or may be yet."""
        return self._may_count(project.when) and self._may_count(cost.when)

    def _may_count(self, when: Choice | None) -> bool:
        """Whether what depends on a variant counts, or may yet where none is chosen."""
        if when is None:
            return True
        chosen = {target.id: target.chosen for target in self._targets()}.get(when.target)
        return chosen in (None, when.variant)

    # --- what follows ---

    def _targets(self) -> Iterator[Target]:
        for target in self._plan.targets:
            chosen = self._choices.get(target.id, target.chosen)
            yield target if chosen == target.chosen else changed(target, chosen=chosen)

    def _bounded(
        self, wanted: Callable[[_Project, int], bool] | None = None
    ) -> Mapping[tuple[str, int], Bounded]:
        """The known costs that envelopes bound, or some of them, by theme and year."""
        with_envelope = {theme.id for theme in self._themes.values() if theme.envelope}
        of_theme: dict[str, list[Parts]] = {}
        for own in self._projects.values():
            if own.project.theme in with_envelope:
                parts = own.parts
                if wanted is not None:
                    parts = {key: part for key, part in parts.items() if wanted(own, key[0])}
                of_theme.setdefault(own.project.theme, []).append(parts)
        targets = list(self._targets())
        return {
            (id, year): sum_
            for id, parts_ in of_theme.items()
            for year, sum_ in bounded(parts_, targets).items()
        }

    def _follow(
        self,
        scenario: Scenario,
        before: Mapping[str, _Project],
        known: Mapping[tuple[str, int], Bounded],
        said: set[tuple[str, int]],
        percents: Mapping[tuple[str, int], Message],
    ) -> None:
        """Give the envelopes that the scenario does not state what the projects make of them."""
        nothing = Bounded()
        now, first = self._bounded(), self._bounded(_is_first_cost(before, self._plan))
        for id, theme in self._themes.items():
            envelope = dict(theme.envelope)
            for year, amount in theme.envelope.items():
                key = id, year
                if key in said:
                    continue
                was, is_ = known.get(key), now.get(key, nothing)
                costs, own = None if was is None else was.cents, first.get(key, nothing).cents
                cents = following(amount.amount.cents, costs, is_.cents, own)
                is_other = cents != amount.amount.cents
                if not is_other and key not in percents:
                    continue
                stated = self._stated[key]
                rests = is_.assumed or (was is not None and was.assumed)
                assumed = stated.assumed or (cents != stated.amount.cents and rests)
                self._tell(key, scenario, amount.amount, Money(costs or 0), own)
                envelope[year] = changed(
                    amount, amount=Money(cents), basis="assumed" if assumed else "stated"
                )
            self._themes[id] = changed(theme, envelope=envelope)

    def _tell(
        self, key: tuple[str, int], scenario: Scenario, envelope: Money, known: Money, first: int
    ) -> None:
        """Keep how what an envelope holds beyond known costs is reckoned."""
        if known > envelope:
            return
        how = msg(
            "{envelope} less {known} of known costs in the plan as written",
            envelope=envelope,
            known=known,
        )
        if not self._is_first:
            how = msg(
                "{envelope} less {known} of known costs before {scenario}",
                envelope=envelope,
                known=known,
                scenario=msg("the options")
                if id(scenario) not in self._places
                else scenario.title or scenario.id,
            )
        steps = self._steps.get(key, ())
        if self._is_first or not steps or steps[-1].values.get("percent") is not None:
            steps = (*steps, how)
        if (taken := min(max(first, 0), (envelope - known).cents)) > 0:
            steps = (*steps, msg("less {amount} of first costs", amount=Money(taken)))
        self._steps[key] = steps

    def _dearest_variants(
        self, known: Mapping[tuple[str, int], Bounded]
    ) -> Mapping[tuple[str, int], str]:
        """The titles of the variants that envelopes are read with, while they are open."""
        titles = {
            Choice(target.id, variant.id): variant.title
            for target in self._plan.targets
            for variant in target.variants
        }
        return {
            (theme.id, year): ", ".join(titles[choice] for choice in found.variants)
            for theme in self._plan.themes
            for year in theme.envelope
            if (found := known.get((theme.id, year))) is not None and found.variants
        }

    # --- what has come of it ---

    def made(self) -> Made:
        """The version that has come of it; scenarios and printed totals are those of another."""
        written_years = self._plan.years
        years = self._years()
        moved: list[Moved] = []
        lost: list[Moved] = []
        projects: list[Project] = []
        origins: dict[Path, Path] = {}
        steps: dict[Path, tuple[Message, ...]] = {}
        for n, own in enumerate(self._projects.values()):
            place: Path = ("projects", n)
            if own.path != place:
                origins[place] = own.path
            if own.moved_at is not None:
                origins[*place, "quarters"] = own.moved_at
            for name, costs in (("costs", own.costs), ("costs_outside", own.outside)):
                for k, worked in enumerate(costs):
                    at: Path = (*place, name, k)
                    origins.update(worked.origins(at, ()))
                    if worked.steps:
                        steps[at] = worked.steps
            following_project = _Following(own, self._earliest, written_years, years)
            project, lines = following_project.project()
            for name, funding in lines.items():
                for k, (origin, told) in enumerate(funding):
                    at = (*place, name, k)
                    if origin != (*own.path, name, k):
                        origins[at] = origin
                    if told:
                        steps[at] = told
            moved += following_project.moved
            lost += following_project.lost
            projects.append(project)
        places = {theme.id: i for i, theme in enumerate(self._plan.themes)}
        for (id, year), origin in self._origins.items():
            origins["themes", places[id], "envelope", str(year)] = origin
        origins |= self._ceiling_origins
        for (id, year), told_ in self._steps.items():
            steps["themes", places[id], "envelope", str(year)] = told_
        plan = with_choices(self._plan, self._choices)
        plan = changed(
            plan,
            header=changed(plan.header, years=years),
            themes=tuple(changed(theme, stated_totals=None) for theme in self._themes.values()),
            projects=tuple(projects),
            ceilings=self._ceilings,
            scenarios=(),
            stated_totals=None,
            cancelled=tuple(self._cancelled.values()),
        )
        gone = self._gone | {*self._cancelled}
        version = Version(without_references(plan, gone), origins, steps)
        becoming = self._becoming(tuple(moved), tuple(lost))
        return Made(version, becoming, tuple(self.impossible))

    def _becoming(self, moved: tuple[Moved, ...], lost: tuple[Moved, ...]) -> Becoming:
        written = {
            (theme.id, year): amount.amount
            for theme in self._plan.themes
            for year, amount in theme.envelope.items()
        }
        envelopes = {
            (theme.id, year): amount.amount
            for theme in self._themes.values()
            for year, amount in theme.envelope.items()
        }
        followed = {
            key: Followed(written.get(key, stated.amount), stated.amount, now, stated.assumed)
            for key, now in envelopes.items()
            if (stated := self._stated[key]).amount != now or written.get(key) != stated.amount
        }
        changed_ids = {
            project.id
            for project in self._plan.projects
            if project.standing != "cancelled"
            if (own := self._projects.get(project.id)) is None or own.is_moved
        }
        return Becoming(
            (),
            (),
            "kept" if self._keep else "follow",
            followed,
            self._read_with,
            moved,
            lost,
            self._years() != self._plan.years,
            tuple(p.title for p in self._plan.programmes if not changed_ids.isdisjoint(p.projects)),
            tuple(
                project.title
                for project in self._plan.projects
                if project.id in changed_ids
                and project.money != "none"
                and all(cost.amount is None and not cost.is_line for cost in project.costs)
                and not (project.funding or project.running_costs)
            ),
        )

    @property
    def _earliest(self) -> int:
        """The first year in which something that moves can come to lie."""
        day = self._plan.header.presented
        first = self._plan.years.first
        return first if day is None else max(first, day.year)

    def _years(self) -> Years:
        """The plan's years, and those that work or costs have come to lie in."""
        first, last = self._plan.years
        for own in self._projects.values():
            if own.moved_at is not None:
                costs = [each.cost.in_year for each in own.costs if each.cost.in_year is not None]
                first = min([first, *costs])
                last = max([last, *costs])
                if own.project.quarters is not None and not goes_on(own.first):
                    last = max(last, own.project.quarters.last.year)
        return Years(first, last)


def _is_first_cost(before: Mapping[str, _Project], plan: Plan) -> Callable[[_Project, int], bool]:
    """Whether what a project costs in a year is a first cost.

    That is one of a project of the plan that stated no cost at all before, or that left the year
    blank and is not moved.
    """
    ids = {project.id for project in plan.projects}

    def is_first(own: _Project, year: int) -> bool:
        was = before.get(own.project.id)
        if was is None or was.project.id not in ids:
            return False
        is_moved = was.project.quarters != own.project.quarters
        return not was.has_a_cost or (was.left_blank(year) and not is_moved)

    return is_first


class _Following:
    """Who pays for a project, and what it costs to run, once it has moved."""

    def __init__(self, own: _Project, earliest: int, written: Years, years: Years) -> None:
        self._own, self._earliest = own, earliest
        self._written, self._years = written, years
        self._later = own.years_later()
        self.moved: list[Moved] = []
        self.lost: list[Moved] = []

    def project(self) -> tuple[Project, Mapping[str, list[tuple[Path, tuple[Message, ...]]]]]:
        """The project, and of each line of its funding where it was and what was computed.

        What others pay outside the plan's years moves with nothing.
        """
        project = self._own.project
        funding: list[Funding] = []
        outside: list[Funding] = []
        lines: dict[str, list[tuple[Path, tuple[Message, ...]]]]
        lines = {"funding": [], "funding_outside": []}
        for each, origin, steps in self._own.funding:
            if each.is_outside:
                outside.append(each)
                lines["funding_outside"].append((origin, steps))
                continue
            year = self._moved(each.in_year)
            if year != each.year:
                line = Moved(project.id, each.from_, each.amount, each.in_year, year)
                if each.until is not None and year > each.until:
                    self.lost.append(line)
                    continue
                self.moved.append(line)
                steps = (msg("from {year}, with its project", year=str(line.before)),)
                each = changed(each, year=year, basis="assumed")
            funding.append(each)
            lines["funding"].append((origin, steps))
        complete = "yes" if project.funding_complete == "each_year" else project.funding_complete
        made = changed(
            project,
            costs=tuple(each.cost for each in self._own.costs),
            costs_outside=tuple(each.cost for each in self._own.outside),
            funding=tuple(funding),
            funding_outside=tuple(outside),
            running_costs=tuple(self._running()),
            funding_complete=complete,
        )
        return made, lines

    def _running(self) -> Iterator[RunningCost]:
        for each in self._own.first.running_costs:
            start = None if each.start is None else self._moved(each.start)
            until = None if each.until is None else self._moved(each.until)
            if (start, until) != (each.start, each.until):
                years = (each.start or each.until or 0, start or until or 0)
                self.moved.append(Moved(self._own.project.id, None, each.amount, *years))
                each = changed(each, start=start, until=until, basis="assumed")
            yield each if self._own.is_moved else self._in_written_years(each)

    def _in_written_years(self, running: RunningCost) -> RunningCost:
        """In years that only the version has, what is not moved costs nothing to run."""
        first, last = self._written
        schedule = self._own.project.quarters
        start = running.start or (schedule.last.year + 1 if schedule is not None else first)
        if self._years.first < first > start:
            running = changed(running, start=first)
        if self._years.last > last <= (running.until or last):
            running = changed(running, until=last)
        return running

    def _moved(self, year: int) -> int:
        """A year that moves with the project: not one that is over, and into none that is."""
        if not self._later or year < self._earliest:
            return year
        return max(year + self._later, self._earliest)


def _shifted(own: _Project, quarters: int, path: Path) -> _Project:
    if own.project.quarters is None or not quarters:
        return own
    how = counted("{n} quarter later", "{n} quarters later", quarters)
    if quarters < 0:
        how = counted("{n} quarter earlier", "{n} quarters earlier", -quarters)
    costs = (
        each._replace(cost=cost, steps=(*each.steps, how))
        for each in own.costs
        for cost in later_cost(own.project, each.cost, quarters)
    )
    project = changed(own.project, quarters=later(own.project.quarters, quarters))
    return replace(own, project=project, costs=tuple(costs), moved_at=path)


def _stretched(own: _Project, quarters: int, path: Path) -> _Project:
    if not quarters:
        return own
    how = counted("{n} quarter longer", "{n} quarters longer", quarters)
    if quarters < 0:
        how = counted("{n} quarter shorter", "{n} quarters shorter", -quarters)
    costs: list[Worked] = []
    for _, group in groupby(own.costs, key=lambda each: id(whole_of(each.cost))):
        parts = list(group)
        as_it_was = {id(each.cost): each for each in parts}
        told = parts[0]._replace(steps=(*parts[0].steps, how))
        costs += (
            as_it_was.get(id(cost)) or told._replace(cost=cost)
            for cost in longer_costs(own.project, [each.cost for each in parts], quarters)
        )
    project = changed(own.project, quarters=longer(own.project, quarters))
    return replace(own, project=project, costs=tuple(costs), moved_at=path)


def _with_percent(own: _Project, percent: Percent, path: Path) -> _Project:
    """The costs, changed by a percentage; the parts of a spread cost sum to what it comes to."""
    costs: list[Worked] = []
    for _, parts in groupby(own.costs, key=lambda each: id(whole_of(each.cost))):
        before = Money(0)
        for each in parts:
            amount = each.cost.amount
            if amount is None:
                costs.append(each)
                continue
            after = before + amount
            own_share = percent.applied(after) - percent.applied(before)
            costs.append(
                each._replace(
                    cost=changed(each.cost, amount=own_share),
                    origin=(*path, "percent"),
                    key="amount",
                    steps=(*each.steps, by_percent(amount, percent)),
                )
            )
            before = after
    return replace(own, costs=tuple(costs))


def by_percent(amount: Money, percent: Percent) -> Message:
    """What a percentage does to an amount: “100 k€ and 10 %”."""
    rate = Rate(10 * abs(percent.hundredths))
    if percent.hundredths < 0:
        return msg("{amount} less {percent}", amount=amount, percent=rate)
    return msg("{amount} and {percent}", amount=amount, percent=rate)


def _variant_of(own: _Project, worked: Worked) -> Choice | None:
    """The variant that a cost depends on, beside that of its project."""
    return None if worked.cost.when == own.project.when else worked.cost.when


def _of_which_variant(whens: Sequence[Choice | None], *, is_open: bool) -> tuple[Message, Message]:
    """That it is not clear which costs a cost of a scenario replaces, and what to write."""
    names = [f"when: {each}" for each in whens if each is not None]
    if not is_open:
        what = msg("the costs that this takes the place of depend on what is not chosen")
        return what, msg("write with the amount which of them it replaces: {names}", names=names)
    what = msg("the costs that this takes the place of depend on different choices")
    if None not in whens:
        return what, msg(
            "write with the amount which of them it replaces: {names}; or choose in the scenario",
            names=names,
        )
    return what, msg(
        "write {names} with the amount, to replace the costs of that variant alone; else leave the"
        " project out, and add it as it is then",
        names=names,
    )


#: What a cost of a scenario takes from those that it replaces: keys that are said together.
_TAKEN: Mapping[tuple[str, ...], Callable[[Worked], tuple[Any, ...]]] = {
    ("section", "account"): lambda each: (each.cost.section, each.cost.account),
    ("fctva",): lambda each: (each.cost.fctva,),
    ("indexed",): lambda each: (each.cost.indexed,),
    ("tax", "rate"): lambda each: each.taxes,
}
