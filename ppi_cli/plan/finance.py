"""Money beside the projects: themes and their envelopes, funders, programmes, taxes, ceilings."""

from typing import Annotated, ClassVar, Literal, TypeAlias

from pydantic import AfterValidator, Field, field_validator, model_validator

from ppi_cli.plan.bounds import check_ceiling
from ppi_cli.plan.debt import Loan, YearsToRepay
from ppi_cli.plan.fields import To
from ppi_cli.plan.notation import (
    Basis,
    Date,
    Id,
    Index,
    Listed,
    OneOrListed,
    Part,
    Regime,
    Rise,
    Sum,
    Tax,
    Text,
    YearNumber,
    YesNo,
)
from ppi_cli.plan.pieces import Amount, ByYear, Envelope, StatedTotals, part
from ppi_cli.plan.projects import Funding, FundingInYears
from ppi_cli.plan.reading import more_than_zero
from ppi_cli.values.message import NotationError, msg
from ppi_cli.values.terms import Section


@part
class Baseline:
    """What the town usually spends in a year, to set the plan against."""

    investment: Amount | None = None
    """What is usually invested in a year."""
    total: Amount | None = None
    """What is usually spent in a year, investment and operation together."""
    tax: Tax | None = None
    """Whether these amounts include taxes; without it, as the plan's."""

    @field_validator("investment", "total")
    @classmethod
    def _more_than_zero(cls, usual: Amount | None) -> Amount | None:
        if usual is not None:
            more_than_zero(usual.amount)
        return usual


@part
class Group:
    """Themes that are added up together."""

    kind: ClassVar[str] = "group"

    id: Id
    """What themes name it by; no other thing of the plan has the same."""
    title: Text
    """What outputs call it."""
    source: Text | None = None
    """Where it stands."""
    stated_totals: StatedTotals | None = None
    """The totals of its themes as they were printed: they are checked."""


@part
class Theme:
    """A part of the plan that has its own yearly envelope."""

    kind: ClassVar[str] = "theme"

    id: Id
    """What projects name it by; no other thing of the plan has the same."""
    title: Text
    """What outputs call it."""
    source: Text | None = None
    """Where it stands."""
    envelope: Envelope = Field(default_factory=dict)
    """What may be spent in each year; blank is not stated, and 0 is nothing."""
    group: Annotated[Id, To("group")] | None = None
    """The id of its group."""
    paid: Envelope = Field(default_factory=dict)
    """What was paid in each year that is of none of its projects; see execution."""
    section: Section | None = None
    """The section that the envelope bounds; costs of the other come on top. Without it: both."""
    funding: OneOrListed[FundingInYears] = ()
    """What others pay of the theme as a whole, by year: it is not split by project."""
    stated_totals: StatedTotals | None = None
    """The totals of the theme as they were printed: they are checked."""
    reason: Text | None = None
    """Why it has changed since the version before."""
    #: Of a plan that is worked out: what others pay outside the plan's years. No key says it.
    funding_outside: tuple[Funding, ...] = Field(init=False, default=())


@part
class Funder:
    """Someone who pays a part of projects."""

    kind: ClassVar[str] = "funder"

    id: Id
    """What funding names it by; no other thing of the plan has the same."""
    title: Text
    """What outputs call it."""
    public: YesNo = True
    """Whether it is a public body: the town pays a least share of what those fund together."""
    own: YesNo | None = None
    """Whether it is the town itself: what it pays is its own share. Without it, it is not."""
    loan: Loan | None = None
    """Of the town itself: that it is a loan, on terms of its own or usual, as in new_loans."""
    stated_totals: StatedTotals | None = None
    """The totals of what it pays as they were printed: they are checked."""
    source: Text | None = None
    """Where it stands."""

    @model_validator(mode="after")
    def _borrows_itself(self) -> "Funder":
        if self.loan is not None and not self.own:
            raise NotationError(
                "PPI104",
                msg("a loan is what the town itself pays, and pays back"),
                msg("keep it, and write beside it {text}", text="own: yes"),
                "loan",
                at_key=True,
            )
        return self


@part
class Vote:
    """A vote on the authorisation of a programme: the first creates it, others revise it."""

    date: Date
    """The day of the vote, as in 2024-03-28."""
    amount: Sum
    """The authorisation as it stands from then on, in all: 1,2 M€; see authorised_by."""
    basis: Basis = "stated"
    """Whether it is stated somewhere, or assumed."""
    source: Text | None = None
    """Where it stands: a deliberation."""
    reason: Text | None = None
    """Why it was voted."""


@part
class Resource:
    """A part of what pays for a programme."""

    from_: Annotated[Id, To("funder")] | None = Field(default=None, alias="from")
    """The id of who pays, one of the plan's funders; without it, the town itself."""
    amount: Sum | None
    """How much, over all years: 400 k€. Left blank, it is not stated."""
    label: Text | None = None
    """What it is: a loan, savings."""
    basis: Basis = "stated"
    """Whether it is stated somewhere, or assumed."""
    source: Text | None = None
    """Where it stands."""


@part
class Programme:
    """What is authorised for some projects together (AP), and paid in each year (CP)."""

    kind: ClassVar[str] = "programme"

    id: Id
    """What commands name it by; no other thing of the plan has the same."""
    title: Text
    """What outputs call it."""
    source: Text | None = None
    """Where it stands."""
    number: Text | None = None
    """Its number in the town's accounts, as in 2013I02."""
    projects: Annotated[Listed[Id], To("project", added=True)] = ()
    """The ids of its projects."""
    authorised: Listed[Vote] = ()
    """The votes on its authorisation (AP), in the order of their dates."""
    authorised_by: Literal["year"] | None = None
    """year: each vote authorises a part, and they add up; without it, the last one holds."""
    payments: Envelope = Field(default_factory=dict)
    """What may be paid in each year (CP), also before and after the years of the plan."""
    resources: Listed[Resource] = ()
    """What pays for it: funders, and the town itself."""
    paid: Envelope = Field(default_factory=dict)
    """What has been paid in each year that is past; it counts in place of the year's credit."""
    stated_totals: StatedTotals | None = None
    """The totals of its payments as they were printed, of all their years: they are checked."""
    reason: Text | None = None
    """Why it has changed since the version before."""


@part
class Fctva:
    """The VAT fund (FCTVA), which gives back a part of eligible spending."""

    regime: Regime = 2
    """When it pays: n, n+1 or n+2, so many years after the spending."""
    rate: Part | None = None
    """The rate, where it is not the one of the law for the year of the spending."""
    due: Envelope = Field(default_factory=dict)
    """What it still pays for spending before the plan, by the year in which it pays."""
    due_operating: Envelope = Field(default_factory=dict)
    """What it still pays of operating costs before the plan: operating revenue."""
    basis: Basis = "stated"
    """Whether it is stated somewhere, or assumed."""
    source: Text | None = None
    """Where it stands."""


@part
class OwnShare:
    """The least part of a project that the town pays itself (CGCT L1111-10)."""

    least: Part | None = None
    """The least part of what public bodies fund together; without it, that of French law."""
    with_fctva: YesNo = True
    """Whether what the VAT fund gives back counts as the town's own."""
    source: Text | None = None
    """Where that stands."""


@part
class Indexation:
    """How prices move, for the costs that are indexed."""

    base: YearNumber
    """The year in whose prices the amounts are written."""
    rate: Rise | None = None
    """By how much prices rise in a year: 2 %."""
    index: dict[YearNumber, Index] = Field(default_factory=dict)
    """An index by year, that of the base year too, instead of a rate."""
    fixed: Part | None = None
    """The part of a price that does not move: 15 %."""
    rounded_to: Annotated[Sum, AfterValidator(more_than_zero)] | None = None
    """To what an indexed amount is rounded; without it, to the cent."""
    rounding: Literal["each_year", "once"] = "once"
    """Whether a year is reckoned from the rounded one before it, or from the base year."""
    basis: Basis = "stated"
    """Whether it is stated somewhere, or assumed."""
    source: Text | None = None
    """Where it stands."""


def _of_ceiling(stated: Amount) -> Amount:
    check_ceiling(stated.amount)
    return stated


#: Ceilings by year.
_ByYear: TypeAlias = ByYear[Annotated[Amount, AfterValidator(_of_ceiling)]]


@part
class Ceilings:
    """What may be spent at most in each year."""

    investment: _ByYear = Field(default_factory=dict)
    """At most in investment, by year."""
    operating: _ByYear = Field(default_factory=dict)
    """At most in operation, by year."""
    net: _ByYear = Field(default_factory=dict)
    """At most by the town itself, once others have paid their part, by year."""
    total: _ByYear = Field(default_factory=dict)
    """At most in both sections together, by year."""
    borrowing: _ByYear = Field(default_factory=dict)
    """At most borrowed, by year: see the section debt."""
    years_to_repay: YearsToRepay | None = None
    """In how many years of gross savings debt may be repaid at most: 12, by year, or none."""
