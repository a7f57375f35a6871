"""What to type for the terms of a loan that are one text: ``3,45 % fixe sur 15 ans``."""

from __future__ import annotations

import re

from ppi_cli.source.instead.place import Place, in_braces
from ppi_cli.values.characters import look
from ppi_cli.values.message import Message
from ppi_cli.values.spoken_money import is_of_part_of_a_year
from ppi_cli.values.spoken_rates import VARIES_HELP, YEARLY_HELP, varies

_TERMS = {
    "rate": r"(?<![\w.,])(?P<is>[0-9]{1,2}(?:[.,][0-9]{1,3})? ?%)",
    "years": r"(?<![\w.,])(?P<is>[0-9]{1,2}) ?(?:ans|années|years|yrs|jahren?)\b",
}
#: How often it is paid, which is no rate: ``échéances trimestrielles``.
_PAID_BY = (
    r"(?:échéances?|annuités?|mensualités?|remboursements?|amortissements?|versements?|payée?s?"
    r"|paiements?|repaid|repayments?|payments?|instal?ments?|tilgung|raten?) [^\W\d]+(?: [^\W\d]+)?"
)


def loan_terms(text: str, place: Place) -> str | Message | None:
    """Its rate and its years, where each is said once."""
    said = look(text)
    if varies(said):
        return VARIES_HELP
    if is_of_part_of_a_year(re.sub(_PAID_BY, "", said, flags=re.IGNORECASE)):
        return YEARLY_HELP
    found = {key: [*re.finditer(term, said, re.IGNORECASE)] for key, term in _TERMS.items()}
    pairs = {key: each[0]["is"] for key, each in found.items() if len(each) == 1}
    return in_braces(pairs) if pairs else None
