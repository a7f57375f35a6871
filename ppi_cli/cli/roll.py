"""``ppi roll``."""

from typing import TYPE_CHECKING, Annotated

import typer

from ppi_cli.cli.reporting import Shown, versions_command

if TYPE_CHECKING:
    from ppi_cli.choices import Choices
    from ppi_cli.cli.screen import Screen


@versions_command
def roll(
    choices: "Choices",
    screen: "Screen",
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PLAN DIR",
            help="The plan, which may be left out, and the folder to write next year's to; nothing"
            " is overwritten.",
            show_default=False,
        ),
    ] = None,
) -> Shown:
    """Make next year's plan: a year leaves it, a year is added, what has ended is dropped."""
    import os

    from ppi_cli.cli.diff import shown_difference
    from ppi_cli.cli.screen import notice
    from ppi_cli.cli.session import open_version
    from ppi_cli.difference import difference
    from ppi_cli.errors import PpiError
    from ppi_cli.message import counted, msg
    from ppi_cli.source.files import plan_location, write_folder
    from ppi_cli.source.read import read
    from ppi_cli.source.roll import rolled_files

    if not names:
        raise PpiError(
            msg("the argument {name} is missing", name="DIR"),
            msg("name the folder to write next year's plan to"),
        )
    if len(names) > 2:
        raise PpiError(msg("one argument too many: {name}", name=names[-1]))
    location = plan_location(names[0] if len(names) > 1 else None, os.environ)
    old = open_version(read(location), choices, screen)
    written = write_folder(names[-1], rolled_files(old.reading))
    message = counted(
        "{n} file written to {folder}",
        "{n} files written to {folder}",
        len(written),
        folder=names[-1],
    )
    notice(screen.language(old.plan).say(message))
    reading = read(names[-1])
    own = choices if reading.plan is None else choices.within(reading.plan)
    new = open_version(reading, own, screen)
    return shown_difference(old, new, difference(old.plan, new.plan), choices)
