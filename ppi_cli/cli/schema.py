"""``ppi schema``."""

from typing import Annotated

from ppi_cli.cli.options import LanguageOption, flag, option


def schema(
    part: Annotated[
        bool,
        flag("--part", "The schema of one file of a plan that is in several files."),
    ] = False,
    output: Annotated[
        str | None,
        option("--output -o", "FILE", "Write to a file."),
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
