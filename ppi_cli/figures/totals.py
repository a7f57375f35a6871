"""Totals: postings summed by theme, project or class, per year or per quarter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple, TypeAlias

from ppi_cli.figures.funding import FCTVA, Receipt, own_sources, receipts
from ppi_cli.figures.postings import (
    Kind,
    Posting,
    ThemeYear,
    by_quarter,
    postings,
    running_postings,
    theme_years,
)
from ppi_cli.plan.finance import Theme
from ppi_cli.plan.model import Plan
from ppi_cli.plan.priority import classes
from ppi_cli.plan.projects import Cost, Project
from ppi_cli.values.message import Message, msg
from ppi_cli.values.money import ZERO, Money, per_mille, total
from ppi_cli.values.quarters import Quarter, Years
from ppi_cli.versions.costs import to_run

By: TypeAlias = Literal["theme", "project", "class", "section", "account", "source"]
RowKind: TypeAlias = Literal[
    "theme",
    "project",
    "class",
    "section",
    "account",
    "source",
    "own_source",
    "own",
    "not_stated",
    "no_class",
    "not_split",
    "excess",
    "total",
    "running",
    "in_all",
]
Per: TypeAlias = Literal["year", "quarter"]


@dataclass(frozen=True, slots=True)
class Figure:
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


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table of totals; ``total`` sums the figures over the periods."""

    id: str
    title: str | Message
    kind: RowKind
    figures: Mapping[str, Figure]
    total: Figure


@dataclass(frozen=True, slots=True)
class Totals:
    """Figures by row and period, with totals both ways."""

    by: By
    per: Per
    #: What the columns are: years, quarters, or the rows of another cut, by their ids.
    periods: tuple[str, ...]
    rows: tuple[Row, ...]
    total: Row
    across: By | None = None
    #: What the columns of another cut are called.
    titles: Mapping[str, str | Message] = field(default_factory=dict)
    #: Whether what others pay is taken off.
    net: bool = False
    #: Beside the total: what is to run, and both together; nothing where nothing is to run.
    running: Row | None = None
    in_all: Row | None = None
    #: What the figures are sums of, by row and period; what is to run, apart.
    postings: tuple[Posting, ...] = ()
    running_postings: tuple[Posting, ...] = ()

    @property
    def wholes(self) -> tuple[Row, ...]:
        """The total, and where anything is to run that, and both together."""
        return tuple(row for row in (self.total, self.running, self.in_all) if row is not None)


def totals(
    plan: Plan,
    by: By = "theme",
    per: Per = "year",
    years: Years | None = None,
    *,
    across: By | None = None,
    net: bool = False,
    running: bool = False,
) -> Totals:
    """The plan's money by one cut, per year or quarter or across another cut, within some years.

    By source, and ``net`` of what others pay, the years go on as long as others pay. What is to
    run stands beside the total; or, ``running``, it is what the rows are of.
    """
    cuts = {cut for cut in (by, across) if cut is not None}
    found = _ledger(plan, cuts, net=net, running=running)
    if years is None:
        last = max((p.year for p in found if p.kind in _PAID), default=plan.years.last)
        years = Years(plan.years.first, max(plan.years.last, last))
    found = [posting for posting in found if posting.year in years]
    to_run = [] if running else _ledger(plan, cuts, net=net, running=True)
    to_run = [posting for posting in to_run if posting.year in years]
    heads, row_of = _CUTS[by](plan, found)
    columns = _columns(plan, per, across, years, [*found, *to_run])
    titles, column_of = columns.titles, columns.of
    periods = tuple(titles)

    def in_periods(postings: Sequence[Posting]) -> Sequence[Posting]:
        return list(by_quarter(plan, postings)) if per == "quarter" else postings

    cut, cut_running = in_periods(found), in_periods(to_run)
    cells: dict[tuple[str, str], list[Posting]] = defaultdict(list)
    for posting in cut:
        cells[row_of(posting), column_of(posting)].append(posting)
    of_row: dict[str, list[Posting]] = defaultdict(list)
    for posting in found:
        of_row[row_of(posting)].append(posting)

    def row(head: _Head) -> Row:
        own = [cells.get((head.id, period), ()) for period in periods]
        return _row(head, periods, own, of_row[head.id])

    def whole(head: _Head, cut: Sequence[Posting], all_: Sequence[Posting]) -> Row:
        of_period: dict[str, list[Posting]] = defaultdict(list)
        for posting in cut:
            of_period[column_of(posting)].append(posting)
        return _row(_special(plan, head), periods, [of_period[period] for period in periods], all_)

    total_ = whole(_TOTAL, cut, found)
    run = whole(_RUNNING, cut_running, to_run) if to_run else None
    kept = () if running else ("theme", "project", "class")
    rows = [row(head) for head in heads if head.id in of_row or head.kind in kept]
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
        None if run is None else _together(_special(plan, _IN_ALL), (total_, run)),
        tuple(cut),
        tuple(cut_running),
    )


def _without_money(plan: Plan, row: Row) -> Row:
    """The row of a project that costs nothing: that is zero, and not unknown."""
    project = plan.by_id.get(row.id) if row.kind == "project" else None
    if not isinstance(project, Project) or project.money != "none":
        return row
    figures = {period: _or_nothing(figure) for period, figure in row.figures.items()}
    return replace(row, figures=figures, total=_or_nothing(row.total))


def _or_nothing(figure: Figure) -> Figure:
    return Figure(ZERO) if figure.amount is None else figure


def _together(head: _Head, rows: Sequence[Row]) -> Row:
    """Rows added up, period by period."""
    figures = {period: added(row.figures[period] for row in rows) for period in rows[0].figures}
    return Row(head.id, head.title, head.kind, figures, added(row.total for row in rows))


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


def known_costs(project: Project) -> Figure:
    """What a project is known to cost, over all its years, without what it costs to run."""
    return Figure(ZERO) if project.money == "none" else _stated(project.costs)


def running_costs(*projects: Project) -> Figure:
    """What projects cost to run, over all years of the plan."""
    return _stated(cost for project in projects for cost in to_run(project))


def _stated(costs: Iterable[Cost]) -> Figure:
    stated = [cost for cost in costs if cost.amount is not None]
    return Figure(
        total(cost.amount for cost in stated), any(cost.basis == "assumed" for cost in stated)
    )


def own_share(found: Totals) -> Row | None:
    """Of a table by source: what the town pays, from sources that are named and others."""
    own = [row for row in found.rows if row.kind in ("own", "own_source")]
    return _together(_OWN, own) if found.by == "source" and own else None


class _Columns(NamedTuple):
    """The columns of a table, by their ids, and which one a posting is in."""

    titles: Mapping[str, str | Message]
    of: Callable[[Posting], str]


def _columns(
    plan: Plan, per: Per, across: By | None, years: Years, found: Sequence[Posting]
) -> _Columns:
    if across is not None:
        heads, column_of = _CUTS[across](plan, found)
        used = {column_of(posting) for posting in found}
        return _Columns({head.id: head.title for head in heads if head.id in used}, column_of)
    if per == "quarter":
        quarters = map(str, years.span().quarters())
        return _Columns({each: each for each in quarters}, lambda p: str(p.quarter))
    return _Columns({str(year): str(year) for year in years.each()}, lambda p: str(p.year))


def traced(
    plan: Plan,
    wanted: Mapping[By, str],
    year: int | None = None,
    quarter: Quarter | None = None,
    *,
    net: bool = False,
    running: bool = False,
    by_source: bool = False,
) -> Sequence[Posting]:
    """The postings that a figure is the sum of: of one row of each cut, in a year or a quarter."""
    cuts: set[By] = {*wanted, "source"} if by_source else {*wanted}
    found = _ledger(plan, cuts, net=net, running=running)
    if quarter is not None:
        of_year = [posting for posting in found if posting.year == quarter.year]
        found = [posting for posting in by_quarter(plan, of_year) if posting.quarter == quarter]
    for by, id in wanted.items():
        _, row_of = _CUTS[by](plan, found)
        found = [posting for posting in found if row_of(posting) == id]
    return [posting for posting in found if year in (None, posting.year)]


def row_ids(plan: Plan, by: By) -> Sequence[str]:
    """The ids of the rows of a cut."""
    found = _ledger(plan, {by}, net=False, running=False)
    heads, _ = _CUTS[by](plan, [*found, *running_postings(plan)])
    return [head.id for head in heads]


def keys_of(plan: Plan, found: Sequence[Posting]) -> list[dict[By, str]]:
    """In which row of each cut every posting is."""
    cuts = {by: cut(plan, found)[1] for by, cut in _CUTS.items()}
    return [{by: row_of(posting) for by, row_of in cuts.items()} for posting in found]


#: The kinds of postings of what someone pays, and of what is spent for a project.
_PAID = ("receipt", "own_source")
_SPENT = ("cost", "running")
#: What nothing says the section or the account of, though it is spent.
_UNPLACED = (*_SPENT, "own_source")


def _ledger(plan: Plan, cuts: Set[By], *, net: bool, running: bool) -> Sequence[Posting]:
    """The postings that figures are sums of, in the order of the plan.

    By source, what is paid and, as much, what the town does not name.
    """
    if running:
        found = list(running_postings(plan))
    else:
        found = list(postings(plan))
        if net:
            found += [replace(each, amount=-each.amount, source=None) for each in paid(plan)]
        elif "source" in cuts:
            for posting in (*paid(plan), *paid_by_own_sources(plan)):
                found += [posting, replace(posting, amount=-posting.amount, source=None)]
    return [_in_class(plan, posting) for posting in found] if "class" in cuts else found


def paid(plan: Plan) -> Iterator[Posting]:
    """What others pay, as postings."""
    return (_paid(receipt, "receipt") for receipt in receipts(plan))


def paid_by_own_sources(plan: Plan) -> Iterator[Posting]:
    """What the town pays from sources of its own that the plan names, as postings."""
    return (_paid(receipt, "own_source") for receipt in own_sources(plan))


def _paid(receipt: Receipt, kind: Kind) -> Posting:
    return Posting(
        receipt.amount,
        receipt.theme,
        receipt.year,
        project=receipt.project,
        kind=kind,
        assumed=receipt.assumed,
        assumed_in_theme=receipt.assumed,
        source=receipt.row,
        path=receipt.path,
    )


def _row(
    head: _Head,
    periods: tuple[str, ...],
    cells: Sequence[Sequence[Posting]],
    whole: Sequence[Posting],
) -> Row:
    of_theme = head.kind in ("theme", "total", "running")
    figures = [summed(cell, of_theme=of_theme) for cell in cells]
    by_period = dict(zip(periods, figures, strict=True))
    return Row(head.id, head.title, head.kind, by_period, summed(whole, of_theme=of_theme))


class _Head(NamedTuple):
    id: str
    title: str | Message
    kind: RowKind


_OTHERS = _Head("receipt", msg("Paid by others"), "source")
_BESIDE = [
    _OTHERS,
    _Head("not_split", msg("Not split by project"), "not_split"),
    _Head("excess", msg("Beyond the envelopes, not counted"), "excess"),
]
_TOTAL = _Head("total", msg("Total"), "total")
_RUNNING = _Head("running", msg("then, to run"), "running")
_IN_ALL = _Head("in_all", msg("In all"), "in_all")
_OWN = _Head("own_share", msg("Own share"), "own")

_Cut: TypeAlias = tuple[list[_Head], Callable[[Posting], str]]


def special_id(plan: Plan, id: str) -> str:
    """What a row or a column that stands for no thing of the plan is called: as none of them is."""
    return f"/{id}" if id in plan.by_id else id


def _special(plan: Plan, head: _Head) -> _Head:
    return head._replace(id=special_id(plan, head.id))


def _beside(plan: Plan) -> list[_Head]:
    return [_special(plan, head) for head in _BESIDE]


def _by_theme(plan: Plan, found: Sequence[Posting]) -> _Cut:
    heads = [_Head(theme.id, theme.title, "theme") for theme in plan.themes]
    return [*heads, _special(plan, _OTHERS)], lambda p: p.theme or special_id(plan, p.kind)


def _by_project(plan: Plan, found: Sequence[Posting]) -> _Cut:
    heads: list[_Head] = []
    for theme in plan.themes:
        heads += [_Head(p.id, p.title, "project") for p in plan.projects_by_theme[theme.id]]
        heads += [
            _Head(
                f"{theme.id}/not_split",
                msg("{theme}: not split by project", theme=theme.title),
                "not_split",
            ),
            _Head(
                f"{theme.id}/excess",
                msg("{theme}: beyond the envelope, not counted", theme=theme.title),
                "excess",
            ),
        ]
    heads.append(_special(plan, _OTHERS))

    def row_of(posting: Posting) -> str:
        if posting.project is not None:
            return posting.project
        kind = posting.kind
        return special_id(plan, kind) if posting.theme is None else f"{posting.theme}/{kind}"

    return heads, row_of


def _by_class(plan: Plan, found: Sequence[Posting]) -> _Cut:
    class_of_project = {id: str(found.number) for id, found in classes(plan).items()}
    titles = {str(c.class_): c.title for c in plan.priority_classes}
    numbers = sorted({*titles, *class_of_project.values()}, key=int)
    heads = [_Head(n, _class_title(n, titles.get(n)), "class") for n in numbers]
    none = special_id(plan, "no_class")
    heads += [_Head(none, msg("In no class"), "no_class"), *_beside(plan)]

    def row_of(posting: Posting) -> str:
        if posting.project is None:
            return special_id(plan, posting.kind)
        return class_of_project.get(posting.project, none)

    return heads, row_of


def _class_title(number: str, title: str | None) -> Message:
    if title is None:
        return msg("Class {number}", number=number)
    return msg("{number} – {title}", number=number, title=title)


def _by_section(plan: Plan, found: Sequence[Posting]) -> _Cut:
    """Investment and operation; an envelope that bounds a section is of that section."""
    heads = [
        _Head("investment", msg("Investment"), "section"),
        _Head("operating", msg("Operation"), "section"),
        _special(plan, _Head("no_section", msg("In no section"), "not_stated")),
        *_beside(plan),
    ]

    def row_of(posting: Posting) -> str:
        if posting.section is not None:
            return posting.section
        return special_id(plan, "no_section" if posting.kind in _UNPLACED else posting.kind)

    return heads, row_of


def _by_account(plan: Plan, found: Sequence[Posting]) -> _Cut:
    accounts = sorted({posting.account for posting in found if posting.account is not None})
    heads = [_Head(account, account, "account") for account in accounts]
    none = _Head("no_account", msg("Without an account"), "not_stated")
    heads += [_special(plan, none), *_beside(plan)]

    def row_of(posting: Posting) -> str:
        if posting.account is not None:
            return posting.account
        return special_id(plan, none.id if posting.kind in _UNPLACED else posting.kind)

    return heads, row_of


def _by_source(plan: Plan, found: Sequence[Posting]) -> _Cut:
    """Who pays: what is only requested stands apart; what nobody else pays is the town's own.

    So is what its own sources pay, which has rows of its own.
    """
    heads: list[_Head] = []
    named = False
    for funder in plan.funders:
        if funder.own:
            heads.append(_Head(funder.id, funder.title, "own_source"))
            named = named or any(posting.source == funder.id for posting in found)
            continue
        requested = msg("{title}, requested", title=funder.title)
        heads += [
            _Head(funder.id, funder.title, "source"),
            _Head(f"{funder.id}/requested", requested, "source"),
        ]
    fund, own = special_id(plan, FCTVA), special_id(plan, "own")
    heads += [
        _Head(fund, msg("VAT fund (FCTVA)"), "source"),
        _Head(own, msg("Own share, no source named") if named else _OWN.title, "own"),
    ]
    return heads, lambda p: fund if p.source == FCTVA else p.source or own


def _in_class(plan: Plan, posting: Posting) -> Posting:
    """The posting, assumed where its project is in its class by an assumed link."""
    found = classes(plan).get(posting.project or "")
    return replace(posting, assumed=True) if found is not None and found.assumed else posting


_CUTS: Mapping[By, Callable[[Plan, Sequence[Posting]], _Cut]] = {
    "theme": _by_theme,
    "project": _by_project,
    "class": _by_class,
    "section": _by_section,
    "account": _by_account,
    "source": _by_source,
}


#: What nothing is stated of.
_NOTHING = Figure()


def summed(postings: Sequence[Posting], *, of_theme: bool) -> Figure:
    """The postings as one figure, with what is to be known of any of them.

    A figure ``of_theme`` is what the envelopes say, where they are stated; another is what the
    projects are known to cost.
    """
    if not postings:
        return _NOTHING
    return Figure(
        total(posting.amount for posting in postings),
        any(p.assumed_in_theme if of_theme else p.assumed for p in postings),
        of_theme and any(posting.known_only for posting in postings),
        any(posting.spread for posting in postings),
        Money(-sum(posting.amount.cents for posting in postings if posting.kind == "excess")),
    )


def cumulated(found: Totals) -> Totals:
    """The same, with the figure of each period including those before it."""
    return _each_row(found, _cumulated, found.periods)


def from_year(found: Totals, year: int) -> Totals:
    """The same, without the periods before a year."""
    kept = tuple(period for period in found.periods if int(period[:4]) >= year)

    def cut(row: Row) -> Row:
        return replace(row, figures={period: row.figures[period] for period in kept})

    return _each_row(found, cut, kept)


def _each_row(found: Totals, of: Callable[[Row], Row], periods: tuple[str, ...]) -> Totals:
    return replace(
        found,
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
    return replace(row, figures=figures)


@dataclass(frozen=True, slots=True)
class EnvelopeUse:
    """What a theme's projects are known to cost of its envelopes, over the years that have one."""

    theme: Theme
    envelope: Money
    #: ``None`` where no cost is known.
    known: Money | None
    #: What envelopes hold beyond the known costs, and what costs pass them by: each year by itself.
    not_split: Money
    beyond: Money
    #: The years in which the costs pass the envelope.
    over: tuple[int, ...]

    @property
    def per_mille(self) -> int | None:
        """The known costs in tenths of a percent of the envelope; none of nothing."""
        return None if self.known is None else per_mille(self.known, self.envelope)


def envelope_uses(plan: Plan, years: Years) -> Iterator[EnvelopeUse]:
    """How the themes' envelopes are used, of those of which any cost is known."""
    of_theme: dict[str, list[ThemeYear]] = defaultdict(list)
    for figure in theme_years(plan):
        if figure.year in years and figure.envelope is not None:
            of_theme[figure.theme.id].append(figure)
    for figures in of_theme.values():
        known = total(figure.costs for figure in figures)
        if known is not None:
            yield EnvelopeUse(
                figures[0].theme,
                Money(sum(figure.envelope.cents for figure in figures if figure.envelope)),
                known,
                Money(sum(figure.not_split.cents for figure in figures)),
                Money(sum(figure.excess.cents for figure in figures)),
                tuple(figure.year for figure in figures if figure.excess.cents),
            )


def running_beside_envelopes(plan: Plan) -> Iterator[tuple[Theme, tuple[int, ...]]]:
    """The themes that have an envelope and costs to run in the same years, with those years."""
    to_run: dict[str | None, set[int]] = defaultdict(set)
    for posting in running_postings(plan):
        to_run[posting.theme].add(posting.year)
    for theme in plan.themes:
        if years := sorted(to_run[theme.id] & theme.envelope.keys()):
            yield theme, tuple(years)
