"""The parts of a plan that options and arguments choose; a PpiError says what there is instead."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from ppi_cli.plan.finance import Programme
from ppi_cli.plan.model import Plan
from ppi_cli.plan.priority import classes
from ppi_cli.plan.projects import Project
from ppi_cli.rules import ALL, Rule
from ppi_cli.rules.rule import advice_on_code
from ppi_cli.values.errors import PpiError
from ppi_cli.values.message import Message, msg
from ppi_cli.values.nearest import advice
from ppi_cli.values.quarters import Years

T = TypeVar("T")


def years_of(plan: Plan, year: int | None) -> Years | None:
    """The one year that is asked for. Raises PpiError where the plan does not cover it."""
    if year is None:
        return None
    if year not in plan.years:
        first, last = plan.years
        problem = msg(
            "{year} is not one of the plan's years, {first} to {last}",
            year=year,
            first=first,
            last=last,
        )
        raise PpiError(problem, language=plan.header.language)
    return Years(year, year)


def years_between(plan: Plan, first: int | None, last: int | None) -> Years | None:
    """The years from one to another, each the plan's own where it is left out.

    Raises PpiError where the plan does not cover them, or they run backwards.
    """
    if first is None and last is None:
        return None
    years = Years(first or plan.years.first, last or plan.years.last)
    for year in years:
        years_of(plan, year)
    if years.last < years.first:
        problem = msg("{last} comes before {first}", first=str(years.first), last=str(years.last))
        raise PpiError(problem, msg("write the earlier year first"), plan.header.language)
    return years


def known_theme(plan: Plan, id: str | None) -> str | None:
    """The id, where the plan has such a theme. Raises PpiError where it has not."""
    if id is not None:
        themes = {theme.id: theme for theme in plan.themes}
        _named(plan, id, themes, msg("no theme has the id “{id}”", id=id), "ppi list themes")
    return id


def known_class(plan: Plan, number: int | None) -> int | None:
    """The number, where a class or a project of the plan has it. Raises PpiError where none has."""
    known = {c.class_ for c in plan.priority_classes}
    known |= {found.number for found in classes(plan).values()}
    if number is not None and number not in known:
        raise PpiError(
            msg("no class has the number {number}", number=number),
            advice(str(number), [str(each) for each in sorted(known)], likeness=1),
            plan.header.language,
        )
    return number


def known_project(plan: Plan, id: str) -> Project:
    """The project of an id. Raises PpiError where there is none."""
    projects = {project.id: project for project in plan.projects}
    problem = msg("no project has the id “{id}”", id=id)
    return _named(plan, id, projects, problem, "ppi list projects")


def known_programme(plan: Plan, id: str) -> Programme:
    """The programme of an id. Raises PpiError where there is none."""
    programmes = {programme.id: programme for programme in plan.programmes}
    return _named(plan, id, programmes, msg("no programme has the id “{id}”", id=id), "ppi apcp")


def known_rule(code: str) -> Rule:
    """The rule of a code. Raises PpiError where there is none."""
    rules = {rule.code: rule for rule in ALL}
    if code.upper() in rules:
        return rules[code.upper()]
    raise PpiError(msg("no rule has the code “{code}”", code=code), advice_on_code(code, rules))


def _named(plan: Plan, id: str, things: Mapping[str, T], problem: Message, command: str) -> T:
    if id in things:
        return things[id]
    raise PpiError(problem, advice(id, things, command=command), plan.header.language)
