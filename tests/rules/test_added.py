"""What scenarios write is held against the rules as the plan itself is, without being asked."""

from __future__ import annotations

from collections import Counter
from typing import Any, Literal

import pytest

from ppi_cli.plan.model import plan_of
from ppi_cli.rules import ALL, Rule, check
from ppi_cli.source.examine import examine
from ppi_cli.source.explanations import example_path
from ppi_cli.source.files import decoded
from ppi_cli.source.read import read, readings_of
from ppi_cli.versions.choices import Choices
from tests.plans import TODAY


def moved(rule: Rule, kind: Literal["bad", "good"]) -> dict[str, Any]:
    """An example of a rule, with its projects added by a scenario."""
    tree = dict(read(str(example_path(rule, kind))).tree.root)
    tree["scenarios"] = [{"id": "plus", "add": tree.pop("projects", [])}]
    return tree


#: The rules that look at one project; what the bad one of PPI201 states is not of a project.
OF_EACH_PROJECT = [rule for rule in ALL if rule.each_project and rule.code != "PPI201"]


@pytest.mark.parametrize("rule", OF_EACH_PROJECT, ids=lambda rule: rule.code)
def test_the_bad_project_is_found_where_a_scenario_adds_it(rule: Rule) -> None:
    found, _ = check(plan_of(moved(rule, "bad")), TODAY)
    (finding,) = [each for each in found if each.code == rule.code]
    assert finding.path[:3] == ("scenarios", 0, "add")


@pytest.mark.parametrize("rule", OF_EACH_PROJECT, ids=lambda rule: rule.code)
def test_nothing_is_found_where_a_scenario_adds_the_good_one(rule: Rule) -> None:
    found, _ = check(plan_of(moved(rule, "good")), TODAY)
    assert rule.code not in [each.code for each in found]


WRONG = """
plan: {title: Tours, years: 2016..2017}
themes: [{id: voirie, title: Voirie}]
priority_classes: [{class: 1, title: Un}]
exceptions:
  - {rule: PPI301, project: pont, reason: crues}
  - {rule: PPI301, project: rien, reason: crues}
projects: [{id: rue, title: Rue, theme: voirie, costs: [{year: 2016, amount: 9 k€}]}]
scenarios:
  - id: plus
    add:
      - id: pont
        title: Pont
        theme: voirie
        quarters: 2015
        costs: [{year: 2016, amount: 12, account: 2151, section: operating}]
  - {id: autre, drop: [rue]}
changes: [{project: rien, reason: vote}]
"""


@pytest.mark.parametrize("scenario", [None, "plus", "autre"])
def test_nothing_is_told_twice_whatever_scenario_is_chosen(scenario: str | None) -> None:
    """Whom a scenario leaves out is judged in no version, what is written wrong always is."""
    (reading,) = readings_of("plan.yaml", [decoded("plan.yaml", WRONG.encode())], is_folder=False)
    found = examine(reading, TODAY, Choices(scenario).version).diagnostics
    told = Counter((each.code, each.place) for each in found)
    assert set(told.values()) == {1}
    codes = {each.code for each in found}
    assert codes >= {"PPI111", "PPI406", "PPI412", "PPI131"}
    assert ("PPI206" in codes) == (scenario != "autre")
