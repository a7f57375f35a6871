"""Several versions of a plan, one below the other: what they come to, and in which order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from ppi_cli.figures.postings import outside_postings
from ppi_cli.figures.price import BEYOND, IN_ALL, NET, RUNNING, TOTAL, Measure, Price, price
from ppi_cli.figures.totals import Figure, added
from ppi_cli.plan.model import Plan
from ppi_cli.reports.becoming import version_notes
from ppi_cli.reports.standing import status_notes
from ppi_cli.reports.table import Column, Line, Signed, Table
from ppi_cli.reports.values import legend, legend_of_excess
from ppi_cli.values.message import Message, msg
from ppi_cli.values.money import Money
from ppi_cli.values.quarters import Outside, Year
from ppi_cli.words.language import scale_in


def years_of(plans: Sequence[Plan], measures: Iterable[Measure]) -> Sequence[int]:
    """The years of any of the plans, and those after them in which a measure has something."""
    of_plans = {year for plan in plans for year in plan.years.each()}
    measured = {year for plan in plans for measure in measures for year in measure.of(plan)}
    return sorted(of_plans | {year for year in measured if not isinstance(year, Outside)})


def outside_of(plans: Sequence[Plan]) -> Sequence[Outside]:
    """Where outside its years any of the plans has money that is in a year, or will be."""
    years = {posting.year for plan in plans for posting in outside_postings(plan)}
    return [where for where in (Outside.BEFORE, Outside.BEYOND) if where in years]


def figures_of(
    plan: Plan, measure: Measure, years: Sequence[int], outside: Sequence[Outside] = ()
) -> list[Figure]:
    """A measure before the plan, in each year, in all (what comes after the years too), beyond.

    Where there is money outside the plan's years, the whole of it comes last.
    """
    by_year = measure.of(plan)
    of_years = [by_year.get(year, Figure()) for year in years]
    return with_outside(of_years, added(_in_plan(by_year)), by_year, outside)


def _in_plan(by_year: Mapping[int, Figure]) -> Iterator[Figure]:
    return (figure for year, figure in by_year.items() if year not in _SIDES)


def with_outside(
    of_years: Sequence[Figure],
    total: Figure,
    beside: Mapping[int, Figure],
    outside: Sequence[Outside],
) -> list[Figure]:
    """Figures of years and their total, with those of the columns beside them."""
    before, beyond = (
        [beside.get(where, Figure())] if where in outside else []
        for where in (Outside.BEFORE, Outside.BEYOND)
    )
    whole = [added([*before, total, *beyond])] if outside else []
    return [*before, *of_years, total, *beyond, *whole]


def ranking_measures(plans: Sequence[Plan]) -> list[Measure]:
    """What versions are ranked by, as far as it says something of any of them."""
    runs = any(RUNNING.of(plan) for plan in plans)
    says = (
        (RUNNING, runs),
        (IN_ALL, runs),
        (BEYOND, any(BEYOND.of(plan) for plan in plans)),
        (NET, any(price(plan).received.cents for plan in plans)),
    )
    return [TOTAL, *(measure for measure, so in says if so)]


def measures_beside(
    plans: Sequence[Plan],
    names: Sequence[str | Message],
    measures: Sequence[Measure],
    last: Callable[[Measure, Sequence[int]], Line | None],
) -> Table:
    """The measures of versions by year, and for each a last line on all of them."""
    years, outside = years_of(plans, measures), outside_of(plans)
    columns = (
        Column(msg("Version"), "version"),
        *outside_columns(outside, Outside.BEFORE),
        *(Column(Year(year), str(year), numeric=True) for year in years),
        Column(msg("Total"), "total", numeric=True),
        *outside_columns(outside, Outside.BEYOND),
    )
    lines: list[Line] = []
    figures: list[Figure] = []
    for measure in measures:
        if len(measures) > 1:
            lines.append(Line((measure.title,), "heading"))
        for name, plan in zip(names, plans, strict=True):
            own = figures_of(plan, measure, years, outside)
            figures += own
            lines.append(Line((name, *own)))
        if (line := last(measure, years)) is not None:
            lines.append(line)
    scale = scale_in(plans[0].header.notation, (figure.amount for figure in figures))
    notes = (*legend(figures), *legend_of_excess(figures))
    return Table(msg("Totals"), columns, tuple(lines), notes, scale)


def outside_columns(outside: Sequence[Outside], side: Outside) -> Iterator[Column]:
    """The columns left of the years, or right of the total, where there is money outside them."""
    if side in outside:
        yield Column(_SIDES[side], str(side), numeric=True)
    if outside and side == Outside.BEYOND:
        yield Column(msg("Whole"), "whole", numeric=True)


#: What stands on either side of the years and their total.
_SIDES = {Outside.BEFORE: msg("Before"), Outside.BEYOND: msg("Beyond")}


def difference_line(plans: Sequence[Plan], measure: Measure, years: Sequence[int]) -> Line:
    """By how much a measure of the last of some versions is more than that of the one before."""
    outside = outside_of(plans)
    sides = (figures_of(plan, measure, years, outside) for plan in plans[-2:])
    return Line((msg("Difference"), *(_apart(*pair) for pair in zip(*sides, strict=True))), "total")


def _apart(first: Figure, second: Figure) -> Signed:
    if first.amount is None and second.amount is None:
        return Signed(None)
    return Signed((second.amount or Money(0)) - (first.amount or Money(0)))


def ranked(names: Sequence[str | Message], prices: Sequence[Price]) -> Iterator[Message]:
    """The versions from the cheapest on: gross and, where others pay, net of it.

    Where what lies outside the plan's years sets them apart, also with that.
    """
    gross = _order(names, prices, lambda each: each.gross)
    yield msg("in all, with what is beyond the envelopes, from the cheapest: {names}", names=gross)
    if any(each.received.cents for each in prices):
        net = _order(names, prices, lambda each: each.net)
        yield msg("net of all that others pay, after the plan too: {names}", names=net)
        if _names(net) != _names(gross):
            yield msg("! the order is another one once others have paid")
    if len({each.outside for each in prices}) > 1:
        whole = _order(names, prices, lambda each: each.whole)
        yield msg("with what lies before the plan and beyond it too: {names}", names=whole)
        if _names(whole) != _names(gross):
            yield msg("! the order is another one with what lies outside the plan's years")


def _order(
    names: Sequence[str | Message], prices: Sequence[Price], of: Callable[[Price], Money]
) -> list[Message]:
    """By an amount; where that is the same, by all that they cost, in the plan's years or not."""
    pairs = sorted(zip(names, prices, strict=True), key=lambda pair: (of(pair[1]), pair[1].whole))
    return [msg("{name} {amount}", name=name, amount=of(price)) for name, price in pairs]


def _names(ordered: Sequence[Message]) -> list[object]:
    return [each.values["name"] for each in ordered]


def notes_by_version(names: Sequence[str | Message], plans: Sequence[Plan]) -> Iterator[Message]:
    """What each version has become, with its name; what holds of all of them, once."""
    notes = [[*version_notes(plan), *status_notes(plan)] for plan in plans]
    of_all = [note for note in notes[0] if all(note in own for own in notes)]
    yield from of_all
    for name, own in zip(names, notes, strict=True):
        for note in own:
            if note not in of_all:
                yield msg("{name}: {note}", name=name, note=note)


def price_payload(found: Price) -> dict[str, str]:
    """What a version comes to, for programs."""
    return {
        "total": str(found.total),
        "running": str(found.running),
        "in_all": str(found.in_all),
        "beyond": str(found.beyond),
        "whole": str(found.whole),
        "received": str(found.received),
        "net": str(found.net),
    }
