"""``ppi init``."""

from typing import Annotated

import typer

from ppi_cli.cli.options import LanguageOption


def init(
    folder: Annotated[
        str, typer.Argument(metavar="DIR", help="The folder to write to; nothing is overwritten.")
    ] = "data",
    example: Annotated[
        str | None,
        typer.Option(
            "--example",
            metavar="NAME",
            help="Another example: finance, a fictional town that uses all of the format.",
            show_default=False,
        ),
    ] = None,
    lang: LanguageOption = None,
) -> None:
    """Write the example plan, to start from."""
    from ppi_cli.cli.screen import Screen, write_text
    from ppi_cli.source.example import write_example
    from ppi_cli.values.message import counted

    written = write_example(folder, example)
    language = Screen(lang).language(None)
    message = counted(
        "{n} file written to {folder}; see it with: ppi totals {folder}",
        "{n} files written to {folder}; see them with: ppi totals {folder}",
        len(written),
        folder=folder,
    )
    write_text(language.say(message) + "\n", None)
