"""Execution: what is told of a project over all years agrees with what its accounts say."""

from __future__ import annotations

from ppi_cli.figures.execution import since_the_beginning
from ppi_cli.figures.totals import Figure
from ppi_cli.values.money import ZERO, Money
from ppi_cli.versions.choices import Choices
from tests.plans import plan

TOWN = plan("""
    plan: {title: Town, years: 2025..2026, tax: incl}
    themes: [{id: a, title: A}]
    projects:
      - {id: bridge, theme: a, title: Bridge, costs: {2025: 20 k€, 2026: 10 k€}}
      - {id: square, theme: a, title: Square, costs: {2026: 10 k€}}
      - id: hall
        theme: a
        title: Hall
        costs: [{year: 2025, amount: 30 k€, label: Roof}, {year: 2025, amount: 20 k€, label: Walls}]
    execution:
      - year: 2025
        closed: yes
        lines:
          - {project: bridge, paid: 0 €, carried_over: 0 €}
          - {project: hall, paid: 40 k€, carried_over: 5 k€}
    """)
EXECUTED = Choices(executed=True).version(TOWN).plan


def test_that_nothing_was_paid_is_told_over_all_years_too() -> None:
    """Of a project with a line that says so; of another, nothing is."""
    bridge, square = since_the_beginning(TOWN, EXECUTED, ["bridge", "square"])
    assert (bridge.paid.amount, bridge.carried_over.amount) == (ZERO, ZERO)
    assert (bridge.progress, bridge.completion.amount) == (0, bridge.to_come.amount)
    assert (square.paid.amount, square.carried_over.amount) == (None, None)


def test_what_an_account_tells_is_not_assumed() -> None:
    """Of which of its costs it is, and when the rest is paid, is; how much is not."""
    (hall,) = since_the_beginning(TOWN, EXECUTED, ["hall"])
    assert any(cost.basis == "assumed" for p in EXECUTED.projects for cost in p.costs)
    assert hall.paid == Figure(Money(40_000_00))
    assert hall.carried_over == Figure(Money(5_000_00))
    assert hall.completion == Figure(Money(45_000_00))
