"""What the VAT fund still pays for spending before the plan: PPI431."""

from __future__ import annotations

import pytest

from ppi_cli.words.language import Language
from tests.plans import codes, examined


def town(cost: str, fund: str = "regime: n+1", tax: str = "incl") -> str:
    """A plan of 2026 to 2028 with a cost, and a fund that gives back 16,404 %."""
    return f"""
        plan: {{title: Tours, years: 2026..2028, tax: {tax}}}
        fctva: {{rate: "16,404 %", {fund}}}
        themes: [{{id: t, title: T}}]
        projects: [{{id: p, title: P, theme: t, costs: [{cost}]}}]
        """


SPENT = "{before: {2025: 180 k€}, 2026: 100 k€, section: investment}"


def test_what_the_fund_pays_for_costs_of_the_year_before_is_told_with_what_to_type() -> None:
    # 16,404 % of 180 000 is 29 527,20, due in 2026.
    (found,) = [d for d in examined(town(SPENT)).diagnostics if d.code == "PPI431"]
    assert found.help is not None
    assert found.help.values["line"] == 'due: {2026: "29 527,20 €"}'


@pytest.mark.parametrize("due", ['"29 527,20 €"', "31 k€", "0 €"])
def test_a_year_that_due_states_is_taken_as_it_is(due: str) -> None:
    assert codes(town(SPENT, f"regime: n+1, due: {{2026: {due}}}")) == []


@pytest.mark.parametrize(("due", "is_told"), [("28 k€", True), ("29 k€", False), ("5 k€", True)])
def test_a_year_that_due_states_too_low_for_the_plans_own_costs_is_told(
    due: str, is_told: bool
) -> None:
    """They bring 29 527,20 €: 29 k€ may be that, as it is written in thousands."""
    found = examined(town(SPENT, f"regime: n+1, due: {{2026: {due}}}")).diagnostics
    told = [Language("en").say(d.message) for d in found if d.code == "PPI431"]
    assert [each.replace("\u00a0", " ").replace("\u202f", " ") for each in told] == is_told * [
        f"the VAT fund is said to pay {due} in 2026, and for the plan's own costs before it alone"
        " it pays 29 527.20 €"
    ]


def test_a_year_that_due_states_in_billions_may_be_off_by_one_of_them() -> None:
    """16,404 % of 12 Md€ is 1 968 480 000 €."""
    spent = "{before: {2025: 12 Md€}, section: investment}"
    assert "PPI431" not in codes(town(spent, "regime: n+1, due: {2026: 1 Md€}"))


@pytest.mark.parametrize(
    ("cost", "fund"),
    [
        ("{before: {2025: 180 k€}, section: operating}", "regime: n+1"),
        ("{before: {2025: 180 k€}, section: investment, fctva: no}", "regime: n+1"),
        ("{before: {2024: 180 k€}, section: investment}", "regime: n+1"),  # paid in 2025
        ("{before: {2025: 180 k€}, section: investment}", "regime: n"),
    ],
)
def test_nothing_is_told_where_the_fund_pays_nothing_in_the_plan(cost: str, fund: str) -> None:
    assert "PPI431" not in codes(town(cost, fund))


@pytest.mark.parametrize(
    ("fund", "years"), [("regime: n+1", "2026"), ("regime: n+2", "2026, 2027")]
)
def test_of_costs_before_the_plan_of_no_year_the_most_is_told(fund: str, years: str) -> None:
    """16,404 % of 180 000 is 29 527,20: in the year after, or the two, if they were spent last."""
    cost = "{before: 180 k€, 2026: 100 k€, section: investment}"
    (found,) = [d for d in examined(town(cost, fund)).diagnostics if d.code == "PPI431"]
    assert found.severity == "info"
    assert Language("en").say(found.message).replace("\u00a0", " ").replace("\u202f", " ") == (
        f"nothing says what the VAT fund pays in {years} for costs before the plan that name no"
        " year: 29 527.20 € at most"
    )


@pytest.mark.parametrize("due", ["2026: 0 €", "2026: 9 k€", "2027: 29 k€"])
def test_of_costs_of_no_year_nothing_is_told_once_something_is_stated(due: str) -> None:
    cost = "{before: 180 k€, 2026: 100 k€, section: investment}"
    assert "PPI431" not in codes(town(cost, f"regime: n+2, due: {{{due}}}"))


@pytest.mark.parametrize(("chosen", "is_told"), [(", chosen: roof", True), ("", False)])
def test_costs_before_the_plan_of_the_variant_that_is_chosen_are_looked_at(
    chosen: str, is_told: bool
) -> None:
    cost = "{before: {2025: 180 k€}, section: investment, when: heat.roof}"
    variants = "variants: [{id: roof, title: R}, {id: pump, title: P}]"
    target = f"targets: [{{id: heat, title: H, {variants}{chosen}}}]\n"
    assert ("PPI431" in codes(town(cost) + target)) is is_told


def test_nothing_is_told_of_a_plan_without_taxes() -> None:
    assert "PPI431" not in codes(town(SPENT, tax="excl"))


def test_a_cost_without_taxes_is_counted_with_them() -> None:
    # 150 k€ and 20 % are 180 k€.
    cost = "{before: {2025: 150 k€}, section: investment, tax: excl, rate: 20 %}"
    (found,) = [d for d in examined(town(cost)).diagnostics if d.code == "PPI431"]
    assert found.help is not None
    assert found.help.values["line"] == 'due: {2026: "29 527,20 €"}'
