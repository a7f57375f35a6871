"""Costs worked out: repeated, following, with taxes, in the prices of their year; their cuts."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given

from ppi_cli.figures.law import facts
from ppi_cli.figures.postings import postings
from ppi_cli.figures.selection import Selection
from ppi_cli.figures.totals import cumulated, totals
from ppi_cli.plan.finance import Indexation
from ppi_cli.plan.model import Plan, plan_of
from ppi_cli.plan.pieces import changed
from ppi_cli.plan.scenarios import Scenario, ScenarioChange
from ppi_cli.reports.totals import totals_report
from ppi_cli.values.money import Money, Rate, parse_money, parse_rate
from ppi_cli.values.quarters import Years
from ppi_cli.values.terms import By
from ppi_cli.versions.costs import indexed
from ppi_cli.versions.scenarios import applied, worked_out
from ppi_cli.versions.variants import undecided_targets
from ppi_cli.words.language import Language
from tests.any_plan import plans
from tests.plans import codes, plan

HEAD = """
    plan: {title: Plan de Vigneux, years: 2024..2027, tax: incl}
    indexation: {base: 2024, rate: 2 %, rounded_to: 100 €}
    themes:
      - {id: ecoles, title: Écoles}
      - {id: voirie, title: Voirie, envelope: {2024: 60 k€}, section: investment}
    projects:
"""
CANTINE = """
      - id: cantine
        title: Cantine
        theme: ecoles
        quarters: 2024-T2..2025-T2
        costs:
          - {year: 2024, amount: 100 k€, account: 2131}
          - {year: 2025, amount: 50 k€, tax: excl, rate: 20 %, section: investment}
        running_costs:
          - {amount: 10 k€, account: 6156, indexed: yes}
"""
RUE = """
      - id: rue
        title: Rue
        theme: voirie
        quarters: 2024..2027
        costs:
          - {years: 2024..2026, each_year: 20 k€, section: investment}
          - {year: 2024, amount: 3 k€, section: operating}
"""


def table(text: str, by: By) -> dict[str, list[str | None]]:
    """The figures of each row by year, in euros, of all together, and of what is to run."""
    found = totals(worked_out(plan(HEAD + text)).plan, by)
    return {
        row.id: [
            None if figure.amount is None else str(figure.amount).removesuffix(".00")
            for figure in row.figures.values()
        ]
        for row in (*found.rows, *found.wholes)
    }


def test_costs_are_worked_out_year_by_year() -> None:
    assert table(CANTINE + RUE, "project") == {
        "cantine": ["100000", "60000", None, None],  # 50 k€ and 20 % of taxes
        "rue": ["23000", "20000", "20000", None],
        "voirie/not_split": ["40000", None, None, None],  # 60 - 20: the 3 k€ are operation
        "total": ["163000", "80000", "20000", None],
        # from the year after the canteen, at 2 % a year, to 100 €: in no other total
        "running": [None, None, "10400", "10600"],
        "in_all": ["163000", "80000", "30400", "10600"],
    }


def test_what_an_envelope_does_not_bound_comes_on_top() -> None:
    assert table(RUE, "theme")["voirie"] == ["63000", "20000", "20000", None]


def test_by_section_what_is_in_none_has_a_row() -> None:
    each_year = "years: 2024..2026, each_year: 20 k€, section: investment"
    more = RUE.replace(each_year, "year: 2025, amount: 20 k€")
    assert table(CANTINE + more, "section") == {
        "investment": ["160000", "60000", None, None],  # 100, and the envelope of 60
        "operating": ["3000", None, None, None],
        "no_section": [None, "20000", None, None],
        "total": ["163000", "80000", None, None],
        "running": [None, None, "10400", "10600"],
        "in_all": ["163000", "80000", "10400", "10600"],
    }


def test_that_sections_follow_accounts_is_told() -> None:
    def notes(text: str) -> set[str]:
        of = worked_out(plan(HEAD + text)).plan
        return {note.text for note in totals_report(of, "section", "year").table().notes}

    told = "sections not stated follow the accounts: 2 investment, 6 operation (M57)"
    assert told in notes(CANTINE)
    assert told not in notes(RUE)


def test_by_account() -> None:
    assert table(CANTINE + RUE, "account") == {
        "2131": ["100000", None, None, None],
        "no_account": ["23000", "80000", "20000", None],
        "not_split": ["40000", None, None, None],
        "total": ["163000", "80000", "20000", None],
        "running": [None, None, "10400", "10600"],
        "in_all": ["163000", "80000", "30400", "10600"],
    }


@pytest.mark.parametrize(
    ("by", "row"),
    [("project", "cantine"), ("theme", "ecoles"), ("section", "operating"), ("account", "6156")],
)
def test_what_is_to_run_has_cuts_of_its_own(by: By, row: str) -> None:
    found = totals(worked_out(plan(HEAD + CANTINE + RUE)).plan, by, running=True)
    assert [each.id for each in found.rows] == [row]
    assert [str(f.amount) for f in found.rows[0].figures.values()][2:] == ["10400.00", "10600.00"]
    assert found.wholes == (found.total,)


def test_what_is_to_run_is_so_in_each_quarter_alike() -> None:
    """A quarter of the year's 10 400 €, though the canteen is done."""
    of = worked_out(plan(HEAD + CANTINE)).plan
    found = totals(of, "theme", "quarter", Selection(years=Years(2026, 2026))).running
    assert found is not None
    assert [str(figure.amount) for figure in found.figures.values()] == ["2600.00"] * 4


def test_a_table_of_themes_across_sections() -> None:
    found = totals(worked_out(plan(HEAD + CANTINE + RUE)).plan, "theme", across="section")
    assert found.periods == ("investment", "operating")
    rows = {
        row.id: [str(figure.amount) for figure in row.figures.values()]
        for row in (*found.rows, *found.wholes)
    }
    assert rows == {
        "ecoles": ["160000.00", "None"],
        "voirie": ["100000.00", "3000.00"],
        "total": ["260000.00", "3000.00"],
        "running": ["None", "21000.00"],
        "in_all": ["260000.00", "24000.00"],
    }


def test_a_project_without_money_asks_for_none() -> None:
    text = CANTINE.partition("        costs:")[0]
    envelope = HEAD.replace("title: Écoles}", "title: Écoles, envelope: {2024: 0 €, 2025: 0 €}}")
    assert codes(envelope + text) == ["PPI403", "PPI403"]
    assert codes(envelope + text + "        money: none\n") == []


def test_running_costs_need_no_activity() -> None:
    assert codes(HEAD + CANTINE) == []


def test_a_running_cost_depends_on_a_variant_like_any_other() -> None:
    text = """
    targets:
      - id: repas
        title: Repas
        variants: [{id: place, title: Sur place}, {id: livres, title: Livrés}]
        chosen: place
"""
    running = "- {amount: 1 k€, when: repas.place}\n          - {amount: 5 k€, when: repas.livres}"
    of = HEAD.replace("    projects:", text + "    projects:") + CANTINE
    of = of.replace("- {amount: 10 k€, account: 6156, indexed: yes}", running)
    row = totals(worked_out(plan(of)).plan, "theme").running
    assert row is not None
    assert [str(figure.amount) for figure in row.figures.values()][2:] == ["1000.00", "1000.00"]
    open_ = of.replace("        chosen: place\n", "")
    assert [target.id for target in undecided_targets(plan(open_))] == ["repas"]
    assert codes(of.replace("repas.livres", "repas.autre")) == ["PPI111"]


def test_a_project_that_is_put_off_adds_no_running_costs_of_others() -> None:
    """The canteen runs until the plan's end, though the street now goes on after it."""
    of = plan(HEAD + CANTINE + RUE)
    later = changed(Scenario(id="x"), change=(changed(ScenarioChange(project="rue"), shift=1),))
    found = applied(of, [later]).plan
    assert found.years.last == 2028
    row = totals(found, "project").running
    assert row is not None
    assert row.figures["2028"].amount is None


def test_a_project_that_is_put_off_runs_in_the_years_that_it_adds() -> None:
    """Done a year later, the canteen runs from 2027, and in 2028, which the street adds."""
    of = plan(HEAD + CANTINE + RUE)
    changes = (
        changed(ScenarioChange(project="cantine"), shift=4),
        changed(ScenarioChange(project="rue"), shift=1),
    )
    found = totals(applied(of, [changed(Scenario(id="x"), change=changes)]).plan).running
    assert found is not None
    assert [str(f.amount) for f in found.figures.values()] == [
        *["None"] * 3,
        "10600.00",
        "10800.00",
    ]


# --- prices -------------------------------------------------------------------------------------


def prices(**said: object) -> Indexation:
    tree = {"plan": {"title": "P", "years": "2003..2010"}, "indexation": {"base": "2004", **said}}
    found = plan_of(tree).indexation
    assert found is not None
    return found


def test_the_programme_that_rounds_each_year_before_the_next_step() -> None:
    """A published programme law: 14.60, then +0.8 % a year, rounded to 0.01 before the next."""
    of = prices(rate="0,8 %", rounded_to="0,01 M€", rounding="each_year")
    base = parse_money("14,60 M€")
    years = [str(indexed(base, year, of)) for year in range(2005, 2009)]
    assert years == ["14720000.00", "14840000.00", "14960000.00", "15080000.00"]


def test_rounded_once_the_last_year_comes_out_otherwise() -> None:
    of = prices(rate="0,8 %", rounded_to="0,01 M€")
    assert str(indexed(parse_money("14,60 M€"), 2008, of)) == "15070000.00"  # 15.0730…


def test_what_rounding_adds_is_told() -> None:
    """1,234 € a year later are 1,258.68 €, and 1,300 € where they are rounded to 100 €."""
    text = HEAD + "      - id: cantine\n        title: Cantine\n        theme: ecoles\n"
    text += "        costs: [{year: 2025, amount: 1234 €, indexed: yes}]\n"
    (step,) = worked_out(plan(text)).steps_of(("projects", 0, "costs", 0))
    assert "rounded to 100\u00a0€, 41.32\u00a0€ by rounding" in Language("en").say(step)


def test_an_index_and_a_part_that_is_fixed() -> None:
    """P = P0 × (0.15 + 0.85 × 110 / 100): 1,000 € become 1,085 €."""
    of = prices(index={"2004": "100", "2006": "110"}, fixed="15 %")
    assert [str(indexed(Money(1000_00), year, of)) for year in (2005, 2006, 2009)] == [
        "1000.00",  # the index of the year before holds
        "1085.00",
        "1085.00",
    ]


def test_a_year_that_an_index_leaves_out_takes_the_one_before_it_and_says_so() -> None:
    """1,000 € at 104 in 2025, so in 2026, which has none; at 110 in 2027, so in 2028, beyond it."""
    text = HEAD.replace("2024..2027", "2024..2028").replace(
        "rate: 2 %, rounded_to: 100 €", "index: {2024: 100, 2025: 104, 2027: 110}"
    )
    text += "      - id: cantine\n        title: Cantine\n        theme: ecoles\n        costs:\n"
    text += "".join(
        f"          - {{year: {year}, amount: 1000 €, indexed: yes}}\n"
        for year in range(2024, 2029)
    )

    def told(text: str) -> list[tuple[int, str, str]]:
        version = worked_out(plan(text))
        return [
            (
                cost.amount.cents // 100,
                cost.basis,
                "; ".join(map(Language("en").say, version.steps_of(("projects", 0, "costs", j)))),
            )
            for j, cost in enumerate(version.plan.projects[0].costs)
            if cost.amount is not None
        ]

    base = "1\xa0k€ in prices of 2024: "
    assert told(text) == [
        (1000, "stated", ""),
        (1040, "stated", base + "by the index"),
        (1040, "assumed", base + "by the index of 2025: 2026 has none"),
        (1100, "stated", base + "by the index"),
        (1100, "assumed", base + "by the index of 2027, the last one"),
    ]
    # rounded year after year, an amount of 2027 has passed through 2026
    _, _, _, after, _ = told(text.replace("base: 2024", "base: 2024, rounding: each_year"))
    assert after[1] == "assumed"
    assert "by the index, for 2026 by that of the year before, year after year" in after[2]


def test_year_after_year_an_amount_passes_through_the_first_year_too() -> None:
    text = HEAD.replace(
        "rate: 2 %, rounded_to: 100 €", "index: {2024: 100, 2026: 110}, rounding: each_year"
    )
    text += "      - {id: cantine, title: Cantine, theme: ecoles, costs: ["
    text += "{year: 2026, amount: 1000 €, indexed: yes}]}\n"
    version = worked_out(plan(text))
    (cost,) = version.plan.projects[0].costs
    assert (str(cost.amount), cost.basis) == ("1100.00", "assumed")  # there is none of 2025
    *_, told = version.steps_of(("projects", 0, "costs", 0))
    assert "for 2025 by that of the year before" in Language("en").say(told)


def test_taxes_there_and_back() -> None:
    assert Rate(20_000).added_to(Money(100_01)) == Money(120_01)
    assert Rate(20_000).taken_out_of(Money(120_00)) == Money(100_00)
    assert Rate(5_500).taken_out_of(Money(105_50)) == Money(100_00)
    assert str(parse_rate("16,404 %")) == "16.404 %"


def test_every_fact_of_the_law_has_its_article_and_its_dates() -> None:
    assert all(fact.article and fact.source and fact.since for fact in facts())
    for one in facts():
        same = [f for f in facts() if f.name == one.name and f is not one]
        assert all((f.until or 9999) < one.since or (one.until or 9999) < f.since for f in same)


# --- laws ---------------------------------------------------------------------------------------


@given(plans())
def test_every_cut_sums_to_the_same_gross_total(of: Plan) -> None:
    worked = worked_out(of).plan
    wholes = set()
    for by in get_args(By):
        found = totals(worked, by)
        assert _sum(row.total.amount for row in found.rows) == _cents(found.total.total.amount)
        for period in found.periods:
            column = _sum(row.figures[period].amount for row in found.rows)
            assert column == _cents(found.total.figures[period].amount)
        wholes.add(_cents(found.total.total.amount))
        running = 0 if found.running is None else _cents(found.running.total.amount)
        in_all = found.in_all or found.total
        assert _cents(in_all.total.amount) == _cents(found.total.total.amount) + running
        across = totals(worked, by, across="theme" if by != "theme" else "section")
        assert _cents(across.total.total.amount) == _cents(found.total.total.amount)
    assert len(wholes) == 1
    assert wholes == {sum(posting.amount.cents for posting in postings(worked))}


@given(plans())
def test_cumulated_figures_end_in_the_total(of: Plan) -> None:
    found = cumulated(totals(worked_out(of).plan, "project"))
    for row in found.rows:
        assert list(row.figures.values())[-1].amount == row.total.amount


@given(plans())
def test_a_plan_that_is_worked_out_has_nothing_left_to_work_out(of: Plan) -> None:
    worked = worked_out(of)
    costs = [cost for project in worked.plan.projects for cost in project.costs]
    assert all(cost.years is None and cost.quarters is None for cost in costs)
    assert all(cost.each_year is None and cost.in_all is None for cost in costs)


def _cents(amount: Money | None) -> int:
    return 0 if amount is None else amount.cents


def _sum(amounts: object) -> int:
    return sum(map(_cents, amounts))  # type: ignore[call-overload]


def test_an_amount_that_is_worked_out_is_found_where_its_cost_states_it() -> None:
    """What it costs to run from 2026 on is a cost for each year; all are stated in one place."""
    of = plan(
        HEAD
        + "      - {id: halle, title: Halle, theme: ecoles, running_costs:"
        + " [{amount: 4 k€, start: 2026}], costs: [{year: 2025, amount: 9 k€, indexed: yes}]}"
    )
    version = worked_out(of)
    for name, n in (("costs", 0), ("running_costs", 0), ("running_costs", 1)):
        stated = ("projects", 0, name, 0, "amount")
        assert version.origin(("projects", 0, name, n, "amount")) == stated
