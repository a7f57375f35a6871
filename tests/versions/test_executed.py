"""The plan as executed: what was paid counts, what was carried over comes a year later."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ppi_cli.figures.postings import theme_years
from ppi_cli.figures.totals import totals
from ppi_cli.plan.model import Plan, plan_of
from ppi_cli.reports.becoming import version_notes
from ppi_cli.values.money import Money, total
from ppi_cli.values.quarters import Outside
from ppi_cli.versions.account_lines import years_of_accounts
from ppi_cli.versions.accounts import accounts, programme_paid
from ppi_cli.versions.choices import Choices
from ppi_cli.versions.executed import executed
from ppi_cli.versions.scenarios import worked_out
from ppi_cli.words.language import Language
from tests.any_accounts import plans_with_accounts, trees_with_accounts
from tests.any_plan import plans
from tests.conftest import Result
from tests.plans import codes


class _Texts(yaml.SafeLoader):
    """Reads YAML as the program does: every scalar is a text."""

    yaml_implicit_resolvers = {}  # noqa: RUF012


PLAN = """
plan: {title: Plan de Vigneux, years: 2025..2027, tax: incl}
fctva: {regime: n+2}
themes: [{id: voirie, title: Voirie, envelope: {2025: 200 k€, 2026: 100 k€}}]
projects:
  - id: pont
    theme: voirie
    title: Pont
    quarters: 2025..2026
    costs:
      - {year: 2025, amount: 130 k€, account: 2151}
      - {year: 2026, amount: 40 k€, account: 2151}
  - id: rue
    theme: voirie
    title: Rue
    costs: {year: 2025, amount: 20 k€, account: 2151}
"""


def plan(*lines: str, more: str = "", year: str = "2025, closed: yes", text: str = PLAN) -> Plan:
    """The plan with an account of a year."""
    items = ", ".join(f"{{{line}}}" for line in lines)
    account = f"{{year: {year}, lines: [{items}]}}"
    return plan_of(yaml.load(f"{text}execution:\n  - {account}\n{more}", _Texts))


def by_project(of: Plan, choices: Choices | None = None) -> dict[str, dict[int, str]]:
    """What each project costs in each year, in the version as executed."""
    version = (choices or Choices(executed=True)).version(of).plan
    found: dict[str, dict[int, int]] = {}
    for project in version.projects:
        for cost in (*project.costs, *project.costs_outside):
            if cost.amount is not None and cost.in_year is not None:
                own = found.setdefault(project.id, {})
                own[cost.in_year] = own.get(cost.in_year, 0) + cost.amount.cents
    return {id: {y: str(Money(c)) for y, c in sorted(own.items())} for id, own in found.items()}


def envelopes(of: Plan, choices: Choices | None = None) -> Mapping[int, str]:
    version = (choices or Choices(executed=True)).version(of).plan
    return {year: str(each.amount) for year, each in version.themes[0].envelope.items()}


def test_what_was_paid_counts_and_what_was_carried_over_a_year_later() -> None:
    own = plan("project: pont, paid: 84 k€, carried_over: 40 k€", "project: rue, paid: 20 k€")
    assert by_project(own) == {
        "pont": {2025: "84000.00", 2026: "80000.00"},
        "rue": {2025: "20000.00"},
    }
    # what was paid is all of the closed year; the next one rises by what is carried in
    assert envelopes(own) == {2025: "104000.00", 2026: "140000.00"}


def test_the_envelope_of_the_year_after_does_not_rise_where_envelopes_are_kept() -> None:
    own = plan("project: pont, paid: 84 k€, carried_over: 40 k€", "project: rue, paid: 20 k€")
    kept = envelopes(own, Choices(executed=True, keep_envelopes=True))
    assert kept == {2025: "104000.00", 2026: "100000.00"}


@pytest.mark.usefixtures("folder")
def test_what_a_line_has_outside_the_plan_stays_there(ppi: Callable[..., Result]) -> None:
    """What is paid of 2025 is in the account; before and after the plan, as it was planned."""
    line = "before: {2023: 4 k€, 2024: 5 k€}, 2025: 60 k€, beyond: 3 k€"
    money = f"costs: [{{{line}, unplanned: 2 k€}}], funding: [{{from: dept, {line}}}]"
    text = f"""
plan: {{title: P, years: 2025..2026}}
funders: [{{id: dept, title: Département}}]
themes: [{{id: t, title: T}}]
projects: [{{id: p, theme: t, title: P, quarters: 2025, {money}}}]
execution: [{{year: 2025, closed: yes, lines: [{{project: p, paid: 30 k€, carried_over: 8 k€}}]}}]
"""
    (project,) = Choices(executed=True).version(plan_of(yaml.load(text, _Texts))).plan.projects
    assert [(cost.year, str(cost.amount)) for cost in project.costs] == [
        (2025, "30000.00"),
        (2026, "8000.00"),
    ]
    outside = [(0, "4000.00"), (0, "5000.00"), (9998, "3000.00")]
    costs = [(cost.year, str(cost.amount)) for cost in project.costs_outside]
    assert costs == [*outside, (9999, "2000.00")]
    assert [(each.year, str(each.amount)) for each in project.funding_outside] == outside
    Path("plan.yaml").write_text(text, "utf-8")
    assert ppi("totals", "--executed", "plan.yaml").code == 0


def test_without_a_line_a_project_counts_as_planned_and_that_is_assumed() -> None:
    version = Choices(executed=True).version(plan("project: pont, paid: 1 k€")).plan
    (rue,) = version.projects[1].costs
    assert (str(rue.amount), rue.basis) == ("20000.00", "assumed")
    assert version.version is not None
    assert version.version.executed is not None
    assert [each.project for each in version.version.executed.assumed] == ["rue"]


def test_an_envelope_of_which_no_line_is_counts_as_planned_and_that_is_assumed() -> None:
    """200 k€ of roads, of which the account, which has a line of another theme, says nothing."""
    text = PLAN.replace("themes: [", "themes: [{id: parcs, title: Parcs}, ")
    account = "{year: 2025, closed: yes, lines: [{theme: parcs, paid: 5 k€}]}"
    own = plan_of(yaml.load(f"{text}execution:\n  - {account}\n", _Texts))
    (row,) = [row for row in totals(executed(own).plan, by="theme").rows if row.id == "voirie"]
    assert (str(row.figures["2025"].amount), row.figures["2025"].assumed) == ("200000.00", True)
    assert not row.figures["2026"].assumed


def test_what_was_carried_over_to_a_year_without_a_line_and_without_a_cost_is_not_lost() -> None:
    more = "  - {year: 2026, closed: yes, lines: [{project: pont, paid: 40 k€}]}\n"
    of = plan("project: rue, paid: 5 k€, carried_over: 15 k€", more=more)
    assert by_project(of)["rue"] == {2025: "5000.00", 2026: "15000.00"}


def test_what_a_theme_has_paid_by_itself_is_left_of_its_envelope() -> None:
    own = plan("project: pont, paid: 84 k€", "project: rue, paid: 0 €", "theme: voirie, paid: 5 k€")
    assert envelopes(own)[2025] == "89000.00"


def test_what_a_theme_has_carried_over_counts_in_the_next_year() -> None:
    """In 2027 nothing is in the envelope; in 2026, it is on top of the 100 k€ of it."""
    own = plan("theme: voirie, paid: 5 k€, carried_over: 9 k€", year="2026, closed: yes")
    assert envelopes(own) == {2025: "200000.00", 2026: "45000.00", 2027: "9000.00"}
    kept = Choices(executed=True, keep_envelopes=True)
    assert envelopes(own, kept)[2027] == "9000.00"
    lines = ["{year: 2025, closed: yes, lines: [{theme: voirie, paid: 0 €, carried_over: 9 k€}]}"]
    lines.append("{year: 2026, at: 2026-06-30, lines: []}")
    running = plan_of(yaml.load(f"{PLAN}execution: [{', '.join(lines)}]\n", _Texts))
    assert envelopes(running)[2026] == "109000.00"


def test_carried_over_from_the_last_year_lies_beyond_the_plan() -> None:
    own = plan("project: pont, paid: 0 €, carried_over: 7 k€", year="2027, closed: yes")
    assert by_project(own)["pont"] == {
        2025: "130000.00", 2026: "40000.00", Outside.BEYOND: "7000.00"
    }  # fmt: skip


def test_what_a_theme_carries_over_from_the_last_year_lies_beyond_the_plan_too() -> None:
    """Of the theme 9 k€, of the bridge 7 k€: 16 k€ beyond, and in no year of the plan."""
    own = plan(
        "theme: voirie, paid: 5 k€, carried_over: 9 k€",
        "project: pont, paid: 0 €, carried_over: 7 k€",
        year="2027, closed: yes",
    )
    version = Choices(executed=True).version(own)
    found = totals(version.plan, by="theme")
    beyond = found.rows[0].beyond
    assert beyond is not None
    assert (str(beyond.amount), beyond.assumed) == ("16000.00", True)
    assert len(found.outside_postings) == 2
    for each in found.outside_postings:
        line = 0 if each.project is None else 1
        assert version.origin(each.path)[:4] == ("execution", 0, "lines", line)
        assert "2027" in str([step.values for step in version.steps_of(each.path)])


def test_a_running_year_counts_what_is_expected_else_what_is_opened() -> None:
    """Opened are 130 + 10; what is opened beyond what is expected goes to the next year."""
    opened = plan("project: pont, paid: 30 k€, changed: 10 k€", year="2025, at: 2025-09-30")
    assert by_project(opened)["pont"] == {2025: "140000.00", 2026: "40000.00"}
    assert envelopes(opened)[2025] == "210000.00"
    line = "project: pont, paid: 30 k€, changed: 10 k€, expected: 90 k€"
    expected = plan(line, year="2025, at: 2025-09-30")
    assert by_project(expected)["pont"] == {2025: "90000.00", 2026: "90000.00"}
    part = plan(f"{line}, carried_over: 20 k€", year="2025, at: 2025-09-30")
    assert by_project(part)["pont"] == {2025: "90000.00", 2026: "60000.00"}
    paid = plan("project: pont, paid: 150 k€", year="2025, at: 2025-09-30")
    assert by_project(paid)["pont"][2025] == "150000.00"


def test_no_later_step_changes_what_was_paid() -> None:
    """Dropped, it leaves what it has paid; put off, only what is to come moves."""
    own = plan("project: pont, paid: 84 k€, carried_over: 40 k€", "project: rue, paid: 20 k€")
    dropped = Choices(executed=True, drops=("pont",))
    assert by_project(own, dropped)["pont"] == {2025: "84000.00"}
    assert envelopes(own, dropped)[2025] == "104000.00"
    later = Choices(executed=True, shifts={"pont": 4})
    assert by_project(own, later)["pont"] == {2025: "84000.00", 2027: "80000.00"}
    earlier = Choices(executed=True, shifts={"pont": -8})
    assert by_project(own, earlier)["pont"] == {2025: "84000.00", 2026: "80000.00"}


def test_a_project_that_is_cancelled_leaves_what_it_has_paid() -> None:
    text = PLAN.replace("title: Pont\n", "title: Pont\n    status: cancelled\n")
    account = "{year: 2025, closed: yes, lines: [{project: pont, paid: 3 k€, carried_over: 9 k€}]}"
    own = plan_of(yaml.load(f"{text}execution:\n  - {account}\n", _Texts))
    assert by_project(own)["pont"] == {2025: "3000.00"}


def notes(own: Plan, choices: Choices) -> list[str]:
    found = version_notes(choices.version(own).plan)
    return [Language("en").say(note).replace("\xa0", " ") for note in found]


def test_what_stays_of_closed_years_though_a_step_would_change_it_is_said() -> None:
    more = """scenarios:
  - {id: moins, change: [{project: rue, percent: -10 %}, {theme: voirie, envelope: {2025: 9 k€}}]}
  - {id: reste, change: [{project: pont, percent: -10 %}]}
"""
    lines = "project: pont, paid: 84 k€, carried_over: 40 k€", "project: rue, paid: 20 k€"
    own = plan(*lines, more=more)
    stays = "“Pont” is left out: the 84 k€ that it has paid in closed years stay"
    assert stays in notes(own, Choices(executed=True, drops=("pont",)))
    assert not any("stay" in note for note in notes(own, Choices(drops=("pont",))))
    left = "what a scenario changes in closed years is left as it was paid: Rue, Voirie"
    assert left in notes(own, Choices("moins", executed=True))
    assert not any("as it was paid" in each for each in notes(own, Choices("reste", executed=True)))


@pytest.mark.parametrize(
    ("does", "is_refused"),
    [
        ("change: [{project: rue, percent: -10 %}]", False),
        ("change: [{theme: voirie, percent: 5 %}]", False),
        ("change: [{project: rue, percent: -10 %}, {project: pont, shift: 1 quarter}]", False),
        ("change: [{project: pont, costs: {2026: 30 k€}}]", True),
    ],
)
def test_a_version_is_refused_for_no_scenario_but_its_own(does: str, is_refused: bool) -> None:
    """What was all paid in a closed year leaves a scenario nothing to change, and that is no error.

    Pont carries over 40 k€ of cleaning to the 40 k€ of works of 2026: of which account the 30 k€
    are that come instead, only the scenario can say, and where it is asked for it has to.
    """
    text = PLAN.replace(", 2026: 100 k€}", "}") + (
        "execution:\n  - {year: 2025, closed: yes, lines: [{project: rue, paid: 20 k€},"
        " {project: pont, account: 6156, paid: 90 k€, carried_over: 40 k€}]}\n"
        f"scenarios:\n  - {{id: s, {does}}}\n  - {{id: t, drop: [pont]}}\n"
    )
    asked = (Choices(), Choices("s"), Choices(executed=True), Choices("t", executed=True))
    assert [codes(text, each) for each in asked] == [[], [], [], []]
    assert codes(text, Choices("s", executed=True)) == (["PPI205"] if is_refused else [])
    own = text.replace("tax: incl", "tax: incl, past: executed")
    assert codes(own) == []
    assert codes(own, Choices("s")) == (["PPI205"] if is_refused else [])


def test_the_vat_fund_pays_back_what_was_paid_by_the_accounts_of_the_costs() -> None:
    """84 000 × 16,404 % = 13 779,36; as voted, 130 000 × 16,404 % + 20 000 × 16,404 %."""
    own = plan("project: pont, paid: 84 k€", "project: rue, paid: 0 €")
    found = totals(Choices(executed=True).version(own).plan, by="source")
    fund = next(row for row in found.rows if row.id == "fctva")
    assert [str(each.amount) for each in fund.figures.values()][2] == "13779.36"


def test_a_line_without_an_account_is_spread_over_those_of_the_costs() -> None:
    text = PLAN.replace(
        "{year: 2026, amount: 40 k€, account: 2151}", "{year: 2025, amount: 20 k€, account: 6156}"
    )
    line = "{year: 2025, closed: yes, lines: [{project: pont, paid: 75 k€}]}"
    own = plan_of(yaml.load(f"{text}execution:\n  - {line}\n", _Texts))
    (pont, _) = Choices(executed=True).version(own).plan.projects
    # 75 × 130 / 150 and 75 × 20 / 150
    assert [(c.account, str(c.amount), c.basis) for c in pont.costs] == [
        ("2151", "65000.00", "assumed"),
        ("6156", "10000.00", "assumed"),
    ]


def test_what_a_programme_says_beyond_its_projects_lines_is_spread_over_the_others() -> None:
    more = "programmes: [{id: ap, title: AP, projects: [pont, rue], payments: {2025: 150 k€}}]\n"
    own = plan("project: pont, paid: 84 k€", "programme: ap, paid: 99 k€", more=more)
    assert by_project(own)["rue"] == {2025: "15000.00"}


@pytest.mark.parametrize(
    ("line", "said", "expected"),
    [
        # of 114 k€ voted, 70 are of Pont, as the plan has it: 44 are left for Rue
        ("paid: 60 k€", "voted: 114 k€, paid: 99 k€", ["44000.00", "0.00", "0.00", "44000.00"]),
        ("voted: 80 k€, paid: 60 k€", "voted: 114 k€", ["34000.00", "0.00", "0.00", "34000.00"]),
        # opened: 114 less 70; where Pont has 75 with its decision, 39
        ("paid: 60 k€", "opened: 114 k€", ["20000.00", "24000.00", "0.00", "44000.00"]),
        (
            "changed: [{amount: 5 k€}], paid: 60 k€",
            "opened: 114 k€",
            ["20000.00", "19000.00", "0.00", "39000.00"],
        ),
        # 75 k€ are opened for Pont, 5 more than was voted: of 9 k€ changed, 4 are of Rue
        (
            "opened: 75 k€, paid: 60 k€",
            "changed: [{amount: 9 k€}]",
            ["20000.00", "4000.00", "0.00", "24000.00"],
        ),
    ],
)
def test_what_a_programme_says_was_opened_holds_that_of_its_projects_too(
    line: str, said: str, expected: list[str]
) -> None:
    """Pont is to cost 70 k€ in 2025 and has a line, Rue 20 k€, and has none."""
    more = "programmes: [{id: ap, title: AP, projects: [pont, rue]}]\n"
    items = f"project: pont, {line}", f"programme: ap, {said}"
    own = plan(*items, more=more, text=PLAN.replace("130 k€", "70 k€"))
    assert opened(own, "rue") == expected


def test_what_a_programme_expects_of_a_running_year_holds_what_its_projects_count() -> None:
    """Of 114 k€, Pont counts the 70 k€ that are opened, and carries over nothing of 9 k€."""
    more = "programmes: [{id: ap, title: AP, projects: [pont, rue]}]\n"
    items = "project: pont, paid: 6 k€", "programme: ap, expected: 114 k€, carried_over: 9 k€"
    text = PLAN.replace("130 k€", "70 k€")
    own = plan(*items, more=more, text=text, year="2025, at: 2025-06-30")
    assert by_project(own)["pont"][2025] == "70000.00"
    assert by_project(own)["rue"] == {2025: "44000.00", 2026: "9000.00"}


def test_what_a_programme_has_committed_is_not_told_apart_where_a_line_says_nothing_of_it() -> None:
    """Of 110 k€ committed, nobody knows how much is of Pont, which has paid 60."""
    more = "programmes: [{id: ap, title: AP, projects: [pont, rue]}]\n"
    said = "programme: ap, committed: 110 k€, paid: 75 k€"
    own = plan("project: pont, paid: 60 k€", said, more=more)
    done = accounts(own).of(("project", "rue"), 2025)
    assert done is not None
    assert (str(done.paid.amount), done.committed.amount) == ("15000.00", None)
    own = plan("project: pont, paid: 60 k€, encumbered: 20 k€", said, more=more)
    done = accounts(own).of(("project", "rue"), 2025)
    assert done is not None
    assert str(done.committed.amount) == "30000.00"


def test_what_a_programme_says_was_carried_in_goes_where_it_was_carried_over() -> None:
    """Pont carries over 40 k€ and Rue 5: that is so in 2026 too, where only Pont has costs."""
    items = (
        "project: pont, paid: 80 k€, carried_over: 40 k€",
        "project: rue, paid: 9 k€, carried_over: 5 k€",
    )
    more = (
        "  - {year: 2026, closed: yes, lines: [{programme: ap, carried_in: 45 k€, paid: 50 k€}]}\n"
        "programmes: [{id: ap, title: AP, projects: [pont, rue]}]\n"
    )
    own = plan(*items, more=more)
    found = (accounts(own).of(("project", id), 2026) for id in ("pont", "rue"))
    assert [str(done.carried_in.amount) for done in found if done is not None] == [
        "40000.00",
        "5000.00",
    ]


def opened(own: Plan, id: str = "pont", kind: Any = "project") -> list[str]:
    """What was voted of a thing in 2025, what has changed, was carried in, and was opened."""
    done = accounts(own).of((kind, id), 2025)
    assert done is not None
    said = (done.voted, done.changed, done.carried_in, done.opened)
    return [str(each.or_nothing()) for each in said]


AP = """
programmes:
  - {id: ap, title: AP, projects: [pont, rue], authorised: [{date: 2025-01-02, amount: 150 k€}]}
"""


def test_beyond_lines_of_all_its_projects_a_programme_has_what_nothing_takes() -> None:
    """Only what it has paid and carries over is money; what it opened is held by its projects."""
    own = plan(
        "project: pont, paid: 60 k€",
        "project: rue, paid: 20 k€",
        "programme: ap, opened: 200 k€, committed: 90 k€, paid: 84 k€, carried_over: 3 k€",
        more=AP,
    )
    found = [(each.programme, each.year, str(each.amount)) for each in accounts(own).unspread]
    assert found == [("ap", 2025, "4000.00"), ("ap", 2025, "3000.00")]
    no_more = plan(
        "project: pont, paid: 60 k€",
        "project: rue, paid: 20 k€",
        "programme: ap, opened: 200 k€, paid: 80 k€",
        more=AP,
    )
    assert accounts(no_more).unspread == ()


def test_what_a_programme_has_paid_is_known_once_all_its_projects_have_lines() -> None:
    def paid(*lines: str) -> str | None:
        own = plan(*lines, more=AP)
        found = programme_paid(own, own.programmes[0], 2025)
        return None if found is None else str(found)

    assert paid("theme: voirie, paid: 1 k€") is None
    assert paid("project: pont, paid: 60 k€") is None  # the street costs 20 k€ in the plan
    assert paid("project: pont, paid: 60 k€", "project: rue, paid: 9 k€") == "69000.00"


def test_of_a_running_year_what_is_opened_beyond_what_is_expected_goes_on() -> None:
    def leaving(line: str) -> tuple[str, bool]:
        done = accounts(plan(line, year="2025, at: 2025-09-30")).of(("project", "pont"), 2025)
        assert done is not None
        return str(done.leaving.or_nothing()), done.leaving.assumed

    assert leaving("project: pont, paid: 1 k€, expected: 100 k€") == ("30000.00", True)
    assert leaving("project: pont, paid: 1 k€, expected: 140 k€") == ("0.00", True)
    assert leaving("project: pont, paid: 1 k€, expected: 100 k€, carried_over: 7 k€") == (
        "7000.00",
        False,
    )
    assert leaving("project: pont, paid: 1 k€") == ("0.00", False)


def test_what_lines_of_other_accounts_say_was_opened_is_not_voted_once_more() -> None:
    """The plan has 130 k€ of the account 2151, of which no line is."""
    lines = [
        "project: pont, account: 2315, opened: 90 k€, paid: 60 k€",
        "project: pont, account: 2188, opened: 40 k€, paid: 40 k€",
    ]
    assert opened(plan(*lines)) == ["130000.00", "0.00", "0.00", "130000.00"]
    voted = [line.replace("opened", "changed: 5 k€, voted") for line in lines]
    assert opened(plan(*voted)) == ["130000.00", "10000.00", "0.00", "140000.00"]
    # where none says it, the plan is what was voted
    paid = ["project: pont, account: 2315, paid: 60 k€", "project: pont, account: 2188, paid: 1 €"]
    assert opened(plan(*paid)) == ["130000.00", "0.00", "0.00", "130000.00"]
    # of an account of which there is a line that does not say it, too
    own = "project: pont, account: 2151, paid: 60 k€"
    assert opened(plan(own, lines[1])) == ["130000.00", "40000.00", "0.00", "170000.00"]


def test_what_lines_of_other_accounts_say_was_carried_in_does_not_come_once_more() -> None:
    account = "{year: 2024, closed: yes, lines: [{theme: voirie, paid: 1 k€, carried_over: 9 k€}]}"
    own = [
        f"theme: voirie, account: {each}, carried_in: {k} k€, paid: 0 €, opened: {k} k€"
        for each, k in (("2151", 4), ("2188", 5))
    ]
    tree = yaml.load(PLAN.replace("2025..2027", "2024..2027"), _Texts)
    lines = [yaml.load(f"{{{line}}}", _Texts) for line in own]
    closed = {"year": "2025", "closed": "yes", "lines": lines}
    tree["execution"] = [yaml.load(account, _Texts), closed]
    assert opened(plan_of(tree), "voirie", "theme")[2:] == ["9000.00", "9000.00"]


# --- laws ---


def known(of: Plan) -> int:
    """What projects cost in all, in cents: in the plan's years, and beyond them."""
    return sum(
        cost.amount.cents
        for project in of.projects
        for cost in (*project.costs, *project.costs_outside)
        if cost.amount is not None
    )


@given(plans())
def test_without_accounts_nothing_changes(own: Plan) -> None:
    assert executed(own).plan is own


@given(plans_with_accounts())
def test_what_was_opened_is_paid_carried_over_or_cancelled(own: Plan) -> None:
    for by_year in accounts(own).done.values():
        for done in by_year.values():
            if done.has_line and done.opened.amount is not None:
                parts = (done.voted, done.changed, done.carried_in)
                assert done.opened.amount == total(each.amount for each in parts)
                spent = (done.paid.or_nothing(), done.carried_over.amount, done.cancelled.amount)
                assert done.opened.amount == total(spent)


@given(trees_with_accounts(), st.data())
def test_a_line_split_in_two_by_account_changes_no_sum_of_what_was_opened(
    tree: dict[str, Any], data: st.DataObject
) -> None:
    """Each of the two states a part of each amount, under an account of its own."""
    account = data.draw(st.sampled_from(tree["execution"]))
    line = data.draw(st.sampled_from(account["lines"] or [{}]))
    if sum(each.get("project") == line.get("project") for each in account["lines"]) != 1:
        return
    line["opened"] = line.pop("voted", "0 €")
    one = copy.deepcopy(tree)
    part = {"project": line["project"], "account": "2111"}
    for key in (each for each in line if each not in part):
        part[key], line[key] = line[key], "0 €"
    line["account"] = data.draw(st.sampled_from(["2313", "2112"]))
    account["lines"].append(part)
    assert _opened(plan_of(one)) == _opened(plan_of(tree))


def _opened(own: Plan) -> dict[tuple[str, int], Money]:
    return {
        (bearer[1], year): done.opened.or_nothing()
        for bearer, by_year in accounts(own).done.items()
        for year, done in by_year.items()
    }


@given(plans_with_accounts())
def test_over_all_years_a_project_differs_by_what_was_decided_and_cancelled(own: Plan) -> None:
    """(voted − planned) + decisions − cancelled + carried in from before the plan.

    Each year's carried in but the first's is the year before's carried over, where it is not
    stated otherwise: what is apart counts, too.
    """
    voted, done = worked_out(own).plan, Choices(executed=True).version(own).plan
    of = [
        d for (kind, _), by in accounts(own).done.items() if kind == "project" for d in by.values()
    ]
    if any(each.has_line and each.opened.amount is None for each in of):
        return
    moved = 0
    carried: dict[str, int] = {}
    for each in of:
        id, before = each.bearer[1], carried.get(each.bearer[1], 0)
        if each.has_line:
            moved += (each.voted.or_nothing() - each.planned.or_nothing()).cents
            moved += (each.changed.or_nothing() - each.cancelled.or_nothing()).cents
            moved += each.carried_in.or_nothing().cents - before
        carried[id] = each.leaving.or_nothing().cents
    assert known(done) - known(voted) == moved


@given(trees_with_accounts(), st.randoms(use_true_random=False))
def test_the_order_of_lines_and_one_split_in_two_change_nothing(
    tree: dict[str, Any], random: Any
) -> None:
    other = copy.deepcopy(tree)
    for account in other["execution"]:
        random.shuffle(account["lines"])
        for line in account["lines"][:1]:
            cents = round(float(line["paid"].removesuffix(" €")) * 100)
            part = random.randint(0, cents)
            line["paid"] = f"{part / 100:.2f} €"
            alike = {key: line[key] for key in ("project", "account") if key in line}
            account["lines"].append({**alike, "paid": f"{(cents - part) / 100:.2f} €"})
    assert by_project(plan_of(tree)) == by_project(plan_of(other))
    assert envelopes(plan_of(tree)) == envelopes(plan_of(other))


@given(plans_with_accounts())
def test_where_lines_pay_the_plan_and_carry_nothing_every_figure_is_as_written(own: Plan) -> None:
    years = years_of_accounts(own)
    voted = worked_out(own).plan
    of_closed = [each for each in theme_years(voted) if each.year in years]
    negative = any(each.envelope is not None and each.envelope.cents < 0 for each in of_closed)
    over = negative or any(each.excess.cents for each in of_closed)
    tree_lines = [_paying(own, year) for year in years]
    as_planned = _with_lines(own, dict(zip(years, tree_lines, strict=True)))
    done = Choices(executed=True).version(as_planned).plan
    if over:
        return
    for before, after in zip(theme_years(voted), theme_years(done), strict=True):
        assert (before.counted or Money(0)) == (after.counted or Money(0))
        assert (before.costs or Money(0)) == (after.costs or Money(0))


def _paying(own: Plan, year: int) -> list[dict[str, str]]:
    lines: list[dict[str, str]] = []
    for kind in ("project", "theme"):
        for id in (each.id for each in getattr(own, f"{kind}s")):
            done = accounts(own).of((kind, id), year)
            if done is not None and done.planned.amount is not None:
                lines.append({kind: id, "carried_in": "0 €", "paid": f"{done.planned.amount} €"})
    return lines


def _with_lines(own: Plan, lines: dict[int, list[dict[str, str]]]) -> Plan:
    from ppi_cli.plan.pieces import changed

    text = [
        {"year": str(year), "closed": "yes", "lines": of_year} for year, of_year in lines.items()
    ]
    holder = plan_of(
        {
            "plan": {"title": "x", "years": f"{own.years.first}..{own.years.last}"},
            "execution": text,
        }
    )
    made: Plan = changed(own, execution=holder.execution)
    return made


# --- what others pay ---

FUNDED = PLAN.replace(
    "projects:\n",
    """funders: [{id: detr, title: DETR}, {id: region, title: Région}]
projects:
""",
).replace(
    "    title: Pont\n",
    """    title: Pont
    funding:
      - {from: detr, year: 2025, amount: 40 k€, status: granted, until: UNTIL}
      - {from: region, year: 2025, amount: 10 k€}
""",
)


def funding(line: str, until: int = 2027) -> list[tuple[str, int, str, str]]:
    """What others pay of the bridge, in the version as executed."""
    text = FUNDED.replace("UNTIL", str(until))
    account = f"{{year: 2025, closed: yes, lines: [{{project: pont, paid: 0 €{line}}}]}}"
    own = plan_of(yaml.load(f"{text}execution:\n  - {account}\n", _Texts))
    version = Choices(executed=True).version(own).plan
    return [(f.from_, f.in_year, str(f.amount), f.basis) for f in version.projects[0].funding]


def test_until_a_line_says_what_was_received_funding_counts_as_planned() -> None:
    assert funding("") == [
        ("detr", 2025, "40000.00", "assumed"),
        ("region", 2025, "10000.00", "assumed"),
    ]


def test_what_of_a_grant_has_not_come_comes_a_year_later_while_it_can() -> None:
    """Of the grant 15 k€ have come; what was only requested is over, once nothing has come."""
    line = ", received: [{from: detr, amount: 15 k€}, {from: region, amount: 0 €}]"
    assert funding(line) == [
        ("detr", 2026, "25000.00", "assumed"),
        ("detr", 2025, "15000.00", "stated"),
    ]
    assert funding(line, until=2025) == [("detr", 2025, "15000.00", "stated")]
    assert funding(", received: 0 €") == [("detr", 2026, "40000.00", "assumed")]


SHARED = """
plan: {title: P, years: 2025..2027, tax: incl}
themes: [{id: voirie, title: Voirie}]
funders: [{id: detr, title: DETR}, {id: region, title: Région}, {id: eau, title: Eau}]
projects:
  - id: pont
    theme: voirie
    title: Pont
    costs: [{years: 2025..2027, each_year: 100 k€, account: 2151}]
    funding:
      - {from: detr, share: 40 %, status: granted}
      - {from: region, amount: 30 k€, status: granted}
      - {from: eau, share: 10 %}
execution:
  - year: 2025
    closed: yes
    lines: [{project: pont, paid: 80 k€, carried_over: 20 k€, received: [RECEIVED]}]
"""


def shares(received: str) -> dict[str, dict[int, str]]:
    """What each funder pays in each year, in the version as executed."""
    own = plan_of(yaml.load(SHARED.replace("[RECEIVED]", received), _Texts))
    found: dict[str, dict[int, Money]] = {}
    for each in Choices(executed=True).version(own).plan.projects[0].funding:
        by_year = found.setdefault(each.from_, {})
        by_year[each.in_year] = by_year.get(each.in_year, Money(0)) + (each.amount or Money(0))
    return {f: {y: str(a) for y, a in sorted(of.items())} for f, of in found.items()}


def test_a_share_follows_what_was_paid_until_a_line_says_what_was_received() -> None:
    """40 % and 10 % of 80, 120 and 100; of 30 k€ without a year as much in proportion."""
    as_planned = {
        "detr": {2025: "32000.00", 2026: "48000.00", 2027: "40000.00"},
        "region": {2025: "8000.00", 2026: "12000.00", 2027: "10000.00"},
        "eau": {2025: "8000.00", 2026: "12000.00", 2027: "10000.00"},
    }
    assert shares("[]") == as_planned
    # of 32 k€ granted 12 have come: 20 come a year later. 7 more than due are less to come
    assert shares("[{from: detr, amount: 12 k€}, {from: region, amount: 15 k€}]") == {
        "detr": {2025: "12000.00", 2026: "68000.00", 2027: "40000.00"},
        "region": {2025: "15000.00", 2026: "5000.00", 2027: "10000.00"},
        "eau": as_planned["eau"],
    }
    # all that was due is as much received by each; what was requested and has not come is over
    assert shares("[{amount: 48 k€}]") == as_planned
    assert shares("[{from: eau, amount: 0 €}]")["eau"] == {2026: "12000.00", 2027: "10000.00"}


@pytest.mark.parametrize("written", ["share: 20 %", "amount: 10 k€"])
def test_what_comes_before_the_year_of_the_costs_is_taken_off_what_comes_with_them(
    written: str,
) -> None:
    """10 k€ come with 50 k€ of 2027, of which 4 have come in 2025: 6 are still to come."""
    text = """
plan: {title: P, years: 2025..2027, tax: incl}
themes: [{id: t, title: T}]
funders: [{id: detr, title: DETR}]
projects: [{id: roof, theme: t, title: Roof, quarters: 2027, costs: {2027: 50 k€},
            funding: {from: detr, WRITTEN, status: granted}}]
execution:
  - year: 2025
    closed: yes
    lines: [{project: roof, paid: 0 €, received: [{from: detr, amount: 4 k€}]}]
"""
    own = plan_of(yaml.load(text.replace("WRITTEN", written), _Texts))
    made = Choices(executed=True).version(own).plan.projects[0]
    by_year = {each.in_year: str(each.amount) for each in made.funding}
    assert by_year == {2025: "4000.00", 2027: "6000.00"}


TWO_YEARS = """
plan: {title: P, years: 2025..2028, tax: incl}
themes: [{id: t, title: T}]
funders: [{id: detr, title: DETR}, {id: caf, title: CAF}]
projects: [{id: roof, theme: t, title: Roof, quarters: 2027, costs: {2027: 50 k€},
            funding: {from: detr, WRITTEN, status: granted}}]
execution:
  - {year: 2025, closed: yes, lines: [{project: roof, paid: 0 €, received: FIRST}]}
  - {year: 2026, closed: yes, lines: [{project: roof, paid: 0 €, received: SECOND}]}
"""


def of_two_years(written: str, *received: str) -> dict[int | None, str]:
    """What comes of a grant in each year, once two years are closed."""
    text = TWO_YEARS.replace("WRITTEN", written)
    text = text.replace("FIRST", received[0]).replace("SECOND", received[1])
    made = Choices(executed=True).version(plan_of(yaml.load(text, _Texts))).plan.projects[0]
    assert len({each.in_year for each in made.funding}) == len(made.funding)
    return {each.in_year: str(each.amount) for each in made.funding}


def test_what_comes_late_in_a_closed_year_is_no_more_to_come() -> None:
    """Of 10 k€ due in 2025 come 4 that year; what comes the year after is the rest of them."""
    of_2025 = "year: 2025, amount: 10 k€"
    assert of_two_years(of_2025, "4 k€", "6 k€") == {2025: "4000.00", 2026: "6000.00"}
    assert of_two_years(
        of_2025, "[{from: detr, amount: 4 k€}]", "[{from: detr, amount: 5 k€}]"
    ) == {
        2025: "4000.00",
        2026: "5000.00",
        2027: "1000.00",
    }
    both = "2025: 5 k€, 2026: 5 k€"
    assert of_two_years(both, "2 k€", "8 k€") == {2025: "2000.00", 2026: "8000.00"}
    assert of_two_years(both, "2 k€", "6 k€")[2027] == "2000.00"


def test_what_came_early_is_off_what_is_missing_of_a_later_closed_year() -> None:
    """10 k€ are due in 2026, of which 4 came in 2025: with 6 in 2026, all has come."""
    of_2026 = "year: 2026, amount: 10 k€"
    assert of_two_years(of_2026, "4 k€", "6 k€") == {2025: "4000.00", 2026: "6000.00"}
    assert of_two_years(of_2026, "4 k€", "5 k€") == {
        2025: "4000.00",
        2026: "5000.00",
        2027: "1000.00",
    }
    # more has come than was granted: a fact, and nothing is missing
    assert of_two_years(of_2026, "4 k€", "8 k€") == {2025: "4000.00", 2026: "8000.00"}


def test_what_comes_early_of_nobody_named_is_of_those_who_are_to_pay_later() -> None:
    assert of_two_years("year: 2027, amount: 10 k€", "4 k€", "0 €") == {
        2025: "4000.00",
        2027: "10000.00",  # as written, of which PPI458 warns
    }


def test_what_a_share_counts_of_a_closed_year_is_named_until_it_is_received() -> None:
    own = plan_of(yaml.load(SHARED.replace("[RECEIVED]", "[{from: detr, amount: 1 €}]"), _Texts))
    version = Choices(executed=True).version(own).plan.version
    assert version is not None
    assert version.executed is not None
    named = [(each.funder, str(each.amount), each.why) for each in version.executed.funding]
    assert named == [
        ("region", "8000.00", "as planned"),
        ("eau", "8000.00", "as planned"),
        ("detr", "31999.00", "carried"),
    ]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("written", "is_told"),
    [("share: 40 %", True), ("amount: 120 k€", True), ("year: 2025, amount: 32 k€", False)],
)
def test_what_follows_costs_of_a_closed_year_says_of_which_costs_it_is(
    ppi: Callable[..., Result], written: str, is_told: bool
) -> None:
    """40 % of the 80 k€ that were paid are due; the plan as voted counts 40 % of 100 k€."""
    text = SHARED.replace("[RECEIVED]", "[{from: detr, amount: 2 k€}]")
    text = text.replace("share: 40 %", written)
    lines = [line for line in text.splitlines() if "from: region" not in line]
    Path("plan.yaml").write_text("\n".join(each for each in lines if "eau, s" not in each), "utf-8")
    told = " ".join(ppi("execution", "plan.yaml", "--lang", "en").out.split())
    assert "30 k€ was granted for 2025 and has not come, for Pont: it counts later" in told
    note = "2025: funding of Pont that follows the costs is counted on those executed"
    assert (note in told) is is_told
    found = " ".join(ppi("validate", "plan.yaml", "--lang", "en").out.split())
    assert "30 k€ of DETR, granted for 2025, has not come" in found
    assert ("it follows the costs as executed" in found) is is_told


def test_what_a_theme_pays_by_itself_counts_in_a_running_year_without_an_envelope() -> None:
    text = PLAN.replace(", envelope: {2025: 200 k€, 2026: 100 k€}", "")
    account = "{year: 2025, at: 2025-09-30, lines: [{theme: voirie, paid: 3 k€}]}"
    own = plan_of(yaml.load(f"{text}execution:\n  - {account}\n", _Texts))
    version = Choices(executed=True).version(own).plan
    counted = {each.year: str(each.counted) for each in theme_years(version)}
    assert counted[2025] == "153000.00"


def test_printed_totals_are_of_what_counts_by_itself(
    ppi: Callable[..., Result], tmp_path: Path
) -> None:
    """100 k€ are planned, 90 paid: totals printed of the plan say nothing of what was done.

    Where the plan counts what was done by itself, that is what its totals are of.
    """
    file = tmp_path / "plan.yaml"

    def is_marked(printed: int, past: str, *options: str) -> bool:
        file.write_text(
            f"plan: {{title: P, years: 2025..2027, tax: incl{past}}}\n"
            "themes: [{id: a, title: A}]\n"
            f"stated_totals: {{2025: {printed} k€}}\n"
            "projects: [{id: x, theme: a, title: X, costs: {2025: 100 k€}}]\n"
            "execution: [{year: 2025, closed: yes, lines: [{project: x, paid: 90 k€}]}]\n",
            encoding="utf-8",
        )
        return "90 k€!" in ppi("totals", file, *options).out.replace("\xa0", " ").replace("+", "")

    assert is_marked(150, ", past: executed")
    assert not is_marked(90, ", past: executed")
    assert not is_marked(100, "", "--executed")


@pytest.mark.parametrize("choices", [Choices(), Choices(executed=True), Choices(executed=False)])
def test_printed_totals_are_held_against_what_the_plan_says_of_its_past(choices: Choices) -> None:
    """Of the 100 k€ voted for 2025, 90 were paid; 2026 was printed wrong in any case."""

    def found(past: str, printed: int, in_2026: int = 30) -> list[str]:
        return codes(
            f"plan: {{title: P, years: 2025..2027, tax: incl{past}}}\n"
            "themes: [{id: a, title: A}]\n"
            f"stated_totals: {{2025: {printed} k€, 2026: {in_2026} k€}}\n"
            "projects: [{id: x, theme: a, title: X, costs: {2025: 100 k€, 2026: 30 k€}}]\n"
            "execution: [{year: 2025, closed: yes, lines: [{project: x, paid: 90 k€}]}]\n",
            choices,
        )

    assert found(", past: executed", 90) == []
    assert found(", past: executed", 100) == ["PPI401"]
    assert found(", past: executed", 90, 31) == ["PPI401"]
    if choices.executed is not True:
        assert found("", 100) == []
        assert found("", 90) == ["PPI401"]


def test_what_is_found_as_executed_is_told_with_the_command_that_shows_it(
    ppi: Callable[..., Result], tmp_path: Path
) -> None:
    file = tmp_path / "plan.yaml"
    file.write_text(
        "plan: {title: P, years: 2025..2027, tax: incl, past: executed}\n"
        "themes: [{id: a, title: A}]\n"
        "projects: [{id: x, theme: a, title: X, costs: {2025: 100 k€, 2026: 30 k€}}]\n"
        "ceilings: {total: {2026: 35 k€}}\n"
        "execution: [{year: 2025, closed: yes, lines:"
        " [{project: x, paid: 90 k€, carried_over: 10 k€}]}]\n",
        encoding="utf-8",
    )
    told = ppi("totals", file).err.replace("\xa0", " ")
    assert told == "ppi: as executed, this plan has 1 warning: ppi validate --executed tells more\n"
    assert "PPI413" in ppi("validate", file, "--executed").out
    assert "PPI413" not in ppi("validate", file).out


#: The envelope bounds what is invested; the plan knows no cost of the quay.
INVESTED = """
plan: {title: P, years: 2025..2027, tax: incl}
themes: [{id: a, title: A, section: investment, envelope: {2025: 200 k€, 2026: 100 k€}}]
projects:
  - {id: rue, theme: a, title: Rue, costs: {2025: 100 k€}}
  - {id: quai, theme: a, title: Quai}
"""


def test_what_is_carried_in_raises_an_envelope_once_where_it_bounds_that() -> None:
    """10 k€ that are invested are carried in, and raise the 200; the 2 k€ of operation do not."""
    own = plan(
        "project: quai, account: 2151, opened: 30 k€, carried_in: 10 k€",
        "project: quai, account: 6156, opened: 5 k€, carried_in: 2 k€",
        year="2025, at: 2025-06-30",
        text=INVESTED,
    )
    assert envelopes(own) == {2025: "210000.00", 2026: "100000.00"}


OF_ACCOUNTS = """
plan: {title: Plan de Vigneux, years: 2025..2027, tax: incl}
themes: [{id: t, title: T}]
projects:
  - id: pont
    theme: t
    title: Pont
    quarters: 2025..2026
    costs: [{2025: 60 k€, account: "2313"}, {2025: 40 k€, account: "6156"}]
  - {id: rue, theme: t, title: Rue, quarters: 2025..2026}
"""


def by_account(*lines: str, year: str = "2025, at: 2025-09-30", more: str = "") -> Any:
    """What each account has in 2025, as executed, in k€ and hundredths."""
    version = Choices(executed=True).version(plan(*lines, text=OF_ACCOUNTS, year=year, more=more))
    return {
        row.id: str(figure.amount).removesuffix("000.00")
        for row in totals(version.plan, by="account").rows
        if (figure := row.figures["2025"]).amount
    }


def test_a_running_year_counts_each_account_as_its_lines_do() -> None:
    """100 of works and nothing of upkeep were opened, though 60 and 40 were planned."""
    opened = by_account(
        "project: pont, opened: 100 k€, account: 2313", "project: pont, opened: 0 €, account: 6156"
    )
    assert opened == {"2313": "100"}
    expected = by_account(
        "project: pont, paid: 1 €, expected: 50 k€, account: 2313",
        "project: pont, paid: 1 €, expected: 45 k€, account: 6156",
    )
    assert expected == {"2313": "50", "6156": "45"}
    paid = by_account(  # 160 were paid so far, of 100 opened
        "project: pont, paid: 150 k€, account: 2313", "project: pont, paid: 10 k€, account: 6156"
    )
    assert paid == {"2313": "150", "6156": "10"}


def test_a_running_year_counts_accounts_of_a_project_without_a_cost() -> None:
    """The plan knows no cost of rue: its lines say of what it is."""
    rue = (
        "project: rue, opened: 70 k€, account: 2313",
        "project: rue, opened: 30 k€, account: 6156",
    )
    assert by_account(*rue) == {"2313": "130", "6156": "70"}


def test_a_line_without_an_account_is_of_those_that_have_no_line() -> None:
    """Works have a line of their own: the other is of upkeep."""
    closed = "2025, closed: yes"
    lines = ("project: pont, paid: 50 k€, account: 2313", "project: pont, paid: 30 k€")
    assert by_account(*lines, year=closed) == {"2313": "50", "6156": "30"}
    assert by_account(*lines) == {"2313": "60", "6156": "40"}  # as planned, until the year is over
    of_another = ("project: pont, paid: 50 k€, account: 2183", "project: pont, paid: 10 k€")
    assert by_account(*of_another, year=closed) == {"2183": "50", "2313": "6", "6156": "4"}


def test_what_is_carried_in_is_of_the_account_that_carried_it_over() -> None:
    """20 of works are carried to a year with lines of works and of upkeep: 20 more of works."""
    line = "{project: pont, paid: 0 €, carried_over: 20 k€, account: 2313}"
    closed = f"{{year: 2024, closed: yes, lines: [{line}]}}"
    own = plan(
        "project: pont, paid: 0 €, account: 2313", "project: pont, paid: 0 €, account: 6156",
        text=OF_ACCOUNTS.replace("2025..2027", "2024..2026"), year="2025, at: 2025-09-30",
        more=f"  - {closed}\n",
    )  # fmt: skip
    version = Choices(executed=True).version(own).plan
    rows = {row.id: row.figures["2025"] for row in totals(version, by="account").rows}
    assert {id: str(own.amount) for id, own in rows.items()} == {
        "2313": "80000.00",
        "6156": "40000.00",
    }


@pytest.mark.parametrize(("money", "planned"), [("money: none", "0.00"), ("lead: X", None)])
def test_a_project_that_takes_no_money_had_nothing_planned(money: str, planned: str | None) -> None:
    """Of one that says nothing of its money, what was planned is not known."""
    project = f"projects:\n  - {{id: etude, theme: voirie, title: Étude, {money}}}"
    text = PLAN.replace("projects:", project)
    lines = "{year: 2025, closed: yes, lines: [{project: etude, paid: 3 k€}]}"
    own = plan_of(yaml.load(f"{text}execution: [{lines}]\n", _Texts))
    done = accounts(own).of(("project", "etude"), 2025)
    assert done is not None
    assert planned == (None if done.planned.amount is None else str(done.planned.amount))


@pytest.mark.parametrize("year", [2026, 2027])
def test_what_a_theme_carries_over_is_assumed_where_it_lands(year: int) -> None:
    """In the plan's last year, and beyond it."""
    own = plan("theme: voirie, paid: 5 k€, carried_over: 9 k€", year=f"{year}, closed: yes")
    (row,) = [row for row in totals(executed(own).plan, by="theme").rows if row.id == "voirie"]
    figure = row.figures["2027"] if year == 2026 else row.beyond
    assert figure is not None
    assert (str(figure.amount), figure.assumed) == ("9000.00", True)
