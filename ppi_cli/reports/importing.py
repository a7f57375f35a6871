"""What a spreadsheet says, as far as it is understood: the report of ``ppi import``."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import Any, Literal

from ppi_cli.reports.table import FORMAT_VERSION, Column, Line, Lines, Table
from ppi_cli.sheets.account import FATES, Check, Fate, Question, State
from ppi_cli.sheets.cells import Cell, Place, reference, text_of
from ppi_cli.sheets.entries import Entry, Understood
from ppi_cli.sheets.wording import Period
from ppi_cli.sheets.writing import Written
from ppi_cli.values.message import Count, Message, counted, msg
from ppi_cli.values.money import CENTS, Money
from ppi_cli.values.quarters import Year

#: What becomes of cells, in words.
_FATES: Mapping[Fate, Message] = {
    "amount": msg("amounts"),
    "title": msg("titles, numbers and other texts that are read"),
    "header": msg("headers"),
    "printed": msg("printed totals"),
    "note": msg("notes beside the tables"),
    "part": msg("parts of other amounts"),
    "absent": msg("words for what is not stated"),
    "ignored": msg("left out by the map"),
    "unknown": msg("not understood"),
}
#: So many lines of a kind are shown; the JSON has all of them.
_MOST_SHOWN = 20


@dataclass(frozen=True)
class ImportReport:
    """What would be read of a book, what is asked, and which printed totals are wrong."""

    found: Understood
    #: What it would become, where there is anything to write.
    written: Written | None

    @cached_property
    def fates(self) -> Counter[str]:
        return Counter(fate for own in self.found.account.fates.values() for fate in own.values())

    @property
    def wrong(self) -> list[Check]:
        return [check for check in self.found.account.checks if check.state == "wrong"]

    @property
    def rounded(self) -> list[Check]:
        return [check for check in self.found.account.checks if check.state == "rounded"]

    def money(self, amount: Decimal) -> object:
        """An amount of the book, where its unit is known; else its digits."""
        if self.found.unit is None:
            return f"{amount:f}"
        cents = (amount * CENTS[self.found.scale]).quantize(Decimal(1), ROUND_HALF_UP)
        return Money(int(cents), str(self.found.unit))

    @cached_property
    def _states(self) -> Mapping[Place, State]:
        """How each printed total stands: wrong where it is so along its row or its column."""
        worst: dict[Place, State] = {}
        for check in self.found.account.checks:
            known = worst.get(check.place, "right")
            worst[check.place] = max(known, check.state, key=("right", "rounded", "wrong").index)
        return worst

    # --- for people ---

    def table(self) -> Table:
        columns = (
            Column(msg("Sheet"), "sheet", for_machines=True),
            Column(msg("Cell"), "cell", for_machines=True),
            Column(msg("Value"), "value", for_machines=True),
            Column(msg("What it is"), "kind"),
            Column(msg("Cells"), "cells", numeric=True),
        )
        lines = [
            Line(("", "", "", _FATES[fate], Count(self.fates[fate])), "comment")
            for fate in FATES
            if self.fates[fate]
        ]
        lines += [
            Line((sheet, cell, value, kind, ""), "detail")
            for sheet, cell, value, kind in self.cells()
        ]
        book = self.found.book.name
        title = msg("{book}: what is read", book=book)
        if not self.found.is_sure:
            title = msg("{book}: what would be read", book=book)
        more = [self._years(), self._guesses(), self._wrong(), self._remarks(), self._asked()]
        return Table(
            title,
            columns,
            tuple(lines),
            tuple(self._notes()),
            more=tuple(table for table in more if table is not None),
        )

    def cells(self) -> Iterator[tuple[str, str, str, str]]:
        """Every cell that is not empty: its sheet, itself, its value, and what becomes of it."""
        for sheet in self.found.book.sheets:
            fates = self.found.account.fates.get(sheet.name, {})
            for row, column, cell in sheet.filled():
                kind = fates.get((row, column), "unknown")
                yield sheet.name, reference(row, column), _value(cell), kind

    @property
    def _envelopes(self) -> int:
        """How many themes have an envelope."""
        themes = () if self.written is None else self.written.themes.values()
        return sum(bool(theme.envelope) for theme in themes)

    def _notes(self) -> Iterator[Message]:
        found, account = self.found, self.found.account
        if found.entries:
            projects = 0 if self.written is None else len(self.written.projects)
            envelopes = self._envelopes
            if projects or not envelopes:
                yield counted("{n} project", "{n} projects", projects)
            if envelopes:
                yield counted("{n} envelope of a theme", "{n} envelopes of themes", envelopes)
        states = Counter(self._states.values())
        if account.checks:
            yield counted(
                "{n} printed total is right", "{n} printed totals are right", states["right"]
            )
        if states["rounded"]:
            first = self.rounded[0]
            yield counted(
                "{n} printed total differs by as little as rounding explains: {cell}, by {apart}",
                "{n} printed totals differ by as little as rounding explains: {cell}, by {apart} …",
                states["rounded"],
                cell=str(first.place),
                apart=self.money(first.apart),
            )
        if states["wrong"]:
            yield counted(
                "! {n} printed total is wrong", "! {n} printed totals are wrong", states["wrong"]
            )
        if uncovered := self._uncovered("costs"):
            yield counted(
                "{n} amount, {amount}, stands under no printed total",
                "{n} amounts, {amount} together, stand under no printed total",
                len(uncovered),
                amount=self.money(_sum(uncovered)),
            )
        if uncovered := self._uncovered("funding"):
            yield counted(
                "{n} amount of who pays, {amount}, stands under no printed total",
                "{n} amounts of who pays, {amount} together, stand under no printed total",
                len(uncovered),
                amount=self.money(_sum(uncovered)),
            )
        if self.written is not None and self.written.unplaced:
            yield counted(
                "{n} printed total was checked, and has no place in a plan",
                "{n} printed totals were checked, and have no place in a plan",
                len(self.written.unplaced),
            )
        if self.written is not None and self.written.rounded:
            yield counted(
                "{n} amount is no whole number of cents, and is rounded: {cell}",
                "{n} amounts are no whole numbers of cents, and are rounded: {cell} …",
                len(self.written.rounded),
                cell=str(self.written.rounded[0]),
            )
        if found.map.ignore or found.map.accept:
            names = [*map(str, found.map.ignore), *map(str, found.map.accept)]
            yield msg("the map leaves out or accepts: {cells}", cells=names)
        if account.questions:
            yield counted(
                "! {n} question is open: nothing is written until the map answers it",
                "! {n} questions are open: nothing is written until the map answers them",
                len(account.questions),
            )

    def _uncovered(self, kind: Literal["costs", "funding"]) -> Sequence[Entry]:
        """The amounts that no printed total covers: of costs, or of who pays them."""
        is_funding = kind == "funding"
        return [e for e in self.found.uncovered if (e.where == "funding") == is_funding]

    def sums(self) -> dict[object, Decimal]:
        """What is read by year, and outside the years of the plan."""
        sums = _sums(self.found.entries)
        order = {"before": 0, "beyond": 2}
        return dict(sorted(sums.items(), key=lambda each: (order.get(str(each[0]), 1),
                                                           str(each[0]))))  # fmt: skip

    def _years(self) -> Table | None:
        sums = self.sums()
        if not sums:
            return None
        columns = [Column(msg("Amounts"), "amounts")]
        columns += [Column(_title(when), str(when), numeric=True) for when in sums]
        columns.append(Column(msg("Total"), "total", numeric=True))
        amounts = [*sums.values(), sum(sums.values(), Decimal(0))]
        cells = tuple(self.money(amount) for amount in amounts)
        lines = [Line((msg("read"), *cells))]
        if self.found.envelopes:
            bounds = _sums(self.found.envelopes)
            kept = [bounds.get(when, Decimal(0)) for when in sums]
            kept.append(sum(bounds.values(), Decimal(0)))
            lines.append(Line((msg("envelopes that bound them"), *map(self.money, kept))))
        if self.found.funding:
            paid = self.money(_sum(self.found.funding))
            lines.append(Line((msg("who pays them, without a year"), *[""] * len(sums), paid)))
        return Table(self.found.title, tuple(columns), tuple(lines))

    def _guesses(self) -> Table | None:
        seen: dict[tuple[str, str], Message] = {}
        for guess in self.found.account.guesses:
            seen.setdefault((guess.key, _said(guess.value)), guess.why)
        if not seen:
            return None
        columns = (
            Column(msg("Key of the map"), "key"),
            Column(msg("Taken for"), "value"),
            Column(msg("Since"), "why"),
        )
        lines = [Line((*key, why)) for key, why in seen.items()]
        return _shortened(Table(msg("Found without being told"), columns, tuple(lines)))

    def _wrong(self) -> Table | None:
        if not self.wrong:
            return None
        columns = (
            Column(msg("Cell"), "cell"),
            Column(msg("Title"), "title"),
            Column(msg("Printed"), "printed", numeric=True),
            Column(msg("Sum"), "sum", numeric=True),
            Column(msg("Apart"), "apart", numeric=True),
        )
        wrong = {
            (c.place, c.summed): c for c in self.wrong
        }.values()  # along its row and its column
        lines = [
            Line((str(c.place), c.label, *map(self.money, (c.printed, c.summed, c.apart))))
            for c in wrong
        ]
        return _shortened(Table(msg("Printed totals that are wrong"), columns, tuple(lines)))

    def _remarks(self) -> Table | None:
        remarks = self.found.account.remarks
        if not remarks:
            return None
        columns = (Column(msg("Cell"), "cell"), Column(msg("Worth knowing"), "message"))
        lines = [Line((str(each.place), each.message)) for each in remarks]
        return _shortened(Table(msg("Worth knowing"), columns, tuple(lines)))

    def _asked(self) -> Table | None:
        questions = self.found.account.questions
        if not questions:
            return None
        columns = (
            Column(msg("Cell"), "cell"),
            Column(msg("Question"), "question"),
            Column(msg("Answers, as lines of the map"), "answers"),
        )
        lines = [Line((cells, *said)) for cells, said in self._alike(questions)]
        return _shortened(Table(msg("Asked"), columns, tuple(lines)))

    @staticmethod
    def _alike(questions: Sequence[Question]) -> Iterator[tuple[object, tuple[Message, Lines]]]:
        """Questions with where they stand; those of several sheets that are alike as one."""
        places: dict[object, list[Question]] = defaultdict(list)
        for each in questions:
            places[repr((each.message, each.answers))].append(each)
        for own in places.values():
            said = own[0].message, Lines(own[0].answers)
            more = [each for each in own[1:] if each.place.sheet != own[0].place.sheet]
            if len(more) > 1:
                yield (
                    msg("{cell}, and in {n} more sheets", cell=str(own[0].place), n=len(more)),
                    said,
                )
            else:
                yield from ((str(each.place), said) for each in own)

    # --- for programs ---

    def payload(self) -> Mapping[str, Any]:
        found = self.found
        unit = None if found.unit is None else str(found.unit)
        return {
            "format_version": FORMAT_VERSION,
            "book": found.book.name,
            "title": found.title,
            "unit": unit,
            "tax": found.tax,
            "sure": found.is_sure,
            "projects": 0 if self.written is None else len(self.written.projects),
            "envelopes": self._envelopes,
            "amounts": {str(when): self._stated(amount) for when, amount in self.sums().items()},
            "counts": {fate: self.fates[fate] for fate in FATES},
            "uncovered": {
                "cells": len(self._uncovered("costs")),
                "amount": self._stated(_sum(self._uncovered("costs"))),
            },
            "funding": {
                "cells": len(found.funding),
                "amount": self._stated(_sum(found.funding)),
                "uncovered": len(self._uncovered("funding")),
            },
            "guesses": [
                {
                    "key": guess.key,
                    "value": _said(guess.value),
                    "sheet": guess.sheet,
                    "why": guess.why,
                }
                for guess in found.account.guesses
            ],
            "questions": [self._question(each) for each in found.account.questions],
            "remarks": [
                {"place": str(each.place), "message": each.message}
                for each in found.account.remarks
            ],
            "totals": [self._check(check) for check in found.account.checks],
            "rounded": [] if self.written is None else [*map(str, self.written.rounded)],
            "ignored": [*map(str, found.map.ignore)],
            "accepted": [*map(str, found.map.accept)],
            "cells": [
                {"sheet": sheet, "cell": cell, "value": value, "kind": kind}
                for sheet, cell, value, kind in self.cells()
            ],
        }

    def _stated(self, amount: Decimal) -> str:
        return str(self.money(amount))

    @cached_property
    def _unplaced(self) -> set[int]:
        return set() if self.written is None else {id(each) for each in self.written.unplaced}

    def _check(self, check: Check) -> Mapping[str, Any]:
        return {
            "place": str(check.place),
            "title": check.label,
            "printed": self._stated(check.printed),
            "sum": self._stated(check.summed),
            "apart": self._stated(check.apart),
            "state": check.state,
            "in_plan": id(check) not in self._unplaced,
        }

    @staticmethod
    def _question(question: Question) -> Mapping[str, Any]:
        return {
            "place": str(question.place),
            "message": question.message,
            "answers": list(question.answers),
            "cells": [str(place) for place in question.cells],
        }


def _sum(entries: Iterable[Entry]) -> Decimal:
    return sum((entry.amount for entry in entries), Decimal(0))


def _sums(entries: Iterable[Entry]) -> dict[object, Decimal]:
    """Amounts by time."""
    sums: dict[object, Decimal] = defaultdict(Decimal)
    for entry in entries:
        sums[entry.where or _when(entry.period)] += entry.amount
    return sums


def _when(period: Period | None) -> object:
    if period is None:
        return ""
    return f"{period.year}..{period.last}" if period.last else period.year


def _title(when: object) -> Message | str | Year:
    if isinstance(when, int):
        return Year(when)
    named = {"before": msg("Before"), "beyond": msg("Beyond")}
    return named.get(str(when), str(when))


def _said(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _value(cell: Cell) -> str:
    return cell.formula or "" if cell.value is None else text_of(cell)


def _shortened(table: Table) -> Table:
    """A table of the first lines alone, which says how many there are."""
    left = len(table.lines) - _MOST_SHOWN
    if left <= 0:
        return table
    note = counted(
        "and {n} more: --format json has it", "and {n} more: --format json has them", left
    )
    lines: Sequence[Line] = table.lines[:_MOST_SHOWN]
    return Table(table.title, table.columns, tuple(lines), (*table.notes, note))
