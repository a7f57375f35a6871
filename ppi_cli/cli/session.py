"""What every report begins with: a plan is opened, and refused where its figures are undefined."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import typer

from ppi_cli.cli.options import Chosen, Shift
from ppi_cli.cli.screen import Screen, notice, say_aside
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


class Opened(NamedTuple):
    """A version of a plan that can be computed with, and what it comes from."""

    reading: Reading
    examined: Examined
    version: Version
    #: What was asked for: of a file that holds scenarios, the id of the last one.
    choices: Choices = Choices()

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
    if not ids and reading.plan is not None and not (reading.diagnostics or reading.plain):
        raise PpiError(
            msg("{path} holds no scenario", path=name),
            msg("write the id of a scenario of the plan, or a file that ppi arbitrate wrote"),
        )
    return reading, choices._replace(scenario=ids[-1] if ids else None)


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
    if opened.plan.closed and not opened.choices:
        message = msg(
            "as executed, this plan has {findings}: ppi validate --executed tells more",
            findings=named,
        )
    elif opened.choices:
        message = msg(
            "this version has {findings}: ppi validate with the same options tells more",
            findings=named,
        )
    notice(language.say(message))
