"""Which projects fit under the ceilings, as people read it: what waits, and why, line by line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ppi_cli.figures.affordability import TooMuch, afford_years
from ppi_cli.figures.arbitration import (
    Arbitration,
    Placement,
    unbounded,
)
from ppi_cli.figures.ceilings import has_debt_ceilings
from ppi_cli.figures.funding import receipts
from ppi_cli.figures.room import ceilings, put_aside
from ppi_cli.figures.totals import Figure, has_known_cost
from ppi_cli.plan.becoming import Moved
from ppi_cli.plan.bounds import CEILING_KINDS, KINDS, Bound
from ppi_cli.plan.model import Plan
from ppi_cli.plan.priority import rank_of
from ppi_cli.plan.projects import Project
from ppi_cli.reports.against_afford import AgainstAfford
from ppi_cli.reports.becoming import version_notes
from ppi_cli.reports.borrowing import (
    aside_note,
    debt_payload,
    no_ceiling,
    unbounded_notes,
    under_ceilings_table,
    unheld_ceilings,
)
from ppi_cli.reports.comparison import ComparisonReport
from ppi_cli.reports.plan import headed, plan_line
from ppi_cli.reports.table import Column, Line, Lines, Table, lines_of
from ppi_cli.reports.to_find import ToFind, debt_over_payload, over_payload, share_payload
from ppi_cli.reports.values import stated
from ppi_cli.reports.waiting import Reasons, in_debt, shares_of
from ppi_cli.values.message import Message, counted, msg
from ppi_cli.values.money import Money
from ppi_cli.values.quarters import Quarter, Year


@dataclass(frozen=True)
class ArbitrationReport:
    found: Arbitration
    #: The plan and what it becomes side by side; ``None`` where nothing moves.
    comparison: ComparisonReport | None = None
    #: The plan before, with what was asked of it; ``None`` where nothing was.
    asked: Plan | None = None

    @property
    def plan(self) -> Plan:
        return self.found.plan

    @cached_property
    def waiting(self) -> Sequence[Placement]:
        """What does not stay where it is, the most urgent first."""
        return [each for each in self.found.placements if not each.stays]

    @property
    def _reasons(self) -> Reasons:
        return Reasons(self.found)

    @property
    def _to_find(self) -> ToFind:
        return ToFind(self.found, self.waiting)

    def reason(self, placement: Placement) -> Message:
        """Why a project does not stay, in one sentence."""
        return self._reasons.reason(placement)

    # --- tables ---

    def table(self) -> Table:
        ranks = {each.project.id: rank_of(self.plan, each.project) for each in self.waiting}
        rank = Column(msg("Rank"), "rank", lambda each: ranks[each.project.id])
        columns = (
            Column(msg("Id"), "id", lambda each: each.project.id, for_machines=True),
            Column(msg("Class"), "class", lambda each: each.class_),
            *([rank] if any(ranks.values()) else []),
            Column(msg("Project"), "title", lambda each: each.project.title),
            Column(msg("As written"), "written", _written),
            Column(
                msg("Instead"),
                "instead",
                lambda each: msg("not in the plan") if each.is_out else each.start,
            ),
            Column(msg("Why"), "why", lambda each: Lines(tuple(self._reasons.why(each)))),
        )
        lines = tuple(lines_of(columns, self.waiting))
        title = msg("{plan}: what fits under the ceilings", plan=plan_line(self.asked or self.plan))
        return Table(title, columns, lines, tuple(self._notes()), more=tuple(self._more()))

    def _more(self) -> Iterator[Table]:
        yield from self._to_find.tables()
        if ceilings(self.plan):
            yield self._left_table()
        if (debt := under_ceilings_table(self._sides)) is not None:
            yield debt
        if self.found.fixed:
            yield self._fixed_table()
        if self.comparison is not None:
            title = msg("What changes against the plan")
            yield self.comparison.table()._replace(title=title)

    @property
    def _sides(self) -> Sequence[tuple[Message, Plan]]:
        """The plan as written, and what it becomes where anything moves."""
        sides = ((_AS_WRITTEN, self.found.plan), (_INSTEAD, self.found.version.plan))
        return sides[:1] if self.found.scenario is None else sides

    def _left_table(self) -> Table:
        left = self.found.left()
        years = [year for year in self.plan.years.each() if any(b.year == year for b in left)]
        columns = (
            Column(msg("Ceiling"), "kind"),
            *(Column(Year(year), str(year), numeric=True) for year in years),
        )
        lines = [
            Line(
                (
                    msg("{ceiling}, {version}", ceiling=CEILING_KINDS[kind], version=side),
                    *(_left(left.get(Bound(kind, year)), n) for year in years),
                )
            )
            for kind in KINDS
            if any(bound.kind == kind for bound in left)
            for n, (side, _) in enumerate(self._sides)
        ]
        return Table(msg("What is left of each ceiling"), columns, tuple(lines))

    def _fixed_table(self) -> Table:
        columns = (
            Column(msg("Id"), "id", str, for_machines=True),
            Column(msg("Project"), "title", lambda each: self.plan.by_id[each].title),
            Column(msg("Why"), "why", self.found.fixed.get),
        )
        lines = lines_of(columns, self.found.fixed)
        return Table(msg("What cannot be put off"), columns, tuple(lines))

    # --- sentences ---

    def _notes(self) -> Iterator[Message]:
        found = self.found
        if not (ceilings(self.plan) or has_debt_ceilings(self.plan)):
            aside = put_aside(self.plan)
            yield aside_note(aside) if aside else no_ceiling(self.plan)
            yield msg("state some under “ceilings”, or with --ceiling net.2027=3,2M€")
            yield from unheld_ceilings(self.plan)
            return
        for over in found.passes_as_written:
            yield msg(
                "! as written, {year} is {gap} over its ceiling ({kind})",
                year=Year(over.bound.year),
                gap=over.amount,
                kind=CEILING_KINDS[over.bound.kind],
            )
        for debt in found.debt_as_written:
            yield msg("! as written: {problem}", problem=in_debt(debt))
        yield from self._what_comes_of_it()
        for debt in found.debt_fixed:
            yield msg("! what cannot be put off alone: {problem}", problem=in_debt(debt))
        for over in found.fixed_over:
            yield msg(
                "! {year}: what cannot be put off passes the ceiling ({kind}) alone, by {amount}",
                year=Year(over.bound.year),
                kind=CEILING_KINDS[over.bound.kind],
                amount=over.amount,
            )
        for each in found.holding:
            yield msg(
                "{year} ({kind}) holds by {amount} of what less urgent projects bring in: {shares},"
                " less urgent than {title}",
                year=Year(each.bound.year),
                kind=CEILING_KINDS[each.bound.kind],
                amount=each.amount,
                shares=shares_of(each.brought_by),
                title=each.project.title,
            )
        yield from self._if_nothing_is_granted()
        yield from self._choices()
        yield from self._lost()
        if ceilings(self.plan):
            yield from self._without_ceiling()
        yield from unheld_ceilings(self.plan)
        yield from AgainstAfford(found).notes()
        for placement in found.placements:
            if placement.stays and not has_known_cost(placement.project):
                yield msg(
                    "no cost of “{title}” is known in the years of the plan: it takes of no"
                    " ceiling",
                    title=placement.project.title,
                )
        yield from version_notes(found.version.plan) if found.scenario is not None else ()

    def _what_comes_of_it(self) -> Iterator[Message]:
        found = self.found
        if not self.waiting:
            if found.passes_as_written or found.debt_as_written:
                yield msg("nothing that can be put off takes of what is passed: nothing moves")
            else:
                yield msg(
                    "{ceilings} as the plan is written: nothing moves",
                    ceilings=self._every_ceiling_holds,
                )
            return
        moved, out = len(found.moved), len(found.out)
        said = [counted("{n} project waits", "{n} projects wait", moved)] if moved else []
        if out:
            said.append(counted("{n} project falls out", "{n} projects fall out", out))
        holds = msg("{ceilings} then", ceilings=self._every_ceiling_holds)
        if found.fixed_over or found.debt_fixed:
            holds = msg(
                "{ceilings} then, but for those that what cannot be put off passes alone",
                ceilings=self._every_ceiling_holds,
            )
        yield msg("{changes}; {holds}", changes=said, holds=holds)
        yield msg(
            "the most urgent first: by class, rank, first quarter, id; what others come after"
            " stands before them; each takes of what those before it leave"
        )
        made_up = (self._reasons.made_up, self._reasons.made_up_of_debt)
        if any(True for each in self.waiting for found in made_up for _ in found(each)):
            yield msg(
                "“--fix PROJECT” counts what a project brings in for all, also for those more"
                " urgent"
            )

    @property
    def _every_ceiling_holds(self) -> Message:
        """That all hold, of those that anything can be held against."""
        if any(unheld_ceilings(self.plan)):
            return msg("every ceiling that is looked at holds")
        return msg("every ceiling holds")

    def _if_nothing_is_granted(self) -> Iterator[Message]:
        """Which ceilings hold only if what is requested comes."""
        plan = self.found.version.plan
        if not any(receipt.status == "requested" for receipt in receipts(plan)):
            return
        for each in afford_years(plan):
            net, ceiling = each.net_if_nothing_is_granted, each.ceilings.get("net")
            if net is None or ceiling is None or each.net.amount is None:
                continue
            if net > ceiling.amount >= each.net.amount:
                yield msg(
                    "! {year} keeps its ceiling (net) only if what is requested comes: without it,"
                    " it is {gap} over",
                    year=Year(each.year),
                    gap=net - ceiling.amount,
                )

    def _choices(self) -> Iterator[Message]:
        for each in self.waiting:
            first = next((refused for refused in each.refused if refused.is_a_choice), None)
            if first is None:
                continue
            told = {"title": each.project.title, "start": first.start}
            lines = [self._reasons.line(line) for line in first.loses]
            if each.is_out:
                yield msg(
                    "a choice: “{title}” could start in {start}, if this is given up, which is lost"
                    " too where it is not in the plan: {lines}",
                    lines=lines,
                    **told,
                )
            else:
                yield msg(
                    "a choice: “{title}” could start in {start}, if this is given up: {lines}",
                    lines=lines,
                    **told,
                )

    def _lost(self) -> Iterator[Message]:
        """What others would pay for projects that fall out."""
        for each in self.found.out:
            if lines := [self._reasons.line(line) for line in _grants(self.plan, each.project)]:
                yield msg(
                    "lost with “{title}”, which is not in the plan: {lines}",
                    title=each.project.title,
                    lines=lines,
                )

    def _without_ceiling(self) -> Iterator[Message]:
        for kind, years in unbounded(self.plan).items():
            if kind is None:
                aside = [year for year in years if year in put_aside(self.plan)]
                if aside:
                    yield aside_note(aside)
                free = [year for year in years if year not in aside]
                yield from unbounded_notes(self.plan, free, refused=True)
            else:
                yield msg(
                    "no ceiling ({kind}) is stated for {years}",
                    kind=CEILING_KINDS[kind],
                    years=[Year(year) for year in years],
                )

    # --- for other programs ---

    def payload(self) -> Mapping[str, Any]:
        found = self.found
        return {
            **headed(self.asked or self.plan),
            "over_as_written": [over_payload(each) for each in found.passes_as_written],
            "projects": [self._placement(each) for each in found.placements],
            "fixed": [{"id": id, "reason": reason} for id, reason in found.fixed.items()],
            "fixed_over": [over_payload(each) for each in found.fixed_over],
            "debt_as_written": [debt_over_payload(each) for each in found.debt_as_written],
            "debt_fixed": [debt_over_payload(each) for each in found.debt_fixed],
            "debt": {
                "as_written": debt_payload(found.plan),
                "instead": debt_payload(self._sides[-1][1]),
            },
            "holding": [
                {
                    **over_payload(TooMuch(each.bound, each.amount)),
                    "project": each.project.id,
                    "brought_by": share_payload(each.brought_by),
                }
                for each in found.holding
            ],
            "left": [
                {
                    "kind": bound.kind,
                    "year": str(bound.year),
                    "ceiling": str(ceilings(self.plan)[bound].amount),
                    "as_written": str(before),
                    "instead": str(after),
                }
                for bound, (before, after) in found.left().items()
            ],
            "without_ceiling": {
                kind or "any": [str(year) for year in years]
                for kind, years in unbounded(self.plan).items()
            },
            "held": [project.id for project in found.held_out],
            "notes": list(self._notes()),
            "compare": None if self.comparison is None else self.comparison.payload(),
        }

    def _placement(self, each: Placement) -> dict[str, Any]:
        return {
            "id": each.project.id,
            "title": each.project.title,
            "class": each.class_,
            "in_plan": not each.is_out,
            "written": stated(_written(each)),
            "start": stated(each.start),
            "later": each.later,
            "why": [] if each.stays else list(self._reasons.why(each)),
            "without": list(each.without),
            "refused": [
                {
                    "start": stated(refused.start),
                    "over": [over_payload(over) for over in refused.over],
                    "debt": [debt_over_payload(each) for each in refused.debt],
                    "reasons": list(self._reasons.reasons(refused)),
                    "loses": [
                        {
                            "from": line.funder,
                            "amount": stated(line.amount),
                            "year": str(line.before),
                        }
                        for line in refused.loses
                    ],
                    "is_a_choice": refused.is_a_choice,
                }
                for refused in each.refused
            ],
            "to_find": self._to_find.payload(each),
            "lost": [
                {"from": line.funder, "amount": str(line.amount), "year": str(line.before)}
                for line in (_grants(self.plan, each.project) if each.is_out else ())
            ],
        }


_AS_WRITTEN, _INSTEAD = msg("as written"), msg("instead")


def _written(placement: Placement) -> Quarter | None:
    """The first quarter of a project as it is written."""
    quarters = placement.project.quarters
    return None if quarters is None else quarters.first


def _left(sides: tuple[Money, Money] | None, n: int) -> Figure:
    if sides is None:
        return Figure()
    return Figure(sides[n], over=sides[n].cents < 0)


def _grants(plan: Plan, project: Project) -> Iterator[Moved]:
    """What others pay for a project, as far as it is stated."""
    own = {funder.id for funder in plan.funders if funder.own}
    for each in project.funding:
        if each.from_ not in own and each.amount is not None:
            yield Moved(project.id, each.from_, each.amount, each.in_year, each.in_year)
