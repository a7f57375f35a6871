"""``validate`` never raises, never hangs and always points into the file, whatever it is given."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ppi_cli.source.explanations import EXAMPLES
from ppi_cli.source.files import decoded
from tests.any_input import check, check_files
from tests.conftest import DATA

#: What plans are made of, and what trips a reader of YAML.
WORDS = [
    "plan", "themes", "projects", "id", "title", "years", "envelope", "costs", "quarters", "year",
    "amount", "each_year", "in_all", "spans", "basis", "answers", "after", "priority", "class",
    "rank", "rules", "exceptions",
    "stated_totals", "total", "rounded_to", "baseline", "tax", "2016", "2016..2019", "2016-T2..T4",
    "175 k€", "1 234,56 €", "1,234", "-12 k€", "assumed", "a", "b", "é", "null", "~", "—", "PPI301",
    "off", "&x", "*x", "!t", "|", ">", "%YAML 1.2", "---", "...", "\u200b", "\u2028", "\x07", "#",
]  # fmt: skip
SIGNS = [": ", ":", ", ", "[", "]", "{", "}", "\n", "\n  ", "\n    ", "\n- ", "\n  - ", '"', "'",
         "\t", " #", "\r\n", "\r", "\ufeff"]  # fmt: skip
HEADER = "plan: {title: P, years: 2016..2019}\n"


@given(st.binary(max_size=300))
def test_any_bytes(data: bytes) -> None:
    check(data)


@given(st.text(max_size=300))
def test_any_text(text: str) -> None:
    check(text.encode("utf-8", "surrogatepass"))


@given(st.lists(st.sampled_from([*WORDS, *SIGNS]), max_size=80))
@example(["plan", ": ", "\t"])
def test_any_heap_of_the_words_of_a_plan(pieces: list[str]) -> None:
    text = "".join(pieces)
    check(text.encode())
    check((HEADER + text).encode())


def trees() -> st.SearchStrategy[object]:
    scalars = st.sampled_from(WORDS) | st.just("")
    return st.recursive(
        scalars,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(WORDS), inner),
        max_leaves=25,
    )


def as_yaml(tree: object, indent: int = 0) -> str:
    """A tree in block style, each scalar between quotes where it needs them."""
    space = "\n" + "  " * indent
    if isinstance(tree, dict):
        return "".join(f"{space}{scalar(k)}: {as_yaml(v, indent + 1)}" for k, v in tree.items())
    if isinstance(tree, list):
        return "".join(f"{space}- {as_yaml(value, indent + 1)}" for value in tree)
    return scalar(str(tree))


def scalar(text: str) -> str:
    return text if re.fullmatch("[\\w.é €-]*", text) else '"' + text.replace('"', "") + '"'


@given(st.dictionaries(st.sampled_from([w for w in WORDS if w.isalpha()]), trees(), max_size=6))
def test_any_tree_below_the_keys_of_a_plan(tree: dict[str, object]) -> None:
    check((HEADER + as_yaml(tree)).encode())


VALID = [file.read_bytes() for file in sorted(EXAMPLES.glob("*/good.yaml"))]


@st.composite
def edited(draw: st.DrawFn) -> bytes:
    """A valid plan with some lines or characters taken out, put in, doubled or exchanged."""
    lines = draw(st.sampled_from(VALID)).decode().splitlines(keepends=True)
    for _ in range(draw(st.integers(1, 4))):
        i = draw(st.integers(0, len(lines) - 1))
        edit = draw(st.sampled_from(["drop", "double", "move", "word", "char", "indent"]))
        if edit == "drop":
            lines[i] = ""
        elif edit == "double":
            lines[i] *= 2
        elif edit == "move":
            j = draw(st.integers(0, len(lines) - 1))
            lines[i], lines[j] = lines[j], lines[i]
        elif edit == "indent":
            lines[i] = " " * draw(st.integers(0, 6)) + lines[i].lstrip()
        else:
            at = draw(st.integers(0, len(lines[i])))
            cut = draw(st.integers(0, 6))
            new = draw(st.sampled_from([*WORDS, *SIGNS]) if edit == "word" else st.characters())
            lines[i] = lines[i][:at] + new + lines[i][at + cut :]
    return "".join(lines).encode("utf-8", "surrogatepass")


@given(edited())
def test_any_edit_of_a_valid_plan(data: bytes) -> None:
    check(data)


@given(st.data())
def test_any_edit_of_one_file_of_the_real_plan(data: st.DataObject) -> None:
    files = {file.name: file.read_bytes() for file in sorted(DATA.glob("*.yaml"))}
    name = data.draw(st.sampled_from(sorted(files)))
    text = files[name].decode()
    at = data.draw(st.integers(0, len(text)))
    new = data.draw(st.sampled_from([*WORDS, *SIGNS, ""]))
    cut = data.draw(st.integers(0, 30))
    files[name] = (text[:at] + new + text[at + cut :]).encode()
    check_files([decoded(each, content) for each, content in files.items()])


@pytest.mark.parametrize("name", ["plan.yaml", "projects.yaml", "matrix.yaml"])
def test_a_plan_cut_off_anywhere(name: str) -> None:
    """As an editor leaves it that writes while one reads."""
    files = {file.name: file.read_bytes() for file in sorted(DATA.glob("*.yaml"))}
    whole = files[name]
    for at in range(0, len(whole), 97):
        files[name] = whole[:at]
        check_files([decoded(each, content) for each, content in files.items()])
