"""The yearly totals, compared with what was printed and with what is usual."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any, NamedTuple

from ppi_cli.figures.baseline import Comparison, comparisons, in_no_section
from ppi_cli.figures.control import StatedCheck, disputed, stated_checks
from ppi_cli.figures.cuts import special_id
from ppi_cli.figures.funding import early
from ppi_cli.figures.ledger import receipts_in
from ppi_cli.figures.selection import WHOLE, Selection
from ppi_cli.figures.totals import (
    EnvelopeUse,
    Figure,
    Row,
    Totals,
    cumulated,
    envelope_uses,
    from_year,
    marks_of,
    own_share,
    running_beside_envelopes,
    subtotals,
    totals,
)
from ppi_cli.plan.finance import Funder, Group, Theme
from ppi_cli.plan.model import Plan, taxes_differ
from ppi_cli.plan.projects import Project
from ppi_cli.reports.plan import headed, only, plan_line
from ppi_cli.reports.standing import statuses_payload
from ppi_cli.reports.table import Column, Line, RowKind, Share, Table, lines_of
from ppi_cli.reports.values import EXCESS, fctva_notes, legend, one_decimal, stated
from ppi_cli.rules.money import total_differs
from ppi_cli.values.message import Assumed, Message, Tenths, counted, msg
from ppi_cli.values.money import ZERO, Money, per_mille, total
from ppi_cli.values.quarters import Outside, Year, Years
from ppi_cli.values.terms import By, Per, Scale
from ppi_cli.words.language import scale_in, shown_amount


class Shape(NamedTuple):
    """How figures are shown: summed up from period to period, as shares, as columns."""

    cumulative: bool = False
    percent: bool = False
    transposed: bool = False


class TotalsReport(NamedTuple):
    plan: Plan
    totals: Totals
    comparisons: tuple[Comparison, ...]
    checks: tuple[StatedCheck, ...]
    #: The unit that was asked for; ``None``: the coarsest that is exact.
    scale: Scale | None
    uses: tuple[EnvelopeUse, ...] = ()
    #: How the figures are shown.
    shape: Shape = Shape()
    #: Whether the rows are of what is to run.
    of_running: bool = False

    @property
    def selection(self) -> Selection:
        """The part of the plan that is asked for."""
        return self.totals.selection

    def table(self) -> Table:
        table = self._table()
        if not self.shape.transposed:
            return table
        return table.transposed(msg("Year") if self.totals.per == "year" else msg("Quarter"))

    def notes(self) -> tuple[Message, ...]:
        """What stands below the table."""
        shown = self._shown()
        cut, scale = self.totals, self._scale_of(shown)
        residue = self._residue_of_shares() if self.shape.percent else _residue(cut, scale)
        return (*self._notes(shown), *residue)

    def _shown(self) -> list[Figure]:
        cut = self.totals
        rows = (*cut.rows, *cut.wholes, *(() if cut.unplanned is None else (cut.unplanned,)))
        return [figure for row in rows for figure in row.columns]

    def _scale_of(self, shown: Sequence[Figure]) -> Scale:
        exact = scale_in(self.plan.header.notation, (figure.amount for figure in shown))
        return exact if self.scale is None else self.scale

    def _table(self) -> Table:
        cut = self.totals
        scale = self._scale_of(self._shown())
        columns = (
            Column(msg("Id"), special_id(self.plan, "id"), for_machines=True),
            Column(_HEADINGS[cut.by], special_id(self.plan, "title")),
            *self._outside_columns("before"),
            *(Column(self._title(p), p, numeric=True) for p in cut.periods),
            Column(msg("Total"), cut.total.id, numeric=True, of_totals=True),
            *self._outside_columns("beyond", "whole"),
        )
        of_groups = subtotals(self.plan, cut) if cut.by == "theme" else {}
        lines: list[Line] = []
        for row in cut.rows:
            if row.id in of_groups:
                lines.append(self._whole(of_groups[row.id], "subtotal"))
            lines.append(Line((row.id, row.title, *self._cells(row))))
        lines.append(self._whole(cut.total, "total"))
        investment = [c for c in self.comparisons if c.kind == "investment"]
        lines += map(self._multiples, investment)
        if cut.running is not None and cut.in_all is not None:
            lines += [self._whole(cut.running, "line"), self._whole(cut.in_all, "total")]
        lines += map(self._multiples, (c for c in self.comparisons if c not in investment))
        if cut.unplanned is not None:
            cells = self._marked(cut.unplanned)
            lines.append(Line((cut.unplanned.id, cut.unplanned.title, *cells), "line"))
        more = (self._use_table(scale),) if self.uses else ()
        return Table(
            plan_line(self.plan),
            columns,
            tuple(lines),
            self.notes(),
            scale,
            more,
            unit_asked=self.scale is not None,
        )

    def _outside_columns(self, *names: str) -> Iterator[Column]:
        """Those of the columns beside the periods and the total that there are."""
        for name in names:
            if name in self.totals.outside:
                key, is_whole = special_id(self.plan, name), name == "whole"
                yield Column(_OUTSIDE[name], key, numeric=True, of_totals=is_whole)

    def _title(self, period: str) -> Message | str | Year:
        """What a column is called: its period, or what the totals are cut across by."""
        titles = self.totals.titles
        if period in titles:
            return titles[period]
        if period in map(str, self.plan.closed):  # of a plan as executed
            return msg("{year}, paid", year=Year(period))
        return _period(period)

    def _whole(self, row: Row, kind: RowKind) -> Line:
        return Line((row.id, row.title, *self._cells(row)), kind)

    def _multiples(self, comparison: Comparison) -> Line:
        """The years as multiples of what is usual, below what they are multiples of."""
        tenths = (None if t is None else Tenths(t) for t in comparison.tenths.values())
        title = msg("{title} ({usual})", title=comparison.title, usual=_usual(comparison))
        before = [""] if "before" in self.totals.outside else []
        after = ["" for name in self.totals.outside if name != "before"]
        return Line((None, title, *before, *tenths, "", *after), "comment")

    def _use_table(self, scale: Scale) -> Table:
        """What the known costs take of the envelopes."""
        columns = (
            Column(msg("Theme"), "theme", lambda use: use.theme.title),
            Column(msg("Envelope"), "envelope", attrgetter("envelope"), numeric=True),
            Column(msg("Known"), "known", attrgetter("known"), numeric=True),
            Column(msg("Not split"), "not_split", attrgetter("not_split"), numeric=True),
            Column(msg("Over"), "beyond", attrgetter("beyond"), numeric=True),
            Column(msg("%"), "percent", _part_of_envelope, numeric=True),
        )
        return Table(
            msg("Envelopes and known costs"),
            columns,
            tuple(lines_of(columns, self.uses)),
            scale=scale,
            unit_asked=self.scale is not None,
        )

    def _cells(self, row: Row) -> Iterator[Figure | Share]:
        """The figures of a row by column, or what they are of the totals."""
        wholes = self.totals.total.columns
        for figure, whole in zip(self._marked(row), wholes, strict=True):
            yield Share(figure, _share(figure, whole)) if self.shape.percent else figure

    def _residue_of_shares(self) -> Iterator[Message]:
        """What rounding the shares hides: the periods in which they do not add up to 100 %."""
        if self.shape.transposed:
            yield msg("percent of the total of each line, rounded to a tenth")
        else:
            yield msg("percent of the total of each column, rounded to a tenth")
        heads = {**_OUTSIDE, self.totals.total.id: msg("Total")}
        names = [
            self._title(name) if name in self.totals.periods else heads[name]
            for name in self._names()
        ]
        rows = [row.columns for row in self.totals.rows]
        for i, (name, whole) in enumerate(zip(names, self.totals.total.columns, strict=True)):
            if whole.amount is not None and whole.amount.cents <= 0:
                yield msg(
                    "{period}: the total is not above zero, so there are no shares", period=name
                )
            shares = [share for row in rows if (share := _share(row[i], whole)) is not None]
            if shares and sum(shares) != 1000:
                yield msg(
                    "{period}: the shares shown add up to {sum} %",
                    period=name,
                    sum=Tenths(sum(shares)),
                )

    def _marked(self, row: Row) -> Iterator[Figure]:
        """The figures of a row, those marked that a printed total contradicts; last, its total."""
        own = row.id.removesuffix("/requested")
        of_all = row.kind in ("total", "unplanned")
        scope = self.selection.theme or self.selection.group if of_all else own
        judged = row.kind in _WITH_PRINTED_TOTALS and not (
            self.totals.net or self.of_running or self.selection.cuts_envelopes
        )
        wrong = disputed(self.plan) if judged else set()
        if row.kind == "unplanned":
            mark = (scope, Outside.UNPLANNED) in wrong
            yield from (f._replace(disputed=mark and f is row.total) for f in row.columns)
            return
        cut = self.totals
        by_year = cut.per == "year" and not (self.shape.cumulative or cut.across or cut.net)
        marks = [by_year and (scope, int(period[:4])) in wrong for period in row.figures]
        if row.before is not None:
            yield row.before._replace(disputed=(scope, Outside.BEFORE) in wrong)
        for figure, mark in zip(row.figures.values(), marks, strict=True):
            yield figure if mark == figure.disputed else figure._replace(disputed=mark)
        some = self.selection.years
        columns = [str(some or self.plan.years), *([None] if some is None else [])]
        whole = any((scope, column) in wrong for column in columns)
        yield row.total._replace(disputed=whole or (len(marks) == 1 and marks[0]))
        if row.beyond is not None:
            yield row.beyond._replace(disputed=(scope, Outside.BEYOND) in wrong)
        if row.has_outside:
            yield row.whole._replace(disputed=(scope, "whole") in wrong)

    def _notes(self, figures: list[Figure]) -> Iterator[Message]:
        yield from only(self.selection)
        used = [f for use in self.uses for f in (use.envelope, use.known, use.not_split)]
        usual = any(c.usual.assumed for c in self.comparisons)
        yield from legend([*figures, *used], assumed=usual)
        yield from self._excess_notes()
        yield from self._running_notes()
        yield from self._average()
        yield from self._tax()
        yield from self._control()

    def _excess_notes(self) -> Iterator[Message]:
        if self.shape.cumulative:
            yield msg("each figure includes those before it")
        if self.totals.net:
            yield msg("net: less what others pay, of grants and of the VAT fund")
        yield from self._funding_notes()
        yield from self._section_notes()
        if (
            self.totals.by != "theme" or self.totals.across
        ) and self.totals.total.total.excess.cents:
            yield EXCESS
        by_theme = self.totals.by == "theme" and not self.totals.across
        for row in self.totals.rows if by_theme else ():
            excesses: Counter[str] = Counter()
            for period, figure in row.figures.items():
                excesses[period[:4]] += figure.excess.cents
            for year, cents in excesses.items():
                if cents:
                    yield msg(
                        "! {theme}, {period}: the projects cost {excess} more than the envelope,"
                        " which is what counts",
                        theme=row.title,
                        period=Year(year),
                        excess=Money(cents),
                    )

    def _section_notes(self) -> Iterator[Message]:
        """That sections are those of accounts, where that is so."""
        if "section" in (self.totals.by, self.totals.across) and any(
            cost.section is None and cost.in_section is not None
            for project in self.plan.projects
            for cost in project.costs
        ):
            yield msg("sections not stated follow the accounts: 2 investment, 6 operation (M57)")

    def _funding_notes(self) -> Iterator[Message]:
        """What the money of others rests on."""
        if not self.totals.net and "source" not in (self.totals.by, self.totals.across):
            return
        found = receipts_in(self.plan, self.selection)
        requested = [receipt.amount for receipt in found if receipt.status == "requested"]
        if requested:
            yield msg("{amount} of it is only requested", amount=total(requested))
        yield from fctva_notes(self.plan, found)
        last, shown = self.plan.years.last, {period[:4] for period in self.totals.periods}
        later = [each for each in found if each.year > last and str(each.year) in shown]
        if later:
            yield msg(
                "the total counts {amount} that others pay after {year}, in no year of the plan",
                amount=total(each.amount for each in later),
                year=Year(last),
            )
        yield from self._below_zero_notes()

    def _below_zero_notes(self) -> Iterator[Message]:
        """Why the town pays less than nothing in a year: others pay it back, or pay before it."""
        below = {
            name
            for row in self.totals.rows
            if row.kind == "own"
            for name, figure in zip(self._names(), row.columns, strict=True)
            if figure.amount is not None and figure.amount.cents < 0
        }
        if not below:
            return
        too_early = {
            str(each.year)
            for project in self.selection.projects(self.plan).values()
            for each in early(self.plan, project)
        }
        years = below - {self.totals.total.id}
        told = too_early if self.totals.across else too_early & {name[:4] for name in years}
        if told:
            yield msg(
                "an own share below zero in {years}: others pay before it is spent",
                years=[Year(year) for year in sorted(told)],
            )
        if not told or not (self.totals.across or {name[:4] for name in years} <= told):
            yield msg(
                "an own share below zero: others, or the VAT fund, pay back what was spent or"
                " funded before"
            )

    def _running_notes(self) -> Iterator[Message]:
        """Where what is to run may be in an envelope already; and that nothing else is shown."""
        if self.of_running:
            yield msg("what projects cost to run, once they are done: it is in no other total")
        elif self.totals.running is not None and not self.selection.cuts_envelopes:
            for theme, years in running_beside_envelopes(self.plan):
                if not self.selection.has_theme(self.plan, theme.id):
                    continue
                yield msg(
                    "{theme} has an envelope and costs to run in {years}: where the envelope was"
                    " voted with them, write them as costs",
                    theme=theme.title,
                    years=[Year(year) for year in years],
                )

    def _average(self) -> Iterator[Message]:
        """The mean of what each multiple is of, over how many years."""
        if len(self.totals.periods) == 1:
            return
        means: dict[tuple[str, Money, int], list[Message]] = {}
        for each in self.comparisons:
            if each.average is not None:
                mean = self._mean_of(each), each.average, each.years
                multiple = msg(
                    "{multiple} {title} ({usual})",
                    multiple=Tenths(each.average_tenths or 0),
                    title=each.title,
                    usual=_usual(each),
                )
                means.setdefault(mean, []).append(multiple)
        for (what, amount, years), multiples in means.items():
            over = counted("{n} year", "{n} years", years)
            if years < len(self.totals.periods):
                over = counted(
                    "the {n} year of {all} that has a figure",
                    "the {n} years of {all} that have a figure",
                    years,
                    all=len(self.totals.periods),
                )
            yield msg(
                "{what}: {amount} a year on average over {years}: {multiples}",
                what=_NAME_OF[what],
                amount=amount,
                years=over,
                multiples=multiples,
            )
        if any(each.kind == "investment" for each in self.comparisons):
            apart = Money(sum(in_no_section(self.plan, int(p)).cents for p in self.totals.periods))
            if apart.cents:
                yield msg("{amount} are in no section, and count as investment", amount=apart)

    def _mean_of(self, comparison: Comparison) -> str:
        """What a mean is a mean of: the total, all with what is to run, or the investment of it."""
        whole = self.totals.total
        if comparison.kind == "total" and self.totals.in_all is not None:
            whole = self.totals.in_all
        figures = {period: figure.amount for period, figure in whole.figures.items()}
        return whole.kind if comparison.amounts == figures else "investment"

    def _tax(self) -> Iterator[Message]:
        yield {
            "unstated": msg("the plan does not say whether amounts include taxes"),
            "incl": msg("amounts include taxes"),
            "excl": msg("amounts are without taxes"),
        }[self.plan.header.tax]
        if taxes_differ(self.plan):
            yield msg("what is usually spent counts taxes otherwise: it is not compared")

    def _control(self) -> Iterator[Message]:
        wrong = [check for check in self.checks if not check.agrees]
        for check in wrong:
            problem = total_differs(check)
            yield msg("! {problem}", problem=problem) if check.is_disputed else problem
        if self.checks and not wrong:
            yield counted(
                "the printed total agrees",
                "the {n} printed totals agree",
                len(self.checks),
            )

    def payload(self) -> Mapping[str, Any]:
        cut = self.totals
        return {
            **headed(self.plan, self.selection),
            "by": cut.by,
            "per": cut.per,
            "across": cut.across,
            "net": cut.net,
            "cumulative": self.shape.cumulative,
            **statuses_payload(self.plan, self.selection),
            "periods": list(cut.periods),
            "rows": [self._row_payload(row) for row in cut.rows],
            **self._groups_payload(),
            "total": self._figures_payload(cut.total),
            "running": None if cut.running is None else self._figures_payload(cut.running),
            "in_all": None if cut.in_all is None else self._figures_payload(cut.in_all),
            "unplanned": None if cut.unplanned is None else self._figures_payload(cut.unplanned),
            "own_share": None if (own := own_share(cut)) is None else self._figures_payload(own),
            "of": "running" if self.of_running else "costs",
            "comparisons": [
                {
                    "usual": str(c.usual.amount),
                    "kind": c.kind,
                    "multiples": {p: one_decimal(t) for p, t in c.tenths.items()},
                    "basis": c.usual.basis,
                    "average": stated(c.average),
                    "average_years": c.years,
                    "average_multiple": one_decimal(c.average_tenths),
                }
                for c in self.comparisons
            ],
            "stated_totals": [
                {
                    "theme": None if check.theme is None else check.theme.id,
                    "of": None if check.of is None else check.of.id,
                    "year": stated(check.column),
                    "stated": str(check.stated.amount),
                    "computed": stated(check.computed),
                    "agrees": check.agrees,
                    "rounding": check.rounding,
                }
                for check in self.checks
            ],
            "envelopes": [_use_payload(use) for use in self.uses],
        }

    def _groups_payload(self) -> dict[str, Any]:
        """The subtotals of a table by theme, where the plan has groups."""
        if self.totals.by != "theme" or not self.plan.groups:
            return {}
        rows = subtotals(self.plan, self.totals).values()
        return {"groups": [self._row_payload(row) for row in rows]}

    def _row_payload(self, row: Row) -> dict[str, Any]:
        def marked(name: str) -> list[str]:
            return [period for period, figure in row.figures.items() if getattr(figure, name)]

        return {
            "id": row.id,
            "title": row.title,
            "kind": row.kind,
            **self._figures_payload(row),
            "assumed": marked("assumed"),
            "known_costs_only": marked("known_only"),
            "spread": marked("spread"),
            "excess": {p: str(f.excess) for p, f in row.figures.items() if f.excess.cents},
        }

    def _names(self) -> list[str]:
        """The names of the columns of figures, in their order."""
        cut = self.totals
        before = [name for name in cut.outside if name == "before"]
        after = [name for name in cut.outside if name != "before"]
        return [*before, *cut.periods, cut.total.id, *after]

    def _percent_payload(self, row: Row) -> dict[str, str | None] | None:
        """The shares by period and of all periods, where they are asked for."""
        if not self.shape.percent:
            return None
        shares = map(_share, row.columns, self.totals.total.columns)
        names = self._names()
        return {name: one_decimal(share) for name, share in zip(names, shares, strict=True)}

    def _figures_payload(self, row: Row) -> dict[str, Any]:
        marks = {n: marks_of(f) for n, f in zip(self._names(), self._marked(row), strict=True)}
        return {
            "amounts": {period: stated(figure.amount) for period, figure in row.figures.items()},
            "total": stated(row.total.amount),
            "before": None if row.before is None else stated(row.before.amount),
            "beyond": None if row.beyond is None else stated(row.beyond.amount),
            "whole": stated(row.whole.amount),
            "percent": self._percent_payload(row),
            "marks": {name: list(found) for name, found in marks.items() if found},
        }


def totals_report(
    plan: Plan,
    by: By,
    per: Per,
    selection: Selection = WHOLE,
    scale: Scale | None = None,
    shape: Shape | None = None,
    *,
    across: By | None = None,
    net: bool = False,
    running: bool = False,
) -> TotalsReport:
    """The totals of a part of the plan; of all of it, against what is usual.

    What is printed is held against those of the plan or of a theme, and envelopes against theirs.
    """
    shape, years = shape or Shape(), selection.years
    within = years or plan.years
    found = totals(plan, by, per, selection, across=across, net=net, running=running)
    if shape.cumulative:
        since = None if years is None else Years(plan.years.first, within.last)
        since_first = selection._replace(years=since)
        whole = totals(plan, by, per, since_first, net=net, running=running)
        found = from_year(cumulated(whole), within.first)._replace(selection=selection)
    whole_themes = not selection.cuts_envelopes
    gross = whole_themes and not (net or running)
    checks = tuple(
        check
        for check in (stated_checks(plan) if gross else ())
        if years is None or check.year in within or check.span == years
        if _is_shown(check, by, selection)
    )
    compared = gross and not (selection.is_part or across or shape.cumulative or by == "source")
    usual = tuple(comparisons(plan, found)) if compared else ()
    plain = (by, per, shape, across) == ("theme", "year", Shape(), None)
    uses = tuple(
        use
        for use in (envelope_uses(plan, within) if plain and gross else ())
        if selection.has_theme(plan, use.theme.id)
    )
    return TotalsReport(plan, found, usual, checks, scale, uses, shape, running)


#: The rows of which totals may have been printed.
_WITH_PRINTED_TOTALS = ("theme", "group", "project", "source", "own_source", "total", "unplanned")


def _is_shown(check: StatedCheck, by: By, selection: Selection) -> bool:
    """Whether a printed total is of a row of a table, or of the whole."""
    if isinstance(check.of, Theme):
        in_group = selection.group in (None, check.of.group)
        return in_group and selection.theme in (None, check.of.id)
    if isinstance(check.of, Group):
        return selection.theme is None and selection.group in (None, check.of.id)
    if isinstance(check.of, Project):
        return by == "project" and selection.theme in (None, check.of.theme)
    if check.of is not None:
        return by == "source" and not selection.is_part and isinstance(check.of, Funder)
    return not selection.is_part


def _use_payload(use: EnvelopeUse) -> dict[str, Any]:
    figures = {
        "envelope": use.envelope,
        "planned": use.known,
        "not_split": use.not_split,
        "beyond": use.beyond,
    }
    return {
        "theme": use.theme.id,
        **{name: stated(figure.amount) for name, figure in figures.items()},
        "left": stated((use.not_split.amount or ZERO) - (use.beyond.amount or ZERO)),
        "percent": one_decimal(use.per_mille),
        "over": [str(year) for year in use.over],
        "assumed": [name for name, figure in figures.items() if figure.assumed],
    }


def _part_of_envelope(use: EnvelopeUse) -> Tenths | None:
    return None if use.per_mille is None else Tenths(use.per_mille)


#: What a sentence calls that whose mean it speaks of.
_NAME_OF: Mapping[str, Message] = {
    "investment": msg("Investment"),
    "total": msg("Total"),
    "in_all": msg("In all"),
}


#: What the columns beside the periods and the total are called.
_OUTSIDE: Mapping[str, Message] = {
    "before": msg("Before"),
    "beyond": msg("Beyond"),
    "whole": msg("Whole"),
}
_HEADINGS: Mapping[By, Message] = {
    "theme": msg("Theme"),
    "group": msg("Group"),
    "project": msg("Project"),
    "class": msg("Priority class"),
    "lead": msg("Led by"),
    "section": msg("Section"),
    "account": msg("Account"),
    "source": msg("Source of funds"),
}


def _share(figure: Figure, whole: Figure) -> int | None:
    """What a figure is of the total of its column, in tenths of a percent."""
    if figure.amount is None or whole.amount is None:
        return None
    return per_mille(figure.amount, whole.amount)


def _period(period: str) -> Message | Year:
    """``2016`` by its name; ``2016-Q1`` in the reader's own notation."""
    year, _, number = period.partition("-Q")
    return msg("Q{number} {year}", number=number, year=Year(year)) if number else Year(year)


def _residue(cut: Totals, scale: Scale) -> Iterator[Message]:
    """What rounding to the unit hides: the total, and what the rounded cells add up to."""
    exact = cut.total.total.amount
    if exact is None:
        return
    cells = [f.amount for row in cut.rows for f in row.figures.values() if f.amount is not None]
    if all(shown_amount(amount, scale) == amount for amount in (*cells, exact)):
        return
    added = Money(sum(shown_amount(amount, scale).cents for amount in cells))
    yield msg(
        "rounded: the exact total is {exact}; the cells shown add up to {added}: {residue} apart",
        exact=exact,
        added=added,
        residue=added - exact,
    )


def _usual(comparison: Comparison) -> object:
    usual = comparison.usual
    return Assumed(usual.amount) if usual.assumed else usual.amount
