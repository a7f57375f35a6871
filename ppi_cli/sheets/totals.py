"""Printed totals: found by their words and by arithmetic, and held against the rows they sum.

A row is a total without a question where it has the word and adds up; or where it has none, adds
up over two rows or more in two columns or more that are not zero, and differs in form. What adds up
without either is a project, and is asked about, unless a printed total that agrees counts it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate
from typing import TypeAlias

from ppi_cli.sheets.account import Account, Check, State, first_place, row_place
from ppi_cli.sheets.layout import View
from ppi_cli.sheets.rows import Row
from ppi_cli.sheets.wording import GRAND, total_of
from ppi_cli.values.characters import look
from ppi_cli.values.message import msg

#: Amounts as whole millionths, so that a sum of floating numbers is one.
_MILLIONTHS = 6
#: Of more lines than these, a total that disagrees is not looked into.
_MANY = 50_000
#: So many rows at most stand in an answer.
_SHOWN = 20
Vector: TypeAlias = tuple[int, ...]


@dataclass(frozen=True)
class Total:
    """A printed total, and the lines that it sums."""

    row: Row
    lines: tuple[Row, ...]
    #: In how many columns that are not zero it agrees with them.
    agreeing: int = 0
    #: Whether its lines are a section, or all that stand above: no chance sum of some of them.
    is_of_section: bool = True


def whole(amount: Decimal) -> int:
    return int(amount.scaleb(_MILLIONTHS).to_integral_value())


class Judged:
    """The rows of one table, with the totals among them."""

    def __init__(self, view: View, rows: Sequence[Row], columns: Sequence[int]) -> None:
        self.view, self.map, self.account = view, view.map, view.account
        self.rows, self.columns = list(rows), tuple(columns)
        self.table = self.rows[0].table if self.rows else None
        self._vectors = {id(row): self._vector(row) for row in rows}
        self.suspects: list[Row] = []
        by = self.map.totals
        if by is None:
            self._find_by_arithmetic()
        self.totals = list(self._scoped())
        if self._are_no_totals():
            self.totals = list(self._scoped())
        self._leave_out_parts()
        self._ask_of_rest()

    def _ask_of_rest(self) -> None:
        """Ask about totals that agree with some of the rows above them, whatever these are."""
        proven = self.proven()
        places = {id(row): i for i, row in enumerate(self.lines)}
        for total in self.totals:
            if total.is_of_section or not total.lines or self.accepted(total.row):
                continue
            first = places[id(total.lines[0])]
            rest = [row for row in self.lines[:first] if any(self.vector(row))]
            rest = [row for row in rest if id(row) not in proven]
            if rest:
                place = first_place(total.row.sheet, total.row.number)
                self.account.ask(
                    place,
                    msg("“{title}” sums the rows from “{first}” on, and leaves out “{rest}” above"
                        " them: is the same money there twice?", title=total.row.label[:60],
                        first=total.lines[0].label[:60], rest=rest[-1].label[:60]),
                    f"ignore: [{self.account.at(row_place(rest[-1].sheet, rest[-1].number))}]",
                    f"accept: [{self.account.at(place)}]",
                )  # fmt: skip

    def _vector(self, row: Row) -> Vector:
        amounts = row.amounts
        return tuple(whole(amounts[c]) if c in amounts else 0 for c in self.columns)

    def vector(self, row: Row) -> Vector:
        return self._vectors[id(row)]

    # --- totals without the word ---

    def _find_by_arithmetic(self) -> None:
        while True:
            found = list(self._adding_up())
            totals = [
                (row, is_above) for row, parts, is_above in found if self._is_total(row, parts)
            ]
            for row, is_above in totals:
                row.kind, row.is_above = "total", is_above
                self.account.guess(
                    "totals",
                    str(row_place(row.sheet, row.number, row.amounts)),
                    msg("it adds up, and looks unlike the rows that it sums")
                    if not is_above
                    else msg("the rows below add up to it, and it looks unlike them"),
                    row.sheet,
                )
            if not totals:
                break
        self.suspects = _once(row for row, _, _ in found)

    def _adding_up(self) -> Iterator[tuple[Row, list[Row], bool]]:
        """Lines that are the sum of lines right above, or right below, them."""
        active = [row for row in self.rows if row.kind == "line"]
        vectors = [self.vector(row) for row in active]
        zero = (0,) * len(self.columns)
        sums = list(accumulate(vectors, _plus, initial=zero))
        places: dict[Vector, int] = {}
        for i, own in enumerate(vectors):
            if i:
                places[sums[i - 1]] = i - 1
            if own == zero or active[i].table.columns.is_turned:
                continue
            start = places.get(_minus(sums[i], own))
            if start is not None:
                yield active[i], active[start:i], False
        places.clear()
        for i in range(len(active) - 1, -1, -1):
            own = vectors[i]
            if i + 2 <= len(active):
                places[sums[i + 2]] = i + 2
            if own == zero or active[i].table.columns.is_turned:
                continue
            end = places.get(_plus(sums[i + 1], own))
            if end is not None:
                yield active[i], active[i + 1 : end], True

    def _is_total(self, row: Row, parts: Sequence[Row]) -> bool:
        """Whether a row that adds up needs no question to be a total."""
        if self.accepted(row):
            return False
        filled = [part for part in parts if any(self.vector(part))]
        if len(filled) < 2 or sum(map(bool, self.vector(row))) < 2:
            return False
        return self._differs(row, filled)

    def accepted(self, row: Row) -> bool:
        """Whether the map says that a row is what it looks like."""
        return self.map.accepts(first_place(row.sheet, row.number))

    def _differs(self, row: Row, parts: Sequence[Row]) -> bool:
        own, others = self.form(row), {self.form(part) for part in parts}
        return own not in others and (len(others) == 1 or not any(own[:1] == o[:1] for o in others))

    def form(self, row: Row) -> tuple[object, ...]:
        """What tells totals from lines: bold, fill, borders, formulas, another column, no id."""
        cells = self.view.rows[row.number]
        amounts = [cells[c] for c in row.amounts]
        columns = row.table.columns
        labels = [c for c in cells if c not in columns.slots and not cells[c].is_empty]
        number = columns.of("number")
        return (
            (
                any(cell.form.bold for cell in amounts),
                next((cell.form.fill for cell in amounts if cell.form.fill), ""),
                sum(cell.form.border for cell in amounts) * 2 > len(amounts),
                sum(_is_sum(cell.formula) for cell in amounts) * 2 > len(amounts),
            ),
            min(labels, default=0) if columns.of("theme") is None else 0,
            number is not None and number in labels,
        )

    # --- what they sum ---

    def _scoped(self) -> Iterator[Total]:
        """The totals, each with its lines."""
        counted = [row for row in self.rows if row.kind == "line"]
        if any(row.kind == "part" for row in self.rows):
            with_parts = [row for row in self.rows if row.kind != "total"]
        else:
            with_parts = counted
        self.lines = counted
        scopes = _Scopes(self, counted)
        more = _Scopes(self, with_parts) if with_parts is not counted else None
        bounds = self._with_envelopes()
        bounded = _Scopes(self, bounds) if bounds else None
        self.parts_count = False
        since = 0
        for i, row in enumerate(self.rows):
            if row.kind != "total":
                continue
            at = scopes.count_before(i)
            found, agrees = scopes.of(row, i, since)
            if more is not None and not agrees:
                wider, fits = more.of(row, i, 0)
                if fits:
                    found, self.parts_count = wider, True
            if bounded is not None and not agrees:
                others, fits = bounded.of(row, i, 0)
                if fits:
                    found, agrees = others, True
            since = at
            agreeing = self._agreeing(row, found, agrees=agrees)
            is_of_section = not agrees or _is_bounded(found) or scopes.is_section(row, i, found)
            yield Total(row, tuple(found), agreeing, is_of_section)

    def _with_envelopes(self) -> list[Row]:
        """The lines, with envelopes in the place of those of their themes; empty without any."""
        bounded = {_theme(row) for row in self.rows if row.kind == "envelope"}
        kept = [
            row for row in self.rows
            if row.kind == "envelope" or (row.kind == "line" and _theme(row) not in bounded)
        ]  # fmt: skip
        return kept if bounded else []

    def _agreeing(self, row: Row, lines: Sequence[Row], *, agrees: bool) -> int:
        own = self.vector(row)
        if agrees or len(lines) > _MANY:
            return sum(map(bool, own)) if agrees else 0
        summed = _summed(map(self.vector, lines)) or own
        return sum(a != 0 and a == b for a, b in zip(own, summed, strict=True))

    def _are_no_totals(self) -> bool:
        """Ask about rows that are called totals where most of them add up in no column.

        They count as lines then.
        """
        if self.map.totals is not None:
            return False
        called = [total for total in self.totals if not total.row.is_above]
        loose = [total.row for total in called if not self._fits_somewhere(total)]
        if len(loose) < 2 or 2 * len(loose) <= len(called):
            return False
        places = [row_place(row.sheet, row.number) for row in loose]
        self.account.ask(
            places[0],
            msg("{n} rows are called totals, as “{title}”, and add up in no column: are they?",
                n=len(loose), title=loose[0].label[:60]),
            "totals: none",
            "totals: words",
            cells=places,
        )  # fmt: skip
        for row in loose:
            row.kind = "line"
        return True

    def _fits_somewhere(self, total: Total) -> bool:
        """Whether a total agrees in a column that is not zero, or has nothing to agree with."""
        own = self.vector(total.row)
        return not any(own) or total.agreeing > 0

    def _leave_out_parts(self) -> None:
        """Ask about rows that say “of which”, unless printed totals agree without them."""
        parts = [row for row in self.rows if row.kind == "part"]
        for row in parts:
            place = row_place(row.sheet, row.number)
            inside = [t for t in self.totals if self._spans(t, row)]
            proven = any(self.agrees(total) for total in inside) and not self.parts_count
            if proven or self.accepted(row):
                self.account.remark(
                    place, msg("“{title}” is a part of the row above: not counted", title=row.label)
                )
                continue
            at = self.account.at(first_place(row.sheet, row.number))
            self.account.ask(
                place,
                msg(
                    "“{title}”: a part of the row above, or money of its own?",
                    title=row.label[:60],
                ),
                f"accept: [{at}]",
            )

    def _spans(self, total: Total, row: Row) -> bool:
        numbers = [line.number for line in total.lines if line.sheet is row.sheet]
        return bool(numbers) and min(numbers) <= row.number <= max(numbers) + 1

    def agrees(self, total: Total) -> bool:
        """Whether a total agrees in all its columns, in one that is not zero at least."""
        summed = _summed(self.vector(line) for line in total.lines)
        own = self.vector(total.row)
        shown = [i for i, c in enumerate(self.columns) if c in total.row.amounts]
        return any(summed) and any(own) and all(summed[i] == own[i] for i in shown)

    # --- the checks ---

    def checks(self, summing: Mapping[int, frozenset[int]]) -> Iterator[tuple[Total, int, Check]]:
        """Each printed total by column, held against its lines.

        In a column that sums others, what a line has in those counts: where it prints another sum,
        that one is wrong, and no total below it.
        """
        for total in self.totals:
            row = total.row
            for column, printed in row.amounts.items():
                columns = summing.get(column, ())
                amounts = []
                for line in total.lines:
                    parts = [line.amounts[c] for c in columns if c in line.amounts]
                    amounts += parts or [line.amounts[c] for c in (column,) if c in line.amounts]
                summed = sum(amounts, Decimal(0))
                state = self._state(printed, summed, amounts)
                place = row.sheet.place(row.number, column)
                yield total, column, Check(place, row.label, printed, summed, state)

    def _state(self, printed: Decimal, summed: Decimal, amounts: Sequence[Decimal]) -> State:
        apart = abs(whole(printed) - whole(summed))
        if not apart:
            return "right"
        return "rounded" if self._is_rounding(apart, [printed, *amounts]) else "wrong"

    def _is_rounding(self, apart: int, amounts: Sequence[Decimal]) -> bool:
        """Whether half a unit of the last digit shown, for each amount, explains a difference."""
        if not self.view.sheet.is_text:
            return False
        digits = max(_decimals(amount) for amount in amounts)
        filled = sum(1 for amount in amounts if amount)
        return bool(2 * apart <= filled * 10 ** (_MILLIONTHS - digits))

    def agree_with(self, more: Sequence[Row]) -> bool:
        """Whether printed totals that disagree would all agree if some more lines were totals."""
        if all(map(self.agrees, self.totals)):
            return False
        kept = [(row, row.kind, row.is_above) for row in self.rows]
        lines, parts_count = self.lines, self.parts_count
        for row in more:
            row.kind = "total"
        agree = all(map(self.agrees, list(self._scoped())))
        for row, kind, is_above in kept:
            row.kind, row.is_above = kind, is_above
        self.lines, self.parts_count = lines, parts_count
        return agree

    def proven(self) -> set[int]:
        """The rows that a printed total which agrees counts as lines."""
        return {
            id(line) for total in self.totals if total.is_of_section and self.agrees(total)
            for line in total.lines
            if any(self.vector(line))
        }  # fmt: skip


class _Scopes:
    """Which lines totals may sum: sections, tables, whatever agrees."""

    def __init__(self, judged: Judged, lines: Sequence[Row]) -> None:
        self.judged, self.lines = judged, lines
        self.since: dict[int, int] = {}
        zero = (0,) * len(judged.columns)
        self.sums = list(accumulate((judged.vector(r) for r in lines), _plus, initial=zero))
        self.places: dict[Vector, list[int]] = {}
        for i, each in enumerate(self.sums):
            self.places.setdefault(each, []).append(i)
        wanted = {id(row) for row in lines}
        self.before = [0]
        for row in judged.rows:
            self.before.append(self.before[-1] + (id(row) in wanted))
        self.starts: dict[str, list[int]] = {}
        for key in ("project", "turn", "theme", "group", "year"):
            last, begins = 0, []
            for i, row in enumerate(lines):
                if i and _section(row, key) != _section(lines[i - 1], key):
                    last = i
                begins.append(last)
            self.starts[key] = begins

    def count_before(self, i: int) -> int:
        return self.before[i]

    def of(self, row: Row, i: int, since: int) -> tuple[Sequence[Row], bool]:
        """The lines that a total sums, and whether it agrees with them."""
        at = self.before[i]
        self.since[i] = since
        if self.judged.map.totals is None and row.is_above:
            end = self._end_below(row, at)
            return self.lines[at:end], True
        starts = self._starts(row, at, since)
        own = self.judged.vector(row)
        shown = [n for n, c in enumerate(self.judged.columns) if c in row.amounts]
        for start in starts:
            if all(self.sums[at][n] - self.sums[start][n] == own[n] for n in shown):
                return self.lines[start:at], True
        if any(own) and len(shown) == len(self.judged.columns):
            found = [p for p in self.places.get(_minus(self.sums[at], own), ()) if p < at]
            if found:
                return self.lines[found[-1] : at], True
        ends = [e for e in self._ends(i, at) if e > at]
        for end in ends:
            if any(own) and all(self.sums[end][n] - self.sums[at][n] == own[n] for n in shown):
                row.is_above = True
                return self.lines[at:end], True
        if not starts:
            if ends:
                row.is_above = True
                return self.lines[at : ends[0]], False
            return (), False
        best = max(starts, key=lambda s: self._likeness(row, s, at, shown, own, starts))
        return self.lines[best:at], False

    def is_section(self, row: Row, i: int, found: Sequence[Row]) -> bool:
        """Whether lines begin where a section, a table or the rows since a total do."""
        if row.is_above or not found:
            return True
        at = self.before[i]
        return at - len(found) in self._starts(row, at, self.since.get(i, at))

    def _likeness(
        self,
        row: Row,
        start: int,
        at: int,
        shown: Sequence[int],
        own: Vector,
        starts: Sequence[int],
    ) -> tuple[int, int, int]:
        agreeing = sum(
            own[n] != 0 and self.sums[at][n] - self.sums[start][n] == own[n] for n in shown
        )
        named = look(total_of(row.label)).lower()
        is_named = bool(named) and any(
            named in (look(r.section.theme).lower(), look(r.texts.get("theme", "")).lower())
            for r in self.lines[start : start + 1]
        )
        is_grand = start == min(starts) and GRAND.search(row.label) is not None
        return agreeing, int(is_named or is_grand), -starts.index(start)

    def _starts(self, row: Row, at: int, since: int) -> list[int]:
        """Where the lines may begin that end above a total, the likeliest first."""
        if not at:
            return []
        found = [since] if since < at else []
        found += [self.starts[key][at - 1] for key in ("turn", "project", "theme", "group", "year")]
        found.append(0)
        return list(dict.fromkeys(start for start in found if start < at))

    def _ends(self, i: int, at: int) -> list[int]:
        """Where the lines may end that begin below a total."""
        found = []
        for later in range(i + 1, len(self.judged.rows)):
            if self.judged.rows[later].kind == "total":
                found.append(self.before[later])
                break
        if at < len(self.lines):
            for key in ("turn", "theme"):
                own = self.starts[key][at]
                end = at
                while end < len(self.lines) and self.starts[key][end] == own:
                    end += 1
                found.append(end)
        found.append(len(self.lines))
        return sorted(dict.fromkeys(found))

    def _end_below(self, row: Row, at: int) -> int:
        wanted = _plus(self.sums[at], self.judged.vector(row))
        return next((p for p in self.places.get(wanted, ()) if p > at), at)


def _is_bounded(rows: Iterable[Row]) -> bool:
    return any(row.kind == "envelope" for row in rows)


def _theme(row: Row) -> str:
    return look(row.texts.get("theme") or row.section.theme).lower()


def _section(row: Row, key: str) -> object:
    if key == "turn":
        return row.section.turn, row.section.theme, row.section.project
    if key in ("theme", "group"):
        return getattr(row.section, key), row.texts.get(key, "")
    return getattr(row.section, key)


def _plus(a: Vector, b: Vector) -> Vector:
    return tuple(map(int.__add__, a, b))


def _minus(a: Vector, b: Vector) -> Vector:
    return tuple(map(int.__sub__, a, b))


def _summed(vectors: Iterable[Vector]) -> Vector:
    total: Vector = ()
    for vector in vectors:
        total = _plus(total, vector) if total else vector
    return total


def _once(rows: Iterable[Row]) -> list[Row]:
    return list({id(row): row for row in rows}.values())


def _is_sum(formula: str | None) -> bool:
    return formula is not None and (
        re.match(r"=\+?(?:SUM|SUBTOTAL|SOMME|SOUS\.TOTAL)\(", formula, re.I) is not None
        or re.fullmatch(r"=\+?\$?[A-Z]{1,3}\$?\d+(?:\+\$?[A-Z]{1,3}\$?\d+)+", formula) is not None
    )


def _decimals(amount: Decimal) -> int:
    exponent = amount.normalize().as_tuple().exponent
    return min(max(0, -exponent if isinstance(exponent, int) else 0), _MILLIONTHS)


# --- sums across ---------------------------------------------------------------------------------


def across(
    rows: Sequence[Row], columns: Mapping[int, frozenset[int]], is_text: bool
) -> Iterator[tuple[Row, int, Check]]:
    """The totals at the end of rows, held against the columns that they sum."""
    for row in rows:
        for column, summed_columns in columns.items():
            if column not in row.amounts:
                continue
            parts = [row.amounts[c] for c in summed_columns if c in row.amounts]
            printed, summed = row.amounts[column], sum(parts, Decimal(0))
            apart = abs(whole(printed) - whole(summed))
            state: State = "right" if not apart else "wrong"
            if apart and is_text:
                digits = max(_decimals(amount) for amount in [printed, *parts])
                filled = 1 + sum(1 for part in parts if part)
                if 2 * apart <= filled * 10 ** (_MILLIONTHS - digits):
                    state = "rounded"
            place = row.sheet.place(row.number, column)
            yield row, column, Check(place, row.label, printed, summed, state, is_across=True)


def fitting(
    rows: Sequence[Row], column: int, candidates: Sequence[frozenset[int]]
) -> tuple[frozenset[int] | None, int, int]:
    """The columns that a column sums in most rows; in how many, of how many that are not zero."""
    best: tuple[int, frozenset[int] | None] = (0, None)
    filled = [row for row in rows if row.amounts.get(column)]
    for columns in candidates:
        n = sum(
            whole(row.amounts[column])
            == sum(whole(row.amounts[c]) for c in columns if c in row.amounts)
            for row in filled
        )
        if n > best[0]:
            best = n, columns
    return best[1], best[0], len(filled)


# --- what is asked of them ----------------------------------------------------------------------


def asked_rows(account: Account, judged: Sequence[Judged]) -> None:
    """Ask, together, about the lines that add up and that no printed total proves."""
    found: list[Row] = []
    likely: list[Row] = []
    are_told = False
    for each in judged:
        proven = each.proven()
        own = [
            row
            for row in each.suspects
            if row.kind == "line" and id(row) not in proven and not each.accepted(row)
        ]
        are_told = are_told or (bool(own) and each.agree_with(own))
        found += own
        forms = {each.form(total.row) for total in each.totals if total.lines}
        likely += [row for row in own if each.form(row) in forms]
    if not found:
        return
    found = [*likely, *(row for row in found if id(row) not in {*map(id, likely)})]
    places = [row_place(row.sheet, row.number) for row in found]
    first = found[0]
    cells = [account.at(first_place(row.sheet, row.number)) for row in found[:3]]
    at = ", ".join(cells) + (", …" if len(found) > 3 else "")
    totals = [row for each in judged for row in each.rows if row.kind == "total"]
    rows = [
        account.at_row(row.sheet, row.number)
        for row in sorted(
            {(row.sheet.name, row.number): row for row in [*(likely or found), *totals]}.values(),
            key=lambda row: (row.sheet.name, row.number),
        )
    ]
    more = ", …" if len(rows) > _SHOWN else ""
    account.ask(
        places[0],
        msg(
            "“{title}” equals the row beside it, or the sum of rows beside it: a total, or a"
            " project?",
            title=first.label[:60],
        )
        if len(found) == 1
        else msg(
            "{n} rows equal a row beside them, or the sum of rows beside them, as “{title}” does:"
            " totals, or projects?",
            n=len(found),
            title=first.label[:60],
        )
        if not are_told
        else msg(
            "printed totals are right only where rows that add up, as “{title}” does, are totals"
            " too: are they totals, or projects?",
            title=first.label[:60],
        ),
        f"totals: {{rows: [{', '.join(rows[:_SHOWN])}{more}]}}",
        f"accept: [{at}]",
        *([] if are_told else ["totals: words", "totals: none"]),
        cells=places,
    )
