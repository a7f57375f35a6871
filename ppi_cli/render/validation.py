"""The text of ``validate``: frames, then what was looked at, in a line or two."""

from __future__ import annotations

from collections.abc import Iterator

from ppi_cli.render.ansi import Ansi
from ppi_cli.render.diagnostics import DiagnosticText
from ppi_cli.reports.validation import Validation
from ppi_cli.values.message import msg
from ppi_cli.words.language import Language


def found_lines(report: Validation, language: Language, style: Ansi, width: int) -> list[str]:
    """What was found in a plan, with frames of its files."""
    (examined,) = report.examined
    frames = DiagnosticText(examined.texts, language, style, width)
    return [*frames.full(report.diagnostics)]


def ending_lines(
    report: Validation,
    last: str | None,
    language: Language,
    style: Ansi,
    width: int,
    *,
    show_exceptions: bool,
) -> list[str]:
    """What was looked at in all plans, after the last line of what was found."""
    parts = [] if last is None or last.endswith("\n") else [""]
    if show_exceptions and report.set_aside:
        parts += [*_exceptions(report, language, style, width), ""]
    counts = report.counts
    worst = next((severity for severity in ("error", "warning") if counts[severity]), "strong")
    parts.append(style(worst, language.say(report.verdict())))
    return parts + [language.say(message) for message in report.looked_at()]


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
