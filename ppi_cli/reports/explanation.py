"""A rule explained: what it finds, why, a bad and a good example, and how to set it aside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ppi_cli.reports.table import FORMAT_VERSION, Column, Table, lines_of
from ppi_cli.rules import ALL, Rule
from ppi_cli.rules.rule import FAMILIES
from ppi_cli.source.explanations import Example
from ppi_cli.values.findings import Diagnostic
from ppi_cli.values.message import Message, msg
from ppi_cli.values.names import SEVERITY_NAMES


@dataclass(frozen=True)
class Explanation:
    rule: Rule
    bad: Example
    good: Example

    @property
    def exception(self) -> str | None:
        """The lines that would set the bad example aside, where the rule allows it."""
        return exception_of(self.rule, self.bad.examined.diagnostics[0])

    @property
    def setting(self) -> str | None:
        return setting_of(self.rule) if self.rule.has_settings else None

    def payload(self) -> Mapping[str, Any]:
        return {
            "format_version": FORMAT_VERSION,
            **rule_payload(self.rule),
            "bad": self.bad.texts,
            "good": self.good.texts,
            "exception": self.exception,
            "setting": self.setting,
        }


def exception_of(rule: Rule, diagnostic: Diagnostic) -> str | None:
    """An exception for what a diagnostic found, as it is written in a plan."""
    if not rule.can_be_excepted:
        return None
    if not diagnostic.subject:
        return f"exceptions:\n  - {{rule: {rule.code}, reason: …}}\n"
    ((name, value), *_) = diagnostic.subject.items()
    return f"exceptions:\n  - {{rule: {rule.code}, {name}: {value}, reason: …}}\n"


def setting_of(rule: Rule) -> str:
    """The line of a plan that turns a rule off."""
    return f"rules: {{{rule.code}: off}}\n"


@dataclass(frozen=True)
class RuleList:
    """All rules, in the order of their codes."""

    rules: tuple[Rule, ...] = ALL

    def table(self) -> Table:
        columns = (
            Column(msg("Code"), "code", lambda rule: rule.code),
            Column(msg("Severity"), "severity", severity_of),
            Column(msg("Name"), "name", lambda rule: rule.name, for_machines=True),
            Column(msg("What it finds"), "what", lambda rule: paragraphs(rule)[0]),
        )
        return Table(msg("Rules"), columns, tuple(lines_of(columns, self.rules)))

    def payload(self) -> Mapping[str, Any]:
        return {
            "format_version": FORMAT_VERSION,
            "rules": [rule_payload(rule) for rule in self.rules],
        }


def rule_payload(rule: Rule) -> dict[str, Any]:
    what, *why = paragraphs(rule)
    return {
        "code": rule.code,
        "name": rule.name,
        "severity": rule.severity,
        "severities": list(rule.severities),
        "family": rule.family,
        "what": what,
        "why": why,
        "can_be_excepted": rule.can_be_excepted,
        "can_be_set": rule.has_settings,
    }


def severity_of(rule: Rule) -> Message:
    """The severity of what a rule finds, or those that it has: ``error or warning``."""
    *worst, mildest = (SEVERITY_NAMES[each] for each in rule.severities)
    if not worst:
        return mildest
    return msg("{worst} or {mildest}", worst=worst, mildest=mildest)


def paragraphs(rule: Rule) -> list[Message]:
    """The text of a rule, to be said in a language: what it finds, then why."""
    return [Message(paragraph) for paragraph in rule.paragraphs]


def family_title(rule: Rule) -> Message:
    return FAMILIES[rule.code[3]][1]
