"""What several reports say alike: marks of what is assumed, links, spans, known costs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import Any

from ppi_cli.figures.funding import FCTVA, Receipt, eligible_outside, in_no_section, without_rate
from ppi_cli.figures.postings import postings
from ppi_cli.figures.totals import Figure
from ppi_cli.plan.model import Plan, Thing
from ppi_cli.plan.pieces import Link
from ppi_cli.plan.projects import Project
from ppi_cli.reports.table import ByYear, Lines, Marked
from ppi_cli.values.message import Assumed, KnownOnly, Message, Spread, counted, msg
from ppi_cli.values.money import ZERO, Money, Rate, total
from ppi_cli.values.quarters import Outside

EXCESS = msg("! costs exceed the envelope; only the envelope is counted")
#: What the mark of an assumption means.
ASSUMED = msg("* rests on an assumption")
#: What the mark of what is spread means: a year's amount by quarter, or an amount in all.
SPREAD = msg("~ spread evenly over quarters or years")
ASSUMED_WORD, STATED_WORD = msg("assumed"), msg("stated")
#: Of more years that pass the same bound, one sentence tells all.
FEW_YEARS = 2


def legend(
    figures: Collection[Figure], said: Collection[Message] = (), *, assumed: bool = False
) -> Iterator[Message]:
    """What marks mean, of those of figures and of what is said; or that something is assumed."""
    found = [*figures, *_marks_in(said)]
    if assumed or any(figure.assumed for figure in found):
        yield ASSUMED
    if any(figure.spread for figure in found):
        yield SPREAD
    if any(figure.known_only for figure in found):
        yield msg("+ known costs only: no envelope covers all of it")


def _marks_in(said: object) -> Iterator[Figure]:
    """The marks in sentences, each as a figure that has it."""
    if isinstance(said, Message):
        yield from _marks_in([*said.values.values()])
    elif isinstance(said, list | tuple):
        for each in said:
            yield from _marks_in(each)
    elif isinstance(said, Assumed | KnownOnly | Spread):
        yield Figure(
            assumed=isinstance(said, Assumed),
            known_only=isinstance(said, KnownOnly),
            spread=isinstance(said, Spread),
        )
        yield from _marks_in(said.value)


def fctva_notes(plan: Plan, found: Iterable[Receipt]) -> Iterator[Message]:
    """What the money of the VAT fund rests on, and why there is none."""
    fund = plan.fctva
    if fund is None:
        return
    if plan.header.tax == "excl":
        yield msg("VAT fund: not reckoned, since the plan counts without taxes")
        return
    if any(receipt.source == FCTVA and receipt.project is not None for receipt in found):
        rate = msg("the rate of the law") if fund.rate is None else msg("{rate}", rate=fund.rate)
        yield msg("VAT fund: {rate}, reckoned to the cent by project and year", rate=rate)
        yield from _of_no_project(plan)
        if any(posting.kind == "excess" for posting in postings(plan)):
            yield msg("! VAT fund: also on costs beyond their envelopes, which are not counted")
    unsaid = total(cost.amount for _, cost in in_no_section(plan))
    if unsaid is not None and unsaid.cents > 0:
        yield msg(
            "! VAT fund: nothing on {amount} of costs in no section: write section or account",
            amount=unsaid,
        )
    if (before := eligible_outside(plan, Outside.BEFORE)).cents > 0:
        yield msg(
            "VAT fund: of {amount} spent before the plan, only what is stated as due", amount=before
        )
    if (beyond := eligible_outside(plan, Outside.BEYOND)).cents > 0:
        yield msg("VAT fund: nothing is reckoned on {amount} beyond the plan", amount=beyond)
    if (n := without_rate(plan)) > 0:
        yield counted(
            "VAT fund: no rate is in force for {n} eligible cost",
            "VAT fund: no rate is in force for {n} eligible costs",
            n,
        )


def _of_no_project(plan: Plan) -> Iterator[Message]:
    """What the fund is not reckoned on, since it is of no project."""
    not_split = [
        posting
        for posting in postings(plan)
        if posting.kind == "not_split" and posting.section != "operating" and posting.amount > ZERO
    ]
    held = total(each.amount for each in not_split if each.year not in plan.closed)
    if held is not None:
        yield msg(
            "VAT fund: on known costs, not on {amount} that envelopes hold beyond them", amount=held
        )
    paid = total(each.amount for each in not_split if each.year in plan.closed)
    if paid is not None:
        yield msg(
            "! VAT fund: nothing on {amount} that themes paid in closed years beside their"
            " projects",
            amount=paid,
        )


def legend_of_excess(figures: Collection[Figure]) -> Iterator[Message]:
    """What the mark of costs beyond the envelope means, where there is one."""
    if any(figure.excess.cents for figure in figures):
        yield EXCESS


def marked(value: object, assumed: object) -> object:
    """The value, with the mark of an assumption where it is one; what is not stated has none."""
    return Assumed(value) if assumed and value is not None else value


def as_marked(figure: Figure, value: object = None) -> object:
    """What a sentence says of a figure, or of what follows from it, with the marks of a table."""
    shown = marked(figure.amount if value is None else value, figure.assumed)
    if shown is None:
        return None
    shown = KnownOnly(shown) if figure.known_only else shown
    return Spread(shown) if figure.spread else shown


def basis(assumed: bool) -> str:
    """The word for it in JSON, as in the plan."""
    return "assumed" if assumed else "stated"


def assumed_in(cell: object) -> bool:
    """Whether a cell of a table shows the mark of an assumption."""
    if isinstance(cell, Lines):
        return any(assumed_in(value) for value in cell.values)
    if isinstance(cell, ByYear):
        return any(assumed_in(value) for value in cell.values.values())
    if isinstance(cell, Figure):
        return cell.assumed
    if isinstance(cell, Marked):
        return cell.figure.assumed and cell.value is not None
    return isinstance(cell, Assumed)


def spans_payload(project: Project) -> list[list[str]]:
    """The first and last quarter of each span: ``[["2016-Q2", "2016-Q4"]]``."""
    schedule = project.quarters
    return [] if schedule is None else [[str(s.first), str(s.last)] for s in schedule.spans]


def link_payload(thing: Thing, link: Link) -> dict[str, Any]:
    """A thing at the end of a link, and what the link rests on."""
    return {
        "kind": thing.kind,
        "id": thing.id,
        "title": thing.title,
        "basis": link.basis,
        "source": link.source,
    }


def value_payload(value: object) -> object:
    """A value of the plan for JSON: a text, a number, or the spans of a schedule."""
    if isinstance(value, list):
        return [[str(span.first), str(span.last)] for span in value]
    return str(value) if isinstance(value, Money | Rate | date) else value


def one_decimal(tenths: int | None) -> str | None:
    """A number in tenths, for JSON and CSV: ``-12.5``."""
    return None if tenths is None else f"{'-' * (tenths < 0)}{abs(tenths) // 10}.{abs(tenths) % 10}"


def stated(value: object) -> str | None:
    """A value for JSON as an exact text; what is not stated is null."""
    return None if value is None else str(value)
