"""Next year's plan of what happened: what was paid, carried over and received is in it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ppi_cli.figures.finances import prospect
from ppi_cli.figures.totals import totals
from ppi_cli.plan.model import Plan
from ppi_cli.rules import check
from ppi_cli.source.files import SourceFile
from ppi_cli.source.read import Reading, readings_of
from ppi_cli.source.roll import rolled_files
from ppi_cli.values.errors import PpiError
from ppi_cli.values.money import ZERO
from ppi_cli.values.terms import By
from ppi_cli.versions.choices import Choices
from ppi_cli.words.language import Language
from tests.any_accounts import trees_of_all_accounts, trees_of_late_accounts

CUTS: tuple[By, ...] = ("theme", "project", "section", "account", "source")


def reading(text: str) -> Reading:
    (found,) = readings_of("plan.yaml", [SourceFile("plan.yaml", text)], is_folder=False)
    return found


def rolled(text: str) -> str:
    (new,) = rolled_files(reading(text), Language("en").say).values()
    return new


def as_executed(text: str) -> Plan:
    found = reading(text)
    assert found.plan is not None, [each.message for each in found.findings]
    choices = Choices(executed=True) if found.plan.execution else Choices()
    return choices.version(found.plan).plan


def before_and_after(text: str) -> tuple[Plan, Plan]:
    """A plan as executed, and next year's plan of it, as executed."""
    return as_executed(text), as_executed(rolled(text))


def figures(plan: Plan, by: By, years: range) -> Mapping[tuple[str, int], str]:
    """What each row of a cut has in some years; costs that come to zero are nothing."""
    return {
        (row.id, year): str(figure.amount)
        for row in totals(plan, by=by).rows
        for year in years
        if (figure := row.figures.get(str(year))) is not None and figure.amount not in (None, ZERO)
    }


@given(st.one_of(trees_of_all_accounts(), trees_of_late_accounts()))
def test_what_stays_is_the_same_as_executed_before_the_roll_and_after_it(
    tree: dict[str, Any],
) -> None:
    """Each figure of a year that stays, in every cut; and the whole of each project."""
    text = yaml.safe_dump(tree, allow_unicode=True, sort_keys=False)
    try:
        old, new = before_and_after(text)
    except PpiError:  # what follows the costs of a later closed year
        return
    stay = range(old.years.first + 1, old.years.last + 1)
    for by in CUTS:
        assert figures(old, by, stay) == figures(new, by, stay), by
    wholes = _wholes(old)
    assert {id: wholes.get(id) for id in _wholes(new)} == _wholes(new)  # what has ended is left out


@given(trees_of_all_accounts())
def test_what_the_town_owes_and_has_left_is_the_same_too(tree: dict[str, Any]) -> None:
    """Debt, fund, savings and loans of the years that stay, which all that is paid changes."""
    first = int(tree["plan"]["years"][:4])
    years = [str(first + i) for i in range(3)]
    tree["savings"] = dict.fromkeys(years, "100 k€")
    tree["debt"] = {
        "at_start": "2 M€",
        "repaid": dict.fromkeys(years, "150 k€"),
        "fund": "300 k€",
        "new_loans": {"rate": "3 %", "years": "10"},
    }
    text = yaml.safe_dump(tree, allow_unicode=True, sort_keys=False)
    try:
        old, new = (prospect(version).years for version in before_and_after(text))
    except PpiError:
        return
    for before, after in zip(old[1:], new[:2], strict=True):
        same = ("year", "debt", "fund", "gross", "net", "loan")
        assert [getattr(before.reckoned, name) for name in same] == [
            getattr(after.reckoned, name) for name in same
        ]


def test_what_is_carried_over_to_a_year_that_runs_is_of_the_account_that_it_names() -> None:
    text = """
plan: {title: P, years: 2025..2027, tax: incl}
themes: [{id: t, title: T}]
projects: [{id: roof, theme: t, title: Roof, quarters: 2025, costs: {2025: 180 k€}}]
execution:
  - {year: 2025, closed: yes, lines: [{project: roof, paid: 80 k€, carried_over: 100 k€}]}
  - {year: 2026, at: 2026-06-30, lines: [{project: roof, paid: 0 €, account: "2313"}]}
"""
    for version in before_and_after(text):
        assert figures(version, "section", range(2026, 2027)) == {("investment", 2026): "100000.00"}


def test_what_a_line_of_one_account_leaves_to_the_next_year_is_of_that_account() -> None:
    """60 k€ were opened for works and 50 are expected: the other 10 are of no study."""
    text = """
plan: {title: P, years: 2025..2027, tax: incl}
themes: [{id: t, title: T}]
projects:
  - id: roof
    theme: t
    title: Roof
    quarters: 2025
    costs: [{year: 2025, amount: 60 k€, account: "2313"},
            {year: 2025, amount: 40 k€, account: "2031"}]
execution:
  - year: 2025
    at: 2025-06-30
    lines: [{project: roof, account: "2313", opened: 60 k€, expected: 50 k€}]
"""
    version = as_executed(text)
    assert figures(version, "account", range(2026, 2027)) == {("2313", 2026): "10000.00"}


def test_a_share_of_a_later_closed_year_of_which_no_account_tells_stays_as_planned() -> None:
    """20 % of 50 k€ are due in 2026; as 2025 tells of its funder, it is an amount a year."""
    text = """
plan: {title: P, years: 2025..2027, tax: incl}
themes: [{id: t, title: T}]
funders: [{id: state, title: State}]
projects:
  - {id: roof, theme: t, title: Roof, quarters: 2025..2026, costs: {2026: 50 k€},
     funding: {from: state, year: 2026, share: 20 %, of: 50 k€, status: granted}}
execution:
  - year: 2025
    closed: yes
    lines: [{project: roof, paid: 0 €, received: [{from: state, amount: 0 €}]}]
  - {year: 2026, closed: yes, lines: [{project: roof, paid: 50 k€}]}
"""
    for version in before_and_after(text):
        own = figures(version, "source", range(2026, 2027))
        assert own == {("state", 2026): "10000.00", ("own", 2026): "40000.00"}


def test_what_a_share_comes_to_beyond_the_plan_keeps_its_years() -> None:
    """Half of 40 k€ of 2027 and of 60 k€ of 2028: 2027 is in the plan from then on."""
    text = """
plan: {title: P, years: 2025..2026, tax: incl}
themes: [{id: t, title: T}]
funders: [{id: state, title: State}]
projects:
  - {id: roof, theme: t, title: Roof, quarters: 2025..2028,
     costs: {2025: 100 k€, 2026: 100 k€, beyond: {2027: 40 k€, 2028: 60 k€}},
     funding: [{from: state, share: 50 %}]}
execution:
  - year: 2025
    closed: yes
    lines: [{project: roof, paid: 70 k€, received: 20 k€}]
"""
    new = rolled(text)
    assert "2027: 20000 €, beyond: {2028: 30000 €}" in new
    own = figures(as_executed(new), "source", range(2027, 2028))
    assert own == {("state/requested", 2027): "20000.00", ("own", 2027): "20000.00"}


@pytest.mark.parametrize(
    ("costs", "comes"),
    [
        ("beyond: 40 k€", "beyond: 20000 €"),
        ("beyond: {2027: 40 k€, 2028: 0 €}", "2027: 20000 €"),
        ("beyond: {2028: 40 k€, 2029: 10 k€}", "beyond: {2028: 20000 €, 2029: 5000 €}"),
        ("before: 10 k€", "before: 5000 €"),
    ],
)
def test_what_a_share_comes_to_outside_the_plan_is_as_sure_of_its_time_as_costs_are(
    costs: str, comes: str
) -> None:
    """Half of what is paid before the plan, of a year after it, or some time after it."""
    text = f"""
plan: {{title: P, years: 2025..2026, tax: incl}}
themes: [{{id: t, title: T}}]
funders: [{{id: state, title: State}}]
projects:
  - {{id: roof, theme: t, title: Roof, quarters: 2025..2028, costs: {{2025: 100 k€, {costs}}},
     funding: [{{from: state, share: 50 %}}]}}
execution:
  - year: 2025
    closed: yes
    lines: [{{project: roof, paid: 70 k€, received: 20 k€}}]
"""
    assert f"{{from: state, {comes}, status: requested, basis: assumed}}" in rolled(text)


def test_what_has_not_come_of_a_later_closed_year_is_to_come_once() -> None:
    """Of 60 k€ granted for 2026, 45 k€ have come: 15 k€ are to come in 2027, after the roll too."""
    text = """
plan: {title: P, years: 2025..2027, tax: incl}
themes: [{id: t, title: T}]
funders: [{id: state, title: State}]
projects:
  - {id: roof, theme: t, title: Roof, costs: {2025: 10 k€, 2026: 90 k€},
     funding: {from: state, year: 2026, amount: 60 k€, status: granted}}
execution:
  - year: 2025
    closed: yes
    lines: [{project: roof, paid: 10 k€, received: [{from: state, amount: 0 €}]}]
  - year: 2026
    closed: yes
    lines: [{project: roof, paid: 90 k€, received: [{from: state, amount: 45 k€}]}]
"""
    for version in before_and_after(text):
        own = figures(version, "source", range(2026, 2028))
        assert own["state", 2026] == "45000.00"
        assert own["state", 2027] == "15000.00"


def test_what_a_theme_without_an_envelope_carries_over_comes_beside_what_is_paid() -> None:
    """9 k€ of the theme itself and 2 k€ of the roof."""
    text = """
plan: {title: P, years: 2025..2027, language: en}
themes: [{id: t, title: T}]
projects: [{id: roof, title: Roof, theme: t}]
execution:
  - year: 2025
    closed: yes
    lines: [{project: roof, paid: 1 k€}, {theme: t, paid: 8 k€, carried_over: 9 k€}]
  - {year: 2026, at: 2026-06-30, lines: [{project: roof, paid: 2 k€}]}
"""
    for version in before_and_after(text):
        assert figures(version, "theme", range(2026, 2028)) == {("t", 2026): "11000.00"}


def test_an_envelope_is_for_what_has_no_cost_yet_with_what_the_theme_carries_over_to_it() -> None:
    """Of 20 k€ and 9 k€ carried over, 2 k€ are paid for the roof, of which no cost was stated."""
    text = """
plan: {title: P, years: 2025..2027, language: en}
themes: [{id: t, title: T, envelope: {2025: 20 k€, 2026: 20 k€}}]
projects: [{id: roof, title: Roof, theme: t}]
execution:
  - {year: 2025, closed: yes, lines: [{theme: t, paid: 8 k€, carried_over: 9 k€}]}
  - {year: 2026, at: 2026-06-30, lines: [{project: roof, paid: 2 k€}]}
"""
    for version in before_and_after(text):
        assert figures(version, "theme", range(2026, 2028)) == {("t", 2026): "29000.00"}


def test_an_envelope_of_investment_does_not_rise_for_upkeep_that_is_carried_over() -> None:
    """10 k€ of works, passed already by 2 k€, and 3 k€ of upkeep beside them."""
    text = """
plan: {title: P, years: 2025..2027, language: en}
themes: [{id: t, title: T, section: investment, envelope: {2025: 10 k€, 2026: 10 k€}}]
projects:
  - {id: roof, title: Roof, theme: t, costs: {2026: 12 k€}}
  - {id: upkeep, title: Upkeep, theme: t, quarters: 2025}
execution:
  - year: 2025
    closed: yes
    lines: [{project: upkeep, paid: 0 €, carried_over: 3 k€, account: "6156"}]
  - {year: 2026, at: 2026-06-30}
"""
    for version in before_and_after(text):
        assert figures(version, "section", range(2026, 2028)) == {
            ("no_section", 2026): "12000.00",
            ("operating", 2026): "3000.00",
            ("excess", 2026): "-2000.00",
        }


def test_what_was_granted_and_has_not_come_keeps_a_project_that_is_done() -> None:
    text = """
plan: {title: P, years: 2025..2027, tax: incl}
themes: [{id: t, title: T}]
funders: [{id: state, title: State}]
projects:
  - {id: roof, theme: t, title: Roof, quarters: 2025, costs: {2025: 180 k€},
     funding: {from: state, year: 2025, amount: 60 k€, status: granted}}
execution:
  - year: 2025
    closed: yes
    lines:
      - {project: roof, paid: 170 k€, received: [{from: state, amount: 45 k€}]}
"""
    new = as_executed(rolled(text))
    assert [project.title for project in new.projects] == ["Roof"]
    assert figures(new, "source", range(2026, 2029))["state", 2026] == "15000.00"
    assert figures(as_executed(text), "source", range(2026, 2028)) == figures(
        new, "source", range(2026, 2028)
    )
    all_has_come = text.replace("amount: 45 k€", "amount: 60 k€")
    assert not as_executed(rolled(all_has_come)).projects


def _wholes(plan: Plan) -> dict[str, int]:
    """What each project costs in all, before the plan and beyond it too."""
    found = {
        project.id: sum(
            cost.amount.cents
            for cost in (*project.costs, *project.costs_outside)
            if cost.amount is not None
        )
        for project in plan.projects
    }
    return {id: cents for id, cents in found.items() if cents}


def test_what_a_theme_carries_over_into_a_year_with_a_line_of_it_is_a_line_of_that_year() -> None:
    """Of 20 k€ in 2026 and 9 k€ carried in, 29 k€ are opened, before the roll and after it."""
    text = """\
plan: {title: P, years: 2025..2027, language: en}
themes:
  - {id: t, title: T, envelope: {2026: 20 k€}}
execution:
  - {year: 2025, closed: yes, lines: [{theme: t, paid: 8 k€, carried_over: 9 k€}]}
  - year: 2026
    at: 2026-06-30
    lines:
      - {theme: t, account: "2315", paid: 2 k€}
"""
    new = rolled(text)
    assert "- {theme: t, account: 2315, voted: 20000 €, carried_in: 9000 €, basis: assumed}" in new
    assert "envelope: {2026: 29 k€, 2028: }" in new
    for each in (text, new):
        assert figures(as_executed(each), "theme", range(2026, 2028)) == {("t", 2026): "29000.00"}


def test_of_a_short_form_the_envelope_rises() -> None:
    text = """\
plan: {title: P, years: 2025..2027, language: en}
themes:
  - {id: t, title: T, envelope: {2026: 20 k€}, paid: {2026: 2 k€}}
execution:
  - {year: 2025, closed: yes, lines: [{theme: t, paid: 8 k€, carried_over: 9 k€}]}
  - {year: 2026, at: 2026-06-30}
"""
    new = rolled(text)
    assert "envelope: {2026: 29 k€, 2028: }" in new
    for each in (text, new):
        assert figures(as_executed(each), "theme", range(2026, 2028)) == {("t", 2026): "29000.00"}


def test_what_has_been_paid_of_a_project_without_a_cost_is_no_first_cost_a_year_later() -> None:
    """6 k€ were paid of the pool in 2025: in 2026 nothing is voted for it, and 2 k€ come on top."""
    text = """\
plan: {title: P, years: 2025..2027, language: en}
themes: [{id: t, title: T, envelope: {2025: 20 k€, 2026: 20 k€}}]
projects: [{id: pool, title: Pool, theme: t, quarters: 2025..2027}]
execution:
  - {year: 2025, closed: yes, lines: [{project: pool, paid: 6 k€}]}
  - {year: 2026, at: 2026-06-30, lines: [{project: pool, paid: 2 k€}]}
"""
    for version in before_and_after(text):
        assert figures(version, "theme", range(2026, 2028)) == {("t", 2026): "22000.00"}


def test_a_project_with_something_carried_over_has_not_ended() -> None:
    """Its works are done in 2025, 7 k€ are still to be paid: nothing is to be corrected."""
    text = """
plan: {title: P, years: 2025..2027, tax: incl}
themes: [{id: t, title: T}]
projects: [{id: roof, theme: t, title: Roof, quarters: 2025, costs: {2025: 50 k€}}]
execution:
  - {year: 2025, closed: yes, lines: [{project: roof, paid: 43 k€, carried_over: 7 k€}]}
"""
    new = reading(rolled(text))
    assert new.plan is not None
    found, _ = check(new.plan, date(2026, 6, 1))
    assert "PPI206" not in [each.code for each in found]


def test_what_came_early_of_a_later_closed_year_has_come_after_the_roll_too() -> None:
    """10 k€ are due in 2026; 4 came in 2025 and 5 in 2026: 1 is to come, in 2027."""
    text = """
plan: {title: P, years: 2025..2028, tax: incl}
funders: [{id: etat, title: État}]
themes: [{id: t, title: T}]
projects: [{id: roof, theme: t, title: Roof, costs: {2026: 50 k€}, funding: FUNDING}]
execution:
  - {year: 2025, closed: yes, lines: [{project: roof, paid: 0 €, received: 4 k€}]}
  - {year: 2026, closed: yes, lines: [{project: roof, paid: 50 k€, received: 5 k€}]}
"""
    due = ("{from: etat, year: 2026, amount: 10 k€, status: granted}",
           "[{from: etat, 2026: {amount: 10 k€}, status: granted}]",
           "[{from: etat, 2026-T2: 8 k€, 2026-T3: 2 k€, status: granted}]")  # fmt: skip
    for funding in due:
        old, new = before_and_after(text.replace("FUNDING", funding))
        for version in (old, new):
            came = figures(version, "source", range(2026, 2029))
            of_state = [came.get(("etat", year)) for year in (2026, 2027)]
            assert of_state == ["5000.00", "1000.00"]


SLIPPED = """
plan: {title: P, years: 2025..2028, tax: incl}
funders: [{id: etat, title: État}]
themes: [{id: t, title: T}]
projects: [{id: roof, theme: t, title: Roof, COSTS}]
execution:
  - {year: 2025, closed: yes, lines: [{project: roof, paid: 0 €}]}
  - {year: 2026, closed: yes, lines: [{project: roof, paid: 0 €}]}
  - {year: 2027, LINES}
"""


def slipped(costs: str, lines: str) -> tuple[Plan, Plan]:
    """Two closed years have paid nothing of what is planned; its next account is as given."""
    text = SLIPPED.replace("COSTS", costs).replace("LINES", lines)
    return before_and_after(text)


def test_what_is_paid_late_keeps_the_account_of_the_year_that_leaves() -> None:
    """All that 2027 pays was planned of 2025, which has paid nothing: upkeep, not works."""
    upkeep = {("6156", 2027): "50000.00"}
    for lines in (
        "closed: yes, lines: [{project: roof, paid: 50 k€}]",
        "at: 2027-06-30, lines: [{project: roof, paid: 20 k€, expected: 50 k€}]",
    ):
        for version in slipped('costs: {2025: 100 k€, account: "6156"}', lines):
            assert figures(version, "account", range(2027, 2028)) == upkeep
    short = 'costs: {2025: 100 k€, account: "6156"}, paid: {2027: {amount: 50 k€, basis: assumed}}'
    for version in slipped(short, "closed: yes"):
        assert figures(version, "account", range(2027, 2028)) == upkeep
        assert {cost.basis for cost in version.projects[0].costs if cost.in_year == 2027} == {
            "assumed"
        }


def test_what_is_paid_late_of_two_accounts_keeps_both() -> None:
    """60 and 40 k€ were planned of 2025: of 50 k€ and 1 cent, 30 000.01 and 20 000.00."""
    costs = """costs: [{2025: 60 k€, account: "2313"}, {2025: 40 k€, account: "6156"}]"""
    both = {("2313", 2027): "30000.01", ("6156", 2027): "20000.00"}
    for lines in (
        "closed: yes, lines: [{project: roof, paid: 50000.01 €, label: Roof}]",
        "closed: yes, tax: excl, lines: [{project: roof, tax: incl, paid: 50000.01 €}]",
    ):
        for version in slipped(costs, lines):
            assert figures(version, "account", range(2027, 2028)) == both
    for version in slipped(f"{costs}, paid: {{2027: 50000.01 €}}", "closed: yes"):
        assert figures(version, "account", range(2027, 2028)) == both


def test_a_line_of_two_accounts_keeps_what_else_it_says() -> None:
    """What came, and what was decided, is said once; each amount in its two parts."""
    text = SLIPPED.replace(
        "COSTS", """costs: [{2025: 60 k€, account: "2313"}, {2025: 40 k€, account: "6156"}]"""
    ).replace(
        "LINES",
        "closed: yes, lines: [{project: roof, voted: 10 k€, changed: [{amount: 40 k€}],"
        " paid: 30 k€, carried_over: 20 k€, received: [{from: etat, amount: 5 k€}], source: CA}]",
    )
    # 2025 leaves, and what its line takes of it is written; then 2026
    lines = yaml.safe_load(rolled(text))["execution"][-1]["lines"]
    assert lines == [
        {"project": "roof", "changed": [{"amount": "24000 €"}], "source": "CA", "account": 2313,
         "received": [{"from": "etat", "amount": "5 k€"}], "voted": "6000 €", "paid": "18000 €",
         "carried_over": "12000 €"},
        {"project": "roof", "changed": [{"amount": "16000 €"}], "source": "CA", "account": 6156,
         "voted": "4000 €", "paid": "12000 €", "carried_over": "8000 €"},
    ]  # fmt: skip
    for version in before_and_after(text):
        received = figures(version, "source", range(2027, 2028))
        assert received == {("etat", 2027): "5000.00", ("own", 2027): "25000.00"}
        assert figures(version, "account", range(2028, 2029)) == {
            ("2313", 2028): "12000.00",
            ("6156", 2028): "8000.00",
        }


def test_a_later_account_without_taxes_keeps_the_rate_of_the_year_that_leaves() -> None:
    """40 k€ without taxes are 48 with 20 % of them, the rate of the costs of 2025."""
    text = """
plan: {title: P, years: 2025..2028, tax: incl}
themes: [{id: t, title: T}]
projects:
  - id: roof
    theme: t
    title: Roof
    costs: [{year: 2025, amount: 100 k€, tax: excl, rate: 20 %}, MORE]
execution:
  - {year: 2025, closed: yes, tax: excl, lines: [{project: roof, paid: 50 k€}]}
  - {year: 2026, closed: yes, tax: excl, lines: [{project: roof, paid: 40 k€}]}
"""
    for more in (
        "",
        "{year: 2028, amount: 12 k€}",
        "{year: 2026, amount: 60 k€, tax: excl, rate: 20 %}",
    ):
        for version in before_and_after(text.replace("MORE", more)):
            assert figures(version, "project", range(2026, 2027)) == {("roof", 2026): "48000.00"}


def test_a_share_that_a_scenario_changes_of_costs_in_a_line_stays() -> None:
    """10 % more of what is left of a line of several years: 110 of 100 k€, after the roll too."""
    text = """
plan: {title: P, years: 2025..2027}
themes: [{id: t, title: T}]
projects:
  - {id: roof, theme: t, title: Roof, costs: {2025: 50 k€, 2026: 100 k€}}
  - {id: hall, theme: t, title: Hall, quarters: 2025..2026, costs: {2025: 50 k€, beyond: 10 k€}}
scenarios:
  - {id: dear, title: D, change: [{project: roof, percent: 10 %}, {project: hall, percent: 10 %}]}
"""
    new = rolled(text)
    assert yaml.safe_load(new)["scenarios"][0]["change"] == [{"project": "roof", "percent": "10 %"}]
    plan = reading(new).plan
    assert plan is not None
    dear = Choices(scenario="dear").version(plan).plan
    assert figures(dear, "project", range(2026, 2027)) == {("roof", 2026): "110000.00"}
