"""What ``ppi validate`` does: examine each plan once, and write what was found."""

from __future__ import annotations

import gc
import itertools
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from ppi_cli.cli.screen import write_text
from ppi_cli.cli.session import with_scenario
from ppi_cli.export.findings import IN_LINES, ending_of, exported, lines_of
from ppi_cli.plan.model import forget
from ppi_cli.render.ansi import Ansi
from ppi_cli.render.validation import ending_lines, found_lines
from ppi_cli.source.examine import Examined, examine
from ppi_cli.source.files import of_plans, plan_location, repository_root
from ppi_cli.source.folder import Folders, refuse_missing
from ppi_cli.source.known import sections
from ppi_cli.values.errors import PpiError
from ppi_cli.values.findings import Place
from ppi_cli.versions.choices import Choices, choices_of_each

if TYPE_CHECKING:
    from ppi_cli.cli.destinations import Destination
    from ppi_cli.cli.screen import Screen
    from ppi_cli.plan.model import Plan
    from ppi_cli.reports.validation import Validation
    from ppi_cli.words.language import Language

#: From how many plans on a terminal shows how far the check is.
_MANY = 20
#: After how many plans what holds itself is looked for.
_COLLECTED = 100


def examined_plans(
    named: Sequence[str] | None,
    today: date,
    choices: Choices,
    *,
    skip_others: bool = False,
    quietly: bool = False,
) -> Iterator[Examined]:
    """The plans that files and folders stand for, each once, held against the rules.

    Each is examined as what it has of the choices makes it. Raises PpiError for what none has,
    before the first one is returned. Files of no plan are skipped where that is asked for.
    """
    locations = [plan_location(each, os.environ) for each in named or (None,)]
    if skip_others:
        locations = of_plans(locations, sections())
    asked: list[Choices] = []
    found = _without_repetition(_examined(locations, today, choices, asked, quietly=quietly))
    if not choices:
        yield from found
        return
    all_ = [*found]
    known = [(own, each.plan) for own, each in zip(asked, all_, strict=True) if each.plan]
    if known:
        choices_of_each([own for own, _ in known], [plan for _, plan in known])
    yield from all_


def _examined(
    locations: Sequence[str],
    today: date,
    choices: Choices,
    asked: list[Choices],
    *,
    quietly: bool,
) -> Iterator[Examined]:
    """The plans, one after the other; what is asked of each is added to ``asked``."""
    files: set[str] = set()
    named: set[str] = set()
    folders, count = Folders(), itertools.count(1)
    before: Plan | None = None
    refuse_missing(locations)
    real_path = lru_cache(maxsize=8)(_real)
    if is_left_out := not gc.isenabled():
        gc.freeze()  # what is there stays
    for location in locations if quietly else _with_progress(locations):
        real = real_path(location)
        if location != "-" and (real in files or real in named):
            continue  # it was named before, or is a file of a plan that was examined already
        named.add(real)
        for reading in folders.readings(location):
            own = reading.identity(real_path)
            reading, own_choices = with_scenario(reading, choices)
            if not files.issuperset(own):
                files.update(own)
                asked.append(own_choices)
                within = own_choices
                if reading.plan is not None and own_choices != Choices():
                    within = own_choices.within(reading.plan)
                if before is not None:
                    forget(before)
                before = reading.plan
                yield examine(reading, today, within.version)
            del reading
            if is_left_out and next(count) % _COLLECTED == 0:
                gc.collect()  # what else holds itself: versions, and what is wrong with a file


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
    examined: Iterable[Examined],
    of_none: Validation,
    to: Sequence[Destination],
    screen: Screen,
    *,
    show_exceptions: bool,
) -> Validation:
    """Write what is found in plans, while they are examined, wherever it is wanted.

    The report on all of them, which is ``of_none`` before, is returned; what cannot be written is
    told at the end.
    """
    pages = [_Page(each, of_none, screen, show_exceptions=show_exceptions) for each in to]
    kept: list[Examined] = []
    waiting: list[Examined] = []  # until it is known in which language to write
    first: Plan | None = None
    for each in examined:
        waiting.append(each)
        kept.append(each)
        if first is None:
            first = each.plan
        if first is not None:
            for page in pages:
                page.add(waiting, first)
            kept[-len(waiting) :] = [e if e.plan is first else e.without_plan() for e in waiting]
            waiting.clear()
        del each
    report = replace(of_none, examined=tuple(kept))
    for page in pages:
        page.add(waiting, first)
        page.end(report, first)
    refused = [page.refused for page in pages if page.refused is not None]
    if refused:
        raise refused[0]
    return report


class _Page:
    """Findings in the format of their destination: plan by plan, where the format allows it."""

    def __init__(
        self, to: Destination, report: Validation, screen: Screen, *, show_exceptions: bool
    ) -> None:
        self._to, self._report, self._screen = to, report, screen
        self._show_exceptions = show_exceptions
        self._lines: list[str] = []
        self._last: str | None = None
        self.refused: PpiError | None = None

    def add(self, plans: Sequence[Examined], first: Plan | None) -> None:
        """Write what was found in plans; the first one of all gives the language."""
        if self._to.format in ("text", *IN_LINES):
            for each in plans:
                if each.diagnostics:
                    self._write(self._found(self._report.of(each), first))

    def end(self, report: Validation, first: Plan | None) -> None:
        """Write what is said of all plans."""
        if self._to.format not in ("text", *IN_LINES):
            language = self._screen.language_of_export(first)
            self._put(exported(report, self._to.format, language))
            return
        self._write(self._ending(report, first))
        if self._to.file is not None:
            self._put("".join(self._lines))

    def _found(self, report: Validation, first: Plan | None) -> list[str]:
        if self._to.format == "text":
            return found_lines(report, *self._looks(first)) if report.diagnostics else []
        return lines_of(report, self._to.format, self._screen.language_of_export(first))

    def _ending(self, report: Validation, first: Plan | None) -> list[str]:
        if self._to.format == "text":
            return ending_lines(
                report, self._last, *self._looks(first), show_exceptions=self._show_exceptions
            )
        return ending_of(report, self._to.format, self._screen.language_of_export(first))

    def _looks(self, first: Plan | None) -> tuple[Language, Ansi, int]:
        """How a text looks where it goes to."""
        stream = sys.stdout if self._to.file is None else None
        style = Ansi(
            self._screen.has_colour(stream), file_url if self._screen.has_links(stream) else None
        )
        language = self._screen.language(first, self._to.file)
        return language, style, self._screen.columns(stream)

    def _write(self, lines: Sequence[str]) -> None:
        """Print lines at once; those of a file are written to it together, at the end."""
        if not lines:
            return
        self._last = lines[-1]
        text = "".join(f"{line}\n" for line in lines)
        if self._to.file is None:
            self._put(text)
        else:
            self._lines.append(text)

    def _put(self, text: str) -> None:
        try:
            if self.refused is None:
                write_text(text, self._to.file, for_programs=self._to.format != "text")
        except PpiError as error:
            self.refused = error


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
