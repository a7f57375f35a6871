"""What does not fit under the ceilings: worked by hand, and laws over plans at random."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppi_cli.figures.affordability import afford_years, by_urgency, shortage
from ppi_cli.figures.fixed import fixed
from ppi_cli.figures.room import Room, ceilings
from ppi_cli.plan.bounds import KINDS, Bound
from ppi_cli.plan.model import Plan, plan_of
from ppi_cli.plan.pieces import changed
from ppi_cli.reports.affordability import afford_report
from ppi_cli.versions.scenarios import applied, worked_out
from ppi_cli.words.language import Language
from tests.any_plan import trees
from tests.any_version import scenario
from tests.plans import plan

HEAD = """
    plan: {title: Plan de Vigneux, years: 2025..2027, tax: incl}
    themes: [{id: a, title: A}]
    priority_classes: [{class: 1, title: Urgent}, {class: 2, title: Utile}]
    funders: [{id: detr, title: DETR}]
"""


def town(*projects: str, ceilings: str = "{total: {2025: 100 k€}}", **more: str) -> Plan:
    """A plan with ceilings and projects in the order of their urgency, by lines of YAML."""
    lines = [HEAD, f"    ceilings: {ceilings}\n"]
    lines += [f"    {key}: {value}\n" for key, value in more.items()]
    lines.append("    projects:\n")
    lines += [f"      - {{theme: a, {project}}}\n" for project in projects]
    return worked_out(plan("".join(lines))).plan


def costs(id: str, amount: str, year: int = 2025, **more: str) -> str:
    said = "".join(f", {key}: {value}" for key, value in more.items())
    return (
        f"id: {id}, title: {id.title()}, quarters: {year}-T2..T4"
        f", costs: [{{year: {year}, amount: {amount}, section: investment}}]{said}"
    )


def off(of: Plan) -> dict[str, list[str]]:
    """The projects without money, and why, as people read it."""
    english = Language("en")
    report = afford_report(of)
    (table,) = report.table().more or (None,)
    lines = () if table is None else table.lines
    found: dict[str, list[str]] = {}
    for line in lines:
        why = line.cells[-1]
        told = [english.show(each) for each in (why if isinstance(why, list) else [why])]
        found[str(line.cells[0])] = [each.replace("\u00a0", " ") for each in told]
    return found


@pytest.mark.parametrize(
    ("amounts", "left"),
    [
        (["60 k€", "50 k€", "40 k€"], {"q"}),  # 60 and 40 fit, and the 50 do not
        (["90 k€", "60 k€", "10 k€"], {"q"}),
        (["100 k€", "60 k€", "10 k€"], {"q", "r"}),
        (["60 k€", "30 k€", "10 k€"], set()),
    ],
)
def test_the_less_urgent_make_room_and_what_still_fits_comes_back(
    amounts: list[str], left: set[str]
) -> None:
    projects = [
        costs(id, amount, priority=str(n))
        for id, amount, n in zip("pqr", amounts, (1, 1, 2), strict=True)
    ]
    assert off(town(*projects)).keys() == left


def test_it_says_what_would_be_too_much_with_it() -> None:
    of = town(costs("p", "60 k€", priority="1"), costs("q", "50 k€", priority="2"))
    assert off(of) == {"q": ["2025: 10 k€ too much (in all)"]}


@pytest.mark.parametrize(("amount", "over"), [("100 k€", []), ("100000.01 €", [2025])])
def test_a_ceiling_that_is_just_reached_is_not_passed(amount: str, over: list[int]) -> None:
    years = afford_years(town(f"id: p, title: P, costs: {{2025: {amount}}}"))
    assert [each.year for each in years if [*each.gaps()]] == over


def test_every_kind_of_ceiling_counts() -> None:
    of = town(costs("p", "150 k€"), ceilings="{net: {2025: 300 k€}, investment: {2025: 100 k€}}")
    assert off(of) == {"p": ["2025: 50 k€ too much (investment)"]}


def test_what_the_fund_still_owes_is_room_too() -> None:
    """120 k€ under 100, and 30 k€ that come for what was spent before the plan."""
    of = town(
        costs("p", "120 k€"),
        ceilings="{net: {2025: 100 k€}}",
        fctva="{regime: n+2, due: {2025: 30 k€}}",
    )
    assert off(of) == {}


def test_what_a_project_brings_goes_with_it() -> None:
    """2026 holds only by the grant for the hall, which does not fit into 2025."""
    grant = "[{from: detr, year: 2026, amount: 60 k€, status: granted}]"
    of = town(
        costs("roof", "150 k€", 2026, priority="1"),
        costs("hall", "110 k€", 2025, priority="2", funding=grant),
        ceilings="{net: {2025: 100 k€, 2026: 100 k€}}",
    )
    assert off(of) == {
        "roof": [
            "2026: 50 k€ too much (net)",
            "2026: without Hall what others pay for it, 60 k€, is missing",
        ],
        "hall": ["2025: 10 k€ too much (net)"],
    }


def test_what_is_missing_is_told_the_most_urgent_first() -> None:
    """Five projects of 110 k€ under 100 bring what 2026 lacks: told alike whenever asked."""
    grant = "[{from: detr, year: 2026, amount: 60 k€, status: granted}]"
    ids = ["hall", "gym", "pool", "path", "wall"]
    of = town(
        costs("roof", "390 k€", 2026, priority="1"),
        *(
            costs(id, "110 k€", priority="2", funding=grant).replace("T2..", f"T{n % 4 + 1}..")
            for n, id in enumerate(sorted(ids))
        ),
        ceilings="{net: {2025: 100 k€, 2026: 100 k€}}",
    )
    roof = shortage(of).unfunded[0]
    told = [each.project.id for each in roof.missing]
    assert told == [each.id for each in by_urgency(of) if each.id in ids]


def test_what_has_begun_stays_and_what_it_leaves_no_room_for_is_off() -> None:
    begun = costs("begun", "120 k€").replace("2025-T2", "2024-T4")
    of = town(begun, costs("p", "10 k€", priority="1"), costs("q", "10 k€", 2026, priority="2"))
    assert list(off(of)) == ["p"]
    (over,) = shortage(of).fixed
    assert (over.bound, str(over.amount)) == (Bound("total", 2025), "20000.00")


def test_what_recurs_is_fixed_and_so_is_what_a_fixed_project_comes_after() -> None:
    lease = ", ".join(f"{{year: {year}, amount: 9 k€}}" for year in range(2025, 2029))
    of = worked_out(
        plan(
            HEAD.replace("2025..2027", "2025..2028")
            + f"""
    projects:
      - {{id: lease, title: Lease, theme: a, costs: [{lease}]}}
      - {{id: base, title: Base, theme: a, quarters: 2025-T1..T2}}
      - {{id: begun, title: Begun, theme: a, quarters: 2024-T1..2025-T4, after: [base]}}
"""
        )
    ).plan
    assert set(fixed(of)) == {"lease", "base", "begun"}
    say = Language("en").say
    assert {id: say(reason) for id, reason in fixed(of).items()} == {
        "lease": "it costs about the same each year until the plan's end",
        "base": "“Begun” comes after it, and is fixed",
        "begun": "it has begun",
    }
    dearer = changed(of, projects=(*of.projects[1:],))
    assert set(fixed(dearer)) == {"base", "begun"}


def test_a_cost_outside_the_years_does_not_hide_one_of_a_year_that_is_blank() -> None:
    """What is in no year yet, or before the plan, says nothing of a year that has no amount."""
    of = town(
        "id: later, title: Later, costs: {unplanned: 30 k€}",
        "id: blank, title: Blank, costs: {2025: }",
        "id: both, title: Both, costs: {2025: , unplanned: 30 k€}",
        "id: begun, title: Begun, costs: {before: 5 k€, 2026: }",
        "id: known, title: Known, costs: {2025: 1 k€, 2026: , unplanned: 30 k€}",
    )
    assert off(of) == {
        "begun": ["no cost of its years is stated"],
        "blank": ["no cost is stated"],
        "both": ["no cost of its years is stated"],
    }


def test_urgency_is_class_then_rank_then_start_and_never_the_order_of_lines() -> None:
    text = (
        HEAD
        + """
    recommendations:
      - {id: r1, class: 1, rank: 1, title: R1}
      - {id: r2, class: 1, rank: 2, title: R2}
      - {id: r3, class: 2, rank: 1, title: R3}
    projects:
      - {id: none, title: N, theme: a, quarters: 2025}
      - {id: second, title: S, theme: a, quarters: 2025, answers: [r2]}
      - {id: stated, title: T, theme: a, quarters: 2025, priority: 1}
      - {id: both, title: B, theme: a, quarters: 2025-T3, answers: [r3, r1]}
      - {id: first, title: F, theme: a, quarters: 2025-T2, answers: [r1]}
      - {id: waits, title: W, theme: a, quarters: 2026, answers: [r1], after: [useful]}
      - {id: useful, title: U, theme: a, quarters: 2025, answers: [r3]}
"""
    )
    listed = [project.id for project in by_urgency(plan(text))]
    assert listed == ["first", "both", "useful", "waits", "second", "stated", "none"]


# --- laws ---------------------------------------------------------------------------------------


@st.composite
def bounded_plans(draw: st.DrawFn) -> Plan:
    """Plans at random with ceilings, of which no envelope is below zero."""
    tree: dict[str, Any] = draw(trees(first_years=(2016,)))
    for theme in tree["themes"]:
        theme["envelope"] = {y: a.removeprefix("-") for y, a in theme["envelope"].items()}
    amounts = st.integers(0, 150_000).map(lambda euros: f"{euros} €")
    years = st.sampled_from(["2016", "2017", "2018"])
    tree["ceilings"] = {kind: draw(st.dictionaries(years, amounts)) for kind in KINDS}
    for project in tree["projects"]:
        project["priority"] = draw(st.sampled_from(["1", "2", "3"]))
    return plan_of(tree)


@given(bounded_plans())
def test_what_falls_without_a_project_is_what_dropping_it_takes_away(of: Plan) -> None:
    worked = worked_out(of).plan
    room = Room(worked)
    for project in of.projects:
        without = Room(applied(of, [scenario(drop=(project.id,))]).plan)
        falls = room.falls_without(project.id)
        for kind in KINDS:
            for year in worked.years.each():
                bound = Bound(kind, year)
                assert room.taken(bound) - without.taken(bound) == falls.get(bound, 0)


@given(bounded_plans())
def test_what_is_left_of_a_ceiling_is_what_the_verdict_goes_by(of: Plan) -> None:
    worked = worked_out(of).plan
    years = afford_years(worked)
    over = {Bound(kind, year.year) for year in years for kind, _, _ in year.gaps()}
    for year in years:
        for kind in year.ceilings:
            left = year.left(kind).amount
            assert left is not None
            assert (left.cents < 0) == (Bound(kind, year.year) in over)
        if year.net.amount is not None:
            assert year.net.amount.cents == Room(worked).taken(Bound("net", year.year))
    if not over:
        assert all(not each.over for each in shortage(worked).unfunded)


@given(bounded_plans())
def test_without_what_has_no_money_every_ceiling_holds(of: Plan) -> None:
    """But for those that what is fixed passes alone; and each would pass one if it came back."""
    worked = worked_out(of).plan
    found = shortage(worked)
    gone = tuple(each.project.id for each in found.unfunded if each.over)
    without = Room(applied(of, [scenario(drop=gone)]).plan)
    limits = ceilings(worked)
    aside = {each.bound for each in found.fixed}
    assert not without.passed(limits.keys() - aside, limits)
    assert all(each.amount.cents > 0 for one in found.unfunded for each in one.over)


@given(bounded_plans(), st.randoms())
def test_nothing_hangs_on_the_order_of_lines(of: Plan, random: Any) -> None:
    projects = list(of.projects)
    random.shuffle(projects)
    told = [
        [(each.project.id, each.over) for each in shortage(worked_out(one).plan).unfunded]
        for one in (of, changed(of, projects=tuple(projects)))
    ]
    assert told[0] == told[1]


def test_what_falls_without_a_project_changes_with_those_that_are_off() -> None:
    """Two projects of 60 cost 20 more than their envelope of 100, which is all that counts.

    Without one of them 60 are left of the 100; without the other, too, all of its 60 go.
    """
    of = worked_out(
        plan(
            HEAD.replace("title: A}", "title: A, envelope: {2025: 100 k€}}")
            + "    ceilings: {total: {2025: 100 k€}}\n    projects:\n"
            + "".join(f"      - {{theme: a, {costs(id, '60 k€')}}}\n" for id in ("pont", "quai"))
        )
    ).plan
    room, bound = Room(of), Bound("total", 2025)
    assert room.falls_without("pont")[bound] == 40_000_00
    room.take_off("quai")
    assert room.falls_without("pont")[bound] == 60_000_00
