"""Whole reports of a harbour, in French and on a narrow screen, kept in ``tests/kept/harbour``.

``tests/harbour.yaml`` has what ``tests/odd_town.yaml`` has not: fiscal years, amounts in thousands
of dollars without taxes, money before and beyond the plan's years and in none, groups of themes,
work in every status, who leads it, printed totals of everything. What is kept was read: a figure
that changes is to be read again.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from difflib import unified_diff
from itertools import pairwise
from pathlib import Path

import pytest

from tests.conftest import Result

PLAN = Path(__file__).parent.parent / "harbour.yaml"
RENTED = ["--variant", "cible-grue=louee"]
NEW = ["--variant", "cible-grue=neuve"]

REPORTS = {
    "afford": ["afford", *RENTED],
    "afford-part": ["afford", "--group", "eau", "--from", "2025-26", "--scenario", "neuf"],
    "apcp": ["apcp", "--scenario", "tard"],
    "arbitrate": ["arbitrate", *NEW],
    "arbitrate-quarter": ["arbitrate", "--step", "quarter", "--scenario", "tard"],
    "compare": ["compare", "sobre", "tard", "neuf"],
    "gantt": ["gantt", *RENTED, "--today", "2024-11-27"],
    "gantt-part": ["gantt", "--lead", "Patrimoine", "--scenario", "tard", "--today", "2028-05-01"],
    "list-funders": ["list", "funders", *NEW],
    "list-projects": ["list", "projects", "--status", "conditional", "--scenario", "neuf"],
    "list-recommendations": ["list", "recommendations", "--scenario", "sobre"],
    "list-sources": ["list", "sources", *RENTED],
    "list-targets": ["list", "targets", *NEW],
    "list-groups": ["list", "groups", "--scenario", "tard"],
    "list-themes": ["list", "themes", "--scenario", "tard"],
    "list-themes-part": ["list", "themes", "--group", "eau", "--to", "2025-26", *NEW],
    "matrix": ["matrix", "--scenario", "neuf"],
    "show-added": ["show", "2024-11", "--scenario", "neuf"],
    "show-after": ["show", "chauffage", *NEW],
    "show-cancelled": ["show", "piscine", *NEW],
    "show-excepted": ["show", "mairie", *NEW],
    "show-nothing": ["show", "etude", *NEW],
    "show-paused": ["show", "phare", "--scenario", "tard"],
    "show-conditional": ["show", "mairie", "--scenario", "tard"],
    "show-under-way": ["show", "quai-nord", "--scenario", "sobre"],
    "totals": ["totals", "--scenario", "tard"],
    "totals-across": ["totals", "--by", "theme", "--across", "lead", "--percent", *NEW],
    "totals-added-dropped": ["totals", "--scenario", "neuf", "--drop", "2024-11"],
    "totals-account": ["totals", "--by", "account", "--cumulative", "--scenario", "sobre"],
    "totals-funder": ["totals", "--by", "project", "--funder", "canada", *RENTED],
    "totals-group": ["totals", "--by", "group", "--net", "--unit", "k€", *NEW],
    "totals-part": ["totals", "--group", "terre", "--from", "2025-26", *NEW],
    "totals-quarter": ["totals", "--by", "lead", "--per", "quarter", "--year", "2025-26", *RENTED],
    "totals-running": ["totals", "--running", "--by", "section", *RENTED],
    "totals-source": ["totals", "--by", "source", "--scenario", "tard"],
    "totals-status": ["totals", "--by", "class", "--status", "conditional", *NEW],
    "totals-transpose": ["totals", "--transpose", "--scenario", "tard"],
    "totals-years": ["totals", "--by", "project", "--transpose", "--theme", "phares", *NEW],
    "trace-group": ["trace", "group=eau", "year=2025-26", "--scenario", "tard"],
    "trace-lead": ["trace", "lead=Patrimoine", "year=2026-27", "net=yes", *NEW],
    "trace-quarter": ["trace", "project=quai-nord", "quarter=2025-26-Q1", *RENTED],
    "validate": ["validate", "--scenario", "sobre"],
    "variants": ["variants"],
}
FOR_MACHINES = {
    "afford": ["afford", "--scenario", "neuf"],
    "apcp": ["apcp", *NEW],
    "arbitrate": ["arbitrate", *RENTED],
    "gantt": ["gantt", "--group", "terre", *NEW, "--today", "2024-11-27"],
    "list-funders": ["list", "funders", *NEW],
    "list-projects": ["list", "projects", "--scenario", "sobre"],
    "list-themes": ["list", "themes", *NEW],
    "matrix": ["matrix", *NEW],
    "show": ["show", "quai-nord", *RENTED],
    "show-unplanned": ["show", "archives", *RENTED],
    "totals": ["totals", *RENTED, "--trace"],
    "totals-source": ["totals", "--by", "source", "--across", "section", "--scenario", "sobre"],
    "trace": ["trace", "theme=quais", "year=2026-27", *NEW],
    "validate": ["validate", "--scenario", "neuf"],
    "variants": ["variants"],
}
#: The plan a year later: a text in place of another, each once. The crane is rented in both.
CHOSEN = ("title: Pas de grue}]\n", "title: Pas de grue}]\n    chosen: louee\n")
REVISED = [
    ("k$\n", "k$\n  # the unit stays\n"),
    ("presented: 2024-05-14", "presented: 2025-05-13"),
    ("rate: 5 %", "rate: 6 %"),
    ("2024-25..2026-27: {amount: 1 500, source: page 2}", "2024-25..2026-27: 1 510"),
    ("  before: 95\n", "  before: 96\n"),
    ("rounded_to: 10 $", "rounded_to: 100 $"),
    ("investment: {2026-27: 380}", "investment: {2026-27: 390, 2027-28: 200}"),
    ("savings: {2024-25: 300, ", "savings: {"),
    ("title: Canada, stated_totals: {total: 230", "title: Canada, stated_totals: {total: 240"),
    ("  - {id: vide, title: Rien encore}\n", ""),
    ("title: Rues, group: terre", "title: Rues et places, group: eau"),
    ("2024-25: 401, before: 80", "2024-25: 402, before: 81"),
    ("number: 2024-02", "number: 2024-12"),
    ("lead: Travaux publics\n    location", "lead: Port\n    location"),
    ("On refait les pieux", "On remplace les pieux"),
    ("status: {status: under_way, since: 2024-25-Q1, reason: marché signé}", "status: done"),
    ("label: Pieux, before: 80", "label: Pieux, before: 85"),
    ("beyond: 60, section", "beyond: 65, section"),
    ("basis: assumed, source: devis}", "basis: assumed, source: marché}"),
    ("2025-26: 10, unplanned: 15", "2025-26: 25"),
    ("before: 20, 2024-25: 100", "before: 25, 2024-25: 100"),
    ("beyond: 10, status: granted", "beyond: 10, status: requested"),
    ("2025-26: 12, status: requested", "2025-26: 12, status: granted"),
    ("status: conditional\n    quarters: 2025-26-Q3", "quarters: 2025-26-Q3"),
    ("status: {status: paused, since: 2024-25-Q3, reason: nidification}", "status: under_way"),
    ("[2024-25-Q1..Q2, 2025-26-Q3..2026-27-Q1]", "[2024-25-Q1..Q2, 2025-26-Q4..2026-27-Q2]"),
    ("{before: {2022-23: 5, 2023-24: 10}, ", "{before: {2022-23: 5, 2023-24: 11}, "),
    ("funding_complete: yes", "funding_complete: each_year"),
    ("movable: yes", "movable: no"),
    ("beyond: {2028-29: 44, 2029-30: 46}", "beyond: {2028-29: 44}"),
    ("2025-26-Q1, reason: après le", "2024-25-Q4, reason: avant le"),
    ("useful_life: 2\n", "useful_life: 3\n"),
    ("status: {status: cancelled, reason: trop cher}", "status: conditional"),
    ("money: none, status: planned}", "reason: on la paie, costs: {2025-26: 8}}"),
    ("costs: {unplanned: 25, before: 3}", "costs: {2025-26: 25, before: 3}"),
    ("{date: 2024-05-14, amount: 720, reason: pieux}", "{date: 2024-05-14, amount: 730}"),
    ("total: 715", "total: 725"),
    ("rule: PPI402, theme: quais", "rule: PPI402, theme: rues"),
    ("chosen: thermo", "chosen: bois"),
    ("title: Archives, costs", "title: Archives, quarters: 2025-26-Q2..Q3, costs"),
    ("    quarters: 2026-27\n", ""),
    ("  - {class: 3, title: Confort", "  - {class: 4, title: Rêves, spread_over: 9}\n"
     "  - {class: 3, title: Confort"),
    ("percent: -25 %", "percent: -20 %"),
    ("shift: 4 quarters", "shift: 3 quarters"),
]  # fmt: skip


@pytest.fixture
def harbour(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The plan in the current folder, which is the one that is meant."""
    copy = folder / "havre.yaml"
    copy.write_bytes(PLAN.read_bytes())
    monkeypatch.setenv("PPI_PLAN", "havre.yaml")
    return copy


@pytest.fixture
def two_years(folder: Path) -> tuple[str, str]:
    """The plan with its crane chosen, and the one of the next year."""
    text = PLAN.read_text(encoding="utf-8")
    for name, changes in (("an-un.yaml", [CHOSEN]), ("an-deux.yaml", REVISED)):
        for old, new in changes:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        (folder / name).write_text(text, encoding="utf-8")
    return "an-un.yaml", "an-deux.yaml"


@pytest.mark.parametrize("report", REPORTS)
def test_a_report_of_a_harbour_in_french(
    report: str, ppi: Callable[..., Result], harbour: Path, kept: Callable[[str, str], None]
) -> None:
    result = ppi(*REPORTS[report], "--lang", "fr", "--width", "90")
    assert not re.search(BARE_YEAR, result.out + result.err)
    kept(f"harbour/{report}.txt", result.err + result.out)


#: 2025, where the plan says 2025-26; days, numbers of projects and ids of rules are none.
BARE_YEAR = r"(?<![0-9/-])20[0-9]{2}(?![0-9]|-[0-9]{2}|[-–]20[0-9]{2})"


@pytest.mark.parametrize("report", FOR_MACHINES)
def test_a_report_of_it_for_machines(
    report: str, ppi: Callable[..., Result], harbour: Path, kept: Callable[[str, str], None]
) -> None:
    kept(f"harbour/{report}.json", ppi(*FOR_MACHINES[report], "--lang", "fr", "-f", "json").out)


@pytest.mark.parametrize(("format", "ending"), [("table", "txt"), ("json", "json")])
def test_what_a_year_has_changed_of_it(
    format: str,
    ending: str,
    ppi: Callable[..., Result],
    two_years: tuple[str, str],
    kept: Callable[[str, str], None],
) -> None:
    result = ppi("diff", *two_years, "--lang", "fr", "--width", "90", "-f", format)
    kept(f"harbour/diff.{ending}", result.err + result.out)


def test_what_is_found_where_the_plan_is_as_it_is_written(
    ppi: Callable[..., Result], two_years: tuple[str, str], kept: Callable[[str, str], None]
) -> None:
    """Printed totals are held against the figures of the plan as it was printed alone."""
    found = [ppi("validate", each, "--lang", "fr", "-f", "concise").out for each in two_years]
    kept("harbour/validate-years.txt", "\n".join(found))


def test_what_comes_back_when_versions_are_compared_the_other_way(
    ppi: Callable[..., Result], two_years: tuple[str, str], kept: Callable[[str, str], None]
) -> None:
    result = ppi(
        "diff", *reversed(two_years), "--lang", "fr", "--width", "90", "--scenario", "tard"
    )
    kept("harbour/diff-back.txt", result.err + result.out)


def test_what_its_plans_of_the_next_three_years_have_of_other_lines(
    ppi: Callable[..., Result], harbour: Path, kept: Callable[[str, str], None]
) -> None:
    folders = [Path(), *(Path(f"in-{years}-years") for years in (1, 2, 3))]
    for nth, (before, after) in enumerate(pairwise(folders), start=1):
        result = ppi("roll", str(before / "havre.yaml"), str(after))
        assert result.code == 0, result.err
        old, new = (
            (folder / "havre.yaml").read_text("utf-8").splitlines() for folder in (before, after)
        )
        kept(f"harbour/roll-{nth}.diff", "\n".join(unified_diff(old, new, lineterm="", n=0)) + "\n")
