"""Costs of several years or quarters: in each year, or in all, in equal parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppi_cli.changes.aside import changed_aside
from ppi_cli.changes.change import costs_by_year
from ppi_cli.changes.difference import difference
from ppi_cli.figures.ledger import traced
from ppi_cli.figures.totals import totals
from ppi_cli.plan.model import Plan, plan_of
from ppi_cli.plan.pieces import changed
from ppi_cli.plan.scenarios import Scenario, ScenarioChange
from ppi_cli.plan.sources import sourced_values
from ppi_cli.reports.trace import entries
from ppi_cli.values.money import Money, Rate, total
from ppi_cli.values.quarters import Quarter
from ppi_cli.values.terms import Per
from ppi_cli.versions.costs import indexed, written_out
from ppi_cli.versions.scenarios import applied, done, worked_out
from ppi_cli.words.language import Language
from tests.any_plan import trees
from tests.conftest import Result
from tests.plans import codes, examined, plan

HEAD = """\
plan: {title: Plan de Vigneux, years: 2025..2029, tax: incl}
themes: [{id: ecoles, title: Écoles}]
indexation: {base: 2025, rate: 2 %}
projects:
  - id: cantine
    title: Cantine
    theme: ecoles
    quarters: 2025-T3..2027-T2
    costs:
"""


def figures(costs: str, per: Per = "year", quarters: str = "2025-T3..2027-T2") -> dict[str, str]:
    """What the project costs, of each time in which it costs something."""
    text = HEAD.replace("2025-T3..2027-T2", quarters)
    (row,) = totals(worked_out(plan(f"{text}      - {costs}\n")).plan, "project", per).rows
    return {
        time: "~" * figure.spread + str(figure.amount)
        for time, figure in row.figures.items()
        if figure.amount is not None
    }


def test_an_amount_in_each_year() -> None:
    found = figures("{years: 2025..2027, each_year: 60 k€}")
    assert found == {"2025": "60000.00", "2026": "60000.00", "2027": "60000.00"}


def test_an_amount_in_all_is_in_equal_parts_of_which_the_last_ones_have_the_cents_left() -> None:
    found = figures("{years: 2025..2027, in_all: 100 €}")
    assert found == {"2025": "~33.33", "2026": "~33.33", "2027": "~33.34"}


def test_an_amount_in_all_over_quarters() -> None:
    cost = "{quarters: 2025-T4..2026-T2, in_all: 100 €}"
    assert figures(cost, "quarter") == {
        "2025-Q4": "~33.33",
        "2026-Q1": "~33.33",
        "2026-Q2": "~33.34",
    }
    assert figures(cost) == {"2025": "~33.33", "2026": "~66.67"}


def test_quarters_may_pause() -> None:
    found = figures("{quarters: [2025-T4, 2026-T3..2026-T4], in_all: 90 €}", "quarter")
    assert found == {"2025-Q4": "~30.00", "2026-Q3": "~30.00", "2026-Q4": "~30.00"}


def test_a_part_of_a_year_is_spread_over_the_quarters_of_work_as_any_cost_of_a_year() -> None:
    found = figures("{years: 2025..2026, in_all: 200 €}", "quarter", "2025-T3..2026-T3")
    assert found == {
        "2025-Q3": "~50.00",
        "2025-Q4": "~50.00",
        "2026-Q1": "~33.33",
        "2026-Q2": "~33.33",
        "2026-Q3": "~33.34",
    }


def test_in_a_single_year_or_quarter_nothing_is_spread() -> None:
    assert figures("{years: 2026, in_all: 100 €}") == {"2026": "100.00"}
    assert figures("{quarters: 2026-T1, in_all: 100 €}", "quarter") == {"2026-Q1": "100.00"}


def test_taxes_are_those_of_the_whole() -> None:
    """100 € and 20 % are 120 €; with the taxes of each of seven parts, they would be 120,02 €."""
    found = figures("{quarters: 2025-T3..2027-T1, in_all: 100 €, tax: excl, rate: 20 %}", "quarter")
    assert list(found.values()) == ["~17.14"] * 5 + ["~17.15"] * 2


def test_prices_are_those_of_the_year_of_each_part() -> None:
    found = figures("{years: 2025..2027, in_all: 300 €, indexed: yes}")
    assert found == {"2025": "~100.00", "2026": "~102.00", "2027": "~104.04"}


def test_the_parts_of_a_year_are_indexed_together() -> None:
    """100 € are 102 € a year later: 34 € a quarter, and not 34 €, 34 € and 34,01 €."""
    found = figures("{quarters: 2026-T1..T3, in_all: 100 €, indexed: yes}", "quarter")
    assert list(found.values()) == ["~34.00"] * 3


@pytest.mark.parametrize("key", ["each_year", "in_all"])
def test_what_is_not_stated_adds_nothing(key: str) -> None:
    assert figures(f"{{years: 2025..2027, {key}: }}") == {}


# --- where a part comes from ---------------------------------------------------------------------


def steps(cost: str, quarter: Quarter) -> list[str]:
    """What was computed of the project's cost in a quarter, in the order in which it was."""
    version = worked_out(plan(f"{HEAD}      - {cost}\n"))
    found = traced(version.plan, {}, quarter=quarter)
    (entry,) = entries(found, [None] * len(found), version)  # type: ignore[list-item]
    return [Language("en").say(step).replace("\u00a0", " ") for step in entry.steps]


def test_the_whole_and_its_taxes_are_told() -> None:
    assert steps(
        "{quarters: 2025-T3..2026-T2, in_all: 250 k€, tax: excl, rate: 20 %, indexed: yes}",
        Quarter(2026, 1),
    ) == [
        "250 k€ and taxes of 20 %",
        "300 k€ in all, Q3 2025 – Q2 2026, in equal parts",
        "150 k€ in prices of 2025: 2 % a year",
    ]


def test_that_a_part_was_spread_over_the_quarters_of_work_is_told_too() -> None:
    assert steps("{years: 2025..2029, in_all: 300 k€}", Quarter(2026, 1)) == [
        "300 k€ in all, 2025–2029, in equal parts",
        "spread evenly over the quarters of work",
    ]


def test_the_place_of_each_part_is_that_of_the_cost(
    ppi: Callable[..., Result], folder: Path
) -> None:
    Path("plan.yaml").write_text(
        f"{HEAD}      - {{years: 2025..2029, in_all: 300 k€}}\n", encoding="utf-8"
    )
    shown = ppi("trace", "project=cantine", "plan.yaml", "--width", "160").out
    assert shown.count("plan.yaml:10:9") == 5
    assert shown.count("~60\u00a0k€") == 5
    story = ppi("show", "cantine", "plan.yaml").out
    assert story.count("~60\u00a0k€") == 5
    for found in (shown, story):
        assert "~ spread evenly over quarters or years" in found
    assert ppi("show", "cantine", "plan.yaml", "-f", "csv").out.count("value: spread") == 5


def test_a_finding_points_at_the_amount_as_it_is_written() -> None:
    text = HEAD.replace("title: Écoles", "title: Écoles, envelope: {2025: 9 €}")
    (found,) = (
        each
        for each in examined(f"{text}      - {{years: 2025..2026, in_all: 300 k€}}\n").diagnostics
        if each.code == "PPI402"
    )
    (note,) = found.related
    assert str(note.place).endswith("plan.yaml:10:37")  # 300 k€


def test_a_list_of_sources_has_the_amount_as_it_is_written() -> None:
    of = plan(f"{HEAD}      - {{years: 2025..2029, in_all: 300 k€, source: devis}}\n")
    (found,) = sourced_values(of)
    assert Language("en").say(found.what) == "cost of “Cantine”, 2025–2029"
    assert found.value == Money(300_000_00)


# --- what does not go together -------------------------------------------------------------------

EITHER = "write each_year: {0} if that is paid in each year, in_all: {0} if that is the whole"


@pytest.mark.parametrize(
    ("cost", "underlined", "help"),
    [
        ("{years: 2025..2026, amount: 300 k€}", "amount", EITHER.format("300 k€")),
        ("{years: 2025..2026, amount: '1,5 k€'}", "amount", EITHER.format('"1,5 k€"')),
        ("{years: 2025..2026, amount: }", "amount", EITHER.format("…")),
        ("{year: 2025, each_year: 3 k€}", "each_year", "write amount: 3 k€"),
        ("{year: 2025, in_all: 3 k€}", "in_all", "write amount: 3 k€"),
        ("{quarter: 2025-T3, each_year: 3 k€}", "each_year", "write amount: 3 k€"),
        ("{quarter: 2025-T3, in_all: 3 k€}", "in_all", "write amount: 3 k€"),
        (
            "{quarters: 2025-T3..2026-T2, each_year: 3 k€}",
            "each_year",
            "write years: 2025..2026, each_year: 3 k€ if that is paid in each year,"
            " in_all: 3 k€ if that is the whole",
        ),
        (
            "{quarters: [2025-T3, 2025-T4], amount: 3 k€}",
            "amount",
            "write in_all: 3 k€ if that is the whole;"
            " what is paid in each quarter is a cost of its own",
        ),
        ("{year: 2025, amount: 3 k€, in_all: 9 k€}", "in_all", "keep amount: 3 k€"),
        ("{years: 2025..2026, amount: 3 k€, in_all: 9 k€}", "in_all", "keep in_all: 9 k€"),
        ("{years: 2025..2026, amount: 3 k€, in_all: }", "in_all", EITHER.format("3 k€")),
        (
            "{years: 2025..2026, each_year: 3 k€, in_all: 6 k€}",
            "in_all",
            "write each_year: 3 k€ if that is paid in each year, in_all: 6 k€ if that is the whole",
        ),
        (
            "{amount: 3 k€}",
            "{amount: 3 k€}",
            "write one of year: 2016, quarter: 2016-T3, years: 2016..2018,"
            " quarters: 2016-T3..2017-T2",
        ),
    ],
)
def test_what_does_not_go_together_is_refused_with_what_to_type(
    cost: str, underlined: str, help: str
) -> None:
    text = f"{HEAD}      - {cost}\n"
    (found,) = (each for each in examined(text).diagnostics if each.severity == "error")
    assert found.code == "PPI116"
    assert found.place.range is not None
    assert found.help is not None
    start, end = (position.column - 1 for position in found.place.range)
    assert text.splitlines()[9][start:end] == underlined
    assert Language("en").say(found.help) == help


@pytest.mark.parametrize(
    ("time", "key"),
    [
        ("year: 2025", "“amount”"),
        ("quarter: 2025-T3", "“amount”"),
        ("years: 2025..2026", "“each_year” or “in_all”"),
        ("quarters: 2025-T3..T4", "“in_all”"),
    ],
)
def test_without_any_amount_what_goes_with_the_time_is_asked_for(time: str, key: str) -> None:
    (found,) = examined(f"{HEAD}      - {{{time}}}\n").diagnostics
    assert found.code == "PPI102"
    assert Language("en").say(found.message) == f"{key} is missing here"


def test_a_cost_of_a_project_that_a_scenario_adds_is_held_to_the_same() -> None:
    added = "{id: p, theme: ecoles, title: P, costs: [{years: 2025..2026, amount: 3 k€}]}"
    text = f"{HEAD}      - {{year: 2025, amount: 3 k€}}\nscenarios: [{{id: s, add: [{added}]}}]\n"
    assert codes(text) == ["PPI116"]


@pytest.mark.parametrize(
    "cost",
    ["{years: 2028..2030, in_all: 3 k€}", "{quarters: 2029-T4..2030-T1, in_all: 3 k€}"],
)
def test_all_of_its_years_are_those_of_the_plan(cost: str) -> None:
    assert codes(f"{HEAD}      - {cost}\n") == ["PPI201"]


# --- in other versions ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("percent: 10 %", ["110.00", "110.00", None]),
        ("shift: 4 quarters", [None, "100.00", "100.00"]),
        ("shift: 2 quarters", ["50.00", "100.00", "50.00"]),
        ("costs: {2026: 7 €}", ["100.00", "7.00", None]),
    ],
)
@pytest.mark.parametrize("amount", ["each_year: 100 €", "in_all: 200 €"])
def test_a_scenario_can_change_what_it_adds(
    amount: str, change: str, expected: list[str | None]
) -> None:
    text = f"""\
{HEAD}      - {{year: 2025, amount: 1 €}}
scenarios:
  - id: s
    drop: [cantine]
    add:
      - id: halle
        theme: ecoles
        title: Halle
        quarters: 2025..2026
        costs: [{{years: 2025..2026, {amount}}}]
    change: [{{project: halle, {change}}}]
"""
    of = plan(text)
    found = totals(applied(of, of.scenarios).plan, "project").rows[0].figures.values()
    assert [each.amount and str(each.amount) for each in found][:3] == expected


def test_a_project_that_takes_longer_costs_the_same_at_the_same_part_of_its_time() -> None:
    """400 € over four quarters are 400 € over eight; the parts of both years come together."""
    text = f"{HEAD}      - {{years: 2025..2026, in_all: 400 €}}\n".replace(
        "2025-T3..2027-T2", "2025-T3..2026-T2"
    )
    of = plan(
        f"{text}scenarios: [{{id: s, change: [{{project: cantine, stretch: 4 quarters}}]}}]\n"
    )
    (project,) = applied(of, of.scenarios).plan.projects
    assert [str(cost.amount) for cost in project.costs] == ["50.00"] * 8


# --- laws ----------------------------------------------------------------------------------------


def costing(cost: dict[str, str], rate: str = "2 %") -> Plan:
    """A plan of one project that costs something."""
    project = {"id": "p", "title": "P", "theme": "a", "quarters": "2025", "costs": [cost]}
    return plan_of(
        {
            "plan": {"title": "P", "years": "2025..2029", "tax": "incl"},
            "indexation": {"base": "2025", "rate": rate},
            "themes": [{"id": "a", "title": "A"}],
            "projects": [project],
        }
    )


AMOUNTS = st.integers(-100_000_00, 100_000_00).map(lambda cents: f"{cents / 100:.2f} €")
TIMES = st.one_of(
    st.integers(2025, 2029).map(lambda year: {"years": f"2025..{year}"}),
    st.integers(1, 4).map(lambda n: {"quarters": f"2025-T{n}..2027-T{n}"}),
)


@given(TIMES, AMOUNTS, st.sampled_from([{}, {"tax": "excl", "rate": "20 %"}]))
def test_the_parts_of_an_amount_in_all_sum_to_it(
    time: dict[str, str], amount: str, tax: dict[str, str]
) -> None:
    of = costing({**time, "in_all": amount, **tax})
    (whole,) = (cost.in_all for project in of.projects for cost in project.costs)
    assert whole is not None
    (project,) = written_out(of).plan.projects
    taxed = Rate(20_000).added_to(whole) if tax else whole
    assert total(cost.amount for cost in project.costs) == taxed
    cents = [abs(cost.amount.cents) for cost in project.costs if cost.amount is not None]
    assert cents == sorted(cents)
    assert cents[-1] - cents[0] <= 1


@given(TIMES, AMOUNTS, st.integers(-6, 6), st.integers(1, 6))
def test_however_it_is_moved_a_year_comes_to_what_its_parts_are_together_in_its_prices(
    time: dict[str, str], amount: str, shift: int, stretch: int
) -> None:
    of = costing({**time, "in_all": amount, "indexed": "yes"}, rate="2,3 %")
    assert of.indexation is not None
    change = changed(ScenarioChange(project="p"), shift=shift, stretch=stretch)
    moved = [changed(Scenario(id="s"), change=(change,))]
    before, after = done(written_out(of).plan, moved).plan, applied(of, moved).plan
    for year, cents in costs_by_year(before.projects[0]).items():
        expected = cents if year <= 2025 else indexed(Money(cents), year, of.indexation).cents
        assert costs_by_year(after.projects[0])[year] == expected


@given(AMOUNTS)
def test_the_quarters_of_a_year_share_an_amount_in_all_as_they_share_that_of_the_year(
    amount: str,
) -> None:
    in_all = costing({"quarters": "2025", "in_all": amount})
    of_year = costing({"year": "2025", "amount": amount})
    shares = [totals(worked_out(of).plan, "project", "quarter").rows[0] for of in (in_all, of_year)]
    assert shares[0].figures == shares[1].figures


@given(trees())
def test_an_amount_in_each_year_is_the_same_as_a_cost_for_each(tree: dict[str, Any]) -> None:
    of = plan_of(tree)
    for project in tree["projects"]:
        project["costs"] = [each for cost in project["costs"] for each in one_by_one(cost)]
    assert difference(worked_out(of).plan, worked_out(plan_of(tree)).plan).groups == ()


def test_what_is_written_otherwise_and_counts_in_no_version_has_not_changed() -> None:
    targets = "targets: [{id: t, title: T, variants: [{id: v, title: V}, {id: w, title: W}]}]\n"
    cost = "      - {years: 2025..2026, each_year: 3 k€, when: t.v}\n"
    each = "      - {year: 2025, amount: 3 k€, when: t.v}\n"
    old = plan(f"{HEAD}{cost}{targets}")
    new = plan(f"{HEAD}{each}{each.replace('2025', '2026')}{targets}")
    versions = worked_out(old).plan, worked_out(new).plan
    assert changed_aside((old, new), versions) == []
    less = plan(f"{HEAD}{each}{targets}")
    assert changed_aside((old, less), (versions[0], worked_out(less).plan)) == ["cantine"]


def one_by_one(cost: dict[str, str]) -> Iterator[dict[str, str]]:
    """A cost as it is written, for each of its years where it has an amount for each."""
    if "each_year" not in cost:
        yield cost
        return
    first, last = map(int, cost["years"].split(".."))
    own = {key: value for key, value in cost.items() if key not in ("years", "each_year")}
    for year in range(first, last + 1):
        yield {**own, "year": str(year), "amount": cost["each_year"]}
