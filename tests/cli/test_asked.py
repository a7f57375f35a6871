"""What is answered to commands that a plan has no answer to: kept, and read.

The commands are those of ``tests/asked.txt``, the plan is ``tests/harbour.yaml``. Every second one
is answered in French.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable
from itertools import cycle
from pathlib import Path

import pytest

from tests.conftest import Result

TESTS = Path(__file__).parent.parent


def test_what_is_answered_to_what_cannot_be(
    ppi: Callable[..., Result],
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    kept: Callable[[str, str], None],
) -> None:
    (folder / "havre.yaml").write_bytes((TESTS / "harbour.yaml").read_bytes())
    monkeypatch.setenv("PPI_PLAN", "havre.yaml")
    monkeypatch.setenv("COLUMNS", "200")
    _, commands = (TESTS / "asked.txt").read_text(encoding="utf-8").split("\n\n", 1)
    told = ""
    for command, language in zip(commands.splitlines(), cycle(("en", "fr"))):
        monkeypatch.setenv("PPI_LANG", language)
        result = ppi(*shlex.split(command))
        assert (result.code, result.out) == (2, ""), command
        told += f"$ ppi {command}\n{result.err}"
    kept("asked.txt", told)
