"""Totals: postings summed by theme, project or class, per year or per quarter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from typing import NamedTuple

from ppi_cli.figures.cuts import (
    CUTS,
    IN_ALL,
    NO_GROUP,
    OF_THEMES,
    OWN,
    RUNNING,
    TOTAL,
    UNPLANNED,
    Head,
    RowKind,
    special,
)
from ppi_cli.figures.funding import Receipt
from ppi_cli.figures.ledger import PAID, ledger
from ppi_cli.figures.postings import (
    Posting,
    ThemeYear,
    assumed_costs,
    by_quarter,
    running_postings,
    theme_years,
)
from ppi_cli.figures.selection import WHOLE, Selection
from ppi_cli.plan.finance import Theme
from ppi_cli.plan.model import Plan
from ppi_cli.plan.priority import classes
from ppi_cli.plan.projects import Cost, Project
from ppi_cli.values.characters import look
from ppi_cli.values.message import Message, msg
from ppi_cli.values.money import ZERO, Money, per_mille, total
from ppi_cli.values.quarters import Outside, Years
from ppi_cli.values.terms import By, Per
from ppi_cli.versions.costs import to_run


class Figure(NamedTuple):
    """A sum of postings, ``None`` where nothing is stated, and what is to be known of it."""

    amount: Money | None = None
    assumed: bool = False
    known_only: bool = False
    spread: bool = False
    #: How far the costs pass the envelope; the envelope is what counts.
    excess: Money = ZERO
    #: A printed total says otherwise.
    disputed: bool = False
    #: It is more than what is allowed, or what is left of that is less than nothing.
    over: bool = False


def marks_of(figure: Figure) -> tuple[str, ...]:
    """What is to be known of a figure, in words for other programs."""
    return tuple(mark.for_programs() for mark in marks_said(figure))


def marks_said(figure: Figure) -> Iterator[Message]:
    """What is to be known of a figure, in words."""
    if figure.assumed:
        yield msg("assumed")
    if figure.spread:
        yield msg("spread")
    if figure.known_only:
        yield msg("known costs only")
    if figure.excess.cents:
        yield msg("costs exceed the envelope by {amount}", amount=figure.excess)
    if figure.disputed:
        yield msg("differs from the printed total")
    if figure.over:
        yield msg("over what is allowed")


class Row(NamedTuple):
    """A line of a table of totals; ``total`` sums the figures over the periods."""

    id: str
    title: str | Message
    kind: RowKind
    figures: Mapping[str, Figure]
    total: Figure
    #: Beside the total: before the plan and beyond it; ``None`` where the table has no such column.
    before: Figure | None = None
    beyond: Figure | None = None

    @property
    def whole(self) -> Figure:
        """The total, with what is before the plan and beyond it."""
        return added(each for each in (self.before, self.total, self.beyond) if each is not None)

    @property
    def has_outside(self) -> bool:
        """Whether it has more columns than that of the total."""
        return self.before is not None or self.beyond is not None

    @property
    def columns(self) -> tuple[Figure, ...]:
        """All its figures, in the order of columns."""
        before, beyond = ([] if f is None else [f] for f in (self.before, self.beyond))
        whole = [self.whole] if self.has_outside else []
        return (*before, *self.figures.values(), self.total, *beyond, *whole)


class Totals(NamedTuple):
    """Figures by row and period, with totals both ways."""

    by: By
    per: Per
    #: What the columns are: years, quarters, or the rows of another cut, by their ids.
    periods: tuple[str, ...]
    rows: tuple[Row, ...]
    total: Row
    across: By | None = None
    #: What the columns of another cut are called.
    titles: Mapping[str, str | Message] = {}
    #: Whether what others pay is taken off.
    net: bool = False
    #: Beside the total: what is to run, and both together; nothing where nothing is to run.
    running: Row | None = None
    in_all: Row | None = None
    #: What is in no year yet, and in no total.
    unplanned: Row | None = None
    #: What the figures are sums of, by row and period; what is to run, apart.
    postings: tuple[Posting, ...] = ()
    running_postings: tuple[Posting, ...] = ()
    outside_postings: tuple[Posting, ...] = ()
    #: What part of the plan they are of.
    selection: Selection = WHOLE

    @property
    def outside(self) -> tuple[str, ...]:
        """The columns beside the periods and the total, by the ends of the table."""
        return tuple(
            name
            for name, is_there in (
                ("before", self.total.before is not None),
                ("beyond", self.total.beyond is not None),
                ("whole", self.total.has_outside),
            )
            if is_there
        )

    @property
    def wholes(self) -> tuple[Row, ...]:
        """The total, and where anything is to run that, and both together."""
        return tuple(row for row in (self.total, self.running, self.in_all) if row is not None)


def totals(
    plan: Plan,
    by: By = "theme",
    per: Per = "year",
    selection: Selection = WHOLE,
    *,
    across: By | None = None,
    net: bool = False,
    running: bool = False,
) -> Totals:
    """The money of a part of the plan by one cut, per year or quarter or across another cut.

    By source, and ``net`` of what others pay, the years go on as long as others pay. What is to
    run stands beside the total; or, ``running``, it is what the rows are of. What lies before the
    plan and beyond it stands beside the total too, where neither some years nor another cut are
    asked for.
    """
    cuts = {cut for cut in (by, across) if cut is not None}
    found = ledger(plan, cuts, selection, net=net, running=running)
    to_run = [] if running else ledger(plan, cuts, selection, net=net, running=True)
    years = selection.years
    beside = years is None and across is None and not running
    outside = ledger(plan, cuts, selection, net=net, outside=True) if beside else []
    planned = [posting for posting in outside if posting.year != Outside.UNPLANNED]
    unplanned = [posting for posting in outside if posting.year == Outside.UNPLANNED]
    if years is None:
        last = max((p.year for p in found if p.kind in PAID), default=plan.years.last)
        years = Years(plan.years.first, max(plan.years.last, last))
        found, to_run = ([p for p in each if p.year in years] for each in (found, to_run))
    heads, row_of = CUTS[by](plan, [*found, *planned])
    columns = _columns(plan, per, across, years, [*found, *to_run])
    titles, column_of = columns.titles, columns.of
    periods = tuple(titles)

    def in_periods(postings: Sequence[Posting]) -> Sequence[Posting]:
        return list(by_quarter(plan, postings)) if per == "quarter" else postings

    of_theme = not selection.cuts_envelopes
    cut, cut_running = in_periods(found), in_periods(to_run)
    cells: dict[tuple[str, str], list[Posting]] = defaultdict(list)
    for posting in cut:
        cells[row_of(posting), column_of(posting)].append(posting)
    of_row: dict[str, list[Posting]] = defaultdict(list)
    for posting in found:
        of_row[row_of(posting)].append(posting)
    outside_of_row: dict[str, list[Posting]] = defaultdict(list)
    for posting in planned:
        outside_of_row[row_of(posting)].append(posting)
    shown = {posting.year for posting in planned}

    def row(head: Head) -> Row:
        own = [cells.get((head.id, period), ()) for period in periods]
        row = _row(head, periods, own, of_row[head.id], of_theme and by in OF_THEMES)
        return _beside_total(row, outside_of_row.get(head.id, ()), shown)

    def whole(head: Head, cut: Sequence[Posting], all_: Sequence[Posting]) -> Row:
        of_period: dict[str, list[Posting]] = defaultdict(list)
        for posting in cut:
            of_period[column_of(posting)].append(posting)
        own = [of_period[period] for period in periods]
        return _row(special(plan, head), periods, own, all_, of_theme)

    total_ = _beside_total(whole(TOTAL, cut, found), planned, shown)
    run = whole(RUNNING, cut_running, to_run) if to_run else None
    run = None if run is None else _beside_total(run, (), shown)
    kept = set() if running else _shown_without_money(plan, selection)
    used = {*of_row, *outside_of_row}
    rows = [row(h) for h in heads if h.id in used or (h.kind, h.id) in kept]
    return Totals(
        by,
        per,
        periods,
        tuple(rows if running else (_without_money(plan, each) for each in rows)),
        total_,
        across,
        {} if across is None else titles,
        net,
        run,
        None if run is None else _together(special(plan, IN_ALL), (total_, run)),
        _beside_total(whole(UNPLANNED, (), unplanned), (), shown) if unplanned else None,
        tuple(cut),
        tuple(cut_running),
        tuple(outside),
        selection,
    )


def _beside_total(row: Row, outside: Sequence[Posting], shown: Set[int]) -> Row:
    """A row with what it has before the plan and beyond it, in the columns that are shown."""
    sums = {
        name: summed([p for p in outside if p.year == year], of_theme=False)
        for name, year in (("before", Outside.BEFORE), ("beyond", Outside.BEYOND))
        if year in shown
    }
    return row._replace(before=sums.get("before"), beyond=sums.get("beyond"))


def _shown_without_money(plan: Plan, selection: Selection) -> Set[tuple[str, str]]:
    """The themes, projects and classes of a part of the plan, by kind and id: each has a row."""
    part = selection._replace(years=None)
    found = part.projects(plan)
    kept = {("project", id) for id in found} | {("theme", p.theme) for p in found.values()}
    kept |= {("lead", look(p.lead)) for p in found.values() if p.lead is not None}
    kept |= {("class", str(each.number)) for id, each in classes(plan).items() if id in found}
    if not part.cuts_envelopes:
        shown = [theme for theme in plan.themes if part.has_theme(plan, theme.id)]
        kept |= {("theme", theme.id) for theme in shown}
        kept |= {("group", theme.group) for theme in shown if theme.group is not None}
    if not part.is_part:
        kept |= {("class", str(each.class_)) for each in plan.priority_classes}
    return kept


def _without_money(plan: Plan, row: Row) -> Row:
    """The row of a project that costs nothing: that is zero, and not unknown."""
    project = plan.by_id.get(row.id) if row.kind == "project" else None
    if not isinstance(project, Project) or project.money != "none":
        return row
    figures = {period: _or_nothing(figure) for period, figure in row.figures.items()}
    return row._replace(figures=figures, total=_or_nothing(row.total))


def _or_nothing(figure: Figure) -> Figure:
    return Figure(ZERO) if figure.amount is None else figure


def subtotals(plan: Plan, found: Totals) -> Mapping[str, Row]:
    """Of a table by theme: what the themes of each group add up to, by the first of its rows."""
    if not plan.groups:
        return {}
    none = special(plan, NO_GROUP)
    heads = [*(Head(group.id, group.title, "group") for group in plan.groups), none]
    group_of = {theme.id: theme.group or none.id for theme in plan.themes}
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in found.rows:
        if row.kind == "theme":
            rows[group_of[row.id]].append(row)
    return {rows[h.id][0].id: _together(h, rows[h.id]) for h in heads if h.id in rows}


def _together(head: Head, rows: Sequence[Row]) -> Row:
    """Rows added up, period by period."""
    figures = {period: added(row.figures[period] for row in rows) for period in rows[0].figures}
    return Row(
        head.id,
        head.title,
        head.kind,
        figures,
        added(row.total for row in rows),
        _added_where_shown([row.before for row in rows]),
        _added_where_shown([row.beyond for row in rows]),
    )


def _added_where_shown(figures: Sequence[Figure | None]) -> Figure | None:
    """The sum of figures of a column; nothing where the table has no such column."""
    shown = [figure for figure in figures if figure is not None]
    return added(shown) if shown else None


def added(figures: Iterable[Figure]) -> Figure:
    """The sum of the figures that are stated, with what is to be known of any of them."""
    found = [figure for figure in figures if figure.amount is not None]
    return Figure(
        total(figure.amount for figure in found),
        any(figure.assumed for figure in found),
        any(figure.known_only for figure in found),
        any(figure.spread for figure in found),
        Money(sum(figure.excess.cents for figure in found)),
    )


def known_costs(project: Project, selection: Selection = WHOLE) -> Figure:
    """What a project is known to cost, over all its years, without what it costs to run.

    Of a part of the plan, what of it is in its section and its years.
    """
    if project.money == "none":
        return Figure(ZERO)
    return _stated(filter(selection.has_cost, project.costs))


def has_known_cost(project: Project) -> bool:
    """Whether it is known what a project costs in the plan's years, and be it nothing."""
    return project.money == "none" or any(cost.amount is not None for cost in project.costs)


class Beside(NamedTuple):
    """What a project costs beside what it does in the plan's years, and the whole of it."""

    before: Figure
    beyond: Figure
    unplanned: Figure
    #: Its known costs, with what is before the plan and beyond it.
    whole: Figure

    def payload(self) -> dict[str, str | None]:
        """As JSON."""
        return {
            name: None if figure.amount is None else str(figure.amount)
            for name, figure in self._asdict().items()
        }


def costs_beside(project: Project, selection: Selection = WHOLE) -> Beside:
    """What a project costs outside the plan's years."""
    before, beyond, unplanned = (
        _stated(c for c in filter(selection.has_cost, project.costs_outside) if c.year == year)
        for year in (Outside.BEFORE, Outside.BEYOND, Outside.UNPLANNED)
    )
    return Beside(
        before, beyond, unplanned, added([before, known_costs(project, selection), beyond])
    )


def running_costs(*projects: Project, selection: Selection = WHOLE) -> Figure:
    """What projects cost to run, over all years of the plan, or of a part of it."""
    return _stated(filter(selection.has_cost, (c for project in projects for c in to_run(project))))


def _stated(costs: Iterable[Cost]) -> Figure:
    stated = [cost for cost in costs if cost.amount is not None]
    return Figure(
        total(cost.amount for cost in stated), any(cost.basis == "assumed" for cost in stated)
    )


def own_share(found: Totals) -> Row | None:
    """Of a table by source: what the town pays, from sources that are named and others."""
    own = [row for row in found.rows if row.kind in ("own", "own_source")]
    return _together(OWN, own) if found.by == "source" and own else None


class _Columns(NamedTuple):
    """The columns of a table, by their ids, and which one a posting is in."""

    titles: Mapping[str, str | Message]
    of: Callable[[Posting], str]


def _columns(
    plan: Plan, per: Per, across: By | None, years: Years, found: Sequence[Posting]
) -> _Columns:
    if across is not None:
        heads, column_of = CUTS[across](plan, found)
        used = {column_of(posting) for posting in found}
        return _Columns({head.id: head.title for head in heads if head.id in used}, column_of)
    if per == "quarter":
        quarters = map(str, years.span().quarters())
        return _Columns({each: each for each in quarters}, lambda p: str(p.quarter))
    return _Columns({str(year): str(year) for year in years.each()}, lambda p: str(p.year))


def _row(
    head: Head,
    periods: tuple[str, ...],
    cells: Sequence[Sequence[Posting]],
    whole: Sequence[Posting],
    of_theme: bool,
) -> Row:
    figures = [summed(cell, of_theme=of_theme) for cell in cells]
    by_period = dict(zip(periods, figures, strict=True))
    return Row(head.id, head.title, head.kind, by_period, summed(whole, of_theme=of_theme))


#: What nothing is stated of.
_NOTHING = Figure()


def summed(postings: Sequence[Posting], *, of_theme: bool) -> Figure:
    """The postings as one figure, with what is to be known of any of them.

    A figure ``of_theme`` is what the envelopes say, where they are stated; another is what the
    projects are known to cost.
    """
    if not postings:
        return _NOTHING
    marking = _without_pairs(postings)
    excess = [posting.amount.cents for posting in postings if posting.kind == "excess"]
    return Figure(
        Money(sum([posting.amount.cents for posting in postings])),
        any(p.assumed_in_theme if of_theme else p.assumed for p in marking),
        any(p.known_only for p in marking if of_theme or p.kind in PAID),
        any(posting.spread for posting in marking),
        Money(-sum(excess)) if excess else ZERO,
    )


def summed_in(postings: Sequence[Posting], is_in: Callable[[Posting], bool]) -> Figure:
    """Those of a year's postings that are in a section, as one figure.

    What the envelope of a theme says is of all of its money: of a theme that has some in another
    section, too, each posting says by itself what is to be known of it.
    """
    elsewhere = {posting.theme for posting in postings if not is_in(posting)}
    own = [posting for posting in postings if is_in(posting)]
    whole = summed([p for p in own if p.theme not in elsewhere], of_theme=True)
    parts = [p for p in own if p.theme in elsewhere]
    known_only = any(posting.known_only for posting in parts)
    return added([whole, summed(parts, of_theme=False)._replace(known_only=known_only)])


def _without_pairs(postings: Sequence[Posting]) -> Sequence[Posting]:
    """Postings without what someone pays and is taken off the own share: of a sum of both, the
    marks are those of what it costs.
    """
    of_payers = [p for p in postings if p.kind in PAID]
    if len(of_payers) < 2:
        return postings
    paid, taken_off = (
        {(p.path, p.year, p.quarter) for p in of_payers if bool(p.source) is has}
        for has in (True, False)
    )
    pairs = paid & taken_off
    if not pairs:
        return postings
    return [p for p in postings if p.kind not in PAID or (p.path, p.year, p.quarter) not in pairs]


def received(found: Sequence[Receipt]) -> Figure:
    """What others pay as one figure."""
    amount = total(receipt.amount for receipt in found)
    assumed, in_part = (any(getattr(r, k) for r in found) for k in ("assumed", "known_only"))
    return Figure(amount, assumed, in_part)


def cumulated(found: Totals) -> Totals:
    """The same, with the figure of each period including those before it."""
    return _each_row(found, _cumulated, found.periods)


def from_year(found: Totals, year: int) -> Totals:
    """The same, without the periods before a year."""
    kept = tuple(period for period in found.periods if int(period[:4]) >= year)

    def cut(row: Row) -> Row:
        return row._replace(figures={period: row.figures[period] for period in kept})

    return _each_row(found, cut, kept)


def _each_row(found: Totals, of: Callable[[Row], Row], periods: tuple[str, ...]) -> Totals:
    return found._replace(
        periods=periods,
        rows=tuple(map(of, found.rows)),
        total=of(found.total),
        running=None if found.running is None else of(found.running),
        in_all=None if found.in_all is None else of(found.in_all),
    )


def _cumulated(row: Row) -> Row:
    figures: dict[str, Figure] = {}
    sum_ = Figure()
    for period, figure in row.figures.items():
        figures[period] = sum_ = added([sum_, figure])
    return row._replace(figures=figures)


class EnvelopeUse(NamedTuple):
    """What a theme's projects are known to cost of its envelopes, over the years that have one."""

    theme: Theme
    envelope: Figure
    #: Without an amount where no cost is known.
    known: Figure
    #: What envelopes hold beyond the known costs, and what costs pass them by: each year by itself.
    not_split: Figure
    beyond: Figure
    #: The years in which the costs pass the envelope.
    over: tuple[int, ...]

    @property
    def per_mille(self) -> int | None:
        """The known costs in tenths of a percent of the envelope; none of nothing."""
        known, envelope = self.known.amount, self.envelope.amount
        return None if known is None or envelope is None else per_mille(known, envelope)


def envelope_uses(plan: Plan, years: Years) -> Iterator[EnvelopeUse]:
    """How the themes' envelopes are used, of those of which any cost is known."""
    of_theme: dict[str, list[ThemeYear]] = defaultdict(list)
    for figure in theme_years(plan):
        if figure.year in years and figure.envelope is not None:
            of_theme[figure.theme.id].append(figure)
    for figures in of_theme.values():
        known = added(_known_of(plan, figure) for figure in figures)
        if known.amount is not None:
            over = tuple(figure.year for figure in figures if figure.excess.cents)
            yield EnvelopeUse(
                figures[0].theme,
                added(_envelope_of(figure) for figure in figures),
                known._replace(over=bool(over)),
                added(_apart(plan, figure, figure.not_split) for figure in figures),
                added(_apart(plan, figure, figure.excess) for figure in figures)._replace(
                    over=bool(over)
                ),
                over,
            )


def _envelope_of(year: ThemeYear) -> Figure:
    return Figure(year.envelope, assumed=year.theme.envelope[year.year].assumed)


def _known_of(plan: Plan, year: ThemeYear) -> Figure:
    return Figure(year.costs, assumed=(year.theme.id, year.year) in assumed_costs(plan))


def _apart(plan: Plan, year: ThemeYear, amount: Money) -> Figure:
    """How far an envelope and the known costs are apart: what is assumed of either is so of it."""
    either = added([_envelope_of(year), _known_of(plan, year)])
    return Figure(amount, assumed=either.assumed and amount != ZERO)


def running_beside_envelopes(plan: Plan) -> Iterator[tuple[Theme, tuple[int, ...]]]:
    """The themes that have an envelope and costs to run in the same years, with those years."""
    to_run: dict[str | None, set[int]] = defaultdict(set)
    for posting in running_postings(plan):
        to_run[posting.theme].add(posting.year)
    for theme in plan.themes:
        if years := sorted(to_run[theme.id] & theme.envelope.keys()):
            yield theme, tuple(years)
