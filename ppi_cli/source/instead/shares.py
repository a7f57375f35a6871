"""What to type for a share, a percentage or a fraction, where it stands as one or as an amount."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from ppi_cli.source.instead.known_sums import PERIOD, costs_around, grant_beside
from ppi_cli.source.instead.no_sum import no_figure
from ppi_cli.source.instead.otherwise import is_limited
from ppi_cli.source.instead.place import Instead, Place, in_braces, quoted, saying
from ppi_cli.source.instead.said_of_shares import (
    beside_a_share,
    comes_to,
    limited,
    not_read,
    or_at_most,
    sum_to_be_filled,
)
from ppi_cli.source.instead.said_of_sums import or_between
from ppi_cli.values.characters import look
from ppi_cli.values.message import Message, NotationError, msg
from ppi_cli.values.money import Money, parse_money, parse_rate, typed
from ppi_cli.values.quarters import OUTSIDE
from ppi_cli.values.spoken_money import Spoken, spoken_amount
from ppi_cli.values.spoken_payers import is_own_share
from ppi_cli.values.spoken_rates import as_rate, spoken_fraction
from ppi_cli.values.written_money import read_amount


def share_instead(place: Place, text: str) -> Instead | None:
    """What to type for what is said of a share: ``30 % plafonné à 50 k€``, ``40 % sollicités``."""
    if (theirs := of_others(place, text)) is not None:
        return theirs
    said = spoken_amount(text)
    if said is not None and said.share is None and said.amount is not None and "%" in text:
        return place.instead(said.amount, key="amount")
    if said is None and no_figure(text) is not None:
        return limited(place, Spoken())
    if said is None or said.share is None:
        return None
    if is_limited(text):
        return limited(place, said)
    if (key := not_read(place, said)) is not None:
        return sum_to_be_filled(place, said, key)
    if said.capped is not None:
        return _capped(place, said)
    return or_between(place.instead(said.share, beside_a_share(place, said)), said)


def of_others(place: Place, text: str) -> Instead | None:
    """``80 % federal / 20 % local``: what the town pays itself is no part of a grant."""
    parts = re.split(r" ?(?:[/+;,](?= )|(?<=[^\W\d])/) ?", look(text))
    own = [part for part in parts if is_own_share(part, among_others=True)]
    theirs = [part for part in parts if part not in own]
    if len(theirs) != 1 or not own or "%" not in theirs[0]:
        return None
    said = spoken_amount(theirs[0])
    if said is None or said.share is None:
        return None
    beside = beside_a_share(place, said)
    found = place.instead(said.share, beside, key="share" if place.key != "share" else "")
    return saying(
        found,
        msg(
            "{help}; what the town pays itself is what others leave of the costs: leave out"
            " {parts}",
            help=found.help,
            parts=[f"“{part.strip()}”" for part in own],
        ),
    )


def fraction_instead(place: Place, text: str) -> Instead | None:
    """``1/3``, ``50/50 match`` in funding: as a rate, where that is exact."""
    if place.is_alone or place.key not in ("share", "amount"):
        return None
    if (alone := of_others(place, text)) is not None:
        return alone
    both = r"([1-9][0-9]?) ?%?(?: [^\W\d]+)? ?[/:] ?([1-9][0-9]?)\b(?!.*[0-9€$])"
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
    rate = as_rate(part)
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
    match = re.fullmatch(r"50 ?%? ?[/:] ?50 ?%?(?: [^0-9€$£]*)?", look(text).strip())
    return None if match is None else "50 %"


def share_as_amount(place: Place, said: Spoken) -> Instead | None:
    """``40 %``, where an amount is expected."""
    assert said.share is not None
    if place.key in ("of", "at_most"):
        return _share_of_a_share(place, said)
    if "share" in place.keys and not place.is_alone:
        if (key := not_read(place, said)) is not None:
            return sum_to_be_filled(place, said, key)
        if said.capped is not None:
            return _capped(place, said, "share")
        return or_between(place.instead(said.share, beside_a_share(place, said), key="share"), said)
    if not_read(place, said) is not None or said.most is not None:
        return Instead(comes_to())
    if said.capped is not None:
        return _capped_in_place(place, said)
    if (part_of_it := _part_of_the_grant(place, said)) is not None:
        return part_of_it
    if (of_costs := _part_of_a_line(place, said)) is not None:
        return of_costs
    whole = _whole_of(place, said)
    if whole is None:
        return Instead(comes_to())
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
        return saying(found, _of_it(found.help, said.share, whole))
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
        return Instead(comes_to())
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
    return saying(found, _of_it(found.help, said.share, whole))


def _of_it(help: Message, share: str, whole: Money) -> Message:
    return msg("{help}: {share} of {whole}", help=help, share=share, whole=_stated(whole))


def _whole_of(place: Place, said: Spoken) -> Money | None:
    """What a share is a part of: the sum that is said, else what the project costs."""
    return parse_money(said.base) if said.base is not None else costs_around(place)


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


def fraction_of_a_line(place: Place, part: Fraction) -> Instead:
    """``{in_all: 300 k€, 2026: 1/3}``: so much of what stands beside."""
    whole = grant_beside(place) if "funding" in place.path else None
    stated = place.line.get("in_all") or place.line.get("amount")
    if whole is None and isinstance(stated, str):
        whole = read_amount(stated)
    if whole is None or (whole.cents * part).denominator != 1:
        return Instead(comes_to())
    found = place.instead(typed(Money(int(whole.cents * part), whole.unit)))
    return saying(found, _of_it(found.help, str(part), whole))


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
    return None if text is None else Instead(or_at_most(msg("write {text}", text=text), said))


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


def _capped(place: Place, said: Spoken, key: str = "") -> Instead:
    """``80 % des dépenses plafonnées à 50 k€``: of spending of so much, or at most so much."""
    found = place.instead(said.share or "", beside_a_share(place, said), key=key)
    return Instead(or_at_most(found.help, said), at_key=found.at_key)


def _stated(amount: Money) -> Money | str:
    """An amount as it is told: a bare number as it stands, since its plan says what it is in."""
    return amount if amount.unit else typed(amount)
