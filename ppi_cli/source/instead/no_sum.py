"""What to type for what stands in place of an amount and is none: a reference, a length, a part."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction

from ppi_cli.source.instead.place import Instead, Place, in_braces, quoted
from ppi_cli.source.mended import BLANK
from ppi_cli.values.characters import look, shortened
from ppi_cli.values.message import Message, msg
from ppi_cli.values.money import Money, parse_rate, typed
from ppi_cli.values.spoken_money import (
    SO_MANY_MONTHS,
    THE_ONE,
    WITH_A_SIGN,
    is_not_stated,
    is_product,
    spoken_amount,
)
from ppi_cli.values.spoken_payers import is_own_share
from ppi_cli.values.written_money import read_amount

#: Where the amount is to be found, which is not here.
_ELSEWHERE = r"(?:voir|cf|selon|d'après|sur|suivant|see|as per|per)\b[^€$£]*"
#: What is counted already, in another line.
_COUNTED = (
    r"(?:inclus|compris|intégré|comptée?|included|in)e?s?(?: (?:dans|ci-dessus|avec|in|above).*)?"
    r"|incl\.?|y compris"
)
_AGAIN = r"idem|id\.?|ibid\.?|ditto|même montant|le même|same|\"|''|〃"
_QUANTITY = (
    r"[0-9][0-9 .,]*(?:mois|ans?|années?|semaines?|jours?|j|jh|j/h|heures?|h|etp|fte|vzä|ml|km|m²"
    r"|m2|ha|postes?|agents?|unités?|licences?|lots?|pc|nuits|months?|years?|weeks?|days?|hours?|seats?"
    r"|units?|licen[cs]es)\b[^€$£0-9]*"
)
_RATE_OF_TAX = r"(?:tva|t\.v\.a\.?|vat|taxes?)[ :à]*(?P<rate>[0-9]{1,2}(?:[.,][0-9]{1,2})? ?%)"
#: The last part of a grant, or what the town pays itself: ``solde 36 000 €``.
_LAST_PART = (
    r"(?:le |the )?(?:solde|balance|reliquat) ?(?:de |of |:)? ?"
    r"(?P<sum>[€$£]? ?[0-9][0-9 .,]*[kM]? ?[€$£]?)"
)
_PART = (
    r"(?P<whole>[0-9][^()]*?)?[ ,(]*(?:dont|y compris|y\.? ?c\.?|incl(?:\.|uding)?|of which)"
    r" (?P<part>[0-9][0-9.,]* ?%|[0-9][0-9 .,]*(?:[kKM] ?€?|€|euros)?(?! ?%))(?=[ )]|$)"
    r"(?: (?:de |d'|d’|en |pour |for |of )?(?P<label>.+?))?\)?"
)


def no_sum_instead(place: Place, text: str) -> Instead | None:
    """What to type for a text that names no amount, or only a part of one."""
    said = look(text).strip()
    if re.fullmatch(WITH_A_SIGN, said) is not None:
        return Instead(
            msg(
                "write the amount that counts here, with its sign: “{words}” may make it another"
                " one",
                words="./." if said.startswith("./.") else said[-1],
            )
        )
    if re.fullmatch(_ELSEWHERE, said, re.IGNORECASE):
        return _to_be_found(place, said)
    if re.fullmatch(_COUNTED, said, re.IGNORECASE):
        more = {"source": quoted(said)} if "source" in place.keys else {}
        found = place.instead("0 €", more)
        return Instead(msg("{help} if it is counted elsewhere already", help=found.help))
    if re.fullmatch(_AGAIN, said, re.IGNORECASE):
        return Instead(msg("write the amount out again: nothing is taken from another line"))
    if re.fullmatch(_QUANTITY, said, re.IGNORECASE):
        return Instead(
            msg("write what it costs: “{text}” is how much of it there is, and no sum", text=said)
        )
    if match := re.fullmatch(_RATE_OF_TAX, said, re.IGNORECASE):
        text = f"rate: {match['rate']}"
        return Instead(msg("write the amount here; the rate of its tax goes in {text}", text=text))
    if match := re.fullmatch(_RISING, said, re.IGNORECASE):
        return _rising(place, match)
    if match := re.fullmatch(_CHANGE, said, re.IGNORECASE):
        return _changed(place, match["change"])
    if match := re.fullmatch(_PART, said, re.IGNORECASE):
        return _part(place, match)
    if "funding" in place.path and re.fullmatch(_OFA_GRANT, said, re.IGNORECASE):
        return Instead(msg("write how much of the grant comes then"))
    last = re.fullmatch(_LAST_PART, said, re.IGNORECASE) if "funding" in place.path else None
    if last is not None and (amount := spoken_amount(last["sum"])) is not None:
        return Instead(
            msg(
                "write {amount} if that is what is left of the grant to come; where the town pays"
                " it, delete this line: that is worked out",
                amount=quoted(amount.amount or "…"),
            )
        )
    is_cost = "costs" in place.path and re.search("[0-9]", said) is not None
    if is_own_share(said) and not is_not_stated(said) and not is_cost:
        return Instead(
            msg(
                "write the amount: what the town pays itself is worked out, from what things cost"
                " and what others pay of it"
            )
        )
    if (unsaid := no_figure(said, is_each_year="running_costs" in place.path)) is not None:
        return Instead(unsaid)
    if "costs" in place.path and re.search(_AFTER_GRANTS, said, re.IGNORECASE):
        return Instead(
            msg("write what it costs in all, and what others pay of it beside costs, in funding")
        )
    if match := re.fullmatch(_DIFFERENCE, said, re.IGNORECASE):
        return _difference(place, match)
    if match := re.fullmatch(_IN_BOTH, said, re.IGNORECASE):
        return _in_both(place, match)
    return None


def no_figure(text: str, *, is_each_year: bool = False) -> Message | None:
    """What to write where the figure that is meant can only be asked for."""
    said = look(text).strip()
    is_of_one = re.fullmatch(_OF_ONE, said, re.IGNORECASE) and not is_product(said)
    in_months = re.fullmatch(SO_MANY_MONTHS, said, re.IGNORECASE)
    if in_months and is_each_year and (alone := spoken_amount(said)) and alone.amount:
        return msg(
            "write {amount} if so many months are paid in each year; if they are paid once, write"
            " start and until beside it, with their year",
            amount=quoted(alone.amount),
        )
    if is_of_one and is_each_year:
        return msg("write what it costs in a year: “{text}” is not that", text=shortened(said))
    if is_of_one:
        return msg(
            "write what all of them cost: “{text}” is the price of one", text=shortened(said)
        )
    if match := re.fullmatch(r"([0-9][0-9 .,]*) ?mil\.?", said, re.IGNORECASE):
        return msg(
            "write {millions} if “mil” is millions, {thousands} if it is thousands",
            millions=quoted(f"{match[1].strip()} M"),
            thousands=quoted(f"{match[1].strip()} k"),
        )
    if match := re.fullmatch(_AND_A_SHARE, said):
        return msg(
            "write the amount that it comes to: nothing says what {share} beside {amount} is",
            share=match["share"],
            amount=match["amount"],
        )
    if (match := re.fullmatch(_DIFFERENCE_OF, said)) and re.match(_HAD, match["what"], re.I):
        return msg(
            "write the amount that counts here: nothing says whether “{taken}” is taken off"
            " {whole}",
            taken=match["taken"],
            whole=match["whole"],
        )
    return None


#: An amount, and a share of which nothing says what it is for: ``100 k€ + 35 %``.
_AND_A_SHARE = r"(?P<amount>[0-9][^%+]*?) ?\+ ?(?P<share>[0-9][0-9.,]* ?%)(?: ?\+.*)?"
#: Words for money that has come, or gone, already.
_HAD = (
    r"(?:déjà |already )?(?:reç|perç|encaiss|vers|pay|mandat|réalis|consomm|dépens|factur|engag"
    r"|received|paid|spent|billed|invoiced|drawn)"
)


#: So much more or less than in the year before: ``+3 %``, ``-2 %/an``, ``en hausse de 3 %``.
_CHANGE = (
    r"(?P<change>[+–−-] ?[0-9]{1,2}(?:[.,][0-9]+)? ?%)"
    r"(?: ?(?:/|par |per |a )(?:an|year)| (?:vs\.?|par rapport à|over|on) .*)?"
)


#: What it is at first, and by how much it rises: ``10 k€ + 3 %/an``.
_RISING = (
    r"(?P<amount>[0-9][^%]*?)[ ,(]*(?:\+|augment\w* de|rising|indexée?s?(?: (?:à|de))?|inflation) ?"
    r"(?P<rate>[0-9]{1,2}(?:[.,][0-9]+)? ?%) ?(?:/|par |per |a )(?:an|year)[)]?"
)


def _rising(place: Place, match: re.Match[str]) -> Instead | None:
    said = spoken_amount(match["amount"].strip())
    amount = None if said is None else read_amount(said.amount or "")
    if amount is None:
        return None
    section = f"indexation: {in_braces({'base': place.only_year, 'rate': quoted(match['rate'])})}"
    return Instead(
        msg(
            "write {amount}; by how much all costs rise each year is said once, in {section}",
            amount=quoted(typed(amount)),
            section=section,
        )
    )


def _changed(place: Place, change: str) -> Instead | None:
    """A change of an amount that stands at the year before, or is one of that of before it."""
    year = place.names.plain(str(place.tree.existing(place.path)[-1])) if place.is_alone else ""
    if not year.isdecimal():
        return Instead(msg("write the amount that it comes to: nothing is taken from another line"))
    by_year = {place.names.plain(str(key)): text for key, text in place.among.items()}
    amount = _of_year(by_year, int(year))
    if amount is None:
        return Instead(msg("write the amount that it comes to"))
    found = place.instead(typed(amount))
    before = place.names.named(str(int(year) - 1))
    return Instead(
        msg(
            "{help}: {change} on what stands at {year}", help=found.help, change=change, year=before
        ),
        found.value,
    )


def _of_year(by_year: Mapping[str, object], year: int) -> Money | None:
    """What stands at a year: an amount, or a change of that of the year before."""
    text = by_year.get(str(year))
    if isinstance(text, dict):
        text = text.get("amount")
    if not isinstance(text, str):
        return None
    match = re.fullmatch(_CHANGE, look(text).strip(), re.IGNORECASE)
    if match is None:
        return read_amount(text)
    before = _of_year(by_year, year - 1)
    if before is None:
        return None
    sign = -1 if match["change"][0] in "–−-" else 1
    rate = Fraction(re.sub("[^0-9.]", "", match["change"].replace(",", "."))) / 100
    return Money(round(before.cents * (1 + sign * rate)), before.unit)


#: The price of one of several things: ``40 k€ par classe``, ``40 €/m²``; not what a time costs.
_OF_ONE = (
    r"(?:[^()]*[0-9][^/()]*?(?:€|[kM]|euros?|ht|ttc)|[$£] ?[0-9.,]+)[ (]*"
    r"(?:(?:/|\bpar\b|\bper\b|\bpro\b|\bje\b) ?(?!(?:la|le|les|une?|the)\b|l'|[0-9]|fy)"
    r"(?!(?:ans?|années?|mois|trimestre|semestre|exercice|y|yrs?|years?|months?|quarters?|a|jahr"
    r"|monat|quartal|halbjahr)\b)[^\W\d][^0-9]*[²³23]?"
    rf"|{THE_ONE}"
    r"|(?:à )?l'unité|unitaires?|chacune?|chaque|pièce|each|apiece|per unit"
    r"|an? (?:day|week|hour)|(?:each|every) (?:day|week)|weekly|daily|hebdomadaires?|quotidiens?"
    r"|journali(?:er|ère)s?|wöchentlich|täglich|fortnightly|(?:every|alle|toutes les) [^0-9]*"
    r"(?:weeks|wochen|semaines)|bi-?(?:annual|weekly|monthly|mensuel|sannuel)\w*|bisannuel\w*"
    r"|(?:(?:/|\bpar\b|\bper\b) ?(?:mois|ans?|months?|year)(?: et|,| and)? ?(?:/|par\b|per\b)"
    r"[^0-9]*))[ )]*"
)
#: What is left of a cost once others have paid.
_AFTER_GRANTS = (
    r"\bnet(?:te|s)? (?:de |des |d'|of )(?!tax|tva|vat|gst|hst)"
    r"|(?:subventions?|aides?|grants?)\b.*(?:déduites?|deducted)"
    r"|(?:après|after) (?:subventions?|aides?|grants?|detr|dsil|déduction|fctva)"
    r"|déduction faite|reste à charge"
)
#: A part of a grant: ``acompte de 30 %``, ``moitié``, ``solde``.
_OFA_GRANT = (
    r"(?:(?:le |la |the )?(?:restes?|restant|soldes?|reliquat|balance|rest|remainder))"
    r"|(?:acompte|avance|versement|solde|advance|instal?ment|balance)[^€$£0-9]*(?:[0-9.,]+ ?%.*)?"
    r"|(?:la |les |un |une |a |one )?(?:moitié|tiers|quart|deux tiers|half|third|quarter)"
)
_DIFFERENCE = r"(?P<whole>[0-9][^-–−]*?) ?(?:-|–|−|moins|minus|less) ?(?P<taken>[0-9].*)"
#: The same, with what the second one is: ``400 - 150 reçus``.
_DIFFERENCE_OF = (
    r"(?P<whole>[0-9][^-–−%]*?) ?[-–−] ?(?P<taken>[0-9][0-9 .,]*?(?: ?[kM]? ?[€$£])? (?P<what>.*))"
)


def _difference(place: Place, match: re.Match[str]) -> Instead | None:
    """``400 k€ - 50 k€``: what is taken off is perhaps paid by someone else."""
    whole, taken = read_amount(match["whole"]), read_amount(match["taken"])
    if whole is None or taken is None or taken >= whole or whole.unit != taken.unit:
        return None
    rest = quoted(typed(Money(whole.cents - taken.cents, whole.unit)))
    if "costs" not in place.path:
        return Instead(msg("write {text}", text=rest))
    return Instead(
        msg(
            "write {rest}; or {whole}, and what others pay of it, {taken}, in funding",
            rest=rest,
            whole=quoted(typed(whole)),
            taken=quoted(typed(taken)),
        )
    )


_TAX = (
    r"h\.?t\.?|t\.?t\.?c\.?|hors taxes?|toutes taxes comprises"
    r"|(?:excl|incl)\w*\.? (?:vat|tax(?:es)?)"
)
_IN_BOTH = (
    rf"(?P<one>[0-9].*?) ?(?P<tax>{_TAX})[ ,;/(=–-]*(?:soit|ou|donc|i\.e\.|or)? ?[(]?"
    rf"(?P<other>[0-9].*?) ?(?:{_TAX})[)]?"
)


def is_in_both(text: str) -> bool:
    """Whether an amount is said without taxes and with them: ``400 k€ HT (480 k€ TTC)``."""
    return re.fullmatch(_IN_BOTH, look(text).strip(), re.IGNORECASE) is not None


def the_counted(place: Place, text: str) -> str:
    """Of ``400 k€ HT (480 k€ TTC)``, the one that is counted as the plan's amounts are."""
    match = re.fullmatch(_IN_BOTH, look(text).strip(), re.IGNORECASE)
    found = None if match is None or place.tax is None else _in_both(place, match)
    return found.value if found is not None and isinstance(found.value, str) else text


def _in_both(place: Place, match: re.Match[str]) -> Instead | None:
    """The same, as what to type; of a grant, of which one does not know, both."""
    one, other = read_amount(match["one"].strip(" (")), read_amount(match["other"])
    if one is None or other is None or one == other:
        return None
    without, with_tax = (quoted(typed(each)) for each in sorted((one, other)))
    is_without = match["tax"].lower()[0] in "he"
    if (one < other) != is_without:
        return None
    if place.tax is not None and "from" not in place.keys:
        return place.instead(typed(min(one, other) if place.tax == "excl" else max(one, other)))
    return Instead(
        msg(
            "write {incl} if taxes are counted with it, {excl} if they are not",
            incl=with_tax,
            excl=without,
        )
    )


def _to_be_found(place: Place, said: str) -> Instead:
    """A reference in place of an amount: it says where that stands."""
    if "source" not in place.keys:
        return Instead(
            msg("leave the value empty: blank is not stated, and adds nothing"), value=BLANK
        )
    source = f"source: {quoted(said)}"
    if place.is_alone:
        return Instead(msg("write {text}", text=f"{{{place.key}: , {source}}}"))
    return Instead(msg("leave the value empty, and write beside it {text}", text=source))


def _part(place: Place, match: re.Match[str]) -> Instead | None:
    """``40 k€ dont 30 k€ RH``: a line for the part, and one for the rest."""
    lines = _lines(match, _period_of(place))
    if lines is None:
        return None
    if "costs" not in place.path:
        whole = match["whole"] and read_amount(match["whole"].strip())
        part = read_amount(match["part"])
        is_interest = re.search("intérêt|interest", match["label"] or "") is not None
        if whole and part and is_interest and "repaid" in place.path:
            return place.instead(typed(Money(whole.cents - part.cents, whole.unit)))
        return place.instead(typed(whole)) if whole else None
    if _is_a_grant(place, match):
        return Instead(
            msg("write what it costs in all, and what others pay of it beside costs, in funding")
        )
    if len(lines) == 1:
        return Instead(
            msg(
                "write a line for it, {text}, and take it off the amount of which it is",
                text=lines[0],
            )
        )
    return Instead(
        msg("write a line for each: {first} and {second}", first=lines[0], second=lines[1])
    )


#: Words for a grant: what it pays is a part of no cost.
A_GRANT = (
    r"(?:(?:la |le |l'|une? )?(?:subventions?|aides?|dotations?|grants?|detr|dsil|dsid|dpv|fipd"
    r"|feder|fnadt|fctva|drac|caf|ademe|fonds vert|fonds de concours|région|département|état)\b.*)"
)


def _is_a_grant(place: Place, match: re.Match[str]) -> bool:
    label = (match["label"] or "").strip(" )").lower()
    return label in place.payers or re.fullmatch(A_GRANT, label) is not None


def is_part_of_others(place: Place, text: str) -> bool:
    """``40 k€ dont 8 k€ de DETR``: whether the part is what others pay, and no cost."""
    match = re.fullmatch(_PART, look(text).strip(), re.IGNORECASE)
    return match is not None and _is_a_grant(place, match)


def part_and_rest(text: str, period: str) -> list[str] | None:
    """``40 k€ dont 30 k€ RH`` as the lines of a period: of the part, and of the rest."""
    match = re.fullmatch(_PART, look(text).strip(), re.IGNORECASE)
    return None if match is None else _lines(match, period)


def _lines(match: re.Match[str], period: str) -> list[str] | None:
    whole = None if match["whole"] is None else read_amount(match["whole"].strip())
    part = read_amount(match["part"])
    if whole is not None and "%" in match["part"]:
        part = Money(parse_rate(match["part"]).of(whole).cents, whole.unit)
    if part is None or (match["whole"] and whole is None):
        return None
    if whole is not None and not part.unit and whole.unit:
        part = read_amount(f"{match['part']} {whole.unit}")
        if part is None:
            return None
    year = re.fullmatch("(?:en |in )?((?:19|20)[0-9]{2})", match["label"] or "")
    if year is None and re.search("[0-9]", match["label"] or ""):
        return None  # more parts, or more about this one
    label = {"label": quoted(match["label"])} if match["label"] and year is None else {}
    line = in_braces({**label, **_paid(year[1] if year else period, part)})
    if whole is None or whole < part:
        return [line]
    rest = Money(whole.cents - part.cents, whole.unit)
    return [line, in_braces(_paid(period, rest))]


def _paid(period: str, amount: Money) -> dict[str, str]:
    """An amount at its period; where only the user knows it, with a place for the year."""
    text = quoted(typed(amount))
    return {"year": period, "amount": text} if period == "…" else {period: text}


def _period_of(place: Place) -> str:
    """The period that an amount stands at, as the key of a line."""
    if place.is_alone:
        own = place.tree.existing(place.path)[-1:]
        return str(own[0]) if own else "…"
    when = place.beside.get("year") or place.beside.get("quarter")
    return when if isinstance(when, str) else "…"


def left_empty() -> Instead:
    """What to type where nobody has stated anything."""
    return Instead(msg("leave the value empty: blank is not stated, and adds nothing"), value=BLANK)
