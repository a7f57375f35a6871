"""``--format csv-fr``: a table that a French spreadsheet opens as it is."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import DATA, Result

Run = Callable[..., Result]
FINANCE = DATA / "examples" / "finance"
REPORTS = [
    ("totals", "--by", "project"),
    ("totals", "--per", "quarter", "--percent"),
    ("afford",),
    ("debt",),
    ("apcp",),
    ("list", "projects"),
    ("list", "sources"),
    ("show", "halle-gymnase"),
]


def cells(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text), delimiter=";"))


@pytest.mark.parametrize("report", REPORTS[:4], ids=" ".join)
def test_it_has_the_figures_of_the_csv_for_programs_with_commas(
    ppi: Run, report: tuple[str, ...]
) -> None:
    plain = list(csv.reader(io.StringIO(ppi(*report[:1], FINANCE, *report[1:], "-f", "csv").out)))
    french = cells(ppi(*report[:1], FINANCE, *report[1:], "-f", "csv-fr").out)
    numeric = [i for i, key in enumerate(plain[0]) if key not in ("id", "title", "period", "notes")]
    for line, other in zip(plain[1:], french[1:], strict=True):
        assert [line[i].replace(".", ",") for i in numeric] == [other[i] for i in numeric]


def test_it_is_french_and_says_that_it_is_utf_8_whatever_else_is_asked(
    ppi: Run, folder: Path
) -> None:
    assert ppi("totals", DATA, "-f", "csv-fr", "--lang", "en", "-o", "totaux.csv").code == 0
    written = (folder / "totaux.csv").read_bytes()
    assert written.startswith("\ufeffIdentifiant;Thématique;2016;".encode())
    assert written.decode("utf-8-sig") == ppi("totals", DATA, "-f", "csv-fr").out[1:]


def test_notes_are_in_french(ppi: Run) -> None:
    lines = cells(ppi("afford", FINANCE, "-f", "csv-fr").out)
    assert lines[0][-1] == "Notes"
    need = next(line for line in lines if line[0] == "need")
    assert "2025\u00a0: coûts connus seulement" in need[-1]


def test_what_programs_read_does_not_change_with_the_language(
    ppi: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    english = ppi("totals", DATA, "-f", "csv").out
    monkeypatch.setenv("LANG", "fr_FR.UTF-8")
    assert ppi("totals", DATA, "-f", "csv").out == english


@pytest.mark.parametrize(
    "title",
    [
        *("1-2", "3/4", "1/2/2016", "2016-03-01", "10.5.2016", "1 janv.", "Mars 2016", "12:30"),
        *("1e5", "50 %", "1 000", "1,5", "00123", "(5)", "12 €", "VRAI", "+33 1", "-5", "1" * 16),
    ],
)
def test_a_text_becomes_no_date_and_no_number(ppi: Run, folder: Path, title: str) -> None:
    (folder / "plan.yaml").write_text(
        f'plan: {{title: P, years: 2016..2017}}\nthemes: [{{id: a, title: "{title}"}}]\n',
        encoding="utf-8",
    )
    assert cells(ppi("totals", "-f", "csv-fr").out)[1][1] == f"'{title}"
    assert cells(ppi("totals", "--transpose", "-f", "csv-fr").out)[0][2] == f"'{title}"


@pytest.mark.parametrize("title", ["Marseille 13", "T1 2016", "Mai", "2016", "Lot 1-2", "École"])
def test_any_other_text_is_as_it_stands(ppi: Run, folder: Path, title: str) -> None:
    (folder / "plan.yaml").write_text(
        f'plan: {{title: P, years: 2016..2017}}\nthemes: [{{id: a, title: "{title}"}}]\n',
        encoding="utf-8",
    )
    assert cells(ppi("totals", "-f", "csv-fr").out)[1][1] == title


def test_no_text_of_a_plan_becomes_a_formula(ppi: Run, folder: Path) -> None:
    (folder / "plan.yaml").write_text(
        "plan: {title: P, years: 2016..2017}\n"
        "themes:\n"
        '  - {id: a, title: "=1+1", envelope: {2016: "-12,50 €"}}\n'
        '  - {id: b, title: "@SOMME(A1)", envelope: {2016: 1 k€}}\n',
        encoding="utf-8",
    )
    lines = cells(ppi("totals", "-f", "csv-fr").out)
    assert [line[1:3] for line in lines[1:3]] == [["'=1+1", "-12,50"], ["'@SOMME(A1)", "1000,00"]]
    heads = cells(ppi("totals", "--transpose", "-f", "csv-fr").out)[0]
    assert heads[2:4] == ["'=1+1", "'@SOMME(A1)"]
