"""``ppi execution``."""

from functools import partial
from typing import TYPE_CHECKING, Annotated

from ppi_cli.cli.options import Wanted, choice, flag
from ppi_cli.cli.reporting import Shown, report_command
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
    from ppi_cli.figures.execution import execution_of, since_the_beginning
    from ppi_cli.reports.execution import ExecutionReport
    from ppi_cli.values.errors import PpiError
    from ppi_cli.values.message import msg
    from ppi_cli.values.quarters import Year
    from ppi_cli.versions.accounts import years_of_accounts

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
    versions = {
        asked: replace(opened.choices, executed=asked).version(written).plan
        for asked in (False, True)
    }
    known = selection.projects(versions[False]).keys() | selection.projects(versions[True]).keys()
    themes = {
        theme.id
        for theme in written.themes
        if not replace(selection, theme=None, group=None).is_part
        and selection.has_theme(written, theme.id)
    }
    every = not selection.is_part

    def is_wanted(done: object) -> bool:
        kind, id = done.bearer  # type: ignore[attr-defined]
        return every or id in (known if kind == "project" else themes)

    found = execution_of(written, year, by, is_wanted)
    ids = [done.bearer[1] for done in found.whole.done if done.bearer[0] == "project"]
    wholes = tuple(since_the_beginning(written, versions[True], ids)) if since else ()
    report = ExecutionReport(
        written, versions[False], versions[True], (found,), by, wholes, selection
    )
    return Shown(report, selection=selection)
