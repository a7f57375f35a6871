"""A book as any file of a spreadsheet gives it: sheets of cells, each with its value and form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import NamedTuple, TypeAlias

from ppi_cli.source.book_cells import letters


class CellError(str):
    """What a cell shows in place of a value that cannot be reckoned: ``#DIV/0!``."""

    __slots__ = ()


#: ``None``: of a formula whose value the file does not hold, or of a cell that is only coloured.
Value: TypeAlias = Decimal | str | bool | date | CellError | None


class Form(NamedTuple):
    """How a cell looks, as far as that tells totals and headings from other rows."""

    bold: bool = False
    #: The colour of its fill; empty where it has none.
    fill: str = ""
    #: Whether a line is drawn above or below it.
    border: bool = False
    #: How its number is shown: ``#,##0``; empty where nothing is said.
    number: str = ""


PLAIN_FORM = Form()


class Cell(NamedTuple):
    """A cell that holds something, or is coloured."""

    value: Value
    form: Form = PLAIN_FORM
    formula: str | None = None

    @property
    def is_empty(self) -> bool:
        """Whether it holds nothing, however it looks."""
        return self.formula is None and (
            self.value is None or (isinstance(self.value, str) and not self.value.strip())
        )


class Area(NamedTuple):
    """Cells from one corner to the other; rows and columns count from 1."""

    top: int
    left: int
    bottom: int
    right: int

    def holds(self, row: int, column: int) -> bool:
        return self.top <= row <= self.bottom and self.left <= column <= self.right

    def __str__(self) -> str:
        first = reference(self.top, self.left)
        last = reference(self.bottom, self.right)
        return first if first == last else f"{first}:{last}"


class Place(NamedTuple):
    """Where something stands in a book: a sheet, and cells of it."""

    sheet: str
    area: Area

    def __str__(self) -> str:
        """``Feuil1!C7``, as spreadsheets write it."""
        return f"{quoted(self.sheet)}!{self.area}"


def quoted(sheet: str) -> str:
    """The name of a sheet as it stands before ``!``."""
    if re.fullmatch(r"[^\W\d][\w.]*", sheet):
        return sheet
    return "'" + sheet.replace("'", "''") + "'"


@dataclass
class Sheet:
    """A sheet: its cells by row and column, and what is hidden or merged in it."""

    name: str
    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    merged: tuple[Area, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    is_hidden: bool = False
    #: Whether its values may stand as texts only, as those of csv do.
    is_text: bool = False

    def cell(self, row: int, column: int) -> Cell | None:
        return self.rows.get(row, {}).get(column)

    def place(self, row: int, column: int) -> Place:
        return Place(self.name, Area(row, column, row, column))

    @cached_property
    def width(self) -> int:
        """The number of its last column that holds something."""
        return max((max(row) for row in self.rows.values() if row), default=0)

    @cached_property
    def spread_labels(self) -> Mapping[tuple[int, int], str]:
        """The text of a merged cell in all places that it covers; an amount is in one alone."""
        found: dict[tuple[int, int], str] = {}
        left = _MOST_SPREAD
        rows = sorted(self.rows)
        for area in self.merged:
            text = self._text(area.top, area.left)
            if text is None:
                continue
            last = min(area.right, self.width)
            for row in (
                rows if area.bottom - area.top > len(rows) else range(area.top, area.bottom + 1)
            ):
                if area.top <= row <= area.bottom:
                    left -= last - area.left + 1
                    if left < 0:
                        return found
                    found.update(((row, c), text) for c in range(area.left, last + 1))
        return found

    def label(self, row: int, column: int) -> str:
        """The text that a cell shows, also where it is a part of a merged one; else nothing."""
        text = self._text(row, column)
        return text if text is not None else self.spread_labels.get((row, column), "")

    def _text(self, row: int, column: int) -> str | None:
        cell = self.cell(row, column)
        if cell is None or cell.is_empty:
            return None
        return text_of(cell)

    def filled(self) -> Iterator[tuple[int, int, Cell]]:
        """All cells that hold something, in the order of reading."""
        for row in sorted(self.rows):
            cells = self.rows[row]
            for column in sorted(cells):
                if not cells[column].is_empty:
                    yield row, column, cells[column]


#: In so many places at most the text of merged cells is put.
_MOST_SPREAD = 2_000_000


@dataclass
class Book:
    """A file of a spreadsheet, by the name that the user knows it by."""

    name: str
    sheets: tuple[Sheet, ...]

    def sheet(self, name: str) -> Sheet | None:
        return next((sheet for sheet in self.sheets if sheet.name == name), None)


def text_of(cell: Cell) -> str:
    """The value of a cell as a text on one line."""
    value = cell.value
    if isinstance(value, Decimal):
        return shown_number(value)
    if isinstance(value, bool) or value is None:
        return "" if value is None else str(value).upper()
    if isinstance(value, date):
        return value.isoformat()[:10]
    return " ".join(value.split())


def shown_number(number: Decimal) -> str:
    """A number with its digits only: ``1234.5``."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def exact(number: float | int) -> Decimal:
    """A number as spreadsheets hold it: 15 digits, so that 0.1 + 0.2 is 0.3."""
    if isinstance(number, int) and abs(number) < 10**15:
        return Decimal(number)
    found = Decimal(f"{number:.15g}")
    return found if abs(found) > _LEAST else Decimal(0)


#: What is nearer to zero than this is what a sum of floating numbers leaves of nothing.
_LEAST = Decimal("1e-9")


@lru_cache(maxsize=20_000)
def column_name(column: int) -> str:
    """``A``, ``Z``, ``AA``: of a column that is counted from 1."""
    return letters(column - 1)


def column_number(name: str) -> int:
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - 64
    return number


def reference(row: int, column: int) -> str:
    return f"{column_name(column)}{row}"


def areas_of(rows: Iterable[int]) -> list[tuple[int, int]]:
    """Numbers in a row as first and last: 1, 2, 3, 7 are 1 to 3 and 7 to 7."""
    found: list[tuple[int, int]] = []
    for row in sorted(set(rows)):
        if found and row == found[-1][1] + 1:
            found[-1] = (found[-1][0], row)
        else:
            found.append((row, row))
    return found
