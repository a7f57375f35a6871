"""One amount, however people write it: ``45 000 euros``, ``1.234,56 €``, ``Mio. EUR 1,2``."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from ppi_cli.values.message import NotationError
from ppi_cli.values.money import Money, parse_money, typed

NUMBER = r"[0-9][0-9 .,'_]*"


def in_one_unit(texts: Sequence[str]) -> list[Money] | None:
    """Amounts that stand beside one another: one without a unit is in that of the others.

    ``None`` where one cannot be read, or is as large as only the currency makes it plain.
    """
    read = [each for each in map(read_amount, texts) if each is not None]
    units = {each.unit for each in read if each.unit}
    if len(read) < len(texts):
        return None
    if not units or all(each.unit for each in read):
        return read
    if len(units) > 1 or any(not each.unit and abs(each.cents) >= 100_000 for each in read):
        return None
    (unit,) = units
    scaled = (each if each.unit else read_amount(f"{typed(each)} {unit}") for each in read)
    return [each for each in scaled if each is not None]


_UNITS = {
    r"milliards?(?: d'euros| d'€| €)?|mds? ?€|mds?|billions?|bn|mrd\.? ?(?:€|eur|euro)?": "G",
    r"millions?(?: d'euros| d'€| €| euros?)?|mio\.? ?(?:€|eur|euro)?|mill\.?(?: euro)?|m€"
    r"|m ?(?:d')?euros?|[(](?:in|en) m(?:io|illions? d')? ?(?:€|euros)[)]|m ?d'€|meuros?|meur"
    r"|m ?eur|me|mm": "M€",
    r"milliers?(?: d'euros| d'€| €)?|mille(?: euros?| €)?|k[ -]?(?:d')?euros?|k ?d'€|k ?eur|keuro"
    r"|ke|k€uros?|thousand(?: euros?)?|t€|t ?eur|tsd\.? ?€?"
    r"|[(](?:in|en) (?:k|t|tsd\.?|milliers d') ?(?:€|euros)[)]"
    r"|[(]?(?:in|en) (?:thousands|milliers)(?: (?:of |d')?(?:euros|dollars|€))?[)]?": "k€",
    r"euros?|eur|€uros?|€\.|e|€+|euro\.": "€",
}


def read_amount(text: str) -> Money | None:
    """The amount that a text is, in a notation that people use."""
    found = written(text)
    return None if found is None else parse_money(found)


def written(text: str) -> str | None:
    """The same, as it is to be typed."""
    text = _with_sign_before(text)
    for normal in _NORMALLY:
        try:
            found = normal(text)
            if found is not None:
                amount = parse_money(found)
                return found if normal is str.strip else typed(amount)
        except NotationError:
            continue
    return None


def _with_usual_unit(text: str) -> str | None:
    """The unit as it is read: ``45 000 euros``, ``1,2 million d'euros``, ``€ 45 000``."""
    match = re.fullmatch(
        rf"(?P<sign>[-−+])? ?(?P<before>[€])? ?(?P<number>{NUMBER}?) ?(?P<unit>[^0-9 ][^0-9]*)?",
        text,
    )
    if match is None or not (match["before"] or match["unit"]):
        return None
    unit = "€" if match["unit"] is None else _unit_of(match["unit"].strip(" .,-–"))
    if unit is None and match["before"] and (match["unit"] or "") in ("m", "k", "K"):
        unit = f"{match['unit'].upper().replace('K', 'k')}€"
    if unit is None:
        return None
    number = match["number"].strip(" .,_")
    sign = "-" if match["sign"] in ("-", "−") else ""
    if unit == "G":
        amount = parse_money(f"{sign}{number} M€")
        return typed(Money(amount.cents * 1000, "M€"))
    return f"{sign}{number} {unit}"


_NOT_ENGLISH = r"€|(?i:EUR|euros?)|T€|T ?EUR|Tsd\.? ?€?"


def _unit_of(text: str) -> str | None:
    if not text:
        return "€"
    for pattern, unit in _UNITS.items():
        if re.fullmatch(pattern, text, re.IGNORECASE):
            return unit
    return text if re.fullmatch(r"[kKM]? ?€", text) else None


def _with_spaces(text: str) -> str | None:
    """Thousands apart by spaces: ``1.234,56 €``, ``45'000 €``, ``1,234,567``, ``12_000``."""
    match = re.fullmatch(
        r"(?P<sign>[-−])? ?"
        r"(?P<whole>[0-9]{1,3}(?:(?P<apart>[.,'’_])[0-9]{3})(?:(?P=apart)[0-9]{3})*)"
        r"(?P<cents>[.,][0-9]{1,2})?(?:[.,][-–—])? ?(?P<unit>[^0-9]*)",
        text,
    )
    if match is None:
        return None
    groups = re.split(r"[.,'’_]", match["whole"])
    is_sure = len(groups) > 2 or match["cents"] or match["apart"] not in (".", ",")
    # no euro has three decimals; T€ is German, and so is its point
    is_sure = is_sure or (
        match["apart"] == "." and re.fullmatch(_NOT_ENGLISH, match["unit"].strip())
    )
    if not is_sure or (match["cents"] or " ")[0] == match["apart"]:
        return None
    unit = _unit_of(match["unit"].strip()) if match["unit"].strip() else ""
    if unit is None or unit == "G":
        return None
    sign = "-" if match["sign"] else ""
    return f"{sign}{' '.join(groups)}{(match['cents'] or '').replace('.', ',')} {unit}".strip()


def _with_sign_before(text: str) -> str:
    """``– 12 k€``, ``moins 12 k€``, ``12 k€-``: below zero, with its sign where it is read."""
    match = re.fullmatch(
        r"(?:[–—‐‑‒] ?|(?:moins|minus) )(?P<after>[0-9].*)|(?P<before>[0-9].*[^ .,–-])[-−]",
        text,
        re.IGNORECASE,
    )
    return text if match is None else f"-{match['after'] or match['before']}"


def _with_unit_behind(text: str) -> str | None:
    """``T€ 1.200``, ``Mio. EUR 1,2``: the unit of a column that stands before its amount."""
    match = re.fullmatch(r"(?P<unit>[^\W\d][^0-9]*?|[€]) ?(?P<number>[0-9][0-9 .,]*)", text)
    if match is None or _unit_of(match["unit"].strip(" .,")) in (None, "G"):
        return None
    swapped = f"{match['number'].strip()} {match['unit'].strip()}"
    return _with_spaces(swapped) or _with_usual_unit(swapped)


def _with_minus(text: str) -> str | None:
    """``(12 k€)``, as accountants write what is below zero."""
    match = re.fullmatch(r"\((?P<amount>[^()]+)\)", text)
    return None if match is None else f"-{match['amount'].strip()}"


def _in_digits(text: str) -> str | None:
    """``12_000``, ``1e5``, ``+500 €``."""
    if re.fullmatch(r"[0-9]+(?:\.[0-9]+)?[eE]\+?[0-9]{1,2}", text):
        return str(round(float(text)))
    return text[1:].strip() if text.startswith("+") else None


_NORMALLY: tuple[Callable[[str], str | None], ...] = (
    str.strip,
    _with_unit_behind,
    _with_usual_unit,
    _with_spaces,
    _with_minus,
    _in_digits,
)
