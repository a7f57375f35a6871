"""The priority matrix: recommendations by class and rank, their projects, and the order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ppi_cli.links import answers_to
from ppi_cli.message import Message, counted, msg
from ppi_cli.model import Link, Plan, PriorityClass, Project, Recommendation
from ppi_cli.reports.order import ORDER_NAMES, Order, late_projects, order_of
from ppi_cli.reports.plan import plan_line, plan_payload
from ppi_cli.reports.table import FORMAT_VERSION, Column, Line, Table
from ppi_cli.reports.values import ASSUMED, marked, spans_payload


@dataclass(frozen=True, slots=True)
class Answering:
    """A project that answers a recommendation."""

    project: Project
    link: Link
    order: Order


@dataclass(frozen=True, slots=True)
class Entry:
    recommendation: Recommendation
    answers: tuple[Answering, ...]


@dataclass(frozen=True)
class Matrix:
    plan: Plan
    #: By class number; a class that is not declared has no title.
    classes: tuple[tuple[int, PriorityClass | None, tuple[Entry, ...]], ...]
    #: How many projects start too late, and how many of them by an exception of the plan.
    late: int
    excepted: int

    def table(self) -> Table:
        lines: list[Line] = []
        for number, class_, entries in self.classes:
            lines.append(Line(("", _class_heading(number, class_)), "heading"))
            for entry in entries:
                lines += _entry_lines(entry)
        columns = (
            Column(msg("Rank"), key="rank"),
            Column(msg("Recommendation"), key="recommendation"),
            Column(msg("Project"), key="project"),
            Column(msg("Quarters"), key="quarters"),
            Column(msg("Order"), key="order"),
        )
        return Table(plan_line(self.plan), columns, tuple(lines), tuple(self._notes()))

    def _notes(self) -> Iterator[Message]:
        answers = [a for _, _, entries in self.classes for e in entries for a in e.answers]
        if not self.classes:
            yield msg("the plan has no recommendations and no priority classes")
            return
        if any(a.link.assumed or _schedule_assumed(a.project) for a in answers):
            yield ASSUMED
        unanswered = sum(not e.answers for _, _, entries in self.classes for e in entries)
        if unanswered:
            yield counted(
                "{n} recommendation is answered by no project",
                "{n} recommendations are answered by no project",
                unanswered,
            )
        if self.late > self.excepted:
            yield counted(
                "! the order does not hold: {n} project starts after less urgent ones",
                "! the order does not hold: {n} projects start after less urgent ones",
                self.late - self.excepted,
            )
        elif self.excepted:
            yield counted(
                "the order holds, but for {n} exception of the plan",
                "the order holds, but for {n} exceptions of the plan",
                self.excepted,
            )
        elif any(a.order == "holds" for a in answers):
            yield msg("the order holds: no project starts before a more urgent one has started")

    def payload(self) -> Mapping[str, Any]:
        return {
            "format_version": FORMAT_VERSION,
            "plan": plan_payload(self.plan),
            "order_holds": self.late == self.excepted,
            "excepted": self.excepted,
            "classes": [
                {
                    "class": number,
                    "title": None if class_ is None else class_.title,
                    "recommendations": [_entry_payload(entry) for entry in entries],
                }
                for number, class_, entries in self.classes
            ],
        }


def matrix(plan: Plan, today: date) -> Matrix:
    """The recommendations of each class in the order of their ranks."""
    answers = answers_to(plan)
    late = late_projects(plan, today)
    entries: dict[int, list[Entry]] = {c.class_: [] for c in plan.priority_classes}
    for recommendation in sorted(plan.recommendations, key=lambda r: r.rank):
        found = tuple(
            Answering(answer.thing, answer.link, order_of(plan, answer.thing, late))
            for answer in answers.get(recommendation.id, ())
            if isinstance(answer.thing, Project)
        )
        entries.setdefault(recommendation.class_, []).append(Entry(recommendation, found))
    return Matrix(
        plan,
        tuple((n, plan.class_by_number.get(n), tuple(entries[n])) for n in sorted(entries)),
        len(late),
        sum(exception is not None for exception in late.values()),
    )


def _class_heading(number: int, class_: PriorityClass | None) -> Message:
    if class_ is None:
        return msg("Class {number}", number=number)
    heading = msg("{number} – {title}", number=number, title=class_.title)
    for policy in policies_of(class_):
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


def _schedule_assumed(project: Project) -> bool:
    return project.quarters is not None and project.quarters.assumed


def _entry_lines(entry: Entry) -> Iterator[Line]:
    recommendation = entry.recommendation
    head: tuple[object, object] = (
        f"{recommendation.class_}.{recommendation.rank}",
        recommendation.title,
    )
    if not entry.answers:
        yield Line((*head, msg("no project"), None, None))
    for answer in entry.answers:
        title = answer.project.title
        schedule = answer.project.quarters
        spans = None if schedule is None else list(schedule.spans)
        yield Line(
            (
                *head,
                marked(title, answer.link.assumed),
                marked(spans, _schedule_assumed(answer.project)),
                ORDER_NAMES[answer.order],
            )
        )


def _entry_payload(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.recommendation.id,
        "rank": entry.recommendation.rank,
        "title": entry.recommendation.title,
        "projects": [
            {
                "id": answer.project.id,
                "title": answer.project.title,
                "link_basis": answer.link.basis,
                "spans": spans_payload(answer.project),
                "basis": None if answer.project.quarters is None else answer.project.quarters.basis,
                "order": answer.order,
            }
            for answer in entry.answers
        ],
    }
