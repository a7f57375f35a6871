"""Control: totals as they were printed, held against the figures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from typing import Literal, NamedTuple, TypeAlias

from ppi_cli.figures.funding import outside_own_sources, outside_receipts, own_sources, receipts
from ppi_cli.figures.postings import outside_postings, running_postings, theme_years
from ppi_cli.plan.finance import Funder, Group, Programme, Theme
from ppi_cli.plan.model import Plan, once_per_plan
from ppi_cli.plan.pieces import Amount, StatedTotals
from ppi_cli.plan.projects import Project
from ppi_cli.values.findings import Path
from ppi_cli.values.message import Message, msg
from ppi_cli.values.money import ZERO, Money, rounded, total
from ppi_cli.values.quarters import Outside, Years, shown_year
from ppi_cli.versions.envelopes import is_beside

#: What a total of the plan is of, where it is of no year.
_OUTSIDE: Mapping[int, Message] = {
    Outside.BEFORE: msg("what lies before the plan"),
    Outside.BEYOND: msg("what lies beyond the plan"),
    Outside.UNPLANNED: msg("what is in no year yet"),
}

#: What printed totals are of, beside the plan.
Of: TypeAlias = Theme | Group | Project | Funder | Programme


class Cell(NamedTuple):
    """A figure that printed totals sum: of a year, the amounts that it is made of."""

    #: What it is called where it is not stated.
    title: str
    year: int
    counted: Money | None
    parts: tuple[Money, ...] = ()
    #: Where these amounts stand.
    paths: tuple[Path, ...] = ()
    #: What is to run in that year, which no total counts.
    running: Money | None = None


class StatedCheck(NamedTuple):
    """A printed total held against the figures it should be the sum of."""

    path: Path
    #: What it is of; ``None``: of the plan.
    of: Of | None
    #: ``None`` for the total over all years; what stands in its place where it is of none.
    year: int | None
    stated: Amount
    computed: Money | None
    agrees: bool
    rounded_to: Money | None
    #: The figures that are not stated, of those it should be the sum of.
    blanks: tuple[Cell, ...]
    #: The years of which it is the sum, and for which nothing at all is stated.
    blank_years: tuple[int, ...]
    #: What is to run, where it is with that, which no total counts, that it agrees.
    running: Money | None = None
    #: Whether it is of all years, of what is before the plan, and of what is beyond.
    is_whole: bool = False
    #: The amounts that its figures are made of, as they are written.
    parts: tuple[Money, ...] = ()
    #: The years of which it is the sum, where those are some of them.
    span: Years | None = None
    #: Where the amounts that it sums stand, of what is no theme.
    paths: tuple[Path, ...] = ()

    @property
    def theme(self) -> Theme | None:
        """The theme that it is of, where it is of one."""
        return self.of if isinstance(self.of, Theme) else None

    @property
    def column(self) -> int | str | None:
        """The column that it is of: a year, before or beyond, the whole; none is the total."""
        if self.span is not None:
            return str(self.span)
        return "whole" if self.is_whole else self.year

    def covers(self, year: int) -> bool:
        """Whether a year is among those that it sums."""
        return year in self.span if self.span is not None else self.year in (None, year)

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
        """What the total is of: a year, some or all of them, of the plan or of a thing."""
        year: object = msg("all years together") if self.year is None else shown_year(self.year)
        if self.is_whole:
            year = msg("before the plan and beyond it too")
        elif self.span is not None:
            year = self.span
        if self.of is None:
            return self._of_the_plan or msg("{year}", year=year)
        return msg("{theme}, {year}", theme=self.of.title, year=year)

    @property
    def _of_the_plan(self) -> Message | None:
        """What a total of the plan itself is of, where that is no year and not its years."""
        if self.is_whole:
            return msg("the whole, before the plan and beyond it too")
        return None if self.year is None else _OUTSIDE.get(self.year)


def stated_checks(plan: Plan) -> Iterator[StatedCheck]:
    """Every total that the plan or a thing of it states, with what the figures add up to.

    They agree to the cent, or where the sum rounded to ``rounded_to`` is the stated total.
    """
    if plan.header.past == "executed" and plan.execution and not plan.closed:
        return  # what was printed is what was executed, not what was voted
    printed = (
        (section, i, thing)
        for section in ("groups", "projects", "funders", "programmes")
        for i, thing in enumerate(getattr(plan, section))
        if thing.stated_totals is not None
    )
    themes = [(i, theme) for i, theme in enumerate(plan.themes) if theme.stated_totals is not None]
    if plan.stated_totals is not None or themes:
        cells, outside = _cells_of_themes(plan), outside_postings(plan)
        if plan.stated_totals is not None:
            every = [cell for own in cells.values() for cell in own]
            all_beside = [(posting.year, posting.amount) for posting in outside]
            yield from _checks(("stated_totals",), None, plan.stated_totals, every, all_beside)
        for i, theme in themes:
            assert theme.stated_totals is not None
            of_theme = [(p.year, p.amount) for p in outside if p.theme == theme.id]
            path: Path = ("themes", i, "stated_totals")
            yield from _checks(path, theme, theme.stated_totals, cells[theme.id], of_theme)
    for section, i, thing in printed:
        own, beside = _OF_THINGS[section](plan, i)
        path = (section, i, "stated_totals")
        yield from _checks(path, thing, thing.stated_totals, own, beside)


class Cause(NamedTuple):
    """A total that does not agree, with the wider ones that differ for the same reason."""

    check: StatedCheck
    wider: list[StatedCheck]


def causes(checks: Sequence[StatedCheck]) -> Sequence[Cause]:
    """The totals that do not agree, each reason once.

    A figure that is wrong makes each total wrong that it is a part of, by as much: of its theme and
    year, of its theme, of its year, of the plan. The narrowest one tells it.
    """
    found: list[Cause] = []
    right = {(id(c.theme), c.year) for c in checks if c.agrees and not (c.is_whole or c.span)}
    wrong = [check for check in checks if not check.agrees]
    for check in sorted((check for check in wrong if not check.is_whole), key=_width):
        groups = _narrower(check, found, right)
        same = (parts for parts in groups if _is_off_by_as_much(check, parts))
        if parts := next(same, None):
            parts[0].wider.append(check)
        else:
            found.append(Cause(check, []))
    for check in (check for check in wrong if check.is_whole):
        alike = [each for each in found if each.check.of is check.of or _is_in(each.check, check)]
        if alike:
            alike[0].wider.append(check)
        else:
            found.append(Cause(check, []))
    return found


def _width(check: StatedCheck) -> int:
    level = 3 if check.of is None else 2 * isinstance(check.of, Group)
    level = level or isinstance(check.of, Theme)
    return 3 * level + (1 if check.span is not None else 2 * (check.year is None))


def _is_in(narrow: StatedCheck, wide: StatedCheck) -> bool:
    """Whether what a total is of is a part of what another one is of."""
    if isinstance(narrow.of, Project) and isinstance(wide.of, Theme):
        return narrow.of.theme == wide.of.id
    if isinstance(wide.of, Group):
        return isinstance(narrow.of, Theme) and narrow.of.group == wide.of.id
    return wide.of is None and isinstance(narrow.of, Project | Theme | Group)


def _narrower(
    check: StatedCheck, found: Sequence[Cause], right: Set[tuple[int, int | None]]
) -> Iterator[list[Cause]]:
    """The narrower totals that, together, may be off for the same reason as a total is."""
    within = [each for each in found if _is_in(each.check, check)]
    of_itself = [each for each in found if each.check.of is check.of]
    if check.span is not None:
        yield [c for c in of_itself if c.check.year is not None and c.check.year in check.span]
        yield [c for c in within if c.check.span == check.span]
        yield [c for c in within if c.check.year is not None and c.check.year in check.span]
    elif check.year is None:
        yield within
        yield of_itself
        yield [each for each in of_itself if each.check.span is None]
    else:
        yield [each for each in within if each.check.year == check.year and not each.check.span]
        if check.of is not None:
            return
        for each in found:  # a theme and a year have one figure in common
            theme = each.check.theme
            if theme is None or each.check.year is not None or each.check.span or each.wider:
                continue
            if (id(theme), check.year) not in right:
                yield [each]


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
    """The figures that a printed total contradicts: id of a thing, ``None`` for all, its column."""
    return {
        (None if check.of is None else check.of.id, check.column)
        for check in stated_checks(plan)
        if check.is_disputed
    }


#: Amounts outside the plan's years, each with where that is.
Beside: TypeAlias = Sequence[tuple[int, Money]]


def _checks(
    path: Path, of: Of | None, stated: StatedTotals, cells: Sequence[Cell], beside: Beside
) -> Iterator[StatedCheck]:
    printed: list[tuple[str, int | None, Years | None, Amount]] = [
        *((str(year), year, None, amount) for year, amount in stated.by_year.items()),
        *((str(span), None, span, amount) for span, amount in stated.by_span.items()),
    ]
    if stated.total is not None:
        printed.append(("total", None, None, stated.total))
    for key, year, span, amount in printed:
        summed = [c for c in cells if (c.year in span if span else year in (None, c.year))]
        computed = total(cell.counted for cell in summed)
        agrees = computed is not None and _agree(computed, amount.amount, stated.rounded_to)
        running = total(cell.running for cell in summed)
        in_all = total([computed, running])
        with_it = in_all is not None and _agree(in_all, amount.amount, stated.rounded_to)
        blanks = tuple(cell for cell in summed if cell.counted is None)
        years = {cell.year for cell in blanks}
        years -= {cell.year for cell in summed if cell.counted is not None}
        yield StatedCheck(
            (*path, key),
            of,
            year,
            amount,
            computed,
            agrees,
            stated.rounded_to,
            blanks,
            tuple(sorted(years)),
            running if with_it and not agrees else None,
            parts=tuple(part for cell in summed for part in cell.parts),
            span=span,
            paths=tuple(each for cell in summed for each in cell.paths),
        )
    yield from _checks_outside(path, of, stated, cells, beside)


def _checks_outside(
    path: Path, of: Of | None, stated: StatedTotals, cells: Sequence[Cell], beside: Beside
) -> Iterator[StatedCheck]:
    """The totals printed for the time before the plan, beyond it, for all of it, and for none."""
    before, beyond, unplanned = (
        tuple(amount for where, amount in beside if where == year)
        for year in (Outside.BEFORE, Outside.BEYOND, Outside.UNPLANNED)
    )
    within = tuple(part for cell in cells for part in cell.parts)
    whole = total([*before, *beyond, *(cell.counted for cell in cells)])
    printed = [
        (stated.before, "before", Outside.BEFORE, total(before), before),
        (stated.beyond, "beyond", Outside.BEYOND, total(beyond), beyond),
        (stated.whole, "whole", None, whole, (*before, *within, *beyond)),
        (stated.unplanned, "unplanned", Outside.UNPLANNED, total(unplanned), unplanned),
    ]
    for amount, key, year, computed, parts in printed:
        if amount is not None:
            yield StatedCheck(
                (*path, key),
                of,
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


# --- the figures that printed totals sum ----------------------------------------------------------


@once_per_plan
def _cells_of_themes(plan: Plan) -> Mapping[str, Sequence[Cell]]:
    """The figures of every theme in every year."""
    parts = _parts(plan)
    to_run: dict[tuple[str | None, int], list[Money]] = defaultdict(list)
    for posting in running_postings(plan):
        to_run[posting.theme, posting.year].append(posting.amount)
    found: dict[str, list[Cell]] = {theme.id: [] for theme in plan.themes}
    for figure in theme_years(plan):
        theme, year = figure.theme, figure.year
        cell = Cell(
            theme.title,
            year,
            figure.counted,
            tuple(parts.get((theme.id, year), ())),
            running=total(to_run.get((theme.id, year), ())),
        )
        found[theme.id].append(cell)
    return found


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


def _of_group(plan: Plan, i: int) -> tuple[Sequence[Cell], Beside]:
    """The figures of the themes of a group."""
    ids = {theme.id for theme in plan.themes if theme.group == plan.groups[i].id}
    cells = [cell for id, own in _cells_of_themes(plan).items() if id in ids for cell in own]
    return cells, [(p.year, p.amount) for p in outside_postings(plan) if p.theme in ids]


_Amounts: TypeAlias = list[tuple[int, Money]]


def _of_project(plan: Plan, i: int) -> tuple[Sequence[Cell], Beside]:
    """What a project costs in each year of the plan; one that costs nothing, zero."""
    project = plan.projects[i]
    paid = [
        (cost.in_year, cost.amount, ("projects", i, "costs", j, "amount"))
        for j, cost in enumerate(project.costs)
        if cost.amount is not None and cost.in_year in plan.years
    ]
    running, beside = _beside_costs(plan).get(project.id, ([], []))
    cells = _by_year(project.title, plan.years, paid, running)
    if project.money == "none":
        cells = [cell._replace(counted=ZERO) for cell in cells]
    return cells, beside


@once_per_plan
def _beside_costs(plan: Plan) -> Mapping[str | None, tuple[_Amounts, _Amounts]]:
    """What each project costs to run in the plan's years, and what it costs outside them."""
    found: dict[str | None, tuple[_Amounts, _Amounts]] = defaultdict(lambda: ([], []))
    for side, of in enumerate((running_postings(plan), outside_postings(plan))):
        for posting in of:
            found[posting.project][side].append((posting.year, posting.amount))
    return found


def _of_funder(plan: Plan, i: int) -> tuple[Sequence[Cell], Beside]:
    """What a funder pays in each year, also what is only requested of it, as long as it pays."""
    funder = plan.funders[i]
    found = own_sources(plan) if funder.own else receipts(plan)
    paid = [(r.year, r.amount, (*r.path, "amount")) for r in found if r.source == funder.id]
    outside = outside_own_sources(plan) if funder.own else outside_receipts(plan)
    last = max([plan.years.last, *(year for year, _, _ in paid)])
    beside = [(r.year, r.amount) for r in outside if r.source == funder.id]
    return _by_year(funder.title, Years(plan.years.first, last), paid), beside


def _of_programme(plan: Plan, i: int) -> tuple[Sequence[Cell], Beside]:
    """What counts of a programme in each of its years: what was paid, else the credit."""
    programme = plan.programmes[i]
    paid = {
        year: (year, amount.amount, ("programmes", i, key, str(year), "amount"))
        for key in ("payments", "paid")
        for year, amount in getattr(programme, key).items()
    }
    first, last = (end([*paid, *plan.years]) for end in (min, max))
    beside = [
        (Outside.BEFORE if year < plan.years.first else Outside.BEYOND, amount)
        for year, amount, _ in paid.values()
        if year not in plan.years
    ]
    return _by_year(programme.title, Years(first, last), [*paid.values()]), beside


def _by_year(
    title: str,
    years: Years,
    paid: Sequence[tuple[int | None, Money, Path]],
    running: Sequence[tuple[int, Money]] = (),
) -> list[Cell]:
    """What is paid, as a figure for each year."""
    cells: list[Cell] = []
    for year in years.each():
        own = [(amount, path) for when, amount, path in paid if when == year]
        amounts = tuple(amount for amount, _ in own)
        to_run = total(amount for when, amount in running if when == year)
        paths = tuple(path for _, path in own)
        cells.append(Cell(title, year, total(amounts), amounts, paths, to_run))
    return cells


#: By section: the figures of a thing of it, and its amounts outside the plan's years.
_OF_THINGS: Mapping[str, Callable[[Plan, int], tuple[Sequence[Cell], Beside]]] = {
    "groups": _of_group,
    "projects": _of_project,
    "funders": _of_funder,
    "programmes": _of_programme,
}


def _agree(computed: Money, stated: Money, rounded_to: Money | None) -> bool:
    if rounded_to is None or rounded_to.cents <= 0:
        return computed == stated
    return stated in (computed, Money(rounded(computed.cents, rounded_to.cents)))
