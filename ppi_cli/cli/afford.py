"""``ppi afford``."""

from typing import TYPE_CHECKING

from ppi_cli.cli.options import UnitOption
from ppi_cli.cli.reporting import Shown, report_command

if TYPE_CHECKING:
    from ppi_cli.plan.model import Plan


@report_command
def afford(plan: "Plan", unit: UnitOption = None) -> Shown:
    """Whether the plan can be afforded: need, who pays, ceilings, and what has no money."""
    from functools import partial

    from ppi_cli.documents.charts import affordable
    from ppi_cli.documents.pictures import pictures
    from ppi_cli.render.affordability import AffordView
    from ppi_cli.reports.affordability import afford_report

    report = afford_report(plan, unit)
    documents = pictures(affordable, report)
    return Shown(report, partial(AffordView, report), documents=documents)
