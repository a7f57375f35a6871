"""Which law holds: rates within their bounds, and rules of French law where it is in force."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppi_cli.plan.fields import Reads
from ppi_cli.plan.notation import Part, Percentage, Rise
from ppi_cli.values.message import NotationError
from ppi_cli.values.money import Percent, Rate
from tests.conftest import Result
from tests.plans import codes, examined

Run = Callable[..., Result]

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
    costs: [{year: 2026, amount: 10 k€, indexed: yes, tax: excl, rate: 20 %, account: 2151}]
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


# --- the own share ------------------------------------------------------------------------------


#: Others pay 85 of 100 k€: the town pays less than 20 %.
CANTEEN = """
plan: {title: P, years: 2016..2019}
funders: [{id: detr, title: DETR}]
themes: [{id: ecoles, title: Écoles}]
projects:
  - id: cantine
    title: Cantine
    theme: ecoles
    costs: [{year: 2016, amount: 60 k€}, {year: 2017, amount: 40 k€}]
    funding: [{from: detr, year: 2017, amount: 85 k€}]
"""
IN_DOLLARS = CANTEEN.replace("2016..2019}", "2016..2019, currency: USD}")
LONG_AGO = CANTEEN.replace("201", "200")


def with_own_share(text: str, said: str) -> str:
    return f"{text}own_share: {said}\n"


def test_the_own_share_is_looked_at_where_french_law_holds() -> None:
    assert codes(CANTEEN) == ["PPI411"]
    assert codes(IN_DOLLARS.replace("USD", "EUR")) == ["PPI411"]
    assert codes(IN_DOLLARS.replace("USD", "XPF").replace("k€", "k")) == ["PPI411"]
    assert codes(IN_DOLLARS.replace("k€", "k$")) == []
    assert codes(LONG_AGO) == []


def test_the_law_is_that_of_the_last_year_of_costs() -> None:
    """A law of 2011: works that end in 2010 are older, whatever the years of the plan."""
    for last, found in (("2010", []), ("2011", ["PPI411"])):
        text = CANTEEN.replace("2016..2019", "2009..2013").replace("year: 2016", "year: 2009")
        assert codes(text.replace("year: 2017", f"year: {last}")) == found


def test_a_plan_may_ask_for_it_elsewhere_or_put_it_aside() -> None:
    for text in (CANTEEN, IN_DOLLARS.replace("k€", "k$"), LONG_AGO):
        assert codes(with_own_share(text, "{least: 20 %}")) == ["PPI411"]
        assert codes(with_own_share(text, "{least: 15 %}")) == []
        assert codes(with_own_share(text, "none")) == []
    assert codes(with_own_share(IN_DOLLARS.replace("k€", "k$"), "{with_fctva: no}")) == []


def test_operating_costs_have_no_least_share() -> None:
    def in_sections(first: str, second: str) -> list[str]:
        text = CANTEEN.replace("60 k€", f"60 k€, section: {first}")
        return codes(text.replace("40 k€", f"40 k€, section: {second}"))

    assert in_sections("operating", "operating") == []
    assert in_sections("operating", "investment") == ["PPI411"]
    asked = CANTEEN.replace("k€}", "k€, account: 6156}")
    assert (
        codes(with_own_share(asked, "{least: 20 %}").replace("85 k€, account: 6156", "85 k€")) == []
    )


@pytest.mark.parametrize(
    ("said", "told"),
    [("aucune", {"word": "none"}), ("no", {"word": "none"}), ("20 %", {"text": "{least: 20 %}"})],
)
def test_what_is_neither_none_nor_keys_is_told(said: str, told: dict[str, str]) -> None:
    (found,) = (
        each
        for each in examined(with_own_share(CANTEEN, said)).diagnostics
        if each.code == "PPI104"
    )
    assert (found.code, found.about) == ("PPI104", "own_share")
    assert found.help is not None
    assert found.help.values == told
    assert "PPI101" in codes(with_own_share(CANTEEN, "{last: 20 %}"))


@pytest.mark.parametrize("years", ["2005..2010", "1980..1985", "2060..2062"])
def test_where_no_law_is_in_force_nothing_stops(ppi: Run, folder: Path, years: str) -> None:
    text = f"plan: {{title: P, years: {years}, tax: incl}}\nfctva: {{}}\n"
    (folder / "plan.yaml").write_text(text, encoding="utf-8")
    for command in ("validate", "totals", "afford", "gantt", "apcp"):
        assert ppi(command, "plan.yaml").code == 0


def test_sections_are_held_against_accounts_where_the_nomenclature_is_french() -> None:
    text = CANTEEN.replace("60 k€", "60 k€, section: operating, account: 2183")
    assert codes(with_own_share(text, "none")) == ["PPI412"]
    assert codes(text.replace("2019}", "2019, currency: USD}").replace("k€", "k$")) == []


# --- what the VAT fund takes back ---------------------------------------------------------------

SALE = """
plan: {title: P, years: 2016..2019, tax: incl}
fctva: {regime: n}
themes: [{id: ecoles, title: Écoles}]
projects:
  - id: cantine
    title: Cantine
    theme: ecoles
    priority: 1
    quarters: 2016..2017
    costs:
      - {year: 2016, amount: 60 k€, section: investment}
      - {year: 2017, amount: -5 k€, section: investment}
priority_classes: [{class: 1, title: Urgent}]
"""


def all_codes(text: str) -> list[str]:
    return [d.code for d in examined(text).diagnostics]


def test_the_vat_fund_takes_its_part_of_a_sale_back_and_that_is_told() -> None:
    assert all_codes(SALE) == ["PPI416"]
    assert all_codes(SALE.replace("-5 k€", "-5 k€, fctva: yes")) == []
    assert all_codes(SALE.replace("-5 k€", "-5 k€, fctva: no")) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("fctva: {regime: n}\n", ""),
        ("tax: incl", "tax: excl"),  # the fund is not reckoned then
        ("fctva: {regime: n}", "fctva: {regime: n, rate: 0 %}"),
        ("-5 k€, section: investment", "-5 k€, section: operating"),
        ("-5 k€, section: investment", "-5 k€"),
        ("-5 k€", "5 k€"),
        ("201", "199"),  # no rate is known of those years
    ],
)
def test_where_the_fund_takes_nothing_back_nothing_is_told(old: str, new: str) -> None:
    assert all_codes(SALE.replace(old, new)) == []


def test_the_sales_of_a_project_are_told_together() -> None:
    text = SALE.replace(
        "-5 k€, section: investment}",
        "-5 k€, section: investment}\n"
        "      - {years: 2018..2019, each_year: -1 k€, account: 2183}\n"
        "    running_costs: [{amount: -2 k€, start: 2018, section: investment}]",
    )
    (found,) = [d for d in examined(text).diagnostics if d.code == "PPI416"]
    assert str(found.message.values["amount"]) == "-7000.00"
    assert [note.place.range and note.place.range.start.line for note in found.related] == [14]


# --- years that are no years of the plan --------------------------------------------------------


@pytest.mark.parametrize(
    ("section", "year"),
    [
        ("ceilings: {net: {2025: 9 k€, 2031: 8 k€}}", "2031"),
        ("ceilings: {investment: {2031: 8 k€}}", "2031"),
        ("savings: {2024: 8 k€}", "2024"),
        ("fctva: {due: {2024: 8 k€}}", "2024"),
    ],
)
def test_a_year_of_a_ceiling_is_one_of_the_plan(section: str, year: str) -> None:
    envelope = "envelope: {2025: 10 k€, 2026: 10 k€, 2027: 10 k€}"
    text = "plan: {title: A, years: 2025..2027, tax: incl}\n"
    text += f"themes: [{{id: t, title: T, {envelope}}}]\n{section}\n"
    (found,) = examined(text).diagnostics
    assert found.code == "PPI201"
    assert found.place.range is not None
    assert found.place.range.start == (3, section.index(year) + 1)
    assert "PPI201" not in codes(text.replace(year, "2026"))


def test_a_year_of_funding_is_none_before_the_plan() -> None:
    """One after it may be: some pay late."""
    text = CANTEEN.replace("85 k€", "8 k€")
    assert codes(text.replace("from: detr, year: 2017", "from: detr, year: 2015")) == ["PPI201"]
    assert codes(text.replace("from: detr, year: 2017", "from: detr, year: 2020")) == []
