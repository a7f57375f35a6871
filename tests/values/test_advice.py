"""What a word or an id that is none is answered with: one advice, wherever it stands."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ppi_cli.rules import ALL
from ppi_cli.rules.rule import advice_on_code
from ppi_cli.values.nearest import MOST_NAMED, advice
from ppi_cli.words.language import Language
from tests.conftest import Result

Run = Callable[..., Result]


def said(text: str, known: list[str], command: str = "") -> str | None:
    found = advice(text, known, command=command)
    return None if found is None else Language("en").say(found)


def test_the_word_that_is_most_like_it_is_named() -> None:
    assert said("voiri", ["ecoles", "voirie"]) == "did you mean voirie?"
    assert said("VOIRIE", ["ecoles", "voirie"]) == "did you mean voirie?"


def test_a_part_of_a_word_is_enough() -> None:
    assert said("jean", ["ecole-jean-jaures-annexe", "voirie"]) == (
        "did you mean ecole-jean-jaures-annexe?"
    )
    assert said("bus", ["arrets-de-bus-du-nord", "voirie"]) == "did you mean arrets-de-bus-du-nord?"
    assert said("du", ["arrets-de-bus-du-nord"]) == "choose from: arrets-de-bus-du-nord"


def test_a_few_are_all_named_and_many_are_not() -> None:
    few = [f"p{n}" for n in range(MOST_NAMED)]
    assert said("zzz", few) == f"choose from: {', '.join(few)}"
    assert said("zzz", [*few, "q"]) == f"choose from 21: {', '.join(few)} …"
    assert said("zzz", [*few, "q"], "ppi list projects") == "ppi list projects shows all 21 of them"


def test_of_nothing_there_is_no_advice() -> None:
    assert said("voirie", []) is None


@pytest.mark.parametrize(
    ("code", "answer"),
    [
        ("301", "did you mean PPI301?"),
        ("ppi 301", "did you mean PPI301?"),
        ("PPI3O1", "did you mean PPI301?"),
        ("matrix", f"ppi rules shows all {len(ALL)} of them"),
    ],
)
def test_a_code_that_is_none_is_answered_alike_everywhere(
    ppi: Run, folder: Path, code: str, answer: str
) -> None:
    found = advice_on_code(code, {rule.code: rule for rule in ALL})
    assert found is not None
    assert Language("en").say(found) == answer
    (folder / "plan.yaml").write_text(
        "plan: {title: P, years: 2025}\nthemes: [{id: a, title: A}]\n"
        f"rules: {{{code}: off}}\nexceptions: [{{rule: {code}, theme: a, reason: r}}]\n",
        encoding="utf-8",
    )
    assert ppi("validate", "plan.yaml").out.count(answer) == 2
    assert answer in ppi("explain", code).err


@pytest.mark.parametrize(
    "command",
    [
        ("show", "zzz"),
        ("totals", "--drop", "zzz"),
        ("totals", "--shift", "zzz=2"),
        ("totals", "--scenario", "zzz"),
        ("totals", "--variant", "zzz=zzz"),
        ("trace", "project=zzz"),
        ("gantt", "--theme", "zzz"),
        ("validate", "--only", "zzz"),
        ("totals", "--format", "zzz"),
    ],
    ids=" ".join,
)
def test_three_hundred_ids_are_never_all_named(
    ppi: Run, folder: Path, command: tuple[str, ...]
) -> None:
    every = range(300)
    (folder / "plan.yaml").write_text(
        "plan: {title: P, years: 2025}\nthemes:\n"
        + "".join(f"  - {{id: t-{n:03}, title: T}}\n" for n in every)
        + "projects:\n"
        + "".join(f"  - {{id: p-{n:03}, theme: t-{n:03}, title: P}}\n" for n in every)
        + "targets:\n"
        + "".join(f"  - {{id: g-{n:03}, theme: t-{n:03}, title: G}}\n" for n in every)
        + "scenarios:\n"
        + "".join(f"  - {{id: s-{n:03}, title: S, drop: [p-{n:03}]}}\n" for n in every),
        encoding="utf-8",
    )
    result = ppi(*command, "plan.yaml")
    assert result.code == 2
    assert len(result.err) < 600
