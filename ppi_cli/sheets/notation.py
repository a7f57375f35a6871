"""What holds for all amounts of a book: its unit, its taxes, what stands before decimals."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from ppi_cli.sheets.account import Account
from ppi_cli.sheets.amounts import (
    Decimals,
    Number,
    looks_like_number,
    number_in,
    says_decimals,
    shown_by,
)
from ppi_cli.sheets.cells import Book, Cell, Place, Sheet
from ppi_cli.sheets.layout import (
    Table,
    View,
)
from ppi_cli.sheets.map import Map
from ppi_cli.sheets.rows import clean
from ppi_cli.sheets.units import are_several, rows_below, settle, stated
from ppi_cli.sheets.wording import (
    Unit,
    tax_in,
    unit_in,
)
from ppi_cli.values.message import msg
from ppi_cli.values.money import scale_and_currency


def decimals_of(sheets: Sequence[Sheet], map: Map, account: Account) -> Decimals | None:
    """What stands before decimals in amounts that are texts: as the map, or the book, says."""
    if map.decimals is not None:
        return map.decimals
    texts: dict[str, Place] = {}
    english: Place | None = None
    for sheet in sheets:
        for row, cells in sheet.rows.items():
            for column, cell in cells.items():
                value = cell.value
                if type(value) is str:
                    if value not in texts and value[:1] in _STARTS and looks_like_number(value):
                        texts[value] = sheet.place(row, column)
                elif english is None and cell.form.number and shown_by(cell.form.number).is_english:
                    english = sheet.place(row, column)
    said = {text: kind for text in texts if (kind := says_decimals(text)) is not None}
    kinds = set(said.values())
    if len(kinds) > 1:
        return None
    if kinds:
        text, kind = next(iter(said.items()))
        account.guess("decimals", kind, msg("{place} is “{text}”", place=str(texts[text]),
                                            text=text))  # fmt: skip
        return kind
    if english is not None and any("," in text for text in texts):
        why = msg("the number format of {place} is an English one", place=str(english))
        account.guess("decimals", "point", why)
        return "point"
    return None


_STARTS = frozenset("0123456789-−+($€£ \u00a0\u202f")


def texts_around(view: View, tables: Sequence[Table]) -> Iterator[tuple[int, int, str]]:
    """The texts above the tables of a sheet, in their headers, and below, where they say a unit."""
    first = min((min(t.header_rows, default=t.first) for t in tables), default=0)
    heads = {row for table in tables for row in table.header_rows}
    for row in view.row_numbers:
        if row < first or row in heads or row + 1 in heads:
            for column, cell in view.rows[row].items():
                if type(cell.value) is str:
                    yield row, column, cell.value
        elif row > first and row > max(heads, default=0):
            break
    for row in rows_below(view, tables):
        for column, cell in view.rows[row].items():
            if type(cell.value) is str and len(cell.value) < 200 and unit_in(cell.value):
                yield row, column, cell.value


def unit_of(
    tables: Sequence[tuple[View, Sequence[Table]]], map: Map, account: Account
) -> Unit | None:
    """The unit of amounts that name none: as the map says, else the texts around tables."""
    said: dict[Unit, Place] = {}
    scaled: Place | None = None
    signs: dict[str, Place] = {}
    written: dict[str, Place] = {}
    first: Place | None = None
    for view, own in tables:
        for row, column, text in texts_around(view, own):
            if len(text) < 200 and (unit := unit_in(text)) is not None:
                said.setdefault(unit, view.sheet.place(row, column))
        for table in own:
            formats: dict[str, Place] = {}
            for row in view.row_numbers:
                if not table.first <= row <= table.last or row in table.header_rows:
                    continue
                cells = view.rows[row]
                for column in table.columns.slots:
                    cell = cells.get(column)
                    if cell is None or cell.is_empty:
                        continue
                    if first is None and view.is_number(cell):
                        first = view.sheet.place(row, column)
                    if cell.form.number:
                        formats.setdefault(cell.form.number, view.sheet.place(row, column))
                    elif type(cell.value) is str and (sign := _sign(cell.value)):
                        signs.setdefault(sign, view.sheet.place(row, column))
                        written.setdefault(cell.value, view.sheet.place(row, column))
            for format, place in formats.items():
                shown = shown_by(format)
                if shown.thousands and scaled is None:
                    scaled = place
                if shown.unit and len(shown.unit) == 1 and shown.unit not in "kM":
                    signs.setdefault(shown.unit, place)
    _remark_on_signs(said, written, account)
    chosen = None if map.unit is None else Unit(*scale_and_currency(map.unit))
    columns = stated(tables)
    if are_several(columns):
        return settle(columns, chosen, account, is_scaled=scaled is not None)
    if chosen is not None:
        return chosen
    scales = {unit.scale for unit in said}
    sign_found = {unit.sign for unit in said if unit.sign} | set(signs)
    at = next(iter(said.values()), None) or scaled or next(iter(signs.values()), None) or first
    if at is None:
        return None
    answers = ("unit: €", "unit: k€")
    if scales - {""} and scaled is not None:
        account.ask(
            at,
            msg(
                "the header says thousands, and the format of {cell} shows thousands of what it"
                " holds: in which unit are the numbers that the cells hold?",
                cell=str(scaled),
            ),
            *answers,
        )
        return None
    if len(scales - {""}) > 1 or len(sign_found) > 1 or ("" in scales and len(scales) > 1):
        names = [f"{unit} ({place})" for unit, place in said.items()]
        names += [f"{sign} ({place})" for sign, place in signs.items()]
        message = msg("the unit is said in several ways: {units}", units=names)
        account.ask(at, message, *answers)
        return None
    bare = None if sign_found else _first_without_unit(tables)
    if not sign_found and not scales and bare is None and first is not None:
        unit = _unit_shown(tables)
        account.guess("unit", str(unit), msg("{place} says so", place=str(first)))
        return unit
    if not sign_found:
        message = msg("nothing says in which unit the amounts are")
        if scales - {""}:
            message = msg("nothing says in which currency the amounts are")
            answers = ("unit: k€", "unit: k$")
        account.ask(bare or first or at, message, *answers)
        return None
    unit = Unit(next(iter(scales), ""), next(iter(sign_found)))
    where = next(iter(said.values()), None) or signs[unit.sign]
    account.guess("unit", str(unit), msg("{place} says so", place=str(where)))
    return unit


def _first_without_unit(tables: Sequence[tuple[View, Sequence[Table]]]) -> Place | None:
    """The first amount that does not say its own unit, as ``175 k€`` does by its format."""
    for view, row, column, cell in _amounts(tables):
        number = view.number(cell)
        if isinstance(number, Number) and number.scale is None:
            return view.sheet.place(row, column)
    return None


def _unit_shown(tables: Sequence[tuple[View, Sequence[Table]]]) -> Unit:
    """The unit that amounts show which all say it: the first of them."""
    shown = (shown_by(cell.form.number).unit for _, _, _, cell in _amounts(tables))
    return Unit(*scale_and_currency(next((unit for unit in shown if unit), "€")))


def _amounts(
    tables: Sequence[tuple[View, Sequence[Table]]],
) -> Iterator[tuple[View, int, int, Cell]]:
    for view, own in tables:
        for table in own:
            for row in view.row_numbers:
                if table.first <= row <= table.last and row not in table.header_rows:
                    for column in table.columns.slots:
                        cell = view.rows[row].get(column)
                        if cell is not None and not cell.is_empty and view.is_number(cell):
                            yield view, row, column, cell


def _remark_on_signs(
    said: Mapping[Unit, Place], written: Mapping[str, Place], account: Account
) -> None:
    """Name an amount that says euros itself, where thousands are said above: it is read as such."""
    thousands = next(((unit, at) for unit, at in said.items() if unit.scale), None)
    if thousands is None:
        return
    unit, at = thousands
    for text, place in written.items():
        number = number_in(text, "comma")
        if isinstance(number, Number) and number.scale == "" and number.value:
            account.remark(
                place,
                msg("“{text}” is read in the unit that it says, and not in {unit}, as {place} says",
                    text=text[:40], unit=str(unit), place=str(at)),
            )  # fmt: skip
            return


def _sign(text: str) -> str:
    return next((sign for sign in "€$£" if sign in text), "")


def tax_of(
    tables: Sequence[tuple[View, Sequence[Table]]], map: Map, account: Account
) -> Literal["incl", "excl", "unstated"]:
    if map.tax is not None:
        return map.tax
    found: dict[Literal["incl", "excl"], Place] = {}
    of_amounts: dict[Literal["incl", "excl"], Place] = {}
    for view, own in tables:
        slots = {(row, c) for t in own for row in t.header_rows for c in t.columns.slots}
        for row, column, text in texts_around(view, own):
            for each in tax_in(text):
                found.setdefault(each, view.sheet.place(row, column))
                if (row, column) in slots:
                    of_amounts.setdefault(each, view.sheet.place(row, column))
    if len(found) == 2 and len(of_amounts) == 1:  # other columns say otherwise, and are not read
        found = of_amounts
    if len(found) == 2:
        account.ask(
            found["incl"],
            msg("amounts with and without taxes are named: which are those that are read?"),
            "tax: incl",
            "tax: excl",
        )
    elif found:
        kind, place = next(iter(found.items()))
        account.guess("tax", kind, msg("{place} says so", place=str(place)))
        return kind
    return "unstated"


def title_of(tables: Sequence[tuple[View, Sequence[Table]]], book: Book) -> str:
    """The first text above the first table, else the name of the file."""
    for view, own in tables:
        for row in view.row_numbers:
            if not own or row >= min(min(t.header_rows, default=t.first) for t in own):
                break
            for column in sorted(view.rows[row]):
                text = clean(view.text(row, column))
                text = re.sub(r"\s*[([][^)\]]*[)\]]", _without_unit, text).strip()
                if len(text) > 5 and unit_in(text) is None and not looks_like_number(text):
                    return text[:200]
    return clean(book.name.rpartition(".")[0]) or "Plan"


def _without_unit(brackets: re.Match[str]) -> str:
    return "" if unit_in(brackets[0]) or tax_in(brackets[0]) else brackets[0]
