"""``ppi matrix``."""

from datetime import date

from ppi_cli.cli.options import (
    AsciiOption,
    ColourOption,
    FormatOption,
    LanguageOption,
    OutputOption,
    PlanArgument,
    WidthOption,
)


def matrix(
    plan: PlanArgument = None,
    format: FormatOption = None,
    output: OutputOption = None,
    lang: LanguageOption = None,
    color: ColourOption = "auto",
    width: WidthOption = None,
    ascii: AsciiOption = False,
) -> None:
    """The priority matrix, and whether its order holds."""
    from ppi_cli.cli.screen import Screen
    from ppi_cli.cli.session import open_plan, show
    from ppi_cli.reports.matrix import matrix as matrix_of

    screen = Screen(lang, color, width, ascii)
    opened = open_plan(plan, screen)
    show(matrix_of(opened, date.today()), opened, screen, format, output)
