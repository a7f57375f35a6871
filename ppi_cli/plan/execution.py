"""What was done of what was voted: the lines of the town's accounts, a year after the other."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, TypeAlias, get_args

from pydantic import Field, ModelWrapValidatorHandler, ValidationInfo, model_validator

from ppi_cli.plan.fields import To
from ppi_cli.plan.notation import (
    Account,
    Basis,
    Date,
    Id,
    Listed,
    OneOrListed,
    Part,
    Sum,
    Text,
    YearNumber,
    YesNo,
)
from ppi_cli.plan.pieces import Sourced, part
from ppi_cli.values.message import NotationError, msg
from ppi_cli.values.quarters import Year
from ppi_cli.values.terms import Section

_CODE = "PPI141"

#: What a line of execution may be of.
BearerKind: TypeAlias = Literal["project", "theme", "programme", "operation"]
BEARERS: tuple[BearerKind, ...] = get_args(BearerKind)

#: The amounts of a line of execution, in the order in which they come about.
LINE_AMOUNTS = (
    "voted", "carried_in", "opened", "committed", "encumbered", "paid", "carried_over", "expected",
)  # fmt: skip


@part
class Decision(Sourced):
    """What a decision adds to the credits of a year, or takes from them."""

    alone = "amount"

    date: Date | None = None
    """The day of the decision, as in 2025-06-26."""
    amount: Sum
    """How much more, or less where it is below zero: 14 k€, -6 k€."""


@part
class Received(Sourced):
    """What has come in a year of what others are to pay."""

    alone = "amount"

    from_: Annotated[Id, To("funder")] | None = Field(default=None, alias="from")
    """The id of who has paid, one of the plan's funders; without it, all of them together."""
    amount: Sum
    """How much has come: 96 k€; 0 € where nothing has."""


@part
class FirstVote:
    """What a project was to cost when it was voted first."""

    date: Date
    """The day of the vote, as in 2022-12-15."""
    amount: Sum
    """What it was to cost in all: 1,2 M€."""
    basis: Basis = "stated"
    """Whether it is stated somewhere, or assumed."""
    source: Text | None = None
    """Where it stands: a deliberation."""


@part
class ExecutionLine:
    """What the account of a year says of one project, theme, programme or operation."""

    project: Annotated[Id, To("project")] | None = None
    """The id of the project that it is of."""
    theme: Annotated[Id, To("theme")] | None = None
    """The id of the theme that it is of, where it is of none of its projects."""
    programme: Annotated[Id, To("programme")] | None = None
    """The id of the programme that it is of, where it is of none of its projects."""
    operation: Text | None = None
    """The number of the operation that it is of, which a project names among its own."""
    label: Text | None = None
    """What the account calls it."""
    account: Account | None = None
    """Its account, as in 2313; without it, that of the costs of the project."""
    section: Section | None = None
    """Its section of the budget: investment or operating; without it, that of the costs."""
    fctva: YesNo | None = None
    """Whether the VAT fund gives back a part of it; without it, as for the costs."""
    tax: Literal["incl", "excl"] | None = None
    """Whether its amounts include taxes, where that is not as in the plan; needs rate."""
    rate: Part | None = None
    """The rate of the tax: 20 %; without it, that of the costs."""
    voted: Sum | None = None
    """What the budget opened; without it, what the plan has for the year, as an assumption."""
    changed: OneOrListed[Decision] = ()
    """What decisions have added since, or taken, each with its day and source."""
    carried_in: Sum | None = None
    """What was carried over from the year before; without it, what the plan says of that."""
    opened: Sum | None = None
    """Voted, changed and carried in together; it may stand alone."""
    committed: Sum | None = None
    """What was committed, what is paid of it included."""
    encumbered: Sum | None = None
    """What was committed and is not paid yet, instead of committed."""
    paid: Sum | None = None
    """What was paid; 0 € where nothing was."""
    received: OneOrListed[Received] = ()
    """What has come of what others are to pay, by funder."""
    carried_over: Sum | None = None
    """What is carried over to the next year; of a closed year, nothing where it is not written."""
    expected: Sum | None = None
    """Of a running year: what will have been paid at its end."""
    basis: Basis = "stated"
    """Whether it is stated somewhere, or assumed."""
    source: Text | None = None
    """Where it stands."""

    @model_validator(mode="wrap")
    @classmethod
    def _says_it_once(
        cls, value: object, read: ModelWrapValidatorHandler["ExecutionLine"], info: ValidationInfo
    ) -> "ExecutionLine":
        line = read(_alone_is_a_decision(value))
        if type(value) is dict:
            _is_of_one(value)
            if line.committed is not None and line.encumbered is not None:
                raise NotationError(
                    _CODE,
                    msg("“{key}” does not go with “{other}”", key="encumbered", other="committed"),
                    msg("write what was committed in all, or what of it is not paid yet"),
                    "encumbered",
                )
        return line

    @property
    def bearer(self) -> tuple[BearerKind, str]:
        """What it is of."""
        found = ((kind, getattr(self, kind)) for kind in BEARERS)
        return next((kind, id) for kind, id in found if id is not None)


def _alone_is_a_decision(value: object) -> object:
    """A line in which single amounts of decisions and receipts stand for lists of one."""
    if type(value) is not dict:
        return value
    alone = {k: [value[k]] for k in ("changed", "received") if isinstance(value.get(k), str)}
    return {**value, **alone}


def _is_of_one(line: Mapping[str, Any]) -> None:
    """Hold a line to be of one thing. Raises NotationError (PPI102, PPI141)."""
    of = [kind for kind in BEARERS if line.get(kind) is not None]
    if not of:
        raise NotationError(
            "PPI102",
            msg("nothing says what this line is of"),
            msg("add “project: …”, or theme, programme, operation"),
        )
    if len(of) > 1:
        raise NotationError(
            _CODE,
            msg("this line is of several things: {names}", names=of),
            msg("keep one of them; a line of each is a line of its own"),
            of[1],
        )


@part
class AccountTotals:
    """What an account says of all its lines together: they are checked."""

    voted: Sum | None = None
    """What the budget opened, of all lines."""
    changed: Sum | None = None
    """What decisions have added since, of all lines."""
    carried_in: Sum | None = None
    """What was carried over from the year before, of all lines."""
    opened: Sum | None = None
    """What was opened, of all lines."""
    committed: Sum | None = None
    """What was committed, of all lines."""
    paid: Sum | None = None
    """What was paid, of all lines."""
    carried_over: Sum | None = None
    """What is carried over to the next year, of all lines."""
    source: Text | None = None
    """Where they stand."""


@part
class ExecutionYear:
    """What was done in a year of what was voted: the town's account of it."""

    year: YearNumber
    """The year that the account is of."""
    closed: YesNo | None = None
    """yes, once the account of the year is closed."""
    at: Date | None = None
    """The day on which the account stood so; without closed, the year is still running."""
    source: Text | None = None
    """Where it stands: CFU 2025."""
    siret: Text | None = None
    """The SIRET of the budget that it is of: an import refuses those of another."""
    tax: Literal["incl", "excl"] | None = None
    """Whether its amounts include taxes, where that is not as in the plan; needs rate."""
    rate: Part | None = None
    """The rate of the tax, where a line has none of its own: 20 %."""
    stated_totals: AccountTotals | None = None
    """What the account says of all its lines together: they are checked."""
    lines: Listed[ExecutionLine] = ()
    """What it says of each project, theme, programme or operation."""

    @model_validator(mode="after")
    def _is_closed_or_running(self) -> "ExecutionYear":
        if not self.closed and self.at is None:
            raise NotationError(
                "PPI102",
                msg("nothing says whether {year} is closed", year=Year(self.year)),
                msg("add “closed: yes”, or of a running year the day: “at: 2026-06-30”"),
            )
        return self

    @property
    def is_closed(self) -> bool:
        """Whether the account of the year is closed; else the year is still running."""
        return bool(self.closed)
