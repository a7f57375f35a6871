"""``ppi arbitrate``."""

from typing import TYPE_CHECKING, Annotated

import typer

from ppi_cli.cli.options import PlanArgument, one_of, read_name
from ppi_cli.cli.reporting import Shown, versions_command

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
        typer.Option(
            "--step",
            parser=one_of(("year", "quarter")),
            metavar="year|quarter",
            help="By how much a start is tried later than the one before it.",
        ),
    ] = "year",
    fix: Annotated[
        list[str] | None,
        typer.Option(
            "--fix",
            parser=read_name,
            metavar="PROJECT",
            help="Leave a project where it is. May be given several times.",
            show_default=False,
        ),
    ] = None,
    into: Annotated[
        str | None,
        typer.Option(
            "--into",
            metavar="PLAN",
            help="Append what comes of it to the scenarios of a plan, a file or a folder.",
            show_default=False,
        ),
    ] = None,
) -> Shown:
    """Which projects fit under the ceilings, and when: what has to wait, and why that."""
    from ppi_cli.cli.arbitrating import Arbitrating
    from ppi_cli.reports.standing import status_notes

    found = Arbitrating(choices, screen, location, 4 if step == "year" else 1, tuple(fix or ()))
    if into is not None:
        found.append_to(into)
    notes = tuple(status_notes(found.plan))
    return Shown(found.report, plan=found.plan, notes=notes, scenario=found.write_to)
