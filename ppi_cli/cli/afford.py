"""``ppi afford``."""

from functools import partial
from typing import TYPE_CHECKING

from ppi_cli.cli.options import UnitOption, Wanted
from ppi_cli.cli.reporting import report_command
from ppi_cli.cli.showing import Shown

if TYPE_CHECKING:
    from ppi_cli.plan.model import Plan


@partial(report_command, without=("section", "funder"))
def afford(plan: "Plan", wanted: Wanted, unit: UnitOption = None) -> Shown:
    """Whether the plan can be afforded: need, who pays, ceilings, and what has no money."""
    from ppi_cli.cli.chosen import selection_of
    from ppi_cli.documents import pictures
    from ppi_cli.render.affordability import AffordView
    from ppi_cli.reports.affordability import afford_report

    report = afford_report(plan, unit, selection_of(plan, wanted))
    documents = pictures("bars.affordable", report)
    return Shown(report, partial(AffordView, report), documents=documents)
