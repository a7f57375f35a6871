"""The command line's own words, help and usage errors, in the language of the user."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise
from typing import Any, TypeAlias

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup

from ppi_cli.cli.screen import Screen
from ppi_cli.values.errors import PpiError
from ppi_cli.values.message import Message, msg
from ppi_cli.values.nearest import meant, nearest
from ppi_cli.values.notation import Notation
from ppi_cli.values.regex import regex
from ppi_cli.words.language import Language, chosen_language

Documented: TypeAlias = Any

#: What typer writes around our texts, and how we say it.
_AROUND = (
    ("^Usage: ", msg("Usage: ")),
    ("^Arguments:", msg("Arguments:")),
    ("^Options:", msg("Options:")),
    ("^Commands:", msg("Commands:")),
    (r"\[default: ", msg("[default: ")),
    (r"\[required\]", msg("[required]")),
    (r"Show this message and exit\.", msg("Show this help.")),
)

#: What typer says of wrong arguments, and how we say it.
_WRONG = (
    (r"No such option: (?P<name>\S+).*", msg("there is no option {name}")),
    (r"No such command '(?P<name>.+?)'\..*", msg("there is no command {name}")),
    (r"Missing argument '(?P<name>.+?)'.*", msg("the argument {name} is missing")),
    (r"Missing command\.", msg("a command is missing")),
    (r"Got unexpected extra argument\S* \((?P<name>.*)\)", msg("one argument too many: {name}")),
    (r"Option '(?P<name>.+)' requires .*", msg("the option {name} needs a value")),
    (r"Option '(?P<name>.+)' does not take a value\.", msg("the option {name} takes no value")),
)
#: How alike an option must be, without its dashes, to be perhaps what is meant.
_LIKENESS = 0.7
_MEANT = regex("(?:Did you mean|Possible options:) (?P<names>.*?)[?)]")


class Command(TyperCommand):
    def __init__(self, *arguments: Any, **attributes: Any) -> None:
        super().__init__(*arguments, **attributes)
        _read_what_is_given(self)

    def get_help(self, ctx: typer.Context) -> str:  # type: ignore[override]
        return _in_language(self, super().get_help, ctx)


class Group(TyperGroup):
    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        _read_what_is_given(self)

    def get_help(self, ctx: typer.Context) -> str:  # type: ignore[override]
        return _in_language(self, super().get_help, ctx)


def _read_what_is_given(command: Documented) -> None:
    """Make nothing ready to read what is not given, which would take longer than most reports."""
    for parameter in command.params:
        if not parameter.required:
            parameter.process_value = partial(_processed, parameter, parameter.process_value)


def _processed(
    parameter: Documented, read: Callable[..., Any], ctx: typer.Context, value: Any
) -> Any:
    source = ctx.get_parameter_source(parameter.name)
    if source is not None and source.name != "DEFAULT":
        return read(ctx, value)
    if value is None and (parameter.multiple or parameter.nargs == -1):
        value = ()
    return parameter.callback(ctx, parameter, value) if parameter.callback else value


def user_language(of_plan: str | None = None, notation: Notation | None = None) -> Language:
    """The language of what is said beside reports: the option's, the system's, or the plan's."""
    asked = dict(pairwise(sys.argv)).get("--lang")
    code = chosen_language(asked, os.environ, of_plan)
    return Screen(code).language(None, notation=notation)


def _in_language(
    command: Documented, help_of: Callable[[typer.Context], str], ctx: typer.Context
) -> str:
    language = user_language()
    written = [(thing, thing.help) for thing in _documented(command)]
    for thing, help in written:
        thing.help = language.say(Message(help))
        if isinstance(thing, TyperArgument):
            thing.display_type_rich = _untold  # type: ignore[method-assign]
    try:
        text = help_of(ctx)
    finally:
        for thing, help in written:
            thing.help = help
    for pattern, words in _AROUND:
        text = re.sub(pattern, language.say(words), text, flags=re.MULTILINE)
    return language.plain(text)


def _untold(ctx: object) -> None:
    """The type of an argument, which is of no use to people."""


def _documented(command: Documented) -> Iterator[Any]:
    """The command, its parameters and those below it: all that have a text of ours."""
    for thing in (command, *command.params, *getattr(command, "commands", {}).values()):
        if getattr(thing, "help", None):
            yield thing


def summaries(ctx: typer.Context) -> dict[str, str]:
    """The commands of the program, each with what it does, in the language of the user."""
    language = user_language()
    commands: dict[str, Documented] = getattr(ctx.find_root().command, "commands", {})
    return {name: language.say(Message(command.help)) for name, command in commands.items()}


def help_of(ctx: typer.Context, name: str) -> str:
    """What a command of the program prints with ``--help``."""
    root = ctx.find_root()
    command: Documented = getattr(root.command, "commands", {})[name]
    help: str = command.get_help(typer.Context(command, info_name=name, parent=root))
    return f"{help}\n"


def help_texts(command: Documented) -> Iterator[str]:
    """Every text of ours in the help of a command and of those below it."""
    for thing in _documented(command):
        yield thing.help
    for below in getattr(command, "commands", {}).values():
        yield from help_texts(below)


def usage_error(error: typer.TyperException) -> PpiError:
    """What typer has to say of wrong arguments, in our words."""
    said = error.format_message()
    message = msg("{said}", said=said)
    for pattern, words in _WRONG:
        if match := re.fullmatch(pattern, said, re.DOTALL):
            message = Message(words.text, match.groupdict())
    if found := _MEANT.search(said):
        names = {each.strip("-"): each for each in found["names"].replace("'", "").split(", ")}
        near = nearest(str(message.values.get("name")).strip("-"), names, _LIKENESS)
        if near is not None:  # to typer, all options are alike, by their dashes
            return PpiError(message, meant(names[near]))
    path = getattr(getattr(error, "ctx", None), "command_path", "ppi")
    return PpiError(message, msg("{command} --help shows what there is", command=path))
