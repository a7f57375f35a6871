"""Books with a sheet for each year, of which the name of the sheet alone says which it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ppi_cli.plan.pieces import changed
from ppi_cli.sheets.account import Account
from ppi_cli.sheets.layout import Profile, View, header_rows, profiles
from ppi_cli.sheets.map import Map
from ppi_cli.sheets.short_years import short_years_in
from ppi_cli.sheets.turned import turned_in
from ppi_cli.sheets.wording import AMOUNT_HEAD, TOTAL, role_of
from ppi_cli.values.characters import look
from ppi_cli.values.message import msg

_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")


def with_years_of_sheets(views: Sequence[View], map: Map, account: Account) -> Map:
    """The map, with the years that the names of sheets say where nothing in the sheets says any."""
    said = (map.year, map.amount, map.year_in, map.marks, map.header, map.schedule)
    if any(said) or map.years or map.sources or map.projects:
        return map
    held = [view for view in views if _has_numbers(view)]
    pattern = year_pattern(view.sheet.name for view in held)
    heads = {_amount_head(view) for view in held} if pattern is not None else set()
    head = heads.pop() if len(heads) == 1 else None
    if pattern is None or not head:
        return map
    names = [view.sheet.name for view in held]
    account.guess("year_in", pattern, msg("the sheets are called {names}", names=names[:6]))
    account.guess("amount", head, msg("its values are numbers"))
    return changed(map, year_in=re.compile(pattern), amount=head)  # its keys are checked already


def year_pattern(names: Iterable[str]) -> str | None:
    """The pattern that finds the year in the names of sheets: of two or more, each of its own."""
    found = [(name, _YEAR.findall(name)) for name in names]
    if len(found) < 2 or any(len(years) != 1 for _, years in found):
        return None
    around = {tuple(name.split(years[0])) for name, years in found}
    if len({years[0] for _, years in found}) < len(found) or len(around) > 1:
        return None
    before, after = around.pop()
    return f"^{re.escape(before)}(20[0-9]{{2}}){re.escape(after)}$"


def _has_numbers(view: View) -> bool:
    return any(view.is_number(cell) for cells in view.rows.values() for cell in cells.values())


def _amount_head(view: View) -> str | None:
    """The header of the only column of amounts of a sheet in which no year stands anywhere."""
    if header_rows(view) or turned_in(view) is not None or short_years_in(view) is not None:
        return None
    for row in view.row_numbers[:50]:
        cells = [cell for cell in view.rows[row].values() if not cell.is_empty]
        if len(cells) > 1 and not any(map(view.is_number, cells)):
            held = profiles(view, (r for r in view.row_numbers if r > row), with_years=True)
            return _only_amount(view, row, held)
    return None


def _only_amount(view: View, row: int, held: dict[int, Profile]) -> str | None:
    names = {c: look(view.text(row, c)).strip() for c, p in held.items() if p.numbers > p.texts}
    if any(held[c].years * 2 > held[c].numbers for c in names):
        return None
    amounts = [name for name in names.values() if role_of(name) not in ("number", "account")]
    is_one = len(amounts) == 1 and TOTAL.search(amounts[0]) is None
    return amounts[0] if is_one and AMOUNT_HEAD.search(amounts[0]) else None
