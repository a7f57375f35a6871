"""Execution: what is told of a project over all years agrees with what its accounts say."""

from __future__ import annotations

from ppi_cli.figures.execution import since_the_beginning
from ppi_cli.values.money import ZERO
from ppi_cli.versions.choices import Choices
from tests.plans import plan

TOWN = plan("""
    plan: {title: Town, years: 2025..2026, tax: incl}
    themes: [{id: a, title: A}]
    projects:
      - {id: bridge, theme: a, title: Bridge, costs: {2025: 20 k€, 2026: 10 k€}}
      - {id: square, theme: a, title: Square, costs: {2026: 10 k€}}
    execution:
      - year: 2025
        closed: yes
        lines: [{project: bridge, paid: 0 €, carried_over: 0 €}]
    """)


def test_that_nothing_was_paid_is_told_over_all_years_too() -> None:
    """Of a project with a line that says so; of another, nothing is."""
    executed = Choices(executed=True).version(TOWN).plan
    bridge, square = since_the_beginning(TOWN, executed, ["bridge", "square"])
    assert (bridge.paid.amount, bridge.carried_over.amount) == (ZERO, ZERO)
    assert (bridge.progress, bridge.completion.amount) == (0, bridge.to_come.amount)
    assert (square.paid.amount, square.carried_over.amount) == (None, None)
