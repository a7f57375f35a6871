"""Whole reports of a town whose figures are odd, kept as files in ``tests/kept/odd``.

``tests/odd_town.yaml`` has what a tidy example has not: half cents, sums below zero, blank cells,
envelopes that are passed, ceilings of all kinds that do not hold, prices with a gap, a target that
is undecided. What is kept was read: a figure that changes is to be read again.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Result

PLAN = Path(__file__).parent.parent / "odd_town.yaml"
NEW = ["--variant", "target-hall=new"]

REPORTS = {
    "afford": ["afford", *NEW],
    "afford-late": ["afford", "--scenario", "late", "--drop", "lanes"],
    "apcp": ["apcp", *NEW],
    "arbitrate-quarter": ["arbitrate", "--scenario", "green", "--step", "quarter"],
    "compare": ["compare", "lean", "late", "green"],
    "gantt": ["gantt", "--scenario", "late", "--today", "2024-11-27"],
    "gantt-2026": ["gantt", *NEW, "--year", "2026", "--all", "--today", "2026-02-01"],
    "list-projects": ["list", "projects", "--scenario", "late"],
    "list-themes": ["list", "themes", "--scenario", "green"],
    "list-funders": ["list", "funders", *NEW],
    "matrix": ["matrix", "--scenario", "late"],
    "show-bridge": ["show", "bridge", "--scenario", "lean"],
    "show-heating": ["show", "heating", *NEW],
    "totals": ["totals", "--scenario", "green"],
    "totals-net": ["totals", "--net", "--by", "project", *NEW],
    "totals-quarter": ["totals", "--per", "quarter", "--year", "2025", "--by", "project", *NEW],
    "totals-running": ["totals", "--running", "--by", "section", "--scenario", "green"],
    "totals-source": ["totals", "--by", "source", "--cumulative", "--scenario", "lean"],
    "totals-across": ["totals", "--by", "class", "--across", "section", "--percent", *NEW],
    "trace-roads": ["trace", "theme=roads", "year=2025", "--scenario", "lean"],
    "trace-late": ["trace", "project=heating", "--scenario", "late"],
    "trace-net": ["trace", "year=2026", "net=yes", "--scenario", "green"],
    "trace-fund": ["trace", "source=fctva", *NEW],
    "variants": ["variants"],
    "validate": ["validate", "--show-exceptions"],
}


@pytest.fixture
def town(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The plan in the current folder, which is the one that is meant."""
    copy = folder / "town.yaml"
    copy.write_bytes(PLAN.read_bytes())
    monkeypatch.setenv("PPI_PLAN", "town.yaml")
    return copy


@pytest.mark.parametrize("report", REPORTS)
def test_a_report_of_a_town_whose_figures_are_odd(
    report: str, ppi: Callable[..., Result], town: Path, kept: Callable[[str, str], None]
) -> None:
    result = ppi(*REPORTS[report], "--width", "120")
    kept(f"odd/{report}.txt", result.err + result.out)


@pytest.mark.parametrize(("format", "ending"), [("table", "txt"), ("json", "json")])
def test_what_a_revision_of_it_changes(
    format: str,
    ending: str,
    ppi: Callable[..., Result],
    town: Path,
    kept: Callable[[str, str], None],
) -> None:
    Path("revised.yaml").write_bytes(PLAN.with_stem("odd_town_revised").read_bytes())
    asked = ["--variant", "target-hall=old", "--width", "120", "-f", format]
    result = ppi("diff", "town.yaml", "revised.yaml", *asked)
    kept(f"odd/diff.{ending}", result.err + result.out)
