"""What to type where the costs of a project are one text: ``120 k€ HT de 2026 à 2028``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TypeAlias

from ppi_cli.source.instead.conditional import (
    conditional_help,
    is_one_that_may_come,
    may_come,
    without_the_conditional,
)
from ppi_cli.source.instead.no_sum import is_part_of_others, part_and_rest
from ppi_cli.source.instead.place import Place, in_braces, in_brackets, quoted
from ppi_cli.source.instead.schedule import parts_by_year
from ppi_cli.values.characters import look
from ppi_cli.values.message import Message, msg
from ppi_cli.values.money import typed
from ppi_cli.values.quarters import Years
from ppi_cli.values.spoken_money import BUDGETS, Spoken, each_of, spoken_amount
from ppi_cli.values.spoken_times import spoken_years
from ppi_cli.values.written_money import in_one_unit

#: How lines are written beside one another.
_Listed: TypeAlias = Callable[[Iterable[str]], str]
_YEAR = "(?:19|20)[0-9]{2}"
_SINCE = (
    r"à partir de|a partir de|à compter de|dès|depuis|de|from|since|starting(?: in| from)?|between"
    r"|as of|entre|sur|pour|over|for|en"
)
_TO = r"jusqu'en|jusqu’en|jusqu'à|à|au|et|until|till|to|through|and|-|–|/|\.\.+"
#: An amount, and the years that are said with it: ``2 k€/an à partir de 2027``.
_AMOUNT_AND_YEARS = (
    rf"(?P<amount>.+?)[,:]?(?: [(]?(?P<since>{_SINCE})?(?:(?<=[(])|(?<= )|(?<=\b) ?)"
    rf"(?P<first>{_YEAR}))?(?: ?(?P<to>{_TO}) ?(?P<last>{_YEAR}))?(?P<on> et suivantes?|\+)?[)]?"
)
#: Its years, and an amount: ``2026 à 2030 : 900 k€ par an``.
_YEARS_AND_AMOUNT = (
    rf"(?:(?P<since>{_SINCE}) )?(?P<first>{_YEAR})(?: ?(?P<to>{_TO}) ?(?P<last>{_YEAR}))"
    rf"(?P<on>)[,;]? ?[:=]? ?(?P<amount>[^-–/].+)"
)
_OVER_A_TIME = r"(?P<amount>.+?)[ (,]+(?:sur|pendant|étalés? sur|over|for) (?P<length>[^()]+?)[)]?"
#: Words after which a year is one that money is paid in, and not from which on.
_IN = ("en", "pour", "sur", "for", "over", None)


@dataclass(frozen=True, slots=True)
class OverYears:
    """An amount, and of which years it is said to be."""

    amount: Spoken
    first: int | None = None
    last: int | None = None
    #: Whether it is the whole of these years.
    is_whole: bool = False
    #: Whether it is of the first year alone.
    is_one: bool = False


#: Words after which a year is not that of the payment.
_SOME_TIME = r"\b(?:avant|après|apres|before|after|d'ici(?: à)?|au-delà|beyond)$"
_AFTER = rf"(?P<amount>.+?)[ (,]+(?:après|apres|after|au-delà de|beyond) (?P<year>{_YEAR})[)]?"


def amount_over_years(text: str) -> OverYears | None:
    """What a text says is paid, and from when to when."""
    said = re.sub(" +", " ", look(text)).strip()
    said = re.sub(rf"^(?:{BUDGETS}) (?={_YEAR}\b)", "", said, flags=re.IGNORECASE)
    if (alone := spoken_amount(said)) is not None and alone.amount is not None and not alone.year:
        return OverYears(alone)
    match = re.fullmatch(_YEARS_AND_AMOUNT, said, re.IGNORECASE) or re.fullmatch(
        _AMOUNT_AND_YEARS, said, re.IGNORECASE
    )
    amount = spoken_amount(match["amount"].strip(" (,:")) if match else None
    if match is None or amount is None or amount.amount is None:
        return None
    if re.search(_SOME_TIME, amount.source or "", re.IGNORECASE):
        return None
    first, last = (int(year) if year else None for year in match.group("first", "last"))
    if first is not None and last is not None and last < first:
        return None
    since = match["since"].lower() if match["since"] else None
    is_one = last is None and first is not None and since in _IN and match["on"] is None
    return OverYears(amount, first, last, is_one=is_one)


def amount_over_a_time(text: str) -> tuple[Spoken, int] | None:
    """``120 k€ sur 3 ans``: an amount, and of how many years it is."""
    match = re.fullmatch(_OVER_A_TIME, re.sub(" +", " ", look(text)).strip(), re.IGNORECASE)
    length = None if match is None else spoken_years(match["length"])
    said = None if match is None else spoken_amount(match["amount"].strip(" (,:"))
    if length is None or said is None or said.amount is None or re.search(_YEAR, text):
        return None
    return said, length


def costs_instead(text: str, place: Place, *, is_listed: bool = True) -> str | Message | None:
    """What to type for costs that are one text; not in brackets for one of the lines of a list."""
    listed = in_brackets if is_listed else ", ".join
    if (after := _after_the_plan(text, place)) is not None:
        return listed([after])
    if is_part_of_others(place, text):
        return None
    if is_listed and is_one_that_may_come(text):
        return conditional_help()
    if (lines := part_and_rest(text, place.only_year)) is not None and len(lines) > 1:
        return listed(lines)
    if (over := _over_a_time(text, place, listed)) is not None:
        return over
    found = amount_over_years(text)
    if found is not None and found.first == found.last is None and not found.amount.each_year:
        if found.amount.in_years:
            pairs = {**paid(place, found.amount, "…"), **beside_an_amount(place, found.amount)}
            return listed([in_braces(pairs)])
        return listed([_cost(place, found.amount, {"year": place.only_year})])
    if found is None or found.is_one:
        if (several := _of_several(text, place, listed)) is not None:
            return several
        parts = _all_of_it(text)
        return None if parts is None else listed(parts)
    own = place.is_alone or place.beside.get("year") is not None
    if found.first is None and found.amount.each_year and not own:
        when = {"years": "…" if found.last is None else f"…..{found.last}"}
        return listed([_cost(place, found.amount, when, "each_year")])
    years = place.years or Years(2026, 2028)
    span = Years(found.first or years.first, found.last or max(years.last, found.first or 0))
    return _paid_over(place, found, span, listed)


def _paid_over(place: Place, found: OverYears, span: Years, listed: _Listed) -> str | Message:
    """An amount of several years: in each, in all, or, where both may be meant, either."""
    when = {"years": str(span)} if span.first < span.last else {"year": str(span.first)}
    key = "amount" if span.first == span.last else "each_year"
    each = listed([_cost(place, found.amount, when, key)])
    if span.first < span.last and (one := each_of(found.amount, len(span.each()))) is not None:
        return listed([_cost(place, replace(found.amount, amount=one), when, key)])
    if found.amount.each_year or span.first == span.last:
        return each
    if found.last is None:
        once = listed([_cost(place, found.amount, {"year": str(span.first)})])
        if listed is in_brackets:
            return msg(
                "write {each} if that is paid in each year, {once} if once", each=each, once=once
            )
        return msg("{each} if that is paid in each year, {once} if once", each=each, once=once)
    whole = listed([_cost(place, found.amount, when, "in_all")])
    if listed is in_brackets:
        return msg(
            "write {each} if that is paid in each year, {whole} if that is the whole",
            each=each,
            whole=whole,
        )
    return msg(
        "{each} if that is paid in each year, {whole} if that is the whole", each=each, whole=whole
    )


def _over_a_time(text: str, place: Place, listed: _Listed) -> str | Message | None:
    """``120 k€ sur 3 ans``: the whole of so many years."""
    if (found := amount_over_a_time(text)) is None:
        return None
    said, length = found
    if length == 1:
        return listed([_cost(place, said, {"year": place.only_year})])
    key = "each_year" if said.each_year else "in_all"
    if (years := place.years) is not None and years.last - years.first + 1 == length:
        return listed([_cost(place, said, {"years": str(years)}, key)])
    first = 2026 if years is None else years.first
    text = listed([_cost(place, said, {"years": "…"}, key)])
    return msg(
        "{help}, with the {n} years in which it is paid, as in {years}",
        help=msg("write {text}", text=text) if listed is in_brackets else text,
        n=length,
        years=f"{first}..{first + length - 1}",
    )


def as_lines(lines: list[str]) -> Message | None:
    """What to type for lines of costs, where there are some."""
    if len(lines) < 2:
        return msg("write it as a line of its own: {text}", text=lines[0]) if lines else None
    return msg("write a line for each: {lines}", lines=lines)


def _of_several(text: str, place: Place, listed: _Listed) -> str | Message | None:
    """``12 k€ en 2026 et 20 k€ en 2027``: a cost for each; not for one that may never come."""
    parts = re.split(r" ?(?:;|\+|\bet\b|\band\b|\bpuis\b|\bthen\b|, ) ?", look(text))
    said = [each for each in map(amount_over_years, parts) if each is not None]
    years = [each.amount.year or (each.first if each.is_one else None) for each in said]
    if len(said) < len(parts) or (None in years and {*years} != {None}):
        return None
    amounts = in_one_unit([each.amount.amount or "" for each in said])
    if amounts is None:
        return None
    lines = [
        _cost(
            place,
            replace(each.amount, amount=typed(amount)),
            {"year": str(year or place.only_year)},
        )
        for part, each, amount, year in zip(parts, said, amounts, years, strict=True)
        if not may_come(part)
    ]
    if len(lines) == len(parts):
        return listed(lines)
    perhaps = [part for part in parts if may_come(part)]
    if listed is not in_brackets:
        return without_the_conditional(listed(lines), perhaps) if lines else None
    firm = msg("write {text}", text=listed(lines)) if lines else None
    return without_the_conditional(firm, perhaps)


def _all_of_it(text: str) -> list[str] | None:
    """``1,2 M€ dont 0,4 M€ en 2026 et 0,8 M€ en 2027``: the parts, and what is left of it."""
    parts = parts_by_year(text)
    if parts is None:
        return None
    return [
        in_braces(
            {"year": str(year or "…"), "amount": "…" if each is None else quoted(typed(each))}
        )
        for year, each in parts.items()
    ]


def _after_the_plan(text: str, place: Place) -> str | None:
    """``300 k€ après 2028``: beyond the plan."""
    match = re.fullmatch(_AFTER, re.sub(" +", " ", look(text)).strip(), re.IGNORECASE)
    said = None if match is None else spoken_amount(match["amount"])
    if match is None or said is None or said.amount is None or place.years is None:
        return None
    if int(match["year"]) < place.years.last:
        return None
    return in_braces({"beyond": quoted(said.amount), **beside_an_amount(place, said)})


def _cost(place: Place, said: Spoken, when: dict[str, str], key: str = "amount") -> str:
    return in_braces({**when, key: quoted(said.amount or ""), **beside_an_amount(place, said)})


def paid(place: Place, said: Spoken, period: str) -> dict[str, str]:
    """When so much is paid, and how much then: in a period, or in each year that is said."""
    amount = quoted(said.amount or "")
    years = place.years
    if said.in_years and said.one is not None:
        is_whole_plan = years is not None and len(years.each()) == said.times
        span = place.names.named(str(years)) if is_whole_plan else "…"
        return {"years": span, "each_year": quoted(said.one)}
    if period != "…":
        return {period: amount}
    if said.each_year:
        span = "…" if years is None else place.names.named(str(years))
        return {"years": span, "each_year": amount}
    return {"year": period, "amount": amount}


def beside_an_amount(place: Place, said: Spoken) -> dict[str, str]:
    """What is said of an amount, by the keys that stand beside it in a cost."""
    more: dict[str, str] = {}
    if said.tax is not None and place.tax not in (None, said.tax):
        more["tax"] = said.tax
        if "rate" not in place.header:
            more["rate"] = "…"
    if said.assumed:
        more["basis"] = "assumed"
    if said.source is not None:
        more["label"] = quoted(said.source)
    return more


def of_so_many_years(help: Message, years: int) -> Message:
    """What to type for running costs of so many years, which are not those of the plan."""
    return msg("{help}, with the first and the last of the {n} years", help=help, n=years)
