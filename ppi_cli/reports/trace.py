"""Where a figure comes from: the amounts that it is the sum of, each with where it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ppi_cli.figures.funding import (
    Receipt,
    outside_own_sources,
    outside_receipts,
    own_sources,
    receipts,
)
from ppi_cli.figures.ledger import keys_of, ledger
from ppi_cli.figures.postings import Posting, cost_sums, postings
from ppi_cli.figures.selection import WHOLE, Selection
from ppi_cli.figures.totals import Figure, marks_of, summed
from ppi_cli.plan.bounds import CEILING_KINDS
from ppi_cli.plan.model import Plan, once_per_plan
from ppi_cli.plan.walk import piece_at
from ppi_cli.reports.plan import headed
from ppi_cli.reports.table import Column, Line, Report, Table, lines_of
from ppi_cli.reports.totals import TotalsReport
from ppi_cli.reports.values import EXCESS, legend, stated
from ppi_cli.values.findings import Path, Place
from ppi_cli.values.message import Message, msg
from ppi_cli.values.money import total
from ppi_cli.values.quarters import Outside, Quarter, shown_year
from ppi_cli.values.terms import By
from ppi_cli.versions.rescheduling import EqualPart
from ppi_cli.versions.version import Version


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
    #: The part of the plan that the figure is of.
    selection: Selection = WHOLE
    #: Whether the figure is one of a theme or of the plan, which envelopes say.
    of_theme: bool = True
    #: What the other row of the same funder says, where the figure is one of a funder.
    other_row: Message | None = None

    @property
    def whole(self) -> Figure:
        """The figure, as the table of totals has it."""
        return summed([each.posting for each in self.entries], of_theme=self.of_theme)

    def table(self) -> Table:
        columns = (
            Column(msg("What"), "what", lambda each: each.what),
            Column(msg("Where"), "place", lambda each: str(each.place)),
            Column(msg("Source"), "source", lambda each: each.source or ""),
            Column(msg("Computed"), "computed", lambda each: list(each.steps) or ""),
            Column(msg("Amount"), "amount", lambda each: _figure(each.posting), numeric=True),
        )
        figures = [_figure(each.posting) for each in self.entries]
        total = Line((msg("Total"), "", "", "", self.whole), "total")
        lines = (*lines_of(columns, self.entries), total)
        return Table(self.title, columns, lines, tuple(self._notes(figures)))

    def _notes(self, figures: list[Figure]) -> Iterator[Message]:
        if self.other_row is not None:
            yield self.other_row
        elif not self.entries:
            yield msg("the plan states no amount for it")
        yield from legend([*figures, self.whole])
        if self.whole.excess.cents:
            yield EXCESS

    def payload(self) -> Mapping[str, Any]:
        return {
            **headed(self.plan, self.selection),
            "figure": self.title,
            "entries": [entry_payload(each) for each in self.entries],
            "total": stated(self.whole.amount),
            "marks": list(marks_of(self.whole)),
        }


@dataclass(frozen=True)
class Traced:
    """A report whose JSON carries the amounts of its figures, with the rows each is a part of.

    A figure is the sum of the entries that have its row of its cut, and its year or quarter. Of
    totals, what is to run is a part of no row; of other reports, what others pay is a part of the
    rows by source alone.
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
        totals = self.report if isinstance(self.report, TotalsReport) else None
        if posting.kind == "running" and totals is not None and not totals.of_running:
            return {}
        if posting.source is not None and totals is None:
            return {"source": rows["source"]}
        return {str(by): id for by, id in rows.items()}


def ledger_of(report: Report, plan: Plan) -> Sequence[Posting]:
    """The amounts that the figures of a report are sums of."""
    if isinstance(report, TotalsReport):
        found = report.totals
        return (*found.postings, *found.running_postings, *found.outside_postings)
    selection: Selection = getattr(report, "selection", WHOLE)
    spent, run = ledger(plan, {"source"}), ledger(plan, running=True)
    outside = ledger(plan, {"source"}, outside=True)
    return list(filter(selection.spending(plan), (*spent, *run, *outside)))


def entry_payload(entry: Entry) -> dict[str, Any]:
    posting = entry.posting
    return {
        "amount": str(posting.amount),
        "what": entry.what,
        "kind": posting.kind,
        "year": str(posting.year),
        "quarter": stated(posting.quarter),
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
    outside = (*outside_receipts(plan), *outside_own_sources(plan))
    paid = {(r.path, r.year): r for r in (*receipts(plan), *own_sources(plan), *outside)}
    for posting, place in zip(found, places, strict=True):
        receipt = None
        steps = list(version.steps_of(posting.path))
        if posting.kind in ("receipt", "own_source"):
            receipt = paid[posting.path, posting.year]
            steps = [*(steps if _is_of_funding(posting) else ()), *receipt.steps]
        if posting.kind == "running" and posting.spread:
            steps.append(msg("a quarter of the year"))
        elif posting.spread and not _is_equal_part(plan, posting):
            steps.append(msg("spread evenly over the quarters of work"))
        if posting.kind in ("not_split", "excess") and not _is_followed(plan, posting, steps):
            steps += _of_envelope(plan, posting)
        yield Entry(
            posting, _what(plan, posting, receipt), place, _source(plan, posting), tuple(steps)
        )


def _is_of_funding(posting: Posting) -> bool:
    """Whether it is what someone is said to pay, not what is reckoned from a cost."""
    return "funding" in posting.path or "funding_outside" in posting.path


def _is_equal_part(plan: Plan, posting: Posting) -> bool:
    """Whether it is a part of an amount in all as it is, in its year or quarter."""
    if posting.kind != "cost":
        return False
    cost: object = piece_at(plan, posting.path)
    return isinstance(cost, EqualPart) and cost.quarter == posting.quarter


def _what(plan: Plan, posting: Posting, receipt: Receipt | None) -> Message:
    when: object = posting.quarter or shown_year(posting.year)
    project = None if posting.project is None else plan.by_id[posting.project].title
    if receipt is not None:
        funder = plan.by_id.get(receipt.source)
        name = msg("VAT fund (FCTVA)") if funder is None else funder.title
        if project is None:
            return msg("{funder}, {when}", funder=name, when=when)
        return msg("{funder}, for {project}, {when}", funder=name, project=project, when=when)
    if posting.kind == "running":
        return msg("cost to run {project}, {when}", project=project, when=when)
    if project is not None:
        return msg("cost of {project}, {when}", project=project, when=when)
    title = plan.by_id[posting.theme or ""].title
    if posting.path[:1] == ("carried_beyond",):
        return msg("{theme}, of none of its projects, {when}", theme=title, when=when)
    return msg("envelope of {theme}, {when}", theme=title, when=when)


def _is_followed(plan: Plan, posting: Posting, steps: Sequence[Message]) -> bool:
    """Whether steps tell how what an envelope holds beyond costs was reckoned: it follows them.

    So do those of what is carried over, which is in no envelope.
    """
    if posting.path[:1] == ("carried_beyond",):
        return True
    kept = plan.version is None or plan.version.envelopes == "kept"
    return posting.kind == "not_split" and bool(steps) and not kept


@once_per_plan
def _excesses(plan: Plan) -> Counter[tuple[str | None, int]]:
    """In how many parts, by section, costs exceed the envelope of a theme and year."""
    found = (posting for posting in postings(plan) if posting.kind == "excess")
    return Counter((posting.theme, posting.year) for posting in found)


def _of_envelope(plan: Plan, posting: Posting) -> Iterator[Message]:
    """What of an envelope is no project's cost; of one without costs, nothing was computed."""
    theme = next(theme for theme in plan.themes if theme.id == posting.theme)
    envelope = theme.envelope[posting.year].amount
    known = cost_sums(plan).get((theme.id, posting.year, False))
    if posting.kind == "excess":
        yield msg("envelope of {envelope} less costs that exceed it", envelope=envelope)
        if _excesses(plan)[posting.theme, posting.year] > 1:
            section = None if posting.section is None else CEILING_KINDS[posting.section]
            yield msg("in proportion, section: {section}", section=section)
    elif known is not None:
        yield msg("{envelope} less {known} of known costs", envelope=envelope, known=known)


def _source(plan: Plan, posting: Posting) -> str | None:
    source: str | None = getattr(piece_at(plan, posting.path), "source", None)
    return source


def _figure(posting: Posting) -> Figure:
    return Figure(posting.amount, posting.assumed, spread=posting.spread)


def other_row(
    plan: Plan,
    rows: Mapping[By, str],
    found: Sequence[Posting],
    trace: Callable[[Mapping[By, str]], Sequence[Posting]],
) -> Message | None:
    """What stands in the row of the same funder that is not asked for: granted, or requested.

    Of what is only requested beside what is granted, that too; ``trace`` finds the amounts of rows.
    """
    id = rows.get("source")
    funder = None if id is None else id.removesuffix(_REQUESTED)
    if funder is None or funder not in {each.id for each in plan.funders if not each.own}:
        return None
    of_granted = id == funder
    other = f"{funder}{_REQUESTED}" if of_granted else funder
    amount = total(posting.amount for posting in trace({**rows, "source": other}))
    if amount is None or (found and not of_granted):
        return None
    if found:
        return msg("{amount} more is only requested: source={id}", amount=amount, id=other)
    if of_granted:
        return msg(
            "nothing is granted; {amount} is requested: source={id}", amount=amount, id=other
        )
    return msg("nothing is requested; {amount} is granted: source={id}", amount=amount, id=other)


#: What lies outside the plan's years, in a title.
_LYING = {
    Outside.BEFORE: msg("the time before the plan"),
    Outside.BEYOND: msg("the time beyond the plan"),
    Outside.UNPLANNED: msg("what is in no year yet"),
}
#: What the row of what is only requested of a funder is called by, after the funder.
_REQUESTED = "/requested"


def trace_title(
    rows: Mapping[By, str],
    selection: Selection,
    quarter: Quarter | None,
    *,
    net: bool,
    running: bool,
    whole: bool,
    where: Outside | None,
) -> Message:
    """Which figure is asked for."""
    named: list[object] = [msg("{key} {id}", key=by, id=id) for by, id in rows.items()]
    named += selection.named()
    if (years := selection.years) is not None:
        named.append(years)
    if where is not None:
        named.append(_LYING[where])
    if whole:
        named.append(msg("the plan's years, before and beyond them"))
    if quarter is not None:
        named.append(quarter)
    if net:
        named.append(msg("net of what others pay"))
    if running:
        named.append(msg("what is to run"))
    if not named:
        return msg("The amounts of the whole plan")
    return msg("The amounts of {names}", names=named)
