"""Groups of themes in documents: their subtotals stand above their themes, as on the screen."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.conftest import Result

#: The themes of a group do not stand together, nor in the order of groups.
PLAN = """\
plan: {title: P, years: 2025..2026, tax: incl, language: en}
groups: [{id: b, title: Buildings}, {id: s, title: Streets}]
themes:
  - {id: roads, title: Roads, group: s, envelope: {2025: 50 k€}}
  - {id: schools, title: Schools, group: b, envelope: {2025: 100 k€}}
  - {id: halls, title: Halls, group: b}
projects:
  - {id: a, theme: schools, title: Canteen, quarters: 2025, costs: {2025: 20 k€, beyond: 3 k€}}
  - {id: c, theme: halls, title: Library, quarters: 2026, costs: {2026: 7 k€}}
"""


@pytest.fixture
def made(ppi: Callable[..., Result], folder: Path) -> Callable[[str], Path]:
    def document(name: str) -> Path:
        (folder / "plan.yaml").write_text(PLAN, encoding="utf-8")
        assert ppi("export", "plan.yaml", name).code == 0
        return folder / name

    return document


def sheet_of(file: Path, name: str, *, values: bool = True) -> list[list[Any]]:
    book = openpyxl.load_workbook(file, data_only=values)
    return [[*row] for row in book[name].iter_rows(values_only=True)]


def test_the_sheet_of_totals_has_subtotals_above_their_themes(made: Callable[..., Path]) -> None:
    rows = sheet_of(made("plan.xlsx"), "Totals")
    assert [row[:6] for row in rows[2:9]] == [
        ["Theme", 2025, 2026, "Total", "Beyond", "Whole"],
        ["Buildings", 100e3, 7e3, 107e3, 3e3, 110e3],
        ["Schools", 100e3, "—", 100e3, 3e3, 103e3],
        ["Halls", "—", 7e3, 7e3, "—", 7e3],
        ["Streets", 50e3, "—", 50e3, "—", 50e3],
        ["Roads", 50e3, "—", 50e3, "—", 50e3],
        ["Total", 150e3, 7e3, 157e3, 3e3, 160e3],
    ]


def test_a_theme_is_counted_once_in_the_total_and_where_its_envelope_is_meant(
    made: Callable[..., Path],
) -> None:
    file = made("plan.xlsx")
    totals = {row[0]: row for row in sheet_of(file, "Totals", values=False)}
    assert totals["Buildings"][1] == "=SUM($B$5:$B$6)"
    assert totals["Total"][1] == "=SUM($B$5:$B$6)+SUM($B$8:$B$8)"
    rests = {row[1]: row for row in sheet_of(file, "Projects", values=False)}
    assert rests["Roads: not split by project"][4] == "=MAX(0,'Totals'!$B$8-0)"
    assert "'Totals'!$B$5" in rests["Schools: not split by project"][4]


def test_the_chart_has_a_line_above_the_first_theme_of_a_group(made: Callable[..., Path]) -> None:
    titles = [row[0] for row in sheet_of(made("plan.xlsx"), "Planning")[4:11]]
    assert titles == ["Buildings", "Schools", "Canteen", "Halls", "Library", "Streets", "Roads"]
    page = made("plan.html").read_text(encoding="utf-8")
    (planning,) = re.findall(r'<section id="planning">.*?</section>', page, re.DOTALL)
    heads = re.findall(r'<th scope="row(?:group)?">(?:<button.*?>)?(.*?)<', planning)
    assert heads == [*titles, "Total"]
    assert '<td colspan="4">100</td><td colspan="4">7+</td><td class="n">107+</td>' in planning


def test_the_table_of_the_page_has_subtotals(made: Callable[..., Path]) -> None:
    page = made("plan.html").read_text(encoding="utf-8")
    subtotals = re.findall(r'<tr class="subtotal"><t[dh].*?>(.*?)<', page)
    assert subtotals == ["Buildings", "Streets"]


def test_what_is_in_all_looks_like_the_total_that_it_is(
    ppi: Callable[..., Result], folder: Path
) -> None:
    """In the sheet of totals, as in that of who pays: bold, below a line."""
    more = "running_costs: [{amount: 2 k€, section: operating}], "
    plan = PLAN.replace("title: Canteen, ", f"title: Canteen, {more}")
    (folder / "plan.yaml").write_text(plan, encoding="utf-8")
    assert ppi("export", folder / "plan.yaml", folder / "plan.xlsx").code == 0
    sheet = openpyxl.load_workbook(folder / "plan.xlsx")["Totals"]
    looks = {
        row[0].value: (row[0].font.b, row[1].font.b, row[1].border.top.style)
        for row in sheet.iter_rows()
    }
    assert looks["In all"] == looks["Total"] == (True, True, "thin")
    assert looks["then, to run"] == (False, False, None)


def test_a_group_in_the_sheet_of_the_planning_is_darker_than_its_themes(
    made: Callable[..., Path],
) -> None:
    sheet = openpyxl.load_workbook(made("plan.xlsx"))["Planning"]
    colours = {
        row[0].value: {c.fill.fgColor.rgb for c in row} for row in sheet.iter_rows(min_row=5)
    }
    assert colours["Buildings"] == colours["Streets"] == {"FFDDE6F0"}
    assert colours["Schools"] == {"FFEEF1F4"}
