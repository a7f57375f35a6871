"""A code quality report of GitLab: one entry for each finding, told apart by its fingerprint."""

from __future__ import annotations

from ppi_cli.export.findings.fingerprints import fingerprints
from ppi_cli.export.json import written
from ppi_cli.reports.validation import Validation
from ppi_cli.values.findings import Range
from ppi_cli.values.terms import Severity
from ppi_cli.words.language import Language

_SEVERITIES: dict[Severity, str] = {"error": "critical", "warning": "minor", "info": "info"}


def write(report: Validation, language: Language) -> str:
    entries = [
        {
            "description": language.say(diagnostic.message),
            "check_name": diagnostic.code,
            "fingerprint": fingerprint,
            "severity": _SEVERITIES[diagnostic.severity],
            "location": {
                "path": report.name_of(diagnostic.place.file),
                "lines": _lines(diagnostic.place.range),
            },
        }
        for diagnostic, fingerprint in zip(
            report.by_severity, fingerprints(report.by_severity, report.name_of), strict=True
        )
    ]
    return written(entries, language)


def _lines(range: Range | None) -> dict[str, int]:
    """The lines of a finding; of one about a whole file, the first."""
    if range is None:
        return {"begin": 1, "end": 1}
    return {"begin": range.start.line, "end": range.end.line}
