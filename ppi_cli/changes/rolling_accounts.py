"""What the account of a closed year says was paid and has come, and what is still to come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from ppi_cli.changes.edits import Add, AddItem, Drop, Edit, Value, Write
from ppi_cli.changes.leaving import Left
from ppi_cli.changes.rolling_money import RollingMoney, Spent
from ppi_cli.changes.rolling_tree import do, without_reasons
from ppi_cli.plan.pieces import changed
from ppi_cli.plan.projects import Cost, Funding, Project
from ppi_cli.values.findings import Path
from ppi_cli.values.money import ZERO, Money, in_proportion
from ppi_cli.values.quarters import Outside
from ppi_cli.versions.costs import Worked

M = TypeVar("M", Cost, Funding)


class RollingAccounts(RollingMoney):
    """Edits of the costs and the funding of projects of which the account tells."""

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
            kept = without_reasons(written)
            for edit in (*self._money(path, money, blank), *more):
                do(kept, edit, len(path))
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
        for each in project.funding:
            if left.stays_a_share(project, each) and (due := left.due_of(project, each)) != ZERO:
                text = self._in_currency(-due)  # what has come stands beside it
                own_ = {"before": {str(self._past): text}, "status": each.status}
                lines.append({"from": each.from_, **own_, "basis": "assumed"})
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
