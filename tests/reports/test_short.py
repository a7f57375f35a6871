"""What documents say of years that say the same, in one line: the facts of a project, sources."""

from __future__ import annotations

from datetime import date

from ppi_cli.reports.listing import listing
from ppi_cli.reports.story import story
from ppi_cli.versions.scenarios import worked_out
from ppi_cli.words.language import Language
from tests.plans import plan

TOWN = worked_out(
    plan("""
    plan: {title: T, years: 2025..2029, tax: incl}
    themes: [{id: a, title: A}]
    funders: [{id: s, title: State}]
    projects:
      - id: x
        theme: a
        title: X
        quarters: 2025..2029
        costs:
          - {years: 2025..2027, each_year: 18 k€, source: bill}
          - {year: 2028, amount: 20 k€, source: bill}
          - {year: 2029, amount: 20 k€, basis: assumed, source: bill}
        funding:
          - {from: s, year: 2025, amount: 2 k€}
          - {from: s, year: 2027, amount: 2 k€}
    """)
).plan


def said(values: tuple[object, ...]) -> list[str]:
    return [Language("en").show(each).replace("\u00a0", " ") for each in values]


def test_facts_of_years_that_say_the_same_are_one() -> None:
    """An assumed amount is another than a stated one, and a year between two keeps them apart."""
    facts = dict(
        said(fact) for fact in story(TOWN, TOWN.projects[0], date(2025, 1, 1)).short_facts()
    )
    assert {name: told for name, told in facts.items() if "in 20" in name} == {
        "Cost in 2025–2027": "18 k€ (bill), each year",
        "Cost in 2028": "20 k€ (bill)",
        "Cost in 2029": "20 k€* (bill)",
        "Paid by others in 2025": "2 k€, State, requested",
        "Paid by others in 2027": "2 k€, State, requested",
    }


def test_sources_of_years_that_say_the_same_are_one() -> None:
    lines = [said(line.cells) for line in listing(TOWN, "sources").short_table().lines]
    assert lines == [
        ["cost of “X”, 2025–2027", "18 k€, each year", "stated", "bill"],
        ["cost of “X”, 2028", "20 k€", "stated", "bill"],
        ["cost of “X”, 2029", "20 k€*", "assumed", "bill"],
    ]
