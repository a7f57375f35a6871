"""Money that comes before there are costs: PPI432, and what stands below the totals."""

from __future__ import annotations

import pytest

from ppi_cli.figures.funding import Early, early
from ppi_cli.reports.totals import totals_report
from ppi_cli.values.money import Money
from ppi_cli.versions.scenarios import worked_out
from ppi_cli.words.language import Language
from tests.plans import plan


def town(costs: str, funding: str, more: str = "") -> str:
    return f"""
        plan: {{title: Tours, years: 2026..2028, tax: incl}}
        funders: [{{id: detr, title: DETR}}, {{id: ville, title: Ville, own: yes}}]
        themes: [{{id: t, title: T}}]
        projects:
          - {{id: p, title: P, theme: t, costs: {costs}, funding: [{funding}]{more}}}
        """


def found(costs: str, funding: str, more: str = "") -> list[Early]:
    own = worked_out(plan(town(costs, funding, more))).plan
    return list(early(own, own.projects[0]))


def euros(amount: int) -> Money:
    return Money(amount * 100)


def test_what_is_paid_by_the_end_of_a_year_is_held_against_what_it_has_cost_by_then() -> None:
    assert found("{2027: 600 k€}", "{from: detr, 2026: 200 k€}") == [
        Early(2026, euros(200_000), euros(0))
    ]
    # By 2027, 250 of 30 and 200: 20 too early, and in 2026 nothing is.
    assert found("{2026: 30 k€, 2027: 200 k€, 2028: 90 k€}", "{from: detr, 2027: 250 k€}") == [
        Early(2027, euros(250_000), euros(230_000))
    ]


@pytest.mark.parametrize(
    ("costs", "funding", "more"),
    [
        ("{2026: 200 k€, 2027: 400 k€}", "{from: detr, 2026: 200 k€}", ""),
        ("{2026: 200 k€, 2028: 400 k€}", "{from: detr, 2027: 200 k€}", ""),  # pays back
        ("{2027: 600 k€}", "{from: ville, 2026: 200 k€}", ""),  # the town itself
        ("{2026: , 2027: 600 k€}", "{from: detr, 2026: 200 k€}", ""),  # it may be much
        ("{2027: 600 k€}", "{from: detr, share: 40 %}", ""),
        ("[{before: 300 k€, 2027: 600 k€}]", "{from: detr, 2026: 200 k€}", ""),
        ("{2027: 600 k€}", "{from: detr, 2026: 200 k€}", ", quarters: 2025-T1..2027-T4"),
        ("{2026: 99 k€, 2027: 99 k€}", "{from: detr, 2026: 100 k€}", ""),  # rounding
    ],
)
def test_nothing_is_early_that_pays_for_what_is_spent_or_not_known(
    costs: str, funding: str, more: str
) -> None:
    assert found(costs, funding, more) == []


def notes(costs: str, funding: str, fund: str = "") -> list[str]:
    """What stands below the totals by source of an own share below zero."""
    own = worked_out(plan(town(costs, funding) + fund)).plan
    said = map(Language("en").show, totals_report(own, "source", "year").notes())
    return [each for each in said if each.startswith("an own share")]


FUND = """
        fctva: {rate: "16,404 %", regime: n+1}
"""


def test_a_note_says_whether_others_pay_back_or_pay_before() -> None:
    before = "an own share below zero in 2026: others pay before it is spent"
    back = (
        "an own share below zero: others, or the VAT fund, pay back what was spent or funded before"
    )
    early_only = "{2027: 600 k€}", "{from: detr, 2026: 200 k€}"
    assert notes(*early_only) == [before]
    assert notes("{2026: 600 k€}", "{from: detr, 2027: 200 k€}") == [back]
    # The fund gives 98 424 € back in 2028, when nothing is spent.
    assert notes("[{2027: 600 k€, section: investment}]", early_only[1], FUND) == [before, back]
    assert notes("{2026: 600 k€}", "{from: detr, 2026: 200 k€}") == []
