"""Where a plan's values stand: each that names a source, and each that is assumed.

They are found by walking over the plan, and told by the words of the field that each stands in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from ppi_cli.plan.amounts import is_assumed
from ppi_cli.plan.debt import Debt, LoanTerms
from ppi_cli.plan.execution import ExecutionLine, ExecutionYear
from ppi_cli.plan.finance import Fctva, Indexation, OwnShare
from ppi_cli.plan.lines import Paid
from ppi_cli.plan.model import Header, Plan, once_per_plan
from ppi_cli.plan.pieces import Amount, Link, Schedule, Sourced
from ppi_cli.plan.projects import Cost, Funding, RunningCost
from ppi_cli.plan.walk import PieceField, Standing, fields_of, fields_with_amounts, groups
from ppi_cli.values.findings import Path
from ppi_cli.values.message import Assumed, Message, msg
from ppi_cli.values.names import KINDS
from ppi_cli.values.quarters import OUTSIDE, Year, period_of, shown_year

#: What says when: of a cost, a vote …
_TIMES = ("quarter", "year", "quarters", "years", "date")
#: What the values of a field are called, by the class that has it or by its name alone; things
#: that have a kind are called by that. ``{of}`` is the title of what they belong to.
WORDS: Mapping[str, Message] = {
    "Plan.header": msg("plan"),
    "Header.presented": msg("day it was presented"),
    "Baseline.investment": msg("usual investment"),
    "Baseline.total": msg("usual total spending"),
    "StatedTotals.by_year": msg("printed total of “{of}”"),
    "StatedTotals.by_span": msg("printed total of “{of}”"),
    "StatedTotals.total": msg("printed total of “{of}”, all years together"),
    "StatedTotals.before": msg("printed total of “{of}”, before the plan"),
    "StatedTotals.beyond": msg("printed total of “{of}”, beyond the plan"),
    "StatedTotals.whole": msg("printed total of “{of}”, before the plan and beyond it too"),
    "StatedTotals.unplanned": msg("printed total of “{of}”, in no year yet"),
    "envelope": msg("envelope of “{of}”"),
    "quarters": msg("quarters of “{of}”"),
    "after": msg("“{of}” comes after"),
    "answers": msg("“{of}” answers"),
    "costs": msg("cost of “{of}”"),
    "Cost.periods": msg("cost of “{of}”"),
    "Cost.before": msg("cost of “{of}”"),
    "Cost.beyond": msg("cost of “{of}”"),
    "Cost.unplanned": msg("cost of “{of}”"),
    "Funding.periods": msg("funding of “{of}”"),
    "Funding.before": msg("funding of “{of}”"),
    "Funding.beyond": msg("funding of “{of}”"),
    "running_costs": msg("running cost of “{of}”"),
    "funding": msg("funding of “{of}”"),
    "start_within": msg("quarters within which projects of “{of}” start"),
    "finish_within": msg("quarters within which projects of “{of}” end"),
    "spread_over": msg("quarters that projects of “{of}” last at least"),
    "authorised": msg("authorisation of “{of}”"),
    "payments": msg("payment credit of “{of}”"),
    "paid": msg("what was paid of “{of}”"),
    "resources": msg("resource of “{of}”"),
    "first_vote": msg("first vote on “{of}”"),
    "ExecutionYear.lines": msg("execution of “{of}”"),
    "ExecutionLine.changed": msg("decision on “{of}”"),
    "ExecutionLine.received": msg("what was received for “{of}”"),
    "ExecutionYear.stated_totals": msg("totals of the account"),
    "Plan.execution": msg("account"),
    "fctva": msg("VAT fund (FCTVA)"),
    "due": msg("VAT fund (FCTVA), for years before the plan"),
    "due_operating": msg("VAT fund (FCTVA), for operating costs before the plan"),
    "indexation": msg("indexation"),
    "Ceilings.investment": msg("ceiling of investment"),
    "Ceilings.operating": msg("ceiling of operation"),
    "Ceilings.net": msg("ceiling of what the town pays itself"),
    "Ceilings.total": msg("ceiling of both sections together"),
    "Ceilings.borrowing": msg("ceiling of what is borrowed"),
    "own_share": msg("least share of the town"),
    "savings": msg("savings"),
    "debt": msg("debt and fund"),
    "Debt.at_start": msg("debt as the plan begins"),
    "Debt.repaid": msg("what is repaid of the debt"),
    "Debt.fund": msg("fund as the plan begins"),
    "Debt.keep": msg("what is to stay in the fund"),
    "new_loans": msg("terms of new loans"),
    "loan": msg("terms of the loan “{of}”"),
}


class SourcedValue(NamedTuple):
    """A value of the plan, what it is, whether it is assumed, and where it stands."""

    what: Message
    value: object
    assumed: bool
    source: str | None
    path: Path


def sourced_values(plan: Plan) -> Iterator[SourcedValue]:
    """The values of a plan that name a source or are assumed, in the order of its sections."""
    found = [
        group.standing(n)
        for group in groups(plan)
        if is_sourced(group.cls)
        for n, piece in enumerate(group.pieces)
        if not (isinstance(piece, str) or _is_line(piece))
        if piece.source is not None or is_assumed(piece)
    ]
    found += [
        group.standing(n)
        for group in groups(plan)
        if group.cls is Paid
        for n, piece in enumerate(group.pieces)
        if piece.source is None and not is_assumed(piece)
        if _source_of(group.standing(n)) is not None
    ]
    for each in sorted(found, key=lambda each: each.order):
        piece = each.piece
        value = _value(plan, piece)
        assumed, source = is_assumed(piece), _source_of(each)
        yield SourcedValue(in_words(plan, each), value, assumed, source, each.path)
        if isinstance(piece, Header) and piece.presented is not None:
            what, path = WORDS["Header.presented"], (*each.path, "presented")
            yield SourcedValue(what, piece.presented, False, source, path)


def _is_line(piece: Any) -> bool:
    """Whether a piece is a line: what it says holds for each of its periods."""
    return isinstance(piece, Cost | Funding) and piece.is_line


def _source_of(standing: Standing) -> str | None:
    """What a piece names as its source; what is paid in a period of a line, else that of it."""
    source: str | None = standing.piece.source
    line = standing.within
    if source is None and line is not None and _is_line(line.piece):
        source = line.piece.source
    return source


def is_sourced(cls: type) -> bool:
    """Whether the pieces of a class may name a source."""
    return any(field.name == "source" for field in fields_of(cls))


# --- what a value is, in words ------------------------------------------------------------------


def in_words(plan: Plan, standing: Standing) -> Message:
    """What a piece is: of what, who pays, when, and in which scenario."""
    words = words_for(standing.field)
    # a line of an account belongs to what it names, which stands elsewhere
    own = [standing] if isinstance(standing.piece, ExecutionLine) else []
    pieces = (each.piece for each in (*own, *standing.above))
    of = next(filter(None, (_title_of(plan, piece) for piece in pieces)), "")
    what = Message(words.text, {**words.values, "of": of})
    if details := list(_details(plan, standing)):
        what = msg("{what}, {details}", what=what, details=details)
    if (scenario := standing.scenario) is not None:
        title = msg("scenario “{title}”", title=scenario.title or scenario.id)
        what = msg("{scenario}: {what}", scenario=title, what=what)
    return what


def words_for(field: PieceField) -> Message:
    """What the values of a field are called; of one that has no words, its name."""
    kind = KINDS.get(getattr(field.part, "kind", ""))
    words = kind or WORDS.get(field.label) or WORDS.get(field.name)
    return words or msg("{name} of “{of}”", name=field.name.replace("_", " "))


def _title_of(plan: Plan, piece: Any) -> str | None:
    """The title of a piece, else that of what it names."""
    if isinstance(piece, Plan):
        return piece.header.title
    if _is_line(piece):
        return None
    title: str | None = getattr(piece, "title", None)
    if isinstance(piece, ExecutionLine) and piece.operation is not None:
        whose = (each.title for each in plan.projects if piece.operation in each.operations)
        return next(whose, piece.label or piece.operation)
    if title is None:
        named = (getattr(piece, field.name) for field in fields_of(type(piece)) if field.to)
        title = next((_titles(plan).get(id, id) for id in named if isinstance(id, str)), None)
    return title


@once_per_plan
def _titles(plan: Plan) -> Mapping[str, str]:
    """The titles of things by their ids, of what scenarios add too."""
    added = (project for scenario in plan.scenarios for project in scenario.add)
    titles = {project.id: project.title for project in added}
    return titles | {id: thing.title for id, thing in plan.by_id.items()}


def _details(plan: Plan, standing: Standing) -> Iterator[object]:
    """What tells a value apart from others of the same thing: a label, a funder, a time."""
    piece = standing.piece
    around = standing.within.piece if standing.within is not None else None
    line = around if _is_line(around) else piece
    if (label := getattr(line, "label", None)) is not None:
        yield label
    if (funder := getattr(line, "from_", None)) is not None:
        yield _titles(plan).get(funder, funder)
    if line is not piece and standing.field.key:
        yield OUTSIDE[standing.field.key]
    if isinstance(standing.step, str) and standing.step not in OUTSIDE:
        yield period_of(standing.step)
    if fields_with_amounts(type(piece)):
        times = (getattr(piece, name, None) for name in _TIMES)
        yield from (shown_year(t) if isinstance(t, int) else t for t in times if t is not None)
    if isinstance(piece, RunningCost) and piece.start is not None:
        yield msg("from {year}", year=Year(piece.start))


def _value(plan: Plan, piece: Any) -> object:
    """What a piece says: an amount, the title of a thing, quarters, a rate …"""
    if isinstance(piece, Link):
        return _titles(plan).get(piece.id, piece.id)
    if isinstance(piece, Schedule):
        return list(piece.spans)
    if isinstance(piece, Sourced):
        return getattr(piece, piece.alone)
    if isinstance(piece, Fctva):
        return msg("n + {years}", years=piece.regime) if piece.regime else "n"
    if isinstance(piece, LoanTerms):
        return piece.rate
    if isinstance(piece, ExecutionYear):
        return str(piece.year)
    if isinstance(piece, Debt):
        owed, fund = _shown(piece.at_start), _shown(piece.fund)
        return msg("owed {owed}, in the fund {fund}", owed=owed, fund=fund)
    if isinstance(piece, Indexation):
        return msg("prices of {year}", year=Year(piece.base))
    if isinstance(piece, OwnShare):
        return piece.least or msg("the rate of the law")
    if hasattr(piece, "title"):
        return piece.title
    if isinstance(piece, Funding) and piece.share is not None:
        return piece.share
    amounts = (getattr(piece, field.name) for field in fields_with_amounts(type(piece)))
    return next((amount for amount in amounts if amount is not None), None)


def _shown(amount: Amount | None) -> object:
    """An amount within a sentence, with its mark where it is assumed."""
    if amount is None or not is_assumed(amount):
        return amount and amount.amount
    return Assumed(amount.amount)
