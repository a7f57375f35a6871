"""What to type where what is paid for stands as a key of costs: ``{travaux: 90 k€}``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ppi_cli.source.instead.by_year import running_by_year
from ppi_cli.source.instead.conditional import without_the_conditional
from ppi_cli.source.instead.costs import as_lines, beside_an_amount, paid
from ppi_cli.source.instead.keys import key_nearest
from ppi_cli.source.instead.no_sum import A_GRANT
from ppi_cli.source.instead.place import Place, id_of, in_braces, in_brackets, quoted
from ppi_cli.source.instead.said_of_shares import not_read
from ppi_cli.source.instead.several_sums import section_said
from ppi_cli.source.instead.times import period_meant
from ppi_cli.source.keys import is_word_for_a_key, key_meant, tax_in_key
from ppi_cli.values.characters import look
from ppi_cli.values.message import Message, msg
from ppi_cli.values.spoken_money import spoken_amount
from ppi_cli.values.spoken_payers import is_own_share

#: Of more keys in one line, none is looked at: that takes time.
_MOST_KEYS = 40


def labels_as_keys(place: Place) -> dict[str, str]:
    """By the key that says what is paid for, the lines that are meant."""
    around = _around(place)
    if "costs" not in place.path or not _is_of_costs(place) or len(around) > _MOST_KEYS:
        return {}
    own = {
        key: _lines(place, key, value)
        for key, value in around.items()
        if key not in place.keys and not _is_grant(place, key)
    }
    return {key: lines for key, lines in own.items() if lines is not None}


def label_as_key(place: Place) -> Message | None:
    """What to type for keys that say what is paid for; the first of them tells all of it."""
    lines = labels_as_keys(place)
    if next(iter(lines), None) != place.path[-1]:
        return None
    if perhaps := [name for name in lines if re.search(_CONDITIONAL, look(name), re.IGNORECASE)]:
        firm = [line for name, line in lines.items() if name not in perhaps]
        return without_the_conditional(as_lines(firm), perhaps)
    return as_lines([*lines.values()])


_GRANT = r"subventions?\b.*|aides?\b.*|recettes?\b.*|grants?\b.*|funding|dotations?\b.*"
_GRANT += r"|fonds de concours\b.*|mécénat\b.*|dons?\b.*|donations?\b.*"


def _is_grant(place: Place, name: str) -> bool:
    """Whether a key is who pays, or what is received, and no cost."""
    word = look(name).strip()
    return (
        payer(place, name) is not None
        or re.fullmatch(rf"{_GRANT}|{A_GRANT}", word, re.I) is not None
    )


def payer(place: Place, name: str) -> str | None:
    """The id of the funder that a key names."""
    funders, word = place.tree.root.get("funders"), look(name).strip().lower()
    for each in funders if isinstance(funders, list) else ():
        known = isinstance(each, dict) and (each.get("id"), each.get("title"))
        if known and word in {str(text).lower() for text in known}:
            return str(each.get("id"))
    return None


def grant_as_key(place: Place) -> Message | None:
    """``DETR: 10 k€`` in costs: what others pay is no cost."""
    name = str(place.path[-1])
    if "costs" not in place.path or not _is_of_costs(place) or not _is_grant(place, name):
        return None
    return _as_funding(place, name, _around(place).get(name))


def _as_funding(place: Place, name: str, value: object) -> Message:
    said = spoken_amount(value) if isinstance(value, str) else None
    what = {"amount": "…"}
    if said is not None and said.share is not None and not_read(place, said) is None:
        what = {"share": said.share}
    elif said is not None and said.amount is not None:
        what = {"amount": quoted(said.amount.lstrip("-"))}
    line = in_braces({"from": payer(place, name) or "…", **what})
    return msg(
        "what others pay is no cost: write it beside costs, {text}",
        text=f"funding: {in_brackets([line])}",
    )


#: Words for what is paid only if something else comes about.
_CONDITIONAL = r"condition|option|éventuel|aléa|^to\b|\bto ?[0-9]|sous réserve|contingen"


def is_told_by_a_label(place: Place) -> bool:
    """Whether the first of such keys tells what is wrong at this one, too."""
    lines = labels_as_keys(place)
    return place.path[-1] in [*lines][1:] or (bool(lines) and place.path[-1] == "amount")


def section_as_key(place: Place, value: object) -> Message | None:
    """``investissement: {2026: 10 k€}`` in a project: lines of its costs."""
    if "running_costs" not in place.keys or _section(str(place.path[-1])) is None:
        return None
    line = _lines(place, str(place.path[-1]), value)
    if line is None:
        return None
    if "costs" in place.beside:
        help = msg("write a line in costs: {text}", text=line)
    else:
        help = msg("write {text}", text=f"costs: {in_brackets([line])}")
    if _section(str(place.path[-1])) != "operating":
        return help
    if isinstance(value, dict):
        running = running_by_year(place, value)
    else:
        said = spoken_amount(str(value))
        amount = "…" if said is None else quoted(said.one or said.amount or "…")
        running = in_brackets([in_braces({"amount": amount})])
    return msg(
        "{help} if it is a part of what the project costs, {running} if it is what it costs each"
        " year once it is done",
        help=help,
        running=f"running_costs: {running}",
    )


_PROGRAMME = (
    r"a\.?p\.?(?: ?[/-] ?c\.?p\.?)?(?: ?(?:n[°o]\.?)? ?[0-9].*)?|autorisations? de programme.*"
)


def programme_as_key(place: Place, value: object) -> Message | None:
    """``AP n° 2026-03: 1 200 k€`` in a project: a programme, which authorises several."""
    name = look(str(place.path[-1])).strip()
    if not {"running_costs", "carried_from"} & {*place.keys}:
        return None
    if not re.fullmatch(_PROGRAMME, name, re.IGNORECASE):
        return None
    said = spoken_amount(value) if isinstance(value, str) else None
    amount = value if said is None else said.amount
    vote = {"date": "…", "amount": quoted(amount) if isinstance(amount, str) else "…"}
    pairs = {
        "id": id_of(name),
        "title": quoted(name),
        "projects": in_brackets([str(place.around("projects").get("id") or "…")]),
        "authorised": in_brackets([in_braces(vote)]),
    }
    text = f"programmes: {in_brackets([in_braces(pairs)])}"
    return msg("write it beside the projects, with the day of its vote: {text}", text=text)


#: Words for what is paid in each year.
_YEARLY = r"^annual\b|^yearly\b|\b(?:annuel(?:le)?s?|par an|(?:a|per) year)$|\bO&M\b"


def amount_as_key(place: Place, value: object) -> Message | None:
    """``travaux: 90 k€`` in a project: a line of its costs, or of its funding."""
    key = str(place.path[-1])
    said = spoken_amount(value) if isinstance(value, str) else None
    if "running_costs" not in place.keys or said is None or not re.search(r"[^\W\d]{2}", key):
        return None
    if _is_grant(place, key):
        return _as_funding(place, key, value)
    if said.amount is None or re.match("(?:sous-)?total|cumul|somme", key, re.IGNORECASE):
        return None
    time = period_meant(key, place.names) or key_meant(key, ("before", "beyond", "unplanned"))
    is_bare = re.fullmatch(r"[\d\s.,]+", said.amount) and not place.tree.notation.unit
    if time is None and (is_bare or is_word_for_a_key(key)):
        return None
    if time is None and re.search(_YEARLY, key, re.IGNORECASE):
        running = in_braces({"label": quoted(key), "amount": quoted(said.amount)})
        return msg("write {text}", text=f"running_costs: {in_brackets([running])}")
    year = place.only_year if said.year is None else place.names.named(str(said.year))
    when = paid(place, said, year if time is None else time)
    more = {k: v for k, v in beside_an_amount(place, said).items() if k != "label"}
    line = in_braces({**({} if time else {"label": quoted(key)}), **when, **more})
    if "costs" in place.beside:
        return msg("write a line in costs: {text}", text=line)
    return msg("write {text}", text=f"costs: {in_brackets([line])}")


def _around(place: Place) -> Mapping[str, Any]:
    around = place.tree.value(place.path[:-1])
    return around if isinstance(around, dict) else {}


def _is_of_costs(place: Place) -> bool:
    """Whether the keys are those of a line of costs, or of one of its periods."""
    return "carried_from" in place.keys or "periods" in place.path


def _section(key: str) -> str | None:
    word = look(key).strip()
    return section_said(word)


def _lines(place: Place, key: str, value: object) -> str | None:
    """The line of a key: its amount, or its amounts by period."""
    if re.search("[0-9]{4}", key) or is_own_share(key) or not re.search(r"[^\W\d]{3}", key):
        return None
    if tax_in_key(key) is not None:
        return None  # a total, as its taxes are counted
    section = _section(key)
    if section is None and (key_meant(key, place.keys) or key_nearest(key, place.keys)):
        return None
    words = {"label": quoted(key)} if section is None else {"section": section}
    if isinstance(value, dict):
        texts = {k: v for k, v in value.items() if isinstance(k, str) and isinstance(v, str)}
        if len(texts) < len(value) or not all(re.match("[0-9]|before|beyond", k) for k in texts):
            return None
        return in_braces({**words, **{k: quoted(v) for k, v in texts.items()}})
    said = spoken_amount(value) if isinstance(value, str) else None
    if said is None or said.amount is None:
        return None
    more = {k: v for k, v in beside_an_amount(place, said).items() if k not in words}
    period = _period(place) if said.year is None else place.names.named(str(said.year))
    return in_braces({**words, **paid(place, said, period), **more})


def _period(place: Place) -> str:
    """The year or quarter that is said beside, or above, or the only one of the plan; else none."""
    if "periods" in place.path:
        here = place.tree.existing(place.path[:-1])
        return str(here[-1])
    around = _around(place)
    said = around.get("year") or around.get("quarter")
    return said if isinstance(said, str) else place.only_year
