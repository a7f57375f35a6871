"""A time of which a part is missing, or that may be one of two, is asked for, and none invented."""

from __future__ import annotations

import pytest

from tests.source.test_instead import advice, plan

ENDS = "with the quarter in which it ends"
BEGINS = "with the quarter in which it begins"


@pytest.mark.parametrize(
    ("text", "help"),
    [
        ("from April 2026", f"write 2026-Q2..…, {ENDS}"),
        ("ab Juli 2026", f"write 2026-Q3..…, {ENDS}"),
        ("dès 2026", f"write 2026-T1..…, {ENDS}"),
        ("until June 2027", f"write …..2027-Q2, {BEGINS}"),
        ("jusqu'à juin 2027", f"write …..2027-T2, {BEGINS}"),
        ("spätestens Ende 2027", f"write …..2027-Q4, {BEGINS}"),
        ("T4 2026 (6 mois)", "say from when to when: 6 months are not as long as 2026-T4"),
        ("bis Ende 2027", f"write …..2027-Q4, {BEGINS}"),
        ("from March to June 2026", "write 2026-Q1..Q2"),
        ("T1 ou T2 2026", "write one of them, 2026-T1 or 2026-T2"),
        ("1-4/2026", "write 2026-T1..T2 if months are meant, 2026 if quarters are"),
        ("3-5/2026", "write 2026-T1..T2"),
        ("2026-1", "write 2026-T1"),
        ("2026-2", "write 2026-T1 if months are meant, 2026-T2 if quarters are"),
        ("2026-T5", "a year has four quarters: T1 to T4"),
        ("Q3..Q1 2026", "say the year of both, as in 2025-Q3..2026-Q1"),
        ("2026-2027 (18 mois)", "say from when to when: 18 months are not as long as 2026..2027"),
        ("2026-2027 (24 mois)", "write 2026..2027"),
    ],
)
def test_what_is_missing_of_quarters_is_asked_for(text: str, help: str) -> None:
    assert advice(plan(project=f'quarters: "{text}"')) == [help]


@pytest.mark.parametrize(
    ("text", "quarters"),
    [
        ("2. Quartal 2026 bis 4. Quartal 2027", "2026-Q2..2027-Q4"),
        ("1. Halbjahr 2026", "2026-Q1..Q2"),
        ("2. Hj. 2026", "2026-Q3..Q4"),
        ("II/2026 - I/2027", "2026-Q2..2027-Q1"),
        ("KW 14/2026", "2026-Q2"),
        ("KW 1/2026", "2026-Q1"),
        ("Dez. 2026", "2026-Q4"),
        ("Jan. bis März 2026", "2026-Q1"),
        ("03-2026", "2026-T1"),
        ("2026-28", "2026..2028"),
        ("2026..27", "2026..2027"),
        ("March 28, 2026", "2026-Q1"),
        ("Frühjahr 2026", "{spans: 2026-Q2, basis: assumed}"),
        ("Sommer 2026", "{spans: 2026-Q3, basis: assumed}"),
        ("Mitte 2026", "{spans: 2026-Q2..Q3, basis: assumed}"),
        ("fin 2026 début 2027", "{spans: 2026-T4..2027-T1, basis: assumed}"),
    ],
)
def test_times_of_tables_abroad_are_read(text: str, quarters: str) -> None:
    assert advice(plan(project=f'quarters: "{text}"')) == [f"write {quarters}"]


def of_years(text: str) -> list[str]:
    """What is to be typed for the years of a plan."""
    return advice(f'plan: {{title: P, years: "{text}", tax: incl}}\nthemes: []\nprojects: []\n')


@pytest.mark.parametrize(
    "text",
    [
        "2025-29",
        "25..29",
        "2025..29",
        "2025 bis 2029",
        "2025 through 2029",
        "mandat 2025-2029",
        "Haushaltsjahre 2025 bis 2029",
    ],
)
def test_the_years_of_a_plan_are_read(text: str) -> None:
    assert of_years(text) == ["write 2025..2029"]


def test_years_of_which_the_last_is_not_said_are_asked_for() -> None:
    assert of_years("2025 et suivantes") == ["write 2025..…, with the last year"]
    assert of_years("ab 2025") == ["write 2025..…, with the last year"]
    assert of_years("2025+4") == ["write 2025..2029 if 4 years follow the first"]


def vote(day: str, header: str = "") -> list[str]:
    """What is to be typed for the day of a vote, in a plan of such a header."""
    programme = "{id: ap, title: AP, projects: [], authorised: [{amount: 5, date: DAY}]}"
    return [
        each
        for each in advice(
            f"plan: {{title: P, years: 2025..2028, tax: incl{header}}}\nthemes: []\nprojects: []\n"
            f"programmes: [{programme.replace('DAY', repr(day))}]\n"
        )
        if "20" in each
    ]


@pytest.mark.parametrize(
    "day",
    [
        "20250328",
        "2025-3-28",
        "28. März 2025",
        "March 28, 2025",
        "3/28/2025",
        "28/03/2025",
        "2025/03/28",
        "28-mars-2025",
        "vendredi 28 mars 2025",
        "28th March 2025",
        "CM du 28 mars 2025",
    ],
)
def test_the_day_of_a_vote_is_read(day: str) -> None:
    assert vote(day) == ["write 2025-03-28"]


def test_whether_the_day_or_the_month_comes_first_is_asked_where_dollars_are_paid() -> None:
    either = ["write 2025-03-04 if the day comes first, write 2025-04-03 if the month does"]
    assert vote("04/03/2025", ", currency: USD") == either
    assert vote("04/03/2025", ", currency: CAD") == either
    assert vote("04/03/2025", ", currency: CAD, language: fr") == ["write 2025-03-04"]
    assert vote("04/03/2025") == ["write 2025-03-04"]
    assert vote("04/04/2025", ", currency: USD") == ["write 2025-04-04"]


def test_of_two_days_the_one_that_is_no_month_tells_their_order() -> None:
    for text, quarters in (
        ("04/03/2026 - 30/09/2026", "2026-T1..T3"),
        ("04/03/2026 - 09/30/2026", "2026-T2..T3"),
    ):
        assert advice(plan(project=f'quarters: "{text}"')) == [f"write {quarters}"]


@pytest.mark.parametrize(
    ("day", "whole"),
    [("March 2025", "2025-03-…"), ("2025-03", "2025-03-…"), ("BP 2025", "2025-…-…")],
)
def test_of_a_day_that_is_said_in_part_the_rest_is_asked_for(day: str, whole: str) -> None:
    assert vote(day) == [f"write the whole day: {whole}"]


@pytest.mark.parametrize(
    "text", ["1 ou 2", "1-2", "P1-P2", "n°1 ou n°2", "1 à 2", "1 - 2 (à arbitrer)"]
)
def test_a_project_has_one_class(text: str) -> None:
    assert advice(plan(project=f'priority: "{text}"')) == ["write one of them, 1 or 2"]


def test_the_year_of_a_grant_is_one() -> None:
    grant = "costs: {2026: 9 k€}, funding: [{from: detr, amount: 4 k€, year: YEAR}]"
    told = [advice(plan(project=grant.replace("YEAR", y))) for y in ("2026 ou 2027", '"2026.0"')]
    assert told == [["write one of them, 2026 or 2027"], ["write 2026"]]
