"""Groups of themes: subtotals that add up to the total, in tables by group and by theme."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppi_cli.figures.selection import Selection
from ppi_cli.figures.totals import subtotals, totals
from ppi_cli.plan.model import plan_of
from ppi_cli.values.money import Money, parse_money, total
from ppi_cli.versions.scenarios import worked_out
from tests.any_plan import with_leads_and_loans
from tests.conftest import Result
from tests.plans import codes, plan

Run = Callable[..., Result]

#: Schools 100 + 20 and sports 30, which are buildings: 150; roads 50 + 5, in no group.
PLAN = """
plan: {title: P, years: 2024..2025}
groups:
  - {id: batiments, title: Bâtiments, stated_totals: {2024: 130 k€, total: 150 k€}}
themes:
  - {id: ecoles, title: Écoles, group: batiments, envelope: {2024: 100 k€, 2025: 20 k€}}
  - {id: voirie, title: Voirie, envelope: {2024: 50 k€, 2025: 5 k€}}
  - {id: sports, title: Sports, group: batiments}
projects:
  - {id: stade, title: Stade, theme: sports, costs: [{year: 2024, amount: 30 k€}]}
"""


def figures(by: str, **chosen: str) -> dict[str, str | None]:
    found = totals(plan(PLAN), by, selection=Selection(**chosen))  # type: ignore[arg-type]
    rows = [*found.rows, found.total]
    return {row.id: None if row.total.amount is None else str(row.total.amount) for row in rows}


def test_groups_add_up_to_the_total() -> None:
    assert figures("group") == {
        "batiments": "150000.00",
        "no_group": "55000.00",
        "total": "205000.00",
    }


def test_rows_of_themes_stand_by_group() -> None:
    assert [*figures("theme")] == ["ecoles", "sports", "voirie", "total"]
    of = plan(PLAN)
    found = [(id, row.id, row.total.amount) for id, row in subtotals(of, totals(of)).items()]
    assert found == [
        ("ecoles", "batiments", Money(150_000_00)),
        ("voirie", "no_group", Money(55_000_00)),
    ]


def test_a_group_is_a_part_of_the_plan() -> None:
    assert figures("theme", group="batiments") == {
        "ecoles": "120000.00",
        "sports": "30000.00",
        "total": "150000.00",
    }
    assert figures("project", group="batiments")["stade"] == "30000.00"


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("", "", []),
        ("2024: 130 k€, t", "2024: 131 k€, t", ["PPI401"]),
        ("group: batiments}", "group: batiment}", ["PPI111"]),
    ],
)
def test_printed_subtotals_are_checked_and_groups_are_there(
    old: str, new: str, found: list[str]
) -> None:
    assert codes(PLAN.replace(old, new) if old else PLAN) == found


def test_a_subtotal_stands_above_its_themes(ppi: Run, tmp_path: Path) -> None:
    file = tmp_path / "plan.yaml"
    file.write_text(PLAN, encoding="utf-8")
    lines = ppi("totals", file).out.splitlines()
    names = [line[2:14].strip() for line in lines if line.startswith("│")]
    assert names[1:7] == ["Bâtiments", "Écoles", "Sports", "In no group", "Voirie", "Total"]
    assert "Bâtiments" not in ppi("totals", file, "--format", "csv").out
    found = json.loads(ppi("totals", file, "--format", "json").out)
    assert [(g["id"], g["total"]) for g in found["groups"]] == [
        ("batiments", "150000.00"),
        ("no_group", "55000.00"),
    ]
    assert "Voirie" not in ppi("totals", file, "--group", "batiments").out
    assert ppi("totals", file, "--group", "batiment").code == 2


@pytest.mark.parametrize("file", [PLAN, PLAN.replace(", group: batiments", "")])
def test_what_a_row_by_group_is_the_sum_of(ppi: Run, tmp_path: Path, file: str) -> None:
    """Also in a plan without groups, and with the marks of its themes: + of sports."""
    (tmp_path / "plan.yaml").write_text(file, encoding="utf-8")
    found = json.loads(ppi("totals", tmp_path, "--by", "group", "--trace", "-f", "json").out)
    for row in found["rows"]:
        entries = [each for each in found["trace"] if each["rows"]["group"] == row["id"]]
        assert total(parse_money(each["amount"]) for each in entries) == parse_money(row["total"])
        traced = json.loads(ppi("trace", f"group={row['id']}", tmp_path, "-f", "json").out)
        assert (traced["total"], traced["marks"]) == (row["total"], row["marks"].get("total", []))
        of_sports = any("Stade" in each["what"] for each in entries)
        assert traced["marks"] == ["known costs only"] * of_sports


@given(with_leads_and_loans(), st.booleans())
def test_a_group_is_the_sum_of_its_themes_in_every_column(tree: dict[str, Any], net: bool) -> None:
    of = worked_out(plan_of(tree)).plan
    by_theme = totals(of, "theme", net=net)
    themes = {theme.id for theme in of.themes if theme.group == "g"}
    own = [row.columns for row in by_theme.rows if row.id in themes]
    for row in totals(of, "group", net=net).rows:
        if row.id == "g":
            for i, figure in enumerate(row.columns):
                assert figure.amount == total(columns[i].amount for columns in own)


@given(
    envelopes=st.lists(
        st.tuples(st.sampled_from(["", "a", "b", "c"]), st.integers(-50, 100)), max_size=8
    )
)
def test_groups_sum_to_themes_and_to_the_total(envelopes: list[tuple[str, int]]) -> None:
    themes = [
        {"id": f"t{i}", "title": f"T{i}", "envelope": {"2024": str(n)}}
        | ({"group": group} if group else {})
        for i, (group, n) in enumerate(envelopes)
    ]
    groups = [{"id": id, "title": id.upper()} for id in "abc"]
    of = plan_of({"plan": {"title": "P", "years": "2024"}, "groups": groups, "themes": themes})
    by_group, by_theme = totals(of, "group"), totals(of, "theme")
    assert total(row.total.amount for row in by_group.rows) == by_theme.total.total.amount
    for group in subtotals(of, by_theme).values():
        (same,) = [row for row in by_group.rows if row.id == group.id]
        assert same.total == group.total
