"""Workflow commands of GitHub Actions, which show findings on the lines of a change.

GitHub shows the first ten errors, warnings and notices of a step; of each plan, the worst come
first.
"""

from __future__ import annotations

from collections.abc import Iterator

from ppi_cli.reports.validation import Validation
from ppi_cli.values.characters import in_a_line, without_commands
from ppi_cli.values.findings import Diagnostic
from ppi_cli.values.message import counted, msg
from ppi_cli.values.terms import Severity
from ppi_cli.words.language import Language

_COMMANDS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "notice"}
_SHOWN = 10


def found(report: Validation, language: Language) -> list[str]:
    return [_command(report, d, language) for d in report.by_severity]


def ending(report: Validation, language: Language) -> list[str]:
    lines = [language.say(report.verdict())]
    hidden = sum(max(0, count - _SHOWN) for count in report.counts.values())
    if hidden:
        more = counted(
            "GitHub shows the first ten of each severity beside the code, and not {n} more",
            "GitHub shows the first ten of each severity beside the code, and not {n} more",
            hidden,
        )
        lines.append(language.say(more))
    return lines


def _command(report: Validation, diagnostic: Diagnostic, language: Language) -> str:
    text = language.say(diagnostic.message)
    if diagnostic.help is not None:
        text += "\n" + language.say(msg("help: {advice}", advice=diagnostic.help))
    properties = ",".join(f"{k}={_escaped(v, ':,')}" for k, v in _properties(report, diagnostic))
    return f"::{_COMMANDS[diagnostic.severity]} {properties}::{_escaped(text)}"


def _properties(report: Validation, diagnostic: Diagnostic) -> Iterator[tuple[str, str]]:
    yield "file", report.name_of(diagnostic.place.file)
    if (range := diagnostic.place.range) is not None:
        yield "line", str(range.start.line)
        yield "endLine", str(range.end.line)
        if range.start.line == range.end.line:
            yield "col", str(range.start.column)
            yield "endColumn", str(range.end.column)
    yield "title", diagnostic.code


def _escaped(text: str, more: str = "") -> str:
    """The text with what commands are made of in percent."""
    text = without_commands("\n".join(map(in_a_line, text.split("\n"))))
    for char in ("%", "\r", "\n", *more):
        text = text.replace(char, f"%{ord(char):02X}")
    return text
