"""What loans cost, and what a year does to savings, the fund and debt: whole cents, and no plan.

Everything is exact, but for the interest of a loan in a year and an annuity, which are rounded to
the cent. A loan is paid out in its year; the first annuity is due in the year after.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from ppi_cli.plan.debt import Repayment
from ppi_cli.values.money import Money, Rate, rounded, spread


class Terms(NamedTuple):
    """On which terms a loan is taken."""

    rate: Rate
    years: int
    repaid: Repayment = "equal_capital"


class Due(NamedTuple):
    """What is due of a loan in a year, in cents, and what is still owed then."""

    capital: int
    interest: int
    left: int

    @property
    def annuity(self) -> int:
        return self.capital + self.interest


#: What is due where nothing is owed any more.
_NOTHING = Due(0, 0, 0)


class Borrowed(NamedTuple):
    """A loan: the year in which it is paid out, how much, and on which terms, where known.

    One without a name is not stated: the year needs it.
    """

    year: int
    cents: int
    terms: Terms | None
    name: str | None = None

    def due_in(self, year: int) -> Due:
        """What is due in a year; in that of the loan, nothing yet. Its terms must be known."""
        if self.terms is None or year <= self.year:
            return Due(0, 0, self.cents)
        dues, n = schedule(self.cents, self.terms), year - self.year
        return dues[n - 1] if n <= len(dues) else _NOTHING


@lru_cache(maxsize=4096)
def schedule(cents: int, terms: Terms) -> Sequence[Due]:
    """What is due of a loan in each of its years: the capital of them all sums to the loan.

    Interest is that of a year on what was owed when it began. Equal parts of the capital are shared
    out as everywhere, the last ones with the cents that remain. Of equal payments, the last one
    settles what is left. A loan below zero, as where nothing is borrowed, costs nothing.
    """
    found: list[Due] = []
    left, payment = cents, _payment(cents, terms)
    parts = spread(Money(cents), terms.years)
    for n in range(terms.years):
        interest = terms.rate.of(Money(left)).cents
        is_last = n == terms.years - 1
        if is_last or terms.repaid == "at_end":
            capital = left if is_last else 0
        elif payment is None:
            capital = parts[n].cents
        else:
            capital = min(payment - interest, left)
        left -= capital
        found.append(Due(capital, interest, left))
    return tuple(found)


def _payment(cents: int, terms: Terms) -> int | None:
    """The same payment of each year, rounded once; ``None`` where equal parts are repaid."""
    rate = terms.rate.thousandths
    if terms.repaid != "equal_payment" or not rate:
        return None
    growth, base = (100_000 + rate) ** terms.years, 100_000**terms.years
    whole: int = 100_000 * (growth - base)
    return rounded(cents * rate * growth, whole) // whole


class Start(NamedTuple):
    """What there is as the first year begins, in cents, and the terms of what is borrowed then."""

    debt: int
    fund: int
    #: What is to stay in the fund.
    keep: int = 0
    terms: Terms | None = None


class Stated(NamedTuple):
    """What is known of a year before loans are found for it, in cents."""

    year: int
    #: Net of what is repaid of the old debt, before the plan and its loans.
    savings: int
    repaid: int
    #: What the plan costs in operation, that to run its projects included.
    operating: int
    #: What the plan costs otherwise, less what others pay.
    investment: int
    #: The loans that are stated: they are never cut.
    loans: tuple[Borrowed, ...] = ()
    #: How much may be borrowed at most; what is missing then falls on the fund. ``None``: anything.
    most: int | None = None


class Reckoned(NamedTuple):
    """What becomes of a year, in cents."""

    year: int
    gross_before: int
    operating: int
    interest: int
    gross: int
    #: The capital that is repaid, and what of it is of loans of the plan.
    capital: int
    new_capital: int
    net: int
    investment: int
    #: What is borrowed, and what of it is stated.
    loan: int
    stated: int
    #: What the year needs beyond its net savings and what the fund can give.
    gap: int
    fund: int
    debt: int
    #: What of the debt is older than the plan.
    old_debt: int
    #: All loans of the plan so far.
    loans: tuple[Borrowed, ...]

    @property
    def is_beyond_investment(self) -> bool:
        """Whether more is stated as loans than the year invests."""
        return self.stated > max(0, self.investment)

    def takes_longer_than(self, years: int) -> bool:
        """Whether it takes more years of these gross savings to repay the debt; exactly."""
        return self.debt > 0 if self.gross <= 0 else self.debt > years * self.gross


def path(start: Start, years: Iterable[Stated]) -> Iterator[Reckoned]:
    """What becomes of one year after the other.

    It ends before a year that needs the terms of a loan that are not known.
    """
    debt, old, fund = start.debt, start.debt, start.fund
    loans: tuple[Borrowed, ...] = ()
    for each in years:
        if any(loan.terms is None for loan in loans):
            return
        due = [loan.due_in(each.year) for loan in loans]
        interest, new_capital = (sum(d.interest for d in due), sum(d.capital for d in due))
        gross_before = each.savings + each.repaid
        gross = gross_before - each.operating - interest
        capital = each.repaid + new_capital
        net = gross - capital
        gap = each.investment - net - (fund - start.keep)
        stated = sum(loan.cents for loan in each.loans)
        found = max(0, min(gap, max(0, each.investment)) - stated)
        if each.most is not None:
            found = min(found, max(0, each.most - stated))
        loans = (*loans, *each.loans)
        if found:
            loans = (*loans, Borrowed(each.year, found, start.terms))
        loan = stated + found
        fund += net + loan - each.investment
        debt += loan - capital
        old -= each.repaid
        yield Reckoned(
            each.year,
            gross_before,
            each.operating,
            interest,
            gross,
            capital,
            new_capital,
            net,
            each.investment,
            loan,
            stated,
            gap,
            fund,
            debt,
            old,
            loans,
        )
