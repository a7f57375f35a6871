"""The plan as it is written: frozen models, and the look-ups that everything else shares.

To add a key to projects, write one line in ``Project``, with its notation from ``notation.py``, and
below it a sentence that says what it is; show it in ``Story.facts`` of ``reports/story.py``, for
people, and in its ``payload``, for JSON (a key may be added within a format version). One that
names something says what, ``Annotated[Id, To("project")]``; what an amount, or a value with a
source, is called stands in ``amounts.py`` and ``sources.py``. The French word that one would try
goes into ``source/keys.py``. Then ``python -m tests.catalogue`` for the translation, ``pytest
tests/test_manual.py --accept`` for the tables of keys in the manual, a sentence there, and a test.
A key is only accepted when something computes with it or shows it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property, wraps
from typing import (
    Annotated,
    Any,
    ClassVar,
    Literal,
    TypeAlias,
    TypeVar,
    dataclass_transform,
)

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    TypeAdapter,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    WrapValidator,
    field_validator,
    model_validator,
)
from pydantic.dataclasses import dataclass

from ppi_cli.becoming import Becoming
from ppi_cli.findings import Path
from ppi_cli.message import NotationError, msg
from ppi_cli.notation import (
    Account,
    AmongItsKeys,
    Basis,
    Completeness,
    Currency,
    Date,
    Id,
    Index,
    Length,
    Listed,
    MayBeBlank,
    Number,
    OrWord,
    Part,
    Percentage,
    QuarterName,
    Regime,
    Rise,
    Section,
    Spans,
    Sum,
    Tax,
    Text,
    Texts,
    To,
    When,
    YearNumber,
    YearRange,
    YesNo,
    more_than_zero,
)
from ppi_cli.paid import AMOUNTS, says_it_once
from ppi_cli.quarters import Quarter, Years

T = TypeVar("T")
_STRICT = ConfigDict(extra="forbid")
#: What may explain a thing: what is answered.
EXPLAINING = To("recommendation", "target", "finding", "risk", "commitment", "context")


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(Field,))
def part(cls: type[T]) -> type[T]:
    """A piece of the plan: immutable, and refusing keys that nothing reads."""
    made: Any = dataclass(frozen=True, slots=True, kw_only=True, config=_STRICT)(cls)
    return made  # type: ignore[no-any-return]


@part
class Sourced:
    """Something that is stated, or assumed, and may say where it stands.

    It may be written alone (``175 k€``) or with its basis and source
    (``{amount: 175 k€, basis: assumed, source: slide 12}``); ``alone`` names the key that the
    short form stands for.
    """

    alone: ClassVar[str]

    basis: Basis = "stated"
    """Whether it is stated somewhere, or assumed; what is assumed is marked in every output."""
    source: Text | None = None
    """Where it stands: a slide, a deliberation, a quote."""
    reason: Text | None = None
    """Why it has changed since the version before."""

    @model_validator(mode="before")
    @classmethod
    def _expand(cls, value: object) -> object:
        return value if type(value) is dict else {cls.alone: value}

    @property
    def assumed(self) -> bool:
        return self.basis == "assumed"


@part
class Amount(Sourced):
    """An amount, alone or with its basis and source."""

    alone = "amount"
    amount: Sum
    """The amount: 175 k€, 175000, 1 234,56 €, 1,5 M€, -12 k€. Left blank, it is not stated."""


@part
class Link(Sourced):
    """A thing that is named by its id."""

    alone = "id"
    id: Id
    """The id of the thing that is named."""


@part
class Schedule(Sourced):
    """The quarters in which a project is active: spans in order, apart from one another."""

    alone = "spans"
    spans: Spans
    """Quarters in a row, 2016-T2..T4, or a list of them where work pauses."""

    @property
    def first(self) -> Quarter:
        return self.spans[0].first

    @property
    def last(self) -> Quarter:
        return self.spans[-1].last

    @property
    def years(self) -> Iterator[int]:
        """The years in which it is active, in order, once each."""
        seen = 0
        for (first, _), (last, _) in self.spans:
            yield from range(max(first, seen + 1), last + 1)
            seen = last


@part
class Policy(Sourced):
    """A number of quarters that a priority class asks for."""

    alone = "quarters"
    quarters: Number
    """A number of quarters."""


def _blank_or_amount(value: object, read: ValidatorFunctionWrapHandler) -> Any:
    return None if value is None else read(value)


def _without_blanks(cells: dict[int, T]) -> dict[int, T]:
    return {year: amount for year, amount in cells.items() if amount is not None}


#: Amounts by year, of which only the stated ones are kept.
Envelope: TypeAlias = Annotated[
    dict[YearNumber, Annotated[Amount, WrapValidator(_blank_or_amount), MayBeBlank()]],
    AfterValidator(_without_blanks),
    BeforeValidator(lambda cells: {} if cells is None else cells),
    MayBeBlank(),
]


@part
class StatedTotals:
    """Totals as they were printed: by year, over all years, and how they were rounded."""

    by_year: Annotated[Envelope, AmongItsKeys()] = Field(default_factory=dict)
    """The total printed for each year."""
    total: Amount | None = None
    """The total printed for all years together."""
    rounded_to: Annotated[Sum, AfterValidator(more_than_zero)] | None = None
    """To what the printed totals were rounded, as in 1 k€."""

    @model_validator(mode="before")
    @classmethod
    def _years_apart(cls, value: object) -> object:
        if type(value) is not dict:
            return value
        words = {key: value[key] for key in ("total", "rounded_to") if key in value}
        return {"by_year": {k: v for k, v in value.items() if k not in words}, **words}


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
class Header:
    """What the plan is: the ``plan:`` section."""

    title: Text
    """What the plan is called."""
    years: YearRange
    """Its first and last year, as in 2016..2019."""
    organisation: Text | None = None
    """Whose plan it is."""
    presented: Date | None = None
    """The day on which it was presented, as in 2016-02-15."""
    source: Text | None = None
    """What it was written down from."""
    currency: Currency = "EUR"
    """The code of its currency."""
    language: Literal["fr", "en"] | None = None
    """The language that it is written in; outputs take it where nothing else says which."""
    tax: Tax = "unstated"
    """Whether its amounts include taxes."""
    baseline: Baseline | None = None
    """What is usually spent in a year, to compare the plan with."""


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
    section: Section | None = None
    """The section that the envelope bounds; costs of the other come on top. Without it: both."""
    stated_totals: StatedTotals | None = None
    """The totals of the theme as they were printed: they are checked."""
    reason: Text | None = None
    """Why it has changed since the version before."""


@part
class Cost:
    """What a project costs in a year or a quarter, or in several of them."""

    #: Whether its time is not stated, but comes from spreading it: see ``rescheduling.py``.
    is_spread: ClassVar[bool] = False

    year: YearNumber | None = None
    """The year in which it is paid."""
    years: YearRange | None = None
    """The years in which it is paid, instead of one, with each_year or in_all: 2017..2019."""
    quarter: QuarterName | None = None
    """The quarter in which it is paid, where it is known; instead of the year."""
    quarters: Spans | None = None
    """The quarters in which it is paid, instead of one, with in_all: 2017-T2..2018-T3."""
    amount: Sum | None = None
    """How much, in its year or quarter: 96 k€. Left blank, it is not stated."""
    each_year: Sum | None = None
    """How much in each of its years: 60 k€. Left blank, it is not stated."""
    in_all: Sum | None = None
    """How much in all: 300 k€, in equal parts over its years or quarters. Blank: not stated."""
    basis: Basis = "stated"
    """Whether it is stated somewhere, or assumed."""
    source: Text | None = None
    """Where it stands."""
    label: Text | None = None
    """What it pays for."""
    section: Section | None = None
    """Its section of the budget: investment or operating."""
    account: Account | None = None
    """Its account, as in 2183; what begins with 2 is taken for investment, with 6 for operating."""
    tax: Literal["incl", "excl"] | None = None
    """Whether the amount includes taxes, where that is not as in the plan; needs rate."""
    rate: Part | None = None
    """The rate of the tax: 20 %."""
    indexed: YesNo = False
    """Whether it follows the prices: see the plan's section indexation."""
    fctva: YesNo | None = None
    """Whether the VAT fund gives back a part of it; without it, where it is investment."""
    when: Annotated[When, To("variant")] | None = None
    """The variant that it depends on, as target.variant."""
    reason: Text | None = None
    """Why it has changed since the version before."""

    @model_validator(mode="wrap")
    @classmethod
    def _says_it_once(cls, value: object, read: ModelWrapValidatorHandler["Cost"]) -> "Cost":
        cost = read(value)
        if type(value) is dict:
            says_it_once(value)
        return cost

    @property
    def in_section(self) -> Section | None:
        """Its section, else what its account says."""
        return self.section or section_of(self.account)

    @property
    def in_year(self) -> int | None:
        return self.quarter.year if self.quarter is not None else self.year

    @property
    def paid(self) -> Years | None:
        """The first and the last year in which it is paid."""
        if self.quarters is not None:
            return Years(self.quarters[0].first.year, self.quarters[-1].last.year)
        if self.years is not None or self.in_year is None:
            return self.years
        return Years(self.in_year, self.in_year)

    @property
    def amount_key(self) -> str:
        """The key that its amount is written with."""
        return next((key for key in AMOUNTS if getattr(self, key) is not None), "amount")

    @property
    def written(self) -> Sum | None:
        """Its amount as it is written: in its time, in each of its years, or in all."""
        amount: Sum | None = getattr(self, self.amount_key)
        return amount


@part
class RunningCost:
    """What a project costs each year once it is done."""

    amount: Sum | None
    """How much a year: 5 k€. Left blank, it is not stated."""
    start: YearNumber | None = None
    """The first year; without it, the year after the project's last quarter."""
    until: YearNumber | None = None
    """The last year; without it, that of the plan."""
    basis: Basis = "stated"
    """Whether it is stated somewhere, or assumed."""
    source: Text | None = None
    """Where it stands."""
    label: Text | None = None
    """What it pays for."""
    section: Section = "operating"
    """Its section of the budget: operating, unless it says investment."""
    account: Account | None = None
    """Its account, as in 6156."""
    tax: Literal["incl", "excl"] | None = None
    """Whether the amount includes taxes, where that is not as in the plan; needs rate."""
    rate: Part | None = None
    """The rate of the tax: 20 %."""
    indexed: YesNo = False
    """Whether it follows the prices: see the plan's section indexation."""
    when: Annotated[When, To("variant")] | None = None
    """The variant that it depends on, as target.variant."""
    reason: Text | None = None
    """Why it has changed since the version before."""


@part
class Funding:
    """What someone else pays of a project in a year."""

    from_: Annotated[Id, To("funder")] = Field(alias="from")
    """The id of who pays, one of the plan's funders."""
    year: YearNumber
    """The year in which it is received."""
    amount: Sum | None
    """How much: 96 k€. Left blank, it is not stated."""
    status: Literal["requested", "granted"] = "requested"
    """Whether it is granted, or only requested."""
    until: YearNumber | None = None
    """The last year in which it can come; later, it is lost."""
    basis: Basis = "stated"
    """Whether it is stated somewhere, or assumed."""
    source: Text | None = None
    """Where it stands."""
    reason: Text | None = None
    """Why it has changed since the version before."""

    @field_validator("until")
    @classmethod
    def _no_sooner(cls, until: int | None, info: ValidationInfo) -> int | None:
        year = info.data.get("year")
        if until is not None and year is not None and until < year:
            raise NotationError(
                "PPI202",
                msg("it cannot come in {year}, after {until}", year=str(year), until=str(until)),
                msg("write the last year in which it can come: {year} or later", year=str(year)),
            )
        return until


@part
class NotBefore:
    """What keeps a project from starting earlier."""

    quarter: QuarterName
    """The first quarter in which the project may start."""
    reason: Text
    """Why it may not start before."""


@part
class Project:
    """Something that is done, in some quarters, for some costs."""

    kind: ClassVar[str] = "project"

    id: Id
    """What links name it by; no other thing of the plan has the same."""
    title: Text
    """What outputs call it."""
    theme: Annotated[Id, To("theme")]
    """The id of its theme."""
    quarters: Schedule | None = None
    """When it is active: 2016-T2..T4."""
    after: Annotated[Listed[Link], To("project")] = ()
    """The ids of the projects that must have ended before it starts."""
    answers: Annotated[Listed[Link], EXPLAINING] = ()
    """The ids of what explains it: recommendations, targets, findings, risks, commitments …"""
    priority: Annotated[Number, To("class")] | None = None
    """The number of its priority class, where it answers no recommendation."""
    not_before: NotBefore | None = None
    """What keeps it from starting earlier."""
    movable: YesNo | None = None
    """no: it cannot be put off; yes: it can, though it has begun or recurs each year."""
    costs: Listed[Cost] = ()
    """What it costs, by year or by quarter."""
    running_costs: Listed[RunningCost] = ()
    """What it costs each year once it is done."""
    useful_life: Number | None = None
    """How many years what it brings will last; then the need comes back."""
    money: Literal["none"] | None = None
    """none: it costs nothing, and no figure is missing."""
    funding: Listed[Funding] = ()
    """What others pay of it, by year."""
    funding_complete: Completeness = "no"
    """Whether all who pay for it are listed, the town too: over all years, or in each_year."""
    when: Annotated[When, To("variant")] | None = None
    """The variant that it depends on, as target.variant."""
    reason: Text | None = None
    """Why it has changed since the version before."""


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
    own: YesNo = False
    """Whether it is the town itself: what it pays is its own share."""
    source: Text | None = None
    """Where it stands."""


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


@part
class Ceilings:
    """What may be spent at most in each year."""

    investment: Envelope = Field(default_factory=dict)
    """At most in investment, by year."""
    operating: Envelope = Field(default_factory=dict)
    """At most in operation, by year."""
    net: Envelope = Field(default_factory=dict)
    """At most by the town itself, once others have paid their part, by year."""
    total: Envelope = Field(default_factory=dict)
    """At most in both sections together, by year."""


def section_of(account: str | None) -> Section | None:
    """The section of an account: 2 is investment, 6 operating (M57); others say neither."""
    sections: Mapping[str, Section] = {"2": "investment", "6": "operating"}
    return sections.get((account or "")[:1])


def all_costs(project: Project) -> Iterator[tuple[Path, Cost | RunningCost]]:
    """The costs of a project and those that follow it, with where they stand in it."""
    for j, cost in enumerate(project.costs):
        yield ("costs", j), cost
    for j, running in enumerate(project.running_costs):
        yield ("running_costs", j), running


@part
class PriorityClass:
    """A class of the priority matrix, and what it asks of its projects."""

    kind: ClassVar[str] = "class"

    class_: Number = Field(alias="class")
    """Its number: 1 is the most urgent."""
    title: Text
    """What outputs call it."""
    start_within: Policy | None = None
    """Its projects start in so many first quarters of the plan."""
    finish_within: Policy | None = None
    """Its projects end in so many first quarters of the plan."""
    spread_over: Policy | None = None
    """Its projects last so many quarters at least."""


@part
class Recommendation:
    """A recommendation of the priority matrix."""

    kind: ClassVar[str] = "recommendation"

    id: Id
    """What links name it by; no other thing of the plan has the same."""
    class_: Annotated[Number, To("class")] = Field(alias="class")
    """The number of its priority class."""
    rank: Number
    """Its importance within the class: 1, 2, 3 …, once each."""
    title: Text
    """What outputs call it."""
    source: Text | None = None
    """Where it stands."""
    answers: Annotated[Listed[Link], EXPLAINING] = ()
    """The ids of what it answers: targets, findings, risks, commitments, context."""


@part
class TitledList:
    """A title with the texts below it."""

    title: Text
    """What outputs call it."""
    source: Text | None = None
    """Where it stands."""
    items: Texts = ()
    """Its texts; those that hold a comma or a colon in quotes."""


@part
class Context(TitledList):
    """Something that the plan starts from."""

    kind: ClassVar[str] = "context"

    id: Id | None = None
    """What links name it by, where something does."""


@part
class Commitment(TitledList):
    """Something that was promised or asked for."""

    kind: ClassVar[str] = "commitment"

    id: Id
    """What links name it by; no other thing of the plan has the same."""


@part
class AuditFinding:
    """Something that an audit found."""

    kind: ClassVar[str] = "finding"

    id: Id
    """What links name it by; no other thing of the plan has the same."""
    theme: Annotated[Id, To("theme")] | None = None
    """The id of its theme."""
    title: Text
    """What was found."""
    consequence: Text | None = None
    """What follows from it, or what it risks."""
    source: Text | None = None
    """Where it stands."""
    answers: Annotated[Listed[Link], EXPLAINING] = ()
    """The ids of what it answers: commitments, risks, context."""


@part
class Risk:
    """Something that may happen."""

    kind: ClassVar[str] = "risk"

    id: Id
    """What links name it by; no other thing of the plan has the same."""
    title: Text
    """What may happen."""
    source: Text | None = None
    """Where it stands."""
    answers: Annotated[Listed[Link], EXPLAINING] = ()
    """The ids of what it answers."""


@part
class Variant:
    """A way to reach a target."""

    id: Id
    """What “chosen” names it by; no other variant of the target has the same."""
    title: Text
    """What outputs call it."""


@part
class Target:
    """Something that is to be reached."""

    kind: ClassVar[str] = "target"

    id: Id
    """What links name it by; no other thing of the plan has the same."""
    theme: Annotated[Id, To("theme")] | None = None
    """The id of its theme."""
    title: Text
    """What is to be reached."""
    action: Text | None = None
    """What is to be done for it."""
    source: Text | None = None
    """Where it stands."""
    answers: Annotated[Listed[Link], EXPLAINING] = ()
    """The ids of what it answers: findings, risks, commitments, context."""
    variants: Listed[Variant] = ()
    """The ways to reach it, of which one is chosen."""
    chosen: Annotated[Id, To("variant")] | None = None
    """The id of the variant that is chosen; without it, that is undecided."""


@part
class RuleException:
    """A rule set aside for one thing, with its reason."""

    rule: Text
    """The code of the rule, as in PPI301."""
    project: Annotated[Id, To("project", added=True)] | None = None
    """The id of the project that it is set aside for."""
    theme: Annotated[Id, To("theme")] | None = None
    """The id of the theme that it is set aside for."""
    recommendation: Annotated[Id, To("recommendation")] | None = None
    """The id of the recommendation that it is set aside for."""
    class_: Annotated[Number, To("class")] | None = Field(default=None, alias="class")
    """The number of the class that it is set aside for."""
    programme: Annotated[Id, To("programme")] | None = None
    """The id of the programme that it is set aside for."""
    year: YearNumber | None = None
    """The year that it is set aside for."""
    reason: Text
    """Why it is set aside."""
    until: Date | None = None
    """The last day on which it is set aside, as in 2017-12-31."""


@part
class ReasonOfChanges:
    """Why things have changed since the version before."""

    project: Annotated[Id, To("project", added=True, gone=True)] | None = None
    """The id of the project that has changed, in either version."""
    theme: Annotated[Id, To("theme", added=True, gone=True)] | None = None
    """The id of the theme that has changed, in either version."""
    recommendation: Annotated[Id, To("recommendation", added=True, gone=True)] | None = None
    """The id of the recommendation that has changed, in either version."""
    year: YearNumber | None = None
    """The year whose amounts have changed."""
    reason: Text
    """Why."""


@part
class InsteadCost(Amount):
    """What a project costs in a year instead.

    What it does not say of its section, account, VAT fund, taxes, prices and variant is as it is
    of the costs that it replaces.
    """

    section: Section | None = None
    """Its section of the budget: investment or operating."""
    account: Account | None = None
    """Its account, as in 2183; what begins with 2 is taken for investment, with 6 for operating."""
    tax: Literal["incl", "excl"] | None = None
    """Whether the amount includes taxes, where that is not as in the plan; needs rate."""
    rate: Part | None = None
    """The rate of the tax: 20 %."""
    indexed: YesNo | None = None
    """Whether it follows the prices: see the plan's section indexation."""
    fctva: YesNo | None = None
    """Whether the VAT fund gives back a part of it."""
    when: Annotated[When, To("variant")] | None = None
    """The variant whose costs alone it takes the place of, as target.variant."""


#: What a project costs instead, by year; what is blank changes nothing.
CostsByYear: TypeAlias = Annotated[
    dict[YearNumber, Annotated[InsteadCost, WrapValidator(_blank_or_amount), MayBeBlank()]],
    AfterValidator(_without_blanks),
    BeforeValidator(lambda cells: {} if cells is None else cells),
    MayBeBlank(),
]


@part
class ScenarioChange:
    """What a scenario changes of a project or a theme."""

    project: Annotated[Id, To("project")] | None = None
    """The id of the project that is changed."""
    theme: Annotated[Id, To("theme")] | None = None
    """The id of the theme whose envelope is changed."""
    shift: Length | None = None
    """By how many quarters the project comes later: 2 quarters, -1 quarter."""
    start: QuarterName | None = None
    """The quarter in which the project starts instead: 2017-T3."""
    stretch: Length | None = None
    """By how many quarters the project lasts longer: 2 quarters, -1 quarter."""
    costs: CostsByYear = Field(default_factory=dict)
    """What the project costs instead, by year."""
    envelope: Envelope = Field(default_factory=dict)
    """What the theme's envelope is instead, by year."""
    percent: Percentage | None = None
    """By how much all costs of the project, or the whole envelope, change: -10 %."""
    reason: Text | None = None
    """Why the scenario changes it."""


@part
class Scenario:
    """Another version of the plan: choices and changes, with a name."""

    id: Id
    """What --scenario names it by."""
    title: Text | None = None
    """What outputs call it."""
    based_on: Annotated[Id, To("scenario")] | None = None
    """The id of the scenario that it builds on."""
    choose: Annotated[
        dict[Id, Id],
        BeforeValidator(lambda chosen: {} if chosen is None else chosen),
        MayBeBlank(),
        To("variant"),
    ] = Field(default_factory=dict)
    """The variants that are chosen: by the id of the target, that of the variant."""
    drop: Annotated[Listed[Id], To("project")] = ()
    """The ids of the projects that are left out."""
    add: Listed[Project] = ()
    """Projects that are added, written as those of the plan."""
    change: Listed[ScenarioChange] = ()
    """What is changed, in this order, once the rest is done."""
    ceilings: Ceilings | None = None
    """What may be spent at most instead, by kind and year; others stay as they are."""


#: What a plan may say of a rule, in its section ``rules``.
RuleSetting: TypeAlias = Literal["off", "info", "warning", "error"]


Thing: TypeAlias = (
    Theme
    | Project
    | Recommendation
    | Context
    | Commitment
    | AuditFinding
    | Risk
    | Target
    | Funder
    | Programme
)


@dataclass(frozen=True, kw_only=True, config=_STRICT)  # without slots: it keeps calculations
class Plan:
    """A whole plan, the union of its files."""

    #: Of another version than the one that is written: what it has become, see ``scenarios.py``.
    version: ClassVar[Becoming | None] = None

    header: Header = Field(alias="plan")
    """What the plan is, and for which years."""
    themes: Listed[Theme] = ()
    """The themes, with their yearly envelopes."""
    stated_totals: StatedTotals | None = None
    """The totals of the plan as they were printed: they are checked."""
    projects: Listed[Project] = ()
    """The projects, with their quarters and costs."""
    priority_classes: Listed[PriorityClass] = ()
    """The classes of the priority matrix."""
    recommendations: Listed[Recommendation] = ()
    """The recommendations of the priority matrix, by class and rank."""
    context: Listed[Context] = ()
    """Where the plan starts from, in titled lists."""
    commitments: Listed[Commitment] = ()
    """What was promised or asked for, in titled lists."""
    findings: Listed[AuditFinding] = ()
    """What an audit found, and what follows from it."""
    risks: Listed[Risk] = ()
    """What may happen if nothing is done."""
    targets: Listed[Target] = ()
    """What is to be reached, with actions and variants."""
    exceptions: Listed[RuleException] = ()
    """Rules set aside for one thing each, with the reason."""
    rules: Annotated[
        dict[str, RuleSetting],
        BeforeValidator(lambda rules: {} if rules is None else rules),
        MayBeBlank(),
    ] = Field(default_factory=dict)
    """The severity of rules in this plan: off, info, warning or error."""
    scenarios: Listed[Scenario] = ()
    """Other versions of the plan, by name."""
    changes: Listed[ReasonOfChanges] = ()
    """Why things have changed since the version before."""
    funders: Listed[Funder] = ()
    """Who else pays for projects."""
    programmes: Listed[Programme] = ()
    """What is authorised for projects over several years, and paid in each (AP/CP)."""
    fctva: Fctva | None = None
    """The VAT fund, where it is counted."""
    indexation: Indexation | None = None
    """How prices move, for the costs that are indexed."""
    ceilings: Ceilings | None = None
    """What may be spent at most in each year."""
    own_share: Annotated[OwnShare | Literal["none"], OrWord(OwnShare, "none")] | None = None
    """The least part of a project that the town pays itself; none: it is not looked at."""
    savings: Envelope = Field(default_factory=dict)
    """What the town can pay of its own in each year: its available savings."""

    @property
    def years(self) -> Years:
        return self.header.years

    def things(self) -> Iterator[tuple[Path, Thing]]:
        """Everything that has an id, with its path, in a fixed order of sections."""
        for section in SECTIONS_WITH_IDS:
            for i, thing in enumerate(getattr(self, section)):
                if thing.id is not None:
                    yield (section, i), thing

    @cached_property
    def by_id(self) -> Mapping[str, Thing]:
        """Everything that has an id; of two with the same id, the first."""
        found: dict[str, Thing] = {}
        for section in SECTIONS_WITH_IDS:
            for thing in getattr(self, section):
                if thing.id is not None:
                    found.setdefault(thing.id, thing)
        return found

    @cached_property
    def class_by_number(self) -> Mapping[int, PriorityClass]:
        return {c.class_: c for c in reversed(self.priority_classes)}

    @cached_property
    def projects_by_theme(self) -> Mapping[str, tuple[Project, ...]]:
        """The projects of each theme, in the plan's order; themes without any are there too."""
        found: dict[str, list[Project]] = defaultdict(list)
        for project in self.projects:
            found[project.theme].append(project)
        return {theme.id: tuple(found[theme.id]) for theme in self.themes}


_PLAN: TypeAdapter[Plan] = TypeAdapter(Plan)


def plan_of(tree: object) -> Plan:
    """The plan that a tree of dicts, lists and texts states. Raises pydantic's ValidationError."""
    return _PLAN.validate_python(tree)


def taken_as(kind: type[T], piece: object, **values: Any) -> T:
    """A piece of a kind: what another piece states, and other values, taken as they are."""
    copy = object.__new__(kind)
    for name in kind.__pydantic_fields__:  # type: ignore[attr-defined]
        value = values[name] if name in values else getattr(piece, name, None)
        object.__setattr__(copy, name, value)
    return copy


def changed(piece: T, **values: Any) -> T:
    """A copy of a piece of a plan, or of a plan, with other values, taken as they are."""
    copy = taken_as(type(piece), piece, **values)
    if hasattr(piece, "whole"):
        object.__setattr__(copy, "whole", piece.whole)
    return copy


def once_per_plan(calculation: Callable[[Plan], T]) -> Callable[[Plan], T]:
    """Keep what is calculated from a plan with it: a plan never changes."""
    name = f"{calculation.__module__}.{calculation.__qualname__}"

    @wraps(calculation)
    def kept(plan: Plan) -> T:
        memory: dict[str, Any] = plan.__dict__
        if name not in memory:
            memory[name] = calculation(plan)
        return memory[name]  # type: ignore[no-any-return]

    return kept


def taxes_differ(plan: Plan) -> bool:
    """Whether the plan includes taxes and its baseline does not, or the other way round."""
    baseline = plan.header.baseline
    known = {plan.header.tax, baseline.tax if baseline else None} - {None, "unstated"}
    return len(known) == 2


SECTIONS_WITH_IDS = (
    "themes",
    "projects",
    "recommendations",
    "targets",
    "findings",
    "risks",
    "commitments",
    "context",
    "funders",
    "programmes",
)
