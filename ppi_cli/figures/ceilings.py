"""Ceilings of what is borrowed, and of the years in which the debt is repaid."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ppi_cli.figures.articles import USUAL_MOST_YEARS, WATCHED_YEARS
from ppi_cli.figures.debt import Reckoned
from ppi_cli.figures.finances import prospect
from ppi_cli.plan.model import Plan
from ppi_cli.values.message import Ratio
from ppi_cli.values.money import Money, rounded


def most_years(plan: Plan, year: int) -> int | None:
    """In how many years of gross savings the debt of a year may be repaid; ``None``: in any.

    As for borrowing, the ceiling of a closed year of a plan as executed is put aside.
    """
    stated = None if plan.ceilings is None else plan.ceilings.years_to_repay
    if stated is None or stated == "none" or year in plan.closed:
        return None
    return stated.get(year) if isinstance(stated, dict) else stated


def most_borrowed(plan: Plan, year: int) -> Money | None:
    """How much a year may borrow; ``None``: anything."""
    if plan.ceilings is None or year in plan.closed:
        return None
    ceiling = plan.ceilings.borrowing.get(year)
    return None if ceiling is None else ceiling.amount


def debt_ceilings(plan: Plan) -> list[int]:
    """The years that bound what is borrowed, or the years to repay, by their own number; all years
    of the plan where one number of years stands for all and none of them can be held against it.
    """
    if plan.ceilings is None:
        return []
    own, years = {*plan.ceilings.borrowing}, plan.ceilings.years_to_repay
    if isinstance(years, dict):
        own |= {*years}
    elif years not in (None, "none") and not prospect(plan).years:
        own |= {*plan.years.each()}
    return sorted(own - {*plan.closed})


def has_debt_ceilings(plan: Plan) -> bool:
    """Whether a plan that states its debt bounds what is borrowed, or the years to repay."""
    if plan.debt is None or plan.ceilings is None:
        return False
    return bool(plan.ceilings.borrowing) or plan.ceilings.years_to_repay not in (None, "none")


def bounds_debt(plan: Plan, year: int) -> bool:
    """Whether what a year borrows, or its years to repay, is held against a ceiling."""
    if most_borrowed(plan, year) is None and most_years(plan, year) is None:
        return False
    return any(each.year == year for each in prospect(plan).years)


def passes_years(plan: Plan, year: Reckoned) -> bool:
    """Whether a debt takes more years to repay than its ceiling allows; compared exactly.

    Where gross savings are not above zero, any debt that remains does.
    """
    most = most_years(plan, year.year)
    return most is not None and year.takes_longer_than(most)


def years_of(plan: Plan, year: Reckoned) -> Ratio | None:
    """How many years of gross savings a debt takes to be repaid; ``None`` where there are none.

    A second decimal stands where one would hide that it is more than a ceiling, or than is usual.
    """
    if year.gross <= 0:
        return None
    hundredths = rounded(100 * year.debt, year.gross) // year.gross
    tenths = rounded(10 * year.debt, year.gross) // year.gross
    limits = (most_years(plan, year.year), WATCHED_YEARS, USUAL_MOST_YEARS)
    for most in limits:
        if most is not None and year.takes_longer_than(most) and tenths <= 10 * most:
            return Ratio(max(hundredths, 100 * most + 1), 2)
    if year.takes_longer_than(Ratio.most):
        return Ratio(max(hundredths, 100 * Ratio.most + 1), 2)
    return Ratio(10 * tenths)


class OverBorrowing(NamedTuple):
    """A year that borrows more than its ceiling allows."""

    year: int
    loan: Money
    ceiling: Money


def over_borrowing(plan: Plan) -> Iterator[OverBorrowing]:
    """The years that borrow more than their ceilings allow."""
    stated = {} if plan.ceilings is None else plan.ceilings.borrowing
    for year in prospect(plan).years if stated else ():
        ceiling = most_borrowed(plan, year.year)
        if ceiling is not None and year.reckoned.loan > ceiling.cents:
            yield OverBorrowing(year.year, Money(year.reckoned.loan), ceiling)
