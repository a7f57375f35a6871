"""The chart of quarters: which project is active when, in which class, for how much."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import groupby
from typing import Any

from ppi_cli.figures.control import disputed
from ppi_cli.figures.cuts import NO_GROUP, special, themes_by_group
from ppi_cli.figures.postings import (
    Posting,
    by_quarter,
    outside_postings,
    postings,
    running_postings,
)
from ppi_cli.figures.selection import WHOLE, Selection
from ppi_cli.figures.totals import Figure, summed
from ppi_cli.plan.finance import Theme
from ppi_cli.plan.model import Plan
from ppi_cli.plan.priority import ProjectClass, classes
from ppi_cli.plan.projects import Project
from ppi_cli.plan.schedule import active_quarters
from ppi_cli.reports.plan import headed, plan_line
from ppi_cli.reports.table import Column, Line, Table
from ppi_cli.reports.values import ASSUMED, EXCESS, SPREAD, basis, marked
from ppi_cli.values.message import Message, counted, msg
from ppi_cli.values.money import ZERO
from ppi_cli.values.quarters import Outside, Quarter, Span, Year, Years


@dataclass(frozen=True, slots=True)
class Bar:
    """A project in the chart: its quarters within it, its class, and its known costs."""

    project: Project
    class_: ProjectClass | None
    active: tuple[Quarter, ...]
    by_quarter: Mapping[Quarter, Figure]
    total: Figure
    #: Whether its quarters go on after the chart's last one, which is the plan's.
    goes_on: bool = False

    @property
    def assumed(self) -> bool:
        return self.project.quarters is not None and self.project.quarters.assumed

    def reaches_out(self, span: Span) -> tuple[bool, bool]:
        """Whether it has begun before the first of the quarters shown, and goes on after the last.

        It is active in the one and in the other: what is apart from them has its own gap.
        """
        if self.project.quarters is None or not self.active:
            return False, False
        first, last = self.project.quarters.first, self.project.quarters.last
        return (
            first < span.first == self.active[0],
            self.active[-1] == span.last < last,
        )


@dataclass(frozen=True, slots=True)
class Above:
    """The line of a group of themes, above the first of those that are shown."""

    title: str | Message
    by_quarter: Mapping[Quarter, Figure]
    by_year: Mapping[int, Figure]
    total: Figure


@dataclass(frozen=True, slots=True)
class Group:
    """A theme in the chart, with its money by quarter and by year."""

    theme: Theme
    bars: tuple[Bar, ...]
    by_quarter: Mapping[Quarter, Figure]
    by_year: Mapping[int, Figure]
    total: Figure
    #: What its envelope has that is of none of its projects, in its total.
    not_split: Figure
    #: What its group adds up to, where the plan has groups and it is the first of one.
    above: Above | None = None
    #: Whether some of its bars stand on a page before.
    goes_on: bool = False


@dataclass(frozen=True)
class Gantt:
    """The chart of a plan or of a part of it.

    Of a part of themes, the money is what its projects are known to cost; else it is the themes'.
    """

    plan: Plan
    years: Years
    groups: tuple[Group, ...]
    by_quarter: Mapping[Quarter, Figure]
    by_year: Mapping[int, Figure]
    total: Figure
    #: How many of the plan's projects are left out, since they are not active in these years.
    hidden: int
    today: Quarter | None
    #: The part of the plan that is shown.
    selection: Selection = WHOLE
    #: What the projects of the chart cost to run, by year: beside its money.
    running: Mapping[int, Figure] = field(default_factory=dict)
    #: What they cost outside the plan's years, by where: beside its money too.
    outside: Mapping[Outside, Figure] = field(default_factory=dict)

    @property
    def span(self) -> Span:
        return self.years.span()

    @property
    def bars(self) -> tuple[Bar, ...]:
        return tuple(bar for group in self.groups for bar in group.bars)

    @property
    def above(self) -> tuple[Above, ...]:
        """The lines of groups of themes, of a plan that has some."""
        return tuple(group.above for group in self.groups if group.above is not None)

    def active_in(self, quarters: Iterable[Quarter]) -> int:
        """How many of the chart's projects are active in any of the quarters."""
        wanted = set(quarters)
        return sum(not wanted.isdisjoint(bar.active) for bar in self.bars)

    def notes_of_projects(self) -> list[Message]:
        """What is to be said of which projects the chart has, and none of the money."""
        found: list[Message] = []
        if not self.plan.projects:
            found.append(msg("the plan has no projects"))
        elif not self.bars and not self.hidden:
            found.append(msg("no project is in this selection"))
        if self.hidden:
            found.append(
                counted(
                    "{n} project is not active in {years}: --all shows it",
                    "{n} projects are not active in {years}: --all shows them",
                    self.hidden,
                    years=self.years,
                )
            )
        unscheduled = sum(bar.project.quarters is None for bar in self.bars)
        if unscheduled:
            found.append(
                counted(
                    "{n} project has no quarters yet",
                    "{n} projects have no quarters yet",
                    unscheduled,
                )
            )
        return found

    def reach(self, before: str = "←", after: str = "→") -> Iterator[Message]:
        """What the signs mean of bars that are longer than the chart."""
        out = [bar.reaches_out(self.span) for bar in self.bars]
        if any(began for began, _ in out):
            yield msg("{sign} begun before", sign=before)
        if any(goes_on for _, goes_on in out):
            yield msg("{sign} goes on after", sign=after)

    def notes(self, *, by_year: bool = False) -> list[Message]:
        """What is to be said; ``by_year`` where amounts of one year too are not by its quarters."""
        found = self.notes_of_projects()
        by_quarter = len(self.years.each()) == 1 and not by_year
        figures = self.by_quarter.values() if by_quarter else self.by_year.values()
        if any(figure.spread for figure in figures):
            found.append(SPREAD)
        if any(figure.assumed for figure in figures):
            found.append(ASSUMED)
        charted: list[Gantt | Group | Above] = [self, *self.above, *self.groups]
        if self.running:
            years = [
                msg("{year}: {amount}", year=Year(y), amount=_marked(f))
                for y, f in self.running.items()
            ]
            found.append(msg("then, to run, beside these amounts: {years}", years=years))
        rest = [
            msg("{theme} {amount}", theme=g.theme.title, amount=_marked(g.not_split))
            for g in self.groups
            if g.not_split.amount is not None
            and any(bar.total.amount not in (None, ZERO) for bar in g.bars)
        ]
        if rest:
            found.append(msg("in the amounts of themes, and of no project: {themes}", themes=rest))
        if self.outside:
            where = [
                msg("{where}: {amount}", where=w, amount=_marked(f))
                for w, f in self.outside.items()
            ]
            found.append(msg("beside these amounts: {where}", where=where))
        if any(f.disputed for each in charted for f in (*each.by_year.values(), each.total)):
            found.append(msg("! a printed total says otherwise: ppi totals tells which"))
        if any(figure.excess.cents for figure in self.by_year.values()):
            found.append(EXCESS)
        if self.selection.cuts_envelopes:
            found.append(
                msg(
                    "+ known costs only, of the projects of {names}: envelopes are for all",
                    names=list(self.selection.named()),
                )
            )
        elif any(figure.known_only for figure in self.by_year.values()):
            found.append(msg("+ known costs only: no envelope covers all of it"))
        return found

    def table(self) -> Table:
        """The chart as a table: a class number in each quarter of work, ``x`` in no class."""
        quarters = list(self.span.quarters())
        columns = (
            Column(msg("Theme"), "theme"),
            Column(msg("Project"), "project"),
            Column(msg("Class"), "class"),
            *(Column(quarter_title(q), str(q)) for q in quarters),
        )
        lines = []
        for group in self.groups:
            for bar in group.bars:
                number = None if bar.class_ is None else bar.class_.number
                sign = marked("x" if number is None else number, bar.assumed)
                active = set(bar.active)
                cells = (sign if q in active else "" for q in quarters)
                class_ = marked(number, bar.class_ is not None and bar.class_.assumed)
                lines.append(Line((group.theme.title, bar.project.title, class_, *cells)))
        notes = self.notes()
        if any(bar.assumed for bar in self.bars) and ASSUMED not in notes:
            notes.insert(0, ASSUMED)
        return Table(plan_line(self.plan), columns, tuple(lines), tuple(notes))

    def payload(self) -> Mapping[str, Any]:
        return {
            **headed(self.plan, self.selection),
            "quarters": [str(quarter) for quarter in self.span.quarters()],
            "rows": [
                {
                    "id": bar.project.id,
                    "title": bar.project.title,
                    "theme": bar.project.theme,
                    "class": None if bar.class_ is None else bar.class_.number,
                    "class_basis": None if bar.class_ is None else basis(bar.class_.assumed),
                    "basis": None if bar.project.quarters is None else bar.project.quarters.basis,
                    "active": [str(quarter) for quarter in bar.active],
                    "goes_on": bar.goes_on,
                }
                for bar in self.bars
            ],
            "running": {str(year): str(figure.amount) for year, figure in self.running.items()},
            "outside": {str(where): str(figure.amount) for where, figure in self.outside.items()},
        }


def _marked(figure: Figure) -> object:
    return marked(figure.amount, figure.assumed)


def quarter_title(quarter: Quarter) -> Message:
    return msg("Q{number} {year}", number=quarter.number, year=Year(quarter.year))


def gantt(
    plan: Plan,
    selection: Selection = WHOLE,
    *,
    show_all: bool = False,
    today: Quarter | None = None,
) -> Gantt:
    """The chart of the plan, or of a part of it.

    Projects that are not active in the years are left out, where they are not the whole plan's.
    """
    within = selection.years or plan.years
    span = within.span()
    class_of = classes(plan)
    ids = selection._replace(years=None).projects(plan)
    whole, parts = not selection.is_part, selection.cuts_envelopes
    themes = [t for t in themes_by_group(plan) if selection.has_theme(plan, t.id)]
    is_spent = selection._replace(years=within).spending(plan)
    found = list(filter(is_spent, postings(plan)))
    spread = _Spread(plan, found, known_only=parts)
    if parts:
        found = [p._replace(known_only=True) for p in found]
    of_theme, of_project = _by_theme(found), _by_project(found)
    groups = []
    hidden = 0
    for t in themes:
        bars = []
        for project in plan.projects_by_theme[t.id]:
            if project.id not in ids:
                continue
            active = active_quarters(project.quarters, span)
            if not active and within != plan.years and not show_all:
                hidden += 1
                continue
            bars.append(
                Bar(
                    project,
                    class_of.get(project.id),
                    active,
                    spread.of_project(project.id),
                    Figure(ZERO)
                    if project.money == "none"
                    else summed(of_project[project.id], of_theme=False),
                    bool(active) and active[-1] == plan.years.span().last < _last(project),
                )
            )
        if bars or not parts:
            groups.append(
                Group(
                    t,
                    tuple(bars),
                    spread.of_themes(t.id),
                    _disputed(_by_year(of_theme[t.id], within), t.id, plan),
                    _disputed_total(summed(of_theme[t.id], of_theme=True), t.id, plan, within),
                    not_split=summed(
                        [p for p in of_theme[t.id] if p.kind == "not_split"], of_theme=False
                    ),
                )
            )
    if plan.groups:
        groups = list(_below_their_groups(plan, groups, within, of_theme, spread))
    return Gantt(
        plan,
        within,
        tuple(groups),
        spread.whole(),
        _disputed(_by_year(found, within), None, plan) if whole else _by_year(found, within),
        _disputed_total(summed(found, of_theme=True), None, plan, within)
        if whole
        else summed(found, of_theme=True),
        hidden,
        today if today is not None and span.first <= today <= span.last else None,
        selection,
        _running(filter(is_spent, running_postings(plan))),
        {}
        if selection.years
        else _outside(filter(selection.spending(plan), outside_postings(plan))),
    )


def _below_their_groups(
    plan: Plan,
    themes: Iterable[Group],
    within: Years,
    of_theme: Mapping[str, Sequence[Posting]],
    spread: _Spread,
) -> Iterator[Group]:
    """The themes, the first of each group with what those of it that are shown add up to."""
    titles: dict[str | None, str | Message] = {group.id: group.title for group in plan.groups}
    titles[None] = special(plan, NO_GROUP).title
    for id, run in groupby(themes, key=lambda shown: shown.theme.group):
        first, *others = run
        ids = [shown.theme.id for shown in (first, *others)]
        found = [posting for theme in ids for posting in of_theme[theme]]
        by_year, total = _by_year(found, within), summed(found, of_theme=True)
        if id is not None:
            by_year = _disputed(by_year, id, plan)
            total = _disputed_total(total, id, plan, within)
        above = Above(titles[id], spread.of_themes(*ids), by_year, total)
        yield replace(first, above=above)
        yield from others


def _last(project: Project) -> Quarter:
    """The last quarter of a project that has quarters."""
    assert project.quarters is not None
    return project.quarters.last


def _outside(found: Iterable[Posting]) -> dict[Outside, Figure]:
    """What projects cost outside the plan's years, by where that is."""
    by: dict[Outside, list[Posting]] = {where: [] for where in Outside}
    for posting in found:
        by[Outside(posting.year)].append(posting)
    return {where: summed(own, of_theme=False) for where, own in by.items() if own}


def _running(found: Iterable[Posting]) -> dict[int, Figure]:
    by: dict[int, list[Posting]] = defaultdict(list)
    for posting in found:
        by[posting.year].append(posting)
    return {year: summed(own, of_theme=False) for year, own in sorted(by.items())}


def _grouped(
    found: Iterable[Posting], key: Callable[[Posting], str]
) -> Mapping[str, list[Posting]]:
    groups: dict[str, list[Posting]] = defaultdict(list)
    for posting in found:
        groups[key(posting)].append(posting)
    return groups


def _by_theme(found: Iterable[Posting]) -> Mapping[str, list[Posting]]:
    return _grouped(found, lambda posting: posting.theme or "")


def _by_project(found: Iterable[Posting]) -> Mapping[str, list[Posting]]:
    return _grouped((p for p in found if p.project), lambda posting: posting.project or "")


class _Quarters(Mapping[Quarter, Figure]):
    """The figures of quarters, summed when the first of them is asked for."""

    def __init__(self, found: Callable[[], Iterable[Posting]], *, of_theme: bool) -> None:
        self._found, self._of_theme = found, of_theme

    @cached_property
    def _figures(self) -> Mapping[Quarter, Figure]:
        by: dict[Quarter, list[Posting]] = defaultdict(list)
        for posting in self._found():
            assert posting.quarter is not None
            by[posting.quarter].append(posting)
        return {quarter: summed(own, of_theme=self._of_theme) for quarter, own in by.items()}

    def __getitem__(self, quarter: Quarter) -> Figure:
        return self._figures[quarter]

    def __iter__(self) -> Iterator[Quarter]:
        return iter(self._figures)

    def __len__(self) -> int:
        return len(self._figures)


class _Spread:
    """Money spread over quarters, when it is first asked for: a document shows years alone."""

    def __init__(self, plan: Plan, found: Sequence[Posting], *, known_only: bool) -> None:
        self._plan, self._found, self._known_only = plan, found, known_only

    @cached_property
    def _postings(self) -> Sequence[Posting]:
        spread = by_quarter(self._plan, self._found)
        return [p._replace(known_only=True) for p in spread] if self._known_only else list(spread)

    @cached_property
    def _of_theme(self) -> Mapping[str, Sequence[Posting]]:
        return _by_theme(self._postings)

    @cached_property
    def _of_project(self) -> Mapping[str, Sequence[Posting]]:
        return _by_project(self._postings)

    def whole(self) -> Mapping[Quarter, Figure]:
        return _Quarters(lambda: self._postings, of_theme=True)

    def of_themes(self, *ids: str) -> Mapping[Quarter, Figure]:
        return _Quarters(lambda: (p for id in ids for p in self._of_theme[id]), of_theme=True)

    def of_project(self, id: str) -> Mapping[Quarter, Figure]:
        return _Quarters(lambda: self._of_project[id], of_theme=False)


def _by_year(found: Iterable[Posting], years: Years) -> dict[int, Figure]:
    by: dict[int, list[Posting]] = {year: [] for year in years.each()}
    for posting in found:
        by[posting.year].append(posting)
    return {year: summed(own, of_theme=True) for year, own in by.items()}


def _disputed(by_year: dict[int, Figure], theme: str | None, plan: Plan) -> dict[int, Figure]:
    """The figures, those marked that a printed total contradicts."""
    wrong = disputed(plan)
    return {y: f._replace(disputed=(theme, y) in wrong) for y, f in by_year.items()}


def _disputed_total(figure: Figure, theme: str | None, plan: Plan, years: Years) -> Figure:
    """The figure over the years, marked where it is of all of them and printed otherwise."""
    return figure._replace(disputed=years == plan.years and (theme, None) in disputed(plan))
