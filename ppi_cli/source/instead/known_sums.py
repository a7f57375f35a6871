"""Sums that the plan states around a place, of which what stands there is a part."""

from __future__ import annotations

import re
from typing import Any

from ppi_cli.source.instead.place import Place
from ppi_cli.values.message import NotationError
from ppi_cli.values.money import Money, parse_money, parse_rate
from ppi_cli.values.quarters import parse_years
from ppi_cli.values.spoken_money import spoken_amount


def grant_beside(place: Place) -> Money | None:
    """The whole of a grant that its line states beside parts of it: in all, or as a share."""
    line = place.line
    if isinstance(whole := line.get("amount"), str):
        said = spoken_amount(whole)
        return None if said is None or said.amount is None else parse_money(said.amount)
    costs, share = costs_around(place), line.get("share")
    if costs is None or not isinstance(share, str) or {"of", "at_most"} & line.keys():
        return None
    try:
        return Money(parse_rate(share).of(costs).cents, costs.unit)
    except NotationError:
        return None


def costs_around(place: Place) -> Money | None:
    """What the project costs that funding belongs to, as far as it is known."""
    costs = place.around("projects").get("costs") if "funding" in place.path else None
    lines = [costs] if isinstance(costs, dict) else costs if isinstance(costs, list) else []
    amounts = [known_cost(cost) for cost in lines if isinstance(cost, dict)]
    known = [amount for amount in amounts if amount is not None]
    if not known:
        return None
    units = {amount.unit for amount in known}
    unit = units.pop() if len(units) == 1 else "€"
    return Money(sum(amount.cents for amount in known), unit)


PERIOD = re.compile("[12][0-9]{3}(?:-[TQ][1-4])?")


def known_cost(cost: dict[str, Any]) -> Money | None:
    try:
        if "each_year" in cost:
            first, last = parse_years(str(cost.get("years")))
            one = parse_money(str(cost["each_year"]))
            return Money(one.cents * (last - first + 1), one.unit)
        if periods := [cost[key] for key in cost if PERIOD.fullmatch(key)]:
            texts = [each.get("amount") if isinstance(each, dict) else each for each in periods]
            cells = [parse_money(text) for text in texts if isinstance(text, str)]
            unit = cells[0].unit if len({cell.unit for cell in cells}) == 1 else "€"
            return Money(sum(cell.cents for cell in cells), unit)
        return parse_money(str(cost.get("amount", cost.get("in_all"))))
    except NotationError:
        return None
