"""Where output goes, and what it may look like there: the only place that asks the terminal."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Literal, NamedTuple, TextIO

from ppi_cli.values.characters import without_commands
from ppi_cli.values.errors import PpiError, why
from ppi_cli.values.message import msg
from ppi_cli.values.notation import Notation
from ppi_cli.values.regex import regex
from ppi_cli.words.language import Language, chosen_language, to_ascii

if TYPE_CHECKING:
    from rich.console import Console

    from ppi_cli.plan.model import Plan
    from ppi_cli.values.terms import Colours, LanguageCode

#: Wide enough for any table: nothing is folded where no terminal asks for it.
_UNLIMITED = 4000
_CHART_WIDTH = 80
#: What --width takes.
_NARROWEST, _WIDEST = 10, 9999
#: Of a page, which nothing depends on.
_HEIGHT = 24
_NEEDED = "█▒│┊…—–€“”"
#: What stands for bytes of a name that are no text.
_HALF_A_CHARACTER = regex("[\ud800-\udfff]")


class Screen(NamedTuple):
    """What the user asked of the output."""

    lang: LanguageCode | None = None
    colour: Colours = "auto"
    width: int | None = None
    ascii_only: bool = False

    def language(
        self, plan: Plan | None, output: str | None = None, notation: Notation | None = None
    ) -> Language:
        """The language of the output, in ASCII alone where the terminal knows no more."""
        ascii_only = self.ascii_only or (output is None and not _can_encode(sys.stdout))
        return self._language(plan, ascii_only, notation)

    def language_of_export(self, plan: Plan | None) -> Language:
        """The language of what other programs read: in ASCII only where that is asked for."""
        return self._language(plan, self.ascii_only)

    def _language(
        self, plan: Plan | None, ascii_only: bool, notation: Notation | None = None
    ) -> Language:
        header = plan.header if plan is not None else None
        return Language(
            chosen_language(self.lang, os.environ, header.language if header else None),
            ascii_only=ascii_only,
            notation=header.notation if header else notation,
        )

    def has_colour(self, stream: IO[str] | None) -> bool:
        """The option, else ``NO_COLOR``, else ``FORCE_COLOR``, else whether it is a terminal.

        ``None`` is a file, which has colours only where the option asks for them.
        """
        if self.colour != "auto":
            return self.colour == "always"
        if stream is None or os.environ.get("NO_COLOR"):
            return False
        if os.environ.get("FORCE_COLOR", "0") not in ("", "0"):
            return True
        return _is_terminal(stream)

    def has_links(self, stream: IO[str] | None) -> bool:
        """Whether names of files can be links: on a terminal, unless it is a plain console."""
        forced = os.environ.get("FORCE_HYPERLINK")
        if forced:
            return forced != "0"
        return _is_terminal(stream) and os.environ.get("TERM") != "linux"

    def columns(self, stream: IO[str] | None, *, chart: bool = False) -> int:
        """The width asked for, else the terminal's; of a pipe, enough for everything."""
        if self.width is not None:
            return self.width
        if (asked := _asked_columns(os.environ)) is not None:
            return asked
        if stream is not None and stream.isatty():
            return _terminal_columns(stream)
        return _CHART_WIDTH if chart else _UNLIMITED

    def is_elastic(self, output: str | None) -> bool:
        """Whether nothing says how wide the output may be: a pipe or a file, and no option."""
        shown_on_terminal = output is None and sys.stdout.isatty()
        asked = self.width or _asked_columns(os.environ)
        return not (shown_on_terminal or asked)

    def console(self, page: IO[str], shown_on: IO[str] | None, *, chart: bool = False) -> Console:
        """A console that writes to a page what suits the stream, or file, that it is shown on."""
        from rich.console import Console

        colour = self.has_colour(shown_on)
        return Console(
            file=page,
            width=self.columns(shown_on, chart=chart),
            height=_HEIGHT,
            force_terminal=colour,
            no_color=not colour,
            color_system=_colour_system(os.environ) if colour else None,
            highlight=False,
            markup=False,
            emoji=False,
            legacy_windows=False,
        )


def _is_terminal(stream: IO[str] | None) -> bool:
    known = os.environ.get("TERM") not in ("dumb", "unknown")
    return stream is not None and stream.isatty() and known


def _asked_columns(environ: Mapping[str, str]) -> int | None:
    """The width that ``COLUMNS`` asks for, as far as it is one."""
    text = environ.get("COLUMNS", "")
    if not re.fullmatch("0*[1-9][0-9]*", text):
        return None
    digits = text.lstrip("0")
    return max(int(digits), _NARROWEST) if len(digits) <= len(str(_WIDEST)) else _WIDEST


def _terminal_columns(stream: IO[str]) -> int:
    try:
        found = os.get_terminal_size(stream.fileno()).columns
    except (OSError, ValueError):
        found = 0
    return max(found or _CHART_WIDTH, _NARROWEST)


def _colour_system(environ: Mapping[str, str]) -> Literal["truecolor", "256", "standard"]:
    if environ.get("COLORTERM") in ("truecolor", "24bit"):
        return "truecolor"
    return "256" if "256" in environ.get("TERM", "256") else "standard"


def _can_encode(stream: TextIO) -> bool:
    try:
        _NEEDED.encode(stream.encoding or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


@contextmanager
def working(text: str) -> Iterator[None]:
    """Show on a terminal what takes its time, until it is done."""
    if not _is_terminal(sys.stderr):
        yield
        return
    from rich.console import Console

    with Console(stderr=True, highlight=False, markup=False, emoji=False).status(text):
        yield


def write_text(text: str, output: str | None, *, for_programs: bool = False) -> None:
    """Write to a file, or to standard output; a reader that leaves early is no error.

    What is meant for programs is always in UTF-8. Raises PpiError where that is not possible, or
    where a plan would be overwritten.
    """
    text = _HALF_A_CHARACTER.sub("\ufffd", text)
    if not for_programs:  # those have their own ways to write it
        text = without_commands(text)
    if output is not None and output != "-":
        from ppi_cli.source.writing import write_file

        write_file(output, text.encode())
        return
    try:
        if for_programs and not sys.stdout.isatty():
            sys.stdout.flush()
            sys.stdout.buffer.write(text.encode())
        else:
            encodable = _encodable(text, sys.stdout.encoding or "utf-8")
            sys.stdout.write(encodable if for_programs else without_commands(encodable))
    except OSError as error:
        _unheard(error)
    finish()


def finish() -> None:
    """Have all be written that was printed. Raises PpiError where that is not possible."""
    try:
        sys.stdout.flush()
    except OSError as error:
        _unheard(error)


def _unheard(error: OSError) -> None:
    """Print nothing more; a reader that leaves early is no error."""
    _silence(sys.stdout)
    if not isinstance(error, BrokenPipeError):
        raise PpiError(msg("standard output cannot be written: {why}", why=why(error))) from None


def _silence(stream: TextIO) -> None:
    """Let all that is still printed to a stream be lost."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def open_closed_streams() -> None:
    """Put what cannot be written to in the place of an output that is closed.

    Else the next file that is opened would stand in its place.
    """
    if None not in (sys.stdin, sys.stdout, sys.stderr):
        return
    while (descriptor := os.open(os.devnull, os.O_RDONLY)) <= 2:
        pass
    os.close(descriptor)
    for name, number in (("stdout", 1), ("stderr", 2)):
        if getattr(sys, name) is None:
            setattr(sys, name, open(number, "w", encoding="utf-8", closefd=False))  # noqa: SIM115


def _encodable(text: str, encoding: str) -> str:
    """The text, with the likeness in ASCII of the characters that an encoding lacks."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return "".join(_nearest_char(char, encoding) for char in text)
    return text


def _nearest_char(char: str, encoding: str) -> str:
    try:
        char.encode(encoding)
    except UnicodeEncodeError:
        return to_ascii(char)
    return char


def notice(text: str) -> None:
    """Say something beside the report, on standard error."""
    say_aside(f"ppi: {text}")


def say_aside(text: str) -> None:
    """Write lines to standard error. Raises PpiError where what is to be said cannot be."""
    try:
        print(without_commands(text), file=sys.stderr, flush=True)
    except OSError as error:
        _silence(sys.stderr)
        if not isinstance(error, BrokenPipeError):
            raise PpiError(msg("standard error cannot be written: {why}", why=why(error))) from None
