"""Words that make a sum another one than the amount that stands beside them: what to say then."""

from __future__ import annotations

import re

from ppi_cli.source.instead.place import Instead, Place
from ppi_cli.values.characters import look
from ppi_cli.values.message import msg

#: A revenue, a change of another amount, a loan, a part of the whole.
_ANOTHER_SUM = re.compile(
    r"(?<!\w)(?:économi\w+|remises?|rabais|ristournes?|escomptes?|discounts?|rebates?|credits?|saves?|saving"
    r"|recettes?|baisse|gains?|loyers?|réduction|réduite?s?|diminu\w+"
    r"|annul\w+|rembours\w+|cession|vente|avoir|crédit|moins|pénalités?|évitée?s?|savings?"
    r"|revenues?|augment\w+|abond\w+|compléments?|déjà|reports?|reportée?s?|prêts?|loans?"
    r"|avance remboursable|part (?:de la )?(?:ville|commun\w+)|nets? d\w+|après subventions?"
    r"|less|reduced|increase|decrease|net of|receipts?|proceeds|income|trade-?in|refund\w*"
    r"|reimburs\w+|disposal|minoration|à déduire|reprise(?! d[eu']?)"
    r"|abzgl|abzüglich|abzug|minus|\w*erlöse?|einnahmen?|erträge?|gutschrift\w*|einsparung\w*"
    r"|rabatt|nachlass|skonto|erstattung\w*|rückzahlung\w*|abschlag\w*|monatsraten?|mensualités?"
    r"|darlehen|kredit\w*)(?!\w)",
    re.IGNORECASE,
)
#: What limits a share, or is taken off before it: the format has no key for it.
_LIMIT = re.compile(
    r"(?<!\w)(?:franchise|déduction|déduit\w*|au[- ]delà|beyond|in excess of)(?!\w)"
    r"|reste à charge.*plafonn",
    re.IGNORECASE,
)


def another_sum(place: Place, words: str | None, text: str) -> Instead | None:
    """``économie de 5 k€``, ``+100 k€`` of an authorisation: not the amount as it stands."""
    found = _ANOTHER_SUM.search(look(words)) if words is not None else None
    if words is not None and "costs" in place.path:
        found = found or re.fullmatch("CR", words)  # a credit; in funding, who pays
    is_added = "authorised" in place.path and text.strip().startswith("+")
    if found is None and not is_added:
        return None
    said = "+" if found is None else found[0]
    return Instead(
        msg(
            "write the amount that counts here, with its sign: “{words}” may make it another one",
            words=said,
        )
    )


def is_limited(text: str) -> bool:
    """Whether a share is limited in a way that the format has no key for."""
    return _LIMIT.search(look(text)) is not None
