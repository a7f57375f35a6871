"""Who pays: grants, the VAT fund, the town's own share; trace and afford tell it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given

from ppi_cli.figures.affordability import afford_years, shortage
from ppi_cli.figures.funding import fctva, project_funding, receipts
from ppi_cli.figures.ledger import keys_of, traced
from ppi_cli.figures.selection import Selection
from ppi_cli.figures.totals import totals
from ppi_cli.plan.model import Plan
from ppi_cli.values.money import Rate
from ppi_cli.values.quarters import Years
from ppi_cli.values.terms import By
from ppi_cli.versions.scenarios import worked_out
from tests.any_plan import plans
from tests.conftest import Result
from tests.plans import plan

Run = Callable[..., Result]
TOWN = """
plan: {title: Plan de Vigneux (fictif), years: 2024..2026, tax: incl, baseline: {investment: 50 k€}}

fctva: {regime: n+2}

funders:
  - {id: detr, title: DETR}
  - {id: caf, title: CAF}

themes:
  - {id: ecoles, title: Écoles}
  - {id: voirie, title: Voirie, envelope: {2024: 40 k€}}

priority_classes: [{class: 1, title: Urgent}, {class: 2, title: Utile}]

projects:
  - id: cantine
    title: Cantine
    theme: ecoles
    priority: 1
    quarters: 2024-T1..2025-T4
    costs:
      - {year: 2024, amount: 100 k€, section: investment}
      - {year: 2025, amount: 50 k€, section: investment, basis: assumed}
    running_costs: [{amount: 4 k€}]
    funding:
      - {from: detr, year: 2024, amount: 30 k€, status: granted, source: arrêté du 12 mars}
      - {from: caf, year: 2025, amount: 20 k€}
  - id: rue
    title: Rue
    theme: voirie
    priority: 2
    quarters: 2024..2024
    costs: [{year: 2024, amount: 40 k€, fctva: no}]
  - {id: place, title: Place, theme: voirie, priority: 2, quarters: 2025..2026}

ceilings: {net: {2024: 90 k€, 2025: 60 k€, 2026: 10 k€}}
savings: {2024: 80 k€}
"""


def of_town() -> Plan:
    return worked_out(plan(TOWN)).plan


def test_by_source_and_what_is_left_to_the_town() -> None:
    found = totals(of_town(), "source")
    rows = {
        row.id: [None if f.amount is None else str(f.amount) for f in row.figures.values()]
        for row in (*found.rows, *found.wholes)
    }
    assert found.periods == ("2024", "2025", "2026", "2027")  # the fund pays after the plan's end
    assert rows == {
        "detr": ["30000.00", None, None, None],
        "caf/requested": [None, "20000.00", None, None],
        "fctva": [None, None, "16404.00", "8202.00"],  # 16.404 % of 100 k€, and of 50 k€
        "own": ["110000.00", "30000.00", "-16404.00", "-8202.00"],
        "total": ["140000.00", "50000.00", "0.00", "0.00"],
        "running": [None, None, "4000.00", None],
        "in_all": ["140000.00", "50000.00", "4000.00", "0.00"],
    }


def test_net_is_gross_less_what_others_pay() -> None:
    net = totals(of_town(), "theme", net=True)
    rows = {row.id: str(row.total.amount) for row in (*net.rows, *net.wholes)}
    assert rows == {
        "ecoles": "75394.00",  # 150 k€ less 50 k€ of grants and 24 606 € of the VAT fund
        "voirie": "40000.00",
        "total": "115394.00",
        "running": "4000.00",
        "in_all": "119394.00",
    }


def test_the_fund_follows_the_law_of_the_year_and_the_regime_of_the_town() -> None:
    def paid(**said: str) -> dict[int, str]:
        text = TOWN.replace("regime: n+2", ", ".join(f"{k}: {v}" for k, v in said.items()))
        return {r.year: str(r.amount) for r in fctva(worked_out(plan(text)).plan)}

    assert paid(regime="n") == {2024: "16404.00", 2025: "8202.00"}
    assert paid(regime="n+1", rate="10 %") == {2025: "10000.00", 2026: "5000.00"}


def test_a_rate_that_is_not_confirmed_is_an_assumption() -> None:
    text = TOWN.replace("2024", "2012").replace("2025", "2013").replace("2026", "2014")
    found = fctva(worked_out(plan(text)).plan)
    assert [(str(r.amount), r.assumed) for r in found] == [("15482.00", True), ("7741.00", True)]


def test_without_taxes_the_fund_is_not_reckoned() -> None:
    assert [*fctva(worked_out(plan(TOWN.replace("tax: incl", "tax: excl"))).plan)] == []


def test_afford_adds_up_year_by_year() -> None:
    first, second, third = afford_years(of_town())
    assert str(first.need.amount) == "140000.00"
    assert str(first.net.amount) == "110000.00"
    assert [(kind, str(gap)) for kind, gap, _ in first.gaps()] == [("net", "110000.00")]
    assert str(second.net_if_nothing_is_granted) == "50000.00"
    assert (str(third.net.amount), [*third.gaps()]) == ("-12404.00", [])


def test_what_has_no_money_comes_in_the_order_of_priority() -> None:
    """Net 90 k€ in 2024: the canteen takes 70, and 20 are not enough for the street."""
    told = [(each.project.id, each.class_, each.years) for each in shortage(of_town()).unfunded]
    assert told == [("rue", 2, (2024,)), ("place", 2, ())]


# --- screens ------------------------------------------------------------------------------------


@pytest.fixture
def town(folder: Path) -> Path:
    file = folder / "plan.yaml"
    file.write_text(TOWN, encoding="utf-8")
    return file


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize(
    ("name", "command"),
    [
        ("afford", ["afford"]),
        ("totals-by-source", ["totals", "--by", "source"]),
        ("trace", ["trace", "theme=ecoles", "net=yes"]),
    ],
)
def test_a_screen(
    ppi: Run, town: Path, kept: Callable[[str, str], None], name: str, command: list[str], lang: str
) -> None:
    kept(f"{lang}/{name}.txt", ppi(*command, "--lang", lang, "--width", "110").out)


def test_the_deck_can_be_judged_by_its_baseline_alone(
    ppi: Run, deck: Path, kept: Callable[[str, str], None]
) -> None:
    kept("en/afford-deck.txt", ppi("afford", "--lang", "en").out)


def test_a_trace_says_where_each_amount_stands(ppi: Run, town: Path) -> None:
    found = json.loads(ppi("trace", "totals", "source=detr", "year=2024", "-f", "json").out)
    (entry,) = found["entries"]
    assert (entry["file"], entry["line"]) == ("plan.yaml", 27)
    assert entry["source"] == "arrêté du 12 mars"
    assert found["total"] == "30000.00"


@pytest.mark.parametrize(
    "command",
    [
        ["totals", "--by", "source"],
        ["totals", "--by", "theme"],
        ["totals", "--by", "project", "--net"],
        ["totals", "--by", "section", "--per", "quarter"],
    ],
)
def test_the_amounts_of_a_cell_are_those_that_have_its_row(
    ppi: Run, town: Path, command: list[str]
) -> None:
    found = json.loads(ppi(*command, "--trace", "-f", "json").out)
    for row in found["rows"]:
        for period, amount in row["amounts"].items():
            cents = sum(
                round(float(entry["amount"]) * 100)
                for entry in found["trace"]
                if entry["rows"].get(found["by"]) == row["id"]
                if period in (entry["year"], entry["quarter"])
            )
            assert cents == (0 if amount is None else round(float(amount) * 100)), (row, period)


def test_the_json_of_any_report_can_carry_all_amounts(ppi: Run, town: Path) -> None:
    for command in (["totals"], ["gantt"], ["afford"], ["matrix"], ["show", "cantine"]):
        ledger = json.loads(ppi(*command, "--trace", "-f", "json").out)["trace"]
        if command != ["totals"]:  # who pays, beside what is paid
            assert {"detr", "caf/requested"} <= {e["rows"].get("source") for e in ledger}
        spent = [e for e in ledger if e["kind"] in ("cost", "running")]
        spent = [e for e in spent if e["rows"].get("theme", "ecoles") == "ecoles"]
        assert [entry["amount"] for entry in spent] == ["100000.00", "50000.00", "4000.00"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["totals", "--trace"], "--format json --trace"),
        (["trace", "them=ecoles"], "did you mean theme?"),
        (["trace", "theme=ecole"], "did you mean ecoles?"),
        (["trace", "theme=ecoles", "quarter=2024-T5"], "is not a quarter"),
        (["totals", "--across", "theme"], "another cut"),
        (["totals", "--net", "--by", "source"], "--by source and --funder show"),
    ],
)
def test_what_cannot_be_asked_is_told(
    ppi: Run, town: Path, arguments: list[str], said: str
) -> None:
    result = ppi(*arguments)
    assert (result.code, result.out) == (2, "")
    assert said in " ".join(result.err.split())


# --- laws ---------------------------------------------------------------------------------------


@given(plans())
def test_gross_less_funding_is_net(of: Plan) -> None:
    worked = worked_out(of).plan
    gross, net = (totals(worked, net=net).total.total.amount for net in (False, True))
    paid = sum(receipt.amount.cents for receipt in receipts(worked))
    first = worked.years.first
    assert all(receipt.year >= first for receipt in receipts(worked))
    assert (net.cents if net else 0) == (gross.cents if gross else 0) - paid


@given(plans())
def test_the_fund_gives_back_its_rate_of_what_is_eligible(of: Plan) -> None:
    """To the rounding that is stated: half a cent for each project and year."""
    worked = worked_out(of).plan
    found = [*fctva(worked)]
    eligible = sum(
        cost.amount.cents
        for project in worked.projects
        for cost in project.costs
        if cost.amount is not None
        and (cost.in_section == "investment" if cost.fctva is None else cost.fctva)
    )
    if worked.fctva is None:
        assert found == []
        return
    exact = eligible * Rate(16_404).thousandths / 100_000
    most = sum(len({c.in_year for c in project.costs}) for project in worked.projects)
    assert abs(sum(receipt.amount.cents for receipt in found) - exact) <= most / 2


@given(plans())
def test_every_trace_sums_to_its_figure(of: Plan) -> None:
    worked = worked_out(of).plan
    for by in get_args(By):
        found = totals(worked, by)
        for row in found.rows:
            for period, figure in row.figures.items():
                parts = traced(
                    worked, {by: row.id}, Selection(years=Years(int(period), int(period)))
                )
                assert sum(p.amount.cents for p in parts) == (
                    figure.amount.cents if figure.amount else 0
                )
    assert all({*keys} == {*get_args(By)} for keys in keys_of(worked, traced(worked, {})))


def test_csv_says_where_a_ceiling_is_passed(ppi: Run, folder: Path) -> None:
    (folder / "plan.yaml").write_text(
        TOWN.replace("{2024: 90 k€", "{2024: 50 k€"), encoding="utf-8"
    )
    rows = ppi("afford", "plan.yaml", "-f", "csv", "--lang", "en").out.splitlines()
    left = next(row for row in rows if row.startswith("left_net"))
    assert "Left,-60000.00," in left  # 140 k€ less 30 k€ granted, against 50 k€
    assert "2024: over what is allowed" in left


@pytest.mark.parametrize(
    ("said", "own"),
    [
        ("", "30000.00"),
        ("own_share: {with_fctva: yes}", "30000.00"),
        ("own_share: {with_fctva: no}", "13596.00"),  # 16.404 % of 100 k€ are the fund's
        ("own_share: none", "30000.00"),
    ],
)
def test_what_the_vat_fund_gives_back_is_the_town_s_own_where_the_plan_says_so(
    said: str, own: str
) -> None:
    of = plan(f"""
plan: {{title: Plan de Vigneux, years: 2025..2026, tax: incl}}
fctva: {{regime: n}}
{said}
funders: [{{id: detr, title: DETR, public: yes}}]
themes: [{{id: voirie, title: Voirie}}]
projects:
  - id: rue
    theme: voirie
    title: Rue
    costs: [{{year: 2025, amount: 100 k€, section: investment}}]
    funding: [{{from: detr, year: 2025, amount: 70 k€}}]
""")
    (rue,) = of.projects
    assert str(project_funding(rue).own(of)) == own


@pytest.mark.parametrize(
    ("years", "said"),
    [
        ([2025], None),
        ([2002], "no rate is in force for 1 eligible cost"),
        ([2001, 2002, 2025], "no rate is in force for 2 eligible costs"),
    ],
)
def test_costs_of_a_year_without_a_rate_are_counted(
    ppi: Run, folder: Path, years: list[int], said: str | None
) -> None:
    costs = [f"{{year: {year}, amount: 5 k€, section: investment}}" for year in years]
    (folder / "plan.yaml").write_text(
        f"""
plan: {{title: Plan de Vigneux, years: 2001..2026, tax: incl}}
fctva: {{regime: n}}
themes: [{{id: voirie, title: Voirie}}]
projects: [{{id: rue, theme: voirie, title: Rue, costs: [{", ".join(costs)}]}}]
""",
        encoding="utf-8",
    )
    out = " ".join(ppi("totals", "--net", "plan.yaml", "--lang", "en").out.split())
    assert ("no rate is in force" in out) == (said is not None)
    assert said is None or said in out


OWN = """
plan: {title: Plan de Vigneux, years: 2025..2026, tax: incl}
funders: [{id: ville, title: Ville, own: yes}, {id: detr, title: DETR}]
themes: [{id: voirie, title: Voirie}]
priority_classes: [{class: 1, title: Urgent}]
projects:
  - id: rue
    theme: voirie
    title: Rue
    costs: [{year: 2025, amount: 100 k€, section: investment, account: 2151}]
    funding: [{from: ville, year: 2025, amount: 70 k€}, {from: detr, year: 2025, amount: 20 k€}]
"""


@pytest.mark.parametrize(("across", "none"), [("section", "no_section"), ("account", "no_account")])
def test_what_a_source_of_the_town_s_own_pays_is_of_no_section_or_account(
    ppi: Run, folder: Path, across: str, none: str
) -> None:
    (folder / "plan.yaml").write_text(OWN, encoding="utf-8")
    command = ["totals", "--by", "source", "--across", across, "plan.yaml", "-f", "json"]
    rows = {row["id"]: row["amounts"] for row in json.loads(ppi(*command).out)["rows"]}
    assert rows["ville"][none] == "70000.00"


def test_a_figure_is_asked_for_by_what_its_costs_say(ppi: Run, folder: Path) -> None:
    """What others pay is no part of what a theme or an account costs."""
    (folder / "plan.yaml").write_text(OWN, encoding="utf-8")
    for row in ("account=2151", "theme=voirie", "class=no_class"):
        found = json.loads(ppi("trace", row, "year=2025", "plan.yaml", "-f", "json").out)
        assert [entry["amount"] for entry in found["entries"]] == ["100000.00"]
    by_class = json.loads(ppi("totals", "--by", "class", "plan.yaml", "-f", "json").out)["rows"]
    assert [(row["id"], row["kind"]) for row in by_class if row["total"]] == [
        ("no_class", "no_class")
    ]


def test_what_the_vat_fund_pays_rests_on_an_assumption_where_the_fund_or_its_amount_does() -> None:
    """Due in 2024 and 2025 for spending before the plan; reckoned of 100 k€ of 2024, in 2026."""
    text = """
        plan: {{title: P, years: 2024..2026, tax: incl}}
        themes: [{{id: a, title: A}}]
        projects:
          - {{id: p, theme: a, title: P, costs: [{{year: 2024, amount: 100 k€, account: 21}}]}}
        fctva:
          regime: n+2
          basis: {fund}
          due: {{2024: 1 k€, 2025: {{amount: 2 k€, basis: {due}}}}}
    """

    def assumed(due: str, fund: str) -> dict[int, bool]:
        return {each.year: each.assumed for each in fctva(plan(text.format(due=due, fund=fund)))}

    assert assumed("stated", "stated") == {2024: False, 2025: False, 2026: False}
    assert assumed("assumed", "stated") == {2024: False, 2025: True, 2026: False}
    assert assumed("stated", "assumed") == {2024: True, 2025: True, 2026: True}


def test_the_vat_fund_says_on_what_it_gives_nothing(ppi: Run, folder: Path) -> None:
    (folder / "plan.yaml").write_text(
        "plan: {title: P, years: 2025..2026, tax: incl}\nfctva: {regime: n+1}\n"
        "themes: [{id: t, title: T}]\n"
        "projects: [{id: a, theme: t, title: A, costs: {2025: 60 k€}}]\n",
        encoding="utf-8",
    )
    said = "! VAT fund: nothing on 60 k€ of costs in no section: write section or account"
    assert said in ppi("afford", "plan.yaml", "--lang", "en").out.replace("\u00a0", " ")
