"""The yearly step of savings and debt: the years that stay have the same figures."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppi_cli.figures.finances import Prospect, prospect
from ppi_cli.plan.model import Plan
from ppi_cli.source.files import SourceFile
from ppi_cli.source.read import Reading, readings_of
from ppi_cli.source.roll import rolled_files
from ppi_cli.values.money import Money
from ppi_cli.versions.scenarios import worked_out
from ppi_cli.words.language import Language

TOWN = """\
plan: {title: Plan de Vigneux, years: 2025..2027, tax: incl}
themes: [{id: a, title: A}]
projects:
  - id: halle
    theme: a
    title: Halle
    quarters: 2025-T2..2028-T4
    costs: {2025: 900 k€, 2026: 600 k€, section: investment, beyond: 1 k€}
savings:
  2025: 100 k€
  2026: {amount: 110 k€, source: ROB}
debt:
  at_start: 2 M€
  repaid: {2025: 150 k€, 2026: 150 k€, 2027: 150 k€}
  fund: 300 k€
  new_loans: {rate: 3 %, years: 10}
"""


def reading(text: str) -> Reading:
    (found,) = readings_of("plan.yaml", [SourceFile("plan.yaml", text)], is_folder=False)
    return found


def plan(text: str) -> Plan:
    found = reading(text)
    assert found.plan is not None, [each.message for each in found.findings]
    return worked_out(found.plan).plan


def rolled(text: str) -> str:
    (new,) = rolled_files(reading(text), Language("en").say).values()
    return new


def figures(found: Prospect) -> dict[int, tuple[int, ...]]:
    """Of each year: debt, fund, gross savings, net savings, what is borrowed."""
    years = [each.reckoned for each in found.years]
    return {each.year: (each.debt, each.fund, each.gross, each.net, each.loan) for each in years}


# --- what is written -----------------------------------------------------------------------------


def test_the_debt_and_the_fund_are_those_of_the_end_of_the_year() -> None:
    """900 k€ less 100 k€ of savings and the fund of 300 k€: 500 k€ are borrowed, 150 repaid."""
    new = plan(rolled(TOWN)).debt
    assert new is not None
    for amount, euros in ((new.at_start, 2_350_000), (new.fund, 0)):
        assert amount is not None
        assert amount.amount == Money(euros * 100)
        assert (amount.assumed, amount.reason) == (True, "reckoned for the end of 2025")


@pytest.mark.parametrize(
    "debt",
    [
        "at_start: 150 k€\n  repaid: {2025: 150 k€}",  # all that was owed went in the past year
        "at_start: 0 €\n  repaid:",
        "at_start: 0 €",
    ],
)
def test_where_nothing_older_is_owed_the_loans_alone_are_repaid(debt: str) -> None:
    """A year of which no capital is stated has that of the loans, wherever it is to be written."""
    old = "at_start: 2 M€\n  repaid: {2025: 150 k€, 2026: 150 k€, 2027: 150 k€}"
    text = TOWN.replace(old, debt)
    assert text != TOWN
    new = plan(rolled(text)).debt
    assert new is not None
    assert {year: str(repaid.amount) for year, repaid in new.repaid.items()} == dict.fromkeys(
        (2026, 2027, 2028), "50000.00"
    )
    before, after = (figures(prospect(plan(each))) for each in (text, rolled(text)))
    assert after == {year: found for year, found in before.items() if year in after}
    assert 2026 in after


def test_what_falls_due_of_its_loans_is_repaid_and_taken_off_savings() -> None:
    """500 k€ over 10 years at 3 %: 50 k€ of capital, 15 k€ of interest in 2026."""
    new = plan(rolled(TOWN))
    assert new.debt is not None
    assert {y: str(a.amount) for y, a in new.debt.repaid.items()} == {
        2026: "200000.00",
        2027: "200000.00",
    }
    savings = new.savings[2026]
    assert (str(savings.amount), savings.assumed, savings.source) == ("45000.00", True, "ROB")
    assert savings.reason is not None


def test_savings_that_are_not_stated_stay_so_and_a_comment_has_the_annuity() -> None:
    """In 2027, 50 k€ of capital and 13.5 k€ of interest; in 2028, 12 k€ of interest."""
    new = rolled(TOWN)
    (comment,) = [line for line in new.splitlines() if line.startswith("# ")]
    assert "2027: 63 500 €, 2028: 62 k€" in comment
    assert 2027 not in plan(new).savings


def test_what_cannot_be_reckoned_is_left_blank() -> None:
    new = plan(rolled(TOWN.replace("  2025: 100 k€\n", ""))).debt
    assert new is not None
    assert (new.at_start, new.fund) == (None, None)


def test_the_savings_of_scenarios_follow_likewise() -> None:
    scenario = "scenarios: [{id: s, savings: {2025: 90 k€, 2026: 120 k€}}]\n"
    (rolled_,) = plan_as_written(rolled(TOWN + scenario)).scenarios
    assert {y: str(a.amount) for y, a in rolled_.savings.items()} == {2026: "55000.00"}


def test_once_the_year_is_closed_the_plan_as_executed_counts() -> None:
    """500 k€ were paid of 900: 100 k€ of savings and the fund of 300 k€ less, and no loan."""
    account = "execution: [{year: 2025, closed: yes, lines: [{project: halle, paid: 500 k€}]}]\n"
    new = plan(rolled(TOWN + account)).debt
    assert new is not None
    assert new.at_start is not None
    assert new.fund is not None
    assert str(new.at_start.amount) == "1850000.00"
    assert str(new.fund.amount) == "-100000.00"


def plan_as_written(text: str) -> Plan:
    found = reading(text).plan
    assert found is not None
    return found


# --- laws ----------------------------------------------------------------------------------------

_amounts = st.integers(0, 900_000_00).map(lambda cents: f"{cents / 100:.2f} €")
_YEARS = ("2025", "2026", "2027", "2028")


@st.composite
def towns(draw: st.DrawFn) -> str:
    """A town of four years: costs, a loan of its own, savings of its first years, old debt."""
    repaid = {year: draw(st.integers(0, 200_000)) for year in _YEARS}
    known = draw(st.integers(1, 4))
    terms = {
        "rate": f"{draw(st.integers(0, 8000)) / 1000} %",
        "years": str(draw(st.integers(1, 12))),
        "repaid": draw(st.sampled_from(["equal_capital", "equal_payment", "at_end"])),
    }
    later = draw(st.integers(0, 4)) if draw(st.booleans()) else 4
    tree: dict[str, Any] = {
        "plan": {"title": "Plan de Vigneux", "years": "2025..2028", "tax": "incl"},
        "themes": [{"id": "a", "title": "A"}],
        "projects": [
            {
                "id": "halle",
                "theme": "a",
                "title": "Halle",
                "quarters": "2025-T2..2028-T4",
                "costs": {
                    "section": "investment",
                    **{year: draw(_amounts) for year in _YEARS},
                    "beyond": "1 k€",
                },
                "running_costs": [{"amount": draw(_amounts), "start": "2026"}],
                "funding": [{"from": "banque", draw(st.sampled_from(_YEARS)): draw(_amounts)}],
            },
            {
                "id": "voirie",
                "theme": "a",
                "title": "Entretien",
                "costs": [
                    {"year": "2025", "amount": draw(_amounts), **own}
                    for own in ({"account": "615231", "fctva": "yes"}, {"section": "investment"})
                ]
                + [{"year": "2028", "amount": "1 k€", "section": "investment"}],
            },
        ],
        "funders": [
            {
                "id": "banque",
                "title": "Banque",
                "own": "yes",
                "loan": draw(st.sampled_from(["usual", {"rate": "2 %", "years": "3"}])),
            }
        ],
        "fctva": {"regime": draw(st.sampled_from(["n", "n+1", "n+2"]))},
        "savings": {year: draw(_amounts) for year in _YEARS[:known]},
        "debt": {
            "at_start": f"{sum(repaid.values()) + draw(st.sampled_from([0, 500_000]))} €",
            "repaid": {year: f"{repaid[year]} €" for year in _YEARS[:later]},
            "fund": f"{draw(st.integers(-100_000, 500_000))} €",
            "keep": f"{draw(st.integers(0, 300_000))} €",
            "new_loans": terms,
            "savings_hold": draw(st.sampled_from([[], ["running"]])),
        },
    }
    lines = (f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in tree.items())
    return "".join(lines)


@given(towns())
def test_the_years_that_stay_have_the_same_figures(town: str) -> None:
    before, after = figures(prospect(plan(town))), figures(prospect(plan(rolled(town))))
    assert after == {year: own for year, own in before.items() if year > 2025}


@given(towns())
def test_so_they_have_after_two_years(town: str) -> None:
    before = figures(prospect(plan(town)))
    after = figures(prospect(plan(rolled(rolled(town)))))
    assert after == {year: own for year, own in before.items() if year > 2026}
