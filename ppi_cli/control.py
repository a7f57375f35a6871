"""Control: totals as they were printed, held against the figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from ppi_cli.findings import Path
from ppi_cli.message import Message, msg
from ppi_cli.model import Amount, Plan, StatedTotals, Theme, once_per_plan
from ppi_cli.money import Money, rounded, total
from ppi_cli.postings import ThemeYear, theme_years


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

    @property
    def where(self) -> Message:
        """What the total is of: a year or all of them, of the plan or of a theme."""
        year = msg("all years together") if self.year is None else str(self.year)
        if self.theme is None:
            return msg("{year}", year=year)
        return msg("{theme}, {year}", theme=self.theme.title, year=year)


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


@once_per_plan
def disputed(plan: Plan) -> Set[tuple[str | None, int | None]]:
    """The figures that a printed total contradicts: theme id or ``None`` for all, year likewise."""
    return {
        (check.theme.id if check.theme else None, check.year)
        for check in stated_checks(plan)
        if not check.agrees
    }


def _checks(
    path: Path, theme: Theme | None, stated: StatedTotals, figures: Sequence[ThemeYear]
) -> Iterator[StatedCheck]:
    cells: list[tuple[str, int | None, Amount]] = [
        (str(year), year, amount) for year, amount in stated.by_year.items()
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
