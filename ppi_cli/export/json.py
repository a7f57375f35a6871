"""JSON: amounts as texts with two decimals, what is not stated as null."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from ppi_cli.language import Language
from ppi_cli.reports.table import Report


def write(report: Report, format: str, language: Language) -> str:
    return written(report.payload(), language)


def written(payload: Mapping[str, Any], language: Language) -> str:
    text = json.dumps(payload, ensure_ascii=language.ascii_only, indent=2, default=language.show)
    return text + "\n"
