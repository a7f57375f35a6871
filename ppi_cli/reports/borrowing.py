"""What other reports say of savings and debt, in a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ppi_cli.figures.ceilings import most_borrowed, most_years, passes_years, years_of
from ppi_cli.figures.finances import DebtYear, prospect
from ppi_cli.plan.model import Plan
from ppi_cli.values.message import Assumed, Message, msg
from ppi_cli.values.money import Money
from ppi_cli.values.quarters import Year


def held_notes(plan: Plan) -> Iterator[Message]:
    """What the stated savings hold already, so that it is taken off nowhere again."""
    if plan.debt is None:
        return
    words = {"running": msg("what is to run"), "operating": msg("operation")}
    if names := [words[each] for each in dict.fromkeys(plan.debt.savings_hold)]:
        yield msg(
            "the savings hold this already, and it is taken off nowhere again: {names}", names=names
        )


def no_ceiling(plan: Plan) -> Message:
    """That no ceiling bounds what is spent; some may bound what is borrowed."""
    stated = plan.ceilings
    if stated is not None and (stated.borrowing or stated.years_to_repay not in (None, "none")):
        return msg(
            "no ceiling of what is spent is stated, only of what is borrowed or of the years to"
            " repay"
        )
    return msg("no ceiling is stated: the plan does not say what may be spent")


def aside_note(years: Sequence[int]) -> Message:
    """That ceilings of closed years are not looked at."""
    return msg(
        "the ceilings of {years} are put aside: what was paid in a closed year is paid",
        years=[Year(year) for year in years],
    )


def passed_ceilings(plan: Plan, years: Sequence[DebtYear]) -> Iterator[Message]:
    """What passes a ceiling of borrowing, or of the years in which debt is repaid."""
    for year in years:
        ceiling, loan = most_borrowed(plan, year.year), Money(year.reckoned.loan)
        if ceiling is not None and loan > ceiling:
            yield msg(
                "! {year} borrows {loan}, {gap} more than its ceiling of {ceiling}",
                year=Year(year.year),
                loan=loan,
                gap=loan - ceiling,
                ceiling=ceiling,
            )
    for year in years:
        if passes_years(plan, year.reckoned):
            yield _passed_years(plan, year)


def _passed_years(plan: Plan, year: DebtYear) -> Message:
    """That a debt takes more years to repay than its ceiling allows."""
    ratio, most = years_of(plan, year.reckoned), most_years(plan, year.year)
    if ratio is None:
        return msg(
            "! {year}: a debt is left that gross savings do not repay, and the ceiling is {most}"
            " years",
            year=Year(year.year),
            most=most,
        )
    return msg(
        "! {year}: {years} years to repay the debt, more than its ceiling of {most}",
        year=Year(year.year),
        years=ratio,
        most=most,
    )


def borrowing_note(plan: Plan) -> Iterator[Message]:
    """What is to be borrowed for the plan, and the debt in the end, where that can be reckoned."""
    found = prospect(plan)
    if not found.years:
        return
    last = found.years[-1]
    ratio = years_of(plan, last.reckoned)
    told = {
        "amount": Assumed(found.borrowed),
        "year": Year(last.year),
        "debt": Assumed(Money(last.reckoned.debt)),
    }
    if ratio is None:
        yield msg(
            "until {year}, {amount} are to be borrowed; the debt is {debt} then: ppi debt", **told
        )
    else:
        yield msg(
            "until {year}, {amount} are to be borrowed; the debt is {debt} then, {years} years of"
            " gross savings: ppi debt",
            years=Assumed(ratio),
            **told,
        )
    yield from passed_ceilings(plan, found.years)
