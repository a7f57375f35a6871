"""Programmes: authorisations (AP), payment credits (CP), who pays; ``ppi apcp``."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppi_cli.figures.programmes import Credits, by_source, investment_of, programme_credits
from ppi_cli.figures.totals import Figure
from ppi_cli.plan.model import plan_of
from ppi_cli.reports.programmes import programmes_report
from ppi_cli.reports.table import Unequal
from ppi_cli.rules import check
from ppi_cli.words.language import Language
from tests.conftest import Result
from tests.plans import TODAY, codes, examined, plan

Ppi = Callable[..., Result]

TEXT = (Path(__file__).parent.parent / "programmes.yaml").read_text(encoding="utf-8")


def credits(text: str = TEXT) -> Mapping[str, Credits]:
    return {each.programme.id: each for each in programme_credits(plan(text))}


def k(figure: Figure) -> str | None:
    """A figure in k€, with its mark where it is assumed."""
    if figure.amount is None:
        return None
    return f"{figure.amount.cents / 100_000:g}{'*' * figure.assumed}"


# --- figures, worked by hand ---------------------------------------------------------------------


def test_an_authorisation_is_what_the_last_vote_says() -> None:
    """2,000 voted; 2,400 (+ 400) and 2,300 (- 100) as revised: + 300 in all."""
    of = credits()["renovation"]
    assert (k(of.voted), k(of.authorised)) == ("2000", "2300")
    assert [str(each.change) for each in of.votes] == ["None", "400000.00", "-100000.00"]
    assert str(of.revisions) == "300000.00"
    assert credits()["chaussees"].revisions is None


def test_the_last_vote_is_that_of_the_latest_date() -> None:
    text = TEXT.replace("date: 2024-03-28, amount: 2400", "date: 2026-03-28, amount: 2400")
    found = examined(text)
    assert found.plan is not None
    of = programme_credits(found.plan)[0]
    assert k(of.authorised) == "2400"
    assert [str(each.change) for each in of.votes] == ["None", "300000.00", "100000.00"]


def test_payment_credits_lie_before_in_and_after_the_years_of_the_plan() -> None:
    """118 paid before 2024, of 120; 480 + 900 + 600 in the plan, 202 after: 2,300."""
    of = credits()["renovation"]
    assert {year: k(figure) for year, figure in of.payments.items()} == {
        2023: "120", 2024: "480", 2025: "900", 2026: "600*", 2027: "202"
    }  # fmt: skip
    assert of.counted == {**of.payments, 2023: of.paid[2023]}
    assert (k(of.before), k(of.after), k(of.distributed)) == ("118", "202", "2300*")
    assert str(of.payments_apart) == "0.00"


def test_what_remains_is_what_has_not_been_paid() -> None:
    """2,300 less 118; where nothing can have been paid yet, all that is authorised."""
    found = credits()
    assert (k(found["renovation"].paid_so_far), k(found["renovation"].remaining)) == ("118", "2182")
    assert (k(found["chaussees"].paid_so_far), k(found["chaussees"].remaining)) == (None, "600")


def test_what_remains_is_not_known_where_a_payment_of_a_past_year_is_not_stated() -> None:
    assert (
        k(credits(TEXT.replace("    paid: {2023: 118 k€}\n", ""))["renovation"].remaining) is None
    )
    found = credits(TEXT.replace("paid: {2023: 118 k€}", "paid: {2023: 118 k€, 2024: 400 k€}"))
    assert k(found["renovation"].remaining) == "1782"
    assert found["chaussees"].years_without_payment == (2024,)  # 2024 is past, as the other says
    assert k(found["chaussees"].remaining) is None
    assert k(found["mediatheque"].remaining) == "1500"


def test_resources_are_summed_by_who_pays() -> None:
    """The State 600; the region 300 assumed and 200; the town 900 + 500 + 400."""
    found = credits().values()
    sums = {source: k(figure) for source, figure in by_source(found).items()}
    assert sums == {"etat": "600", "region": "500*", None: "1800"}
    assert [k(each.financed) for each in found] == ["2300*", "600", None]


def test_what_is_missing_may_come_from_a_resource_that_is_not_stated() -> None:
    text = TEXT.replace("from: etat, amount: 600 k€", "from: etat, amount: ")
    of = credits(text)["renovation"]
    assert (k(of.financed), of.blank_resources, of.resources_apart) == ("1700*", 1, None)


def test_what_nobody_states_is_not_zero() -> None:
    text = """
        plan: {title: Essai, years: 2024..2026}
        programmes: [{id: gymnase, title: Gymnase, payments: {2025: }}]
        """
    of = credits(text)["gymnase"]
    figures = (of.voted, of.authorised, of.before, of.distributed, of.paid_so_far, of.remaining)
    assert [figure.amount for figure in figures] == [None] * 6
    assert (of.revisions, of.payments_apart, of.resources_apart) == (None, None, None)


def test_operating_costs_of_a_project_are_not_authorised_by_a_programme() -> None:
    of = plan(TEXT)
    found = [investment_of(of, programme) for programme in of.programmes]
    assert [{id: k(figure) for id, figure in each.items()} for each in found] == [
        {"cantine": "1282", "toiture": "900"}, {"enrobes": "400"}, {}
    ]  # fmt: skip


# --- rules ---------------------------------------------------------------------------------------


def test_the_plan_holds_to_all_rules() -> None:
    assert codes(TEXT) == []


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("2025: 900 k€\n", "2025: 950 k€\n", "PPI421"),
        ("amount: 900 k€, label: emprunt", "amount: 950 k€, label: emprunt", "PPI422"),
        ("date: 2025-03-27", "date: 2024-03-28", "PPI423"),
        ("{year: 2025, amount: 400 k€}", "{year: 2025, amount: 601 k€}", "PPI424"),
        ("2027: 202 k€", "2027: 201 k€", "PPI426"),
        ("paid: {2023: 118 k€}", "paid: {2023: 2301 k€}", "PPI427"),
        ("paid: {2023: 118 k€}", "paid: {2023: 121 k€}", "PPI428"),
    ],
)
def test_what_does_not_sum_is_found(old: str, new: str, code: str) -> None:
    assert codes(TEXT.replace(old, new)) == [code]


# --- what was paid in place of credits ------------------------------------------------------------

#: 200 k€ in 2024, 400 in 2025, 400 in 2026: the 1,000 that are authorised.
HALL = """
plan: {title: Bourg, years: 2025..2027}
programmes:
  - id: halle
    title: Halle
    authorised: [{date: 2024-03-28, amount: 1000 k€}]
    payments: {2024: 200 k€, 2025: 400 k€, 2026: 400 k€}
"""


def told(paid: str, text: str = HALL) -> list[tuple[str, str]]:
    """The code and the sentence of what is found where so much was paid."""
    say = Language("en").say
    found = examined(f"{text}    paid: {{{paid}}}\n").diagnostics
    return [(d.code, say(d.message).replace("\xa0", " ")) for d in found]


def test_what_was_paid_counts_in_place_of_the_credit() -> None:
    assert told("2024: 200 k€") == told("2024: 200 k€, 2025: 400 k€") == []
    # 180 + 400 + 420 = 1,000: what lapsed in 2024 is spread again in 2026
    assert told("2024: 180 k€", HALL.replace("2026: 400", "2026: 420")) == []
    # 230 + 370 + 400: the credit of 2025 gives way to what was paid beyond that of 2024
    assert told("2024: 230 k€", HALL.replace("2025: 400", "2025: 370")) == []


def test_what_lapsed_and_is_not_spread_again_is_told_with_its_year() -> None:
    assert told('2024: "118,24055 k€"') == [
        (
            "PPI426",
            "Halle: 81\u202f759.45 € neither paid nor spread again, of the credits left in 2024",
        )
    ]
    # 120 + 430 + 400 = 950: of the 80 of 2024, 30 were paid in 2025
    ((code, message),) = told("2024: 120 k€, 2025: 430 k€")
    assert (code, message) == (
        "PPI426",
        "Halle: 50 k€ neither paid nor spread again, of the credits left in 2024",
    )
    # 200 + 350 + 400, of 1,100: 50 of 2025, and 100 that no credit has ever held
    ((code, message),) = told("2024: 200 k€, 2025: 350 k€", HALL.replace("1000 k€", "1100 k€"))
    assert (code, message) == (
        "PPI426",
        "Halle: 150 k€ of the 1\u202f100 k€ that is authorised is neither paid nor in the credits"
        " of a year",
    )


def test_what_is_too_much_is_one_finding_the_first_that_applies() -> None:
    # 200 + 900 are more than 1,000, and the 900 of 2025 more than its 400
    ((code, message),) = told("2024: 200 k€, 2025: 900 k€")
    assert code == "PPI427"
    assert "1\u202f100 k€ have been paid for Halle" in message
    assert "100 k€ too much" in message
    # 200 + 500 are not, but 1,100 with the 400 of 2026
    ((code, message),) = told("2024: 200 k€, 2025: 500 k€")
    assert code == "PPI428"
    assert "500 k€ were paid for Halle in 2025, 100 k€ more than the credit of that year" in message
    # 150 + 500 + 400: no payment is beyond its credit
    ((code, _),) = told("2024: 150 k€", HALL.replace("2025: 400", "2025: 500"))
    assert code == "PPI421"


def test_without_any_payment_credits_are_held_against_the_authorisation_both_ways() -> None:
    for old, new in (("2026: 400", "2026: 300"), ("2026: 400", "2026: 500")):
        assert codes(HALL.replace(old, new)) == ["PPI421"]


def test_a_vote_without_any_credit_is_not_stated() -> None:
    text = HALL.partition("    payments")[0]
    assert told("", text) == told("2024: 300 k€", text) == []
    assert [code for code, _ in told("2024: 1001 k€", text)] == ["PPI427"]


def test_costs_as_credits_beyond_the_authorisation_are_one_finding() -> None:
    """The revision to 1,000 k€ is missing: credits and costs both say so."""
    text = HALL.replace("1000 k€", "900 k€").replace(
        "programmes:",
        "themes: [{id: t, title: T}]\n"
        "projects: [{id: p, theme: t, title: P, costs: [{year: 2025, amount: 800 k€}]}]\n"
        "programmes:",
    )
    text += "    projects: [p]\n"
    assert codes(text) == ["PPI421"]  # 200 before the plan, and 800
    assert codes(text.replace("800 k€", "801 k€")) == ["PPI424", "PPI421"]


def test_a_state_adds_up_the_votes_of_each_year() -> None:
    """300, 500 and, assumed, 200: 1,000. Without that word, the last vote would leave 200."""
    votes = """
      - {date: 2024-01-02, amount: 300 k€}
      - {date: 2025-01-02, amount: 500 k€}
      - {date: 2025-01-02, amount: 200 k€, basis: assumed}
"""
    town = HALL.replace(" [{date: 2024-03-28, amount: 1000 k€}]\n", votes)
    state = town + "    authorised_by: year\n"
    assert codes(town) == ["PPI423", "PPI421"]
    assert codes(state) == []
    (of,) = programme_credits(plan(state))
    assert (k(of.voted), k(of.authorised), str(of.revisions)) == ("300", "1000*", "700000.00")
    assert [k(each.figure) for each in of.votes] == ["300", "800", "1000*"]
    assert "PPI104" in codes(state.replace("authorised_by: year", "authorised_by: month"))


# --- laws -----------------------------------------------------------------------------------------


@given(
    st.dictionaries(st.integers(2022, 2027), st.integers(0, 400)),
    st.dictionaries(st.integers(2022, 2026), st.integers(0, 400)),
    st.integers(1, 1200),
)
def test_the_table_agrees_with_the_rules_on_every_row(
    payments: dict[int, int], paid: dict[int, int], authorised: int
) -> None:
    """A sum is marked where a rule finds one thing wrong with it, and nowhere else."""

    def amounts(of: dict[int, int]) -> dict[str, str]:
        return {str(year): f"{amount} k€" for year, amount in of.items()}

    of = plan_of(
        {
            "plan": {"title": "P", "years": "2024..2026"},
            "programmes": [
                {
                    "id": "a",
                    "title": "A",
                    "authorised": [{"date": "2022-01-01", "amount": f"{authorised} k€"}],
                    "payments": amounts(payments),
                    "paid": amounts(paid),
                }
            ],
        }
    )
    found = [f for f in check(of, TODAY)[0] if f.code != "PPI124"]
    report = programmes_report(of)
    (row,) = report.payload()["programmes"]
    (line,) = report.table().lines
    cells = dict(zip((column.key for column in report.table().columns), line.cells, strict=True))
    counted = sum({**payments, **paid}.values())
    known = bool(payments) or counted > authorised
    assert len(found) == (known and counted != authorised)
    assert isinstance(cells["payments"], Unequal) == bool(found)
    problem = row["payments_problem"]
    assert [f.code for f in found] == ([] if problem is None else [problem["code"]])
    assert all(f.message in report.table().notes for f in found)
    years = [cells[key] for key in ("before", "2024", "2025", "2026", "after")]
    assert (
        sum(f.amount.cents for f in years if isinstance(f, Figure) and f.amount)
        == counted * 100_000
    )
    assert sum(float(each["amount"]) for each in row["payments"].values()) == counted * 1000
    if row["remaining"] is not None:
        assert float(row["remaining"]) == (authorised - sum(paid.values())) * 1000


# --- what projects have to do with it -------------------------------------------------------------


def test_a_project_in_two_programmes_is_told() -> None:
    text = TEXT.replace("projects: [enrobes]", "projects: [enrobes, toiture]")
    (found,) = [d for d in examined(text).diagnostics if d.code == "PPI425"]
    assert (found.severity, found.subject) == (
        "info", {"programme": "chaussees", "project": "toiture"}
    )  # fmt: skip


def test_sums_are_judged_while_variants_are_undecided() -> None:
    text = TEXT.replace("2025: 900 k€\n", "2025: 950 k€\n").replace(
        "{year: 2025, amount: 782 k€}", "{year: 2025, amount: 900 k€, when: chauffage.bois}"
    )
    text += "targets: [{id: chauffage, title: Chauffage, variants: [{id: bois, title: Bois}]}]\n"
    assert codes(text) == ["PPI421"]


@pytest.mark.parametrize(
    ("rule", "old", "new"),
    [
        ("PPI421", "2025: 900 k€\n", "2025: 950 k€\n"),
        ("PPI424", "{year: 2025, amount: 782 k€}", "{year: 2025, amount: 783 k€}"),
    ],
)
def test_an_exception_may_name_a_programme(rule: str, old: str, new: str) -> None:
    text = TEXT.replace(old, new)
    assert codes(text) == [rule]
    aside = f"exceptions: [{{rule: {rule}, programme: renovation, reason: au prochain conseil}}]\n"
    assert codes(text + aside) == []
    assert codes(text + aside.replace("renovation", "chaussees")) == [rule, "PPI124"]
    assert "PPI112" in codes(text + aside.replace("renovation", "cantine"))


def test_references_of_a_programme_lead_to_projects_and_funders() -> None:
    assert codes(TEXT.replace("projects: [enrobes]", "projects: [enrobe]")) == ["PPI111"]
    assert codes(TEXT.replace("{from: etat,", "{from: voirie,")) == ["PPI112"]
    assert codes(TEXT.replace("id: chaussees", "id: enrobes")) == ["PPI110"]


def test_a_programme_in_another_currency_is_refused() -> None:
    assert codes(TEXT.replace("2027: 202 k€", "2027: 202 k$")) == ["PPI109"]


def test_keys_in_french_are_answered_with_those_of_the_format() -> None:
    for french, key in (("crédits", "payments"), ("ressources", "resources")):
        (found, *_) = examined(TEXT.replace(f"    {key}:", f"    {french}:", 1)).diagnostics
        assert found.help is not None
        assert found.help.values == {"name": key}


# --- versions of the plan ------------------------------------------------------------------------


def changes(ppi: Ppi, old: str, new: str) -> Mapping[str, tuple[object, object]]:
    """What has changed of programmes: each value before and after."""
    found = json.loads(ppi("diff", old, new, "-f", "json").out)
    return {
        change["what"]: (change["old"], change["new"])
        for group in found["groups"]
        if group["kind"] == "programme"
        for change in group["changes"]
    }


@pytest.fixture
def town(folder: Path) -> Path:
    """The town's plan, in the current folder."""
    file = folder / "plan.yaml"
    file.write_text(TEXT, encoding="utf-8")
    return file


def test_a_project_that_is_left_out_leaves_its_programme(ppi: Ppi, town: Path) -> None:
    result = ppi("apcp", "--drop", "toiture", "-f", "json")
    assert (result.code, result.err) == (0, "")
    assert json.loads(result.out)["programmes"][0]["projects"] == ["cantine"]
    assert ppi("validate", "--drop", "toiture").code == 0


def test_the_yearly_step_takes_ended_projects_out_of_programmes(ppi: Ppi, folder: Path) -> None:
    text = TEXT.replace("2024-T1..2025-T4", "2024-T1..T4").replace(
        "      - {year: 2025, amount: 782 k€}\n", ""
    )
    (folder / "plan.yaml").write_text(text, encoding="utf-8")
    assert ppi("roll", "plan.yaml", "next").code == 0
    rolled = (folder / "next" / "plan.yaml").read_text(encoding="utf-8")
    assert "years: 2025..2027" in rolled
    assert "projects: [toiture]" in rolled
    assert "reason: amiante" in rolled  # a vote keeps its reason
    assert ppi("validate", "next").code == 0
    assert changes(ppi, "plan.yaml", "next") == {}  # that the project is gone is told of itself
    shown = json.loads(ppi("apcp", "next", "-f", "json").out)["programmes"][0]
    assert shown["payments"]["2024"] == {"amount": "480000.00", "basis": "stated"}
    assert shown["remaining"] is None  # what was paid in 2024 is to be stated


def test_what_has_changed_of_a_programme_is_told(ppi: Ppi, town: Path) -> None:
    """Another year's credits, and a vote."""
    text = TEXT.replace("2027: 202 k€", "2027: 302 k€").replace(
        "reason: lots moins chers}",
        "reason: lots moins chers}\n      - {date: 2025-12-18, amount: 2400 k€}",
    )
    Path("new.yaml").write_text(text, encoding="utf-8")
    assert changes(ppi, "plan.yaml", "new.yaml") == {
        "payments.2027.amount": ("202000.00", "302000.00"),
        "authorised.2025-12-18.date": (None, "2025-12-18"),
        "authorised.2025-12-18.amount": (None, "2400000.00"),
    }


# --- ppi apcp ------------------------------------------------------------------------------------


def test_the_screen(ppi: Ppi, town: Path, kept: Callable[[str, str], None]) -> None:
    kept("en/apcp.txt", ppi("apcp", "--lang", "en", "--width", "110").out)


def test_it_speaks_french(ppi: Ppi, town: Path) -> None:
    result = ppi("apcp", "--lang", "fr")
    assert (result.code, result.err) == (0, "")
    assert "2\u202f300\xa0k€*" in result.out
    assert "27/03/2025" in result.out


def test_a_sum_that_is_not_authorised_is_marked_and_told(ppi: Ppi, town: Path) -> None:
    town.write_text(TEXT.replace("2025: 900 k€\n", "2025: 950 k€\n"), encoding="utf-8")
    out = ppi("apcp", "--lang", "en", "--width", "200").out
    assert "2\u202f350\xa0k€*!" in out
    assert "! is not the sum that is authorised" in out
    assert (
        "what was paid of Rénovation des écoles and the credits of other years sum to"
        " 2\u202f350\xa0k€, but 2\u202f300\xa0k€ is authorised: 50\xa0k€ too much" in out
    )
    rows = list(csv.DictReader(io.StringIO(ppi("apcp", "-f", "csv").out)))
    assert rows[0]["notes"] == (
        "2026: assumed; payments: assumed; payments: is not the sum that is authorised"
    )
    assert rows[1]["notes"] == ""


def test_one_programme_is_shown_with_all_its_votes(ppi: Ppi, town: Path) -> None:
    out = ppi("apcp", "--programme", "chaussees", "--lang", "en").out
    assert "Votes on Chaussées (chaussees)" in out
    assert "Rénovation" not in out
    assert "Total CP" in out


def test_a_programme_that_is_none_is_answered_with_the_nearest(ppi: Ppi, town: Path) -> None:
    result = ppi("apcp", "--programme", "chausees")
    assert (result.code, result.out) == (2, "")
    assert "no programme has the id “chausees”" in result.err
    assert "did you mean chaussees?" in result.err


def test_a_plan_without_programmes_says_so(ppi: Ppi, deck: Path) -> None:
    result = ppi("apcp", "--lang", "en")
    assert (result.code, result.err) == (0, "")
    assert "the plan has no programme: see the section “programmes”" in result.out


def test_programs_read_amounts_as_texts(ppi: Ppi, town: Path) -> None:
    found = json.loads(ppi("apcp", "-f", "json").out)
    assert found["format_version"] == "1.0"
    assert found["total"] == {
        "voted": "4100000.00",
        "authorised": "4400000.00",
        "payments": "4400000.00",
        "paid": "118000.00",
        "remaining": "4282000.00",
        "resources": "2900000.00",
        # 118; 480 + 150; 900 + 200; 600 + 250 + 50; 202 + 700; 750
        "by_year": {
            "2023": "118000.00",
            "2024": "630000.00",
            "2025": "1100000.00",
            "2026": "900000.00",
            "2027": "902000.00",
            "2028": "750000.00",
        },
    }
    first = found["programmes"][0]
    assert first["votes"][1] == {
        "date": "2024-03-28",
        "amount": "2400000.00",
        "authorised": "2400000.00",
        "change": "400000.00",
        "basis": "stated",
        "reason": "amiante",
        "source": "délibération 2024-09",
    }
    assert first["payments"]["2026"] == {"amount": "600000.00", "basis": "assumed"}
    assert first["resources"][1]["from"] == "region"
    assert found["programmes"][2]["resources_total"] is None


def test_tables_for_spreadsheets_leave_blank_what_is_not_stated(ppi: Ppi, town: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(ppi("apcp", "-f", "csv").out)))
    assert [row["id"] for row in rows] == ["renovation", "chaussees", "mediatheque", "total"]
    assert [row["2024"] for row in rows] == ["480000.00", "150000.00", "", "630000.00"]
    assert rows[0]["revisions"] == "300000.00"


def test_known_costs_that_are_not_the_credits_of_a_year_are_told() -> None:
    """30 k€ of works in 2026 for 10 k€ of credits; 20 and 20 in 2027; upkeep is not authorised.

    In 2028 there are 20 k€ of credits and no cost, in 2029 5 k€ of works and no credit; of 2030,
    whose cost is blank, nothing is known.
    """
    own = plan("""
        plan: {title: P, years: 2026..2030}
        themes: [{id: t, title: T}]
        projects:
          - id: hall
            theme: t
            title: Hall
            costs:
              - {year: 2026, amount: 30 k€}
              - {year: 2027, amount: 20 k€}
              - {year: 2026, amount: 7 k€, account: "6156"}
              - {year: 2029, amount: 5 k€}
              - {year: 2030, amount: }
        programmes:
          - id: ap
            title: AP
            projects: [hall]
            authorised: [{date: 2025-12-01, amount: 50 k€}]
            payments: {2026: 10 k€, 2027: 20 k€, 2028: 20 k€, 2030: 3 k€}
        """)
    notes = [Language("en").say(note) for note in programmes_report(own).table().notes]
    assert (
        "AP: the known costs of its projects are not its credits (2026: 30 k€ for 10 k€ of credits,"
        " 2028: no cost for 20 k€ of credits, 2029: 5 k€ without a credit)"
        in [note.replace("\u00a0", " ").replace("\u202f", " ") for note in notes]
    )
