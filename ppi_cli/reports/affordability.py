"""Whether the plan can be afforded: a line and a bar a year, a verdict, what has no money."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from operator import attrgetter
from typing import Any, Literal

from ppi_cli.figures.affordability import (
    AffordYear,
    Missing,
    Shortage,
    TooMuch,
    Unfunded,
    outside_money,
    shortage,
    years_afforded,
)
from ppi_cli.figures.baseline import Comparison, comparisons
from ppi_cli.figures.finances import held_by_savings
from ppi_cli.figures.fixed import fixed
from ppi_cli.figures.funding import FCTVA, Receipt
from ppi_cli.figures.ledger import receipts_in
from ppi_cli.figures.postings import postings
from ppi_cli.figures.room import put_aside
from ppi_cli.figures.selection import WHOLE, Selection
from ppi_cli.figures.totals import Figure, added, totals
from ppi_cli.plan.bounds import CEILING_KINDS, KINDS
from ppi_cli.plan.model import Plan
from ppi_cli.plan.pieces import Amount
from ppi_cli.reports.borrowing import (
    aside_note,
    borrowing_note,
    debt_payload,
    held_notes,
    no_ceiling,
    unbounded_notes,
)
from ppi_cli.reports.plan import headed, only, plan_line
from ppi_cli.reports.standing import statuses_payload
from ppi_cli.reports.table import Column, Line, Table, lines_of
from ppi_cli.reports.values import (
    EXCESS,
    FEW_YEARS,
    as_marked,
    fctva_notes,
    legend,
    marked,
    one_decimal,
    stated,
)
from ppi_cli.values.message import InUnit, Message, Tenths, counted, msg
from ppi_cli.values.money import ZERO, Money, rounded
from ppi_cli.values.quarters import Outside, Year
from ppi_cli.values.terms import CeilingKind, Scale
from ppi_cli.words.language import scale_in, shown_amount

#: What is usually spent in a year, by what it is compared with.
_USUAL: Mapping[Literal["investment", "total"], Message] = {
    "investment": msg("usual investment"),
    "total": msg("usual total spending"),
}
CEILINGS: Mapping[CeilingKind, Message] = {
    "investment": msg("Ceiling, investment"),
    "operating": msg("Ceiling, operation"),
    "total": msg("Ceiling, in all"),
    "net": msg("Ceiling, net"),
}


@dataclass(frozen=True, slots=True)
class YearBar:
    """A year as a bar: what the town pays, what others pay, and the mark of what it may spend."""

    year: int
    net: Figure
    others: Figure
    #: Both together, with what is to be known of that.
    whole: Figure
    limit: Money | None
    #: What the mark is: a ceiling, or what is usually spent.
    over: bool

    @property
    def parts(self) -> tuple[Money, Money]:
        return self.net.amount or ZERO, self.others.amount or ZERO


@dataclass(frozen=True)
class AffordReport:
    plan: Plan
    years: Sequence[AffordYear]
    comparisons: Sequence[Comparison]
    shortage: Shortage
    #: The unit that was asked for; ``None``: the coarsest that is exact.
    scale: Scale | None = None
    #: The part of the plan that is shown.
    selection: Selection = WHOLE

    def table(self) -> Table:
        columns = tuple(self._columns())
        total_line = Line(tuple(self._total(column) for column in columns), "total")
        lines = (*lines_of(columns, self.years), total_line)
        figures = [cell for line in lines for cell in line.cells if isinstance(cell, Figure)]
        exact = scale_in(self.plan.header.notation, (figure.amount for figure in figures))
        scale = exact if self.scale is None else self.scale
        said = tuple(self.verdict())
        notes = (*said, *legend(figures, said), *self._rounding(figures, scale))
        more = (self._unfunded_table(),) if self.shortage.unfunded else ()
        table = Table(
            plan_line(self.plan),
            columns,
            lines,
            notes,
            scale,
            more,
            unit_asked=self.scale is not None,
        )
        return table.transposed("")

    def _rounding(self, figures: Sequence[Figure], scale: Scale) -> Iterator[Message]:
        shown = (f.amount for f in figures if f.amount is not None)
        if any(shown_amount(amount, scale) != amount for amount in shown):
            yield msg("amounts of the table are rounded: without --unit they are exact")

    @property
    def _kinds(self) -> list[CeilingKind]:
        return [kind for kind in KINDS if any(kind in each.ceilings for each in self.years)]

    @property
    def _runs(self) -> bool:
        return any(year.running.amount is not None for year in self.years)

    def _columns(self) -> Iterator[Column]:
        """The lines of the table, which stands on its side: what each year has in them."""
        yield Column(msg("Id"), "id", lambda year: str(year.year), for_machines=True)
        yield Column(msg("Year"), "year", lambda year: Year(year.year))
        shown = {"need"} | ({"running"} if self._runs else set())
        if receipts_in(self.plan, self.selection):
            shown |= {"granted", "requested", "fctva", "net"}
        has_fund = any(year.fctva.amount is not None for year in self.years)
        for name, title in _SUMMED.items():
            if name in shown:
                is_empty = name == "fctva" and not has_fund
                yield Column(title, name, attrgetter(name), numeric=True, for_machines=is_empty)
        if any(year.unconditional is not None for year in self.years):
            name = "net_without_conditional"
            yield Column(_UNCONDITIONAL, name, lambda year: year.unconditional, numeric=True)
        for kind in self._kinds:
            yield from self._columns_of(kind)
        if self.plan.savings and not self.selection.is_part:
            yield Column(
                msg("Available savings"),
                "savings",
                lambda year: _amount(year.savings),
                numeric=True,
            )
        for each in self.comparisons:
            yield _multiples(each)

    def _columns_of(self, kind: CeilingKind) -> Iterator[Column]:
        yield Column(
            CEILINGS[kind],
            f"ceiling_{kind}",
            lambda year: _amount(year.ceilings.get(kind)),
            numeric=True,
        )
        yield Column(msg("Left"), f"left_{kind}", lambda year: year.left(kind), numeric=True)

    def _total(self, column: Column) -> object:
        if column.key in _SUMMED or column.key == "net_without_conditional":
            return added(column.cell(year) for year in self.years)  # type: ignore[misc]
        return {"id": "total", "year": msg("Total")}.get(column.key, "")

    # --- the verdict ---

    def verdict(self) -> Iterator[Message]:
        """What the figures say, in words: nothing that they do not."""
        yield from only(self.selection)
        if self.selection.is_part:
            yield msg("ceilings and savings are those of the whole plan: no part is held to them")
        else:
            yield from self._against_ceilings()
            yield from self._against_savings()
            yield from borrowing_note(self.plan)
        if self.selection == WHOLE:
            yield from self._against_the_usual()
        yield from self._of_others()
        yield from self._outside()
        yield from self._running()
        yield from self._unknown()

    def _against_ceilings(self) -> Iterator[Message]:
        aside = [each.year for each in self.years if each.year in put_aside(self.plan)]
        if not self._kinds and not aside:
            yield no_ceiling(self.plan)
            return
        over = [(each, *gap) for each in self.years for gap in each.gaps()]
        of_kind: dict[CeilingKind, list[tuple[int, Figure]]] = defaultdict(list)
        for each, kind, amount, ceiling in over:
            gap = each.left(kind)._replace(amount=amount - ceiling)
            of_kind[kind].append((each.year, gap))
        for each, kind, amount, ceiling in over:
            if len(of_kind[kind]) > FEW_YEARS:
                continue
            yield msg(
                "! {year} is {gap} over its ceiling ({kind}): {amount} for {ceiling}",
                year=Year(each.year),
                gap=as_marked(each.left(kind), amount - ceiling),
                kind=CEILING_KINDS[kind],
                amount=as_marked(each.bounded[kind], amount),
                ceiling=marked(ceiling, each.ceilings[kind].assumed),
            )
        for kind, gaps in of_kind.items():
            if len(gaps) > FEW_YEARS:
                yield msg(
                    "! {years} are over their ceilings ({kind}), by {gap} in all: at most {most},"
                    " in {year}",
                    kind=CEILING_KINDS[kind],
                    **_of_years(gaps, "gap"),
                )
        for alone in self.shortage.fixed:
            yield msg(
                "! {year}: what cannot be put off passes the ceiling ({kind}) alone, by {amount}",
                year=Year(alone.bound.year),
                kind=CEILING_KINDS[alone.bound.kind],
                amount=alone.amount,
            )
        doubts = [*self._doubts()]
        yield from doubts
        if over:
            yield msg("what could wait, so that the ceilings hold, and why: ppi arbitrate")
        if aside:
            yield aside_note(aside)
        unbounded = [e.year for e in self.years if not e.ceilings and e.year not in aside]
        yield from unbounded_notes(self.plan, unbounded, refused=False)
        if not over and not unbounded and not doubts and not aside:
            yield msg("every year is within its ceilings, as far as its costs are known")

    def _doubts(self) -> Iterator[Message]:
        """What keeps a year that is within its ceilings from being sure to be."""
        for each in self.years:
            net, ceiling = each.net_if_nothing_is_granted, each.ceilings.get("net")
            own = each.net.amount
            if net is None or own is None or ceiling is None:
                continue
            if net > ceiling.amount >= own:
                yield msg(
                    "! {year} keeps its ceiling (net) only if what is requested comes: without it,"
                    " it is {gap} over",
                    year=Year(each.year),
                    gap=as_marked(
                        added([each.net, each.requested, _amount(ceiling)]), net - ceiling.amount
                    ),
                )
        for each in self.years:
            if "investment" in each.ceilings and each.in_no_section.cents > 0:
                yield msg(
                    "{year}: {amount} are in no section, and count as investment",
                    year=Year(each.year),
                    amount=each.in_no_section,
                )
        if any(posting.kind == "excess" for posting in postings(self.plan)):
            yield EXCESS

    def _against_savings(self) -> Iterator[Message]:
        lacking: list[tuple[AffordYear, Money, Money]] = []
        for each in self.years:
            if each.savings is None or each.net.amount is None:
                continue
            net = each.net.amount - held_by_savings(self.plan, each.year)
            if net > each.savings.amount and net.cents > 0:
                lacking.append((each, net, each.savings.amount))
        if len(lacking) > FEW_YEARS:
            yield msg(
                "! {years}: the town pays more than its savings of each of these years, by"
                " {missing} in all: at most {most}, in {year}",
                **_of_years(
                    [
                        (year.year, _beyond_savings(year)._replace(amount=net - savings))
                        for year, net, savings in lacking
                    ],
                    "missing",
                ),
            )
            lacking = []
        for each, net, savings in lacking:
            told = {
                "year": Year(each.year),
                "net": as_marked(each.net, net),
                "savings": as_marked(_amount(each.savings)),
            }
            if savings.cents < 0:
                yield msg(
                    "! {year}: the town pays {net}, and its savings of that year are {savings}:"
                    " they cover nothing of it",
                    **told,
                )
            else:
                yield msg(
                    "! {year}: the town pays {net}, and its savings of that year are {savings}:"
                    " {missing} are not covered by them",
                    missing=as_marked(_beyond_savings(each), net - savings),
                    **told,
                )
        yield from held_notes(self.plan)

    def _against_the_usual(self) -> Iterator[Message]:
        if not self.comparisons:
            yield msg("what is usually spent in a year is not stated, or counts taxes otherwise")
        for each in self.comparisons:
            whole = each.whole
            if each.average is None or each.average_tenths is None or whole is None:
                continue
            known = {period: n for period, n in each.tenths.items() if n is not None}
            worst = max(known, key=known.__getitem__)
            years = rounded(10 * whole.cents, each.usual.amount.cents) // each.usual.amount.cents
            yield msg(
                "{what}: {average} a year on average over {over}: {multiple} {title} ({usual}),"
                " {worst} in {year}; the whole plan is {years} such years",
                what=self._mean_of(each),
                average=each.average,
                over=counted("{n} year", "{n} years", each.years),
                title=each.title,
                usual=marked(each.usual.amount, each.usual.assumed),
                multiple=Tenths(each.average_tenths),
                worst=Tenths(each.tenths[worst] or 0),
                year=Year(worst),
                years=Tenths(years),
            )

    def _mean_of(self, comparison: Comparison) -> Message:
        needs = {str(year.year): year.need.amount for year in self.years}
        return msg("Investment") if comparison.amounts != needs else msg("Need")

    def _of_others(self) -> Iterator[Message]:
        paid = receipts_in(self.plan, self.selection._replace(years=None))
        shown = {each.year for each in self.years}
        requested = _sum_of(r for r in paid if r.status == "requested" and r.year in shown)
        if requested.amount is not None and requested.amount.cents:
            yield msg(
                "{amount} are only requested: where nothing of it comes, the town pays that too",
                amount=as_marked(requested),
            )
        last = self.years[-1].year
        later = [r for r in paid if r.year > last]
        fund = _sum_of(r for r in later if r.source == FCTVA)
        if fund.amount is not None:
            yield msg(
                "the VAT fund pays {amount} more after {year}",
                amount=as_marked(fund),
                year=Year(last),
            )
        grants = _sum_of(r for r in later if r.source != FCTVA)
        asked = _sum_of(r for r in later if r.status == "requested")
        told = {
            "amount": as_marked(grants),
            "year": Year(last),
            "requested": as_marked(asked),
        }
        if asked.amount is not None and asked.amount == grants.amount:
            yield msg("others pay {amount} more after {year}, all of it only requested", **told)
        elif asked.amount is not None and asked.amount.cents:
            yield msg(
                "others pay {amount} more after {year}, of which {requested} are only requested",
                **told,
            )
        elif grants.amount is not None:
            yield msg("others pay {amount} more after {year}", **told)
        yield from fctva_notes(self.plan, paid)

    def _outside(self) -> Iterator[Message]:
        """What lies outside the plan's years: no ceiling looks at it."""
        for where in Outside:
            need, paid = outside_money(self.plan, where, self.selection)
            if need is None and paid is None:
                continue
            told = {"where": where, "need": need or ZERO, "paid": paid}
            if paid is None:
                yield msg("{where}: {need}, which no ceiling looks at", **told)
            elif need is None:
                yield msg("{where}: others pay {paid}, which no ceiling looks at", **told)
            else:
                yield msg(
                    "{where}: {need}, of which others pay {paid}, and which no ceiling looks at",
                    **told,
                )

    def _running(self) -> Iterator[Message]:
        last, version = self.years[-1], self.plan.version
        if last.running.amount is not None and not (version is not None and version.adds_years):
            yield msg(
                "once done, projects cost {amount} a year to run, as of {year}",
                amount=marked(last.running.amount, last.running.assumed),
                year=Year(last.year),
            )

    def _unknown(self) -> Iterator[Message]:
        blank = [year.year for year in self.years if year.need.amount is None]
        if blank:
            yield msg("no need is stated for {years}", years=[Year(year) for year in blank])
        unfunded = self.shortage.unfunded
        unknown = sum(each.cost.amount is None and not each.over for each in unfunded)
        if unknown:
            yield counted(
                "{n} project has no cost and no envelope for all its years: the need may be more",
                "{n} projects have no cost and no envelope for all their years: the need may be"
                " more",
                unknown,
            )

    # --- bars ---

    def bars(self) -> list[YearBar]:
        """A bar for each year that has a figure."""
        found: list[YearBar] = []
        for year in self.years:
            if year.need.amount is None:
                continue
            net = year.net.amount or ZERO
            kind = self._limiting(year)
            limit = self._usual if kind is None else year.ceilings[kind].amount
            spent = year.need.amount if kind is None else year.taken[kind]
            over = limit is not None and spent > limit
            others = added((year.granted, year.requested, year.fctva))
            found.append(
                YearBar(
                    year.year,
                    year.net._replace(amount=net),
                    others._replace(amount=year.need.amount - net),
                    year.need,
                    limit,
                    over,
                )
            )
        return found

    @staticmethod
    def _limiting(year: AffordYear) -> CeilingKind | None:
        """The ceiling that a year's bar is marked with: one that is passed, else the town's own."""
        passed = [kind for kind, _, _ in year.gaps()]
        kinds: tuple[CeilingKind, ...] = ("net", "total", "investment", "operating")
        return next((k for k in kinds if k in passed), None) or next(
            (kind for kind in kinds[:3] if kind in year.ceilings), None
        )

    @property
    def _usual(self) -> Money | None:
        """Without any ceiling, bars are marked with what is usually invested."""
        return None if self._kinds or not self.comparisons else self.comparisons[0].usual.amount

    @property
    def bar_titles(self) -> tuple[Message, Message]:
        """What the two parts of a bar are."""
        return msg("paid by the town"), msg("paid by others")

    @property
    def limit_title(self) -> Message:
        if not self._kinds:
            return _USUAL[self.comparisons[0].kind] if self.comparisons else msg("ceiling")
        limiting = (self._limiting(year) for year in self.years if year.need.amount is not None)
        kinds = dict.fromkeys(kind for kind in limiting if kind is not None)
        if not kinds:
            return msg("ceiling")
        return msg("ceiling ({kinds})", kinds=[CEILING_KINDS[kind] for kind in kinds])

    def _unfunded_table(self) -> Table:
        columns = (
            Column(msg("Id"), "id", lambda each: each.project.id, for_machines=True),
            Column(msg("Class"), "class", lambda each: each.class_),
            Column(msg("Project"), "title", lambda each: each.project.title),
            Column(msg("Cost"), "cost", lambda each: each.cost, numeric=True),
            *(
                Column(_SUMMED[who], who, partial(_paid_for, who=who), numeric=True)
                for who in ("granted", "requested")
            ),
            Column(msg("Why"), "why", self._why),
        )
        lines = tuple(lines_of(columns, self.shortage.unfunded))
        title = msg("Projects without money, the most urgent first")
        return Table(title, columns, lines, scale=self.scale, unit_asked=self.scale is not None)

    def _why(self, each: Unfunded) -> Message | list[Message]:
        """The ceilings that it would pass, and by how much; or that its cost is not known."""
        if not each.over:
            is_none = not each.project.costs_outside
            return msg("no cost is stated") if is_none else msg("no cost of its years is stated")
        return [*map(self._too_much, each.over), *map(self._is_missing, each.missing)]

    def _too_much(self, over: TooMuch) -> Message:
        return msg(
            "{year}: {amount} too much ({kind})",
            year=Year(over.bound.year),
            amount=InUnit(over.amount, self.scale),
            kind=CEILING_KINDS[over.bound.kind],
        )

    def _is_missing(self, missing: Missing) -> Message:
        """What would have been paid by others for a project that has no money itself."""
        values = {
            "year": str(missing.year),
            "title": missing.project.title,
            "amount": InUnit(missing.amount, self.scale),
        }
        if missing.is_fctva:
            return msg("{year}: without {title} its VAT fund, {amount}, is missing", **values)
        return msg("{year}: without {title} what others pay for it, {amount}, is missing", **values)

    def payload(self) -> Mapping[str, Any]:
        return {
            **headed(self.plan, self.selection),
            **statuses_payload(self.plan, self.selection),
            "years": [self._year_payload(year) for year in self.years],
            "debt": None if self.selection.is_part else debt_payload(self.plan),
            "verdict": list(self.verdict()),
            "outside": {
                str(where): {"need": stated(need), "paid_by_others": stated(paid)}
                for where in Outside
                for need, paid in (outside_money(self.plan, where, self.selection),)
            },
            "unfunded": [
                {
                    "id": each.project.id,
                    "title": each.project.title,
                    "class": each.class_,
                    "cost": stated(each.cost.amount),
                    "granted": stated(each.granted),
                    "requested": stated(each.requested),
                    "years": [str(year) for year in each.years],
                    "over": [_over_payload(over) for over in each.over],
                    "missing": [
                        {
                            "year": str(missing.year),
                            "project": missing.project.id,
                            "amount": str(missing.amount),
                        }
                        for missing in each.missing
                    ],
                }
                for each in self.shortage.unfunded
            ],
            "fixed": [{"id": id, "reason": reason} for id, reason in fixed(self.plan).items()],
            "fixed_over": [_over_payload(over) for over in self.shortage.fixed],
        }

    def _year_payload(self, year: AffordYear) -> dict[str, Any]:
        names = ("need", "running", "granted", "requested", "fctva", "net")
        return {
            "year": str(year.year),
            **{name: stated(getattr(year, name).amount) for name in names},
            "net_without_conditional": year.unconditional and stated(year.unconditional.amount),
            "assumed": [name for name in names if getattr(year, name).assumed],
            "sections": {
                "investment": str(year.taken["investment"] - year.in_no_section),
                "operating": str(year.taken["operating"]),
            },
            "taken": {kind: str(amount) for kind, amount in year.taken.items()},
            "in_no_section": str(year.in_no_section),
            "ceilings": {kind: str(ceiling.amount) for kind, ceiling in year.ceilings.items()},
            "left": {
                kind: str(ceiling.amount - year.taken[kind])
                for kind, ceiling in year.ceilings.items()
            },
            "savings": stated(year.savings and year.savings.amount),
            "multiples": {
                c.kind: one_decimal(c.tenths.get(str(year.year))) for c in self.comparisons
            },
        }


def afford_report(
    plan: Plan, scale: Scale | None = None, selection: Selection = WHOLE
) -> AffordReport:
    """Whether a part of the plan can be afforded; what has no money is judged in the whole."""
    found = totals(plan, selection=selection)
    compared = () if selection.is_part else tuple(comparisons(plan, found))
    chosen, years = selection.projects(plan), selection.years or plan.years
    lacking = shortage(plan)
    lacking = lacking._replace(
        unfunded=tuple(
            each
            for each in lacking.unfunded
            if each.project.id in chosen and (not each.over or any(y in years for y in each.years))
        ),
    )
    return AffordReport(plan, years_afforded(plan, selection), compared, lacking, scale, selection)


_UNCONDITIONAL = msg("Net without the conditional")
#: The figures of a year that sum up.
_SUMMED: Mapping[str, Message] = {
    "need": msg("Need"),
    "running": msg("of which to run"),
    "granted": msg("Granted"),
    "requested": msg("Requested"),
    "fctva": msg("VAT fund"),
    "net": msg("Net"),
}


def _beyond_savings(year: AffordYear) -> Figure:
    """What is to be known of what the town pays beyond its savings of a year."""
    return added([year.net, _amount(year.savings)])


def _of_years(gaps: Sequence[tuple[int, Figure]], name: str) -> Mapping[str, object]:
    """What is said of many years at once: which, how much in all, and how much in the worst."""
    year, most = max(gaps, key=lambda each: each[1].amount or ZERO)
    return {
        "years": [Year(each) for each, _ in gaps],
        name: as_marked(added(gap for _, gap in gaps)),
        "most": as_marked(most),
        "year": Year(year),
    }


def _multiples(each: Comparison) -> Column:
    def cell(year: AffordYear) -> Tenths | None:
        tenths = each.tenths.get(str(year.year))
        return None if tenths is None else Tenths(tenths)

    return Column(each.title, f"multiple_{each.kind}", cell, numeric=True)


def _paid_for(each: Unfunded, who: str) -> Figure:
    return Figure(getattr(each, who))


def _sum_of(receipts: Iterable[Receipt]) -> Figure:
    """What others pay in all, with what is to be known of any of it."""
    return added(Figure(each.amount, each.assumed, each.known_only) for each in receipts)


def _amount(amount: Amount | None) -> Figure:
    return Figure() if amount is None else Figure(amount.amount, amount.assumed)


def _over_payload(over: TooMuch) -> Mapping[str, str]:
    return {"kind": over.bound.kind, "year": str(over.bound.year), "amount": str(over.amount)}
