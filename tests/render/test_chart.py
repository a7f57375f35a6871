"""The chart: one unit for all its amounts, room for titles, signs that are seen in any terminal."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.color import Color, ColorSystem

from ppi_cli.figures.selection import Selection
from ppi_cli.plan.model import plan_of
from ppi_cli.render.strip import Layout, class_sign, style_of_sign
from ppi_cli.reports.gantt import gantt
from ppi_cli.values.quarters import Years
from tests.conftest import DATA, Result

Run = Callable[..., Result]
FINANCE = DATA / "examples" / "finance"
TITLE = "Rénovation de l'école"


@pytest.fixture
def cents(folder: Path) -> str:
    """A plan of five years, with cents in its amounts."""
    (folder / "plan.yaml").write_text(
        f"""
plan: {{title: Plan de Blain, years: 2025..2029, tax: incl}}
themes: [{{id: ecoles, title: Écoles}}]
projects:
  - id: ecole
    theme: ecoles
    title: {TITLE}
    quarters: 2025..2026
    costs: [{{year: 2025, amount: "98 424,50 €"}}, {{year: 2026, amount: 1 509 k€}}]
""",
        encoding="utf-8",
    )
    return "plan.yaml"


def spaced(out: str) -> str:
    return out.replace("\u00a0", " ").replace("\u202f", " ")


def test_cents_take_no_room_from_titles(ppi: Run, cents: str) -> None:
    out = spaced(ppi("gantt", cents, "--width", "80").out)
    assert f" {TITLE} " in out
    assert "│  98+   │ 1 509+ │" in out
    assert "amounts are rounded to k€: ppi totals has them to the cent" in out


def test_where_there_is_room_amounts_are_exact(ppi: Run, cents: str) -> None:
    out = spaced(ppi("gantt", cents, "--width", "150").out)
    assert "98 424.50 €+" in out
    assert "1 607 424.50 €+" in out
    assert "rounded" not in out


@pytest.mark.parametrize(
    ("unit", "shown"), [("k€", "98 k€+"), ("M€", "0.10 M€+"), ("€", "98 424.50 €+")]
)
def test_all_amounts_are_in_the_unit_that_is_asked_for(
    ppi: Run, cents: str, unit: str, shown: str
) -> None:
    out = spaced(ppi("gantt", cents, "--unit", unit, "--width", "150").out)
    assert shown in out
    assert set(re.findall(r"\d ([kM]?€)", out)) == {unit}


@pytest.mark.parametrize("asked", [(), ("--year", "2026"), ("--class", "1"), ("--unit", "k€")])
@pytest.mark.parametrize("width", [60, 80, 100, 130, 200])
def test_a_chart_has_one_unit(ppi: Run, asked: tuple[str, ...], width: int) -> None:
    chart = spaced(ppi("gantt", FINANCE, *asked, "--width", str(width)).out)
    chart, _, notes = chart.rpartition("Active projects")
    beside = set(re.findall(r"\d ([kM]?€)", chart))
    above = set(re.findall("amounts in ([kM]?€)", notes))
    assert len(beside | above) <= 1


@pytest.mark.parametrize("width", [70, 80, 90, 100, 120])
def test_titles_keep_the_width_that_makes_them_worth_reading(ppi: Run, width: int) -> None:
    chart = ppi("gantt", FINANCE, "--width", str(width), "--lang", "en").out.splitlines()
    (line,) = (line for line in chart if "Groupe scolaire" in line)
    assert line.index("│") >= 20


def test_a_chart_of_some_projects_has_known_costs_only_in_all_its_sums() -> None:
    of = plan_of(
        {
            "plan": {"title": "P", "years": "2024..2025"},
            "themes": [{"id": "t", "title": "T", "envelope": {"2024": "200 k€"}}],
            "projects": [
                {
                    "id": "p",
                    "theme": "t",
                    "title": "P",
                    "priority": "1",
                    "quarters": "2024..2025",
                    "costs": [
                        {"year": "2024", "amount": "100 k€"},
                        {"year": "2025", "amount": "50 k€"},
                    ],
                }
            ],
        }
    )
    whole, some = gantt(of), gantt(of, Selection(class_=1))
    assert [figure.known_only for figure in whole.by_year.values()] == [False, True]
    (group,) = some.groups
    sums = [*some.by_year.values(), *some.by_quarter.values(), some.total]
    sums += [*group.by_year.values(), *group.by_quarter.values(), group.total]
    assert all(figure.known_only for figure in sums)
    assert all(
        f.known_only
        for f in gantt(of, Selection(class_=1, years=Years(2024, 2024))).by_year.values()
    )


def test_the_legend_says_which_costs_are_known(ppi: Run, folder: Path) -> None:
    out = ppi("gantt", FINANCE, "--class", "1", "--lang", "en").out
    assert "+ known costs only, of the projects of class 1: envelopes are for all" in out
    assert "no envelope is stated" not in out


# --- colours ------------------------------------------------------------------------------------


def luminance(style: str) -> float:
    """The relative luminance (WCAG 2) of one of the 256 colours that no palette changes."""
    (number,) = map(int, re.findall(r"color\((\d+)\)", style))
    if number >= 232:
        parts = [8 + 10 * (number - 232)] * 3
    else:
        parts = [(0, 95, 135, 175, 215, 255)[(number - 16) // n % 6] for n in (36, 6, 1)]
    linear = [(c / 255 / 12.92) if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in parts]
    return sum(part * weight for part, weight in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))


@pytest.mark.parametrize("number", [1, 2, 3, 4, 5, 6, 40])
def test_bars_and_their_signs_stand_out_in_any_terminal(number: int) -> None:
    """The sign is in the background's colour, on the bar: both have the same contrast."""
    _, bar = class_sign(number)
    assert style_of_sign(number) == f"bold reverse {bar}"
    for background in (0.0, 1.0):
        lighter, darker = sorted((luminance(bar), background), reverse=True)
        assert (lighter + 0.05) / (darker + 0.05) > 3.5


@pytest.mark.parametrize("number", [1, 2, 3, 4, 5])
def test_a_terminal_of_16_colours_shows_no_class_in_one_of_its_faint_ones(number: int) -> None:
    colour = Color.parse(class_sign(number)[1]).downgrade(ColorSystem.STANDARD)
    assert colour.number not in (0, 3, 7, 8, 11, 15)


def test_what_is_in_no_class_has_the_colours_of_the_terminal() -> None:
    assert (class_sign(None)[1], style_of_sign(None)) == ("dim", "bold reverse")


@pytest.mark.parametrize(("options", "sign"), [((), "→"), (("--ascii",), ">")])
def test_a_bar_that_goes_on_beyond_the_plan_ends_in_a_sign_that_the_legend_explains(
    ppi: Run, folder: Path, options: tuple[str, ...], sign: str
) -> None:
    (folder / "plan.yaml").write_text(
        "plan: {title: P, years: 2025..2026}\n"
        "themes: [{id: t, title: T}]\n"
        "projects:\n"
        "  - {id: hall, theme: t, title: Hall, quarters: 2026-Q3..2028-Q2,"
        " costs: {2026: 10 k€, beyond: 5 k€}}\n"
    )
    out = spaced(ppi("gantt", "plan.yaml", *options).out)
    (bar,) = [line for line in out.splitlines() if line.startswith(" Hall")]
    assert f"{sign}  10 k" in bar
    assert f"  {sign} goes on after\n" in out


@pytest.mark.parametrize(
    ("years", "width", "longest", "title", "quarter"),
    [
        (5, 80, 40, 25, 2),  # 6 lines and 9 of money leave 65: 5 × 4 × 2 for quarters, 25
        (5, 120, 40, 30, 3),  # 105: 30 for a title, and 3 a quarter take 60
        (5, 200, 40, 40, 7),  # 185 leave quarters 7 wide, with all of the title
        (5, 200, 120, 44, 7),  # no title has more than 44
        (5, 60, 40, 25, 1),  # 45: 20 for quarters of one
        (1, 80, 40, 30, 9),  # 69: a year alone keeps 40 for its amounts, which leave 29
        (1, 120, 40, 40, 12),  # no quarter is wider than 12
        (2, 80, 10, 10, 7),  # a short title takes what it needs
    ],
)
def test_a_chart_parts_its_width_among_titles_quarters_and_money(
    years: int, width: int, longest: int, title: int, quarter: int
) -> None:
    """With amounts of 8 characters, of which a blank makes 9."""
    found = Layout.fitting(width, years, longest, 8)
    assert found == Layout(title, quarter, 9, years)


def test_where_a_chart_does_not_fit_money_goes_first_and_then_it_is_wider() -> None:
    """Ten years in 60: 40 of quarters, 11 lines and 16 of a title are more than that."""
    assert Layout.fitting(60, 10, 40, 8) == Layout(16, 1, 0, 10)
    assert Layout.fitting(60, 10, 40, 8).width == 16 + 10 * 5 + 1


@pytest.mark.parametrize(
    ("number", "sign"), [(1, "1"), (9, "9"), (10, "a"), (35, "z"), (36, "+"), (400, "+")]
)
def test_each_class_has_one_sign(number: int, sign: str) -> None:
    assert class_sign(number)[0] == sign


def test_a_theme_has_all_of_its_title_where_it_is_longer_than_those_below_it(
    ppi: Run, folder: Path
) -> None:
    title = "Écoles, crèches et cantines"
    (folder / "plan.yaml").write_text(
        f"""
plan: {{title: P, years: 2025..2026, tax: incl}}
themes: [{{id: a, title: "{title}"}}]
projects: [{{id: p, theme: a, title: P, quarters: 2025, costs: {{2025: 5 k€}}}}]
""",
        encoding="utf-8",
    )
    assert f"{title} │" in ppi("gantt", "plan.yaml", "--width", "120").out
