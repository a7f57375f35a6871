"""The yearly step: what to change in a plan to make next year's of it.

The first year leaves the plan, and a year is added: its amounts are to be stated. What has begun
keeps its quarters, and what it cost and received in the year that leaves lies before the plan from
then on; what has ended is dropped, with what names it. So is what was said of this
year's version alone: its printed totals, its day, why it differs from the version before. What the
VAT fund still pays for the year that leaves is written down: what it comes from leaves, too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Any

from ppi_cli.changes.edits import Add, Drop, Edit, MoveYears, Write
from ppi_cli.changes.rolling_accounts import RollingAccounts
from ppi_cli.changes.rolling_carried import RollingCarried
from ppi_cli.changes.rolling_fund import RollingFund
from ppi_cli.changes.rolling_money import Spent, from_next
from ppi_cli.plan.model import Plan
from ppi_cli.plan.pieces import changed
from ppi_cli.plan.projects import Cost, Funding, Project
from ppi_cli.plan.scenarios import ScenarioChange
from ppi_cli.values.findings import Path
from ppi_cli.values.quarters import Years
from ppi_cli.versions.costs import worked_costs
from ppi_cli.versions.funding import worked_funding


def rolled(plan: Plan, tree: Mapping[str, Any]) -> list[Edit]:
    """The edits that make next year's plan of a plan, which was read from a tree.

    Those of savings and debt are in ``rolling_debt.py``.
    """
    edits = list(_Rolling(plan, tree).edits())
    anew = {edit.path for edit in edits if isinstance(edit, Write)}
    return [edit for edit in edits if not (isinstance(edit, Drop) and _lies_in(edit.path, anew))]


class _Rolling(RollingAccounts, RollingCarried, RollingFund):
    def edits(self) -> Iterator[Edit]:
        yield from self._header()
        for section in ("stated_totals", "changes"):
            if section in self._tree:
                yield Drop((section,))
        for section in ("projects", "funders", "programmes", "groups"):
            for i, thing in enumerate(self._tree.get(section) or ()):
                if "stated_totals" in thing and thing.get("id") not in self._gone:
                    yield Drop((section, i, "stated_totals"))
        for i, theme in enumerate(self._tree.get("themes") or ()):
            path: Path = ("themes", i)
            if "stated_totals" in theme:
                yield Drop((*path, "stated_totals"))
            yield from self._reasons(path, theme)
            yield from self._raised((*path, "envelope"), self._plan.themes[i])
            yield from self._yearly((*path, "envelope"), theme.get("envelope"))
            self._carried_in(self._plan.themes[i])
            yield from self._without_account((*path, "paid"), theme.get("paid"))
            of_theme = self._plan.themes[i].funding
            yield from self._money((*path, "funding"), of_theme, self._received(of_theme))
        yield from self._reasons(("funding",), self._tree.get("funding") or ())
        of_plan = self._plan.funding
        yield from self._money(("funding",), of_plan, self._received(of_plan))
        yield from self._projects(("projects",), self._plan.projects)
        for kind, by_year in (self._tree.get("ceilings") or {}).items():
            if kind == "years_to_repay":
                yield from self._unless_past(("ceilings", kind), by_year)
            else:
                yield from self._yearly(("ceilings", kind), by_year)
        yield from self._fctva(self._tree.get("fctva"))
        for i, recommendation in enumerate(self._tree.get("recommendations") or ()):
            yield from self._reasons(("recommendations", i), recommendation)
        yield from self._programmes()
        yield from self._lines_of_accounts()
        accounts = [i for i, each in enumerate(self._plan.execution) if each.year == self._past]
        yield from self._items(("execution",), accounts, len(self._plan.execution))
        lapsed = [
            i
            for i, exception in enumerate(self._plan.exceptions)
            if exception.project in self._gone or exception.year == self._past
        ]
        yield from self._items(("exceptions",), lapsed, len(self._plan.exceptions))
        for i in range(len(self._plan.scenarios)):
            yield from self._scenario(i)

    def _header(self) -> Iterator[Edit]:
        header = self._tree["plan"]
        yield MoveYears(("plan", "years"), self._plan.years, self._names)
        title = MoveYears(("plan", "title"), self._plan.years, self._names)
        if title.is_in(header["title"]):
            yield title
        if "presented" in header:
            yield Drop(("plan", "presented"))

    def _projects(self, path: Path, projects: Sequence[Project]) -> Iterator[Edit]:
        gone = [i for i, project in enumerate(projects) if project.id in self._gone]
        yield from self._items(path, gone, len(projects))
        for i, project in enumerate(projects):
            if i in gone:
                continue
            own: Path = (*path, i)
            yield from self._reasons(own, self._at(own))
            worked = list(worked_costs(self._plan, project))
            self._keeps_taxes = any(
                each.of in ("incl", "excl") and each.of != self._plan.header.tax
                for each in project.funding
            )
            spent = [
                Spent([w.cost for w in worked if w.origin[1] == j], self._past, cost)
                for j, cost in enumerate(project.costs)
            ]
            if (
                self._leaving is not None
                and path == ("projects",)
                and self._leaving.has_line(project)
            ):
                yield from self._executed((*own, "costs"), project, worked, self._leaving)
            else:
                yield from self._money((*own, "costs"), project.costs, spent)
            stay = self._retold(path, project)
            short = {each.year.year for each in stay if each.is_short}
            yield from self._without_account((*own, "paid"), self._at(own).get("paid"), short)
            costs = [each.cost for each in worked if self._is_chosen(each.cost)]
            received = self._received(project.funding, project, costs)
            if self._leaving is not None and self._leaving.says_received(project):
                yield from self._came((*own, "funding"), project, received, self._leaving)
            else:
                yield from self._money((*own, "funding"), project.funding, received)
            complete = project.funding_complete
            if isinstance(complete, Years) and complete.first == self._past:
                place = (*own, "funding_complete")
                is_over = complete.last == self._past
                yield Drop(place) if is_over else Write(place, from_next(complete))
            over = [
                j
                for j, running in enumerate(project.running_costs)
                if running.until is not None and running.until <= self._past
            ]
            yield from self._items((*own, "running_costs"), over, len(project.running_costs))
            ended = [j for j, link in enumerate(project.after) if link.id in self._gone]
            yield from self._items((*own, "after"), ended, len(project.after))

    def _is_chosen(self, cost: Cost) -> bool:
        """Whether a cost depends on no choice, or on the one that is made."""
        chosen = {target.id: target.chosen for target in self._plan.targets}
        return cost.when is None or chosen.get(cost.when.target) == cost.when.variant

    def _received(
        self,
        funding: Sequence[Funding],
        project: Project | None = None,
        costs: Sequence[Cost] = (),
    ) -> list[Spent]:
        """What is received of each funding; what comes as costs do goes with them, as written."""
        by_line: dict[int, list[Funding]] = {}
        for n, each in enumerate(funding):
            by_line[n] = [] if each.comes_with_costs else [own for _, own in each.by_period()]
        if project is not None:
            inside, outside = ([c for c in costs if c.is_outside == is_] for is_ in (False, True))
            own = changed(project, costs=tuple(inside), costs_outside=tuple(outside))
            for worked in worked_funding(self._plan, own):
                if (
                    isinstance(j := worked.origin[1], int)
                    and by_line[j]
                    and funding[j].share is not None
                ):
                    by_line[j] = [worked.funding]
        return [Spent(by_line[n], self._past, each) for n, each in enumerate(funding)]

    def _programmes(self) -> Iterator[Edit]:
        """Votes keep their reasons: they say why something was voted, not why a version differs."""
        for i, programme in enumerate(self._plan.programmes):
            path: Path = ("programmes", i)
            ended = [j for j, id in enumerate(programme.projects) if id in self._gone]
            yield from self._items((*path, "projects"), ended, len(programme.projects))
            if programme.reason is not None:
                yield Drop((*path, "reason"))
            yield from self._carried_of(programme, path)
            paid = None if self._leaving is None else self._leaving.paid_of(programme)
            if paid is not None and self._past not in programme.paid:
                text = self._amount(paid, assumed=False)
                if isinstance(self._at(path).get("paid"), dict):
                    yield Add((*path, "paid"), str(self._past), text)
                elif "paid" in self._at(path):
                    yield Write((*path, "paid"), {str(self._past): text})
                else:
                    yield Add(path, "paid", {str(self._past): text})

    def _scenario(self, i: int) -> Iterator[Edit]:
        scenario = self._plan.scenarios[i]
        path: Path = ("scenarios", i)
        ended = [j for j, id in enumerate(scenario.drop) if id in self._gone]
        yield from self._items((*path, "drop"), ended, len(scenario.drop))
        yield from self._projects((*path, "add"), scenario.add)
        idle: list[int] = []
        for j, change in enumerate(scenario.change):
            own: Path = (*path, "change", j)
            written = self._at(own)
            amounts = [key for key in ("costs", "envelope") if isinstance(written.get(key), dict)]
            left = set(written) - {"project", "theme"}
            over = {key: self._over(written[key]) for key in amounts}
            left -= {key for key in amounts if set(written[key]) <= over[key]}
            no_share = change.percent is not None and not self._has_money(change)
            left -= {"percent"} if no_share else set()
            too_early = change.start is not None and change.start.year <= self._past
            left -= {"start"} if too_early else set()
            if change.project in self._gone or not left:
                idle.append(j)
                continue
            if no_share:
                yield Drop((*own, "percent"))
            if too_early:
                yield Drop((*own, "start"))
            for key in amounts:
                if "before" in over[key] & written[key].keys():
                    yield Drop((*own, key, "before"))
                yield from self._without_past((*own, key), written[key])
        yield from self._items((*path, "change"), idle, len(scenario.change))
        for kind, by_year in (self._at(path).get("ceilings") or {}).items():
            if isinstance(by_year, dict):
                yield from self._without_past((*path, "ceilings", kind), by_year)

    def _over(self, by_period: Mapping[str, Any]) -> set[str]:
        """The periods of a scenario that are over: what was before the year past is now in one."""
        past = {str(self._past)}
        return past | {"before"} if str(self._past) in by_period else past

    def _has_money(self, change: ScenarioChange) -> bool:
        """Whether what a scenario changes still has an amount, of which it can change a share."""
        changes = [each for scenario in self._plan.scenarios for each in scenario.change]
        amounts = [
            each
            for theme in self._plan.themes
            if theme.id == change.theme
            for each in theme.envelope
        ]
        amounts += [
            year
            for each in changes
            if (each.theme, each.project) == (change.theme, change.project)
            for year in (*each.envelope, *(period.year for period in each.costs))
        ]
        added = [project for scenario in self._plan.scenarios for project in scenario.add]
        amounts += [
            year
            for project in (*self._plan.projects, *added)
            if project.id == change.project
            for line in project.costs
            for _, cost in line.by_period()
            if cost.written is not None and cost.paid is not None and not cost.is_outside
            for year in cost.paid
        ]
        return any(year != self._past for year in amounts)


def _lies_in(path: Path, written: Set[Path]) -> bool:
    """Whether a place lies in one that is written anew."""
    return any(path[:length] in written for length in range(len(path)))
