"""Figures that look right and may not be: rows that nearly add up, money that stands twice.

What the arithmetic of totals cannot tell is asked here: nothing in it changes what is read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from ppi_cli.sheets.account import first_place, row_place
from ppi_cli.sheets.cells import Area, Place, Sheet, quoted
from ppi_cli.sheets.entries import Entry, Understood, project_of
from ppi_cli.sheets.layout import Table
from ppi_cli.sheets.rows import Row
from ppi_cli.sheets.totals import Judged
from ppi_cli.sheets.wording import LIKE_A_TOTAL, RUNNING
from ppi_cli.values.characters import look
from ppi_cli.values.message import msg
from ppi_cli.values.money import CENTS

#: An amount of one project in one year that a town hardly has, in its currency.
_HUGE = 100_000_000
#: So many rows at most stand in an answer.
_SHOWN = 20


def ask_doubts(found: Understood, sheets: Sequence[Sheet]) -> None:
    """Ask about all that looks right and may not be."""
    for judged in found.judged:
        _ask_running(found, judged)
    _ask_like_totals(found)
    _ask_repeated_rows(found)
    _ask_repeated_tables(found)
    for sheet in sheets:
        _ask_merged(found, sheet)
    _ask_huge(found)


# --- running sums --------------------------------------------------------------------------------


def _ask_running(found: Understood, judged: Judged) -> None:
    """Ask whether each year holds those before it, where a title above the table says so."""
    table, view = judged.table, judged.view
    if table is None:
        return
    head = min(table.header_rows, default=table.first)
    for row in view.row_numbers:
        if not table.after < row < head:
            continue
        for column in view.rows[row]:
            text, place = view.text(row, column), view.sheet.place(row, column)
            if len(text) < 200 and RUNNING.search(look(text)) and not found.map.accepts(place):
                found.account.ask(
                    place,
                    msg("“{title}” speaks of running sums: where each year holds those before it,"
                        " write each year's own amounts in the spreadsheet", title=text[:60]),
                    f"accept: [{found.account.at(place)}]",
                )  # fmt: skip
                return


# --- rows that are like totals -------------------------------------------------------------------


def _ask_like_totals(found: Understood) -> None:
    """Ask about lines that are named, or look, like totals, or nearly add up."""
    if found.map.totals is not None:
        return
    rows: list[Row] = []
    told = {place for each in found.account.questions for place in (each.place, *each.cells)}
    for judged in found.judged:
        proven = judged.proven()
        for row in _like_totals(judged):
            place = row_place(row.sheet, row.number)
            is_told = place in told or row_place(row.sheet, row.number, row.amounts) in told
            if id(row) not in proven and not is_told and not judged.accepted(row):
                rows.append(row)
    if not rows:
        return
    totals = [row for judged in found.judged for row in judged.rows if row.kind == "total"]
    named = {(row.sheet.name, row.number): row for row in [*rows, *totals]}
    shown = [found.account.at_row(named[key].sheet, key[1]) for key in sorted(named)]
    cells = [found.account.at(first_place(row.sheet, row.number)) for row in rows]
    more = ", …" if len(shown) > _SHOWN else ""
    title = rows[0].label[:60]
    found.account.ask(
        row_place(rows[0].sheet, rows[0].number),
        msg("“{title}” is named or looks like a total, or nearly is one, and does not add up: a"
            " total that is wrong, or a project?", title=title)
        if len(rows) == 1
        else msg("{n} rows are named or look like totals, or nearly are, as “{title}”, and do not"
                 " add up: totals that are wrong, or projects?", n=len(rows), title=title),
        f"totals: {{rows: [{', '.join(shown[:_SHOWN])}{more}]}}",
        f"accept: [{', '.join(cells[:_SHOWN])}{', …' if len(cells) > _SHOWN else ''}]",
        cells=[row_place(row.sheet, row.number) for row in rows],
    )  # fmt: skip


def _like_totals(judged: Judged) -> Iterator[Row]:
    lines = [row for row in judged.lines if any(judged.vector(row))]
    bold = {id(row) for row in lines if _is_bold(judged, row)}
    are_few = 3 * len(bold) < len(lines)
    counted = {id(row) for total in judged.totals if total.agreeing for row in total.lines}
    near = {id(row) for row in _nearly_adding_up(judged)} - counted
    for row in lines:
        if row.is_envelope or row.table.columns.is_turned:
            continue
        name = look(row.texts.get("project", "") or row.label)
        is_named = not row.section.project and LIKE_A_TOTAL.fullmatch(name) is not None
        if is_named or id(row) in near or (are_few and id(row) in bold):
            yield row


def _is_bold(judged: Judged, row: Row) -> bool:
    cells = judged.view.rows[row.number]
    return all(cells[column].form.bold for column in row.amounts)


def _nearly_adding_up(judged: Judged) -> Iterator[Row]:
    """Lines that are the sum of all rows above, or below, in some columns of amounts and not all.

    These rows begin, or end, where a table, a section or another total does.
    """
    table = judged.table
    if table is None:
        return
    slots = table.columns.slots
    own = [n for n, c in enumerate(judged.columns) if slots[c].where != "total"]
    for rows in (judged.rows, judged.rows[::-1]):
        sums: dict[str, list[int]] = {}
        counts: dict[str, int] = defaultdict(int)
        last: object = None
        for row in rows:
            if row.kind in ("part", "envelope"):
                continue
            section = (row.section.turn, row.section.theme, row.texts.get("theme", ""))
            if row.kind == "total" or section != last:
                sums.pop("section", None)
                counts["section"] = 0
            last = section
            if row.kind == "total":
                continue
            vector = [judged.vector(row)[n] for n in own]
            if any(counts[key] > 1 and _is_near(vector, summed) for key, summed in sums.items()):
                yield row
            for key in ("section", "table"):
                before = sums.get(key, [0] * len(own))
                sums[key] = [a + b for a, b in zip(before, vector, strict=True)]
                counts[key] += any(vector)


def _is_near(own: Sequence[int], summed: Sequence[int]) -> bool:
    """Whether half of the columns that are not zero agree, one at least, and not all."""
    filled = [(a, b) for a, b in zip(own, summed, strict=True) if a or b]
    agreeing = sum(a == b for a, b in filled)
    return 0 < agreeing < len(filled) <= 2 * agreeing


# --- the same money twice ------------------------------------------------------------------------


def _ask_repeated_rows(found: Understood) -> None:
    """Ask about rows of one table that say the same and hold the same; name those of one title."""
    for judged in found.judged:
        table = judged.table
        if table is None or table.columns.year is not None:
            continue
        same: dict[object, list[Row]] = defaultdict(list)
        proven = judged.proven()
        for row in judged.lines:
            if any(row.amounts.values()):
                section = row.section._replace(turn=0)
                same[section, tuple(sorted(row.texts.items())), row.year].append(row)
        for first, *others in same.values():
            twins = [row for row in others if row.amounts == first.amounts]
            twins = [row for row in twins if not judged.accepted(row)]
            title = first.label or project_of(first)[2] or first.texts.get("source", "")
            if any(id(row) not in proven for row in twins):
                place = row_place(first.sheet, twins[0].number)
                accepted = first_place(first.sheet, twins[0].number)
                found.account.ask(
                    place,
                    msg("“{title}” says and holds the same as row {row}: the same money twice?",
                        title=title[:60], row=first.number),
                    f"ignore: [{found.account.at(place)}]",
                    f"accept: [{found.account.at(accepted)}]",
                    cells=[row_place(row.sheet, row.number) for row in twins],
                )  # fmt: skip
            elif others and not first.section.project:
                found.account.remark(
                    row_place(first.sheet, others[0].number),
                    msg("“{title}” is the title of row {row} too: one project is made of both",
                        title=title[:60], row=first.number),
                )  # fmt: skip


def _ask_repeated_tables(found: Understood) -> None:
    """Ask about projects that stand in two tables with money of one time."""
    seen: dict[object, Entry] = {}
    pairs: dict[tuple[int, int], list[tuple[Entry, Entry]]] = defaultdict(list)
    for entry in found.entries:
        if not entry.amount:
            continue
        key = (*project_of(entry.row), entry.when, entry.source, entry.row.texts.get("label"))
        first = seen.setdefault(key, entry)
        one, two = first.row.table, entry.row.table
        if one is not two:
            pairs[id(one), id(two)].append((first, entry))
    told = {(q.place.sheet, r) for q in found.account.questions
            for r in range(q.place.area.top, min(q.place.area.bottom, 10**6) + 1)}  # fmt: skip
    for both in pairs.values():
        first, second = both[0]
        if all((e.row.sheet.name, e.row.number) in told for _, e in both):
            continue
        accepted = first_place(second.row.sheet, second.row.number)
        if found.map.accepts(accepted):
            continue
        area, other = _extent(second.row.table), _extent(first.row.table)
        name = second.row.sheet.name
        titles = {project_of(e.row) for _, e in both}
        is_of_sheets = first.row.sheet is not second.row.sheet
        found.account.ask(
            second.place,
            msg("{n} projects of {area}, as “{title}”, stand in {other} too, with money of the same"
                " time: the same money twice?", n=len(titles), area=str(area),
                title=project_of(second.row)[2][:60], other=str(other))
            if len(titles) > 1
            else msg("“{title}” of {area} stands in {other} too, with money of the same time: the"
                     " same money twice?", title=project_of(second.row)[2][:60], area=str(area),
                     other=str(other)),
            f"ignore: [{found.account.at(area)}]",
            *([f"sheets: [{quoted(name)}]"] if is_of_sheets else []),
            f"accept: [{found.account.at(accepted)}]",
            cells=[e.place for _, e in both],
        )  # fmt: skip


def _extent(table: Table) -> Place:
    top = min(table.header_rows, default=table.first)
    rows = [row for row in table.sheet.rows if top <= row <= table.last]
    return Place(table.sheet.name, Area(top, 1, max(rows, default=top), max(table.sheet.width, 1)))


# --- merged and huge amounts ---------------------------------------------------------------------


def _ask_merged(found: Understood, sheet: Sheet) -> None:
    """Ask about amounts in merged cells of several rows, or of the columns of several times."""
    areas = {(area.top, area.left): area for area in sheet.merged}
    for entry in found.entries if areas else ():
        row = entry.row
        area = areas.get((row.number, entry.column)) if row.sheet is sheet else None
        if area is None or not entry.amount:
            continue
        slots = row.table.columns.slots
        columns = [c for c in slots if area.left <= c <= area.right]
        if (area.top == area.bottom and len(columns) < 2) or found.map.accepts(entry.place):
            continue
        at = found.account.at(entry.place)
        found.account.ask(
            entry.place,
            msg("an amount stands in the merged cells {area}: is all of it that of its first cell,"
                " {cell}?", area=str(area), cell=str(entry.place.area)),
            f"accept: [{at}]",
            f"ignore: [{at}]",
        )  # fmt: skip


def _ask_huge(found: Understood) -> None:
    """Ask whether amounts are thousands, or millions, that would be far too many for a town."""
    unit = found.unit
    if unit is None or not unit.scale:
        return
    limit = Decimal(_HUGE) * CENTS[""] / CENTS[unit.scale]
    huge = [e for e in found.entries if abs(e.amount) >= limit and not found.map.accepts(e.place)]
    huge = [e for e in huge if found.map.unit is None or e.row.table.columns.scales]
    if not huge:
        return
    first = max(huge, key=lambda entry: abs(entry.amount))
    millions = (first.amount * CENTS[unit.scale] / CENTS["M"]).quantize(Decimal(1))
    cells = [found.account.at(entry.place) for entry in huge[:3]]
    more = ", …" if len(huge) > 3 else ""
    is_plain = not any(e.row.table.columns.scales for e in huge)
    found.account.ask(
        first.place,
        msg("in {unit}, this is {millions} million {sign} for one project in one year: is that its"
            " unit?", unit=str(unit), millions=str(millions), sign=unit.sign or "€"),
        *([f"unit: {unit.sign}", f"unit: {unit}"] if is_plain and unit.sign else []),
        f"accept: [{', '.join(cells)}{more}]",
        cells=[entry.place for entry in huge],
    )  # fmt: skip
