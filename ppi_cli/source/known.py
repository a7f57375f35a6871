"""The keys that each part of a plan may have."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, get_args

from pydantic.dataclasses import is_pydantic_dataclass

from ppi_cli.plan.fields import AmongItsKeys, ReadsWords
from ppi_cli.plan.model import Plan
from ppi_cli.values.findings import Path


def sections() -> list[str]:
    """The keys that stand at the top of a plan's files."""
    return _keys_at(())


def known_at(path: Path) -> list[str]:
    """The keys that the part of the plan at this path may have."""
    return _keys_at(tuple(step for step in path if isinstance(step, str)))


@lru_cache(maxsize=1)
def everywhere() -> frozenset[str]:
    """The keys of all parts of a plan."""
    return frozenset(key for part in _all_parts() for key in _keys_of(part))


@lru_cache(maxsize=1)
def keys_of_texts() -> frozenset[str]:
    """The keys that have a text for people, in whichever part of a plan."""
    return frozenset(
        field.alias or name
        for part in _all_parts()
        for name, field in part.__pydantic_fields__.items()
        if any(isinstance(each, ReadsWords) for each in _metadata(field))
    )


def _all_parts() -> set[Any]:
    """The classes that a plan is made of."""
    found, new = set[Any](), set[Any]([Plan])
    while new:
        found |= new
        fields = (field for part in new for field in part.__pydantic_fields__.values())
        new = {part for field in fields for part in _parts_in(field.annotation)} - found
    return found


def _metadata(field: Any) -> Iterator[object]:
    yield from field.metadata
    for argument in get_args(field.annotation):
        yield from getattr(argument, "__metadata__", ())


@lru_cache(maxsize=1024)
def _keys_at(path: tuple[str, ...]) -> list[str]:
    part: Any = Plan
    for step in path:
        part = next(
            (
                inner
                for name, field in part.__pydantic_fields__.items()
                if (field.alias or name) == step
                for inner in _parts_in(field.annotation)
            ),
            part,
        )
    return _keys_of(part)


def _keys_of(part: Any) -> list[str]:
    return [
        field.alias or name
        for name, field in part.__pydantic_fields__.items()
        if field.init is not False and not any(type(m) is AmongItsKeys for m in field.metadata)
    ]


def _parts_in(annotation: object) -> Iterator[type]:
    if isinstance(annotation, type) and is_pydantic_dataclass(annotation):
        yield annotation
    for argument in get_args(annotation):
        yield from _parts_in(argument)
