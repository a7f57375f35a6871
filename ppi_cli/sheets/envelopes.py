"""The envelopes of themes: what may be spent on each in a year, where no project is named.

Rows are envelopes where a table names nothing but themes, where a row says so in the place of a
project, or where one looks like the totals of the themes and sums nothing. Where their theme has
projects too, the map must say whether they bound these, or are money beside them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from ppi_cli.sheets.account import first_place, row_place
from ppi_cli.sheets.entries import Entry, Understood, project_of
from ppi_cli.sheets.layout import Table, View
from ppi_cli.sheets.map import Map
from ppi_cli.sheets.rows import Row
from ppi_cli.sheets.totals import Judged
from ppi_cli.sheets.wording import BEFORE_ENVELOPE, ENVELOPE
from ppi_cli.values.characters import look
from ppi_cli.values.message import counted, msg

#: So many rows at most stand in an answer.
_SHOWN = 20


def theme_of(row: Row) -> str:
    return row.texts.get("theme") or row.section.theme


def find_envelopes(view: View, table: Table, rows: Sequence[Row]) -> None:
    """Find the rows of a table that are envelopes, by the map, by its columns, by their words."""
    said = view.map.envelopes
    if said is not None and said.by == "none":
        return
    lines = [row for row in rows if row.kind == "line"]
    found = [row for row in lines if _is_one(view, table, row)]
    times = Counter((theme_of(row), c, row.year) for row in found for c in row.amounts)
    if said is None and max(times.values(), default=0) > 1:
        return  # a theme has but one envelope for a year
    for row in found:
        row.is_envelope = True
    if said is None and found:
        by, why = (
            ("all", msg("nothing but themes is named"))
            if table.columns.is_of_themes
            else ("words", msg("“{title}” names no project", title=found[0].label[:60]))
        )
        view.account.guess("envelopes", by, why, view.sheet)
    of_projects = {_name(theme_of(row)) for row in lines if not row.is_envelope}
    for row in found:
        if _is_told(view.map, row) and _name(theme_of(row)) in of_projects:
            row.kind = "envelope"


def _is_told(map: Map, row: Row) -> bool:
    """Whether the map says that a row is an envelope."""
    said = map.envelopes
    if said is None or said.by != "rows":
        return said is not None and said.by != "none"
    return any(each.holds(row.sheet.name, row.number, 1) for each in said.rows)


def _is_one(view: View, table: Table, row: Row) -> bool:
    """Whether a row is an envelope; one that the map names has a theme then."""
    said = view.map.envelopes
    if said is not None and said.by == "rows" and _is_told(view.map, row):
        is_of_sheet = view.map.theme == "sheet" and "theme" not in row.texts
        if not theme_of(row) or (is_of_sheet and ENVELOPE.fullmatch(look(row.label)) is None):
            row.texts["theme"] = BEFORE_ENVELOPE.sub("", row.label) or row.label
        return True
    if view.map.accept and view.map.accepts(first_place(row.sheet, row.number)):
        return False
    if table.columns.is_of_themes or (said is not None and said.by == "all"):
        if not theme_of(row) and row.label:
            row.texts["theme"] = row.label
        return bool(theme_of(row))
    name = row.texts.get("project") or row.texts.get("label") or ""
    return bool(theme_of(row)) and ENVELOPE.fullmatch(look(name)) is not None


def find_envelopes_by_form(judged: Judged) -> None:
    """Find rows that look like the totals above the projects of themes, and have none below."""
    above = {judged.form(total.row) for total in judged.totals if total.row.is_above}
    if judged.map.envelopes is not None or not above:
        return
    places = {id(row): i for i, row in enumerate(judged.rows)}
    lines = {judged.form(row) for row in judged.lines if row.kind == "line"} - above
    for row in judged.lines:
        after = judged.rows[places[id(row)] + 1 :][:1]
        is_alone = not after or after[0].kind == "total" or judged.form(after[0]) in above
        named = row.texts.get("project", "")
        if not is_alone or not lines or judged.form(row) not in above or not named:
            continue
        if theme_of(row) or judged.accepted(row):
            continue
        row.is_envelope, row.texts["theme"] = True, named
        why = msg("it looks like the totals of themes, and has no projects")
        judged.account.guess("envelopes", str(row_place(row.sheet, row.number)), why, row.sheet)


def settle_envelopes(found: Understood) -> None:
    """Set envelopes of themes with projects apart, as far as the map says so; ask of the others."""
    lines = [row for judged in found.judged for row in judged.lines if any(row.amounts.values())]
    envelopes = [row for row in lines if row.is_envelope]
    projects = [row for row in lines if not row.is_envelope and not row.table.columns.is_turned]
    if envelopes or found.envelopes:
        _ask_of_times(found)
    of_projects = {_name(theme_of(row)) for row in projects} if envelopes else set()
    both = [
        row for row in envelopes
        if _name(theme_of(row)) in of_projects
        or (projects and row.table.columns.is_of_themes and not _is_told(found.map, row))
    ]  # fmt: skip
    if len(found.judged) > 1:
        called = _called_as_others(projects)
        both += [row for row in called if not found.map.accepts(
            first_place(row.sheet, row.number))]  # fmt: skip
    _ask_of_no_theme(found, envelopes, projects)
    if not both:
        return
    apart = {id(row) for row in both if _is_told(found.map, row)}
    found.envelopes += [e for e in found.entries if id(e.row) in apart]
    found.entries = [e for e in found.entries if id(e.row) not in apart]
    untold = [row for row in both if id(row) not in apart]
    for row in untold:
        row.is_envelope = False
    if untold:
        _ask_of_both(found, untold)


def _called_as_others(projects: Sequence[Row]) -> list[Row]:
    """Rows that are called as a sheet, or a theme, of the projects of another table is."""
    tables: dict[str, set[int]] = {}
    for row in projects:
        for name in filter(None, (row.sheet.name, theme_of(row))):
            tables.setdefault(_name(name), set()).add(id(row.table))
    return [
        row for row in projects
        if row.table.columns.year is None and not row.section.project
        and tables.get(_name(project_of(row)[2]), set()) - {id(row.table)}
    ]  # fmt: skip


def _ask_of_both(found: Understood, rows: Sequence[Row]) -> None:
    account, more = found.account, ", …" if len(rows) > _SHOWN else ""
    named = [account.at_row(row.sheet, row.number) for row in rows[:_SHOWN]]
    places = [row_place(row.sheet, row.number) for row in rows]
    cells = [account.at(first_place(row.sheet, row.number)) for row in rows[:_SHOWN]]
    ignored = [account.at(place) for place in places[:_SHOWN]]
    account.ask(
        places[0],
        counted(
            "“{title}” is an amount of the theme “{theme}”, and other rows are of projects: its"
            " envelope, or a total that is printed twice, or money beside them?",
            "{n} rows are amounts of themes, as “{title}” of “{theme}”, and other rows are of"
            " projects: their envelopes, or totals that are printed twice, or money beside them?",
            len(rows),
            title=rows[0].label[:60],
            theme=(theme_of(rows[0]) or rows[0].label)[:60],
        ),
        f"envelopes: {{rows: [{', '.join(named)}{more}]}}",
        f"ignore: [{', '.join(ignored)}{more}]",
        f"accept: [{', '.join(cells)}{more}]",
        cells=places,
    )


def _ask_of_no_theme(found: Understood, envelopes: Sequence[Row], projects: Sequence[Row]) -> None:
    """Ask of which themes projects are, where envelopes of themes are beside them."""
    if not any(_is_told(found.map, row) for row in envelopes):
        return
    loose = [row for row in projects if not theme_of(row)
             and not found.map.accepts(first_place(row.sheet, row.number))]  # fmt: skip
    if not loose:
        return
    first = loose[0]
    cells = [found.account.at(first_place(row.sheet, row.number)) for row in loose[:_SHOWN]]
    found.account.ask(
        row_place(first.sheet, first.number),
        counted(
            "“{title}” is of no theme, and themes have envelopes: is it in one of these?",
            "{n} rows are of no theme, as “{title}”, and themes have envelopes: are they in these?",
            len(loose),
            title=project_of(first)[2][:60],
        ),
        *(["theme: sheet"] if len(found.book.sheets) > 1 else []),
        f"accept: [{', '.join(cells)}{', …' if len(loose) > _SHOWN else ''}]",
        cells=[row_place(row.sheet, row.number) for row in loose],
    )


def _ask_of_times(found: Understood) -> None:
    """Ask about amounts of envelopes that are of no single year, or that others pay."""
    entries = [e for e in (*found.entries, *found.envelopes) if e.row.is_envelope and e.amount]
    odd = [e for e in entries if e.where or e.source or (e.period and e.period.last)]
    if odd:
        found.account.ask(
            odd[0].place,
            counted(
                "{n} amount of an envelope lies before or after the plan, in several years"
                " together, or is paid by others: an envelope is of single years",
                "{n} amounts of envelopes lie before or after the plan, in several years"
                " together, or are paid by others: an envelope is of single years",
                len(odd),
            ),
            "envelopes: none",
            f"ignore: [{', '.join(found.account.at(e.place) for e in odd[:_SHOWN])}]",
            cells=[e.place for e in odd],
        )


def apart_from(entries: Sequence[Entry], envelopes: Sequence[Entry]) -> list[Entry]:
    """The amounts of projects of which the theme comes to its envelope, and not to their sum."""
    bounded = {(_group(e.row), _name(theme_of(e.row))) for e in envelopes}
    return [e for e in entries if (_group(e.row), _name(theme_of(e.row))) in bounded]


def _group(row: Row) -> str:
    return row.texts.get("group") or row.section.group


@lru_cache(maxsize=4096)
def _name(theme: str) -> str:
    return look(theme).lower()
