"""Advice that is typed gives the figure that was written; of two readings, each gives its own.

Each text that is offered is put in the place of what is refused, and the plan computed.
"""

from __future__ import annotations

import re

import pytest

from ppi_cli.figures.postings import outside_postings, postings
from ppi_cli.plan.model import Plan
from ppi_cli.values.findings import Diagnostic
from tests import plans
from tests.source.test_instead import EN, advice, errors, plan

_IN_BRACES = r"\{(?:[^{}]|\{[^{}]*\})*\}"


def offered(help: str) -> list[str]:
    """The texts in braces that are offered, without those that have a place to fill in."""
    return [text for text in re.findall(_IN_BRACES, help) if "…" not in text]


def told(text: str) -> str:
    """What is to be typed for the one error of a plan."""
    (error,) = errors(text)
    return _help(error)


def _help(error: Diagnostic) -> str:
    return EN.say(error.help) if error.help is not None else ""


def spent(text: str) -> dict[int, int]:
    """What a plan without an error costs in each year, in k€, and after it."""
    found: dict[int, int] = {}
    read = plans.plan(text)
    for each in (*postings(read), *outside_postings(read)):
        if each.kind in ("cost", "running"):
            found[each.year] = found.get(each.year, 0) + each.amount.cents // 100_000
    return found


def with_more(more: str) -> Plan:
    return plans.plan(plan(more=more))


# --- one amount, where each year has its own ---


@pytest.mark.parametrize("said", ["24 M€", "24 M€ sur le mandat", "24 M€ de 2026 à 2028"])
def test_a_ceiling_is_of_each_year_or_of_all(said: str) -> None:
    """Of 24 M€ in all, the town was to be let spend 72."""
    sums = []
    for text in offered(told(plan(more=f"ceilings: {{total: {said}}}"))):
        ceilings = with_more(f"ceilings: {{total: {text}}}").ceilings
        sums.append([each.amount.cents // 10**8 for each in ceilings.total.values()])
    assert sums == [[24, 24, 24], [8, 8, 8]]


@pytest.mark.parametrize("key", ["investment", "operating", "net", "borrowing"])
def test_an_average_is_not_what_each_year_may_have(key: str) -> None:
    for said in ("5 M€ par an en moyenne", "en moyenne 5 M€ par an", "5 M€ a year on average"):
        assert told(plan(more=f"ceilings: {{{key}: {said}}}")) == (
            "write {2026: 5 M€, 2027: 5 M€, 2028: 5 M€}, if no year has more: an average of years"
            " has no key"
        )


def test_savings_over_years_are_not_those_of_each() -> None:
    help = told(plan(more="savings: 6 M€ sur 3 ans"))
    assert offered(help) == ["{2026: 2 M€, 2027: 2 M€, 2028: 2 M€}"]
    assert advice(plan(more="savings: 6 M€ sur 2 ans")) == [
        "write what each of the 2 years has of it, as in {2026: …, 2027: …, 2028: …}"
    ]
    assert offered(told(plan(more="savings: 6 M€"))) == [
        "{2026: 6 M€, 2027: 6 M€, 2028: 6 M€}",
        "{2026: 2 M€, 2027: 2 M€, 2028: 2 M€}",
    ]


def test_what_is_repaid_is_of_each_year_or_of_all() -> None:
    debt = "debt: {at_start: 9 M€, repaid: %s}"
    assert offered(told(plan(more=debt % "900 k€"))) == [
        "{2026: 900 k€, 2027: 900 k€, 2028: 900 k€}",
        "{2026: 300 k€, 2027: 300 k€, 2028: 300 k€}",
    ]
    assert told(plan(more=debt % "900 k€ par an")) == (
        "write {2026: 900 k€, 2027: 900 k€, 2028: 900 k€}"
    )


def test_an_envelope_keeps_that_it_is_assumed_and_how_it_counts_taxes() -> None:
    cell = "{amount: 9 k€, basis: assumed}"
    assert told(plan(theme="envelope: environ 9 k€ par an")) == (
        f"write {{2026: {cell}, 2027: {cell}, 2028: {cell}}}"
    )
    assert offered(told(plan(theme="envelope: 9 k€ HT"))) == []
