"""``ppi init``."""

from typing import Annotated

import typer

from ppi_cli.cli.options import LanguageOption, option


def init(
    folder: Annotated[
        str, typer.Argument(metavar="DIR", help="The folder to write to; nothing is overwritten.")
    ] = "data",
    example: Annotated[
        str | None,
        option(
            "--example",
            "NAME",
            "Write an example instead: town, the plan of a real town; finance, a fictional"
            " one that uses all of the format.",
        ),
    ] = None,
    lang: LanguageOption = None,
) -> None:
    """Write a first plan, short, to make your own."""
    import shlex
    from datetime import date

    from ppi_cli.cli.screen import Screen, write_text
    from ppi_cli.cli.typed import typed_for
    from ppi_cli.source.example import write_example, write_first_plan
    from ppi_cli.values.characters import in_a_line
    from ppi_cli.values.message import counted, msg

    language = Screen(lang).language(None)
    if example is not None:
        written = write_example(folder, example, typed_for(folder))
    else:
        written = write_first_plan(folder, language.code, date.today().year + 1, typed_for(folder))
    said = [
        counted(
            "{n} file written to {folder}",
            "{n} files written to {folder}",
            len(written),
            folder=folder,
        )
    ]
    if example is None:
        said.append(msg("put your own titles, years and amounts into {file}", file=written[0]))
    said.append(msg("then type:"))
    page = "\n".join(language.say(each) for each in said)
    plan = language.plain(in_a_line(shlex.quote(folder)))
    for command, shows in (
        ("validate", msg("what is wrong in it, and what to write instead")),
        ("totals", msg("what it costs, by year")),
        ("gantt", msg("its chart, by quarter")),
        ("help format", msg("all that can be written in it")),
    ):
        typed = f"ppi {command}" if command.startswith("help") else f"ppi {command} {plan}"
        page += f"\n  {typed:{len(plan) + 13}}  {language.say(shows)}"
    write_text(page + "\n", None)
