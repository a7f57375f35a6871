"""Scenarios as they are written: what each chooses, drops, adds and changes."""

from typing import Annotated, Literal, TypeAlias

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, WrapValidator

from ppi_cli.plan.debt import LoanTerms
from ppi_cli.plan.fields import MayBeBlank, ReadsAsNoted, To
from ppi_cli.plan.finance import Ceilings
from ppi_cli.plan.lines import Period, parse_period_or_word
from ppi_cli.plan.notation import (
    PERIOD_OR_WORD,
    Account,
    Id,
    Length,
    Listed,
    Part,
    Percentage,
    QuarterName,
    Text,
    When,
    YesNo,
)
from ppi_cli.plan.pieces import Amount, Envelope, _blank_or_amount, _without_blanks, part
from ppi_cli.plan.projects import Project
from ppi_cli.plan.reading import blank_is_no_key
from ppi_cli.plan.spans import no_span
from ppi_cli.values.terms import Section


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


_WORDS = tuple(InsteadCost.__pydantic_fields__)  # type: ignore[attr-defined]


def _each_with_the_words(line: object, info: ValidationInfo) -> object:
    """The periods of a line, each with the words of the line that it does not say itself.

    Raises NotationError (PPI116) for a span of years as a key.
    """
    if not isinstance(line, dict):
        return {} if line is None else line
    no_span(line, info)
    words = {key: line[key] for key in line if key in _WORDS and key != "amount"}
    periods = {key: each for key, each in line.items() if key not in words}
    if not words:
        return periods
    return {
        key: each
        if each is None or isinstance(each, list)
        else {**words, **(each if isinstance(each, dict) else {"amount": each})}
        for key, each in periods.items()
    }


#: What a project costs instead, a line; what is blank changes nothing.
CostsInstead: TypeAlias = Annotated[
    dict[
        Annotated[Period, ReadsAsNoted(parse_period_or_word, PERIOD_OR_WORD)],
        Annotated[InsteadCost, WrapValidator(_blank_or_amount), MayBeBlank()],
    ],
    AfterValidator(_without_blanks),
    BeforeValidator(_each_with_the_words),
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
    costs: CostsInstead = Field(default_factory=dict)
    """What the project costs instead, by year, quarter, before, beyond or unplanned."""
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
    choose: Annotated[dict[Id, Id], MayBeBlank(blank_is_no_key), To("variant")] = Field(
        default_factory=dict
    )
    """The variants that are chosen: by the id of the target, that of the variant."""
    drop: Annotated[Listed[Id], To("project")] = ()
    """The ids of the projects that are left out."""
    add: Listed[Project] = ()
    """Projects that are added, written as those of the plan."""
    change: Listed[ScenarioChange] = ()
    """What is changed, in this order, once the rest is done."""
    ceilings: Ceilings | None = None
    """What may be spent at most instead, by kind and year; others stay as they are."""
    savings: Envelope = Field(default_factory=dict)
    """What the savings are instead, by year; others stay as they are."""
    new_loans: LoanTerms | None = None
    """The usual terms of new loans instead; what they do not say stays as it is."""
