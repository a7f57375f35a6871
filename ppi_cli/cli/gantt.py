"""``ppi gantt``."""

from datetime import date
from typing import Annotated

import typer

from ppi_cli.cli.options import (
    AsciiOption,
    ColourOption,
    FormatOption,
    LanguageOption,
    OutputOption,
    PlanArgument,
    WidthOption,
    YearOption,
    read_class,
    read_day,
)


def gantt(
    plan: PlanArgument = None,
    year: YearOption = None,
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
    format: FormatOption = None,
    output: OutputOption = None,
    lang: LanguageOption = None,
    color: ColourOption = "auto",
    width: WidthOption = None,
    ascii: AsciiOption = False,
) -> None:
    """The chart: themes and projects by quarter."""

    from ppi_cli.cli.chosen import known_class, known_theme, years_of
    from ppi_cli.cli.screen import Screen
    from ppi_cli.cli.session import open_plan, show
    from ppi_cli.quarters import quarter_of
    from ppi_cli.render.gantt import GanttView
    from ppi_cli.reports.gantt import gantt as chart_of

    screen = Screen(lang, color, width, ascii)
    opened = open_plan(plan, screen)
    report = chart_of(
        opened,
        years=years_of(opened, year),
        theme=known_theme(opened, theme),
        class_=known_class(opened, class_),
        show_all=all_,
        today=quarter_of(today or date.today()),
    )
    elastic = screen.is_elastic(output)
    show(
        report,
        opened,
        screen,
        format,
        output,
        lambda words: GanttView(report, words, elastic=elastic),
    )
