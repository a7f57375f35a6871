"""``ppi totals``."""

from typing import TYPE_CHECKING

from ppi_cli.cli.options import ByOption, PerOption, UnitOption, YearOption
from ppi_cli.cli.reporting import Shown, report_command

if TYPE_CHECKING:
    from ppi_cli.model import Plan


@report_command
def totals(
    plan: "Plan",
    by: ByOption = "theme",
    per: PerOption = "year",
    year: YearOption = None,
    unit: UnitOption = None,
) -> Shown:
    """The yearly totals, against what is usually spent."""
    from ppi_cli.cli.chosen import years_of
    from ppi_cli.reports.totals import totals_report

    return Shown(totals_report(plan, by, per, years_of(plan, year), unit))
