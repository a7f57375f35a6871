"""What is said of a grant and cannot be read is kept in what is offered, or no value is offered."""

from __future__ import annotations

import pytest

from tests.source.test_instead import advice, plan


def grant(line: str) -> list[str]:
    """What is to be typed for a line of funding of a project that costs 100 k€, then 200."""
    return advice(plan(project=f"costs: {{2026: 100 k€, 2027: 200 k€}}, funding: [{{{line}}}]"))


# --- keys ---


@pytest.mark.parametrize(
    "key",
    [
        "base",
        "base éligible",
        "assiette",
        "assiette éligible",
        "dépense subventionnable",
        "dépenses éligibles",
        "plafond de dépense",
        "dépense plafonnée",
        "eligible spending",
    ],
)
def test_what_a_share_is_a_part_of(key: str) -> None:
    """The base of a grant was to be typed as how sure it is, a cap of spending as one of it."""
    write = "write of" if key == "base" else "keys are in English: write of"
    assert grant(f"from: detr, share: 40 %, {key}: 100 k€") == [write]
    assert grant(f"from: detr, share: 40 %, {key}: 100 k€ HT")[1:] == ["write 100 k€"]


def test_the_cap_of_a_grant_stays_one() -> None:
    assert grant("from: detr, share: 40 %, plafond: 10 k€") == [
        "keys are in English: write at_most"
    ]
    assert grant("from: detr, share: 40 %, base: HT")[1:] == ["write excl"]


@pytest.mark.parametrize("key", ["caduc au", "caducité", "date limite", "until"])
def test_a_grant_that_lapses_is_not_paid_then(key: str) -> None:
    (told,) = grant(f"from: detr, amount: 10 k€, {key}: 31/12/2028")
    assert told in ("write until: 2028", "write 2028")


def test_the_day_of_a_decision_is_not_when_it_is_paid() -> None:
    line = "from: detr, amount: 10 k€"
    decided = "write status: granted, source: 15/03/2026"
    assert grant(f"{line}, date: 15/03/2026") == [
        f"{decided} if it was decided then; quarter: 2026-T1 if it is paid then"
    ]
    assert grant(f"{line}, year: 2027, date: 15/03/2026") == [decided]
    assert grant(f"{line}, date de notification: 15/03/2026") == [decided]
    assert grant(f"{line}, notifié le: 15/03/2026") == [decided]
    assert grant(f"{line}, date de la demande: 15/03/2026") == [
        "write status: requested, source: 15/03/2026"
    ]
    assert grant(f"{line}, date: 2027") == ["write year: 2027"]


@pytest.mark.parametrize("key", ["libellé", "intitulé", "dispositif"])
def test_what_a_grant_is_called_is_where_it_comes_from(key: str) -> None:
    assert grant(f"from: detr, amount: 10 k€, {key}: FIPD") == ["keys are in English: write source"]


def test_a_key_of_another_place_is_not_told_to_be_in_english() -> None:
    assert grant("from: detr, amount: 10 k€, label: FIPD") == ["write source"]


def test_the_terms_of_a_loan_are_the_plans() -> None:
    """An interest of 3,2 % was to be typed as a share of the costs."""
    loan = 'from: emprunt, amount: 10 k€, year: 2026, durée: 20 ans, taux: "3,2 %"'
    text = plan(project=f"costs: {{2026: 90 k€}}, funding: [{{{loan}}}]").replace(
        "title: DETR}", "title: DETR}, {id: emprunt, title: Emprunt, own: yes}"
    )
    told = (
        "delete it here: the terms of the town's loans stand in debt: {new_loans: {rate: "
        '"3,2 %", years: 20}}'
    )
    assert advice(text) == [told, told]
    assert grant("from: detr, taux: 20 %") == ["keys are in English: write share"]


@pytest.mark.parametrize("key", ["each_year", "chaque_annee", "par_an"])
def test_so_much_each_year_by_another_word(key: str) -> None:
    each = "write 2026: 5 k€, 2027: 5 k€, 2028: 5 k€"
    assert each in grant(f"from: detr, {key}: 5 k€")[0]


# --- what is said after a percentage ---


@pytest.mark.parametrize(
    "said",
    [
        "du reste à charge",
        "des travaux",
        "hors études",
        "des dépenses éligibles",
        "of the works",
        "without studies",
    ],
)
def test_a_part_of_something_else_is_no_part_of_all_costs(said: str) -> None:
    """Of 40 % of the works, 40 % of the works and the studies had become."""
    filled = "write 40 %, and beside it of: …, with the amount of which it is a part"
    assert grant(f"from: detr, share: 40 % {said}") == [filled]
    assert grant(f"detr: 40 % {said}") == [
        "write from: detr, and beside it share: 40 %, of: …, with the amount of which it is a part"
    ]
    assert advice(plan(project=f"costs: {{2026: 9 k€}}, funding: DETR 40 % {said}")) == [
        "write [{from: detr, share: 40 %, of: …}], with the amount of which it is a part"
    ]
    assert grant(f"from: detr, 2026: 40 % {said}") == ["write the amount that it comes to"]


@pytest.mark.parametrize(
    "said", ["moins DSIL", "+ 20 k€", "HT + 20 k€", "TTC + 15 % HT", "ou 100 k€", "- 5 k€"]
)
def test_a_share_and_something_else_is_an_amount(said: str) -> None:
    """What was not understood had been left out, and the share alone was to be typed."""
    assert grant(f"from: detr, share: 25 % {said}") == [
        "in place of share, write amount: …, with the amount that it comes to"
    ]
    assert grant(f"detr: 25 % {said}") == [
        "write from: detr, and beside it amount: …, with the amount that it comes to"
    ]


@pytest.mark.parametrize("said", ["", " des coûts", " du coût total", " du projet", " d'aide"])
def test_a_share_of_all_costs_is_one(said: str) -> None:
    assert grant(f"detr: 40 %{said}") == ["write from: detr, and beside it share: 40 %"]


def test_a_share_of_a_year_comes_then() -> None:
    assert grant("from: detr, share: 40 % en 2027") == ["write 40 %, and beside it year: 2027"]
    assert grant("detr: 40 % (2027)") == ["write from: detr, and beside it share: 40 %, year: 2027"]


@pytest.mark.parametrize("said", ["20 à 30 %", "20 % à 30 %", "20-30 %", "entre 20 et 30 %"])
def test_of_a_grant_that_is_not_known_the_lower_sum_is_counted_on(said: str) -> None:
    assert grant(f"from: detr, share: {said}") == [
        "write 20 %, and beside it basis: assumed; or 30 %, or what lies between"
    ]
    assert grant(f"detr: {said}") == [
        "write from: detr, and beside it share: 20 %, basis: assumed; that says nothing of 30 %"
    ]


def test_of_an_amount_too() -> None:
    assert grant("from: detr, amount: 100 à 150 k€") == [
        "write 100 k€, and beside it basis: assumed; or 150 k€, or what lies between"
    ]
    assert grant("detr: 100 à 150 k€") == [
        "write from: detr, and beside it amount: 100 k€, basis: assumed; that says nothing of"
        " 150 k€"
    ]


# --- years ---


def test_a_share_of_some_years_is_none_of_all_costs() -> None:
    """Of 40 % of 2027, 40 % of both years were to be typed: 120 k€ for 80."""
    assert grant("from: detr, share: 40 %, years: 2027..2028") == [
        "in place of share and years, write what comes in each year: 2027: 80 k€; a share alone is"
        " one of all the costs; that says nothing of 2028"
    ]
    (told,) = grant("from: detr, share: 40 %, of: excl, years: 2027..2028")
    assert "2027: …, 2028: …; a share alone" in told


@pytest.mark.parametrize(
    "text",
    [
        "400 k€ dont 150 k€ en 2027 et 250 k€ en 2028",
        "400 k€ (150 k€ en 2027, 250 k€ en 2028)",
        "150 k€ (2027) puis 250 k€ (2028)",
        "150 k€ in 2027 + 250 k€ in 2028",
    ],
)
def test_what_comes_in_each_year_is_that_of_the_year(text: str) -> None:
    years = "2027: 150 k€, 2028: 250 k€"
    assert grant(f'from: detr, amount: "{text}"') == [f"in place of amount, write {years}"]
    assert grant(f'detr: "{text}"') == [f"write from: detr, and beside it {years}"]


def test_of_parts_that_are_not_the_whole_the_rest_is_of_a_year_to_be_said() -> None:
    assert grant("from: detr, amount: 400 k€ dont 150 k€ en 2027 et 200 k€ en 2028") == [
        "in place of amount, write 2027: 150 k€, 2028: 200 k€, …: 50 k€"
    ]
    (told,) = grant("from: detr, amount: 300 k€ dont 150 k€ en 2027 et 200 k€ en 2028")
    assert told.startswith("more than one amount")


def test_years_of_which_the_parts_are_not_said_are_left_to_fill_in() -> None:
    assert grant("detr: 60 k€ de 2026 à 2028") == [
        "write from: detr, and beside it 2026: …, 2027: …, 2028: …, with how much comes in each"
        " year"
    ]
    assert grant("detr: 40 % sur 3 ans") == [
        "write from: detr, and beside it …: …, with how much comes in each year"
    ]


# --- the rest, and how a grant stands ---


@pytest.mark.parametrize("text", ["solde", "le reste", "reste à charge", "balance"])
def test_the_rest_as_a_share_is_an_amount_or_the_towns(text: str) -> None:
    """Left empty, it paid nothing."""
    assert grant(f"from: detr, share: {text}") == [
        "in place of share, write the amount that it comes to; where the town pays it, delete this"
        " line: that is worked out"
    ]


def test_how_a_grant_stands_is_said_before_its_amount_too() -> None:
    for text in ("DETR à solliciter (40 %)", "DETR (40 %, à solliciter)"):
        (told,) = advice(plan(project=f'costs: {{2026: 9 k€}}, funding: "{text}"'))
        assert "share: 40 %" in told
        assert "status: requested" in told
        assert "basis: assumed" in told
    assert grant("from: detr, amount: 4 k€, status: probable") == [
        "write requested, and beside it basis: assumed"
    ]


@pytest.mark.parametrize("part", ["DSIL", "de DETR", "de subvention", "detr"])
def test_what_others_pay_of_a_cost_is_no_line_of_it(part: str) -> None:
    assert advice(plan(project=f"costs: {{2026: 40 k€ (dont 8 k€ {part})}}")) == [
        "write what it costs in all, and what others pay of it beside costs, in funding"
    ]


def test_a_part_of_a_grant_that_says_its_year_comes_then() -> None:
    line = "from: detr, amount: 200 k€, acompte 30 %: 2026, solde: 2027"
    assert grant(line)[:2] == [
        "write 2026: 60 k€",
        "write 2027: …, with how much of the grant comes then",
    ]
    (told, *_) = grant("from: detr, amount: 200 k€, acompte de 30 %: oui")
    assert told.endswith("in place of 30 %, how much of the grant that is")


def test_what_says_where_a_share_stands_is_its_source() -> None:
    assert grant("from: detr, share: 40 % (délib. du 12 mars)") == [
        "write 40 %, and beside it source: délib. du 12 mars"
    ]
    assert grant("detr: 40 % (notifié le 15/03/2026)") == [
        "write from: detr, and beside it share: 40 %, status: granted, source: notifié le"
        " 15/03/2026"
    ]
    assert grant("from: detr, share: 40 % de 200 k€ en 2027") == [
        "write 40 %, and beside it of: 200 k€, year: 2027"
    ]


def test_what_a_share_is_a_part_of_is_not_left_empty() -> None:
    """Blank, it is all of the costs."""
    for said in ("…", "à définir"):
        assert grant(f"from: detr, share: 40 %, of: {said}") == [
            "write the amount of which it is a part"
        ]


def test_costs_in_a_sentence_do_not_count_what_others_pay() -> None:
    (told,) = advice(plan(project="costs: 40 k€ dont 8 k€ DSIL"))
    assert told.startswith("write one item per line")
