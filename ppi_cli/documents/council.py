"""The document for the council, as a tagged PDF: the plan in figures, pictures and words."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from math import ceil
from pathlib import Path
from typing import Any

from ppi_cli.documents.bars import HEIGHTS, Place, affordable, indebted, spending
from ppi_cli.documents.charts import least_height
from ppi_cli.documents.drawing import Drawing, width_of
from ppi_cli.documents.fonts import FONT_FILES, legible
from ppi_cli.documents.planning import notes_of_planning, planning_pages
from ppi_cli.figures.funding import receipts
from ppi_cli.plan.model import Plan
from ppi_cli.reports.cells import Cells, narrower_units, rows_of, scale_of_texts, unit_of
from ppi_cli.reports.dossier import (
    MARKS,
    Dossier,
    date_of,
    facts,
    for_readers,
    looked_at,
    other_notes,
    points_to_watch,
    presented,
)
from ppi_cli.reports.plan import plan_line
from ppi_cli.reports.story import Reason, Story, reason_details, reason_title
from ppi_cli.reports.table import Table
from ppi_cli.source.libraries import library
from ppi_cli.source.pictures import PictureRead
from ppi_cli.values.message import Message, msg
from ppi_cli.words.language import Language

_TEMPLATE = Path(__file__).with_name("council.typ")
#: A sheet with more entries may be broken over pages, and one that takes more lines.
_LONG_SHEET, _LONGEST_SHEET = 24, 36
#: The same of what stands above its reasons.
_LONG_HEAD = 26
#: The size of a sheet's texts, how wide a line of them is, and how many lines a picture takes.
_SHEET_TEXT, _SHEET_LINE, _SHEET_PICTURE = 9, 290, 14

_NEED, _PAYERS = msg("What is spent, year by year"), msg("Who pays")
_AFFORDED, _PLANNING = msg("Whether it can be afforded"), msg("The schedule")
_DEBT = msg("Savings and debt")
_EXECUTION = msg("What was done of what was voted")
_MATRIX, _BASES = msg("The priorities"), msg("Assumptions and sources")
#: The words of the frame.
_WORDS: Mapping[str, Message] = {
    "contents": msg("Contents"),
    "sheets": msg("The projects, one by one"),
    "why": msg("Why it exists"),
    "marks": MARKS,
    "lacking": msg("[U+…] stands for a character that the fonts of this document lack"),
}
#: How many sentences stand above a chart; others are notes below its table.
_MOST_SENTENCES = 8
#: Tables of more columns stand on pages laid across.
_MOST_COLUMNS = 7
#: How many characters stand side by side on a page laid across, how many a column of texts takes
#: there at least, and how far columns are apart; the first two on a page that stands upright.
_ROOM, _LEAST_TEXT, _GAP = 154, 24, 2
_ROOM_UPRIGHT, _LEAST_TEXT_UPRIGHT = 102, 16
_NARROWEST_TEXT, _WIDEST_TEXT = 6, 44
#: The part of the texts of a column by which its width goes, the shortest first.
_USUAL = 0.8
#: In how many rows a few texts are few.
_MANY = 60


def write(dossier: Dossier, language: Language) -> bytes:
    """The document of a plan, accessible (PDF/UA-1); the same bytes for the same plan."""
    checked = () if _has_bases(dossier) else _looked_at(dossier)  # else no page has but that
    return _pdf(
        {
            **_front(dossier.afford.plan, language),
            "facts": [
                {"title": language.say(title), "value": Cells(language, None).text(value)}
                for title, value in facts(dossier)
            ],
            "alerts": [language.say(said) for said in points_to_watch(dossier)],
            "version": [language.say(note) for note in (*other_notes(dossier), *checked)],
            "parts": list(_parts(dossier, language)),
            "sheets": [_sheet(story, language, dossier.pictures) for story in dossier.stories],
            "bases": list(_bases(dossier, language)),
        },
        dossier.pictures,
    )


def sheet(story: Story, language: Language, pictures: Mapping[str, PictureRead]) -> bytes:
    """The sheet of one project alone, with its picture."""
    data = {**_front(story.plan, language), "sheets": [_sheet(story, language, pictures)]}
    return _pdf(data, pictures)


def _pdf(data: Mapping[str, Any], pictures: Mapping[str, PictureRead]) -> bytes:
    """The data laid out. What the fonts lack is named in its place, and one line says so."""
    text = json.dumps(_foldable(data), ensure_ascii=False)
    shown = legible(text)
    if shown != text:
        shown = json.dumps({**json.loads(shown), "is_lacking": True}, ensure_ascii=False)
    used = {each["id"] for each in data["sheets"]}
    drawn = {id: _as_svg(picture) for id, picture in pictures.items() if id in used}
    made: bytes = library("typst").compile(
        _TEMPLATE.read_bytes(),
        root=str(_TEMPLATE.parent),
        font_paths=[str(FONT_FILES[0].parent)],
        ignore_system_fonts=True,
        sys_inputs={"data": shown, "pictures": json.dumps(drawn)},
        pdf_standards=["ua-1"],
        timestamp=0,
    )
    return made


#: A word that is longer may be broken anywhere, every few characters.
_LONG_WORD, _PIECE = re.compile(r"\S{25,}"), 6
_BREAK = "\u200b"


def _foldable(value: Any) -> Any:
    """The data, with places in long words at which they go on in the next line."""
    if isinstance(value, str):
        return _LONG_WORD.sub(lambda word: _BREAK.join(_pieces(word[0])), value)
    if isinstance(value, Mapping):
        kept = ("svg", "id")
        return {k: each if k in kept else _foldable(each) for k, each in value.items()}
    if isinstance(value, Sequence):
        return [_foldable(each) for each in value]
    return value


def _pieces(word: str) -> Iterator[str]:
    for start in range(0, len(word), _PIECE):
        yield word[start : start + _PIECE]


def _as_svg(picture: PictureRead) -> str:
    """A picture in a frame that any shape fits in; one that cannot be drawn leaves it empty."""
    data = base64.b64encode(picture.data).decode()
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 110" width="320" height="110">'
        '<image width="320" height="110" preserveAspectRatio="xMinYMid meet"'
        f' href="data:image/{picture.kind};base64,{data}"/></svg>'
    )


def _front(plan: Plan, language: Language) -> dict[str, Any]:
    """What every document says of the plan, and the words of its frame."""
    header, dated = plan.header, date_of(plan)
    return {
        "title": language.say(plan_line(plan)),
        "name": language.plain(header.title),
        "organisation": language.plain(header.organisation or ""),
        "period": language.show(plan.years),
        "presented": language.show(presented(plan)),
        "lang": language.code,
        "date": [dated.year, dated.month, dated.day],
        "words": {key: language.say(word) for key, word in _WORDS.items()},
        "is_lacking": False,
        "facts": [],
        "alerts": [],
        "version": [],
        "parts": [],
        "bases": [],
    }


def _parts(dossier: Dossier, language: Language) -> Iterator[dict[str, Any]]:
    """The parts of the document, in their order."""
    totals, sources, afford = dossier.cuts["theme"], dossier.cuts["source"], dossier.afford

    def part(title: Message, *tables: Table, **more: Any) -> dict[str, Any]:
        return _part(dossier, language, title, *tables, **more)

    def charted(draw: Callable[..., Drawing], report: Any) -> Callable[[Place, float], Drawing]:
        return lambda place, higher: draw(
            report, language, legible, within=True, place=place, higher=higher
        )

    yield part(_NEED, totals.table(), drawn=charted(spending, totals))
    if receipts(dossier.plan):
        yield part(_PAYERS, sources.table(), drawn=charted(spending, sources))
    first = _first_of(dossier.verdict)
    yield part(_AFFORDED, afford.table(), drawn=charted(affordable, afford), said=first)
    if (debt := dossier.debt) is not None:
        terms = () if debt.terms is None else (debt.terms,)
        drawn = charted(indebted, debt)
        yield part(_DEBT, debt.table(), drawn=drawn, said=(*terms, *debt.verdict()))
    if dossier.execution is not None:
        yield part(_EXECUTION, dossier.execution.table())
    notes = [language.say(note) for note in notes_of_planning(dossier.chart)]
    charts = list(planning_pages(dossier.chart, language, legible))
    for n, chart in enumerate(charts, 1):
        title = _PLANNING
        if n > 1:
            title = msg("The schedule ({n} of {all})", n=n, all=len(charts))
        of_page = {"landscape": True, "whole_page": True, "is_continued": n > 1}
        yield part(title, pictures=[_picture(chart, language.say(title))], notes=notes, **of_page)
    if dossier.matrix is not None:
        yield part(_MATRIX, dossier.matrix.table())


def _first_of(said: Sequence[Message]) -> Sequence[Message]:
    """What is told before all else: what is wrong, then the rest; what is more stands below."""
    return sorted(said, key=lambda each: not each.text.startswith("!"))[:_MOST_SENTENCES]


def _bases(dossier: Dossier, language: Language) -> Iterator[dict[str, Any]]:
    """What the figures rest on, behind all else; where there is next to nothing of it, no part."""
    if _has_bases(dossier) and dossier.sources is not None:
        table = dossier.sources.short_table()
        yield _part(dossier, language, _BASES, table, said=_looked_at(dossier))


def _has_bases(dossier: Dossier) -> bool:
    return dossier.sources is not None and bool(dossier.sources.things)


def _looked_at(dossier: Dossier) -> Sequence[Message]:
    """What was checked, and how it went."""
    return tuple(for_readers(looked_at(dossier)))


def _part(
    dossier: Dossier,
    language: Language,
    title: Message,
    *tables: Table,
    said: Sequence[Message] = (),
    drawn: Callable[[Place, float], Drawing] | None = None,
    **more: Any,
) -> dict[str, Any]:
    """A part: sentences, a picture, tables; across the page where these need it."""
    said = tuple(for_readers(said))
    laid_out = [
        _table(table, language, said)
        for each in tables
        for table in _with_more(dossier.shown(each))
    ]
    for each in laid_out:
        each["continued"] = _continued(
            msg("{part}: {title}", part=title, title=each["title"]), language
        )
    shown = [block for table in laid_out for block in _in_blocks(table)]
    more["sentences"] = [language.say(each) for each in said]
    wide = any(map(_is_wide, laid_out))
    if drawn is not None:
        place: Place = "across" if wide else "upright"
        pictures = [drawn(place, higher) for higher in HEIGHTS]
        more["pictures"] = [_picture(picture, language.say(title)) for picture in pictures]
    titles = {"title": language.say(title), "continued": _continued(title, language)}
    return {**titles, "tables": shown, "landscape": wide, **more}


def _continued(title: object, language: Language) -> str:
    """What is said of something on the pages that it goes on to."""
    return language.say(msg("{title} (continued)", title=title))


def _picture(drawing: Drawing, told: str) -> dict[str, Any]:
    """A picture, what is told of it to those who cannot see it, and its measures."""
    ratio = drawing.height / drawing.width
    return {"svg": drawing.svg(), "alt": told, "ratio": ratio, "least": least_height(drawing)}


def _with_more(table: Table) -> Iterator[Table]:
    """A table and those below it, as people see them; what it is of stands above all."""
    shown = table.for_people()
    yield shown._replace(title="", more=())
    yield from shown.more


def _table(table: Table, language: Language, said: Container[Message] = ()) -> dict[str, Any]:
    """A table as texts, the unit of its amounts once: in its title, or else its first heading.

    Of its notes, those that are ``said`` above it are left out.
    """
    unit = next(narrower_units(table, language), unit_of(table, language))
    title = language.show(table.title)
    titles = [language.show(column.title) for column in table.columns]
    if not unit.in_cells and titles:
        in_unit = language.say(msg("in {unit}", unit=language.unit(unit.scale)))
        if title:
            title = f"{title} ({in_unit})"
        else:
            titles[0] = f"{titles[0]} ({in_unit})" if titles[0] else in_unit
    rows = rows_of(language, table, unit)
    return {
        "title": title,
        "columns": [
            {
                "title": head,
                "numeric": column.numeric,
                "width": _width(i, head, rows, numeric=column.numeric),
            }
            for i, (head, column) in enumerate(zip(titles, table.columns, strict=True))
        ],
        "lines": [
            {"kind": line.kind, "cells": cells}
            for line, cells in zip(table.lines, rows, strict=True)
        ],
        "notes": [language.say(note) for note in table.notes if note not in said],
    }


def _is_wide(table: dict[str, Any]) -> bool:
    """Whether a table has many columns, or figures beside which names have no room upright."""
    columns = table["columns"]
    figures = [column["width"] + _GAP for column in columns if column["numeric"]]
    names = [each["width"] for each in columns if not each["numeric"]]
    needed = sum(figures) + sum(min(name, _LEAST_TEXT_UPRIGHT) + _GAP for name in names)
    return len(columns) > _MOST_COLUMNS or (len(names) == 1 and needed > _ROOM_UPRIGHT)


def _in_blocks(table: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A table, or where its figures have no room side by side several, each with some of them."""
    columns, lines = table["columns"], table["lines"]
    figures = [i for i, column in enumerate(columns) if column["numeric"]]
    names = [i for i, column in enumerate(columns) if not column["numeric"]]
    room = _ROOM - sum(min(columns[i]["width"], _LEAST_TEXT) + _GAP for i in names)
    parts = len(_side_by_side(figures, columns, room, len(figures)))
    blocks = _side_by_side(figures, columns, room, ceil(len(figures) / parts))
    for n, block in enumerate(blocks):
        kept = sorted([*names, *block]) if len(blocks) > 1 else range(len(columns))
        cut = [
            line
            if line["kind"] == "heading"
            else {**line, "cells": [line["cells"][i] for i in kept if i < len(line["cells"])]}
            for line in lines
        ]
        is_last = n == len(blocks) - 1
        yield {
            "title": "" if n else table["title"],
            "continued": table["continued"],
            "columns": [columns[i] for i in kept],
            "of": len(columns),
            "follows": n > 0,
            "lines": cut,
            "notes": table["notes"] if is_last else [],
        }


def _side_by_side(
    figures: Sequence[int], columns: Sequence[dict[str, Any]], room: float, most: int
) -> list[list[int]]:
    """Columns of figures in as many blocks as they need, each of no more than have room."""
    blocks: list[list[int]] = [[]]
    left = room
    for i in figures:
        needed = columns[i]["width"] + _GAP
        if (needed > left or len(blocks[-1]) == most) and blocks[-1]:
            blocks.append([])
            left = room
        blocks[-1].append(i)
        left -= needed
    return blocks


def _width(column: int, title: str, rows: Sequence[Sequence[str]], *, numeric: bool) -> int:
    """How much of the page a column takes, beside others: by its longest line.

    A few long texts among many count half: they are rather folded than make a column wide.
    """
    numeric = numeric or len(rows) < _MANY
    texts = (row[column] for row in rows if column < len(row))
    found = sorted(max(width_of(line, 1) for line in text.split("\n")) for text in texts)
    longest = max(found, default=0)
    usual = longest if numeric else max(found[: ceil(len(found) * _USUAL)], default=0)
    needed = max(width_of(title, 1), (longest + usual) / 2)
    return min(_WIDEST_TEXT, max(_NARROWEST_TEXT, ceil(needed / width_of("0", 1))))


def _sheet(story: Story, language: Language, pictures: Mapping[str, PictureRead]) -> dict[str, Any]:
    """A project: what it is, when, for how much, who pays, and why it exists."""
    amounts = language.in_unit(scale_of_texts(story.table(), language))
    facts = [
        {"kind": "line", "cells": [language.say(name), amounts.show(value)]}
        for name, value in story.short_facts()
    ]
    reasons = [_reason(story.plan, reason, language) for reason in story.reasons]
    picture = pictures.get(story.project.id)
    notes = [language.say(note) for note in story.notes()]
    of_picture = 0 if picture is None else _SHEET_PICTURE
    head = sum(_lines_of(line["cells"][1]) for line in facts) + of_picture
    lines = head + sum(map(_lines_of, [*_texts_of(reasons), *notes]))
    return {
        "title": language.show(story.project.title),
        "continued": _continued(story.project.title, language),
        "id": story.project.id,
        "alt": None if picture is None else language.plain(picture.alt),
        "heads": [language.show(column.title) for column in story.table().columns],
        "table": {"title": "", "columns": [], "lines": facts, "notes": []},
        "reasons": reasons,
        "is_long_head": head > _LONG_HEAD,
        "is_long": len(facts) + 2 * len(reasons) > _LONG_SHEET or lines > _LONGEST_SHEET,
        "notes": notes,
    }


def _lines_of(text: str) -> int:
    """How many lines a text takes on a sheet, about."""
    widths = (width_of(line, _SHEET_TEXT) for line in text.split("\n"))
    return sum(max(1, ceil(width / _SHEET_LINE)) for width in widths)


def _texts_of(reasons: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """The texts of reasons and of theirs, each of which begins a line."""
    for reason in reasons:
        yield reason["title"]
        yield from reason["details"]
        yield from _texts_of(reason["reasons"])


def _reason(plan: Plan, reason: Reason, language: Language) -> dict[str, Any]:
    return {
        "title": language.say(reason_title(reason)),
        "details": [language.say(detail) for detail in reason_details(reason)],
        "reasons": [_reason(plan, each, language) for each in reason.reasons],
    }
