"""What is to be written otherwise in a plan: edits, by the path of what they change."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from ppi_cli.values.findings import Path
from ppi_cli.values.fiscal import CALENDAR, FiscalYears
from ppi_cli.values.quarters import Years

#: What an edit writes: nothing, a text, a mapping, or a list.
Value: TypeAlias = "str | Mapping[str, Value] | Sequence[Value] | None"


@dataclass(frozen=True, slots=True)
class Drop:
    """Take an item, or a key with its value, out of the plan."""

    path: Path


@dataclass(frozen=True, slots=True)
class Add:
    """Add a key to a mapping, with what is to stand after its colon."""

    path: Path
    key: str
    value: Value = None


@dataclass(frozen=True, slots=True)
class MoveYears:
    """Write the plan's years, where they stand in a text as 2016–2019, each a year later."""

    path: Path
    years: Years
    #: What years are called.
    names: FiscalYears = CALENDAR

    def is_in(self, text: str) -> bool:
        return self.moved(text) != text

    def moved(self, text: str) -> str:
        first, last = self.years
        for name in _ways_to_name(self.names):
            begin, end = (rf"(?<![\w]){re.escape(name(year))}(?!\d)" for year in self.years)
            if first == last:
                pattern, new = begin, name(first + 1)
            else:
                pattern = rf"{begin}(\W{{1,4}}){end}"
                new = rf"{name(first + 1)}\g<1>{name(last + 1)}"
            if re.search(pattern, text):
                return re.sub(pattern, new, text)
        return text


def _ways_to_name(years: FiscalYears) -> Iterator[Callable[[int], str]]:
    """How people may write a year: by its name or a like one, else by its number."""
    if years.are_named:
        yield years.name
        for prefix in dict.fromkeys((years.prefix, years.prefix.strip(), "FY", "FY ", "")):
            for digits in (4, 2):
                for joint, second in (
                    ("-", 2),
                    ("/", 2),
                    ("\u2013", 2),
                    ("-", 4),
                    ("/", 4),
                    ("", 0),
                ):
                    if prefix or (digits == 4 and joint):
                        yield years._replace(
                            prefix=prefix, digits=digits, joint=joint, second=second
                        ).name
    yield str


@dataclass(frozen=True, slots=True)
class Write:
    """Write another text in the place of a value."""

    path: Path
    value: Value


@dataclass(frozen=True, slots=True)
class AddItem:
    """Add an item to a list."""

    path: Path
    value: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Rename:
    """Write another key in the place of one."""

    path: Path
    key: str


@dataclass(frozen=True, slots=True)
class Comment:
    """Write a comment above a section."""

    path: Path
    text: str


Edit = Drop | Add | AddItem | Comment | MoveYears | Rename | Write
