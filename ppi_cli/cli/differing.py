"""The difference of two versions of a plan, as a command shows it."""

from __future__ import annotations

from ppi_cli.changes.difference import Difference
from ppi_cli.cli.session import Opened
from ppi_cli.cli.showing import Shown
from ppi_cli.render.versions import VersionsView
from ppi_cli.reports.difference import DifferenceReport
from ppi_cli.reports.standing import status_notes
from ppi_cli.versions.choices import Choices
from ppi_cli.words.language import Language


def shown_difference(old: Opened, new: Opened, found: Difference, choices: Choices) -> Shown:
    """The difference of two versions, as a terminal shows it."""
    names = old.reading.name, new.reading.name
    chosen = choices.names(old.plan, new.plan, for_people=True)
    report = DifferenceReport(found, names, tuple(chosen))

    def view(language: Language, elastic: bool) -> VersionsView:
        table, bars = report.table().for_people(), report.moved_bars()
        return VersionsView(table, bars, new.plan, language, elastic, framed=False)

    return Shown(report, view, new.plan, notes=tuple(status_notes(new.plan)))
