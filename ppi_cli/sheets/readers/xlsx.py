"""Books of xlsx, by openpyxl over defusedxml."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, TypeAlias
from xml.sax.saxutils import unescape

from ppi_cli.sheets.cells import (
    PLAIN_FORM,
    Area,
    Book,
    Cell,
    CellError,
    Form,
    Sheet,
    Value,
    column_number,
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

#: To how many bytes the parts of a file may be unpacked, and how many parts there may be.
_MOST_UNPACKED, _MOST_PARTS = 160_000_000, 5000
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")


def book(name: str, data: bytes) -> Book:
    """The book that the bytes of a file are. Raises PpiError where they are none."""
    library("defusedxml")
    openpyxl = library("openpyxl")
    has_formulas = _looked_into(name, data)
    shown = _loaded(openpyxl, name, data, data_only=True)
    formulas: Sequence[Formulas] | None = [{} for _ in shown.worksheets]
    if has_formulas:
        formulas = _formulas_in_text(data, len(shown.worksheets))
    if formulas is None:
        written = _loaded(openpyxl, name, data, data_only=False)
        formulas = [dict(_formulas(sheet)) for sheet in written.worksheets]
    if len(shown.worksheets) > MOST_SHEETS:
        raise too_large(name)
    sheets, left = [], MOST_CELLS
    for i, sheet in enumerate(shown.worksheets):
        left -= len(sheet._cells)
        if left < 0:
            raise too_large(name)
        sheets.append(_sheet(sheet, formulas[i]))
    return Book(name, tuple(sheets))


def _looked_into(name: str, data: bytes) -> bool:
    """Whether there are formulas in a file whose parts are not too large to be unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            found = parts.infolist()
            if len(found) > _MOST_PARTS or sum(p.file_size for p in found) > _MOST_UNPACKED:
                raise too_large(name)
            sheets = [p for p in found if re.search(r"sheets?/[^/]+\.xml$", p.filename.lower())]
            return any(_FORMULA.search(parts.read(each)) for each in sheets)
    except PpiError:
        raise
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError):
        raise refused(name, msg("it is no workbook, is damaged, or has a password")) from None
    except Exception as error:  # zlib.error, which zipfile does not name
        raise damaged(name, error) from None


def _loaded(openpyxl: Any, name: str, data: bytes, *, data_only: bool) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of parts of a workbook that hold no cells
        try:
            return openpyxl.load_workbook(
                io.BytesIO(data), data_only=data_only, keep_links=False, rich_text=False
            )
        except Exception as error:  # whatever a file makes openpyxl stumble over
            raise damaged(name, error) from None


Formulas: TypeAlias = dict[tuple[int, int], str]
#: A cell with a formula, as nearly all programs write it.
_CELL = re.compile(
    rb'<c\b[^>]*?\br="(?P<column>[A-Z]{1,3})(?P<row>[0-9]{1,7})"[^>]*>\s*'
    rb"<f\b[^>]*?(?:/>|>(?P<text>[^<]*)</f>)"
)
_SHEET_ID = f"{{{_RELATIONS}}}id"


def _formulas_in_text(data: bytes, count: int) -> list[Formulas] | None:
    """The formulas of each sheet, from its text, which is quicker; ``None`` where that is odd."""
    parse = library("defusedxml.ElementTree").fromstring
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            targets = {
                each.get("Id"): each.get("Target", "").removeprefix("/xl/")
                for each in parse(parts.read("xl/_rels/workbook.xml.rels"))
            }
            sheets = [
                targets[each.get(_SHEET_ID)]
                for each in parse(parts.read("xl/workbook.xml")).iter()
                if each.tag.endswith("}sheet")
            ]
            texts = [parts.read(f"xl/{target}") for target in sheets]
    except Exception:  # openpyxl says what is wrong
        return None
    found = [_formulas_of(text) for text in texts]
    if len(found) != count or None in found:
        return None
    return [formulas for formulas in found if formulas is not None]


def _formulas_of(text: bytes) -> Formulas | None:
    formulas = {
        (int(m["row"]), column_number(m["column"].decode())): "="
        + unescape((m["text"] or b"").decode("utf-8", "replace"))
        for m in _CELL.finditer(text)
    }
    return formulas if len(formulas) == len(_FORMULA.findall(text)) else None


def _sheet(shown: Any, formulas: Mapping[tuple[int, int], str]) -> Sheet:
    forms: dict[Any, Form] = {}
    rows: dict[int, dict[int, Cell]] = {}
    for (row, column), cell in shown._cells.items():
        style = cell._style
        key = style if not cell.has_style else (style.fontId, style.fillId, style.borderId,
                                                style.numFmtId)  # fmt: skip
        form = PLAIN_FORM
        if cell.has_style:
            found = forms.get(key)
            form = forms.setdefault(key, _form(cell)) if found is None else found
        formula = formulas.get((row, column))
        raw = cell.value
        if raw is None and formula is None and not form.fill:
            continue
        value = _value(raw, cell, form)
        if row not in rows:
            rows[row] = {}
        rows[row][column] = Cell(value, form, formula)
    return Sheet(
        shown.title,
        rows,
        tuple(
            Area(area.min_row, area.min_col, area.max_row, area.max_col)
            for area in shown.merged_cells.ranges
        ),
        frozenset(n for n, row in shown.row_dimensions.items() if row.hidden),
        frozenset(_hidden_columns(shown)),
        shown.sheet_state != "visible",
    )


def _formulas(sheet: Any) -> Iterator[tuple[tuple[int, int], str]]:
    for at, cell in sheet._cells.items():
        if cell.data_type == "f":
            text = cell.value
            yield at, str(getattr(text, "text", text) or "=")


def _hidden_columns(sheet: Any) -> Iterator[int]:
    for column in sheet.column_dimensions.values():
        if column.hidden and column.min and column.max:
            yield from range(column.min, min(column.max, column.min + 20_000) + 1)


def _form(cell: Any) -> Form:
    fill = cell.fill
    border = cell.border
    colour = ""
    if fill is not None and fill.fill_type not in (None, "none"):
        start = fill.start_color
        colour = str(start.rgb if start.type == "rgb" else f"{start.type}{start.value}")
        if colour in ("FFFFFFFF", "00FFFFFF"):
            colour = ""
    return Form(
        bool(cell.font is not None and cell.font.b),
        colour,
        bool(
            border is not None
            and any(
                side is not None and side.style in _LINES for side in (border.top, border.bottom)
            )
        ),
        "" if cell.number_format == "General" else cell.number_format,
    )


_LINES: Mapping[str, None] = dict.fromkeys(("thin", "medium", "thick", "double"))


def _value(raw: Any, cell: Any, form: Form) -> Value:
    if isinstance(raw, str):
        if cell.data_type == "e":
            return CellError(raw)
        return raw[:LONGEST_TEXT]
    if isinstance(raw, bool) or raw is None:
        return raw
    if isinstance(raw, int | float):
        return exact(raw)
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    if isinstance(raw, time | timedelta):
        return str(raw)
    return str(raw)[:LONGEST_TEXT]
