"""The page: the whole plan in one HTML file that needs nothing else.

The chart is a table, so that it can be read aloud; the policy of the page lets nothing run and
nothing be loaded but the styles, the script and the pictures that stand in it.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from math import ceil
from pathlib import Path
from string import Template

from ppi_cli import __version__
from ppi_cli.documents.bars import affordable, indebted, spending
from ppi_cli.documents.charts import CLASS_COLOURS, NO_CLASS
from ppi_cli.documents.drawing import Drawing, tint, width_of
from ppi_cli.documents.planning import in_a_row, marks_of_planning
from ppi_cli.figures.totals import Figure
from ppi_cli.plan.priority import ProjectClass
from ppi_cli.reports.cells import Cells, rows_of
from ppi_cli.reports.dossier import (
    MARKS,
    OF_FINDINGS,
    Dossier,
    facts,
    looked_at,
    other_notes,
    place_of,
    points_to_watch,
    presented,
)
from ppi_cli.reports.gantt import Above, Bar, Gantt, Group
from ppi_cli.reports.plan import plan_line
from ppi_cli.reports.story import Reason, Story, reason_details, reason_title
from ppi_cli.reports.table import Line, Table
from ppi_cli.values.message import Message, counted, msg
from ppi_cli.values.names import SEVERITY_NAMES
from ppi_cli.words.language import Language

_HERE = Path(__file__).parent


def write(dossier: Dossier, language: Language) -> bytes:
    """The page of a plan; the same bytes for the same plan and day."""
    return _Page(dossier, language).html().encode()


class _Page:
    def __init__(self, dossier: Dossier, language: Language) -> None:
        self._dossier, self._language = dossier, language
        #: Where sections stand, and their titles.
        self._contents: list[tuple[str, Message]] = []

    def html(self) -> str:
        dossier, header = self._dossier, self._dossier.plan.header
        sections = (
            self._planning(), self._totals(), self._afford(), self._debt(), self._execution(),
            self._matrix(), self._checks(), self._sources(),
        )  # fmt: skip
        style = (_HERE / "page.css").read_text(encoding="utf-8") + _class_styles()
        style += self._widths_of_chart()
        made = self._say(msg("made with ppi {version}", version=__version__))
        marks = self._say(MARKS)
        foot = f'content: "{marks}\\a {made}"; white-space: pre; font-size: 7pt;'
        style += f"@page {{ @bottom-left {{ {foot} }} }}\n"
        script = (_HERE / "page.js").read_text(encoding="utf-8")
        shown = "".join(
            f"<li><b>{escape(Cells(self._language, None).text(value))}</b>{self._say(title)}</li>"
            for title, value in facts(dossier)
        )
        return Template((_HERE / "page.html").read_text(encoding="utf-8")).substitute(
            lang=self._language.code,
            style=style,
            style_hash=_hash(style),
            script=script,
            script_hash=_hash(script),
            title=self._say(plan_line(dossier.plan)),
            organisation=self._say(header.organisation or ""),
            name=self._say(header.title),
            period=self._say(dossier.plan.years),
            presented=self._say(presented(dossier.plan)),
            facts=shown,
            marks=marks,
            alerts=self._items([*points_to_watch(dossier), *other_notes(dossier)], ""),
            contents="".join(
                f'<li><a href="#{id}">{self._say(title)}</a></li>' for id, title in self._contents
            ),
            sections="\n".join(filter(None, sections)),
            footer=made,
        )

    def _say(self, value: object) -> str:
        """A value in the language, as HTML that means nothing but its characters."""
        return escape(self._language.show(value))

    def _items(self, said: Iterable[object], kind: str = "notes") -> str:
        items = "".join(f"<li>{self._say(each)}</li>" for each in said)
        return f'<ul class="{kind}">{items}</ul>' if items else ""

    def _section(self, id: str, title: Message, *parts: str) -> str:
        self._contents.append((id, title))
        return f'<section id="{id}"><h2>{self._say(title)}</h2>{"".join(parts)}</section>'

    # --- the chart -------------------------------------------------------------------------------

    def _planning(self) -> str:
        gantt = self._dossier.chart
        stories = {story.project.id: story for story in self._dossier.stories}
        figures = [*gantt.by_year.values(), gantt.total]
        for group in gantt.groups:
            figures += [*group.by_year.values(), group.total, *(bar.total for bar in group.bars)]
        for above in gantt.above:
            figures += [*above.by_year.values(), above.total]
        scale = self._language.scale_of(figure.amount for figure in figures)
        self._cells = Cells(self._language, scale, with_unit=False)
        parts: list[Gantt | Above | Group] = [gantt, *gantt.above, *gantt.groups]
        self._sum, self._year, self._with_years = self._widths(gantt, parts)
        bodies = "".join(self._group(gantt, group, stories) for group in gantt.groups)
        years, total = self._years(gantt.by_year), escape(self._cells.text(gantt.total))
        foot = (
            f'<tbody><tr class="theme total"><th scope="row">{self._say(msg("Total"))}</th>'
            f'<td></td>{years}<td class="n">{total}</td></tr></tbody>'
        )
        kind = "chart long" if _is_long(gantt) else "chart"
        whole = f'<table class="{kind}">{self._heading(gantt)}{bodies}{foot}</table>'
        table = self._scrolled(whole, _PLANNING)
        legend = f'<p class="legend">{keys}</p>' if (keys := self._keys(gantt)) else ""
        return self._section(
            "planning", _PLANNING, self._filters(gantt), legend, table,
            self._items(marks_of_planning(gantt)),
        )  # fmt: skip

    def _widths(
        self, gantt: Gantt, parts: Sequence[Gantt | Above | Group]
    ) -> tuple[float, float, bool]:
        """How wide the column of totals is, a year at least, and whether years have amounts.

        They have where these have room in a page that is as wide as it can be.
        """
        is_long, cells = _is_long(gantt), self._cells
        texts = [cells.text(f) for part in parts for f in part.by_year.values()]
        widest = max((width_of(text, 1, bold=True) for text in texts), default=0)
        total = max(width_of(cells.text(part.total), 1, bold=True) for part in parts)
        usual = _SUM_OF_LONG if is_long else _SUM
        sum_ = max(usual, ceil(total * _SIZES_OF_YEARS[0] + _BESIDE_SUM))
        needed = widest * _SIZES_OF_YEARS[is_long] + _BETWEEN
        room = (_WIDEST_PAGE - _BEFORE_YEARS[is_long] - sum_) / max(1, len(gantt.years.each()))
        with_years = needed < room
        least = _LEAST_YEAR[is_long]
        return sum_, max(least, needed) if with_years else least, with_years

    def _widths_of_chart(self) -> str:
        """How wide the chart is at least, and its last column, which has the largest amounts."""
        gantt = self._dossier.chart
        years = self._year * len(gantt.years.each())
        wide = ceil(10 * (_BEFORE_YEARS[_is_long(gantt)] + self._sum + years)) / 10
        least = f".chart {{ min-width: {wide:g}rem; }}\n"
        return least + f".chart col.sum {{ width: {self._sum:g}rem; }}\n"

    def _filters(self, gantt: Gantt) -> str:
        themes = [(group.theme.id, self._say(group.theme.title)) for group in gantt.groups]
        numbers = sorted({bar.class_.number for bar in gantt.bars if bar.class_ is not None})
        classes = [(str(number), self._say(self._class_title(number))) for number in numbers]
        every, words = self._say(msg("all")), self._say(msg("Words"))
        none, one, two = (self._say(_shown(n)) for n in range(3))
        return (
            '<div class="filters">'
            f"<label>{self._say(msg('Theme'))}{_choice('', every, themes)}</label>"
            f"<label>{self._say(msg('Priority class'))}{_choice('', every, classes)}</label>"
            f'<label>{words}<input type="search"></label></div>'
            f'<p id="shown" class="faint" aria-live="polite" data-none="{none}" data-one="{one}"'
            f' data-two="{two}">{self._say(_shown(len(gantt.bars)))}</p>'
        )

    def _heading(self, gantt: Gantt) -> str:
        """The heads of columns; on paper, where they stand on each page, with what colours mean."""
        years = "".join(
            f'<th class="year" colspan="4" scope="colgroup">{escape(name)}</th>'
            for name in map(self._language.year, gantt.years.each())
        )
        name = self._language.quarter_number
        is_narrow = _is_long(gantt)
        quarters = "".join(
            f'<th class="year" scope="col">'
            f"{quarter.number if is_narrow else name(quarter.number)}</th>"
            for quarter in gantt.span.quarters()
        )
        columns = "<col>" * gantt.span.length
        across = gantt.span.length + 3
        keys = f'<tr class="legend"><td colspan="{across}">{self._keys(gantt)}</td></tr>'
        unit = msg("in {unit}", unit=self._language.unit(self._cells.scale or ""))
        total = f"{self._say(msg('Total'))} ({self._say(unit)})"
        return (
            f'<colgroup><col class="title"><col class="class">{columns}<col class="sum">'
            f"</colgroup><thead>{keys}<tr>"
            f'<th rowspan="2" scope="col">{self._say(msg("Project"))}</th>'
            f'<th rowspan="2" scope="col">{self._say(msg("Class"))}</th>{years}'
            f'<th rowspan="2" class="n" scope="col">{total}</th></tr>'
            f"<tr>{quarters}</tr></thead>"
        )

    def _group(self, gantt: Gantt, group: Group, stories: dict[str, Story]) -> str:
        years = self._years(group.by_year)
        total = escape(self._cells.text(group.total))
        rows = "".join(self._bar(gantt, bar, stories[bar.project.id]) for bar in group.bars)
        return (
            f'<tbody data-theme="{escape(group.theme.id)}">{self._above(group)}<tr class="theme">'
            f'<th scope="rowgroup">{self._say(group.theme.title)}</th><td></td>{years}'
            f'<td class="n">{total}</td></tr>{rows}</tbody>'
        )

    def _above(self, group: Group) -> str:
        """The line of a group of themes, above the first of them."""
        if (above := group.above) is None:
            return ""
        years = self._years(above.by_year)
        return (
            '<tr class="theme above"><th scope="row">'
            f"{self._say(above.title)}</th><td></td>{years}"
            f'<td class="n">{escape(self._cells.text(above.total))}</td></tr>'
        )

    def _years(self, figures: Mapping[int, Figure]) -> str:
        """The amounts of years, where they have room; the totals have them anyway."""
        return "".join(
            f'<td colspan="4">{escape(self._cells.text(each)) if self._with_years else ""}</td>'
            for each in figures.values()
        )

    def _bar(self, gantt: Gantt, bar: Bar, story: Story) -> str:
        id = escape(f"story-{bar.project.id}")
        number = "" if bar.class_ is None else str(bar.class_.number)
        text = f"{bar.project.title} {bar.project.id} {story.theme_title}"
        cells = "".join(self._quarters(gantt, bar))
        columns = 3 + gantt.span.length
        return (
            f'<tr class="project" data-class="{number}" data-text="{escape(text)}">'
            f'<th scope="row"><button type="button" aria-expanded="false" aria-controls="{id}">'
            f"{self._say(bar.project.title)}</button></th><td>{number}</td>{cells}"
            f'<td class="n">{escape(self._cells.text(bar.total))}</td></tr>'
            f'<tr id="{id}" class="story" hidden><td colspan="{columns}">'
            f"{self._story(story)}</td></tr>"
        )

    def _quarters(self, gantt: Gantt, bar: Bar) -> Iterator[str]:
        """The cells of a row: one for each quarter, and one for each bar."""
        spans = {span.first: span for span in in_a_row(bar.active)}
        quarter, last = gantt.span
        before, after = bar.reaches_out(gantt.span)
        while quarter <= last:
            first = " first" if quarter.number == 1 else ""
            span = spans.get(quarter)
            if span is None:
                yield f'<td class="q{first}"></td>'
                quarter = quarter.later(1)
                continue
            basis = " assumed" if bar.assumed else ""
            sign = "←" if before and span.first == gantt.span.first else ""
            number = "" if bar.class_ is None else str(bar.class_.number)
            first_of = f"<b>{sign}{number}</b>" if sign or number else ""
            end = '<b class="after">→</b>' if after and span.last == last else ""
            said = msg("{quarters}, assumed", quarters=span) if bar.assumed else span
            yield (
                f'<td class="q{first}" colspan="{span.length}">'
                f'<span class="bar {_class_name(bar.class_)}{basis}" title="{self._say(said)}">'
                f"{first_of}{end}</span></td>"
            )
            quarter = span.last.later(1)

    def _keys(self, gantt: Gantt) -> str:
        """What the colours and the arrows of bars mean."""
        used = {bar.class_.number: bar.class_ for bar in gantt.bars if bar.class_ is not None}
        keys = []
        for number, class_ in sorted(used.items()):
            declared = self._dossier.plan.class_by_number.get(number)
            title = "" if declared is None else self._say(declared.title)
            keys.append((_class_name(class_), str(number), title))
        if any(bar.class_ is None and bar.active for bar in gantt.bars):
            keys.append((_class_name(None), "", self._say(msg("in no class"))))
        if any(bar.assumed and bar.active for bar in gantt.bars):
            keys.append((f"{_class_name(None)} assumed", "", self._say(msg("assumed"))))
        colours = (
            f'<span class="entry"><b class="key {name}">{number}</b> {title}</span>'
            for name, number, title in keys
        )
        arrows = (f'<span class="entry">{self._say(said)}</span>' for said in gantt.reach())
        return "".join((*colours, *arrows))

    def _class_title(self, number: int) -> str | Message:
        declared = self._dossier.plan.class_by_number.get(number)
        if declared is None:
            return str(number)
        return msg("{number} – {title}", number=number, title=declared.title)

    def _story(self, story: Story) -> str:
        facts = "".join(
            f"<dt>{self._say(name)}</dt><dd>{self._say(value)}</dd>"
            for name, value in story.short_facts()
        )
        why = self._reasons(story, story.reasons)
        picture = self._picture(story.project.id)
        title = f"<h3>{self._say(msg('Why it exists'))}</h3>" if why else ""
        return f"{picture}<dl>{facts}</dl>{title}{why}{self._items(story.notes())}"

    def _picture(self, id: str) -> str:
        """The picture of a project, in the page itself."""
        if (picture := self._dossier.pictures.get(id)) is None:
            return ""
        data = base64.b64encode(picture.data).decode()
        alt = self._say(picture.alt)
        return f'<img class="photo" src="data:image/{picture.kind};base64,{data}" alt="{alt}">'

    def _reasons(self, story: Story, reasons: Sequence[Reason]) -> str:
        items = []
        for reason in reasons:
            details = "".join(
                f'<br><span class="faint">{self._say(detail)}</span>'
                for detail in reason_details(reason)
            )
            title = self._say(reason_title(reason))
            items.append(f"<li>{title}{details}{self._reasons(story, reason.reasons)}</li>")
        return f"<ul>{''.join(items)}</ul>" if items else ""

    # --- tables ----------------------------------------------------------------------------------

    def _totals(self) -> str:
        cuts = self._dossier.cuts
        titles = {
            by: self._say(report.table().for_people().columns[0].title)
            for by, report in cuts.items()
        }
        language = self._language
        drawings = {
            by: spending(report, language, within=True, place="both") for by, report in cuts.items()
        }
        tables = "".join(
            f'<div data-cut="{by}"{"" if by == "theme" else " hidden"}>'
            f"{self._drawn(drawings[by], by, _TOTALS)}{self._tables(report.table(), _TOTALS)}</div>"
            for by, report in cuts.items()
        )
        first, *others = titles.items()
        choice = _choice(first[0], first[1], others, id="cut")
        by = self._say(msg("By"))
        label = f'<div class="filters"><label>{by}{choice}</label></div>'
        return self._section("totals", _TOTALS, label, tables)

    def _drawn(self, drawing: Drawing, name: str, what: Message) -> str:
        label = self._say(what)
        return (
            f'<figure class="scroll" tabindex="0" aria-label="{label}">{drawing.svg(name)}</figure>'
        )

    def _afford(self) -> str:
        report = self._dossier.afford
        drawing = affordable(report, self._language, within=True, place="both")
        drawn = self._drawn(drawing, "afford", _AFFORDED)
        return self._section("afford", _AFFORDED, drawn, self._tables(report.table(), _AFFORDED))

    def _debt(self) -> str:
        if (report := self._dossier.debt) is None:
            return ""
        terms = f"<p>{self._say(report.terms)}</p>" if report.terms is not None else ""
        drawn = self._drawn(
            indebted(report, self._language, within=True, place="both"), "debt", _DEBT
        )
        return self._section("debt", _DEBT, terms, drawn, self._tables(report.table(), _DEBT))

    def _execution(self) -> str:
        if (report := self._dossier.execution) is None:
            return ""
        return self._section("execution", _EXECUTION, self._tables(report.table(), _EXECUTION))

    def _matrix(self) -> str:
        matrix = self._dossier.matrix
        if matrix is None:
            return ""
        return self._section("matrix", _MATRIX, self._tables(matrix.table(), _MATRIX))

    def _sources(self) -> str:
        if self._dossier.sources is None:
            return ""
        table = self._tables(self._dossier.sources.short_table(), _SOURCES)
        return self._section("sources", _SOURCES, table)

    def _checks(self) -> str:
        validation = self._dossier.validation
        rows = "".join(
            f'<tr><td class="{each.severity}">{self._say(SEVERITY_NAMES[each.severity])}</td>'
            f"<td>{self._say(each.message)}</td><td>{_breaking(place_of(each))}</td>"
            f"<td><code>{each.code}</code></td></tr>"
            for each in validation.by_severity
        )
        heads = "".join(f'<th scope="col">{self._say(name)}</th>' for name in OF_FINDINGS)
        whole = f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
        table = self._scrolled(whole, _CHECKS) if rows else ""
        said = self._items([*looked_at(self._dossier)])
        return self._section("checks", _CHECKS, said, table)

    def _scrolled(self, table: str, title: object) -> str:
        """A table that has room of its own where the page is narrower, and a name."""
        label = self._say(title)
        return f'<div class="scroll" tabindex="0" role="region" aria-label="{label}">{table}</div>'

    def _tables(self, table: Table, title: Message) -> str:
        """A table and those below it; its own title, the plan's, stands on the page already."""
        shown = self._dossier.shown(table).for_people()._replace(title=title)
        below = "".join(
            f"<h3>{self._say(more.title)}</h3>{self._table(more)}" for more in shown.more
        )
        return self._table(shown) + below

    def _table(self, table: Table) -> str:
        if not table.lines:
            return self._items(table.notes)
        heads = "".join(
            f'<th scope="col"{_number(column.numeric)}>{self._say(column.title)}</th>'
            if column.title
            else "<td></td>"
            for column in table.columns
        )
        rows = "".join(
            self._row(table, line, cells)
            for line, cells in zip(table.lines, rows_of(self._language, table), strict=True)
        )
        whole = f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
        shown = self._scrolled(whole, table.title)
        notes = self._items(table.notes)
        return notes + shown if len(table.lines) > _LONG else shown + notes

    def _row(self, table: Table, line: Line, cells: Sequence[str]) -> str:
        if line.kind == "heading":
            title = escape(" ".join(filter(None, cells)))
            columns = len(table.columns)
            across = f'<th colspan="{columns}" scope="rowgroup"><span>{title}</span></th>'
            return f'<tr class="heading">{across}</tr>'
        shown = "".join(
            f"<td{_number(column.numeric)}>{escape(cell)}</td>"
            if n or column.numeric or not cell
            else f'<th scope="row">{escape(cell)}</th>'
            for n, (column, cell) in enumerate(zip(table.columns, cells, strict=False))
        )
        return f'<tr class="{line.kind}">{shown}</tr>'


#: What a table of more lines says in its notes stands above it, and not alone on a last page.
_LONG = 40
#: How wide the page is within its margins, and the size of the amounts of years in its chart, and
#: in one of many, in rem.
_WIDEST_PAGE, _SIZES_OF_YEARS = 75, (0.8, 0.7)
#: How wide the column of totals of the chart is at least, of one of many quarters too, and what
#: stands beside its amounts.
_SUM, _SUM_OF_LONG, _BESIDE_SUM = 8.5, 7, 1
#: How wide the columns before the years of a chart are, and of one of many; how wide a year is at
#: least, for its quarters; what stands between two amounts.
_BEFORE_YEARS, _LEAST_YEAR, _BETWEEN = (21.2, 16.7), (5, 4.6), 0.2
#: Of more quarters, each is headed by its number alone.
_MOST_NAMED = 24

_PLANNING, _TOTALS = msg("The schedule"), msg("Totals")
_AFFORDED, _MATRIX = msg("Whether it can be afforded"), msg("The priorities")
_DEBT, _EXECUTION = msg("Savings and debt"), msg("What was done of what was voted")
_SOURCES, _CHECKS = msg("Assumptions and sources"), msg("Checks")


def _shown(projects: int) -> Message:
    return counted("{n} project shown", "{n} projects shown", projects)


def _breaking(place: str) -> str:
    """Where something stands: what has no room is folded before a number, and not within it."""
    return escape(place).replace(":", "<wbr>:")


def _number(numeric: bool) -> str:
    return ' class="n"' if numeric else ""


def _choice(value: str, title: str, others: Iterable[tuple[str, str]], *, id: str = "") -> str:
    """A list to choose from; titles are escaped already."""
    options = "".join(
        f'<option value="{escape(each)}">{text}</option>'
        for each, text in ((value, title), *others)
    )
    named = f' id="{id}"' if id else ""
    return f"<select{named}>{options}</select>"


def _class_name(class_: ProjectClass | None) -> str:
    return "k0" if class_ is None else f"k{(class_.number - 1) % len(CLASS_COLOURS) + 1}"


def _is_long(gantt: Gantt) -> bool:
    """Whether a chart has so many quarters that they are told by their numbers alone."""
    return gantt.span.length > _MOST_NAMED


def _class_styles() -> str:
    """How the bars of each class look: full where stated, hatched where assumed."""
    colours = [NO_CLASS, *CLASS_COLOURS]
    return "".join(
        f".k{n} {{ background: {colour}; }}\n"
        f".k{n}.assumed {{ background: repeating-linear-gradient(135deg, {colour} 0 2px,"
        f" {tint(colour)} 2px 7px); outline: 1px solid {colour}; outline-offset: -1px; }}\n"
        f".k{n}.assumed b {{ background: {colour}; }}\n"
        for n, colour in enumerate(colours)
    )


def _hash(text: str) -> str:
    """What the policy of the page knows a text by."""
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"sha256-{digest}"
