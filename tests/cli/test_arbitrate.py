"""``ppi arbitrate``: what is printed can be read back, and written into a plan."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from ppi_cli.source.append import appended
from ppi_cli.values.errors import PpiError
from tests.conftest import Result
from tests.test_example_finance import PLAN

Ppi = Callable[..., Result]

TOWN = """\
plan: {title: Plan de Vigneux, years: 2025..2027}   # trois ans
themes: [{id: a, title: A}]
ceilings: {total: {2025: 100 k€}}
projects:
  - {id: roof, title: Toit, theme: a, priority: 1, quarters: 2025,
     costs: [{year: 2025, amount: 60 k€}]}
  - {id: hall, title: Halle, theme: a, priority: 2, quarters: 2025,
     costs: [{year: 2025, amount: 50 k€}]}
"""


@pytest.fixture
def finance(folder: Path) -> Path:
    shutil.copytree(PLAN, folder / "finance")
    return folder / "finance"


def printed(ppi: Ppi, *arguments: str) -> dict[str, Any]:
    result = ppi(*arguments, "--format", "json")
    assert result.code == 0, result.err
    found: dict[str, Any] = json.loads(result.out)
    return found


def left(afford: dict[str, Any]) -> dict[tuple[str, str], str]:
    """What is left of each ceiling, as ``ppi afford`` prints it."""
    return {(y["year"], kind): m for y in afford["years"] for kind, m in y["left"].items()}


@pytest.mark.parametrize(
    "asked",
    [
        [],
        ["--step", "quarter"],
        ["--fix", "halle-sports"],
        ["--ceiling", "net.2027=3,2M€", "--ceiling", "total.2030=400 k€"],
        ["--scenario", "prudent"],
        ["--scenario", "ambition", "--drop", "gtb", "--ceiling", "net.2028=1 900 k€"],
        ["--variant", "cible-chaleur=geothermie", "--shift", "rue-republique=-2"],
    ],
)
def test_the_scenario_that_is_written_gives_the_figures_that_are_printed(
    ppi: Ppi, finance: Path, asked: list[str]
) -> None:
    found = printed(ppi, "arbitrate", "finance", *asked, "-o", "scenario.yaml")
    again = printed(ppi, "afford", "finance", "--scenario", "scenario.yaml")
    assert left(again) == {(each["year"], each["kind"]): each["instead"] for each in found["left"]}
    shutil.copy("scenario.yaml", finance / "arbitrage.yaml")
    inside = printed(ppi, "afford", "finance", "--scenario", "arbitrage")
    assert inside["years"] == again["years"]
    told = printed(ppi, "validate", "finance")
    assert told["counts"]["error"] == 0


@pytest.mark.parametrize("asked", [[], ["--drop", "gtb", "--ceiling", "net.2028=1 900 k€"]])
def test_as_executed_its_figures_are_those_of_the_version_as_executed(
    ppi: Ppi, finance: Path, asked: list[str]
) -> None:
    found = printed(ppi, "arbitrate", "finance", "--executed", *asked, "-o", "scenario.yaml")
    before = printed(ppi, "afford", "finance", "--executed", *asked)
    after = printed(ppi, "afford", "finance", "--executed", "--scenario", "scenario.yaml")
    for key, afford in (("as_written", before), ("instead", after)):
        assert left(afford) == {(each["year"], each["kind"]): each[key] for each in found["left"]}


def test_closed_years_are_told_and_how_to_count_them(ppi: Ppi, finance: Path) -> None:
    for asked in ([], ["--executed"]):
        lines = ppi("totals", "finance", *asked, "--width", "200").out.splitlines()
        (note,) = (line for line in lines if "2025 is closed" in line)
        assert note in ppi("arbitrate", "finance", *asked, "--width", "200").out.splitlines()


@pytest.mark.parametrize("written", ["-o", "--into"])
def test_as_executed_its_scenario_says_so_where_it_is_read_and_where_it_is_shown(
    ppi: Ppi, finance: Path, written: str
) -> None:
    file = {"-o": "scenario.yaml", "--into": str(finance / "scenarios.yaml")}[written]
    target = {"-o": file, "--into": "finance"}[written]
    ppi("arbitrate", "finance", "--executed", written, target)
    assert "# Reckoned as executed: with --executed" in Path(file).read_text("utf-8")
    asked = {"-o": file, "--into": "arbitrage"}[written]
    shown = ppi("totals", "finance", "--scenario", asked)
    assert "Arbitration of the plan as executed" in shown.out


def test_each_change_has_its_reason_in_the_language_of_the_plan(ppi: Ppi, finance: Path) -> None:
    ppi("arbitrate", "finance", "-o", "scenario.yaml", "--lang", "fr")
    (scenario,) = yaml.safe_load(Path("scenario.yaml").read_text("utf-8"))["scenarios"]
    assert scenario["title"] == "Arbitrage : ce qui tient sous les plafonds"
    (change,) = scenario["change"]
    assert change["start"] == "2028-T4"
    assert change["reason"].startswith("pas au T4 2026 : 535 431,30 € de trop en 2027 (net)")
    assert scenario["drop"] == ["mediatheque"]


def test_a_file_in_the_plans_folder_is_written_anew_and_no_other_is_touched(
    ppi: Ppi, finance: Path
) -> None:
    file = "finance/arbitrage.yaml"
    first = ppi("arbitrate", "finance", "-o", file)
    text = Path(file).read_text("utf-8")
    assert ppi("arbitrate", "finance", "-o", file).out == first.out
    assert Path(file).read_text("utf-8") == text
    other = (finance / "scenarios.yaml").read_bytes()
    refused = ppi("arbitrate", "finance", "-o", "finance/scenarios.yaml")
    assert (refused.code, (finance / "scenarios.yaml").read_bytes()) == (2, other)
    assert "ppi arbitrate did not write it" in refused.err


def test_into_a_plan_it_comes_behind_its_scenarios(ppi: Ppi, finance: Path) -> None:
    before = (finance / "scenarios.yaml").read_text("utf-8")
    assert ppi("arbitrate", "finance", "--into", "finance").code == 0
    after = (finance / "scenarios.yaml").read_text("utf-8")
    assert after.startswith(before)
    assert printed(ppi, "afford", "finance", "--scenario", "arbitrage")["fixed_over"] == []
    assert ppi("arbitrate", "finance", "--into", "finance").code == 0
    assert "  - id: arbitrage-2\n" in (finance / "scenarios.yaml").read_text("utf-8")


def test_a_plan_without_scenarios_gets_them(ppi: Ppi, folder: Path) -> None:
    Path("plan.yaml").write_text(TOWN, "utf-8")
    assert ppi("arbitrate", "plan.yaml", "--into", "plan.yaml").code == 0
    text = Path("plan.yaml").read_text("utf-8")
    assert text.startswith(TOWN)
    assert ppi("afford", "plan.yaml", "--scenario", "arbitrage").code == 0
    assert "start: 2026-T1" in text


def test_of_two_files_with_scenarios_the_last_one_gets_it(ppi: Ppi, finance: Path) -> None:
    more = finance / "z-more.yaml"
    more.write_text("scenarios:\n  - {id: z, drop: []}\n", "utf-8")
    first = (finance / "scenarios.yaml").read_bytes()
    assert ppi("arbitrate", "finance", "--into", "finance").code == 0
    assert (finance / "scenarios.yaml").read_bytes() == first
    assert "  - id: arbitrage\n" in more.read_text("utf-8")


def test_a_plan_that_cannot_be_read_gets_none(ppi: Ppi, finance: Path) -> None:
    Path("broken.yaml").write_text("plan: {title: P}\n", "utf-8")
    refused = ppi("arbitrate", "finance", "--into", "broken.yaml", "--lang", "en")
    assert refused.code == 2
    assert "broken.yaml holds no plan that can be read" in refused.err
    assert "ppi validate says why" in refused.err
    assert Path("broken.yaml").read_text("utf-8") == "plan: {title: P}\n"


def test_starts_in_a_row_that_one_ceiling_refuses_stand_on_one_line(ppi: Ppi, folder: Path) -> None:
    """The roof takes all 60: what of the hall's 50 comes in 2025 is too much."""
    text = TOWN.replace("2025: 100 k€", "2025: 60 k€").replace("2025..2027", "2025..2028")
    Path("plan.yaml").write_text(text, "utf-8")
    asked = ["--step", "quarter", "--lang", "en", "--width", "200"]
    out = " ".join(ppi("arbitrate", "plan.yaml", *asked).out.split())
    said = "too much in 2025 (in all), by start: Q1 2025: 50 k€, Q2 2025: 37 500 €, Q3 2025: 25 k€"
    assert said in out
    hall = printed(ppi, "arbitrate", "plan.yaml", "--step", "quarter")["projects"][1]
    assert [each["start"] for each in hall["refused"]] == [
        "2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4",
    ]  # fmt: skip


def test_what_was_asked_stands_in_the_title(ppi: Ppi, folder: Path) -> None:
    Path("plan.yaml").write_text(TOWN, "utf-8")
    asked = ["--ceiling", "total.2026=90 k€", "--drop", "roof", "--lang", "en"]
    out = " ".join(ppi("arbitrate", "plan.yaml", *asked).out.split())
    assert "[without “Toit”, ceiling of 2026 (in all): 90 k€]" in out


CROWDED = """\
plan: {title: P, years: 2025..2028, language: en}
themes: [{id: a, title: A}]
ceilings: {total: {2025: 100 k€, 2026: 100 k€}}
projects:
  - {id: roof, title: Roof, theme: a, priority: 1, quarters: 2025,
     costs: [{year: 2025, amount: 60 k€}]}
  - {id: hall, title: Hall, theme: a, priority: 2, quarters: 2025,
     costs: [{year: 2025, amount: 60 k€}]}
  - {id: road, title: Road, theme: a, priority: 3, quarters: 2026,
     costs: [{year: 2026, amount: 60 k€}]}
"""


def test_whom_afford_does_not_name_since_nothing_comes_later_there(ppi: Ppi, folder: Path) -> None:
    """The hall comes in 2026, and takes what the road needs."""
    Path("plan.yaml").write_text(CROWDED, "utf-8")
    assert "ppi afford does not name Road: there, what does not fit" in ppi("arbitrate").out
    unfunded = printed(ppi, "afford")["unfunded"]
    assert [each["id"] for each in unfunded] == ["hall"]


def test_no_two_amounts_differ_without_a_word(ppi: Ppi, folder: Path) -> None:
    """In 2026 the road, less urgent, is counted by one: 50 + 60 - 100. Both say 20 of 2025."""
    both = CROWDED.replace("{year: 2025, amount: 60 k€}]}\n  - {id: road", "BOTH}\n  - {id: road")
    costs = "{year: 2025, amount: 60 k€}, {year: 2026, amount: 50 k€}]"
    Path("plan.yaml").write_text(both.replace("BOTH", costs), "utf-8")
    (there,) = printed(ppi, "afford")["unfunded"]
    assert [each["amount"] for each in there["over"]] == ["20000.00", "10000.00"]
    found = printed(ppi, "arbitrate")
    assert [each["amount"] for each in found["projects"][1]["to_find"]] == ["20000.00"]
    said = "ppi afford tells other amounts for Hall: there, all that has money counts"
    assert any(said in note for note in found["notes"])
    Path("plan.yaml").write_text(CROWDED, "utf-8")
    assert "tells other amounts" not in ppi("arbitrate").out


def test_what_is_fixed_for_once_is_not_known_to_afford(ppi: Ppi, folder: Path) -> None:
    Path("plan.yaml").write_text(CROWDED, "utf-8")
    said = "ppi afford does not know --fix"
    assert said not in ppi("arbitrate").out
    assert said in ppi("arbitrate", "--fix", "hall").out


def test_where_nothing_moves_no_scenario_is_written(ppi: Ppi, folder: Path) -> None:
    Path("plan.yaml").write_text(TOWN.replace("50 k€", "40 k€"), "utf-8")
    assert "nothing moves" in ppi("arbitrate", "plan.yaml").out
    assert ppi("arbitrate", "plan.yaml", "-o", "scenario.yaml").code == 2
    assert not Path("scenario.yaml").exists()


@pytest.mark.parametrize(
    "arguments",
    [["--keep-envelopes"], ["--fix", "rof"], ["--step", "month"], ["--ceiling", "net.2027="]],
)
def test_what_makes_no_sense_is_refused(ppi: Ppi, folder: Path, arguments: list[str]) -> None:
    Path("plan.yaml").write_text(TOWN, "utf-8")
    assert ppi("arbitrate", "plan.yaml", *arguments).code == 2


@pytest.mark.parametrize(
    "text",
    [
        "plan: x\n",
        "plan: x",
        "plan: x\r\nthemes: []\r\n",
        "plan: x\nscenarios:\nthemes: []\n",
        "plan: x\nscenarios: []\nthemes: []\n",
        "plan: x\nscenarios: []   # none yet\n",
        "scenarios:\n- id: a\n- id: b   # the last\nplan: x\n",
        "scenarios:\n  - id: a\n\n  - {id: b}\n\n# the plan\nplan: x\n",
        "plan: x\nscenarios:\n  - id: a\n    change:\n      - project: p\n        shift: 2",
        "plan: x\nscenarios:\n  []\nthemes: []\n",
    ],
)
def test_items_come_last_and_every_other_character_stays(text: str) -> None:
    new = appended("plan.yaml", text, ["- id: new\n  drop: [p]"])
    assert yaml.safe_load(new)["scenarios"][-1] == {"id": "new", "drop": ["p"]}
    at = iter(new)
    assert all(char in at for char in text.replace("[]   #", "#") if char not in "[]")


def test_a_list_in_brackets_goes_on_lines_of_its_own() -> None:
    text = """\
plan: x
scenarios: [   # two of them
  # the first
  {id: a, title: "A, [b]"},   # as voted
  {id: b,   # in parts
    drop: [p]}
  # no more
]   # for now
themes: []
"""
    assert (
        appended("plan.yaml", text, ["- id: new\n  drop: [p]"])
        == """\
plan: x
scenarios:   # for now
  # two of them
  # the first
  - {id: a, title: "A, [b]"}  # as voted
  - {id: b,   # in parts
        drop: [p]}
  # no more
  - id: new
    drop: [p]
themes: []
"""
    )


@pytest.mark.parametrize(
    "text",
    [
        "plan: x\nscenarios: [{id: a}]\n",
        "plan: x\r\nscenarios: [{id: a},\r\n  {id: b}]\r\nthemes: []\r\n",
        "plan: x\nscenarios: [{id: a,\n title: 'x\n  y'}, ]",
        "plan: x\nscenarios:\n  [\n    {id: a}\n    ,\n    {id: b}\n  ]\nthemes: []\n",
        "scenarios: [{id: é, title: [a]}]\nplan: x",
        "plan: x\nscenarios: {}\n",
        "plan: x\nscenarios: [   # none\n  # yet\n]\nthemes: []",
    ],
)
def test_whatever_the_brackets_hold_stays(text: str) -> None:
    new = appended("plan.yaml", text, ["- id: new"])
    before, after = yaml.safe_load(text), yaml.safe_load(new)
    assert after == {**before, "scenarios": [*(before["scenarios"] or []), {"id": "new"}]}


@pytest.mark.parametrize("text", ["{plan: x}\n", "{plan: x, scenarios: []}\n"])
def test_a_layout_that_does_not_allow_for_it_is_refused(text: str) -> None:
    with pytest.raises(PpiError):
        appended("plan.yaml", text, ["- id: new"])


@pytest.mark.parametrize(
    ("roof", "hall", "told"),
    [
        # 120 k€ cannot be put off, and the hall takes nothing of 2025
        ("2025: 120 k€", "2026: 50 k€", "nothing that can be put off takes of what is passed"),
        ("2025: 60 k€", "2025: 50 k€, 2026: 5 k€", "1 project waits; every ceiling holds then"),
        # a year later, the last 5 k€ would come in 2028
        ("2025: 60 k€", "2025: 50 k€, 2027: 5 k€", "it would end in 2028, after the plan"),
    ],
)
def test_what_a_project_costs_last_lies_within_the_plan_wherever_it_starts(
    ppi: Ppi, folder: Path, roof: str, hall: str, told: str
) -> None:
    Path("plan.yaml").write_text(
        "plan: {title: P, years: 2025..2027}\n"
        "themes: [{id: a, title: A}]\n"
        "ceilings: {total: {2025: 100 k€}}\n"
        "projects:\n"
        f"  - {{id: roof, title: Roof, theme: a, movable: no, quarters: 2025, costs: {{{roof}}}}}\n"
        f"  - {{id: hall, title: Hall, theme: a, quarters: 2025-Q2, costs: {{{hall}}}}}\n",
        encoding="utf-8",
    )
    assert told in " ".join(ppi("arbitrate", "plan.yaml", "--width", "200").out.split())


def test_what_ends_beyond_the_plan_as_written_is_said_to_end_later_still(
    ppi: Ppi, folder: Path
) -> None:
    """It may stay as it is written, and be put off no further."""
    Path("plan.yaml").write_text(
        "plan: {title: P, years: 2025..2027}\n"
        "themes: [{id: a, title: A}]\n"
        "ceilings: {total: {2027: 100 k€}}\n"
        "projects:\n"
        "  - {id: roof, title: Roof, theme: a, movable: no, quarters: 2027, costs: {2027: 60 k€}}\n"
        "  - id: hall\n"
        "    title: Hall\n"
        "    theme: a\n"
        "    quarters: 2027-Q1..2029-Q4\n"
        "    costs: {2027: 50 k€, beyond: 200 k€}\n",
        encoding="utf-8",
    )
    told = " ".join(ppi("arbitrate", "plan.yaml", "--width", "250").out.split())
    assert "put off, it would end in Q4 2030, later than as written (Q4 2029)" in told
