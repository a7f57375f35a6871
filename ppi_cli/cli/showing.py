"""What a command has to show, and how it is shown: on a screen, or in a file of some format."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from ppi_cli.cli.screen import Screen, working, write_text
from ppi_cli.export import ENDINGS
from ppi_cli.values.errors import PpiError
from ppi_cli.values.message import Message, msg

if TYPE_CHECKING:
    from rich.console import RenderableType

    from ppi_cli.figures.selection import Selection
    from ppi_cli.plan.model import Plan
    from ppi_cli.reports.table import Report
    from ppi_cli.words.language import Language

    #: How a terminal shows a report, in a language; where nothing says how wide it may be, it may
    #: be wider than the console (``elastic``).
    View: TypeAlias = Callable[[Language, bool], RenderableType]


class Shown(NamedTuple):
    """What a command has to show: a report, and how a terminal shows it, if not as a table."""

    report: Report
    view: View | None = None
    #: The plan whose language and currency the output takes.
    plan: Plan | None = None
    #: The part of the plan that it is of, where options did not ask for one.
    selection: Selection | None = None
    #: What is said below the report, whatever shows it.
    notes: tuple[Message, ...] = ()
    exit_code: int = 0
    #: The report as a document, by the ending of the name of its file: see ``documents``.
    documents: Mapping[str, Callable[[Language], bytes]] = {}
    #: Writes a scenario to a file, where its name ends as those of plans do.
    scenario: Callable[[str], None] | None = None


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
    from ppi_cli.render.ansi import Ansi
    from ppi_cli.render.table import NotesView, TableView
    from ppi_cli.reports.table import Noted

    language = screen.language(shown.plan, output)
    shown_on = sys.stdout if output is None else None
    if shown.view is None:
        table = Noted(shown.report, shown.notes).table()
        text = TableView(table.for_people(), language).text(
            screen.columns(shown_on), Ansi(screen.has_colour(shown_on))
        )
    else:
        page = io.StringIO()
        console = screen.console(page, shown_on, chart=True)
        console.print(shown.view(language, screen.is_elastic(output)), crop=False)
        console.print(NotesView(shown.notes, language), end="", crop=False)
        text = page.getvalue()
    write_text("\n".join(line.rstrip(" ") for line in text.split("\n")), output)
