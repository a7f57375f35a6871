"""Next year's plan, where later years are closed already: what they were voted stays told."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ppi_cli.plan.model import Plan
from ppi_cli.rules import check
from ppi_cli.values.errors import PpiError
from ppi_cli.versions.choices import Choices
from tests.any_accounts import trees_of_all_accounts, trees_of_late_accounts
from tests.changes.test_rolling_accounts import (
    as_executed,
    before_and_after,
    figures,
    reading,
    rolled,
)

TOWN = """
plan: {title: P, years: 2025..2028, tax: incl}
funders: [{id: state, title: State}]
themes:
  - {id: roads, title: Roads, envelope: {2025: 200 k€, 2026: 200 k€}}
  - {id: schools, title: Schools, envelope: {2025: 500 k€, 2026: 700 k€}}
programmes:
  - id: ap
    title: Schools
    projects: [school, yard]
    authorised: [{date: 2025-01-01, amount: 1300 k€}]
    payments: {2025: 500 k€, 2026: 600 k€, 2027: 200 k€}
projects:
  - id: school
    theme: schools
    title: School
    costs: {2025: 400 k€, 2026: 500 k€, 2027: 100 k€}
    funding: {from: state, 2025: 60 k€, 2026: 120 k€, 2027: 30 k€, status: granted}
  - {id: yard, theme: schools, title: Yard, costs: {2025: 100 k€, 2026: 100 k€}}
  - {id: road, theme: roads, title: Road, costs: {2025: 100 k€, 2026: 100 k€}}
execution:
  - year: 2025
    closed: yes
    lines:
      - {project: school, paid: 330 k€, carried_over: 50 k€, received: {from: state, amount: 40 k€}}
      - {project: yard, paid: 90 k€, carried_over: 5 k€}
      - {project: road, paid: 100 k€}
      - {theme: roads, paid: 80 k€, carried_over: 10 k€}
  - year: 2026
    closed: yes
    lines:
      - {project: school, paid: 540 k€, received: {from: state, amount: 140 k€}}
      - {project: yard, paid: 105 k€}
      - {project: road, paid: 100 k€}
      - {theme: roads, paid: 100 k€}
"""


def as_voted(text: str) -> Plan:
    plan = reading(text).plan
    assert plan is not None
    return Choices().version(plan).plan


def text_of(tree: dict[str, Any]) -> str:
    return yaml.safe_dump(tree, allow_unicode=True, sort_keys=False)


def without_later_accounts(tree: dict[str, Any]) -> dict[str, Any]:
    """The same plan before the accounts of any year but the first."""
    tree = deepcopy(tree)
    first = tree["plan"]["years"][:4]
    tree["execution"] = [each for each in tree["execution"] if str(each["year"]) == first]
    for thing in (*tree["projects"], *tree["themes"]):
        if "paid" in thing:
            thing["paid"] = {y: paid for y, paid in thing["paid"].items() if str(y) == first}
    return tree


def credits(plan: Plan, years: range) -> dict[int, int]:
    """The payment credits of the programmes in some years, in cents."""
    found = {
        year: sum(
            p.payments[year].amount.cents
            for p in plan.programmes
            if year in p.payments
        )
        for year in years
    }  # fmt: skip
    return {year: cents for year, cents in found.items() if cents}


def test_what_is_carried_over_is_in_envelopes_and_credits_of_a_closed_year_too() -> None:
    """10 k€ of the roads and 55 of the two schools, which are in no envelope's rest."""
    new = rolled(TOWN)
    assert "envelope: {2026: 210 k€, 2029: }" in new
    assert "envelope: {2026: 755 k€, 2029: }" in new
    assert "2026: 655 k€, 2027: 200 k€" in new
    voted = as_voted(new)
    assert figures(voted, "theme", range(2026, 2028)) == {
        ("roads", 2026): "210000.00",
        ("schools", 2026): "755000.00",
        ("schools", 2027): "100000.00",
    }
    for version in before_and_after(TOWN):
        assert figures(version, "theme", range(2026, 2028)) == {
            ("roads", 2026): "200000.00",
            ("schools", 2026): "645000.00",
            ("schools", 2027): "100000.00",
        }


def test_the_account_of_a_theme_keeps_what_was_voted_of_it() -> None:
    """Of 200 k€ in 2026 the road takes 100: the other 100 were voted, and 10 carried in."""
    new = rolled(TOWN)
    assert "- {theme: roads, voted: 100000 €, carried_in: 10000 €, basis: assumed}" in new


def test_a_grant_that_came_a_year_late_is_not_early() -> None:
    """20 of 60 k€ of 2025 came in 2026, with the 120 k€ of that year: nothing of 2027."""
    new = rolled(TOWN)
    voted = as_voted(new)
    own = figures(voted, "source", range(2026, 2028))
    assert own["state", 2026] == "140000.00"
    assert own["state", 2027] == "30000.00"
    plan = reading(new).plan
    assert plan is not None
    found, _ = check(plan, date(2027, 6, 1))
    assert "PPI458" not in [each.code for each in found]
    for version in before_and_after(TOWN):
        own = figures(version, "source", range(2026, 2028))
        assert own["state", 2026] == "140000.00"
        assert own["state", 2027] == "30000.00"


@pytest.mark.parametrize("more", ["status: requested", "status: granted, until: 2025"])
def test_what_came_late_though_it_was_over_is_no_more_early_than_before(more: str) -> None:
    """Of 60 k€ of 2025 that nobody waits for, 20 came in 2026 all the same."""
    text = TOWN.replace(
        "{from: state, 2025: 60 k€, 2026: 120 k€, 2027: 30 k€, status: granted}",
        f"[{{from: state, 2025: 60 k€, {more}}}, {{from: state, 2026: 120 k€, 2027: 30 k€}}]",
    )
    new = rolled(text)
    plan = reading(new).plan
    assert plan is not None
    found, _ = check(plan, date(2027, 6, 1))
    assert "PPI458" not in [each.code for each in found]
    old, after = before_and_after(text)
    years = range(2026, 2029)
    assert figures(old, "source", years) == figures(after, "source", years)
    assert figures(as_voted(new), "source", years)["state/requested", 2026] == "120000.00"


def test_a_grant_of_a_closed_year_of_which_no_account_tells_goes_to_the_next_open_one() -> None:
    """Nothing is said of the State in 2026: its 20 k€ of 2025 are to come in 2027."""
    text = TOWN.replace(", received: {from: state, amount: 140 k€}", "")
    new = rolled(text)
    for version in (*before_and_after(text), as_voted(new)):
        own = figures(version, "source", range(2026, 2028))
        assert own["state", 2026] == "120000.00"
        assert own["state", 2027] == "50000.00"


SHARE = """
plan: {title: P, years: 2025..2028, tax: incl}
funders: [{id: state, title: State}]
themes: [{id: t, title: T}]
projects:
  - {id: roof, theme: t, title: Roof, costs: {2025: 200 k€, 2026: 240 k€, 2027: 100 k€},
     funding: {from: state, share: 50 %, status: granted}}
execution:
  - year: 2025
    closed: yes
    lines: [{project: roof, paid: 200 k€, received: {from: state, amount: 90 k€}}]
  - year: 2026
    closed: yes
    lines: [{project: roof, paid: PAID, received: {from: state, amount: 130 k€}}]
"""


def test_a_share_stays_in_a_closed_year_as_it_was_voted() -> None:
    """Half of 240 k€, and 10 k€ of 2025 that came then."""
    text = SHARE.replace("PAID", "240 k€")
    new = rolled(text)
    for version in (*before_and_after(text), as_voted(new)):
        own = figures(version, "source", range(2026, 2028))
        assert own["state", 2026] == "130000.00"
        assert own["state", 2027] == "50000.00"


def test_a_share_of_a_closed_year_that_paid_otherwise_follows_what_it_paid() -> None:
    """Half of 300 k€ paid in 2026 is 150, and of 240 voted 120, with 10 that 2025 left open."""
    text = SHARE.replace("PAID", "300 k€")
    new = rolled(text)
    assert "funding: [{from: state, share: 50 %, status: granted}," in new
    own = figures(as_voted(new), "source", range(2026, 2028))
    assert own["state", 2026] == "130000.00"
    assert own["state", 2027] == "50000.00"
    for version in before_and_after(text):
        own = figures(version, "source", range(2026, 2028))
        assert own["state", 2026] == "130000.00"
        assert own["state", 2027] == "80000.00"  # and 30 of the 160 that were due


def test_a_share_that_cannot_be_both_as_voted_and_as_executed_is_refused() -> None:
    """20 k€ came in 2025 before they were due; half of 300 k€ paid is 150, of 240 voted 120."""
    early = SHARE.replace("amount: 90 k€", "amount: 120 k€")
    with pytest.raises(PpiError) as refused:
        rolled(early.replace("PAID", "300 k€"))
    assert "{title}" in refused.value.message.text
    assert refused.value.message.values["title"] == "Roof"


@given(st.one_of(trees_of_all_accounts(), trees_of_late_accounts()))
def test_what_is_voted_of_the_years_that_stay_does_not_hang_on_their_accounts(
    tree: dict[str, Any],
) -> None:
    """As voted, next year's plan is what the year that leaves makes of it, by its account alone.

    Later accounts are closed: of a year that runs, an envelope may be for what it has begun.
    """
    tree["execution"] = [each for each in tree["execution"] if "closed" in each]
    first = int(tree["plan"]["years"][:4])
    ids = [project["id"] for project in tree["projects"]]
    if ids:
        payments = {str(first + n): f"{n} k€" for n in range(3)}
        vote = {"date": f"{first}-01-01", "amount": "90 k€"}
        tree["programmes"] = [
            {"id": "ap", "title": "AP", "projects": ids, "authorised": [vote], "payments": payments}
        ]
    try:
        new = as_voted(rolled(text_of(tree)))
    except PpiError:
        return
    old = as_executed(text_of(without_later_accounts(tree)))
    stay = range(first + 1, first + 3)
    for by in ("theme", "project"):
        assert figures(new, by, stay) == figures(old, by, stay), by
    assert credits(new, stay) == credits(old, stay)
