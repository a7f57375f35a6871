"""``ppi compare``."""

from typing import TYPE_CHECKING, Annotated

import typer

from ppi_cli.cli.options import option
from ppi_cli.cli.reporting import versions_command
from ppi_cli.cli.showing import Shown

if TYPE_CHECKING:
    from ppi_cli.cli.screen import Screen
    from ppi_cli.versions.choices import Choices
    from ppi_cli.words.language import Language


@versions_command
def compare(
    choices: "Choices",
    screen: "Screen",
    versions: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="VERSION",
            help="Scenarios, base for the plan as it is written, files, folders, or revisions."
            " Without any, or with a file or folder alone: the plan and all its scenarios; with a"
            " scenario alone: the plan and it.",
            show_default=False,
        ),
    ] = None,
    of: Annotated[
        str | None,
        option("--plan", "PLAN", "The plan whose scenarios are named."),
    ] = None,
) -> Shown:
    """Scenarios or plans side by side: totals, schedules, findings."""
    from ppi_cli.cli.versions import compared_versions
    from ppi_cli.render.versions import VersionsView
    from ppi_cli.reports.comparison import ComparisonReport

    compared = compared_versions(versions or [], of, choices, screen)
    report = ComparisonReport(compared, tuple(choices.names(compared[0].plan, for_people=True)))

    def view(language: "Language", elastic: bool) -> VersionsView:
        table = report.table().for_people()
        return VersionsView(
            table, report.bars(), report.first.plan, language, elastic, framed=False
        )

    return Shown(report, view, report.first.plan)
