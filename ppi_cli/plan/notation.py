"""What the fields of the plan hold: for each notation its type, its reader and its pattern."""

from datetime import date
from typing import Annotated, Literal, TypeAlias, TypeVar

from pydantic import (
    BeforeValidator,
    PlainValidator,
    WithJsonSchema,
)

from ppi_cli.plan.fields import (
    Json,
    MayBeAlone,
    MayBeBlank,
    OfPattern,
    Reads,
    ReadsAsNoted,
    ReadsWords,
    written,
)
from ppi_cli.plan.patterns import (
    A_YEAR,
    LENGTH,
    MONTH,
    OF_ONE_YEAR,
    OF_TWO,
    ONE_ID,
    PART,
    PERCENT,
    QUARTER,
    RISE,
    SPAN,
    SUM,
    YEAR_NUMBER,
)
from ppi_cli.plan.reading import (
    ACCOUNT_HELP,
    BASE_HELP,
    CHANGE_HELP,
    CHOICE_HELP,
    COMPLETENESS_HELP,
    CURRENCY_HELP,
    DATE_HELP,
    ID_HELP,
    INDEX_HELP,
    LOAN_YEARS_HELP,
    NUMBER_HELP,
    PART_HELP,
    PERIOD_HELP,
    REGIME_HELP,
    RISE_HELP,
    TEXT_HELP,
    YES_OR_NO_HELP,
    Choice,
    alone_is_a_list,
    blank_is_empty,
    block_list,
    in_paragraphs,
    loan_years,
    one_line,
    parse_choice,
    parse_year_or_outside,
    read_account,
    read_base_of_a_share,
    read_change,
    read_completeness,
    read_date,
    read_index,
    read_number,
    read_part,
    read_regime,
    read_rise,
    read_spans,
    read_yes_or_no,
)
from ppi_cli.values.characters import UNPRINTABLE_CLASS
from ppi_cli.values.fiscal import MONTH_HELP, NAME_HELP, FiscalYears, parse_month, parse_name
from ppi_cli.values.money import (
    SUM_HELP,
    UNIT_HELP,
    Money,
    Percent,
    Rate,
    parse_money,
    parse_unit,
)
from ppi_cli.values.quarters import (
    LENGTH_HELP,
    QUARTER_HELP,
    SPAN_HELP,
    YEAR_HELP,
    YEARS_HELP,
    Quarter,
    Span,
    Years,
    parse_length,
    parse_quarter,
    parse_year,
    parse_years,
)

T = TypeVar("T")

#: A year, and a year or a quarter, as keys.
YEAR = written(f"^{A_YEAR}$", YEAR_HELP)
PERIOD = written(f"^(?:{A_YEAR}|{QUARTER})$", PERIOD_HELP)
PERIOD_OR_WORD = written(f"^(?:{A_YEAR}|{QUARTER}|before|beyond|unplanned)$", PERIOD_HELP)
_SPANS: Json = {
    "anyOf": [
        written(SPAN, SPAN_HELP, "integer"),
        {"type": "array", "items": written(SPAN, SPAN_HELP, "integer"), "minItems": 1},
    ]
}
_TEXT = written(f"^(?=[\\s\\S]*\\S)[^{UNPRINTABLE_CLASS}]*$", TEXT_HELP, "number", "boolean")
_CODE = written("^[A-Z]{3}$", CURRENCY_HELP)
_ID = written(f"^{ONE_ID}$", ID_HELP, "integer")

#: A text for people; where it was written over several lines, in one.
Text: TypeAlias = Annotated[str, ReadsWords(one_line, _TEXT)]
#: A text for people, of several lines and paragraphs.
Paragraphs: TypeAlias = Annotated[str, ReadsWords(in_paragraphs, _TEXT)]
Id: TypeAlias = Annotated[str, OfPattern(_ID)]
Texts: TypeAlias = Annotated[
    tuple[Text, ...], BeforeValidator(block_list), MayBeBlank(blank_is_empty)
]
Currency: TypeAlias = Annotated[str, OfPattern(_CODE)]
Basis: TypeAlias = Literal["stated", "assumed"]
Tax: TypeAlias = Literal["incl", "excl", "unstated"]
Listed: TypeAlias = Annotated[tuple[T, ...], MayBeBlank(blank_is_empty)]
#: A list, or the only item that it would have.
OneOrListed: TypeAlias = Annotated[tuple[T, ...], MayBeBlank(alone_is_a_list), MayBeAlone()]
Number: TypeAlias = Annotated[
    int,
    Reads(
        read_number, written("^[1-9][0-9]{0,3}$", NUMBER_HELP, "integer", minimum=1, maximum=9999)
    ),
]
LoanYears: TypeAlias = Annotated[
    int,
    Reads(loan_years, written("^[1-9][0-9]?$", LOAN_YEARS_HELP, "integer", minimum=1, maximum=99)),
]
Date: TypeAlias = Annotated[
    date,
    Reads(
        read_date,
        written(f"^{YEAR_NUMBER}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])$", DATE_HELP),
    ),
]
YearNumber: TypeAlias = Annotated[
    int,
    ReadsAsNoted(
        parse_year, written(f"^{A_YEAR}$", YEAR_HELP, "integer", minimum=1000, maximum=2999)
    ),
]
YearOrOutside: TypeAlias = Annotated[
    int,
    ReadsAsNoted(
        parse_year_or_outside,
        written(f"^(?:{A_YEAR}|before|beyond)$", YEAR_HELP, "integer", minimum=1000, maximum=2999),
    ),
]
YearRange: TypeAlias = Annotated[
    Years,
    ReadsAsNoted(parse_years, written(f"^{A_YEAR} *(?:\\.\\. *{A_YEAR})?$", YEARS_HELP, "integer")),
]
QuarterName: TypeAlias = Annotated[
    Quarter, ReadsAsNoted(parse_quarter, written(f"^{QUARTER}$", QUARTER_HELP))
]
Spans: TypeAlias = Annotated[tuple[Span, ...], PlainValidator(read_spans), WithJsonSchema(_SPANS)]
Sum: TypeAlias = Annotated[Money, ReadsAsNoted(parse_money, written(SUM, SUM_HELP, "number"))]
YesNo: TypeAlias = Annotated[
    bool,
    Reads(
        read_yes_or_no,
        written(
            "^([yY]es|[nN]o|YES|NO|[oO]ui|[nN]on|[tT]rue|[fF]alse)$", YES_OR_NO_HELP, "boolean"
        ),
    ),
]
Completeness: TypeAlias = Annotated[
    Literal["no", "yes", "each_year"] | Years,
    ReadsAsNoted(
        read_completeness,
        written(
            "^([yY]es|[nN]o|[oO]ui|[nN]on|[tT]rue|[fF]alse|each_year"
            f"|{A_YEAR}( *\\.\\. *{A_YEAR})?)$",
            COMPLETENESS_HELP,
            "boolean",
            "integer",
        ),
    ),
]
#: Of what funding is a share: of costs with taxes or without, or of an amount.
BaseOfAShare: TypeAlias = Annotated[
    Literal["incl", "excl"] | Money,
    ReadsAsNoted(read_base_of_a_share, written(f"^(?:incl|excl)$|{SUM}", BASE_HELP, "number")),
]
Index: TypeAlias = Annotated[
    int,
    Reads(
        read_index,
        written(
            "^(?![0.,]+$)[0-9]{1,6}([.,][0-9]{1,3})?$", INDEX_HELP, "number", exclusiveMinimum=0
        ),
    ),
]
Account: TypeAlias = Annotated[
    str, Reads(read_account, written("^[0-9]{2,10}$", ACCOUNT_HELP, "integer"))
]
UnitName: TypeAlias = Annotated[
    str, Reads(parse_unit, written("^(?:[kKM]?(?:[€$£]|[A-Z]{3})|[kKM]|[€$£][kKM])$", UNIT_HELP))
]
Month: TypeAlias = Annotated[
    int,
    Reads(
        parse_month,
        written(
            f"^(?:(?:{MONTH})[.]?|0?[1-9]|1[0-2])$", MONTH_HELP, "integer", minimum=1, maximum=12
        ),
    ),
]
#: What years are called, as one of them shows.
YearName: TypeAlias = Annotated[
    FiscalYears, Reads(parse_name, written(f"^(?:{OF_ONE_YEAR}|{OF_TWO})$", NAME_HELP))
]
Regime: TypeAlias = Annotated[int, Reads(read_regime, written("^[nN]( ?\\+ ?[12])?$", REGIME_HELP))]
#: A tax, or another part of a whole: from 0 to 100 %.
Part: TypeAlias = Annotated[Rate, Reads(read_part, written(PART, PART_HELP))]
#: By how much prices rise in a year: above -100 %.
Rise: TypeAlias = Annotated[Rate, Reads(read_rise, written(RISE, RISE_HELP))]
Length: TypeAlias = Annotated[int, Reads(parse_length, written(LENGTH, LENGTH_HELP, "integer"))]
Percentage: TypeAlias = Annotated[Percent, Reads(read_change, written(PERCENT, CHANGE_HELP))]
When: TypeAlias = Annotated[
    Choice, Reads(parse_choice, written(f"^{ONE_ID}\\.{ONE_ID}$", CHOICE_HELP, "number"))
]
