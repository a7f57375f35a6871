"""Ceilings of borrowing and of years to repay in an arbitration, held against the whole path."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppi_cli.figures.arbitration import Arbitration, arbitrated
from ppi_cli.figures.debt_room import DebtRoom
from ppi_cli.figures.finances import prospect
from ppi_cli.figures.room import Room
from ppi_cli.plan.model import Plan
from ppi_cli.plan.pieces import changed
from ppi_cli.reports.arbitration import ArbitrationReport
from ppi_cli.source.examine import examine
from ppi_cli.source.read import read
from ppi_cli.values.money import Money
from ppi_cli.versions.choices import Choices
from ppi_cli.versions.scenarios import worked_out
from ppi_cli.words.language import Language
from tests.plans import plan
from tests.test_example_finance import PLAN, TODAY

TOWN = """
    plan: {title: Plan de Vigneux, years: 2025..2027, tax: incl}
    themes: [{id: a, title: A}]
    priority_classes: [{class: 1, title: Urgent}, {class: 2, title: Utile}]
    funders: [{id: banque, title: Banque, own: yes, loan: {rate: 0 %, years: 10}}]
    projects:
      - {id: ecole, theme: a, title: École, priority: 1, quarters: 2025-T2..T4,
         costs: {2025: 400 k€, section: investment}}
      - {id: halle, theme: a, title: Halle, priority: 2, quarters: 2025-T3..T4,
         costs: {2025: 300 k€, section: investment}}
    savings: {2025: 100 k€, 2026: 100 k€, 2027: 100 k€}
    debt: {at_start: 0 €, fund: 0 €, new_loans: {rate: 0 %, years: 10}}
"""


def arbitration(ceilings: str) -> Arbitration:
    return arbitrated(plan(f"{TOWN}    ceilings: {ceilings}\n"))


def test_what_is_less_urgent_waits_for_a_ceiling_of_borrowing() -> None:
    """400 and 300 k€ in 2025, of which 100 are saved: 600 are borrowed, and 350 may be.

    The hall in 2026: 300 are borrowed for the school in 2025; in 2026, 70 of savings are left once
    30 of capital are repaid, and 230 are borrowed.
    """
    found = arbitration("{borrowing: {2025: 350 k€, 2026: 230 k€}}")
    (as_written,) = found.debt_as_written
    assert str(as_written.excess) == "250000.00"
    assert [(each.project.id, str(each.start)) for each in found.moved] == [("halle", "2026-Q3")]
    (refused,) = found.moved[0].refused
    assert [(each.kind, each.year) for each in refused.debt] == [("borrowing", 2025)]


def test_what_would_take_too_many_years_to_repay_falls_out() -> None:
    """With both, 600 k€ are owed on 100 k€ a year; with the school alone 300 k€."""
    found = arbitration("{years_to_repay: 4}")
    assert [each.project.id for each in found.out] == []
    found = arbitration("{years_to_repay: 3}")
    assert [each.project.id for each in found.out] == ["halle"]
    assert {over.year for each in found.out[0].refused for over in each.debt} >= {2025}


def test_what_would_have_to_be_found_is_told_of_ceilings_of_debt_too() -> None:
    """600 k€ are borrowed, 250 more than may be.

    Owed at the end of each year: 600, 540, 480 k€ on gross savings of 100, of which three years
    repay 300.
    """
    assert to_find("{borrowing: {2025: 350 k€}}") == [
        ("Halle", "2025 (borrowed)", "600000.00", "-350000.00", "250000.00")
    ]
    assert to_find("{years_to_repay: 3}") == [
        ("Halle", f"{year} (years to repay)", f"{debt}000.00", "-300000.00", f"{amount}000.00")
        for year, debt, amount in ((2025, 600, 300), (2026, 540, 240), (2027, 480, 180))
    ]
    assert to_find("{total: {2025: 500 k€}}") == []


def to_find(ceilings: str) -> list[tuple[str, ...]]:
    """What the table of ceilings of debt says, line by line."""
    show = Language("en").show
    report = ArbitrationReport(arbitration(ceilings))
    tables = [each for each in report.table().more if "of debt" in show(each.title)]
    cells = [line.cells for table in tables for line in table.lines]
    return [(show(title), show(kind), *map(str, amounts)) for title, kind, *amounts in cells]


@pytest.mark.parametrize("ceilings", ["borrowing: {2025: 350 k€}", "years_to_repay: {2025: 3}"])
@pytest.mark.parametrize(("less", "moves"), [(0, False), (1, True)])
def test_what_would_have_to_be_found_is_enough_and_a_cent_less_is_not(
    ceilings: str, less: int, moves: bool
) -> None:
    """In a year that borrows, what is found is borrowed less, and owed less."""
    (waiting,) = arbitration(f"{{{ceilings}}}").moved
    (over,) = waiting.refused[0].debt
    amount = Money(over.to_find.cents - less)
    funding = f"funding: [{{from: etat, year: 2025, amount: {amount}}}], quarters: 2025-T3"
    found = TOWN.replace("quarters: 2025-T3", funding)
    found = found.replace("{id: banque", "{id: etat, title: État}, {id: banque")
    of = plan(f"{found}    ceilings: {{{ceilings}}}\n")
    assert bool(arbitrated(of).moved) is moves


def test_where_both_hold_nothing_moves() -> None:
    found = arbitration("{years_to_repay: 6, borrowing: {2025: 600 k€}}")
    assert found.scenario is None
    assert not found.is_for_debt


@pytest.mark.parametrize("held", ["", "savings_hold: [running, operating]"])
def test_the_path_without_a_project_is_that_of_the_plan_without_it(held: str) -> None:
    """Of every project of the finance example."""
    written = examine(read(str(PLAN)), TODAY).plan
    assert written is not None
    assert written.debt is not None
    if held:
        debt = changed(written.debt, savings_hold=("running", "operating"))
        written = changed(written, debt=debt)
    of = worked_out(written).plan
    for project in of.projects:
        room, debts = Room(of), DebtRoom(of)
        room.take_off(project.id)
        debts.take_off(project.id)
        version = Choices(drops=(project.id,)).version(written).plan
        expected = [each.reckoned for each in prospect(version).years]
        assert list(debts.path_of(room)) == expected
        room.put_back(project.id)
        debts.put_back(project.id)
        assert list(debts.path_of(room)) == [each.reckoned for each in prospect(of).years]


@given(st.integers(0, 6), st.integers(0, 500))
def test_no_ceiling_is_passed_that_what_is_fixed_keeps(most: int, borrowing: int) -> None:
    ceilings = f"{{borrowing: {{2025: {borrowing} k€, 2026: {borrowing} k€}}"
    ceilings += f", years_to_repay: {most}}}" if most else "}"
    found = arbitration(ceilings)
    after: Plan = found.version.plan
    assert DebtRoom(after).passed(Room(after)) == found.debt_fixed == ()


def test_the_vat_fund_of_upkeep_goes_with_its_project() -> None:
    """The path without a project is that of the plan without it."""
    upkeep = """
      - {id: voirie, theme: a, title: Voirie, priority: 2, quarters: 2025-T1..T4,
         costs: {2025: 100 k€, account: 615231, fctva: yes}}
    savings:"""
    written = plan(
        TOWN.replace("\n    savings:", upkeep, 1)
        + "    fctva: {regime: n+1}\n    ceilings: {years_to_repay: 6}\n"
    )
    of = worked_out(written).plan
    assert list(DebtRoom(of).path_of(Room(of))) == [each.reckoned for each in prospect(of).years]
    room, debt = Room(of), DebtRoom(of)
    room.take_off("voirie")
    debt.take_off("voirie")
    version = Choices(drops=("voirie",)).version(written).plan
    assert list(debt.path_of(room)) == [each.reckoned for each in prospect(version).years]
    assert debt.path_of(room, "voirie") == DebtRoom(of).path_of(Room(of))
