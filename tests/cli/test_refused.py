"""What is told, to the end, where a command cannot go on: kept, and read."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Result

PLAN = (
    "plan: {title: Ville, years: 2026..2027}\n\n"
    "themes: [{id: a, title: A}]\n"
    "projects:\n  - {id: p, theme: a, title: P, quarters: 2026, costs: {2026: 5 k€}}\n"
)
#: Files of a town that has written one plan, two beside each other, and a part of one.
FILES = {
    "ville/plan.yaml": PLAN,
    "two/2026.yaml": PLAN,
    "two/2027.yaml": PLAN,
    "parts/themes.yaml": "themes: [{id: a, title: A}]\n",
    "parts/funders.yaml": "funders: [{id: f, title: F}]\n",
    "notes/README.md": "ours",
    "broken.xlsx": "no book",
}
COMMANDS = (
    "totals",
    "totals nowhere/plan.yaml",
    "totals ville/paln.yaml",
    "totals two",
    "totals parts",
    "totals -",
    "totals ville -f json -o EMPTY",
    "totals ville -f json -o ville/plan.yaml",
    "totals ville -f json -o nowhere/totals.json",
    "totals ville -f json -o notes",
    "init EMPTY",
    "init first.yaml",
    "init ville",
    "init notes --example town",
    "init --example twon",
    "import EMPTY",
    "import nowhere.csv",
    "import broken.xlsx",
    "import ville",
    "diff ville broken.xlsx",
    "diff ville",
    "diff HEAD~1 HEAD",
)


@pytest.fixture
def town(folder: Path) -> Path:
    for name, contents in FILES.items():
        file = folder / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(contents, encoding="utf-8")
    return folder


def test_what_is_told_where_a_command_cannot_go_on(
    ppi: Callable[..., Result],
    town: Path,
    monkeypatch: pytest.MonkeyPatch,
    kept: Callable[[str, str], None],
) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    told = ""
    for command in COMMANDS:
        words = ["" if word == "EMPTY" else word for word in command.split()]
        result = ppi(*words)
        assert result.code != 0
        told += f"ppi {command}\n{result.err}\n"
    kept("refused.txt", told.replace(str(town), "…"))
