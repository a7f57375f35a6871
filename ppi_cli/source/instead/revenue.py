"""What to type for a revenue among running costs: ``recettes: 15 k€``, ``économie: 60 k€``."""

from __future__ import annotations

import re

from ppi_cli.source.instead.place import Place, in_braces, in_brackets, quoted
from ppi_cli.values.characters import look
from ppi_cli.values.message import Message, msg
from ppi_cli.values.spoken_money import spoken_amount

_SAVED = r"[ée]conomies?(?: .*)?|savings? (?:on|in) .*|gains?(?: .*)?"
_RECEIVED = (
    r"recettes?(?: .*)?|revenus?(?: .*)?|produits?(?: .*)?|(?:loyers?|droits) perçus?"
    r"|revenues?|incomes?|receipts?|proceeds|rent received|subventions?(?: .*)?|grants?"
)


def revenue_as_key(place: Place, value: object) -> Message | None:
    """A revenue of each year is a negative running cost: as a grant, it would come once."""
    name = look(str(place.path[-1])).strip()
    if _is_revenue(place, name):
        return _as_a_line(place, name, value)
    if "running_costs" in place.keys and re.fullmatch(_SAVED, name, re.IGNORECASE):
        line = in_braces({"label": quoted(name), "amount": _below_zero(value)})
        return msg(
            "write {text} if so much is saved each year once it is done; else take it off what the"
            " project costs",
            text=f"running_costs: {in_brackets([line])}",
        )
    return None


def is_told_by_a_revenue(place: Place) -> bool:
    """Whether a missing amount is that of a revenue, which is told at its key."""
    here = place.tree.value(place.path[:-1])
    is_amount = place.path[-1] == "amount" and isinstance(here, dict)
    return is_amount and any(_is_revenue(place, look(str(key)).strip()) for key in here)


def _is_revenue(place: Place, name: str) -> bool:
    return (
        "running_costs" in place.path
        and "start" in place.keys
        and re.fullmatch(f"{_SAVED}|{_RECEIVED}", name, re.IGNORECASE) is not None
    )


def _as_a_line(place: Place, name: str, value: object) -> Message:
    same = ("start", "until", "basis", "tax", "rate", "section", "when", "indexed")
    beside = {key: place.beside[key] for key in same if isinstance(place.beside.get(key), str)}
    line = in_braces(
        {"label": quoted(name), "amount": _below_zero(value)}
        | {key: quoted(text) for key, text in beside.items()}
    )
    if "amount" in place.beside:
        return msg(
            "write it as a line of its own: {text}, which is taken off what it costs each year",
            text=line,
        )
    return msg("write the line {text}, which is taken off what it costs each year", text=line)


def _below_zero(value: object) -> str:
    said = spoken_amount(value) if isinstance(value, str) else None
    if said is None or said.amount is None:
        return "…"
    return quoted(f"-{said.amount.lstrip('-')}")
