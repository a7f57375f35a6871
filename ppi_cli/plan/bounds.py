"""What ceilings bound: a kind of spending in a year."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, get_args

from ppi_cli.values.message import Message, msg
from ppi_cli.values.money import Money, parse_money
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
