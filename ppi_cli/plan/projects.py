"""Projects: when they are done, what they cost, what they cost to run, who else pays."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, ClassVar, Literal, TypeAlias

from pydantic import (
    AfterValidator,
    Field,
    ModelWrapValidatorHandler,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    WrapValidator,
    model_validator,
)

from ppi_cli.plan.execution import FirstVote
from ppi_cli.plan.fields import AmongItsKeys, Holds, Titled, To, titled
from ppi_cli.plan.lines import OutsideYears, Paid, Periods, as_line
from ppi_cli.plan.notation import (
    Account,
    BaseOfAShare,
    Basis,
    Completeness,
    Id,
    Listed,
    Number,
    OneOrListed,
    Paragraphs,
    Part,
    QuarterName,
    Spans,
    Sum,
    Text,
    Texts,
    When,
    YearNumber,
    YearRange,
    YesNo,
)
from ppi_cli.plan.paid import (
    AMOUNTS,
    IN_A_YEAR,
    OF_SEVERAL,
    comes_in_a_year,
    is_of_one_time,
    is_received_in_years,
    is_received_once,
    says_it_in_periods,
    says_it_once,
)
from ppi_cli.plan.pieces import Envelope, Link, Schedule, StatedTotals, changed, part
from ppi_cli.plan.reading import more_than_zero
from ppi_cli.plan.reasons import EXPLAINING
from ppi_cli.values.findings import Path
from ppi_cli.values.message import NotationError, msg
from ppi_cli.values.notation import PLAIN
from ppi_cli.values.quarters import OUTSIDE, Outside, Year, Years
from ppi_cli.values.terms import Section, Status


@part
class Spent:
    """What a cost says whenever it is paid."""

    basis: Basis = "stated"
    """Whether it is stated somewhere, or assumed."""
    source: Text | None = None
    """Where it stands."""
    label: Text | None = None
    """What it pays for."""
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
class Cost(Spent):
    """What a project costs in a year or a quarter, or in several of them."""

    #: Whether its time is not stated, but comes from spreading it: see ``rescheduling.py``.
    is_spread: ClassVar[bool] = False
    #: Whether it is what was paid in a closed year, which nothing changes: see ``executed.py``.
    is_paid: ClassVar[bool] = False

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
    periods: Annotated[Periods, AmongItsKeys()] = Field(default_factory=dict)
    """How much in each year or quarter, in a line of several: 2016: 40 k€."""
    before: OutsideYears = Field(default_factory=dict)
    """How much before the plan's first year, in such a line: 120 k€; or by year."""
    beyond: OutsideYears = Field(default_factory=dict)
    """How much after the plan's last year, in such a line: 80 k€; or by year."""
    unplanned: OutsideYears = Field(default_factory=dict)
    """How much in no year yet, in such a line: 300 k€."""
    carried_from: YearNumber | None = None
    """The year that it was carried over from: its credits were voted then; never indexed."""
    section: Section | None = None
    """Its section of the budget: investment or operating."""
    account: Account | None = None
    """Its account, as in 2183; what begins with 2 is taken for investment, with 6 for operating."""
    fctva: YesNo | None = None
    """Whether the VAT fund gives back a part of it; without it, where it is investment."""

    @model_validator(mode="wrap")
    @classmethod
    def _says_it_once(
        cls, value: object, read: ModelWrapValidatorHandler["Cost"], info: ValidationInfo
    ) -> "Cost":
        if type(value) is dict and value.keys() <= _WORDS_OF_ONE_TIME and is_of_one_time(value):
            return read(value)  # as nearly every cost there is
        notation = info.context or PLAIN
        line = as_line(value, _WORDS_OF_A_COST, notation)
        cost = read(line)
        if type(value) is dict:
            (says_it_once if line is value else says_it_in_periods)(value, notation)
        return cost

    @property
    def is_line(self) -> bool:
        """Whether it is a line of several periods."""
        return bool(self.periods or self.before or self.beyond or self.unplanned)

    def by_period(self) -> Iterator[tuple[Path, "Cost"]]:
        """A line as a cost for each of its periods, with where that stands in it; else itself."""
        if not self.is_line:
            yield (), self
            return
        for at, paid, when in paid_by_period(self):
            told = _told(self, paid)
            indexed = self.indexed and not isinstance(when.get("year"), Outside)
            none: dict[str, Any] = {"periods": {}, "before": {}, "beyond": {}, "unplanned": {}}
            yield at, changed(self, **none, **when, **told, indexed=indexed)

    @property
    def is_outside(self) -> bool:
        """Whether it lies outside the plan's years, of a plan that is worked out."""
        return isinstance(self.year, Outside)

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
        if self.periods:
            years = [period.year for period in self.periods]
            return Years(min(years), max(years))
        if self.years is not None or self.in_year is None:
            return self.years
        return Years(self.in_year, self.in_year)

    @property
    def amount_key(self) -> str:
        """The key that its amount is written with."""
        if self.amount is not None:
            return "amount"  # as nearly every cost there is
        return next((key for key in AMOUNTS if getattr(self, key) is not None), "amount")

    @property
    def written(self) -> Sum | None:
        """Its amount as it is written: in its time, in each of its years, or in all."""
        amount: Sum | None = getattr(self, self.amount_key)
        return amount


#: The keys of a cost that are not periods.
_WORDS_OF_A_COST = frozenset(
    name
    for name in Cost.__pydantic_fields__  # type: ignore[attr-defined]
    if name not in ("periods", "before", "beyond", "unplanned")
)
#: Those of a cost of one year or quarter.
_WORDS_OF_ONE_TIME = _WORDS_OF_A_COST - OF_SEVERAL


@part
class RunningCost(Spent):
    """What a project costs each year once it is done."""

    amount: Sum | None
    """How much a year: 5 k€. Left blank, it is not stated."""
    start: YearNumber | None = None
    """The first year; without it, the year after the project's last quarter."""
    until: YearNumber | None = None
    """The last year; without it, that of the plan."""
    section: Section = "operating"
    """Its section of the budget: operating, unless it says investment."""
    account: Account | None = None
    """Its account, as in 6156."""


@part
class Funding:
    """What someone else pays of a project: an amount or a share, in a time or as costs come."""

    #: Whether it is known in part only, since a cost that it is a share of is blank.
    is_known_in_part: ClassVar[bool] = False

    #: Whether it is of a closed year, which nothing changes: see ``executed.py``.
    is_received: ClassVar[bool] = False

    #: Whether it was to come in a closed year, and is to come later: see ``received.py``.
    is_carried: ClassVar[bool] = False

    from_: Annotated[Id, To("funder")] = Field(alias="from")
    """The id of who pays, one of the plan's funders."""
    year: YearNumber | None = None
    """The year in which it is received; without any time, it comes as the costs do."""
    quarter: QuarterName | None = None
    """The quarter in which it is received, where it is known; instead of the year."""
    amount: Sum | None = None
    """How much: 96 k€. Left blank, it is not stated."""
    share: Part | None = None
    """How much, as a part of what the project costs: 40 %; instead of the amount."""
    of: BaseOfAShare | None = None
    """Of what it is a part: of costs with taxes (incl) or without (excl), or of an amount."""
    at_most: Annotated[Sum, AfterValidator(more_than_zero)] | None = None
    """The most that a share comes to: 150 k€."""
    periods: Annotated[Periods, AmongItsKeys()] = Field(default_factory=dict)
    """How much in each year or quarter, in a line of several: 2016: 40 k€, 2017: 5 k€."""
    before: OutsideYears = Field(default_factory=dict)
    """How much before the plan's first year, in such a line: 120 k€; or by year."""
    beyond: OutsideYears = Field(default_factory=dict)
    """How much after the plan's last year, in such a line: 80 k€; or by year."""
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

    @model_validator(mode="wrap")
    @classmethod
    def _says_it_once(
        cls, value: object, read: ModelWrapValidatorHandler["Funding"], info: ValidationInfo
    ) -> "Funding":
        notation = info.context or PLAIN
        line = as_line(value, _WORDS_OF_FUNDING, notation)
        funding = read(line)
        if type(value) is dict:
            (is_received_once if line is value else is_received_in_years)(value, notation)
            for key, year in funding.in_years():
                _no_later(key, year, funding.until)
        return funding

    @property
    def is_line(self) -> bool:
        """Whether it is a line of several periods."""
        return bool(self.periods or self.before or self.beyond)

    def by_period(self) -> Iterator[tuple[Path, "Funding"]]:
        """A line as funding for each of its periods, with where that stands in it; else itself."""
        if not self.is_line:
            yield (), self
            return
        for at, paid, when in paid_by_period(self):
            told = _told(self, paid)
            yield at, changed(self, periods={}, before={}, beyond={}, **when, **told)

    @property
    def is_outside(self) -> bool:
        """Whether it lies outside the plan's years, of a plan that is worked out."""
        return isinstance(self.year, Outside)

    def in_years(self) -> Iterator[tuple[str, int]]:
        """The years of the plan in which it is received, by the key that says so."""
        if self.quarter is not None:
            yield "quarter", self.quarter.year
        if self.year is not None:
            yield "year", self.year
        for period in self.periods:
            yield period, period.year

    @property
    def in_year(self) -> int:
        """Its year, of a plan that is worked out: there, each funding has one."""
        if self.quarter is not None:
            return self.quarter.year
        assert self.year is not None
        return self.year

    @property
    def comes_with_costs(self) -> bool:
        """Whether nothing says when it comes: it comes as the costs of its project do."""
        return self.year is None and self.quarter is None and not self.is_line


#: The keys of funding that are not periods.
_WORDS_OF_FUNDING = frozenset(
    {"from", "year", "quarter", "amount", "share", "of", "at_most"}
    | {"status", "until", "basis", "source", "reason"}
)


def _in_a_year(value: object, read: ValidatorFunctionWrapHandler) -> Funding:
    """Funding of no project, which says how much and when. Raises NotationError (PPI102, PPI116)"""
    funding: Funding = read(value)
    if isinstance(value, dict) and not funding.is_line:
        comes_in_a_year(value)
    return funding


#: What someone else pays of a theme or of the plan: there are no costs of which it is a share.
FundingInYears: TypeAlias = Annotated[Funding, WrapValidator(_in_a_year), Holds(IN_A_YEAR)]


def _no_later(key: str, year: int, until: int | None) -> None:
    """Hold funding to come no later than in its last year. Raises NotationError (PPI202)."""
    if until is not None and until < year:
        raise NotationError(
            "PPI202",
            msg("it cannot come in {year}, after {until}", year=Year(year), until=Year(until)),
            msg("write the last year in which it can come: {year} or later", year=Year(year)),
            "until",
        )


@part
class NotBefore:
    """What keeps a project from starting earlier."""

    quarter: QuarterName
    """The first quarter in which the project may start."""
    reason: Text
    """Why it may not start before."""


@part
class Picture:
    """A picture of a project, in a file below the plan's folder: documents show it."""

    file: Text
    """The name of its file, a png or jpeg below the plan's folder: plan.jpg."""
    alt: Text
    """What is to be seen in it, in words, for those who do not see it."""


@part
class ProjectStatus:
    """How a project stands: its word alone, or with since when and why."""

    status: Status
    """How it stands; cancelled, it counts nothing."""
    since: QuarterName | None = None
    """Since when, as in 2026-T2."""
    reason: Text | None = None
    """Why it stands so."""

    @model_validator(mode="before")
    @classmethod
    def _expand(cls, value: object) -> object:
        return value if type(value) is dict else {"status": value}


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
    number: Text | None = None
    """Its number, as in 2024-07; on the command line, the project may be named by it."""
    operations: Texts = ()
    """The numbers of its operations in the town's accounts, as in "20180001"."""
    lead: Annotated[Text | None, Titled(msg("Led by"))] = None
    """Who leads it: a person or a service."""
    location: Annotated[Text | None, Titled(msg("Location"), in_lists=False)] = None
    """Where it is done."""
    description: Paragraphs | None = None
    """What is done, in as many paragraphs as it takes."""
    picture: Picture | None = None
    """A picture of it: its file and what is to be seen in it."""
    status: ProjectStatus | None = None
    """How it stands; without it, planned. What is cancelled counts nothing."""
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
    costs: OneOrListed[Cost] = ()
    """What it costs, by year or by quarter."""
    running_costs: OneOrListed[RunningCost] = ()
    """What it costs each year once it is done."""
    useful_life: Number | None = None
    """How many years what it brings will last; then the need comes back."""
    money: Literal["none"] | None = None
    """none: it costs nothing, and no figure is missing."""
    funding: OneOrListed[Funding] = ()
    """What others pay of it: amounts or shares, by year or as its costs come."""
    first_vote: FirstVote | None = None
    """What it was to cost when it was voted first: reports of execution start from there."""
    paid: Envelope = Field(default_factory=dict)
    """What was paid in each year of which execution says that it is closed, or running."""
    funding_complete: Completeness = "no"
    """Whether all who pay are listed, the town too: over all years, in each_year or in some."""
    stated_totals: StatedTotals | None = None
    """The totals of the project as they were printed: they are checked."""
    when: Annotated[When, To("variant")] | None = None
    """The variant that it depends on, as target.variant."""
    reason: Text | None = None
    """Why it has changed since the version before."""
    #: Of a plan that is worked out: what it costs, and what others pay, outside the plan's years.
    #: No key says it.
    costs_outside: tuple[Cost, ...] = Field(init=False, default=())
    funding_outside: tuple[Funding, ...] = Field(init=False, default=())
    #: And what others pay that comes in no year: too late, or with costs that are not known.
    funding_nowhere: tuple[Funding, ...] = Field(init=False, default=())

    @property
    def standing(self) -> Status:
        """How it stands; what says nothing of it is planned."""
        return "planned" if self.status is None else self.status.status


#: What projects say of themselves in a text, by its key: wherever they are shown, it is.
OF_ITSELF: Mapping[str, Titled] = titled(Project)


def paid_by_period(line: Cost | Funding) -> Iterator[tuple[Path, Paid, Mapping[str, Any]]]:
    """What is paid in each period of a line: where it stands in it, what, and its time."""
    for period, paid in line.periods.items():
        quarter = period.quarter
        when = {"year": period.year} if quarter is None else {"quarter": quarter}
        yield (str(period),), paid, when
    for word, outside in OUTSIDE.items():
        for year, paid in getattr(line, word, {}).items():
            steps: Path = (word,) if year == outside else (word, str(year))
            yield steps, paid, {"year": outside}


def _told(line: Cost | Funding, paid: Paid) -> Mapping[str, Any]:
    """What a period says of what is paid in it; else, what its line does."""
    return {
        "amount": paid.amount,
        "basis": paid.basis,
        "source": paid.source or line.source,
        "reason": paid.reason or line.reason,
    }


def section_of(account: str | None) -> Section | None:
    """The section of an account: 2 is investment, 6 operating (M57); others say neither."""
    sections: Mapping[str, Section] = {"2": "investment", "6": "operating"}
    return sections.get((account or "")[:1])


def all_costs(project: Project) -> Iterator[tuple[Path, Cost | RunningCost]]:
    """The costs of a project and those that follow it, with where they stand in it."""
    for j, cost in enumerate(project.costs):
        yield ("costs", j), cost
    for j, cost in enumerate(project.costs_outside):
        yield ("costs_outside", j), cost
    for j, running in enumerate(project.running_costs):
        yield ("running_costs", j), running
