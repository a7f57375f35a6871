"""Which part of a plan is meant: one value, held alike against its amounts and its projects."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import KW_ONLY
from typing import Any, NamedTuple

from ppi_cli.figures.funding import FCTVA, own_sources, receipts
from ppi_cli.figures.postings import Posting
from ppi_cli.plan.model import Plan
from ppi_cli.plan.priority import classes
from ppi_cli.plan.projects import Cost, Project
from ppi_cli.values.characters import look
from ppi_cli.values.dataclass import dataclass
from ppi_cli.values.message import Message, msg
from ppi_cli.values.names import STATUSES
from ppi_cli.values.quarters import Years
from ppi_cli.values.terms import Section, Status
from ppi_cli.versions.costs import to_run


class Selection(NamedTuple):
    """A part of a plan: what has all that is named; of what is not named, anything.

    To choose by something more (who leads a project, its group, its status): a field here, a row
    of ``CRITERIA`` below, and an option in ``Wanted`` (``cli/options.py``, whose first lines say
    what an option needs). Nothing else of the program has to know of it, but for a report for which
    it makes no sense. ``selection`` in the JSON of every report then has a key more: keep that with
    ``pytest --accept``.
    """

    theme: str | None = None
    group: str | None = None
    project: str | None = None
    class_: int | None = None
    lead: str | None = None
    status: Status | None = None
    section: Section | None = None
    funder: str | None = None
    years: Years | None = None

    @property
    def criteria(self) -> Iterator[tuple[Criterion, Any]]:
        """What is chosen by, with what is chosen."""
        for criterion in CRITERIA:
            if (value := getattr(self, criterion.field)) is not None:
                yield criterion, value

    @property
    def is_part(self) -> bool:
        """Whether it is a part of the plan, and not all of it in some years."""
        return self._replace(years=None) != WHOLE

    @property
    def cuts_envelopes(self) -> bool:
        """Whether it is a part of themes, whose envelopes say nothing of it."""
        return self._replace(years=None, theme=None, group=None) != WHOLE

    def has_theme(self, plan: Plan, id: str | None) -> bool:
        """Whether a theme is in it, as far as it is chosen by themes and their groups."""
        by_group = self.group is None or id in _themes_of(plan, self.group)
        return by_group and self.theme in (None, id)

    def named(self) -> Iterator[Message]:
        """What is chosen, but for the years, in words."""
        return (c.named(value) for c, value in self.criteria if c.named is not None)

    def projects(self, plan: Plan) -> Mapping[str, Project]:
        """The projects that are in it, by their ids."""
        tests = [criterion.of_project(plan, value) for criterion, value in self.criteria]
        return {p.id: p for p in plan.projects if all(test(p) for test in tests)}

    def has_cost(self, cost: Cost) -> bool:
        """Whether a cost of one of its projects is in it, by its section and its time."""
        in_time = self.years is None or cost.in_year in self.years
        return in_time and self.section in (None, cost.in_section)

    def matcher(self, plan: Plan) -> Callable[[Posting], bool]:
        """What tells whether an amount is in it: its own time, section and payer count.

        An amount of no project is in no part that is chosen by what projects are.
        """
        tests = [c.of_posting(plan, v) for c, v in self.criteria if c.of_posting is not None]
        by_project = {c.field: v for c, v in self.criteria if c.of_posting is None}
        if by_project:
            ids = Selection(**by_project).projects(plan)
            tests.append(lambda posting: posting.project in ids)
        return lambda posting: all(test(posting) for test in tests)

    def spending(self, plan: Plan) -> Callable[[Posting], bool]:
        """What tells whether an amount is a part of what it costs, whoever pays.

        Of parts of themes, that is what their projects are known to cost.
        """
        matches = self._replace(funder=None).matcher(plan)
        if not self.cuts_envelopes:
            return matches
        ids = self._replace(section=None, years=None).projects(plan)
        return lambda posting: posting.project in ids and matches(posting)


#: All of a plan.
WHOLE = Selection()


@dataclass(frozen=True)
class Criterion:
    """Something that a part of a plan is chosen by: a field of ``Selection``."""

    field: str
    _: KW_ONLY
    #: Which projects of a plan have what is chosen.
    of_project: Callable[[Plan, Any], Callable[[Project], bool]]
    #: Which amounts have it; without it, those of the projects that do.
    of_posting: Callable[[Plan, Any], Callable[[Posting], bool]] | None = None
    #: What is chosen, in words.
    named: Callable[[Any], Message] | None = None
    #: What there is to choose in a plan, what to say of what there is not, what shows all of it.
    known: Callable[[Plan], Collection[object]] | None = None
    unknown: Callable[[Any], Message] | None = None
    shown_by: str = ""

    @property
    def option(self) -> str:
        """The option that chooses by it."""
        return "--year" if self.field == "years" else f"--{self.field.rstrip('_')}"


def _looks_like(text: str | None, other: str) -> bool:
    return text is not None and look(text) == look(other)


def _themes_of(plan: Plan, group: str) -> Collection[str | None]:
    """The ids of the themes of a group."""
    return {theme.id for theme in plan.themes if theme.group == group}


def _in_group(plan: Plan, group: str) -> Callable[[Any], bool]:
    """What tells whether the theme of a project, or of an amount, is of the group."""
    ids = _themes_of(plan, group)
    return lambda each: each.theme in ids


def _in_class(plan: Plan, number: int) -> Callable[[Project], bool]:
    ids = {id for id, found in classes(plan).items() if found.number == number}
    return lambda project: project.id in ids


def _in_section(plan: Plan, section: Section) -> Callable[[Project], bool]:
    """It costs something in the section, or costs something to run there."""
    return lambda p: any(cost.in_section == section for cost in (*p.costs, *to_run(p)))


def _of_funder(plan: Plan, funder: str) -> Callable[[Project], bool]:
    ids = {r.project for r in (*receipts(plan), *own_sources(plan)) if r.source == funder}
    return lambda project: project.id in ids


def _in_years(plan: Plan, years: Years) -> Callable[[Project], bool]:
    """It is at work in one of the years, costs something in one or is paid for."""
    paid = {r.project for r in receipts(plan) if r.year in years}

    def has(project: Project) -> bool:
        work = () if project.quarters is None else project.quarters.years
        costs = (cost.in_year for cost in (*project.costs, *to_run(project)))
        return project.id in paid or any(year in years for year in (*work, *costs))

    return has


def _paid_by(plan: Plan, funder: str) -> Callable[[Posting], bool]:
    """What the funder pays, also what is only requested of it."""
    return lambda posting: posting.source in (funder, f"{funder}/requested")


def _known_classes(plan: Plan) -> Collection[int]:
    numbers = {c.class_ for c in plan.priority_classes}
    return sorted(numbers | {found.number for found in classes(plan).values()})


_SECTIONS: Mapping[Section, Message] = {
    "investment": msg("section of investment"),
    "operating": msg("section of operation"),
}

CRITERIA = (
    Criterion(
        "theme",
        of_project=lambda _, theme: lambda project: project.theme == theme,
        of_posting=lambda _, theme: lambda posting: posting.theme == theme,
        named=lambda theme: msg("theme {id}", id=theme),
        known=lambda plan: [theme.id for theme in plan.themes],
        unknown=lambda theme: msg("no theme has the id “{id}”", id=theme),
        shown_by="ppi list themes",
    ),
    Criterion(
        "group",
        of_project=_in_group,
        of_posting=_in_group,
        named=lambda group: msg("group {id}", id=group),
        known=lambda plan: [group.id for group in plan.groups],
        unknown=lambda group: msg("no group has the id “{id}”", id=group),
    ),
    Criterion(
        "project",
        of_project=lambda _, project: lambda each: each.id == project,
        named=lambda project: msg("project {id}", id=project),
        known=lambda plan: [project.id for project in plan.projects],
        unknown=lambda project: msg("no project has the id “{id}”", id=project),
        shown_by="ppi list projects",
    ),
    Criterion(
        "class_",
        of_project=_in_class,
        named=lambda number: msg("class {number}", number=number),
        known=_known_classes,
        unknown=lambda number: msg("no class has the number {number}", number=number),
    ),
    Criterion(
        "lead",
        of_project=lambda _, lead: lambda project: _looks_like(project.lead, lead),
        named=lambda lead: msg("led by {lead}", lead=lead),
        known=lambda plan: list(dict.fromkeys(p.lead for p in plan.projects if p.lead)),
        unknown=lambda lead: msg("nobody called “{lead}” leads a project", lead=lead),
        shown_by="ppi list projects",
    ),
    Criterion(
        "status",
        of_project=lambda _, status: lambda project: project.standing == status,
        named=lambda status: STATUSES[status],
    ),
    Criterion(
        "section",
        of_project=_in_section,
        of_posting=lambda _, section: lambda posting: posting.section == section,
        named=lambda section: _SECTIONS[section],
    ),
    Criterion(
        "funder",
        of_project=_of_funder,
        of_posting=_paid_by,
        named=lambda funder: msg("funder {id}", id=funder),
        known=lambda plan: [f.id for f in plan.funders] + [FCTVA] * (plan.fctva is not None),
        unknown=lambda funder: msg("no funder has the id “{id}”", id=funder),
        shown_by="ppi list funders",
    ),
    Criterion(
        "years",
        of_project=_in_years,
        of_posting=lambda _, years: lambda posting: posting.year in years,
    ),
)
