"""``ppi import``."""

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from ppi_cli.cli.options import choice, flag, option
from ppi_cli.cli.reporting import output_command
from ppi_cli.cli.showing import Shown
from ppi_cli.values.errors import PpiError
from ppi_cli.values.message import msg

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ppi_cli.cli.screen import Screen
    from ppi_cli.values.message import Message


@output_command
def import_(
    screen: "Screen",
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE",
            help="The spreadsheet: .xlsx, .xls, .ods or .csv; or a workbook that ppi export"
            " --round-trip wrote; or a budget or an account of the town: TotEM, CFU (.xml, .gz) or"
            " SCDL (.csv); or a table of one that --map lays out.",
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
            "The plan to put it onto. Of an account: it gets execution-YEAR.yaml. Of a spreadsheet:"
            " it keeps its ids, its comments and what the sheets do not hold; what would change is"
            " shown.",
        ),
    ] = None,
    write: Annotated[
        bool, flag("--write", "With --onto and a spreadsheet: write what is shown.")
    ] = False,
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
) -> Shown:
    """Read a spreadsheet into a plan, or a town's account onto one; all of it is accounted for."""
    from ppi_cli.cli.import_accounts import (
        ImportingAccounts,
        import_accounts,
        is_account,
        lays_out_an_account,
    )
    from ppi_cli.source.way_back import holds_a_plan

    of_sheets: dict[str, object] = {"--write": write}
    of_accounts: dict[str, object] = {"--also": also, "--draft": draft, "--tax": tax}
    of_both: dict[str, object] = {"--map": map, "--write-map": write_map, "--onto": onto}
    if is_account(file) or lays_out_an_account(map):
        _refuse(of_sheets, msg("{path} is a budget or an account of a town", path=file))
        files = [file, *([folder] if folder is not None else []), *(also or [])]
        return import_accounts(ImportingAccounts(files, onto, map, screen, draft, tax), write_map)
    if holds_a_plan(file):
        from ppi_cli.cli.coming_back import come_back

        _refuse(of_sheets | of_accounts | of_both, msg("{path} holds its plan", path=file))
        come_back(file, folder, screen)
        raise typer.Exit
    _refuse(of_accounts, msg("{path} is no budget and no account of a town", path=file))

    from ppi_cli.cli.importing import Importing

    importing = Importing(file, map, screen)
    if write_map is not None:
        importing.write_map(write_map)
    if folder is not None:
        importing.write_plan(folder)
    return importing.shown() if onto is None else importing.shown_onto(onto, write=write)


def _refuse(options: "Mapping[str, object]", why: "Message") -> None:
    """Raise PpiError where an option is given that has no use for a file of its kind."""
    given = [option for option, value in options.items() if value]
    if given:
        raise PpiError(why, msg("leave out {options}", options=", ".join(given)))
