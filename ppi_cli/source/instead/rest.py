"""What to type for a key that is the rest of a sum, or a part of it that is paid some time."""

from __future__ import annotations

import re

from ppi_cli.source.instead.known_sums import grant_beside
from ppi_cli.source.instead.place import Instead, Place, in_braces, quoted
from ppi_cli.values.characters import look
from ppi_cli.values.message import Message, msg
from ppi_cli.values.money import Money, parse_rate, typed
from ppi_cli.values.spoken_money import spoken_amount

#: What is left of a sum, and what comes at some time that is not said.
_REST = (
    r"(?:le |la |au |the )?(?:restes?|restants?|restante|soldes?|suite|rest|remainder|balance)"
    r"(?: (?:à|a) (?:payer|verser|percevoir|recevoir|programmer|réaliser|venir|engager)"
    r"| (?:to (?:pay|come|receive)|due))?"
    r"|plus tard|par la suite|ensuite|later on|afterwards?|some ?day|un jour"
)
#: A part of a sum that is paid by itself.
_INSTALMENT = (
    r"(?:(?:[0-9](?:er|re|e|è?me|nde?|st|nd|rd|th)|premi[eè]re?|deuxième|seconde?|troisième|dernier"
    r"|first|second|third|last) )?(?:versements?|acomptes?|avances?|instal?lments?|advances?"
    r"|(?:down )?payments?|paiements?|échéances?)(?: [0-9]|(?: (?:de|of))? (?P<part>[0-9.,]+ ?%))?"
)
#: What is said of it: ``solde versé en 2028``.
_PAID_IN = (
    rf"(?:{_REST}|{_INSTALMENT})(?: (?:versée?|payée?|perçue?|reçue?|attendue?|paid|received))?"
    r" ?(?:en |in |\(|: ?)?(?P<year>(?:19|20)[0-9]{2})\)?"
)
#: What was voted in a year and is still to be paid.
CARRIED_OVER = (
    r"(?:r\.?a\.?r\.?|restes? à réaliser|(?:reports?|reporté(?:e?s)?)(?: de)?"
    r"|carried (?:over|forward)(?: from)?|carry[- ]?overs?)"
)
_CARRIED = rf"{CARRIED_OVER} ?(?P<year>(?:19|20)[0-9]{{2}})"


def rest_as_key(place: Place, value: object) -> Instead | None:
    """What to type for ``reste: 500 k€`` among years: the year is the user's to say."""
    key = look(str(place.path[-1])).strip()
    if (match := re.fullmatch(_PAID_IN, key, re.IGNORECASE)) is not None:
        year = place.names.named(match["year"])
        return Instead(msg("write {name}", name=year), year, at_key=True)
    if "carried_from" in place.keys and (match := re.fullmatch(_CARRIED, key, re.IGNORECASE)):
        return _carried(match["year"], value)
    is_rest = re.fullmatch(_REST, key, re.IGNORECASE) is not None
    instalment = re.fullmatch(_INSTALMENT, key, re.IGNORECASE)
    if not is_rest and instalment is None:
        return None
    if "from" in place.beside and _is_year(place, value):
        name, part = place.names.named(str(value)), instalment and instalment["part"]
        if part is not None and (grant := grant_beside(place)) is not None:
            amount = quoted(typed(Money(parse_rate(part).of(grant).cents, grant.unit)))
            return Instead(msg("write {text}", text=f"{name}: {amount}"), at_key=True)
        text = f"{name}: …"
        return Instead(
            msg("write {text}, with how much of the grant comes then", text=text), at_key=True
        )
    if "beyond" not in place.keys and "payments" in place.path and place.years is not None:
        last = place.names.named(str(place.years.last))
        help = msg("write the years in which it is paid, also those after {last}", last=last)
        return Instead(help, at_key=True)
    if "beyond" not in place.keys:
        help = msg("write the year in which it is paid, or delete it: only years stand here")
        return Instead(help, at_key=True)
    if "from" in place.beside and isinstance(value, str) and "%" in value:
        return Instead(_of_a_grant(place, value), at_key=True)
    if "from" in place.beside and instalment is not None and instalment["part"]:
        return Instead(_of_a_grant(place, instalment["part"]), at_key=True)
    last = "…" if place.years is None else place.names.named(str(place.years.last))
    if "unplanned" in place.keys:
        help = msg(
            "write the year in which it is paid, beyond if that is after {last}, unplanned if"
            " nobody knows",
            last=last,
        )
    else:
        help = msg("write the year in which it comes, or beyond if that is after {last}", last=last)
    return Instead(help, at_key=True)


def _is_year(place: Place, value: object) -> bool:
    """Whether a value is one of the plan's years: ``acompte: 2027``."""
    if not isinstance(value, str) or place.years is None:
        return False
    plain = place.names.plain(value)
    return re.fullmatch("[12][0-9]{3}", plain) is not None and int(plain) in place.years


def carried_instead(place: Place, text: str) -> Instead | None:
    """``2026: RAR 120``, ``120 (RAR 2025)`` in costs: voted in a year that the user knows."""
    plain = re.sub(
        rf"^([0-9].*?) ?[(]({CARRIED_OVER}[^()]*)[)]$", r"\2 : \1", look(text), flags=re.I
    )
    match = re.fullmatch(
        rf"{CARRIED_OVER}(?: (?P<year>(?:19|20)[0-9]{{2}})(?= ?:| [0-9]))? ?:? ?"
        "(?P<amount>[0-9].*)",
        plain.strip(),
        re.IGNORECASE,
    )
    if match is None or "costs" not in place.path:
        return None
    said = spoken_amount(match["amount"])
    if said is None or said.amount is None:
        return None
    period = place.beside.get("year") or "…"
    if place.is_alone:
        period = str(place.tree.existing(place.path)[-1])
    pairs = {"year": str(period), "amount": quoted(said.amount)}
    line = in_braces({**pairs, "carried_from": match["year"] or "…"})
    return Instead(msg("write it as a line of its own: {text}", text=line))


def _of_a_grant(place: Place, part: str) -> Message:
    """``acompte: 30 %``: neither the year nor the grant is plain."""
    last = "…" if place.years is None else place.names.named(str(place.years.last))
    return msg(
        "write the year in which it comes, or beyond if that is after {last}; and, in place of"
        " {share}, how much of the grant that is",
        last=last,
        share=part,
    )


def _carried(year: str, value: object) -> Instead:
    """``RAR 2025: 30 k€`` in costs: a line that says where it comes from."""
    said = spoken_amount(value) if isinstance(value, str) else None
    amount = "…" if said is None or said.amount is None else quoted(said.amount)
    line = in_braces({"year": "…", "amount": amount, "carried_from": year})
    return Instead(msg("write it as a line of its own: {text}", text=line), at_key=True)
