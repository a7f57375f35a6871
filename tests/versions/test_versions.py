"""What a version's envelopes, receipts and running costs become: worked by hand, and laws."""

from __future__ import annotations

from collections import Counter, defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppi_cli.changes.difference import difference
from ppi_cli.figures.affordability import afford_years
from ppi_cli.figures.funding import FCTVA, receipts
from ppi_cli.figures.postings import running_postings, theme_years
from ppi_cli.figures.price import price
from ppi_cli.figures.totals import totals
from ppi_cli.plan.model import Plan
from ppi_cli.plan.pieces import changed
from ppi_cli.plan.scenarios import Scenario
from ppi_cli.reports.becoming import version_notes
from ppi_cli.values.money import Money
from ppi_cli.versions.choices import Choices, decided_version
from ppi_cli.versions.envelopes import following
from ppi_cli.versions.scenarios import applied, computed, done, worked_out
from ppi_cli.words.language import Language
from tests.any_plan import plans
from tests.any_version import savings, scenario, scenarios, scheduled, shift
from tests.plans import codes, plan

# --- by hand ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("envelope", "before", "after", "first", "now"),
    [
        (100, 100, 40, 0, 40),  # 60 of the 100 were for a project that goes
        (100, 60, 20, 0, 60),  # the 40 that nobody has split stay
        (100, None, 0, 0, 100),  # nothing is known: nothing changes
        (100, 60, 80, 0, 120),  # what is added comes on top
        (100, 60, 90, 30, 100),  # but a first cost: the 40 were for it too
        (100, 60, 120, 60, 120),  # and only what passes them is added
        (50, 100, 80, 0, 50),  # passed already, it does not grow
        (50, 100, 40, 0, 40),  # nor stay above what is left
        (50, 100, 120, 0, 50),
        (100, 60, 50, -10, 90),  # a sale is no cost that an envelope was for
    ],
)
def test_an_envelope_follows_its_projects(
    envelope: int, before: int | None, after: int, first: int, now: int
) -> None:
    assert following(envelope, before, after, first) == now


TOWN = """
    plan: {title: Plan de Vigneux, years: 2025..2028, presented: 2025-03-01, tax: incl}
    funders: [{id: region, title: Région}, {id: ville, title: Emprunt, own: yes}]
    themes:
      - {id: voirie, title: Voirie, envelope: {2025: 200 k€, 2026: 100 k€}}
      - {id: ecoles, title: Écoles}
    projects:
      - id: rue
        theme: voirie
        title: Rue
        quarters: 2025-T2..T4
        costs: [{year: 2025, amount: 150 k€, account: 2151}]
        funding:
          - {from: region, year: 2025, amount: 60 k€, status: granted}
          - {from: region, year: 2026, amount: 20 k€, until: 2026}
        running_costs:
          - {amount: 1 k€}
          - {amount: 4 k€, start: 2026, until: 2027}
      - {id: place, theme: voirie, title: Place, quarters: 2026}
      - id: creche
        theme: ecoles
        title: Crèche
        quarters: 2026
        costs:
          - {year: 2026, amount: 50 k€, account: 21313, indexed: yes, tax: excl, rate: 20 %}
          - {year: 2027, amount: }
    programmes:
      - id: ap
        title: AP Voirie
        projects: [rue]
        authorised: [{date: 2025-01-01, amount: 200 k€}]
        payments: {2025: 200 k€}
    indexation: {base: 2025, rate: 10 %}
    scenarios:
"""


def version(scenario: str = "", **asked: object) -> Plan:
    """A version of the town's plan: by a scenario, of which the text is given, or by options."""
    of = plan(TOWN + (scenario or "      []"))
    id = "s" if scenario else None
    return decided_version(of, Choices(id, **asked)).plan  # type: ignore[arg-type]


def euros(of: Plan, row: str) -> list[str | None]:
    figures = next(each for each in totals(of).rows if each.id == row).figures.values()
    return [None if f.amount is None else str(f.amount).removesuffix(".00") for f in figures]


def notes(of: Plan) -> list[str]:
    english = Language("en")
    return [english.say(n).replace("\u00a0", " ").replace("\u202f", " ") for n in version_notes(of)]


def paid(of: Plan) -> list[tuple[str, int, str, bool]]:
    return [(r.source, r.year, str(r.amount).removesuffix(".00"), r.assumed) for r in receipts(of)]


def test_a_project_that_goes_takes_its_money_and_its_funding_along() -> None:
    of = version(drops=("rue",))
    assert euros(of, "voirie") == ["50000", "100000", None, None]
    assert paid(of) == []
    assert running_postings(of) == []
    assert notes(of) == [
        "the envelope of Voirie follows the projects: 2025: 200 k€ → 50 k€",
        "the programme “AP Voirie” stays as it was voted, though its projects move or go",
    ]


def test_within_what_was_voted_is_another_question() -> None:
    of = version(drops=("rue",), keep_envelopes=True)
    assert euros(of, "voirie") == ["200000", "100000", None, None]
    assert notes(of)[0] == (
        "envelopes are kept as they were voted: they do not follow the projects"
    )


def test_who_pays_and_what_is_to_run_come_later_with_their_project() -> None:
    """Two years later: the second grant would come in 2028, and can come until 2026 only."""
    of = version(shifts={"rue": 8})
    assert euros(of, "voirie") == ["50000", "100000", "150000", None]
    assert paid(of) == [("region", 2027, "60000", True)]
    to_run = [(p.year, str(p.amount), p.assumed) for p in running_postings(of)]
    assert to_run == [(2028, "1000.00", False), (2028, "4000.00", True)]
    assert notes(of)[1:] == [
        "moved with “Rue”, as an assumption: Région, 60 k€: 2025 → 2027,"
        " running cost, 4 k€: 2026 → 2028",
        "! lost with “Rue”, since it would come too late: Région, 20 k€: 2026 → 2028",
        "the programme “AP Voirie” stays as it was voted, though its projects move or go",
    ]


def test_what_moves_comes_no_earlier_than_the_plan() -> None:
    of = version(shifts={"rue": -4})
    assert [year for _, year, _, _ in paid(of)] == [2025, 2025]


def test_what_was_over_when_the_plan_was_presented_stays() -> None:
    text = TOWN.replace("presented: 2025-03-01", "presented: 2026-03-01")
    of = decided_version(plan(text + "      []"), Choices(shifts={"rue": 4})).plan
    assert [year for _, year, _, _ in paid(of)] == [2025]  # and the other one is lost


def test_a_project_without_a_known_cost_changes_no_figure() -> None:
    for asked in ({"drops": ("place",)}, {"shifts": {"place": 4}}):
        of = version(**asked)
        assert euros(of, "voirie") == ["200000", "100000", None, None]
        (note,) = notes(of)
        assert note.startswith("no cost of “Place” is known: no figure changes")


@pytest.mark.parametrize("cost", ["{years: 2025..2026, each_year: 6 k€}", "{2025: 6 k€}"])
def test_a_cost_of_several_years_is_a_known_one(cost: str) -> None:
    of = plan(f"""
        plan: {{title: T, years: 2025..2027, tax: incl}}
        themes: [{{id: t, title: T}}]
        projects: [{{id: p, theme: t, title: P, quarters: 2025, costs: {cost}}}]
        """)
    made = decided_version(of, Choices(drops=("p",))).plan
    assert list(version_notes(made)) == []


def test_a_first_cost_is_taken_from_what_the_envelope_holds_for_it() -> None:
    of = version("      - {id: s, change: [{project: place, costs: {2025: 30 k€, 2026: 120 k€}}]}")
    # 50 k€ of 2025 are not split: 30 of them are the square's; 2026 holds 100 for what costs 120
    assert euros(of, "voirie") == ["200000", "120000", None, None]


def test_what_a_scenario_says_of_an_envelope_holds_whatever_else_it_does() -> None:
    text = """
      - id: s
        drop: [rue]
        change: [{theme: voirie, envelope: {2025: 180 k€}}]
"""
    assert euros(version(text), "voirie") == ["180000", "100000", None, None]


def test_a_percentage_changes_the_envelope_first() -> None:
    text = "      - {id: s, drop: [rue], change: [{theme: voirie, percent: 10 %}]}"
    assert euros(version(text), "voirie") == ["70000", "110000", None, None]  # 220 - 150


def test_a_cost_of_a_scenario_is_what_the_one_before_it_was() -> None:
    """60 k€ without taxes of 20 %, in prices of 2026: 72 and then 79.2 k€, as an investment."""
    of = version("      - {id: s, change: [{project: creche, costs: {2026: 60 k€}}]}")
    assert euros(of, "ecoles") == [None, "79200", None, None]
    (cost, _) = next(p for p in of.projects if p.id == "creche").costs[::-1]
    assert (cost.account, cost.in_section) == ("21313", "investment")


def test_where_those_before_it_differ_it_says_itself_what_it_is() -> None:
    text = TOWN.replace(
        "{year: 2025, amount: 150 k€, account: 2151}",
        "{year: 2025, amount: 100 k€, account: 2151}, {year: 2025, amount: 50 k€, account: 6156}",
    )
    said = "      - {id: s, change: [{project: rue, costs: {2025: %s}}]}"
    assert codes(text + said % "90 k€") == ["PPI205"]
    assert codes(text + said % "{amount: 90 k€, account: 2151}") == []


def test_an_exception_that_only_a_scenario_needs_is_of_use() -> None:
    text = (
        TOWN
        + """
      - {id: s, title: Tard, change: [{project: rue, shift: 12, reason: budget}]}
    priority_classes: [{class: 1, title: Urgent, start_within: 4}]
    exceptions: [{rule: PPI303, project: rue, reason: le budget}]
"""
    )
    text = text.replace("        title: Rue\n", "        title: Rue\n        priority: 1\n")
    assert codes(text) == []
    assert codes(text.replace("shift: 12", "shift: 1")) == ["PPI124"]


def test_a_grant_ends_no_sooner_than_it_comes() -> None:
    assert codes(TOWN.replace("until: 2026}", "until: 2025}") + "      []") == ["PPI202"]


# --- laws ---------------------------------------------------------------------------------------


def plans_of_laws() -> st.SearchStrategy[Plan]:
    """Plans at random, of which no envelope is below zero."""
    return plans().filter(
        lambda of: all(a.amount.cents >= 0 for t in of.themes for a in t.envelope.values())
    )


def with_beyond(of: Plan) -> dict[tuple[str, int], int]:
    """The figure of each theme and year, and what is beyond its envelope, in cents."""
    return {
        (figure.theme.id, figure.year): figure.counted.cents + figure.excess.cents
        for figure in theme_years(of)
        if figure.counted is not None
    }


def known(of: Plan) -> dict[tuple[str, int], int]:
    """The known costs of each theme and year, those beside an envelope too, in cents."""
    sums: dict[tuple[str, int], int] = defaultdict(int)
    for project in of.projects:
        for cost in project.costs:
            if cost.amount is not None and cost.in_year is not None:
                sums[project.theme, cost.in_year] += cost.amount.cents
    return sums


def both(plan: Plan, scenario: Scenario) -> tuple[Plan, Plan]:
    return worked_out(plan).plan, applied(plan, [scenario]).plan


@given(st.data())
def test_what_a_version_costs_more_is_what_its_costs_are_more(data: st.DataObject) -> None:
    """In each theme and year; above the envelope or below it."""
    of = data.draw(plans_of_laws())
    before, after = both(of, data.draw(scenarios(of)))
    were, are = with_beyond(before), with_beyond(after)
    cost, costs = known(before), known(after)
    for key in {*were, *are}:
        more = are.get(key, 0) - were.get(key, 0)
        assert more == costs.get(key, 0) - cost.get(key, 0)


@given(st.data())
def test_a_shift_costs_and_brings_the_same_over_all_years(data: st.DataObject) -> None:
    of = changed(data.draw(plans_of_laws()), indexation=None)
    of = changed(
        of,
        projects=tuple(
            changed(p, costs=tuple(changed(c, indexed=False) for c in p.costs)) for p in of.projects
        ),
    )
    moved = scenario(*(shift(p.id, data.draw(st.integers(-9, 9))) for p in scheduled(of)))
    before, after = both(of, moved)
    assert sum(with_beyond(before).values()) == sum(with_beyond(after).values())
    assert granted(before) == granted(after)


def granted(of: Plan) -> int:
    """What funders pay, but for the VAT fund, over all years."""
    return sum(each.amount.cents for each in receipts(of) if each.source != FCTVA)


def by_year(of: Plan) -> dict[tuple[str, int, bool], int]:
    """What each funder pays in a year, stated and assumed, but for nothing."""
    found: Counter[tuple[str, int, bool]] = Counter()
    for each in receipts(of):
        found[each.source, each.year, each.assumed] += each.amount.cents
    return {key: cents for key, cents in found.items() if cents}


@given(plans_of_laws(), st.integers(-9, 9))
def test_a_shift_and_back_is_the_plan_again(of: Plan, quarters: int) -> None:
    there, back = (
        scenario(*(shift(p.id, sign * quarters) for p in scheduled(of))) for sign in (1, -1)
    )
    before, after = worked_out(of).plan, applied(of, [there, back]).plan
    assert with_beyond(before) == with_beyond(after)
    assert by_year(before) == by_year(after)
    if not any(figure.excess.cents for figure in theme_years(before)):
        figures = [
            [f.amount for f in totals(each).total.figures.values()] for each in (before, after)
        ]
        assert figures[0] == figures[1]


@given(st.data())
def test_where_nothing_costs_more_no_figure_is_higher(data: st.DataObject) -> None:
    of = data.draw(plans_of_laws())
    positive = all(
        cost.written is None or cost.written.cents >= 0 for p in of.projects for cost in p.costs
    )
    before, after = both(of, data.draw(savings(of)))
    for was, is_ in zip(theme_years(before), theme_years(after), strict=True):
        if positive and was.counted is not None and is_.counted is not None:
            assert is_.counted <= was.counted


@given(st.data())
def test_every_report_says_the_same_of_a_version(data: st.DataObject) -> None:
    of = data.draw(plans_of_laws())
    version = applied(of, [data.draw(scenarios(of))]).plan
    found, told = totals(version), price(version)
    assert told.total.cents == (found.total.total.amount.cents if found.total.total.amount else 0)
    need = sum(year.need.amount.cents for year in afford_years(version) if year.need.amount)
    assert told.in_all.cents == need
    by_source = totals(version, "source").total.total.amount
    assert told.total == (by_source or Money(0))


@given(st.data())
def test_the_effects_of_a_version_sum_to_what_it_changes(data: st.DataObject) -> None:
    """Also on known costs and on what is to run; an envelope that follows is no change."""
    of = data.draw(plans_of_laws())
    made = done(of, [data.draw(scenarios(of))])
    before, after = worked_out(of).plan, computed(made.version).plan
    object.__setattr__(after, "version", made.becoming)
    found = difference(before, after, of_one_plan=True)
    assert {y: m.cents for y, m in found.effects.items()} == _apart(before, after)
    assert not any(change.kind == "envelope" for _, change in found.changes)
    more = sum(known(after).values()) - sum(known(before).values())
    assert sum(amount.cents for amount in found.known.values()) == more
    to_run = (sum(p.amount.cents for p in running_postings(each)) for each in (after, before))
    assert sum(amount.cents for amount in found.running.values()) == next(to_run) - next(to_run)


def _apart(before: Plan, after: Plan) -> dict[int, int]:
    sums: dict[int, int] = defaultdict(int)
    for sign, of in ((-1, before), (1, after)):
        for figure in theme_years(of):
            sums[figure.year] += sign * (figure.counted.cents if figure.counted else 0)
    return {year: cents for year, cents in sorted(sums.items()) if cents}
