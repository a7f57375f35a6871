"""What ``ppi validate`` does: examine each plan once, and write what was found."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from ppi_cli.cli.session import format_of_name
from ppi_cli.cli.validate import Destination
from ppi_cli.errors import PpiError
from ppi_cli.examine import Examined, examine
from ppi_cli.message import msg
from ppi_cli.source.files import plan_location, repository_root
from ppi_cli.source.read import read_all

if TYPE_CHECKING:
    from ppi_cli.cli.screen import Screen
    from ppi_cli.reports.validation import Validation

_FORMAT_OF_SUFFIX = {
    "": "text",
    ".txt": "text",
    ".json": "json",
    ".sarif": "sarif",
    ".xml": "junit",
}
#: From how many plans on a terminal shows how far the check is.
_MANY = 20


def destinations(asked: Sequence[Destination], output: str | None) -> Sequence[Destination]:
    """Where to write what was found: where nothing else goes to standard output, text does.

    Raises PpiError where two formats would be mixed in one place.
    """
    if output is not None:
        if len(asked) > 1 or any(each.file for each in asked):
            raise PpiError(
                msg("--output names the file of one format"),
                msg("write each with its file: --format sarif=out.sarif --format junit=out.xml"),
            )
        return [
            Destination(
                asked[0].format if asked else format_of_name(output, _FORMAT_OF_SUFFIX), output
            )
        ]
    shown = [each for each in asked if each.file is None]
    if len(shown) > 1:
        raise PpiError(
            msg("only one format can go to standard output"),
            msg("give the others a file: --format sarif=out.sarif"),
        )
    return asked if shown else [*asked, Destination("text")]


def examined_plans(named: Sequence[str] | None, today: date) -> tuple[Examined, ...]:
    """The plans that files and folders stand for, each once, held against the rules."""
    locations = [plan_location(each, os.environ) for each in named or (None,)]
    files: set[str] = set()
    found: list[Examined] = []
    for location in _with_progress(locations):
        if files and _real(location) in files:
            continue  # a file of a plan that was examined already
        for reading in read_all(location):
            own = reading.identity
            if not files.issuperset(own):
                files.update(own)
                found.append(examine(reading, today))
    return tuple(found)


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

    yield from track(locations, "", console=Console(stderr=True), transient=True)


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
    return Path(name).absolute().as_uri()


def names_in_repository() -> Callable[[str], str]:
    """How a file is called from the root of the repository, else from here.

    A file that lies elsewhere has its whole path.
    """
    here = Path.cwd()
    root = repository_root(here) or here

    @lru_cache(maxsize=4096)
    def name_of(name: str) -> str:
        path = (here / name).resolve()
        return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()

    return name_of
