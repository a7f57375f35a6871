"""What is meant by an amount as one says it: every part that it names, and no more."""

from __future__ import annotations

import pytest

from ppi_cli.values.spoken_money import Spoken, spoken_amount


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        # thousands apart by anything; where one group could be a fraction, nobody knows
        ("1.234", None),
        ("1,234 €", None),
        ("1.234 M€", None),
        ("1'234", Spoken("1 234")),
        ("12_000", Spoken("12 000")),
        ("45'000 €", Spoken("45 000 €")),
        ("1.234.567", Spoken("1 234 567")),
        ("1.234,56 €", Spoken("1 234,56 €")),
        ("1,234.56 €", Spoken("1 234,56 €")),
        ("-1.234,5", Spoken("-1 234,50")),
        # signs of other currencies, in each of the parts
        ("$1,234", Spoken("1234 $")),
        ("entre 10 et 20 k$", Spoken("20 k$", assumed=True, least="10 k$")),
        ("30 % of 200 k$", Spoken(share="30 %", base="200 k$")),
        ("30 % of 200 k$, at most 20 k$", Spoken(share="30 %", base="200 k$", at_most="20 k$")),
        ("30 % plafonné à 20 k$", Spoken(share="30 %", at_most="20 k$")),
        # guesses, taxes, products
        ("environ 40 k€", Spoken("40 k€", assumed=True)),
        ("40 k€ HT", Spoken("40 k€", tax="excl")),
        ("40 k€ TTC", Spoken("40 k€", tax="incl")),
        ("2 x 30 k€", Spoken("60 k€", times=2, one="30 k€")),
        ("1200-", Spoken("-1200")),
        ("\u22125 keuros", Spoken("-5 k€")),
        # two years are no range of amounts
        ("2026-2028", None),
        ("2026 à 2028", None),
        # nobody has stated it
        ("-", Spoken()),
        ("n.c.", Spoken()),
    ],
)
def test_each_part_of_an_amount_as_it_is_said(text: str, meant: Spoken | None) -> None:
    assert spoken_amount(text) == meant
