"""What to type for several sums in one text: ``RAR 18 k€ + BP 40 k€``, ``100/50/30 k€``."""

from __future__ import annotations

import re
from dataclasses import replace

from ppi_cli.source.instead.conditional import (
    may_come,
    without_the_conditional,
)
from ppi_cli.source.instead.costs import (
    as_lines,
    beside_an_amount,
)
from ppi_cli.source.instead.place import Instead, Place, in_braces, quoted
from ppi_cli.source.instead.rest import CARRIED_OVER
from ppi_cli.source.instead.said_of_shares import names_a_payer
from ppi_cli.source.instead.schedule import one_after_another
from ppi_cli.values.characters import look
from ppi_cli.values.message import Message, msg
from ppi_cli.values.money import Money, parse_rate, typed
from ppi_cli.values.spoken_money import BUDGETS, Spoken, spoken_amount
from ppi_cli.values.written_money import in_one_unit, read_amount


def of_parts(place: Place, text: str) -> Instead | None:
    """``RAR 18 k€ + BP 40 k€``: a line for each part in costs, their sum elsewhere."""
    parts = [each for each in re.split(r" ?[+;] ?", look(text)) if each]
    said = [spoken_amount(_share_first(_OF_A_BUDGET.sub("", part))) for part in parts]
    whole = said[0]
    if "funding" in place.path and any(each is not None and each.share for each in said):
        return None  # of what it is a part, nobody can tell
    taxes = {each.tax for each in said if each is not None and each.share is None}
    if len(taxes) > 1 or (taxes != {None} and "costs" not in place.path):
        return None
    known = in_one_unit([_of_the_first(said, each) for each in said])
    if len(parts) < 2 or known is None or len({each.unit for each in known}) > 1:
        return None
    others = (each.source for each in said if each is not None and each.source)
    if "funding" in place.path and any(names_a_payer(place, each) for each in others):
        return None
    if "costs" not in place.path:
        if may_come(text):
            return None
        return place.instead(typed(Money(sum(each.cents for each in known), known[0].unit)))
    period = str(place.tree.existing(place.path)[-1] if place.is_alone else "")
    period = period or str(place.beside.get("year") or "…")
    lines, perhaps = [], []
    for part, each, amount in zip(parts, said, known, strict=True):
        assert each is not None
        pairs = {"year": period, "amount": quoted(typed(amount))}
        if re.fullmatch(CARRIED_OVER, each.source or "", re.IGNORECASE):
            pairs["carried_from"] = "…"
        elif (section := section_said(each.source or "")) is not None:
            pairs["section"] = section
        elif each.source is not None:
            pairs["label"] = quoted(re.sub("^(?:d['’]|de |of |for )", "", each.source))
        taxed = replace(each, source=None, tax=whole.tax if whole else None)
        if may_come(part):
            perhaps.append(part)
        else:
            lines.append(in_braces({**pairs, **beside_an_amount(place, taxed)}))
    help = as_lines(lines)
    return Instead(without_the_conditional(help, perhaps) if perhaps or help is None else help)


def of_a_list(place: Place, values: list[str]) -> Instead | None:
    """``2026: [10 k€, 20 k€]``, ``from: [detr, region]``, where one value is expected."""
    if place.key == "from":
        lines = [in_braces({"from": each, "amount": "…"}) for each in values]
        help = msg("write a line for each who pays, with what is theirs: {lines}", lines=lines)
        return Instead(help)
    if place.key not in AMOUNT_KEYS or any(re.fullmatch("[0-9]{1,3}", each) for each in values[1:]):
        return None  # perhaps decimals, or thousands
    said = spoken_amount(" + ".join(values))
    if len(values) < 2 or said is None or said.amount is None:
        return None
    whole = quoted(said.amount)
    if "costs" not in place.path:
        return Instead(msg("write {text}", text=whole))
    return Instead(
        msg(
            "write {whole}, which is all of them; or each in a line of its own",
            whole=whole,
        )
    )


def of_each_year(place: Place, text: str) -> Instead | None:
    """``100/50/30 k€``: perhaps so much in one year after another."""
    if (periods := one_after_another(place, text)) is None:
        return None
    return Instead(
        msg("write each in its place if these are of one year after another: {text}", text=periods)
    )


def several_amounts(place: Place, text: str) -> Instead | None:
    """Two amounts in one text, of which nobody can tell how they go together."""
    amounts = re.findall(r"(?<![\w.,])[0-9][0-9 .,]*(?:[kM] ?[€$£]?|[€$£])(?![\w/])", look(text))
    if len(amounts) < 2 or place.key not in ("amount", "in_all"):
        return None
    return Instead(several_help())


def several_help() -> Message:
    """What to do where nothing says which of several amounts counts."""
    return msg(
        "more than one amount stands here: write the one that counts, or each in a line of its own"
    )


def _share_first(text: str) -> str:
    """``aléas 5 %`` as ``5 % aléas``."""
    return re.sub(r"^([^\d%]*[^\W\d])[ :(]+([0-9][0-9.,]* ?%)[)]?$", r"\2 \1", text)


def _of_the_first(said: list[Spoken | None], part: Spoken | None) -> str:
    """A part of a sum as an amount, where it may be a percentage of the first one."""
    if part is None or part.year is not None or part.besides is not None:
        return ""
    first = None if said[0] is None else read_amount(said[0].amount or "")
    if part.share is None or part.base is not None or first is None:
        return part.amount or ""
    return typed(Money(parse_rate(part.share).of(first).cents, first.unit))


_OF_A_BUDGET = re.compile(rf"^(?:{BUDGETS}) |,? \(?(?:{BUDGETS})\)?$", re.IGNORECASE)


#: The keys of amounts in costs, and those of their times.
AMOUNT_KEYS = ("amount", "each_year", "in_all")


#: Words for the sections of the budget.
_SECTIONS = {
    "investment": r"investissements?|inv\.?|section d'investissement|investment|capital|capex"
    r"|équipement",
    "operating": r"fonctionnement|fonct\.?|section de fonctionnement|exploitation|operating|opex",
}


def section_said(text: str) -> str | None:
    """The section of the budget that a text names: ``en fonctionnement``."""
    word = re.sub("^(?:en|de|in) ", "", look(text).strip())
    return next((s for s, words in _SECTIONS.items() if re.fullmatch(words, word, re.I)), None)
