"""Whole screens of the real plan, kept as files in ``tests/kept`` and read before they are."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Result

SCREENS = {
    "totals": ["totals"],
    "totals-by-project": ["totals", "--by", "project"],
    "totals-by-class": ["totals", "--by", "class"],
    "totals-per-quarter-2016": ["totals", "--per", "quarter", "--year", "2016"],
    "totals-cumulative": ["totals", "--cumulative"],
    "totals-percent": ["totals", "--percent"],
    "totals-transpose": ["totals", "--transpose"],
    "gantt": ["gantt", "--today", "2016-02-15"],
    "gantt-2017-2018": ["gantt", "--from", "2017", "--to", "2018", "--today", "2015-01-01"],
    "gantt-2017": ["gantt", "--year", "2017", "--today", "2017-05-15"],
    "gantt-theme": ["gantt", "--theme", "infrastructure", "--today", "2015-01-01"],
    "gantt-class": ["gantt", "--class", "1", "--today", "2015-01-01"],
    "matrix": ["matrix"],
    "show-reprise-activite": ["show", "reprise-activite"],
    "show-prestation": ["show", "prestation"],
    "list-targets": ["list", "targets"],
    "list-findings": ["list", "findings"],
    "list-commitments": ["list", "commitments"],
    "list-projects": ["list", "projects"],
    "validate": ["validate"],
}


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_of_80_columns(
    screen: str, lang: str, ppi: Callable[..., Result], deck: Path, kept: Callable[[str, str], None]
) -> None:
    result = ppi(*SCREENS[screen], "--lang", lang)
    assert result.err == ""
    kept(f"{lang}/{screen}.txt", result.out)


@pytest.mark.parametrize("screen", ["gantt", "gantt-2017", "totals", "matrix", "list-targets"])
def test_a_screen_of_140_columns(
    screen: str, ppi: Callable[..., Result], deck: Path, kept: Callable[[str, str], None]
) -> None:
    result = ppi(*SCREENS[screen], "--width", "140", "--lang", "fr")
    kept(f"wide/{screen}.txt", result.out)


@pytest.mark.parametrize("screen", ["gantt", "gantt-2017", "totals", "matrix"])
def test_a_screen_in_ascii_holds_nothing_else(
    screen: str, ppi: Callable[..., Result], deck: Path, kept: Callable[[str, str], None]
) -> None:
    result = ppi(*SCREENS[screen], "--ascii", "--lang", "fr")
    assert result.out.isascii()
    kept(f"ascii/{screen}.txt", result.out)


def test_what_is_found_in_colour(
    ppi: Callable[..., Result], folder: Path, kept: Callable[[str, str], None]
) -> None:
    """An error and a warning, each in its own."""
    (folder / "plan.yaml").write_text(
        "plan: {title: P, years: 2026..2027, tax: incl}\n"
        "themes: [{id: a, title: A, envelope: {2026: 4 k€}}, {id: b, title: B}]\n"
        "funders: [{id: f, title: F}]\n"
        "projects:\n"
        "  - {id: p, theme: a, title: P, costs: {2026: 5 k€}}\n"
        "  - id: q\n"
        "    theme: b\n"
        "    title: Q\n"
        "    costs: {2026: 5 k€}\n"
        "    funding: [{from: f, share: 40 %, status: granted}]\n",
        encoding="utf-8",
    )
    result = ppi("validate", "--color", "always", "--lang", "en", "--strict")
    kept("colour/validate.txt", result.out)


@pytest.mark.parametrize("screen", ["gantt", "totals"])
def test_a_screen_in_colour(
    screen: str, ppi: Callable[..., Result], deck: Path, kept: Callable[[str, str], None]
) -> None:
    result = ppi(*SCREENS[screen], "--color", "always", "--lang", "fr")
    kept(f"colour/{screen}.txt", result.out)


FORMATS = ["json", "csv", "csv-fr", "github", "plain", "simple", "html", "latex", "rst", "tsv"]


@pytest.mark.parametrize("format", FORMATS)
def test_the_totals_in_a_format(
    format: str, ppi: Callable[..., Result], deck: Path, kept: Callable[[str, str], None]
) -> None:
    kept(f"formats/totals.{format}.txt", ppi("totals", "--format", format).out)


@pytest.mark.parametrize("command", ["gantt", "matrix", "show", "list"])
@pytest.mark.parametrize("format", ["json", "csv", "github"])
def test_another_report_in_a_format(
    command: str,
    format: str,
    ppi: Callable[..., Result],
    deck: Path,
    kept: Callable[[str, str], None],
) -> None:
    argument = {"show": ["parc"], "list": ["recommendations"]}.get(command, [])
    kept(f"formats/{command}.{format}.txt", ppi(command, *argument, "--format", format).out)
