"""When a cost is paid, and how much: the keys that say it, and which of them go together."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ppi_cli.plan.lines import are_told_apart, is_period
from ppi_cli.plan.notation import PERIOD_OR_WORD
from ppi_cli.values.fiscal import CALENDAR
from ppi_cli.values.message import Message, NotationError, msg
from ppi_cli.values.money import Money, parse_money
from ppi_cli.values.notation import PLAIN, Notation
from ppi_cli.values.quarters import OUTSIDE, parse_spans

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
OF_SEVERAL = frozenset(("years", "quarters", "each_year", "in_all"))
_CODE = "PPI116"
_ONE_TIME = msg(
    "write one of year: 2016, quarter: 2016-T3, years: 2016..2018, quarters: 2016-T3..2017-T2"
)


def is_of_one_time(cost: Mapping[str, Any]) -> bool:
    """Whether a cost without a key of several times says one time, and how much."""
    return "amount" in cost and (cost.get("year") is None) != (cost.get("quarter") is None)


def says_it_once(cost: Mapping[str, Any], notation: Notation = PLAIN) -> None:
    """Hold a cost, whose values can be read, to one time and an amount that goes with it.

    A blank time is none; a blank amount is one that is not stated. Raises NotationError (PPI102,
    PPI116).
    """
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


def is_received_once(funding: Mapping[str, Any], notation: Notation = PLAIN) -> None:
    """Hold funding, whose values can be read, to an amount or a share, and to one time at most.

    Without a time, it comes as the costs of its project do. Raises NotationError (PPI102, PPI116).
    """
    if "amount" in funding and funding.keys().isdisjoint(("quarter", *OF_A_SHARE)):
        return  # as nearly all funding there is
    if funding.get("year") is not None and funding.get("quarter") is not None:
        message = msg("this funding has a year and a quarter")
        raise NotationError(_CODE, message, msg("remove one of them"), "year")
    if funding.get("amount") is not None and funding.get("share") is not None:
        raise _amount_and_share(funding)
    if "amount" not in funding and "share" not in funding:
        raise NotationError(
            "PPI102",
            msg("“{key}” is missing here", key="amount"),
            msg("add “amount: …”, or “share: …” for a part of what the project costs"),
        )
    if "amount" in funding and funding.get("share") is None:
        for key in ("of", "at_most"):
            if funding.get(key) is not None:
                message = msg("“{key}” says something of a share, and there is none", key=key)
                help = msg("write share: 40 % in place of the amount, or remove “{key}”", key=key)
                raise NotationError(_CODE, message, help, key, at_key=True)


#: The keys of funding that is a share.
OF_A_SHARE = ("share", "of", "at_most")


def _amount_and_share(funding: Mapping[str, Any]) -> NotationError:
    message = msg("“amount” beside “share” can be read in two ways")
    share, amount = _typed("share", funding["share"]), _typed("amount", funding["amount"])
    help = msg(
        "write {amount} if that is what is paid, {most} beside the share if that is the most, or"
        " {base} if the share is a part of it",
        amount=amount,
        most=_typed("at_most", funding["amount"]),
        base=f"{share}, {_typed('of', funding['amount'])}",
    )
    return NotationError(_CODE, message, help, "amount")


def comes_in_a_year(funding: Mapping[str, Any]) -> None:
    """Hold funding of no project to a time, and to an amount. Raises NotationError (PPI102,
    PPI116).
    """
    if funding.get("share") is not None:
        message = msg("a share is a part of what a project costs, and this is of no project")
        help = msg("write the amount and its year, or write the share in its project")
        raise NotationError(_CODE, message, help, "share", at_key=True)
    if funding.get("year") is None and funding.get("quarter") is None:
        message = msg("“{key}” is missing here", key="year")
        help = msg("add “{key}: …”: of no project, it comes with no costs", key="year")
        raise NotationError("PPI102", message, help)


_STATED = {"not": {"type": "null"}}
#: The same for editors; a line names its periods.
IN_A_YEAR: dict[str, Any] = {
    "patternProperties": {"^share$": {"type": "null"}},
    "anyOf": [
        {"required": ["year"], "patternProperties": {"^year$": _STATED}},
        {"required": ["quarter"], "patternProperties": {"^quarter$": _STATED}},
        {"not": {"propertyNames": {"not": PERIOD_OR_WORD}}},
    ],
}


def is_received_in_years(funding: Mapping[str, Any], notation: Notation = PLAIN) -> None:
    """Hold a line of funding to its periods. Raises NotationError (PPI116)."""
    says_it_in_periods(funding, notation)
    for key in OF_A_SHARE:
        if funding.get(key) is not None:
            period = next(each for each in funding if is_period(each))
            message = msg("“{key}” does not go with “{period}”", key=key, period=period)
            help = msg(
                "delete it if the periods say how much of it comes; else write it as a line of its"
                " own: a share comes as costs do, or in its year"
            )
            raise NotationError(_CODE, message, help, key, at_key=True)


def says_it_in_periods(line: Mapping[str, Any], notation: Notation = PLAIN) -> None:
    """Hold a line with periods to say nothing else of when and how much.

    Raises NotationError (PPI116).
    """
    periods = [key for key in line if is_period(key)]
    are_told_apart(line, periods, notation)
    times = [key for key in TIMES if line.get(key) is not None]
    amounts = [key for key in AMOUNTS if key in line]
    for key in (*times, *amounts):
        period = notation.named(periods[0])
        message = msg("“{key}” does not go with “{period}”", key=key, period=period)
        help = _in_a_line(line, times, amounts, notation)
        raise NotationError(_CODE, message, help, key, at_key=True)


def _in_a_line(
    line: Mapping[str, Any], times: list[str], amounts: list[str], notation: Notation
) -> Message:
    """What to type for a time and an amount beside periods."""
    texts = [line[key] for key in amounts]
    if len(times) == 1 and times[0] in ("year", "quarter") and amounts in ([], ["amount"]):
        return msg("write {amount}", amount=_typed(line[times[0]], texts[0] if texts else None))
    if times and amounts:
        own = ", ".join(_typed(key, line[key]) for key in (*times, *amounts))
        rest = _rest(line, texts[0], notation)
        if "each_year" in amounts or (rest is not None and rest.cents):
            return msg("write it as a line of its own: {line}", line=f"{{{own}}}")
        if rest is not None:
            return msg("delete {keys}: the periods say it", keys=[*times, *amounts])
        return msg(
            "delete {keys} if the periods say it; else write it as a line of its own: {line}",
            keys=[*times, *amounts],
            line=f"{{{own}}}",
        )
    if times:
        return msg("remove it: each period has its amount")
    if (year := _year_as_an_amount(line)) is not None and texts[0]:
        return _of_that_year(line, year, texts[0])
    alone = msg("write the period in its place, as in 2016: {amount}", amount=texts[0] or "…")
    if amounts == ["each_year"]:
        return alone
    rest = _rest(line, texts[0], notation)
    if rest is None:
        return msg("delete it if it is the sum of the periods; else {own}", own=alone)
    if not rest.cents:
        return msg("delete it: it is the sum of the periods")
    if rest.cents < 0:
        return alone
    return msg(
        "if it is the whole, write in its place what is left of it, {rest}, at its own period;"
        " else {own}",
        rest=rest,
        own=alone,
    )


def _year_as_an_amount(line: Mapping[str, Any]) -> str | None:
    """The only period of a line where it says a year in place of an amount: ``before: 2027``."""
    (period, *others) = (key for key in line if is_period(key))
    is_year = re.fullmatch("(?:19|20)[0-9]{2}", str(line[period])) is not None
    return period if is_year and not others and period in OUTSIDE else None


def _of_that_year(line: Mapping[str, Any], period: str, amount: str) -> Message:
    year, own = str(line[period]), _typed(period, amount)
    if period == "before" and "from" in line:
        return msg(
            "{year} is read as an amount; if it is a year, write {own} in place of both if it came"
            " before the plan, else {until} in place of {key}, the last year in which it can come",
            year=year,
            own=own,
            until=f"until: {int(year) - 1}",
            key=period,
        )
    return msg(
        "{year} is read as an amount; if it is a year, write {own} in place of both, or the amount"
        " at its own year",
        year=year,
        own=own,
    )


def _rest(line: Mapping[str, Any], whole: object, notation: Notation) -> Money | None:
    """What an amount has more than the periods beside it, where all of them can be read."""
    texts = [whole, *(line[key] for key in line if is_period(key))]
    try:
        first, *parts = (parse_money(str(text), notation) for text in texts)
    except NotationError:
        return None
    return Money(first.cents - sum(part.cents for part in parts), first.unit)


def _missing(time: str) -> NotationError:
    """Nothing says how much."""
    if time == "years":
        message = msg("“{key}” or “{other}” is missing here", key="each_year", other="in_all")
        help = msg(
            "add “{key}: …” for what is paid in each year, or “{other}: …” for the whole",
            key="each_year",
            other="in_all",
        )
        return NotationError("PPI102", message, help)
    key = GO_TOGETHER[time][0]
    message = msg("“{key}” is missing here", key=key)
    return NotationError("PPI102", message, msg("add “{key}: …”", key=key))


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
