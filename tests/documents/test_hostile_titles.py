"""A title is only characters in every document, and in every part of it: shown, or named."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape
from pathlib import Path

import openpyxl
import pytest

from ppi_cli.documents.fonts import legible
from tests.conftest import Result
from tests.documents.conftest import pages_of

TITLES = [
    "=cmd()", "<script>alert(1)</script>", "#[x]", "a|b", "שלום 12", "Toit 🏫", "学校の食堂",
    "x" * 300,
]  # fmt: skip
#: A plan with an account and a debt: every part of a document names its project.
PLAN = """
    plan: {{title: '{title}', years: 2025..2026, tax: incl, language: en}}
    themes: [{{id: a, title: '{title}', envelope: {{2026: 90 k€}}}}]
    funders: [{{id: f, title: '{title}'}}]
    savings: {{2025: 50 k€, 2026: 40 k€}}
    debt:
      at_start: 100 k€
      fund: 10 k€
      keep: 5 k€
      repaid: {{2025: 10 k€, 2026: 10 k€}}
      new_loans: {{rate: 3 %, years: 15}}
    projects:
      - id: x
        theme: a
        title: '{title}'
        quarters: 2025
        costs: [{{year: 2025, amount: 80 k€, section: investment}}]
        funding: [{{from: f, year: 2025, amount: 10 k€}}]
    execution:
      - {{year: 2025, closed: yes, lines: [{{project: x, paid: 60 k€, carried_over: 5 k€}}]}}
"""


@pytest.mark.parametrize("title", TITLES, ids=lambda title: ascii(title)[:24])
def test_it_is_shown_in_every_document(
    title: str, ppi: Callable[..., Result], folder: Path
) -> None:
    (folder / "plan.yaml").write_text(PLAN.format(title=title), encoding="utf-8")
    assert ppi("export", "plan.yaml", "p.xlsx", "p.pdf", "p.html").code == 0
    page = (folder / "p.html").read_text(encoding="utf-8")
    assert page.count("<script") == 1
    for part in ("planning", "totals", "execution"):
        (_, _, rest) = page.partition(f'<section id="{part}">')
        assert title in unescape(rest.partition("</section>")[0])
    book = openpyxl.load_workbook(folder / "p.xlsx")
    for sheet in ("Totals", "Planning", "Projects", "Execution"):
        found = [cell for row in book[sheet].iter_rows() for cell in row if cell.value == title]
        assert found
        assert {cell.data_type for cell in found} == {"s"}
    text = "".join(each.text for each in pages_of((folder / "p.pdf").read_bytes()))
    text = text.replace("\u200b", "")
    assert "".join(legible(title).split()) in "".join(text.split())


def test_a_title_from_right_to_left_turns_nothing_around_it(
    ppi: Callable[..., Result], folder: Path
) -> None:
    """The years beside it would be read 2026–2025, and the number of a page at the other side."""
    plan = PLAN.format(title="שלום").replace("'שלום', years", "'שלום', organisation: 'בית', years")
    (folder / "plan.yaml").write_text(plan, encoding="utf-8")
    assert ppi("export", "plan.yaml", "p.xlsx", "p.pdf", "p.html").code == 0
    assert ppi("gantt", "plan.yaml", "-o", "p.svg").code == 0
    said = "\u2068בית\u2069: \u2068שלום\u2069, 2025–2026"
    for file in ("p.html", "p.svg"):
        assert f"<title>{said}</title>" in (folder / file).read_text(encoding="utf-8")
    assert openpyxl.load_workbook(folder / "p.xlsx")["Totals"]["A1"].value == said
    text = "".join(each.text for each in pages_of((folder / "p.pdf").read_bytes()))
    assert "2025–2026" in text
    assert "2026–2025" not in text
    assert "U+20" not in text


def test_a_terminal_is_shown_no_signs_of_isolation(
    ppi: Callable[..., Result], folder: Path
) -> None:
    (folder / "plan.yaml").write_text(PLAN.format(title="שלום"), encoding="utf-8")
    assert "\u2068" not in ppi("totals", "plan.yaml").out
    assert "\u2068" not in ppi("totals", "plan.yaml", "-f", "json").out
