"""Headers of years in two digits: ``26``, ``'26``, ``CP 26``; taken for years where it is sure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from ppi_cli.sheets.account import row_place
from ppi_cli.sheets.cells import Cell, column_name
from ppi_cli.sheets.layout import View, said_where
from ppi_cli.sheets.wording import Period, role_of
from ppi_cli.values.characters import look
from ppi_cli.values.message import msg

#: The first and the last year that two digits stand for.
_FIRST, _LAST = 10, 60
_SHORT = re.compile(
    r"(?P<word>(?:cp|bp|ap|fy|exercice|année|annee|an|year|budget|prévisions?|prévu)\s*)?"
    r"(?P<sign>['’‘`])?(?P<digits>[1-6]\d)",
    re.IGNORECASE,
)
_LONG = re.compile(r"(?<!\d)20\d\d(?!\d)")


@dataclass(frozen=True)
class ShortYears:
    """The row of such a header, the year of each of its columns, and how it says so."""

    row: int
    periods: dict[int, Period]
    #: Whether a sign or a word tells that they are years.
    is_said: bool


def short_years_in(view: View) -> ShortYears | None:
    """The first row that names years in two digits, one after another, above numbers."""
    for row in view.row_numbers[:50]:
        cells = {c: x for c, x in view.rows[row].items() if not x.is_empty}
        found = {c: said for c, x in cells.items() if (said := _short(x)) is not None}
        years = [2000 + int(match["digits"]) for match in found.values()]
        if len(years) < 2 or len({*years}) < len(years) or max(years) - min(years) >= len(years):
            continue
        others = [x for c, x in cells.items() if c not in found]
        if not others or any(map(view.is_number, others)) or not _stand_above(view, row, found):
            continue
        periods = dict(zip(found, map(Period, years), strict=True))
        is_said = all(match["sign"] or match["word"] for match in found.values())
        return ShortYears(row, periods, is_said)
    return None


def _short(cell: Cell) -> re.Match[str] | None:
    value = cell.value
    if type(value) is Decimal and value == value.to_integral_value():
        value = str(int(value))
    match = _SHORT.fullmatch(look(value).strip()) if type(value) is str else None
    return match if match is not None and _FIRST <= int(match["digits"]) <= _LAST else None


def _stand_above(view: View, row: int, columns: dict[int, re.Match[str]]) -> bool:
    """Whether numbers stand below each of some cells, and nothing above two of them."""
    below = {c for r in view.row_numbers if r > row for c, x in view.rows[r].items()
             if view.is_number(x)}  # fmt: skip
    above = {c for r in view.row_numbers if r < row for c, x in view.rows[r].items()
             if not x.is_empty}  # fmt: skip
    return {*columns} <= below and len(above & {*columns}) < 2


def why_short(view: View, short: ShortYears) -> str | None:
    """What says that two digits are years: themselves, or a title that names these; else None."""
    if short.is_said:
        return view.text(short.row, min(short.periods))
    years = {period.year for period in short.periods.values()}
    ends = {min(years), max(years)}
    labels = [view.text(short.row, c) for c in view.rows[short.row] if c not in short.periods]
    if not any(role_of(label) or said_where(label) for label in labels if label):
        return None
    texts = [view.sheet.name]
    texts += [view.text(r, c) for r in view.row_numbers if r < short.row for c in view.rows[r]]
    return next((t for t in texts if ends <= {int(y) for y in _LONG.findall(t)}), None)


def years_said(short: ShortYears) -> str:
    """The line of a map that names the years."""
    named = (f"{column_name(c)}: {period.year}" for c, period in sorted(short.periods.items()))
    return f"years: {{{', '.join(named)}}}"


def ask_short(view: View, short: ShortYears) -> None:
    """Ask whether two digits are years."""
    first = min(short.periods)
    view.account.ask(
        row_place(view.sheet, short.row, short.periods),
        msg("is “{text}” the year {year}?", text=view.text(short.row, first),
            year=short.periods[first].year),
        years_said(short),
        cells=[view.sheet.place(r, c) for r in view.row_numbers for c, x in view.rows[r].items()
               if view.is_number(x)],
    )  # fmt: skip
