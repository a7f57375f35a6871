"""Two answers of the program to one question are the same, or say why they are not.

Each example is a plan in which two of them differed once.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Result

Run = Callable[..., Result]
HEAD = "plan: {title: A, years: 2026..2027, tax: incl, language: en}\n"
GROUP = (
    "targets: [{id: g, title: G, CHOSENvariants: [{id: x, title: Buy}, {id: y, title: Rent}]}]\n"
)


@pytest.fixture
def told(ppi: Run, folder: Path) -> Callable[..., str]:
    """What the program says of a plan: ``told(text, "totals", "--drop", "p")``."""

    def run(text: str, *command: str) -> str:
        (folder / "plan.yaml").write_text(HEAD + text, encoding="utf-8")
        result = ppi(*command, "plan.yaml", "--width", "200")
        assert result.code < 2, result.err
        return result.out.replace("\u00a0", " ")

    return run


@pytest.fixture
def figures(told: Callable[..., str]) -> Callable[..., Any]:
    """The same, for programs."""
    return lambda text, *command: json.loads(told(text, *command, "--format", "json"))


def test_what_moves_is_told_of_projects_that_the_version_has(told: Callable[..., str]) -> None:
    text = (
        "themes: [{id: t, title: T}]\nfunders: [{id: f, title: F}]\n"
        + GROUP.replace("CHOSEN", "chosen: y, ")
        + "projects:\n"
        "  - {id: p, title: P, theme: t, when: g.x, quarters: 2026,"
        " costs: [{year: 2026, amount: 60 k€}], funding: [{from: f, year: 2026, amount: 10 k€}]}\n"
        "  - {id: q, title: Q, theme: t, quarters: 2026, costs: [{year: 2026, amount: 60 k€}]}\n"
    )
    assert "moved with" not in told(text, "totals", "--shift", "p=4")
    assert "moved with “P”" in told(text, "totals", "--shift", "p=4", "--variant", "g=x")


def test_the_cheapest_is_the_first_from_the_cheapest(told: Callable[..., str]) -> None:
    """Within what was voted, 90 k€ are in the envelope, and 50 k€ come on top of it."""
    text = (
        "themes: [{id: t, title: T, envelope: {2026: 100 k€}}]\n"
        + GROUP.replace("CHOSEN", "")
        + "projects: [{id: p, title: P, theme: t, quarters: 2026..2027, costs:"
        " [{year: 2026, amount: 90 k€, when: g.x}, {year: 2027, amount: 50 k€, when: g.y}]}]\n"
    )
    kept = told(text, "variants", "--keep-envelopes")
    assert "from the cheapest: Buy 100 k€, Rent 150 k€" in kept
    assert "│ cheapest: Buy " in kept
    assert "│ dearest: Rent " in kept
    followed = told(text, "variants")
    assert "from the cheapest: Rent 60 k€, Buy 100 k€" in followed
    assert "│ cheapest: Rent " in followed
    assert "│ dearest: Buy " in followed


def test_a_version_whose_price_is_not_known_is_named_and_not_ranked(
    told: Callable[..., str],
) -> None:
    text = (
        "themes: [{id: t, title: T}]\n"
        "projects: [{id: p, title: P, theme: t, quarters: 2026,"
        " costs: [{year: 2026, amount: 100 k€}]}]\n"
        "scenarios:\n"
        "  - {id: rent, title: Rent, drop: [p], add: [{id: q, title: Q, theme: t, quarters: 2026,"
        " costs: [{year: 2026, amount: }]}]}\n"
        "  - {id: less, title: Less, change: [{project: p, percent: -10 %}]}\n"
    )
    said = told(text, "compare")
    assert "from the cheapest: Less 90 k€, base 100 k€" in said
    assert "! Rent is not ranked: not all of its costs are known, of Q" in said


def test_what_takes_nothing_of_a_ceiling_is_not_without_money(figures: Callable[..., Any]) -> None:
    """Its theme's envelope is filled by what has begun: without the project nothing falls."""
    text = (
        "themes: [{id: t, title: T, envelope: {2026: 100 k€}}]\n"
        "ceilings: {total: {2026: 80 k€}}\n"
        "projects:\n"
        "  - {id: begun, title: B, theme: t, quarters: 2025..2026,"
        " costs: [{year: 2026, amount: 110 k€}]}\n"
        "  - {id: p, title: P, theme: t, quarters: 2026, costs: [{year: 2026, amount: 50 k€}]}\n"
    )
    assert figures(text, "afford")["unfunded"] == []


SECTIONS = (
    "themes: [{id: a, title: A, envelope: {2026: 100 k€}}, {id: b, title: B}]\n"
    "ceilings: {investment: {2026: 90 k€}, operating: {2026: 80 k€}}\n"
    "projects:\n"
    "  - {id: o, title: O, theme: a, quarters: 2026,"
    " costs: [{year: 2026, amount: 120 k€, section: operating}]}\n"
    "  - {id: i, title: I, theme: a, quarters: 2026,"
    " costs: [{year: 2026, amount: 40 k€, section: investment}]}\n"
    "  - {id: j, title: J, theme: b, quarters: 2026,"
    " costs: [{year: 2026, amount: 70 k€, section: investment}]}\n"
)


def test_what_passes_an_envelope_is_taken_off_the_sections_that_pass_it(
    told: Callable[..., str], figures: Callable[..., Any]
) -> None:
    """160 k€ under an envelope of 100: three quarters of the 60 beyond it are operation's."""
    by_section = {
        row["id"]: row["total"] for row in figures(SECTIONS, "totals", "--by", "section")["rows"]
    }
    assert by_section == {"investment": "95000.00", "operating": "75000.00"}
    afford = told(SECTIONS, "afford")
    assert "2026 is 5 k€+ over its ceiling (investment): 95 k€+ for 90 k€" in afford
    assert "(operation)" not in afford


def test_every_cut_sums_what_the_town_pays_from_its_own_sources(
    figures: Callable[..., Any],
) -> None:
    text = (
        "themes: [{id: t, title: T}]\n"
        "funders: [{id: loan, title: Loan, own: yes}, {id: f, title: F}]\n"
        "projects: [{id: p, title: P, theme: t, quarters: 2026,"
        " costs: [{year: 2026, amount: 25 k€, section: investment}],"
        " funding: [{from: loan, year: 2026, amount: 10 k€},"
        " {from: f, year: 2026, amount: 5 k€}]}]\n"
    )
    for by in ("theme", "project", "class", "section", "account"):
        found = figures(text, "totals", "--by", by, "--across", "source")
        for column, whole in found["total"]["amounts"].items():
            cells = [row["amounts"][column] for row in found["rows"]]
            assert sum(float(each) for each in cells if each) == float(whole), (by, column)


def test_what_costs_nothing_and_is_paid_for_is_below_zero(
    told: Callable[..., str], figures: Callable[..., Any]
) -> None:
    text = (
        "themes: [{id: t, title: T}]\nfunders: [{id: f, title: F}]\n"
        "projects: [{id: n, title: N, theme: t, quarters: 2026, money: none,"
        " funding: [{from: f, year: 2026, amount: 10 k€}]}]\n"
    )
    (row,) = figures(text, "totals", "--by", "project", "--net")["rows"]
    assert row["total"] == "-10000.00"
    (row,) = figures(text, "totals", "--by", "project")["rows"]
    assert row["total"] == "0.00"
    assert "“N” is funded with 10 k€, and costs 0 €: 10 k€ too much" in told(text, "validate")


RUN = (
    "themes: [{id: t, title: T}]\nfunders: [{id: f, title: F}]\n"
    "projects:\n"
    "  - {id: old, title: O, theme: t, quarters: 2023, running_costs: [{amount: 10 k€}]}\n"
    "  - {id: p, title: P, theme: t, quarters: 2026, costs: [{year: 2026, amount: 60 k€}]}\n"
    "  - {id: q, title: Q, theme: t, quarters: 2026,"
    " funding: [{from: f, year: 2026, amount: 10 k€}]}\n"
)


def test_what_is_to_run_does_not_grow_with_the_years_of_a_version(
    told: Callable[..., str], figures: Callable[..., Any]
) -> None:
    plan = figures(RUN, "totals")
    assert plan["running"]["total"] == "20000.00"
    for quarters in ("-4", "4", "8"):
        moved = figures(RUN, "totals", "--shift", f"p={quarters}")
        assert moved["running"]["total"] == "20000.00"
    later = told(RUN, "afford", "--shift", "p=8")
    assert "the costs to run are those of the projects that it moves" in later
    assert "once done" not in later
    assert "once done, projects cost 10 k€ a year to run, as of 2027" in told(RUN, "afford")


def test_no_figure_changes_is_only_said_where_none_does(told: Callable[..., str]) -> None:
    assert "no figure changes" not in told(RUN, "totals", "--drop", "q")


def test_a_note_names_what_a_scenario_sets_and_what_then_follows(told: Callable[..., str]) -> None:
    text = (
        "themes: [{id: t, title: T, envelope: {2026: 100 k€}}]\n"
        "projects: [{id: p, title: P, theme: t, quarters: 2026,"
        " costs: [{year: 2026, amount: 70 k€}]}]\n"
        "scenarios:\n"
        "  - {id: s, title: S, change: [{theme: t, envelope: {2026: 150 k€}}]}\n"
        "  - {id: u, title: U, based_on: s, change: [{project: p, costs: {2026: 40 k€}}]}\n"
    )
    said = told(text, "totals", "--scenario", "u")
    assert "a scenario sets the envelope of T: 2026: 100 k€ → 150 k€" in said
    assert "the envelope of T follows the projects: 2026: 150 k€ → 120 k€" in said


def test_a_cost_of_a_scenario_is_what_the_one_before_it_was_whenever_it_is_chosen(
    figures: Callable[..., Any],
) -> None:
    """Also of a variant that is only chosen after it: the VAT fund pays in both."""
    text = (
        "fctva: {regime: n}\nthemes: [{id: t, title: T}]\n"
        + GROUP.replace("CHOSEN", "chosen: x, ")
        + "projects: [{id: p, title: P, theme: t, when: g.y, quarters: 2026,"
        " costs: [{year: 2026, amount: 100 k€, account: 2151}]}]\n"
        "scenarios:\n"
        "  - {id: s, title: S, change: [{project: p, costs: {2026: 50 k€}}]}\n"
        "  - {id: later, title: L, based_on: s, choose: {g: y}}\n"
        "  - {id: first, title: F, choose: {g: y}, change: [{project: p, costs: {2026: 50 k€}}]}\n"
    )
    later, first = (
        figures(text, "totals", "--by", "source", "--scenario", id)["rows"]
        for id in ("later", "first")
    )
    assert later == first
    assert {row["id"]: row["total"] for row in later}["fctva"] == "8202.00"


def test_what_is_off_for_a_ceiling_is_not_of_unknown_cost(told: Callable[..., str]) -> None:
    text = (
        "themes: [{id: t, title: T, envelope: {2026: 100 k€, 2027: 10 k€}}]\n"
        "ceilings: {total: {2027: 20 k€}}\n"
        "projects: [{id: p, title: P, theme: t, quarters: 2026,"
        " running_costs: [{amount: 25 k€}]}]\n"
    )
    said = told(text, "afford")
    assert "2027: 15 k€ too much (in all)" in said
    assert "has no cost" not in said


@pytest.mark.parametrize(
    "changes",
    [
        "[{id: s, title: S, change: [{theme: t, envelope: {2026: 100 k€}}]},"
        " {id: u, title: U, based_on: s, change: [{project: p, percent: -50 %}]}]",
        "[{id: u, title: U, change: [{theme: t, envelope: {2026: 100 k€}}]},"
        " {id: v, title: V, based_on: u, drop: [p]}]",
    ],
)
def test_effects_sum_to_the_difference_where_a_scenario_states_an_envelope_first(
    figures: Callable[..., Any], changes: str
) -> None:
    text = (
        "themes: [{id: t, title: T}]\nscenarios: " + changes + "\n"
        "projects: [{id: p, title: P, theme: t, quarters: 2026,"
        " costs: [{year: 2026, amount: 40 k€}]}]\n"
    )
    found = figures(text, "compare")["differences"][-1]
    totals = found["totals"]
    more = float(totals["new"].get("2026") or 0) - float(totals["old"]["2026"])
    of_groups = [float(group["effects"].get("2026", 0)) for group in found["groups"]]
    assert sum(of_groups) == float(totals["effects"].get("2026", 0)) == more


def test_what_runs_twice_counts_twice_in_a_difference(ppi: Run, folder: Path) -> None:
    """Two costs to run without a label, of one year: one of them is new."""
    text = (
        "themes: [{id: t, title: T}]\n"
        "projects: [{id: p, title: P, theme: t, quarters: 2026, running_costs: ["
    )
    for name, costs in (("old", 1), ("new", 2)):
        (folder / name).mkdir()
        running = ", ".join(["{amount: 10 k€, start: 2027}"] * costs)
        (folder / name / "plan.yaml").write_text(HEAD + text + running + "]}]\n", "utf-8")
    found = json.loads(ppi("diff", "old", "new", "--format", "json").out)
    (change,) = found["groups"][0]["changes"]
    assert change["running"] == found["totals"]["running"] == {"2027": "10000.00"}


def test_what_is_requested_is_told_of_the_years_that_are_shown(told: Callable[..., str]) -> None:
    """10 k€ in the plan's years, as the table has it; of 30 k€ after them, 25."""
    text = (
        "themes: [{id: t, title: T}]\nfunders: [{id: f, title: F}]\n"
        "projects: [{id: p, title: P, theme: t, costs: {2026: 100 k€}, funding: ["
        "{from: f, year: 2027, amount: 10 k€, status: requested},"
        " {from: f, year: 2028, amount: 25 k€, status: requested},"
        " {from: f, year: 2028, amount: 5 k€, status: granted}]}]\n"
    )
    said = told(text, "afford")
    assert "10 k€ are only requested: where nothing" in said
    assert "others pay 30 k€ more after 2027, of which 25 k€ are only requested" in said
    said = told(text, "afford", "--year", "2026")
    assert "others pay 40 k€ more after 2026, of which 35 k€ are only requested" in said
    assert "where nothing of it comes" not in said


OWING = (
    "savings: {2026: 20 k€, 2027: 20 k€}\nceilings: {total: {2026: 90 k€}, years_to_repay: 3}\n"
    "debt: {at_start: 60 k€, repaid: {2026: 10 k€, 2027: 10 k€}, fund: 0 €,"
    " new_loans: {rate: 3 %, years: 20}}\n"
    "themes: [{id: t, title: T}]\nprojects:\n"
    "  - {id: p, title: P, theme: t, quarters: 2027, costs: {2027: 90 k€, section: investment}}\n"
)


@pytest.mark.parametrize("command", ["afford", "arbitrate"])
def test_a_year_that_bounds_the_debt_alone_is_not_said_to_have_no_ceiling(
    command: str, told: Callable[..., str]
) -> None:
    text = told(OWING, command)
    assert "no ceiling of what is spent is stated for 2027" in text
    assert "no ceiling is stated" not in text
    unheld = told(OWING.replace("savings: {2026: 20 k€, 2027: 20 k€}\n", ""), command)
    assert "no ceiling is stated for 2027" in unheld


def test_a_cost_in_no_year_is_not_said_to_be_unknown(told: Callable[..., str]) -> None:
    text = (
        "themes: [{id: t, title: T}]\nceilings: {total: {2026: 90 k€}}\nprojects:\n"
        "  - {id: p, title: P, theme: t, quarters: 2027, costs: [{unplanned: 40 k€}]}\n"
    )
    assert "in no year yet: 40 k€" in told(text, "afford")
    said = told(text, "arbitrate")
    assert "no cost of “P” is known in the years of the plan: it takes of no ceiling" in said


def test_what_others_alone_pay_beyond_the_plan_is_not_a_part_of_zero(
    told: Callable[..., str],
) -> None:
    text = (
        "themes: [{id: t, title: T}]\nfunders: [{id: f, title: F}]\nprojects:\n"
        "  - {id: p, title: P, theme: t, quarters: 2026, costs: {2026: 90 k€},"
        " funding: [{from: f, beyond: 40 k€, status: granted}]}\n"
    )
    assert "beyond the plan: others pay 40 k€, which no ceiling looks at" in told(text, "afford")
