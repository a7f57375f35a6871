"""What to type for running costs that begin or end within a year: ``start: 2030-T2``."""

from __future__ import annotations

from ppi_cli.source.instead.place import Instead, Place, in_braces, quoted
from ppi_cli.values.message import msg
from ppi_cli.values.money import Money
from ppi_cli.values.spoken_money import read_amount, typed
from ppi_cli.values.spoken_times import SpokenTime

_MONTHS = 12


def part_of_a_year(place: Place, said: SpokenTime) -> Instead | None:
    """A line of its own for the year that is paid in part, with so much of it; else the year."""
    if place.key not in ("start", "until") or said.of_years or "from" in place.keys:
        return None
    if "amount" not in place.keys:
        return None
    is_start = place.key == "start"
    year = said.first_year if is_start else said.last_year
    months = said.months_left if is_start else said.months_gone
    if months == _MONTHS:
        return None
    name = place.names.named(str(year))
    others = {
        key: quoted(text)
        for key, text in place.beside.items()
        if key in place.keys and key not in (*_TIMES, "amount") and isinstance(text, str)
    }
    line = in_braces(
        {**others, "amount": _part(place, months), "start": name, "until": name},
    )
    rest = year + 1 if is_start else year - 1
    if place.years is not None and rest not in place.years:
        help = msg("a year here is a whole one: of a part of one, write the line {line}", line=line)
        return Instead(help)
    text = f"{place.key}: {place.names.named(str(rest))}"
    help = msg(
        "a year here is a whole one: write {text}, and a line of its own for the part of one,"
        " {line}",
        text=text,
        line=line,
    )
    return Instead(help)


_TIMES = ("start", "until")


def _part(place: Place, months: int | None) -> str:
    """So many twelfths of what a whole year costs, where that is known."""
    value = place.beside.get("amount", place.beside.get("each_year"))
    amount = read_amount(value) if isinstance(value, str) else None
    if amount is None or months is None or amount.cents * months % _MONTHS:
        return "…"
    return quoted(typed(Money(amount.cents * months // _MONTHS, amount.unit)))
