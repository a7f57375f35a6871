"""Values into words: the one place that formats amounts, quarters, dates and sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import cast, get_args

from ppi_cli.values.characters import (
    END_OF_ISOLATE,
    ISOLATE,
    UNPRINTABLE,
    in_a_line,
    runs_from_right_to_left,
)
from ppi_cli.values.fiscal import CALENDAR
from ppi_cli.values.message import (
    COUNTS,
    Assumed,
    AsTyped,
    AsWritten,
    Conditional,
    Count,
    Dotted,
    InParagraphs,
    InUnit,
    KnownOnly,
    Message,
    Ratio,
    Spread,
    Tenths,
    msg,
)
from ppi_cli.values.money import CENTS, Money, Rate, rounded, scale_and_currency, sign_of
from ppi_cli.values.names import OUTSIDE_WORDS
from ppi_cli.values.notation import PLAIN, Notation
from ppi_cli.values.quarters import Outside, Quarter, Span, Year, Years
from ppi_cli.values.terms import LanguageCode, Scale
from ppi_cli.words.compiled import Catalogue

#: The units that amounts are shown in: whole currency, thousands, millions.
SCALES: tuple[Scale, ...] = get_args(Scale)

NARROW_SPACE = "\u202f"
NO_BREAK_SPACE = "\u00a0"
NOT_STATED = "—"
MINUS = "\u2212"

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


def scale_in(notation: Notation, amounts: Iterable[Money | None]) -> Scale:
    """The plan's own unit, where it shows all the amounts exactly; else the coarsest that does."""
    known = [amount for amount in amounts if amount is not None]
    own = own_scale(notation)
    if own is not None and all(amount.cents % _STEPS[own] == 0 for amount in known):
        return own
    return coarsest_scale(known)


def own_scale(notation: Notation) -> Scale | None:
    """The unit of a plan's bare numbers, where it names one."""
    return cast("Scale", scale_and_currency(notation.unit)[0]) if notation.unit else None


@lru_cache(maxsize=8)
def _translations(code: LanguageCode) -> Catalogue:
    return Catalogue((_LOCALES / code / "LC_MESSAGES" / "ppi.mo").read_bytes())


class Language:
    """How everything is said in one language, and in the notation of one plan."""

    def __init__(
        self,
        code: LanguageCode = "en",
        currency: str = "EUR",
        *,
        ascii_only: bool = False,
        notation: Notation | None = None,
    ) -> None:
        self.code = code
        self.ascii_only = ascii_only
        self.notation = notation or PLAIN._replace(currency=currency)
        self._sign = sign_of(self.notation.currency or currency)
        self._names = self.notation.years or CALENDAR
        #: Dollars in English: the sign first, and commas between thousands.
        self.sign_first = code == "en" and self._sign == "$"
        self._between = "," if self.sign_first else NARROW_SPACE
        self._point = "," if code == "fr" else "."
        self._quarter = "T" if code == "fr" else "Q"
        self._scale: Scale | None = None
        self._isolates = False
        self._minus = "-"
        self._translations = None if code == "en" else _translations(code)

    def spoken(self, code: LanguageCode) -> Language:
        """The same plan's notation, in a language that is not to be chosen."""
        return Language(code, ascii_only=self.ascii_only, notation=self.notation)

    def in_unit(self, scale: Scale) -> Language:
        """The same, with all amounts in one unit, whatever is coarsest for each."""
        other = copy(self)
        other._scale = scale
        return other

    def isolating(self) -> Language:
        """The same, for pages: what is written from right to left turns nothing else around, and
        a minus is one.

        A terminal shows no such thing, or shows what isolates it; and what it shows is copied to
        where a hyphen is read as a minus.
        """
        other = copy(self)
        other._isolates, other._minus = True, MINUS
        return other

    def isolated(self, text: str) -> str:
        """A text that stands within another one."""
        if not self._isolates or not runs_from_right_to_left(text):
            return text
        return f"{ISOLATE}{text}{END_OF_ISOLATE}"

    def say(self, message: Message) -> str:
        """The message's sentence, with its values in this language's notations."""
        text = self._sentence(message)
        values = {name: self._value(name, value) for name, value in message.values.items()}
        said = text.format_map(values)
        return said if self._isolates else self.plain(said)  # its values are plain already

    def _sentence(self, message: Message) -> str:
        """The message's sentence, in the number that it is of: in French, none is singular too."""
        forms = self._translations[message.text] if self._translations is not None else ()
        if not forms:
            return message.plural if message.plural and message.count != 1 else message.text
        return forms[message.count > 1] if message.plural else forms[0]

    def _value(self, name: str, value: object) -> str:
        if isinstance(value, str):
            return self.isolated(self.show(value))
        return self.show(Count(value) if name in COUNTS and type(value) is int else value)

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
        if isinstance(value, KnownOnly):
            return self.show(value.value) + "+"
        if isinstance(value, AsWritten) and isinstance(value.amount, Money):
            return self.as_written(value.amount)
        if isinstance(value, InUnit) and isinstance(value.amount, Money):
            return self.money(value.amount, cast("Scale | None", value.scale))
        if isinstance(value, Spread):
            return "~" + self.show(value.value)
        if isinstance(value, InParagraphs):
            return "\n".join(self.show(line) for line in value.text.split("\n"))
        if isinstance(value, Rate):
            return self.plain(str(value).replace(".", self._point).replace("-", self._minus))
        if isinstance(value, Dotted):
            return ".".join(self.show(key) for key in value.keys)
        if isinstance(value, Tenths):
            return self.tenths(value.tenths)
        if isinstance(value, Ratio):
            return self.ratio(value)
        if isinstance(value, Quarter):
            return self.quarter(value)
        if isinstance(value, AsTyped):
            assert isinstance(value.quarter, Quarter)
            return f"{self.year(value.quarter.year)}-{self._quarter}{value.quarter.number}"
        if isinstance(value, Span):
            return self.span(value)
        if isinstance(value, Year):
            return self.year(value)
        if isinstance(value, Years):
            return self.years(value)
        if isinstance(value, Count):
            return self._decimal(value, 0)
        if isinstance(value, date):
            return value.strftime("%d/%m/%Y") if self.code == "fr" else value.isoformat()
        if isinstance(value, Outside):
            return self.say(OUTSIDE_WORDS[str(value)])
        if isinstance(value, (list, tuple)):
            return ", ".join(self._value("", each) for each in _in_runs(value))
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
            scale = self.scale_of([amount]) if self._scale is None else self._scale
        return self._with_sign(self.number(amount, scale, decimals), scale)

    def scale_of(self, amounts: Iterable[Money | None]) -> Scale:
        """The unit that amounts are shown in where none is asked for: the plan's own if exact."""
        return scale_in(self.notation, amounts)

    def _with_sign(self, digits: str, scale: str) -> str:
        """Digits with their unit: ``34 k$``, or ``$34k`` where the sign comes first."""
        if not self.sign_first:
            return digits + self.plain(NO_BREAK_SPACE + scale + self._sign)
        before = digits[: len(digits) - len(digits.lstrip(f"<>{self._minus}"))]
        return f"{before}{self._sign}{digits[len(before) :]}{scale}"

    def as_written(self, amount: Money) -> str:
        """The amount in its own unit, exactly, with as many decimals as that takes.

        Where those are three, which could be read as thousands, it is in the currency.
        """
        scale = amount.scale
        unit = CENTS[scale]
        decimals = next(n for n in range(12) if amount.cents * 10**n % unit == 0)
        if scale and decimals == 3:
            return self.money(amount, "")
        if not scale and decimals:
            decimals = 2
        digits = self._decimal(amount.cents * 10**decimals // unit, decimals)
        return self._with_sign(digits, _BILLIONS[self.code] if scale == "B" else scale)

    def unit(self, scale: Scale) -> str:
        return self.plain(self._sign + scale if self.sign_first else scale + self._sign)

    def number(self, amount: Money, scale: Scale, decimals: int | None = None) -> str:
        """The amount's digits in a unit, without the unit."""
        shown = _shown_cents(amount, scale, decimals)
        if not shown and amount.cents:  # never a zero that is none
            least = self.number(Money(_STEPS[scale]), scale)
            return self.plain(f">{self._minus}{least}" if amount.cents < 0 else f"<{least}")
        if decimals is None:
            decimals = _decimals_of_shown([shown], scale)
        return self._decimal(shown * 10**decimals // CENTS[scale], decimals)

    def tenths(self, tenths: int) -> str:
        """A number given in tenths, with one decimal: ``7,1``."""
        return self._decimal(tenths, 1)

    def ratio(self, ratio: Ratio) -> str:
        """A number with one decimal or two; one that says nothing any more as more than that."""
        if ratio.hundredths > 100 * ratio.most:
            return self.say(msg("more than {n}", n=ratio.most))
        return self._decimal(ratio.units, ratio.decimals)

    def _decimal(self, units: int, decimals: int) -> str:
        whole, fraction = divmod(abs(units), 10**decimals)
        text = f"{whole:,}".replace(",", self._between)
        if decimals:
            text += f"{self._point}{fraction:0{decimals}d}"
        return self.plain((self._minus if units < 0 else "") + text)

    def quarter(self, quarter: Quarter) -> str:
        year = self.year(quarter.year)
        return self.plain(f"{self._quarter}{quarter.number}{NO_BREAK_SPACE}{year}")

    def year(self, year: int) -> str:
        """A year by its number; in a plan of fiscal years, by its name."""
        return self.plain(self._names.name(year))

    def years(self, years: Years) -> str:
        """``2016–2019``, ``FY2024–FY2029``, ``2024-25 – 2028-29``."""
        first, last = (self.year(year) for year in years)
        if first == last:
            return first
        return self.plain(f"{first} – {last}" if self._names.joint else f"{first}–{last}")

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


def _in_runs(values: Sequence[object]) -> Iterator[object]:
    """Values as they are listed: of three years or more that follow one another, their ends."""
    run: list[Year] = []

    def told() -> Iterator[object]:
        yield from run if len(run) < 3 else [Years(run[0], run[-1])]

    for value in values:
        if not isinstance(value, Year) or (run and value != run[-1] + 1):
            yield from told()
            run = []
        if isinstance(value, Year):
            run.append(value)
        else:
            yield value
    yield from told()


#: A thousand millions, in words that are read back.
_BILLIONS: Mapping[LanguageCode, str] = {"fr": "Md", "en": "B"}
#: To how many cents an amount is rounded when it is shown in a unit.
_STEPS: Mapping[Scale, int] = {"": 1, "k": CENTS["k"], "M": CENTS["M"] // 100}


def shown_amount(amount: Money, scale: Scale, decimals: int | None = None) -> Money:
    """What is left of an amount once it is shown in a unit: cents, thousands, ten thousands.

    With as many decimals as are asked for, what these show.
    """
    return Money(_shown_cents(amount, scale, decimals))


def _shown_cents(amount: Money, scale: Scale, decimals: int | None = None) -> int:
    step = _STEPS[scale] if decimals is None else CENTS[scale] // 10**decimals
    return rounded(amount.cents, step)


def decimals_of(amounts: Iterable[Money | None], scale: Scale) -> int:
    """How many decimals amounts need that are shown in a unit: none, or two for all of them."""
    shown = (_shown_cents(amount, scale) for amount in amounts if amount is not None)
    return _decimals_of_shown(shown, scale)


def _decimals_of_shown(shown: Iterable[int], scale: Scale) -> int:
    return 2 if any(cents % CENTS[scale] for cents in shown) else 0


def exact_decimals(amounts: Iterable[Money], scale: Scale) -> int | None:
    """How many decimals show amounts in a unit to the cent: none, one or two, where these do."""
    cents = [amount.cents for amount in amounts]
    steps = (CENTS[scale] // 10**decimals for decimals in range(3))
    return next((n for n, step in enumerate(steps) if all(c % step == 0 for c in cents)), None)
