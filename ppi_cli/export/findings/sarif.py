"""SARIF 2.1.0, the OASIS standard for what static analysis finds.

Columns are Unicode code points, names of files are relative to the repository, and fingerprints
stay when lines move. Findings that an exception sets aside are results that are suppressed.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

from ppi_cli import __version__
from ppi_cli.export.findings.fingerprints import fingerprints
from ppi_cli.export.json import written
from ppi_cli.plan.reasons import RuleException
from ppi_cli.reports.explanation import paragraphs
from ppi_cli.reports.validation import Validation
from ppi_cli.rules import ALL, Rule
from ppi_cli.values.findings import Diagnostic, Place
from ppi_cli.values.message import msg
from ppi_cli.values.terms import Severity
from ppi_cli.words.language import Language

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}
_INDEX = {rule.code: i for i, rule in enumerate(ALL)}


def write(report: Validation, language: Language) -> str:
    found: list[tuple[Diagnostic, RuleException | None]] = [
        *((diagnostic, None) for diagnostic in report.by_severity),
        *report.set_aside,
    ]
    prints = fingerprints((diagnostic for diagnostic, _ in found), report.name_of)
    log = {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "ppi",
                        "semanticVersion": __version__,
                        "rules": [_rule(rule, language) for rule in ALL],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": [
                    _result(report, diagnostic, exception, fingerprint, language)
                    for (diagnostic, exception), fingerprint in zip(found, prints, strict=True)
                ],
            }
        ],
    }
    return written(log, language)


def _rule(rule: Rule, language: Language) -> dict[str, Any]:
    what, *why = [language.say(paragraph) for paragraph in paragraphs(rule)]
    return {
        "id": rule.code,
        "name": "".join(word.capitalize() for word in rule.name.split("-")),
        "shortDescription": {"text": what},
        "fullDescription": {"text": " ".join((what, *why))},
        "help": {"text": language.say(msg("ppi explain {code} shows examples", code=rule.code))},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": [rule.family]},
    }


def _result(
    report: Validation,
    diagnostic: Diagnostic,
    exception: RuleException | None,
    fingerprint: str,
    language: Language,
) -> dict[str, Any]:
    text = language.say(diagnostic.message)
    if diagnostic.help is not None:
        text += "\n" + language.say(msg("help: {advice}", advice=diagnostic.help))
    result: dict[str, Any] = {
        "ruleId": diagnostic.code,
        "ruleIndex": _INDEX[diagnostic.code],
        "level": _LEVELS[diagnostic.severity],
        "message": {"text": _unlinked(text)},
        "locations": [{"physicalLocation": _location(report, diagnostic.place)}],
        "partialFingerprints": {"ppi/v1": fingerprint},
    }
    if diagnostic.related:
        result["relatedLocations"] = [
            {
                "id": i,
                "message": {"text": _unlinked(language.say(note.message))},
                "physicalLocation": _location(report, note.place),
            }
            for i, note in enumerate(diagnostic.related)
        ]
    if exception is not None:
        result["suppressions"] = [{"kind": "inSource", "justification": exception.reason}]
    return result


def _unlinked(text: str) -> str:
    """A message without links: SARIF reads ``[text](address)`` as one."""
    return re.sub(r"\](?=\()", "] ", text)


def _quoted(name: str) -> str:
    """A name as a part of a URI; of bytes that are no text, as they are."""
    return quote(name.encode("utf-8", "surrogateescape"))


def _location(report: Validation, place: Place) -> dict[str, Any]:
    name = report.name_of(place.file)
    location: dict[str, Any] = {
        "artifactLocation": {"uri": f"file://{_quoted(name)}"}
        if name.startswith("/")
        else {"uri": _quoted(name), "uriBaseId": "%SRCROOT%"}
    }
    location["region"] = {"startLine": 1}
    if place.range is not None:
        (line, column), (end_line, end_column) = place.range
        location["region"] = {
            "startLine": line,
            "startColumn": column,
            "endLine": end_line,
            "endColumn": end_column,
        }
    return location
