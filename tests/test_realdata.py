"""``python -m tests.realdata`` on a small table that was made up, in the layout of the real one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Result
from tests.realdata import agency_id, convert, plan_text, vintages

HEAD = (
    "vintage_fy,project_no,title,agency,status,useful_life,est_cost,cut,label,allotments,spent,enc,"
    "pre_enc,balance,fy2030,fy2031,fy2032,fy2033\n"
)
TABLE = HEAD + (
    "2030,AB1,ROOF: TOWN HALL,PUBLIC WORKS (KT0),Open,30,,phase,(01) Design,9,9,9,9,9,100,0,,\n"
    "2030,AB1,ROOF: TOWN HALL,PUBLIC WORKS (KT0),Open,30,,phase,(04) Construction,,,,,,50,700,5,\n"
    "2030,AB1,ROOF: TOWN HALL,PUBLIC WORKS (KT0),Open,30,,source,GO Bonds,9,9,9,9,9,151,700,5,\n"
    '2030,C-2,"POOLS ""A"", B & C",PARKS (HA0),Open,,,phase,(01) Design,,,,,,,-20,,\n'
    "2030,D3,NO COST YET,PARKS  (HA0),New,,,phase,(01) Design,,,,,,,,,\n"
    "2031,AB1,ROOF,PUBLIC WORKS (KT0),Open,30,,phase,(04) Construction,,,,,,,650,0,40\n"
)


@pytest.fixture
def table(folder: Path) -> Path:
    file = folder / "table.csv"
    file.write_text(TABLE, encoding="utf-8")
    return file


def test_a_table_becomes_a_folder_for_each_plan_and_the_totals_agree(
    table: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert convert(table, folder / "out")
    assert capsys.readouterr().out.splitlines() == [
        f"{folder}/out/fy2030: 3 projects",
        "                  table, $                ppi, $",
        "  2030             150,000            150,000.00",
        "  2031             680,000            680,000.00",
        "  2032               5,000              5,000.00",
        "  total            835,000            835,000.00",
        f"{folder}/out/fy2031: 1 projects",
        "                  table, $                ppi, $",
        "  2031             650,000            650,000.00",
        "  2032                   0                  0.00",
        "  2033              40,000             40,000.00",
        "  total            690,000            690,000.00",
        "fy2030 to fy2031: 2 of 2 amounts changed",  # AB1: 700 to 650, and 5 to 0
        "together: 2 of 2 amounts changed",
    ]


def test_the_other_cut_is_by_source(
    table: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert convert(table, folder / "out", "source")
    assert (
        "  total            856,000            856,000.00" in capsys.readouterr().out.splitlines()
    )


def test_with_both_cuts_the_sheets_that_differ_are_found(
    table: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """AB1 of 2030 costs 150 k$ in 2030 by phase, and 151 k$ by source."""
    assert convert(table, folder / "out", "both")
    assert "sheets whose cuts differ: 1 in the table, 1 found\n" in capsys.readouterr().out


def test_a_plan_of_the_table_is_clean_and_keeps_its_words(
    table: Path, folder: Path, ppi: Callable[..., Result]
) -> None:
    convert(table, folder / "out")
    assert ppi("validate", folder / "out" / "fy2030").code == 0
    shown = ppi("show", "AB1", folder / "out" / "fy2030").out
    assert "ROOF: TOWN HALL" in shown
    assert "(04) Construction" in shown
    assert 'POOLS "A", B & C' in ppi("show", "C-2", folder / "out" / "fy2030").out


def test_blank_is_left_out_and_zero_is_kept() -> None:
    first = plan_text(vintages(TABLE.splitlines())[0])
    assert '{year: 2031, amount: 0 k$, label: "(01) Design"}' in first
    assert first.count("year: 2032") == 1
    assert first.endswith("    costs:\n")


def test_an_agency_is_known_by_its_code() -> None:
    assert agency_id("PARKS & POOLS (HA0)") == agency_id("PARKS  POOLS (HA0)") == "agency-HA0"
    assert agency_id("Parks & pools") == "agency-Parks-pools"


def test_a_project_in_two_agencies_is_refused() -> None:
    line = "2030,AB1,ROOF,PARKS (HA0),Open,30,,phase,(01) Design,,,,,,1,,,"
    with pytest.raises(ValueError, match="AB1: in several agencies"):
        plan_text(vintages([*TABLE.splitlines(), line])[0])


def test_an_amount_that_is_no_whole_number_is_refused(table: Path, folder: Path) -> None:
    table.write_text(TABLE.replace(",650,0,40", ",6x50,0,40"), encoding="utf-8")
    with pytest.raises(ValueError, match="6x50"):
        convert(table, folder / "out")


def test_a_difference_is_told(
    table: Path,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("tests.realdata.computed", lambda _: dict.fromkeys(range(2030, 2034), 1))
    assert not convert(table, folder / "out")
    assert "  2030             150,000                  0.01  DIFFERS" in capsys.readouterr().out
