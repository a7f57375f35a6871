"""``ppi arbitrate``."""

from typing import TYPE_CHECKING, Annotated

from ppi_cli.cli.options import PlanArgument, choice, option, read_name
from ppi_cli.cli.reporting import versions_command
from ppi_cli.cli.showing import Shown
from ppi_cli.values.terms import Per

if TYPE_CHECKING:
    from ppi_cli.cli.screen import Screen
    from ppi_cli.versions.choices import Choices


@versions_command
def arbitrate(
    choices: "Choices",
    screen: "Screen",
    location: PlanArgument = None,
    step: Annotated[
        str,
        choice("--step", Per, "By how much a start is tried later than the one before it."),
    ] = "year",
    fix: Annotated[
        list[str] | None,
        option(
            "--fix",
            "PROJECT",
            "Leave a project where it is. May be given several times.",
            read_name,
        ),
    ] = None,
    into: Annotated[
        str | None,
        option(
            "--into",
            "PLAN",
            "Append what comes of it to the scenarios of a plan, a file or a folder.",
        ),
    ] = None,
) -> Shown:
    """Which projects fit under the ceilings, and when: what has to wait, and why that."""
    from ppi_cli.cli.arbitrating import Arbitrating
    from ppi_cli.reports.execution import execution_notes
    from ppi_cli.reports.standing import status_notes

    found = Arbitrating(choices, screen, location, 4 if step == "year" else 1, tuple(fix or ()))
    if into is not None:
        found.append_to(into)
    notes = (*execution_notes(found.written, found.plan), *status_notes(found.plan))
    return Shown(found.report, plan=found.plan, notes=notes, scenario=found.write_to)
