"""Dataclasses as Python's own, made in half of the time.

Those have functions of their own, compiled for each class, for what one function does for all: to
compare two by their values, and to write one out. They are for the modules that every command
imports.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Any

__all__ = ["compared", "dataclass"]

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(**options: bool) -> Callable[[type], type]:
        """Of what does not change: to be ``frozen`` is what gives it a hash."""

        def made(cls: type) -> type:
            return compared(dataclasses.dataclass(eq=False, repr=False, **options)(cls))

        return made


def compared(cls: Any) -> Any:
    """A dataclass of which two are equal, and have one hash, where their values are."""
    fields = [each for each in dataclasses.fields(cls) if each.compare]
    values = _values_of([each.name for each in fields])
    hashed = _values_of([each.name for each in fields if each.hash is not False])

    def is_equal(self: object, other: object) -> bool:
        return values(self) == values(other) if type(other) is cls else NotImplemented

    cls.__eq__ = is_equal
    cls.__hash__ = lambda self: hash(hashed(self))
    cls.__repr__ = _written_out
    return cls


def _values_of(names: Sequence[str]) -> Callable[[object], object]:
    return attrgetter(*names) if names else lambda self: ()


def _written_out(self: Any) -> str:
    values = (
        f"{each.name}={getattr(self, each.name)!r}"
        for each in dataclasses.fields(self)
        if each.repr
    )
    return f"{type(self).__qualname__}({', '.join(values)})"
