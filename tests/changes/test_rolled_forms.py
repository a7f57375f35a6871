"""Plans of many ways to write money, rolled on: what comes of them is kept, and read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Result

#: Its first year is closed.
CLOSED = """
plan: {title: Plan 2025-2027, years: 2025..2027, tax: incl, rate: 20 %}
themes:
  - {id: a, title: A, section: investment, envelope: {2025: 200 k€, 2026: 90 k€, 2027: 100 k€}}
funders: [{id: f, title: F}]
savings: {2025: 40 k€, 2026: 40 k€, 2027: 40 k€}
debt:
  at_start: 60 k€
  repaid:
  fund: 5 k€
  new_loans: {rate: 2 %, years: 10}
programmes:
  - id: ap
    title: AP
    projects: [none, spread]
    authorised: [{date: 2025-01-02, amount: 90 k€}]
    paid:
projects:
  # it has no costs: its account has some
  - {id: none, title: None, theme: a, quarters: 2025..2026}
  # nothing of it came, and nothing is carried over: its costs are gone
  - {id: lost, title: Lost, theme: a, quarters: 2025..2026, costs: {2025: 10 k€}}
  # a part stays, in thirds that are no cents
  - id: spread
    title: Spread
    theme: a
    quarters: 2025..2027
    costs: [{years: 2025..2027, in_all: 100 k€, tax: excl, label: Lots}]
  - {id: each, title: Each, theme: a, costs: [{years: 2025..2027, each_year: 7 k€, reason: loyer}]}
  - id: table
    title: Table
    theme: a
    quarters: 2025..2026
    costs:
      - {label: Études, before: {2024: 1 k€}, 2025: 4 k€, 2026: 3 k€, account: 2031}
      - {label: Travaux, 2025: 6 k€, 2027: {amount: 8 k€, basis: assumed}, beyond: 2 k€,
         account: 2313, fctva: no}
    funding: [{from: f, 2025: 3 k€, 2026: 1 k€, status: granted}]
execution:
  - year: 2025
    closed: yes
    lines:
      - {project: none, account: 2313, paid: 5 k€, carried_over: 2 k€}
      - {project: lost, paid: 0 €}
      - {project: spread, paid: 33 k€}
      - {project: each, paid: 7 k€}
      - {project: table, account: 2031, paid: 4 k€}
      - {project: table, account: 2313, paid: 5 k€, carried_over: 1 k€, received: 2 k€}
scenarios:
  - id: s
    title: S
    change: [{project: spread, percent: -10 %}, {project: lost, percent: -50 %}]
"""

#: Nothing is told of its first year: what was planned counts as paid.
OPEN = """
plan: {title: Works 2025–2027, years: 2025..2027, tax: incl, rate: 20 %, presented: 2024-12-12}
stated_totals: {2026: 200 k€, rounded_to: 100 k€}
ceilings:
  net: {2025: 90 k€, 2026: 80 k€}
  total: {2025: 400 k€}
  borrowing: {2025: 90 k€}
  years_to_repay: {2025: 9, 2026: 8}
fctva:
  regime: n+1
  due: {2025: 3 k€, 2026: {amount: 1 k€, source: letter}}
  due_operating: {2025: 200 €}
funders:
  - {id: f, title: F, stated_totals: {2026: 8 k€, rounded_to: 1 k€}}
  - {id: bank, title: Bank, own: yes, loan: {rate: 2 %, years: 9}}
groups: [{id: g, title: G, stated_totals: {2026: 200 k€, rounded_to: 50 k€}}]
themes:
  - id: a
    title: A
    group: g
    section: investment
    reason: split in two
    envelope: {2025: 200 k€, 2026: {amount: 190 k€, reason: vote}, 2027: }
    funding: {from: f, year: 2025, amount: 2 k€, status: granted}
    stated_totals: {2026: 190 k€}
  - {id: b, title: B, group: g, envelope: {2025: 10 k€}}
funding:
  - {from: f, year: 2025, amount: 1 k€}
  - {from: bank, 2025: 4 k€, 2026: {amount: 5 k€, reason: talk}}
debt:
  at_start: {amount: 500 k€, reason: account}
  repaid: {2025: 50 k€, 2026: {amount: 40 k€, reason: schedule}}
  fund: 10 k€
  keep: {amount: 5 k€, reason: prudence}
  new_loans: {rate: 3 %, years: 10}
savings: {2025: 60 k€, 2026: {amount: 50 k€, source: ROB, reason: wages}}
programmes:
  - id: ap
    title: AP
    projects: [over, alone, table]
    reason: new
    authorised: [{date: 2025-01-02, amount: 90 k€, reason: vote}]
    payments: {2025: 30 k€, 2026: 60 k€}
projects:
  - {id: over, title: Over, theme: a, quarters: 2024..2025-Q1,
     costs: {2025: 9 k€, tax: excl, fctva: yes}, stated_totals: {2025: 10800 €}}
  - {id: alone, title: Alone, theme: a, quarters: 2025-Q2..2027,
     status: {status: under_way, reason: begun},
     after: [over, {id: table, basis: assumed, reason: site}], reason: late,
     costs: {years: 2025..2027, in_all: 90 k€, tax: excl, rate: 10 %, label: Lots, reason: quote}}
  - {id: assumed, title: Assumed, theme: a, quarters: [2025-Q2, 2025-Q4..2026-Q1, 2027-Q3],
     not_before: {quarter: 2025-Q1, reason: permit},
     costs: [{quarters: [2025-Q2, 2025-Q4..2026-Q1, 2027-Q3], in_all: 8 k€, basis: assumed,
       source: guess}]}
  - {id: gone, title: Gone, theme: a, quarters: 2025..2026,
     costs: {year: 2025, amount: }, funding: {from: f, year: 2025, amount: }, money: }
  - {id: past, title: Past, theme: a, quarters: 2025..2026,
     costs: {2025: 2 k€, before: {amount: , basis: assumed}}}
  - {id: paid, title: Paid for, theme: a, quarters: 2025..2026, funding_complete: 2025..2026,
     costs: {2025: 6 k€, 2026: 4 k€},
     funding: [{from: f, year: 2025, amount: 6 k€}, {from: bank, 2026: 4 k€}]}
  - {id: once, title: Once, theme: a, quarters: 2025..2026, funding_complete: 2025,
     costs: {2025: 6 k€, 2026: 4 k€}, funding: {from: f, 2025: 6 k€, reason: letter}}
  - id: forms
    title: Forms
    theme: a
    quarters: 2025..2027
    costs:
      - {year: 2025, amount: 5 k€, tax: excl, label: Year}
      - {quarter: 2025-Q3, amount: 1 200.50 €, basis: assumed}
      - {year: 2025, amount: }
      - {year: 2026, amount: 70 k€}
      - {years: 2025..2026, each_year: 3 k€, indexed: no}
    funding:
      - {from: f, year: 2025, share: 20 %, of: 10 k€, at_most: 1.5 k€, status: granted}
      - {from: f, share: 10 %, status: requested}
      - {from: f, 2025: 2 k€, 2026: 1 k€, status: granted}
      - {from: bank, quarter: 2025-Q4, amount: 3 k€}
    running_costs: [{amount: 1 k€, start: 2025, until: 2025}, {amount: 2 k€, start: 2026}]
  - id: table
    title: Table
    theme: a
    quarters: 2024-Q4..2025-Q1
    costs:
      - {label: One, before: 1 k€, 2025: 4 k€, 2026: 3 k€}
      - {label: Told, before: {amount: 1 k€, basis: assumed, reason: memory}, 2025: 4 k€}
      - {label: Sourced, before: {amount: 1 k€, source: account},
         2025: {amount: 4 k€, basis: assumed}, 2026: 3 k€}
      - {label: Listed, before: {2023: 1 k€, 2024: }, 2025: 4 k€}
      - {label: Blank, before: , 2025: 4 k€, 2026: }
      - {label: Unknown, before: 1 k€, 2025: , 2026: 2 k€}
      - {label: Quarters, 2025-Q1: 1 k€, 2025-Q4: 2 k€, 2026-Q1: 3 k€}
      - {label: Taxed, before: {2024: 1 k€}, 2025: 4 k€,
         2026: {amount: 5 k€, source: bid}, beyond: 1 k€, tax: excl}
      - {label: Entering, 2026: 5 k€, beyond: {2028: 6 k€, 2029: 7 k€}}
      - {label: Entered, 2025: 1 k€, beyond: {2028: 6 k€}}
  - {id: waits, title: Waits, theme: b, quarters: 2025..2027, costs: {2027: },
     funding: [{from: f, amount: 5 k€}, {from: f, share: 10 %}]}
  - {id: late, title: Late, theme: b, quarters: 2026..2027, costs: {2026: 1 k€, 2027: 2 k€},
     funding: [{from: f, amount: 900 €, status: granted, until: 2026}]}
exceptions:
  - {rule: PPI301, project: over, reason: it is}
  - {rule: PPI402, theme: a, year: 2025, reason: vote}
scenarios:
  - id: s
    title: S
    drop: [over]
    savings: {2025: 60 k€}
    ceilings: {net: {2025: 50 k€}, total: {2025: 1 k€, 2026: 2 k€}}
    change:
      - {project: alone, percent: -10 %}
      - {project: past, percent: 5 %}
      - {theme: b, percent: 5 %}
      - {project: assumed, start: 2025-Q3}
      - project: forms
        costs:
          2025: {amount: 3 k€, tax: excl}
          before: {amount: 1 k€, tax: excl}
          2026: {amount: 4 k€, tax: excl}
      - {theme: a, envelope: {2025: 100 k€, 2026: 95 k€}}
    add: [{id: more, title: More, theme: b,
           costs: {years: 2025..2026, each_year: 1 k€}}]
changes: [{theme: a, reason: vote}]
"""

#: Accounts tell of themes and programmes too, and the next year runs: what is carried over goes on.
ACCOUNTS = """
plan: {title: Accounts, years: 2025..2027, tax: incl, rate: 20 %}
fctva: {regime: n+2, due: {2026: 2 k€}}
funders: [{id: f, title: F}, {id: g, title: G}, {id: bank, title: Bank, own: yes, loan: usual}]
debt:
  at_start: 500 k€
  repaid: {2025: 50 k€, 2026: {amount: 40 k€, reason: schedule}, 2027: 40 k€}
  fund: 400 k€
  keep: {amount: 5 k€, reason: prudence}
  new_loans: {rate: 3 %, years: 10}
savings: {2025: 60 k€, 2026: {amount: 50 k€, reason: wages}, 2027: 50 k€}
themes:
  - {id: a, title: A, envelope: {2025: 200 k€, 2026: {amount: 90 k€, basis: assumed}}}
  - {id: b, title: B, envelope: }
  - {id: c, title: C, envelope: {2025: 10 k€}}
  - {id: d, title: D, section: investment, envelope: {2025: 9 k€, 2026: 8 k€},
     paid: {2025: 1 k€, 2026: 2 k€}}
  - {id: e, title: E}
programmes:
  - id: ap
    title: AP
    projects: [over]
    authorised: [{date: 2025-01-02, amount: 90 k€}]
    payments: {2025: 30 k€, 2026: {amount: 59 k€, basis: assumed}}
    paid: {2024: 1 k€}
  - id: ap2
    title: AP2
    projects: [late]
    authorised: [{date: 2025-01-02, amount: 60 k€}]
    payments: {2025: 30 k€, 2026: 30 k€}
projects:
  - {id: over, title: Over, theme: a, quarters: 2025..2026,
     costs: {2025: 30 k€, 2026: {amount: 30 k€, reason: bids}, label: Lots, reason: quote},
     funding: {from: f, 2025: 12 k€, 2026: 9 k€, status: granted, until: 2027, source: letter,
       reason: talk}}
  - id: late
    title: Late
    theme: a
    quarters: 2025-Q3..2027
    costs:
      - {2025: 20 k€, 2026: 20 k€, account: 2313}
      - {year: 2025, amount: 3 k€, section: operating, fctva: yes}
    funding:
      - {from: f, quarter: 2025-Q4, amount: 8 k€, status: granted, until: 2026, source: order}
      - {from: g, share: 10 %, status: granted}
  - {id: done, title: Done, theme: c, quarters: 2025,
     costs: {2025: 9 k€, account: 2188}, paid: {2025: 8 k€}}
  - {id: short, title: Short, theme: c, quarters: 2025..2027,
     costs: {2027: 4 k€}, paid: {2025: 1 k€, 2026: 2 k€}}
  - {id: never, title: Never, theme: e, quarters: 2025..2026}
  - {id: beyond, title: Beyond, theme: e, quarters: 2025..2029,
     costs: {2025: 5 k€, beyond: {2028: 7 k€, 2029: 8 k€}},
     funding: {from: f, share: 50 %, status: granted}}
execution:
  - year: 2025
    closed: yes
    tax: excl
    lines:
      - {project: over, changed: 1 k€, paid: 20 k€, carried_over: 5 k€, received: 4 k€}
      - {project: late, account: 2313, paid: 14 k€, carried_over: 3 k€,
         received: [{from: f, amount: 5 k€}]}
      - {project: late, account: 6156, fctva: yes, paid: 2 k€}
      - {project: beyond, paid: 5 k€, received: 2 k€}
      - {theme: a, paid: 1 k€, carried_over: 6 k€}
      - {theme: b, account: 2188, fctva: no, paid: 2 k€, carried_over: 4 k€}
      - {theme: c, paid: 1 k€, carried_over: 2 k€}
      - {theme: e, section: operating, paid: 1 k€, carried_over: 7 k€}
      - {programme: ap2, paid: 16 k€, carried_over: 3 k€}
  - year: 2026
    at: 2026-06-30
    tax: excl
    lines:
      - {project: over, paid: 2 k€}
      - {theme: a, account: 2313, fctva: no, paid: 1 k€}
"""


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("name", "plan"),
    [("rolled", CLOSED), ("rolled-open", OPEN), ("rolled-accounts", ACCOUNTS)],
)
def test_each_way_to_write_money_is_rolled_as_it_is_written(
    name: str, plan: str, ppi: Callable[..., Result], kept: Callable[[str, str], None]
) -> None:
    """What was paid lies before the plan, what is carried over is to come, the rest is untouched.

    Nothing is left of what lapsed; parts of several years stay the parts that they were.
    """
    Path("plan.yaml").write_text(plan, encoding="utf-8")
    result = ppi("roll", "plan.yaml", "next", "--lang", "en", "--width", "130")
    assert result.code == 0
    text = Path("next/plan.yaml").read_text(encoding="utf-8")
    kept(f"small/{name}.txt", f"{text}\n{result.err}{result.out}")
    assert ppi("validate", "next", "--lang", "en").code == 0


CLOSES = "execution: [{year: 2025, closed: yes, lines: [{project: p, paid: 5 k€}]}]"


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("costs", "account", "rolled"),
    [
        (
            "{years: 2025..2027, in_all: 90 k€, reason: quote}",
            "",
            "[{years: 2026..2027, in_all: 60 k€}, {before: 30 k€}]",
        ),
        (
            "{2025: 9 k€, 2026: {amount: 8 k€, reason: vote}, reason: quote}",
            CLOSES,
            "[{2026: {amount: 8 k€}}, {before: {2025: 5000 €}}]",
        ),
        ("[{2025: 9 k€, reason: quote}]", CLOSES, "[{before: {2025: 5000 €}}]"),
        ("{2025: 9 k€, reason: quote}", CLOSES, "[{before: {2025: 5000 €}}]"),
    ],
)
def test_the_reason_of_a_cost_that_is_written_anew_goes_with_what_it_was_of(
    costs: str, account: str, rolled: str, ppi: Callable[..., Result]
) -> None:
    text = f"""\
plan: {{title: P, years: 2025..2027}}
themes: [{{id: t, title: T}}]
projects: [{{id: p, title: P, theme: t, quarters: 2025..2027, costs: {costs}}}]
{account}
"""
    Path("plan.yaml").write_text(text, encoding="utf-8")
    assert ppi("roll", "plan.yaml", "next").code == 0
    assert f"costs: {rolled}}}]" in Path("next/plan.yaml").read_text(encoding="utf-8")
