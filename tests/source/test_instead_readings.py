"""Advice that is typed gives the figure that was written; of two readings, each gives its own.

Each text that is offered is put in the place of what is refused, and the plan computed.
"""

from __future__ import annotations

import re

import pytest

from ppi_cli.figures.postings import outside_postings, postings, running_postings
from ppi_cli.plan.model import Plan
from ppi_cli.values.findings import Diagnostic
from ppi_cli.versions.scenarios import worked_out
from tests import plans
from tests.source.test_instead import EN, advice, errors, plan

_IN_BRACES = r"\{(?:[^{}]|\{[^{}]*\})*\}"


def offered(help: str) -> list[str]:
    """The texts in braces that are offered, without those that have a place to fill in."""
    return [text for text in re.findall(_IN_BRACES, help) if "…" not in text]


def told(text: str) -> str:
    """What is to be typed for the one error of a plan."""
    (error,) = errors(text)
    return _help(error)


def _help(error: Diagnostic) -> str:
    return EN.say(error.help) if error.help is not None else ""


def spent(text: str) -> dict[int, int]:
    """What a plan without an error costs in each year, in k€, and after it."""
    found: dict[int, int] = {}
    read = worked_out(plans.plan(text)).plan
    for each in (*postings(read), *running_postings(read), *outside_postings(read)):
        found[each.year] = found.get(each.year, 0) + each.amount.cents // 100_000
    return found


def with_more(more: str) -> Plan:
    return plans.plan(plan(more=more))


# --- one amount, where each year has its own ---


@pytest.mark.parametrize("said", ["24 M€", "24 M€ sur le mandat", "24 M€ de 2026 à 2028"])
def test_a_ceiling_is_of_each_year_or_of_all(said: str) -> None:
    """Of 24 M€ in all, the town was to be let spend 72."""
    sums = []
    for text in offered(told(plan(more=f"ceilings: {{total: {said}}}"))):
        ceilings = with_more(f"ceilings: {{total: {text}}}").ceilings
        assert ceilings is not None
        sums.append([each.amount.cents // 10**8 for each in ceilings.total.values()])
    assert sums == [[24, 24, 24], [8, 8, 8]]


@pytest.mark.parametrize("key", ["investment", "operating", "net", "borrowing"])
def test_an_average_is_not_what_each_year_may_have(key: str) -> None:
    for said in ("5 M€ par an en moyenne", "en moyenne 5 M€ par an", "5 M€ a year on average"):
        assert told(plan(more=f"ceilings: {{{key}: {said}}}")) == (
            "write {2026: 5 M€, 2027: 5 M€, 2028: 5 M€}, if no year has more: an average of years"
            " has no key"
        )


def test_savings_over_years_are_not_those_of_each() -> None:
    help = told(plan(more="savings: 6 M€ sur 3 ans"))
    assert offered(help) == ["{2026: 2 M€, 2027: 2 M€, 2028: 2 M€}"]
    assert advice(plan(more="savings: 6 M€ sur 2 ans")) == [
        "write what each of the 2 years has of it, as in {2026: …, 2027: …, 2028: …}"
    ]
    assert offered(told(plan(more="savings: 6 M€"))) == [
        "{2026: 6 M€, 2027: 6 M€, 2028: 6 M€}",
        "{2026: 2 M€, 2027: 2 M€, 2028: 2 M€}",
    ]


def test_what_is_repaid_is_of_each_year_or_of_all() -> None:
    debt = "debt: {at_start: 9 M€, repaid: %s}"
    assert offered(told(plan(more=debt % "900 k€"))) == [
        "{2026: 900 k€, 2027: 900 k€, 2028: 900 k€}",
        "{2026: 300 k€, 2027: 300 k€, 2028: 300 k€}",
    ]
    assert told(plan(more=debt % "900 k€ par an")) == (
        "write {2026: 900 k€, 2027: 900 k€, 2028: 900 k€}"
    )


def test_an_envelope_keeps_that_it_is_assumed_and_how_it_counts_taxes() -> None:
    cell = "{amount: 9 k€, basis: assumed}"
    assert told(plan(theme="envelope: environ 9 k€ par an")) == (
        f"write {{2026: {cell}, 2027: {cell}, 2028: {cell}}}"
    )
    assert offered(told(plan(theme="envelope: 9 k€ HT"))) == []


# --- years that do not follow one another ---


def in_place_of(line: str) -> list[str]:
    """The texts that are to stand in a line of costs, in the place of all that it says."""
    help = told(plan(project=f"costs: [{{{line}}}]"))
    texts = help.split(", write ", 1)[1] if help.startswith("in place") else help
    return re.findall(r"\d{4}: .*?(?=$| if |, \d{4}: [^,]*? if )", texts)


@pytest.mark.parametrize(
    ("line", "each_reading"),
    [
        ("years: [2026, 2028], each_year: 90 k€", ["2026: 90 k€, 2028: 90 k€"]),
        ("years: 2026 et 2028, each_year: 90 k€", ["2026: 90 k€, 2028: 90 k€"]),
        ("years: [2026, 2028], in_all: 90 k€", ["2026: 45 k€, 2028: 45 k€"]),
        ("years: 2026..2028, each_year: 90 k€, every: 2", ["2026: 90 k€, 2028: 90 k€"]),
        ("years: 2026..2028, each_year: 90 k€, tous les: 2 ans", ["2026: 90 k€, 2028: 90 k€"]),
        ("years: 2026..2028, amount: 90 k€ tous les 2 ans", ["2026: 90 k€, 2028: 90 k€"]),
        ("years: tous les deux ans, each_year: 90 k€", ["2026: 90 k€, 2028: 90 k€"]),
        ("biennal: 90 k€", ["2026: 90 k€, 2028: 90 k€"]),
        ("year: 2027, amount: 90 k€ un an sur deux", ["2027: 90 k€"]),
    ],
)
def test_years_between_are_not_paid_for(line: str, each_reading: list[str]) -> None:
    """Of two years, three were to be typed; every two years became a cost of 2 k€."""
    assert in_place_of(line) == each_reading
    for text in each_reading:
        paid = {int(year): int(k) for year, k in re.findall(r"(\d{4}): (\d+) k€", text)}
        assert spent(plan(project=f"costs: [{{{text}}}]")) == paid


@pytest.mark.parametrize("when", ["year: [2026, 2028]", "years: 2026..2028, every: 2"])
def test_an_amount_of_two_years_is_of_each_or_of_both(when: str) -> None:
    help = told(plan(project=f"costs: [{{{when}, amount: 90 k€}}]"))
    assert help.endswith(
        "write 2026: 90 k€, 2028: 90 k€ if it is so much in each of these years, 2026: 45 k€,"
        " 2028: 45 k€ if that is the whole"
    )


def test_a_grant_of_two_years_does_not_come_in_those_between() -> None:
    grant = "costs: {2026: 900 k€}, funding: [{from: detr, year: [2026, 2028], amount: 90 k€}]"
    assert "2027" not in told(plan(project=grant))
    assert "2027" not in told(plan(project="costs: {2026 et 2028: 90 k€}"))


def test_running_costs_of_two_years_are_two_lines() -> None:
    help = told(plan(project="running_costs: 9 k€ tous les 2 ans"))
    (line, other) = offered(help)
    assert spent(plan(project=f"running_costs: [{line}, {other}]")) == {2026: 9, 2028: 9}


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ("récurrent: oui", "{years: 2026..2028, each_year: …}"),
        ("recurring: yes", "{years: 2026..2028, each_year: …}"),
        ("récurrent: tous les 2 ans", "{2026: …, 2028: …}"),
        ("périodicité: 2 ans", "{2026: …, 2028: …}"),
    ],
)
def test_what_is_invested_again_is_no_running_cost(said: str, line: str) -> None:
    assert told(plan(project=f"{said}, costs: {{2026: 9 k€}}")) == (
        f"delete it: costs say in which years they are paid, as in costs: [{line}]"
    )


# --- when it begins and ends ---

IN_2026 = "quarters: 2026"


@pytest.mark.parametrize(
    ("time", "paid"),
    [
        ("start: 2027-T2", {2027: 90, 2028: 120}),
        ("start: 2028-T2", {2028: 90}),
        ("start: septembre 2027", {2027: 40, 2028: 120}),
        ("start: 2027, until: 2028-T1", {2027: 120, 2028: 30}),
        ("start: 2027, until: mars 2028", {2027: 120, 2028: 30}),
    ],
)
def test_a_year_that_is_run_in_part_is_a_line_of_its_own(time: str, paid: dict[int, int]) -> None:
    """A year was to be typed in full: 120 for 90."""
    line = f"amount: 120 k€, {time}"
    help = told(plan(project=f"{IN_2026}, running_costs: [{{{line}}}]"))
    (part,) = offered(help)
    rest = re.search(r"write (\w+): (\d+), and", help)
    lines = [part]
    if rest is not None:
        lines.append(f"{{{re.sub(rf'{rest[1]}: [^,]+', f'{rest[1]}: {rest[2]}', line)}}}")
    assert spent(plan(project=f"{IN_2026}, running_costs: [{', '.join(lines)}]")) == paid


def test_a_year_that_is_run_whole_is_only_a_year() -> None:
    for time in ("2027-T1", "janvier 2027", "1er janvier 2027"):
        assert told(plan(project=f"running_costs: [{{amount: 9 k€, start: {time}}}]")) == (
            "write 2027"
        )
    assert told(plan(project="running_costs: [{label: gaz, amount: 9 k€, start: 5 mai 2027}]")) == (
        "a year here is a whole one: write start: 2028, and a line of its own for the part of one,"
        " {label: gaz, amount: …, start: 2027, until: 2027}"
    )
    assert "{amount: …, start: 2027, until: 2027}" in told(
        plan(project="running_costs: [{amount: 9 k€, start: rentrée 2027}]")
    )


def test_a_part_of_a_bare_number_is_bare() -> None:
    """Half of 45 k€, in a plan that counts in k€, was 22,50 €."""
    text = plan(project=f"{IN_2026}, running_costs: [{{amount: 45, start: 2027-T3}}]")
    assert '{amount: "22,50", start: 2027, until: 2027}' in told(text)
    assert told(plan(project="costs: [{year: 2026, amount: '40 - 12,5'}]")).startswith(
        'write "27,50"'
    )


def test_a_part_of_an_amount_is_in_its_currency() -> None:
    for amount in ("5 k$", "5 k"):
        text = plan(project=f"running_costs: [{{amount: {amount}, start: 2027-T2}}]")
        help = told(text.replace("tax: incl", "tax: incl, currency: USD"))
        assert "{amount: 3 750 $, start: 2027, until: 2027}" in help


@pytest.mark.parametrize("key", ["livraison", "fin", "deadline"])
def test_an_end_alone_is_no_span(key: str) -> None:
    """Two years of work were squeezed into their last quarter."""
    assert told(plan(project=f"{key}: septembre 2028")) == (
        "write quarters: …..2028-T3, with the quarter in which it begins"
    )
    assert told(plan(project="début: 2026-T3")) == (
        "write quarters: 2026-T3..…, with the quarter in which it ends"
    )


def test_years_of_a_cost_have_a_beginning_and_an_end() -> None:
    assert (
        told(plan(project="costs: [{from: 2027, each_year: 90 k€}]")) == "write years: 2027..2028"
    )
    assert told(plan(project="costs: [{from: 2027, amount: 90 k€}]")) == (
        "write years: 2027..2028, and in place of amount each_year: 90 k€ if that is paid in each"
        " year, in_all: 90 k€ if that is the whole"
    )


def test_work_that_starts_later_is_paid_later() -> None:
    """The quarters were to be moved, and the first year's costs left before them."""
    text = """
        plan: {title: P, years: 2016..2018, unit: k€}
        themes: [{id: a, title: A}]
        projects:
          - {id: x, theme: a, title: X, quarters: 2016-T1..2017-T1}
          - {id: y, theme: a, title: Y, after: [x], quarters: 2016-T3..2018-T4, costs: %s}
        """
    paid = "[{years: 2016..2018, in_all: 600}]"
    assert told(text % paid) == (
        "start it in Q2\u00a02017 or later, and move what it costs before that too: in 2016"
    )
    assert told(text % "{2017: 600}") == "start it in Q2\u00a02017 or later"


# --- what a project brings in ---


@pytest.mark.parametrize("name", ["recettes", "revenus", "loyers perçus", "économie", "income"])
def test_a_revenue_of_each_year_is_no_grant(name: str) -> None:
    """15 k€ a year were to be typed as one grant of 15 k€."""
    costs = f"{IN_2026}, running_costs: [%s]"
    line = "{amount: 30 k€, start: 2027}"
    help = told(plan(project=costs % f"{{amount: 30 k€, start: 2027, {name}: 15 k€}}"))
    (own,) = offered(help)
    assert spent(plan(project=costs % f"{line}, {own}")) == {2027: 15, 2028: 15}
    assert offered(told(plan(project=costs % f"{{{name}: 15 k€}}"))) == [
        f"{{label: {name}, amount: -15 k€}}"
    ]


def test_what_a_project_saves_is_no_cost() -> None:
    """A saving of 60 k€ was to be typed as a cost of 60."""
    assert told(plan(project="économie d'énergie: 60 k€")).startswith(
        "write running_costs: [{label: économie d'énergie, amount: -60 k€}] if so much is saved"
    )


# --- what the town borrows, saves and votes ---


@pytest.mark.parametrize("name", ["emprunt", "prêt relais", "loan"])
def test_a_loan_is_no_cost(name: str) -> None:
    """A loan of 200 k€ was to be typed as a cost of 200."""
    (text,) = re.findall(r"funding: \[.*?\]", told(plan(project=f"{name}: 200 k€")))
    assert text == "funding: [{from: …, amount: 200 k€}]"


@pytest.mark.parametrize("name", ["fonds de concours", "mécénat"])
def test_what_others_bring_is_no_cost(name: str) -> None:
    for said, what in (("50 k€", "amount: 50 k€"), ("50 %", "share: 50 %")):
        assert told(plan(project=f"{name}: {said}")) == (
            f"what others pay is no cost: write it beside costs, funding: [{{from: …, {what}}}]"
        )


def test_savings_are_by_year_and_what_is_in_hand_is_a_fund() -> None:
    told = advice(plan(more="savings: {épargne nette: 3 M€ par an, fonds de roulement: 2 M€}"))
    assert "only years stand here: write {2026: 3 M€, 2027: 3 M€, 2028: 3 M€}" in told
    assert (
        "write it beside savings, debt: {fund: 2 M€}, if it is what is in hand as the plan begins"
        in told
    )


@pytest.mark.parametrize(
    ("more", "help"),
    [
        ("indexation: 2 % par an", "write {base: …, rate: 2 %}"),
        (
            "debt: {annuité: 900 k€}",
            "write repaid: {2026: …, 2027: …, 2028: …}, with the capital that is repaid alone:"
            " interest is no part of it",
        ),
        ("ceilings: {plafond_net: {2026: 9 M€}}", "keys are in English: write net"),
        (
            "programmes: [{id: ap, title: AP, montant: 900 k€}]",
            "write authorised: [{date: …, amount: 900 k€}], with the day of its vote",
        ),
        (
            "emprunts: {2026: 1 M€}",
            "write what is owed already in debt: {at_start: …, repaid: {…: …}}; what is to be"
            " borrowed is worked out, and bound by ceilings: {borrowing: {…: …}}",
        ),
        (
            "recettes: {cession terrain: 200 k€}",
            "write funding: [{from: …, year: …, amount: 200 k€, source: cession terrain}], with the"
            " id of who pays each, from funders",
        ),
        (
            "recettes: {cession: 350 k€ en 2027, taxe: 80 k€ par an}",
            "write funding: [{from: …, year: 2027, amount: 350 k€, source: cession}, {from: …,"
            " 2026: 80 k€, 2027: 80 k€, 2028: 80 k€, source: taxe}], with the id of who pays each,"
            " from funders",
        ),
    ],
)
def test_sections_of_money_say_what_stands_in_them(more: str, help: str) -> None:
    assert told(plan(more=more)) == help


def test_other_words_for_keys_of_a_project() -> None:
    assert told(plan(project="CP: {2026: 9 k€}")) == "keys are in English: write costs"
    assert told(plan(project="costs: {2026: 9 k€}, conditionné à: obtention de la DETR")) == (
        "write status: conditional, if it is done only then; the words go in description"
    )
    (rate, _) = advice(plan(project="costs: [{year: 2026, amount: 9 k€, tva: 5,5 %}]"))
    assert rate == 'write rate: "5,5 %", and beside it tax: incl'
    assert told(plan(project='costs: "CP 2026 : 9 k€ ; CP 2027 : 8 k€"')) == (
        "write [{year: 2026, amount: 9 k€}, {year: 2027, amount: 8 k€}]"
    )
    assert "years: 2026..2028, in_all: 300 k€" in told(plan(project="costs: {2026-28: 300 k€}"))


# --- amounts that say when, and how much of something ---


def test_running_costs_from_a_quarter_on_are_paid_in_part_first() -> None:
    for said in ("30 k€ par an à partir de 2027-T4", "30 k€/an dès octobre 2027"):
        help = told(plan(project=f"running_costs: {said}"))
        assert help == 'write [{amount: "7,5 k€", start: 2027, until: 2027}, {amount: 30 k€,' + (
            " start: 2028}]"
        )
    assert told(plan(project=f"{IN_2026}, running_costs: [{{amount: 30 k€/an dès juillet 2028}}]"))
    help = told(plan(project=f"{IN_2026}, running_costs: 45 k€/an dès la livraison"))
    assert help.startswith("write [{amount: 45 k€}]: without start, it begins in the year after")
    assert spent(plan(project=f"{IN_2026}, running_costs: [{{amount: 45 k€}}]")) == {
        2027: 45,
        2028: 45,
    }


def test_running_costs_of_all_years_are_parted() -> None:
    """An amount of running costs is that of one year: of 150 k€ in three, 50."""
    end = "start: …, until: …"
    assert told(plan(project="running_costs: 150 k€ sur 3 ans")).startswith(
        f"write [{{amount: 50 k€, {end}}}], with the first and the last of the 3 years"
    )
    assert told(plan(project="running_costs: [{amount: 150 k€ sur 3 ans}]")).startswith(
        f"write amount: 50 k€, and beside it {end}"
    )


@pytest.mark.parametrize(
    ("line", "help"),
    [
        (
            "2026: RAR 120 k€",
            "write it as a line of its own: {year: 2026, amount: 120 k€, carried_from: …}",
        ),
        (
            "year: 2026, amount: RAR 2025 120 k€",
            "write it as a line of its own: {year: 2026, amount: 120 k€, carried_from: 2025}",
        ),
        ("2026: 300 k€ ±10 %", "write {amount: 300 k€, basis: assumed, source: ±10 %}"),
        ("2026: 300 k€ (+/- 10 %)", "write {amount: 300 k€, basis: assumed, source: +/- 10 %}"),
        ("2026: 12 k€/mois sur 6 mois", "write 72 k€"),
    ],
)
def test_what_an_amount_says_is_kept(line: str, help: str) -> None:
    assert told(plan(project=f"costs: [{{{line}}}]")) == help


def test_percentages_among_costs_are_parts_of_the_whole_that_goes() -> None:
    """The whole beside its parts was to be a line of its own: twice as much."""
    parts = "2026: 10 %, 2027: 90 %"
    helps = advice(plan(project=f"costs: [{{years: 2026..2027, in_all: 1000, {parts}}}]"))
    assert "delete years, in_all: the periods say it" in helps
    assert "write 100: 10 % of 1 000; in_all goes, once each period has its amount" in helps
    assert "write 900: 90 % of 1 000; in_all goes, once each period has its amount" in helps


@pytest.mark.parametrize(
    ("said", "quarters"),
    [
        ("18 mois à partir de septembre 2026", "2026-T3..2028-T1"),
        ("à partir de T3 2026 pendant 2 ans", "2026-T3..2028-T2"),
        ("2026-T3 sur 6 mois", "2026-T3..T4"),
        ("1 an dès juillet 2026", "2026-T3..2027-T2"),
    ],
)
def test_a_length_from_a_time_on_is_a_span(said: str, quarters: str) -> None:
    assert told(plan(project=f"quarters: {said}")) == f"write {quarters}"


def test_gross_savings_are_not_what_is_left_of_them() -> None:
    """The savings that are stated have the debt of before repaid already."""
    told = advice(plan(more="savings: {épargne brute: 3 M€, remboursement du capital: 1 M€}"))
    assert [each for each in told if "3 M€" in each] == []
    assert (
        "write what is left of it in each year once the debt of before is repaid: {2026: …, 2027:"
        " …, 2028: …}" in told
    )
    assert (
        "write it beside savings, debt: {repaid: {2026: …, 2027: …, 2028: …}}, with what is repaid"
        " in each year" in told
    )


def test_nothing_stated_is_blank_also_before_a_blank() -> None:
    assert advice(plan(project="costs: {2026: -, 2027: , 2028: 9 k€}"))[0] == (
        "leave the value empty: blank is not stated, and adds nothing"
    )
