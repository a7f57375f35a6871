"""``ppi import``."""

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from ppi_cli.cli.options import choice, flag, option
from ppi_cli.cli.reporting import Shown, output_command
from ppi_cli.values.errors import PpiError
from ppi_cli.values.message import msg

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
            " --round-trip wrote; or a budget or an account of the town: TotEM, CFU (.xml, .gz) or"
            " SCDL (.csv).",
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
            "--map",
            "FILE",
            "What the sheets are laid out like, in YAML: answers to questions. Of an account: to"
            " what its lines go.",
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
            "A plan that is there. It gets execution-YEAR.yaml of an account; of a spreadsheet, the"
            " amounts, and keeps its ids, its comments and what the sheets do not hold.",
        ),
    ] = None,
    also: Annotated[
        list[str] | None,
        option("--also", "FILE", "Another budget, decision or account of the same town."),
    ] = None,
    draft: Annotated[bool, flag("--draft", "Read a budget that is only a draft, too.")] = False,
    tax: Annotated[
        Literal["incl", "excl"] | None,
        choice(
            "--tax",
            Literal["incl", "excl"],
            "Whether the amounts of an account include taxes.",
            show_default=False,
        ),
    ] = None,
    write: Annotated[
        bool, flag("--write", "With --onto and a spreadsheet: write what is shown.")
    ] = False,
) -> Shown:
    """Read a spreadsheet into a plan, or a town's account onto one; all of it is accounted for."""
    from ppi_cli.cli.import_accounts import ImportingAccounts, import_accounts, is_account

    if is_account(file):
        files = [file, *([folder] if folder is not None else []), *(also or [])]
        return import_accounts(ImportingAccounts(files, onto, map, screen, draft, tax), write_map)
    if also or draft or tax:
        raise PpiError(
            msg("{path} is no budget and no account of a town", path=file),
            msg("name a TotEM document, a CFU, or an SCDL file"),
        )
    from ppi_cli.source.way_back import holds_a_plan

    if holds_a_plan(file):
        from ppi_cli.cli.coming_back import come_back

        _not_of_a_plan(map, write_map, onto)
        come_back(file, folder, screen)
        raise typer.Exit

    from ppi_cli.cli.importing import Importing

    importing = Importing(file, map, screen)
    if write_map is not None:
        importing.write_map(write_map)
    if folder is not None:
        importing.write_plan(folder)
    return importing.shown() if onto is None else importing.shown_onto(onto, write=write)


def _not_of_a_plan(map: str | None, write_map: str | None, onto: str | None) -> None:
    """Raise PpiError where a map is asked of a workbook that holds its plan."""
    if onto is not None:
        raise PpiError(
            msg("this workbook holds its plan, and is taken onto no other"), msg("name a folder")
        )
    if map is not None or write_map is not None:
        raise PpiError(
            msg("this workbook holds its plan, and needs no map"), msg("leave out the map")
        )
