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
        str | None,
        typer.Argument(
            metavar="TOPIC",
            help="A topic of the manual, or a command. Without one: all of them.",
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
    if topic is None:
        text = _contents(commands, language, screen.columns(sys.stdout))
    elif topic in TOPICS:
        text = _shown(page(topic, language.code), screen)
    elif topic in commands:
        text = help_of(context, topic)
    else:
        problem = msg("the manual has no topic “{topic}”", topic=topic)
        raise PpiError(problem, _advice(topic, commands, language.code))
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


def _advice(word: str, commands: Mapping[str, str], language: str) -> Message | None:
    """What to type for a word that is no topic: the topics that explain it, or a like name."""
    import re

    from ppi_cli.manual import TOPICS, topics_on
    from ppi_cli.values.message import msg
    from ppi_cli.values.nearest import advice, meant

    if re.fullmatch("PPI[0-9]{3}", word.upper()):
        return meant(f"ppi explain {word.upper()}")
    if topics := topics_on(word, language):
        pages = [f"ppi help {topic}" for topic in topics]
        return msg("this is explained in: {pages}", pages=pages)
    return advice(word, [*TOPICS, *commands], command="ppi help")
