"""Whole reports of a town whose figures are odd, kept as files in ``tests/kept/odd``.

``tests/odd_town.yaml`` has what a tidy example has not: half cents, sums below zero, blank cells,
envelopes that are passed, ceilings of all kinds that do not hold, prices with a gap, a target that
is undecided. What is kept was read: a figure that changes is to be read again.
"""

from __future__ import annotations

from collections.abc import Callable
from difflib import unified_diff
from itertools import pairwise
from pathlib import Path

import pytest

from tests.conftest import Result

PLAN = Path(__file__).parent.parent / "odd_town.yaml"
NEW = ["--variant", "target-hall=new"]

REPORTS = {
    "afford": ["afford", *NEW],
    "apcp": ["apcp", *NEW],
    "arbitrate-quarter": ["arbitrate", "--scenario", "green", "--step", "quarter"],
    "compare": ["compare", "lean", "late", "green"],
    "gantt-2026": ["gantt", *NEW, "--year", "2026", "--all", "--today", "2026-02-01"],
    "list-commitments": ["list", "commitments", *NEW],
    "list-context": ["list", "context", *NEW],
    "list-findings": ["list", "findings", "--scenario", "late"],
    "list-funders": ["list", "funders", "--scenario", "green"],
    "list-projects": ["list", "projects", "--scenario", "late"],
    "list-recommendations": ["list", "recommendations", *NEW],
    "list-risks": ["list", "risks", "--scenario", "lean"],
    "list-sources": ["list", "sources", "--scenario", "green"],
    "list-targets": ["list", "targets", "--scenario", "sunny"],
    "list-themes": ["list", "themes", "--scenario", "lean"],
    "matrix": ["matrix", "--scenario", "late"],
    "show-alarms": ["show", "alarms", "--scenario", "green"],
    "show-hall": ["show", "hall", *NEW],
    "show-heating": ["show", "heating", "--scenario", "sunny"],
    "show-lanes": ["show", "lanes", *NEW],
    "show-mill": ["show", "mill", *NEW],
    "show-canteen": ["show", "canteen", "--scenario", "late"],
    "show-bridge": ["show", "bridge", "--scenario", "lean"],
    "totals": ["totals", "--scenario", "green"],
    "totals-net": ["totals", "--net", "--by", "project", *NEW],
    "totals-quarter": ["totals", "--per", "quarter", "--year", "2025", "--by", "project", *NEW],
    "totals-source": ["totals", "--by", "source", "--cumulative", "--scenario", "lean"],
    "totals-across": ["totals", "--by", "class", "--across", "section", "--percent", *NEW],
    "trace-roads": ["trace", "theme=roads", "year=2025", "--scenario", "lean"],
    "trace-late": ["trace", "project=heating", "--scenario", "late"],
    "trace-net": ["trace", "year=2026", "net=yes", "--scenario", "green"],
    "variants": ["variants"],
    "validate": ["validate", "--show-exceptions"],
}
FOR_MACHINES = {
    "afford": ["afford", *NEW],
    "apcp": ["apcp", "--scenario", "lean"],
    "arbitrate": ["arbitrate", *NEW, "--fix", "mill"],
    "compare": ["compare", "lean", "late"],
    "gantt": ["gantt", "--scenario", "late", "--today", "2024-11-27"],
    "list-commitments": ["list", "commitments", "--scenario", "green"],
    "list-context": ["list", "context", *NEW],
    "list-findings": ["list", "findings", *NEW],
    "list-recommendations": ["list", "recommendations", "--scenario", "late"],
    "list-sources": ["list", "sources", *NEW],
    "list-targets": ["list", "targets", *NEW],
    "matrix": ["matrix", "--scenario", "lean"],
    "show": ["show", "heating", *NEW],
    "show-late": ["show", "network", "--scenario", "late"],
    "totals-across": ["totals", "--by", "class", "--across", "section", "--scenario", "green"],
    "totals-net": ["totals", "--net", "--scenario", "late"],
    "trace": ["trace", "source=own", "year=2026", *NEW],
    "validate": ["validate", "--scenario", "late"],
    "variants": ["variants"],
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


@pytest.mark.parametrize("report", FOR_MACHINES)
def test_a_report_of_it_for_machines(
    report: str, ppi: Callable[..., Result], town: Path, kept: Callable[[str, str], None]
) -> None:
    kept(f"odd/{report}.json", ppi(*FOR_MACHINES[report], "-f", "json").out)


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


def test_what_its_plans_of_the_next_three_years_have_of_other_lines(
    ppi: Callable[..., Result], town: Path, kept: Callable[[str, str], None]
) -> None:
    folders = [Path(), *(Path(f"in-{years}-years") for years in (1, 2, 3))]
    for nth, (before, after) in enumerate(pairwise(folders), start=1):
        result = ppi("roll", str(before / "town.yaml"), str(after))
        assert result.code == 0, result.err
        old, new = (
            (folder / "town.yaml").read_text("utf-8").splitlines() for folder in (before, after)
        )
        kept(f"odd/roll-{nth}.diff", "\n".join(unified_diff(old, new, lineterm="", n=0)) + "\n")
