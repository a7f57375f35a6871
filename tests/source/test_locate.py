"""Where things stand: from a path of the plan to lines and columns, as an editor counts them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ppi_cli.source.locate import Spot, locate
from ppi_cli.source.parser import event_source
from ppi_cli.values.findings import Path, Position, Range


def spot(text: str, *path: str | int) -> Spot:
    return locate(text, [path])[path]


def on_line(line: int, start: int, end: int) -> Range:
    return Range(Position(line, start), Position(line, end))


def marked(text: str, range: Range | None) -> str:
    """What of the text a range of one line marks."""
    assert range is not None
    assert range.start.line == range.end.line
    line = text.replace("\r\n", "\n").split("\n")[range.start.line - 1]
    return line[range.start.column - 1 : range.end.column - 1]


# --- keys and values ----------------------------------------------------------------------------

PLAN = """\
plan:
  title: L'été à Besançon
  years: 2016..2019
themes:
  - id: infra
    envelope: {2016: 175 k€, 2017: "34 k€"}
    source:
projects:
- after: [a, {id: b, basis: assumed}]
"""


@pytest.mark.parametrize(
    ("path", "line", "key", "value"),
    [
        (("plan", "title"), 2, "title", "L'été à Besançon"),
        (("plan", "years"), 3, "years", "2016..2019"),
        (("themes", 0, "id"), 5, "id", "infra"),
        (("themes", 0, "envelope"), 6, "envelope", '{2016: 175 k€, 2017: "34 k€"}'),
        (("themes", 0, "envelope", "2016"), 6, "2016", "175 k€"),
        (("themes", 0, "envelope", "2017"), 6, "2017", '"34 k€"'),
        (("projects", 0, "after"), 9, "after", "[a, {id: b, basis: assumed}]"),
        (("projects", 0, "after", 1, "basis"), 9, "basis", "assumed"),
    ],
)
def test_a_path_leads_to_its_key_and_its_value(path: Path, line: int, key: str, value: str) -> None:
    found = spot(PLAN, *path)
    assert found.key is not None
    assert found.key.start.line == line
    assert marked(PLAN, found.key) == key
    assert marked(PLAN, found.value) == value


@pytest.mark.parametrize(
    ("path", "line", "value"),
    [
        (("projects", 0, "after", 0), 9, "a"),
        (("projects", 0, "after", 1), 9, "{id: b, basis: assumed}"),
    ],
)
def test_an_item_of_a_list_has_no_key(path: Path, line: int, value: str) -> None:
    found = spot(PLAN, *path)
    assert found.key is None
    assert found.value.start.line == line
    assert marked(PLAN, found.value) == value


@pytest.mark.parametrize(
    ("path", "line", "value"),
    [
        (("plan",), 1, "plan"),  # a section, by its key
        (("themes",), 4, "themes"),
        (("themes", 0), 5, "id"),  # an item, by what it begins with
        (("themes", 0, "source"), 7, "source"),  # a blank value, by its key
    ],
)
def test_what_spreads_over_lines_or_is_blank_is_pointed_at_by_its_key_or_its_beginning(
    path: Path, line: int, value: str
) -> None:
    found = spot(PLAN, *path)
    assert found.value.start.line == line
    assert marked(PLAN, found.value) == value


@pytest.mark.parametrize("text", ["a: |\n  b\n  c\n", "a: b\n  c\n", 'a: "b\n  c"\n'])
def test_a_text_over_several_lines_is_pointed_at_by_its_key(text: str) -> None:
    assert marked(text, spot(text, "a").value) == "a"


@pytest.mark.parametrize(
    "path",
    [
        ("nothing",),
        ("plan", "titre"),
        ("plan", 0),
        ("plan", "title", "deeper"),
        ("themes", 1),
        ("themes", "0"),
        ("themes", 0, "envelope", "2018"),
        ("projects", 0, "after", 2),
    ],
)
def test_a_path_that_leads_nowhere_has_no_spot(path: Path) -> None:
    assert locate(PLAN, [path]) == {}


def test_many_paths_are_found_at_once() -> None:
    paths: list[Path] = [("plan", "title"), ("nowhere",), ("themes", 0, "id"), ("themes",)]
    assert set(locate(PLAN, paths)) == {("plan", "title"), ("themes", 0, "id"), ("themes",)}


def test_of_a_key_written_twice_the_first_is_meant() -> None:
    assert spot("a: 1\na: 2\n", "a").value.start == (1, 4)


def test_no_paths_have_no_spots() -> None:
    assert locate(PLAN, []) == {}


# --- lines and columns --------------------------------------------------------------------------


def test_lines_and_columns_count_from_one_and_end_after_the_last_character() -> None:
    assert spot("a: bc\n", "a") == Spot(on_line(1, 1, 2), on_line(1, 4, 6))


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("é: à\nclé: valeur\n", (2, 6)),
        ("x: 😀\n😀: b\nclé: valeur\n", (3, 6)),
        ("{été: 1, clé: valeur}", (1, 15)),
    ],
)
def test_columns_count_characters_and_not_bytes(text: str, start: tuple[int, int]) -> None:
    assert spot(text, "clé").value.start == start
    assert marked(text, spot(text, "clé").value) == "valeur"


def test_an_emoji_is_one_column() -> None:
    assert spot("{a: 😀😀, b: c}", "b").value.start == (1, 12)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_alike_whatever_ends_them(end: str) -> None:
    text = end.join(["a:", "  b: c", "", "  d:", "    - e", ""])
    assert spot(text, "a", "b").value == on_line(2, 6, 7)
    assert spot(text, "a", "d", 0).value == on_line(5, 7, 8)


def test_quotes_belong_to_the_range_and_comments_do_not() -> None:
    text = "a: 'b' # c\nd: e   # f\n"
    assert marked(text, spot(text, "a").value) == "'b'"
    assert marked(text, spot(text, "d").value) == "e"


# --- texts that are broken ----------------------------------------------------------------------


def test_what_stands_before_a_syntax_error_is_found() -> None:
    assert set(locate("a: 1\nb: c : d\ne: f\n", [("a",), ("e",)])) == {("a",)}


def test_an_alias_has_a_spot() -> None:
    assert marked("a: *b\n", spot("a: *b\n", "a").value) == "*b"


@pytest.mark.parametrize("text", ["", "# nothing\n", "just text\n", "- a\n"])
def test_a_text_that_is_no_mapping_has_no_spot_for_a_key(text: str) -> None:
    assert locate(text, [("a",)]) == {}


def test_what_is_nested_too_deep_is_not_gone_through() -> None:
    assert locate("a: " + "[" * 60_000, [("a",)]) == {}


@given(st.text(alphabet="ab1 \n\t-:?,[]{}#&*!|>'\"%é", max_size=60))
def test_any_text_is_gone_through_without_an_exception(text: str) -> None:
    locate(text, [("a",), ("b", 0), (0, "a"), ()])


# --- law ----------------------------------------------------------------------------------------

words = st.text(alphabet="abcdefgéàœ€ 019:#'\"-[]{},&*!|>%@😀", min_size=1, max_size=12)
keys = st.text(alphabet="abcé_019", min_size=1, max_size=6)
trees = st.dictionaries(
    keys,
    st.recursive(
        words,
        lambda below: st.one_of(
            st.lists(below, min_size=1, max_size=4),
            st.dictionaries(keys, below, min_size=1, max_size=4),
        ),
        max_leaves=12,
    ),
    min_size=1,
    max_size=4,
)


def _scalars(tree: Any, path: Path = ()) -> Iterator[tuple[Path, str]]:
    if isinstance(tree, str):
        yield path, tree
        return
    for step, below in tree.items() if isinstance(tree, dict) else enumerate(tree):
        yield from _scalars(below, (*path, step))


@given(trees, st.sampled_from([None, True, False]), st.sampled_from(["\n", "\r\n"]))
def test_every_value_of_any_document_is_found_where_it_stands(
    tree: dict[str, Any], flow: bool | None, end: str
) -> None:
    text = yaml.safe_dump(tree, allow_unicode=True, width=10**6, default_flow_style=flow)
    text = text.replace("\n", end)
    scalars = dict(_scalars(tree))
    spots = locate(text, scalars)
    assert spots.keys() == scalars.keys()
    for path, value in scalars.items():
        there = marked(text, spots[path].value)
        assert yaml.load(there, yaml.BaseLoader) == value
        if there[0] not in "'\"":
            assert there == value
        if isinstance(path[-1], str):
            key = marked(text, spots[path].key)
            assert yaml.load(key, yaml.BaseLoader) == path[-1]


def test_a_text_is_gone_over_as_far_as_the_last_place_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    gone_over: list[int] = []

    def counted(text: str) -> Any:
        next_event = event_source(text)

        def following() -> Any:
            event = next_event()
            gone_over.append(event.start_mark.line + 1)
            return event

        return following

    monkeypatch.setattr("ppi_cli.source.locate.event_source", counted)
    assert marked(PLAN, spot(PLAN, "plan", "years").value) == "2016..2019"
    assert max(gone_over) == 3
    assert locate(PLAN, [("plan", "years"), ("plan", "year")]).keys() == {("plan", "years")}
    assert max(gone_over) > 9
