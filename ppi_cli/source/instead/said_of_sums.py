"""What is said of a sum beside it: how funding stands, and where that is to be read."""

from __future__ import annotations

import re
from dataclasses import replace

from ppi_cli.source.instead.conditional import (
    is_conditional,
)
from ppi_cli.source.instead.place import Instead, Place, quoted
from ppi_cli.values.characters import look
from ppi_cli.values.message import Message, msg
from ppi_cli.values.spoken_money import (
    Spoken,
    spoken_amount,
)
from ppi_cli.values.spoken_payers import is_to_be_repaid
from ppi_cli.values.spoken_standing import spoken_standing

#: Words for where an amount comes from; others say what it pays for.
IS_SOURCE = re.compile(
    r"±|\+ ?/ ?-|plus ou moins|cf|voir|valeur|prix|prices|constant|devis|selon|estim|délib|arrêté"
    "|notif|march[ée]|offre|source|quote|voté",
    re.I,
)


def status_said(place: Place, text: str | None) -> str | None:
    """How funding stands, as far as a text says it in its place."""
    said = None if text is None or "funding" not in place.path else spoken_standing(text)
    return None if said is None or said.status not in ("granted", "requested") else said.status


def standing(place: Place, text: str | None) -> dict[str, str]:
    """The same as it is to be typed: what nobody has asked for yet is counted on."""
    status, said = status_said(place, text), spoken_standing(text or "")
    if status is None or said is None:
        return {}
    return {"status": status, **({"basis": "assumed"} if said.is_hoped else {})}


def is_more_than_a_status(place: Place, text: str) -> bool:
    """Whether a text says more than how funding stands: ``notifiée le 12/03/2025``."""
    return status_said(place, text) is None or re.search("[0-9]", text) is not None


def no_longer_paid(place: Place, text: str) -> Instead | None:
    """What to do with a grant that is refused, or granted in part, by what is said of its sum."""
    if "funding" not in place.path or place.key == "funding":
        return None
    if (help := refused_help(text)) is not None:
        return Instead(help, at_key=True)
    return _lent(place, text)


def _lent(place: Place, text: str) -> Instead | None:
    """``120 k€ + 80 k€ d'avance remboursable``: the grant alone; a loan is none."""
    parts = re.split(r" ?(?:[+;]|, |\bet\b|\band\b|\bund\b) ?", look(text))
    lent = [part for part in parts if is_to_be_repaid(part)]
    if not lent or place.key not in ("amount", "share"):
        return None
    others = [spoken_amount(part) for part in parts if part not in lent]
    if not others:
        return Instead(lent_help(), at_key=True)
    (first, *more) = others
    if more or first is None or first.amount is None or place.key == "share":
        return Instead(without_what_is_lent(msg("write the amount that is granted"), lent))
    help = msg("write {text}", text=quoted(first.amount))
    return Instead(without_what_is_lent(help, lent))


def lent_help() -> Message:
    """What to do with a line of funding that is lent."""
    return msg(
        "delete it: what is to be repaid is a loan, and a loan is no grant; the town pays with it"
        " what others leave of the costs"
    )


def without_what_is_lent(help: Message, lent: list[str]) -> Message:
    """What to type for a grant, with what is left out of it since it is lent."""
    return msg(
        "{help}; what is to be repaid is a loan and no grant: leave out {parts}",
        help=help,
        parts=[f"“{part.strip()}”" for part in lent],
    )


def refused_help(text: str) -> Message | None:
    """The same; of several sums nobody can tell which is meant."""
    said = spoken_standing(text)
    if said is None or said.status in ("granted", "requested"):
        return None
    if said.status == "in part":
        return msg(
            "write what is granted, and what is still asked for in a line of its own, each with its"
            " status"
        )
    if len(re.findall(_A_SUM, look(text))) > 1:
        return msg("write what is granted or asked for: what is refused is not paid")
    return msg("delete this line of funding: what is refused is not paid")


_A_SUM = r"[€$£] ?[0-9][0-9.,]*[kM]?|[0-9] ?(?:[kM]?[€$£]|[kM]\b|%)"


def standing_as_key(place: Place, value: object) -> Message | None:
    """``notifié: 50 k€``, ``grant: 50 k€`` in funding: an amount, and how it stands."""
    if "from" not in place.keys or not isinstance(value, str):
        return None
    key = str(place.path[-1]).lower()
    is_named = key in ("grant", "grants")
    found = {} if is_named else standing(place, key)
    said = spoken_amount(value)
    if not (found or is_named) or said is None or said.amount is None or "amount" in place.beside:
        return None
    others = [f"{key}: {text}" for key, text in found.items() if key not in place.beside]
    text = f"amount: {quoted(said.amount)}"
    if not others:
        return msg("write {text}", text=text)
    return msg("write {text}, and beside it {others}", text=text, others=others)


def with_status(place: Place, said: Spoken, status: str, more: dict[str, str]) -> Instead:
    """An amount of which it is said how it stands: that goes beside it, in the line."""
    assert said.amount is not None
    assert said.source is not None
    line = place.beside if not place.is_alone else place.line
    others = [f"status: {status}"] * ("status" not in line)
    if "basis" in standing(place, said.source) and "basis" not in line:
        more = {"basis": "assumed", **more}
    if re.search("[0-9]", said.source) and "source" not in line:
        others.append(f"source: {quoted(said.source)}")
    others += [f"{key}: {each}" for key, each in more.items()]
    if not others:
        return Instead(msg("write {text}", text=said.amount), said.amount)
    help = msg("write {text}, and beside it {others}", text=quoted(said.amount), others=others)
    return Instead(help, said.amount, {"status": status})


def where_it_stands(said: Spoken) -> str | None:
    """What is said of a share where that is only its source: ``40 % (délib. du 12 mars)``."""
    text = said.besides or said.source or ""
    if is_conditional(text):
        return text
    is_source = IS_SOURCE.match(text) is not None and re.search("[%€$£+]", text) is None
    return text if is_source else None


def prudent(place: Place, said: Spoken) -> Spoken:
    """Of a grant that lies between two sums, the lower one: that is counted on."""
    if said.least is None or "funding" not in place.path:
        return said
    return replace(said, amount=said.least, least=None, most=said.amount)


def or_between(found: Instead, said: Spoken) -> Instead:
    """The same, where another sum, or one between, may be meant as well."""
    other = said.least or said.most
    if other is None:
        return found
    help = msg("{help}; or {other}, or what lies between", help=found.help, other=other)
    return replace(found, help=help)
