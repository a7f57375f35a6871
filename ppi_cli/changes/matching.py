"""Which things of one version of a plan are which of another: by id, else by likeness."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from ppi_cli.values.characters import look

#: How alike two things must be, of 0 to 1, to be taken for one that has another id.
LIKE = 0.75
_MOST_COMPARED = 40_000


class Named(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def title(self) -> str: ...


T = TypeVar("T", bound=Named)


class Pair(NamedTuple, Generic[T]):
    """A thing in both versions; ``None`` in the one that lacks it."""

    old: T | None
    new: T | None
    #: The ids differ, and the rest is alike.
    by_likeness: bool = False

    @property
    def either(self) -> T:
        """The thing as it is, or was."""
        thing = self.old if self.new is None else self.new
        assert thing is not None
        return thing


def matched(old: Sequence[T], new: Sequence[T], likeness: Callable[[T, T], float]) -> list[Pair[T]]:
    """Each thing once, in the order of the new version, then what that lacks.

    Things with the same id are the same. Of the others, the likest are taken for the same, where
    they are alike enough.
    """
    old_by_id = {look(thing.id): thing for thing in old}
    same = [old_by_id.get(look(thing.id)) for thing in new]
    new_ids = {look(thing.id) for thing in new}
    lost = [thing for thing in old if look(thing.id) not in new_ids]
    found = [thing for was, thing in zip(same, new, strict=True) if was is None]
    before = _by_likeness(lost, found, likeness)
    pairs = [
        Pair(before.get(thing.id), thing, thing.id in before) if was is None else Pair(was, thing)
        for was, thing in zip(same, new, strict=True)
    ]
    taken = {thing.id for thing in before.values()}
    return pairs + [Pair(thing, None) for thing in lost if thing.id not in taken]


def _by_likeness(
    lost: Sequence[T], found: Sequence[T], likeness: Callable[[T, T], float]
) -> Mapping[str, T]:
    """What each new thing was before, by its id: the likest pairs first, each thing once.

    Of very many, only those with the same title are looked for.
    """
    if len(lost) * len(found) > _MOST_COMPARED:
        titles = {look(thing.title): thing for thing in lost}
        return {t.id: titles.pop(title) for t in found if (title := look(t.title)) in titles}
    pairs = sorted(
        ((-like, *sorted((old.id, new.id))), i, j)
        for i, old in enumerate(lost)
        for j, new in enumerate(found)
        if (like := likeness(old, new)) >= LIKE
    )
    before: dict[str, T] = {}
    taken: set[int] = set()
    for _, i, j in pairs:
        if i not in taken and found[j].id not in before:
            before[found[j].id] = lost[i]
            taken.add(i)
    return before


def likeness_of_texts(a: str, b: str, at_least: float = LIKE) -> float:
    """From 0, nothing in common, to 1, the same, whatever the case; 0 below ``at_least``."""
    first, second = sorted((look(a).casefold(), look(b).casefold()))
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    if matcher.real_quick_ratio() < at_least or matcher.quick_ratio() < at_least:
        return 0.0
    ratio = matcher.ratio()
    return ratio if ratio >= at_least else 0.0


def same(a: Any, b: Any) -> bool:
    """Whether two values are the same, their texts by how they look."""
    return bool(_looks(a) == _looks(b))


def _looks(value: Any) -> Any:
    if isinstance(value, str):
        return look(value)
    if isinstance(value, dict):
        return {key: _looks(each) for key, each in value.items()}
    return [*map(_looks, value)] if type(value) in (list, tuple) else value
