"""Where a figure of savings and debt comes from: the terms of its formula, which sum to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ppi_cli.figures.debt import Borrowed
from ppi_cli.figures.debt_terms import Measure, Term, TermKind
from ppi_cli.figures.finances import DebtYear
from ppi_cli.figures.selection import WHOLE
from ppi_cli.figures.totals import Figure, marks_of
from ppi_cli.plan.model import Plan
from ppi_cli.plan.walk import piece_at
from ppi_cli.reports.debt import REPAYMENTS, ROWS
from ppi_cli.reports.plan import headed
from ppi_cli.reports.table import Column, Line, Table, lines_of
from ppi_cli.reports.trace import entries, entry_payload
from ppi_cli.reports.values import basis, legend, stated
from ppi_cli.values.findings import Path, Place
from ppi_cli.values.message import Message, msg
from ppi_cli.values.money import ZERO, Money
from ppi_cli.values.quarters import Year
from ppi_cli.versions.version import Version

#: What the figures are called where they stand alone.
MEASURED: Mapping[Measure, Message] = {
    "gross_before": ROWS["gross_before"],
    "operating": ROWS["operating"],
    "interest": ROWS["interest"],
    "gross": ROWS["gross"],
    "capital": ROWS["capital"],
    "new_capital": msg("Capital repaid of new loans"),
    "net": ROWS["net"],
    "investment": ROWS["investment"],
    "loan": ROWS["loan"],
    "stated": msg("Stated loans"),
    "fund": ROWS["fund"],
    "debt": ROWS["debt"],
}
#: What the terms are called that are no such figures.
_TERMS: Mapping[TermKind, Message] = {
    "savings": msg("Net savings that are stated"),
    "repaid": msg("Capital repaid of the old debt"),
    "at_start": msg("Debt as the plan begins"),
    "fund_at_start": msg("Fund as the plan begins"),
    "keep": msg("What is to stay in the fund"),
}


@dataclass(frozen=True)
class DebtEntry:
    """A term with what it is, where it stands if it is stated, and how it was reckoned."""

    term: Term
    what: Message
    place: Place | None
    source: str | None
    steps: tuple[Message, ...]
    #: What JSON says of it.
    payload: Mapping[str, Any]


@dataclass(frozen=True)
class DebtTraceReport:
    plan: Plan
    measure: Measure
    year: DebtYear
    entries: tuple[DebtEntry, ...]

    @property
    def whole(self) -> Figure:
        """The figure, as the table of savings and debt has it."""
        figure: Figure = getattr(self.year, self.measure)
        return figure

    @property
    def title(self) -> Message:
        return _in_year(MEASURED[self.measure], self.year.year)

    def table(self) -> Table:
        columns = (
            Column(msg("What"), "what", lambda each: each.what),
            Column(msg("Where"), "place", lambda each: str(each.place or "")),
            Column(msg("Source"), "source", lambda each: each.source or ""),
            Column(msg("Computed"), "computed", lambda each: list(each.steps) or ""),
            Column(msg("Amount"), "amount", lambda each: each.term.figure, numeric=True),
        )
        total = Line((msg("Total"), "", "", "", self.whole), "total")
        figures = [self.whole, *(each.term.figure for each in self.entries)]
        lines = (*lines_of(columns, self.entries), total)
        return Table(self.title, columns, lines, tuple(legend(figures)))

    def payload(self) -> Mapping[str, Any]:
        return {
            **headed(self.plan, WHOLE),
            "figure": self.title,
            "measure": self.measure,
            "year": str(self.year.year),
            "entries": [each.payload for each in self.entries],
            "total": stated(self.whole.amount),
            "marks": list(marks_of(self.whole)),
        }


def paths_in(terms: Sequence[Term]) -> list[Path]:
    """Where those terms stand in the plan that are stated."""
    return [term.path for term in terms if term.path]


def debt_trace(
    measure: Measure,
    year: DebtYear,
    terms: Sequence[Term],
    places: Sequence[Place],
    version: Version,
) -> DebtTraceReport:
    """The trace of a figure, with the places of those terms that are stated."""
    found = tuple(_entries(year, terms, places, version))
    return DebtTraceReport(version.plan, measure, year, found)


def _entries(
    year: DebtYear, terms: Sequence[Term], places: Sequence[Place], version: Version
) -> Iterator[DebtEntry]:
    left = iter(places)
    for term in terms:
        place = next(left) if term.path else None
        if term.posting is not None and place is not None:
            (entry,) = entries([term.posting], [place], version)
            told = entry_payload(entry)
            yield DebtEntry(term, entry.what, place, entry.source, entry.steps, told)
            continue
        what, source = _what(term, year), _source(version.plan, term)
        steps = tuple(_steps(term, year, version.plan))
        told = _payload(term, what, place, source, steps)
        yield DebtEntry(term, what, place, source, steps, told)


def _payload(
    term: Term, what: Message, place: Place | None, source: str | None, steps: Sequence[Message]
) -> dict[str, Any]:
    """The same keys as those of an amount of the totals."""
    return {
        "amount": stated(term.figure.amount),
        "what": what,
        "kind": term.measure or term.kind,
        "year": str(term.year),
        "quarter": None,
        "file": None if place is None else place.file,
        "line": None if place is None or place.range is None else place.range.start.line,
        "basis": basis(term.figure.assumed),
        "source": source,
        "computed": list(steps),
    }


def _what(term: Term, year: DebtYear) -> Message:
    if term.loan is not None:
        return _of_loan(term, term.loan)
    if term.measure is not None:
        return _in_year(MEASURED[term.measure], term.year)
    if term.kind is None or term.kind not in _TERMS:
        if (term.figure.amount or ZERO) < ZERO:
            return msg("What the fund then lacks of that")
        return msg("What is left in the fund beyond that")
    if term.kind in ("savings", "repaid"):
        return _in_year(_TERMS[term.kind], term.year)
    return _TERMS[term.kind]


def _in_year(title: Message, year: int) -> Message:
    return msg("{title}, {year}", title=title, year=Year(year))


def _of_loan(term: Term, loan: Borrowed) -> Message:
    name: object = loan.name or msg("loan to find")
    told = {"loan": name, "year": Year(loan.year)}
    if term.kind == "interest":
        return msg("interest of: {loan}, {year}", **told)
    return msg("capital of: {loan}, {year}", **told)


def _steps(term: Term, year: DebtYear, plan: Plan) -> Iterator[Message]:
    """How a term was reckoned; of one that is itself a figure, what traces it."""
    if term.measure is not None:
        named = plan.header.notation.named(str(term.year))
        yield msg("traced by {words}", words=f"measure={term.measure} year={named}")
    if term.loan is not None and (terms := term.loan.terms) is not None:
        if term.kind == "interest":
            owed = Money(term.loan.due_in(term.year - 1).left)
            yield msg("{rate} of {owed}", rate=terms.rate, owed=owed)
        else:
            yield msg(
                "part {n} of {years}, {repaid}",
                n=term.year - term.loan.year,
                years=terms.years,
                repaid=REPAYMENTS[terms.repaid],
            )
    if term.kind == "left_in_fund":
        yield from _why_left(year)


def _why_left(year: DebtYear) -> Iterator[Message]:
    """Why no less, or no more, is borrowed than leaves in the fund what is to stay in it."""
    own = year.reckoned
    if own.gap < 0 and not own.stated:
        yield msg("savings and the fund pay for all of it: nothing is borrowed")
    elif own.stated > max(0, own.gap):
        yield msg("a stated loan is never cut")
    if own.gap > max(own.stated, own.investment, 0):
        yield msg("no more is borrowed than is invested")
    if year.lacking.cents:
        yield msg("no more may be borrowed: it falls on the fund")


def _source(plan: Plan, term: Term) -> str | None:
    if not term.path:
        return None
    own: str | None = getattr(piece_at(plan, term.path), "source", None)
    if own is None and term.path[0] == "debt" and plan.debt is not None:
        return plan.debt.source
    return own
