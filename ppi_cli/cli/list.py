"""``ppi list KIND``."""

from typing import TYPE_CHECKING, Annotated, get_args

import typer

from ppi_cli.cli.options import Kind, Wanted, one_of
from ppi_cli.cli.reporting import Shown, report_command

if TYPE_CHECKING:
    from ppi_cli.plan.model import Plan


@report_command
def list_(
    plan: "Plan",
    written: "Plan",
    wanted: Wanted,
    kind: Annotated[
        Kind,
        typer.Argument(
            parser=one_of(get_args(Kind)),
            metavar="KIND",
            help=f"What to list: {', '.join(get_args(Kind))}.",
        ),
    ],
) -> Shown:
    """A table of the plan, with what answers what."""
    from ppi_cli.cli.chosen import selection_of
    from ppi_cli.reports.listing import listing

    selection = selection_of(plan, wanted)
    return Shown(listing(written if kind == "sources" else plan, kind, selection))
