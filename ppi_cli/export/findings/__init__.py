"""What ``validate`` found, in the formats of editors and of continuous integration.

To add a format, write its module with ``write(report, language) -> str`` and name it in
``FORMATS``.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ppi_cli.reports.validation import Validation
    from ppi_cli.words.language import Language

FORMATS = ("concise", "json", "sarif", "github", "gitlab", "junit")


def exported(report: Validation, format: str, language: Language) -> str:
    """The findings in a format, one of ``FORMATS``, ending in a newline."""
    written: str = import_module(f"{__name__}.{format}").write(report, language)
    return written
