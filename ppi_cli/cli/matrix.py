"""``ppi matrix``."""

from datetime import date
from typing import TYPE_CHECKING

from ppi_cli.cli.reporting import report_command
from ppi_cli.cli.showing import Shown

if TYPE_CHECKING:
    from ppi_cli.plan.model import Plan


@report_command
def matrix(plan: "Plan") -> Shown:
    """The priority matrix, and whether its order holds."""
    from ppi_cli.reports.matrix import matrix as matrix_of

    return Shown(matrix_of(plan, date.today()))
