"""``ppi help``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from ppi_cli.cli.options import AsciiOption, ColourOption, LanguageOption, WidthOption

if TYPE_CHECKING:
    from ppi_cli.cli.screen import Screen
    from ppi_cli.values.message import Message
    from ppi_cli.words.language import Language

_WIDEST = 100


def help_(
    context: typer.Context,
    topic: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="TOPIC",
            help="A topic of the manual, or a command; or words that it is to explain. Without one:"
            " all of them.",
            show_default=False,
        ),
    ] = None,
    lang: LanguageOption = None,
    color: ColourOption = "auto",
    width: WidthOption = None,
    ascii: AsciiOption = False,
) -> None:
    """The manual, by topic, and the help of each command."""
    import sys

    from ppi_cli.cli.screen import Screen, write_text
    from ppi_cli.cli.words import help_of, summaries
    from ppi_cli.manual import TOPICS, page
    from ppi_cli.values.errors import PpiError
    from ppi_cli.values.message import msg
    from ppi_cli.words.language import to_ascii

    screen = Screen(lang, color, width, ascii)
    language = screen.language(None)
    commands = summaries(context)
    words = topic or []
    name = "-".join(words).lower()
    if not words:
        text = _contents(commands, language, screen.columns(sys.stdout))
    elif name in TOPICS:
        text = _shown(page(name, language.code), screen)
    elif name in commands:
        text = help_of(context, name)
    else:
        problem = msg("the manual has no topic “{topic}”", topic=" ".join(words))
        raise PpiError(problem, _advice(words, commands, language.code))
    write_text(to_ascii(text) if language.ascii_only else text, None)


def _contents(commands: Mapping[str, str], language: Language, width: int) -> str:
    """All topics and commands, a line or two each."""
    from ppi_cli.manual import TOPICS, title
    from ppi_cli.values.message import msg

    topics = {topic: title(topic, language.code) for topic in TOPICS}
    margin = max(map(len, [*topics, *commands])) + 4
    lines = [
        language.say(msg("ppi help TOPIC prints a page of the manual:")),
        *_listed(topics, margin, width),
        "",
        language.say(msg("ppi help COMMAND says what a command does, with its options:")),
        *_listed(commands, margin, width),
    ]
    return "\n".join(lines) + "\n"


def _listed(texts: Mapping[str, str], margin: int, width: int) -> Iterator[str]:
    from ppi_cli.render.wrap import wrapped

    for name, text in texts.items():
        line = f"  {name}".ljust(margin) + text
        yield wrapped(line, min(width, _WIDEST), " " * margin)


def _shown(text: str, screen: Screen) -> str:
    """A page: laid out in a terminal, and as it is written in a pipe or a file."""
    import sys

    if not (sys.stdout.isatty() or screen.has_colour(sys.stdout)):
        return text
    from io import StringIO

    from ppi_cli.render.markdown import print_page

    shown = StringIO()
    print_page(text, screen.console(shown, sys.stdout))
    return shown.getvalue()


def _advice(words: list[str], commands: Mapping[str, str], language: str) -> Message | None:
    """What to type for words that are no topic: the topics that explain them, or a like name.

    Of several words, those that are a topic or a command each say where to look.
    """
    import re

    from ppi_cli.manual import TOPICS, topics_on
    from ppi_cli.values.message import msg
    from ppi_cli.values.nearest import advice, meant

    known = [*TOPICS, *commands]
    word = " ".join(words)
    if re.fullmatch("PPI[0-9]{3}", word.upper()):
        return meant(f"ppi explain {word.upper()}")
    if topics := topics_on(word, language) or [each for each in words if each in known]:
        pages = [f"ppi help {topic}" for topic in topics]
        return msg("this is explained in: {pages}", pages=pages)
    return advice(word, known, command="ppi help")
