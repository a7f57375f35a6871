"""What to type in place of an amount that cannot be read, exact to where it stands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from ppi_cli.source.instead.by_year import funding_instead
from ppi_cli.source.instead.conditional import (
    conditional_help,
    is_conditional,
    is_one_that_may_come,
    may_come,
    without_the_conditional,
)
from ppi_cli.source.instead.costs import (
    BUDGETS,
    amount_over_a_time,
    as_lines,
    beside_an_amount,
    of_so_many_years,
)
from ppi_cli.source.instead.known_sums import PERIOD, costs_around, grant_beside
from ppi_cli.source.instead.no_sum import no_figure, no_sum_instead
from ppi_cli.source.instead.otherwise import another_sum, is_limited
from ppi_cli.source.instead.over_years import over_years_instead
from ppi_cli.source.instead.part_of_a_year import running_from_instead
from ppi_cli.source.instead.place import Instead, Place, in_braces, quoted
from ppi_cli.source.instead.rest import CARRIED_OVER, carried_instead
from ppi_cli.source.instead.schedule import in_years_of_funding, one_after_another
from ppi_cli.source.instead.some_years import every_so_many_years
from ppi_cli.values.characters import look
from ppi_cli.values.message import Message, NotationError, msg
from ppi_cli.values.money import Money, Rate, parse_money, parse_rate, sign_of, typed
from ppi_cli.values.quarters import OUTSIDE, Years
from ppi_cli.values.spoken_money import (
    PRICES,
    Spoken,
    in_one_unit,
    read_amount,
    spoken_amount,
    with_amounts,
)
from ppi_cli.values.spoken_rates import spoken_fraction, spoken_rate

#: The keys of amounts in costs, and those of their times.
_AMOUNTS = ("amount", "each_year", "in_all")
_USUAL_RATE = "20 %"
#: Words for where an amount comes from; others say what it pays for.
IS_SOURCE = re.compile(
    r"±|\+ ?/ ?-|plus ou moins|cf|voir|valeur|prix|prices|constant|devis|selon|estim|délib|arrêté"
    "|notif|march[ée]|offre|source|quote|voté",
    re.I,
)


def amount_instead(place: Place, text: str) -> Instead | None:
    """What to type for a text that is no amount, as far as one can tell what is meant."""
    if (periods := in_years_of_funding(place, text)) is not None:
        if place.is_alone:
            return Instead(msg("write each year in its place: {text}", text=periods))
        keys = [place.key, *(key for key in ("year", "quarter") if key in place.beside)]
        help = msg("in place of {keys}, write {text}", keys=keys, text=periods)
        return Instead(help, at_key=True)
    for look_at in (no_sum_instead, every_so_many_years, running_from_instead, carried_instead):
        if (found := look_at(place, text)) is not None:
            return found
    if "share" in place.keys and (found := fraction_instead(place, text)) is not None:
        return found
    if place.is_alone and (part := spoken_fraction(look(text))) is not None:
        return _fraction_of_a_line(place, part)
    said = spoken_amount(text)
    if said is None and (parts := _of_parts(place, text)) is not None:
        return parts
    if said is None and "costs" in place.path and is_one_that_may_come(text):
        return Instead(conditional_help())
    if said is None and "funding" in place.path and (over := amount_over_a_time(text)) is not None:
        return _granted_over_a_time(place, *over)
    if said is None and (by_year := _of_each_year(place, text)) is not None:
        return by_year
    if said is None or _is_of_another_year(place, said):
        return over_years_instead(place, text) or _several_amounts(place, text)
    if "costs" in place.path and re.search(r"\( ?[0-9.,]+ ?% ?\)$", text.strip()):
        return None  # perhaps so much of it is meant
    said = prudent(place, _in_currency(place, said, text))
    if "funding" in place.path and is_conditional(said.source):
        said = replace(said, assumed=True)
    if said.share is not None:
        return _limited(place, said) if is_limited(text) else _share(place, said)
    if said.amount is None:
        return left_empty()
    if (of_funding := funding_instead(place, said)) is not None:
        return of_funding
    if (times := _times_years(place, said)) is not None:
        return times
    more: dict[str, str] = {}
    if said.assumed and "basis" in place.keys and "basis" not in place.beside:
        more["basis"] = "assumed"
    if said.year is not None and _has_no_time(place):
        more["year"] = str(said.year)
    if "costs" in place.path and may_come(said.source):
        return Instead(conditional_help())
    if (status := status_said(place, said.source)) is not None and said.amount is not None:
        return _with_status(place, said, status, more)
    if (another := another_sum(place, said.source, text)) is not None:
        return another
    section = section_said(said.source or "")
    if section is not None and place.is_alone and "costs" in place.path:
        period = str(place.tree.existing(place.path)[-1])
        line = in_braces({"section": section, period: quoted(said.amount), **more})
        return Instead(msg("write it as a line of its own: {text}", text=line))
    if section is not None and "section" in place.keys and "section" not in place.beside:
        more["section"] = section
    elif said.source is not None:
        key = "label" if "label" in place.keys and not IS_SOURCE.search(said.source) else "source"
        if key in place.keys and key not in place.beside and place.key != "of":
            more[key] = quoted(said.source)
    if said.each_year and "periods" in place.path and "costs" in place.path:
        return _again_each_year(place, said)
    if said.each_year and place.key == "amount" and "each_year" in place.keys:
        if said.tax is not None and not _counts_so(place, said.tax):
            more = {"tax": said.tax, **more}
        return _each_year(place, said.amount, more)
    if said.tax is not None and not _counts_so(place, said.tax):
        return _taxed(place, said, more)
    found = place.instead(said.amount, more)
    if said.source is not None and (prices := re.fullmatch(PRICES, said.source, re.IGNORECASE)):
        return _in_prices_of(place, found, prices)
    if said.tax is not None and "tax" in place.keys and place.tax is None:
        return _said(
            found,
            msg(
                "{help}; if all amounts of the plan are so, write {text} in its section plan",
                help=found.help,
                text=f"tax: {said.tax}",
            ),
        )
    return _or_between(found, said)


def _of_parts(place: Place, text: str) -> Instead | None:
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
    if "funding" in place.path and any(_names_a_payer(place, each) for each in others):
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


def _granted_over_a_time(place: Place, said: Spoken, years: int) -> Instead:
    """``168 000 € sur 2 ans`` in funding: in which years, and how much in each, is not said."""
    return Instead(
        msg(
            "write how much of {amount} comes in each of the {n} years, as in {text}",
            amount=said.amount or "",
            n=years,
            text=", ".join(["2026: …", "2027: …"][:years]),
        ),
        at_key=not place.is_alone,
    )


def _of_each_year(place: Place, text: str) -> Instead | None:
    """``100/50/30 k€``: perhaps so much in one year after another."""
    if (periods := one_after_another(place, text)) is None:
        return None
    return Instead(
        msg("write each in its place if these are of one year after another: {text}", text=periods)
    )


def _several_amounts(place: Place, text: str) -> Instead | None:
    """Two amounts in one text, of which nobody can tell how they go together."""
    amounts = re.findall(r"(?<![\w.,])[0-9][0-9 .,]*(?:[kM] ?[€$£]?|[€$£])(?![\w/])", look(text))
    if len(amounts) < 2 or place.key not in ("amount", "in_all"):
        return None
    return Instead(
        msg(
            "more than one amount stands here: write the one that counts, or each in a line of its"
            " own"
        )
    )


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


def prudent(place: Place, said: Spoken) -> Spoken:
    """Of a grant that lies between two sums, the lower one: that is counted on."""
    if said.least is None or "funding" not in place.path:
        return said
    return replace(said, amount=said.least, least=None, most=said.amount)


def _or_between(found: Instead, said: Spoken) -> Instead:
    """The same, where another sum, or one between, may be meant as well."""
    other = said.least or said.most
    if other is None:
        return found
    help = msg("{help}; or {other}, or what lies between", help=found.help, other=other)
    return replace(found, help=help)


def _in_prices_of(place: Place, found: Instead, prices: re.Match[str]) -> Instead:
    """``100 k€ valeur janvier 2025``: it is counted so, unless the plan says how prices rise."""
    if "from" in place.keys or "indexation" in place.tree.root:
        return found
    text = in_braces({"base": re.findall("[0-9]{4}", prices[0])[-1], "rate": "…"})
    return _said(
        found,
        msg(
            "{help}; it counts as it stands, or, in the prices of its year, with {section}",
            help=found.help,
            section=f"indexation: {text}",
        ),
    )


#: What is said of funding that nobody has asked for yet.
NOT_YET_ASKED = (
    r"(?:à|a|reste à|to be|to) (?:demand|sollicit|dépos|depos|présent|request|appl|ask|submit)"
    r"|prév|espér|esper|envisag|attend|potentiel|probabl|possibl|likely|expected|planned"
    r"|hoped|anticipat|à dem|à sol|pressenti|fléch|identifi|earmark"
)
#: What is said of funding, by its status: each begins so.
_STATUSES = {
    "granted": r"notifi|accord|acquis|obten|attribu|confirm|reçu|voté|granted|award|approv",
    "requested": r"sollicit|demand|en (?:cours|instruction)|dépos|pending|request|ask"
    rf"|{NOT_YET_ASKED}",
}


def status_said(place: Place, text: str | None) -> str | None:
    """How funding stands, as far as a text says it in its place."""
    if text is None or "funding" not in place.path:
        return None
    words = re.sub(
        r"^(?:(?:est|sont|déjà|déja|is|are|already|grant|subvention|aide) |\()+",
        "",
        text.strip().lower(),
    )
    return next((s for s, begins in _STATUSES.items() if re.match(begins, words)), None)


def standing(place: Place, text: str | None) -> dict[str, str]:
    """The same as it is to be typed: what nobody has asked for yet is counted on."""
    status = status_said(place, text)
    if status is None or text is None:
        return {}
    is_hoped = re.match(NOT_YET_ASKED, text.strip(), re.IGNORECASE) is not None
    return {"status": status, **({"basis": "assumed"} if is_hoped else {})}


def standing_as_key(place: Place, value: object) -> Message | None:
    """``notifié: 50 k€``, ``grant: 50 k€`` in funding: an amount, and how it stands."""
    if "from" not in place.keys or not isinstance(value, str):
        return None
    key = str(place.path[-1]).lower()
    is_named = key in ("grant", "grants")
    found = {} if is_named else standing(place, key)
    said = spoken_amount(value)
    if not (found or is_named) or said is None or said.amount is None or "amount" in place.beside:
        return None
    others = [f"{key}: {text}" for key, text in found.items() if key not in place.beside]
    text = f"amount: {quoted(said.amount)}"
    if not others:
        return msg("write {text}", text=text)
    return msg("write {text}, and beside it {others}", text=text, others=others)


def _with_status(place: Place, said: Spoken, status: str, more: dict[str, str]) -> Instead:
    """An amount of which it is said how it stands: that goes beside it, in the line."""
    assert said.amount is not None
    assert said.source is not None
    line = place.beside if not place.is_alone else place.line
    others = [f"status: {status}"] * ("status" not in line)
    if "basis" in standing(place, said.source) and "basis" not in line:
        more = {"basis": "assumed", **more}
    if re.search("[0-9]", said.source) and "source" not in line:
        others.append(f"source: {quoted(said.source)}")
    others += [f"{key}: {each}" for key, each in more.items()]
    if not others:
        return Instead(msg("write {text}", text=said.amount), said.amount)
    help = msg("write {text}, and beside it {others}", text=quoted(said.amount), others=others)
    return Instead(help, said.amount, {"status": status})


def _is_of_another_year(place: Place, said: Spoken) -> bool:
    """Whether an amount names a year that is not the one of its cost."""
    own = str(place.beside.get("year") or said.year)
    if place.is_alone:
        own = place.names.plain(str(place.tree.existing(place.path)[-1]))[:4]
    return said.year is not None and own.isdecimal() and int(own) != said.year


def _in_currency(place: Place, said: Spoken, text: str) -> Spoken:
    """What is said without a currency is in that of the plan: ``1,5 million``."""
    sign = sign_of(str(place.header.get("currency") or "EUR"))
    if sign == "€" or re.search(r"€|eur|ke\b", text, re.IGNORECASE):
        return said
    return with_amounts(said, lambda amount: amount.replace("€", sign))


def left_empty() -> Instead:
    """What to type where nobody has stated anything."""
    return Instead(msg("leave the value empty: blank is not stated, and adds nothing"))


def _said(found: Instead, help: Message) -> Instead:
    return replace(found, help=help)


def beside_it(place: Place, value: Any) -> Instead | None:
    """What to type for ``amount: {amount: 45 k€, basis: assumed}``, in a cost; for a list."""
    if isinstance(value, list) and value and all(isinstance(each, str) for each in value):
        return _of_a_list(place, value)
    if not isinstance(value, dict):
        return None
    own = {k: v for k, v in value.items() if k in place.keys}
    text = own.pop("amount", None)
    if place.key not in _AMOUNTS or len(own) + 1 != len(value) or not isinstance(text, str):
        return None
    if not all(isinstance(each, str) for each in own.values()):
        return None
    return place.instead(text, {key: quoted(each) for key, each in own.items()})


def _of_a_list(place: Place, values: list[str]) -> Instead | None:
    """``2026: [10 k€, 20 k€]``, ``from: [detr, region]``, where one value is expected."""
    if place.key == "from":
        lines = [in_braces({"from": each, "amount": "…"}) for each in values]
        help = msg("write a line for each who pays, with what is theirs: {lines}", lines=lines)
        return Instead(help)
    if place.key not in _AMOUNTS or any(re.fullmatch("[0-9]{1,3}", each) for each in values[1:]):
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


def _has_no_time(place: Place) -> bool:
    times = ("year", "years", "quarter", "quarters")
    return "year" in place.keys and not place.is_alone and not any(t in place.beside for t in times)


def _each_year(place: Place, amount: str, more: dict[str, str]) -> Instead:
    """``10 k€ / an``, in a cost."""
    if "years" in place.beside:
        return place.instead(amount, more, key="each_year")
    first = str(place.beside.get("year") or place.beside.get("quarter") or "")[:4]
    years = _years_from(place, first)
    if not place.beside.get("year"):
        return place.instead(amount, {"years": years, **more}, key="each_year")
    beside = "".join(f", {key}: {each}" for key, each in more.items())
    text = f"each_year: {quoted(amount)}{beside}"
    help = msg(
        "write {text}, and {years} in place of year; or {alone}, if it is paid in that year alone",
        text=text,
        years=f"years: {years}",
        alone=f"{place.key}: {quoted(amount)}{beside}",
    )
    return Instead(help, at_key=True)


def _times_years(place: Place, said: Spoken) -> Instead | None:
    """``3 x 150 k€``, where three years may be meant: so much in each, and not three times that."""
    if said.one is None:
        return None
    one, whole = quoted(said.one), quoted(said.amount or "")
    if place.key == "each_year":
        years = place.span_of(place.beside.get("years"))
        if years is None or (len(years.each()) != said.times and not said.in_years):
            return None
        help = msg(
            "write {one} if the {n} are the years, {whole} if all of it is paid in each year",
            one=one,
            n=said.times,
            whole=whole,
        )
        return Instead(help)
    beside = place.span_of(place.beside.get("years") or place.beside.get("year"))
    has_years = "each_year" in place.keys
    if (
        has_years
        and beside is not None
        and place.key == "amount"
        and len(beside.each()) == said.times
    ):
        return place.instead(said.one, key="each_year")
    if not said.in_years or place.key == "in_all":
        return None
    span = "…"
    if place.years is not None and len(place.years.each()) == said.times:
        span = place.names.named(str(place.years))
    if "periods" not in place.path and {"amount", "start", "until"} <= {*place.keys}:
        return _running_years(place, said, one)
    if has_years and "year" in place.beside:
        text, when = f"each_year: {one}", f"years: {span}"
        help = msg("write {text}, and {years} in place of year", text=text, years=when)
        return Instead(help, at_key=True)
    if has_years and not place.is_alone:
        return place.instead(said.one, {"years": span}, key="each_year")
    if "costs" in place.path:
        line = in_braces({"years": span, "each_year": one})
        return Instead(msg("write it as a line of its own: {text}", text=line))
    return Instead(msg("write {text} in each of the {n} years", text=one, n=said.times))


def _running_years(place: Place, said: Spoken, one: str) -> Instead:
    more = {key: "…" for key in ("start", "until") if key not in place.beside}
    found = place.instead(one, more)
    return Instead(of_so_many_years(found.help, said.times) if more else found.help)


def _again_each_year(place: Place, said: Spoken) -> Instead | None:
    """``2026: 10 k€ / an`` in a line: of that year, or of each from it on."""
    assert said.amount is not None
    plain = place.names.plain(str(place.tree.existing(place.path)[-1]))
    years = _years_from(place, plain[:4])
    alone = amount_instead(place, said.amount + (" HT" if said.tax == "excl" else ""))
    amount, more = quoted(said.amount), {"tax": said.tax} if _differs(place, said) else {}
    line = in_braces(
        {
            "years": place.names.named(years),
            "each_year": amount,
            **{key: str(each) for key, each in more.items()},
        }
    )
    return Instead(
        msg(
            "{help} if it is paid in that year alone; or, as a line of its own, {line}",
            help=msg("write {text}", text=amount) if alone is None else alone.help,
            line=line,
        )
    )


def _differs(place: Place, said: Spoken) -> bool:
    return said.tax is not None and not _counts_so(place, said.tax)


def _years_from(place: Place, first: str) -> str:
    """The years of the plan, from one of them on."""
    begin, end = place.years or _SOME_YEARS
    if first.isdecimal() and int(first) in Years(begin, end):
        begin = int(first)
    return f"{begin}..{end}" if begin < end else str(begin)


_SOME_YEARS = Years(2026, 2028)


# --- taxes ---


def _counts_so(place: Place, tax: str) -> bool:
    """Whether an amount with such taxes is one of the plan's, or taxes do not matter here."""
    is_received = "from" in place.keys
    return is_received or place.tax in (None, tax)


def _taxed(place: Place, said: Spoken, more: dict[str, str]) -> Instead:
    """An amount that counts taxes otherwise than the plan."""
    assert said.amount is not None
    rate = place.header.get("rate")
    own = re.search(_OWN_RATE, look(str(place.tree.value(place.path))), re.IGNORECASE)
    if own is not None and _rate(own["rate"]) != _rate(rate):
        if "tax" not in place.keys:
            return Instead(
                msg(
                    "write the amount that it comes to: amounts here count taxes as the plan does,"
                    " and {rate} is not its rate",
                    rate=_rate(own["rate"]),
                )
            )
        return place.instead(said.amount, {"tax": str(said.tax), **more, "rate": own["rate"]})
    if "tax" in place.keys:
        more = {"tax": str(said.tax), **more}
        if rate is not None or "rate" in place.beside:
            return place.instead(said.amount, more)
        found = place.instead(said.amount, {**more, "rate": "…"})
        return replace(
            found,
            help=msg(
                "{help}, which is the rate of the tax, such as {rate}",
                help=found.help,
                rate=_USUAL_RATE,
            ),
            more={key: text for key, text in found.more.items() if key != "rate"},
        )
    usual = _rate(rate)
    amount = parse_money(said.amount)
    includes = place.tax == "incl"
    written = usual.added_to(amount) if includes else usual.taken_out_of(amount)
    found = place.instead(typed(Money(written.cents, amount.unit)), more)
    if includes:
        help = msg(
            "{help}: amounts here include taxes, as the plan's do, and that is it at {rate}",
            help=found.help,
            rate=usual,
        )
    else:
        help = msg(
            "{help}: amounts here are without taxes, as the plan's are, and that is it at {rate}",
            help=found.help,
            rate=usual,
        )
    return replace(found, help=help)


#: The rate that an amount says of its own tax.
_OWN_RATE = r"\b(?:tva|vat|mwst)\b[^0-9]{0,9}(?P<rate>[0-9]{1,2}(?:[.,][0-9]+)? ?%)"


def _rate(text: object) -> Rate:
    try:
        return parse_rate(str(text))
    except NotationError:
        return parse_rate(_USUAL_RATE)


# --- a part of something ---


def _share(place: Place, said: Spoken) -> Instead | None:
    """``40 %``, where an amount is expected."""
    assert said.share is not None
    if place.key in ("of", "at_most"):
        return _share_of_a_share(place, said)
    if "share" in place.keys and not place.is_alone:
        if (key := not_read(place, said)) is not None:
            return _to_be_filled(place, said, key)
        if said.capped is not None:
            return _capped(place, said, "share")
        return _or_between(
            place.instead(said.share, beside_a_share(place, said), key="share"), said
        )
    if not_read(place, said) is not None or said.most is not None:
        return Instead(_comes_to())
    if said.capped is not None:
        return _capped_in_place(place, said)
    if (part_of_it := _part_of_the_grant(place, said)) is not None:
        return part_of_it
    if (of_costs := _part_of_a_line(place, said)) is not None:
        return of_costs
    whole = _whole_of(place, said)
    if whole is None:
        return Instead(_comes_to())
    part = Money(parse_rate(said.share).of(whole).cents, whole.unit)
    if said.at_most is not None and parse_money(said.at_most) < part:
        found = place.instead(said.at_most)
        help = msg(
            "{help}: {share} of {whole} is more",
            help=found.help,
            share=said.share,
            whole=_stated(whole),
        )
        return replace(found, help=help)
    if said.base is not None:
        found = place.instead(typed(part))
        return _said(found, _of_it(found.help, said.share, whole))
    if said.tax is not None and place.tax not in (None, said.tax):
        text = _share_in_place(place, said)
        return None if text is None else Instead(msg("write {text}", text=text))
    more = beside_a_share(place, said)
    found = place.instead(typed(part), {k: more[k] for k in ("basis", "source") if k in more})
    help = msg(
        "{help}: {share} of the costs, which are {whole}",
        help=found.help,
        share=said.share,
        whole=_stated(whole),
    )
    if (share := _share_in_place(place, said)) is not None:
        help = msg("{help}; or, so that it follows them, {text}", help=help, text=share)
    return replace(found, help=help)


def _share_of_a_share(place: Place, said: Spoken) -> Instead:
    """``of: 20 % de 800 k€``, ``at_most: 80 %``: amounts, of which a share is a part."""
    assert said.share is not None
    own, amount = place.beside.get("share"), place.beside.get("amount")
    if place.key == "of" and said.base is not None:
        if own is None:
            return place.instead(said.share, {"of": quoted(said.base)}, key="share")
        if _thousandths(str(own)) == _thousandths(said.share):
            return place.instead(said.base)
    whole = None if said.source else _whole_of(place, said)
    if whole is None and place.key == "of":
        return Instead(msg("write the amount of which it is a part, or incl or excl"))
    part = None if whole is None else Money(parse_rate(said.share).of(whole).cents, whole.unit)
    if part is None or whole is None:
        return Instead(_comes_to())
    found = place.instead(typed(part))
    stated = read_amount(amount) if isinstance(amount, str) else None
    if place.key == "at_most" and own is None and stated is not None:
        if part >= stated:
            help = msg(
                "delete it: {share} of {whole} is {part}, and the amount no more than that",
                share=said.share,
                whole=_stated(whole),
                part=_stated(part),
            )
            return Instead(help, at_key=True)
        text = f"amount: {quoted(typed(part))}"
        help = msg("in place of {keys}, write {text}", keys=["amount", "at_most"], text=text)
        found = Instead(help, at_key=True)
    return _said(found, _of_it(found.help, said.share, whole))


def _of_it(help: Message, share: str, whole: Money) -> Message:
    return msg("{help}: {share} of {whole}", help=help, share=share, whole=_stated(whole))


def _whole_of(place: Place, said: Spoken) -> Money | None:
    """What a share is a part of: the sum that is said, else what the project costs."""
    return parse_money(said.base) if said.base is not None else costs_around(place)


def _comes_to() -> Message:
    return msg("write the amount that it comes to")


#: What is a part of something begins so; what does not makes it another sum.
_A_PART_OF = r"(?:d[eu]|des|der|von|sur|hors|sans|sauf|of|on|excluding|without|except)\b|d'"
#: Words before the name of who pays a share.
_BY = r"(?:(?:de|du|par|from|by)\b ?(?:la |le |l'|the )?)?"


def not_read(place: Place, said: Spoken) -> str | None:
    """What is to be filled in where more is said of a share than the format reads of it.

    ``of`` where it is a part of something else than all the costs, else the amount itself.
    """
    if where_it_stands(said) is not None:
        return None
    if said.besides is not None:
        return "amount"
    if said.share is None or not said.source or status_said(place, said.source) is not None:
        return None
    if _names_a_payer(place, said.source):
        return None
    if "from" not in place.beside and re.fullmatch(r"[^\W\d]{3,}", said.source) is not None:
        return None  # who pays: “40 % federal”
    is_part = re.match(_A_PART_OF, said.source, re.IGNORECASE) and "of" not in place.beside
    return "of" if is_part and said.tax is None else "amount"


def where_it_stands(said: Spoken) -> str | None:
    """What is said of a share where that is only its source: ``40 % (délib. du 12 mars)``."""
    text = said.besides or said.source or ""
    if is_conditional(text):
        return text
    is_source = IS_SOURCE.match(text) is not None and re.search("[%€$£+]", text) is None
    return text if is_source else None


def _payers(place: Place) -> str:
    """A pattern for the names of those who pay: those of the plan, and what looks like one."""
    known = [f"(?i:{re.escape(name)})" for name in place.payers]
    return "(?:" + "|".join([*known, _A_NAME]) + ")"


def _names_a_payer(place: Place, text: str) -> bool:
    return re.fullmatch(rf"{_BY}{_payers(place)}", text) is not None


_A_NAME = r"[A-ZÉ][^\W\d]+"


def to_be_filled(place: Place, help: Message, key: str) -> Message:
    """What to type, with what is to be filled in at a key."""
    if key == "of":
        return msg("{help}, with the amount of which it is a part", help=help)
    return msg("{help}, with the amount that it comes to", help=help)


def _to_be_filled(place: Place, said: Spoken, key: str) -> Instead:
    """``40 % hors études``, ``40 % + 20 k€``: a sum that only the user knows."""
    if key == "of":
        more = {**beside_a_share(place, replace(said, source=None)), "of": "…"}
        at = "share" if place.key != "share" else ""
        found = place.instead(said.share or "", more, key=at)
        return Instead(to_be_filled(place, found.help, key), at_key=found.at_key)
    help = msg(
        "in place of {key}, write {text}, with the amount that it comes to",
        key=place.key,
        text="amount: …",
    )
    return Instead(help, at_key=True)


def _part_of_a_line(place: Place, said: Spoken) -> Instead | None:
    """``{in_all: 1000, 2026: 10 %}`` in costs: a part of the whole, which does not stand beside."""
    whole_key = next((key for key in ("in_all", "amount") if key in place.line), None)
    if "funding" in place.path or not place.is_alone or whole_key is None or said.base is not None:
        return None
    stated = spoken_amount(str(place.line[whole_key]))
    whole = None if stated is None or stated.amount is None else read_amount(stated.amount)
    if whole is None:
        return None
    part = Money(parse_rate(said.share or "").of(whole).cents, whole.unit)
    return Instead(
        msg(
            "write {amount}: {share} of {whole}; {key} goes, once each period has its amount",
            amount=quoted(typed(part)),
            share=said.share,
            whole=_stated(whole),
            key=whole_key,
        ),
        typed(part),
    )


def _fraction_of_a_line(place: Place, part: Fraction) -> Instead:
    """``{in_all: 300 k€, 2026: 1/3}``: so much of what stands beside."""
    whole = grant_beside(place) if "funding" in place.path else None
    stated = place.line.get("in_all") or place.line.get("amount")
    if whole is None and isinstance(stated, str):
        whole = read_amount(stated)
    if whole is None or (whole.cents * part).denominator != 1:
        return Instead(_comes_to())
    found = place.instead(typed(Money(int(whole.cents * part), whole.unit)))
    return _said(found, _of_it(found.help, str(part), whole))


def _part_of_the_grant(place: Place, said: Spoken) -> Instead | None:
    """``{amount: 200 k€, 2026: 30 %}``: a part of the grant, or perhaps one, not of the costs."""
    assert said.share is not None
    if "funding" not in place.path or said.base is not None or said.tax is not None:
        return None
    if (grant := grant_beside(place)) is not None:
        part = typed(Money(parse_rate(said.share).of(grant).cents, grant.unit))
        return Instead(
            msg(
                "write {amount}: {share} of the grant, which is {whole}",
                amount=quoted(part),
                share=said.share,
                whole=_stated(grant),
            ),
            part,
        )
    line, period = place.line, str(place.tree.existing(place.path)[-1])
    parts = _said_at_periods(line)
    is_named = PERIOD.fullmatch(period) is None and period not in OUTSIDE
    if is_named or {"share", "amount"} & line.keys():
        help = msg("write how much of the grant comes then: this is a part of it, not of the costs")
        return Instead(help)
    if len(parts) < 2:
        return None
    if sum(map(_thousandths, parts)) == 100_000:
        return Instead(
            msg(
                "write how much of the grant comes then: these parts make up 100 %, of it and not"
                " of the costs"
            )
        )
    costs = costs_around(place)
    if costs is None:
        return None
    of_costs = Money(parse_rate(said.share).of(costs).cents, costs.unit)
    return Instead(
        msg(
            "write how much of the grant comes then, if that is a part of it; {amount} if it is"
            " {share} of the costs, which are {whole}",
            amount=quoted(typed(of_costs)),
            share=said.share,
            whole=_stated(costs),
        )
    )


def _said_at_periods(line: Mapping[str, Any]) -> list[str]:
    """What a line of funding says of its periods, those before and beyond the plan too."""
    others = ("from", "status", "until", "basis", "source", "label", "share", "of", "at_most")
    nested = [v for value in line.values() if isinstance(value, dict) for v in value.values()]
    own = [value for key, value in line.items() if key not in others]
    return [each for each in (*own, *nested) if isinstance(each, str)]


def _thousandths(text: str) -> int:
    """A percentage; what is none is more than all of it."""
    try:
        return parse_rate(text).thousandths
    except NotationError:
        return 200_000


def _capped_in_place(place: Place, said: Spoken) -> Instead | None:
    """The same where an amount stands at its period: as a line of funding of its own."""
    text = _share_in_place(place, said)
    return None if text is None else Instead(or_at_most(msg("write {text}", text=text)))


def _share_in_place(place: Place, said: Spoken) -> str | None:
    """A line of funding of one period, as a share that comes then."""
    line, period = place.line, str(place.tree.existing(place.path)[-1])
    if (
        "from" not in line
        or PERIOD.fullmatch(period) is None
        or sum(PERIOD.fullmatch(str(key)) is not None for key in line) > 1
    ):
        return None
    time = "quarter" if "-" in period else "year"
    pairs = {"from": line["from"], "share": said.share, **beside_a_share(place, said), time: period}
    return in_braces({key: str(text) for key, text in pairs.items()})


def beside_a_share(place: Place, said: Spoken) -> dict[str, str]:
    """What is said of a share, by the keys that stand beside it."""
    source = where_it_stands(said)
    more = {
        "of": said.base or said.capped or said.tax,
        "at_most": said.at_most,
        "basis": "assumed" if said.assumed or is_conditional(source) else None,
        "year": None if said.year is None or "quarter" in place.beside else str(said.year),
        **standing(place, said.besides or said.source),
        "source": None if source is None else quoted(source),
    }
    return {k: t for k, t in more.items() if t is not None and k not in place.beside}


def share_instead(place: Place, text: str) -> Instead | None:
    """What to type for what is said of a share: ``30 % plafonné à 50 k€``, ``40 % sollicités``."""
    said = spoken_amount(text)
    if said is not None and said.share is None and said.amount is not None and "%" in text:
        return place.instead(said.amount, key="amount")
    if said is None and no_figure(text) is not None:
        return _limited(place, Spoken())
    if said is None or said.share is None:
        return None
    if is_limited(text):
        return _limited(place, said)
    if (key := not_read(place, said)) is not None:
        return _to_be_filled(place, said, key)
    if said.capped is not None:
        return _capped(place, said)
    return _or_between(place.instead(said.share, beside_a_share(place, said)), said)


def fraction_instead(place: Place, text: str) -> Instead | None:
    """``1/3``, ``50/50 match`` in funding: as a rate, where that is exact."""
    if place.is_alone or place.key not in ("share", "amount"):
        return None
    both = r"([1-9][0-9]?) ?%?(?: [^\W\d]+)? ?/ ?([1-9][0-9]?)\b(?!.*[0-9€$])"
    if (two := re.match(both, look(text))) is not None:
        theirs, ours = two.groups()
        if int(theirs) + int(ours) == 100 and theirs != ours:
            help = msg(
                "write {first} or {second}, whichever they pay",
                first=f"share: {theirs} %",
                second=f"share: {ours} %",
            )
            return Instead(help, at_key=True)
    if (part := spoken_fraction(text)) is None:
        return None
    rate = spoken_rate(str(part)) or ""
    if parse_rate(rate).thousandths == part * 100_000:
        return place.instead(rate, key="share" if place.key != "share" else "")
    of = place.beside.get("of")
    whole = read_amount(of) if isinstance(of, str) else None
    whole = whole or (costs_around(place) if of is None else None)
    help = msg(
        "write {rate}, which has at most three decimals and so is not quite {part}",
        rate=f"share: {quoted(rate)}" if place.key != "share" else quoted(rate),
        part=str(part),
    )
    if whole is None or (whole.cents * part).denominator != 1:
        return Instead(help)
    exact = f"amount: {quoted(typed(Money(int(whole.cents * part), whole.unit)))}"
    gone = [key for key in ("share", "amount", "of", "at_most") if key in place.beside]
    return Instead(
        msg(
            "{help}; or, exactly, {amount} in place of {keys}, which is {part} of {whole}",
            help=help,
            amount=exact,
            keys=gone,
            part=str(part),
            whole=_stated(whole),
        )
    )


def half_each(text: str) -> str | None:
    """``50/50 match``: what each of two pays, where that is the same."""
    match = re.fullmatch(r"50 ?%? ?/ ?50 ?%?(?: [^0-9€$£]*)?", look(text).strip())
    return None if match is None else "50 %"


def _limited(place: Place, said: Spoken) -> Instead:
    """``50 % après franchise de 20 k€``: a sum that only the user knows."""
    return Instead(_comes_to()) if place.is_alone else _to_be_filled(place, said, "amount")


def _capped(place: Place, said: Spoken, key: str = "") -> Instead:
    """``80 % des dépenses plafonnées à 50 k€``: of spending of so much, or at most so much."""
    found = place.instead(said.share or "", beside_a_share(place, said), key=key)
    return Instead(or_at_most(found.help), at_key=found.at_key)


def or_at_most(help: Message) -> Message:
    """What to type for a share with a cap that may be one of the spending, or of the grant."""
    return msg(
        "{help} if that caps the spending; “at_most” in place of “of” if it caps the grant",
        help=help,
    )


def _stated(amount: Money) -> Money | str:
    """An amount as it is told: a bare number as it stands, since its plan says what it is in."""
    return amount if amount.unit else typed(amount)
