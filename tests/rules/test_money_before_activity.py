"""What a project costs before it is under way, where others of its theme are: PPI405."""

from __future__ import annotations

import pytest

from ppi_cli.words.language import Language
from tests.plans import examined


def told(costs: str, more: str = "") -> list[tuple[str, str]]:
    """What is said of a project of 2028-T3 to 2029, in a theme that is active all the time."""
    found = examined(
        f"""
        plan: {{title: Tours, years: 2026..2030, tax: incl}}
        themes: [{{id: voirie, title: Voirie}}]
        projects:
          - {{id: quai, title: Quai, theme: voirie, quarters: 2026-T1..2030-T4, costs: {{2026: 1}}}}
          - id: rue
            title: Rue
            theme: voirie
            quarters: 2028-T3..2029-T4
            costs: {costs}
        {more}"""
    ).diagnostics
    say = Language("en").show
    return [(d.severity, say(d.message).replace("\xa0", " ")) for d in found if d.code == "PPI405"]


def test_a_cost_before_the_first_quarter_is_told() -> None:
    assert told("[{years: 2027..2029, in_all: 600 k€}]") == [
        ("warning", "“Rue”: 200 k€ in 2027, and its first quarter is Q3 2028")
    ]


def test_a_quarter_before_the_first_one_is_told_in_its_first_year_too() -> None:
    """A start that was put off leaves behind the quarters of its works."""
    assert told("{2028-T1: 300 k€, 2029: 300 k€}") == [
        ("warning", "“Rue”: 300 k€ in Q1 2028, and its first quarter is Q3 2028")
    ]
    assert told("[{quarters: 2028-T1..T4, in_all: 400 k€}]") == [
        ("warning", "“Rue”: 200 k€ in Q1 2028, Q2 2028, and its first quarter is Q3 2028")
    ]


def test_studies_before_the_works_are_for_information() -> None:
    # A fifth of 600 is 120.
    assert told("{2026: 20 k€, 2027: 100 k€, 2028: 480 k€}") == [
        ("info", "“Rue”: 120 k€ in 2026, 2027, and its first quarter is Q3 2028")
    ]
    assert told("{2027: 121 k€, 2028: 479 k€}")[0][0] == "warning"


@pytest.mark.parametrize(
    "costs",
    [
        "{2028: 300 k€, 2029: 300 k€}",
        "{2028: 300 k€, 2029-T1: 300 k€}",
        "{2029: 300 k€, 2030: 300 k€}",  # what is paid after the works
        "{2027: 0 €, 2028: 300 k€}",
        "{2027: -20 k€, 2028: 300 k€}",
    ],
)
def test_nothing_is_told_of_other_costs(costs: str) -> None:
    assert told(costs) == []


def test_what_the_theme_is_told_for_is_not_told_of_the_project() -> None:
    found = examined(
        """
        plan: {title: Tours, years: 2026..2029, tax: incl}
        themes: [{id: t, title: T}]
        projects:
          - {id: p, title: P, theme: t, quarters: 2028, costs: {2027: 30 k€, 2028: 70 k€}}
        """
    ).diagnostics
    assert [len(d.message.values) for d in found if d.code == "PPI405"] == [3]
