"""What is usually spent in a year, held against the plan's years."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from ppi_cli.figures.postings import postings
from ppi_cli.figures.totals import Totals
from ppi_cli.plan.model import Plan, taxes_differ
from ppi_cli.plan.pieces import Amount
from ppi_cli.values.message import Message, msg
from ppi_cli.values.money import Money, rounded, total


class Comparison(NamedTuple):
    """The plan's years as multiples of what is usually spent in one, in tenths."""

    kind: Literal["investment", "total"]
    title: Message
    usual: Amount
    #: What is held against it: the investment of each year, or all that it costs.
    amounts: Mapping[str, Money | None]
    tenths: Mapping[str, int | None]
    #: The yearly average over the years that have a figure, how many those are, its multiple.
    average: Money | None
    years: int
    average_tenths: int | None

    @property
    def whole(self) -> Money | None:
        """What all years come to."""
        return total(self.amounts.values())


def comparisons(plan: Plan, table: Totals) -> Iterator[Comparison]:
    """The yearly totals against each usual spending that the plan's baseline states.

    What is not known to be operating is set against the usual investment; all of it, with what is
    to run, against the usual total. None where the table is by quarter, or where one side includes
    taxes and the other not.
    """
    baseline = plan.header.baseline
    if baseline is None or table.per != "year" or taxes_differ(plan):
        return
    kinds: tuple[tuple[Literal["investment", "total"], Message, Amount | None], ...] = (
        ("investment", msg("× usual investment"), baseline.investment),
        ("total", msg("× usual total spending"), baseline.total),
    )
    for kind, title, usual in kinds:
        if usual is None or usual.amount.cents <= 0:
            continue
        whole = table.total if kind == "investment" or table.in_all is None else table.in_all
        amounts = {period: whole.figures[period].amount for period in table.periods}
        if kind == "investment":
            amounts = _without_operation(plan, amounts)
        stated = [amount for amount in amounts.values() if amount is not None]
        sum_ = total(stated)
        average = None if sum_ is None else Money(rounded(sum_.cents, len(stated)) // len(stated))
        yield Comparison(
            kind,
            title,
            usual,
            amounts,
            {period: _tenths(amount, usual.amount, 1) for period, amount in amounts.items()},
            average,
            len(stated),
            _tenths(sum_, usual.amount, len(stated)),
        )


def _without_operation(plan: Plan, amounts: Mapping[str, Money | None]) -> dict[str, Money | None]:
    """What the years cost but for operation, where costs say that they are that."""
    operation: dict[str, int] = defaultdict(int)
    for posting in postings(plan):
        if posting.section == "operating":
            operation[str(posting.year)] += posting.amount.cents
    return {
        period: None if amount is None else amount - Money(operation[period])
        for period, amount in amounts.items()
    }


def in_no_section(plan: Plan, year: int | None = None) -> Money:
    """What of the costs, of a year or of all, is counted as investment and is in no section."""
    return Money(
        sum(
            posting.amount.cents
            for posting in postings(plan)
            if posting.section is None and year in (None, posting.year)
        )
    )


def _tenths(amount: Money | None, usual: Money, years: int) -> int | None:
    if amount is None:
        return None
    whole = usual.cents * years
    return rounded(10 * amount.cents, whole) // whole
