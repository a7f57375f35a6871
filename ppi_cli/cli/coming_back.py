"""``ppi import`` of a workbook that holds its plan: the plan, with the amounts changed there."""

from __future__ import annotations

from collections.abc import Sequence

import typer

from ppi_cli.cli.screen import Screen, notice, say_aside, write_text
from ppi_cli.cli.session import open_as_written
from ppi_cli.cli.typed import typed_for
from ppi_cli.source.pictures import pictures_named
from ppi_cli.source.read import readings_of, the_one
from ppi_cli.source.way_back import way_back
from ppi_cli.source.writing import write_folder
from ppi_cli.values.message import Message, counted, msg
from ppi_cli.values.nearest import MOST_NAMED
from ppi_cli.words.language import Language


def come_back(book: str, folder: str | None, screen: Screen) -> None:
    """Say what has changed in a workbook that holds its plan, and write the plan to a folder."""
    back = way_back(book)
    reading = the_one(readings_of(book, back.sources), book)
    language = screen.language(reading.plan)
    if back.refused:
        _refuse(back.refused, language)
        raise typer.Exit(1)
    open_as_written(reading, screen)  # else nothing is written
    said = [
        msg("{cell}: {before} has become {after}, in {file}", **change._asdict())
        for change in back.changes
    ]
    said = said or [msg("no input of the workbook has changed")]
    said.append(msg("all else is of the plan inside the workbook, as it was when it was exported"))
    if reading.plan is not None and (names := pictures_named(reading.plan)):
        said.append(msg("the pictures are not inside it: {names}", names=names))
    if folder is None:
        said.append(msg("nothing was written: name a folder to write the plan to"))
    else:
        written = write_folder(folder, dict(back.files), typed_for(folder))
        wrote = counted(
            "{n} file written to {folder}",
            "{n} files written to {folder}",
            len(written),
            folder=folder,
        )
        said.append(wrote)
    write_text("".join(f"{language.say(each)}\n" for each in said), None)


def _refuse(refused: Sequence[Message], language: Language) -> None:
    """Say what cannot be turned back, the first ones by name."""
    for each in refused[:MOST_NAMED]:
        say_aside(language.say(each))
    if (more := len(refused) - MOST_NAMED) > 0:
        say_aside(language.say(msg("and {n} more", n=more)))
    message = counted(
        "nothing is written: {n} cell has changed that cannot be turned back",
        "nothing is written: {n} cells have changed that cannot be turned back",
        len(refused),
    )
    notice(language.say(message))
