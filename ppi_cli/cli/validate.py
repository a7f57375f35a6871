"""``ppi validate``."""

from typing import Annotated, Literal

import typer

from ppi_cli.cli.options import (
    AsciiOption,
    ColourOption,
    LanguageOption,
    OutputOption,
    one_of,
)


def validate(
    plans: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PLAN", help="Files or folders, each plan once.", show_default=False
        ),
    ] = None,
    format: Annotated[
        Literal["text", "json"] | None,
        typer.Option(
            "--format",
            "-f",
            parser=one_of(("text", "json")),
            metavar="text|json",
            help="How findings are written. Without it: what the name given to -o ends in,"
            " else text.",
            show_default=False,
        ),
    ] = None,
    output: OutputOption = None,
    lang: LanguageOption = None,
    color: ColourOption = "auto",
    ascii: AsciiOption = False,
) -> None:
    """Check plans; exit code 1 where there are errors."""
    import io
    import os
    import sys
    from datetime import date
    from pathlib import Path

    from ppi_cli.cli.screen import Screen, write_text
    from ppi_cli.examine import examine
    from ppi_cli.reports.validation import Validation
    from ppi_cli.source.files import plan_location
    from ppi_cli.source.read import read_all

    screen = Screen(lang, color, None, ascii)
    named = [plan_location(each, os.environ) for each in plans or (None,)]
    today = date.today()
    readings = {reading.identity: reading for name in named for reading in read_all(name)}
    report = Validation(tuple(examine(reading, today) for reading in readings.values()))
    language = screen.language(report.plan, output)
    if format == "json" or (format is None and Path(output or "").suffix == ".json"):
        from ppi_cli.export.json import written

        text = written(report.payload(), language)
    else:
        from ppi_cli.render.ansi import Ansi
        from ppi_cli.render.validation import validation_text

        stream = sys.stdout if output is None else io.StringIO()
        style = Ansi(screen.has_colour(stream))
        text = validation_text(report, language, style, screen.columns(stream))
    write_text(text, output)
    raise typer.Exit(1 if report.counts["error"] else 0)
