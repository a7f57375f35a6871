"""Which projects fit under the ceilings, as people read it: what waits, and why, line by line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from ppi_cli.figures.affordability import TooMuch, afford_years, shortage
from ppi_cli.figures.ahead import ahead
from ppi_cli.figures.arbitration import (
    Arbitration,
    Placement,
    Refusal,
    Share,
    Shares,
    unbounded,
)
from ppi_cli.figures.ceilings import has_debt_ceilings
from ppi_cli.figures.debt_room import DebtOver
from ppi_cli.figures.fixed import fixed
from ppi_cli.figures.funding import receipts
from ppi_cli.figures.room import ceilings, put_aside
from ppi_cli.figures.totals import Figure, has_known_cost
from ppi_cli.plan.becoming import Moved
from ppi_cli.plan.bounds import CEILING_KINDS, KINDS, Bound
from ppi_cli.plan.model import Plan
from ppi_cli.plan.priority import rank_of
from ppi_cli.plan.projects import Project
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
from ppi_cli.reports.values import stated
from ppi_cli.values.message import Message, counted, msg
from ppi_cli.values.money import Money, total
from ppi_cli.values.quarters import Quarter, Year

#: How many of those that take of a ceiling are named; the rest are counted, or summed.
_NAMED = 3
_NAMED_FOR_PROGRAMS = 50
#: How many refused starts in a row are said in one line, where one ceiling stands against all.
_SHORTEST_RUN = 3


@dataclass(frozen=True)
class _Sum:
    """What adds up to a ceiling, and what is too much with a project that would stay."""

    project: Project
    over: TooMuch
    #: What is fixed, and not split by project.
    fixed: Money
    #: What the more urgent projects take of the ceiling; what others bring.
    takers: Shares
    brought: Money
    ceiling: Money

    @property
    def itself(self) -> Money:
        return self.ceiling + self.over.amount - self.fixed - self.takers.total + self.brought


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
            Column(msg("Why"), "why", lambda each: Lines(tuple(self._why(each)))),
        )
        lines = tuple(lines_of(columns, self.waiting))
        title = msg("{plan}: what fits under the ceilings", plan=plan_line(self.asked or self.plan))
        return Table(title, columns, lines, tuple(self._notes()), more=tuple(self._more()))

    def _more(self) -> Iterator[Table]:
        if any(self._to_stay(each) for each in self.waiting):
            yield self._to_find_table()
        if any(self._debt_to_stay(each) for each in self.waiting):
            yield self._to_find_for_debt_table()
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

    def _to_find_table(self) -> Table:
        """What would have to be found for each to stay, as a sum; and who takes it."""
        sums = [
            self._sum(each, over, _NAMED) for each in self.waiting for over in self._to_stay(each)
        ]
        brings = any(each.brought.cents for each in sums)
        columns = (
            Column(msg("Project"), "title"),
            Column(msg("Ceiling"), "kind"),
            Column(msg("Fixed"), "fixed", numeric=True),
            Column(msg("More urgent"), "more_urgent", numeric=True),
            *([Column(msg("They bring"), "brought", numeric=True)] if brings else []),
            Column(msg("Itself"), "itself", numeric=True),
            Column(msg("Less the ceiling"), "ceiling", numeric=True),
            Column(msg("To find"), "amount", numeric=True),
            Column(msg("Most of it goes to"), "takers"),
        )
        lines = [
            Line(
                (
                    each.project.title,
                    _of(each.over.bound),
                    each.fixed,
                    each.takers.total,
                    *([-each.brought] if brings else []),
                    each.itself,
                    -each.ceiling,
                    each.over.amount,
                    _largest(each.takers),
                )
            )
            for each in sums
        ]
        title = msg("What would have to be found for each to stay as written")
        notes = (
            msg("fixed: what cannot be put off, and what is not split by project"),
            msg("more urgent: as far as it is in the plan then, where it comes to stand"),
            *self._notes_of_sums(sums),
        )
        return Table(title, columns, tuple(lines), notes)

    def _notes_of_sums(self, told: Sequence[_Sum]) -> Iterator[Message]:
        """How to read what would have to be found: what of it is in another line too."""
        for over in self.found.fixed_over:
            if any(each.over.bound == over.bound for each in told):
                yield _in_the_sum(_of(over.bound), over.amount)
        for over in self.found.passes_as_written:
            here = [each.over.amount for each in told if each.over.bound == over.bound]
            if any(amount > over.amount for amount in here):
                yield msg(
                    "{bound}: as written, it is {amount} over with all projects; here, what less"
                    " urgent ones bring in does not count, and what is put off takes of it later",
                    bound=_of(over.bound),
                    amount=over.amount,
                )
        years = [(each.project.id, each.over.bound.year) for each in told]
        if len(set(years)) < len(years):
            yield msg(
                "of one project in one year: not to be added, one euro may count in several"
                " ceilings"
            )
        if len({each.project.id for each in told}) > 1:
            yield _EACH_BY_ITSELF

    def _to_find_for_debt_table(self) -> Table:
        """The same of ceilings of debt: they bound the whole path, which is in no parts."""
        told = [(each, over) for each in self.waiting for over in self._debt_to_stay(each)]
        columns = (
            Column(msg("Project"), "title"),
            Column(msg("Ceiling"), "kind"),
            Column(msg("Loan, or debt"), "held", numeric=True),
            Column(msg("Less the ceiling"), "allowed", numeric=True),
            Column(msg("To find"), "amount", numeric=True),
        )
        lines = [
            Line((each.project.title, _of_debt(over), over.held, -over.allowed, over.to_find))
            for each, over in told
        ]
        title = msg("What would have to be found for each to stay, under the ceilings of debt")
        return Table(title, columns, tuple(lines), tuple(self._notes_of_debt(told)))

    def _notes_of_debt(self, told: Sequence[tuple[Placement, DebtOver]]) -> Iterator[Message]:
        if any(over.kind == "years_to_repay" for _, over in told):
            yield msg(
                "years to repay: the debt at the end of the year, less what so many years of its"
                " gross savings repay; what is found lowers it in a year that borrows, that one or"
                " one before"
            )
        passed = {(over.kind, over.year) for _, over in told}
        for over in self.found.debt_fixed:
            if (over.kind, over.year) in passed:
                yield _in_the_sum(_of_debt(over), over.to_find)
        ids = [each.project.id for each, _ in told]
        if len(set(ids)) < len(ids):
            yield msg(
                "of one project: not to be added, what is found in a year serves the next ones too"
            )
        if len(set(ids)) > 1:
            yield _EACH_BY_ITSELF

    @staticmethod
    def _to_stay(placement: Placement) -> tuple[TooMuch, ...]:
        return placement.refused[0].over if placement.refused else ()

    @staticmethod
    def _debt_to_stay(placement: Placement) -> tuple[DebtOver, ...]:
        return placement.refused[0].debt if placement.refused else ()

    def _sum(self, placement: Placement, over: TooMuch, named: int) -> _Sum:
        """What adds up to the ceiling and what is too much, with so many of those that take it."""
        found, bound = self.found, over.bound
        return _Sum(
            placement.project,
            over,
            Money(found.fixed_load.get(bound, 0)),
            found.takers(placement, bound, named),
            found.bringers(placement, bound).total,
            ceilings(self.plan)[bound].amount,
        )

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

    def _why(self, placement: Placement) -> Iterator[Message]:
        """Why it does not stay, and why it cannot start at any earlier time."""
        for id in placement.without:
            title = self.plan.by_id[id].title
            yield msg("it comes after “{title}”, which is not in the plan", title=title)
        for run in _runs(placement.refused):
            if len(run) < _SHORTEST_RUN:
                for refused in run:
                    yield from self.said(refused)
                continue
            (over,) = run[0].over
            yield msg(
                "too much in {year} ({kind}), by start: {amounts}",
                year=Year(over.bound.year),
                kind=CEILING_KINDS[over.bound.kind],
                amounts=[_by_start(each) for each in run],
            )
        for over in self._to_stay(placement):
            if brought := self.found.brought_to(placement, over.bound):
                yield msg(
                    "{year} ({kind}) holds as written only by what less urgent projects bring in:"
                    " {shares}",
                    year=Year(over.bound.year),
                    kind=CEILING_KINDS[over.bound.kind],
                    shares=_shares(brought),
                )
        yield from self._made_up(placement)
        yield from self._made_up_of_debt(placement)
        yield from self._ahead(placement)
        if placement.is_out and placement.project.quarters is None and placement.refused:
            yield msg("it has no quarters: it cannot be put off")

    def _made_up(self, placement: Placement) -> Iterator[Message]:
        """The first start that would hold by what less urgent projects bring in the end."""
        for refused in placement.refused:
            found = self.found.made_up(placement, refused, _NAMED)
            if found and not any(self.found.brought_to(placement, bound) for bound in found):
                for bound, shares in found.items():
                    told = {"bound": _of(bound), "shares": _largest(shares)}
                    yield _made_up(refused.start, **told)
                return

    def _made_up_of_debt(self, placement: Placement) -> Iterator[Message]:
        """The first ceiling of debt for which less urgent projects bring in enough in the end."""
        for over in self._debt_to_stay(placement):
            first = over.year if over.kind == "borrowing" else self.plan.years.first
            bounds = [Bound("net", year) for year in range(first, over.year + 1)]
            left = total(self.found.less_urgent(placement, bound, 0)[1] for bound in bounds)
            if left is not None and left >= over.to_find:
                yield msg(
                    "{bound}: by then, less urgent projects bring in {amount} more than they take;"
                    " that helps only those less urgent than they are",
                    bound=_of_debt(over),
                    amount=left,
                )
                return

    def _ahead(self, placement: Placement) -> Iterator[Message]:
        """Who comes before it and is no more urgent by itself, and why."""
        alike = list[str]()
        for each in ahead(self.found, placement):
            if each.needed_by is None:
                alike.append(each.project.title)
                continue
            yield msg(
                "“{title}”, less urgent by itself, comes first: “{other}” comes after it",
                title=each.project.title,
                other=each.needed_by.title,
            )
        if alike:
            titles = [msg("“{title}”", title=title) for title in alike[:_NAMED]]
            if others := len(alike) - len(titles):
                titles.append(counted("{n} other", "{n} others", others))
            yield msg(
                "as urgent as {titles} (class, rank, first quarter): it comes behind by its id"
                " alone",
                titles=titles,
            )

    def reason(self, placement: Placement) -> Message:
        """Why it does not stay, in one sentence."""
        return _joined(self._why(placement))

    def said(self, refused: Refusal) -> Iterator[Message]:
        """Why a start was refused: in one sentence, where it has a start."""
        why = list(self._reasons(refused))
        if refused.start is None:
            yield from why
            return
        yield msg("not in {start}: {why}", start=refused.start, why=_joined(why))

    def _reasons(self, refused: Refusal) -> Iterator[Message]:
        for over in refused.over:
            yield msg(
                "{amount} too much in {year} ({kind})",
                year=Year(over.bound.year),
                amount=over.amount,
                kind=CEILING_KINDS[over.bound.kind],
            )
        yield from map(_in_debt, refused.debt)
        for each in refused.waits:
            title = self.plan.by_id[each.project].title
            yield msg("“{title}” would end only in {end}", title=title, end=each.end)
        if refused.not_before is not None:
            yield msg("it may not start before {limit}", limit=refused.not_before)
        for line in refused.loses:
            yield msg("{what} would be lost", what=self._line(line))
        late = refused.too_late
        if late is None:
            return
        end, limit = (str(x) if isinstance(x, int) else x for x in (late.end, late.limit))
        written = late.end.later(-refused.later) if isinstance(late.end, Quarter) else None
        if late.of_class is None and written is not None and written > self.plan.years.span().last:
            yield msg(
                "put off, it would end in {end}, later than as written ({written}), and the plan"
                " ends before that",
                end=end,
                written=written,
            )
        elif late.of_class is None:
            yield msg("it would end in {end}, after the plan", end=end)
        else:
            yield msg(
                "it would end in {end}; class {number} asks for {limit} at the latest",
                end=end,
                number=late.of_class,
                limit=limit,
            )

    def _line(self, line: Moved) -> Message:
        funder = self.plan.by_id.get(line.funder or "")
        return msg(
            "{amount} of {funder} in {year}",
            amount=line.amount,
            funder=line.funder if funder is None else funder.title,
            year=Year(line.before),
        )

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
            yield msg("! as written: {problem}", problem=_in_debt(debt))
        yield from self._what_comes_of_it()
        for debt in found.debt_fixed:
            yield msg("! what cannot be put off alone: {problem}", problem=_in_debt(debt))
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
                shares=_shares(each.brought_by),
                title=each.project.title,
            )
        yield from self._if_nothing_is_granted()
        yield from self._choices()
        yield from self._lost()
        if ceilings(self.plan):
            yield from self._without_ceiling()
        yield from unheld_ceilings(self.plan)
        yield from self._against_afford()
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
            holds = msg("the other ceilings hold then")
        yield msg("{changes}; {holds}", changes=said, holds=holds)
        yield msg(
            "the most urgent first: by class, rank, first quarter, id; what others come after"
            " stands before them; each takes of what those before it leave"
        )
        made_up = (self._made_up, self._made_up_of_debt)
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
            lines = [self._line(line) for line in first.loses]
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
            if lines := [self._line(line) for line in _grants(self.plan, each.project)]:
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

    def _against_afford(self) -> Iterator[Message]:
        """Where ``ppi afford`` names others, and why: what brings in money, and what moves."""
        there = {each.project.id: each.over for each in shortage(self.plan).unfunded if each.over}
        named = {*there}
        held = {project.id for project in self.found.held_out}
        waiting = {each.project.id for each in self.waiting}
        here = {each.project.id for each in self.waiting if not each.without}
        if self.found.is_for_debt:
            yield msg("ppi afford names no project for ceilings of borrowing and of years to repay")
            named_by_both = named
        else:
            yield from self._by_receipts(named - held - waiting, (held - named) & waiting)
            named_by_both = named & held
        refused = {each.project.id for each in self.waiting if self._to_stay(each)}
        if crowded := self._titles(refused - held - named):
            yield msg(
                "ppi afford does not name {titles}: there, what does not fit as written takes"
                " nothing; here it comes later, and takes of what these need",
                titles=crowded,
            )
        if staying := self._titles(named_by_both - waiting):
            yield msg(
                "ppi afford names {titles}, which can stay here: what is more urgent waits",
                titles=staying,
            )
        if apart := self._titles(
            {
                each.project.id
                for each in self.waiting
                if each.project.id in here & named
                and {*self._to_stay(each)} != {*there[each.project.id]}
            }
        ):
            yield msg(
                "ppi afford tells other amounts for {titles}: there, all that has money counts, as"
                " it is written; here, what is fixed and what is more urgent, where it comes to"
                " stand",
                titles=apart,
            )
        if self.found.fixed.keys() - fixed(self.plan).keys():
            yield msg("ppi afford does not know --fix: there, what it names can be put off")

    def _by_receipts(self, there_alone: Set[str], here_alone: Set[str]) -> Iterator[Message]:
        """Whom only one of the two names, since receipts of the less urgent count in the other."""
        if more := self._titles(there_alone):
            yield msg(
                "ppi afford names also {titles}: there, what less urgent projects bring in counts"
                " for all",
                titles=more,
            )
        if less := self._titles(here_alone):
            yield msg(
                "ppi afford does not name {titles}: there, what less urgent projects bring in"
                " counts for all",
                titles=less,
            )

    def _titles(self, ids: Set[str]) -> list[str]:
        """The titles of projects, the most urgent first."""
        return [each.project.title for each in self.found.placements if each.project.id in ids]

    # --- for other programs ---

    def payload(self) -> Mapping[str, Any]:
        found = self.found
        return {
            **headed(self.asked or self.plan),
            "over_as_written": [_over(each) for each in found.passes_as_written],
            "projects": [self._placement(each) for each in found.placements],
            "fixed": [{"id": id, "reason": reason} for id, reason in found.fixed.items()],
            "fixed_over": [_over(each) for each in found.fixed_over],
            "debt_as_written": [_debt_payload(each) for each in found.debt_as_written],
            "debt_fixed": [_debt_payload(each) for each in found.debt_fixed],
            "debt": {
                "as_written": debt_payload(found.plan),
                "instead": debt_payload(self._sides[-1][1]),
            },
            "holding": [
                {
                    **_over(TooMuch(each.bound, each.amount)),
                    "project": each.project.id,
                    "brought_by": _share_payload(each.brought_by),
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
            "why": [] if each.stays else list(self._why(each)),
            "without": list(each.without),
            "refused": [
                {
                    "start": stated(refused.start),
                    "over": [_over(over) for over in refused.over],
                    "debt": [_debt_payload(each) for each in refused.debt],
                    "reasons": list(self._reasons(refused)),
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
            "to_find": [self._to_find(each, over) for over in self._to_stay(each)],
            "lost": [
                {"from": line.funder, "amount": str(line.amount), "year": str(line.before)}
                for line in (_grants(self.plan, each.project) if each.is_out else ())
            ],
        }

    def _to_find(self, each: Placement, over: TooMuch) -> dict[str, Any]:
        """What would have to be found, and who takes it: the largest ones, and the rest."""
        found = self._sum(each, over, _NAMED_FOR_PROGRAMS)
        return {
            **_over(over),
            "fixed": str(found.fixed),
            "takers": _share_payload(found.takers.largest),
            "other_takers": str(found.takers.others),
            "brought": str(found.brought),
            "itself": str(found.itself),
            "ceiling": str(found.ceiling),
        }


def _runs(refused: Sequence[Refusal]) -> Iterator[list[Refusal]]:
    """Refused starts; those that follow one another and pass one and the same ceiling together."""
    for bound, run in groupby(refused, _only_ceiling):
        if bound is None:
            yield from ([each] for each in run)
        else:
            yield list(run)


def _only_ceiling(refused: Refusal) -> Bound | None:
    """The ceiling that alone stands against a start."""
    alone = refused._replace(over=()) == Refusal(refused.later, refused.start)
    return refused.over[0].bound if alone and len(refused.over) == 1 else None


_EACH_BY_ITSELF = msg(
    "each project by itself: a ceiling that is raised goes to the most urgent one that waits"
)
_AS_WRITTEN, _INSTEAD = msg("as written"), msg("instead")


def _joined(sentences: Iterable[Message]) -> Message:
    """Sentences as one."""
    first, *others = sentences
    for each in others:
        first = msg("{before}; {after}", before=first, after=each)
    return first


def _by_start(refused: Refusal) -> Message:
    """What is too much with a start, where one ceiling refuses it."""
    return msg("{start}: {amount}", start=refused.start, amount=refused.over[0].amount)


def _of(bound: Bound) -> Message:
    return msg("{year} ({kind})", year=Year(bound.year), kind=CEILING_KINDS[bound.kind])


def _largest(shares: Shares) -> list[Message]:
    """The largest of some shares, and how many others there are."""
    said = _shares(shares.largest)
    if others := shares.number - len(said):
        said.append(counted("{n} other", "{n} others", others))
    return said


def _written(placement: Placement) -> Quarter | None:
    """The first quarter of a project as it is written."""
    quarters = placement.project.quarters
    return None if quarters is None else quarters.first


def _left(sides: tuple[Money, Money] | None, n: int) -> Figure:
    if sides is None:
        return Figure()
    return Figure(sides[n], over=sides[n].cents < 0)


def _in_debt(over: DebtOver) -> Message:
    """What is too much of borrowing, or of years to repay: of the whole path, and in no parts."""
    year = Year(over.year)
    if over.kind == "borrowing":
        return msg(
            "{amount} too much to borrow in {year} ({loan})",
            year=year,
            amount=over.excess,
            loan=over.loan,
        )
    if over.years is None:
        return msg("gross savings would repay no debt in {year}", year=year)
    return msg(
        "{years} years to repay the debt in {year}, more than {most}",
        year=year,
        years=over.years,
        most=over.most,
    )


def _made_up(start: Quarter | None, **told: object) -> Message:
    """That a ceiling would hold with a start by what does not count for it."""
    if start is None:
        return msg(
            "{bound} would hold with it, by what less urgent projects bring in: {shares}; that"
            " helps only those less urgent than they are",
            **told,
        )
    return msg(
        "{bound} would hold with it in {start}, by what less urgent projects bring in: {shares};"
        " that helps only those less urgent than they are",
        start=start,
        **told,
    )


def _in_the_sum(bound: Message, amount: Money) -> Message:
    return msg(
        "{bound}: what cannot be put off passes the ceiling alone, by {amount}: that is in the sum",
        bound=bound,
        amount=amount,
    )


def _of_debt(over: DebtOver) -> Message:
    kind = msg("borrowed") if over.kind == "borrowing" else msg("years to repay")
    return msg("{year} ({kind})", year=Year(over.year), kind=kind)


def _debt_payload(over: DebtOver) -> dict[str, Any]:
    return {
        "kind": over.kind,
        "year": str(over.year),
        "loan": str(over.loan),
        "excess": str(over.excess),
        "years": stated(over.years),
        "most": over.most,
        "held": str(over.held),
        "allowed": str(over.allowed),
        "to_find": str(over.to_find),
    }


def _over(over: TooMuch) -> dict[str, str]:
    return {"kind": over.bound.kind, "year": str(over.bound.year), "amount": str(over.amount)}


def _shares(shares: Sequence[Share]) -> list[Message]:
    return [
        msg("{title}: {amount}", title=each.project.title, amount=each.amount) for each in shares
    ]


def _share_payload(shares: Sequence[Share]) -> list[dict[str, str]]:
    return [{"id": each.project.id, "amount": str(each.amount)} for each in shares]


def _grants(plan: Plan, project: Project) -> Iterator[Moved]:
    """What others pay for a project, as far as it is stated."""
    own = {funder.id for funder in plan.funders if funder.own}
    for each in project.funding:
        if each.from_ not in own and each.amount is not None:
            yield Moved(project.id, each.from_, each.amount, each.in_year, each.in_year)
