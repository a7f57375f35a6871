"""Money as lines: words and periods, before the plan and beyond it too."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ppi_cli.changes.difference import difference
from ppi_cli.figures.control import stated_checks
from ppi_cli.figures.ledger import traced
from ppi_cli.figures.totals import Totals, costs_beside, totals
from ppi_cli.plan.amounts import assumptions
from ppi_cli.plan.model import Plan, plan_of
from ppi_cli.plan.paid import TIMES
from ppi_cli.plan.pieces import changed
from ppi_cli.plan.scenarios import Scenario, ScenarioChange
from ppi_cli.plan.sources import sourced_values
from ppi_cli.source.files import SourceFile
from ppi_cli.source.read import readings_of
from ppi_cli.source.roll import rolled_files
from ppi_cli.values.money import ZERO, Money, total
from ppi_cli.values.quarters import Outside
from ppi_cli.values.terms import By
from ppi_cli.versions.scenarios import applied, worked_out
from ppi_cli.words.language import Language
from tests.any_plan import trees, with_outside
from tests.conftest import Result
from tests.plans import codes, examined, plan

HEAD = """\
plan: {title: Plan de Vigneux, years: 2026..2029, tax: incl}
themes: [{id: ecoles, title: Écoles}]
funders: [{id: detr, title: DETR}]
indexation: {base: 2025, rate: 2 %}
projects:
  - id: cantine
    title: Cantine
    theme: ecoles
"""
LINE = "{label: Serveurs, account: 2183, before: 40 k€, 2026: 20 k€, 2026-T4: 5 k€, beyond: 10 k€}"


def worked(text: str) -> Plan:
    return worked_out(plan(HEAD + text)).plan


def row_of(found: Totals, id: str = "total") -> dict[str, str]:
    """The figures of a row that are stated, by column."""
    row = next(row for row in (*found.rows, *found.wholes) if row.id == id)
    columns = {**row.figures, "total": row.total}
    columns |= {"before": row.before, "beyond": row.beyond, "whole": row.whole}  # type: ignore[dict-item]
    return {
        name: str(figure.amount)
        for name, figure in columns.items()
        if figure is not None and figure.amount is not None
    }


# --- what a line means ----------------------------------------------------------------------------


def test_each_period_is_a_cost_with_the_words_of_its_line() -> None:
    (project,) = worked(f"    costs: {LINE}\n").projects
    assert [(c.year, str(c.quarter), c.amount, c.label, c.account) for c in project.costs] == [
        (2026, "None", Money(20_000_00), "Serveurs", "2183"),
        (None, "2026-Q4", Money(5_000_00), "Serveurs", "2183"),
    ]
    assert [(str(cost.year), cost.amount) for cost in project.costs_outside] == [
        ("before", Money(40_000_00)),
        ("beyond", Money(10_000_00)),
    ]


def test_what_it_costs_to_run_may_be_one_line_without_a_list() -> None:
    line = "{label: contrat, amount: 3 k€, start: 2027}"
    one, listed = (plan(HEAD + f"    running_costs: {text}\n") for text in (line, f"[{line}]"))
    assert one.projects == listed.projects
    assert [change for _, change in difference(one, listed).changes] == []


def test_the_total_is_of_the_years_of_the_plan_and_the_whole_of_all() -> None:
    found = totals(worked(f"    costs: {LINE}\n"), "project")
    assert row_of(found) == {
        "2026": "25000.00",
        "total": "25000.00",
        "before": "40000.00",
        "beyond": "10000.00",
        "whole": "75000.00",
    }
    assert row_of(found, "cantine") == row_of(found)


def test_where_nothing_lies_outside_the_plan_there_is_no_such_column() -> None:
    found = totals(worked("    costs: {2026: 20 k€}\n"))
    assert found.outside == ()
    assert row_of(found) == {"2026": "20000.00", "total": "20000.00", "whole": "20000.00"}


def test_what_lies_before_may_be_told_by_year() -> None:
    of = worked("    costs: {before: {2023: 120 k€, 2024: 5 k€}, 2026: 1 k€}\n")
    assert row_of(totals(of))["before"] == "125000.00"


def test_what_is_in_no_year_yet_is_a_row_below_the_totals_and_in_no_total() -> None:
    found = totals(worked("    costs: {2026: 20 k€, unplanned: 300 k€}\n"))
    assert found.unplanned is not None
    assert found.unplanned.total.amount == Money(300_000_00)
    assert row_of(found)["whole"] == "20000.00"


def test_a_blank_period_is_a_cost_that_is_not_stated() -> None:
    (project,) = worked("    costs: {2026: , 2027: 3 k€}\n").projects
    assert [cost.amount for cost in project.costs] == [None, Money(3_000_00)]


def test_a_value_may_say_its_own_basis_and_source_and_has_those_of_its_line_else() -> None:
    of = plan(
        HEAD + "    costs:\n"
        "      - {basis: assumed, source: devis, 2026: 1 k€,"
        " 2027: {amount: 2 k€, basis: stated, source: marché}}\n"
    )
    first, second = worked_out(of).plan.projects[0].costs
    assert (first.basis, first.source) == ("assumed", "devis")
    assert (second.basis, second.source) == ("stated", "marché")
    assert assumptions(of)["amounts"] == 1
    english = Language("en")
    assert [f"{english.show(v.what)}: {v.source}" for v in sourced_values(of)] == [
        "cost of “Cantine”, 2026: devis",
        "cost of “Cantine”, 2027: marché",
    ]


def test_taxes_are_counted_in_every_period_and_prices_in_none_outside_the_plan() -> None:
    costs = "{tax: excl, rate: 20 %, indexed: yes, before: 100 €, 2026: 100 €, beyond: 100 €}"
    found = row_of(totals(worked(f"    costs: {costs}\n")))
    assert found == {
        "before": "120.00",
        "2026": "122.40",  # 120 €, and 2 % for a year
        "total": "122.40",
        "beyond": "120.00",
        "whole": "362.40",
    }


def test_funding_is_written_so_too_and_taken_off_where_it_lies() -> None:
    of = worked(
        "    costs: {before: 40 k€, 2026: 25 k€}\n"
        "    funding: {from: detr, before: 10 k€, 2026: 5 k€, beyond: 1 k€}\n"
    )
    assert row_of(totals(of, net=True)) == {
        "before": "30000.00",
        "2026": "20000.00",
        "total": "20000.00",
        "beyond": "-1000.00",
        "whole": "49000.00",
    }


def test_the_funding_of_a_project_is_held_against_the_whole_of_its_cost() -> None:
    line = "    costs: {2026: 10 k€, beyond: 90 k€}\n    funding: {from: detr, 2026: 50 k€}\n"
    assert "PPI409" not in codes(HEAD + line)
    assert "PPI409" in codes(HEAD + line.replace("beyond: 90 k€", "2027: 1 k€"))


def test_no_ceiling_looks_at_what_lies_outside() -> None:
    line = "    costs: {before: 900 k€, 2026: 10 k€, beyond: 900 k€}\n"
    assert "PPI413" not in codes(HEAD + line + "ceilings: {total: {2026: 10 k€}}\n")


def test_quarters_may_end_after_the_plan_where_money_lies_beyond() -> None:
    assert "PPI203" in codes(HEAD + "    quarters: 2028..2031\n    costs: {2028: 1 k€}\n")
    text = HEAD + "    quarters: 2028..2031\n    costs: {2028: 1 k€, beyond: 4 k€}\n"
    assert "PPI203" not in codes(text)


# --- what is refused, and what to type ------------------------------------------------------------


@pytest.mark.parametrize(
    ("costs", "code", "at", "text"),
    [
        ("{2026..2028: 60 k€}", "PPI116", "2026..2028", "{years: 2026..2028, each_year: 60 k€}"),
        ("{2026..2028: 60 k€}", "PPI116", "2026..2028", "{years: 2026..2028, in_all: 60 k€}"),
        ("{year: 2026, amount: 5 k€, 2027: 3 k€}", "PPI116", "year", "write 2026: 5 k€"),
        (
            "{years: 2026..2027, in_all: 5 k€, 2028: 3 k€}",
            "PPI116",
            "years",
            "{years: 2026..2027, in_all: 5 k€}",
        ),
        ("{amount: 5 k€, 2027: 3 k€}", "PPI116", "amount", "2016: 5 k€"),
        ("{2026-T4: 3 k€, T4 2026: 5 k€}", "PPI116", "T4 2026", "write one of them"),
        ("{2026-T5: 3 k€}", "PPI104", "2026-T5", "2016-T3"),
        ("{2023: 3 k€}", "PPI201", "2023", "before: {2023: …}"),
        ("{2031: 3 k€}", "PPI201", "2031", "beyond: {2031: …}"),
        ("{year: 2023, amount: 3 k€}", "PPI201", "2023", "before: {2023: …}"),
        ("{before: {2027: 3 k€}}", "PPI201", "2027", "write 2027: …"),
        ("{avant: 3 k€, 2026: 1 k€}", "PPI101", "avant", "before"),
        ("{après: 3 k€, 2026: 1 k€}", "PPI101", "après", "beyond"),
        ("{2026: beaucoup}", "PPI105", "beaucoup", "175 k€"),
        ("{periods: {2026: 3 k€}}", "PPI101", "periods", "as a key of its own"),
    ],
)
def test_what_can_be_read_in_two_ways_is_refused_with_what_to_type(
    costs: str, code: str, at: str, text: str
) -> None:
    found = next(d for d in examined(f"{HEAD}    costs: {costs}\n").diagnostics)
    assert found.code == code
    assert found.place.range is not None
    line = f"    costs: {costs}"
    start, end = found.place.range.start.column - 1, found.place.range.end.column - 1
    assert line[start:end] == at
    assert found.help is not None
    assert text in Language("en").say(found.help)


def test_a_span_in_an_envelope_is_refused_with_the_years_written_out() -> None:
    text = HEAD.replace("title: Écoles", "title: Écoles, envelope: {2026..2028: 100 €}")
    (found,) = [d for d in examined(text).diagnostics if d.code == "PPI116"]
    assert found.help is not None
    assert Language("en").say(found.help) == (
        "write 2026: 100 €, 2027: 100 €, 2028: 100 € if that is the amount of each year,"
        " 2026: 33.33 €, 2027: 33.33 €, 2028: 33.34 € if that is the whole"
    )


def test_funding_is_of_years_or_quarters_and_comes_no_later_than_it_can() -> None:
    costs = "    costs: {2026: 90 k€}\n    funding: "
    assert codes(HEAD + costs + "{from: detr, 2026-T2: 5 k€}\n") == []
    assert "PPI202" in codes(HEAD + costs + "{from: detr, until: 2026, 2027-T2: 5 k€}\n")
    assert "PPI102" in codes(HEAD + costs + "{from: detr, year: 2026}\n")


# --- versions -------------------------------------------------------------------------------------

MOVED = HEAD + (
    "    quarters: 2026-T1..T4\n"
    "    costs: {before: 40 k€, 2026: 20 k€, beyond: 10 k€, unplanned: 1 k€}\n"
    "    funding: {from: detr, before: 4 k€, 2026: 2 k€, beyond: 1 k€}\n"
)


def test_a_shift_moves_nothing_that_lies_outside_and_a_percentage_changes_nothing_of_it() -> None:
    of = plan(MOVED)
    change = changed(ScenarioChange(project="cantine"), shift=4)
    found = totals(applied(of, [changed(Scenario(id="s"), change=(change,))]).plan, net=True)
    assert row_of(found) == {
        "before": "36000.00",
        "2027": "18000.00",
        "total": "18000.00",
        "beyond": "9000.00",
        "whole": "63000.00",
    }


def test_dropping_a_project_drops_what_it_costs_outside() -> None:
    found = totals(applied(plan(MOVED), [changed(Scenario(id="s"), drop=("cantine",))]).plan)
    assert row_of(found) == {}
    assert found.unplanned is None


def test_a_scenario_puts_costs_in_the_place_of_those_of_a_period() -> None:
    text = MOVED + (
        "scenarios:\n  - id: s\n    change:\n"
        "      - {project: cantine, costs: {account: 2183, before: 1 k€, 2026-T3: 3 k€}}\n"
    )
    of = plan(text)
    version = applied(of, of.scenarios).plan
    assert row_of(totals(version)) == {
        "before": "1000.00",
        "2026": "23000.00",
        "total": "23000.00",
        "beyond": "10000.00",
        "whole": "34000.00",
    }
    (project,) = version.projects
    assert [cost.account for cost in project.costs] == [None, "2183"]


# --- laws -----------------------------------------------------------------------------------------


def as_lines(costs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Costs of a year or a quarter as lines of one period each; others as they are."""
    lines = []
    for cost in costs:
        time = next(
            (key for key in ("year", "quarter") if key in cost and "share" not in cost), None
        )
        words = {key: value for key, value in cost.items() if key not in (time, "amount")}
        lines.append(cost if time is None else {**words, cost[time]: cost["amount"]})
    return lines


@given(trees())
def test_costs_and_their_lines_are_the_same_plan(tree: dict[str, Any]) -> None:
    lines = {
        **tree,
        "projects": [
            {
                **project,
                "costs": as_lines(project["costs"]),
                "funding": as_lines(project["funding"]),
            }
            for project in tree["projects"]
        ],
    }
    one, other = (worked_out(plan_of(each)).plan for each in (tree, lines))
    for old, new in ((one, other), (other, one)):
        found = difference(old, new)
        assert [change for _, change in found.changes] == []
    figures = [(found.rows, found.wholes) for found in (totals(one), totals(other))]
    assert figures[0] == figures[1]


CUTS: tuple[By, ...] = ("theme", "project", "class", "section", "account", "source")


@given(with_outside(), st.sampled_from(CUTS), st.booleans())
def test_before_total_and_beyond_are_the_whole_in_every_row_and_column(
    tree: dict[str, Any], by: By, net: bool
) -> None:
    of = worked_out(plan_of(tree)).plan
    found = totals(of, by, net=net and by != "source")
    for row in (*found.rows, *found.wholes):
        parts = (row.before, row.total, row.beyond)
        assert row.whole.amount == total(each.amount for each in parts if each is not None)
    names = {"before": Outside.BEFORE, "beyond": Outside.BEYOND}
    for name, where in names.items():
        whole = getattr(found.total, name)
        own = [getattr(row, name) for row in found.rows]
        assert (whole is None) == all(each is None for each in own) or not own
        if whole is not None:
            assert whole.amount == total(each.amount for each in own)
            entries = traced(of, {}, net=found.net, where=where)
            assert whole.amount == (total(posting.amount for posting in entries) or ZERO)


@given(with_outside())
def test_what_lies_outside_changes_no_figure_of_the_plan(tree: dict[str, Any]) -> None:
    words = {"before", "beyond", "unplanned"}

    def inside(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
        kept = [{k: v for k, v in line.items() if k not in words} for line in lines]
        return [line for line in kept if any(key[0].isdigit() or key in TIMES for key in line)]

    without = {
        **tree,
        "projects": [
            {**p, "costs": inside(p["costs"]), "funding": inside(p["funding"])}
            for p in tree["projects"]
        ],
    }
    one, other = (totals(worked_out(plan_of(each)).plan) for each in (tree, without))
    assert one.total.figures == other.total.figures
    assert one.total.total == other.total.total


def wholes(of: Plan) -> dict[str, Money | None]:
    """What each project costs in all, before the plan and beyond it too."""
    return {
        project.id: costs_beside(project).whole.amount for project in worked_out(of).plan.projects
    }


@given(with_outside())
def test_next_years_plan_keeps_the_whole_of_every_project_that_stays(tree: dict[str, Any]) -> None:
    text = yaml.safe_dump(tree, allow_unicode=True, sort_keys=False, width=1000)
    (old,) = readings_of("plan", [SourceFile("plan/plan.yaml", text)])
    assert old.plan is not None
    sources = [SourceFile(f"next/{name}", new) for name, new in rolled_files(old).items()]
    (new,) = readings_of("next", sources)
    assert new.plan is not None
    assert not new.findings
    before, after = wholes(old.plan), wholes(new.plan)
    assert {id: before[id] or Money(0) for id in after} == {
        id: whole or Money(0) for id, whole in after.items()
    }


def test_what_the_year_that_leaves_has_cost_is_added_to_what_lies_before() -> None:
    costs = """\
    costs:
      - {label: a, before: 40 k€, 2026: 20 k€, 2026-T4: 5 k€, 2027: 1 k€, beyond: 10 k€}
      - {label: b, before: {2024: 1 k€}, 2026: 2 k€}
      - {label: c, year: 2026, amount: 3 k€}
      - {label: d, years: 2026..2028, each_year: 4 k€}
      - {label: e, year: 2026, amount: 100 €, tax: excl, rate: 20 %, indexed: yes}
    funding: {from: detr, before: 5 k€, 2026: 6 k€}
"""
    (old,) = readings_of("plan", [SourceFile("plan/plan.yaml", HEAD + costs)])
    (text,) = rolled_files(old).values()
    assert (
        text.partition("    costs:\n")[2]
        == """\
      - {label: a, before: 65 k€, 2027: 1 k€, beyond: 10 k€}
      - {label: b, before: {2024: 1 k€, 2026: 2 k€}}
      - {label: c, before: 3 k€}
      - {label: d, years: 2027..2028, each_year: 4 k€}
      - {label: e, before: 122.40 €, indexed: yes}
      - {label: d, before: 4 k€}
    funding: {from: detr, before: 11 k€}
"""
    )


# --- commands -------------------------------------------------------------------------------------


def test_printed_totals_of_what_lies_outside_are_checked() -> None:
    stated = "stated_totals: {before: 40 k€, beyond: 11 k€, whole: 75 k€, total: 25 k€}\n"
    of = worked(f"    costs: {LINE}\n{stated}")
    assert {str(check.column): check.agrees for check in stated_checks(of)} == {
        "None": True,
        "before": True,
        "beyond": False,
        "whole": True,
    }
    found = examined(f"{HEAD}    costs: {LINE}\n{stated}").diagnostics
    assert [d.code for d in found if d.severity == "error"] == ["PPI401"]


def test_a_printed_total_of_what_is_in_no_year_sums_that_alone() -> None:
    line = "{2026: 20 k€, unplanned: 9 k€}"
    for printed, agrees in (("9 k€", True), ("29 k€", False)):
        of = worked(f"    costs: {line}\nstated_totals: {{unplanned: {printed}, whole: 20 k€}}\n")
        checks = {check.column: check for check in stated_checks(of)}
        assert checks[Outside.UNPLANNED].agrees is agrees
        assert checks["whole"].agrees


def test_known_costs_of_a_project_and_what_lies_beside_them() -> None:
    (project,) = worked("    costs: {before: 4 k€, 2026: 2 k€, unplanned: 9 k€}\n").projects
    assert costs_beside(project).payload() == {
        "before": "4000.00",
        "beyond": None,
        "unplanned": "9000.00",
        "whole": "6000.00",
    }


def test_json_has_them_beside_the_total_and_not_in_the_periods(
    ppi: Callable[..., Result], tmp_path: Path
) -> None:
    file = tmp_path / "plan.yaml"
    file.write_text(f"{HEAD}    costs: {LINE}\n", encoding="utf-8")
    found = json.loads(ppi("totals", str(file), "--format", "json").out)
    assert found["periods"] == ["2026", "2027", "2028", "2029"]
    names = ("before", "total", "beyond", "whole")
    figures = {name: found["total"][name] for name in names}
    assert figures == {
        "before": "40000.00",
        "total": "25000.00",
        "beyond": "10000.00",
        "whole": "75000.00",
    }
    told = ppi("trace", "year=before", str(file), "--lang", "en").out
    assert "cost of Cantine, before the plan" in told
    assert f"{file.name}:9:53" in told


def test_a_change_of_what_lies_outside_is_told_with_its_effect(
    ppi: Callable[..., Result], tmp_path: Path
) -> None:
    old, new = tmp_path / "old.yaml", tmp_path / "new.yaml"
    old.write_text(f"{HEAD}    costs: {LINE}\n", encoding="utf-8")
    new.write_text(f"{HEAD}    costs: {LINE}\n".replace("10 k€", "12 k€"), encoding="utf-8")
    found = json.loads(ppi("diff", str(old), str(new), "--format", "json").out)
    (group,) = found["groups"]
    (change,) = group["changes"]
    assert (change["year"], change["old"], change["new"]) == ("beyond", "10000.00", "12000.00")
    assert change["effects"] == {"beyond": "2000.00"}
    assert found["totals"]["effects"] == {"beyond": "2000.00"}
