"""A sum by its parts: ``300 k€ dont 90 k€ en 2025``, ``avance 30 %, solde 2026``, ``20/50/30``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import TypeAlias

from ppi_cli.source.instead.by_year import by_period
from ppi_cli.source.instead.known_sums import grant_beside, known_cost
from ppi_cli.source.instead.place import Place, quoted
from ppi_cli.values.characters import look
from ppi_cli.values.message import Message, NotationError, msg
from ppi_cli.values.money import Money, parse_rate, typed
from ppi_cli.values.quarters import Years
from ppi_cli.values.spoken_money import spoken_amount
from ppi_cli.values.spoken_times import spoken_time
from ppi_cli.values.written_money import in_one_unit, read_amount

#: How much is of each year; of no year, what is left of the sum. What nobody says is ``None``.
Parts: TypeAlias = Mapping[int | None, Money | None]

_YEAR = "(?:19|20)[0-9]{2}"
_AMOUNT = r"[0-9][0-9 .,]*(?:[kM] ?[€$£]?|[€$£]|euros)?"
_REST = r"soldes?|restes?|restant|reliquat|balance|rest|remainder"
_WHAT = rf"(?P<what>[0-9][0-9.,]* ?%|{_AMOUNT}|{_REST})"
_IN_ITS_YEAR = re.compile(
    rf"{_WHAT} ?(?:(?:versée?|payée?|paid|due) )?(?:(?:en|in|pour|for|à|au|on|:|=) ?|\()?"
    rf"(?P<year>{_YEAR})\)?",
    re.IGNORECASE,
)
_ITS_YEAR_BEFORE = re.compile(
    rf"(?:(?:en|in) )?(?P<year>{_YEAR}) ?[:=(] ?{_WHAT}\)?", re.IGNORECASE
)
#: What stands before the parts: the sum of which they are.
_WHOLE = re.compile(
    rf"(?P<whole>{_AMOUNT}) ?(?:[(,:;]? ?(?:dont|soit|réparti\w*|versée?s?(?: en [0-9] fois)?"
    rf"|of which|split|i\.e\.)(?!\w) ?:?|[;,:(] ?(?=[0-9.,]+ ?%)|[(:] ?(?!{_YEAR}\)))",
    re.IGNORECASE,
)
#: Words between the parts that say no more than they do.
_BETWEEN = (
    r"(?: |,|;|\+|/|[().]|\b(?:et|and|puis|then|dont|une?|an?|le|la|les|the|de|du|d|of|à hauteur"
    r"|avances?|acomptes?|versements?|tranches?|[0-9](?:er|re|e|ème|nd|st)|premier|second|advances?|deposits?"
    r"|instal?ments?|payments?|paiements?)\b'?)*"
)


def parts_by_year(text: str, stated: Money | None = None, own: int | None = None) -> Parts | None:
    """What a text says of the parts of a sum, by their years, if it says no more than that.

    ``stated`` is the sum where it stands beside; ``own`` is the year of what is left.
    """
    said = look(text).strip()
    whole, found = _WHOLE.match(said), _IN_ITS_YEAR
    rest_of_text = said[whole.end() :] if whole else said
    if not found.search(rest_of_text):
        found = _ITS_YEAR_BEFORE
    texts = [(int(each["year"]), each["what"].strip()) for each in found.finditer(rest_of_text)]
    if not texts or len(texts) > len({year for year, _ in texts}):
        return None
    if re.fullmatch(_BETWEEN, found.sub("", rest_of_text), re.IGNORECASE) is None:
        return None
    sum_said = read_amount(whole["whole"].strip()) if whole else stated
    if whole is None and stated is None and len(texts) < 2:
        return None
    if whole is not None and sum_said is None:
        return None
    return _worked_out(dict(texts), sum_said, own)


def _worked_out(texts: Mapping[int, str], whole: Money | None, own: int | None) -> Parts | None:
    """The parts as amounts, those without a unit in that of the others; what is left is last."""
    stated = {year: text for year, text in texts.items() if re.fullmatch(_AMOUNT, text)}
    sums = [*stated.values(), *([] if whole is None else [typed(whole)])]
    read = in_one_unit(sums)
    if read is None:
        return None
    known = dict(zip(stated, read, strict=False))
    parts: dict[int | None, Money | None] = {}
    for year, text in texts.items():
        is_part = "%" in text and whole is not None
        parts[year] = _part(text, whole) if is_part and whole is not None else known.get(year)
    if whole is not None:
        whole = read[-1]
    open_years = [year for year, amount in parts.items() if amount is None]
    if whole is None or len(open_years) > 1:
        return parts
    if {each.unit for each in parts.values() if each} - {whole.unit}:
        return parts if not open_years else None
    left = whole.cents - sum(each.cents for each in parts.values() if each is not None)
    if left < 0 or (open_years and not left):
        return None
    if left:
        at = open_years[0] if open_years else None if own in parts else own
        parts[at] = Money(left, whole.unit)
    return parts


def _part(text: str, whole: Money) -> Money | None:
    try:
        part = parse_rate(text).of(whole)
    except NotationError:
        return None
    return Money(part.cents, whole.unit)


def in_years_of_funding(place: Place, text: str) -> str | None:
    """An amount of funding by its parts, as the keys of its line."""
    if "funding" not in place.path:
        return None
    when = str(place.beside.get("year") or "")
    if place.is_alone:
        when = str(place.tree.existing(place.path)[-1])
    plain = place.names.plain(when)
    own = int(plain) if re.fullmatch(_YEAR, plain) else None
    parts = parts_by_year(text, own=own)
    return None if parts is None else as_keys(place, parts)


def as_keys(place: Place, parts: Parts) -> str:
    """The parts of a sum as the keys of a line, those of the years in order."""
    years = sorted(parts, key=lambda year: (year is None, year))
    return by_period(place, {year: _typed(parts[year]) for year in years})


def _typed(amount: Money | None) -> str:
    return "…" if amount is None else quoted(typed(amount))


# --- a key that says the parts ---

_SCHEDULE = re.compile(
    r"(?:éch[ée]ancier|echeancier|calendrier|répartition|repartition|ventilation|phasage"
    r"|étalement|versement|paiement|modalité|(?:payment )?schedule|phasing|split|spread"
    r"|disbursement|payment)s?\b.*",
    re.IGNORECASE,
)
_INSTALMENT = re.compile("(?:acompte|avance|advance|deposit|down payment)s?", re.IGNORECASE)
_MOST_YEARS = 10
_PARTS_ALONE = r"[0-9]+(?:[.,][0-9]+)?(?: ?%)?(?: ?[/–-] ?[0-9]+(?:[.,][0-9]+)?(?: ?%)?)+"


def schedule_as_key(place: Place, value: object) -> Message | None:
    """``échéancier: 100 k€ en 2026 et 200 k€ en 2027``, ``répartition: 20/50/30`` in a line."""
    key = look(str(place.path[-1])).strip()
    is_part = "from" in place.keys and _INSTALMENT.fullmatch(key) is not None
    if _SCHEDULE.fullmatch(key) is None and not is_part:
        return None
    if "running_costs" in place.keys:
        return _of_a_project(place, value)
    if "before" not in place.keys:
        return None
    if place.is_torn:
        return msg("put quotes around the whole value")
    names = ("amount", "in_all", "share", "each_year", "years", "year", "quarter")
    gone = [str(place.path[-1]), *(name for name in names if name in place.beside)]
    stated = grant_beside(place) if "from" in place.keys else _whole_beside(place)
    parts = _parts(place, value, stated, place.span_of(place.beside.get("years")))
    if parts is not None:
        return msg("in place of {keys}, write {text}", keys=gone, text=as_keys(place, parts))
    if is_part or not _says_more(place, value):
        return None
    blank = as_keys(place, dict.fromkeys(_plan(place)))
    return msg("in place of {keys}, write how much is of each year: {text}", keys=gone, text=blank)


def _says_more(place: Place, value: object) -> bool:
    """Whether a text is more than an amount, or a time."""
    if not isinstance(value, str):
        return isinstance(value, dict)
    if spoken_time(value, place.names) is not None:
        return False
    said = spoken_amount(value)
    return said is None or said.share is not None


def _plan(place: Place) -> list[int]:
    return [*(place.years or Years(2026, 2028)).each()][:_MOST_YEARS]


def _of_a_project(place: Place, value: object) -> Message | None:
    """The same beside the costs of a project, which say it."""
    costs = place.beside.get("costs")
    lines = [costs] if isinstance(costs, dict) else costs if isinstance(costs, list) else []
    known = [known_cost(each) for each in lines if isinstance(each, dict)]
    whole = known[0] if len(known) == 1 else None
    parts = _parts(place, value, whole, None)
    if parts is None and _says_more(place, value):
        parts = dict.fromkeys(_plan(place))
    if parts is None:
        return None
    text = f"costs: {{{as_keys(place, parts)}}}"
    return msg("delete it: costs say in which years they are paid, as in {text}", text=text)


def _whole_beside(place: Place) -> Money | None:
    stated = place.beside.get("in_all") or place.beside.get("amount")
    return read_amount(stated) if isinstance(stated, str) else None


def _parts(place: Place, value: object, stated: Money | None, span: Years | None) -> Parts | None:
    """The parts that a text says; in ``20/50/30``, of the years that are said, or of the plan."""
    if isinstance(value, dict):
        plain = {place.names.plain(str(year)): str(text or "") for year, text in value.items()}
        if not all(re.fullmatch(_YEAR, year) for year in plain):
            return None
        return _worked_out({int(year): text for year, text in plain.items()}, stated, None)
    if not isinstance(value, str):
        return None
    said = look(value).strip()
    if re.fullmatch(_PARTS_ALONE, said) is None:
        return parts_by_year(said, stated)
    shares = [each.replace(",", ".") for each in re.findall("[0-9]+(?:[.,][0-9]+)?", said)]
    years = [*span.each()] if span is not None else _plan(place)
    if sum(map(Fraction, shares)) != 100 or len(years) != len(shares):
        return None
    return {
        year: None if stated is None else _part(f"{share} %", stated)
        for year, share in zip(years, shares, strict=True)
    }


def one_after_another(place: Place, text: str) -> str | None:
    """``100/50/30 k€``: as the amounts of the plan's years, where there are as many."""
    match = re.fullmatch(
        r"(?P<all>[0-9.,]+(?: ?/ ?[0-9.,]+){2,9}) ?(?P<unit>[kM] ?[€$£]?|[€$£])", look(text).strip()
    )
    if match is None:
        return None
    amounts = [read_amount(f"{each} {match['unit']}") for each in re.split(" ?/ ?", match["all"])]
    known = [quoted(typed(each)) for each in amounts if each is not None]
    if len(known) < len(amounts):
        return None
    years = [] if place.years is None else [*place.years.each()]
    names = [place.names.named(str(year)) for year in years]
    names = names if len(names) == len(known) else ["…"] * len(known)
    return ", ".join(f"{name}: {each}" for name, each in zip(names, known, strict=True))
