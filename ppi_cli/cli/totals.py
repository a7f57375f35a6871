"""``ppi totals``."""

from ppi_cli.cli.options import (
    AsciiOption,
    ByOption,
    ColourOption,
    FormatOption,
    LanguageOption,
    OutputOption,
    PerOption,
    PlanArgument,
    UnitOption,
    WidthOption,
    YearOption,
)


def totals(
    plan: PlanArgument = None,
    by: ByOption = "theme",
    per: PerOption = "year",
    year: YearOption = None,
    unit: UnitOption = None,
    format: FormatOption = None,
    output: OutputOption = None,
    lang: LanguageOption = None,
    color: ColourOption = "auto",
    width: WidthOption = None,
    ascii: AsciiOption = False,
) -> None:
    """The yearly totals, against what is usually spent."""
    from ppi_cli.cli.chosen import years_of
    from ppi_cli.cli.screen import Screen
    from ppi_cli.cli.session import open_plan, show
    from ppi_cli.reports.totals import totals_report

    screen = Screen(lang, color, width, ascii)
    opened = open_plan(plan, screen)
    report = totals_report(opened, by, per, years_of(opened, year), unit)
    show(report, opened, screen, format, output)
