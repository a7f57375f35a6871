"""Books in which a figure may be wrong without looking so: each is asked about at its cell."""

from pathlib import Path

import pytest

from ppi_cli.sheets.guesses import map_text
from ppi_cli.words.language import Language
from tests.sheets.books import asked, by_year, projects, read, wrong, xlsx

K = "PPI en k€"
HEAD = ["Opération", 2026, 2027]


@pytest.mark.parametrize(
    "head",
    [
        ["Opération", "Voté 2025", "Réalisé 2025", "RAR 2025", 2026],
        ["Opération", 2026, "Taux 2026", 2027, "Taux 2027"],
        ["Opération", 2026, "RAR 2026", 2027, 2028],
    ],
)
def test_the_map_that_is_written_answers_nothing_that_is_asked(
    tmp_path: Path, head: list[object]
) -> None:
    book = xlsx(tmp_path / "a.xlsx", [[K], head, ["Halle", 10, 20, 30, 40], ["Pont", 1, 2, 3, 5]])
    found = read(book)
    again = read(book, map_text(found, "", Language().say))
    assert asked(found) != []
    assert (asked(again), by_year(again)) == (asked(found), by_year(found))


def test_the_map_that_is_written_does_not_name_a_unit_that_is_asked_about(tmp_path: Path) -> None:
    book = xlsx(tmp_path / "a.xlsx", [[K], HEAD, ["Halle", 1_250_000, 20], ["Pont", 1, 2]])
    found = read(book)
    assert asked(read(book, map_text(found, "", Language().say))) == asked(found) != []


@pytest.mark.parametrize(
    "name",
    ["RAR 2028", "Reste à réaliser 2028", "Taux 2028", "% 2028", "Évolution 2028", "Cumulé 2028",
     "Reports 2028", "Montant des subventions 2028", "Part ville 2028"],
)  # fmt: skip
def test_a_year_of_which_the_header_says_something_else_than_costs_is_asked_about(
    tmp_path: Path, name: str
) -> None:
    rows = [[K], [*HEAD, name], ["Halle", 10, 20, 7], ["Pont", 1, 2, 3]]
    book = xlsx(tmp_path / "a.xlsx", rows)
    (question,) = read(book).account.questions
    assert str(question.place) == "Feuil1!D2"
    assert question.answers[-2:] == ('ignore: ["D:D"]', "accept: [D2]")
    assert by_year(read(book, question.answers[0])) == {"2026": "11", "2027": "22"}
    assert asked(read(book, question.answers[-1])) == []


@pytest.mark.parametrize(
    "name", ["Participation de la Région", "Fonds de concours", "Cession Lilas", "État", "Région"]
)
def test_a_row_that_says_who_pays_is_asked_about(tmp_path: Path, name: str) -> None:
    rows = [[K], HEAD, ["Halle", 10, 20], [name, 3, 4], ["Pont", 1, 2]]
    (question,) = read(xlsx(tmp_path / "a.xlsx", rows)).account.questions
    assert str(question.place) == "Feuil1!A4"
    found = read(tmp_path / "a.xlsx", question.answers[0])
    assert (asked(found), by_year(found)) == ([], {"2026": "11", "2027": "22"})


def test_the_total_of_receipts_goes_with_them_and_is_no_total_of_costs(tmp_path: Path) -> None:
    rows = [[K], [None, 2026, 2027], ["DÉPENSES"], ["Halle", 400, 600], ["Pont", None, 200],
            ["Total dépenses", 400, 800], ["RECETTES"], ["FCTVA", 65, 79], ["Emprunt", 100, 400],
            ["Dons", 1, 1], ["Legs", 1, 1], ["Total recettes", 167, 481]]  # fmt: skip
    book = xlsx(tmp_path / "a.xlsx", rows)
    (question,) = read(book).account.questions
    assert question.answers == ("ignore: [A8:C12]", "accept: [A8:A12]")
    found = read(book, question.answers[0])
    assert (asked(found), wrong(found)) == ([], {})
    assert by_year(found) == {"2026": "400", "2027": "800"}
    assert [str(each.place) for each in read(book, "ignore: [A8:C11]").account.questions] == [
        "Feuil1!A12"
    ]


@pytest.mark.parametrize("word", ["y compris", "Y.C.", "- dont", "dont :"])
def test_a_part_of_the_row_above_is_asked_about_by_any_word(tmp_path: Path, word: str) -> None:
    rows = [[K], HEAD, ["Halle", 10, 20], [f"{word} études", 3, 4], ["Pont", 1, 2]]
    found = read(xlsx(tmp_path / "a.xlsx", rows))
    assert [str(each.place) for each in found.account.questions] == ["Feuil1!A4:C4"]
    assert projects(found) == ["Halle", "Pont"]


@pytest.mark.parametrize("text", ["PPI en k€, montants cumulés", "Cumulative amounts, in k€"])
def test_a_title_that_says_running_sums_is_asked_about(tmp_path: Path, text: str) -> None:
    book = xlsx(tmp_path / "a.xlsx", [[text], HEAD, ["Halle", 10, 30], ["Pont", 1, 3]])
    assert [str(each.place) for each in read(book).account.questions] == ["Feuil1!A1"]
    assert asked(read(book, "accept: [A1]")) == []


@pytest.mark.parametrize(
    "row",
    [
        ["Montant global", 14, 26],  # named so
        ["Ensemble des dépenses", 14, 26],
        ["Quartier nord", 11, 26],  # adds up in one column of two
    ],
)
def test_a_wrong_total_without_the_word_is_asked_about_and_is_no_project_unsaid(
    tmp_path: Path, row: list[object]
) -> None:
    book = xlsx(tmp_path / "a.xlsx", [[K], HEAD, ["Halle", 10, 20], ["Pont", 1, 2], row])
    (question,) = read(book).account.questions
    assert str(question.place) == "Feuil1!A5:C5"
    assert question.answers == ("totals: {rows: [5]}", "accept: [A5]")
    found = read(book, question.answers[0])
    assert by_year(found) == {"2026": "11", "2027": "22"}
    assert wrong(found)["Feuil1!C5"] == "4"
    assert asked(read(book, question.answers[1])) == []


def test_a_bold_row_among_lines_that_does_not_add_up_is_asked_about(tmp_path: Path) -> None:
    rows = [[K], HEAD, ["Écoles", 12, 23], ["Halle", 10, 20], ["Pont", 1, 2], ["Voirie", 7, 8],
            ["Lilas", 5, 5], ["Mail", 2, 3]]  # fmt: skip
    book = xlsx(tmp_path / "a.xlsx", rows, bold=[3, 6])
    (question,) = read(book).account.questions
    assert question.answers[0] == "totals: {rows: [3, 6]}"
    found = read(book, question.answers[0])
    assert wrong(found) == {"Feuil1!B3": "1", "Feuil1!C3": "1"}
    assert by_year(found) == {"2026": "18", "2027": "30"}


def test_rows_that_say_and_hold_the_same_are_asked_about(tmp_path: Path) -> None:
    rows = [[K], HEAD, ["Halle", 10, 20], ["Pont", 1, 2], ["Halle", 10, 20], ["Mail", 4, 4]]
    book = xlsx(tmp_path / "a.xlsx", rows)
    (question,) = read(book).account.questions
    assert str(question.place) == "Feuil1!A5:C5"
    assert by_year(read(book, question.answers[0])) == {"2026": "15", "2027": "26"}
    assert asked(read(book, question.answers[1])) == []


def test_a_printed_total_that_counts_both_rows_proves_them(tmp_path: Path) -> None:
    rows = [[K], HEAD, ["Halle", 10, 20], ["Pont", 1, 2], ["Halle", 10, 20], ["Total", 21, 42]]
    found = read(xlsx(tmp_path / "a.xlsx", rows))
    assert asked(found) == []
    assert [str(each.place) for each in found.account.remarks] == ["Feuil1!A5:C5"]


def test_two_rows_of_one_title_are_named(tmp_path: Path) -> None:
    rows = [[K], HEAD, ["Halle", 10, 20], ["Pont", 1, 2], ["Halle", 3, 4]]
    found = read(xlsx(tmp_path / "a.xlsx", rows))
    assert [str(each.place) for each in found.account.remarks] == ["Feuil1!A5:C5"]


def test_projects_that_stand_in_two_sheets_with_money_of_one_year_are_asked_about(
    tmp_path: Path,
) -> None:
    sheets = {
        "Voté 2025": [[K], ["Opération", 2025, 2026], ["Halle", 5, 9], ["Pont", 1, 2]],
        "PPI 2026": [[K], HEAD, ["Halle", 10, 20], ["Pont", 1, 2]],
    }
    book = xlsx(tmp_path / "a.xlsx", sheets)
    (question,) = read(book).account.questions
    assert str(question.place) == "'PPI 2026'!B3"
    assert by_year(read(book, "sheets: [PPI 2026]")) == {"2026": "11", "2027": "22"}
    for answer in question.answers:
        assert asked(read(book, answer)) == [], answer


def test_an_amount_in_merged_cells_of_several_years_or_rows_is_asked_about(tmp_path: Path) -> None:
    rows = [[K], [*HEAD, 2028], ["Halle", 100, None, 30], ["Pont", 5, 5, 5]]
    book = xlsx(tmp_path / "a.xlsx", rows, merged=["B3:C3"])
    assert [str(each.place) for each in read(book).account.questions] == ["Feuil1!B3"]
    rows = [[K], HEAD, ["Halle", 100, 2], ["Mail", None, 3], ["Pont", 5, 6]]
    book = xlsx(tmp_path / "b.xlsx", rows, merged=["B3:B4"])
    (question,) = read(book).account.questions
    assert str(question.place) == "Feuil1!B3"
    assert asked(read(book, question.answers[0])) == []


def test_thousands_that_no_town_has_are_asked_about(tmp_path: Path) -> None:
    rows = [[K], HEAD, ["Halle", 1_250_000, 20], ["Pont", 1, 2]]
    book = xlsx(tmp_path / "a.xlsx", rows)
    (question,) = asked(read(book))
    assert question == (
        "Feuil1!B3: in k€, this is 1250 million € for one project in one year: is that its unit?"
    )
    for map in ("unit: €", "unit: k€", "accept: [B3]"):
        assert asked(read(book, map)) == [], map


@pytest.mark.parametrize("name", ["Rappel PPI 2025", "Pour mémoire : plan voté", "PM"])
def test_a_row_that_recalls_another_plan_is_asked_about(tmp_path: Path, name: str) -> None:
    rows = [[K], HEAD, ["Halle", 10, 20], ["Pont", 1, 2], ["Total", 11, 22], [name, 9, 9]]
    (question,) = read(xlsx(tmp_path / "a.xlsx", rows)).account.questions
    assert str(question.place) == "Feuil1!A6"
    assert by_year(read(tmp_path / "a.xlsx", question.answers[0])) == {"2026": "11", "2027": "22"}


def test_a_last_row_whose_amount_is_vague_is_asked_about_and_not_lost(tmp_path: Path) -> None:
    rows = [[K], HEAD, ["Halle", 10, 20], ["Pont", "env. 300", "300-400"]]
    found = read(xlsx(tmp_path / "a.xlsx", rows))
    assert asked(found) == [
        "Feuil1!B4: “env. 300” is not an amount",
        "Feuil1!C4: “300-400” is not an amount",
    ]


def test_a_line_that_a_printed_total_counts_is_not_nearly_a_total(tmp_path: Path) -> None:
    rows = [[K], HEAD, ["Halle", 10, 20], ["Pont", 3, 4], ["Total Nord", 13, 25], ["Mail", 1, 1],
            ["Quai", 2, 2], ["Total", 16, 27]]  # fmt: skip
    found = read(xlsx(tmp_path / "a.xlsx", rows))
    assert (asked(found), wrong(found)) == ([], {"Feuil1!C5": "1"})


@pytest.mark.parametrize(
    "said",
    ["abandonné", "Annulée", "Opération suspendue", "sans suite", "non retenu", "option",
     "Reporté sine die", "pour mémoire", "cancelled"],
)  # fmt: skip
def test_a_row_that_is_said_to_be_set_aside_is_asked_about(tmp_path: Path, said: str) -> None:
    rows = [[K], ["Opération", "État", 2026, 2027], ["Halle", "en cours", 10, 5],
            ["Pont", said, 2, 1]]  # fmt: skip
    beside = [[K], HEAD, ["Halle", 10, 5], [f"Pont ({said})", 2, 1]]
    for table in (rows, beside):
        book = xlsx(tmp_path / "a.xlsx", table)
        (question,) = read(book).account.questions
        assert str(question.place) == "Feuil1!A4"
        assert asked(read(book, "accept: [A4]")) == []
        assert by_year(read(book, 'ignore: ["4:4"]')) == {"2026": "10", "2027": "5"}


def test_a_printed_total_tells_whether_what_is_set_aside_is_in_it(tmp_path: Path) -> None:
    rows = [[K], HEAD, ["Halle", 10, 5], ["Pont (option)", 2, 1], ["Total", 12, 6]]
    assert asked(read(xlsx(tmp_path / "a.xlsx", rows))) == []


@pytest.mark.parametrize("name", ["Suppression des passages", "Options de chauffage", "Annulation"])
def test_a_title_with_like_words_is_not_asked_about(tmp_path: Path, name: str) -> None:
    rows = [[K], HEAD, ["Halle", 10, 5], [name, 2, 1]]
    assert asked(read(xlsx(tmp_path / "a.xlsx", rows))) == []


def test_a_year_that_lies_in_two_is_asked_about(tmp_path: Path) -> None:
    rows = [[K], ["Opération", "2026/27", "2027/28"], ["Halle", 10, 5], ["Pont", 2, 1]]
    book = xlsx(tmp_path / "a.xlsx", rows)
    assert asked(read(book)) == [
        "Feuil1!B2: “2026/27” lies in two years: is it read as 2027, in which it ends?"
    ]
    assert by_year(read(book, "accept: [B2, C2]")) == {"2027": "12", "2028": "6"}
    assert asked(read(book, "accept: [B2, C2]")) == []
    assert by_year(read(book, "years: {B: 2026, C: 2027}")) == {"2026": "12", "2027": "6"}
    assert asked(read(book, "years: {B: 2026, C: 2027}")) == []
    named = [[K], ["Opération", "FY26-27", "FY27-28"], *rows[2:]]
    assert asked(read(xlsx(tmp_path / "b.xlsx", named))) == []


def test_of_rows_that_are_equal_those_that_look_like_totals_are_offered_as_such(
    tmp_path: Path,
) -> None:
    rows = [[K], HEAD, ["Écoles", 30, 20], ["Curie", 10, 15], ["Monet", 20, 5], ["Voirie", 7, 8],
            ["Rue A", 7, 8]]  # fmt: skip
    book = xlsx(tmp_path / "a.xlsx", rows, bold=[3, 6])
    (question,) = read(book).account.questions
    assert question.answers[:2] == ("totals: {rows: [3, 6]}", "accept: [A6, A7]")
    assert projects(read(book, question.answers[0])) == ["Curie", "Monet", "Rue A"]
