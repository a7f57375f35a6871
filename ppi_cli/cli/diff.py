"""``ppi diff``."""

import os
from typing import TYPE_CHECKING, Annotated

import typer

from ppi_cli.cli.options import flag, option
from ppi_cli.cli.reporting import versions_command
from ppi_cli.cli.showing import Shown

if TYPE_CHECKING:
    from ppi_cli.cli.screen import Screen
    from ppi_cli.cli.session import Opened
    from ppi_cli.versions.choices import Choices


@versions_command
def diff(
    choices: "Choices",
    screen: "Screen",
    sides: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="VERSION",
            help="The old and the new one: files, folders, spreadsheets, or revisions of a Git"
            " repository, as in HEAD~1, v2016..v2017, origin/main... Without the new one: the plan"
            " as it is now; without any: what is in no revision yet. After revisions: the plan that"
            " is meant.",
            show_default=False,
        ),
    ] = None,
    require_reasons: Annotated[
        bool,
        flag("--require-reasons", "Exit code 1 where a change has no reason."),
    ] = False,
    map: Annotated[
        str | None,
        option("--map", "FILE", "What a spreadsheet among the versions is laid out like."),
    ] = None,
) -> Shown:
    """What has changed between two versions, and what it does to the totals."""
    from ppi_cli.changes.difference import difference
    from ppi_cli.cli.differing import shown_difference
    from ppi_cli.cli.session import tell
    from ppi_cli.cli.versions import open_versions, two_versions
    from ppi_cli.rules import check_changes
    from ppi_cli.source.examine import placed
    from ppi_cli.source.read import read

    choices, named = choices.as_written(), sides or []
    if choices.executed and len(named) == 1 and os.path.lexists(named[0]):
        own = choices._replace(executed=False)  # the plan, and what was done of it
        old, new = open_versions([read(named[0])] * 2, [own, choices], screen)
    else:
        old, new = open_versions(two_versions(named, screen, map), [choices, choices], screen)
    found = difference(old.plan, new.plan)
    _tell_what_is_aside(old, new, screen)
    shown = shown_difference(old, new, found, choices)
    if not require_reasons:
        return shown
    diagnostics = placed(new.reading, check_changes(found, new.version))
    tell(diagnostics, new.examined, screen)
    failed = any(diagnostic.severity == "error" for diagnostic in diagnostics)
    return shown._replace(exit_code=int(failed))


def _tell_what_is_aside(old: "Opened", new: "Opened", screen: "Screen") -> None:
    """Name the projects with a change that counts in neither version."""
    from ppi_cli.changes.aside import changed_aside
    from ppi_cli.cli.screen import notice
    from ppi_cli.values.message import msg

    assert old.reading.plan is not None
    assert new.reading.plan is not None
    names = changed_aside((old.reading.plan, new.reading.plan), (old.plan, new.plan))
    if names:
        message = msg(
            "also changed, in what counts in neither version (another variant, years after the"
            " plan): {projects}",
            projects=names,
        )
        notice(screen.language(new.plan).say(message))
