"""How long documents take: beside reading the plan, and beside writing the same cells alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

#: The least that writing a workbook takes: the same cells, with the library alone.
CELLS = """
import json, sys
import xlsxwriter

book = xlsxwriter.Workbook("alone.xlsx", {"in_memory": True, "strings_to_urls": False})
looks = {}
with open(sys.argv[1], encoding="utf-8") as file:
    sheets = json.load(file)
for title, cells in sheets:
    sheet = book.add_worksheet(title)
    for row, column, value, shown, style in cells:
        if style not in looks:
            looks[style] = book.add_format({"valign": "top", "indent": style % 15})
        if shown is not None:
            sheet.write_formula(row, column, value, looks[style], shown)
        elif isinstance(value, str):
            sheet.write_string(row, column, value, looks[style])
        else:
            sheet.write_number(row, column, value, looks[style])
book.close()
"""


def cells_of(book: Path) -> str:
    """The cells of a workbook as JSON, sheet by sheet: place, value or formula, result, style."""
    import openpyxl

    written: Any = openpyxl.load_workbook(book)
    values: Any = openpyxl.load_workbook(book, data_only=True)
    return json.dumps([
        (sheet.title, [
            (cell.row - 1, cell.column - 1, "" if cell.value is None else cell.value,
             values[sheet.title][cell.coordinate].value if cell.data_type == "f" else None,
             cell.style_id)
            for row in sheet.iter_rows()
            for cell in row
            if cell.has_style and type(cell).__name__ == "Cell"
        ])
        for sheet in written
    ])  # fmt: skip
