"""What every report says of the plan that it is of, below its own figures."""

from __future__ import annotations

from collections.abc import Iterator

from ppi_cli.figures.selection import WHOLE, Selection
from ppi_cli.plan.model import Plan
from ppi_cli.reports.becoming import version_notes
from ppi_cli.reports.standing import status_notes
from ppi_cli.values.message import Message


def plan_notes(
    written: Plan | None, shown: Plan, selection: Selection = WHOLE
) -> Iterator[Message]:
    """What became of its closed years, of a version that is not as written, of its projects.

    ``shown`` is the version that a report is of, ``written`` the plan before any is made.
    """
    if written is not None and written.execution:
        from ppi_cli.reports.execution import execution_notes

        yield from execution_notes(written, shown)
    yield from version_notes(shown)
    yield from status_notes(shown, selection)
