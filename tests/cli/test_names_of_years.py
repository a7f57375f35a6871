"""A plan in fiscal years says what the same plan of numbers says, with names in their place."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Result

Run = Callable[..., Result]

COMMANDS = (
    "totals",
    "totals --by project --net",
    "totals --per quarter --year 2026",
    "afford --ceiling net.2027=1M€",
    "apcp",
    "variants",
    "list themes",
    "list sources",
    "gantt --today 2026-05-01",
    "validate",
    "trace year=2026",
    "show cantine",
    "totals --shift cantine=5",
    "totals --year 2040",
)


@pytest.fixture
def plans(ppi: Run, tmp_path: Path) -> tuple[Path, Path]:
    """The example of a town's finance, and the same in years that are called FY2026."""
    plain, named = tmp_path / "a", tmp_path / "b"
    for folder in (plain, named):
        assert ppi("init", "--example", "finance", str(folder)).code == 0
    for file in named.glob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        text = re.sub("(?m)^plan:\n", "plan:\n  fiscal_year: {named: FY2026}\n", text)
        file.write_text(text, encoding="utf-8")
    return plain, named


def squashed(text: str) -> str:
    """A screen without what depends on the width of its words."""
    return re.sub("[ \u00a0\n\u2500-\u257f]+", " ", text)


@pytest.mark.parametrize("command", COMMANDS)
def test_it_differs_in_names_alone(ppi: Run, plans: tuple[Path, Path], command: str) -> None:
    name, *options = command.split()
    places = ["--width", "400"] if name != "validate" else []
    plain, named = (ppi(name, *options, str(plan), *places) for plan in plans)
    for before, after in ((plain.out, named.out), (plain.err, named.err)):
        numbered = re.sub("FY(20[0-9]{2})", r"\1", after).replace(str(plans[1]), str(plans[0]))
        assert squashed(numbered) == squashed(before)
    assert "FY20" in named.out + named.err or name == "validate"


def test_programs_read_numbers_and_find_the_names_beside_them(
    ppi: Run, plans: tuple[Path, Path]
) -> None:
    plain, named = (json.loads(ppi("totals", str(p), "-f", "json").out) for p in plans)
    names = named["plan"].pop("year_names")
    assert names["2026"] == "FY2026"
    assert named == plain
    assert (
        ppi("totals", str(plans[1]), "-f", "csv").out
        == ppi("totals", str(plans[0]), "-f", "csv").out
    )


def test_options_take_the_name_of_a_year_and_amounts_in_the_unit_of_the_plan(
    ppi: Run, tmp_path: Path
) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_text(
        "plan: {title: P, years: FY2024..FY2025, currency: USD, unit: k$,"
        " fiscal_year: {begins: July, named: FY2024}}\n"
        "themes: [{id: a, title: A, envelope: {FY24: 400, 2025: 250}}]\n",
        encoding="utf-8",
    )
    assert "$250k" in ppi("totals", str(plan), "--year", "FY25").out
    assert "$100k over its ceiling" in ppi("afford", str(plan), "--ceiling", "total.FY24=300").out
    assert "today, Q3\u00a0FY2024" in ppi("gantt", str(plan), "--today", "2024-02-15").out
    outside = ppi("totals", str(plan), "--year", "FY2030")
    assert outside.code == 2
    assert "FY2030 is not one of the plan's years, FY2024 to FY2025" in outside.err


def test_next_years_plan_keeps_its_unit_and_its_names(ppi: Run, tmp_path: Path) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_text(
        "plan:\n  title: Capital program, FY2024–FY2025\n  years: FY2024..FY2025\n"
        "  unit: k€\n  fiscal_year: {begins: July, named: FY2024}\n"
        "themes:\n  - {id: a, title: A, envelope: {FY24: 400, FY25: 250}}\n"
        "projects:\n  - id: p\n    title: P\n    theme: a\n    quarters: FY2024-Q3..FY2025-Q2\n"
        "    costs:\n      - {years: FY2024..FY2025, in_all: 300}\n",
        encoding="utf-8",
    )
    assert ppi("roll", str(plan), str(tmp_path / "next")).code == 0
    text = (tmp_path / "next" / "plan.yaml").read_text(encoding="utf-8")
    assert "title: Capital program, FY2025–FY2026" in text
    assert "years: FY2025..FY2026" in text
    assert "envelope: {FY25: 250, FY2026: }" in text
    assert "{years: FY2025, in_all: 150 k€}" in text
