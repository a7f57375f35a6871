"""``ppi export``."""

from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from ppi_cli.cli.options import Wanted, flag
from ppi_cli.cli.reporting import documents_command

if TYPE_CHECKING:
    from ppi_cli.cli.screen import Screen
    from ppi_cli.versions.choices import Choices


@partial(documents_command, without=("section", "funder"))
def export(
    choices: "Choices",
    screen: "Screen",
    wanted: Wanted,
    names: Annotated[
        list[str],
        typer.Argument(
            metavar="[PLAN] FILE...",
            help="The documents to write, by the endings of their names; a first argument that is"
            " a folder, - or a .yaml file is the plan.",
            show_default=False,
        ),
    ],
    round_trip: Annotated[
        bool,
        flag(
            "--round-trip",
            "Have the workbook hold the whole plan, in a hidden sheet, so that ppi import reads it"
            " back.",
        ),
    ] = False,
) -> None:
    """Write documents of the whole plan: a workbook, a page, a document for the council."""
    from datetime import date

    from ppi_cli.cli.chosen import selection_of
    from ppi_cli.cli.screen import notice
    from ppi_cli.cli.session import open_plan
    from ppi_cli.cli.showing import format_of_name, write_document
    from ppi_cli.documents import DOCUMENTS, written
    from ppi_cli.reports.dossier import dossier
    from ppi_cli.source.inside import whole_of
    from ppi_cli.source.pictures import pictures
    from ppi_cli.values.errors import PpiError
    from ppi_cli.values.message import msg

    plan, files = _plan_and_files(names)
    if not files:
        raise PpiError(
            msg("no document is named"),
            msg("name one or more: ppi export plan{ending}", ending=next(iter(DOCUMENTS))),
        )
    endings = [format_of_name(file, {ending: ending for ending in DOCUMENTS}) for file in files]
    if round_trip and (choices or choices.keep_envelopes or wanted != Wanted()):
        raise PpiError(
            msg("--round-trip is of the whole plan as it is written"),
            msg("leave out the options that choose a part of it, or a version"),
        )
    if round_trip and ".xlsx" not in endings:
        raise PpiError(
            msg("--round-trip is for a workbook"),
            msg("name one: ppi export plan{ending} --round-trip", ending=".xlsx"),
        )
    opened = open_plan(plan, choices, screen)
    language = screen.language_of_export(opened.plan)
    selection, shown = selection_of(opened.plan, wanted), pictures(opened.reading, opened.plan)
    whole = whole_of(opened.reading) if round_trip else None
    found = dossier(opened.version, opened.examined, date.today(), selection, shown, whole)
    for file, ending in zip(files, endings, strict=True):
        write_document(partial(written, ending, found), file, language)
        if whole is not None and ending == ".xlsx":
            held = msg(
                "{file} holds the whole plan in a hidden sheet, with all that its files say:"
                " whoever has the workbook has the plan",
                file=file,
            )
            notice(screen.language(opened.plan).say(held))


def _plan_and_files(names: list[str]) -> tuple[str | None, list[str]]:
    """The plan, where the first argument names one, and the files to write."""
    import os

    from ppi_cli.source.files import is_yaml

    first, *others = names
    is_plan = first == "-" or os.path.isdir(first) or is_yaml(os.path.basename(first))
    return (first, others) if is_plan else (None, names)
