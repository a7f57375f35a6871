"""The amounts that figures are sums of: those of a table of totals, and of one of its figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set

from ppi_cli.figures.cuts import CUTS
from ppi_cli.figures.funding import (
    Receipt,
    outside_own_sources,
    outside_receipts,
    own_sources,
    receipts,
)
from ppi_cli.figures.postings import (
    Kind,
    Posting,
    by_quarter,
    outside_postings,
    postings,
    running_postings,
)
from ppi_cli.figures.selection import WHOLE, Selection
from ppi_cli.plan.model import Plan
from ppi_cli.plan.priority import classes
from ppi_cli.values.quarters import Outside, Quarter
from ppi_cli.values.terms import By

#: The kinds of postings of what someone pays.
PAID = ("receipt", "own_source")


def ledger(
    plan: Plan,
    cuts: Set[By] = frozenset(),
    selection: Selection = WHOLE,
    *,
    net: bool = False,
    running: bool = False,
    outside: bool = False,
) -> Sequence[Posting]:
    """The postings of a part of the plan that figures are sums of, in the order of the plan.

    By source, what is paid and, as much, what the town does not name; of a funder, what it pays.
    What lies ``outside`` the plan's years is apart: it is in none of those of a part.
    """
    if running:
        found = [] if outside else list(running_postings(plan))
    else:
        found = list(outside_postings(plan) if outside else postings(plan))
        others = paid_outside(plan) if outside else paid(plan)
        if net:
            found += [each._replace(amount=-each.amount, source=None) for each in others]
        elif "source" in cuts or selection.funder is not None:
            own = own_sources_outside(plan) if outside else paid_by_own_sources(plan)
            for posting in (*others, *own):
                found += [posting, posting._replace(amount=-posting.amount, source=None)]
    if selection != WHOLE:
        found = list(filter(selection.matcher(plan), found))
    by_class = "class" in cuts or selection.class_ is not None
    return [_in_class(plan, posting) for posting in found] if by_class else found


def traced(
    plan: Plan,
    wanted: Mapping[By, str],
    selection: Selection = WHOLE,
    quarter: Quarter | None = None,
    *,
    net: bool = False,
    running: bool = False,
    where: Outside | None = None,
    whole: bool = False,
) -> Sequence[Posting]:
    """The postings that a figure of a part is the sum of: of one row of each cut, in its years.

    Or of what lies ``where`` outside the plan's years; or of the ``whole``, with that too.
    """
    if whole:
        parts = (Outside.BEFORE, None, Outside.BEYOND)
        return [
            posting
            for each in parts
            for posting in traced(plan, wanted, selection, net=net, running=running, where=each)
        ]
    outside = where is not None
    found = ledger(plan, {*wanted}, selection, net=net, running=running, outside=outside)
    found = [posting for posting in found if where in (None, posting.year)]
    if quarter is not None:
        of_year = [posting for posting in found if posting.year == quarter.year]
        found = [posting for posting in by_quarter(plan, of_year) if posting.quarter == quarter]
    for by, id in wanted.items():
        _, row_of = CUTS[by](plan, found)
        found = [posting for posting in found if row_of(posting) == id]
    return found


def row_ids(plan: Plan, by: By) -> Sequence[str]:
    """The ids of the rows of a cut."""
    outside = ledger(plan, {by}, outside=True)
    heads, _ = CUTS[by](plan, [*ledger(plan, {by}), *outside, *running_postings(plan)])
    return [head.id for head in heads]


def keys_of(plan: Plan, found: Sequence[Posting]) -> list[dict[By, str]]:
    """In which row of each cut every posting is."""
    cuts = {by: cut(plan, found)[1] for by, cut in CUTS.items()}
    return [{by: row_of(posting) for by, row_of in cuts.items()} for posting in found]


def paid(plan: Plan) -> Iterator[Posting]:
    """What others pay, as postings."""
    return (_paid(receipt, "receipt") for receipt in receipts(plan))


def receipts_in(plan: Plan, selection: Selection) -> Sequence[Receipt]:
    """What others pay of a part of the plan."""
    return _receipts_in(plan, selection, receipts(plan))


def own_sources_in(plan: Plan, selection: Selection) -> Sequence[Receipt]:
    """What the town pays of a part of the plan from sources of its own that the plan names."""
    return _receipts_in(plan, selection, own_sources(plan))


def outside_own_sources_in(plan: Plan, selection: Selection) -> Sequence[Receipt]:
    """What the town pays outside the plan's years from sources of its own, of a part of it."""
    return _receipts_in(plan, selection, outside_own_sources(plan))


def outside_receipts_in(plan: Plan, selection: Selection) -> Sequence[Receipt]:
    """What others pay of a part of the plan outside its years."""
    return _receipts_in(plan, selection, outside_receipts(plan))


def _receipts_in(plan: Plan, selection: Selection, found: Sequence[Receipt]) -> Sequence[Receipt]:
    if selection == WHOLE:
        return found
    matches = selection.matcher(plan)
    return [receipt for receipt in found if matches(_paid(receipt, "receipt"))]


def paid_by_own_sources(plan: Plan) -> Iterator[Posting]:
    """What the town pays from sources of its own that the plan names, as postings."""
    return (_paid(receipt, "own_source") for receipt in own_sources(plan))


def paid_outside(plan: Plan) -> Iterator[Posting]:
    """What others pay outside the plan's years, as postings."""
    return (_paid(receipt, "receipt") for receipt in outside_receipts(plan))


def own_sources_outside(plan: Plan) -> Iterator[Posting]:
    """What sources of the town's own pay outside the plan's years, as postings."""
    return (_paid(receipt, "own_source") for receipt in outside_own_sources(plan))


def _paid(receipt: Receipt, kind: Kind) -> Posting:
    return Posting(
        receipt.amount,
        receipt.theme,
        receipt.year,
        receipt.quarter,
        project=receipt.project,
        kind=kind,
        assumed=receipt.assumed,
        assumed_in_theme=receipt.assumed,
        known_only=receipt.known_only,
        source=receipt.row,
        path=receipt.path,
    )


def _in_class(plan: Plan, posting: Posting) -> Posting:
    """The posting, assumed where its project is in its class by an assumed link."""
    found = classes(plan).get(posting.project or "")
    return posting._replace(assumed=True) if found is not None and found.assumed else posting
