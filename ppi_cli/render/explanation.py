"""A rule explained, as a page for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from ppi_cli.render.ansi import Ansi
from ppi_cli.render.diagnostics import DiagnosticText
from ppi_cli.render.wrap import wrapped
from ppi_cli.reports.explanation import Explanation, family_title, paragraphs, severity_of
from ppi_cli.rules import OF_A_PLAN
from ppi_cli.source.explanations import Example
from ppi_cli.values.message import Message, msg
from ppi_cli.words.language import Language

_WIDEST = 100


def explanation_text(report: Explanation, language: Language, style: Ansi, width: int) -> str:
    """The page: what the rule finds and why, both examples, how to set it aside."""
    return "\n".join(_Page(report, language, style, min(width, _WIDEST)).lines()) + "\n"


class _Page:
    def __init__(self, report: Explanation, language: Language, style: Ansi, width: int) -> None:
        self._report = report
        self._language = language
        self._style = style
        self._width = width

    def lines(self) -> Iterator[str]:
        report, say = self._report, self._language.say
        rule = report.rule
        key = f"--only {rule.family}" if rule in OF_A_PLAN else "ppi diff --require-reasons"
        kind = say(
            msg(
                "{severity}, {family}: {key}",
                severity=severity_of(rule),
                family=family_title(rule),
                key=key,
            )
        )
        yield f"{self._style(rule.severity, rule.code)} {rule.name} ({kind})"
        for paragraph in paragraphs(rule):
            yield ""
            yield wrapped(say(paragraph), self._width)
        yield from self._section(msg("Wrong"))
        yield from self._files(report.bad)
        frames = DiagnosticText(
            report.bad.examined.texts, self._language, self._style, self._width - 4
        )
        for diagnostic in report.bad.examined.diagnostics:
            yield ""
            yield from _indented(frames.one(diagnostic).rstrip("\n"))
        yield from self._section(msg("Right"))
        yield from self._files(report.good)
        yield from self._ways_out()

    def _section(self, title: Message) -> Iterator[str]:
        yield ""
        yield self._style("strong", self._language.say(title))
        yield ""

    def _files(self, example: Example) -> Iterator[str]:
        for name, text in example.texts.items():
            if len(example.texts) > 1:
                yield from _indented(self._style("note", f"# {name}"))
            yield from _indented(self._language.plain(text.rstrip("\n")))

    def _ways_out(self) -> Iterator[str]:
        report = self._report
        if report.exception is not None:
            yield from self._section(msg("To set it aside for one thing, in the plan"))
            yield from _indented(report.exception.rstrip("\n"))
        if report.setting is not None:
            yield from self._section(
                msg("To turn it off in the plan, or make it an info, a warning or an error")
            )
            yield from _indented(report.setting.rstrip("\n"))
        elif report.rule.blurs:
            yield ""
            yield wrapped(
                self._language.say(
                    msg("It cannot be set aside: the figures would not be defined without it.")
                ),
                self._width,
            )


def _indented(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        yield f"    {line}".rstrip()
