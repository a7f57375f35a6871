"""Whole reports of a town with accounts and debt, kept as files in ``tests/kept/ledger``.

In ``tests/ledger_town.yaml`` little went as it was voted: what is said of that is here, and what
the figures of the plan are once what was paid counts. What is kept was read: a figure that changes
is to be read again.
"""

from __future__ import annotations

from collections.abc import Callable
from difflib import unified_diff
from itertools import pairwise
from pathlib import Path

import pytest

from tests.conftest import Result

PLAN = Path(__file__).parent.parent / "ledger_town.yaml"

REPORTS = {
    "afford": ["afford", "--executed", "--scenario", "thrift"],
    "apcp": ["apcp", "--executed"],
    "arbitrate": ["arbitrate", "--executed", "--scenario", "later"],
    "compare": ["compare", "later", "thrift", "--executed"],
    "debt": ["debt", "--executed"],
    "debt-terms": ["debt", "--scenario", "later", "--rate", "5 %", "--loan-years", "3"],
    "debt-within": ["debt", "--within-ceilings"],
    "execution": ["execution", "--since"],
    "execution-2024": ["execution", "--year", "2024", "--by", "theme"],
    "execution-2025": ["execution", "--year", "2025"],
    "execution-group": ["execution", "--year", "2025", "--by", "group"],
    "execution-lead": ["execution", "--year", "2024", "--by", "lead", "--lead", "Works"],
    "execution-programme": ["execution", "--year", "2025", "--by", "programme"],
    "gantt": ["gantt", "--executed", "--today", "2026-02-01"],
    "list-funders": ["list", "funders", "--executed"],
    "list-projects": ["list", "projects", "--executed"],
    "list-sources": ["list", "sources", "--executed"],
    "list-themes": ["list", "themes", "--executed"],
    "show-hall": ["show", "hall", "--executed"],
    "show-street": ["show", "street"],
    "totals": ["totals", "--executed"],
    "totals-net": ["totals", "--by", "project", "--net", "--executed"],
    "totals-source": ["totals", "--by", "source", "--executed", "--keep-envelopes"],
    "trace-carried": ["trace", "project=hall", "--executed"],
    "trace-envelope": ["trace", "theme=roads", "year=2025", "--executed"],
    "trace-funding": ["trace", "source=state", "--executed"],
    "trace-fund": ["trace", "measure=fund", "year=2026"],
    "trace-interest": ["trace", "measure=interest", "year=2028"],
    "trace-loan": ["trace", "measure=loan", "year=2026", "--executed"],
    "trace-within": ["trace", "measure=debt", "year=2027", "--executed"],
    "validate": ["validate"],
    "validate-executed": ["validate", "--executed"],
}
FOR_MACHINES = {
    "afford": ["afford", "--executed"],
    "debt": ["debt", "--executed", "--trace"],
    "execution": ["execution", "--since", "--trace"],
    "execution-2024": ["execution", "--year", "2024", "--by", "theme"],
    "execution-group": ["execution", "--year", "2025", "--by", "group"],
    "totals": ["totals", "--executed"],
    "validate": ["validate", "--executed"],
    "trace-capital": ["trace", "measure=capital", "year=2028"],
    "trace-carried": ["trace", "project=hall", "--executed"],
}


@pytest.fixture
def ledger(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The plan in the current folder, which is the one that is meant."""
    copy = folder / "town.yaml"
    copy.write_bytes(PLAN.read_bytes())
    monkeypatch.setenv("PPI_PLAN", "town.yaml")
    return copy


@pytest.mark.parametrize("report", REPORTS)
def test_a_report_of_a_town_that_tells_what_it_has_paid(
    report: str, ppi: Callable[..., Result], ledger: Path, kept: Callable[[str, str], None]
) -> None:
    result = ppi(*REPORTS[report], "--width", "150")
    kept(f"ledger/{report}.txt", result.err + result.out)


@pytest.mark.parametrize("report", FOR_MACHINES)
def test_a_report_of_it_for_machines(
    report: str, ppi: Callable[..., Result], ledger: Path, kept: Callable[[str, str], None]
) -> None:
    result = ppi(*FOR_MACHINES[report], "--lang", "fr", "-f", "json")
    kept(f"ledger/{report}.json", result.out)


@pytest.mark.usefixtures("ledger")
def test_what_execution_and_later_accounts_change(
    ppi: Callable[..., Result], kept: Callable[[str, str], None]
) -> None:
    """The plan a half-year later, as it is written: the account of 2026 is closed."""
    text = PLAN.read_text("utf-8")
    for old, new in REVISED:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    Path("revised.yaml").write_text(text, "utf-8")
    told = ppi("diff", "town.yaml", "revised.yaml", "--width", "150")
    kept("ledger/diff.txt", told.err + told.out)


REVISED = [
    ("at: 2026-06-30", "closed: yes"),
    ("paid: 44 k€, expected: 101 k€", "paid: 98 k€"),
    ("keep: 50 k€", "keep: 40 k€"),
    ("years: 12, repaid", "years: 15, repaid"),
    ("2028: 120 k€}", "2028: 125 k€}"),
    ("loan: {rate: 4 %, years: 3", "loan: {rate: 4 %, years: 4"),
    ("years_to_repay: {2024: 9, 2025: 9, 2026: 6}", "years_to_repay: 8"),
    ("2027: 60 k€}", "2027: 75 k€}"),
    ("amount: 240 k€, source: vote 91", "amount: 245 k€, source: vote 91"),
    ('operations: ["201"]', 'operations: ["201", "202"]'),
    ("number: 2025Q1", "number: 2025Q2"),
    ("own: yes, loan: usual", "own: yes"),
]


@pytest.mark.usefixtures("ledger")
def test_what_its_plans_of_the_next_three_years_have_of_other_lines(
    ppi: Callable[..., Result], kept: Callable[[str, str], None]
) -> None:
    folders = [Path(), *(Path(f"in-{years}-years") for years in (1, 2, 3))]
    for nth, (before, after) in enumerate(pairwise(folders), start=1):
        result = ppi("roll", str(before / "town.yaml"), str(after))
        assert result.code == 0, result.err
        old, new = (
            (folder / "town.yaml").read_text("utf-8").splitlines() for folder in (before, after)
        )
        changed = "\n".join(unified_diff(old, new, lineterm="", n=0))
        kept(f"ledger/roll-{nth}.diff", f"{result.out}{result.err}{changed}\n")
