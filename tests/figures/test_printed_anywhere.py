"""Printed totals of projects, funders and programmes, and of some years together."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from ppi_cli.words.language import Language
from tests.conftest import Result
from tests.plans import examined

Run = Callable[..., Result]

#: The school costs 100 in 2024, 200 in 2025 and 50 in 2027; the bridge 10 in 2024.
PLAN = """
plan: {title: P, years: 2024..2027}
themes: [{id: bati, title: Bâtiments}]
funders:
  - {id: etat, title: État}
  - {id: ville, title: Ville, own: yes}
programmes:
  - {id: ap, title: AP écoles, projects: [ecole], payments: {2023: 5 k€, 2024: 100 k€}}
projects:
  - id: ecole
    title: École
    theme: bati
    costs: {2024: 100 k€, 2025: 200 k€, 2027: 50 k€, before: 5 k€}
    funding:
      - {from: etat, 2024: 30 k€, 2028: 10 k€, status: granted}
      - {from: etat, year: 2025, amount: 20 k€}
      - {from: ville, year: 2025, amount: 1 k€}
  - {id: pont, title: Pont, theme: bati, costs: {2024: 10 k€}}
"""
#: Where the printed totals of each thing are put.
AFTER = {
    "plan": "years: 2024..2027}\n",
    "theme": "id: bati, title: Bâtiments",
    "project": "    title: École\n",
    "etat": "title: État",
    "ville": "own: yes",
    "programme": "title: AP écoles",
}


def printed(of: str, totals: str) -> str:
    lines = {"plan": "stated_totals: {%s}\n", "project": "    stated_totals: {%s}\n"}
    text = lines.get(of, ", stated_totals: {%s}") % totals
    return PLAN.replace(AFTER[of], AFTER[of] + text)


def told(text: str) -> list[str]:
    say = Language("en").say
    found = [d for d in examined(text).diagnostics if d.severity == "error"]
    said = [f"{d.code} {say(d.message)}" for d in found]
    return [each.replace("\xa0", " ").replace("\u202f", " ") for each in said]


@pytest.mark.parametrize(
    ("of", "totals"),
    [
        ("plan", "2024..2025: 310 k€, 2025..2027: 250 k€, 2024..2027: 360 k€, total: 360 k€"),
        ("theme", "2024..2025: 310 k€, whole: 365 k€"),
        ("project", "2024: 100 k€, 2024..2025: 300 k€, total: 350 k€, before: 5 k€, whole: 355 k€"),
        ("etat", "2024: 30 k€, 2024..2025: 50 k€, total: 60 k€"),  # what is requested too
        ("ville", "2025: 1 k€, total: 1 k€"),
        ("programme", "2023: 5 k€, before: 5 k€, 2024: 100 k€, total: 105 k€"),
        ("project", "2024 .. 2025: 300 k€"),
    ],
)
def test_what_agrees_says_nothing(of: str, totals: str) -> None:
    assert told(printed(of, totals)) == []


@pytest.mark.parametrize(
    ("of", "totals", "end"),
    [
        ("plan", "2024..2025: 311 k€", "for 2024–2025 is 311 k€, but its figures add up to 310 k€"),
        ("project", "2024: 99 k€", "for École, 2024 is 99 k€, but its figures add up to 100 k€"),
        ("etat", "total: 50 k€", "for État, all years together is 50 k€, but its figures add up"),
        ("programme", "total: 100 k€", "for AP écoles, all years together is 100 k€, but its fig"),
    ],
)
def test_what_does_not_agree_is_named(of: str, totals: str, end: str) -> None:
    (found,) = told(printed(of, totals))
    assert found.startswith("PPI401 the total stated " + end)


def test_years_without_a_figure_are_named() -> None:
    (found,) = told(printed("project", "2024..2026: 400 k€"))
    assert found.endswith("add up to 300 k€, and no figure is stated for 2026")


def test_the_finding_stands_where_the_total_is_written() -> None:
    text = printed("project", "2024..2025: 301 k€")
    (found,) = [d for d in examined(text).diagnostics if d.code == "PPI401"]
    assert found.place.range is not None
    start = found.place.range.start
    assert text.splitlines()[start.line - 1][start.column - 1 :].startswith("301 k€")
    assert [note.message.text for note in found.related] == ["this amount is part of it"] * 2
    assert found.subject == {"project": "ecole"}


def test_one_cost_that_is_wrong_is_told_once() -> None:
    """The school of 2025 in its project, its span, its theme and the plan."""
    text = printed("project", "2024: 100 k€, 2025: 200 k€, 2024..2025: 300 k€, total: 350 k€")
    text = text.replace(AFTER["theme"], AFTER["theme"] + ", stated_totals: {total: 360 k€}")
    text = text.replace(AFTER["plan"], AFTER["plan"] + "stated_totals: {2024..2025: 310 k€}\n")
    assert told(text) == []
    (found,) = told(text.replace("2025: 200 k€, 2027", "2025: 190 k€, 2027"))
    assert found.startswith("PPI401 the total stated for École, 2025 is 200 k€")


@pytest.mark.parametrize(
    ("of", "totals", "summed"),
    [
        ("project", "total: 1 k€", ["100 k€", "200 k€", "50 k€"]),
        ("project", "2024..2025: 1 k€", ["100 k€", "200 k€"]),
        ("project", "2027: 1 k€", ["50 k€"]),
        ("etat", "total: 1 k€", ["30 k€", "20 k€", "10 k€"]),  # of 2028 too: as long as it pays
        ("programme", "2024: 1 k€", ["100 k€"]),
    ],
)
def test_the_amounts_that_a_printed_total_sums_are_pointed_at(
    of: str, totals: str, summed: list[str]
) -> None:
    text = printed(of, totals)
    (found,) = (d for d in examined(text).diagnostics if d.code == "PPI401")
    ranges = [note.place.range for note in found.related]
    lines = dedent(text).split("\n")
    assert [
        lines[r.start.line - 1][r.start.column - 1 : r.end.column - 1] for r in ranges if r
    ] == summed


def test_a_span_lies_within_the_plan() -> None:
    (found,) = told(printed("plan", "2024..2029: 360 k€"))
    assert found == "PPI201 2029 is not one of the plan's years, 2024 to 2027"
    assert told(printed("plan", "2025..2024: 360 k€"))[0].startswith("PPI202")


def test_names_of_fiscal_years_are_spans_too() -> None:
    header = "fiscal_year: {begins: July, named: FY2024}, years: FY2024..FY2027}\n"
    text = PLAN.replace(AFTER["plan"], header)
    right = text + "stated_totals: {FY2024..FY2025: 310 k€}\n"
    assert told(right) == []
    (found,) = [d for d in examined(right.replace("310", "311")).diagnostics if d.code == "PPI401"]
    assert found.place.range is not None
    assert found.place.range.start.line == len(text.splitlines()) + 1
    assert found.place.range.start.column == len("stated_totals: {FY2024..FY2025: ") + 1


def test_totals_mark_what_is_disputed_in_the_rows_of_projects_and_payers(
    ppi: Run, tmp_path: Path
) -> None:
    file = tmp_path / "plan.yaml"
    text = printed("project", "2024: 99 k€")
    text = text.replace(AFTER["etat"], AFTER["etat"] + ", stated_totals: {total: 1 €}")
    file.write_text(text, encoding="utf-8")

    def marks(by: str) -> dict[str, object]:
        found = json.loads(ppi("totals", file, "--by", by, "--format", "json").out)
        return {row["id"]: row["marks"] for row in found["rows"] if row["marks"]}

    assert marks("project") == {"ecole": {"2024": ["differs from the printed total"]}}
    assert marks("source")["etat"] == {"total": ["differs from the printed total"]}
    assert "99 k€" not in ppi("totals", file).out


def test_totals_of_some_years_are_marked_by_what_is_printed_of_those_years(
    ppi: Run, tmp_path: Path
) -> None:
    """All years print 365 k€, of which 360 are planned; 2024 and 2025 print 310 k€, as they are."""
    file = tmp_path / "plan.yaml"

    def differs(totals: str, *years: str) -> bool:
        file.write_text(printed("plan", totals), encoding="utf-8")
        found = json.loads(ppi("totals", file, *years, "--format", "json").out)["total"]
        return "differs from the printed total" in found["marks"].get("total", ())

    some = ("--to", "2025")
    assert differs("2024..2025: 311 k€", *some)
    assert not differs("2024..2025: 310 k€, 2024..2027: 365 k€", *some)
    assert differs("2024..2027: 365 k€")
    assert not differs("2024..2027: 360 k€, 2024..2025: 311 k€")
