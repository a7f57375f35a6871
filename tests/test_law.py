"""Which law holds: rates within their bounds, and rules of French law where it is in force."""

from __future__ import annotations

import re
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppi_cli.message import NotationError
from ppi_cli.money import Percent, Rate
from ppi_cli.notation import Part, Percentage, Reads, Rise
from tests.plans import codes, examined

# --- rates --------------------------------------------------------------------------------------

TOWN = """
plan: {title: Tours, years: 2025..2028, tax: incl}
fctva: {regime: n, rate: 16 %}
own_share: {least: 20 %}
indexation: {base: 2025, rate: 2 %, fixed: 15 %}
themes: [{id: voirie, title: Voirie}]
projects:
  - id: rue
    title: Rue
    theme: voirie
    quarters: 2025..2026
    costs: [{year: 2026, amount: 10 k€, indexed: yes, tax: excl, rate: 20 %}]
    running_costs: [{amount: 1 k€, indexed: yes, tax: excl, rate: 5 %}]
"""


@pytest.mark.parametrize("rate", ["101 %", "-1 %", "-100 %", "100,001 %"])
@pytest.mark.parametrize(
    "written", ["rate: 16 %", "least: 20 %", "fixed: 15 %", "rate: 20 %", "rate: 5 %"]
)
def test_a_part_of_a_whole_is_refused_where_it_stands(written: str, rate: str) -> None:
    key = written.partition(":")[0]
    text = TOWN.replace(written, f'{key}: "{rate}"')
    (found,) = [d for d in examined(text).diagnostics if d.severity != "info"]
    assert (found.code, found.message.values["text"]) == ("PPI104", rate)
    assert found.place.range is not None
    line = text.split("\n")[found.place.range.start.line - 1]
    assert line[found.place.range.start.column - 1 :].startswith(f'"{rate}"')
    for bound in ("0 %", "100 %"):
        assert "PPI104" not in codes(TOWN.replace(written, f"{key}: {bound}"))


def test_prices_may_fall_and_never_to_nothing() -> None:
    def found(prices: str) -> list[str]:
        return codes(TOWN.replace("rate: 2 %", prices))

    assert found('rate: "-99,999 %"') == found("rate: 120 %") == []
    for rounding in ("once", "each_year"):
        assert found(f'rate: "-100 %", rounding: {rounding}') == ["PPI104"]
    assert found("index: {2025: 100, 2026: 0}") == ["PPI104"]


def test_prices_that_cannot_be_reckoned_are_told_once_and_stop_nothing() -> None:
    """A base year alone; an index without it: the cost stays as it is, well within its envelope."""
    text = TOWN.replace("title: Voirie}", "title: Voirie, envelope: {2026: 12 k€}}")
    for prices in ("base: 2025", "base: 2025, index: {2026: 110}"):
        of = text.replace("base: 2025, rate: 2 %", prices)
        assert codes(of) == ["PPI127"]


#: The notations of rates, and the thousandths of a percent between which each lies.
NOTATIONS = ((Part, 0, 100_000), (Rise, -99_999, 9_999_999), (Percentage, -100_000, 9_999_990))


@given(st.from_regex(r"\A[-+\u2212]? ?[0-9]{1,4}([.,][0-9]{1,3})? ?%\Z"))
def test_editors_know_the_bounds_of_rates(text: str) -> None:
    """What the pattern of a notation takes is what reading takes: a rate within its bounds."""
    for notation, least, most in NOTATIONS:
        (reads,) = [each for each in get_args(notation) if isinstance(each, Reads)]
        accepted = re.search(reads.written["pattern"], text) is not None
        try:
            rate = reads.parse(text)
        except NotationError:
            assert not accepted
            continue
        assert isinstance(rate, Rate | Percent)
        value = rate.thousandths if isinstance(rate, Rate) else rate.hundredths * 10
        assert accepted
        assert least <= value <= most
