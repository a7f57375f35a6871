"""Of what shares of costs are: judged in the version that is chosen, as it is written."""

import pytest

from ppi_cli.versions.choices import Choices
from ppi_cli.words.language import Language
from tests.plans import examined

PLAN = """
plan: {title: P, years: 2026..2028, tax: incl}
themes: [{id: schools, title: Schools}]
funders: [{id: state, title: State}]
projects:
  - {id: workshops, theme: schools, title: Workshops, costs: {2026: 100 k€},
     funding: [{from: state, share: 20 %, of: 150 k€}]}
scenarios:
  - {id: more, title: More, change: [{project: workshops, percent: 60 %}]}
  - {id: less, title: Less, change: [{project: workshops, percent: -60 %}]}
  - {id: without, title: Without, drop: [workshops]}
"""


@pytest.mark.parametrize(
    ("scenario", "cost"), [(None, "100 k€"), ("more", None), ("less", "40 k€"), ("without", None)]
)
def test_a_share_is_held_against_what_the_version_costs(
    scenario: str | None, cost: str | None
) -> None:
    found = [
        Language("en").say(each.message).replace("\u00a0", " ")
        for each in examined(PLAN, choices=Choices(scenario)).diagnostics
        if each.code == "PPI434"
    ]
    assert found == (
        []
        if cost is None
        else [f"“Workshops”: this share is of 150 k€, and the project costs {cost}"]
    )


def test_what_a_project_costs_before_the_plan_counts_in_a_version_too() -> None:
    """2 k€ before, and 40 of 100: of a version, only the 40 were told."""
    text = PLAN.replace("costs: {2026: 100 k€}", "costs: [{before: 2 k€}, {2026: 100 k€}]")
    told = [
        Language("en").say(each.message).replace("\u00a0", " ")
        for each in examined(text, choices=Choices("less")).diagnostics
        if each.code == "PPI434"
    ]
    assert told == ["“Workshops”: this share is of 150 k€, and the project costs 42 k€"]


@pytest.mark.parametrize(("other", "told"), [
    ("0 k€", []),
    ("-1 k€", ["“P”: a share is of 5 k€ of its costs: 1 k€ that come back are not taken off"]),
])  # fmt: skip
def test_what_comes_back_is_told_beside_a_share_and_what_costs_nothing_is_not(
    other: str, told: list[str]
) -> None:
    text = (
        "plan: {title: P, years: 2026..2028, tax: incl, rate: 20 %}\n"
        "themes: [{id: a, title: A}]\nfunders: [{id: f, title: F}]\n"
        f"projects: [{{id: p, theme: a, title: P, costs: [{{2026: 5 k€}}, {{2027: {other}}}],"
        " funding: [{from: f, share: 40 %, of: incl, status: granted}]}]\n"
    )
    found = [Language("en").say(each.message) for each in examined(text).diagnostics]
    assert [line.replace("\u00a0", " ") for line in found] == told
