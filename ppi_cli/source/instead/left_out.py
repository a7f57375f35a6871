"""The numbers and words of a text that what is to be typed instead has not: each is named.

So advice never loses ``90 k€`` of ``300 k€ dont 90 k€`` in silence. A number is found again where
it stands in the advice or in the same line of the plan, in whatever unit, where it is one of a
span or counts its years, or where the sum, product or part that it makes with others stands there.

Nor does it lose a word beside a sum. No list says which words are known: one is where it stands
in the advice, or where the advice would be another one if any word stood there instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from itertools import combinations
from math import prod
from typing import NamedTuple, TypeAlias

from ppi_cli.source.instead.currency import telling_currency
from ppi_cli.source.instead.place import Instead, Place, saying
from ppi_cli.source.instead.taxes import telling_tax
from ppi_cli.values.characters import look
from ppi_cli.values.message import Message, msg
from ppi_cli.values.money import Rate
from ppi_cli.values.spoken_money import Spoken, is_product, spoken_amount

#: What is answered to a text.
_Ask: TypeAlias = Callable[[str], Instead | None]
_WORDS = re.compile(r"[^\W\d_](?:[^\W\d_]|['’.-](?=[^\W\d_]))+")
#: Words that alone say nothing: those that join others, and those for what stands here anyway.
_EMPTY = re.compile(
    r"(?:\b(?:d[eu]s?|l[ae]s?|une?|en|par|pour|sur|aux?|et|ou|of|the|an|in|for|to|and|or|per|at|on"
    r"|m[²³]|de[rsmn]|die|das|von|zu[rm]?|und|bei|im|soit|taux|rate|tva|vat|gst|hst|mwst|ust"
    r"|jan[uv]\w+|f[ée][bv]r\w+|mars|march|märz|a[vp]ril|ma[iy]|jui?n[ie]?|juil\w+|jul[iy]|ao[uû]t"
    r"|august|sept\w+|o[ck]tob\w+|nov\w+|d[ée][cz]emb\w+|montant|somme|enveloppe|amount|bp|rar"
    r"|ans?|années?|years?|fois|times|entre|between|fixed?"
    r"|subventions?|grants?|zuwendung|zuschuss|förderung)\b\W*)*",
    re.IGNORECASE,
)
#: A word that means nothing, and a sum beside which words are read.
_ANY_WORD = "xqzx"
_A_SUM = "9 k€"


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
    r"|(?<=[€$£]) ?[(][1-9][)]$|\b[0-9]{1,2} (?=[1-9] ?[/⁄] ?[2-9] ?%)"
    r"|\b(?:p\. ?|pour |per |von )100\b|\b[0-9](?:er|re|e|è?me|nde?|st|nd|rd|th)\b"
    r"|(?:\b(?:lots?|phases?|tranches?|art(?:icle)?s?\.?|options?|étapes?|axes?|rue|no\.?)|n°)"
    r" ?[0-9]+|\b(?:tou(?:te)?s les|every) [0-9]+|\bFY ?[0-9]{2}\b",
    re.IGNORECASE,
)
#: An amount that is left to the user.
_BLANK = re.compile(r"(?:…|amount|of|each_year|[0-9]{4}): …")
#: How many times a year has a month, a quarter or a half.
_IN_A_YEAR = (Fraction(12), Fraction(4), Fraction(2))
_MOST = 4


def with_what_is_left_out(place: Place, text: str, ask: _Ask, *, of_words: bool) -> Instead | None:
    """What is answered to a text, with what of it is left out; it is then no sure reading."""
    instead = ask(text)
    if instead is None or not of_words:
        return instead and _saying_all(instead, whole(place, text, instead.help))
    instead = saying(instead, _with_its_tax(place, text, instead.help))

    def answered(other: str) -> str | None:
        found = ask(other)
        return None if found is None else told(_with_its_tax(place, other, found.help))

    words = unheeded(place, text, told(instead.help), answered)
    help = telling_currency(place, text, instead.help)
    return _saying_all(instead, whole(place, text, help, words=words))


def _saying_all(instead: Instead, help: Message) -> Instead:
    return instead if help is instead.help else Instead(help, at_key=instead.at_key)


def _with_its_tax(place: Place, text: str, help: Message) -> Message:
    says = told(help)
    return telling_tax(place, text, help, says) if _says_a_figure(text, says) else help


def unheeded(place: Place, text: str, help: str, read: Callable[[str], object]) -> list[str]:
    """The words of a text for which any others could stand, and it would be read as it is."""
    is_of_a_share = place.key == "of" or ("funding" in place.path and "%" in help)
    if is_of_a_share or not _says_a_figure(text, help):
        return []
    if (alone := spoken_amount(text)) is not None and (alone.one or is_product(text)):
        return []  # how many there are of what is named is worked in
    around = {each.lower() for each in _WORDS.findall(f"{help} {_around(place, text)}")}
    same = read(text)
    found: list[str] = []
    end = -1
    for word in _WORDS.finditer(text):
        if word[0].lower() in around:
            continue
        if read(f"{text[: word.start()]}{_ANY_WORD}{text[word.end() :]}") != same:
            continue
        if end >= 0 and re.fullmatch("[ ,;'’-]*", text[end : word.start()]):
            found[-1] += text[end : word.end()]
        else:
            found.append(word[0])
        end = word.end()
    return [f"“{each}”" for each in found if not _goes_without_saying(place, each, help)]


def _goes_without_saying(place: Place, words: str, help: str) -> bool:
    """Whether words mean nothing alone, or what holds here anyway: so much a year, with taxes."""
    if _EMPTY.fullmatch(words):
        return True
    said = spoken_amount(f"{_A_SUM} {words}")
    return (
        said is not None
        and said == Spoken(_A_SUM, tax=said.tax, each_year=said.each_year)
        and ("funding" in place.path or said.tax in (None, place.tax) or f"tax: {said.tax}" in help)
        and (not said.each_year or "running_costs" in place.path)
    )


def whole_at_key(place: Place, value: object, help: Message) -> Message:
    """The same help for a key, and for its value where that has another place in it, too."""
    key = str(place.path[-1])
    if not isinstance(value, str) or not _says_a_figure(value, told(help)):
        return whole(place, key, help)
    is_read = "funding" not in place.path and re.search("[€$£]", value) is not None
    said = spoken_amount(value) if is_read else None
    help = _with_its_tax(place, value, help) if is_read else help
    words = unheeded(place, value, told(help), _without_remarks) if said is not None else ()
    return whole(place, f"{key} : {value}", help, value, words)


def _without_remarks(text: str) -> Spoken | None:
    said = spoken_amount(text)
    return None if said is None else replace(said, source=None)


def whole(
    place: Place, text: str, help: Message, replaced: str = "", words: Sequence[str] = ()
) -> Message:
    """The same help, with the numbers of a text that are not found again in it, and some words.

    ``replaced`` is what does not stay, and is a part of that text.
    """
    left = [*left_out(text, told(help), _around(place, text, replaced)), *words]
    if not left:
        return help
    return msg("{help}; that says nothing of {numbers}", help=help, numbers=left)


def _around(place: Place, text: str, replaced: str = "") -> str:
    """What stands beside a text, and stays."""
    beside = place.line if place.is_alone else place.beside
    texts = (each for each in beside.values() if isinstance(each, str))
    stays = (each for each in texts if each not in (text, replaced))
    return " ; ".join(map(str, [*place.tree.existing(place.path), *stays]))


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
    if "years: …" in help and "basis: assumed" not in help:
        own = [each for each in own if _is_year(each.value) or not each.text.isdecimal()]
    worked_out = _worked_out(own, said)
    if not worked_out and not known & {each.digits for each in own}:
        return []
    found = known | {each.digits for each in _numbers(around)}
    years, counts = _of_spans(f"{help} {around}")
    lost = [each for each in own if each.digits not in found | years and each.text not in counts]
    if not lost:
        return []
    together = sum(each.value for each in said if not _is_year(each.value))
    return [each.text for each in lost if each.digits not in worked_out and each.value != together]


def _says_a_figure(text: str, help: str) -> bool:
    """Whether one of the numbers of a text is to be typed, or what it comes to."""
    own, said = [*_numbers(text)], [*_numbers(help)]
    known = {each.digits for each in said}
    return any(each.digits in known for each in own) or bool(_worked_out(own, said))


def _worked_out(own: Sequence[_Number], said: Sequence[_Number]) -> set[str]:
    """The numbers of a text of which others are made that are told."""
    values = {each.value for each in own}
    new = {each for each in said if each.value not in values}
    rates = [1 + each.value / 100 for each in said if "%" in each.text]
    made = _made_of(own[:_MOST], new, rates)
    if any("%" not in each.text and not _is_year(each.value) for each in new):
        made |= {each.digits for each in own if "%" in each.text}
    return made


@lru_cache(maxsize=1024)
def _numbers(text: str) -> tuple[_Number, ...]:
    return tuple(_each_number(text))


def _each_number(text: str) -> Iterator[_Number]:
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
