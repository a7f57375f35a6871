"""``ppi variants``: what each choice costs, the cheapest and the dearest plan."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import product
from pathlib import Path
from textwrap import dedent

import pytest

from ppi_cli.figures.price import price
from ppi_cli.plan.reading import Choice
from ppi_cli.reports.variants import VariantsReport, variants_report
from ppi_cli.versions.choices import Choices, decided_version
from ppi_cli.words.language import Language
from tests.conftest import Result
from tests.plans import codes, plan

TEXT = (Path(__file__).parent.parent / "versions.yaml").read_text(encoding="utf-8")


def report(text: str = TEXT) -> VariantsReport:
    return variants_report(plan(text), Choices())


def euros(text: str = TEXT) -> dict[str, dict[str, str]]:
    """What each variant costs, by year, in euros."""
    return {
        str(priced.choice): {
            str(year): str(figure.amount).removesuffix(".00")
            for year, figure in sorted(priced.by_year.items())
        }
        for group in report(text).groups
        for priced in group
    }


def test_a_variant_costs_what_depends_on_it() -> None:
    assert euros() == {
        "postes.achat": {"2016": "90000"},
        "postes.location": {"2016": "35000", "2017": "35000", "2018": "35000"},
        "salle.neuve": {"2016": "80000", "2017": "500000"},
        "salle.renovee": {"2016": "60000"},
        "salle.pretee": {},
    }


def test_a_choice_costs_what_it_brings_below_an_envelope_too() -> None:
    effects = {str(p.choice): str(p.effect) for group in report().groups for p in group}
    assert effects["salle.renovee"] == "60000.00"
    assert effects["salle.neuve"] == "580000.00"
    assert effects["postes.location"] == "105000.00"


def test_variants_of_one_title_are_told_apart(ppi: Callable[..., Result], folder: Path) -> None:
    text = TEXT.replace("title: Salle rénovée", "title: Salle neuve")
    (folder / "plan.yaml").write_text(text, encoding="utf-8")
    said = " ".join(ppi("variants", "--lang", "en").out.split())
    assert "cheapest: Salle neuve (salle.renovee) 175 k€, Salle neuve (salle.neuve) 695" in said
    assert "cheapest: Achat, Salle neuve (salle.renovee): the envelope" in said


RENTING = """
    plan: {title: Plan de Vigneux, years: 2026..2027, tax: incl}
    funders: [{id: region, title: Région}]
    themes:
      - {id: postes, title: Postes, section: investment, envelope: {2026: 80 k€, 2027: 70 k€}}
    targets:
      - id: parc
        title: Parc
        variants: [{id: achat, title: Achat}, {id: location, title: Location}]
        chosen: achat
    projects:
      - id: postes-de-travail
        theme: postes
        title: Postes de travail
        quarters: 2026..2027
        when: parc.achat
        costs:
          - {year: 2026, amount: 70 k€, section: investment}
          - {year: 2027, amount: 70 k€, section: investment}
        funding: [{from: region, year: 2028, amount: 20 k€, status: granted}]
      - id: bail
        theme: postes
        title: Bail
        quarters: 2026..2027
        when: parc.location
        costs:
          - {year: 2026, amount: 66 k€, section: operating}
          - {year: 2027, amount: 66 k€, section: operating}
"""


def said(text: str) -> list[str]:
    """The notes of the report, as people read them."""
    english = Language("en")
    notes = [english.say(note) for note in report(text).table().notes]
    return [note.replace("\u00a0", " ") for note in notes]


def test_renting_is_cheaper_than_the_envelope_that_was_voted_to_buy() -> None:
    """Bought, 80 and 70 k€; rented, 10 k€ that nobody has split, and 66 k€ beside each year."""
    of = plan(RENTING)
    wholes = {
        variant: price(Choices(variants=(Choice("parc", variant),)).version(of).plan)
        for variant in ("achat", "location")
    }
    assert str(wholes["achat"].gross) == "150000.00"
    assert str(wholes["location"].gross) == "142000.00"


def test_where_others_pay_the_order_is_told_net_too() -> None:
    """The region pays 20 k€ of what is bought, after the plan: then that is the cheaper one."""
    assert (
        "Parc: in all, with what is beyond the envelopes, from the cheapest: Location 142 k€,"
        " Achat 150 k€" in said(RENTING)
    )
    assert (
        "Parc: net of all that others pay, after the plan too: Achat 130 k€, Location 142 k€"
        in said(RENTING)
    )
    assert "Parc: ! the order is another one once others have paid" in said(RENTING)


def test_what_is_left_to_the_town_is_shown_where_others_pay_for_one_alone(
    ppi: Callable[..., Result], folder: Path
) -> None:
    (folder / "plan.yaml").write_text(RENTING, encoding="utf-8")
    shown = ppi("variants", "plan.yaml", "--lang", "en").out
    assert "Net: in all and beyond, less what others pay" in shown


def test_an_envelope_is_read_with_the_dearest_variant_while_none_is_chosen() -> None:
    open_ = RENTING.replace("        chosen: achat\n", "")
    made = Choices(variants=(Choice("parc", "location"),)).version(plan(open_)).plan
    assert made.version is not None
    assert made.version.read_with == {("postes", 2026): "Achat", ("postes", 2027): "Achat"}
    assert str(price(made).gross) == "142000.00"


def test_the_cheapest_takes_the_cheapest_of_each_group() -> None:
    """Of the room that is lent, no cost is stated: that does not make it the cheapest."""
    assert report().extremes == {
        "cheapest": {"postes": "achat", "salle": "renovee"},
        "dearest": {"postes": "location", "salle": "neuve"},
    }


def test_the_extremes_are_those_of_all_plans_that_the_choices_allow() -> None:
    of = plan(TEXT)
    wholes = {}
    for postes, salle in product(("achat", "location"), ("neuve", "renovee")):
        asked = Choices(variants=(Choice("postes", postes), Choice("salle", salle)))
        wholes[postes, salle] = price(decided_version(of, asked).plan).gross
    extremes = report().extremes
    assert tuple(extremes["cheapest"].values()) == min(wholes, key=lambda key: wholes[key])
    assert tuple(extremes["dearest"].values()) == max(wholes, key=lambda key: wholes[key])


def test_a_variant_with_a_blank_cost_is_not_compared() -> None:
    text = TEXT.replace("amount: 90 k€, when", "amount: , when")
    assert report(text).extremes["cheapest"]["postes"] == "location"
    notes = {note.text for note in report(text).table().notes}
    assert "no cost of {choice} is stated: it is not compared" in notes


def test_where_no_price_is_known_there_is_no_cheapest_plan() -> None:
    text = TEXT.replace("amount: 90 k€, when", "amount: , when").replace(
        "amount: 35 k€", "amount: "
    )
    assert report(text).extremes == {}


def test_a_cost_depends_on_the_choice_of_its_project_alone() -> None:
    text = TEXT.replace(
        "{year: 2016, amount: 60 k€}", "{year: 2016, amount: 60 k€, when: postes.achat}"
    )
    assert codes(text) == ["PPI120"]


def test_a_plan_without_variants_says_so(ppi: Callable[..., Result], deck: Path) -> None:
    result = ppi("variants", "--lang", "en")
    assert (result.code, result.err) == (0, "")
    assert "no cost and no project depends on a variant" in result.out


@pytest.fixture
def town(folder: Path) -> Path:
    """The plan with variants, in the current folder."""
    file = folder / "plan.yaml"
    file.write_text(TEXT, encoding="utf-8")
    return file


def test_reports_refuse_a_plan_that_is_undecided(ppi: Callable[..., Result], town: Path) -> None:
    result = ppi("totals")
    assert (result.code, result.out) == (2, "")
    assert "Des postes à jour (postes), Une salle de formation (salle)" in result.err
    assert "--variant postes=achat, --variant postes=location" in result.err


def test_a_choice_on_the_command_line_decides(ppi: Callable[..., Result], town: Path) -> None:
    asked = ["--variant", "postes=location", "--variant", "salle=pretee"]
    found = json.loads(ppi("totals", *asked, "-f", "json").out)
    assert found["total"]["amounts"] == {
        # the room is lent, so that of its 100 k€ only the 20 k€ are left that no choice costs
        "2016": "55000.00", "2017": "35000.00", "2018": "40000.00"
    }  # fmt: skip


def test_what_is_chosen_is_told(ppi: Callable[..., Result], town: Path) -> None:
    out = ppi("variants", "--scenario", "sobre", "-f", "json").out
    chosen = {target["id"]: target["chosen"] for target in json.loads(out)["targets"]}
    assert chosen == {"postes": "location", "salle": "renovee"}


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_screen(
    ppi: Callable[..., Result], town: Path, kept: Callable[[str, str], None], lang: str
) -> None:
    kept(f"{lang}/variants.txt", ppi("variants", "--lang", lang).out)


def test_what_others_pay_after_the_plan_has_a_year_so_that_a_row_sums(
    ppi: Callable[..., Result], folder: Path
) -> None:
    text = """
    plan: {title: A, years: 2026..2027, tax: incl, language: en}
    fctva: {regime: n+2}
    themes: [{id: t, title: T}]
    targets:
      - {id: heat, title: Heat, variants: [{id: gas, title: Gas}, {id: pump, title: Pump}]}
    projects:
      - id: p
        theme: t
        title: P
        quarters: 2026
        costs:
          - {year: 2026, amount: 100 k€, section: investment, when: heat.gas}
          - {year: 2026, amount: 200 k€, section: investment, when: heat.pump}
    """
    (folder / "plan.yaml").write_text(dedent(text), encoding="utf-8")
    net = ppi("variants", "--width", "120").out.split("Net: in all")[1]
    rows = [[cell.strip("€+ \u00a0") for cell in row.split("│")[1:-1]] for row in net.splitlines()]
    cheapest = next(row for row in rows if row and row[0] == "cheapest: Gas")
    assert cheapest[1:] == ["100\u202f000", "—", "-16\u202f404", "83\u202f596"]


# --- outside the plan's years ---------------------------------------------------------------------

OUTSIDE = """plan: {title: P, years: 2025..2027, tax: incl}
themes: [{id: a, title: A}]
targets: [{id: t, title: T, variants: [{id: buy, title: Acheter}, {id: rent, title: Louer}]}]
projects:
  - id: w
    theme: a
    title: W
    when: t.buy
    costs: {before: 2 k€, 2025: 8 k€, beyond: 4 k€, unplanned: 1 k€}
  - {id: x, theme: a, title: X, when: t.rent, costs: {2025: RENT, beyond: LATER}}
"""


@pytest.mark.parametrize(
    ("rent", "later", "order"),
    [
        (
            "9 k€",
            "4 k€",
            "T: in all, with what is beyond the envelopes, from the cheapest:"
            " Acheter 8 k€, Louer 9 k€"
            " T: with what lies before the plan and beyond it too: Louer 13 k€, Acheter 14 k€"
            " T: ! the order is another one with what lies outside the plan's years",
        ),
        (
            "8 k€",
            "4 k€",
            "T: in all, with what is beyond the envelopes, from the cheapest:"
            " Louer 8 k€, Acheter 8 k€"
            " T: with what lies before the plan and beyond it too: Louer 12 k€, Acheter 14 k€",
        ),
        ("", "4 k€", "no cost of Louer is stated in the years of the plan: it is not compared"),
    ],
)
def test_what_lies_outside_the_years_is_shown_and_told_where_it_matters(
    rent: str, later: str, order: str, ppi: Callable[..., Result], folder: Path
) -> None:
    text = OUTSIDE.replace("2025: RENT, ", f"2025: {rent}, " if rent else "")
    (folder / "plan.yaml").write_text(text.replace("LATER", later), encoding="utf-8")
    said = " ".join(ppi("variants", "--lang", "en").out.split())
    assert order in said
    figures = "Before: 2 k€ 2025: 8 k€ 2026: — 2027: — Total: 8 k€ Beyond: 4 k€ Whole: 14 k€"
    assert f"Acheter (buy) {figures}" in said
    assert "1 k€ of Acheter is in no year yet, and not counted" in said


def test_of_two_that_cost_the_same_the_whole_says_which_is_cheapest() -> None:
    text = OUTSIDE.replace("RENT", "8 k€").replace("LATER", "4 k€")
    assert report(text).extremes == {"cheapest": {"t": "rent"}, "dearest": {"t": "buy"}}


#: Of a pool that is still open, no price is known.
BLANKTON = """
plan: {title: Plan of Blankton, years: 2026..2028, tax: incl}
themes: [{id: t, title: T}]
targets:
  - {id: hall, title: Hall, variants: [{id: new, title: New}, {id: old, title: Old}]}
  - {id: pool, title: Pool, variants: [{id: deep, title: Deep}, {id: flat, title: Flat}]}
projects:
  - id: works
    theme: t
    title: Works
    quarters: 2026..2028
    costs:
      - {2026: 30 k€, beyond: 5 k€, before: 1 k€, when: hall.new}
      - {2027: 20 k€, unplanned: 4 k€, when: hall.old}
      - {2027: , when: pool.deep}
      - {2028: , when: pool.flat}
    running_costs: [{amount: 1 k€, start: 2027, when: hall.new}]
"""


@pytest.mark.parametrize("format", ["table", "json", "csv"])
def test_where_a_choice_has_no_price_the_others_are_shown_with_theirs(
    format: str, ppi: Callable[..., Result], folder: Path, kept: Callable[[str, str], None]
) -> None:
    (folder / "plan.yaml").write_text(BLANKTON, encoding="utf-8")
    shown = ppi("variants", "--lang", "en", "--width", "120", "-f", format).out
    kept(f"small/variants-blank.{format}", shown)
