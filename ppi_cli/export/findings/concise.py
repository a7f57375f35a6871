"""A line for each finding, as editors and terminals know to open it."""

from __future__ import annotations

from ppi_cli.language import Language
from ppi_cli.message import msg
from ppi_cli.reports.validation import Validation


def write(report: Validation, language: Language) -> str:
    lines = [
        language.say(
            msg(
                "{place}: {severity}[{code}]: {message}",
                place=diagnostic.place,
                severity=diagnostic.severity,
                code=diagnostic.code,
                message=diagnostic.message,
            )
        )
        for diagnostic in report.diagnostics
    ]
    return "\n".join((*lines, language.say(report.verdict()))) + "\n"
