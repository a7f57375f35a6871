"""The priority matrix: recommendations by class and rank, their projects, and the order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from ppi_cli.plan.links import answers_to
from ppi_cli.plan.model import Plan
from ppi_cli.plan.pieces import Link
from ppi_cli.plan.priority import urgency
from ppi_cli.plan.projects import Project
from ppi_cli.plan.reasons import PriorityClass, Recommendation
from ppi_cli.reports.order import ORDER_NAMES, Order, OrderOfProjects, order_of_projects
from ppi_cli.reports.plan import headed, plan_line
from ppi_cli.reports.table import Column, Line, Table, heading
from ppi_cli.reports.values import ASSUMED, marked, spans_payload
from ppi_cli.values.message import Message, counted, msg

#: What the words for the order mean that do not say it themselves.
_ORDERS: Mapping[Order, Message] = {
    "excepted": msg("by exception: an exception of the plan allows that it starts so"),
    "begun before": msg("begun before: it had begun before the plan, and is not judged"),
    "held back": msg("held back: it is not to start earlier, and is not judged"),
}


@dataclass(frozen=True, slots=True)
class Placed:
    """A project in the matrix, by a recommendation that it answers or by its own priority."""

    project: Project
    #: What it answers the recommendation with; ``None`` where the project states its class.
    link: Link | None
    #: Whether it keeps the order; ``None`` where the plan has switched that off.
    order: Order | None


@dataclass(frozen=True, slots=True)
class Entry:
    recommendation: Recommendation
    answers: tuple[Placed, ...]


@dataclass(frozen=True, slots=True)
class ClassOfMatrix:
    number: int
    #: ``None`` where it is not declared: it has no title.
    declared: PriorityClass | None
    entries: tuple[Entry, ...]
    #: The projects that state this class, and answer none of its recommendations.
    stated: tuple[Placed, ...]

    @property
    def placed(self) -> Iterator[Placed]:
        for entry in self.entries:
            yield from entry.answers
        yield from self.stated


@dataclass(frozen=True)
class Matrix:
    plan: Plan
    #: By number.
    classes: tuple[ClassOfMatrix, ...]
    #: Which projects stand against the order; ``None`` where the plan has switched that off.
    order: OrderOfProjects | None

    def table(self) -> Table:
        lines: list[Line] = []
        for each in self.classes:
            lines.append(heading(_class_heading(each), 1))
            for entry in each.entries:
                lines += self._of_entry(entry)
            for placed in each.stated:
                lines.append(self._line(None, msg("stated by the project"), placed))
        columns = [
            Column(msg("Rank"), "rank"),
            Column(msg("Recommendation"), "recommendation"),
            Column(msg("Project"), "project"),
            Column(msg("Quarters"), "quarters"),
        ]
        if self.order is not None:
            columns.append(Column(msg("Order"), "order"))
        return Table(plan_line(self.plan), tuple(columns), tuple(lines), tuple(self._notes()))

    def _of_entry(self, entry: Entry) -> Iterator[Line]:
        recommendation = entry.recommendation
        rank = f"{recommendation.class_}.{recommendation.rank}"
        if not entry.answers:
            yield self._line(rank, recommendation.title, None)
        for answer in entry.answers:
            yield self._line(rank, recommendation.title, answer)

    def _line(self, rank: str | None, what: object, placed: Placed | None) -> Line:
        cells: list[object] = [rank, what, msg("no project"), None, None]
        if placed is not None:
            schedule = placed.project.quarters
            cells[2:] = [
                marked(placed.project.title, placed.link and placed.link.assumed),
                schedule and marked(list(schedule.spans), schedule.assumed),
                placed.order and ORDER_NAMES[placed.order],
            ]
        return Line(tuple(cells if self.order is not None else cells[:4]))

    def _notes(self) -> Iterator[Message]:
        placed = [each for class_ in self.classes for each in class_.placed]
        if not self.classes:
            yield msg("the plan has no recommendations and no priority classes")
            return
        if any(
            (each.link is not None and each.link.assumed)
            or (each.project.quarters is not None and each.project.quarters.assumed)
            for each in placed
        ):
            yield ASSUMED
        unanswered = sum(not e.answers for each in self.classes for e in each.entries)
        if unanswered:
            yield counted(
                "{n} recommendation is answered by no project",
                "{n} recommendations are answered by no project",
                unanswered,
            )
        if free := [*self._free_ranks()]:
            yield msg("no recommendation has the rank {ranks}", ranks=free)
        own = {each.project.id for each in placed}
        if others := sum(project.id not in own for project in self.plan.projects):
            yield counted(
                "{n} project is in no class, and not in this table",
                "{n} projects are in no class, and not in this table",
                others,
            )
        if self.order is None:
            return
        if len(own) < len(placed):
            yield msg("a project that stands in several classes has the most urgent of them")
        yield from (_ORDERS[said] for said in _ORDERS if any(p.order == said for p in placed))
        if self.order.against:
            yield counted(
                "! the order does not hold, because of {n} project: ppi validate says with which"
                " others",
                "! the order does not hold, because of {n} projects: ppi validate says with which"
                " others",
                self.order.against,
            )
        elif self.order.exceptions:
            yield counted(
                "the order holds, but for {n} project that exceptions of the plan allow",
                "the order holds, but for {n} projects that exceptions of the plan allow",
                len(self.order.exceptions),
            )
        elif any(each.order == "holds" for each in placed):
            yield msg(
                "the order holds: no project starts before one of a more urgent class has started"
            )

    def _free_ranks(self) -> Iterator[str]:
        """The ranks that are left out before the last one of each class."""
        for each in self.classes:
            ranks = sorted({0, *(entry.recommendation.rank for entry in each.entries)})
            for before, after in pairwise(ranks):
                first, last = f"{each.number}.{before + 1}", f"{each.number}.{after - 1}"
                if after > before + 1:
                    yield first if first == last else f"{first}–{last}"

    def payload(self) -> Mapping[str, Any]:
        order = self.order
        return {
            **headed(self.plan),
            "order_holds": None if order is None else not order.against,
            "excepted": None if order is None else len(order.exceptions),
            "classes": [
                {
                    "class": each.number,
                    "title": None if each.declared is None else each.declared.title,
                    "recommendations": [_entry_payload(entry) for entry in each.entries],
                    "stated": [_placed_payload(placed) for placed in each.stated],
                }
                for each in self.classes
            ],
        }


def matrix(plan: Plan, today: date) -> Matrix:
    """The recommendations of each class by their ranks, and the projects that state the class."""
    answers = answers_to(plan)
    order = order_of_projects(plan, today)
    entries: dict[int, list[Entry]] = {c.class_: [] for c in plan.priority_classes}

    def placed(project: Project, link: Link | None = None) -> Placed:
        return Placed(project, link, None if order is None else order.of(project))

    for recommendation in sorted(plan.recommendations, key=lambda r: r.rank):
        found = tuple(
            placed(answer.thing, answer.link)
            for answer in answers.get(recommendation.id, ())
            if isinstance(answer.thing, Project)
        )
        entries.setdefault(recommendation.class_, []).append(Entry(recommendation, found))
    stated: dict[int, list[Placed]] = {}
    for project in sorted(plan.projects, key=lambda p: urgency(plan, p)):
        if project.priority is not None and not _answers_the_class(plan, project):
            entries.setdefault(project.priority, [])
            stated.setdefault(project.priority, []).append(placed(project))
    return Matrix(
        plan,
        tuple(
            ClassOfMatrix(
                n, plan.class_by_number.get(n), tuple(entries[n]), tuple(stated.get(n, ()))
            )
            for n in sorted(entries)
        ),
        order,
    )


def _answers_the_class(plan: Plan, project: Project) -> bool:
    """Whether a project answers a recommendation of the class that it states itself."""
    answered = (plan.by_id.get(link.id) for link in project.answers)
    return any(isinstance(r, Recommendation) and r.class_ == project.priority for r in answered)


def _class_heading(class_: ClassOfMatrix) -> Message:
    if class_.declared is None:
        return msg("Class {number}", number=class_.number)
    heading = msg("{number} – {title}", number=class_.number, title=class_.declared.title)
    for policy in policies_of(class_.declared):
        heading = msg("{heading} ({policy})", heading=heading, policy=policy)
    return heading


def policies_of(class_: PriorityClass) -> Iterator[Message]:
    """What a class asks of its projects, marked where it is assumed."""
    if (start := class_.start_within) is not None:
        yield counted(
            "starts in the first {n} quarter{mark}",
            "starts in the first {n} quarters{mark}",
            start.quarters,
            mark="*" * start.assumed,
        )
    if (finish := class_.finish_within) is not None:
        yield counted(
            "ends in the first {n} quarter{mark}",
            "ends in the first {n} quarters{mark}",
            finish.quarters,
            mark="*" * finish.assumed,
        )
    if (over := class_.spread_over) is not None:
        yield counted(
            "spread over {n} quarter or more{mark}",
            "spread over {n} quarters or more{mark}",
            over.quarters,
            mark="*" * over.assumed,
        )


def _entry_payload(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.recommendation.id,
        "rank": entry.recommendation.rank,
        "title": entry.recommendation.title,
        "projects": [_placed_payload(answer) for answer in entry.answers],
    }


def _placed_payload(placed: Placed) -> dict[str, Any]:
    project, link = placed.project, placed.link
    return {
        "id": project.id,
        "title": project.title,
        "link_basis": None if link is None else link.basis,
        "spans": spans_payload(project),
        "basis": None if project.quarters is None else project.quarters.basis,
        "order": placed.order,
    }
