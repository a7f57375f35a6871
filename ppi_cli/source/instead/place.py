"""A place of the plan where something is to be typed instead: what stands there, and beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from ppi_cli.source.compose import compose
from ppi_cli.source.tree import PlanTree
from ppi_cli.values.characters import look
from ppi_cli.values.findings import Path
from ppi_cli.values.fiscal import CALENDAR, FiscalYears
from ppi_cli.values.message import Message, msg
from ppi_cli.values.quarters import Years
from ppi_cli.values.spoken_times import spoken_time


@dataclass(frozen=True)
class Instead:
    """What to type in place of what cannot be read."""

    help: Message
    #: The value as it is then, where nothing else can be meant: a text, keys and values, a list.
    value: Any = None
    #: What stands beside it then, and did not before.
    more: Mapping[str, str] = field(default_factory=dict)
    #: Whether another key takes the place of this one.
    at_key: bool = False


@dataclass(frozen=True)
class Place:
    """Where a value stands that cannot be read."""

    tree: PlanTree
    #: Of the value; an amount that is written alone ends in ``amount`` all the same.
    path: Path
    #: The keys that may stand here.
    keys: tuple[str, ...]
    #: The key that is meant, where another one is written.
    meant: str = ""

    @property
    def key(self) -> str:
        """The last key of the path: what stands in a list is of the list's."""
        return self.meant or next((s for s in reversed(self.path) if isinstance(s, str)), "")

    @cached_property
    def is_alone(self) -> bool:
        """Whether the value is written without its key, as ``2026: 40 k€`` is."""
        if isinstance(self.path[-1], int):
            return False
        return self.tree.existing(self.path)[-1:] != self.path[-1:]

    @cached_property
    def beside(self) -> Mapping[str, Any]:
        """The keys and values among which the value stands."""
        here = self.tree.value(self.path[:-1]) if not self.is_alone else None
        return here if isinstance(here, dict) else {}

    @property
    def among(self) -> Mapping[str, Any]:
        """The keys and values among which a value that is written alone stands."""
        here = self.tree.value(self.tree.existing(self.path)[:-1])
        return here if isinstance(here, dict) else {}

    @property
    def line(self) -> Mapping[str, Any]:
        """The keys and values of the line that a value written alone stands in."""
        lists = [n for n, step in enumerate(self.path) if step in _OF_LINES]
        here = self.tree.value(self.path[: lists[-1] + 2] if lists else self.path[:-2])
        return here if isinstance(here, dict) else {}

    @property
    def is_torn(self) -> bool:
        """Whether a comma has perhaps torn the value: a key without a value follows it."""
        if self.is_alone and len(self.path) > 1:
            around = self.tree.value(self.path[:-2])
            key = self.path[-2]
        else:
            around, key = self.beside, self.path[-1]
        if not isinstance(around, dict) or key not in around:
            return False
        following = list(around)[list(around).index(str(key)) + 1 :]
        return bool(following) and around[following[0]] is None and " " in f"{following[0]} "

    @property
    def header(self) -> Mapping[str, Any]:
        """The section ``plan``, as it is written."""
        header = self.tree.root.get("plan")
        return header if isinstance(header, dict) else {}

    @cached_property
    def payers(self) -> frozenset[str]:
        """What those who pay are called in the plan, in small letters."""
        funders = self.tree.root.get("funders")
        names = (
            (each.get("id"), each.get("title")) if isinstance(each, dict) else (each,)
            for each in (funders if isinstance(funders, list) else ())
        )
        return frozenset(str(name).lower() for each in names for name in each if name)

    @property
    def tax(self) -> str | None:
        """How amounts here count taxes: as their line says, or what it stands in, else the plan.

        Also where that is not yet written as it should be.
        """
        path = self.tree.existing(self.path)
        around = (self.tree.value(path[:n]) for n in range(len(path) - 1, 0, -1))
        taxes = (here["tax"] for here in around if isinstance(here, dict) and "tax" in here)
        written = str(next(taxes, self.header.get("tax", ""))).strip().lower()
        said = _TAXES.get(written.replace(".", ""), written)
        return said if said in ("incl", "excl") else None

    @property
    def names(self) -> FiscalYears:
        """When the plan's years begin, and what they are called."""
        return self.tree.notation.years or CALENDAR

    @property
    def years(self) -> Years | None:
        """The years of the plan, also where they are not yet written as they should be."""
        said = spoken_time(self.names.plain(str(self.header.get("years", ""))))
        return Years(said.first_year, said.last_year) if said is not None else None

    def span_of(self, value: object) -> Years | None:
        """The years that a text says, by their names too."""
        said = spoken_time(self.names.plain(value)) if isinstance(value, str) else None
        return None if said is None else Years(said.first_year, said.last_year)

    @property
    def only_year(self) -> str:
        """The year of a plan of one year; of others, a place for the one that the user knows."""
        if self.years is None or self.years.first != self.years.last:
            return "…"
        return self.names.named(str(self.years.first))

    def around(self, section: str) -> Mapping[str, Any]:
        """The item of a section that the value belongs to."""
        here = self.tree.value(self.path[:2]) if self.path[:1] == (section,) else None
        return here if isinstance(here, dict) else {}

    def instead(
        self, value: str, more: Mapping[str, str] | None = None, *, key: str = ""
    ) -> Instead:
        """The value as it is to be typed, and what is to stand beside it; under another key, too.

        Where the key stays, only the value is told: it is what is pointed at.
        """
        more = more or {}
        text, others = quoted(value), [f"{name}: {each}" for name, each in more.items()]
        if self.is_alone and more:
            braces = in_braces({self.key: text, **more})
            return Instead(msg("write {text}", text=braces), value)
        key = key or self.meant
        if key:
            text = f"{key}: {text}"
        help = msg("write {text}", text=text)
        if others:
            help = msg("write {text}, and beside it {others}", text=text, others=others)
        if key:
            return Instead(help, at_key=True)
        return Instead(help, value, more)


#: The keys of lines of money.
_OF_LINES = ("costs", "running_costs", "funding")
_TAXES = {"ttc": "incl", "ht": "excl", "inclus": "incl", "exclu": "excl", "hors taxes": "excl"}


def quoted(text: str) -> str:
    """A text as it is to be typed in YAML: in quotes where a sign in it means something there."""
    if text[:1] == "[" or not re.search(r"[,{}\[\]\"]|: |:$| #|^[-?](?: |$)|^[!&*%@`'|>]", text):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def in_braces(pairs: Mapping[str, str]) -> str:
    """Keys and values in one line: ``{amount: 45 k€, basis: assumed}``."""
    return "{" + ", ".join(f"{key}: {_in_line(value)}" for key, value in pairs.items()) + "}"


def _in_line(value: str) -> str:
    """A value among others in one line: a comma in a text of it would end it."""
    return value if value[:1] in ('"', "[", "{") else quoted(value)


def as_typed(help: Message, text: str) -> Instead:
    """What is typed in place of a text, as YAML reads it where none of it is left open."""
    read = None if "…" in text else compose(text)
    return Instead(help, read.tree if read is not None and not read.problems else None)


def in_brackets(items: Iterable[str]) -> str:
    return f"[{', '.join(items)}]"


#: What an id is made of.
ONE_ID = "[A-Za-z0-9][A-Za-z0-9_-]*"


def id_of(text: str) -> str:
    """An id made of a title."""
    from anyascii import anyascii

    letters = anyascii(look(re.sub("[°º]", "", text)))
    return re.sub("[^a-z0-9_]+", "-", letters.lower()).strip("-") or "id"


def saying(found: Instead, help: Message) -> Instead:
    """The same, with another help."""
    return replace(found, help=help)
