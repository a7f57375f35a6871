"""Quarters, spans of quarters, years: read as people say them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from enum import IntEnum
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from ppi_cli.values.characters import shortened
from ppi_cli.values.fiscal import CALENDAR, FiscalYears
from ppi_cli.values.message import Message, NotationError, msg
from ppi_cli.values.notation import PLAIN, Notation, UnknownNotationError
from ppi_cli.values.regex import regex


class Year(int):
    """A year that is shown: by its number, or in a plan of fiscal years by its name."""


class Quarter(NamedTuple):
    """A quarter of a year, ordered in time; ``number`` is 1 to 4."""

    year: int
    number: int

    def later(self, quarters: int) -> Quarter:
        """The quarter so many quarters later (earlier, where negative)."""
        year, index = divmod(self.year * 4 + self.number - 1 + quarters, 4)
        return Quarter(year, index + 1)

    def since(self, other: Quarter) -> int:
        """How many quarters lie between ``other`` and this one; 0 for the same."""
        return (self.year - other.year) * 4 + self.number - other.number

    def __str__(self) -> str:
        """``2016-Q1``, in every language: what JSON and CSV carry."""
        return f"{self.year}-Q{self.number}"


class Span(NamedTuple):
    """Quarters in a row, both ends included."""

    first: Quarter
    last: Quarter

    @property
    def length(self) -> int:
        return self.last.since(self.first) + 1

    def quarters(self) -> Iterator[Quarter]:
        for i in range(self.length):
            yield self.first.later(i)


class Years(NamedTuple):
    """The years of a plan, both ends included."""

    first: int
    last: int

    def __contains__(self, year: object) -> bool:
        return isinstance(year, int) and self.first <= year <= self.last

    def each(self) -> range:
        return range(self.first, self.last + 1)

    def span(self) -> Span:
        return Span(Quarter(self.first, 1), Quarter(self.last, 4))

    def __str__(self) -> str:
        return f"{self.first}..{self.last}"


class Outside(IntEnum):
    """Where money lies that is in no year of a plan: in the place of a year, in order of time."""

    BEFORE = 0
    BEYOND = 9998
    UNPLANNED = 9999

    def __str__(self) -> str:
        return self.name.lower()


#: The words that stand in the place of a year, by what they say.
OUTSIDE = {str(each): each for each in Outside}


def shown_year(year: int) -> Year | Outside:
    """A year that is shown, or what stands in the place of one."""
    return year if isinstance(year, Outside) else Year(year)


def quarter_of(day: date, years: FiscalYears = CALENDAR) -> Quarter:
    return Quarter(years.year_of(day), years.quarter_of(day))


def period_of(key: str) -> Year | Quarter | Years | str:
    """What stands at a key: a year, a quarter or some years, else what it is called."""
    if _YEAR.fullmatch(key):
        return Year(key)
    if _QUARTER.fullmatch(key):
        return parse_quarter(key)
    return parse_years(key) if _SOME_YEARS.fullmatch(key) else key


LONGEST_PLAN = 50
_YEAR = regex(r"[12][0-9]{3}")
_SOME_YEARS = regex(rf"{_YEAR.pattern}\.\.{_YEAR.pattern}")
_QUARTER = regex(
    r"(?P<year>[12][0-9]{3})-?[TQtq](?P<number>[1-4])"
    r"|[TQtq](?P<n>[1-4])[ \u00a0\u2007\u202f](?P<y>[12][0-9]{3})"
)
YEAR_HELP = msg("write a year as 2016")
YEARS_HELP = msg("write the first and the last year as 2016..2019")
LENGTH_HELP = msg("write it as 2 quarters, or -1 quarter for earlier or shorter")
QUARTER_HELP = msg("write a quarter as 2016-T1, 2016-Q1 or T1 2016")
SPAN_HELP = msg("write quarters as 2016-T1..2016-T3, 2016-T1..T3, 2016 or 2016..2017")


#: What looks like the name of a fiscal year.
_NAMED = regex(r"(?:FY|fy) ?[0-9]{2,4}(?![0-9])|(?P<a>[12][0-9]{3})[-/\u2013](?P<b>[0-9]{2})\b")
NAMED_HELP = msg(
    "say in the section plan what years are called, as in fiscal_year: {{begins: July, named:"
    " FY2024}} or {{begins: April, named: 2024/25}}, and write the plan's years so; or"
    " write a calendar year: 2026"
)


def _plain(text: str, notation: Notation) -> str:
    """A text with the numbers of years in place of their names; one that cannot be read, is not.

    Raises UnknownNotationError where the header does not tell what it means.
    """
    if notation.years is not None:
        return notation.years.plain(text)
    if re.fullmatch("[12][0-9]{3}", text) or not _NAMED.search(text):
        return text
    raise UnknownNotationError


def year_help(text: str, help: Message) -> Message:
    """What to write instead: of a name where none is known, that the header says what they are."""
    found = _NAMED.search(text)
    follows = found is not None and (
        not found["a"] or (int(found["a"]) + 1) % 100 == int(found["b"])
    )
    return NAMED_HELP if follows else help


@lru_cache(maxsize=1024)
def parse_year(text: str, notation: Notation = PLAIN) -> Year:
    """Read ``2016``, or its name. Raises NotationError (PPI104)."""
    number = _plain(text, notation)
    if not _YEAR.fullmatch(number):
        raise NotationError(
            "PPI104",
            msg("“{text}” is not a year", text=shortened(text)),
            year_help(number, YEAR_HELP),
        )
    return Year(number)


@lru_cache(maxsize=1024)
def parse_years(text: str, notation: Notation = PLAIN) -> Years:
    """Read ``2016..2019``, or ``2016`` alone. Raises NotationError (PPI104, PPI202)."""
    plain = _plain(text, notation)
    first, separator, last = (part.strip() for part in plain.partition(".."))
    if not _YEAR.fullmatch(first) or (separator and not _YEAR.fullmatch(last)):
        raise NotationError(
            "PPI104",
            msg("“{text}” is not a range of years", text=shortened(text)),
            year_help(plain, YEARS_HELP),
        )
    years = Years(int(first), int(last or first))
    if years.last < years.first:
        raise NotationError(
            "PPI202",
            msg("{last} comes before {first}", first=Year(years.first), last=Year(years.last)),
            msg("write the earlier year first"),
        )
    if years.last - years.first >= LONGEST_PLAN:
        raise NotationError(
            "PPI202",
            msg("a plan of more than {n} years cannot be drawn", n=LONGEST_PLAN),
            msg("check the years"),
        )
    return years


_LENGTH = regex(r"(?P<sign>[-+\u2212])? ?(?P<n>[0-9]{1,3})(?: ?(?:quarters?|trimestres?))?")


@lru_cache(maxsize=1024)
def parse_length(text: str) -> int:
    """Read a number of quarters: ``2 quarters``, ``-1 quarter``, ``2``.

    Raises NotationError (PPI104).
    """
    match = _LENGTH.fullmatch(text)
    if match is None or not int(match["n"]):
        raise NotationError(
            "PPI104",
            msg("“{text}” is not a number of quarters", text=shortened(text)),
            LENGTH_HELP,
        )
    return -int(match["n"]) if match["sign"] in ("-", "\u2212") else int(match["n"])


@lru_cache(maxsize=1024)
def parse_quarter(text: str, notation: Notation = PLAIN) -> Quarter:
    """Read ``2016-T1``, ``2016-Q1`` or ``T1 2016``. Raises NotationError (PPI106)."""
    plain = _plain(text, notation)
    match = _QUARTER.fullmatch(plain)
    if match is None:
        raise NotationError(
            "PPI106",
            msg("“{text}” is not a quarter", text=shortened(text)),
            year_help(plain, QUARTER_HELP),
        )
    return Quarter(int(match["year"] or match["y"]), int(match["number"] or match["n"]))


@lru_cache(maxsize=4096)
def parse_span(text: str, notation: Notation = PLAIN) -> Span:
    """Read ``2016-T1..2016-T3``, ``2016-T1..T3``, ``2016-T1``, ``2016`` or ``2016..2017``.

    A year stands for its first quarter at the start, for its last at the end.
    Raises NotationError (PPI106, PPI202).
    """
    plain = _plain(text, notation)
    start, separator, end = (part.strip() for part in plain.partition(".."))
    if not separator:
        end = start
    try:
        first = Quarter(int(start), 1) if _YEAR.fullmatch(start) else parse_quarter(start)
        if re.fullmatch("[TQtq][1-4]", end) and not _YEAR.fullmatch(start):
            last = Quarter(first.year, int(end[1]))
        else:
            last = Quarter(int(end), 4) if _YEAR.fullmatch(end) else parse_quarter(end)
    except NotationError:
        raise NotationError(
            "PPI106",
            msg("“{text}” is not a span of quarters", text=shortened(text, 60)),
            year_help(plain, SPAN_HELP),
        ) from None
    if last < first:
        raise NotationError(
            "PPI202",
            msg("{last} comes before {first}", first=first, last=last),
            msg("write the earlier quarter first"),
        )
    span = Span(first, last)
    if span.length > 4 * LONGEST_PLAN:
        raise NotationError(
            "PPI202",
            msg(
                "from {first} to {last} are more than {n} years",
                first=first,
                last=last,
                n=LONGEST_PLAN,
            ),
            msg("check the years"),
        )
    return span


def parse_spans(texts: tuple[str, ...], notation: Notation = PLAIN) -> tuple[Span, ...]:
    """Read the spans of work that pauses: in order, and disjoint.

    Raises NotationError (PPI106, PPI202).
    """
    spans: list[Span] = []
    for item, text in enumerate(texts):
        try:
            spans.append(parse_span(text, notation))
        except UnknownNotationError:
            raise
        except NotationError as error:
            raise NotationError(error.code, error.message, error.help, item) from None
    for item, (before, after) in enumerate(pairwise(spans), start=1):
        if after.first <= before.last:
            raise NotationError(
                "PPI202",
                msg(
                    "the spans overlap, or are not in order: {span} does not come after {last}",
                    span=after,
                    last=before.last,
                ),
                msg("write each quarter once, the earlier spans first"),
                item,
            )
    return tuple(spans)
