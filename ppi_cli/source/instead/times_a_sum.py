"""What to type for a sum that is paid in several years: ``10 k€ / an``, ``3 ans x 150 k€``."""

from __future__ import annotations

from ppi_cli.source.instead.costs import (
    of_so_many_years,
)
from ppi_cli.source.instead.place import Instead, Place, in_braces, quoted
from ppi_cli.values.message import msg
from ppi_cli.values.quarters import Years
from ppi_cli.values.spoken_money import (
    Spoken,
)


def has_no_time(place: Place) -> bool:
    times = ("year", "years", "quarter", "quarters")
    return "year" in place.keys and not place.is_alone and not any(t in place.beside for t in times)


def each_year(place: Place, amount: str, more: dict[str, str]) -> Instead:
    """``10 k€ / an``, in a cost."""
    if "years" in place.beside:
        return place.instead(amount, more, key="each_year")
    first = str(place.beside.get("year") or place.beside.get("quarter") or "")[:4]
    years = years_from(place, first)
    if not place.beside.get("year"):
        return place.instead(amount, {"years": years, **more}, key="each_year")
    beside = "".join(f", {key}: {each}" for key, each in more.items())
    text = f"each_year: {quoted(amount)}{beside}"
    help = msg(
        "write {text}, and {years} in place of year; or {alone}, if it is paid in that year alone",
        text=text,
        years=f"years: {years}",
        alone=f"{place.key}: {quoted(amount)}{beside}",
    )
    return Instead(help, at_key=True)


def times_years(place: Place, said: Spoken) -> Instead | None:
    """``3 x 150 k€``, where three years may be meant: so much in each, and not three times that."""
    if said.one is None:
        return None
    one, whole = quoted(said.one), quoted(said.amount or "")
    if place.key == "each_year":
        years = place.span_of(place.beside.get("years"))
        if years is None or (len(years.each()) != said.times and not said.in_years):
            return None
        help = msg(
            "write {one} if the {n} are the years, {whole} if all of it is paid in each year",
            one=one,
            n=said.times,
            whole=whole,
        )
        return Instead(help)
    beside = place.span_of(place.beside.get("years") or place.beside.get("year"))
    has_years = "each_year" in place.keys
    if (
        has_years
        and beside is not None
        and place.key == "amount"
        and len(beside.each()) == said.times
    ):
        return place.instead(said.one, key="each_year")
    if not said.in_years or place.key == "in_all":
        return None
    span = "…"
    if place.years is not None and len(place.years.each()) == said.times:
        span = place.names.named(str(place.years))
    if "periods" not in place.path and {"amount", "start", "until"} <= {*place.keys}:
        return _running_years(place, said, one)
    if has_years and "year" in place.beside:
        text, when = f"each_year: {one}", f"years: {span}"
        help = msg("write {text}, and {years} in place of year", text=text, years=when)
        return Instead(help, at_key=True)
    if has_years and not place.is_alone:
        return place.instead(said.one, {"years": span}, key="each_year")
    if "costs" in place.path:
        line = in_braces({"years": span, "each_year": one})
        return Instead(msg("write it as a line of its own: {text}", text=line))
    return Instead(msg("write {text} in each of the {n} years", text=one, n=said.times))


def _running_years(place: Place, said: Spoken, one: str) -> Instead:
    more = {key: "…" for key in ("start", "until") if key not in place.beside}
    found = place.instead(one, more)
    return Instead(of_so_many_years(found.help, said.times) if more else found.help)


def granted_over_a_time(place: Place, said: Spoken, years: int) -> Instead:
    """``168 000 € sur 2 ans`` in funding: in which years, and how much in each, is not said."""
    return Instead(
        msg(
            "write how much of {amount} comes in each of the {n} years, as in {text}",
            amount=said.amount or "",
            n=years,
            text=", ".join(["2026: …", "2027: …"][:years]),
        ),
        at_key=not place.is_alone,
    )


def years_from(place: Place, first: str) -> str:
    """The years of the plan, from one of them on."""
    begin, end = place.years or _SOME_YEARS
    if first.isdecimal() and int(first) in Years(begin, end):
        begin = int(first)
    return f"{begin}..{end}" if begin < end else str(begin)


_SOME_YEARS = Years(2026, 2028)
