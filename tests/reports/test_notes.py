"""What reports say of plans that have what neither example has: a few lines, and a sentence."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from ppi_cli.plan.model import Plan
from ppi_cli.reports.affordability import afford_report
from ppi_cli.reports.dossier import for_readers
from ppi_cli.values.message import Message, counted, msg
from ppi_cli.values.money import Money
from ppi_cli.values.quarters import Quarter
from ppi_cli.versions.choices import Choices
from ppi_cli.versions.rescheduling import longer_costs
from ppi_cli.versions.scenarios import worked_out
from ppi_cli.words.language import Language
from tests.conftest import Result
from tests.plans import plan

Ppi = Callable[..., Result]

HEAD = """
plan: {title: Plan de Vigneux, years: 2025..2026, tax: incl}
themes:
  - {id: a, title: Voirie}
"""
VOTED = """
programmes:
  - id: ap
    title: Chaussées
    authorised_by: year
    authorised: [{date: 2025-01-02, amount: 3 k€}, {date: 2026-01-02, amount: 2 k€}]
    payments: {2026: 5 k€}
"""
LEASED = """
targets:
  - {id: parc, title: Parc, variants: [{id: leased, title: Loué}, {id: none, title: Rien}]}
projects:
  - id: p
    theme: a
    title: P
    quarters: 2025
    running_costs: [{amount: 4 k€, when: parc.leased}]
    costs: [{year: 2025, amount: , when: parc.none}]
"""
BLANK = """
targets:
  - {id: parc, title: Parc, variants: [{id: leased, title: Loué}, {id: none, title: Rien}]}
projects:
  - id: p
    theme: a
    title: P
    costs:
      - {year: 2025, amount: 4 k€, when: parc.leased}
      - {year: 2025, amount: 4 k€, when: parc.none}
      - {year: 2025, amount: , when: parc.none}
      - {year: 2026, amount: 1 k€, when: parc.none}
"""
PASSED = """
  - {id: b, title: Sports, envelope: {2025: 70 k€}}
projects: [{id: p, theme: b, title: P, costs: [{year: 2025, amount: 80 k€}]}]
"""
PAID = """
programmes:
  - id: ap
    title: Ponts
    authorised: [{date: 2023-01-02, amount: 3 k€}]
    payments: {2023: 1 k€, 2024: 1 k€, 2025: 1 k€}
"""
RUN = """
stated_totals: {2026: 10 k€}
projects:
  - id: p
    theme: a
    title: P
    quarters: 2025
    costs: [{year: 2025, amount: 80 k€}, {year: 2026, amount: 6 k€}]
    running_costs: [{amount: 4 k€}]
"""
EMPTY = """
  - {id: b, title: Sports, envelope: {2025: 0 k€}}
projects: [{id: p, theme: b, title: P, costs: [{year: 2025, amount: 80 k€}]}]
"""
PRINTED = """
stated_totals: {2025: 90 k€, total: 90 k€}
projects: [{id: p, theme: a, title: P, costs: [{year: 2025, amount: 80 k€}]}]
"""
WITHIN = """
ceilings: {total: {2025: 90 k€, 2026: 90 k€}}
projects:
  - id: p
    theme: a
    title: P
    costs: [{year: 2025, amount: 80 k€}, {year: 2026, amount: 1 k€}]
"""
OPEN = """
  - {id: b, title: Sports, envelope: {2025: 90 k€, 2026: 90 k€}}
targets:
  - {id: parc, title: Parc, variants: [{id: big, title: Grand}, {id: small, title: Petit}]}
projects:
  - {id: q, theme: b, title: Q, costs: [{year: 2025, amount: 4 k€}, {year: 2026, amount: 4 k€}]}
  - id: p
    theme: b
    title: P
    costs:
      - {year: 2025, amount: 30 k€, when: parc.big}
      - {year: 2025, amount: 5 k€, when: parc.small}
      - {year: 2026, amount: 30 k€, when: parc.small}
      - {year: 2026, amount: 5 k€, when: parc.big}
scenarios: [{id: s, title: S, change: [{project: q, percent: 50 %}]}]
"""
#: An exception that is of use, and one of another rule that is not.
ASIDE = """
  - {id: b, title: Sports, envelope: {2025: 70 k€}}
projects: [{id: p, theme: b, title: P, costs: [{year: 2025, amount: 80 k€}]}]
exceptions:
  - {rule: PPI402, theme: b, reason: avenant}
  - {rule: PPI305, project: p, reason: essai}
"""
FINDINGS = "findings: [{id: f, title: F}, {id: g, title: G}, {id: h, title: H, answers: [g]}]"


def said(ppi: Ppi, text: str, *command: str) -> str:
    """What a report of a plan prints, without line breaks."""
    Path("plan.yaml").write_text(HEAD + text, encoding="utf-8")
    out = ppi(*command, "plan.yaml", "--lang", "en", "--width", "200").out
    return " ".join(out.split())


@pytest.mark.parametrize(
    ("text", "command", "sentence"),
    [
        (VOTED, "apcp", "the votes on Chaussées add up"),
        (LEASED, "variants", "no cost of Rien is stated: it is not compared"),
        (BLANK, "variants", "1 cost of Rien is not stated: it is not compared"),
        (
            BLANK.replace("2026, amount: 1 k€", "2026, amount: "),
            "variants",
            "2 costs of Rien are not stated: it is not compared",
        ),
        (PAID, "apcp", "what was paid of Ponts in 2023, 2024 is not stated: nor is what remains"),
        ("programmes: [{id: q, title: Quais}]", "apcp", "no authorisation is stated for Quais"),
        (RUN, "validate", "it agrees only with what is to run, 4 k€, which is in no total"),
        (RUN, "totals --cumulative", "│ then, to run │ — │ 4 k€ │ 4 k€ │"),
        (RUN, "totals --cumulative", "│ In all │ 80 k€+ │ 90 k€+ │ 90 k€+ │"),
        (EMPTY, "totals", "│ Sports │ 0 € │ 80 000 €! │ 0 € │ 80 000 €! │ — │"),
        (PRINTED, "validate", "all years together: this total differs for the same reason"),
        (WITHIN, "afford", "every year is within its ceilings, as far as its costs are known"),
        (
            OPEN,
            "variants --scenario s",
            "the envelope of Sports was read with 2025: Grand, 2026: Petit",
        ),
        (
            ASIDE,
            "validate",
            "this exception sets nothing aside: PPI305 finds nothing of what it names",
        ),
        (FINDINGS, "list findings", "2 of 3 have no answer"),
        (PASSED, "trace theme=b", "envelope of 70 k€ less costs that exceed it"),
    ],
    ids=[
        "votes",
        "blank-variant",
        "one-blank",
        "two-blank",
        "unpaid",
        "unauthorised",
        "printed-with-running",
        "running-so-far",
        "all-so-far",
        "part-of-nothing",
        "same-reason",
        "within",
        "read-with",
        "of-no-use",
        "unanswered",
        "excess",
    ],
)
def test_it_is_said(ppi: Ppi, folder: Path, text: str, command: str, sentence: str) -> None:
    assert sentence in said(ppi, text, *command.split())


def test_of_one_vote_nothing_adds_up_and_what_is_to_run_is_a_price(ppi: Ppi, folder: Path) -> None:
    one = VOTED.replace(", {date: 2026-01-02, amount: 2 k€}", "")
    assert "add up" not in said(ppi, one, "apcp")
    assert "no cost of Loué" not in said(ppi, LEASED, "variants")


@pytest.mark.parametrize(
    ("reasons", "sentence"),
    [
        ("[]", "2 changes: none with a reason"),
        ("[{project: p, reason: marché}]", "2 changes: 1 of them without a reason"),
        (
            "[{project: p, reason: marché}, {theme: a, reason: vote}]",
            "2 changes: each with a reason",
        ),
        (
            "[{project: p, reason: marché}, {theme: b, reason: étude}]",
            "the reason “étude” explains no change here",
        ),
    ],
)
def test_how_many_changes_have_a_reason(
    ppi: Ppi, folder: Path, reasons: str, sentence: str
) -> None:
    old = HEAD + "  - {id: b, title: Sports}\n" + cost("80 k€")
    new = old.replace("80 k€", "90 k€").replace("Voirie", "Rues") + f"\nchanges: {reasons}\n"
    Path("old.yaml").write_text(old, encoding="utf-8")
    Path("new.yaml").write_text(new, encoding="utf-8")
    out = ppi("diff", "old.yaml", "new.yaml", "--lang", "en", "--width", "120").out
    assert sentence in " ".join(out.split())


def cost(amount: str, more: str = "") -> str:
    costs = f"[{{year: 2025, amount: {amount}, section: investment}}]"
    return (
        f"projects: [{{id: p, theme: a, title: P, quarters: 2025-T2..2026, costs: {costs}}}]{more}"
    )


def limits(text: str) -> list[tuple[int, str | None, bool]]:
    """The ceiling that each bar is marked with, and whether it is passed."""
    bars = afford_report(worked_out(plan(HEAD + text)).plan).bars()
    return [(bar.year, None if bar.limit is None else str(bar.limit), bar.over) for bar in bars]


@pytest.mark.parametrize(
    ("ceilings", "limit", "over"),
    [
        ("investment: {2025: 90 k€}", "90000.00", False),
        ("investment: {2025: 70 k€}", "70000.00", True),
        ("investment: {2025: 80 k€}", "80000.00", False),
        ("operating: {2025: 5 k€}", None, False),  # no ceiling of what the bar shows
        ("net: {2025: 90 k€}, total: {2025: 85 k€}", "90000.00", False),
        ("net: {2025: 90 k€}, total: {2025: 75 k€}", "75000.00", True),  # the one that is passed
    ],
)
def test_a_bar_is_marked_with_the_ceiling_that_counts(
    ceilings: str, limit: str | None, over: bool
) -> None:
    text = cost("80 k€", f"\nceilings: {{{ceilings}}}\n")
    assert limits(text)[0] == (2025, limit, over)


def test_without_a_figure_nothing_is_how_many_times_what_is_usual(ppi: Ppi, folder: Path) -> None:
    usual = "projects: [{id: p, theme: a, title: P, quarters: 2025}]"
    shown = said(ppi, usual.replace("P,", "P,"), "totals")
    assert "usual" not in shown
    text = HEAD.replace("tax: incl", "tax: incl, baseline: {investment: 50 k€}") + usual
    Path("plan.yaml").write_text(text, encoding="utf-8")
    out = ppi("totals", "plan.yaml", "--lang", "en", "--width", "200").out
    assert "on average" not in out


def test_nothing_is_said_of_savings_that_no_year_states(ppi: Ppi, folder: Path) -> None:
    assert "avings" not in said(ppi, cost("80 k€"), "afford")
    stated = said(ppi, cost("80 k€", "\nsavings: {2025: 70 k€}"), "afford")
    assert "│ Available savings │ 70 k€ │ — │" in stated
    assert "10 k€+ are not covered by them" in stated


def test_the_sources_are_told_with_what_they_are_for(ppi: Ppi, folder: Path) -> None:
    text = HEAD.replace("title: Voirie", "title: Voirie, source: Fiche 3")
    Path("plan.yaml").write_text(text, encoding="utf-8")
    (row,) = json.loads(ppi("list", "sources", "plan.yaml", "-f", "json").out)["rows"]
    assert row == {
        "what": "theme", "value": "Voirie", "source": "Fiche 3", "basis": "stated"
    }  # fmt: skip


def test_a_printed_total_is_contradicted_by_the_total_alone(ppi: Ppi, folder: Path) -> None:
    shown = said(ppi, cost("80 k€", "\nstated_totals: {2025: 90 k€}"), "totals", "--by", "project")
    assert "│ P │ 80 k€ │" in shown
    assert "│ Total │ 80 k€+! │" in shown


THEMES = """
  - {id: b, title: Sports, envelope: {2025: 40 k€}, stated_totals: {2025: 50 k€}}
projects: [{id: p, theme: a, title: P, costs: [{year: 2025, amount: 80 k€}]}]
"""


def test_a_printed_total_of_a_theme_is_contradicted_by_its_row_alone(
    ppi: Ppi, folder: Path
) -> None:
    shown = said(ppi, THEMES, "totals")
    assert "│ Voirie │ 80 k€+ │" in shown
    assert "│ Sports │ 40 k€! │" in shown
    assert "│ Total │ 120 k€+ │" in shown


def test_a_printed_total_of_a_theme_that_is_another_one_is_told(ppi: Ppi, folder: Path) -> None:
    old = HEAD + THEMES.replace("50 k€", "40 k€")
    Path("old.yaml").write_text(old, encoding="utf-8")
    Path("new.yaml").write_text(old.replace("40 k€", "45 k€"), encoding="utf-8")
    out = ppi("diff", "old.yaml", "new.yaml", "--lang", "en", "--width", "120").out
    assert "printed total, 2025 40 k€ 45 k€" in " ".join(out.split())


@pytest.mark.parametrize(
    ("quarters", "name"),
    [
        (2, "p 2 quarters later"),
        (1, "p 1 quarter later"),
        (0, "p 0 quarters later"),
        (-1, "p 1 quarter earlier"),
    ],
)
def test_a_version_is_called_after_what_is_put_off(quarters: int, name: str) -> None:
    (found,) = Choices(shifts={"p": quarters}).names()
    assert Language("en").say(found) == name


def test_what_a_plan_lacks_is_left_out_of_what_is_asked_of_it() -> None:
    asked = Choices(drops=("p", "zoo"), shifts={"q": 1, "zoo": 2})
    assert asked.within(plan(HEAD + GONE)) == Choices(drops=("p",), shifts={"q": 1})


GONE = """
projects:
  - {id: p, theme: a, title: P, money: none}
  - {id: q, theme: a, title: Q, after: [p], money: none}
exceptions: [{rule: PPI305, project: p, reason: essai}, {rule: PPI305, project: q, reason: essai}]
programmes: [{id: ap, title: AP, projects: [p, q]}]
"""


def test_what_names_a_project_goes_with_it() -> None:
    of: Plan = Choices(drops=("p",)).version(plan(HEAD + GONE)).plan
    assert [project.after for project in of.projects] == [()]
    assert [exception.project for exception in of.exceptions] == ["q"]
    assert [programme.projects for programme in of.programmes] == [("q",)]


def test_the_costs_of_a_longer_project_are_in_the_order_of_years() -> None:
    """The cost of 2026 lies after the work, and stays; those of 2025 are four parts."""
    (p,) = plan(
        HEAD + "projects: [{id: p, theme: a, title: P, quarters: 2025-T1..T2, costs:"
        " [{year: 2026, amount: 9 k€}, {year: 2025, amount: 8 k€}]}]"
    ).projects
    found = longer_costs(p, p.costs, 2)
    assert [(cost.year or cost.quarter, str(cost.amount)) for cost in found] == [
        *((Quarter(2025, number), "2000.00") for number in (1, 2, 3, 4)),
        (2026, "9000.00"),
    ]


def test_an_amount_is_not_broken_where_a_table_is_told_line_by_line(ppi: Ppi, folder: Path) -> None:
    """What it costs to run, nine years long: the lines of a table break between amounts only."""
    years, run = "2025..2034", "quarters: 2025, running_costs: [{amount: 12345 €}]"
    old = HEAD.replace("2025..2026", years) + cost("80 k€").replace("quarters: 2025-T2..2026", run)
    Path("old.yaml").write_text(old, encoding="utf-8")
    Path("new.yaml").write_text(old.replace("12345", "12678"), encoding="utf-8")
    for width in range(40, 44):
        out = ppi("diff", "old.yaml", "new.yaml", "--lang", "en", "--width", str(width)).out
        changes = out.partition("Totals")[0]
        assert "Before: " in changes
        assert changes.count("12\u202f345\u00a0€") == 9


BESIDE = """
  - {id: b, title: Sports, envelope: {2025: 70 k€}}
funders: [{id: dept, title: Département, public: yes}]
ceilings: {total: {2025: 90 k€}, net: {2025: 60 k€}}
projects:
  - id: p
    theme: b
    title: P
    costs: [{year: 2025, amount: 80 k€}]
    funding: [{from: dept, year: 2025, amount: 30 k€, status: requested, basis: assumed}]
"""


def test_what_is_left_net_is_assumed_as_what_others_pay_is(ppi: Ppi, folder: Path) -> None:
    shown = said(ppi, BESIDE, "afford")
    assert "│ Ceiling, in all │ 90 k€ │ — │ │ │ Left │ 20 k€ │" in shown
    assert "│ Ceiling, net │ 60 k€ │ — │ │ │ Left │ 20 k€* │" in shown
    stated = said(ppi, BESIDE.replace(", basis: assumed", ""), "afford")
    assert "k€*" not in stated


def test_what_costs_more_than_its_envelope_is_told_by_year_of_each_theme(
    ppi: Ppi, folder: Path
) -> None:
    sentence = "! Sports, 2025: the projects cost 10 k€ more than the envelope"
    assert sentence in said(ppi, PASSED, "totals")
    assert "! Voirie" not in said(ppi, PASSED, "totals")
    assert sentence not in said(ppi, PASSED, "totals", "--by", "project")
    even = PASSED.replace("80 k€", "70 k€")
    assert "more than the envelope" not in said(ppi, even, "totals")


def test_of_one_year_nothing_is_a_mean(ppi: Ppi, folder: Path) -> None:
    text = HEAD.replace("tax: incl", "tax: incl, baseline: {investment: 40 k€}") + cost("80 k€")
    Path("plan.yaml").write_text(text, encoding="utf-8")
    two = " ".join(ppi("totals", "plan.yaml", "--lang", "en", "--width", "200").out.split())
    assert ": 80 k€ a year on average over the 1 year of 2 that has a figure: 2.0 × usual" in two
    Path("plan.yaml").write_text(text.replace("2025..2026", "2025..2025"), encoding="utf-8")
    assert "on average" not in ppi("totals", "plan.yaml", "--lang", "en").out


@pytest.mark.parametrize(
    ("count", "told"), [(12, "P1, P2, P3, P4, P5, P6, P7, P8, P9, P10, P11, P12"), (13, "13")]
)
def test_up_to_twelve_projects_that_have_ended_are_named(
    ppi: Ppi, folder: Path, count: int, told: str
) -> None:
    each = "\n  - {{id: p{n}, theme: a, title: P{n}, quarters: 2025, money: none}}"
    ended = "projects:" + "".join(each.format(n=n) for n in range(1, count + 1))
    Path("old.yaml").write_text(HEAD + ended, encoding="utf-8")
    Path("new.yaml").write_text(HEAD.replace("2025..2026", "2026..2027"), encoding="utf-8")
    out = ppi("diff", "old.yaml", "new.yaml", "--lang", "en", "--width", "200").out
    line = next(line for line in out.splitlines() if "projects that have ended" in line)
    assert line.split() == ["projects", "that", "have", "ended", *told.split()]


ONE_BEYOND = """
  - {id: b, title: Sports, envelope: {2025: 10 k€}}
targets:
  - {id: parc, title: Parc, variants: [{id: big, title: Grand}, {id: small, title: Petit}]}
projects:
  - id: p
    theme: b
    title: P
    costs:
      - {year: 2025, amount: 30 k€, when: parc.big}
      - {year: 2025, amount: 5 k€, when: parc.small}
"""


def test_what_is_beyond_the_envelopes_of_one_plan_alone_is_told(ppi: Ppi, folder: Path) -> None:
    """The cheapest plan keeps to its envelope of 10 k€; the dearest costs 20 k€ more."""
    shown = said(ppi, ONE_BEYOND, "variants")
    assert "Beyond the envelopes, not counted" in shown
    even = said(ppi, ONE_BEYOND.replace("30 k€", "9 k€"), "variants")
    assert "Beyond the envelopes" not in even


@pytest.mark.parametrize(
    ("year", "amount", "envelope"),
    [
        (2016, "5 k€", {2016: "20000.00", 2017: "20000.00"}),  # the first cost of its year
        (2017, "12 k€", {2016: "20000.00", 2017: "22000.00"}),  # in place of another cost
    ],
)
def test_an_envelope_holds_what_was_left_blank_already(
    year: int, amount: str, envelope: dict[int, str]
) -> None:
    costs = "[{year: 2016, amount: }, {year: 2017, amount: 10 k€}]"
    of = plan(f"""
plan: {{title: Plan de Vigneux, years: 2016..2018}}
themes: [{{id: sports, title: Sports, envelope: {{2016: 20 k€, 2017: 20 k€}}}}]
projects: [{{id: p, theme: sports, title: P, costs: {costs}}}]
scenarios: [{{id: s, change: [{{project: p, costs: {{{year}: {amount}}}}}]}}]
""")
    (sports,) = Choices("s").version(of).plan.themes
    assert {y: str(each.amount) for y, each in sports.envelope.items()} == envelope


def test_shares_are_told_to_programs_by_period(ppi: Ppi, folder: Path) -> None:
    """Of 80 k€ in 2025, 20 k€ are of the roads; in 2026 all of it, and 30 of 90 k€ together."""
    costs = "costs: [{year: 2025, amount: 20 k€}, {year: 2026, amount: 10 k€}]"
    text = HEAD + "  - {id: b, title: Sports, envelope: {2025: 60 k€}}\nprojects: ["
    Path("plan.yaml").write_text(f"{text}{{id: p, theme: a, title: P, {costs}}}]", "utf-8")
    found = json.loads(ppi("totals", "plan.yaml", "--percent", "-f", "json").out)
    assert {row["id"]: row["percent"] for row in found["rows"]} == {
        "a": {"2025": "25.0", "2026": "100.0", "total": "33.3"},
        "b": {"2025": "75.0", "2026": None, "total": "66.7"},
    }


def test_an_envelope_of_which_nothing_is_left_is_stated_as_it_was() -> None:
    of = plan(HEAD + PASSED.replace("80 k€", "60 k€"))
    (_, sports) = Choices(drops=("p",)).version(of).plan.themes
    left = sports.envelope[2025]
    assert (str(left.amount), left.basis) == ("10000.00", "stated")


EXPLAINED = """
  - {id: b, title: Eau}
priority_classes: [{class: 1, title: Urgent}, {class: 2, title: Utile}]
recommendations: [{id: r, class: 1, rank: 1, title: Reco, source: audit, answers: [crue]}]
findings: [{id: crue, theme: a, title: Crue, consequence: Arrêt}]
context: [{id: ctx, title: Moyens, items: [un puits]}]
targets:
  - id: c
    title: Cible
    action: Creuser
    variants: [{id: x, title: X}, {id: y, title: Y}]
    chosen: x
projects: [{id: p, theme: a, title: P}, {id: q, theme: a, title: Q}]
programmes: [{id: ap, title: AP, projects: [p]}]
"""
CHANGED = {
    "class: 1, rank: 1, title: Reco, source: audit, answers: [crue]":
    "class: 2, rank: 3, title: Recommandation, source: rapport, answers: [ctx]",
    "theme: a, title: Crue, consequence: Arrêt": "theme: b, title: Crues, consequence: Fermeture",
    "[un puits]": "[deux puits]",
    "action: Creuser": "action: Forer",
    "[{id: x, title: X}, ": "[{id: z, title: Z}, {id: x, title: X}, ",
    "chosen: x": "chosen: y",
    "projects: [p]": "projects: [p, q]",
}  # fmt: skip


def test_each_field_that_has_changed_is_named_in_french_too(
    ppi: Ppi, folder: Path, kept: Callable[[str, str], None]
) -> None:
    old = new = HEAD + EXPLAINED
    for before, after in CHANGED.items():
        assert before in new
        new = new.replace(before, after)
    Path("old.yaml").write_text(old, encoding="utf-8")
    Path("new.yaml").write_text(new, encoding="utf-8")
    kept("small/diff.txt", ppi("diff", "old.yaml", "new.yaml", "--lang", "fr").out)


def test_what_rounding_hides_is_told_with_its_sign(ppi: Ppi, folder: Path) -> None:
    """1.4 and 1.4 k€ are shown as 1 and 1, together 2, and are 2.8."""
    text = HEAD + "projects: [{id: p, theme: a, title: P, costs: ["
    text += "{year: 2025, amount: 1400 €}, {year: 2026, amount: 1400 €}]}]"
    Path("plan.yaml").write_text(text, encoding="utf-8")
    out = ppi("totals", "plan.yaml", "--unit", "k€", "--lang", "en", "--width", "200").out
    sentence = "the exact total is 2 800 €; the cells shown add up to 2 k€: -800 € apart"
    assert sentence in " ".join(out.split())


def test_a_cost_is_found_where_it_stands_though_another_variant_is_gone(
    ppi: Ppi, folder: Path
) -> None:
    text = ONE_BEYOND.replace("title: Parc,", "title: Parc, chosen: small,")
    Path("plan.yaml").write_text(HEAD + text, encoding="utf-8")
    found = json.loads(ppi("trace", "project=p", "plan.yaml", "-f", "json").out)["entries"]
    lines = (HEAD + text).splitlines()
    assert [lines[entry["line"] - 1].strip() for entry in found] == [
        "- {year: 2025, amount: 5 k€, when: parc.small}"
    ]


@pytest.mark.parametrize(
    ("asked", "title"),
    [
        ("", "The amounts of the whole plan"),
        ("year=2025", "The amounts of 2025"),
        ("theme=a quarter=2025-Q2", "The amounts of theme a, Q2 2025"),
        ("project=p net=yes", "The amounts of project p, net of what others pay"),
        ("running=yes", "The amounts of what is to run"),
    ],
)
def test_a_trace_says_which_figure_it_is_of(ppi: Ppi, folder: Path, asked: str, title: str) -> None:
    assert said(ppi, cost("80 k€"), "trace", *asked.split()).startswith(title)


@pytest.mark.parametrize(
    ("amount", "drops", "steps"),
    [
        (
            "15 k€",
            (),
            ["20 k€ less 8 k€ of known costs in the plan as written", "less 12 k€ of first costs"],
        ),
        ("5 k€", ("p",), ["20 k€ less 13 k€ of known costs before the options"]),
    ],
    ids=["first-cost", "options"],
)
def test_what_an_envelope_holds_beyond_known_costs_is_told_step_by_step(
    amount: str, drops: tuple[str, ...], steps: list[str]
) -> None:
    of = plan(
        HEAD
        + f"""
  - {{id: b, title: Sports, envelope: {{2025: 20 k€}}}}
projects:
  - {{id: p, theme: b, title: P, costs: [{{year: 2025, amount: 8 k€}}]}}
  - {{id: q, theme: b, title: Q, costs: [{{year: 2025, amount: }}]}}
scenarios: [{{id: s, title: Essai, change: [{{project: q, costs: {{2025: {amount}}}}}]}}]
"""
    )
    say = Language("en").say
    told = Choices(scenario="s", drops=drops).version(of)
    found = [say(each) for each in told.steps_of(("themes", 1, "envelope", "2025"))]
    assert [each.replace("\xa0", " ") for each in found] == steps


RUN_LATER = """
projects:
  - id: p
    theme: a
    title: P
    quarters: 2025-T1
    costs: [{year: 2025, amount: 80 k€}, {year: 2026, amount: 40 k€}]
scenarios: [{id: s, title: S, change: [{project: p, percent: 10 %}], add: [
  {id: n, theme: a, title: N, quarters: 2025, costs: [{year: 2025, amount: 1 k€}],
   running_costs: [{amount: 4 k€}]}]}]
"""


def test_only_what_is_run_in_all_is_headed_so(ppi: Ppi, folder: Path) -> None:
    Path("plan.yaml").write_text(HEAD + RUN_LATER, encoding="utf-8")
    out = ppi("compare", "plan.yaml", "--lang", "en", "--width", "120").out
    heads = [line for line in out.splitlines() if line in ("Total", "then, to run", "In all")]
    assert heads == ["Total", "then, to run", "In all"]


def test_a_mean_is_over_the_years_that_have_a_figure(ppi: Ppi, folder: Path) -> None:
    text = HEAD.replace("2026, tax: incl", "2027, tax: incl, baseline: {investment: 40 k€}")
    text += cost("80 k€").replace("}]", "}, {year: 2026, amount: 40 k€, section: investment}]", 1)
    Path("plan.yaml").write_text(text, encoding="utf-8")
    out = " ".join(ppi("totals", "plan.yaml", "--lang", "en", "--width", "200").out.split())
    assert "60 k€ a year on average over the 2 years of 3 that have a figure: 1.5 ×" in out


@pytest.mark.parametrize(
    ("urgent", "sentence"),
    [
        (1, "“P” (class 2) starts in Q1 2025, before 2 more urgent projects, the first being “C”"),
        (3, "“P” (class 2) starts in Q1 2025, after 2 less urgent projects, the first being “C”"),
    ],
)
def test_a_project_out_of_order_is_told_with_what_it_passes(
    ppi: Ppi, folder: Path, urgent: int, sentence: str
) -> None:
    """It is before two projects of class 1, which start later; or after two of class 3."""
    start = "2025-T2" if urgent == 1 else "2024-T4"
    own = "2025-T1"
    text = (
        HEAD.replace("2025..2026", "2024..2026")
        + "projects:\n"
        + "".join(
            f"  - {{id: {id}, theme: a, title: {id.upper()}, priority: {n}, quarters: {quarter}}}\n"
            for id, n, quarter in (("p", 2, own), ("c", urgent, start), ("d", urgent, start))
        )
    )
    text += "priority_classes: [{class: 1, title: A}, {class: 2, title: B}, {class: 3, title: C}]"
    Path("plan.yaml").write_text(text, encoding="utf-8")
    out = ppi("validate", "plan.yaml", "--lang", "en", "--width", "200").out
    assert sentence in " ".join(out.split())


def test_a_note_on_shares_calls_a_column_by_its_title(
    ppi: Callable[..., Result], folder: Path
) -> None:
    (folder / "plan.yaml").write_text(
        "plan: {title: P, years: 2025..2026}\n"
        "themes: [{id: a, title: Roads}]\n"
        "projects:\n"
        "  - {id: p, theme: a, title: P, costs: [{year: 2025, amount: 1 k€}]}\n"
        "  - {id: q, theme: a, title: Q, costs: [{year: 2025, amount: -1 k€}]}\n"
    )
    shown = ppi("totals", "--by", "project", "--across", "section", "--percent", "plan.yaml").out
    assert "In no section: the total is not above zero, so there are no shares" in shown


SMALL = """\
plan: {title: P, years: 2025..2027, tax: incl, baseline: {total: 100 k€, tax: excl}}
funders: [{id: f, title: F, stated_totals: {total: 5 k€}}, {id: g, title: G}]
themes: [{id: a, title: A, stated_totals: {2025: 50 k€, 2031: 1 k€}}]
projects:
  - {id: p, theme: a, title: P, quarters: 2025, costs: {2025: 50 k€},
     stated_totals: {2029: 3 k€, 2030: 4 k€},
     funding: [{from: f, 2025: 5 k€, 2028: 10 k€, status: granted},
               {from: g, 2026: 7 k€, status: granted}]}
  - {id: q, theme: a, title: Q, quarters: 2026..2028}
"""


def test_reports_of_a_plan_of_two_projects(
    ppi: Ppi, folder: Path, kept: Callable[[str, str], None]
) -> None:
    """Taxes that differ, years without a need, what comes after the plan, years that are none."""
    Path("plan.yaml").write_text(SMALL, encoding="utf-8")
    told = ppi("validate", "plan.yaml", "--width", "120").out
    Path("plan.yaml").write_text(
        re.sub(r", 2031: 1 k€|2029: 3 k€, 2030: 4 k€|\.\.2028(?=})", "", SMALL), "utf-8"
    )
    for command in ("validate", "totals", "afford", "totals --by source", "list projects"):
        told += ppi(*command.split(), "plan.yaml", "--width", "120").out
    kept("small/reports.txt", told)


PAID = """
funders: [{id: detr, title: DETR}]
projects: [{id: p, theme: a, title: P, costs: [{year: 2025, amount: 80 k€}]FUNDING}]
"""


def test_an_own_share_of_nothing_is_not_below_zero(ppi: Ppi, folder: Path) -> None:
    def shown(grant: str) -> str:
        funding = f", funding: [{{from: detr, year: 2025, amount: {grant}}}]"
        return said(ppi, PAID.replace("FUNDING", funding), "totals", "--by", "source")

    assert "an own share below zero" not in shown("80 k€")
    assert "an own share below zero" in shown("81 k€")


def test_a_version_of_which_a_project_has_no_cost_is_not_ranked(ppi: Ppi, folder: Path) -> None:
    known = HEAD + cost("80 k€")
    (folder / "old.yaml").write_text(known, encoding="utf-8")
    more = known.replace("projects: [", "projects: [{id: q, theme: a, title: Q}, ")
    assert more != known
    (folder / "new.yaml").write_text(more, encoding="utf-8")
    out = ppi("compare", "old.yaml", "new.yaml", "--lang", "en", "--width", "200").out
    assert "! new.yaml is not ranked: not all of its costs are known, of Q" in out


@pytest.mark.parametrize(
    ("years", "told"),
    [
        (
            2,
            [
                "! 2025 is 10 k€+ over its ceiling (net): 60 k€+ for 50 k€",
                "! 2026 is 30 k€+ over its ceiling (net): 80 k€+ for 50 k€",
                "! 2025: the town pays 60 k€+, and its savings of that year are 40 k€: 20 k€+ are"
                " not covered by them",
                "! 2026: the town pays 80 k€+, and its savings of that year are 40 k€: 40 k€+ are"
                " not covered by them",
            ],
        ),
        (
            3,  # 10, 30 and 20 k€ over the ceilings; 20, 40 and 30 k€ more than the savings
            [
                "! 2025–2027 are over their ceilings (net), by 60 k€+ in all: at most 30 k€+, in"
                " 2026",
                "! 2025–2027: the town pays more than its savings of each of these years, by 90 k€+"
                " in all: at most 40 k€+, in 2026",
            ],
        ),
    ],
)
def test_many_years_that_pass_a_bound_are_told_in_one_sentence(years: int, told: list[str]) -> None:
    def each(amounts: list[int]) -> str:
        of = zip(range(2025, 2025 + years), amounts, strict=False)
        return ", ".join(f"{year}: {amount} k€" for year, amount in of)

    found = plan(f"""
        plan: {{title: T, years: 2025..{2024 + years}, tax: incl}}
        themes: [{{id: a, title: A}}]
        projects: [{{id: x, theme: a, title: X, costs: {{{each([60, 80, 70])}}}}}]
        ceilings: {{net: {{{each([50] * 3)}}}}}
        savings: {{{each([40] * 3)}}}
        """)
    said = [Language("en").say(each) for each in afford_report(worked_out(found).plan).verdict()]
    warnings = [each.replace("\u00a0", " ") for each in said if each.startswith("!")]
    assert warnings == told


#: What a screen says with a command beside it, and a document, whose reader has none.
CLOSED: dict[str, object] = {
    "year": 2025,
    "paid": Money(100_000),
    "planned": Money(300_000),
    "over": Money(50_000),
}


@pytest.mark.parametrize(
    ("note", "told"),
    [
        (
            msg(
                "what is to run is taken off the savings; where they hold it: {key}",
                key="debt: {savings_hold: [running]}",
            ),
            "what is to run is taken off the savings",
        ),
        (
            msg("! a printed total says otherwise: ppi totals tells which"),
            "! a printed total says otherwise: the notes below the totals tell which",
        ),
        (
            msg(
                "{year} is closed: {paid} paid of {planned} planned, {over} carried over;"
                " --executed counts them",
                **CLOSED,
            ),
            "2025 is closed: 1 k€ paid of 3 k€ planned, 500 € carried over; the figures are"
            " those that were voted",
        ),
        (
            msg(
                "{year} is closed: {paid} paid, and {assumed} that no line says, of {planned}"
                " planned, {over} carried over; --executed counts them",
                assumed=Money(20_000),
                **CLOSED,
            ),
            "2025 is closed: 1 k€ paid, and 200 € that no line says, of 3 k€ planned, 500 €"
            " carried over; the figures are those that were voted",
        ),
        *(
            (
                counted(
                    "! the order does not hold, because of {n} project: ppi validate says with"
                    " which others",
                    "! the order does not hold, because of {n} projects: ppi validate says with"
                    " which others",
                    n,
                ),
                f"! the order does not hold, because of {projects}: the checks say with which"
                " others",
            )
            for n, projects in ((1, "1 project"), (2, "2 projects"))
        ),
    ],
)
def test_a_document_says_a_note_without_its_command(note: Message, told: str) -> None:
    (said,) = for_readers([note])
    assert Language("en").say(said).replace("\u00a0", " ") == told
    assert [*for_readers([msg("the plan has no projects")])] == [msg("the plan has no projects")]


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ("", "1 resource of Halle is not stated"),
        (", {from: b, amount: }", "2 resources of Halle are not"),
    ],
)
def test_resources_of_a_programme_that_are_blank_are_counted(
    ppi: Ppi, folder: Path, more: str, told: str
) -> None:
    (folder / "plan.yaml").write_text(
        "plan: {title: P, years: 2026..2027}\nthemes: [{id: t, title: T}]\n"
        "funders: [{id: a, title: A}, {id: b, title: B}]\n"
        "programmes: [{id: h, title: Halle, resources: [{from: a, amount: }"
        f"{more}]}}]\n",
        encoding="utf-8",
    )
    assert told in ppi("apcp").out


def test_each_sum_that_is_usual_is_held_against_the_mean(ppi: Ppi, folder: Path) -> None:
    """(15 + 4) / 2 is 9.5 k€ a year: 0.95 times 10 k€, and 0.24 times 40 k€."""
    (folder / "plan.yaml").write_text(
        "plan: {title: P, years: 2026..2027, tax: incl,"
        " baseline: {investment: 10 k€, total: 40 k€}}\n"
        "themes: [{id: a, title: A}]\n"
        "projects: [{id: p, theme: a, title: P, costs: {2026: 15 k€, 2027: 4 k€}}]\n",
        encoding="utf-8",
    )
    told = " ".join(ppi("afford", "--lang", "en", "--width", "200").out.split())
    assert "│ × usual total spending │ 0.4 │ 0.1 │ │" in told
    assert (
        "9 500 € a year on average over 2 years: 1.0 × usual investment (10 k€), 1.5 in 2026; the"
        " whole plan is 1.9 such years"
    ) in told
    assert (
        "9 500 € a year on average over 2 years: 0.2 × usual total spending (40 k€), 0.4 in 2026;"
        " the whole plan is 0.5 such years"
    ) in told


@pytest.mark.parametrize(("ceiling", "is_told"), [("49 k€", False), ("50 k€", True),
                                                  ("79 k€", True), ("80 k€", False)])  # fmt: skip
def test_a_ceiling_that_holds_only_by_what_is_requested_is_told(
    ppi: Ppi, folder: Path, ceiling: str, is_told: bool
) -> None:
    """80 k€, of which 30 are requested: 50 with the grant, which a ceiling of 50 just holds."""
    (folder / "plan.yaml").write_text(
        "plan: {title: P, years: 2026..2027, tax: incl}\nthemes: [{id: a, title: A}]\n"
        f"funders: [{{id: f, title: F}}]\nceilings: {{net: {{2026: {ceiling}}}}}\n"
        "projects: [{id: p, theme: a, title: P, costs: {2026: 80 k€},"
        " funding: [{from: f, year: 2026, amount: 30 k€, status: requested}]}]\n",
        encoding="utf-8",
    )
    said = " ".join(ppi("afford", "--lang", "en", "--width", "200").out.split())
    told = "2026 keeps its ceiling (net) only if what is requested comes: without it, it is"
    assert (told in said) is is_told


@pytest.mark.parametrize("width", range(40, 56))
def test_what_the_town_and_others_pay_are_together_what_it_costs_in_the_bar_too(
    ppi: Ppi, folder: Path, width: int
) -> None:
    """50 and 30 of 80 k€ are 20 and 12 of 32 columns, but of 36 each is half a column more."""
    (folder / "plan.yaml").write_text(
        "plan: {title: P, years: 2026, tax: incl}\nthemes: [{id: a, title: A}]\n"
        "funders: [{id: f, title: F}]\n"
        "projects: [{id: p, theme: a, title: P, costs: {2026: 80 k€},"
        " funding: [{from: f, year: 2026, amount: 30 k€, status: granted}]}]\n",
        encoding="utf-8",
    )
    said = ppi("afford", "--lang", "en", "--width", width).out
    (bar,) = (line.split()[1] for line in said.splitlines() if line.startswith(" 2026 "))
    assert len(bar) == width - 8
