"""The second example, ``data/examples/finance``: a fictional town that uses all of the format.

Its figures were added up apart from the program, from the files alone.
"""

from __future__ import annotations

import json
import types
import typing
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import fields
from datetime import date
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import pytest
import yaml

from ppi_cli import plan
from ppi_cli.figures.funding import fctva
from ppi_cli.figures.programmes import programme_credits
from ppi_cli.plan.finance import Group
from ppi_cli.plan.model import FiscalYear, Plan
from ppi_cli.plan.pieces import Sourced, StatedTotals
from ppi_cli.plan.projects import Cost, Funding, Spent
from ppi_cli.plan.reasons import TitledList
from ppi_cli.source.examine import Examined, examine
from ppi_cli.source.read import read
from ppi_cli.versions.choices import Choices
from ppi_cli.versions.scenarios import worked_out
from tests.conftest import Result

Ppi = Callable[..., Result]

PLAN = Path(__file__).parent.parent / "data" / "examples" / "finance"
YEARS = ("2025", "2026", "2027", "2028", "2029", "2030")
TODAY = date(2025, 3, 27)

#: Prices rise by 2 % a year from 2025, 15 % of them fixed, rounded to 100 € year after year:
#: 9 k€ are 1.35 fixed and a rest that makes them 9.2, 9.4, 9.6, 9.8 and 10 k€, each from the last.
#: Themes with an envelope count it, and what lies beside it: roads 480 + 22 of upkeep = 502.
TOTALS = {
    # buildings 142 380.50 + 75 × 1.2 + 48; schools 66 + 310 + 24 - 6 + 165 + 18; energy 40;
    # IT 110; roads 480 + 22: 280 380.50 + 577 000 + 40 000 + 110 000 + 502 000
    "2025": "1509380.50",
    # buildings 96 + 90 + 372 + 60 = 618; schools 1 261.1 + 528.8 + 18 = 1 807.9;
    # energy 610 + 92 + 195 = 897; IT 150; sports 190 + 590 = 780; roads 420 + 22 = 442
    "2026": "4694900.00",
    # buildings 90 + 558.6 = 648.6; schools 889.5 + 30 + 372.3 + 78 × 1.2 + 85 + 18 = 1 488.4;
    # energy 180 + 64 + 9 + 195 = 448; IT 95; sports 848.1; roads 1 002
    "2027": "4530100.00",
    # buildings 126.2 - 15 = 111.2; schools 85 + 18 = 103; energy 195 + 286 = 481; IT 95;
    # sports 1 525.4 + 140 = 1 665.4; roads 1 282
    "2028": "3737600.00",
    # schools 85 + 18 = 103; IT 95; sports 449.4 + 684.8 = 1 134.2; roads 982
    "2029": "2314200.00",
    # schools 18; IT has no envelope: 36 + 9.4 + 18 = 63.4; sports 1 066.7; roads 410 + 22
    "2030": "1580100.00",
    "total": "18366280.50",
}

#: What projects cost to run: in no envelope and in no total, also where their theme has one.
RUNNING = {
    "2025": None,
    "2026": "62000.00",  # the nursery
    # the nursery, 46 + 24 of the canteen, 5 and 11.4 of IT
    "2027": "148400.00",
    # 62 + 70; 9.6 - 34 of the school; 14.6 + 7 + 2 of heat and buildings; 5.1 + 11.6 of IT
    "2028": "147900.00",
    # 62 + 70; 9.8 - 34; 14.9 + 9; lights save 31; 3 × 1.2 of shades; 5.2 + 11.8
    "2029": "121300.00",
    # 62 + 24; 10 - 34; 15.2 + 9; - 31; 3.6; 5.3 + 12; 38 of the hall
    "2030": "114100.00",
    "total": "593700.00",
}

#: Two years after the spending, by project, rounded to the cent.
FCTVA = {
    2025: "118400.00",  # stated: for what was spent before the plan
    2026: "142750.00",
    # 16.404 % of what 2025 invests: 66 000 + 328 000 + 165 000 + 18 000 + 142 380.50 + 90 000
    # + 48 000 + 40 000 + 340 000 + 130 000 + 54 000 + 36 000 = 1 457 380.50
    2027: "239068.70",
    2028: "755378.74",
    2029: "724555.63",
    2030: "554659.41",
    2031: "363651.23",
    # 16.404 % of 18 000 + 28 000 + 36 000 (2 952.72 + 4 593.12 + 5 905.44), of 370 100 (60 711.20)
    # and of 1 066 700 (174 981.47), and 5.6 % of 18 000 of servers (1 008)
    2032: "250151.95",
}

#: All that is needed, less what others pay: in 2025, 1 509 380.50 - 22 000 - 148 000 - 30 000
#: - 118 400.
NET = {
    "2025": "1190980.50",
    # 4 756 900 - 900 000 granted - 12 000 for the roads - 30 000 requested - 142 750
    "2026": "3672150.00",
    "2027": "3535431.30",  # 4 678 500 - 614 000 - 290 000 - 239 068.70
    "2028": "2094121.26",  # 3 885 500 - 434 000 - 602 000 - 755 378.74
    "2029": "1566944.37",  # 2 435 500 - 144 000 - 724 555.63
    "2030": "789540.59",  # 1 694 200 - 350 000 - 554 659.41
}

#: Fields that the example cannot hold, each with its reason.
UNUSED = {
    ("Header", "unit"): "its amounts have their units",
    ("Header", "rate"): "each cost with taxes of its own has its rate",
    ("Header", "fiscal_year"): "the years of a French town are calendar years",
    **{("FiscalYear", key): "there is none" for key in ("begins", "named", "named_by")},
    ("Fctva", "rate"): "the law's rates hold; a stated one would replace that of hosting, too",
    ("Fctva", "due_operating"): "what is still due is of investment",
    ("Indexation", "index"): "prices move by a rate or by an index, never by both (PPI127)",
    ("InsteadCost", "when"): "no scenario states other costs of what depends on a variant",
    ("Programme", "authorised_by"): "a State votes each year by itself, and this is a town",
    **{
        (part, key): "what lies outside the years of the plan is not known of this town"
        for part in ("Cost", "Funding", "StatedTotals")
        for key in ("before", "beyond")
    },
    **{(part, "unplanned"): "all that it costs has a year" for part in ("Cost", "StatedTotals")},
    ("Header", "past"): "its reports show what was voted",
    ("Cost", "carried_from"): "what is carried over is in the account, until the plan is rolled",
    ("Theme", "paid"): "all that was paid is of projects",
    **{
        ("ExecutionLine", key): "all that was paid is of projects, with taxes, of a closed year"
        for key in ("theme", "programme", "tax", "rate", "expected")
    },
    **{("Received", key): "what has come is stated" for key in ("basis", "reason")},
    ("Decision", "basis"): "decisions are stated",
    **{("ExecutionYear", key): "its amounts include taxes" for key in ("tax", "rate")},
    ("ExecutionYear", "siret"): "a town that is invented has none",
    **{
        ("AccountTotals", key): "the page that it was taken from has three totals"
        for key in ("voted", "changed", "carried_in", "committed")
    },
    ("StatedTotals", "whole"): "nothing lies outside its years",
    ("Debt", "savings_hold"): "its savings hold nothing of the plan",
    ("Plan", "groups"): "six themes need no subtotals, which would change its tables",
    ("Theme", "group"): "it has no groups",
    **{("Group", key): "it has none" for key in ("id", "title", "source", "stated_totals")},
    ("StatedTotals", "by_span"): "the table that was printed has each year",
    **{
        (part, "stated_totals"): "only the last line of the table was printed with totals"
        for part in ("Project", "Funder", "Programme")
    },
    **{
        ("Paid", key): "the amounts of its lines are stated"
        for key in ("basis", "source", "reason")
    },
}


def found() -> Examined:
    return examine(read(str(PLAN)), TODAY)


def the_plan() -> Plan:
    plan = found().plan
    assert plan is not None
    return worked_out(plan).plan


def as_executed() -> Plan:
    plan = found().plan
    assert plan is not None
    return Choices(executed=True).version(plan).plan


def test_it_is_clean_and_says_that_it_is_fictional() -> None:
    examined = found()
    assert examined.sound
    assert {d.severity for d in examined.diagnostics} <= {"info"}
    assert examined.plan is not None
    assert "fictive" in examined.plan.header.title
    assert {e.rule for e in examined.plan.exceptions} >= {"PPI413", "PPI424"}


# --- every key of the format ---------------------------------------------------------------------


class _Texts(yaml.SafeLoader):
    """Reads YAML as the program does: every scalar is a text."""

    yaml_implicit_resolvers = {}  # noqa: RUF012


def raw() -> dict[str, Any]:
    tree: dict[str, Any] = {}
    for file in sorted(PLAN.glob("*.yaml")):
        for key, value in yaml.load(file.read_text(encoding="utf-8"), _Texts).items():
            if isinstance(value, list):
                tree.setdefault(key, []).extend(value)
            else:
                assert key not in tree
                tree[key] = value
    return tree


#: The classes that plans are written with.
PIECES = {
    each
    for module in iter_modules(plan.__path__, "ppi_cli.plan.")
    for each in vars(import_module(module.name)).values()
    if isinstance(each, type) and hasattr(each, "__pydantic_fields__")
}


def parts_of(hint: Any, value: Any) -> Iterator[tuple[type, Any]]:
    """The pieces of the model that a value holds, by the type of its field."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Annotated:
        yield from parts_of(arguments[0], value)
    elif origin in (typing.Union, types.UnionType):
        for each in arguments:
            yield from parts_of(each, value)
    elif origin is tuple:
        for item in value if isinstance(value, list) else ():
            yield from parts_of(arguments[0], item)
    elif origin is dict:
        for item in value.values() if isinstance(value, dict) else ():
            yield from parts_of(arguments[1], item)
    elif hint in PIECES:
        if issubclass(hint, Sourced) and value not in ("", None) and not isinstance(value, dict):
            value = {hint.alone: value}
        if isinstance(value, dict):
            yield hint, value


def keys_used(part: type, value: Any, seen: dict[type, set[str]]) -> None:
    hints = typing.get_type_hints(part, include_extras=True)
    if part is StatedTotals:  # its years stand beside its other keys
        years = {key: each for key, each in value.items() if key.isdecimal()}
        value = {**{k: v for k, v in value.items() if k not in years}, "by_year": years}
    if part in (Cost, Funding):  # the periods of a line stand beside its words
        periods = {key: each for key, each in value.items() if key[0].isdecimal()}
        value = {**{k: v for k, v in value.items() if k not in periods}}
        value |= {"periods": periods} if periods else {}
    seen[part]  # it is there, even where it says nothing
    for field in fields(part):
        key = key_of(part, field.name)
        if key in value:
            seen[part].add(key)
            for inner, its_value in parts_of(hints[field.name], value[key]):
                keys_used(inner, its_value, seen)


def key_of(part: type, name: str) -> str:
    return part.__pydantic_fields__[name].alias or name  # type: ignore[attr-defined]


def can_be_written(part: type, name: str) -> bool:
    return part.__pydantic_fields__[name].init is not False  # type: ignore[attr-defined]


def test_it_uses_every_key_of_the_format() -> None:
    seen: dict[type, set[str]] = defaultdict(set)
    keys_used(Plan, raw(), seen)
    parts = PIECES - {Sourced, Spent, TitledList}  # what others are made of
    assert parts - {FiscalYear, Group} == set(seen)
    missing = {
        (part.__name__, key_of(part, field.name))
        for part in parts
        for field in fields(part)
        if can_be_written(part, field.name) and key_of(part, field.name) not in seen[part]
    }
    assert missing == set(UNUSED)


def test_the_ways_to_write_are_all_there() -> None:
    """What is no key of its own: blanks, pauses, words that a key may take."""
    tree, plan = raw(), found().plan
    assert plan is not None
    projects = plan.projects
    schedules = [p.quarters for p in projects if p.quarters is not None]
    costs = [cost for p in projects for cost in p.costs]
    assert 25 <= len(projects) <= 30
    assert 5 <= len(plan.themes) <= 6
    assert any(len(each.spans) > 1 for each in schedules)
    assert any(each.first.year < plan.years.first for each in schedules)
    assert any(each.assumed for each in schedules)
    assert any(cost.amount is None for cost in costs)
    assert any(cost.amount.cents < 0 for cost in costs if cost.amount is not None)
    assert {cost.fctva for cost in costs} == {None, True, False}
    assert {funding.status for p in projects for funding in p.funding} == {"requested", "granted"}
    assert any(
        year > plan.years.last for p in projects for f in p.funding for _, year in f.in_years()
    )
    assert any(
        value in ("", None) for t in tree["themes"] for value in t.get("envelope", {}).values()
    )
    assert {t.chosen is None for t in plan.targets if t.variants} == {True, False}
    assert len(plan.scenarios) == 3
    assert {f.public for f in plan.funders} == {True, False}


# --- figures that were counted apart from the program -------------------------------------------


def test_its_yearly_totals_are_those_counted_by_hand(ppi: Ppi) -> None:
    table = json.loads(ppi("totals", PLAN, "-f", "json").out)
    for name, figures in (("total", TOTALS), ("running", RUNNING)):
        assert table[name]["amounts"] | {"total": table[name]["total"]} == figures


def test_what_the_fund_pays_is_what_was_counted_by_hand() -> None:
    paid: dict[int, int] = defaultdict(int)
    for receipt in fctva(the_plan()):
        paid[receipt.year] += receipt.amount.cents
    assert {year: f"{cents / 100:.2f}" for year, cents in sorted(paid.items())} == FCTVA


#: What the fund pays of 2025 in 2027, once the account is known: 16.404 % of what was paid on
#: accounts of investment, by project, each rounded to the cent. Copiers (9 386.21 on 6135) and the
#: upkeep of roads (21 148.60 on 615231) are operating, and the plan asks nothing of the fund for
#: them: 1 257 136.31 - 9 386.21 - 21 148.60 = 1 226 601.50 are left.
FCTVA_EXECUTED = {
    "securite-incendie": ("118942.10", "19511.26"),
    "accessibilite": ("76512.00", "12551.03"),
    "toiture-mairie": ("31200.00", "5118.05"),
    "alarmes-ppms": ("71448.36", "11720.39"),
    "creche": ("431207.35", "70735.25"),
    "jules-ferry": ("84318.00", "13831.52"),
    "mobilier-scolaire": ("17236.80", "2827.52"),
    "chaufferie-bois": ("12480.00", "2047.22"),
    "cybersecurite": ("43918.20", "7204.34"),
    "postes": ("35904.00", "5889.69"),
    "chaussees": ("303434.69", "49775.43"),  # of 324 583.29 paid
}


def test_what_the_fund_pays_of_what_was_paid_is_what_was_counted_by_hand() -> None:
    """201 211.70 in 2027, 37 857 less than of what was planned.

    In 2028 all that was carried over comes on top: 16.404 % of 189 567.90 are 31 096.72.
    """
    executed = as_executed()
    of_2027 = {r.project: str(r.amount) for r in fctva(executed) if r.year == 2027}
    assert of_2027 == {id: amount for id, (_, amount) in FCTVA_EXECUTED.items()}
    eligible = sum(Decimal(paid) for paid, _ in FCTVA_EXECUTED.values())
    assert eligible == Decimal("1257136.31") - Decimal("9386.21") - Decimal("21148.60")
    assert sum(map(Decimal, of_2027.values())) == Decimal("201211.70")
    assert Decimal("201211.70") - Decimal(FCTVA[2027]) == Decimal("-37857.00")
    of_2028 = sum(r.amount.cents for r in fctva(executed) if r.year == 2028)
    assert Decimal(of_2028) / 100 - Decimal(FCTVA[2028]) == Decimal("31096.72")


#: The account of 2025, as ``execution.md`` has it: of 1 601 280.50 opened, 1 488 780.50 are voted,
#: 20 000 of decisions, 92 500 carried in.
ACCOUNT = {
    "voted": "1488780.50",
    "changed": "20000.00",
    "carried_in": "92500.00",
    "opened": "1601280.50",
    "paid": "1257136.31",  # 78.5 %
    "carried_over": "189567.90",  # 90.3 % with it
    "lapsed": "154576.29",  # 110 000 of it the bridge
}


def test_the_account_of_2025_is_what_was_counted_by_hand(ppi: Ppi) -> None:
    """In all years projects cost 42 076.29 less than planned: + 20 000 - 154 576.29 + 92 500."""
    told = json.loads(ppi("execution", PLAN, "-f", "json").out)["years"][0]["total"]
    assert {name: told[name] for name in ACCOUNT} == ACCOUNT
    cost = [
        sum(
            each.amount.cents
            for project in plan.projects
            for each in project.costs
            if each.amount is not None and project.id != "geothermie"  # the variant not chosen
        )
        for plan in (the_plan(), as_executed())
    ]
    assert cost[1] - cost[0] == -4_207_629


def test_an_authorisation_is_what_was_counted_by_hand() -> None:
    schools, hall = programme_credits(the_plan())
    # 57 312.40 paid of 60, 165 + 1 790 + 1 395 and the 2 687.60 that are spread again: 3 410
    # 440 + 150 + 310 + 180 + 1 200 + 1 130 = 3 410
    assert str(schools.authorised.amount) == str(schools.distributed.amount) == "3410000.00"
    assert str(schools.financed.amount) == "3410000.00"
    assert str(schools.revisions) == "510000.00"
    assert str(schools.remaining.amount) == "3352687.60"  # 3 410 000 - 57 312.40
    assert str(hall.distributed.amount) == "2880000.00"  # 190 + 820 + 1 450 + 420


def test_one_year_is_over_its_net_ceiling_and_two_projects_have_no_money(ppi: Ppi) -> None:
    told = json.loads(ppi("afford", PLAN, "-f", "json").out)
    assert {y["year"]: y["net"] for y in told["years"]} == NET
    screen = ppi("afford", PLAN, "--width", "140").out
    assert "Centre technique municipal" in screen.split("\n\n")[-1]
    assert "École de musique" in screen.split("\n\n")[-1]


# --- every report --------------------------------------------------------------------------------

REPORTS: tuple[tuple[str, ...], ...] = (
    ("validate", "--strict", "--show-exceptions"),
    *(("totals", "--by", by) for by in ("theme", "project", "class")),
    *(("totals", "--by", by) for by in ("section", "account", "source")),
    ("totals", "--net"),
    ("totals", "--per", "quarter"),
    ("totals", "--across", "section"),
    ("totals", "--across", "source", "--by", "project"),
    ("totals", "--cumulative", "--percent"),
    ("totals", "--variant", "cible-chaleur=geothermie"),
    *(("totals", "--scenario", id) for id in ("prudent", "austerite", "ambition")),
    ("gantt", "--today", "2026-05-01"),
    ("matrix",),
    ("afford",),
    ("debt",),
    ("apcp",),
    ("variants",),
    ("compare",),
    ("trace", "source=fctva", "year=2028"),
    *(("list", kind) for kind in ("themes", "projects", "recommendations", "findings", "risks",
                                  "targets", "commitments", "context", "sources")),
)  # fmt: skip


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("report", REPORTS, ids=" ".join)
def test_every_report_runs_on_it(ppi: Ppi, report: tuple[str, ...], lang: str) -> None:
    result = ppi(*report, PLAN, "--lang", lang)
    assert (result.code, bool(result.out)) == (0, True), result.err


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_story_of_every_project_is_told(ppi: Ppi, lang: str) -> None:
    plan = the_plan()
    for project in plan.projects:
        assert ppi("show", project.id, PLAN, "--lang", lang).code == 0


def paid_by_the_town(ppi: Ppi, plan: Path, first: int, *more: str) -> dict[str, str | None]:
    """What is left to the town in each year, from a year up to 2030."""
    years = json.loads(ppi("afford", plan, "-f", "json", *more).out)["years"]
    return {each["year"]: each["net"] for each in years if first <= int(each["year"]) <= 2030}


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_it_differs_from_a_changed_copy_and_rolls_twice(ppi: Ppi, folder: Path, lang: str) -> None:
    copy = folder / "copy"
    copy.mkdir()
    for file in PLAN.glob("*.yaml"):
        text = file.read_text(encoding="utf-8").replace("amount: 860 k€", "amount: 910 k€")
        (copy / file.name).write_text(text, encoding="utf-8")
    differs = ppi("diff", PLAN, copy, "--lang", lang)
    assert differs.code == 0
    assert "jules-ferry" in differs.out

    assert ppi("roll", PLAN, folder / "next", "--lang", lang).code == 0
    assert ppi("roll", folder / "next", folder / "after", "--lang", lang).code == 0
    assert paid_by_the_town(ppi, PLAN, 2026, "--executed") == paid_by_the_town(
        ppi, folder / "next", 2026
    )
    assert paid_by_the_town(ppi, PLAN, 2027, "--executed") == paid_by_the_town(
        ppi, folder / "after", 2027
    )
    for rolled in ("next", "after"):
        assert ppi("validate", folder / rolled).code == 0
        assert ppi("totals", folder / rolled, "--lang", lang).code == 0
