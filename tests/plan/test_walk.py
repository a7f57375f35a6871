"""The walk over a plan: nothing that the model has is left out, and everything has its words."""

from __future__ import annotations

from collections.abc import Iterator
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest

from ppi_cli.plan.amounts import AMOUNT_KINDS, amounts, assumptions, kind_of
from ppi_cli.plan.model import Plan
from ppi_cli.plan.notation import Id
from ppi_cli.plan.reading import Choice
from ppi_cli.plan.sources import WORDS, is_sourced, sourced_values, words_for
from ppi_cli.plan.walk import (
    PieceField,
    fields_of,
    fields_with_amounts,
    groups,
    piece_at,
    references,
)
from ppi_cli.source.read import read
from ppi_cli.values.names import KINDS
from ppi_cli.words.language import Language
from tests.conftest import DATA
from tests.plans import plan

#: A value of each kind that names a source or is assumed, and stands for itself.
SOURCED = """
    plan: {title: P, years: 2024..2026, tax: incl}
    stated_totals: {2024: {amount: 100 k€, source: p. 1}, total: {amount: 100 k€, source: p. 2}}
    themes: [{id: t, title: Voirie, envelope: {2024: {amount: 100 k€, basis: assumed}}}]
    funders: [{id: detr, title: DETR, source: arrêté 12}]
    projects:
      - id: p
        theme: t
        title: Pont
        quarters: {spans: 2024, basis: assumed}
        answers: [{id: r, source: mêmes mots}]
        costs: [{year: 2024, amount: 50 k€, label: études, section: investment, source: devis}]
        running_costs: [{amount: 1 k€, start: 2026, basis: assumed}]
        funding: [{from: detr, year: 2025, amount: 10 k€, basis: assumed, source: courrier}]
    priority_classes: [{class: 1, title: Urgent, start_within: {quarters: 4, source: vote}}]
    recommendations: [{id: r, class: 1, rank: 1, title: Réparer, source: audit p. 3}]
    programmes:
      - id: reno
        title: Rénovation
        projects: [p]
        authorised: [{date: 2024-03-30, amount: 100 k€, source: délibération}]
        payments: {2024: {amount: 100 k€, basis: assumed}}
        resources: [{from: detr, amount: 100 k€, source: arrêté 12}]
    fctva: {regime: n, due: {2024: {amount: 5 k€, source: état}}}
    own_share: {least: 20 %, source: arrêté préfet}
    ceilings: {net: {2024: {amount: 900 k€, source: vote}}}
    scenarios:
      - id: s
        title: Sobre
        add:
          - {id: q, theme: t, title: Quai, quarters: 2025, after: [{id: p, basis: assumed}]}
        change:
          - {project: p, costs: {2025: {amount: 3 k€, basis: assumed, source: devis B}}}
          - {theme: t, envelope: {2025: {amount: 4 k€, source: vote}}}
"""


def test_every_value_with_a_source_is_told_in_words_in_the_order_of_the_sections() -> None:
    of, english = plan(SOURCED), Language("en")
    found = [
        f"{english.show(v.what)}: {english.show(v.value)}{'*' * v.assumed}"
        for v in sourced_values(of)
    ]
    assert [line.replace("\u00a0", " ") for line in found] == [
        "envelope of “Voirie”, 2024: 100 k€*",
        "printed total of “P”, 2024: 100 k€",
        "printed total of “P”, all years together: 100 k€",
        "quarters of “Pont”: Q1–Q4 2024*",
        "“Pont” answers: Réparer",
        "cost of “Pont”, études, 2024: 50 k€",
        "running cost of “Pont”, from 2026: 1 k€*",
        "funding of “Pont”, DETR, 2025: 10 k€*",
        "quarters within which projects of “Urgent” start: 4",
        "recommendation: Réparer",
        "scenario “Sobre”: “Quai” comes after: Pont*",
        "scenario “Sobre”: cost of “Pont”, 2025: 3 k€*",
        "scenario “Sobre”: envelope of “Voirie”, 2025: 4 k€",
        "funder: DETR",
        "authorisation of “Rénovation”, 2024-03-30: 100 k€",
        "payment credit of “Rénovation”, 2024: 100 k€*",
        "resource of “Rénovation”, DETR: 100 k€",
        "VAT fund (FCTVA), for years before the plan, 2024: 5 k€",
        "ceiling of what the town pays itself, 2024: 900 k€",
        "least share of the town: 20 %",
    ]


def test_what_lies_outside_the_years_and_what_bounds_them_is_told_in_words_too() -> None:
    of, english = (
        plan("""
        plan: {title: P, years: 2024..2026}
        stated_totals:
          2024..2025: {amount: 5 k€, source: a}
          before: {amount: 1 k€, source: a}
          beyond: {amount: 2 k€, source: a}
          whole: {amount: 3 k€, source: a}
          unplanned: {amount: 4 k€, source: a}
        themes: [{id: t, title: Voirie}]
        priority_classes:
          - {class: 1, title: Urgent, spread_over: {quarters: 4, source: a}}
        projects: [{id: p, theme: t, title: Pont, costs: {2024: 5 k€}}]
        execution:
          - {year: 2024, closed: yes, lines: [{project: p, paid: 3 k€, source: a}]}
        fctva:
          regime: n
          due: {2024: {amount: 5 k€, source: a}}
          due_operating: {2024: {amount: 6 k€, source: a}}
        ceilings:
          investment: {2024: {amount: 900 k€, source: a}}
          operating: {2024: {amount: 902 k€, source: a}}
          total: {2024: {amount: 901 k€, source: a}}
          borrowing: {2024: {amount: 903 k€, source: a}}
    """),
        Language("en"),
    )
    found = [f"{english.show(v.what)}: {english.show(v.value)}" for v in sourced_values(of)]
    assert [line.replace("\u00a0", " ") for line in found] == [
        "printed total of “P”, 2024–2025: 5 k€",
        "printed total of “P”, before the plan: 1 k€",
        "printed total of “P”, beyond the plan: 2 k€",
        "printed total of “P”, before the plan and beyond it too: 3 k€",
        "printed total of “P”, in no year yet: 4 k€",
        "quarters that projects of “Urgent” last at least: 4",
        "execution of “Pont”: 3 k€",
        "VAT fund (FCTVA), for years before the plan, 2024: 5 k€",
        "VAT fund (FCTVA), for operating costs before the plan, 2024: 6 k€",
        "ceiling of investment, 2024: 900 k€",
        "ceiling of operation, 2024: 902 k€",
        "ceiling of both sections together, 2024: 901 k€",
        "ceiling of what is borrowed, 2024: 903 k€",
    ]


def test_what_is_assumed_is_counted_wherever_it_stands() -> None:
    of = plan(SOURCED)
    assert assumptions(of) == {
        "schedules": 1, "links": 1, "policies": 0, "amounts": 5, "others": 0
    }  # fmt: skip
    assert sum(assumptions(of).values()) == sum(value.assumed for value in sourced_values(of))


def test_a_blank_amount_is_no_assumption() -> None:
    of = plan(SOURCED.replace("50 k€, label: études", ", basis: assumed, label: études"))
    assert assumptions(of)["amounts"] == 5


def sources_in(tree: Any) -> Iterator[str]:
    """The sources that stand in a tree of dicts and lists."""
    for key, value in tree.items() if isinstance(tree, dict) else enumerate(tree):
        if key == "source":
            yield value
        elif isinstance(value, dict | list):
            yield from sources_in(value)


@pytest.mark.parametrize("folder", [DATA, DATA / "examples" / "finance"], ids=["deck", "finance"])
def test_every_source_that_is_written_is_found(folder: str) -> None:
    reading = read(str(folder))
    assert reading.plan is not None
    walked = [
        piece.source
        for group in groups(reading.plan)
        if is_sourced(group.cls)
        for piece in group.pieces
        if piece.source is not None
    ]
    written = list(sources_in(reading.tree.root))
    assert len(walked) == len(written) > 50
    assert {" ".join(text.split()) for text in walked} == {" ".join(t.split()) for t in written}


@pytest.mark.parametrize("folder", [DATA, DATA / "examples" / "finance"], ids=["deck", "finance"])
def test_every_piece_stands_where_its_path_leads(folder: str) -> None:
    of = read(str(folder)).plan
    assert of is not None
    standings = [group.standing(n) for group in groups(of) for n in range(len(group.pieces))]
    assert all(piece_at(of, each.path) is each.piece for each in standings)
    assert [each.piece for each in standings] == [p for group in groups(of) for p in group.pieces]


def test_amounts_and_references_are_found_in_scenarios_at_their_places() -> None:
    of = plan(SOURCED)
    assert ("scenarios", 0, "change", 0, "costs", "2025", "amount") in [a.path for a in amounts(of)]
    named = {reference.path: reference.id for reference in references(of)}
    assert named["scenarios", 0, "add", 0, "after", 0, "id"] == "p"
    assert named["scenarios", 0, "change", 1, "theme"] == "t"
    assert named["projects", 0, "funding", 0, "from"] == "detr"
    assert named["recommendations", 0, "class"] == 1


# --- nothing is forgotten -----------------------------------------------------------------------


def all_fields(cls: type = Plan) -> dict[str, PieceField]:
    """Every field of the model, by its label."""
    found: dict[str, PieceField] = {}
    for field in fields_of(cls):
        found[field.label] = field
        if field.part is not None:
            found |= all_fields(field.part)
    return found


FIELDS = all_fields()
HOLDING = [field for field in FIELDS.values() if field.part is not None]


@pytest.mark.parametrize(
    "field", [f for f in HOLDING if f.part and is_sourced(f.part)], ids=lambda field: field.label
)
def test_every_field_whose_values_name_a_source_has_words(field: PieceField) -> None:
    """Where this fails, give the field a line in ``WORDS`` of ``sources.py``."""
    assert words_for(field) in [*WORDS.values(), *KINDS.values()]


@pytest.mark.parametrize(
    ("field", "around"),
    [(own, f) for f in HOLDING if f.part for own in fields_with_amounts(f.part)],
    ids=lambda field: field.label,
)
def test_every_amount_is_compared_with_others_of_its_kind(
    field: PieceField, around: PieceField
) -> None:
    """Where this fails, give the field a line in ``AMOUNT_KINDS`` of ``amounts.py``."""
    assert kind_of(field, around) in AMOUNT_KINDS.values()


def test_no_words_are_left_of_fields_that_are_gone() -> None:
    known = {*FIELDS, *(field.name for field in FIELDS.values())}
    assert {*WORDS, *AMOUNT_KINDS} <= known


@pytest.mark.parametrize(
    "cls", {f.part.__name__: f.part for f in HOLDING if f.part}.values(), ids=lambda c: c.__name__
)
def test_every_id_that_names_something_says_of_what_kind(cls: type) -> None:
    """Where this fails, write ``Annotated[Id, To("project")]`` in ``model.py``."""
    types = get_type_hints(cls, include_extras=True)
    naming = {f.name for f in fields_of(cls) if names_something(types[f.name]) and f.name != "id"}
    assert naming <= {field.name for field in fields_of(cls) if field.to is not None}


def names_something(annotation: Any) -> bool:
    """Whether an annotation is that of an id, of a variant or of links, alone or in a list."""
    if annotation in (Id, Choice) or getattr(annotation, "__name__", "") == "Link":
        return True
    return any(names_something(each) for each in get_args(annotation))


@pytest.mark.parametrize(
    "cls", {f.part.__name__: f.part for f in HOLDING if f.part}.values(), ids=lambda c: c.__name__
)
def test_a_field_holds_lists_or_mappings_or_neither(cls: type) -> None:
    """The walk looks at the first value of a field to know how all of them hold their pieces."""
    types = get_type_hints(cls)
    for field in fields_of(cls):
        if field.part is not None:
            assert len({*ways_to_hold(types[field.name])}) == 1


def ways_to_hold(annotation: Any) -> Iterator[type]:
    """How the values of an annotation hold what they hold, where there is one."""
    if get_origin(annotation) in (Union, UnionType):
        for each in get_args(annotation):
            yield from ways_to_hold(each)
    elif annotation is not NoneType:
        kind = get_origin(annotation) or annotation
        yield kind if kind in (tuple, dict) else object


def test_the_kinds_that_are_named_are_kinds_of_things() -> None:
    wanted = {kind for field in FIELDS.values() if field.to for kind in field.to.kinds}
    assert wanted <= {*KINDS, "variant", "class"}


def test_a_line_of_an_account_is_of_what_it_names() -> None:
    """Not of the plan, in whose account it stands; of an operation it is its project's."""
    of = plan("""
        plan: {title: Town, years: 2025, tax: incl}
        themes: [{id: a, title: Roads, envelope: {2025: 90 k€}}]
        projects:
          - {id: x, theme: a, title: Bridge, operations: ["77"], costs: {2025: 9 k€}}
        execution:
          - year: 2025
            closed: yes
            source: Account
            lines:
              - {operation: "77", paid: 5 k€, source: Page 1}
              - {theme: a, paid: 5 k€, source: Page 2}
        """)
    english = Language()
    told = [f"{english.show(v.what)}: {english.show(v.value)}" for v in sourced_values(of)]
    assert told == [
        "account: 2025",
        "execution of “Bridge”: 5\u00a0k€",
        "execution of “Roads”: 5\u00a0k€",
    ]


def test_what_is_owed_and_its_terms_are_told_where_their_source_is() -> None:
    of = plan("""
        plan: {title: Town, years: 2025, tax: incl}
        themes: [{id: a, title: Roads, envelope: {2025: 90 k€}}]
        savings: {2025: 50 k€}
        debt:
          at_start: 100 k€
          fund: {amount: 10 k€, basis: assumed}
          repaid: {2025: 10 k€}
          new_loans: {rate: 3 %, years: 15, source: Offer}
          source: Account
        """)
    english = Language()
    told = {english.show(v.what): english.show(v.value) for v in sourced_values(of)}
    assert told["debt and fund"] == "owed 100\u00a0k€, in the fund 10\u00a0k€*"
    assert told["terms of new loans"] == "3 %"
