"""The table of authorisations and payment credits (AP/CP), as it is annexed to the budget."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from operator import attrgetter
from typing import Any, cast

from ppi_cli.figures.programmes import (
    Credits,
    added,
    by_source,
    credits_apart,
    figure_of,
    programme_credits,
)
from ppi_cli.figures.totals import Figure
from ppi_cli.plan.finance import Programme
from ppi_cli.plan.model import Plan
from ppi_cli.reports.plan import headed, plan_line
from ppi_cli.reports.table import Column, Line, Signed, Table, Unequal, lines_of
from ppi_cli.reports.values import basis, legend, stated
from ppi_cli.rules.programmes import payment_problem, resources_differ
from ppi_cli.values.message import Message, counted, msg
from ppi_cli.values.money import total
from ppi_cli.values.quarters import Year
from ppi_cli.values.terms import Scale
from ppi_cli.words.language import scale_in

#: What the mark of a sum means that is not the authorisation, for people and for programs.
UNEQUAL = msg("! is not the sum that is authorised")
_WHY = msg("is not the sum that is authorised")


@dataclass(frozen=True)
class ProgrammesReport:
    plan: Plan
    programmes: tuple[Credits, ...]
    #: Whether one programme was asked for: then its votes are shown, even a single one.
    one: bool

    # --- the table of the annex ---

    def table(self) -> Table:
        columns = tuple(self._columns())
        lines = list(lines_of(columns, self.programmes))
        if len(lines) > 1:
            lines.append(self._total_line(columns))
        title = msg("{plan}: authorisations and payment credits (AP/CP)", plan=plan_line(self.plan))
        notes = (*legend(self._figures), *self._notes())
        return Table(title, columns, tuple(lines), notes, self._scale, tuple(self._more()))

    def _columns(self) -> Iterator[Column]:
        first, last = self.plan.years
        yield Column(msg("Id"), "id", lambda c: c.programme.id, for_machines=True)
        yield Column(msg("Programme"), "title", lambda c: c.programme.title)
        yield Column(msg("AP voted"), "voted", attrgetter("voted"), numeric=True)
        yield Column(msg("Revisions"), "revisions", lambda c: Signed(c.revisions), numeric=True)
        yield Column(msg("AP revised"), "authorised", attrgetter("authorised"), numeric=True)
        yield Column(
            msg("CP before {year}", year=Year(first)), "before", attrgetter("before"), numeric=True
        )
        for year in self.plan.years.each():
            counted = partial(_counted, year=year)
            title = msg("CP {year}", year=Year(year))
            yield Column(title, str(year), counted, numeric=True)
        yield Column(
            msg("CP after {year}", year=Year(last)), "after", attrgetter("after"), numeric=True
        )
        yield Column(
            msg("Total CP"),
            "payments",
            lambda c: _held(c.distributed, payment_problem(c)),
            numeric=True,
        )
        yield Column(msg("Paid"), "paid", attrgetter("paid_so_far"), numeric=True)
        yield Column(
            msg("Remaining to finance"), "remaining", attrgetter("remaining"), numeric=True
        )

    def _total_line(self, columns: Sequence[Column]) -> Line:
        """All programmes: their figures added up, but for what that does not say."""
        wrong = [each for each in map(payment_problem, self.programmes) if each is not None]
        special = {
            "id": "total",
            "title": msg("Total"),
            "revisions": Signed(total(each.revisions for each in self.programmes)),
            "payments": _held(self._distributed, wrong[0] if wrong else None),
            "remaining": self._remaining,
        }
        sums: Iterator[object] = (
            special[column.key]
            if column.key in special
            else added(cast("Figure", column.cell(each)) for each in self.programmes)
            for column in columns
        )
        return Line(tuple(sums), "total")

    @property
    def _distributed(self) -> Figure:
        return added(each.distributed for each in self.programmes)

    @property
    def _total_by_year(self) -> Mapping[str, Figure]:
        """What counts of all programmes in each year, also before and after the plan's."""
        years = sorted({year for each in self.programmes for year in each.counted})
        counted = [each.counted for each in self.programmes]
        return {str(y): added(each[y] for each in counted if y in each) for y in years}

    @property
    def _remaining(self) -> Figure:
        """What is left to be paid of all; not known where it is not of one of them."""
        authorised = [each for each in self.programmes if each.authorised.amount is not None]
        left = [each.remaining for each in authorised]
        return Figure() if any(each.amount is None for each in left) else added(left)

    # --- notes ---

    def _notes(self) -> Iterator[Message]:
        if not self.programmes:
            yield msg("the plan has no programme: see the section “programmes”")
        wrong = [
            message
            for credits in self.programmes
            for message in (_problem_in_words(credits), resources_differ(credits))
            if message is not None
        ]
        if wrong:
            yield UNEQUAL
        yield from wrong
        for credits in self.programmes:
            title = credits.programme.title
            if credits.authorised.amount is None:
                yield msg("no authorisation is stated for {title}", title=title)
            elif credits.years_without_payment:
                yield msg(
                    "what was paid of {title} in {years} is not stated: nor is what remains",
                    title=title,
                    years=[Year(year) for year in credits.years_without_payment],
                )
            if credits.programme.authorised_by == "year" and len(credits.votes) > 1:
                yield msg("the votes on {title} add up", title=title)
            if credits.votes and not credits.payments:
                yield msg("no payment credit is stated for {title}", title=title)
            if replaced := list(_replaced(credits)):
                yield msg(
                    "{title}: what was paid counts in place of the credit of its year ({years})",
                    title=title,
                    years=replaced,
                )
            if apart := list(_apart(self.plan, credits)):
                yield msg(
                    "{title}: the known costs of its projects are not its credits ({years})",
                    title=title,
                    years=apart,
                )
            if not credits.resources:
                yield msg("no resource is stated for {title}", title=title)
            if credits.blank_resources:
                yield counted(
                    "{n} resource of {title} is not stated",
                    "{n} resources of {title} are not stated",
                    credits.blank_resources,
                    title=title,
                )

    # --- the tables below ---

    def _more(self) -> Iterator[Table]:
        for credits in self.programmes:
            if len(credits.votes) > 1 or (self.one and credits.votes):
                yield self._votes_table(credits)
        if any(credits.resources for credits in self.programmes):
            yield self._resources_table()

    def _votes_table(self, credits: Credits) -> Table:
        columns = (
            Column(msg("Date"), "date", lambda each: each.vote.date),
            Column(msg("Authorisation"), "authorised", attrgetter("figure"), numeric=True),
            Column(msg("Change"), "change", lambda v: Signed(v.change), numeric=True),
            Column(msg("Reason"), "reason", lambda each: each.vote.reason or ""),
            Column(msg("Source"), "source", lambda each: each.vote.source or ""),
        )
        programme = credits.programme
        title = msg("Votes on {title} ({id})", title=programme.title, id=programme.id)
        lines = tuple(lines_of(columns, credits.votes))
        return Table(title, columns, lines, scale=self._scale)

    def _resources_table(self) -> Table:
        columns = (
            Column(msg("Paid by"), "from"),
            Column(msg("What"), "label"),
            Column(msg("Amount"), "amount", numeric=True),
            Column(msg("Source"), "source"),
        )
        lines = [line for credits in self.programmes for line in self._resources_of(credits)]
        if len(self.programmes) > 1:
            sources = by_source(self.programmes)
            lines.append(Line((msg("All programmes"), "", "", ""), "heading"))
            lines += [Line((self._payer(id), "", sources[id], "")) for id in sources]
            lines.append(Line((msg("Total"), "", added(sources.values()), ""), "total"))
        return Table(msg("Resources"), columns, tuple(lines), scale=self._scale)

    def _resources_of(self, credits: Credits) -> Iterator[Line]:
        programme = credits.programme
        if not credits.resources:
            return
        heading = msg("{title} ({id})", title=programme.title, id=programme.id)
        yield Line((heading, "", "", ""), "heading")
        for each in credits.resources:
            payer, figure = self._payer(each.from_), figure_of(each)
            yield Line((payer, each.label or "", figure, each.source or ""))
        sum_ = _held(credits.financed, resources_differ(credits))
        yield Line((msg("Total"), "", sum_, ""), "total")

    def _payer(self, id: str | None) -> str | Message:
        return msg("Own share") if id is None else self._titles.get(id, id)

    @cached_property
    def _titles(self) -> Mapping[str, str]:
        return {funder.id: funder.title for funder in self.plan.funders}

    # --- marks and units ---

    @cached_property
    def _figures(self) -> Sequence[Figure]:
        return [
            figure
            for credits in self.programmes
            for figure in (
                *(each.figure for each in credits.votes),
                *credits.counted.values(),
                *map(figure_of, credits.resources),
            )
        ]

    @cached_property
    def _scale(self) -> Scale:
        return scale_in(self.plan.header.notation, (figure.amount for figure in self._figures))

    # --- for programs ---

    def payload(self) -> Mapping[str, Any]:
        return {
            **headed(self.plan),
            "programmes": [self._payload_of(credits) for credits in self.programmes],
            "total": {
                "voted": stated(added(each.voted for each in self.programmes).amount),
                "authorised": stated(added(each.authorised for each in self.programmes).amount),
                "payments": stated(self._distributed.amount),
                "paid": stated(added(each.paid_so_far for each in self.programmes).amount),
                "remaining": stated(self._remaining.amount),
                "resources": stated(added(each.financed for each in self.programmes).amount),
                "by_year": {
                    year: stated(figure.amount) for year, figure in self._total_by_year.items()
                },
            },
        }

    def _payload_of(self, credits: Credits) -> Mapping[str, Any]:
        programme = credits.programme
        return {
            "id": programme.id,
            "title": programme.title,
            "source": programme.source,
            "projects": list(programme.projects),
            "voted": stated(credits.voted.amount),
            "revisions": stated(credits.revisions),
            "authorised": stated(credits.authorised.amount),
            "votes": [
                {
                    "date": each.vote.date.isoformat(),
                    "amount": str(each.vote.amount),
                    "authorised": stated(each.figure.amount),
                    "change": stated(each.change),
                    "basis": each.vote.basis,
                    "reason": each.vote.reason,
                    "source": each.vote.source,
                }
                for each in credits.votes
            ],
            "authorised_by": programme.authorised_by,
            "payments": _payload_by_year(credits.counted),
            "payments_total": stated(credits.distributed.amount),
            "payments_apart": stated(credits.payments_apart),
            "payments_problem": _problem_payload(credits),
            "credits": _payload_by_year(credits.payments),
            "paid": _payload_by_year(credits.paid),
            "paid_total": stated(credits.paid_so_far.amount),
            "remaining": stated(credits.remaining.amount),
            "resources": [
                {
                    "from": each.from_,
                    "label": each.label,
                    "amount": stated(each.amount),
                    "basis": each.basis,
                    "source": each.source,
                }
                for each in credits.resources
            ],
            "resources_total": stated(credits.financed.amount),
            "resources_apart": stated(credits.resources_apart),
        }


def programmes_report(plan: Plan, chosen: Programme | None = None) -> ProgrammesReport:
    """The programmes of a plan, or the one that is chosen."""
    found = programme_credits(plan)
    if chosen is not None:
        found = [credits for credits in found if credits.programme is chosen]
    return ProgrammesReport(plan, tuple(found), chosen is not None)


def _replaced(credits: Credits) -> Iterator[Message]:
    """The years of which what was paid is another amount than the credit, or there is none."""
    for year, paid in credits.paid.items():
        credit = credits.payments.get(year, Figure())
        if credit.amount is None:
            yield msg("{year}: {paid}, without a credit", year=Year(year), paid=paid.amount)
        elif credit.amount != paid.amount:
            yield msg(
                "{year}: {paid} of {credit}",
                year=Year(year),
                paid=paid.amount,
                credit=credit.amount,
            )


def _apart(plan: Plan, credits: Credits) -> Iterator[Message]:
    """The years in which the projects are known to cost other than the credits."""
    for year, (cost, credit) in credits_apart(plan, credits).items():
        if cost is None:
            yield msg("{year}: no cost for {credit} of credits", year=Year(year), credit=credit)
        elif credit is None:
            yield msg("{year}: {cost} without a credit", year=Year(year), cost=cost)
        else:
            yield msg(
                "{year}: {cost} for {credit} of credits", year=Year(year), cost=cost, credit=credit
            )


def _problem_in_words(credits: Credits) -> Message | None:
    problem = payment_problem(credits)
    return None if problem is None else problem.message


def _problem_payload(credits: Credits) -> Mapping[str, Any] | None:
    problem = payment_problem(credits)
    return None if problem is None else {"code": problem.code, "message": problem.message}


def _counted(credits: Credits, year: int) -> Figure:
    return credits.counted.get(year, Figure())


def _held(sum_: Figure, problem: object) -> Figure | Unequal:
    """A sum, with a mark where it has a problem."""
    return sum_ if problem is None else Unequal(sum_, _WHY)


def _payload_by_year(figures: Mapping[int, Figure]) -> Mapping[str, Mapping[str, str | None]]:
    return {
        str(year): {"amount": stated(figure.amount), "basis": basis(figure.assumed)}
        for year, figure in figures.items()
    }
