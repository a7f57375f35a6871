"""A project at other times: later or earlier, longer or shorter, its costs with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import ClassVar

from ppi_cli.plan.pieces import Schedule, changed, taken_as
from ppi_cli.plan.projects import Cost, Project
from ppi_cli.plan.schedule import quarters_of_year
from ppi_cli.values.money import Money, rounded, spread
from ppi_cli.values.quarters import Quarter, Span


class SpreadCost(Cost):
    """A part of a cost, its ``whole``, whose time comes from spreading it evenly."""

    __slots__ = ("whole",)
    is_spread: ClassVar[bool] = True


class EqualPart(SpreadCost):
    """A part of a cost that is stated in all, in one of its years or quarters."""

    __slots__ = ()


def equal_parts(cost: Cost) -> Sequence[Cost]:
    """A cost that is stated in all, its ``amount``, in equal parts: one in each year or quarter.

    They sum to it, to the cent, and the last ones have the cents that remain. In a single one it
    is whole; where it is blank, each is.
    """
    times: list[dict[str, object]]
    times = [{"year": year} for year in cost.years.each()] if cost.years is not None else []
    times += [{"quarter": quarter} for quarter in _quarters(cost.quarters or ())]
    alone = changed(cost, years=None, quarters=None)
    if cost.amount is None or len(times) == 1:
        return [changed(alone, **time) for time in times]
    amounts = spread(cost.amount, len(times))
    return [
        _part(EqualPart, alone, amount=amount, **time)
        for amount, time in zip(amounts, times, strict=True)
    ]


def later(schedule: Schedule, quarters: int) -> Schedule:
    """The schedule so many quarters later."""
    spans = (Span(first.later(quarters), last.later(quarters)) for first, last in schedule.spans)
    return changed(schedule, spans=tuple(spans))


def later_cost(project: Project, cost: Cost, quarters: int) -> Sequence[Cost]:
    """A cost of a project that comes so many quarters later; their sum does not change.

    A cost given for a year goes to the quarters in which the project is active then, evenly, and
    each part moves; by whole years, it stays the cost of a year.
    """
    parts = [cost] if quarters % 4 == 0 else by_quarter(project, cost)
    return [
        changed(each, year=each.year + quarters // 4)
        if each.year is not None
        else changed(each, quarter=each.quarter and each.quarter.later(quarters))
        for each in parts
    ]


def longer(project: Project, quarters: int) -> Schedule | None:
    """The schedule of a project so many quarters longer at its end, or shorter."""
    if project.quarters is None:
        return None
    return changed(project.quarters, spans=_spans(_longer(work(project), quarters)))


def longer_costs(project: Project, costs: Iterable[Cost], quarters: int) -> Sequence[Cost]:
    """A cost of a project, or the parts of one, once it lasts so many quarters longer.

    It is the same money: what it has come to at each part of the project's time, it comes to at
    the same part of the new time, to the cent. Costs in quarters without work stay where they are.
    """
    old, new = work(project), _longer(work(project), quarters)
    at = [0] * len(old)
    moved: Cost | None = None
    found: list[Cost] = []
    for cost in costs:
        by = by_quarter(project, cost)
        if cost.amount is None or not all(each.quarter in old for each in by):
            found.append(cost)
            continue
        moved = moved or cost
        for each in by:
            assert each.quarter is not None
            assert each.amount is not None
            at[old.index(each.quarter)] += each.amount.cents
    if moved is not None:
        for quarter, cents in zip(new, _rescaled(at, len(new)), strict=True):
            if cents or not any(at):
                found.append(_spread_part(moved, quarter, Money(cents)))
    return sorted(found, key=lambda cost: cost.in_year or 0)


def _longer(quarters: Sequence[Quarter], more: int) -> Sequence[Quarter]:
    """So many quarters more after the last one, or less."""
    count = len(quarters) + more
    kept = tuple(quarters[:count])
    return kept + tuple(kept[-1].later(n) for n in range(1, count - len(kept) + 1))


def _rescaled(parts: Sequence[int], count: int) -> list[int]:
    """Amounts over equal times, over another number of such times; their sum stays."""
    upto = [0]
    for part_ in parts:
        upto.append(upto[-1] + part_)
    scaled: list[int] = [0]
    for n in range(1, count + 1):
        whole, rest = divmod(n * len(parts), count)
        inside = (upto[whole + 1] - upto[whole]) * rest if rest else 0
        scaled.append(upto[whole] + rounded(inside, count) // count)
    return [after - before for before, after in pairwise(scaled)]


def by_quarter(project: Project, cost: Cost) -> Sequence[Cost]:
    """A cost in quarters: that of a year in the quarters of the project's work in it, evenly."""
    if cost.year is None or cost.amount is None:
        return [cost]
    quarters = quarters_of_year([project], cost.year)
    amounts = spread(cost.amount, len(quarters))
    return [
        _spread_part(cost, quarter, amount)
        for quarter, amount in zip(quarters, amounts, strict=True)
    ]


def _spread_part(cost: Cost, quarter: Quarter, amount: Money) -> Cost:
    """A part of a cost, in a quarter that is not stated."""
    return _part(SpreadCost, cost, year=None, quarter=quarter, amount=amount)


def _part(kind: type[SpreadCost], cost: Cost, **values: object) -> Cost:
    """A part of a cost, with other values than its own."""
    part = taken_as(kind, cost, **values)
    object.__setattr__(part, "whole", whole_of(cost))
    return part


def whole_of(cost: Cost) -> Cost:
    """The cost as it was before it was spread; itself, where it was not."""
    whole: Cost = getattr(cost, "whole", cost)
    return whole


def work(project: Project) -> tuple[Quarter, ...]:
    """The quarters in which a project is active, in order."""
    return _quarters(project.quarters.spans if project.quarters is not None else ())


def _quarters(spans: Iterable[Span]) -> tuple[Quarter, ...]:
    return tuple(quarter for span in spans for quarter in span.quarters())


def _spans(quarters: Sequence[Quarter]) -> tuple[Span, ...]:
    """The quarters, in order, as spans of those that follow one another."""
    found: list[Span] = []
    for quarter in quarters:
        if found and found[-1].last.later(1) == quarter:
            found[-1] = Span(found[-1].first, quarter)
        else:
            found.append(Span(quarter, quarter))
    return tuple(found)
