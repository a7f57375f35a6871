"""What to type for an amount that counts taxes otherwise than its plan."""

from __future__ import annotations

import re
from dataclasses import replace

from ppi_cli.source.instead.place import Instead, Place
from ppi_cli.values.characters import look
from ppi_cli.values.message import NotationError, msg
from ppi_cli.values.money import Money, Rate, parse_money, parse_rate, typed
from ppi_cli.values.spoken_money import (
    Spoken,
)


def counts_so(place: Place, tax: str) -> bool:
    """Whether an amount with such taxes is one of the plan's, or taxes do not matter here."""
    is_received = "from" in place.keys
    return is_received or place.tax in (None, tax)


def differs(place: Place, said: Spoken) -> bool:
    return said.tax is not None and not counts_so(place, said.tax)


def taxed(place: Place, said: Spoken, more: dict[str, str]) -> Instead:
    """An amount that counts taxes otherwise than the plan."""
    assert said.amount is not None
    rate = place.header.get("rate")
    own = re.search(_OWN_RATE, look(str(place.tree.value(place.path))), re.IGNORECASE)
    if own is not None and _rate(own["rate"]) != _rate(rate):
        if "tax" not in place.keys:
            return Instead(
                msg(
                    "write the amount that it comes to: amounts here count taxes as the plan does,"
                    " and {rate} is not its rate",
                    rate=_rate(own["rate"]),
                )
            )
        return place.instead(said.amount, {"tax": str(said.tax), **more, "rate": own["rate"]})
    if "tax" in place.keys:
        more = {"tax": str(said.tax), **more}
        if rate is not None or "rate" in place.beside:
            return place.instead(said.amount, more)
        found = place.instead(said.amount, {**more, "rate": "…"})
        return replace(
            found,
            help=msg(
                "{help}, which is the rate of the tax, such as {rate}",
                help=found.help,
                rate=_USUAL_RATE,
            ),
            more={key: text for key, text in found.more.items() if key != "rate"},
        )
    usual = _rate(rate)
    amount = parse_money(said.amount)
    includes = place.tax == "incl"
    written = usual.added_to(amount) if includes else usual.taken_out_of(amount)
    found = place.instead(typed(Money(written.cents, amount.unit)), more)
    if includes:
        help = msg(
            "{help}: amounts here include taxes, as the plan's do, and that is it at {rate}",
            help=found.help,
            rate=usual,
        )
    else:
        help = msg(
            "{help}: amounts here are without taxes, as the plan's are, and that is it at {rate}",
            help=found.help,
            rate=usual,
        )
    return replace(found, help=help)


_USUAL_RATE = "20 %"


#: The rate that an amount says of its own tax.
_OWN_RATE = r"\b(?:tva|vat|mwst)\b[^0-9]{0,9}(?P<rate>[0-9]{1,2}(?:[.,][0-9]+)? ?%)"


def _rate(text: object) -> Rate:
    try:
        return parse_rate(str(text))
    except NotationError:
        return parse_rate(_USUAL_RATE)
