"""``ppi gantt``."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from ppi_cli.cli.options import UnitOption, YearOption, read_class, read_day, read_year
from ppi_cli.cli.reporting import Shown, report_command

if TYPE_CHECKING:
    from ppi_cli.plan.model import Plan


@report_command
def gantt(
    plan: "Plan",
    year: YearOption = None,
    from_: Annotated[
        int | None,
        typer.Option(
            "--from",
            parser=read_year,
            metavar="YEAR",
            help="From this year on.",
            show_default=False,
        ),
    ] = None,
    to: Annotated[
        int | None,
        typer.Option(
            "--to", parser=read_year, metavar="YEAR", help="Up to this year.", show_default=False
        ),
    ] = None,
    theme: Annotated[
        str | None,
        typer.Option("--theme", metavar="ID", help="Only this theme.", show_default=False),
    ] = None,
    class_: Annotated[
        int | None,
        typer.Option(
            "--class",
            parser=read_class,
            metavar="NUMBER",
            help="Only the projects of this priority class.",
            show_default=False,
        ),
    ] = None,
    all_: Annotated[
        bool, typer.Option("--all", help="Keep the projects that are not active in the year.")
    ] = False,
    today: Annotated[
        date | None,
        typer.Option(
            "--today",
            parser=read_day,
            metavar="DAY",
            help="Where the line of today stands. Without it: today.",
            show_default=False,
        ),
    ] = None,
    unit: UnitOption = None,
) -> Shown:
    """The chart: themes and projects by quarter."""
    from functools import partial

    from ppi_cli.cli.chosen import known_class, known_theme, years_between, years_of
    from ppi_cli.documents.charts import planning
    from ppi_cli.documents.pictures import pictures
    from ppi_cli.render.gantt import GanttView
    from ppi_cli.reports.gantt import gantt as chart_of
    from ppi_cli.values.errors import PpiError
    from ppi_cli.values.message import msg
    from ppi_cli.values.quarters import quarter_of

    if year is not None and (from_, to) != (None, None):
        raise PpiError(msg("--year is one year: it does not go with --from and --to"))
    report = chart_of(
        plan,
        years=years_of(plan, year) or years_between(plan, from_, to),
        theme=known_theme(plan, theme),
        class_=known_class(plan, class_),
        show_all=all_,
        today=quarter_of(today or date.today()),
    )
    return Shown(
        report, partial(GanttView, report, unit=unit), documents=pictures(planning, report)
    )
