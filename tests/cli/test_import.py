"""``ppi import`` reads a spreadsheet into a plan, asks what it does not know, writes no guess."""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Result
from tests.sheets.books import csv, xlsx

Run = Callable[..., Result]
BOOK = (
    "PPI des écoles (en k€);;;\nThème;Opération;2026;2027;Total\nÉcoles;Cantine;120;40;160\n"
    "Écoles;Toiture;30;25,5;55,5\n;Total Écoles;150;65,5;215,5\n"
)


@pytest.fixture
def book(folder: Path) -> Path:
    return csv(folder / "budget.csv", BOOK)


def test_it_says_what_it_would_read_and_writes_nothing(ppi: Run, book: Path) -> None:
    said = ppi("import", book)
    assert said.code == 0
    assert "2 projects" in said.out
    assert "5 printed totals are right" in said.out
    assert [path.name for path in Path().iterdir()] == ["budget.csv"]


def test_it_writes_a_plan_that_validate_takes_with_the_cell_of_every_figure(
    ppi: Run, book: Path
) -> None:
    said = ppi("import", book, "data")
    assert said.code == 0
    assert said.err == "ppi: 1 file written to data\n"
    assert Path("data/plan.yaml").read_text(encoding="utf-8") == (
        "plan:\n"
        "  title: PPI des écoles\n"
        "  years: 2026..2027\n"
        "  unit: k€\n"
        "  source: budget.csv\n"
        "\n"
        "themes:\n"
        "  - id: ecoles\n"
        "    title: Écoles\n"
        "    stated_totals:\n"
        '      2026: {amount: 150, source: "budget.csv, budget!C5"}\n'
        '      2027: {amount: 65.5, source: "budget.csv, budget!D5"}\n'
        '      total: {amount: 215.5, source: "budget.csv, budget!E5"}\n'
        "\n"
        "projects:\n"
        "  - id: cantine\n"
        "    theme: ecoles\n"
        "    title: Cantine\n"
        "    costs:\n"
        '      - {2026: 120, 2027: 40, source: "budget.csv, budget!C3:D3"}\n'
        "    stated_totals:\n"
        '      total: {amount: 160, source: "budget.csv, budget!E3"}\n'
        "  - id: toiture\n"
        "    theme: ecoles\n"
        "    title: Toiture\n"
        "    costs:\n"
        '      - {2026: 30, 2027: 25.5, source: "budget.csv, budget!C4:D4"}\n'
        "    stated_totals:\n"
        '      total: {amount: 55.5, source: "budget.csv, budget!E4"}\n'
    )
    assert ppi("validate", "data").code == 0


def test_it_overwrites_nothing(ppi: Run, book: Path) -> None:
    ppi("import", book, "data")
    said = ppi("import", book, "data")
    assert said.code == 2
    assert "data already holds plan.yaml" in said.err


def test_it_writes_nothing_while_something_is_asked(ppi: Run, folder: Path) -> None:
    book = csv(folder / "b.csv", BOOK.replace(" (en k€)", ""))
    said = ppi("import", book, "data")
    assert said.code == 1
    assert said.err == "ppi: nothing was written: something is asked first\n"
    assert "nothing says in which unit" in said.out
    assert not Path("data").exists()


def test_a_map_answers_and_a_map_is_written_of_what_was_found(ppi: Run, folder: Path) -> None:
    book = csv(folder / "b.csv", BOOK.replace(" (en k€)", ""))
    assert ppi("import", book, "--write-map", "map.yaml").code == 1
    text = Path("map.yaml").read_text(encoding="utf-8")
    assert text == (
        "decimals: comma  # b!D4 is “25,5”\n"
        "project: Opération  # its header is “Opération”\n"
        "theme: Thème  # its header is “Thème”\n"
        "headers: {A: Thème, B: Opération, C: 2026, D: 2027, E: Total}"
        "  # so that what has moved next year is said\n"
        "years: {C: 2026, D: 2027}\n"
        "\n"
        "# What is asked, each with its answers:\n"
        "# b!C3: nothing says in which unit the amounts are\n"
        "#   unit: €\n"
        "#   unit: k€\n"
    )
    Path("map.yaml").write_text(f"unit: k€\n{text}", encoding="utf-8")
    assert ppi("import", book, "data", "--map", "map.yaml").code == 0
    assert "unit: k€" in Path("data/plan.yaml").read_text(encoding="utf-8")


def test_what_is_wrong_in_a_map_has_its_place(ppi: Run, book: Path) -> None:
    Path("map.yaml").write_text("unit: k€\ncolour: blue\ntheme_in: '('\n", encoding="utf-8")
    said = ppi("import", book, "--map", "map.yaml")
    assert said.code == 1
    assert "map.yaml:2:1" in said.err
    assert "“colour” is not a key of a map" in said.err
    assert "map.yaml:3:11" in said.err


def test_the_json_accounts_for_every_cell(ppi: Run, book: Path) -> None:
    said = json.loads(ppi("import", book, "--format", "json").out)
    assert said["sure"] is True
    assert said["unit"] == "k€"
    assert said["amounts"] == {"2026": "150000.00", "2027": "65500.00"}
    assert len(said["cells"]) == 20
    assert {cell["kind"] for cell in said["cells"]} == {
        "amount", "title", "header", "printed", "note",
    }  # fmt: skip
    assert [total["place"] for total in said["totals"] if total["state"] != "right"] == []


def test_all_that_is_told_of_a_workbook(
    ppi: Run, folder: Path, kept: Callable[[str, str], None]
) -> None:
    """Every cell, also of a sheet of other things and a formula that nobody has reckoned."""
    budget = [
        ["PPI des écoles (en k€)"],
        ["Thème", "Opération", "Compte", 2026, 2027, "Total", "Observations"],
        ["Écoles", "Cantine", "2313", 120, 40, 160, "marché signé"],
        ["Écoles", "Toiture", "21312", 30, 25.5, "=D4+E4", None],
        ["Écoles", "Préau", None, "à chiffrer", 12, 13, "à revoir"],
        [None, "Total Écoles", None, 150, 77.5, 227.5, None],
    ]
    notes = [["Tenu par", "le service financier"], ["mis à jour", 2025]]
    book = xlsx(folder / "budget.xlsx", {"PPI": budget, "Notes": notes})
    for name, options in (("txt", ["--width", "120"]), ("csv", ["-f", "csv"])):
        said = ppi("import", book.name, "--lang", "en", *options)
        kept(f"small/import.{name}", said.err + said.out)
    kept("small/import.json", ppi("import", book.name, "--lang", "en", "-f", "json").out)


#: Tables about which something is worth knowing: what is told, of several amounts and of one.
DOUBTFUL = {
    "of-several": (
        "PPI (en k€);;;;;\nThème;Opération;2026;2027;Total;État\n"
        "Écoles;Cantine;120,333333;40;;30\nÉcoles;Toiture;30;25,666666;;5\n"
        "Voirie;Pont;7;8;15;\nVoirie;Rue;7;9;17;\nVoirie;Place;1;1;3;\n"
        "Voirie;Parvis;2;2;5;\nVoirie;Banc;1;;1;\n",
        "funding: [État]\nstatus: granted\nown: none\nignore: [B9:E9]\naccept: [B7]\n",
    ),
    "of-one": (
        "PPI (en k€);;;;\nThème;Opération;2026;2027;État\nÉcoles;Cantine;120,333333;40;30\n"
        "Écoles;Toiture;30;25;\n;Total Écoles;150;65;\nVoirie;Rue;9;;\n",
        "funding: [État]\nstatus: granted\nown: none\n",
    ),
    "of-envelopes": ("PPI en k€;;;\nThème;2026;2027;Total\nVoirie;300;400;701\n", ""),
    "asked": (
        "PPI (en k€);;;\nOpération;2026;2027;Total\nCantine;120,4;40,4;161\n"
        "Préau;7;8;14\nTotal;127;48;176\n\nSports;;;\nStade;5;6;11\n",
        "",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", DOUBTFUL)
def test_what_is_worth_knowing_of_a_table_is_told(
    ppi: Run, folder: Path, name: str, kept: Callable[[str, str], None]
) -> None:
    table, map = DOUBTFUL[name]
    book = csv(folder / "b.csv", table)
    csv(folder / "map.yaml", map or "{}")
    said = ppi("import", book.name, "--map", "map.yaml", "--lang", "en", "--width", "100")
    kept(f"small/import-{name}.txt", said.err + said.out)


def test_what_becomes_no_whole_number_of_cents_is_told_before_it_is_written(
    ppi: Run, folder: Path
) -> None:
    book = csv(folder / "b.csv", DOUBTFUL["of-one"][0])
    csv(folder / "map.yaml", DOUBTFUL["of-one"][1])
    told = "1 amount is no whole number of cents, and is rounded: b!C3"
    for arguments in ([], ["data"]):
        assert told in ppi("import", book, *arguments, "--map", "map.yaml").out
    told = json.loads(ppi("import", book, "--map", "map.yaml", "-f", "json").out)["rounded"]
    assert told == ["b!C3"]
    assert "2026: 120333.33 €" in Path("data/plan.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(("n", "more"), [(21, "1 more: --format json has it"),
                                         (22, "2 more: --format json has them")])  # fmt: skip
def test_the_first_twenty_of_many_are_shown(ppi: Run, folder: Path, n: int, more: str) -> None:
    lines = "".join(f"Projet {i};1;2;{9 if i <= n else 3}\n" for i in range(1, 4 * n))
    said = ppi("import", csv(folder / "b.csv", f"en k€;;;\nProjet;2026;2027;Total\n{lines}"))
    assert f"! {n} printed totals are wrong" in said.out
    assert "│ Projet 20 │" in said.out
    assert "│ Projet 21 │" not in said.out
    assert f"and {more}" in said.out


def test_a_wrong_total_is_told_and_kept_as_printed(ppi: Run, folder: Path) -> None:
    rows = [["en k€"], ["Projet", 2026, 2027], ["A", 1, 2], ["B", 3, 4], ["Total", 4, 60]]
    book = xlsx(folder / "b.xlsx", rows)
    said = ppi("import", book, "data")
    assert said.code == 0
    assert "! 1 printed total is wrong" in said.out
    assert "Feuil1!C5" in said.out
    assert "PPI401" in ppi("validate", "data").out


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.xlsx", b"no workbook"),
        ("a.xls", b"no workbook"),
        ("a.csv", b"\x00\x01"),
        ("a.csv", b""),
        ("a.pdf", b"%PDF"),
    ],
)
def test_what_is_no_spreadsheet_is_refused(ppi: Run, folder: Path, name: str, data: bytes) -> None:
    (folder / name).write_bytes(data)
    said = ppi("import", name)
    assert said.code == 2
    assert said.err.startswith("ppi: ")
    assert ppi("import", "missing.xlsx").code == 2


def test_without_the_library_it_says_what_to_paste(
    ppi: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = xlsx(folder / "b.xlsx", [["Projet", 2026, 2027], ["A", 1, 2]])
    monkeypatch.setitem(sys.modules, "defusedxml", None)
    said = ppi("import", book)
    assert said.code == 2
    assert "pip install 'ppi-cli[import]'" in said.err


def test_a_question_of_many_sheets_is_one_line(ppi: Run, folder: Path) -> None:
    rows = [["en k€"], [None, None, 2026, 2027], ["A", "x", 1, 2], ["B", "y", 3, 4]]
    book = xlsx(folder / "b.xlsx", dict.fromkeys(("Un", "Deux", "Trois"), rows))
    said = ppi("import", book)
    assert said.out.count("which column") == 1
    assert "Un!A2:D2, and" in said.out
    assert len(json.loads(ppi("import", book, "--format", "json").out)["questions"]) == 5


def test_it_speaks_french(ppi: Run, book: Path) -> None:
    said = ppi("import", book, "--lang", "fr")
    assert "budget.csv\u00a0: ce qui est lu" in said.out
    assert "5 totaux imprimés sont justes" in said.out


def test_a_new_file_is_taken_onto_the_plan_which_keeps_ids_and_comments(
    ppi: Run, book: Path
) -> None:
    ppi("import", book, "data")
    plan = Path("data/plan.yaml")
    text = plan.read_text(encoding="utf-8").replace("cantine", "canteen-1")
    text = text.replace("    costs:\n", "    lead: Mme Petit  # of the schools\n    costs:\n", 1)
    plan.write_text(text, encoding="utf-8")
    new = csv(
        Path("new.csv"),
        BOOK.replace("120;40;160", "150;40;190").replace("150;65,5;215,5", "180;65,5;245,5")
        + "Sports;Stade;7;8;15\n",
    )
    said = ppi("import", new, "--onto", "data")
    assert said.code == 0
    assert "new in the plan: Stade" in said.err
    assert "nothing was written: --write does it" in said.err
    assert "150\u202f000\xa0€" in said.out
    assert plan.read_text(encoding="utf-8") == text
    assert ppi("import", new, "--onto", "data", "--write").code == 0
    after = plan.read_text(encoding="utf-8")
    assert "  - id: canteen-1\n    theme: ecoles\n    title: Cantine\n" in after
    assert "lead: Mme Petit  # of the schools" in after
    assert '{2026: 150, 2027: 40, source: "new.csv, new!C3:D3"}' in after
    assert ppi("validate", "data").code == 0


def test_envelopes_of_a_new_file_are_taken_onto_the_plan(ppi: Run, folder: Path) -> None:
    text = "PPI en k€;;\nThème;2026;2027\nVoirie;300;400\nSport;10;\n"
    ppi("import", csv(folder / "old.csv", text), "data")
    new = csv(Path("new.csv"), text.replace("300", "350").replace("10;", "10;5"))
    assert ppi("import", new, "--onto", "data", "--write").code == 0
    after = Path("data/plan.yaml").read_text(encoding="utf-8")
    assert "envelope: {2026: 350, 2027: 400}" in after
    assert "envelope: {2026: 10, 2027: 5}" in after
    assert "source: new.csv, new!B3:C3" in after.replace('"', "")


def test_years_that_the_plan_lacks_are_not_taken_onto_it(ppi: Run, book: Path) -> None:
    ppi("import", book, "data")
    new = csv(Path("new.csv"), BOOK.replace("2026;2027", "2027;2028"))
    said = ppi("import", new, "--onto", "data")
    assert said.code == 2
    assert "ppi roll" in said.err


def test_a_spreadsheet_is_one_side_of_a_comparison(ppi: Run, book: Path) -> None:
    ppi("import", book, "data")
    new = csv(Path("new.csv"), BOOK.replace("120;40;160", "130;40;170").replace(" (en k€)", ""))
    assert ppi("diff", new, "data").code == 1
    Path("map.yaml").write_text("unit: k€\n", encoding="utf-8")
    said = ppi("diff", "data", new, "--map", "map.yaml")
    assert said.code == 0
    assert "Cantine" in said.out
    assert "130" in said.out


@pytest.mark.skipif(os.name == "nt", reason="links of POSIX")
@pytest.mark.parametrize("name", ["plan.yaml", "themes.yaml", "link.yaml", "notes.txt"])
def test_a_map_is_written_over_nothing_but_a_map(ppi: Run, folder: Path, name: str) -> None:
    (folder / "book.csv").write_text("Projet;2026;2027\nÉcole;2 k€;1 k€\n", encoding="utf-8")
    (folder / "plan.yaml").write_text("plan: {title: Ville, years: 2026}\n", encoding="utf-8")
    (folder / "themes.yaml").write_text("themes: [{id: t, title: T}]\n", encoding="utf-8")
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    (folder / "link.yaml").symlink_to("plan.yaml")
    before = (folder / name).read_text(encoding="utf-8")
    result = ppi("import", "book.csv", "--write-map", name)
    assert (result.code, (folder / name).read_text(encoding="utf-8")) == (2, before)
    assert f"{name} is there already, and is no map" in result.err
    for more in ((), ("--map", "map.yaml")):
        assert ppi("import", "book.csv", "--write-map", "map.yaml", *more).code == 0


@pytest.mark.skipif(os.name == "nt", reason="pipes of POSIX")
def test_what_is_no_file_is_not_judged_by_its_name(ppi: Run, folder: Path) -> None:
    """As ``<(…)`` of a shell is: nothing waits on a pipe, and its name has no ending."""
    os.mkfifo("pipe")
    for name in ("pipe", ".", "none"):
        assert f"{name} cannot be opened" in ppi("import", name).err


def test_a_map_of_last_year_says_what_has_moved_in_the_new_file(ppi: Run, book: Path) -> None:
    assert ppi("import", book, "--write-map", "map.yaml").code == 0
    text = Path("map.yaml").read_text(encoding="utf-8").replace("project: Opération", "project: B")
    Path("map.yaml").write_text(text, encoding="utf-8")
    assert json.loads(ppi("import", book, "--map", "map.yaml", "--format", "json").out)["sure"]
    new = BOOK.replace("2026;2027", "2027;2028").replace("Thème;Opération", "Thème;Lieu;Opération")
    new = new.replace("Écoles;Cantine", "Écoles;Nord;Cantine").replace(";Total É", ";;Total É")
    new = new.replace("Écoles;Toiture", "Écoles;Sud;Toiture")
    csv(Path("new.csv"), new)
    said = json.loads(ppi("import", "new.csv", "--map", "map.yaml", "--format", "json").out)
    assert [f"{each['place']}: {each['message']}" for each in said["questions"][:2]] == [
        "new!B2: “Opération” was column B when the map was made, and is column C now",
        "new!C2: column C was “2026” when the map was made, and is “Opération” now",
    ]
    csv(Path("new.csv"), BOOK.replace("2026;2027", "2027;2028"))
    said = json.loads(ppi("import", "new.csv", "--map", "map.yaml", "--format", "json").out)
    assert said["questions"][0] == {
        "place": "new!C2",
        "message": "the map says that column C is of 2026, and its header says 2027",
        "answers": ["years: {C: 2027}", "accept: [C2]"],
        "cells": [],
    }


def test_years_keep_the_name_that_headers_give_them(ppi: Run, folder: Path) -> None:
    text = "en k€;;\nProject;FY2026;FY 2027\nRoof;1;2\nPark;30;4\n"
    assert ppi("import", csv(folder / "b.csv", text), "data").code == 0
    assert "  fiscal_year: {named: FY2026}\n" in Path("data/plan.yaml").read_text(encoding="utf-8")
    assert "FY2027" in ppi("totals", "data").out
