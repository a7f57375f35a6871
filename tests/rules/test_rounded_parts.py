"""Totals of parts that were rounded themselves: how far apart rounding may bring them."""

from __future__ import annotations

from fractions import Fraction
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppi_cli.figures.control import stated_checks
from ppi_cli.plan.model import plan_of
from ppi_cli.words.language import Language
from tests.plans import examined, plan


def judged(text: str) -> list[tuple[str, str]]:
    """The severity of what is said of printed totals, and how the sentence ends."""
    found = [d for d in examined(text).diagnostics if d.code == "PPI401"]
    return [(d.severity, _end(Language("en").say(d.message))) for d in found]


def _end(sentence: str) -> str:
    return sentence.partition(": ")[2].replace("\xa0", " ").replace("\u202f", " ")


def nine_parts(printed: str, last: str = "100 k€") -> str:
    """Eight years of 100 k€ and one more, all rounded to 1 k€: 900 k€ by what is printed."""
    years = ", ".join(f"{year}: 100 k€" for year in range(2016, 2024))
    return f"""
        plan: {{title: Plan de Jans, years: 2016..2025}}
        themes:
          - {{id: voirie, title: Voirie, envelope: {{{years}, 2024: {last}, 2025: 0 €}}}}
        stated_totals: {{total: {printed}, rounded_to: 1 k€}}
    """


@pytest.mark.parametrize(
    ("printed", "severity", "end"),
    [
        # 1.2 × √9 = 3.6 units, and (9 + 1) / 2 = 5; the zero of 2025 is no part
        ("900 k€", None, ""),
        ("903 k€", "info", "3 k€ too much, as rounding explains (9 parts rounded to 1 k€)"),
        ("897 k€", "info", "3 k€ too little, as rounding explains (9 parts rounded to 1 k€)"),
        ("904 k€", "warning", "4 k€ too much, more than is likely of 9 parts rounded to 1 k€"),
        ("905 k€", "warning", "5 k€ too much, more than is likely of 9 parts rounded to 1 k€"),
        ("906 k€", "error", "6 k€ too much"),
        ("903 500 €", "error", "3 500 € too much"),  # it was not rounded itself
    ],
)
def test_rounded_parts_bring_a_total_a_little_apart(
    printed: str, severity: str | None, end: str
) -> None:
    assert judged(nine_parts(printed)) == ([] if severity is None else [(severity, end)])


def test_where_a_part_was_not_rounded_the_sum_is() -> None:
    assert judged(nine_parts("901 k€", last="100 500 €")) == []
    assert judged(nine_parts("902 k€", last="100 500 €")) == [("error", "1 500 € too much")]


def test_the_parts_of_a_sum_of_costs_are_the_costs() -> None:
    """Nine costs of 11 k€ in a year are 99 k€; with an envelope of 99 k€, that is the only part."""
    costs = "[" + ", ".join(["{year: 2016, amount: 11 k€}"] * 9) + "]"
    text = f"""
        plan: {{title: Plan de Jans, years: 2016}}
        themes: [{{id: voirie, title: Voirie, stated_totals: {{2016: 102 k€, rounded_to: 1 k€}}}}]
        projects: [{{id: pont, title: Pont, theme: voirie, costs: {costs}}}]
    """
    assert [severity for severity, _ in judged(text)] == ["info"]
    with_envelope = text.replace("title: Voirie,", "title: Voirie, envelope: {2016: 99 k€},")
    assert [severity for severity, _ in judged(with_envelope)] == ["error"]


def test_what_rounding_explains_is_no_dispute() -> None:
    (check,) = stated_checks(plan(nine_parts("903 k€")))
    assert (check.agrees, check.rounding, check.is_disputed) == (False, "likely", False)
    (check,) = stated_checks(plan(nine_parts("904 k€")))
    assert (check.agrees, check.rounding, check.is_disputed) == (False, "possible", True)


@given(
    parts=st.lists(st.integers(-3, 9), min_size=1, max_size=30),
    off=st.integers(-20, 20),
    step=st.sampled_from(["1 €", "1 k€", "1 M€", "5 €"]),
)
def test_the_bounds_are_those_of_the_arithmetic(parts: list[int], off: int, step: str) -> None:
    size, unit = step.split()

    def units(n: int) -> str:
        return f"{n * int(size)} {unit}"

    of = plan_of(
        {
            "plan": {"title": "Jans", "years": f"2000..{1999 + len(parts)}"},
            "themes": [
                {
                    "id": "voirie",
                    "title": "Voirie",
                    "envelope": {str(2000 + i): units(n) for i, n in enumerate(parts)},
                }
            ],
            "stated_totals": {"total": units(sum(parts) + off), "rounded_to": step},
        }
    )
    (check,) = stated_checks(of)
    n = sum(part != 0 for part in parts)
    assert check.agrees == (off == 0)
    if off and n and abs(off) <= 1.2 * sqrt(n):
        assert check.rounding == "likely"
    elif off and n and abs(off) <= Fraction(n + 1, 2):
        assert check.rounding == "possible"
    else:
        assert check.rounding is None
