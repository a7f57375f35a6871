"""The same plan gives the same bytes: on another day, and in another process."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from pathlib import Path

import pytest
import typst

from ppi_cli.documents import DOCUMENTS, written
from ppi_cli.reports.dossier import Dossier, dossier
from ppi_cli.source.examine import examine
from ppi_cli.source.inside import whole_of
from ppi_cli.source.read import read
from ppi_cli.versions.scenarios import worked_out
from ppi_cli.words.language import Language
from tests.conftest import DATA, Result

ROOT = Path(__file__).parent.parent.parent
FINANCE = DATA / "examples" / "finance"
#: Pairs of days with nothing between them that a plan speaks of: of one quarter, or after it.
DAYS = [
    (FINANCE, date(2026, 10, 1), date(2026, 12, 31)),
    (FINANCE, date(2041, 1, 1), date(2044, 2, 29)),
    (DATA, date(2026, 11, 27), date(2027, 3, 1)),
]


@lru_cache(maxsize=2)
def told_of(plan: Path, today: date) -> Dossier:
    reading = read(str(plan))
    assert reading.plan is not None
    version, examined = worked_out(reading.plan), examine(reading, today)
    return dossier(version, examined, today, whole=whole_of(reading))


@pytest.mark.parametrize("ending", DOCUMENTS)
@pytest.mark.parametrize(("plan", "day", "another"), DAYS)
def test_on_another_day(
    ending: str, plan: Path, day: date, another: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of pages, what is given to be laid out: that the same comes of it, the next test says."""
    monkeypatch.setattr(typst, "compile", lambda *template, **given: (template, given))
    first, second = (
        written(ending, told_of(plan, today), Language("fr")) for today in (day, another)
    )
    assert first == second


def test_in_another_process(ppi: Callable[..., Result], folder: Path) -> None:
    """Where the order of sets is another one."""
    here, there = ([f"{place}{ending}" for ending in DOCUMENTS] for place in ("here", "there"))
    assert ppi("export", FINANCE, *here, "--round-trip").code == 0
    command = [sys.executable, "-m", "ppi_cli", "export", str(FINANCE), *there, "--round-trip"]
    seed = "2" if os.environ.get("PYTHONHASHSEED") == "1" else "1"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed}
    subprocess.run(command, check=True, capture_output=True, env=environment)
    for first, second in zip(here, there, strict=True):
        assert Path(first).read_bytes() == Path(second).read_bytes()
