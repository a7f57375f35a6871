"""``ppi trace``."""

from typing import TYPE_CHECKING, Annotated

import typer

from ppi_cli.cli.options import LoanYearsOption, RateOption, Wanted, WithinCeilingsOption
from ppi_cli.cli.reporting import versions_command
from ppi_cli.cli.showing import Shown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ppi_cli.cli.screen import Screen
    from ppi_cli.figures.postings import Posting
    from ppi_cli.values.terms import By
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
            " year=2017 (or before, beyond, whole, unplanned), quarter=2017-T1, net=yes,"
            " running=yes. The word totals may come first, and the plan last. Of ppi debt:"
            " measure=debt year=2027.",
            show_default=False,
        ),
    ] = None,
    rate: RateOption = None,
    loan_years: LoanYearsOption = None,
    within_ceilings: WithinCeilingsOption = False,
) -> Shown:
    """Where a figure of totals or of debt comes from: the amounts that it is the sum of."""
    import os

    from ppi_cli.cli.chosen import selection_of, without_contradiction
    from ppi_cli.cli.session import open_version
    from ppi_cli.cli.tracing import (
        entries_of,
        narrowed,
        of_measures_alone,
        read_figure,
        traced_measure,
    )
    from ppi_cli.figures.cuts import OF_THEMES
    from ppi_cli.figures.finances import AS_STATED, AskedLoans
    from ppi_cli.figures.ledger import traced
    from ppi_cli.reports.becoming import version_notes
    from ppi_cli.reports.standing import status_notes
    from ppi_cli.reports.trace import TraceReport, other_row, trace_title
    from ppi_cli.source.files import plan_location
    from ppi_cli.source.read import read

    asked, loans = read_figure(figure or []), AskedLoans(rate, loan_years, within_ceilings)
    if asked.measure is None and loans != AS_STATED:
        raise of_measures_alone()
    opened = open_version(read(plan_location(asked.plan, os.environ)), choices, screen)
    if asked.measure is not None:
        of_debt = traced_measure(asked, asked.measure, wanted, opened, loans)
        notes = (*version_notes(opened.plan), *status_notes(opened.plan))
        return Shown(of_debt, plan=opened.plan, notes=notes)
    rows = asked.known(opened.plan)
    selection = selection_of(opened.plan, asked.within(wanted), beyond=True)
    without_contradiction(selection, rows, net=asked.net)
    which = {"net": asked.net, "running": asked.running, "whole": asked.is_whole}
    quarter = asked.quarter_in(opened.plan)

    def of_rows(wanted: "Mapping[By, str]") -> "Sequence[Posting]":
        return traced(opened.plan, wanted, selection, quarter, where=asked.where, **which)

    found = of_rows(rows)
    title = trace_title(rows, selection, quarter, where=asked.where, **which)
    of_theme = rows.keys() <= OF_THEMES and not selection.cuts_envelopes
    other = other_row(opened.plan, rows, found, of_rows)
    report = TraceReport(opened.plan, title, entries_of(found, opened), selection, of_theme, other)
    own = narrowed(selection, rows)
    notes = (*version_notes(opened.plan), *status_notes(opened.plan, own, found))
    return Shown(report, plan=opened.plan, notes=notes)
