"""What ceilings bound: a kind of spending in a year."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, get_args

from ppi_cli.values.message import Message, NotationError, msg
from ppi_cli.values.money import ZERO, Money, parse_money
from ppi_cli.values.notation import Notation
from ppi_cli.values.quarters import parse_year
from ppi_cli.values.terms import CeilingKind

KINDS: tuple[CeilingKind, ...] = get_args(CeilingKind)

#: What each kind of ceiling bounds, in words.
CEILING_KINDS: Mapping[CeilingKind, Message] = {
    "investment": msg("investment"),
    "operating": msg("operation"),
    "total": msg("in all"),
    "net": msg("net"),
}


#: What is told of a ceiling below zero, and what to write instead.
BELOW_ZERO = (
    msg("a ceiling is not below zero"),
    msg("write 0 where nothing may be spent; where there is no ceiling, leave the year out"),
)


def ceiling_amount(amount: Money) -> Money:
    """The amount, where it may be one of a ceiling. Raises NotationError (PPI105)."""
    if amount < ZERO:
        raise NotationError("PPI105", *BELOW_ZERO)
    return amount


class CeilingOf(NamedTuple):
    """A ceiling as it is typed: of a kind of spending, in a year."""

    kind: CeilingKind
    year: str
    amount: str

    def read(self, notation: Notation) -> tuple[Bound, Money]:
        """What it bounds, and at which amount. Raises NotationError."""
        bound = Bound(self.kind, parse_year(self.year, notation))
        return bound, parse_money(self.amount, notation)


class Bound(NamedTuple):
    """What a ceiling bounds: a kind of spending in a year."""

    kind: CeilingKind
    year: int
