"""A table of an account as a town has it, read as its map lays it out: no row is lost or twice."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import Result
from tests.sheets.books import xlsx

Ppi = Callable[..., Result]

PLAN = """
plan: {title: Plan de Vigneux, years: 2025..2027, tax: incl}
themes: [{id: ecoles, title: Écoles}]
projects:
  - id: cantine
    theme: ecoles
    title: Cantine
    operations: ["93"]
    costs: {year: 2025, amount: 100 k€, account: 2313}
  - id: parc
    theme: ecoles
    title: Le Parc
    costs: {year: 2025, amount: 40 k€, account: 2312}
"""
MAP = """
table:
  year: 2025
  columns:
    operation: Opération
    name: Libellé
    account: Nature
    opened: Crédits ouverts
    paid: Mandaté
    carried_over: Reports
"""
#: Two titles, a header, two operations with their sum, a line of no operation, the sum of all.
TABLE = """\
Commune de Vigneux;;;;;
Exécution 2025 (montants en €);;;;;
Opération;Libellé;Nature;Crédits ouverts;Mandaté;Reports
93;Gros œuvre;2313;100 000,00;84 318,10;12 000,00
93;Mobilier;2184 Mobilier;5 000,00;4 999,90;
;Sous-total;;105 000,00;89 318,00;12 000,00
;le parc;2312;40 000,50;0,00;40 000,50
;TOTAL;;145 000,50;89 318,00;52 000,50
"""


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "plan.yaml").write_text(PLAN, encoding="utf-8")
    return tmp_path


def imported(
    ppi: Ppi, place: Path, table: str = TABLE, map_: str = MAP, encoding: str = "utf-8"
) -> Result:
    """What the import says of a table that its map lays out, in English."""
    (place / "a.csv").write_bytes(table.encode(encoding))
    (place / "map.yaml").write_text(map_, encoding="utf-8")
    return ppi("import", "a.csv", "--map", "map.yaml", "--onto", "data", "--lang", "en")


def written(place: Path) -> list[dict[str, Any]]:
    """The lines that were written."""
    text = (place / "data" / "execution-2025.yaml").read_text(encoding="utf-8")
    (year,) = yaml.safe_load(text)["execution"]
    lines: list[dict[str, Any]] = year["lines"]
    return lines


LINES = [
    {
        "project": "cantine", "account": "2184", "opened": "5000.00 €", "paid": "4999.90 €",
        "carried_over": "0.00 €",
    },
    {
        "project": "cantine", "account": "2313", "opened": "100000.00 €", "paid": "84318.10 €",
        "carried_over": "12000.00 €",
    },
    {
        "project": "parc", "account": "2312", "opened": "40000.50 €", "paid": "0.00 €",
        "carried_over": "40000.50 €",
    },
]  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_french_table_is_read_by_its_headers_in_any_encoding(
    ppi: Ppi, place: Path, encoding: str
) -> None:
    """An operation goes to the project that names it, a name to the project of that title."""
    result = imported(ppi, place, encoding=encoding)
    assert result.code == 0, result.out + result.err
    assert written(place) == LINES
    assert "totals printed in the table: 2 agree" in result.out
    assert "3 rows of titles and headings" in result.out
    assert "1 blank cell of amounts is taken for 0" in result.out
    assert ppi("validate", "data").code == 0


def test_a_workbook_is_read_by_the_letters_of_its_columns(ppi: Ppi, place: Path) -> None:
    rows = [["Op", "Payé"], ["93", 84.5], ["94", 10]]
    xlsx(place / "a.xlsx", {"Vide": [], "Compte": rows})
    map_ = "table: {year: 2025, header: 1, unit: k€, columns: {operation: A, paid: B}}\n"
    (place / "map.yaml").write_text(map_, encoding="utf-8")
    result = ppi("import", "a.xlsx", "--map", "map.yaml", "--onto", "data")
    assert "operation: 94: 10\xa0k€ paid" in result.out  # nothing says what was opened
    assert result.out.count("operation: 94") == 1
    map_ += "lines: [{operation: 94, ignore: vendue}]\n"
    (place / "map.yaml").write_text(map_, encoding="utf-8")
    result = ppi("import", "a.xlsx", "--map", "map.yaml", "--onto", "data")
    assert result.code == 0, result.out + result.err
    assert "ignored, vendue: 10\xa0k€" in result.out
    # what the table has no column for is not stated
    assert written(place) == [{"project": "cantine", "paid": "84500.00 €"}]


def test_a_running_year_says_of_which_day_it_is(ppi: Ppi, place: Path) -> None:
    table = "Op;Ouvert (€);Engagé;Mandaté;Attendu\n93;100000;60000;30000;70000\n"
    map_ = """
table:
  kind: running
  date: 2025-06-30
  year: 2025
  columns: {operation: Op, opened: Ouvert (€), committed: Engagé, paid: Mandaté, expected: Attendu}
"""
    assert imported(ppi, place, table, map_).code == 0
    text = (place / "data" / "execution-2025.yaml").read_text(encoding="utf-8")
    assert "at: 2025-06-30" in text
    assert "closed" not in text
    assert written(place) == [
        {
            "project": "cantine", "opened": "100000.00 €", "committed": "60000.00 €",
            "paid": "30000.00 €", "expected": "70000.00 €",
        }
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        # a line lost, doubled or changed, where a total is printed
        (";le parc;2312;40 000,50;0,00;40 000,50\n", "", "145 000.50"),
        ("84 318,10", "84 318,20", "! totals printed in the table: 2 do not agree"),
        ("93;Gros œuvre", "93;Gros œuvre;2313;100 000,00;84 318,10;12 000,00\n93;Gros œuvre",
         "row 5 of a.csv says what row 4 does"),
        ("84 318,10", "84 318,20", "89 318.10"),
        # a total that does not say so
        (";Sous-total;;", ";Les écoles;;", "1 row of a.csv adds up to the rows beside it: 6"),
        (";TOTAL;;", ";;;", "1 row of a.csv has an amount, and says nothing of what: 8"),
        # what is no amount, or one that can be read in two ways
        ("84 318,10", "84 318,10 env.", "E4 “84 318,10 env.”"),
        ("84 318,10", "84 318,105", "1 cell of a.csv is no amount"),
        ("montants en €", "montants", "whether amounts are in € or in k€"),
        ("2184 Mobilier", "mobilier", "C5: “mobilier” is no account"),
        # what the header has twice, or not
        ("Nature;", "Mandaté;", "“Mandaté” stands above several columns"),
        ("Crédits ouverts", "Crédits", "no column of a.csv is called “Crédits ouverts”"),
    ],
)  # fmt: skip
def test_what_is_doubtful_stops_with_a_sentence_and_writes_nothing(
    ppi: Ppi, place: Path, before: str, after: str, said: str
) -> None:
    assert before in TABLE
    result = imported(ppi, place, TABLE.replace(before, after, 1))
    assert result.code == 1
    assert said in (result.out + result.err).replace("\u202f", " ").replace("\xa0", " ")
    assert not (place / "data" / "execution-2025.yaml").exists()


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("paid: Mandaté", "payed: Mandaté", "“payed” is not a key of a map"),
        ("paid: Mandaté", "paid: Mandate", None),  # accents and capitals are not looked at
        ("paid: Mandaté", "paid: Reports", "“carried_over” names the column of “paid”"),
        ("    paid: Mandaté\n", "", "no column has “paid”"),
        ("year: 2025", "kind: budget", "no column has “voted”"),
        ("  year: 2025\n", "", "nothing says of which year"),
        ("year: 2025", "year: 2025\n  ignore: [13..x]", "names no rows"),
        ("table:", "lines: [{name: le parc, project: park}]\ntable:", "no project has the id"),
        ("table:", "lines: [{project: parc}]\ntable:", "nothing says of which lines"),
    ],
)
def test_what_is_wrong_in_a_map_is_told_at_its_place(
    ppi: Ppi, place: Path, before: str, after: str, said: str | None
) -> None:
    assert before in MAP
    result = imported(ppi, place, map_=MAP.replace(before, after, 1))
    assert result.code == (0 if said is None else 1)
    if said is not None:
        assert said in result.err
        assert "--> map.yaml:" in result.err


def test_rows_that_are_read_left_out_or_accepted_are_told(ppi: Ppi, place: Path) -> None:
    """Of two sections one is asked for; a row that adds up by chance is accepted."""
    table = (
        "Section;Op;Mandaté (€)\nI;93;10\nI;93;20\nI;93;30\nF;93;5\nI;95;7\npage 1;;\n"
        "Section;Op;Mandaté (€)\n"
    )
    map_ = (
        "table: {year: 2025, columns: {operation: Op, paid: Mandaté (€)}, only: {Section: [I]},"
        " accept: 4, ignore: 6}\n"
    )
    result = imported(ppi, place, table, map_)
    assert result.code == 0, result.err
    assert written(place) == [{"project": "cantine", "paid": "60.00 €"}]
    assert "a.csv: 1 row that the map leaves out" in result.out
    assert "a.csv: 2 rows that “only” does not ask for" in result.out


def test_a_map_is_written_below_what_it_says_already(ppi: Ppi, place: Path) -> None:
    table = TABLE.replace("le parc", "le square")
    first = imported(ppi, place, table)
    assert "name: le square" in first.out
    both = ("--map", "map.yaml", "--write-map", "map.yaml")
    assert ppi("import", "a.csv", *both, "--onto", "data").code == 1
    text = (place / "map.yaml").read_text(encoding="utf-8")
    assert text.startswith(MAP)
    assert text.endswith('lines:\n  - {name: "le square", project: }    # 40000.50\n')
    # what is to be filled in is not written twice
    assert ppi("import", "a.csv", *both, "--onto", "data").code == 1
    assert (place / "map.yaml").read_text(encoding="utf-8") == text
    (place / "map.yaml").write_text(text.replace("project: }", "project: parc}"), encoding="utf-8")
    assert ppi("import", "a.csv", "--map", "map.yaml", "--onto", "data").code == 0
    assert written(place) == LINES


def test_the_year_may_be_a_column_and_several_years_are_told_apart(ppi: Ppi, place: Path) -> None:
    table = "Exercice;Op;Mandaté (€)\n2024;93;8,00\n2025;93;10,50\n"
    map_ = "table: {columns: {year: Exercice, operation: Op, paid: Mandaté (€)}"
    result = imported(ppi, place, table, f"{map_}}}\n")
    assert (result.code, "a.csv holds lines of 2024, 2025" in result.err) == (1, True)
    assert imported(ppi, place, table, f"{map_}, only: {{Exercice: 2025}}}}\n").code == 0
    assert written(place) == [{"project": "cantine", "paid": "10.50 €"}]


def test_a_budget_and_its_decisions_are_tables_too(ppi: Ppi, place: Path) -> None:
    map_ = "table: {kind: decision, date: 2025-06-26, year: 2025,"
    map_ += " columns: {operation: A, changed: B}}"
    result = imported(ppi, place, "Op;Montant en €\n93;-1 500,00\n", f"{map_}\n")
    assert result.code == 0, result.out + result.err
    (line,) = written(place)
    assert line["project"] == "cantine"
    (decision,) = line["changed"]
    assert (str(decision["date"]), decision["amount"]) == ("2025-06-26", "-1500.00 €")


def test_the_account_of_every_row_is_there_for_programs(ppi: Ppi, place: Path) -> None:
    imported(ppi, place)
    told = ppi("import", "a.csv", "--map", "map.yaml", "--onto", "data", "-f", "json").out
    (document,) = json.loads(told)["documents"]
    assert document["form"] == "table"
    assert document["equipment"]["paid"] == "89318.00"
    assert document["equipment"]["carried_in"] is None
