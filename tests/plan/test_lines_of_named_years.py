"""Lines of money in a plan of fiscal years, in thousands: the same plan, written short."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from ppi_cli.changes.difference import difference
from ppi_cli.figures.totals import Row, totals
from ppi_cli.plan.model import Plan
from ppi_cli.source.files import SourceFile
from ppi_cli.source.read import Reading, readings_of
from ppi_cli.source.roll import rolled_files
from ppi_cli.versions.scenarios import worked_out
from ppi_cli.words.language import Language
from tests.conftest import Result
from tests.plans import examined

SHORT = """\
plan:
  title: Schools
  years: FY2026..FY2029
  unit: k€
  tax: incl
  rate: 20 %
  fiscal_year: {begins: July, named: FY2026}
funders: [{id: detr, title: DETR}]
themes: [{id: ecoles, title: Écoles, envelope: {FY2026: 30, FY27: 10, 2028: 5}}]
projects:
  - id: cantine
    title: Cantine
    theme: ecoles
    quarters: FY2025-Q3..FY2032-Q2
    costs:
      - {label: Travaux, before: 40, FY2026: 20, FY2026-Q4: 5, beyond: 10}
      - {label: Études, tax: excl, before: {FY2024: 1, FY25: 2}, FY2027: 2, unplanned: 3}
    funding: {from: detr, before: 5, FY2026: 10, beyond: {FY2032: 1.5}}
"""

LONG = """\
plan:
  title: Schools
  years: 2026..2029
  tax: incl
funders: [{id: detr, title: DETR}]
themes: [{id: ecoles, title: Écoles, envelope: {2026: 30 k€, 2027: 10 k€, 2028: 5 k€}}]
projects:
  - id: cantine
    title: Cantine
    theme: ecoles
    quarters: 2025-Q3..2032-Q2
    costs:
      - {label: Travaux, before: 40 k€}
      - {label: Travaux, year: 2026, amount: 20 k€}
      - {label: Travaux, quarter: 2026-Q4, amount: 5 k€}
      - {label: Travaux, beyond: 10 k€}
      - {label: Études, before: 3600 €}
      - {label: Études, tax: excl, rate: 20 %, year: 2027, amount: 2 k€}
      - {label: Études, unplanned: 3600 €}
    funding:
      - {from: detr, before: 5 k€}
      - {from: detr, year: 2026, amount: 10 k€}
      - {from: detr, beyond: 1500 €}
"""


def reading(text: str) -> Reading:
    (read,) = readings_of("plan", [SourceFile("plan/plan.yaml", text)])
    assert not read.findings
    return read


def worked(read: Reading) -> Plan:
    assert read.plan is not None
    return worked_out(read.plan).plan


def rows_of(plan: Plan) -> list[Row]:
    found = totals(plan, "project", net=True)
    unplanned = () if found.unplanned is None else (found.unplanned,)
    return [*found.rows, *found.wholes, *unplanned]


def test_it_has_the_figures_of_the_calendar_plan_written_out() -> None:
    short, long = worked(reading(SHORT)), worked(reading(LONG))
    assert rows_of(short) == rows_of(long)
    columns = totals(short).total
    figures = (columns.before, columns.total, columns.beyond, columns.whole)
    assert [str(figure.amount) for figure in figures if figure is not None] == [
        "43600.00",  # 40 k€, and 3 k€ with taxes of the usual 20 %
        "45000.00",
        "10000.00",
        "98600.00",
    ]


def test_between_the_two_only_their_headers_differ() -> None:
    for old, new in ((SHORT, LONG), (LONG, SHORT)):
        found = difference(worked(reading(old)), worked(reading(new)))
        places = {change.path for _, change in found.changes}
        assert places == {("plan", "fiscal_year"), ("plan", "rate")}


def test_next_years_plans_have_the_same_figures_and_the_short_one_stays_short() -> None:
    files = [rolled_files(reading(text))["plan.yaml"] for text in (SHORT, LONG)]
    short, long = (worked(reading(text)) for text in files)
    assert rows_of(short) == rows_of(long)
    assert "years: FY2027..FY2030\n" in files[0]
    assert "{label: Travaux, before: 65 k€, beyond: 10}" in files[0]
    assert "before: {FY2024: 1, FY25: 2}, FY2027: 2, unplanned: 3}" in files[0]
    assert "before: 15 k€" in files[0]


def test_what_a_year_before_the_plan_gains_is_written_by_its_name() -> None:
    text = SHORT.replace("FY2027: 2, unplanned", "FY2026: 2, unplanned")
    new = rolled_files(reading(text))["plan.yaml"]
    assert "before: {FY2024: 1200 €, FY25: 2400 €, FY2026: 2400 €}" in new  # with their taxes


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            "costs: {FY2026..FY2028: 60}",
            "{years: FY2026..FY2028, each_year: 60} if that is paid in each year",
        ),
        ("costs: {FY2026: 3, year: FY2027, amount: 5}", "“year” does not go with “FY2026”"),
        ("costs: {FY2026-Q4: 3, Q4 FY2026: 5}", "“Q4 FY2026” is the same as “FY2026-Q4” above"),
        ("costs: {FY2026: 3, 2026: 5}", "“2026” is written twice"),
        ("costs: {FY2026-Q5: 3}", "“FY2026-Q5” is neither a year nor a quarter"),
        ("costs: {FY2035: 3}", "write beyond: {FY2035: …}"),
        ("costs: {before: {FY2027: 3}}", "FY2027 is not before the plan's first year, FY2026"),
        ("costs: {before: {FY2027: 3}}", "write FY2027: …"),
        ("funding: {from: detr, FY2028: 3, until: FY2027}", "cannot come in FY2028, after FY2027"),
    ],
)
def test_what_is_refused_is_told_in_the_names_of_the_plan(line: str, said: str) -> None:
    text = SHORT[: SHORT.index("    costs:")] + f"    {line}\n"
    found = examined(text).diagnostics
    english = Language("en", notation=reading(SHORT).tree.notation)
    told = [english.say(each) for d in found for each in (d.message, d.help) if each is not None]
    assert any(said in each for each in told), told


def test_a_name_of_a_year_as_a_period_is_answered_with_where_names_are_told() -> None:
    text = LONG.replace("year: 2026, amount: 20 k€", "FY2026: 20 k€")
    (found,) = [d for d in examined(text).diagnostics if d.severity == "error"]
    assert found.code == "PPI104"
    assert found.help is not None
    assert "{begins: July, named: FY2024}" in Language("en").say(found.help)


def test_of_a_header_that_cannot_be_read_one_finding_tells_not_the_lines_too() -> None:
    text = SHORT.replace("begins: July", "begins: summer")
    assert [d.code for d in examined(text).diagnostics if d.severity == "error"] == ["PPI104"]


def test_what_lies_outside_is_named_in_words_and_years_by_their_names(
    ppi: Callable[..., Result], tmp_path: Path
) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_text(SHORT, encoding="utf-8")
    out = re.sub("[ \u00a0\u202f]+", " ", ppi("trace", "year=before", str(plan)).out)
    assert "The amounts of the time before the plan" in out
    assert "of FY2024, 1 k€ and taxes of 20 %" in out
    assert "cost of Cantine, Q4 FY2026" in re.sub(
        "[ \u00a0\u202f]+", " ", ppi("trace", "year=FY2026", str(plan)).out
    )
    columns = ppi("totals", str(plan), "--width", "200", "--lang", "fr").out
    assert re.search("Avant .* FY2026 .* FY2029 .* Total .* Au-delà", columns)


HEADER = (
    "plan: {title: P, years: 2026..2028, tax: excl, currency: USD, unit: k$,"
    " fiscal_year: {begins: July, named: FY2026}}\n"
)


@pytest.mark.parametrize(
    ("envelope", "told"),
    [
        (
            "FY2026..FY2027: 40",
            [
                "an amount of “FY2026..FY2027” can be read in two ways: write FY2026: 40,"
                " FY2027: 40 if that is the amount of each year, FY2026: 20 k$, FY2027: 20 k$ if"
                " that is the whole"
            ],
        ),
        ("FY2026: 40, 2026: abc", ["“2026” is written twice: keep one of them"]),
    ],
)
def test_an_envelope_by_the_names_of_years(envelope: str, told: list[str]) -> None:
    """Of two amounts of one year the first is looked at, and the second only told of."""
    text = f"{HEADER}themes: [{{id: a, title: A, envelope: {{{envelope}}}}}]\n"
    say = Language("en").say
    errors = [each for each in examined(text).diagnostics if each.severity == "error"]
    assert [f"{say(e.message)}: {e.help and say(e.help)}" for e in errors] == told
