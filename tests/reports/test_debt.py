"""What ``ppi debt`` says in words, and how it shows years: the limits, each as an example."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ppi_cli.figures.arbitration import arbitrated
from ppi_cli.figures.ceilings import years_of
from ppi_cli.figures.debt import Start, Stated, path
from ppi_cli.figures.finances import AskedLoans
from ppi_cli.plan.model import Plan
from ppi_cli.reports.affordability import afford_report
from ppi_cli.reports.arbitration import ArbitrationReport
from ppi_cli.reports.debt import debt_report
from ppi_cli.values.message import Ratio
from ppi_cli.versions.choices import Choices
from ppi_cli.versions.scenarios import worked_out
from ppi_cli.words.language import Language
from tests.figures.test_finances import FINANCES, LOAN, RUNNING, TOWN, town
from tests.plans import examined, plan

ENGLISH, FRENCH = Language("en"), Language("fr")


def said(of: Plan, asked: AskedLoans | None = None) -> list[str]:
    report = debt_report(of, None, asked or AskedLoans())
    return [plain(ENGLISH.say(each)) for each in report.verdict()]


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def with_ceilings(written: str, finances: str = FINANCES) -> Plan:
    return town(finances, more=f"    ceilings: {written}\n")


# --- years to repay ------------------------------------------------------------------------------


def ratio(debt: int, gross: int, most: int | None = None) -> Ratio | None:
    """The years of a debt and gross savings of so many cents, under a ceiling."""
    (year,) = path(Start(debt, 10**12), [Stated(2025, gross, 0, 0, 0)])
    return years_of(with_ceilings(f"{{years_to_repay: {most or 'none'}}}"), year)


@pytest.mark.parametrize(
    ("debt", "gross", "most", "shown"),
    [
        (430, 100, None, "4.3"),
        (435, 100, None, "4.4"),  # halves away from zero
        (1200, 100, None, "12.0"),
        (1204, 100, None, "12.04"),  # one decimal would hide that it is more than 12
        (12_001, 1000, None, "12.01"),  # and so would two
        (1196, 100, None, "12.0"),
        (804, 100, 8, "8.04"),
        (804, 100, 9, "8.0"),
        (0, 100, None, "0.0"),
        (9900, 100, None, "99.0"),
        (9901, 100, None, "more than 99"),
        (10**9, 1, None, "more than 99"),
        (100, 0, None, "—"),
        (100, -100, None, "—"),  # never below zero
    ],
)
def test_how_years_are_shown(debt: int, gross: int, most: int | None, shown: str) -> None:
    assert ENGLISH.show(ratio(debt, gross, most)) == shown


def test_years_for_people_and_for_programs() -> None:
    assert FRENCH.show(Ratio(1204, 2)) == "12,04"
    assert FRENCH.show(Ratio(9910)) == "plus de 99"
    assert str(Ratio(25_340)) == "253.4"


def test_where_gross_savings_are_below_zero_nothing_repays_the_debt() -> None:
    told = said(town(FINANCES.replace("2025: 250 k€", "2025: -200 k€")))
    assert "! 2025: gross savings are -50 k€: they repay none of the debt, 2 150 k€*+" in told
    assert any(each.startswith("to repay the debt of the end of 2027") for each in told)


def test_what_is_usual_is_told_as_usage_and_never_as_law() -> None:
    """5.4 M€ of debt on 400 k€ a year."""
    heavy = FINANCES.replace("2 M€", "5,6 M€")
    (told,) = [each for each in said(town(heavy)) if "usage" in each]
    assert told.startswith("2025–2027: more than 12 years, which is usage and no law")
    for ceiling in ("none", "20"):
        assert not any(
            "usage" in e for e in said(with_ceilings(f"{{years_to_repay: {ceiling}}}", heavy))
        )


def test_many_years_that_pass_one_ceiling_are_one_sentence() -> None:
    told = said(with_ceilings("{years_to_repay: {2025: 2, 2026: 2, 2027: 2}}"))
    own = [each for each in told if "years to repay the debt than" in each]
    assert own == [
        "! 2025–2027: more years to repay the debt than their ceiling of 2: at most 5.3*+, in 2026"
    ]
    told = said(with_ceilings("{borrowing: {2025: 0 €, 2026: 0 €, 2027: 0 €}}"))
    assert len([each for each in told if "borrow" in each and "ceiling" in each]) == 1


def test_a_ceiling_of_years_is_told() -> None:
    told = said(with_ceilings("{years_to_repay: {2026: 5}}"))
    assert "! 2026: 5.3*+ years to repay the debt, more than its ceiling of 5" in told


# --- loans, the fund, what is left ---------------------------------------------------------------


def test_a_plan_that_needs_no_loan_says_so() -> None:
    told = said(town(FINANCES.replace("fund: 400 k€", "fund: 4 M€")))
    assert "no loan is needed" in told
    assert not any("still to be repaid" in each for each in told)


def test_what_is_left_after_the_plan_is_said() -> None:
    (told,) = [each for each in said(town()) if "still to be repaid" in each]
    assert told == (
        "after 2027, 465 500 €*+ of the plan's loans are still to be repaid;"
        " in 2028 alone 24 500 €*+, and 16 292.50 €*+ of interest"
    )


def test_a_loan_of_the_last_year_shows_none_of_its_cost_but_in_words() -> None:
    of = town(of=TOWN.replace("2026: 900 k€", "2027: 900 k€").replace("2026-T4", "2027-T4"))
    year = debt_report(of).years[-1]
    assert year.interest.amount is None
    assert any("in 2028 alone" in each for each in said(of))


def test_a_loan_that_is_shorter_than_the_plan_leaves_nothing() -> None:
    of = town(FINANCES.replace("years: 20", "years: 1"))
    assert not any("still to be repaid" in each for each in said(of))


def test_a_fund_that_is_too_low_as_the_plan_begins_is_said_apart() -> None:
    told = said(town(FINANCES.replace("fund: 400 k€", "fund: 150 k€")))
    assert told[1] == (
        "! the fund is 150 k€ as the plan begins, 50 k€ less than the 200 k€ that are to stay in it"
    )


def test_a_fund_that_falls_below_what_is_to_stay_is_told() -> None:
    of = with_ceilings("{borrowing: {2026: 400 k€}}")
    told = said(of, AskedLoans(within_ceilings=True))
    assert "! 2026: the fund falls to 110 k€*+, 90 k€*+ less than is to stay in it" in told
    assert "no more is borrowed than ceilings allow: what is missing falls on the fund" in told


def test_a_fund_that_is_too_low_for_many_years_is_told_once() -> None:
    """200 k€, and 250 − 300 in 2025, 260 − 900 in 2026, 260 in 2027: 150, −490 and −230 k€."""
    finances = FINANCES.replace("fund: 400 k€", "fund: 200 k€")
    of = with_ceilings("{borrowing: {2025: 0 €, 2026: 0 €, 2027: 0 €}}", finances)
    assert [
        each for each in said(of, AskedLoans(within_ceilings=True)) if "falls below" in each
    ] == [
        "! 2025–2027: the fund falls below what is to stay in it: to -490 k€+ at the least, in"
        " 2026, 690 k€+ less"
    ]


def test_a_stated_loan_beyond_what_is_invested_is_told() -> None:
    of = town(funding="[{from: banque, 2025: 500 k€}]", more=LOAN)
    told = said(of)
    assert "500 k€ of it are stated: Banque" in told
    assert any(
        each.startswith("! 2025: 500 k€ of loans are stated, and 300 k€+ are invested net")
        for each in told
    )


def test_what_is_a_loan_by_its_name_and_does_not_say_so_is_told() -> None:
    """50 k€ of a loan that counts as the town's own money: it is found once more, as a loan."""
    funders = "    funders: [{id: emprunt, title: Emprunt 2025, own: yes}]\n"
    told = said(town(funding="[{from: emprunt, 2025: 50 k€}]", more=funders))
    note = (
        "the 50 k€ of “Emprunt 2025” are no loan here: write loan: usual beside it if they are one"
    )
    assert note in told
    reserves = funders.replace("Emprunt 2025", "Reserves").replace("emprunt", "own-money")
    told = said(town(funding="[{from: own-money, 2025: 50 k€}]", more=reserves))
    assert not any("are no loan here" in each for each in told)


def test_what_the_plan_takes_of_savings_is_said_for_its_last_year() -> None:
    (told,) = [each for each in said(town(more=RUNNING)) if "gross savings: " in each]
    assert told == (
        "in 2027 the plan takes 37 150 €*+ of gross savings: 20 k€ in operation, 17 150 €*+ of"
        " interest"
    )


def test_whether_the_capital_is_covered_is_said_with_its_article() -> None:
    assert "gross savings cover the capital that falls due in every year" in said(town())
    low = FINANCES.replace("2025: 250 k€", "2025: -100 k€")
    fund = "    fctva: {regime: n+2, due: {2025: DUE}}\n"
    told = said(town(low, more=fund.replace("DUE", "30 k€")))
    assert any("70 k€ of the capital that falls due" in e and "CGCT L1612-4" in e for e in told)
    told = said(town(low, more=fund.replace("DUE", "100 k€")))
    assert any("the VAT fund covers the capital" in each for each in told)


def test_no_more_than_the_capital_itself_is_without_cover() -> None:
    told = said(town(FINANCES.replace("2025: 250 k€", "2025: -400 k€")))
    (line,) = [each for each in told if "of the capital that falls due" in each]
    assert line == (
        "! 2025: nothing of the capital that falls due, 150 k€, is covered by what is known here:"
        " gross savings are -250 k€, and the VAT fund pays 0 € (CGCT L1612-4)"
    )


NO_DEBT = (
    FINANCES.replace("at_start: 2 M€", "at_start: 0 €")
    .replace("150 k€", "0 €")
    .replace("fund: 400 k€", "fund: 9 M€")
)


def test_without_debt_no_capital_is_said_to_lack_cover() -> None:
    told = said(town(NO_DEBT.replace("2025: 250 k€", "2025: -400 k€")))
    assert "! 2025: gross savings are -400 k€, and no capital falls due" in told
    assert not any("0 € of" in each or "of the capital" in each for each in told)
    assert "no debt is left at the end of 2027" in told
    assert not any("at most" in each for each in told)


def test_where_nothing_is_left_to_repay_with_no_year_is_called_the_worst() -> None:
    told = said(town(FINANCES.replace("2027: 260 k€", "2027: -200 k€")))
    (line,) = [each for each in told if each.startswith("to repay the debt of the end of 2026")]
    assert line.endswith("worse, nothing is left to repay with in 2027")
    assert not any("at most" in each for each in told)


@pytest.mark.parametrize(
    ("finances", "told"),
    [
        (FINANCES, "takes 5.1*+ years of its gross savings; at most, 5.3*+ at the end of 2026"),
        (  # the last year is the worst
            FINANCES.replace("2027: 260 k€}\n    debt", "2027: 100 k€}\n    debt"),
            "takes 8.7*+ years of its gross savings, and in no year more",
        ),
        (  # beyond 99, no year is called longer than another
            FINANCES.replace("2 M€", "90 M€"),
            "takes more than 99*+ years of its gross savings",
        ),
    ],
)
def test_the_longest_time_to_repay_is_told_where_it_is_another_one(
    finances: str, told: str
) -> None:
    (line,) = [each for each in said(town(finances)) if each.startswith("to repay the debt")]
    assert line == f"to repay the debt of the end of 2027 {told}"


def test_what_the_plan_takes_of_savings_has_no_parts_where_it_is_one_thing() -> None:
    told = "in 2027 the plan takes {} of gross savings: {}"
    assert told.format("17 150 €*+", "interest of its loans") in said(town())
    rich = FINANCES.replace("fund: 400 k€", "fund: 4 M€")
    assert told.format("20 k€", "operation") in said(town(rich, more=RUNNING))


def test_where_no_capital_falls_due_none_is_said_to_be_covered() -> None:
    assert not any("capital" in each for each in said(town(NO_DEBT)))


def test_savings_below_zero_cover_nothing_of_what_the_town_pays() -> None:
    """670 k€ were said not to be covered, of 300 k€."""
    told = in_afford(town(FINANCES.replace("2025: 250 k€", "2025: -370 k€")))
    assert (
        "! 2025: the town pays 300 k€+, and its savings of that year are -370 k€: they cover"
        " nothing of it"
    ) in told


def test_what_comes_of_requests_alone_is_told() -> None:
    asked = "    funders: [{id: etat, title: État}]\n"
    (told,) = [
        each
        for each in said(town(funding="[{from: etat, 2026: 100 k€}]", more=asked))
        if each.startswith("where nothing comes")
    ]
    assert "490 k€*+ are borrowed" in told


# --- what is not stated --------------------------------------------------------------------------


def test_without_the_section_it_says_what_to_write() -> None:
    told = said(worked_out(plan(TOWN)).plan)
    assert told[0] == "the plan does not state what the town owes: nothing is reckoned"
    assert told[1].startswith("write: savings: {2025: …}; debt: {at_start: …")
    report = debt_report(worked_out(plan(TOWN)).plan)
    assert report.payload()["years"] == []


def test_it_says_where_it_ends_and_why() -> None:
    of = town(FINANCES.replace("2027: 260 k€}\n    debt", "2027: }\n    debt"))
    assert said(of)[0] == (
        "the table ends before 2027, of which this is not stated: net savings (“savings”);"
        " nothing is forecast"
    )


# --- afford, and rules ---------------------------------------------------------------------------


def in_afford(of: Plan) -> list[str]:
    return [plain(ENGLISH.say(each)) for each in afford_report(of).verdict()]


RICH = FINANCES.replace("fund: 400 k€", "fund: 4 M€")
ALL_OF_IT = "[{from: banque, 2025: 100 k€}, {from: banque, 2026: 500 k€}]"


@pytest.mark.parametrize(
    ("of", "told"),
    [
        (
            town(),
            "490 k€*+ are to be borrowed in 2026; the debt is 2 015 500 €*+ at the end of 2027,"
            " 5.1*+ years of gross savings: ppi debt",
        ),
        (
            town(RICH),
            "no loan is needed until 2027; the debt is 1 550 k€ at the end of 2027, 3.8 years of"
            " gross savings: ppi debt",
        ),
        (  # what is stated alone is no assumption; what is found beside it is one
            town(RICH, funding="[{from: banque, 2025: 100 k€}]", more=LOAN),
            "100 k€ are to be borrowed in 2025; the debt is 1 636 666.68 €* at the end of 2027,"
            " 4.0* years of gross savings: ppi debt",
        ),
        (
            town(funding="[{from: banque, 2025: 100 k€}]", more=LOAN),
            "498 666.66 €*+ are to be borrowed in 2025, 2026; the debt is 2 015 400.01 €*+ at the"
            " end of 2027, 5.1*+ years of gross savings: ppi debt",
        ),
        (
            town(FINANCES.replace("2027: 260 k€}\n    debt", "2027: }\n    debt")),
            "490 k€*+ are to be borrowed in 2026; the debt is 2 190 k€*+ at the end of 2026, 5.3*+"
            " years of gross savings; from 2027 on, nothing is reckoned: ppi debt",
        ),
        (
            town(RICH.replace("2027: 260 k€}\n    debt", "2027: -200 k€}\n    debt")),
            "no loan is needed until 2027; the debt is 1 550 k€ at the end of 2027, and gross"
            " savings repay none of it: ppi debt",
        ),
        (
            town(RICH.replace("at_start: 2 M€", "at_start: 450 k€")),
            "no loan is needed until 2027; no debt is left at the end of 2027: ppi debt",
        ),
        (
            town(FINANCES.replace("fund: 400 k€", "fund:")),
            "what is to be borrowed is not reckoned; of 2025, not stated: the fund as the plan"
            " begins (“debt.fund”): ppi debt",
        ),
    ],
)
def test_afford_has_one_sentence_of_it(of: Plan, told: str) -> None:
    assert [each for each in in_afford(of) if "ppi debt" in each] == [told]


def test_afford_says_nothing_of_a_debt_that_is_not_stated() -> None:
    assert not any("borrow" in each for each in in_afford(worked_out(plan(TOWN)).plan))


UNHELD = (
    "! nothing is held against the ceilings of what is borrowed, or of the years to repay, of"
    " {years}: savings and debt are not reckoned there"
)


@pytest.mark.parametrize(
    ("ceilings", "finances", "years"),
    [
        ("{borrowing: {2026: 1 M€}}", "", "2026"),  # no debt is stated
        ("{years_to_repay: 12}", "", "2025–2027"),
        ("{years_to_repay: none}", "", None),
        ("{years_to_repay: {2026: 12, 2027: 12}}", FINANCES.replace("2 M€", ""), "2026, 2027"),
        ("{borrowing: {2027: 1 M€}}", FINANCES.replace(", 2027: 260 k€}", "}"), "2027"),
        ("{years_to_repay: 12}", FINANCES.replace(", 2027: 260 k€}", "}"), None),  # two years are
        ("{borrowing: {2027: 1 M€}, years_to_repay: 12}", FINANCES, None),
    ],
)
def test_a_ceiling_that_nothing_is_held_against_is_told(
    ceilings: str, finances: str, years: str | None
) -> None:
    of = with_ceilings(ceilings, finances)
    notes = [plain(ENGLISH.say(each)) for each in ArbitrationReport(arbitrated(of)).table().notes]
    for told in (said(of), in_afford(of), notes):
        unheld = [each for each in told if each.startswith("! nothing is held")]
        assert unheld == ([] if years is None else [UNHELD.format(years=years)])


def test_afford_says_that_only_borrowing_has_a_ceiling() -> None:
    told = in_afford(with_ceilings("{borrowing: {2025: 1 k€}}"))
    assert any(each.startswith("no ceiling of what is spent is stated, only of") for each in told)
    assert not any("the plan does not say what may be spent" in each for each in told)
    assert "no ceiling is stated: the plan does not say what may be spent" in in_afford(town())


def test_the_ceiling_of_a_closed_year_is_put_aside_and_not_called_unstated() -> None:
    account = "    execution: [{year: 2025, closed: yes, lines: [{project: halle, paid: 1 €}]}]\n"
    aside = "the ceilings of 2025 are put aside: what was paid in a closed year is paid"
    for ceilings, unstated in (
        ("{net: {2025: 1 M€, 2026: 1 M€}}", "no ceiling is stated for 2027"),
        ("{net: {2025: 1 M€}}", "no ceiling is stated for 2026, 2027"),
    ):
        written = plan(TOWN + f"    ceilings: {ceilings}\n" + account + FINANCES)
        told = in_afford(Choices(executed=True).version(written).plan)
        assert aside in told
        assert unstated in told
        assert aside not in in_afford(worked_out(written).plan)


@pytest.mark.parametrize(
    ("finances", "told"),
    [
        (RICH, "100 k€ are counted as borrowed in 2025, as planned, and no other loan is needed"),
        (
            FINANCES,
            "100 k€ are counted as borrowed in 2025, as planned; 398 666.66 €*+ are to be borrowed"
            " in 2026",
        ),
    ],
)
def test_a_loan_of_a_closed_year_is_not_to_be_borrowed_any_more(finances: str, told: str) -> None:
    """What the hall was to cost in 2025 is paid, to the cent: only the words are others."""
    paid = "{year: 2025, closed: yes, lines: [{project: halle, paid: 300 k€}]}"
    own = "        funding: [{from: banque, 2025: 100 k€}]\n"
    written = plan(f"{TOWN}{own}{LOAN}    execution: [{paid}]\n{finances}")
    of = Choices(executed=True).version(written).plan
    (found,) = [each for each in in_afford(of) if "ppi debt" in each]
    assert found.startswith(told)


def test_what_savings_hold_is_not_held_against_them_in_afford() -> None:
    """In 2027 the town pays 20 k€ to run the hall alone, which its savings have in already."""
    finances = FINANCES.replace("2027: 260 k€}\n    debt", "2027: 10 k€}\n    debt")
    told = in_afford(town(finances, more=RUNNING))
    assert any(each.startswith("! 2025–2027: the town pays more") for each in told)
    told = in_afford(town(finances + "      savings_hold: [running]\n", more=RUNNING))
    assert [each[:20] for each in told if "the town pays" in each] == [
        "! 2025: the town pay", "! 2026: the town pay",
    ]  # fmt: skip
    assert any("taken off nowhere again: what is to run" in each for each in told)


def findings(text: str) -> list[tuple[str, str]]:
    return [(d.code, d.severity) for d in examined(text).diagnostics if d.code == "PPI413"]


def test_a_ceiling_that_a_stated_loan_pays_for_is_an_information() -> None:
    """900 k€ of 2026 under 700 k€: 200 k€ are borrowed, or only 150 k€."""
    more = LOAN + "    ceilings: {net: {2026: 700 k€}}\n"
    for loan, severity in (("200 k€", "info"), ("150 k€", "warning")):
        text = f"{TOWN}        funding: [{{from: banque, 2026: {loan}}}]\n{more}{FINANCES}"
        assert findings(text) == [("PPI413", severity)]


# --- for programs --------------------------------------------------------------------------------


def test_json_traces_each_loan_to_what_is_due_of_it() -> None:
    payload: Any = debt_report(town()).payload()
    assert [year["loan"] for year in payload["years"]] == [None, "490000.00", None]
    (loan,) = payload["loans"]
    assert loan["terms"] == {"rate": "3.5 %", "years": 20, "repaid": "equal_capital"}
    assert loan["due"]["2027"] == {
        "capital": "24500.00",
        "interest": "17150.00",
        "left": "465500.00",
    }
    last = payload["years"][-1]
    assert (last["interest"], last["new_capital"]) == ("17150.00", "24500.00")


def test_where_nothing_is_reckoned_no_empty_grid_is_shown(ppi: Any, folder: Path) -> None:
    (folder / "plan.yaml").write_text(
        "plan: {title: Ville, years: 2025..2026}\nthemes: [{id: a, title: A}]\n"
        "debt: {at_start: 1 M€}\n",
        encoding="utf-8",
    )
    out = ppi("debt", "plan.yaml", "--lang", "en", "--width", "200").out
    assert out == (
        "Ville, 2025–2026: savings and debt\n\n nothing can be reckoned from 2025 on: state the"
        " fund as the plan begins (“debt.fund”), net savings (“savings”), what is repaid of the"
        " debt (“debt.repaid”)\n"
    )


@pytest.mark.parametrize(
    ("terms", "missing"),
    [
        ("{rate: 3 %}", "the years of new loans (“debt.new_loans.years”, or --loan-years)"),
        ("{years: 20}", "the rate of new loans (“debt.new_loans.rate”, or --rate)"),
    ],
)
def test_what_a_loan_needs_is_named_with_what_to_type(terms: str, missing: str) -> None:
    of = town(FINANCES.replace('{rate: "3,5 %", years: 20}', terms))
    assert missing in said(of)[0]
