"""Printed totals: what is told of one that its figures do not add up to, and how often."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ppi_cli.values.message import AsWritten
from ppi_cli.values.money import Money, parse_money
from ppi_cli.words.language import Language
from tests.plans import codes, examined

#: 100 + 20 + 30 of roads and 50 + 50 of schools, printed as 150, 70, 30 and 250 in all.
PLAN = """
plan: {title: P, years: 2016..2018}
themes:
  - id: voirie
    title: Voirie
    envelope: {2016: 100 k€, 2017: 20 k€, 2018: 30 k€}
    stated_totals: {total: 150 k€}
  - id: ecoles
    title: Écoles
    envelope: {2016: 50 k€, 2017: 50 k€, 2018: 0 €}
    stated_totals: {2016: 50 k€, total: 100 k€}
stated_totals: {2016: 150 k€, 2017: 70 k€, 2018: 30 k€, total: 250 k€}
"""


def told(text: str) -> list[str]:
    """What is said of printed totals, in the order of lines."""
    say = Language("en").say
    found = [d for d in examined(text).diagnostics if d.code == "PPI401"]
    return [say(d.message).replace("\xa0", " ").replace("\u202f", " ") for d in found]


def advised(text: str) -> list[str]:
    """What is to be done about printed totals that differ, in the order of lines."""
    found = [d for d in examined(text).diagnostics if d.code == "PPI401"]
    return [Language("en").say(d.help) for d in found if d.help is not None]


def test_the_plan_agrees() -> None:
    assert codes(PLAN) == []


# --- what is not stated is named ----------------------------------------------------------------


def test_a_year_without_a_figure_is_named_and_is_no_zero() -> None:
    text = (
        PLAN.replace(", 2018: 30 k€}", "}")
        .replace(", 2018: 0 €}", "}")
        .replace("2018: 30 k€, ", "")
    )
    assert told(text) == [
        "the total stated for Voirie, all years together is 150 k€, but its figures add up to"
        " 120 k€, and no figure is stated for 2018"
    ]
    plan_alone = text.replace("    stated_totals: {total: 150 k€}\n", "")
    assert told(plan_alone) == [
        "the total stated for all years together is 250 k€, but its figures add up to 220 k€, and"
        " no figure is stated for 2018"
    ]


def test_themes_without_a_figure_are_named_where_they_may_be_what_is_missing() -> None:
    text = PLAN.replace("2017: 20 k€, ", "").replace("    stated_totals: {total: 150 k€}\n", "")
    assert told(text) == [
        "the total stated for 2017 is 70 k€, but its figures add up to 50 k€, and no figure is"
        " stated for Voirie"
    ]
    (whole,) = told(text.replace("2017: 70 k€, 2018", "2018"))
    assert whole.endswith("add up to 230 k€, and no figure is stated for Voirie (2017)")
    (less,) = told(text.replace("2017: 70 k€", "2017: 40 k€").replace("total: 250", "total: 230"))
    assert less.endswith("add up to 50 k€: 10 k€ too little")


def test_a_total_of_nothing_is_told_as_before() -> None:
    (found,) = told("plan: {title: P, years: 2016}\nstated_totals: {2016: 5 k€}\n")
    assert found.endswith("is 5 k€, but no figure is stated to add up to it")


def test_what_to_write_where_a_total_sums_nothing() -> None:
    head = "plan: {title: P, years: 2016}\n"
    nothing = head + "stated_totals: {2016: 5 k€}\n"
    group = head + "groups: [{id: g, title: G, stated_totals: {2016: 5 k€}}]\n"
    assert [advised(text) for text in (nothing, nothing.replace("5 k€", "0"), group)] == [
        ["write the figures that it sums, or leave this total out"],
        ["blank is not 0: write the 0 as a figure too, or leave this total out"],
        ["write “group: g” in each theme of the group: none has it"],
    ]


# --- as it was written --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "quoted"),
    [
        ("529 k€", "529 k€"),
        ("2000 k€", "2 000 k€"),
        ("529000 €", "529 000 €"),
        ("529000", "529 000 €"),
        ("0,5 M€", "0.5 M€"),
        ("1234,56 K", "1 234.56 k€"),
        ("12,5 €", "12.50 €"),
        ("-3 M€", "-3 M€"),
    ],
)
def test_a_printed_total_is_quoted_in_its_own_unit(written: str, quoted: str) -> None:
    text = f'plan: {{title: P, years: 2016}}\nstated_totals: {{2016: "{written}"}}\n'
    (found,) = told(text)
    assert f"the total stated for 2016 is {quoted}, but" in found


def test_a_currency_that_begins_like_a_unit_is_none() -> None:
    assert Language("en", "MAD").show(AsWritten(parse_money("500 MAD"))) == "500\xa0MAD"
    assert Language("en", "MAD").show(AsWritten(parse_money("500 kMAD"))) == "500\xa0kMAD"


@example(cents=117_800, unit="k€")
@given(cents=st.integers(-(10**9), 10**9), unit=st.sampled_from(["", "€", "k€", "K", "M€", "M"]))
def test_what_is_quoted_reads_as_the_same_amount(cents: int, unit: str) -> None:
    quoted = Language("fr").show(AsWritten(Money(cents, unit)))
    assert parse_money(quoted) == Money(cents)


# --- one cause, one finding ---------------------------------------------------------------------


def test_one_figure_that_is_wrong_is_told_by_the_narrowest_total() -> None:
    """The schools of 2016: 50 are printed, and in three wider totals."""
    text = PLAN.replace("2016: 50 k€, 2017", "2016: 60 k€, 2017")
    assert told(text) == [
        "the total stated for Écoles, 2016 is 50 k€, but its figures add up to 60 k€:"
        " 10 k€ too little"
    ]
    (found,) = [d for d in examined(text).diagnostics if d.code == "PPI401"]
    wider = [note for note in found.related if note.message.text.startswith("{where}: this total")]
    assert len(wider) == 3


def test_a_theme_and_a_year_have_one_figure_in_common() -> None:
    """The roads of 2017, of which no total of their own is printed."""
    assert told(PLAN.replace("2017: 20 k€", "2017: 25 k€")) == [
        "the total stated for Voirie, all years together is 150 k€, but its figures add up to"
        " 155 k€: 5 k€ too little"
    ]


def test_two_causes_are_two_findings() -> None:
    # roads of 2016 and schools of 2017, each in its theme and year, and both in the plan
    text = PLAN.replace("2016: 100 k€", "2016: 101 k€").replace("2017: 50 k€", "2017: 52 k€")
    assert len(told(text)) == 2
    # a printed total of the plan that is wrong by something else
    assert len(told(text.replace("total: 250 k€", "total: 251 k€"))) == 3
    # two totals that are wrong by as much, and have no figure in common that could be
    text = PLAN.replace("2016: 150 k€", "2016: 149 k€").replace("total: 100 k€", "total: 99 k€")
    assert len(told(text)) == 2


def test_a_span_of_years_is_wrong_for_the_figures_of_its_years_alone() -> None:
    """Of the schools, 45 k€ are printed for 2016, 5 k€ too little."""
    spans = "{2016..2017: 125 k€, total: 150 k€}"
    text = PLAN.replace("{2016: 50 k€, total: 100 k€}", "{2016: 45 k€, total: 100 k€}")
    assert len(told(text)) == 1
    # those of the roads are not off for the sake of the schools
    both = text.replace("{total: 150 k€}", spans)
    assert len(told(both)) == 2
    # nor those of 2017 and 2018 together, in which the schools agree
    total = "stated_totals: {2016: 150 k€,"
    assert len(told(text.replace(total, "stated_totals: {2017..2018: 95 k€, 2016: 150 k€,"))) == 2
    # those of 2016 and 2017 together are
    assert len(told(text.replace(total, "stated_totals: {2016..2017: 215 k€, 2016: 150 k€,"))) == 1


def test_a_figure_that_is_wrong_itself_does_not_make_another_one_right() -> None:
    """The schools are off by 1 k€ in 2016; in all by 2 k€, and so is the year."""
    text = PLAN.replace("{2016: 50 k€, total: 100 k€}", "{2016: 51 k€, total: 102 k€}")
    text = text.replace("stated_totals: {2016: 150 k€", "stated_totals: {2016: 152 k€")
    assert len(told(text.replace(", total: 250 k€", ""))) == 2


def test_totals_that_were_printed_rounded_differ_by_about_as_much() -> None:
    text = PLAN.replace("2017: 20 k€", "2017: 20 400 €").replace(
        "2018: 30 k€}\n", "2018: 30 400 €}\n"
    )
    text = text.replace("k€}\n", "k€, rounded_to: 1 k€}\n").replace("total: 150", "total: 151")
    text = text.replace("total: 250", "total: 251")
    assert told(text) == []
    assert len(told(text.replace("2017: 20 400 €", "2017: 25 400 €"))) == 1


# --- others that told one cause twice -----------------------------------------------------------

FUNDED = """
plan: {title: P, years: 2016..2017}
funders: [{id: caf, title: CAF}, {id: ville, title: Ville, own: yes}]
themes: [{id: ecoles, title: Écoles}]
projects:
  - id: cantine
    title: Cantine
    theme: ecoles
    costs: [{year: 2016, amount: 60 k€}, {year: 2017, amount: 40 k€}]
    funding: [{from: caf, year: 2016, amount: 60 k€}, {from: ville, year: 2017, amount: 40 k€}]
    funding_complete: no
"""


def funded(complete: str, *amounts: str) -> list[str]:
    first, second = amounts
    text = FUNDED.replace("caf, year: 2016, amount: 60 k€", f"caf, year: 2016, amount: {first}")
    text = text.replace("ville, year: 2017, amount: 40 k€", f"ville, year: 2017, amount: {second}")
    say = Language("en").say
    found = examined(text.replace("complete: no", f"complete: {complete}")).diagnostics
    return [
        f"{d.code} {say(d.message).rpartition(': ')[2]}".replace("\xa0", " ")
        for d in found
        if d.severity != "info"
    ]


def test_funding_says_whether_it_is_too_much_or_too_little() -> None:
    assert funded("yes", "60 k€", "40 k€") == []
    assert funded("yes", "60 k€", "35 k€") == ["PPI410 5 k€ too little"]
    assert funded("each_year", "55 k€", "45 k€") == [
        "PPI410 5 k€ too little",
        "PPI410 5 k€ too much",
    ]


def test_what_is_funded_beyond_its_cost_is_told_once() -> None:
    """Not again as a share of the town that is below zero, nor as what is not complete."""
    assert funded("no", "60 k€", "45 k€") == ["PPI409 5 k€ too much"]
    assert funded("no", "105 k€", "0 €") == ["PPI409 5 k€ too much"]
    assert funded("yes", "60 k€", "45 k€") == ["PPI410 5 k€ too much"]
    assert funded("each_year", "105 k€", "40 k€") == ["PPI410 45 k€ too much"]


def test_what_is_blank_may_be_what_is_missing() -> None:
    assert funded("yes", "60 k€", "") == []
    assert funded("yes", "105 k€", "") == ["PPI410 5 k€ too much"]
    assert funded("each_year", "55 k€", "") == ["PPI410 5 k€ too little"]


def test_an_envelope_of_zero_is_told_once() -> None:
    text = FUNDED.partition("    funding:")[0] + "    quarters: 2016..2017\n"
    text = text.replace("title: Écoles}", "title: Écoles, envelope: {2016: 60 k€, 2017: 0 €}}")
    assert codes(text) == ["PPI402"]
    assert codes(text.replace("40 k€", "0 €")) == ["PPI403"]
