"""JSON, of a version that only grows."""

from __future__ import annotations

from ppi_cli.export.json import written
from ppi_cli.reports.validation import Validation
from ppi_cli.words.language import Language


def write(report: Validation, language: Language) -> str:
    return written(report.payload(), language)
