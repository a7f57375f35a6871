"""The plan's tables, kind by kind: with what answers each thing, and what nothing answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ppi_cli.links import answers_to
from ppi_cli.message import Assumed, Message, counted, msg
from ppi_cli.model import Link, Plan
from ppi_cli.money import Money, total
from ppi_cli.postings import theme_years
from ppi_cli.priority import classes
from ppi_cli.reports.plan import plan_line, plan_payload
from ppi_cli.reports.table import FORMAT_VERSION, ByYear, Column, Line, Lines, Table


@dataclass(frozen=True)
class Listing:
    """All things of one kind, as a table."""

    plan: Plan
    kind: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[object, ...], ...]
    #: How many of them nothing answers; ``None`` where nothing is meant to.
    unanswered: int | None

    def table(self) -> Table:
        return Table(
            plan_line(self.plan),
            self.columns,
            tuple(Line(row) for row in self.rows),
            tuple(self._notes()),
        )

    def _notes(self) -> Iterator[Message]:
        if not self.rows:
            yield msg("the plan has none")
        if any(_assumed_in(cell) for row in self.rows for cell in row):
            yield msg("* rests on an assumption")
        if self.unanswered:
            yield counted(
                "{n} of {all} has no answer",
                "{n} of {all} have no answer",
                self.unanswered,
                all=len(self.rows),
            )

    def payload(self) -> Mapping[str, Any]:
        return {
            "format_version": FORMAT_VERSION,
            "plan": plan_payload(self.plan),
            "kind": self.kind,
            "rows": [
                {
                    column.key: _cell_payload(cell)
                    for column, cell in zip(self.columns, row, strict=True)
                }
                for row in self.rows
            ],
        }


def listing(plan: Plan, kind: str) -> Listing:
    """The things of a kind: one of ``KINDS_LISTED``."""
    return KINDS_LISTED[kind](plan)


def _themes(plan: Plan) -> Listing:
    counted_by_theme = {
        theme.id: total(f.counted for f in theme_years(plan) if f.theme is theme)
        for theme in plan.themes
    }
    rows = (
        (
            theme.id,
            theme.title,
            len(plan.projects_by_theme[theme.id]),
            ByYear(
                {year: _marked(cell.amount, cell.assumed) for year, cell in theme.envelope.items()}
            ),
            counted_by_theme[theme.id],
        )
        for theme in plan.themes
    )
    columns = (
        _ID,
        _TITLE,
        Column(msg("Projects"), numeric=True, key="projects"),
        Column(msg("Envelope"), key="envelope"),
        Column(msg("Total"), numeric=True, key="total"),
    )
    return Listing(plan, "themes", columns, tuple(rows), None)


def _projects(plan: Plan) -> Listing:
    titles = {theme.id: theme.title for theme in plan.themes}
    class_of = classes(plan)
    rows = []
    for project in plan.projects:
        found, schedule = class_of.get(project.id), project.quarters
        number = None if found is None else found.number
        rows.append(
            (
                project.id,
                project.title,
                titles[project.theme],
                Assumed(number) if found is not None and found.assumed else number,
                schedule and _marked(list(schedule.spans), schedule.assumed),
                total(cost.amount for cost in project.costs),
                _links(plan, project.answers),
            )
        )
    columns = (
        _ID,
        _TITLE,
        _THEME,
        Column(msg("Class"), key="class"),
        Column(msg("Quarters"), key="quarters"),
        Column(msg("Known costs"), numeric=True, key="costs"),
        _ANSWERS,
    )
    return Listing(plan, "projects", columns, tuple(rows), None)


def _recommendations(plan: Plan) -> Listing:
    ordered = sorted(plan.recommendations, key=lambda r: (r.class_, r.rank))
    return _answered(
        plan,
        "recommendations",
        ordered,
        (_TITLE, Column(msg("Rank"), key="rank"), _ANSWERS),
        lambda r: (r.title, f"{r.class_}.{r.rank}", _links(plan, r.answers)),
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
        ),
        lambda t: (
            t.title,
            _theme_title(plan, t.theme),
            t.action,
            Lines(tuple(variant.title for variant in t.variants)),
            next((variant.title for variant in t.variants if variant.id == t.chosen), None),
            _links(plan, t.answers),
        ),
    )


def _findings(plan: Plan) -> Listing:
    return _answered(
        plan,
        "findings",
        plan.findings,
        (_TITLE, _THEME, Column(msg("Consequence"), key="consequence"), _ANSWERS),
        lambda f: (f.title, _theme_title(plan, f.theme), f.consequence, _links(plan, f.answers)),
    )


def _risks(plan: Plan) -> Listing:
    return _answered(plan, "risks", plan.risks, (_TITLE,), lambda r: (r.title,))


def _commitments(plan: Plan) -> Listing:
    return _answered(
        plan,
        "commitments",
        plan.commitments,
        (_TITLE, _SOURCE, _ITEMS),
        lambda c: (c.title, c.source, Lines(c.items)),
    )


def _context(plan: Plan) -> Listing:
    rows = tuple((c.title, c.source, Lines(c.items)) for c in plan.context)
    return Listing(plan, "context", (_TITLE, _SOURCE, _ITEMS), rows, None)


def _answered(
    plan: Plan,
    kind: str,
    things: Iterable[Any],
    columns: tuple[Column, ...],
    cells: Callable[[Any], tuple[object, ...]],
) -> Listing:
    """A listing whose last column says what answers each thing."""
    answers = answers_to(plan)
    rows: list[tuple[object, ...]] = []
    unanswered = 0
    for thing in things:
        found = answers.get(thing.id, [])
        unanswered += not found
        by = tuple(_marked(answer.thing.title, answer.link.assumed) for answer in found)
        rows.append((thing.id, *cells(thing), Lines(by, none=msg("nothing"))))
    return Listing(
        plan,
        kind,
        (_ID, *columns, Column(msg("Answered by"), key="answered_by")),
        tuple(rows),
        unanswered,
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
}


def _marked(value: object, assumed: bool) -> object:
    return Assumed(value) if assumed else value


def _links(plan: Plan, links: Iterable[Link]) -> Lines:
    return Lines(tuple(_marked(plan.by_id[link.id].title, link.assumed) for link in links))


def _theme_title(plan: Plan, id: str | None) -> str | None:
    return None if id is None else plan.by_id[id].title


def _assumed_in(cell: object) -> bool:
    if isinstance(cell, Lines):
        return any(_assumed_in(value) for value in cell.values)
    if isinstance(cell, ByYear):
        return any(_assumed_in(value) for value in cell.values.values())
    return isinstance(cell, Assumed)


def _cell_payload(cell: object) -> object:
    """A cell for JSON: texts, numbers, lists; what is assumed says so."""
    if isinstance(cell, Lines):
        return [_cell_payload(value) for value in cell.values]
    if isinstance(cell, Assumed):
        return {"value": _cell_payload(cell.value), "basis": "assumed"}
    if isinstance(cell, ByYear):
        return {str(year): _cell_payload(value) for year, value in cell.values.items()}
    if isinstance(cell, Money):
        return str(cell)
    if isinstance(cell, list):
        return [[str(span.first), str(span.last)] for span in cell]
    return cell
