"""The money that is read of a book: each amount with its time, its project, and who pays it."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, NamedTuple

from ppi_cli.sheets.account import Account, Check
from ppi_cli.sheets.cells import Book, Place
from ppi_cli.sheets.layout import (
    Where,
)
from ppi_cli.sheets.map import Map
from ppi_cli.sheets.rows import Blocks, Row
from ppi_cli.sheets.totals import Judged
from ppi_cli.sheets.wording import (
    Period,
    Unit,
)


class Entry(NamedTuple):
    """An amount of a line: where it stands, of which time, and who pays it where that is said."""

    row: Row
    column: int
    amount: Decimal
    period: Period | None
    where: Where
    source: str | None

    @property
    def place(self) -> Place:
        return self.row.sheet.place(self.row.number, self.column)

    @property
    def when(self) -> object:
        """What sums it by time; what others pay is of a time where that is said."""
        if self.where == "funding" and self.period is not None:
            return self.period
        return self.where or self.period


class Printed(NamedTuple):
    """A printed total with the amounts that it sums."""

    check: Check
    #: The lines, whether they have an amount there or not.
    rows: tuple[Row, ...]
    entries: tuple[Entry, ...]
    #: Of columns that sum others: of the plan's years alone, or of all of it.
    key: object


@dataclass
class Understood:
    """What a book says, as far as it is understood; and the account of its cells."""

    book: Book
    map: Map
    account: Account
    unit: Unit | None = None
    tax: Literal["incl", "excl", "unstated"] = "unstated"
    title: str = ""
    entries: list[Entry] = field(default_factory=list)
    #: What each of those who pay gives to a project or a theme, in columns of their own.
    funding: list[Entry] = field(default_factory=list)
    #: The envelopes of themes that have projects too: they bound these, and are not added to them.
    envelopes: list[Entry] = field(default_factory=list)
    printed: list[Printed] = field(default_factory=list)
    blocks: list[Blocks] = field(default_factory=list)
    judged: list[Judged] = field(default_factory=list)
    #: The number of amounts that no printed total covers, and what they add up to.
    uncovered: list[Entry] = field(default_factory=list)

    @property
    def scale(self) -> str:
        return self.unit.scale if self.unit is not None else ""

    @property
    def amounts(self) -> list[Entry]:
        """All that is read of projects: what they cost, and who pays how much of it."""
        return [*self.entries, *self.funding]

    @property
    def has_projects(self) -> bool:
        """Whether there is anything to write."""
        return bool(self.entries or any(blocks.unstated for blocks in self.blocks))

    @property
    def is_sure(self) -> bool:
        """Whether nothing is left to be asked."""
        return not self.account.questions


def project_of(row: Row) -> tuple[str, str, str]:
    """What tells projects apart: the theme, the number and the title."""
    section = row.section
    theme = row.texts.get("theme") or section.theme
    if section.project:
        return theme, section.number, section.project
    title = row.texts.get("project") or row.label
    return theme, row.texts.get("number", ""), title
