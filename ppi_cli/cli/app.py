"""The program: its commands, and the one place where what cannot continue becomes text."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from ppi_cli import __version__
from ppi_cli.cli.gantt import gantt
from ppi_cli.cli.init import init
from ppi_cli.cli.list import list_
from ppi_cli.cli.matrix import matrix
from ppi_cli.cli.show import show
from ppi_cli.cli.totals import totals
from ppi_cli.cli.validate import validate
from ppi_cli.errors import PpiError

app = typer.Typer(
    name="ppi",
    help="A budget and roadmap calculator for a town's multi-year investment plan.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

for name, command in (
    ("totals", totals),
    ("gantt", gantt),
    ("matrix", matrix),
    ("show", show),
    ("list", list_),
    ("validate", validate),
    ("init", init),
):
    app.command(name)(command)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"ppi {__version__}")
        raise typer.Exit


@app.callback()
def ppi(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    pass


def main() -> None:
    """Run the program; exit codes as the README lists them."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        app()
    except PpiError as error:
        from ppi_cli.cli.screen import Screen, notice

        language = Screen().language(None)
        notice(language.say(error.message))
        if error.hint is not None:
            print(f"     {language.say(error.hint)}", file=sys.stderr)
        sys.exit(2)
