"""Bare numbers that were perhaps meant in another unit: PPI430."""

from __future__ import annotations

import pytest

from ppi_cli.words.language import Language
from tests.plans import examined

CODE = "PPI430"


def told(header: str, *costs: str, more: str = "") -> list[tuple[str, str]]:
    """What is said, and to type, of a plan of projects that cost so much in 2026."""
    projects = "".join(
        f"  - {{id: p{n}, title: P{n}, theme: t, costs: {{2026: {cost}}}}}\n"
        for n, cost in enumerate(costs)
    )
    found = examined(
        f"plan: {{title: Tours, years: 2026..2027{header}}}\n"
        f"themes: [{{id: t, title: T}}]\nprojects:\n{projects}{more}"
    ).diagnostics

    def said(text: object) -> str:
        return Language("en").show(text).replace("\xa0", " ")

    return [(said(d.message), said(d.help)) for d in found if d.code == CODE]


IN_THOUSANDS = ", unit: k€"


def test_euros_in_a_plan_in_thousands_are_told_with_both_texts() -> None:
    # Among 100 to 900 k€: 320000 counts as 320 M€, and 20000 as 20 M€, which is 50 times 400 k€.
    assert told(IN_THOUSANDS, "320000", "100", "400", "900", "20000") == [
        (
            "this number has no unit, and is read as 320 M€, as the plan's unit is k€",
            "write 320 000 € if that is meant, 320 000 k€ if it is so",
        )
    ]


@pytest.mark.parametrize(
    "written", ["320 000 €", "320 000 k€", "320 M€", "320", "320 000 000 €", "320 M"]
)
def test_an_amount_with_its_unit_is_meant_as_it_is(written: str) -> None:
    assert told(IN_THOUSANDS, written, "100", "400", "900") == []


def test_all_costs_in_euros_are_told_once_in_a_plan_in_thousands() -> None:
    ((message, _),) = told(IN_THOUSANDS, "320000", "45000", "1200000", "90000")
    assert message.endswith("as the plan's unit is k€; and 1 more like it")


def test_what_is_far_above_the_others_of_its_kind_is_told_from_ten_millions_on() -> None:
    # The median of 20, 20 and the amount is 20 k€, of which 10 M€ is 500 times.
    assert [len(told(IN_THOUSANDS, "20", "20", each)) for each in ("9999", "10000")] == [0, 1]
    # Of 5, 5 and 3000 k€, 600 times: a school among licences.
    assert told(IN_THOUSANDS, "5", "5", "3000") == []


def test_costs_above_100_millions_are_usual_in_a_large_city() -> None:
    city = ["2000"] * 9 + ["40000"] * 5
    assert told(IN_THOUSANDS, *city, "160000") == []
    assert told(IN_THOUSANDS, *city[:-1], "160000") != []


def test_a_debt_in_euros_is_told_in_a_plan_in_thousands() -> None:
    def debt(at_start: str) -> str:
        return f"debt: {{at_start: {at_start}}}\n"

    assert told(IN_THOUSANDS, "400", "900", more=debt("12000000")) != []
    assert told(IN_THOUSANDS, "400", "900", more=debt("120000")) == []


def test_millions_are_perhaps_thousands() -> None:
    ((_, help),) = told(", unit: M€", "320", "1", "2")
    assert help == "write 320 k€ if that is meant, 320 M€ if it is so"


def test_thousands_in_a_plan_that_writes_no_unit_are_told_once() -> None:
    assert told("", "850", "1200", "90") == [
        (
            "this number has no unit, and is read as 850 €; and 1 more like it",
            "write “unit: k€” in the section “plan” if all are in thousands, “unit: €” if none is;"
            " 850 k€ here if this one is",
        )
    ]
    assert len(told("", "850", "320000", "150000")) == 1


@pytest.mark.parametrize("header", [", unit: k€", ", unit: €"])
def test_a_plan_that_says_its_unit_means_it(header: str) -> None:
    assert told(header, "850", "1200", "90") == []


def test_a_small_cost_among_small_ones_is_meant_in_euros() -> None:
    assert told("", "850", "12000", "6000") == []


def test_what_it_costs_to_run_is_small() -> None:
    run = "  - {id: r, title: R, theme: t, running_costs: {amount: 300, start: 2027}}\n"
    assert told("", "320000", "150000", more=run) == []
