"""The plan's tables, kind by kind: with what answers each thing, and what nothing answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import Any

from ppi_cli.figures.funding import Receipt
from ppi_cli.figures.ledger import (
    outside_own_sources_in,
    outside_receipts_in,
    own_sources_in,
    receipts_in,
)
from ppi_cli.figures.postings import running_postings
from ppi_cli.figures.selection import CRITERIA, WHOLE, Selection
from ppi_cli.figures.totals import (
    Figure,
    Row,
    costs_beside,
    known_costs,
    marks_of,
    received,
    running_costs,
    totals,
)
from ppi_cli.plan.finance import Funder, Group, Theme
from ppi_cli.plan.links import answers_to
from ppi_cli.plan.model import Plan, once_per_plan
from ppi_cli.plan.pieces import Amount, Link
from ppi_cli.plan.priority import classes
from ppi_cli.plan.projects import OF_ITSELF, Project
from ppi_cli.plan.sources import sourced_values
from ppi_cli.reports.plan import headed, only, plan_line
from ppi_cli.reports.standing import status_payload
from ppi_cli.reports.table import ByYear, Column, Line, Lines, Table, lines_of, payload_of
from ppi_cli.reports.values import (
    ASSUMED_WORD,
    STATED_WORD,
    assumed_in,
    basis,
    legend,
    legend_of_excess,
    link_payload,
    marked,
    spans_payload,
    stated,
    value_payload,
)
from ppi_cli.values.errors import PpiError
from ppi_cli.values.message import Message, counted, msg
from ppi_cli.values.names import STATUSES
from ppi_cli.values.quarters import Outside, Year, Years
from ppi_cli.values.terms import Listed


@dataclass(frozen=True)
class Listing:
    """All things of one kind, as a table."""

    plan: Plan
    kind: str
    columns: tuple[Column, ...]
    things: tuple[Any, ...]
    #: The part of the plan that they are of.
    selection: Selection
    #: How many of them nothing answers; ``None`` where nothing is meant to.
    unanswered: int | None = None
    #: How many amounts that are reckoned from what is assumed here are left out.
    reckoned: int = 0

    def table(self) -> Table:
        lines = tuple(lines_of(self.columns, self.things))
        return Table(plan_line(self.plan), self.columns, lines, tuple(self._notes(lines)))

    def short_table(self) -> Table:
        """The same, where years that follow one another say the same of one thing in one line."""
        runs: list[list[Line]] = []
        for line in self.table().lines:
            if runs and _goes_on(runs[-1][-1], line):
                runs[-1].append(line)
            else:
                runs.append([line])
        return self.table()._replace(lines=tuple(map(_in_one, runs)))

    def _notes(self, lines: Sequence[Line]) -> Iterator[Message]:
        yield from only(self.selection)
        if not self.things:
            yield msg("the plan has none")
        cells = [cell for line in lines for cell in line.cells]
        figures = [cell for cell in cells if isinstance(cell, Figure)]
        yield from legend(figures, assumed=any(map(assumed_in, cells)))
        yield from legend_of_excess(figures)
        if self.reckoned:
            yield counted(
                "{n} amount that is reckoned from these is assumed too, and not listed",
                "{n} amounts that are reckoned from these are assumed too, and not listed",
                self.reckoned,
            )
        if self.unanswered:
            yield counted(
                "{n} of {all} has no answer",
                "{n} of {all} have no answer",
                self.unanswered,
                all=len(self.things),
            )

    def payload(self) -> Mapping[str, Any]:
        return {
            **headed(self.plan, self.selection),
            "kind": self.kind,
            "rows": [payload_of(self.columns, thing) for thing in self.things],
        }


def _apart(line: Line) -> tuple[Mapping[str, object], list[object], Year] | None:
    """What a line is of, but for its details; these; and its year, if that is the last of them."""
    what = line.cells[0]
    details = what.values.get("details") if isinstance(what, Message) else None
    if not isinstance(what, Message) or not isinstance(details, list) or not details:
        return None
    *others, year = details
    return (what.values, others, year) if isinstance(year, Year) else None


def _goes_on(line: Line, following: Line) -> bool:
    """Whether a line says of the next year what the one before it says."""
    one, next_ = _apart(line), _apart(following)
    if one is None or next_ is None or line.cells[1:] != following.cells[1:]:
        return False
    same = one[0]["what"] == next_[0]["what"] and one[1] == next_[1]
    return same and next_[2] == one[2] + 1


def _in_one(run: Sequence[Line]) -> Line:
    """The lines of years that say the same, as one."""
    line, found = run[0], _apart(run[0])
    if len(run) == 1 or found is None or not isinstance(line.cells[0], Message):
        return line
    values, others, year = found
    details = [*others, Years(year, year + len(run) - 1)]
    what = replace(line.cells[0], values={**values, "details": details})
    amount, *more = line.cells[1:]
    each_year = None if amount is None else msg("{amount}, each year", amount=amount)
    return line._replace(cells=(what, each_year, *more))


def listing(plan: Plan, kind: Listed, selection: Selection = WHOLE) -> Listing:
    """The things of a kind, one of ``KINDS_LISTED``, that are in a part of the plan.

    Raises PpiError where such things are not chosen by that.
    """
    things, chosen_by = KINDS_LISTED[kind]
    for criterion, _ in selection.criteria:
        if criterion.field not in chosen_by:
            kinds = [kind for kind, (_, by) in KINDS_LISTED.items() if criterion.field in by]
            raise PpiError(
                msg("{option} chooses none of the {kind}", option=criterion.option, kind=kind),
                msg("it chooses among: {kinds}", kinds=kinds),
                plan.header.language,
            )
    return things(plan, selection)


def _themes(plan: Plan, selection: Selection) -> Listing:
    found = totals(plan, selection=selection)
    rows = {row.id: row for row in found.rows}
    chosen = selection.projects(plan)

    def own(theme: Theme) -> list[Project]:
        return [p for p in plan.projects_by_theme[theme.id] if p.id in chosen]

    def running(theme: Theme) -> Figure:
        return running_costs(*own(theme), selection=selection)

    def envelope(theme: Theme) -> Mapping[int, Amount]:
        years = selection.years
        return {y: each for y, each in theme.envelope.items() if years is None or y in years}

    columns = (
        _ID,
        _TITLE_AND_SOURCE,
        Column(
            msg("Projects"),
            "projects",
            lambda theme: len(own(theme)),
            lambda theme: {"projects": len(own(theme))},
            numeric=True,
        ),
        Column(
            msg("Envelope"),
            "envelope",
            lambda theme: ByYear(
                {year: marked(a.amount, a.assumed) for year, a in envelope(theme).items()}
            ),
            lambda theme: {
                "envelope": [_amount_payload(*each) for each in envelope(theme).items()]
            },
        ),
        _total(rows, running),
        *(_outside_column(name, rows) for name in found.outside),
        *_to_run(plan, running),
        _SOURCE._replace(cell=_sources_of_theme),
    )
    themes = tuple(theme for theme in plan.themes if theme.id in rows)
    return Listing(plan, "themes", columns, themes, selection)


def _total(rows: Mapping[str, Row], running: Callable[[Any], Figure]) -> Column:
    """What a theme or a group costs, by the row of its totals; JSON says all that is beside it."""
    return Column(
        msg("Total"),
        "total",
        lambda thing: rows[thing.id].total,
        lambda thing: {
            "total": stated(rows[thing.id].total.amount),
            **{
                name: None if figure is None else stated(figure.amount)
                for name, figure in _outside_of(rows[thing.id]).items()
            },
            "running": stated(running(thing).amount),
            "marks": list(marks_of(rows[thing.id].total)),
        },
        numeric=True,
    )


#: The total, and what is before the plan and beyond it, of what states nothing.
_NONE = (Figure(), Figure(), Figure())


def _groups(plan: Plan, selection: Selection) -> Listing:
    found = totals(plan, by="group", selection=selection)
    rows = {row.id: row for row in found.rows}
    if selection == WHOLE:  # which is said of those too that have no theme yet
        rows = {
            each.id: Row(each.id, each.title, "group", {}, *_NONE) for each in plan.groups
        } | rows
    chosen = selection.projects(plan)

    def themes(group: Group) -> list[Theme]:
        own = (theme for theme in plan.themes if theme.group == group.id)
        return [theme for theme in own if selection.has_theme(plan, theme.id)]

    def running(group: Group) -> Figure:
        own = (p for t in themes(group) for p in plan.projects_by_theme[t.id] if p.id in chosen)
        return running_costs(*own, selection=selection)

    columns = (
        _ID,
        _TITLE_AND_SOURCE,
        Column(
            msg("Themes"),
            "themes",
            lambda group: Lines(tuple(theme.title for theme in themes(group))),
            lambda group: {"themes": [theme.id for theme in themes(group)]},
        ),
        _total(rows, running),
        *(_outside_column(name, rows) for name in found.outside),
        *_to_run(plan, running),
        _SOURCE,
    )
    groups = tuple(group for group in plan.groups if group.id in rows)
    return Listing(plan, "groups", columns, groups, selection)


def _projects(plan: Plan, selection: Selection) -> Listing:
    def number(project: Project) -> int | None:
        found = classes(plan).get(project.id)
        return None if found is None else found.number

    def class_is_assumed(project: Project) -> bool:
        found = classes(plan).get(project.id)
        return found is not None and found.assumed

    def costs(project: Project) -> Figure:
        return known_costs(project, selection)

    def running(project: Project) -> Figure:
        return running_costs(project, selection=selection)

    columns = (
        _ID,
        _TITLE._replace(payload=_told_of_project),
        *_where_any_has_one(plan, "number", msg("Number")),
        _theme(plan),
        *(
            column
            for key, text in OF_ITSELF.items()
            if text.in_lists
            for column in _where_any_has_one(plan, key, text.title)
        ),
        *(
            column._replace(cell=lambda project: STATUSES[project.standing])
            for column in _where_any_has_one(plan, "status", msg("Status"))
        ),
        Column(
            msg("Class"),
            "class",
            lambda project: marked(number(project), class_is_assumed(project)),
            lambda project: {
                "class": number(project),
                "class_basis": number(project) and basis(class_is_assumed(project)),
            },
        ),
        Column(
            msg("Quarters"),
            "quarters",
            lambda p: p.quarters and marked(list(p.quarters.spans), p.quarters.assumed),
            lambda p: {
                "spans": spans_payload(p),
                "basis": p.quarters and p.quarters.basis,
            },
        ),
        Column(
            msg("Known costs"),
            "costs",
            costs,
            lambda project: {
                "costs": stated(costs(project).amount),
                "running": stated(running(project).amount),
                **costs_beside(project, selection).payload(),
                "costs_basis": costs(project).amount and basis(costs(project).assumed),
            },
            numeric=True,
        ),
        *(_beside_column(name, selection) for name in _beside_names(plan)),
        *_to_run(plan, running),
        _answers(plan),
    )
    chosen = tuple(selection.projects(plan).values())
    return Listing(plan, "projects", columns, chosen, selection)


def _where_any_has_one(plan: Plan, key: str, title: Message) -> Sequence[Column]:
    """What projects say by a key of theirs: people see a column of it where any says it."""
    if not any(getattr(project, key) for project in plan.projects):
        return []
    return [Column(title, key=key, cell=lambda project: getattr(project, key))]


def _told_of_project(project: Project) -> Mapping[str, object]:
    """What JSON says of a project in its own words."""
    keys = ("title", "number", *OF_ITSELF, "description")
    told = {key: getattr(project, key) for key in keys}
    return {**told, "status": status_payload(project.status)}


def _outside_of(row: Row) -> Mapping[str, Figure | None]:
    """The figures of a row beside its total, by the names of their columns."""
    return {"before": row.before, "beyond": row.beyond, "whole": row.whole}


def _outside_column(name: str, rows: Mapping[str, Row]) -> Column:
    return Column(
        _BESIDE[name], name, lambda theme: _outside_of(rows[theme.id])[name], numeric=True
    )


#: What projects cost beside their known costs, by the names of ``Beside``.
_BESIDE: Mapping[str, Message] = {
    "before": msg("Before"),
    "beyond": msg("Beyond"),
    "unplanned": msg("In no year yet"),
    "whole": msg("Whole"),
}


@once_per_plan
def _beside_names(plan: Plan) -> list[str]:
    """What any of the projects costs outside the plan's years; then, the whole."""
    found = [costs_beside(project) for project in plan.projects]
    names = [n for n in _BESIDE if any(getattr(each, n).amount is not None for each in found)]
    return names if {*names} - {"whole"} else []


def _beside_column(name: str, selection: Selection) -> Column:
    return Column(
        _BESIDE[name],
        name,
        lambda project: getattr(costs_beside(project, selection), name),
        numeric=True,
    )


def _recommendations(plan: Plan, selection: Selection) -> Listing:
    chosen = (r for r in plan.recommendations if selection.class_ in (None, r.class_))
    columns = (
        Column(
            msg("Rank"),
            "rank",
            lambda r: f"{r.class_}.{r.rank}",
            lambda r: {"class": r.class_, "rank": r.rank},
        ),
        _answers(plan),
        _SOURCE,
    )
    ranked = sorted(chosen, key=lambda r: (r.class_, r.rank))
    return _answered(plan, selection, "recommendations", ranked, columns)


def _targets(plan: Plan, selection: Selection) -> Listing:
    columns = (
        _theme(plan),
        _word("action", msg("Action")),
        Column(
            msg("Variants"),
            "variants",
            lambda target: Lines(tuple(variant.title for variant in target.variants)),
            lambda target: {
                "variants": [{"id": each.id, "title": each.title} for each in target.variants]
            },
        ),
        _word("chosen", msg("Chosen"))._replace(
            cell=lambda t: next((each.title for each in t.variants if each.id == t.chosen), None),
        ),
        _answers(plan),
        _SOURCE,
    )
    return _answered(plan, selection, "targets", plan.targets, columns)


def _findings(plan: Plan, selection: Selection) -> Listing:
    columns = (_theme(plan), _word("consequence", msg("Consequence")), _answers(plan), _SOURCE)
    return _answered(plan, selection, "findings", plan.findings, columns)


def _risks(plan: Plan, selection: Selection) -> Listing:
    return _answered(plan, selection, "risks", plan.risks, (_SOURCE,))


def _commitments(plan: Plan, selection: Selection) -> Listing:
    return _answered(plan, selection, "commitments", plan.commitments, (_SOURCE, _ITEMS))


def _context(plan: Plan, selection: Selection) -> Listing:
    title = _TITLE._replace(payload=lambda t: payload_of((_ID, _TITLE_AND_SOURCE), t))
    return Listing(plan, "context", (title, _SOURCE, _ITEMS), plan.context, selection)


def _funders(plan: Plan, selection: Selection) -> Listing:
    """Who pays, and how much in all: what is only requested apart, and the town's own sources.

    What is paid before the plan and beyond it stands beside that, whatever its status.
    """
    own, paid = own_sources_in(plan, selection), receipts_in(plan, selection)
    outside = (*outside_receipts_in(plan, selection), *outside_own_sources_in(plan, selection))
    beside: Mapping[str, Sequence[Receipt]] = {
        "before": [r for r in outside if r.year == Outside.BEFORE],
        "beyond": [r for r in outside if r.year == Outside.BEYOND],
        "whole": [*paid, *own, *outside],
    }

    def paid_by(funder: Funder) -> list[Receipt]:
        return [receipt for receipt in beside["whole"] if receipt.source == funder.id]

    def projects(funder: Funder) -> list[str]:
        found = (receipt.project for receipt in paid_by(funder))
        return list(dict.fromkeys(id for id in found if id is not None))

    def sums(key: str, title: Message, found: Sequence[Receipt]) -> Column:
        def sum_of(funder: Funder) -> Figure:
            return received([receipt for receipt in found if receipt.source == funder.id])

        return Column(
            title, key, sum_of, lambda funder: {key: stated(sum_of(funder).amount)}, numeric=True
        )

    columns = (
        _ID,
        _TITLE._replace(
            payload=lambda f: {"title": f.title, "public": f.public, "own": bool(f.own)}
        ),
        sums("granted", msg("Granted"), [r for r in paid if r.status == "granted"]),
        sums("requested", msg("Requested"), [r for r in paid if r.status == "requested"]),
        *([sums("own_source", msg("Own source"), own)] if own else []),
        *(sums(name, _BESIDE[name], of) for name, of in beside.items() if outside),
        Column(
            msg("Projects"),
            "projects",
            lambda funder: Lines(tuple(plan.by_id[id].title for id in projects(funder))),
            lambda funder: {"projects": projects(funder)},
        ),
        _SOURCE._replace(payload=lambda funder: {"source": funder.source}),
    )
    chosen = tuple(f for f in plan.funders if selection == WHOLE or paid_by(f))
    return Listing(plan, "funders", columns, chosen, selection)


def _sources(plan: Plan, selection: Selection) -> Listing:
    columns = (
        _word("what", msg("What")),
        Column(
            msg("Value"),
            "value",
            lambda each: marked(each.value, each.assumed),
            lambda each: {"value": value_payload(each.value)},
            of_amounts=True,
        ),
        Column(
            msg("Basis"),
            "basis",
            lambda each: ASSUMED_WORD if each.assumed else STATED_WORD,
            lambda each: {"basis": basis(each.assumed)},
        ),
        _word("source", msg("Source")),
    )
    return Listing(plan, "sources", columns, tuple(sourced_values(plan)), selection)


def _answered(
    plan: Plan, selection: Selection, kind: str, things: Iterable[Any], columns: Sequence[Column]
) -> Listing:
    """A listing whose last column says what answers each thing."""
    answers = answers_to(plan)

    def titles(thing: Any) -> Lines:
        found = answers.get(thing.id, ())
        by = tuple(marked(each.thing.title, each.link.assumed) for each in found)
        return Lines(by, none=msg("nothing"))

    def payload(thing: Any) -> Mapping[str, object]:
        found = answers.get(thing.id, ())
        return {
            "answers": _answers_payload(plan, getattr(thing, "answers", ())),
            "answered_by": [link_payload(each.thing, each.link) for each in found],
        }

    by = Column(msg("Answered by"), "answered_by", titles, payload)
    themed = selection.theme
    chosen = tuple(thing for thing in things if themed in (None, getattr(thing, "theme", None)))
    unanswered = sum(not answers.get(thing.id) for thing in chosen)
    return Listing(
        plan, kind, (_ID, _TITLE_AND_SOURCE, *columns, by), chosen, selection, unanswered
    )


def _word(key: str, title: Message) -> Column:
    """A column of what things say by a key of theirs."""
    return Column(
        title, key, lambda thing: getattr(thing, key), lambda thing: {key: getattr(thing, key)}
    )


_ID = _word("id", msg("Id"))
_TITLE = _word("title", msg("Title"))
_TITLE_AND_SOURCE = _TITLE._replace(payload=lambda t: {"title": t.title, "source": t.source})
#: What JSON says beside the title.
_SOURCE = Column(msg("Source"), "source", lambda thing: thing.source)
_ITEMS = Column(
    msg("Content"),
    "items",
    lambda thing: Lines(thing.items),
    lambda thing: {"items": list(thing.items)},
)


def _theme(plan: Plan) -> Column:
    def title(thing: Any) -> str | None:
        return None if thing.theme is None else plan.by_id[thing.theme].title

    return _word("theme", msg("Theme"))._replace(cell=title)


def _answers(plan: Plan) -> Column:
    """What a thing answers; of those that are answered too, JSON says both together."""
    return Column(
        msg("Answers"),
        "answers",
        lambda thing: Lines(
            tuple(marked(plan.by_id[link.id].title, link.assumed) for link in thing.answers)
        ),
        lambda thing: {"answers": _answers_payload(plan, thing.answers)},
    )


def _to_run(plan: Plan, running: Callable[[Any], Figure]) -> Sequence[Column]:
    """What is to run, in the years of the plan: a column where anything is."""
    column = Column(msg("To run"), "running", running, numeric=True)
    return [column] if running_postings(plan) else []


_ALL_CRITERIA = frozenset(criterion.field for criterion in CRITERIA)

#: What makes the list of each kind, and what its things are chosen by.
KINDS_LISTED: Mapping[Listed, tuple[Callable[[Plan, Selection], Listing], Set[str]]] = {
    "themes": (_themes, _ALL_CRITERIA - {"funder"}),
    "groups": (_groups, _ALL_CRITERIA - {"funder"}),
    "projects": (_projects, _ALL_CRITERIA),
    "recommendations": (_recommendations, {"class_"}),
    "findings": (_findings, {"theme"}),
    "risks": (_risks, frozenset()),
    "targets": (_targets, {"theme"}),
    "commitments": (_commitments, frozenset()),
    "context": (_context, frozenset()),
    "funders": (_funders, _ALL_CRITERIA - {"section"}),
    "sources": (_sources, frozenset()),
}


def _sources_of_theme(theme: Theme) -> Lines:
    """Where a theme stands, and the amounts of its envelope that stand elsewhere."""
    years = [
        msg("{year}: {source}", year=Year(year), source=amount.source)
        for year, amount in theme.envelope.items()
        if amount.source is not None
    ]
    return Lines((*([theme.source] if theme.source else []), *years))


def _amount_payload(year: int, amount: Amount) -> dict[str, Any]:
    return {
        "year": str(year),
        "amount": str(amount.amount),
        "basis": amount.basis,
        "source": amount.source,
    }


def _answers_payload(plan: Plan, links: Iterable[Link]) -> list[dict[str, Any]]:
    return [link_payload(plan.by_id[link.id], link) for link in links]
