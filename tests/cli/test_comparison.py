"""``ppi compare`` and ``ppi diff`` as their users see them; their figures are those of totals."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Result

TEXT = (Path(__file__).parent.parent / "versions.yaml").read_text(encoding="utf-8")
BASE = ["--variant", "postes=achat", "--variant", "salle=neuve"]
Run = Callable[..., Result]


@pytest.fixture
def town(folder: Path) -> Path:
    """The plan with variants and scenarios, in the current folder."""
    file = folder / "plan.yaml"
    file.write_text(TEXT, encoding="utf-8")
    return file


def compared(ppi: Run, *arguments: str) -> dict[str, Any]:
    result = ppi("compare", *arguments, "-f", "json")
    assert (result.code, result.err) == (0, "")
    found: dict[str, Any] = json.loads(result.out)
    return found


def test_the_figures_are_those_of_totals(ppi: Run, town: Path) -> None:
    found = compared(ppi, *BASE)
    assert [version["name"] for version in found["versions"]] == ["base", "sobre", "plus-tard"]
    alone = [ppi("totals", *BASE, "-f", "json").out] + [
        ppi("totals", "--scenario", id, "-f", "json").out for id in ("sobre", "plus-tard")
    ]
    for version, text in zip(found["versions"], alone, strict=True):
        expected = json.loads(text)
        assert version["totals"]["rows"] == expected["rows"]
        assert version["totals"]["total"] == expected["total"]


def test_what_sets_a_scenario_apart_is_the_difference_to_the_first(ppi: Run, town: Path) -> None:
    first, second = compared(ppi, *BASE)["differences"]
    # bought and new: 90 + 100 k€, 500 k€, 5 k€; rented and mended: 35 + 80, 35, 40
    assert first["totals"]["effects"] == {
        "2016": "-75000.00", "2017": "-465000.00", "2018": "35000.00"
    }  # fmt: skip
    assert second["new"]["first_year"] == 2016
    assert second["new"]["last_year"] == 2019  # two quarters later


def test_one_scenario_is_compared_with_the_plan(ppi: Run, town: Path) -> None:
    found = compared(ppi, "plus-tard", *BASE)
    assert [version["name"] for version in found["versions"]] == ["base", "plus-tard"]


def test_what_a_scenario_chooses_itself_stays(ppi: Run, town: Path) -> None:
    """The options choose for the plan; the scenario rents, and goes on renting."""
    _, sobre, _ = compared(ppi, *BASE)["versions"]
    assert sobre["totals"]["total"]["amounts"]["2017"] == "35000.00"


def test_people_read_titles_and_programs_ids(ppi: Run, town: Path) -> None:
    """The id stands beside a title that two of them have: it is what tells them apart."""
    said = ppi("compare", *BASE, "--lang", "en").out
    assert said.startswith("Comparison of base, Sobriété, Plus tard: variant “Achat”,")
    assert "Sobriété chooses for itself: Location, Salle rénovée" in said
    versions = compared(ppi, *BASE)["versions"]
    assert [version["title"] for version in versions] == [None, "Sobriété", "Plus tard"]
    town.write_text(TEXT.replace("title: Plus tard", "title: Sobriété"), encoding="utf-8")
    said = ppi("compare", *BASE, "--lang", "en").out
    assert "Comparison of base, Sobriété (sobre), Sobriété (plus-tard)" in said
    columns = ppi("compare", *BASE, "-f", "csv").out.splitlines()[2].split(",")
    assert columns[2:4] == ["sobre", "Sobriété (sobre)"]


def test_plans_are_compared_by_their_files(ppi: Run, town: Path, folder: Path) -> None:
    (folder / "villes").mkdir()
    (folder / "villes" / "autre.yaml").write_text(
        TEXT.replace("amount: 5 k€", "amount: 7 k€"), encoding="utf-8"
    )
    found = compared(ppi, "plan.yaml", "villes/autre.yaml", *BASE)
    assert found["differences"][0]["totals"]["effects"] == {"2018": "2000.00"}


def test_the_findings_that_not_all_have(ppi: Run, town: Path) -> None:
    late = TEXT.replace("class: 1, title: Urgent}", "class: 1, title: Urgent, start_within: 1}")
    town.write_text(late, encoding="utf-8")
    findings = compared(ppi, *BASE)["findings"]
    told = [(each["versions"], each["code"]) for each in findings]
    assert (["plus-tard"], "PPI303") in told


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["sobr"], "did you mean sobre?"),
        (["base", "nowhere.yaml"], "no scenario, no file, no folder and no revision"),
        (["--scenario", "sobre"], "ppi compare base sobre"),
        (["--variant", "postes=vol"], "choose from: achat, location"),
    ],
)
def test_what_cannot_be_compared_is_told(
    ppi: Run, town: Path, arguments: list[str], said: str
) -> None:
    result = ppi("compare", *arguments)
    assert (result.code, result.out) == (2, "")
    assert said in " ".join(result.err.split())


def test_a_plan_without_scenarios_has_nothing_to_compare(ppi: Run, deck: Path) -> None:
    result = ppi("compare")
    assert (result.code, result.out) == (2, "")
    assert "has no scenarios to compare" in result.err


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("currency: EUR", "currency: USD", "one plan is in EUR, the other in USD"),
        ("tax: incl", "tax: excl", "one plan includes taxes, the other does not"),
        ("tax: excl", "tax: incl", "one plan includes taxes, the other does not"),
    ],
)
def test_plans_in_two_currencies_or_taxes_are_not_compared(
    ppi: Run, folder: Path, one: str, other: str, told: str
) -> None:
    for name, header in (("a", one), ("b", other)):
        text = f"plan: {{title: P, years: 2016, {header}}}\n"
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    for command in ("compare", "diff"):
        result = ppi(command, "a.yaml", "b.yaml")
        assert result.code == 2
        assert f"{told}: they cannot be compared" in " ".join(result.err.split())


# Against P, of which variant a is chosen, and R, which is done in the plan's last year.
@pytest.mark.parametrize(
    ("was", "now", "named"),
    [
        ("amount: 20 k€", "amount: 25 k€", "q"),
        ("amount: 3 k€", "amount: 4 k€", "r"),
        ("amount: 5 k€", "amount: 6 k€", "r"),
        ("until: 2030", "until: 2031", "s"),
        ("title: Ville", "title: Bourg", None),
        ("amount: 10 k€", "amount: 12 k€", None),
    ],
)
def test_a_change_that_counts_in_neither_version_is_told(
    ppi: Run, folder: Path, was: str, now: str, named: str | None
) -> None:
    text = """\
plan: {title: Ville, years: 2016..2018, tax: incl}
themes: [{id: eau, title: Eau}]
targets:
  - {id: t, title: T, variants: [{id: a, title: A}, {id: b, title: B}], chosen: a}
projects:
  - {id: p, theme: eau, title: P, when: t.a, costs: [{year: 2016, amount: 10 k€}]}
  - {id: q, theme: eau, title: Q, when: t.b, costs: [{year: 2016, amount: 20 k€}]}
  - id: r
    theme: eau
    title: R
    quarters: 2018
    costs: [{year: 2018, amount: 3 k€, when: t.b}]
    running_costs: [{amount: 5 k€}]
  - {id: s, theme: eau, title: S, quarters: 2016, running_costs: [{amount: 1 k€, until: 2030}]}
"""
    assert text.count(was) == 1
    (folder / "a.yaml").write_text(text, encoding="utf-8")
    (folder / "b.yaml").write_text(text.replace(was, now), encoding="utf-8")
    result = ppi("diff", "a.yaml", "b.yaml", "--lang", "en")
    told = result.err.partition("also changed")[2].strip()
    assert told.endswith(f": {named}") if named else not told
    assert ("nothing has changed" in result.out) == (named is not None)


# --- screens, read before they are kept ---------------------------------------------------------


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_screen_of_a_comparison(
    ppi: Run, town: Path, kept: Callable[[str, str], None], lang: str
) -> None:
    kept(f"{lang}/compare.txt", ppi("compare", *BASE, "--lang", lang).out)


@pytest.fixture
def two_years(town: Path, folder: Path) -> tuple[str, str]:
    """The plan as it was, and as it is a year later, with most reasons."""
    after = TEXT.replace("2016..2018", "2017..2019")
    for old, new in (
        ("title: Renouvellement du parc", "title: Renouvellement des postes"),
        ("{id: salles, title: Salles, envelope: {2016: 100 k€}}",
         "{id: salles, title: Salles, envelope: {2017: 90 k€, reason: x}}"),
        ("      - {year: 2016, amount: 90 k€, when: postes.achat}\n", ""),
        ("      - {year: 2016, amount: 35 k€, when: postes.location}\n", ""),
        ("{year: 2017, amount: 35 k€, when", '{year: 2017, amount: 38,5 k€, reason: avenant, when'),
        ("2016-T2..2017-T3", "2016-T4..2018-T2"),
        ("costs: [{year: 2016, amount: 80 k€}, {year: 2017, amount: 500 k€}]",
         "costs: [{year: 2017, amount: 400 k€}, {year: 2018, amount: 150 k€}]"),
    ):  # fmt: skip
        assert old in after, old
        after = after.replace(old, new)
    after = after.replace("envelope: {2017: 90 k€, reason: x}", "envelope: {2017: 90 k€}")
    after = after.replace("38,5 k€", '"38,5 k€"')
    start = after.index("  - id: travaux")
    after = after[:start] + after[after.index("scenarios:") - 1 :]
    after += "\nchanges:\n  - {project: construction, reason: marché infructueux}\n"
    (folder / "plan-2017.yaml").write_text(after, encoding="utf-8")
    return "plan.yaml", "plan-2017.yaml"


NEW = ["--variant", "postes=location", "--variant", "salle=neuve"]


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_screen_of_a_difference(
    ppi: Run, two_years: tuple[str, str], kept: Callable[[str, str], None], lang: str
) -> None:
    kept(f"{lang}/diff.txt", ppi("diff", *two_years, *NEW, "--lang", lang).out)


@pytest.mark.parametrize("format", ["github", "json", "csv"])
def test_a_difference_in_a_format(
    ppi: Run, two_years: tuple[str, str], kept: Callable[[str, str], None], format: str
) -> None:
    kept(f"formats/diff.{format}.txt", ppi("diff", *two_years, *NEW, "-f", format).out)


def test_a_long_difference_is_folded_for_a_merge_request(ppi: Run, folder: Path) -> None:
    themes = [f"  - {{id: t{n}, title: T{n}, envelope: {{2016: {n + 1} k€}}}}" for n in range(40)]
    text = "plan: {title: P, years: 2016}\nthemes:\n" + "\n".join(themes) + "\n"
    (folder / "a.yaml").write_text(text, encoding="utf-8")
    (folder / "b.yaml").write_text(text.replace(" k€", "5 k€"), encoding="utf-8")
    out = ppi("diff", "a.yaml", "b.yaml", "-f", "github").out
    summary, _, folded = out.partition("<details>")
    assert "40 changes: none with a reason" in summary
    assert "| Difference" in summary
    assert folded.count("envelope 2016") == 40
    assert len(summary.splitlines()) < 15


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("drop: [p]", "S: 1 change from base, 60 k€ less"),
        ("change: [{project: p, percent: 10 %}]", "S: 1 change from base, 6 k€ more"),
        ("change: [{project: p, shift: 1 quarter}]", "S: 2 changes from base, the same total"),
    ],
)
def test_by_how_much_a_version_is_another(
    change: str, told: str, ppi: Callable[..., Result], folder: Path
) -> None:
    (folder / "plan.yaml").write_text(
        "plan: {title: P, years: 2025..2026}\n"
        "themes: [{id: a, title: A}]\n"
        "projects: [{id: p, theme: a, title: P, quarters: 2025-Q1..Q2,"
        " costs: [{year: 2025, amount: 60 k€}]}]\n"
        f"scenarios: [{{id: s, title: S, {change}}}]\n"
    )
    shown = ppi("compare", "base", "s", "--plan", "plan.yaml").out.replace("\u00a0", " ")
    assert f" {told}\n" in shown


def test_how_a_scenario_is_compared_is_told_with_the_plan(ppi: Run, town: Path) -> None:
    """What was to be typed named no plan, and was refused in its turn."""
    refused = ppi("compare", town.name, "--scenario", "s")
    assert refused.code == 2
    assert refused.err.replace("\u00a0", " ").endswith("compare --plan plan.yaml base s\n")


def test_a_bar_says_what_its_version_calls_the_project(ppi: Run, folder: Path) -> None:
    (folder / "plan.yaml").write_text(
        "plan: {title: Ville, years: 2026..2027}\nthemes: [{id: a, title: A}]\n"
        "projects: [{id: p, theme: a, title: Halle, quarters: 2026, costs: {2026: 5 k€}}]\n"
        "scenarios:\n  - id: s\n    title: S\n    drop: [p]\n    add:\n"
        "      - {id: p, theme: a, title: Marché, quarters: 2027, costs: {2027: 9 k€}}\n",
        encoding="utf-8",
    )
    assert "\n  → S: Marché │" in ppi("compare", "s").out
