"""Which figure is to be traced, and where its amounts stand."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import get_args

from ppi_cli.cli.chosen import selection_of
from ppi_cli.cli.options import Wanted, not_a_choice, read_year
from ppi_cli.cli.session import Opened
from ppi_cli.figures.debt_terms import MEASURES, Measure, terms_of_figure
from ppi_cli.figures.finances import AskedLoans, prospect_of
from ppi_cli.figures.ledger import row_ids
from ppi_cli.figures.postings import Posting
from ppi_cli.figures.selection import Selection
from ppi_cli.plan.model import Plan
from ppi_cli.plan.naming import project_named
from ppi_cli.reports.debt_trace import DebtTraceReport, debt_trace, paths_in
from ppi_cli.reports.table import Report
from ppi_cli.reports.trace import Entry, Traced, entries, ledger_of, paths_of
from ppi_cli.source.examine import placed
from ppi_cli.values.errors import PpiError
from ppi_cli.values.findings import Finding
from ppi_cli.values.fiscal import NAME_PATTERN
from ppi_cli.values.message import Message, NotationError, msg
from ppi_cli.values.nearest import advice
from ppi_cli.values.notation import PLAIN, Notation
from ppi_cli.values.quarters import OUTSIDE, Outside, Quarter, Year, parse_quarter
from ppi_cli.values.terms import By

_CUTS: tuple[By, ...] = get_args(By)
_FLAGS = ("net", "running")
_KEYS = (*_CUTS, "year", "quarter", *_FLAGS, "measure")
_YES, _NO = ("yes", "oui"), ("no", "non")


@dataclass(frozen=True)
class AskedFigure:
    """A figure, by the rows and the time that it is of; and the plan that is named."""

    rows: Mapping[By, str]
    #: As they are typed: what they mean, the plan says.
    year: str | None
    quarter: str | None
    net: bool
    #: Whether it is of what is to run.
    running: bool
    plan: str | None
    #: Of savings and debt, which one.
    measure: Measure | None = None

    def quarter_in(self, plan: Plan) -> Quarter | None:
        """The quarter, by the plan's names. Raises PpiError where it is none."""
        return None if self.quarter is None else _quarter(self.quarter, plan.header.notation)

    def known(self, plan: Plan) -> Mapping[By, str]:
        """The rows, where the plan has them. Raises PpiError where it has not."""
        found = dict(self.rows)
        for by, id in self.rows.items():
            ids = row_ids(plan, by)
            if by == "project" and id not in ids:
                id = found[by] = project_named(plan, id)
            if id in ids:
                continue
            raise PpiError(
                msg("no row of {key} has the id “{id}”", key=by, id=id),
                advice(id, ids, command=f"ppi totals --by {by}"),
                plan.header.language,
            )
        return found

    @property
    def where(self) -> Outside | None:
        """Where outside the plan's years it lies, if it does."""
        return None if self.year is None else OUTSIDE.get(self.year)

    @property
    def is_whole(self) -> bool:
        """Whether it is of the plan's years and of what lies before and beyond them."""
        return self.year == _WHOLE

    def within(self, wanted: Wanted) -> Wanted:
        """The part of the plan that it is of. Raises PpiError where two years are asked for."""
        if self.year is None:
            return wanted
        if (wanted.year, wanted.from_, wanted.to) != (None, None, None):
            raise PpiError(msg("{key} is named twice", key="year"))
        if self.where is not None or self.is_whole:
            return wanted
        return replace(wanted, year=self.year)


def narrowed(selection: Selection, rows: Mapping[By, str]) -> Selection:
    """A part of a plan, without the projects that are in none of some rows."""
    return selection._replace(
        theme=rows.get("theme", selection.theme),
        group=rows.get("group", selection.group),
        project=rows.get("project", selection.project),
        lead=rows.get("lead", selection.lead),
    )


def read_figure(words: Sequence[str]) -> AskedFigure:
    """Read ``totals theme=voirie year=2017 data/``. Raises PpiError for what names no figure."""
    named: dict[str, str] = {}
    plan: str | None = None
    for n, word in enumerate(words):
        key, equals, value = word.partition("=")
        if not equals:
            if n == 0 and word == "totals":
                continue
            if n < len(words) - 1 and os.path.exists(word):
                raise PpiError(msg("the plan comes last: {name}", name=word))
            if n < len(words) - 1:
                raise not_a_choice(word, [f"{each}=…" for each in _KEYS])
            plan = word
        elif key not in _KEYS:
            raise not_a_choice(key, _KEYS)
        elif key in named:
            raise PpiError(msg("{key} is named twice", key=key))
        else:
            named[key] = value
    if "year" in named and "quarter" in named:
        raise PpiError(msg("a quarter says its year: name one of the two"))
    for flag in _FLAGS:
        if named.get(flag, "no") not in (*_YES, *_NO):
            raise not_a_choice(f"{flag}={named[flag]}", [f"{flag}=yes", f"{flag}=no"])
    year = _year(named.pop("year")) if "year" in named else None
    quarter = named.pop("quarter", None)
    if quarter is not None and not re.search(NAME_PATTERN, quarter):
        _quarter(quarter, PLAIN)
    net, running = (named.get(flag) in _YES for flag in _FLAGS)
    rows = {by: named[by] for by in _CUTS if by in named}
    measure = _measure(named["measure"]) if "measure" in named else None
    if measure is not None and (rows or quarter or net or running):
        raise _of_the_whole()
    return AskedFigure(rows, year, quarter, net, running, plan, measure)


def _measure(text: str) -> Measure:
    found = next((each for each in MEASURES if each == text), None)
    if found is None:
        raise not_a_choice(f"measure={text}", [f"measure={each}" for each in MEASURES])
    return found


def _of_the_whole() -> PpiError:
    return PpiError(
        msg("savings and debt are those of the whole plan, in a year: measure= goes with year="),
        msg("write: {text}", text="ppi trace measure=debt year=…"),
    )


def _year(text: str) -> str:
    """A year, or a word that stands in the place of one."""
    return text if text in OUTSIDE or text == _WHOLE else read_year(text)


#: The word for all columns together, in the place of a year.
_WHOLE = "whole"


def _quarter(text: str, notation: Notation) -> Quarter:
    try:
        return parse_quarter(text, notation)
    except NotationError as error:
        raise PpiError(error.message, error.help) from None


def of_measures_alone() -> PpiError:
    """What is wrong with options of loans where no figure of savings and debt is asked for."""
    return PpiError(
        msg("--rate, --loan-years and --within-ceilings change savings and debt alone"),
        msg("write: {text}", text="ppi trace measure=debt year=…"),
    )


def entries_of(found: Sequence[Posting], opened: Opened) -> tuple[Entry, ...]:
    """The postings with the places of their amounts."""
    marks = [Finding(path, Message("")) for path in paths_of(found, opened.version)]
    places = [diagnostic.place for diagnostic in placed(opened.reading, marks)]
    return tuple(entries(found, places, opened.version))


def traced_measure(
    asked: AskedFigure, measure: Measure, wanted: Wanted, opened: Opened, loans: AskedLoans
) -> DebtTraceReport:
    """Where a figure of savings and debt comes from. Raises PpiError where it is none."""
    plan = opened.plan
    years = selection_of(plan, asked.within(wanted)).years
    others = replace(wanted, year=None, from_=None, to=None)
    if (
        others != Wanted()
        or asked.where is not None
        or asked.is_whole
        or years is None
        or years.first != years.last
    ):
        raise _of_the_whole()
    prospect = prospect_of(plan, loans)
    year = next((each for each in prospect.years if each.year == years.first), None)
    if year is None:
        raise PpiError(
            msg("savings and debt of {year} are not reckoned", year=Year(years.first)),
            msg("ppi debt says what has to be stated"),
            plan.header.language,
        )
    terms = terms_of_figure(plan, prospect, measure, year.year)
    marks = [Finding(path, Message("")) for path in map(opened.version.origin, paths_in(terms))]
    places = [diagnostic.place for diagnostic in placed(opened.reading, marks)]
    return debt_trace(measure, year, terms, places, opened.version)


def traced_report(report: Report, opened: Opened, format: str | None) -> Report:
    """A report whose JSON says where its figures come from. Raises PpiError in other formats."""
    if format != "json":
        raise PpiError(
            msg("--trace is for JSON: one figure at a time is what ppi trace shows"),
            msg("write: --format json --trace"),
        )
    found = ledger_of(report, opened.plan)
    return Traced(report, opened.plan, entries_of(found, opened))
