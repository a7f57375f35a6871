"""The options that commands share, and how their values are read.

To add an option: in the file of its command, or here where several have it, made by ``option``,
``choice`` or ``flag``. Completion offers the words in its help, or what the plan has of the kind
that it is named after, or of that in its help (``PROJECT``); an option that is free is named in
``tests/cli/test_completion.py``. Its row of the manual stands in ``manual/reports.md``, in both
languages; then the translation of its help.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Annotated, Any, NamedTuple, TypeAlias, cast, get_args

import typer

from ppi_cli.values.dataclass import dataclass
from ppi_cli.values.errors import PpiError
from ppi_cli.values.fiscal import NAME_PATTERN
from ppi_cli.values.message import NotationError, msg
from ppi_cli.values.money import Rate, parse_rate
from ppi_cli.values.nearest import advice
from ppi_cli.values.quarters import YEAR_HELP
from ppi_cli.values.terms import (
    By,
    Colours,
    LanguageCode,
    Per,
    Scale,
    Section,
    StatusThatCounts,
)


def read_year(text: str) -> str:
    """A year by its number, or by what may be its name: which year that is, the plan says."""
    if not re.fullmatch(f"[12][0-9]{{3}}|{NAME_PATTERN}", text):
        from ppi_cli.values.spoken_times import spoken_time

        said = spoken_time(f"20{text}" if re.fullmatch("[0-9]{2}", text) else text)
        help = msg("write {text}", text=str(said.first_year)) if said else YEAR_HELP
        raise PpiError(msg("“{text}” is not a year", text=text), help)
    return text


def read_class(text: str) -> int:
    if not re.fullmatch("[1-9][0-9]?", text):
        raise PpiError(
            msg("“{text}” is not a class", text=text), msg("write the number of a class, as in 1")
        )
    return int(text)


def read_day(text: str) -> date:
    try:
        if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    from ppi_cli.values.spoken_times import spoken_time

    said, help = spoken_time(text), msg("write a date as 2016-02-15")
    if said is not None and said.day is not None:
        help = msg("write {text}", text=said.day.isoformat())
    raise PpiError(msg("“{text}” is not a date", text=text), help)


def read_width(text: str) -> int:
    if not re.fullmatch("[1-9][0-9]{1,3}", text):
        raise PpiError(msg("“{text}” is not a width from 10 to 9999 columns", text=text))
    return int(text)


def read_unit(text: str) -> Scale:
    scale = re.sub("([€$£]|[A-Z]{3})$", "", text).replace("K", "k")
    if scale not in get_args(Scale):
        raise PpiError(msg("“{text}” is not a unit", text=text), msg("write €, k€ or M€"))
    return cast("Scale", scale)


def one_of(choices: Iterable[str]) -> Callable[[str], Any]:
    """A reader of one of some words, which answers a misspelt one with the nearest."""
    known = list(choices)

    def read(text: str) -> str:
        if text not in known:
            raise not_a_choice(text, known)
        return text

    return read


def not_a_choice(text: str, known: Iterable[str]) -> PpiError:
    """What is wrong with a word that is none of those known, and which one was perhaps meant."""
    return PpiError(msg("“{text}” is not one of the choices here", text=text), advice(text, known))


def read_format(text: str) -> str:
    from ppi_cli.export import WRITERS

    format: str = one_of(["table", *WRITERS])(text)
    return format


def option(
    names: str,
    metavar: str,
    help: str,
    parser: Callable[[str], Any] | None = None,
    *,
    show_default: bool = False,
) -> Any:
    """An option with a value, by its names; its default is not shown unless it says something."""
    declared = names.split()
    return typer.Option(
        *declared, metavar=metavar, help=help, parser=parser, show_default=show_default
    )


def choice(
    names: str, words: Any, help: str, metavar: str = "", *, show_default: bool = True
) -> Any:
    """An option that takes one of the words of a set."""
    known = get_args(words)
    shown = metavar or "|".join(known)
    return option(names, shown, help, one_of(known), show_default=show_default)


def flag(name: str, help: str) -> Any:
    """An option without a value."""
    return typer.Option(name, help=help)


PlanArgument: TypeAlias = Annotated[
    str | None,
    typer.Argument(
        metavar="PLAN",
        help="A file, a folder, or - for standard input. Without one: PPI_PLAN, else data/ here"
        " or above, else this folder.",
        show_default=False,
    ),
]
FormatOption: TypeAlias = Annotated[
    str | None,
    option(
        "--format -f",
        "FORMAT",
        "table, json, csv, csv-fr (for a French spreadsheet), github, html, latex and other"
        " text tables. Without it: what the name given to -o ends in, else table.",
        read_format,
    ),
]
OutputOption: TypeAlias = Annotated[
    str | None,
    option(
        "--output -o",
        "FILE",
        "Write to a file, in the format that its name ends in: .csv, .json, .html …; where there is"
        " a chart, also .svg and .png.",
    ),
]
LanguageOption: TypeAlias = Annotated[
    LanguageCode | None,
    choice("--lang", LanguageCode, "The language of the output.", show_default=False),
]
ColourOption: TypeAlias = Annotated[Colours, choice("--color", Colours, "Colours.")]
ByOption: TypeAlias = Annotated[By, choice("--by", By, "What the rows are.")]
AcrossOption: TypeAlias = Annotated[
    By | None,
    choice(
        "--across",
        By,
        "What the columns are, instead of years: one of the cuts of --by.",
        "section|source|…",
        show_default=False,
    ),
]
PerOption: TypeAlias = Annotated[Per, choice("--per", Per, "What the columns are.")]
WidthOption: TypeAlias = Annotated[
    int | None,
    option("--width", "COLUMNS", "The width of the output, in columns.", read_width),
]
AsciiOption: TypeAlias = Annotated[bool, flag("--ascii", "Use no other characters than ASCII's.")]
UnitOption: TypeAlias = Annotated[
    Scale | None,
    option(
        "--unit",
        "€|k€|M€",
        "The unit of the amounts. Without it: the coarsest that is exact.",
        read_unit,
    ),
]


@dataclass(frozen=True)
class Wanted:
    """The part of a plan that options ask for: these, of every command that shows a part."""

    theme: Annotated[str | None, option("--theme", "ID", "Only this theme.")] = None
    group: Annotated[str | None, option("--group", "ID", "Only the themes of this group.")] = None
    project: Annotated[str | None, option("--project", "ID", "Only this project.")] = None
    class_: Annotated[
        int | None,
        option("--class", "NUMBER", "Only the projects of this priority class.", read_class),
    ] = None
    lead: Annotated[
        str | None,
        option("--lead", "NAME", "Only the projects that this person or service leads."),
    ] = None
    status: Annotated[
        StatusThatCounts | None,
        choice(
            "--status",
            StatusThatCounts,
            "Only the projects that stand so; what says nothing of it is planned.",
            show_default=False,
        ),
    ] = None
    section: Annotated[
        Section | None,
        choice("--section", Section, "Only this section of the budget.", show_default=False),
    ] = None
    funder: Annotated[
        str | None,
        option("--funder", "ID", "Only what this funder pays, or pays for."),
    ] = None
    year: Annotated[str | None, option("--year", "YEAR", "Only this year.", read_year)] = None
    from_: Annotated[str | None, option("--from", "YEAR", "From this year on.", read_year)] = None
    to: Annotated[str | None, option("--to", "YEAR", "Up to this year.", read_year)] = None


class Chosen(NamedTuple):
    """A variant of a target."""

    target: str
    variant: str


class Shift(NamedTuple):
    """A project that comes later by some quarters, or earlier."""

    project: str
    quarters: int


def read_variant(text: str) -> Chosen:
    match = re.fullmatch("([^=.]+)[=.]([^=.]+)", text)
    if match is None:
        raise PpiError(
            msg("“{text}” chooses no variant", text=text),
            msg("write the id of a target, = and that of a variant: parc=location"),
        )
    return Chosen(match[1], match[2])


#: By how much a project can be put off: as long as a plan can be.
_MOST_QUARTERS = 200


def read_shift(text: str) -> Shift:
    match = re.fullmatch("([^=]+)=([-+]?[0-9]{1,6})", text)
    if match is None:
        from ppi_cli.values.spoken_times import spoken_length

        help = msg("write the id of a project, = and a number of quarters: parc=2, parc=-1")
        said = re.fullmatch("([^ =:]+) ?[=: ] ?(.+)", text)
        if said and (quarters := spoken_length(said[2])) is not None:
            help = msg("write {text}", text=f"{said[1]}={quarters}")
        raise PpiError(msg("“{text}” shifts nothing", text=text), help)
    if abs(int(match[2])) > _MOST_QUARTERS:
        raise PpiError(
            msg("“{text}” shifts a project by more than {n} quarters", text=text, n=_MOST_QUARTERS)
        )
    return Shift(match[1], int(match[2]))


def read_name(text: str) -> str:
    if text.startswith("-"):
        raise PpiError(
            msg("“{text}” is an option, where the id of something is expected", text=text),
            msg("write the id after the option: --drop parc"),
        )
    return text


TraceOption: TypeAlias = Annotated[
    bool,
    flag("--trace", "In JSON: all amounts that the figures are sums of, and where each stands."),
]
VariantOption: TypeAlias = Annotated[
    list[Chosen] | None,
    option(
        "--variant", "TARGET=VARIANT", "Choose a variant. May be given several times.", read_variant
    ),
]
ScenarioOption: TypeAlias = Annotated[
    str | None,
    option(
        "--scenario",
        "ID|FILE",
        "Do a scenario first: one of the plan, or of a file that holds scenarios alone.",
        read_name,
    ),
]
DropOption: TypeAlias = Annotated[
    list[str] | None,
    option("--drop", "PROJECT", "Leave a project out. May be given several times.", read_name),
]
ShiftOption: TypeAlias = Annotated[
    list[Shift] | None,
    option(
        "--shift",
        "PROJECT=QUARTERS",
        "Put a project off, its costs with it. May be given several times.",
        read_shift,
    ),
]


def read_interest(text: str) -> Rate:
    """Read the rate of a loan: ``3,5%``, or the number alone, where that is no part of one."""
    from ppi_cli.values.spoken_rates import VARIES_HELP, spoken_rate, varies

    is_bare = not text.rstrip().endswith("%")
    try:
        rate = parse_rate(f"{text} %" if is_bare else text)
    except NotationError:
        rate = None
    refused = msg("“{text}” is not a rate from 0 to 100 %", text=text)
    if rate is None or not 0 <= rate.thousandths <= 100_000:
        meant = None if rate is not None else spoken_rate(text)
        help = msg("write it as {text}", text=meant.replace(" ", "") if meant else "3,5%")
        raise PpiError(refused, VARIES_HELP if varies(text) else help)
    if is_bare and 0 < rate.thousandths < 1000:
        part = (spoken_rate(text) or "3,5%").replace(" ", "")
        raise PpiError(
            msg("“{text}” may be a rate, or a part of one", text=text),
            msg("write {rate}, or {part}", rate=f"{text.strip()}%", part=part),
        )
    return rate


def read_loan_years(text: str) -> int:
    """Read over how many years a loan is repaid, as the plan states it."""
    from ppi_cli.plan.reading import loan_years
    from ppi_cli.values.spoken_times import spoken_years

    try:
        return loan_years(text)
    except NotationError as error:
        years = spoken_years(text)
        help = error.help if years is None else msg("write {text}", text=str(years))
        raise PpiError(error.message, help) from None


RateOption: TypeAlias = Annotated[
    Rate | None,
    option(
        "--rate", "RATE", "The interest of new loans, instead of the plan's: 3,5%.", read_interest
    ),
]
LoanYearsOption: TypeAlias = Annotated[
    int | None,
    option(
        "--loan-years",
        "YEARS",
        "Over how many years new loans are repaid, instead of the plan's: 20.",
        read_loan_years,
    ),
]
WithinCeilingsOption: TypeAlias = Annotated[
    bool,
    flag(
        "--within-ceilings",
        "Borrow no more in a year than its ceiling allows: what is missing falls on the fund.",
    ),
]
ExecutedOption: TypeAlias = Annotated[
    bool | None,
    typer.Option(
        "--executed/--as-voted",
        help="Count what was paid in closed years, and what was carried over in the year after;"
        " or what was voted. Without it, as the plan says: past.",
        show_default=False,
    ),
]
KeepOption: TypeAlias = Annotated[
    bool,
    flag(
        "--keep-envelopes",
        "Keep the envelopes as they were voted, where projects move, go or cost otherwise."
        " Without it, they follow the projects.",
    ),
]
