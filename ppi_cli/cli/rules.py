"""``ppi rules``."""

from ppi_cli.cli.options import (
    AsciiOption,
    ColourOption,
    FormatOption,
    LanguageOption,
    OutputOption,
    WidthOption,
)


def rules(
    format: FormatOption = None,
    output: OutputOption = None,
    lang: LanguageOption = None,
    color: ColourOption = "auto",
    width: WidthOption = None,
    ascii: AsciiOption = False,
) -> None:
    """List the rules that plans are held to."""
    from ppi_cli.cli.reporting import Shown
    from ppi_cli.cli.screen import Screen
    from ppi_cli.cli.session import show
    from ppi_cli.reports.explanation import RuleList

    screen = Screen(lang, color, width, ascii)
    show(Shown(RuleList()), None, screen, format, output)
