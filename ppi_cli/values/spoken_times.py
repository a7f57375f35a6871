"""What people mean by a time that is written as one says it: ``avril 2026``, ``T1 à T3 2026``.

Nothing here makes a time of the plan: it only says what is to be typed instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import pairwise

from ppi_cli.values.characters import look
from ppi_cli.values.fiscal import CALENDAR, FiscalYears
from ppi_cli.values.quarters import Quarter, Span


@dataclass(frozen=True, slots=True)
class SpokenTime:
    """What is meant: quarters, or whole years."""

    spans: tuple[Span, ...]
    #: Whether nothing but years is named.
    of_years: bool
    #: Whether it is a guess: a season, the end of a year.
    assumed: bool
    #: The letter of quarters in the language that it is said in.
    letter: str
    #: The day, where one is named.
    day: date | None = None
    #: Whether months, days or seasons are named, which are of the calendar.
    of_calendar: bool = False
    #: How many months its first year has from its beginning on, and its last one up to its end,
    #: both included; ``None`` where it is a guess, or begins or ends within a month.
    months_left: int | None = None
    months_gone: int | None = None

    @property
    def quarters(self) -> str:
        """As the quarters of a project are to be typed."""
        texts = [self._span(span) for span in self.spans]
        return texts[0] if len(texts) == 1 else f"[{', '.join(texts)}]"

    @property
    def quarter(self) -> str | None:
        """As one quarter is to be typed, where it is one."""
        (first, last) = self.spans[0][0], self.spans[-1][1]
        return self._quarter(first) if first == last and not self.of_years else None

    @property
    def first_quarter(self) -> str:
        return self._quarter(self.spans[0].first)

    @property
    def last_quarter(self) -> str:
        return self._quarter(self.spans[-1].last)

    @property
    def first_year(self) -> int:
        return self.spans[0].first.year

    @property
    def last_year(self) -> int:
        return self.spans[-1].last.year

    @property
    def years(self) -> str:
        """As years are to be typed."""
        first, last = self.first_year, self.last_year
        return str(first) if first == last else f"{first}..{last}"

    def _quarter(self, quarter: Quarter) -> str:
        return f"{quarter.year}-{self.letter}{quarter.number}"

    def _span(self, span: Span) -> str:
        first, last = span
        if self.of_years or (first.number, last.number, first.year) == (1, 4, last.year):
            return str(first.year) if first.year == last.year else f"{first.year}..{last.year}"
        if first == last:
            return self._quarter(first)
        if first.year == last.year:
            return f"{self._quarter(first)}..{self.letter}{last.number}"
        return f"{self._quarter(first)}..{self._quarter(last)}"


_MONTHS = (
    "janvier|janv|jan|january|januar|jänner",
    "février|fevrier|févr|fevr|fév|fev|february|feb|februar",
    "mars|march|mar|märz|maerz|mrz",
    "avril|avr|april|apr",
    "mai|may",
    "juin|june|jun|juni",
    "juillet|juil|july|jul|juli",
    "août|aout|august|aug",
    "septembre|sept|september|sep",
    "octobre|oct|october|oktober|okt",
    "novembre|nov|november",
    "décembre|decembre|déc|dec|december|dezember|dez",
)
_MONTH = "|".join(_MONTHS)
_NTH = r"(?:er|re|ère|e|è|ème|eme|nd|nde|st|rd|th|°|\.)?"
_YEAR = "(?:20|19)[0-9]{2}"
#: What a text is made of, in this order; ``year`` and ``join`` by themselves, the others a part
#: of a year, or a part with its year.
_TOKENS = re.compile(
    rf"""
      (?P<iso>{_YEAR}(?P<slash>[-/])[0-9]{{1,2}}(?P=slash)[0-9]{{1,2}}(?![0-9])
        |{_YEAR}(?:0[1-9]|1[0-2])[0-3][0-9](?![0-9]))
    | (?P<day>[0-9]{{1,2}}(?P<dash>[/.-])[0-9]{{1,2}}(?P=dash)(?:{_YEAR}|[0-9]{{2}}(?![0-9])))
    | (?P<yearmonth>{_YEAR}[-/](?:0[1-9]|1[0-2])(?![0-9]))
    | (?P<monthyear>(?:(?:0?[1-9]|1[0-2])/|(?:0[1-9]|1[0-2])[.-]){_YEAR})
    | (?P<dated>[0-9]{{1,2}}(?:er|st|nd|rd|th|\.)?[\ -](?:{_MONTH})\.?(?![^\W\d])(?:[\ -]{_YEAR})?
        |(?:{_MONTH})\.?\ [0-9]{{1,2}}(?:st|nd|rd|th)?,?\ {_YEAR})
    | (?P<week>(?:KW|week|woche|semaine)\ ?[0-5]?[0-9][\ /]{_YEAR})
    | (?P<quarter>(?:T|Q|trim(?:estre)?\.?|quarter)\ ?(?P<q1>[1-4])(?![0-9])
        |(?P<q2>[1-4])\ ?{_NTH}\ ?(?:trimestre|trim\.?|quarter|quartal|T|Q)(?![^\W\d])
        |(?P<q3>(?-i:IV|I{{1,3}}))(?:\.?\ ?(?:trimestre|quarter|quartal)\b|(?=\ ?/\ ?{_YEAR})))
    | (?P<half>(?:S|H|semestre|sem\.?)\ ?(?P<h1>[12])(?![0-9])
        |(?P<h2>[12])\ ?{_NTH}\ ?(?:semestre|sem\.?|half|halbjahr|hj\.?|S|H)(?![^\W\d]))
    | (?P<ordinal>(?P<first>premier|first)|(?P<second>deuxième|second|seconde)
        |(?P<third>troisième|third)|(?P<fourth>quatrième|dernier|fourth|last))
      \ (?P<of>trimestre|quarter|semestre|half)
    | (?P<early>début|debut|early|start\ of|beginning\ of|anfang|beginn)
    | (?P<mid>mi|milieu|mid|mitte)(?![^\W\d])
    | (?P<late>fin|late|end\ of|ende)(?![^\W\d])
    | (?P<season>printemps|spring|frühjahr|frühling|été|ete|summer|sommer|rentrée
        |automne|autumn|fall|herbst|hiver|winter)
      (?![^\W\d])
    | (?P<whole>courant|dans\ l'année)(?![^\W\d])
    | (?P<month>(?:{_MONTH})\.?(?![^\W\d]))
    | (?P<year>{_YEAR}(?![0-9])|'[0-9]{{2}}(?![0-9])
        |(?:(?<=[TQSHtqsh][1-4][ /-])|(?<=[1-4][TQSHtqsh]))[2-9][0-9](?![0-9]))
    | (?P<list>,|;|\bet\b|\band\b|\bund\b|\bpuis\b|&|\+)
    | (?P<range>\.\.\.?|…|→|->|\b(?:à|au|a|to|(?!^)bis|until|through|jusqu'(?:à|au|en))\b|–|—|-|/)
    | (?P<void>[\s().:]+|\b(?:de|du|d'|en|in|le|la|l'|from|of|the|sur|im|der|des
        |(?:lun|mar|mercre|jeu|vendre|same)di|(?:mon|tues|wednes|thurs|fri)day
        |années?|annees?|exercices?|mandat(?:ure)?|years?|jahre?|haushaltsjahre?)\b)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SEASONS = dict.fromkeys(("hiver", "winter"), 1) | dict.fromkeys(
    ("printemps", "spring", "frühjahr", "frühling"), 2
)
_SEASONS |= dict.fromkeys(("été", "ete", "summer", "sommer", "rentrée"), 3)
#: Words of languages in which a quarter has a Q.
_WITH_Q = re.compile(
    r"quartal|halbjahr|\bhj\b|\bKW\b|frühjahr|frühling|sommer|herbst|\bbis\b|mitte|anfang|ende\b|m[äa]e?rz"
    r"|januar|februar|\bjuni\b|\bjuli\b|oktober|dezember|\b(?:okt|dez)\b|\bI[IV]{0,2} ?/"
    r"|\bQ ?[1-4]|[1-4] ?Q\b|quarter|half|early|late\b|mid\b|spring|summer|autumn|fall\b|winter"
    r"|\bH ?[12]\b|\bFY"
    r"|\bto\b|\bin\b|january|february|march|april|may\b|june|july|august|september|october|november|december",
    re.IGNORECASE,
)
_LONGEST = 60


@dataclass
class _Point:
    """A year, or a part of one: its first and its last quarter."""

    part: tuple[int, int] | None = None
    year: int | None = None
    assumed: bool = False
    day: date | None = None
    #: Its first and its last month in the calendar, where months, days or seasons are named.
    months: tuple[int, int] | None = None
    #: Whether it begins and ends within them: a week.
    is_within: bool = False


@lru_cache(maxsize=1024)
def spoken_time(text: str, years: FiscalYears = CALENDAR) -> SpokenTime | None:
    """What is meant by a text that is no time of the format, as far as one can tell.

    Months and days are those of the calendar; quarters and halves are of the plan's years.
    """
    text = re.sub(r"\s+", " ", look(text)).strip()
    if len(text) > _LONGEST:
        return None
    text = _WINTER.sub(_over_two_years, _TURN_OF_A_YEAR.sub(r"\1 - ", text))
    try:
        groups = _groups(text)
    except ValueError:
        return None
    points = [point for group in groups for point in group]
    if not points or not _years_filled(points):
        return None
    spans = tuple(_joined(_span(group, years) for group in groups))
    if any(last < first for first, last in spans) or any(
        after.first <= before.last for before, after in pairwise(spans)
    ):
        return None
    return SpokenTime(
        spans,
        of_years=all(point.part is None for point in points),
        assumed=any(point.assumed for point in points),
        letter="Q" if _WITH_Q.search(text) else "T",
        day=points[0].day if len(points) == 1 else None,
        of_calendar=any(point.months is not None for point in points),
        months_left=_months_left(points[0], spans[0].first, years),
        months_gone=_months_gone(points[-1], spans[-1].last, years),
    )


def _months_left(point: _Point, quarter: Quarter, years: FiscalYears) -> int | None:
    """From the beginning of a point to the end of its year."""
    if point.assumed or point.is_within:
        return None
    if point.months is None:
        return 15 - 3 * quarter.number
    if point.day is not None and point.day.day > 1:
        return None
    return 13 - _month_of_year(point, point.months[0], years)


def _months_gone(point: _Point, quarter: Quarter, years: FiscalYears) -> int | None:
    """From the beginning of its year to the end of a point."""
    if point.assumed or point.is_within:
        return None
    if point.months is None:
        return 3 * quarter.number
    return None if point.day is not None else _month_of_year(point, point.months[1], years)


def _month_of_year(point: _Point, month: int, years: FiscalYears) -> int:
    """Which month of its own year it is: the first one is 1."""
    assert point.year is not None
    year, own = point.year, years.year_of(date(point.year, month, 1))
    for before in range(1, 12):
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
        if years.year_of(date(year, month, 1)) != own:
            return before
    return 12


#: A winter has parts of two years.
_WINTER = re.compile(rf"\b(hiver|winter) (?:de |of )?({_YEAR}) ?[-/–] ?({_YEAR})\b", re.IGNORECASE)


#: ``fin 2026 début 2027``, from one to the other.
_TURN_OF_A_YEAR = re.compile(
    rf"\b((?:fin|late|end of|ende) {_YEAR}) (?=(?:début|debut|early|beginning|anfang)\b)", re.I
)


def _over_two_years(winter: re.Match[str]) -> str:
    december = "december" if winter[1].lower() == "winter" else "décembre"
    return f"{december} {winter[2]} - {winter[1]} {winter[3]}"


def _groups(text: str) -> list[list[_Point]]:
    """The points of a text, one or two from one to the other. Raises ValueError."""
    groups: list[list[_Point]] = [[]]
    join, position = "", 0
    while position < len(text):
        match = _TOKENS.match(text, position)
        if match is None:
            raise ValueError(text)
        position = match.end()
        kind = next(name for name in _KINDS if match[name] is not None)
        if kind == "void":
            continue
        if kind in ("list", "range"):
            join = join or match[0]
            continue
        last = groups[-1][-1] if groups[-1] else None
        point = _point(kind, match)
        if last is not None and _goes_with(last, point, join):
            last.part, last.year = last.part or point.part, last.year or point.year
            last.months = last.months or point.months
            last.assumed |= point.assumed
        elif last is None or not join:
            if last is not None:
                raise ValueError(text)
            groups[-1].append(point)
        elif _LISTING.fullmatch(join):
            groups.append([point])
        else:
            groups[-1].append(point)
        join = ""
    if join or any(len(group) > 2 for group in groups):
        raise ValueError(text)
    return groups


_KINDS = (
    *(
        "iso",
        "day",
        "yearmonth",
        "monthyear",
        "dated",
        "week",
        "quarter",
        "half",
        "ordinal",
        "early",
    ),
    *("mid", "late", "season", "whole", "month", "year", "list", "range", "void"),
)
_LISTING = re.compile(r",|;|et|and|und|puis|&|\+", re.IGNORECASE)


def _goes_with(last: _Point, point: _Point, join: str) -> bool:
    """Whether a year and a part of one, beside one another, are one point: ``T1-2026``."""
    if join not in ("", "-", "/"):
        return False
    has_year, has_part = last.year is not None, last.part is not None
    return (has_part and not has_year and point.part is None) or (
        has_year and not has_part and point.year is None
    )


def _point(kind: str, match: re.Match[str]) -> _Point:
    """A point of time, of a kind of token. Raises ValueError for a day that there is not."""
    text = match[0].lower()
    if kind in ("iso", "day"):
        return _on_day(kind, text)
    if kind in ("yearmonth", "monthyear"):
        numbers = sorted(int(number) for number in re.findall("[0-9]+", text))
        return _month(numbers[0], numbers[1])
    if kind in ("dated", "month"):
        return _in_month(text)
    if kind == "week":
        week, year = map(int, re.findall("[0-9]+", text))
        day = date.fromisocalendar(year, week, 4)
        return replace(_month(day.month, day.year), is_within=True)
    if kind == "year":
        return _Point(year=int(text) if len(text) == 4 else 2000 + int(text[-2:]))
    if kind in ("quarter", "half"):
        roman = ("I", "II", "III", "IV").index(match["q3"]) + 1 if match["q3"] else 0
        number = roman or int(match["q1"] or match["q2"] or match["h1"] or match["h2"])
        return _Point(_quarters_of(kind, number))
    if kind == "ordinal":
        names = ("first", "second", "third", "fourth")
        number = 1 + next(n for n, name in enumerate(names) if match[name])
        of_quarter = match["of"].lower() in ("trimestre", "quarter")
        kind = "quarter" if of_quarter else "half"
        return _Point(_quarters_of(kind, number if of_quarter else min(number, 2)))
    if kind == "season":
        quarter = _SEASONS.get(text, 4)
        months = 3 * quarter - 2, 3 * quarter
        return _Point((quarter, quarter), assumed=True, months=months)
    if kind == "whole":
        return _Point((1, 4))
    return _Point({"early": (1, 1), "mid": (2, 3), "late": (4, 4)}[kind], assumed=True)


def _quarters_of(kind: str, number: int) -> tuple[int, int]:
    return (number, number) if kind == "quarter" else (2 * number - 1, 2 * number)


def _on_day(kind: str, text: str) -> _Point:
    """``2026-04-15``, ``15/04/2026``, ``20260415``; ``4/15/2026``, where no day is a month."""
    if kind == "iso":
        year, month, day = map(int, re.findall("[0-9]{4}(?!$)|[0-9]{1,2}", text))
    else:
        day, month, year = map(int, re.findall("[0-9]+", text))
    if kind == "day" and month > 12:
        month, day = day, month
    found = date(year + 2000 if year < 100 else year, month, day)
    return _month(month, found.year, found)


def _in_month(text: str) -> _Point:
    """``avril``, ``15 avril 2026``."""
    names = (re.search(rf"(?<![^\W\d])(?:{names})(?![^\W\d])", text) for names in _MONTHS)
    month = 1 + next(n for n, found in enumerate(names) if found)
    year, day = re.search(f"{_YEAR}$", text), re.search("(?<![0-9])[0-9]{1,2}(?![0-9])", text)
    if year is None:
        return _month(month)
    on = date(int(year[0]), month, int(day[0])) if day else None
    return _month(month, int(year[0]), on)


def _month(month: int, year: int | None = None, day: date | None = None) -> _Point:
    return _Point(_of_month(month), year, day=day, months=(month, month))


def _of_month(month: int) -> tuple[int, int]:
    if not 1 <= month <= 12:
        raise ValueError(month)
    return (month + 2) // 3, (month + 2) // 3


def _years_filled(points: list[_Point]) -> bool:
    """Give each point its year: that of the next one which has any, else of the one before."""
    for neighbours in (points[::-1], points):
        year = None
        for point in neighbours:
            year = point.year = point.year or year
    return points[0].year is not None


def _span(group: list[_Point], years: FiscalYears) -> Span:
    first, last = group[0], group[-1]
    return Span(_end(first, 0, years), _end(last, 1, years))


def _end(point: _Point, which: int, years: FiscalYears) -> Quarter:
    """The first or the last quarter of a point; of a month, the one that holds it."""
    assert point.year is not None
    if point.months is None:
        return Quarter(point.year, (point.part or (1, 4))[which])
    day = date(point.year, point.months[which], 1)
    return Quarter(years.year_of(day), years.quarter_of(day))


def _joined(spans: Iterator[Span]) -> Iterator[Span]:
    """The spans, in one where one begins as the other ends."""
    before: Span | None = None
    for span in spans:
        if before is not None and span.first == before.last.later(1):
            before = Span(before.first, span.last)
            continue
        if before is not None:
            yield before
        before = span
    if before is not None:
        yield before


# --- how long ---

_QUARTERS_IN = {"an": 4, "année": 4, "year": 4, "semestre": 2, "trimestre": 1, "quarter": 1, "t": 1}
_COUNTED = {"un": 1, "une": 1, "one": 1, "a": 1, "deux": 2, "two": 2, "trois": 3, "three": 3}


def spoken_length(text: str) -> int | None:
    """The number of quarters that is meant: ``6 mois``, ``1 an``, ``un trimestre plus tôt``."""
    found = re.match(
        r"([-+−])? ?([0-9]{1,3}|[a-z]+) ?(mois|months?|an|année|year|semestre|trimestre|quarter|t)",
        look(text).strip().lower(),
    )
    if found is None:
        return None
    n = int(found[2]) if found[2].isdecimal() else _COUNTED.get(found[2], 0)
    quarters, rest = (n * _QUARTERS_IN.get(found[3], 0), 0) if found[3][0] != "m" else divmod(n, 3)
    if re.search("demi|half", text, re.IGNORECASE):
        half, rest = divmod(_QUARTERS_IN.get(found[3], 1), 2)
        quarters += half if quarters else 0
    if not quarters or rest:
        return None
    is_earlier = found[1] in ("-", "−") or re.search("plus tôt|avant|earlier|sooner|before", text)
    return -quarters if is_earlier else quarters


def spoken_years(text: str) -> int | None:
    """The number of years that is meant, up to 99: ``15 ans``, ``sur 20 ans``, ``180 mois``.

    More than 99 of no unit are months.
    """
    found = re.search(
        r"(?<![0-9.,])([0-9]{1,4}) ?(ans?|années?|years?|mois|months?)?$",
        look(text).strip().lower(),
    )
    if found is None:
        return None
    n = int(found[1])
    if (found[2] or "")[:1] == "m" or (n > 99 and not found[2]):
        n, rest = divmod(n, 12)
        if rest:
            return None
    return n if 1 <= n <= 99 else None


#: Every how many years, by a word for it.
_INTERVALS = {
    "biennal": 2, "bisannuel": 2, "biennial": 2, "triennal": 3, "triennial": 3, "quinquennal": 5,
    "every other year": 2, "every second year": 2, "un an sur deux": 2, "une année sur deux": 2,
    "un an sur trois": 3, "une année sur trois": 3,
}  # fmt: skip
_NUMBERS = {
    "deux": 2, "two": 2, "trois": 3, "three": 3, "quatre": 4, "four": 4, "cinq": 5, "five": 5,
}  # fmt: skip
_EVERY = (
    rf"(?:(?:tous|toutes) les (?P<n>[2-9]|{'|'.join(_NUMBERS)}) (?:ans|années)"
    rf"|every (?P<m>[2-9]|{'|'.join(_NUMBERS)}) years)"
)


def spoken_interval(text: str) -> int | None:
    """Every how many years something is paid: ``tous les 2 ans``, ``un an sur deux``, ``biennal``.

    Not each year.
    """
    said = re.sub(" +", " ", look(text)).strip().lower()
    if (match := re.fullmatch(_EVERY, said)) is not None:
        n = match["n"] or match["m"]
        return _NUMBERS.get(n) or int(n)
    return _INTERVALS.get(re.sub("(?<=nnal|nuel)(?:le)?s?$", "", said))


#: Words before a time from which on something is.
SINCE = (
    r"ab\b|starting(?: in)?|beginning(?: in)?|dès|depuis|à partir d[eu]|à compter d[eu]|since|from"
)
#: Words after a time from which on something is.
AND_ON = (
    r"\+|ff?\.|->|→|>|\.\.\.?|…|et (?:suiv\w*\.?|\+|au[- ]delà|après)|ss\.?|et années suivantes"
    r"|onwards?|and (?:on|after|later|beyond)"
)
_MONTHS_IN = {"m": 1, "t": 3, "q": 3, "s": 6, "a": 12, "y": 12}
_LENGTH = r"(?P<n>[1-9][0-9]?) ?(?P<unit>mois|months?|ans?|années?|years?|trim\w+|quarters?|sem\w+)"


def spoken_since(text: str, years: FiscalYears = CALENDAR) -> SpokenTime | None:
    """``18 mois à partir de septembre 2026``, ``from Q3 2026 for 2 years``: its quarters."""
    said = re.sub(r"\s+", " ", look(text)).strip()
    match = re.fullmatch(
        rf"{_LENGTH},? (?:{SINCE}) (?P<time>.+)", said, re.IGNORECASE
    ) or re.fullmatch(
        rf"(?:(?:{SINCE}) )?(?P<time>.+?),? (?:pendant|durant|sur|pour|for|over) {_LENGTH}",
        said,
        re.IGNORECASE,
    )
    begin = None if match is None else spoken_time(match["time"], years)
    if match is None or begin is None or begin.months_left is None:
        return None
    months = int(match["n"]) * _MONTHS_IN[match["unit"][0].lower()]
    later, month = divmod(12 - begin.months_left + months - 1, 12)
    last = Quarter(begin.first_year + later, month // 3 + 1)
    span = Span(begin.spans[0].first, last)
    return SpokenTime((span,), of_years=False, assumed=begin.assumed, letter=begin.letter)
