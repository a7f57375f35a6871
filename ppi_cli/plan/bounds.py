"""What ceilings bound: a kind of spending in a year."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple, TypeAlias, get_args

from ppi_cli.values.message import Message, NotationError, msg
from ppi_cli.values.money import ZERO, Money, parse_money
from ppi_cli.values.notation import Notation
from ppi_cli.values.quarters import parse_year
from ppi_cli.values.terms import CeilingKind

KINDS: tuple[CeilingKind, ...] = get_args(CeilingKind)
#: The kinds of ceilings that are held against savings and debt.
DebtCeilingKind: TypeAlias = Literal["borrowing", "years_to_repay"]
DEBT_KINDS: tuple[DebtCeilingKind, ...] = get_args(DebtCeilingKind)
#: All kinds of ceilings, by the keys of the plan.
ALL_KINDS: tuple[CeilingKind | DebtCeilingKind, ...] = (*KINDS, *DEBT_KINDS)

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
    msg("write 0 where nothing may be spent or borrowed; leave a year without a ceiling out"),
)


def check_ceiling(amount: Money) -> None:
    """Raises NotationError (PPI105) where an amount is none that a ceiling may have."""
    if amount < ZERO:
        raise NotationError("PPI105", *BELOW_ZERO)


class Limit(NamedTuple):
    """A ceiling that is asked for: its kind, and its year; without one, it is that of all years."""

    kind: CeilingKind | DebtCeilingKind
    year: int | None


#: How high a ceiling is: an amount, or in how many years debt may be repaid, ``none`` for any.
Most: TypeAlias = Money | int | Literal["none"]


class CeilingOf(NamedTuple):
    """A ceiling as it is typed; a number of years is read already."""

    kind: CeilingKind | DebtCeilingKind
    year: str | None
    most: str | int | Literal["none"]

    def read(self, notation: Notation) -> tuple[Limit, Most]:
        """What it bounds, and how high it is. Raises NotationError."""
        year = None if self.year is None else parse_year(self.year, notation)
        limit = Limit(self.kind, year)
        if self.kind == "years_to_repay":
            return limit, "none" if self.most == "none" else int(self.most)
        return limit, parse_money(str(self.most), notation)


class Bound(NamedTuple):
    """What a ceiling bounds: a kind of spending in a year."""

    kind: CeilingKind
    year: int
