"""How values are said in each language; expectations are written by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from babel.numbers import format_currency, format_decimal
from hypothesis import given
from hypothesis import strategies as st

from ppi_cli.values.message import Assumed, Count, Message, Tenths, counted, msg
from ppi_cli.values.money import Money, parse_money
from ppi_cli.values.notation import Notation
from ppi_cli.values.quarters import Quarter, Span, Year, Years
from ppi_cli.values.terms import LanguageCode, Scale
from ppi_cli.words.language import (
    Language,
    chosen_language,
    coarsest_scale,
    scale_in,
    shown_amount,
    to_ascii,
)

FR = Language("fr")
EN = Language("en")
LANGUAGES = pytest.mark.parametrize("language", [FR, EN], ids=["fr", "en"])
SCALES: tuple[Scale, ...] = ("", "k", "M")

any_code = st.sampled_from(("fr", "en"))
any_money = st.integers(-(10**15), 10**15).map(Money)
any_quarter = st.builds(Quarter, st.integers(1000, 2999), st.integers(1, 4))
any_span = st.tuples(any_quarter, st.integers(0, 40)).map(
    lambda start: Span(start[0], start[0].later(start[1]))
)
any_value = st.one_of(
    st.none(),
    st.text(),
    st.dates(),
    any_money,
    any_money.map(Assumed),
    any_quarter,
    any_span,
    st.lists(any_span),
    st.integers().map(Tenths),
    st.builds(Years, st.integers(1000, 2999), st.integers(1000, 2999)),
    st.text().map(lambda text: msg("“{text}” is not a quarter", text=text)),
)


# --- counts ---


def test_a_number_of_things_has_its_thousands_apart_and_a_number_of_a_thing_has_not() -> None:
    cells = msg("it holds more than {n} cells", n=3_000_000)
    line = msg("{path}, line {number}", path="a.csv", number=12_345)
    assert (EN.say(cells), EN.say(line)) == (
        "it holds more than 3\u202f000\u202f000 cells",
        "a.csv, line 12345",
    )
    assert FR.show(Count(12_345)) == "12\u202f345"
    assert EN.say(counted("{n} file of {all}", "{n} files of {all}", 999, all=1000)) == (
        "999 files of 1\u202f000"
    )
    assert cells.for_programs() == "it holds more than 3000000 cells"


# --- money ---


@pytest.mark.parametrize(
    ("cents", "french", "english"),
    [
        (0, "0\u00a0€", "0\u00a0€"),
        (175_000_00, "175\u00a0k€", "175\u00a0k€"),
        (1_500_00, "1\u202f500\u00a0€", "1\u202f500\u00a0€"),
        (1_234_56, "1\u202f234,56\u00a0€", "1\u202f234.56\u00a0€"),
        (5, "0,05\u00a0€", "0.05\u00a0€"),
        (-12_000_00, "-12\u00a0k€", "-12\u00a0k€"),
        (-1_234_50, "-1\u202f234,50\u00a0€", "-1\u202f234.50\u00a0€"),
        (3_000_000_00, "3\u00a0M€", "3\u00a0M€"),
        (1_234_567_000_00, "1\u202f234\u202f567\u00a0k€", "1\u202f234\u202f567\u00a0k€"),
    ],
)
def test_an_amount_is_said_exactly_in_the_largest_unit_in_which_it_is_whole(
    cents: int, french: str, english: str
) -> None:
    assert FR.money(Money(cents)) == french
    assert EN.money(Money(cents)) == english


@pytest.mark.parametrize(
    ("cents", "scale", "french"),
    [
        (848_000_00, "M", "0,85\u00a0M€"),
        (844_999_99, "M", "0,84\u00a0M€"),
        (2_000_000_00, "M", "2\u00a0M€"),
        (2_500_000_00, "M", "2,50\u00a0M€"),
        (1_499_99, "k", "1\u00a0k€"),
        (1_500_00, "k", "2\u00a0k€"),
        (-1_500_00, "k", "-2\u00a0k€"),
        (499_99, "k", "<1\u00a0k€"),
        (-499_99, "k", ">-1\u00a0k€"),
        (175_000_00, "", "175\u202f000\u00a0€"),
        (175_000_01, "", "175\u202f000,01\u00a0€"),
    ],
)
def test_an_amount_in_a_unit_is_rounded_to_what_the_unit_shows(
    cents: int, scale: Scale, french: str
) -> None:
    assert FR.money(Money(cents), scale) == french


def test_a_currency_has_its_sign_or_else_its_code() -> None:
    amount = Money(34_000_00)
    assert Language("fr", "USD").money(amount) == "34\u00a0k$"
    assert Language("en", "GBP").money(amount) == "34\u00a0k£"
    assert Language("fr", "CHF").money(amount) == "34\u00a0kCHF"


def test_dollars_are_written_in_the_manner_of_the_language() -> None:
    english, french = Language("en", "CAD"), Language("fr", "CAD")
    assert english.money(Money(60_794_837_00)) == "$60,794,837"
    assert english.money(Money(-1_234_50)) == "-$1,234.50"
    assert english.money(Money(175_000_00)) == "$175k"
    assert english.money(Money(499_99), "k") == "<$1k"
    assert english.unit("M") == "$M"
    assert french.money(Money(60_794_837_00)) == "60\u202f794\u202f837\u00a0$"


@given(any_money, any_code, st.sampled_from(("", "k€", "M€", "B€", "K", "Md€", "EUR")))
def test_an_amount_as_it_was_written_is_read_back(
    amount: Money, code: LanguageCode, unit: str
) -> None:
    for currency in ("EUR", "USD"):
        said = Language(code, currency).as_written(Money(amount.cents, unit))
        assert parse_money(said) == amount


def test_amounts_are_in_the_unit_of_the_plan_where_that_is_exact() -> None:
    thousands, millions = Notation("k€"), Notation("M€")
    assert scale_in(thousands, [Money(2_000_000_00)]) == "k"
    assert scale_in(thousands, [Money(2_000_000_00), Money(5_00)]) == ""
    assert scale_in(millions, [Money(1_250_000_00), None]) == "M"
    assert scale_in(millions, [Money(1_255_000_00)]) == "k"
    assert Language(notation=thousands).money(Money(2_000_000_00)) == "2\u202f000\u00a0k€"


def test_a_number_stands_without_its_unit_where_the_heading_names_it() -> None:
    assert FR.number(Money(1_234_56), "") == "1\u202f234,56"
    assert FR.unit("k") == "k€"
    assert FR.unit("") == "€"


@LANGUAGES
def test_not_stated_is_a_dash_and_what_is_assumed_has_its_star(language: Language) -> None:
    assert language.show(None) == "—"
    assert language.show(Assumed(Money(10_000_00))) == "10\u00a0k€*"
    assert language.show(Assumed(None)) == "—*"


def test_the_coarsest_scale_is_the_largest_unit_in_which_all_are_whole() -> None:
    assert coarsest_scale([Money(2_000_000_00), Money(1_000_000_00)]) == "M"
    assert coarsest_scale([Money(2_000_000_00), Money(34_000_00)]) == "k"
    assert coarsest_scale([Money(34_000_00), Money(1)]) == ""


def test_blank_and_zero_amounts_say_nothing_of_the_scale() -> None:
    assert coarsest_scale([None, Money(0), Money(34_000_00)]) == "k"
    assert coarsest_scale([None, Money(0)]) == ""


@given(st.integers(-(10**13), 10**13))
def test_french_amounts_have_the_digits_that_babel_writes(cents: int) -> None:
    """Babel always writes the cents, and never thousands: that is where we part."""
    written = FR.money(Money(cents), "")
    if cents % 100:
        assert written == format_currency(Decimal(cents) / 100, "EUR", locale="fr")
    else:
        assert FR.number(Money(cents), "") == format_decimal(cents // 100, locale="fr")


@given(any_money, any_code, st.sampled_from(("EUR", "USD", "CAD", "GBP", "CHF", "MXN", "KES")))
def test_an_amount_is_read_back_as_it_was_said(
    amount: Money, code: LanguageCode, currency: str
) -> None:
    for language in (Language(code, currency), Language(code, currency, ascii_only=True)):
        assert parse_money(language.money(amount)) == amount


@given(any_money, any_code, st.sampled_from(SCALES))
def test_a_rounded_amount_is_read_back_as_what_it_shows(
    amount: Money, code: LanguageCode, scale: Scale
) -> None:
    said = Language(code).money(amount, scale)
    shown = shown_amount(amount, scale)
    if shown.cents or not amount.cents:
        assert parse_money(said) == shown
    else:  # what is rounded away is no zero
        assert said[0] in "<>"


# --- tenths, quarters, dates ---


@pytest.mark.parametrize(
    ("tenths", "french", "english"),
    [
        (71, "7,1", "7.1"),
        (30, "3,0", "3.0"),
        (5, "0,5", "0.5"),
        (0, "0,0", "0.0"),
        (-5, "-0,5", "-0.5"),
        (12_345, "1\u202f234,5", "1\u202f234.5"),
    ],
)
def test_tenths_have_one_decimal(tenths: int, french: str, english: str) -> None:
    assert FR.show(Tenths(tenths)) == french
    assert EN.show(Tenths(tenths)) == english


@pytest.mark.parametrize(
    ("span", "french", "english"),
    [
        (Span(Quarter(2016, 3), Quarter(2016, 3)), "T3\u00a02016", "Q3\u00a02016"),
        (Span(Quarter(2016, 2), Quarter(2016, 4)), "T2–T4\u00a02016", "Q2–Q4\u00a02016"),
        (
            Span(Quarter(2016, 3), Quarter(2017, 2)),
            "T3\u00a02016 – T2\u00a02017",
            "Q3\u00a02016 – Q2\u00a02017",
        ),
    ],
)
def test_a_span_names_a_year_once(span: Span, french: str, english: str) -> None:
    assert FR.show(span) == french
    assert EN.show(span) == english


def test_quarters_are_t_in_french_and_q_in_english() -> None:
    assert FR.show(Quarter(2016, 1)) == "T1\u00a02016"
    assert EN.show(Quarter(2016, 1)) == "Q1\u00a02016"
    assert FR.quarter_number(4) == "T4"
    assert EN.quarter_number(4) == "Q4"


@LANGUAGES
def test_years_are_a_range_or_one_year(language: Language) -> None:
    assert language.show(Years(2016, 2019)) == "2016–2019"
    assert language.show(Years(2016, 2016)) == "2016"


def test_a_date_is_written_day_first_in_french_and_year_first_in_english() -> None:
    assert FR.show(date(2016, 2, 5)) == "05/02/2016"
    assert EN.show(date(2016, 2, 5)) == "2016-02-05"


def test_several_values_follow_one_another_with_commas() -> None:
    spans = [
        Span(Quarter(2016, 1), Quarter(2016, 2)),
        Span(Quarter(2017, 4), Quarter(2017, 4)),
    ]
    assert FR.show(spans) == "T1–T2\u00a02016, T4\u00a02017"
    assert FR.show(["a", Money(1_000_00), None]) == "a, 1\u00a0k€, —"
    assert FR.show(()) == ""


# --- sentences ---


def test_a_message_is_said_in_its_language_with_its_values() -> None:
    message = msg("{amount} too little", amount=Money(12_000_00))
    assert EN.say(message) == "12\u00a0k€ too little"
    assert FR.say(message) == "il manque 12\u00a0k€"


def test_a_message_may_hold_other_messages() -> None:
    kind = msg("theme")
    assert EN.say(msg("a {kind} is expected here", kind=kind)) == "a theme is expected here"
    assert FR.say(msg("a {kind} is expected here", kind=kind)) == (
        "on attend ici un élément de type «\u00a0thématique\u00a0»"
    )


def test_none_is_plural_in_english_and_singular_in_french() -> None:
    def errors(n: int) -> Message:
        return counted("{n} error", "{n} errors", n)

    assert [EN.say(errors(n)) for n in (0, 1, 2)] == ["0 errors", "1 error", "2 errors"]
    assert [FR.say(errors(n)) for n in (0, 1, 2)] == ["0 erreur", "1 erreur", "2 erreurs"]


def test_a_message_that_no_catalogue_holds_is_said_in_english() -> None:
    assert FR.say(Message("of {amount}", {"amount": Money(1_50)})) == "of 1,50\u00a0€"


@LANGUAGES
def test_a_value_is_never_taken_for_a_place(language: Language) -> None:
    assert "{name}" in language.say(msg("“{text}” is not an amount", text="{name}"))


# --- ASCII ---


@given(any_value, any_code)
def test_ascii_only_says_everything_in_ascii(value: object, code: LanguageCode) -> None:
    language = Language(code, ascii_only=True)
    assert language.show(value).isascii()


@given(any_money, any_code, st.sampled_from(SCALES))
def test_ascii_only_writes_amounts_in_ascii(
    amount: Money, code: LanguageCode, scale: Scale
) -> None:
    language = Language(code, ascii_only=True)
    assert language.money(amount, scale).isascii()
    assert language.number(amount, scale).isascii()
    assert language.unit(scale).isascii()


def test_ascii_only_keeps_what_can_be_read() -> None:
    plain = Language("fr", ascii_only=True)
    assert plain.money(Money(1_234_56)) == "1 234,56 EUR"
    assert plain.money(Money(175_000_00)) == "175 kEUR"
    assert plain.show(Span(Quarter(2016, 3), Quarter(2017, 2))) == "T3 2016 - T2 2017"
    assert plain.show(None) == "-"
    assert plain.show("Mise en œuvre à l'été, Ægir…") == "Mise en oeuvre a l'ete, Aegir..."


def test_text_in_ascii_stays_as_it_is_and_signs_keep_their_meaning() -> None:
    assert to_ascii("a {b} ~ 3%") == "a {b} ~ 3%"
    assert to_ascii("≤ 3 → ✓ • ½ ≠ ×") == "<= 3 -> ok * 1/2 != x"
    assert to_ascii("«\u00a0parc\u00a0»") == '"parc"'


# --- which language ---


def test_the_language_is_the_first_that_is_asked_for() -> None:
    """The option, PPI_LANG, LANGUAGE, LC_ALL, LC_MESSAGES, LANG, then the plan's own."""
    names = ("PPI_LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
    for i, name in enumerate(names):
        for asked, other in (("fr", "en"), ("en", "fr")):
            environ = {name: asked, **dict.fromkeys(names[i + 1 :], other)}
            assert chosen_language(None, environ, other) == asked
            assert chosen_language(other, environ, asked) == other
    assert chosen_language(None, {}, "fr") == "fr"
    assert chosen_language(None, {}, "en") == "en"
    assert chosen_language(None, {}, None) == "en"


@pytest.mark.parametrize(
    "name", ["fr", "fr_FR", "fr_FR.UTF-8", "fr_CA.ISO8859-1", "FR_fr", "fr.UTF-8"]
)
def test_every_french_locale_means_french(name: str) -> None:
    assert chosen_language(None, {"LANG": name}, "en") == "fr"


@pytest.mark.parametrize("name", ["C", "POSIX", "C.UTF-8", ""])
def test_a_locale_of_no_language_leaves_it_to_the_plan(name: str) -> None:
    assert chosen_language(None, {"LANG": name}, "fr") == "fr"
    assert chosen_language(None, {"PPI_LANG": "", "LANGUAGE": "", "LC_ALL": name}, None) == "en"


def test_lc_all_hides_lang_even_where_it_names_no_language() -> None:
    assert chosen_language(None, {"LC_ALL": "C", "LANG": "fr_FR.UTF-8"}, "en") == "en"


def test_of_several_languages_the_first_counts_and_an_unknown_one_is_english() -> None:
    assert chosen_language(None, {"LANGUAGE": "fr:en"}, None) == "fr"
    assert chosen_language(None, {"LANGUAGE": "en_GB:fr"}, "fr") == "en"
    assert chosen_language(None, {"LANG": "de_DE.UTF-8"}, "fr") == "en"


def test_years_that_follow_one_another_are_told_by_their_ends() -> None:
    """Three or more; two are told each, and what is no year stands in its place."""

    def told(*values: object) -> str:
        return Language("en").show([Year(v) if isinstance(v, int) else v for v in values])

    assert told(2025, 2026, 2027, 2028) == "2025–2028"
    assert told(2025, 2026) == "2025, 2026"
    assert told(2025, 2027, 2028, 2029, 2031) == "2025, 2027–2029, 2031"
    assert told("before", 2025, 2026, 2027, "beyond", 2028) == "before, 2025–2027, beyond, 2028"
    assert told() == ""
