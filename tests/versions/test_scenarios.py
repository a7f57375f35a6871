"""Scenarios and what options ask for: figures worked by hand, and laws of there and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppi_cli.changes.difference import difference
from ppi_cli.figures.postings import theme_years
from ppi_cli.figures.totals import totals
from ppi_cli.plan.model import Plan
from ppi_cli.plan.pieces import changed
from ppi_cli.plan.reading import Choice
from ppi_cli.plan.scenarios import Scenario, ScenarioChange
from ppi_cli.values.errors import PpiError
from ppi_cli.values.money import ZERO
from ppi_cli.versions.choices import Choices, decided_version
from ppi_cli.versions.costs import written_out
from ppi_cli.versions.scenarios import applied, done, worked_out
from ppi_cli.words.language import Language
from tests.any_plan import plans
from tests.plans import codes, plan

TOWN = """
    plan: {title: Plan de Vigneux, years: 2016..2018}
    themes:
      - {id: ecoles, title: Écoles}
      - {id: voirie, title: Voirie, envelope: {2016: 100 k€, 2017: 80 k€}}
    projects:
      - id: cantine
        theme: ecoles
        title: Cantine
        quarters: 2016-T3..2017-T2
        costs: [{year: 2016, amount: 80 k€}, {quarter: 2017-T1, amount: 9 k€}]
      - id: preau
        theme: ecoles
        title: Préau
        after: [cantine]
        costs: [{year: 2018, amount: 10 k€}]
    scenarios:
"""


def figures(text: str, scenario: str | None = None, **asked: object) -> dict[str, list[str | None]]:
    """The totals of each theme by year, in euros, of a version of a plan."""
    of = plan(TOWN + text)
    version = decided_version(of, Choices(scenario, **asked)).plan  # type: ignore[arg-type]
    return {
        row.id: [
            None if figure.amount is None else str(figure.amount).removesuffix(".00")
            for figure in row.figures.values()
        ]
        for row in totals(version).rows
    }


def test_a_project_comes_later_and_its_costs_with_it() -> None:
    """A year's cost goes quarter by quarter: 40 k€ in T3 and in T4 of 2016, two quarters on."""
    text = "      - {id: tard, change: [{project: cantine, shift: 2 quarters}]}"
    assert figures(text, "tard")["ecoles"] == [None, "89000", "10000"]
    text = "      - {id: tard, change: [{project: cantine, shift: 1 quarter}]}"
    assert figures(text, "tard")["ecoles"] == ["40000", "49000", "10000"]


def test_by_a_whole_year_a_cost_stays_that_of_a_year() -> None:
    text = "      - {id: tard, change: [{project: cantine, start: 2017-T3}]}"
    assert figures(text, "tard")["ecoles"] == [None, "80000", "19000"]


def test_to_start_when_it_starts_changes_nothing() -> None:
    text = "      - {id: tard, change: [{project: cantine, start: 2016-T3}]}"
    assert figures(text, "tard") == figures(text)


def test_a_project_lasts_longer_for_the_same_money() -> None:
    """40, 40, 9 and 0 k€ in four quarters become 20, 20, 20, 20, 4.5, 4.5, 0 and 0 in eight."""
    text = "      - {id: long, change: [{project: cantine, stretch: 4 quarters}]}"
    assert figures(text, "long")["ecoles"] == ["40000", "49000", "10000"]


@pytest.mark.parametrize(
    ("does", "told"),
    [
        ("shift: 1 quarter", "1 quarter later"),
        ("shift: 2 quarters", "2 quarters later"),
        ("shift: -1 quarter", "1 quarter earlier"),
        ("shift: -2 quarters", "2 quarters earlier"),
        ("stretch: 1 quarter", "1 quarter longer"),
        ("stretch: 2 quarters", "2 quarters longer"),
        ("stretch: -1 quarter", "1 quarter shorter"),
        ("stretch: -2 quarters", "2 quarters shorter"),
    ],
)
def test_how_a_project_has_moved_is_said_of_its_costs(does: str, told: str) -> None:
    of = plan(TOWN + f"      - {{id: essai, change: [{{project: cantine, {does}}}]}}")
    version = Choices("essai").version(of)
    costs = range(len(version.plan.projects[0].costs))
    steps = [s for j in costs for s in version.steps_of(("projects", 0, "costs", j))]
    assert told in {Language("en").say(step) for step in steps}


def test_an_amount_is_of_the_kind_of_those_that_count() -> None:
    """What depends on a variant that is not chosen says nothing about a cost."""
    text = """
    plan: {title: Plan de Vigneux, years: 2016..2018}
    themes: [{id: ecoles, title: Écoles}]
    targets:
      - id: repas
        title: Repas
        variants: [{id: cuits, title: Cuits sur place}, {id: livres, title: Livrés}]
        chosen: cuits
    projects:
      - id: cantine
        theme: ecoles
        title: Cantine
        costs:
          - {year: 2016, amount: 10 k€, section: investment, when: repas.cuits}
          - {year: 2016, amount: 12 k€, section: operating, when: repas.livres}
    scenarios:
      - {id: moins, change: [{project: cantine, costs: {2016: 9 k€}}]}
"""
    assert codes(text) == []
    (cost,) = Choices("moins").version(plan(text)).plan.projects[0].costs
    assert (str(cost.amount), cost.section) == ("9000.00", "investment")
    assert codes(text.replace("chosen: cuits", "")) == ["PPI205"]


def test_what_a_scenario_cannot_do_is_told_once_though_others_build_on_it() -> None:
    text = """
      - {id: x, change: [{project: preau, shift: 1 quarter}]}
      - {id: y, based_on: x}
      - {id: z, based_on: y}
"""
    assert codes(TOWN + text) == ["PPI205"]


def test_costs_and_envelopes_change_by_percent_or_are_replaced() -> None:
    text = """
      - id: moins
        change:
          - {project: cantine, percent: -10 %}
          - {theme: voirie, percent: "+2,5 %"}
      - id: autre
        change:
          - {project: cantine, costs: {2016: 50 k€}}
          - {theme: voirie, envelope: {2018: 30 k€}}
"""
    assert figures(text, "moins") == {
        "ecoles": ["72000", "8100", "10000"],
        "voirie": ["102500", "82000", None],
    }
    assert figures(text, "autre") == {
        "ecoles": ["50000", "9000", "10000"],
        "voirie": ["100000", "80000", "30000"],
    }


def test_a_percentage_of_what_is_not_stated_is_not_stated() -> None:
    """10 % more than 80 k€ of 2016 are 88 k€; of the blank of 2018 nothing is known."""
    blank = TOWN.replace(
        "{year: 2018, amount: 10 k€}", "{year: 2017, amount: 80 k€}, {year: 2018, amount: }"
    )
    text = "      - {id: dear, change: [{project: preau, percent: 10 %}]}"
    version = decided_version(plan(blank + text), Choices("dear")).plan
    (preau,) = (each for each in version.projects if each.id == "preau")
    assert [each.amount and str(each.amount) for each in preau.costs] == ["88000.00", None]


def test_a_project_that_is_added_costs_nothing_in_a_year_that_is_closed() -> None:
    """Of the hall's 10 k€ of 2025 and 20 k€ of 2026, 2026 has its 20 k€ beside 50 k€ of a roof."""
    closed = plan(
        """
        plan: {title: P, years: 2025..2027, tax: incl}
        themes: [{id: t, title: T}]
        projects: [{id: roof, theme: t, title: Roof, costs: {2025: 100 k€, 2026: 50 k€}}]
        execution: [{year: 2025, closed: yes, lines: [{project: roof, paid: 90 k€}]}]
        scenarios:
          - id: more
            add: [{id: hall, theme: t, title: Hall, costs: {2025: 10 k€, 2026: 20 k€}}]
        """
    )
    version = decided_version(closed, Choices("more", executed=True)).plan
    (row,) = totals(version).rows
    assert [str(row.figures[year].amount) for year in ("2025", "2026")] == ["90000.00", "70000.00"]


def test_loans_have_no_other_terms_where_what_the_town_owes_is_not_stated() -> None:
    text = "      - {id: cheap, new_loans: {rate: 1 %}}"
    assert codes(TOWN + text) == ["PPI205"]


def test_a_project_is_left_out_with_what_names_it_and_another_is_added() -> None:
    text = """
      - id: sans
        drop: [cantine]
        add: [{id: cuisine, theme: ecoles, title: Cuisine, costs: [{year: 2017, amount: 5 k€}]}]
"""
    assert figures(text, "sans")["ecoles"] == [None, "5000", "10000"]
    version = decided_version(plan(TOWN + text), Choices("sans")).plan
    assert [(p.id, p.after) for p in version.projects] == [("preau", ()), ("cuisine", ())]


VARIANTS = """
    targets: [{id: parc, title: Parc, variants: [{id: achat, title: A}, {id: bail, title: B}]}]
    projects:
      - id: postes
        theme: ecoles
        title: Postes
        quarters: 2016..2018
        costs:
          - {year: 2016, amount: 90 k€, when: parc.achat}
          - {year: 2016, amount: 30 k€, when: parc.bail}
"""
WITH_VARIANTS = TOWN.replace(", envelope: {2016: 100 k€, 2017: 80 k€}", "").replace(
    "    projects:\n", VARIANTS.removeprefix("\n")
)


def of_each_variant(change: str, text: str = WITH_VARIANTS) -> tuple[str | None, str | None]:
    """What the schools cost in 2016 with each variant, in a scenario that changes the computers."""
    of = plan(f"{text}      - {{id: s, change: [{change}]}}")
    asked = (Choices("s", (Choice("parc", id),)) for id in ("achat", "bail"))
    found = (totals(decided_version(of, each).plan).rows[0].figures["2016"] for each in asked)
    achat, bail = (None if f.amount is None else str(f.amount).removesuffix(".00") for f in found)
    return achat, bail


def test_a_cost_of_a_scenario_is_of_the_variant_of_the_costs_that_it_replaces() -> None:
    """Beside 80 k€ of the canteen: 90 k€ bought or 30 k€ rented."""
    assert of_each_variant("{project: cantine, percent: 0 %}") == ("170000", "110000")
    both = (
        "{project: postes, costs: {2016: {amount: 95 k€, when: parc.achat}}},"
        " {project: postes, costs: {2016: {amount: 35 k€, when: parc.bail}}}"
    )
    assert of_each_variant(both) == ("175000", "115000")
    only = WITH_VARIANTS.replace("          - {year: 2016, amount: 30 k€, when: parc.bail}\n", "")
    assert of_each_variant("{project: postes, costs: {2016: 95 k€}}", only) == ("175000", "80000")
    assert of_each_variant("{project: postes, costs: {2017: 5 k€}}", only) == ("170000", "80000")


def test_with_a_variant_chosen_the_other_keeps_its_costs() -> None:
    chosen = WITH_VARIANTS.replace("title: Parc,", "title: Parc, chosen: achat,")
    assert of_each_variant("{project: postes, costs: {2016: 95 k€}}", chosen) == (
        "175000",
        "110000",
    )


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ("", "", ["PPI205"]),
        ("when: parc.bail", "label: always", ["PPI205"]),
        ("title: Parc,", "title: Parc, chosen: achat,", []),
        ("id: s,", "id: s, choose: {parc: bail},", []),
        ("95 k€", "{amount: 95 k€, when: parc.bail}", []),
        ("95 k€", "{amount: 95 k€, when: parc.achats}", ["PPI111"]),
    ],
)
def test_it_says_which_variant_where_those_of_the_year_differ(
    before: str, after: str, found: list[str]
) -> None:
    text = WITH_VARIANTS + "      - {id: s, change: [{project: postes, costs: {2016: 95 k€}}]}"
    assert codes(text.replace(before, after)) == found


def test_what_is_said_of_a_variant_that_is_not_chosen_is_said_with_it() -> None:
    text = WITH_VARIANTS.replace("title: Parc,", "title: Parc, chosen: bail,").replace(
        "          - {year: 2016, amount: 30 k€, when: parc.bail}\n", ""
    )
    said = "      - {id: s, change: [{project: postes, costs: {2016: %s}}]}"
    assert codes(text + said % "95 k€") == ["PPI205"]
    assert codes(text + said % "{amount: 95 k€, when: parc.achat}") == []


def test_a_variant_on_which_only_a_scenario_depends_is_chosen_too() -> None:
    """As written, the plan has figures; in the scenario, buying and renting differ."""
    text = TOWN + "      - {id: s, change: [{project: cantine, costs: {2017: %s}}]}"
    of = plan(
        text % "{amount: 5 k€, when: parc.achat}"
        + "\n    targets: [{id: parc, title: Parc, variants: [{id: achat, title: Achat}]}]"
    )
    assert decided_version(of, Choices()).plan.projects
    with pytest.raises(PpiError, match="depend on a variant"):
        decided_version(of, Choices("s"))
    assert decided_version(of, Choices("s", (Choice("parc", "achat"),))).plan.projects


def test_scenarios_build_on_one_another() -> None:
    text = """
      - {id: tard, change: [{project: cantine, shift: 2 quarters}]}
      - {id: tard-et-moins, based_on: tard, change: [{project: cantine, percent: -50 %}]}
"""
    assert figures(text, "tard-et-moins")["ecoles"] == [None, "44500", "10000"]


def test_options_come_after_the_scenario() -> None:
    text = "      - {id: tard, change: [{project: cantine, shift: 2 quarters}]}"
    assert figures(text, "tard", shifts={"cantine": -2})["ecoles"] == ["80000", "9000", "10000"]
    assert figures(text, "tard", drops=("preau",))["ecoles"] == [None, "89000", None]


def test_what_goes_on_after_the_plan_has_years_of_its_own() -> None:
    text = "      - {id: tard, change: [{project: cantine, start: 2019-T1}]}"
    version = decided_version(plan(TOWN + text), Choices("tard")).plan
    assert version.years == (2016, 2019)
    assert figures(text, "tard")["ecoles"] == [None, None, "10000", "89000"]


@pytest.mark.parametrize(
    ("asked", "message", "hint"),
    [
        (Choices("tardd"), "no scenario has the id “{id}”", "tard"),
        (Choices(drops=("cantin",)), "no project has the id “{id}”", "cantine"),
        (Choices(shifts={"preau": 1}), "“{id}” has no quarters to change", None),
        (Choices(variants=(Choice("parc", "x"),)), "no target has the id “{id}”", None),
        (Choices(variants=(Choice("repas", "x"),)), "{target} has no variant “{id}”", None),
    ],
)
def test_what_the_plan_has_not_is_an_error(asked: Choices, message: str, hint: str | None) -> None:
    text = TOWN + "      - {id: tard, change: [{project: cantine, shift: 2 quarters}]}"
    variants = "variants: [{id: cuits, title: Cuits}, {id: livres, title: Livrés}]"
    of = plan(f"{text}\n    targets: [{{id: repas, title: Repas, {variants}}}]")
    with pytest.raises(PpiError) as error:
        asked.version(of)
    assert error.value.message.text == message
    assert error.value.hint is None or error.value.hint.values.get("name") == hint


def test_a_scenario_is_checked_as_a_part_of_the_plan() -> None:
    def found(text: str) -> list[str]:
        return codes(TOWN + "      - " + text)

    assert found("{id: x, change: [{project: cantin, shift: 1 quarter}]}") == ["PPI111"]
    assert found("{id: x, change: [{project: preau, shift: 1 quarter}]}") == ["PPI205"]
    assert found("{id: x, change: [{project: cantine}]}") == ["PPI118"]
    assert found("{id: x, based_on: x}") == ["PPI117"]
    assert found("{id: x, based_on: y}") == ["PPI111"]


# --- laws ---------------------------------------------------------------------------------------


def scenario(**does: object) -> Scenario:
    return changed(Scenario(id="essai"), **does)


def shift(project: str, quarters: int) -> ScenarioChange:
    return changed(ScenarioChange(project=project), shift=quarters)


def within_envelopes() -> st.SearchStrategy[Plan]:
    """Plans at random of which no envelope is passed: those follow there and back."""

    def is_within(of: Plan) -> bool:
        figures = theme_years(worked_out(of).plan)
        return all(f.envelope is None or (f.costs or ZERO) <= f.envelope >= ZERO for f in figures)

    return plans().filter(is_within)


@given(plans())
def test_a_scenario_that_does_nothing_changes_nothing(of: Plan) -> None:
    assert difference(worked_out(of).plan, applied(of, [scenario()]).plan).groups == ()


@given(within_envelopes(), st.integers(-12, 12))
def test_a_shift_and_its_inverse_are_the_plan_again(of: Plan, quarters: int) -> None:
    there = scenario(change=tuple(shift(p.id, quarters) for p in of.projects))
    back = scenario(change=tuple(shift(p.id, -quarters) for p in of.projects))
    assert difference(worked_out(of).plan, applied(of, [there, back]).plan).groups == ()


@given(plans(), st.integers(-12, 12))
def test_a_shift_costs_nothing_and_saves_nothing(of: Plan, quarters: int) -> None:
    there = scenario(change=tuple(shift(p.id, quarters) for p in of.projects))
    of = written_out(of).plan
    for before, after in zip(of.projects, done(of, [there]).plan.projects, strict=True):
        assert _sum(before.costs) == _sum(after.costs)


@given(plans(), st.integers(-3, 8))
def test_a_stretch_costs_nothing_and_saves_nothing(of: Plan, quarters: int) -> None:
    longer = scenario(
        change=tuple(changed(ScenarioChange(project=p.id), stretch=quarters) for p in of.projects)
    )
    of = written_out(of).plan
    for before, after in zip(of.projects, done(of, [longer]).plan.projects, strict=True):
        assert _sum(before.costs) == _sum(after.costs)


@given(within_envelopes())
def test_a_project_that_is_left_out_and_added_again_is_no_change(of: Plan) -> None:
    without = scenario(drop=tuple(p.id for p in of.projects))
    again = scenario(add=of.projects)
    assert difference(worked_out(of).plan, applied(of, [without, again]).plan).groups == ()


def _sum(costs: object) -> int:
    assert isinstance(costs, tuple)
    return sum(cost.amount.cents for cost in costs if cost.amount is not None)
