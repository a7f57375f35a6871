"""How a grant stands, as people say it: ``notifiée le 12 mars``, ``verbal``, ``refusée``.

Nothing here makes a status of the plan: it only says what is to be typed instead.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from ppi_cli.values.characters import look

_NOT = r"(?:non|pas|not|nicht)(?: encore| yet)?[ -](?:encore |yet |été |been )*"
#: What is said of funding that nobody has asked for yet.
_NOT_YET_ASKED = (
    r"(?:à|a|reste à|to be|to) (?:demand|sollicit|dépos|depos|présent|request|appl|ask|submit)"
    r"|prév|espér|esper|envisag|attend|potentiel|probabl|possibl|likely|expected|planned"
    r"|hoped|anticipat|à dem|à sol|pressenti|fléch|identifi|earmark|geplant|vorgesehen"
    rf"|(?:noch )?{_NOT}(?:demand|sollicit|dépos|appl|request|ask|submit|beantragt)"
)
#: Words with which it begins that it is decided; that it is paid, too.
_GRANTED = (
    r"accord(?!s?-cadre)|acquise?s?\b|notifi|obten|attribu|confirm|votée?s?\b|voted|validat|validé"
    r"|sign[eé]|approuv|actée?s?\b|arrêté attributif|convention(?:née?|s? sign)|promesse ferme"
    r"|offer\b|award|approv|granted|secured|success"
    r"|bewillig|zugesagt|zusage|genehmig|gewährt|(?:zuwendungs|förder|bewilligungs)?bescheid"
)
_PAID = r"(?:vers|encaiss|liquid|sold)ée?s?\b|perçu|reçu|received|paid\b|erhalten|ausgezahlt"
#: Words with which it begins that it is asked for.
_REQUESTED = (
    r"demand|sollicit|en cours|en attente|dépos|depos|pending|(?:en )?instruction|dossier|ask"
    r"|appl|request|in principle|promis|await|under review|à (?:confirm|valid|sign|notifi)"
    r"|bid\b|submitted|shortlist|to be (?:confirm|approv|award|sign|decid)"
    r"|beantragt|antrag|eingereicht|angefragt|in (?:prüfung|aussicht)"
)
#: Words for what is refused; a grant that is said to lapse on a day has not yet.
_REFUSED = (
    r"\b(?:refus(?:ée?s?|ed|al)?|(?:rejet|annul|retir)ée?s?|cancelled|storniert|rejected|denied|declined|unsuccessful|withdrawn|revoked"
    r"|expirée?s?|expired|forclose?s?|périmée?s?|lost|forfeited|verloren|verfallen"
    r"|(?<!fonds )perdue?s?"
    r"|sans suite|abgelehnt|ablehnung|absage|widerrufen|zurück(?:gezogen|gewiesen|genommen))\b"
    r"|\b(?:caduc|caduque|lapsed)s?\b(?! (?:au|le|en|fin|après|à|if|on|in|after)\b)"
    r"|(?<!noch )\b(?:non|pas|not|nicht)[ -](?:été |been )?"
    r"(?:accord|reten|obten|attribu|sélection|approuv|award|grant|approv|success|select|bewillig|genehmig|gewährt)"
)
#: Words that make less of what is decided: it is still to be.
_NOT_QUITE = (
    rf"\b{_NOT}(?:{_GRANTED})|\bun(?:{_GRANTED})|in principle|de principe|subject to|pending|await"
    r"|sous (?:réserve|condition)|condition(?:al|n)|verba|\boral|tacit|informel|informal|mündlich"
    r"|vorbehalt|in aussicht|provisional|to be |\btbc\b|\?"
    r"|(?:\baccord|tion|zusage|bescheid|approval|award|offer)s?\b.*"
    r"(?:en (?:cours|attente)|attend|à venir|prochain|expected|steht|aussteh)"
)
_IN_PART = r"\b(?:partiel|en partie|partial|partly|in part\b|teilweise|zum teil)"
#: What may stand before it.
_BEFORE = r"^(?:(?:est|sont|déjà|déja|is|are|already|grant|subvention|aide|ist|wurde) |\()+"


class Standing(NamedTuple):
    """How a grant stands."""

    #: What is granted in part is of two lines: so much is granted, the rest is not.
    status: Literal["granted", "requested", "refused", "in part"]
    #: Whether nobody has asked for it yet.
    is_hoped: bool = False


def spoken_standing(text: str) -> Standing | None:
    """How a grant stands by what is said of it, from its first word on.

    What is refused, or not quite decided, may be said by any of them.
    """
    said = re.sub(_BEFORE, "", look(text).strip().lower())
    if is_refused(said):
        return Standing("refused")
    if re.search(_GRANTED, said) is not None:
        if re.search(_IN_PART, said) is not None:
            return Standing("in part")
        if re.search(_NOT_QUITE, said) is not None:
            return Standing("requested", re.match(_NOT_YET_ASKED, said) is not None)
    if re.match(rf"{_GRANTED}|{_PAID}", said) is not None:
        return Standing("granted")
    if (hoped := re.match(_NOT_YET_ASKED, said)) or re.match(_REQUESTED, said):
        return Standing("requested", hoped is not None)
    return None


def is_refused(text: str) -> bool:
    """Whether a text says that a grant is refused, or no longer to be had."""
    return re.search(_REFUSED, look(text).lower()) is not None
