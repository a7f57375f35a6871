"""A span of years as a key: the two things that it may mean, written out."""

from __future__ import annotations

import pytest

from ppi_cli.plan.spans import by_year, years_of
from ppi_cli.values.notation import PLAIN
from ppi_cli.values.quarters import Years


@pytest.mark.parametrize(
    ("text", "each", "part"),
    [
        ("90 k€", "90 k€", "45 k€"),
        ("15 k€", "15 k€", "7500 €"),  # half of it is in no whole k€
        ("1,01 €", '"1,01 €"', "0.50 €"),  # a comma tears an amount: it stands in quotes
        ("beaucoup", "beaucoup", "…"),  # of what cannot be read there are no parts
    ],
)
def test_an_amount_of_two_years_is_that_of_each_or_of_both(text: str, each: str, part: str) -> None:
    years = Years(2025, 2026)
    in_each, parts = by_year(years, text, PLAIN)
    assert in_each == f"2025: {each}, 2026: {each}"
    assert parts.startswith(f"2025: {part}, 2026: ")


@pytest.mark.parametrize(
    "key", ["2025..2027", "2025-2027", " 2025 – 2027 ", "2025/2027", "2025 à 2027"]
)
def test_a_key_is_a_span_however_its_years_are_joined(key: str) -> None:
    assert years_of(key) == Years(2025, 2027)


@pytest.mark.parametrize("key", ["2025", "2025-T1", "2027..2025", "beyond", "25-27"])
def test_other_keys_are_none(key: str) -> None:
    assert years_of(key) is None
