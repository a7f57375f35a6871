"""Plans from a few lines of YAML."""

from __future__ import annotations

from datetime import date
from textwrap import dedent

from ppi_cli.plan.model import Plan
from ppi_cli.source.examine import Examined, examine
from ppi_cli.source.files import decoded
from ppi_cli.source.read import readings_of
from ppi_cli.versions.choices import Choices

TODAY = date(2016, 2, 15)


def examined(text: str, today: date = TODAY, choices: Choices | None = None) -> Examined:
    """The plan that the text is, or a version of it, read and held against all rules."""
    file = decoded("plan.yaml", dedent(text).encode())
    (reading,) = readings_of(file.name, [file], is_folder=False)
    return examine(reading, today, (choices or Choices()).version)


def plan(text: str) -> Plan:
    """The plan that the text is; the text has no error."""
    found = examined(text)
    assert found.plan is not None
    assert found.sound, found.diagnostics
    return found.plan


def codes(text: str, choices: Choices | None = None) -> list[str]:
    """The codes of what is found, in the order of lines, without infos."""
    found = examined(text, choices=choices).diagnostics
    return [d.code for d in found if d.severity != "info"]
