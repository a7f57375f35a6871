"""Projects: when they are done, what they cost, what they cost to run, who else pays."""

from collections.abc import Iterator, Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import (
    Field,
    ModelWrapValidatorHandler,
    ValidationInfo,
    field_validator,
    model_validator,
)

from ppi_cli.plan.notation import (
    Account,
    Basis,
    Completeness,
    Id,
    Listed,
    Number,
    Part,
    QuarterName,
    Section,
    Spans,
    Sum,
    Text,
    To,
    When,
    YearNumber,
    YearRange,
    YesNo,
)
from ppi_cli.plan.paid import AMOUNTS, says_it_once
from ppi_cli.plan.pieces import Link, Schedule, part
from ppi_cli.plan.reasons import EXPLAINING
from ppi_cli.values.findings import Path
from ppi_cli.values.message import NotationError, msg
from ppi_cli.values.notation import PLAIN
from ppi_cli.values.quarters import Year, Years


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
    def _says_it_once(
        cls, value: object, read: ModelWrapValidatorHandler["Cost"], info: ValidationInfo
    ) -> "Cost":
        cost = read(value)
        if type(value) is dict:
            says_it_once(value, info.context or PLAIN)
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
                msg("it cannot come in {year}, after {until}", year=Year(year), until=Year(until)),
                msg("write the last year in which it can come: {year} or later", year=Year(year)),
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
