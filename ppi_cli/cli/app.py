"""The program: its commands, and the one place where what cannot continue becomes text."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from importlib import import_module
from keyword import iskeyword
from typing import Annotated, Any, NoReturn

import typer
from typer.main import get_command

from ppi_cli import __version__
from ppi_cli.cli.options import one_of
from ppi_cli.cli.screen import finish, notice, open_closed_streams, say_aside
from ppi_cli.cli.words import Command, Group, usage_error, user_language
from ppi_cli.values.docstrings import docstring
from ppi_cli.values.errors import PpiError, why
from ppi_cli.values.message import msg

#: The commands in the order in which help lists them: each stands in a module of its name.
COMMANDS = (
    "totals", "gantt", "matrix", "show", "list", "afford", "debt", "arbitrate", "trace", "apcp",
    "execution", "variants", "diff", "compare", "roll", "import", "export", "validate", "explain",
    "rules", "schema", "init", "help",
)  # fmt: skip
_SETTINGS: dict[str, Any] = {
    "add_completion": False,
    "pretty_exceptions_enable": False,
    "rich_markup_mode": None,
    "context_settings": {"help_option_names": ["-h", "--help"]},
}


class _Commands(Mapping[str, Any]):
    """The commands by name, each imported and made when it is asked for."""

    def __init__(self) -> None:
        self._made: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in COMMANDS:
            raise KeyError(name)
        if name not in self._made:
            self._made[name] = _command(name)
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(COMMANDS)

    def __len__(self) -> int:
        return len(COMMANDS)


def _command(name: str) -> Any:
    """The command of a name, from the function that its module calls so, or so with a ``_``."""
    module = import_module(f"ppi_cli.cli.{name}{'_' * iskeyword(name)}")
    function = getattr(module, name, None) or getattr(module, f"{name}_")
    alone = typer.Typer(**_SETTINGS)
    alone.command(name, cls=Command, help=docstring(function))(function)
    return get_command(alone)


class _Program(Group):
    """The program, which imports no command but the one that is asked for."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        self.commands: Any = _Commands()


app = typer.Typer(
    name="ppi",
    cls=_Program,
    help="A budget and roadmap calculator for a town's multi-year investment plan.",
    invoke_without_command=True,
    **_SETTINGS,
)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"ppi {__version__}")
        raise typer.Exit


def _read_shell(text: str) -> str:
    from ppi_cli.cli.completion import SHELLS

    shell: str = one_of(SHELLS)(text)
    return shell


def _show_completion(shell: str | None) -> None:
    if shell is not None:
        from ppi_cli.cli.completion import script

        print(script(shell))
        raise typer.Exit


def _install_completion(shell: str | None) -> None:
    if shell is not None:
        from ppi_cli.cli.completion import install

        message = msg(
            "completion is written to {path}: {shell} has it when it starts again",
            path=install(shell),
            shell=shell,
        )
        print(user_language().say(message))
        raise typer.Exit


@app.callback()
def ppi(
    context: typer.Context,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Show the version."),
    ] = False,
    install_completion: Annotated[
        str | None,
        typer.Option(
            "--install-completion",
            callback=_install_completion,
            is_eager=True,
            parser=_read_shell,
            metavar="bash|zsh|fish",
            help="Have a shell complete commands, options and ids.",
            show_default=False,
        ),
    ] = None,
    show_completion: Annotated[
        str | None,
        typer.Option(
            "--show-completion",
            callback=_show_completion,
            is_eager=True,
            parser=_read_shell,
            metavar="bash|zsh|fish",
            help="Print what the shell reads for that.",
            show_default=False,
        ),
    ] = None,
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
    if asked := os.environ.get("_PPI_COMPLETE"):
        from ppi_cli.cli.completion import answer

        return answer(get_command(app), asked)
    try:
        return get_command(app)(prog_name="ppi", standalone_mode=False)
    except SystemExit as stop:
        if sys.stdout is stdout:
            return stop.code
        sys.stdout, sys.stderr = stdout, stderr  # typer's own, since the reader of a help has left
        return 0


def _refuse(error: PpiError) -> NoReturn:
    """Say what cannot continue, on standard error, and what to do instead."""
    words = user_language(error.language, error.notation).say
    with suppress(PpiError):  # nothing can be said
        notice(words(error.message))
        if error.hint is not None:
            say_aside(f"     {words(error.hint)}")
    sys.exit(2)
