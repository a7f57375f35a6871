"""What there is to say of a version: its envelopes, what has moved with projects, what is lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ppi_cli.plan.becoming import Becoming, Moved
from ppi_cli.plan.model import Plan
from ppi_cli.reports.values import stated
from ppi_cli.values.message import Message, msg
from ppi_cli.values.money import ZERO, Money, total
from ppi_cli.values.quarters import Year
from ppi_cli.versions.funding import lost_with_costs, without_a_time


def version_notes(plan: Plan) -> Iterator[Message]:
    """What a version has become, in words; nothing of a plan as it is written."""
    if (version := plan.version) is None:
        return
    if version.envelopes == "kept":
        yield msg("envelopes are kept as they were voted: they do not follow the projects")
    for theme in plan.themes:
        found = [(y, of) for y in theme.envelope if (of := version.of(theme.id, y)) is not None]
        if years := _years((y, of.written, of.stated) for y, of in found):
            yield msg(
                "a scenario sets the envelope of {theme}: {years}", theme=theme.title, years=years
            )
        if years := _years((y, of.stated, of.now) for y, of in found):
            yield msg(
                "the envelope of {theme} follows the projects: {years}",
                theme=theme.title,
                years=years,
            )
        yield from _read_with(version, theme.id, theme.title)
    yield from _moved(plan, version)
    if version.adds_years and any(project.running_costs for project in plan.projects):
        yield msg(
            "in the years that only this version has, the costs to run are those of the projects"
            " that it moves"
        )
    for title in version.programmes:
        yield msg(
            "the programme “{programme}” stays as it was voted, though its projects move or go",
            programme=title,
        )
    for id in dict.fromkeys((*version.left_out, *(project.id for project in plan.cancelled))):
        left = next((project for project in plan.projects if project.id == id), None)
        paid = None if left is None else total(cost.amount for cost in left.costs)
        if left is not None and paid not in (None, ZERO):
            yield msg(
                "“{title}” is left out: the {amount} that it has paid in closed years stay",
                title=left.title,
                amount=paid,
            )
    if version.closed_to:
        yield msg(
            "what a scenario changes in closed years is left as it was paid: {names}",
            names=version.closed_to,
        )
    for title in version.without_cost:
        yield msg(
            "no cost of “{title}” is known: no figure changes, and what an envelope holds for it"
            " stays",
            title=title,
        )


def _years(found: Iterable[tuple[int, Money, Money]]) -> list[Message]:
    return [
        msg("{year}: {before} → {after}", year=Year(year), before=before, after=after)
        for year, before, after in found
        if before != after
    ]


def _read_with(version: Becoming, theme: str, title: str) -> Iterator[Message]:
    """With which variants an envelope was read, while they are open."""
    own = {y: variant for (id, y), variant in (version.read_with or {}).items() if id == theme}
    variants = set(own.values())
    if len(variants) == 1:
        yield msg(
            "the envelope of {theme} was read with {variant}", theme=title, variant=variants.pop()
        )
    elif own:
        by_year = [msg("{year}: {variant}", year=Year(y), variant=v) for y, v in own.items()]
        yield msg("the envelope of {theme} was read with {variant}", theme=title, variant=by_year)


def _moved(plan: Plan, version: Becoming) -> Iterator[Message]:
    projects = dict.fromkeys(line.project for line in version.moved)
    for id in projects:
        lines = [_line(plan, line) for line in version.moved if line.project == id]
        yield msg(
            "moved with “{title}”, as an assumption: {lines}",
            title=plan.by_id[id].title,
            lines=lines,
        )
    for line in (*version.lost, *lost_with_costs(plan)):
        yield msg(
            "! lost with “{title}”, since it would come too late: {line}",
            title=plan.by_id[line.project].title,
            line=_line(plan, line),
        )
    for project, funding in without_a_time(plan):
        yield msg(
            "! in no year, since no cost of “{title}” says when it comes: {amount}, {funder}",
            title=project.title,
            amount=funding.amount,
            funder=plan.by_id[funding.from_].title,
        )


def _line(plan: Plan, line: Moved) -> Message:
    """``Région, 60 k€: 2025 → 2027``."""
    name: object = msg("running cost")
    if line.funder is not None:
        name = plan.by_id[line.funder].title
    years = {"before": Year(line.before), "after": Year(line.after)}
    return msg("{name}, {amount}: {before} → {after}", name=name, amount=line.amount, **years)


def version_payload(plan: Plan) -> dict[str, Any]:
    """What a version has become, for programs; of a plan as it is written, nothing."""
    version = plan.version
    if version is None:
        return {"version": []}
    return {
        "version": list(version.names),
        "envelopes": version.envelopes,
        "envelope_changes": [
            {
                "theme": theme,
                "year": str(year),
                "written": str(of.written),
                "stated": str(of.stated),
                "now": str(of.now),
            }
            for (theme, year), of in (version.followed or {}).items()
        ],
        "moved": [_line_payload(line) for line in version.moved],
        "lost": [_line_payload(line) for line in (*version.lost, *lost_with_costs(plan))],
    }


def _line_payload(line: Moved) -> Mapping[str, str | None]:
    return {
        "project": line.project,
        "from": line.funder,
        "amount": stated(line.amount),
        "before": str(line.before),
        "after": str(line.after),
    }
