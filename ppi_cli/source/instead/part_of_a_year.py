"""What to type for running costs that begin or end within a year: ``start: 2030-T2``."""

from __future__ import annotations

import re

from ppi_cli.source.instead.costs import beside_an_amount
from ppi_cli.source.instead.place import Instead, Place, in_braces, in_brackets, quoted
from ppi_cli.values.characters import look
from ppi_cli.values.message import msg
from ppi_cli.values.money import Money, sign_of, typed
from ppi_cli.values.spoken_money import spoken_amount
from ppi_cli.values.spoken_times import SINCE, SpokenTime, spoken_time
from ppi_cli.values.written_money import read_amount

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
    return _part_of(place, value, months) if isinstance(value, str) else "…"


def _part_of(place: Place, text: str, months: int | None) -> str:
    amount = read_amount(text)
    if amount is None or months is None or amount.cents * months % _MONTHS:
        return "…"
    part = typed(Money(amount.cents * months // _MONTHS, amount.unit))
    if not amount.currency:
        part = part.replace("€", sign_of(str(place.header.get("currency") or "EUR")))
    return quoted(part)


#: When a project is done: running costs begin in the year after that by themselves.
ONCE_DONE = (
    r"(?:la |le |l'|the )?(?:livraison|réception|mise en service|ouverture|fin(?: des travaux)?"
    r"|achèvement|delivery|completion|opening|end of (?:the )?works?)"
)


def running_from(place: Place, text: str) -> tuple[list[str], bool] | None:
    """The lines of ``30 k€ par an à partir de 2028-T4``, ``45 k€/an dès la livraison``.

    Whether it begins once the project is done comes with them.
    """
    match = re.fullmatch(
        rf"(?P<amount>.*?[0-9].*?)[ ,(]+(?:{SINCE}) ?(?P<time>.+?)[)]?", look(text).strip(), re.I
    )
    said = None if match is None else spoken_amount(match["amount"])
    if match is None or said is None or said.amount is None:
        return None
    amount = said.amount
    more = beside_an_amount(place, said)
    if re.fullmatch(ONCE_DONE, match["time"], re.IGNORECASE):
        return [in_braces({"amount": quoted(amount), **more})], True
    time = spoken_time(place.names.plain(match["time"]), place.names)
    if time is None or time.of_years:
        return None
    year, months = time.first_year, time.months_left
    lines = []
    if months != _MONTHS:
        name = place.names.named(str(year))
        part = {"amount": _part_of(place, amount, months), "start": name, "until": name}
        lines.append(in_braces({**part, **more}))
        year += 1
    if place.years is None or year in place.years:
        name = place.names.named(str(year))
        lines.append(in_braces({"amount": quoted(amount), "start": name, **more}))
    return lines, False


def running_from_instead(place: Place, text: str) -> Instead | None:
    """The same where all running costs are one text, or in place of the amount of a line."""
    found = running_from(place, text) if "running_costs" in place.path else None
    if found is None:
        return None
    lines, is_by_itself = found
    if is_by_itself:
        (line,) = lines
        is_item, is_list = isinstance(place.path[-1], int), place.key == "running_costs"
        text = line if is_item else in_brackets(lines) if is_list else line[1:-1]
        help = msg(
            "write {text}: without start, it begins in the year after the project's last quarter",
            text=text,
        )
        return Instead(help, at_key=not is_item and not is_list)
    if place.key == "running_costs" and not isinstance(place.path[-1], int):
        return Instead(msg("write {text}", text=in_brackets(lines)))
    return Instead(msg("write a line for each: {lines}", lines=lines))
