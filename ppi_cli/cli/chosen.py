"""The parts of a plan that options and arguments choose; a PpiError says what there is instead."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import fields

from ppi_cli.cli.options import Wanted
from ppi_cli.figures.funding import own_sources, receipts
from ppi_cli.figures.selection import Selection
from ppi_cli.plan.finance import Programme
from ppi_cli.plan.model import Plan
from ppi_cli.plan.naming import project_named
from ppi_cli.plan.projects import Project
from ppi_cli.rules import ALL, Rule
from ppi_cli.rules.rule import advice_on_code
from ppi_cli.values.errors import PpiError
from ppi_cli.values.message import Message, NotationError, msg
from ppi_cli.values.nearest import advice
from ppi_cli.values.quarters import Year, Years, parse_year


def selection_of(plan: Plan, wanted: Wanted, *, beyond: bool = False) -> Selection:
    """The part of the plan that is asked for; ``beyond``: also of years after the plan's last.

    Raises PpiError where the plan has no such thing, or does not cover the years.
    """
    of_things = {f.name: getattr(wanted, f.name) for f in fields(wanted) if f.name not in _TIMES}
    if wanted.project is not None:
        of_things["project"] = project_named(plan, wanted.project)
    selection = Selection(**of_things, years=_years(plan, wanted, beyond=beyond))
    for criterion, value in selection.criteria:
        if criterion.known is not None and criterion.unknown is not None:
            known = list(map(str, criterion.known(plan)))
            _named(plan, str(value), known, criterion.unknown(value), criterion.shown_by)
    return selection


def year_in(plan: Plan, text: str) -> int:
    """The year that a plan calls so, by its name or its number. Raises PpiError for none."""
    try:
        return parse_year(text, plan.header.notation)
    except NotationError as error:
        raise PpiError(error.message, error.help, plan.header.language) from None


#: The options that ask for years.
_TIMES = ("year", "from_", "to")


def _years(plan: Plan, wanted: Wanted, *, beyond: bool) -> Years | None:
    """The years that are asked for, each end the plan's own where it is left out."""
    if wanted.year is not None and (wanted.from_, wanted.to) != (None, None):
        raise PpiError(msg("--year is one year: it does not go with --from and --to"))
    first, last = wanted.year or wanted.from_, wanted.year or wanted.to
    if first is None and last is None:
        return None
    given = [None if text is None else year_in(plan, text) for text in (first, last)]
    paid = (r.year for r in (*receipts(plan), *own_sources(plan)) if beyond)
    end = max([plan.years.last, *paid])
    years = Years(given[0] or plan.years.first, given[1] or end)
    for year in years:
        if not (year in plan.years or (beyond and year > plan.years.last)):
            problem = msg(
                "{year} is not one of the plan's years, {first} to {last}",
                year=Year(year),
                first=Year(plan.years.first),
                last=Year(plan.years.last),
            )
            raise PpiError(problem, language=plan.header.language, notation=plan.header.notation)
    if years.last < years.first:
        problem = msg("{last} comes before {first}", first=Year(years.first), last=Year(years.last))
        header = plan.header
        hint = msg("write the earlier year first")
        raise PpiError(problem, hint, header.language, header.notation)
    return years


def without_contradiction(
    selection: Selection, cuts: Container[str | None], *, net: bool
) -> Selection:
    """The part whose money is asked for. Raises PpiError where who pays contradicts that."""
    by_payer = "source" in cuts or selection.funder is not None
    if net and by_payer:
        raise PpiError(
            msg("--net leaves out what others pay, which is what --by source and --funder show")
        )
    if (net or by_payer) and selection.section is not None:
        raise PpiError(
            msg("what others pay is in no section: --section is of what is spent, whoever pays")
        )
    return selection


def known_project(plan: Plan, id: str, *, or_cancelled: bool = False) -> Project:
    """The project of an id, or of a number. Raises PpiError where there is none that counts."""
    found = [*plan.projects, *(plan.cancelled if or_cancelled else ())]
    id = project_named(plan, id, found)
    projects = {project.id: project for project in found}
    _named(plan, id, projects, msg("no project has the id “{id}”", id=id), "ppi list projects")
    return projects[id]


def known_programme(plan: Plan, id: str) -> Programme:
    """The programme of an id. Raises PpiError where there is none."""
    programmes = {programme.id: programme for programme in plan.programmes}
    _named(plan, id, programmes, msg("no programme has the id “{id}”", id=id), "ppi apcp")
    return programmes[id]


def known_rule(code: str) -> Rule:
    """The rule of a code. Raises PpiError where there is none."""
    rules = {rule.code: rule for rule in ALL}
    if code.upper() in rules:
        return rules[code.upper()]
    raise PpiError(msg("no rule has the code “{code}”", code=code), advice_on_code(code, rules))


def _named(plan: Plan, id: str, known: Iterable[str], problem: Message, command: str) -> None:
    if id not in known:
        likeness = 1 if id.isdigit() else 0.6
        hint = advice(id, known, likeness=likeness, command=command)
        raise PpiError(problem, hint, plan.header.language)
