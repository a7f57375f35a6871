"""What each figure of savings and debt is the sum of: an example by hand, and a law."""

from __future__ import annotations

import json
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppi_cli.figures.debt_terms import MEASURES, Measure, terms_of_figure
from ppi_cli.figures.finances import AskedLoans, prospect_of
from ppi_cli.plan.debt import Repayment
from ppi_cli.plan.model import Plan
from ppi_cli.values.money import ZERO
from ppi_cli.versions.scenarios import worked_out
from tests.figures.test_finances import FINANCES, LOAN, TOWN, town
from tests.plans import plan
from tests.test_example_finance import PLAN


def terms(of: Plan, measure: Measure, year: int) -> list[tuple[str | None, str]]:
    found = terms_of_figure(of, prospect_of(of, AskedLoans()), measure, year)
    return [(term.measure or term.kind, str(term.figure.amount)) for term in found]


@pytest.mark.parametrize(
    ("measure", "year", "expected"),
    [
        ("gross_before", 2026, [("savings", "260000.00"), ("repaid", "150000.00")]),
        ("debt", 2025, [("at_start", "2000000.00"), ("repaid", "-150000.00")]),
        (
            "debt",
            2027,  # a twentieth of the 490 k€ of 2026 is repaid
            [("debt", "2190000.00"), ("repaid", "-150000.00"), ("new_capital", "-24500.00")],
        ),
        ("interest", 2027, [("interest", "17150.00")]),  # 3.5 % of 490 k€
        (
            "loan",
            2026,
            [
                ("investment", "900000.00"),
                ("net", "-260000.00"),
                ("fund", "-350000.00"),
                ("keep", "200000.00"),
            ],
        ),
        (
            "loan",
            2025,  # none is needed: 350 k€ are left in the fund, 150 k€ more than have to stay
            [
                ("investment", "300000.00"),
                ("net", "-250000.00"),
                ("fund_at_start", "-400000.00"),
                ("keep", "200000.00"),
                ("left_in_fund", "150000.00"),
            ],
        ),
    ],
)
def test_a_figure_is_the_sum_of_the_terms_of_its_formula(
    measure: Measure, year: int, expected: list[tuple[str, str]]
) -> None:
    assert terms(town(), measure, year) == expected


def test_costs_to_operate_are_terms_unless_the_savings_hold_them() -> None:
    """Held in the savings, they lower them no more."""
    upkeep = TOWN.replace("section: investment", "section: operating")
    of = town(of=upkeep)
    held = town(FINANCES + "      savings_hold: [operating]\n", upkeep)
    assert terms(of, "operating", 2026) == [(None, "900000.00")]
    assert terms(held, "operating", 2026) == []


def test_a_stated_loan_is_traced_to_what_states_it() -> None:
    of = town(funding="[{from: banque, 2025: 100 k€}]", more=LOAN)
    (term,) = terms_of_figure(of, prospect_of(of, AskedLoans()), "stated", 2025)
    assert term.path[:3] == ("projects", 0, "funding")
    (due,) = terms_of_figure(of, prospect_of(of, AskedLoans()), "interest", 2026)
    assert (due.path, str(due.figure.amount)) == (("funders", 0, "loan"), "2000.00")


def test_what_is_lent_of_nothing_is_no_stated_loan() -> None:
    of = town(funding="[{from: banque, 2025: 100 k€, 2026: 0 k€}]", more=LOAN)
    assert terms(of, "stated", 2025) == [(None, "100000.00")]
    assert terms(of, "stated", 2026) == []


_k = st.integers(0, 900).map(lambda n: f"{n}.37 k€")
_some = st.integers(-200, 600).map(lambda n: f"{n}.19 k€")
_profiles = st.sampled_from(get_args(Repayment))


@st.composite
def towns(draw: st.DrawFn) -> str:
    """A town of three years, with costs of both sections, what others pay, and a stated loan."""
    funding = draw(
        st.sampled_from(
            ("", "{from: region, amount: 90 k€, year: 2026}", "{from: bank, 2025: 70 k€}")
        )
    )
    held = draw(st.sampled_from(("", "[running]", "[operating]", "[running, operating]")))
    sections = st.sampled_from(("investment", "operating"))
    return f"""
    plan: {{title: Plan, years: 2025..2027, tax: incl}}
    themes: [{{id: a, title: A, envelope: {{2026: {draw(_k)}}}}}]
    projects:
      - id: hall
        theme: a
        title: Hall
        quarters: 2025-T2..2026-T1
        costs: {{2025: {draw(_k)}, 2026: {draw(_k)}, section: {draw(sections)}}}
        running_costs: [{{amount: {draw(_k)}}}]
        funding: [{funding}]
      - {{id: road, theme: a, title: Road, costs: {{2026: {draw(_k)}, section: {draw(sections)}}}}}
      - id: upkeep
        theme: a
        title: Upkeep
        costs:
          - {{year: 2025, amount: {draw(_k)}, account: 615231, fctva: yes}}
          - {{year: 2025, amount: {draw(_k)}, section: {draw(sections)}}}
    fctva: {{regime: n+1, due: {{2025: 9 k€}}, due_operating: {{2025: 2 k€}}}}
    funders:
      - {{id: region, title: Region}}
      - {{id: bank, title: Bank, own: yes, loan: {{rate: 2 %, years: 3}}}}
    savings: {{2025: {draw(_some)}, 2026: {draw(_some)}, 2027: {draw(_some)}}}
    ceilings: {{borrowing: {{2026: 100 k€}}}}
    debt:
      at_start: 3 M€
      repaid: {{2025: {draw(_k)}, 2026: {draw(_k)}, 2027: {draw(_k)}}}
      fund: {draw(_some)}
      keep: {draw(_k)}
      new_loans: {{rate: 3 %, years: {draw(st.integers(1, 30))}, repaid: {draw(_profiles)}}}
      savings_hold: {held}
    """


@given(towns(), st.booleans())
def test_the_terms_of_every_figure_sum_to_it(text: str, within_ceilings: bool) -> None:
    of = worked_out(plan(text)).plan
    prospect = prospect_of(of, AskedLoans(within_ceilings=within_ceilings))
    assert len(prospect.years) == 3
    for year in prospect.years:
        for measure in MEASURES:
            found = terms_of_figure(of, prospect, measure, year.year)
            whole = sum((term.figure.amount or ZERO).cents for term in found)
            assert whole == (getattr(year, measure).amount or ZERO).cents, (measure, year.year)


# --- as it is asked for --------------------------------------------------------------------------


def test_a_traced_figure_is_the_one_of_the_table_on_the_same_terms(ppi: Any) -> None:
    terms = ("--rate", "5%", "--format", "json")
    debt = json.loads(ppi("debt", PLAN, *terms).out)["years"][2]
    traced = json.loads(ppi("trace", "measure=gross", "year=2027", PLAN, *terms).out)
    assert traced["total"] == debt["gross"]
    assert [each["kind"] for each in traced["entries"]][:2] == ["savings", "repaid"]
    assert all(each["file"] and each["line"] for each in traced["entries"][:2])


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["measure=debt"], "measure= goes with year="),
        (["measure=debt", "year=2026", "theme=voirie"], "measure= goes with year="),
        (["measure=debt", "year=beyond"], "measure= goes with year="),
        (["measure=debt", "year=2026", "--section", "operating"], "measure= goes with year="),
        (["measure=dept", "year=2026"], "did you mean measure=debt?"),
        (["year=2026", "--rate", "5%"], "change savings and debt alone"),
    ],
)
def test_a_figure_that_there_is_not_is_refused(ppi: Any, words: list[str], told: str) -> None:
    result = ppi("trace", *words, PLAN)
    assert result.code == 2
    assert told in " ".join(result.err.split())
