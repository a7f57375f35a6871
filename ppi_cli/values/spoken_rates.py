"""Rates as people write them: ``20``, ``0,2``, ``TVA 20 %``, ``Euribor + 0,5``.

Nothing here makes a rate of the plan: it only says what is to be typed instead.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import NamedTuple

from ppi_cli.values.message import NotationError, msg
from ppi_cli.values.money import Money, parse_rate
from ppi_cli.values.written_money import read_amount

VARIES_HELP = msg(
    "a rate that varies is not known ahead: write the one that you take it to be, as 3 %, and"
    " “basis: assumed” beside it"
)
YEARLY_HELP = msg("write the rate of a whole year: this one is of a part of it")
#: In thousandths of a percent: what is more is a year, or something else.
_HIGHEST_RATE = 300_000
_VARYING = r"euribor|[€e]ster|\bestr\b|eonia|livret|\blep\b|inflation|\bindex|\bindice|\bcms|\boat"
_VARYING += r"|\btec ?[0-9]|variable|révisable|revisable|float|prime|[0-9a-z] ?\+ ?[0-9]"


def varies(text: str) -> bool:
    """Whether a rate hangs on another one, which nobody knows ahead: ``Livret A + 0,5 %``."""
    return re.search(_VARYING, text, re.IGNORECASE) is not None


def spoken_rate(text: str) -> str | None:
    """``20``, ``0,2``, ``TVA 20 %``, ``20 pour cent``, ``1/4``, ``la moitié``."""
    if (part := spoken_fraction(text)) is not None:
        is_exact = (part * 100_000).denominator == 1
        return as_rate(part) if is_exact or "%" not in text else None
    if re.search("[½⅓⅔¼¾]", text):
        return None
    if re.fullmatch(_NO_TAX, text, re.IGNORECASE):
        return "0 %"
    text = re.sub(r"(?<![\w.,])[.,](?=[0-9])", "0.", text)
    text = re.sub(_IN_A_HUNDRED, "%", text, flags=re.IGNORECASE)
    numbers = re.findall(r"[0-9]+(?:[.,][0-9]+)?", text)
    if len(numbers) != 1 or len(text) > 40 or re.search(_NO_RATE, text, re.IGNORECASE):
        return None
    (number,) = numbers
    sign = "-" if re.match("[-−]", text) else ""
    if not re.search("%|cent", text) and re.fullmatch(r"0[.,][0-9]{1,5}", number):
        digits = number[2:].ljust(4, "0")
        number = f"{int(digits[:2])},{digits[2:]}".rstrip("0").rstrip(",")
    written = f"{sign}{number} %"
    try:
        rate = parse_rate(written)
    except NotationError:
        return None
    return written if abs(rate.thousandths) <= _HIGHEST_RATE else None


#: Words for what is not taxed, and for a percentage.
_NO_TAX = r"exon[ée]r[ée]e?s?(?: de tva)?|exempt(?:ed)?|zero[- ]rated|steuerfrei|steuerbefreit"
_IN_A_HUNDRED = r"\b(?:p\. ?|pour |per |von )(?:100|cent|hundert)\b|\bp\. ?c\.|\bv\. ?H\."
#: Signs and words of money, times and thousandths: the number beside them is no rate.
_NO_RATE = r"[€$£‰]|mille|per mil"
_NO_RATE += r"|[0-9] ?(?:k|m|keur|euros?|ans?|années?|mois|jours?|years?|months?|days?)\b"
_FRACTIONS = {
    r"(?:la |une? |one |a )?(?:moitié|demie?|half)|(?:die )?hälfte|½": (1, 2),
    r"(?:le |un |one |a )?(?:tiers|third)|(?:ein )?drittel|⅓": (1, 3),
    r"(?:le |un |one |a )?(?:quart|quarter)|(?:ein )?viertel|¼": (1, 4),
    r"(?:les |deux |two |2 )+(?:tiers|thirds)|zwei drittel|⅔": (2, 3),
    r"(?:les |trois |three |3 )+(?:quarts|quarters)|drei ?viertel|¾": (3, 4),
}


#: Words for what others add to a part.
_MATCH = (
    r" ?(?:federal|state|county|local)?(?: (?:and|/) local)? ?(?:match(?:ing)?(?: grant)?"
    r"|cost[- ]share|co-?financement)$"
)


#: Signs of parts, and a percentage with a part of one: ``33⅓ %``, ``33 1/3 %``.
_SIGNS = {"½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4)}
_MIXED = r"(?P<whole>[0-9]{1,2}) ?(?:(?P<sign>[½⅓⅔¼¾])|(?<= )(?P<n>[1-9]) ?[/⁄] ?(?P<of>[2-9])) ?%"


def spoken_fraction(text: str) -> Fraction | None:
    """``1/4``, ``la moitié``, ``50/50``, ``33⅓ %``: a part of a whole."""
    text = re.sub(_MATCH, "", text.strip(), flags=re.IGNORECASE)
    text = re.sub("^50 ?: ?50$", "50/50", text)
    if (mixed := re.fullmatch(_MIXED, text)) is not None:
        n, of = _SIGNS[mixed["sign"]] if mixed["sign"] else (int(mixed["n"]), int(mixed["of"]))
        return (int(mixed["whole"]) + Fraction(n, of)) / 100
    match = re.fullmatch("([1-9][0-9]?) ?/ ?([1-9][0-9]?)", text)
    parts = (int(match[1]), int(match[2])) if match else None
    for pattern, known in _FRACTIONS.items():
        if re.fullmatch(pattern, text, re.IGNORECASE):
            parts = known
    if parts is not None and sum(parts) == 100:
        parts = (1, 2) if parts == (50, 50) else None  # whose part is the first, nobody says
    return None if parts is None or parts[0] > parts[1] else Fraction(*parts)


class PartOf(NamedTuple):
    """``1/3 du coût HT``, with its part as a rate: ``33,333 % du coût HT``."""

    part: Fraction
    text: str

    @property
    def is_exact(self) -> bool:
        return (self.part * 100_000).denominator == 1

    @property
    def of_a_sum(self) -> Money | None:
        """What it comes to, where it is a part of a stated sum: ``un tiers de 90 k€``."""
        whole = read_amount(re.sub(r"^.*% (?:d[eu]|of) ", "", self.text))
        if whole is None or (whole.cents * self.part).denominator != 1:
            return None
        return Money(int(whole.cents * self.part), whole.unit)


def part_of(text: str) -> PartOf | None:
    """A part of something that is named after it."""
    match = re.fullmatch(_PART_OF, text)
    part = None if match is None else spoken_fraction(match["part"].strip())
    return None if match is None or part is None else PartOf(part, f"{as_rate(part)} {match['of']}")


_PART_OF = r"(?P<part>[^0-9]*?|[0-9 ]+/[0-9 ]+) ?(?P<of>\b(?:d[eu]|des|of)\b.*|\bd'.*)"


def as_rate(part: Fraction) -> str:
    """``1/4`` as ``25 %``; of a third, as near as a rate can be written."""
    whole, rest = divmod(int(100_000 * part + Fraction(1, 2)), 1000)
    return f"{whole},{rest:03}".rstrip("0").rstrip(",") + " %"
