"""Fiscal years: when a plan's years begin, and what they are called, ``FY2024`` or ``2024-25``."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from ppi_cli.values.characters import shortened
from ppi_cli.values.message import NotationError, msg

_JOINTS = "-/\u2013"
_CENTURY = 2000


class FiscalYears(NamedTuple):
    """When years begin, and what they are called; a calendar year is its number."""

    #: The month in which a year begins.
    begins: int = 1
    #: Whether a year has the number of the year in which it begins, not of that in which it ends.
    by_start: bool = False
    #: What stands before the digits: ``FY``.
    prefix: str = ""
    #: How many digits the year has, 4 or 2.
    digits: int = 4
    #: What joins it to the second year, where its name has two, and how many digits that has.
    joint: str = ""
    second: int = 0

    @property
    def are_named(self) -> bool:
        """Whether years are called otherwise than by their number."""
        return bool(self.prefix or self.joint)

    def name(self, number: int) -> str:
        """What a year is called: ``FY2024``, ``2024-25``."""
        first = number if not self.joint or self.by_start else number - 1
        second = str(first + 1)[-self.second :] if self.joint else ""
        return f"{self.prefix}{str(first)[-self.digits :]}{self.joint}{second}"

    def __str__(self) -> str:
        return self.name(2024)

    def year_of(self, day: date) -> int:
        """The number of the year that holds a day."""
        began = day.year - (day.month < self.begins)
        return began if self.by_start or self.begins == 1 else began + 1

    def quarter_of(self, day: date) -> int:
        """The number, in its year, of the quarter that holds a day."""
        return (day.month - self.begins) % 12 // 3 + 1

    def plain(self, text: str) -> str:
        """A text about years and quarters with their numbers in place of their names.

        It is as it was where years are called by their number, and where it names none.
        """
        return _plain(text, self) if self.are_named else text

    def named(self, text: str) -> str:
        """A text about years and quarters with their names in place of their numbers."""
        if not self.are_named:
            return text
        number = "(?<![0-9])[12][0-9]{3}(?![0-9])"
        return re.sub(number, lambda found: self.name(int(found[0])), text)


CALENDAR = FiscalYears()


@lru_cache(maxsize=4096)
def _plain(text: str, years: FiscalYears) -> str:
    prefixes = "|".join(re.escape(each) for each in {years.prefix.strip(), "FY"} if each)
    name = (
        rf"(?<![0-9A-Za-z])(?:(?P<prefix>{prefixes}) ?(?P<a>[0-9]{{4}}|[0-9]{{2}})"
        rf"(?:[{_JOINTS}](?P<b>[0-9]{{4}}|[0-9]{{2}}))?"
        rf"|(?P<c>[12][0-9]{{3}})[{_JOINTS}](?P<d>[0-9]{{4}}|[0-9]{{2}}))(?![0-9])"
    )

    def number(found: re.Match[str]) -> str:
        first, second = _whole(found["a"] or found["c"]), found["b"] or found["d"]
        if second is None:
            return str(first)
        if found["c"] and len(second) == 4 and not years.joint:
            return found[0]  # where no year is called so, these may be two years
        if str(first + 1)[-len(second) :] != second:
            return found[0]  # two years that do not follow each other are no name of one
        return str(first if years.by_start else first + 1)

    return re.sub(name, number, text, flags=re.IGNORECASE)


def _whole(digits: str) -> int:
    return int(digits) if len(digits) == 4 else _CENTURY + int(digits)


#: The months in which a year may begin, by the first letters of their names in English and French.
_MONTHS = (
    ("jan",), ("feb", "fév", "fev"), ("mar",), ("apr", "avr"), ("may", "mai"), ("jun", "juin"),
    ("jul", "juil"), ("aug", "aoû", "aou"), ("sep",), ("oct",), ("nov",), ("dec", "déc"),
)  # fmt: skip
_NAMES = (
    "january|janvier", "february|février|fevrier", "march|mars", "april|avril", "may|mai",
    "june|juin", "july|juillet", "august|août|aout", "september|septembre", "october|octobre",
    "november|novembre", "december|décembre|decembre",
)  # fmt: skip
MONTHS = tuple(
    tuple(sorted({*names.split("|"), *short})) for names, short in zip(_NAMES, _MONTHS, strict=True)
)
MONTH_HELP = msg("write the month in which a year begins: July, juillet or 7")
NAME_HELP = msg("write what one of the years is called: FY2024, FY24, 2024-25")


def parse_month(text: str) -> int:
    """Read a month, ``July``, ``juil`` or ``7``. Raises NotationError (PPI104)."""
    word = text.strip().rstrip(".").lower()
    for number, names in enumerate(MONTHS, start=1):
        if word in names or word in (str(number), f"{number:02d}"):
            return number
    raise NotationError("PPI104", msg("“{text}” is not a month", text=shortened(text)), MONTH_HELP)


NAME_PATTERN = (
    r"(?:[A-Z]{2,4} ?(?:[12][0-9]{3}|[0-9]{2})|(?:[A-Z]{2,4} ?)?[12][0-9]{3}"
    rf"[{_JOINTS}](?:[12][0-9]{{3}}|[0-9]{{2}}))"
)


def parse_name(text: str) -> FiscalYears:
    """Read what one of the years is called: ``FY2024``. Raises NotationError (PPI104)."""
    if not re.fullmatch(NAME_PATTERN, text):
        raise NotationError(
            "PPI104", msg("“{text}” is not the name of a year", text=shortened(text)), NAME_HELP
        )
    match = re.fullmatch(rf"([A-Z ]*)([0-9]+)(?:([{_JOINTS}])([0-9]+))?", text)
    assert match is not None
    prefix, first, joint, second = match.groups()
    if joint and str(int(first) + 1)[-len(second) :] != second:
        raise NotationError(
            "PPI104",
            msg("“{text}” is not the name of a year: its two years do not follow", text=text),
            NAME_HELP,
        )
    return FiscalYears(
        prefix=prefix, digits=len(first), joint=joint or "", second=len(second or "")
    )
