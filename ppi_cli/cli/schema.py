"""``ppi schema``."""

from typing import Annotated

import typer

from ppi_cli.cli.options import LanguageOption


def schema(
    part: Annotated[
        bool,
        typer.Option("--part", help="The schema of one file of a plan that is in several files."),
    ] = False,
    output: Annotated[
        str | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write to a file.", show_default=False),
    ] = None,
    lang: LanguageOption = None,
) -> None:
    """Print the JSON Schema of plans, for editors to complete and check what one types."""
    from ppi_cli.cli.screen import Screen, write_text
    from ppi_cli.export.json import written
    from ppi_cli.source.json_schema import json_schema

    language = Screen(lang).language_of_export(None)
    text = written(json_schema(language.say, part=part), language)
    write_text(text, output, for_programs=True)
