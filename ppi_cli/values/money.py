"""Money: whole cents, read exactly, shared out to the cent, rounded in one place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from ppi_cli.values.characters import shortened
from ppi_cli.values.message import Message, NotationError, msg
from ppi_cli.values.notation import PLAIN, Notation, UnknownNotationError
from ppi_cli.values.regex import regex


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An exact amount in cents of the plan's currency."""

    cents: int
    #: How it was written: ``"k€"``, ``"K"``, ``"EUR"``, or ``""`` for a bare number. Says nothing
    #: about the value, and does not survive arithmetic.
    unit: str = field(default="", compare=False)
    #: Whether it was written as a bare number, which is in the unit of the plan.
    is_bare: bool = field(default=False, compare=False, repr=False)

    @property
    def scale(self) -> str:
        """The unit that it was written in, without its currency: ``k``, ``M``, ``B`` or none."""
        return scale_and_currency(self.unit)[0]

    @property
    def currency(self) -> str:
        """The sign or the code that it was written with; empty where there was none."""
        return scale_and_currency(self.unit)[1]

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
DOLLARS_HELP = msg("write it like $175k, 175000, $1.5M or, in quotes, $1,234.56")
POUNDS_HELP = msg("write it like £175k, 175000, £1.5M or, in quotes, £1,234.56")
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


def in_proportion(amount: Money, weights: Sequence[int]) -> tuple[Money, ...]:
    """The amount in parts in proportion to weights above zero, which sum to it.

    Each has its whole cents, and those that remain go to the largest remainders; of equal ones, to
    the last.
    """
    whole = sum(weights)
    exact = [divmod(abs(amount.cents) * weight, whole) for weight in weights]
    cents = [each for each, _ in exact]
    by_remainder = sorted(range(len(exact)), key=lambda n: (exact[n][1], n), reverse=True)
    for n in by_remainder[: abs(amount.cents) - sum(cents)]:
        cents[n] += 1
    return tuple(Money(-each if amount.cents < 0 else each) for each in cents)


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


#: Currencies that are written with a sign; a dollar is the plan's, whichever that is.
CURRENCY_SIGNS = {
    "EUR": "€",
    "GBP": "£",
    **dict.fromkeys(("USD", "CAD", "AUD", "NZD", "HKD", "SGD", "TWD", "JMD", "FJD", "XCD"), "$"),
}
CENTS = {"": 100, "k": 100_000, "M": 100_000_000, "B": 100_000_000_000}
_SCALES = {"": "", "k": "k", "K": "k", "M": "M", "B": "B", "bn": "B", "Bn": "B", "Md": "B"}
_SCALES["Mds"] = "B"


def sign_of(currency: str) -> str:
    """How a currency is written beside an amount: its sign, else its code."""
    return CURRENCY_SIGNS.get(currency, currency)


_SPACE = "[ \u00a0\u2007\u2009\u202f]"
_MINUS = "-\u2212"
_SCALE = "(?P<scale>[kK]|Mds?|M|B|[bB]n)?"
_CURRENCY = "(?P<currency>[€$£]|[A-Z]{3})?"
_UNIT = regex(_SCALE + _CURRENCY)
_AMOUNT = regex(
    rf"(?P<sign>[{_MINUS}])?{_SPACE}?"
    rf"(?P<whole>[0-9]{{1,3}}(?:{_SPACE}[0-9]{{3}})+|[0-9]+)"
    r"(?:(?P<point>[.,])(?P<decimals>[0-9]+))?"
    rf"{_SPACE}?{_SCALE}{_SPACE}?{_CURRENCY}"
)
#: With its sign before it, an amount is written in the English manner: commas between thousands.
_ENGLISH = regex(
    rf"(?P<sign>[{_MINUS}])?{_SPACE}?(?P<currency>[€$£]){_SPACE}?(?P<minus>[{_MINUS}])?"
    rf"(?P<whole>[0-9]{{1,3}}(?:,[0-9]{{3}})+|[0-9]{{1,3}}(?:{_SPACE}[0-9]{{3}})+|[0-9]+)"
    rf"(?:\.(?P<decimals>[0-9]+))?{_SPACE}?{_SCALE}"
)
_IN_BRACKETS = regex(rf"\((?P<inner>(?!{_SPACE}*[{_MINUS}(]).*)\)")
_LARGEST_DIGITS = 15


@lru_cache(maxsize=256)
def scale_and_currency(unit: str) -> tuple[str, str]:
    """The two parts of a unit: of ``k€``, ``k`` and ``€``; both empty where it is none."""
    match = _UNIT.fullmatch(unit)
    return (_SCALES[match["scale"] or ""], match["currency"] or "") if match else ("", "")


@lru_cache(maxsize=4096)
def parse_money(text: str, notation: Notation = PLAIN) -> Money:
    """Read an amount as people write it: ``175 k€``, ``175K``, ``1 234,56 €``, ``1.5 M€``.

    With its sign before it, it is in the English manner, ``$1,234.56``; in brackets, below zero.
    A bare number is in the unit of the notation. Raises NotationError (PPI105) for what is no
    amount, what two people would read differently (``1,234``), and fractions of a cent.
    """
    if (bracketed := _IN_BRACKETS.fullmatch(text)) is not None:
        try:
            return parse_money(f"-{bracketed['inner']}", notation)
        except NotationError as error:
            raise _about(text, error) from None
    match = _AMOUNT.fullmatch(text)
    if is_english := match is None:
        match = _ENGLISH.fullmatch(text)
    if match is None:
        raise _no_amount(text, notation)
    if is_english and match["sign"] and match["minus"]:
        raise _no_amount(text, notation)
    sign = match["sign"] or (match["minus"] if is_english else "")
    whole = re.sub(f"{_SPACE}|,", "", match["whole"])
    decimals = match["decimals"] or ""
    currency = match["currency"] or ""
    if currency in _NO_CURRENCIES:
        raise _no_amount(text, notation)
    written = match["scale"] or ""
    if len(decimals) == 3 and int(whole) != 0 and not (is_english and written):
        raise _ambiguous(text, f"{sign or ''}{whole}", decimals, written + currency)
    if len(whole) > _LARGEST_DIGITS or len(decimals) > _LARGEST_DIGITS:
        raise NotationError(
            "PPI105",
            msg("“{text}” has too many digits", text=shortened(text)),
            msg("write at most {n} digits, or a larger unit: k€, M€", n=_LARGEST_DIGITS),
        )
    unit = written + currency
    if not unit:
        if notation.unit is None and int(whole + decimals):
            raise UnknownNotationError
        unit = notation.unit or ""
    elif notation.currency is None:
        unit = written  # whether it is in the plan's currency cannot be known
    if not decimals and re.match("0[1-9]", whole) and scale_and_currency(unit)[0]:
        raise _begins_with_zero(text, whole)
    cents, fraction = divmod(
        int(whole + decimals) * CENTS[scale_and_currency(unit)[0]], 10 ** len(decimals)
    )
    if fraction:
        raise NotationError(
            "PPI105",
            msg("“{text}” is not a whole number of cents", text=text),
            msg("amounts are exact to the cent: write at most two decimals of the currency"),
        )
    return Money(-cents if sign else cents, unit, not (written or currency))


#: Three letters that people write behind a number, and that are no currency.
_NO_CURRENCIES = frozenset(("ETP", "FTE", "TTC", "TVA", "VAT", "HTR", "KHT", "MHT"))

UNIT_HELP = msg("write the unit of numbers that have none: k€, M€, k$")


def parse_unit(text: str) -> str:
    """Read the unit of bare numbers: ``k€``, ``M$``, ``k``. Raises NotationError (PPI104)."""
    match = re.fullmatch("[kKM]?(?:[€$£]|[A-Z]{3})?|[€$£][kKM]", text)
    if match is None or not text:
        help, sign = UNIT_HELP, next((each for each in "$£" if each in text), "€")
        if re.fullmatch("[(]?['’]?000s[)]?", text):
            sign = ""
        if re.search("dollar|usd", text.lower()):
            sign = "$"
        if re.search("thousand|millier|000|^t ?€|^t ?eur|^tsd", text.lower()):
            help = msg("write {name}", name=f"k{sign}")
        elif "million" in text.lower():
            help = msg("write {name}", name=f"M{sign}")
        raise NotationError("PPI104", msg("“{text}” is not a unit", text=shortened(text)), help)
    return text[1:] + text[0] if text[0] in "€$£" and len(text) > 1 else text


_PERCENT = regex(
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
            msg("“{text}” is not a percentage", text=shortened(text)),
            msg("write how much more or less: +10 %, -2,5 %"),
        )
    hundredths = int(match["whole"]) * 100 + int((match["decimals"] or "0").ljust(2, "0"))
    return Percent(-hundredths if match["sign"] in ("-", "\u2212") else hundredths)


_RATE = regex(
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
            msg("“{text}” is not a rate", text=shortened(text)),
            msg("write a percentage: 20 %, 5,5 %"),
        )
    thousandths = int(match["whole"]) * 1000 + int((match["decimals"] or "0").ljust(3, "0"))
    return Rate(-thousandths if match["sign"] in ("-", "\u2212") else thousandths)


def _begins_with_zero(text: str, whole: str) -> NotationError:
    """``0125 M€`` may have lost a comma: nobody writes such an amount on purpose."""
    plain = text.replace(whole, whole.lstrip("0"), 1)
    help = msg(
        "write {whole}, or {decimals} if decimals are meant",
        whole=plain,
        decimals=text.replace(whole, f"0.{whole[1:]}", 1),
    )
    return NotationError("PPI105", msg("“{text}” begins with a zero", text=shortened(text)), help)


def _ambiguous(text: str, whole: str, decimals: str, unit: str) -> NotationError:
    is_scaled = bool(scale_and_currency(unit)[0])
    unit = f" {unit}" if unit else ""
    thousands = f"{whole}{decimals}{unit}"
    help = msg("write {thousands} if thousands are meant", thousands=thousands)
    if is_scaled:
        help = msg(
            "write {thousands} if thousands are meant, {decimals} if decimals are",
            thousands=thousands,
            decimals=f'"{whole},{decimals}0{unit}"',
        )
    return NotationError("PPI105", msg("“{text}” can be read in two ways", text=text), help)


def _about(text: str, error: NotationError) -> NotationError:
    """The refusal of a part of a text, as that of the text."""
    if isinstance(error, UnknownNotationError) or "text" not in error.message.values:
        return error
    values = {**error.message.values, "text": shortened(text)}
    return NotationError(error.code, Message(error.message.text, values), error.help)


#: Words for what nobody has stated.
_NOT_STATED = ("", "null", "néant", "neant", "nd", "n.d.", "nc", "n.c.", "à chiffrer", "à définir",
               "aucun", "none", "tbd", "tba", "?")  # fmt: skip


def _no_amount(text: str, notation: Notation) -> NotationError:
    separators = re.findall("(?<=[0-9])[.,'](?=[0-9])", text)
    if text.strip().lower() in _NOT_STATED:
        help = msg("leave the value empty: blank is not stated, and adds nothing")
    elif re.fullmatch(r"[+-]?[0-9][0-9_]*", text) or re.fullmatch(r"[0-9.]+[eE][+-]?[0-9]+", text):
        help = msg("write the number with its digits only, as in 175000 or 175 k€")
    elif re.match(rf"[A-Z]{{1,2}}\$|[A-Z]{{3}}{_SPACE}?[0-9]", text):
        help = msg("write the sign alone before the amount, or the unit after it: $1,234 or 175 k€")
    elif (dollars := _in_english(text)) is not None:
        help = msg("write {thousands} if thousands are meant", thousands=dollars)
    elif len(separators) > 1 or "'" in separators:
        help = msg(
            "write spaces between thousands and one comma or dot before the cents: 1 234,56 €"
        )
    else:
        help = {"$": DOLLARS_HELP, "£": POUNDS_HELP}.get(sign_of(notation.currency or ""), SUM_HELP)
    return NotationError("PPI105", msg("“{text}” is not an amount", text=shortened(text)), help)


def _in_english(text: str) -> str | None:
    """An amount with commas between thousands and its sign behind, in the English manner."""
    match = re.fullmatch(
        rf"(-?)([0-9]{{1,3}}(?:,[0-9]{{3}})+(?:\.[0-9]{{1,2}})?){_SPACE}?([€$£])", text
    )
    return f"{match[1]}{match[3]}{match[2]}" if match else None


def per_mille(part: Money, whole: Money) -> int | None:
    """A part of an amount in tenths of a percent, rounded; none of nothing, or of less."""
    if whole.cents <= 0:
        return None
    return rounded(1000 * part.cents, whole.cents) // whole.cents


def typed(amount: Money) -> str:
    """An amount as it is to be typed: its unit, or the currency where that is not exact.

    A bare number stays one, since only its plan says what that is in.
    """
    unit, scale = amount.unit, CENTS[amount.scale]
    if amount.unit and amount.cents % scale and amount.cents * 10 % scale:
        unit, scale = amount.currency or "€", CENTS[""]
    whole, rest = divmod(abs(amount.cents), scale)
    digits = f"{whole:,}".replace(",", " ")
    decimals = f",{rest * 100 // scale:02d}" if rest and scale == 100 else f",{rest * 10 // scale}"
    sign = "-" if amount.cents < 0 else ""
    return f"{sign}{digits}{decimals if rest else ''} {unit}".strip()
