"""Control: totals as they were printed, held against the figures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Literal

from ppi_cli.figures.postings import (
    Posting,
    ThemeYear,
    outside_postings,
    running_postings,
    theme_years,
)
from ppi_cli.plan.finance import Theme
from ppi_cli.plan.model import Plan, once_per_plan
from ppi_cli.plan.pieces import Amount, StatedTotals
from ppi_cli.values.findings import Path
from ppi_cli.values.message import Message, msg
from ppi_cli.values.money import ZERO, Money, rounded, total
from ppi_cli.values.quarters import Outside, shown_year
from ppi_cli.versions.envelopes import is_beside


@dataclass(frozen=True, slots=True)
class StatedCheck:
    """A printed total held against the figures it should be the sum of."""

    path: Path
    theme: Theme | None
    #: ``None`` for the total over all years; before the plan and beyond it, that.
    year: int | None
    stated: Amount
    computed: Money | None
    agrees: bool
    rounded_to: Money | None
    #: The figures that are not stated, of those it should be the sum of.
    blanks: tuple[ThemeYear, ...]
    #: The years of which it is the sum, and for which nothing at all is stated.
    blank_years: tuple[int, ...]
    #: What is to run, where it is with that, which no total counts, that it agrees.
    running: Money | None = None
    #: Whether it is of all years, of what is before the plan, and of what is beyond.
    is_whole: bool = False
    #: The amounts that its figures are made of, as they are written.
    parts: tuple[Money, ...] = ()

    @property
    def column(self) -> int | str | None:
        """The column that it is of: a year, before or beyond, the whole; none is the total."""
        return "whole" if self.is_whole else self.year

    @property
    def apart(self) -> Money:
        """By how much it passes the figures; below zero, falls short of them."""
        return self.stated.amount - (self.computed or ZERO)

    @property
    def rounded_parts(self) -> int:
        """How many of its parts are not zero, where all were rounded as it was; else none."""
        step = ZERO if self.rounded_to is None else self.rounded_to
        amounts = [self.stated.amount, *self.parts]
        if step.cents <= 0 or any(amount.cents % step.cents for amount in amounts):
            return 0
        return sum(amount != ZERO for amount in self.parts)

    @property
    def rounding(self) -> Literal["likely", "possible"] | None:
        """Whether rounded parts explain that it does not agree.

        The errors of n parts, each of half a unit at most, add up to no more than 1.2 × √n units
        but once in 30,000; and never, with that of the total, to more than (n + 1) / 2.
        """
        n = self.rounded_parts
        explained = self.agrees or self.running is not None
        if explained or self.computed is None or self.rounded_to is None or n == 0:
            return None
        apart, step = abs(self.apart.cents), self.rounded_to.cents
        if 25 * apart**2 <= 36 * n * step**2:
            return "likely"
        return "possible" if 2 * apart <= (n + 1) * step else None

    @property
    def is_disputed(self) -> bool:
        """Whether it contradicts the figures, and no rounding is likely to be why."""
        return not self.agrees and self.rounding != "likely"

    @property
    def where(self) -> Message:
        """What the total is of: a year or all of them, of the plan or of a theme."""
        year: object = msg("all years together") if self.year is None else shown_year(self.year)
        if self.is_whole:
            year = msg("before the plan and beyond it too")
        if self.theme is None:
            return msg("{year}", year=year)
        return msg("{theme}, {year}", theme=self.theme.title, year=year)


def stated_checks(plan: Plan) -> Iterator[StatedCheck]:
    """Every total that the plan or a theme states, with what the figures add up to.

    They agree to the cent, or where the sum rounded to ``rounded_to`` is the stated total.
    """
    figures, parts = theme_years(plan), _parts(plan)
    to_run: dict[tuple[str | None, int], list[Money]] = defaultdict(list)
    for posting in running_postings(plan):
        to_run[posting.theme, posting.year].append(posting.amount)
    outside = outside_postings(plan)
    if plan.stated_totals is not None:
        yield from _checks(("stated_totals",), None, plan.stated_totals, figures, parts, to_run)
        yield from _checks_outside(
            ("stated_totals",), None, plan.stated_totals, figures, parts, outside
        )
    for i, theme in enumerate(plan.themes):
        if theme.stated_totals is not None:
            own = [figure for figure in figures if figure.theme is theme]
            path: Path = ("themes", i, "stated_totals")
            yield from _checks(path, theme, theme.stated_totals, own, parts, to_run)
            beside = [posting for posting in outside if posting.theme == theme.id]
            yield from _checks_outside(path, theme, theme.stated_totals, own, parts, beside)


@dataclass(frozen=True, slots=True)
class Cause:
    """A total that does not agree, with the wider ones that differ for the same reason."""

    check: StatedCheck
    wider: list[StatedCheck] = field(default_factory=list)


def causes(checks: Sequence[StatedCheck]) -> Sequence[Cause]:
    """The totals that do not agree, each reason once.

    A figure that is wrong makes each total wrong that it is a part of, by as much: of its theme and
    year, of its theme, of its year, of the plan. The narrowest one tells it.
    """
    found: list[Cause] = []
    right = {(id(c.theme), c.year) for c in checks if c.agrees and not c.is_whole}
    wrong = [check for check in checks if not check.agrees]
    for check in sorted((check for check in wrong if not check.is_whole), key=_width):
        groups = _narrower(check, found, right)
        same = (parts for parts in groups if _is_off_by_as_much(check, parts))
        if parts := next(same, None):
            parts[0].wider.append(check)
        else:
            found.append(Cause(check))
    for check in (check for check in wrong if check.is_whole):
        alike = [cause for cause in found if check.theme in (None, cause.check.theme)]
        if alike:
            alike[0].wider.append(check)
        else:
            found.append(Cause(check))
    return found


def _width(check: StatedCheck) -> int:
    return 2 * (check.theme is None) + (check.year is None)


def _narrower(
    check: StatedCheck, found: Sequence[Cause], right: Set[tuple[int, int | None]]
) -> Iterator[list[Cause]]:
    """The narrower totals that, together, may be off for the same reason as a total is."""
    if check.theme is not None and check.year is None:
        yield [each for each in found if each.check.theme is check.theme]
    elif check.theme is None and check.year is not None:
        yield [each for each in found if each.check.year == check.year]
        for each in found:  # a theme and a year have one figure in common
            theme = each.check.theme
            if each.check.year is None and not each.wider and (id(theme), check.year) not in right:
                yield [each]
    elif check.theme is None:
        yield [each for each in found if each.check.theme is not None]
        yield [each for each in found if each.check.theme is None]


def _is_off_by_as_much(check: StatedCheck, parts: Sequence[Cause]) -> bool:
    """Whether a total differs by as much as others together; as exact as they were printed."""
    totals = [check, *(each.check for each in parts)]
    if not parts or any(each.computed is None for each in totals):
        return False
    rest = check.apart.cents - sum(each.check.apart.cents for each in parts)
    steps = sum(each.rounded_to.cents for each in totals if each.rounded_to is not None)
    return 2 * abs(rest) <= steps


@once_per_plan
def disputed(plan: Plan) -> Set[tuple[str | None, int | str | None]]:
    """The figures that a printed total contradicts: theme id or ``None`` for all, its column."""
    return {
        (check.theme.id if check.theme else None, check.column)
        for check in stated_checks(plan)
        if check.is_disputed
    }


def _checks(
    path: Path,
    theme: Theme | None,
    stated: StatedTotals,
    figures: Sequence[ThemeYear],
    amounts: Mapping[tuple[str, int], Sequence[Money]],
    to_run: Mapping[tuple[str | None, int], Sequence[Money]],
) -> Iterator[StatedCheck]:
    cells: list[tuple[str, int | None, Amount]] = [
        (str(year), year, amount) for year, amount in stated.by_year.items()
    ]
    if stated.total is not None:
        cells.append(("total", None, stated.total))
    for key, year, amount in cells:
        parts = [figure for figure in figures if year in (None, figure.year)]
        computed = total(figure.counted for figure in parts)
        agrees = computed is not None and _agree(computed, amount.amount, stated.rounded_to)
        running = total(m for f in parts for m in to_run.get((f.theme.id, f.year), ()))
        in_all = total([computed, running])
        with_it = in_all is not None and _agree(in_all, amount.amount, stated.rounded_to)
        blanks = tuple(figure for figure in parts if figure.counted is None)
        years = {figure.year for figure in blanks}
        years -= {figure.year for figure in parts if figure.counted is not None}
        yield StatedCheck(
            (*path, key),
            theme,
            year,
            amount,
            computed,
            agrees,
            stated.rounded_to,
            blanks,
            tuple(sorted(years)),
            running if with_it and not agrees else None,
            parts=tuple(m for f in parts for m in amounts.get((f.theme.id, f.year), ())),
        )


def _parts(plan: Plan) -> Mapping[tuple[str, int], Sequence[Money]]:
    """The amounts that the figure of a theme in a year is made of: its envelope, else its costs."""
    themes = {theme.id: theme for theme in plan.themes}
    found: dict[tuple[str, int], list[Money]] = defaultdict(list)
    for theme in plan.themes:
        for year, envelope in theme.envelope.items():
            found[theme.id, year].append(envelope.amount)
    for project in plan.projects:
        theme_ = themes.get(project.theme)
        for cost in project.costs:
            year_ = cost.in_year
            if theme_ is None or cost.amount is None or year_ is None:
                continue
            if year_ not in theme_.envelope or is_beside(theme_, cost):
                found[project.theme, year_].append(cost.amount)
    return found


def _checks_outside(
    path: Path,
    theme: Theme | None,
    stated: StatedTotals,
    figures: Sequence[ThemeYear],
    amounts: Mapping[tuple[str, int], Sequence[Money]],
    outside: Sequence[Posting],
) -> Iterator[StatedCheck]:
    """The totals printed for the time before the plan, beyond it, and for all of it."""
    before, beyond = (
        tuple(posting.amount for posting in outside if posting.year == year)
        for year in (Outside.BEFORE, Outside.BEYOND)
    )
    within = tuple(m for f in figures for m in amounts.get((f.theme.id, f.year), ()))
    whole = total([*before, *beyond, *(f.counted for f in figures)])
    cells = [
        (stated.before, "before", Outside.BEFORE, total(before), before),
        (stated.beyond, "beyond", Outside.BEYOND, total(beyond), beyond),
        (stated.whole, "whole", None, whole, (*before, *within, *beyond)),
    ]
    for amount, key, year, computed, parts in cells:
        if amount is not None:
            yield StatedCheck(
                (*path, key),
                theme,
                year,
                amount,
                computed,
                computed is not None and _agree(computed, amount.amount, stated.rounded_to),
                stated.rounded_to,
                (),
                (),
                is_whole=key == "whole",
                parts=parts,
            )


def _agree(computed: Money, stated: Money, rounded_to: Money | None) -> bool:
    if rounded_to is None or rounded_to.cents <= 0:
        return computed == stated
    return stated in (computed, Money(rounded(computed.cents, rounded_to.cents)))
