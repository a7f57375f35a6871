"""The notation of a plan: the unit of bare numbers, a usual tax rate, and the names of years."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppi_cli.changes.difference import difference
from ppi_cli.figures.totals import totals
from ppi_cli.plan.model import Plan, notation_of, plan_of
from ppi_cli.source.tree import PlanTree
from ppi_cli.source.validated import validated
from ppi_cli.values.fiscal import FiscalYears, parse_month, parse_name
from ppi_cli.values.message import NotationError
from ppi_cli.values.quarters import Quarter, Year, Years
from ppi_cli.versions.scenarios import worked_out
from ppi_cli.words.language import Language
from tests.any_plan import trees


def figures_of(plan: Plan) -> list[object]:
    found = totals(worked_out(plan).plan)
    return [(row.title, row.figures, row.total) for row in (*found.rows, found.total)]


@given(st.integers(-999, 99_999), st.integers(0, 99_999), st.sampled_from(("k€", "M€", "€")))
def test_a_plan_with_a_unit_is_the_plan_with_its_units_written_out(
    first: int, second: int, unit: str
) -> None:
    def tree(first: str, second: str, **header: str) -> dict[str, Any]:
        return {
            "plan": {"title": "P", "years": "2026..2027", **header},
            "themes": [{"id": "a", "title": "A", "envelope": {"2026": first, "2027": "3 k€"}}],
            "projects": [{"id": "p", "title": "P", "theme": "a", "costs": [cost(second)]}],
        }

    def cost(amount: str) -> dict[str, str]:
        return {"year": "2027", "amount": amount}

    short = plan_of(tree(str(first), f"{second},5", unit=unit))
    long = plan_of(tree(f"{first} {unit}", f"{second},5 {unit}"))
    assert figures_of(short) == figures_of(long)
    assert difference(worked_out(long).plan, worked_out(short).plan).groups == ()


@given(trees())
def test_any_plan_in_its_unit_is_the_plan_with_its_units_written_out(tree: dict[str, Any]) -> None:
    def bare(node: Any) -> Any:
        if isinstance(node, dict):
            return {key: bare(value) for key, value in node.items()}
        if isinstance(node, list):
            return [bare(each) for each in node]
        return node.removesuffix(" €") if isinstance(node, str) else node

    short = bare(tree)
    short["plan"]["unit"] = "€"
    one, other = plan_of(tree), plan_of(short)
    assert figures_of(one) == figures_of(other)
    assert difference(one, other).groups == ()


def test_of_a_unit_that_cannot_be_read_one_finding_tells_and_bare_amounts_are_left_out() -> None:
    tree = {
        "plan": {"title": "P", "years": "2026..2027", "unit": "carrots"},
        "themes": [{"id": "a", "title": "A", "envelope": {"2026": "400", "2027": "3 k€"}}],
    }
    read = validated(PlanTree([("plan.yaml", tree)]))
    assert [finding.path for finding in read.findings] == [("plan", "unit")]
    assert read.plan is not None
    assert list(read.plan.themes[0].envelope) == [2027]


def test_the_usual_rate_is_that_of_costs_that_say_tax_and_no_rate() -> None:
    # 100 without taxes are 120 at the usual 20 %, and 105,50 at a rate of their own
    def costing(**keys: str) -> str:
        cost = {"year": "2026", "amount": "100 €", **keys}
        project = {"id": "p", "title": "P", "theme": "a", "costs": [cost]}
        plan = plan_of(
            {
                "plan": {"title": "P", "years": "2026", "tax": "incl", "rate": "20 %"},
                "themes": [{"id": "a", "title": "A"}],
                "projects": [project],
            }
        )
        return str(worked_out(plan).plan.projects[0].costs[0].amount)

    assert costing(tax="excl") == "120.00"
    assert costing(tax="excl", rate="5,5 %") == "105.50"
    assert costing(tax="incl") == "100.00"
    assert costing() == "100.00"


# --- the names of years ---


@pytest.mark.parametrize(
    ("named", "names"),
    [
        ("FY2024", ["FY2024", "FY2025"]),
        ("FY24", ["FY24", "FY25"]),
        ("FY 2030", ["FY 2024", "FY 2025"]),
        ("2024-25", ["2023-24", "2024-25"]),
        ("2024/2025", ["2023/2024", "2024/2025"]),
        ("FY2024-25", ["FY2023-24", "FY2024-25"]),
    ],
)
def test_years_are_called_as_one_of_them_is(named: str, names: list[str]) -> None:
    years = parse_name(named)._replace(begins=7)
    assert [years.name(2024), years.name(2025)] == names


def test_named_by_its_start_a_year_has_the_number_of_that() -> None:
    years = parse_name("2024-25")._replace(begins=4, by_start=True)
    assert years.name(2024) == "2024-25"
    assert years.plain("2024-25") == "2024"


@given(
    st.integers(2001, 2098),
    st.sampled_from(("FY2024", "FY24", "2024-25", "2024/25", "AY 2024", "FY2024-25")),
    st.booleans(),
)
def test_a_name_is_read_as_the_year_that_it_is_of(year: int, named: str, by_start: bool) -> None:
    years = parse_name(named)._replace(begins=7, by_start=by_start)
    assert years.plain(years.name(year)) == str(year)
    assert years.plain(f"{years.name(year)}-Q2..Q4") == f"{year}-Q2..Q4"
    assert years.plain(f"T1 {years.name(year)}") == f"T1 {year}"
    assert years.plain(str(year)) == str(year)


@pytest.mark.parametrize(
    ("begins", "by_start", "day", "quarter"),
    [
        (7, False, date(2023, 7, 1), Quarter(2024, 1)),
        (7, False, date(2024, 6, 30), Quarter(2024, 4)),
        (7, True, date(2023, 7, 1), Quarter(2023, 1)),
        (10, False, date(2023, 12, 31), Quarter(2024, 1)),
        (4, True, date(2025, 1, 1), Quarter(2024, 4)),
        (1, False, date(2024, 2, 15), Quarter(2024, 1)),
        (1, True, date(2024, 2, 15), Quarter(2024, 1)),
    ],
)
def test_a_date_falls_into_the_year_and_the_quarter_that_hold_it(
    begins: int, by_start: bool, day: date, quarter: Quarter
) -> None:
    years = FiscalYears(begins, by_start)
    assert Quarter(years.year_of(day), years.quarter_of(day)) == quarter


@pytest.mark.parametrize("text", ["July", "july", "juillet", "juil.", "Jul", "7", "07"])
def test_a_month_is_read_in_both_languages(text: str) -> None:
    assert parse_month(text) == 7


@pytest.mark.parametrize("text", ["2024", "2024-26", "T1 2024", "year 2024", "FY", "FY202", ""])
def test_what_is_no_name_of_a_year_is_refused(text: str) -> None:
    with pytest.raises(NotationError):
        parse_name(text)


@given(trees(), st.sampled_from(("FY2024", "FY24", "AY 2024")))
def test_a_plan_of_named_years_differs_from_its_numbers_in_names_alone(
    tree: dict[str, Any], named: str
) -> None:
    name = parse_name(named).name

    def renamed(node: Any, key: str = "") -> Any:
        if isinstance(node, dict):
            return {written(k): renamed(v, k) for k, v in node.items()}
        if isinstance(node, list):
            return [renamed(each, key) for each in node]
        of_time = key in ("year", "years", "quarter", "quarters", "spans", "start", "until", "base")
        return written(node) if isinstance(node, str) and of_time else node

    def written(text: str) -> str:
        return re.sub("(?<![0-9])20[0-9]{2}(?![0-9])", lambda y: name(int(y[0])), text)

    of_names = renamed(tree)
    of_names["plan"] = {**of_names["plan"], "fiscal_year": {"named": named}}
    assert figures_of(plan_of(of_names)) == figures_of(plan_of(tree))


def test_a_year_is_shown_by_its_name() -> None:
    tree = {"plan": {"fiscal_year": {"begins": "July", "named": "FY2024"}}}
    english = Language("en", notation=notation_of(tree))
    french = Language("fr", notation=notation_of(tree))
    assert english.show(Year(2024)) == "FY2024"
    assert english.show(Years(2024, 2026)) == "FY2024–FY2026"
    assert english.show(Quarter(2024, 1)) == "Q1\u00a0FY2024"
    assert french.show(Quarter(2024, 1)) == "T1\u00a0FY2024"
    assert Language("en").show(Year(2024)) == "2024"
