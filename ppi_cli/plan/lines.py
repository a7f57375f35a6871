"""Money as lines: words and periods in one mapping, as a row of a spreadsheet is.

``{label: Serveurs, before: 40 k€, 2026: 20 k€, 2026-T4: 5 k€, beyond: 10 k€}``. A period is a
year, a quarter, or one of the words that say where money lies that is in no year of the plan.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Set
from functools import lru_cache
from typing import Annotated, Any, TypeAlias

from ppi_cli.plan.fields import MayBeBlank, ReadsAsNoted
from ppi_cli.plan.notation import PERIOD, YEAR, Sum
from ppi_cli.plan.pieces import Sourced, part
from ppi_cli.plan.reading import PERIOD_HELP, blank_is_no_key
from ppi_cli.plan.spans import span_by_year, span_in_a_line, years_of
from ppi_cli.values.characters import shortened
from ppi_cli.values.fiscal import CALENDAR
from ppi_cli.values.message import NotationError, msg
from ppi_cli.values.notation import PLAIN, Notation, UnknownNotationError
from ppi_cli.values.quarters import (
    OUTSIDE,
    Outside,
    Quarter,
    parse_quarter,
    parse_year,
    year_help,
)
from ppi_cli.values.regex import regex

_CODE = "PPI116"
#: What a key begins with that is meant for a period, or is a piece of a value that YAML has torn.
_PERIOD = regex("[0-9]|[TQtq][1-4](?![A-Za-z])|(?:FY|fy) ?[0-9]")
#: The keys of a value that is not a single amount.
_OF_A_VALUE = frozenset(("amount", "basis", "source", "reason"))


@part
class Paid(Sourced):
    """What is paid in a period, alone or with its basis and source; blank is not stated."""

    alone = "amount"
    amount: Sum | None
    """The amount: 175 k€, 175000, 1 234,56 €, 1,5 M€, -12 k€. Left blank, it is not stated."""


class Period(str):
    """A year or a quarter as it is written, or a word that stands in the place of a year."""

    __slots__ = ()

    @property
    def quarter(self) -> Quarter | None:
        """The quarter that it is."""
        return None if self in OUTSIDE or len(self) == len("2016") else parse_quarter(self)

    @property
    def year(self) -> int:
        """Its year, or what stands in the place of one."""
        quarter = self.quarter
        if quarter is not None:
            return quarter.year
        return OUTSIDE[self] if self in OUTSIDE else parse_year(self)


@lru_cache(maxsize=1024)
def parse_period(text: str, notation: Notation = PLAIN) -> Period:
    """Read ``2016`` or ``2016-T3``. Raises NotationError (PPI104)."""
    for parse in (parse_year, parse_quarter):
        try:
            parse(text, notation)
        except UnknownNotationError:
            raise
        except NotationError:
            continue
        return Period((notation.years or CALENDAR).plain(text))
    message = msg("“{text}” is neither a year nor a quarter", text=shortened(notation.named(text)))
    raise NotationError("PPI104", message, year_help(text, PERIOD_HELP))


@lru_cache(maxsize=1024)
def parse_period_or_word(text: str, notation: Notation = PLAIN) -> Period:
    """Read a period, or ``before``, ``beyond``, ``unplanned``. Raises NotationError (PPI104)."""
    return Period(text) if text in OUTSIDE else parse_period(text, notation)


@lru_cache(maxsize=1024)
def _year_outside(text: str, notation: Notation = PLAIN) -> int:
    """A year, or the word that stands in the place of all of them."""
    return OUTSIDE[text] if text in OUTSIDE else parse_year(text, notation)


#: What is paid in each year or quarter.
Periods: TypeAlias = dict[Annotated[Period, ReadsAsNoted(parse_period, PERIOD)], Paid]


#: What lies outside the plan's years: as a whole, by the word that says where, or by year.
OutsideYears: TypeAlias = Annotated[
    dict[Annotated[int, ReadsAsNoted(_year_outside, YEAR)], Paid],
    MayBeBlank(blank_is_no_key),
]


def as_line(value: object, words: Set[str], notation: Notation = PLAIN) -> object:
    """A line as its piece is read: its periods apart from its words, and each with its basis.

    What has no period is as it is. Raises NotationError (PPI116) for a span of years as a key.
    """
    if type(value) is not dict or value.keys() <= words:
        return value
    line: dict[str, Any] = {}
    periods: dict[str, Any] = {}
    basis = value.get("basis") if value.get("basis") in ("stated", "assumed") else None
    for key, each in value.items():
        if key in words:
            line[key] = each
        elif key in OUTSIDE:
            line[key] = _outside(key, each, basis)
        elif key == "periods":
            message = msg("“{key}” is not a key here", key=key)
            help = msg("write each period as a key of its own, as in 2016: 40 k€")
            raise NotationError("PPI101", message, help, key, at_key=True)
        elif _PERIOD.match(key):
            periods[key] = _based(each, basis)
        else:
            line[key] = each
    for key in periods:
        if (years := years_of(key)) is not None:
            refusal = span_in_a_line if "in_all" in words else span_by_year
            raise refusal(key, years, value[key], notation)
    return {**line, "periods": periods} if periods else line


def _outside(word: str, value: object, basis: str | None) -> object:
    """What lies outside the plan, by year where it is written so."""
    by_year = isinstance(value, dict) and value and _OF_A_VALUE.isdisjoint(value)
    if not by_year or word == str(Outside.UNPLANNED):
        return {word: _based(value, basis)}
    assert isinstance(value, dict)
    return {year: _based(each, basis) for year, each in value.items()}


def _based(value: object, basis: str | None) -> object:
    """A value that rests on what its line does, unless it says so itself."""
    if basis is None or isinstance(value, list):
        return value
    return {"basis": basis, **(value if isinstance(value, dict) else {"amount": value})}


def are_told_apart(
    line: Mapping[str, Any], keys: Collection[str], notation: Notation = PLAIN
) -> None:
    """Hold a line to naming each period once. Raises NotationError (PPI116)."""
    named: dict[object, str] = {}
    for key in keys:
        if not _PERIOD.match(key):
            continue
        period = Period(key)
        when = period.quarter or period.year
        if when in named:
            own, other = (notation.named(each) for each in (key, named[when]))
            message = msg("“{key}” is the same as “{other}” above", key=own, other=other)
            raise NotationError(_CODE, message, msg("write one of them"), key, at_key=True)
        named[when] = key


def is_period(key: str) -> bool:
    """Whether a key of a line is one of its periods."""
    return key in OUTSIDE or _PERIOD.match(key) is not None
