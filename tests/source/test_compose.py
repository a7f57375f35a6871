"""YAML text to dicts, lists and texts: nothing is guessed, and nothing is lost in silence."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from textwrap import dedent
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppi_cli.source.compose import MOST_EVENTS, Composed, compose
from ppi_cli.source.problems import DEEPEST
from ppi_cli.words.language import Language


@dataclass(frozen=True)
class Found:
    """A problem as the user meets it: its code, where it begins and ends, its words."""

    code: str
    start: tuple[int, ...]
    end: tuple[int, ...]
    message: str
    help: str
    other: tuple[int, ...]


def found(text: str) -> list[Found]:
    """The problems of a text."""
    say = Language("en").say
    return [
        Found(
            problem.code,
            tuple(problem.range.start) if problem.range else (),
            tuple(problem.range.end) if problem.range else (),
            say(problem.message),
            say(problem.help) if problem.help else "",
            tuple(problem.other[1].start) if problem.other else (),
        )
        for problem in compose(text).problems
    ]


def only(text: str) -> Found:
    """The one problem of a text."""
    (problem,) = found(text)
    return problem


def tree(text: str) -> Any:
    """The tree of a text that has no problem."""
    composed = compose(text)
    assert composed.problems == []
    assert composed.whole
    return composed.tree


# --- scalars stay text --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "NO",  # Norway, and no "false"
        "on",
        "yes",
        "true",
        "010",  # not 8
        "1:30",  # not 90
        "1_000",
        "0x10",
        "1.0",
        "1e3",
        ".inf",
        "2016-02-15",
        "2016-13-45",
        "175 k€",
        "=",
        "9" * 5000,
    ],
)
def test_a_scalar_stays_the_text_that_it_is(text: str) -> None:
    assert tree(f"a: {text}") == {"a": text}


def test_keys_are_texts_too() -> None:
    assert tree("{2016: a, NO: b}") == {"2016": "a", "NO": "b"}


def test_blocks_and_brackets_make_the_same_lists_and_mappings() -> None:
    block = """
        a:
          - b
          - c: d
            e:
              - f
    """
    assert (
        tree(dedent(block))
        == tree("{a: [b, {c: d, e: [f]}]}")
        == {"a": ["b", {"c": "d", "e": ["f"]}]}
    )


def test_a_text_may_run_over_lines() -> None:
    text = """
        plain: one
          two
        folded: >
          one
          two
        kept: |
          one
          two
    """
    assert tree(dedent(text)) == {"plain": "one two", "folded": "one two\n", "kept": "one\ntwo\n"}


# --- blank is not stated ------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["a:", "a: ", "a: # later", "{a: }", "{a}"])
def test_an_empty_value_is_blank(text: str) -> None:
    assert tree(text) == {"a": None}


def test_an_empty_item_is_blank() -> None:
    assert tree("-\n- b\n") == [None, "b"]


@pytest.mark.parametrize("text", ["''", '""'])
def test_empty_quotes_are_an_empty_text_and_not_blank(text: str) -> None:
    assert tree(f"a: {text}") == {"a": ""}


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing yet\n", "---\n"])
def test_a_text_without_anything_in_it_is_nothing(text: str) -> None:
    assert tree(text) is None


@pytest.mark.parametrize("sign", ["~", "null", "Null", "NULL", "—", "–", "n/a", "N/A"])
def test_a_sign_for_not_stated_is_refused_and_the_hint_says_to_leave_it_empty(sign: str) -> None:
    problem = only(f"2016: {sign}")
    assert problem.code == "PPI108"
    assert problem.start == (1, 7)
    assert problem.end == (1, 7 + len(sign))
    assert sign in problem.message
    assert "leave the value empty" in problem.help


def test_a_lone_dash_for_not_stated_is_refused_and_the_hint_says_to_leave_it_empty() -> None:
    problem = only("2016: -\n")
    assert problem.start == (1, 7)
    assert "empty" in problem.help


def test_a_sign_in_quotes_is_a_text() -> None:
    assert tree("a: '~'") == {"a": "~"}


# --- keys written twice -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "second", "first"),
    [
        ("a: 1\nb: 2\na: 3\n", (3, 1), (1, 1)),
        ("a: 1\n'a': 2\n", (2, 1), (1, 1)),
        ("x:\n  a: 1\n  b: 2\n  a: 3\n", (4, 3), (2, 3)),
        ("x:\n  - a: 1\n  - a: 1\n    b: 2\n    a: 3\n", (5, 5), (3, 5)),
        ("envelope: {2016: 7 k€, 2016: 9 k€}\n", (1, 24), (1, 12)),
        ("a: 1\nx: {a: 2, a: 3}\n", (2, 11), (2, 5)),
    ],
)
def test_a_key_written_twice_is_refused_with_both_places(
    text: str, second: tuple[int, int], first: tuple[int, int]
) -> None:
    problem = only(text)
    assert problem.code == "PPI008"
    assert problem.start == second
    assert problem.other == first


def test_the_same_key_in_two_mappings_is_no_duplicate() -> None:
    assert tree("- a: 1\n- a: 2\n") == [{"a": "1"}, {"a": "2"}]


def test_of_thousands_of_keys_written_twice_each_is_found() -> None:
    composed = compose("a: 1\n" * 2_000)
    assert len(composed.problems) == 1_999


# --- what a plan has no use for -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "start", "sign"),
    [
        ("a: *x", (1, 4), "*x"),
        ("a: [b, *x]", (1, 8), "*x"),
        ("*x : 1", (1, 1), "*x"),
        ("a: &x 1", (1, 4), "&x"),
        ("a: &x\n  b: 1\n", (1, 4), "&x"),
        ("a: &x [1]", (1, 4), "&x"),
        ("a: !x 1", (1, 4), "!x"),
        ("a: !!str 1", (1, 4), "!!str"),
        ("a: !!python/object:os.system {}", (1, 4), "!!python/object:os.system"),
        ("!x\na: 1\n", (1, 1), "!x"),
        ("a: !", (1, 4), "!"),
    ],
)
def test_aliases_anchors_and_tags_are_refused_where_they_stand_and_as_written(
    text: str, start: tuple[int, int], sign: str
) -> None:
    problem = only(text)
    assert problem.code == "PPI007"
    assert problem.start == start
    assert f"“{sign}”" in problem.message
    assert "put quotes" in problem.help


@pytest.mark.parametrize("text", ["%YAML 1.1\n---\na: 1\n", "%TAG ! x\n---\na: 1\n"])
def test_directives_are_refused(text: str) -> None:
    problem = only(text)
    assert problem.code == "PPI007"
    assert problem.start == (1, 1)
    assert "directives" in problem.message


@pytest.mark.parametrize("text", ["a: 1\nb: 2\n---\na: 3\n", "a: 1\n...\n---\na: 2\n"])
def test_a_second_document_is_refused(text: str) -> None:
    problem = only(text)
    assert problem.code == "PPI007"
    assert problem.start == (3, 1)
    assert "second document" in problem.message


@pytest.mark.parametrize("text", ["---\na: 1\n", "a: 1\n...\n"])
def test_one_document_may_have_its_marks(text: str) -> None:
    assert tree(text) == {"a": "1"}


def test_a_merge_key_merges_nothing() -> None:
    assert tree("<<: {a: 1}\nb: 2\n") == {"<<": {"a": "1"}, "b": "2"}
    assert {problem.code for problem in found("a: &x {b: 1}\nc:\n  <<: *x\n")} == {"PPI007"}


@pytest.mark.parametrize("text", ["? [a]\n: b\n", "[a]: b", "{a: b}: c", "? {a: b}\n: c\n"])
def test_a_list_or_a_mapping_cannot_be_a_key(text: str) -> None:
    problem = only(text)
    assert problem.code == "PPI006"
    assert "cannot be a key" in problem.message
    assert "{{" not in problem.help


# --- a text cut short by # ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("title: Lot #2", (1, 8), (1, 11)),
        ("title: Lot #2 et suite", (1, 8), (1, 11)),
        ("title: Lot # 2", (1, 8), (1, 11)),
        ("amount: 12 k€ #hors taxe", (1, 9), (1, 14)),
        ("- Lot #2", (1, 3), (1, 6)),
        ("a: [b, Lot #2\n  ]", (1, 8), (1, 11)),
    ],
)
def test_a_text_that_a_hash_cuts_short_is_refused(
    text: str, start: tuple[int, int], end: tuple[int, int]
) -> None:
    problem = only(text)
    assert problem.code == "PPI012"
    assert (problem.start, problem.end) == (start, end)
    assert "put quotes" in problem.help


@pytest.mark.parametrize("text", ["source: #12", "label: #3 bis", "- #2"])
def test_a_text_of_which_a_hash_leaves_nothing_is_refused(text: str) -> None:
    assert only(text).code == "PPI012"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: Lot # the second one", "Lot"),
        ("a: 'Lot #2'", "Lot #2"),
        ('a: "Lot #2" # quoted', "Lot #2"),
        ("a: Lot#2", "Lot#2"),
        ("a: 12 k€ # hors taxe", "12 k€"),
        ("a: 12 k€ #", "12 k€"),
        ("# 2016\na: b", "b"),
        ("a: b\n#2017\n", "b"),
    ],
)
def test_a_comment_after_a_space_and_a_hash_in_quotes_are_no_cut(text: str, value: str) -> None:
    assert tree(text) == {"a": value}


# --- characters that nobody sees ----------------------------------------------------------------


@pytest.mark.parametrize(
    "char",
    [
        "\u200b",  # zero width space
        "\u200e",  # left-to-right mark
        "\u202e",  # right-to-left override
        "\u2066",  # left-to-right isolate
        "\u2028",  # line separator: YAML 1.1 counts it as a line break
        "\x85",  # next line: the same
        "\u061c",  # arabic letter mark
        "\u2060",  # word joiner
        "\u00ad",  # soft hyphen
        "\ufeff",  # byte order mark, inside the text
    ],
)
def test_an_invisible_character_is_refused_where_it_stands(char: str) -> None:
    problem = only(f"a: b\nthème: infra{char}structure\n")
    assert problem.code == "PPI003"
    assert (problem.start, problem.end) == ((2, 13), (2, 14))
    assert f"U+{ord(char):04X}" in problem.message
    assert problem.help


@pytest.mark.parametrize("char", ["\0", "\x07", "\x1b", "\x7f", "\x9b", "\ufffe"])
def test_a_control_character_is_refused_where_it_stands(char: str) -> None:
    problem = only(f"a: b\nthème: infra{char}structure\n")
    assert problem.code == "PPI003"
    assert problem.start == (2, 13)
    assert f"U+{ord(char):04X}" in problem.message


def test_a_text_in_double_quotes_may_have_line_breaks_and_accents_as_escapes() -> None:
    assert tree(r'a: "b\n\tc \u00e9"') == {"a": "b\n\tc é"}


@pytest.mark.parametrize("char", ["é", "œ", "€", "’", "…", "\u00a0", "\u202f", "😀", "👩\u200d💻"])
def test_what_people_type_is_kept(char: str) -> None:
    assert tree(f"a: b{char}c") == {"a": f"b{char}c"}


@pytest.mark.parametrize(
    ("text", "start", "name"),
    [
        ("a:\n\tb: 1\n", (2, 1), "a tab"),
        ("a:\n  b: 1\n\tc: 2\n", (3, 1), "a tab"),
        ("a:\n  \tb: 1\n", (2, 3), "a tab"),
        ("\ta: 1\n", (1, 1), "a tab"),
        ("a:\n-\tb\n", (2, 2), "a tab"),
        ("a:\r\n\tb: 1\r\n", (2, 1), "a tab"),
        ("a:\n\u00a0\u00a0b: 1\n", (2, 1), "a no-break space"),
        ("a:\n  b: 1\n\u00a0\u00a0c: 2\n", (3, 1), "a no-break space"),
        ("a:\n \u202fb: 1\n", (2, 2), "a no-break space"),
        ("title:\u00a0a\n", (1, 7), "a no-break space"),
        ("a:\n  - title:\u00a0a\n", (2, 11), "a no-break space"),
    ],
)
def test_a_tab_or_a_no_break_space_where_yaml_needs_spaces_is_refused(
    text: str, start: tuple[int, int], name: str
) -> None:
    problem = found(text)[0]
    assert problem.code == "PPI003"
    assert problem.start == start
    assert problem.message.startswith(name)
    assert "replace it by spaces" in problem.help


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("envelope:\n  2016:\u00a0175 k€\n", (2, 8)),
        ("envelope:\n  2016:\u00a0175 k€\n  2017: 34 k€\n", (2, 8)),
        ("envelope: {2016:\u00a0175 k€}\n", (1, 17)),
        ("a: 1\nthème:\u00a0b\nc: 2\n", (2, 7)),
    ],
)
def test_a_no_break_space_after_the_colon_of_a_year_or_an_accented_key_is_refused(
    text: str, start: tuple[int, int]
) -> None:
    problem = found(text)[0]
    assert (problem.code, problem.start) == ("PPI003", start)


@pytest.mark.parametrize("text", ["a: b\n\t\nc: d\n", "\t\na: b\nc: d\n", "a: b\n  \t\nc: d\n"])
def test_a_tab_on_an_empty_line_is_harmless_or_named(text: str) -> None:
    composed = compose(text)
    if composed.problems:
        problem = found(text)[0]
        assert problem.code == "PPI003"
        assert "a tab" in problem.message
    else:
        assert composed.tree == {"a": "b", "c": "d"}


@pytest.mark.parametrize("text", ["a:\tb", "a: b\t", "a: b\t# c", "#\tc\na: b"])
def test_a_tab_after_a_colon_or_at_the_end_does_no_harm(text: str) -> None:
    assert tree(text) == {"a": "b"}


# --- limits -------------------------------------------------------------------------------------


def test_lists_may_be_nested_as_deep_as_the_limit_and_no_deeper() -> None:
    assert compose("[" * DEEPEST + "]" * DEEPEST).problems == []
    problem = only("[" * (DEEPEST + 1) + "]" * (DEEPEST + 1))
    assert problem.code == "PPI005"
    assert problem.start == (1, DEEPEST + 1)


@pytest.mark.parametrize("text", ["[", "- ", "a: [", '{"a":', "? ", "{", "!x ["])
def test_a_hundred_thousand_brackets_are_refused_at_once(text: str) -> None:
    composed = compose(text * 100_000)
    assert not composed.whole
    assert composed.problems


def test_the_number_of_values_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    assert MOST_EVENTS > 1_000_000
    monkeypatch.setattr("ppi_cli.source.compose.MOST_EVENTS", 100)
    assert compose("[" + "a," * 90 + "]").problems == []
    (problem,) = compose("[" + "a," * 110 + "]").problems
    assert problem.code == "PPI004"


def test_aliases_of_aliases_do_not_multiply() -> None:
    names = "abcdefghij"
    lines = ["a: &a [x, x]"]
    lines += [f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]" for a, b in pairwise(names)]
    composed = compose("\n".join(lines))
    assert {problem.code for problem in composed.problems} == {"PPI007"}
    assert composed.tree["j"] == [None] * 9


def test_thousands_of_lines_that_begin_with_a_tab_are_each_named() -> None:
    composed = compose("a:\n" + "\tb: 1\n" * 20_000)
    assert composed.problems[0].code == "PPI003"


# --- syntax errors ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "start", "words"),
    [
        # French text carries " : "
        ("title: a : b\n", (1, 10), "colon"),
        ("plan:\n  thème: été : hiver\n", (2, 14), "colon"),
        ("a: 1\r\nb: c: d\r\n", (2, 5), "colon"),
        # indentation
        ("a:\n  b: 1\n c: 2\n", (3, 2), "a key was expected"),
        ("a:\n  b: 1\n   c: 2\n", (3, 5), "colon"),
        ("a:\n  - b\n c: d\n", (3, 2), "a key was expected"),
        ("- a\nb: c\n", (2, 1), "a dash was expected"),
        # a key alone
        ("a:\n  b: 1\n  c\n  d: 2\n", (4, 3), "colon"),
        # signs with a meaning of their own
        ("a: @b\n", (1, 4), "cannot begin a value"),
        ("a: `b\n", (1, 4), "cannot begin a value"),
        ("a: % b\n", (1, 4), "cannot begin a value"),
        # a quote that ends too early
        ("a: 'l'été'\n", (1, 7), "the quotes end before this text"),
    ],
)
def test_a_mistake_is_pointed_at_in_plain_words(
    text: str, start: tuple[int, int], words: str
) -> None:
    problem = only(text)
    assert problem.code == "PPI006"
    assert problem.start == start
    assert words in problem.message
    assert problem.help


@pytest.mark.parametrize(
    ("text", "opened", "words"),
    [
        (
            "a: 1\nb: [c, d\ne: f\n",
            (2, 4),
            "this does not go on a list in [ ], and does not close it",
        ),
        (
            "a: 1\nb: {c: d\ne: f\n",
            (2, 4),
            "this does not go on what stands in { }, and does not close it",
        ),
        ("a: 1\nb: 'c\nd: e\n", (2, 4), "the file ends inside a quoted text"),
        ('a: 1\nb: "c\nd: e\n', (2, 4), "the file ends inside a quoted text"),
        ("a: 1\nb: [c, 'd]\ne: f\n", (2, 8), "the file ends inside a quoted text"),
    ],
)
def test_what_is_not_closed_is_pointed_at_where_it_was_opened(
    text: str, opened: tuple[int, int], words: str
) -> None:
    problem = only(text)
    assert problem.code == "PPI006"
    assert words in problem.message
    assert opened in (problem.start, problem.other)


@pytest.mark.parametrize(
    "text",
    [
        "title: - Finances\n",
        "title: & suite\n",
        "title: *important*\n",
        "title: ? pourquoi\n",
        "title: , suite\n",
        "title: | suite\n",
        "title: ] fin\n",
        'title: "C:\\Serveurs"\n',
        'title: "D:\\Users"\n',
        "items: [a, , b]\n",
        'a: "b\n---\nc: d\n',
    ],
)
def test_every_common_mistake_is_answered_with_what_to_do(text: str) -> None:
    problem = only(text)
    assert problem.start[0] <= 2
    assert "YAML cannot be read here" not in problem.message
    assert problem.help


def test_an_item_indented_too_far_is_not_swallowed_by_the_one_above() -> None:
    assert found("items:\n  - serveurs\n   - switchs\n")


def test_what_stands_before_a_syntax_error_is_read_and_marked_as_not_the_whole() -> None:
    composed = compose("a: 1\nb: c : d\n")
    assert composed.tree["a"] == "1"
    assert not composed.whole


# --- laws ---------------------------------------------------------------------------------------

SAMPLE = """\
# Le plan
plan:
  title: "Plan : l'été"
  years: 2016..2019
themes:
  - id: infra
    title: Infrastructure
    envelope: {2016: 175 k€, 2017: 34 k€}
projects:
  - {id: hd, theme: infra, title: Haute disponibilité, after: [a, {id: b, basis: assumed}]}
  - id: pra
    title: >
      Plan
      de reprise
    quarters: [2016-T1, '2016-T3']
"""
signs = st.sampled_from(list("\t\n\r :-?,[]{}#&*!|>'\"%@`~<=\\é\u00a0\u200b\ufeff\0"))
at = st.integers(0, len(SAMPLE))


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """The sample with some signs put in, cut out, or written twice."""
    text = SAMPLE
    for _ in range(draw(st.integers(1, 4))):
        begin, end = sorted((draw(at), draw(at)))
        piece = draw(st.one_of(signs, st.just(""), st.just(text[begin:end])))
        text = text[:begin] + piece + text[draw(st.sampled_from([begin, end])) :]
    return text


def _is_plain(value: Any) -> bool:
    if isinstance(value, dict):
        return all(type(key) is str and _is_plain(each) for key, each in value.items())
    if isinstance(value, list):
        return all(map(_is_plain, value))
    return value is None or type(value) is str


def _holds(text: str, composed: Composed) -> None:
    """What holds of any text: a tree of texts alone, and every problem at a place in the text."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert _is_plain(composed.tree)
    assert composed.whole or composed.problems
    for problem in composed.problems:
        if problem.range is not None:
            (line, column), end = problem.range
            assert 1 <= line <= len(lines) + 1
            assert 1 <= column <= len([*lines, ""][line - 1]) + 1
            assert (line, column) <= end


@given(st.text())
def test_any_text_is_composed_without_an_exception(text: str) -> None:
    _holds(text, compose(text))


@given(st.text(alphabet="ab1 \n\t-:?,[]{}#&*!|>'\"%é\u2028", max_size=60))
def test_any_text_of_yaml_signs_is_composed_without_an_exception(text: str) -> None:
    _holds(text, compose(text))


@given(damaged())
def test_any_damaged_plan_is_composed_without_an_exception(text: str) -> None:
    _holds(text, compose(text))
