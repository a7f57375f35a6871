"""The order of classes as it is shown: the checks, the matrix and a project's sheet agree."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from ppi_cli.figures.order import out_of_order
from tests.conftest import Result
from tests.plans import examined

Run = Callable[..., Result]

#: The stalls of class 3 start before three projects that are more urgent.
PLAN = """
plan: {title: Plan de Tours, years: 2016..2018}
themes: [{id: halle, title: Halle}]
priority_classes: [{class: 1, title: Urgent}, {class: 2, title: Utile}, {class: 3, title: Confort}]
recommendations:
  - {id: reco-toit, class: 1, rank: 1, title: Mettre hors d'eau}
  - {id: reco-etals, class: 3, rank: 1, title: Accueillir le marché}
projects:
  - {id: toit, theme: halle, title: Toit, quarters: 2016-T3, answers: [reco-toit]}
  - {id: etals, theme: halle, title: Étals, quarters: 2016-T1, answers: [reco-etals]}
  - {id: sol, theme: halle, title: Sol, quarters: 2016-T4, priority: 2}
  - {id: quai, theme: halle, title: Quai, quarters: 2017-T1, priority: 2}
"""
TOLD = "exceptions: [{rule: PPI301, project: %s, reason: marché signé}]\n"


def written(folder: Path, more: str = "") -> str:
    (folder / "plan.yaml").write_text(PLAN + more, encoding="utf-8")
    return "plan.yaml"


def found(ppi: Run, name: str) -> list[tuple[str, str]]:
    report = json.loads(ppi("validate", name, "--only", "PPI301", "-f", "json").out)
    return [(d["subject"]["project"], d["severity"]) for d in report["diagnostics"]]


def orders(ppi: Run, name: str) -> dict[str, str | None]:
    """What the matrix and the sheet of each project say of it, in one word."""
    by_matrix = {
        project["id"]: project["order"]
        for each in json.loads(ppi("matrix", name, "-f", "json").out)["classes"]
        for place in (*each["recommendations"], {"projects": each["stated"]})
        for project in place["projects"]
    }
    by_sheet = {
        id: json.loads(ppi("show", id, name, "-f", "json").out)["order"] for id in by_matrix
    }
    assert by_sheet == by_matrix
    return by_matrix


def test_one_project_explains_three_pairs(ppi: Run, folder: Path) -> None:
    name = written(folder)
    assert found(ppi, name) == [("etals", "error")]
    assert orders(ppi, name) == {"toit": "holds", "etals": "early", "sol": "holds", "quai": "holds"}
    said = " ".join(ppi("validate", name).out.split())
    assert "before 3 more urgent projects, the first being “Toit” (class 1, Q3 2016)" in said
    aside = "{rule: PPI301, project: etals, reason: …}"
    assert f"start it in Q1 2017 or later; or set it aside in “exceptions”: {aside}" in said
    assert "because of 1 project" in ppi("matrix", name).out


@pytest.mark.parametrize(
    ("project", "left", "words"),
    [
        ("etals", [], {"etals": "excepted"}),
        # Without the pair of the matrix, what is left is a warning.
        ("toit", [("etals", "warning")], {"etals": "early", "toit": "excepted"}),
    ],
)
def test_an_exception_may_name_either_of_two(
    ppi: Run, folder: Path, project: str, left: list[tuple[str, str]], words: dict[str, str]
) -> None:
    name = written(folder, TOLD % project)
    assert found(ppi, name) == left
    assert "PPI124" not in ppi("validate", name).out
    keep_it = dict.fromkeys(("toit", "etals", "sol", "quai"), "holds")
    assert orders(ppi, name) == keep_it | words


def test_exceptions_of_both_projects_of_a_pair_are_of_use(ppi: Run, folder: Path) -> None:
    both = "exceptions:\n" + "".join(
        f"  - {{rule: PPI301, project: {id}, reason: r}}\n" for id in ("etals", "quai")
    )
    name = written(folder, both)
    assert found(ppi, name) == []
    assert "PPI124" not in ppi("validate", name).out


def test_an_exception_of_a_project_of_no_pair_is_of_no_use(ppi: Run, folder: Path) -> None:
    free = "  - {id: quais, theme: halle, title: Q, quarters: 2018, priority: 3}\n"
    name = written(folder, free + TOLD % "quais")
    assert "PPI124" in ppi("validate", name).out


def test_the_project_of_most_pairs_is_told_first() -> None:
    quarters = {"a": "T2", "b1": "T1", "b2": "T1", "b3": "T1", "c": "T4", "d": "T3"}
    classes = {"a": 1, "b1": 2, "b2": 2, "b3": 2, "c": 3, "d": 4}
    lines = (
        f"  - {{id: {id}, title: {id}, theme: t, quarters: 2016-{quarter}"
        f", priority: {classes[id]}}}"
        for id, quarter in quarters.items()
    )
    declared = ", ".join(f"{{class: {n}, title: C{n}}}" for n in range(1, 5))
    of = examined(
        "plan: {title: Plan de Tours, years: 2016..2018}\nthemes: [{id: t, title: T}]\n"
        f"priority_classes: [{declared}]\nprojects:\n" + "\n".join(lines)
    ).plan
    assert of is not None
    told = [(of.projects[each.index].id, each.after) for each in out_of_order(of)]
    assert told == [("a", 3), ("c", 1)]


def test_nothing_is_said_of_an_order_that_the_plan_has_switched_off(ppi: Run, folder: Path) -> None:
    name = written(folder, "rules: {PPI301: off}\n")
    assert found(ppi, name) == []
    assert set(orders(ppi, name).values()) == {None}
    assert json.loads(ppi("matrix", name, "-f", "json").out)["order_holds"] is None
    assert "order" not in ppi("matrix", name).out.lower()
    assert "order" not in ppi("show", "etals", name).out.lower()


def test_a_plan_may_ask_that_every_one_be_an_error(ppi: Run, folder: Path) -> None:
    assert found(ppi, written(folder, TOLD % "toit")) == [("etals", "warning")]
    name = written(folder, TOLD % "toit" + "rules: {PPI301: error}\n")
    assert found(ppi, name) == [("etals", "error")]
    assert "severities set by the plan: PPI301 error" in ppi("validate", name).out


def test_the_rule_says_that_it_has_two_severities(ppi: Run) -> None:
    (rule,) = (
        each
        for each in json.loads(ppi("rules", "-f", "json").out)["rules"]
        if each["code"] == "PPI301"
    )
    assert (rule["severity"], rule["severities"]) == ("error", ["error", "warning"])
    assert "(error or warning, " in ppi("explain", "PPI301").out


def test_a_project_that_states_its_class_stands_in_it(ppi: Run, folder: Path) -> None:
    table = ppi("matrix", written(folder)).out
    (sol,) = (line for line in table.splitlines() if "Sol" in line)
    assert sol.split("│")[1:4] == [" —    ", " stated by the project ", " Sol     "]


ROADS = """
plan: {title: Plan de Tours, years: 2016..%s}
themes: [{id: a, title: A}]
priority_classes: [{class: 1, title: Urgent}, {class: 3, title: Confort}]
projects:
  - {id: voirie, theme: a, title: Voirie, quarters: %s..%s, priority: 3, costs: [%s]}
  - {id: toit, theme: a, title: Toit, quarters: 2016-T3, priority: 1, costs: {2016: 90 k€}}
"""


@pytest.mark.parametrize(
    ("last", "first", "costs", "is_told"),
    [
        (2019, "2016-T1", "{years: 2016..2019, each_year: 60 k€}", False),
        (2018, "2016-T1", "{years: 2016..2018, each_year: 60 k€}", False),
        (2019, "2016-T1", "{2016: 60 k€, 2017: 50 k€, 2018: 55 k€, 2019: 70 k€}", False),
        (2019, "2016-T1", "{2016: 60 k€, 2017: 900 k€, 2018: 40 k€, 2019: 5 k€}", True),
        (2018, "2016-T1", "{2016: 60 k€, 2017: 60 k€}", True),
        (2019, "2016-T2", "{years: 2016..2019, each_year: 60 k€}", True),
    ],
)
def test_work_of_each_year_is_not_held_against_the_order(
    last: int, first: str, costs: str, is_told: bool
) -> None:
    """What recurs starts with the plan since the plan does; what begins in it is a choice."""
    told = examined(ROADS % (last, first, f"{last}-T4", costs))
    assert ("PPI301" in [each.code for each in told.diagnostics]) == is_told


def test_no_line_of_an_explanation_is_too_long_to_be_read(ppi: Run) -> None:
    """Where the terminal is wider than 100 columns too; an example stays as it is written."""
    wide, narrow = (ppi("explain", "PPI402", "--width", width).out for width in ("200", "100"))
    assert wide == narrow
    assert ppi("explain", "PPI402", "--width", "60").out != wide
