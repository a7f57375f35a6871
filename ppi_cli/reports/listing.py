"""The plan's tables, kind by kind: with what answers each thing, and what nothing answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from ppi_cli.figures.funding import Receipt, own_sources, receipts
from ppi_cli.figures.postings import running_postings
from ppi_cli.figures.totals import Figure, known_costs, marks_of, running_costs, totals
from ppi_cli.plan.finance import Theme
from ppi_cli.plan.links import answers_to
from ppi_cli.plan.model import Plan
from ppi_cli.plan.pieces import Amount, Link
from ppi_cli.plan.priority import classes
from ppi_cli.plan.projects import Project
from ppi_cli.plan.sources import sourced_values
from ppi_cli.reports.plan import plan_line, plan_payload
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
    #: How many of them nothing answers; ``None`` where nothing is meant to.
    unanswered: int | None = None

    def table(self) -> Table:
        lines = tuple(Line(entry.cells) for entry in self.entries)
        return Table(plan_line(self.plan), self.columns, lines, tuple(self._notes()))

    def _notes(self) -> Iterator[Message]:
        if not self.entries:
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
            "kind": self.kind,
            "rows": [entry.payload for entry in self.entries],
        }


def listing(plan: Plan, kind: str) -> Listing:
    """The things of a kind: one of ``KINDS_LISTED``."""
    return KINDS_LISTED[kind](plan)


def _themes(plan: Plan) -> Listing:
    entries = []
    for theme, row in zip(plan.themes, totals(plan).rows, strict=True):
        projects = len(plan.projects_by_theme[theme.id])
        running = running_costs(*plan.projects_by_theme[theme.id])
        by_year = {year: marked(each.amount, each.assumed) for year, each in theme.envelope.items()}
        cells = (
            theme.id,
            theme.title,
            projects,
            ByYear(by_year),
            row.total,
            *_runs_cell(plan, running),
            _sources_of_theme(theme),
        )
        payload = {
            "id": theme.id,
            "title": theme.title,
            "source": theme.source,
            "projects": projects,
            "envelope": [_amount_payload(year, each) for year, each in theme.envelope.items()],
            "total": None if row.total.amount is None else str(row.total.amount),
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
        *_runs_column(plan),
        _SOURCE,
    )
    return Listing(plan, "themes", columns, tuple(entries))


def _projects(plan: Plan) -> Listing:
    columns = (
        _ID,
        _TITLE,
        _THEME,
        Column(msg("Class"), key="class"),
        Column(msg("Quarters"), key="quarters"),
        Column(msg("Known costs"), numeric=True, key="costs"),
        *_runs_column(plan),
        _ANSWERS,
    )
    entries = tuple(_project(plan, project) for project in plan.projects)
    return Listing(plan, "projects", columns, entries)


def _project(plan: Plan, project: Project) -> Entry:
    found, schedule = classes(plan).get(project.id), project.quarters
    number = None if found is None else found.number
    costs, running = known_costs(project), running_costs(project)
    cells = (
        project.id,
        project.title,
        _theme_title(plan, project.theme),
        marked(number, found is not None and found.assumed),
        schedule and marked(list(schedule.spans), schedule.assumed),
        costs,
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
            "costs_basis": None if costs.amount is None else basis(costs.assumed),
            "answers": _answers_payload(plan, project.answers),
        },
    )


def _recommendations(plan: Plan) -> Listing:
    return _answered(
        plan,
        "recommendations",
        sorted(plan.recommendations, key=lambda r: (r.class_, r.rank)),
        (_TITLE, Column(msg("Rank"), key="rank"), _ANSWERS, _SOURCE),
        lambda r: (r.title, f"{r.class_}.{r.rank}", _titles(plan, r.answers), r.source),
        lambda r: {"class": r.class_, "rank": r.rank},
    )


def _targets(plan: Plan) -> Listing:
    return _answered(
        plan,
        "targets",
        plan.targets,
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


def _findings(plan: Plan) -> Listing:
    return _answered(
        plan,
        "findings",
        plan.findings,
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


def _risks(plan: Plan) -> Listing:
    return _answered(
        plan, "risks", plan.risks, (_TITLE, _SOURCE), lambda r: (r.title, r.source), lambda r: {}
    )


def _commitments(plan: Plan) -> Listing:
    return _answered(
        plan,
        "commitments",
        plan.commitments,
        (_TITLE, _SOURCE, _ITEMS),
        lambda c: (c.title, c.source, Lines(c.items)),
        lambda c: {"items": list(c.items)},
    )


def _context(plan: Plan) -> Listing:
    entries = tuple(
        Entry(
            (c.title, c.source, Lines(c.items)),
            {"id": c.id, "title": c.title, "source": c.source, "items": list(c.items)},
        )
        for c in plan.context
    )
    return Listing(plan, "context", (_TITLE, _SOURCE, _ITEMS), entries)


def _funders(plan: Plan) -> Listing:
    """Who pays, and how much in all: what is only requested apart, and the town's own sources."""
    own = own_sources(plan)
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
        paid = [receipt for receipt in receipts(plan) if receipt.source == funder.id]
        by_town = [receipt for receipt in own if receipt.source == funder.id]
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
    return Listing(plan, "funders", columns, tuple(entries))


def _sum_of(found: Iterable[Receipt]) -> Figure:
    own = list(found)
    return Figure(total(receipt.amount for receipt in own), any(r.assumed for r in own))


def _runs_column(plan: Plan) -> tuple[Column, ...]:
    """What is to run, in the years of the plan: a column where anything is."""
    column = Column(msg("To run"), numeric=True, key="running")
    return (column,) if running_postings(plan) else ()


def _runs_cell(plan: Plan, running: Figure) -> tuple[Figure, ...]:
    return (running,) if running_postings(plan) else ()


def _sources(plan: Plan) -> Listing:
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
    return Listing(plan, "sources", columns, tuple(entries))


def _answered(
    plan: Plan,
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
        sum(not answers.get(thing.id) for thing in things),
    )


_ID = Column(msg("Id"), key="id")
_TITLE = Column(msg("Title"), key="title")
_THEME = Column(msg("Theme"), key="theme")
_SOURCE = Column(msg("Source"), key="source")
_ITEMS = Column(msg("Content"), key="items")
_ANSWERS = Column(msg("Answers"), key="answers")

KINDS_LISTED: Mapping[str, Callable[[Plan], Listing]] = {
    "themes": _themes,
    "projects": _projects,
    "recommendations": _recommendations,
    "findings": _findings,
    "risks": _risks,
    "targets": _targets,
    "commitments": _commitments,
    "context": _context,
    "funders": _funders,
    "sources": _sources,
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
