"""The cells of a workbook: what stands in each, and which are formulas."""

from __future__ import annotations

import io
import math
import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from ppi_cli.source.files import read_at_most, why_closed
from ppi_cli.source.libraries import library
from ppi_cli.values.errors import PpiError
from ppi_cli.values.message import Message, msg

#: So many bytes a workbook may have, packed and unpacked, and so many cells.
_LARGEST, _LARGEST_UNPACKED, _MOST_CELLS = 64_000_000, 512_000_000, 2_000_000


class Formula(NamedTuple):
    """A formula, and the value that the file says it has."""

    text: str
    value: float | str | None = None

    @property
    def plain(self) -> str:
        """The formula as every program writes it alike: ``=SUM(Projects!E4:E6)``."""
        text = re.sub(r"\[([^\[\]]*)\]", _reference_of_ods, self.text.removeprefix("of:"))
        return re.sub(r"[$'\s]", "", text).replace(";", ",").upper()


Value: TypeAlias = float | str | Formula
#: By the name of a sheet, then by that of a cell, ``B4``: what is not empty.
Cells: TypeAlias = Mapping[str, Mapping[str, Value]]


def sheet_names(path: str) -> list[str]:
    """The names of the sheets of a workbook, read without its cells; none of what is no book."""
    try:
        data, _ = read_at_most(Path(path), _LARGEST + 1, to_keep=False)
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            for name, pattern in _NAMES.items():
                if name in file.namelist() and file.getinfo(name).file_size < _LARGEST_UNPACKED:
                    found = re.findall(pattern, file.read(name))
                    return [each.decode("utf-8", "replace") for each in found]
    except (OSError, ValueError, zipfile.BadZipFile, NotImplementedError, RuntimeError):
        pass
    return []


#: Where the names of sheets stand, by the file in the file of a workbook.
_NAMES: Mapping[str, bytes] = {
    "xl/workbook.xml": rb"<(?:\w+:)?sheet\b[^>]*?\bname=\"([^\"]*)\"",
    "content.xml": rb"<table:table\b[^>]*?\btable:name=\"([^\"]*)\"",
}


def read_cells(path: str) -> Cells:
    """The cells of an xlsx or ods file. Raises PpiError where it cannot be read as one."""
    try:
        data, size = read_at_most(Path(path), _LARGEST + 1)
    except (OSError, ValueError) as error:
        message = msg("{path} cannot be opened: {why}", path=path, why=why_closed(error))
        raise PpiError(message) from None
    if size > _LARGEST:
        raise _no_book(path, msg("it is larger than {n} MB", n=_LARGEST // 1_000_000))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            names = file.namelist()
            if sum(each.file_size for each in file.infolist()) > _LARGEST_UNPACKED:
                raise _no_book(path, msg("it holds too much"))
            if "content.xml" in names:
                return _ods(file.read("content.xml"))
            if "xl/workbook.xml" in names:
                return _xlsx(data)
    except (PpiError, MemoryError):
        raise
    except Exception:  # whatever a library does with a broken file
        raise _no_book(path, msg("it is broken, or protected by a password")) from None
    raise _no_book(path, msg("it is neither xlsx nor ods"))


def _no_book(path: str, why: Message) -> PpiError:
    return PpiError(msg("{path} cannot be read as a workbook: {why}", path=path, why=why))


def _xlsx(data: bytes) -> Cells:
    library("defusedxml")  # which openpyxl uses where it is there
    load = library("openpyxl").load_workbook
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        formulas = load(io.BytesIO(data), keep_links=False)
        values = load(io.BytesIO(data), keep_links=False, data_only=True)
    found: dict[str, dict[str, Value]] = {}
    count = 0
    for sheet in formulas.worksheets:
        own = found.setdefault(sheet.title, {})
        # those that are there: to walk rows and columns goes to the last one of all
        for (row, column), cell in sorted(sheet._cells.items()):
            value: Value | None = _plain(cell.value)
            if cell.data_type == "f":
                text = getattr(cell.value, "text", None) or str(cell.value)
                result = _plain(values[sheet.title].cell(row, column).value)
                value = Formula(text, result if not isinstance(result, Formula) else None)
            if value is not None and value != "":
                own[cell.coordinate] = value
                count += 1
        if count > _MOST_CELLS:
            raise ValueError
    return found


def _plain(value: Any) -> float | str | None:
    """A value as a number or a text; what is neither (a day, yes or no) as a text."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value if math.isfinite(value) else str(value)
    return str(value)


# --- ods ---

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def _ods(content: bytes) -> Cells:
    root = library("defusedxml.ElementTree").fromstring(content)
    found: dict[str, dict[str, Value]] = {}
    count = 0
    for table in root.iter(f"{_TABLE}table"):
        own = found.setdefault(table.get(f"{_TABLE}name", ""), {})
        at = 1
        for row in table.iter(f"{_TABLE}table-row"):
            cells = list(_of_row(row))
            times = int(row.get(f"{_TABLE}number-rows-repeated", "1"))
            count += len(cells) * times
            if count > _MOST_CELLS:
                raise ValueError
            for n in range(times if cells else 0):
                own.update({f"{letters(column)}{at + n}": value for column, value in cells})
            at += times
    return found


def _of_row(row: Any) -> Iterator[tuple[int, Value]]:
    """The cells of a row that are not empty, by their columns, counted from 0."""
    column = 0
    for cell in row:
        if cell.tag not in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            continue
        times = int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
        value = _of_ods(cell)
        if value is not None and value != "":
            if column + times > _MOST_COLUMNS:
                raise ValueError
            yield from ((column + n, value) for n in range(times))
        column += times


_MOST_COLUMNS = 16_384


def _of_ods(cell: Any) -> Value | None:
    kind = cell.get(f"{_OFFICE}value-type")
    value: float | str | None = None
    if kind in ("float", "percentage", "currency"):
        value = _plain(float(cell.get(f"{_OFFICE}value")))
    elif kind is not None:
        value = "\n".join(_words(each) for each in cell.findall(f"{_TEXT}p"))
    if (formula := cell.get(f"{_TABLE}formula")) is not None:
        return Formula(formula, value)
    return value


def _words(node: Any) -> str:
    """The text of a paragraph, with the spaces that stand as marks in it."""
    found = node.text or ""
    for each in node:
        if each.tag == f"{_TEXT}s":
            found += " " * int(each.get(f"{_TEXT}c", "1"))
        elif each.tag == f"{_TEXT}tab":
            found += "\t"
        elif each.tag == f"{_TEXT}line-break":
            found += "\n"
        else:
            found += _words(each)
        found += each.tail or ""
    return found


def _reference_of_ods(match: re.Match[str]) -> str:
    """``Projects!E4:E6`` of ``[$Projects.$E$4:.$E$6]``."""
    sheet, cells = "", []
    for part in match[1].split(":"):
        before, _, cell = part.rpartition(".")
        sheet = before or sheet
        cells.append(cell)
    return f"{sheet}!{':'.join(cells)}" if sheet else ":".join(cells)


def letters(column: int) -> str:
    """The name of a column that is counted from 0: ``AA`` of 26."""
    name, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
