"""Where the tables of a sheet are, and what each of their columns holds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple, TypeAlias

from ppi_cli.sheets.account import Account
from ppi_cli.sheets.amounts import Decimals, Number, number_of
from ppi_cli.sheets.cells import Cell, Sheet, column_name, column_number
from ppi_cli.sheets.map import Header, Map
from ppi_cli.sheets.wording import (
    BEFORE,
    BEYOND,
    FIRST_YEAR,
    LAST_YEAR,
    OF_THEMES,
    PERCENT,
    TOTAL,
    Period,
    Role,
    half_of,
    payer_of,
    period_of,
    quarter_of,
    role_of,
)
from ppi_cli.values.characters import look
from ppi_cli.values.message import msg
from ppi_cli.values.spoken_money import is_not_stated

Where: TypeAlias = Literal["", "before", "beyond", "total", "funding"]


class Slot(NamedTuple):
    """What the amounts of a column are: of a time, of a source, or a sum of others."""

    period: Period | None = None
    where: Where = ""
    source: str | None = None
    #: In a table that stands on its side: the project of the column, and its theme.
    project: str | None = None
    theme: str = ""


@dataclass
class Columns:
    """What each column of a table holds."""

    slots: dict[int, Slot] = field(default_factory=dict)
    roles: dict[int, str] = field(default_factory=dict)
    #: Of long tables: the column of the year.
    year: int | None = None
    project: tuple[int, ...] = ()
    #: The scale of each column from a row on, where a book says several.
    scales: dict[tuple[int, int], str] = field(default_factory=dict)
    #: The quarters of columns that are filled in place of an amount.
    quarters: dict[int, Period] = field(default_factory=dict)
    start: int | None = None
    end: int | None = None
    #: Whether it stands on its side: its rows are years, and its columns projects.
    is_turned: bool = False
    #: Whether its rows are themes, with nothing that names a project.
    is_of_themes: bool = False

    def scales_at(self, row: int) -> dict[int, str]:
        """The scale of each column in a row."""
        return {c: self.scales[at, c] for at, c in sorted(self.scales) if at <= row}

    def of(self, role: str) -> int | None:
        return next((column for column, own in self.roles.items() if own == role), None)


@dataclass
class Table:
    """Rows below a header, up to the next one that says something else."""

    sheet: Sheet
    columns: Columns
    header_rows: set[int]
    first: int
    last: int
    #: The last row of the table before.
    after: int = 0
    #: The columns that are called as who pays, and of which it is asked whether they are.
    payers: tuple[int, ...] = ()


class View:
    """A sheet as the map lets it be read: without what is ignored, hidden or left out."""

    def __init__(self, sheet: Sheet, map: Map, account: Account, decimals: Decimals | None) -> None:
        self.sheet, self.map, self.account = sheet, map, account
        self.decimals: Decimals | None = decimals
        fates = account.of(sheet)
        ignored = [r for r in map.ignore if r.sheet in (None, sheet.name)]
        self.rows: dict[int, dict[int, Cell]] = {}
        first, last = map.rows or (1, 10**9)
        skip = map.hidden == "skip"
        areas = [region.area for region in ignored]
        for row in sorted(sheet.rows):
            cells = sheet.rows[row]
            out = not first <= row <= last or (skip and row in sheet.hidden_rows)
            if not out and not areas and not (skip and sheet.hidden_columns):
                self.rows[row] = cells
                continue
            kept = {}
            for column, cell in cells.items():
                hidden = skip and column in sheet.hidden_columns
                if out or hidden or any(area.holds(row, column) for area in areas):
                    if not cell.is_empty:
                        fates[row, column] = "ignored"
                else:
                    kept[column] = cell
            if kept:
                self.rows[row] = kept
        self.row_numbers = list(self.rows)

    def number(self, cell: Cell) -> object:
        return number_of(cell, self.decimals)

    def is_number(self, cell: Cell) -> bool:
        value = cell.value
        if type(value) is Decimal and not cell.form.number:
            return True
        if type(value) is str and _DIGIT.search(value) is None:
            return False
        return isinstance(number_of(cell, self.decimals), Number)

    def text(self, row: int, column: int) -> str:
        """The text of a cell, also of a part of a merged one; nothing of what is ignored."""
        if row not in self.rows:
            return ""
        return self.sheet.label(row, column)


_DIGIT = re.compile("[0-9]")


# --- headers ------------------------------------------------------------------------------------


def year_of_cell(cell: Cell) -> Period | None:
    """The time that a cell of a header names."""
    value = cell.value
    if type(value) is str:
        if len(value) > 60 or not _HAS_YEAR.search(value) or _OPEN.search(value):
            return None
        return period_of(value)
    if isinstance(value, Decimal):
        whole = value == value.to_integral_value()
        is_plain = not _NOT_A_YEAR.search(re.sub(r"\[[^\]]*\]|\"[^\"]*\"", "", cell.form.number))
        if whole and FIRST_YEAR <= value <= LAST_YEAR and is_plain:
            return Period(int(value))
        return None
    if isinstance(value, date) and re.fullmatch(
        r"[\"' a-zA-Z]*?(?:y+|a+)[\"' ]*", cell.form.number
    ):
        return Period(value.year)
    return None


#: What a header says that names a year and is not of that year alone.
_OPEN = re.compile(
    f"{TOTAL.pattern}|{BEYOND.pattern}"
    + r"|(?<!\w)(?:avant|before|prior|jusqu|until|up to|antérieur|anterieur|après|apres"
    r"|after|au-del|au del|beyond|à partir|from|since|depuis|et \+|et suiv|ultérieur)|\d ?\+",
    re.IGNORECASE,
)
_HAS_YEAR = re.compile(r"(?:19|20)\d\d|\d\d[-/–]\d\d")
#: A number format that amounts have, and years have not.
_NOT_A_YEAR = re.compile(r"[,.%#€$]|k")


def years_in(cells: Mapping[int, Cell]) -> dict[int, Period]:
    """The columns of a row that name a time."""
    found = {}
    for column, cell in cells.items():
        if not cell.is_empty and (period := year_of_cell(cell)) is not None:
            found[column] = period
    return found


def is_header(view: View, cells: Mapping[int, Cell], found: Mapping[int, Period]) -> bool:
    """Whether a row names years, each one after another, or quarters, and no other number."""
    years = {period.year for period in found.values()}
    quarters = sum(period.is_part for period in found.values())
    if quarters < 2 and (len(years) < 2 or max(years) - min(years) != len(years) - 1):
        return False
    others = (cell for column, cell in cells.items() if column not in found)
    return not any(view.is_number(cell) for cell in others)


def header_rows(view: View) -> list[tuple[int, dict[int, Period]]]:
    """The rows that name years, each with its columns: as the map says, else as they look."""
    said = view.map.header
    found = []
    for number in view.row_numbers:
        cells = view.rows[number]
        if said is not None and (said.row is not None or said.column is not None):
            if _is_told(view, number, said):
                found.append((number, _spread(view, number, years_in(cells))))
            continue
        if len(cells) < 2:
            continue
        years = years_in(cells)
        if len(years) >= 2 and is_header(view, cells, years):
            found.append((number, _spread(view, number, years)))
        elif years and (quarters := _with_quarters(view, number, years)) is not years:
            found.append((number, quarters))
    return found


def _is_told(view: View, row: int, header: Header) -> bool:
    """Whether the map says that a row is a header."""
    if header.row is not None:
        return row == header.row
    return is_said(view, row, header.column or "", header.is_ or "")


def is_said(view: View, row: int, column: str, text: str) -> bool:
    """Whether a column, by its letter, says a text in a row."""
    if not re.fullmatch("[A-Z]{1,3}", column):
        return False
    return look(view.text(row, column_number(column))).strip().lower() == look(text).lower().strip()


def _spread(view: View, row: int, years: dict[int, Period]) -> dict[int, Period]:
    """The years of a row, or what the row below cuts them into: quarters, or columns by words."""
    quarters = _with_quarters(view, row, years)
    return _with_words(view, row, years) if quarters is years else quarters


def _with_words(view: View, row: int, years: dict[int, Period]) -> dict[int, Period]:
    """The columns that years span, where the row below says what each is: HT and TTC."""
    below = view.rows.get(row + 1, {})
    texts = [c for c, cell in below.items() if type(cell.value) is str and look(cell.value).strip()]
    if not years or any(view.is_number(cell) for cell in below.values()):
        return years
    spread: dict[int, Period] = {}
    for column in texts:
        if is_not_stated(view.text(row + 1, column)):
            return years
        if column in view.rows[row] and not view.rows[row][column].is_empty:
            own = years.get(column)
        else:
            before = [c for c in years if c < column]
            own = (
                years[max(before)]
                if before and _is_within(view, row, max(before), column)
                else None
            )
        if own is not None:
            spread[column] = own
    return spread if len(spread) > len(years) and {*years} <= {*spread} else years


def _is_within(view: View, row: int, first: int, column: int) -> bool:
    """Whether nothing else stands in a row from one column to another."""
    cells = view.rows[row]
    return all(c not in cells or cells[c].is_empty for c in range(first + 1, column + 1))


def _with_quarters(view: View, row: int, years: dict[int, Period]) -> dict[int, Period]:
    """The quarters of the row below, where the years of a row span them."""
    below = view.rows.get(row + 1, {})
    spread: dict[int, Period] = {}
    for column, cell in below.items():
        if cell.is_empty or type(cell.value) is not str:
            continue
        quarter = quarter_of(cell.value)
        half = 0 if quarter else half_of(cell.value)
        own = years.get(column) or period_of(view.text(row, column))
        if own is None:  # of a year that stands above the first of its quarters only
            before = [c for c in years if c < column]
            own = years[max(before)] if before and (quarter > 1 or half > 1) else None
        if (quarter or half) and own is not None and not own.is_part:
            spread[column] = own._replace(quarter=quarter, half=half)
    if len(spread) < (2 if all(period.half for period in spread.values()) else 4):
        return years
    return {**{c: p for c, p in years.items() if c not in spread and not below.get(c)}, **spread}


# --- columns ------------------------------------------------------------------------------------


class UnknownColumnError(Exception):
    """The map names a column that a table does not have."""


def column_named(view: View, row: int, name: str) -> int:
    """The number of a column by its letter, or by its header. Raises UnknownColumnError."""
    cells = view.rows.get(row, {})
    wanted = look(name).strip().lower()
    for column in cells:
        if look(view.text(row, column)).strip().lower() == wanted:
            return column
    for column in view.rows.get(row - 1, {}):
        if look(_text_above(view, row, column)).strip().lower() == wanted:
            return column
    if re.fullmatch("[A-Z]{1,3}", name) and column_number(name) <= _last_column(view):
        return column_number(name)
    raise UnknownColumnError(name)


def _last_column(view: View) -> int:
    """The last column of a sheet in which anything stands."""
    return max((max(cells) for cells in view.sheet.rows.values() if cells), default=0)


def columns_named(view: View, row: int, names: Iterable[str]) -> list[int]:
    """The numbers of columns, of which ``F..P`` names all from one to the other."""
    found: list[int] = []
    for name in names:
        if match := re.fullmatch(r"([A-Z]{1,3}) ?(?:\.\.|:) ?([A-Z]{1,3})", name):
            first, last = column_number(match[1]), column_number(match[2])
            if first > _last_column(view):
                raise UnknownColumnError(name)
            found += [c for c in range(first, last + 1) if c in view.rows.get(row, {})]
        else:
            found.append(column_named(view, row, name))
    return found


def funding_columns(view: View, row: int) -> list[int]:
    """The columns of who pays; of several sheets, each may have its own. Raises as others do."""
    found: list[int] = []
    for name in view.map.funding:
        try:
            found += columns_named(view, row, [name])
        except UnknownColumnError:
            if view.account.is_alone:
                raise
    return found


def header_text(view: View, rows: Sequence[int], column: int) -> str:
    """What stands in the header of a column: in its own row, else right above or below."""
    texts = [view.text(row, column) for row in rows]
    if len(texts) == 2 and texts[1] and not texts[0]:
        texts[0] = _text_spanning(view, rows, column)
    found = " ".join(dict.fromkeys(text for text in texts if text))
    return found or _text_above(view, rows[0], column)


def _text_spanning(view: View, rows: Sequence[int], column: int) -> str:
    """What names a column in the upper row of its header from the left, and is no year."""
    cells = view.sheet.rows.get(rows[0], {})
    before = [c for c, cell in cells.items() if c < column and not cell.is_empty]
    first = max(before, default=0)
    below = [view.text(rows[1], c) for c in range(first, column + 1)]
    is_span = bool(before) and all(below) and year_of_cell(cells[first]) is None
    return view.text(rows[0], first) if is_span else ""


def _text_above(view: View, row: int, column: int) -> str:
    """What names a column in the row above its header, where nothing does there."""
    above = view.rows.get(row - 1, {})
    filled = [cell for cell in above.values() if not cell.is_empty]
    is_header = len(filled) > 1 and not any(map(view.is_number, filled))
    return view.text(row - 1, column) if is_header and not view.text(row, column) else ""


class Profile(NamedTuple):
    """What the cells of a column are."""

    texts: int = 0
    numbers: int = 0
    years: int = 0


def profiles(view: View, rows: Iterable[int], *, with_years: bool = False) -> dict[int, Profile]:
    """What each column holds in some rows; how many of its values are years, where asked for."""
    texts: Counter[int] = Counter()
    numbers: Counter[int] = Counter()
    years: Counter[int] = Counter()
    is_number = view.is_number
    for row in rows:
        for column, cell in view.rows[row].items():
            if cell.value is None and cell.is_empty:
                continue
            if is_number(cell):
                numbers[column] += 1
            else:
                texts[column] += 1
            if with_years and year_of_cell(cell) is not None:
                years[column] += 1
    return {
        column: Profile(texts[column], numbers[column], years[column])
        for column in sorted({*texts, *numbers})
    }


def slots_of(
    view: View, head: Sequence[int], periods: Mapping[int, Period], held: Mapping[int, Profile]
) -> dict[int, Slot]:
    """The columns of amounts: those of a time, and those whose header says what they sum."""
    map, row = view.map, head[0]
    slots = {column: Slot(period) for column, period in periods.items()}
    if map.years:
        slots = {column_named(view, row, name): Slot(period) for name, period in map.years.items()}
    for column in columns_named(view, row, map.sources):
        slots[column] = Slot(source=header_text(view, head, column))
    for column in funding_columns(view, row):
        name = header_text(view, head, column)
        payer = payer_of(name)
        is_other = not payer and (column in periods or said_where(name) is not None)
        if is_other and not view.account.is_alone:  # a letter of another sheet
            continue
        slots[column] = Slot(periods.get(column), "funding", payer or name)
    if map.before is not None:
        slots[column_named(view, row, map.before)] = Slot(where="before")
    if map.beyond is not None:
        slots[column_named(view, row, map.beyond)] = Slot(where="beyond")
    for column in columns_named(view, row, map.total):
        slots[column] = Slot(where="total")
    if map.amount is not None:
        slots[column_named(view, row, map.amount)] = Slot()
    for column, profile in held.items():
        if column in slots or not profile.numbers:
            continue
        where = said_where(header_text(view, head, column))
        if where is not None and profile.numbers >= profile.texts:
            slots[column] = Slot(where=where)
    return slots


def said_where(header: str) -> Where | None:
    """What a header says of the amounts below it that are of no single year."""
    text = look(header)
    if PERCENT.search(text):
        return None
    if TOTAL.search(text):
        return "total"
    if BEFORE.search(text):
        return "before"
    return "beyond" if BEYOND.search(text) else None


#: The keys of the map that name a column of texts, and the role that it has then.
_ROLE_KEYS = ("theme", "group", "label", "source")
_LABELS: tuple[Role, ...] = ("number", "theme", "group", "label", "source", "project")


def roles_of(
    view: View,
    head: Sequence[int],
    slots: Mapping[int, Slot],
    held: Mapping[int, Profile],
) -> tuple[dict[int, str], tuple[int, ...]]:
    """What the other columns hold, and which of them make the title of a project."""
    map, row = view.map, head[0]
    roles: dict[int, str] = {}
    for key in _ROLE_KEYS:
        name = getattr(map, key)
        if name is not None and not (key == "theme" and name == "sheet"):
            roles[column_named(view, row, name)] = key
    for key, name in map.keep.items():
        roles[column_named(view, row, name)] = key
    project = tuple(columns_named(view, row, map.project))
    if map.marks is not None and map.marks.project is not None:
        for column in columns_named(
            view, row, (map.marks.project.column, *map.marks.project.title)
        ):
            roles.setdefault(column, "mark")
    for column in project:
        roles.setdefault(column, "project")
    guessed: dict[str, int] = {}
    for column, profile in held.items():
        if column in roles or column in slots:
            continue
        header = header_text(view, head, column)
        role = None if PERCENT.search(look(header)) else role_of(header)
        if role in (None, "status", "source") or role in roles.values() or role in guessed:
            continue
        if role == "project" and (project or "mark" in roles.values()):
            continue
        if role == "account" and profile.numbers < profile.texts:  # words, of what the account is
            continue
        if role in ("number", "account") or profile.texts >= profile.numbers:
            guessed[role] = column
    is_marked = map.marks is not None and map.marks.project is not None
    if not project and "project" not in guessed and not is_marked:
        texts = [
            c for c, p in held.items()
            if c not in roles and c not in slots and c not in guessed.values()
            and p.texts > p.numbers and "%" not in header_text(view, head, c)
        ]  # fmt: skip
        named = [c for c in texts if not header_text(view, head, c)]
        is_of_themes = view.map.envelopes is None or view.map.envelopes.by != "none"
        if is_of_themes and not named and _names_themes(view, head, texts, guessed):
            guessed.update({"theme": texts[0]} if texts else {})
        elif len(texts) == 1 or len(named) == 1:
            guessed["project"] = (named or texts)[0]
        elif not texts and "label" in guessed:
            guessed["project"] = guessed.pop("label")
        elif not texts and "theme" in guessed and held[guessed["theme"]].texts:
            guessed["project"] = guessed.pop("theme")
        elif not texts and "description" in guessed:
            guessed["project"] = guessed.pop("description")
    for own, column in guessed.items():
        roles[column] = own
        name = header_text(view, head, column)
        key = own if own in ("project", *_ROLE_KEYS) else f"keep.{own}"
        why = msg("its header is “{header}”", header=name) if name else msg("its texts")
        view.account.guess(key, name or column_name(column), why, view.sheet)
    if not project and "project" in guessed:
        project = (guessed["project"],)
    return roles, project


def _names_themes(
    view: View, head: Sequence[int], texts: Sequence[int], guessed: Mapping[str, int]
) -> bool:
    """Whether the only texts of a table are under a header that names themes."""
    columns = [*texts, *(guessed[role] for role in ("theme",) if role in guessed)]
    is_alone = len(columns) == 1 and {*guessed} <= {"theme", "group", "number"}
    return is_alone and OF_THEMES.search(look(header_text(view, head, columns[0]))) is not None


def unknown_columns(
    view: View, table: Table, held: Mapping[int, Profile]
) -> Iterator[tuple[int, Profile]]:
    """The columns of a table that nothing says the meaning of."""
    known = {*table.columns.slots, *table.columns.roles, *table.columns.project}
    known |= {table.columns.year or 0, table.columns.start or 0, table.columns.end or 0}
    known |= {*table.columns.quarters}
    for column, profile in held.items():
        if column not in known:
            yield column, profile
