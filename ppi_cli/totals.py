"""Totals: postings summed by theme, project or class, per year or per quarter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple, TypeAlias

from ppi_cli.funding import FCTVA, receipts
from ppi_cli.message import Message, msg
from ppi_cli.model import Plan, Theme
from ppi_cli.money import ZERO, Money, per_mille, total
from ppi_cli.postings import Posting, ThemeYear, by_quarter, postings, theme_years
from ppi_cli.priority import classes
from ppi_cli.quarters import Quarter, Years

By: TypeAlias = Literal["theme", "project", "class", "section", "account", "source"]
RowKind: TypeAlias = Literal[
    "theme",
    "project",
    "class",
    "section",
    "account",
    "source",
    "own",
    "not_stated",
    "no_class",
    "not_split",
    "excess",
    "total",
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
    found = {
        "assumed": figure.assumed,
        "spread": figure.spread,
        "known costs only": figure.known_only,
        f"costs exceed the envelope by {figure.excess}": bool(figure.excess.cents),
        "differs from the printed total": figure.disputed,
        "over what is allowed": figure.over,
    }
    return tuple(name for name, so in found.items() if so)


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


def totals(
    plan: Plan,
    by: By = "theme",
    per: Per = "year",
    years: Years | None = None,
    *,
    across: By | None = None,
    net: bool = False,
) -> Totals:
    """The plan's money by one cut, per year or quarter or across another cut, within some years.

    By source, and ``net`` of what others pay, the years go on as long as others pay.
    """
    cuts = {by, across}
    found = _postings(plan, by_source="source" in cuts, net=net)
    if years is None:
        last = max((p.year for p in found if p.kind == "receipt"), default=plan.years.last)
        years = Years(plan.years.first, max(plan.years.last, last))
    found = [posting for posting in found if posting.year in years]
    if "class" in cuts:
        found = [_in_class(plan, posting) for posting in found]
    cut: list[Posting] = found
    heads, row_of = _CUTS[by](plan, found)
    titles: Mapping[str, str | Message] = {}
    if across is not None:
        columns, column_of = _CUTS[across](plan, found)
        used = {column_of(posting) for posting in found}
        titles = {head.id: head.title for head in columns if head.id in used}
        periods = tuple(titles)
    elif per == "quarter":
        cut = list(by_quarter(plan, found))
        periods = tuple(str(quarter) for quarter in years.span().quarters())
    else:
        periods = tuple(str(year) for year in years.each())
    cells: dict[tuple[str, str], list[Posting]] = defaultdict(list)
    of_period: dict[str, list[Posting]] = defaultdict(list)
    for posting in cut:
        period = str(posting.quarter if per == "quarter" else posting.year)
        if across is not None:
            period = column_of(posting)
        cells[row_of(posting), period].append(posting)
        of_period[period].append(posting)
    of_row: dict[str, list[Posting]] = defaultdict(list)
    for posting in found:
        of_row[row_of(posting)].append(posting)

    def row(head: _Head) -> Row:
        own = [cells.get((head.id, period), ()) for period in periods]
        return _row(head, periods, own, of_row[head.id])

    rows = (row(h) for h in heads if h.id in of_row or h.kind in ("theme", "project", "class"))
    whole = _row(_special(plan, _TOTAL), periods, [of_period[period] for period in periods], found)
    return Totals(by, per, periods, tuple(rows), whole, across, titles, net)


def traced(
    plan: Plan,
    wanted: Mapping[By, str],
    year: int | None = None,
    quarter: Quarter | None = None,
    *,
    net: bool = False,
    by_source: bool = False,
) -> list[Posting]:
    """The postings that a figure is the sum of: of one row of each cut, in a year or a quarter."""
    found = _postings(plan, by_source=by_source or "source" in wanted, net=net)
    if quarter is not None:
        found = [posting for posting in found if posting.year == quarter.year]
        found = [posting for posting in by_quarter(plan, found) if posting.quarter == quarter]
    for by, id in wanted.items():
        _, row_of = _CUTS[by](plan, found)
        found = [posting for posting in found if row_of(posting) == id]
    return [posting for posting in found if year in (None, posting.year)]


def row_ids(plan: Plan, by: By) -> Sequence[str]:
    """The ids of the rows of a cut."""
    heads, _ = _CUTS[by](plan, _postings(plan, by_source=by == "source", net=False))
    return [head.id for head in heads]


def keys_of(plan: Plan, found: Sequence[Posting]) -> list[dict[By, str]]:
    """In which row of each cut every posting is."""
    cuts = {by: cut(plan, found)[1] for by, cut in _CUTS.items()}
    return [{by: row_of(posting) for by, row_of in cuts.items()} for posting in found]


def _postings(plan: Plan, *, by_source: bool, net: bool) -> list[Posting]:
    """The gross postings; by source, what others pay and, as much, what the town does not."""
    found = postings(plan)
    if by_source or net:
        for posting in traced_receipts(plan):
            if not net:
                found.append(posting)
            found.append(replace(posting, amount=-posting.amount, source=None))
    return found


def traced_receipts(plan: Plan) -> Iterator[Posting]:
    """What others pay, as postings."""
    for receipt in receipts(plan):
        yield Posting(
            receipt.amount,
            receipt.theme,
            receipt.year,
            project=receipt.project,
            kind="receipt",
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
    of_theme = head.kind in ("theme", "total")
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
        return special_id(plan, "no_section" if posting.kind == "cost" else posting.kind)

    return heads, row_of


def _by_account(plan: Plan, found: Sequence[Posting]) -> _Cut:
    accounts = sorted({posting.account for posting in found if posting.account is not None})
    heads = [_Head(account, account, "account") for account in accounts]
    none = _Head("no_account", msg("Without an account"), "not_stated")
    heads += [_special(plan, none), *_beside(plan)]

    def row_of(posting: Posting) -> str:
        if posting.account is not None:
            return posting.account
        return special_id(plan, none.id if posting.kind == "cost" else posting.kind)

    return heads, row_of


def _by_source(plan: Plan, found: Sequence[Posting]) -> _Cut:
    """Who pays: what is only requested stands apart; what nobody else pays is the town's own."""
    heads: list[_Head] = []
    for funder in plan.funders:
        requested = msg("{title}, requested", title=funder.title)
        heads += [
            _Head(funder.id, funder.title, "source"),
            _Head(f"{funder.id}/requested", requested, "source"),
        ]
    fund, own = special_id(plan, FCTVA), special_id(plan, "own")
    heads += [
        _Head(fund, msg("VAT fund (FCTVA)"), "source"),
        _Head(own, msg("Own share"), "own"),
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


def summed(postings: Sequence[Posting], *, of_theme: bool) -> Figure:
    """The postings as one figure, with what is to be known of any of them.

    A figure ``of_theme`` is what the envelopes say, where they are stated; another is what the
    projects are known to cost.
    """
    return Figure(
        total(posting.amount for posting in postings),
        any(p.assumed_in_theme if of_theme else p.assumed for p in postings),
        of_theme and any(posting.known_only for posting in postings),
        any(posting.spread for posting in postings),
        Money(-sum(posting.amount.cents for posting in postings if posting.kind == "excess")),
    )


def cumulated(found: Totals) -> Totals:
    """The same, with the figure of each period including those before it."""
    rows = tuple(_cumulated(row) for row in found.rows)
    return replace(found, rows=rows, total=_cumulated(found.total))


def from_year(found: Totals, year: int) -> Totals:
    """The same, without the periods before a year."""
    kept = tuple(period for period in found.periods if int(period[:4]) >= year)

    def cut(row: Row) -> Row:
        return replace(row, figures={period: row.figures[period] for period in kept})

    return replace(found, periods=kept, rows=tuple(map(cut, found.rows)), total=cut(found.total))


def _cumulated(row: Row) -> Row:
    figures: dict[str, Figure] = {}
    sum_ = Figure()
    for period, figure in row.figures.items():
        sum_ = Figure(
            total([sum_.amount, figure.amount]),
            sum_.assumed or figure.assumed,
            sum_.known_only or figure.known_only,
            sum_.spread or figure.spread,
            sum_.excess + figure.excess,
        )
        figures[period] = sum_
    return replace(row, figures=figures)


@dataclass(frozen=True, slots=True)
class EnvelopeUse:
    """What a theme's projects cost of its envelopes, in the years that have both."""

    theme: Theme
    envelope: Money
    planned: Money
    #: The years in which the costs pass the envelope.
    over: tuple[int, ...]

    @property
    def left(self) -> Money:
        return self.envelope - self.planned

    @property
    def per_mille(self) -> int | None:
        """The planned part of the envelope, in tenths of a percent; none of nothing."""
        return per_mille(self.planned, self.envelope)


def envelope_uses(plan: Plan, years: Years) -> Iterator[EnvelopeUse]:
    """How the themes' envelopes are used, of those of which any cost is known."""
    of_theme: dict[str, list[ThemeYear]] = defaultdict(list)
    for figure in theme_years(plan):
        if figure.year in years and figure.envelope is not None and figure.costs is not None:
            of_theme[figure.theme.id].append(figure)
    for figures in of_theme.values():
        yield EnvelopeUse(
            figures[0].theme,
            Money(sum(figure.envelope.cents for figure in figures if figure.envelope)),
            Money(sum(figure.costs.cents for figure in figures if figure.costs)),
            tuple(figure.year for figure in figures if figure.excess.cents),
        )
