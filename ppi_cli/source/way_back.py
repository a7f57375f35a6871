"""The way back of a workbook that holds its plan: from changed cells to the files of the plan.

A changed input becomes the amount where it is written, and nothing else; what else has changed is
refused, by the name of its cell, with the inputs that make it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ppi_cli.changes.edits import Write
from ppi_cli.source.book_cells import Cells, Formula, Value, letters, read_cells, sheet_names
from ppi_cli.source.files import SourceFile, decoded
from ppi_cli.source.inside import SHEET, BrokenError, Input, Inside, hash_of, read_inside
from ppi_cli.source.read import Reading, readings_of, the_one
from ppi_cli.source.rewrite import rewritten
from ppi_cli.values.errors import PpiError
from ppi_cli.values.message import Message, NotationError, msg
from ppi_cli.values.money import CENTS, SUM_HELP, Money, parse_money, sign_of
from ppi_cli.values.notation import Notation


class Change(NamedTuple):
    """An input that has changed: its cell, where its amount is written, and what it becomes."""

    cell: str
    file: str
    before: Money
    after: Money


@dataclass(frozen=True)
class Back:
    """A plan as it comes back from a workbook."""

    #: Its files, by name; without any change, the very bytes that went in.
    files: Mapping[str, bytes]
    changes: Sequence[Change] = ()
    #: The cells that have changed and cannot be turned back, each with what to do instead.
    refused: Sequence[Message] = ()

    @property
    def sources(self) -> Sequence[SourceFile]:
        return [decoded(name, data) for name, data in self.files.items()]


def holds_a_plan(path: str) -> bool:
    """Whether a file is a workbook that was written with its plan inside."""
    return SHEET in sheet_names(path)


def way_back(path: str) -> Back:
    """The plan of a workbook that holds one, as its cells have it now.

    Raises PpiError where it holds none that can be read.
    """
    cells = dict(read_cells(path))
    if SHEET not in cells:
        raise PpiError(
            msg("{path} holds no plan", path=path),
            msg("a workbook that can come back is written with: ppi export plan.xlsx --round-trip"),
        )
    try:
        inside = read_inside(cells.pop(SHEET))
    except BrokenError:
        raise PpiError(
            msg("the plan inside {path} is no longer as it was written", path=path),
            msg("take the workbook as it was exported, and change its tinted cells alone"),
        ) from None
    return back(inside, cells)


def back(inside: Inside, cells: Cells) -> Back:
    """The plan that a workbook holds, with the inputs that have changed in its cells."""
    if hash_of(cells) == hash_of(inside.visible):
        return Back(inside.files)
    files = [decoded(name, data) for name, data in inside.files.items()]
    reading = the_one(readings_of("", files), "")
    found = _Differences(inside, cells, reading)
    refused = list(found.refused())
    if refused or not found.changes:
        return Back(inside.files, refused=refused)
    return Back(dict(_written(inside, found, reading)), found.changes)


def _written(inside: Inside, found: _Differences, reading: Reading) -> Iterator[tuple[str, bytes]]:
    """The files with what has changed, each in the encoding that it had."""
    edits: dict[str, list[Write]] = defaultdict(list)
    for input, after in found.inputs:
        text = spelled(after, input.text, reading.tree.notation)
        edits[input.file].append(Write(input.path, text))
    for name, data in inside.files.items():
        text = rewritten(name, reading.texts[name], edits[name])
        yield name, _encoded(text, data) if edits[name] else data


def _encoded(text: str, before: bytes) -> bytes:
    """A text in the encoding that a file had, which says so at its beginning."""
    for mark, encoding in _MARKS.items():
        if before.startswith(mark):
            return mark + text.encode(encoding)
    return text.encode()


_MARKS: Mapping[bytes, str] = {
    b"\xef\xbb\xbf": "utf-8",
    b"\xff\xfe": "utf-16-le",
    b"\xfe\xff": "utf-16-be",
}


class _Differences:
    """What has changed between the cells that were written and those that are there now."""

    def __init__(self, inside: Inside, cells: Cells, reading: Reading) -> None:
        self._before, self._inputs, self._cells = inside.visible, inside.inputs, cells
        self._notation = reading.tree.notation
        self.changes: list[Change] = []
        self.inputs: list[tuple[Input, Money]] = []

    def refused(self) -> Iterator[Message]:
        """What cannot be turned back; inputs that have changed are noted."""
        for sheet, now in self._cells.items():
            if sheet not in self._before:
                yield msg("the sheet “{name}” is none of this workbook's: take it out", name=sheet)
                continue
            before = self._before[sheet]
            for at in sorted({*before, *now}, key=_split):
                old, new = before.get(at), now.get(at)
                if not _same(old, new):
                    yield from self._changed(sheet, at, old, new)
        for sheet in self._before:
            if sheet not in self._cells:
                yield msg("the sheet “{name}” is missing", name=sheet)

    def _changed(
        self, sheet: str, at: str, old: Value | None, new: Value | None
    ) -> Iterator[Message]:
        cell = f"{sheet}!{at}"
        input = self._inputs.get((sheet, at))
        if input is None:
            yield self._no_input(sheet, at, old, new)
            return
        if new is None:
            yield msg("{cell} is empty: what it costs is to be written, 0 if nothing", cell=cell)
            return
        value = new.value if isinstance(new, Formula) else new
        after = _amount(value, self._notation)
        if after is None:
            yield msg("{cell}: “{text}” is not an amount in cents", cell=cell, text=_shown(new))
            return
        before = parse_money(input.text, self._notation)
        if before != after:
            self.changes.append(Change(cell, input.file, before, after))
            self.inputs.append((input, after))

    def _no_input(self, sheet: str, at: str, old: Value | None, new: Value | None) -> Message:
        cell = f"{sheet}!{at}"
        if old is None:
            return msg(
                "{cell} was empty: “{text}” has no place in the plan", cell=cell, text=_shown(new)
            )
        if inputs := list(_ranges(self._makers(sheet, at))):
            return msg(
                "{cell} is worked out: change what it is made of, {cells}", cell=cell, cells=inputs
            )
        return msg(
            "{cell} is no input, and “{text}” has become “{now}”: change that in the plan itself",
            cell=cell,
            text=_shown(old),
            now=_shown(new),
        )

    def _makers(self, sheet: str, at: str) -> set[tuple[str, str]]:
        """The inputs that a formula is made of, whatever lies between."""
        found: set[tuple[str, str]] = set()
        seen, left = set[tuple[str, str]](), [(sheet, at)]
        while left:
            here = left.pop()
            if here in seen:
                continue
            seen.add(here)
            if here in self._inputs:
                found.add(here)
            value = self._before.get(here[0], {}).get(here[1])
            if isinstance(value, Formula):
                left += _references(value.text, here[0])
        return found


_REFERENCE = re.compile(
    r"(?:'([^']+)'!)?\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?"
)


def _references(formula: str, sheet: str) -> Iterator[tuple[str, str]]:
    """The cells that a formula of this program names."""
    for other, left, top, right, bottom in _REFERENCE.findall(re.sub('"[^"]*"', "", formula)):
        first, last = _number(left), _number(right or left)
        for column in range(first, last + 1):
            for row in range(int(top), int(bottom or top) + 1):
                yield other or sheet, f"{letters(column)}{row}"


def _number(name: str) -> int:
    """A column by its letters, counted from 0."""
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _split(at: str) -> tuple[int, int]:
    """The row and the column of a cell."""
    name = at.rstrip("0123456789")
    return int(at[len(name) :]), _number(name)


def _ranges(cells: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Cells in words that are few: those below one another as ``Projects!E4:E6``."""
    by_column: dict[tuple[str, int], list[int]] = defaultdict(list)
    for sheet, at in cells:
        row, column = _split(at)
        by_column[sheet, column].append(row)
    for (sheet, column), rows in sorted(by_column.items()):
        rows.sort()
        starts = [n for n in range(len(rows)) if n == 0 or rows[n] != rows[n - 1] + 1]
        for start, end in zip(starts, [*starts[1:], len(rows)], strict=True):
            first, last = (f"{letters(column)}{rows[n]}" for n in (start, end - 1))
            yield f"{sheet}!{first}" + (f":{last}" if first != last else "")


def _same(old: Value | None, new: Value | None) -> bool:
    if isinstance(old, Formula):
        return isinstance(new, Formula) and old.plain == new.plain
    if isinstance(old, str) or isinstance(new, str):
        return isinstance(old, str) and isinstance(new, str) and _look(old) == _look(new)
    if old is None or new is None or isinstance(new, Formula):
        return old is new
    return abs(old - new) <= 1e-9 * max(1.0, abs(old))


def _look(text: str) -> str:
    """A text as one sees it: how a program writes its blanks makes no difference."""
    plain = re.sub("_x([0-9A-Fa-f]{4})_", lambda match: chr(int(match[1], 16)), text)
    return " ".join("".join(c if c.isprintable() else " " for c in plain).split())


def _shown(value: Value | None) -> str:
    if isinstance(value, Formula):
        return value.text
    return "" if value is None else f"{value:.15g}" if not isinstance(value, str) else value


def _amount(value: float | str | None, notation: Notation) -> Money | None:
    """The amount that a cell states, in the currency of the plan; ``None`` where it is none."""
    if isinstance(value, str):
        try:
            return parse_money(value.strip(), notation._replace(unit=""))
        except NotationError:
            return None
    if value is None or abs(value) >= _MOST:
        return None
    cents = round(value * 100)
    return Money(cents) if abs(value * 100 - cents) <= max(1e-6, abs(value) * 1e-12) else None


_MOST = 1e13


def spelled(amount: Money, like: str, notation: Notation) -> str:
    """An amount as a person would write it in the place of another: in its unit, if that is exact.

    It is read as the same amount in the notation.
    """
    for text in _spellings(amount, like, notation):
        try:
            if parse_money(text, notation) == amount:
                return text
        except NotationError:
            continue
    raise PpiError(msg("“{text}” is not an amount", text=str(amount)), SUM_HELP)


def _spellings(amount: Money, like: str, notation: Notation) -> Iterator[str]:
    scale = CENTS[parse_money(like, notation).scale]
    hundredths, rest = divmod(abs(amount.cents) * 100, scale)
    sign, currency = "-" * (amount.cents < 0), sign_of(notation.currency or "")
    if not rest:
        whole, decimals = divmod(hundredths, 100)
        if (ahead := re.match(r"[-\u2212(]?\s*([€$£])", like)) is not None:
            behind = "".join(re.findall("[kKMB]", like))
            cents = f".{decimals:02d}" if decimals else ""
            yield f"{sign}{ahead[1]}{whole:,}{cents}{behind}"
        unit = "" if like.endswith(")") else re.findall(r"\D*$", like)[0]
        yield _grouped(sign, whole, decimals, like, short=scale > CENTS[""]) + unit
    whole, decimals = divmod(abs(amount.cents), 100)
    yield f"{_grouped(sign, whole, decimals, like)} {currency}"
    yield f"{amount} {currency}"


def _grouped(sign: str, whole: int, decimals: int, like: str, *, short: bool = False) -> str:
    """A number with blanks and a comma, or a dot, where another one has them."""
    blank = re.search(r"[0-9]([ \u00a0\u2007\u2009\u202f])[0-9]{3}", like)
    digits = f"{whole:,}".replace(",", blank[1]) if blank else str(whole)
    point = "." if re.search(r"[0-9]\.[0-9]", like) else ","
    after = f"{point}{decimals:02d}" if decimals else ""
    return sign + digits + (after.removesuffix("0") if short else after)
