"""Books as people lay them out: read right, or asked about at the right cell; figures by hand."""

from datetime import date
from pathlib import Path

import pytest

from ppi_cli.manual import FOLDER
from ppi_cli.sheets.map import Map
from ppi_cli.sheets.writing import Written
from tests.sheets.books import asked, by_year, csv, projects, read, wrong, xlsx

K = "PPI en k€"
HEAD = ["Opération", 2026, 2027]
JAURES, CANTINE, TOTAL = ["Jaurès", 100, 200], ["Cantine", 50, 20], ["Total", 150, 220]


def themes(path: Path, map: str = "") -> list[str]:
    from ppi_cli.sheets.writing import Written

    return [theme.title for theme in Written(read(path, map)).themes.values()]


def test_themes_stand_in_headings_with_subtotals_and_a_grand_total(tmp_path: Path) -> None:
    rows = [[K], HEAD, ["Écoles"], JAURES, CANTINE, ["S/T", 150, 220], ["Voirie"],
            ["Lilas", 10, 20], ["S/T", 10, 20], ["TOTAL GÉNÉRAL", 160, 240]]  # fmt: skip
    book = xlsx(tmp_path / "a.xlsx", rows, bold=[3, 6, 7, 9, 10])
    found = read(book)
    assert asked(found) == []
    assert by_year(found) == {"2026": "160", "2027": "240"}
    assert projects(found) == ["Jaurès", "Cantine", "Lilas"]
    assert themes(book) == ["Écoles", "Voirie"]
    assert len(found.account.checks) == 6
    assert wrong(found) == {}


def test_numbers_of_headings_say_which_are_groups_and_which_are_themes(tmp_path: Path) -> None:
    from ppi_cli.sheets.writing import Written

    rows = [[K], HEAD, ["1 - Bâtiments"], ["1.1 - Écoles"], JAURES, CANTINE, ["1.2 - Sports"],
            ["Gymnase", 10, 20], ["Total Bâtiments", 160, 240], ["2 - Voirie"], ["2.1 - Rues"],
            ["Lilas", 1, 2], ["Total Voirie", 1, 2], ["Total général", 161, 242]]  # fmt: skip
    found = read(xlsx(tmp_path / "a.xlsx", rows, bold=[3, 4, 7, 10, 11]))
    assert (asked(found), wrong(found)) == ([], {})
    written = Written(found)
    themes = [(theme.group, theme.title) for theme in written.themes.values()]
    assert themes == [
        ("1 - Bâtiments", "1.1 - Écoles"),
        ("1 - Bâtiments", "1.2 - Sports"),
        ("2 - Voirie", "2.1 - Rues"),
    ]
    totals = {group.title: {*group.totals} for group in written.groups.values()}
    assert totals["1 - Bâtiments"] == {"2026", "2027"}


def test_totals_above_their_rows_without_the_word_are_found_by_form_and_name_themes(
    tmp_path: Path,
) -> None:
    rows = [[K], HEAD, ["Écoles", 150, 220], JAURES, CANTINE, ["Voirie", 15, 26],
            ["Lilas", 10, 20], ["Pont", 5, 6], ["Total", 165, 246]]  # fmt: skip
    book = xlsx(tmp_path / "a.xlsx", rows, bold=[3, 6, 9])
    found = read(book)
    assert asked(found) == []
    assert by_year(found) == {"2026": "165", "2027": "246"}
    assert themes(book) == ["Écoles", "Voirie"]


def test_a_row_that_adds_up_without_a_word_is_asked_about_and_stays_a_project(
    tmp_path: Path,
) -> None:
    lines = [["A", 10, 1], ["B", 20, 2], ["C", 30, 3]]
    book = xlsx(tmp_path / "a.xlsx", [[K], HEAD, *lines])
    found = read(book)
    assert asked(found) == [
        "Feuil1!A5:C5: “C” equals the row beside it, or the sum of rows beside it: a total, or a"
        " project?"
    ]
    assert projects(found) == ["A", "B", "C"]
    for map in ("totals: none", "totals: words", "accept: [A5]"):
        assert asked(read(book, map)) == []
        assert by_year(read(book, map)) == {"2026": "60", "2027": "6"}
    assert by_year(read(book, "totals: {rows: [5]}")) == {"2026": "30", "2027": "3"}


def test_a_printed_total_that_agrees_proves_its_rows_to_be_projects(tmp_path: Path) -> None:
    lines = [["A", 10, 1], ["B", 20, 2], ["C", 30, 3], ["Total", 60, 6]]
    found = read(xlsx(tmp_path / "a.xlsx", [[K], HEAD, *lines]))
    assert asked(found) == []
    assert projects(found) == ["A", "B", "C"]


def test_a_wrong_total_is_named_with_its_cell_and_by_how_much(tmp_path: Path) -> None:
    rows = [[K], [*HEAD, "Total"], [*JAURES, 300], [*CANTINE, 71], ["Total", 150, 221, 371]]
    found = read(xlsx(tmp_path / "a.xlsx", rows))
    assert asked(found) == []
    assert wrong(found) == {"Feuil1!C5": "1", "Feuil1!D4": "1", "Feuil1!D5": "1"}
    assert by_year(found) == {"2026": "150", "2027": "220"}


def test_a_total_below_a_wrong_one_is_right_where_it_is_what_the_years_add_up_to(
    tmp_path: Path,
) -> None:
    rows = [[K], [*HEAD, "Total"], [*JAURES, 300], [*CANTINE, 71], ["Total", 150, 220, 370]]
    assert wrong(read(xlsx(tmp_path / "a.xlsx", rows))) == {"Feuil1!D4": "1"}


def test_the_same_money_twice_is_asked_about(tmp_path: Path) -> None:
    funders = [["Par financeur", 2026, 2027], ["Ville", 90, 120], ["État", 60, 100], TOTAL]
    book = xlsx(tmp_path / "a.xlsx", [[K], HEAD, JAURES, CANTINE, TOTAL, [], *funders])
    found = read(book)
    assert asked(found) == [
        "Feuil1!A7:C10: Feuil1!A7:C10 add up to the same as Feuil1!A2:C5: the same money twice?"
    ]
    kept = read(book, "ignore: [A7:C10]")
    assert asked(kept) == []
    assert by_year(kept) == {"2026": "150", "2027": "220"}


def test_a_header_in_thousands_over_cells_that_are_shown_in_thousands_is_asked_about(
    tmp_path: Path,
) -> None:
    rows = [["Amounts in thousands of euros"], ["Project", 2026, 2027], ["A", 100_000, 200_000],
            ["B", 50_000, 20_000], ["Total", 150_000, 220_000]]  # fmt: skip
    book = xlsx(tmp_path / "a.xlsx", rows, formats={"B3:C5": "#,##0,"})
    (question,) = asked(read(book))
    assert question.startswith("Feuil1!A1: the header says thousands")
    assert asked(read(book, "unit: €")) == []


def test_nothing_says_the_unit(tmp_path: Path) -> None:
    found = read(xlsx(tmp_path / "a.xlsx", [["PPI"], HEAD, JAURES, CANTINE, TOTAL]))
    assert asked(found) == ["Feuil1!B3: nothing says in which unit the amounts are"]


def test_a_format_names_the_unit_of_its_cells(tmp_path: Path) -> None:
    rows = [["PPI en €"], HEAD, ["Jaurès", 175, 3000], ["Cantine", 25, 1000]]
    found = read(xlsx(tmp_path / "a.xlsx", rows, formats={"B3:B4": '0" k€"'}))
    assert by_year(found) == {"2026": "200000", "2027": "4000"}


def test_quarters_stand_below_merged_years(tmp_path: Path) -> None:
    rows = [[K], ["Opération", 2026, None, None, None, 2027],
            [None, "T1", "T2", "T3", "T4", "T1", "T2", "T3", "T4"],
            ["Jaurès", 1, 2, 3, 4, 5, 6, 7, 8], ["Total", 1, 2, 3, 4, 5, 6, 7, 8]]  # fmt: skip
    book = xlsx(tmp_path / "a.xlsx", rows, merged=["B2:E2", "F2:I2"])
    found = read(book)
    assert asked(found) == []
    assert by_year(found)["2026-T2"] == "2"
    assert by_year(found)["2027-T4"] == "8"


def test_the_total_of_a_year_beside_its_quarters_is_no_other_money(tmp_path: Path) -> None:
    head = ["Opération", "T1 2026", "T2 2026", "T3 2026", "T4 2026", "Total 2026"]
    rows = [[K], head, ["Jaurès", 1, 2, 3, 4, 10], ["Cantine", 1, 1, 1, 1, 5]]
    found = read(xlsx(tmp_path / "a.xlsx", rows))
    assert "2026" not in by_year(found)
    assert wrong(found) == {"Feuil1!F4": "1"}


def test_two_columns_of_one_year_are_asked_about(tmp_path: Path) -> None:
    head = ["Opération", "Dépenses 2026", "Dépenses 2027", "Recettes 2026", "Recettes 2027"]
    rows = [[K], head, ["Jaurès", 100, 200, 10, 20], ["Cantine", 50, 20, 5, 2]]
    assert [q for q in asked(read(xlsx(tmp_path / "a.xlsx", rows))) if "one time" in q] == [
        "Feuil1!B2:D2: columns B, D are of one time: which of them counts?",
        "Feuil1!C2:E2: columns C, E are of one time: which of them counts?",
    ]


def test_french_amounts_of_a_csv_as_windows_writes_it(tmp_path: Path) -> None:
    text = (
        "PPI;;;\nOpération;2026;2027;Total\nÉcole;1 234,56 €;10,00 €;1 244,56 €\n"
        "Cantine;5,44 €;- €;5,44 €\nTotal général;1 240,00 €;10,00 €;1 250,00 €\n"
    )
    found = read(csv(tmp_path / "a.csv", text, "cp1252"))
    assert asked(found) == []
    assert by_year(found) == {"2026": "1240.00", "2027": "10.00"}
    assert {c.state for c in found.account.checks} == {"right"}


def test_cents_that_were_rounded_are_told_and_stop_nothing(tmp_path: Path) -> None:
    text = "en €;;\nOpération;2026;2027\nA;0,33;1,00\nB;0,33;1,00\nC;0,33;1,00\nTotal;1,00;3,00\n"
    found = read(csv(tmp_path / "a.csv", text))
    assert [c.state for c in found.account.checks] == ["rounded", "right"]


def test_of_which_is_a_part_of_the_row_above_where_a_total_proves_it(tmp_path: Path) -> None:
    part = ["dont études", 10, 20]
    proven = read(xlsx(tmp_path / "a.xlsx", [[K], HEAD, JAURES, part, CANTINE, TOTAL]))
    assert asked(proven) == []
    assert by_year(proven) == {"2026": "150", "2027": "220"}
    alone = read(xlsx(tmp_path / "b.xlsx", [[K], HEAD, JAURES, part, CANTINE]))
    assert asked(alone) == [
        "Feuil1!A4:C4: “dont études”: a part of the row above, or money of its own?"
    ]


def test_money_before_and_after_the_plan_and_the_whole(tmp_path: Path) -> None:
    head = ["Opération", "Réalisé avant 2026", 2026, 2027, "Après 2027", "Total"]
    rows = [[K], head, ["Jaurès", 5, 100, 200, 7, 312], ["Cantine", None, 50, 20, None, 70],
            ["Total", 5, 150, 220, 7, 382]]  # fmt: skip
    found = read(xlsx(tmp_path / "a.xlsx", rows))
    assert asked(found) == []
    assert by_year(found) == {"before": "5", "2026": "150", "2027": "220", "beyond": "7"}
    assert wrong(found) == {}


def test_the_year_is_a_heading(tmp_path: Path) -> None:
    rows = [["Levy in $"], ["Project", "Amount"], ["2026 Completion"], ["A", 100], ["B", 50],
            ["Total 2026", 150], ["2027 Completion"], ["C", 10], ["Total 2027", 10],
            ["Grand total", 160]]  # fmt: skip
    map = "amount: Amount\nmarks: {year: {column: A, matches: '^(20[0-9]{2}) Completion'}}"
    found = read(xlsx(tmp_path / "a.xlsx", rows), map)
    assert asked(found) == []
    assert by_year(found) == {"2026": "150", "2027": "10"}
    assert wrong(found) == {}


def test_a_sheet_for_each_year_with_a_column_for_each_source(tmp_path: Path) -> None:
    """The layout of a city's fund summary: the year stands in a title alone."""

    def sheet(year: int, roads: int, water: int) -> list[object]:
        return [["Amounts in thousands"], [f"Fiscal Year: {year}"],
                ["No", "Bureau", "Bonds", "Grants", "Totals"],
                ["1", "Roads", roads, 0, roads], ["2", "Water", 5, water, 5 + water],
                ["", f"Year Total for {year}", roads + 5, water, roads + water + 5]]  # fmt: skip

    book = xlsx(tmp_path / "a.xlsx", {"One": sheet(2024, 10, 20), "Two": sheet(2025, 30, 40)})
    map = "unit: k$\nyear_in: 'Year: +(20[0-9]{2})'\nproject: Bureau\nsources: C..D\nown: [Bonds]"
    found = read(book, f"{map}\ntotal: E")
    assert asked(found) == []
    assert by_year(found) == {"2024": "35", "2025": "75"}
    assert {c.state for c in found.account.checks} == {"right"}
    assert projects(found) == ["Roads", "Water"]


def test_a_block_for_each_project_with_a_row_for_each_source(tmp_path: Path) -> None:
    """The layout of a city's six-year programme: amounts are texts, the header is repeated."""

    def block(number: str, title: str, *rows: object) -> list[object]:
        head: object = ["Source of Funds", None, "Appr. to date", 2024, None, 2025, "Total"]
        return [[number, title], ["Location:", "Citywide"], head, *rows, []]

    rows = [["Ordinance for: Parks"], ["Amounts in thousands"], [],
            *block("117-059", "Upgrade", ["200 General Funds", None, 250, "1,800", None, "Zero",
                                          2050],
                   ["Total", None, 250, 1800, None, 0, 2050]),
            *block("117-071", "Cameras", ["200 General Funds", None, 0, "1,000", None, "0", 1000],
                   ["300 Grants", None, 0, "200", None, "100", 300],
                   ["Total", None, 0, 1200, None, 100, 1300])]  # fmt: skip
    map = (
        "unit: k$\ndecimals: point\ntheme_in: 'for: (.+)'\nsource: A\nown: none\n"
        "marks: {project: {column: A, matches: '^[0-9]{3}-[0-9]{3}$', title: [A, B]}}"
    )
    found = read(xlsx(tmp_path / "a.xlsx", rows), map)
    assert asked(found) == []
    assert by_year(found) == {"before": "250", "2024": "3000", "2025": "100"}
    assert projects(found) == ["Upgrade", "Cameras"]
    assert {c.state for c in found.account.checks} == {"right"}


def test_no_year_in_the_file(tmp_path: Path) -> None:
    text = "Project,Department,Capital_Year_0,Capital_Year_25\nA,X,$100,$50\nB,Y,$10,$5\n"
    book = csv(tmp_path / "a.csv", text)
    assert asked(read(book)) == ["a!C2: no years are found above the 4 numbers of this sheet"]
    found = read(book, "years: {Capital_Year_0: 2026, Capital_Year_25: 2027..2030}")
    assert asked(found) == []
    assert by_year(found) == {"2026": "110", "2027..2030": "55"}


def test_a_long_table_has_a_row_for_each_amount(tmp_path: Path) -> None:
    text = (
        "Fiscal_Year,Department,Fund,Amount,Kind\n2025,Parks,Zoo,50,E\n2026,Parks,Zoo,70,E\n"
        "2025,Roads,General,7,E\n2025,Parks,Zoo,40,R\n"
    )
    map = "unit: $\nproject: [Department, Fund]\nonly: {Kind: E}\ntotals: none"
    found = read(csv(tmp_path / "a.csv", text), map)
    assert asked(found) == []
    assert by_year(found) == {"2025": "57", "2026": "70"}
    assert projects(found) == ["Parks – Zoo", "Roads – General"]
    assert len(found.uncovered) == 3


def test_a_table_to_the_right_that_nothing_explains_is_asked_about(tmp_path: Path) -> None:
    rows = [[K], [*HEAD, None, "Emprunt", "Capital"], [*JAURES, None, "CDC", 3000],
            [*CANTINE, None, "LBP", 4000], TOTAL]  # fmt: skip
    book = xlsx(tmp_path / "a.xlsx", rows)
    assert asked(read(book)) == ["Feuil1!F3:F5: what are the 2 numbers of this column, “Capital”?"]
    assert asked(read(book, "ignore: [E:F]")) == []


def test_hidden_rows_with_money_are_asked_about(tmp_path: Path) -> None:
    book = xlsx(tmp_path / "a.xlsx", [[K], HEAD, JAURES, CANTINE, TOTAL], hidden=[4])
    assert asked(read(book)) == [
        "Feuil1!B4: 2 amounts are hidden, here and elsewhere in this sheet"
    ]
    assert by_year(read(book, "hidden: read")) == {"2026": "150", "2027": "220"}
    assert wrong(read(book, "hidden: skip")) == {"Feuil1!B5": "50", "Feuil1!C5": "20"}


def test_letters_are_never_stripped_from_what_is_no_amount(tmp_path: Path) -> None:
    rows = [[K], HEAD, ["Jaurès", "2016 Levy Allocation", 200], CANTINE]
    assert asked(read(xlsx(tmp_path / "a.xlsx", rows))) == [
        "Feuil1!B3: “2016 Levy Allocation” is not an amount"
    ]


def test_filled_cells_are_the_quarters_of_work(tmp_path: Path) -> None:
    head = ["Opération", "T1 2026", "T2 2026", "T3 2026", "T4 2026"]
    book = xlsx(
        tmp_path / "a.xlsx",
        [["Planning"], head, ["Jaurès"], ["Cantine"]],
        filled=["B3", "C3", "E4"],
    )
    from ppi_cli.sheets.writing import Written, files_of

    found = read(book, "schedule: filled")
    assert asked(found) == []
    text = files_of(Written(found))["plan.yaml"]
    assert "quarters: 2026-T1..2026-T2" in text
    assert "quarters: 2026-T4" in text


def test_a_cost_without_a_year_is_paid_in_the_quarters_that_are_filled(tmp_path: Path) -> None:
    from ppi_cli.sheets.writing import Written, files_of

    rows = [[K], ["Opération", "Coût total", 2026, None, None, None, 2027],
            [None, None, "T1", "T2", "T3", "T4", "T1", "T2", "T3", "T4"],
            ["Halle", 800], ["Stade", 350], ["Pont", 9], ["Total", 1159]]  # fmt: skip
    filled = ["C4", "D4", "E4", "G5", "C6", "E6"]
    book = xlsx(tmp_path / "a.xlsx", rows, filled=filled, merged=["C2:F2", "G2:J2"])
    schedule, cost = read(book).account.questions
    assert [str(each.place) for each in (schedule, cost)] == ["Feuil1!C2:J7", "Feuil1!B3:B7"]
    assert cost.answers == ('ignore: ["B:B"]', "years: {B: 2026..2027}")
    found = read(book, f"{schedule.answers[0]}\n{cost.answers[1]}")
    assert (asked(found), wrong(found)) == ([], {})
    text = files_of(Written(found))["plan.yaml"]
    assert "- {quarters: 2026-T1..2026-T3, in_all: 800," in text
    assert "- {2027-T1: 350," in text
    assert "- {years: 2026..2027, in_all: 9," in text  # no one span of work


def test_columns_of_who_pays_are_left_out_together(tmp_path: Path) -> None:
    rows = [[K], [*HEAD, "État", "Région", "Ville"], [*JAURES, 10, 20, 270], [*CANTINE, 5, 5, 60]]
    book = xlsx(tmp_path / "a.xlsx", rows)
    questions = read(book).account.questions
    assert [str(each.place) for each in questions] == [f"Feuil1!{c}3:{c}4" for c in "DEF"]
    answers = ("funding: [État, Région, Ville]", 'ignore: ["D:F"]')
    assert {each.answers for each in questions} == {answers}
    found = read(book, questions[0].answers[1])
    assert (asked(found), by_year(found)) == ([], {"2026": "150", "2027": "220"})


def test_work_goes_on_from_one_date_or_quarter_to_another(tmp_path: Path) -> None:
    from ppi_cli.sheets.writing import Written, files_of

    rows = [[K], [*HEAD, "Début", "Fin"], [*JAURES, date(2026, 2, 1), date(2026, 9, 30)],
            [*CANTINE, "T3 2026", "T1 2027"], TOTAL]  # fmt: skip
    found = read(xlsx(tmp_path / "a.xlsx", rows), "schedule: {start: Début, end: Fin}")
    assert asked(found) == []
    text = files_of(Written(found))["plan.yaml"]
    assert "quarters: 2026-T1..2026-T3" in text
    assert "quarters: 2026-T3..2027-T1" in text


def test_taxes_shares_and_running_sums_are_asked_about(tmp_path: Path) -> None:
    rows = [[K], HEAD, JAURES, CANTINE, ["Total HT", 150, 220], ["TVA 20 %", 30, 44],
            ["Total TTC", 180, 264], ["Part en %", 0.4, 0.6],
            ["Cumul des dépenses", 180, 444]]  # fmt: skip
    book = xlsx(tmp_path / "a.xlsx", rows)
    assert asked(read(book)) == [
        "Feuil1!A6: 3 rows are called taxes, shares or running sums (TVA), as “TVA 20 %”: are they"
        " costs?",
        "Feuil1!A7: amounts with and without taxes are named: which are those that are read?",
    ]
    found = read(book, "{tax: excl, ignore: ['6:9']}")
    assert asked(found) == []
    assert by_year(found) == {"2026": "150", "2027": "220"}


def test_the_rows_that_are_totals_are_offered_together_and_the_word_stays_a_total(
    tmp_path: Path,
) -> None:
    rows = [[K], HEAD, ["Écoles", 150, 220], JAURES, CANTINE, ["Voirie", 15, 26],
            ["Lilas", 10, 20], ["Pont", 5, 6], ["Total", 165, 246]]  # fmt: skip
    book = xlsx(tmp_path / "a.xlsx", rows)
    (question,) = read(book).account.questions
    assert question.answers[0] == "totals: {rows: [3, 6, 9]}"
    for map in (question.answers[0], "totals: {rows: [6, 3]}"):
        found = read(book, map)
        assert projects(found) == ["Jaurès", "Cantine", "Lilas", "Pont"]
        assert by_year(found) == {"2026": "165", "2027": "246"}
        assert wrong(found) == {}
    assert "Total" in projects(read(book, "{totals: {rows: [6, 3]}, accept: [A9]}"))


def test_rows_without_which_a_printed_total_doubles_are_offered_as_totals_alone(
    tmp_path: Path,
) -> None:
    rows = [[K], HEAD, ["Écoles", 150, 220], JAURES, CANTINE, ["Voirie", 15, 26],
            ["Lilas", 10, 20], ["Pont", 5, 6], ["Total", 165, 246]]  # fmt: skip
    sheets = {"Nord": rows, "Sud": [[K], HEAD, ["Stade", 7, 8], ["Total", 7, 8]]}
    (question,) = read(xlsx(tmp_path / "a.xlsx", sheets)).account.questions
    assert question.answers == (
        "totals: {rows: [Nord!3, Nord!6, Nord!9, Sud!4]}",
        "accept: [Nord!A6, Nord!A3]",
    )
    found = read(tmp_path / "a.xlsx", question.answers[0])
    assert (by_year(found), wrong(found)) == ({"2026": "172", "2027": "254"}, {})


def test_quarters_without_amounts_are_asked_to_be_when_work_is_done(tmp_path: Path) -> None:
    from ppi_cli.sheets.writing import Written, files_of

    head = ["Opération", "T1 2026", "T2 2026", "T3 2026", "T4 2026", "Coût 2026", "Coût 2027"]
    book = xlsx(tmp_path / "a.xlsx", [[K], head, ["Jaurès", *[None] * 4, 100, 200],
                ["Cantine", None, None, "x", "x", 50, 20]], filled=["B3", "C3"])  # fmt: skip
    (question,) = read(book).account.questions
    assert str(question.place) == "Feuil1!B2:E4"
    assert question.answers == ("schedule: filled", 'ignore: ["B:E"]')
    found = read(book, "schedule: filled")
    assert (asked(found), by_year(found)) == ([], {"2026": "150", "2027": "220"})
    text = files_of(Written(found))["plan.yaml"]
    assert "quarters: 2026-T1..2026-T2" in text
    assert "quarters: 2026-T3..2026-T4" in text


def test_a_year_and_more_is_after_the_plan(tmp_path: Path) -> None:
    for later in ("2028 et +", "2028 et suivantes", "à partir de 2028", "2028 & +", "2028+"):
        book = xlsx(tmp_path / "a.xlsx", [[K], [*HEAD, later, "Total"], [*JAURES, 7, 307]])
        assert asked(read(book)) == [], later
        assert by_year(read(book))["beyond"] == "7"
    book = xlsx(tmp_path / "a.xlsx", [[K], [*HEAD, "2028-2031"], [*JAURES, 7], [*CANTINE, 1]])
    answers = ('ignore: ["D:D"]', "years: {B: 2026, C: 2027, D: 2028..2031}", "beyond: D")
    assert read(book).account.questions[0].answers == answers
    book = xlsx(tmp_path / "a.xlsx", [[K], [*HEAD, "FCTVA"], [*JAURES, 7], [*CANTINE, 1]])
    assert read(book).account.questions[0].answers == ('ignore: ["D:D"]',)  # the plan reckons it


def test_columns_with_taxes_and_without_are_asked_about(tmp_path: Path) -> None:
    head = ["Opération", "2026 HT", "2026 TTC", "2027 HT", "2027 TTC"]
    book = xlsx(tmp_path / "a.xlsx", [[K], head, ["Jaurès", 100, 120, 200, 240]])
    first = read(book).account.questions[0]
    assert first.answers == ('ignore: ["C:C", "E:E"]', 'ignore: ["B:B", "D:D"]')
    assert "with taxes and without" in asked(read(book))[0]
    found = read(book, f"{first.answers[0]}\ntax: excl")
    assert (asked(found), by_year(found)) == ([], {"2026": "100", "2027": "200"})


@pytest.mark.parametrize("merged", [["B2:C2", "D2:E2"], []])
def test_words_below_years_say_what_the_columns_of_each_are(
    tmp_path: Path, merged: list[str]
) -> None:
    rows = [[K], ["Opération", 2026, None, 2027, None], [None, "HT", "TTC", "HT", "TTC"],
            ["Halle", 100, 120, 50, 60], ["Total", 100, 120, 50, 60]]  # fmt: skip
    book = xlsx(tmp_path / "a.xlsx", rows, merged=merged)
    questions = read(book).account.questions
    assert [str(each.place) for each in questions] == ["Feuil1!B2:C2", "Feuil1!D2:E2", "Feuil1!C3"]
    found = read(book, f"{questions[0].answers[0]}\ntax: excl")
    assert (asked(found), by_year(found)) == ([], {"2026": "100", "2027": "50"})


def test_columns_of_one_time_that_all_count_are_offered_together(tmp_path: Path) -> None:
    head = ["Opération", "Études 2026", "Études 2027", "Travaux 2026", "Travaux 2027"]
    book = xlsx(tmp_path / "a.xlsx", [[K], head, ["Halle", 1, 2, 10, 20], ["Pont", 3, 4, 30, 40]])
    answers = read(book).account.questions[0].answers
    assert answers == (
        'ignore: ["D:E"]', 'ignore: ["B:C"]', "years: {B: 2026, C: 2027, D: 2026, E: 2027}"
    )  # fmt: skip
    sums = [{"2026": "4", "2027": "6"}, {"2026": "40", "2027": "60"}, {"2026": "44", "2027": "66"}]
    for answer, by_time in zip(answers, sums, strict=True):
        assert (asked(read(book, answer)), by_year(read(book, answer))) == ([], by_time)


def test_a_year_beside_its_quarters_is_asked_about(tmp_path: Path) -> None:
    head = ["Opération", "T1 2026", "T2 2026", "T3 2026", "T4 2026", 2026, 2027]
    rows = [["Halle", 1, 2, 3, 4, 10, 5], ["Pont", 1, 1, 1, 1, 4, 2]]
    book = xlsx(tmp_path / "a.xlsx", [[K], head, *rows])
    answers = read(book).account.questions[0].answers
    assert answers == ('ignore: ["F:F"]', 'ignore: ["B:E"]', "total: [F]")
    for answer in answers:
        found = read(book, answer)
        assert (asked(found), sum(map(int, by_year(found).values()))) == ([], 14 + 7)


def test_what_stands_above_a_column_that_the_years_leave_unnamed_names_it(tmp_path: Path) -> None:
    rows = [["Capital program ($ thousands)"], ["Project", "Budget", None, "Prior years"],
            [None, 2027, 2026, None], ["Roof", 10, 200, 40], ["Total", 10, 200, 40]]  # fmt: skip
    book = xlsx(tmp_path / "a.xlsx", rows, merged=["B2:C2"])
    found = read(book)
    assert asked(found) == []
    assert by_year(found) == {"2027": "10", "2026": "200", "before": "40"}
    assert by_year(read(book, "before: Prior years\nproject: Project")) == by_year(found)


def test_a_first_row_whose_amounts_are_the_years_is_asked_about(tmp_path: Path) -> None:
    rows = [[K], [*HEAD, 2028], ["Halle", 2026, 2027, 2028], ["Pont", 5, 6, 7]]
    book = xlsx(tmp_path / "a.xlsx", rows)
    assert str(read(book).account.questions[0].place) == "Feuil1!B3:D3"
    for answer in ("accept: [A3]", "header: 2"):
        found = read(book, answer)
        assert (asked(found), by_year(found)["2026"]) == ([], "2031")


def test_the_same_years_below_other_rows_are_a_header(tmp_path: Path) -> None:
    rows = "{};2026;2027\n{};100;50\nTotal;100;50\n"
    text = f"Par thème (k€);;\n{rows.format('Projet', 'Parc')};;\nPar direction (k€);;\n"
    text += rows.format("Direction", "DSI").replace("100", "70")
    found = read(csv(tmp_path / "a.csv", text))
    assert asked(found) == []
    assert by_year(found) == {"2026": "170", "2027": "100"}


def test_a_long_table_with_taxes_and_without_asks_which_column_counts(tmp_path: Path) -> None:
    text = (
        "Projet;Montant HT;Montant TTC;Année\nParc;100 €;120 €;2026\nRéseau;50 €;60 €;2027\n"
        "Total;150 €;180 €;\n"
    )
    book = csv(tmp_path / "a.csv", text)
    (question,) = read(book).account.questions
    assert str(question.place) == "a!B1:C1"
    found = read(book, f"{question.answers[1]}\nignore: ['B:B']")
    assert (asked(found), found.tax) == ([], "incl")
    assert by_year(found) == {"2026": "120", "2027": "60"}


def test_a_pattern_for_the_year_is_followed_by_which_columns_hold_its_amounts(
    tmp_path: Path,
) -> None:
    rows = [["Année : 2026"], ["No", "Service", "Ville", "État", "Total"],
            ["1", "Voirie", 10, 20, 30], ["2", "Eau", 5, 6, 11]]  # fmt: skip
    book = xlsx(tmp_path / "a.xlsx", {"Un": rows, "Deux": rows})
    (question,) = read(book).account.questions
    assert question.answers[-1] == "year_in: '(20[0-9]{2})'"
    (question,) = read(book, question.answers[-1]).account.questions
    assert str(question.place) == "Un!C3:D4"
    assert question.answers == ("amount: C", "sources: C..D")


def test_halves_of_years_are_columns(tmp_path: Path) -> None:
    """A plan has no half of a year: both are its year's money."""
    below = [[K], ["Opération", 2026, None, 2027], [None, "S1", "S2", "S1", "S2", "Total"]]
    heads = [f"{n} semestre {year}" for year in (2026, 2027) for n in ("1er", "2e")]
    for rows in (below, [[K], ["Opération", *heads, "Total"]]):
        more = [
            ["École", 10, 20, 30, 40, 100],
            ["Stade", 1, 2, 3, 4, 10],
            ["Total", 11, 22, 33, 44],
        ]
        merged = ["B2:C2", "D2:E2"] if rows is below else []
        found = read(xlsx(tmp_path / "a.xlsx", [*rows, *more], merged=merged))
        assert (asked(found), wrong(found)) == ([], {})
        assert {e.period.key for e in found.entries if e.period} == {"2026", "2027"}
        assert by_year(found) == {"2026": "33", "2027": "77"}


def test_costs_above_receipts_are_asked_about_and_read_without_them(tmp_path: Path) -> None:
    rows = [["Budget en €"], ["DÉPENSES", 2026, 2027, 2028], ["École", 100, 50, 0],
            ["Voirie", 20, 20, 20], ["Total dépenses", 120, 70, 20], ["RECETTES", 2026, 2027, 2028],
            ["FCTVA", 50, 30, 10], ["Emprunt", 70, 40, 10],
            ["Total recettes", 120, 70, 20]]  # fmt: skip
    book = xlsx(tmp_path / "a.xlsx", rows)
    twice, receipts = read(book).account.questions
    assert str(twice.place) == "Feuil1!A6:D9"
    assert receipts.answers[0] == "ignore: [A7:D9]"
    found = read(book, twice.answers[0])
    assert asked(found) == []
    assert by_year(found) == {"2026": "120", "2027": "70", "2028": "20"}


def test_programmes_and_payments_below_their_total(tmp_path: Path) -> None:
    rows = [["AP/CP, en k€"],
            ["N° AP", "Libellé", "AP votée", "CP antérieurs", "CP 2026", "CP 2027", "CP suivants"],
            [None, "TOTAL", 1000, 100, 300, 400, 200], ["AP01", "École", 600, 100, 200, 200, 100],
            ["AP02", "Stade", 400, 0, 100, 200, 100]]  # fmt: skip
    book = xlsx(tmp_path / "a.xlsx", rows, bold=[3])
    assert asked(read(book)) == ["Feuil1!C3:C5: what are the 3 numbers of this column, “AP votée”?"]
    found = read(book, "total: C")
    assert (asked(found), wrong(found)) == ([], {})
    assert by_year(found) == {"before": "100", "2026": "300", "2027": "400", "beyond": "200"}
    assert len(found.account.checks) == 8


def test_months_that_are_filled_are_quarters_of_work(tmp_path: Path) -> None:
    from ppi_cli.sheets.writing import Written, files_of

    months = [
        "janv.",
        "févr.",
        "mars",
        "avr.",
        "mai",
        "juin",
        "juil.",
        "août",
        "sept.",
        "oct.",
        "nov.",
        "déc.",
    ]
    rows = [[K], ["Projet", "Coût 2026", "Coût 2027", 2026], [None, None, None, *months],
            ["École", 100, 50], ["Stade", 20, 30], ["Total", 120, 80]]  # fmt: skip
    book = xlsx(tmp_path / "a.xlsx", rows, filled=["D4", "H4", "O5"], merged=["D2:O2"])
    assert str(read(book).account.questions[0].place) == "Feuil1!D2:O6"
    found = read(book, "schedule: filled")
    assert (asked(found), by_year(found)) == ([], {"2026": "120", "2027": "80"})
    assert "quarters: 2026-T1..2026-T2" in files_of(Written(found))["plan.yaml"]


def test_words_of_what_an_account_is_are_no_account(tmp_path: Path) -> None:
    rows = [[K], ["Projet", "Nature comptable", 2026, 2027], ["École", "Travaux", 1, 2]]
    found = read(xlsx(tmp_path / "a.xlsx", rows))
    assert "account" not in found.entries[0].row.texts


def test_the_manual_names_each_key_of_the_map() -> None:
    for name in ("import.md", "import.fr.md"):
        text = (FOLDER / name).read_text(encoding="utf-8")
        keys = [field.alias or key for key, field in Map.__pydantic_fields__.items()]  # type: ignore[attr-defined]
        assert [key for key in keys if f"`{key}`" not in text] == []


@pytest.mark.parametrize(
    "named", ["total: [Z]", "total: Z", "total: [Y..Z]", "before: Z", "project: Z", "total: [Nom]"]
)
def test_a_column_that_no_sheet_has_is_told_and_not_passed_over(tmp_path: Path, named: str) -> None:
    book = xlsx(tmp_path / "a.xlsx", [["Projet", 2026, 2027], ["Halle", 1000, 2000]])
    name = named.split(": ")[1].strip("[]")
    told = [
        each for each in asked(read(book, f"unit: €\n{named}\n")) if "map names a column" in each
    ]
    assert told == [f"Feuil1!A1: the map names a column that is not in this sheet: {name}"]


def test_headings_are_told_by_their_number_in_its_own_column(tmp_path: Path) -> None:
    rows = [["PPI en k€"], ["Code", "Libellé", 2026, 2027], ["1", "ENFANCE"],
            ["1.1", "Crèche", 90, 55], ["1.2", "RAM", 20, None],
            ["2", "SCOLAIRE"], ["2.1", "Groupe", 5, 5]]  # fmt: skip
    found = read(xlsx(tmp_path / "a.xlsx", rows))
    assert asked(found) == []
    assert projects(found) == ["Crèche", "RAM", "Groupe"]
    themes = {p.title: p.theme for p in Written(found).projects.values()}
    assert themes == {"Crèche": "ENFANCE", "RAM": "ENFANCE", "Groupe": "SCOLAIRE"}
