"""What to type where years stand as keys, and the format has another key for what they say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from ppi_cli.plan.spans import texts_by_year
from ppi_cli.source.instead.place import Instead, Place, in_braces, in_brackets, quoted
from ppi_cli.source.keys import key_meant
from ppi_cli.values.characters import look
from ppi_cli.values.fiscal import CALENDAR, FiscalYears
from ppi_cli.values.message import Message, NotationError, msg
from ppi_cli.values.money import Money, parse_rate, typed
from ppi_cli.values.quarters import Years
from ppi_cli.values.spoken_money import Spoken, each_of, is_not_stated, spoken_amount
from ppi_cli.values.spoken_times import SpokenTime, spoken_time
from ppi_cli.values.written_money import read_amount

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
    if names[-1:] == ["running_costs"] and any(map(_CHANGE.fullmatch, amounts.values())):
        return msg(
            "write an amount for each year: nothing is taken from another one; by how much all"
            " costs rise each year is said once, in {section}",
            section="indexation: {base: …, rate: …}",
        )
    if names[-1:] == ["running_costs"]:
        return msg("write {text}", text=f"running_costs: {running_by_year(place, amounts)}")
    return None


#: So much more or less than in the year before.
_CHANGE = re.compile(r" *[+–−-] ?[0-9]{1,2}(?:[.,][0-9]+)? ?%.*")


def _says_nothing(value: object) -> bool:
    return value is None or is_not_stated(str(value))


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def running_by_year(place: Place, amounts: Mapping[str, str]) -> str:
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


# --- funding of several years or quarters ---


def funding_over_time(place: Place) -> Message | None:
    """``years: 2026..2027`` beside an amount in funding, whose keys are the years themselves.

    ``place`` is that of the key of the years, or of the amount where only that is one of costs.
    """
    here = place.tree.value(place.path[:-1])
    if "from" not in place.keys or not isinstance(here, dict):
        return None
    if (ends := _begin_and_end(place, here)) is not None:
        return ends
    unknown = (key for key in here if key == "amount" or key not in place.keys)
    keys = {meant: key for key in unknown if (meant := _meant(key)) is not None}
    time = next((each for each in ("years", "quarters") if each in keys), None)
    amount = next((each for each in ("each_year", "in_all", "amount") if each in keys), None)
    if time is None and amount != "each_year":
        return None
    if place.path[-1] not in (keys.get(str(time)), keys.get(str(amount))):
        return None
    if amount is None:
        return _of_a_share(place, here, str(time), keys[str(time)]) if "share" in here else None
    said = here[keys[amount]]
    when = here[keys[time]] if time is not None else str(place.header.get("years", ""))
    return parts_of_funding(
        place, said, when, (keys[amount], *([] if time is None else [keys[time]]))
    )


_BEGINS = frozenset(["début", "debut", "begin", "start", "à partir de", "de"])
_ENDS = frozenset(["fin", "end", "à", "jusqu'à", "jusqu'en", "until"])


def _begin_and_end(place: Place, here: Mapping[str, Any]) -> Message | None:
    """``début: 2026, fin: 2028`` beside an amount of funding, told at the beginning."""
    words = {look(str(key)).lower(): key for key in here}
    begin, end = (next((words[w] for w in words if w in of), None) for of in (_BEGINS, _ENDS))
    if begin is None or end is None or not isinstance(here.get("amount"), str):
        return None
    if place.path[-1] == end and end not in place.keys:
        return msg("delete it: {key} says both the beginning and the end", key=begin)
    if place.path[-1] != begin:
        return None
    return parts_of_funding(place, here["amount"], f"{here[begin]}..{here[end]}", ("amount", begin))


def _meant(key: object) -> str | None:
    """Which key of costs that last a time is meant by one."""
    word = look(str(key)).lower()
    known = ("years", "quarters", "each_year", "in_all", "amount")
    return word if word in known else key_meant(word, known)


def parts_of_funding(
    place: Place, value: object, when: object, keys: Sequence[str]
) -> Message | None:
    """What to type for an amount of funding that comes in several years, or quarters.

    Where it may be that of each year or the whole, both; of quarters, nobody has said the parts.
    """
    if isinstance(when, list):
        when = ", ".join(map(str, when))
    time = spoken_time(place.names.plain(str(when)), place.names)
    if time is None or not isinstance(value, str):
        return None
    if not time.of_years:
        return _by_quarter(place, time, keys)
    years = Years(time.first_year, time.last_year)
    if len(time.spans) > 1 or len(years.each()) > _MOST_YEARS:
        return None
    meant = _meant(keys[0])
    if len(years.each()) == 1 and meant not in ("each_year", "in_all"):
        return None
    said = spoken_amount(value)
    one = None if said is None else each_of(said, len(years.each()))
    whole = value if said is None or said.amount is None else said.amount
    each, _ = texts_by_year(years, one or whole, place.tree.notation)
    _, parts = texts_by_year(years, whole, place.tree.notation)
    in_each, in_all = (by_period(place, texts) for texts in (each, parts))
    if one is not None or meant == "each_year":
        return _in_place_of(keys, in_each)
    if meant == "in_all":
        return _in_place_of(keys, in_all)
    return msg(
        "in place of {amount} and {time}, write {each} if so much comes in each year, {whole} if"
        " that is the whole",
        amount=keys[0],
        time=keys[1],
        each=in_each,
        whole=in_all,
    )


def _in_place_of(keys: Sequence[str], text: str) -> Message:
    if len(keys) == 1:
        return msg("write {text}", text=text)
    amount, time = keys
    return msg("in place of {amount} and {time}, write {text}", amount=amount, time=time, text=text)


def parts_of_money(place: Place, said: Spoken, years: Years) -> Instead | None:
    """An amount of several years, where years are keys: what each has of it, as far as is said."""
    count = len(years.each())
    if count > _MOST_YEARS or said.amount is None:
        return None
    one = each_of(said, count)
    each, _ = texts_by_year(years, one or said.amount, place.tree.notation)
    _, parts = texts_by_year(years, said.amount, place.tree.notation)
    in_each, in_all = (by_period(place, texts) for texts in (each, parts))
    if one is not None:
        return Instead(msg("write each year in its place: {text}", text=in_each))
    help = msg(
        "write each year in its place: {each} if so much is of each year, {whole} if that is the"
        " whole",
        each=in_each,
        whole=in_all,
    )
    return Instead(help)


def each_year_of_funding(place: Place, said: Spoken) -> dict[str, str] | None:
    """``10 k€ par an``, ``3 ans x 10 k€``: the periods of a line of funding, with their amounts.

    Where only the user knows the years, one that is to be filled in.
    """
    years, one = place.years, said.one if said.in_years else said.amount
    if one is None or not (said.each_year or said.in_years):
        return None
    if years is None or len(years.each()) > _MOST_YEARS:
        return {"…": quoted(one)}
    if said.in_years and said.times != len(years.each()):
        return {"…": quoted(one)}
    return {place.names.named(str(year)): quoted(one) for year in years.each()}


def funding_instead(place: Place, said: Spoken) -> Instead | None:
    """What to type for an amount of funding that is said to come in each year."""
    pairs = each_year_of_funding(place, said) if "funding" in place.path else None
    if pairs is None:
        return None
    one = next(iter(pairs.values()))
    times = [place.key, *(key for key in ("year", "quarter") if key in place.beside)]
    period = str(place.tree.existing(place.path)[-1]) if place.is_alone else ""
    first = (period or str(place.beside.get("year") or ""))[:4]
    if "…" in pairs and said.in_years:
        return Instead(
            msg(
                "write {one} at each of the {n} years in which it comes, as in {first}: {one}",
                one=one,
                first=place.names.named(str((place.years or Years(2026, 2028)).first)),
                n=said.times,
            ),
            at_key=True,
        )
    if first.isdecimal() and not said.in_years:
        pairs = {year: text for year, text in pairs.items() if place.names.plain(year) >= first}
    text = ", ".join(f"{year}: {text}" for year, text in pairs.items())
    if first and not said.in_years:
        help = msg(
            "write {one} if it comes in that year alone; else each year in which it comes, as in"
            " {text}",
            one=one,
            text=text,
        )
        return Instead(help)
    if period:
        return Instead(msg("write each year in which it comes, as in {text}", text=text))
    return Instead(
        msg(
            "in place of {keys}, write each year in which it comes, as in {text}",
            keys=times,
            text=text,
        ),
        at_key=True,
    )


def by_period(place: Place, texts: Mapping[int, str] | Mapping[int | None, str]) -> str:
    """Amounts by year as the keys of a line: those outside the plan before or beyond it.

    One of a year that only the user knows comes last, with a place for it.
    """
    plan = place.years
    groups: dict[str, list[str]] = {"before": [], "": [], "beyond": [], "…": []}
    for year, text in texts.items():
        word = "" if year is not None else "…"
        if plan is not None and year is not None and year not in plan:
            word = "before" if year < plan.first else "beyond"
        groups[word].append(f"{'…' if year is None else place.names.named(str(year))}: {text}")
    return ", ".join(
        f"{word}: {{{', '.join(pairs)}}}" if word in ("before", "beyond") else ", ".join(pairs)
        for word, pairs in groups.items()
        if pairs
    )


def _by_quarter(place: Place, time: SpokenTime, keys: Sequence[str]) -> Message | None:
    quarters = [
        quarter
        for first, last in time.spans
        for quarter in (first.later(n) for n in range(_MOST_QUARTERS))
        if quarter <= last
    ]
    if len(quarters) == 1 or len(quarters) >= _MOST_QUARTERS:
        return None
    names = (place.names.named(f"{q.year}-{time.letter}{q.number}") for q in quarters)
    return msg(
        "in place of {amount} and {time}, write how much comes in each quarter: {text}",
        amount=keys[0],
        time=keys[-1],
        text=", ".join(f"{name}: …" for name in names),
    )


def _of_a_share(place: Place, here: Mapping[str, Any], time: str, key: str) -> Message:
    """``share: 35 %, years: 2028..2030``: of what is spent then, or all of it at once."""
    help = msg(
        "delete it: a share comes as costs do; or write {text}, with the one in which all of it"
        " comes",
        text="year: …" if time == "years" else "quarter: …",
    )
    years = place.span_of(here[key]) if time == "years" else None
    if years is None or len(years.each()) > _MOST_YEARS or _spans_all_costs(place, years):
        return help
    return msg(
        "in place of share and {key}, write what comes in each year: {text}; a share alone is one"
        " of all the costs",
        key=key,
        text=by_period(place, _shares_of(place, here, years)),
    )


def _shares_of(place: Place, here: Mapping[str, Any], years: Years) -> dict[int, str]:
    """What a share is of the costs of each year; where they are not known, left to fill in."""
    spent = None if {"of", "at_most"} & here.keys() else _spent_by_year(place)
    try:
        rate = parse_rate(str(here["share"]))
    except NotationError:
        spent = None
    if spent is None:
        return dict.fromkeys(years.each(), "…")
    parts = {
        year: Money(rate.of(spent[year]).cents, spent[year].unit)
        for year in years.each()
        if year in spent
    }
    return {year: quoted(typed(part)) for year, part in parts.items()}


def _spent_by_year(place: Place) -> dict[int, Money] | None:
    """What a project costs in each year, where its lines say only that."""
    costs = place.around("projects").get("costs")
    lines = [costs] if isinstance(costs, dict) else costs if isinstance(costs, list) else []
    spent: dict[int, Money] = {}
    for line in lines:
        if not isinstance(line, dict):
            return None
        cells = {k: v for k, v in line.items() if k not in ("label", "source", "basis")}
        if cells.keys() == {"year", "amount"}:
            cells = {cells["year"]: cells["amount"]}
        for key, text in cells.items():
            if not is_year(key, place.names) or not isinstance(text, str):
                return None
            year, amount = int(place.names.plain(key)), read_amount(text)
            own = spent.get(year, None if amount is None else Money(0, amount.unit))
            if amount is None or own is None or own.unit != amount.unit:
                return None
            spent[year] = Money(own.cents + amount.cents, amount.unit)
    return spent or None


def _spans_all_costs(place: Place, years: Years) -> bool:
    """Whether no cost of the project is known to be of another year."""
    costs = place.around("projects").get("costs")
    lines = [costs] if isinstance(costs, dict) else costs if isinstance(costs, list) else []
    for line in (each for each in lines if isinstance(each, dict)):
        if {"before", "beyond", "unplanned"} & line.keys():
            return False
        own = [
            place.span_of(line[k]) for k in ("year", "quarter", "years", "quarters") if k in line
        ]
        own += [place.span_of(key) for key in line if is_year(key, place.names)]
        if any(each and not (each.first in years and each.last in years) for each in own):
            return False
    return True


_MOST_YEARS = 10
_MOST_QUARTERS = 13
