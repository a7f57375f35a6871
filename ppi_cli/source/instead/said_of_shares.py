"""What is said of a share beside it: of what it is, who pays it, and what only the user knows."""

from __future__ import annotations

import re
from dataclasses import replace

from ppi_cli.source.instead.conditional import (
    is_conditional,
)
from ppi_cli.source.instead.place import Instead, Place, quoted
from ppi_cli.source.instead.said_of_sums import (
    is_more_than_a_status,
    standing,
    status_said,
    where_it_stands,
)
from ppi_cli.values.message import Message, msg
from ppi_cli.values.spoken_money import (
    Spoken,
)

#: What is a part of something begins so; what does not makes it another sum.
_A_PART_OF = r"(?:d[eu]|des|der|von|sur|hors|sans|sauf|of|on|excluding|without|except)\b|d'"


#: Words before the name of who pays a share.
_BY = r"(?:(?:de|du|par|from|by)\b ?(?:la |le |l'|the )?)?"
#: Words for who pays a share, by what they are: ``80 % federal``, ``50 % match funding``.
_LEVELS = (
    r"(?:(?:federal|fédéral|provincial|state|county|r[ée]gional|départemental|national|europ[ée]en)e?"
    r"|european|match(?:ing|ed)?)(?: (?:grants?|funding|funds?|share|match))?"
)


def not_read(place: Place, said: Spoken) -> str | None:
    """What is to be filled in where more is said of a share than the format reads of it.

    ``of`` where it is a part of something else than all the costs, else the amount itself.
    """
    if where_it_stands(said) is not None:
        return None
    if said.besides is not None:
        return "amount"
    if said.share is None or not said.source or status_said(place, said.source) is not None:
        return None
    if names_a_payer(place, said.source) or re.fullmatch(_LEVELS, said.source, re.IGNORECASE):
        return None
    if "from" not in place.beside and re.fullmatch(r"[^\W\d]{3,}", said.source) is not None:
        return None  # who pays: “40 % federal”
    is_part = re.match(_A_PART_OF, said.source, re.IGNORECASE) and "of" not in place.beside
    return "of" if is_part and said.tax is None else "amount"


def _payers(place: Place) -> str:
    """A pattern for the names of those who pay: those of the plan, and what looks like one."""
    known = [f"(?i:{re.escape(name)})" for name in place.payers]
    return "(?:" + "|".join([*known, _A_NAME]) + ")"


def names_a_payer(place: Place, text: str) -> bool:
    return re.fullmatch(rf"{_BY}{_payers(place)}", text) is not None


_A_NAME = r"[A-ZÉ][^\W\d]+"


def to_be_filled(place: Place, help: Message, key: str) -> Message:
    """What to type, with what is to be filled in at a key."""
    if key == "of":
        return msg("{help}, with the amount of which it is a part", help=help)
    return msg("{help}, with the amount that it comes to", help=help)


def sum_to_be_filled(place: Place, said: Spoken, key: str) -> Instead:
    """``40 % hors études``, ``40 % + 20 k€``: a sum that only the user knows."""
    if key == "of":
        more = {**beside_a_share(place, replace(said, source=None)), "of": "…"}
        at = "share" if place.key != "share" else ""
        found = place.instead(said.share or "", more, key=at)
        return Instead(to_be_filled(place, found.help, key), at_key=found.at_key)
    help = msg(
        "in place of {key}, write {text}, with the amount that it comes to",
        key=place.key,
        text="amount: …",
    )
    return Instead(help, at_key=True)


def beside_a_share(place: Place, said: Spoken) -> dict[str, str]:
    """What is said of a share, by the keys that stand beside it."""
    source = where_it_stands(said)
    if source is not None and not is_more_than_a_status(place, source):
        source = None
    beside = {} if place.key == "funding" else place.beside
    more = {
        "of": said.base or said.capped or said.tax,
        "at_most": said.at_most,
        "basis": "assumed" if said.assumed or is_conditional(source) else None,
        "year": None if said.year is None or "quarter" in beside else str(said.year),
        **standing(place, said.besides or said.source),
        "source": None if source is None else quoted(source),
    }
    return {k: t for k, t in more.items() if t is not None and k not in beside}


def or_at_most(help: Message, said: Spoken | None = None) -> Message:
    """What to type for a share with a cap that may be one of the spending, or of the grant."""
    if said is not None and said.tax is not None:
        return msg(
            "{help} if that caps the spending; in place of that {text} if it caps the grant",
            help=help,
            text=f"of: {said.tax}, at_most: {said.capped}",
        )
    return msg(
        "{help} if that caps the spending; “at_most” in place of “of” if it caps the grant",
        help=help,
    )


def comes_to() -> Message:
    return msg("write the amount that it comes to")


def limited(place: Place, said: Spoken) -> Instead:
    """``50 % après franchise de 20 k€``: a sum that only the user knows."""
    return Instead(comes_to()) if place.is_alone else sum_to_be_filled(place, said, "amount")
