"""Who pays, as people call it: the town itself, by what it borrows and saves; the VAT fund."""

from __future__ import annotations

import re

from ppi_cli.values.characters import look
from ppi_cli.values.regex import regex

_OWN_SOURCE = regex(
    r"(?:nouve\w+ |new )?(?:emprunts?|prêts?|prets?|auto ?financements?|fonds propres"
    r"|ressources propres|épargne|epargne|réserves?|reserves?|trésorerie|loans?|borrowings?"
    r"|own (?:funds|resources|sources)|self financing|savings|bonds?|(?:bank|bridging) loans?"
    r"|general (?:fund|obligation bonds?))\b",
    re.IGNORECASE,
)
_LOAN = regex(
    r"(?:nouve\w+ |new )?(?:emprunts?|prêts?|prets?|loans?|borrowings?|(?:bank|bridging) loans?"
    r"|(?:general obligation )?bonds?)\b",
    re.IGNORECASE,
)
_VAT_FUND = regex(r"f\.?c\.?t\.?v\.?a\b|vat fund", re.IGNORECASE)
#: What is to be repaid is no grant, whoever lends it.
_TO_BE_REPAID = regex(
    r"\b(?:prêts?|avances? (?:remboursables?|récupérables?)|loans?|darlehen"
    r"|(?:repayable|reimbursable|refundable|recoverable) (?:advances?|grants?))\b",
    re.IGNORECASE,
)


def is_to_be_repaid(text: str) -> bool:
    """Whether a text says of money that it is lent: ``80 k€ d'avance remboursable``."""
    return _TO_BE_REPAID.search(look(text)) is not None


def is_own_source(name: str) -> bool:
    """Whether a name is that of money of the town itself: ``Emprunt 2027``, ``Autofinancement``."""
    return _OWN_SOURCE.match(_said(name)) is not None


def is_loan(name: str) -> bool:
    """Whether a name is that of money that is borrowed: ``Emprunt 2027``, ``bank_loan``."""
    return _LOAN.match(_said(name)) is not None


def is_vat_fund(name: str) -> bool:
    """Whether a name is that of the VAT fund: ``FCTVA``, ``fctva_2027``."""
    return _VAT_FUND.match(_said(name)) is not None


def _said(name: str) -> str:
    return look(name).strip().replace("_", " ").replace("-", " ")


#: Words for what the town pays itself.
_OWN = (
    r"(?:en |sur )?(?:auto[- ]?financements?|fonds propres|(?:la )?(?:ville|commune|mairie)"
    r"|collectivité|ressources propres|(?:le )?reste (?:ville|commune)"
    r"|(?:le )?reste à (?:charge|financer)(?: (?:de la )?(?:ville|commun\w+))?"
    r"|(?:le )?solde|(?:coût|montant|dépense|charge) net(?:te)?(?: (?:ville|commun\w+))?"
    r"|part (?:de la )?(?:ville|commune|communale)|own funds|(?:the )?(?:town|city)"
    r"|self[- ]?funded|budget (?:ville|commun\w+|propre)|eigen(?:anteil|mittel|leistung)\w*)"
)
#: Words for the town among others who pay; elsewhere, they may be of a thing: ``local``.
_OWN_AMONG_OTHERS = (
    r"(?:the )?(?:council|local(?: match| share| funds)?|municipal(?:ity|ité)?|borough)"
    r"|(?:la )?municipalité|(?:die )?(?:stadt|gemeinde|kommune)"
)


def is_own_share(text: str, *, among_others: bool = False) -> bool:
    """Whether a text names the town itself as the one who pays: ``autofinancement``.

    ``among_others`` who pay, ``Local 20 %`` does so too.
    """
    said = re.sub(r" ?\([^()]*%\)$", "", look(text).strip()).strip(" .()").lower()
    number = r"(?:[€$£]?[0-9][0-9 .,/]*(?:%|[km]?[€$£]|[km]\b|euros)? ?)?"
    own = rf"(?:{_OWN}|{_OWN_AMONG_OTHERS})" if among_others else _OWN
    return re.fullmatch(rf"{number}(?:par )?{own}(?: ?:? ?{number})?", said) is not None
