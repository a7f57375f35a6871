"""What to type for one amount where each year has its own: so much in each, or in all."""

from __future__ import annotations

import re

from ppi_cli.plan.spans import texts_by_year
from ppi_cli.source.instead.costs import amount_over_a_time, amount_over_years
from ppi_cli.source.instead.place import Place, in_braces, quoted
from ppi_cli.values.characters import look
from ppi_cli.values.message import Message, msg
from ppi_cli.values.quarters import Years
from ppi_cli.values.spoken_money import Spoken, each_of, spoken_amount

#: Of a longer plan, the years are not written out.
_MOST_YEARS = 30
_ON_AVERAGE = r"\b(?:moyenn?e?s?|liss[ée]e?s?|average|mean)\b"


def each_or_all(text: str, place: Place) -> Message | None:
    """``25 M€``, ``25 M€ sur le mandat``, ``5 M€ par an``, ``900 k€ sur 3 ans``, by year.

    Where only the user knows whether it is of each year or of all, both are told.
    """
    plan = place.years or Years(2026, 2028)
    blank = in_braces(dict.fromkeys(_named(place, plan), "…"))
    if len(plan.each()) > _MOST_YEARS:
        return None
    if (by_year := _of_several_years(place, text)) is not None:
        return by_year
    found = amount_over_years(text)
    if found is None:
        return _over_a_time(place, text, plan, blank)
    said = found.amount
    if _is_in_other_taxes(place, said):
        return _in_taxes_of_the_plan(blank)
    if found.is_one:
        return _by_year(place, said, Years(found.first or 0, found.first or 0))
    years = Years(found.first or plan.first, found.last or plan.last)
    if years.first > years.last:
        return None
    if re.search(_ON_AVERAGE, look(text), re.IGNORECASE):
        help = _by_year(place, said, years)
        return msg("{help}, if no year has more: an average of years has no key", help=help)
    return _in_each_or_in_all(place, said, years, blank)


def _of_several_years(place: Place, text: str) -> Message | None:
    """``CP 2025 : 120 k€ ; CP 2026 : 380 k€``: each at its year."""
    said = [
        spoken_amount(each) for each in re.split(r" ?(?:[;/,](?= )|\bet\b|\band\b) ?", look(text))
    ]
    years = {each.year: each for each in said if each is not None and each.amount and each.year}
    if len(years) < 2 or len(years) < len(said):
        return None
    if any(_is_in_other_taxes(place, each) for each in years.values()):
        return _in_taxes_of_the_plan(in_braces({str(year): "…" for year in years}))
    cells = {
        place.names.named(str(year)): _cell(each, quoted(each.amount or ""))
        for year, each in years.items()
    }
    return msg("write {text}", text=in_braces(cells))


def _cell(said: Spoken, amount: str) -> str:
    return in_braces({"amount": amount, "basis": "assumed"}) if said.assumed else amount


def _in_each_or_in_all(place: Place, said: Spoken, years: Years, blank: str) -> Message:
    n = len(years.each())
    one = each_of(said, n)
    if said.in_years and one is None:
        return _in_so_many(quoted(said.one or "…"), said.times)
    if one is not None or n == 1:
        return _by_year(place, said, years, one)
    each, parts = _readings(place, said, years)
    return msg(
        "write {each} if it is so much in each year, {parts} if it is so much in all, in equal"
        " parts; else what each year has of it: {years}",
        each=each,
        parts=parts,
        years=blank,
    )


def _is_in_other_taxes(place: Place, said: Spoken) -> bool:
    return said.tax is not None and place.tax not in (None, said.tax)


def _in_taxes_of_the_plan(blank: str) -> Message:
    return msg("write what each year has of it, with taxes as in the plan: {years}", years=blank)


def _over_a_time(place: Place, text: str, plan: Years, blank: str) -> Message | None:
    """``900 k€ sur 3 ans``: the whole of so many years, which are perhaps those of the plan."""
    if (over := amount_over_a_time(text)) is None:
        return None
    said, length = over
    if _is_in_other_taxes(place, said):
        return _in_taxes_of_the_plan(blank)
    if length != len(plan.each()):
        return msg(
            "write what each of the {n} years has of it, as in {years}", n=length, years=blank
        )
    _, parts = _readings(place, said, plan)
    return msg(
        "write {parts} if it is the same in each year; else what each year has of it: {years}",
        parts=parts,
        years=blank,
    )


def _in_so_many(one: str, years: int) -> Message:
    return msg("write {text} in each of the {n} years", text=one, n=years)


def _by_year(place: Place, said: Spoken, years: Years, one: str | None = None) -> Message:
    each, _ = texts_by_year(years, one or said.amount, place.tree.notation)
    return msg("write {text}", text=_written(place, said, [*each.values()], years))


def _readings(place: Place, said: Spoken, years: Years) -> tuple[str, str]:
    """So much in each of the years, and in all of them, by year."""
    each, parts = texts_by_year(years, said.amount, place.tree.notation)
    return (
        _written(place, said, [*each.values()], years),
        _written(place, said, [*parts.values()], years),
    )


def _written(place: Place, said: Spoken, cells: list[str], years: Years) -> str:
    amounts = [_cell(said, cell) for cell in cells]
    return in_braces(dict(zip(_named(place, years), amounts, strict=True)))


def _named(place: Place, years: Years) -> list[str]:
    return [place.names.named(str(year)) for year in years.each()]
