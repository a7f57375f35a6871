"""Diagnostics as text, in the manner of a good compiler: what, where, and what to do."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from ppi_cli.characters import UNPRINTABLE
from ppi_cli.findings import Diagnostic, Place, Range
from ppi_cli.language import Language
from ppi_cli.message import msg
from ppi_cli.names import SEVERITY_NAMES
from ppi_cli.render.ansi import Ansi
from ppi_cli.render.wrap import wrapped

_WIDEST_LINE = 160


class DiagnosticText:
    """Writes diagnostics with frames of the files that they point into."""

    def __init__(
        self, texts: Mapping[str, str], language: Language, style: Ansi, width: int
    ) -> None:
        self._texts = texts
        self._lines: dict[str, list[str]] = {}
        self._language = language
        self._style = style
        self._width = width

    def full(self, diagnostics: Sequence[Diagnostic]) -> Iterator[str]:
        """Errors and warnings with their frames, then infos, a line each."""
        for diagnostic in diagnostics:
            if diagnostic.severity != "info":
                yield self.one(diagnostic)
        for diagnostic in diagnostics:
            if diagnostic.severity == "info":
                yield self.brief(diagnostic)

    def brief(self, diagnostic: Diagnostic) -> str:
        """What and where, without a frame."""
        return self._heading(diagnostic) + "  " + self._where(diagnostic.place)

    def one(self, diagnostic: Diagnostic) -> str:
        say, style = self._language.say, self._style
        places = [diagnostic.place, *(note.place for note in diagnostic.related)]
        margin = max((len(str(p.range.start.line)) for p in places if p.range), default=1)
        lines = [
            self._heading(diagnostic),
            f"{' ' * margin}{style('frame', '-->')} {self._where(diagnostic.place)}",
            *self._frame(diagnostic.place, margin, "^", diagnostic.severity, ""),
        ]
        shown = diagnostic.place.file
        for note in diagnostic.related:
            if note.place.range is None:
                continue
            if note.place.file != shown:
                lines.append(f"{' ' * margin}{style('frame', ':::')} {self._where(note.place)}")
                shown = note.place.file
            lines += self._frame(note.place, margin, "-", "note", say(note.message))
        if diagnostic.help is not None:
            before = f"{' ' * margin} = "
            heading = say(msg("help:"))
            first, *rest = wrapped(
                f"{before}{heading} {say(diagnostic.help)}", self._width, " " * len(before)
            ).split("\n")
            after = first.removeprefix(f"{before}{heading}")
            lines.append(f"{' ' * margin} {style('frame', '=')} {style('strong', heading)}{after}")
            lines += rest
        return "\n".join((*lines, ""))

    def _heading(self, diagnostic: Diagnostic) -> str:
        severity = self._language.say(SEVERITY_NAMES[diagnostic.severity])
        name = f"{severity}[{diagnostic.code}]"
        message = self._language.say(diagnostic.message)
        first, *rest = wrapped(f"{name}: {message}", self._width, "  ").split("\n")
        strong = [self._style("strong", line) for line in (first.removeprefix(f"{name}: "), *rest)]
        return f"{self._style(diagnostic.severity, name)}: " + "\n".join(strong)

    def _where(self, place: Place) -> str:
        return self._style.link(place.file, str(place))

    def _frame(self, place: Place, margin: int, mark: str, style: str, label: str) -> Iterator[str]:
        lines = self._lines_of(place.file)
        if place.range is None or not 0 < place.range.start.line <= len(lines):
            return
        plain = self._language.plain
        line, start, end = _clipped(lines[place.range.start.line - 1], place.range)
        before = _width(plain(line[:start]))
        under = mark * max(1, _width(plain(line[start:end])))
        bar = self._style("frame", "|")
        number = self._style("frame", f"{place.range.start.line:>{margin}}")
        yield f"{' ' * margin} {bar}"
        yield f"{number} {bar} {plain(line)}"
        pointer = self._style(style, f"{under} {label}".rstrip())
        yield f"{' ' * margin} {bar} {' ' * before}{pointer}"

    def _lines_of(self, file: str) -> list[str]:
        if file not in self._lines:
            self._lines[file] = re.split("\r\n|[\n\r]", self._texts.get(file, ""))
        return self._lines[file]


def _clipped(line: str, range: Range) -> tuple[str, int, int]:
    """A line as it can be shown, and where the range begins and ends in it."""
    start = range.start.column - 1
    end = range.end.column - 1 if range.end.line == range.start.line else len(line)
    line = UNPRINTABLE.sub("\ufffd", line.expandtabs(1))
    if len(line) > _WIDEST_LINE:
        cut = max(0, min(start - _WIDEST_LINE // 3, len(line) - _WIDEST_LINE))
        line = ("…" if cut else "") + line[cut : cut + _WIDEST_LINE] + "…"
        shift = cut - bool(cut)
        start, end = start - shift, min(end - shift, len(line) - 1)
    return line, start, end


@lru_cache(maxsize=1024)
def _width(text: str) -> int:
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(char) else 1 + (unicodedata.east_asian_width(char) in "WF")
        for char in text
    )
