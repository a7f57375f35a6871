"""What ``ppi import`` reads, at random: spreadsheets, budgets and accounts, and maps of both."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from copy import deepcopy
from pathlib import Path
from random import Random
from typing import Any
from xml.sax.saxutils import quoteattr

from openpyxl import Workbook

from tests.accounts.test_import import line, totem
from tests.any_edit import ODD
from tests.sheets.test_edits import BOOKS, EDITS, Grid

#: What each is called.
BOOK, WORKBOOK, TOTEM, SCDL = "book.csv", "book.xlsx", "account.xml", "account.csv"
SHEET_MAP, ACCOUNT_MAP = "sheets.yaml", "accounts.yaml"
READ = (BOOK, WORKBOOK, TOTEM, SCDL, SHEET_MAP, ACCOUNT_MAP)

_NATURES = ("2313", "2315", "21312", "2183", "1641", "2031", "6156", "20422", "10222", "021")
_AMOUNTS = ("0", "10.00", "1234.56", "-5", "99999999999.99", "1e9", "x", "", "1,5", "60.00")
_KINDS = ("01", "02", "03", "09", "10", "x")
_COLUMNS = (
    "BGT_NATDEC BGT_ANNEE BGT_SIRET BGT_NOM BGT_NATURE BGT_CODRD BGT_SECTION BGT_OPERATION"
    " BGT_CREDOUV BGT_MTREAL BGT_MTRAR3112"
)
_SHEET_KEYS = (
    "title", "unit", "project", "theme", "years", "ignore", "accept", "skip", "sheets", "total",
    "before", "beyond", "keep", "sources", "x",
)  # fmt: skip
_ACCOUNT_KEYS = ("operation", "programme_number", "account", "function", "chapter", "project",
                 "theme", "ignore")  # fmt: skip


def write_inputs(random: Random, ids: Mapping[str, Sequence[str]]) -> None:
    """Write one of each to the current folder."""
    grid = _grid(random)
    text = io.StringIO()
    csv.writer(text, delimiter=random.choice(";;,\t|")).writerows(grid)
    Path(BOOK).write_bytes(_broken(random, text.getvalue().encode()))
    _write_workbook(random, grid)
    Path(TOTEM).write_bytes(_broken(random, _totem(random)))
    Path(SCDL).write_bytes(_broken(random, _scdl(random)))
    Path(SHEET_MAP).write_text(_map(random), encoding="utf-8")
    Path(ACCOUNT_MAP).write_text(_account_map(random, ids), encoding="utf-8")


def any_import(random: Random) -> list[str]:
    """A line of ``ppi import`` whose options go together, and that reads one of them."""
    is_account = random.random() < 0.5
    words = [random.choice((TOTEM, SCDL) if is_account else (BOOK, BOOK, BOOK, WORKBOOK))]
    if is_account:
        some = [["--onto", "data"], ["--tax", "incl"], ["--draft"], ["--map", ACCOUNT_MAP],
                ["--also", random.choice((TOTEM, SCDL))], ["--write-map", "new.yaml"]]  # fmt: skip
    else:
        some = [["new"], ["--onto", "data"], ["--onto", "data", "--write"], ["--map", SHEET_MAP],
                ["--write-map", "new.yaml"]]  # fmt: skip
    some += [["--format", random.choice(("json", "csv", "github"))], ["--lang", "fr"]]
    chosen = random.sample(some, random.randint(0, 4))
    return [*words, *(word for option in chosen for word in option)]


def _odd(random: Random, often: float, text: str) -> str:
    return random.choice(ODD) if random.random() < often else text


def _broken(random: Random, data: bytes) -> bytes:
    """The bytes as they are; seldom cut off, or with one of them another."""
    if not data or random.random() < 0.9:
        return data
    at = random.randrange(len(data))
    return data[:at] if random.random() < 0.5 else data[:at] + random.randbytes(1) + data[at + 1 :]


def _grid(random: Random) -> Grid:
    grid = deepcopy(random.choice([grid for grid, _ in BOOKS.values()]))
    for _ in range(random.randint(0, 4)):
        with suppress(IndexError, ValueError, TypeError):  # nothing is left to edit so
            random.choice(EDITS)(grid, random)
    for _ in range(random.choice((0, 0, 1, 3, 9))):
        row = random.choice(grid)
        if row:
            row[random.randrange(len(row))] = random.choice(ODD)
    return grid


def _write_workbook(random: Random, grid: Grid) -> None:
    book = Workbook()
    book.remove(book.worksheets[0])
    for n in range(random.choice((1, 1, 2))):
        sheet = book.create_sheet(f"Feuil{n}")
        for row in grid:
            sheet.append([_cell(value) for value in row])
        for area in random.sample(["A1:C1", "A3:A4", "B2:D2"], random.choice((0, 0, 1))):
            sheet.merge_cells(area)
        if random.random() < 0.1:
            sheet.sheet_state = "hidden"
    if random.random() < 0.2:
        book.worksheets[0].sheet_state = "visible"
    book.worksheets[-1].sheet_state = "visible"
    book.save(WORKBOOK)


def _cell(value: Any) -> Any:
    if isinstance(value, str):
        return "".join(char for char in value if char >= " " or char in "\t\n")
    return value


def _totem(random: Random) -> bytes:
    odd = random.choice((0.0, 0.0, 0.05, 0.3))
    lines = [
        line(
            quoteattr(_odd(random, odd, random.choice(_NATURES)))[1:-1].replace('"', ""),
            random.choice(_AMOUNTS[:2]) if random.random() < 0.8 else random.choice(_AMOUNTS),
            more=random.choice(("", '<Operation V="93"/>', '<LibCpte V="Voirie"/>')),
            side=random.choice("DDDR"),
            opened=random.choice(("100.00", "100.00", *_AMOUNTS)),
        )
        for _ in range(random.randint(0, 6))
    ]
    year = random.choice(("2025", "2026", "2016", "2017", "1", "x"))
    data = totem(*lines, kind=random.choice(("09", "09", *_KINDS)), siret=random.choice("112"))
    text = data.decode().replace('V="2025"', f'V="{year}"')
    return "".join(c for c in text if c >= " " or c == "\n").encode("utf-8", "replace")


def _scdl(random: Random) -> bytes:
    odd = random.choice((0.0, 0.0, 0.05, 0.3))
    columns = _COLUMNS.split()
    year = random.choice(("2025", "2026", "2016", "2017"))
    text = io.StringIO()
    writer = csv.writer(text, delimiter=random.choice(",;"))
    writer.writerow(columns)
    for _ in range(random.randint(0, 6)):
        row = ["compte administratif", year, "1", "Ville", random.choice(_NATURES),
               random.choice(("dépense", "recette")), "investissement", random.choice(("", "93")),
               "100", random.choice(_AMOUNTS), "0"]  # fmt: skip
        writer.writerow([_odd(random, odd, value) for value in row])
    return text.getvalue().encode("utf-8", "replace")


def _map(random: Random) -> str:
    entries: dict[str, Any] = {
        random.choice(_SHEET_KEYS): random.choice(
            (*ODD, "B", "Feuil0!A3", "k€", ["A3", "B2:C4"], {"B": "2026"}, {"Feuil0": {}})
        )
        for _ in range(random.randint(0, 3))
    }
    return "".join(f"{key}: {json.dumps(value)}\n" for key, value in entries.items())


def _account_map(random: Random, ids: Mapping[str, Sequence[str]]) -> str:
    known = [id for section in ("projects", "themes", "programmes") for id in ids.get(section, ())]
    pool = ["93", "2313", "23*", "2183", *known[:20], random.choice(ODD)]
    entries = [
        {key: random.choice(pool) for key in random.sample(_ACCOUNT_KEYS, random.choice((1, 2, 2)))}
        for _ in range(random.randint(0, 3))
    ]
    return "lines:" + ("".join(f"\n  - {json.dumps(each)}" for each in entries) or " []") + "\n"
