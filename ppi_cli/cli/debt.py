"""``ppi debt``."""

from functools import partial
from typing import TYPE_CHECKING

from ppi_cli.cli.options import LoanYearsOption, RateOption, UnitOption, WithinCeilingsOption
from ppi_cli.cli.reporting import report_command
from ppi_cli.cli.showing import Shown

if TYPE_CHECKING:
    from ppi_cli.plan.model import Plan


@report_command
def debt(
    plan: "Plan",
    rate: RateOption = None,
    loan_years: LoanYearsOption = None,
    within_ceilings: WithinCeilingsOption = False,
    unit: UnitOption = None,
) -> Shown:
    """What the plan does to savings and debt: loans to find, the fund, years to repay."""
    from ppi_cli.documents import pictures
    from ppi_cli.figures.finances import AskedLoans
    from ppi_cli.render.affordability import AffordView
    from ppi_cli.reports.debt import debt_report

    report = debt_report(plan, unit, AskedLoans(rate, loan_years, within_ceilings))
    documents = pictures("bars.indebted", report) if report.years else {}
    return Shown(report, partial(AffordView, report), documents=documents)
