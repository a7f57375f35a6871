"""The plans that are measured: clean at every size, since findings would be measured too."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.bench.plans import CLASSES, recommendations_of, themes_of, write_plan
from tests.conftest import Result


@pytest.mark.parametrize("projects", [1, 11, 80, 1000])
def test_a_plan_of_any_size_is_clean(
    folder: Path, ppi: Callable[..., Result], projects: int
) -> None:
    write_plan(folder / "plan", projects)
    found = json.loads(ppi("validate", folder / "plan", "--format", "json").out)
    assert (found["counts"]["error"], found["counts"]["warning"]) == (0, 0)
    assert found["counts"]["info"] == 0 or projects > 11


def test_every_theme_class_and_recommendation_is_used(
    folder: Path, ppi: Callable[..., Result]
) -> None:
    write_plan(folder / "plan", 80)
    rows = json.loads(ppi("list", "projects", folder / "plan", "--format", "json").out)["rows"]
    assert len({row["theme"] for row in rows}) == themes_of(80)
    assert len({row["class"] for row in rows}) == CLASSES
    assert len({row["answers"][0]["id"] for row in rows}) == recommendations_of(80)
