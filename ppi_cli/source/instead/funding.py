"""What to type where funding is written as one says it: ``DETR 40 % + Région 20 %``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ppi_cli.source.instead.by_year import each_year_of_funding
from ppi_cli.source.instead.conditional import is_conditional
from ppi_cli.source.instead.costs import amount_over_a_time
from ppi_cli.source.instead.no_sum import is_in_both
from ppi_cli.source.instead.place import Instead, Place, id_of, in_braces, in_brackets, quoted
from ppi_cli.source.instead.said_of_shares import beside_a_share, not_read, or_at_most, to_be_filled
from ppi_cli.source.instead.said_of_sums import prudent, standing, status_said, where_it_stands
from ppi_cli.source.instead.schedule import in_years_of_funding, one_after_another
from ppi_cli.source.instead.several_sums import several_help
from ppi_cli.source.instead.shares import half_each
from ppi_cli.source.keys import FRENCH_KEYS, KEYS_BY_PLACE
from ppi_cli.values.characters import look
from ppi_cli.values.message import Message, msg
from ppi_cli.values.money import parse_rate, typed
from ppi_cli.values.spoken_money import (
    Spoken,
    ends_as_a_guess,
    has_fraction,
    is_not_stated,
    spoken_amount,
)
from ppi_cli.values.spoken_payers import is_own_share, is_own_source
from ppi_cli.values.spoken_rates import part_of, spoken_fraction, spoken_rate

#: What is between two who pay, and their amounts; a cap is of the one before it.
_BETWEEN = re.compile(
    r" ?(?:[;+/]|, |\bet\b|\band\b|\bpuis\b) ?"
    r"(?!(?:aide |grant )?(?:plafon|max|limit|au plus|cap))",
    re.IGNORECASE,
)


#: Words for a part of a grant.
_INSTALMENTS = r"\b(?:acomptes?|avances?|versements?|soldes?|instal?ments?|advances?|balance)\b"
#: Words that name nobody who pays.
_NOBODY = (
    r"environ|env|about|approx\w*|subventions?|aides?|grants?|funding|coûts?|costs?|dépenses?|des|les"
    r"|une?|pour|sur|the|for|hors|taxes?|ttc|euros?|millions?|mille|par|ans?|année\w*|year\w*|per|dont"
    r"|est|sont|soit|plafonn\w*|max\w*|capped|limit\w*|dossiers?|éligibles?|eligible|montants?|travaux"
    r"|total\w*|projets?|project\w*|up|at|most|estim\w*|en|cours|le|à|a|de|du|la|ht|attente|instruction"
)


def grants_instead(place: Place, text: str) -> Instead | None:
    """``DETR 40 % sollicitée``, ``DETR 12 k€ + Région 20 %``: a line for each who pays."""
    if is_own_share(text) or is_own_source(text):
        return Instead(own_share_help())
    if (part := part_of(look(text).strip())) is not None:
        exactly = None if part.is_exact else part.of_a_sum
        text = part.text if exactly is None else typed(exactly)
    elif has_fraction(text):
        return None
    amounts = re.search("[0-9].*", look(text))
    if amounts is not None and is_in_both(amounts[0]):
        return Instead(several_help())
    if amounts is not None and (rate := half_each(amounts[0])) is not None:
        line = in_braces({"from": _funder_named(place, text[: amounts.start()]), "share": rate})
        return Instead(_lines([line], is_item=isinstance(place.path[-1], int)))
    if amounts is not None and (periods := in_years_of_funding(place, amounts[0])) is not None:
        grant = f"{{from: {_funder_named(place, text)}, {periods}}}"
        help = _lines([grant], is_item=isinstance(place.path[-1], int))
        return Instead(_declared(help, [*filter(None, [_undeclared(place, text)])]))
    if amounts is not None and (periods := one_after_another(place, amounts[0])) is not None:
        grant = f"{{from: {_funder_named(place, text)}, {periods}}}"
        help = _lines([grant], is_item=isinstance(place.path[-1], int))
        return Instead(msg("{help} if these are of one year after another", help=help))
    is_over_a_time = amounts is not None and amount_over_a_time(amounts[0]) is not None
    says_all = amounts is not None and spoken_amount(amounts[0]) is not None
    if (is_over_a_time and not says_all) or re.search(_INSTALMENTS, look(text), re.IGNORECASE):
        years = {"from": _funder_named(place, text), "…": "…"}
        help = msg(
            "write how much of the grant comes in each year: {text}",
            text=in_brackets([in_braces(years)]),
        )
        return Instead(help)
    parts = [part for part in _BETWEEN.split(look(text)) if not is_own_share(part)]
    whole = _how_much(text)
    is_between = whole is not None and bool(whole.least or whole.most)
    if is_between or not parts or any(_how_much(part) is None for part in parts):
        parts = [text]
    grants = [each for each in (_grant(part, place) for part in parts) if each is not None]
    if len(grants) < len(parts):
        return None
    help = _lines(grants, is_item=isinstance(place.path[-1], int))
    help = _completed(place, help, [said for said in map(_how_much, parts) if said is not None])
    return Instead(
        _declared(help, [each for each in (_undeclared(place, p) for p in parts) if each])
    )


def _completed(place: Place, help: Message, said: Sequence[Spoken]) -> Message:
    """What to type for lines of which a part is to be filled in, or may be read in two ways."""
    for key in sorted({key for each in said if (key := not_read(place, each)) is not None}):
        help = to_be_filled(place, help, key)
    capped = [each for each in said if each.capped]
    return or_at_most(help, capped[0] if len(said) == 1 else None) if capped else help


def own_share_help() -> Message:
    """What to do with a line of what the town pays itself."""
    return msg(
        "delete it: what the town pays itself is what others leave of the costs; with"
        " funding_complete alone it is listed too, as one of the funders"
    )


def _lines(grants: list[str], *, is_item: bool) -> Message:
    if not is_item:
        return msg("write {text}", text=in_brackets(grants))
    if len(grants) == 1:
        return msg("write {text}", text=grants[0])
    return msg("write a line for each: {lines}", lines=grants)


def _grant(text: str, place: Place) -> str | None:
    """Who pays, how much, and how that stands."""
    said = _how_much(text)
    if said is None:
        return None
    funder = _funder_named(place, text)
    words = re.sub(r"^.*[0-9%€$£kM] ?", "", look(text).strip(" .)"))
    stands = standing(place, words) or _said_before(place, text)
    pairs = {"from": funder, **_amount(place, said), **stands}
    return None if len(pairs) == 1 else in_braces(pairs)


def _said_before(place: Place, text: str) -> dict[str, str]:
    """How a grant stands where that is said before its amount: ``DETR à solliciter (40 %)``."""
    words = re.split("[0-9]", look(text), maxsplit=1)[0].strip(" (:,-").split(" ")[1:]
    found = (standing(place, " ".join(words[n:])) for n in range(len(words)))
    return next((each for each in found if each), {})


def _amount(place: Place, said: Spoken) -> dict[str, str]:
    """A share or an amount; where no year is said, it comes as the costs do."""
    if (key := not_read(place, said)) is not None:
        when = {} if said.year is None else {"year": str(said.year)}
        return (
            {"amount": "…"} if key == "amount" else {"share": said.share or "", "of": "…", **when}
        )
    if said.share is not None:
        return {"share": said.share, **beside_a_share(place, said)}
    said = prudent(place, said)
    if said.amount is None:
        return {}
    if (years := each_year_of_funding(place, said)) is not None:
        return {**years, **({"basis": "assumed"} if said.assumed else {})}
    when = {} if said.year is None else {"year": str(said.year)}
    is_guess = said.assumed or is_conditional(said.source)
    more = {"basis": "assumed"} if is_guess else {}
    source = where_it_stands(said)
    if source is not None and status_said(place, source) is None:
        more["source"] = quoted(source)
    return {**when, "amount": quoted(said.amount), **more}


def _how_much(text: str) -> Spoken | None:
    """What is said from the first number on."""
    match = re.search("(?P<unit>[kKM] ?[€$£] ?|EUR ?)?(?P<amount>[$£]? ?[0-9].*)", look(text))
    if match is None or match["unit"]:  # a unit before its number is read nowhere
        return None
    said = spoken_amount(match["amount"].strip())
    if said is not None and re.fullmatch("(?:19|20)[0-9]{2}", said.amount or ""):
        return None
    is_guess = ends_as_a_guess(look(text)[: match.start()])
    return said if said is None or not is_guess else replace(said, assumed=True)


def _known(place: Place) -> list[Mapping[str, Any]]:
    """The funders that the plan declares."""
    funders = place.tree.root.get("funders")
    if not isinstance(funders, list):
        return []
    named = ({"id": id_of(f), "title": f} if isinstance(f, str) else f for f in funders)
    return [each for each in named if isinstance(each, dict)]


def _funder_named(place: Place, text: str) -> str:
    """The id of the funder that a text names; of one that names none, of the only one there is."""
    words = look(text).lower()
    for each in _known(place):
        names = [str(each.get(key) or "").lower() for key in ("id", "title")]
        if any(name and re.search(rf"\b{re.escape(name)}\b", words) for name in names):
            return str(each.get("id"))
    if (name := _undeclared(place, text)) is not None:
        return id_of(name)
    names_another = any(
        re.fullmatch(_NOBODY, word) is None and status_said(place, word) is None
        for word in re.findall(r"[^\W\d]{3,}", words)
    )
    known = _known(place)
    return "…" if names_another or len(known) != 1 else str(known[0].get("id"))


def _undeclared(place: Place, text: str) -> str | None:
    """The name that a text begins with, if it looks like one and no funder has it."""
    match = re.match(
        r"(?:[Ll]a |[Ll]e |[Ll]'|[Ff]onds )?([A-ZÉ][^\W\d]{2,}(?: [A-ZÉ][^\W\d]+)?)[ :(]",
        look(text),
    )
    if match is None or not _may_pay(match[1]) or re.match("Environ|About|Subvention", match[1]):
        return None
    words = look(text).lower()
    names = (str(f.get(key) or "").lower() for f in _known(place) for key in ("id", "title"))
    is_known = any(name and re.search(rf"\b{re.escape(name)}\b", words) for name in names)
    return None if is_known else match[1]


def _declared(help: Message, names: list[str]) -> Message:
    """The same, with the funders that are still to be declared."""
    if not names:
        return help
    funders = [in_braces({"id": id_of(name), "title": quoted(name)}) for name in names]
    section = f"funders: {in_brackets(funders)}"
    return msg("{help}; and declare who pays in {section}", help=help, section=section)


# --- funders as keys ---


#: Of more keys in one line, none is looked at: that takes time.
_MOST_KEYS = 40


def funders_as_keys(place: Place) -> dict[str, str]:
    """``{detr: 40 %, region: 20 k€}`` in funding: by the key, the line that is meant."""
    around = _around(place)
    if "from" not in place.keys or "from" in around or len(around) > _MOST_KEYS:
        return {}
    own = {key: _payer(place, key, value) for key, value in around.items()}
    lines = {key: pairs for key, pairs in own.items() if pairs is not None}
    words = {k: quoted(v) for k, v in around.items() if k in place.keys and _is_text(v)}
    return {
        key: in_braces({**pairs, **{k: v for k, v in words.items() if k not in pairs}})
        for key, pairs in lines.items()
    }


def _around(place: Place) -> Mapping[str, Any]:
    """The keys and values of the line in which a key stands, or is missing."""
    around = place.tree.value(place.path[:-1])
    return around if isinstance(around, dict) else {}


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _payer(place: Place, key: str, value: object) -> dict[str, str] | None:
    """The line of a key that is who pays, by what its value says."""
    word = look(key).strip()
    names = {
        str(f.get(name) or "").lower(): str(f.get("id"))
        for f in _known(place)
        for name in ("title", "id")
    }
    id = names.get(word.lower())
    if id is None and (key in place.keys or not _may_pay(word)):
        return None
    funder = {"from": id or id_of(word)}
    if isinstance(value, dict):
        named = place.tree.notation.named
        own = {named(k): quoted(v) for k, v in value.items() if _is_text(k) and _is_text(v)}
        return {**funder, **own} if len(own) == len(value) else None
    if isinstance(value, str) and (periods := in_years_of_funding(place, value)) is not None:
        years = (each.partition(": ") for each in periods.split(", "))
        return {**funder, **{year: amount for year, _, amount in years}}
    said = spoken_amount(value) if isinstance(value, str) else None
    if said is None and isinstance(value, str) and (part := spoken_fraction(value)) is not None:
        rate = spoken_rate(str(part)) or ""
        is_exact = parse_rate(rate).thousandths == part * 100_000
        return {**funder, "share": quoted(rate), **({} if is_exact else {"source": str(part)})}
    if said is None and id is not None and isinstance(value, str):
        return {**funder, **_left_open(place, value)}
    if said is None or is_not_stated(str(value)):
        return None if id is None or not isinstance(value, str) else {**funder, "amount": value}
    return {**funder, **_amount(place, said), **standing(place, said.source)}


def _left_open(place: Place, text: str) -> dict[str, str]:
    """What is to be filled in of a text that is not read: an amount, or one for each year."""
    first, *others = [*re.findall(r"\b(?:19|20)[0-9]{2}\b", text)] or [""]
    if others and (span := place.span_of(f"{first}..{others[-1]}")) is not None:
        return {place.names.named(str(year)): "…" for year in [*span.each()][:_MOST_YEARS]}
    return {"…": "…"} if first or re.search(_SOME_YEARS, text) else {"amount": "…"}


#: Words for a time over which something comes.
_SOME_YEARS = r"\b(?:ans?|années?|exercices?|years?)\b"
_MOST_YEARS = 10


def _may_pay(word: str) -> bool:
    """Whether a word may be the name of one who pays that is not declared: no key, no time."""
    plain = re.sub("[^a-z]", "", unicodedata.normalize("NFD", look(word).lower()))
    if re.search("[0-9]", word) or is_own_share(word) or len(plain) < 3:
        return False
    if all(re.fullmatch(_NOBODY, each) for each in look(word).lower().split()):
        return False
    known = (*FRENCH_KEYS, *KEYS_BY_PLACE, "tax", "tva", "years", "quarters", "label", "rate")
    return word.lower() not in known and plain not in known and re.match("[A-ZÉ]", word) is not None


def funder_as_key(place: Place) -> Message | None:
    """What to type for keys that are who pays; the first of them tells all of it."""
    lines = funders_as_keys(place)
    key = str(place.path[-1])
    if next(iter(lines), None) != key:
        return None
    if len(lines) > 1:
        is_item = isinstance(place.tree.existing(place.path[:-1])[-1], int)
        help = _lines([*lines.values()], is_item=is_item)
    else:
        first, _, others = lines[key][1:-1].partition(", ")
        help = msg("write {text}, and beside it {others}", text=first, others=others)
    if any("…: …" in line or re.search("[0-9]{4}: …", line) for line in lines.values()):
        help = msg("{help}, with how much comes in each year", help=help)
    values = (v for k, v in _around(place).items() if k in lines and isinstance(v, str))
    said = [each for each in map(spoken_amount, values) if each is not None]
    help = _completed(place, help, said)
    payers = {name: look(name).strip() for name in lines if not _is_known(place, name)}
    return _declared(help, [*payers.values()])


def _is_known(place: Place, name: str) -> bool:
    word = look(name).strip().lower()
    return any(
        word in (str(f.get("id")).lower(), str(f.get("title")).lower()) for f in _known(place)
    )


def is_told_by_a_funder(place: Place) -> bool:
    """Whether the first of the keys that are who pays tells what is wrong at this one, too."""
    lines = funders_as_keys(place)
    if place.path[-1] == "from":
        return bool(lines) or any(map(is_own_share, _around(place)))
    return place.path[-1] in [*lines][1:]
