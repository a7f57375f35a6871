"""The plan as a whole, and the look-ups that everything else shares."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property, wraps
from typing import Annotated, Any, ClassVar, Literal, TypeAlias

from pydantic import BeforeValidator, Field, TypeAdapter
from pydantic.dataclasses import dataclass

from ppi_cli.plan.becoming import Becoming
from ppi_cli.plan.finance import (
    Baseline,
    Ceilings,
    Fctva,
    Funder,
    Indexation,
    OwnShare,
    Programme,
    Theme,
)
from ppi_cli.plan.notation import Currency, Date, Listed, MayBeBlank, OrWord, Tax, Text, YearRange
from ppi_cli.plan.pieces import _STRICT, Envelope, StatedTotals, T, part
from ppi_cli.plan.projects import Project
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
from ppi_cli.values.findings import Path
from ppi_cli.values.quarters import Years


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
    #: Of a plan that is worked out: its projects that are cancelled. No key says it.
    cancelled: tuple[Project, ...] = Field(init=False, default=())

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
    "funders",
    "programmes",
)
