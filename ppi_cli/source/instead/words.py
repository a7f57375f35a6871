"""What to type in place of a word, a number or a rate that cannot be read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from itertools import product
from typing import Any

from ppi_cli.source.instead.funding import own_share_help
from ppi_cli.source.instead.no_sum import left_empty
from ppi_cli.source.instead.place import (
    ONE_ID,
    Instead,
    Place,
    id_of,
    in_braces,
    in_brackets,
    quoted,
)
from ppi_cli.source.instead.shares import fraction_instead, share_instead
from ppi_cli.source.instead.statuses import (
    AND_THEN,
    IS_OPEN,
    OF_A_PROJECT,
    since_when,
    status_instead,
    status_of_funding,
    today,
)
from ppi_cli.source.instead.unclear_times import one_of_two
from ppi_cli.values.characters import look
from ppi_cli.values.message import msg
from ppi_cli.values.spoken_money import is_not_stated, is_of_part_of_a_year
from ppi_cli.values.spoken_payers import is_own_share
from ppi_cli.values.spoken_rates import VARIES_HELP, YEARLY_HELP, spoken_rate, varies
from ppi_cli.values.spoken_times import spoken_length, spoken_years

#: How a word ends for what is so already: ``livré``, unlike ``livraison``.
_ED = r"[ée]e?s?\b"
#: What people write for a choice, by the word of the format; each begins so.
_MEANT_BY: Mapping[str, str] = {
    "incl": r"ttc|t\.t\.c|toutes taxes|avec|tvac|with|inclu|ti\b",
    "excl": r"ht\b|h\.t|hors|sans|htva|without|exclu|net\b",
    "granted": "oui|yes",
    "planned": r"prév|programm|plan|à venir|inscrit|scheduled|étud|à l'étude|à faire|projet"
    r"|vot|valid|inscri|à (?:lancer|engager|démarrer|program)|décid|retenu"
    r"|propos|to ?do|0 ?%|shovel|design|tender|out to tender"
    r"|geplant|in (?:planung|vorbereitung)|vorgesehen|beschlossen|ausschreibung|ausgeschrieben",
    "under_way": rf"[1-9][0-9]? ?%|en cours|(?:engag|lanc|commenc|démarr){_ED}|started|ongoing"
    r"|travaux(?!.*[0-9]{4})|in progress|under ?way|under construction|construction|on site"
    r"|repris|resumed|laufend|läuft|im bau|in (?:arbeit|umsetzung|ausführung|bearbeitung)|begonnen",
    "paused": r"susp|en pause|gel|arrêt|report|on hold|frozen|halt|en attente$|waiting$"
    r"|postpon|deferr|ruht|ausgesetzt|zurückgestellt|verschoben|unterbrochen",
    "done": rf"(?:termin|achev|réalis|livr|réceptionn|sold){_ED}|faite?s?\b|finie?s?\b|completed?\b"
    r"|finished|delivered"
    r"|100 ?%|clos\b|clôturé|closed|abgeschlossen|fertig|erledigt|beendet|umgesetzt",
    "conditional": r"en attente|à confirmer|await|waiting|pending|to be confirmed|tbc"
    r"|condition|sous réserve|sous condition|option|éventuel|subject to",
    "cancelled": r"annul|abandon|supprim|retir|renonc|cancel|drop|sans suite"
    r"|gestrichen|storniert|aufgegeben|abgebrochen|entfällt|eingestellt",
    "assumed": r"estim|hypoth|suppos|prévi|approx|environ|provis|incert|guess|expected",
    "stated": r"devis|ferme|réel|connu|certain|marché|chiffr|actual|known|firm|indiqu|oui",
    "investment": r"inv|i$|section d'inv|équip|capital|capex",
    "operating": r"fonct|f$|exploit|section de fonct|charges|operat|running|opex",
    "fr": r"fran|french",
    "en": r"angl|engl",
    "none": r"néant|neant|nul|nc|aucun|sans|non\b|no\b|0|rien|gratuit",
    "year": r"ann|an$|par an|yearly",
    "off": r"désactiv|desactiv|non\b|no\b|aucun|ignor|jamais|disabled?",
    "error": r"erreur|bloqu",
    "warning": r"avert|alert|warn",
    "info": r"inform",
    "each_year": r"chaque ann|par an|each|annuel",
    "once": r"une fois",
    "equal_capital": r"(part de )?capital (const|égal)|amortissements? (const|égal|lin)"
    r"|lin[ée]a|d[ée]gress|(annuit|échéance)\w* (d[ée]gress|d[ée]crois)|equal (capital|principal)"
    r"|constant (capital|principal)",
    "equal_payment": r"annuit|échéance|mensualit|trimestrialit|amortissement prog|progressi"
    r"|equal (pay|instal)|constant pay|level",
    "at_end": r"(capital |remboursement )?(in fine|à (la fin|l'échéance|terme))|infine|relais"
    r"|bullet|at (the )?(end|maturity)|interest only",
}


def choice_instead(place: Place, written: str, choices: list[str]) -> Instead | None:
    """The one of some words that a text stands for."""
    said = look(written).strip().lower()
    if (other := status_instead(said, choices)) is not None:
        return other
    more = dict(_rate_beside(place, said))
    if place.key == "status" and re.search("[0-9]", said) and "source" in place.keys:
        more |= {"source": quoted(look(written).strip())}
    if stands := status_of_funding(place, said, choices):
        more = {k: v for k, v in {**stands, **more}.items() if k not in place.beside}
        return place.instead(stands["status"], more)
    if "stated" in choices and re.search(IS_OPEN, said) is not None:
        return None
    if (
        "under_way" in choices
        and len({_meant(part, choices) for part in _parts(said)} - {None}) > 1
    ):
        return Instead(today())
    choice = _meant(said, choices)
    if choice is None:
        return None
    if "under_way" in choices and (since := since_when(place, said, choice)) is not None:
        return since
    return place.instead(choice, {k: v for k, v in more.items() if k not in place.beside})


def _parts(said: str) -> list[str]:
    return re.split(AND_THEN, said)


def _meant(said: str, choices: list[str]) -> str | None:
    """The one of some words that is meant by a text, from its first word on that says it."""
    bare = re.sub(OF_A_PROJECT, "", said)
    for text, choice in product((bare, said), choices):
        if choice in _MEANT_BY and re.match(_MEANT_BY[choice], text):
            return choice
    return None


def _rate_beside(place: Place, said: str) -> Mapping[str, str]:
    """The rate that is said with how taxes are counted: ``TTC 20%``."""
    rate = re.search(r"([0-9]{1,2}(?:[.,][0-9]{1,2})?) ?%", said) if place.key == "tax" else None
    if rate is None or "rate" not in place.keys or "rate" in place.beside:
        return {}
    return {"rate": f"{rate[1].replace(',', '.')} %"}


def currency_instead(place: Place, text: str) -> Instead | None:
    """The code of a currency: ``EUR`` for ``€``."""
    code = _CURRENCIES.get(look(text).strip().lower())
    return None if code is None else place.instead(code)


def id_instead(place: Place, title: str) -> Instead | None:
    """The id of the thing that has a title, where an id is expected."""
    wanted = look(title).strip().lower()
    for section in place.tree.root.values():
        for each in section if isinstance(section, list) else ():
            if isinstance(each, dict) and str(each.get("title")).strip().lower() == wanted:
                id = each.get("id")
                if isinstance(id, str) and each is not place.beside:
                    return place.instead(id if re.fullmatch(ONE_ID, id) else id_of(id))
    return None


_CURRENCIES: Mapping[str, str] = {
    "€": "EUR", "euro": "EUR", "euros": "EUR", "eur": "EUR", "k€": "EUR", "keur": "EUR",
    "$": "USD", "dollar": "USD", "dollars": "USD", "us$": "USD", "c$": "CAD", "$ca": "CAD",
    "£": "GBP", "livre": "GBP", "pounds": "GBP", "chf": "CHF", "franc suisse": "CHF",
    "francs suisses": "CHF", "xpf": "XPF", "fcfp": "XPF", "franc pacifique": "XPF",
    "francs pacifiques": "XPF", "usd": "USD", "cad": "CAD", "gbp": "GBP",
}  # fmt: skip


def _yes_or_no(text: str) -> str | None:
    if re.match(r"x$|v$|vrai|y$|o$|1$|ok|éligible|elligible|oui|yes|complet|toujours", text, re.I):
        return "yes"
    return "no" if re.match(r"0$|n$|faux|pas|non|no\b|jamais|inéligible|f$", text, re.I) else None


def _number(text: str) -> str | None:
    """``P1``, ``n° 1``, ``10 ans``, ``180 mois``, ``1 - urgent``; of ``12,5 ans``, nothing."""
    if re.search("[0-9][.,][0-9]", text) and not re.match("[^0-9]", text):
        return None
    if re.search(r"[0-9] ?(mois|months?)\b", text, re.IGNORECASE):
        return _years(text)
    found = re.fullmatch(r"[^0-9]{0,12}?(0*)([1-9][0-9]{0,3})(?:[^0-9].{0,30})?", text)
    return found[2] if found else None


def _years(text: str) -> str | None:
    """``15 ans``, ``180 mois``, ``180`` where years are no more than 99."""
    years = spoken_years(text)
    return None if years is None else str(years)


def _account(text: str) -> str | None:
    """``2183 - Matériel``, ``c/2183``, ``art. 2183``, ``21.83``."""
    found = re.findall("[0-9]{2,10}", re.sub(r"(?<=[0-9])[. ](?=[0-9])", "", text))
    longest = [each for each in found if len(each) == max(map(len, found))]
    return longest[0] if len(longest) == 1 else None


def _base(text: str) -> str | None:
    """``HT``, ``du TTC``, ``hors taxes``: of which costs a share is a part."""
    if re.search(r"\bht\b|hors taxes?|without|excl", text, re.IGNORECASE):
        return "excl"
    return "incl" if re.search(r"\bttc\b|taxes? compris|incl", text, re.IGNORECASE) else None


def _length(text: str) -> str | None:
    """``6 mois``, ``1 an``, ``un trimestre plus tard``."""
    quarters = spoken_length(text)
    return None if quarters is None else f"{quarters} quarter{'s' * (abs(quarters) > 1)}"


def regime_said(text: str) -> str | None:
    """``N+2 (droit commun)``, ``2``, ``n + 2``, ``même année``."""
    found = re.search(r"[nN] ?\+? ?([12])|^\+?([12])(?:$| ?(?:an|year))", text)
    if found:
        return f"n+{found[1] or found[2]}"
    if later := re.search(_YEARS_LATER, text, re.IGNORECASE):
        return "n+2" if later[0][:3].lower() in ("deu", "two", "2 a", "2 y") else "n+1"
    return "n" if re.match(r"n$|n ?\(|0$|même|année", text, re.IGNORECASE) else None


#: How long after the spending: ``l'année suivante``, ``deux ans après``.
_YEARS_LATER = (
    r"(?:deux|two|2) (?:ans?|années?|years?)|(?:année|exercice|year) (?:suivante?|d'après|after)"
    r"|(?:next|following) year|(?:un an|one year|1 an|1 year)\b"
)


#: How a text is read, by the sentence that refuses it.
_READ_BY: Mapping[str, Callable[[str], str | None]] = {
    "“{text}” is neither yes nor no": _yes_or_no,
    "“{text}” does not say whether funding is complete": _yes_or_no,
    "“{text}” is not a rate": spoken_rate,
    "“{text}” is not a percentage": spoken_rate,
    "“{text}” is not a number of years from 1 to 99": _years,
    "“{text}” is not a whole number from 1 to 9999": _number,
    "“{text}” is not an account": _account,
    "“{text}” does not say of what this is a part": _base,
    "“{text}” is not a number of quarters": _length,
    "“{text}” is not when the VAT fund pays": regime_said,
}


def word_instead(place: Place, text: str, refusal: str) -> Instead | None:
    """What to type for a text that a notation refuses with such a sentence."""
    if refusal == _NO_VARIANT:
        return _variant_called(place, look(text).strip())
    if (read := _READ_BY.get(refusal)) is None:
        return None
    said = look(text).strip()
    if place.key == "share" and re.fullmatch(_WHAT_IS_LEFT, said, re.IGNORECASE):
        return Instead(
            msg(
                "in place of share, write the amount that it comes to; where the town pays it,"
                " delete this line: that is worked out"
            ),
            at_key=True,
        )
    if place.key == "share" and is_own_share(said, among_others=True):
        return Instead(own_share_help(), at_key=True)
    if place.key == "of" and is_not_stated(said):
        return Instead(msg("write the amount of which it is a part"))
    if is_not_stated(said):
        return left_empty()
    if place.key == "share":
        found = share_instead(place, text) or fraction_instead(place, said)
        if found is not None:
            return found
    if place.key == "priority" and (two := re.fullmatch(_TWO_CLASSES, said, re.IGNORECASE)):
        return Instead(one_of_two(*two.groups()))
    if place.key == "priority" and (number := _class_called(place, said)) is not None:
        return place.instead(number)
    if place.key == "useful_life" and re.match(_WITHOUT_END, said, re.IGNORECASE):
        return left_empty()
    if read is spoken_rate and varies(said):
        return Instead(VARIES_HELP)
    if read is spoken_rate and place.key != "share" and is_of_part_of_a_year(said):
        return Instead(YEARLY_HELP)
    is_length = read in (_years, _number) and place.key != "priority"
    if is_length and (either := re.fullmatch(_EITHER, said, re.IGNORECASE)):
        low, high = either.groups()
        return Instead(msg("write {low}, {high} or what lies between", low=low, high=high))
    meant = read(said)
    if meant is None and place.key == "priority":
        return _class_to_choose(place, said)
    return place.instead(meant) if meant is not None else None


#: A project has one class: ``1 ou 2``, ``P1-P2``.
_TWO_CLASSES = (
    r"\D{0,12}([1-9]) ?(?:[-–,;&+]|ou|or|oder|et|and|und|à|to|bis) ?"
    r"(?:p|n° ?|classe )?([1-9])(?:\D.*)?"
)
#: Of two numbers of years, nobody can tell which one is meant: ``8 à 12 ans``.
_EITHER = (
    r"(?:entre |de |between |from )?([0-9]{1,2}) ?(?:à|-|–|/|et|to|and|ou|or) ?([0-9]{1,2})"
    r" ?(?:ans|years)?"
)
#: Words for what others leave of the costs.
_WHAT_IS_LEFT = (
    r"(?:(?:le |la |the )?(?:solde|reliquat|restes?(?: à (?:charge|financer))?|restant|complément"
    r"|balance|rest|remainder))"
)
_NO_VARIANT = "“{text}” is not the variant of a target"


def _variant_called(place: Place, text: str) -> Instead | None:
    """``t.wood`` for the id or the title of a variant, also after those of its target."""
    names: dict[str, set[str]] = {}
    for target in _things(place.tree.root, "targets"):
        for variant in _things(target, "variants"):
            for said in _called(variant):
                for name in (said, *(f"{of}.{said}" for of in _called(target))):
                    names.setdefault(name, set()).add(f"{target.get('id')}.{variant.get('id')}")
    said = re.sub(r" ?[=:/>.,-]+ ?", ".", text.lower())
    found = (
        names.get(text.lower()) or names.get(said) or {x for each in names.values() for x in each}
    )
    if len(found) == 1:
        return place.instead(found.pop())
    if found:
        return Instead(msg("write one of: {choices}", choices=sorted(found)))
    return _variant_to_declare(text)


def _variant_to_declare(text: str) -> Instead | None:
    """``si: bois`` in a plan without targets: nothing is there yet to choose from."""
    if re.search("[^\\W\\d]", text) is None:
        return None
    id = id_of(text)
    variants = in_brackets([in_braces({"id": id, "title": quoted(text)}), "{id: …, title: …}"])
    target = in_braces({"id": "choice", "title": "…", "variants": variants})
    return Instead(
        msg(
            "write {text}, and what is to be chosen beside the projects, {section}; of a whole"
            " project that is done only then, {status} is enough",
            text=f"when: choice.{id}",
            section=f"targets: {in_brackets([target])}",
            status="status: conditional",
        )
    )


def _things(of: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    found = of.get(key)
    return [each for each in (found if isinstance(found, list) else ()) if isinstance(each, dict)]


def _called(thing: Mapping[str, Any]) -> list[str]:
    """What a thing is called: by its id, by its title."""
    return [str(thing[key]).lower() for key in ("id", "title") if thing.get(key)]


_WITHOUT_END = r"illimit|infini|permanent|indéfini|sans (?:fin|limite)|unlimited|for ?ever|no end"


def _class_to_choose(place: Place, word: str) -> Instead:
    """The classes that there are, where ``haute`` stands for the number of one."""
    classes = place.tree.root.get("priority_classes")
    known = [
        f"{each.get('class')} ({each.get('title')})"
        for each in (classes if isinstance(classes, list) else ())
        if isinstance(each, dict) and "class" in each
    ]
    if known:
        return Instead(msg("write the number of its class: {classes}", classes=known))
    declared = in_braces({"class": "1", "title": quoted(word)})
    return Instead(
        msg(
            "write the number of its class, and what that is called in {section}",
            section=f"priority_classes: [{declared}]",
        )
    )


def _class_called(place: Place, title: str) -> str | None:
    """The number of the class that has a title."""
    classes = place.tree.root.get("priority_classes")
    for each in classes if isinstance(classes, list) else ():
        if isinstance(each, dict) and str(each.get("title")).lower() == title.lower():
            number = each.get("class")
            return number if isinstance(number, str) else None
    return None
