"""``ppi export --round-trip`` and ``ppi import``: a plan in a workbook, and back again."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ppi_cli.source.inside import SHEET
from tests.conftest import DATA, Result

FINANCE = DATA / "examples" / "finance"
HELD = "this workbook holds the whole plan, with all that its files say, in a hidden sheet"


@pytest.fixture
def book(ppi: Callable[..., Result], folder: Path) -> Path:
    assert ppi("export", FINANCE, "plan.xlsx", "--round-trip", "--lang", "en").code == 0
    return folder / "plan.xlsx"


def change(book: Path, sheet: str, cell: str, value: object) -> None:
    file: Any = openpyxl.load_workbook(book)
    file[sheet][cell] = value
    file.save(book)


def test_that_the_plan_is_inside_is_said_on_the_screen_and_on_the_first_page(
    ppi: Callable[..., Result], folder: Path
) -> None:
    result = ppi("export", DATA, "plan.xlsx", "plan.html", "--round-trip", "--lang", "en")
    assert (result.code, result.out) == (0, "")
    assert result.err == (
        "ppi: plan.xlsx holds the whole plan in a hidden sheet, with all that its files say:"
        " whoever has the workbook has the plan\n"
    )
    book: Any = openpyxl.load_workbook("plan.xlsx")
    assert book["Totals"]["A2"].value == HELD
    assert HELD in [row[0] for row in book["About"].iter_rows(values_only=True)]
    assert (book.sheetnames[-1], book[SHEET].sheet_state) == (SHEET, "hidden")
    ppi("export", DATA, "plan.xlsx")
    book = openpyxl.load_workbook("plan.xlsx")
    assert SHEET not in book.sheetnames
    assert book.worksheets[0]["A2"].value is None


@pytest.mark.parametrize(
    "option",
    [("--theme", "ecoles"), ("--year", "2026"), ("--drop", "mediatheque"), ("--keep-envelopes",),
     ("--scenario", "prudent"), ("--ceiling", "net.2026=1 M€"), ("--class", "1")],
)  # fmt: skip
def test_a_part_or_a_version_does_not_come_back(
    option: tuple[str, ...], ppi: Callable[..., Result], folder: Path
) -> None:
    result = ppi("export", FINANCE, "plan.xlsx", "--round-trip", *option)
    assert (result.code, result.out) == (2, "")
    assert "--round-trip is of the whole plan as it is written" in result.err
    assert not (folder / "plan.xlsx").exists()


def test_another_document_holds_no_plan(ppi: Callable[..., Result], folder: Path) -> None:
    result = ppi("export", FINANCE, "plan.html", "--round-trip")
    assert result.code == 2
    assert "ppi export plan.xlsx --round-trip" in result.err


def test_a_plan_comes_back_with_the_amount_that_was_changed(
    book: Path, ppi: Callable[..., Result], folder: Path
) -> None:
    change(book, "Projects", "E4", 150_000)
    result = ppi("import", book, "mine", "--lang", "en")
    assert result == Result(
        0,
        "Projects!E4: 142\u202f380.50\u00a0€ has become 150\u00a0k€, in batiments.yaml\n"
        "all else is of the plan inside the workbook, as it was when it was exported\n"
        "the pictures are not inside it: mediatheque.png\n"
        "12 files written to mine\n",
        "",
    )
    for file in FINANCE.glob("*.yaml"):
        text = (folder / "mine" / file.name).read_text(encoding="utf-8")
        assert text == file.read_text(encoding="utf-8").replace('"142 380,50 €"', "150 000 €")
    assert ppi("import", book, "mine").code == 2  # nothing is overwritten


def test_without_a_folder_nothing_is_written(
    book: Path, ppi: Callable[..., Result], folder: Path
) -> None:
    result = ppi("import", book, "--lang", "en")
    assert result.code == 0
    assert result.out.splitlines()[0] == "no input of the workbook has changed"
    assert result.out.splitlines()[-1].startswith("nothing was written")
    assert [each.name for each in folder.iterdir()] == ["plan.xlsx"]


def test_what_cannot_be_turned_back_is_named_and_nothing_is_written(
    book: Path, ppi: Callable[..., Result], folder: Path
) -> None:
    change(book, "Totals", "A1", "Mine")
    result = ppi("import", book, "mine", "--lang", "en")
    assert (result.code, result.out) == (1, "")
    assert "Totals!A1 is no input" in result.err
    assert result.err.endswith("1 cell has changed that cannot be turned back\n")
    assert not (folder / "mine").exists()


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("none.xlsx", "none.xlsx cannot be opened"),
        ("text.xlsx", "text.xlsx cannot be read: it is no workbook"),
        (".", "it is not a regular file"),
        ("other.xlsx", "other.xlsx cannot be read: it holds nothing"),
    ],
)
def test_what_is_no_workbook_with_a_plan(
    file: str, said: str, ppi: Callable[..., Result], folder: Path
) -> None:
    (folder / "text.xlsx").write_text("no book", encoding="utf-8")
    openpyxl.Workbook().save("other.xlsx")
    result = ppi("import", file, "mine")
    assert result.code == 2
    assert said in result.err


def test_a_missing_library_is_told_with_the_line_to_paste(
    book: Path, ppi: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    result = ppi("import", book)
    assert result.code == 2
    assert "pip install 'ppi-cli[import]'" in result.err
