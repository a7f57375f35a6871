"""A plan while scenarios are done to it, each a step, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ppi_cli.plan.becoming import Becoming, Followed, Impossible, Moved
from ppi_cli.plan.bounds import KINDS
from ppi_cli.plan.debt import YearsToRepay
from ppi_cli.plan.finance import Ceilings, Theme
from ppi_cli.plan.model import Plan, once_per_plan
from ppi_cli.plan.pieces import Envelope, T, changed
from ppi_cli.plan.projects import Project
from ppi_cli.plan.reading import Choice
from ppi_cli.plan.reasons import Target
from ppi_cli.plan.scenarios import Scenario, ScenarioChange
from ppi_cli.plan.schedule import goes_on
from ppi_cli.values.findings import Path
from ppi_cli.values.message import Message, msg
from ppi_cli.values.money import Money
from ppi_cli.values.quarters import OUTSIDE, Years
from ppi_cli.versions.costs import written
from ppi_cli.versions.envelopes import Bounded, Parts, bounded, following
from ppi_cli.versions.following import Following
from ppi_cli.versions.funding import written_funding
from ppi_cli.versions.in_making import (
    InMaking,
    by_percent,
    is_first_cost,
    shifted,
    stretched,
    with_percent,
)
from ppi_cli.versions.instead import Instead
from ppi_cli.versions.rescheduling import work
from ppi_cli.versions.variants import with_choices, without_references
from ppi_cli.versions.version import Version


class Made(NamedTuple):
    """A version that scenarios make, and what it has become."""

    version: Version
    becoming: Becoming

    @property
    def plan(self) -> Plan:
        return self.version.plan


#: The sections of a plan that say nothing of what one project costs and brings.
_OF_NO_PROJECT = (
    "priority_classes", "recommendations", "context", "commitments", "findings", "risks",
    "exceptions", "scenarios", "changes", "programmes",
)  # fmt: skip


@once_per_plan
def _places(plan: Plan) -> Mapping[int, int]:
    """Where each scenario of a plan stands, by what it is: those of options stand nowhere."""
    return {id(each): i for i, each in enumerate(plan.scenarios)}


class Making:
    """A plan while scenarios are done to it, each a step."""

    def __init__(self, plan: Plan, *, keep_envelopes: bool = False) -> None:
        self._plan, self._keep = plan, keep_envelopes
        self._themes: dict[str, Theme] = {theme.id: theme for theme in plan.themes}
        self._projects: dict[str, InMaking] = {}
        #: What counts nothing: nothing can be done to it either.
        self._cancelled: dict[str, Project] = {}
        for i, project in enumerate(plan.projects):
            self._add(project, ("projects", i))
        self._gone: set[str] = set()
        self._choices: dict[str, str] = {}
        self._ceilings = plan.ceilings
        self._savings, self._debt = plan.savings, plan.debt
        #: What envelopes are where they follow nothing, by theme and year.
        self._stated = {(t.id, y): a for t in plan.themes for y, a in t.envelope.items()}
        self._origins: dict[tuple[str, int], Path] = {}
        self._ceiling_origins: dict[Path, Path] = {}
        self._steps: dict[tuple[str, int], tuple[Message, ...]] = {}
        self._read_with = self._dearest_variants(self._bounded())
        self._is_first = True
        #: The titles of what was to be changed in closed years.
        self._closed_to: dict[str, None] = {}
        self.impossible: list[Impossible] = []

    def then(self, scenario: Scenario) -> Making:
        """Another making, in which one more scenario is done."""
        made = object.__new__(Making)
        for name, value in vars(self).items():
            setattr(made, name, value.copy() if isinstance(value, (dict, set)) else value)
        made.impossible = []
        made.apply(scenario)
        return made

    def _add(self, project: Project, path: Path) -> None:
        costs = list(written(self._plan, project, path))
        funding = (
            each._replace(origin=(*path, *each.origin)) for each in written_funding(project.funding)
        )
        self._projects[project.id] = InMaking(
            project,
            path,
            tuple(each for each in costs if not each.cost.is_outside and not each.cost.is_paid),
            project,
            self._themes.get(project.theme),
            self._plan,
            tuple(funding),
            tuple(each for each in costs if each.cost.is_outside),
            tuple(each for each in costs if each.cost.is_paid),
        )
        if project.standing == "cancelled":
            self._cancelled[project.id] = project
            if (left := self._projects.pop(project.id).what_stays()) is not None:
                self._projects[project.id] = left
        elif path[0] != "projects" and self._plan.closed:
            self._projects[project.id] = self._projects[project.id].in_open(self._plan.closed)

    def apply(self, scenario: Scenario) -> None:
        """Do one scenario; what names nothing that is there is left out."""
        path = self._path_of(scenario)
        before, known = dict(self._projects), self._bounded()
        said: set[tuple[str, int]] = set()
        percents: dict[tuple[str, int], Message] = {}
        self._choices |= scenario.choose
        if scenario.ceilings is not None:
            self._set_ceilings(scenario.ceilings, (*path, "ceilings"))
        self._set_finances(scenario, path)
        for j, id in enumerate(scenario.drop):
            self._cancelled.pop(id, None)
            own_ = self._projects.pop(id, None)
            if own_ is None or id in self._gone:
                self._is_gone(id, (*path, "drop", j))
            else:
                self._gone.add(id)
            if own_ is not None and (left := own_.what_stays()) is not None:
                self._projects[id] = left
        for j, project in enumerate(scenario.add):
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
        place = _places(self._plan).get(id(scenario))
        return ("plan",) if place is None else ("scenarios", place)  # else options of a command

    def _change_envelope(
        self,
        theme: Theme,
        change: ScenarioChange,
        path: Path,
        said: set[tuple[str, int]],
        percents: dict[tuple[str, int], Message],
    ) -> None:
        envelope = {y: a for y, a in theme.envelope.items() if y not in self._plan.closed}
        closed = {y: a for y, a in theme.envelope.items() if y in self._plan.closed}
        if change.percent is not None:
            if not theme.envelope:
                why = msg("“{id}” has no envelope to change", id=theme.id)
                self._cannot((*path, "percent"), why)
            elif not envelope:
                self._closed_to[theme.title] = None
            for year, amount in envelope.items():
                key = theme.id, year
                percents[key] = by_percent(amount.amount, change.percent)
                self._steps[key] = (*self._steps.get(key, ()), percents[key])
                self._origins[key] = (*path, "percent")
                stated = self._stated[key]
                self._stated[key] = changed(stated, amount=change.percent.applied(stated.amount))
                envelope[year] = changed(amount, amount=change.percent.applied(amount.amount))
        for year, amount in change.envelope.items():
            if year in self._plan.closed:
                self._closed_to[theme.title] = None
                continue
            key = theme.id, year
            self._steps.pop(key, None)
            self._origins[key] = (*path, "envelope", str(year))
            self._stated[key] = amount
            said.add(key)
            envelope[year] = amount
        envelope |= closed
        self._themes[theme.id] = changed(theme, envelope=dict(sorted(envelope.items())))

    def _set_ceilings(self, stated: Ceilings, path: Path) -> None:
        before, now = self._ceilings or Ceilings(), dict[str, Envelope]()
        for kind in (*KINDS, "borrowing"):
            own: Envelope = getattr(stated, kind)
            now[kind] = dict(sorted((getattr(before, kind) | own).items()))
            for year in map(str, own):
                self._ceiling_origins["ceilings", kind, year] = (*path, kind, year)
        self._ceilings = changed(before, **now)
        if stated.years_to_repay is not None:
            self._set_years_to_repay(stated.years_to_repay, (*path, "years_to_repay"))

    def _set_years_to_repay(self, stated: YearsToRepay, path: Path) -> None:
        """The years to repay of all years, or of some: the others keep theirs."""
        whole: Path = ("ceilings", "years_to_repay")
        before = None if self._ceilings is None else self._ceilings.years_to_repay
        if not isinstance(stated, dict):
            self._ceiling_origins[whole] = path
        else:
            if isinstance(before, int):
                place = self._ceiling_origins.pop(whole, whole)
                before = dict.fromkeys(self._plan.years.each(), before)
                self._ceiling_origins |= {(*whole, str(year)): place for year in before}
            self._ceiling_origins |= {(*whole, str(year)): (*path, str(year)) for year in stated}
            stated = dict(sorted(((before if isinstance(before, dict) else {}) | stated).items()))
        self._ceilings = changed(self._ceilings or Ceilings(), years_to_repay=stated)

    def _set_finances(self, scenario: Scenario, path: Path) -> None:
        """Savings of some years, and the terms of new loans: all else of the debt stays."""
        self._savings = dict(sorted((self._savings | scenario.savings).items()))
        for year in map(str, scenario.savings):
            self._ceiling_origins["savings", year] = (*path, "savings", year)
        terms = scenario.new_loans
        if terms is None:
            return
        if self._debt is None:
            self._cannot((*path, "new_loans"), msg("the plan does not state what the town owes"))
            return
        if (usual := self._debt.new_loans) is not None:
            said = {n: getattr(terms, n) or getattr(usual, n) for n in ("rate", "years", "repaid")}
            terms = changed(terms, **said)
        self._debt = changed(self._debt, new_loans=terms)
        self._ceiling_origins["debt", "new_loans"] = (*path, "new_loans")

    def _change(self, id: str, change: ScenarioChange, path: Path) -> None:
        own = self._projects.get(id)
        if own is None or id in self._gone:
            self._is_gone(id, (*path, "project"))
            return
        for key in ("shift", "start", "stretch"):
            if getattr(change, key) is not None and own.project.quarters is None:
                self._cannot((*path, key), msg("“{id}” has no quarters to change", id=id))
                return
        if change.shift:
            own = shifted(own, change.shift, path)
        if change.start is not None and own.project.quarters is not None:
            own = shifted(own, change.start.since(own.project.quarters.first), path)
        if change.stretch is not None:
            if len(work(own.project)) + change.stretch < 1:
                self._cannot((*path, "stretch"), msg("“{id}” does not last that long", id=id))
                return
            own = stretched(own, change.stretch, path)
        if change.percent is not None:
            own = with_percent(own, change.percent, path)
            if not own.has_a_cost and self._plan.closed:
                self._closed_to[own.project.title] = None
            elif not own.has_a_cost:
                why = msg("“{id}” has no costs to change", id=id)
                self._cannot((*path, "percent"), why)
        instead = Instead(self._plan, {t.id: t.chosen for t in self._targets()}, self._cannot)
        for period, amount in change.costs.items():
            if period not in OUTSIDE and period.year in self._plan.closed:
                self._closed_to[own.project.title] = None
            else:
                own = instead.cost(own, period, amount, (*path, "costs", str(period)))
        self._projects[id] = own.within(self._plan.closed) if self._plan.closed else own

    # --- what follows ---

    def _targets(self) -> Iterator[Target]:
        for target in self._plan.targets:
            chosen = self._choices.get(target.id, target.chosen)
            yield target if chosen == target.chosen else changed(target, chosen=chosen)

    def _bounded(
        self, wanted: Callable[[InMaking, int], bool] | None = None
    ) -> Mapping[tuple[str, int], Bounded]:
        """The known costs that envelopes bound, or some of them, by theme and year."""
        with_envelope = {theme.id for theme in self._themes.values() if theme.envelope}
        if not with_envelope:
            return {}
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
        before: Mapping[str, InMaking],
        known: Mapping[tuple[str, int], Bounded],
        said: set[tuple[str, int]],
        percents: Mapping[tuple[str, int], Message],
    ) -> None:
        """Give the envelopes that the scenario does not state what the projects make of them."""
        nothing = Bounded()
        now, first = self._bounded(), self._bounded(is_first_cost(before, self._plan))
        for id, theme in self._themes.items():
            envelope = dict(theme.envelope)
            for year, amount in theme.envelope.items():
                key = id, year
                if key in said or year in self._plan.closed:
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
                if id(scenario) not in _places(self._plan)
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
        years = self._years()
        followed = self._followed(years)
        origins: dict[Path, Path] = {}
        steps: dict[Path, tuple[Message, ...]] = {}
        for n, (own, each) in enumerate(zip(self._projects.values(), followed, strict=True)):
            place: Path = ("projects", n)
            if own.path != place:
                origins[place] = own.path
            if own.moved_at is not None:
                origins[*place, "quarters"] = own.moved_at
            of_years = (*own.paid, *own.costs)
            for name, costs in (("costs", of_years), ("costs_outside", own.outside)):
                for k, worked in enumerate(costs):
                    at: Path = (*place, name, k)
                    if worked.origin != (*own.path, name, k) or worked.key != "amount":
                        origins.update(worked.origins(at, ()))
                    if worked.steps:
                        steps[at] = worked.steps
            for name, funding in each.lines.items():
                for k, (origin, told) in enumerate(funding):
                    at = (*place, name, k)
                    if origin != (*own.path, name, k):
                        origins[at] = origin
                    if told:
                        steps[at] = told
        places = {theme.id: i for i, theme in enumerate(self._plan.themes)}
        for (id, year), origin in self._origins.items():
            origins["themes", places[id], "envelope", str(year)] = origin
        origins |= self._ceiling_origins
        for (id, year), told_ in self._steps.items():
            steps["themes", places[id], "envelope", str(year)] = told_
        version = Version(self._made_of(followed, years), origins, steps)
        moved = tuple(line for each in followed for line in each.moved)
        lost = tuple(line for each in followed for line in each.lost)
        return Made(version, self._becoming(moved, lost, years))

    def alone(self, id: str) -> Making:
        """The same of a plan of one project, as it has become so far, without any envelope."""
        own = self._projects.get(id)
        theme = None if own is None else self._themes.get(own.project.theme)
        made = object.__new__(Making)
        vars(made).update(vars(self))
        made._projects = {} if own is None else {id: own}
        made._cancelled, made._gone = {}, set()
        made._themes = {} if theme is None else {theme.id: changed(theme, envelope={}, funding=())}
        fund = self._plan.fctva
        made._plan = changed(
            self._plan,
            **dict.fromkeys(_OF_NO_PROJECT, ()),
            funding=(),
            fctva=None if fund is None else changed(fund, due={}, due_operating={}),
        )
        return made

    def later(self, id: str, quarters: int) -> tuple[Plan, Sequence[Moved]]:
        """The plan where one project comes so much later, and what others pay that is lost.

        It is that of a scenario which says so, where no envelope follows.
        """
        made = object.__new__(Making)
        vars(made).update(vars(self))
        own = self._projects.get(id)
        if quarters and own is not None and id not in self._gone:
            own = shifted(own, quarters, own.path)
            made._projects = self._projects | {id: own.within(self._plan.closed)}
        years = made._years()
        followed = made._followed(years)
        return made._made_of(followed, years), [line for each in followed for line in each.lost]

    def _followed(self, years: Years) -> Sequence[Following]:
        """The projects, with who pays for them, and what they cost to run."""
        earliest, written = self._earliest, self._plan.years
        return [Following(own, earliest, written, years) for own in self._projects.values()]

    def _made_of(self, followed: Sequence[Following], years: Years) -> Plan:
        """The plan that has come of it."""
        plan = with_choices(self._plan, self._choices)
        plan = changed(
            plan,
            header=plan.header if years == plan.years else changed(plan.header, years=years),
            themes=tuple(map(_without_totals, self._themes.values())),
            projects=tuple(_without_totals(each.project) for each in followed),
            funders=tuple(map(_without_totals, self._plan.funders)),
            groups=tuple(map(_without_totals, self._plan.groups)),
            programmes=tuple(map(_without_totals, self._plan.programmes)),
            ceilings=self._ceilings,
            savings=self._savings,
            debt=self._debt,
            scenarios=(),
            stated_totals=None,
            cancelled=tuple(self._cancelled.values()),
        )
        gone = (self._gone | {*self._cancelled}) - {*self._projects}
        return without_references(plan, gone)

    def _becoming(
        self, moved: tuple[Moved, ...], lost: tuple[Moved, ...], years: Years
    ) -> Becoming:
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
            if (own := self._projects.get(project.id)) is None
            or own.is_moved
            or project.id in self._gone
        }
        return Becoming(
            (),
            (),
            "kept" if self._keep else "follow",
            followed,
            self._read_with,
            moved,
            lost,
            years != self._plan.years,
            tuple(p.title for p in self._plan.programmes if not changed_ids.isdisjoint(p.projects)),
            tuple(
                project.title
                for project in self._plan.projects
                if project.id in changed_ids
                and project.money != "none"
                and all(cost.written is None and not cost.is_line for cost in project.costs)
                and not (project.funding or project.running_costs)
            ),
            left_out=tuple(id for id in self._projects if id in self._gone | {*self._cancelled}),
            closed_to=tuple(self._closed_to),
            impossible=tuple(self.impossible),
        )

    @property
    def _earliest(self) -> int:
        """The first year in which something that moves can come to lie."""
        day = self._plan.header.presented
        first = max([self._plan.years.first, *(year + 1 for year in self._plan.closed)])
        return first if day is None else max(first, self._plan.header.quarter_of(day).year)

    def _years(self) -> Years:
        """The plan's years, and those that work or costs have come to lie in."""
        first, last = self._plan.years
        for own in self._projects.values():
            if own.moved_at is not None:
                costs = [year for each in own.costs if (year := each.cost.in_year) is not None]
                first = min([first, *costs])
                last = max([last, *costs])
                if own.project.quarters is not None and not goes_on(own.first):
                    last = max(last, own.project.quarters.last.year)
        return Years(first, last)


def _without_totals(thing: T) -> T:
    """A thing without printed totals, which were those of another version."""
    printed = getattr(thing, "stated_totals", None)
    return thing if printed is None else changed(thing, stated_totals=None)
