"""The text of ``validate``: frames, then what was looked at, in a line or two."""

from __future__ import annotations

from collections.abc import Iterator

from ppi_cli.language import Language
from ppi_cli.message import Message, counted, msg
from ppi_cli.render.ansi import Ansi
from ppi_cli.render.diagnostics import DiagnosticText
from ppi_cli.reports.validation import Validation
from ppi_cli.rules import ALL


def validation_text(report: Validation, language: Language, style: Ansi, width: int) -> str:
    parts: list[str] = []
    for examined in report.examined:
        frames = DiagnosticText(examined.texts, language, style, width)
        parts += frames.full(examined.diagnostics)
    counts = report.counts
    worst = next((severity for severity in ("error", "warning") if counts[severity]), "strong")
    if parts and not parts[-1].endswith("\n"):
        parts.append("")
    parts.append(style(worst, language.say(_verdict(report))))
    parts += [language.say(message) for message in _looked_at(report)]
    return "\n".join(parts) + "\n"


def _verdict(report: Validation) -> Message:
    counts = report.counts
    found = [
        counted("{n} error", "{n} errors", counts["error"]),
        counted("{n} warning", "{n} warnings", counts["warning"]),
    ]
    if counts["info"]:
        found.append(counted("{n} info", "{n} infos", counts["info"]))
    return msg("found: {findings}", findings=found)


def _looked_at(report: Validation) -> Iterator[Message]:
    examined = report.examined
    parts = [
        counted("{n} file", "{n} files", sum(len(each.texts) for each in examined)),
        counted(
            "{n} project",
            "{n} projects",
            sum(len(each.plan.projects) for each in examined if each.plan is not None),
        ),
        counted("{n} rule", "{n} rules", len(ALL)),
    ]
    if len(examined) > 1:
        parts.insert(0, counted("{n} plan", "{n} plans", len(examined)))
    yield msg("checked: {parts}", parts=parts)
    aside = sum(len(each.set_aside) for each in examined)
    if aside:
        yield counted(
            "{n} finding is set aside by an exception of the plan",
            "{n} findings are set aside by exceptions of the plan",
            aside,
        )
    if not all(each.sound for each in examined):
        yield msg("what the errors hide was not checked")
    names = {
        "schedules": counted(
            "{n} schedule", "{n} schedules", report.assumptions.get("schedules", 0)
        ),
        "links": counted("{n} link", "{n} links", report.assumptions.get("links", 0)),
        "policies": counted(
            "{n} class policy",
            "{n} class policies",
            report.assumptions.get("policies", 0),
        ),
        "amounts": counted("{n} amount", "{n} amounts", report.assumptions.get("amounts", 0)),
    }
    total = sum(report.assumptions.values())
    if total:
        yield counted(
            "what was checked rests on {n} assumption: {parts}",
            "what was checked rests on {n} assumptions: {parts}",
            total,
            parts=[part for part in names.values() if part.count],
        )
