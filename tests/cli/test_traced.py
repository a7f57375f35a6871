"""All amounts of a version, each with where it stands and how it was worked out: kept as CSV.

A line that changes is to be read again: its amount, its step, its place.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.changes.test_rolled_forms import ACCOUNTS, CLOSED, OPEN
from tests.cli import test_harbour, test_ledger_town, test_odd_town
from tests.conftest import Result

PLANS = {
    "accounts": ACCOUNTS,
    "closed": CLOSED,
    "harbour": test_harbour.PLAN.read_text("utf-8"),
    "ledger": test_ledger_town.PLAN.read_text("utf-8"),
    "odd": test_odd_town.PLAN.read_text("utf-8"),
    "open": OPEN,
}
VERSIONS = {
    "accounts-executed": ["--executed"],
    "accounts-net": ["net=yes", "--executed"],
    "closed-executed": ["--executed", "--scenario", "s"],
    "harbour-tard": ["net=yes", "--scenario", "tard"],
    "harbour-neuf": ["--scenario", "neuf", "--keep-envelopes"],
    "ledger-executed": ["net=yes", "--executed"],
    "ledger-kept": ["--executed", "--keep-envelopes", "--scenario", "thrift"],
    "odd-green": ["net=yes", "--scenario", "green"],
    "odd-late": ["--scenario", "late"],
    "odd-lean": ["running=yes", "--scenario", "lean"],
    "open-scenario": ["net=yes", "--scenario", "s"],
}


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("version", VERSIONS)
def test_each_amount_of_a_version_says_where_it_comes_from(
    version: str, ppi: Callable[..., Result], kept: Callable[[str, str], None]
) -> None:
    Path("plan.yaml").write_text(PLANS[version.split("-")[0]], "utf-8")
    result = ppi("trace", *VERSIONS[version], "plan.yaml", "--lang", "en", "-f", "csv")
    kept(f"traced/{version}.csv", result.err + result.out)
