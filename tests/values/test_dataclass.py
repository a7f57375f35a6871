"""Dataclasses against those that Python makes."""

from __future__ import annotations

import dataclasses
from dataclasses import field
from typing import Any

import pytest

from ppi_cli.values.dataclass import dataclass


class _Written:
    name: str
    note: str = field(default="", compare=False, repr=False)
    parts: list[str] = field(default_factory=list, hash=False)


_OWN: Any = dataclass(frozen=True)(type("Kind", (), dict(vars(_Written))))
_PYTHONS: Any = dataclasses.dataclass(frozen=True)(type("Kind", (), dict(vars(_Written))))


@pytest.mark.parametrize("of", [_OWN, _PYTHONS])
def test_two_are_equal_and_have_one_hash_where_what_is_compared_is(of: Any) -> None:
    assert of("a", "x", ["b"]) == of("a", "y", ["b"])
    assert of("a", "x", ["b"]) != of("a", "x", ["c"])
    assert of("a") != ("a", [])
    assert hash(of("a", "x", ["b"])) == hash(of("a", "y", ["c"]))


def test_one_is_written_out_as_pythons_is() -> None:
    assert (
        repr(_OWN("a", "x", ["b"]))
        == repr(_PYTHONS("a", "x", ["b"]))
        == "Kind(name='a', parts=['b'])"
    )


def test_one_without_values_is_equal_to_another() -> None:
    nothing: Any = dataclass(frozen=True)(type("Nothing", (), {}))
    assert nothing() == nothing()
    assert hash(nothing()) == hash(nothing())
