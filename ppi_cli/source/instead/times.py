"""What to type in place of a time that cannot be read, exact to where it stands."""

from __future__ import annotations

import re
from dataclasses import replace

from ppi_cli.source.instead.by_year import parts_of_funding
from ppi_cli.source.instead.no_sum import left_empty
from ppi_cli.source.instead.part_of_a_year import ONCE_DONE, part_of_a_year
from ppi_cli.source.instead.place import Instead, Place, in_braces, quoted
from ppi_cli.source.instead.some_years import every_so_many, some_years
from ppi_cli.source.instead.unclear_times import (
    begun,
    ended,
    one_end,
    unclear_instead,
    whole_day,
)
from ppi_cli.values.characters import look
from ppi_cli.values.fiscal import FiscalYears
from ppi_cli.values.message import NotationError, msg
from ppi_cli.values.money import sign_of
from ppi_cli.values.quarters import Quarter, Years, parse_spans
from ppi_cli.values.spoken_money import each_of, is_not_stated, spoken_amount
from ppi_cli.values.spoken_times import (
    AND_ON,
    SINCE,
    SpokenTime,
    spoken_interval,
    spoken_length,
    spoken_since,
    spoken_time,
)

#: The keys whose values are times, by what they read.
_YEAR_KEYS = ("year", "start", "until", "base")
_TIME_KEYS = (*_YEAR_KEYS, "quarter", "years")


def time_instead(place: Place, text: str, *, of_day: bool = False) -> Instead | None:
    """What to type for a text that is no time, as far as one can tell what is meant."""
    found = [_instead(place, each, of_day=of_day) for each in _by_order(place, text)]
    if len({repr(each) for each in found}) < 2 or None in found:
        return found[0]
    first, second = (each.help for each in found if each is not None)
    return Instead(
        msg(
            "{first} if the day comes first, {second} if the month does",
            first=first,
            second=second,
        )
    )


def _by_order(place: Place, text: str) -> tuple[str, ...]:
    """A text with its days before their months; where dollars are paid, perhaps after them."""
    turned = re.sub(_DAY_AND_MONTH, r"\3\2\1", text)
    numbers = [(int(day), int(month)) for day, _, month in re.findall(_DAY_AND_MONTH, text)]
    if turned == text or any(day > _LAST_MONTH for day, _ in numbers):
        return (text,)
    if any(month > _LAST_MONTH for _, month in numbers):
        return (turned,)
    is_in_dollars = "$" in sign_of(str(place.header.get("currency") or "EUR"))
    is_either = is_in_dollars and place.header.get("language") != "fr"
    return (text, turned) if is_either else (text,)


_LAST_MONTH = 12
_DAY_AND_MONTH = r"\b([0-9]{1,2})([/-])([0-9]{1,2})(?=\2(?:(?:19|20)[0-9]{2}|[0-9]{2})\b)"


def _instead(place: Place, text: str, *, of_day: bool) -> Instead | None:
    if is_not_stated(text):
        may_be_blank = place.key == "spans" or place.key in ("start", "until")
        return left_empty() if may_be_blank else None
    plain = place.names.plain(text)
    if (after := _after_the_plan(place, look(plain).strip())) is not None:
        return after
    if (length := _years_of_the_plan(place, plain)) is not None:
        return length
    if (asked := unclear_instead(place, look(plain).strip())) is not None:
        return asked
    said = _open(place, plain) or spoken_time(plain, place.names) or _short_year(text)
    said = said or _without_a_remark(place, plain) or _short_years(place, plain)
    said = said or (_of_a_vote(plain) if of_day else None)
    if said is None and (worded := _with_words(place, look(plain).strip())) is not None:
        return worded
    if said is None and place.key == "years" and (n := spoken_interval(plain)) is not None:
        return every_so_many(place, n)
    if said is None and not of_day:
        return _without_a_year(place, text)
    if said is None or not _is_read(said):
        return None
    if (some := some_years(place, said) or part_of_a_year(place, said)) is not None:
        return some
    if of_day and said.day is None:
        help = whole_day(place, said)
        return None if help is None else Instead(help)
    if of_day and said.day is not None:
        return place.instead(said.day.isoformat())
    if place.key in ("quarters", "spans"):
        return _quarters(place, said)
    if place.key == "quarter" or (place.key == "start" and "shift" in place.keys):
        return _quarter(place, said)
    if place.key == "years":
        return _years(place, said)
    return _year(place, said) if place.key in _YEAR_KEYS else None


def times_instead(place: Place, value: object) -> Instead | None:
    """``year: [2026, 2027]``: several, where one is expected."""
    if place.key not in _TIME_KEYS or not isinstance(value, list):
        return None
    return time_instead(place, ", ".join(map(str, value)))


def _open(place: Place, text: str) -> SpokenTime | None:
    """``à partir de 2027``, ``en continu``: to the end of the plan; ``18 mois à partir de mai``."""
    if place.years is None or place.key not in ("quarters", "spans", "years"):
        return None
    (first, last), said = place.years, look(text).strip()
    if (after := re.fullmatch(rf"{_AFTER} ?(?P<year>(?:19|20)[0-9]{{2}})", said, re.I)) is not None:
        return spoken_time(f"{int(after['year']) + 1} à {last}", place.names)
    if (before := re.fullmatch("(?:avant|before) ((?:19|20)[0-9]{2})", said, re.I)) is not None:
        return spoken_time(f"{first} à {int(before[1]) - 1}", place.names)
    if re.fullmatch(ALWAYS, said, re.I):
        return spoken_time(f"{first} à {last}", place.names)
    if place.key != "years" and (since := spoken_since(said, place.names)) is not None:
        return since
    if match := re.fullmatch(f"(?P<rest>.*[0-9]) ?(?:{AND_ON})", said, re.I):
        return spoken_time(f"{match['rest']} à {last}", place.names)
    if place.key != "years" or (end := one_end(said)) is None:
        return None
    rest, is_begin = end
    return spoken_time(f"{rest} à {last}" if is_begin else f"{first} à {rest}", place.names)


_AFTER = r"(?:après|apres|after|au[- ]delà de|beyond|post)"


def _after_the_plan(place: Place, text: str) -> Instead | None:
    """``après 2030``, ``2031+``: when nothing of the plan is; its costs stand there as beyond."""
    years = place.years
    if years is None:
        return None
    first = years.last + 1
    if match := re.fullmatch(rf"{_AFTER} ?(?P<year>(?:19|20)[0-9]{{2}})", text, re.IGNORECASE):
        first = int(match["year"]) + 1
    elif match := re.fullmatch(
        rf"(?:{SINCE})? ?(?P<year>(?:19|20)[0-9]{{2}}) ?(?P<on>{AND_ON})?", text, re.IGNORECASE
    ):
        if not match["on"] and match["year"] == text:
            return None
        first = int(match["year"])
    elif (
        re.fullmatch("beyond|au[- ]delà|après le plan|hors ppi|later|plus tard", text, re.I) is None
    ):
        return None
    if first <= years.last:
        return None
    last = place.names.named(str(years.last))
    if place.key in ("quarters", "spans"):
        text = "costs: {beyond: …}"
        help = msg(
            "delete it: what is paid after {last} is written as {text}", last=last, text=text
        )
        return Instead(help, at_key=True)
    amount = place.beside.get("amount")
    if place.key in ("year", "quarter") and "beyond" in place.keys and isinstance(amount, str):
        text = f"beyond: {quoted(amount)}"
        help = msg(
            "in place of {amount} and {time}, write {text}",
            amount="amount",
            time=place.key,
            text=text,
        )
        return Instead(help, at_key=True)
    return None


def _years_of_the_plan(place: Place, text: str) -> Instead | None:
    """``3 ans``, ``3 ans à partir de 2026``, for the years of the plan."""
    if place.path != ("plan", "years"):
        return None
    said = look(text).strip()
    length = r"(?P<n>[1-9][0-9]?|un|deux|trois|quatre|cinq|six) ?(?:ans?|années?|years?|exercices)"
    since = rf"(?:(?:{SINCE}|en|in) )?(?P<first>(?:19|20)[0-9]{{2}})"
    for pattern in (
        length,
        rf"{length},? {since}",
        rf"{since},? ?(?:[(]|pour|sur|for|over|,) ?{length}[)]?",
    ):
        if (match := re.fullmatch(pattern, said, re.IGNORECASE)) is not None:
            break
    else:
        return None
    words = {"un": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6}
    n = words.get(match["n"].lower()) or int(match["n"])
    if (first := match.groupdict().get("first")) is not None:
        last = int(first) + n - 1
        return place.instead(first if n == 1 else f"{first}..{last}")
    shown = "2026" if n == 1 else f"2026..{2025 + n}"
    help = msg("that is how long; say from when to when, as in {text}", text=shown)
    return Instead(help)


_GUESS = (
    r"[(]?(?:à (?:confirmer|préciser|affiner|valider)|prévisionnel\w*|estim\w+|env\.?|environ|tbc"
    r"|to be confirmed|expected|\?+|provisoire|sous réserve)"
)
#: What is said of a time: ``T3 2027 (consultation)``, ``T3 2027 à confirmer``.
_REMARK = (
    r"(?P<time>.*(?:19|20)[0-9]{2}.*?) ?"
    rf"(?:\((?P<remark>[^()0-9]*)\)|(?P<guess>{_GUESS})[)]?)"
)


def _without_a_remark(place: Place, text: str) -> SpokenTime | None:
    """A time without what is said of it; where that says so, it is a guess."""
    match = re.fullmatch(_REMARK, look(text).strip(), re.IGNORECASE)
    if match is None:
        return None
    said = _open(place, match["time"]) or spoken_time(match["time"], place.names)
    words = match["guess"] or match["remark"] or ""
    is_guess = re.match(_GUESS, words.strip(), re.IGNORECASE) is not None
    return said if said is None or not is_guess else replace(said, assumed=True)


#: Words before a time, for what it is the end or the beginning of, or all of.
_OF_AN_END = (
    r"livraison|réception|achèvement|mise en service|ouverture|inauguration|terminée?s?|livrée?s?"
    r"|fin (?:des? |du )?(?:travaux|chantier|études?|l'opération)|échéance|d'ici(?: à)?|by|before"
    r"|avant|delivery|completion|opening|due|end of (?:the )?works?"
)
_OF_A_BEGINNING = (
    r"début (?:des? |du )?(?:travaux|chantier|études?|l'opération)|démarrage|lancement|notification"
    r"|commencement|os|start(?: of (?:the )?works?)?|kick-?off"
)
_OF_ALL = (
    r"travaux|chantier|études?|réalisation|construction|prévue?s?|programmée?s?|opération|phase"
    r"|exécution|works?|construction|planned|scheduled"
)
_WORDS = (
    rf"(?:(?P<end>{_OF_AN_END})|(?P<begin>{_OF_A_BEGINNING})|(?P<all>{_OF_ALL}))"
    r"(?: (?:des? |du )?(?:travaux|prévue?s?))?"
    r" ?:? ?(?:(?:en|in|pour|for|au|à|le|la|l'|de|the) ?)*(?P<time>.*(?:19|20)[0-9]{2})"
)


def _with_words(place: Place, text: str) -> Instead | None:
    """``livraison sept. 2027``, ``avant l'été 2027``: of what is under way, only one end."""
    if (year := year_counted(text, place.years)) is not None and place.key in _YEAR_KEYS:
        return place.instead(place.names.named(str(year)))
    if place.key == "until" and (length := re.match(_SO_LONG, text, re.IGNORECASE)):
        help = msg(
            "that is how long; write the last year in which it can come, {n} years after the one"
            " from which that counts",
            n=int(length["n"]),
        )
        return Instead(help)
    if "funding" in place.path and re.fullmatch(f"(?:à |at |on )?{ONCE_DONE}", text, re.I):
        return _once_done(place)
    match = re.fullmatch(_WORDS, text, re.IGNORECASE)
    if match is None or (match["end"] and place.key not in ("quarters", "spans")):
        return None
    rest = re.sub(rf"\b(?:{_OF_ALL})\b", "", text, flags=re.IGNORECASE)
    said = spoken_time(rest if match["all"] else match["time"], place.names)
    if said is None:
        return None
    if match["all"] or place.key not in ("quarters", "spans"):
        return time_instead(place, rest if match["all"] else match["time"])
    if match["begin"]:
        return Instead(begun(place, said))
    last = said.spans[-1].last
    if re.match("avant|before", match["end"], re.I) and not re.match("fin|end", match["time"]):
        last = said.spans[0].first.later(-1)
    return Instead(ended(place, said, last))


def _once_done(place: Place) -> Instead | None:
    """``à la livraison``: in the year in which the project ends."""
    quarters = place.around("projects").get("quarters")
    span = place.span_of(quarters) if isinstance(quarters, str) else None
    if span is None or place.key != "year":
        return None
    year = place.names.named(str(span.last))
    return Instead(msg("write the year in which that is: {year}, by its quarters", year=year))


_SO_LONG = r"(?:dans |within )?(?P<n>[1-9][0-9]?) ?(?:ans?|années?|years?)\b"


def _without_a_year(place: Place, text: str) -> Instead | None:
    """``sem. 1``, ``12 mois``: no year is named, and only the user knows it."""
    if place.years is None or place.key not in ("quarters", "spans", "quarter"):
        return None
    if re.search("(?:19|20)[0-9]{2}", text):
        return None
    first = place.years.first
    said = spoken_time(f"{text} {first}", place.names)
    if said is not None and _is_read(said) and not said.of_years:
        shown = said.first_quarter if place.key == "quarter" else said.quarters
        return Instead(msg("say the year too, as in {text}", text=_named(place, shown)))
    length = spoken_length(text)
    if (
        months := re.fullmatch("(?P<n>[1-9][0-9]?) ?(?:mois|months)", look(text).strip(), re.I)
    ) is not None:
        length = -(-int(months["n"]) // 3)
    if length is None or length < 1 or place.key == "quarter":
        return None
    last = Quarter(first, 1).later(length - 1)
    letter = "Q" if re.search("month|year|quarter", text) else "T"
    end = "" if last.year == first else f"{last.year}-"
    span = place.names.named(f"{first}-{letter}1..{end}{letter}{last.number}")
    return Instead(msg("that is how long; say from when to when, as in {text}", text=span))


#: The whole of the plan; from a time on.
ALWAYS = (
    "en continu|continu|permanent|récurrent|annuel|annuellement|tous les ans|chaque année|par an"
    "|toute la (?:durée|période)|pluriannuel|ongoing|continuous|yearly|annual|each year|every year"
)


def year_counted(text: str, years: Years | None) -> int | None:
    """``N``, ``N+1``, ``année 2``: counted from the first year of the plan."""
    match = re.fullmatch(
        r"n(?: ?\+ ?(?P<later>[0-9]))?|(?:année|year|an) ?(?P<nth>[1-9])", text, re.I
    )
    if match is None or years is None:
        return None
    year = years.first + (int(match["nth"]) - 1 if match["nth"] else int(match["later"] or 0))
    return year if year in years else None


def year_meant(key: str) -> str | None:
    """The year that a key is meant to be: ``année 2026``, ``'26``."""
    said = spoken_time(key) or _short_year(key)
    return said.years if said is not None and said.of_years and ".." not in said.years else None


def span_meant(key: str) -> str | None:
    """The span of years that a key is meant to be: ``2026-2028``, ``cumul 2026 à 28``.

    Two years in a row may be one that is not of the calendar: of those, both stand there in full.
    """
    match = re.fullmatch(_SPAN_OF_YEARS, look(key).strip(), re.IGNORECASE)
    if match is None:
        return None
    first, rest = int(match["first"]), match["last"]
    last = int(rest if len(rest) == 4 else match["first"][:2] + rest)
    return f"{first}..{last}" if first + (len(rest) == 2) < last else None


_SPAN_OF_YEARS = (
    r"(?:[^\W\d]+\.? ){0,3}(?P<first>(?:19|20)[0-9]{2})"
    r" ?(?:\.\.+|[-–—/]|à|au|et|to|and|until|through) ?(?P<last>(?:19|20)?[0-9]{2})"
)


def period_meant(key: str, years: FiscalYears) -> str | None:
    """The year or quarter that a key of a line is meant to be: ``avril 2026``."""
    said = spoken_time(key, years) or _short_year(key)
    if said is None:
        return None
    if said.of_calendar:
        return None if said.quarter is None else years.named(said.quarter)
    return said.years if said.of_years and ".." not in said.years else said.quarter


def _short_years(place: Place, text: str) -> SpokenTime | None:
    """``2025-29``, ``25..29``: of two that follow each other, these dots alone make no name."""
    match = re.fullmatch(_TWO_YEARS, look(text).strip(), re.IGNORECASE)
    if match is None or place.key not in ("years", "quarters", "spans"):
        return None
    first, last = int(f"20{match['first'][-2:]}"), int(f"20{match['last']}")
    is_name = last == first + 1 and "." not in match["to"]
    return None if is_name else spoken_time(f"{first}..{last}", place.names)


_TWO_YEARS = r"(?:20|')?(?P<first>[0-9]{2}) ?(?P<to>\.\.+|[-–/]|à|to|bis) ?'?(?P<last>[0-9]{2})"
#: Words before the day on which something was voted.
_VOTED = (
    r"(?:cm|conseil(?: municipal)?|délib\w*\.?|séance|votée?|adoptée?|approuvée?|council|resolution"
    r"|adopted|approved|ratsbeschluss|sitzung)(?: (?:n[°o] ?\S+|du|le|of|on|vom|am))*"
)


def _of_a_vote(text: str) -> SpokenTime | None:
    """``CM du 28 mars 2025``."""
    match = re.fullmatch(rf"{_VOTED} (?P<day>[0-9].+)", look(text).strip(), re.IGNORECASE)
    return None if match is None else spoken_time(match["day"])


def _short_year(text: str) -> SpokenTime | None:
    """``26``, ``2026 (prévu)``."""
    text = look(text).strip()
    if re.fullmatch("[0-9]{2}", text):
        return spoken_time(f"20{text}")
    match = re.fullmatch(
        r"(?:(?:bp|bs|dm|ca|cfu|cp|ap|ppi|pluriannuel|budget|crédits?|fy|prévus?|prévision(?:nel)?s?"
        r"|réalisés?|mandatés?|engagés?|votés?|proposés?|actuals?|forecast|budgeted|planned|proposed"
        r"|adopted) ?)?((?:19|20)[0-9]{2})"
        r"(?:[.,]0+| ?[?*~]| ?\((?!.*(?:€|eur|\b[kM]\b|h\.?t|t\.?t\.?c))[^0-9()]*\))?",
        text,
        re.IGNORECASE,
    )
    return spoken_time(match[1]) if match else None


def _is_read(said: SpokenTime) -> bool:
    try:
        parse_spans(tuple(said.quarters.strip("[]").split(", ")))
    except NotationError:
        return False
    return True


def _quarters(place: Place, said: SpokenTime) -> Instead:
    text = _named(place, said.quarters)
    written = place.tree.value(place.path[:-1] if isinstance(place.path[-1], int) else place.path)
    if place.key == "spans" and said.assumed and isinstance(written, str):
        own = place.tree.existing(place.path)[-1]
        if own != "spans":
            text = in_braces({"spans": text, "basis": "assumed"})
        else:
            return place.instead(text, {"basis": "assumed"})
    return Instead(msg("write {text}", text=text), said.quarters)


def _named(place: Place, text: str) -> str:
    """A time as it is to be typed: with what years are called."""
    return place.names.named(text)


def _quarter(place: Place, said: SpokenTime) -> Instead:
    """Where one quarter is expected."""
    if (of_funding := _of_funding(place, said)) is not None:
        return of_funding
    if said.quarter is not None:
        text = _named(place, said.quarter)
        is_guess = said.assumed and "basis" in place.keys
        return place.instead(text, {"basis": "assumed"} if is_guess else {})
    if said.of_years and "year" in place.keys:
        return _years(place, said)
    if "quarters" not in place.keys:
        return place.instead(said.first_quarter)
    return _of_several(place, "quarters", said.quarters, ("in_all",))


def _year(place: Place, said: SpokenTime) -> Instead:
    """Where one year is expected."""
    first, last = said.first_year, said.last_year
    if (of_funding := _of_funding(place, said)) is not None:
        return of_funding
    has_quarter = place.key == "year" and "quarter" in place.keys
    if not said.of_years and said.quarter is not None and has_quarter:
        return place.instead(said.quarter, key="quarter")
    if "years" in place.keys and place.key == "year":
        if not said.of_years:
            return _of_several(place, "quarters", said.quarters, ("in_all",))
        if first != last:
            return _years(place, said)
    if first == last:
        return place.instead(str(first))
    if place.key == "year":
        return Instead(msg("write a line for each year: the first with {year}", year=str(first)))
    return place.instead(str(last if place.key == "until" else first))


def _of_funding(place: Place, said: SpokenTime) -> Instead | None:
    """Several years or quarters, where funding comes in one: a line has them as its keys."""
    amount = place.beside.get("amount")
    if "from" not in place.keys or place.key not in ("year", "quarter") or amount is None:
        return None
    when = said.years if said.of_years else said.quarters
    help = parts_of_funding(place, amount, when, ("amount", place.key))
    return None if help is None else Instead(help, at_key=True)


def _years(place: Place, said: SpokenTime) -> Instead:
    """Where years are expected, or are what is meant."""
    if said.first_year == said.last_year and "year" in place.keys and place.key != "years":
        return place.instead(said.years, key="" if place.key == "year" else "year")
    if not said.of_years and "quarters" in place.keys:
        return _of_several(place, "quarters", said.quarters, ("in_all",))
    if place.key == "years":
        return place.instead(said.years)
    return several_years(place, said.years)


def several_years(place: Place, when: str) -> Instead:
    """A cost of several years, each of which has its amount, or a part of it."""
    return _of_several(place, "years", when, ("each_year", "in_all"))


def _of_several(place: Place, key: str, when: str, amounts: tuple[str, ...]) -> Instead:
    """A cost of several years or quarters, which says how its amount is meant."""
    amount, time = place.beside.get("amount"), f"{key}: {when}"
    if not isinstance(amount, str):
        return place.instead(when, key=key)
    said = spoken_amount(amount)
    amount = amount if said is None or said.amount is None else said.amount
    years = place.span_of(when) if key == "years" else None
    if said is not None and years is not None:
        each = each_of(said, len(years.each()))
        if each is not None:
            help = msg(
                "write {text}, and {whole} in place of amount",
                text=time,
                whole=f"each_year: {quoted(each)}",
            )
            return Instead(help, at_key=True)
    texts = [f"{key}: {quoted(amount)}" for key in amounts]
    if len(texts) == 1:
        help = msg("write {text}, and {whole} in place of amount", text=time, whole=texts[0])
        return Instead(help, at_key=True)
    each, whole = texts
    return Instead(
        msg(
            "write {text}, and in place of amount {each} if that is paid in each year, {whole} if"
            " that is the whole",
            text=time,
            each=each,
            whole=whole,
        ),
        at_key=True,
    )
