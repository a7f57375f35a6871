"""What every report does: open the plan, refuse it where figures are undefined, show a report."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from ppi_cli.cli.options import Chosen, Shift
from ppi_cli.cli.screen import Screen, notice, say_aside, working, write_text
from ppi_cli.export import ENDINGS
from ppi_cli.plan.bounds import CeilingOf
from ppi_cli.plan.reading import Choice
from ppi_cli.source.examine import Examined, examine, hides
from ppi_cli.source.files import SourceFile, is_yaml, open_file, plan_location
from ppi_cli.source.read import Reading, read, readings_of
from ppi_cli.values.errors import PpiError
from ppi_cli.values.message import counted, msg
from ppi_cli.versions.choices import Choices, decided_version
from ppi_cli.versions.scenarios import worked_out
from ppi_cli.versions.version import Version

if TYPE_CHECKING:
    from ppi_cli.cli.reporting import Shown
    from ppi_cli.plan.model import Plan
    from ppi_cli.values.findings import Diagnostic
    from ppi_cli.words.language import Language


def choices_of(
    scenario: str | None,
    variant: Sequence[Chosen] | None,
    drop: Sequence[str] | None,
    shift: Sequence[Shift] | None,
    ceiling: Sequence[CeilingOf] | None,
    keep_envelopes: bool,
    executed: bool | None = None,
) -> Choices:
    """What the options that all reports share ask of the plan."""
    return Choices(
        scenario,
        tuple(Choice(*chosen) for chosen in variant or ()),
        tuple(drop or ()),
        {each.project: each.quarters for each in shift or ()},
        keep_envelopes,
        executed,
        typed=tuple(ceiling or ()),
    )


@dataclass(frozen=True)
class Opened:
    """A version of a plan that can be computed with, and what it comes from."""

    reading: Reading
    examined: Examined
    version: Version
    #: What was asked for: of a file that holds scenarios, the id of the last one.
    choices: Choices = field(default_factory=Choices)

    @property
    def plan(self) -> Plan:
        return self.version.plan


def open_plan(argument: str | None, choices: Choices, screen: Screen) -> Opened:
    """A version of the plan, sound enough to compute with; else its diagnostics, exit code 1.

    Findings that judge the plan without blurring its figures are counted on standard error.
    """
    opened = open_version(read(plan_location(argument, os.environ)), choices, screen)
    language = screen.language(opened.plan)
    _count_findings(opened, language)
    written = opened.reading.plan
    if written is not None and opened.plan.years != written.years:
        message = msg(
            "the plan covers {years}; with what is moved, it covers {more}",
            years=written.years,
            more=opened.plan.years,
        )
        notice(language.say(message))
    return opened


def open_undecided(argument: str | None, choices: Choices, screen: Screen) -> Plan:
    """A plan whose variants may be undecided, sound with choices; else its diagnostics, exit 1."""
    reading, choices = with_scenario(read(plan_location(argument, os.environ)), choices)
    choices = _by_id(reading, choices)
    plan, _ = _sound(reading, choices, screen)
    return plan


def open_as_written(reading: Reading, screen: Screen) -> Opened:
    """A plan that was read, though its variants may be undecided; else its diagnostics, exit 1."""
    plan, examined = _sound(reading, Choices(), screen)
    return Opened(reading, examined, worked_out(plan))


def open_version(reading: Reading, choices: Choices, screen: Screen) -> Opened:
    """A version of a plan that was read; else its diagnostics, exit code 1."""
    reading, choices = with_scenario(reading, choices)
    choices = _by_id(reading, choices)
    plan, examined = _sound(reading, choices, screen)
    return Opened(reading, examined, decided_version(plan, choices), choices)


@contextmanager
def speaking_of(plan: Plan | None) -> Iterator[None]:
    """Have what cannot continue be said in the language of a plan, as all else of it is."""
    try:
        yield
    except PpiError as error:
        if plan is not None and error.language is None:
            error.language, error.notation = plan.header.language, plan.header.notation
        raise


def _by_id(reading: Reading, choices: Choices) -> Choices:
    """Choices that name the projects of a plan by their ids."""
    return choices if reading.plan is None else choices.by_id(reading.plan)


def with_scenario(reading: Reading, choices: Choices) -> tuple[Reading, Choices]:
    """The plan with the file of scenarios that is asked for, and the id of the last of them.

    Where an id is asked for, they are as they were. What was typed is read as the plan is written.
    Raises PpiError for a file without any.
    """
    choices = choices.noted(reading.tree.notation)
    name = choices.scenario
    if name is None or not is_yaml(os.path.basename(name)):
        return reading, choices
    file = open_file(name)
    own = {os.path.realpath(each): each for each in reading.texts}
    if (known := own.get(os.path.realpath(name))) is None:
        files = [SourceFile(n, text) for n, text in reading.texts.items()]
        made = readings_of(reading.name, [*files, file])[0]
        reading = replace(made, name=reading.name, folder=reading.folder)
    tree = reading.tree
    ids = [
        each.id
        for i, each in enumerate(reading.plan.scenarios if reading.plan is not None else ())
        if tree.located(reading.pruned.original(("scenarios", i))).file == (known or file.name)
    ]
    if not ids and reading.plan is not None and not reading.diagnostics:
        raise PpiError(
            msg("{path} holds no scenario", path=name),
            msg("write the id of a scenario of the plan, or a file that ppi arbitrate wrote"),
        )
    return reading, replace(choices, scenario=ids[-1] if ids else None)


def _sound(reading: Reading, choices: Choices, screen: Screen) -> tuple[Plan, Examined]:
    examined = examine(reading, date.today(), choices.version)
    if examined.plan is None or not examined.sound:
        _refuse(examined, screen)
        raise typer.Exit(1)
    return examined.plan, examined


def tell(diagnostics: Iterable[Diagnostic], examined: Examined, screen: Screen) -> None:
    """Show what was found of a plan on standard error."""
    from ppi_cli.render.ansi import Ansi
    from ppi_cli.render.diagnostics import DiagnosticText

    style = Ansi(screen.has_colour(sys.stderr))
    language = screen.language(examined.plan)
    text = DiagnosticText(examined.texts, language, style, screen.columns(sys.stderr))
    for diagnostic in diagnostics:
        say_aside(text.one(diagnostic))


def _refuse(examined: Examined, screen: Screen) -> None:
    blurring = [d for d in examined.diagnostics if hides(d)]
    tell(blurring, examined, screen)
    language = screen.language(examined.plan)
    notice(
        language.say(
            counted(
                "nothing is computed from a plan with an error: {name}",
                "nothing is computed from a plan with {n} errors: {name}",
                len(blurring),
                name=examined.name,
            )
        )
    )


def _count_findings(opened: Opened, language: Language) -> None:
    counts = opened.examined.counts()
    if not (counts["error"] or counts["warning"]):
        return
    parts = [
        counted("{n} error", "{n} errors", counts["error"]),
        counted("{n} warning", "{n} warnings", counts["warning"]),
    ]
    named = [part for part in parts if part.count]
    message = msg("this plan has {findings}: ppi validate tells more", findings=named)
    if opened.choices:
        message = msg(
            "this version has {findings}: ppi validate with the same options tells more",
            findings=named,
        )
    notice(language.say(message))


def format_of_name(output: str, formats: Mapping[str, str]) -> str:
    """The format that a file's name ends in. Raises PpiError for an ending that is none."""
    ending = Path(output).suffix.lower()
    if ending not in formats:
        raise _unknown(ending, output, [each for each in formats if each])
    return formats[ending]


def _unknown(ending: str, output: str, known: Sequence[str]) -> PpiError:
    """A name that says no format, with what to type for what it may have been meant for."""
    if not ending:
        return PpiError(
            msg("the name {name} has no ending, which says what to write", name=output),
            msg("end it in one of: {names}", names=known),
        )
    if ending in (".pdf", ".xlsx"):
        return PpiError(
            msg("no format of this report is known by the ending {ending}", ending=ending),
            msg(
                "the whole plan: ppi export plan{ending}; this report: end the name in one of:"
                " {names}",
                ending=ending,
                names=known,
            ),
        )
    if ending in (".svg", ".png"):
        return PpiError(
            msg("no picture of this is made: {ending}", ending=ending),
            msg(
                "a chart: ppi gantt -o chart{ending}, also of totals, afford and debt; else end"
                " the name in one of: {names}",
                ending=ending,
                names=known,
            ),
        )
    return PpiError(
        msg("no format is known by the ending {ending}", ending=ending),
        msg("name one with --format, or end the name in one of: {names}", names=known),
    )


def write_document(document: Callable[[Language], bytes], file: str, language: Language) -> None:
    """Write a document to a file, saying on a terminal what takes its time."""
    from ppi_cli.source.writing import write_file

    with working(language.say(msg("writing {file}", file=file))):
        data = document(language)
    write_file(file, data)


def show(shown: Shown, screen: Screen, format: str | None, output: str | None) -> None:
    """Write a report in the format asked for."""
    output = None if output == "-" else output
    if format is None and output is not None:
        ending = format_of_name(output, {**ENDINGS, **{e: e for e in shown.documents}})
        if ending in shown.documents:
            write_document(shown.documents[ending], output, screen.language_of_export(shown.plan))
            return
        format = ending
    format = format or "table"
    if format != "table":
        from ppi_cli.export import exported
        from ppi_cli.reports.table import Noted

        report = Noted(shown.report, shown.notes) if shown.notes else shown.report
        write_text(
            exported(report, format, screen.language_of_export(shown.plan)),
            output,
            for_programs=True,
        )
        return
    from ppi_cli.render.table import NotesView, TableView
    from ppi_cli.reports.table import Noted

    language = screen.language(shown.plan, output)
    page = io.StringIO()
    shown_on = sys.stdout if output is None else None
    console = screen.console(page, shown_on, chart=shown.view is not None)
    if shown.view is None:
        table = Noted(shown.report, shown.notes).table()
        console.print(TableView(table.for_people(), language), crop=False)
    else:
        console.print(shown.view(language, screen.is_elastic(output)), crop=False)
        console.print(NotesView(shown.notes, language), end="", crop=False)
    write_text("\n".join(line.rstrip(" ") for line in page.getvalue().split("\n")), output)
