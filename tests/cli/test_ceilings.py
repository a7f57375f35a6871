"""``--ceiling`` of what is borrowed and of the years to repay: the words are those of the plan."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_arbitrate import printed
from tests.conftest import Result
from tests.figures.test_finances import FINANCES, TOWN

Ppi = Callable[..., Result]

#: 490 k€ are borrowed in 2026, and the debt takes 4.6, 5.3 and 5.1 years to repay.
CEILINGS = "    ceilings: {CEILINGS}\n"
WAITING = """
      - {id: rue, theme: a, title: Rue, priority: 2, quarters: 2026,
         costs: {2026: 90 k€, section: investment}}
"""


def write(ceilings: str = "", more: str = "", town: str = TOWN) -> Path:
    text = town + more + FINANCES + (f"    ceilings: {ceilings}\n" if ceilings else "")
    file = Path("plan.yaml")
    file.write_text(text.replace("\n    ", "\n"), "utf-8")
    return file


def options(*asked: str) -> list[str]:
    return [word for each in asked for word in ("--ceiling", each)]


def found(ppi: Ppi, *arguments: str) -> list[tuple[str, str]]:
    """What ``validate`` says of loans and years to repay."""
    result = ppi("validate", "plan.yaml", *arguments, "--format", "json", "--lang", "en")
    told: Any = json.loads(result.out)
    return [
        (each["code"], each["message"])
        for each in told["diagnostics"]
        if each["code"] in ("PPI443", "PPI444")
    ]


@pytest.mark.parametrize(
    ("stated", "asked"),
    [
        ("{borrowing: {2026: 400 k€}}", ["borrowing.2026=400k€"]),
        ("{borrowing: {2026: 0 €}}", ["borrowing.2026=0"]),
        ("{years_to_repay: 5}", ["years_to_repay=5"]),
        ("{years_to_repay: {2026: 5}}", ["years_to_repay.2026=5"]),
        (
            "{years_to_repay: {2025: 4, 2026: 4, 2027: 5}}",
            ["désendettement=4", "years_to_repay.2027=5"],
        ),
        ("{years_to_repay: none}", ["years_to_repay=none"]),
        (
            "{borrowing: {2026: 400 k€}, years_to_repay: 5, net: {2026: 1 M€}}",
            ["emprunt.2026=400 k€", "years_to_repay=5", "net.2026=1 M€"],
        ),
    ],
)  # fmt: skip
def test_what_is_asked_for_is_held_as_if_it_were_stated(
    ppi: Ppi, folder: Path, stated: str, asked: list[str]
) -> None:
    """The same figures, verdicts and findings, on every command that shows a ceiling."""
    write()
    commands = ("debt", "afford", "arbitrate")
    by_option = [printed(ppi, each, "plan.yaml", *options(*asked)) for each in commands]
    findings = found(ppi, *options(*asked))
    write(stated)
    by_plan = [printed(ppi, each, "plan.yaml") for each in commands]
    for one, other in zip(by_option, by_plan, strict=True):
        for key in ("years", "verdict", "notes", "left", "debt"):
            assert one.get(key) == other.get(key), key
    assert findings == found(ppi)


@pytest.mark.parametrize(
    ("stated", "asked", "years"),
    [
        ("{years_to_repay: 5}", "years_to_repay.2026=6", [5, 6, 5]),
        ("{years_to_repay: {2025: 3}}", "years_to_repay.2026=6", [3, 6, None]),
        ("{years_to_repay: {2025: 3}}", "years_to_repay=6", [6, 6, 6]),
        ("{years_to_repay: 5}", "years_to_repay=none", [None, None, None]),
        ("{years_to_repay: none}", "years_to_repay.2026=6", [None, 6, None]),
    ],
)
def test_a_year_that_is_asked_for_leaves_the_others_as_they_are(
    ppi: Ppi, folder: Path, stated: str, asked: str, years: list[int | None]
) -> None:
    write(stated)
    debt = printed(ppi, "debt", "plan.yaml", *options(asked))
    assert [each["ceilings"]["years_to_repay"] for each in debt["years"]] == years


def test_so_do_the_years_of_a_scenario_and_its_findings_stand_where_it_says_them(
    ppi: Ppi, folder: Path
) -> None:
    """In 2026 it takes 5.3 years: under 6 of the plan, over 5 of the scenario."""
    scenario = "scenarios: [{id: s, title: S, ceilings: {years_to_repay: {2026: 5}}}]\n"
    file = write("{years_to_repay: 6}")
    file.write_text(file.read_text("utf-8") + scenario, "utf-8")
    debt = printed(ppi, "debt", "plan.yaml", "--scenario", "s")
    assert [each["ceilings"]["years_to_repay"] for each in debt["years"]] == [6, 5, 6]
    out = ppi("validate", "plan.yaml", "--scenario", "s", "--lang", "en").out
    line = len(file.read_text("utf-8").splitlines())
    assert f"plan.yaml:{line}:" in out
    assert "PPI444" in out


def test_what_binds_what_is_borrowed_is_asked_for_in_the_same_words(ppi: Ppi, folder: Path) -> None:
    """400 k€ instead of 490 k€: 90 k€ fall on the fund of 200 k€; the trace sums to it."""
    write()
    asked = [*options("borrowing.2026=400k€"), "--within-ceilings"]
    year = printed(ppi, "debt", "plan.yaml", *asked)["years"][1]
    assert (year["loan"], year["fund"]) == ("400000.00", "110000.00")
    traced = printed(ppi, "trace", "measure=loan", "year=2026", "plan.yaml", *asked)
    assert traced["total"] == "400000.00"


def test_a_project_waits_for_what_is_asked_for_and_the_scenario_says_so(
    ppi: Ppi, folder: Path
) -> None:
    write(more=WAITING, town=TOWN.replace("title: Halle", "title: Halle\n        priority: 1"))
    asked = options("borrowing.2026=500k€", "years_to_repay=7", "years_to_repay.2027=6")
    found = printed(ppi, "arbitrate", "plan.yaml", *asked, "-o", "scenario.yaml")
    (street,) = [each for each in found["projects"] if each["id"] == "rue"]
    assert street["start"] == "2027-Q1"
    loans = {side: [y["loan"] for y in found["debt"][side]["years"]] for side in found["debt"]}
    assert loans == {
        "as_written": [None, "580000.00", None],
        "instead": [None, "490000.00", None],
    }
    text = Path("scenario.yaml").read_text("utf-8")
    assert "borrowing: {2026: 500000.00 €}" in text
    assert "years_to_repay: {2025: 7, 2026: 7, 2027: 6}" in text
    again = printed(ppi, "debt", "plan.yaml", "--scenario", "scenario.yaml")
    assert again["years"][1]["loan"] == "490000.00"


def test_what_is_asked_for_stands_in_the_title(ppi: Ppi, folder: Path) -> None:
    write()
    asked = ["borrowing.2026=400k€", "years_to_repay=6", "years_to_repay.2026=5"]
    out = ppi("debt", "plan.yaml", *options(*asked), "--lang", "en", "--width", "200").out
    assert (
        "[at most 400 k€ borrowed in 2026, debt repaid in 6 years at most, debt of 2026 repaid in 5"
        " years at most]"
    ) in " ".join(out.replace("\u00a0", " ").split())


@pytest.mark.usefixtures("folder")
def test_none_is_no_ceiling_of_one_year_and_what_to_type_is_told(ppi: Callable[..., Any]) -> None:
    told = ppi("debt", "--ceiling", "years_to_repay.2027=none", "--lang", "en")
    assert told.code == 2
    assert "“none” is for all years of the plan, and not for 2027 alone" in told.err
    assert "write years_to_repay=none, or a number of years: years_to_repay.2027=12" in told.err


@pytest.mark.usefixtures("folder")
def test_a_bare_ceiling_waits_for_the_header_that_says_its_unit(ppi: Callable[..., Any]) -> None:
    """100 is 100 k€ in a plan in thousands; where its unit is none, that is what is told."""
    write(town=TOWN.replace("tax: incl", "tax: incl, unit: k€"))
    found = json.loads(ppi("afford", "plan.yaml", "--ceiling", "total.2026=100", "-f", "json").out)
    (year,) = (each for each in found["years"] if each["year"] == "2026")
    assert year["ceilings"]["total"] == "100000.00"
    write(town=TOWN.replace("tax: incl", "tax: incl, unit: zzz"))
    refused = ppi("afford", "plan.yaml", "--ceiling", "total.2026=100", "--lang", "en")
    assert refused.code == 1
    assert "“zzz” is not a unit" in refused.out + refused.err
