"""What lies before the plan and beyond it, beside the totals of versions as beside those of one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from ppi_cli.figures.price import KNOWN, TOTAL
from ppi_cli.figures.totals import totals
from ppi_cli.plan.model import plan_of
from ppi_cli.reports.versions import figures_of, outside_of
from ppi_cli.values.money import total
from ppi_cli.versions.scenarios import worked_out
from tests.any_plan import with_outside
from tests.conftest import Result

Run = Callable[..., Result]

PLAN = """\
plan: {title: P, years: 2025..2026, tax: incl, language: en}
themes: [{id: t, title: T}, {id: u, title: U}]
projects:
  - {id: a, theme: t, title: A, costs: {before: 40 k€, 2025: 20 k€, beyond: 10 k€}}
  - {id: b, theme: u, title: B, costs: {2026: 20 k€, unplanned: 4 k€}}
"""


@pytest.fixture
def lines(ppi: Run, folder: Path) -> Callable[..., list[list[str]]]:
    """The cells of each line that a command prints of two plans: the one above, and one edited."""

    def run(command: str, *edits: tuple[str, str]) -> list[list[str]]:
        new = PLAN
        for was, becomes in edits:
            new = new.replace(was, becomes)
        (folder / "old.yaml").write_text(PLAN, encoding="utf-8")
        (folder / "new.yaml").write_text(new, encoding="utf-8")
        result = ppi(command, "old.yaml", "new.yaml", "--width", "200")
        assert result.code < 2, result.err
        told = result.out.replace("\u00a0", " ").replace("│", "  ")
        return [[cell for cell in line.split("  ") if cell.strip()] for line in told.splitlines()]

    return lambda *asked: [[cell.strip() for cell in line] for line in run(*asked)]


def test_totals_below_a_difference_have_what_lies_outside(lines: Callable[..., Any]) -> None:
    found = lines("diff", ("before: 40", "before: 45"))
    heads = ["Version", "Before", "2025", "2026", "Total", "Beyond", "Whole"]
    assert heads in found
    assert ["old.yaml", "40 k€", "20 k€+", "20 k€+", "40 k€+", "10 k€", "90 k€+"] in found
    assert ["new.yaml", "45 k€", "20 k€+", "20 k€+", "40 k€+", "10 k€", "95 k€+"] in found
    assert ["Difference", "+5 k€", "0 k€", "0 k€", "0 k€", "0 k€", "+5 k€"] in found


def test_a_column_stands_where_either_plan_has_something_for_it(lines: Callable[..., Any]) -> None:
    for command in ("diff", "compare"):
        found = lines(command, ("before: 40 k€, ", ""), (", beyond: 10 k€", ""))
        assert any(line[:2] == ["Version", "Before"] for line in found)
        assert ["new.yaml", "—", "20 k€+", "20 k€+", "40 k€+", "—", "40 k€+"] in found


def test_versions_side_by_side_have_them_in_each_row(lines: Callable[..., Any]) -> None:
    found = lines("compare", ("beyond: 10", "beyond: 15"))
    assert ["old.yaml", "40 k€", "20 k€+", "—", "20 k€+", "10 k€", "70 k€+"] in found
    assert ["new.yaml", "40 k€", "20 k€+", "—", "20 k€+", "15 k€", "75 k€+"] in found
    assert ["all of them", "—", "—", "20 k€+", "20 k€+", "—", "20 k€+"] in found


def test_what_is_in_no_year_yet_stands_below_where_it_has_changed(
    lines: Callable[..., Any],
) -> None:
    assert ["In no year yet"] not in lines("diff", ("before: 40", "before: 45"))
    for command in ("diff", "compare"):
        found = lines(command, ("unplanned: 4", "unplanned: 7"))
        below = found[found.index(["In no year yet"]) :]
        assert ["new.yaml", "—", "—", "—", "7 k€", "—", "7 k€"] in below


@given(with_outside())
def test_the_total_of_a_version_has_the_columns_of_its_own_table(tree: dict[str, Any]) -> None:
    of = worked_out(plan_of(tree)).plan
    found = figures_of(of, TOTAL, list(of.years.each()), outside_of([of]))
    assert found == list(totals(of).total.columns)
    known = figures_of(of, KNOWN, list(of.years.each()), outside_of([of]))
    by_project = [row.columns for row in totals(of, "project").rows if row.kind == "project"]
    for i, figure in enumerate(known):
        assert figure.amount == total(row[i].amount for row in by_project)


def test_the_columns_of_what_lies_outside_have_their_heads(ppi: Run, folder: Path) -> None:
    (folder / "plan.yaml").write_text(PLAN, encoding="utf-8")
    heads = ppi("totals", "plan.yaml", "--width", "120").out.splitlines()[2]
    named = [each.strip() for each in heads.strip("│").split("│")]
    assert named == ["Theme", "Before", "2025", "2026", "Total", "Beyond", "Whole"]
