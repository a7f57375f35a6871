"""The workbook: totals, planning, projects, funding, matrix, checks, and what it is made from.

Sums are formulas, with the figures that were computed as their values; the sheet of checks holds
them against those figures. Cells that stand for one amount as the plan states it are tinted and
can be changed; all others are protected, without a password.
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple, TypeAlias

from ppi_cli import __version__
from ppi_cli.documents import library
from ppi_cli.documents.charts import NO_CLASS, SERIES_COLOURS, class_colour, in_a_row
from ppi_cli.documents.drawing import tint
from ppi_cli.figures.cuts import RowKind
from ppi_cli.figures.postings import Posting
from ppi_cli.figures.totals import Figure, Row
from ppi_cli.plan.pieces import Amount
from ppi_cli.plan.projects import Project
from ppi_cli.reports.cells import marks, rows_of, unit_of
from ppi_cli.reports.dossier import Dossier, date_of
from ppi_cli.reports.plan import plan_line
from ppi_cli.reports.table import Table
from ppi_cli.values.message import InParagraphs, Message, Tenths, msg
from ppi_cli.values.money import ZERO, Money, total
from ppi_cli.values.names import SEVERITY_NAMES, STATUSES
from ppi_cli.values.quarters import period_of
from ppi_cli.words.language import Language

#: The longest text that a cell takes.
_LONGEST_TEXT = 32_767
_INPUT, _HEAD, _GROUP = "#fff8dc", "#dde6f0", "#eef1f4"
_NUMBER = "#,##0"


def write(dossier: Dossier, language: Language) -> bytes:
    """The workbook of a plan, the same bytes for the same plan."""
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = _Book(library("xlsxwriter").Workbook(file, options), dossier, language)
    book.fill()
    return file.getvalue()


_SHEETS: Mapping[str, Message] = {
    "totals": msg("Totals"),
    "planning": msg("Planning"),
    "projects": msg("Projects"),
    "funding": msg("Funding"),
    "matrix": msg("Matrix"),
    "checks": msg("Checks"),
    "about": msg("About"),
}
_Look: TypeAlias = dict[str, Any]
_TOTAL_LOOK: _Look = {"bold": True, "top": 1}
_INPUT_LOOK: _Look = {"bg_color": _INPUT, "locked": False}
#: What stands below the projects of a theme that has an envelope.
_RESTS: Mapping[RowKind, Message] = {
    "not_split": msg("Not split by project"),
    "excess": msg("Beyond the envelopes, not counted"),
}
#: What projects say of themselves, by their keys.
_TOLD: Mapping[str, Message] = {
    "number": msg("Number"),
    "lead": msg("Led by"),
    "location": msg("Location"),
    "status": msg("Status"),
    "description": msg("Description"),
}
_MARKS = (
    msg("* rests on an assumption"),
    msg("+ known costs only: no envelope covers all of it"),
    msg("~ spread evenly over quarters or years"),
    msg("! says that something is wrong: a note below the table tells what"),
    msg("— is not stated, which is not zero"),
)
_TAXES: Mapping[str, Message] = {
    "incl": msg("amounts include taxes"),
    "excl": msg("amounts are without taxes"),
    "unstated": msg("the plan does not say whether amounts include taxes"),
}


class _Figures(NamedTuple):
    """Where the sheet of projects has the rows of a theme, and the columns of its years."""

    first: int
    last: int
    by_column: Mapping[str, int]


class _Book:
    def __init__(self, book: Any, dossier: Dossier, language: Language) -> None:
        self._book, self._dossier, self._language = book, dossier, language
        self._formats: dict[tuple[tuple[str, object], ...], Any] = {}
        plan = dossier.plan
        self._has_cents = any(
            figure.amount is not None and figure.amount.cents % 100
            for row in (*dossier.cuts["project"].totals.rows, *dossier.cuts["source"].totals.rows)
            for figure in (*row.figures.values(), row.total)
        )
        self._themes = {theme.id: theme for theme in plan.themes}
        self._titles = {theme.id: theme.title for theme in plan.themes}

    def fill(self) -> None:
        """All sheets, in the order of their tabs; what they refer to is laid out first."""
        dated = datetime.combine(date_of(self._dossier.plan), datetime.min.time(), UTC)
        title = self._say(plan_line(self._dossier.plan))
        self._book.set_properties({"title": title, "created": dated.replace(tzinfo=None)})
        sheets = {key: self._book.add_worksheet(self._say(name)) for key, name in _SHEETS.items()}
        for sheet in sheets.values():
            sheet.protect("", {"select_locked_cells": True, "format_columns": True})
            sheet.set_landscape()
            sheet.set_paper(9)
            sheet.fit_to_pages(1, 0)
            sheet.hide_gridlines(2)
        figures = self._projects(sheets["projects"])
        totals = self._totals(sheets["totals"], figures)
        self._planning(sheets["planning"])
        self._tables(sheets["funding"], self._funding())
        self._tables(sheets["matrix"], [self._dossier.matrix.table()])
        self._checks(sheets["checks"], totals)
        self._about(sheets["about"])
        self._book.close()

    # --- cells -----------------------------------------------------------------------------------

    def _say(self, value: object) -> str:
        return self._language.show(value)

    def _format(self, **values: object) -> Any:
        key = tuple(sorted(values.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format({"valign": "top", **values})
        return self._formats[key]

    def _text(self, sheet: Any, row: int, column: int, text: str, **look: Any) -> None:
        """A text as it is, whatever it begins with; what is too long for a cell says so."""
        if len(text) > _LONGEST_TEXT:
            text = text[: _LONGEST_TEXT - 1] + "…"
        if text or look:
            sheet.write_string(row, column, text, self._format(**look))

    def _figure(
        self,
        sheet: Any,
        row: int,
        column: int,
        figure: Figure,
        formula: str | None = None,
        **look: Any,
    ) -> None:
        """An amount with its marks; what is not stated is a dash, and no zero."""
        if figure.amount is None:
            self._text(sheet, row, column, self._say(None), align="right", **look)
            return
        look = {"num_format": self._number_format(*marks(figure)), "align": "right", **look}
        if figure.assumed:
            look["italic"] = True
        value = figure.amount.cents / 100
        if formula is None:
            sheet.write_number(row, column, value, self._format(**look))
        else:
            sheet.write_formula(row, column, formula, self._format(**look), value)

    def _number_format(self, before: str, after: str) -> str:
        """Digits of the currency, with marks on their sides as the screen has them."""
        digits = _NUMBER + (".00" if self._has_cents else "")
        sign = self._language.unit("")
        ahead = f'"{before}"' if before else ""
        if self._language.sign_first:
            behind = f'"{after}"' if after else ""
            return ";".join(f'{ahead}{minus}"{sign}"{digits}{behind}' for minus in ("", "-"))
        own = ahead + "{}" + f'" {sign}{after}"'
        return own.format(digits) + ";" + own.format("-" + digits)

    def _period(self, year: str) -> str:
        return self._language.show(period_of(year))

    def _year(self, sheet: Any, row: int, column: int, title: str) -> None:
        look = {"bold": True, "bg_color": _HEAD, "align": "right", "bottom": 1}
        if title.isdecimal():
            sheet.write_number(row, column, int(title), self._format(num_format="0", **look))
        else:
            self._text(sheet, row, column, title, **look)

    def _head(self, sheet: Any, title: str | Message) -> None:
        self._text(sheet, 0, 0, self._say(title), bold=True, font_size=14)

    def _lines(self, sheet: Any, row: int, texts: Iterable[object]) -> int:
        for text in texts:
            self._text(sheet, row, 0, self._say(text), font_color="#59636e")
            row += 1
        return row

    # --- sheets ----------------------------------------------------------------------------------

    def _projects(self, sheet: Any) -> Mapping[str, _Figures]:
        """A line for each project, theme by theme, with what an envelope adds or does not cover."""
        found, plan = self._dossier.cuts["project"].totals, self._dossier.plan
        self._head(sheet, plan_line(plan))
        texts = (msg("Theme"), msg("Project"), msg("Class"), msg("Quarters"))
        for column, title in enumerate(texts):
            self._text(sheet, 2, column, self._say(title), bold=True, bg_color=_HEAD, bottom=1)
        columns = {period: 4 + n for n, period in enumerate(found.periods)}
        for period, column in columns.items():
            self._year(sheet, 2, column, self._period(period))
        whole = 4 + len(columns)
        self._year(sheet, 2, whole, self._say(msg("Total")))
        told = {key: whole + 1 + n for n, key in enumerate(self._told_of_projects())}
        for key, column in told.items():
            heading = self._say(_TOLD[key])
            self._text(sheet, 2, column, heading, bold=True, bg_color=_HEAD, bottom=1)
        postings: dict[tuple[str, str], list[Posting]] = defaultdict(list)
        for posting in found.postings:
            postings[posting.project or "", str(posting.year)].append(posting)
        rows, row = self._rows_by_theme(found.rows), 3
        places: dict[str, _Figures] = {}
        bars = {bar.project.id: bar for bar in self._dossier.chart.bars}
        for theme, own in rows.items():
            place = _Figures(row, row + sum(each.kind == "project" for each in own) - 1, columns)
            places[theme] = place._replace(last=row + len(own) - 1)
            for each in own:
                project = plan.by_id.get(each.id) if each.kind == "project" else None
                self._text(sheet, row, 0, self._say(self._titles.get(theme, "")))
                self._text(sheet, row, 1, self._say(each.title))
                if isinstance(project, Project) and project.id in bars:
                    class_ = bars[project.id].class_
                    if class_ is not None:
                        sheet.write_number(row, 2, class_.number, self._format(num_format="0"))
                    if project.quarters is not None:
                        spans = self._say(list(project.quarters.spans))
                        mark = "*" if project.quarters.assumed else ""
                        self._text(sheet, row, 3, spans + mark)
                    for key, column in told.items():
                        if (value := getattr(project, key)) is not None:
                            shown = (
                                STATUSES[value.status] if key == "status" else InParagraphs(value)
                            )
                            self._text(sheet, row, column, self._say(shown))
                for period, column in columns.items():
                    figure = each.figures.get(period, Figure())
                    of_cell = postings[each.id, period] if project is not None else []
                    look = _INPUT_LOOK if self._may_change(theme, period, of_cell) else {}
                    rest = self._rest(theme, period, each, place, column)
                    if rest is not None and figure.amount is None:
                        figure = Figure(ZERO)
                    self._figure(sheet, row, column, figure, rest, **look)
                self._sum_of_row(sheet, row, whole, 4, each)
                row += 1
        self._figures_row(
            sheet, row, found.total, 4, lambda c: f"=SUM({_cell(3, c)}:{_cell(row - 1, c)})"
        )
        self._text(sheet, row, 0, self._say(msg("Total")), **_TOTAL_LOOK)
        for column in range(1, 4):
            self._text(sheet, row, column, "", **_TOTAL_LOOK)
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, 1, 44)
        sheet.set_column(2, 2, 7)
        sheet.set_column(3, 3, 20)
        sheet.set_column(4, whole, 16)
        for key, column in told.items():
            sheet.set_column(column, column, 60 if key == "description" else 24)
        sheet.freeze_panes(3, 2)
        sheet.repeat_rows(2)
        legend = msg("tinted: an amount as the plan states it, which can be changed here")
        end = self._lines(sheet, row + 2, [legend, *self._dossier.cuts["project"].table().notes])
        sheet.print_area(0, 0, end, whole + len(told))
        return places

    def _told_of_projects(self) -> list[str]:
        """The words of projects that any of them has: they stand right of the figures."""
        return [k for k in _TOLD if any(getattr(p, k) for p in self._dossier.plan.projects)]

    def _rows_by_theme(self, rows: Sequence[Row]) -> Mapping[str, list[Row]]:
        projects = {project.id: project.theme for project in self._dossier.plan.projects}
        found: dict[str, list[Row]] = {theme: [] for theme in self._titles}
        for row in rows:
            own = projects.get(row.id) or row.id.partition("/")[0]
            found.setdefault(own, []).append(row)
        for theme in self._dossier.plan.themes:
            held = {row.kind for row in found[theme.id]}
            for kind, title in _RESTS.items():
                if theme.envelope and kind not in held:
                    id = f"{theme.id}/{kind}"
                    found[theme.id].append(Row(id, title, kind, {}, Figure(ZERO)))
        return found

    def _envelope(self, theme: str, period: str) -> Amount | None:
        """What alone counts of a theme in a year."""
        found = self._themes.get(theme)
        return None if found is None else found.envelope.get(int(period))

    def _may_change(self, theme: str, period: str, postings: Sequence[Posting]) -> bool:
        """Whether a cell is one amount of the plan, and the sheets follow where it changes."""
        if len(postings) != 1 or not self._dossier.is_written(postings[0]):
            return False
        return self._envelope(theme, period) is None or self._themes[theme].section is None

    def _rest(self, theme: str, period: str, row: Row, place: _Figures, column: int) -> str | None:
        """The formula of what an envelope holds beyond the costs, or does not cover of them."""
        if row.kind not in _RESTS or self._envelope(theme, period) is None:
            return None
        if self._themes[theme].section is not None:
            return None
        line = 3 + [*self._titles].index(theme)
        envelope = f"'{self._say(_SHEETS['totals'])}'!{_cell(line, 1 + column - 4)}"
        costs = "0"
        if place.last >= place.first:
            costs = f"SUM({_cell(place.first, column)}:{_cell(place.last, column)})"
        if row.kind == "not_split":
            return f"=MAX(0,{envelope}-{costs})"
        return f"=-MAX(0,{costs}-{envelope})"

    def _totals(self, sheet: Any, figures: Mapping[str, _Figures]) -> Mapping[str, str]:
        """The totals by theme, which sum the sheet of projects, and their chart."""
        report = self._dossier.cuts["theme"]
        found, name = report.totals, self._say(_SHEETS["projects"])
        self._head(sheet, plan_line(report.plan))
        self._text(sheet, 2, 0, self._say(msg("Theme")), bold=True, bg_color=_HEAD, bottom=1)
        whole = 1 + len(found.periods)
        for column, period in enumerate(found.periods, 1):
            self._year(sheet, 2, column, self._period(period))
        self._year(sheet, 2, whole, self._say(msg("Total")))
        row = 3
        for each in found.rows:
            place = figures.get(each.id)
            self._text(sheet, row, 0, self._say(each.title))
            for column, period in enumerate(found.periods, 1):
                formula: str | None = None
                look: _Look = {}
                envelope = self._envelope(each.id, period)
                if envelope is None and place is not None and place.last >= place.first:
                    of = place.by_column[period]
                    formula = f"=SUM('{name}'!{_cell(place.first, of)}:{_cell(place.last, of)})"
                elif envelope is not None and self._is_written_envelope(each, period, envelope):
                    look = _INPUT_LOOK
                self._figure(sheet, row, column, each.figures[period], formula, **look)
            self._sum_of_row(sheet, row, whole, 1, each)
            row += 1
        last = row - 1
        self._text(sheet, row, 0, self._say(msg("Total")), **_TOTAL_LOOK)
        self._figures_row(
            sheet, row, found.total, 1, lambda c: f"=SUM({_cell(3, c)}:{_cell(last, c)})"
        )
        checked = {
            period: f"'{self._say(_SHEETS['totals'])}'!{_cell(row, column)}"
            for column, period in enumerate((*found.periods, "total"), 1)
        }
        for beside in (found.running, found.in_all):
            if beside is not None:
                row += 1
                self._text(sheet, row, 0, self._say(beside.title))
                for column, period in enumerate(found.periods, 1):
                    self._figure(sheet, row, column, beside.figures[period])
                self._figure(sheet, row, whole, beside.total)
        end = self._lines(sheet, row + 2, report.table().notes)
        if last >= 3:
            self._chart(sheet, end + 1, last, whole)
        sheet.set_column(0, 0, 36)
        sheet.set_column(1, whole, 17)
        sheet.freeze_panes(3, 1)
        sheet.print_area(0, 0, end + 24, whole)
        return checked

    def _is_written_envelope(self, row: Row, period: str, envelope: Amount) -> bool:
        places = [theme.id for theme in self._dossier.plan.themes]
        path = ("themes", places.index(row.id), "envelope", period)
        counted = row.figures[period].amount
        return not self._dossier.version.steps_of(path) and counted == envelope.amount

    def _chart(self, sheet: Any, row: int, last: int, whole: int) -> None:
        """The years as stacked bars, a colour for each theme."""
        chart, name = (
            self._book.add_chart({"type": "column", "subtype": "stacked"}),
            sheet.get_name(),
        )
        for n, each in enumerate(range(3, last + 1)):
            chart.add_series(
                {
                    "name": [name, each, 0],
                    "categories": [name, 2, 1, 2, whole - 1],
                    "values": [name, each, 1, each, whole - 1],
                    "fill": {"color": SERIES_COLOURS[n % len(SERIES_COLOURS)]},
                    "gap": 60,
                }
            )
        chart.set_legend({"position": "bottom"})
        chart.set_size({"width": 860, "height": 420})
        alt = self._say(msg("Totals by theme and year"))
        sheet.insert_chart(row, 0, chart, {"description": alt})

    def _planning(self, sheet: Any) -> None:
        """The chart of quarters: coloured cells, the number of the class in the first of a bar."""
        gantt, language = self._dossier.chart, self._language
        self._head(sheet, plan_line(gantt.plan))
        quarters = list(gantt.span.quarters())
        columns = {quarter: 3 + n for n, quarter in enumerate(quarters)}
        head = {"bold": True, "bg_color": _HEAD, "align": "center"}
        for column, title in enumerate((msg("Project"), msg("Class"), msg("Quarters"))):
            self._text(sheet, 3, column, self._say(title), bold=True, bg_color=_HEAD)
        for quarter, column in columns.items():
            if quarter.number == 1:
                sheet.merge_range(2, column, 2, column + 3, "", self._format(**head))
                name = language.year(quarter.year)
                if name.isdecimal():
                    sheet.write_number(2, column, int(name), self._format(num_format="0", **head))
                else:
                    self._text(sheet, 2, column, name, **head)
            self._text(sheet, 3, column, language.quarter_number(quarter.number), **head)
        row = 4
        for group in gantt.groups:
            self._text(sheet, row, 0, self._say(group.theme.title), bold=True, bg_color=_GROUP)
            for column in range(1, 3 + len(quarters)):
                self._text(sheet, row, column, "", bg_color=_GROUP)
            row += 1
            for bar in group.bars:
                self._text(sheet, row, 0, self._say(bar.project.title), indent=1)
                number = None if bar.class_ is None else bar.class_.number
                if number is not None:
                    sheet.write_number(row, 1, number, self._format(align="center"))
                if bar.active and bar.assumed:
                    self._text(sheet, row, 2, self._say(msg("assumed")), italic=True)
                elif bar.active:
                    self._text(sheet, row, 2, self._say(msg("stated")))
                colour = class_colour(bar.class_)
                look: _Look = {"bg_color": tint(colour) if bar.assumed else colour}
                look |= {"font_color": colour if bar.assumed else "#ffffff", "align": "center"}
                for span in in_a_row(bar.active):
                    for quarter in span.quarters():
                        text = "" if number is None or quarter != span.first else str(number)
                        self._text(sheet, row, columns[quarter], text, bold=True, **look)
                row += 1
        row += 1
        classes = {bar.class_.number: bar.class_ for bar in gantt.bars if bar.class_ is not None}
        for number, class_ in sorted(classes.items()):
            declared = gantt.plan.class_by_number.get(number)
            name = str(number) if declared is None else f"{number} {declared.title}"
            self._text(sheet, row, 1, "", bg_color=class_colour(class_))
            self._text(sheet, row, 0, language.plain(name))
            row += 1
        if any(bar.class_ is None and bar.active for bar in gantt.bars):
            self._text(sheet, row, 1, "", bg_color=NO_CLASS)
            self._text(sheet, row, 0, self._say(msg("in no class")))
            row += 1
        row = self._lines(sheet, row + 1, gantt.notes())
        sheet.set_column(0, 0, 44)
        sheet.set_column(1, 1, 8)
        sheet.set_column(2, 2, 10)
        sheet.set_column(3, 2 + len(quarters), 4.5)
        sheet.freeze_panes(4, 1)
        sheet.repeat_rows(2, 3)
        sheet.print_area(0, 0, row, 2 + len(quarters))

    def _funding(self) -> Sequence[Table]:
        return [self._dossier.afford.table(), self._dossier.cuts["source"].table()]

    def _tables(self, sheet: Any, tables: Iterable[Table]) -> None:
        """Tables as the screen has them, one below the other; sums are formulas."""
        row, widths = 0, dict[int, int]()
        for whole in tables:
            for table in (whole.for_people(), *(more.for_people() for more in whole.more)):
                row = self._table(sheet, row, table, widths) + 2
        for column, width in widths.items():
            sheet.set_column(column, column, min(60, width + 2))
        sheet.print_area(0, 0, row, max(widths, default=0))

    def _table(self, sheet: Any, row: int, table: Table, widths: dict[int, int]) -> int:
        self._text(sheet, row, 0, self._say(table.title), bold=True, font_size=12)
        row += 1
        for column, each in enumerate(table.columns):
            title = self._say(each.title)
            if each.numeric:
                self._year(sheet, row, column, title)
            else:
                self._text(sheet, row, column, title, bold=True, bg_color=_HEAD, bottom=1)
            widths[column] = max(widths.get(column, 0), min(40, len(title)))
        texts = rows_of(self._language, table, unit_of(table, self._language))
        for line, cells in zip(table.lines, texts, strict=True):
            row += 1
            look: _Look = _TOTAL_LOOK if line.kind == "total" else {}
            if line.kind == "heading":
                look = {"bold": True, "bg_color": _GROUP}
            for column, (value, text) in enumerate(zip(line.cells, cells, strict=False)):
                if isinstance(value, Figure):
                    self._figure(sheet, row, column, value, **look)
                elif isinstance(value, Tenths):
                    number = self._format(num_format="0.0", align="right", **look)
                    sheet.write_number(row, column, value.tenths / 10, number)
                else:
                    wrap = {"text_wrap": True} if line.kind != "heading" else {}
                    align = {"align": "right"} if table.columns[column].numeric else {}
                    self._text(sheet, row, column, text, **wrap, **align, **look)
                if line.kind != "heading":
                    longest = max(map(len, text.split("\n")), default=0)
                    widths[column] = max(widths.get(column, 0), longest)
        return self._lines(sheet, row + 1, table.notes)

    def _checks(self, sheet: Any, totals: Mapping[str, str]) -> None:
        """The sums of this workbook against the figures that were computed, then the findings."""
        found, row = self._dossier.cuts["theme"].totals, 2
        self._head(sheet, msg("Checks"))
        titles = (
            msg("Total"),
            msg("Computed from the plan"),
            msg("In this workbook"),
            msg("Check"),
        )
        for column, title in enumerate(titles):
            self._text(sheet, row, column, self._say(title), bold=True, bg_color=_HEAD, bottom=1)
        figures = {**found.total.figures, "total": found.total.total}
        right, wrong = self._say(msg("agrees")), self._say(msg("has changed"))
        for period, cell in totals.items():
            row += 1
            figure = Figure(figures[period].amount)
            self._year(
                sheet,
                row,
                0,
                self._say(msg("Total")) if period == "total" else self._period(period),
            )
            self._figure(sheet, row, 1, figure)
            if figure.amount is None:
                continue
            self._figure(sheet, row, 2, figure, f"={cell}")
            sheet.write_formula(
                row, 3,
                f'=IF(ABS({_cell(row, 1)}-{_cell(row, 2)})<0.005,"{right}","{wrong}")',
                self._format(), right,
            )  # fmt: skip
        red = self._book.add_format({"bg_color": "#f6c7c7", "font_color": "#8a1f1f", "bold": True})
        rule = {"type": "cell", "criteria": "==", "value": f'"{wrong}"', "format": red}
        sheet.conditional_format(3, 3, row, 3, rule)
        row += 2
        validation = self._dossier.validation
        self._text(sheet, row, 0, self._say(validation.verdict()), bold=True)
        row = self._lines(sheet, row + 1, validation.looked_at())
        for diagnostic in validation.by_severity:
            place = diagnostic.place
            self._text(sheet, row, 0, self._say(SEVERITY_NAMES[diagnostic.severity]))
            self._text(sheet, row, 1, self._say(diagnostic.message), text_wrap=True)
            self._text(sheet, row, 2, self._language.plain(str(place)))
            self._text(sheet, row, 3, diagnostic.code)
            row += 1
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, 1, 70)
        sheet.set_column(2, 2, 30)
        sheet.set_column(3, 3, 16)

    def _about(self, sheet: Any) -> None:
        """What the workbook was made from, what marks mean, and where figures stand."""
        header, row = self._dossier.plan.header, 2
        self._head(sheet, plan_line(self._dossier.plan))
        facts = (
            (msg("Presented"), header.presented),
            (msg("Source"), header.source),
            (msg("Currency"), header.currency),
            (msg("Taxes"), _TAXES[header.tax]),
            (msg("Made with"), f"ppi {__version__}"),
        )
        for name, value in facts:
            self._text(sheet, row, 0, self._say(name), bold=True)
            self._text(sheet, row, 1, self._say(value), text_wrap=True)
            row += 1
        row = self._lines(sheet, row + 1, self._dossier.notes)
        row = self._lines(sheet, row, _MARKS)
        self._table(sheet, row + 2, self._dossier.sources.table().for_people(), {})
        sheet.set_column(0, 0, 40)
        sheet.set_column(1, 3, 50)

    # --- rows of figures -------------------------------------------------------------------------

    def _sum_of_row(self, sheet: Any, row: int, column: int, first: int, of: Row) -> None:
        """The total of a row, as the sum of its cells where it is that."""
        formula = f"=SUM({_cell(row, first)}:{_cell(row, column - 1)})"
        is_sum = _sum(of.figures.values()) == of.total.amount
        self._figure(sheet, row, column, of.total, formula if is_sum else None, bold=True)

    def _figures_row(
        self, sheet: Any, row: int, of: Row, first: int, formula: Callable[[int], str]
    ) -> None:
        """The row of totals, each the sum of its column."""
        for column, figure in enumerate((*of.figures.values(), of.total), first):
            self._figure(sheet, row, column, figure, formula(column), **_TOTAL_LOOK)


def _sum(figures: Iterable[Figure]) -> Money | None:
    return total(figure.amount for figure in figures)


def _cell(row: int, column: int) -> str:
    """The name of a cell, from its row and column counted from 0: ``$B$3``."""
    letters, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"${letters}${row + 1}"
