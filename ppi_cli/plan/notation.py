"""How a field of the plan reads its text: strictly, and saying what to write instead.

Every scalar arrives as text; a blank one arrives as ``None`` and means *not stated*.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Annotated, Any, Literal, NamedTuple, TypeAlias, TypeVar

from pydantic import (
    AfterValidator,
    BeforeValidator,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    PlainValidator,
    StringConstraints,
    ValidationInfo,
    WithJsonSchema,
)
from pydantic_core import core_schema

from ppi_cli.values.characters import UNPRINTABLE, UNPRINTABLE_CLASS
from ppi_cli.values.fiscal import MONTH_HELP, MONTHS, NAME_HELP, FiscalYears
from ppi_cli.values.fiscal import parse_month as _month
from ppi_cli.values.fiscal import parse_name as _year_name
from ppi_cli.values.inline import InlineList
from ppi_cli.values.message import Message, NotationError, msg
from ppi_cli.values.money import (
    SUM_HELP,
    UNIT_HELP,
    Money,
    Percent,
    Rate,
    parse_money,
    parse_percent,
    parse_rate,
    parse_unit,
)
from ppi_cli.values.notation import PLAIN, Notation
from ppi_cli.values.quarters import (
    LENGTH_HELP,
    OUTSIDE,
    QUARTER_HELP,
    SPAN_HELP,
    YEAR_HELP,
    YEARS_HELP,
    Quarter,
    Span,
    Years,
    parse_length,
    parse_quarter,
    parse_spans,
    parse_year,
    parse_years,
)

T = TypeVar("T")


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


#: What to write instead: whoever reads says it, and so do editors.
_NUMBER_HELP = msg("write digits only, as in 4")
_YEARS_HELP = msg("write over how many years a loan is repaid, as in 20")
_DATE_HELP = msg("write a date as 2016-02-15")
_YES_OR_NO_HELP = msg("write yes or no")
_COMPLETENESS_HELP = msg("write no, yes (over all years), each_year, or years: 2016..2018")
_BASE_HELP = msg("write incl or excl, for costs with taxes or without, or an amount: 500 k€")
_ACCOUNT_HELP = msg("write the digits of the account, as in 2183")
_INDEX_HELP = msg("write a number above zero: 100, 102,3")
_REGIME_HELP = msg("write n, n+1 or n+2: in the year of the spending, or so many years later")
_PART_HELP = msg("write a part of a whole: 20 %, 5,5 %")
_RISE_HELP = msg("write by how much prices rise in a year: 2 %, or -1 % where they fall")
_CHANGE_HELP = msg("write how much more or less: +10 %, -2,5 %")
_CHOICE_HELP = msg("write the id of the target, a dot, and the id of the variant")
_ID_HELP = msg("ids are made of letters without accents, digits, - and _")
_TEXT_HELP = msg("write a text, without invisible characters")
PERIOD_HELP = msg("write a year as 2016, or a quarter as 2016-T3")
CURRENCY_HELP = msg("write the code of the currency, as in EUR")

#: A piece of JSON Schema.
Json: TypeAlias = dict[str, Any]


def _written(pattern: str, help: Message, *also: str, **more: Any) -> Json:
    """A text of a pattern, for editors; ``also`` are the types that YAML may take it for.

    Where it is not of that pattern, editors that read YAML show the help, not the pattern.
    """
    types = ["string", *also] if also else "string"
    return {"type": types, "pattern": pattern, "patternErrorMessage": help.text, **more}


@dataclass(frozen=True)
class Reads:
    """A field that is a text, read by a function which raises NotationError.

    ``written`` says to editors what the function reads, as nearly as a pattern can.
    """

    parse: Callable[..., object]
    written: Json = field(hash=False)

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.no_info_after_validator_function(self.parse, core_schema.str_schema())

    def __get_pydantic_json_schema__(self, schema: object, handler: object) -> Json:
        return dict(self.written)


@dataclass(frozen=True)
class ReadsAsNoted(Reads):
    """A field whose text is read by the notation of its plan too, which the header says."""

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        parse = self.parse

        def read(text: str, info: ValidationInfo) -> object:
            return parse(text, info.context or PLAIN)

        return core_schema.with_info_after_validator_function(read, core_schema.str_schema())


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
    ids = re.compile(_ID["pattern"])
    if not (dot and ids.match(target) and ids.match(variant)):
        raise NotationError(
            "PPI104",
            msg("“{text}” is not the variant of a target", text=text[:60]),
            _CHOICE_HELP,
        )
    return Choice(target, variant)


class MayBeBlank:
    """Says to editors that a value may be left out after its colon."""

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> Json:
        return {"anyOf": [handler(schema), {"type": "null"}]}


class MayBeAlone:
    """Says to editors that a list of one item may be written as that item."""

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> Json:
        json = handler(schema)
        listed = next(each for each in json.get("anyOf", [json]) if "items" in each)
        return {"anyOf": [listed["items"], *json.get("anyOf", [json])]}


@dataclass(frozen=True)
class Holds:
    """Says to editors what holds of a piece besides what its class says."""

    of_it: Json = field(hash=False)

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> Json:
        return {"allOf": [handler(schema), self.of_it]}


@dataclass(frozen=True)
class OrWord:
    """A piece of the plan, in whose place one word may stand."""

    piece: type
    word: str

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        piece = handler.generate_schema(self.piece)
        return core_schema.no_info_wrap_validator_function(self._read, piece)

    def _read(self, value: object, read: Callable[[object], object]) -> object:
        if not isinstance(value, str):
            return read(value)
        if value == self.word:
            return value
        raise NotationError(
            "PPI104",
            msg("“{text}” is not one of the choices here", text=value[:40]),
            msg("write {word}, or its keys below it, indented, as “key: value”", word=self.word),
        )

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> Json:
        return {"anyOf": [handler(schema), {"const": self.word}]}


class To:
    """Says of a field of what kinds the things are that its ids may name.

    Some may also name what only a scenario adds (``added``), or what is gone from the plan since
    the version before (``gone``).
    """

    def __init__(self, *kinds: str, added: bool = False, gone: bool = False) -> None:
        self.kinds = kinds
        self.added = added
        self.gone = gone


class AmongItsKeys:
    """Says of a mapping that its keys are written among those of the piece that it is a part of."""


@lru_cache(maxsize=1024)
def parse_year_or_outside(text: str, notation: Notation = PLAIN) -> int:
    """Read ``2016``, ``before`` or ``beyond``. Raises NotationError (PPI104)."""
    return OUTSIDE[text] if text in ("before", "beyond") else parse_year(text, notation)


@lru_cache(maxsize=1024)
def _number(text: str) -> int:
    if not re.fullmatch("[1-9][0-9]{0,3}", text):
        raise NotationError(
            "PPI104",
            msg("“{text}” is not a whole number from 1 to 9999", text=text[:40]),
            _NUMBER_HELP,
        )
    return int(text)


@lru_cache(maxsize=256)
def loan_years(text: str) -> int:
    """Over how many years a loan is repaid. Raises NotationError."""
    if not re.fullmatch("[1-9][0-9]?", text):
        refused = msg("“{text}” is not a number of years from 1 to 99", text=text[:40])
        raise NotationError("PPI104", refused, _YEARS_HELP)
    return int(text)


@lru_cache(maxsize=256)
def _date(text: str) -> date:
    french = re.fullmatch("([0-9]{2})/([0-9]{2})/([0-9]{4})", text)
    written = "-".join(reversed(french.groups())) if french else text
    help = _DATE_HELP
    if re.fullmatch("[12][0-9]{3}-[0-9]{2}-[0-9]{2}", written):
        try:
            found = date.fromisoformat(written)
        except ValueError:
            help = msg("there is no such day in the calendar")
        else:
            if not french:
                return found
            help = msg("write a date as {date}", date=written)
    raise NotationError("PPI104", msg("“{text}” is not a date", text=text[:40]), help)


@lru_cache(maxsize=64)
def _yes_or_no(text: str) -> bool:
    known = {"yes": True, "no": False, "oui": True, "non": False, "true": True, "false": False}
    text = text[:1].lower() + text[1:]
    if text not in known:
        raise NotationError(
            "PPI104", msg("“{text}” is neither yes nor no", text=text[:40]), _YES_OR_NO_HELP
        )
    return known[text]


@lru_cache(maxsize=64)
def _completeness(text: str, notation: Notation = PLAIN) -> str | Years:
    if text == "each_year":
        return text
    if re.search("[0-9]{2}", text):
        return parse_years(text, notation)
    try:
        return "yes" if _yes_or_no(text) else "no"
    except NotationError:
        raise NotationError(
            "PPI104",
            msg("“{text}” does not say whether funding is complete", text=text[:40]),
            _COMPLETENESS_HELP,
        ) from None


@lru_cache(maxsize=256)
def _base_of_a_share(text: str, notation: Notation = PLAIN) -> str | Money:
    """Read ``incl``, ``excl``, or an amount above zero. Raises NotationError (PPI104, PPI105)."""
    if text in ("incl", "excl"):
        return text
    if not re.search("[0-9]", text):
        message = msg("“{text}” does not say of what this is a part", text=text[:40])
        raise NotationError("PPI104", message, _BASE_HELP)
    return more_than_zero(parse_money(text, notation))


@lru_cache(maxsize=1024)
def _account(text: str) -> str:
    if not re.fullmatch("[0-9]{2,10}", text):
        raise NotationError(
            "PPI104",
            msg("“{text}” is not an account", text=text[:40]),
            _ACCOUNT_HELP,
        )
    return text


@lru_cache(maxsize=256)
def _index(text: str) -> int:
    """Read an index, in thousandths. Raises NotationError (PPI104)."""
    match = re.fullmatch("([0-9]{1,6})(?:[.,]([0-9]{1,3}))?", text)
    if match is None or not int(match[1] + (match[2] or "")):
        raise NotationError(
            "PPI104",
            msg("“{text}” is not an index", text=text[:40]),
            _INDEX_HELP,
        )
    return int(match[1]) * 1000 + int((match[2] or "0").ljust(3, "0"))


@lru_cache(maxsize=256)
def _regime(text: str) -> int:
    match = re.fullmatch("[nN](?: ?\\+ ?([12]))?", text)
    if match is None:
        raise NotationError(
            "PPI104",
            msg("“{text}” is not when the VAT fund pays", text=text[:40]),
            _REGIME_HELP,
        )
    return int(match[1] or 0)


@lru_cache(maxsize=256)
def _part_of_a_whole(text: str) -> Rate:
    """Read a rate from 0 to 100 %. Raises NotationError (PPI104)."""
    rate = parse_rate(text)
    if not 0 <= rate.thousandths <= 100_000:
        raise NotationError(
            "PPI104",
            msg("“{text}” is not between 0 and 100 %", text=text[:40]),
            _PART_HELP,
        )
    return rate


@lru_cache(maxsize=256)
def _yearly_rise(text: str) -> Rate:
    """Read by how much prices rise in a year, above -100 %. Raises NotationError (PPI104)."""
    rate = parse_rate(text)
    if rate.thousandths <= -100_000:
        raise NotationError(
            "PPI104",
            msg("“{text}” leaves nothing of a price", text=text[:40]),
            _RISE_HELP,
        )
    return rate


@lru_cache(maxsize=256)
def _change(text: str) -> Percent:
    """Read a change that takes off no more than all. Raises NotationError (PPI104)."""
    percent = parse_percent(text)
    if percent.hundredths < -10_000:
        raise NotationError(
            "PPI104",
            msg("“{text}” takes off more than all", text=text[:40]),
            _CHANGE_HELP,
        )
    return percent


def more_than_zero(amount: Money) -> Money:
    """The amount, where it is more than zero. Raises NotationError (PPI105)."""
    if amount.cents <= 0:
        raise NotationError("PPI105", msg("an amount above zero is expected here"))
    return amount


def _block_list(value: object) -> object:
    if isinstance(value, InlineList) and value.unquoted and len(value) > 1:
        raise NotationError(
            "PPI107",
            msg("a comma in […] separates items, even inside a text"),
            msg("write one item per line after a dash, or put quotes around each"),
        )
    return value


def _blank_is_empty(value: object) -> object:
    return () if value is None else value


def _alone_is_a_list(value: object) -> object:
    return (value,) if type(value) is dict else _blank_is_empty(value)


@lru_cache(maxsize=4096)
def _one_span(text: str, notation: Notation) -> tuple[Span, ...]:
    return parse_spans((text,), notation)


def _spans(value: object, info: ValidationInfo) -> tuple[Span, ...]:
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


def _one_line(text: str) -> str:
    if text.isprintable():
        return text
    if control := UNPRINTABLE.search(text):
        raise NotationError(
            "PPI003",
            msg("this text holds a control character (U+{code})", code=f"{ord(control[0]):04X}"),
            msg("delete it, or the escape that stands for it"),
        )
    return re.sub(" *\n *", " ", text)


def _in_paragraphs(text: str) -> str:
    """The text with its line breaks, and one blank line at most between paragraphs."""
    if text.isprintable():
        return text
    lines = [_one_line(line.strip()) for line in text.split("\n")]
    return re.sub("\n{3,}", "\n\n", "\n".join(lines))


# --- how notations are written, for editors -----------------------------------------------------

_SPACE = "[ \\u00a0\\u2007\\u2009\\u202f]"
_WHOLE = f"(?:[0-9]{{1,3}}(?:{_SPACE}[0-9]{{3}}){{1,4}}|[0-9]{{1,15}})"
_CURRENCY = f"(?:{_SPACE}?(?:[€$£]|[A-Z]{{3}}))?"
#: One group of three digits after a comma or a dot: thousands to some, decimals to others.
_TWO_WAYS = f"[-\\u2212]?(?:0|{_SPACE})*[1-9](?:[0-9]|{_SPACE})*[.,][0-9]{{3}}(?:[^0-9]|$)"
_BILLIONS = "(?:Mds?|B|[bB]n)"
#: A bare number may have more decimals: what unit it is in, the plan says.
_FRENCH = (
    f"{_WHOLE}(?:"
    f"(?:[.,](?:[0-9]{{1,2}}0*|[0-9]{{4,8}}))?"
    f"|(?:[.,][0-9]{{1,2}}0*)?{_SPACE}?{_CURRENCY}"
    f"|(?:[.,][0-9]{{1,5}}0*)?{_SPACE}?[kK]{_CURRENCY}"
    f"|(?:[.,][0-9]{{1,8}}0*)?{_SPACE}?M{_CURRENCY}"
    f"|(?:[.,][0-9]{{1,11}}0*)?{_SPACE}?{_BILLIONS}{_CURRENCY})"
)
_DIGITS = f"(?:[0-9]{{1,3}}(?:,[0-9]{{3}}){{1,4}}|{_WHOLE})"
_ENGLISH = (
    f"{_DIGITS}(?:(?:\\.(?:[0-9]{{1,2}}|[0-9]{{2}}0{{2,}}))?"
    f"|(?:\\.[0-9]{{1,5}}0*)?{_SPACE}?[kK]"
    f"|(?:\\.[0-9]{{1,8}}0*)?{_SPACE}?M"
    f"|(?:\\.[0-9]{{1,11}}0*)?{_SPACE}?{_BILLIONS})"
)
_SIGN = "[-\\u2212]?"
_SUM = (
    f"^(?:(?!{_TWO_WAYS}){_SIGN}{_SPACE}?{_FRENCH}"
    f"|(?![-\\u2212].*[-\\u2212]){_SIGN}{_SPACE}?[€$£]{_SPACE}?{_SIGN}{_ENGLISH}"
    f"|\\((?:(?!{_TWO_WAYS}){_FRENCH}|[€$£]{_SPACE}?{_ENGLISH})\\))$"
)
_NUMBER = "[12][0-9]{3}"
_TWO_YEARS = "|".join(
    f"[12][0-9]{{2}}{n}[-/\\u2013](?:[12][0-9]{{2}}|[0-9]){(n + 1) % 10}" for n in range(10)
)
#: A year by its number, or by a name: which names there are, the plan says.
_NAMED = f"(?:[A-Z]{{2,4}}|fy) ?(?:{_TWO_YEARS}|{_NUMBER}|[0-9]{{2}})|{_TWO_YEARS}"
_YEAR = f"(?:{_NUMBER}|{_NAMED})"
_QUARTER = f"(?:{_YEAR}-?[TQtq][1-4]|[TQtq][1-4][ \\u00a0\\u2007\\u202f]{_YEAR})"
#: A year, and a year or a quarter, as keys.
YEAR = _written(f"^{_YEAR}$", YEAR_HELP)
PERIOD = _written(f"^(?:{_YEAR}|{_QUARTER})$", PERIOD_HELP)
PERIOD_OR_WORD = _written(f"^(?:{_YEAR}|{_QUARTER}|before|beyond|unplanned)$", PERIOD_HELP)
_POINT = f"(?:{_QUARTER}|{_YEAR})"
_SPAN = f"^(?:{_POINT} *(?:\\.\\. *{_POINT})?|{_QUARTER} *\\.\\. *[TQtq][1-4])$"
_SPANS: Json = {
    "anyOf": [
        _written(_SPAN, SPAN_HELP, "integer"),
        {"type": "array", "items": _written(_SPAN, SPAN_HELP, "integer"), "minItems": 1},
    ]
}
_TEXT = _written(f"^(?=[\\s\\S]*\\S)[^{UNPRINTABLE_CLASS}]*$", _TEXT_HELP, "number", "boolean")
_CODE = _written("^[A-Z]{3}$", CURRENCY_HELP)
_ID = _written("^[A-Za-z0-9][A-Za-z0-9_-]*$", _ID_HELP, "integer")

#: A text for people; where it was written over several lines, in one.
Text: TypeAlias = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1),
    AfterValidator(_one_line),
    WithJsonSchema(_TEXT),
]
#: A text for people, of several lines and paragraphs.
Paragraphs: TypeAlias = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1),
    AfterValidator(_in_paragraphs),
    WithJsonSchema(_TEXT),
]
Id: TypeAlias = Annotated[str, StringConstraints(pattern=_ID["pattern"]), WithJsonSchema(_ID)]
Texts: TypeAlias = Annotated[
    tuple[Text, ...], BeforeValidator(_block_list), BeforeValidator(_blank_is_empty), MayBeBlank()
]
Currency: TypeAlias = Annotated[
    str,
    StringConstraints(pattern=_CODE["pattern"]),
    WithJsonSchema(_CODE),
]
Basis: TypeAlias = Literal["stated", "assumed"]
Tax: TypeAlias = Literal["incl", "excl", "unstated"]
Listed: TypeAlias = Annotated[tuple[T, ...], BeforeValidator(_blank_is_empty), MayBeBlank()]
#: A list, or the only item that it would have.
OneOrListed: TypeAlias = Annotated[
    tuple[T, ...], BeforeValidator(_alone_is_a_list), MayBeBlank(), MayBeAlone()
]
Number: TypeAlias = Annotated[
    int,
    Reads(_number, _written("^[1-9][0-9]{0,3}$", _NUMBER_HELP, "integer", minimum=1, maximum=9999)),
]
LoanYears: TypeAlias = Annotated[
    int,
    Reads(loan_years, _written("^[1-9][0-9]?$", _YEARS_HELP, "integer", minimum=1, maximum=99)),
]
Date: TypeAlias = Annotated[
    date,
    Reads(_date, _written(f"^{_NUMBER}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])$", _DATE_HELP)),
]
YearNumber: TypeAlias = Annotated[
    int,
    ReadsAsNoted(
        parse_year, _written(f"^{_YEAR}$", YEAR_HELP, "integer", minimum=1000, maximum=2999)
    ),
]
YearOrOutside: TypeAlias = Annotated[
    int,
    ReadsAsNoted(
        parse_year_or_outside,
        _written(f"^(?:{_YEAR}|before|beyond)$", YEAR_HELP, "integer", minimum=1000, maximum=2999),
    ),
]
YearRange: TypeAlias = Annotated[
    Years,
    ReadsAsNoted(parse_years, _written(f"^{_YEAR} *(?:\\.\\. *{_YEAR})?$", YEARS_HELP, "integer")),
]
QuarterName: TypeAlias = Annotated[
    Quarter, ReadsAsNoted(parse_quarter, _written(f"^{_QUARTER}$", QUARTER_HELP))
]
Spans: TypeAlias = Annotated[tuple[Span, ...], PlainValidator(_spans), WithJsonSchema(_SPANS)]
Sum: TypeAlias = Annotated[Money, ReadsAsNoted(parse_money, _written(_SUM, SUM_HELP, "number"))]
_ONE_ID = "[A-Za-z0-9][A-Za-z0-9_-]*"
_QUARTERS = "^[-+\\u2212]? ?(?!0+(?![0-9]))[0-9]{1,3}( ?(quarters?|trimestres?))?$"
_MINUS = f"[-\\u2212]{_SPACE}?"
_BELOW_100 = "0{0,2}[0-9]{1,2}(?:[.,][0-9]{1,3})?"
_PART = (
    f"^(?:\\+?{_SPACE}?(?:{_BELOW_100}|0?100(?:[.,]0{{1,3}})?)"
    f"|{_MINUS}0{{1,4}}(?:[.,]0{{1,3}})?){_SPACE}?%$"
)
_RISE = f"^(?:\\+?{_SPACE}?[0-9]{{1,4}}(?:[.,][0-9]{{1,3}})?|{_MINUS}{_BELOW_100}){_SPACE}?%$"
_PERCENT = (
    f"^(?:\\+?{_SPACE}?[0-9]{{1,4}}(?:[.,][0-9]{{1,2}})?"
    f"|{_MINUS}(?:0{{0,2}}[0-9]{{1,2}}(?:[.,][0-9]{{1,2}})?|0?100(?:[.,]0{{1,2}})?)){_SPACE}?%$"
)

YesNo: TypeAlias = Annotated[
    bool,
    Reads(
        _yes_or_no,
        _written(
            "^([yY]es|[nN]o|YES|NO|[oO]ui|[nN]on|[tT]rue|[fF]alse)$", _YES_OR_NO_HELP, "boolean"
        ),
    ),
]
Completeness: TypeAlias = Annotated[
    Literal["no", "yes", "each_year"] | Years,
    ReadsAsNoted(
        _completeness,
        _written(
            "^([yY]es|[nN]o|[oO]ui|[nN]on|[tT]rue|[fF]alse|each_year"
            f"|{_YEAR}( *\\.\\. *{_YEAR})?)$",
            _COMPLETENESS_HELP,
            "boolean",
            "integer",
        ),
    ),
]
#: Of what funding is a share: of costs with taxes or without, or of an amount.
BaseOfAShare: TypeAlias = Annotated[
    Literal["incl", "excl"] | Money,
    ReadsAsNoted(_base_of_a_share, _written(f"^(?:incl|excl)$|{_SUM}", _BASE_HELP, "number")),
]
Index: TypeAlias = Annotated[
    int,
    Reads(
        _index,
        _written(
            "^(?![0.,]+$)[0-9]{1,6}([.,][0-9]{1,3})?$", _INDEX_HELP, "number", exclusiveMinimum=0
        ),
    ),
]
Account: TypeAlias = Annotated[
    str, Reads(_account, _written("^[0-9]{2,10}$", _ACCOUNT_HELP, "integer"))
]
UnitName: TypeAlias = Annotated[
    str, Reads(parse_unit, _written("^(?:[kKM]?(?:[€$£]|[A-Z]{3})|[kKM]|[€$£][kKM])$", UNIT_HELP))
]
_MONTH = "|".join(
    "".join(f"[{c}{c.upper()}]" if c != c.upper() else c for c in name)
    for names in MONTHS
    for name in names
)
Month: TypeAlias = Annotated[
    int,
    Reads(
        _month,
        _written(
            f"^(?:(?:{_MONTH})[.]?|0?[1-9]|1[0-2])$", MONTH_HELP, "integer", minimum=1, maximum=12
        ),
    ),
]
_OF_ONE_YEAR = f"[A-Z]{{2,4}} ?(?:{_NUMBER}|[0-9]{{2}})"
_OF_TWO = f"(?:[A-Z]{{2,4}} ?)?(?:{_TWO_YEARS})"
#: What years are called, as one of them shows.
YearName: TypeAlias = Annotated[
    FiscalYears, Reads(_year_name, _written(f"^(?:{_OF_ONE_YEAR}|{_OF_TWO})$", NAME_HELP))
]
Regime: TypeAlias = Annotated[int, Reads(_regime, _written("^[nN]( ?\\+ ?[12])?$", _REGIME_HELP))]
#: A tax, or another part of a whole: from 0 to 100 %.
Part: TypeAlias = Annotated[Rate, Reads(_part_of_a_whole, _written(_PART, _PART_HELP))]
#: By how much prices rise in a year: above -100 %.
Rise: TypeAlias = Annotated[Rate, Reads(_yearly_rise, _written(_RISE, _RISE_HELP))]
Length: TypeAlias = Annotated[int, Reads(parse_length, _written(_QUARTERS, LENGTH_HELP, "integer"))]
Percentage: TypeAlias = Annotated[Percent, Reads(_change, _written(_PERCENT, _CHANGE_HELP))]
When: TypeAlias = Annotated[
    Choice, Reads(parse_choice, _written(f"^{_ONE_ID}\\.{_ONE_ID}$", _CHOICE_HELP, "number"))
]
