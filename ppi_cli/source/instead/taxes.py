"""What to type for an amount that counts taxes otherwise than its plan."""

from __future__ import annotations

import re
from dataclasses import replace

from ppi_cli.source.instead.place import Instead, Place, in_braces, quoted
from ppi_cli.values.characters import look
from ppi_cli.values.message import Message, NotationError, msg
from ppi_cli.values.money import Money, Rate, parse_money, parse_rate, typed
from ppi_cli.values.spoken_money import (
    Spoken,
    tax_of,
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
    stated = place.header.get("rate")
    text = look(f"{place.path[-1]} {place.tree.value(place.path)}")
    own = re.search(_OWN_RATE, text, re.IGNORECASE)
    usual = _rate(stated) or (_USUAL_RATE if _is_french(place, text) else None)
    own_rate = "…" if own is None else own["rate"] or own["before"]
    if "tax" in place.keys:
        more = {"tax": str(said.tax), **more}
        if own is not None and _rate(own_rate) != _rate(stated):
            return place.instead(said.amount, {**more, "rate": own_rate})
        if stated is not None or "rate" in place.beside:
            return place.instead(said.amount, more)
        found = place.instead(said.amount, {**more, "rate": "…"})
        if usual is None:
            help = msg("{help}, which is the rate of the tax", help=found.help)
        else:
            help = msg(
                "{help}, which is the rate of the tax, such as {rate}", help=found.help, rate=usual
            )
        more = {key: text for key, text in found.more.items() if key != "rate"}
        return replace(found, help=help, more=more)
    includes = place.tax == "incl"
    if "rate" in place.line:  # which of its amounts are with taxes, nobody knows
        return Instead(_without_a_rate(place, said, str(place.line["rate"])))
    is_said = stated is not None or own is not None
    if usual is None or not is_said or (own is not None and _rate(own_rate) != usual):
        return Instead(_without_a_rate(place, said, own_rate))
    amount = parse_money(said.amount)
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


def _without_a_rate(place: Place, said: Spoken, rate: str) -> Message:
    """What to type where the rate of the tax is not the plan's, or is stated nowhere."""
    if place.tax == "incl":
        help = msg(
            "write what {amount} comes to with taxes: amounts here include them, as the plan's do",
            amount=said.amount,
        )
    else:
        help = msg(
            "write what {amount} comes to without taxes: amounts here are without them, as the"
            " plan's are",
            amount=said.amount,
        )
    if "costs" not in place.path or "periods" not in place.path:
        return help
    period = str(place.tree.existing(place.path)[-1])
    line = {period: quoted(said.amount or ""), "tax": str(said.tax), "rate": rate}
    return msg("{help}; or, as a line of its own, {line}", help=help, line=in_braces(line))


def telling_tax(place: Place, text: str, help: Message, told: str) -> Message:
    """The same help where a plan does not say how its amounts count taxes, and a text does."""
    if place.tax is not None or "funding" in place.path or "from" in place.keys or "tax" in told:
        return help
    if (said := tax_of(text)) is None:
        return help
    return msg(
        "{help}; if all amounts of the plan are so, write {text} in its section plan",
        help=help,
        text=f"tax: {said}",
    )


def tax_named(place: Place, text: str) -> Instead | None:
    """``brutto``, ``TVA comprise``, where it is said how taxes are counted."""
    if re.search("[0-9]", text) or (said := tax_of(look(text))) is None:
        return None
    return place.instead(said)


_USUAL_RATE = parse_rate("20 %")
#: The words of French taxes, of which most are at the usual rate.
_FRENCH = r"(?:(?<!\w)(?:h\.? ?t|tva|hors taxes?|toutes taxes)|t\.? ?t\.? ?c)(?!\w)"


def _is_french(place: Place, text: str) -> bool:
    is_in_euros = str(place.header.get("currency") or "EUR") == "EUR"
    return is_in_euros and re.search(_FRENCH, text, re.IGNORECASE) is not None


#: The rate that an amount says of its own tax.
_OWN_RATE = (
    r"(?:\b(?:tva|vat|mwst|ust|gst|hst)\b[^0-9]{0,9}|\bht,? à )"
    r"(?P<rate>[0-9]{1,2}(?:[.,][0-9]+)? ?%)"
    r"|(?P<before>[0-9]{1,2}(?:[.,][0-9]+)? ?%) ?(?:de |of )?(?:tva|vat|mwst|ust|gst|hst)\b"
)


def _rate(text: object) -> Rate | None:
    try:
        return parse_rate(str(text))
    except NotationError:
        return None
