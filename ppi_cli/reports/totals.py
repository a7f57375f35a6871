"""The yearly totals, compared with what was printed and with what is usual."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ppi_cli.baseline import Comparison, comparisons
from ppi_cli.control import StatedCheck, disputed, stated_checks
from ppi_cli.language import Scale, coarsest_scale, shown_amount
from ppi_cli.message import Message, Tenths, counted, msg
from ppi_cli.model import Plan
from ppi_cli.money import Money
from ppi_cli.quarters import Years
from ppi_cli.reports.plan import plan_line, plan_payload
from ppi_cli.reports.table import FORMAT_VERSION, Column, Line, Table
from ppi_cli.totals import By, Figure, Per, Row, Totals, totals


@dataclass(frozen=True)
class TotalsReport:
    plan: Plan
    totals: Totals
    comparisons: tuple[Comparison, ...]
    checks: tuple[StatedCheck, ...]
    #: The unit that was asked for; ``None``: the coarsest that is exact.
    scale: Scale | None
    #: The years that were asked for; ``None``: all.
    years: Years | None = None

    def table(self) -> Table:
        cut = self.totals
        shown = [figure for row in (*cut.rows, cut.total) for figure in _figures(row)]
        exact = coarsest_scale(figure.amount for figure in shown)
        scale = exact if self.scale is None else self.scale
        columns = (
            Column(msg("Id"), key="id", for_machines=True),
            Column(_HEADINGS[cut.by], key="title"),
            *(Column(_period(period), numeric=True, key=period) for period in cut.periods),
            Column(msg("Total"), numeric=True, key="total"),
        )
        lines = [Line((row.id, row.title, *self._marked(row))) for row in cut.rows]
        lines.append(Line((cut.total.id, cut.total.title, *self._marked(cut.total)), "total"))
        lines += [
            Line(
                (
                    None,
                    msg("{title} ({usual})", title=c.title, usual=c.usual.amount),
                    *(None if t is None else Tenths(t) for t in c.tenths.values()),
                    "",
                ),
                "comment",
            )
            for c in self.comparisons
        ]
        notes = (*self._notes(shown), *_residue(cut, scale))
        return Table(plan_line(self.plan), columns, tuple(lines), notes, scale)

    def _marked(self, row: Row) -> Iterator[Figure]:
        """The figures of a row, those marked that a printed total contradicts."""
        scope = row.id if row.kind == "theme" else None
        wrong = disputed(self.plan) if row.kind in ("theme", "total") else set()
        for period, figure in row.figures.items():
            year = int(period[:4]) if self.totals.per == "year" else None
            yield replace(figure, disputed=year is not None and (scope, year) in wrong)
        whole = len(self.totals.periods) > 1 and self.years is None
        yield replace(row.total, disputed=whole and (scope, None) in wrong)

    def _notes(self, figures: list[Figure]) -> Iterator[Message]:
        for marked, note in (
            (any(f.assumed for f in figures), msg("* rests on an assumption")),
            (any(f.spread for f in figures), msg("~ spread evenly over the quarters of work")),
            (any(f.known_only for f in figures), msg("+ known costs only: no envelope is stated")),
        ):
            if marked:
                yield note
        for row in self.totals.rows:
            excesses: Counter[str] = Counter()
            for period, figure in row.figures.items():
                excesses[period[:4]] += figure.excess.cents
            for year, cents in excesses.items():
                if cents and row.kind == "theme":
                    yield msg(
                        "! {theme}, {period}: the projects cost {excess} more than the envelope,"
                        " which is what counts",
                        theme=row.title,
                        period=year,
                        excess=Money(cents),
                    )
        multiples = [
            msg("{multiple} {title}", multiple=Tenths(c.average_tenths), title=c.title)
            for c in self.comparisons
            if c.average_tenths is not None
        ]
        if multiples and len(self.totals.periods) > 1:
            yield msg(
                "{amount} a year on average: {multiples}",
                amount=self.comparisons[0].average,
                multiples=multiples,
            )
        if self.plan.header.tax == "unstated":
            yield msg("the plan does not say whether amounts include taxes")
        yield from self._control()

    def _control(self) -> Iterator[Message]:
        wrong = [check for check in self.checks if not check.agrees]
        for check in wrong:
            yield msg(
                "! the total stated for {where} is {stated}, not {computed}",
                where=msg("all years together") if check.year is None else str(check.year),
                stated=check.stated.amount,
                computed=check.computed,
            )
        if self.checks and not wrong:
            yield counted(
                "the printed total agrees",
                "the {n} printed totals agree",
                len(self.checks),
            )

    def payload(self) -> Mapping[str, Any]:
        cut = self.totals
        return {
            "format_version": FORMAT_VERSION,
            "plan": plan_payload(self.plan),
            "by": cut.by,
            "per": cut.per,
            "periods": list(cut.periods),
            "rows": [_row_payload(row) for row in cut.rows],
            "total": _figures_payload(cut.total),
            "comparisons": [
                {
                    "usual": str(c.usual.amount),
                    "kind": c.kind,
                    "multiples": {p: _one_decimal(t) for p, t in c.tenths.items()},
                    "average": _text(c.average),
                    "average_multiple": _one_decimal(c.average_tenths),
                }
                for c in self.comparisons
            ],
            "stated_totals": [
                {
                    "theme": None if check.theme is None else check.theme.id,
                    "year": None if check.year is None else str(check.year),
                    "stated": str(check.stated.amount),
                    "computed": _text(check.computed),
                    "agrees": check.agrees,
                }
                for check in self.checks
            ],
        }


def totals_report(
    plan: Plan, by: By, per: Per, years: Years | None = None, scale: Scale | None = None
) -> TotalsReport:
    found = totals(plan, by, per, years)
    within = years or plan.years
    checks = tuple(c for c in stated_checks(plan) if years is None or c.year in within)
    return TotalsReport(plan, found, tuple(comparisons(plan, found)), checks, scale, years)


_HEADINGS: Mapping[By, Message] = {
    "theme": msg("Theme"),
    "project": msg("Project"),
    "class": msg("Priority class"),
}


def _figures(row: Row) -> tuple[Figure, ...]:
    return (*row.figures.values(), row.total)


def _period(period: str) -> Message | str:
    """``2016`` as it is; ``2016-Q1`` in the reader's own notation."""
    year, _, number = period.partition("-Q")
    return msg("Q{number} {year}", number=number, year=year) if number else year


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


def _text(amount: Money | None) -> str | None:
    return None if amount is None else str(amount)


def _one_decimal(tenths: int | None) -> str | None:
    return None if tenths is None else f"{'-' * (tenths < 0)}{abs(tenths) // 10}.{abs(tenths) % 10}"


def _figures_payload(row: Row) -> dict[str, Any]:
    return {
        "amounts": {period: _text(figure.amount) for period, figure in row.figures.items()},
        "total": _text(row.total.amount),
    }


def _row_payload(row: Row) -> dict[str, Any]:
    def marked(name: str) -> list[str]:
        return [period for period, figure in row.figures.items() if getattr(figure, name)]

    excess = {p: str(f.excess) for p, f in row.figures.items() if f.excess.cents}
    return {
        "id": row.id,
        "title": row.title,
        "kind": row.kind,
        **_figures_payload(row),
        "assumed": marked("assumed"),
        "known_costs_only": marked("known_only"),
        "spread": marked("spread"),
        "excess": excess,
    }
