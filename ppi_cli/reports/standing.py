"""What each report says of how projects stand: what is cancelled, and the sums of the others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ppi_cli.figures.postings import Posting
from ppi_cli.figures.selection import WHOLE, Selection
from ppi_cli.figures.standing import (
    StatusSum,
    by_status,
    by_status_among,
    of_envelopes,
    of_envelopes_among,
)
from ppi_cli.plan.model import Plan
from ppi_cli.plan.pieces import changed
from ppi_cli.plan.projects import ProjectStatus
from ppi_cli.reports.values import stated
from ppi_cli.values.message import Message, counted, msg
from ppi_cli.values.money import ZERO
from ppi_cli.values.names import STATUSES


def status_notes(
    plan: Plan, selection: Selection = WHOLE, among: Sequence[Posting] | None = None
) -> Iterator[Message]:
    """What a part of a plan that is worked out counts nowhere, and the sum of each status.

    Of a figure, the sums are ``among`` the amounts that it is the sum of.
    """
    gone = selection.projects(changed(plan, projects=plan.cancelled)).values()
    if gone:
        named = [status_of(each.title, each.status) for each in gone]
        yield msg("cancelled, and counted nowhere: {projects}", projects=named)
    if not any(project.status for project in plan.projects):
        return
    is_planned_said = any(p.status and p.standing == "planned" for p in plan.projects)
    sums = by_status(plan, selection) if among is None else by_status_among(plan, among)
    for found in sums:
        if found.status != "planned" or is_planned_said:
            yield _sum(found)
    rest = of_envelopes(plan, selection) if among is None else of_envelopes_among(among)
    if is_planned_said and rest is not None and rest != ZERO:
        yield msg("envelopes, beside the costs of projects: {amount} of the total", amount=rest)


def _sum(found: StatusSum) -> Message:
    values = {"status": STATUSES[found.status], "amount": found.amount}
    if found.status == "conditional":
        return counted(
            "? conditional: {n} project, {amount} of the total",
            "? conditional: {n} projects, {amount} of the total",
            found.projects,
            amount=found.amount,
        )
    return counted(
        "{status}: {n} project, {amount} of the total",
        "{status}: {n} projects, {amount} of the total",
        found.projects,
        **values,
    )


def status_of(what: object, status: ProjectStatus | None) -> Message:
    """How something stands: since when, and why."""
    if status is None or (status.since is None and status.reason is None):
        return msg("{what}", what=what)
    if status.since is None:
        return msg("{what} ({reason})", what=what, reason=status.reason)
    if status.reason is None:
        return msg("{what} (since {since})", what=what, since=status.since)
    return msg(
        "{what} (since {since}: {reason})", what=what, since=status.since, reason=status.reason
    )


def status_payload(status: ProjectStatus | None) -> Mapping[str, Any] | None:
    """How a project stands, for JSON; what says nothing of it is null."""
    if status is None:
        return None
    return {"status": status.status, "since": stated(status.since), "reason": status.reason}


def statuses_payload(plan: Plan, selection: Selection) -> Mapping[str, Any]:
    """What is cancelled, and the sum of each status, for JSON."""
    return {
        "cancelled": [project.id for project in plan.cancelled],
        "by_status": {
            found.status: {"projects": found.projects, "amount": stated(found.amount)}
            for found in by_status(plan, selection)
        },
    }
