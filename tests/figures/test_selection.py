"""A part of a plan: the same to every report, and its figures the sum of what its trace lists."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from itertools import product
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppi_cli.figures.affordability import years_afforded
from ppi_cli.figures.ledger import traced
from ppi_cli.figures.postings import Posting
from ppi_cli.figures.selection import CRITERIA, WHOLE, Selection
from ppi_cli.figures.totals import Totals, totals
from ppi_cli.plan.model import Plan
from ppi_cli.plan.priority import classes
from ppi_cli.reports.gantt import gantt
from ppi_cli.values.quarters import Years
from ppi_cli.values.terms import By
from ppi_cli.versions.scenarios import worked_out
from tests.any_plan import plans
from tests.conftest import Result
from tests.figures.test_funding import TOWN, of_town

Run = Callable[..., Result]


def whole_of(selection: Selection, by: By = "theme") -> str | None:
    """What a part of the town's plan comes to."""
    amount = totals(of_town(), by, selection=selection).total.total.amount
    return None if amount is None else str(amount)


# --- worked by hand -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("selection", "amount"),
    [
        (WHOLE, "190000.00"),
        (Selection(theme="voirie"), "40000.00"),
        (Selection(project="cantine"), "150000.00"),
        (Selection(class_=2), "40000.00"),
        (Selection(section="investment"), "150000.00"),  # the street is in no section
        (Selection(years=Years(2025, 2026)), "50000.00"),
        (Selection(theme="ecoles", years=Years(2024, 2024)), "100000.00"),
        (Selection(theme="ecoles", class_=2), None),  # of several, all must hold
        (Selection(funder="detr"), "30000.00"),
        (Selection(funder="caf"), "20000.00"),  # also what is only requested
        (Selection(funder="fctva"), "24606.00"),  # 16.404 % of 150 k€, two years later
    ],
)
def test_what_a_part_comes_to(selection: Selection, amount: str | None) -> None:
    assert whole_of(selection) == amount


def test_a_part_has_a_row_for_each_thing_that_is_in_it() -> None:
    def rows(selection: Selection, by: By) -> list[str]:
        return [row.id for row in totals(of_town(), by, selection=selection).rows]

    assert rows(Selection(theme="voirie"), "project") == ["rue", "place"]  # place costs nothing yet
    assert rows(Selection(class_=1), "theme") == ["ecoles"]
    assert rows(Selection(theme="voirie"), "class") == ["2"]


def test_only_a_part_of_themes_is_what_projects_are_known_to_cost() -> None:
    of_theme = totals(of_town(), selection=Selection(theme="ecoles")).total
    of_class = totals(of_town(), selection=Selection(class_=1)).total
    assert of_theme.total.known_only  # the theme has no envelope
    assert not of_class.total.known_only  # of no envelope could more be known
    assert of_class.total.amount == of_theme.total.amount


# --- laws ---------------------------------------------------------------------------------------


def sum_of(found: Iterable[Posting]) -> int:
    return sum(posting.amount.cents for posting in found)


def cents(found: Totals) -> int:
    amount = found.total.total.amount
    return 0 if amount is None else amount.cents


def parts(of: Plan) -> dict[str, list[Selection]]:
    """Each part of a plan that is chosen by one thing."""
    numbers = sorted({each.number for each in classes(of).values()})
    return {
        "theme": [Selection(theme=theme.id) for theme in of.themes],
        "project": [Selection(project=project.id) for project in of.projects],
        "class": [Selection(class_=number) for number in numbers],
        "section": [Selection(section="investment"), Selection(section="operating")],
        "source": [Selection(funder=id) for id in (*(f.id for f in of.funders), "fctva")],
    }


@st.composite
def plans_with_a_part(draw: st.DrawFn) -> tuple[Plan, Selection]:
    of = worked_out(draw(plans())).plan
    found = draw(st.sampled_from([WHOLE, *(each for some in parts(of).values() for each in some)]))
    year = draw(st.sampled_from([None, *of.years.each()]))
    return of, found._replace(years=None if year is None else Years(year, of.years.last))


@given(plans_with_a_part(), st.sampled_from(get_args(By)), st.booleans())
def test_the_totals_of_a_part_are_the_sums_of_what_its_trace_lists(
    of_part: tuple[Plan, Selection], by: By, running: bool
) -> None:
    of, part = of_part
    found = totals(of, by, selection=part, running=running)
    for row in found.rows:
        own = traced(of, {by: row.id}, part, running=running)
        assert sum_of(own) == (0 if row.total.amount is None else row.total.amount.cents)
        for period, figure in row.figures.items():
            of_period = sum_of(posting for posting in own if str(posting.year) == period)
            assert of_period == (0 if figure.amount is None else figure.amount.cents)
    assert sum_of(found.postings) == cents(found)


@given(plans())
def test_all_parts_of_a_kind_add_up_to_the_rows_that_they_are(written: Plan) -> None:
    """Theme by theme, the plan; of the others, what is in no row of its own comes on top."""
    of = worked_out(written).plan
    for by, selections in parts(of).items():
        rows = {row.id: row.total for row in totals(of, by).rows}  # type: ignore[arg-type]
        for selection in selections:
            (value,) = (str(value) for _, value in selection.criteria)
            own = [rows[id] for id in (value, f"{value}/requested") if id in rows]
            amounts = [figure.amount.cents for figure in own if figure.amount is not None]
            assert cents(totals(of, selection=selection)) == sum(amounts)
            if by != "source" and own:
                alone = totals(of, by, selection=selection)  # type: ignore[arg-type]
                assert alone.total.total._replace(excess=own[0].excess) == own[0]
    themes = sum(cents(totals(of, selection=each)) for each in parts(of)["theme"])
    assert themes == cents(totals(of))


@given(plans_with_a_part())
def test_years_add_up_and_two_choices_are_what_is_in_both(of_part: tuple[Plan, Selection]) -> None:
    of, part = of_part
    years = part.years or of.years
    single = (part._replace(years=Years(year, year)) for year in years.each())
    assert sum(cents(totals(of, selection=each)) for each in single) == cents(
        totals(of, selection=part._replace(years=years))
    )
    for theme, project in product(parts(of)["theme"], parts(of)["project"]):
        both = project._replace(theme=theme.theme)
        is_in = of.by_id[project.project or ""].theme == theme.theme  # type: ignore[union-attr]
        assert cents(totals(of, selection=both)) == (
            cents(totals(of, selection=project)) if is_in else 0
        )


@given(plans_with_a_part())
def test_the_chart_and_the_need_of_a_part_are_its_totals(of_part: tuple[Plan, Selection]) -> None:
    of, part = of_part
    if part.funder is not None:
        return  # what a funder pays is no need; the chart has the projects that it pays for
    found = totals(of, selection=part)
    need = [*(f.amount for year in years_afforded(of, part) for f in [year.need]), None]
    in_all = found.in_all or found.total
    assert sum(amount.cents for amount in need if amount is not None) == (
        0 if in_all.total.amount is None else in_all.total.amount.cents
    )
    chart = gantt(of, part, show_all=True)
    of_projects = sum_of(p for p in found.postings if p.project is not None)
    charted = 0 if chart.total.amount is None else chart.total.amount.cents
    assert charted == (of_projects if part.cuts_envelopes else cents(found))


# --- on the command line ------------------------------------------------------------------------


def test_every_choice_is_an_option_of_every_command_that_shows_a_part(ppi: Run) -> None:
    options = {criterion.option for criterion in CRITERIA} | {"--from", "--to"}
    for command, less in {
        "totals": set[str](),
        "gantt": set[str](),
        "list": set[str](),
        "trace": set[str](),
        "afford": {"--section", "--funder"},
        "matrix": options,
    }.items():
        told = ppi(command, "--help").out
        assert {option for option in options if f"  {option} " in told} == options - less


@pytest.fixture
def town(folder: Path) -> str:
    (folder / "plan.yaml").write_text(TOWN, encoding="utf-8")
    return "plan.yaml"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("totals", "--theme", "voiri"), "no theme has the id “voiri”"),
        (("gantt", "--project", "voiri"), "no project has the id “voiri”"),
        (("list", "projects", "--class", "3"), "no class has the number 3"),
        (("trace", "--funder", "voiri"), "no funder has the id “voiri”"),
        (("afford", "--theme", "voiri"), "no theme has the id “voiri”"),
        (("list", "projects", "--section", "invest"), "did you mean investment?"),
        (("totals", "--year", "2030"), "2030 is not one of the plan's years, 2024 to 2026"),
        (("totals", "--year", "2025", "--to", "2026"), "--year is one year"),
        (("list", "projects", "--from", "2026", "--to", "2025"), "2025 comes before 2026"),
        (("trace", "year=2025", "--year", "2026"), "year is named twice"),
        (("list", "risks", "--theme", "voirie"), "--theme chooses none of the risks"),
        (("totals", "--net", "--funder", "caf"), "--by source and --funder show"),
        (("totals", "--net", "--section", "investment"), "--section is of what is spent"),
        (("trace", "source=caf", "--section", "investment"), "--section is of what is spent"),
    ],
    ids=" ".join,
)
def test_what_cannot_be_chosen_is_refused(
    ppi: Run, town: str, arguments: tuple[str, ...], told: str
) -> None:
    result = ppi(*arguments, town, "--lang", "en")
    assert (result.code, result.out) == (2, "")
    assert told in " ".join(result.err.split())


def test_what_a_funder_pays_may_come_after_the_plan(ppi: Run, town: str) -> None:
    found = json.loads(ppi("totals", "--funder", "fctva", "--from", "2025", town, "-f", "json").out)
    assert found["periods"] == ["2025", "2026", "2027"]
    assert found["total"]["amounts"] == {"2025": None, "2026": "16404.00", "2027": "8202.00"}
    assert found["selection"] == {
        **dict.fromkeys(each.field.rstrip("_") for each in CRITERIA),
        "funder": "fctva",
        "years": ["2025", "2027"],
    }


def lists(ppi: Run, town: str, *arguments: str) -> Iterator[str]:
    found = json.loads(ppi("list", *arguments, town, "-f", "json").out)
    return (row["id"] for row in found["rows"])


@pytest.mark.parametrize(
    ("arguments", "ids"),
    [
        (("projects", "--theme", "voirie"), ["rue", "place"]),
        (("projects", "--funder", "caf"), ["cantine"]),
        (("projects", "--section", "operating"), ["cantine"]),  # by what it costs to run
        (("projects", "--class", "2", "--year", "2026"), ["place"]),
        (("themes", "--class", "1"), ["ecoles"]),
        (("funders", "--year", "2024"), ["detr"]),
        (("funders", "--theme", "voirie"), []),
    ],
    ids=" ".join,
)
def test_a_list_of_a_part(ppi: Run, town: str, arguments: tuple[str, ...], ids: list[str]) -> None:
    assert list(lists(ppi, town, *arguments)) == ids


def test_what_is_traced_in_a_part_says_so(ppi: Run, town: str) -> None:
    by_option = ppi("trace", "--theme", "ecoles", "--year", "2024", town, "--lang", "en").out
    by_row = ppi("trace", "theme=ecoles", "year=2024", town, "--lang", "en").out
    assert by_option == by_row
    found = json.loads(ppi("gantt", "--class", "2", "--trace", town, "-f", "json").out)
    assert [entry["amount"] for entry in found["trace"]] == ["40000.00"]


def test_ceilings_are_not_held_against_a_part(ppi: Run, town: str) -> None:
    out = ppi("afford", "--theme", "ecoles", town, "--lang", "en").out
    assert "ceilings and savings are those of the whole plan: no part is held to them" in out
    assert "Ceiling" not in out.split("Projects without money")[0]
