"""Units of amounts: one in a table, in its title where space is scarce, before a table breaks."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from ppi_cli.values.money import Money
from ppi_cli.words.language import Language, exact_decimals
from tests.conftest import DATA, Result

Run = Callable[..., Result]

PLAN = """
plan: {title: Plan de Blain, years: 2025..2028, tax: incl, language: en}
themes: [{id: voirie, title: Voirie}]
projects:
  - id: pont
    theme: voirie
    title: Pont
    quarters: 2025..2028
    costs: [{year: 2025, amount: 1509 k€}, {year: 2026, amount: 142 300 €}]
  - id: quai
    theme: voirie
    title: Quai
    costs: [{year: 2027, amount: 238 500 €}, {year: 2028, amount: 12 k€}]
"""


@pytest.fixture
def blain(folder: Path) -> str:
    (folder / "plan.yaml").write_text(PLAN, encoding="utf-8")
    return "plan.yaml"


def spaced(out: str) -> str:
    return out.replace("\u00a0", " ").replace("\u202f", " ")


def blocks(out: str) -> int:
    """How many tables stand below one another."""
    return len(re.findall("^╭", out, re.MULTILINE))


def test_a_table_that_fits_has_the_unit_beside_each_amount(ppi: Run, blain: str) -> None:
    out = spaced(ppi("totals", blain, "--width", "90").out)
    assert out.startswith("Plan de Blain, 2025–2028\n")
    assert "142 300 €+" in out


def test_the_unit_goes_into_the_title_before_the_table_breaks(ppi: Run, blain: str) -> None:
    out = spaced(ppi("totals", blain, "--width", "74").out)
    assert out.startswith("Plan de Blain, 2025–2028, in €\n")
    assert "│ 1 509 000+ │ 142 300+ │ 238 500+ │ 12 000+ │ 1 901 800+ │" in out
    assert blocks(out) == 1


def test_then_it_becomes_a_coarser_one_where_that_is_exact(ppi: Run, blain: str) -> None:
    out = spaced(ppi("totals", blain, "--width", "60").out)
    assert out.startswith("Plan de Blain, 2025–2028, in k€\n")
    assert "│ 1 509+ │ 142.3+ │ 238.5+ │  12+ │ 1 901.8+ │" in out
    assert blocks(out) == 1


def test_a_unit_that_is_asked_for_is_never_another(ppi: Run, blain: str) -> None:
    out = ppi("totals", blain, "--width", "60", "--unit", "€").out
    assert out.startswith("Plan de Blain, 2025–2028, in €\n")
    assert blocks(out) == 2


def test_what_no_unit_makes_narrow_enough_breaks(ppi: Run, blain: str) -> None:
    out = spaced(ppi("totals", blain, "--width", "36").out)
    assert out.startswith("Plan de Blain, 2025–2028, in k€\n")
    assert blocks(out) > 1


def test_shares_have_no_unit_to_move(ppi: Run, blain: str) -> None:
    assert ", in " not in ppi("totals", blain, "--percent", "--width", "36").out


@pytest.mark.parametrize(
    ("euros", "decimals"), [(175_000, 0), (1_500, 1), (1_510, 2), (1_512, None), (0, 0)]
)
def test_thousands_with_two_decimals_at_most(euros: int, decimals: int | None) -> None:
    assert exact_decimals([Money(euros * 100)], "k") == decimals


def test_thousands_with_decimals_are_written_as_many() -> None:
    assert Language("fr").number(Money(1_512_340_00), "k", 2) == "1\u202f512,34"


# --- one unit in a table ------------------------------------------------------------------------


def units(out: str) -> set[str]:
    return set(re.findall(r"\d[\u00a0 ]([kM]?€)", out))


@pytest.mark.parametrize(
    "command",
    [
        ("list", "projects"),
        ("show", "pont"),
        ("show", "quai"),
        ("totals",),
        ("gantt",),
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("width", ["60", "90", "200"])
def test_amounts_have_one_unit_from_row_to_row(
    ppi: Run, blain: str, command: tuple[str, ...], width: str
) -> None:
    out = ppi(*command, blain, "--width", width).out
    table = "\n".join(line for line in out.splitlines() if not line.startswith(" average"))
    assert len(units(table)) <= 1


def test_what_has_no_money_is_in_the_unit_that_was_asked_for(ppi: Run) -> None:
    plan = DATA / "examples" / "finance"

    def of_unfunded(*options: str) -> set[str]:
        printed = ppi("afford", plan, "--width", "200", *options).out
        table = printed.partition("Projects")[2].rpartition("╯")[0]
        return units(table)

    assert of_unfunded("--unit", "k€") == {"k€"}
    assert len(of_unfunded()) == 1


# --- nothing to show ----------------------------------------------------------------------------


@pytest.mark.parametrize("by", ["theme", "project", "class", "section", "account", "source"])
@pytest.mark.parametrize(
    "shape", [(), ("--percent",), ("--transpose",), ("--percent", "--transpose")]
)
@pytest.mark.parametrize("format", ["table", "csv", "json", "github"])
def test_totals_of_nothing_are_a_table_without_rows(
    ppi: Run, folder: Path, by: str, shape: tuple[str, ...], format: str
) -> None:
    (folder / "plan.yaml").write_text(
        "plan: {title: P, years: 2025..2027}\nthemes: [{id: a, title: A, envelope: {2025: }}]\n"
        "projects: [{id: p, title: P, theme: a, quarters: 2025}]\n",
        encoding="utf-8",
    )
    result = ppi("totals", "plan.yaml", "--by", by, *shape, "-f", format)
    assert (result.code, result.err) == (0, "")
    assert "otal" in result.out
