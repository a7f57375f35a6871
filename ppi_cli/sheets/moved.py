"""What has moved in the columns of a table since its map was made.

A map names columns by letter or by header. A letter stands for another column once one is put in
or taken out: what stood in each header when the map was made is in its key ``headers``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ppi_cli.sheets.cells import column_name, column_number
from ppi_cli.sheets.layout import View, header_text, year_of_cell
from ppi_cli.sheets.map import Map
from ppi_cli.sheets.wording import is_joint
from ppi_cli.values.characters import look, one_line
from ppi_cli.values.message import msg


def ask_moved(view: View, head: Sequence[int]) -> None:
    """Ask about columns that the map names by letter, and that are others now; name the rest."""
    _ask_years(view, head)
    was = view.map.headers
    if not was:
        return
    used = set(letters_of(view.map))
    now = headers_of(view, head)
    for letter, old in was.items():
        new = now.get(letter, "")
        if _alike(old, new):
            continue
        place = view.sheet.place(head[0], column_number(letter))
        to = next((each for each, text in now.items() if _alike(text, old)), None)
        message = (
            msg("column {letter} was “{old}” when the map was made, and is “{new}” now",
                letter=letter, old=old[:40], new=new[:40] or "—")
            if to is None
            else msg("“{old}” was column {letter} when the map was made, and is column {to} now",
                     old=old[:40], letter=letter, to=to)
        )  # fmt: skip
        if letter in used and not view.map.accepts(place):
            view.account.ask(place, message, f"accept: [{view.account.at(place)}]",
                             f"headers: {{{letter}: …}}")  # fmt: skip
        else:
            view.account.remark(place, message)
    for letter, text in now.items():
        if letter not in was and not any(_alike(text, old) for old in was.values()):
            view.account.remark(
                view.sheet.place(head[0], column_number(letter)),
                msg("column {letter}, “{name}”, is new since the map was made",
                    letter=letter, name=text[:40]),
            )  # fmt: skip


def headers_of(view: View, head: Sequence[int]) -> dict[str, str]:
    """What stands in the header of each column, by its letter."""
    columns = sorted({column for row in head for column in view.rows.get(row, {})})
    texts = {column_name(c): one_line(header_text(view, head, c)) for c in columns}
    return {letter: text for letter, text in texts.items() if text}


def _ask_years(view: View, head: Sequence[int]) -> None:
    """Ask about columns of which the map says another year than their header does."""
    for name, period in view.map.years.items():
        if not _LETTERS.fullmatch(name):
            continue
        column = column_number(name)
        cell = view.rows.get(head[0], {}).get(column)
        said = None if cell is None or cell.is_empty else year_of_cell(cell)
        place = view.sheet.place(head[0], column)
        if said is None or said.year == period.year or view.map.accepts(place):
            continue
        if is_joint(view.text(head[0], column)) and said.year == period.year + 1:
            continue  # the map tells which of its two years it is
        view.account.ask(
            place,
            msg("the map says that column {letter} is of {year}, and its header says {said}",
                letter=name, year=period.key, said=said.key),
            f"years: {{{name}: {said.key}}}",
            f"accept: [{view.account.at(place)}]",
        )  # fmt: skip


_LETTERS = re.compile("[A-Z]{1,3}")


def letters_of(map: Map) -> Iterator[str]:
    """The columns that a map names by letter, wherever it does."""
    schedule, marks, lines = map.schedule, map.marks, map.lines
    names: list[str | None] = [*map.years, *map.total, *map.project, *map.sources, *map.only]
    names += map.funding
    names += map.keep.values()
    names += [map.year, map.amount, map.before, map.beyond, map.theme, map.group, map.label]
    names += [map.source, *((schedule.start, schedule.end) if schedule is not None else ())]
    names += [lines.column] if lines is not None else []
    if marks is not None:
        for mark in (marks.project, marks.theme, marks.group, marks.year):
            names += [mark.column, *mark.title] if mark is not None else []
    names += [each.rpartition("!")[2] for each in map.ignore]
    for name in names:
        match = _SPAN.fullmatch(name or "")
        if match is not None:
            first, last = column_number(match[1]), column_number(match[2] or match[1])
            yield from (column_name(c) for c in range(first, min(last, first + 1000) + 1))


_SPAN = re.compile(r"([A-Z]{1,3})(?: ?(?:\.\.|:) ?([A-Z]{1,3}))?")


def _alike(one: str, other: str) -> bool:
    return look(one).lower().split() == look(other).lower().split()
