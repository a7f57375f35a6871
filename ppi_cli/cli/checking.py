"""What ``ppi validate`` does: examine each plan once, and write what was found."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from ppi_cli.cli.session import with_scenario
from ppi_cli.source.examine import Examined, examine
from ppi_cli.source.files import of_plans, plan_location, repository_root
from ppi_cli.source.read import read_all
from ppi_cli.source.schema import sections
from ppi_cli.values.errors import PpiError
from ppi_cli.values.findings import Place
from ppi_cli.versions.choices import Choices, choices_of_each

if TYPE_CHECKING:
    from ppi_cli.cli.destinations import Destination
    from ppi_cli.cli.screen import Screen
    from ppi_cli.reports.validation import Validation

#: From how many plans on a terminal shows how far the check is.
_MANY = 20


def examined_plans(
    named: Sequence[str] | None, today: date, choices: Choices, *, skip_others: bool = False
) -> tuple[Examined, ...]:
    """The plans that files and folders stand for, each once, held against the rules.

    Each is examined as what it has of the choices makes it. Raises PpiError for what none has.
    Files of no plan are skipped where that is asked for.
    """
    locations = [plan_location(each, os.environ) for each in named or (None,)]
    if skip_others:
        locations = of_plans(locations, sections())
    files: set[str] = set()
    found: list[Examined] = []
    asked: list[Choices] = []
    for location in _with_progress(locations):
        if files and _real(location) in files:
            continue  # a file of a plan that was examined already
        for reading in read_all(location):
            own = reading.identity
            reading, choices_here = with_scenario(reading, choices)
            if not files.issuperset(own):
                files.update(own)
                asked.append(choices_here)
                within = choices_here
                if reading.plan is not None:
                    within = choices_here.within(reading.plan)
                found.append(examine(reading, today, within.version))
    known = [(own, each.plan) for own, each in zip(asked, found, strict=True) if each.plan]
    if known:
        choices_of_each([own for own, _ in known], [plan for _, plan in known])
    return tuple(_without_repetition(found))


def _without_repetition(plans: Iterable[Examined]) -> Iterator[Examined]:
    """The plans, with what is found of a file beside several of them told once."""
    told: set[tuple[str, Place]] = set()
    for plan in plans:
        own = {(d.code, d.place) for d in plan.diagnostics}
        if told & own:
            kept = (d for d in plan.diagnostics if (d.code, d.place) not in told)
            yield replace(plan, diagnostics=tuple(kept))
        else:
            yield plan
        told |= {(code, place) for code, place in own if place.range is None}


def _real(location: str) -> str:
    try:
        return os.path.realpath(location)
    except ValueError:  # no name that a file can have: told when it is opened
        return ""


def _with_progress(locations: Sequence[str]) -> Iterable[str]:
    if len(locations) < _MANY or not sys.stderr.isatty():
        return locations
    return _shown_while_running(locations)


def _shown_while_running(locations: Sequence[str]) -> Iterator[str]:
    from rich.console import Console
    from rich.progress import track

    from ppi_cli.cli.screen import Screen

    console = Console(stderr=True, width=Screen().columns(sys.stderr), height=1)
    yield from track(locations, "", console=console, transient=True)


def write_everywhere(
    report: Validation, to: Sequence[Destination], screen: Screen, *, show_exceptions: bool
) -> None:
    """Write the findings wherever they are wanted; what cannot be written is told at the end."""
    from ppi_cli.cli.screen import write_text

    refused: list[PpiError] = []
    for each in to:
        text = written(report, each, screen, show_exceptions=show_exceptions)
        try:
            write_text(text, each.file, for_programs=each.format != "text")
        except PpiError as error:
            refused.append(error)
    if refused:
        raise refused[0]


def written(report: Validation, to: Destination, screen: Screen, *, show_exceptions: bool) -> str:
    """The findings as text in the format of their destination."""
    if to.format != "text":
        from ppi_cli.export.findings import exported

        return exported(report, to.format, screen.language_of_export(report.plan))
    from ppi_cli.render.ansi import Ansi
    from ppi_cli.render.validation import validation_text

    language = screen.language(report.plan, to.file)
    stream = sys.stdout if to.file is None else None
    style = Ansi(screen.has_colour(stream), file_url if screen.has_links(stream) else None)
    return validation_text(
        report, language, style, screen.columns(stream), show_exceptions=show_exceptions
    )


def file_url(name: str) -> str:
    """Where a terminal finds a file."""
    try:
        return Path(name).absolute().as_uri()
    except OSError:  # the current folder was deleted
        return name


def names_in_repository() -> Callable[[str], str]:
    """How a file is called from the root of the repository, else from here.

    A file that lies elsewhere has its whole path.
    """
    try:
        here = Path.cwd()
    except OSError:  # it was deleted
        return str
    root = repository_root(here) or here

    @lru_cache(maxsize=4096)
    def name_of(name: str) -> str:
        path = (here / name).resolve()
        return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()

    return name_of
