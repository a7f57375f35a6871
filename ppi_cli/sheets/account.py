"""What becomes of each cell, what is asked, what is guessed, and what is said of a book."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Literal, TypeAlias, get_args

from ppi_cli.sheets.cells import Area, Place, Sheet, quoted
from ppi_cli.values.message import Message

#: What becomes of a cell: ``part`` is of another one's amount, ``note`` a text beside the tables,
#: ``absent`` a word for what nobody has stated, ``unknown`` what is not understood.
Fate: TypeAlias = Literal[
    "amount",
    "title",
    "header",
    "printed",
    "note",
    "part",
    "absent",
    "ignored",
    "unknown",
]
FATES: tuple[Fate, ...] = get_args(Fate)


@dataclass(frozen=True)
class Question:
    """What only the user can say: where it stands, and the lines of the map that answer it."""

    place: Place
    message: Message
    #: As it is typed; of several, each is an answer.
    answers: tuple[str, ...]
    #: The cells that it is about, where they are more than the place.
    cells: tuple[Place, ...] = ()


@dataclass(frozen=True)
class Guess:
    """What was found without being told: the key of the map that would say it, and why."""

    key: str
    value: object
    why: Message
    sheet: str = ""


@dataclass(frozen=True)
class Remark:
    """Something that is worth knowing of a cell, and stops nothing."""

    place: Place
    message: Message


State: TypeAlias = Literal["right", "rounded", "wrong"]


@dataclass(frozen=True)
class Check:
    """A printed total held against the sum of the cells that it totals, in the book's unit."""

    place: Place
    label: str
    printed: Decimal
    summed: Decimal
    state: State
    #: Whether it sums a row, and not rows above or below it.
    is_across: bool = False

    @property
    def apart(self) -> Decimal:
        """By how much it passes the sum."""
        return self.printed - self.summed


@dataclass
class Account:
    """The fate of every cell of a book, with what is asked and said of it."""

    fates: dict[str, dict[tuple[int, int], Fate]] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)
    guesses: list[Guess] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    #: Whether the book has but one sheet, so that cells need not name it.
    is_alone: bool = True

    def as_one(self, key: str) -> None:
        """Make one answer of those that list columns for a key: a map has each key once."""
        start, end = f"{key}: [", "]"
        lists = {a for q in self.questions for a in q.answers if a.startswith(start)}
        if len(lists) < 2:
            return
        own = [a for q in self.questions for a in q.answers if a in lists]
        names = dict.fromkeys(name for a in own for name in a[len(start) : -1].split(", "))
        one = f"{start}{', '.join(names)}{end}"
        self.questions = [
            replace(q, answers=tuple(dict.fromkeys(one if a in lists else a for a in q.answers)))
            for q in self.questions
        ]

    def at(self, place: Place) -> str:
        """A place as the map names it."""
        return self._text(place.sheet, str(place.area))

    def at_all(self, places: Iterable[Place]) -> str:
        """Places as the map lists them, those below one another together."""
        spans: list[Place] = []
        for place in places:
            above = spans[-1] if spans else None
            if above is not None and (joined := _joined(above, place)) is not None:
                spans[-1] = joined
            else:
                spans.append(place)
        more = ", …" if len(spans) > _MOST_LISTED else ""
        return f"{', '.join(map(self.at, spans[:_MOST_LISTED]))}{more}"

    def at_row(self, sheet: Sheet, row: int) -> str:
        """A row as the map names it among totals."""
        return self._text(sheet.name, str(row))

    def _text(self, sheet: str, cells: str) -> str:
        text = cells if self.is_alone else f"{quoted(sheet)}!{cells}"
        return json.dumps(text, ensure_ascii=False) if re.search("['\" ,]", text) else text

    def of(self, sheet: Sheet) -> dict[tuple[int, int], Fate]:
        return self.fates.setdefault(sheet.name, {})

    def ask(
        self,
        place: Place,
        message: Message,
        *answers: str,
        cells: Iterable[Place] = (),
    ) -> None:
        found = tuple(cells)
        self.questions.append(Question(place, message, answers, found))

    def guess(self, key: str, value: object, why: Message, sheet: Sheet | None = None) -> None:
        self.guesses.append(Guess(key, value, why, sheet.name if sheet else ""))

    def remark(self, place: Place, message: Message) -> None:
        self.remarks.append(Remark(place, message))


#: More places than these are not listed in an answer.
_MOST_LISTED = 12


def _joined(above: Place, below: Place) -> Place | None:
    """Two places as one, where the second goes on below the first."""
    a, b = above.area, below.area
    is_one = above.sheet == below.sheet and (a.left, a.right) == (b.left, b.right)
    if not is_one or b.top != a.bottom + 1:
        return None
    return Place(above.sheet, Area(a.top, a.left, b.bottom, a.right))


def first_place(sheet: Sheet, row: int) -> Place:
    """The first cell of a row that holds something."""
    cells = sheet.rows.get(row, {})
    return sheet.place(row, min((c for c, cell in cells.items() if not cell.is_empty), default=1))


def row_place(sheet: Sheet, row: int, columns: Iterable[int] = ()) -> Place:
    """A row of a sheet, from the first to the last of some columns."""
    found = list(columns) or list(sheet.rows.get(row, {1: None}))
    return Place(sheet.name, Area(row, min(found), row, max(found)))
