"""``ppi execution``."""

from functools import partial
from typing import TYPE_CHECKING, Annotated

from ppi_cli.cli.options import Wanted, choice, flag
from ppi_cli.cli.reporting import report_command
from ppi_cli.cli.showing import Shown
from ppi_cli.values.terms import ExecutionBy

if TYPE_CHECKING:
    from ppi_cli.cli.session import Opened
    from ppi_cli.plan.model import Plan


@partial(report_command, without=("class_", "status", "section", "funder", "from_", "to"))
def execution(
    plan: "Plan",
    opened: "Opened",
    wanted: Wanted,
    by: Annotated[ExecutionBy, choice("--by", ExecutionBy, "What the rows are.")] = "project",
    since: Annotated[
        bool,
        flag("--since", "Also each project since the beginning, from its first vote to its end."),
    ] = False,
) -> Shown:
    """What was done of what was voted: opened, paid, carried over, cancelled, and in words."""
    from dataclasses import replace

    from ppi_cli.cli.chosen import selection_of, year_in
    from ppi_cli.reports.execution import execution_report
    from ppi_cli.values.errors import PpiError
    from ppi_cli.values.message import msg
    from ppi_cli.values.quarters import Year
    from ppi_cli.versions.account_lines import years_of_accounts

    written = opened.reading.plan
    assert written is not None
    years = years_of_accounts(written)
    header = written.header
    if not years:
        raise PpiError(
            msg("the plan has no account of any year: nothing says what was executed"),
            msg("write what was paid in the section execution; ppi help accounts says how"),
            header.language,
        )
    year = max(years) if wanted.year is None else year_in(written, wanted.year)
    if year not in years:
        raise PpiError(
            msg("the plan has no account of {year}", year=Year(year)),
            msg("there are accounts of {years}", years=[Year(each) for each in years]),
            header.language,
            header.notation,
        )
    selection = selection_of(plan, replace(wanted, year=None))
    voted, executed = (
        opened.choices._replace(executed=asked).version(written).plan for asked in (False, True)
    )
    report = execution_report(written, voted, executed, year, by, selection, since=since)
    return Shown(report, selection=selection)
