"""What is said beside a sum, a share, a rate or a status is never lost, nor taken for another one.

Each row is what stands at a place, and what is to be typed instead.
"""

from __future__ import annotations

import pytest

from tests.source.test_instead import advice, plan

_COSTS = "costs: [{year: 2026, amount: 90 k€}]"
PLACES = {
    "cost": {"project": "costs: [{year: 2026, amount: Q}]"},
    "line of costs": {"project": "costs: {2026: Q}"},
    "costs": {"project": "costs: Q"},
    "cost without taxes": {"tax": "excl", "project": "costs: {2026: Q}"},
    "envelope without taxes": {"tax": "excl", "theme": "envelope: {2026: Q}"},
    "grant": {"project": f"{_COSTS}, funding: [{{from: detr, amount: Q}}]"},
    "share": {"project": f"{_COSTS}, funding: [{{from: detr, share: Q}}]"},
    "funding": {"project": f"{_COSTS}, funding: Q"},
    "funder": {"project": f"{_COSTS}, funding: {{detr: Q}}"},
    "status": {"project": f"{_COSTS}, status: Q"},
    "rate of a loan": {"more": "debt: {new_loans: {rate: Q, years: 20}}\n"},
    "loan": {"more": "debt: {new_loans: Q}\n"},
    "rate of the fund": {"more": "fctva: {rate: Q}\n"},
}


def told(where: str, text: str) -> str:
    """What is to be typed for a text at a place."""
    (help,) = advice(plan(**{k: v.replace("Q", f'"{text}"') for k, v in PLACES[where].items()}))
    return help


# --- how a grant stands ---


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("DETR 30 % de 400 k€ HT, notifiée", "share: 30 %, of: 400 k€, status: granted"),
        ("DETR 30 % de 400 k€, accordée", "share: 30 %, of: 400 k€, status: granted"),
        (
            "DETR 30 % de 400 k€, notifiée le 3 mars 2025",
            "share: 30 %, of: 400 k€, status: granted, source: notifiée le 3 mars 2025",
        ),
        ("DETR 30 % max 100 k€, notifiée", "share: 30 %, at_most: 100 k€, status: granted"),
        ("DETR 30 % du HT, notifiée", "share: 30 %, of: excl, status: granted"),
        ("DETR 20 % de 1,2 M€, acquis", 'share: 20 %, of: "1,2 M€", status: granted'),
        ("DETR 40 % von 500 T€, bewilligt", "share: 40 %, of: 500 k€, status: granted"),
        ("DETR 120 k€ en 2026, notifiée", "year: 2026, amount: 120 k€, status: granted"),
        ("DETR 30 % accordés sur 400 k€", "share: 30 %, of: 400 k€, status: granted"),
        ("DETR 30 % de 400 k€ (demandée)", "share: 30 %, of: 400 k€, status: requested"),
        (
            "DETR 30 % de 400 k€, à solliciter",
            "share: 30 %, of: 400 k€, basis: assumed, status: requested",
        ),
    ],
)
def test_how_a_grant_stands_is_said_after_a_base_or_a_cap(text: str, line: str) -> None:
    assert told("funding", text) == f"write [{{from: detr, {line}}}]"


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("30 % de 400 k€ HT, notifiée", "of: 400 k€, status: granted"),
        ("35 % max 100 k€ notifiée", "at_most: 100 k€, status: granted"),
        ("30 % sollicités sur 400 k€", "of: 400 k€, status: requested"),
    ],
)
def test_of_a_share_too(text: str, more: str) -> None:
    assert told("share", text) == f"write 30 %, and beside it {more}".replace("30 %", text[:4])


@pytest.mark.parametrize("where", ["grant", "funding", "funder"])
def test_a_grant_that_is_lost_is_not_paid(where: str) -> None:
    assert told(where, "150 k€ perdus").startswith("delete this line of funding")
    assert "150 k€" in told(where, "150 k€ à fonds perdus")


# --- rates, parts and signs ---


@pytest.mark.parametrize("where", ["rate of a loan", "loan"])
@pytest.mark.parametrize("text", ["0,8 % par trimestre", "0,25 % par mois", "0.25% monthly"])
def test_the_rate_of_a_loan_is_one_of_a_year(where: str, text: str) -> None:
    assert told(where, text) == "write the rate of a whole year: this one is of a part of it"


def test_how_often_a_loan_is_repaid_is_no_rate() -> None:
    help = told("loan", "3,2 % sur 20 ans, échéances trimestrielles")
    assert help.startswith('write {rate: "3,2 %", years: 20}')


@pytest.mark.parametrize(
    ("text", "rate", "part", "amount"),
    [
        ("33⅓ %", "33,333", "1/3", 30),
        ("33 1/3 %", "33,333", "1/3", 30),
        ("66⅔ %", "66,667", "2/3", 60),
    ],
)
def test_a_part_of_a_percent_is_not_dropped(text: str, rate: str, part: str, amount: int) -> None:
    assert told("share", text) == (
        f'write "{rate} %", which has at most three decimals and so is not quite {part}; or,'
        f" exactly, amount: {amount} k€ in place of share, which is {part} of 90\xa0k€"
    )
    assert told("funding", f"DETR {text}") == (
        f'write [{{from: detr, share: "{rate} %"}}]; a rate has at most three decimals, so that'
        f" is not quite {part}"
    )
    assert told("rate of a loan", text) == "write a percentage: 20 %, 5,5 %"


def test_a_half_of_one_is_said_exactly() -> None:
    assert told("share", "12½ %") == 'write "12,5 %"'
    assert told("rate of a loan", "12½ %") == 'write "12,5 %"'
    assert told("funding", "DETR 12½ %") == 'write [{from: detr, share: "12,5 %"}]'


@pytest.mark.parametrize("where", ["cost", "line of costs", "grant"])
@pytest.mark.parametrize("text", ["8 000 € -", "12 k€ -", "./. 12 k€"])
def test_what_may_be_a_minus_is_asked_for(where: str, text: str) -> None:
    assert told(where, text).startswith("write the amount that counts here, with its sign")
    assert told("cost", "12,- €") == "write 12 €"


# --- since when a project stands so ---


@pytest.mark.parametrize(
    ("text", "help"),
    [
        ("annulé en 2027", "{status: cancelled, since: …}, with the quarter since when"),
        ("suspendu depuis mars 2026", "{status: paused, since: 2026-T1}"),
        ("completed March 2026", "{status: done, since: 2026-Q1}"),
        ("terminé le 12/03/2026", "{status: done, since: 2026-T1}"),
        ("en cours depuis 2025", "{status: under_way, since: …}, with the quarter since when"),
        ("suspendu jusqu'en mars 2026", "paused; that says nothing of “mars 2026”"),
        ("suspendu de 2026 à 2027", "paused; that says nothing of “de 2026 à 2027”"),
        ("prévu en 2027", "planned; that says nothing of “en 2027”"),
    ],
)
def test_since_when_it_stands_so_is_kept_or_named(text: str, help: str) -> None:
    assert told("status", text) == f"write {help}"


def test_what_is_no_longer_so_is_asked_for() -> None:
    assert told("status", "plus conditionnel").startswith("write how the work stands today")


# --- taxes and years that nobody has said ---


@pytest.mark.parametrize("where", ["cost without taxes", "envelope without taxes"])
def test_the_rate_of_a_tax_is_not_made_up(where: str) -> None:
    assert told(where, "45 000 € TTC").startswith("write what 45 000 € comes to without taxes")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("150 k€ par année jusqu'en 2028", "years: …..2028, each_year: 150 k€"),
        ("150 k€ par an", "years: …, each_year: 150 k€"),
    ],
)
def test_the_first_year_of_costs_is_not_made_up(text: str, line: str) -> None:
    assert told("costs", text) == f"write [{{{line}}}]"


# --- what is lent, and what the town pays itself ---


@pytest.mark.parametrize(
    ("where", "help"), [("grant", "120 k€"), ("funding", "[{from: detr, amount: 120 k€}]")]
)
def test_what_is_to_be_repaid_is_no_grant(where: str, help: str) -> None:
    lent = "80 k€ d'avance remboursable"
    assert told(where, f"120 k€ de subvention + {lent}") == (
        f"write {help}; what is to be repaid is a loan and no grant: leave out “{lent}”"
    )
    assert told(where, "avance remboursable de 80 k€") == (
        "delete it: what is to be repaid is a loan, and a loan is no grant; the town pays with it"
        " what others leave of the costs"
    )
    assert told("funder", lent) == "write from: detr, and beside it amount: …"


OWN = "; what the town pays itself is what others leave of the costs: leave out “20% local”"


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("80% federal / 20% local", f"80 %{OWN}"),
        ("80% federal", "80 %"),
        ("50% match funding", "50 %"),
        ("50:50 match", "50 %"),
        ("75% up to €200,000", "75 %, and beside it at_most: 200000 €"),
        ("up to €200,000 or 75%, whichever is lower", "75 %, and beside it at_most: 200000 €"),
        ("60 %, höchstens 200.000 €", "60 %, and beside it at_most: 200 000 €"),
    ],
)
def test_a_share_is_told_with_its_cap(text: str, share: str) -> None:
    assert told("share", text) == f"write {share}"
    assert told("grant", text) == f"write share: {share}"


# --- what else is said of a sum ---


def test_of_which_year_prices_are_is_kept_beside_taxes() -> None:
    assert told("cost", "380 k€ TTC (valeur 2024)").startswith(
        "write 380 k€, and beside it source: valeur 2024"
    )


def test_what_is_carried_over_says_from_when() -> None:
    carried = "write it as a line of its own: {year: 2026, amount: 50 k€, carried_from: 2024}"
    assert told("cost", "50 k€ (report de 2024)") == carried
    assert told("line of costs", "50 k€ (report 2024)") == carried


def test_nil_is_nothing_and_ras_is_not_stated() -> None:
    assert told("cost", "nil") == "write 0 €"
    assert told("cost", "RAS").startswith("leave the value empty")


def test_the_rate_of_the_fund_as_a_part_of_one() -> None:
    assert told("rate of the fund", "0,16404") == 'write "16,404 %"'


def test_what_a_share_comes_to_is_no_grant_of_its_own() -> None:
    help = told("funding", "DETR 40 % de 400 k€ HT, soit 160 k€, notifiée")
    assert help.startswith("write [{from: detr, amount: 160 k€, status: granted}]")
