"""What is asked of a whole book: hidden money, the same money twice, receipts, who is the town."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from ppi_cli.sheets.account import first_place, row_place
from ppi_cli.sheets.cells import Area, Place, Sheet, areas_of, column_name
from ppi_cli.sheets.entries import Entry, Understood, project_of
from ppi_cli.sheets.layout import (
    Table,
    View,
    profiles,
    year_of_cell,
)
from ppi_cli.sheets.rows import Row, clean
from ppi_cli.sheets.sheet_years import year_pattern
from ppi_cli.sheets.totals import whole
from ppi_cli.sheets.wording import (
    COST_HEAD,
    ENDS,
    FUNDERS,
    NO_PROJECT,
    RECEIPTS,
    SET_ASIDE,
    STARTS,
    TOTAL,
    TOWN,
    payer_of,
    tax_in,
    total_of,
)
from ppi_cli.values.characters import look
from ppi_cli.values.message import Message, counted, msg
from ppi_cli.values.spoken_payers import is_own_source


def ask_without_tables(tables: Sequence[tuple[View, Sequence[Table]]], found: Understood) -> None:
    """Ask where the years are, of a book in which no sheet names any."""
    numbers = [
        (view, r, c)
        for view, _ in tables
        for r, cells in view.rows.items() for c, x in cells.items() if view.is_number(x)
    ]  # fmt: skip
    if not numbers or found.account.questions:
        return
    first, row, column = numbers[0]
    own = [(r, c) for view, r, c in numbers if view is first]
    cells = [view.sheet.place(r, c) for view, r, c in numbers]
    if found.map.year_in is None and (found.map.marks is None or found.map.marks.year is None):
        found.account.ask(
            first.sheet.place(row, column),
            counted(
                "no year is found above the number of this sheet",
                "no years are found above the {n} numbers of this sheet",
                len(own),
            ),
            *_years_of(first, row, list(dict.fromkeys(view.sheet.name for view, _, _ in numbers))),
            cells=cells,
        )
        return
    head = next((r for r in reversed(first.row_numbers) if r < row and len(first.rows[r]) > 2), row)
    held = profiles(first, (r for r in first.row_numbers if r > head))
    named = max((c for c, p in held.items() if p.texts > p.numbers), default=0)
    columns = [
        c for c, p in held.items()
        if p.numbers and c > named and not TOTAL.search(look(first.text(head, c)))
    ]  # fmt: skip
    columns = columns or [column]
    paid = [
        c for c in columns if payer_of(first.text(head, c))
    ]  # beside these, a cost is no source
    left, right = column_name(columns[0]), column_name(columns[-1])
    found.account.ask(
        Place(first.sheet.name, Area(row, columns[0], own[-1][0], columns[-1])),
        msg("which columns hold the amounts of the year that stands above them?"),
        f"amount: {left}",
        *([f"sources: {left}..{right}"] if len(paid) in (0, len(columns)) else ()),
        cells=cells,
    )


def _years_of(view: View, row: int, sheets: Sequence[str]) -> Iterator[str]:
    """Answers that say where the years are: by the names of sheets, or of which each column is."""
    if (pattern := year_pattern(sheets)) is not None:
        yield f"year_in: '{pattern}'"
        return
    if (answer := _between_ends(view, row)) is not None:
        yield answer
        return
    held = profiles(view, (r for r in view.row_numbers if r >= row))
    columns = [
        c for c, p in held.items()
        if p.numbers > p.texts and not TOTAL.search(look(view.text(row - 1, c)))
    ]  # fmt: skip
    texts = [view.sheet.name] + [
        view.text(r, c) for r in view.row_numbers if r < row for c in view.rows[r]
    ]
    spans = [re.findall(r"(?<!\d)20\d\d(?!\d)", text) for text in texts]
    span = next(([*map(int, years)] for years in spans if len(years) == 2), [0, -1])
    years: Sequence[object] = range(span[0], span[1] + 1)
    if len(years) != len(columns):
        years = ["…"] * len(columns)
    named = (f"{column_name(c)}: {year}" for c, year in zip(columns[:6], years, strict=False))
    yield f"years: {{{', '.join(named)}}}"
    if "…" in years:
        yield "year: …"
        yield "year_in: '(20[0-9]{2})'"


def _between_ends(view: View, row: int) -> str | None:
    """A cost from the first year of work to the last, where columns say when it starts and ends."""
    head = next((r for r in reversed(view.row_numbers) if r < row and len(view.rows[r]) > 2), None)
    if head is None:
        return None
    names = {c: look(view.text(head, c)) for c in view.rows[head]}
    starts, ends = ([c for c, n in names.items() if p.match(n)] for p in (STARTS, ENDS))
    years = {
        period.year
        for r in view.row_numbers if r >= row
        for c in (*starts, *ends)
        if c in view.rows[r] and (period := year_of_cell(view.rows[r][c])) is not None
    }  # fmt: skip
    held = profiles(view, (r for r in view.row_numbers if r >= row))
    costs = [
        c for c, n in names.items()
        if COST_HEAD.search(n) and not payer_of(n) and c in held and held[c].numbers
    ]  # fmt: skip
    if len(starts) != 1 or len(ends) != 1 or len(costs) != 1 or not years:
        return None
    return f"years: {{{column_name(costs[0])}: {min(years)}..{max(years)}}}"


def ask_hidden(found: Understood, sheets: Sequence[Sheet]) -> None:
    if found.map.hidden is not None:
        return
    for sheet in sheets:
        hidden = [
            e.place for e in found.amounts
            if e.row.sheet is sheet
            and (sheet.is_hidden or e.row.number in sheet.hidden_rows
                 or e.column in sheet.hidden_columns)
        ]  # fmt: skip
        if hidden:
            found.account.ask(
                hidden[0],
                counted(
                    "{n} amount is hidden in this sheet",
                    "{n} amounts are hidden, here and elsewhere in this sheet",
                    len(hidden),
                ),
                "hidden: read",
                "hidden: skip",
                cells=hidden,
            )


def ask_twice(found: Understood) -> None:
    """Ask about rows that add up to the same as other rows: the same money, cut otherwise."""
    sums: list[tuple[list[Entry], dict[object, int]]] = []
    by_table: dict[int, list[Entry]] = defaultdict(list)
    of_row: dict[int, list[Entry]] = defaultdict(list)
    for entry in found.entries:
        by_table[id(entry.row.table)].append(entry)
        of_row[id(entry.row)].append(entry)
    blocks = [*by_table.values()] if len(by_table) > 1 else []
    named = {id(row): project_of(row) for judged in found.judged for row in judged.lines}
    for judged in found.judged:
        for total in judged.totals:
            names = {named[id(row)] for row in total.lines if id(row) in named}
            if len(total.lines) > 1 and len(names) > 1:
                blocks.append([e for line in total.lines for e in of_row[id(line)]])
    for block in blocks:
        own: dict[object, int] = defaultdict(int)
        for entry in block:
            own[entry.when] += whole(entry.amount)
        kept = {when: amount for when, amount in own.items() if amount}
        if len(block) > 1 and kept:
            sums.append((block, kept))
    seen: dict[frozenset[tuple[object, int]], list[Entry]] = {}
    told: set[Place] = set()
    for block, kept in sums:
        key = frozenset(kept.items())
        other = seen.setdefault(key, block)
        if other is block or {id(e.row) for e in other} & {id(e.row) for e in block}:
            continue
        first, second = _extent(found, other), _extent(found, block)
        if second in told:
            continue
        told.add(second)
        corner = found.book.sheet(second.sheet)
        assert corner is not None
        accepted = first_place(corner, second.area.top)
        if found.map.accepts(accepted):
            continue
        at = found.account.at(second)
        found.account.ask(
            second,
            msg("{rows} add up to the same as {others}: the same money twice?",
                rows=str(second), others=str(first)),
            f"ignore: [{at}]",
            f"accept: [{found.account.at(accepted)}]",
        )  # fmt: skip
    _ask_cuts(found)


def _extent(found: Understood, entries: Sequence[Entry]) -> Place:
    """The rows of some amounts, and of the totals and headers of theirs alone."""
    sheet, table = entries[0].row.sheet, entries[0].row.table
    rows = [e.row.number for e in entries if e.row.sheet is sheet]
    of_table = [e for e in found.entries if e.row.table is table]
    if len(of_table) == len(entries):
        rows += [min(table.header_rows, default=min(rows))]
        rows += [row.number for judged in found.judged for row in judged.rows if row.table is table]
    return Place(sheet.name, Area(min(rows), 1, max(rows), max(sheet.width, 1)))


def _ask_cuts(found: Understood) -> None:
    """Ask about a column whose values cut the rows into parts that add up to the same."""
    for judged in found.judged:
        rows = [row for row in judged.rows if row.kind == "line"]
        if len(rows) < 4 or not rows:
            continue
        table, view = rows[0].table, judged.view
        head = min(table.header_rows, default=table.first)
        columns = {c for row in rows[:50] for c in view.rows[row.number]}
        columns -= {*table.columns.slots, table.columns.year or 0}
        for column in sorted(columns):
            name = clean(view.text(head, column))
            if look(name) in {look(key) for key in found.map.only}:
                continue
            sums: dict[str, Decimal] = defaultdict(Decimal)
            counts: dict[str, int] = defaultdict(int)
            for row in rows:
                value = view.text(row.number, column)
                counts[value] += 1
                if len(counts) > 6:
                    break
                for c, amount in row.amounts.items():
                    if table.columns.slots[c].where != "total":
                        sums[value] += amount
            if not 2 <= len(counts) <= 6 or "" in counts:
                continue
            place = view.sheet.place(head, column)
            key = name if name and not re.search("[:#'\"]", name) else column_name(column)
            receipts = [value for value in counts if _IN.fullmatch(value)]
            costs = [value for value in counts if _OUT.fullmatch(value)]
            if receipts and costs and not found.map.accepts(place):
                found.account.ask(
                    place,
                    msg("“{name}” tells costs from receipts: which rows are read?",
                        name=name or column_name(column)),
                    f"only: {{{key}: {costs[0]}}}",
                    f"accept: [{found.account.at(place)}]",
                )  # fmt: skip
                continue
            values = sorted(sums.items(), key=lambda each: each[1])
            for (one, a), (two, b) in pairwise(values):
                is_near = a and b and abs(a - b) * 1000 <= abs(a)
                if not is_near or min(counts[one], counts[two]) < 2:
                    continue
                if found.map.accepts(place):
                    continue
                found.account.ask(
                    place,
                    msg("the rows where “{name}” is “{one}” add up to the same as those where it is"
                        " “{two}”: the same money twice?", name=name or column_name(column),
                        one=one[:40], two=two[:40]),
                    f"only: {{{key}: {one}}}",
                    f"only: {{{key}: {two}}}",
                    f"accept: [{found.account.at(place)}]",
                )  # fmt: skip


#: The words of a column that tells receipts from costs.
_IN = re.compile(r"r|recettes?|revenues?|receipts?|income|produits?", re.IGNORECASE)
_OUT = re.compile(r"d|e|dépenses?|depenses?|expenses?|expenditures?|charges?|costs?", re.IGNORECASE)


def ask_outside(found: Understood) -> None:
    """Ask about lines and totals that begin with a word for receipts, and are read as costs."""
    rows: dict[int, tuple[Row, str]] = {}
    for entry in found.entries:
        row = entry.row
        is_told = entry.source is not None or row.table.columns.is_turned
        if is_told or id(row) in rows:  # the header of a column says what it is
            continue
        texts = (row.section.theme, row.section.group, row.texts.get("theme", ""),
                 row.texts.get("project", ""))  # fmt: skip
        word = next((m[0] for text in texts if (m := RECEIPTS.match(text)) is not None), None)
        if word is None and not _is_told(found, row):
            name = FUNDERS.fullmatch(row.texts.get("project", ""))
            word = None if name is None else name[0]
        if word is not None and not found.map.accepts(first_place(row.sheet, row.number)):
            rows[id(row)] = (row, word.strip())
    for row in (row for judged in found.judged for row in judged.rows if row.kind == "total"):
        match = RECEIPTS.match(total_of(row.label))
        if match is not None and not found.map.accepts(first_place(row.sheet, row.number)):
            rows[id(row)] = (row, match[0].strip())
    if not rows:
        return
    _ask_of_rows(
        found,
        dict(sorted(rows.items(), key=lambda each: _position(found, each[1][0]))),
        lambda title, word: msg(
            "“{title}” speaks of receipts ({word}): is it a cost?", title=title, word=word
        ),
        lambda n, title, word: msg(
            "{n} rows speak of receipts ({word}), as “{title}”: are they costs?",
            n=n,
            title=title,
            word=word,
        ),
    )


def _position(found: Understood, row: Row) -> tuple[int, int]:
    """Where a row stands in the book."""
    names = [sheet.name for sheet in found.book.sheets]
    return names.index(row.sheet.name), row.number


def _is_told(found: Understood, row: Row) -> bool:
    """Whether something is asked of a row already."""
    return any(
        place.sheet == row.sheet.name and place.area.top <= row.number <= place.area.bottom
        for each in found.account.questions
        for place in (each.place, *each.cells)
    )


def ask_no_projects(found: Understood) -> None:
    """Ask about lines that are called a tax, a share or a running sum: no project of the town's."""
    rows: dict[int, tuple[Row, str]] = {}
    for entry in found.entries:
        row = entry.row
        word = NO_PROJECT.search(look(row.label))
        if row.table.columns.is_turned:
            continue
        if word is not None and not found.map.accepts(first_place(row.sheet, row.number)):
            rows[id(row)] = (row, word[0].strip())
    if rows:
        _ask_of_rows(
            found,
            rows,
            lambda title, word: msg(
                "“{title}” is called a tax, a share or a running sum ({word}): is it a cost?",
                title=title,
                word=word,
            ),
            lambda n, title, word: msg(
                "{n} rows are called taxes, shares or running sums ({word}), as “{title}”: are they"
                " costs?",
                n=n,
                title=title,
                word=word,
            ),
        )


def ask_set_aside(found: Understood) -> None:
    """Ask about lines that are called abandoned, or an option, and that no printed total holds."""
    rows: dict[int, tuple[Row, str]] = {}
    for judged in found.judged:
        proven = judged.proven()
        for row in judged.lines:
            if id(row) in proven or not any(row.amounts.values()):
                continue
            cells = judged.view.rows[row.number]
            texts = [judged.view.text(row.number, c) for c in cells if c not in row.amounts]
            words = (SET_ASIDE.search(look(text)) for text in texts if len(text) < 200)
            word = next((match["word"] for match in words if match is not None), None)
            if word is None or found.map.accepts(first_place(row.sheet, row.number)):
                continue
            if not _is_told(found, row):
                rows[id(row)] = (row, word.lower())
    if rows:
        _ask_of_rows(
            found,
            rows,
            lambda title, word: msg(
                "“{title}” is said to be “{word}”: is it in the plan?", title=title, word=word
            ),
            lambda n, title, word: msg(
                "{n} rows are said to be set aside, or options, as “{title}” (“{word}”): are they"
                " in the plan?",
                n=n,
                title=title,
                word=word,
            ),
        )


def ask_tax(found: Understood) -> None:
    """Ask whether amounts include taxes, where rows below them are with and without."""
    if found.map.tax is not None:
        return
    said = {found.tax} - {"unstated"}
    for judged in found.judged:
        for row in judged.rows:
            kinds = tax_in(row.label) if row.kind == "total" else set()
            if len(said | kinds) > 1 and kinds:
                found.account.ask(
                    first_place(row.sheet, row.number),
                    msg("amounts with and without taxes are named: which are those that are read?"),
                    "tax: incl",
                    "tax: excl",
                )
                return
            said |= kinds


def _ask_of_rows(
    found: Understood,
    rows: Mapping[int, tuple[Row, str]],
    one: Callable[[str, str], Message],
    many: Callable[[int, str, str], Message],
) -> None:
    """Ask together about rows, each with the word that makes it doubtful."""
    asked = [row for row, _ in rows.values()]
    first, word = next(iter(rows.values()))
    title = first.label[:60]
    places = [row_place(row.sheet, row.number) for row in asked]
    accepted = [first_place(row.sheet, row.number) for row in asked]
    found.account.ask(
        first_place(first.sheet, first.number),
        many(len(asked), title, word) if len(asked) > 1 else one(title, word),
        f"ignore: [{found.account.at_all(places)}]",
        f"accept: [{found.account.at_all(accepted)}]",
        cells=places,
    )


def ask_paid_themes(found: Understood) -> None:
    """Ask of what is paid of a theme as a whole: without its year, or beside that of projects."""
    of_themes = [e for e in found.funding if e.row.is_envelope or e.row.kind == "envelope"]
    themes = {id(e) for e in of_themes}
    paid = {look(project_of(e.row)[0]) for e in found.funding if id(e) not in themes and e.amount}
    tables: dict[int, list[Entry]] = defaultdict(list)
    for entry in of_themes:
        is_twice = look(project_of(entry.row)[0]) in paid and not found.map.accepts(entry.place)
        if entry.amount and (entry.period is None or is_twice):
            tables[id(entry.row.table)].append(entry)
    for entries in tables.values():
        first = entries[0]
        columns = sorted({entry.column for entry in entries})
        places = [entry.place for entry in entries]
        title = project_of(first.row)[0][:60]
        are_dated = all(entry.period is not None for entry in entries)
        found.account.ask(
            first.place,
            msg("“{title}”: is this paid beside what is paid of its projects, or is it their sum?",
                title=title)
            if look(project_of(first.row)[0]) in paid
            else msg("what is paid of “{title}” as a whole is of no year, and a plan holds it by"
                     " year alone", title=title),
            f"ignore: [{found.account.at_all(_blocks(first.row, columns))}]",
            *([f"accept: [{found.account.at_all(places)}]"] if are_dated else ()),
            cells=places,
        )  # fmt: skip


def _blocks(row: Row, columns: Sequence[int]) -> Iterator[Place]:
    """Columns of the table of a row, below its header, those beside each other together."""
    for left, right in areas_of(columns):
        yield Place(row.sheet.name, Area(row.table.first, left, row.table.last, right))


def ask_own(found: Understood) -> None:
    """Ask which of the sources are the town's own."""
    sources = list(dict.fromkeys(e.source for e in found.amounts if e.source))
    if not sources or found.map.own is not None:
        return
    entry = next(e for e in found.amounts if e.source)
    own = [name for name in sources if TOWN.fullmatch(look(name)) or is_own_source(name)]
    some = ", ".join(own or sources[:3]) + (", …" if len(sources) > 3 and not own else "")
    answers = (f"own: [{some}]", "own: none")
    found.account.ask(
        entry.place,
        counted("is this source the town's own: {names}?",
                "which of the {n} sources are the town's own: {names}?", len(sources),
                names=sources[:8]),
        *(answers if own else reversed(answers)),
    )  # fmt: skip
