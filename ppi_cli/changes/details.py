"""What else of a thing is not as it was: sources, what things rest on, texts below titles …"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Set
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from typing import Any, NamedTuple, TypeAlias

from ppi_cli.changes.matching import same
from ppi_cli.plan.reading import Choice
from ppi_cli.values.characters import look
from ppi_cli.values.fiscal import FiscalYears
from ppi_cli.values.message import Dotted, Message, msg
from ppi_cli.values.money import Money, Percent, Rate
from ppi_cli.values.quarters import period_of

#: The keys that lead to a value.
Keys: TypeAlias = tuple[str, ...]

#: What nearly every value is; and what is shown as it is written.
_AS_IT_IS = (str, Money)
_AS_TEXT = (Choice, Percent, Rate, FiscalYears)
#: Why something has changed is no change.
_NO_CONTENT = ("reason",)
#: The keys that tell the items of a list apart, the best first.
_TELLING = (
    "id",
    "class_",
    "rule",
    "quarter",
    "year",
    "date",
    "project",
    "theme",
    "programme",
    "operation",
    "title",
)


def details(
    old: object, new: object, is_told: Callable[[Keys], bool] = lambda _: False
) -> Iterator[tuple[Keys, object, object]]:
    """The values of a thing that differ, with their keys, but for those that are told elsewhere."""
    if type(old) is type(new) and old == new:
        return
    alike = _alike(old, new)
    before, after = flat(old, but=alike), flat(new, but=alike)
    for keys in dict.fromkeys((*before, *after)):
        values = before.get(keys), after.get(keys)
        if not same(*values) and not is_told(keys):
            yield keys, *values


def _alike(old: Any, new: Any) -> Set[str]:
    """The keys at which two things of one kind are equal: there is nothing to look for."""
    if type(old) is not type(new) or not is_dataclass(old):
        return frozenset()
    return {
        key for name, key, *_ in _keys_of(old.__class__) if getattr(old, name) == getattr(new, name)
    }


class _Key(NamedTuple):
    """A field of a piece, and the key that it is read from."""

    name: str
    key: str
    is_content: bool
    #: Whether what says no there says what nothing written says.
    may_be_no: bool


@cache
def _keys_of(kind: Any) -> tuple[_Key, ...]:
    return tuple(
        _Key(each.name, each.name.rstrip("_"), each.name not in _NO_CONTENT, each.default is False)
        for each in fields(kind)
    )


def dotted(keys: Iterable[str]) -> Message:
    """The keys of a value, as they lead to it."""
    return msg("{keys}", keys=Dotted(tuple(map(_shown_key, keys))))


def _shown_key(key: str) -> object:
    """A key, with the year of a plan in it as the plan names that, of a cost with a label too."""
    period, _, label = key.partition(" ")
    if label and not isinstance(when := period_of(period), str):
        return msg("{year} {label}", year=when, label=label)
    return period_of(key)


def flat(value: object, keys: Keys = (), but: Set[str] = frozenset()) -> dict[Keys, object]:
    """Every value of a thing, by its keys, ``but`` for what lies at some of them."""
    return dict(_values(value, keys, but))


def named_in(items: tuple[Any, ...], key: str) -> Iterator[tuple[str, Any]]:
    """The items of a list that say anything, each with what tells it from the others."""
    for name, each in zip(_names(items), items, strict=True):
        if _told_by(each) is not None or any(True for _ in _values(each, (key, name))):
            yield name, each


def _values(
    value: object, keys: Keys, but: Set[str] = frozenset()
) -> Iterator[tuple[Keys, object]]:
    if value is None or (value == "stated" and keys[-1:] == ("basis",)):
        return  # what does not say that it is assumed
    if type(value) in _AS_IT_IS:
        yield keys, value
    elif isinstance(value, bool):
        yield keys, msg("yes") if value else msg("no")
    elif isinstance(value, _AS_TEXT):
        yield keys, str(value)
    elif isinstance(value, int):
        yield keys, _as_written(value, keys)
    elif isinstance(value, (str, date)) or hasattr(value, "_fields"):
        yield keys, value
    else:
        for key, each in _parts(value, keys):
            if not _is_nothing(each) and key not in but:
                yield from _values(each, (*keys, key))


def _is_nothing(value: object) -> bool:
    """Whether there is no value, or a list or mapping without any."""
    return value is None or (type(value) in (tuple, dict) and not value)


def _as_written(number: int, keys: Keys) -> int | str:
    """A number as a plan writes it: ``n+2`` of a regime, and an index with its decimals."""
    if keys[-1:] == ("regime",):
        return f"n+{number}" if number else "n"
    if keys[-2:-1] == ("index",):
        whole, rest = divmod(number, 1000)
        return f"{whole}.{rest:03d}".rstrip("0").rstrip(".")
    return number


def _parts(value: Any, keys: Keys) -> Iterator[tuple[str, object]]:
    if is_dataclass(value):
        kept = keys[-1:] in (("not_before",), ("status",)) or hasattr(value, "rule")
        for name, key, is_content, may_be_no in _keys_of(value.__class__):
            part = getattr(value, name)
            if part is None or (part is False and may_be_no):
                continue
            if is_content or kept:
                yield key, part
    elif isinstance(value, dict):
        yield from ((str(key), each) for key, each in value.items())
    else:
        yield from zip(_names(value), value, strict=True)


def _told_by(item: Any) -> str | None:
    """The best of what tells an item of a list from others."""
    for key in _telling_of(item.__class__):
        if (told := getattr(item, key)) is not None:
            return str(told)
    return None


@cache
def _telling_of(kind: Any) -> tuple[str, ...]:
    """Which of these a kind of items has."""
    return tuple(key for key in _TELLING if is_dataclass(kind) and hasattr(kind, key))


def _names(items: tuple[Any, ...]) -> Iterator[str]:
    """What tells the items of a list apart; of two that are alike, a number too."""
    seen: dict[str, int] = {}
    for n, item in enumerate(items, start=1):
        name = look(_told_by(item) or str(n))
        if (funder := getattr(item, "from_", None)) is not None:
            name = f"{funder} {name}"
        if (label := getattr(item, "label", None)) is not None:
            name += f" {look(label)}"
        seen[name] = seen.get(name, 0) + 1
        yield name if seen[name] == 1 else f"{name} ({seen[name]})"
