"""What to type where a piece of the plan, or a list of them, is written as something else."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from ppi_cli.source.instead.conditional import conditional_help, may_come
from ppi_cli.source.instead.costs import (
    amount_over_years,
    beside_an_amount,
    costs_instead,
    of_so_many_years,
)
from ppi_cli.source.instead.each_or_all import each_or_all
from ppi_cli.source.instead.funding import grants_instead
from ppi_cli.source.instead.loans import loan_terms
from ppi_cli.source.instead.no_sum import no_figure, the_counted
from ppi_cli.source.instead.otherwise import another_sum
from ppi_cli.source.instead.over_years import running_in_all
from ppi_cli.source.instead.part_of_a_year import running_from_instead
from ppi_cli.source.instead.place import (
    ONE_ID,
    Instead,
    Place,
    as_typed,
    id_of,
    in_braces,
    in_brackets,
    quoted,
)
from ppi_cli.source.instead.some_years import every_so_many_years
from ppi_cli.source.instead.words import regime_said
from ppi_cli.source.mended import BLANK
from ppi_cli.values.characters import look
from ppi_cli.values.message import Message, NotationError, msg
from ppi_cli.values.money import parse_rate
from ppi_cli.values.quarters import Years
from ppi_cli.values.spoken_money import is_not_stated, spoken_amount
from ppi_cli.values.spoken_times import SINCE, spoken_time


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
    if isinstance(value, dict) and key == "priority_classes" and all(map(_is_text, value.values())):
        classes = [_class(f"{n} {title or ''}", i) for i, (n, title) in enumerate(value.items())]
        return Instead(msg("write {text}", text=f"{key}: {in_brackets(classes)}"), at_key=True)
    if isinstance(value, list) and key in _BY_YEAR:
        return _without_dashes(place, value)
    if not isinstance(value, str):
        return None
    if key in _OF_SUMS:
        value = the_counted(place, value)
    if key == "costs" and "change" in place.path:  # by periods, as an envelope is
        over = each_or_all(value, place)
        return None if over is None else Instead(over)
    if key in _OF_IDS and len(place.path) > 1 and not isinstance(place.path[-1], int):
        return _ids_instead(place, value)
    if _NO_SPACE.fullmatch(value) is not None:
        spaced = ", ".join(each.replace(":", ": ", 1) for each in value.split(" "))
        return Instead(msg("write a space after each colon: {text}", text=spaced))
    if (nothing := nothing_instead(place, value)) is not None:
        return nothing
    if key in ("due", "due_operating") and (regime := regime_said(look(value).strip())):
        said = f"regime: {regime}"
        return Instead(msg("in place of {key}, write {text}", key=key, text=said), at_key=True)
    of_time = every_so_many_years(place, value) or running_from_instead(place, value)
    if key in ("costs", "running_costs") and of_time is not None:
        return of_time
    if (
        key in _OF_SUMS
        and (unsaid := no_figure(value, is_each_year=key == "running_costs")) is not None
    ):
        return Instead(unsaid)
    if key == "funding":
        return grants_instead(place, value)
    spoken = spoken_amount(value) if key in _OF_SUMS else None
    if spoken is not None and spoken.amount is not None:
        if key == "costs" and may_come(spoken.source):
            return Instead(conditional_help())
        if (another := another_sum(place, spoken.source, value)) is not None:
            return another
    if isinstance(place.path[-1], int) and key not in _ITEMS:
        return None
    if isinstance(place.path[-1], int):
        if key in ("costs", "running_costs") and not _says_amount(value):
            return None
        written = _ITEMS[key](value, place.path[-1])
        return as_typed(msg("write {text}", text=written), written)
    if (text := _IN_PLACE.get(key)) is None or (key in _OF_AMOUNTS and not _says_amount(value)):
        return None
    found = text(value, place)
    if isinstance(found, str):
        return as_typed(msg("write {text}", text=found), found)
    return None if found is None else Instead(found)


#: ``2026:10 2027:12``, as YAML reads lines whose colons have no space after them.
_NO_SPACE = re.compile(r"[\w-]+:[^\s:/]+(?: [\w-]+:[^\s:/]+)*")


def _says_amount(text: str) -> bool:
    said = spoken_amount(text)
    return said is not None and said.amount is not None


def _is_text(value: object) -> bool:
    return value is None or isinstance(value, str)


#: Words for what there is none of, or what costs nothing.
_NONE = (
    r"néant|neant|aucun\w*(?: [^0-9]+)?|sans(?: [^0-9]+)?|rien|pas d[e'’][^0-9]*|non|no|nothing"
    r"|gratuit\w*|nuls?|nulles?|zéro|zero|0|0 ?€|none|sans objet"
)


def nothing_instead(place: Place, text: str) -> Instead | None:
    """``néant``, ``aucune``, where lines of money are expected."""
    said = look(text).strip(" .").lower()
    if place.key not in ("costs", "running_costs", "funding"):
        return None
    if not is_not_stated(text) and re.fullmatch(_NONE, said) is None:
        return None
    if place.key == "costs":
        free = "money: none"
        help = msg("delete it, or write {text} in its place if it costs nothing", text=free)
    else:
        help = msg("delete it: what is not written adds nothing")
    return Instead(help, value=BLANK)


#: Lists of things by their ids.
_OF_IDS = frozenset(("after", "answers", "projects", "drop"))


def _ids_instead(place: Place, text: str) -> Instead | None:
    """``after: Voirie et Parc``, ``after: 17``: the ids of what is called so, in brackets."""
    if place.path[0] == "projects" and re.fullmatch(_NONE, look(text).strip(" .").lower()):
        return Instead(msg("delete it: what is not written adds nothing"))
    if text.startswith("-"):
        return None
    titled = {
        str(each[name]).strip().lower(): str(each.get("id"))
        for section in place.tree.root.values()
        for each in (section if isinstance(section, list) else ())
        for name in ("title", "number")
        if isinstance(each, dict) and each.get("id") and each.get(name)
    }
    whole = look(text).strip()
    names = [whole] if whole.lower() in titled else re.split(r" ?[,;+/] ?| (?:et|and) ", whole)
    ids = [titled.get(name.strip().lower(), name.strip()) for name in names if name.strip()]
    if not all(re.fullmatch(ONE_ID, id) for id in ids):
        return None
    written = in_brackets(ids)
    return as_typed(msg("put it in brackets: {value}", value=written), written)


#: What holds amounts, whose text must be one.
_OF_SUMS = frozenset(("costs", "running_costs", "funding", "envelope"))
_OF_AMOUNTS = frozenset(("stated_totals", "baseline", "authorised"))
#: One of these is among the keys of each such piece.
_OWN_KEYS = frozenset(
    {"id", "title", "class", "from", "year", "years", "quarter", "quarters", "amount", "rule"}
    | {"date", "project", "theme"}
)
#: Lists of pieces, of which one may be written without its dash.
_ONE_OF_A_LIST = frozenset(
    {"costs", "running_costs", "funding", "themes", "projects", "priority_classes"}
    | {"recommendations", "funders", "programmes", "scenarios", "exceptions", "authorised"}
    | {"resources", "changes", "add", "change", "execution"}
)


def _titled(text: str, n: int) -> str:
    return in_braces({"id": id_of(text), "title": quoted(text)})


def _class(text: str, n: int) -> str:
    match = re.fullmatch(r"(?:[^0-9]{0,10})([1-9])(?: ?[-:.) ] ?(.+))?", text)
    number, title = (match[1], match[2]) if match else (str(n + 1), text)
    return in_braces({"class": number, "title": quoted(title or text)})


def _cost(text: str, n: int) -> str:
    said = spoken_amount(text)
    if said is not None and said.in_years and said.one is not None:
        return in_braces({"years": "…", "each_year": quoted(said.one)})
    year = "…" if said is None or said.year is None else str(said.year)
    return in_braces({"year": year, "amount": quoted(_amount(text))})


#: Items of a list that are written as a text alone.
_ITEMS: Mapping[str, Callable[[str, int], str]] = {
    "themes": _titled,
    "funders": _titled,
    "priority_classes": _class,
    "costs": _cost,
    "running_costs": lambda text, n: in_braces({"amount": quoted(_amount(text))}),
    "recommendations": lambda text, n: in_braces(
        {"id": id_of(text), "class": "1", "title": quoted(text)}
    ),
}


def _amount(text: str) -> str:
    said = spoken_amount(text)
    if said is not None and said.in_years and said.one is not None:
        return said.one
    return text if said is None or said.amount is None else said.amount


def _not_before(text: str, place: Place) -> str | None:
    if is_not_stated(text):
        return None
    said = spoken_time(text, place.names)
    if said is None:
        quarters = spoken_time(str(place.around("projects").get("quarters")), place.names)
        first = "…" if quarters is None else quarters.first_quarter
        return in_braces({"quarter": first, "reason": quoted(text)})
    return in_braces({"quarter": said.first_quarter, "reason": "…"})


def running_costs(text: str, place: Place) -> str | Message | None:
    if (over := running_in_all(text)) is not None:
        one, amount, years = over
        pairs = {"amount": one, "start": "…", "until": "…", **beside_an_amount(place, amount)}
        help = msg("write {text}", text=in_brackets([in_braces(pairs)]))
        return of_so_many_years(help, years)
    said = amount_over_years(text)
    if said is None or said.amount.amount is None:
        return _each_running(text, place)
    beside = beside_an_amount(place, said.amount)
    if said.amount.one is not None and said.amount.in_years:
        pairs = {"amount": quoted(said.amount.one), "start": "…", "until": "…", **beside}
        text = in_brackets([in_braces(pairs)])
        return of_so_many_years(msg("write {text}", text=text), said.amount.times)
    if said.amount.one is not None and not said.amount.each_year:
        one, whole = (
            in_brackets([in_braces({"amount": quoted(each or ""), **beside})])
            for each in (said.amount.one, said.amount.amount)
        )
        return msg(
            "write {one} if the {n} are the years, {whole} if all of it is paid in each year",
            one=one,
            n=said.amount.times,
            whole=whole,
        )
    pairs = {"amount": quoted(said.amount.amount), **beside}
    if said.first is not None:
        pairs["start"] = str(said.first)
    if said.last is not None:
        pairs["until"] = str(said.last)
    return in_brackets([in_braces(pairs)])


def _each_running(text: str, place: Place) -> str | None:
    """``maintenance 5 k€, énergie 3 k€``: a line for each, of which all say what for."""
    said = [spoken_amount(each) for each in re.split(r" ?[;,+] (?=[^\W\d])", look(text))]
    named = [each for each in said if each is not None and each.amount and each.source]
    if len(named) < 2 or len(named) < len(said) or may_come(text):
        return None
    return in_brackets(
        in_braces({"amount": quoted(each.amount or ""), **beside_an_amount(place, each)})
        for each in named
    )


def _authorised(text: str, place: Place) -> str:
    return in_brackets([in_braces({"date": "…", "amount": quoted(_amount(text))})])


def _baseline(text: str, place: Place) -> Message:
    amount = quoted(_amount(text))
    return msg(
        "write {investment} if that is what is usually invested in a year, {total} if it is all"
        " that is spent",
        investment=in_braces({"investment": amount}),
        total=in_braces({"total": amount}),
    )


def _ceilings(text: str, place: Place) -> Message | None:
    help = each_or_all(text, place)
    if help is None:
        return None
    return msg(
        "write total, if it bounds all that is spent; investment, operating or net if it bounds"
        " that. Below it, {help}",
        help=help,
    )


def _within(key: str) -> Callable[[str, Place], str]:
    return lambda text, place: in_braces({key: quoted(text)})


def _own_share(text: str, place: Place) -> str | None:
    return in_braces({"least": quoted(text)}) if _is_rate(text) else None


def _indexation(text: str, place: Place) -> str | None:
    said = look(text).strip()
    first = re.search(rf",? ?(?:{SINCE}) ?((?:19|20)[0-9]{{2}})$", said, re.IGNORECASE)
    said = said[: first.start()] if first else said
    rate = re.sub(_EACH_YEAR, "", said, flags=re.IGNORECASE)
    if not _is_rate(rate):
        return None
    base = place.names.named(str(int(first[1]) - 1)) if first else place.only_year
    return in_braces({"base": base, "rate": quoted(rate)})


_EACH_YEAR = " ?(?:(?:/|par|per|a|each) ?(?:an(?:née)?|year)|annuels?|yearly)$"


def _is_rate(text: str) -> bool:
    try:
        return 0 <= parse_rate(text).thousandths <= parse_rate("100 %").thousandths
    except NotationError:
        return False


def _fctva(text: str, place: Place) -> str | Message | None:
    if _is_rate(text):
        return in_braces({"rate": quoted(text)})
    said = look(text).strip()
    rate = re.search(r"[0-9]+(?:[.,][0-9]+)? ?%", said)
    regime = regime_said(said if rate is None else said.replace(rate[0], "").strip(" ,;:()"))
    if regime is not None:
        rates = {} if rate is None else {"rate": quoted(rate[0])}
        return in_braces({"regime": regime, **rates})
    if re.match("oui|yes|true|x", text, re.I) is None:
        return None
    return msg(
        "write {usual} if it pays two years after the spending, {next} or {same} if one year after,"
        " or in the same year",
        usual="{regime: n+2}",
        next="{regime: n+1}",
        same="{regime: n}",
    )


def _header(text: str, place: Place) -> str:
    return in_braces({"title": quoted(text), "years": "2026..2028"})


#: What is written as a text alone, where keys or a list are expected.
_IN_PLACE: Mapping[str, Callable[[str, Place], str | Message | None]] = {
    "plan": _header,
    "ceilings": _ceilings,
    "envelope": each_or_all,
    "investment": each_or_all,
    "operating": each_or_all,
    "net": each_or_all,
    "total": each_or_all,
    "savings": each_or_all,
    "borrowing": each_or_all,
    "payments": each_or_all,
    "paid": each_or_all,
    "due": each_or_all,
    "due_operating": each_or_all,
    "repaid": each_or_all,
    "stated_totals": _within("total"),
    "own_share": _own_share,
    "baseline": _baseline,
    "indexation": _indexation,
    "fctva": _fctva,
    "costs": costs_instead,
    "not_before": _not_before,
    "running_costs": running_costs,
    "new_loans": loan_terms,
    "authorised": _authorised,
}


#: What is bounded, spent or due by year, without lines.
_BY_YEAR = frozenset(
    ("ceilings", *(key for key, instead in _IN_PLACE.items() if instead is each_or_all))
)


def _without_dashes(place: Place, items: Sequence[object]) -> Instead:
    """A list of years where their amounts are keys and values: ``ceilings: [{2026: 100 k€}]``."""
    plan = place.years or Years(2026, 2028)
    years = _amounts_of(items) or {place.names.named(str(year)): "…" for year in plan.each()}
    text = in_braces(dict([*years.items()][:_MOST_YEARS]))
    if place.key != "ceilings":
        return Instead(msg("write it without dashes: {text}", text=f"{place.key}: {text}"))
    return Instead(
        msg(
            "write it without dashes: {text} if all that is spent is bound; investment, operating"
            " or net in place of total if that is",
            text=f"ceilings: {{total: {text}}}",
        )
    )


_MOST_YEARS = 10


def _amounts_of(items: Sequence[object]) -> dict[str, str]:
    """The amounts of lines by their years; none where one says more, or less."""
    found: dict[str, str] = {}
    for item in items:
        if not isinstance(item, dict) or not all(map(_is_text, item.values())):
            return {}
        pair = {item["year"]: item["amount"]} if {*item} == {"year", "amount"} else item
        found |= {str(year): quoted(amount) for year, amount in pair.items()}
    return found if all(re.search("[12][0-9]{3}", year) for year in found) else {}


def total_among_years(key: str, value: object) -> Message | None:
    """What to do with a total that stands among the years of an envelope."""
    if not re.fullmatch("totaux|total|somme|ensemble|sum", look(key).strip().lower()):
        return None
    text = in_braces({"total": quoted(_amount(value)) if isinstance(value, str) else "…"})
    return msg(
        "delete it: totals are worked out; a printed one stands in {text}",
        text=f"stated_totals: {text}",
    )
