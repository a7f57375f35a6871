"""The program: its commands, and the one place where what cannot continue becomes text."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from typing import Annotated, ParamSpec, cast

import typer

from ppi_cli import __version__
from ppi_cli.cli.explain import explain
from ppi_cli.cli.gantt import gantt
from ppi_cli.cli.init import init
from ppi_cli.cli.list import list_
from ppi_cli.cli.matrix import matrix
from ppi_cli.cli.options import LanguageChoice
from ppi_cli.cli.rules import rules
from ppi_cli.cli.show import show
from ppi_cli.cli.totals import totals
from ppi_cli.cli.validate import validate
from ppi_cli.errors import PpiError

P = ParamSpec("P")

app = typer.Typer(
    name="ppi",
    help="A budget and roadmap calculator for a town's multi-year investment plan.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _guarded(command: Callable[P, None]) -> Callable[P, None]:
    """The command, with what it cannot do told on standard error, and exit code 2."""

    @wraps(command)
    def run(*arguments: P.args, **options: P.kwargs) -> None:
        try:
            command(*arguments, **options)
        except PpiError as error:
            from ppi_cli.cli.screen import Screen, notice

            language = Screen(cast("LanguageChoice | None", options.get("lang"))).language(None)
            notice(language.say(error.message))
            if error.hint is not None:
                print(f"     {language.say(error.hint)}", file=sys.stderr)
            raise typer.Exit(2) from None

    return run


app.command("totals")(_guarded(totals))
app.command("gantt")(_guarded(gantt))
app.command("matrix")(_guarded(matrix))
app.command("show")(_guarded(show))
app.command("list")(_guarded(list_))
app.command("validate")(_guarded(validate))
app.command("explain")(_guarded(explain))
app.command("rules")(_guarded(rules))
app.command("init")(_guarded(init))


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


def run() -> None:
    """Run the program; exit codes as the README lists them."""
    if sys.stdout is None or sys.stderr is None:
        sys.exit(2)  # closed: there is nowhere to say anything
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        app()
    except OSError as error:  # the help cannot be written
        print(f"ppi: {error.strerror or error}", file=sys.stderr)
        sys.exit(2)
