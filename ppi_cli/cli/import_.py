"""``ppi import``."""

from typing import TYPE_CHECKING, Annotated

import typer

from ppi_cli.cli.options import option
from ppi_cli.cli.reporting import Shown, output_command

if TYPE_CHECKING:
    from ppi_cli.cli.screen import Screen


@output_command
def import_(
    screen: "Screen",
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE",
            help="The spreadsheet: .xlsx, .xls, .ods or .csv; or a workbook that ppi export"
            " --round-trip wrote.",
            show_default=False,
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
) -> Shown:
    """Read a spreadsheet into a plan: each cell accounted for, each printed total checked."""
    from ppi_cli.source.way_back import holds_a_plan

    if holds_a_plan(file):
        from ppi_cli.cli.coming_back import come_back

        _not_of_a_plan(map, write_map)
        come_back(file, folder, screen)
        raise typer.Exit

    from ppi_cli.cli.importing import Importing

    importing = Importing(file, map, screen)
    if write_map is not None:
        importing.write_map(write_map)
    if folder is not None:
        importing.write_plan(folder)
    return importing.shown()


def _not_of_a_plan(map: str | None, write_map: str | None) -> None:
    """Raise PpiError where a map is asked of a workbook that holds its plan."""
    from ppi_cli.values.errors import PpiError
    from ppi_cli.values.message import msg

    if map is not None or write_map is not None:
        raise PpiError(
            msg("this workbook holds its plan, and needs no map"), msg("leave out the map")
        )
