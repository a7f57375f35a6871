"""What loans cost, and what years do to savings, the fund and debt: published tables, and laws."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppi_cli.figures.debt import Borrowed, Reckoned, Start, Stated, Terms, path, schedule
from ppi_cli.values.money import Rate, parse_rate


def terms(rate: str = "3 %", years: int = 20, repaid: Any = "equal_capital") -> Terms:
    return Terms(parse_rate(rate), years, repaid)


def euros(*amounts: float) -> list[int]:
    return [round(100 * amount) for amount in amounts]


# --- published tables ----------------------------------------------------------------------------


def test_equal_payments_of_a_published_table() -> None:
    """20 000 € over 4 years at 5 %, 5 640.24 € a year (experts-univers.com, mathématique
    financière). The last row of that table has a cent of interest more, so that the payments are
    alike: 5 % of 5 371.65 € are 268.58 €."""
    dues = schedule(20_000_00, terms("5 %", 4, "equal_payment"))
    assert [due.interest for due in dues] == euros(1000, 767.99, 524.38, 268.58)  # it has 268.59
    assert [due.capital for due in dues] == euros(4640.24, 4872.25, 5115.86, 5371.65)
    assert [due.left for due in dues] == euros(15359.76, 10487.51, 5371.65, 0)
    assert [due.annuity for due in dues[:3]] == 3 * [5640_24]


def test_equal_capital_of_a_published_table() -> None:
    """400 000 € over 5 years at 3 % (yaronet.com, an answer of 2008): to the euro."""
    dues = schedule(400_000_00, terms("3 %", 5))
    assert [due.interest for due in dues] == euros(12_000, 9600, 7200, 4800, 2400)
    assert [due.annuity for due in dues] == euros(92_000, 89_600, 87_200, 84_800, 82_400)


def test_equal_capital_of_a_course_on_microfinance() -> None:
    """25 000 over 5 years at 6 %: 4 500 of interest in all (scribd.com, document 469358327)."""
    dues = schedule(25_000_00, terms("6 %", 5))
    assert [due.interest for due in dues] == euros(1500, 1200, 900, 600, 300)
    assert {due.capital for due in dues} == {5000_00}
    assert sum(due.interest for due in dues) == 4500_00


def test_equal_payments_of_a_table_that_textbooks_have() -> None:
    """100 000 over 5 years at 10 %: 26 379.75 a year. Of the last row, tables make the payment
    like the others, a cent more than is owed and due of it."""
    dues = schedule(100_000_00, terms("10 %", 5, "equal_payment"))
    assert [due.interest for due in dues] == euros(10_000, 8362.03, 6560.25, 4578.30, 2398.16)
    assert [due.annuity for due in dues] == [*4 * [26_379_75], 26_379_74]


def test_a_bond_that_is_repaid_at_the_end() -> None:
    """1 000 over 5 years with a coupon of 5 %: 50 a year, and 1 050 in the last."""
    dues = schedule(1000_00, terms("5 %", 5, "at_end"))
    assert [due.annuity for due in dues] == euros(50, 50, 50, 50, 1050)


def test_a_loan_that_is_repaid_by_quarters_costs_less_interest() -> None:
    """100 000 over 10 years at 4 %, the same capital each quarter: 1 % of 100 000, 97 500, 95 000
    and 92 500 in the first year, 3 850. Here a year's interest is that on what is owed as it
    begins, 4 000: too much by 1 % of what was repaid within the year, 2 500 + 5 000 + 7 500."""
    by_quarters = sum(100_000_00 - 2500_00 * n for n in range(4)) // 100
    first = schedule(100_000_00, terms("4 %", 10))[0]
    assert by_quarters == 3850_00
    assert (first.capital, first.interest) == (4 * 2500_00, by_quarters + 150_00)


def test_a_loan_of_the_middle_of_a_year_costs_half_a_year_of_interest_more() -> None:
    """Paid out on 1 July, banks ask for interest up to 31 December: 100 000 at 4 %, 2 000. Here
    nothing is due in the year of the loan, since the plan does not say on which day it comes."""
    loan = Borrowed(2025, 100_000_00, terms("4 %", 10))
    assert loan.due_in(2025).annuity == 0
    assert loan.due_in(2026).interest == 4000_00
    assert sum(loan.due_in(year).interest for year in range(2025, 2036)) == 22_000_00


@pytest.mark.parametrize(
    ("year", "gross", "repaid", "net"),
    [
        (2018, 713_298, 883_351, -170_052),
        (2019, 1_297_287, 862_830, 434_457),
        (2020, 729_108, 850_750, -121_641),
        (2021, 1_388_954, 819_870, 569_084),
        (2022, 794_497, 717_627, 76_870),
        (2023, 1_783_529, 698_092, 1_085_437),
    ],
)
def test_gross_and_net_savings_of_an_audited_town(
    year: int, gross: int, repaid: int, net: int
) -> None:
    """Tonnerre, 2018 to 2023 (chambre régionale des comptes, report, table 5).

    The report has cut cents off: in 2018 and 2020 its own rows differ by a euro.
    """
    savings = (gross - repaid) * 100
    (found,) = path(Start(10**9, 0), [Stated(year, savings, repaid * 100, 0, 0)])
    assert (found.gross, found.capital) == (gross * 100, repaid * 100)
    assert abs(found.net - net * 100) <= 100


# --- loans ---------------------------------------------------------------------------------------


def test_all_at_the_end_costs_interest_until_then() -> None:
    dues = schedule(1000_00, terms("4 %", 3, "at_end"))
    assert [(due.capital, due.interest) for due in dues] == [(0, 4000), (0, 4000), (100000, 4000)]


def test_at_no_interest_equal_payments_are_equal_parts() -> None:
    """100.00 in three: the last parts have the cents that remain."""
    for repaid in ("equal_capital", "equal_payment"):
        dues = schedule(100_00, terms("0 %", 3, repaid))
        assert [(due.capital, due.interest) for due in dues] == [(3333, 0), (3333, 0), (3334, 0)]


def test_a_loan_costs_nothing_in_its_own_year_and_after_its_last() -> None:
    loan = Borrowed(2025, 1000_00, terms("5 %", 2))
    due = [loan.due_in(year).annuity for year in range(2024, 2030)]
    assert due == [0, 0, 550_00, 525_00, 0, 0]


profiles = st.sampled_from(["equal_capital", "equal_payment", "at_end"])
any_terms = st.builds(
    Terms, st.integers(0, 20_000).map(Rate), st.integers(1, 40), profiles
)  # up to 20 %


@given(st.integers(0, 10**12), any_terms)
def test_the_capital_of_a_loan_sums_to_it_and_none_is_below_zero(cents: int, own: Terms) -> None:
    dues = schedule(cents, own)
    assert len(dues) == own.years
    assert sum(due.capital for due in dues) == cents
    assert all(due.capital >= 0 and due.interest >= 0 for due in dues)
    assert dues[-1].left == 0


# --- years ---------------------------------------------------------------------------------------


def year(
    investment: int, savings: int = 0, repaid: int = 0, operating: int = 0, **more: Any
) -> Stated:
    return Stated(
        more.pop("year", 2025),
        savings * 100,
        repaid * 100,
        operating * 100,
        investment * 100,
        **more,
    )


def one(start: Start, stated: Stated) -> Reckoned:
    (found,) = path(start, [stated])
    return found


def test_a_loan_pays_what_savings_and_the_fund_do_not() -> None:
    """1 000 to invest, 300 of net savings, 250 in the fund of which 100 stay: 550 are borrowed."""
    found = one(Start(5000_00, 250_00, 100_00), year(1000, savings=300, repaid=200))
    assert found.loan == 550_00
    assert found.fund == 100_00
    assert found.debt == (5000 - 200 + 550) * 100


def test_no_more_is_borrowed_than_is_invested() -> None:
    """Savings below zero take 400 of the fund: no loan pays for what is no investment."""
    found = one(Start(0, 100_00), year(50, savings=-400))
    assert found.loan == 50_00
    assert found.fund == (100 - 400) * 100


def test_what_others_pay_too_much_goes_to_the_fund() -> None:
    found = one(Start(0, 100_00), year(-70, savings=10))
    assert (found.loan, found.fund) == (0, 180_00)


def test_a_stated_loan_is_never_cut() -> None:
    """600 are stated where 100 would do, and 200 are invested: the fund has the rest."""
    stated = Borrowed(2025, 600_00, terms(), "Caisse")
    found = one(Start(0, 0), year(200, savings=100, loans=(stated,)))
    assert (found.loan, found.stated, found.fund) == (600_00, 600_00, 500_00)
    assert found.is_beyond_investment


def test_what_may_not_be_borrowed_falls_on_the_fund() -> None:
    """As under a ceiling; and 0 is how a closed year borrows nothing more."""
    found = one(Start(0, 100_00), year(1000, savings=300, most=250_00))
    assert (found.loan, found.fund) == (250_00, (100 + 300 + 250 - 1000) * 100)


def test_years_end_where_the_terms_of_a_loan_are_not_known() -> None:
    """The loan of 2025 is known, what it costs in 2026 is not."""
    years = [year(100), year(100, year=2026)]
    assert [found.year for found in path(Start(0, 0), years)] == [2025]


def test_years_to_repay_are_compared_exactly() -> None:
    owed = one(Start(1200_00, 10**9), year(0, savings=100))
    assert not owed.takes_longer_than(12)
    assert one(Start(1200_01, 10**9), year(0, savings=100)).takes_longer_than(12)


def test_where_savings_are_below_zero_debt_is_never_repaid() -> None:
    assert one(Start(1, 0), year(0, savings=-100)).takes_longer_than(12)
    assert not one(Start(0, 10**9), year(0, savings=-100)).takes_longer_than(12)


# --- laws ----------------------------------------------------------------------------------------

_cents = st.integers(-50_000_00, 500_000_00)
_some = st.integers(0, 200_000_00)


@st.composite
def towns(
    draw: st.DrawFn, own_terms: st.SearchStrategy[Terms] = any_terms
) -> tuple[Start, list[Stated]]:
    """A town of up to eight years, some with a loan that is stated."""
    usual = draw(own_terms)
    start = Start(draw(_some) * 20, draw(_cents), draw(_some), usual)
    years: list[Stated] = []
    owed = start.debt
    for n in range(draw(st.integers(1, 8))):
        repaid = draw(st.integers(0, owed))
        owed -= repaid
        loans = draw(
            st.lists(
                st.builds(Borrowed, st.just(2025 + n), _some, own_terms, st.just("Caisse")),
                max_size=1,
            )
        )
        own = Stated(2025 + n, draw(_cents), repaid, draw(_some) // 10, draw(_cents), tuple(loans))
        years.append(own)
    return start, years


def before_and_after(start: Start, years: list[Stated]) -> list[tuple[int, int, Reckoned]]:
    """The fund and the debt before each year, and what becomes of it."""
    found = list(path(start, years))
    states = [(start.fund, start.debt), *((each.fund, each.debt) for each in found)]
    return [(*before, each) for before, each in zip(states, found, strict=False)]


@given(towns())
def test_the_fund_and_the_debt_follow_from_the_year_before(
    town: tuple[Start, list[Stated]],
) -> None:
    for fund, debt, each in before_and_after(*town):
        assert each.fund == fund + each.net + each.loan - each.investment
        assert each.debt == debt + each.loan - each.capital
        assert each.debt - each.fund == debt - fund + each.investment - each.gross


@given(towns())
def test_the_debt_is_the_old_one_and_what_is_left_of_loans(
    town: tuple[Start, list[Stated]],
) -> None:
    for _, _, each in before_and_after(*town):
        left = sum(loan.due_in(each.year).left for loan in each.loans)
        assert each.debt == each.old_debt + left


@given(towns())
def test_the_fund_keeps_what_it_is_to_keep_where_nothing_limits_the_loan(
    town: tuple[Start, list[Stated]],
) -> None:
    for _, _, each in before_and_after(*town):
        if each.gap <= max(0, each.investment):
            assert each.fund >= town[0].keep


_equal_parts = st.builds(
    Terms, st.integers(0, 20_000).map(Rate), st.integers(1, 40), st.just("equal_capital")
)


@given(
    towns(_equal_parts),
    st.integers(0, 7),
    st.integers(1, 100_000_00),
    st.sampled_from(["investment", "operating"]),
)
def test_what_costs_more_lowers_no_debt_and_raises_no_savings(
    town: tuple[Start, list[Stated]], n: int, more: int, what: str
) -> None:
    start, years = town
    n %= len(years)
    dearer = [*years]
    dearer[n] = years[n]._replace(**{what: getattr(years[n], what) + more})
    for before, after in zip(path(start, years), path(start, dearer), strict=True):
        assert after.debt >= before.debt
        assert after.gross <= before.gross


@given(towns(_equal_parts), st.integers(1, 10_000))
def test_a_higher_rate_lowers_no_debt_and_raises_no_savings(
    town: tuple[Start, list[Stated]], more: int
) -> None:
    start, years = town
    assert start.terms is not None
    dearer = start._replace(
        terms=start.terms._replace(rate=Rate(start.terms.rate.thousandths + more))
    )
    for before, after in zip(path(start, years), path(dearer, years), strict=True):
        assert after.debt >= before.debt
        assert after.gross <= before.gross


@given(
    towns(),
    st.integers(0, 7),
    st.integers(1, 100_000_00),
    st.sampled_from(["investment", "operating", "rate"]),
)
def test_however_loans_are_repaid_what_costs_more_lowers_no_debt(
    town: tuple[Start, list[Stated]], n: int, more: int, what: str
) -> None:
    """And raises no gross savings; up to the cents of payments that are rounded."""
    start, years = town
    dearer, then = [*years], start
    if what == "rate":
        assert start.terms is not None
        rate = Rate(start.terms.rate.thousandths + 1 + more % 10_000)
        then = start._replace(terms=start.terms._replace(rate=rate))
    else:
        n %= len(years)
        dearer[n] = years[n]._replace(**{what: getattr(years[n], what) + more})
    cents = 2 * len(years) ** 2
    for before, after in zip(path(start, years), path(then, dearer), strict=True):
        assert after.debt >= before.debt - cents
        assert after.gross <= before.gross + cents


@given(towns(), st.integers(0, 7), st.integers(1, 50_000_00))
def test_a_cost_of_the_need_or_of_savings_is_the_same_to_fund_and_debt(
    town: tuple[Start, list[Stated]], n: int, cents: int
) -> None:
    """Where what is invested does not limit the loan, in the one reading or in the other."""
    start, years = town
    n %= len(years)
    moved = [*years]
    moved[n] = years[n]._replace(
        investment=years[n].investment - cents, operating=years[n].operating + cents
    )
    before, after = list(path(start, years)), list(path(start, moved))
    for each in (*before, *after):
        if each.gap > max(0, each.investment):
            return
    assert [(e.loan, e.fund, e.debt) for e in before] == [(e.loan, e.fund, e.debt) for e in after]


@given(towns())
def test_a_plan_without_costs_borrows_nothing(town: tuple[Start, list[Stated]]) -> None:
    start, years = town
    nothing = [each._replace(investment=0, operating=0, loans=()) for each in years]
    assert all(each.loan == 0 for each in path(start, nothing))


@given(towns(_equal_parts), st.data())
def test_a_loan_that_would_be_found_may_as_well_be_stated(
    town: tuple[Start, list[Stated]], data: st.DataObject
) -> None:
    """On the usual terms, up to a cent of interest and of capital a loan and year."""
    start, years = town
    years = [each._replace(loans=()) for each in years]
    found = list(path(start, years))
    n = data.draw(st.integers(0, len(years) - 1))
    part = data.draw(st.integers(0, found[n].loan))
    stated = [*years]
    stated[n] = years[n]._replace(loans=(Borrowed(years[n].year, part, start.terms, "Caisse"),))
    cents = 2 * len(years) ** 2 * 4
    for one_, other in zip(found, path(start, stated), strict=True):
        assert abs(one_.debt - other.debt) <= cents
        assert abs(one_.gross - other.gross) <= cents
