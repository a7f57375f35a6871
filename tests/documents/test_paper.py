"""Where the pages of a printed sheet end."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ppi_cli.documents.paper import breaks


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


@given(
    st.lists(st.integers(15, 90), max_size=60),
    st.integers(200, 500),
    st.sets(st.integers(0, 59), max_size=12),
)
def test_no_page_ends_with_a_row_that_is_kept(
    heights: list[int], room: int, kept: set[int]
) -> None:
    assert not [row for row in breaks(heights, room, kept=kept) if row - 1 in kept]
