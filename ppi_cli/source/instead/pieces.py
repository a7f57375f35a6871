"""What to type where a piece of the plan, or a list of them, is written as something else."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from ppi_cli.source.instead.amounts import beside_a_share, status_said
from ppi_cli.source.instead.place import Instead, Place, in_braces, in_brackets, quoted
from ppi_cli.values.characters import look
from ppi_cli.values.message import Message, NotationError, msg
from ppi_cli.values.money import parse_rate
from ppi_cli.values.quarters import Years
from ppi_cli.values.spoken_money import Spoken, is_not_stated, spoken_amount
from ppi_cli.values.spoken_times import spoken_time


def piece_instead(place: Place, value: object) -> Instead | None:
    """What to type for a text, a list or keys where something else is expected."""
    key = place.key
    if (
        isinstance(value, dict)
        and key in _ONE_OF_A_LIST
        and not _OWN_KEYS.isdisjoint(value)
        and all(map(_is_text, value.values()))
    ):
        own = in_braces({k: quoted(v or "") for k, v in value.items()})
        return Instead(msg("write {text}", text=f"{key}: [{own}]"), at_key=True)
    if not isinstance(value, str):
        return None
    if (pair := _NO_SPACE.fullmatch(value)) is not None:
        spaced = f"{pair['key']}: {pair['value']}"
        return Instead(msg("write a space after each colon: {text}", text=spaced))
    if key == "funding":
        grant = _grant(value, place)
        if grant is None:
            return None
        item = isinstance(place.path[-1], int)
        return Instead(msg("write {text}", text=grant if item else f"[{grant}]"))
    if isinstance(place.path[-1], int) and key not in _ITEMS:
        return None
    if isinstance(place.path[-1], int):
        if key == "costs" and not _says_amount(value):
            return None
        return Instead(msg("write {text}", text=_ITEMS[key](value, place.path[-1])))
    if (text := _IN_PLACE.get(key)) is None or (key in _OF_AMOUNTS and not _says_amount(value)):
        return None
    written = text(value, place)
    if isinstance(written, str):
        return Instead(msg("write {text}", text=written))
    return None if written is None else Instead(written)


#: ``2026:10 2027:12``, as YAML reads lines whose colons have no space after them.
_NO_SPACE = re.compile(r"(?P<key>[\w-]+):(?P<value>[^\s:/]+)(?: [\w-]+:[^\s:/]+)*")


def _says_amount(text: str) -> bool:
    said = spoken_amount(text)
    return said is not None and said.amount is not None


def _is_text(value: object) -> bool:
    return value is None or isinstance(value, str)


#: What holds amounts, whose text must be one.
_OF_AMOUNTS = frozenset(
    {"envelope", "investment", "operating", "net", "total", "savings", "payments", "paid", "due"}
    | {"borrowing", "due_operating"}
    | {"stated_totals", "baseline", "authorised"}
)
#: One of these is among the keys of each such piece.
_OWN_KEYS = frozenset(
    {"id", "title", "class", "from", "year", "years", "quarter", "quarters", "amount", "rule"}
    | {"date", "project", "theme"}
)
#: Lists of pieces, of which one may be written without its dash.
_ONE_OF_A_LIST = frozenset(
    {"costs", "running_costs", "funding", "themes", "projects", "priority_classes"}
    | {"recommendations", "funders", "programmes", "scenarios", "exceptions", "authorised"}
    | {"resources", "changes", "add", "change"}
)


def _titled(text: str, n: int) -> str:
    return in_braces({"id": id_of(text), "title": quoted(text)})


#: What an id is made of.
ONE_ID = "[A-Za-z0-9][A-Za-z0-9_-]*"


def id_of(text: str) -> str:
    """An id made of a title."""
    from anyascii import anyascii

    letters = anyascii(look(re.sub("[°º]", "", text)))
    return re.sub("[^a-z0-9_]+", "-", letters.lower()).strip("-") or "id"


def _class(text: str, n: int) -> str:
    match = re.fullmatch(r"(?:[^0-9]{0,10})([1-9])(?: ?[-:.) ] ?(.+))?", text)
    number, title = (match[1], match[2]) if match else (str(n + 1), text)
    return in_braces({"class": number, "title": quoted(title or text)})


def _cost(text: str, n: int) -> str:
    said = spoken_amount(text)
    year = "…" if said is None or said.year is None else str(said.year)
    return in_braces({"year": year, "amount": quoted(_amount(text))})


#: Items of a list that are written as a text alone.
_ITEMS: Mapping[str, Callable[[str, int], str]] = {
    "themes": _titled,
    "funders": _titled,
    "priority_classes": _class,
    "costs": _cost,
    "recommendations": lambda text, n: in_braces(
        {"id": id_of(text), "class": "1", "title": quoted(text)}
    ),
}


def _amount(text: str) -> str:
    said = spoken_amount(text)
    return text if said is None or said.amount is None else said.amount


def _years(place: Place) -> Years:
    return place.years or Years(2026, 2028)


_MOST_YEARS = 10


def _each_year(text: str, place: Place) -> str:
    """The same in each year of the plan."""
    years = list(_years(place).each())[:_MOST_YEARS]
    return in_braces({str(year): quoted(_amount(text)) for year in years})


def _first_year(text: str, place: Place) -> str:
    """So much in the first year, and the others to be filled in."""
    first, *others = map(str, list(_years(place).each())[:_MOST_YEARS])
    return in_braces({first: quoted(_amount(text)), **dict.fromkeys(others, "")})


def _costs(text: str, place: Place) -> str | None:
    """``120 k€``, ``12 k€ en 2026 et 20 k€ en 2027``, or ``10 k€ par an jusqu'en 2028``."""
    yearly, start, until = _each_year_from(text, place)
    if yearly is not None:
        years = Years(start or _years(place).first, until or _years(place).last)
        return in_brackets([in_braces({"years": str(years), "each_year": quoted(yearly)})])
    parts = [spoken_amount(part) for part in re.split(r" ?(?:;|\+|\bet\b|\band\b|, ) ?", text)]
    said = [each for each in parts if each is not None and each.amount is not None]
    if len(said) < len(parts) or (len(said) > 1 and not all(each.year for each in said)):
        return None
    costs = [
        in_braces(
            {"year": str(each.year or _years(place).first), "amount": quoted(each.amount or "")}
        )
        for each in said
    ]
    return in_brackets(costs)


def _each_year_from(text: str, place: Place) -> tuple[str | None, int | None, int | None]:
    """An amount of each year, the first one and the last: ``2 k€/an à partir de 2027``."""
    match = re.fullmatch(_AMOUNT_AND_YEARS, look(text).strip(), re.IGNORECASE)
    said = spoken_amount(match["amount"]) if match else None
    if match is None or said is None or said.amount is None or not said.each_year:
        return None, None, None
    first, last = (int(year) if year else None for year in match.group("first", "last"))
    is_order = first is None or last is None or first <= last
    return (said.amount, first, last) if is_order else (None, None, None)


_AMOUNT_AND_YEARS = (
    r"(?P<amount>.+?)"
    r"(?:,? (?:à partir de|à compter de|dès|depuis|de|from|since|starting(?: in| from)?|between"
    r"|as of|entre) (?P<first>[12][0-9]{3}))?"
    r"(?:,? (?:jusqu'en|jusqu'à|à|et|until|till|to|through|and) (?P<last>[12][0-9]{3}))?"
)


def _not_before(text: str, place: Place) -> str | None:
    if is_not_stated(text):
        return None
    said = spoken_time(text, place.names)
    if said is None:
        return in_braces({"quarter": "…", "reason": quoted(text)})
    return in_braces({"quarter": said.first_quarter, "reason": "…"})


def _running(text: str, place: Place) -> str | None:
    yearly, start, until = _each_year_from(text, place)
    pairs = {"amount": quoted(yearly or _amount(text))}
    if start is not None:
        pairs["start"] = str(start)
    if until is not None:
        pairs["until"] = str(until)
    return in_brackets([in_braces(pairs)]) if yearly or _says_amount(text) else None


def _authorised(text: str, place: Place) -> str:
    return in_brackets([in_braces({"date": "…", "amount": quoted(_amount(text))})])


def _grant(text: str, place: Place) -> str | None:
    """``DETR 40 % sollicitée``, ``12 k€``: who pays, how much, and how that stands."""
    funder, said = _funder_named(place, text), _how_much(text)
    if said is None:
        return None
    status = status_said(place, re.sub(r"^.*[0-9%€$£kM] ?", "", look(text).strip(" .)")))
    pairs = {"from": funder}
    if said.share is not None:
        pairs |= {"share": said.share, **beside_a_share(place, replace(said, source=None))}
    elif said.amount is not None:
        year = said.year or _years(place).first
        pairs |= {"year": str(year), "amount": quoted(said.amount)}
    else:
        return None
    if status is not None:
        pairs["status"] = status
    return in_braces(pairs)


def _how_much(text: str) -> Spoken | None:
    """What is said from the first number on."""
    match = re.search("[0-9].*", look(text))
    return None if match is None else spoken_amount(match[0])


def _funder_named(place: Place, text: str) -> str:
    """The id of the funder that a text names; of one that names none, of the first there is."""
    funders = place.tree.root.get("funders")
    known = [f for f in funders if isinstance(f, dict)] if isinstance(funders, list) else []
    words = look(text).lower()
    for each in known:
        names = [str(each.get(key) or "").lower() for key in ("id", "title")]
        if any(name and re.search(rf"\b{re.escape(name)}\b", words) for name in names):
            return str(each.get("id"))
    names_another = re.match(r"[^\W\d]{3,}", text) and not re.match("environ|about", words)
    return "…" if names_another or not known else str(known[0].get("id"))


def _baseline(text: str, place: Place) -> Message:
    amount = quoted(_amount(text))
    return msg(
        "write {investment} if that is what is usually invested in a year, {total} if it is all"
        " that is spent",
        investment=in_braces({"investment": amount}),
        total=in_braces({"total": amount}),
    )


def _within(key: str) -> Callable[[str, Place], str]:
    return lambda text, place: in_braces({key: quoted(text)})


def _own_share(text: str, place: Place) -> str | None:
    return in_braces({"least": quoted(text)}) if _is_rate(text) else None


def _indexation(text: str, place: Place) -> str | None:
    if not _is_rate(text):
        return None
    return in_braces({"base": str(_years(place).first), "rate": quoted(text)})


def _is_rate(text: str) -> bool:
    try:
        return 0 <= parse_rate(text).thousandths <= parse_rate("100 %").thousandths
    except NotationError:
        return False


def _fctva(text: str, place: Place) -> str | None:
    if _is_rate(text):
        return in_braces({"rate": quoted(text)})
    return "{regime: n+2}" if re.match("oui|yes|true|x", text, re.I) else None


def _header(text: str, place: Place) -> str:
    return in_braces({"title": quoted(text), "years": "2026..2028"})


#: What is written as a text alone, where keys or a list are expected.
_IN_PLACE: Mapping[str, Callable[[str, Place], str | Message | None]] = {
    "plan": _header,
    "envelope": _first_year,
    "investment": _each_year,
    "operating": _each_year,
    "net": _each_year,
    "total": _each_year,
    "savings": _each_year,
    "borrowing": _each_year,
    "payments": _first_year,
    "paid": _first_year,
    "due": _first_year,
    "due_operating": _first_year,
    "stated_totals": _within("total"),
    "own_share": _own_share,
    "baseline": _baseline,
    "indexation": _indexation,
    "fctva": _fctva,
    "costs": _costs,
    "not_before": _not_before,
    "running_costs": _running,
    "authorised": _authorised,
}


def total_among_years(key: str, value: object) -> Message | None:
    """What to do with a total that stands among the years of an envelope."""
    if not re.fullmatch("totaux|total|somme|ensemble|sum", look(key).strip().lower()):
        return None
    text = in_braces({"total": quoted(_amount(value)) if isinstance(value, str) else "…"})
    return msg(
        "delete it: totals are worked out; a printed one stands in {text}",
        text=f"stated_totals: {text}",
    )
