"""The words of headers and rows, in French and English, and the years that they name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Literal, NamedTuple, TypeAlias

from ppi_cli.values.characters import look
from ppi_cli.values.spoken_payers import is_own_share, is_own_source

#: What a column of texts is, by what stands in its header.
Role: TypeAlias = Literal[
    "project",
    "theme",
    "group",
    "number",
    "label",
    "source",
    "lead",
    "location",
    "description",
    "account",
    "status",
]


def _words(*words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)", re.IGNORECASE)


#: The first one that has a word of a header says what it is.
ROLES: Mapping[Role, re.Pattern[str]] = {
    "number": _words("n°", "nº", "no", "num", "numéro", "numero", "code", "id", "réf", "ref",
                     "référence", "reference", "number", r"project[ _]no"),
    "account": _words("compte", "account", "imputation", "nature comptable"),
    "lead": _words("responsables?", "pilotes?", "porteurs?", "chefs? de projet", "managers?",
                   "lead", "leader", "service pilote", "référent"),
    "location": _words("lieux?", "localisation", "location", "quartier", "commune", "adresse",
                       "address", "ward", "site"),
    "status": _words("statut", "status", "état", "avancement"),
    "project": _words("projets?", "opérations?", "operations?", "intitulés?", "libellés?",
                      "libelles?", "désignations?", "designations?", "objets?", "projects?",
                      "titles?", "titres?", "nom", "name", "actions?", "investissements?",
                      "travaux"),
    "group": _words("pôles?", "poles?", "axes?", "groups?", "groupes?"),
    "theme": _words("thèmes?", "themes?", "thématiques?", "secteurs?", "domaines?", "programmes?",
                    "programs?", "departments?", "départements?", "directions?", "catégories?",
                    "categories", "category", "chapitres?", "politiques?", "politique publique",
                    "fonctions?", "agency", "agencies", "bureau", "services?"),
    "label": _words("phases?", "natures?", "postes?", "étapes?", "lots?"),
    "source": _words("financeurs?", "financements?", "source of funds", "funding source",
                     "sources?", "recettes?", "subventions?"),
    "description": _words("descriptions?", "commentaires?", "observations?", "remarques?",
                          "comments?", "notes?"),
}  # fmt: skip

BEFORE = _words("avant", "antérieure?s?", "anterieure?s?", "réalisée?s?", "realisée?s?", "déjà",
                "prior", "before", "to date", "previous", "mandatée?s?", "expended")  # fmt: skip
BEYOND = _words("après", "apres", "au-delà", "au delà", "ultérieure?s?", "suivante?s?", "beyond",
                "after", "later", "future", "thereafter", "onwards?", "et plus", "et suivante?s?",
                r"(?:et|and|&) ?(?:\+|ss\.?)", r"and (?:later|on)", r"(?:19|20)\d\d ?\+",
                r"à partir de (?:19|20)\d\d", r"(?:from|since) (?:19|20)\d\d")  # fmt: skip
#: A total, in the header of a column or in the label of a row.
TOTAL = _words("total", "totaux", "totals", "totales?", "sous-total", "sous-totaux", "subtotal",
               "subtotals", "sub-total", "s/t", "s/total", "cumul", "ensemble", "sommes?",
               "sum")  # fmt: skip
GRAND = _words("général", "general", "generale?", "grand", "overall", "ensemble", "plan", "ppi")
#: What is left of the label of a total when these are taken away is what it is a total of.
AROUND_TOTAL = re.compile(
    r"^(?:s/t(?:otal)?|sous[- ]?tota(?:l|ux)|sub[- ]?totals?|grand total"
    r"|tota(?:l|ux)(?: général)?|totals?)"
    r"(?:\s*(?::|-|–|of|for|du|de la|de l['’]|des|de|d['’]))?\s*"
    r"|\s*(?::|-|–)?\s*(?:sous[- ]total|sub[- ]?total|total)$",
    re.IGNORECASE,
)
#: A part of what another row says already: its money is counted there.
OF_WHICH = re.compile(
    r"^\W*(?:dont|of which|including|incl\.|y compris|y\.?\s?c\.?|thereof)(?!\w)", re.IGNORECASE
)
#: A column of amounts that are of no year of its own.
AMOUNT_HEAD = re.compile(r"(?:montant|amount|crédits?|budget|total|cp)\b", re.IGNORECASE)
#: A column of what something costs in all.
COST_HEAD = re.compile(r"(?:montant|amount|budget|total|co[uû]t|cost)s?\b", re.IGNORECASE)
PERCENT = re.compile(r"%|(?<!\w)(?:taux|rate|part|share)(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=4096)
def role_of(header: str) -> Role | None:
    """What a column is whose header says so."""
    text = look(header).strip().lower().replace("_", " ")
    return next((role for role, pattern in ROLES.items() if pattern.search(text)), None)


#: A total, also within a label: ``Year Total for 2024``. The other words may be of a title.
_PLAIN_TOTAL = _words("total", "totaux", "totals", "sous-total", "sous-totaux", "subtotal",
                      "subtotals", "sub-total", "s/t", "s/total")  # fmt: skip


def says_total(label: str) -> bool:
    """Whether the label of a row says that it is a total."""
    text = look(label).strip(" :")
    return _PLAIN_TOTAL.search(text) is not None or TOTAL.fullmatch(text) is not None


def total_of(label: str) -> str:
    """What the label of a total says that it is a total of; nothing where it does not."""
    text = look(label).strip()
    left = AROUND_TOTAL.sub("", text).strip(" :-–")
    return "" if GRAND.fullmatch(left) or TOTAL.fullmatch(left) else left


class Period(NamedTuple):
    """The time that a column, or a cell, is of."""

    #: The year; the first one of several.
    year: int
    #: The last of several years together.
    last: int = 0
    #: A quarter of the year, 0 for all of it.
    quarter: int = 0
    #: A half of the year, which a plan writes with the other one; 0 for all of it.
    half: int = 0

    @property
    def is_part(self) -> bool:
        """Whether it is less than a year."""
        return bool(self.quarter or self.half)

    @property
    def key(self) -> str:
        """As a plan writes it."""
        if self.quarter:
            return f"{self.year}-T{self.quarter}"
        return f"{self.year}..{self.last}" if self.last else str(self.year)


#: The years that are taken for years: what lies outside them is an amount, or something else.
FIRST_YEAR, LAST_YEAR = 1990, 2100
_YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?![\d]|[.,]\d)")
_QUARTER = re.compile(
    r"(?<!\w)(?:[TQ] ?(?P<a>[1-4])|(?P<b>[1-4])(?:er|e|ème|st|nd|rd|th)? ?(?:trim\w*|quarter))"
    r"(?!\w)",
    re.IGNORECASE,
)
_HALF = re.compile(
    r"(?<!\w)(?:S ?(?P<a>[12])|(?P<b>[12])(?:er|e|ème|nd|st)? ?(?:semestre|half))(?!\w)",
    re.IGNORECASE,
)
_MONTHS = (
    r"janv?(?:\.|ier)?|jan(?:uary)?", r"f[ée]vr?(?:\.|ier)?|feb(?:ruary)?", r"mars?|march",
    r"avr(?:\.|il)?|apr(?:il)?", "mai|may", "juin|june?", r"juil(?:\.|let)?|july?",
    r"ao[uû]t|aug(?:ust)?", r"sept?(?:\.|embre|ember)?", r"oct(?:\.|obre|ober)?",
    r"nov(?:\.|embre|ember)?", r"d[ée]c(?:\.|embre|ember)?",
)  # fmt: skip
_NOT_A_PERIOD = re.compile(r"\d")
#: ``FY13-14``, ``2024-25``: a year that lies in two.
_JOINT = re.compile(r"(?<!\d)(?:FY ?)?(?P<a>20\d\d|\d\d)[-/–](?P<b>20\d\d|\d\d)(?!\d)", re.I)


@lru_cache(maxsize=4096)
def period_of(text: str) -> Period | None:
    """The year or quarter that a header names, where it names one and nothing else in digits."""
    text = look(text).strip()
    if len(text) > 60:
        return None
    if (joint := _joint(text)) is not None:
        return Period(joint)
    years = _YEAR.findall(text) or re.findall(r"(?<=fy)(?:19|20)\d\d(?!\d)", text.lower())
    if len(set(years)) != 1 or not FIRST_YEAR <= int(years[0]) <= LAST_YEAR:
        return None
    rest = _YEAR.sub(" ", text) if _YEAR.search(text) else re.sub(r"(?i)fy\d{4}", " ", text)
    quarter = quarter_of(rest)
    half = 0 if quarter else half_of(rest)
    if quarter or half:
        rest = (_QUARTER if quarter else _HALF).sub(" ", rest)
    if _NOT_A_PERIOD.search(rest):
        return None
    return Period(int(years[0]), quarter=quarter, half=half)


def _joint(text: str) -> int | None:
    """The year in which ``2024-25`` ends."""
    match = _JOINT.fullmatch(text)
    if match is None:
        return None
    first = int(match["a"]) + (2000 if len(match["a"]) == 2 else 0)
    if str(first + 1)[-len(match["b"]) :] != match["b"] or not FIRST_YEAR <= first < LAST_YEAR:
        return None
    return first + 1


def is_joint(text: str) -> bool:
    return _joint(look(text).strip()) is not None


@lru_cache(maxsize=1024)
def quarter_of(text: str) -> int:
    """The quarter that a header names, also by one of its months; 0 for none."""
    if (match := _QUARTER.search(text)) is not None:
        return int(match["a"] or match["b"])
    word = text.strip().lower()
    for number, names in enumerate(_MONTHS):
        if re.fullmatch(names, word):
            return number // 3 + 1
    return 0


def half_of(text: str) -> int:
    """The half of a year that a header names; 0 for none."""
    match = _HALF.search(text)
    return int(match["a"] or match["b"]) if match is not None else 0


_THOUSANDS = re.compile(
    r"(?<!\w)(?:k ?(?P<a>€|euros?|eur|\$|£)|milliers? d['’e]\s*(?P<b>euros?|€|dollars?)|milliers?"
    r"|thousands?(?: of (?P<c>dollars?|euros?|pounds?|[$€£]))?|(?P<d>[$€£])\s?000s?|\(?000s?\)?"
    r"|(?:in )?000s)(?!\w)",
    re.IGNORECASE,
)
_MILLIONS = re.compile(
    r"(?<!\w)(?:m ?(?P<a>€|euros?|eur|\$|£)|millions? d['’e]\s*(?P<b>euros?|€|dollars?)|millions?"
    r"(?: of (?P<c>dollars?|euros?|pounds?|[$€£]))?)(?!\w)",
    re.IGNORECASE,
)
_CURRENCY = re.compile(r"€|(?<!\w)(?:euros?|eur|dollars?)(?!\w)|\$|£", re.IGNORECASE)


class Unit(NamedTuple):
    """The unit of amounts, as far as something says it: thousands, and of which currency."""

    scale: str
    sign: str

    def __str__(self) -> str:
        return self.scale + self.sign


def _sign(word: str | None) -> str:
    word = (word or "").lower()
    if word.startswith(("€", "eur")):
        return "€"
    if word.startswith(("$", "dollar")):
        return "$"
    return "£" if word.startswith(("£", "pound")) else ""


#: An amount, or a rate, that a unit in a text is of: ``55 million gallons``, ``$75,000``, ``€/m²``.
_AMOUNT_BEFORE = re.compile(r"(?P<number>\d[\d.,'’\s]*)[-–]?\s*$")
_AMOUNT_AFTER = re.compile(r"\s*(?:\d|/)|\s+(?:of|de|d['’])(?!\w)", re.IGNORECASE)
#: What stands before the words of a unit where they tell one.
_TELLS = re.compile(
    r"(?:(?<!\w)(?:en|in|unités?|units?|montants?|amounts?|dollars?|euros?)\s*:?|[$€£(\[:,;/–—-])\s*$",
    re.IGNORECASE,
)
#: What stands before them where they tell how much there is of something.
_COUNTS = re.compile(
    r"(?<!\w)(?:des?|les?|plusieurs|quelques|of|the|several|some|many|over|about)\s+$",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def unit_in(text: str) -> Unit | None:
    """The unit that a text names: ``en k€``, ``Amounts in Thousands``; not that of an amount."""
    text = look(text)
    for scale, pattern in (("k", _THOUSANDS), ("M", _MILLIONS)):
        for match in pattern.finditer(text):
            if _tells_a_unit(text, match):
                named = next((each for each in match.groupdict().values() if each), None)
                anywhere = _CURRENCY.search(text)
                return Unit(scale, _sign(named) or _sign(anywhere[0] if anywhere else None))
    amounts = [m.span() for pattern in (_THOUSANDS, _MILLIONS) for m in pattern.finditer(text)]
    for match in _CURRENCY.finditer(text):
        is_within = any(a <= match.start() < b for a, b in amounts)
        if not is_within and _tells_a_unit(text, match):
            return Unit("", _sign(match[0]))
    return None


def _tells_a_unit(text: str, match: re.Match[str]) -> bool:
    """Whether words of a unit stand for that of the amounts below, and not in a sentence."""
    before, after = text[: match.start()], text[match.end() :]
    amount = _AMOUNT_BEFORE.search(before)
    if amount is not None and not _is_year(amount["number"]):
        return False
    if _AMOUNT_AFTER.match(after) and not _YEAR.match(after.strip()):
        return False
    if any(sign in match[0] for sign in "€$£"):
        return True
    if _COUNTS.search(before):
        return False
    if _TELLS.search(before) or not (before.strip(" ([") or after.strip(" )].:;")):
        return True
    return _CURRENCY.search(match[0]) is not None and len(text) <= _SHORT


def _is_year(text: str) -> bool:
    return _YEAR.fullmatch(text.strip()) is not None


#: No sentence is so short.
_SHORT = 30


_WITHOUT_TAX = re.compile(r"(?<!\w)(?:h\.?t\.?|hors taxes?|excl\.? (?:vat|tax))(?!\w)", re.I)
_WITH_TAX = re.compile(
    r"(?<!\w)(?:t\.?t\.?c\.?|toutes taxes comprises|incl\.? (?:vat|tax))(?!\w)", re.I
)


def tax_in(text: str) -> set[Literal["incl", "excl"]]:
    """Whether a text says that amounts include taxes, that they do not, or both."""
    found: set[Literal["incl", "excl"]] = set()
    if _WITHOUT_TAX.search(text):
        found.add("excl")
    if _WITH_TAX.search(text):
        found.add("incl")
    return found


#: What others pay, or what is left of a cost: no cost itself.
RECEIPTS = re.compile(
    r"\W*(?:recettes?|subventions?|subv\.?|fctva|emprunts?|autofinancement|dotations?|detr|dsil"
    r"|participations?|fonds de concours|co-?financements?|cofinancé\w*|cessions?|feder"
    r"|aides? (?:du|des|de l[ae]?|d)|taxe d.aménagement|amendes de police|fonds propres"
    r"|reste à charge|solde|revenues?|grants?|receipts?)(?!\w)",
    re.IGNORECASE,
)
#: Who pays, as a row alone: no project is called so.
FUNDERS = re.compile(
    r"\W*(?:l['’])?(?:la )?(?:état|etat|région|region|département|departement|europe|ville|commune"
    r"|métropole|agglo(?:mération)?|intercommunalité|caf|anru|ademe|agence de l['’]eau|state|city"
    r"|county)\W*",
    re.IGNORECASE,
)
#: Who pays, in the header of a column of amounts: also “Région Occitanie”, “State grant”.
_PAYER = re.compile(
    rf"{RECEIPTS.pattern}"
    r"|\W*(?:l['’])?(?:la |le )?(?:état|etat|région|region|département|departement|europe|ville"
    r"|commune|métropole|agglo(?:mération)?|intercommunalité|caf|anru|ademe|agence de l['’]eau"
    r"|state|city|county|federal|town)(?=\s*(?:$|[(/:+&–-]|(?:share|part)\b"
    r"|(?:d[eu] |d['’]|de la |de l['’])?(?-i:[A-ZÉÎ])))"
    r"|(?:.*\W)?(?:subventions?|grants?|fonds de concours|(?:town|city|own|local) share|receipts"
    r"|borrowings?|loans?)\W*$"
    r"|\W*(?:conseil (?:départemental|régional|général)|part (?:de la |de l['’]|du )?(?:ville"
    r"|commune|communale|état|région|département))(?!\w)",
    re.IGNORECASE,
)
_RATE = _words("taux", "rates?", "pourcentages?", "percent(?:ages?)?")
#: What the header of a payer says beside who it is: a heading, a share, a year, that it is money.
_BESIDE_PAYER = (
    re.compile(r"^\W*(?:plan de )?(?:financements?|funding|source of funds)\b\W*(?=\w)", re.I),
    re.compile(r"(?:à )?\d+(?:[.,]\d+)?\s?%"),
    re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)"),
    re.compile(r"^\W*(?:montants?|amounts?)\b(?=\W*\w)|(?<=\w)\s+(?:montants?|amounts?)\W*$", re.I),
)


@lru_cache(maxsize=4096)
def payer_of(header: str) -> str:
    """Who pays what a column holds, as its header calls it; nothing where it names nobody."""
    name = look(header)
    for pattern in _BESIDE_PAYER:
        name = pattern.sub(" ", name)
    name = " ".join(name.split()).strip(" :–-")
    is_rate = "%" in name or _RATE.search(name) is not None
    is_named = any(
        said(name) for said in (_PAYER.match, TOWN.fullmatch, is_own_source, is_own_share)
    )
    return name if is_named and not is_rate and REMAINING.match(name) is None else ""


#: What is left of a cost after the years that are named, or after what others pay.
REMAINING = re.compile(r"\W*(?:restes? à financer|raf|left to (?:pay|fund)|remain\w*)(?!\w)", re.I)
#: When work begins and when it ends, in the header of a column.
STARTS = re.compile(
    r"\W*(?:année (?:de |du )?)?(?:début|debut|démarrage|demarrage|start|begin\w*)(?!\w)",
    re.IGNORECASE,
)
ENDS = re.compile(
    r"\W*(?:année (?:de |du )?)?(?:fin|achèvement|livraison|end|finish|completion)(?!\w)",
    re.IGNORECASE,
)
#: The town itself, as who pays; with what it borrows and saves (``is_own_source``).
TOWN = re.compile(
    r"\W*(?:la )?(?:ville|commune|part (?:communale|ville|commune|de la (?:ville|commune))"
    r"|reste à charge\b.*|(?:charge |coût )?net(?:te)?(?: (?:ville|commune|communale?))?"
    r"|autofinancement\b.*|fonds propres|solde|city|town"
    r"|(?:own|town|city) (?:share|funds|resources))\W*",
    re.IGNORECASE,
)
#: What a header may say of a year that is no cost of it: a rate, a running sum, what is left over.
NO_COST = _words(
    "taux", "rates?", "parts?", "shares?", "pourcentages?", "percent", "évolutions?", "variations?",
    "écarts?", "différences?", "changes?", "ratios?", "moyennes?", "average", "cumulés?",
    "cumulées?", "cumulative", "cumulated", "running", "rar", "restes? (?:à|a) [^\\W\\d]+",
    "reports?", "reportés?", "carried (?:over|forward)", "carry-?over", "soldes?", "balance",
    "disponibles?", "available", "engagé non mandaté", "recettes?", "subventions?", "fctva",
    "emprunts?", "participations?", "co-?financements?", "grants?", "revenues?", "receipts?",
    "pour mémoire",
)  # fmt: skip
_PERCENT_SIGN = re.compile("%")


def no_cost_in(header: str) -> str:
    """The word of a header that says that what is below is no cost of a year; empty for none."""
    text = look(header)
    match = NO_COST.search(text) or _PERCENT_SIGN.search(text)
    return "" if match is None else match[0]


#: What a title says where each year holds those before it too.
RUNNING = _words("cumulée?s?", "en cumul", "cumulative", "cumulated", "running totals?")
#: What the row of a total may be called without the word: no project is called so.
LIKE_A_TOTAL = re.compile(
    r"\W*(?:(?:montants?|coûts?|couts?|enveloppes?|budgets?|dépenses?|depenses?|investissements?"
    r"|besoins?|volumes?|masses?|ensemble|récapitulati(?:f|on)|synthèse|bilan)"
    r"(?:\s+(?:globa(?:l|le|ux|les)|général(?:e|es)?|généraux|annuel(?:le|s|les)?|brute?s?|nett?e?s?"
    r"|ppi|plan|pluriannuel(?:le|s|les)?|prévisionnel(?:le|s|les)?|du ppi|du plan|de l['’]année"
    r"|d['’]équipement|d['’]investissement|d['’]ensemble|des (?:dépenses|opérations|projets"
    r"|investissements|travaux)|de financement|de dépenses))*"
    r"|globa(?:l|lité)|à financer|général|ppi|all|overall|altogether|grand|everything)\W*",
    re.IGNORECASE,
)

#: The row of a theme that says what may be spent on it, and on nothing by name.
ENVELOPE = re.compile(
    r"\W*(?:enveloppes?|envelopes?)(?:\s+(?:votée?s?|budgétaires?|annuelles?|ppi|du ppi|du thème"
    r"|de crédits|theme|yearly|voted))*\W*",
    re.IGNORECASE,
)
#: The header of a column that names themes and can hardly name projects.
OF_THEMES = _words("thèmes?", "themes?", "thématiques?", "enveloppes?", "envelopes?",
                   "politiques? publiques?")  # fmt: skip
#: What stands before the name of a theme in the label of its envelope.
BEFORE_ENVELOPE = re.compile(
    r"^\W*(?:enveloppes?|envelopes?)\s*(?::|-|–|of|for|du|de la|de l['’]|des|de|d['’]|pour)?\s+",
    re.IGNORECASE,
)

#: What is reckoned of costs, and is none: a tax on their sum, a share, a running sum.
NO_PROJECT = re.compile(
    r"^\W*(?:dont\s+)?(?:t\.?v\.?a\.?|vat|taxes?|part|share|taux|rate|pourcentages?"
    r"|percent(?:ages?)?|ratio|cumule?s?|cumulée?s?|cumulative|running total|écarts?|variations?"
    r"|rappels?|pour mémoire|p\.?m\.?|memo|ppi précédent"
    r"|moyennes?|average|évolutions?|différences?|difference|h\.?t|t\.?t\.?c)(?!\w)"
    r"|(?<!\w)(?:en|in) ?%|^\W*%|^\W*[\d.,]+ ?%\W*$",
    re.IGNORECASE,
)
#: What says of a project that it is none of the plan, or one of several of which one is made.
SET_ASIDE = re.compile(
    r"(?:^\W*|[(\[–—-]\s*)(?:(?:projet|opération|project)\s+)?(?P<word>abandonnée?s?|annulée?s?"
    r"|supprimée?s?|suspendue?s?|ajournée?s?|non retenue?s?|refusée?s?|sans suite"
    r"|reportée?s? sine die|sine die|pour mémoire|p\.m\.|for the record|cancell?ed|abandoned"
    r"|dropped|withdrawn|rejected|on hold"
    r"|options?|optionnel(?:le)?s?|variantes?|variants?|alternatives?)(?!\w)(?!\s*d['e])",
    re.IGNORECASE,
)
