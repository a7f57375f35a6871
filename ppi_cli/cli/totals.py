"""``ppi totals``."""

from typing import TYPE_CHECKING, Annotated

import typer

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
    cumulative: Annotated[
        bool, typer.Option("--cumulative", help="Each figure includes those before it.")
    ] = False,
    percent: Annotated[
        bool, typer.Option("--percent", help="What each figure is of the total of its column.")
    ] = False,
    transpose: Annotated[
        bool, typer.Option("--transpose", help="A line for each year, a column for each theme.")
    ] = False,
) -> Shown:
    """The yearly totals, against what is usually spent."""
    from ppi_cli.cli.chosen import years_of
    from ppi_cli.reports.totals import Shape, totals_report

    shape = Shape(cumulative, percent, transpose)
    return Shown(totals_report(plan, by, per, years_of(plan, year), unit, shape))
