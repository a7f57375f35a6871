"""What people mean by an amount that is written as one says it: ``environ 12 k€ HT par an``.

Nothing here makes an amount of the plan: it only says what is to be typed instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from typing import Any, Literal

from ppi_cli.values.characters import look
from ppi_cli.values.money import Money, typed
from ppi_cli.values.money_signs import in_euros, in_plain_signs
from ppi_cli.values.spoken_standing import spoken_standing
from ppi_cli.values.written_money import NUMBER, in_one_unit, read_amount, written

Tax = Literal["incl", "excl"]


@dataclass(frozen=True, slots=True)
class Spoken:
    """What is meant: each part as it is to be typed."""

    #: As ``parse_money`` reads it; ``None`` where nobody has stated it.
    amount: str | None = None
    #: Whether it is a guess.
    assumed: bool = False
    #: Of two amounts between which it lies: the lower.
    least: str | None = None
    tax: Tax | None = None
    #: Whether so much is paid in each year.
    each_year: bool = False
    #: How many times so much it is, where that is said: ``3 x 150 k€``, ``3 ans x 150 k€``.
    times: int = 1
    one: str | None = None
    #: Whether these are so many years.
    in_years: bool = False
    #: The year that is named with it.
    year: int | None = None
    #: A part of something, in place of an amount: ``40 %``.
    share: str | None = None
    #: Of two parts between which it lies: the higher.
    most: str | None = None
    #: What else is said of the part, which makes it another sum than that part of the costs.
    besides: str | None = None
    #: Of what, where that is a stated sum, and what it comes to at most.
    base: str | None = None
    at_most: str | None = None
    #: What caps it, or what it is a share of: one cannot tell which.
    capped: str | None = None
    #: What else is said of it: where it comes from.
    source: str | None = None


#: What is perhaps a minus: ``8 000 € -``, ``./. 12 k€``; the dash of ``12,- €`` is none.
WITH_A_SIGN = r"\./\. ?.*[0-9].*|[^-–−]*[0-9][^-–−]*(?<=[0-9€$£kM] )[-–−]"
#: Words for what nobody has stated, apart by bars.
_NOT_STATED = (
    "|null|néant|neant|nd|n.d.|n.d|nc|n.c.|n.c|na|n.a.|n/a|nr|n.r.|aucun|aucune|none|"
    "à l'étude|a l'étude|"
    "inconnu|inconnue|unknown|tbd|tba|tbc|?|??|???|x|xx|xxx|-|--|---|–|—|_|.|..|...|…|/|"
    "//|*|pm|p.m.|so|s.o.|ras|r.a.s.|vide|montant|solde|reliquat|report|à chiffrer|a chiffrer"
    "|à définir|a definir|"
    "à déterminer|à préciser|à évaluer|à estimer|à venir|à voir|en attente|en cours|"
    "en cours de chiffrage|en cours d'étude|non chiffré|non connu|non communiqué|"
    "non défini|non déterminé|non estimé|non renseigné|pas chiffré|pas connu|"
    "pas encore chiffré|pour mémoire|sans objet|not stated|not known|not yet known|"
    "to be defined|to be confirmed|unfunded"
)
NOT_STATED = frozenset(_NOT_STATED.split("|"))


@lru_cache(maxsize=1024)
def spoken_amount(text: str) -> Spoken | None:
    """What is meant by a text that is no amount, as far as one can tell."""
    text = re.sub(" +", " ", look(text)).strip()
    if len(text) > _LONGEST or re.fullmatch(WITH_A_SIGN, text) is not None:
        return None
    text = re.sub(r"(?<![\w.,])[.,](?=[0-9])", "0.", text)
    text = _IN_WORDS.sub(lambda said: str(_COUNTS[said[0].lower()]), text)
    sign, text = in_euros(in_plain_signs(text))
    said = _spoken(text)
    return said if said is None or sign == "€" else _with_sign(said, sign)


#: Small numbers of things that are written as words: ``deux classes à 40 k€``.
_COUNTS = {
    "deux": 2, "two": 2, "trois": 3, "three": 3, "quatre": 4, "four": 4, "cinq": 5, "five": 5,
    "six": 6, "dix": 10, "ten": 10, "douze": 12, "twelve": 12,
}  # fmt: skip
_IN_WORDS = re.compile(rf"^(?:{'|'.join(_COUNTS)})(?= [^\W\d]+.* (?:à|at|of|de) [0-9$£€])", re.I)


def _with_sign(said: Spoken, sign: str) -> Spoken:
    return with_amounts(said, lambda amount: amount.replace("€", sign))


_AMOUNTS = ("amount", "least", "one", "base", "at_most", "capped")


def with_amounts(said: Spoken, change: Callable[[str], str]) -> Spoken:
    """The same, with each of its amounts changed."""
    amounts: dict[str, Any] = {name: getattr(said, name) for name in _AMOUNTS}
    changed: dict[str, Any] = {name: each and change(each) for name, each in amounts.items()}
    return replace(said, **changed)


def _spoken(text: str) -> Spoken | None:
    text = re.sub(_CAP_FIRST, r"\g<share> max \g<cap>", text, flags=re.IGNORECASE)
    text = re.sub(r"\((?:fy|exercice|ex\.) ?[0-9]{2,4} ", "(", text, flags=re.IGNORECASE)
    if is_not_stated(text):
        return Spoken()
    text = _IN_LETTERS.sub("", text).strip("()") if _IN_LETTERS.match(text) else text
    if _A_FRACTION.search(text):
        return None  # the amount that follows is not the one that is meant
    if text.lower() in (
        "gratuit",
        "rien",
        "free",
        "nil",
        "zéro",
        "zero",
        "offert",
        "in-kind",
        "in kind",
    ):
        return Spoken("0 €")
    if match := re.fullmatch(_MARGIN, text, re.IGNORECASE):
        said = _spoken(match["rest"].strip())
        return said and replace(said, assumed=True, source=said.source or match["margin"])
    if (match := re.search(_HOW_IT_STANDS, text, re.IGNORECASE)) is not None:
        said = _stands(text, match)
        if said is not None:
            return said
    prices = re.fullmatch(rf"(?P<rest>.*[0-9].*) ?[(](?P<source>{PRICES})[)]", text, re.IGNORECASE)
    if (match := prices or re.fullmatch(_REMARKED, text, re.IGNORECASE)) is not None:
        said = _spoken(match["rest"].strip(" ,;"))
        if said is not None and said.source is None and said.besides is None:
            return replace(said, source=match["source"])
    if match := re.fullmatch(SO_MANY_MONTHS, text, re.IGNORECASE):
        one = read_amount(match["one"].strip())
        return None if one is None else Spoken(typed(Money(one.cents * int(match["n"]), one.unit)))
    if (match := re.fullmatch(_A_QUANTITY_THAT_IS, text, re.IGNORECASE)) is not None:
        said = _spoken(match["rest"])
        return said and replace(said, source=said.source or match["what"].strip(" ,("))
    said, text = _peeled(text)
    if (match := re.fullmatch(_NOTED, text)) is not None:
        noted = _spoken(match["rest"])
        if noted is not None and noted.amount is not None and noted.source is None:
            return _joined(said, replace(noted, source=match["source"].strip()))
    for read in (_share, _product, _sum, _range, _one):
        if (found := read(text)) is not None:
            return _joined(said, found)
    return None


#: A sum or a share, and how it stands: ``30 % de 400 k€ HT, notifiée``, ``30 % accordés sur 9 k€``.
_HOW_IT_STANDS = (
    r"(?<=[^\s,])(?:[,;] | [-–] |,? [(]|(?<=[€$£%kM]) |(?<=\bHT) |(?<=\bTTC) )"
    r"(?P<stands>(?!(?:h\.?t|t\.?t\.?c|de|du|des|of|von|en|in)\b)[^\W\d]"
    r"[^%€$£()\d]*?(?:(?<= )(?:le|du|on|am|vom|dated) [^%€$£()]*)?)[)]?"
    r"(?P<of>$| (?:de|d'|of|sur|on|von) [0-9][^%]*$)"
)


def _stands(text: str, match: re.Match[str]) -> Spoken | None:
    """A sum of which it is said how it stands; nothing where that says more than this."""
    if spoken_standing(match["stands"]) is None:
        return None
    said = _spoken(text[: match.start()] + match["of"])
    if said is None or said.source is not None or said.besides is not None:
        return None
    return replace(said, source=match["stands"])


#: A number in letters, of two words or more: ``cent cinquante mille euros``.
_LETTERS = (
    r"(?:(?:une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze"
    r"|seize|vingts?|trente|quarante|cinquante|soixante|cents?|mille|millions?|et|pour|d'"
    r"|euros?)[ -]*){2,}"
)
_IN_LETTERS = re.compile(rf"{_LETTERS}(?=[(][0-9])", re.IGNORECASE)
#: Where a sum is said.
_A_LETTER = (
    r"cf|voir|selon|d'après|suivant|délib|devis|arrêté|courrier|notif|convention|décision|offre"
    r"|see|ref|as per|per|quote|letter|resolution"
)
#: What is said after an amount: where it stands, of what it is a part; itself, in letters.
_REMARKED = (
    rf"(?P<rest>.*[0-9].*?) ?(?:[(](?P<source>(?:{_A_LETTER})[^()]*)[)]"
    rf"|[(](?![±+])[^()%]*[0-9.,]+ ?%[^()]*[)]|[(]{_LETTERS}[)]"
    r"|[(]?(?:au|am|zum|on|as (?:of|at)|at|stand(?: vom)?) (?:[0-9]{1,2}[/.][0-9]{1,2}[/.]"
    r"(?:[0-9]{4}|[0-9]{2})|[0-9]{1,2}(?:er|\.|st|nd|rd|th)? [^\W\d]{3,9}\.? [0-9]{4})[)]?)"
)
#: So much of something, and what that costs: ``1,5 ETP soit 60 k€``.
_A_QUANTITY_THAT_IS = (
    r"(?P<what>[0-9][0-9.,]* ?(?!ht\b|ttc\b)[^\W\d][^0-9€$£%]*?)"
    r"[ ,(]+(?:soit|=|i\.e\.|c'est-à-dire|that is) ?(?P<rest>[0-9][^)]*)[)]?"
)
#: What is said in brackets after an amount, and is no part of it: ``1 200 k€ TTC (hors AMO)``.
_NOTED = (
    r"(?P<rest>.*[0-9].*?(?:[€$£kM]|HT|TTC|\ban|\bmois|year|month))"
    r" ?[(](?P<source>[^\W\d][^()0-9%€$£+]+)[)]?"
)
#: How far an amount may be off: ``300 k€ ±10 %``.
_MARGIN = (
    r"(?P<rest>.*[0-9].*?) ?[(]?(?P<margin>(?:±|\+ ?/ ?-|\+ ?ou ?-|plus ou moins|plus or minus)"
    r" ?[0-9]{1,2}(?:[.,][0-9])? ?%)[)]?"
)
#: ``12 k€/mois sur 6 mois``: so much in some months of a year.
SO_MANY_MONTHS = (
    r"(?P<one>.*[0-9].*?) ?(?:/|par|per|a) ?(?:mois|month)[ ,(]+(?:sur|pendant|durant|for|over)"
    r" (?P<n>[1-9]|1[0-2]) ?(?:mois|months?)[)]?"
)


def each_of(said: Spoken, years: int) -> str | None:
    """What is paid in each of so many years, if that is said: ``3 x 150 k€`` of three."""
    if said.one is not None and (said.in_years or said.times == years):
        return said.one if said.times == years else None
    return said.amount if said.each_year else None


def is_not_stated(text: str) -> bool:
    """Whether a text says that nobody has stated it yet."""
    said = re.sub(r"(?<=[^\s(]) \([^()]*\)$", "", look(text).strip().lower()).strip("()[] ")
    return said in NOT_STATED or re.fullmatch(_TO_BE_STATED, said) is not None


#: Short forms of what is still to be stated: ``à déf.``, ``reste à chiff.``.
_TO_BE_STATED = (
    r"(?:reste )?[àa] (?:déf|def|déterm|préc|chiff|conf|éval|est|prév|venir|arbitr|étud|rens|comp)"
    r"[^ 0-9]*"
    r"|non (?:chiff|est|éval|connu|comm|rens|déf|déterm|disp)[^ 0-9]*"
    r"|en attente (?:de|du|d')[^0-9]*|devis (?:en cours|à venir|demandé|attendu)s?"
    r"|to be [a-z]+|not (?:yet )?[a-z]+|pending"
)


_LONGEST = 80
_A_FRACTION = re.compile(
    r"\b(?:moiti[ée]s?|demi[es]*|tiers|quarts?|half(?![- ]year)|thirds?)\b|[½⅓¼¾]|^[0-9]/[0-9]\b"
    r"|(?<!/)(?<!/ )(?<!\bper )(?<!\beach )(?<!\bevery )\bquarters?\b",
    re.IGNORECASE,
)


def ends_as_a_guess(text: str) -> bool:
    """Whether what stands before an amount makes it a guess: ``DETR : environ``."""
    return re.search(rf"(?<!\w)(?:{_GUESSED})[ :]*$", text, re.IGNORECASE) is not None


def has_fraction(text: str) -> bool:
    """Whether a text names a part: the amount beside that is another one than what is meant."""
    return _A_FRACTION.search(text) is not None


_GUESSED = (
    r"environ|env\.?|rund|rd\.?|etwa|c\.|approx\.?|approximativement|autour de"
    r"|aux alentours de|à peu près|a peu près"
    r"|höchstens|mindestens|maximal|bis zu|knapp|circa|zirka|ungefähr"
    r"|de l'ordre de|près de|presque|about|around|ca\.?|roughly|estimé(?:e)? à|estimation ?:?"
    r"|plus de|moins de|au plus|au moins|jusqu'à|au maximum|maximum|maxi|max\.?|minimum|mini|min\.?"
    r"|dans la limite de|à concurrence de|à hauteur maximale de|up to|at most|at least|[~≈±<>≤≥]=?"
    r"|not to exceed|nte|no more than|est\.?|estimated(?: at)?"
    r"|à partir de|à compter de|from|starting at|plancher(?: de)?|plafond(?: de)?|plafonné[e]? à"
    r"|(?:un |au )?(?:minimum|maximum) (?:de|of)|entre autres|dans les|grosso modo|pas plus de"
)
_GUESSED_AFTER = (
    r"environ|env\.?|approx\.?|estimés?|estimées?|estimation|estimatif|est\.|prévisionnel|prév\.?"
    r"|prov\.|provisoire|à confirmer|à affiner|estimated|au plus|au moins|maximum|maxi|max\.?"
    r"|minimum|mini|min\.?|ou plus|or more|tbd|tbc|[?~*+]+"
)
#: The taxes on what is bought, and the rate of one that is named with it.
_A_TAX = (
    r"(?:[0-9.,]+ ?% ?(?:de |of )?)?(?:tva|vat|gst|hst|pst|qst|tps|tvq|mwst|ust|tax(?:es)?)\b\.?"
    r"(?: ?(?:de |at |à |@ ?)?[0-9.,]+ ?%)?"
)
_WITHOUT_TAX = (
    rf"netto(?:,? zzgl\.? {_A_TAX})?"
    r"|(?:plus|zzgl\.?|zuzüglich|excl?\.?(?:uding)?|ex\.?|exkl\.?|ohne|without|before|net of|avant"
    rf"|hors) ?{_A_TAX}"
    r"|(?:h\.? ?t\.?|hors ?taxes?|hors tva|htva)(?:,? (?:à|at|tva(?: à| de)?) ?[0-9.,]+ ?%)?"
    r"|tva (?:non comprise|en sus|en plus)"
    r"|taxes (?:non comprises|en sus|en plus)"
    rf"|\+ ?{_A_TAX}"
)
_WITH_TAX = (
    rf"brutto|(?:inkl\.?|inklusive|incl?\.?(?:uding)?|mit|with|after|après) ?{_A_TAX}"
    r"|t\.? ?t\.? ?c\.?|toutes taxes comprises|(?:tva|taxes) (?:comprises?|incluses?|incl\.?)|tvac"
    r"|(?:y compris|avec|dont) (?:la )?tva|tout compris|vat incl(?:uded|\.)?|all in"
)
#: Where a word begins, or what a stroke parts.
_APART = r"(?:(?<![^\W\d])|(?=/))"
#: Words before the time in each of which so much is paid.
_PER = r"(?:/|par|per|pro|je|im|in der|à l'|a|chaque|each|every|tou(?:te)?s les)"
_A_YEAR = (
    rf"{_PER} ?(?:an(?:née)?s?|years?|yr|y|jahr|j)\b\.?|/ ?a\b\.?|l'an(?:née)?"
    r"|annuels?|annuelles?|annuellement|yearly|annual(?:ly)?|p\. ?a\.?|pa|jährlich(?:e[rns]?)?"
)
_TIMES_A_YEAR = {
    rf"{_PER} ?(?:mois|months?|monate?|mth)|pcm|mensuel(?:le)?s?|mensuellement|monthly"
    r"|monatlich(?:e[rns]?)?|mtl\.?": 12,
    r"bimestriel(?:le)?s?|tous les (?:deux|2) mois|every (?:two|2) months": 6,
    rf"{_PER} ?(?:trimestres?|quarters?|quartale?|vierteljahr|qtr)|trimestriel(?:le)?s?"
    r"|quarterly|vierteljährlich(?:e[rns]?)?|quartalsweise": 4,
    rf"{_PER} ?(?:semestres?|halbjahr|half[- ]year)|semestriel(?:le)?s?|half[- ]yearly|six-monthly"
    r"|halbjährlich(?:e[rns]?)?": 2,
    **{
        rf"(?:{word} (?:fois|times|mal)|{word}[x×]|{n} ?(?:fois|times|mal|[x×])|{alone})"
        r" ?(?:(?:par|per|pro|im|a|in the) ?(?:an|year|jahr)|jährlich|l'an|yearly|annually)": n
        for n, word, alone in (
            (2, "(?:deux|two)", "twice|zweimal"),
            (3, "(?:trois|three)", "thrice|dreimal"),
            (4, "(?:quatre|four)", "viermal"),
            (12, "(?:douze|twelve)", "zwölfmal"),
        )
    },
}  # fmt: skip


def is_of_part_of_a_year(text: str) -> bool:
    """Whether a text says that it is of a month, a quarter or a half of a year."""
    periods = "|".join(_TIMES_A_YEAR)
    return re.search(rf"{_APART}(?:{periods})(?![^\W\d])", text, re.IGNORECASE) is not None


#: Words for the budget of a year, which say no more than the year itself.
BUDGETS = r"[ac]p|[ac]\.p\.|bp|dm|budget|crédits?(?: de paiement)?"
_YEAR = r"(?:(?:en|in|pour|for|sur) )?[(]?(?P<year>[12][0-9]{3})[)]?"


#: ``10 k€/an pendant 3 ans``: so much in each of so many years.
_SO_MANY_YEARS = (
    r"(?P<rest>.*[0-9].*?)[, ]*[(]?\b(?:pendant|durant|sur|for|over|during) (?P<n>[1-9][0-9]?)"
    r" ?(?:ans|années?|an|exercices|years?)[)]?"
)


def _peeled(text: str) -> tuple[Spoken, str]:
    """What is said around an amount, and the text without it."""
    said, times, years = Spoken(), 1, ""
    if match := re.fullmatch(_SO_MANY_YEARS, text, re.IGNORECASE):
        text, years = match["rest"], match["n"]
    while True:
        for period, n in _TIMES_A_YEAR.items():
            if match := re.fullmatch(
                rf"(?P<rest>.*[^ ]) ?[(]?{_APART}(?:{period})[)]?"
                rf"|(?:{period}) ?:? (?P<after>[0-9$£€~].*)",
                text,
                re.IGNORECASE,
            ):
                said, times = replace(said, each_year=True), times * n
                text = match["rest"] or match["after"]
                break
        else:
            for pattern, part in _AROUND.items():
                if match := re.fullmatch(pattern, text, re.IGNORECASE):
                    said, text = replace(said, **part), match["rest"].strip(" ()[],;:")
                    break
            else:
                break
    if match := re.fullmatch(rf"(?P<rest>.*[0-9k€$£].*?) ?(?:{_YEAR})", text, re.IGNORECASE):
        if read_amount(match["rest"].strip(" :(")) is not None and re.search(
            "[€$£kM]", match["rest"]
        ):
            said, text = replace(said, year=int(match["year"])), match["rest"].strip(" :(")
    elif match := re.fullmatch(
        rf"(?:(?:{BUDGETS}|jahr|année|year) )?{_YEAR} ?[:=] ?(?P<rest>.+)", text, re.IGNORECASE
    ):
        said, text = replace(said, year=int(match["year"])), match["rest"]
    if years and not said.each_year:
        return Spoken(), ""  # it is the whole of these years: not so much in each
    if years:
        one = read_amount(text)
        if one is None:
            return Spoken(), ""
        one = Money(one.cents * times, one.unit)
        return replace(said, each_year=False), f"{years} ans x {typed(one)}"
    return said, text if times == 1 else f"{times} x {text}"


#: Words for an amount, which say no more than the amount itself.
_A_SUM = (
    r"(?:une? |le |la |the |an? )?(?:montant|enveloppe|somme|subvention|aide|participation|crédit"
    r"|budget|coût|dépense|amount|grant|sum)(?: total[e]?| global[e]?)?"
)
_UP_TO = r"maximal[e]?|prévisionnel(?:le)?|plafonné[e]?(?: à)?|estimati[fv]e?|provisoire"


_AROUND: Mapping[str, Mapping[str, Any]] = {
    rf"(?:{_GUESSED})(?![^\W\d]) ?(?P<rest>.*[0-9].*)": {"assumed": True},
    rf"(?P<rest>.*[0-9].*?) ?[(]?(?:{_GUESSED_AFTER})[)]?": {"assumed": True},
    rf"(?P<rest>.*[0-9].*?) ?[(]?(?:\b|(?=\+))(?:{_WITHOUT_TAX})[)]?": {"tax": "excl"},
    rf"(?P<rest>.*[0-9].*?) ?[(]?\b(?:{_WITH_TAX})[)]?": {"tax": "incl"},
    rf"(?:{_WITHOUT_TAX}) ?:? (?P<rest>.*[0-9].*)": {"tax": "excl"},
    rf"(?:{_WITH_TAX}) ?:? (?P<rest>.*[0-9].*)": {"tax": "incl"},
    rf"(?P<rest>.*[0-9].*?) ?[(]?{_APART}(?:{_A_YEAR})[)]?": {"each_year": True},
    rf"(?:{_A_YEAR}) ?:? (?P<rest>[0-9$£€~].*)": {"each_year": True},
    rf"(?:{_A_SUM}) (?:{_GUESSED}|{_UP_TO}) ?(?:de|d'|of|:)? ?(?P<rest>.*[0-9].*)": {
        "assumed": True
    },
    rf"(?:{_A_SUM}) ?(?:de|d'|of|:) ?(?P<rest>.*[0-9].*)": {},
}


def _joined(said: Spoken, found: Spoken) -> Spoken:
    """What is said around an amount, with what the amount itself says."""
    if said.each_year and (beside := found.base or found.at_most or found.capped):
        return Spoken(share=found.share, besides=beside)  # a share is of all years together
    return replace(
        said,
        each_year=said.each_year or found.each_year,
        amount=found.amount,
        assumed=said.assumed or found.assumed,
        least=found.least,
        times=found.times,
        one=found.one,
        in_years=found.in_years,
        share=found.share,
        year=said.year if found.year is None else found.year,
        most=found.most,
        besides=found.besides,
        base=found.base,
        at_most=found.at_most,
        capped=found.capped,
        source=found.source,
        tax=said.tax or found.tax,
    )


# --- amounts that are worked out --------------------------------------------------------------


def _share(text: str) -> Spoken | None:
    """``40 %``, ``40 pour cent``, ``40 % du HT``; of a stated sum, so much of it."""
    match = re.fullmatch(
        r"(?P<part>[0-9]{1,3}(?:[.,][0-9]{1,3})?) ?"
        r"(?:%|pour ?cent|percent|prozent|v\.? ?h\.)(?P<rest>.*)",
        text,
        re.I,
    )
    if match is None:
        return _range_of_shares(text)
    rest = re.sub(_GERMAN_THOUSANDS, " k€", match["rest"])
    rest = re.sub(_SIGN_FIRST, _with_sign_last, rest)
    if stated := re.fullmatch(_COMES_TO, rest, re.IGNORECASE):
        amount = written(stated["sum"].strip())
        return None if amount is None else Spoken(amount)
    of, at_most = _sum_after(_OF, rest), _sum_after(_AT_MOST, rest)
    if re.search(_ELSE, rest, re.IGNORECASE) or len(re.findall(_ANY_AMOUNT, rest)) > len(
        {of, at_most} - {None}
    ):
        of = at_most = None
    if of is None and at_most is not None and re.search(_SPENT, rest, re.IGNORECASE):
        return Spoken(share=f"{match['part']} %", capped=at_most, tax=tax_of(rest))
    if of == at_most:
        of = None
    share = f"{match['part']} %"
    said = rest.strip(" ()[],;:-")
    if in_year := re.fullmatch(r"(?:en|in) ((?:19|20)[0-9]{2})|((?:19|20)[0-9]{2})", said):
        return Spoken(share=share, year=int(in_year[1] or in_year[2]))
    if of is None and at_most is None and re.search("[0-9]", rest):
        return _range_of_shares(text) or Spoken(share=share, besides=said)
    if of is not None or at_most is not None or re.fullmatch(_ALL_COSTS, said, re.IGNORECASE):
        in_year = re.search(r"\b(?:en|in) ((?:19|20)[0-9]{2})$", said)
        year = None if in_year is None else int(in_year[1])
        return Spoken(
            share=share, base=of, at_most=at_most, year=year, tax=None if of else tax_of(rest)
        )
    return Spoken(share=share, source=said)


#: An amount with its sign first, whose commas part thousands: ``€200,000``.
_SIGN_FIRST = r"€ ?(?P<whole>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?![0-9.,])(?P<k> ?[kM])?"


def _with_sign_last(found: re.Match[str]) -> str:
    return f"{found['whole'].replace(',', '')} {(found['k'] or '').strip()}€"


def tax_of(text: str) -> Tax | None:
    """Whether what is said of an amount, or of a share, counts it with taxes or without."""
    if re.search(rf"(?<!\w)(?:{_WITHOUT_TAX})(?!\w)", text, re.IGNORECASE):
        return "excl"
    return "incl" if re.search(rf"(?<!\w)(?:{_WITH_TAX})(?!\w)", text, re.IGNORECASE) else None


#: The cap is said first: ``up to 200 k€ or 75 %, whichever is lower``.
_CAP_FIRST = (
    r"^(?:up to|max\w*\.?|jusqu'à|höchstens|bis zu|at most|au plus) (?P<cap>[^%]+?) (?:or|ou|oder)"
    r" (?P<share>[0-9][0-9.,]* ?%)(?:[, (]+(?:whichever|le plus (?:faible|petit|bas)"
    r"|the l\w+|the s\w+|je nachdem)[^0-9]*)?$"
)
_GERMAN_THOUSANDS = r"(?<=[0-9]) ?(?:T ?€|TEUR|Tsd\.? ?(?:€|EUR|Euro))(?!\w)"
#: What makes an amount beside a share neither what that is a part of nor what caps it: a floor, a
#: threshold, a condition, what is for each of several.
_ELSE = (
    r"\b(?:min\w*|plancher|au moins|at least|(?<!not )(?<!not to )exc[eé]\w+|(?<!sans )dépass\w+"
    r"|au[- ]delà|over|above|à partir|dès|si|if|moins de|less than|under|after|first|franchise)\b"
    r"|[0-9kM€$£] ?(?:/|(?:par|per|each|chaque|p\.?a\b|a year|l'an|annuel))"
)
#: Words for all of the costs, of which a share is a part where nothing else is said.
_ALL_COSTS = (
    r"(?:\b(?:d[eu]|des|d|l[ea]?|les|of|the|on|sur|à|au|coûts?|costs?|dépenses?|montants?|projets?"
    r"|project|total\w*|global\w*|prix|opération|budget|subvention|aide|financement|grant|funding"
    r")\b['’ ]*)*"
)


def _range_of_shares(text: str) -> Spoken | None:
    """``20-30 %``: the lower one, as a guess."""
    match = re.fullmatch(
        r"(?:entre|de|from|between)? ?(?P<low>[0-9]{1,3}) ?%? ?(?:-|–|à|et|to|and|/) ?"
        r"(?P<high>[0-9]{1,3}) ?%",
        text,
        re.IGNORECASE,
    )
    if match is None or int(match["low"]) >= int(match["high"]):
        return None
    return Spoken(share=f"{match['low']} %", assumed=True, most=f"{match['high']} %")


#: ``35 % (147 000 €)``, ``35 % de 420 k€ soit 147 k€``: the sum is stated, too.
_COMES_TO = (
    r"(?:[^€$£]*[0-9][^€$£]*[kM]?€[^€$£]*?)??[ ,(]*(?:soit|=|:|i\.e\.|d'où|\()[ (]*"
    rf"(?P<sum>{NUMBER} ?(?:[kKM] ?€?|€|euros))[ )]*"
)
_AT_MOST = (
    r"(?:plafon\w*|max\w*|limit\w*|à concurrence|au plus|at most|up to|dans la limite"
    r"|höchstens|maximal|bis zu|gedeckelt|capp?(?:ed)?\b|ceiling"
    r"|not (?:to )?exceed(?:ing)?|nte\b|sans dépasser|jusqu'à)"
)
#: Words for what is spent: what caps a share of it may cap that, or the share.
_SPENT = (
    r"dépenses?|coûts?|assiette|base|montants?|travaux|investissements?|\bht\b|\bttc\b|hors taxe"
    r"|spending|spent|expen\w+|costs?|works?|eligible|éligible|subventionnable"
)
_OF = rf"(?:de|du|d'une?|of|sur|von|der)(?! *{_AT_MOST})"
_ANY_AMOUNT = r"[0-9] ?(?:[kM] ?€?|€|euros)(?![^\W\d])"


_A_YEAR_ALONE = "(?:19|20)[0-9]{2}$"


def _sum_after(words: str, text: str) -> str | None:
    """The amount that follows some words, with others between that name no amount."""
    match = re.search(
        rf"\b{words}[^0-9%]*?(?!{_A_YEAR_ALONE})(?P<sum>{NUMBER} ?(?:[kKM] ?€?|€|euros|$))",
        text,
        re.IGNORECASE,
    )
    if match is None or (re.search(_AT_MOST, match[0], re.I) and words != _AT_MOST):
        return None
    return written(match["sum"].strip())


def _product(text: str) -> Spoken | None:
    """``3 x 4 000 €``, ``12 postes à 500 €``, ``1 200 €/m² x 500 m²``, ``0,5 ETP à 40 k€``."""
    for pattern in _PRODUCTS:
        match = re.fullmatch(pattern, text, re.IGNORECASE)
        one = None if match is None else _price(re.sub(_OF_ONE, "", match["one"]))
        if (
            match is None
            or one is None
            or not one.cents
            or re.fullmatch(f"{_A_YEAR_ALONE}|0", match["n"])
        ):
            continue
        if re.fullmatch("[0-9]+[.,][0-9]{3}", match["n"]):
            return None  # perhaps thousands
        word = match.groupdict().get("things") or ""
        if re.fullmatch(_MEASURES, word) and not re.search(f"{_OF_ONE}|{_BY}", text, re.I):
            return None  # perhaps that is what all of it costs
        n = Fraction(match["n"].replace(" ", "").replace(",", "."))
        cents = one.cents * n
        if cents.denominator != 1:
            return None
        whole = typed(Money(int(cents), one.unit))
        if n.denominator != 1:
            return Spoken(whole)
        in_years = re.match(f"{_YEARS}|{_INSTALMENTS}", word, re.IGNORECASE) is not None
        return Spoken(whole, times=int(n), one=typed(one), in_years=in_years)
    return None


def is_product(text: str) -> bool:
    """Whether a text says how many of something there are, and what one of them costs."""
    return _product(text) is not None


def _price(text: str) -> Money | None:
    """What one of several things costs, which may itself be so many times so much."""
    if (one := read_amount(text)) is not None:
        return one
    of_several = _product(text)
    return None if of_several is None else read_amount(of_several.amount or "")


_BY = r" ?(?:[x×*@]|fois|times) ?"
_YEARS = r"(?:ans?|années?|exercices|years?|yrs?)\b"
#: Parts of a sum that come one after another: perhaps one a year.
_INSTALMENTS = (
    r"(?:tranches?|versements?|acomptes?|échéances?|annuités?|phases?|instal?ments?|payments?)\b"
)
#: How many, and what of: ``500 m²``, ``12 postes``, ``2 salles de classe``.
_SO_MANY = (
    r"(?P<n>[0-9]{1,3}(?: [0-9]{3})+|[0-9]+(?:[.,][0-9]+)?)(?: ?(?P<things>[^\W\d]+[²³23]?"
    r"(?: (?:de |d'|of )?(?!(?:à|of|de|at)\b)[^\W\d]+)?))"
)
_PRODUCTS = (
    rf"=? ?{_SO_MANY}?{_BY}(?P<one>.+)",
    rf"=? ?(?P<one>[^x×*@]+?){_BY}{_SO_MANY}?",
    rf"{_SO_MANY} (?:à|at|of|de|d') ?(?P<one>[0-9$£€].*)",
)
_MEASURES = "m²|m2|m3|m³|m|ml|km|ha"
#: What says that a price is that of one of them: ``25 € le m²``.
THE_ONE = (
    rf"(?:le|la|l'|du|au|the|a) ?(?:{_MEASURES}|mètres?(?: \w+)?|metres?(?: \w+)?|heure|hour|jour"
    r"|day|unité|pièce|poste)"
)
#: That a price is that of one thing.
_OF_ONE = (
    r" ?(?:(?:/|\bpar |\bper )(?: ?)[^\W\d]+[²³23]?|(?:à )?l'unité|chacune?|pièce|each|apiece)$"
)


def _sum(text: str) -> Spoken | None:
    """``10 k€ + 5 k€``, ``10 + 5 k€``."""
    parts = re.split(r" ?(?<![0-9][eE])\+ ?", text.lstrip("= "))
    read = in_one_unit(parts) if len(parts) > 1 else None
    if read is None or len({part.unit for part in read}) > 1:
        return None
    return Spoken(typed(Money(sum(part.cents for part in read), read[-1].unit)))


_ARE_YEARS = re.compile("(?:19|20)[0-9]{2}[^0-9]+(?:19|20)[0-9]{2}")


def _range(text: str) -> Spoken | None:
    """``20-30 k€``, ``entre 20 et 30 k€``: the higher one, as a guess."""
    match = re.fullmatch(
        rf"(?:entre|de|from|between)? ?(?P<sign>€? ?)(?P<low>{NUMBER}[^-–/]*?) ?"
        r"(?:-|–|—|/|\.\.\.?|à|a|et|and|to|ou|or) ?(?P<high>[0-9].*)",
        text,
        re.IGNORECASE,
    )
    if match is None or (high := read_amount(match["high"])) is None:
        return None
    if not high.unit and ("/" in text or _ARE_YEARS.fullmatch(text)):
        return None  # a fraction, or years
    low = read_amount(match["sign"] + match["low"])
    if low is not None and low.unit and not high.unit.endswith(low.unit[-1]):
        high = read_amount(typed(high) + low.unit[-1])
    if low is None or high is None:
        return None
    if not low.unit or low.unit == "€" != high.unit:
        # the unit at the end counts for both, also where the currency stands before: “$1.2–1.5M”
        scaled = read_amount(match["low"].strip(" €") + high.unit)
        low = scaled if scaled is not None and (not low.unit or scaled < high) else low
    if re.fullmatch("[0-9]{1,3}", match["low"].strip()) and not match["sign"].strip():
        low = _with_its_thousands(low, high)
    if low >= high:
        return None
    return Spoken(typed(high), assumed=True, least=typed(low))


def _with_its_thousands(low: Money, high: Money) -> Money:
    """The lower end of ``150 à 180 000 €``: its thousands are said once, at the upper end."""
    while low.cents * 1000 < high.cents:
        low = Money(low.cents * 1000, low.unit)
    return low


#: Of which year the prices are: the amount is not of that year.
PRICES = (
    r"(?:(?:en |aux? )?(?:valeur|prix|conditions économiques|euros?|€|base|indice)(?: constants?)?"
    r"|constants?|(?:in |at )?constant (?:euros|dollars|prices))[^0-9€$£%]*(?:19|20)[0-9]{2}"
    r"|(?:in |at )?(?:Q[1-4] )?(?:19|20)[0-9]{2} (?:prices|euros?|dollars|values?)"
)
#: Where an amount is said, with the number and the day of it.
_REFERENCE = (
    rf"(?:{_A_LETTER}|marché|contract|sous réserve|sous condition|à condition|subject to"
    r"|provided)\b[^€$£%]*"
    r"|(?:notifi|accord|attribu|octroy|obten|vot|grant|award|approv)[^\W\d]*"
    r" (?:le|en date|du|par|on|dated|by)\b[^€$£%]*"
)


#: What is numbered, and whose number stands before an amount.
_NUMBERED = (
    r"(?:phases?|lots?|tranches?|étapes?|t[of]|n[°o]|niveaux?|axes?|étages?|bâtiments?|bât\.?"
    r"|article|art\.?|opérations?|secteurs?|zones?|step|stage|section|building|unit|item|no\.?"
    r"|los|abschnitt)"
)
#: Its number, apart from the amount: ``Lot 2 : 45 k€``, ``2e tranche 45 k€``.
_ITS_NUMBER = (
    rf"(?:(?!t[of]){_NUMBERED} ?(?:n°)? ?[0-9]{{1,2}} ?(?=[:–—-])"
    rf"|[0-9](?:e|è?me|re|er|nde?|st|nd|rd|th|\.) {_NUMBERED}(?= ))"
)


def _one(text: str) -> Spoken | None:
    """An amount alone, or with what is said of it: ``45 k€ devis Dupont``."""
    if (alone := written(text)) is not None:
        return Spoken(alone)
    if match := re.fullmatch(r"(?P<amount>.+?) ?[(](?:soit |= ?)?[0-9.,]+ ?%[^()]*[)]", text):
        return _one(match["amount"])
    if match := re.fullmatch(
        rf"(?P<amount>{NUMBER} ?(?:[kKM] ?€?|€|euros?))[ (,;:–-]+"
        rf"(?P<rest>{PRICES}|{_REFERENCE})[) ]*",
        text,
        re.IGNORECASE,
    ):
        amount, rest = read_amount(match["amount"].strip()), match["rest"].strip(" ()[],:;-")
        return None if amount is None else Spoken(typed(amount), source=rest)
    number = rf"(?P<amount>{NUMBER} ?{_IN_MONEY})"
    match = (
        re.fullmatch(rf"{number}(?P<rest>(?:[ (,:;-]+|(?=/ ?{_YEARS}))[^\d%€$£+]+)", text)
        or re.fullmatch(rf"(?P<rest>[^\W\d][^\d%€$£]*?[ :(]+){number}", text)
        or re.fullmatch(rf"(?P<rest>{_ITS_NUMBER})[ :–—-]+{number}", text, re.IGNORECASE)
    )
    if match is None or (amount := read_amount(match["amount"].strip())) is None:
        return None
    if re.search(rf"\b{_NUMBERED}[ :(]*$", match["rest"], re.IGNORECASE) and re.match(
        "[0-9]{1,2} ", match["amount"]
    ):
        return None  # of “phase 1 400 k€”, nobody knows which number is the amount's
    rest = match["rest"].strip(" ()[],:;-")
    if re.search(rf"\b(?:(?:à|at|par|per)|{THE_ONE})$", rest, re.I):
        return None  # of so many things that are not read, this is perhaps the price of one
    return _said_beside(Spoken(typed(amount)), rest) if len(rest) > 1 else None


def _said_beside(said: Spoken, rest: str) -> Spoken:
    """An amount with what stands beside it, of which a part may be more than a remark."""
    if ends_as_a_guess(rest):
        return replace(said, assumed=True)
    for pattern, more in _SAID_FIRST.items():
        if (match := re.match(rf"(?:{pattern})(?!\w)[ ,:–-]*", rest, re.IGNORECASE)) is not None:
            said, rest = replace(said, **more), rest[match.end() :]
    return replace(said, source=rest or None)


#: What is more than a remark at the beginning of one: ``100 k€ HT par an sur le mandat``.
_SAID_FIRST: Mapping[str, Mapping[str, Any]] = {
    _WITHOUT_TAX: {"tax": "excl"},
    _WITH_TAX: {"tax": "incl"},
    _A_YEAR: {"each_year": True},
}


#: What makes a number an amount.
_IN_MONEY = r"(?:[kKM] ?€?|€|EUR\b|euros?\b)"
#: A day that a sentence ends with, in brackets or not.
_A_DAY = r"(?:[0-9]{1,2}[/.-][0-9]{1,2}[/.-](?:[0-9]{4}|[0-9]{2})[) ]*)?"
