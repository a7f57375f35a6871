"""``ppi export``."""

from typing import Annotated

import typer

from ppi_cli.cli.options import (
    CeilingOption,
    DropOption,
    KeepOption,
    LanguageOption,
    ScenarioOption,
    ShiftOption,
    VariantOption,
)


def export(
    names: Annotated[
        list[str],
        typer.Argument(
            metavar="[PLAN] FILE...",
            help="The documents to write, by the endings of their names; a first argument that is"
            " a folder, - or a .yaml file is the plan.",
            show_default=False,
        ),
    ],
    scenario: ScenarioOption = None,
    variant: VariantOption = None,
    drop: DropOption = None,
    shift: ShiftOption = None,
    ceiling: CeilingOption = None,
    keep_envelopes: KeepOption = False,
    lang: LanguageOption = None,
) -> None:
    """Write documents of the whole plan: a workbook, a page, a document for the council."""
    from datetime import date
    from functools import partial

    from ppi_cli.cli.screen import Screen
    from ppi_cli.cli.session import choices_of, format_of_name, open_plan, write_document
    from ppi_cli.documents import DOCUMENTS, written
    from ppi_cli.reports.dossier import dossier
    from ppi_cli.source.pictures import pictures
    from ppi_cli.values.errors import PpiError
    from ppi_cli.values.message import msg

    plan, files = _plan_and_files(names)
    if not files:
        raise PpiError(
            msg("no document is named"),
            msg("name one or more: ppi export plan{ending}", ending=next(iter(DOCUMENTS))),
        )
    endings = [format_of_name(file, {ending: ending for ending in DOCUMENTS}) for file in files]
    screen = Screen(lang)
    choices = choices_of(scenario, variant, drop, shift, ceiling, keep_envelopes)
    opened = open_plan(plan, choices, screen)
    language = screen.language_of_export(opened.plan)
    shown = pictures(opened.reading, opened.plan)
    found = dossier(opened.version, opened.examined, date.today(), shown)
    for file, ending in zip(files, endings, strict=True):
        write_document(partial(written, ending, found), file, language)


def _plan_and_files(names: list[str]) -> tuple[str | None, list[str]]:
    """The plan, where the first argument names one, and the files to write."""
    import os

    from ppi_cli.source.files import is_yaml

    first, *others = names
    is_plan = first == "-" or os.path.isdir(first) or is_yaml(os.path.basename(first))
    return (first, others) if is_plan else (None, names)
