"""Reports of plans in which money is written in many forms, as text; kept, and read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.changes.test_rolled_forms import ACCOUNTS, CLOSED, OPEN
from tests.conftest import Result

PLANS = {"accounts": ACCOUNTS, "closed": CLOSED, "open": OPEN}
#: What is asked of each plan, beside its name.
ASKED = [
    ("accounts", "afford", ["--executed"]),
    ("accounts", "debt", ["--executed"]),
    ("accounts", "execution", ["--since"]),
    ("accounts", "execution-programme", ["--year", "2025", "--by", "programme"]),
    ("accounts", "totals", ["--by", "source", "--executed"]),
    ("accounts", "list-themes", ["--executed"]),
    ("closed", "afford", ["--executed", "--keep-envelopes", "--scenario", "s"]),
    ("closed", "compare", ["s"]),
    ("closed", "debt", ["--executed", "--scenario", "s"]),
    ("closed", "execution", ["--since"]),
    ("closed", "show-table", ["--executed", "--scenario", "s"]),
    ("open", "afford", ["--scenario", "s"]),
    ("open", "apcp", []),
    ("open", "arbitrate", []),
    ("open", "compare", ["s"]),
    ("open", "debt", ["--scenario", "s"]),
    ("open", "list-sources", []),
    ("open", "show-forms", ["--scenario", "s"]),
    ("open", "totals", ["--by", "source", "--scenario", "s"]),
    ("open", "validate", ["--scenario", "s"]),
]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(("plan", "report", "asked"), ASKED)
def test_a_report_of_a_plan_of_many_forms(
    plan: str,
    report: str,
    asked: list[str],
    ppi: Callable[..., Result],
    kept: Callable[[str, str], None],
) -> None:
    Path("plan.yaml").write_text(PLANS[plan], "utf-8")
    command, _, what = report.partition("-")
    of = [what] if command in ("list", "show") else []
    result = ppi(command, *of, *asked, "plan.yaml", "--lang", "en", "--width", "130")
    kept(f"forms/{plan}-{report}.txt", result.err + result.out)
