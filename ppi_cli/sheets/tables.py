"""The tables of a sheet: by their headers, or where the map says that the years stand elsewhere."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from ppi_cli.sheets.account import first_place, row_place
from ppi_cli.sheets.amounts import Number
from ppi_cli.sheets.cells import Area, Place, areas_of, column_name, quoted
from ppi_cli.sheets.layout import (
    Columns,
    Profile,
    Slot,
    Table,
    UnknownColumnError,
    View,
    column_named,
    columns_named,
    header_rows,
    header_text,
    profiles,
    roles_of,
    slots_of,
    unknown_columns,
    years_in,
)
from ppi_cli.sheets.map import Map
from ppi_cli.sheets.moved import ask_moved
from ppi_cli.sheets.rows import clean
from ppi_cli.sheets.short_years import (
    ShortYears,
    ask_short,
    short_years_in,
    why_short,
)
from ppi_cli.sheets.turned import (
    Turned,
    ask_turned,
    columns_text,
    is_sure,
    slots_of_turned,
    turned_in,
)
from ppi_cli.sheets.wording import (
    AMOUNT_HEAD,
    ENDS,
    PERCENT,
    RECEIPTS,
    REMAINING,
    STARTS,
    TOWN,
    Period,
    is_joint,
    no_cost_in,
    payer_of,
    period_of,
    says_total,
    tax_in,
)
from ppi_cli.values.characters import look
from ppi_cli.values.message import counted, msg
from ppi_cli.values.spoken_money import is_not_stated
from ppi_cli.values.spoken_payers import is_vat_fund


def tables_of(view: View) -> Iterator[Table]:
    """The tables of a sheet, each with what its columns hold."""
    try:
        yield from (
            _tables_by_years(view) if not _is_otherwise(view.map) else _tables_otherwise(view)
        )
    except UnknownColumnError as error:
        name = str(error)
        if view.map.sheets or view.account.is_alone or len(view.rows) > 1:
            view.account.ask(
                Place(view.sheet.name, Area(1, 1, 1, 1)),
                msg("the map names a column that is not in this sheet: {name}", name=name),
                "sheets: […]",
            )


def _is_otherwise(map: Map) -> bool:
    """Whether the years are said to stand elsewhere than in the header."""
    return map.year is not None or bool(map.sources) or map.amount is not None


def _tables_by_years(view: View) -> Iterator[Table]:
    heads = _distinct_heads(view)
    if not heads and (short := short_years_in(view)) is not None:
        why = why_short(view, short)
        if why is None and not view.map.years:
            ask_short(view, short)
            return
        if why is not None and not view.map.years:
            _guess_short(view, short, why)
        if why is not None or {*view.map.years.values()} == {*short.periods.values()}:
            heads = [([short.row], short.periods)]
    if not heads and (view.map.years or view.map.header):
        row = _header_by_texts(view)
        heads = [([row], {})] if row is not None else []
    if not heads:
        if (turned := turned_in(view)) is not None:
            yield from _turned_table(view, turned)
        else:
            yield from _long_table(view)
        return
    before = 0
    for n, (rows, periods) in enumerate(heads):
        after = min(heads[n + 1][0]) - 1 if n + 1 < len(heads) else max(view.row_numbers)
        if (table := _table(view, rows, periods, after)) is not None:
            table.after = before
            yield table
        before = after


def _distinct_heads(view: View) -> list[tuple[list[int], dict[int, Period]]]:
    """The headers of tables: those that repeat one are with it."""
    heads: list[tuple[list[int], dict[int, Period]]] = []
    for row, periods in header_rows(view):
        if not heads:
            heads.append(([row], periods))
            continue
        rows, before = heads[-1]
        if row == rows[0] + 1 and not {*periods} & {*before}:  # years of some columns, and below
            heads[-1] = (rows, {**before, **periods})
            continue
        alike = _labels_alike(view, rows[0], row, before)
        if periods == before and (alike or view.map.header):
            rows.append(row)
        elif set(periods) <= set(before) and not alike and not view.map.header:
            place = row_place(view.sheet, row, periods)
            first = first_place(view.sheet, row)
            if view.map.accepts(first):
                continue
            heads.append(([row], periods))
            is_new = len(periods) > 2 or not _holds_numbers(view, row - 1, periods)
            if periods == before and is_new and row - 1 not in rows:
                continue  # no amounts are by chance the years above them
            view.account.ask(
                place,
                msg("do these cells name years, or are they amounts?"),
                f"accept: [{view.account.at(first)}]",
                f"header: {rows[0]}",
            )
        else:
            heads.append(([row], periods))
    return heads


def _holds_numbers(view: View, row: int, columns: Iterable[int]) -> bool:
    cells = view.rows.get(row, {})
    return any(c in cells and view.is_number(cells[c]) for c in columns)


def _labels_alike(view: View, first: int, other: int, periods: Mapping[int, Period]) -> bool:
    """Whether two rows say the same in the columns that hold no year."""
    columns = {*view.rows.get(first, ()), *view.rows.get(other, ())} - set(periods)
    texts = [(look(view.text(first, c)), look(view.text(other, c))) for c in columns]
    return all(not b or a == b for a, b in texts)


def _header_by_texts(view: View) -> int | None:
    """The row that the map calls the header, or the first one that names most columns."""
    said = view.map.header
    if said is not None and said.row is not None:
        return said.row if said.row in view.rows else None
    names = [*view.map.years, *view.map.sources, view.map.year, view.map.amount]
    names += [*view.map.project, view.map.theme, view.map.source, *view.map.keep.values()]
    wanted = {look(n).lower().strip() for n in names if n}
    for row in view.row_numbers[:200]:
        texts = {look(view.text(row, c)).lower().strip() for c in view.rows[row]}
        if len(wanted & texts) >= min(2, len(wanted)) and wanted & texts:
            return row
    letters = [c for c in wanted if re.fullmatch(r"[a-z]{1,3}(?:(?:\.\.|:)[a-z]{1,3})?", c)]
    if not letters:
        return None
    for row in view.row_numbers[:200]:
        cells = [x for x in view.rows[row].values() if not x.is_empty]
        texts_ = sum(not view.is_number(cell) for cell in cells)
        if len(cells) >= 3 and texts_ == len(cells):
            return row
    return None


def _table(
    view: View,
    rows: Sequence[int],
    periods: Mapping[int, Period],
    last: int,
    *,
    year: int | None = None,
    slots: Mapping[int, Slot] | None = None,
) -> Table | None:
    """A table below its header."""
    head = _head_of(view, rows[0], periods)
    heads = {*rows, *(row + 1 for row in rows if rows[0] + 1 in head)}
    held_rows = [r for r in view.row_numbers if rows[0] < r <= last and r not in heads]
    held = profiles(view, held_rows)
    found = slots_of(view, head, periods, held)
    if slots is not None:
        paid = {column: slot for column, slot in found.items() if slot.where == "funding"}
        found = {**slots, **paid}
    columns = Columns(year=year)
    schedule = view.map.schedule
    if schedule is not None and schedule.by == "filled":
        columns.quarters = {c: p for c, p in periods.items() if p.quarter}
        found = {c: slot for c, slot in found.items() if c not in columns.quarters}
    elif schedule is not None:
        for key in ("start", "end"):
            if (name := getattr(schedule, key)) is not None:
                setattr(columns, key, column_named(view, rows[0], name))
    columns.slots = found
    others = {c: p for c, p in held.items() if c not in (year, columns.start, columns.end)}
    others = {c: p for c, p in others.items() if c not in columns.quarters}
    columns.roles, columns.project = roles_of(view, head, found, others)
    if not found and not columns.quarters:
        return None
    columns.is_turned = any(slot.project is not None for slot in found.values())
    columns.is_of_themes = _is_of_themes(view, columns, others)
    fates = view.account.of(view.sheet)
    for row in heads:
        fates.update(
            ((row, c), "header") for c, cell in view.rows.get(row, {}).items() if not cell.is_empty
        )
    table = Table(view.sheet, columns, heads, rows[0] + 1, last)
    _note_names_of_years(view, head, periods)
    _ask_joint_years(view, head, periods)
    ask_moved(view, head)
    _ask_columns(view, table, head, held)
    return table


def _is_of_themes(view: View, columns: Columns, held: Mapping[int, Profile]) -> bool:
    """Whether a table names themes, and nothing that could be a project."""
    map = view.map
    if columns.project or columns.of("theme") is None or map.marks is not None:
        return False
    known = {*columns.slots, *columns.roles}
    texts = [c for c, p in held.items() if c not in known and p.texts > p.numbers]
    return not texts and (map.envelopes is None or map.envelopes.by != "none")


def _note_names_of_years(view: View, head: Sequence[int], years: Iterable[int]) -> None:
    """Take ``FY2026`` for what the plan calls its years, where all headers call them so."""
    names = ["".join(view.text(head[0], c).split()).upper() for c in years]
    if names and all(_FISCAL.fullmatch(name) for name in names):
        place = view.sheet.place(head[0], min(years))
        why = msg("{place} says so", place=str(place))
        view.account.guess("fiscal_year", names[0], why, view.sheet)


def _ask_joint_years(view: View, head: Sequence[int], periods: Mapping[int, Period]) -> None:
    """Ask which year ``2026/27`` is, where nothing says that it is that of a budget, as ``FY``."""
    joint = {
        column: view.text(head[0], column)
        for column in sorted(periods)
        if is_joint(view.text(head[0], column))
        and not {column_name(column), view.text(head[0], column)} & set(view.map.years)
    }
    places = [view.sheet.place(head[0], column) for column in joint]
    if not joint or all(text.lower().startswith("fy") for text in joint.values()):
        return
    if all(any(r.holds(view.sheet.name, head[0], c) for r in view.map.accept) for c in joint):
        return
    first = min(joint)
    firsts = {c: p._replace(year=p.year - 1) if c in joint else p for c, p in periods.items()}
    view.account.ask(
        places[0],
        msg("“{text}” lies in two years: is it read as {year}, in which it ends?",
            text=joint[first][:60], year=periods[first].year),
        f"accept: [{', '.join(view.account.at(place) for place in places)}]",
        _years_answer(firsts),
        cells=places,
    )  # fmt: skip


_FISCAL = re.compile(r"FY(?:19|20)\d\d")


def _head_of(view: View, row: int, periods: Mapping[int, Period]) -> list[int]:
    """The rows of a header: its own, and the one below where quarters or other words stand."""
    own = years_in(view.rows[row])
    cells = view.rows[row]
    is_spread = any(
        own.get(c) != period if period.is_part else c not in cells or cells[c].is_empty
        for c, period in periods.items()
    )
    below = view.rows.get(row + 1, {})
    is_spread = is_spread and not any(view.is_number(x) for c, x in below.items() if c in periods)
    further = {c: p for c, p in periods.items() if own.get(c) != p}
    if further and years_in(view.rows.get(row + 1, {})).items() >= further.items():
        return [row, row + 1]
    has_words = _has_words_below(view, row, periods) or _has_names_below(view, row, periods)
    return [row, row + 1] if is_spread or has_words else [row]


def _has_words_below(view: View, row: int, periods: Mapping[int, Period]) -> bool:
    """Whether a word stands below each year of a header, and nothing else: HT, voté."""
    below = {c: x for c, x in view.rows.get(row + 1, {}).items() if not x.is_empty}
    return (
        {*below} == {*periods}
        and all(type(cell.value) is str for cell in below.values())
        and not any(view.is_number(cell) for cell in below.values())
        and not any(is_not_stated(view.text(row + 1, c)) for c in below)
    )


def _has_names_below(view: View, row: int, periods: Container[int]) -> bool:
    """Whether the row below names what cells of a header span, and nothing else: DETR, Région.

    What the map leaves out counts too: a header stays one without the columns of shares.
    """
    cells = view.sheet.rows
    if row + 1 not in view.rows:
        return False
    below = {c: x for c, x in cells[row + 1].items() if not x.is_empty}
    own = [c for c, cell in cells[row].items() if not cell.is_empty]
    spans: dict[int, list[int]] = defaultdict(list)
    for column, cell in below.items():
        first = max((c for c in own if c <= column), default=0)
        if type(cell.value) is not str or view.is_number(cell) or first in periods:
            return False
        spans[first].append(column)
    return bool(spans) and all(first in held and len(held) > 1 for first, held in spans.items())


def _ask_columns(
    view: View, table: Table, head: Sequence[int], held: Mapping[int, Profile]
) -> None:
    """Ask what columns of numbers hold that nothing tells of, and which one names the projects."""
    account, sheet = view.account, view.sheet
    filters = set(columns_named(view, head[0], view.map.only))
    unknown = list(unknown_columns(view, table, held))
    payers = _payers(view, table, head, [c for c, p in unknown if p.numbers])
    table.payers = tuple(payers)
    _ask_periods(view, table, head, _ask_schedule(view, table, head, held), payers)
    ends = _ends(view, head, [c for c, p in unknown if p.numbers])
    for column, profile in unknown:
        if column in filters:
            continue
        name = header_text(view, head, column)
        letter = column_name(column)
        cells = Place(sheet.name, Area(table.first, column, table.last, column))
        is_accepted = any(r.holds(sheet.name, table.first, column) for r in view.map.accept)
        if profile.numbers * 10 > profile.texts and not is_accepted:
            adds_up = _adds_up(view, table, column)
            account.ask(
                cells,
                counted("what is the number of this column, “{name}”?",
                        "what are the {n} numbers of this column, “{name}”?", profile.numbers,
                        name=name or letter),
                *(_funding_answer(view, head, payers) if column in payers else ()),
                *([_schedule_answer(ends)] if column in ends else []),
                *sorted((
                    f"ignore: [{_regions(view, payers if column in payers else [column])}]",
                    *(() if column in ends else _answers_of_column(table, column, name)),
                ), key=lambda answer: not (adds_up and answer.startswith("total:"))),
            )  # fmt: skip
        elif profile.texts > 1 and any(column in view.rows.get(row, ()) for row in head):
            account.remark(
                cells,
                msg("column {letter}, “{name}”: its texts are not read; the key keep keeps them",
                    letter=letter, name=name),
            )  # fmt: skip
    marks = view.map.marks
    columns = table.columns
    is_named = columns.project or columns.is_of_themes or columns.is_turned
    if not is_named and not (marks is not None and marks.project is not None):
        texts = [
            column_name(c) for c, p in held.items()
            if p.texts > p.numbers and "%" not in header_text(view, head, c)
        ]  # fmt: skip
        account.ask(
            Place(sheet.name, Area(head[0], 1, head[0], max(sheet.width, 1))),
            msg("which column names the projects: {columns}?", columns=texts or ["—"]),
            *(f"project: {letter}" for letter in texts[:4] or ["…"]),
        )


def _payers(view: View, table: Table, head: Sequence[int], unknown: Sequence[int]) -> list[int]:
    """The columns that are called as who pays, with a year or without; not the VAT fund."""
    names = {c: header_text(view, head, c) for c in (*unknown, *table.columns.slots)}
    of_years = [
        c for c, slot in table.columns.slots.items()
        if slot.period is not None and not slot.where and slot.source is None
        and not view.map.years and not view.map.accepts(view.sheet.place(head[0], c))
    ]  # fmt: skip
    paid = [c for c in of_years if payer_of(names[c]) or is_vat_fund(names[c])]
    found = [*unknown, *(paid if len(paid) < len(of_years) else ())]
    paying = {c for c in found if payer_of(names[c]) and not is_vat_fund(names[c])}
    rest = {c for c in unknown if REMAINING.match(look(names[c]))} if paying else set()
    return sorted(paying | rest)


def _funding_answer(view: View, head: Sequence[int], columns: Sequence[int]) -> Iterator[str]:
    """The columns of those who pay, by their headers, or by letter where these are not plain.

    What is left to the town is offered beside what others pay alone: else it may be a balance.
    """
    names = {c: header_text(view, head, c) for c in columns}
    if all(TOWN.fullmatch(payer_of(name)) for name in names.values()):
        return
    in_row = [look(view.text(head[0], c)).strip().lower() for c in view.rows.get(head[0], {})]
    is_plain = {c: _PLAIN_NAME.fullmatch(name) is not None and in_row.count(look(name).lower()) == 1
                for c, name in names.items()}  # fmt: skip
    yield f"funding: [{', '.join(n if is_plain[c] else column_name(c) for c, n in names.items())}]"


def _ends(view: View, head: Sequence[int], columns: Sequence[int]) -> Sequence[int]:
    """The two columns that are called the start and the end of work."""
    named = {c: header_text(view, head, c) for c in columns}
    found = [[c for c, name in named.items() if p.match(look(name))] for p in (STARTS, ENDS)]
    return [*found[0], *found[1]] if [*map(len, found)] == [1, 1] else []


def _schedule_answer(ends: Sequence[int]) -> str:
    start, end = map(column_name, ends)
    return f"schedule: {{start: {start}, end: {end}}}"


#: What a list of the map holds without quotes.
_PLAIN_NAME = re.compile(r"[^\W\d_][\w’ ()/.-]*[\w’)]")


def _adds_up(view: View, table: Table, column: int) -> bool:
    """Whether a column sums those of the years in two rows or more, and in most."""
    years = [c for c, slot in table.columns.slots.items() if not slot.where]
    sums = []
    for row in (r for r in view.row_numbers if table.first <= r <= table.last):
        cells = view.rows[row]
        read = {c: view.number(cells[c]) for c in (column, *years) if c in cells}
        held = {c: n.value for c, n in read.items() if isinstance(n, Number)}
        if held.get(column):
            sums.append(held[column] == sum(held[c] for c in years if c in held))
    return sum(sums) > 1 and 2 * sum(sums) > len(sums)


def _answers_of_column(table: Table, column: int, name: str) -> Iterator[str]:
    """What a column of numbers may be, by its header; what others pay, and shares, are no costs."""
    letter = column_name(column)
    if payer_of(name) or is_vat_fund(name) or PERCENT.search(look(name)):
        return
    years = [s.period.last or s.period.year for s in table.columns.slots.values() if s.period]
    named = [int(year) for year in re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", name)]
    if len(named) == 2 and named[0] < named[1]:
        periods = {c: s.period for c, s in table.columns.slots.items() if s.period}
        yield _years_answer({**periods, column: Period(named[0], named[1])})
    if years and named and min(named) > max(years):
        yield f"beyond: {letter}"
    elif years and named and max(named) < min(years):
        yield f"before: {letter}"
    else:
        if REMAINING.match(look(name)):
            yield f"beyond: {letter}"
        yield f"total: {letter}"


def _ask_schedule(
    view: View, table: Table, head: Sequence[int], held: Mapping[int, Profile]
) -> set[int]:
    """Ask whether quarters without any amount show when work is done; the columns that are."""
    columns = [
        c for c, s in table.columns.slots.items() if s.period is not None and s.period.quarter
    ]
    if view.map.years or not columns or any(c in held and held[c].numbers for c in columns):
        return set()
    cells = [
        view.rows[r].get(c)
        for r in view.row_numbers
        for c in columns
        if table.first <= r <= table.last
    ]
    if not any(cell is not None and (cell.form.fill or not cell.is_empty) for cell in cells):
        return set()
    first, last = column_name(min(columns)), column_name(max(columns))
    view.account.ask(
        Place(view.sheet.name, Area(head[0], min(columns), table.last, max(columns))),
        msg("no amount stands below these quarters: do their cells show when work is done?"),
        "schedule: filled",
        f"ignore: [{_region(view, first, last)}]",
    )
    return {*columns}


def _ask_periods(
    view: View, table: Table, head: Sequence[int], asked: Container[int], payers: Sequence[int]
) -> None:
    """Ask which column counts where several are of one time, or hold what others pay."""
    map, account = view.map, view.account
    if map.years:
        return
    of_time: dict[object, list[int]] = defaultdict(list)
    quarters: dict[int, list[int]] = defaultdict(list)
    for column, slot in table.columns.slots.items():
        if column in asked or slot.where == "funding":
            continue
        if slot.where in ("before", "beyond"):
            of_time[slot.where].append(column)
        elif slot.period is not None:
            of_time[slot.period].append(column)
            if slot.period.is_part:
                quarters[slot.period.year].append(column)
    alike: list[list[int]] = []
    for period, columns in of_time.items():
        if len(columns) > 1 and not (isinstance(period, Period) and period.quarter):
            alike.append(columns)
        elif isinstance(period, Period) and not period.is_part and period.year in quarters:
            _ask_quarters(view, table, head, quarters[period.year], columns)
    if alike:
        _ask_which(view, table, head, alike, payers)
    for column, slot in table.columns.slots.items():
        text = header_text(view, head, column)
        place = view.sheet.place(head[0], column)
        word = RECEIPTS.match(text)
        other = "" if slot.where == "total" else no_cost_in(text)
        if slot.source is None and (word is not None or other) and not map.accepts(place):
            letter = column_name(column)
            account.ask(
                place,
                msg("“{title}” speaks of receipts ({word}): is it a cost?", title=text[:60],
                    word=word[0].strip())
                if word is not None
                else msg("“{title}” says “{word}”: are these the costs of that year?",
                         title=text[:60], word=other),
                *(_funding_answer(view, head, payers) if column in payers else ()),
                f'ignore: ["{letter}:{letter}"]',
                f"accept: [{account.at(place)}]",
            )  # fmt: skip


def _ask_quarters(
    view: View, table: Table, head: Sequence[int], quarters: Sequence[int], years: Sequence[int]
) -> None:
    """Ask whether the column of a year is money beside that of its quarters."""
    columns = [*quarters, *years]
    left = {s.period for c, s in table.columns.slots.items() if s.period and c not in quarters}
    view.account.ask(
        Place(view.sheet.name, Area(head[0], min(columns), head[0], max(columns))),
        msg("columns {columns} are of one time: which of them counts?",
            columns=[column_name(c) for c in columns]),
        f"ignore: [{_regions(view, years)}]",
        *([f"ignore: [{_regions(view, quarters)}]"] if len(left) > 1 else []),
        f"total: [{', '.join(map(column_name, years))}]",
    )  # fmt: skip


def _ask_which(
    view: View,
    table: Table,
    head: Sequence[int],
    alike: Sequence[Sequence[int]],
    payers: Sequence[int],
) -> None:
    """Ask which of several columns of one time counts; one answer is for all such times."""
    names = {c: header_text(view, head, c) for columns in alike for c in columns}
    most = max(map(len, alike))
    kept = [[columns[n] for columns in alike if n < len(columns)] for n in range(most)]
    ways = [f"ignore: [{_regions(view, [c for c in names if c not in own])}]" for own in kept]
    slots = table.columns.slots.items()
    above = [view.text(head[0] - 1, c) for c in names]
    if {*payers} & {*names}:
        ways[:0] = _funding_answer(view, head, payers)
    others = [*names.values(), *above]
    if not any(tax_in(name) or RECEIPTS.match(name) or payer_of(name) for name in others):
        ways.append(_years_answer({c: slot.period for c, slot in slots if slot.period}))
    for columns in alike:
        letters = [column_name(c) for c in columns]
        taxes = [tax_in(names[c]) for c in columns]
        view.account.ask(
            Place(view.sheet.name, Area(head[0], min(columns), head[0], max(columns))),
            msg("columns {columns} are of one time, with taxes and without: which of them counts?",
                columns=letters)
            if {"incl"} in taxes and {"excl"} in taxes
            else msg("columns {columns} are of one time: which of them counts?", columns=letters),
            *ways,
        )  # fmt: skip


def _years_answer(periods: Mapping[int, Period]) -> str:
    """The line of a map that says of which year each column is."""
    named = (f"{column_name(c)}: {periods[c].key}" for c in sorted(periods))
    return f"years: {{{', '.join(named)}}}"


def _regions(view: View, columns: Iterable[int]) -> str:
    """Columns as the map leaves them out, those beside each other together."""
    spans = areas_of(columns)
    return ", ".join(_region(view, column_name(a), column_name(b)) for a, b in spans)


def _region(view: View, first: str, last: str) -> str:
    """Columns as the map leaves them out."""
    sheet = "" if view.account.is_alone else f"{quoted(view.sheet.name)}!"
    return f'"{sheet}{first}:{last}"'


_YEAR_HEAD = re.compile(r"(?<!\w)(?:année|annee|exercice|year|fy|an)(?!\w)", re.IGNORECASE)


def _long_table(view: View) -> Iterator[Table]:
    """A table with a row for each amount, where a column is plainly of years."""
    for row in view.row_numbers[:20]:
        cells = {c: x for c, x in view.rows[row].items() if not x.is_empty}
        texts = [c for c, x in cells.items() if type(x.value) is str]
        if len(texts) < 3 or len(texts) < len(cells):
            continue
        held = profiles(view, (r for r in view.row_numbers if r > row), with_years=True)
        years = _columns_of_years(view, row, held)
        numbers = [c for c, p in held.items() if p.numbers > p.texts and c not in years]
        named = [c for c in numbers if AMOUNT_HEAD.search(clean(view.text(row, c)))]
        amounts = named if len(named) == 1 else numbers
        if len(years) != 1 or not amounts:
            continue
        if len(amounts) > 1:
            _ask_amount(view, row, amounts)
            return
        view.account.guess("year", view.text(row, years[0]), msg("its values are years"),
                           view.sheet)  # fmt: skip
        example = view.text(row + 1, years[0])
        if is_joint(example) and (ends := period_of(example)) is not None:
            why = msg("“{text}” is the year in which it ends", text=example)
            view.account.guess("year", str(ends.year), why, view.sheet)
        view.account.guess("amount", view.text(row, amounts[0]), msg("its values are numbers"),
                           view.sheet)  # fmt: skip
        last = max(view.row_numbers)
        slots = {amounts[0]: Slot()}
        if (table := _table(view, [row], {}, last, year=years[0], slots=slots)) is not None:
            yield table
        return


def _guess_short(view: View, short: ShortYears, said: str) -> None:
    first = min(short.periods)
    own, year = view.text(short.row, first), short.periods[first].year
    why = (
        msg("“{text}” is short for {year}", text=own, year=year)
        if own == said
        else msg("“{text}” is short for {year}, as “{title}” says", text=own, year=year,
                 title=said[:60])
    )  # fmt: skip
    years = sorted(period.year for period in short.periods.values())
    view.account.guess("years", f"{years[0]}..{years[-1]}", why, view.sheet)


def _turned_table(view: View, turned: Turned) -> Iterator[Table]:
    """A table on its side, where the map says so, or a total of each year proves it."""
    if not view.map.projects and not is_sure(view, turned):
        ask_turned(view, turned)
        return
    if not view.map.projects:
        why = msg("the years stand below one another, and the columns add up to a total")
        view.account.guess("projects", columns_text(turned.projects), why, view.sheet)
    slots, last = slots_of_turned(view, turned), max(view.row_numbers)
    table = _table(view, [turned.head], {}, last, year=turned.year, slots=slots)
    if table is not None:
        if any(slot.theme for slot in slots.values()):
            fates = view.account.of(view.sheet)
            fates.update(((turned.head - 1, c), "header") for c in view.rows[turned.head - 1])
            table.header_rows.add(turned.head - 1)
        yield table


def _columns_of_years(view: View, row: int, held: Mapping[int, Profile]) -> list[int]:
    """The columns whose header says they are of years, and that hold little else but totals."""
    totals: dict[int, int] = defaultdict(int)
    for r in (r for r in view.row_numbers if r > row):
        first = min((c for c, cell in view.rows[r].items() if not cell.is_empty), default=0)
        totals[first] += says_total(view.text(r, first))
    return [
        c for c, profile in held.items()
        if _YEAR_HEAD.search(clean(view.text(row, c)).replace("_", " "))
        and profile.years * 20 >= 19 * (profile.texts + profile.numbers - totals[c]) > 0
    ]  # fmt: skip


def _ask_amount(view: View, row: int, columns: Sequence[int]) -> None:
    """Ask which of some columns holds the amounts of a long table."""
    taxes = [tax_in(view.text(row, c)) for c in columns]
    view.account.ask(
        row_place(view.sheet, row, columns),
        msg("which column holds the amounts, with taxes and without?")
        if {"incl"} in taxes and {"excl"} in taxes
        else msg("which column holds the amounts?"),
        *(f"amount: {view.text(row, c) or column_name(c)}" for c in columns[:4] or [1]),
        cells=[
            view.sheet.place(r, c)
            for r in view.row_numbers for c, x in view.rows[r].items()
            if r > row and view.is_number(x)
        ],
    )  # fmt: skip


def _tables_otherwise(view: View) -> Iterator[Table]:
    """The table of a sheet whose years stand in a column, in headings, or above it."""
    row = _header_by_texts(view)
    if row is None:
        return
    map, last = view.map, max(view.row_numbers)
    year = None if map.year is None else column_named(view, row, map.year)
    if map.year is not None and map.amount is None:
        held = profiles(view, (r for r in view.row_numbers if r > row))
        numbers = [c for c, p in held.items() if p.numbers > p.texts and c != year]
        named = [c for c in numbers if AMOUNT_HEAD.search(clean(view.text(row, c)))]
        found = named if len(named) == 1 else numbers
        if len(found) != 1:
            _ask_amount(view, row, found)
            return
        slots = {found[0]: Slot()}
        if (table := _table(view, [row], {}, last, year=year, slots=slots)) is not None:
            yield table
        return
    marks = map.marks
    is_said = map.year_in is not None or map.years or (marks is not None and marks.year is not None)
    if year is None and map.amount is not None and not is_said:
        below = (r for r in view.row_numbers if r > row)
        found = _columns_of_years(view, row, profiles(view, below, with_years=True))
        year = found[0] if len(found) == 1 else None
    if (table := _table(view, [row], {}, last, year=year)) is not None:
        yield table
