"""On which paper a sheet is printed, and where its pages end."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ppi_cli.documents.paper import A3, A4, breaks, laid_out


def test_columns_stand_on_the_smallest_paper_on_which_they_can_be_read() -> None:
    """A text of 11 points is at least 7.5 of them high: two thirds of its size, and a little."""
    assert laid_out([100] * 7) == (A4, 1, 1, 7)
    narrower = laid_out([100] * 11)
    assert (narrower.paper, narrower.pages) == (A4, 1)
    assert narrower.scale == A4.width / 1100
    assert laid_out([100] * 12) == (A3, 1, A3.width / 1200, 12)
    assert laid_out([100] * 16).pages == 1


def test_what_is_wider_goes_on_to_the_right_beside_its_titles() -> None:
    """Of 300 + 17 × 100 points, each page has the titles, and as large as two pages let it."""
    layout = laid_out([200, 100, *[100] * 17], titles=2)
    assert (layout.paper, layout.pages, layout.first) == (A3, 2, 2 + 9)
    assert round(A3.width / layout.scale) == 300 + 9 * 100 or layout.scale == A3.width / 1200


@given(st.lists(st.integers(30, 400), min_size=1, max_size=40), st.integers(0, 2))
def test_texts_can_be_read_wherever_a_column_has_room(widths: list[int], titles: int) -> None:
    layout = laid_out(widths, titles)
    own = sum(widths[:titles])
    if all(own + width <= A3.width for width in widths[titles:]):
        assert layout.is_readable()
    assert sum(widths[: layout.first]) * layout.scale <= layout.paper.width + 1


def test_what_fits_on_one_page_has_no_break() -> None:
    assert list(breaks([15] * 30, 450)) == []


def test_pages_are_filled_alike() -> None:
    """31 rows where 30 have room: no second page of a single row."""
    assert list(breaks([15] * 31, 450)) == [16]


def test_a_row_that_is_kept_is_on_the_page_of_the_next_one() -> None:
    assert list(breaks([15] * 31, 450, kept={14, 15})) == [17]
    assert list(breaks([10, 10, 10, 10], 30, kept={1, 2})) == [1]


def test_what_stands_again_at_the_head_of_each_page_takes_of_its_room() -> None:
    assert list(breaks([10] * 6, 30)) == [3]
    assert list(breaks([10] * 7, 30, repeated=10)) == [3, 5]


def test_what_stands_above_a_row_where_it_begins_a_page_takes_of_its_room() -> None:
    assert list(breaks([10] * 7, 40)) == [4]
    assert list(breaks([10] * 7, 40, above=dict.fromkeys(range(7), 20))) == [4, 6]
    assert list(breaks([10] * 7, 40, above={2: 20})) == [4]


@given(
    st.lists(st.integers(15, 90), max_size=60),
    st.integers(200, 500),
    st.sets(st.integers(0, 59), max_size=12),
)
def test_no_page_ends_with_a_row_that_is_kept(
    heights: list[int], room: int, kept: set[int]
) -> None:
    assert not [row for row in breaks(heights, room, kept=kept) if row - 1 in kept]
