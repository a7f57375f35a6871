"""The program's answers about the plans in ``data/`` agree; ``tests.fuzz_commands`` edits them."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.any_edit import EXAMPLES
from tests.conftest import Result
from tests.identities import broken, broken_by_comparison, broken_by_difference

Run = Callable[..., Result]


@pytest.fixture
def ask(ppi: Run) -> Callable[..., Callable[..., Any]]:
    """What the program says in JSON of a plan: ``ask(folder)("totals", "--net")``."""

    def of(*plan: str | Path) -> Callable[..., Any]:
        @cache
        def answer(*words: str) -> Any:
            result = ppi(*words, *plan, "--format", "json")
            return json.loads(result.out) if result.code == 0 else None

        return answer

    return of


@pytest.mark.parametrize("example", EXAMPLES, ids=["deck", "finance"])
def test_answers_about_an_example_agree(
    ask: Callable[..., Callable[..., Any]], example: Path
) -> None:
    assert list(broken(ask(example), Random(1))) == []


def test_answers_about_a_version_agree(ask: Callable[..., Callable[..., Any]]) -> None:
    assert list(broken(ask(EXAMPLES[1], "--scenario", "ambition"), Random(2))) == []


def test_answers_about_two_plans_agree(ask: Callable[..., Callable[..., Any]]) -> None:
    assert list(broken_by_difference(ask(), *map(str, EXAMPLES))) == []
    assert list(broken_by_comparison(ask(EXAMPLES[1]))) == []
