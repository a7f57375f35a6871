"""``ppi show PROJECT``."""

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
)


def show(
    project: Annotated[str, typer.Argument(help="The project's id.", show_default=False)],
    plan: PlanArgument = None,
    format: FormatOption = None,
    output: OutputOption = None,
    lang: LanguageOption = None,
    color: ColourOption = "auto",
    width: WidthOption = None,
    ascii: AsciiOption = False,
) -> None:
    """Everything about one project, and why it exists."""
    from functools import partial

    from ppi_cli.cli.chosen import known_project
    from ppi_cli.cli.screen import Screen
    from ppi_cli.cli.session import open_plan
    from ppi_cli.cli.session import show as show_report
    from ppi_cli.render.story import StoryView
    from ppi_cli.reports.story import story

    screen = Screen(lang, color, width, ascii)
    opened = open_plan(plan, screen)
    report = story(opened, known_project(opened, project), date.today())
    show_report(report, opened, screen, format, output, partial(StoryView, report))
