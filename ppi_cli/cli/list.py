"""``ppi list KIND``."""

from typing import Annotated, get_args

import typer

from ppi_cli.cli.options import (
    AsciiOption,
    ColourOption,
    FormatOption,
    Kind,
    LanguageOption,
    OutputOption,
    PlanArgument,
    WidthOption,
    one_of,
)


def list_(
    kind: Annotated[
        Kind,
        typer.Argument(
            parser=one_of(get_args(Kind)),
            metavar="KIND",
            help=f"What to list: {', '.join(get_args(Kind))}.",
        ),
    ],
    plan: PlanArgument = None,
    format: FormatOption = None,
    output: OutputOption = None,
    lang: LanguageOption = None,
    color: ColourOption = "auto",
    width: WidthOption = None,
    ascii: AsciiOption = False,
) -> None:
    """A table of the plan, with what answers what."""
    from ppi_cli.cli.screen import Screen
    from ppi_cli.cli.session import open_plan, show
    from ppi_cli.reports.listing import listing

    screen = Screen(lang, color, width, ascii)
    opened = open_plan(plan, screen)
    show(listing(opened, kind), opened, screen, format, output)
