"""Advice that is typed gives what was written: no year, amount or status that only the user knows.

Where two readings give two figures, both are offered.
"""

from __future__ import annotations

import pytest

from tests.source.test_instead import advice, plan

# --- when it is paid ---


@pytest.mark.parametrize(
    "key",
    [
        "reste",
        "restant",
        "le reste",
        "solde",
        "reste à payer",
        "plus tard",
        "ensuite",
        "rest",
        "remainder",
        "balance",
        "balance due",
        "afterwards",
    ],
)
def test_the_rest_of_a_sum_is_of_the_year_that_the_user_says(key: str) -> None:
    """Half a million of after the plan landed in its first year."""
    assert advice(plan(project=f"costs: {{2027: 9 k€, {key}: 5 k€}}")) == [
        "write the year in which it is paid, beyond if that is after 2028, unplanned if nobody"
        " knows"
    ]


@pytest.mark.parametrize(
    ("line", "help"),
    [
        ("acompte: 4 k€", "write the year in which it comes, or beyond if that is after 2028"),
        ("2nd payment: 4 k€", "write the year in which it comes, or beyond if that is after 2028"),
        ("solde: 4 k€", "write the year in which it comes, or beyond if that is after 2028"),
        ("solde versé en 2027: 4 k€", "write 2027"),
        ("balance paid in 2027: 4 k€", "write 2027"),
    ],
)
def test_a_part_of_a_grant_comes_in_the_year_that_is_said(line: str, help: str) -> None:
    grant = f"costs: {{2026: 9 k€}}, funding: [{{from: detr, 2026: 3 k€, {line}}}]"
    assert advice(plan(project=grant)) == [help]


@pytest.mark.parametrize("key", ["reste", "balance"])
def test_among_years_alone_the_rest_is_of_one_of_them(key: str) -> None:
    programme = f"programmes: [{{id: ap, title: AP, payments: {{2026: 3 k€, {key}: 8 k€}}}}]"
    told = ["write the year in which it is paid, or delete it: only years stand here"]
    assert advice(plan(more=programme)) == told
    assert advice(plan(theme=f"envelope: {{2026: 3 k€, {key}: 8 k€}}")) == told


@pytest.mark.parametrize("key", ["RAR 2025", "reports 2025", "carried over 2025"])
def test_what_is_carried_over_says_from_which_year(key: str) -> None:
    assert advice(plan(project=f"costs: {{2027: 9 k€, {key}: 5 k€}}")) == [
        "write it as a line of its own: {year: …, amount: 5 k€, carried_from: 2025}"
    ]


@pytest.mark.parametrize(
    ("costs", "help"),
    [
        ("{travaux: 90 k€}", "write it as a line of its own: {label: travaux, year: …, amount"),
        ("{2027: 9 k€, études: 5 k€}", "write it as a line of its own: {label: études, year: …,"),
        ("{year: 2027, travaux: 90 k€}", "write it as a line of its own: {label: travaux, 2027: "),
        ("40 k€", "write [{year: …, amount: 40 k€}]"),
        ("40 k€ dont 30 k€ RH", "write [{label: RH, year: …, amount: 30 k€}, {year: …, amount: "),
        ("60 k€ sur 3 ans", "write [{years: 2026..2028, in_all: 60 k€}]"),
        ("60 k€ over 2 years", "write [{years: …, in_all: 60 k€}], with the 2 years in which it"),
    ],
)
def test_a_year_that_nobody_says_is_left_for_the_user(costs: str, help: str) -> None:
    assert advice(plan(project=f"costs: {costs}"))[0].startswith(help)


def test_the_only_year_of_a_plan_is_meant() -> None:
    (told,) = advice(plan(project="costs: 40 k€").replace("2026..2028", "2027"))
    assert told == "write [{year: 2027, amount: 40 k€}]"


@pytest.mark.parametrize(
    ("firm", "perhaps"),
    [("tranche ferme", "tranche conditionnelle"), ("works", "option 1"), ("firm part", "TO1 roof")],
)
def test_what_is_conditional_is_not_counted_with_what_is_firm(firm: str, perhaps: str) -> None:
    assert advice(plan(project=f"costs: {{{firm}: 40 k€, {perhaps}: 30 k€}}")) == [
        f"write it as a line of its own: {{label: {firm}, year: …, amount: 40 k€}}; write"
        f" “{perhaps}” in a project of its own, with status: conditional: here it counts as firm"
    ]
    assert advice(plan(project=f"costs: {{2026: 4 k€, {perhaps}: 30 k€}}")) == [
        "write it in a project of its own, with status: conditional: here it counts as firm"
    ]
