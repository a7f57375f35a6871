"""Savings, debt and loans as they are written."""

from collections.abc import Callable
from typing import Annotated, Literal, TypeAlias, get_args

from pydantic import AfterValidator, Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import core_schema

from ppi_cli.plan.fields import Json, OrWord, Reads
from ppi_cli.plan.notation import Basis, Listed, LoanYears, Number, Part, Text, YearNumber
from ppi_cli.plan.pieces import Amount, ByYear, part
from ppi_cli.values.dataclass import dataclass
from ppi_cli.values.message import NotationError, msg

#: How the capital of a loan is repaid.
Repayment: TypeAlias = Literal["equal_capital", "equal_payment", "at_end"]
#: What the savings that are stated may hold already.
Held: TypeAlias = Literal["running", "operating"]


@part
class LoanTerms:
    """On which terms a loan is taken; the first annuity is due in the year after."""

    rate: Part | None = None
    """The interest of a year, on the capital that is owed when it begins: 3,5 %."""
    years: LoanYears | None = None
    """Over how many years it is repaid: 20."""
    repaid: Repayment | None = None
    """The same capital each year, the same payment, or all at the end; without it, the capital."""
    basis: Basis = "stated"
    """Whether these terms are stated somewhere, or assumed."""
    source: Text | None = None
    """Where they stand."""


#: A loan, with terms of its own or on those of the plan.
Loan: TypeAlias = Annotated[LoanTerms | Literal["usual"], OrWord(LoanTerms, "usual")]


def _not_below_zero(amount: Amount) -> Amount:
    if amount.amount.cents < 0:
        raise NotationError("PPI105", msg("an amount of zero or more is expected here"))
    return amount


#: An amount of zero or more.
Owed: TypeAlias = Annotated[Amount, AfterValidator(_not_below_zero)]


@part
class Debt:
    """What the town owes and holds as the plan begins, and on which terms it borrows."""

    at_start: Owed | None = None
    """What is owed as the plan's first year begins."""
    repaid: ByYear[Owed] = Field(default_factory=dict)
    """What is repaid of that in each year, capital alone; blank is not stated."""
    fund: Amount | None = None
    """What is in the fund as the first year begins, before what is carried over is taken off it."""
    keep: Owed | None = None
    """What is to stay in the fund; without it, nothing has to."""
    new_loans: LoanTerms | None = None
    """The usual terms of the loans that the plan needs."""
    savings_hold: Listed[Held] = ()
    """What the stated savings hold already, and is taken off nowhere again: running, operating."""
    source: Text | None = None
    """Where it stands."""


@dataclass(frozen=True)
class OrForAllYears:
    """A number by year, in whose place one number may stand for all years, or a word."""

    word: str

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        by_year = handler.generate_schema(dict[YearNumber, Number])
        return core_schema.no_info_wrap_validator_function(self._read, by_year)

    def _read(self, value: object, read: Callable[[object], object]) -> object:
        if not isinstance(value, str):
            return read(value)
        return value if value == self.word else _NUMBER.parse(value)

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> Json:
        return {"anyOf": [handler(schema), dict(_NUMBER.written), {"const": self.word}]}


_NUMBER: Reads = get_args(Number)[1]
#: In how many years of gross savings the debt may be repaid: in all years, by year, or ``none``.
YearsToRepay: TypeAlias = Annotated[dict[int, int] | int | Literal["none"], OrForAllYears("none")]
