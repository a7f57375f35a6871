"""Books of csv, as a spreadsheet saves it: one sheet, in whatever encoding and with what sign."""

from __future__ import annotations

import csv
import io
import os

from ppi_cli.sheets.cells import Book, Cell, Sheet
from ppi_cli.sheets.readers import LONGEST_TEXT, MOST_CELLS, damaged, refused, too_large
from ppi_cli.values.message import msg

_DELIMITERS = ";\t,|"


def book(name: str, data: bytes) -> Book:
    """The book of one sheet that a text is. Raises PpiError where it is no text."""
    text = _decoded(name, data)
    delimiter = _delimiter(text)
    rows: dict[int, dict[int, Cell]] = {}
    left, known = MOST_CELLS, dict[str, Cell]()
    csv.field_size_limit(4 * LONGEST_TEXT)
    try:
        for number, texts in enumerate(csv.reader(io.StringIO(text), delimiter=delimiter), 1):
            cells: dict[int, Cell] = {}
            for column, each in enumerate(texts, 1):
                if each and not each.isspace():
                    if (cell := known.get(each)) is None:
                        cell = known[each] = Cell(each[:LONGEST_TEXT])
                    cells[column] = cell
            if cells:
                rows[number] = cells
                left -= len(cells)
                if left < 0:
                    raise too_large(name)
    except csv.Error as error:
        if "field limit" not in str(error):
            raise damaged(name, error) from None
        longest = 4 * LONGEST_TEXT
        too_long = msg("a cell holds more than {n} characters, or a quote is not closed", n=longest)
        raise refused(name, too_long) from None
    return Book(name, (Sheet(os.path.splitext(name)[0], rows, is_text=True),))


def _decoded(name: str, data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\0" in data[:4000]:
        raise refused(name, msg("this is not a text file: it holds zero bytes"))
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise refused(name, msg("it is in no encoding that is known: save it as UTF-8"))


def _delimiter(text: str) -> str:
    """The sign that stands between cells: the one that most lines have equally often."""
    lines = [line for line in text[:60_000].splitlines()[:200] if line.strip()]
    best = (0.0, ",")
    for sign in _DELIMITERS:
        counts = [len(next(csv.reader([line], delimiter=sign), [])) for line in lines[:100]]
        usual = max(set(counts), key=lambda n: (counts.count(n), n), default=1)
        if usual > 1:
            alike = counts.count(usual) / len(counts)
            best = max(best, (round(alike, 2) + usual / 1000, sign))
    return best[1]
