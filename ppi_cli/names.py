"""The words for the kinds of things, as messages that languages translate."""

from __future__ import annotations

from collections.abc import Mapping

from ppi_cli.message import Message, msg

KINDS: Mapping[str, Message] = {
    "theme": msg("theme"),
    "project": msg("project"),
    "recommendation": msg("recommendation"),
    "target": msg("target"),
    "finding": msg("finding"),
    "risk": msg("risk"),
    "commitment": msg("commitment"),
    "context": msg("context"),
    "scenario": msg("scenario"),
    "funder": msg("funder"),
    "programme": msg("programme"),
}

SEVERITY_NAMES: Mapping[str, Message] = {
    "error": msg("error"),
    "warning": msg("warning"),
    "info": msg("info"),
}
#: What a plan may set of a rule.
SETTING_NAMES: Mapping[str, Message] = {**SEVERITY_NAMES, "off": msg("off")}
