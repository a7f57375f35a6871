"""Texts that look the same are the same, however their accents and their spaces are coded."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppi_cli.render.wrap import columns_of, wrapped
from ppi_cli.values.characters import look
from ppi_cli.values.money import parse_money
from tests.conftest import DATA, Result

Run = Callable[..., Result]
FINANCE = DATA / "examples" / "finance"

PLAN = """
plan: {title: Réseaux et écoles, years: 2025..2026, tax: incl, language: en, source: séance du 3}
themes: [{id: reseaux, title: Réseaux et voirie, envelope: {2025: {amount: 90 k€, source: p. 3}}}]
funders: [{id: etat, title: État (DETR)}]
projects:
  - id: ecole
    title: École du Pré
    theme: reseaux
    costs:
      - {year: 2025, amount: 40 k€, label: études préalables, source: marché no 3}
      - {year: 2025, amount: 10 k€, label: maîtrise}
    running_costs: [{amount: 1 k€, start: 2026, label: énergie et eau}]
    funding: [{from: etat, year: 2025, amount: 10 k€, source: arrêté du 2}]
context: [{title: Loi d’été no 3, items: ["Décret du 2 août", "Décret du 3 août"]}]
findings: [{id: f1, title: Fuite à côté, consequence: Dégâts des eaux}]
scenarios: [{id: s, title: Scénario à deux, drop: [ecole]}]
exceptions: [{rule: PPI305, project: ecole, reason: décidé en séance}]
changes: [{project: ecole, reason: décidé en été à cinq}]
"""


def in_nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def with_no_break_spaces(text: str) -> str:
    """The text with other spaces between words that begin with a letter or a bracket."""
    spaces = iter("\u00a0\u2007\u202f" * len(text))
    return re.sub(r"(?<=\w) (?=[\w(])(?![^\n]*\bk€, y)", lambda _: next(spaces), text)


@pytest.mark.parametrize("other", [in_nfd, with_no_break_spaces])
def test_a_plan_does_not_differ_from_itself_as_another_system_codes_it(
    ppi: Run, folder: Path, other: Callable[[str], str]
) -> None:
    assert other(PLAN) != PLAN
    (folder / "a").mkdir()
    (folder / "b").mkdir()
    (folder / "a/plan.yaml").write_text(PLAN, encoding="utf-8")
    (folder / "b/plan.yaml").write_text(other(PLAN), encoding="utf-8")
    for versions in (("a", "b"), ("b", "a")):
        result = ppi("diff", *versions)
        assert "nothing has changed" in result.out.lower()


@pytest.mark.parametrize("plan", [DATA, FINANCE])
def test_nor_does_a_whole_plan_in_nfd(ppi: Run, folder: Path, plan: Path) -> None:
    copy = folder / "nfd"
    copy.mkdir()
    for file in plan.glob("*.yaml"):
        (copy / file.name).write_text(in_nfd(file.read_text("utf-8")), encoding="utf-8")
    assert "nothing has changed" in ppi("diff", plan, copy, "--lang", "en").out.lower()


def test_a_thing_with_another_id_is_recognised_by_its_title(ppi: Run, folder: Path) -> None:
    (folder / "a").mkdir()
    (folder / "b").mkdir()
    (folder / "a/plan.yaml").write_text(PLAN, encoding="utf-8")
    renamed = in_nfd(PLAN).replace(": ecole", ": pre").replace("[ecole]", "[pre]")
    (folder / "b/plan.yaml").write_text(renamed, encoding="utf-8")
    out = ppi("diff", "a", "b").out
    assert re.search("id +ecole +pre", out)
    assert "added" not in out


@pytest.mark.parametrize("typed", ["Écoel", in_nfd("Écoel")])
def test_what_is_misspelt_is_answered_alike_however_it_was_typed(
    ppi: Run, folder: Path, typed: str
) -> None:
    (folder / "plan.yaml").write_text(PLAN, encoding="utf-8")
    assert "did you mean ecole?" in ppi("show", typed, "plan.yaml").err


def test_a_french_key_in_nfd_is_known(ppi: Run, folder: Path) -> None:
    (folder / "plan.yaml").write_text(PLAN + in_nfd("thèmes: []\n"), encoding="utf-8")
    assert "keys are in English: write themes" in ppi("validate", "plan.yaml").out


@pytest.mark.parametrize("space", ["\u00a0", "\u2007", "\u202f"])
def test_every_no_break_space_parts_thousands(space: str) -> None:
    assert parse_money(f"1{space}234{space}k€") == parse_money("1 234 k€")


def test_a_look_has_neither_codings_nor_no_break_spaces() -> None:
    assert look(in_nfd("École\u202f: 3\u00a0k€")) == "École : 3 k€"


SIGNS = ["a", "b", " ", "e\u0301", "\u6f22", "\U0001f469\u200d\U0001f467", "\u00a0", "\u2013"]


@given(st.lists(st.sampled_from(SIGNS), max_size=60).map("".join), st.integers(6, 30))
def test_wrapped_lines_fit_their_width_and_no_sign_is_taken_apart(text: str, width: int) -> None:
    text = re.sub(" +", " ", text.strip())
    lines = wrapped(f" {text}", width, " ").split("\n")
    assert all(columns_of(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert not any(
        line.lstrip(" ").startswith(("\u0301", "\u200d", "\U0001f467")) for line in lines
    )


def test_wide_characters_take_two_columns_of_a_wrapped_line() -> None:
    assert wrapped("\u6f22\u5b57 \u6f22\u5b57", 8) == "\u6f22\u5b57\n\u6f22\u5b57"
    assert wrapped("e\u0301te\u0301 ici", 7) == "e\u0301te\u0301 ici"


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_what_json_holds_is_what_was_written(ppi: Run, folder: Path, lang: str) -> None:
    text = PLAN.replace("École du Pré", "'::x ##[error]é ##vso[y]'")
    (folder / "plan.yaml").write_text(text, encoding="utf-8")
    for more in ((), ("--ascii",)):
        out = ppi("list", "projects", "plan.yaml", "-f", "json", "--lang", lang, *more).out
        assert "##[" not in out
        assert "::x ##[error]é ##vso[y]" in [each["title"] for each in json.loads(out)["rows"]]


def test_a_message_of_sarif_holds_no_link(ppi: Run, folder: Path) -> None:
    text = PLAN.replace("rule: PPI305", "rule: '[x](http://e.org)'")
    (folder / "plan.yaml").write_text(text, encoding="utf-8")
    results = json.loads(ppi("validate", "plan.yaml", "-f", "sarif").out)["runs"][0]["results"]
    messages = [result["message"]["text"] for result in results]
    assert any("[x] (http" in message for message in messages)


def test_a_word_wider_than_a_line_fills_lines_and_none_ends_in_a_blank() -> None:
    assert wrapped("abcdefghij", 4) == "abcd\nefgh\nij"
    assert wrapped("abc defghij", 4) == "abc\ndefg\nhij"
