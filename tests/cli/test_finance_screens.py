"""Whole reports of the second example, which uses all of the format, kept as files.

Its figures are worked by hand in ``test_example_finance``; here, what is said of them: the marks,
the notes, and in JSON the keys, which programs rely on.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Result
from tests.test_example_finance import PLAN

REPORTS = {
    "afford": ["afford"],
    "afford-austerite": ["afford", "--scenario", "austerite"],
    "apcp-prudent": ["apcp", "--scenario", "prudent"],
    "arbitrate": ["arbitrate"],
    "arbitrate-prudent": ["arbitrate", "--scenario", "prudent", "--ceiling", "net.2028=1 900 k€"],
    "compare": ["compare", "prudent", "ambition", "--plan", "finance"],
    "debt": ["debt"],
    "debt-austerite": ["debt", "--scenario", "austerite", "--rate", "4,5%", "--loan-years", "15"],
    "list-funders": ["list", "funders"],
    "list-projects-ambition": ["list", "projects", "--scenario", "ambition"],
    "list-recommendations": ["list", "recommendations", "--drop", "mediatheque"],
    "list-risks": ["list", "risks"],
    "list-targets": ["list", "targets"],
    "list-themes": ["list", "themes", "--variant", "cible-chaleur=geothermie"],
    "show-halle-sports": ["show", "halle-sports"],
    "totals": ["totals"],
    "totals-across": ["totals", "--by", "section", "--across", "class", "--drop", "cantine"],
    "totals-by-account": ["totals", "--by", "account", "--scenario", "ambition"],
    "totals-by-source": ["totals", "--by", "source"],
    "totals-net": ["totals", "--net", "--shift", "chaussees=2"],
    "totals-running": ["totals", "--running", "--by", "project"],
    "trace-added": ["trace", "project=maison-sante", "--scenario", "ambition"],
    "trace-debt": ["trace", "measure=debt", "year=2027"],
    "trace-envelope": ["trace", "theme=voirie", "year=2026"],
    "trace-fund": ["trace", "source=fctva", "year=2029"],
    "trace-later": ["trace", "theme=voirie", "year=2028", "--scenario", "austerite"],
    "trace-net": ["trace", "theme=ecoles", "year=2027", "net=yes"],
    "trace-running": ["trace", "theme=energie", "year=2029", "running=yes"],
    "variants": ["variants", "--scenario", "prudent"],
}
#: The reports of which the JSON is kept too.
IN_JSON = [
    "afford-austerite", "apcp-prudent", "arbitrate", "compare", "debt-austerite", "list-funders",
    "list-projects-ambition",
    "list-recommendations", "list-risks", "list-targets", "list-themes", "show-halle-sports",
    "totals-across", "totals-by-source", "totals-running", "trace-debt", "trace-envelope",
    "trace-fund",
    "trace-later", "trace-net", "variants",
]  # fmt: skip

#: A revision of the plan: in a file, one text in place of another.
REVISED = [
    ("plan.yaml", "years: 2025..2030", "years: 2025..2031"),
    ("plan.yaml", "amount: 2 350 k€", "amount: 2 400 k€"),
    ("plan.yaml", "2026: 4 700 k€", "2026: 4 800 k€"),
    ("plan.yaml", "rate: 2 %", "rate: 3 %"),
    ("energie.yaml", "Gestion technique des bâtiments", "Pilotage des bâtiments"),
    ("energie.yaml", "quarters: 2026-T1..2027-T2", "quarters: 2026-T3..2027-T4"),
    ("energie.yaml", "2028-T1..T4", "[2028-T1..T2, 2028-T4]"),
    ("energie.yaml", "{year: 2026, amount: 610 k€", "{year: 2026, amount: 640 k€, basis: assumed"),
    ("energie.yaml", "{year: 2028, amount: 286 k€, ", "{year: 2028, amount: , "),
    ("energie.yaml", "{amount: 7 k€", "{amount: 8 k€"),
    ("energie.yaml", "year: 2026, amount: 60 k€, status: granted", "year: 2026, amount: 60 k€"),
    ("energie.yaml", "useful_life: 25", "useful_life: 20"),
    ("energie.yaml", "answers: [reco-eclairage]", "priority: 1"),
    ("priorites.yaml", "risks:", "risks:\n  - {id: risque-crue, title: Crue de la Sorne}"),
    ("priorites.yaml", "  - {id: reco-musique, class: 4, rank: 4, title: Reloger l'école", "  #"),
    ("sports-culture.yaml", "reco-musique", "reco-mediatheque"),
    ("priorites.yaml", "rank: 11, ", "rank: 12, "),
    ("programmes.yaml", "{date: 2024-12-12, amount: 2 880 k€", "{date: 2024-12-12, amount: 3 M€"),
    ("programmes.yaml", "2028: 1 450 k€", "2028: 1 500 k€"),
    ("scenarios.yaml", "shift: 2 quarters", "shift: 3 quarters"),
]


@pytest.fixture
def finance(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the example in the current folder, which is the plan that is meant."""
    copy = folder / "finance"
    shutil.copytree(PLAN, copy)
    monkeypatch.setenv("PPI_PLAN", "finance")
    return copy


@pytest.mark.parametrize("report", REPORTS)
def test_a_report_of_a_town_that_uses_all_of_the_format(
    report: str, ppi: Callable[..., Result], finance: Path, kept: Callable[[str, str], None]
) -> None:
    result = ppi(*REPORTS[report], "--lang", "en", "--width", "140")
    kept(f"finance/{report}.txt", result.err + result.out)


@pytest.mark.parametrize(
    ("report", "format"),
    [
        *((report, "json") for report in IN_JSON),
        ("afford", "csv"),
        ("debt", "csv"),
        ("apcp-prudent", "csv"),
        ("compare", "csv"),
    ],
)
def test_a_report_for_machines(
    report: str,
    format: str,
    ppi: Callable[..., Result],
    finance: Path,
    kept: Callable[[str, str], None],
) -> None:
    kept(f"finance/{report}.{format}", ppi(*REPORTS[report], "--lang", "en", "-f", format).out)


def test_the_columns_in_csv(
    ppi: Callable[..., Result], finance: Path, kept: Callable[[str, str], None]
) -> None:
    headers = [
        f"{report}: {ppi(*asked, '--lang', 'en', '-f', 'csv').out.splitlines()[0]}\n"
        for report, asked in REPORTS.items()
    ]
    kept("finance/columns.csv.txt", "".join(headers))


@pytest.mark.parametrize(("format", "ending"), [("table", "txt"), ("json", "json"), ("csv", "csv")])
def test_what_a_revision_changes(
    format: str,
    ending: str,
    ppi: Callable[..., Result],
    finance: Path,
    kept: Callable[[str, str], None],
) -> None:
    shutil.copytree(finance, "revised")
    for name, old, new in REVISED:
        file = Path("revised", name)
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new), "utf-8")
    arguments = ["--lang", "en", "--width", "140", "-f", format]
    result = ppi("diff", "finance", "revised", *arguments)
    kept(f"finance/diff.{ending}", result.err + result.out)


def test_what_the_plan_of_the_next_year_changes(
    ppi: Callable[..., Result], finance: Path, kept: Callable[[str, str], None]
) -> None:
    """What has passed is told apart; what is usual is no year's, and is not."""
    ppi("roll", "finance", "next", "--lang", "en")
    plan = Path("next", "plan.yaml")
    plan.write_text(plan.read_text("utf-8").replace("2 350 k€", "2 400 k€"), "utf-8")
    told = ppi("diff", "finance", "next", "--lang", "en", "--width", "140")
    kept("finance/diff-next-year.txt", told.err + told.out)
