"""Control: totals as they were printed, and what is usually spent, held against the figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from ppi_cli.findings import Path
from ppi_cli.message import Message, msg
from ppi_cli.model import Amount, Plan, StatedTotals, Theme
from ppi_cli.money import Money, rounded, total
from ppi_cli.postings import ThemeYear, theme_years
from ppi_cli.totals import Totals


@dataclass(frozen=True, slots=True)
class StatedCheck:
    """A printed total held against the figures it should be the sum of."""

    path: Path
    theme: Theme | None
    #: ``None`` for the total over all years.
    year: int | None
    stated: Amount
    computed: Money | None
    agrees: bool


def stated_checks(plan: Plan) -> Iterator[StatedCheck]:
    """Every total that the plan or a theme states, with what the figures add up to.

    They agree to the cent, or where the sum rounded to ``rounded_to`` is the stated total.
    """
    figures = theme_years(plan)
    if plan.stated_totals is not None:
        yield from _checks(("stated_totals",), None, plan.stated_totals, figures)
    for i, theme in enumerate(plan.themes):
        if theme.stated_totals is not None:
            own = [figure for figure in figures if figure.theme is theme]
            yield from _checks(("themes", i, "stated_totals"), theme, theme.stated_totals, own)


def _checks(
    path: Path, theme: Theme | None, stated: StatedTotals, figures: Sequence[ThemeYear]
) -> Iterator[StatedCheck]:
    cells: list[tuple[str, int | None, Amount]] = [
        (str(year), year, amount) for year, amount in stated.years.items()
    ]
    if stated.total is not None:
        cells.append(("total", None, stated.total))
    for key, year, amount in cells:
        computed = total(figure.counted for figure in figures if year in (None, figure.year))
        agrees = computed is not None and _agree(computed, amount.amount, stated.rounded_to)
        yield StatedCheck((*path, key), theme, year, amount, computed, agrees)


def _agree(computed: Money, stated: Money, rounded_to: Money | None) -> bool:
    if rounded_to is None or rounded_to.cents <= 0:
        return computed == stated
    return stated in (computed, Money(rounded(computed.cents, rounded_to.cents)))


@dataclass(frozen=True, slots=True)
class Comparison:
    """The plan's years as multiples of what is usually spent in one, in tenths."""

    kind: Literal["investment", "total"]
    title: Message
    usual: Amount
    tenths: Mapping[str, int | None]
    #: The yearly average over the years that have a figure, and its multiple.
    average: Money | None
    average_tenths: int | None


def comparisons(plan: Plan, table: Totals) -> Iterator[Comparison]:
    """The yearly totals against each usual spending that the plan's baseline states.

    None where the table is by quarter, or where one side includes taxes and the other not.
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
        amounts = {period: table.total.figures[period].amount for period in table.periods}
        stated = [amount for amount in amounts.values() if amount is not None]
        sum_ = total(stated)
        average = None if sum_ is None else Money(rounded(sum_.cents, len(stated)) // len(stated))
        yield Comparison(
            kind,
            title,
            usual,
            {period: _tenths(amount, usual.amount, 1) for period, amount in amounts.items()},
            average,
            _tenths(sum_, usual.amount, len(stated)),
        )


def taxes_differ(plan: Plan) -> bool:
    """Whether the plan includes taxes and its baseline does not, or the other way round."""
    baseline = plan.header.baseline
    known = {plan.header.tax, baseline.tax if baseline else None} - {None, "unstated"}
    return len(known) == 2


def _tenths(amount: Money | None, usual: Money, years: int) -> int | None:
    if amount is None:
        return None
    whole = usual.cents * years
    return rounded(10 * amount.cents, whole) // whole
