"""Money: exact to the cent, read as people write it, shared out without losing a cent."""

from __future__ import annotations

import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppi_cli.values.message import NotationError
from ppi_cli.values.money import Money, parse_money, parse_unit, per_mille, rounded, spread, total
from ppi_cli.values.notation import Notation, UnknownNotationError
from ppi_cli.words.language import Language

cents = st.integers(min_value=-(10**14), max_value=10**14)
amounts = cents.map(Money)


def refusal(text: str) -> tuple[str, str, str]:
    """The code, the message and the hint with which a text is refused."""
    with pytest.raises(NotationError) as caught:
        parse_money(text)
    say = Language("en").say
    help = caught.value.help
    return caught.value.code, say(caught.value.message), say(help) if help else ""


# --- what is read -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        # thousands
        ("175 k€", "175000.00"),
        ("175K€", "175000.00"),
        ("175K", "175000.00"),
        ("175k", "175000.00"),
        ("175 k €", "175000.00"),
        ("1,5 k€", "1500.00"),
        ("175,00 k€", "175000.00"),
        # euros
        ("175000", "175000.00"),
        ("175 €", "175.00"),
        ("175 EUR", "175.00"),
        ("1 234,56 €", "1234.56"),
        ("1234.56", "1234.56"),
        ("1 234 567,8", "1234567.80"),
        ("12,5", "12.50"),
        ("0", "0.00"),
        # any space between thousands and before the unit: ordinary, no-break, narrow, thin
        ("175 000 €", "175000.00"),
        ("175\u00a0000\u00a0€", "175000.00"),
        ("175\u202f000\u202f€", "175000.00"),
        ("175\u2009000\u2009€", "175000.00"),
        # millions
        ("1,5 M€", "1500000.00"),
        ("1.5 M€", "1500000.00"),
        ("2M", "2000000.00"),
        ("1,23456 M€", "1234560.00"),
        # thousands of millions
        ("1,2 Md€", "1200000000.00"),
        ("1.2 B", "1200000000.00"),
        ("3 bn€", "3000000000.00"),
        # a sign before the number: the English manner, with commas between thousands
        ("$1,234", "1234.00"),
        ("$60,794,837", "60794837.00"),
        ("$1,234.56", "1234.56"),
        ("$60.8M", "60800000.00"),
        ("$1.234M", "1234000.00"),
        ("$1.2B", "1200000000.00"),
        ("€175", "175.00"),
        ("£ 12,000", "12000.00"),
        ("$1 234", "1234.00"),
        # after it: the French one
        ("1 234,50 $", "1234.50"),
        # what is taken back; U+2212 is the minus sign of word processors
        ("-12 k€", "-12000.00"),
        ("\u221212 k€", "-12000.00"),
        ("- 12 k€", "-12000.00"),
        ("-0,01", "-0.01"),
        ("-$1,234", "-1234.00"),
        ("$-1,234", "-1234.00"),
        # accountants write it in brackets
        ("(401)", "-401.00"),
        ("($401)", "-401.00"),
        ("(12 k€)", "-12000.00"),
        # nothing is octal
        ("010", "10.00"),
    ],
)
def test_an_amount_is_read_as_people_write_it(text: str, amount: str) -> None:
    assert str(parse_money(text)) == amount


@pytest.mark.parametrize(
    ("text", "amount"),
    [("0,125 M€", "125000.00"), ("0.125 M€", "125000.00"), ("-0,125 k€", "-125.00")],
)
def test_three_decimals_are_decimals_where_the_integer_part_is_zero(text: str, amount: str) -> None:
    assert str(parse_money(text)) == amount


def test_the_unit_is_remembered_so_that_a_bare_number_can_be_told_from_the_others() -> None:
    assert [parse_money(text).unit for text in ("175", "34 k€", "175K", "3 EUR")] == [
        "",
        "k€",
        "K",
        "EUR",
    ]


def test_the_unit_says_nothing_about_the_value() -> None:
    assert parse_money("175 k€") == parse_money("175000") == Money(17_500_000)


# --- what is refused ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "1,234 $",
        "(1,234)",
        "$1.234",
        "1,234",
        "1.234",
        "12,345 k€",
        "12.345 k€",
        "1,234 M€",
        "1 234,567",
        "-1,234",
        "1,000",
    ],
)
def test_a_comma_before_three_digits_is_refused_for_two_people_would_read_it_differently(
    text: str,
) -> None:
    code, message, _ = refusal(text)
    assert code == "PPI105"
    assert "two ways" in message


def test_the_hint_of_an_ambiguous_amount_offers_both_readings() -> None:
    _, _, hint = refusal("12,345 k€")
    assert "write 12345 k€ if thousands are meant" in hint
    assert '"12,3450 k€" if decimals are' in hint


@pytest.mark.parametrize("text", ["1,234", "1.234", "12,345 k€", "1,234 M€", "-1,234 k€"])
def test_what_the_hint_of_an_ambiguous_amount_offers_can_be_read(text: str) -> None:
    _, _, hint = refusal(text)
    offered = re.findall(r"[-\u2212]?[0-9][0-9,. ]*(?: ?[kM]?€)?(?= if)", hint)
    assert offered
    for each in offered:
        parse_money(each)


def test_the_hint_of_an_ambiguous_amount_keeps_its_sign() -> None:
    _, _, hint = refusal("-12,345 k€")
    assert "-12345 k€" in hint


@pytest.mark.parametrize("text", ["-1,234", "1 234,567"])
def test_a_refusal_quotes_the_amount_as_it_was_written(text: str) -> None:
    assert text in refusal(text)[1]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        # what only programmers write
        ("1e3", "digits only"),
        ("1.5e3", "digits only"),
        ("1_000", "digits only"),
        ("+175", "digits only"),
        # fractions of a cent
        ("0,001", "at most two decimals"),
        ("1.2345", "at most two decimals"),
        ("0,005 €", "at most two decimals"),
        # a sign may come first, a code may not
        ("EUR 175", "the unit after it"),
        ("US$175", "the sign alone"),
        # commas between thousands are the English manner, whose sign comes first
        ("1,234,567 $", "$1,234,567"),
        ("$1,23", "175 k€"),
        ("$1234,56", "175 k€"),
        # below zero once
        ("(-175)", "175 k€"),
        ("-$-175", "175 k€"),
        # separators of other countries
        ("1,234.56", "one comma or dot"),
        ("1.234,56", "one comma or dot"),
        ("1.234.567", "one comma or dot"),
        ("1'234", "one comma or dot"),
        # thousands that are not three digits
        ("1 23", "175 k€"),
        ("12 3456", "175 k€"),
        # units that are none
        ("175 m€", "175 k€"),
        ("175 m$", "175 k€"),
        ("175 euros", "175 k€"),
        ("12 %", "175 k€"),
        ("175 k€ HT", "175 k€"),
        ("175 k€/an", "175 k€"),
        # a letter is no sign
        ("x5 k€", "175 k€"),
        # no number, or more than one
        ("", "leave the value empty"),
        ("k€", "175 k€"),
        ("TBD", "leave the value empty"),
        ("12-15 k€", "175 k€"),
        ("175,", "175 k€"),
        (",5", "175 k€"),
        ("--5", "175 k€"),
        # digits of other scripts
        ("١٢٣", "175 k€"),
        ("１７５", "175 k€"),
    ],
)
def test_what_is_no_amount_is_refused_with_what_to_write_instead(text: str, hint: str) -> None:
    code, message, said = refusal(text)
    assert code == "PPI105"
    assert len(message) < 100
    assert hint in said


@pytest.mark.parametrize("text", ["9" * 16, "9" * 5000, "0," + "0" * 16, "100 000 000 000 000 000"])
def test_more_digits_than_any_budget_has_are_refused_with_what_to_do(text: str) -> None:
    code, message, hint = refusal(text)
    assert code == "PPI105"
    assert "too many digits" in message
    assert len(message) < 100
    assert hint


@given(st.text())
def test_any_text_is_an_amount_or_a_refusal(text: str) -> None:
    with suppress(NotationError):
        parse_money(text)


# --- the unit of bare numbers ---


def test_a_bare_number_is_in_the_unit_of_the_plan_and_others_in_their_own() -> None:
    in_thousands = Notation("k€")
    texts = ("175", "1,5", "(40)", "175 €", "2 M€", "$175", "0")
    read = [str(parse_money(text, in_thousands)) for text in texts]
    assert read == [
        "175000.00", "1500.00", "-40000.00", "175.00", "2000000.00", "175.00", "0.00",
    ]  # fmt: skip
    assert parse_money("175", in_thousands).unit == "k€"


@given(amounts, st.sampled_from(("€", "k€", "M€")))
def test_a_unit_that_is_written_out_says_the_same(amount: Money, unit: str) -> None:
    assert parse_money(str(amount), Notation(unit)) == parse_money(f"{amount} {unit}")


def test_of_a_unit_that_cannot_be_read_only_bare_numbers_are_not_known() -> None:
    assert str(parse_money("175 k€", Notation(unit=None))) == "175000.00"
    assert parse_money("0", Notation(unit=None)) == Money(0)
    with pytest.raises(UnknownNotationError):
        parse_money("175", Notation(unit=None))


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("k€", "k€"),
        ("K€", "K€"),
        ("M$", "M$"),
        ("$k", "k$"),
        ("€", "€"),
        ("k", "k"),
        ("EUR", "EUR"),
    ],
)
def test_a_unit_is_read(text: str, unit: str) -> None:
    assert parse_unit(text) == unit


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("thousands", "k€"),
        ("milliers d'euros", "k€"),
        ("millions", "M€"),
        ("Md€", "k€"),
        ("5", "k€"),
    ],
)
def test_what_is_no_unit_is_refused_with_one(text: str, hint: str) -> None:
    with pytest.raises(NotationError) as caught:
        parse_unit(text)
    assert caught.value.help is not None
    assert hint in Language().say(caught.value.help)


# --- exactness ----------------------------------------------------------------------------------


def test_a_tenth_and_two_tenths_make_three_tenths() -> None:
    assert parse_money("0,1") + parse_money("0,2") == parse_money("0,3")


@given(amounts)
def test_what_is_written_is_read_back_to_the_cent(amount: Money) -> None:
    assert parse_money(str(amount)) == amount


@given(amounts, st.sampled_from(["en", "fr"]))
def test_what_people_are_shown_is_read_back_to_the_cent(amount: Money, code: str) -> None:
    language = Language("fr" if code == "fr" else "en")
    written = language.money(amount, "").replace(language.unit(""), "€")
    if code == "en":  # thousands are apart by a space, cents by a dot
        assert "," not in written
    assert parse_money(written) == amount


@given(amounts, amounts)
def test_what_is_added_can_be_taken_away(a: Money, b: Money) -> None:
    assert (a + b) - b == a
    assert a - b == -(b - a)


# --- sums ---------------------------------------------------------------------------------------


def test_a_total_adds_what_is_stated() -> None:
    assert total([Money(100), None, Money(250)]) == Money(350)


def test_a_total_of_what_nobody_stated_is_not_stated() -> None:
    assert total([None, None]) is None
    assert total([]) is None


def test_a_stated_zero_makes_a_total_of_zero() -> None:
    assert total([None, Money(0)]) == Money(0)


# --- shares -------------------------------------------------------------------------------------


def test_the_cents_that_remain_go_to_the_last_parts() -> None:
    # 100,00 € over three quarters: 33,33 + 33,33 + 33,34; 0,02 € over four: 0 + 0 + 0,01 + 0,01
    assert spread(Money(10_000), 3) == (Money(3_333), Money(3_333), Money(3_334))
    assert spread(Money(2), 4) == (Money(0), Money(0), Money(1), Money(1))


def test_an_amount_over_one_quarter_stays_whole() -> None:
    assert spread(Money(17_500_000), 1) == (Money(17_500_000),)


@given(amounts, st.integers(1, 40))
def test_parts_sum_to_the_amount(amount: Money, parts: int) -> None:
    shares = spread(amount, parts)
    assert len(shares) == parts
    assert total(shares) == amount


@given(amounts, st.integers(1, 40))
def test_parts_differ_by_a_cent_at_most_and_never_shrink_in_size(amount: Money, parts: int) -> None:
    sizes = [abs(share.cents) for share in spread(amount, parts)]
    assert sizes == sorted(sizes)
    assert sizes[-1] - sizes[0] <= 1


@given(amounts, st.integers(1, 40))
def test_a_negative_amount_is_spread_like_its_opposite(amount: Money, parts: int) -> None:
    assert spread(-amount, parts) == tuple(-share for share in spread(amount, parts))


# --- rounding -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "step", "nearest"),
    [
        (1_499, 1_000, 1_000),
        (1_500, 1_000, 2_000),
        (2_500, 1_000, 3_000),  # not to the even neighbour
        (-1_500, 1_000, -2_000),
        (-1_499, 1_000, -1_000),
        (499, 1_000, 0),
        (0, 1_000, 0),
        (7, 1, 7),
        (2, 3, 3),
        (1, 3, 0),
    ],
)
def test_halves_are_rounded_away_from_zero(number: int, step: int, nearest: int) -> None:
    assert rounded(number, step) == nearest


@given(cents, st.integers(1, 10**8))
def test_rounding_gives_the_nearest_multiple_with_the_same_sign(number: int, step: int) -> None:
    nearest = rounded(number, step)
    assert nearest % step == 0
    assert 2 * abs(nearest - number) <= step
    assert rounded(-number, step) == -nearest
    assert rounded(nearest, step) == nearest


# --- text ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("amount", "text"),
    [(0, "0.00"), (5, "0.05"), (-5, "-0.05"), (-123_456, "-1234.56"), (17_500_000, "175000.00")],
)
def test_for_other_programs_an_amount_has_two_decimals_and_a_dot(amount: int, text: str) -> None:
    assert str(Money(amount)) == text


def test_a_part_of_one_cent_is_a_share_of_it_and_of_nothing_there_is_none() -> None:
    assert per_mille(Money(1), Money(1)) == 1_000
    assert per_mille(Money(1), Money(0)) is None
    assert per_mille(Money(1), Money(-100)) is None
