"""The same thing written twice."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any

from ppi_cli.plan.finance import Funder, Theme
from ppi_cli.plan.model import Plan
from ppi_cli.plan.projects import Cost, Funding, Project, RunningCost
from ppi_cli.plan.walk import fields_of
from ppi_cli.rules.rule import rule
from ppi_cli.values.characters import look
from ppi_cli.values.findings import Finding, Path, Related
from ppi_cli.values.message import Message, msg

#: The lists of a project of which two lines may be equal, each with the key that tells them apart.
_LINES = {"costs": "label", "running_costs": "label", "funding": "source"}


@rule("PPI132", "info", before_choices=True, each_project=True)
def things_are_said_once(plan: Plan) -> Iterator[Finding]:
    """The same thing is perhaps written twice: a line of a project, or a title.

    Two equal lines of one project count twice; titles that differ only by case or spaces, of
    projects of one theme, of themes or of funders, often stand for one thing, copied.
    """
    for i, project in enumerate(plan.projects):
        for key in _LINES:
            if len(lines := getattr(project, key)) > 1 and not _are_apart(lines):
                yield from _equal_lines(project, lines, ("projects", i, key))
    yield from _same_titles(plan)


def _equal_lines(
    project: Project, lines: Sequence[Cost | RunningCost | Funding], path: Path
) -> Iterator[Finding]:
    first: dict[Hashable, int] = {}
    for j, line in enumerate(lines):
        if (earlier := first.setdefault(_said(line), j)) == j:
            continue
        subject: dict[str, object] = {"project": project.id, "theme": project.theme}
        year = line.in_year if isinstance(line, Cost) else getattr(line, "year", None)
        telling = _LINES[str(path[-1])]
        yield Finding(
            (*path, j),
            msg("{title}: this line is there already, and counts twice", title=project.title),
            help=msg("delete one of them, or tell them apart: {text}", text=f"{telling}: …"),
            related=(Related((*path, earlier), msg("the same line is here")),),
            subject=subject if year is None else {**subject, "year": year},
        )


def _are_apart(lines: Sequence[Any]) -> bool:
    """Whether times and amounts differ at first sight, so that no two lines can be equal.

    What says neither may be a line of several periods.
    """
    if isinstance(lines[0], RunningCost):
        return False
    seen = {(line.year, line.quarter, line.amount and line.amount.cents) for line in lines}
    return len(seen) == len(lines) and (None, None, None) not in seen


def _said(line: Cost | RunningCost | Funding) -> Hashable:
    """All that a line says, of each of its periods."""
    if isinstance(line, RunningCost):
        return line
    return tuple(_SAYING[type(each)](each) for _, each in line.by_period())


#: What a line of one period says.
_SAYING = {
    of: attrgetter(*(field.name for field in fields_of(of) if field.part is None))
    for of in (Cost, Funding)
}


def _same_titles(plan: Plan) -> Iterator[Finding]:
    sections: tuple[tuple[str, Sequence[Project | Theme | Funder]], ...] = (
        ("projects", plan.projects),
        ("themes", plan.themes),
        ("funders", plan.funders),
    )
    for section, things in sections:
        seen = ["".join(look(thing.title).casefold().split()) for thing in things]
        if len({*seen}) == len(seen):
            continue
        first: dict[Hashable, int] = {}
        for i, thing in enumerate(things):
            among = thing.theme if isinstance(thing, Project) else None
            if (earlier := first.setdefault((among, seen[i]), i)) != i:
                yield Finding(
                    (section, i, "title"),
                    _called_alike(section, thing.title),
                    help=msg("keep one of them, if they are one; else tell their titles apart"),
                    related=(Related((section, earlier, "title"), msg("the other one is here")),),
                    subject=_subject(thing),
                )


def _subject(thing: Project | Theme | Funder) -> Mapping[str, object] | None:
    """What an exception may name of a thing."""
    if isinstance(thing, Project):
        return {"project": thing.id, "theme": thing.theme}
    return {"theme": thing.id} if isinstance(thing, Theme) else None


def _called_alike(section: str, title: str) -> Message:
    if section == "projects":
        return msg("another project of this theme is called “{title}”", title=title)
    if section == "themes":
        return msg("another theme is called “{title}”", title=title)
    return msg("another funder is called “{title}”", title=title)
