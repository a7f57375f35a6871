"""How one text of the plan is read: strictly, and saying what to write instead.

Every scalar arrives as text; a blank one arrives as ``None`` and means *not stated*.
"""

import re
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from pydantic import ValidationInfo

from ppi_cli.plan.patterns import ONE_ID
from ppi_cli.values.characters import UNPRINTABLE, shortened
from ppi_cli.values.inline import InlineList
from ppi_cli.values.message import NotationError, msg
from ppi_cli.values.money import (
    Money,
    Percent,
    Rate,
    parse_money,
    parse_percent,
    parse_rate,
)
from ppi_cli.values.notation import PLAIN, Notation
from ppi_cli.values.quarters import (
    OUTSIDE,
    Span,
    Years,
    parse_spans,
    parse_year,
    parse_years,
)

#: What to write instead: whoever reads says it, and so do editors.
NUMBER_HELP = msg("write digits only, as in 4")
LOAN_YEARS_HELP = msg("write over how many years a loan is repaid, as in 20")
DATE_HELP = msg("write a date as 2016-02-15")
YES_OR_NO_HELP = msg("write yes or no")
COMPLETENESS_HELP = msg("write no, yes (over all years), each_year, or years: 2016..2018")
BASE_HELP = msg("write incl or excl, for costs with taxes or without, or an amount: 500 k€")
ACCOUNT_HELP = msg("write the digits of the account, as in 2183")
INDEX_HELP = msg("write a number above zero: 100, 102,3")
REGIME_HELP = msg("write n, n+1 or n+2: in the year of the spending, or so many years later")
PART_HELP = msg("write a part of a whole: 20 %, 5,5 %")
RISE_HELP = msg("write by how much prices rise in a year: 2 %, or -1 % where they fall")
CHANGE_HELP = msg("write how much more or less: +10 %, -2,5 %")
CHOICE_HELP = msg("write the id of the target, a dot, and the id of the variant")
ID_HELP = msg("ids are made of letters without accents, digits, - and _")
TEXT_HELP = msg("write a text, without invisible characters")
PERIOD_HELP = msg("write a year as 2016, or a quarter as 2016-T3")
CURRENCY_HELP = msg("write the code of the currency, as in EUR")


def torn(value: object) -> NotationError:
    """Why one value is no value: it is missing, or YAML has torn it."""
    if value is None:
        return NotationError("PPI102", msg("a value is missing here"))
    if isinstance(value, list):
        found, culprit = msg("a list"), msg("a value that holds a comma")
    else:
        found, culprit = msg("keys and values"), msg("a value that holds “: ” or a comma")
    return NotationError(
        "PPI107",
        msg("one value is expected here, and YAML reads {found}", found=found),
        msg("put quotes around {culprit}", culprit=culprit),
    )


class Choice(NamedTuple):
    """A variant of a target: what a cost or a project depends on."""

    target: str
    variant: str

    def __str__(self) -> str:
        return f"{self.target}.{self.variant}"


@lru_cache(maxsize=256)
def parse_choice(text: str) -> Choice:
    """Read ``target.variant``. Raises NotationError (PPI104)."""
    target, dot, variant = text.partition(".")
    ids = re.compile(f"^{ONE_ID}$")
    if not (dot and ids.match(target) and ids.match(variant)):
        raise NotationError(
            "PPI104",
            msg("“{text}” is not the variant of a target", text=shortened(text, 60)),
            CHOICE_HELP,
        )
    return Choice(target, variant)


@lru_cache(maxsize=1024)
def parse_year_or_outside(text: str, notation: Notation = PLAIN) -> int:
    """Read ``2016``, ``before`` or ``beyond``. Raises NotationError (PPI104)."""
    return OUTSIDE[text] if text in ("before", "beyond") else parse_year(text, notation)


@lru_cache(maxsize=1024)
def read_number(text: str) -> int:
    if not re.fullmatch("[1-9][0-9]{0,3}", text):
        raise NotationError(
            "PPI104",
            msg("“{text}” is not a whole number from 1 to 9999", text=shortened(text)),
            NUMBER_HELP,
        )
    return int(text)


@lru_cache(maxsize=256)
def loan_years(text: str) -> int:
    """Over how many years a loan is repaid. Raises NotationError."""
    if not re.fullmatch("[1-9][0-9]?", text):
        refused = msg("“{text}” is not a number of years from 1 to 99", text=shortened(text))
        raise NotationError("PPI104", refused, LOAN_YEARS_HELP)
    return int(text)


@lru_cache(maxsize=256)
def read_date(text: str) -> date:
    french = re.fullmatch("([0-9]{2})/([0-9]{2})/([0-9]{4})", text)
    written = "-".join(reversed(french.groups())) if french else text
    help = DATE_HELP
    if re.fullmatch("[12][0-9]{3}-[0-9]{2}-[0-9]{2}", written):
        try:
            found = date.fromisoformat(written)
        except ValueError:
            help = msg("there is no such day in the calendar")
        else:
            if not french:
                return found
            help = msg("write a date as {date}", date=written)
    raise NotationError("PPI104", msg("“{text}” is not a date", text=shortened(text)), help)


@lru_cache(maxsize=64)
def read_yes_or_no(text: str) -> bool:
    known = {"yes": True, "no": False, "oui": True, "non": False, "true": True, "false": False}
    said = text[:1].lower() + text[1:]
    if said not in known:
        raise NotationError(
            "PPI104", msg("“{text}” is neither yes nor no", text=shortened(text)), YES_OR_NO_HELP
        )
    return known[said]


@lru_cache(maxsize=64)
def read_completeness(text: str, notation: Notation = PLAIN) -> str | Years:
    if text == "each_year":
        return text
    if re.search("[0-9]{2}", text):
        return parse_years(text, notation)
    try:
        return "yes" if read_yes_or_no(text) else "no"
    except NotationError:
        raise NotationError(
            "PPI104",
            msg("“{text}” does not say whether funding is complete", text=shortened(text)),
            COMPLETENESS_HELP,
        ) from None


@lru_cache(maxsize=256)
def read_base_of_a_share(text: str, notation: Notation = PLAIN) -> str | Money:
    """Read ``incl``, ``excl``, or an amount above zero. Raises NotationError (PPI104, PPI105)."""
    if text in ("incl", "excl"):
        return text
    if not re.search("[0-9]", text):
        message = msg("“{text}” does not say of what this is a part", text=shortened(text))
        raise NotationError("PPI104", message, BASE_HELP)
    return more_than_zero(parse_money(text, notation))


@lru_cache(maxsize=1024)
def read_account(text: str) -> str:
    if not re.fullmatch("[0-9]{2,10}", text):
        raise NotationError(
            "PPI104",
            msg("“{text}” is not an account", text=shortened(text)),
            ACCOUNT_HELP,
        )
    return text


@lru_cache(maxsize=256)
def read_index(text: str) -> int:
    """Read an index, in thousandths. Raises NotationError (PPI104)."""
    match = re.fullmatch("([0-9]{1,6})(?:[.,]([0-9]{1,3}))?", text)
    if match is None or not int(match[1] + (match[2] or "")):
        raise NotationError(
            "PPI104",
            msg("“{text}” is not an index", text=shortened(text)),
            INDEX_HELP,
        )
    return int(match[1]) * 1000 + int((match[2] or "0").ljust(3, "0"))


@lru_cache(maxsize=256)
def read_regime(text: str) -> int:
    match = re.fullmatch("[nN](?: ?\\+ ?([12]))?", text)
    if match is None:
        raise NotationError(
            "PPI104",
            msg("“{text}” is not when the VAT fund pays", text=shortened(text)),
            REGIME_HELP,
        )
    return int(match[1] or 0)


@lru_cache(maxsize=256)
def read_part(text: str) -> Rate:
    """Read a rate from 0 to 100 %. Raises NotationError (PPI104)."""
    rate = parse_rate(text)
    if not 0 <= rate.thousandths <= 100_000:
        raise NotationError(
            "PPI104",
            msg("“{text}” is not between 0 and 100 %", text=shortened(text)),
            PART_HELP,
        )
    return rate


@lru_cache(maxsize=256)
def read_rise(text: str) -> Rate:
    """Read by how much prices rise in a year, above -100 %. Raises NotationError (PPI104)."""
    rate = parse_rate(text)
    if rate.thousandths <= -100_000:
        raise NotationError(
            "PPI104",
            msg("“{text}” leaves nothing of a price", text=shortened(text)),
            RISE_HELP,
        )
    return rate


@lru_cache(maxsize=256)
def read_change(text: str) -> Percent:
    """Read a change that takes off no more than all. Raises NotationError (PPI104)."""
    percent = parse_percent(text)
    if percent.hundredths < -10_000:
        raise NotationError(
            "PPI104",
            msg("“{text}” takes off more than all", text=shortened(text)),
            CHANGE_HELP,
        )
    return percent


def more_than_zero(amount: Money) -> Money:
    """The amount, where it is more than zero. Raises NotationError (PPI105)."""
    if amount.cents <= 0:
        raise NotationError("PPI105", msg("an amount above zero is expected here"))
    return amount


def block_list(value: object) -> object:
    if isinstance(value, InlineList) and value.unquoted and len(value) > 1:
        raise NotationError(
            "PPI107",
            msg("a comma in […] separates items, even inside a text"),
            msg("write one item per line after a dash, or put quotes around each"),
        )
    return value


def blank_is_empty(value: object) -> object:
    return () if value is None else value


def blank_is_no_key(value: object) -> object:
    return {} if value is None else value


def alone_is_a_list(value: object) -> object:
    return (value,) if type(value) is dict else blank_is_empty(value)


@lru_cache(maxsize=4096)
def _one_span(text: str, notation: Notation) -> tuple[Span, ...]:
    return parse_spans((text,), notation)


def read_spans(value: object, info: ValidationInfo) -> tuple[Span, ...]:
    notation = info.context or PLAIN
    if type(value) is str:
        return _one_span(value, notation)
    texts: list[Any] = value if isinstance(value, list) else [value]
    for text in texts:
        if type(text) is not str:
            raise torn(text)
    if not texts:
        raise NotationError("PPI102", msg("a value is missing here"))
    return parse_spans(tuple(texts), notation)


def one_line(text: str) -> str:
    if text.isprintable():
        return text
    if control := UNPRINTABLE.search(text):
        raise NotationError(
            "PPI003",
            msg("this text holds a control character (U+{code})", code=f"{ord(control[0]):04X}"),
            msg("delete it, or the escape that stands for it"),
        )
    return re.sub(" *\n *", " ", text)


def in_paragraphs(text: str) -> str:
    """The text with its line breaks, and one blank line at most between paragraphs."""
    if text.isprintable():
        return text
    lines = [one_line(line.strip()) for line in text.split("\n")]
    return re.sub("\n{3,}", "\n\n", "\n".join(lines))
