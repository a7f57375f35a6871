"""A book understood: its tables, the money in them, the totals, and what must be asked."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from decimal import Decimal

from ppi_cli.sheets.account import Account, first_place, row_place
from ppi_cli.sheets.amounts import looks_like_number
from ppi_cli.sheets.asking import (
    ask_hidden,
    ask_no_projects,
    ask_outside,
    ask_own,
    ask_paid_themes,
    ask_set_aside,
    ask_tax,
    ask_twice,
    ask_without_tables,
)
from ppi_cli.sheets.cells import Area, Book, Cell, Place, Sheet, column_name, shown_number
from ppi_cli.sheets.doubts import ask_doubts
from ppi_cli.sheets.entries import Entry, Printed, Understood, project_of
from ppi_cli.sheets.envelopes import find_envelopes, find_envelopes_by_form, settle_envelopes
from ppi_cli.sheets.layout import (
    Slot,
    Table,
    UnknownColumnError,
    View,
    columns_named,
)
from ppi_cli.sheets.map import Map
from ppi_cli.sheets.notation import decimals_of, tax_of, title_of, unit_of
from ppi_cli.sheets.rows import Row, Section, clean, read_table
from ppi_cli.sheets.sheet_years import with_years_of_sheets
from ppi_cli.sheets.tables import tables_of
from ppi_cli.sheets.totals import Judged, across, asked_rows, fitting
from ppi_cli.sheets.turned import of_project
from ppi_cli.sheets.wording import (
    Period,
    period_of,
    total_of,
)
from ppi_cli.values.characters import look
from ppi_cli.values.errors import PpiError
from ppi_cli.values.message import counted, msg
from ppi_cli.values.nearest import advice
from ppi_cli.values.spoken_payers import is_vat_fund


def understood(book: Book, map: Map) -> Understood:
    """A book, read as its map says and as it is plain. Raises PpiError for a wrong map."""
    account = Account(is_alone=len(book.sheets) == 1)
    found = Understood(book, map, account)
    _refuse_unknown_sheets(book, map)
    wanted = [s for s in book.sheets if not map.sheets or s.name in map.sheets]
    for sheet in book.sheets:
        if sheet not in wanted or (sheet.is_hidden and map.hidden == "skip"):
            account.of(sheet).update(((r, c), "ignored") for r, c, _ in sheet.filled())
    wanted = [s for s in wanted if not (s.is_hidden and map.hidden == "skip")]
    decimals = decimals_of(wanted, map, account)
    views = [View(sheet, map, account, decimals) for sheet in wanted]
    told = with_years_of_sheets(views, map, account)
    if told is not map:
        found.map = map = told
        views = [View(sheet, map, account, decimals) for sheet in wanted]
    tables = [(view, list(tables_of(view))) for view in views]
    account.as_one("funding")
    _ask_unknown_payers(found, tables)
    if not any(own for _, own in tables):
        ask_without_tables(tables, found)
    found.unit = unit_of(tables, map, account)
    found.tax = tax_of(tables, map, account)
    found.title = map.title or title_of(tables, book)
    for view, own in tables:
        _read_sheet(found, view, own)
    settle_envelopes(found)
    ask_paid_themes(found)
    ask_hidden(found, wanted)
    asked_rows(account, found.judged)
    ask_twice(found)
    ask_outside(found)
    ask_no_projects(found)
    ask_set_aside(found)
    ask_tax(found)
    ask_own(found)
    ask_doubts(found, wanted)
    _settle(found, wanted)
    return found


def _refuse_unknown_sheets(book: Book, map: Map) -> None:
    names = [sheet.name for sheet in book.sheets]
    for name in map.sheets:
        if name not in names:
            raise PpiError(msg("{book} has no sheet “{name}”", book=book.name, name=name),
                           advice(name, names))  # fmt: skip


def _ask_unknown_payers(found: Understood, tables: Sequence[tuple[View, Sequence[Table]]]) -> None:
    """Ask about columns of who pays that no sheet has, where each may have its own."""
    of_all = [(view, min(t.header_rows, default=t.first)) for view, own in tables for t in own]
    if found.account.is_alone or not of_all:
        return
    for name in found.map.funding:
        if not any(_has_column(view, row, name) for view, row in of_all):
            view, row = of_all[0]
            found.account.ask(
                first_place(view.sheet, row),
                msg("the map names a column that no sheet has: {name}", name=name),
                "funding: […]",
            )


def _has_column(view: View, row: int, name: str) -> bool:
    try:
        return bool(columns_named(view, row, [name]))
    except UnknownColumnError:
        return False


# --- a sheet -------------------------------------------------------------------------------------


def _read_sheet(found: Understood, view: View, tables: Sequence[Table]) -> None:
    year, theme = _of_sheet(view, tables, found)
    for table in tables:
        rows, blocks = read_table(view, table, found.scale, Section(theme=theme, year=year))
        found.blocks.append(blocks)
        find_envelopes(view, table, rows)
        summing, totals_columns = _summing(view, table, rows)
        judged = Judged(view, rows, [*table.columns.slots])
        found.judged.append(judged)
        find_envelopes_by_form(judged)
        _name_themes(view, judged)
        entries = list(_entries(found, view, table, judged, totals_columns))
        costs = [entry for entry in entries if entry.where != "funding"]
        found.funding += [entry for entry in entries if entry.where == "funding"]
        _tell_who_pays_otherwise(found, view, entries)
        found.entries += [entry for entry in costs if entry.row.kind == "line"]
        found.envelopes += [entry for entry in costs if entry.row.kind == "envelope"]
        _check(found, view, judged, entries, totals_columns, summing)


def _theme_of(row: Row) -> str:
    return row.texts.get("theme") or row.section.theme


def _tell_of_no_theme(view: View, judged: Judged) -> None:
    """Name the lines that are of no theme, where others are; and totals called otherwise."""
    without = [row for row in judged.lines if not _theme_of(row)]
    if without and len(without) < len(judged.lines):
        view.account.remark(
            row_place(view.sheet, without[0].number),
            counted("{n} row is of no theme, “{title}”", "{n} rows are of no theme, as “{title}”",
                    len(without), title=without[0].label[:60]),
        )  # fmt: skip
    for total in judged.totals:
        name, themes = total_of(total.row.label), {_theme_of(row) for row in total.lines}
        if not _NAME.search(name) or len(total.lines) == len(judged.lines):
            continue
        others = [theme for theme in themes if theme and not _are_alike(name, theme)]
        if others and (len(themes) == 1 or len(others) < len(themes)):
            theme = others[0]
            view.account.remark(
                row_place(view.sheet, total.row.number),
                msg("“{title}” sums rows of the theme “{theme}”", title=total.row.label[:60],
                    theme=theme[:60]),
            )  # fmt: skip


def _are_alike(name: str, theme: str) -> bool:
    """Whether one name is within the other."""
    one, other = look(name).lower(), look(theme).lower()
    return one in other or other in one


#: What may be the name of a theme.
_NAME = re.compile(r"[^\W\d_]{3}")


def _name_themes(view: View, judged: Judged) -> None:
    """Take the names of subtotals for themes, where nothing else names any."""
    if view.map.marks is not None:
        _tell_of_no_theme(view, judged)
        return
    named = [(total, total_of(total.row.label)) for total in judged.totals]
    named = [(total, name if _NAME.search(name) else "") for total, name in named]
    parts = [(t, name) for t, name in named if name and 0 < len(t.lines) < len(judged.lines)]
    parts = [(t, name) for t, name in parts if not any(map(_theme_of, t.lines))]
    lines = [row for total, _ in parts for row in total.lines]
    is_twice = len({id(row) for row in lines}) < len(lines)
    if not parts or is_twice or len({name for _, name in parts}) < len(parts):
        if is_twice:
            inner = min((total for total, _ in parts), key=lambda total: len(total.lines)).row
            view.account.remark(
                row_place(view.sheet, inner.number),
                msg("“{title}” sums rows that another subtotal sums too: neither is taken for a"
                    " theme", title=inner.label[:60]),
            )  # fmt: skip
        _tell_of_no_theme(view, judged)
        return
    for total, name in parts:
        for row in total.lines:
            row.texts["theme"] = name
    _tell_of_no_theme(view, judged)
    first = parts[0][0].row
    why = msg("subtotals are called so, as “{label}”", label=first.label)
    view.account.guess("theme", [name for _, name in parts], why, view.sheet)


def _of_sheet(view: View, tables: Sequence[Table], found: Understood) -> tuple[Period | None, str]:
    """The year and the theme that the title of a sheet says, where the map looks for them there."""
    map, year, theme = view.map, None, ""
    first = min((min(t.header_rows, default=t.first) for t in tables), default=10**9)
    texts = [view.sheet.name]
    for row in view.row_numbers:
        if row < first:
            texts += [view.text(row, c) for c in sorted(view.rows[row])]
    if map.year_in is not None:
        matches = [m for text in texts if (m := map.year_in.search(text)) is not None]
        periods = {period_of(m[1] if m.groups() else m[0]) for m in matches} - {None}
        if len(periods) == 1:
            year = periods.pop()
        elif tables:
            view.account.ask(
                first_place(view.sheet, view.row_numbers[0]),
                msg("the pattern of year_in finds no year above this table, or several"),
                "year_in: '…'",
            )
    if map.theme == "sheet":
        theme = clean(view.sheet.name)
    elif map.theme_in is not None:
        themes = [m for text in texts if (m := map.theme_in.search(text)) is not None]
        if themes:
            theme = clean(themes[0][1] if themes[0].groups() else themes[0][0])
        elif tables:
            view.account.ask(
                first_place(view.sheet, view.row_numbers[0]),
                msg("the pattern of theme_in finds nothing above this table"),
                "theme_in: '…'",
            )
    return year, theme


def _summing(
    view: View, table: Table, rows: Sequence[Row]
) -> tuple[dict[int, frozenset[int]], dict[int, str]]:
    """The columns that each column of totals sums; and whether that is the plan's years, or all."""
    slots = table.columns.slots
    years = frozenset(c for c, slot in slots.items() if not slot.where)
    outside = frozenset(c for c, slot in slots.items() if slot.where in ("before", "beyond"))
    funding = frozenset(c for c, slot in slots.items() if slot.where == "funding")
    summing: dict[int, frozenset[int]] = {}
    keys: dict[int, str] = {}
    for column, slot in slots.items():
        if slot.where != "total":
            continue
        candidates = [years, years | outside] if outside else [years]
        candidates += list(_by_year(slots))
        candidates += _of_funding(slots, funding, view.map.own or ())
        candidates += [years | {c} for c in sorted(outside)] if len(outside) > 1 else []
        best, fits, filled = fitting(rows, column, candidates)
        at = f"{column_name(column)}:{column_name(column)}"
        if best is None or 2 * fits < filled:
            if filled and table.payers:  # it may sum these: asked when it is known what they are
                continue
            if not filled:
                is_of_time = all(slots[c].period is not None for c in years)
                summing[column], keys[column] = years, "total" if is_of_time else ""
                continue
            if fits * 5 < filled * 1 or best is None:
                view.account.ask(
                    Place(view.sheet.name, Area(table.first, column, table.last, column)),
                    msg("this column is called a total, and is no sum of the columns of years"),
                    f'ignore: ["{at}"]',
                    *_in_all(table, rows, column, years),
                )
                continue
        summing[column] = best
        if any(slots[c].period is None for c in years):  # of the time of the sheet or the heading
            keys[column] = ""
            continue
        keys[column] = "total" if best == years else "whole" if best == years | outside else "part"
    return summing, keys


def _in_all(table: Table, rows: Sequence[Row], column: int, years: Container[int]) -> Iterator[str]:
    """The years that a column is of together, where theirs hold nothing but when work is done."""
    columns = table.columns
    periods = [slot.period for slot in columns.slots.values() if slot.period is not None]
    periods += columns.quarters.values()
    is_empty = not any(c in years for row in rows for c in row.amounts)
    if is_empty and any(period.quarter for period in periods):
        first, last = min(p.year for p in periods), max(p.year for p in periods)
        span = f"{first}..{last}" if first < last else str(first)
        yield f"years: {{{column_name(column)}: {span}}}"


def _of_funding(
    slots: Mapping[int, Slot], funding: frozenset[int], own: Container[str]
) -> list[frozenset[int]]:
    """The columns of those who pay: all, all but the town itself, those of one or of one year."""
    others = frozenset(c for c in funding if slots[c].source not in own)
    of_one: dict[object, set[int]] = defaultdict(set)
    for c in sorted(funding):
        of_one[slots[c].source].add(c)
        of_one[slots[c].period].add(c)
    parts = [frozenset(columns) for columns in of_one.values()]
    parts += [columns & others for columns in parts]
    return [columns for columns in dict.fromkeys((funding, others, *parts)) if columns]


def _tell_who_pays_otherwise(found: Understood, view: View, entries: Sequence[Entry]) -> None:
    """Name the rows where those who pay, the town with them, pay another sum than the costs."""
    sources = {entry.source for entry in entries if entry.where == "funding"}
    if not sources & {*(found.map.own or ())} or _leaves_out_vat_fund(view, entries[0].row.table):
        return
    of_row: dict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        of_row[entry.row.number].append(entry)
    for own in of_row.values():
        paid = [entry for entry in own if entry.where == "funding"]
        costs = sum((entry.amount for entry in own if entry.where != "funding"), Decimal(0))
        payers = sum((entry.amount for entry in paid), Decimal(0))
        if paid and payers != costs:
            view.account.remark(
                paid[0].place,
                msg("“{title}” costs {costs}, and those who pay give {paid} together",
                    title=own[0].row.label[:60], costs=shown_number(costs),
                    paid=shown_number(payers)),
            )  # fmt: skip


def _leaves_out_vat_fund(view: View, table: Table) -> bool:
    """Whether a column of the VAT fund, which a plan reckons itself, is left out by the map."""
    fates = view.account.of(view.sheet)
    return any(
        fates.get((row, c)) == "ignored" and is_vat_fund(view.sheet.label(row, c))
        for row in table.header_rows
        for c in view.sheet.rows[row]
    )


def _by_year(slots: Mapping[int, Slot]) -> Iterator[frozenset[int]]:
    """The columns of the quarters, or halves, of each year."""
    of_year: dict[int, set[int]] = defaultdict(set)
    for column, slot in slots.items():
        if slot.period is not None and slot.period.is_part and not slot.where:
            of_year[slot.period.year].add(column)
    yield from (frozenset(columns) for columns in of_year.values())


def _entries(
    found: Understood,
    view: View,
    table: Table,
    judged: Judged,
    totals_columns: Mapping[int, str],
) -> Iterator[Entry]:
    """The amounts of the lines of a table; those of no known time are asked about."""
    asked = False
    fates = view.account.of(view.sheet)
    marks = view.map.marks
    is_asked = not table.columns.project and (marks is None or marks.project is None)
    is_asked = is_asked or table.columns.is_turned
    unnamed = [row for row in judged.lines if not project_of(row)[2]]
    if unnamed and not is_asked:
        places = [row_place(row.sheet, row.number) for row in unnamed]
        view.account.ask(
            places[0],
            counted(
                "{n} row holds amounts, and names no project",
                "{n} rows hold amounts, and name no project",
                len(unnamed),
            ),
            f"ignore: [{view.account.at_all(places)}]",
            "project: …",
            cells=places,
        )
    for row in judged.rows:
        if row.kind not in ("line", "envelope"):
            if row.kind == "total":
                fates.update(((row.number, c), "printed") for c in row.amounts)
            continue
        for column, amount in row.amounts.items():
            slot = table.columns.slots[column]
            if slot.where == "total":
                fates[row.number, column] = "printed"
                continue
            period = slot.period or row.year or row.section.year
            if period is None and not slot.where:
                if not asked and table.columns.year is None:
                    asked = True
                    view.account.ask(
                        row.sheet.place(row.number, column),
                        msg("of which year are these amounts?"),
                        "year_in: '(20[0-9]{2})'",
                        "marks: {year: {column: …, matches: '…'}}",
                        "years: {" + column_name(column) + ": 2026}",
                    )
                continue
            source = _payer(view.map, slot, row)
            of = row if slot.project is None else of_project(row, column, slot)
            yield Entry(of, column, amount, period, slot.where, source)


def _payer(map: Map, slot: Slot, row: Row) -> str | None:
    """Who pays an amount: by its column, or as its row says; beside ``funding``, of that alone."""
    named = row.texts.get("source")
    if slot.where == "funding":
        return named or slot.source
    return slot.source or (None if map.funding else named)


def _check(
    found: Understood,
    view: View,
    judged: Judged,
    entries: Sequence[Entry],
    totals_columns: Mapping[int, str],
    summing: Mapping[int, frozenset[int]],
) -> None:
    """Hold each printed total against what it sums, and note what none of them covers."""
    account = view.account
    of_row: dict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        of_row[entry.row.number].append(entry)
    covered: set[tuple[int, int]] = set()
    for total, column, check in judged.checks(summing):
        account.checks.append(check)
        columns = summing.get(column, frozenset({column}))
        own = tuple(e for line in total.lines for e in of_row[line.number] if e.column in columns)
        covered.update((id(e.row), e.column) for e in own)
        times = {e.when for e in own}
        key: object = totals_columns.get(column) or (times.pop() if len(times) == 1 else None)
        lines, is_turned = total.lines, total.row.table.columns.is_turned
        if is_turned:
            key, lines = "total", tuple(entry.row for entry in own)
        found.printed.append(Printed(check, lines, own, key))
        if check.state == "wrong" and total.row.kind == "total" and not total.lines:
            account.ask(
                first_place(total.row.sheet, total.row.number),
                msg("“{title}” is called a total, and sums no rows", title=total.row.label[:60]),
                f'ignore: ["{total.row.number}:{total.row.number}"]',
            )
    for row, column, check in across(judged.rows, summing, view.sheet.is_text):
        if row.kind == "part":
            continue
        account.checks.append(check)
        if row.kind in ("line", "envelope"):
            own = tuple(e for e in of_row[row.number] if e.column in summing[column])
            covered.update((id(e.row), e.column) for e in own)
            slots = row.table.columns.slots
            of = [of_project(row, c, slots[c]) for c in sorted(summing[column])]
            lines = tuple(of) if row.table.columns.is_turned else (row,)
            found.printed.append(Printed(check, lines, own, totals_columns[column]))
    of_lines = (entry for entry in entries if entry.row.kind == "line")
    found.uncovered += [e for e in of_lines if (id(e.row), e.column) not in covered]
    _formulas(view, judged)


def _formulas(view: View, judged: Judged) -> None:
    """Name the numbers that were typed where their neighbours are formulas."""
    for total in judged.totals:
        cells = view.rows[total.row.number]
        typed = [c for c in total.row.amounts if cells[c].formula is None]
        if len(typed) > 0 and len(typed) * 2 < len(total.row.amounts):
            for column in typed:
                view.account.remark(
                    total.row.sheet.place(total.row.number, column),
                    msg("a number that was typed, where its neighbours are formulas"),
                )


def _settle(found: Understood, sheets: Sequence[Sheet]) -> None:
    """Give a fate to the cells that have none yet: texts are notes, numbers are not understood."""
    for sheet in sheets:
        fates = found.account.of(sheet)
        loose: list[Place] = []
        for row, column, cell in sheet.filled():
            if (row, column) in fates:
                continue
            is_text = type(cell.value) is str and not looks_like_number(cell.value)
            if is_text or found.map.accepts(sheet.place(row, column)) or _is_year_or_page(cell):
                fates[row, column] = "note"
            else:
                fates[row, column] = "unknown"
                loose.append(sheet.place(row, column))
        asked = {q.place.area.left for q in found.account.questions
                 if q.place.sheet == sheet.name and q.place.area.left == q.place.area.right
                 and q.place.area.bottom > q.place.area.top}  # fmt: skip
        loose = [place for place in loose if place.area.left not in asked]
        questions = found.account.questions
        told = {place for each in questions for place in (each.place, *each.cells)}
        no_table = not told.isdisjoint(loose)
        if loose and not no_table:
            at = found.account.at_all(sorted(loose, key=lambda place: place.area.left))
            found.account.ask(
                loose[0],
                counted(
                    "{n} cell outside the tables holds a number, a date or a formula",
                    "{n} cells outside the tables hold numbers, dates or formulas",
                    len(loose),
                ),
                f"ignore: [{at}]",
                cells=loose,
            )


def _is_year_or_page(cell: Cell) -> bool:
    """Whether a cell beside the tables is a date, which is no amount."""
    value = cell.value
    return not (value is None or isinstance(value, Decimal | bool | str))
