"""``ppi roll`` makes next year's plan, and keeps what people have written."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from textwrap import dedent

import pytest

from tests.conftest import DATA, Result

Ppi = Callable[..., Result]

TESTS = Path(__file__).parent.parent
GOOD = sorted(
    path
    for path in (TESTS / "corpus" / "good").iterdir()
    if path.is_dir() or path.suffix in (".yaml", ".yml")
)


def totals(ppi: Ppi, plan: str) -> Mapping[str, str | None]:
    """The total of each year, exactly; ``None`` where nothing is stated."""
    found = json.loads(ppi("totals", plan, "--format", "json").out)
    amounts: Mapping[str, str | None] = found["total"]["amounts"]
    return amounts


def project_ids(ppi: Ppi, plan: str) -> list[str]:
    rows = json.loads(ppi("list", "projects", plan, "--format", "json").out)["rows"]
    return [row["id"] for row in rows]


def rolled(ppi: Ppi, folder: Path, text: str) -> str:
    """The text of next year's plan."""
    (folder / "plan.yaml").write_text(dedent(text), encoding="utf-8")
    result = ppi("roll", "plan.yaml", "next")
    assert result.code == 0, result.err
    assert ppi("validate", "next").code == 0
    return (folder / "next" / "plan.yaml").read_text(encoding="utf-8")


def lines(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8").splitlines()


def is_in_order(few: list[str], many: list[str]) -> bool:
    """Whether a list is another one without some of its items."""
    left = iter(many)
    return all(line in left for line in few)


# --- the real plan -------------------------------------------------------------------------------


def test_the_real_plan_keeps_the_totals_of_the_years_that_stay(ppi: Ppi, deck: Path) -> None:
    assert ppi("roll", "data", "data-2017").code == 0
    assert ppi("validate", "data-2017").code == 0
    assert totals(ppi, "data-2017") == {
        "2017": "244000.00",
        "2018": "40000.00",
        "2019": "35000.00",
        "2020": None,  # blank, not 0
    }


def test_the_real_plan_can_be_rolled_again(ppi: Ppi, deck: Path) -> None:
    ppi("roll", "data", "data-2017")
    assert ppi("roll", "data-2017", "data-2018").code == 0
    assert ppi("validate", "data-2018").code == 0
    assert totals(ppi, "data-2018") == {
        "2018": "40000.00",
        "2019": "35000.00",
        "2020": None,
        "2021": None,
    }


def test_projects_that_have_ended_are_dropped_and_no_others(ppi: Ppi, deck: Path) -> None:
    ppi("roll", "data", "data-2017")
    old, new = project_ids(ppi, "data"), project_ids(ppi, "data-2017")
    ended = ("haute-disponibilite", "outils-activite")
    assert new == [id for id in old if id not in ended]


def test_what_names_a_project_that_has_ended_goes_with_it(ppi: Ppi, deck: Path) -> None:
    ppi("roll", "data", "data-2017")
    ppi("roll", "data-2017", "data-2018")
    waits = "- {id: sauvegarde, basis: assumed"
    assert waits in (deck.parent / "data-2017" / "projects.yaml").read_text(encoding="utf-8")
    assert waits not in (deck.parent / "data-2018" / "projects.yaml").read_text(encoding="utf-8")


def test_every_line_of_the_real_plan_that_is_kept_is_as_it_was(ppi: Ppi, deck: Path) -> None:
    ppi("roll", "data", "data-2017")
    rewritten = {
        "plan.yaml": ["  years: 2017..2020"],
        "envelopes.yaml": [
            "    envelope: {2017: 34 k€, 2020: }",
            "    envelope: {2017: 210 k€, 2018: 40 k€, 2019: 35 k€, 2020: }",
            "    envelope: {2020: }",
        ],
    }
    for file in deck.iterdir():
        old, new = lines(file), lines(deck.parent / "data-2017" / file.name)
        changed = [line for line in new if line not in old]
        assert changed == rewritten.get(file.name, []), file.name
        assert is_in_order([line for line in new if line not in changed], old), file.name


def test_files_that_say_nothing_of_the_year_are_the_same_to_the_byte(ppi: Ppi, deck: Path) -> None:
    ppi("roll", "data", "data-2017")
    for name in ("audit.yaml", "context.yaml", "matrix.yaml", "roadmap.yaml"):
        assert (deck.parent / "data-2017" / name).read_bytes() == (DATA / name).read_bytes()


def test_the_plan_that_it_comes_from_is_not_touched(ppi: Ppi, deck: Path) -> None:
    ppi("roll", "data", "data-2017")
    assert {file.name: file.read_bytes() for file in deck.iterdir()} == {
        file.name: file.read_bytes() for file in DATA.glob("*.yaml")
    }


def test_a_comment_above_what_is_dropped_goes_with_it(ppi: Ppi, deck: Path) -> None:
    ppi("roll", "data", "data-2017")
    text = (deck.parent / "data-2017" / "plan.yaml").read_text(encoding="utf-8")
    assert "La ligne TOTAL de III.B, telle qu'imprimée" not in text
    assert "# Ce que la ville dépense d'habitude, par an." in text


def test_it_ends_with_the_difference_to_the_old_plan(ppi: Ppi, deck: Path) -> None:
    result = ppi("roll", "data", "data-2017", "--lang", "en", "--width", "120")
    assert "7 files written to data-2017" in result.err
    assert "Changes from data to data-2017" in result.out
    passed = next(line for line in result.out.splitlines() if "years before 2017" in line)
    assert "not in the plan any more" in passed
    assert "2016: -529\u00a0k€" in passed
    ended = next(line for line in result.out.splitlines() if "have ended" in line)
    assert "Haute disponibilité, Outils de gestion activité" in ended
    assert "nothing else has changed" in result.out


def test_the_difference_is_also_for_programs(ppi: Ppi, deck: Path) -> None:
    found = json.loads(ppi("roll", "data", "data-2017", "--format", "json").out)
    assert found["totals"]["effects"] == {"2016": "-529000.00"}
    assert found["unexplained"] == 0  # that time has passed needs no reason


# --- other plans ---------------------------------------------------------------------------------


@pytest.mark.parametrize("plan", [*GOOD, TESTS / "second_plan"], ids=lambda path: path.stem)
def test_a_good_plan_stays_a_good_plan(ppi: Ppi, folder: Path, plan: Path) -> None:
    assert ppi("roll", plan, "next").code == 0
    assert ppi("validate", "next").code == 0
    assert ppi("roll", "next", "after-next").code == 0
    assert ppi("validate", "after-next").code == 0


def test_a_file_is_rolled_with_its_neighbours(ppi: Ppi, folder: Path) -> None:
    ppi("roll", TESTS / "corpus" / "good" / "several-files" / "projets-voirie.yml", "next")
    assert sorted(file.name for file in (folder / "next").iterdir()) == [
        "plan.yaml",
        "projets-ecoles.yaml",
        "projets-voirie.yml",
        "themes.yaml",
    ]


def test_a_section_that_ends_in_every_file_leaves_every_file(ppi: Ppi, folder: Path) -> None:
    (folder / "plan").mkdir()
    (folder / "plan" / "plan.yaml").write_text(
        "plan: {title: Ville, years: 2016..2018}\nthemes: [{id: eau, title: Eau}]\n"
    )
    for id in ("puits", "pompe"):
        (folder / "plan" / f"{id}.yaml").write_text(
            f"projects: [{{id: {id}, theme: eau, title: {id}, quarters: 2016-T1..T2}}]\n"
            f"changes: [{{project: {id}, reason: urgence}}]\n"
        )
    assert ppi("roll", "plan", "next").code == 0
    assert not (folder / "next" / "puits.yaml").exists()
    assert not (folder / "next" / "pompe.yaml").exists()


def test_printed_totals_the_day_and_reasons_were_this_years(ppi: Ppi, folder: Path) -> None:
    new = rolled(
        ppi,
        folder,
        """\
        plan:
          title: Ville
          presented: 2016-02-15
          years: 2016..2018
        stated_totals: {2016: 20 k€, 2017: 30 k€}
        themes:
          - id: eau
            title: Eau
            reason: nouveau thème
            envelope:
              2016: 20 k€
              2017: {amount: 30 k€, reason: vote de décembre}
            stated_totals: {total: 50 k€}
        projects:
          - id: puits
            theme: eau
            title: Puits
            quarters: {spans: 2016-T4..2017-T2, reason: retard}
            not_before: {quarter: 2016-T4, reason: autorisation}
            costs:
              - {year: 2017, amount: 30 k€, reason: devis}
        exceptions:
          - {rule: PPI405, theme: eau, year: 2018, reason: solde}
          - {rule: PPI405, theme: eau, year: 2016, reason: acompte}
        changes:
          - {project: puits, reason: marché infructueux}
        """,
    )
    assert new == dedent(
        """\
        plan:
          title: Ville
          years: 2017..2019
        themes:
          - id: eau
            title: Eau
            envelope:
              2017: {amount: 30 k€}
              2019:
        projects:
          - id: puits
            theme: eau
            title: Puits
            quarters: {spans: 2016-T4..2017-T2}
            not_before: {quarter: 2016-T4, reason: autorisation}
            costs:
              - {year: 2017, amount: 30 k€}
        exceptions:
          - {rule: PPI405, theme: eau, year: 2018, reason: solde}
        """
    )


def test_a_title_that_names_the_years_moves_with_them(ppi: Ppi, folder: Path) -> None:
    new = rolled(ppi, folder, "plan: {title: Ville 2016-2019, years: 2016..2019}\n")
    assert new == "plan: {title: Ville 2017-2020, years: 2017..2020}\n"


def test_a_title_that_names_another_year_stays(ppi: Ppi, folder: Path) -> None:
    new = rolled(ppi, folder, "plan: {title: Votée en 2016, years: 2016..2019}\n")
    assert new == "plan: {title: Votée en 2016, years: 2017..2020}\n"


def test_costs_of_the_past_year_lie_before_the_plan_and_those_of_others_stay(
    ppi: Ppi, folder: Path
) -> None:
    new = rolled(
        ppi,
        folder,
        """\
        plan: {title: Ville, years: 2016..2018}
        themes: [{id: eau, title: Eau}]
        projects:
          - id: puits
            theme: eau
            title: Puits
            quarters: 2016-T3..2017-T2
            costs:
              - {year: 2016, amount: 10 k€}
              # le solde
              - {year: 2017, amount: 20 k€}
              - {quarter: 2016-T4, amount: 5 k€}
        """,
    )
    assert new.endswith(
        """\
    quarters: 2016-T3..2017-T2
    costs:
      - {before: 10 k€}
      # le solde
      - {year: 2017, amount: 20 k€}
      - {before: 5 k€}
"""
    )
    assert totals(ppi, "next") == {"2017": "20000.00", "2018": None, "2019": None}


# What is paid in 2016 lies before the plan; the parts of the years that stay are what they were,
# to the cent.
@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "{before: {2014: , 2015: 4 k€}, 2016: 5 k€}",
            "{before: {2014: , 2015: 4 k€, 2016: 5 k€}}",
        ),
        ("{years: 2016..2018, each_year: 4 k€}", "{years: 2017..2018, each_year: 4 k€}"),
        ("{years: 2016..2018, in_all: 300 k€}", "{years: 2017..2018, in_all: 200 k€}"),
        ("{years: 2016..2017, in_all: 3 k€}", "{years: 2017, in_all: 1500 €}"),
        ("{years: 2016..2018, in_all: 100 €}", "{years: 2017..2018, in_all: 66.67 €}"),
        ("{years: 2016..2018, in_all: 100}", "{years: 2017..2018, in_all: 66.67}"),
        ("{years: 2016..2018, in_all: -30 k€}", "{years: 2017..2018, in_all: -20 k€}"),
        ("{years: 2016..2018, in_all: }", "{years: 2017..2018, in_all: }"),
        (
            "{quarters: 2016-T3..2017-T3, in_all: 50 k€}",
            "{quarters: 2017-T1..2017-T3, in_all: 30 k€}",
        ),
        ("{quarters: 2016-Q1..2017-Q1, in_all: 5 €}", "{quarters: 2017-Q1, in_all: 1 €}"),
        ("{quarters: 2016..2017, in_all: 8 k€}", "{quarters: 2017, in_all: 4 k€}"),
        (
            "{quarters: [2016-T1, 2016-T4..2017-T1, 2018-T2], in_all: 4 k€}",
            "{quarters: [2017-T1, 2018-T2], in_all: 2 k€}",
        ),
        ("{quarters: 2017-T1..T2, in_all: 4 k€}", "{quarters: 2017-T1..T2, in_all: 4 k€}"),
        # 120 € are 40 € a year; 80 € are 66.67 € and taxes
        (
            "{years: 2016..2018, in_all: 100 €, tax: excl, rate: 20 %}",
            "{years: 2017..2018, in_all: 66.67 €, tax: excl, rate: 20 %}",
        ),
        # 120.01 € are 40 €, 40 € and 40.01 €; 80.01 € are no whole number of cents and taxes
        (
            "{years: 2016..2018, in_all: 100.01 €, tax: excl, rate: 20 %, section: investment}",
            "{years: 2017..2018, in_all: 80.01 €, section: investment}",
        ),
    ],
)
def test_a_cost_of_several_years_loses_the_part_of_the_past_one(
    ppi: Ppi, folder: Path, before: str, after: str
) -> None:
    text = """\
plan: {title: Ville, years: 2016..2018, tax: incl}
themes: [{id: eau, title: Eau}]
projects:
  - id: puits
    theme: eau
    title: Puits
    quarters: 2016..2018
    costs:
      - """
    new = rolled(ppi, folder, f"{text}{before}\n")
    assert after in [line.removeprefix("      - ") for line in new.splitlines()[-2:]]
    now, then = totals(ppi, "plan.yaml"), totals(ppi, "next")
    assert {year: then[year] for year in ("2017", "2018")} == {
        year: now[year] for year in ("2017", "2018")
    }
    assert "nothing else has changed" in ppi("diff", "plan.yaml", "next", "--lang", "en").out


def test_a_project_of_which_nothing_is_known_stays(ppi: Ppi, folder: Path) -> None:
    new = rolled(
        ppi,
        folder,
        """\
        plan: {title: Ville, years: 2016..2018}
        themes: [{id: eau, title: Eau}]
        projects: [{id: puits, theme: eau, title: Puits}]
        """,
    )
    assert "id: puits" in new


FUNDED = """\
plan: {title: Ville, years: 2016..2018, tax: incl}
themes: [{id: eau, title: Eau}]
projects:
  - id: puits
    theme: eau
    title: Puits
    quarters: 2016
    costs: [{year: 2016, amount: 100 k€, fctva: yes}]
  - id: pompe
    theme: eau
    title: Pompe
    quarters: 2016-T3..2017-T2
    costs:
      - {year: 2016, amount: 10 k€, fctva: yes}
      - {year: 2017, amount: 10 k€, fctva: yes}
"""


# 16.404 % of 100 k€ and of 10 k€, spent in 2016, are paid in 2018.
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("fctva: {regime: n+2}\n", "fctva: {regime: n+2, due: {2018: 18044.40 €}}\n"),
        ("fctva: {regime: n+1}\n", "fctva: {regime: n+1, due: {2017: 18044.40 €}}\n"),
        ("fctva: {regime: n}\n", "fctva: {regime: n}\n"),
        ("fctva: {regime: n, due: {2016: 5 k€}}\n", "fctva: {regime: n}\n"),
        (
            "fctva:\n  due:\n    2016: 5 k€\n    2017: 7 k€  # reported\n",
            "fctva:\n  due:\n    2017: 7 k€  # reported\n    2018: 18044.40 €\n",
        ),
        (
            "fctva: {basis: assumed}\n",
            "fctva: {basis: assumed, due: {2018: {amount: 18044.40 €, basis: assumed}}}\n",
        ),
        ("fctva: {due: {2018: 7 k€}}\n", "fctva: {due: {2018: 25044.40 €}}\n"),
        (
            "fctva:\n  due:\n    2018: {amount: 7 k€, basis: assumed}\n",
            "fctva:\n  due:\n    2018: {amount: 25044.40 €, basis: assumed}\n",
        ),
        ("fctva:\n  due:\n  regime: n+1\n", "fctva:\n  due: {2017: 18044.40 €}\n  regime: n+1\n"),
        ("fctva: {due: {}}\n", "fctva: {due: {2018: 18044.40 €}}\n"),
        ("fctva:\n  due:\n    2018:\n", "fctva:\n  due:\n    2018: 18044.40 €\n"),
    ],
)
def test_what_the_vat_fund_still_pays_for_the_past_year_is_written_down(
    ppi: Ppi, folder: Path, before: str, after: str
) -> None:
    new = rolled(ppi, folder, FUNDED + before)
    assert new.endswith(after)
    assert "the VAT fund still pays" not in ppi("roll", "plan.yaml", "again").err


def test_what_the_town_gives_back_to_the_vat_fund_is_written_down_too(
    ppi: Ppi, folder: Path
) -> None:
    new = rolled(ppi, folder, FUNDED.replace("100 k€", "-20 k€") + "fctva: {regime: n+2}\n")
    assert new.endswith("fctva: {regime: n+2, due: {2018: -1640.40 €}}\n")


def test_of_undecided_variants_it_is_told(ppi: Ppi, folder: Path) -> None:
    targets = "targets: [{id: t, title: T, variants: [{id: a, title: A}, {id: b, title: B}]}]\n"
    text = FUNDED.replace("fctva: yes}]", "fctva: yes, when: t.a}]") + targets
    (folder / "plan.yaml").write_text(text + "fctva: {regime: n+2}\n", encoding="utf-8")
    told = ppi("roll", "plan.yaml", "next").err
    assert "what the VAT fund will pay for their costs of 2016 is not in the new plan" in told


def test_scenarios_lose_what_has_ended_and_what_has_passed(ppi: Ppi, folder: Path) -> None:
    new = rolled(
        ppi,
        folder,
        """\
        plan: {title: Ville, years: 2016..2018}
        themes:
          - {id: eau, title: Eau, envelope: {2016: 10 k€, 2017: 10 k€}}
        projects:
          - {id: puits, theme: eau, title: Puits, quarters: 2016-T1..T2}
          - {id: pompe, theme: eau, title: Pompe, quarters: 2017}
        scenarios:
          - id: lent
            change:
              - {project: puits, shift: 1 quarter}
              - {project: pompe, shift: 1 quarter}
              - {theme: eau, envelope: {2016: 5 k€, 2018: 5 k€}}
              - {project: pompe, costs: {2016: 5 k€}}
          - id: sobre
            drop: [puits]
            add:
              - {id: regard, theme: eau, title: Regard, quarters: 2016-T3}
        """,
    )
    assert new.partition("scenarios:")[2] == (
        """
  - id: lent
    change:
      - {project: pompe, shift: 1 quarter}
      - {theme: eau, envelope: {2018: 5 k€}}
  - id: sobre
"""
    )


def test_a_share_of_what_has_all_passed_goes(ppi: Ppi, folder: Path) -> None:
    new = rolled(
        ppi,
        folder,
        """\
        plan: {title: Ville, years: 2016..2018}
        themes:
          - {id: eau, title: Eau, envelope: {2016: 10 k€}}
          - {id: bois, title: Bois, envelope: {2016: 10 k€, 2017: 10 k€}}
        projects:
          - id: puits
            theme: eau
            title: Puits
            quarters: 2016-T4..2017-T2
            costs: [{year: 2016, amount: 5 k€}]
        scenarios:
          - id: moins
            change:
              - {theme: eau, percent: -10 %}
              - {theme: bois, percent: -10 %}
              - {project: puits, percent: -10 %, stretch: 1 quarter}
        """,
    )
    assert new.endswith(
        """\
    change:
      - {theme: bois, percent: -10 %}
      - {project: puits, stretch: 1 quarter}
"""
    )


def test_lines_end_as_they_did(ppi: Ppi, folder: Path) -> None:
    text = "plan:\r\n  title: Ville\r\n  presented: 2016-02-15\r\n  years: 2016..2017\r\n"
    (folder / "plan.yaml").write_bytes(text.encode())
    assert ppi("roll", "plan.yaml", "next").code == 0
    assert (folder / "next" / "plan.yaml").read_bytes() == (
        b"plan:\r\n  title: Ville\r\n  years: 2017..2018\r\n"
    )


# --- where it writes -----------------------------------------------------------------------------


def test_without_a_plan_it_takes_the_one_that_is_here(ppi: Ppi, deck: Path) -> None:
    assert ppi("roll", "data-2017").code == 0
    assert "2020" in ppi("totals", "data-2017").out


def test_it_overwrites_nothing(ppi: Ppi, deck: Path) -> None:
    (deck.parent / "mine").mkdir()
    (deck.parent / "mine" / "plan.yaml").write_text("mine", encoding="utf-8")
    result = ppi("roll", "data", "mine")
    assert result.code == 2
    assert "mine already holds plan.yaml" in result.err
    assert [file.name for file in (deck.parent / "mine").iterdir()] == ["plan.yaml"]
    assert (deck.parent / "mine" / "plan.yaml").read_text(encoding="utf-8") == "mine"


def test_the_folder_to_write_to_must_be_named(ppi: Ppi, deck: Path) -> None:
    result = ppi("roll")
    assert result.code == 2
    assert "the argument DIR is missing" in result.err


def test_a_third_argument_is_refused(ppi: Ppi, deck: Path) -> None:
    result = ppi("roll", "data", "next", "more")
    assert result.code == 2
    assert "one argument too many: more" in result.err
    assert not (deck.parent / "next").exists()


def test_nothing_is_made_of_a_plan_with_an_error(ppi: Ppi, folder: Path) -> None:
    (folder / "plan.yaml").write_text("plan: {title: Ville, years: 2019..2016}", encoding="utf-8")
    result = ppi("roll", "plan.yaml", "next")
    assert result.code == 1
    assert "nothing is computed from a plan with an error" in result.err
    assert not (folder / "next").exists()


def test_a_layout_that_cannot_be_changed_is_told_and_nothing_written(
    ppi: Ppi, folder: Path
) -> None:
    (folder / "plan.yaml").write_text(
        "plan: {title: Ville, years: 2016..2018}\n"
        "themes: [{id: eau, title: Eau, envelope: {2016: 1 k€, 2017}}]\n",
        encoding="utf-8",
    )
    result = ppi("roll", "plan.yaml", "next")
    assert result.code == 2
    assert "plan.yaml is laid out in a way that cannot be changed safely" in result.err
    assert "write what stands in brackets in line 2 on lines of its own" in result.err
    assert not (folder / "next").exists()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("2016..2017, in_all: 80 €", "2017, in_all: 40 €"),
        ("2016..2018, in_all: 120 €", "2017..2018, in_all: 80 €"),
        ("2016-T3..2017-T1, in_all: 90 €", "2017-T1, in_all: 30 €"),
        ("2016-q3..2017-q2, in_all: 80 €", "2017-Q1..2017-Q2, in_all: 40 €"),
    ],
)
def test_quarters_that_are_left_are_written_as_they_were(
    before: str, after: str, ppi: Ppi, folder: Path
) -> None:
    new = rolled(
        ppi,
        folder,
        f"""\
        plan: {{title: Ville, years: 2016..2018}}
        themes: [{{id: eau, title: Eau}}]
        projects: [{{id: p, theme: eau, title: P, costs: [{{quarters: {before}}}]}}]
        """,
    )
    assert f"costs: [{{quarters: {after}}}" in new


def test_a_ceiling_of_a_scenario_that_is_blank_stays_blank(ppi: Ppi, folder: Path) -> None:
    new = rolled(
        ppi,
        folder,
        """\
        plan: {title: Ville, years: 2016..2018}
        themes: [{id: eau, title: Eau}]
        scenarios:
          - id: s
            ceilings: {net: , total: {2016: 5 €, 2017: 6 €}, operating: {2016: 7 €}}
        """,
    )
    assert "ceilings: {net: , total: {2017: 6 €}}" in new


TOWN_WITH_DEBT = """\
    plan: {title: Brumel, years: 2016..2018, tax: incl}
    themes: [{id: rues, title: Rues}]
    projects:
      - {id: a, theme: rues, title: A, quarters: 2016..2017, costs: {2016: 5 €, 2017: 6 €}}
"""


@pytest.mark.parametrize(
    ("ceilings", "left"),
    [
        ("{years_to_repay: {2016: 10, 2017: 12}}", "ceilings: {years_to_repay: {2017: 12}}"),
        ("{years_to_repay: {2017: 12}}", "ceilings: {years_to_repay: {2017: 12}}"),
        ("{years_to_repay: 12}", "ceilings: {years_to_repay: 12}"),
        ("{years_to_repay: {2016: 10}, net: {2016: 9 €}}", "ceilings: {net: {2019: }}"),
        ("{years_to_repay: {2016: 10}}", None),
    ],
)
def test_no_blank_is_left_for_the_years_to_repay(
    ppi: Ppi, folder: Path, ceilings: str, left: str | None
) -> None:
    new = rolled(ppi, folder, TOWN_WITH_DEBT + f"    ceilings: {ceilings}\n")
    assert [line for line in new.splitlines() if line.startswith("ceilings")] == [
        line for line in [left] if line
    ]


def test_a_scenario_loses_the_years_to_repay_of_the_year_that_leaves(
    ppi: Ppi, folder: Path
) -> None:
    town = TOWN_WITH_DEBT + "    scenarios:\n      - id: p\n        title: P\n        ceilings:"
    new = rolled(ppi, folder, town + " {years_to_repay: {2016: 10, 2017: 12}}\n")
    assert "ceilings: {years_to_repay: {2017: 12}}" in new
    (folder / "next" / "plan.yaml").unlink()
    new = rolled(ppi, folder, town + " {years_to_repay: {2016: 10}}\n        drop: [a]\n")
    assert "years_to_repay" not in new


def test_the_pictures_of_projects_go_with_them(ppi: Ppi, folder: Path) -> None:
    (folder / "images").mkdir()
    for name in ("images/a.png", "other.png"):
        (folder / name).write_bytes(b"\x89PNG\r\n\x1a\nplaza")
    picture = ", picture: {file: images/a.png, alt: A}}"
    town = TOWN_WITH_DEBT.replace("6 €}}", "6 €}" + picture)
    assert "picture: {file: images/a.png" in rolled(ppi, folder, town)
    assert (folder / "next/images/a.png").read_bytes() == b"\x89PNG\r\n\x1a\nplaza"
    assert not (folder / "next/other.png").exists()


def test_a_file_of_which_only_comments_are_left_is_left_out(ppi: Ppi, folder: Path) -> None:
    (folder / "old").mkdir()
    account = "# The account of 2016\nexecution: [{year: 2016, closed: yes, lines: []}]\n"
    files = {"plan.yaml": dedent(TOWN_WITH_DEBT), "a.yaml": account, "notes.yaml": "# Only this\n"}
    for name, text in files.items():
        (folder / "old" / name).write_text(text, encoding="utf-8")
    result = ppi("roll", "old", "next")
    assert result.code == 0, result.err
    assert sorted(each.name for each in (folder / "next").iterdir()) == ["notes.yaml", "plan.yaml"]


@pytest.mark.parametrize(
    "envelope",
    ["", "envelope: {}", "envelope: {2025: 20 k€}", "envelope: {2025: 20 k€, 2027: 1 k€}",
     "envelope:", "envelope:\n              2025: 20 k€", "envelope:\n              2026:"],
)  # fmt: skip
def test_what_a_theme_carries_over_is_in_the_next_years_envelope(
    ppi: Ppi, folder: Path, envelope: str
) -> None:
    """Nothing is in its envelope of 2026: there are the 5 k€ of the road, and 9 k€ beside it."""
    text = f"""\
        plan: {{title: P, years: 2025..2027, language: en}}
        themes:
          - id: t
            title: T
            {envelope}
        projects:
          - {{id: road, title: Road, theme: t, quarters: 2026, costs: {{2026: 5 k€}}}}
        execution:
          - {{year: 2025, closed: yes, lines: [{{theme: t, paid: 8 k€, carried_over: 9 k€}}]}}
        """
    rolled(ppi, folder, text)
    before = json.loads(ppi("totals", "plan.yaml", "--executed", "--format", "json").out)
    assert before["total"]["amounts"]["2026"] == "14000.00"
    assert totals(ppi, "next")["2026"] == "14000.00"


def test_an_exception_goes_when_what_it_covered_has_left(ppi: Ppi, folder: Path) -> None:
    assert ppi("init", "old", "--example", "finance").code == 0
    assert ppi("roll", "old", "next").code == 0
    new = (folder / "next" / "plan.yaml").read_text(encoding="utf-8")
    assert "PPI304" in (folder / "old" / "plan.yaml").read_text(encoding="utf-8")
    assert "PPI304" not in new  # it covered what is of 2025
    assert "PPI305" in new
    assert "PPI124" not in ppi("validate", "next").out


def test_an_exception_that_was_idle_before_stays(ppi: Ppi, folder: Path) -> None:
    idle = "    exceptions:\n      - {rule: PPI301, project: a, reason: To look at}\n"
    assert "To look at" in rolled(ppi, folder, TOWN_WITH_DEBT + idle)


def test_a_folder_that_is_named_like_a_file_is_refused(ppi: Ppi, folder: Path) -> None:
    (folder / "plan.yaml").write_text("plan: {title: Ville, years: 2016..2018}\n", "utf-8")
    result = ppi("roll", "plan.yaml", "next.yaml", "--lang", "en")
    assert result.code == 2
    assert "next.yaml is the name of a file, and a plan is written to a folder" in result.err
    assert not (folder / "next.yaml").exists()
    result = ppi("roll", "plan.yaml", "--lang", "en")
    assert (result.code, "the argument DIR is missing" in result.err) == (2, True)


def test_only_money_beyond_the_plan_of_no_year_may_be_of_the_new_one(
    ppi: Ppi, folder: Path
) -> None:
    """Of what says its years nothing is left to write."""
    for beyond, told in (("6 k€", True), ("{2019: 2 k€, 2020: 4 k€}", False)):
        (folder / "plan.yaml").write_text(
            "plan: {title: Ville, years: 2016..2018, language: en}\n"
            "themes: [{id: t, title: T}]\n"
            "projects: [{id: p, theme: t, title: Puits, quarters: 2016..2020,\n"
            f"  costs: {{2017: 1 k€, beyond: {beyond}}}}}]\n",
            encoding="utf-8",
        )
        out = ppi("roll", "plan.yaml", "next-dated" if told else "next").err
        assert ("write what of it is of 2019" in out) is told
