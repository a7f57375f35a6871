"""Where output goes, and what it may look like there: the only place that asks the terminal."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Literal, TextIO

from ppi_cli.values.characters import without_commands
from ppi_cli.values.errors import PpiError, why
from ppi_cli.values.message import msg
from ppi_cli.words.language import Language, chosen_language, to_ascii

if TYPE_CHECKING:
    from rich.console import Console

    from ppi_cli.cli.options import ColourChoice, LanguageChoice
    from ppi_cli.plan.model import Plan

#: Wide enough for any table: nothing is folded where no terminal asks for it.
_UNLIMITED = 4000
_CHART_WIDTH = 80
_NEEDED = "█▒│┊…—–€“”"
#: What stands for bytes of a name that are no text.
_HALF_A_CHARACTER = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Screen:
    """What the user asked of the output."""

    lang: LanguageChoice | None = None
    colour: ColourChoice = "auto"
    width: int | None = None
    ascii_only: bool = False

    def language(self, plan: Plan | None, output: str | None = None) -> Language:
        """The language of the output, in ASCII alone where the terminal knows no more."""
        ascii_only = self.ascii_only or (output is None and not _can_encode(sys.stdout))
        return self._language(plan, ascii_only)

    def language_of_export(self, plan: Plan | None) -> Language:
        """The language of what other programs read: in ASCII only where that is asked for."""
        return self._language(plan, self.ascii_only)

    def _language(self, plan: Plan | None, ascii_only: bool) -> Language:
        header = plan.header if plan is not None else None
        return Language(
            chosen_language(self.lang, os.environ, header.language if header else None),
            header.currency if header else "EUR",
            ascii_only=ascii_only,
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
        if (stream is not None and stream.isatty()) or os.environ.get("COLUMNS", "").isdecimal():
            return max(shutil.get_terminal_size((_CHART_WIDTH, 24)).columns, 10)
        return _CHART_WIDTH if chart else _UNLIMITED

    def is_elastic(self, output: str | None) -> bool:
        """Whether nothing says how wide the output may be: a pipe or a file, and no option."""
        shown_on_terminal = output is None and sys.stdout.isatty()
        asked = self.width is not None or os.environ.get("COLUMNS", "").isdecimal()
        return not (shown_on_terminal or asked)

    def console(self, page: IO[str], shown_on: IO[str] | None, *, chart: bool = False) -> Console:
        """A console that writes to a page what suits the stream, or file, that it is shown on."""
        from rich.console import Console

        colour = self.has_colour(shown_on)
        return Console(
            file=page,
            width=self.columns(shown_on, chart=chart),
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
        sys.stdout.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            raise PpiError(
                msg("standard output cannot be written: {why}", why=why(error))
            ) from None


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
    """Write a line, or several, to standard error."""
    print(without_commands(text), file=sys.stderr)
