"""What letters of grants, printed tables and clerks' sheets say, and what is to be typed for it.

Where a text has nothing left to fill in, it is typed, and the figures are those that were meant.
"""

from __future__ import annotations

import pytest

from tests import plans
from tests.source.test_instead import advice, plan
from tests.source.test_instead_grants import grant
from tests.source.test_instead_readings import spent, told


def received(line: str) -> dict[int, int]:
    """What a line of funding of a project that costs 100 k€, then 200, brings in k€, by year."""
    text = plan(project=f"costs: {{2026: 100 k€, 2027: 200 k€}}, funding: [{{{line}}}]")
    (grant,) = plans.plan(text).projects[0].funding
    inside = {each.year: own for each, own in grant.periods.items()}
    by_year = {**inside, **grant.before, **grant.beyond}
    return {
        int(str(year)): own.amount.cents // 100_000
        for year, own in by_year.items()
        if own.amount is not None
    }


def paid(text: str) -> list[str]:
    """What is to be typed for the amount of 2026."""
    return advice(plan(project=f'costs: {{2026: "{text}"}}'))


# --- so many things, at a price ---


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1 200 €/m² × 500 m²", "600 000 €"),
        ("500 m² à 1 200 €/m²", "600 000 €"),
        ("12 tableaux à 2 500 €", "30 000 €"),
        ("2 salles de classe à 40 k€", "80 k€"),
        ("deux classes à 40 k€", "80 k€"),
        ("12 licences à 40 €/mois", "5 760 €"),
        ("0,5 ETP à 40 k€", "20 k€"),
        ("0.5 FTE at 40 k€", "20 k€"),
        ("20 + 30 k€", "50 k€"),
    ],
)
def test_so_many_of_a_thing_cost_so_many_times_its_price(text: str, amount: str) -> None:
    """Half a post had no answer, and two classes cost as much as one."""
    running = plan(
        project=f"costs: {{2026: 9 k€}}, running_costs: [{{start: 2027, amount: {text}}}]"
    )
    assert advice(running) == [f"write {amount}"]


def test_the_price_of_one_is_not_that_of_things_that_are_not_counted() -> None:
    assert paid("vingt-cinq classes à 40 k€") == [
        "write it like 175 k€, 175000, 1 234,56 € or 1,5 M€"
    ]


def test_what_an_area_costs_is_perhaps_all_of_it() -> None:
    (help,) = paid("500 m² à 40 k€")
    assert help.startswith("write it like")


def test_tranches_come_one_after_another() -> None:
    """Of two tranches of 300 k€, 600 in one year had been meant, or nothing."""
    assert paid("2 tranches de 300 k€") == [
        "write it as a line of its own: {years: …, each_year: 300 k€}"
    ]
    assert grant("from: detr, amount: 2 tranches de 300 k€") == [
        "write 300 k€ at each of the 2 years in which it comes, as in 2026: 300 k€"
    ]


# --- signs ---


@pytest.mark.parametrize(
    ("text", "amount"),
    [("–12 000", "-12 000"), ("— 12 000 €", "-12 000 €"), (".5 M€", "0.5 M€")],
)
def test_a_long_dash_is_a_minus_and_a_dot_alone_has_a_nought(text: str, amount: str) -> None:
    assert paid(text)[0] == f"write {amount}"


@pytest.mark.parametrize("text", ["l'école", "l'école, d'un coup", "cf. l'arrêté, art. 2"])
def test_an_apostrophe_is_no_sign_of_thousands(text: str) -> None:
    assert "spaces between thousands" not in paid(text)[0]


# --- a part of a sum, in its year ---


@pytest.mark.parametrize(
    ("line", "typed", "by_year"),
    [
        (
            "2026: 300 k€ dont 90 k€ en 2025",
            "before: {2025: 90 k€}, 2026: 210 k€",
            {2025: 90, 2026: 210},
        ),
        (
            "year: 2026, amount: 300 k€ dont 90 k€ en 2029",
            "2026: 210 k€, beyond: {2029: 90 k€}",
            {2026: 210, 2029: 90},
        ),
        (
            "amount: 300 k€ en 2025 et 200 en 2026",
            "before: {2025: 300 k€}, 2026: 200 k€",
            {2025: 300, 2026: 200},
        ),
        (
            'amount: "300 k€, 30 % en 2026, solde 2027"',
            "2026: 90 k€, 2027: 210 k€",
            {2026: 90, 2027: 210},
        ),
        (
            'amount: 300 k€, versement: "avance 30 % en 2025, solde 2026"',
            "before: {2025: 90 k€}, 2026: 210 k€",
            {2025: 90, 2026: 210},
        ),
        (
            "amount: 300 k€, échéancier: 100 k€ en 2026 puis 200 en 2027",
            "2026: 100 k€, 2027: 200 k€",
            {2026: 100, 2027: 200},
        ),
        (
            "amount: 300 k€, échéancier: {2026: 100 k€, 2027: 200 k€}",
            "2026: 100 k€, 2027: 200 k€",
            {2026: 100, 2027: 200},
        ),
        (
            "amount: 300 k€, repartition: 20/50/30",
            "2026: 60 k€, 2027: 150 k€, 2028: 90 k€",
            {2026: 60, 2027: 150, 2028: 90},
        ),
        (
            "share: 40 %, versements: avance 30 % en 2026 puis solde 2027",
            "2026: 36 k€, 2027: 84 k€",
            {2026: 36, 2027: 84},
        ),
    ],
)
def test_the_parts_of_a_grant_come_in_their_years(
    line: str, typed: str, by_year: dict[int, int]
) -> None:
    """What had come before was lost, and 200 k€ had become 200 €."""
    (help,) = grant(f"from: detr, {line}")
    assert help.endswith(typed)
    assert received(f"from: detr, {typed}") == by_year


def test_the_rest_of_a_grant_is_of_a_year_that_the_user_says() -> None:
    text = "300 k€ dont 90 k€ en 2025"
    rest = "before: {2025: 90 k€}, …: 210 k€"
    assert grant(f"from: detr, amount: {text}") == [f"in place of amount, write {rest}"]
    assert grant(f"detr: {text}") == [f"write from: detr, and beside it {rest}"]
    assert advice(plan(project=f"costs: {{2026: 9 k€}}, funding: DETR {text}")) == [
        f"write [{{from: detr, {rest}}}]"
    ]


def test_a_schedule_of_costs() -> None:
    line = "years: 2026..2028, in_all: 100 k€, répartition: 20 / 50 / 30"
    assert told(plan(project=f"costs: [{{{line}}}]")) == (
        "in place of répartition, in_all, years, write 2026: 20 k€, 2027: 50 k€, 2028: 30 k€"
    )
    costs = "2026: 20 k€, 2027: 50 k€, 2028: 30 k€"
    assert told(plan(project="costs: {2026: 100 k€}, phasage: 20/50/30")) == (
        f"delete it: costs say in which years they are paid, as in costs: {{{costs}}}"
    )
    assert spent(plan(project=f"costs: {{{costs}}}")) == {2026: 20, 2027: 50, 2028: 30}


def test_a_schedule_without_years_is_left_to_fill_in() -> None:
    (help,) = grant('from: detr, amount: 9 k€, échéancier: "30 % à la signature, solde à la fin"')
    assert help == (
        "in place of échéancier, amount, write how much is of each year: 2026: …, 2027: …, 2028: …"
    )


def test_a_schedule_by_year_in_percent() -> None:
    assert grant("from: detr, amount: 300 k€, échéancier: {2026: 30 %, 2027: 70 %}") == [
        "in place of échéancier, amount, write 2026: 90 k€, 2027: 210 k€"
    ]


def test_a_number_of_years_that_lies_between_two() -> None:
    """Of 8 to 12 years, 8 were to be typed."""
    for project in ("useful_life: 8 à 12 ans", "useful_life: 8-12"):
        assert told(plan(project=project)) == "write 8, 12 or what lies between"


def test_a_year_in_place_of_an_amount() -> None:
    """Of 300 k€ before 2027, 297 973 € had been left."""
    assert grant("from: detr, amount: 300 k€, before: 2027") == [
        "2027 is read as an amount; if it is a year, write before: 300 k€ in place of both if it"
        " came before the plan, else until: 2026 in place of before, the last year in which it can"
        " come"
    ]
    assert told(plan(project="costs: [{amount: 9 k€, beyond: 2029}]")) == (
        "2029 is read as an amount; if it is a year, write beyond: 9 k€ in place of both, or the"
        " amount at its own year"
    )


# --- shares ---


@pytest.mark.parametrize(
    ("line", "help"),
    [
        ("share: 20 %, of: 20 % de 80 k€", "write 80 k€"),
        ("of: 20 % de 80 k€", "write share: 20 %, and beside it of: 80 k€"),
        ("share: 50 %, of: 20 % de 80 k€", "write 16 k€: 20 % of 80 k€"),
        (
            "share: 50 %, of: 80 % des travaux",
            "write the amount of which it is a part, or incl or excl",
        ),
        (
            "amount: 300 k€, at_most: 80 %",
            "in place of amount, at_most, write amount: 240 k€: 80 % of 300 k€",
        ),
        (
            "amount: 90 k€, at_most: 80 %",
            "delete it: 80 % of 300 k€ is 240 k€, and the amount no more than that",
        ),
        (
            "share: 1/3",
            'write "33,333 %", which has at most three decimals and so is not quite 1/3; or,'
            " exactly, amount: 100 k€ in place of share, which is 1/3 of 300 k€",
        ),
        ("share: 1/4", "write 25 %"),
        ("share: 50/50 match", "write 50 %"),
        ("amount: 50/50 match", "write share: 50 %"),
        (
            "share: 30 % si label BBC",
            "write 30 %, and beside it basis: assumed, source: si label BBC",
        ),
        (
            "amount: 30 k€ si label BBC",
            "write 30 k€, and beside it basis: assumed, source: si label BBC",
        ),
    ],
)
def test_a_share_keeps_its_base_its_cap_and_its_condition(line: str, help: str) -> None:
    assert [each.replace("\xa0", " ") for each in grant(f"from: detr, {line}")] == [help]


def test_a_share_by_who_pays_it() -> None:
    said = "write from: detr, and beside it"
    assert grant("detr: 1/4") == [f"{said} share: 25 %"]
    assert grant("detr: 1/3") == [f'{said} share: "33,333 %", source: 1/3']
    assert grant("detr: 30 k€ si label BBC") == [
        f"{said} amount: 30 k€, basis: assumed, source: si label BBC"
    ]


# --- changes from year to year, sums of parts ---


def test_a_change_is_one_of_what_stands_at_the_year_before() -> None:
    assert advice(plan(theme="envelope: {2026: 100 k€, 2027: -3 %, 2028: +2 %}")) == [
        "write 97 k€: -3 % on what stands at 2026",
        "write 98 940 €: +2 % on what stands at 2027",
    ]
    assert paid("+3 %") == ["write the amount that it comes to"]
    running = "costs: {2026: 9 k€}, running_costs: [{start: 2027, amount: 10 k€ + 3 %/an}]"
    assert told(plan(project=running)) == (
        "write 10 k€; by how much all costs rise each year is said once, in indexation:"
        " {base: …, rate: 3 %}"
    )


def test_the_parts_of_a_sum_are_lines() -> None:
    carried = "{year: 2026, amount: 18 k€, carried_from: …}"
    assert paid("RAR 18 k€ + BP 40 k€") == [
        f"write a line for each: {carried}, {{year: 2026, amount: 40 k€}}"
    ]
    assert paid("travaux 100 k€ ; études 20 k€") == [
        "write a line for each: {year: 2026, amount: 100 k€, label: travaux},"
        " {year: 2026, amount: 20 k€, label: études}"
    ]
    assert advice(plan(theme="envelope: {2026: RAR 18 k€ + BP 40 k€}")) == ["write 58 k€"]
    assert paid("1 M€ (y c. 100 k€ de MOE)") == [
        'write a line for each: {label: MOE, 2026: 100 k€} and {2026: "0,9 M€"}'
    ]
    assert advice(plan(project="costs: 300 k€ en 2026 et 200 en 2027")) == [
        "write [{year: 2026, amount: 300 k€}, {year: 2027, amount: 200 k€}]"
    ]


def test_a_percentage_in_a_sum_is_one_of_the_first_part() -> None:
    lines = "{year: 2026, amount: 100 k€}, {year: 2026, amount: 5 k€, label: aléas}"
    assert paid("100 k€ + 5 % d'aléas") == [f"write a line for each: {lines}"]
    assert paid("100 k€ + aléas 5 %") == [f"write a line for each: {lines}"]
    excl = "tax: excl, rate: …"
    assert paid("100 k€ HT + MOE 10 %") == [
        f"write a line for each: {{year: 2026, amount: 100 k€, {excl}}},"
        f" {{year: 2026, amount: 10 k€, label: MOE, {excl}}}"
    ]
    assert paid("100 k€ HT + 20 k€ TTC") == [
        "write it as a line of its own: {year: …, amount: 100 k€, tax: excl, rate: …},"
        " {year: …, amount: 20 k€}"
    ]
    assert spent(plan(project=f"costs: [{lines}]")) == {2026: 105}


def test_a_fraction_of_what_stands_beside() -> None:
    assert [
        each.replace("\xa0", " ")
        for each in advice(plan(project="costs: {in_all: 300 k€, 2026: 1/3, 2027: 2/3}"))[1:]
    ] == ["write 100 k€: 1/3 of 300 k€", "write 200 k€: 2/3 of 300 k€"]


# --- letters ---


@pytest.mark.parametrize(
    ("line", "help"),
    [
        ("amount: cent cinquante mille euros (150 000 €)", "write 150 000 €"),
        ("amount: 150 000 € (cent cinquante mille euros)", "write 150 000 €"),
        (
            "amount: 150 000 € (soit 30 % de 500 000 € HT)",
            "write 150 000 €; that says nothing of 30 %, 500 000 €",
        ),
        (
            "share: 25 % plafonnée à 100 000 € (délibération du 12 mars 2026)",
            "write 25 %, and beside it at_most: 100 000 €, source: délibération du 12 mars 2026",
        ),
        (
            "amount: 150 000 € sous réserve d'achèvement avant le 31/12/2028",
            "write 150 000 €, and beside it basis: assumed, source: sous réserve d'achèvement"
            " avant le 31/12/2028",
        ),
        ("amount: 150 000 €, validité: 31/12/2029", "write until: 2029"),
        ("amount: 150 000 €, versé en: 2027", "keys are in English: write year"),
        ("amount: 150 000 €, année d'attribution: 2026", "write status: granted, source: 2026"),
        (
            "amount: 150 000 €, status: notifiée le 12/03/2026",
            "write granted, and beside it source: notifiée le 12/03/2026",
        ),
        (
            "amount: 150 000 € + 50 000 € DSIL",
            "more than one amount stands here: write the one that counts, or each in a line of its"
            " own",
        ),
        ("amount: 150 000 €, arrêté: n° 12 du 12/05/2026", "keys are in English: write source"),
        (
            "amount: 150 000 €, avance: 45 000 € en 2026",
            "in place of avance, amount, write 2026: 45 000 €, …: 105 000 €",
        ),
        ("amount: 1 million d'euros", "write 1 M€"),
        (
            "share: 60 % der zuwendungsfähigen Kosten",
            "write 60 %, and beside it of: …, with the amount of which it is a part",
        ),
        (
            "amount: 80/20 federal match",
            "write share: 80 % or share: 20 %, whichever they pay",
        ),
    ],
)
def test_a_letter_of_grant(line: str, help: str) -> None:
    assert grant(f"from: detr, {line}") == [help]


def test_how_a_grant_stands_is_not_said_by_its_name() -> None:
    """A grant that is pending was granted."""
    assert grant("from: detr, amount: 400 k€ grant (pending)") == [
        "write 400 k€, and beside it status: requested"
    ]
    assert grant("from: detr, montant accordé: 12 k€, montant demandé: 15 k€") == [
        "keys are in English: write amount",
        "“montant accordé” says it already: keep one of them",
    ]
    assert grant("from: detr, share: 40 %, taux max: 50 k€") == [
        "keys are in English: write at_most"
    ]


@pytest.mark.parametrize(
    ("text", "help"),
    [
        ("45 000 € TTC (devis n° 112)", "write {amount: 45 000 €, source: devis n° 112}"),
        ("500 (in thousands)", "write 500 k€"),
        ("50 TEUR", "write 50 k€"),
        ("ca. 50.000 €", "write {amount: 50 000 €, basis: assumed}"),
        ("50.000 € brutto", "write 50 000 €"),
        (
            "20 k€ en fonctionnement",
            "write it as a line of its own: {section: operating, 2026: 20 k€}",
        ),
        (
            "20 k€ (inv.) + 5 k€ (fonct.)",
            "write a line for each: {year: 2026, amount: 20 k€, section: investment},"
            " {year: 2026, amount: 5 k€, section: operating}",
        ),
        (
            "120 k€ (dont 30 % de MOE)",
            "write a line for each: {label: MOE, 2026: 36 k€} and {2026: 84 k€}",
        ),
        ("120 k€ (taux de 30 %)", "write 120 k€; that says nothing of 30 %"),
        (
            "15 à 25 k€ HT",
            "write what 25 k€ comes to with taxes: amounts here include them, as the plan's do; or,"
            " as a line of its own, {2026: 25 k€, tax: excl, rate: …}; that says nothing of 15",
        ),
        (
            "20 k€ ou 30 k€ selon variante",
            "more than one amount stands here: write the one that counts, or each in a line of its"
            " own",
        ),
    ],
)
def test_an_amount_of_a_sheet(text: str, help: str) -> None:
    assert paid(text) == [help]


@pytest.mark.parametrize(
    ("project", "help"),
    [
        ("montant prévisionnel: 100 k€ en 2026", "write costs: [{year: 2026, amount: 100 k€}]"),
        ("FCTVA: oui", "write fctva in costs, in the lines of which it is true"),
        ("annual O&M: 12 k€", "write running_costs: [{label: annual O&M, amount: 12 k€}]"),
        ("costs: {prévu 2026: 9 k€}", "write 2026"),
        ("costs: {N+2 et suivants: 9 k€}", "write 2028"),
        ("project manager: J. Smith", "keys are in English: write lead"),
        ("costs: [{nature: 2313, 2026: 9 k€}]", "write account: 2313"),
        ("costs: {bis 2025: 9 k€, 2026: 9 k€}", "write before"),
        (
            "costs: {études: 20 k€ (2026), travaux: 100 k€ (2027)}",
            "write a line for each: {label: études, 2026: 20 k€}, {label: travaux, 2027: 100 k€}",
        ),
        (
            "costs: {2026: 20, unité: k€}",
            "write unit in the section plan: it is one for all amounts",
        ),
        (
            "costs: {2026: 20 k€, variante: 30 k€}",
            "write it as a line of its own: {year: …, amount: 30 k€, when: …}",
        ),
        (
            "emprunt: 10 k€ sur 15 ans à 3 %",
            "a loan is no cost: write it beside costs, funding: [{from: …, amount: 10 k€}], with"
            " the id of the lender, from funders; that says nothing of 15, 3 %",
        ),
        ("quarters: 10 mois", "that is how long; say from when to when, as in 2026-T1..T4"),
    ],
)
def test_a_row_of_a_sheet(project: str, help: str) -> None:
    assert told(plan(project=project)) == help


# --- times ---


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("avant l'été 2027", "…..2027-T2, with the quarter in which it begins"),
        ("livraison sept. 2027", "…..2027-T3, with the quarter in which it begins"),
        ("fin des travaux : juin 2027", "…..2027-T2, with the quarter in which it begins"),
        ("by summer 2027", "…..2027-Q3, with the quarter in which it begins"),
        ("début des travaux mars 2027", "2027-T1..…, with the quarter in which it ends"),
        ("travaux 2026-2027", "2026..2027"),
        ("études 2026 et travaux 2027", "2026..2027"),
    ],
)
def test_what_is_said_of_a_time(text: str, typed: str) -> None:
    assert told(plan(project=f'quarters: "{text}"')) == f"write {typed}"


def test_a_year_that_is_counted() -> None:
    assert grant("from: detr, amount: 9 k€, year: N+1") == ["write 2027"]
    for length in ("4 ans après notification", "4 ans"):
        assert grant(f"from: detr, amount: 9 k€, until: {length}") == [
            "that is how long; write the last year in which it can come, 4 years after the one from"
            " which that counts"
        ]


# --- words ---


@pytest.mark.parametrize(
    ("status", "help"),
    [
        ("pressentie", "write requested, and beside it basis: assumed"),
        ("fléchée", "write requested, and beside it basis: assumed"),
        ("accord de principe", "write requested"),
    ],
)
def test_a_grant_that_is_not_yet_one(status: str, help: str) -> None:
    assert grant(f"from: detr, amount: 9 k€, status: {status}") == [help]


def test_a_condition() -> None:
    assert grant("from: detr, amount: 9 k€, conditions: label BBC") == [
        "keys are in English: write source"
    ]
    assert told(plan(project="costs: {2026: 9 k€}, conditions: label BBC")) == (
        "write status: conditional, if it is done only then; the words go in description"
    )
    assert told(plan(project="costs: [{2026: 9 k€, conditions: label BBC}]")) == (
        "write it in a project of its own, with status: conditional: here it counts as firm"
    )


def test_a_variant_that_is_still_to_be_declared() -> None:
    (_, help) = advice(plan(project="costs: {2026: 9 k€}, si: bois"))
    section = (
        "targets: [{id: choice, title: …, variants: [{id: bois, title: bois}, {id: …, title: …}]}]"
    )
    assert help == (
        f"write when: choice.bois, and what is to be chosen beside the projects, {section}; of a"
        " whole project that is done only then, status: conditional is enough"
    )
    declared = section.replace("title: …", "title: T").replace("id: …", "id: other")
    typed = plan(project="costs: {2026: 9 k€}, when: choice.bois", more=declared)
    assert advice(typed) == []


def test_what_is_spent_each_year_once_it_is_done() -> None:
    help = told(plan(project="fonctionnement: {2027: 10 k€, 2028: 12 k€}"))
    running = (
        "running_costs: [{amount: 10 k€, start: 2027, until: 2027}, {amount: 12 k€, start: 2028}]"
    )
    costs = "costs: [{section: operating, 2027: 10 k€, 2028: 12 k€}]"
    assert costs in help
    assert running in help
    for each in (costs, running):
        assert spent(plan(project=each)) == {2027: 10, 2028: 12}


@pytest.mark.parametrize(
    ("said", "typed"),
    [
        ("16,404 % l'année suivante", '{regime: n+1, rate: "16,404 %"}'),
        ("16.404 % n+2", "{regime: n+2, rate: 16.404 %}"),
        ("deux ans après", "{regime: n+2}"),
    ],
)
def test_the_vat_fund_keeps_its_rate_and_when_it_pays(said: str, typed: str) -> None:
    assert told(plan(more=f'fctva: "{said}"')) == f"write {typed}"
    assert advice(plan(more=f"fctva: {typed}")) == []


def test_a_tax_that_is_added() -> None:
    """Of 40 k€ and the VAT, nothing was said."""
    assert paid("100 k€ + TVA")[0].startswith("write what 100 k€ comes to with taxes")
    for said in ("+ 20 % TVA", "+ 20 % de TVA"):
        (help,) = paid(f"100 k€ {said}")
        assert help.startswith("write 120 k€: amounts here include taxes")


def test_the_sections_of_a_plan() -> None:
    debt = "debt: {at_start: 9 M€ au 31/12/2025, repaid: {2026: 1 M€ dont 200 k€ d'intérêts}}"
    assert advice(plan(more=debt)) == [
        "write 9 M€; that says nothing of 2025",
        'write "0,8 M€"',
    ]
    assert told(plan(more="indexation: 2 % par an à partir de 2027")).startswith(
        "write {base: 2026, rate: 2 %}"
    )
    assert advice(plan(more="ceilings: {dette: 12 ans}"))[0] == (
        "keys are in English: write years_to_repay"
    )


@pytest.mark.parametrize("maybe", ["option 10 k€", "10 k€ sous réserve", "10 k€ si label BBC"])
def test_what_may_come_is_not_added_to_what_does(maybe: str) -> None:
    (of_a_grant,) = advice(
        plan(project=f'costs: {{2026: 9 M€}}, funding: [{{from: detr, amount: "90 k€ + {maybe}"}}]')
    )
    assert "100" not in of_a_grant
    assert f"“{maybe}” in a project of its own, with status: conditional" in told(
        plan(project=f'costs: {{2026: "90 k€ + {maybe}"}}')
    )
    assert advice(plan(theme='envelope: {2026: "90 k€ + 10 k€ d\'aléas"}')) == [
        "write 100 k€; that says nothing of “d'aléas”"
    ]


@pytest.mark.parametrize(
    "share",
    [
        "30 % avec un minimum de 20 000 €",
        "30 % de la part excédant 100 000 €",
        "75% of costs over 100 k€",
        "30 %, plafond 1 000 €/m²",
        "35 % de 1 200 €/m²",
        "30 % dans la limite de 50 000 €/an",
        "30 % (max 100 k€ en 2026, 50 k€ en 2027)",
    ],
)
def test_what_is_neither_the_base_of_a_share_nor_its_cap(share: str) -> None:
    """A floor, a threshold, a price by the metre and a cap by year were taken for one of them."""
    (help,) = advice(
        plan(project=f'costs: {{2026: 600 k€}}, funding: [{{from: detr, share: "{share}"}}]')
    )
    assert help == "in place of share, write amount: …, with the amount that it comes to"


def test_the_base_of_a_share_and_its_cap() -> None:
    (help,) = advice(
        plan(
            project="costs: {2026: 600 k€},"
            ' funding: [{from: detr, share: "35 % de 420 k€ HT plafonné à 100 k€"}]'
        )
    )
    assert help == "write 35 %, and beside it of: 420 k€, at_most: 100 k€"


@pytest.mark.parametrize("product", ["1.250 m² x 200 €", "1,500 m2 @ 2 000 €", "4,000 x 12 €"])
def test_a_number_of_things_that_two_people_would_read_differently(product: str) -> None:
    assert all("write it like" in help for help in paid(product))


def test_a_rate_of_an_amount_of_its_own() -> None:
    line = 'costs: [{year: 2026, amount: "100 k€ HT (TVA 10 %)"}]'
    assert told(plan(project=line)) == "write 100 k€, and beside it tax: excl, rate: 10 %"
    (in_a_year,) = paid("100 k€ HT (TVA 10 %)")
    assert in_a_year == (
        "write what 100 k€ comes to with taxes: amounts here include them, as the plan's do; or,"
        " as a line of its own, {2026: 100 k€, tax: excl, rate: 10 %}"
    )


def test_thousandths_are_no_percentage() -> None:
    project = "costs: {2026: 9 k€}, funding: [{from: detr, share: 35 pour mille}]"
    assert told(plan(project=project)) == "write a percentage: 20 %, 5,5 %"


def test_what_one_of_several_costs_is_not_what_all_do() -> None:
    assert all("in_all" not in help for help in paid("250 k€ each for 4"))


def test_millions_of_pounds_as_british_programmes_write_them() -> None:
    text = plan(project="costs: {2026: £0.45m, 2027: £1.2m}").replace(
        "plan: {", "plan: {currency: GBP, "
    )
    assert advice(text) == ["write 0.45 M£", "write 1.2 M£"]
