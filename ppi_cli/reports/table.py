"""A table of values, which every format writes in its own way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol, TypeAlias

from ppi_cli.language import Scale
from ppi_cli.message import Message

#: ``heading`` spans the table, ``total`` sums it, ``comment`` says something of it that is no
#: line of its own: formats for machines leave headings and comments out.
RowKind: TypeAlias = Literal["line", "heading", "total", "comment"]


@dataclass(frozen=True, slots=True)
class Column:
    title: Message | str
    numeric: bool = False
    #: The column's name for machines.
    key: str = ""


@dataclass(frozen=True, slots=True)
class Lines:
    """Several values, one below the other."""

    values: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table, a value per column."""

    cells: tuple[object, ...]
    kind: RowKind = "line"


@dataclass(frozen=True, slots=True)
class Table:
    title: Message | str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    notes: tuple[Message, ...] = ()
    #: The unit of all amounts; ``None`` where each has its own.
    scale: Scale | None = None


class Report(Protocol):
    """What a command shows."""

    def table(self) -> Table:
        """As a table, for people and for spreadsheets."""

    def payload(self) -> Mapping[str, Any]:
        """As JSON: texts, numbers, lists, mappings; amounts are texts, not stated is null."""


FORMAT_VERSION = "1.0"
