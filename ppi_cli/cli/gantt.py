"""``ppi gantt``."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

from ppi_cli.cli.options import UnitOption, Wanted, flag, option, read_day
from ppi_cli.cli.reporting import report_command
from ppi_cli.cli.showing import Shown

if TYPE_CHECKING:
    from ppi_cli.plan.model import Plan


@report_command
def gantt(
    plan: "Plan",
    wanted: Wanted,
    all_: Annotated[
        bool, flag("--all", "Keep the projects that are not active in the year.")
    ] = False,
    today: Annotated[
        date | None,
        option("--today", "DAY", "Where the line of today stands. Without it: today.", read_day),
    ] = None,
    unit: UnitOption = None,
) -> Shown:
    """The chart: themes and projects by quarter."""
    from functools import partial

    from ppi_cli.cli.chosen import selection_of
    from ppi_cli.documents import pictures
    from ppi_cli.render.gantt import GanttView
    from ppi_cli.reports.gantt import gantt as chart_of

    report = chart_of(
        plan,
        selection_of(plan, wanted),
        show_all=all_,
        today=plan.header.quarter_of(today or date.today()),
    )
    return Shown(
        report,
        partial(GanttView, report, unit=unit),
        documents=pictures("planning.planning", report),
    )
