"""``ppi trace``."""

from typing import TYPE_CHECKING, Annotated

import typer

from ppi_cli.cli.options import Wanted
from ppi_cli.cli.reporting import Shown, versions_command

if TYPE_CHECKING:
    from ppi_cli.cli.screen import Screen
    from ppi_cli.versions.choices import Choices


@versions_command
def trace(
    choices: "Choices",
    screen: "Screen",
    wanted: Wanted,
    figure: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="KEY=VALUE",
            help="The figure: theme, group, project, class, lead, section, account, source =ID,"
            " year=2017 (or before, beyond, unplanned), quarter=2017-T1, net=yes, running=yes. The"
            " word totals may come first, and the plan last.",
            show_default=False,
        ),
    ] = None,
) -> Shown:
    """Where a figure of the totals comes from: the amounts that it is the sum of."""
    import os

    from ppi_cli.cli.chosen import selection_of, without_contradiction
    from ppi_cli.cli.session import open_version
    from ppi_cli.cli.tracing import entries_of, read_figure
    from ppi_cli.figures.cuts import OF_THEMES
    from ppi_cli.figures.ledger import traced
    from ppi_cli.reports.becoming import version_notes
    from ppi_cli.reports.standing import status_notes
    from ppi_cli.reports.trace import TraceReport, trace_title
    from ppi_cli.source.files import plan_location
    from ppi_cli.source.read import read

    asked = read_figure(figure or [])
    opened = open_version(read(plan_location(asked.plan, os.environ)), choices, screen)
    rows = asked.known(opened.plan)
    selection = selection_of(opened.plan, asked.within(wanted), beyond=True)
    without_contradiction(selection, rows, net=asked.net)
    which = {"net": asked.net, "running": asked.running}
    quarter = asked.quarter_in(opened.plan)
    found = traced(opened.plan, rows, selection, quarter, where=asked.where, **which)
    title = trace_title(rows, selection, quarter, where=asked.where, **which)
    of_theme = rows.keys() <= OF_THEMES and not selection.cuts_envelopes
    report = TraceReport(opened.plan, title, entries_of(found, opened), selection, of_theme)
    notes = (*version_notes(opened.plan), *status_notes(opened.plan, selection))
    return Shown(report, plan=opened.plan, notes=notes)
