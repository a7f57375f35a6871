"""The plan as it is written: frozen models, and the look-ups that everything else shares."""

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
    TypeAdapter,
    ValidatorFunctionWrapHandler,
    WrapValidator,
    field_validator,
    model_validator,
)
from pydantic.dataclasses import dataclass

from ppi_cli.findings import Path
from ppi_cli.notation import (
    Basis,
    Currency,
    Date,
    Id,
    Listed,
    Number,
    QuarterName,
    Spans,
    Sum,
    Tax,
    Text,
    Texts,
    YearNumber,
    YearRange,
    more_than_zero,
)
from ppi_cli.quarters import Quarter, Years

T = TypeVar("T")
_STRICT = ConfigDict(extra="forbid")


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
    source: Text | None = None

    @model_validator(mode="before")
    @classmethod
    def _expand(cls, value: object) -> object:
        return value if type(value) is dict else {cls.alone: value}

    @property
    def assumed(self) -> bool:
        return self.basis == "assumed"


@part
class Amount(Sourced):
    alone = "amount"
    amount: Sum


@part
class Link(Sourced):
    """A thing that is named by its id."""

    alone = "id"
    id: Id


@part
class Schedule(Sourced):
    """The quarters in which a project is active: spans in order, apart from one another."""

    alone = "spans"
    spans: Spans

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


def _blank_or_amount(value: object, read: ValidatorFunctionWrapHandler) -> Any:
    return None if value is None else read(value)


def _without_blanks(cells: dict[int, Amount]) -> dict[int, Amount]:
    return {year: amount for year, amount in cells.items() if amount is not None}


#: Amounts by year, of which only the stated ones are kept.
Envelope: TypeAlias = Annotated[
    dict[YearNumber, Annotated[Amount, WrapValidator(_blank_or_amount)]],
    AfterValidator(_without_blanks),
    BeforeValidator(lambda cells: {} if cells is None else cells),
]


@part
class StatedTotals:
    """Totals as they were printed: by year, over all years, and how they were rounded."""

    years: Envelope = Field(default_factory=dict)
    total: Amount | None = None
    rounded_to: Annotated[Sum, AfterValidator(more_than_zero)] | None = None

    @model_validator(mode="before")
    @classmethod
    def _years_apart(cls, value: object) -> object:
        if type(value) is not dict:
            return value
        words = {key: value[key] for key in ("total", "rounded_to") if key in value}
        return {"years": {k: v for k, v in value.items() if k not in words}, **words}


@part
class Baseline:
    """What the town usually spends in a year, to set the plan against."""

    investment: Amount | None = None
    total: Amount | None = None
    tax: Tax | None = None

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
    years: YearRange
    organisation: Text | None = None
    presented: Date | None = None
    source: Text | None = None
    currency: Currency = "EUR"
    language: Literal["fr", "en"] | None = None
    tax: Tax = "unstated"
    baseline: Baseline | None = None


@part
class Theme:
    kind: ClassVar[str] = "theme"

    id: Id
    title: Text
    source: Text | None = None
    envelope: Envelope = Field(default_factory=dict)
    stated_totals: StatedTotals | None = None


@part
class Cost:
    """What a project costs in a year, or in one quarter."""

    year: YearNumber | None = None
    quarter: QuarterName | None = None
    amount: Sum | None
    basis: Basis = "stated"
    source: Text | None = None
    label: Text | None = None

    @property
    def in_year(self) -> int | None:
        return self.quarter.year if self.quarter is not None else self.year


@part
class NotBefore:
    quarter: QuarterName
    reason: Text


@part
class Project:
    kind: ClassVar[str] = "project"

    id: Id
    title: Text
    theme: Id
    quarters: Schedule | None = None
    after: Listed[Link] = ()
    answers: Listed[Link] = ()
    priority: Number | None = None
    not_before: NotBefore | None = None
    costs: Listed[Cost] = ()


@part
class PriorityClass:
    kind: ClassVar[str] = "class"

    class_: Number = Field(alias="class")
    title: Text
    start_within: Policy | None = None
    finish_within: Policy | None = None
    spread_over: Policy | None = None


@part
class Recommendation:
    kind: ClassVar[str] = "recommendation"

    id: Id
    class_: Number = Field(alias="class")
    rank: Number
    title: Text
    source: Text | None = None
    answers: Listed[Link] = ()


@part
class TitledList:
    """A title with the texts below it."""

    title: Text
    source: Text | None = None
    items: Texts = ()


@part
class Context(TitledList):
    kind: ClassVar[str] = "context"

    id: Id | None = None


@part
class Commitment(TitledList):
    kind: ClassVar[str] = "commitment"

    id: Id


@part
class AuditFinding:
    kind: ClassVar[str] = "finding"

    id: Id
    theme: Id | None = None
    title: Text
    consequence: Text | None = None
    source: Text | None = None
    answers: Listed[Link] = ()


@part
class Risk:
    kind: ClassVar[str] = "risk"

    id: Id
    title: Text
    source: Text | None = None
    answers: Listed[Link] = ()


@part
class Variant:
    id: Id
    title: Text


@part
class Target:
    kind: ClassVar[str] = "target"

    id: Id
    theme: Id | None = None
    title: Text
    action: Text | None = None
    source: Text | None = None
    answers: Listed[Link] = ()
    variants: Listed[Variant] = ()
    chosen: Id | None = None


@part
class RuleException:
    """A rule set aside for one thing, with its reason."""

    rule: Text
    project: Id | None = None
    theme: Id | None = None
    recommendation: Id | None = None
    class_: Number | None = Field(default=None, alias="class")
    year: YearNumber | None = None
    reason: Text
    until: Date | None = None


#: What a plan may say of a rule, in its section ``rules``.
RuleSetting: TypeAlias = Literal["off", "info", "warning", "error"]


Thing: TypeAlias = (
    Theme | Project | Recommendation | Context | Commitment | AuditFinding | Risk | Target
)


@dataclass(frozen=True, kw_only=True, config=_STRICT)  # without slots: it keeps calculations
class Plan:
    """A whole plan, the union of its files."""

    header: Header = Field(alias="plan")
    themes: Listed[Theme] = ()
    stated_totals: StatedTotals | None = None
    projects: Listed[Project] = ()
    priority_classes: Listed[PriorityClass] = ()
    recommendations: Listed[Recommendation] = ()
    context: Listed[Context] = ()
    commitments: Listed[Commitment] = ()
    findings: Listed[AuditFinding] = ()
    risks: Listed[Risk] = ()
    targets: Listed[Target] = ()
    exceptions: Listed[RuleException] = ()
    rules: Annotated[
        dict[str, RuleSetting], BeforeValidator(lambda rules: {} if rules is None else rules)
    ] = Field(default_factory=dict)

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
)
