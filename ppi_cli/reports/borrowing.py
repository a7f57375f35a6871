"""What other reports say of savings and debt: in sentences, under ceilings, and for programs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from ppi_cli.figures.ceilings import (
    bounds_debt,
    debt_ceilings,
    most_borrowed,
    most_years,
    passes_years,
    years_of,
)
from ppi_cli.figures.finances import DebtYear, Needed, Prospect, prospect
from ppi_cli.figures.ledger import ledger
from ppi_cli.figures.totals import Figure, added
from ppi_cli.plan.bounds import DebtCeilingKind
from ppi_cli.plan.model import Plan
from ppi_cli.reports.table import Column, Line, Marked, Table
from ppi_cli.reports.values import FEW_YEARS, as_marked, legend, stated
from ppi_cli.values.message import Message, msg
from ppi_cli.values.money import Money
from ppi_cli.values.quarters import Year


def _at(what: Message, key: str, option: str = "") -> Message:
    """What has to be stated, and where."""
    if option:
        return msg("{what} (“{key}”, or {option})", what=what, key=key, option=option)
    return msg("{what} (“{key}”)", what=what, key=key)


#: What has to be stated, in words.
NEEDED: Mapping[Needed, Message] = {
    "at_start": _at(msg("the debt as the plan begins"), "debt.at_start"),
    "fund": _at(msg("the fund as the plan begins"), "debt.fund"),
    "savings": _at(msg("net savings"), "savings"),
    "repaid": _at(msg("what is repaid of the debt"), "debt.repaid"),
    "rate": _at(msg("the rate of new loans"), "debt.new_loans.rate", "--rate"),
    "years": _at(msg("the years of new loans"), "debt.new_loans.years", "--loan-years"),
}


#: What says that the savings hold what is to run.
_HOLD = "debt: {savings_hold: [running]}"


def held_notes(plan: Plan) -> Iterator[Message]:
    """What the stated savings hold already, so that it is taken off nowhere again."""
    if plan.debt is None:
        return
    words = {"running": msg("what is to run"), "operating": msg("operation")}
    held = [*dict.fromkeys(plan.debt.savings_hold)]
    if held:
        yield msg(
            "the savings hold this already, and it is taken off nowhere again: {names}",
            names=[words[each] for each in held],
        )
    to_run = ledger(plan, running=True)
    if plan.savings and "running" not in held and any(p.section == "operating" for p in to_run):
        yield msg("what is to run is taken off the savings; where they hold it: {key}", key=_HOLD)


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
    yield from _passed_loans(plan, years)
    of_ceiling: dict[int | None, list[DebtYear]] = defaultdict(list)
    for year in years:
        if passes_years(plan, year.reckoned):
            of_ceiling[most_years(plan, year.year)].append(year)
    for most, passing in of_ceiling.items():
        known = [(ratio, y) for y in passing if (ratio := years_of(plan, y.reckoned)) is not None]
        if len(passing) <= FEW_YEARS or len(known) < len(passing):
            yield from (_passed_years(plan, year) for year in passing)
            continue
        ratio, worst = max(known, key=lambda each: each[0].hundredths)
        yield msg(
            "! {years}: more years to repay the debt than their ceiling of {most}: at most"
            " {ratio}, in {year}",
            years=[Year(each.year) for each in passing],
            most=most,
            ratio=as_marked(worst.to_repay, ratio),
            year=Year(worst.year),
        )


def _passed_loans(plan: Plan, years: Sequence[DebtYear]) -> Iterator[Message]:
    """What passes a ceiling of borrowing."""
    found = [
        (year, loan - ceiling, ceiling)
        for year in years
        if (ceiling := most_borrowed(plan, year.year)) is not None
        if (loan := Money(year.reckoned.loan)) > ceiling
    ]
    if len(found) > FEW_YEARS:
        year, most, _ = max(found, key=lambda each: each[1])
        yield msg(
            "! {years} borrow more than their ceilings, by {gap} in all: at most {most}, in {year}",
            years=[Year(each.year) for each, _, _ in found],
            gap=as_marked(added(each.loan._replace(amount=gap) for each, gap, _ in found)),
            most=as_marked(year.loan, most),
            year=Year(year.year),
        )
        return
    for year, gap, ceiling in found:
        yield msg(
            "! {year} borrows {loan}, {gap} more than its ceiling of {ceiling}",
            year=Year(year.year),
            loan=as_marked(year.loan),
            gap=as_marked(year.loan, gap),
            ceiling=ceiling,
        )


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
        years=as_marked(year.to_repay, ratio),
        most=most,
    )


def borrowing_note(plan: Plan) -> Iterator[Message]:
    """What is to be borrowed for the plan, and the debt in the end; or what is not stated of it."""
    found = prospect(plan)
    if found.years:
        yield msg("{borrowing}: ppi debt", borrowing=_borrowing(plan, found))
    elif found.stop is not None:
        needed = [NEEDED[each] for each in found.stop.needed]
        yield msg(
            "{borrowing}: ppi debt",
            borrowing=msg(
                "what is to be borrowed is not reckoned; of {year}, not stated: {needed}",
                year=Year(found.stop.year),
                needed=needed,
            ),
        )
    yield from passed_ceilings(plan, found.years)
    yield from unheld_ceilings(plan)


def _borrowing(plan: Plan, found: Prospect) -> Message:
    last = found.years[-1]
    told = {"borrowed": _loans(plan, found), "debt": _debt_left(plan, last)}
    if found.stop is None:
        return msg("{borrowed}; {debt}", **told)
    year = Year(found.stop.year)
    return msg("{borrowed}; {debt}; from {year} on, nothing is reckoned", year=year, **told)


def _loans(plan: Plan, found: Prospect) -> Message:
    """What is to be borrowed in which years; of closed ones, what the plan stated is counted."""
    loans = [year for year in found.years if year.reckoned.loan]
    over = [year for year in loans if year.year in plan.closed]
    to_come = [year for year in loans if year not in over]
    last = Year(found.years[-1].year)
    if not loans:
        return msg("no loan is needed until {year}", year=last)
    past = as_marked(added(year.loan for year in over))
    years = [Year(year.year) for year in over]
    if not to_come:
        return msg(
            "{amount} are counted as borrowed in {years}, as planned, and no other loan is needed"
            " until {year}",
            amount=past, years=years, year=last,
        )  # fmt: skip
    coming = msg(
        "{amount} are to be borrowed in {years}",
        amount=as_marked(added(year.loan for year in to_come)),
        years=[Year(year.year) for year in to_come],
    )
    if not over:
        return coming
    counted = msg(
        "{amount} are counted as borrowed in {years}, as planned", amount=past, years=years
    )
    return msg("{past}; {coming}", past=counted, coming=coming)


def _debt_left(plan: Plan, last: DebtYear) -> Message:
    """The debt at the end of the last year that is reckoned."""
    if not last.reckoned.debt:
        return msg("no debt is left at the end of {year}", year=Year(last.year))
    told = {"year": Year(last.year), "debt": as_marked(last.debt)}
    if (ratio := years_of(plan, last.reckoned)) is None:
        return msg(
            "the debt is {debt} at the end of {year}, and gross savings repay none of it", **told
        )
    return msg(
        "the debt is {debt} at the end of {year}, {years} years of gross savings",
        years=as_marked(last.to_repay, ratio),
        **told,
    )


def unheld_ceilings(plan: Plan) -> Iterator[Message]:
    """Which years have a ceiling of loans or of years to repay, and nothing to hold against it."""
    reckoned = {each.year for each in prospect(plan).years}
    years = [year for year in debt_ceilings(plan) if year not in reckoned]
    if years:
        yield msg(
            "! nothing is held against the ceilings of what is borrowed, or of the years to repay,"
            " of {years}: savings and debt are not reckoned there",
            years=[Year(year) for year in years],
        )


def unbounded_notes(plan: Plan, years: Sequence[int], *, refused: bool) -> Iterator[Message]:
    """Which years bound nothing: of what is spent alone, where they bound the debt.

    Where projects are refused, that none is in the others.
    """
    debt = [Year(year) for year in years if bounds_debt(plan, year)]
    free = [Year(year) for year in years if Year(year) not in debt]
    if debt:
        yield msg("no ceiling of what is spent is stated for {years}", years=debt)
    if free and refused:
        yield msg("no ceiling is stated for {years}: none refuses anything there", years=free)
    elif free:
        yield msg("no ceiling is stated for {years}", years=free)


# --- under ceilings -------------------------------------------------------------------------------


def passed_of(plan: Plan, year: DebtYear) -> list[DebtCeilingKind]:
    """The kinds of ceilings that a year passes."""
    most, passed = most_borrowed(plan, year.year), list[DebtCeilingKind]()
    if most is not None and year.reckoned.loan > most.cents:
        passed.append("borrowing")
    if passes_years(plan, year.reckoned):
        passed.append("years_to_repay")
    return passed


def years_cell(plan: Plan, year: DebtYear) -> Marked:
    """The years to repay the debt of a year, as tables show them."""
    figure = year.to_repay._replace(over=passes_years(plan, year.reckoned))
    return Marked(figure, years_of(plan, year.reckoned))


def loan_cell(plan: Plan, year: DebtYear) -> Figure:
    """What a year borrows, as tables show it."""
    return year.loan._replace(over="borrowing" in passed_of(plan, year))


def under_ceilings_table(versions: Sequence[tuple[Message, Plan]]) -> Table | None:
    """What versions of a plan borrow, and how long that takes to repay, below their ceilings.

    There is none where nothing is held against such a ceiling.
    """
    plan = versions[0][1]
    paths = [{year.year: year for year in prospect(each).years} for _, each in versions]
    years = sorted({year for path in paths for year in path})
    most = {year: (most_borrowed(plan, year), most_years(plan, year)) for year in years}
    lines: list[Line] = []
    for n, title in enumerate((msg("borrowed"), msg("years to repay"))):
        if all(most[year][n] is None for year in years):
            continue
        ceilings = (most[year][n] for year in years)
        shown = (Figure(each) if isinstance(each, Money) else each for each in ceilings)
        lines.append(Line((msg("Ceiling, {kind}", kind=title), *shown)))
        cell: Callable[[Plan, DebtYear], object] = years_cell if n else loan_cell
        for (side, each), path in zip(versions, paths, strict=True):
            cells = (cell(each, path[year]) if year in path else None for year in years)
            lines.append(Line((msg("{ceiling}, {version}", ceiling=title, version=side), *cells)))
    columns = (
        Column(msg("Ceiling"), "kind"),
        *(Column(Year(year), str(year), numeric=True) for year in years),
    )
    title = msg("Loans and years to repay under their ceilings")
    cells_ = [cell for line in lines for cell in line.cells]
    figures = [cell.figure if isinstance(cell, Marked) else cell for cell in cells_]
    notes = legend([each for each in figures if isinstance(each, Figure)])
    return Table(title, columns, tuple(lines), tuple(notes)) if lines else None


def debt_payload(plan: Plan) -> dict[str, Any] | None:
    """What each year borrows and owes, and its ceilings, for programs."""
    found = prospect(plan)
    if plan.debt is None:
        return None
    return {
        "years": [
            {
                "year": str(year.year),
                "loan": stated(year.loan.amount),
                "debt": stated(year.debt.amount),
                "years_to_repay": stated(years_of(plan, year.reckoned)),
                "ceilings": ceilings_payload(plan, year.year),
                "passed": passed_of(plan, year),
            }
            for year in found.years
        ],
        "ends_before": stop_payload(found),
    }


def ceilings_payload(plan: Plan, year: int) -> dict[str, Any]:
    """The ceilings of savings and debt of a year, where they are held."""
    return {
        "borrowing": stated(most_borrowed(plan, year)),
        "years_to_repay": most_years(plan, year),
    }


def stop_payload(found: Prospect) -> dict[str, Any] | None:
    """The first year that is not reckoned, and what is not stated of it."""
    stop = found.stop
    return None if stop is None else {"year": str(stop.year), "not_stated": list(stop.needed)}
