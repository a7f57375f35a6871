"""Columns of who pays beside those of costs: read, checked, and written as funding of projects."""

from pathlib import Path

import pytest

from ppi_cli.sheets.wording import payer_of
from ppi_cli.sheets.writing import Written, files_of
from tests.sheets.books import asked, by_year, csv, read, wrong, xlsx

HEAD = "Projet;2026;2027;Total;DETR;Région;Reste à charge\n"
TABLE = HEAD + "Toiture;100;50;150;40;20;90\nÉclairage;30;;30;;9;21\nTotal;130;50;180;40;29;111\n"
UNIT = "unit: k€\n"
MAP = f"{UNIT}funding: [DETR, Région, Reste à charge]\nown: [Reste à charge]\nstatus: granted\n"


def test_columns_that_are_called_as_who_pays_are_asked_about_with_the_line_to_type(
    tmp_path: Path,
) -> None:
    book = csv(tmp_path / "a.csv", TABLE)
    questions = read(book, UNIT).account.questions
    assert [str(each.place) for each in questions] == ["a!E2:E4", "a!F2:F4", "a!G2:G4"]
    answers = {each.answers for each in questions}
    assert answers == {("funding: [DETR, Région, Reste à charge]", 'ignore: ["E:G"]')}
    (own,) = read(book, UNIT + questions[0].answers[0]).account.questions
    assert own.answers == ("own: [Reste à charge]", "own: none")


def test_what_each_pays_is_written_without_a_year_and_its_printed_totals_with_it(
    tmp_path: Path,
) -> None:
    found = read(csv(tmp_path / "a.csv", TABLE), MAP)
    assert (asked(found), wrong(found)) == ([], {})
    assert by_year(found) == {"2026": "130", "2027": "50"}
    assert len(found.account.checks) == 9
    text = files_of(Written(found))["plan.yaml"]
    assert (
        """
  - id: region
    title: Région
    stated_totals:
      whole: {amount: 29, source: "a.csv, a!F4"}
  - id: reste-a-charge
    title: Reste à charge
    own: yes
"""
        in text
    )
    assert (
        """
    funding:
      - {from: region, status: granted, amount: 9, source: "a.csv, a!F3"}
      - {from: reste-a-charge, amount: 21, source: "a.csv, a!G3"}
    stated_totals:
      total: {amount: 30, source: "a.csv, a!D3"}
"""
        in text
    )


def test_a_wrong_total_of_who_pays_and_a_row_that_does_not_come_to_its_costs_are_named(
    tmp_path: Path,
) -> None:
    """9 instead of 29 at the bottom; of 150 k€, 40 + 20 + 80 are paid."""
    found = read(csv(tmp_path / "a.csv", TABLE.replace(";29;", ";9;")), MAP)
    assert wrong(found) == {"a!F4": "-20"}
    table = TABLE.replace(";90", ";80").replace(";111", ";101")
    found = read(csv(tmp_path / "b.csv", table), MAP)
    assert wrong(found) == {}
    (remark,) = found.account.remarks
    assert str(remark.place) == "b!E2"
    assert (remark.message.values["costs"], remark.message.values["paid"]) == ("150", "140")


def test_a_column_may_sum_what_all_the_others_pay(tmp_path: Path) -> None:
    table = (
        "Projet;2026;2027;DETR;Région;Total subventions;Commune\n"
        "Toiture;100;50;40;20;60;90\n"
        "Éclairage;30;10;;9;5;31\n"
    )
    map = f"{UNIT}funding: [DETR, Région, Commune]\nown: [Commune]\n"
    found = read(csv(tmp_path / "a.csv", table), f"{map}total: F\n")
    assert (asked(found), wrong(found)) == ([], {"a!F3": "-4"})


def test_a_row_may_say_who_pays_its_grant(tmp_path: Path) -> None:
    table = (
        "Projet;2026;2027;Subvention;Financeur\n"
        "Toiture;100;50;40;DETR\nÉclairage;30;10;9;Région\nVoirie;10;10;;\n"
    )
    map = f"{UNIT}funding: [Subvention]\nsource: Financeur\nown: none\n"
    found = read(csv(tmp_path / "a.csv", table), map)
    assert asked(found) == []
    assert by_year(found) == {"2026": "140", "2027": "70"}
    paid = [(each.source, str(each.amount)) for each in found.funding]
    assert paid == [("DETR", "40"), ("Région", "9")]
    assert "      - {2026: 10, 2027: 10, source:" in files_of(Written(found))["plan.yaml"]


def test_a_theme_may_have_payers_of_its_own_by_year(tmp_path: Path) -> None:
    table = "Thème;2026;2027;DETR 2026;Région\nÉcoles;100;50;40;5\nVoirie;30;10;;\n"
    book, map = csv(tmp_path / "a.csv", table), f"{UNIT}funding: [DETR 2026, Région]\nown: none\n"
    (question,) = read(book, map).account.questions
    assert question.answers == ("ignore: [E2:E3]",)
    found = read(book, map.replace(", Région", "") + question.answers[0])
    assert asked(found) == []
    assert """
    envelope: {2026: 100, 2027: 50}
    source: "a.csv, a!B2:C2"
    funding:
      - {from: detr, 2026: 40, source: "a.csv, a!D2"}
""" in files_of(Written(found))["plan.yaml"]


def test_what_is_paid_of_themes_beside_their_projects_is_asked_about(tmp_path: Path) -> None:
    """40 k€ of the one project of Écoles, and 40 k€ again in the table of themes."""
    head = ["Opération", 2026, 2027, "DETR"]
    sheets = {
        "Écoles": [["en k€"], head, ["Pasteur", 100, 50, 40]],
        "Synthèse": [["en k€"], ["Thème", *head[1:]], ["Écoles", 100, 50, 40],
                     ["Total", 100, 50, 40]],
    }  # fmt: skip
    map = "funding: [DETR]\nown: none\ntheme: sheet\nenvelopes: {rows: [Synthèse!3]}\n"
    (question,) = read(xlsx(tmp_path / "a.xlsx", sheets), map).account.questions
    assert (str(question.place), question.answers) == ("Synthèse!D3", ("ignore: [Synthèse!D3:D4]",))
    found = read(tmp_path / "a.xlsx", map + question.answers[0])
    assert (asked(found), wrong(found)) == ([], {})
    assert [f"{entry.amount}" for entry in found.funding] == ["40"]


def test_years_in_two_columns_say_when_work_is_done(tmp_path: Path) -> None:
    """120 k€ of two years in eight quarters; 30 k€ of one."""
    table = "Opération;Coût TTC;DETR;Début;Fin\nToiture;120;40;2026;2027\nÉclairage;30;;2026;2026\n"
    book, map = csv(tmp_path / "a.csv", table), f"{UNIT}header: 1\nyears: {{B: 2026..2027}}\n"
    answers = {each.answers[0] for each in read(book, map).account.questions}
    assert answers == {"funding: [DETR]", "schedule: {start: D, end: E}"}
    found = read(book, "\n".join([map, *answers, "own: none"]))
    assert asked(found) == []
    text = files_of(Written(found))["plan.yaml"]
    assert "{quarters: 2026-T1..2027-T4, in_all: 120, " in text
    assert "{quarters: 2026-T1..2026-T4, in_all: 30, " in text


def test_who_pays_is_no_town_unless_it_is_called_so(tmp_path: Path) -> None:
    table = "Projet;2026;2027;DETR\nToiture;100;50;40\nÉclairage;30;10;10\n"
    (own,) = read(csv(tmp_path / "a.csv", table), f"{UNIT}funding: [DETR]\n").account.questions
    assert own.answers == ("own: none", "own: [DETR]")


def test_what_is_paid_in_each_year_is_read_of_that_year(tmp_path: Path) -> None:
    """DETR 30 + 20 in 2026 and 40 in 2027: printed 50 and 49."""
    table = (
        "Projet;Dépense 2026;Dépense 2027;DETR 2026;DETR 2027;FCTVA 2026;Région\n"
        "Toiture;100;50;30;40;16;9\nÉclairage;30;10;20;;5;\nTotal;130;60;50;49;21;9\n"
    )
    book, answer = csv(tmp_path / "a.csv", table), "funding: [DETR 2026, DETR 2027, Région]"
    first = {q.answers[0] for q in read(book, UNIT).account.questions}
    assert first == {answer, 'ignore: ["F:F"]'}
    found = read(book, f'{UNIT}{answer}\nown: none\nignore: ["F:F"]\n')
    assert (asked(found), wrong(found)) == ([], {"a!E4": "9"})
    assert by_year(found) == {"2026": "130", "2027": "60"}
    text = files_of(Written(found))["plan.yaml"]
    assert "- {from: detr, 2026: 30, 2027: 40, source: " in text
    assert "      2027: {amount: 49, source: " in text
    assert "- {from: region, amount: 9, source: " in text


def test_a_year_of_costs_and_receipts_and_the_rest_is_read_of_each(tmp_path: Path) -> None:
    rows = [["PPI en k€"], ["Opération", 2026, None, None, 2027, None, None],
            [None, *["Dépenses", "Recettes", "Reste à charge"] * 2],
            ["Stade", 300, 90, 210, 200, 60, 140],
            ["Musée", 50, 10, 40, 450, 200, 250]]  # fmt: skip
    book = xlsx(tmp_path / "a.xlsx", rows, merged=["B2:D2", "E2:G2"])
    answers = {q.answers[0] for q in read(book).account.questions}
    assert answers == {"funding: [C, D, F, G]"}
    found = read(book, "funding: [C, D, F, G]\nown: [Reste à charge]")
    assert (asked(found), found.account.remarks) == ([], [])
    assert by_year(found) == {"2026": "350", "2027": "650"}
    paid = [(e.source, e.period and e.period.year, f"{e.amount}") for e in found.funding[:3]]
    assert paid == [("Recettes", 2026, "90"), ("Reste à charge", 2026, "210"),
                    ("Recettes", 2027, "60")]  # fmt: skip


@pytest.mark.parametrize(
    "table",
    [
        "Opération;2026;2027;Total;Financement;;Commune;\n;;;;DETR;CD 13 %;Montant;%\n",
        "Opération;2026;2027;Total;DETR;;Commune;\n;;;;Montant;%;Montant;%\n",
    ],
)
def test_a_header_may_have_a_row_below_for_who_pays(tmp_path: Path, table: str) -> None:
    lines = "Halle;10;20;30;12;40 %;18;60 %\nPont;5;5;10;6;60 %;4;40 %\nTotal;15;25;40;18;;22;\n"
    book = csv(tmp_path / "a.csv", table + lines)
    funding = next(q.answers[0] for q in read(book, UNIT).account.questions)
    assert funding == "funding: [E, G]"
    found = read(book, f'{UNIT}{funding}\nown: [Commune]\nignore: ["F:F", "H:H"]\n')
    assert (asked(found), wrong(found)) == ([], {})
    assert [e.source for e in found.funding[:2]] == ["DETR", "Commune"]
    assert not any("location" in row.texts for judged in found.judged for row in judged.lines)


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("DETR 40 %", "DETR"), ("État (DETR/DSIL)", "État (DETR/DSIL)"),
        ("Région Occitanie", "Région Occitanie"), ("Subvention 2026", "Subvention"),
        ("Conseil départemental Montant", "Conseil départemental"), ("State grant", "State grant"),
        ("Town share", "Town share"), ("Financement Région", "Région"), ("% DETR", ""),
        ("Taux de subvention", ""), ("État d'avancement", ""), ("Montant subventionnable", ""),
        ("Coût des travaux", ""), ("Dépenses communales", ""),
    ],
)  # fmt: skip
def test_the_header_of_a_payer_names_it_beside_other_words(header: str, name: str) -> None:
    assert payer_of(header) == name


def test_two_columns_of_one_payer_are_one_that_pays_both(tmp_path: Path) -> None:
    head = "Projet;2026;2027;Région;DETR;Région\n"
    table = head + "Halle;20;10;3;6;2\nQuai;5;5;1;;1\nTotal;25;15;4;6;14\n"
    book = csv(tmp_path / "a.csv", table)
    funding = read(book, UNIT).account.questions[0].answers[0]
    assert funding == "funding: [D, DETR, F]"
    found = read(book, f"{UNIT}{funding}\nown: none\n")
    assert (asked(found), wrong(found)) == ([], {"a!F4": "11"})
    assert "{from: region, amount: 5, " in files_of(Written(found))["plan.yaml"]


def test_the_column_that_sums_grants_waits_until_it_is_known_who_pays(tmp_path: Path) -> None:
    table = "Projet;2026;2027;DETR;Région;Total subventions\nHalle;20;10;3;6;9\nQuai;5;5;1;1;22\n"
    book = csv(tmp_path / "a.csv", table)
    (answer,) = {each.answers[0] for each in read(book, UNIT).account.questions}
    found = read(book, f"{UNIT}{answer}\nown: none\n")
    assert (asked(found), wrong(found)) == ([], {"a!F3": "20"})


def test_of_the_vat_fund_that_is_left_out_no_payer_is_missed(tmp_path: Path) -> None:
    table = "Projet;2026;2027;DETR;FCTVA;Ville\nHalle;20;10;5;5;20\nQuai;5;5;2;2;6\n"
    book, map = csv(tmp_path / "a.csv", table), f"{UNIT}funding: [DETR, Ville]\nown: [Ville]\n"
    (question,) = read(book, map).account.questions
    assert question.answers == ('ignore: ["E:E"]',)
    assert read(book, map + question.answers[0]).account.remarks == []


def test_a_column_that_adds_up_is_offered_as_a_total_first(tmp_path: Path) -> None:
    table = "Projet;Montant HT;2026;2027\nHalle;30;20;10\nQuai;10;5;5\nMail;9;4;4\n"
    (question,) = read(csv(tmp_path / "a.csv", table), UNIT).account.questions
    assert question.answers == ("total: B", 'ignore: ["B:B"]')


def test_each_sheet_may_have_its_own_payers(tmp_path: Path) -> None:
    sheets = {
        "Écoles": [["en k€"], ["Projet", 2026, 2027, "DETR"], ["Pasteur", 9, 5, 4]],
        "Voirie": [["en k€"], ["Projet", 2026, 2027, "Région", "DETR"], ["Quai", 7, 1, 3, 2]],
    }
    book = xlsx(tmp_path / "a.xlsx", sheets)
    (answer,) = {each.answers[0] for each in read(book).account.questions}
    assert answer == "funding: [DETR, Région]"
    found = read(book, f"{answer}\nown: none\n")
    assert asked(found) == []
    paid = sorted((e.source or "", f"{e.amount}") for e in found.funding)
    assert paid == [("DETR", "2"), ("DETR", "4"), ("Région", "3")]
    found = read(book, "funding: [DETR, Région, Ademe]\nown: none\n")
    assert asked(found) == ["Écoles!A2: the map names a column that no sheet has: Ademe"]


def test_a_cost_is_offered_over_the_years_in_which_work_starts_and_ends(tmp_path: Path) -> None:
    table = (
        "N°;Opération;Année début;Année fin;Coût total;DETR\n"
        "1;Vestiaires;2026;2026;180;54\n2;Mairie;2027;2028;960;200\n;TOTAL;;;1140;254\n"
    )
    book = csv(tmp_path / "a.csv", table)
    (years,) = read(book, UNIT).account.questions[0].answers
    assert years == "years: {E: 2026..2028}"
    map = f"{UNIT}{years}\nschedule: {{start: C, end: D}}\nfunding: [DETR]\nown: none\n"
    found = read(book, map)
    assert (asked(found), wrong(found)) == ([], {})
    text = files_of(Written(found))["plan.yaml"]
    assert "{quarters: 2027-T1..2028-T4, in_all: 960, " in text
    assert "{from: detr, amount: 200, " in text


def test_who_pays_is_of_the_year_of_a_row_in_a_long_table_with_a_total(tmp_path: Path) -> None:
    table = (
        "Année;Opération;Coût TTC;Subventions;Reste à charge\n"
        "2026;Mairie;96;24;72\n2027;Mairie;48;12;36\n2027;Quai;60;30;30\nTotal;;204;66;138\n"
    )
    book = csv(tmp_path / "a.csv", table)
    answer = read(book, UNIT).account.questions[0].answers[0]
    assert answer == "amount: Coût TTC"
    funding = "funding: [Subventions, Reste à charge]\nown: [Reste à charge]\n"
    found = read(book, f"{UNIT}{answer}\n{funding}")
    assert (asked(found), wrong(found), found.account.remarks) == ([], {}, [])
    assert by_year(found) == {"2026": "96", "2027": "108"}
    text = files_of(Written(found))["plan.yaml"]
    assert "{from: subventions, 2026: 24, 2027: 12, " in text


def test_what_is_left_to_be_paid_is_offered_as_beyond_the_plan(tmp_path: Path) -> None:
    table = "AP;CP 2026;CP 2027;Reste à financer\nÉcole;20;10;3\nQuai;5;5;1\n"
    (question,) = read(csv(tmp_path / "a.csv", table), UNIT).account.questions
    assert question.answers == ('ignore: ["D:D"]', "beyond: D", "total: D")
    table = "AP;2026;2027;DETR;Reste à financer\nÉcole;20;10;3;27\nQuai;5;5;1;9\n"
    answers = {
        each.answers[0] for each in read(csv(tmp_path / "b.csv", table), UNIT).account.questions
    }
    assert answers == {"funding: [DETR, Reste à financer]"}


@pytest.mark.parametrize("filler", [None, ""])
def test_a_header_may_have_the_years_of_each_payer_below_it(
    tmp_path: Path, filler: str | None
) -> None:
    """Else the years of the first payer would be those of costs."""
    rows = [["PPI en k€"], ["Opération", "Coût", None, None, "Financement"],
            [None, 2026, 2027, "Total", "DETR", filler, "Ville", filler],
            [None, None, None, None, 2026, 2027, 2026, 2027],
            ["Gymnase", 100, 200, 300, 30, 60, 70, 140],
            ["Voirie", 50, None, 50, 15, None, 35, None],
            ["Total", 150, 200, 350, 45, 60, 105, 140]]  # fmt: skip
    book = xlsx(tmp_path / "a.xlsx", rows, merged=["E3:F3", "G3:H3"] if filler is None else ())
    answers = {each.answers[0] for each in read(book).account.questions}
    assert answers == {"funding: [E, F, G, H]"}
    found = read(book, f"{answers.pop()}\nown: [Ville]\n")
    assert (asked(found), wrong(found), found.account.remarks) == ([], {}, [])
    assert by_year(found) == {"2026": "150", "2027": "200"}
    text = files_of(Written(found))["plan.yaml"]
    assert "{from: detr, 2026: 30, 2027: 60, " in text
    assert "{from: ville, 2026: 35, " in text


def test_a_long_table_that_is_read_without_being_told_has_payers_too(tmp_path: Path) -> None:
    table = "Project;Year;Total cost;State;Town\nBridge;2026;40;10;30\n"
    table += "Truck;2027;60;;60\nBridge;2027;5;;5\n"
    book = csv(tmp_path / "a.csv", table)
    (funding,) = {each.answers[0] for each in read(book, UNIT).account.questions}
    assert funding == "funding: [State, Town]"
    found = read(book, f"{UNIT}{funding}\nown: [Town]\n")
    assert (asked(found), by_year(found)) == ([], {"2026": "40", "2027": "65"})
    assert [f"{entry.amount}" for entry in found.funding] == ["10", "30", "60", "5"]


def test_shares_of_payers_are_no_place(tmp_path: Path) -> None:
    table = "Projet;2026;2027;Part État;Part Commune\nHalle;9;1;30 %;70 %\nQuai;5;5;40 %;60 %\n"
    found = read(csv(tmp_path / "a.csv", table), UNIT)
    assert not any("location" in row.texts for judged in found.judged for row in judged.lines)
    assert [str(each.place) for each in found.account.remarks] == ["a!D2:D3", "a!E2:E3"]


def test_of_two_totals_of_one_payer_the_plan_has_the_wrong_one(tmp_path: Path) -> None:
    """The CAF pays of one theme alone, so that its subtotal and the total are of the same."""
    table = (
        "Projet;2026;2027;CAF;Ville\nCrèche;100;50;40;110\nRAM;20;;10;10\n"
        "Sous-total Enfance;120;50;50;120\nStade;30;;;30\nDojo;10;;;10\nSous-total Sport;40;;;40\n"
        "Total;160;50;90;160\n"
    )
    map = f"{UNIT}funding: [CAF, Ville]\nown: [Ville]\n"
    found = read(csv(tmp_path / "a.csv", table), map)
    assert wrong(found) == {"a!D8": "40"}
    assert "      whole: {amount: 90, " in files_of(Written(found))["plan.yaml"]


def test_a_cost_beside_those_who_pay_it_is_no_source(tmp_path: Path) -> None:
    """Else 100 k€ and what pays them would be 200 k€."""
    head = ["Projet", "Dépenses", "DETR", "Ville"]
    sheets = {
        "2026": [["en k€"], head, ["Halle", 100, 30, 70], ["Quai", 40, 12, 28]],
        "2027": [["en k€"], head, ["Halle", 50, 15, 35], ["Quai", 4, None, 4]],
    }
    book, map = xlsx(tmp_path / "a.xlsx", sheets), "year_in: '^(20[0-9]{2})$'\n"
    (question,) = read(book, map).account.questions
    assert question.answers == ("amount: B",)
    found = read(book, f"{map}amount: B\nfunding: [DETR, Ville]\nown: [Ville]\n")
    assert (asked(found), by_year(found)) == ([], {"2026": "140", "2027": "54"})
    assert "{from: ville, 2026: 70, 2027: 35, " in files_of(Written(found))["plan.yaml"]


def test_the_letter_of_a_payer_in_one_sheet_is_no_payer_where_it_is_a_year(tmp_path: Path) -> None:
    sheets = {
        "Écoles": [["en k€"], ["Projet", 2026, 2027, "DETR 40 %"], ["Pasteur", 9, 5, 4]],
        "Voirie": [["en k€"], ["Projet", 2026, 2027, 2028, "Total"], ["Quai", 7, 1, 3, 11]],
    }
    found = read(xlsx(tmp_path / "a.xlsx", sheets), "funding: [D]\nown: none\n")
    assert (asked(found), wrong(found)) == ([], {})
    assert by_year(found) == {"2026": "16", "2027": "6", "2028": "3"}
    assert [f"{entry.amount}" for entry in found.funding] == ["4"]
