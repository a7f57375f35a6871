"""Shares, grants without a year, what is paid of no project: worked by hand, and laws."""

from __future__ import annotations

from collections import Counter
from textwrap import dedent
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ppi_cli.changes.difference import difference
from ppi_cli.figures.affordability import afford_years
from ppi_cli.figures.funding import outside_receipts, own_sources, receipts, receipts_of
from ppi_cli.figures.totals import totals
from ppi_cli.plan.model import Plan, plan_of
from ppi_cli.plan.pieces import changed
from ppi_cli.plan.projects import Funding, Project
from ppi_cli.source.files import SourceFile
from ppi_cli.source.read import readings_of
from ppi_cli.source.roll import rolled_files
from ppi_cli.values.message import msg
from ppi_cli.values.money import Money, in_proportion
from ppi_cli.versions.choices import Choices
from ppi_cli.versions.funding import base_costs
from ppi_cli.versions.scenarios import applied, worked_out
from tests.any_plan import plans, trees
from tests.any_version import scenarios
from tests.plans import codes, plan

TOWN = """
    plan: {title: Plan de Vigneux, years: 2026..2028, tax: incl}
    funders:
      - {id: detr, title: DETR}
      - {id: region, title: Région}
      - {id: loan, title: Emprunt, own: yes}
    themes: [{id: ecoles, title: Écoles}, {id: voirie, title: Voirie}]
    priority_classes: [{class: 1, title: Urgent}]
    projects:
      - id: cantine
        theme: ecoles
        title: Cantine
        priority: 1
        quarters: 2026-T1..2028-T4
"""
COSTS = """
        costs:
          - {year: 2026, amount: 100 k€, section: investment}
          - {year: 2027, amount: 50 k€, section: investment}
          - {year: 2028, amount: 20 k€, section: operating}
          - {year: 2028, amount: -10 k€, section: investment, fctva: no}
"""


def paid(text: str, choices: Choices | None = None) -> dict[str, str]:
    """What others pay, by when, of a version of a plan."""
    of = (choices or Choices()).version(plan(TOWN + text)).plan
    found: dict[str, int] = {}
    for each in (*receipts(of), *outside_receipts(of)):
        when = str(each.quarter or each.year)
        found[when] = found.get(when, 0) + each.amount.cents
    return {when: str(Money(cents)).removesuffix(".00") for when, cents in found.items()}


def line(text: str, costs: str = COSTS) -> str:
    return f"{costs}        funding: [{{{text}}}]\n"


def test_a_share_is_of_investment_above_zero_and_comes_as_it_does() -> None:
    """40 % of 150 k€, 40 k€ for the 100 k€ of 2026; operating costs and a sale are no part."""
    assert paid(line("from: detr, share: 40 %")) == {"2026": "40000", "2027": "20000"}


def test_where_nothing_is_investment_it_is_a_share_of_all() -> None:
    costs = "        costs: [{year: 2026, amount: 30 k€, section: operating}]\n"
    assert paid(line("from: detr, share: 10 %", costs)) == {"2026": "3000"}


def test_a_share_has_a_most() -> None:
    """40 % would be 60 k€: of 45 k€, two thirds come in 2026."""
    text = line("from: detr, share: 40 %, at_most: 45 k€")
    assert paid(text) == {"2026": "30000", "2027": "15000"}


def test_a_share_of_an_eligible_base() -> None:
    assert paid(line("from: detr, share: 20 %, of: 90 k€")) == {"2026": "12000", "2027": "6000"}


def test_a_share_comes_whole_in_its_time() -> None:
    assert paid(line("from: detr, share: 40 %, year: 2028")) == {"2028": "60000"}
    assert paid(line("from: detr, share: 40 %, quarter: 2028-T2")) == {"2028-Q2": "60000"}


def test_a_share_of_costs_without_taxes() -> None:
    """120 k€ and 105.50 k€ are 100 k€ each without 20 % and 5.5 %."""
    costs = """
        costs:
          - {year: 2026, amount: 100 k€, tax: excl, rate: 20 %}
          - {year: 2027, amount: "105,5 k€", tax: incl, rate: "5,5 %"}
"""
    text = line("from: detr, share: 25 %, of: excl", costs)
    assert paid(text) == {"2026": "25000", "2027": "25000"}
    text = line("from: detr, share: 10 %, of: incl", costs)
    assert paid(text) == {"2026": "12000", "2027": "10550"}


def test_a_share_comes_before_the_plan_and_beyond_it_too() -> None:
    """What is in no year yet is no part of it."""
    costs = "        costs: [{before: 10 k€, 2026: 20 k€, beyond: 30 k€, unplanned: 99 k€}]\n"
    text = line("from: detr, share: 50 %", costs)
    assert paid(text) == {"2026": "10000", "before": "5000", "beyond": "15000"}


def test_a_share_comes_in_the_quarters_of_the_costs() -> None:
    costs = """
        costs:
          - {quarter: 2026-T2, amount: 10 k€}
          - {quarter: 2026-T4, amount: 30 k€}
"""
    text = line("from: detr, share: 50 %", costs)
    assert paid(text) == {"2026-Q2": "5000", "2026-Q4": "15000"}


def test_the_last_cents_go_to_the_largest_remainders() -> None:
    """A third of a cent is short of each third; of equal remainders, the last one counts."""
    assert [m.cents for m in in_proportion(Money(100), [1, 1, 1])] == [33, 33, 34]
    assert [m.cents for m in in_proportion(Money(10), [2, 5, 3])] == [2, 5, 3]
    assert [m.cents for m in in_proportion(Money(10), [34, 33, 33])] == [4, 3, 3]
    assert [m.cents for m in in_proportion(Money(-10), [34, 33, 33])] == [-4, -3, -3]


def test_where_the_cents_of_rounding_went_is_told() -> None:
    """A third of 100 € is 33.33 € three times, and one cent."""
    costs = "        costs: [{2026: 5 k€, 2027: 5 k€, 2028: 5 k€}]\n"
    version = worked_out(plan(TOWN + line("from: detr, amount: 100 €", costs)))
    told = [version.steps["projects", 0, "funding", n][2:] for n in range(3)]
    assert told == [(), (), (msg("{residue} by rounding", residue=Money(1)),)]


def test_a_share_of_what_is_blank_in_part_is_known_in_part() -> None:
    costs = "        costs: [{year: 2026, amount: 10 k€}, {year: 2027, amount: }]\n"
    of = worked_out(plan(TOWN + line("from: detr, share: 50 %", costs))).plan
    (receipt,) = receipts(of)
    assert (str(receipt.amount), receipt.known_only, receipt.assumed) == ("5000.00", True, False)
    assert [year.requested.known_only for year in afford_years(of)] == [True, False, False]


def test_a_grant_without_a_year_is_spread_as_an_assumption() -> None:
    of = worked_out(plan(TOWN + line("from: detr, amount: 45 k€, status: granted"))).plan
    found = [(r.year, str(r.amount), r.status, r.assumed) for r in receipts(of)]
    assert found == [(2026, "30000.00", "granted", True), (2027, "15000.00", "granted", True)]


def test_shares_and_grants_follow_their_costs() -> None:
    """A year later, 2028 has 50 k€ of investment, and a tenth more costs a tenth more."""
    text = (
        line("from: detr, share: 40 %")
        + """
    scenarios:
      - {id: late, change: [{project: cantine, shift: 4 quarters}]}
      - {id: dear, change: [{project: cantine, percent: +10 %}]}
      - id: other
        change: [{project: cantine, costs: {2026: 200 k€}}]
"""
    )
    assert paid(text, Choices("late")) == {"2027": "40000", "2028": "20000"}
    assert paid(text, Choices("dear")) == {"2026": "44000", "2027": "22000"}
    assert paid(text, Choices("other")) == {"2026": "80000", "2027": "20000"}
    assert paid(text, Choices(drops=("cantine",))) == {}


def test_a_share_with_a_year_moves_as_other_funding() -> None:
    text = line("from: detr, share: 40 %, quarter: 2026-T3")
    assert paid(text, Choices(shifts={"cantine": 4})) == {"2027-Q3": "60000"}


def test_what_would_come_too_late_is_lost_and_named() -> None:
    """A year later, half of the costs lie after 2027."""
    text = TOWN + line("from: detr, share: 40 %, until: 2027")
    of = Choices(shifts={"cantine": 4}).version(plan(text)).plan
    assert [(r.year, str(r.amount)) for r in receipts(of)] == [(2027, "40000.00")]
    (project,) = of.projects
    assert [(f.in_year, str(f.amount)) for f in project.funding_nowhere] == [(2028, "20000.00")]


def test_what_no_cost_says_when_is_named() -> None:
    costs = "        costs: [{year: 2026, amount: }]\n"
    assert "PPI417" in codes(TOWN + line("from: detr, amount: 10 k€", costs))
    assert "PPI417" in codes(TOWN + line("from: detr, share: 10 %", "        money: none\n"))


def test_what_is_paid_of_a_theme_and_of_the_plan_is_of_no_project() -> None:
    text = TOWN.replace("title: Voirie}", "title: Voirie, funding: {from: detr, 2026: 3 k€}}")
    of = worked_out(
        plan(
            text
            + COSTS
            + """
    funding:
      - {from: region, year: 2027, amount: 5 k€}
      - {from: loan, before: 9 k€, 2026: 8 k€}
"""
        )
    ).plan
    net = totals(of, by="project", net=True)
    rows = {row.id: str(row.total.amount) for row in net.rows}
    assert rows == {"cantine": "160000.00", "voirie/not_split": "-3000.00", "not_split": "-5000.00"}
    assert [str(each.amount) for each in own_sources(of)] == ["8000.00"]
    assert [str(year.net.amount) for year in afford_years(of)] == [
        "97000.00",
        "45000.00",
        "10000.00",
    ]


def test_complete_for_some_years() -> None:
    """2026 adds up, and 2027 does not, which is looked at where it is named."""
    text = line("from: detr, 2026: 100 k€, 2027: 20 k€")
    known = TOWN + text
    assert "PPI410" not in codes(f"{known}        funding_complete: 2026\n")
    assert "PPI410" in codes(f"{known}        funding_complete: 2026..2027\n")


def test_a_share_that_changes_is_a_change_of_what_is_paid() -> None:
    sides = (TOWN + line(f"from: detr, share: {share} %") for share in (40, 30))
    old, new = (worked_out(plan(text)).plan for text in sides)
    found = [each for _, each in difference(old, new).changes]
    assert [(each.year, str(each.old), str(each.new)) for each in found] == [
        (2026, "40000.00", "30000.00"),
        (2027, "20000.00", "15000.00"),
    ]


def test_next_years_plan_has_what_has_passed_before_it() -> None:
    """What was received in a year is written; what comes as costs do goes with them."""
    text = dedent(TOWN).replace(
        "title: Voirie}", "title: Voirie, funding: {from: detr, 2026: 3 k€}}"
    )
    text += """\
    costs:
      - {year: 2026, amount: 100 k€, tax: excl, rate: 20 %}
      - {year: 2027, amount: 60 k€, tax: incl, rate: 20 %}
    funding:
      - {from: detr, share: 40 %, of: excl}
      - {from: region, share: 10 %, quarter: 2026-T2, status: granted}
      - {from: region, amount: 9 k€}
    funding_complete: 2026..2027
funding: [{from: region, year: 2026, amount: 5 k€}, {from: region, year: 2027, amount: 1 k€}]
"""
    (old,) = readings_of("plan", [SourceFile("plan/plan.yaml", text)])
    (new,) = rolled_files(old).values()
    assert "title: Voirie, funding: {from: detr, before: 3 k€}}" in new
    assert (
        new.partition("    costs:\n")[2]
        == """\
      - {before: 120 k€, tax: incl, rate: 20 %}
      - {year: 2027, amount: 60 k€, tax: incl, rate: 20 %}
    funding:
      - {from: detr, share: 40 %, of: excl}
      - {from: region, status: granted, before: 18000 €}
      - {from: region, amount: 9 k€}
    funding_complete: 2027
funding: [{from: region, before: 5 k€}, {from: region, year: 2027, amount: 1 k€}]
"""
    )


# --- laws ---------------------------------------------------------------------------------------


def by_hand(of: Plan) -> Plan:
    """The plan with the amounts that its shares and grants come to, written out."""
    worked = {project.id: project for project in worked_out(of).plan.projects}

    def written(project: Project) -> tuple[Funding, ...]:
        own = worked[project.id]
        return tuple(changed(each) for each in own.funding)

    projects = tuple(changed(project, funding=written(project)) for project in of.projects)
    return changed(of, projects=projects)


@given(plans())
def test_a_share_and_its_amounts_written_out_give_the_same_figures(of: Plan) -> None:
    sides = [worked_out(each).plan for each in (of, by_hand(of))]
    for by in ("project", "source"):
        figures = [
            {row.id: [(f.amount, f.assumed) for f in row.columns] for row in totals(p, by=by).rows}
            for p in sides
        ]
        assert figures[0] == figures[1]
    assert afford_years(sides[0]) == afford_years(sides[1])
    assert difference(*sides).groups == ()


@given(trees(), st.integers(1, 100_000))
def test_a_share_is_its_part_of_the_cost_and_takes_more_in_no_year(
    tree: dict[str, Any], thousandths: int
) -> None:
    share = f"{thousandths // 1000},{thousandths % 1000:03} %"
    for project in tree["projects"]:
        project["funding"] = [{"from": "detr", "share": share}]
    for project in worked_out(plan_of(tree)).plan.projects:
        costs, paid_ = Counter[int](), Counter[int]()
        for cost in base_costs(project):
            if cost.amount is not None and cost.in_year is not None:
                costs[cost.in_year] += cost.amount.cents
        for each in project.funding:
            assert each.amount is not None
            paid_[each.in_year] += each.amount.cents
        assert paid_ <= costs
        assert abs(100_000 * paid_.total() - thousandths * costs.total()) <= 50_000


@given(st.integers(-10_000, 10_000), st.lists(st.integers(1, 10_000), min_size=1, max_size=9))
def test_parts_in_proportion_add_up_and_are_less_than_a_cent_apart(
    cents: int, weights: list[int]
) -> None:
    parts = [each.cents for each in in_proportion(Money(cents), weights)]
    assert sum(parts) == cents
    whole = sum(weights)
    assert all(
        abs(part * whole - cents * weight) < whole
        for part, weight in zip(parts, weights, strict=True)
    )


@given(plans())
def test_the_parts_of_a_grant_add_up_to_it(of: Plan) -> None:
    worked = worked_out(of).plan
    for before, after in zip(of.projects, worked.projects, strict=True):
        for funder in ("detr", "caf"):
            own = [each for each in before.funding if each.from_ == funder]
            if all(each.share is None and each.comes_with_costs for each in own):
                stated = sum(each.amount.cents for each in own if each.amount is not None)
                parts = (*after.funding, *after.funding_nowhere)
                got = [each.amount for each in parts if each.from_ == funder]
                assert sum(amount.cents for amount in got if amount is not None) == stated


@given(plans(), st.data())
def test_what_is_paid_of_no_project_moves_no_figure_of_a_project(
    of: Plan, data: st.DataObject
) -> None:
    scenario = data.draw(scenarios(of))
    without = changed(
        of, funding=(), themes=tuple(changed(theme, funding=()) for theme in of.themes)
    )
    sides = [applied(each, [scenario]).plan for each in (of, without)]
    for project in sides[0].projects:
        assert [*receipts_of(sides[0], project)] == [*receipts_of(sides[1], project)]
    stated = [each for each in receipts(sides[0]) if each.project is None]
    assert stated == [each for each in receipts(worked_out(of).plan) if each.project is None]
