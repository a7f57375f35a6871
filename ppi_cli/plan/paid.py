"""When a cost is paid, and how much: the keys that say it, and which of them go together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ppi_cli.values.fiscal import CALENDAR
from ppi_cli.values.message import Message, NotationError, msg
from ppi_cli.values.notation import PLAIN, Notation
from ppi_cli.values.quarters import parse_spans

#: The keys that say how much, by the key that says when.
GO_TOGETHER: Mapping[str, tuple[str, ...]] = {
    "year": ("amount",),
    "quarter": ("amount",),
    "years": ("each_year", "in_all"),
    "quarters": ("in_all",),
}
#: The keys that say when, and those that say how much.
TIMES = tuple(GO_TOGETHER)
AMOUNTS = ("amount", "each_year", "in_all")

#: Those of what is paid in several years or quarters.
_OF_SEVERAL = frozenset(("years", "quarters", "each_year", "in_all"))
_CODE = "PPI116"
_ONE_TIME = msg(
    "write one of year: 2016, quarter: 2016-T3, years: 2016..2018, quarters: 2016-T3..2017-T2"
)


def says_it_once(cost: Mapping[str, Any], notation: Notation = PLAIN) -> None:
    """Hold a cost, whose values can be read, to one time and an amount that goes with it.

    A blank time is none; a blank amount is one that is not stated. Raises NotationError (PPI102,
    PPI116).
    """
    is_of_one = "amount" in cost and _OF_SEVERAL.isdisjoint(cost)
    if is_of_one and (cost.get("year") is None) != (cost.get("quarter") is None):
        return  # as nearly every cost there is
    times = [key for key in TIMES if cost.get(key) is not None]
    if len(times) > 1:
        message = msg("this cost has several times: {names}", names=times)
        raise NotationError(_CODE, message, _ONE_TIME, times[0])
    if not times:
        message = msg("this cost has neither a year nor a quarter")
        raise NotationError(_CODE, message, _ONE_TIME, "year")
    (time,) = times
    amounts = [key for key in AMOUNTS if key in cost]
    if not amounts:
        raise _missing(time)
    if len(amounts) > 1:
        message = msg("this cost has several amounts: {names}", names=amounts)
        raise NotationError(_CODE, message, _one_of(cost, time, amounts, notation), amounts[1])
    (amount,) = amounts
    if amount not in GO_TOGETHER[time]:
        raise NotationError(
            _CODE, _odd(time, amount), _instead(cost, time, amount, notation), amount
        )


def _missing(time: str) -> NotationError:
    """Nothing says how much."""
    if time == "years":
        message = msg("“{key}” or “{other}” is missing here", key="each_year", other="in_all")
        help = msg(
            "add the line “{key}: …” for what is paid in each year, or “{other}: …” for the whole",
            key="each_year",
            other="in_all",
        )
        return NotationError("PPI102", message, help)
    key = GO_TOGETHER[time][0]
    message = msg("“{key}” is missing here", key=key)
    return NotationError("PPI102", message, msg("add the line “{key}: …”", key=key))


def _odd(time: str, amount: str) -> Message:
    """What is wrong with an amount beside a time."""
    if amount == "amount":
        return msg("“amount” beside “{time}” can be read in two ways", time=time)
    return msg("“{amount}” does not go with “{time}”", amount=amount, time=time)


def _instead(cost: Mapping[str, Any], time: str, key: str, notation: Notation) -> Message:
    """What to type for an amount that does not go with its time."""
    text = cost[key]
    if time == "years":
        return _either(text, text)
    if time != "quarters":
        return msg("write {amount}", amount=_typed("amount", text))
    whole = _typed("in_all", text)
    if key == "amount":
        return msg(
            "write {whole} if that is the whole; what is paid in each quarter is a cost of its own",
            whole=whole,
        )
    return msg(
        "write {years} if that is paid in each year, {whole} if that is the whole",
        years=f"{_typed('years', _years_of(cost['quarters'], notation))}, {_typed(key, text)}",
        whole=whole,
    )


def _one_of(cost: Mapping[str, Any], time: str, amounts: list[str], notation: Notation) -> Message:
    """Which of several amounts to keep."""
    amounts = [key for key in amounts if cost[key] is not None] or amounts
    fitting = [key for key in amounts if key in GO_TOGETHER[time]]
    if len(fitting) > 1:
        return _either(*(cost[key] for key in fitting))
    if not fitting:
        return _instead(cost, time, amounts[0], notation)
    return msg("keep {amount}", amount=_typed(fitting[0], cost[fitting[0]]))


def _either(each_year: str | None, in_all: str | None) -> Message:
    return msg(
        "write {each_year} if that is paid in each year, {in_all} if that is the whole",
        each_year=_typed("each_year", each_year),
        in_all=_typed("in_all", in_all),
    )


def _typed(key: str, text: str | None) -> str:
    """A key with its value, as they are to be typed between braces too."""
    if text is None:
        return f"{key}: …"
    return f'{key}: "{text}"' if "," in text else f"{key}: {text}"


def _years_of(quarters: str | list[str], notation: Notation) -> str:
    """The years that quarters, which can be read, lie in."""
    spans = parse_spans(tuple([quarters] if isinstance(quarters, str) else quarters), notation)
    name = (notation.years or CALENDAR).name
    first, last = name(spans[0].first.year), name(spans[-1].last.year)
    return first if first == last else f"{first}..{last}"
