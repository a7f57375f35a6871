"""Costs and funding of the year that leaves, which lie before the plan from then on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import copy

from ppi_cli.changes.edits import Add, AddItem, Drop, Edit, Rename, Value, Write
from ppi_cli.changes.rolling_tree import RollingTree, do, without_reasons
from ppi_cli.plan.paid import AMOUNTS, TIMES
from ppi_cli.plan.pieces import changed
from ppi_cli.plan.projects import Cost, Funding, paid_by_period
from ppi_cli.values.findings import Path
from ppi_cli.values.money import ZERO, Money, parse_money, total
from ppi_cli.values.quarters import Outside, Quarter, Span, Years
from ppi_cli.versions.costs import in_taxes_of, rate_of
from ppi_cli.versions.rescheduling import equal_parts


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


class RollingMoney(RollingTree):
    """Edits of costs and funding; blank ones of the year past go."""

    #: Of a project: whether a share of it counts taxes otherwise than the plan.
    _keeps_taxes = False

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
        left = without_reasons(written)
        for edit in edits:
            do(left, edit, len(path))
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

    def _without_taxes(self, path: Path) -> Iterator[Edit]:
        """A cost whose amount is as the plan counts taxes; its rate stays where shares need it."""
        written = self._at(path)
        if self._keeps_taxes and "rate" in written:
            yield Write((*path, "tax"), self._plan.header.tax)
            return
        for key in ("tax", "rate"):
            if key in written:
                yield Drop((*path, key))

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
            yield Write(own, self._named_like(from_next(cost.years), self._at(own)))
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


def _span_like(span: Span, written: str) -> str:
    """A span of quarters with the letter of another one; whole years, where that has none."""
    first, last = span
    if (letter := re.search("[TQtq]", written)) is None:
        return str(first.year) if first.year == last.year else f"{first.year}..{last.year}"
    begin, end = (f"{each.year}-{letter[0].upper()}{each.number}" for each in span)
    return begin if begin == end else f"{begin}..{end}"


def from_next(years: Years) -> str:
    """The years but for the first, as they are written."""
    first, last = years
    return str(last) if first + 1 == last else f"{first + 1}..{last}"
