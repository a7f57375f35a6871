"""``ppi roll``."""

from typing import TYPE_CHECKING, Annotated

import typer

from ppi_cli.cli.reporting import output_command
from ppi_cli.cli.showing import Shown
from ppi_cli.values.quarters import Year

if TYPE_CHECKING:
    from ppi_cli.cli.screen import Screen


@output_command
def roll(
    screen: "Screen",
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PLAN DIR",
            help="The plan, which may be left out, and the folder to write next year's to; nothing"
            " is overwritten.",
            show_default=False,
        ),
    ] = None,
) -> Shown:
    """Make next year's plan: a year leaves it, a year is added, what has ended is dropped."""
    import os
    from datetime import date

    from ppi_cli.changes.difference import difference
    from ppi_cli.cli.differing import shown_difference
    from ppi_cli.cli.screen import notice
    from ppi_cli.cli.session import open_as_written, speaking_of
    from ppi_cli.cli.typed import typed_for
    from ppi_cli.plan.schedule import is_undated_beyond
    from ppi_cli.source.files import SourceFile, plan_location
    from ppi_cli.source.pictures import picture_files
    from ppi_cli.source.read import read, readings_of
    from ppi_cli.source.roll import rolled_files, without_idle_exceptions
    from ppi_cli.source.writing import write_folder
    from ppi_cli.values.errors import PpiError
    from ppi_cli.values.message import counted, msg
    from ppi_cli.versions.account_lines import years_of_accounts
    from ppi_cli.versions.choices import Choices
    from ppi_cli.versions.variants import undecided_targets

    if not names or (len(names) == 1 and os.path.isfile(names[0])):
        raise PpiError(
            msg("the argument {name} is missing", name="DIR"),
            msg("name the folder to write next year's plan to"),
        )
    if len(names) > 2:
        raise PpiError(msg("one argument too many: {name}", name=names[-1]))
    location = plan_location(names[0] if len(names) > 1 else None, os.environ)
    old = open_as_written(read(location), screen)
    with speaking_of(old.plan):
        files = rolled_files(old.reading, screen.language(old.plan).say)
        sources = [SourceFile(f"{names[-1]}/{name}", text) for name, text in files.items()]
        reading = readings_of(names[-1], sources)[0]
        files = without_idle_exceptions(files, old.reading, reading, date.today())
        sources = [SourceFile(f"{names[-1]}/{name}", text) for name, text in files.items()]
        new = open_as_written(readings_of(names[-1], sources)[0], screen)  # else nothing is written
        written = write_folder(
            names[-1],
            {
                **{name: text.encode() for name, text in files.items()},
                **picture_files(old.reading, new.plan),
            },
            typed_for(names[-1]),
        )
    message = counted(
        "{n} file written to {folder}",
        "{n} files written to {folder}",
        len(written),
        folder=names[-1],
    )
    say = screen.language(old.plan).say
    notice(say(message))
    assert old.reading.plan is not None
    account = years_of_accounts(old.reading.plan).get(old.plan.years.first)
    if account is None:
        message = msg(
            "there is no account of {year}: what was planned for it counts as paid",
            year=Year(old.plan.years.first),
        )
        notice(say(message))
    elif not account.is_closed:
        message = msg(
            "! the account of {year} is not closed: what was planned for it counts as paid, and"
            " what the account says is left out",
            year=Year(old.plan.years.first),
        )
        notice(say(message))
    assert new.reading.plan is not None
    beyond = [each.title for each in new.reading.plan.projects if is_undated_beyond(each)]
    if beyond:
        message = msg(
            "{year} is blank, and money lies beyond the plan of {titles}: write what of it is of"
            " {year}",
            year=Year(new.plan.years.last),
            titles=beyond,
        )
        notice(say(message))
    if undecided_targets(old.reading.plan):
        notice(say(msg("variants are undecided: their costs are left out of what follows")))
        if old.plan.fctva is not None:
            message = msg(
                "what the VAT fund will pay for their costs of {year} is not in the new plan: once"
                " they are decided, write it there, in the section fctva: due",
                year=Year(old.plan.years.first),
            )
            notice(say(message))
    return shown_difference(old, new, difference(old.plan, new.plan), Choices())
