"""What may be spent on a theme: read as its envelope where it is sure, else asked about."""

from pathlib import Path

import pytest

from ppi_cli.sheets.entries import Understood
from ppi_cli.sheets.guesses import map_text
from ppi_cli.sheets.writing import Written, files_of
from ppi_cli.source.compose import compose
from ppi_cli.words.language import Language
from tests.sheets.books import asked, by_year, projects, read, wrong, xlsx

K = ["PPI en k€"]
HEAD = ["Thème", "Opération", 2026, 2027]
BOTH = [K, HEAD, ["Écoles", "Enveloppe", 1000, 1200], ["Écoles", "Curie", 600, 700],
        ["Écoles", "Monet", 300, 100], ["Voirie", "Enveloppe", 500, 500]]  # fmt: skip


def envelopes(found: Understood) -> dict[str, tuple[dict[str, str], str]]:
    """The envelope of each theme of the plan that is written, and where it stands."""
    tree = compose(files_of(Written(found))["plan.yaml"]).tree
    return {t["title"]: (t["envelope"], t["source"]) for t in tree["themes"] if "envelope" in t}


def test_a_table_that_names_nothing_but_themes_holds_their_envelopes(tmp_path: Path) -> None:
    rows = [K, ["Thème", 2026, 2027], ["Écoles", 10, 20], ["Voirie", 1, None], ["Total", 11, 20]]
    book = xlsx(tmp_path / "a.xlsx", rows)
    found = read(book)
    assert (asked(found), wrong(found), projects(found)) == ([], {}, [])
    assert envelopes(found) == {
        "Écoles": ({"2026": "10", "2027": "20"}, "a.xlsx, Feuil1!B3:C3"),
        "Voirie": ({"2026": "1"}, "a.xlsx, Feuil1!B4"),
    }
    again = read(book, map_text(found, "", Language().say))
    assert envelopes(again) == envelopes(found)
    assert projects(read(book, "envelopes: none")) == ["Écoles", "Voirie"]
    led = [K, ["Thème", "Responsable", 2026, 2027], ["Halle", "Mme Petit", 1, 2]]
    assert projects(read(xlsx(tmp_path / "b.xlsx", led))) == ["Halle"]  # no theme has a lead


def test_what_directions_have_is_envelopes_where_the_map_calls_them_themes(tmp_path: Path) -> None:
    rows = [K, ["Direction", 2026, 2027], ["Voirie", 30, 40], ["Sport", 10, 12]]
    book = xlsx(tmp_path / "a.xlsx", rows)
    assert projects(read(book)) == ["Voirie", "Sport"]
    for map in ("theme: Direction", "envelopes: all", "envelopes: {rows: [3..4]}"):
        assert [*envelopes(read(book, map))] == ["Voirie", "Sport"], map


def test_an_envelope_above_projects_is_asked_about(tmp_path: Path) -> None:
    book = xlsx(tmp_path / "a.xlsx", BOTH)
    (question,) = read(book).account.questions
    assert str(question.place) == "Feuil1!A3:D3"
    bounding, ignoring, accepting = (read(book, answer) for answer in question.answers)
    assert [asked(each) for each in (bounding, ignoring, accepting)] == [[], [], []]
    assert by_year(bounding) == {"2026": "1400", "2027": "1300"}  # Voirie has no projects
    assert {k: v for k, (v, _) in envelopes(bounding).items()} == {
        "Écoles": {"2026": "1000", "2027": "1200"}, "Voirie": {"2026": "500", "2027": "500"}
    }  # fmt: skip
    assert by_year(ignoring) == {"2026": "1400", "2027": "1300"}
    assert projects(accepting) == ["Enveloppe", "Curie", "Monet"]


def test_printed_totals_may_sum_envelopes_or_the_projects_below_them(tmp_path: Path) -> None:
    of_themes = xlsx(tmp_path / "a.xlsx", [*BOTH, ["Total", None, 1500, 1700]])
    found = read(of_themes, "envelopes: words")
    assert (asked(found), wrong(found), Written(found).unplaced) == ([], {}, [])
    of_projects = xlsx(tmp_path / "b.xlsx", [*BOTH[:5], ["Total Écoles", None, 900, 800]])
    found = read(of_projects, "envelopes: words")
    assert (asked(found), wrong(found)) == ([], {})
    assert len(Written(found).unplaced) == 2  # a plan's theme comes to its envelope
    neither = xlsx(tmp_path / "c.xlsx", [*BOTH, ["Total", None, 1501, 1700]])
    assert "Feuil1!C7" in wrong(read(neither, "envelopes: words"))


def test_a_row_that_looks_like_totals_of_themes_and_has_no_projects(tmp_path: Path) -> None:
    rows = [K, ["Opération", 2026, 2027], ["ÉCOLES", 900, 800], ["Curie", 600, 700],
            ["Monet", 300, 100], ["VOIRIE", 500, 500], ["SPORT", 30, 33], ["Stade", 10, 3],
            ["Halle", 20, 30], ["Total", 1430, 1333]]  # fmt: skip
    found = read(xlsx(tmp_path / "a.xlsx", rows, bold=[3, 6, 7, 10]))
    assert (asked(found), wrong(found)) == ([], {})
    assert envelopes(found) == {"VOIRIE": ({"2026": "500", "2027": "500"}, "a.xlsx, Feuil1!B6:C6")}
    tree = compose(files_of(Written(found))["plan.yaml"]).tree
    assert tree["themes"][0]["stated_totals"]["2026"]["amount"] == "900"


def test_themes_of_one_sheet_with_projects_in_another_are_asked_about(tmp_path: Path) -> None:
    sheets = {
        "Synthèse": [K, ["Thème", 2026, 2027], ["Écoles", 1000, 1200], ["Voirie", 30, 40]],
        "Projets": [K, HEAD, ["Écoles", "Curie", 600, 700], ["Écoles", "Monet", 300, 100]],
    }
    book = xlsx(tmp_path / "a.xlsx", sheets)
    (question,) = read(book).account.questions
    assert str(question.place) == "Synthèse!A3:C3"
    assert question.answers[0] == "envelopes: {rows: [Synthèse!3, Synthèse!4]}"
    found = read(book, question.answers[0])
    assert asked(found) == []
    assert [*envelopes(found)] == ["Écoles", "Voirie"]
    assert by_year(found) == {"2026": "930", "2027": "840"}


def test_what_an_envelope_cannot_hold_is_asked_about(tmp_path: Path) -> None:
    rows = [K, ["Thème", 2026, 2027, "Après 2027"], ["Voirie", 30, 40, 7], ["Sport", 10, 12, None]]
    book = xlsx(tmp_path / "a.xlsx", rows)
    (question,) = read(book).account.questions
    assert str(question.place) == "Feuil1!D3"
    assert by_year(read(book, question.answers[0]))["beyond"] == "7"
    assert [*envelopes(read(book, question.answers[1]))] == ["Voirie", "Sport"]


RECAP = {
    "Sport": [K, ["Opération", 2026, 2027], ["Stade", 10, 20], ["Total Sport", 10, 20]],
    "Voirie": [K, ["Opération", 2026, 2027], ["Rue", 5, 6], ["Total Voirie", 5, 6]],
}


@pytest.mark.parametrize("head", ["Thème", "Direction", "Libellé"])
def test_a_sheet_that_sums_up_others_is_never_read_as_more_money(tmp_path: Path, head: str) -> None:
    """The recap is no sum of them, so that no arithmetic finds it."""
    recap = [K, [head, 2026, 2027], ["Sport", 10, 20], ["Voirie", 5, 7], ["Total", 15, 27]]
    book = xlsx(tmp_path / "a.xlsx", {**RECAP, "Synthèse": recap})
    (question,) = read(book).account.questions
    assert str(question.place) == "Synthèse!A3:C3"
    assert by_year(read(book, question.answers[1])) == {"2026": "15", "2027": "26"}
    bounding = read(book, question.answers[0])
    assert [str(each.place) for each in bounding.account.questions] == ["Sport!A3:C3"]
    of_sheets = read(book, f"{question.answers[0]}\ntheme: sheet")
    assert (asked(of_sheets), by_year(of_sheets)) == ([], {"2026": "15", "2027": "26"})
    assert [*envelopes(of_sheets)] == ["Sport", "Voirie"]
    assert asked(read(book, question.answers[2])) == []
