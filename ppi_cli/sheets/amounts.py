"""The amount that a cell holds, read strictly: letters are never stripped."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Literal, NamedTuple, TypeAlias

from ppi_cli.sheets.cells import Cell
from ppi_cli.values.characters import look
from ppi_cli.values.message import NotationError
from ppi_cli.values.money import CENTS, parse_money, scale_and_currency
from ppi_cli.values.notation import Notation

#: What stands before the decimals of amounts that are texts.
Decimals: TypeAlias = Literal["comma", "point"]


class Number(NamedTuple):
    """An amount as a cell holds it: a number in the unit of its table, unless it has its own."""

    value: Decimal
    #: The scale that it names itself, ``k``, or an empty text with ``€``; ``None``: the table's.
    scale: str | None = None
    sign: str = ""


#: A text that can be read in two ways, since nothing says what its comma or dot is.
class Ambiguous(NamedTuple):
    text: str


#: Bare numbers are read in their own unit, and signs of currencies as they are.
_ANY = Notation("B")
_ZERO = re.compile(r"zero|zéro|[$€£]? ?[-–—] ?[$€£]?", re.IGNORECASE)
_GROUPED = {
    "point": re.compile(r"(?P<sign>[-−])?\d{1,3}(?:,\d{3})+(?:\.\d+)?|(?P<s>[-−])?\d+(?:\.\d+)?"),
    "comma": re.compile(r"(?P<sign>[-−])?\d{1,3}(?:\.\d{3})+(?:,\d+)?|(?P<s>[-−])?\d+(?:,\d+)?"),
}
#: Texts that say by themselves what their commas and dots are.
_SAYS = {
    "point": re.compile(r"\d{1,3}(?:,\d{3})+\.\d+|\d{1,3}(?:,\d{3}){2,}"),
    "comma": re.compile(r"\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,}|\d+,\d\d?"),
}
_LIKE_A_NUMBER = re.compile(r"[-−+(]?\s*[$€£]?\s*\d[\d\s.,'’]*\s*(?:[kKM]?\s?[€$£])?\s*\)?")


def says_decimals(text: str) -> Decimals | None:
    """What a text says of all others: ``1,234.50`` has points before decimals."""
    bare = look(text).strip(" $€£()-−")
    if not bare or len(bare) > 40:
        return None
    for kind, pattern in _SAYS.items():
        if pattern.fullmatch(bare):
            return "point" if kind == "point" else "comma"
    return "point" if re.fullmatch(r"\d+\.\d\d?", bare) else None


def looks_like_number(text: str) -> bool:
    return _LIKE_A_NUMBER.fullmatch(text.strip()) is not None


@lru_cache(maxsize=65_536)
def number_in(text: str, decimals: Decimals | None) -> Number | Ambiguous | None:
    """The amount that a text is; ``None`` for what is none."""
    text = look(text).replace("\u2009", " ").strip()
    if not text or len(text) > 60:
        return None
    if _ZERO.fullmatch(text):
        return Number(Decimal(0))
    if (inner := re.fullmatch(r"\(\s*(?P<inner>[^()-]+?)\s*\)", text)) is not None:
        found = number_in(inner["inner"], decimals)
        return found._replace(value=-found.value) if isinstance(found, Number) else found
    if decimals is not None and (grouped := _grouped(text, decimals)) is not None:
        return grouped
    try:
        money = parse_money(text, _ANY)
    except NotationError as error:
        is_two = "two ways" in error.message.text and decimals is None
        return Ambiguous(text) if is_two else None
    scale, sign = scale_and_currency(money.unit)
    if money.unit == "B":
        return Number(Decimal(money.cents) / CENTS["B"])
    if sign and len(sign) > 1:
        return None
    own = Decimal(money.cents) / CENTS[scale]
    return Number(own, scale, sign)


def _grouped(text: str, decimals: Decimals) -> Number | None:
    """An amount with signs between its thousands, of which the map, or the book, says which."""
    match = re.fullmatch(
        r"(?P<minus>[-−])?\s?(?P<before>[$€£])?\s?(?P<number>[-−]?[\d.,]+)\s?(?P<after>[$€£])?",
        text,
    )
    if match is None or not _GROUPED[decimals].fullmatch(match["number"]):
        return None
    digits = match["number"].replace("−", "-")
    apart, point = (",", ".") if decimals == "point" else (".", ",")
    value = Decimal(digits.replace(apart, "").replace(point, "."))
    sign = match["before"] or match["after"]
    value = -value if match["minus"] else value
    return Number(value, "" if sign else None, sign or "")


_LITERAL = re.compile(r'"([^"]*)"|\\(.)|\[\$([^\]-]*)[^\]]*\]|([€$£])')


class Shown(NamedTuple):
    """What a number format says of the numbers that it shows."""

    #: Written beside each: ``k€``.
    unit: str = ""
    #: By how many thousands the number is divided when it is shown.
    thousands: int = 0
    is_percent: bool = False
    #: Whether commas are English: the format names a place where they stand between thousands.
    is_english: bool = False


@lru_cache(maxsize=4096)
def shown_by(format: str) -> Shown:
    """What a number format says: ``#,##0,`` shows thousands, ``0" k€"`` names them."""
    if not format:
        return Shown()
    first = format.split(";")[0]
    literal = "".join(a or b or c or d for a, b, c, d in _LITERAL.findall(first)).strip()
    bare = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.', "", first)
    thousands = re.search(r"[0#?](,+)(?![0#?])", bare)
    unit = literal.replace(" ", "").replace("\u00a0", "")
    return Shown(
        unit if re.fullmatch(r"[kKM]?[€$£]|[€$£][kKM]?|[kM]", unit) else "",
        len(thousands[1]) if thousands else 0,
        "%" in bare,
        bool(re.search(r"\[\$[^\]-]*-(?:[0-9A-Fa-f]*0409|en-US|[0-9A-Fa-f]*0809)\]", format)),
    )


def number_of(cell: Cell, decimals: Decimals | None) -> Number | Ambiguous | None:
    """The amount of a cell, in its own unit where it or its format names one."""
    value = cell.value
    if isinstance(value, Decimal):
        if not cell.form.number:
            return Number(value)
        shown = shown_by(cell.form.number)
        if shown.is_percent:
            return None
        if len(shown.unit) > 1 or shown.unit in ("k", "M"):
            scale, sign = scale_and_currency(shown.unit.replace("K", "k"))
            return Number(value, scale, sign)
        return Number(value)
    if type(value) is str:
        return number_in(value, decimals)
    return None
