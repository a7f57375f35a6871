"""The pieces that a plan is written of: amounts, links, schedules, envelopes, with their basis."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import FrozenInstanceError
from functools import cache
from operator import attrgetter
from typing import Annotated, Any, ClassVar, TypeAlias, TypeVar, dataclass_transform

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidatorFunctionWrapHandler,
    WrapValidator,
    model_validator,
)
from pydantic.dataclasses import dataclass

from ppi_cli.plan.fields import AmongItsKeys, MayBeBlank
from ppi_cli.plan.notation import Basis, Id, Number, Spans, Sum, Text, YearNumber, YearRange
from ppi_cli.plan.reading import more_than_zero
from ppi_cli.plan.spans import no_span, years_of
from ppi_cli.values.dataclass import compared
from ppi_cli.values.quarters import Quarter

T = TypeVar("T")
K = TypeVar("K")


#: What reads a piece is made when a plan is read: of all pieces at once, which is quicker.
_STRICT = ConfigDict(extra="forbid", defer_build=True)


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(Field,))
def part(cls: type[T]) -> type[T]:
    """A piece of the plan: immutable, and refusing keys that nothing reads."""
    return _fixed(cls, slots=True)


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(Field,))
def whole(cls: type[T]) -> type[T]:
    """The same of the plan itself, which keeps what is calculated from it."""
    return _fixed(cls, slots=False)


def _fixed(cls: type[T], *, slots: bool) -> type[T]:
    """A class whose objects do not change; two are equal where all that they state is.

    (What ``dataclass`` writes for that takes longer to make than all else that a small plan needs.)
    """
    made: Any = dataclass(slots=slots, kw_only=True, eq=False, repr=False, config=_STRICT)(cls)
    made.__setattr__ = made.__delattr__ = _is_fixed
    if slots:
        made.__setstate__ = _copied
    fixed: type[T] = compared(made)
    return fixed


def _is_fixed(piece: object, name: str, *_: object) -> None:
    raise FrozenInstanceError(f"nothing changes what a piece states: {name}")


def _copied(piece: object, state: tuple[None, Mapping[str, object]]) -> None:
    """Have a copy state what the piece does that it is made of."""
    for name, value in state[1].items():
        object.__setattr__(piece, name, value)


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


def _without_blanks(cells: dict[K, T]) -> dict[K, T]:
    return {years: amount for years, amount in cells.items() if amount is not None}


#: Something by year, of which only what is stated is kept.
ByYear: TypeAlias = Annotated[
    dict[YearNumber, Annotated[T, WrapValidator(_blank_or_amount), MayBeBlank()]],
    AfterValidator(_without_blanks),
    BeforeValidator(no_span),
    MayBeBlank(),
]
#: Amounts by year.
Envelope: TypeAlias = ByYear[Amount]


#: The keys of printed totals that are no years.
WORDS_OF_TOTALS = ("total", "before", "beyond", "whole", "unplanned", "rounded_to")


@part
class StatedTotals:
    """Totals as they were printed: by year, over all years, and how they were rounded."""

    by_year: Annotated[Envelope, AmongItsKeys()] = Field(default_factory=dict)
    """The total printed for each year."""
    by_span: Annotated[
        dict[YearRange, Annotated[Amount, WrapValidator(_blank_or_amount), MayBeBlank()]],
        AfterValidator(_without_blanks),
        AmongItsKeys(),
    ] = Field(default_factory=dict)
    """The total printed over some years together, by the first and the last: 2024..2029."""
    total: Amount | None = None
    """The total printed for all years together."""
    before: Amount | None = None
    """What was printed for the time before the plan."""
    beyond: Amount | None = None
    """What was printed for the time beyond the plan."""
    whole: Amount | None = None
    """What was printed for all of it: before the plan, its years, and beyond."""
    unplanned: Amount | None = None
    """What was printed for costs in no year yet: no other total counts them."""
    rounded_to: Annotated[Sum, AfterValidator(more_than_zero)] | None = None
    """To what the printed totals were rounded, as in 1 k€."""

    @model_validator(mode="before")
    @classmethod
    def _years_apart(cls, value: object) -> object:
        if type(value) is not dict:
            return value
        words = {key: value[key] for key in WORDS_OF_TOTALS if key in value}
        spans = {k: v for k, v in value.items() if isinstance(k, str) and _is_span(k)}
        years = {k: v for k, v in value.items() if k not in words and k not in spans}
        return {"by_year": years, "by_span": spans, **words}


def _is_span(key: str) -> bool:
    """Whether a key is a span of years, also where it is not yet written as it should be."""
    return ".." in key or years_of(key) is not None


def taken_as(kind: type[T], piece: object, **values: Any) -> T:
    """A piece of a kind: what another piece states, and other values, taken as they are."""
    copy = object.__new__(kind)
    for name in kind.__pydantic_fields__:  # type: ignore[attr-defined]
        value = values[name] if name in values else getattr(piece, name, None)
        object.__setattr__(copy, name, value)
    return copy


def stating(kind: type[T], **values: Any) -> T:
    """A piece of a kind that states some values, taken as they are, and nothing else."""
    own: Any = kind
    nothing: T = _saying_nothing(own)
    return changed(nothing, **values)


@cache
def _saying_nothing(kind: Any) -> Any:
    """A piece of a kind that states nothing."""
    fields = kind.__pydantic_fields__
    nothing = {name: f.get_default(call_default_factory=True) for name, f in fields.items()}
    return taken_as(kind, None, **nothing)


def changed(piece: T, **values: Any) -> T:
    """A copy of a piece of a plan, or of a plan, with other values, taken as they are."""
    kind: Any = type(piece)
    copy: T = object.__new__(kind)
    names, stated = _fields_of(kind)
    if kind.__dictoffset__:  # the plan itself: what is calculated from it is kept with it alone
        copy.__dict__.update(zip(names, stated(piece), strict=True), **values)
        return copy
    setters = _setters_of(kind)
    for set_, value in zip(setters.values(), stated(piece), strict=True):
        set_(copy, value)
    for name, value in values.items():
        setters[name](copy, value)
    return copy


@cache
def _fields_of(kind: Any) -> tuple[tuple[str, ...], Callable[[object], tuple[object, ...]]]:
    """The fields of a kind of pieces, and what a piece states in all of them."""
    names = (*kind.__pydantic_fields__, *(("whole",) if hasattr(kind, "whole") else ()))
    return names, attrgetter(*names)


@cache
def _setters_of(kind: Any) -> Mapping[str, Callable[[object, object], None]]:
    """What sets each field of a piece of a kind, though nothing else may."""
    return {name: getattr(kind, name).__set__ for name in _fields_of(kind)[0]}
