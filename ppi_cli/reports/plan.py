"""The plan itself, and the part of it that is shown, as every report names them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ppi_cli.figures.selection import CRITERIA, Selection
from ppi_cli.plan.model import Plan
from ppi_cli.reports.becoming import version_payload
from ppi_cli.reports.table import FORMAT_VERSION
from ppi_cli.values.message import Message, msg


def plan_line(plan: Plan) -> Message:
    """The plan's title, its organisation and its years, in one line."""
    header = plan.header
    title: object = header.title
    if header.organisation is not None:
        title = msg("{organisation}: {title}", organisation=header.organisation, title=title)
    if plan.version is not None:
        title = msg("{title} [{version}]", title=title, version=plan.version.titles)
    return msg("{title}, {years}", title=title, years=plan.years)


def headed(plan: Plan, selection: Selection | None = None) -> dict[str, Any]:
    """What the JSON of a report of a plan, or of a part of it, begins with."""
    head = {"format_version": FORMAT_VERSION, "plan": plan_payload(plan)}
    return head if selection is None else {**head, "selection": selection_payload(selection)}


def _year_names(plan: Plan) -> dict[str, dict[str, str]]:
    """What the plan's years are called, by number, where that is not the same."""
    years = plan.header.notation.years
    if years is None or not years.are_named:
        return {}
    return {"year_names": {str(year): years.name(year) for year in plan.years.each()}}


def plan_payload(plan: Plan) -> dict[str, Any]:
    header = plan.header
    return {
        "title": header.title,
        "organisation": header.organisation,
        "presented": header.presented and header.presented.isoformat(),
        "source": header.source,
        "first_year": plan.years.first,
        "last_year": plan.years.last,
        "currency": header.currency,
        **_year_names(plan),
        "tax": header.tax,
        **version_payload(plan),
    }


def only(selection: Selection) -> Iterator[Message]:
    """What part of the plan is shown, where it is not all of it; its years are seen."""
    if names := list(selection.named()):
        yield msg("only: {names}", names=names)


def part_named(plan: Plan, selection: Selection) -> Iterator[Message]:
    """The part of a plan that a document is of, by the titles of what it is chosen by."""
    names: list[object] = []
    for criterion, value in selection.criteria:
        thing = plan.by_id.get(value) if isinstance(value, str) else None
        called = getattr(thing, "title", None) or value
        names.append(called if criterion.named is None else criterion.named(called))
    if names:
        yield msg("only: {names}", names=names)


def selection_payload(selection: Selection) -> dict[str, Any]:
    """The part of the plan that is shown, for JSON: by what it is chosen, null where by nothing."""
    found = {each.field.rstrip("_"): getattr(selection, each.field) for each in CRITERIA}
    years = selection.years
    return {**found, "years": years and [str(years.first), str(years.last)]}
