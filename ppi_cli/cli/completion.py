"""Completion in bash, zsh and fish: commands, options, their words, and the ids of the plan.

The scripts for the shells, and the environment variables in which these hand over what is typed,
are typer's; what is offered is ours. Nothing but words to complete with is ever printed.
"""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple, TypeAlias, get_args

from ppi_cli.cli.words import user_language
from ppi_cli.plan.bounds import CEILING_KINDS
from ppi_cli.source.files import plan_location
from ppi_cli.source.ids import Named, named_in
from ppi_cli.values.errors import PpiError, why
from ppi_cli.values.message import Message, msg
from ppi_cli.values.terms import Listed

SHELLS = ("bash", "zsh", "fish")
#: Where a shell says what it asks for.
VARIABLE = "_PPI_COMPLETE"

Documented: TypeAlias = Any


class Offer(NamedTuple):
    """A word to complete with, and what it stands for."""

    word: str
    about: str = ""


def script(shell: str) -> str:
    """What a shell is to read, so that it completes."""
    from typer.completion import get_completion_script  # type: ignore[attr-defined]

    text: str = get_completion_script(prog_name="ppi", complete_var=VARIABLE, shell=shell)
    if shell == "bash":
        return text.replace("    return 0\n", f"    {_NO_SPACE}\n    return 0\n")
    return f"{text}\n{_FIRST_TIME}" if shell == "zsh" else text


#: Bash puts a space behind the only word that it completes with: not where a value is to follow.
_NO_SPACE = (
    "[[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *= ]] && compopt -o nospace 2> /dev/null"
)

#: Zsh reads a script when it is first asked to complete: that time is to be answered, too.
_FIRST_TIME = '[[ "${funcstack[1]}" == _ppi ]] && _ppi_completion || true'


def install(shell: str) -> str:
    """Have a shell read its script whenever it starts; the file that was written."""
    from typer.completion import install as install_script  # type: ignore[attr-defined]

    from ppi_cli.source.writing import write_file

    try:
        _, path = install_script(shell=shell, prog_name="ppi", complete_var=VARIABLE)
        write_file(str(path), f"{script(shell)}\n".encode())
    except OSError as error:
        raise PpiError(
            msg("the completion for {shell} cannot be written: {why}", shell=shell, why=why(error))
        ) from None
    return str(path)


def answer(program: Documented, asked: str) -> int:
    """Print what a shell asks for, ``complete_bash`` or ``source_bash``; its exit code.

    Whatever goes wrong, nothing is said: it would stand in the middle of what one types.
    """
    action, _, shell = asked.partition("_")
    if shell not in SHELLS or action not in ("source", "complete"):
        return 1
    try:
        if action == "source":
            print(script(shell))
            return 0
        text = _ANSWERS[shell](program)
        if shell == "fish" and os.environ.get("_TYPER_COMPLETE_FISH_ACTION") == "is-args":
            return 0 if text else 1
        if text:
            print(text)
    except Exception:
        return 1
    return 0


def _of_bash(program: Documented) -> str:
    """The words that take the place of the one before the cursor: bash ends words at ``=``, too."""
    typed, cursor = os.environ.get("COMP_WORDS", ""), int(os.environ.get("COMP_CWORD", "0"))
    words = [_unquoted(each) for each in typed.split("\n")] if "\n" in typed else _split(typed)
    words += [""] * (cursor + 1 - len(words))
    last = words[cursor]
    before, begun = _joined(words[: cursor + 1])
    cut = len(begun) - len("" if last == "=" else last)
    offers = offered(program, before[1:], begun, words[cursor + 1 :])
    return "\n".join(offer.word[cut:] for offer in offers)


def _joined(words: Sequence[str]) -> tuple[list[str], str]:
    """The words without what bash has parted at ``=``, and the last of them by itself."""
    whole: list[str] = []
    for n, word in enumerate(words):
        if n > 1 and (word == "=" or words[n - 1] == "="):
            whole[-1] += word
        else:
            whole.append(word)
    return whole[:-1], whole[-1]


def _of_zsh(program: Documented) -> str:
    offers = offered(program, *_before_cursor())
    if offers and all(offer.word.endswith("=") for offer in offers):  # a value is to follow
        found = [f'"{each.word}:{_harmless(each.about)}"'.replace(':"', '"') for each in offers]
        return "local -a ppi_found; ppi_found=({}); _describe '' ppi_found -S ''".format(
            " ".join(found)
        )
    found = [
        f'"{offer.word}":"{about}"' if (about := _harmless(offer.about)) else f'"{offer.word}"'
        for offer in offers
    ]
    return "_arguments '*: :(({}))'".format("\n".join(found)) if found else "_files"


def _of_fish(program: Documented) -> str:
    found = offered(program, *_before_cursor())
    return "\n".join(f"{offer.word}\t{_harmless(offer.about)}".rstrip() for offer in found)


_ANSWERS: Mapping[str, Callable[[Documented], str]] = {
    "bash": _of_bash,
    "zsh": _of_zsh,
    "fish": _of_fish,
}


def _before_cursor() -> tuple[list[str], str]:
    typed = os.environ.get("_TYPER_COMPLETE_ARGS", "")
    words = _split(typed)[1:]
    return (words, "") if not words or typed.endswith(" ") else (words[:-1], words[-1])


def _split(text: str) -> list[str]:
    """The words of a line; a quote that is still open ends with it."""
    for end in ("", "'", '"', "\\"):
        with suppress(ValueError):
            return shlex.split(text + end)
    return text.split()


def _unquoted(word: str) -> str:
    return next(iter(_split(word)), "")


def _harmless(text: str) -> str:
    """A title without what means something to a shell, which would do what is written there."""
    return " ".join(re.sub(r"[^\w .,/+%€’–—-]", " ", text).split())


def offered(
    program: Documented, before: Sequence[str], begun: str, after: Sequence[str] = ()
) -> list[Offer]:
    """What the word that is begun may become, between those before and those after it."""
    typed = _typed(program.params, before, only_options=True)
    command, line = program, _Line("", typed.words, program)
    if typed.words:
        name, *rest = typed.words
        if name not in program.commands:
            return []
        command = program.commands[name]
        typed = _typed(command.params, rest)
        later = _typed(command.params, after).words
        line = _Line(name, [*typed.words, *later], program)
    option, equals, value = begun.partition("=")
    offers: Iterable[Offer]
    if typed.open_option is not None:
        offers = line.values(typed.open_option, begun)
    elif not begun.startswith("-") or typed.only_words:
        offers = line.arguments(begun, len(typed.words)) if line.command else line.commands()
    elif equals:
        known = _options(command.params).get(option)
        own = [] if known is None else line.values(known, value)
        offers = [Offer(f"{option}={each.word}", each.about) for each in own]
    else:
        offers = _names(command)
    return list({each.word: each for each in offers if each.word.startswith(begun)}.values())


class _Typed(NamedTuple):
    """What is typed before the cursor."""

    words: list[str]
    #: Of which the value comes next.
    open_option: Documented | None = None
    #: Whether no option may follow, after ``--``.
    only_words: bool = False


def _typed(
    parameters: Sequence[Documented], words: Sequence[str], *, only_options: bool = False
) -> _Typed:
    """Tell words from options and their values; where asked for, up to the first word."""
    options = _options(parameters)
    found: list[str] = []
    left = iter(words)
    for word in left:
        if word == "--":
            return _Typed([*found, *left], only_words=True)
        if word.startswith("-") and word != "-":
            option = options.get(word)
            if option is not None and not option.is_flag and next(left, None) is None:
                return _Typed(found, option)
        elif only_options:
            return _Typed([word, *left])
        else:
            found.append(word)
    return _Typed(found)


def _options(parameters: Sequence[Documented]) -> dict[str, Documented]:
    """The options by their names, long and short."""
    return {name: each for each in parameters if not _is_argument(each) for name in each.opts}


def _is_argument(parameter: Documented) -> bool:
    return parameter.param_type_name == "argument"  # type: ignore[no-any-return]


def _names(command: Documented) -> Iterator[Offer]:
    """The options of a command, by their long names."""
    say = user_language().say
    for parameter in command.params:
        if not _is_argument(parameter) and not parameter.hidden:
            yield Offer(max(parameter.opts, key=len), say(Message(parameter.help or "")))
    yield Offer("--help", say(msg("Show this help.")))


@dataclass(frozen=True)
class _Line:
    """A command, the words that are typed for it, and what may be offered there.

    What a value is, the option or the argument says itself: by the words in its help, by its name,
    or by the word that stands for a value there. Only what is offered of a kind stands below.
    """

    command: str
    words: Sequence[str]
    program: Documented

    def commands(self) -> Iterator[Offer]:
        say = user_language().say
        for name, command in self.program.commands.items():
            yield Offer(name, say(Message(command.help)))

    def arguments(self, begun: str, position: int) -> Iterable[Offer]:
        known = [each for each in self.program.commands[self.command].params if _is_argument(each)]
        if position >= len(known) and not (known and known[-1].nargs == -1):
            return ()
        return self._of(known[min(position, len(known) - 1)].name, begun)

    def values(self, option: Documented, begun: str) -> Iterable[Offer]:
        """The words that its help shows, else what it is named after, or what its help asks for."""
        shown, name = str(option.metavar), max(option.opts, key=len).removeprefix("--")
        words = [Offer(each) for each in shown.split("|") if not _UNNAMED.fullmatch(each)]
        return words or [*self._of(name, begun)] or self._of(shown.lower(), begun)

    def _of(self, kind: str, begun: str) -> Iterable[Offer]:
        """What there is of a kind: of one that nothing is known of, nothing."""
        return _OFFERS[kind](self, begun) if kind in _OFFERS else self.named(kind)

    def named(self, kind: str) -> list[Offer]:
        return [Offer(*each) for each in self._named.get(kind, ())]

    @cached_property
    def _named(self) -> Mapping[str, list[Named]]:
        """What the plan names: the one that is typed, else the one that is at hand."""
        typed = next((each for each in reversed(self.words) if os.path.exists(each)), None)
        try:
            return named_in(plan_location(typed, os.environ))
        except PpiError:
            return {}


#: What stands for a value of one's own: ID, FILE, FAMILY.
_UNNAMED = re.compile(r"[A-Z.=\[\]]+|…|None")


def _shifts(line: _Line, begun: str) -> Iterator[Offer]:
    for id, title in line.named("project"):
        yield from (Offer(f"{id}={n}", title) for n in ((1, 2, 4) if "=" in begun else (1,)))


def _versions(line: _Line, begun: str) -> Iterator[Offer]:
    yield Offer("base")
    yield from line.named("scenario")


def _figures(line: _Line, begun: str) -> Iterator[Offer]:
    from ppi_cli.reports.debt_trace import MEASURED

    say = user_language().say
    kinds = {"theme": "theme", "group": "group", "project": "project", "class": "class",
             "section": "section", "source": "funder", "year": "year"}  # fmt: skip
    for key, kind in kinds.items():
        yield from (Offer(f"{key}={id}", title) for id, title in line._of(kind, ""))
    yield from (Offer("net=yes"), Offer("running=yes"))
    yield from (Offer(f"measure={name}", say(title)) for name, title in MEASURED.items())


def _ceilings(line: _Line, begun: str) -> Iterator[Offer]:
    """The kinds of ceilings, for each year; how high one is, is free."""
    say = user_language().say
    titles = [*CEILING_KINDS.items(), ("borrowing", msg("borrowed"))]
    for kind, title in titles:
        yield from (Offer(f"{kind}.{year}=", say(title)) for year, _ in line._of("year", ""))
    yield from (Offer("years_to_repay=12"), Offer("years_to_repay=none"))


def _topics(line: _Line, begun: str) -> Iterator[Offer]:
    from ppi_cli.manual import TOPICS, title

    language = user_language().code
    yield from (Offer(topic, title(topic, language)) for topic in TOPICS)
    yield from line.commands()


def _formats(line: _Line, begun: str) -> Iterator[Offer]:
    from ppi_cli.cli.destinations import FORMATS
    from ppi_cli.export import WRITERS

    return map(Offer, FORMATS if line.command == "validate" else ["table", *WRITERS])


def _rules(line: _Line, begun: str) -> Iterator[Offer]:
    from ppi_cli.rules import ALL, OF_A_PLAN

    say = user_language().say
    of_a_plan = line.command == "validate"
    for rule in OF_A_PLAN if of_a_plan else ALL:
        if of_a_plan:
            yield Offer(rule.family)
        yield Offer(rule.code, say(Message(rule.paragraphs[0])))


def _examples(line: _Line, begun: str) -> Iterator[Offer]:
    from ppi_cli.source.example import example_names

    return map(Offer, example_names())


def _these(*words: str) -> Callable[[_Line, str], Iterator[Offer]]:
    return lambda line, begun: map(Offer, words)


_OFFERS: Mapping[str, Callable[[_Line, str], Iterable[Offer]]] = {
    "shift": _shifts,
    "versions": _versions,
    "figure": _figures,
    "ceiling": _ceilings,
    "topic": _topics,
    "format": _formats,
    "code": _rules,
    "only": _rules,
    "kind": _these(*get_args(Listed)),
    "section": _these("investment", "operating"),
    "example": _examples,
}
