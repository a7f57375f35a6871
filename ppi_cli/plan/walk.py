"""One walk over all that a plan writes: its pieces where they stand, and what they name.

What there is to walk over follows from the fields of the models, so that nothing is forgotten: a
new field is gone through like the others, in scenarios too.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from functools import cached_property, lru_cache
from itertools import accumulate, chain
from operator import attrgetter
from typing import Any, NamedTuple, get_args

from pydantic.dataclasses import is_pydantic_dataclass
from pydantic.fields import FieldInfo

from ppi_cli.plan.fields import AmongItsKeys, To
from ppi_cli.plan.model import Plan, once_per_plan
from ppi_cli.plan.reading import Choice
from ppi_cli.plan.scenarios import Scenario
from ppi_cli.values.dataclass import dataclass
from ppi_cli.values.findings import Path
from ppi_cli.values.money import Money


class PieceField(NamedTuple):
    """A field of the pieces of a class: how it is written, and what it holds."""

    #: What tells it apart, as in ``Project.costs``.
    label: str
    #: Which one it is of its class.
    position: int
    #: Its name in the code, and its key in the plan: none, where its own keys stand instead.
    name: str
    key: str
    #: The class of the pieces that it holds, one or several.
    part: type | None
    holds_amount: bool
    to: To | None


class Standing(NamedTuple):
    """A piece of the plan, and where it stands: in a field of another one, and there at a step."""

    piece: Any
    field: PieceField
    step: int | str | None
    within: Standing | None

    @property
    def path(self) -> Path:
        return () if self.within is None else (*self.within.path, *self._steps)

    @property
    def order(self) -> tuple[int | str, ...]:
        """What pieces are sorted by to stand in the order of fields, and of what is written."""
        if self.within is None:
            return ()
        return (*self.within.order, self.field.position, 0 if self.step is None else self.step)

    @property
    def _steps(self) -> Path:
        key = (self.field.key,) if self.field.key else ()
        return key if self.step is None else (*key, self.step)

    @property
    def above(self) -> Iterator[Standing]:
        """What the piece is a part of, the nearest first; the plan comes last."""
        each = self.within
        while each is not None:
            yield each
            each = each.within

    @property
    def scenario(self) -> Scenario | None:
        """The scenario that it is written in."""
        around = (each.piece for each in (self, *self.above))
        return next((piece for piece in around if isinstance(piece, Scenario)), None)


def fields_of(cls: type) -> Sequence[PieceField]:
    """The fields of a class of pieces, in their order."""
    return _fields_of(cls)


@lru_cache(maxsize=256)
def _fields_of(cls: type) -> tuple[PieceField, ...]:
    found: list[PieceField] = []
    fields: Mapping[str, FieldInfo] = cls.__pydantic_fields__  # type: ignore[attr-defined]
    for position, (name, field) in enumerate(fields.items()):
        if field.init is False:
            continue  # it is computed, not written
        told = [*field.metadata, *_told_in(field.annotation)]
        among = any(isinstance(each, AmongItsKeys) for each in told)
        found.append(
            PieceField(
                f"{cls.__name__}.{name}",
                position,
                name,
                "" if among else field.alias or name,
                next((each for each in told if is_piece_class(each)), None),
                Money in told,
                next((each for each in told if isinstance(each, To)), None),
            )
        )
    return tuple(found)


def _told_in(annotation: object) -> Iterator[object]:
    """The types and notes that an annotation is made of."""
    arguments = get_args(annotation)
    if not arguments:
        yield annotation
    for each in arguments:
        yield from _told_in(each)


def is_piece_class(value: object) -> bool:
    return isinstance(value, type) and is_pydantic_dataclass(value)


def fields_with_amounts(cls: type) -> Sequence[PieceField]:
    """The fields of a class of pieces that hold amounts of money themselves."""
    return _fields_with_amounts(cls)


@lru_cache(maxsize=256)
def _fields_with_amounts(cls: type) -> tuple[PieceField, ...]:
    return tuple(field for field in fields_of(cls) if field.holds_amount)


@lru_cache(maxsize=256)
def _fields_with_pieces(cls: type) -> Sequence[tuple[PieceField, type, attrgetter[Any]]]:
    """The fields of a class of pieces that hold others, their class, and what gets them."""
    holding = (field for field in fields_of(cls) if field.part is not None)
    return tuple((each, each.part, attrgetter(each.name)) for each in holding if each.part)


@lru_cache(maxsize=256)
def _fields_with_names(cls: type) -> Sequence[tuple[PieceField, To]]:
    """The fields of a class of pieces that name things, and what they may name."""
    return tuple((f, f.to) for f in fields_of(cls) if f.to is not None and f.part is None)


@dataclass(frozen=True)
class Group:
    """All pieces that stand in one field of the pieces around them.

    A plan has a hundred thousand pieces, and few are asked where they stand: that is found out
    when it is asked.
    """

    field: PieceField
    cls: type
    pieces: Sequence[Any]
    #: What holds them; of the plan itself, none.
    around: Group | None = None

    def standing(self, n: int) -> Standing:
        """The piece at a position of the group, and where it stands."""
        if self.around is None:
            return Standing(self.pieces[n], self.field, None, None)
        holder = bisect_right(self._starts, n) - 1
        within = self.around.standing(holder)
        value, nth = getattr(within.piece, self.field.name), n - self._starts[holder]
        step: int | str | None = nth if isinstance(value, tuple) else None
        if isinstance(value, Mapping):
            step = str(list(value)[nth])
        return Standing(self.pieces[n], self.field, step, within)

    @cached_property
    def _starts(self) -> Sequence[int]:
        """For each piece around: at which position of the group its own begin."""
        around = () if self.around is None else self.around.pieces
        values = (getattr(piece, self.field.name) for piece in around)
        return [0, *accumulate(len(_held([each])) if each else 0 for each in values)]


def _held(values: Sequence[Any]) -> Sequence[Any]:
    """The pieces that the values of a field hold: all are tuples, or mappings, or neither."""
    if isinstance(values[0], tuple):
        return [*chain.from_iterable(values)]
    if isinstance(values[0], Mapping):
        return [*chain.from_iterable(value.values() for value in values)]
    return values


@once_per_plan
def groups(plan: Plan) -> Sequence[Group]:
    """The plan and all its pieces, by the field that they stand in."""
    found = [Group(PieceField("", 0, "", "", Plan, False, None), Plan, (plan,))]
    for around in found:  # grows meanwhile, by what each group holds
        for field, part, get in _fields_with_pieces(around.cls):
            values = [*filter(None, map(get, around.pieces))]
            if values:
                found.append(Group(field, part, _held(values), around))
    return found


def piece_at(plan: Plan, path: Path) -> Any:
    """The innermost piece that a path leads through."""
    here: Any = plan
    piece: Any = plan
    for step in path:
        if isinstance(here, Mapping):
            here = next((each for key, each in here.items() if str(key) == str(step)), None)
        elif isinstance(here, tuple) and isinstance(step, int):
            here = here[step]
        else:
            here = _under(here, str(step))
        if any(map(is_piece_class, type(here).__mro__)):  # a part of a cost is one too
            piece = here
    return piece


def _under(piece: object, key: str) -> Any:
    """What a piece holds under a key."""
    fields = fields_of(type(piece))
    for field in fields:
        if field.key == key:
            return getattr(piece, field.name)
    among = (getattr(piece, field.name).items() for field in fields if not field.key)
    named = next((each for items in among for k, each in items if str(k) == key), None)
    return getattr(piece, key, None) if named is None else named


class Reference(NamedTuple):
    """A thing that a piece names by its id, and where in the piece."""

    id: str | int | Choice
    to: To
    steps: Path
    group: Group
    n: int

    @property
    def standing(self) -> Standing:
        return self.group.standing(self.n)

    @property
    def path(self) -> Path:
        return (*self.standing.path, *self.steps)


def references(
    plan: Plan, known: Callable[[To], Set[str]] = lambda to: frozenset()
) -> Iterator[Reference]:
    """What pieces of the plan name: things, variants, classes, scenarios.

    References to ids that are ``known`` to be of the right kind are left out: they are nearly all.
    """
    for group in groups(plan):
        if (to := group.field.to) is not None:
            right = known(to)
            for n, link in enumerate(group.pieces):
                if link.id not in right:
                    yield Reference(link.id, to, ("id",), group, n)
        for field, to in _fields_with_names(group.cls):
            values = [*map(attrgetter(field.name), group.pieces)]
            if values.count(None) < len(values):
                yield from _named_by(group, field, to, values, known(to))


def _named_by(
    group: Group, field: PieceField, to: To, values: Sequence[Any], right: Set[str]
) -> Iterator[Reference]:
    """What a field of the pieces of a group names, of which the values are given."""
    place = (field.key,)
    of_its_own = "variant" in to.kinds
    for n, value in enumerate(values):
        if value is None:
            continue
        if isinstance(value, str):
            if value in right:
                continue
            id = Choice(group.pieces[n].id, value) if of_its_own else value
            yield Reference(id, to, place, group, n)
        else:
            for steps, each in _named_in(value):
                if each not in right:
                    yield Reference(each, to, (*place, *steps), group, n)


def _named_in(value: Any) -> Iterator[tuple[Path, str | int | Choice]]:
    """What the value of a field names, with the steps to each."""
    if isinstance(value, Mapping):
        for target, variant in value.items():
            yield (target,), Choice(target, variant)
    elif isinstance(value, tuple) and not isinstance(value, Choice):
        for n, id in enumerate(value):
            yield (n,), id
    else:
        yield (), value
