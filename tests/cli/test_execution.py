"""``ppi execution``: what is said below the table is what the table says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Result

Ppi = Callable[..., Result]

TOWN = """\
plan: {title: P, years: 2025..2026, language: en}
themes: [{id: t, title: T}]
projects:
  - {id: roof, title: Roof, theme: t, quarters: 2025, costs: {2025: 60 k€}}
  - {id: hall, title: Hall, theme: t, quarters: 2025, costs: {2025: 40 k€}}
execution:
  - {year: 2025, closed: yes, lines: [{project: roof, paid: 30 k€, carried_over: 10 k€}]}
"""


@pytest.mark.usefixtures("folder")
def test_what_no_line_says_is_named_wherever_it_is_taken_for_paid(ppi: Ppi) -> None:
    """Of 60 of the roof 30 are paid; of the hall there is no line: its 40 count as planned."""
    Path("plan.yaml").write_text(TOWN, "utf-8")
    out = " ".join(ppi("execution", "plan.yaml", "--width", "300").out.split())
    assert "│ Total │ 100 k€* │ 0 k€ │ 0 k€ │ 100 k€* │ 70 k€* │ 70.0 │" in out
    assert (
        "70.0 % of the 100 k€ opened in 2025 is paid, 80.0 % with what is carried over,"
        " where 40 k€ that no line says is taken for paid"
    ) in out
    assert "2025 is closed: 30 k€ paid, and 40 k€ that no line says, of 100 k€ planned" in out
    totals = " ".join(ppi("totals", "plan.yaml", "--executed", "--width", "300").out.split())
    assert "counts what was paid: 30 k€, and 40 k€ that no line says, of 100 k€ planned" in totals


@pytest.mark.usefixtures("folder")
def test_what_an_account_does_not_say_was_carried_in_is_a_dash(ppi: Ppi) -> None:
    """70 are opened of 60 voted: the other 10 were decided, or carried in; nobody says which."""
    text = TOWN.replace("paid: 30 k€", "opened: 70 k€, paid: 30 k€")
    Path("plan.yaml").write_text(text, "utf-8")
    out = " ".join(ppi("execution", "plan.yaml", "--width", "300").out.split())
    assert "│ Roof │ 60 k€* │ 10 k€* │ — │ 70 k€ │ 30 k€ │" in out
    assert "what was carried in to 2025 is not stated: it is among the decisions" in out
    Path("plan.yaml").write_text(text.replace("opened: 70", "carried_in: 0 €, opened: 70"), "utf-8")
    assert "is not stated" not in ppi("execution", "plan.yaml").out


@pytest.mark.usefixtures("folder")
def test_an_envelope_of_which_no_line_is_counts_as_planned_and_is_not_over(ppi: Ppi) -> None:
    """Of 30 of parks 10 are a bench; of 70 of the town 60 + 40 are known, 30 are left to no one."""
    text = TOWN.replace(
        "themes: [{id: t, title: T}]",
        "themes: [{id: t, title: T, envelope: {2025: 130 k€}},"
        " {id: p, title: Parks, envelope: {2025: 30 k€}}]",
    ).replace(
        "execution:",
        "  - {id: bench, title: Bench, theme: p, quarters: 2025, costs: {2025: 10 k€}}\nexecution:",
    )
    Path("plan.yaml").write_text(text, "utf-8")
    told = (
        "no line of the account of 2025 is of Parks: what is split over no project there counts as"
        " planned, 20 k€"
    )
    for command in (["execution"], ["totals", "--executed"]):
        out = " ".join(ppi(*command, "plan.yaml", "--width", "300").out.split())
        assert told in out
    out = " ".join(ppi("execution", "plan.yaml", "--width", "300").out.split())
    assert "30 k€ of envelopes was split over no project, and no line says that it was paid" in out
