"""What to type for the terms of a loan that are one text: ``3,45 % fixe sur 15 ans``."""

from __future__ import annotations

import re

from ppi_cli.source.instead.place import Place, in_braces
from ppi_cli.values.characters import look
from ppi_cli.values.message import Message
from ppi_cli.values.spoken_rates import VARIES_HELP, varies

_TERMS = {
    "rate": r"(?<![\w.,])(?P<is>[0-9]{1,2}(?:[.,][0-9]{1,3})? ?%)",
    "years": r"(?<![\w.,])(?P<is>[0-9]{1,2}) ?(?:ans|années|years|yrs|jahren?)\b",
}


def loan_terms(text: str, place: Place) -> str | Message | None:
    """Its rate and its years, where each is said once."""
    said = look(text)
    if varies(said):
        return VARIES_HELP
    found = {key: [*re.finditer(term, said, re.IGNORECASE)] for key, term in _TERMS.items()}
    pairs = {key: each[0]["is"] for key, each in found.items() if len(each) == 1}
    return in_braces(pairs) if pairs else None
