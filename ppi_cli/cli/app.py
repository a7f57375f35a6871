"""The program: its commands, and the one place where what cannot continue becomes text."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import Annotated, Any, NoReturn

import typer
from typer.main import get_command

from ppi_cli import __version__
from ppi_cli.cli.afford import afford
from ppi_cli.cli.apcp import apcp
from ppi_cli.cli.arbitrate import arbitrate
from ppi_cli.cli.compare import compare
from ppi_cli.cli.diff import diff
from ppi_cli.cli.explain import explain
from ppi_cli.cli.export import export
from ppi_cli.cli.gantt import gantt
from ppi_cli.cli.help import help_
from ppi_cli.cli.init import init
from ppi_cli.cli.list import list_
from ppi_cli.cli.matrix import matrix
from ppi_cli.cli.roll import roll
from ppi_cli.cli.rules import rules
from ppi_cli.cli.schema import schema
from ppi_cli.cli.screen import finish, notice, open_closed_streams, say_aside
from ppi_cli.cli.show import show
from ppi_cli.cli.totals import totals
from ppi_cli.cli.trace import trace
from ppi_cli.cli.validate import validate
from ppi_cli.cli.variants import variants
from ppi_cli.cli.words import Command, Group, usage_error, user_language
from ppi_cli.values.docstrings import docstring
from ppi_cli.values.errors import PpiError, why
from ppi_cli.values.message import msg

app = typer.Typer(
    name="ppi",
    cls=Group,
    help="A budget and roadmap calculator for a town's multi-year investment plan.",
    invoke_without_command=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

for command in (
    totals, gantt, matrix, show, list_, afford, arbitrate, trace, apcp, variants, diff, compare,
    roll, export, validate, explain, rules, schema, init, help_,
):  # fmt: skip
    name = command.__name__.rstrip("_")
    app.command(name, cls=Command, help=docstring(command))(command)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"ppi {__version__}")
        raise typer.Exit


@app.callback()
def ppi(
    context: typer.Context,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    if context.invoked_subcommand is None:
        say_aside(context.get_help())
        raise typer.Exit(2)


def run() -> None:
    """Run the program; exit codes as the manual lists them (``ppi help reports``)."""
    open_closed_streams()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        code = _code()
        finish()
    except PpiError as error:
        _refuse(error)
    except typer.TyperException as error:
        _refuse(usage_error(error))
    except OSError as error:
        _refuse(PpiError(msg("standard output cannot be written: {why}", why=why(error))))
    sys.exit(code)


def _code() -> Any:
    """What the command exits with."""
    stdout, stderr = sys.stdout, sys.stderr
    try:
        return get_command(app)(standalone_mode=False)
    except SystemExit as stop:
        if sys.stdout is stdout:
            return stop.code
        sys.stdout, sys.stderr = stdout, stderr  # typer's own, since the reader of a help has left
        return 0


def _refuse(error: PpiError) -> NoReturn:
    """Say what cannot continue, on standard error, and what to do instead."""
    words = user_language(error.language).say
    with suppress(PpiError):  # nothing can be said
        notice(words(error.message))
        if error.hint is not None:
            say_aside(f"     {words(error.hint)}")
    sys.exit(2)
