"""Bare numbers that were perhaps meant in another unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from math import inf
from statistics import median_low

from ppi_cli.plan.amounts import StatedAmount, amounts, units
from ppi_cli.plan.model import Plan
from ppi_cli.rules.rule import rule
from ppi_cli.values.findings import Finding, Related
from ppi_cli.values.message import InUnit, Message, counted, msg
from ppi_cli.values.money import CENTS, CURRENCY_SIGNS, Money, scale_and_currency, sign_of, typed

_MOST_RELATED = 8
#: How many times the others of its kind an amount is that was meant a thousand times smaller.
_FAR_ABOVE = 500
#: As few as this have no median that says what is usual.
_FEWEST = 3
#: What no amount is below that is far above the others, and that is too large, in cents.
_LARGE = 10_000_000_00
_TOO_LARGE = 100_000_000_00
_TOO_LARGE_OF_A_WHOLE = 1_000_000_000_00
#: How many large amounts stand beside each that is too large for others, in a large city.
_LARGE_TO_TOO_LARGE = 5
_OF_PARTS = ("cost", "funding")
#: What a cost is below that was meant in thousands; and how large costs are that are in units.
_SMALL = 1_000_00
_IN_UNITS = 100_000_00


@rule("PPI430", "warning", needs_whole_plan=True, before_choices=True, plan_itself=True)
def bare_numbers_are_of_a_likely_size(plan: Plan) -> Iterator[Finding]:
    """A bare number counts a thousand times too much, or too little, to be likely.

    With “unit: k€”, 320000 counts as 320 M€. Looked at are bare numbers of 10 M€ or more that are
    500 times the median of their kind (costs, envelopes, …) or more; costs and funding of 100 M€ or
    more; and others of 1 G€ or more that are 500 times the median of all. In the plan of a large
    city, costs of 10 to 100 M€ are many, and those above are not looked at. A number with its unit
    beside it is taken as it is meant.

    In a plan that writes no unit at all, 850 counts as 850 €. Looked at are costs, envelopes and
    funding below 1,000, without costs to run, where the median of them is below 1,000 too, or is
    100,000 or more. “unit: €” in the section “plan” says that it is so.
    """
    unit = plan.header.unit
    if unit is not None:
        own = plan.header.notation.unit or ""
        scale, _ = scale_and_currency(own)
        found = _too_large(plan) if scale else ()
        if found:
            yield _finding(plan, found, _instead_of_large(found[0].money, own))
    elif units(plan) == {""} and (found := _too_small(plan)):
        yield _finding(plan, found, _instead_of_small(plan, found[0].money))


def _finding(plan: Plan, found: Sequence[StatedAmount], help: Message) -> Finding:
    """The finding at the first of some amounts, with the others."""
    first, *others = found
    amount = _shown(plan, first)
    message = msg("this number has no unit, and is read as {amount}", amount=amount)
    if plan.header.unit is not None:
        message = msg(
            "this number has no unit, and is read as {amount}, as the plan's unit is {unit}",
            amount=amount,
            unit=plan.header.unit,
        )
    if others:
        message = counted(
            "{problem}; and {n} more like it",
            "{problem}; and {n} more like it",
            len(others),
            problem=message,
        )
    return Finding(
        first.path,
        message,
        help=help,
        related=tuple(
            Related(each.path, msg("this one is read as {amount}", amount=_shown(plan, each)))
            for each in others[:_MOST_RELATED]
        ),
    )


def _shown(plan: Plan, each: StatedAmount) -> Money | InUnit:
    """An amount as it is read: in millions, not in the unit that was perhaps forgotten."""
    return each.money if plan.header.unit is None else InUnit(each.money, "M")


def _instead_of_large(money: Money, unit: str) -> Message:
    """What to type for a number in the currency, or in its thousands, where millions are usual."""
    scale, currency = scale_and_currency(unit)
    smaller = "k" if scale == "M" and not _is_too_large(Money(money.cents // 1000)) else ""
    meant = Money(money.cents * CENTS[smaller] // CENTS[scale], smaller + currency)
    return msg(
        "write {meant} if that is meant, {same} if it is so",
        meant=typed(meant),
        same=typed(Money(money.cents, unit)),
    )


def _is_too_large(money: Money) -> bool:
    return abs(money.cents) >= _LARGE


def _instead_of_small(plan: Plan, money: Money) -> Message:
    """What to type for a number that was meant in thousands, and where it was not."""
    sign = sign_of(plan.header.currency)
    return msg(
        "write “unit: {thousands}” in the section “plan” if all are in thousands, “unit: {sign}” if"
        " none is; {meant} here if this one is",
        thousands=f"k{sign}",
        sign=sign,
        meant=typed(Money(money.cents * 1000, f"k{sign}")),
    )


def _too_large(plan: Plan) -> Sequence[StatedAmount]:
    """The bare numbers that are too large to be in the plan's unit."""
    bare = [each for each in amounts(plan) if each.money.is_bare and each.money.cents]
    of_kind: dict[str, list[int]] = defaultdict(list)
    for each in bare:
        of_kind[each.kind].append(abs(each.money.cents))
    usual = median_low([cents for own in of_kind.values() for cents in own]) if bare else 0
    has_known_size = plan.header.currency in CURRENCY_SIGNS
    most = {
        kind: min(_far_above_the_others(own), _too_large_for(kind, own, usual, has_known_size))
        for kind, own in of_kind.items()
    }
    return _in_order(each for each in bare if abs(each.money.cents) >= most[each.kind])


def _in_order(found: Iterable[StatedAmount]) -> Sequence[StatedAmount]:
    """Amounts in the order in which the plan states them."""
    return sorted(found, key=lambda each: each.standing.order)


def _far_above_the_others(own: Sequence[int]) -> float:
    """From what on an amount is far above the others of its kind, in cents."""
    return max(_LARGE, _FAR_ABOVE * median_low(own)) if len(own) >= _FEWEST else inf


def _too_large_for(kind: str, own: Sequence[int], usual: int, has_known_size: bool) -> float:
    """From what on an amount of a kind is too large for a town, in cents."""
    if not has_known_size:
        return inf
    if kind not in _OF_PARTS:
        return max(_TOO_LARGE_OF_A_WHOLE, _FAR_ABOVE * usual)
    large = sum(_LARGE <= cents < _TOO_LARGE for cents in own)
    is_of_a_large_city = median_low(own) < _LARGE and large >= _LARGE_TO_TOO_LARGE * sum(
        cents >= _TOO_LARGE for cents in own
    )
    return inf if is_of_a_large_city else _TOO_LARGE


def _too_small(plan: Plan) -> Sequence[StatedAmount]:
    """The costs, envelopes and funding that are too small to be in the currency."""
    looked_at = [
        each
        for each in amounts(plan)
        if each.kind in ("cost", "envelope", "funding")
        and each.group.field.label != "Project.running_costs"
        and each.money.cents > 0
    ]
    if not looked_at:
        return ()
    usual = median_low([each.money.cents for each in looked_at])
    if _SMALL <= usual < _IN_UNITS:
        return ()
    return _in_order(each for each in looked_at if each.money.cents < _SMALL)
