"""The option ``--ceiling``, and how its values are read: the words are those of the plan's keys."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Literal, TypeAlias

from ppi_cli.cli.options import not_a_choice, option, read_year
from ppi_cli.plan.bounds import ALL_KINDS, BELOW_ZERO, CeilingOf, DebtCeilingKind
from ppi_cli.values.errors import PpiError
from ppi_cli.values.message import Message, NotationError, msg
from ppi_cli.values.money import ZERO, parse_money
from ppi_cli.values.notation import Notation
from ppi_cli.values.terms import CeilingKind

#: The kinds of ceilings, also in the words that come first to a French mind.
_KINDS: Mapping[str, CeilingKind | DebtCeilingKind] = {
    **{kind: kind for kind in ALL_KINDS},
    "investissement": "investment",
    "fonctionnement": "operating",
    "emprunt": "borrowing",
    "emprunts": "borrowing",
    "désendettement": "years_to_repay",
    "desendettement": "years_to_repay",
}
#: In millions, every bare number is a whole number of cents; which unit it has, the plan says.
_ANY_UNIT = Notation("M")


def read_ceiling(text: str) -> CeilingOf:
    """Read ``net.2027=3,2M€``, ``years_to_repay=12`` or ``years_to_repay.2027=12``."""
    match = re.fullmatch(r"([^.=]+)(?:[.]([^.=]+))?=(.*\S.*)", text)
    kind = None if match is None else _KINDS.get(match[1])
    if match is not None and kind is None and _meant(text) is None:
        raise not_a_choice(match[1], ALL_KINDS)
    if match is None or kind is None or (match[2] is None and kind != "years_to_repay"):
        raise PpiError(msg("“{text}” states no ceiling", text=text), _meant(text) or _help(text))
    most = match[3].strip()
    if kind == "years_to_repay":
        return CeilingOf(kind, match[2] and read_year(match[2]), _read_years(text, match[2], most))
    try:
        stated = parse_money(most, _ANY_UNIT)
    except NotationError as error:
        raise PpiError(error.message, _meant(text) or error.help) from None
    if stated < ZERO:
        message, help = BELOW_ZERO
        raise PpiError(msg("“{text}”: {why}", text=text, why=message), help)
    return CeilingOf(kind, read_year(match[2]), most)


def _read_years(text: str, year: str | None, most: str) -> int | Literal["none"]:
    """A number of years; of all years of the plan, also that there is no ceiling."""
    if most == "none" and year is None:
        return "none"
    if most == "none":
        raise PpiError(
            msg("“none” is for all years of the plan, and not for {year} alone", year=year),
            msg(
                "write years_to_repay=none, or a number of years: {text}",
                text=f"years_to_repay.{year}=12",
            ),
        )
    if not re.fullmatch("[1-9][0-9]{0,3}", most):
        raise PpiError(
            msg("“{text}” is not a number of years", text=most), _meant(text) or _help(text)
        )
    return int(most)


def _help(text: str) -> Message:
    """How a ceiling of the kind that a text names is written."""
    kind = _KINDS.get(re.split("[.= ]", text)[0], "net")
    if kind != "years_to_repay":
        example = f"{kind}.2027=3,2M€"
        return msg("write a kind, a year, = and an amount: {example}", example=example)
    return msg(
        "write whole years of gross savings: years_to_repay=12, years_to_repay.2027=12;"
        " years_to_repay=none where nothing is to be held against them"
    )


def _meant(text: str) -> Message | None:
    """What to type for ``net 2027 = environ 3,2 M€``, or for ``years_to_repay=12 ans``."""
    from ppi_cli.values.spoken_money import spoken_amount
    from ppi_cli.values.spoken_times import spoken_years

    match = re.fullmatch(r"([^\W\d]+)[^\w=]*((?:19|20)[0-9]{2})?(?: ?[=:] ?| )(.+)", text.strip())
    kind = None if match is None else _KINDS.get(match[1])
    if match is None or kind is None:
        return None
    named = f"{match[1]}.{match[2]}" if match[2] else match[1]
    most: object = None
    if kind == "years_to_repay":
        most = spoken_years(match[3])
    elif match[2] and (said := spoken_amount(match[3])) is not None and said.amount is not None:
        most = said.amount.replace(" ", "")
    return None if most is None else msg("write {text}", text=f"{named}={most}")


CeilingOption: TypeAlias = Annotated[
    list[CeilingOf] | None,
    option(
        "--ceiling",
        "KIND.YEAR=AMOUNT",
        "Set a ceiling of a year, in place of the plan's: net.2027=3,2M€; investment,"
        " operating, total, net or borrowing. Also years_to_repay=12, or years_to_repay.2027=12."
        " May be given several times.",
        read_ceiling,
    ),
]
