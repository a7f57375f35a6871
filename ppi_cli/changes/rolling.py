"""The yearly step: what to change in a plan to make next year's of it.

The first year leaves the plan, and a year is added: its amounts are to be stated. What has begun
keeps its quarters, and what it cost and received in the year that leaves lies before the plan from
then on; what has ended is dropped, with what names it. So is what was said of this
year's version alone: its printed totals, its day, why it differs from the version before. What the
VAT fund still pays for the year that leaves is written down: what it comes from leaves, too.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from copy import copy
from typing import Any, TypeVar

from ppi_cli.changes.edits import Add, AddItem, Drop, Edit, MoveYears, Rename, Value, Write
from ppi_cli.changes.leaving import Left, left_by
from ppi_cli.changes.rolled_lines import Retold, in_currency, retold
from ppi_cli.figures.funding import fctva
from ppi_cli.plan.finance import Programme, Theme
from ppi_cli.plan.model import Plan
from ppi_cli.plan.paid import AMOUNTS, TIMES
from ppi_cli.plan.pieces import Envelope, changed
from ppi_cli.plan.projects import Cost, Funding, Project, paid_by_period
from ppi_cli.plan.scenarios import ScenarioChange
from ppi_cli.plan.schedule import has_ended
from ppi_cli.values.findings import Path
from ppi_cli.values.fiscal import CALENDAR
from ppi_cli.values.money import CENTS, ZERO, Money, in_proportion, parse_money, sign_of, total
from ppi_cli.values.quarters import Outside, Quarter, Span, Years
from ppi_cli.versions.choices import Choices
from ppi_cli.versions.costs import Worked, in_taxes_of, rate_of, worked_costs
from ppi_cli.versions.funding import worked_funding
from ppi_cli.versions.rescheduling import equal_parts
from ppi_cli.versions.scenarios import worked_out

M = TypeVar("M", Cost, Funding)


def rolled(plan: Plan, tree: Mapping[str, Any]) -> list[Edit]:
    """The edits that make next year's plan of a plan, which was read from a tree.

    Those of savings and debt are in ``rolling_debt.py``.
    """
    edits = list(_Rolling(plan, tree).edits())
    anew = {edit.path for edit in edits if isinstance(edit, Write)}
    return [edit for edit in edits if not (isinstance(edit, Drop) and _lies_in(edit.path, anew))]


class Spent:
    """What of a cost, or of funding, lay in the year past: worked out, in the plan's taxes."""

    def __init__(
        self, costs: Sequence[Cost] | Sequence[Funding], year: int, written: Cost | Funding
    ) -> None:
        self._written = written
        self._before = [each for each in costs if each.in_year == Outside.BEFORE]
        self._past = [each for each in costs if each.in_year == year]
        self.has_past = bool(self._past)
        #: Whether it has anything else.
        self.has_later = len(self._past) < len(costs)
        self.is_blank = self.has_past and not self.has_later and self.amount is None

    def with_before(self) -> Spent:
        """The same with what lay before the plan already."""
        whole = copy(self)
        whole._past = [*self._before, *self._past]
        return whole

    @property
    def amount(self) -> Money | None:
        return total(each.amount for each in self._past)

    @property
    def assumed(self) -> bool:
        return any(each.amount is not None and each.basis == "assumed" for each in self._past)

    @property
    def unit(self) -> Money:
        """An amount in the unit that it is written in."""
        written = self._written
        of_line = [paid.amount for _, paid, _ in paid_by_period(written)]
        alone = written.written if isinstance(written, Cost) else written.amount
        return next((amount for amount in (alone, *of_line) if amount is not None), ZERO)


class _Rolling:
    def __init__(self, plan: Plan, tree: Mapping[str, Any]) -> None:
        self._plan, self._tree = plan, tree
        self._names = plan.header.notation.years or CALENDAR
        self._past = plan.years.first
        self._new = plan.years.last + 1
        #: Of a project: whether a share of it counts taxes otherwise than the plan.
        self._keeps_taxes = False
        #: By account: lines that are added to it, and those that a line of it becomes.
        self._more_lines: dict[int, list[Mapping[str, Value]]] = defaultdict(list)
        self._lines: dict[int, dict[int, Sequence[Mapping[str, Value]]]] = defaultdict(dict)
        added = [project for scenario in plan.scenarios for project in scenario.add]
        #: What the account of the year that leaves says, once it is closed.
        self._leaving = left_by(plan, self._past)
        self._gone = {p.id for p in (*plan.projects, *added) if self._has_ended(p)}

    def _has_ended(self, project: Project) -> bool:
        """Whether a project has ended; not while anything of it is carried over."""
        if self._leaving is not None and self._leaving.goes_on(project):
            return False
        return has_ended(project, self._past + 1)

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
                yield Drop(place) if is_over else Write(place, _from_next(complete))
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

    # --- a year whose account is closed ---

    def _executed(
        self, path: Path, project: Project, worked: Sequence[Worked], left: Left
    ) -> Iterator[Edit]:
        """What was paid lies before the plan, and what is carried over in the next year."""
        blank = [
            Spent(
                [self._blank(each.cost) for each in worked if each.origin[1] == j],
                self._past,
                cost,
            )
            for j, cost in enumerate(project.costs)
        ]
        lines: list[Mapping[str, Value]] = [
            self._line_of(cost, "before", {str(self._past): self._exactly(cost)})
            for cost in (*left.paid(project), *left.nothing_of(project))
        ]
        for cost in left.carried_over(project):
            amount = self._exactly(cost if cost.amount is not None else self._beyond(cost))
            when = {"year": str(self._past + 1), "carried_from": str(self._past)}
            lines.append({**when, **self._line_of(cost, "amount", amount), "basis": "assumed"})
        yield from self._with_lines(path, project.costs, blank, lines)

    def _with_lines(
        self,
        path: Path,
        money: Sequence[Cost | Funding],
        blank: Sequence[Spent],
        lines: Sequence[Mapping[str, Value]],
        more: Sequence[Edit] = (),
    ) -> Iterator[Edit]:
        """A list of costs, or of funding, without what of it is blank, and with more lines."""
        key = str(path[-1])
        written = self._at(path[:-1]).get(key)
        gone = all(each.is_blank for each in blank)
        if gone and written and lines and isinstance(written, list):
            for j, line in enumerate(lines):
                yield Write((*path, j), line) if j < len(blank) else AddItem(path, line)
            yield from (Drop((*path, j)) for j in range(len(lines), len(blank)))
            return
        if gone and written is not None:
            yield Write(path, lines) if lines else Drop(path)
            return
        if written is None:
            if lines:
                yield Add(path[:-1], key, lines)
            return
        if isinstance(written, dict) and lines:
            kept = _without_reasons(written)
            for edit in (*self._money(path, money, blank), *more):
                _do(kept, edit, len(path))
            yield Write(path, [kept, *lines])
            return
        yield from self._money(path, money, blank)
        yield from more
        for line in lines:
            yield AddItem(path, line)

    def _came(
        self, path: Path, project: Project, received: Sequence[Spent], left: Left
    ) -> Iterator[Edit]:
        """What others have paid lies before the plan; what was granted and has not come, later."""
        own_funders = {funder.id for funder in self._plan.funders if funder.own}
        blank = []
        for each, spent in zip(project.funding, received, strict=True):
            if left.is_of_years(project, each):
                gone = changed(each, year=self._past, quarter=None, amount=None)
                blank.append(Spent([gone], self._past, each))
            elif each.share is not None or each.comes_with_costs or each.from_ in own_funders:
                blank.append(spent)
            else:
                own = [self._blank(part) for _, part in each.by_period()]
                blank.append(Spent(own, self._past, each))
        lines: list[Mapping[str, Value]] = []
        for each in left.received(project):
            before: dict[str, Value] = {str(self._past): self._exactly(each)}
            lines.append(self._of_funder(each, {"before": before, "status": each.status}))
        for each, follows_costs in left.to_come(project):
            costs = project.costs if follows_costs else ()
            line: dict[str, Value] = dict(self._when_it_comes(each, costs))
            line["status"] = each.status
            if each.until is not None:
                line["until"] = str(each.until)
            if each.source is not None:
                line["source"] = each.source
            lines.append(self._of_funder(each, line))
        less = list(self._less_what_came(path, project, left))
        yield from self._with_lines(path, project.funding, blank, lines, less)

    def _less_what_came(self, path: Path, project: Project, left: Left) -> Iterator[Edit]:
        """What is due in a later closed year, less what came of it in the year that leaves."""
        came: Counter[Path] = Counter()
        for each in left.came_before(project):
            came[each.path] += each.amount.cents
        is_alone = isinstance(self._at(path), dict)
        for at, cents in came.items():
            (j, *period) = at[len(path) :]
            assert isinstance(j, int)
            pieces = project.funding[j].by_period()
            due = next(own.amount for own_at, own in pieces if [*own_at] == period)
            assert due is not None
            place: Path = (*path, *period) if is_alone else at
            if isinstance(self._at(place), dict):
                place = (*place, "amount")
            yield Write(place, self._like(due - Money(cents), due))

    def _when_it_comes(self, each: Funding, costs: Sequence[Cost]) -> Iterator[tuple[str, Value]]:
        """How much is to come, and when: in a year or quarter, or outside the plan's years.

        Beyond the plan, by the years of the costs that it follows, where all of those say one.
        """
        if each.is_line:
            for paid in each.before.values():
                if paid.amount is not None:
                    yield "before", self._in_currency(paid.amount)
            for paid in each.beyond.values():
                if paid.amount is not None:
                    yield from self._comes_beyond(paid.amount, costs)
            return
        if each.quarter is not None:
            yield "quarter", str(each.quarter)
        else:
            yield "year", str(each.in_year)
        yield "amount", self._exactly(each)

    def _comes_beyond(self, amount: Money, costs: Sequence[Cost]) -> Iterator[tuple[str, Value]]:
        weights: Counter[int] = Counter()
        for cost in costs:
            for year, paid in cost.beyond.items():
                if paid.amount not in (None, ZERO):
                    weights[year] += paid.amount.cents
        if Outside.BEYOND in weights or min(weights.values(), default=0) <= 0:
            yield "beyond", self._in_currency(amount)
            return
        parts = in_proportion(amount, list(weights.values()))
        by_year = {y: self._in_currency(p) for y, p in zip(weights, parts, strict=True)}
        if self._new in by_year:
            yield str(self._new), by_year.pop(self._new)
        if by_year:
            yield "beyond", {str(year): text for year, text in by_year.items()}

    def _of_funder(self, each: Funding, line: Mapping[str, Value]) -> Mapping[str, Value]:
        more = {"basis": "assumed"} if each.basis == "assumed" else {}
        return {"from": each.from_, **line, **more}

    def _blank(self, money: M) -> M:
        year = money.quarter.year if money.quarter is not None else money.year
        return changed(money, amount=None) if year == self._past else money

    def _beyond(self, cost: Cost) -> Cost:
        return changed(cost, amount=next(iter(cost.beyond.values())).amount)

    def _exactly(self, money: Cost | Funding) -> str:
        assert money.amount is not None
        return self._in_currency(money.amount)

    def _in_currency(self, amount: Money) -> str:
        return in_currency(self._plan, amount)

    def _line_of(self, cost: Cost, key: str, value: Value) -> Mapping[str, Value]:
        """A cost as it is written: its amount, its account, section and whether it is counted."""
        line: dict[str, Value] = {key: value}
        if cost.account is not None:
            line["account"] = cost.account
        if cost.section is not None and not self._is_usual(cost):
            line["section"] = cost.section
        if cost.fctva is not None:
            line["fctva"] = "yes" if cost.fctva else "no"
        if cost.basis == "assumed":
            line["basis"] = "assumed"
        return line

    def _is_usual(self, cost: Cost) -> bool:
        """Whether a cost is in the section that the plan gives it."""
        return cost.account is None and cost.section == self._plan.header.section

    def _raised(self, path: Path, theme: Theme) -> Iterator[Edit]:
        """The envelope of the next year, with what is carried over to it."""
        year = self._past + 1
        stated = theme.envelope.get(year)
        if self._leaving is None:
            return
        if stated is None:
            yield from self._raised_from_nothing(path, theme, year)
            return
        more = self._leaving.raises(theme.id)
        if more == ZERO:
            return
        place: Path = (*path, str(year))
        if isinstance(self._at(place), dict):
            place = (*place, "amount")
        yield Write(place, self._like(stated.amount + more, stated.amount))

    def _carried_in(self, theme: Theme) -> None:
        """What the next year's account of a theme does not say, and the plan says no more."""
        own = None if self._leaving is None else self._leaving.of_account(theme.id)
        if own is None:
            return
        line: dict[str, Value] = {"theme": theme.id}
        if own.account is not None:
            line["account"] = own.account
        if own.section is not None:
            line["section"] = own.section
        if own.fctva is not None:
            line["fctva"] = "yes" if own.fctva else "no"
        for name in ("voted", "carried_in"):
            if (amount := getattr(own, name)) is not None:
                line[name] = self._in_currency(amount)
        i = next(i for i, each in enumerate(self._plan.execution) if each.year == self._past + 1)
        if self._plan.execution[i].tax is not None:
            line["tax"] = self._plan.header.tax
        self._more_lines[i].append(line)

    def _retold(self, path: Path, project: Project) -> Sequence[Retold]:
        """The lines of later accounts that say themselves what they took from what leaves."""
        if self._leaving is None or path != ("projects",):
            return ()
        found = retold(self._plan, project, self._past)
        for each in found:
            i = next(i for i, own in enumerate(self._plan.execution) if own is each.year)
            if each.is_short:
                paid: dict[str, Value] = {"project": project.id}
                written = self._at(each.entry.path)
                if isinstance(written, dict):
                    paid |= {key: written[key] for key in ("basis", "source") if key in written}
                self._more_lines[i] += each.whole(self._plan, paid)
                continue
            k = each.entry.path[-1]
            assert isinstance(k, int)
            written = self._at(("execution", i, "lines", k))
            one = [{**written, **each.more(self._plan)}]
            self._lines[i][k] = one if len(each.kinds) < 2 else each.whole(self._plan, written)
        return found

    def _lines_of_accounts(self) -> Iterator[Edit]:
        """The lines that accounts of years that stay say otherwise, and those that are added."""
        for i in sorted({*self._lines, *self._more_lines}):
            path: Path = ("execution", i, "lines")
            account, more = self._at(path[:-1]), list(self._more_lines[i])
            for k, (first, *others) in self._lines[i].items():
                written = account["lines"][k]
                yield from (Drop((*path, k, key)) for key in written.keys() - first.keys())
                for key, value in first.items():
                    if key not in written:
                        yield Add((*path, k), key, value)
                    elif value != written[key]:
                        yield Write((*path, k, key), value)
                more += others
            if account.get("lines"):
                yield from (AddItem(path, line) for line in more)
            elif more:
                yield Write(path, more) if "lines" in account else Add(path[:-1], "lines", more)

    def _raised_from_nothing(self, path: Path, theme: Theme, year: int) -> Iterator[Edit]:
        """The envelope of the next year, where the theme has none and carries something over."""
        assert self._leaving is not None
        made = self._leaving.new_envelope(theme.id)
        if made is None:
            return
        text = self._in_currency(made)
        theme_, key = self._at(path[:-1]), str(path[-1])
        written = theme_.get(key)
        if key in theme_ and written is None:
            yield Write(path, {str(year): text})
        elif not isinstance(written, dict):
            yield Add(path[:-1], key, {str(year): text})
        elif str(year) in written:
            yield Write((*path, str(year)), text)
        else:
            yield Add(path, str(year), text)

    def _carried_of(self, programme: Programme, path: Path) -> Iterator[Edit]:
        """The credits of the next year, with what is carried over of the programme."""
        credit = None if self._leaving is None else self._leaving.credit_of(programme)
        if credit is None:
            return
        year = self._past + 1
        stated = programme.payments.get(year)
        place: Path = (*path, "payments", str(year))
        if stated is None:
            text = self._in_currency(credit)
            is_blank = str(year) in self._at(place[:-1])
            yield Write(place, text) if is_blank else Add(place[:-1], str(year), text)
            return
        if isinstance(self._at(place), dict):
            place = (*place, "amount")
        yield Write(place, self._like(credit, stated.amount))

    def _without_account(
        self, path: Path, by_year: Any, told: Set[int] = frozenset()
    ) -> Iterator[Edit]:
        """The short form of what was paid, without the year that leaves and those told by lines."""
        gone = {str(year) for year in (self._past, *told)}
        if isinstance(by_year, dict) and gone & by_year.keys():
            if gone >= by_year.keys():
                yield Drop(path)
            else:
                yield from (Drop((*path, year)) for year in by_year if year in gone)

    # --- money of the year that leaves, which lies before the plan from then on ---

    def _money(
        self, path: Path, money: Sequence[Cost | Funding], spent: Sequence[Spent]
    ) -> Iterator[Edit]:
        """Costs, or funding, with what lay in the year past before the plan; blank ones go."""
        is_alone = bool(money) and isinstance(self._at(path), dict)
        blank = [j for j, each in enumerate(spent) if each.is_blank]
        if is_alone and blank:
            yield Drop(path)
            return
        yield from self._items(path, blank, len(money))
        for j, (each, own) in enumerate(zip(money, spent, strict=True)):
            place = path if is_alone else (*path, j)
            if j in blank:
                continue
            if self._new in each.beyond:
                yield from self._entering(place, each)
            if not own.has_past:
                continue
            if each.is_line:
                yield from self._line(place, each, own)
            elif own.has_later and isinstance(each, Cost):
                yield from self._of_several(place, each, own, is_alone=is_alone)
            elif isinstance(each, Funding) and each.share is not None:
                yield from self._share_alone(place, each, own)
            else:
                yield from self._alone(place, own)

    def _entering(self, path: Path, line: Cost | Funding) -> Iterator[Edit]:
        """What lay beyond the plan in the year that is added is of that year."""
        beyond: Path = (*path, "beyond")
        value = self._at((*beyond, str(self._new)))
        yield Drop(beyond if len(line.beyond) == 1 else (*beyond, str(self._new)))
        yield Add(path, str(self._new), value)

    def _share_alone(self, path: Path, funding: Funding, own: Spent) -> Iterator[Edit]:
        """A share that was received in the year past: what it came to."""
        written = self._at(path)
        for key in (*TIMES, "share", "of", "at_most"):
            if key in written:
                yield Drop((*path, key))
        assert own.amount is not None
        text = self._in_currency(own.amount)
        if funding.at_most is not None:
            text = self._like(own.amount, funding.at_most)
        is_told = own.assumed and written.get("basis") != "assumed"
        yield Add(path, "before", {"amount": text, "basis": "assumed"} if is_told else text)

    def _without_taxes(self, path: Path) -> Iterator[Edit]:
        """A cost whose amount is as the plan counts taxes; its rate stays where shares need it."""
        written = self._at(path)
        if self._keeps_taxes and "rate" in written:
            yield Write((*path, "tax"), self._plan.header.tax)
            return
        for key in ("tax", "rate"):
            if key in written:
                yield Drop((*path, key))

    def _alone(self, path: Path, own: Spent) -> Iterator[Edit]:
        """Money of the year past alone: a line of what lies before the plan."""
        written = self._at(path)
        for key in TIMES:
            if key in written:
                yield Drop((*path, key))
        yield from self._without_taxes(path)
        key = next(key for key in AMOUNTS if key in written)
        text = self._value(own, written[key], is_assumed=written.get("basis") == "assumed")
        if text != written[key]:
            yield Write((*path, key), text)
        yield Rename((*path, key), "before")

    def _of_several(self, path: Path, cost: Cost, own: Spent, *, is_alone: bool) -> Iterator[Edit]:
        """A cost of several years or quarters: in those that are left, and before the plan."""
        if own.amount is None:
            yield from self._without_first_year(path, cost)
            return
        written = self._at(path)
        gone = (*TIMES, *AMOUNTS, "tax", "rate", "reason")
        before: dict[str, Value] = {k: v for k, v in written.items() if k not in gone}
        if self._keeps_taxes and "rate" in written:
            before |= {"tax": self._plan.header.tax, "rate": written["rate"]}
        assumed = written.get("basis") == "assumed"
        before["before"] = self._value(own, "", is_assumed=assumed)
        edits = list(self._without_first_year(path, cost))
        if not is_alone:
            yield from edits
            yield AddItem(path[:-1], before)
            return
        left = _without_reasons(written)
        for edit in edits:
            _do(left, edit, len(path))
        yield Write(path, [left, before])

    def _line(self, path: Path, line: Cost | Funding, own: Spent) -> Iterator[Edit]:
        """A line: what lay in the year past is added to what lay before the plan."""
        written = self._at(path)
        for period in line.periods:
            if period.year == self._past:
                yield Drop((*path, str(period)))
        if own.amount is None:
            return
        if isinstance(line, Cost) and self._taxed(line, Money(100)) != Money(100):
            yield from self._in_plans_taxes(path, line)
        place: Path = (*path, "before")
        before = written.get("before")
        assumed = written.get("basis") == "assumed"
        if not line.before or all(each.amount is None for each in line.before.values()):
            value = self._value(own, "", is_assumed=assumed)
            yield Write(place, value) if "before" in written else Add(path, "before", value)
        elif isinstance(before, dict) and "amount" not in before:
            yield Add(place, str(self._past), self._value(own, "", is_assumed=assumed))
        else:
            (paid,) = line.before.values()
            whole = own.with_before()
            text = self._value(whole, "", is_assumed=paid.basis == "assumed")
            if isinstance(before, dict) and isinstance(text, str):
                yield Write((*place, "amount"), text)
            elif isinstance(before, dict):
                others = {k: v for k, v in before.items() if k not in ("amount", "basis", "reason")}
                assert isinstance(text, Mapping)
                yield Write(place, {**text, **others})
            else:
                yield Write(place, text)

    def _in_plans_taxes(self, path: Path, line: Cost) -> Iterator[Edit]:
        """The amounts of a line as the plan counts taxes, so that sums of them are exact."""
        yield from self._without_taxes(path)
        for at, paid, when in paid_by_period(line):
            if when.get("year") == Outside.BEFORE and len(at) == 1:
                continue  # what is added to it writes it
            period_year = when["quarter"].year if "quarter" in when else when["year"]
            if paid.amount is None or period_year == self._past:
                continue
            place = (*path, *at)
            if isinstance(self._at(place), dict):
                place = (*place, "amount")
            yield Write(place, self._like(self._taxed(line, paid.amount), paid.amount))

    def _value(self, own: Spent, written: str, *, is_assumed: bool) -> Value:
        """An amount of the year past, as written where it is that; else to the cent."""
        assert own.amount is not None
        text = written
        if not written or parse_money(written, self._plan.header.notation) != own.amount:
            text = self._like(own.amount, own.unit)
        return {"amount": text, "basis": "assumed"} if own.assumed and not is_assumed else text

    def _without_first_year(self, path: Path, cost: Cost) -> Iterator[Edit]:
        """A cost of several years or quarters, in those that are left, and what they cost."""
        if cost.years is not None:
            own: Path = (*path, "years")
            yield Write(own, self._named_like(_from_next(cost.years), self._at(own)))
        yield from self._quarters((*path, "quarters"), cost.quarters or ())
        if cost.in_all is None:
            return
        left = self._left(cost, cost.in_all)
        exact = self._left(cost, self._taxed(cost, cost.in_all))
        if self._taxed(cost, left) != exact:  # no whole number of cents comes to it with taxes
            left = exact
            yield from self._without_taxes(path)
        yield Write((*path, "in_all"), self._like(left, cost.in_all))

    def _taxed(self, cost: Cost, amount: Money) -> Money:
        """An amount of a cost, as the plan counts taxes."""
        rate = rate_of(self._plan, cost)
        if cost.tax is None or rate is None:
            return amount
        taxed = in_taxes_of(self._plan, amount, cost.tax, rate)
        return amount if taxed is None else taxed

    def _left(self, cost: Cost, whole: Money) -> Money:
        """What of an amount in all lies after the year past: its equal parts stay what they are."""
        parts = equal_parts(changed(cost, amount=whole))
        later = (each.amount for each in parts if (each.in_year or 0) > self._past)
        return total(later) or ZERO

    def _quarters(self, path: Path, spans: Sequence[Span]) -> Iterator[Edit]:
        """Spans of quarters, from the year after the past one."""
        for i, (first, last) in enumerate(spans):
            own = (*path, i) if isinstance(self._at(path), list) else path
            if last.year <= self._past:
                yield Drop(own)
            elif first.year <= self._past:
                left = Span(Quarter(self._past + 1, 1), last)
                written = self._at(own)
                text = _span_like(left, self._names.plain(written))
                yield Write(own, self._named_like(text, written))

    def _named_like(self, text: str, written: str) -> str:
        """A text about years and quarters, by their names where another one has names."""
        if self._names.plain(written) == written:
            return text
        return self._names.named(text)

    def _like(self, amount: Money, written: Money) -> str:
        """An amount in the unit of another where it is whole in it, else to the cent."""
        cents = CENTS[written.scale]
        if amount.cents % cents == 0:
            return f"{amount.cents // cents} {written.unit}".strip()
        unit = sign_of(self._plan.header.currency) if written.unit else ""
        return f"{str(amount).removesuffix('.00')} {unit}".strip()

    def _fctva(self, written: Any) -> Iterator[Edit]:
        """What the VAT fund pays for spending before the plan: also for that of the past year."""
        fund = self._plan.fctva
        if fund is None or not isinstance(written, dict):
            return
        paid = self._past + fund.regime
        back = [
            receipt
            for receipt in fctva(self._counted())
            if receipt.project is not None and receipt.year == paid
        ]
        assumed = any(receipt.assumed for receipt in back)
        whole = Money(sum(receipt.amount.cents for receipt in back))
        operating = Money(sum(receipt.operating.cents for receipt in back))
        yield from self._due(written, "due", fund.due, whole - operating, assumed=assumed)
        yield from self._due(
            written, "due_operating", fund.due_operating, operating, assumed=assumed
        )

    def _due(
        self, written: Any, key: str, stated_due: Envelope, amount: Money, *, assumed: bool
    ) -> Iterator[Edit]:
        """What is still paid for spending before the plan, with that of the past year."""
        paid = self._past + (0 if self._plan.fctva is None else self._plan.fctva.regime)
        due = written.get(key) or {}
        place: Path = ("fctva", key)
        is_more = amount.cents != 0 and self._past < paid
        if set(due) == {str(self._past)} and not is_more:
            yield Drop(place)
        elif str(self._past) in due:
            yield Drop((*place, str(self._past)))
        if not is_more:
            return
        if (stated := stated_due.get(paid)) is not None:
            value = self._amount(stated.amount + amount, assumed=assumed or stated.assumed)
            yield Write((*place, str(paid)), value)
        elif str(paid) in due:
            yield Write((*place, str(paid)), self._amount(amount, assumed=assumed))
        elif due:
            yield Add(place, str(paid), self._amount(amount, assumed=assumed))
        elif key in written:
            yield Write(place, {str(paid): self._amount(amount, assumed=assumed)})
        else:
            yield Add(("fctva",), key, {str(paid): self._amount(amount, assumed=assumed)})

    def _counted(self) -> Plan:
        """The plan as its leaving year was executed, once that is closed; else as written."""
        if self._leaving is None:
            return worked_out(self._plan).plan
        return Choices(executed=True).version(self._plan).plan

    def _amount(self, amount: Money, *, assumed: bool) -> Value:
        text = f"{amount} {sign_of(self._plan.header.currency)}"
        return {"amount": text, "basis": "assumed"} if assumed else text

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

    def _items(self, path: Path, positions: Sequence[int], length: int) -> Iterator[Edit]:
        """Drop items of a list, and the list where none is left."""
        if positions and len(positions) == length:
            yield Drop(path)
            return
        for i in positions:
            yield Drop((*path, i))

    def _yearly(self, path: Path, by_year: Any) -> Iterator[Edit]:
        """Amounts by year: without those of the year past, and with the new year blank."""
        if isinstance(by_year, dict):
            yield from self._without_past(path, by_year)
            yield Add(path, str(self._new))

    def _unless_past(self, path: Path, by_year: Any) -> Iterator[Edit]:
        """What takes no blank: without the year past; its key goes, or its section, if empty."""
        if not isinstance(by_year, dict) or str(self._past) not in by_year:
            return
        if len(by_year) > 1:
            yield Drop((*path, str(self._past)))
        else:
            yield Drop(path if len(self._at(path[:-1])) > 1 else path[:-1])

    def _without_past(self, path: Path, by_year: Mapping[str, Any]) -> Iterator[Edit]:
        if str(self._past) in by_year:
            if len(by_year) == 1 and path[0] == "scenarios":
                yield Drop(path)
            else:
                yield Drop((*path, str(self._past)))

    def _reasons(self, path: Path, node: Any) -> Iterator[Edit]:
        """Drop the reasons of changes, wherever they stand in a thing."""
        pairs = node.items() if isinstance(node, dict) else enumerate(node)
        for key, value in pairs:
            if key == "reason":
                yield Drop((*path, key))
            elif key not in ("not_before", "status") and isinstance(value, (dict, list)):
                yield from self._reasons((*path, key), value)

    def _at(self, path: Path) -> Any:
        """What stands at a path of the tree."""
        here: Any = self._tree
        for step in path:
            here = here[step]
        return here


def _lies_in(path: Path, written: Set[Path]) -> bool:
    """Whether a place lies in one that is written anew."""
    return any(path[:length] in written for length in range(len(path)))


def _without_reasons(value: Any) -> Any:
    """A copy of costs or funding without the reasons of changes, wherever they stand in it."""
    if isinstance(value, dict):
        return {key: _without_reasons(each) for key, each in value.items() if key != "reason"}
    if isinstance(value, list):
        return [_without_reasons(each) for each in value]
    return value


def _do(left: dict[str, Any], edit: Edit, depth: int) -> None:
    """Do an edit of a value, an entry that is added, or a drop, to a copy of what it is in."""
    here: Any = left
    if isinstance(edit, Add):
        for step in edit.path[depth:]:
            here = here[step]
        here[edit.key] = edit.value
        return
    *above, last = edit.path[depth:]
    for step in above:
        here = here[step]
    if isinstance(edit, Drop):
        del here[last]
    elif isinstance(edit, Write):
        here[last] = edit.value


def _span_like(span: Span, written: str) -> str:
    """A span of quarters with the letter of another one; whole years, where that has none."""
    first, last = span
    if (letter := re.search("[TQtq]", written)) is None:
        return str(first.year) if first.year == last.year else f"{first.year}..{last.year}"
    begin, end = (f"{each.year}-{letter[0].upper()}{each.number}" for each in span)
    return begin if begin == end else f"{begin}..{end}"


def _from_next(years: Years) -> str:
    """The years but for the first, as they are written."""
    first, last = years
    return str(last) if first + 1 == last else f"{first + 1}..{last}"
