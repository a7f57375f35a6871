"""A plan of many ways to write money, rolled on once its first year is closed: kept, and read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Result

PLAN = """
plan: {title: Plan 2025-2027, years: 2025..2027, tax: incl, rate: 20 %}
themes:
  - {id: a, title: A, section: investment, envelope: {2025: 200 k€, 2026: 90 k€, 2027: 100 k€}}
funders: [{id: f, title: F}]
savings: {2025: 40 k€, 2026: 40 k€, 2027: 40 k€}
debt:
  at_start: 60 k€
  repaid:
  fund: 5 k€
  new_loans: {rate: 2 %, years: 10}
programmes:
  - id: ap
    title: AP
    projects: [none, spread]
    authorised: [{date: 2025-01-02, amount: 90 k€}]
    paid:
projects:
  # it has no costs: its account has some
  - {id: none, title: None, theme: a, quarters: 2025..2026}
  # nothing of it came, and nothing is carried over: its costs are gone
  - {id: lost, title: Lost, theme: a, quarters: 2025..2026, costs: {2025: 10 k€}}
  # a part stays, in thirds that are no cents
  - id: spread
    title: Spread
    theme: a
    quarters: 2025..2027
    costs: [{years: 2025..2027, in_all: 100 k€, tax: excl, label: Lots}]
  - {id: each, title: Each, theme: a, costs: [{years: 2025..2027, each_year: 7 k€, reason: loyer}]}
  - id: table
    title: Table
    theme: a
    quarters: 2025..2026
    costs:
      - {label: Études, before: {2024: 1 k€}, 2025: 4 k€, 2026: 3 k€, account: 2031}
      - {label: Travaux, 2025: 6 k€, 2027: {amount: 8 k€, basis: assumed}, beyond: 2 k€,
         account: 2313, fctva: no}
    funding: [{from: f, 2025: 3 k€, 2026: 1 k€, status: granted}]
execution:
  - year: 2025
    closed: yes
    lines:
      - {project: none, account: 2313, paid: 5 k€, carried_over: 2 k€}
      - {project: lost, paid: 0 €}
      - {project: spread, paid: 33 k€}
      - {project: each, paid: 7 k€}
      - {project: table, account: 2031, paid: 4 k€}
      - {project: table, account: 2313, paid: 5 k€, carried_over: 1 k€, received: 2 k€}
scenarios:
  - id: s
    title: S
    change: [{project: spread, percent: -10 %}, {project: lost, percent: -50 %}]
"""


@pytest.mark.usefixtures("folder")
def test_each_way_to_write_money_is_rolled_as_it_is_written(
    ppi: Callable[..., Result], kept: Callable[[str, str], None]
) -> None:
    """What was paid lies before the plan, what is carried over is to come, the rest is untouched.

    Nothing is left of what lapsed; parts of several years stay the parts that they were.
    """
    Path("plan.yaml").write_text(PLAN, encoding="utf-8")
    result = ppi("roll", "plan.yaml", "next", "--lang", "en", "--width", "130")
    assert result.code == 0
    text = Path("next/plan.yaml").read_text(encoding="utf-8")
    kept("small/rolled.txt", f"{text}\n{result.err}{result.out}")
    assert ppi("validate", "next", "--lang", "en").code == 0
