"""Savings, debt and loans."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ppi_cli.figures.ceilings import most_years, over_borrowing, passes_years, years_of
from ppi_cli.figures.finances import DebtYear, prospect, stated_loans
from ppi_cli.plan.model import Plan
from ppi_cli.rules.rule import rule
from ppi_cli.values.findings import Finding, Path, Related
from ppi_cli.values.message import Message, msg
from ppi_cli.values.money import ZERO, Money
from ppi_cli.values.quarters import Year

_MOST_RELATED = 8


@rule("PPI441", "error", plan_itself=True)
def no_more_is_repaid_than_is_owed(plan: Plan) -> Iterator[Finding]:
    """More is repaid of the debt than the town owes as the plan begins.

    “repaid” is the capital of that debt alone: interest is in the savings, and what the plan
    borrows itself is repaid on the terms of “new_loans”.
    """
    debt = plan.debt
    if debt is None or debt.at_start is None:
        return
    owed, repaid = debt.at_start.amount, ZERO
    for year, amount in sorted(debt.repaid.items()):
        repaid += amount.amount
        if repaid > owed:
            yield Finding(
                ("debt", "repaid", str(year), "amount"),
                msg(
                    "{repaid} are repaid until {year} of the {owed} that are owed as the plan"
                    " begins: {excess} too much",
                    repaid=repaid,
                    year=Year(year),
                    owed=owed,
                    excess=repaid - owed,
                ),
                help=msg("write the capital alone, without interest and without new loans"),
                related=(Related(("debt", "at_start", "amount"), msg("so much is owed")),),
                subject={"year": year},
            )
            return


@rule("PPI442", "warning", needs_whole_plan=True)
def loans_pay_for_investment(plan: Plan) -> Iterator[Finding]:
    """More is stated as loans of a year than the year invests, net of what others pay.

    A loan pays for investment alone (CGCT L1612-4). What is stated is never cut: the rest raises
    the fund.
    """
    if plan.debt is None:
        return
    places = {funder.title: i for i, funder in reversed([*enumerate(plan.funders)])}
    for each in prospect(plan).years:
        if not each.reckoned.is_beyond_investment:
            continue
        lenders = [loan.name for loan in stated_loans(plan).get(each.year, ())]
        first, *others = (places[name] for name in lenders if name is not None)
        yield Finding(
            ("funders", first, "loan"),
            msg(
                "{stated} of loans are stated for {year}, and {investment} are invested net",
                stated=Money(each.reckoned.stated),
                year=Year(each.year),
                investment=Money(max(0, each.reckoned.investment)),
            ),
            help=msg("move a loan to a year of works, or lower it"),
            related=tuple(
                Related(("funders", i, "loan"), msg("this loan is part of it"))
                for i in others[:_MOST_RELATED]
            ),
            subject={"year": each.year},
        )


@rule("PPI443", "warning", needs_whole_plan=True)
def loans_stay_within_their_ceilings(plan: Plan) -> Iterator[Finding]:
    """A year borrows more than its ceiling allows.

    What is borrowed is what savings and the fund do not pay of the year's investment, and what is
    stated. The ceiling binds it under “ppi debt --within-ceilings” alone.
    """
    for each in over_borrowing(plan):
        yield Finding(
            ("ceilings", "borrowing", str(each.year), "amount"),
            msg(
                "{year} borrows {loan}, {gap} more than the ceiling of {ceiling}",
                year=Year(each.year),
                loan=each.loan,
                gap=each.loan - each.ceiling,
                ceiling=each.ceiling,
            ),
            help=msg("put off or reduce a cost, find funding, or raise the ceiling"),
            subject={"year": each.year},
        )


@rule("PPI444", "warning", needs_whole_plan=True)
def debt_is_repaid_within_its_years(plan: Plan) -> Iterator[Finding]:
    """The debt of a year takes more years of its gross savings to repay than the plan allows.

    The ratio is compared exactly. Where gross savings are not above zero, no debt may remain. The
    12 years that are often named are usage for a town, and no law: only a ceiling of the plan,
    “years_to_repay”, is held against them. Years with equal ceilings are one finding.
    """
    passed = [each for each in prospect(plan).years if passes_years(plan, each.reckoned)]
    ceilings = plan.ceilings
    if ceilings is None or not passed:
        return
    by_year = isinstance(ceilings.years_to_repay, dict)
    of_ceiling: dict[int | None, list[DebtYear]] = defaultdict(list)
    for each in passed:
        of_ceiling[most_years(plan, each.year)].append(each)
    for first, *others in of_ceiling.values():
        place: Path = ("ceilings", "years_to_repay")
        message = _takes_too_long(plan, first)
        if others:
            message = msg(
                "{problem}; nor in {years}",
                problem=message,
                years=[Year(other.year) for other in others],
            )
        yield Finding(
            (*place, str(first.year)) if by_year else place,
            message,
            help=msg("put off or reduce a cost, find funding, or raise the ceiling"),
            related=tuple(
                Related((*place, str(other.year)), msg("nor is it within this ceiling"))
                for other in (others[:_MOST_RELATED] if by_year else ())
            ),
            subject={"year": first.year},
        )


def _takes_too_long(plan: Plan, year: DebtYear) -> Message:
    ratio, most = years_of(plan, year.reckoned), most_years(plan, year.year)
    told = {"year": Year(year.year), "debt": Money(year.reckoned.debt), "most": most}
    if ratio is None:
        return msg(
            "the debt at the end of {year}, {debt}, is not repaid in {most} years: gross savings"
            " are {gross}",
            gross=Money(year.reckoned.gross),
            **told,
        )
    return msg(
        "the debt at the end of {year}, {debt}, takes {years} years of gross savings, and is not"
        " repaid in {most}",
        years=ratio,
        **told,
    )
