"""JSON: amounts as texts with two decimals, what is not stated as null."""

from __future__ import annotations

import json
import re

from ppi_cli.reports.table import Report
from ppi_cli.values.characters import UNPRINTABLE, without_commands
from ppi_cli.words.language import Language

_NOT_ASCII = re.compile(r"[^\n -~]+")
#: What stands for bytes of a name that are no text.
_HALF_A_CHARACTER = re.compile("[\ud800-\udfff]")


def write(report: Report, format: str, language: Language) -> str:
    return written(report.payload(), language)


def written(payload: object, language: Language) -> str:
    text = json.dumps(payload, ensure_ascii=False, indent=2, default=language.show)
    text = _HALF_A_CHARACTER.sub("\ufffd", text)
    text = (_NOT_ASCII if language.ascii_only else UNPRINTABLE).sub(_escaped, text)
    return without_commands(text, lambda sign: f"\\u{ord(sign):04x}") + "\n"


def _escaped(found: re.Match[str]) -> str:
    """What means the same, and neither acts on a terminal nor hides."""
    return json.dumps(found[0])[1:-1] if found[0] != "\x7f" else "\\u007f"
