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
from ppi_cli.source.instead.said_of_sums import (
    is_more_than_a_status,
    lent_help,
    prudent,
    refused_help,
    standing,
    status_said,
    where_it_stands,
    without_what_is_lent,
)
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
from ppi_cli.values.spoken_payers import is_own_share, is_own_source, is_to_be_repaid
from ppi_cli.values.spoken_rates import as_rate, part_of, spoken_fraction
from ppi_cli.values.spoken_standing import is_refused, spoken_standing

#: What is between two who pay, and their amounts; a cap is of the one before it.
_BETWEEN = re.compile(
    r" ?(?:[;+]|(?<= )[-–] (?=[^\W\d])|(?<![0-9])/|/(?![0-9])|, |\bet\b|\band\b|\bpuis\b) ?"
    r"(?!(?:aide |grant )?(?:plafon|max|limit|au plus|cap|up to"
    r"|höchst|bis zu|whichever|soit\b|i\.e\.))",
    re.IGNORECASE,
)


#: The year of a grant is said before its sum: ``DETR 2026 (30 %)``.
_ONE_SUM = r"[€$£]? ?[0-9][0-9 .,]*(?:%|[kM]? ?[€$£])?"
_OF_A_YEAR = rf"(?P<name>[^0-9]+) (?P<year>(?:19|20)[0-9]{{2}}) ?[:(–-] ?(?P<sum>{_ONE_SUM})\)?"
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
    parts = _parts(text)
    own = [part for part in parts if _is_own(place, part, is_alone=len(parts) == 1)]
    refused = [part for part in parts if is_refused(part)]
    lent = [part for part in parts if is_to_be_repaid(part) and part not in (*own, *refused)]
    if lent and len(lent) == len(parts):
        return Instead(lent_help())
    others = [part for part in parts if part not in (*own, *refused, *lent)]
    is_loan = is_own_source(text) and not any(_names_a_payer(place, part) for part in others)
    if own and (is_loan or not (others or refused)):
        return Instead(own_share_help())
    if not others or (len(others) == 1 and refused_help(others[0]) is not None):
        help = refused_help((others or refused)[0])
        return None if help is None else Instead(help)
    if len(others) == len(parts):
        return _grants_instead(place, text)
    found = _grants_instead(place, ", ".join(others))
    if found is None:
        return None
    help = without_what_is_lent(found.help, lent) if lent else found.help
    return Instead(_without(help, own, refused))


def of_a_year_instead(place: Place, text: str) -> Instead | None:
    """``DETR 2026 : 120 000 €`` as the amount of a grant that comes in that year."""
    match = re.fullmatch(_OF_A_YEAR, look(text).strip()) if "funding" in place.path else None
    said = None if match is None else spoken_amount(match["sum"])
    if match is None or said is None or said.amount is None or place.is_alone:
        return None
    if str(place.beside.get("year") or match["year"]) != match["year"]:
        return None
    source = f"{match['name']} {match['year']}"
    more = {"year": match["year"], "source": quoted(source)}
    return place.instead(said.amount, {k: v for k, v in more.items() if k not in place.beside})


def _parts(text: str) -> list[str]:
    """What is said of each who pays; how that stands is said of the one before."""
    parts = list[str]()
    for part in _BETWEEN.split(look(text)):
        if parts and not re.search("[0-9]", part) and spoken_standing(part) is not None:
            parts[-1] += f", {part}"
        else:
            parts.append(part)
    return parts


def _is_own(place: Place, text: str, *, is_alone: bool) -> bool:
    """Whether the town itself pays a part, with its own money or with what it borrows.

    What is left to pay, ``solde``, is of a grant where one is named.
    """
    is_of_grant = not is_alone and re.search(_INSTALMENTS, text, re.IGNORECASE) is not None
    if is_of_grant or _known_in(place, text) is not None:
        return False
    return is_own_share(text, among_others=True) or is_own_source(text)


def _names_a_payer(place: Place, text: str) -> bool:
    return _known_in(place, text) is not None or _undeclared(place, f"{text} ") is not None


def _without(help: Message, own: Sequence[str], refused: Sequence[str]) -> Message:
    """What to type for what others pay, with what is left out of it."""
    if own:
        help = msg(
            "{help}; what the town pays itself is what others leave of the costs: leave out"
            " {parts}",
            help=help,
            parts=[f"“{part.strip()}”" for part in own],
        )
    if refused:
        help = msg(
            "{help}; what is refused is not paid: leave out {parts}",
            help=help,
            parts=[f"“{part.strip()}”" for part in refused],
        )
    return help


def _grants_instead(place: Place, text: str) -> Instead | None:
    """The same of what others pay, and have not refused."""
    if (of_year := re.fullmatch(_OF_A_YEAR, look(text))) is not None:
        text = f"{of_year['name']} {of_year['sum']} en {of_year['year']}"
    of_one = re.fullmatch(_FRACTION_OF_ONE, look(text).strip())
    if of_one is not None and half_each(text) is None:
        return _fraction(place, *of_one.groups())
    if (by_one := re.fullmatch(_A_FRACTION, look(text).strip())) is not None:
        return _fraction(place, by_one["part"], by_one["payer"])
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
    parts = _parts(text)
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


#: A part, and who pays it: ``2/3 provincial``.
_FRACTION_OF_ONE = r"([1-9][0-9]? ?/ ?[1-9][0-9]?) ([^\W\d]+)"
#: Who pays, and a part: ``DETR 33⅓ %``, ``DETR : 1/3``.
_A_FRACTION = (
    r"(?P<payer>(?:[^\W\d][^0-9½⅓⅔¼¾%€$£,;+/]*?)?)[ :]*"
    r"(?P<part>[1-9][0-9]?(?: ?[½⅓⅔¼¾]| [1-9] ?[/⁄] ?[2-9]) ?%|[1-9] ?/ ?[2-9])"
)


def _fraction(place: Place, said: str, payer: str) -> Instead | None:
    if (part := spoken_fraction(said)) is None:
        return None
    rate = as_rate(part)
    line = in_braces({"from": _funder_named(place, f"{payer} "), "share": quoted(rate)})
    help = _lines([line], is_item=isinstance(place.path[-1], int))
    help = _declared(help, [*filter(None, [_undeclared(place, f"{payer} ")])])
    if parse_rate(rate).thousandths == part * 100_000:
        return Instead(help)
    return Instead(
        msg(
            "{help}; a rate has at most three decimals, so that is not quite {part}",
            help=help,
            part=str(part),
        )
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
    words = re.sub(r"^.*[0-9%€$£kM] ?(?:(?:HT|TTC)\b)?[ ,;(–-]*", "", look(text).strip(" .)"))
    said_of_it = said.besides or said.source
    stands = standing(place, said_of_it) or standing(place, words) or _said_before(place, text)
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
    source = said.source if status_said(place, said.source) else where_it_stands(said)
    if source is not None and is_more_than_a_status(place, source):
        more["source"] = quoted(source)
    return {**when, "amount": quoted(said.amount), **more}


def _how_much(text: str) -> Spoken | None:
    """What is said from the first number on."""
    said_of_it = re.sub(r"^[^0-9%€$£]*[0-9]+ (?=contribution\b)", "", look(text))
    match = re.search("(?P<unit>[kKM] ?[€$£] ?|EUR ?)?(?P<amount>[$£]? ?[0-9].*)", said_of_it)
    if match is None or match["unit"]:  # a unit before its number is read nowhere
        return None
    said = spoken_amount(match["amount"].strip())
    if said is not None and re.fullmatch("(?:19|20)[0-9]{2}", said.amount or ""):
        return None
    is_guess = ends_as_a_guess(said_of_it[: match.start()])
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
    if (id := _known_in(place, text)) is not None:
        return id
    if (name := _undeclared(place, text)) is not None:
        return id_of(name)
    names_another = any(
        re.fullmatch(_NOBODY, word) is None and status_said(place, word) is None
        for word in re.findall(r"[^\W\d]{3,}", look(text).lower())
    )
    known = _known(place)
    return "…" if names_another or len(known) != 1 else str(known[0].get("id"))


def _known_in(place: Place, text: str) -> str | None:
    """The id of the first funder of the plan whose id or title stands in a text."""
    words = look(text).lower()
    for each in _known(place):
        names = [str(each.get(key) or "").lower() for key in ("id", "title")]
        if any(name and re.search(rf"\b{re.escape(name)}\b", words) for name in names):
            return str(each.get("id"))
    return None


def _undeclared(place: Place, text: str) -> str | None:
    """The name that a text begins with, if it looks like one and no funder has it."""
    match = re.match(
        rf"(?:{_A_GRANT_OF})?(?:[Ll]a |[Ll]e |[Ll]'|[Ff]onds )?"
        r"([A-ZÉ][^\W\d]{2,}(?: [A-ZÉ][^\W\d]+){0,4})[ :(]",
        look(text),
    )
    if match is None or not _may_pay(match[1]) or re.match("Environ|About|Subvention", match[1]):
        return None
    return match[1] if _known_in(place, text) is None else None


#: Words before the name of who pays.
_A_GRANT_OF = (
    r"(?:[Ss]ubvention|[Aa]ide|[Ss]ubside|[Gg]rant|Förderung|Zuwendung|Zuschuss) "
    r"(?:de la |de l'|du |des? |from |by |vom |des |der )?"
)


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
    if isinstance(value, str) and is_to_be_repaid(value):
        return {**funder, "amount": "…"}
    said = spoken_amount(value) if isinstance(value, str) else None
    if said is None and isinstance(value, str) and (part := spoken_fraction(value)) is not None:
        rate = as_rate(part)
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
    if re.search("[0-9]", word) or is_own_share(word, among_others=True) or len(plain) < 3:
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
    around = _around(place)
    refused = [name for name in lines if is_refused(str(around.get(name)))]
    lines = {name: line for name, line in lines.items() if name not in refused}
    if not lines:
        return refused_help("refused")
    key = next(iter(lines))
    if len(lines) > 1:
        is_item = isinstance(place.tree.existing(place.path[:-1])[-1], int)
        help = _lines([*lines.values()], is_item=is_item)
    else:
        first, _, others = lines[key][1:-1].partition(", ")
        help = msg("write {text}, and beside it {others}", text=first, others=others)
    if any("…: …" in line or re.search("[0-9]{4}: …", line) for line in lines.values()):
        help = msg("{help}, with how much comes in each year", help=help)
    values = (v for k, v in around.items() if k in lines and isinstance(v, str))
    said = [each for each in map(spoken_amount, values) if each is not None]
    help = _completed(place, help, said)
    payers = {name: look(name).strip() for name in lines if not _is_known(place, name)}
    return _without(_declared(help, [*payers.values()]), [], refused)


def _is_known(place: Place, name: str) -> bool:
    word = look(name).strip().lower()
    return any(
        word in (str(f.get("id")).lower(), str(f.get("title")).lower()) for f in _known(place)
    )


def is_own_key(place: Place, key: str) -> bool:
    """Whether a key is the town itself as who pays, in a line of funding or beside one."""
    if "funding" in place.keys:
        return is_own_share(key)
    return (
        "from" in place.keys and not _is_known(place, key) and is_own_share(key, among_others=True)
    )


def is_told_by_a_funder(place: Place) -> bool:
    """Whether the first of the keys that are who pays tells what is wrong at this one, too."""
    lines = funders_as_keys(place)
    if place.path[-1] == "from":
        return bool(lines) or any(is_own_key(place, key) for key in _around(place))
    return place.path[-1] in [*lines][1:]
