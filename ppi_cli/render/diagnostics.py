"""Diagnostics as text, in the manner of a good compiler: what, where, and what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate

from ppi_cli.render.ansi import Ansi
from ppi_cli.render.wrap import columns_of, signs_of, wrapped
from ppi_cli.values.characters import UNPRINTABLE
from ppi_cli.values.findings import Diagnostic, Place, Range
from ppi_cli.values.message import msg
from ppi_cli.values.names import SEVERITY_NAMES
from ppi_cli.words.language import Language

_WIDEST_LINE, _NARROWEST_LINE = 160, 20
#: Of a line of more characters, only so many are looked at, whatever they are.
_LONG = 1000


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
        first = first.removeprefix(f"{name}:").removeprefix(" ")
        strong = "\n".join(self._style("strong", line) for line in (first, *rest))
        return f"{self._style(diagnostic.severity, name)}: {strong}"

    def _where(self, place: Place) -> str:
        return self._style.link(place.file, str(place))

    def _frame(self, place: Place, margin: int, mark: str, style: str, label: str) -> Iterator[str]:
        lines = self._lines_of(place.file)
        if place.range is None or not 0 < place.range.start.line <= len(lines):
            return
        plain = self._language.plain
        room = max(_NARROWEST_LINE, min(_WIDEST_LINE, self._width - margin - 3))
        line, start, end = _clipped(lines[place.range.start.line - 1], place.range, room)
        before = columns_of(plain(line[:start]))
        under = mark * max(1, columns_of(plain(line[start:end])))
        bar = self._style("frame", "|")
        number = self._style("frame", f"{place.range.start.line:>{margin}}")
        yield f"{' ' * margin} {bar}"
        yield f"{number} {bar} {plain(line)}"
        if label and before + len(under) + 1 + columns_of(label) > room:
            yield f"{' ' * margin} {bar} {' ' * before}{self._style(style, under)}"
            under, label, before = label, "", max(0, min(before, room - columns_of(label)))
        pointer = self._style(style, f"{under} {label}".rstrip())
        yield f"{' ' * margin} {bar} {' ' * before}{pointer}"

    def _lines_of(self, file: str) -> list[str]:
        if file not in self._lines:
            self._lines[file] = re.split("\r\n|[\n\r]", self._texts.get(file, ""))
        return self._lines[file]


def _clipped(line: str, range: Range, room: int) -> tuple[str, int, int]:
    """A line as it can be shown, and where the range begins and ends in it.

    Of a line that is too long, the part around the beginning of the range.
    """
    start = range.start.column - 1
    end = range.end.column - 1 if range.end.line == range.start.line else len(line)
    skipped, ends_here = 0, True
    if len(line) > _LONG:
        skipped = max(0, start - room)
        ends_here = skipped + _LONG >= len(line)
        line = line[skipped : skipped + _LONG]
    start, end = start - skipped, min(end - skipped, len(line))
    line = UNPRINTABLE.sub("\ufffd", line.expandtabs(1))
    if columns_of(line) > room or skipped or not ends_here:
        kept = room - 2  # what is cut off on either side leaves its mark
        signs = signs_of(line)
        ends = [*accumulate((columns for _, columns in signs), initial=0)]
        before = columns_of(line[:start])
        left = max(0, min(before - kept // 3, ends[-1] - kept))
        first = next(i for i, at in enumerate(ends) if at >= left)
        last = max(i for i, at in enumerate(ends) if at <= ends[first] + kept)
        cut_before, cut_after = first > 0 or skipped > 0, last < len(signs) or not ends_here
        shift = len("".join(sign for sign, _ in signs[:first])) - cut_before
        shown = "".join(sign for sign, _ in signs[first:last])
        line = "…" * cut_before + shown + "…" * cut_after
        start, end = start - shift, min(end - shift, len(line) - cut_after)
    return line, start, end
