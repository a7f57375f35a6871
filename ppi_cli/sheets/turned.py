"""Tables that stand on their side: a row for each year, a column for each project."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ppi_cli.sheets.amounts import Number
from ppi_cli.sheets.cells import Area, Place, areas_of, column_name
from ppi_cli.sheets.layout import Slot, View, columns_named, said_where, year_of_cell
from ppi_cli.sheets.rows import Row, clean
from ppi_cli.sheets.totals import whole
from ppi_cli.sheets.wording import ENDS, FUNDERS, RECEIPTS, no_cost_in, role_of
from ppi_cli.values.characters import look
from ppi_cli.values.message import msg

#: What a column is called that is of all projects.
_KINDS = re.compile(
    r"(?:montants?|amounts?|crédits?|budgets?|dépenses?|expenses?|costs?|coûts?|cp|ap|voté|prévu"
    r"|investissement|fonctionnement|capital|intérêts?|annuité|interest)(?: .*)?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Turned:
    """Where the parts of such a table are."""

    head: int
    #: The column of the years, and their rows.
    year: int
    rows: tuple[int, ...]
    projects: tuple[int, ...]
    totals: tuple[int, ...]


def turned_in(view: View) -> Turned | None:
    """The table of a sheet in which years follow one another downwards, each beside numbers."""
    for column in range(1, 4):
        cells = {r: view.rows[r][column] for r in view.row_numbers if column in view.rows[r]}
        years = {r: p.year for r, x in cells.items() if (p := year_of_cell(x)) is not None}
        if len(years) < 2 or [*years.values()] not in _runs(years.values()):
            continue
        filled = (c for r in years for c, x in view.rows[r].items() if not x.is_empty)
        beside = {c for c in filled if c > column}
        numbers = [c for c in sorted(beside) if _is_of_numbers(view, years, c)]
        head = max((r for r in view.row_numbers if r < min(years)), default=0)
        if any(ENDS.match(look(view.text(head, c))) for c in numbers):
            continue  # each row is of a project, from one year to another
        named = [c for c in numbers if head and view.text(head, c).strip()]
        if len(named) < 2 or {*named} != beside or any(_is_number(view, head, c) for c in named):
            continue
        totals = tuple(c for c in named if said_where(view.text(head, c)) == "total")
        projects = tuple(c for c in named if c not in totals)
        if len(projects) > 1:
            return Turned(head, column, tuple(years), projects, totals)
    return None


def _runs(years: Iterable[int]) -> tuple[list[int], list[int]]:
    """Years one after another, upwards and downwards."""
    first, last = min(years), max(years)
    return [*range(first, last + 1)], [*range(last, first - 1, -1)]


def _is_number(view: View, row: int, column: int) -> bool:
    cell = view.rows.get(row, {}).get(column)
    return cell is not None and view.is_number(cell)


def _is_of_numbers(view: View, rows: Iterable[int], column: int) -> bool:
    """Whether some cells of a column are numbers, and none of them says anything else."""
    cells = [view.rows[r][column] for r in rows if column in view.rows[r]]
    filled = [cell for cell in cells if not cell.is_empty]
    return bool(filled) and all(map(view.is_number, filled))


def is_sure(view: View, turned: Turned) -> bool:
    """Whether its columns are projects: named as such, and proven by a total of each year."""
    names = [view.text(turned.head, c) for c in turned.projects]
    return bool(turned.totals) and not any(map(_is_kind, names)) and all(
        _amount(view, row, total) == sum(_amount(view, row, c) for c in turned.projects)
        for row in turned.rows
        for total in turned.totals
    )  # fmt: skip


def _is_kind(name: str) -> bool:
    """Whether the name of a column is that of a kind of money, and hardly that of a project."""
    return bool(
        RECEIPTS.match(name) or FUNDERS.fullmatch(name) or no_cost_in(name) or said_where(name)
        or role_of(name) or _KINDS.fullmatch(look(name).strip())
    )  # fmt: skip


def _amount(view: View, row: int, column: int) -> int:
    cell = view.rows[row].get(column)
    number = None if cell is None else view.number(cell)
    return whole(number.value) if isinstance(number, Number) else 0


def ask_turned(view: View, turned: Turned) -> None:
    """Ask whether the columns are projects."""
    columns = columns_text(turned.projects)
    names = [clean(view.text(turned.head, c))[:40] for c in turned.projects]
    last = (*turned.projects, *turned.totals)
    of_table = Area(turned.head, turned.year, view.row_numbers[-1], max(last))
    table = view.account.at(Place(view.sheet.name, of_table))
    area = Area(turned.head, turned.projects[0], turned.head, turned.projects[-1])
    view.account.ask(
        Place(view.sheet.name, area),
        msg("the years stand below one another: is each of these columns a project ({titles})?",
            titles=names[:4]),
        f"projects: {columns}",
        f"ignore: [{table}]",
        cells=[view.sheet.place(r, c) for r in view.row_numbers for c, x in view.rows[r].items()
               if view.is_number(x)],
    )  # fmt: skip


def columns_text(columns: Sequence[int]) -> str:
    """Columns as the map names them: ``B..D``, or a list."""
    spans = [
        column_name(a) if a == b else f"{column_name(a)}..{column_name(b)}"
        for a, b in areas_of(columns)
    ]
    return spans[0] if len(spans) == 1 else f"[{', '.join(spans)}]"


def slots_of_turned(view: View, turned: Turned) -> dict[int, Slot]:
    """Its columns of amounts, each with the project that it is of."""
    columns = columns_named(view, turned.head, view.map.projects) or [*turned.projects]
    above = {c: clean(view.text(turned.head - 1, c)) for c in columns}
    has_themes = all(above.values()) and len({*above.values()}) > 1
    slots = {
        c: Slot(project=clean(view.text(turned.head, c)), theme=above[c] if has_themes else "")
        for c in columns
    }
    return {**slots, **{c: Slot(where="total") for c in turned.totals if c not in slots}}


def of_project(row: Row, column: int, slot: Slot) -> Row:
    """The row that an amount would stand in if its table were not turned."""
    if slot.project is None:
        return row
    texts = {"project": slot.project, **({"theme": slot.theme} if slot.theme else {})}
    amounts = {c: amount for c, amount in row.amounts.items() if c == column}
    return replace(row, label=slot.project, texts=texts, amounts=amounts)
