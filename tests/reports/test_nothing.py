"""Every report of nothing: a table without rows, or a sentence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest

from ppi_cli.values.terms import By, Listed
from tests.conftest import Result

Run = Callable[..., Result]

PLANS = {
    "empty lists": "themes: []\nprojects: []\nscenarios: []\nfunders: []\nprogrammes: []\n",
    "nothing spent": "themes: [{id: a, title: A, envelope: {2016: 0 €}}]\n",
    "a project": "themes: [{id: a, title: A}]\nprojects: [{id: p, title: P, theme: a}]\n",
}
SHAPES = [
    ("--percent", "--per", "quarter", "--cumulative"),
    ("--percent", "--transpose"),
    ("--percent", "--year", "2016"),
    ("--percent", "--running"),
]
REPORTS = [
    *[("totals", "--by", by) for by in get_args(By)],
    *[("list", kind) for kind in get_args(Listed)],
    *[("trace", each) for each in ("year=2016", "quarter=2016-T1", "net=yes", "running=yes")],
    ("totals", "--net", "--percent"),
    ("gantt",),
    ("gantt", "--all", "--year", "2016"),
    ("gantt", "--from", "2017", "--to", "2017", "--today", "2050-01-01"),
    ("matrix",),
    ("afford",),
    ("apcp",),
]
FORMATS = ["table", "json", "html"]
#: What a plan of nothing has not.
ABSENT = [
    ("gantt", "--theme", "x"),
    ("gantt", "--class", "1"),
    ("gantt", "--year", "2030"),
    ("gantt", "--from", "2017", "--to", "2016"),
    ("totals", "--year", "2030"),
    ("totals", "--scenario", "x"),
    ("totals", "--drop", "x"),
    ("totals", "--shift", "x=1"),
    ("totals", "--variant", "x=y"),
    ("show", "x"),
    ("trace", "theme=x"),
    ("trace", "year=2030"),
    ("variants",),
    ("compare",),
]


@pytest.fixture(params=PLANS)
def plan(request: pytest.FixtureRequest, folder: Path) -> str:
    """A plan of one folder, in which there is nothing to report."""
    (folder / "data").mkdir()
    text = "plan: {title: Ville, years: 2016..2017}\n" + PLANS[request.param]
    (folder / "data" / "plan.yaml").write_text(text, encoding="utf-8")
    return "data"


@pytest.mark.parametrize("report", REPORTS, ids=" ".join)
def test_a_report_of_nothing_says_so_in_every_format(
    ppi: Run, plan: str, report: tuple[str, ...]
) -> None:
    for format in FORMATS:
        result = ppi(*report, "--format", format)
        assert result.code == 0, result.err
        assert result.out.strip()


@pytest.mark.parametrize("by", get_args(By))
@pytest.mark.parametrize("shape", SHAPES, ids=" ".join)
def test_totals_of_nothing_have_every_shape(
    ppi: Run, plan: str, by: str, shape: tuple[str, ...]
) -> None:
    assert ppi("totals", "--by", by, *shape).code == 0
    if "--per" not in shape and by != "theme":
        across = [each for each in shape if each != "--cumulative"]
        assert ppi("totals", "--by", by, "--across", "theme", *across).code == 0


@pytest.mark.parametrize("asked", ABSENT, ids=" ".join)
def test_what_is_not_there_is_told(ppi: Run, plan: str, asked: tuple[str, ...]) -> None:
    result = ppi(*asked)
    assert result.code in (0, 2)
    assert result.out or len(result.err) > 20


@pytest.mark.parametrize("format", ["text", "json", "sarif", "junit", "github", "gitlab"])
def test_a_check_of_nothing_ends(ppi: Run, plan: str, format: str) -> None:
    assert ppi("validate", "--format", format).code in (0, 1)


def test_a_difference_and_a_comparison_of_nothing(ppi: Run, plan: str) -> None:
    for format in FORMATS:
        assert ppi("diff", plan, plan, "--format", format).code == 0
        assert ppi("compare", plan, plan, "--format", format).code == 0
    assert ppi("roll", plan, "next").code == 0


def test_the_chart_of_a_theme_without_projects_says_so(ppi: Run, folder: Path) -> None:
    text = PLANS["a project"].replace("title: A}]", "title: A}, {id: b, title: B}]")
    (folder / "plan.yaml").write_text(f"plan: {{title: P, years: 2016..2017}}\n{text}")
    assert "\nno project is in this selection\n" in ppi("gantt", "--theme", "b").out
    assert "no project is in this selection" not in ppi("gantt", "--theme", "a").out
