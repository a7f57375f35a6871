"""Keys that a user may write with reason, and that the format does not have."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence

from ppi_cli.source.known import everywhere
from ppi_cli.values.characters import look

#: Keys that later parts of the format add: until they are computed with, they are refused.
LATER_KEYS = frozenset(
    [
        "actuals",
    ]
)

#: The French words that come to mind first, and the keys that they stand for.
FRENCH_KEYS = {
    "titre": "title",
    "projet": "project",
    "projets": "projects",
    "theme": "theme",
    "thème": "theme",
    "thematique": "theme",
    "thématique": "theme",
    "thematiques": "themes",
    "thématiques": "themes",
    "thèmes": "themes",
    "groupe": "group",
    "groupes": "groups",
    "annees": "years",
    "années": "years",
    "avant": "before",
    "anterieur": "before",
    "antérieur": "before",
    "au_dela": "beyond",
    "au_delà": "beyond",
    "au-dela": "beyond",
    "au-delà": "beyond",
    "non_programme": "unplanned",
    "non_programmé": "unplanned",
    "non programmé": "unplanned",
    "non programme": "unplanned",
    "ensemble": "whole",
    "trimestre": "quarter",
    "trimestres": "quarters",
    "enveloppe": "envelope",
    "enveloppes": "envelope",
    "chaque_annee": "each_year",
    "chaque_année": "each_year",
    "au_total": "in_all",
    "en_tout": "in_all",
    "cout": "costs",
    "coût": "costs",
    "classes": "priority_classes",
    "priorite": "priority",
    "priorité": "priority",
    "rang": "rank",
    "recommandation": "recommendation",
    "recommandations": "recommendations",
    "constats": "findings",
    "constat": "findings",
    "consequence": "consequence",
    "conséquence": "consequence",
    "risques": "risks",
    "cibles": "targets",
    "cible": "targets",
    "variantes": "variants",
    "choisie": "chosen",
    "choisi": "chosen",
    "retenue": "chosen",
    "retenu": "chosen",
    "engagements": "commitments",
    "contexte": "context",
    "exceptions": "exceptions",
    "regle": "rule",
    "règle": "rule",
    "raison": "reason",
    "motif": "reason",
    "jusqu_au": "until",
    "devise": "currency",
    "monnaie": "currency",
    "langue": "language",
    "taxe": "tax",
    "investissement": "investment",
    "présenté": "presented",
    "presente": "presented",
    "repond": "answers",
    "répond": "answers",
    "base": "basis",
    "totaux": "stated_totals",
    "elements": "items",
    "éléments": "items",
    "pas_avant": "not_before",
    "deplacable": "movable",
    "déplaçable": "movable",
    "reportable": "movable",
    "compte": "account",
    "imputation": "account",
    "exercice": "fiscal_year",
    "exercices": "fiscal_year",
    "annee_fiscale": "fiscal_year",
    "année_fiscale": "fiscal_year",
    "commence": "begins",
    "debut": "begins",
    "début": "begins",
    "nom": "named",
    "indexe": "indexed",
    "indexé": "indexed",
    "financement": "funding",
    "financements": "funding",
    "subventions": "funding",
    "recettes": "funding",
    "financeurs": "funders",
    "de": "from",
    "fonctionnement": "operating",
    "couts_de_fonctionnement": "running_costs",
    "coûts_de_fonctionnement": "running_costs",
    "charges": "running_costs",
    "duree_de_vie": "useful_life",
    "durée_de_vie": "useful_life",
    "plafonds": "ceilings",
    "epargne": "savings",
    "épargne": "savings",
    "dette": "debt",
    "endettement": "debt",
    "encours": "at_start",
    "dette_initiale": "at_start",
    "capital": "repaid",
    "amortissement": "repaid",
    "fonds": "fund",
    "nouveaux_emprunts": "new_loans",
    "désendettement": "years_to_repay",
    "desendettement": "years_to_repay",
    "indice": "index",
    "inflation": "indexation",
    "actualisation": "indexation",
    "scenario": "scenarios",
    "scénarios": "scenarios",
    "changements": "changes",
    "programme": "programmes",
    "autorisation": "authorised",
    "autorisations": "authorised",
    "ap": "authorised",
    "credits": "payments",
    "crédits": "payments",
    "paiements": "payments",
    "ressources": "resources",
    "execution_budgetaire": "execution",
    "exécution": "execution",
    "lignes": "lines",
    "vote": "voted",
    "voté": "voted",
    "ouvert": "opened",
    "engage": "committed",
    "engagé": "committed",
    "reporte": "carried_over",
    "reporté": "carried_over",
    "reports": "carried_over",
    "repris": "carried_in",
    "recu": "received",
    "reçu": "received",
    "attendu": "expected",
    "clos": "closed",
    "close": "closed",
    "cloture": "closed",
    "clôture": "closed",
    "operation": "operations",
    "opération": "operations",
    "opérations": "operations",
    "premier_vote": "first_vote",
    "mandate": "paid",
    "mandaté": "paid",
    "paye": "paid",
    "payé": "paid",
}

#: Words that stand for different keys in different places: the first of these that the place has.
#: In small letters, without accents, signs and spaces.
KEYS_BY_PLACE: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        (
            *("ulterieur", "ulterieurement", "anneessuivantes", "exercicessuivants", "reliquat"),
            *("future", "futureyears", "later", "lateryears", "thereafter", "outyears"),
            *("beyondplan", "remaining", "futurefunding", "after"),
        ),
        ("beyond",),
    ),
    **dict.fromkeys(
        (
            *("anterieurs", "anneesanterieures", "exercicesanterieurs", "dejarealise", "dejapaye"),
            *("prior", "prioryear", "prioryears", "priorfunding", "previous", "previousyears"),
            *("todate", "spenttodate", "expendedtodate", "priorappropriations"),
        ),
        ("before",),
    ),
    **dict.fromkeys(
        ("unfunded", "unscheduled", "tobedetermined", "nondate", "sansdate", "aprogrammer"),
        ("unplanned",),
    ),
    "match": ("share",),
    "grant": ("from",),
    "grantor": ("from",),
    **dict.fromkeys(("funder", "funders", "donor", "payer", "sponsor"), ("from", "funding")),
    **dict.fromkeys(("from", "apartirde"), ("start", "quarters", "years")),
    "since": ("start",),
    "inall": ("amount",),
    "eachyear": ("amount",),
    "years": ("start", "quarters"),
    "year": ("start", "quarters", "regime"),
    "annee": ("year", "start", "quarters", "regime"),
    **dict.fromkeys(
        ("caduc", "caducite", "caduque", "datelimite", "expire", "validite"), ("until",)
    ),
    **dict.fromkeys(
        (
            "arrete",
            "convention",
            "deliberation",
            "decision",
            "courrier",
            "devis",
            "lettre",
            "letter",
        ),
        ("source",),
    ),
    **dict.fromkeys(("amortissement", "amortissements", "depreciation"), ("useful_life",)),
    "dette": ("years_to_repay",),
    **dict.fromkeys(("stock", "stockdedette"), ("at_start",)),
    **dict.fromkeys(("verseen", "percuen", "recuen", "arecevoir", "attenduen"), ("year",)),
    **dict.fromkeys(("posterieur", "posterieurs", "posterieure"), ("beyond",)),
    **dict.fromkeys(("projectmanager", "manager", "chefdeprojet"), ("lead",)),
    **dict.fromkeys(("vorjahre", "bisher"), ("before",)),
    **dict.fromkeys(("folgejahre", "spater", "danach"), ("beyond",)),
    **dict.fromkeys(("notifie", "notification", "datedenotification"), ("status", "source")),
    "poste": ("label",),
    "prestation": ("label",),
    "lot": ("label",),
    "id": ("class",),
    "number": ("class", "rank"),
    "level": ("class", "priority"),
    "nom": ("title",),
    "name": ("title",),
    "intitule": ("title", "label"),
    "designation": ("title", "label"),
    "denomination": ("title",),
    "objet": ("title", "label"),
    "libelle": ("label", "title"),
    "operation": ("title", "label"),
    "identifiant": ("id",),
    "code": ("id", "account"),
    "cle": ("id",),
    "numero": ("number", "class", "rank", "id"),
    "n": ("number", "class", "rank", "id"),
    "no": ("number", "class", "rank", "id"),
    "num": ("number", "class", "rank", "id"),
    "reference": ("baseline", "number", "source"),
    "ref": ("baseline", "number", "source"),
    "debut": ("start", "quarters", "years", "year"),
    "demarrage": ("start", "quarters", "years"),
    "start": ("start", "quarters", "years"),
    "begin": ("start", "quarters", "years"),
    "fin": ("until", "quarters", "years"),
    "end": ("until", "quarters", "years"),
    "echeance": ("until", "quarters"),
    "livraison": ("quarters",),
    "deadline": ("until", "quarters"),
    "periode": ("quarters", "years"),
    "echeancier": ("year", "quarters"),
    "calendrier": ("quarters",),
    "planning": ("quarters",),
    "dates": ("quarters",),
    "quand": ("quarters",),
    "duree": ("start", "quarters", "years"),
    "date": ("date", "presented", "year", "quarter", "quarters"),
    "exercice": ("year", "years"),
    "couts": ("costs",),
    "montant": ("amount", "envelope", "costs", "total"),
    "montants": ("amount", "envelope", "costs"),
    "amount": ("costs", "envelope", "total"),
    "somme": ("amount", "costs"),
    "valeur": ("amount",),
    "prix": ("amount", "indexation", "costs"),
    "total": ("in_all", "costs", "stated_totals", "amount"),
    "budget": ("amount", "envelope", "costs", "payments"),
    "depense": ("amount", "costs"),
    "depenses": ("amount", "costs"),
    "cost": ("amount", "costs"),
    "ht": ("amount", "tax"),
    "ttc": ("amount", "tax"),
    "montantht": ("amount", "costs"),
    "montantttc": ("amount", "costs"),
    "coutht": ("amount", "costs"),
    "coutttc": ("amount", "costs"),
    "tva": ("rate",),
    "tauxtva": ("rate",),
    "tauxdetva": ("rate",),
    "vat": ("rate",),
    "taux": ("rate", "share", "least"),
    "tauxdesubvention": ("share", "funding"),
    "tauxdaide": ("share",),
    "tauxdefinancement": ("share",),
    "quotepart": ("share", "least"),
    "plafond": ("at_most", "ceilings", "envelope"),
    "plafonne": ("at_most", "envelope"),
    "plafonnea": ("at_most", "envelope"),
    "maximum": ("at_most", "envelope"),
    "max": ("at_most", "envelope"),
    "cap": ("at_most", "ceilings", "envelope"),
    "pourcentage": ("share", "percent", "rate", "least"),
    "part": ("share", "least", "percent"),
    "statut": ("status",),
    "etat": ("status",),
    "avancement": ("status",),
    "responsable": ("lead",),
    "pilote": ("lead",),
    "porteur": ("lead",),
    "service": ("lead",),
    "direction": ("lead",),
    "chefdeprojet": ("lead",),
    "referent": ("lead",),
    "owner": ("lead",),
    "lieu": ("location",),
    "depuis": ("since",),
    **dict.fromkeys(
        ("delai", "delay", "decalage", "retard", "lag", "versement", "timing"), ("regime",)
    ),
    **dict.fromkeys(
        ("liea", "liee", "liees", "dependances", "prerequis", "prealable", "dependson", "requires"),
        ("after",),
    ),
    **dict.fromkeys(("si", "condition", "if", "onlyif", "variante", "sivariante"), ("when",)),
    **dict.fromkeys(("recurrent", "recurrente", "recurring", "recurrents"), ("running_costs",)),
    "legende": ("alt",),
    "fichier": ("file",),
    "adresse": ("location",),
    "site": ("location",),
    "quartier": ("location",),
    "description": ("description", "label", "source"),
    "descriptif": ("description", "label", "source"),
    "detail": ("description", "label", "source"),
    "commentaire": ("description", "label", "source", "reason"),
    "commentaires": ("description", "label", "source", "reason"),
    "remarque": ("description", "label", "source", "reason"),
    "observation": ("description", "label", "source", "reason"),
    "observations": ("description", "label", "source", "reason"),
    "note": ("description", "label", "source", "reason"),
    "notes": ("description", "label", "source", "reason"),
    "photo": ("picture",),
    "image": ("picture",),
    "type": ("section", "theme", "kind"),
    "nature": ("section", "label", "account"),
    "chapitre": ("account",),
    "article": ("account",),
    "categorie": ("theme", "section"),
    "domaine": ("theme",),
    "axe": ("theme",),
    "politique": ("theme",),
    "secteur": ("theme",),
    "themes": ("theme",),
    "chapitres": ("themes",),
    "financeur": ("from", "funding", "funders"),
    "organisme": ("from", "organisation"),
    "cofinanceur": ("from",),
    "partenaire": ("from", "funders"),
    "partenaires": ("funders",),
    "subvention": ("amount", "funding"),
    "aide": ("amount", "funding"),
    "recette": ("amount", "funding"),
    "plandefinancement": ("funding",),
    "classe": ("class", "priority", "priority_classes"),
    "urgence": ("priority",),
    "niveau": ("priority", "class"),
    "hypothese": ("basis",),
    "certitude": ("basis",),
    "fiabilite": ("basis",),
    "collectivite": ("organisation",),
    "commune": ("organisation",),
    "ville": ("organisation",),
    "town": ("organisation",),
    "unite": ("unit",),
    "dependde": ("after",),
    "apres": ("after", "beyond"),
    "maintenance": ("running_costs",),
    "coutannuel": ("running_costs", "each_year"),
    "paran": ("each_year", "amount"),
    "annuel": ("each_year", "amount"),
    "repere": ("number",),
    "emprunt": ("loan", "borrowing", "new_loans", "debt"),
    "emprunts": ("new_loans", "borrowing", "loan", "debt"),
    "pret": ("loan", "new_loans"),
    "profil": ("repaid",),
    **dict.fromkeys(("remboursement", "remboursements", "repayment", "repayments"), ("repaid",)),
    "capitalrestantdu": ("at_start",),
    "tableau": ("stated_totals",),
    **dict.fromkeys(("plafondnet", "netcap"), ("net",)),
    **dict.fromkeys(("plafondtotal", "plafondglobal", "totalcap", "gross", "brut"), ("total",)),
    **dict.fromkeys(("plafondinvestissement", "plafonddinvestissement"), ("investment",)),
    **dict.fromkeys(("plafondfonctionnement", "plafonddefonctionnement"), ("operating",)),
    **dict.fromkeys(("plafondemprunt", "plafonddemprunt"), ("borrowing",)),
    **dict.fromkeys(("cp", "creditsdepaiement"), ("payments", "costs")),
}

#: Those of them that are English words already, and no keys of another place.
ENGLISH_WORDS = frozenset(
    (
        *("begin", "beyond plan", "budget", "cap", "code", "cost", "deadline", "delay"),
        *("depends on", "donor", "duration", "end", "expended to date", "funder", "future"),
        *(
            "future funding",
            "future years",
            "grant",
            "grantor",
            "gross",
            "if",
            "image",
            "inflation",
        ),
        *(
            "lag",
            "later",
            "later years",
            "length",
            "letter",
            "level",
            "maintenance",
            "match",
            "max",
        ),
        *("maximum", "name", "note", "notes", "only if", "out years", "owner", "payer", "photo"),
        *("previous", "previous years", "prior", "prior appropriations", "prior funding"),
        *(
            "prior year",
            "prior years",
            "recurring",
            "remaining",
            "repayment",
            "repayments",
            "requires",
            "site",
        ),
        *("spent to date", "sponsor", "thereafter", "timing", "to be determined", "to date"),
        *("town", "type", "unfunded", "unscheduled", "vat"),
    )
)


A_YEAR = re.compile("(?:19|20)[0-9]{2}")


def plain(key: str) -> str:
    """A word in small letters, without accents, signs and spaces."""
    letters = unicodedata.normalize("NFD", look(key).lower())
    return re.sub("[^a-z0-9]", "", letters)


def key_meant(key: str, keys: Sequence[str], taken: Collection[str] = ()) -> str | None:
    """The key of a place that a word stands for there, among those that are not taken."""
    if A_YEAR.fullmatch(key) and "costs" in keys and "costs" not in taken:
        return "costs"
    if {"share", "of"} <= {*keys}:
        if re.search(_SPENT, plain(key)):
            return "of"
        if re.match(_CALLED, plain(key)) and "source" not in taken:
            return "source"
        if re.search(_A_SHARE, plain(key)) and not {"share", "tax"} & {*taken}:
            return "share"
    if re.search(_EACH_YEAR, plain(key)):
        name = "amount" if _is_each_year(keys) else "each_year"
        return name if name in keys and name not in taken else None
    if is_for_all_years(key, keys):
        return None
    for candidate in KEYS_BY_PLACE.get(plain(key), ()):
        if candidate in keys and candidate not in taken:
            is_length = candidate == "years" and "repaid" in keys
            return None if is_length and plain(key) not in _LENGTHS else candidate
    french = FRENCH_KEYS.get(look(key).lower())
    if french in keys:
        return french
    if "at_most" in keys and re.search(_CAPPED, look(key).lower()):
        return "at_most"
    first = _first_word(key)
    return key_meant(first, keys, taken) if first != key.strip() and len(first) > 1 else None


def is_english(key: str) -> bool:
    """Whether a word that stands for a key is in English, as keys are."""
    word = look(key).lower()
    return (
        word in ENGLISH_WORDS
        or word in everywhere()
        or re.search(_IN_ENGLISH, word.replace("_", " ")) is not None
    )


def is_for_all_years(key: str, keys: Collection[str]) -> bool:
    """Whether a word stands for an amount in all, where that of each year is asked for."""
    return _is_each_year(keys) and re.search(_IN_ALL, plain(key)) is not None


def _is_each_year(keys: Collection[str]) -> bool:
    """Whether an amount of a place is that of each year, as what a project costs to run."""
    return {"amount", "start"} <= {*keys}


def tax_in_key(key: str) -> str | None:
    """How an amount counts taxes by the word that stands as its key: ``HT``, ``coût total TTC``."""
    found = re.fullmatch(
        "(?:montant|cout|prix|budget|depenses?|total|global|estimation)*(ht|ttc)", plain(key)
    )
    return None if found is None else {"ht": "excl", "ttc": "incl"}[found[1]]


def _first_word(key: str) -> str:
    return re.split("[ _]", look(key).strip(), maxsplit=1)[0]


#: Words for how many years a loan lasts; others say when it begins or ends, which nothing does.
_LENGTHS = frozenset(("years", "duree", "duration", "length"))
#: Words in a key of funding for what its share is a part of, also where that is capped.
_SPENT = "depens|assiette|eligib|subventionnab|^base|spending|expenditure|expenses"
#: Words in a key of funding for the share that is paid; of one with ``tax``, it is that of the tax.
_A_SHARE = "^(?:grant|funding|intervention|subsidy|aid)?(?:rate|percent(?:age)?|pct)$"
#: Words in a key for what is paid in each year, and for what is paid in all of them.
_EACH_YEAR = "^(?:yearly|annual|annually|annuel(?:le)?|(?:per|each|a)year|peran(?:num)?|paran)$"
_IN_ALL = "^(?:total|inall|entout|autotal)$"
#: Words in a key for the most that is paid.
_CAPPED = (
    r"(?<![^\W_])(?:max[^\W_]*|plafon[^\W_]*|cap(?:ped)?|limit(?:ed)?|ceiling|up[ _]to)(?![^\W_])"
)
#: Those of them that are English.
_IN_ENGLISH = (
    "(?:^| )(?:rate|percent|percentage|pct)$|^(?:per|each|a) year$"
    "|^(?:yearly|annual|annually|per annum)$"
    "|^(?:cap|capped|limit|limited|ceiling|max|maximum|up to)(?:$| )"
)
#: Words for what a grant is called, which is where it comes from.
_CALLED = (
    "label|libelle|intitule|designation|objet|dispositif|conditions?$|nom$|name$|title$|titre$"
)


def section_meant(key: str) -> str | None:
    """The section of a plan that a French word stands for, by its first word too."""
    return FRENCH_KEYS.get(key, FRENCH_KEYS.get(_first_word(key)))


def is_word_for_a_key(word: str) -> bool:
    """Whether a word stands for a key, anywhere in a plan."""
    return plain(word) in KEYS_BY_PLACE or look(word).lower() in FRENCH_KEYS
