"""``ppi list KIND``."""

from typing import TYPE_CHECKING, Annotated, get_args

import typer

from ppi_cli.cli.options import Wanted, one_of
from ppi_cli.cli.reporting import report_command
from ppi_cli.cli.showing import Shown
from ppi_cli.values.terms import Listed

if TYPE_CHECKING:
    from ppi_cli.plan.model import Plan


@report_command
def list_(
    plan: "Plan",
    written: "Plan",
    wanted: Wanted,
    kind: Annotated[
        Listed,
        typer.Argument(
            parser=one_of(get_args(Listed)),
            metavar="KIND",
            help=f"What to list: {', '.join(get_args(Listed))}.",
        ),
    ],
) -> Shown:
    """A table of the plan, with what answers what."""
    from ppi_cli.cli.chosen import selection_of
    from ppi_cli.reports.listing import listing

    selection = selection_of(plan, wanted)
    return Shown(listing(written if kind == "sources" else plan, kind, selection))
