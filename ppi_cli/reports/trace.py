"""Where a figure comes from: the amounts that it is the sum of, each with where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ppi_cli.findings import Path, Place
from ppi_cli.funding import Receipt, receipts
from ppi_cli.message import Message, msg
from ppi_cli.model import Plan
from ppi_cli.money import total
from ppi_cli.postings import Posting, by_quarter
from ppi_cli.quarters import Quarter
from ppi_cli.reports.plan import plan_payload
from ppi_cli.reports.table import FORMAT_VERSION, Column, Line, Report, Table
from ppi_cli.reports.totals import TotalsReport
from ppi_cli.reports.values import legend
from ppi_cli.rescheduling import EqualPart
from ppi_cli.totals import By, Figure, keys_of, traced
from ppi_cli.variants import Version


@dataclass(frozen=True)
class Entry:
    """An amount that a figure is a part of: what it is, where it stands, what was computed."""

    posting: Posting
    what: Message
    place: Place
    source: str | None
    steps: tuple[Message, ...]


@dataclass(frozen=True)
class TraceReport:
    plan: Plan
    title: Message
    entries: tuple[Entry, ...]

    def table(self) -> Table:
        columns = (
            Column(msg("What"), key="what"),
            Column(msg("Where"), key="place"),
            Column(msg("Source"), key="source"),
            Column(msg("Computed"), key="computed"),
            Column(msg("Amount"), numeric=True, key="amount"),
        )
        figures = [_figure(each.posting) for each in self.entries]
        lines = [
            Line((each.what, str(each.place), each.source or "", list(each.steps) or "", figure))
            for each, figure in zip(self.entries, figures, strict=True)
        ]
        amount = total(each.posting.amount for each in self.entries)
        whole = Figure(
            amount,
            any(figure.assumed for figure in figures),
            spread=any(figure.spread for figure in figures),
        )
        lines.append(Line((msg("Total"), "", "", "", whole), "total"))
        return Table(self.title, columns, tuple(lines), tuple(legend(figures)))

    def payload(self) -> Mapping[str, Any]:
        whole = total(each.posting.amount for each in self.entries)
        return {
            "format_version": FORMAT_VERSION,
            "plan": plan_payload(self.plan),
            "figure": self.title,
            "entries": [entry_payload(each) for each in self.entries],
            "total": None if whole is None else str(whole),
        }


@dataclass(frozen=True)
class Traced:
    """A report whose JSON carries all amounts of the plan, with the rows that each is a part of.

    A figure is the sum of the entries that have its row of its cut, and its year or quarter. What
    others pay is a part of the rows by source alone, unless the report is net of it.
    """

    report: Report
    plan: Plan
    entries: tuple[Entry, ...]

    def table(self) -> Table:
        return self.report.table()

    def payload(self) -> Mapping[str, Any]:
        keys = keys_of(self.plan, [each.posting for each in self.entries])
        ledger = [
            {**entry_payload(each), "rows": self._rows(each.posting, rows)}
            for each, rows in zip(self.entries, keys, strict=True)
        ]
        return {**self.report.payload(), "trace": ledger}

    def _rows(self, posting: Posting, rows: Mapping[By, str]) -> dict[str, str]:
        if posting.kind == "receipt" and not _is_net(self.report):
            return {"source": rows["source"]}
        return {str(by): id for by, id in rows.items()}


def _is_net(report: Report) -> bool:
    return isinstance(report, TotalsReport) and report.totals.net


def ledger_of(report: Report, plan: Plan) -> list[Posting]:
    """The amounts that the figures of a report are sums of."""
    found = _postings_of(plan, net=_is_net(report))
    if isinstance(report, TotalsReport) and report.totals.per == "quarter":
        return list(by_quarter(plan, found))
    return found


def _postings_of(plan: Plan, *, net: bool) -> list[Posting]:
    return traced(plan, {}, net=True) if net else traced(plan, {}, by_source=True)


def entry_payload(entry: Entry) -> dict[str, Any]:
    posting = entry.posting
    return {
        "amount": str(posting.amount),
        "what": entry.what,
        "kind": posting.kind,
        "year": str(posting.year),
        "quarter": None if posting.quarter is None else str(posting.quarter),
        "file": entry.place.file,
        "line": None if entry.place.range is None else entry.place.range.start.line,
        "basis": "assumed" if posting.assumed else "stated",
        "source": entry.source,
        "computed": list(entry.steps),
    }


def paths_of(found: Sequence[Posting], version: Version) -> list[Path]:
    """Where the amounts of postings stand in the plan as it was read."""
    return [version.origin(posting.path) for posting in found]


def entries(found: Sequence[Posting], places: Sequence[Place], version: Version) -> Iterator[Entry]:
    """The postings with where they stand, and what was computed of them."""
    plan = version.plan
    paid = {(r.path, r.year): r for r in receipts(plan)}
    for posting, place in zip(found, places, strict=True):
        receipt = paid.get((posting.path, posting.year)) if posting.kind == "receipt" else None
        steps = list(version.steps_of(posting.path))
        if posting.kind == "receipt":
            steps = [] if receipt is None else list(receipt.steps)
        if posting.spread and not _is_equal_part(plan, posting):
            steps.append(msg("spread evenly over the quarters of work"))
        if posting.kind in ("not_split", "excess"):
            steps += _of_envelope(plan, posting)
        yield Entry(
            posting, _what(plan, posting, receipt), place, _source(plan, posting), tuple(steps)
        )


def _is_equal_part(plan: Plan, posting: Posting) -> bool:
    """Whether it is a part of an amount in all as it is, in its year or quarter."""
    if posting.kind != "cost":
        return False
    cost: object = _at(plan, posting.path)
    return isinstance(cost, EqualPart) and cost.quarter == posting.quarter


def _what(plan: Plan, posting: Posting, receipt: Receipt | None) -> Message:
    when: object = posting.quarter or str(posting.year)
    if receipt is not None:
        funder = plan.by_id.get(receipt.source)
        name = msg("VAT fund (FCTVA)") if funder is None else funder.title
        project = receipt.project
        if project is None:
            return msg("{funder}, {when}", funder=name, when=when)
        return msg("{funder}, for {project}, {when}", funder=name, project=project, when=when)
    if posting.project is not None:
        return msg("cost of {project}, {when}", project=posting.project, when=when)
    title = plan.by_id[posting.theme or ""].title
    return msg("envelope of {theme}, {when}", theme=title, when=when)


def _of_envelope(plan: Plan, posting: Posting) -> Iterator[Message]:
    """What of an envelope is no project's cost; of one without costs, nothing was computed."""
    theme = next(theme for theme in plan.themes if theme.id == posting.theme)
    envelope = theme.envelope[posting.year].amount
    if posting.kind == "excess":
        yield msg("envelope of {envelope} less costs that exceed it", envelope=envelope)
    elif posting.amount != envelope:
        yield msg("envelope of {envelope} less known costs", envelope=envelope)


def _source(plan: Plan, posting: Posting) -> str | None:
    source: str | None = getattr(_at(plan, posting.path), "source", None)
    return source


def _at(plan: Plan, path: Path) -> object:
    """What stands at a path of a plan."""
    here: Any = plan
    for step in path:
        if isinstance(here, Mapping):
            here = here.get(int(step) if str(step).isdecimal() else step)
        else:
            here = here[step] if isinstance(step, int) else getattr(here, step)
    return here


def _figure(posting: Posting) -> Figure:
    return Figure(posting.amount, posting.assumed, spread=posting.spread)


def trace_title(
    wanted: Mapping[By, str], year: int | None, quarter: Quarter | None, *, net: bool
) -> Message:
    """Which figure is asked for."""
    named: list[object] = [msg("{key} {id}", key=by, id=id) for by, id in wanted.items()]
    if year is not None:
        named.append(str(year))
    if quarter is not None:
        named.append(quarter)
    if net:
        named.append(msg("net of what others pay"))
    if not named:
        return msg("The amounts of the whole plan")
    return msg("The amounts of {names}", names=named)
