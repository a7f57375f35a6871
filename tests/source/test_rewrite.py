"""A YAML text without some of its pieces: all other characters are as they were.

Each example is the text before, the edits, and the text after.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import dedent
from typing import Any

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from ppi_cli.changes.edits import Add, Drop, Edit, MoveYears, Write
from ppi_cli.source import rewrite
from ppi_cli.source.compose import compose
from ppi_cli.source.rewrite import rewritten
from ppi_cli.values.errors import PpiError
from ppi_cli.values.findings import Path
from ppi_cli.values.quarters import Years
from ppi_cli.words.language import Language


def check(before: str, edits: Edit | Sequence[Edit], after: str) -> None:
    edits = [edits] if isinstance(edits, Edit) else edits
    assert rewritten("plan.yaml", dedent(before), edits) == dedent(after)


def test_a_value_is_written_anew_and_what_stands_around_it_stays() -> None:
    check(
        "costs:\n  - {years: 2016..2018, each_year: 4 k€} # a year\n",
        Write(("costs", 0, "years"), "2017..2018"),
        "costs:\n  - {years: 2017..2018, each_year: 4 k€} # a year\n",
    )


def test_what_an_edit_takes_does_not_grow_with_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a list, only the item that is edited is looked up."""
    looked_at: list[Any] = []
    entries = rewrite._entries

    def counted(node: Any) -> Iterator[Any]:
        for entry in entries(node):
            looked_at.append(entry)
            yield entry

    monkeypatch.setattr(rewrite, "_entries", counted)
    found = []
    for number in (20, 40):
        looked_at.clear()
        text = "projects:\n" + "  - {id: p, year: 2016}\n" * number
        rewritten("p.yaml", text, [Write(("projects", n, "year"), "2017") for n in range(number)])
        found.append(len(looked_at))
    assert found[1] == 2 * found[0]


def drops(*paths: Path) -> list[Edit]:
    return [Drop(path) for path in paths]


def test_without_edits_a_text_is_the_same() -> None:
    check("a:   1 # spaced\n", [], "a:   1 # spaced\n")


# --- lists of lines ------------------------------------------------------------------------------

LIST = """\
    fruits:
      - apple
      - pear
      - plum
    roots: []
    """


@pytest.mark.parametrize(
    ("positions", "left"),
    [
        ([0], ["pear", "plum"]),
        ([1], ["apple", "plum"]),
        ([2], ["apple", "pear"]),
        ([0, 2], ["pear"]),
        ([1, 2], ["apple"]),
    ],
    ids=["first", "middle", "last", "ends", "all but the first"],
)
def test_items_leave_a_list_of_lines(positions: list[int], left: list[str]) -> None:
    lines = "".join(f"  - {item}\n" for item in left)
    after = f"fruits:\n{lines}roots: []\n"
    check(LIST, drops(*(("fruits", i) for i in positions)), after)


def test_all_items_leave_a_list_of_lines() -> None:
    check(LIST, drops(("fruits", 0), ("fruits", 1), ("fruits", 2)), "fruits:\nroots: []\n")


def test_a_list_leaves_with_its_key() -> None:
    check(LIST, Drop(("fruits",)), "roots: []\n")


def test_an_item_of_several_lines_leaves_whole() -> None:
    check(
        """\
        - id: puits
          costs:
            - 1
            - 2
        - id: pompe
        """,
        Drop((0,)),
        "- id: pompe\n",
    )


def test_a_list_may_stand_as_far_to_the_left_as_its_key() -> None:
    check("a:\n- 1\n- 2\nb: 3\n", Drop(("a", 1)), "a:\n- 1\nb: 3\n")


def test_a_comment_at_the_end_of_a_line_leaves_with_it() -> None:
    check("- 1 # one\n- 2 # two\n", Drop((0,)), "- 2 # two\n")


# --- comments and blank lines --------------------------------------------------------------------


def test_a_comment_right_above_an_item_leaves_with_it() -> None:
    check(
        """\
        - 1
        # about two,
        # in two lines
        - 2
        # about three
        - 3
        """,
        Drop((1,)),
        """\
        - 1
        # about three
        - 3
        """,
    )


def test_a_comment_above_the_first_item_may_be_about_all_and_stays() -> None:
    check(
        """\
        # fruits
        - apple
        - pear
        """,
        Drop((0,)),
        """\
        # fruits
        - pear
        """,
    )


def test_a_comment_apart_from_an_item_stays() -> None:
    check(
        """\
        - 1

        # Part two

        - 2
        - 3
        """,
        Drop((1,)),
        """\
        - 1

        # Part two

        - 3
        """,
    )


def test_a_comment_further_to_the_left_is_about_something_else() -> None:
    check(
        """\
        a:
          - 1
        # hm
          - 2
        """,
        Drop(("a", 1)),
        """\
        a:
          - 1
        # hm
        """,
    )


def test_of_two_gaps_around_an_item_one_leaves_with_it() -> None:
    check(
        """\
        - 1

        - 2

        - 3
        """,
        Drop((1,)),
        """\
        - 1

        - 3
        """,
    )


def test_a_gap_on_one_side_of_an_item_stays() -> None:
    check("- 1\n- 2\n\n- 3\n", Drop((1,)), "- 1\n\n- 3\n")


def test_the_gap_between_two_sections_stays() -> None:
    check(
        """\
        a:
          - 1
          - 2

        b: 3
        """,
        Drop(("a", 1)),
        """\
        a:
          - 1

        b: 3
        """,
    )


# --- dashes --------------------------------------------------------------------------------------


def test_a_dash_may_stand_alone_on_its_line() -> None:
    check(
        """\
        -
          id: puits
        -
          id: pompe
        """,
        Drop((0,)),
        """\
        -
          id: pompe
        """,
    )


def test_a_dash_in_a_comment_is_not_the_one_of_the_item() -> None:
    check(
        """\
        - # bien-être
          id: puits
        - id: pompe
        """,
        Drop((0,)),
        "- id: pompe\n",
    )


def test_a_key_on_the_line_of_the_dash_leaves_the_dash_to_the_next_one() -> None:
    check(
        """\
        - reason: retard
          id: puits
        """,
        Drop((0, "reason")),
        "- id: puits\n",
    )


def test_several_keys_leave_the_dash_to_the_first_that_stays() -> None:
    check(
        """\
        - reason: retard
          costs:
          - 1
          # where it is
          theme: eau
          id: puits
        """,
        drops((0, "reason"), (0, "costs")),
        """\
        - # where it is
          theme: eau
          id: puits
        """,
    )


def test_a_list_in_a_list_on_one_line() -> None:
    check(
        """\
        - - 1
          - 2
        - 3
        """,
        Drop((0, 0)),
        """\
        - - 2
        - 3
        """,
    )


def test_an_item_that_holds_nothing() -> None:
    check("- 1\n-\n- 3\n", Drop((1,)), "- 1\n- 3\n")


# --- texts ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "value",
    [
        "|\n  one: 1\n\n  # no comment\n",
        ">-\n  folded\n  text\n",
        "|+\n  with its end\n\n",
        '"# no comment, no: key"\n',
        "'it''s: quoted'\n",
        '"in two\n  lines"\n',
        "plain text\n  in two lines\n",
        "\n",
    ],
)
def test_a_text_leaves_whole(value: str) -> None:
    after = rewritten("plan.yaml", f"a: 1\nb: {value}c: 3\n", [Drop(("b",))])
    assert after.split() == ["a:", "1", "c:", "3"]


@pytest.mark.parametrize(
    "value", ["|\n  one: 1\n\n  # no comment\n", '"# no: key"\n', "|+\n  x\n\n"]
)
def test_a_text_beside_what_leaves_stays_to_the_character(value: str) -> None:
    check(f"a: 1\nb: {value}c: 3\n", drops(("a",), ("c",)), f"b: {value}")


# --- braces and brackets -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("positions", "after"),
    [
        ([0], "[2, 3]"),
        ([1], "[1, 3]"),
        ([2], "[1, 2]"),
        ([0, 1], "[3]"),
        ([0, 2], "[2]"),
        ([1, 2], "[1]"),
        ([0, 1, 2], "[]"),
    ],
)
def test_items_leave_brackets(positions: list[int], after: str) -> None:
    check("[1, 2, 3]\n", drops(*((i,) for i in positions)), f"{after}\n")


def test_keys_leave_braces() -> None:
    before = "cost: {year: 2017, amount: 5 k€, reason: 'vote, puis: # devis'}  # voted\n"
    check(before, Drop(("cost", "reason")), "cost: {year: 2017, amount: 5 k€}  # voted\n")
    check(
        before,
        Drop(("cost", "year")),
        "cost: {amount: 5 k€, reason: 'vote, puis: # devis'}  # voted\n",
    )


def test_a_comma_at_the_end_does_not_stay_alone() -> None:
    check("a: [1,]\n", Drop(("a", 0)), "a: []\n")
    check("a: {b: 1,}\n", Drop(("a", "b")), "a: {}\n")


def test_what_leaves_may_lie_in_what_leaves() -> None:
    check("[{a: 1, b: 2}, {c: 3}]\n", drops((0, "a"), (0,)), "[{c: 3}]\n")


BRACES = """\
    envelope: {
      2016: 10 k€,  # voted
      # to be voted
      2017: 20 k€,
      2018: 30 k€,  # perhaps
    }
    """


def test_a_line_leaves_braces_over_several_lines() -> None:
    check(
        BRACES,
        Drop(("envelope", "2016")),
        """\
        envelope: {
          # to be voted
          2017: 20 k€,
          2018: 30 k€,  # perhaps
        }
        """,
    )


def test_the_last_line_leaves_braces_and_comments_of_others_stay() -> None:
    check(
        BRACES,
        drops(("envelope", "2017"), ("envelope", "2018")),
        """\
        envelope: {
          2016: 10 k€,  # voted
          # to be voted
        }
        """,
    )


def test_a_comment_before_what_leaves_braces_stays() -> None:
    check(
        """\
        cost: {year: 2017,  # as voted
               reason: devis, amount: 5 k€}
        """,
        Drop(("cost", "reason")),
        """\
        cost: {year: 2017,  # as voted
               amount: 5 k€}
        """,
    )


# --- the ends of lines and of the text -----------------------------------------------------------


def test_lines_of_windows_stay_as_they_are() -> None:
    check("- 1\r\n\r\n# two\r\n- 2\r\n\r\n- 3\r\n", Drop((1,)), "- 1\r\n\r\n- 3\r\n")


def test_a_text_need_not_end_its_last_line() -> None:
    check("- 1\n- 2", Drop((1,)), "- 1\n")
    check("- 1\n- 2", Drop((0,)), "- 2")


# --- a blank year --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("{2016: 1 k€}\n", "{2016: 1 k€, 2017: }\n"),
        ("{2016: }\n", "{2016: , 2017: }\n"),
        ("{}\n", "{2017: }\n"),
        ("{2016: 1 k€,\n    }  # voted\n", "{2016: 1 k€, 2017: ,\n    }  # voted\n"),
        ("\n  2016: 1 k€ # voted\n", "\n  2016: 1 k€ # voted\n  2017:\n"),
        ("\n  2016: 1 k€", "\n  2016: 1 k€\n  2017:"),
        ("\r\n  2016: 1 k€\r\n", "\r\n  2016: 1 k€\r\n  2017:\r\n"),
        ("\n  2016:\n    amount: 1 k€\n", "\n  2016:\n    amount: 1 k€\n  2017:\n"),
        ("\n  2016: 1 k€\n\nb: 2\n", "\n  2016: 1 k€\n  2017:\n\nb: 2\n"),
    ],
)
def test_a_year_is_added_blank(before: str, after: str) -> None:
    check(f"a: {before}", Add(("a",), "2017"), f"a: {after}")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("{2016: 1 k€}\n", "{2017: }\n"),
        ("{2016: 1 k€,}\n", "{2017: }\n"),
        ("\n  2016: 1 k€\nb: 2\n", "\n  2017:\nb: 2\n"),
        ("\n  2016: 1 k€", "\n  2017:"),
    ],
)
def test_a_year_is_added_where_the_only_one_leaves(before: str, after: str) -> None:
    edits: list[Edit] = [Drop(("a", "2016")), Add(("a",), "2017")]
    check(f"a: {before}", edits, f"a: {after}")


def test_a_year_is_added_to_braces_whose_last_year_leaves() -> None:
    edits: list[Edit] = [Drop(("a", "2016")), Add(("a",), "2018")]
    check("a: {2017: 2 k€, 2016: 1 k€}\n", edits, "a: {2017: 2 k€, 2018: }\n")
    check(
        """\
        a: {
          2017: 2 k€,
          2016: 1 k€
        }
        """,
        edits,
        """\
        a: {
          2017: 2 k€, 2018: ,
        }
        """,
    )


# --- the years of the plan -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "drops_", "after"),
    [
        ("years: {}\n", [], "years: {2025: 1, 2027: }\n"),
        ("years: { }\n", [], "years: {2025: 1, 2027:  }\n"),
        ("years: {2024: 4}\n", [("years", "2024")], "years: {2025: 1, 2027: }\n"),
        ("years: {2024: 4}\n", [], "years: {2024: 4, 2025: 1, 2027: }\n"),
        ("years:\n  2024: 4\n", [], "years:\n  2024: 4\n  2025: 1\n  2027:\n"),
        ("years:\n  2024: 4", [], "years:\n  2024: 4\n  2025: 1\n  2027:"),
        ("years:\n  2024: 4", [("years", "2024")], "years:\n  2025: 1\n  2027:"),
    ],
)
def test_several_years_are_added_one_after_the_other(
    before: str, drops_: list[Path], after: str
) -> None:
    added = [Add(("years",), "2025", "1"), Add(("years",), "2027")]
    check(before, [*drops(*drops_), *added], after)


@pytest.mark.parametrize(
    ("years", "before", "after"),
    [
        (Years(2016, 2019), "2016..2019  # four", "2017..2020  # four"),
        (Years(2016, 2017), "'2016..2017'", "'2017..2018'"),
        (Years(2016, 2016), "2016", "2017"),
        (Years(2016, 2019), '"Plan 2016–2019, voté en 2015"', '"Plan 2017–2020, voté en 2015"'),
    ],
)
def test_years_are_written_a_year_later(years: Years, before: str, after: str) -> None:
    check(f"years: {before}\n", MoveYears(("years",), years), f"years: {after}\n")


# --- what cannot be done -------------------------------------------------------------------------


def test_a_layout_that_does_not_allow_for_an_edit_is_refused() -> None:
    with pytest.raises(PpiError, match="laid out in a way that cannot be changed") as refused:
        rewritten("plan.yaml", "? a\n: 1\n? b\n: 2\n", [Drop(("b",))])
    assert refused.value.hint is not None
    assert refused.value.hint.values == {"line": 4}


@pytest.mark.parametrize("value", ["null", "~", "é\u0085", "\u2028"])
@pytest.mark.parametrize(
    ("text", "help"),
    [
        (
            "a:\n  b: x\n",
            "write what begins in line 2 as key: value, or with a dash before each item",
        ),
        ("a: {b: x}\n", "write what stands in brackets in line 1 on lines of its own"),
    ],
)
def test_a_value_that_would_be_read_as_another_is_not_written(
    value: str, text: str, help: str
) -> None:
    """Nothing of a plan becomes something else, not even by a sign that nobody sees."""
    with pytest.raises(PpiError) as refused:
        rewritten("plan.yaml", text, [Write(("a", "b"), value)])
    assert refused.value.hint is not None
    assert Language("en").say(refused.value.hint) == help


def test_what_is_written_is_read_again_before_it_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the writing itself were at fault: a figure that is another is no plan."""
    monkeypatch.setattr(rewrite, "_written", lambda *_: "9 k€")
    with pytest.raises(PpiError, match="cannot be changed safely"):
        rewritten("plan.yaml", "a: 1 k€\nb: 3 k€\n", [Write(("a",), "2 k€")])


# --- a law ---------------------------------------------------------------------------------------

TEXTS = st.text(alphabet="ab é-:#,[]{}'\"\n", min_size=1, max_size=12)
KEYS = st.text(alphabet="abé-", min_size=1, max_size=4)
TREES: st.SearchStrategy[Any] = st.recursive(
    TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=14,
)


def paths(tree: Any, above: Path = ()) -> Iterator[Path]:
    """The path of every piece of a tree."""
    pairs = tree.items() if isinstance(tree, dict) else enumerate(tree)
    for step, value in pairs if isinstance(tree, dict | list) else ():
        yield (*above, step)
        yield from paths(value, (*above, step))


def without(tree: Any, gone: set[Path], here: Path = ()) -> Any:
    """The tree without pieces; an empty collection may as well be nothing."""
    if isinstance(tree, dict):
        kept = {k: without(v, gone, (*here, k)) for k, v in tree.items() if (*here, k) not in gone}
        return kept or None
    if isinstance(tree, list):
        return [
            without(v, gone, (*here, i)) for i, v in enumerate(tree) if (*here, i) not in gone
        ] or None
    return tree


@given(
    tree=st.lists(TREES, min_size=1, max_size=4) | st.dictionaries(KEYS, TREES, min_size=1),
    flow=st.sampled_from([None, True, False]),
    width=st.sampled_from([10, 80]),
    newline=st.sampled_from(["\n", "\r\n"]),
    data=st.data(),
)
def test_what_yaml_writes_becomes_the_tree_without_the_pieces(
    tree: Any, flow: bool | None, width: int, newline: str, data: st.DataObject
) -> None:
    written = yaml.safe_dump(tree, default_flow_style=flow, width=width, allow_unicode=True)
    text = written.replace("\n", newline)
    before = compose(text)
    assume(not before.problems)
    gone = data.draw(st.sets(st.sampled_from([*paths(tree)])))
    after = compose(rewritten("plan.yaml", text, [Drop(path) for path in gone]))
    assert after.problems == []
    assert without(after.tree, set()) == without(before.tree, gone)
