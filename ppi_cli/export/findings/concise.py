"""A line for each finding, as editors and terminals know to open it."""

from __future__ import annotations

from ppi_cli.reports.validation import Validation
from ppi_cli.values.characters import without_commands
from ppi_cli.words.language import Language


def found(report: Validation, language: Language) -> list[str]:
    return [
        without_commands(
            " ".join(f"{d.place}: {d.severity}[{d.code}]: {language.say(d.message)}".split("\n"))
        )
        for d in report.diagnostics
    ]


def ending(report: Validation, language: Language) -> list[str]:
    return [language.say(report.verdict())]
