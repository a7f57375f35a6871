"""``ppi explain CODE``."""

from typing import Annotated, Literal

import typer

from ppi_cli.cli.options import AsciiOption, ColourOption, LanguageOption, WidthOption, choice


def explain(
    code: Annotated[str, typer.Argument(metavar="CODE", help="The code of a rule, as in PPI301.")],
    format: Annotated[
        Literal["text", "json"],
        choice("--format -f", Literal["text", "json"], "How it is written."),
    ] = "text",
    lang: LanguageOption = None,
    color: ColourOption = "auto",
    width: WidthOption = None,
    ascii: AsciiOption = False,
) -> None:
    """Explain a rule: what it finds, why, and what to write instead."""
    import sys
    from datetime import date

    from ppi_cli.cli.chosen import known_rule
    from ppi_cli.cli.screen import Screen, write_text
    from ppi_cli.reports.explanation import Explanation
    from ppi_cli.source.explanations import example

    rule = known_rule(code)
    today = date.today()
    report = Explanation(rule, example(rule, "bad", today), example(rule, "good", today))
    screen = Screen(lang, color, width, ascii)
    if format == "json":
        from ppi_cli.export.json import written

        text = written(report.payload(), screen.language_of_export(None))
    else:
        language = screen.language(None)
        from ppi_cli.render.ansi import Ansi
        from ppi_cli.render.explanation import explanation_text

        style = Ansi(screen.has_colour(sys.stdout))
        text = explanation_text(report, language, style, screen.columns(sys.stdout))
    write_text(text, None, for_programs=format == "json")
