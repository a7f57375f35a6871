"""What ``validate`` found, in the formats of editors and of continuous integration.

To add a format, write its module with ``write(report, language) -> str`` and name it in
``FORMATS``, and in ``ENDINGS`` if the name of a file may ask for it; one of ``IN_LINES`` has
``found`` and ``ending`` instead, which return lines.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ppi_cli.reports.validation import Validation
    from ppi_cli.words.language import Language

FORMATS = ("concise", "json", "sarif", "github", "gitlab", "junit")
#: Those that have a line for each finding, and can be written plan by plan.
IN_LINES = ("concise", "github")
#: What a file's name ends in, and the format that it asks for.
ENDINGS = {"": "text", ".txt": "text", ".json": "json", ".sarif": "sarif", ".xml": "junit"}


def exported(report: Validation, format: str, language: Language) -> str:
    """The findings in a format, one of ``FORMATS``, ending in a newline."""
    if format in IN_LINES:
        plans = [report.of(each) for each in report.examined]
        lines = [line for each in plans for line in lines_of(each, format, language)]
        return "".join(f"{line}\n" for line in (*lines, *ending_of(report, format, language)))
    written: str = import_module(f"{__name__}.{format}").write(report, language)
    return written


def lines_of(report: Validation, format: str, language: Language) -> list[str]:
    """What was found in a plan, in a format in lines."""
    found: list[str] = import_module(f"{__name__}.{format}").found(report, language)
    return found


def ending_of(report: Validation, format: str, language: Language) -> list[str]:
    """What a format in lines says at the end, of all plans."""
    ending: list[str] = import_module(f"{__name__}.{format}").ending(report, language)
    return ending
