"""``ppi import``."""

from typing import TYPE_CHECKING, Annotated

import typer

from ppi_cli.cli.options import flag, option
from ppi_cli.cli.reporting import Shown, output_command

if TYPE_CHECKING:
    from ppi_cli.cli.screen import Screen


@output_command
def import_(
    screen: "Screen",
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE", help="The spreadsheet: .xlsx, .xls, .ods or .csv.", show_default=False
        ),
    ],
    folder: Annotated[
        str | None,
        typer.Argument(
            metavar="DIR",
            help="The folder to write the plan to; nothing is overwritten, and nothing is written"
            " while a question is open. Without it, nothing is written.",
            show_default=False,
        ),
    ] = None,
    map: Annotated[
        str | None,
        option(
            "--map", "FILE", "What the sheets are laid out like, in YAML: answers to questions."
        ),
    ] = None,
    write_map: Annotated[
        str | None,
        option("--write-map", "FILE", "Write the map of what was found, to be corrected."),
    ] = None,
    onto: Annotated[
        str | None,
        option(
            "--onto",
            "PLAN",
            "Take the amounts into a plan that is there, which keeps its ids, its comments and what"
            " the sheets do not hold; what would change is shown.",
        ),
    ] = None,
    write: Annotated[bool, flag("--write", "With --onto: write what is shown.")] = False,
) -> Shown:
    """Read a spreadsheet into a plan: each cell accounted for, each printed total checked."""
    from ppi_cli.cli.importing import Importing

    importing = Importing(file, map, screen)
    if write_map is not None:
        importing.write_map(write_map)
    if folder is not None:
        importing.write_plan(folder)
    return importing.shown() if onto is None else importing.shown_onto(onto, write=write)
