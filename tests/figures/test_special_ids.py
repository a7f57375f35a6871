"""Rows and columns that stand for no thing of the plan are never called as one is."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from itertools import permutations
from pathlib import Path

import pytest

from tests.conftest import Result

Run = Callable[..., Result]
SPECIAL = ["total", "receipt", "not_split", "excess", "no_class", "no_section", "no_account"]
SPECIAL += ["id", "title", "notes", "period"]
CUTS = ["theme", "project", "class", "lead", "section", "account", "source"]


@pytest.fixture
def clashing(folder: Path) -> str:
    """A plan whose projects and theme have the ids of special rows, and one of each such row."""
    projects = "".join(
        f"  - {{id: {id}, title: P, theme: own, costs: [{{year: 2025, amount: 10 k€}}]}}\n"
        for id in SPECIAL
    )
    (folder / "plan.yaml").write_text(
        "plan: {title: Ids, years: 2025..2026, tax: incl, language: en}\n"
        "fctva: {regime: n, due: {2025: 1 k€}}\n"
        "themes:\n"
        "  - {id: own, title: T, envelope: {2025: 100 k€}}\n"
        "  - {id: rest, title: T, envelope: {2025: 50 k€, 2026: 5 k€}}\n"
        f"projects:\n{projects}",
        encoding="utf-8",
    )
    return "plan.yaml"


def table(out: str) -> list[list[str]]:
    return list(csv.reader(out.splitlines()))


@pytest.mark.parametrize("shape", [(), ("--transpose",), ("--percent",)])
@pytest.mark.parametrize(
    "cut",
    [("--by", by) for by in CUTS]
    + [("--by", by, "--across", across) for by, across in permutations(CUTS, 2)],
    ids=" ".join,
)
def test_no_two_rows_and_no_two_columns_have_one_name(
    ppi: Run, clashing: str, cut: tuple[str, ...], shape: tuple[str, ...]
) -> None:
    header, *rows = table(ppi("totals", clashing, *cut, *shape, "-f", "csv").out)
    assert len(set(header)) == len(header)
    names = [row[0] for row in rows]
    assert len(set(names)) == len(names)
    assert "/total" in names
    assert "/total" in header


def test_every_figure_stands_where_it_belongs(ppi: Run, clashing: str) -> None:
    header, *rows = table(ppi("totals", clashing, "--by", "project", "-f", "csv").out)
    of = {row[0]: dict(zip(header, row, strict=True)) for row in rows}
    assert {id: of[id]["/total"] for id in SPECIAL} == dict.fromkeys(SPECIAL, "10000.00")
    assert of["/total"]["/total"] == "155000.00"
    report = json.loads(ppi("totals", clashing, "--by", "project", "-f", "json").out)
    assert report["total"]["total"] == "155000.00"


def test_a_figure_of_a_special_row_is_traced_by_its_name(ppi: Run, clashing: str) -> None:
    traced = json.loads(ppi("trace", "class=/no_class", clashing, "-f", "json").out)
    assert traced["total"] == "110000.00"
    traced = json.loads(ppi("trace", "project=total", clashing, "-f", "json").out)
    assert traced["total"] == "10000.00"


def test_nothing_of_such_a_plan_is_refused(ppi: Run, clashing: str) -> None:
    assert ppi("validate", clashing, "--only", "format").code == 0


def test_where_no_thing_of_the_plan_is_called_so_names_stay(ppi: Run, folder: Path) -> None:
    (folder / "plan.yaml").write_text(
        "plan: {title: Ids, years: 2025}\nthemes: [{id: a, title: A, envelope: {2025: 5 k€}}]\n",
        encoding="utf-8",
    )
    header, *rows = table(ppi("totals", "plan.yaml", "--by", "class", "-f", "csv").out)
    assert header == ["id", "title", "2025", "total", "notes"]
    assert [row[0] for row in rows] == ["not_split", "total"]
