"""Amounts in a currency that is written otherwise, or is not the plan's."""

from __future__ import annotations

import re

from ppi_cli.source.instead.place import Place
from ppi_cli.values.message import Message, msg
from ppi_cli.values.money import parse_money, sign_of
from ppi_cli.values.spoken_money import Spoken, spoken_amount, with_amounts


def in_currency(place: Place, said: Spoken, text: str) -> Spoken:
    """What is said without a currency is in that of the plan: ``1,5 million``."""
    sign = sign_of(_currency_of(place))
    if sign == "€" or re.search(r"€|eur|ke\b", text, re.IGNORECASE):
        return said
    return with_amounts(said, lambda amount: amount.replace("€", sign))


def in_francs(place: Place, text: str) -> str:
    """Francs of the Pacific as they are typed, where a plan is in them: ``12 MF``."""
    return re.sub(_FRANCS, " XPF", text) if _currency_of(place) == "XPF" else text


def telling_currency(place: Place, text: str, help: Message) -> Message:
    """The same help, where an amount is in another currency than the plan: so it cannot stay."""
    currency, said = _currency_of(place), spoken_amount(in_francs(place, text))
    if said is None or said.amount is None:
        return help
    amount = parse_money(in_currency(place, said, text).amount or "")
    if amount.currency in ("", sign_of(currency), currency):
        return help
    return msg(
        "{help}; the plan is in {currency}: write it so, or change its “currency”",
        help=help,
        currency=currency,
    )


def _currency_of(place: Place) -> str:
    return str(place.header.get("currency") or "EUR")


_FRANCS = r"(?<=[0-9kM]) ?F(?: ?CFP)?\b"
