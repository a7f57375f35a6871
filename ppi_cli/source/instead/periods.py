"""What to type for a key among years and quarters that is none: ``dès 2027``, ``S2 2026``."""

from __future__ import annotations

import re

from ppi_cli.plan.spans import span_by_year, span_in_a_line, years_of
from ppi_cli.source.instead.costs import beside_an_amount
from ppi_cli.source.instead.place import Instead, Place, in_braces, quoted
from ppi_cli.source.instead.some_years import some_years_as_key
from ppi_cli.source.instead.times import ALWAYS, span_meant, year_counted
from ppi_cli.source.keys import tax_in_key
from ppi_cli.values.characters import look
from ppi_cli.values.message import msg
from ppi_cli.values.quarters import Years
from ppi_cli.values.spoken_money import each_of, spoken_amount
from ppi_cli.values.spoken_times import AND_ON, SINCE, SpokenTime, spoken_time

#: A span of more years than this one is not written out.
_MOST_YEARS = 30


def key_among_periods(place: Place, value: object) -> Instead | None:
    """What to type for the key that a place ends with; its value is the key to type, if it is one.

    Some stand for one period, some for several, whose amount may be meant in two ways.
    """
    if place.years is None:
        return None
    key = look(str(place.path[-1])).strip()
    begin = place.years.first
    text = re.sub(
        r"\bn ?\+ ?([0-9])(?= .)",
        lambda later: str(begin + int(later[1])),
        place.names.plain(key),
        flags=re.IGNORECASE,
    )
    if (with_unit := _with_its_unit(place, text, value)) is not None:
        return with_unit
    if (around := _before_or_after(place, key, text, value)) is not None:
        return around
    if (year := year_counted(text, place.years)) is not None:
        return _named(place, str(year))
    has_periods = any(re.match("[0-9]", str(key)) for key in place.beside)
    if _is_total(text) or (tax_in_key(text) is not None and has_periods):
        return _total(place, value)
    if is_line(place) and re.fullmatch(ALWAYS, text, re.IGNORECASE):
        return _line(place, "years", str(place.years), "each_year", value)
    if (first := _from_on(text)) is not None:
        if first > place.years.last:
            return _named(place, "beyond") if is_line(place) else None
        return _several(place, key, Years(first, place.years.last), value)
    said = spoken_time(text, place.names)
    if said is None and (span := span_meant(text)) is not None:
        said = spoken_time(span, place.names)
    return None if said is None else _time(place, key, said, value)


def _with_its_unit(place: Place, text: str, value: object) -> Instead | None:
    """``2026 (k€): 40``, ``2026 HT: 40 k€``: a head of a column, whose amount says it itself."""
    match = re.fullmatch(IN_A_HEAD, text, re.IGNORECASE)
    if match is None or not isinstance(value, str):
        return None
    unit = re.sub("^(?:en|in) ", "", match["unit"])
    said = spoken_amount(f"{value} {unit}")
    if said is None or said.amount is None:
        return None
    amount, more = quoted(said.amount), {}
    if is_line(place) and "from" not in place.keys:
        more = beside_an_amount(place, said)
    elif said.tax is not None and place.tax not in (None, said.tax) and "from" not in place.keys:
        return None
    cell = in_braces({"amount": amount, **more}) if more else amount
    pair = f"{place.names.named(match['year'])}: {cell}"
    return Instead(msg("write {text}", text=pair), at_key=True)


#: A year, and the unit of its amounts or how they count taxes.
IN_A_HEAD = (
    r"(?P<year>(?:19|20)[0-9]{2}) ?[(]?(?P<unit>(?:(?:en |in )?(?:k|M)? ?(?:€|euros?|eur)"
    r"|[kM]€|[€$£]? ?['’]?000s?|[kM] ?[$£]"
    r"|H\.?T\.?|T\.?T\.?C\.?)(?: ?(?:H\.?T\.?|T\.?T\.?C\.?))?)[)]?"
)


def _before_or_after(place: Place, key: str, text: str, value: object) -> Instead | None:
    """``avant 2027``, ``après 2027``: years of the plan, or those outside it."""
    match = re.fullmatch(
        r"(?:(?P<before>avant|before)|(?P<upto>jusqu'(?:en|à)|bis|until|up to|through)"
        r"|après|apres|after|au[- ]delà de|beyond) ?"
        r"(?P<year>(?:19|20)[0-9]{2})",
        text,
        re.IGNORECASE,
    )
    if match is None or place.years is None:
        return None
    (first, last), year = place.years, int(match["year"])
    until = year - 1 if match["before"] else year if match["upto"] else None
    years = Years(year + 1, last) if until is None else Years(first, until)
    if years.first > years.last:
        name = "beyond" if until is None else "before"
        return _named(place, name) if is_line(place) else None
    return _several(place, key, years, value)


def span_instead(place: Place, text: str) -> Instead | None:
    """What to type for the amount of a span of years, where it says that it is of each."""
    years = years_of(place.names.plain(str(place.path[-1])))
    if years is None:
        return None
    return _in_each(place, years, text) or _either(place, years, text)


def _either(place: Place, years: Years, value: object) -> Instead | None:
    """An amount of several years of a line, with what is said of it, as that of each or of all."""
    said = spoken_amount(value) if isinstance(value, str) else None
    if "in_all" not in place.keys or said is None or said.amount is None:
        return None
    each, whole = (
        in_braces(
            {
                "years": place.names.named(str(years)),
                key: quoted(said.amount),
                **beside_an_amount(place, said),
            }
        )
        for key in ("each_year", "in_all")
    )
    help = msg(
        "write it as a line of its own: {each_year} if that is paid in each year, {in_all} if that"
        " is the whole",
        each_year=each,
        in_all=whole,
    )
    return Instead(help, at_key=True)


def _in_each(place: Place, years: Years, value: object) -> Instead | None:
    """``2026..2028: 40 k€/an``, ``2026..2028: 3 x 40 k€``: so much in each of the years."""
    said = spoken_amount(value) if isinstance(value, str) else None
    if said is None or (amount := each_of(said, len(years.each()))) is None:
        return None
    if "each_year" in place.keys:
        pairs = {"years": place.names.named(str(years)), "each_year": quoted(amount)}
        line = in_braces({**pairs, **beside_an_amount(place, said)})
        return Instead(msg("write it as a line of its own: {text}", text=line), at_key=True)
    if said.tax is not None and place.tax not in (None, said.tax):
        return None
    names = [place.names.named(str(year)) for year in years.each()]
    cell = quoted(amount)
    if said.assumed:
        cell = in_braces({"amount": cell, "basis": "assumed"})
    text = ", ".join(f"{name}: {cell}" for name in names)
    return Instead(msg("write {text}", text=text), at_key=True)


def is_line(place: Place) -> bool:
    """Whether the key stands in a line of money, and not among the years of an envelope."""
    return "beyond" in place.keys


def _named(place: Place, period: str) -> Instead:
    name = place.names.named(period)
    return Instead(msg("write {name}", name=name), name, at_key=True)


def _from_on(text: str) -> int | None:
    """The year that ``dès 2027``, ``2027 et suivantes``, ``2029+`` begin with."""
    match = re.fullmatch(
        rf"(?:(?P<since>{SINCE}) ?)?(?P<first>(?:19|20)[0-9]{{2}}) ?(?P<on>{AND_ON})?", text, re.I
    )
    if match is None or not (match["since"] or match["on"]):
        return None
    return int(match["first"])


def _is_total(text: str) -> bool:
    return (
        re.fullmatch(
            r"totaux|(?:sous|grand|sub)?[- ]?total[e]?(?: (?:général|ttc|ht))?|somme|ensemble|sum"
            r"|cumul\w*|(?:montant|coût) total(?: (?:ttc|ht))?",
            text,
            re.IGNORECASE,
        )
        is not None
    )


def _total(place: Place, value: object) -> Instead | None:
    """A total in a line: worked out where periods stand beside it, else of the plan's years."""
    if not is_line(place) or "in_all" not in place.keys:
        return None
    if any(re.match("[0-9]", str(key)) for key in place.beside):
        return Instead(
            msg(
                "delete it: totals are worked out; a printed one stands in {text}",
                text="stated_totals: {total: …}",
            ),
            at_key=True,
        )
    if {"years", "quarters"} & place.beside.keys() or not isinstance(value, str):
        return None
    line = _line(place, "years", str(place.years), "in_all", value)
    lines = place.tree.value(place.path[:-2])
    if line is None or not isinstance(lines, list) or len(lines) < 2:
        return line
    help = msg("delete it if it is the sum of the other lines; else {help}", help=line.help)
    return Instead(help, at_key=True)


def _several(place: Place, key: str, years: Years, value: object) -> Instead | None:
    """Several years under one key: the amount of each, or of all."""
    if years.first == years.last:
        return _named(place, str(years.first))
    if years.last - years.first >= _MOST_YEARS:
        return None
    if (each := _in_each(place, years, value)) is not None:
        return each
    if (either := _either(place, years, value)) is not None:
        return either
    refusal = span_in_a_line if "in_all" in place.keys else span_by_year
    help = refusal(key, years, _typed(value), place.tree.notation).help
    return None if help is None else Instead(help, at_key=True)


def _typed(value: object) -> object:
    said = spoken_amount(value) if isinstance(value, str) else None
    return value if said is None or said.amount is None else said.amount


def _time(place: Place, key: str, said: SpokenTime, value: object) -> Instead | None:
    """A time that is said: a period, or several."""
    if (some := some_years_as_key(place, said, value)) is not None:
        return some
    if not is_line(place):
        many = said.of_years and len(said.spans) == 1
        return _several(place, key, Years(said.first_year, said.last_year), value) if many else None
    if said.of_years and len(said.spans) == 1:
        return _several(place, key, Years(said.first_year, said.last_year), value)
    if said.quarter is not None:
        return _named(place, said.quarter)
    return _line(place, "quarters", said.quarters, "in_all", value)


def _line(place: Place, key: str, times: str, amount_key: str, value: object) -> Instead | None:
    """A line of its own, for several years or quarters."""
    if key not in place.keys:
        return None
    amount = _typed(value)
    text = quoted(amount) if isinstance(amount, str) else "…"
    line = in_braces({key: place.names.named(times), amount_key: text})
    return Instead(msg("write it as a line of its own: {text}", text=line), at_key=True)
