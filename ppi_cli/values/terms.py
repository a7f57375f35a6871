"""The words among which plans and commands choose, each set of them once."""

from __future__ import annotations

from typing import Literal, TypeAlias

#: What the columns of a table are, over time.
Per: TypeAlias = Literal["year", "quarter"]
#: What the rows of a table of totals are.
By: TypeAlias = Literal[
    "theme", "group", "project", "class", "lead", "section", "account", "source"
]
#: The sections of a budget, and what ceilings bound: them, all of it, and what the town pays.
Section: TypeAlias = Literal["investment", "operating"]
#: How projects stand; what is cancelled counts nowhere.
Status: TypeAlias = Literal["planned", "under_way", "paused", "done", "conditional", "cancelled"]
StatusThatCounts: TypeAlias = Literal["planned", "under_way", "paused", "done", "conditional"]
CeilingKind: TypeAlias = Literal["investment", "operating", "total", "net"]
#: The units of amounts, without their currency.
Scale: TypeAlias = Literal["", "k", "M"]
#: What a plan has tables of.
Listed: TypeAlias = Literal[
    "themes",
    "groups",
    "projects",
    "recommendations",
    "findings",
    "risks",
    "targets",
    "commitments",
    "context",
    "funders",
    "sources",
]
LanguageCode: TypeAlias = Literal["fr", "en"]
Colours: TypeAlias = Literal["auto", "always", "never"]
Severity: TypeAlias = Literal["error", "warning", "info"]
#: From which severity on a finding makes a check fail.
Threshold: TypeAlias = Literal["error", "warning", "info", "never"]
#: What the rows of a report of execution are.
ExecutionBy: TypeAlias = Literal["project", "theme", "programme", "group", "lead"]
