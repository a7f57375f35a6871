"""Books whose every amount stands under a printed total: no edit changes the plan without a word.

A word is a question, a printed total that is wrong or rounded, or a remark.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from ppi_cli.sheets.writing import Written
from tests.sheets.books import by_year, csv, read, xlsx

Grid = list[list[Any]]

COLUMNED: Grid = [
    ["PPI en k€"], ["Thème", "Opération", 2026, 2027, 2028, "Total"],
    ["Écoles", "Jaurès", 100, 200, 30, 330], ["Écoles", "Cantine", 50, 20, 5, 75],
    [None, "Total Écoles", 150, 220, 35, 405],
    ["Voirie", "Lilas", 10, 20, 70, 100], ["Voirie", "Pont", 5, 6, 4, 15],
    [None, "Total Voirie", 15, 26, 74, 115], [None, "Total général", 165, 246, 109, 520],
]  # fmt: skip
HEADED: Grid = [
    ["PPI en k€"], ["Opération", 2026, 2027], ["Écoles"], ["Jaurès", 100, 200], ["Cantine", 50, 20],
    ["Total Écoles", 150, 220], ["Voirie"], ["Lilas", 10, 23], ["Pont", 5, 6],
    ["Total Voirie", 15, 29], ["Total général", 165, 249],
]  # fmt: skip
ABOVE: Grid = [
    ["PPI en k€"], ["Opération", 2026, 2027, "Total"], ["Écoles", 150, 220, 370],
    ["Jaurès", 100, 200, 300], ["Cantine", 50, 20, 70], ["Voirie", 15, 29, 44],
    ["Lilas", 10, 23, 33], ["Pont", 5, 6, 11], ["Total", 165, 249, 414],
]  # fmt: skip
BOOKS = {"columned": (COLUMNED, []), "headed": (HEADED, [3, 6, 7, 10, 11]),
         "above": (ABOVE, [3, 6, 9])}  # fmt: skip


def amounts(grid: Grid) -> list[tuple[int, int]]:
    return [
        (r, c) for r, row in enumerate(grid) for c, x in enumerate(row) if r > 1 and type(x) is int
    ]


def a_digit(grid: Grid, chance: random.Random) -> None:
    r, c = chance.choice(amounts(grid))
    grid[r][c] += chance.choice([1, 3, 10, 100, -1, 900])


def a_moved_column(grid: Grid, chance: random.Random) -> None:
    """A column stands where another one was; or its values where none was, without its header."""
    width = len(grid[1])
    first = chance.choice([1, 2])
    c, to = chance.sample(range(1, width), 2)
    if first == 2:
        to = chance.choice([width, width + 1])
    for row in grid[first:]:
        row += [None] * (width + 2 - len(row))
        row[to], row[c] = row[c], row[to]


def a_deleted_header(grid: Grid, chance: random.Random) -> None:
    if chance.random() < 0.3:
        grid[1] = [None]
    else:
        grid[1][chance.randrange(len(grid[1]))] = None


def a_total_as_text(grid: Grid, chance: random.Random) -> None:
    totals = [r for r, row in enumerate(grid) if any("Total" in str(x) for x in row) and r > 1]
    r = chance.choice(totals)
    c = next(i for i, x in enumerate(grid[r]) if "Total" in str(x))
    if chance.random() < 0.5:
        grid[r][c] = chance.choice(["Réserve", "Divers", None, "TOT."])
    else:
        c = chance.choice([i for i, x in enumerate(grid[r]) if type(x) is int])
        grid[r][c] = chance.choice([f"{grid[r][c]} k€", f"{grid[r][c]}", "voir annexe", "n.c."])


def an_amount_as_text(grid: Grid, chance: random.Random) -> None:
    r, c = chance.choice(amounts(grid))
    grid[r][c] = chance.choice([f"{grid[r][c]},", f"{grid[r][c]}O", "O", f"≈{grid[r][c]}", None])


def a_deleted_row(grid: Grid, chance: random.Random) -> None:
    del grid[chance.randrange(2, len(grid))]


def a_doubled_row(grid: Grid, chance: random.Random) -> None:
    r = chance.randrange(2, len(grid))
    grid.insert(r, list(grid[r]))


def a_moved_row(grid: Grid, chance: random.Random) -> None:
    row = grid.pop(chance.randrange(2, len(grid)))
    grid.insert(chance.randrange(2, len(grid) + 1), row)


def another_year(grid: Grid, chance: random.Random) -> None:
    c = chance.choice([i for i, x in enumerate(grid[1]) if type(x) is int])
    grid[1][c] += chance.choice([1, -1, 10, -100, 1000])


EDITS: list[Callable[[Grid, random.Random], None]] = [
    a_digit, a_moved_column, a_deleted_header, a_total_as_text, an_amount_as_text, a_deleted_row,
    a_doubled_row, a_moved_row, another_year,
]  # fmt: skip


def said(path: Path, map: str = "") -> tuple[object, bool]:
    """What a book says: the amounts of each project by year; and whether there is a word."""
    found = read(path, map)
    plan: dict[object, object] = {}
    if found.has_projects:
        for key, project in Written(found).projects.items():
            sums: dict[object, object] = {}
            for entry in project.entries:
                sums[entry.when] = sums.get(entry.when, 0) + entry.amount  # type: ignore[operator]
            plan[key[1:]] = {when: amount for when, amount in sums.items() if amount}
    account = found.account
    is_word = bool(account.questions or account.remarks) or any(
        check.state != "right" for check in account.checks
    )
    return plan, is_word


def as_csv(path: Path, grid: Grid) -> Path:
    """The book as a French spreadsheet saves it: texts alone, and nothing bold."""
    lines = [";".join("" if cell is None else str(cell) for cell in row) for row in grid]
    return csv(path, "\n".join(lines) + "\n")


#: What a person says of each book as csv, so that nothing is asked of it.
MAPS = {
    "columned": "",
    "headed": "marks: {theme: {column: A, matches: '^(Écoles|Voirie)$'}}",
    "above": "totals: {rows: [3, 6, 9]}",
}


@pytest.mark.parametrize("name", BOOKS)
def test_an_edit_of_a_csv_never_changes_the_plan_without_a_word(tmp_path: Path, name: str) -> None:
    grid, map = BOOKS[name][0], MAPS[name]
    plan, is_word = said(as_csv(tmp_path / "book.csv", grid), map)
    assert not is_word
    chance = random.Random(f"csv {name}")
    for _ in range(70):
        edit, edited = chance.choice(EDITS), deepcopy(grid)
        edit(edited, chance)
        other, is_word = said(as_csv(tmp_path / "book.csv", edited), map)
        assert other == plan or is_word, (edit.__name__, edited)


@pytest.mark.parametrize("name", BOOKS)
def test_an_edit_never_changes_the_plan_without_a_word(tmp_path: Path, name: str) -> None:
    grid, bold = BOOKS[name]
    path = tmp_path / "book.xlsx"
    plan, is_word = said(xlsx(path, grid, bold=bold))
    assert not is_word
    chance = random.Random(name)
    for _ in range(70):
        edit, edited = chance.choice(EDITS), deepcopy(grid)
        edit(edited, chance)
        other, is_word = said(xlsx(path, edited, bold=[n for n in bold if n <= len(edited)]))
        assert other == plan or is_word, (edit.__name__, edited, by_year(read(path)))
