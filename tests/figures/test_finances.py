"""What a plan does to savings and debt: the finance example by hand, and what is not stated."""

from __future__ import annotations

from typing import Any

import pytest

from ppi_cli.figures.ceilings import years_of
from ppi_cli.figures.finances import AskedLoans, DebtYear, prospect, prospect_of
from ppi_cli.plan.model import Plan
from ppi_cli.rules import debt as rules
from ppi_cli.values.money import Money, parse_rate
from ppi_cli.versions.choices import Choices
from ppi_cli.versions.scenarios import worked_out
from tests.plans import plan
from tests.test_example_finance import the_plan

TOWN = """
    plan: {title: Plan de Vigneux, years: 2025..2027, tax: incl}
    themes: [{id: a, title: A}]
    projects:
      - id: halle
        theme: a
        title: Halle
        quarters: 2025-T2..2026-T4
        costs: {2025: 300 k€, 2026: 900 k€, section: investment}
"""
FINANCES = """
    savings: {2025: 250 k€, 2026: 260 k€, 2027: 260 k€}
    debt:
      at_start: 2 M€
      repaid: {2025: 150 k€, 2026: 150 k€, 2027: 150 k€}
      fund: 400 k€
      keep: 200 k€
      new_loans: {rate: "3,5 %", years: 20}
"""


def town(finances: str = FINANCES, of: str = TOWN, funding: str = "", more: str = "") -> Plan:
    own = f"        funding: {funding}\n" if funding else ""
    return worked_out(plan(of + own + more + finances)).plan


def rows(of: Plan, name: str) -> list[str | None]:
    """A row of the table, year by year."""
    figures = [getattr(year, name).amount for year in prospect(of).years]
    return [None if amount is None else str(amount) for amount in figures]


def year(of: Plan, number: int) -> DebtYear:
    return next(each for each in prospect(of).years if each.year == number)


# --- the finance example, by hand ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "amount"),
    [
        ("gross_before", "2000000.00"),  # 1 450 000 of net savings + 550 000 repaid
        ("operating", "31400.00"),  # 22 000 of upkeep of roads, 9 400 of IT
        ("gross", "1968600.00"),
        ("net", "1418600.00"),
        ("investment", "1159580.50"),  # 1 190 980.50 that the town pays, less the operation
        ("fund", "1059019.50"),  # 800 000 + 1 418 600 - 1 159 580.50: no loan is needed
        ("loan", None),
        ("debt", "8450000.00"),
    ],
)
def test_2025_of_the_finance_example_by_hand(name: str, amount: str | None) -> None:
    figure = getattr(year(the_plan(), 2025), name).amount
    assert (None if figure is None else str(figure)) == amount


@pytest.mark.parametrize(
    ("name", "amount"),
    [
        ("gross_before", "2050000.00"),  # 1 520 000 + 530 000
        ("operating", "125400.00"),  # 63 400 of works, 62 000 to run
        ("gross", "1924600.00"),
        ("net", "1394600.00"),
        ("investment", "3546750.00"),  # 3 672 150 - 125 400
        ("loan", "1393130.50"),  # 3 546 750 - 1 394 600 - (1 059 019.50 - 300 000)
        ("fund", "300000.00"),
        ("debt", "9313130.50"),  # 8 450 000 - 530 000 + 1 393 130.50
    ],
)
def test_2026_of_the_finance_example_by_hand(name: str, amount: str) -> None:
    assert str(getattr(year(the_plan(), 2026), name).amount) == amount


def test_the_loan_of_2026_costs_something_from_2027_on() -> None:
    """3.5 % of 1 393 130.50 is 48 759.5675, a twentieth of it 69 656.52 with ten cents left."""
    found = year(the_plan(), 2027)
    assert (str(found.interest.amount), str(found.new_capital.amount)) == ("48759.57", "69656.52")
    assert str(found.capital.amount) == "589656.52"  # with the 520 000 of the old debt


def test_the_relay_loan_of_2027_is_part_of_what_is_borrowed_and_costs_interest_alone() -> None:
    """3 337 631.30 - 983 783.91 are lacking in 2027, the fund is at what it keeps; 550 k€ of that
    are stated. In 2028: 3.5 % of 1 323 473.98 and of 1 803 847.39, 3 % of 550 000."""
    of = the_plan()
    own = year(of, 2027)
    assert (str(own.loan.amount), str(own.stated.amount)) == ("2353847.39", "550000.00")
    due = {loan.name: loan.due_in(2028) for loan in prospect(of).loans if loan.year < 2028}
    assert due["Emprunt relais"][:2] == (0, 16_500_00)
    # 46 321.59 + 63 134.66 + 16 500 of interest, 69 656.52 + 90 192.36 of capital
    found = year(of, 2028)
    assert (str(found.interest.amount), str(found.new_capital.amount)) == ("125956.25", "159848.88")


def test_years_to_repay_of_the_finance_example() -> None:
    of = the_plan()
    told = [str(years_of(of, each.reckoned)) for each in prospect(of).years]
    assert told == ["4.3", "4.8", "7.0", "7.7", "7.9"]


# --- what is not stated --------------------------------------------------------------------------


def test_the_table_ends_before_a_year_without_savings() -> None:
    of = town(FINANCES.replace("2027: 260 k€}\n    debt", "2027: }\n    debt"))
    found = prospect(of)
    assert [each.year for each in found.years] == [2025, 2026]
    assert found.stop is not None
    assert (found.stop.year, found.stop.needed) == (2027, ("savings",))


def test_what_is_repaid_has_to_be_stated_while_old_debt_is_left() -> None:
    of = town(FINANCES.replace(", 2027: 150 k€}\n      fund", "}\n      fund"))
    stop = prospect(of).stop
    assert stop is not None
    assert stop.needed == ("repaid",)


def test_once_the_old_debt_is_repaid_nothing_has_to_be_stated() -> None:
    of = town(
        FINANCES.replace("2 M€", "300 k€").replace(", 2027: 150 k€}\n      fund", "}\n      fund")
    )
    assert len(prospect(of).years) == 3


@pytest.mark.parametrize(
    ("missing", "needed"),
    [("at_start: 2 M€", "at_start"), ("fund: 400 k€", "fund")],
)
def test_without_the_debt_or_the_fund_at_the_start_nothing_is_reckoned(
    missing: str, needed: str
) -> None:
    found = prospect(town(FINANCES.replace(missing, f"{needed}:")))
    assert found.years == ()
    assert found.stop is not None
    assert found.stop.needed == (needed,)


def test_without_terms_the_year_of_the_first_loan_is_the_last_one() -> None:
    found = prospect(town(FINANCES.replace('new_loans: {rate: "3,5 %", years: 20}', "new_loans:")))
    assert [each.year for each in found.years] == [2025, 2026]
    assert found.stop is not None
    assert found.stop.needed == ("rate", "years")
    assert found.after is None


def test_terms_that_are_asked_for_take_the_place_of_those_of_the_plan() -> None:
    asked = prospect_of(town(), AskedLoans(parse_rate("5 %"), 10))
    assert asked.terms is not None
    assert (str(asked.terms.rate), asked.terms.years) == ("5 %", 10)


# --- loans ---------------------------------------------------------------------------------------

LOAN = """
    funders: [{id: banque, title: Banque, own: yes, loan: {rate: 2 %, years: 15}}]
"""


def test_an_own_source_is_a_loan_where_it_says_so_alone() -> None:
    """100 k€ of 2025: 250 k€ of savings and 200 k€ of the fund would have paid all of it."""
    funding = "[{from: banque, 2025: 100 k€}]"
    of = town(funding=funding, more=LOAN)
    assert rows(of, "loan")[0] == "100000.00"
    (loan, _) = prospect(of).loans
    assert loan.terms is not None
    assert (loan.name, str(loan.terms.rate), loan.terms.years) == ("Banque", "2 %", 15)
    other = town(funding=funding, more=LOAN.replace(", loan: {rate: 2 %, years: 15}", ""))
    assert rows(other, "loan")[0] is None


def test_what_a_loan_does_not_say_of_its_terms_is_usual() -> None:
    of = town(funding="[{from: banque, 2025: 100 k€}]", more=LOAN.replace("rate: 2 %, ", ""))
    terms = prospect(of).loans[0].terms
    assert terms is not None
    assert (str(terms.rate), terms.years) == ("3.5 %", 15)
    asked = prospect_of(of, AskedLoans(parse_rate("5 %"), 10)).loans[0].terms
    assert asked is not None
    assert (str(asked.rate), asked.years) == ("5 %", 15)


def test_a_ceiling_of_borrowing_binds_where_it_is_asked_for() -> None:
    """2026 needs 900 k€: 260 k€ of savings, 150 k€ of the fund, 490 k€ that are borrowed."""
    of = town(more="    ceilings: {borrowing: {2026: 400 k€}}\n")
    assert rows(of, "loan") == [None, "490000.00", None]
    within = prospect_of(of, AskedLoans(within_ceilings=True)).years[1]
    assert str(within.loan.amount) == "400000.00"
    assert str(within.fund.amount) == "110000.00"  # 90 k€ less than the 200 k€ to keep


# --- versions ------------------------------------------------------------------------------------


SCENARIO = """
    scenarios:
      - {id: prudence, savings: {2026: 200 k€}, new_loans: {rate: 4 %}}
      - {id: court, based_on: prudence, new_loans: {years: 10}}
"""


def test_a_scenario_may_state_other_savings_and_terms() -> None:
    """60 k€ of savings less in 2026: 60 k€ more are borrowed; all else stays."""
    written = plan(TOWN + FINANCES + SCENARIO)
    of = Choices("court").version(written).plan
    assert rows(of, "loan") == [None, "550000.00", None]
    terms = prospect(of).terms
    assert terms is not None
    assert (str(terms.rate), terms.years) == ("4 %", 10)
    assert rows(of, "debt")[0] == rows(town(), "debt")[0]


def test_a_finding_in_a_version_stands_where_the_scenario_says_it() -> None:
    text = TOWN + FINANCES
    text += "    scenarios: [{id: s, ceilings: {borrowing: {2026: 1 k€}, years_to_repay: 1}}]\n"
    version = Choices("s").version(plan(text))
    both = (rules.loans_stay_within_their_ceilings, rules.debt_is_repaid_within_its_years)
    found = [f for rule in both for f in rule.findings(version.plan)]
    assert [version.origin(f.path) for f in found] == [
        ("scenarios", 0, "ceilings", "borrowing", "2026", "amount"),
        ("scenarios", 0, "ceilings", "years_to_repay"),
    ]


def test_a_project_that_is_put_off_takes_its_loan_along() -> None:
    of = plan(TOWN + "        funding: [{from: banque, 2025: 100 k€}]\n" + LOAN + FINANCES)
    later = Choices(shifts={"halle": 4}).version(of).plan
    assert [loan.year for loan in prospect(later).loans if loan.name] == [2026]


# --- closed years --------------------------------------------------------------------------------


EXECUTION = """
    execution:
      - year: 2025
        closed: yes
        lines: [{project: halle, paid: 900 k€}]
"""


def test_no_loan_is_found_for_a_closed_year() -> None:
    """900 k€ were paid in 2025, and 250 k€ saved: the fund of 400 k€ falls to -250 k€."""
    written = plan(TOWN + "    ceilings: {years_to_repay: {2025: 1}}\n" + FINANCES + EXECUTION)
    assert rows(worked_out(written).plan, "loan")[0] is None
    closed = year(Choices(executed=True).version(written).plan, 2025)
    assert (closed.loan.amount, str(closed.fund.amount)) == (None, "-250000.00")
    assert str(closed.lacking) == "450000.00"
    executed = Choices(executed=True).version(written).plan
    assert not list(rules.debt_is_repaid_within_its_years.findings(executed))


# --- operation -----------------------------------------------------------------------------------


RUNNING = "        running_costs: [{amount: 20 k€, account: 60612}]\n"


def test_what_is_to_run_lowers_savings_and_is_no_investment() -> None:
    of = town(more=RUNNING)
    assert rows(of, "operating") == [None, None, "20000.00"]
    assert rows(of, "investment") == ["300000.00", "900000.00", "0.00"]


def test_what_savings_hold_is_taken_off_nowhere_again() -> None:
    of = town(FINANCES + "      savings_hold: [running]\n", more=RUNNING)
    assert rows(of, "operating") == [None, None, None]
    assert rows(of, "investment")[2] == "0.00"
    free = town()
    assert rows(of, "debt") == rows(free, "debt")
    assert prospect(of).held == {"running": Money(20_000_00)}


# --- the VAT fund of upkeep ----------------------------------------------------------------------

ROADS = """
      - id: voirie
        theme: a
        title: Entretien de la voirie
        costs: {2025: 100 k€, account: 615231, fctva: yes}
    fctva: {regime: n+1, rate: 16 %, due: {2025: 30 k€}}
"""


def test_what_the_vat_fund_gives_back_of_upkeep_is_revenue_of_operation() -> None:
    """16 % of 100 k€ of upkeep come in 2026 on account 744, 16 % of 300 k€ of works with
    investment. In 2026 gross savings are 410 k€ + 16 k€, the investment 900 k€ - 48 k€.

    Of these 276 k€ are saved, the fund has 80 k€: 496 k€ are borrowed, for 17 360 € in 2027.
    """
    of = town(more=ROADS)
    assert rows(of, "operating") == ["100000.00", "-16000.00", None]
    assert rows(of, "gross") == ["300000.00", "426000.00", "392640.00"]
    assert rows(of, "investment") == ["270000.00", "852000.00", "-144000.00"]
    assert year(of, 2026).vat_fund == Money(48_000_00)


def test_what_savings_hold_is_not_the_vat_fund() -> None:
    of = town(FINANCES + "      savings_hold: [operating]\n", more=ROADS)
    assert rows(of, "operating") == [None, "-16000.00", None]


def test_what_is_still_due_of_earlier_upkeep_is_revenue_of_operation_too() -> None:
    of = town(more=ROADS.replace("30 k€}", "30 k€}, due_operating: {2025: 10 k€}"))
    assert rows(of, "operating")[0] == "90000.00"
    assert rows(of, "investment")[0] == "270000.00"


# --- marks ---------------------------------------------------------------------------------------


def test_what_follows_from_a_loan_is_assumed_and_known_costs_only_travel() -> None:
    """The envelope of 2025 covers its costs, and no envelope those of 2026: nor after that. A loan
    is found in 2026, and due from 2027 on."""
    of = town(of=TOWN.replace("title: A}", "title: A, envelope: {2025: 300 k€, 2027: 0 €}}"))
    found = prospect(of).years
    assert [each.debt.assumed for each in found] == [False, True, True]
    assert [each.gross.assumed for each in found] == [False, False, True]
    assert [each.debt.known_only for each in found] == [False, True, True]


# --- what is left --------------------------------------------------------------------------------


def test_what_is_left_after_the_plan_is_known() -> None:
    """490 k€ of 2026 on 20 years at 3.5 %: 24 500 € and 17 150 € in 2027, 16 292.50 € in 2028."""
    after: Any = prospect(town()).after
    assert (after.year, str(after.left)) == (2028, "465500.00")
    assert (str(after.capital), str(after.interest)) == ("24500.00", "16292.50")


def test_capital_that_neither_savings_nor_the_vat_fund_cover_is_known() -> None:
    """150 k€ fall due of 50 k€ of gross savings, and the VAT fund gives back 30 k€."""
    finances = FINANCES.replace("2025: 250 k€", "2025: -100 k€")
    of = town(finances, more="    fctva: {regime: n+2, due: {2025: 30 k€}}\n")
    assert str(year(of, 2025).uncovered) == "70000.00"
