"""The plan's tables, kind by kind: with what answers each thing, and what nothing answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from typing import Any, NamedTuple

from ppi_cli.figures.funding import Receipt
from ppi_cli.figures.ledger import own_sources_in, receipts_in
from ppi_cli.figures.postings import running_postings
from ppi_cli.figures.selection import CRITERIA, WHOLE, Selection
from ppi_cli.figures.totals import (
    Figure,
    Row,
    costs_beside,
    known_costs,
    marks_of,
    running_costs,
    totals,
)
from ppi_cli.plan.finance import Theme
from ppi_cli.plan.links import answers_to
from ppi_cli.plan.model import Plan, once_per_plan
from ppi_cli.plan.pieces import Amount, Link
from ppi_cli.plan.priority import classes
from ppi_cli.plan.projects import Project
from ppi_cli.plan.sources import sourced_values
from ppi_cli.reports.plan import only, plan_line, plan_payload, selection_payload
from ppi_cli.reports.table import FORMAT_VERSION, ByYear, Column, Line, Lines, Table
from ppi_cli.reports.values import (
    ASSUMED,
    ASSUMED_WORD,
    STATED_WORD,
    assumed_in,
    basis,
    link_payload,
    marked,
    spans_payload,
    value_payload,
)
from ppi_cli.values.errors import PpiError
from ppi_cli.values.message import Message, counted, msg
from ppi_cli.values.money import total


class Entry(NamedTuple):
    """A thing of the list: its cells in the table, and what it is in JSON."""

    cells: tuple[object, ...]
    payload: dict[str, Any]


@dataclass(frozen=True)
class Listing:
    """All things of one kind, as a table."""

    plan: Plan
    kind: str
    columns: tuple[Column, ...]
    entries: tuple[Entry, ...]
    #: The part of the plan that they are of.
    selection: Selection
    #: How many of them nothing answers; ``None`` where nothing is meant to.
    unanswered: int | None = None

    def table(self) -> Table:
        lines = tuple(Line(entry.cells) for entry in self.entries)
        return Table(plan_line(self.plan), self.columns, lines, tuple(self._notes()))

    def _notes(self) -> Iterator[Message]:
        yield from only(self.selection)
        if not self.entries and self.selection == WHOLE:
            yield msg("the plan has none")
        if any(assumed_in(cell) for entry in self.entries for cell in entry.cells):
            yield ASSUMED
        if self.unanswered:
            yield counted(
                "{n} of {all} has no answer",
                "{n} of {all} have no answer",
                self.unanswered,
                all=len(self.entries),
            )

    def payload(self) -> Mapping[str, Any]:
        return {
            "format_version": FORMAT_VERSION,
            "plan": plan_payload(self.plan),
            "selection": selection_payload(self.selection),
            "kind": self.kind,
            "rows": [entry.payload for entry in self.entries],
        }


def listing(plan: Plan, kind: str, selection: Selection = WHOLE) -> Listing:
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
    entries = []
    found = totals(plan, selection=selection)
    rows = {row.id: row for row in found.rows}
    chosen = selection.projects(plan)
    for theme in plan.themes:
        if (row := rows.get(theme.id)) is None:
            continue
        own = [p for p in plan.projects_by_theme[theme.id] if p.id in chosen]
        projects, running = len(own), running_costs(*own, selection=selection)
        envelope = [
            (y, a) for y, a in theme.envelope.items() if y in (selection.years or plan.years)
        ]
        by_year = {year: marked(each.amount, each.assumed) for year, each in envelope}
        cells = (
            theme.id,
            theme.title,
            projects,
            ByYear(by_year),
            row.total,
            *(_outside_of(row)[name] for name in found.outside),
            *_runs_cell(plan, running),
            _sources_of_theme(theme),
        )
        payload = {
            "id": theme.id,
            "title": theme.title,
            "source": theme.source,
            "projects": projects,
            "envelope": [_amount_payload(year, each) for year, each in envelope],
            "total": None if row.total.amount is None else str(row.total.amount),
            **{
                name: None if figure is None or figure.amount is None else str(figure.amount)
                for name, figure in _outside_of(row).items()
            },
            "running": None if running.amount is None else str(running.amount),
            "marks": list(marks_of(row.total)),
        }
        entries.append(Entry(cells, payload))
    columns = (
        _ID,
        _TITLE,
        Column(msg("Projects"), numeric=True, key="projects"),
        Column(msg("Envelope"), key="envelope"),
        Column(msg("Total"), numeric=True, key="total"),
        *(Column(_BESIDE[name], numeric=True, key=name) for name in found.outside),
        *_runs_column(plan),
        _SOURCE,
    )
    return Listing(plan, "themes", columns, tuple(entries), selection)


def _projects(plan: Plan, selection: Selection) -> Listing:
    columns = (
        _ID,
        _TITLE,
        _THEME,
        Column(msg("Class"), key="class"),
        Column(msg("Quarters"), key="quarters"),
        Column(msg("Known costs"), numeric=True, key="costs"),
        *_beside_columns(plan),
        *_runs_column(plan),
        _ANSWERS,
    )
    chosen = selection.projects(plan).values()
    entries = tuple(_project(plan, project, selection) for project in chosen)
    return Listing(plan, "projects", columns, entries, selection)


def _outside_of(row: Row) -> Mapping[str, Figure | None]:
    """The figures of a row beside its total, by the names of their columns."""
    return {"before": row.before, "beyond": row.beyond, "whole": row.whole}


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


def _beside_columns(plan: Plan) -> list[Column]:
    return [Column(_BESIDE[name], numeric=True, key=name) for name in _beside_names(plan)]


def _project(plan: Plan, project: Project, selection: Selection) -> Entry:
    found, schedule = classes(plan).get(project.id), project.quarters
    number = None if found is None else found.number
    costs = known_costs(project, selection)
    running = running_costs(project, selection=selection)
    cells = (
        project.id,
        project.title,
        _theme_title(plan, project.theme),
        marked(number, found is not None and found.assumed),
        schedule and marked(list(schedule.spans), schedule.assumed),
        costs,
        *(getattr(costs_beside(project, selection), name) for name in _beside_names(plan)),
        *_runs_cell(plan, running),
        _titles(plan, project.answers),
    )
    return Entry(
        cells,
        {
            "id": project.id,
            "title": project.title,
            "theme": project.theme,
            "class": number,
            "class_basis": None if found is None else basis(found.assumed),
            "spans": spans_payload(project),
            "basis": None if schedule is None else schedule.basis,
            "costs": None if costs.amount is None else str(costs.amount),
            "running": None if running.amount is None else str(running.amount),
            **costs_beside(project, selection).payload(),
            "costs_basis": None if costs.amount is None else basis(costs.assumed),
            "answers": _answers_payload(plan, project.answers),
        },
    )


def _recommendations(plan: Plan, selection: Selection) -> Listing:
    return _answered(
        plan,
        selection,
        "recommendations",
        sorted(
            (r for r in plan.recommendations if selection.class_ in (None, r.class_)),
            key=lambda r: (r.class_, r.rank),
        ),
        (_TITLE, Column(msg("Rank"), key="rank"), _ANSWERS, _SOURCE),
        lambda r: (r.title, f"{r.class_}.{r.rank}", _titles(plan, r.answers), r.source),
        lambda r: {"class": r.class_, "rank": r.rank},
    )


def _targets(plan: Plan, selection: Selection) -> Listing:
    return _answered(
        plan,
        selection,
        "targets",
        [each for each in plan.targets if selection.theme in (None, each.theme)],
        (
            _TITLE,
            _THEME,
            Column(msg("Action"), key="action"),
            Column(msg("Variants"), key="variants"),
            Column(msg("Chosen"), key="chosen"),
            _ANSWERS,
            _SOURCE,
        ),
        lambda t: (
            t.title,
            _theme_title(plan, t.theme),
            t.action,
            Lines(tuple(variant.title for variant in t.variants)),
            next((variant.title for variant in t.variants if variant.id == t.chosen), None),
            _titles(plan, t.answers),
            t.source,
        ),
        lambda t: {
            "theme": t.theme,
            "action": t.action,
            "variants": [{"id": variant.id, "title": variant.title} for variant in t.variants],
            "chosen": t.chosen,
        },
    )


def _findings(plan: Plan, selection: Selection) -> Listing:
    return _answered(
        plan,
        selection,
        "findings",
        [each for each in plan.findings if selection.theme in (None, each.theme)],
        (_TITLE, _THEME, Column(msg("Consequence"), key="consequence"), _ANSWERS, _SOURCE),
        lambda f: (
            f.title,
            _theme_title(plan, f.theme),
            f.consequence,
            _titles(plan, f.answers),
            f.source,
        ),
        lambda f: {"theme": f.theme, "consequence": f.consequence},
    )


def _risks(plan: Plan, selection: Selection) -> Listing:
    return _answered(
        plan,
        selection,
        "risks",
        plan.risks,
        (_TITLE, _SOURCE),
        lambda r: (r.title, r.source),
        lambda r: {},
    )


def _commitments(plan: Plan, selection: Selection) -> Listing:
    return _answered(
        plan,
        selection,
        "commitments",
        plan.commitments,
        (_TITLE, _SOURCE, _ITEMS),
        lambda c: (c.title, c.source, Lines(c.items)),
        lambda c: {"items": list(c.items)},
    )


def _context(plan: Plan, selection: Selection) -> Listing:
    entries = tuple(
        Entry(
            (c.title, c.source, Lines(c.items)),
            {"id": c.id, "title": c.title, "source": c.source, "items": list(c.items)},
        )
        for c in plan.context
    )
    return Listing(plan, "context", (_TITLE, _SOURCE, _ITEMS), entries, selection)


def _funders(plan: Plan, selection: Selection) -> Listing:
    """Who pays, and how much in all: what is only requested apart, and the town's own sources."""
    own = own_sources_in(plan, selection)
    columns = (
        _ID,
        _TITLE,
        Column(msg("Granted"), numeric=True, key="granted"),
        Column(msg("Requested"), numeric=True, key="requested"),
        *((Column(msg("Own source"), numeric=True, key="own_source"),) if own else ()),
        Column(msg("Projects"), key="projects"),
        _SOURCE,
    )
    entries = []
    for funder in plan.funders:
        paid = [receipt for receipt in receipts_in(plan, selection) if receipt.source == funder.id]
        by_town = [receipt for receipt in own if receipt.source == funder.id]
        if not (paid or by_town or selection == WHOLE):
            continue
        sums = {
            "granted": _sum_of(receipt for receipt in paid if receipt.status == "granted"),
            "requested": _sum_of(receipt for receipt in paid if receipt.status == "requested"),
            **({"own_source": _sum_of(by_town)} if own else {}),
        }
        found = (*paid, *by_town)
        ids = list(dict.fromkeys(r.project for r in found if r.project is not None))
        titles = Lines(tuple(plan.by_id[id].title for id in ids))
        cells = (funder.id, funder.title, *sums.values(), titles, funder.source)
        payload = {
            "id": funder.id,
            "title": funder.title,
            "public": funder.public,
            "own": funder.own,
            **{name: figure.amount and str(figure.amount) for name, figure in sums.items()},
            "projects": ids,
            "source": funder.source,
        }
        entries.append(Entry(cells, payload))
    return Listing(plan, "funders", columns, tuple(entries), selection)


def _sum_of(found: Iterable[Receipt]) -> Figure:
    own = list(found)
    return Figure(total(receipt.amount for receipt in own), any(r.assumed for r in own))


def _runs_column(plan: Plan) -> tuple[Column, ...]:
    """What is to run, in the years of the plan: a column where anything is."""
    column = Column(msg("To run"), numeric=True, key="running")
    return (column,) if running_postings(plan) else ()


def _runs_cell(plan: Plan, running: Figure) -> tuple[Figure, ...]:
    return (running,) if running_postings(plan) else ()


def _sources(plan: Plan, selection: Selection) -> Listing:
    columns = (
        Column(msg("What"), key="what"),
        Column(msg("Value"), key="value"),
        Column(msg("Basis"), key="basis"),
        _SOURCE,
    )
    entries = []
    for each in sourced_values(plan):
        stands = ASSUMED_WORD if each.assumed else STATED_WORD
        cells = (each.what, marked(each.value, each.assumed), stands, each.source)
        payload = {
            "what": each.what,
            "value": value_payload(each.value),
            "basis": basis(each.assumed),
            "source": each.source,
        }
        entries.append(Entry(cells, payload))
    return Listing(plan, "sources", columns, tuple(entries), selection)


def _answered(
    plan: Plan,
    selection: Selection,
    kind: str,
    things: Iterable[Any],
    columns: tuple[Column, ...],
    cells: Callable[[Any], tuple[object, ...]],
    payload: Callable[[Any], dict[str, Any]],
) -> Listing:
    """A listing whose last column says what answers each thing."""
    answers = answers_to(plan)
    entries = []
    for thing in things:
        found = answers.get(thing.id, [])
        by = tuple(marked(answer.thing.title, answer.link.assumed) for answer in found)
        entries.append(
            Entry(
                (thing.id, *cells(thing), Lines(by, none=msg("nothing"))),
                {
                    "id": thing.id,
                    "title": thing.title,
                    "source": thing.source,
                    **payload(thing),
                    "answers": _answers_payload(plan, getattr(thing, "answers", ())),
                    "answered_by": [link_payload(answer.thing, answer.link) for answer in found],
                },
            )
        )
    return Listing(
        plan,
        kind,
        (_ID, *columns, Column(msg("Answered by"), key="answered_by")),
        tuple(entries),
        selection,
        sum(not answers.get(thing.id) for thing in things),
    )


_ID = Column(msg("Id"), key="id")
_TITLE = Column(msg("Title"), key="title")
_THEME = Column(msg("Theme"), key="theme")
_SOURCE = Column(msg("Source"), key="source")
_ITEMS = Column(msg("Content"), key="items")
_ANSWERS = Column(msg("Answers"), key="answers")

_ALL_CRITERIA = frozenset(criterion.field for criterion in CRITERIA)

#: What makes the list of each kind, and what its things are chosen by.
KINDS_LISTED: Mapping[str, tuple[Callable[[Plan, Selection], Listing], Set[str]]] = {
    "themes": (_themes, _ALL_CRITERIA - {"funder"}),
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


def _titles(plan: Plan, links: Iterable[Link]) -> Lines:
    return Lines(tuple(marked(plan.by_id[link.id].title, link.assumed) for link in links))


def _theme_title(plan: Plan, id: str | None) -> str | None:
    return None if id is None else plan.by_id[id].title


def _sources_of_theme(theme: Theme) -> Lines:
    """Where a theme stands, and the amounts of its envelope that stand elsewhere."""
    years = [
        msg("{year}: {source}", year=year, source=amount.source)
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
