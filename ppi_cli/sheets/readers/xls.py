"""Books of xls, as spreadsheets wrote them until 2007, by xlrd."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

from ppi_cli.sheets.cells import (
    PLAIN_FORM,
    Area,
    Book,
    Cell,
    CellError,
    Form,
    Sheet,
    Value,
    exact,
)
from ppi_cli.sheets.readers import (
    LONGEST_TEXT,
    MOST_CELLS,
    MOST_SHEETS,
    damaged,
    refused,
    too_large,
)
from ppi_cli.source.libraries import library
from ppi_cli.values.errors import PpiError
from ppi_cli.values.message import msg

#: xlrd reads a whole file before its cells can be counted: at most two bytes of it a cell.
_LARGEST = 24_000_000

_EMPTY, _TEXT, _NUMBER, _DATE, _BOOLEAN, _ERROR, _BLANK = range(7)


def book(name: str, data: bytes) -> Book:
    """The book that the bytes of a file are. Raises PpiError where they are none."""
    if len(data) > _LARGEST:
        raise refused(name, msg("it is larger than {n} MB", n=_LARGEST // 1_000_000))
    xlrd = library("xlrd")
    try:
        found = xlrd.open_workbook(
            file_contents=data, formatting_info=True, logfile=io.StringIO(), on_demand=False
        )
        if found.nsheets > MOST_SHEETS:
            raise too_large(name)
        sheets, left = [], MOST_CELLS
        for sheet in found.sheets():
            left -= sum(map(sheet.row_len, range(sheet.nrows)))
            if left < 0:
                raise too_large(name)
            sheets.append(_sheet(xlrd, found, sheet))
    except PpiError:
        raise
    except Exception as error:  # whatever a file makes xlrd stumble over
        raise damaged(name, error) from None
    return Book(name, tuple(sheets))


def _sheet(xlrd: Any, book: Any, sheet: Any) -> Sheet:
    forms: dict[int, Form] = {}
    rows: dict[int, dict[int, Cell]] = {}
    for r in range(sheet.nrows):
        cells: dict[int, Cell] = {}
        types, values = sheet.row_types(r), sheet.row_values(r)
        for c, (kind, raw) in enumerate(zip(types, values, strict=True)):
            if kind == _EMPTY:
                continue
            style = sheet.cell_xf_index(r, c)
            if (form := forms.get(style)) is None:
                form = forms[style] = _form(book, style)
            value = _value(xlrd, book, kind, raw)
            if value is not None or form.fill:
                cells[c + 1] = Cell(value, form)
        if cells:
            rows[r + 1] = cells
    return Sheet(
        sheet.name,
        rows,
        tuple(Area(top + 1, left + 1, bottom, right)
              for top, bottom, left, right in sheet.merged_cells),
        frozenset(n + 1 for n, row in sheet.rowinfo_map.items() if row.hidden),
        frozenset(n + 1 for n, column in sheet.colinfo_map.items() if column.hidden),
        sheet.visibility != 0,
    )  # fmt: skip


def _value(xlrd: Any, book: Any, kind: int, raw: Any) -> Value:
    if kind == _TEXT:
        text = str(raw)[:LONGEST_TEXT]
        return text if text.strip() else None
    if kind == _NUMBER:
        return exact(raw)
    if kind == _DATE:
        try:
            return datetime(*xlrd.xldate_as_tuple(raw, book.datemode)).date() if raw >= 1 else None
        except (ValueError, xlrd.xldate.XLDateError):
            return exact(raw)
    if kind == _BOOLEAN:
        return bool(raw)
    if kind == _ERROR:
        return CellError(xlrd.error_text_from_code.get(raw, "#ERR"))
    return None


def _form(book: Any, style: int) -> Form:
    xf = book.xf_list[style]
    font = book.font_list[xf.font_index]
    format = book.format_map.get(xf.format_key)
    number = "" if format is None or format.format_str == "General" else format.format_str
    background = xf.background
    colour = background.pattern_colour_index if background.fill_pattern else 0x40
    lines = xf.border.top_line_style or xf.border.bottom_line_style
    if not (font.bold or number or lines or colour not in (0x40, 0x41, 9)):
        return PLAIN_FORM
    return Form(
        bool(font.bold), "" if colour in (0x40, 0x41, 9) else str(colour), bool(lines), number
    )
