"""The difference of two versions: changes worked by hand, and the laws that hold for any two."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import given

from ppi_cli.changes.difference import Change, Difference, difference, summed, yearly_totals
from ppi_cli.changes.matching import likeness_of_texts, matched
from ppi_cli.plan.finance import Theme
from ppi_cli.plan.model import Plan
from ppi_cli.values.money import Money
from ppi_cli.words.language import Language
from tests.any_plan import plans
from tests.conftest import Result
from tests.plans import examined, plan

ENGLISH = Language("en")

BEFORE = """
    plan: {title: Plan de Vigneux, years: 2016..2018}
    themes:
      - {id: ecoles, title: Écoles}
      - {id: voirie, title: Voirie, envelope: {2016: 100 k€, 2017: 80 k€}}
    priority_classes: [{class: 1, title: Urgent}, {class: 2, title: Utile}]
    projects:
      - id: cantine
        theme: ecoles
        title: Cantine
        priority: 1
        quarters: 2016-T2..T4
        costs: [{year: 2016, amount: 80 k€}]
      - id: enrobes
        theme: voirie
        title: Enrobés
        priority: 2
        quarters: 2016-T3..2017-T2
        costs: [{year: 2016, amount: 60 k€}]
"""


def changes(before: str, after: str) -> list[str]:
    """What has changed from one text to another, a line each, as people read it."""
    return [*_told(difference(plan(before), plan(after)))]


def _told(found: Difference) -> Iterator[str]:
    for group, change in found.changes:
        effects = {year: str(money) for year, money in change.effects.items()}
        old, new = ENGLISH.show(change.old), ENGLISH.show(change.new)
        line = f"{group.id}: {change.kind}: {ENGLISH.say(change.what)}: {old} → {new}"
        line += f" {effects}" if effects else ""
        yield line.replace("\u00a0", " ").replace("\u202f", " ")


def edited(*pairs: tuple[str, str]) -> str:
    text = BEFORE
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return text


# --- what has changed, by hand ------------------------------------------------------------------


def test_nothing_has_changed_from_a_plan_to_itself() -> None:
    assert changes(BEFORE, BEFORE) == []


def test_order_comments_and_layout_are_no_change() -> None:
    themes, _, projects = BEFORE.partition("    priority_classes:")
    head, _, listed = themes.partition("    themes:")
    ecoles, voirie = listed.strip().split("\n")
    other = (
        f"{head}    # les thèmes\n    themes:\n\n{voirie}\n      {ecoles}\n    priority_classes:"
    )
    assert changes(BEFORE, other + projects) == []


def test_a_cost_that_counts_has_its_effect_on_the_year() -> None:
    after = edited(("80 k€}]", "96 k€}]"))
    assert changes(BEFORE, after) == [
        "cantine: amount: cost 2016: 80 k€ → 96 k€ {2016: '16000.00'}"
    ]


def test_a_cost_below_an_envelope_has_none() -> None:
    after = edited(("60 k€}]", "70 k€}]"))
    assert changes(BEFORE, after) == ["enrobes: amount: cost 2016: 60 k€ → 70 k€"]


def test_an_envelope_that_is_changed_counts_alone() -> None:
    after = edited(("2016: 100 k€", "2016: 120 k€"))
    assert changes(BEFORE, after) == [
        "voirie: envelope: envelope 2016: 100 k€ → 120 k€ {2016: '20000.00'}"
    ]


def test_an_envelope_that_is_taken_away_leaves_the_costs() -> None:
    after = edited(("{2016: 100 k€, 2017: 80 k€}", "{2017: 80 k€}"))
    assert changes(BEFORE, after) == [
        # 100 k€ counted before, and now the 60 k€ of the project
        "voirie: envelope: envelope 2016: 100 k€ → — {2016: '-40000.00'}"
    ]


def test_not_stated_is_not_zero() -> None:
    after = edited(("title: Écoles}", "title: Écoles, envelope: {2018: 0 €}}"))
    assert changes(BEFORE, after) == ["ecoles: envelope: envelope 2018: — → 0 €"]


def test_that_an_amount_becomes_an_assumption_is_a_change() -> None:
    after = edited(("amount: 80 k€", "amount: 80 k€, basis: assumed"))
    assert changes(BEFORE, after) == ["cantine: amount: cost 2016: 80 k€ → 80 k€*"]


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        # granted, and two quarters later in the same year
        ("quarter: 2016-T2", "quarter: 2016-T4, status: granted",
         ["funding by DETR, 2016: status: requested → granted"]),
        # granted, and in another year
        ("quarter: 2016-T4", "year: 2017, status: granted",
         ["funding by DETR, 2016: 8 k€ → —", "funding by DETR, 2017: — → 8 k€",
          "funding by DETR: status: requested → granted"]),
        ("year: 2016, until: 2017", "year: 2016, source: arrêté 3",
         ["funding by DETR, 2016: until: 2017 → —", "funding by DETR, 2016: source: — → arrêté 3"]),
        ("year: 2016", "quarter: 2016-T3", []),
    ],
)  # fmt: skip
def test_whether_money_is_granted_is_told_whenever_it_comes(
    before: str, after: str, told: list[str]
) -> None:
    funded = BEFORE + "        funding: [{from: detr, amount: 8 k€, WHEN}]\n"
    funded += "    funders: [{id: detr, title: DETR}]\n"
    found = changes(*(funded.replace("WHEN", each) for each in (before, after)))
    assert found == [f"enrobes: value: {each}" for each in told]


def test_a_bar_moves_and_grows() -> None:
    after = edited(("2016-T2..T4", "2016-T4..2017-T3"))
    assert changes(BEFORE, after) == [
        "cantine: schedule: quarters: 2 quarters later, 1 quarter longer:"
        " Q2–Q4 2016 → Q4 2016 – Q3 2017"
    ]


def test_a_class_and_a_title() -> None:
    after = edited(
        ("title: Cantine\n        priority: 1", "title: La cantine\n        priority: 2")
    )
    assert changes(BEFORE, after) == [
        "cantine: value: title: Cantine → La cantine",
        "cantine: class: class: 1 → 2",
    ]


def test_a_project_is_dropped_and_another_added() -> None:
    after = edited(
        ("id: cantine", "id: gymnase"), ("title: Cantine", "title: Gymnase"), ("80 k€}]", "30 k€}]")
    )
    assert changes(BEFORE, after) == [
        "gymnase: added: project: — → 30 k€ {2016: '30000.00'}",
        "cantine: dropped: project: 80 k€ → — {2016: '-80000.00'}",
    ]


def test_a_project_with_another_id_is_known_by_its_title_and_content() -> None:
    found = difference(plan(BEFORE), plan(edited(("id: cantine", "id: cantine-2"))))
    assert [*_told(found)] == ["cantine-2: value: id: cantine → cantine-2"]
    after = edited(("id: cantine", "id: cantine-2"), ("title: Cantine", "title: Cantine neuve"))
    (group,) = difference(plan(BEFORE), plan(after)).groups
    assert (group.id, group.was) == ("cantine-2", "cantine")


def test_a_project_that_is_split_keeps_its_id_in_one_part() -> None:
    parts = """
      - id: cantine
        theme: ecoles
        title: Cantine
        priority: 1
        quarters: 2016-T2..T4
        costs: [{year: 2016, amount: 50 k€}]
      - {id: cuisine, theme: ecoles, title: Cuisine, costs: [{year: 2016, amount: 30 k€}]}
"""
    text = edited()
    head, _, rest = text.partition("      - id: cantine\n")
    enrobes = "      - id: enrobes" + rest.partition("      - id: enrobes")[2]
    assert changes(BEFORE, head + parts.lstrip("\n") + enrobes) == [
        "cantine: amount: cost 2016: 80 k€ → 50 k€ {2016: '-30000.00'}",
        "cuisine: added: project: — → 30 k€ {2016: '30000.00'}",
    ]


def test_a_project_that_moves_below_an_envelope_does_not_count_any_more() -> None:
    after = edited(("theme: ecoles", "theme: voirie"))
    assert changes(BEFORE, after) == ["cantine: theme: theme: Écoles → Voirie {2016: '-80000.00'}"]


def test_a_theme_that_is_renamed_takes_its_projects_along() -> None:
    after = edited(("id: ecoles", "id: ecoles-2"), ("theme: ecoles", "theme: ecoles-2"))
    assert changes(BEFORE, after) == ["ecoles-2: value: id: ecoles → ecoles-2"]


def test_what_comes_after_a_renamed_project_comes_after_it_still() -> None:
    before = edited(
        ("quarters: 2016-T3..2017-T2", "quarters: 2017-T1..T2\n        after: [cantine]")
    )
    after = before.replace("id: cantine", "id: cantine-2").replace("[cantine]", "[cantine-2]")
    assert changes(before, after) == ["cantine-2: value: id: cantine → cantine-2"]


def test_spans_that_follow_one_another_are_one() -> None:
    assert changes(BEFORE, edited(("2016-T2..T4", "[2016-T2..T3, 2016-T4]"))) == []


EXPLAINED = BEFORE.replace(
    "    themes:",
    """    targets:
      - id: g
        title: Repas
        variants: [{id: v, title: Sur place}, {id: w, title: Livrés}]
        chosen: v
    context: [{title: Moyens, items: ["252 PC"]}]
    scenarios: [{id: s, title: Sans, drop: [cantine]}]
    rules: {PPI406: error}
    exceptions: [{rule: PPI404, theme: ecoles, year: 2018, reason: à chiffrer}]
    themes:""",
    1,
)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("252 PC", "9 PC", "Moyens: value: content: 252 PC → 9 PC"),
        ("drop: [cantine]", "drop: [enrobes]", "s: value: drop.1: cantine → enrobes"),
        ("id: g\n", "id: g2\n", "g2: value: id: g → g2"),
        ("title: Livrés", "title: En barquettes",
         "g: value: variants.w.title: Livrés → En barquettes"),
        ("PPI406: error", "PPI406: off", "plan: value: severity of PPI406: error → off"),
        ("à chiffrer", "voté",
         "plan: value: exception: rule: PPI404, theme: ecoles, year: 2018, reason: à chiffrer → —"),
        ("    themes:", "    ceilings: {net: {2017: 90 k€}}\n    themes:",
         "plan: value: ceilings.net.2017: — → 90 k€"),
        ("    themes:", "    funders: [{id: caf, title: CAF}]\n    themes:",
         "plan: value: funders.caf.id: — → caf"),
        ("years: 2016..2018}", "years: 2016..2018, source: DOB}",
         "plan: value: source: — → DOB"),
        ("amount: 80 k€", "amount: 80 k€, source: devis",
         "cantine: value: costs.2016.source: — → devis"),
        ("{2016: 100 k€,", "{2016: {amount: 100 k€, source: vote},",
         "voirie: value: envelope.2016.source: — → vote"),
    ],
)  # fmt: skip
def test_what_explains_and_judges_a_plan_is_compared_too(old: str, new: str, told: str) -> None:
    assert old in EXPLAINED
    assert changes(EXPLAINED, EXPLAINED.replace(old, new))[0] == told


def test_a_reason_that_explains_nothing_is_known() -> None:
    after = edited(("80 k€}]", "96 k€}]"))
    listed = "    changes: [{project: cantin, reason: x}, {project: cantine, reason: y}]\n"
    found = difference(plan(BEFORE), plan(after + listed))
    assert [each.project for each in found.unused] == ["cantin"]


def test_what_lies_before_the_new_years_has_passed() -> None:
    after = edited(("2016..2018", "2017..2019"), ("{2016: 100 k€, 2017: 80 k€}", "{2017: 80 k€}"))
    head, _, rest = after.partition("      - id: cantine\n")
    enrobes = "      - id: enrobes" + rest.partition("      - id: enrobes")[2]
    after = (head + enrobes).replace("costs: [{year: 2016, amount: 60 k€}]", "costs: []")
    found = difference(plan(BEFORE), plan(after))
    assert all(change.passed for _, change in found.changes)
    assert found.unexplained == []
    assert {y: str(m) for y, m in found.effects.items()} == {2016: "-180000.00"}


def test_the_first_of_the_new_years_has_not_passed() -> None:
    head = "plan: {title: Plan de Vigneux, years: 2016..2018}\nthemes:\n"
    old = plan(head + "  - {id: voirie, title: Voirie, envelope: {2016: 100 k€, 2017: 80 k€}}\n")
    head = head.replace("2016..2018", "2017..2019")
    new = plan(head + "  - {id: voirie, title: Voirie, envelope: {2017: 70 k€}}\n")
    found = [change for _, change in difference(old, new).changes if change.kind == "envelope"]
    assert [(change.year, change.passed) for change in found] == [(2016, True), (2017, False)]


def test_an_envelope_of_a_year_of_neither_version_has_no_effect() -> None:
    text = "plan: {title: Plan de Vigneux, years: 2016..2017}\n"
    text += "themes: [{id: voirie, title: Voirie, envelope: {2016: 5 k€, 2020: 9 k€}}]\n"
    old, new = examined(text).plan, examined(text.replace("9 k€", "8 k€")).plan
    assert old is not None
    assert new is not None
    ((_, change),) = difference(old, new).changes
    assert (change.year, change.effects) == (2020, {})


def test_the_likest_are_taken_for_the_same_first() -> None:
    def titled(*titles: str) -> list[Theme]:
        return [Theme(id=title, title=title) for title in titles]

    likeness = {("a", "x"): 0.8, ("a", "y"): 0.9, ("b", "x"): 0.76, ("b", "y"): 0.95}
    pairs = matched(titled("a", "b"), titled("x", "y"), lambda old, new: likeness[old.id, new.id])
    assert [(pair.old and pair.old.id, pair.new and pair.new.id) for pair in pairs] == [
        ("a", "x"),
        ("b", "y"),
    ]


def test_of_costs_that_have_moved_within_a_year_the_blank_one_is_no_figure() -> None:
    costs = "costs: [{quarter: 2016-T3, amount: 80 k€}, {quarter: 2016-T4, amount: }]"
    before = edited(("costs: [{year: 2016, amount: 80 k€}]", costs))
    after = before.replace("2016-T3, amount: 80 k€", "2016-T2, amount: 80 k€")
    (told,) = changes(before, after)
    assert told.startswith("cantine: amount: cost 2016: ")


RENAMED = """
    plan: {title: Plan de Vigneux, years: 2016..2018}
    themes: [{id: ecoles, title: Écoles}, {id: sports, title: Sports}]
    projects:
      - id: cantine
        theme: ecoles
        title: Cantine
        quarters: 2016
        costs: [{year: 2016, amount: }]
"""
OTHER = """
    plan: {title: Plan de Vigneux, years: 2016..2018}
    themes: [{id: ecoles, title: Écoles}, {id: sports, title: Sports}]
    projects:
      - {id: repas, theme: sports, title: Cantine scolaire, quarters: 2016, money: none}
"""


def test_likeness_is_the_same_both_ways() -> None:
    """A cost without an amount is no cost in common with a project that states none."""
    one, other = "Rue, cantine, pont", "Pont, rue, cantine, toit"
    assert likeness_of_texts(one, other, 0.5) == likeness_of_texts(other, one, 0.5) > 0
    assert likeness_of_texts("Rue", "Cantine") == 0
    there, back = difference(plan(RENAMED), plan(OTHER)), difference(plan(OTHER), plan(RENAMED))
    assert [group.was for group in there.groups] == [None, None]
    assert [group.was for group in back.groups] == [None, None]


def test_what_a_theme_carries_over_beyond_the_plan_rises_by_what_it_carries_more(
    ppi: Callable[..., Result], folder: Path
) -> None:
    """9 k€ in place of 4 k€ of the last year: no envelope can hold them."""
    for name, carried in (("old", 4), ("new", 9)):
        (folder / f"{name}.yaml").write_text(
            "plan: {title: P, years: 2025..2026}\n"
            "themes: [{id: t, title: T, envelope: {2025: 50 k€, 2026: 100 k€}}]\n"
            "projects: []\n"
            "execution:\n"
            "  - year: 2026\n"
            "    closed: yes\n"
            f"    lines: [{{theme: t, opened: 100 k€, paid: 80 k€, carried_over: {carried} k€}}]\n"
        )
    told = json.loads(ppi("diff", "--executed", "old.yaml", "new.yaml", "-f", "json").out)
    (change,) = [
        change
        for group in told["groups"]
        for change in group["changes"]
        if change["what"] == "carried over, beyond the plan"
    ]
    assert (change["old"], change["new"]) == ("4000.00", "9000.00")
    assert change["effects"] == {"beyond": "5000.00"}


def test_a_scenario_that_is_new_is_added_and_one_that_is_gone_is_dropped() -> None:
    after = EXPLAINED.replace("scenarios: [{id: s, title: Sans, drop: [cantine]}]", "")
    assert changes(after, EXPLAINED) == ["s: added: scenario: — → —"]
    assert changes(EXPLAINED, after) == ["s: dropped: scenario: — → —"]


@pytest.mark.parametrize(("amount", "was"), [("80 k€", "cantine"), ("70 k€", None)])
def test_what_costs_as_much_in_the_same_years_is_more_alike(amount: str, was: str | None) -> None:
    """“Cantine” and “Cantine scolaire” are alike by 61 %; the theme and the costs add 12 % each."""
    quarters = "        quarters: 2016-T2..T4\n"
    before = edited((quarters, ""))
    after = before.replace("id: cantine", "id: repas").replace("Cantine", "Cantine scolaire")
    found = difference(plan(before), plan(after.replace("80 k€}]", f"{amount}}}]")))
    assert next(group.was for group in found.groups if group.id == "repas") == was


def test_a_class_that_is_new_is_one_change() -> None:
    after = edited(("{class: 2, title: Utile}]", "{class: 2, title: Utile}, {class: 3, title: C}]"))
    assert changes(BEFORE, after) == ["plan: value: class 3: — → C"]


# --- reasons ------------------------------------------------------------------------------------


def reasons(before: str, after: str) -> list[str | None]:
    return [change.reason for _, change in difference(plan(before), plan(after)).changes]


def test_the_nearest_reason_is_shown() -> None:
    after = edited(("80 k€}]", "96 k€, reason: avenant}]"), ("2016-T2..T4", "2016-T3..T4"))
    listed = '    changes: [{project: cantine, reason: "marché relancé"}]\n'
    assert reasons(BEFORE, after) == [None, "avenant"]
    assert reasons(BEFORE, after + listed) == ["marché relancé", "avenant"]


def test_the_reason_of_a_project_explains_what_it_has_not_explained_before() -> None:
    given = edited(("title: Cantine", "title: Cantine\n        reason: marché relancé"))
    after = given.replace("80 k€}]", "96 k€}]")
    assert reasons(BEFORE, after) == ["marché relancé"]
    assert reasons(given, after) == [None]


def test_a_reason_for_everything_is_the_last_resort() -> None:
    after = edited(("80 k€}]", "96 k€}]"), ("2016: 100 k€", "2016: 120 k€"))
    listed = """
    changes:
      - {reason: actualisation}
      - {theme: voirie, year: 2016, reason: vote de décembre}
"""
    assert reasons(BEFORE, after + listed) == ["vote de décembre", "actualisation"]


def test_the_reason_of_the_year_before_is_none() -> None:
    given_before = edited(("80 k€}]", "90 k€, reason: avenant}]"))
    after = given_before.replace("90 k€", "96 k€")
    assert reasons(given_before, after) == [None]
    assert reasons(given_before, after.replace("avenant", "second avenant")) == ["second avenant"]


# --- laws ---------------------------------------------------------------------------------------


def totals_differ_by(old: Plan, new: Plan) -> Mapping[int, int]:
    before, after = yearly_totals(old), yearly_totals(new)
    nothing = Money(0)
    cents = {
        year: (after.get(year) or nothing).cents - (before.get(year) or nothing).cents
        for year in {*before, *after}
    }
    return {year: amount for year, amount in sorted(cents.items()) if amount}


@given(plans(), plans())
def test_the_effects_sum_to_the_difference_of_the_totals(old: Plan, new: Plan) -> None:
    found = difference(old, new)
    of_changes = summed(change.effects for _, change in found.changes)
    assert {year: money.cents for year, money in of_changes.items()} == totals_differ_by(old, new)
    assert summed(group.effects for group in found.groups) == of_changes == found.effects


@given(plans())
def test_a_plan_does_not_differ_from_itself(of: Plan) -> None:
    assert difference(of, of).groups == ()


@given(plans(first_years=(2016,)), plans(first_years=(2016,)))
def test_the_way_back_is_the_way_there_reversed(old: Plan, new: Plan) -> None:
    there, back = difference(old, new), difference(new, old)
    assert sorted(map(_backwards, _all(there))) == sorted(map(repr, _all(back)))


def _all(found: Difference) -> list[tuple[object, ...]]:
    """Every change without its words and its place; of links, only on which side they are.

    A link to what has another id is named by the id that it has in the new version.
    """
    return [
        (_either(group.id, group.was), change.kind, change.year,
         *(_side(change, side) for side in (change.old, change.new)),
         dict(change.effects))
        for group, change in found.changes
    ]  # fmt: skip


def _side(change: Change, side: object) -> object:
    return side is not None if change.kind == "link" else side


def _either(id: str, was: str | None) -> tuple[str, ...]:
    return tuple(sorted({id, was or id}))


def _backwards(change: tuple[object, ...]) -> str:
    id, kind, year, old, new, effects = change
    assert isinstance(effects, dict)
    turned = {"added": "dropped", "dropped": "added"}.get(str(kind), kind)
    return repr((id, turned, year, new, old, {y: -money for y, money in effects.items()}))


@pytest.mark.parametrize(
    ("section", "before", "after", "told"),
    [
        ("indexation", '{base: 2016, index: {2016: "99,5"}}', "{base: 2016, index: {2016: 100}}",
         "indexation.index.2016: 99.5 → 100"),
        ("fctva", "{regime: n}", "{regime: n+1}", "fctva.regime: n → n+1"),
        ("own_share", "{least: 20 %}", "{least: 20 %, with_fctva: no}",
         "own_share.with_fctva: yes → no"),
        ("funders", "[{id: caf, title: CAF}]", "[{id: caf, title: CAF, public: no}]",
         "funders.caf.public: yes → no"),
        ("funders", "[{id: caf, title: CAF}]", "[{id: caf, title: CAF, own: yes}]",
         "funders.caf.own: — → yes"),
    ],
)  # fmt: skip
def test_a_value_is_told_as_it_is_written(section: str, before: str, after: str, told: str) -> None:
    texts = (f"{BEFORE}    {section}: {value}\n" for value in (before, after))
    assert changes(*texts) == [f"plan: value: {told}"]


def test_a_project_that_cannot_be_put_off_any_more_is_told() -> None:
    fixed = edited(("title: Cantine\n", "title: Cantine\n        movable: no\n"))
    assert changes(BEFORE, fixed) == ["cantine: value: movable: — → no"]


@pytest.mark.parametrize(
    ("quarters", "how"),
    [
        ("2016-T1..T3", "1 quarter earlier"),
        ("2016-T3..2017-T1", "1 quarter later"),
        ("2016-T4..2017-T2", "2 quarters later"),
        ("2016-T2..2017-T1", "1 quarter longer"),
        ("2016-T2..2017-T2", "2 quarters longer"),
        ("2016-T2..T3", "1 quarter shorter"),
        ("2016-T1..T4", "1 quarter earlier, 1 quarter longer"),
        ("2016-T3..T4", "1 quarter later, 1 quarter shorter"),
        ("[2016-T2..T3, 2017-T1]", "other pauses"),
    ],
)
def test_how_work_has_moved_is_told_in_quarters(quarters: str, how: str) -> None:
    """The canteen was to be built in Q2–Q4 2016."""
    (told,) = changes(BEFORE, edited(("2016-T2..T4", quarters)))
    assert told.startswith(f"cantine: schedule: quarters: {how}: ")


def test_a_project_that_is_made_conditional_is_told_so() -> None:
    after = edited(("title: Cantine\n", "title: Cantine\n        status: conditional\n"))
    assert "cantine: value: status: planned → conditional" in changes(BEFORE, after)


#: What was paid of two programmes, which have projects of their own.
PAID = """
    plan: {title: P, years: 2025..2027}
    themes: [{id: a, title: A}]
    programmes:
      - {id: m, title: M, projects: [x], payments: {2025: 100 k€}}
      - {id: n, title: N, projects: [y], payments: {2025: 100 k€}}
    projects:
      - {id: x, theme: a, title: X, costs: {2025: 100 k€}}
      - {id: y, theme: a, title: Y, costs: {2025: 100 k€}}
    execution:
      - year: 2025
        closed: yes
        lines:
          - {programme: m, paid: 30 k€}
          - {programme: n, paid: 40 k€}
"""


def test_a_line_of_an_account_is_told_by_its_programme_wherever_it_stands() -> None:
    lines = ("{programme: m, paid: 30 k€}", "{programme: n, paid: 40 k€}")
    after = PAID.replace(lines[0], "FIRST").replace(lines[1], lines[0])
    after = after.replace("FIRST", "{programme: n, paid: 41 k€}")
    (change,) = changes(PAID, after)
    assert "execution.2025.lines.n.paid: 40 k€ → 41 k€" in change


def test_printed_totals_that_are_no_more_are_told_once() -> None:
    stated = (
        "    stated_totals: {2016: 140 k€, total: 140 k€, before: 1 k€, beyond: 2 k€,"
        " whole: 143 k€, unplanned: 3 k€}\n"
    )
    assert changes(BEFORE + stated, BEFORE) == [
        "plan: value: printed totals: 2016, all years together, before the plan, beyond the plan,"
        " before the plan and beyond it too, in no year yet → —"
    ]
