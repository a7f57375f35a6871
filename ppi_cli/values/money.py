"""Money: whole cents, read exactly, shared out to the cent, rounded in one place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from ppi_cli.values.message import NotationError, msg


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An exact amount in cents of the plan's currency."""

    cents: int
    #: How it was written: ``"k€"``, ``"K"``, ``"EUR"``, or ``""`` for a bare number. Says nothing
    #: about the value, and does not survive arithmetic.
    unit: str = field(default="", compare=False)

    @property
    def scale(self) -> str:
        """The unit that it was written in, without its currency: thousands, millions or none."""
        is_scaled = len(self.unit) in (1, 2, 4) and self.unit[0] in "kKM"  # MAD is a currency
        return self.unit[0].replace("K", "k") if is_scaled else ""

    def __add__(self, other: Money) -> Money:
        return Money(self.cents + other.cents)

    def __sub__(self, other: Money) -> Money:
        return Money(self.cents - other.cents)

    def __neg__(self) -> Money:
        return Money(-self.cents)

    def __str__(self) -> str:
        """Two decimals and a dot, in every language: what JSON and CSV carry."""
        sign = "-" if self.cents < 0 else ""
        whole, cents = divmod(abs(self.cents), 100)
        return f"{sign}{whole}.{cents:02d}"


ZERO = Money(0)
#: What to write instead of what is no amount.
SUM_HELP = msg("write it like 175 k€, 175000, 1 234,56 € or 1,5 M€")


def total(amounts: Iterable[Money | None]) -> Money | None:
    """The sum of what is stated; ``None`` when nothing is, for blank is not zero."""
    cents, stated = 0, False
    for amount in amounts:
        if amount is not None:
            cents += amount.cents
            stated = True
    return Money(cents) if stated else None


def spread(amount: Money, parts: int) -> tuple[Money, ...]:
    """The amount in equal parts, to the cent, the remainder on the last ones: they sum to it.

    A negative amount is spread like its opposite.
    """
    share, rest = divmod(abs(amount.cents), parts)
    sign = -1 if amount.cents < 0 else 1
    return tuple(Money(sign * (share + (i >= parts - rest))) for i in range(parts))


def shared(amount: Money, weights: Sequence[int]) -> tuple[Money, ...]:
    """The amount in parts in proportion to weights, rounded to the cent so that they sum to it.

    Evenly where the weights are no proportion: some below zero, or all zero.
    """
    whole = sum(weights)
    if whole <= 0 or min(weights) < 0:
        return spread(amount, len(weights))
    parts: list[Money] = []
    given = weighed = 0
    for weight in weights:
        weighed += weight
        upto = rounded(amount.cents * weighed, whole) // whole
        parts.append(Money(upto - given))
        given = upto
    return tuple(parts)


class Percent(NamedTuple):
    """A change in hundredths of a percent: -250 takes 2.5 % off."""

    hundredths: int

    def __str__(self) -> str:
        """``+10 %``, ``-2.5 %``."""
        whole, rest = divmod(abs(self.hundredths), 100)
        decimals = f".{rest:02d}".rstrip("0") if rest else ""
        return f"{'-' if self.hundredths < 0 else '+'}{whole}{decimals} %"

    def applied(self, amount: Money) -> Money:
        """The amount changed by so much, rounded to the cent."""
        return Money(rounded(amount.cents * (10_000 + self.hundredths), 10_000) // 10_000)


class Rate(NamedTuple):
    """A part of a whole, in thousandths of a percent: 16,404 is 16.404 %."""

    thousandths: int

    def __str__(self) -> str:
        whole, rest = divmod(abs(self.thousandths), 1000)
        decimals = f".{rest:03d}".rstrip("0") if rest else ""
        return f"{'-' * (self.thousandths < 0)}{whole}{decimals} %"

    def of(self, amount: Money) -> Money:
        """The part of an amount, rounded to the cent."""
        return Money(rounded(amount.cents * self.thousandths, 100_000) // 100_000)

    def added_to(self, amount: Money) -> Money:
        """The amount with the part added, rounded to the cent."""
        return Money(rounded(amount.cents * (100_000 + self.thousandths), 100_000) // 100_000)

    def taken_out_of(self, amount: Money) -> Money:
        """The amount to which the part was added, rounded to the cent."""
        whole = 100_000 + self.thousandths
        return Money(rounded(amount.cents * 100_000, whole) // whole)


def rounded(number: int, step: int) -> int:
    """``number`` to the nearest multiple of ``step``, halves away from zero.

    The only rounding there is: of cents to a unit, and of ratios to a tenth.
    """
    sign = -1 if number < 0 else 1
    return sign * ((2 * abs(number) + step) // (2 * step)) * step


CURRENCY_SIGNS = {"EUR": "€", "USD": "$", "GBP": "£"}
CENTS = {"": 100, "k": 100_000, "M": 100_000_000}

_SPACE = "[ \u00a0\u2007\u2009\u202f]"
_MINUS = "-\u2212"
_AMOUNT = re.compile(
    rf"(?P<sign>[{_MINUS}])?{_SPACE}?"
    rf"(?P<whole>[0-9]{{1,3}}(?:{_SPACE}[0-9]{{3}})+|[0-9]+)"
    r"(?:(?P<point>[.,])(?P<decimals>[0-9]+))?"
    rf"{_SPACE}?(?P<scale>[kKM]?){_SPACE}?(?P<currency>[€$£]|[A-Z]{{3}})?"
)
_LARGEST_DIGITS = 15


@lru_cache(maxsize=4096)
def parse_money(text: str) -> Money:
    """Read an amount as people write it: ``175 k€``, ``175K``, ``1 234,56 €``, ``1.5 M€``.

    Raises NotationError (PPI105) for what is no amount, what two people would read
    differently (``1,234``), and fractions of a cent.
    """
    match = _AMOUNT.fullmatch(text)
    if match is None:
        raise _no_amount(text)
    whole = re.sub(_SPACE, "", match["whole"])
    decimals = match["decimals"] or ""
    unit = match["scale"] + (match["currency"] or "")
    if len(decimals) == 3 and int(whole) != 0:
        raise _ambiguous(text, f"{match['sign'] or ''}{whole}", decimals, unit)
    if len(whole) > _LARGEST_DIGITS or len(decimals) > _LARGEST_DIGITS:
        raise NotationError(
            "PPI105",
            msg("“{text}” has too many digits", text=text[:40]),
            msg("write at most {n} digits, or a larger unit: k€, M€", n=_LARGEST_DIGITS),
        )
    cents, fraction = divmod(
        int(whole + decimals) * CENTS[match["scale"].replace("K", "k")], 10 ** len(decimals)
    )
    if fraction:
        raise NotationError(
            "PPI105",
            msg("“{text}” is not a whole number of cents", text=text),
            msg("amounts are exact to the cent: write at most two decimals of the currency"),
        )
    return Money(-cents if match["sign"] else cents, unit)


_PERCENT = re.compile(
    rf"(?P<sign>[-+\u2212])?{_SPACE}?(?P<whole>[0-9]{{1,4}})(?:[.,](?P<decimals>[0-9]{{1,2}}))?"
    rf"{_SPACE}?%"
)


@lru_cache(maxsize=256)
def parse_percent(text: str) -> Percent:
    """Read a change in percent: ``-10 %``, ``+2,5 %``. Raises NotationError (PPI104)."""
    match = _PERCENT.fullmatch(text)
    if match is None:
        raise NotationError(
            "PPI104",
            msg("“{text}” is not a percentage", text=text[:40]),
            msg("write how much more or less: +10 %, -2,5 %"),
        )
    hundredths = int(match["whole"]) * 100 + int((match["decimals"] or "0").ljust(2, "0"))
    return Percent(-hundredths if match["sign"] in ("-", "\u2212") else hundredths)


_RATE = re.compile(
    rf"(?P<sign>[-+\u2212])?{_SPACE}?(?P<whole>[0-9]{{1,4}})(?:[.,](?P<decimals>[0-9]{{1,3}}))?"
    rf"{_SPACE}?%"
)


@lru_cache(maxsize=256)
def parse_rate(text: str) -> Rate:
    """Read a rate: ``20 %``, ``16,404 %``. Raises NotationError (PPI104)."""
    match = _RATE.fullmatch(text)
    if match is None:
        raise NotationError(
            "PPI104",
            msg("“{text}” is not a rate", text=text[:40]),
            msg("write a percentage: 20 %, 5,5 %"),
        )
    thousandths = int(match["whole"]) * 1000 + int((match["decimals"] or "0").ljust(3, "0"))
    return Rate(-thousandths if match["sign"] in ("-", "\u2212") else thousandths)


def _ambiguous(text: str, whole: str, decimals: str, unit: str) -> NotationError:
    unit = f" {unit}" if unit else ""
    thousands = f"{whole}{decimals}{unit}"
    help = msg("write {thousands} if thousands are meant", thousands=thousands)
    if unit[1:2] in ("k", "K", "M"):
        help = msg(
            "write {thousands} if thousands are meant, {decimals} if decimals are",
            thousands=thousands,
            decimals=f"{whole},{decimals}0{unit}",
        )
    return NotationError("PPI105", msg("“{text}” can be read in two ways", text=text), help)


#: Words for what nobody has stated.
_NOT_STATED = ("", "null", "néant", "neant", "nd", "n.d.", "nc", "n.c.", "à chiffrer", "à définir",
               "aucun", "none", "tbd", "tba", "?")  # fmt: skip


def _no_amount(text: str) -> NotationError:
    separators = re.findall("[.,']", text)
    if text.strip().lower() in _NOT_STATED:
        help = msg("leave the value empty: blank is not stated, and adds nothing")
    elif re.fullmatch(r"[+-]?[0-9][0-9_]*", text) or re.fullmatch(r"[0-9.]+[eE][+-]?[0-9]+", text):
        help = msg("write the number with its digits only, as in 175000 or 175 k€")
    elif re.match(r"[€$£]|EUR", text):
        help = msg("write the unit after the number, as in 175 €")
    elif text.startswith("(") and text.endswith(")"):
        help = msg("write a negative amount with a minus sign, as in -12 k€")
    elif len(separators) > 1 or "'" in separators:
        help = msg(
            "write spaces between thousands and one comma or dot before the cents: 1 234,56 €"
        )
    else:
        help = SUM_HELP
    return NotationError("PPI105", msg("“{text}” is not an amount", text=text[:40]), help)


def per_mille(part: Money, whole: Money) -> int | None:
    """A part of an amount in tenths of a percent, rounded; none of nothing, or of less."""
    if whole.cents <= 0:
        return None
    return rounded(1000 * part.cents, whole.cents) // whole.cents
