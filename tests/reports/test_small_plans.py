"""Whole reports of plans of a few lines, kept in ``tests/kept/small``: what no larger plan has.

Each plan shows some sentences that are said of nothing else: of a plan that is empty, of savings
that grow, of accounts that are silent. What is kept was read.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Result

HEAD = "plan: {title: P, years: 2025..2027, tax: incl}\nthemes: [{id: a, title: A}]\n"

EMPTY = HEAD
OF_EMPTY = (
    "gantt --today 2026-02-01", "matrix", "list groups", "list projects", "debt", "afford",
    "arbitrate", "apcp",
    "variants", "execution", "totals --executed", "totals --by project", "show p", "compare",
)  # fmt: skip

#: Priority, chart and checks: nothing moves, two exceptions, a printed total that is wrong.
QUIET = (
    HEAD.replace("tax: incl", "tax: excl").replace("A}", "A, section: investment}")
    + """
fctva: {regime: n+1}
ceilings: {total: {2025: 100 k€, 2026: 100 k€, 2027: 100 k€}}
stated_totals: {2025: 30 k€, before: 3 k€, beyond: 2 k€, whole: 80 k€, unplanned: 7 k€}
priority_classes: [{class: 1, title: Urgent}, {class: 2, title: Utile, finish_within: 9}]
recommendations:
  - {id: r, class: 1, rank: 1, title: R}
  - {id: s, class: 1, rank: 2, title: S}
projects:
  - {id: p, theme: a, title: P, quarters: 2026-Q1, priority: 1, costs: {2026: 20 k€}}
  - {id: q, theme: a, title: Q, quarters: 2025-Q1, priority: 2, costs: {2025: 20 k€, beyond: 1 k€}}
  - {id: u, theme: a, title: U, priority: 1}
  - {id: v, theme: a, title: V}
  - {id: w, theme: a, title: W, costs: {unplanned: 8 k€}}
exceptions:
  - {rule: PPI301, project: q, reason: voté}
  - {rule: PPI307, project: v, reason: voté}
"""
)
OF_QUIET = (
    "validate", "gantt --year 2027 --today 2026-02-01", "gantt --today 2026-02-01", "matrix",
    "arbitrate", "totals",
    "totals --percent --transpose", "totals --percent --by source", "list sources",
)  # fmt: skip

#: What is borrowed is more than what is invested; savings that grow; capital that the fund covers.
LENT = (
    HEAD.replace("A}", "A, section: investment}")
    + """
savings: {2025: 30 k€, 2026: -40 k€, 2027: 90 k€}
fctva: {regime: n, due: {2026: 60 k€}}
ceilings: {borrowing: {2027: 0 €}, years_to_repay: 3}
debt:
  at_start: {amount: 300 k€, basis: assumed, source: compte de 2024}
  repaid: {2025: 20 k€, 2026: 20 k€, 2027: 20 k€}
  fund: {amount: 50 k€, source: compte de 2024}
  keep: {amount: 10 k€, source: le maire}
  new_loans: {rate: 3 %, years: 10, repaid: equal_capital}
funders: [{id: f, title: Prêt, own: yes, loan: usual}, {id: g, title: Région}]
projects:
  - id: p
    theme: a
    title: P
    quarters: 2025
    costs: {2025: 20 k€, 2026: 9 k€, 2027: 400 k€}
    running_costs: [{amount: -6 k€}]
    funding: [{from: f, year: 2025, amount: 90 k€}, {from: g, year: 2027, amount: 50 k€}]
"""
)
OF_LENT = (
    "debt", "debt --within-ceilings", "afford", "arbitrate", "validate", "list sources",
    *(f"trace measure={name} year={year}" for name, year in (
        ("gross_before", 2025), ("operating", 2026), ("gross", 2026), ("capital", 2026),
        ("new_capital", 2027), ("investment", 2025), ("loan", 2025), ("loan", 2026),
        ("debt", 2025), ("fund", 2025), ("stated", 2025),
    )),
)  # fmt: skip

#: Accounts: money that has not come, and can still; two things expected; nothing carried over.
TOLD = (
    HEAD
    + """
ceilings: {total: {2026: 25 k€, 2027: 4 k€}}
funders: [{id: f, title: F}, {id: g, title: G}]
projects:
  - id: p
    theme: a
    title: P
    quarters: 2025..2026
    costs: {2025: 30 k€, 2026: 20 k€}
    funding:
      - {from: f, year: 2025, amount: 9 k€, status: granted}
      - {from: g, year: 2025, amount: 4 k€}
  - {id: q, theme: a, title: Q, quarters: 2025, costs: {2025: 8 k€, 2026: 7 k€}}
  - {id: r, theme: a, title: R, quarters: 2025, costs: {2025: 5 k€}, lead: Mairie}
  - {id: s, theme: a, title: S, quarters: 2026, costs: {2026: }}
execution:
  - year: 2025
    closed: yes
    source: CFU 2025
    lines:
      - {project: p, changed: {amount: 2 k€, source: DM 1}, paid: 21 k€,
         received: [{from: f, amount: 3 k€, source: titre 4}, {from: g, amount: 0 €}]}
      - {project: r, paid: 1 k€}
  - year: 2026
    at: 2026-09-30
    lines:
      - {project: p, paid: 3 k€, expected: 9 k€, basis: assumed}
      - {project: q, paid: 0 €, expected: 30 k€}
      - {project: s, paid: 2 k€}
"""
)
OF_TOLD = (
    "validate", "execution --year 2025 --by lead", "execution --by theme", "execution --since",
    "totals --executed", "afford --executed", "list sources --executed", "list sources",
    "trace source=f --executed", "trace theme=a year=2026 --executed",
    "show p", "show p --executed", "show q --executed", "show s", "diff plan.yaml plan.yaml",
    "execution --year 2025 -f csv", "execution --by theme -f csv", "execution -f github",
)  # fmt: skip

PLANS = {
    "empty": (EMPTY, OF_EMPTY),
    "quiet": (QUIET, OF_QUIET),
    "lent": (LENT, OF_LENT),
    "told": (TOLD, OF_TOLD),
}


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("name", PLANS)
def test_all_that_is_said_of_a_small_plan(
    name: str,
    ppi: Callable[..., Result],
    kept: Callable[[str, str], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text, commands = PLANS[name]
    monkeypatch.setenv("PPI_PLAN", "plan.yaml")
    Path("plan.yaml").write_text(text, encoding="utf-8")
    told = ""
    for command in commands:
        result = ppi(*command.split(), "--lang", "en", "--width", "110")
        told += f"$ ppi {command}\n{result.err}{result.out}\n"
    kept(f"small/{name}.txt", told)
