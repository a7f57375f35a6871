"""Advice says each number of what it is given for, or names those that it says nothing of."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppi_cli.source.instead.left_out import left_out, told
from tests.plans import examined
from tests.source.test_instead import advice, envelope, plan

TYPED = Path(__file__).parent.parent / "typed.txt"


@pytest.mark.parametrize(
    ("text", "help", "left"),
    [
        ("300 k€ dont 90 k€ en 2025", "write 300 k€", ["90 k€", "2025"]),
        ("8 à 12 ans", "write 8", ["12"]),
        ("16,404 % n+2", "write {regime: n+2}", ["16,404 %"]),
        ("16,404 %", "write a percentage: 20 %", []),  # nothing of it is offered
        ("16,404 % sur 2 ans", "write 2", ["16,404 %"]),
        ("100 k€ + 3 %", "write 100 k€", ["3 %"]),
        # found again: in another unit, in a span, as a count of years, in a sum or a product
        ("1,2 M€ environ", "write 1 200 k€", []),
        ("2027 : 2 M€ de 2026 à 2028", "write {years: 2026..2028, in_all: 2 M€}", []),
        ("60 k€ sur 3 ans", "write {years: 2026..2028, in_all: 60 k€}", []),
        ("10 k€/an pendant 2 ans", "write 2027: 10 k€, 2028: 10 k€", []),
        ("20 k€ + 5 k€", "write 25 k€", []),
        ("12 postes x 500 €", "write 6 000 €", []),
        ("12 k€ par mois", "write 144 k€", []),
        ("40 % de 200 k€", "write 80 k€", []),
        ("50 k€ - 10 k€", "write 40 k€", []),
        ("9 k€ dont 4 k€ en 2026 et 5 k€ en 2027", "write 2026: 4 k€, 2027: 5 k€", []),
        # no amounts: days, ranks, and what the user is to fill in
        ("9 k€ (arrêté du 12/03/2026)", "write 9 k€, and source: 2026", []),
        ("lot 2 : 9 k€", "write 9 k€", []),
        ("60 k€ dont 20 k€ en 2026", "write 2026: 20 k€, …: …", []),
    ],
)
def test_the_numbers_that_are_not_found_again(text: str, help: str, left: list[str]) -> None:
    assert left_out(text, help) == left


def test_an_amount_is_no_count_of_years() -> None:
    """Of 300 to 400 k€ in each of three years, 300 was taken for their number."""
    (help,) = advice(plan(theme="envelope: 300 à 400 k€/an"))
    assert help.endswith("; that says nothing of 300")


def test_what_stands_beside_is_not_lost() -> None:
    assert left_out("40 k€ en 2026", "write 40 k€", "2026") == []


def test_what_is_left_out_is_named() -> None:
    """Of 300 k€ carried over in part, the part was lost in silence."""
    assert advice(plan(theme="envelope: {2026: 300 k€ dont 50 k€ reports}")) == [
        "write 300 k€; that says nothing of 50 k€, “reports”"
    ]


PLACES = (
    plan(project='costs: {2026: "TEXT"}'),
    plan(project='costs: [{year: 2026, amount: "TEXT"}]'),
    plan(project='costs: "TEXT"'),
    plan(project='costs: {2026: 90 k€}, running_costs: [{amount: "TEXT"}]'),
    plan(project='costs: {2026: 90 k€}, funding: [{from: detr, amount: "TEXT"}]'),
    plan(project='costs: {2026: 90 k€}, funding: [{from: detr, share: "TEXT"}]'),
    plan(project='costs: {2026: 90 k€}, funding: "DETR TEXT"'),
    plan(project='costs: {2026: 90 k€}, funding: [{detr: "TEXT"}]'),
    plan(theme='envelope: {2027: "TEXT"}'),
    plan(more='ceilings: {total: "TEXT"}'),
)


@pytest.mark.parametrize("place", PLACES)
def test_no_number_of_what_people_type_is_lost_in_silence(place: str) -> None:
    """A law of all advice on amounts, whatever function gives it."""
    texts = [line for line in TYPED.read_text(encoding="utf-8").split("\n") if "€" in line]
    silent = []
    for text in (each for each in texts if ":" not in each and '"' not in each):
        for error in examined(place.replace("TEXT", text)).diagnostics:
            if error.severity == "error" and error.help is not None:
                if error.help.text.startswith(("write a percentage", "write it like")):
                    continue  # an example, and no advice
                if error.help.text.startswith("write the first year"):
                    continue  # of what is missing beside it
                around = f"{place} 2026..2028"
                silent += [(text, each) for each in left_out(text, told(error.help), around)]
    assert silent == []


#: Words that mean nothing.
WORDS = st.text("bcdfghjkpqvwxz", min_size=4, max_size=9).filter(lambda word: word[-1] != "k")


@given(
    WORDS,
    st.sampled_from(["{} 41 k€", "41 k€ {}", "41 k€ ({})", "41 k€ {} TTC", "{} 41 k€ par an"]),
    st.sampled_from([place for place in PLACES if "{detr: " not in place]),
)
def test_no_word_beside_an_amount_is_lost_in_silence(word: str, text: str, place: str) -> None:
    """It might make it another sum: so much a week, in thousands, or what comes in."""
    for error in examined(place.replace("TEXT", text.format(word))).diagnostics:
        help = "" if error.help is None or error.severity != "error" else told(error.help)
        assert "41" not in help or word in help


@pytest.mark.parametrize(
    ("text", "help"),
    [
        ("900 € in der Ferienzeit", "write 900 €; that says nothing of “in der Ferienzeit”"),
        ("900 € (Stufe)", "write 900 €; that says nothing of “Stufe”"),
        ("une somme de 900 €", "write 900 €"),
        ("900 € TTC", "write 900 €"),
    ],
)
def test_words_that_are_of_no_known_meaning_are_named(text: str, help: str) -> None:
    line = f'{{label: L, start: 2028, amount: "{text}"}}'
    assert advice(plan(project=f"costs: {{2026: 9 k€}}, running_costs: [{line}]")) == [help]


@pytest.mark.parametrize("place", [each for each in PLACES if "funding" not in each])
@pytest.mark.parametrize(("words", "tax"), [("HT", "excl"), ("inkl. MwSt.", "incl")])
def test_how_taxes_are_counted_is_not_lost_where_the_plan_does_not_say(
    place: str, words: str, tax: str
) -> None:
    (help,) = advice(place.replace("TEXT", f"41 k€ {words}").replace(", tax: incl", ""))[:1]
    assert help.endswith(
        f"; if all amounts of the plan are so, write tax: {tax} in its section plan"
    )


@pytest.mark.parametrize("place", [each for each in PLACES if "funding" not in each])
def test_taxes_that_are_not_those_of_the_plan_are_told(place: str) -> None:
    (help,) = advice(place.replace("TEXT", "41 k€ net of VAT"))[:1]
    assert "tax" in help


def test_the_rate_of_a_tax_is_not_guessed() -> None:
    """Of CHF and CAD, of “netto” and VAT, of “HT” too, 20 % was taken."""
    stated = envelope("41 k€ HT").replace("plan: {", "plan: {rate: 20 %, ")
    assert advice(stated)[0].startswith('write "49,2 k€"')
    for text in ("41 k€ HT", "41 k€ netto", "41 k€ ex VAT", "41 k€ zzgl. MwSt."):
        assert advice(envelope(text)) == [
            "write what 41 k€ comes to with taxes: amounts here include them, as the plan's do"
        ]
    abroad = envelope("41 kCHF HT").replace("plan: {", "plan: {currency: CHF, ")
    assert advice(abroad)[0].startswith("write what 41 kCHF comes to with taxes")
