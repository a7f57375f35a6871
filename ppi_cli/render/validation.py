"""The text of ``validate``: frames, then what was looked at, in a line or two."""

from __future__ import annotations

from collections.abc import Iterator

from ppi_cli.render.ansi import Ansi
from ppi_cli.render.diagnostics import DiagnosticText
from ppi_cli.reports.validation import Validation
from ppi_cli.values.message import msg
from ppi_cli.words.language import Language


def validation_text(
    report: Validation,
    language: Language,
    style: Ansi,
    width: int,
    *,
    show_exceptions: bool = False,
) -> str:
    parts: list[str] = []
    for examined in report.examined:
        frames = DiagnosticText(examined.texts, language, style, width)
        parts += frames.full(report.of_plan(examined))
    if parts and not parts[-1].endswith("\n"):
        parts.append("")
    if show_exceptions and report.set_aside:
        parts += [*_exceptions(report, language, style, width), ""]
    counts = report.counts
    worst = next((severity for severity in ("error", "warning") if counts[severity]), "strong")
    parts.append(style(worst, language.say(report.verdict())))
    parts += [language.say(message) for message in report.looked_at()]
    return "\n".join(parts) + "\n"


def _exceptions(report: Validation, language: Language, style: Ansi, width: int) -> Iterator[str]:
    """What the plan's exceptions set aside, each with its reason."""
    yield style("strong", language.say(msg("Set aside by exceptions of the plan")))
    for diagnostic, exception in report.set_aside:
        frames = DiagnosticText({}, language, style, width)
        yield frames.brief(diagnostic)
        reason = msg("reason: {reason}", reason=exception.reason)
        if exception.until is not None:
            reason = msg(
                "reason, until {date}: {reason}", date=exception.until, reason=exception.reason
            )
        yield f"  {style('note', language.say(reason))}"
