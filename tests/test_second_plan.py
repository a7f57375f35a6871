"""A second, fictional plan, in ``second_plan/``: 60 projects, 6 themes, 6 years, every notation.

The figures below were added up apart from the program, from the files alone.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from ppi_cli.export import WRITERS
from tests.conftest import Result

Ppi: TypeAlias = Callable[..., Result]

PLAN = Path(__file__).parent / "second_plan"
YEARS = ("2024", "2025", "2026", "2027", "2028", "2029")

#: By year, then over all years; ``None``: nothing is stated.
Figures: TypeAlias = tuple[str | None, ...]

TOTAL: Figures = (
    "2971641.69", "4839985.26", "3872770.00", "2656600.00", "1767450.00", "1019200.00",
    "17127646.95",
)  # fmt: skip

BY_THEME: Mapping[str, Figures] = {
    "batiments": (
        "611812.90", "1738000.00", "615450.75", "257549.25", "405000.00", "520000.00",
        "4147812.90",
    ),
    "ecoles": ("640000.00", "1500000.00", "1350000.00", "480000.00", None, None, "3970000.00"),
    "voirie": (
        "780000.00", "850000.00", "850000.00", "800000.00", "800000.00", "0.00", "4080000.00",
    ),
    "cadre-de-vie": (
        "465678.91", "219251.24", "533749.25", "245000.00", "232450.00", "275000.00",
        "1971129.40",
    ),
    "sports-culture": (
        "260000.00", "300000.00", "320000.00", "694050.75", "180000.00", "14200.00",
        "1768250.75",
    ),
    "numerique": (
        "214149.88", "232734.02", "203570.00", "180000.00", "150000.00", "210000.00",
        "1190453.90",
    ),
}  # fmt: skip

BY_CLASS: Mapping[str, Figures] = {
    "1": ("1059332.05", "185250.25", "205000.00", None, None, None, "1449582.30"),
    "2": ("1640000.01", "3807444.11", "1729123.23", None, None, None, "7176567.35"),
    "3": (
        None, "775251.24", "1911170.00", "1874600.00", "680000.00", "69200.00", "5310221.24",
    ),
    "4": (None, None, None, "455000.00", "967450.00", "950000.00", "2372450.00"),
    "not_split": (
        "272309.63", "72039.66", "52666.67", "327000.00", "120000.00", "0.00", "844015.96",
    ),
    "excess": (None, None, "-25189.90", None, None, None, "-25189.90"),
}  # fmt: skip

#: The years that have a cost; what is not here is not stated.
BY_PROJECT: Mapping[str, Mapping[int, str]] = {
    "ssi-hotel-de-ville": {2024: "160512.40"},
    "amiante-ateliers": {2024: "96300.50"},
    "chaudieres": {2024: "85000.00", 2025: "620000.00", 2026: "410000.00"},
    "isolation-mairie-annexe": {2024: "30000.00", 2025: "1100000.00"},
    "centre-technique": {2024: "240000.00"},
    "toiture-eglise": {2026: "187450.75", 2027: "212549.25"},
    "cimetiere": {2025: "18000.00", 2026: "18000.00"},
    "ombrieres": {2027: "45000.00", 2028: "330000.00"},
    "maison-des-associations": {2028: "75000.00", 2029: "520000.00"},
    "local-archives": {},
    "alarmes-ecoles": {2024: "63000.12"},
    "amiante-jean-mace": {2024: "118250.00"},
    "extension-curie": {2024: "210000.00", 2025: "985000.00", 2026: "890000.00"},
    "restaurant-scolaire": {2025: "350000.00", 2026: "272333.33"},
    "creche-les-lutins": {2024: "137000.00"},
    "cours-oasis-1": {2025: "120000.00", 2026: "40000.00"},
    "cours-oasis-2": {2026: "95000.00", 2027: "65000.00"},
    "mobilier-scolaire": {2025: "24999.99", 2026: "25000.00", 2027: "25000.00"},
    "stores-et-ventilation": {2027: "160000.00"},
    "ecole-du-lac": {2027: "60000.00"},
    "pont-des-lavandieres": {2025: "155750.25", 2026: "205000.00"},
    "mur-quai-nord": {2024: "318000.00"},
    "piste-gare": {2024: "90000.00", 2025: "260000.00"},
    "piste-orne": {2025: "143210.10", 2026: "156789.90"},
    "rue-de-verdun": {2024: "285000.00", 2025: "41000.00"},
    "programme-chaussees": {
        2025: "180000.00", 2026: "300000.00", 2027: "400000.00", 2028: "400000.00",
    },
    "eclairage-led": {2025: "50000.00", 2026: "125000.00", 2027: "125000.00"},
    "arrets-de-bus": {2026: "88400.00", 2027: "90000.00", 2028: "45000.00"},
    "passerelle-moulin": {2027: "35000.00", 2028: "290000.00"},
    "parking-relais": {},
    "aires-de-jeux": {2024: "45678.90"},
    "digue-prairie": {2024: "40000.00", 2025: "20000.00"},
    "parc-tanneries": {2024: "380000.01", 2025: "94999.99"},
    "plantation-1000-arbres": {2025: "40000.00", 2026: "40000.00", 2027: "40000.00"},
    "place-du-marche": {2025: "50000.50", 2026: "460000.00"},
    "jardins-familiaux": {2025: "8000.00", 2026: "27500.00"},
    "composteurs": {2025: "6250.75", 2026: "6249.25"},
    "fontaine": {2027: "55000.00", 2028: "20000.00"},
    "ilot-saint-jean": {2027: "150000.00", 2028: "150000.00", 2029: "75000.00"},
    "rives-orne": {2028: "62450.00", 2029: "200000.00"},
    "tribune-stade": {2024: "87000.00"},
    "theatre-cintres": {2024: "61440.25"},
    "piscine-traitement": {2024: "55000.00", 2025: "140000.00"},
    "conservatoire": {2024: "38000.00"},
    "halle-des-sports": {
        2025: "70000.00", 2026: "230000.00", 2027: "500000.00", 2028: "180000.00",
        2029: "14200.00",
    },
    "terrain-synthetique": {2025: "60000.00", 2026: "65000.00"},
    "city-stade": {2027: "84050.75"},
    "fonds-mediatheque": {2025: "15000.00", 2026: "15000.00"},
    "mediatheque-extension": {2027: "110000.00"},
    "micro-folie": {},
    "sauvegardes": {2024: "41149.88"},
    "annuaire": {2024: "28000.00", 2025: "9500.00"},
    "telephonie-ip": {2024: "66000.00"},
    "fibre-batiments": {2024: "24000.00", 2025: "73234.02"},
    "portail-usagers": {2025: "60000.00", 2026: "22000.00"},
    "ged": {2025: "18000.00", 2026: "31570.00", 2027: "12000.00"},
    "postes": {
        2025: "55000.00", 2026: "55000.00", 2027: "55000.00", 2028: "55000.00",
        2029: "55000.00",
    },
    "videoprotection": {2026: "80000.00", 2027: "70000.00"},
    "panneaux-information": {2027: "36000.00"},
    "jumeau-numerique": {2028: "40000.00", 2029: "155000.00"},
}  # fmt: skip

#: Of ``totals --by project``: what envelopes leave to no project, and what passes them.
BESIDE_PROJECTS: Mapping[str, Mapping[int, str]] = {
    "ecoles/not_split": {
        2024: "111749.88", 2025: "20000.01", 2026: "27666.67", 2027: "170000.00",
    },
    "voirie/not_split": {
        2024: "87000.00", 2025: "20039.65", 2027: "150000.00", 2028: "65000.00", 2029: "0.00",
    },
    "voirie/excess": {2026: "-25189.90"},
    "sports-culture/not_split": {2024: "18559.75", 2025: "15000.00", 2026: "10000.00"},
    "numerique/not_split": {
        2024: "55000.00", 2025: "17000.00", 2026: "15000.00", 2027: "7000.00", 2028: "55000.00",
    },
}  # fmt: skip

#: A cost given for a quarter stays there; a year's is spread over the quarters of work, the
#: remainder on the last ones.
BY_QUARTER: Mapping[str, Mapping[str, str]] = {
    "ssi-hotel-de-ville": {"2024-Q1": "12000.00", "2024-Q3": "148512.40"},
    "amiante-ateliers": {"2024-Q2": "32100.16", "2024-Q3": "32100.17", "2024-Q4": "32100.17"},
    "chaudieres": {
        "2024-Q4": "85000.00",
        "2025-Q1": "206666.66", "2025-Q2": "206666.67", "2025-Q4": "206666.67",
        "2026-Q1": "136666.66", "2026-Q2": "136666.67", "2026-Q3": "136666.67",
    },
    "pont-des-lavandieres": {
        "2025-Q2": "60000.00", "2025-Q3": "95750.25", "2026-Q2": "102500.00",
        "2026-Q3": "102500.00",
    },
    "place-du-marche": {
        "2025-Q3": "15750.50", "2025-Q4": "34250.00", "2026-Q1": "115000.00",
        "2026-Q2": "115000.00", "2026-Q3": "115000.00", "2026-Q4": "115000.00",
    },
    "piste-orne": {
        "2025-Q1": "47736.70", "2025-Q3": "47736.70", "2025-Q4": "47736.70",
        "2026-Q1": "78394.95", "2026-Q2": "78394.95",
    },
    "rue-de-verdun": {
        "2024-Q1": "71250.00", "2024-Q2": "71250.00", "2024-Q3": "71250.00",
        "2024-Q4": "71250.00", "2025-Q1": "41000.00",
    },
}  # fmt: skip

REPORTS: Sequence[tuple[str, ...]] = (
    *(("totals", "--by", by) for by in ("theme", "project", "class")),
    ("totals", "--per", "quarter"),
    ("totals", "--year", "2026"),
    ("gantt",),
    ("gantt", "--year", "2025", "--all"),
    ("matrix",),
    ("show", "halle-des-sports"),
    ("list", "projects"),
    ("list", "targets"),
)

LISTED = {
    "themes": 6,
    "projects": 60,
    "recommendations": 13,
    "findings": 3,
    "risks": 2,
    "targets": 3,
    "commitments": 2,
    "context": 2,
}


def payload(ppi: Ppi, command: str, *arguments: str) -> Any:
    result = ppi(*command.split(), PLAN, *arguments, "--format", "json")
    assert (result.code, result.err) == (0, "")
    return json.loads(result.out)


def rows(totals: Any) -> dict[str, Figures]:
    return {
        row["id"]: (*(row["amounts"][period] for period in totals["periods"]), row["total"])
        for row in (*totals["rows"], {"id": "total", **totals["total"]})
    }


def by_years(cells: Mapping[int, str]) -> Figures:
    amounts = (*(cells.get(int(year)) for year in YEARS),)
    return (*amounts, summed(amounts))


def summed(amounts: Sequence[str | None]) -> str | None:
    """The sum of what is stated, exactly."""
    stated = [Decimal(amount) for amount in amounts if amount is not None]
    return str(sum(stated, Decimal("0.00"))) if stated else None


def titles(ppi: Ppi) -> list[str]:
    """The title of every project, from the tool's own list."""
    return [row["title"] for row in payload(ppi, "list projects")["rows"]]


# --- the figures ---------------------------------------------------------------------------------


def test_the_plan_has_nothing_to_mend(ppi: Ppi) -> None:
    found = json.loads(ppi("validate", PLAN, "--format", "json").out)
    assert found["valid"]
    assert found["counts"] == {"error": 0, "warning": 0, "info": 1}
    assert [d["code"] for d in found["diagnostics"]] == ["PPI404"]  # the school's year left blank


def test_every_exception_sets_one_finding_aside(ppi: Ppi) -> None:
    result = ppi("validate", PLAN, "--lang", "en")
    assert result.code == 0
    assert "8 files, 60 projects" in result.out
    assert "5 findings are set aside" in result.out


def test_totals_by_theme(ppi: Ppi) -> None:
    found = payload(ppi, "totals")
    assert found["periods"] == list(YEARS)
    assert rows(found) == {**BY_THEME, "total": TOTAL}


def test_totals_by_class(ppi: Ppi) -> None:
    assert rows(payload(ppi, "totals", "--by", "class")) == {**BY_CLASS, "total": TOTAL}


def test_totals_by_project(ppi: Ppi) -> None:
    expected = {id: by_years(cells) for id, cells in {**BY_PROJECT, **BESIDE_PROJECTS}.items()}
    assert rows(payload(ppi, "totals", "--by", "project")) == {**expected, "total": TOTAL}


@pytest.mark.parametrize("id", BY_QUARTER)
def test_quarters_of_a_project(ppi: Ppi, id: str) -> None:
    found = payload(ppi, "totals", "--by", "project", "--per", "quarter")
    row = next(row for row in found["rows"] if row["id"] == id)
    stated = {quarter: amount for quarter, amount in row["amounts"].items() if amount is not None}
    assert stated == BY_QUARTER[id]


@pytest.mark.parametrize("by", ["theme", "project", "class"])
def test_quarters_sum_to_their_year_in_every_row(ppi: Ppi, by: str) -> None:
    yearly = rows(payload(ppi, "totals", "--by", by))
    quarterly = payload(ppi, "totals", "--by", by, "--per", "quarter")
    assert len(quarterly["periods"]) == 24
    for row in (*quarterly["rows"], {"id": "total", **quarterly["total"]}):
        amounts = list(row["amounts"].values())
        summed_up = (*(summed(amounts[i : i + 4]) for i in range(0, 24, 4)), row["total"])
        assert summed_up == yearly[row["id"]]


@pytest.mark.parametrize("year", YEARS)
def test_one_year_is_the_same_as_its_column(ppi: Ppi, year: str) -> None:
    i = YEARS.index(year)
    found = rows(payload(ppi, "totals", "--year", year))
    expected = {id: (cells[i], cells[i]) for id, cells in {**BY_THEME, "total": TOTAL}.items()}
    assert found == expected


def test_printed_totals_agree_rounded_as_they_say(ppi: Ppi) -> None:
    checks = payload(ppi, "totals")["stated_totals"]
    assert len(checks) == 7 + 5 + 7
    assert all(check["agrees"] for check in checks)


@pytest.mark.parametrize("per", ["year", "quarter"])
@pytest.mark.parametrize("by", ["theme", "project", "class"])
def test_csv_and_json_say_the_same_to_the_cent(ppi: Ppi, by: str, per: str) -> None:
    found = payload(ppi, "totals", "--by", by, "--per", per)
    text = ppi("totals", PLAN, "--by", by, "--per", per, "--format", "csv").out
    names = [*found["periods"], "total"]
    cells = [tuple(line[n] or None for n in names) for line in csv.DictReader(io.StringIO(text))]
    assert cells == list(rows(found).values())
    for column in zip(*cells, strict=True):
        assert summed(column[:-1]) == column[-1]  # each period, and the total, add up


# --- every command, format and width --------------------------------------------------------------


@pytest.mark.parametrize("report", REPORTS, ids=" ".join)
def test_every_format_writes_every_report(ppi: Ppi, report: tuple[str, ...]) -> None:
    for format in WRITERS:
        result = ppi(*report, PLAN, "--format", format)
        assert (result.code, result.err) == (0, ""), format
        assert result.out.endswith("\n"), format
        if format == "json":
            assert json.loads(result.out)["format_version"] == "1.0"
        elif format == "csv":
            lines = list(csv.reader(io.StringIO(result.out)))
            assert len({len(line) for line in lines}) == 1
        elif format == "tsv":
            head, *lines = (line.split("\t") for line in result.out.splitlines())
            assert max(map(len, lines)) <= len(head)


@pytest.mark.parametrize("width", [80, 140])
@pytest.mark.parametrize("report", [r for r in REPORTS if "list" not in r], ids=" ".join)
def test_a_terminal_is_not_passed(ppi: Ppi, report: tuple[str, ...], width: int) -> None:
    result = ppi(*report, PLAN, "--width", str(width))
    assert (result.code, result.err) == (0, "")
    assert max(len(line) for line in result.out.splitlines()) <= width


@pytest.mark.parametrize("report", REPORTS, ids=" ".join)
def test_a_narrow_terminal_gets_every_report(ppi: Ppi, report: tuple[str, ...]) -> None:
    result = ppi(*report, PLAN, "--width", "60")
    assert (result.code, result.err) == (0, "")
    assert result.out


@pytest.mark.parametrize("width", [60, 80, 140])
def test_amounts_are_whole_at_every_width(ppi: Ppi, width: int) -> None:
    shown = without_spaces(ppi("totals", PLAN, "--lang", "en", "--width", str(width)).out)
    for row in (*BY_THEME.values(), TOTAL):
        for amount in row:
            if amount is not None:
                whole, _, cents = amount.partition(".")
                digits = rf"{whole}(\.{cents})" + "?" * (cents == "00")
                assert re.search(rf"│~?{digits}€?[*+!]*│", shown), amount
    assert "€+│" in shown or ",in€" in shown


@pytest.mark.parametrize(
    "report", [r for r in REPORTS if r[0] in ("totals", "matrix", "show", "list")], ids=" ".join
)
def test_a_pipe_truncates_nothing(
    ppi: Ppi, monkeypatch: pytest.MonkeyPatch, report: tuple[str, ...]
) -> None:
    monkeypatch.delenv("COLUMNS")
    result = ppi(*report, PLAN)
    assert "…" not in result.out
    if "project" in report or "projects" in report:
        assert all(title in result.out for title in titles(ppi))


@pytest.mark.parametrize("year", YEARS)
def test_a_year_of_the_chart_shows_the_projects_at_work(ppi: Ppi, year: str) -> None:
    whole = payload(ppi, "gantt")["rows"]
    assert len(whole) == 60
    working = [row["id"] for row in whole if any(q.startswith(year) for q in row["active"])]
    assert working
    assert [row["id"] for row in payload(ppi, "gantt", "--year", year)["rows"]] == working


def test_work_pauses_and_begins_before_the_plan(ppi: Ppi) -> None:
    active = {row["id"]: row["active"] for row in payload(ppi, "gantt")["rows"]}
    assert active["piste-orne"] == ["2025-Q1", "2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2"]
    assert active["centre-technique"] == ["2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4"]
    assert active["local-archives"] == []


def test_the_matrix_says_which_order_is_late_and_why_others_are_not_judged(ppi: Ppi) -> None:
    found = payload(ppi, "matrix")
    assert [len(c["recommendations"]) for c in found["classes"]] == [4, 3, 4, 2]
    assert found["order_holds"]
    assert found["excepted"] == 1  # the bridge is late, by an exception of the plan
    assert [len(c["stated"]) for c in found["classes"]] == [1, 7, 11, 9]


@pytest.mark.parametrize(("kind", "count"), LISTED.items())
def test_each_kind_is_listed(ppi: Ppi, kind: str, count: int) -> None:
    assert len(payload(ppi, f"list {kind}")["rows"]) == count
    assert ppi("list", kind, PLAN).code == 0


def test_a_blank_cost_is_shown_as_not_stated(ppi: Ppi) -> None:
    shown = without_spaces(ppi("show", "cimetiere", PLAN, "--lang", "en").out)
    assert "Costin2027—Knowncosts36k€" in shown


def test_costs_of_one_year_add_up_with_a_negative_one(ppi: Ppi) -> None:
    costs = payload(ppi, "show creche-les-lutins")["costs"]
    assert [cost["amount"] for cost in costs] == ["149000.00", "-12000.00"]
    assert [cost["source"] for cost in costs] == ["situation n° 6", "pénalités de retard"]


def test_each_project_is_shown_with_its_costs(ppi: Ppi) -> None:
    for id, title in zip(BY_PROJECT, titles(ppi), strict=True):
        result = ppi("show", id, PLAN, "--lang", "en")
        assert (result.code, result.err) == (0, ""), id
        shown = without_spaces(result.out)
        assert without_spaces(title) in shown, id
        *years, whole = by_years(BY_PROJECT[id])
        for year, amount in zip(YEARS, years, strict=True):
            assert amount is None or year in COST_OF_YEAR.findall(shown), id
        if whole is not None:
            sums = {whole.removesuffix(".00") + "€", in_coarsest_unit(whole)}
            assert any(f"costs{amount}" in shown for amount in sums), id
        assert len({*re.findall(r"\d(k?€)", shown)}) <= 1, id


COST_OF_YEAR = re.compile("Costin(?:Q[1-4])?([0-9]{4})")


def in_coarsest_unit(amount: str) -> str:
    thousands = amount.removesuffix("000.00")
    return f"{thousands}k€" if thousands != amount else f"{amount.removesuffix('.00')}€"


def without_spaces(text: str) -> str:
    return re.sub(r"[ \n\u00a0\u202f]", "", text)
