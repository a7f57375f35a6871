"""The usual section of a plan: which costs take it, and that it is as if each of them said it."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
import yaml
from hypothesis import given

from ppi_cli.changes.difference import difference
from ppi_cli.figures.finances import prospect
from ppi_cli.figures.funding import fctva
from ppi_cli.figures.totals import totals
from ppi_cli.plan.model import plan_of
from ppi_cli.versions.choices import Choices
from ppi_cli.versions.costs import to_run
from ppi_cli.versions.scenarios import worked_out
from ppi_cli.words.language import Language
from tests.any_accounts import trees_of_all_accounts
from tests.any_plan import trees, with_outside
from tests.conftest import Result
from tests.plans import codes, examined, plan

Tree = dict[str, Any]

TOWN = """
    plan: {title: Plan de Vigneux, years: 2026..2028, tax: incl, section: investment}
    fctva: {regime: n}
    themes: [{id: ecoles, title: Écoles}]
    priority_classes: [{class: 1, title: Urgent}]
    projects:
      - id: cantine
        theme: ecoles
        title: Cantine
        priority: 1
        quarters: 2026-T1..2026-T4
        costs: COSTS
        running_costs: [{amount: 1 k€}]
"""


OF_165 = "{project: cantine, account: 165, paid: 10 k€, carried_over: 30 k€}"


def by_section(text: str, executed: bool = False) -> dict[str | None, str]:
    """What is in each section, all years together, in euros; running costs apart."""
    version = Choices(executed=executed).version(plan(text)).plan
    return {row.id: str(row.total.amount) for row in totals(version, "section").rows}


@pytest.mark.parametrize(
    ("cost", "section"),
    [
        ("{2026: 80 k€}", "investment"),
        ("{year: 2026, amount: 80 k€, fctva: no}", "investment"),
        ("{year: 2026, amount: 80 k€, section: operating}", "operating"),
        ("{year: 2026, amount: 80 k€, account: 615}", "operating"),
        ("{year: 2026, amount: 80 k€, account: 165}", None),  # it states an account
    ],
)
def test_a_cost_that_states_neither_section_nor_account_takes_it(
    cost: str, section: str | None
) -> None:
    (own,) = worked_out(plan(TOWN.replace("COSTS", cost))).plan.projects
    assert [each.in_section for each in own.costs] == [section]
    assert {each.in_section for each in to_run(own)} == {"operating"}


def test_a_cost_that_takes_it_is_no_assumption() -> None:
    found = totals(worked_out(plan(TOWN.replace("COSTS", "{2026: 80 k€}"))).plan, "section")
    assert [(row.id, row.total.assumed) for row in found.rows] == [("investment", False)]


def test_one_line_answers_what_the_fund_asks_of_all_costs() -> None:
    """16.404 % of 80 k€ are 13 123.20 €; without the line, the help offers it first."""
    said = TOWN.replace("COSTS", "{2026: 80 k€}")
    assert "PPI418" not in codes(said)
    assert [str(each.amount) for each in fctva(worked_out(plan(said)).plan)] == ["13123.20"]
    (found,) = (
        each
        for each in examined(said.replace(", section: investment", "")).diagnostics
        if each.code == "PPI418"
    )
    assert found.help is not None
    assert found.help.text.startswith("write section: investment once, in “plan:”")


@pytest.mark.parametrize("header", ["", ", section: investment"])
def test_a_cost_of_an_account_in_neither_section_says_it_itself(header: str) -> None:
    said = TOWN.replace("COSTS", "{2026: 80 k€, account: 165}")
    found = examined(said.replace(", section: investment", header)).diagnostics
    (help_,) = (each.help for each in found if each.code == "PPI418")
    assert help_ is not None
    assert help_.text.startswith("write section: investment or an account with them")


@pytest.mark.parametrize(("more", "is_offered"), [("", True), (", account: 165", False)])
def test_one_line_answers_what_is_asked_of_what_was_paid(more: str, is_offered: bool) -> None:
    """60 k€ were paid in no section; a line with an account would not take the usual one."""
    line = f"{{project: cantine, paid: 60 k€{more}}}"
    said = TOWN.replace("COSTS", "{2026: 80 k€}")
    said += f"    execution: [{{year: 2026, closed: yes, lines: [{line}]}}]\n"
    found = examined(said.replace(", section: investment", "")).diagnostics
    (help_,) = (each.help for each in found if each.code == "PPI457")
    assert help_ is not None
    assert ("section: investment" in Language("en").say(help_)) is is_offered
    assert ("PPI457" in codes(said)) is not is_offered


def test_what_a_scenario_adds_or_puts_instead_takes_it() -> None:
    text = (
        TOWN.replace("COSTS", "[]")
        + """
    scenarios:
      - id: autre
        add: [{id: cour, theme: ecoles, title: Cour, priority: 1, costs: {2027: 5 k€}}]
        change: [{project: cantine, costs: {2026: 20 k€}}]
"""
    )
    version = Choices(scenario="autre").version(plan(text)).plan
    assert {row.id for row in totals(version, "section").rows} == {"investment"}


ACCOUNT = """
    execution:
      - year: 2026
        closed: yes
        lines:
          - {project: cantine, paid: 60 k€, carried_over: 20 k€}
          - {project: cour, paid: 7 k€}
          - {theme: ecoles, paid: 3 k€}
"""


def test_lines_of_projects_take_it_and_those_of_themes_do_not() -> None:
    """80 k€ of the canteen, paid and carried over, and 7 k€ of the yard, which has no cost."""
    text = TOWN.replace("COSTS", "{2026: 80 k€}")
    text += "      - {id: cour, theme: ecoles, title: Cour, priority: 1}\n" + ACCOUNT
    found = by_section(text, executed=True)
    assert found.pop("investment") == "87000.00"
    assert set(found.values()) == {"3000.00"}  # not split by project: of no section
    assert "operating" not in found


@pytest.mark.usefixtures("folder")
def test_next_years_plan_does_not_repeat_it(ppi: Callable[..., Result]) -> None:
    """What is carried over says its section where it states an account too."""
    costs = "[{2026: 80 k€}, {2026: 40 k€, account: 165, section: investment}]"
    text = TOWN.replace("COSTS", costs) + ACCOUNT.replace("{project: cour, paid: 7 k€}", OF_165)
    Path("plan.yaml").write_text(dedent(text), "utf-8")
    assert ppi("roll", "plan.yaml", "next").code == 0
    (file,) = Path("next").iterdir()
    costs_ = yaml.safe_load(file.read_text("utf-8"))["projects"][0]["costs"]
    assert {("account" in each, "section" in each) for each in costs_} == {
        (True, True),
        (False, False),
    }


def test_a_change_of_it_is_told_of_each_cost_that_takes_it() -> None:
    text = TOWN.replace("COSTS", "[{2026: 80 k€}, {2027: 5 k€, account: 2188}]")
    before = worked_out(plan(text.replace(", section: investment", ""))).plan
    found = difference(before, worked_out(plan(text)).plan).changes
    assert [(group.id, change.old, change.new) for group, change in found] == [
        ("cantine", None, "investment")
    ]


def written_on_each(tree: Tree) -> Tree:
    """A plan without a usual section, which each cost that states neither says itself."""
    tree = deepcopy(tree)
    section = tree["plan"].pop("section")
    for project in tree["projects"]:
        for cost in project["costs"]:
            if not {"section", "account"} & cost.keys():
                cost["section"] = section
    costless = {project["id"] for project in tree["projects"] if not project["costs"]}
    for account in tree.get("execution", ()):
        for line in account["lines"]:
            if line.get("project") in costless and "account" not in line:
                line["section"] = section
    return tree


def is_as_written_on_each(tree: Tree, section: str, choices: Choices) -> None:
    tree["plan"]["section"] = section
    both = plan_of(tree), plan_of(written_on_each(tree))
    once, each = (choices.version(own).plan for own in both)
    told = [change.path or () for _, change in difference(once, each).changes]
    assert {path[:1] for path in told} <= {("execution",)}  # how a line is written
    for by in ("section", "source", "account"):
        assert totals(once, by) == totals(each, by)
    assert list(fctva(once)) == list(fctva(each))
    assert prospect(once).years == prospect(each).years


@given(trees())
def test_it_is_as_if_each_cost_said_it(tree: Tree) -> None:
    tree |= {"debt": {"at_start": "1 M€", "new_loans": {"rate": "3 %", "years": "15"}}}
    tree["savings"] = {tree["plan"]["years"][:4]: "20 k€"}
    is_as_written_on_each(tree, "investment", Choices())


@given(with_outside())
def test_it_is_so_of_operating_and_outside_the_years(tree: Tree) -> None:
    is_as_written_on_each(tree, "operating", Choices())


@given(trees_of_all_accounts())
def test_it_is_so_of_what_accounts_say(tree: Tree) -> None:
    is_as_written_on_each(tree, "investment", Choices(executed=True))
