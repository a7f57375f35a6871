"""``ppi show PROJECT``."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from ppi_cli.cli.reporting import report_command
from ppi_cli.cli.showing import Shown

if TYPE_CHECKING:
    from ppi_cli.cli.session import Opened
    from ppi_cli.plan.model import Plan


@report_command
def show(
    plan: "Plan",
    opened: "Opened",
    project: Annotated[
        str, typer.Argument(help="The project's id, or its number.", show_default=False)
    ],
) -> Shown:
    """Everything about one project, and why it exists."""
    from functools import partial

    from ppi_cli.cli.chosen import known_project
    from ppi_cli.documents import sheets
    from ppi_cli.figures.selection import Selection
    from ppi_cli.render.story import StoryView
    from ppi_cli.reports.story import story
    from ppi_cli.source.pictures import pictures

    found = known_project(plan, project, or_cancelled=True)
    report = story(plan, found, date.today())
    read = partial(pictures, opened.reading, plan)
    return Shown(
        report,
        partial(StoryView, report),
        selection=Selection(project=found.id),
        documents=sheets(report, read),
    )
