"""How projects stand: what is cancelled counts nothing, and the others sum to the whole."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppi_cli.figures.affordability import afford_years, years_afforded
from ppi_cli.figures.fixed import fixed
from ppi_cli.figures.selection import Selection
from ppi_cli.figures.standing import by_status, of_envelopes
from ppi_cli.figures.totals import totals
from ppi_cli.plan.model import Plan, plan_of
from ppi_cli.plan.pieces import changed, taken_as
from ppi_cli.plan.projects import ProjectStatus
from ppi_cli.values.quarters import Years
from ppi_cli.versions.choices import Choices
from ppi_cli.versions.scenarios import worked_out
from tests.any_plan import plans
from tests.conftest import Result
from tests.plans import plan

Run = Callable[..., Result]
#: Roads have 400 k€ in 2025; the hall would cost 150 k€, the street costs 30 k€, the quay 30 k€.
TOWN = """\
plan: {title: Town, years: 2025..2026, tax: incl, language: en, presented: 2024-11-04}
themes: [{id: t, title: Roads, envelope: {2025: 400 k€}}]
funders: [{id: detr, title: DETR}]
projects:
  - id: halle
    theme: t
    title: Halle
    status: {status: cancelled, since: 2025-T2, reason: too dear}
    quarters: 2025
    costs: {2025: 100 k€, 2026: 50 k€}
  - id: rue
    theme: t
    title: Rue
    status: conditional
    after: [halle]
    quarters: 2026
    costs: {2025: 10 k€, 2026: 20 k€}
    funding: [{from: detr, year: 2026, amount: 5 k€}]
  - {id: quai, theme: t, title: Quai, status: under_way, quarters: 2025, costs: {2025: 30 k€}}
"""


@pytest.fixture
def town(folder: Path) -> Path:
    (folder / "plan.yaml").write_text(TOWN, encoding="utf-8")
    return folder / "plan.yaml"


def told(ppi: Run, *arguments: object) -> str:
    return " ".join(ppi(*arguments).out.replace("\u00a0", " ").split())


# --- worked by hand -----------------------------------------------------------------------------


def test_a_cancelled_project_counts_nothing_and_its_envelope_stays(ppi: Run, town: Path) -> None:
    found = json.loads(ppi("totals", "--by", "project", town, "-f", "json").out)
    assert [(row["id"], row["total"]) for row in found["rows"]] == [
        ("rue", "30000.00"),
        ("quai", "30000.00"),
        ("t/not_split", "360000.00"),  # 400 - 10 - 30
    ]
    assert found["total"]["total"] == "420000.00"  # 400 and the 20 k€ of 2026
    assert found["cancelled"] == ["halle"]
    assert found["by_status"] == {
        "under_way": {"projects": 1, "amount": "30000.00"},
        "conditional": {"projects": 1, "amount": "30000.00"},
    }


@pytest.mark.parametrize("command", ["totals", "gantt", "afford", "matrix", "trace"])
def test_each_report_says_what_is_cancelled_and_the_sum_of_the_others(
    ppi: Run, town: Path, command: str
) -> None:
    out = told(ppi, command, town)
    assert "cancelled, and counted nowhere: Halle (since Q2 2025: too dear)" in out
    assert "? conditional: 1 project, 30 k€ of the total" in out
    assert "under way: 1 project, 30 k€ of the total" in out


def test_of_a_part_the_sums_are_of_that_part(ppi: Run, town: Path) -> None:
    out = told(ppi, "totals", "--status", "conditional", "--year", "2026", town)
    assert "? conditional: 1 project, 20 k€ of the total" in out
    assert "under way" not in out
    assert "Halle" not in out


def test_the_mark_of_a_conditional_project_is_for_people(ppi: Run, town: Path) -> None:
    assert " Rue ? " in told(ppi, "gantt", town)
    assert json.loads(ppi("list", "projects", town, "-f", "json").out)["rows"][0]["title"] == "Rue"
    assert "rue,Rue," in ppi("list", "projects", town, "-f", "csv").out


def test_what_the_town_pays_without_the_conditional(ppi: Run, town: Path) -> None:
    """2025: 400 less 10 of the street; 2026: 20 less the 5 that others pay, and all of it gone."""
    years = json.loads(ppi("afford", town, "-f", "json").out)["years"]
    assert [(y["net"], y["net_without_conditional"]) for y in years] == [
        ("400000.00", "390000.00"),
        ("15000.00", "0.00"),
    ]


def test_a_cancelled_project_is_shown_and_cannot_be_moved(ppi: Run, town: Path) -> None:
    out = told(ppi, "show", "halle", town)
    assert "Status cancelled (since Q2 2025: too dear)" in out
    assert "Known costs none: it is cancelled, and counts nothing" in out
    result = ppi("totals", "--shift", "halle=1", town)
    assert (result.code, result.out) == (2, "")
    assert "“halle” is cancelled" in result.err


def test_a_project_that_is_cancelled_is_told_with_its_reason(
    ppi: Run, town: Path, folder: Path
) -> None:
    (folder / "old").mkdir()
    cancelled = "    status: {status: cancelled, since: 2025-T2, reason: too dear}\n"
    (folder / "old" / "plan.yaml").write_text(TOWN.replace(cancelled, ""), encoding="utf-8")
    found = json.loads(ppi("diff", "old", town, "-f", "json").out)
    changes = [change for group in found["groups"] for change in group["changes"]]
    assert [(each["change"], each["reason"]) for each in changes] == [("dropped", "too dear")]
    assert " cancelled 150 k€ " in told(ppi, "diff", "old", town)
    assert "+150 k€" not in told(ppi, "diff", "old", town)


def test_what_is_under_way_or_done_is_not_put_off() -> None:
    texts = {"under_way": True, "done": True, "paused": False, "conditional": False}
    for status, is_fixed in texts.items():
        of = plan_of(
            {
                "plan": {"title": "P", "years": "2025..2026", "presented": "2024-11-04"},
                "themes": [{"id": "t", "title": "T"}],
                "projects": [
                    {"id": "p", "theme": "t", "title": "P", "quarters": "2026", "status": status}
                ],
            }
        )
        assert ("p" in fixed(of)) == is_fixed


# --- laws ---------------------------------------------------------------------------------------


@st.composite
def standing(draw: st.DrawFn, *statuses: str) -> Plan:
    """A plan whose projects stand in some of these ways, or do not say how."""
    written = draw(plans())
    found = [draw(st.sampled_from([None, *statuses])) for _ in written.projects]
    projects = (
        project
        if status is None
        else changed(project, status=taken_as(ProjectStatus, None, status=status))
        for project, status in zip(written.projects, found, strict=True)
    )
    return changed(written, projects=tuple(projects))


@given(standing("cancelled"))
def test_a_cancelled_project_is_one_that_is_dropped_while_envelopes_are_kept(of: Plan) -> None:
    ids = tuple(project.id for project in of.projects if project.standing == "cancelled")
    alive = changed(of, projects=tuple(changed(p, status=None) for p in of.projects))
    dropped = Choices(drops=ids, keep_envelopes=True).version(alive).plan
    left = worked_out(of).plan
    assert [p.id for p in left.cancelled] == list(ids)
    if not ids:
        return
    assert [p.id for p in left.projects] == [p.id for p in dropped.projects]
    for net in (False, True):
        assert totals(left, net=net) == totals(dropped, net=net)
    assert afford_years(left) == afford_years(dropped)


@given(standing("planned", "under_way", "paused", "done", "conditional", "cancelled"))
def test_the_sums_by_status_add_to_the_whole(of: Plan) -> None:
    plan = worked_out(of).plan
    found = totals(plan, "project")
    parts = [*(each.amount for each in by_status(plan)), of_envelopes(plan)]
    whole = found.total.total.amount
    cents = sum(amount.cents for amount in parts if amount is not None)
    assert cents == (0 if whole is None else whole.cents)
    assert sum(each.projects for each in by_status(plan)) == len(plan.projects)


@given(standing("conditional"))
def test_net_without_the_conditional_is_that_of_the_plan_without_them(of: Plan) -> None:
    ids = tuple(project.id for project in of.projects if project.standing == "conditional")
    if not ids:
        return
    without = {y.year: y for y in afford_years(Choices(drops=ids).version(of).plan)}
    for year in afford_years(worked_out(of).plan):
        own, other = year.unconditional, without[year.year].net.amount
        assert own is not None
        if own.amount is not None:
            assert own.amount.cents == (0 if other is None else other.cents)


def test_what_is_paid_without_conditional_projects_is_known_of_a_part_too() -> None:
    """Works of a lead: 50 k€ and 20 k€ in 2026, of which the State pays 5 k€; 2 k€ to run in 2027.

    Those of 20 k€ are conditional: without them and their grant 50 k€ remain, and nothing to run.
    """
    town = plan(
        """
plan: {title: Town, years: 2025..2027, tax: incl}
themes: [{id: t, title: Roads}]
funders: [{id: detr, title: DETR}]
projects:
  - {id: quai, theme: t, title: Quai, lead: Roads, costs: {2026: 50 k€}}
  - {id: rue, theme: t, title: Rue, lead: Roads, status: conditional, quarters: 2026,
     costs: {2025: 1 k€, 2026: 20 k€}, running_costs: [{amount: 2 k€}],
     funding: [{from: detr, year: 2026, amount: 5 k€}]}
  - {id: pont, theme: t, title: Pont, lead: Works, status: conditional, costs: {2026: 7 k€}}
"""
    )
    found = years_afforded(worked_out(town).plan, Selection(lead="Roads"))
    assert [str(each.net.amount) for each in found] == ["1000.00", "65000.00", "2000.00"]
    without = [each.unconditional for each in found]
    assert [None if each is None else str(each.amount) for each in without] == [
        "0.00",
        "50000.00",
        "0.00",
    ]
    (quay,) = years_afforded(
        worked_out(town).plan, Selection(project="quai", years=Years(2026, 2026))
    )
    assert quay.unconditional is None
