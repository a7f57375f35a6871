"""Books of ods, the format of LibreOffice: its one file of content, read by defusedxml."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date
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
from ppi_cli.values.money import CURRENCY_SIGNS

_MOST_UNPACKED = 160_000_000
#: A cell or a row that is repeated more often is only empty, or fills the sheet to its end.
_MOST_REPEATED = 1000
_OASIS = "{urn:oasis:names:tc:opendocument:xmlns:"
_TABLE, _OFFICE, _TEXT = (f"{_OASIS}{name}:1.0}}" for name in ("table", "office", "text"))
_STYLE = f"{_OASIS}style:1.0}}"
_FO = f"{_OASIS}xsl-fo-compatible:1.0}}"


def book(name: str, data: bytes) -> Book:
    """The book that the bytes of a file are. Raises PpiError where they are none."""
    parser = library("defusedxml.ElementTree")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            if parts.getinfo("content.xml").file_size > _MOST_UNPACKED:
                raise too_large(name)
            content = parts.open("content.xml")
            return Book(name, tuple(_sheets(name, parser.iterparse(content, ("start", "end")))))
    except PpiError:
        raise
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, EOFError):
        raise refused(name, msg("it is no workbook, is damaged, or has a password")) from None
    except Exception as error:  # whatever is wrong in its XML
        raise damaged(name, error) from None


def _sheets(name: str, events: Iterator[tuple[str, Any]]) -> Iterator[Sheet]:
    """The sheets, one after another; what was read of each row is forgotten at its end."""
    forms: dict[str, Form] = {}
    hidden: set[str] = set()
    sheet: Sheet | None = None
    merged: list[Area] = []
    hidden_rows: set[int] = set()
    row, left, count = 0, MOST_CELLS, 0
    for event, element in events:
        tag = element.tag
        if event == "start":
            if tag == f"{_TABLE}table":
                sheet, row, merged, hidden_rows = (
                    Sheet(element.get(f"{_TABLE}name", "")),
                    0,
                    [],
                    set(),
                )
                count += 1
                sheet.is_hidden = element.get(f"{_TABLE}style-name") in hidden
                if count > MOST_SHEETS:
                    raise too_large(name)
            continue
        if tag == f"{_STYLE}style":
            _style(element, forms, hidden)
        elif tag == f"{_TABLE}table-row" and sheet is not None:
            times = _times(element, f"{_TABLE}number-rows-repeated")
            cells = _cells(element, forms, row + 1, merged)
            for n in range(min(times, _MOST_REPEATED) if cells else 0):
                sheet.rows[row + 1 + n] = cells
                left -= len(cells)
                if left < 0:
                    raise too_large(name)
            if element.get(f"{_TABLE}visibility") in ("collapse", "filter"):
                hidden_rows.update(range(row + 1, row + 1 + min(times, _MOST_REPEATED)))
            row += times
            element.clear()
        elif tag == f"{_TABLE}table" and sheet is not None:
            sheet.merged, sheet.hidden_rows = tuple(merged), frozenset(hidden_rows)
            yield sheet
            sheet = None
            element.clear()


def _style(element: Any, forms: dict[str, Form], hidden: set[str]) -> None:
    name = element.get(f"{_STYLE}name", "")
    bold, fill, border = False, "", False
    for inner in element:
        bold = bold or inner.get(f"{_FO}font-weight") == "bold"
        colour = inner.get(f"{_FO}background-color", "")
        fill = fill or (colour if colour not in ("transparent", "#ffffff") else "")
        sides = (inner.get(f"{_FO}border{side}", "none") for side in ("", "-top", "-bottom"))
        border = border or any(side != "none" for side in sides)
        if inner.get(f"{_TABLE}display") == "false":
            hidden.add(name)
    forms[name] = Form(bold, fill, border)


def _times(element: Any, key: str) -> int:
    text = element.get(key, "1")
    return min(int(text), 2_000_000) if text.isdigit() else 1


def _cells(element: Any, forms: dict[str, Form], row: int, merged: list[Area]) -> dict[int, Cell]:
    found: dict[int, Cell] = {}
    column = 0
    for inner in element:
        if inner.tag not in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            continue
        times = _times(inner, f"{_TABLE}number-columns-repeated")
        form = forms.get(inner.get(f"{_TABLE}style-name", ""), PLAIN_FORM)
        cell = _cell(inner, form)
        if cell is not None and inner.tag == f"{_TABLE}table-cell":
            found.update((column + 1 + n, cell) for n in range(min(times, _MOST_REPEATED)))
            right = _times(inner, f"{_TABLE}number-columns-spanned")
            below = _times(inner, f"{_TABLE}number-rows-spanned")
            if right > 1 or below > 1:
                merged.append(Area(row, column + 1, row + below - 1, column + right))
        column += times
    return found


def _cell(element: Any, form: Form) -> Cell | None:
    formula = element.get(f"{_TABLE}formula")
    kind = element.get(f"{_OFFICE}value-type")
    value, number = _value(element, kind), ""
    if kind == "percentage":
        number = "0%"
    elif kind == "currency":
        sign = CURRENCY_SIGNS.get(element.get(f"{_OFFICE}currency", ""), "")
        number = f'0 "{sign}"' if sign else ""
    if value is None and formula is None and not form.fill:
        return None
    written = None if formula is None else "=" + formula.partition("=")[2]
    return Cell(value, form._replace(number=number) if number else form, written)


def _value(element: Any, kind: str | None) -> Value:
    text = "\n".join(_text(each) for each in element if each.tag == f"{_TEXT}p")[:LONGEST_TEXT]
    if text.startswith(("#", "Err:")) and element.get(f"{_TABLE}formula"):
        return CellError(text)
    if kind in ("float", "currency", "percentage"):
        return exact(float(element.get(f"{_OFFICE}value", "0")))
    if kind == "boolean":
        return bool(element.get(f"{_OFFICE}boolean-value") == "true")
    if kind == "date":
        return date.fromisoformat(element.get(f"{_OFFICE}date-value", "")[:10])
    return text if text.strip() else None


#: Several spaces, a tab, the end of a line.
_SPACES = tuple(f"{_TEXT}{name}" for name in ("s", "tab", "line-break"))


def _text(element: Any) -> str:
    """The text of a paragraph, with the spaces that have elements of their own."""
    parts = [element.text or ""]
    for inner in element:
        parts += [" " if inner.tag in _SPACES else _text(inner), inner.tail or ""]
    return "".join(parts)
