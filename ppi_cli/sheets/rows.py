"""The rows of a table: what holds money, what is a heading, what is a total by its words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple, TypeAlias

from ppi_cli.plan.projects import OF_ITSELF
from ppi_cli.sheets.account import Fate, first_place, row_place
from ppi_cli.sheets.amounts import Ambiguous, Number
from ppi_cli.sheets.cells import Cell, CellError, Form, Sheet, column_name, quoted
from ppi_cli.sheets.layout import Table, View, column_named, year_of_cell
from ppi_cli.sheets.map import Mark
from ppi_cli.sheets.wording import OF_WHICH, Period, period_of, says_total, total_of
from ppi_cli.values.characters import look, one_line
from ppi_cli.values.message import msg
from ppi_cli.values.money import CENTS
from ppi_cli.values.spoken_money import is_not_stated

#: An ``envelope`` is a line of money beside the projects of its theme, which it bounds.
Kind: TypeAlias = Literal["line", "total", "part", "envelope"]


class Section(NamedTuple):
    """What stands above a row: the headings, or the marks, that it is below."""

    group: str = ""
    theme: str = ""
    #: The title and the number of a block that is a project.
    project: str = ""
    number: str = ""
    year: Period | None = None
    #: What tells sections of one name apart.
    turn: int = 0


@dataclass(slots=True)
class Row:
    """A row with money."""

    sheet: Sheet
    table: Table
    number: int
    kind: Kind
    label: str
    section: Section
    amounts: dict[int, Decimal]
    #: The texts of its columns, by what these hold.
    texts: dict[str, str] = field(default_factory=dict)
    #: The quarters that are filled in it.
    quarters: tuple[Period, ...] = ()
    year: Period | None = None
    #: Whether it sums the rows below it, not those above.
    is_above: bool = False
    #: Whether it says what may be spent on its theme, and on nothing by name.
    is_envelope: bool = False


@dataclass
class Blocks:
    """What the headings of a table say beside titles: the description of a project, its place."""

    table: Table
    described: dict[tuple[str, str, str], dict[str, str]] = field(default_factory=dict)
    #: Projects of which no amount is stated, each with its section.
    unstated: list[tuple[Section, dict[str, str], Sheet, int]] = field(default_factory=list)
    #: The quarters that are filled in their rows.
    quarters: dict[int, tuple[Period, ...]] = field(default_factory=dict)


def clean(text: str) -> str:
    """A text as a plan can hold it: on one line, without what acts on a terminal or hides."""
    return one_line(text)


def form_of(view: View, row: int, column: int) -> tuple[object, ...]:
    """How the label of a row looks, as far as that tells headings from lines."""
    cell = view.rows.get(row, {}).get(column)
    form: Form = cell.form if cell is not None else Form()
    return column, form.bold, form.fill


class _Reading:
    """One pass over the rows of a table."""

    def __init__(self, view: View, table: Table, scale: str, section: Section) -> None:
        self.view, self.table, self.scale = view, table, scale
        self.map, self.account = view.map, view.account
        self.sheet = view.sheet
        self.fates = view.account.of(view.sheet)
        self.section = section
        self.slots = table.columns.slots
        self.blocks = Blocks(table)
        head = min(table.header_rows, default=table.first)
        marks = self.map.marks
        self.marks: dict[str, tuple[Mark, int]] = {}
        for name in ("group", "theme", "project", "year") if marks is not None else ():
            mark = getattr(marks, name)
            if mark is not None:
                self.marks[name] = (mark, column_named(view, head, mark.column))
        self.only = {
            column_named(view, head, name): {look(text) for text in texts}
            for name, texts in self.map.only.items()
        }
        lines = self.map.lines
        self.lines = None if lines is None else (
            column_named(view, head, lines.column), lines.matches
        )  # fmt: skip
        columns = table.columns
        self.labels = sorted({*columns.roles, *columns.project})
        self.not_labels = {
            column
            for column, role in columns.roles.items()
            if role in ("description", *OF_ITSELF, "status")
        }
        self.head = head

    def numbers(self, row: int, cells: Mapping[int, Cell]) -> dict[int, Decimal]:
        """The amounts of a row; what is none is asked about."""
        found: dict[int, Decimal] = {}
        columns = self.table.columns
        scales = columns.scales_at(row) if columns.scales else {}
        for column in self.slots:
            cell = cells.get(column)
            if cell is None:
                continue
            own = scales.get(column)
            if own is None and type(cell.value) is Decimal and not cell.form.number:
                found[column] = cell.value
                continue
            if cell.is_empty:
                continue
            number = self.view.number(cell)
            if isinstance(number, Number):
                value = number.value
                scale = own if number.scale is None else number.scale
                if scale is not None and scale != self.scale:
                    value = value * CENTS[scale] / CENTS[self.scale]
                found[column] = value
        return found

    def ask_of_cells(self, row: int, cells: Mapping[int, Cell], amounts: Iterable[int]) -> None:
        """Ask about what stands in a column of amounts, and is none."""
        for column in self.slots:
            cell = cells.get(column)
            if cell is None or cell.is_empty or column in amounts:
                continue
            place = self.sheet.place(row, column)
            at = self.account.at(place)
            if isinstance(cell.value, str) and not isinstance(cell.value, CellError):
                if is_not_stated(cell.value):
                    self.fates[row, column] = "absent"
                    continue
                if self.view.map.accepts(place):
                    self.fates[row, column] = "note"
                    continue
            self.fates[row, column] = "unknown"
            number = self.view.number(cell)
            if cell.value is None:
                message = msg(
                    "a formula whose value is not in the file: {text}; save it in a spreadsheet",
                    text=cell.formula,
                )
                self.account.ask(place, message, f"ignore: [{at}]")
            elif isinstance(number, Ambiguous):
                self.account.ask(
                    place,
                    msg(
                        "“{text}” can be read in two ways: is its sign between thousands, or"
                        " before decimals?",
                        text=number.text,
                    ),
                    "decimals: comma",
                    "decimals: point",
                )
            elif isinstance(cell.value, CellError):
                message = msg("an error of the spreadsheet: {text}", text=str(cell.value))
                self.account.ask(place, message, f"ignore: [{at}]")
            else:
                shown = str(cell.value)[:60]
                message = msg("“{text}” is not an amount", text=shown)
                self.account.ask(place, message, f"ignore: [{at}]", f"accept: [{at}]")

    # --- texts ---

    def texts_of(self, row: int) -> dict[str, str]:
        """The texts of a row by what their columns hold; a project may have several."""
        columns = self.table.columns
        found: dict[str, str] = {}
        for column, role in columns.roles.items():
            if column not in columns.project and (text := clean(self.view.text(row, column))):
                found[role] = text
        parts = [clean(self.view.text(row, column)) for column in columns.project]
        if any(parts):
            found["project"] = " – ".join(part for part in parts if part)
        return found

    def total_label(self, row: int, cells: Mapping[int, Cell]) -> str | None:
        """The label of a row that says that it is a total, in whatever column."""
        for column, cell in cells.items():
            if column in self.slots or column in self.not_labels or type(cell.value) is not str:
                continue
            if says_total(cell.value):
                return clean(cell.value)
        return None

    def filled_quarters(self, cells: Mapping[int, Cell]) -> tuple[Period, ...]:
        """The quarters of work: those that are filled, or those from a column to another."""
        start, end = self.table.columns.start, self.table.columns.end
        if start is not None and end is not None:
            first, last = _quarter(cells.get(start), 1), _quarter(cells.get(end), 4)
            if first is None or last is None or first > last:
                return ()
            return tuple(Period(n // 4, quarter=n % 4 + 1) for n in range(first, last + 1))
        return tuple(
            period
            for column, period in self.table.columns.quarters.items()
            if (cell := cells.get(column)) is not None and (cell.form.fill or not cell.is_empty)
        )

    def mark(self, fate: Fate, row: int, columns: Iterable[int]) -> None:
        for column in columns:
            self.fates.setdefault((row, column), fate)

    # --- headings ---

    def marked(self, row: int, cells: Mapping[int, Cell]) -> bool:
        """Whether a row is a heading by the marks of the map, and what it says then."""
        is_marked = False
        for name, (mark, column) in self.marks.items():
            text = clean(self.view.text(row, column))
            match = mark.matches.search(text) if text else None
            if match is None:
                continue
            is_marked = True
            title = text
            if mark.title:
                columns = [column_named(self.view, self.head, each) for each in mark.title]
                parts = [clean(self.view.text(row, each)) for each in columns if each != column]
                title = " – ".join(part for part in parts if part) or text
            turn = self.section.turn + 1
            if name == "year":
                period = period_of(match[1] if match.groups() else match[0])
                self.section = self.section._replace(year=period, turn=turn)
            elif name == "project":
                number = text if title != text else ""
                self.section = self.section._replace(project=title, number=number, turn=turn)
            elif name == "theme":
                self.section = self.section._replace(theme=title, project="", number="", turn=turn)
            else:
                self.section = self.section._replace(group=title, theme="", turn=turn)
            self.mark("title", row, cells)
        return is_marked


def read_table(view: View, table: Table, scale: str, section: Section) -> tuple[list[Row], Blocks]:
    """The rows of a table that hold money, in order; and what is said beside them."""
    reading = _Reading(view, table, scale, section)
    for number in view.row_numbers if reading.marks else ():
        if table.after < number < table.first and number not in table.header_rows:
            reading.marked(number, view.rows[number])
    held = [r for r in view.row_numbers if table.first <= r <= table.last]
    plain = [r for r in held if r not in table.header_rows]
    amounts = {r: reading.numbers(r, view.rows[r]) for r in plain}
    headings = {} if reading.marks else _headings(reading, plain, amounts)
    last_money = max(
        (r for r in plain if amounts[r] or reading.filled_quarters(view.rows[r])), default=0
    )
    found: list[Row] = []
    carried: dict[str, str] = {}
    for number in plain:
        cells, own = view.rows[number], amounts[number]
        if reading.only and not _is_wanted(reading, number):
            reading.mark("ignored", number, [c for c, cell in cells.items() if not cell.is_empty])
            continue
        is_marked = reading.marked(number, cells) if reading.marks else False
        if is_marked:
            carried = {}
        if not own:
            if number <= last_money or _has_no_value(reading, cells) or _is_vague(reading, number):
                reading.ask_of_cells(number, cells, own)
            if is_marked or number > last_money:
                continue
            if number in headings:
                _open(reading, number, headings[number])
                carried = {}
            else:
                _stub(reading, number, carried)
            continue
        reading.ask_of_cells(number, cells, own)
        row = _row(reading, number, cells, own, carried, is_marked)
        if row is not None:
            found.append(row)
    return found, reading.blocks


def _quarter(cell: Cell | None, of_year: int) -> int | None:
    """The quarter of a date, or that a cell names, from the year 0; of a year alone, as told."""
    if cell is None:
        return None
    value = cell.value
    if isinstance(value, date):
        return 4 * value.year + (value.month - 1) // 3
    period = period_of(value.replace("-T", " T")) if isinstance(value, str) else year_of_cell(cell)
    if period is None or period.last or period.half:
        return None
    return 4 * period.year + (period.quarter or of_year) - 1


def _has_no_value(reading: _Reading, cells: Mapping[int, Cell]) -> bool:
    """Whether a column of amounts holds a formula without a value, an error, or true or false."""
    values = [cells[c].value for c in reading.slots if c in cells and not cells[c].is_empty]
    return any(isinstance(value, CellError | bool) or value is None for value in values)


def _is_vague(reading: _Reading, row: int) -> bool:
    """Whether a row names a project, and says in a column of amounts what is none: “ca. 300”."""
    cells = reading.view.rows[row]
    is_named = any(c in cells and not cells[c].is_empty for c in reading.table.columns.project)
    texts = [cells[c].value for c in reading.slots if c in cells]
    texts = [text for text in texts if type(text) is str and len(text) <= _VAGUE]
    return is_named and any(re.search(r"\d", str(text)) is not None for text in texts)


#: No note beside a table is so short.
_VAGUE = 20


def _is_wanted(reading: _Reading, row: int) -> bool:
    return all(look(reading.view.text(row, c)) in texts for c, texts in reading.only.items())


def _row(
    reading: _Reading,
    number: int,
    cells: Mapping[int, Cell],
    amounts: dict[int, Decimal],
    carried: dict[str, str],
    is_marked: bool,
) -> Row | None:
    """A row with money, as far as its words say what it is."""
    total = reading.total_label(number, cells)
    texts = reading.texts_of(number)
    if reading.lines is not None and total is None:
        column, pattern = reading.lines
        if not pattern.search(reading.view.text(number, column)):
            reading.mark("ignored", number, [c for c, cell in cells.items() if not cell.is_empty])
            return None
    label = total or texts.get("project") or texts.get("label") or texts.get("theme") or ""
    kind: Kind = "line" if total is None else "total"
    by = reading.map.totals
    if by is not None and by.by == "none":
        kind = "line"
    elif by is not None and by.by == "rows":
        is_named = any(each.holds(reading.sheet.name, number, 1) for each in by.rows)
        is_project = reading.map.accepts(first_place(reading.sheet, number))
        kind = "total" if is_named or (total is not None and not is_project) else "line"
    if kind == "line":
        if OF_WHICH.match(label):
            kind = "part"
        for role in ("theme", "group"):  # written once, above those that it is of
            if role in reading.table.columns.roles.values():
                if role in texts:
                    if role == "group" or carried.get(role) != texts[role]:
                        carried[role] = texts[role]
                elif role in carried:
                    texts[role] = carried[role]
        if "project" in texts:
            carried["project"] = texts["project"]
            for role in ("number", *OF_ITSELF):
                carried.pop(role, None)
                if role in texts:
                    carried[role] = texts[role]
        elif "label" in texts and "project" in carried and not reading.section.project:
            texts["project"] = carried["project"]
    columns = reading.table.columns
    labels = [c for c, cell in cells.items() if c not in reading.slots and not cell.is_empty]
    roles = {*columns.roles, *columns.project, *reading.only}
    for column in labels:
        if (column in roles or kind == "total") and (
            column in {*columns.project, *columns.roles, *reading.only}
            or not _is_money(reading, cells[column])
        ):
            reading.fates.setdefault((number, column), "title")
    ends = [c for c in (columns.start, columns.end) if c is not None and c in cells]
    if any(not cells[c].is_empty for c in ends) and not reading.filled_quarters(cells):
        reading.account.remark(
            reading.sheet.place(number, ends[0]),
            msg("these are no two quarters or dates, the first before the last: not read"),
        )
    for column in amounts:
        reading.fates[number, column] = "part" if kind == "part" else "amount"
    year = None
    if columns.year is not None and (cell := cells.get(columns.year)) is not None:
        year = year_of_cell(cell)
        place = reading.sheet.place(number, columns.year)
        if year is None and kind == "line":
            reading.fates[number, columns.year] = "unknown"
            message = msg("“{text}” is no year", text=reading.view.text(number, columns.year)[:40])
            reading.account.ask(place, message, ignore_row(reading, number))
        else:
            reading.fates[number, columns.year] = "header"
    elif columns.year is not None and kind == "line":
        place = reading.sheet.place(number, columns.year)
        message = msg("no year stands in this row")
        reading.account.ask(place, message, ignore_row(reading, number))
    reading.mark("title", number, [c for c in (columns.start, columns.end) if c is not None])
    if columns.is_turned and year is not None:
        label = year.key
    return Row(
        reading.sheet,
        reading.table,
        number,
        kind,
        label,
        reading.section,
        amounts,
        texts,
        reading.filled_quarters(cells),
        year,
    )


def ignore_row(reading: _Reading, row: int) -> str:
    """The line of a map that leaves a row out."""
    sheet = "" if reading.account.is_alone else f"{quoted(reading.sheet.name)}!"
    text = f"{sheet}{row}:{row}"
    return f'ignore: ["{text}"]'


def _is_money(reading: _Reading, cell: Cell) -> bool:
    return isinstance(reading.view.number(cell), Number)


# --- headings without marks ---------------------------------------------------------------------


def _headings(
    reading: _Reading, rows: list[int], amounts: Mapping[int, Mapping[int, Decimal]]
) -> dict[int, tuple[str, int]]:
    """The rows that are headings, each with its title and its level, 0 outside."""
    view = reading.view
    money = [r for r in rows if amounts[r]]
    if not money or reading.map.marks is not None:
        return {}
    lines = [r for r in money if reading.total_label(r, view.rows[r]) is None]
    usual = Counter(form_of(view, r, _label_column(reading, r)) for r in lines)
    totals = {
        look(total_of(label)).lower()
        for r in money
        if (label := reading.total_label(r, view.rows[r])) is not None
    }
    columns = reading.table.columns
    has_number = columns.of("number")
    numbers = () if has_number is None else (clean(view.text(r, has_number)) for r in lines)
    above = {each[:n] for each in numbers for n, sign in enumerate(each) if n and sign == "."}
    found: dict[int, tuple[str, tuple[object, ...]]] = {}
    titles: dict[int, str] = {}
    last = money[-1]
    for row in rows:
        if amounts[row] or row > last:
            continue
        texts = [c for c, cell in view.rows[row].items() if not cell.is_empty]
        labels = [c for c in texts if c not in reading.not_labels]
        number = "" if has_number is None else clean(view.text(row, has_number)).rstrip(".")
        is_above = number in above
        if is_above:
            labels = [c for c in labels if c != has_number]
        if not labels or any(c in reading.slots for c in labels):
            labels = [c for c in labels if c not in reading.slots]
        if not labels:
            continue
        column = labels[0]
        text = clean(view.text(row, column))
        form = form_of(view, row, column)
        is_named = look(text).lower() in totals and bool(text)
        differs = usual and usual[form] * 3 < sum(usual.values())
        lacks = has_number is not None and has_number not in texts and column != has_number
        if len(labels) == 1 and (is_named or differs or lacks or is_above):
            found[row] = (f"{number} {text}" if is_above else text, form)
            titles[row] = text
    levels = _levels(reading, found)
    return {row: (text, levels[row]) for row, text in titles.items()}


def _label_column(reading: _Reading, row: int) -> int:
    """The column in which a row says what it is."""
    columns = reading.table.columns
    cells = reading.view.rows[row]
    for column in (*columns.project, *reading.labels):
        if column in cells and not cells[column].is_empty:
            return column
    return next((c for c in cells if c not in reading.slots), 0)


def _levels(
    reading: _Reading, found: Mapping[int, tuple[str, tuple[object, ...]]]
) -> dict[int, int]:
    """How deep each heading stands, by its form: the first form is the outermost.

    Headings of one form stand as deep as their numbers say: 1, 1.1.
    """
    forms: list[tuple[object, ...]] = []
    for _, form in found.values():
        if form not in forms:
            forms.append(form)
    if len(forms) > 2:
        row = next(row for row, (_, form) in found.items() if form == forms[2])
        place = row_place(reading.sheet, row)
        reading.account.ask(
            place,
            msg("headings have three forms or more: which of them are themes?"),
            "marks: {theme: {column: …, matches: '…'}}",
            ignore_row(reading, row),
        )
    if len(forms) > 1:
        return {row: min(forms.index(form), 1) for row, (_, form) in found.items()}
    numbers = {row: _NUMBERED.match(look(text)) for row, (text, _) in found.items()}
    depths = {row: m[0].count(".") for row, m in numbers.items() if m is not None}
    is_told = len(depths) == len(found) and {*depths.values()} == {0, 1}
    return depths if is_told else dict.fromkeys(found, 1)


#: The number of a heading: ``1 - Bâtiments``, ``1.1 Écoles``.
_NUMBERED = re.compile(r"\d{1,2}(?:\.\d{1,2})*(?!\d)")


def _open(reading: _Reading, row: int, heading: tuple[str, int]) -> None:
    """Begin the section of a heading."""
    text, level = heading
    section, roles = reading.section, reading.table.columns.roles.values()
    reading.mark("title", row, [c for c, x in reading.view.rows[row].items() if not x.is_empty])
    turn = section.turn + 1
    if level == 0 or "theme" in roles:
        theme = "" if level == 0 and reading.map.theme is None else section.theme
        reading.section = section._replace(group=text, theme=theme, turn=turn)
    elif reading.map.theme is None and reading.map.theme_in is None:
        reading.section = section._replace(theme=text, turn=turn)
    else:
        reading.section = section._replace(turn=turn)


_DETAILS = {
    "description": re.compile(r"description ?:?", re.IGNORECASE),
    "location": re.compile(r"(?:location|lieu|localisation|site) ?:?", re.IGNORECASE),
}


def _stub(reading: _Reading, row: int, carried: dict[str, str]) -> None:
    """A row of texts alone that is no heading: a project of which nothing is stated, or a note."""
    view, section = reading.view, reading.section
    cells = [c for c, cell in view.rows[row].items() if not cell.is_empty]
    texts = reading.texts_of(row)
    if section.project:
        first = clean(view.text(row, cells[0])) if cells else ""
        for key, pattern in _DETAILS.items():
            if pattern.fullmatch(first) and len(cells) > 1:
                text = " ".join(clean(view.text(row, c)) for c in cells[1:])
                block = (section.theme, section.number, section.project)
                reading.blocks.described.setdefault(block, {})[key] = text
                reading.mark("title", row, cells)
                return
        reading.mark("note", row, cells)
        return
    if reading.marks or "project" not in texts:
        numbers = [c for c in cells if _is_money(reading, view.rows[row][c])]
        roles = {*reading.table.columns.roles}
        reading.mark("note", row, [c for c in cells if c not in numbers or c in roles])
        return
    for role in ("theme", "group"):
        if role in texts:
            carried[role] = texts[role]
        elif role in carried:
            texts[role] = carried[role]
    reading.blocks.unstated.append((section, texts, reading.sheet, row))
    reading.blocks.quarters[row] = reading.filled_quarters(view.rows[row])
    roles = {*reading.table.columns.roles, *reading.table.columns.project}
    reading.mark("title", row, [c for c in cells if c in roles])
    place = first_place(reading.sheet, row)
    is_told = "theme" in texts or reading.filled_quarters(view.rows[row])
    if not is_told and not view.map.accepts(place) and len(cells) == 1:
        reading.account.ask(
            place,
            msg(
                "“{text}” has no amount: a heading, or a project of which none is stated?",
                text=texts["project"][:60],
            ),
            f"marks: {{theme: {{column: {column_name(cells[0])}, matches: '…'}}}}",
            f"accept: [{reading.account.at(place)}]",
        )
