"""Versions of a plan side by side: their totals, what sets them apart from the first, findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from ppi_cli.changes.difference import Difference, difference
from ppi_cli.figures.price import IN_ALL, Price, price, unpriced
from ppi_cli.figures.totals import Figure, Row, totals
from ppi_cli.plan.model import Plan
from ppi_cli.plan.projects import Project
from ppi_cli.reports.table import FORMAT_VERSION, Column, Line, Signed, Table, heading
from ppi_cli.reports.values import legend, legend_of_excess
from ppi_cli.reports.versions import (
    notes_by_version,
    outside_columns,
    outside_of,
    price_payload,
    ranked,
    with_outside,
)
from ppi_cli.values.findings import Diagnostic
from ppi_cli.values.message import Message, counted, msg
from ppi_cli.values.money import ZERO, Money
from ppi_cli.values.names import SEVERITY_NAMES, told_apart
from ppi_cli.values.quarters import Outside, Year, Years
from ppi_cli.words.language import scale_in

if TYPE_CHECKING:
    from ppi_cli.reports.bars import Bars


class Compared(NamedTuple):
    """A version, with what it is called and what was found in it."""

    #: What one types to name it.
    name: str
    plan: Plan
    findings: tuple[Diagnostic, ...]
    #: What a scenario chooses itself, against what is chosen for all.
    own_choices: tuple[str | Message, ...] = ()
    #: The plan as it is written, which other versions may be of too.
    written: Plan | None = None
    #: Of a scenario, its title.
    title: str | None = None
    #: What people read, where that is neither.
    called: Message | None = None


@dataclass(frozen=True)
class ComparisonReport:
    versions: tuple[Compared, ...]
    #: What was chosen for all of them.
    choices: tuple[Message, ...] = ()
    #: Whether people see only what sets them apart, and not how many changes that takes.
    apart_only: bool = False

    @property
    def first(self) -> Compared:
        return self.versions[0]

    @cached_property
    def names(self) -> Sequence[str | Message]:
        """What people read: titles, where versions have one."""
        called = told_apart({each.name: each.title for each in self.versions})
        return [each.called or called[each.name] for each in self.versions]

    @cached_property
    def years(self) -> Sequence[int]:
        """The years of any version."""
        return sorted({year for each in self.versions for year in each.plan.years.each()})

    @cached_property
    def outside(self) -> Sequence[Outside]:
        """Where any version has money before the plan or beyond it."""
        return outside_of([each.plan for each in self.versions])

    @cached_property
    def differences(self) -> tuple[Difference, ...]:
        """What sets each of the others apart from the first."""
        return tuple(
            difference(self.first.plan, each.plan, of_one_plan=each.written is self.first.written)
            for each in self.versions[1:]
        )

    # --- totals ---

    def table(self) -> Table:
        columns = (
            Column(msg("Id"), "id", for_machines=True),
            Column(msg("Title"), "title", for_machines=True),
            Column(msg("Version"), "version", for_machines=True),
            Column(msg("Version"), "version_title"),
            *outside_columns(self.outside, Outside.BEFORE),
            *(Column(Year(year), str(year), numeric=True) for year in self.years),
            Column(msg("Total"), "total", numeric=True),
            *outside_columns(self.outside, Outside.BEYOND),
        )
        found = [totals(each.plan) for each in self.versions]
        by_id = [
            {names.get(row.id, row.id): row for row in each.rows}
            for each, names in zip(found, self._first_ids, strict=True)
        ]
        ids = list(dict.fromkeys(id for rows in by_id for id in rows))
        themes = [[*self._lines([rows.get(id) for rows in by_id])] for id in ids]
        if self.apart_only:
            themes = [own for own in themes if any(line.kind == "line" for line in own)]
        lines = [line for own in themes for line in own]
        lines += self._lines([each.total for each in found])
        if any(each.running for each in found):
            lines += self._lines([each.running for each in found])
            in_all = (each.in_all or each.total._replace(id="in_all") for each in found)
            lines += self._lines([each._replace(title=IN_ALL.title) for each in in_all])
        if any(each.unplanned for each in found):
            lines += self._lines([each.unplanned for each in found])
        figures = [cell for line in lines for cell in line.cells if isinstance(cell, Figure)]
        scale = scale_in(self.first.plan.header.notation, (figure.amount for figure in figures))
        notes = (*legend(figures), *legend_of_excess(figures), *self._notes())
        findings = self._findings_table()
        more = (findings,) if findings.lines else ()
        title = msg("Comparison of {names}", names=self.names)
        if self.choices:
            title = msg("Comparison of {names}: {choices}", names=self.names, choices=self.choices)
        return Table(title, columns, tuple(lines), notes, scale, more)

    def _lines(self, rows: Sequence[Row | None]) -> Iterator[Line]:
        """A theme, or the totals: a line for each version, or one where all have the same."""
        row = next(row for row in rows if row is not None)
        yield heading(row.title, 3)
        figures = [self._figures(each) for each in rows]
        same = all(each == figures[0] for each in figures)
        if same:
            yield Line((row.id, row.title, "", msg("all of them"), *figures[0]), "comment")
        for each, name, own in zip(self.versions, self.names, figures, strict=True):
            yield Line((row.id, row.title, each.name, name, *own), "detail" if same else "line")
            if own != figures[0]:
                apart = [_apart(*pair) for pair in zip(figures[0], own, strict=True)]
                yield Line((row.id, row.title, "", msg("difference"), *apart), "comment")

    def _figures(self, row: Row | None) -> list[Figure]:
        if row is None:
            return with_outside([Figure()] * len(self.years), Figure(), {}, self.outside)
        of_years = [row.figures.get(str(year), Figure()) for year in self.years]
        beside: dict[int, Figure] = {
            Outside.BEFORE: row.before or Figure(),
            Outside.BEYOND: row.beyond or Figure(),
        }
        return with_outside(of_years, row.total, beside, self.outside)

    @cached_property
    def _first_ids(self) -> list[Mapping[str, str]]:
        """By version: what each theme and project that has another id is called in the first."""
        return [{}, *(each.renamed for each in self.differences)]

    def _notes(self) -> Iterator[Message]:
        prices = [price(each.plan) for each in self.versions]
        yield from self._ranking(prices)
        yield from notes_by_version(self.names, [each.plan for each in self.versions])
        for each, name in zip(self.versions, self.names, strict=True):
            if each.own_choices:
                yield msg(
                    "{name} chooses for itself: {choices}", name=name, choices=each.own_choices
                )
        for n, (name, own) in enumerate(zip(self.names[1:], prices[1:], strict=True)):
            cents = (own.in_all - prices[0].in_all).cents
            effect = msg("the same total")
            if cents:
                amount = Money(abs(cents))
                more, less = (
                    msg("{amount} more", amount=amount),
                    msg("{amount} less", amount=amount),
                )
                effect = more if cents > 0 else less
            if self.apart_only:
                yield msg("{name}: {note}", name=name, note=effect)
                continue
            yield counted(
                "{name}: {n} change from {first}, {effect}",
                "{name}: {n} changes from {first}, {effect}",
                sum(1 for _ in self.differences[n].changes),
                name=name,
                first=self.names[0],
                effect=effect,
            )

    def _ranking(self, prices: Sequence[Price]) -> Iterator[Message]:
        """The order of the versions whose price is known, as far as that of any is; the others."""
        unknown = [unpriced(each.plan) for each in self.versions]
        more = [[id for id in own if any(own[id] > of[id] for of in unknown)] for own in unknown]
        known = [n for n, ids in enumerate(more) if not ids]
        if len(known) > 1:
            yield from ranked([self.names[n] for n in known], [prices[n] for n in known])
        for each, name, ids in zip(self.versions, self.names, more, strict=True):
            if ids:
                yield msg(
                    "! {name} is not ranked: not all of its costs are known, of {projects}",
                    name=name,
                    projects=[each.plan.by_id[id].title for id in ids],
                )

    # --- schedules ---

    def bars(self) -> Bars:
        """Every project of any version, with its bar in each."""
        from ppi_cli.reports.bars import BarGroup, Bars, bar_of  # no table needs them

        years = Years(self.years[0], self.years[-1])
        by_id = [
            {names.get(project.id, project.id): project for project in each.plan.projects}
            for each, names in zip(self.versions, self._first_ids, strict=True)
        ]
        titles = {id: project.title for own in reversed(by_id) for id, project in own.items()}
        groups: list[BarGroup] = []
        for id in dict.fromkeys(id for own in by_id for id in own):
            bars = tuple(
                bar_of(each.plan, own.get(id), _called(name, own.get(id), titles[id]), years)
                for each, name, own in zip(self.versions, self.names, by_id, strict=True)
            )
            same = len({(bar.class_, bar.active, bar.assumed) for bar in bars}) == 1
            groups.append(BarGroup(titles[id], bars[:1] if same else bars))
        return Bars(years, tuple(groups))

    # --- findings ---

    @cached_property
    def _alone(self) -> list[tuple[list[str], Diagnostic]]:
        """What is found in some versions and not in others, with the names of the former."""
        having: dict[str, list[Compared]] = {}
        found: dict[str, Diagnostic] = {}
        for each in self.versions:
            for diagnostic in each.findings:
                key = f"{diagnostic.code} {diagnostic.message}"
                found.setdefault(key, diagnostic)
                if each not in having.setdefault(key, []):
                    having[key].append(each)
        return [
            ([each.name for each in having[key]], diagnostic)
            for key, diagnostic in found.items()
            if len(having[key]) < len(self.versions)
        ]

    def _findings_table(self) -> Table:
        columns = (
            Column(msg("Version"), "version"),
            Column(msg("Severity"), "severity"),
            Column(msg("Code"), "code"),
            Column(msg("Finding"), "finding"),
        )
        called = {each.name: name for each, name in zip(self.versions, self.names, strict=True)}
        places = Counter((found.code, found.place) for _, found in self._alone)
        lines = (
            Line(
                (
                    [called[name] for name in names],
                    SEVERITY_NAMES[found.severity],
                    found.code,
                    found.message,
                )
            )
            for names, found in self._alone
            if not self.apart_only or places[found.code, found.place] == 1
        )
        return Table(msg("Findings that not all of them have"), columns, tuple(lines))

    def payload(self) -> Mapping[str, Any]:
        from ppi_cli.reports.difference import DifferenceReport  # no table needs them
        from ppi_cli.reports.totals import totals_report

        return {
            "format_version": FORMAT_VERSION,
            "versions": [
                {
                    "name": each.name,
                    "title": each.title,
                    "totals": totals_report(each.plan, "theme", "year").payload(),
                    "price": price_payload(price(each.plan)),
                }
                for each in self.versions
            ],
            "differences": [
                DifferenceReport(apart, (self.first.name, each.name)).payload()
                for each, apart in zip(self.versions[1:], self.differences, strict=True)
            ],
            "findings": [
                {
                    "versions": names,
                    "code": found.code,
                    "severity": found.severity,
                    "message": found.message,
                    "about": found.about,
                }
                for names, found in self._alone
            ],
        }


def _called(name: str | Message, own: Project | None, title: str) -> str | Message:
    """A version by its name, with what it calls a project, where that is something else."""
    if own is None or own.title == title:
        return name
    return msg("{version}: {title}", version=name, title=own.title)


def _apart(first: Figure, own: Figure) -> Signed:
    if first.amount is None and own.amount is None:
        return Signed(None)
    return Signed((own.amount or ZERO) - (first.amount or ZERO))
