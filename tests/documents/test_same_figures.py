"""The same figures on the screen and in every document, whatever the report."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import unescape
from pathlib import Path

import openpyxl
import pytest

from ppi_cli.words.language import MINUS
from tests.conftest import DATA, Result
from tests.documents.conftest import pages_of

FINANCE = DATA / "examples" / "finance"
#: What a document of a whole plan shows, as one asks for it on the screen.
REPORTS: Sequence[tuple[str, ...]] = (
    ("totals",),
    ("totals", "--by", "source"),
    ("afford",),
    ("debt",),
    ("execution", "--since"),
)
#: A minus is one in documents, and a hyphen on the screen.
_AMOUNT = re.compile(r"-?\d{1,3}(?:\u202f\d{3})*,\d\d")


@pytest.fixture
def on_screen(
    ppi: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> Callable[[], set[str]]:
    """The amounts with cents that the reports show: those that rounding would change."""

    def read() -> set[str]:
        monkeypatch.setenv("COLUMNS", "400")
        shown = [ppi(*report, FINANCE, "--lang", "fr").out for report in REPORTS]
        found = [set(_AMOUNT.findall(out)) for out in shown]
        assert all(len(amounts) > 10 for amounts in found)
        return set().union(*found)

    return read


@pytest.fixture
def document(ppi: Callable[..., Result], folder: Path) -> Callable[[str], Path]:
    def made(name: str) -> Path:
        assert ppi("export", FINANCE, name, "--lang", "fr") == Result(0, "", "")
        return folder / name

    return made


def test_on_the_page(on_screen: Callable[[], set[str]], document: Callable[[str], Path]) -> None:
    text = unescape(document("plan.html").read_text(encoding="utf-8"))
    assert on_screen() - set(_AMOUNT.findall(text.replace(MINUS, "-"))) == set()


def test_in_the_document(
    on_screen: Callable[[], set[str]], document: Callable[[str], Path]
) -> None:
    text = " ".join(page.text for page in pages_of(document("plan.pdf").read_bytes()))
    assert on_screen() - set(_AMOUNT.findall(text.replace(MINUS, "-"))) == set()


def test_in_the_workbook(
    on_screen: Callable[[], set[str]], document: Callable[[str], Path]
) -> None:
    """As numbers, or within a sentence."""
    book = openpyxl.load_workbook(document("plan.xlsx"), data_only=True)
    cells = [cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]
    numbers = {round(cell * 100) for cell in cells if isinstance(cell, int | float)}
    texts = " ".join(cell for cell in cells if isinstance(cell, str))
    missing = on_screen() - set(_AMOUNT.findall(texts))
    assert {each for each in missing if int(re.sub("[^0-9-]", "", each)) not in numbers} == set()
