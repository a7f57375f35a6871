"""Values into words: the one place that formats amounts, quarters, dates and sentences."""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterable, Mapping
from copy import copy
from datetime import date
from pathlib import Path
from typing import Literal, TypeAlias, cast

from ppi_cli.values.characters import UNPRINTABLE, in_a_line
from ppi_cli.values.message import (
    Assumed,
    AsWritten,
    Conditional,
    InParagraphs,
    InUnit,
    Message,
    Spread,
    Tenths,
)
from ppi_cli.values.money import CENTS, CURRENCY_SIGNS, Money, Rate, rounded
from ppi_cli.values.names import OUTSIDE_WORDS
from ppi_cli.values.quarters import Outside, Quarter, Span, Years

LanguageCode: TypeAlias = Literal["fr", "en"]
#: The units that amounts are shown in: whole currency, thousands, millions.
Scale: TypeAlias = Literal["", "k", "M"]
SCALES: tuple[Scale, ...] = ("", "k", "M")

NARROW_SPACE = "\u202f"
NO_BREAK_SPACE = "\u00a0"
NOT_STATED = "—"

_LOCALES = Path(__file__).parent / "locale"
#: What reads better in ASCII than the nearest letters do.
_IN_ASCII = str.maketrans({"«": '"', "»": '"', "×": "x", "→": "->", "≠": "!=", "✓": "ok"})


def to_ascii(text: str) -> str:
    """The text in ASCII alone: letters without their accents, signs by their likeness."""
    if text.isascii():
        return text
    from anyascii import anyascii

    inside = text.replace(f"«{NO_BREAK_SPACE}", "«").replace(f"{NO_BREAK_SPACE}»", "»")
    return anyascii(inside.translate(_IN_ASCII))


def chosen_language(
    option: str | None, environ: Mapping[str, str], of_plan: str | None
) -> LanguageCode:
    """The language of the output: the option, the environment's, the plan's, else English."""
    named = [option, environ.get("PPI_LANG"), *environ.get("LANGUAGE", "").split(":")]
    named.append(environ.get("LC_ALL") or environ.get("LC_MESSAGES") or environ.get("LANG"))
    for name in named:
        base = re.split("[-_.@]", name or "")[0].lower()
        if base in ("", "c", "posix"):
            continue
        return "fr" if base == "fr" else "en"
    return "fr" if of_plan == "fr" else "en"


def coarsest_scale(amounts: Iterable[Money | None]) -> Scale:
    """The largest unit in which all the amounts are whole."""
    cents = [amount.cents for amount in amounts if amount is not None and amount.cents]
    for scale in reversed(SCALES[1:]):
        if cents and all(c % CENTS[scale] == 0 for c in cents):
            return scale
    return ""


class Language:
    """How everything is said in one language, and one currency."""

    def __init__(
        self, code: LanguageCode = "en", currency: str = "EUR", *, ascii_only: bool = False
    ) -> None:
        self.code = code
        self.ascii_only = ascii_only
        self._currency = currency
        self._sign = CURRENCY_SIGNS.get(currency, currency)
        self._point = "," if code == "fr" else "."
        self._quarter = "T" if code == "fr" else "Q"
        self._scale: Scale | None = None
        self._translations = (
            gettext.NullTranslations()
            if code == "en"
            else gettext.translation("ppi", _LOCALES, [code], fallback=True)
        )

    def spoken(self, code: LanguageCode) -> Language:
        """The same plan's currency, in a language that is not to be chosen."""
        return Language(code, self._currency, ascii_only=self.ascii_only)

    def in_unit(self, scale: Scale) -> Language:
        """The same, with all amounts in one unit, whatever is coarsest for each."""
        other = copy(self)
        other._scale = scale
        return other

    def say(self, message: Message) -> str:
        """The message's sentence, with its values in this language's notations."""
        if message.plural:
            text = self._translations.ngettext(message.text, message.plural, message.count)
        else:
            text = self._translations.gettext(message.text)
        return self.plain(text.format_map({k: self.show(v) for k, v in message.values.items()}))

    def show(self, value: object) -> str:
        """Any value that a message or a table holds; ``None`` is *not stated*."""
        if value is None:
            return self.plain(NOT_STATED)
        if isinstance(value, str):
            mark = f"{NO_BREAK_SPACE}?" if isinstance(value, Conditional) else ""
            return self.plain(in_a_line(value) + mark)
        if isinstance(value, Message):
            return self.say(value)
        if isinstance(value, Money):
            return self.money(value)
        if isinstance(value, Assumed):
            return self.show(value.value) + "*"
        if isinstance(value, AsWritten) and isinstance(value.amount, Money):
            return self.as_written(value.amount)
        if isinstance(value, InUnit) and isinstance(value.amount, Money):
            return self.money(value.amount, cast("Scale | None", value.scale))
        if isinstance(value, Spread):
            return "~" + self.show(value.value)
        if isinstance(value, InParagraphs):
            return "\n".join(self.show(line) for line in value.text.split("\n"))
        if isinstance(value, Rate):
            return self.plain(str(value).replace(".", self._point))
        if isinstance(value, Tenths):
            return self.tenths(value.tenths)
        if isinstance(value, Quarter):
            return self.quarter(value)
        if isinstance(value, Span):
            return self.span(value)
        if isinstance(value, Years):
            first, last = value
            return str(first) if first == last else self.plain(f"{first}–{last}")
        if isinstance(value, date):
            return value.strftime("%d/%m/%Y") if self.code == "fr" else value.isoformat()
        if isinstance(value, Outside):
            return self.say(OUTSIDE_WORDS[str(value)])
        if isinstance(value, (list, tuple)):
            return ", ".join(self.show(each) for each in value)
        return self.plain(in_a_line(str(value)))

    def plain(self, text: str) -> str:
        """The text as it may be shown: without control characters, in ASCII where asked."""
        if not text.isprintable():
            text = UNPRINTABLE.sub("\ufffd", text)
        return to_ascii(text) if self.ascii_only else text

    def money(self, amount: Money, scale: Scale | None = None, decimals: int | None = None) -> str:
        """The amount in a unit, rounded to what it shows; exactly, in its own unit, where none.

        Thousands are whole; millions and the currency have two decimals where they need them,
        or as many as are asked for.
        """
        if scale is None:
            scale = coarsest_scale([amount]) if self._scale is None else self._scale
        return self.number(amount, scale, decimals) + self.plain(NO_BREAK_SPACE + self.unit(scale))

    def as_written(self, amount: Money) -> str:
        """The amount in its own unit, exactly, with as many decimals as that takes.

        Where those are three, which could be read as thousands, it is in the currency.
        """
        unit = CENTS[amount.scale]
        decimals = next(n for n in range(9) if amount.cents * 10**n % unit == 0)
        if amount.scale and decimals == 3:
            return self.money(amount, "")
        if not amount.scale and decimals:
            decimals = 2
        digits = self._decimal(amount.cents * 10**decimals // unit, decimals)
        return digits + self.plain(NO_BREAK_SPACE + amount.scale + self._sign)

    def unit(self, scale: Scale) -> str:
        return self.plain(scale + self._sign)

    def number(self, amount: Money, scale: Scale, decimals: int | None = None) -> str:
        """The amount's digits in a unit, without the unit."""
        shown = shown_amount(amount, scale, decimals)
        if not shown.cents and amount.cents:  # never a zero that is none
            least = self.number(Money(_STEPS[scale]), scale)
            return f">-{least}" if amount.cents < 0 else f"<{least}"
        if decimals is None:
            decimals = decimals_of([amount], scale)
        return self._decimal(shown.cents * 10**decimals // CENTS[scale], decimals)

    def tenths(self, tenths: int) -> str:
        """A number given in tenths, with one decimal: ``7,1``."""
        return self._decimal(tenths, 1)

    def _decimal(self, units: int, decimals: int) -> str:
        whole, fraction = divmod(abs(units), 10**decimals)
        text = f"{whole:,}".replace(",", NARROW_SPACE)
        if decimals:
            text += f"{self._point}{fraction:0{decimals}d}"
        return self.plain(("-" if units < 0 else "") + text)

    def quarter(self, quarter: Quarter) -> str:
        return self.plain(f"{self._quarter}{quarter.number}{NO_BREAK_SPACE}{quarter.year}")

    def quarter_number(self, number: int) -> str:
        return f"{self._quarter}{number}"

    def span(self, span: Span) -> str:
        """``T2–T4 2016``, ``T3 2016 – T2 2017``."""
        first, last = span
        if first == last:
            return self.quarter(first)
        if first.year == last.year:
            return self.plain(f"{self._quarter}{first.number}–{self.quarter(last)}")
        return self.plain(f"{self.quarter(first)} – {self.quarter(last)}")


#: To how many cents an amount is rounded when it is shown in a unit.
_STEPS: Mapping[Scale, int] = {"": 1, "k": CENTS["k"], "M": CENTS["M"] // 100}


def shown_amount(amount: Money, scale: Scale, decimals: int | None = None) -> Money:
    """What is left of an amount once it is shown in a unit: cents, thousands, ten thousands.

    With as many decimals as are asked for, what these show.
    """
    step = _STEPS[scale] if decimals is None else CENTS[scale] // 10**decimals
    return Money(rounded(amount.cents, step))


def decimals_of(amounts: Iterable[Money | None], scale: Scale) -> int:
    """How many decimals amounts need that are shown in a unit: none, or two for all of them."""
    shown = (shown_amount(amount, scale) for amount in amounts if amount is not None)
    return 2 if any(amount.cents % CENTS[scale] for amount in shown) else 0


def exact_decimals(amounts: Iterable[Money], scale: Scale) -> int | None:
    """How many decimals show amounts in a unit to the cent: none, one or two, where these do."""
    cents = [amount.cents for amount in amounts]
    steps = (CENTS[scale] // 10**decimals for decimals in range(3))
    return next((n for n, step in enumerate(steps) if all(c % step == 0 for c in cents)), None)
