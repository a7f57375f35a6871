"""What to ask for where a time is said in part, or may be one of two: ``ab 2026``, ``2026-2``."""

from __future__ import annotations

import re
from collections.abc import Callable

from ppi_cli.source.instead.place import Instead, Place
from ppi_cli.values.fiscal import CALENDAR
from ppi_cli.values.message import Message, msg
from ppi_cli.values.quarters import Quarter
from ppi_cli.values.spoken_times import AND_ON, SINCE, SpokenTime, spoken_since, spoken_time

_YEAR = "(?:19|20)[0-9]{2}"
_UNTIL = (
    r"jusqu'(?:à|au|en)|until|avant fin|bis(?: zum)?|au plus tard(?: en| le)?|no later than"
    r"|spätestens"
)
_QUARTERS = ("quarters", "spans")


def one_end(text: str) -> tuple[str, bool] | None:
    """A time of which one end alone is said, and whether that is its beginning."""
    end = re.fullmatch(rf"(?:(?P<since>{SINCE})|(?:{_UNTIL})) ?(?P<rest>.+)", text, re.IGNORECASE)
    return None if end is None else (end["rest"], bool(end["since"]))


def unclear_instead(place: Place, text: str) -> Instead | None:
    """What to ask for, where only the user knows it."""
    if place.path == ("plan", "years"):
        help = _of_the_plan(text)
        return None if help is None else Instead(help)
    if place.key in _QUARTERS and (end := _other_end(place, text)) is not None:
        return Instead(end)
    for pattern, ask in _UNCLEAR.items():
        if place.key not in (*_QUARTERS, *_ASKED_OF_ONE.get(ask, ())):
            continue
        if (match := re.fullmatch(pattern, text, re.IGNORECASE)) is not None:
            help = ask(place, match)
            return None if help is None else Instead(help)
    return None


def _of_the_plan(text: str) -> Message | None:
    """``2025+4``, ``2025 et suivantes``."""
    if follow := re.fullmatch(rf"({_YEAR}) ?\+ ?([1-9][0-9]?)", text):
        first, n = int(follow[1]), int(follow[2])
        return msg("write {text} if {n} years follow the first", text=f"{first}..{first + n}", n=n)
    open = re.fullmatch(rf"(?:{SINCE})? ?(?P<year>{_YEAR}) ?(?P<on>{AND_ON})?", text, re.IGNORECASE)
    if open is None or open["year"] == text:
        return None
    return msg("{help}, with the last year", help=msg("write {text}", text=f"{open['year']}..…"))


def _other_end(place: Place, text: str) -> Message | None:
    """``à partir de 2027``, ``until June 2027``: nothing says when it ends, or begins."""
    end = one_end(text) if spoken_since(text, place.names) is None else None
    if end is None:
        return None
    rest, is_begin = end
    span = spoken_time(f"{rest} à 2099" if is_begin else f"1901 à {rest}", place.names)
    said = spoken_time(rest, place.names)
    if span is None or said is None:
        return None
    return begun(place, said) if is_begin else ended(place, said, said.spans[-1].last)


def begun(place: Place, said: SpokenTime) -> Message:
    text = f"{place.names.named(said.first_quarter)}..…"
    return msg("{help}, with the quarter in which it ends", help=msg("write {text}", text=text))


def ended(place: Place, said: SpokenTime, last: Quarter) -> Message:
    text = f"…..{place.names.named(f'{last.year}-{said.letter}{last.number}')}"
    return msg("{help}, with the quarter in which it begins", help=msg("write {text}", text=text))


def whole_day(place: Place, said: SpokenTime) -> Message | None:
    """``March 2025``, ``BP 2025``: the day is missing."""
    if place.names != CALENDAR or said.first_year != said.last_year:
        return None
    month = "…"
    if said.of_calendar and said.quarter is not None and said.months_left is not None:
        month = f"{13 - said.months_left:02}"
    return msg("write the whole day: {text}", text=f"{said.first_year}-{month}-…")


def _either(place: Place, match: re.Match[str]) -> Message | None:
    """``2026 ou 2027``, ``T1 ou T2 2026``."""
    second = spoken_time(match["second"], place.names)
    first = spoken_time(match["first"], place.names)
    if first is None and second is not None:
        first = spoken_time(f"{match['first']} {second.first_year}", place.names)
    if first is None or second is None or first.of_years != second.of_years:
        return None
    if place.key == "year" and not second.of_years:
        return None
    texts = (place.names.named(said.years if said.of_years else said.quarters)
             for said in (first, second))  # fmt: skip
    return one_of_two(*texts)


def one_of_two(first: str, second: str) -> Message:
    return msg("write one of them, {first} or {second}", first=first, second=second)


def _turned(place: Place, match: re.Match[str]) -> Message | None:
    """``Q3..Q1 2026``: the first of them is perhaps of the year before."""
    letter, first, last, year = match.group("letter", "first", "last", "year")
    if first <= last:
        return None
    text = f"{int(year) - 1}-{letter}{first}..{year}-{letter}{last}"
    return msg("say the year of both, as in {text}", text=place.names.named(text))


def _no_quarter(place: Place, match: re.Match[str]) -> Message:
    letter = (match["before"] or match["after"]).upper()
    return msg("a year has four quarters: {first} to {last}", first=f"{letter}1", last=f"{letter}4")


def _month_or_quarter(place: Place, match: re.Match[str]) -> Message | None:
    """``2026-2``, ``2-4/2026``: months, or quarters."""
    year = match["year"]
    numbers = [int(n) for n in (match["first"], match["last"] or match["first"])]
    months = spoken_time(" à ".join(f"{n:02}/{year}" for n in numbers), place.names)
    quarters = spoken_time(f"T{numbers[0]} à T{numbers[1]} {year}", place.names)
    if months is None or (place.key == "quarter" and match["last"]):
        return None
    of_months = place.names.named(months.quarters)
    if quarters is None or quarters.quarters == months.quarters:
        return msg("write {text}", text=of_months)
    return msg(
        "write {months} if months are meant, {quarters} if quarters are",
        months=of_months,
        quarters=place.names.named(quarters.quarters),
    )


def _within(place: Place, match: re.Match[str]) -> Message | None:
    """``2026-2027 (18 mois)``: less than all of it."""
    said, months = spoken_time(match["time"], place.names), int(match["n"])
    if said is None or len(said.spans) > 1:
        return None
    (first, last) = said.spans[0]
    quarters = 4 * (last.year - first.year) + last.number - first.number + 1
    if months == 3 * quarters:
        return msg("write {text}", text=place.names.named(said.quarters))
    return msg(
        "say from when to when: {months} months are not as long as {time}",
        months=months,
        time=place.names.named(said.quarters),
    )


_TO = r" ?(?:\.\.+|[-–/]|à|to|bis) ?"
#: What may be one time or another, or is none, and what to ask for then.
_UNCLEAR: dict[str, Callable[[Place, re.Match[str]], Message | None]] = {
    r"(?P<first>.+?) (?:ou|or|oder) (?P<second>.+)": _either,
    rf"(?P<letter>[TQ])(?P<first>[1-4]){_TO}[TQ]?(?P<last>[1-4]) (?P<year>{_YEAR})": _turned,
    rf"{_YEAR}[ -]?(?P<before>[TQ]) ?[05-9]|(?P<after>[TQ]) ?[05-9][ /-]?{_YEAR}": _no_quarter,
    rf"(?P<year>{_YEAR})-(?P<first>[1-9])(?P<last>)": _month_or_quarter,
    rf"(?P<first>[1-9]) ?[-–] ?(?P<last>[1-9])/(?P<year>{_YEAR})": _month_or_quarter,
    r"(?P<time>.+?) ?[(,] ?(?P<n>[1-9][0-9]?) ?(?:mois|months?|monate)\)?": _within,
}
#: What is asked where one year or one quarter is expected, too.
_ASKED_OF_ONE: dict[Callable[..., object], tuple[str, ...]] = {
    _either: ("year", "quarter"),
    _no_quarter: ("quarter",),
    _month_or_quarter: ("quarter",),
}
