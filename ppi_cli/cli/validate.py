"""``ppi validate``."""

from typing import Annotated

import typer

from ppi_cli.cli.ceilings import CeilingOption
from ppi_cli.cli.destinations import FORMATS, Destination, read_destination
from ppi_cli.cli.options import (
    AsciiOption,
    ColourOption,
    DropOption,
    ExecutedOption,
    KeepOption,
    LanguageOption,
    ScenarioOption,
    ShiftOption,
    VariantOption,
    WidthOption,
    choice,
    flag,
    not_a_choice,
    option,
)
from ppi_cli.values.terms import Threshold


class Codes(frozenset[str]):
    """The codes of some rules: typer knows no lists of ``frozenset[str]``."""


def read_rules(text: str) -> Codes:
    """Read a family of rules, or what codes begin with: ``money``, ``PPI402``, ``PPI4``."""
    from ppi_cli.rules import OF_A_PLAN

    families = {rule.family for rule in OF_A_PLAN}
    chosen: set[str] = set()
    for word in text.split(","):
        named = word.strip()
        begins = {rule.code for rule in OF_A_PLAN if named and rule.code.startswith(named.upper())}
        found = {rule.code for rule in OF_A_PLAN if rule.family == named.lower()} or begins
        if not found:
            raise not_a_choice(named, [*sorted(families), *(rule.code for rule in OF_A_PLAN)])
        chosen |= found
    return Codes(chosen)


def validate(
    plans: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PLAN", help="Files or folders, each plan once.", show_default=False
        ),
    ] = None,
    format: Annotated[
        list[Destination] | None,
        option(
            "--format -f",
            "FORMAT[=FILE]",
            f"How findings are written: {', '.join(FORMATS)}. May be given several times,"
            " with a file each.",
            read_destination,
        ),
    ] = None,
    output: Annotated[
        str | None,
        option(
            "--output -o", "FILE", "Write to a file. Without --format, its name says in which one."
        ),
    ] = None,
    fail_on: Annotated[
        Threshold,
        choice("--fail-on", Threshold, "The least severity that makes the exit code 1."),
    ] = "error",
    strict: Annotated[bool, flag("--strict", "The same as --fail-on warning.")] = False,
    only: Annotated[
        list[Codes] | None,
        option(
            "--only",
            "FAMILY|CODE",
            "Only these rules, as in money or PPI301. May be given several times. Errors that"
            " hide what they would find are told all the same.",
            read_rules,
        ),
    ] = None,
    show_exceptions: Annotated[
        bool, flag("--show-exceptions", "List what exceptions of the plan set aside.")
    ] = False,
    skip_others: Annotated[
        bool,
        flag("--skip-others", "Skip files that belong to no plan, as a hook may name them."),
    ] = False,
    scenario: ScenarioOption = None,
    variant: VariantOption = None,
    drop: DropOption = None,
    shift: ShiftOption = None,
    ceiling: CeilingOption = None,
    keep_envelopes: KeepOption = False,
    executed: ExecutedOption = None,
    lang: LanguageOption = None,
    color: ColourOption = "auto",
    width: WidthOption = None,
    ascii: AsciiOption = False,
) -> None:
    """Check plans; exit code 1 where there are errors."""
    import sys
    from datetime import date
    from itertools import chain

    from ppi_cli.cli.checking import examined_plans, names_in_repository, write_everywhere
    from ppi_cli.cli.destinations import destinations
    from ppi_cli.cli.screen import Screen
    from ppi_cli.cli.session import choices_of
    from ppi_cli.reports.validation import Validation
    from ppi_cli.rules import OF_A_PLAN

    screen = Screen(lang, color, width, ascii)
    to = destinations(format or [], output)
    choices = choices_of(scenario, variant, drop, shift, ceiling, keep_envelopes, executed)
    choices = choices.as_written()
    quietly = sys.stdout.isatty() and any(each.file is None for each in to)
    examined = examined_plans(
        plans, date.today(), choices, skip_others=skip_others, quietly=quietly
    )
    first = [*examined] if choices else []  # what is chosen is called as the plans call it
    plans_found = [each.plan for each in first if each.plan is not None]
    of_none = Validation(
        (),
        "warning" if strict and fail_on == "error" else fail_on,
        frozenset().union(*only) if only else frozenset(rule.code for rule in OF_A_PLAN),
        names_in_repository(),
        tuple(choices.names(*plans_found)),
        tuple(choices.names(*plans_found, for_people=True)),
    )
    report = write_everywhere(
        chain(first, examined), of_none, to, screen, show_exceptions=show_exceptions
    )
    sys.exit(int(report.failed))
