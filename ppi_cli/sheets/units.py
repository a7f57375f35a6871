"""The unit of each column of amounts, where a book says several, or says one of some tables only.

What a header says is of its column; what stands above a table is of that table, or of the sheet
where it stands above the title of the first one, as what stands below the last one is. Nothing that
one sheet says is of another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ppi_cli.sheets.account import Account
from ppi_cli.sheets.amounts import Number, shown_by
from ppi_cli.sheets.cells import Place, areas_of
from ppi_cli.sheets.layout import Table, View
from ppi_cli.sheets.wording import Unit, unit_in
from ppi_cli.values.message import msg


class Said(NamedTuple):
    """A unit, and where it is said."""

    unit: Unit
    place: Place


class Block(NamedTuple):
    """Rows of a table below one header, which may stand there again, or below a heading."""

    table: Table
    heads: tuple[int, ...]
    first: int
    last: int

    @property
    def head(self) -> int:
        return min(self.heads, default=self.first)


class Stated(NamedTuple):
    """What is said of a column of amounts: one unit, several that contradict, or none."""

    block: Block
    column: int
    said: tuple[Said, ...]
    #: The first number that has no unit of its own.
    first: Place


def stated(tables: Sequence[tuple[View, Sequence[Table]]]) -> list[Stated]:
    """What is said of each column that holds numbers without a unit of their own."""
    return [each for view, own in tables for each in _of_sheet(view, own)]


def _of_sheet(view: View, tables: Sequence[Table]) -> Iterator[Stated]:
    of_sheet: tuple[Said, ...] = ()
    blocks = [block for table in tables for block in _blocks(table)]
    below = tuple(_said(view, rows_below(view, tables), None))
    for n, block in enumerate(blocks):
        rows = _rows_above(view, block, is_first=n == 0)
        columns = {c: tuple(_of_column(view, block, c)) for c in block.table.columns.slots}
        named = tuple(said for each in columns.values() for said in each)
        above = tuple(said for said in _said(view, rows, None) if said not in named)
        beside = _in_header(view, block)
        if n == 0 and not _is_of_one_block(view, rows, above, blocks):
            of_sheet = above
        around = beside or above or of_sheet
        around = around or tuple(_signs(view, block))
        alike = named[:1] if len({said.unit.scale for said in named}) == 1 else ()
        for part, heading in _parts(view, block):
            for column, own in columns.items():
                first = _first_bare(view, part, column)
                if first is None:
                    continue
                own = own or tuple(_sign_of_format(view, first))
                doubtful = own and not own[0].unit.scale and any(s.unit.scale for s in around)
                said = (*own, *around) if doubtful else own or around
                is_sum = block.table.columns.slots[column].where == "total"
                said = said or (alike if is_sum else ())  # else the sums across would be wrong
                is_other = {each.unit.scale for each in below} - {each.unit.scale for each in said}
                said = (*said, *below) if is_other else said
                yield Stated(part, column, (*said, *heading), first)


def _blocks(table: Table) -> Iterator[Block]:
    """The rows below each header of a table."""
    groups = areas_of(table.header_rows) or [(table.first, table.first - 1)]
    for n, (top, bottom) in enumerate(groups):
        last = groups[n + 1][0] - 1 if n + 1 < len(groups) else table.last
        yield Block(table, tuple(range(top, bottom + 1)), bottom + 1, last)


def _parts(view: View, block: Block) -> Iterator[tuple[Block, tuple[Said, ...]]]:
    """A block cut where a row without amounts says a unit, each with what is said there."""
    heading: tuple[Said, ...] = ()
    first = block.first
    for row in view.row_numbers:
        if not block.first < row <= block.last or _has_amounts(view, block, row):
            continue
        labels = [c for c in view.rows[row] if c not in block.table.columns.slots]
        if said := tuple(_said(view, [row], labels)):
            yield block._replace(first=first, last=row - 1), heading
            first, heading = row, said
    yield block._replace(first=first), heading


def _has_amounts(view: View, block: Block, row: int) -> bool:
    cells = view.rows[row]
    return any(c in cells and view.is_number(cells[c]) for c in block.table.columns.slots)


def _rows_above(view: View, block: Block, *, is_first: bool) -> list[int]:
    """The rows above a header, up to the last one that holds amounts of the table before."""
    rows: list[int] = []
    for row in reversed(view.row_numbers):
        if row >= block.head:
            continue
        if not is_first and _has_amounts(view, block, row):
            break
        rows.append(row)
    return rows[::-1]


def rows_below(view: View, tables: Sequence[Table]) -> list[int]:
    """The rows below the last amounts of a sheet, whose notes are of all of it."""
    columns = {column for table in tables for column in table.columns.slots}
    below: list[int] = []
    for row in reversed(view.row_numbers):
        cells = view.rows[row]
        if any(c in columns and view.is_number(cell) for c, cell in cells.items()):
            return below[::-1]
        below.append(row)
    return []


def _is_of_one_block(
    view: View, rows: Sequence[int], above: Sequence[Said], blocks: Sequence[Block]
) -> bool:
    """Whether what is said above the first header may be of it alone: others have such a title."""
    texts = [row for row in rows if any(not cell.is_empty for cell in view.rows[row].values())]
    others = any(_rows_above(view, block, is_first=False) for block in blocks[1:])
    return others and all(said.place.area.top == texts[-1] for said in above)


def _said(view: View, rows: Sequence[int], columns: Sequence[int] | None) -> Iterator[Said]:
    for row in rows:
        for column in view.rows.get(row, {}) if columns is None else columns:
            text = view.text(row, column)
            unit = unit_in(text) if len(text) < 200 else None
            if unit is not None:
                yield Said(unit, view.sheet.place(row, column))


def _in_header(view: View, block: Block) -> tuple[Said, ...]:
    """What the columns of a header say that hold no amounts."""
    rows = sorted(block.heads)
    found = _said(view, rows, None)
    return tuple(said for said in found if said.place.area.left not in block.table.columns.slots)


def _of_column(view: View, block: Block, column: int) -> Iterator[Said]:
    """What is said in the header of a column, right above it, or right below it."""
    head = block.head
    yield from _said(view, sorted(block.heads), [column])
    above = list(_said(view, [head - 1], [*block.table.columns.slots]))
    if len(above) > 1:
        yield from (said for said in above if said.place.area.left == column)
    below = view.text(max(block.heads, default=head) + 1, column)
    if not any(sign.isdigit() for sign in below):
        yield from _said(view, [max(block.heads, default=head) + 1], [column])


def _cells(view: View, block: Block, columns: Sequence[int]) -> Iterator[tuple[int, int]]:
    for row in view.row_numbers:
        if block.first <= row <= block.last:
            yield from ((row, c) for c in columns if c in view.rows[row])


def _signs(view: View, block: Block) -> Iterator[Said]:
    """The currencies that the cells of a table are shown in."""
    seen: set[str] = set()
    for row, column in _cells(view, block, [*block.table.columns.slots]):
        form = view.rows[row][column].form.number
        if form and form not in seen:
            seen.add(form)
            unit = shown_by(form).unit
            if len(unit) == 1 and unit not in "kM":
                yield Said(Unit("", unit), view.sheet.place(row, column))


def _sign_of_format(view: View, place: Place) -> Iterator[Said]:
    """The currency that the format of a number shows: not thousands of it."""
    cell = view.rows[place.area.top][place.area.left]
    unit = shown_by(cell.form.number).unit
    if unit in ("€", "$", "£"):
        yield Said(Unit("", unit), place)


def _first_bare(view: View, block: Block, column: int) -> Place | None:
    """The first number of a column that has no unit of its own."""
    for row, _ in _cells(view, block, [column]):
        number = view.number(view.rows[row][column])
        if isinstance(number, Number) and number.scale is None and number.value:
            return view.sheet.place(row, column)
    return None


def are_several(columns: Sequence[Stated]) -> bool:
    """Whether columns are in several units, or some in none that is said where others are."""
    scales = {said.unit.scale for each in columns for said in each.said}
    return bool(scales) and (len(scales) > 1 or any(not each.said for each in columns))


def settle(
    columns: Sequence[Stated], chosen: Unit | None, account: Account, *, is_scaled: bool
) -> Unit | None:
    """Give each column its unit, and the plan the chosen one, or the first; ask about the rest."""
    sure = [each for each in columns if len({said.unit.scale for said in each.said}) == 1]
    rest = [each for each in columns if each not in sure]
    said = list(dict.fromkeys(said for each in columns for said in each.said))
    first = list({each.unit: each for each in reversed(said)}.values())[::-1]
    names = [f"{unit} ({place})" for unit, place in first[:6]]
    signs = {each.unit.sign for each in said if each.unit.sign} | {chosen.sign if chosen else ""}
    sheets = list(dict.fromkeys(each.first.sheet for each in columns))
    one = ("sheets: […]",) if len(sheets) > 1 else ("rows: …", "ignore: […]")
    if len(signs - {""}) > 1 or is_scaled:
        account.ask(
            first[0].place,
            msg("the unit is said in several ways: {units}", units=names),
            *one,
        )
        return None
    for each in sure:
        each.block.table.columns.scales[each.block.first, each.column] = each.said[0].unit.scale
    if chosen is None and rest:
        is_unsaid = not rest[0].said
        account.ask(
            rest[0].first,
            msg("nothing says in which unit these amounts are; of others it is said: {units}",
                units=names)
            if is_unsaid
            else msg("the unit is said in several ways: {units}",
                     units=[f"{unit} ({place})" for unit, place in rest[0].said]),
            *dict.fromkeys(("unit: €", "unit: k€")),
            *one[:1],
            cells=[each.first for each in rest],
        )  # fmt: skip
        return None
    if chosen is not None:
        _remark_on_others(sure, chosen, account)
    for found in dict.fromkeys(each.said[0] for each in sure):
        account.guess("unit", str(found.unit), msg("{place} says so", place=str(found.place)))
    sign = next(iter(signs - {""}), "")
    if not sign:
        account.ask(
            columns[0].first,
            msg("nothing says in which currency the amounts are"),
            "unit: k€",
            "unit: k$",
        )
        return None
    scale = chosen.scale if chosen is not None else sure[0].said[0].unit.scale
    for each in rest:
        each.block.table.columns.scales[each.block.first, each.column] = scale
    return Unit(scale, sign)


def _remark_on_others(sure: Sequence[Stated], chosen: Unit, account: Account) -> None:
    """Name the amounts that are in another unit than the map's, since a text above them says so."""
    told: set[Place] = set()
    for each in sure:
        unit, place = each.said[0]
        if unit.scale != chosen.scale and place.area.top not in each.block.heads:
            if place not in told:
                account.remark(
                    each.first,
                    msg("these amounts are in {unit}, as {place} says: the unit of the map is that"
                        " of amounts of which nothing says it", unit=str(unit), place=str(place)),
                )  # fmt: skip
            told.add(place)
