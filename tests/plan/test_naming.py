"""What a project says of itself in words, and how it is named by its number."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Result

Run = Callable[..., Result]
TOWN = """\
plan: {title: Town, years: 2025..2026, tax: incl, language: en}
themes: [{id: t, title: T}]
projects:
  - id: halle
    number: 2024-07
    theme: t
    title: Halle
    lead: Buildings
    location: Market square
    description: |
      A hall of wood.

      Open all the year.
    quarters: 2025
    costs: {2025: 100 k€}
  - {id: rue, number: 2024-08, theme: t, title: Rue, lead: Mme Roux, quarters: 2025,
     costs: {2025: 10 k€}}
  - {id: 2024-09, theme: t, title: Named so, quarters: 2025, costs: {2025: 1 k€}}
  - {id: place, number: 2024-09, theme: t, title: Place, quarters: 2025, costs: {2025: 4 k€}}
"""


@pytest.fixture
def town(folder: Path) -> Path:
    (folder / "plan.yaml").write_text(TOWN, encoding="utf-8")
    return folder / "plan.yaml"


def test_paragraphs_stay_as_they_are_written(ppi: Run, town: Path) -> None:
    found = json.loads(ppi("show", "halle", town, "-f", "json").out)
    assert found["description"] == "A hall of wood.\n\nOpen all the year."
    assert (found["lead"], found["location"]) == ("Buildings", "Market square")
    lines = [line.strip() for line in ppi("show", "halle", town).out.splitlines()]
    first = lines.index("Description   A hall of wood.")
    assert lines[first + 1 : first + 3] == ["", "Open all the year."]


@pytest.mark.parametrize(
    ("by_number", "by_id"),
    [
        (("show", "2024-07"), ("show", "halle")),
        (("totals", "--project", "2024-07"), ("totals", "--project", "halle")),
        (("totals", "--drop", "2024-07"), ("totals", "--drop", "halle")),
        (("totals", "--shift", "2024-07=2"), ("totals", "--shift", "halle=2")),
        (("trace", "project=2024-07"), ("trace", "project=halle")),
        (("show", "2024-09"), ("show", "2024-09")),  # an id comes before a number
    ],
    ids=lambda words: " ".join(words),
)
def test_a_project_is_named_by_its_number_too(
    ppi: Run, town: Path, by_number: tuple[str, ...], by_id: tuple[str, ...]
) -> None:
    assert ppi(*by_number, town).out == ppi(*by_id, town).out != ""


def test_the_number_of_several_projects_is_refused(ppi: Run, town: Path) -> None:
    town.write_text(TOWN.replace("2024-08", "2024-07"), encoding="utf-8")
    for arguments in (("show", "2024-07"), ("totals", "--drop", "2024-07")):
        result = ppi(*arguments, town)
        assert (result.code, result.out) == (2, "")
        assert "several projects have the number “2024-07”" in result.err
        assert "name one by its id: halle, rue" in result.err


def test_who_leads_what(ppi: Run, town: Path) -> None:
    found = json.loads(ppi("totals", "--by", "lead", town, "-f", "json").out)
    rows = {row["id"]: row["total"] for row in found["rows"]}
    assert rows == {"Buildings": "100000.00", "Mme Roux": "10000.00", "no_lead": "5000.00"}
    of_one = json.loads(ppi("list", "projects", "--lead", "Buildings", town, "-f", "json").out)
    assert [row["id"] for row in of_one["rows"]] == ["halle"]


def test_columns_of_number_and_lead_stand_where_any_project_has_one(ppi: Run, town: Path) -> None:
    assert ppi("list", "projects", town, "-f", "csv").out.startswith("id,title,number,theme,lead,")
    town.write_text("".join(TOWN.splitlines(keepends=True)[:3]) + "  - {id: a, theme: t, title: A}")
    assert ppi("list", "projects", town, "-f", "csv").out.startswith("id,title,theme,class,")


def test_what_a_project_waits_for_is_there_for_programs(ppi: Run, folder: Path) -> None:
    (folder / "plan.yaml").write_text(
        """
plan: {title: P, years: 2025..2026, tax: incl}
themes: [{id: t, title: T}]
projects:
  - {id: hall, theme: t, title: Hall, quarters: 2026,
     not_before: {quarter: 2025-Q3, reason: the permit}, costs: {2026: 5 k€}}
""",
        encoding="utf-8",
    )
    found = json.loads(ppi("show", "hall", "plan.yaml", "-f", "json").out)
    assert found["not_before"] == {"quarter": "2025-Q3", "reason": "the permit"}
