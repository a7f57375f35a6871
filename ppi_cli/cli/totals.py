"""``ppi totals``."""

from typing import TYPE_CHECKING, Annotated

from ppi_cli.cli.options import AcrossOption, ByOption, PerOption, UnitOption, Wanted, flag
from ppi_cli.cli.reporting import report_command
from ppi_cli.cli.showing import Shown

if TYPE_CHECKING:
    from ppi_cli.plan.model import Plan


@report_command
def totals(
    plan: "Plan",
    wanted: Wanted,
    by: ByOption = "theme",
    per: PerOption = "year",
    across: AcrossOption = None,
    unit: UnitOption = None,
    net: Annotated[bool, flag("--net", "Less what others pay: grants and the VAT fund.")] = False,
    running: Annotated[
        bool, flag("--running", "What projects cost to run, once they are done.")
    ] = False,
    cumulative: Annotated[
        bool, flag("--cumulative", "Each figure includes those before it.")
    ] = False,
    percent: Annotated[
        bool, flag("--percent", "What each figure is of the total of its column.")
    ] = False,
    transpose: Annotated[
        bool, flag("--transpose", "A line for each year, a column for each theme.")
    ] = False,
) -> Shown:
    """The yearly totals, against what is usually spent."""
    from ppi_cli.cli.chosen import selection_of, without_contradiction
    from ppi_cli.documents import pictures
    from ppi_cli.reports.totals import Shape, totals_report
    from ppi_cli.values.errors import PpiError
    from ppi_cli.values.message import msg

    if across is not None and (across == by or per != "year" or cumulative):
        raise PpiError(
            msg("--across makes columns of another cut than --by, without --per and --cumulative")
        )
    cuts = (by, across)
    of_others = net or "source" in cuts or wanted.funder is not None
    selection = without_contradiction(selection_of(plan, wanted, beyond=of_others), cuts, net=net)
    shape = Shape(cumulative, percent, transpose)
    report = totals_report(
        plan, by, per, selection, unit, shape, across=across, net=net, running=running
    )
    return Shown(report, documents=pictures("bars.spending", report))
