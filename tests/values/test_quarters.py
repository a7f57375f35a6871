"""Quarters, spans of them and years: read as people say them, and counted."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppi_cli.values.message import NotationError
from ppi_cli.values.quarters import (
    Quarter,
    Span,
    Years,
    parse_quarter,
    parse_span,
    parse_spans,
    parse_year,
    parse_years,
    quarter_of,
)
from ppi_cli.words.language import Language

quarters = st.builds(Quarter, st.integers(1000, 2999), st.integers(1, 4))
spans = st.builds(
    lambda first, more: Span(first, first.later(more)),
    st.builds(Quarter, st.integers(1000, 2949), st.integers(1, 4)),
    st.integers(0, 199),
)


def refusal(parse: Callable[[str], object], text: str) -> tuple[str, str, str]:
    """The code, the message and the hint with which a text is refused."""
    with pytest.raises(NotationError) as caught:
        parse(text)
    say = Language("en").say
    help = caught.value.help
    return caught.value.code, say(caught.value.message), say(help) if help else ""


def spans_of(*texts: str) -> str:
    return ", ".join(f"{span.first}..{span.last}" for span in parse_spans(texts))


# --- a quarter ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["T1 2016", "T1\u00a02016", "2016-T1", "2016-Q1", "Q1 2016", "2016T1", "2016-t1", "t1 2016"],
)
def test_a_quarter_is_read_as_people_say_it(text: str) -> None:
    assert parse_quarter(text) == Quarter(2016, 1)


def test_a_quarter_is_read_with_the_narrow_space_that_word_processors_type() -> None:
    assert parse_quarter("T1\u202f2016") == Quarter(2016, 1)


@pytest.mark.parametrize(
    "text",
    [
        "2016-T0",
        "2016-T5",
        "T5 2016",
        "T1",
        "2016",
        "2016-1",
        "2016-01",
        "T1-2016",
        "T1/2016",
        "1T2016",
        "16-T1",
        "20166-T1",
        "1er trimestre 2016",
        "2016-S1",
        "２０１６-T1",
        "2016-T1\n",
        "",
        "x" * 5000,
    ],
)
def test_what_is_no_quarter_is_refused_with_how_to_write_one(text: str) -> None:
    code, message, hint = refusal(parse_quarter, text)
    assert code == "PPI106"
    assert len(message) < 100
    assert "2016-T1" in hint


@given(quarters)
def test_a_quarter_that_was_written_is_read_back(quarter: Quarter) -> None:
    assert parse_quarter(str(quarter)) == quarter


@given(quarters)
def test_a_quarter_is_read_back_as_both_languages_show_it(quarter: Quarter) -> None:
    assert parse_quarter(Language("fr").quarter(quarter)) == quarter
    assert parse_quarter(Language("en").quarter(quarter)) == quarter


# --- counting -----------------------------------------------------------------------------------


def test_the_quarter_after_the_last_of_a_year_is_the_first_of_the_next() -> None:
    assert Quarter(2016, 4).later(1) == Quarter(2017, 1)
    assert Quarter(2017, 1).later(-1) == Quarter(2016, 4)
    assert Quarter(2016, 2).later(0) == Quarter(2016, 2)


def test_the_quarters_between_two_are_counted_over_years() -> None:
    assert Quarter(2017, 1).since(Quarter(2016, 2)) == 3
    assert Quarter(2016, 2).since(Quarter(2017, 1)) == -3


@given(quarters, st.integers(-400, 400))
def test_going_some_quarters_later_and_counting_them_agree(quarter: Quarter, n: int) -> None:
    assert quarter.later(n).since(quarter) == n
    assert quarter.later(n).later(-n) == quarter


@given(quarters, quarters)
def test_the_later_of_two_quarters_is_the_greater(a: Quarter, b: Quarter) -> None:
    assert (a < b) == (b.since(a) > 0)
    assert a.later(b.since(a)) == b


@pytest.mark.parametrize(
    ("day", "quarter"),
    [
        (date(2016, 1, 1), Quarter(2016, 1)),
        (date(2016, 3, 31), Quarter(2016, 1)),
        (date(2016, 4, 1), Quarter(2016, 2)),
        (date(2016, 12, 31), Quarter(2016, 4)),
    ],
)
def test_a_day_lies_in_its_quarter(day: date, quarter: Quarter) -> None:
    assert quarter_of(day) == quarter


# --- spans --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("2016-T1..2016-T3", "2016-Q1..2016-Q3"),
        ("2016-T1..T3", "2016-Q1..2016-Q3"),
        ("2016-Q1..Q3", "2016-Q1..2016-Q3"),
        ("T1 2016..T3 2016", "2016-Q1..2016-Q3"),
        ("2016-T1 .. 2016-T3", "2016-Q1..2016-Q3"),
        ("2016-T4..2018-T1", "2016-Q4..2018-Q1"),
        ("2016-T2", "2016-Q2..2016-Q2"),
        # a year is all of it: its first quarter at the start, its last at the end
        ("2016", "2016-Q1..2016-Q4"),
        ("2016..2017", "2016-Q1..2017-Q4"),
        ("2016..2017-T2", "2016-Q1..2017-Q2"),
        ("2016-T3..2017", "2016-Q3..2017-Q4"),
        # before any plan's first year: a plan that rolls carries work already begun
        ("1999-T4", "1999-Q4..1999-Q4"),
    ],
)
def test_a_span_is_read_as_people_say_it(text: str, span: str) -> None:
    assert spans_of(text) == span


@pytest.mark.parametrize(
    "text",
    [
        "",
        "..",
        "2016-T1..",
        "..2016-T3",
        "2016-T1...T3",
        "2016-T1..T3..T4",
        "2016-T1..T5",
        "2016-T1-2016-T3",
        "2016-T1-T3",
        "2016-T1 à T3",
        "2016-2017",
        "T1..T3",
        "T1..T3 2016",
        "toute l'année",
        "x" * 5000,
    ],
)
def test_what_is_no_span_is_refused_with_how_to_write_one(text: str) -> None:
    code, message, hint = refusal(parse_span, text)
    assert code == "PPI106"
    assert len(message) < 120
    assert "2016-T1..T3" in hint


@pytest.mark.parametrize("text", ["2016-T3..2016-T1", "2016-T3..T1", "2017..2016", "2017-T1..2016"])
def test_a_span_that_ends_before_it_begins_is_refused(text: str) -> None:
    code, _, hint = refusal(parse_span, text)
    assert code == "PPI202"
    assert "earlier quarter first" in hint


def test_a_span_knows_its_quarters() -> None:
    span = Span(Quarter(2016, 3), Quarter(2017, 1))
    assert span.length == 3
    assert [str(quarter) for quarter in span.quarters()] == ["2016-Q3", "2016-Q4", "2017-Q1"]


@given(spans)
def test_a_span_that_was_written_is_read_back(span: Span) -> None:
    assert parse_span(f"{span.first}..{span.last}") == span


@given(quarters, st.integers(0, 400))
def test_a_span_has_as_many_quarters_as_it_is_long(first: Quarter, more: int) -> None:
    span = Span(first, first.later(more))
    each = list(span.quarters())
    assert len(each) == span.length == more + 1
    assert each == sorted(each)
    assert (each[0], each[-1]) == span


# --- work that pauses ---------------------------------------------------------------------------


def test_work_that_pauses_has_several_spans() -> None:
    assert (
        spans_of("2016-T1..T2", "2016-T4", "2018") == "2016-Q1..2016-Q2, 2016-Q4..2016-Q4, "
        "2018-Q1..2018-Q4"
    )


def test_spans_may_follow_without_a_pause() -> None:
    assert spans_of("2016-T1", "2016-T2") == "2016-Q1..2016-Q1, 2016-Q2..2016-Q2"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("2016-T3", "2016-T1"),  # not in order
        ("2016-T1..T3", "2016-T3..T4"),  # 2016-T3 twice
        ("2016", "2016-T4"),  # one within the other
        ("2016-T1", "2016-T1"),
    ],
)
def test_spans_that_overlap_or_are_not_in_order_are_refused(first: str, second: str) -> None:
    code, _, hint = refusal(lambda text: parse_spans((first, text)), second)
    assert code == "PPI202"
    assert "earlier spans first" in hint


@given(st.lists(quarters, min_size=2, max_size=8, unique=True))
def test_single_quarters_in_order_are_spans_in_order(each: list[Quarter]) -> None:
    each.sort()
    assert [span.first for span in parse_spans(tuple(map(str, each)))] == each


# --- years --------------------------------------------------------------------------------------


def test_a_year_is_four_digits() -> None:
    assert parse_year("2016") == 2016


@pytest.mark.parametrize(
    "text",
    ["16", "20160", "2_016", "2016.0", "2O16", "0999", "3000", "２０１６", "", "2016 "],
)
def test_what_is_no_year_is_refused_with_how_to_write_one(text: str) -> None:
    code, _, hint = refusal(parse_year, text)
    assert code == "PPI104"
    assert "2016" in hint


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2016..2019", Years(2016, 2019)),
        ("2016 .. 2019", Years(2016, 2019)),
        ("2016", Years(2016, 2016)),
    ],
)
def test_the_years_of_a_plan_are_a_range(text: str, years: Years) -> None:
    assert parse_years(text) == years


@pytest.mark.parametrize("text", ["2016-2019", "2016..", "..2019", "16..19", "2016..2017..8", ""])
def test_what_is_no_range_of_years_is_refused_with_how_to_write_one(text: str) -> None:
    code, _, hint = refusal(parse_years, text)
    assert code == "PPI104"
    assert "2016..2019" in hint


@pytest.mark.parametrize("text", ["2019..2016", "2016..2066", "1000..2999"])
def test_years_that_run_backwards_or_too_long_are_refused_with_what_to_do(text: str) -> None:
    code, _, hint = refusal(parse_years, text)
    assert code == "PPI202"
    assert hint


def test_a_plan_may_be_fifty_years_long() -> None:
    assert len(parse_years("2016..2065").each()) == 50


def test_years_hold_their_first_and_their_last() -> None:
    years = Years(2016, 2019)
    assert list(years.each()) == [2016, 2017, 2018, 2019]
    assert 2016 in years
    assert 2019 in years
    assert 2015 not in years
    assert years.span() == Span(Quarter(2016, 1), Quarter(2019, 4))


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    for parse in (parse_span, parse_quarter, parse_years, parse_year):
        with suppress(NotationError):
            parse(text)
