"""Which key is meant by a word that is none, in the place where it stands, and what to type."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from ppi_cli.source.instead.amounts import amount_instead
from ppi_cli.source.instead.conditional import conditional_help
from ppi_cli.source.instead.costs import beside_an_amount, of_so_many_years, paid
from ppi_cli.source.instead.pieces import running_costs
from ppi_cli.source.instead.place import Place, in_braces, quoted
from ppi_cli.source.instead.said_of_sums import IS_SOURCE
from ppi_cli.source.instead.times import several_years, time_instead
from ppi_cli.source.instead.words import regime_said
from ppi_cli.source.keys import (
    A_YEAR,
    FRENCH_KEYS,
    KEYS_BY_PLACE,
    key_meant,
    plain,
    section_meant,
    tax_in_key,
)
from ppi_cli.values.characters import look
from ppi_cli.values.findings import Path
from ppi_cli.values.message import Message, msg
from ppi_cli.values.money import parse_money
from ppi_cli.values.nearest import nearest
from ppi_cli.values.quarters import Years
from ppi_cli.values.spoken_money import spoken_amount
from ppi_cli.values.spoken_payers import is_own_source
from ppi_cli.values.spoken_times import SpokenTime, spoken_time, spoken_years


def key_nearest(key: str, keys: Sequence[str]) -> str | None:
    """The key of a place that a misspelt word is most like, in English or in French."""
    if FRENCH_KEYS.get(key) == "indexation":
        return None
    if (near := nearest(key, keys, 0.7)) is not None or key in _ELSEWHERE:
        return near
    words = _words(tuple(keys))
    word = nearest(key, words, 0.8)
    return words[word] if word is not None else None


#: Keys of other places that are like a French word for a key, and mean none here.
_ELSEWHERE = frozenset(("tax",))


@lru_cache(maxsize=128)
def _words(keys: tuple[str, ...]) -> Mapping[str, str]:
    """The words that stand for a key of a place, each with that key."""
    words = (*FRENCH_KEYS, *KEYS_BY_PLACE)
    return {word: meant for word in words if (meant := key_meant(word, keys)) is not None}


def key_instead(place: Place, meant: str, value: object) -> Message | None:
    """What to type for a key and its value, where more than the key changes.

    ``place`` is that of the key.
    """
    text = value if isinstance(value, str) else None
    if meant == "costs" and text is not None and (year := A_YEAR.search(place.key)):
        return _as_cost(place, text, year[0])
    word = plain(place.key)
    if word in ("year", "annee") and meant == "quarters":
        return _year_of_a_project(place, text)
    if word in _LENGTHS and text is not None and (length := _length(place, meant, text)):
        return length
    if meant in ("quarters", "years") and word in _ENDS:
        return _from_to(place, meant)
    if word == "tva" and text is not None and "%" not in text and _is_amount(text):
        return msg(
            "delete it: the tax is no line; with {text} beside an amount without it, it is added",
            text="tax: excl, rate: …",
        )
    tax = tax_in_key(place.key)
    if tax is not None and (kept := said_with_taxes(place)) is not None:
        return msg("delete it: {key} says it, as the plan counts taxes", key=kept)
    if tax is not None and text is not None:
        return _with_tax(place, tax, meant, text)
    if text is None:
        return None
    if meant == "when" and _is_amount(text):
        line = in_braces({"year": "…", "amount": quoted(text), "when": "…"})
        return msg("write it as a line of its own: {text}", text=line)
    if meant == "section" and re.fullmatch("[0-9]{2,10}", text) and "account" in place.keys:
        return msg("write {text}", text=f"account: {text}")
    if meant == "regime" and (regime := regime_said(look(text).strip())) is not None:
        return msg("write {text}", text=f"regime: {regime}")
    is_said = "source" in place.keys and "source" not in place.beside
    if meant == "label" and word in _REMARKS and is_said and IS_SOURCE.search(text):
        return msg("write {text}", text=f"source: {quoted(text)}")
    if meant == "running_costs":
        return _running(place, text)
    if meant == "after" and word[:3] == "lie":
        return msg("write {text} if it can begin only once that is done", text=f"after: [{text}]")
    if word == "after" and meant == "beyond" and not re.search("[0-9]", text):
        lines = next(step for step in reversed(place.path[:-1]) if isinstance(step, str))
        return msg("write {name} beside {key}, not in it", name=word, key=lines)
    if word in ("date", "debut", "fin", "exercice") and meant != "quarters":
        return _decided(place, word, text) or _dated(place, meant, text)
    if "from" in place.keys and (decided := _decided(place, word, text)) is not None:
        return decided
    if meant == "until" and not re.fullmatch("[0-9]{4}", text):
        return _dated(place, meant, text)
    if meant == "costs":
        return _as_cost(place, text)
    if meant == "rate" and "tax" in place.keys and "tax" not in place.beside:
        others = [f"tax: {place.tax or 'incl'}"]
        rate = f"rate: {quoted(text)}"
        return msg("write {text}, and beside it {others}", text=rate, others=others)
    return None


def key_elsewhere(place: Place, keys_at: Callable[[Path], Sequence[str]]) -> Message | None:
    """Where a key belongs that is none here, but of what this stands in: ``lead`` in a cost."""
    path, key, sections = place.path, place.key, keys_at(())
    around = [
        (step, keys_at(path[:end]))
        for end, step in reversed([*enumerate(path[:-1])])
        if isinstance(step, str)
    ]
    named = ((step, key) for step, keys in around if key in keys)
    meant = (
        (step, name)
        for step, keys in around
        if (name := key_meant(key, keys) if keys != sections else section_meant(key)) in keys
        and name != step
    )
    found = next(named, None) or next(meant, None)
    if found is not None and found == ("costs", "status"):
        return _status_of_a_cost(place)
    if found is not None:
        return msg("write {name} beside {key}, not in it", name=found[1], key=found[0])
    if "plan" not in path and (name := _of_the_header(key, keys_at(("plan",)))) is not None:
        return msg("write {name} in the section plan: it is one for all amounts", name=name)
    if keys_at(path[:-1]) == (of_project := keys_at(("projects", 0))):
        of_cost = keys_at((*path[:-1], "costs", 0))
        if (name := look(key).lower()) in of_cost or (name := FRENCH_KEYS.get(name, "")) in of_cost:
            return msg(
                "write {name} in {key}, in the lines of which it is true", name=name, key="costs"
            )
    if path[-3:-2] == ("variants",) and (key in of_project or key_meant(key, of_project)):
        target, variant = (place.tree.value(path[:end]) for end in (2, -1))
        when = f"when: {target.get('id')}.{variant.get('id')}"
        return msg("write it in the projects and costs that depend on it, with {when}", when=when)
    return None


def _of_the_header(key: str, keys: Sequence[str]) -> str | None:
    """The key of the section plan that a word stands for: what amounts are in, or count."""
    own = [name for name in ("unit", "currency") if name in keys]
    return key if key in own else key_meant(key, own)


def _status_of_a_cost(place: Place) -> Message:
    """``status: conditionnelle`` in a cost: that is how all of its project stands."""
    status = look(str(place.beside.get(place.key))).strip()
    costs = place.around("projects").get("costs")
    is_conditional = re.match("condition|option|éventuel|contingen", status, re.IGNORECASE)
    if is_conditional and isinstance(costs, list) and len(costs) > 1:
        return conditional_help()
    text = "status: conditional" if is_conditional else "status"
    return msg("write {name} beside {key}, not in it", name=text, key="costs")


#: Words for what is said of a line: what it is, or where it comes from.
_REMARKS = frozenset(
    {"description", "descriptif", "detail", "note", "notes", "comment", "comments", "remark"}
    | {"commentaire", "commentaires", "remarque", "remarques", "observation", "observations"}
)


def _running(place: Place, text: str) -> Message | None:
    """``maintenance: 10 k€/an``, ``récurrent: oui``: what a project costs once it is done."""
    found = running_costs(text, place)
    if isinstance(found, str):
        return msg("write {text}", text=f"running_costs: {found}")
    if found is not None:
        return msg("{help}, in running_costs", help=found)
    blank = "running_costs: [{amount: …}]"
    return msg("write {text}, with what it costs each year once it is done", text=blank)


# --- a beginning and an end ---

_STARTS = frozenset(["debut", "demarrage", "start", "begin", "from", "apartirde"])
_ENDS = _STARTS | frozenset(["fin", "end", "echeance", "deadline", "livraison"])


def _from_to(place: Place, meant: str) -> Message | None:
    """``début: T1 2026`` and ``fin: T3 2026``: one key says both."""
    words = {plain(key): value for key, value in place.beside.items()}
    first = next((words[word] for word in words if word in _STARTS), None)
    last = next((words[word] for word in words if word in _ENDS - _STARTS), None)
    if plain(place.key) not in _STARTS and first is not None:
        return msg("delete it: {key} says both the beginning and the end", key=meant)
    begin, end = (spoken_time(str(each), place.names) if each else None for each in (first, last))
    if begin is None and end is None:
        return None
    if "each_year" in place.keys and all(each is None or each.of_years for each in (begin, end)):
        return _years_of_a_cost(place, begin, end)
    texts = ["…" if each is None else _end(each, is_last=each is end) for each in (begin, end)]
    span = "..".join(dict.fromkeys(texts))
    help = msg("write {text}", text=f"{meant}: {span}")
    if begin is None:
        return msg("{help}, with the quarter in which it begins", help=help)
    if end is None:
        return msg("{help}, with the quarter in which it ends", help=help)
    return help


def _years_of_a_cost(place: Place, begin: SpokenTime | None, end: SpokenTime | None) -> Message:
    """``{from: 2027, each_year: 90}`` in costs: of these years, to the last one of the plan."""
    years = place.years
    first = begin.first_year if begin is not None else years.first if years is not None else None
    last = end.last_year if end is not None else years.last if years is not None else None
    names = ["…" if each is None else place.names.named(str(each)) for each in (first, last)]
    when = "..".join(dict.fromkeys(names))
    if "amount" in place.beside and ".." in when:
        return several_years(place, when).help
    return msg("write {text}", text=f"years: {when}")


_LENGTHS = frozenset(["years", "duree", "duration", "length"])


def _length(place: Place, meant: str, text: str) -> Message | None:
    """``years: 5 ans`` in a project, ``years: 2027..2030`` in running costs."""
    names, years = place.names, place.years or Years(2026, 2028)
    time = spoken_time(names.plain(text), names)
    if meant == "start":
        if time is None:
            length = spoken_years(text)
            if length is not None:
                return of_so_many_years(msg("write {text}", text="start: …, until: …"), length)
            ends = None
        else:
            ends = (time.first_year, time.last_year)
        if ends is None:
            return None
        start, until = (names.named(str(year)) for year in ends)
        return msg("write {text}", text=f"start: {start}, until: {until}")
    if time is not None:
        return (
            msg("write {text}", text=f"{meant}: {time.quarters}") if meant == "quarters" else None
        )
    length = spoken_years(text)
    if length is None or "useful_life" not in place.keys:
        return None
    last = f"{years.first + length - 1}-" if length > 1 else ""
    return msg(
        "write {life} if what it brings lasts so long, {quarters} if the work does",
        life=f"useful_life: {length}",
        quarters=f"quarters: {years.first}-T1..{last}T4",
    )


def _year_of_a_project(place: Place, text: str | None) -> Message:
    """``year: 2026`` in a project: when it is under way, or when its amount is paid."""
    if not _AMOUNTS.isdisjoint(map(plain, place.beside)):
        return msg("delete it: costs say in which year they are paid")
    return msg("write {text}", text=f"quarters: {text or '…'}")


_AMOUNTS = frozenset(["amount", "montant", "cout", "cost", "budget", "prix", "ttc", "ht"])


def _end(time: SpokenTime, *, is_last: bool) -> str:
    """A time as an end of a span."""
    if time.of_years:
        return str(time.last_year if is_last else time.first_year)
    return time.last_quarter if is_last else time.first_quarter


def _dated(place: Place, meant: str, text: str) -> Message | None:
    """``date: 03/2026`` in a cost, in funding."""
    said = spoken_time(text, place.names)
    if said is None:
        return None
    if meant in ("start", "until") and not said.of_years:
        at = Place(place.tree, place.path, place.keys, meant)
        return found.help if (found := time_instead(at, text)) is not None else None
    if said.day is not None and meant in ("date", "presented"):
        return msg("write {text}", text=f"{meant}: {said.day.isoformat()}")
    if meant == "year" and said.quarter is not None and "quarter" in place.keys:
        return msg("write {text}", text=f"quarter: {said.quarter}")
    if meant == "year" and "quarters" in place.keys:
        at = Place(place.tree, place.path, place.keys, "year")
        return found.help if (found := time_instead(at, text)) is not None else None
    if meant == "quarter":
        return msg("write {text}", text=f"quarter: {said.first_quarter}")
    if meant in ("year", "start", "until"):
        year = said.last_year if meant == "until" else said.first_year
        return msg("write {text}", text=f"{meant}: {year}")
    return None


#: Words for the day on which a grant is decided, or asked for, which is not when it is paid.
_DECISIONS = {
    "requested": "demand|depot|depos|sollicit|request|dossier|instruction",
    "granted": "notif|deci|attrib|arrete|conven|accord|vote|grant|award|delib",
}


def _decided(place: Place, word: str, text: str) -> Message | None:
    """``date: 15/03/2026`` in funding: the day of the decision, as a day it is paid is rare."""
    said = spoken_time(text, place.names) if "from" in place.keys else None
    status = next((s for s, words in _DECISIONS.items() if re.search(words, word)), None)
    if said is None or not (status or (said.day is not None and word == "date")):
        return None
    of = {"status": status or "granted", "source": quoted(look(text).strip())}
    own = [f"{key}: {value}" for key, value in of.items() if key not in place.beside]
    if not own:
        return None
    help = msg("write {text}", text=", ".join(own))
    times = ("year", "quarter")
    if status or any(time in place.beside for time in times):
        return help
    return msg(
        "{help} if it was decided then; {when} if it is paid then",
        help=help,
        when=f"quarter: {said.first_quarter}",
    )


# --- the terms of a loan ---

_OF_A_LOAN: Mapping[str, str] = {
    **dict.fromkeys(("taux", "tauxdinteret", "interet", "interets", "interest", "rate"), "rate"),
    **dict.fromkeys(("duree", "duration", "term", "years", "length"), "years"),
}


def loan_term_as_key(place: Place) -> Message | None:
    """``taux: 3,2 %``, ``durée: 20 ans`` beside money that the town borrows."""
    term = _OF_A_LOAN.get(plain(str(place.path[-1])))
    if term is None or "from" not in place.keys or not _is_borrowed(place):
        return None
    terms = {
        name: _term(name, value)
        for key, value in place.beside.items()
        if (name := _OF_A_LOAN.get(plain(str(key)))) is not None
    }
    in_order: dict[str, str] = {n: terms[n] for n in ("rate", "years") if n in terms}
    return msg(
        "delete it here: the terms of the town's loans stand in {text}",
        text=f"debt: {in_braces({'new_loans': in_braces(in_order)})}",
    )


def end_of_loan_as_key(place: Place) -> Message | None:
    """``début: 2027``, ``fin: 2042`` among the terms of a loan, which say how long it lasts."""
    word = plain(str(place.path[-1]))
    if not {"rate", "years", "repaid"} <= {*place.keys} or word not in _ENDS - {"from"}:
        return None
    return msg(
        "delete it: a loan begins in the year in which it is borrowed; write {years}, with how many"
        " years it lasts",
        years="years: …",
    )


def _term(name: str, value: object) -> str:
    text = str(value)
    years = spoken_years(text) if name == "years" else None
    return quoted(text) if years is None else str(years)


def _is_borrowed(place: Place) -> bool:
    """Whether who pays is the town itself, by what its funder says or is called."""
    payer = place.beside.get("from")
    funders = place.tree.root.get("funders")
    of = (f for f in (funders if isinstance(funders, list) else ()) if isinstance(f, dict))
    named = next((f for f in of if f.get("id") == payer), {})
    return named.get("own") in ("yes", True) or any(
        is_own_source(str(each)) for each in (payer, named.get("title")) if each
    )


# --- amounts ---


def _with_tax(place: Place, tax: str, meant: str, text: str) -> Message | None:
    """``HT: 12 000 €`` in a cost, ``HT: oui`` in the plan."""
    if spoken_amount(text) is None and not _is_amount(text):
        return msg("write {text}", text=f"tax: {tax}") if "tax" in place.keys else None
    if "amount" not in place.keys:
        return _as_cost(place, text)
    key = meant if meant in ("in_all", "each_year") else "amount"
    at = Place(place.tree, place.path, place.keys, key)
    found = amount_instead(at, f"{text} {'HT' if tax == 'excl' else 'TTC'}")
    return None if found is None else found.help


def said_with_taxes(place: Place) -> str | None:
    """``{HT: 400 k€, TTC: 480 k€}``: the one that counts taxes as the plan does is kept."""
    taxes = {tax: key for key in place.beside if (tax := tax_in_key(key)) is not None}
    kept = taxes.get(place.tax or "")
    return None if len(taxes) < 2 or kept == place.key else kept


def _is_amount(text: str) -> bool:
    try:
        parse_money(text)
    except ValueError:
        return False
    return True


def _as_cost(place: Place, text: str, in_year: str = "") -> Message | None:
    """``montant: 12 k€`` in a project: its costs have a year."""
    if "costs" not in place.keys:
        return None
    said = spoken_amount(text)
    if said is None or said.amount is None:
        return None
    has_costs = "costs" in place.beside or any(map(A_YEAR.fullmatch, map(str, place.beside)))
    if has_costs and not in_year:
        total = in_braces({"total": quoted(said.amount)})
        return msg(
            "delete it: totals are worked out; a printed one stands in {text}",
            text=f"stated_totals: {total}",
        )
    words: dict[str, Any] = {plain(key): value for key, value in place.beside.items()}
    when = (
        in_year
        or words.get("annee")
        or words.get("year")
        or words.get("quarters")
        or words.get("date")
    )
    time = spoken_time(str(when), place.names) if when else None
    year = str(said.year or place.only_year) if time is None else str(time.first_year)
    pairs = {"year": year, "amount": quoted(said.amount)}
    if said.in_years or (said.each_year and year == "…"):
        pairs = paid(place, said, year)
    cost = in_braces({**pairs, **beside_an_amount(place, said)})
    return msg("write {text}", text=f"costs: [{cost}]")
