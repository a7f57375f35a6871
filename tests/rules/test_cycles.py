"""Circles in links: what is found, held against a definition that tries everything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from ppi_cli.rules.cycles import cycles

NAMES = "abcdef"
graphs = st.dictionaries(
    st.sampled_from(NAMES), st.lists(st.sampled_from(NAMES), unique=True, max_size=4)
)


def reachable(links: Mapping[str, Sequence[str]], start: str) -> set[str]:
    """Everything that following one link or more from ``start`` leads to."""
    found: set[str] = set()
    waiting = list(links.get(start, ()))
    while waiting:
        if (name := waiting.pop()) not in found:
            found.add(name)
            waiting += links.get(name, ())
    return found


def has_circle(links: Mapping[str, Sequence[str]]) -> bool:
    return any(name in reachable(links, name) for name in links)


def test_links_that_lead_on_are_no_circle() -> None:
    assert list(cycles({"a": ["b", "c"], "b": ["c"], "c": []})) == []


def test_two_ways_to_the_same_thing_are_no_circle() -> None:
    assert list(cycles({"a": ["b", "c"], "b": ["d"], "c": ["d"]})) == []


def test_a_circle_is_told_closed_from_where_it_is_entered() -> None:
    assert list(cycles({"a": ["b"], "b": ["c"], "c": ["b"]})) == [["b", "c", "b"]]


def test_a_link_to_itself_is_the_shortest_circle() -> None:
    assert list(cycles({"a": ["a"]})) == [["a", "a"]]


def test_circles_apart_are_each_told() -> None:
    links = {"a": ["b"], "b": ["a"], "c": ["d"], "d": ["c"]}
    assert list(cycles(links)) == [["a", "b", "a"], ["c", "d", "c"]]


def test_a_link_to_what_has_none_is_followed_no_further() -> None:
    assert list(cycles({"a": ["nowhere"]})) == []


@given(graphs)
def test_a_circle_is_found_where_there_is_one_and_only_there(links: dict[str, list[str]]) -> None:
    assert bool(list(cycles(links))) == has_circle(links)


@given(graphs)
def test_each_circle_is_made_of_links_and_passes_nothing_twice(
    links: dict[str, list[str]],
) -> None:
    for circle in cycles(links):
        assert circle[0] == circle[-1]
        assert len(set(circle)) == len(circle) - 1
        assert all(after in links[name] for name, after in pairwise(circle))


@given(graphs)
def test_everything_in_a_circle_is_told_of_or_tied_to_what_is(links: dict[str, list[str]]) -> None:
    told = {name for circle in cycles(links) for name in circle}
    for name in links:
        after = reachable(links, name)
        if name in after:
            assert told & {other for other in after if name in reachable(links, other)}


@given(graphs)
def test_without_the_last_link_of_each_circle_there_is_none(links: dict[str, list[str]]) -> None:
    removed = {(circle[-2], circle[-1]) for circle in cycles(links)}
    rest = {
        name: [after for after in others if (name, after) not in removed]
        for name, others in links.items()
    }
    assert not has_circle(rest)


def test_a_chain_of_ten_thousand_is_followed_to_its_end() -> None:
    links = {str(i): [str(i + 1)] for i in range(10_000)}
    assert list(cycles(links)) == []
    assert len(next(cycles({**links, "10000": ["0"]}))) == 10_002
