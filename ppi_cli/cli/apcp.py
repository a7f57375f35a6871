"""``ppi apcp``."""

from typing import TYPE_CHECKING, Annotated

from ppi_cli.cli.options import option
from ppi_cli.cli.reporting import report_command
from ppi_cli.cli.showing import Shown

if TYPE_CHECKING:
    from ppi_cli.plan.model import Plan


@report_command
def apcp(
    plan: "Plan",
    programme: Annotated[
        str | None,
        option("--programme", "ID", "Only this programme."),
    ] = None,
) -> Shown:
    """What is authorised for programmes (AP), and what may be paid in each year (CP)."""
    from ppi_cli.cli.chosen import known_programme
    from ppi_cli.reports.programmes import programmes_report

    chosen = None if programme is None else known_programme(plan, programme)
    return Shown(programmes_report(plan, chosen))
