"""What to type where years stand as keys, and the format has another key for what they say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from ppi_cli.plan.spans import by_year
from ppi_cli.source.instead.place import Place, in_braces, in_brackets, quoted
from ppi_cli.values.fiscal import CALENDAR, FiscalYears
from ppi_cli.values.message import Message, msg
from ppi_cli.values.quarters import Years
from ppi_cli.values.spoken_money import is_not_stated
from ppi_cli.values.spoken_times import spoken_time

_YEAR = re.compile("(?:19|20)[0-9]{2}")


def is_year(key: object, names: FiscalYears = CALENDAR) -> bool:
    """Whether a key is a year, by its number or by its name."""
    return isinstance(key, str) and _YEAR.fullmatch(names.plain(key)) is not None


def by_year_instead(place: Place) -> Message | None:
    """What to type for a year that is no key here, with the other years beside it."""
    if not is_year(place.path[-1], place.names):
        return None
    amounts = {key: text for key, text in place.beside.items() if is_year(key, place.names)}
    if place.path[-1] not in amounts or not all(map(_is_text, amounts.values())):
        return None
    names = [step for step in place.path[:-1] if isinstance(step, str)]
    if names == ["ceilings"]:
        bounds = in_braces({year: quoted(text) for year, text in amounts.items()})
        return msg(
            "write {text} if they bound all that is spent; investment, operating or net in place"
            " of total if they bound that",
            text=f"total: {bounds}",
        )
    if names[-1:] == ["running_costs"] and all(map(_says_nothing, amounts.values())):
        return msg("delete it: what is not written adds nothing")
    if names[-1:] == ["running_costs"]:
        return msg("write {text}", text=f"running_costs: {_running(amounts, place)}")
    return None


def _says_nothing(value: object) -> bool:
    return value is None or is_not_stated(str(value))


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _running(amounts: Mapping[str, str], place: Place) -> str:
    """So much a year, as long as it stays the same; until the plan ends, without an end."""
    by_year = sorted((int(place.names.plain(year)), text) for year, text in amounts.items())
    return in_brackets(_spells(by_year, place))


def _spells(amounts: Sequence[tuple[int, str]], place: Place) -> Iterator[str]:
    """Each run of years in a row that have the same amount."""
    last_of_plan = place.years.last if place.years is not None else None
    numbered = enumerate(amounts)
    for (text, _), group in groupby(numbered, lambda each: (each[1][1], each[1][0] - each[0])):
        years = [year for _, (year, _) in group]
        pairs = {"amount": quoted(text), "start": place.names.named(str(years[0]))}
        if years[-1] != last_of_plan:
            pairs["until"] = place.names.named(str(years[-1]))
        yield in_braces(pairs)


def each_year_instead(place: Place) -> Message | None:
    """``years: 2026..2027, each_year: 40 k€`` in funding, whose keys are the years themselves."""
    here = place.tree.value(place.path[:-1])
    if "from" not in place.keys or not isinstance(here, dict):
        return None
    amount = next((key for key in ("each_year", "in_all") if isinstance(here.get(key), str)), None)
    if amount is None or place.path[-1] not in ("years", amount):
        return None
    said = spoken_time(place.names.plain(str(here.get("years") or "")))
    years = Years(said.first_year, said.last_year) if said is not None else place.years
    if years is None or (amount == "in_all" and said is None):
        return None
    last = min(years.last, years.first + _MOST_YEARS - 1)
    each, parts = by_year(Years(years.first, last), here[amount], place.tree.notation)
    return msg("write {text}", text=parts if amount == "in_all" else each)


_MOST_YEARS = 10
