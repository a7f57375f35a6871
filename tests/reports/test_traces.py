"""Every figure that a table of totals prints can be traced, and the trace comes to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppi_cli.cli.chosen import selection_of
from ppi_cli.cli.options import Wanted
from ppi_cli.cli.tracing import read_figure
from ppi_cli.figures.cuts import OF_THEMES
from ppi_cli.figures.ledger import traced
from ppi_cli.figures.totals import Figure, Totals, summed, totals
from ppi_cli.plan.model import Plan, plan_of
from ppi_cli.values.money import ZERO
from ppi_cli.values.terms import By
from ppi_cli.versions.scenarios import worked_out
from tests.any_plan import with_leads_and_loans
from tests.conftest import Result

CUTS: tuple[By, ...] = (
    "theme",
    "group",
    "project",
    "class",
    "lead",
    "section",
    "account",
    "source",
)


def traced_figure(plan: Plan, *words: str) -> Figure:
    """What ``ppi trace`` comes to."""
    asked = read_figure(words)
    rows = asked.known(plan)
    selection = selection_of(plan, asked.within(Wanted()), beyond=True)
    found = traced(
        plan,
        rows,
        selection,
        asked.quarter_in(plan),
        net=asked.net,
        running=asked.running,
        where=asked.where,
        whole=asked.is_whole,
    )
    return summed(found, of_theme=rows.keys() <= OF_THEMES)


def cells(found: Totals) -> Iterator[tuple[list[str], Figure]]:
    """The figures of a table of totals, with the words that name each."""
    time = "quarter" if found.per == "quarter" else "year"
    rows = [([f"{found.by}={row.id}"], row) for row in found.rows]
    rows.append(([], found.total))
    if found.running is not None:
        rows.append((["running=yes"], found.running))
    for words, row in rows:
        words = [*words, *["net=yes"] * found.net]
        for period, figure in row.figures.items():
            yield [*words, f"{time}={period}"], figure
        yield words, row.total
        for name in ("before", "beyond"):
            if (beside := getattr(row, name)) is not None:
                yield [*words, f"year={name}"], beside
        if row.has_outside:
            yield [*words, "year=whole"], row.whole
    if found.unplanned is not None:
        yield ["year=unplanned"], found.unplanned.total


@given(with_leads_and_loans(), st.sampled_from(CUTS), st.booleans(), st.booleans())
def test_every_figure_of_a_table_comes_to_the_sum_of_its_trace(
    tree: dict[str, Any], by: By, by_quarter: bool, net: bool
) -> None:
    plan = worked_out(plan_of(tree)).plan
    found = totals(plan, by, "quarter" if by_quarter else "year", net=net and by != "source")
    for words, figure in cells(found):
        own = traced_figure(plan, *words)
        assert own.assumed == figure.assumed, words
        is_of_row = any(word.startswith(f"{by}=") for word in words)
        if is_of_row or own.amount is not None:
            assert own.amount == figure.amount, words
        else:  # paid, and as much taken off the own share
            assert figure.amount in (None, ZERO), words


PLAN = """\
plan: {title: P, years: 2026..2027, tax: incl, language: en}
themes: [{id: t, title: T}]
funders: [{id: detr, title: DETR}, {id: caf, title: CAF}, {id: pret, title: Loan, own: yes}]
projects:
  - id: p
    theme: t
    title: Canteen
    costs: {2026: 90 k€}
    funding:
      - {from: detr, 2026: 10 k€, status: requested}
      - {from: caf, 2026: 20 k€, status: granted}
      - {from: caf, 2027: 5 k€, status: requested}
"""


@pytest.mark.parametrize(
    ("words", "note"),
    [
        (["source=detr"], "nothing is granted; 10 k€ is requested: source=detr/requested"),
        (["source=detr", "year=2027"], "the plan states no amount for it"),
        (["source=detr/requested"], ""),
        (["source=caf"], "5 k€ more is only requested: source=caf/requested"),
        (
            ["source=caf/requested", "year=2026"],
            "nothing is requested; 20 k€ is granted: source=caf",
        ),
        (["source=caf/requested"], ""),
        (["source=pret"], "the plan states no amount for it"),
        (["source=own"], "+ known costs only: no envelope covers all of it"),
    ],
)
def test_a_funders_figure_names_what_stands_in_its_other_row(
    ppi: Callable[..., Result], folder: Path, words: list[str], note: str
) -> None:
    (folder / "plan.yaml").write_text(PLAN, encoding="utf-8")
    told = ppi("trace", *words, "plan.yaml").out.replace("\u00a0", " ")
    below = told.rpartition("╯")[2].strip()
    assert below == note


@pytest.mark.usefixtures("folder")
def test_what_a_theme_carries_beyond_the_plan_is_no_envelope(ppi: Callable[..., Result]) -> None:
    """Of the road itself 5 k€ are paid; of the theme, beyond its projects, 6 k€ come later."""
    Path("plan.yaml").write_text(
        """
plan: {title: P, years: 2025..2026, tax: incl}
themes: [{id: voirie, title: Voirie, envelope: {2025: 50 k€, 2026: 60 k€}}]
projects: [{id: rue, theme: voirie, title: Rue, costs: {2025: 10 k€, 2026: 5 k€}}]
execution:
  - {year: 2025, closed: yes, lines: [{project: rue, paid: 10 k€}]}
  - year: 2026
    closed: yes
    lines: [{theme: voirie, paid: 40 k€, carried_over: 6 k€}, {project: rue, paid: 5 k€}]
""",
        "utf-8",
    )
    out = ppi(
        "trace", "--executed", "year=beyond", "--lang", "en", "--width", "150", "plan.yaml"
    ).out
    assert "Voirie, of none of its projects" in out
    assert "envelope" not in out


STANDING = """
plan: {title: P, years: 2025..2026, language: en}
themes: [{id: a, title: A}, {id: b, title: B}]
projects:
  - {id: begun, theme: a, title: Begun, status: under_way, costs: {2025: 40 k€, 2026: 8 k€}}
  - {id: held, theme: b, title: Held, status: paused, costs: {2025: 30 k€}}
  - {id: off, theme: b, title: Off, status: cancelled, costs: {2025: 9 k€}}
"""


@pytest.mark.usefixtures("folder")
def test_a_trace_says_of_its_own_amounts_how_their_projects_stand(
    ppi: Callable[..., Result],
) -> None:
    Path("plan.yaml").write_text(STANDING, "utf-8")

    def said(*figure: str) -> str:
        return ppi("trace", *figure, "plan.yaml").out.replace("\xa0", " ")

    of_a, of_2025 = said("theme=a", "year=2026"), said("year=2025")
    assert "under way: 1 project, 8 k€ of the total" in of_a
    assert "paused" not in of_a
    assert "cancelled" not in of_a
    assert "cancelled, and counted nowhere: Off" in said("theme=b")
    assert "under way: 1 project, 40 k€ of the total" in of_2025
    assert "paused: 1 project, 30 k€ of the total" in of_2025
