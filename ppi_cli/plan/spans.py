"""Spans of years as keys: two people would read their amount differently."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import ValidationInfo

from ppi_cli.values.message import Message, NotationError, msg
from ppi_cli.values.money import CENTS, Money, parse_money, sign_of, spread
from ppi_cli.values.notation import PLAIN, Notation
from ppi_cli.values.quarters import Years, parse_years
from ppi_cli.values.regex import regex

_CODE = "PPI116"
_SPAN = regex(r"([12][0-9]{3}) *(?:\.\.+|-|–|/|à|to) *([12][0-9]{3})")


def years_of(key: str) -> Years | None:
    """The years of a key that is a span of them."""
    found = _SPAN.fullmatch(key.strip())
    if found is None:
        return None
    try:
        return parse_years(f"{found[1]}..{found[2]}")
    except NotationError:
        return None


def span_in_a_line(key: str, years: Years, value: object, notation: Notation) -> NotationError:
    """Why a span is no key of a line, and the two lines that it may mean."""
    amount, span = _typed(value), notation.named(f"{years.first}..{years.last}")
    help = msg(
        "write it as a line of its own: {each_year} if that is paid in each year, {in_all} if that"
        " is the whole",
        each_year=f"{{years: {span}, each_year: {amount}}}",
        in_all=f"{{years: {span}, in_all: {amount}}}",
    )
    return _two_ways(notation.named(key), help)


def span_by_year(key: str, years: Years, value: object, notation: Notation) -> NotationError:
    """Why a span is no key among years, and what its amount may mean by year."""
    each, parts = by_year(years, value, notation)
    help = msg(
        "write {each} if that is the amount of each year, {parts} if that is the whole",
        each=each,
        parts=parts,
    )
    return _two_ways(notation.named(key), help)


def by_year(years: Years, value: object, notation: Notation) -> tuple[str, str]:
    """An amount of each of some years, year by year; and the equal parts of one of them all."""
    each, parts = (
        ", ".join(f"{notation.named(str(year))}: {text}" for year, text in texts.items())
        for texts in texts_by_year(years, value, notation)
    )
    return each, parts


def texts_by_year(
    years: Years, value: object, notation: Notation
) -> tuple[dict[int, str], dict[int, str]]:
    """The same, each by its year as it is to be typed."""
    each, parts = (
        dict(zip(years.each(), texts, strict=True))
        for texts in _texts(value, len(years.each()), notation)
    )
    return each, parts


def no_span(cells: object, info: ValidationInfo) -> object:
    """Amounts by year, as they are; nothing where they are blank.

    Raises NotationError (PPI116) for a span of years as a key.
    """
    if not isinstance(cells, dict):
        return {} if cells is None else cells
    notation = info.context or PLAIN
    for key, value in cells.items():
        if (years := years_of(key)) is not None:
            raise span_by_year(key, years, value, notation)
    return cells


def _two_ways(key: str, help: Message) -> NotationError:
    message = msg("an amount of “{key}” can be read in two ways", key=key)
    return NotationError(_CODE, message, help, key, at_key=True)


def _texts(value: object, count: int, notation: Notation) -> Iterator[list[str]]:
    """An amount once for each of some years; and its equal parts."""
    text = _typed(value)
    yield [text] * count
    try:
        amount = parse_money(text.strip('"'), notation)
    except NotationError:
        yield ["…"] * count
    else:
        yield [_like(part, amount, notation) for part in spread(amount, count)]


def _like(part: Money, amount: Money, notation: Notation) -> str:
    """A part of an amount, in its unit where it is whole in it, else to the cent."""
    if part.cents % CENTS[amount.scale] == 0:
        return f"{part.cents // CENTS[amount.scale]} {amount.unit}".strip()
    currency = amount.currency or (notation.currency if notation.unit else "") or ""
    return f"{str(part).removesuffix('.00')} {sign_of(currency)}".strip()


def _typed(value: object) -> str:
    """An amount as it is to be typed between braces too."""
    text = value.get("amount") if isinstance(value, dict) else value
    if not isinstance(text, str):
        return "…"
    return f'"{text}"' if "," in text else text
