"""Years in two digits, and tables on their side: read where it is sure, else asked about."""

from pathlib import Path

import pytest

from ppi_cli.sheets.guesses import map_text
from ppi_cli.sheets.writing import Written
from ppi_cli.words.language import Language
from tests.sheets.books import asked, by_year, csv, projects, read, wrong, xlsx

K = ["PPI en k€"]
LINES = [["Halle", 10, 20, 30], ["Pont", 5, 6, 7], ["Total", 15, 26, 37]]
SUMS = {"2026": "15", "2027": "26", "2028": "37"}


@pytest.mark.parametrize("word", ["'", "’", "CP ", "FY", "Exercice "])
def test_two_digits_are_years_where_a_sign_or_a_word_says_so(tmp_path: Path, word: str) -> None:
    head = ["Opération", *(f"{word}{year}" for year in (26, 27, 28))]
    found = read(xlsx(tmp_path / "a.xlsx", [K, head, *LINES]))
    assert (asked(found), by_year(found), wrong(found)) == ([], SUMS, {})


@pytest.mark.parametrize("head", [[26, 27, 28], ["26", "27", "28"], [28, 27, 26]])
def test_two_digits_are_years_where_a_title_names_these(tmp_path: Path, head: list[object]) -> None:
    rows = [["PPI 2026-2028 en k€"], ["Opération", *head], *LINES]
    found = read(xlsx(tmp_path / "a.xlsx", rows))
    assert (asked(found), wrong(found)) == ([], {})
    assert by_year(found)["2027"] == "26"
    again = read(tmp_path / "a.xlsx", map_text(found, "", Language().say))
    assert by_year(again) == by_year(found)


def test_two_digits_that_nothing_calls_years_are_asked_about(tmp_path: Path) -> None:
    book = csv(tmp_path / "a.csv", "PPI en k€;;\nOpération;26;27\nHalle;10;20\nPont;5;6\n")
    (question,) = read(book).account.questions
    assert str(question.place) == "a!B2:C2"
    assert question.answers == ("years: {B: 2026, C: 2027}",)
    found = read(book, question.answers[0])
    assert (asked(found), by_year(found)) == ([], {"2026": "15", "2027": "26"})


def test_amounts_that_follow_one_another_are_no_years(tmp_path: Path) -> None:
    book = xlsx(tmp_path / "a.xlsx", [["PPI 2026 en k€"], ["Halle", 25, 26], ["Pont", 3, 4]])
    assert [str(each.place) for each in read(book).account.questions] == ["Feuil1!B2:C2"]
    rows = [["PPI 2026 en k€"], ["Opération", "An 1", "An 2"], ["Halle", 25, 26], ["Pont", 3, 4]]
    found = read(xlsx(tmp_path / "b.xlsx", rows))
    assert (by_year(found), len(asked(found))) == ({}, 1)
    given = read(tmp_path / "b.xlsx", "years: {B: 2026, C: 2027}")
    assert (asked(given), by_year(given)) == ([], {"2026": "28", "2027": "30"})


# --- tables on their side ------------------------------------------------------------------------

TURNED = [["Année", "Mairie", "École Sud", "Total"], [2026, 100, 40, 140], [2027, None, 300, 300]]


def test_a_row_for_each_year_is_read_where_a_total_of_each_year_proves_it(tmp_path: Path) -> None:
    rows = [K, *TURNED, ["Total", 100, 340, 441]]
    found = read(xlsx(tmp_path / "a.xlsx", rows))
    assert asked(found) == []
    assert by_year(found) == {"2026": "140", "2027": "300"}
    assert projects(found) == ["Mairie", "École Sud"]
    assert wrong(found) == {"Feuil1!D5": "1"}
    written = Written(found)
    assert {t.title: [*t.totals] for t in written.projects.values()} == {
        "Mairie": ["total"], "École Sud": ["total"]
    }  # fmt: skip
    assert written.unplaced == []
    again = read(tmp_path / "a.xlsx", map_text(found, "", Language().say))
    assert (by_year(again), wrong(again)) == (by_year(found), wrong(found))


def test_without_a_total_the_columns_are_asked_about_and_the_map_says_what_they_are(
    tmp_path: Path,
) -> None:
    rows = [K, [None, "Sport", None, "Voirie"], ["Exercice", "Gymnase", "Stade", "Rue Haute"],
            ["2026", 100, 50, 10], ["2027", 10, 50, 10]]  # fmt: skip
    book = xlsx(tmp_path / "a.xlsx", rows, merged=["B2:C2"])
    (question,) = read(book).account.questions
    assert str(question.place) == "Feuil1!B3:D3"
    assert question.answers == ("projects: B..D", "ignore: [A3:D5]")
    for answer in ("projects: B..D", "projects: [Gymnase, Stade, Rue Haute]"):
        found = read(book, answer)
        assert (asked(found), by_year(found)) == ([], {"2026": "160", "2027": "70"})
        themes = {p.title: p.theme for p in Written(found).projects.values()}
        assert themes == {"Gymnase": "Sport", "Stade": "Sport", "Rue Haute": "Voirie"}
    part = read(book, "projects: [Gymnase, Stade]")
    assert [str(each.place) for each in part.account.questions] == ["Feuil1!D4:D5"]


@pytest.mark.parametrize("names", [["État", "Région"], ["Dépenses", "Recettes"], ["CP", "AP"]])
def test_columns_that_are_no_projects_are_asked_about_though_a_total_agrees(
    tmp_path: Path, names: list[str]
) -> None:
    rows = [K, ["Année", *names, "Total"], *TURNED[1:]]
    found = read(xlsx(tmp_path / "a.xlsx", rows))
    assert (len(asked(found)), by_year(found)) == (1, {})


def test_a_total_that_disagrees_leaves_the_columns_in_doubt(tmp_path: Path) -> None:
    rows = [K, TURNED[0], [2026, 100, 40, 141], TURNED[2]]
    book = xlsx(tmp_path / "a.xlsx", rows)
    (question,) = read(book).account.questions
    found = read(book, question.answers[0])
    assert (asked(found), wrong(found)) == ([], {"Feuil1!D3": "1"})


# --- a sheet for each year -----------------------------------------------------------------------


@pytest.mark.parametrize("name", ["{}", "Budget {}", "PPI_{} (v2)"])
def test_sheets_that_are_called_by_years_hold_the_amounts_of_these(
    tmp_path: Path, name: str
) -> None:
    head = ["Opération", "Thème", "Montant"]
    sheets = {
        name.format(2026): [K, head, ["Mairie", "Ville", 12], ["Stade", "Sport", 4]],
        name.format(2027): [K, head, ["Mairie", "Ville", 8], ["Total", None, 9]],
    }
    found = read(xlsx(tmp_path / "a.xlsx", sheets))
    assert (asked(found), by_year(found)) == ([], {"2026": "16", "2027": "8"})
    assert [*wrong(found).values()] == ["1"]
    again = read(tmp_path / "a.xlsx", map_text(found, "", Language().say))
    assert by_year(again) == by_year(found)


def test_sheets_of_years_with_several_columns_of_numbers_are_asked_about(tmp_path: Path) -> None:
    rows = [K, ["Opération", "Dépenses", "Recettes"], ["Mairie", 12, 3], ["Stade", 4, 0]]
    book = xlsx(tmp_path / "a.xlsx", {"2026": rows, "2027": rows})
    (question,) = read(book).account.questions
    assert question.answers == ("year_in: '^(20[0-9]{2})$'",)
    found = read(book, f"{question.answers[0]}\namount: Dépenses\nignore: [C:C]")
    assert by_year(found) == {"2026": "16", "2027": "16"}


def test_years_of_columns_are_offered_only_where_a_title_names_them(tmp_path: Path) -> None:
    lines = [["Opération", "An 1", "An 2", "Total"], ["Halle", 1, 2, 3], ["Pont", 4, 5, 9]]
    named = xlsx(tmp_path / "a.xlsx", [["PPI 2026-2027 en k€"], *lines])
    (question,) = read(named).account.questions
    assert question.answers == ("years: {B: 2026, C: 2027}",)
    assert by_year(read(named, question.answers[0])) == {"2026": "5", "2027": "7"}
    nameless = xlsx(tmp_path / "b.xlsx", [K, *lines])
    assert read(nameless).account.questions[0].answers[0] == "years: {B: …, C: …}"


def test_amounts_that_all_show_their_unit_need_no_other(tmp_path: Path) -> None:
    rows = [["Capital plan"], ["Project", 2026, 2027], ["Roof", 175, 20]]
    formats = {"B3:C3": '0" k€"', "B4": '0" k€"'}
    book = xlsx(tmp_path / "a.xlsx", [*rows, ["Boiler", 60, "(15)"]], formats=formats)
    (question,) = read(book).account.questions
    assert str(question.place) == "Feuil1!C4"
    all_said = {"B3:C4": '0" k€"'}
    found = read(xlsx(tmp_path / "b.xlsx", [*rows, ["Boiler", 60, 15]], formats=all_said))
    assert (asked(found), by_year(found)) == ([], {"2026": "235", "2027": "35"})
