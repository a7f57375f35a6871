"""How a plan writes amounts and years: what its header says of them, for all that is read."""

from __future__ import annotations

from typing import NamedTuple

from ppi_cli.values.fiscal import CALENDAR, FiscalYears
from ppi_cli.values.message import Message, NotationError


class Notation(NamedTuple):
    """What the header of a plan says of its amounts and years; ``None`` is what cannot be read."""

    #: The unit of bare numbers, as in ``k€``; empty where the plan names none.
    unit: str | None = ""
    #: The code of the currency.
    currency: str | None = "EUR"
    #: When its years begin, and what they are called.
    years: FiscalYears | None = CALENDAR

    def named(self, text: str) -> str:
        """A text about years and quarters, with the names that they have in the plan."""
        return (self.years or CALENDAR).named(text)


PLAIN = Notation()


class UnknownNotationError(NotationError):
    """A text that cannot be read since the header cannot: that is said there, and once."""

    def __init__(self) -> None:
        super().__init__("PPI104", Message("the header of the plan cannot be read"))
