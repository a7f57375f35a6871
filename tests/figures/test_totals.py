"""Totals: figures worked by hand, and the laws that hold for every plan."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppi_cli.figures.baseline import comparisons
from ppi_cli.figures.control import stated_checks
from ppi_cli.figures.postings import theme_years
from ppi_cli.figures.selection import Selection
from ppi_cli.figures.totals import Row, totals
from ppi_cli.plan.model import Plan, plan_of
from ppi_cli.source.read import read
from ppi_cli.values.money import Money
from ppi_cli.values.quarters import Years
from ppi_cli.values.terms import By, Per
from tests.conftest import DATA
from tests.plans import codes, plan

BY: tuple[By, ...] = ("theme", "project", "class")
PER: tuple[Per, ...] = ("year", "quarter")

TOWN = """
    plan: {title: Plan d'investissement de Loches, years: 2016..2017}

    themes:
      - {id: voirie, title: Voirie, envelope: {2016: 100 k€, 2017: 0 €}}
      - {id: ecoles, title: Écoles}
      - {id: sports, title: Sports, envelope: {2016: 50 k€}}
      - {id: culture, title: Culture, envelope: {2016: }}

    priority_classes:
      - {class: 1, title: Urgent}
      - {class: 2, title: Utile}

    projects:
      - id: enrobes
        theme: voirie
        title: Enrobés
        priority: 1
        quarters: 2016-T2..T4
        costs: [{year: 2016, amount: 40 k€}, {quarter: 2016-T3, amount: 10 k€}]
      - id: trottoirs
        theme: voirie
        title: Trottoirs
        priority: 2
        quarters: {spans: 2016-T4..2017-T1, basis: assumed}
        costs: [{year: 2016, amount: 20 k€}, {year: 2017, amount: 5 k€}]
      - id: preau
        theme: ecoles
        title: Préau
        costs: [{year: 2016, amount: 30 k€}, {year: 2017, amount: }]
      - id: vente
        theme: ecoles
        title: Vente de l'ancien préau
        costs: [{year: 2016, amount: -10 k€, basis: assumed}]
      - id: gymnase
        theme: sports
        title: Gymnase
        priority: 1
        quarters: 2016-T1..T2
        costs: [{year: 2016, amount: 70 k€}]
      - {id: fresque, theme: culture, title: Fresque}
"""


def euros(row: Row) -> list[str | None]:
    """The figures of a row and its total, in euros; ``None`` where nothing is stated."""
    amounts = [figure.amount for figure in (*row.figures.values(), row.total)]
    return [None if amount is None else str(amount).removesuffix(".00") for amount in amounts]


def table(of: Plan, by: By, per: Per = "year") -> dict[str, list[str | None]]:
    found = totals(of, by, per)
    return {row.id: euros(row) for row in (*found.rows, found.total)}


# --- worked by hand -----------------------------------------------------------------------------


def test_a_theme_counts_its_envelope_else_its_known_costs_else_nothing() -> None:
    assert table(plan(TOWN), "theme") == {
        "voirie": ["100000", "0", "100000"],  # the stated 0 counts, and not the cost of 5 k€
        "ecoles": ["20000", None, "20000"],  # 30 k€ - 10 k€; the blank cost adds no zero
        "sports": ["50000", None, "50000"],  # the envelope, not the cost of 70 k€
        "culture": [None, None, None],
        "total": ["170000", "0", "170000"],
    }


def test_by_project_what_is_not_split_and_what_is_not_covered_have_rows_of_their_own() -> None:
    assert table(plan(TOWN), "project") == {
        "enrobes": ["50000", None, "50000"],
        "trottoirs": ["20000", "5000", "25000"],
        "voirie/not_split": ["30000", None, "30000"],  # 100 - 50 - 20
        "voirie/excess": [None, "-5000", "-5000"],  # 0 - 5
        "preau": ["30000", None, "30000"],
        "vente": ["-10000", None, "-10000"],
        "gymnase": ["70000", None, "70000"],
        "sports/excess": ["-20000", None, "-20000"],  # 50 - 70
        "fresque": [None, None, None],
        "total": ["170000", "0", "170000"],
    }


def test_by_class_projects_without_one_have_a_row_of_their_own() -> None:
    assert table(plan(TOWN), "class") == {
        "1": ["120000", None, "120000"],  # enrobes and gymnase
        "2": ["20000", "5000", "25000"],
        "no_class": ["20000", None, "20000"],  # preau and vente
        "not_split": ["30000", None, "30000"],
        "excess": ["-20000", "-5000", "-25000"],
        "total": ["170000", "0", "170000"],
    }


def test_by_quarter_a_year_is_spread_over_the_quarters_of_work() -> None:
    none = [None] * 4
    assert table(plan(TOWN), "project", "quarter") == {
        # 40 k€ over three quarters, the odd cent on the last; 10 k€ stay in the third
        "enrobes": [None, "13333.33", "23333.33", "13333.34", *none, "50000"],
        "trottoirs": [None, None, None, "20000", "5000", None, None, None, "25000"],
        # over the quarters in which any project of the theme is active
        "voirie/not_split": [None, "10000", "10000", "10000", *none, "30000"],
        "voirie/excess": [*none, "-5000", None, None, None, "-5000"],
        # without quarters: over the whole year
        "preau": ["7500", "7500", "7500", "7500", *none, "30000"],
        "vente": ["-2500", "-2500", "-2500", "-2500", *none, "-10000"],
        "gymnase": ["35000", "35000", None, None, *none, "70000"],
        "sports/excess": ["-10000", "-10000", None, None, *none, "-20000"],
        "fresque": [None, None, None, None, *none, None],
        "total": ["30000", "53333.33", "38333.33", "48333.34", "0", None, None, None, "170000"],
    }


def test_a_figure_says_what_is_to_be_known_of_it() -> None:
    rows = {row.id: row for row in totals(plan(TOWN)).rows}
    assert rows["ecoles"].figures["2016"].known_only
    assert rows["ecoles"].figures["2016"].assumed  # the sale
    assert not rows["voirie"].figures["2016"].known_only
    assert rows["voirie"].figures["2017"].excess == Money(5_000_00)
    assert rows["sports"].figures["2016"].excess == Money(20_000_00)
    assert rows["voirie"].figures["2016"].excess == Money(0)
    quarters = {row.id: row for row in totals(plan(TOWN), "project", "quarter").rows}
    assert quarters["enrobes"].figures["2016-Q2"].spread
    assert not quarters["enrobes"].figures["2016-Q2"].assumed
    assert quarters["trottoirs"].figures["2016-Q4"].assumed  # its quarters are


def test_a_cost_that_its_quarter_states_is_not_marked_as_spread() -> None:
    of = plan("""
        plan: {title: Plan d'investissement de Loches, years: 2016}
        themes: [{id: voirie, title: Voirie}]
        projects:
          - id: enrobes
            theme: voirie
            title: Enrobés
            quarters: 2016-T2..T4
            costs: [{quarter: 2016-T1, amount: 10 k€}]
    """)
    (row,) = totals(of, "project", "quarter").rows
    assert euros(row) == ["10000", None, None, None, "10000"]
    assert not row.figures["2016-Q1"].spread


def test_a_pause_gets_nothing() -> None:
    of = plan("""
        plan: {title: Plan d'investissement de Loches, years: 2016}
        themes: [{id: ecoles, title: Écoles, envelope: {2016: 9 €}}]
        projects:
          - {id: fenetres, theme: ecoles, title: Fenêtres, quarters: [2015-T4..2016-T1, 2016-T3]}
    """)
    assert table(of, "theme", "quarter")["ecoles"] == ["4.50", None, "4.50", None, "9"]


def test_one_year_is_the_column_of_all_years() -> None:
    found = totals(plan(TOWN), "project", "year", Selection(years=Years(2017, 2017)))
    assert found.periods == ("2017",)
    assert euros(found.total) == ["0", "0"]
    assert {row.id: euros(row)[0] for row in found.rows} == {
        "enrobes": None,
        "trottoirs": "5000",
        "voirie/excess": "-5000",
        "preau": None,
        "vente": None,
        "gymnase": None,
        "fresque": None,
    }


def test_the_real_plan_has_one_row_per_theme_that_is_not_split() -> None:
    found = table(real_plan(), "project")
    assert {id: row[-1] for id, row in found.items() if row[-1] is not None} == {
        "infrastructure/not_split": "209000",
        "modernisation/not_split": "629000",
        "centre-de-service/not_split": "10000",
        "total": "848000",
    }
    assert found["total"] == ["529000", "244000", "40000", "35000", "848000"]


def real_plan() -> Plan:
    found = read(str(DATA)).plan
    assert found is not None
    return found


# --- printed totals -----------------------------------------------------------------------------


def stated(totals: str) -> list[str]:
    return codes(f"""
        plan: {{title: Plan d'investissement de Loches, years: 2016..2018}}
        themes:
          - {{id: voirie, title: Voirie, envelope: {{2016: 150 499 €, 2017: 80 500 €}}}}
        stated_totals: {{{totals}}}
    """)


@pytest.mark.parametrize(
    ("totals", "agrees"),
    [
        ("2016: 150 499 €", True),
        ("2016: 150 k€", False),
        ("2016: 150 k€, rounded_to: 1 k€", True),
        ("2016: 151 k€, rounded_to: 1 k€", False),
        ("2016: 150 499 €, rounded_to: 1 k€", True),  # exact, though others are rounded
        ("2016: 150 498 €, rounded_to: 1 k€", False),
        ("2017: 81 k€, rounded_to: 1 k€", True),  # halves go up
        ("2017: 80 k€, rounded_to: 1 k€", False),
        ("2017: 100 k€, rounded_to: 100 k€", True),
        ("total: 230 999 €", True),
        ("total: 231 k€, rounded_to: 1 k€", True),
        ("total: 230 k€, rounded_to: 10 k€", True),
        ("2018: ", True),  # blank: nothing was printed
        ("2018: 0 €", False),  # blank is not zero
    ],
)
def test_a_printed_total_agrees_where_it_is_the_sum_or_the_rounded_sum(
    totals: str, agrees: bool
) -> None:
    assert stated(totals) == ([] if agrees else ["PPI401"])


def test_a_printed_total_of_a_theme_sums_that_theme_only() -> None:
    of = plan("""
        plan: {title: Plan d'investissement de Loches, years: 2016..2017}
        themes:
          - id: voirie
            title: Voirie
            envelope: {2016: 100 k€}
            stated_totals: {2016: 100 k€, total: 100 k€}
          - id: ecoles
            title: Écoles
            envelope: {2016: 20 k€}
            stated_totals: {2016: 120 k€}
    """)
    found = [(c.theme and c.theme.id, c.year, c.agrees) for c in stated_checks(of)]
    assert found == [("voirie", 2016, True), ("voirie", None, True), ("ecoles", 2016, False)]


@given(
    cents=st.integers(-10_000_00, 10_000_00),
    step=st.sampled_from([1, 10, 1_00, 50_00, 1_000_00]),
    off=st.sampled_from([0, 0, 1, -1]),
)
def test_printed_totals_round_halves_away_from_zero(cents: int, step: int, off: int) -> None:
    steps = (Decimal(cents) / step).quantize(Decimal(1), ROUND_HALF_UP)
    of = plan_of(
        {
            "plan": {"title": "Loches", "years": "2016"},
            "themes": [
                {"id": "voirie", "title": "Voirie", "envelope": {"2016": str(Money(cents))}},
            ],
            "stated_totals": {
                "2016": str(Money((int(steps) + off) * step)),
                "rounded_to": str(Money(step)),
            },
        }
    )
    (check,) = stated_checks(of)
    assert check.agrees == (off == 0)


# --- the usual spending -------------------------------------------------------------------------


def test_2016_is_7_1_times_the_usual_investment_and_3_1_times_the_usual_total() -> None:
    investment, total = comparisons(real_plan(), totals(real_plan()))
    assert investment.tenths == {"2016": 71, "2017": 33, "2018": 5, "2019": 5}
    assert total.tenths == {"2016": 31, "2017": 14, "2018": 2, "2019": 2}
    assert (investment.average, investment.average_tenths) == (Money(212_000_00), 28)
    assert (total.average, total.average_tenths) == (Money(212_000_00), 12)


def test_quarters_are_not_compared_with_what_is_usual_in_a_year() -> None:
    assert list(comparisons(real_plan(), totals(real_plan(), per="quarter"))) == []


def compared(header: str, envelope: str) -> dict[str, dict[str, int | None]]:
    of = plan(f"""
        plan: {{title: Plan d'investissement de Loches, years: 2016..2017, {header}}}
        themes: [{{id: voirie, title: Voirie, envelope: {{{envelope}}}}}]
    """)
    return {each.kind: dict(each.tenths) for each in comparisons(of, totals(of))}


def test_a_blank_year_is_compared_with_nothing_and_a_zero_is_zero_times() -> None:
    assert compared("baseline: {total: 10 k€}", "2016: 0 €") == {"total": {"2016": 0, "2017": None}}


def test_multiples_are_rounded_to_the_nearest_tenth_halves_up() -> None:
    assert compared("baseline: {investment: 10 k€}", "2016: 2 500 €, 2017: 2 499 €") == {
        "investment": {"2016": 3, "2017": 2}
    }


def test_amounts_with_taxes_are_not_compared_with_amounts_without() -> None:
    envelope = "2016: 5 k€"
    assert compared("tax: incl, baseline: {total: 10 k€, tax: excl}", envelope) == {}
    assert compared("tax: incl, baseline: {total: 10 k€, tax: incl}", envelope) != {}
    assert compared("tax: incl, baseline: {total: 10 k€}", envelope) != {}
    assert compared("baseline: {total: 10 k€, tax: excl}", envelope) != {}


# --- laws ---------------------------------------------------------------------------------------

YEARS = range(2016, 2019)
THEMES = ("voirie", "ecoles", "sports")

amounts = st.integers(-5_000_00, 50_000_00).map(lambda cents: str(Money(cents)))
blank_or_amounts = st.none() | amounts
years = st.sampled_from(YEARS).map(str)
quarter_names = st.builds("{}-T{}".format, st.sampled_from(YEARS), st.integers(1, 4))


@st.composite
def spans(draw: st.DrawFn) -> list[str] | None:
    """Spans of quarters, apart from one another, from a year before the plan to its end."""
    limits = sorted(draw(st.sets(st.integers(-4, 4 * len(YEARS) - 1), max_size=6)))
    names = [f"{YEARS[0] + n // 4}-T{n % 4 + 1}" for n in limits]
    pairs = zip(names[::2], names[1::2], strict=False)
    return [f"{first}..{last}" for first, last in pairs] or None


costs = st.one_of(
    st.fixed_dictionaries({"year": years, "amount": blank_or_amounts}),
    st.fixed_dictionaries({"quarter": quarter_names, "amount": blank_or_amounts}),
    st.fixed_dictionaries({"year": years, "amount": amounts, "basis": st.just("assumed")}),
)


@st.composite
def written_plans(draw: st.DrawFn) -> dict[str, Any]:
    """A plan as its files would have it, with every way to state money or to leave it blank."""
    count = draw(st.integers(0, 6))
    return {
        "plan": {"title": "Loches", "years": f"{YEARS[0]}..{YEARS[-1]}"},
        "themes": [
            {
                "id": id,
                "title": id.title(),
                "envelope": draw(st.dictionaries(years, blank_or_amounts)),
            }
            for id in THEMES
        ],
        "projects": [
            {
                "id": f"p{i}",
                "title": f"Projet {i}",
                "theme": draw(st.sampled_from(THEMES)),
                "priority": draw(st.none() | st.integers(1, 3).map(str)),
                "quarters": draw(spans()),
                "costs": draw(st.lists(costs, max_size=4)),
            }
            for i in range(count)
        ],
    }


def in_model(written: dict[str, Any]) -> Plan:
    projects = [{k: v for k, v in p.items() if v is not None} for p in written["projects"]]
    return plan_of({**written, "projects": projects})


plans = written_plans().map(in_model)


def added(amounts: list[Money | None]) -> Money | None:
    stated = [amount.cents for amount in amounts if amount is not None]
    return Money(sum(stated)) if stated else None


@given(plans)
def test_the_figure_of_a_theme_is_its_envelope_else_its_known_costs_else_blank(of: Plan) -> None:
    rows = {row.id: row for row in totals(of).rows}
    for theme in of.themes:
        for year in YEARS:
            costs = added(
                [
                    cost.amount
                    for project in of.projects
                    if project.theme == theme.id
                    for cost in project.costs
                    if cost.in_year == year
                ]
            )
            envelope = theme.envelope[year].amount if year in theme.envelope else None
            figure = rows[theme.id].figures[str(year)]
            assert figure.amount == (costs if envelope is None else envelope)
            assert figure.known_only == (envelope is None and costs is not None)
            above = (costs.cents if costs else 0) - (envelope.cents if envelope else 0)
            over = costs is not None and envelope is not None and above > 0
            assert figure.excess == Money(above if over else 0)


@given(plans)
def test_every_cut_has_the_same_totals(of: Plan) -> None:
    for per in PER:
        expected = totals(of, "theme", per).total
        for by in BY:
            found = totals(of, by, per).total
            assert {p: f.amount for p, f in found.figures.items()} == {
                p: f.amount for p, f in expected.figures.items()
            }
            assert found.total.amount == expected.total.amount


@given(plans)
def test_columns_and_rows_add_up(of: Plan) -> None:
    for by in BY:
        for per in PER:
            found = totals(of, by, per)
            for period in found.periods:
                column = [row.figures[period].amount for row in found.rows]
                assert added(column) == found.total.figures[period].amount
            for row in (*found.rows, found.total):
                assert added([f.amount for f in row.figures.values()]) == row.total.amount


@given(plans)
def test_quarters_sum_to_the_year_to_the_cent_in_every_row(of: Plan) -> None:
    for by in BY:
        by_year, by_quarter = totals(of, by), totals(of, by, "quarter")
        assert [row.id for row in by_year.rows] == [row.id for row in by_quarter.rows]
        for year_row, quarter_row in zip(
            (*by_year.rows, by_year.total), (*by_quarter.rows, by_quarter.total), strict=True
        ):
            for year in YEARS:
                quarters = [quarter_row.figures[f"{year}-Q{n}"].amount for n in range(1, 5)]
                assert added(quarters) == year_row.figures[str(year)].amount


@given(plans)
def test_one_year_alone_has_the_figures_that_it_has_among_all(of: Plan) -> None:
    for by in BY:
        for per in PER:
            whole = {row.id: row for row in totals(of, by, per).rows}
            for year in YEARS:
                alone = totals(of, by, per, Selection(years=Years(year, year)))
                for row in alone.rows:
                    for period in alone.periods:
                        assert row.figures[period] == whole[row.id].figures[period]


@given(plans)
def test_a_spread_cost_lies_in_quarters_of_work_and_nowhere_else(of: Plan) -> None:
    rows = {row.id: row for row in totals(of, "project", "quarter").rows}
    for project in of.projects:
        for period, figure in rows[project.id].figures.items():
            year, number = int(period[:4]), int(period[-1])
            works = project.quarters is not None and any(
                first <= (year, number) <= last for first, last in project.quarters.spans
            )
            works_that_year = project.quarters is not None and year in project.quarters.years
            if figure.spread:
                assert works or not works_that_year


@given(written_plans(), st.sampled_from(THEMES), st.sampled_from(YEARS))
def test_a_blank_amount_changes_no_figure(written: dict[str, Any], theme: str, year: int) -> None:
    before = totals(in_model(written))
    costs = [{"year": str(year), "amount": None}]
    written["projects"].append({"id": "b", "title": "Blanc", "theme": theme, "costs": costs})
    for each in written["themes"]:
        each["envelope"].setdefault(str(year), None)
    assert totals(in_model(written)) == before


@given(written_plans())
def test_an_amount_of_zero_is_a_figure_where_there_was_none(written: dict[str, Any]) -> None:
    before = {(f.theme.id, f.year): f.counted for f in theme_years(in_model(written))}
    for theme in written["themes"]:
        for year in map(str, YEARS):
            if theme["envelope"].get(year) is None:
                theme["envelope"][year] = "0"
    after = {(f.theme.id, f.year): f.counted for f in theme_years(in_model(written))}
    assert None not in after.values()
    for key, figure in before.items():
        if figure is None:
            assert after[key] == Money(0)


@given(written_plans())
def test_totals_printed_as_they_are_computed_agree_and_a_cent_off_do_not(
    written: dict[str, Any],
) -> None:
    total = totals(in_model(written)).total
    figures = {period: figure.amount for period, figure in total.figures.items()}
    figures["total"] = total.total.amount
    for off in (0, 1):
        printed = {p: str(a + Money(off)) for p, a in figures.items() if a is not None}
        checks = list(stated_checks(in_model({**written, "stated_totals": printed})))
        assert len(checks) == len(printed)
        assert all(check.agrees == (off == 0) for check in checks)


def test_what_nobody_else_pays_has_the_marks_of_the_whole() -> None:
    """An envelope is stated though a project of it is a guess; another theme has known costs."""
    found = plan("""
        plan: {title: P, years: 2025..2026, tax: incl}
        themes: [{id: a, title: A, envelope: {2025: 90 k€}}, {id: b, title: B}]
        projects:
          - {id: p, theme: a, title: P, costs: [{year: 2025, amount: 9 k€, basis: assumed}]}
          - {id: q, theme: b, title: Q, costs: [{year: 2025, amount: 5 k€}]}
        """)
    by_source = totals(found, "source")
    (own,) = [row for row in by_source.rows if row.kind == "own"]
    assert own.figures["2025"] == by_source.total.figures["2025"]
    assert (own.total.assumed, own.total.known_only) == (False, True)
