"""Small books for tests: rows of values as a person sees them, and how some of them look."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill

from ppi_cli.sheets.entries import Understood
from ppi_cli.sheets.map import NO_MAP, Map, read_map
from ppi_cli.sheets.readers import read_book
from ppi_cli.sheets.reading import understood
from ppi_cli.words.language import Language

Rows = Sequence[Any]


def xlsx(
    path: Path,
    sheets: Rows | Mapping[str, Rows],
    *,
    bold: Collection[int] = (),
    formats: Mapping[str, str] | None = None,
    filled: Collection[str] = (),
    merged: Collection[str] = (),
    hidden: Collection[int] = (),
) -> Path:
    """A workbook of sheets, by name, or of one; some rows bold, some cells filled or merged."""
    book = Workbook()
    book.remove(book.worksheets[0])
    named = sheets if isinstance(sheets, Mapping) else {"Feuil1": sheets}
    for name, rows in named.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        for number in bold:
            for cell in sheet[number]:
                cell.font = Font(bold=True)
        for area, format in (formats or {}).items():
            cells = sheet[area]
            for line in cells if isinstance(cells, tuple) else ((cells,),):
                for cell in line if isinstance(line, tuple) else (line,):
                    cell.number_format = format
        for at in filled:
            sheet[at].fill = PatternFill("solid", start_color="FF00AA00")
        for area in merged:
            sheet.merge_cells(area)
        for number in hidden:
            sheet.row_dimensions[number].hidden = True
    book.save(path)
    return path


def csv(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def map_of(path: Path, text: str) -> Map:
    """The map that a text is."""
    path.write_text(text, encoding="utf-8")
    read = read_map(str(path))
    assert read.map is not None, [Language().say(d.message) for d in read.diagnostics]
    return read.map


def read(path: Path, map: str = "") -> Understood:
    """A book, understood with a map."""
    given = map_of(path.with_suffix(".map.yaml"), map) if map else NO_MAP
    return understood(read_book(str(path)), given)


def asked(found: Understood) -> list[str]:
    """What is asked, each after its cells."""
    say = Language().say
    return [f"{each.place}: {say(each.message)}" for each in found.account.questions]


def by_year(found: Understood) -> dict[str, str]:
    """What is read by time, in the unit of the book."""
    sums: dict[str, Any] = {}
    for entry in found.entries:
        key = entry.where or ("" if entry.period is None else entry.period.key)
        sums[key] = sums.get(key, 0) + entry.amount
    return {key: f"{amount:f}" for key, amount in sums.items()}


def projects(found: Understood) -> list[str]:
    """The titles of the projects that are read, in their order."""
    from ppi_cli.sheets.writing import Written

    return [each.title for each in Written(found).projects.values()]


def wrong(found: Understood) -> dict[str, str]:
    """The printed totals that are wrong, by cell: by how much."""
    checks = found.account.checks
    return {str(c.place): f"{c.apart:f}" for c in checks if c.state == "wrong"}
