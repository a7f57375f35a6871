"""Several units in one book: each table and column in its own, or a question; figures by hand."""

from pathlib import Path

import pytest

from ppi_cli.sheets.wording import unit_in
from tests.sheets.books import asked, by_year, csv, read, wrong, xlsx

HEAD = ["Projet", 2026, 2027]
DSI = [["Projet", "2026 (k€)", "2027 (k€)"], ["Serveurs", 100, 50], ["Total", 100, 50]]
SPORTS = [HEAD, ["Gymnase", 500_000, 600_000], ["Total", 500_000, 600_000]]


def test_a_unit_that_one_sheet_says_is_not_that_of_another(tmp_path: Path) -> None:
    book = xlsx(tmp_path / "a.xlsx", {"DSI": DSI, "Sports": SPORTS})
    assert asked(read(book)) == [
        "Sports!B2: nothing says in which unit these amounts are; of others it is said: k€ (DSI!B1)"
    ]
    assert by_year(read(book, "unit: €")) == {"2026": "600000", "2027": "650000"}
    assert by_year(read(book, "unit: k€")) == {"2026": "500100", "2027": "600050"}
    assert asked(read(book, "sheets: [DSI]")) == []


def test_two_tables_are_each_in_the_unit_of_their_title(tmp_path: Path) -> None:
    rows = [["Bâtiments (en k€)"], HEAD, ["École", 500, 600], ["Total", 500, 600], [],
            ["Informatique (en €)"], [], HEAD, ["Serveurs", 100_000, 50_000],
            ["Total", 100_000, 50_000]]  # fmt: skip
    book = xlsx(tmp_path / "a.xlsx", rows)
    for map in ("accept: [A6]", "{unit: k€, accept: [A6]}"):
        assert asked(read(book, map)) == []
        assert by_year(read(book, map)) == {"2026": "600", "2027": "650"}
        assert wrong(read(book, map)) == {}
    assert [str(each.place) for each in read(book, "{unit: k€, accept: [A6]}").account.remarks] == [
        "Feuil1!B9"
    ]


def test_a_title_with_a_unit_above_one_table_is_not_of_the_next_one(tmp_path: Path) -> None:
    rows = [["Bâtiments (en k€)"], HEAD, ["École", 500, 600], [], ["Informatique"], HEAD,
            ["Serveurs", 100_000, 50_000]]  # fmt: skip
    questions = asked(read(xlsx(tmp_path / "a.xlsx", rows)))
    assert any(text.startswith("Feuil1!B7: nothing says in which unit") for text in questions)


def test_columns_are_each_in_the_unit_of_their_header(tmp_path: Path) -> None:
    for rows in (
        [["Projet", "2026 (k€)", "2027 (€)", "2028 (M€)"], ["Serveurs", 100, 50_000, 0.1]],
        [[None, "k€", "€", "M€"], [*HEAD, 2028], ["Serveurs", 100, 50_000, 0.1]],
    ):
        book = xlsx(tmp_path / "a.xlsx", rows)
        for map in ("", "unit: k€"):
            assert asked(read(book, map)) == []
            assert by_year(read(book, map)) == {"2026": "100", "2027": "50", "2028": "100.0"}


def test_a_unit_in_the_header_of_one_year_is_not_that_of_the_next(tmp_path: Path) -> None:
    rows = [["Projet", "2026 (k€)", 2027, "Total"], ["École", 500, 600, 1100]]
    book = xlsx(tmp_path / "a.xlsx", rows)
    assert asked(read(book))[0].startswith("Feuil1!C2: nothing says in which unit")
    assert by_year(read(book, "unit: k€")) == {"2026": "500", "2027": "600"}
    said = [["Projet", "2026 (k€)", "2027 (k€)", "Total"], ["École", 500, 600, 1100]]
    assert asked(read(xlsx(tmp_path / "a.xlsx", said))) == []
    assert wrong(read(tmp_path / "a.xlsx")) == {}


def test_a_column_shown_in_euros_below_thousands_is_asked_about(tmp_path: Path) -> None:
    rows = [["PPI en k€"], HEAD, ["École", 100, 50_000], ["Stade", 20, 30_000]]
    book = xlsx(tmp_path / "a.xlsx", rows, formats={"C3:C4": '#,##0 "€"'})
    assert asked(read(book)) == [
        "Feuil1!C3: the unit is said in several ways: € (Feuil1!C3), k€ (Feuil1!A1)"
    ]
    assert by_year(read(book, "unit: €")) == {"2026": "120000", "2027": "80000"}
    assert by_year(read(book, "unit: k€")) == {"2026": "120", "2027": "80000"}


def test_an_amount_that_says_euros_below_thousands_is_read_as_such_and_named(
    tmp_path: Path,
) -> None:
    found = read(csv(tmp_path / "a.csv", "PPI en k€;;\nProjet;2026;2027\nÉcole;100;50 000 €\n"))
    assert by_year(found) == {"2026": "100", "2027": "50"}
    assert [str(each.place) for each in found.account.remarks] == ["a!C3"]


def test_euros_in_a_header_below_thousands_in_a_title_are_asked_about(tmp_path: Path) -> None:
    rows = [["PPI en k€"], ["Projet", "2026 (€)", "2027 (€)"], ["École", 500, 600]]
    assert len(asked(read(xlsx(tmp_path / "a.xlsx", rows)))) == 1


def test_a_heading_that_says_another_unit_is_asked_about(tmp_path: Path) -> None:
    rows = [["PPI en k€"], HEAD, ["École", 500, 600], ["Informatique (en €)"],
            ["Serveurs", 100_000, 50_000]]  # fmt: skip
    (question,) = asked(read(xlsx(tmp_path / "a.xlsx", rows), "accept: [A4]"))
    assert question == "Feuil1!B5: the unit is said in several ways: k€ (Feuil1!A1), € (Feuil1!A4)"


@pytest.mark.parametrize(
    "sentence",
    [
        "Funds are needed to handle at least 55 million gallons per day",
        "The price is not to exceed $75,000",
        "Thousands of residents, and millions of visitors",
        "Des milliers d'euros sont perdus chaque année",
        "Prix de 1 200 €/m²",
        "Plafond de 55 M€",
    ],
)
def test_an_amount_in_a_sentence_is_no_unit(tmp_path: Path, sentence: str) -> None:
    rows = [["PPI en k€"], HEAD, ["École", 500, 600], ["Total", 500, 600], [], [sentence], HEAD,
            ["Stade", 7, 8], ["Total", 7, 8]]  # fmt: skip
    book = xlsx(tmp_path / "a.xlsx", rows)
    assert by_year(read(book, "{unit: k€, accept: [A7]}")) == {"2026": "507", "2027": "608"}
    assert any("nothing says in which unit" in text for text in asked(read(book)))


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("PPI 2026-2028 - montants en milliers d'euros TTC", "k€"),
        ("Amounts in Thousands", "k"),
        ("$ millions", "M$"),
        ("Thousands of $", "k$"),
        ("Coût 2026 (k€)", "k€"),
        ("€ 2026", "€"),
        ("($000s)", "k$"),
        ("Valeurs en euros", "€"),
    ],
)
def test_a_title_tells_the_unit_of_what_is_below(text: str, unit: str) -> None:
    assert str(unit_in(text)) == unit


def test_a_note_below_the_table_that_says_another_unit_is_asked_about(tmp_path: Path) -> None:
    rows = [["PPI (en k€)"], HEAD, ["École", 500, 600], ["Total", 500, 600], [],
            ["Montants exprimés en euros"]]  # fmt: skip
    book = xlsx(tmp_path / "a.xlsx", rows)
    assert asked(read(book)) == [
        "Feuil1!B3: the unit is said in several ways: k€ (Feuil1!A1), € (Feuil1!A6)"
    ]
    assert by_year(read(book, "unit: k€")) == {"2026": "500", "2027": "600"}


def test_a_note_below_the_table_may_be_all_that_says_the_unit_and_the_taxes(tmp_path: Path) -> None:
    found = read(xlsx(tmp_path / "a.xlsx", [HEAD, ["École", 5, 6], ["Montants en k€ TTC"]]))
    assert (asked(found), str(found.unit), found.tax) == ([], "k€", "incl")


def test_an_amount_in_a_note_below_says_no_unit(tmp_path: Path) -> None:
    rows = [["PPI (en k€)"], HEAD, ["École", 5, 6], ["dont 1 200 € de l'État, et 3 M€ de prêt"]]
    assert asked(read(xlsx(tmp_path / "a.xlsx", rows))) == []
