"""The plan as a whole, and the look-ups that everything else shares."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cached_property, wraps
from typing import Annotated, Any, ClassVar, Literal, TypeAlias

from pydantic import Field, TypeAdapter, ValidationError, model_validator

from ppi_cli.plan.becoming import Becoming
from ppi_cli.plan.debt import Debt
from ppi_cli.plan.execution import ExecutionYear
from ppi_cli.plan.fields import MayBeBlank, OrWord, Rare
from ppi_cli.plan.finance import (
    Baseline,
    Ceilings,
    Fctva,
    Funder,
    Group,
    Indexation,
    OwnShare,
    Programme,
    Theme,
)
from ppi_cli.plan.notation import (
    Currency,
    Date,
    Listed,
    Month,
    OneOrListed,
    Part,
    Tax,
    Text,
    UnitName,
    YearName,
    YearRange,
)
from ppi_cli.plan.pieces import Amount, Envelope, StatedTotals, T, changed, part, whole
from ppi_cli.plan.projects import Cost, Funding, FundingInYears, Project
from ppi_cli.plan.reading import blank_is_no_key
from ppi_cli.plan.reasons import (
    AuditFinding,
    Commitment,
    Context,
    PriorityClass,
    ReasonOfChanges,
    Recommendation,
    Risk,
    RuleException,
    Target,
)
from ppi_cli.plan.scenarios import Scenario
from ppi_cli.plan.years import plain_years
from ppi_cli.values.findings import Path
from ppi_cli.values.fiscal import CALENDAR, MONTH_HELP, FiscalYears
from ppi_cli.values.message import NotationError, msg
from ppi_cli.values.money import scale_and_currency, sign_of
from ppi_cli.values.notation import PLAIN, Notation
from ppi_cli.values.quarters import Quarter, Years, quarter_of
from ppi_cli.values.terms import LanguageCode, Section


@part
class FiscalYear:
    """When the plan's years begin, and what they are called."""

    begins: Month | None = None
    """The month in which a year begins: July; without it, January."""
    named: YearName | None = None
    """What one of the years is called, as in FY2024 or 2024-25; others are called likewise."""
    named_by: Literal["start", "end"] | None = None
    """Whether a year has the number of the year in which it starts, or ends, as without it."""

    @model_validator(mode="after")
    def _is_of_two_years(self) -> "FiscalYear":
        if self.begins in (None, 1) and self.named is not None and self.named.joint:
            raise NotationError(
                "PPI104",
                msg("a year that begins in January lies in one year, and its name has two"),
                MONTH_HELP,
                "named",
            )
        return self

    @property
    def years(self) -> FiscalYears:
        """How years are reckoned and called."""
        return (self.named or CALENDAR)._replace(
            begins=self.begins or 1, by_start=self.named_by == "start"
        )


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
    unit: UnitName | None = None
    """The unit of all numbers that have none, as in k€; tables are in it where that is exact."""
    fiscal_year: FiscalYear | None = None
    """When its years begin, and what they are called, where they are not calendar years."""
    language: LanguageCode | None = None
    """The language that it is written in; outputs take it where nothing else says which."""
    tax: Tax = "unstated"
    """Whether its amounts include taxes."""
    rate: Part | None = None
    """The usual rate of the tax, of costs that say none, and of shares without taxes: 20 %."""
    section: Section | None = None
    """The usual section of the budget, of costs that state neither section nor account."""
    baseline: Baseline | None = None
    """What is usually spent in a year, to compare the plan with."""
    past: Literal["executed"] | None = None
    """executed: reports count what was paid in closed years; without it, what was voted."""

    @property
    def notation(self) -> Notation:
        """How amounts and years are written in it."""
        years = self.fiscal_year.years if self.fiscal_year is not None else CALENDAR
        return Notation(_whole_unit(self.unit, self.currency), self.currency, years)

    def quarter_of(self, day: date) -> Quarter:
        """The quarter, of its years, that holds a day."""
        return quarter_of(day, self.notation.years or CALENDAR)


def _whole_unit(unit: str | None, currency: str | None) -> str:
    """The unit of bare numbers with its currency, which is the plan's where it names none."""
    if unit is None or scale_and_currency(unit)[1] or currency is None:
        return unit or ""
    return unit + sign_of(currency)


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
    | Group
)


@whole
class Plan:
    """A whole plan, the union of its files."""

    #: Of another version than the one that is written: what it has become, see ``scenarios.py``.
    version: ClassVar[Becoming | None] = None

    header: Header = Field(alias="plan")
    """What the plan is, and for which years."""
    themes: Listed[Theme] = ()
    """The themes, with their yearly envelopes."""
    groups: Rare[Listed[Group]] = ()
    """The groups of themes: each has its subtotal."""
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
    exceptions: Rare[Listed[RuleException]] = ()
    """Rules set aside for one thing each, with the reason."""
    rules: Annotated[dict[str, RuleSetting], MayBeBlank(blank_is_no_key)] = Field(
        default_factory=dict
    )
    """The severity of rules in this plan: off, info, warning or error."""
    scenarios: Rare[Listed[Scenario]] = ()
    """Other versions of the plan, by name."""
    changes: Rare[Listed[ReasonOfChanges]] = ()
    """Why things have changed since the version before."""
    funders: Rare[Listed[Funder]] = ()
    """Who else pays for projects."""
    funding: Rare[OneOrListed[FundingInYears]] = ()
    """What others pay of the plan as a whole, by year: of no theme and no project."""
    programmes: Rare[Listed[Programme]] = ()
    """What is authorised for projects over several years, and paid in each (AP/CP)."""
    execution: Rare[Listed[ExecutionYear]] = ()
    """What was done of what was voted, from the town's accounts: a year after the other."""
    fctva: Rare[Fctva | None] = None
    """The VAT fund, where it is counted."""
    indexation: Rare[Indexation | None] = None
    """How prices move, for the costs that are indexed."""
    ceilings: Rare[Ceilings | None] = None
    """What may be spent at most in each year."""
    own_share: Annotated[OwnShare | Literal["none"], OrWord(OwnShare, "none")] | None = None
    """The least part of a project that the town pays itself; none: it is not looked at."""
    savings: Envelope = Field(default_factory=dict)
    """What the town can pay of its own in each year: its available savings."""
    debt: Rare[Debt | None] = None
    """What the town owes and holds as the plan begins, and on which terms it borrows."""
    #: Of a plan that is worked out: its projects that are cancelled. No key says it.
    cancelled: tuple[Project, ...] = Field(init=False, default=())
    #: Of a plan that is worked out: what others pay of it outside its years. No key says it.
    funding_outside: tuple[Funding, ...] = Field(init=False, default=())
    #: Of a plan as it was executed: the years that are closed. No key says it.
    closed: tuple[int, ...] = Field(init=False, default=())
    #: Of the same: what its themes themselves carry over beyond its last year, by their ids.
    carried_beyond: dict[str, Amount] = Field(init=False, default_factory=dict)

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


def plan_of(tree: object, notation: Notation | None = None) -> Plan:
    """The plan that a tree of dicts, lists and texts states. Raises pydantic's ValidationError.

    It is in the notation of its own header, unless that has been read before.
    """
    notation = notation or notation_of(tree)
    if isinstance(tree, dict):
        tree = plain_years(tree, notation).root
    return _in_usual_section(_PLAN.validate_python(tree, context=notation))


def _in_usual_section(plan: Plan) -> Plan:
    """The plan with its usual section at each cost that states neither section nor account.

    What projects cost to run is operating all the same.
    """
    if plan.header.section is None:
        return plan

    def own(project: Project) -> Project:
        return changed(project, costs=tuple(in_usual_section(plan, c) for c in project.costs))

    scenarios = (changed(each, add=tuple(map(own, each.add))) for each in plan.scenarios)
    return changed(plan, projects=tuple(map(own, plan.projects)), scenarios=tuple(scenarios))


def in_usual_section(plan: Plan, cost: Cost) -> Cost:
    """A cost as it is; in the plan's usual section, where it states neither section nor account."""
    is_stated = cost.section is not None or cost.account is not None
    return cost if is_stated else changed(cost, section=plan.header.section)


_UNIT: TypeAdapter[str] = TypeAdapter(UnitName)
_CURRENCY: TypeAdapter[str] = TypeAdapter(Currency)
_FISCAL: TypeAdapter[FiscalYear] = TypeAdapter(FiscalYear)


def notation_of(tree: object) -> Notation:
    """How amounts and years are written in a tree, as its header says, which is read first."""
    header = tree.get("plan") if isinstance(tree, dict) else None
    if not isinstance(header, dict) or not {"unit", "currency", "fiscal_year"} & header.keys():
        return PLAIN
    currency = _read(_CURRENCY, header.get("currency", "EUR"))
    unit = _read(_UNIT, header["unit"]) if header.get("unit") is not None else ""
    years: FiscalYears | None = CALENDAR
    if header.get("fiscal_year") is not None:
        fiscal = _read(_FISCAL, header["fiscal_year"])
        years = None if fiscal is None else fiscal.years
    return Notation(None if unit is None else _whole_unit(unit or None, currency), currency, years)


def _read(adapter: TypeAdapter[T], written: object) -> T | None:
    """What a piece of the header says; ``None`` where it cannot be read."""
    try:
        return adapter.validate_python(written)
    except ValidationError:
        return None


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


def forget(plan: Plan) -> None:
    """Let go of what was kept with a plan: most of it holds the plan in turn, and so both stay."""
    memory: dict[str, Any] = plan.__dict__
    for name in [name for name in memory if "." in name]:
        del memory[name]


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
    "groups",
)
