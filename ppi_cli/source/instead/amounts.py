"""What to type in place of an amount that cannot be read, exact to where it stands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ppi_cli.source.instead.by_year import funding_instead
from ppi_cli.source.instead.conditional import (
    conditional_help,
    is_conditional,
    is_one_that_may_come,
    may_come,
)
from ppi_cli.source.instead.costs import (
    amount_over_a_time,
)
from ppi_cli.source.instead.currency import in_currency, in_francs
from ppi_cli.source.instead.known_sums import PERIOD
from ppi_cli.source.instead.no_sum import left_empty, no_sum_instead
from ppi_cli.source.instead.otherwise import another_sum, is_limited
from ppi_cli.source.instead.over_years import over_years_instead
from ppi_cli.source.instead.part_of_a_year import running_from_instead
from ppi_cli.source.instead.place import Instead, Place, as_typed, in_braces, quoted, saying
from ppi_cli.source.instead.rest import carried_instead
from ppi_cli.source.instead.said_of_shares import limited
from ppi_cli.source.instead.said_of_sums import (
    IS_SOURCE,
    or_between,
    prudent,
    status_said,
    with_status,
)
from ppi_cli.source.instead.schedule import in_years_of_funding
from ppi_cli.source.instead.several_sums import (
    AMOUNT_KEYS,
    of_a_list,
    of_each_year,
    of_parts,
    section_said,
    several_amounts,
)
from ppi_cli.source.instead.shares import fraction_instead, fraction_of_a_line, share_as_amount
from ppi_cli.source.instead.some_years import every_so_many_years
from ppi_cli.source.instead.taxes import counts_so, differs, taxed
from ppi_cli.source.instead.times_a_sum import (
    each_year,
    granted_over_a_time,
    has_no_time,
    times_years,
    years_from,
)
from ppi_cli.values.characters import look
from ppi_cli.values.message import msg
from ppi_cli.values.money import typed
from ppi_cli.values.spoken_money import (
    PRICES,
    Spoken,
    spoken_amount,
)
from ppi_cli.values.spoken_rates import PartOf, part_of, spoken_fraction

#: Sums that are no year's.
_MANY_YEARS = frozenset(("authorised", "at_start"))


def amount_instead(place: Place, text: str) -> Instead | None:
    """What to type for a text that is no amount, as far as one can tell what is meant."""
    text = in_francs(place, text)
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
        return fraction_of_a_line(place, part)
    if (named := part_of(look(text).strip())) is not None:
        return _of_a_part(place, named)
    said = spoken_amount(text)
    if said is None and (parts := of_parts(place, text)) is not None:
        return parts
    if said is None and "costs" in place.path and is_one_that_may_come(text):
        return Instead(conditional_help())
    if said is None and "funding" in place.path and (over := amount_over_a_time(text)) is not None:
        return granted_over_a_time(place, *over)
    if said is None and (by_year := of_each_year(place, text)) is not None:
        return by_year
    if said is None or _is_of_another_year(place, said):
        return over_years_instead(place, text) or several_amounts(place, text)
    if "costs" in place.path and re.search(r"\( ?[0-9.,]+ ?% ?\)$", text.strip()):
        return None  # perhaps so much of it is meant
    said = prudent(place, in_currency(place, said, text))
    if "funding" in place.path and is_conditional(said.source):
        said = replace(said, assumed=True)
    if said.share is not None:
        return limited(place, said) if is_limited(text) else share_as_amount(place, said)
    if said.amount is None:
        return left_empty()
    if said.year is not None and not {"before", "beyond"}.isdisjoint(place.path[-2:]):
        written = in_braces({place.names.named(str(said.year)): quoted(said.amount)})
        return as_typed(msg("write {text}", text=written), written)
    if said.each_year and not _MANY_YEARS.isdisjoint(place.path):
        return None
    if (of_funding := funding_instead(place, said)) is not None:
        return of_funding
    if (times := times_years(place, said)) is not None:
        return times
    more: dict[str, str] = {}
    if said.assumed and "basis" in place.keys and "basis" not in place.beside:
        more["basis"] = "assumed"
    if said.year is not None and has_no_time(place):
        more["year"] = str(said.year)
    if "costs" in place.path and may_come(said.source):
        return Instead(conditional_help())
    if (status := status_said(place, said.source)) is not None and said.amount is not None:
        return with_status(place, said, status, more)
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
        if said.tax is not None and not counts_so(place, said.tax):
            more = {"tax": said.tax, **more}
        return each_year(place, said.amount, more)
    if said.tax is not None and not counts_so(place, said.tax):
        return taxed(place, said, more)
    found = place.instead(said.amount, more)
    if said.source is not None and (prices := re.fullmatch(PRICES, said.source, re.IGNORECASE)):
        return _in_prices_of(place, found, prices)
    return or_between(found, said)


def _of_a_part(place: Place, said: PartOf) -> Instead | None:
    """``1/3 du coût HT``: its rate, and what is said of that."""
    if (exactly := said.of_a_sum) is not None and "share" not in place.keys:
        return place.instead(typed(exactly))
    found = amount_instead(place, said.text)
    if found is None or said.is_exact:
        return found
    return saying(
        found,
        msg(
            "{help}; a rate has at most three decimals, so that is not quite {part}",
            help=found.help,
            part=str(said.part),
        ),
    )


def _in_prices_of(place: Place, found: Instead, prices: re.Match[str]) -> Instead:
    """``100 k€ valeur janvier 2025``: it is counted so, unless the plan says how prices rise."""
    if "from" in place.keys or "indexation" in place.tree.root:
        return found
    text = in_braces({"base": re.findall("[0-9]{4}", prices[0])[-1], "rate": "…"})
    return saying(
        found,
        msg(
            "{help}; it counts as it stands, or, in the prices of its year, with {section}",
            help=found.help,
            section=f"indexation: {text}",
        ),
    )


def _is_of_another_year(place: Place, said: Spoken) -> bool:
    """Whether an amount names a year that is not the one of its cost."""
    own = str(place.beside.get("year") or said.year)
    if place.is_alone:
        own = place.names.plain(str(place.tree.existing(place.path)[-1]))[:4]
    return said.year is not None and own.isdecimal() and int(own) != said.year


def beside_it(place: Place, value: Any) -> Instead | None:
    """What to type for ``amount: {amount: 45 k€, basis: assumed}``, in a cost; for a list."""
    if isinstance(value, list) and value and all(isinstance(each, str) for each in value):
        return of_a_list(place, value)
    if not isinstance(value, dict):
        return None
    if (by_period := _at_its_periods(place, value)) is not None:
        return by_period
    own = {k: v for k, v in value.items() if k in place.keys}
    text = own.pop("amount", None)
    if place.key not in AMOUNT_KEYS or len(own) + 1 != len(value) or not isinstance(text, str):
        return None
    if not all(isinstance(each, str) for each in own.values()):
        return None
    return place.instead(text, {key: quoted(each) for key, each in own.items()})


def _at_its_periods(place: Place, value: Mapping[str, Any]) -> Instead | None:
    """``amount: {2027: 200 k€}``: each period is a key of the line itself."""
    are_periods = all(PERIOD.fullmatch(place.names.plain(str(key))) for key in value)
    is_line = place.key in AMOUNT_KEYS and "periods" not in place.path
    if not value or not are_periods or not is_line or not {"costs", "funding"} & {*place.path}:
        return None
    texts = [each for each in value.values() if isinstance(each, str)]
    said = [spoken_amount(text) for text in texts]
    if len(said) < len(value) or any(each is None or each.amount is None for each in said):
        return None
    when = [key for key in ("year", "quarter", "years", "quarters") if key in place.beside]
    text = ", ".join(f"{key}: {quoted(each)}" for key, each in value.items())
    help = msg("in place of {keys}, write {text}", keys=[*when, place.key], text=text)
    return Instead(help, at_key=True)


def _again_each_year(place: Place, said: Spoken) -> Instead | None:
    """``2026: 10 k€ / an`` in a line: of that year, or of each from it on."""
    assert said.amount is not None
    plain = place.names.plain(str(place.tree.existing(place.path)[-1]))
    years = years_from(place, plain[:4])
    alone = amount_instead(place, said.amount + (" HT" if said.tax == "excl" else ""))
    amount, more = quoted(said.amount), {"tax": said.tax} if differs(place, said) else {}
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
