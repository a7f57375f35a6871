"""What to type for an amount that says its years itself: ``10 k€/an dès 2027``, ``200 en 2027``."""

from __future__ import annotations

import re

from ppi_cli.source.instead.by_year import parts_of_money
from ppi_cli.source.instead.costs import (
    OverYears,
    amount_over_a_time,
    amount_over_years,
    beside_an_amount,
    costs_instead,
    of_so_many_years,
)
from ppi_cli.source.instead.place import Instead, Place, quoted
from ppi_cli.values.message import msg
from ppi_cli.values.money import Money, typed
from ppi_cli.values.quarters import Years
from ppi_cli.values.spoken_money import Spoken, spoken_amount
from ppi_cli.values.written_money import read_amount

#: That an amount is the price of one of several things.
_OF_ONE_THING = r"\b(?:each(?! ?y)|apiece|chacune?s?|la pièce|l'unité)\b"


def over_years_instead(place: Place, text: str) -> Instead | None:
    """What to type for an amount with its years, where only an amount is expected."""
    found = amount_over_years(text)
    if re.search(_OF_ONE_THING, text, re.IGNORECASE):
        return None
    if found is not None and (found.first == found.last is None or found.amount.source):
        return None
    if found is not None and re.fullmatch("(?:19|20)[0-9]{2}", found.amount.amount or ""):
        return None  # years, and no amount
    if found is not None and found.is_one:
        if re.search("[+;]", text):
            return None  # perhaps only the last of these is of that year
        return _in_one(place, found)
    if "costs" in place.path and "running_costs" not in place.path:
        help = costs_instead(text, place, is_listed=False)
        if help is None:
            return None
        own = msg("write it as a line of its own: {text}", text=help)
        return Instead(own, at_key=not place.is_alone)
    if found is None and "start" in place.keys and not place.is_alone:
        return _running_in_all(place, text)
    if found is None or found.amount.amount is None:
        return None
    if "start" in place.keys and not place.is_alone:
        return _running(place, found)
    years = place.years
    if years is None:
        return None
    span = Years(found.first or years.first, found.last or max(years.last, found.first or 0))
    return parts_of_money(place, found.amount, span)


def _in_one(place: Place, found: OverYears) -> Instead | None:
    """``200 en 2027``: of that year, which is perhaps another one than it stands at."""
    amount = quoted(found.amount.amount or "")
    own = _own_year(place)
    year = place.names.named(str(found.first))
    if own == str(found.first):
        return place.instead(found.amount.amount or "")
    if own:
        return Instead(
            msg(
                "write {amount} if it is of {own}, else at the year that it says, {text}",
                amount=amount,
                own=place.names.named(own),
                text=f"{year}: {amount}",
            )
        )
    if "year" not in place.keys:
        text = f"{year}: {amount}"
        return Instead(msg("write it at the year that it says, {text}", text=text))
    return place.instead(found.amount.amount or "", {"year": year})


def _own_year(place: Place) -> str:
    """The year that an amount stands at; empty where it says none."""
    when = place.beside.get("year") or place.beside.get("quarter") or ""
    if place.is_alone:
        when = str(place.tree.existing(place.path)[-1])
    plain = place.names.plain(str(when))[:4]
    return plain if re.fullmatch("[12][0-9]{3}", plain) else ""


def _running(place: Place, found: OverYears) -> Instead:
    """``18 k€/an dès 2027`` in running costs."""
    times = {"start": found.first, "until": found.last}
    more = {key: place.names.named(str(year)) for key, year in times.items() if year is not None}
    return place.instead(found.amount.amount or "", more)


def running_in_all(text: str) -> tuple[str, Spoken, int] | None:
    """``150 k€ sur 3 ans`` in running costs: what one year has of it, and of how many years."""
    over = amount_over_a_time(text)
    whole = None if over is None else read_amount(over[0].amount or "")
    if over is None or whole is None or spoken_amount(text) is not None:
        return None
    said, years = over
    one = "…" if whole.cents % years else typed(Money(whole.cents // years, whole.unit))
    return quoted(one), said, years


def _running_in_all(place: Place, text: str) -> Instead | None:
    if (over := running_in_all(text)) is None:
        return None
    one, said, years = over
    more = {key: "…" for key in ("start", "until") if key not in place.beside}
    found = place.instead(one, {**beside_an_amount(place, said), **more}, key=place.key)
    return Instead(of_so_many_years(found.help, years), at_key=True)
