"""The numbers of a text that what is to be typed instead of it has not: each of them is named.

So advice never loses ``90 k€`` of ``300 k€ dont 90 k€`` in silence. A number is found again where
it stands in the advice or in the same line of the plan, in whatever unit, where it is one of a
span or counts its years, or where the sum, product or part that it makes with others stands there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from fractions import Fraction
from itertools import combinations
from math import prod
from typing import NamedTuple

from ppi_cli.source.instead.place import Instead, Place
from ppi_cli.values.characters import look
from ppi_cli.values.message import Message, msg
from ppi_cli.values.money import Rate


class _Number(NamedTuple):
    """A number as it is written, its digits without the zeros around them, and what it is."""

    text: str
    digits: str
    value: Fraction


_NUMBER = re.compile(
    r"(?<![^\W\d_])(?:FY)?(?P<whole>[0-9]{1,3}(?:[ '_][0-9]{3})+(?![0-9])|[0-9]+)"
    r"(?P<decimals>(?:[.,][0-9]+)*)(?: ?(?P<unit>[kM]?[€$£]|[kM](?![^\W\d_])|%))?",
    re.IGNORECASE,
)
_YEAR = "(?:19|20)[0-9]{2}"
_MONTHS = "jan|f[ée]v|feb|mar|a[vp]r|ma[iy]|jui|jun|jul|ao[uû]|aug|sep|oct|nov|d[ée]c"
#: Numbers that are no amount: days and months, and those of things.
_NAMES = re.compile(
    rf"\b[0-9]{{1,2}}/(?={_YEAR}\b)|\b[0-9]{{1,2}}[/.-][0-9]{{1,2}}[/.-](?={_YEAR}\b)|\b[0-9]{{1,2}}[/.-][0-9]{{1,2}}[/.-][0-9]{{2}}\b"
    rf"|(?<=[0-9]{{4}})-[0-9]{{2}}-[0-9]{{2}}\b|\b[0-9]{{1,2}}(?:er)? (?={_MONTHS})"
    r"|\b[0-9](?:er|re|e|è?me|nde?|st|nd|rd|th)\b"
    r"|(?:\b(?:lots?|phases?|tranches?|art(?:icle)?s?\.?|options?|étapes?|axes?|rue|no\.?)|n°)"
    r" ?[0-9]+|\b(?:tou(?:te)?s les|every) [0-9]+|\bFY ?[0-9]{2}\b",
    re.IGNORECASE,
)
#: An amount that is left to the user.
_BLANK = re.compile(r"(?:…|amount|of|each_year|[0-9]{4}): …")
#: How many times a year has a month, a quarter or a half.
_IN_A_YEAR = (Fraction(12), Fraction(4), Fraction(2))
_MOST = 4


def with_what_is_left_out(place: Place, text: str, instead: Instead | None) -> Instead | None:
    """The same, with the numbers of a text that it leaves out; it is then no sure reading."""
    if instead is None:
        return None
    help = whole(place, text, instead.help)
    return instead if help is instead.help else Instead(help, at_key=instead.at_key)


def whole_at_key(place: Place, value: object, help: Message) -> Message:
    """The same help for a key, and for its value where that has another place in it, too."""
    key, digits = str(place.path[-1]), {each.digits for each in _numbers(told(help))}
    if isinstance(value, str) and not digits.isdisjoint(each.digits for each in _numbers(value)):
        return whole(place, f"{key} : {value}", help, value)
    return whole(place, key, help)


def whole(place: Place, text: str, help: Message, replaced: str = "") -> Message:
    """The same help, with the numbers of a text that are not found again in it.

    ``replaced`` is what does not stay, and is a part of that text.
    """
    beside = place.line if place.is_alone else place.beside
    texts = (each for each in beside.values() if isinstance(each, str))
    stays = (each for each in texts if each not in (text, replaced))
    around = [*place.tree.existing(place.path), *stays]
    left = left_out(text, told(help), " ; ".join(map(str, around)))
    if not left:
        return help
    return msg("{help}; that says nothing of {numbers}", help=help, numbers=left)


def told(message: object) -> str:
    """All that a message says, with its values as they are typed."""
    if isinstance(message, Message):
        return message.text.format_map({key: told(v) for key, v in message.values.items()})
    if isinstance(message, Rate):
        return f"{message.thousandths / 1000:g} %"
    if isinstance(message, list | tuple):
        return ", ".join(map(told, message))
    return str(message)


def left_out(text: str, help: str, around: str = "") -> list[str]:
    """The numbers of a text that are not found again in what is told, where any of them is.

    ``around`` is what stands beside it and stays.
    """
    own, said = [*_numbers(text)], [*_numbers(help)]
    known = {each.digits for each in said}
    if _BLANK.search(help):
        own = [each for each in own if _is_year(each.value)]
    if "years: …" in help:
        own = [each for each in own if _is_year(each.value) or not each.text.isdecimal()]
    values = {each.value for each in own}
    new = {each for each in said if each.value not in values}
    rates = [1 + each.value / 100 for each in said if "%" in each.text]
    worked_out = _made_of(own[:_MOST], new, rates)
    if any("%" not in each.text and not _is_year(each.value) for each in new):
        worked_out |= {each.digits for each in own if "%" in each.text}
    if not worked_out and not known & {each.digits for each in own}:
        return []
    found = known | {each.digits for each in _numbers(around)}
    years, counts = _of_spans(f"{help} {around}")
    lost = [each for each in own if each.digits not in found | years and each.text not in counts]
    if not lost:
        return []
    together = sum(each.value for each in said if not _is_year(each.value))
    return [each.text for each in lost if each.digits not in worked_out and each.value != together]


def _numbers(text: str) -> Iterator[_Number]:
    for found in _NUMBER.finditer(_NAMES.sub(" ", look(text))):
        first, *groups = re.findall("[0-9]+", found["decimals"]) or [""]
        digits = re.sub("[^0-9]", "", found["whole"]) + first + "".join(groups)
        value = Fraction(int(digits), 1 if groups else 10 ** len(first))
        value *= {"k": 1000, "m": 10**6}.get((found["unit"] or " ")[0].lower(), 1)
        yield _Number(found[0].strip(), digits.strip("0") or "0", value)


def _of_spans(text: str) -> tuple[set[str], set[str]]:
    """The years of each span, and how many they are, or how many years stand alone."""
    years, counts = set[str](), {str(len({*re.findall(_YEAR, text)}))}
    for first, last in re.findall(rf"({_YEAR})(?:-[TQ][1-4])?\.\.(?:FY)?({_YEAR})", text):
        span = range(int(first), int(last) + 1)
        years |= {str(year).strip("0") for year in span}
        counts.add(str(len(span)))
    return years, counts


def _is_year(value: Fraction) -> bool:
    return re.fullmatch(_YEAR, str(value)) is not None


def _made_of(numbers: Sequence[_Number], new: Set[_Number], rates: Sequence[Fraction]) -> set[str]:
    """The numbers of which others are made: by adding, taking off, multiplying or dividing.

    ``rates`` are those of taxes that are added, or taken out.
    """
    made = set()
    digits, exact = {each.digits for each in new}, {each.value for each in new}
    for n in range(1, len(numbers) + 1):
        for some in combinations(numbers, n):
            values = [each.value for each in some]
            results = [sum(values, Fraction(0)), prod(values)]
            if n == 1:
                results = [values[0] * times for times in (*_IN_A_YEAR, *rates)]
                results += [values[0] / rate for rate in rates]
            elif n == 2 and all(values):
                results += [values[0] - values[1], values[0] / values[1], values[1] / values[0]]
            found = (
                each in exact if n == 1 else _digits(Fraction(each)) in digits for each in results
            )
            if any(found):
                made |= {each.digits for each in some}
    return made


def _digits(value: Fraction) -> str:
    """The digits of a number, without the zeros around them; of one that has no end, none."""
    tens = value * 10**6
    return str(abs(tens.numerator)).strip("0") if tens.denominator == 1 else ""
