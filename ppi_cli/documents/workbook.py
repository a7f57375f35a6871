"""The workbook: totals, planning, projects, funding, matrix, checks, and what it is made from.

Sums are formulas, with the figures that were computed as their values; the sheet of checks holds
them against those figures. Cells that stand for one amount as the plan states it are tinted and
can be changed; all others are protected, without a password.
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from math import ceil
from typing import Any, NamedTuple, TypeAlias

from ppi_cli import __version__
from ppi_cli.documents import library
from ppi_cli.documents.charts import NO_CLASS, SERIES_COLOURS, class_colour, in_a_row
from ppi_cli.documents.drawing import tint
from ppi_cli.figures.cuts import RowKind
from ppi_cli.figures.postings import Posting
from ppi_cli.figures.totals import Figure, Row, Totals
from ppi_cli.plan.pieces import Amount
from ppi_cli.plan.projects import Project
from ppi_cli.reports.cells import marks, rows_of, unit_of
from ppi_cli.reports.dossier import Dossier, date_of, for_readers, place_of
from ppi_cli.reports.plan import plan_line
from ppi_cli.reports.table import Table
from ppi_cli.values.message import InParagraphs, Message, Tenths, msg
from ppi_cli.values.money import ZERO, Money, total
from ppi_cli.values.names import SEVERITY_NAMES, STATUSES
from ppi_cli.values.quarters import period_of
from ppi_cli.words.language import Language

#: The longest text that a cell takes.
_LONGEST_TEXT = 32_767
#: The height of a line, in points; how much wider than its digits a text can be.
_LINE, _WIDER = 15, 1.15
_INPUT, _HEAD, _GROUP = "#fff8dc", "#dde6f0", "#eef1f4"
_NUMBER = "#,##0"
_GRID = {"visible": True, "line": {"color": "#d1d9e0"}}


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
#: How wide the columns of a sheet are, in digits.
_Widths: TypeAlias = dict[int, float]
#: Texts that are longer than this are folded.
_WIDEST = 60
#: The same, in a column that has figures of another table.
_NARROWER = 24
#: The columns of texts of the sheet of projects.
_OF_PROJECTS: _Widths = {0: 26, 1: 46, 2: 8, 3: 22}
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


#: The columns beside the periods and their total.
_OUTSIDE: Mapping[str, Message] = {
    "before": msg("Before"),
    "beyond": msg("Beyond"),
    "whole": msg("Whole"),
}


class _Figures(NamedTuple):
    """Where the sheet of projects has the rows of a theme, and the columns of figures."""

    first: int
    last: int
    columns: _Columns


class _Columns:
    """The columns of figures of a sheet, by their names: periods, their total, what is beside."""

    def __init__(self, found: Totals, first: int) -> None:
        self.periods, outside = found.periods, found.outside
        self.names = [
            *(name for name in outside if name == "before"),
            *found.periods,
            "total",
            *(name for name in outside if name != "before"),
        ]
        self.at = {name: first + n for n, name in enumerate(self.names)}
        self.first, self.last = first, first + len(self.names) - 1

    def figures(self, row: Row) -> Mapping[str, Figure]:
        """The figures of a row, by the names of their columns."""
        if not row.figures:
            return {}
        return dict(zip(self.names, row.columns, strict=True))

    def sum_of(self, name: str, row: int, figures: Mapping[str, Figure]) -> str | None:
        """The formula of what sums other columns of its row, where it is their sum."""
        if name == "total":
            parts = list(self.periods)
            shown = f"{_cell(row, self.at[parts[0]])}:{_cell(row, self.at[parts[-1]])}"
        elif name == "whole":
            parts = [each for each in ("before", "total", "beyond") if each in self.at]
            shown = ",".join(_cell(row, self.at[each]) for each in parts)
        else:
            return None
        is_sum = _sum(figures[each] for each in parts) == figures[name].amount
        return f"=SUM({shown})" if is_sum else None


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
        sheets = {
            key: self._book.add_worksheet(self._say(name))
            for key, name in _SHEETS.items()
            if key != "matrix" or self._dossier.matrix is not None
        }
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
        if self._dossier.matrix is not None:
            self._tables(sheets["matrix"], [(msg("The priorities"), self._dossier.matrix.table())])
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

    def _lines(self, sheet: Any, row: int, texts: Iterable[object], widths: _Widths) -> int:
        """Sentences across all columns, in as many lines as they need."""
        look = {"font_color": "#59636e", "text_wrap": True}
        for text in texts:
            shown = self._say(text)
            if (last := max(widths)) > 0:
                sheet.merge_range(row, 0, row, last, "", self._format(**look))
            self._text(sheet, row, 0, shown, **look)
            self._tall(sheet, row, [(shown, sum(widths.values()))])
            row += 1
        return row

    def _tall(self, sheet: Any, row: int, texts: Iterable[tuple[str, float]]) -> None:
        """Make a row as high as its texts need, each in a width: not all programs do."""
        lines = max((_lines_of(text, width) for text, width in texts), default=1)
        if lines > 1:
            sheet.set_row(row, min(409, _LINE * lines))

    def _widths(self, sheet: Any, widths: _Widths) -> None:
        for column, width in widths.items():
            sheet.set_column(column, column, width)

    def _breadth(self, rows: Iterable[Row]) -> float:
        """How wide a column of figures is, so that none of them is cut."""
        amounts = [f.amount for row in rows for f in (*row.columns,) if f.amount is not None]
        return max([11.0, *map(self._breadth_of, amounts)])

    def _breadth_of(self, amount: Money) -> float:
        digits = f"{amount.cents / 100:,.2f}" if self._has_cents else f"{amount.cents // 100:,}"
        return 1.2 * len(f"{digits} €*+") + 1

    # --- sheets ----------------------------------------------------------------------------------

    def _projects(self, sheet: Any) -> Mapping[str, _Figures]:
        """A line for each project, theme by theme, with what an envelope adds or does not cover."""
        found, plan = self._dossier.cuts["project"].totals, self._dossier.plan
        self._head(sheet, plan_line(plan))
        heads = (msg("Theme"), msg("Project"), msg("Class"), msg("Quarters"))
        for column, title in enumerate(heads):
            self._text(sheet, 2, column, self._say(title), bold=True, bg_color=_HEAD, bottom=1)
        columns = _Columns(found, 4)
        self._heads(sheet, columns)
        told = {key: columns.last + 1 + n for n, key in enumerate(self._told_of_projects())}
        for key, column in told.items():
            heading = self._say(_TOLD[key])
            self._text(sheet, 2, column, heading, bold=True, bg_color=_HEAD, bottom=1)
        postings: dict[tuple[str, str], list[Posting]] = defaultdict(list)
        for posting in (*found.postings, *found.outside_postings):
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
                self._text(sheet, row, 1, self._say(each.title), text_wrap=True)
                texts = [(self._say(each.title), _OF_PROJECTS[1])]
                if isinstance(project, Project) and project.id in bars:
                    class_ = bars[project.id].class_
                    if class_ is not None:
                        centred = self._format(num_format="0", align="center")
                        sheet.write_number(row, 2, class_.number, centred)
                    if project.quarters is not None:
                        spans = self._say(list(project.quarters.spans))
                        mark = "*" if project.quarters.assumed else ""
                        self._text(sheet, row, 3, spans + mark, text_wrap=True)
                        texts.append((spans, _OF_PROJECTS[3]))
                    for key, column in told.items():
                        if (value := getattr(project, key)) is not None:
                            shown = (
                                STATUSES[value.status] if key == "status" else InParagraphs(value)
                            )
                            self._text(sheet, row, column, self._say(shown), text_wrap=True)
                            texts.append((self._say(shown), _width_of_told(key)))
                self._tall(sheet, row, texts)
                figures = columns.figures(each)
                for name, column in columns.at.items():
                    figure = figures.get(name, each.total if name == "total" else Figure())
                    of_cell = postings[each.id, name] if project is not None else []
                    look = _INPUT_LOOK if self._may_change(theme, name, of_cell) else {}
                    formula = columns.sum_of(name, row, figures) if figures else None
                    if (rest := self._rest(theme, name, each, place, column)) is not None:
                        formula, figure = rest, figure if figure.amount else Figure(ZERO)
                    if name == "total" or name == "whole":
                        look = {"bold": True}
                    self._figure(sheet, row, column, figure, formula, **look)
                row += 1
        self._sums(sheet, row, found.total, columns, 3)
        self._text(sheet, row, 0, self._say(msg("Total")), **_TOTAL_LOOK)
        for column in range(1, 4):
            self._text(sheet, row, column, "", **_TOTAL_LOOK)
        if found.unplanned is not None:
            row += 1
            self._beside(sheet, row, found.unplanned, columns)
        breadth = self._breadth((*found.rows, found.total))
        widths: _Widths = dict(_OF_PROJECTS)
        widths |= dict.fromkeys(columns.at.values(), breadth)
        widths |= {column: _width_of_told(key) for key, column in told.items()}
        self._widths(sheet, widths)
        sheet.freeze_panes(3, 2)
        sheet.repeat_rows(2)
        legend = msg("tinted: an amount as the plan states it, which can be changed here")
        notes = self._dossier.shown(self._dossier.cuts["project"].table()).notes
        end = self._lines(sheet, row + 2, [legend, *notes], widths)
        sheet.print_area(0, 0, end, columns.last + len(told))
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
        return found.envelope.get(int(period)) if found and period.isdecimal() else None

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
        columns = _Columns(found, 1)
        self._text(sheet, 2, 0, self._say(msg("Theme")), bold=True, bg_color=_HEAD, bottom=1)
        self._heads(sheet, columns)
        row = 3
        for each in found.rows:
            place = figures.get(each.id)
            self._text(sheet, row, 0, self._say(each.title), text_wrap=True)
            self._tall(sheet, row, [(self._say(each.title), 36)])
            own = columns.figures(each)
            for period, column in columns.at.items():
                look: _Look = {"bold": True} if period in ("total", "whole") else {}
                formula = columns.sum_of(period, row, own)
                envelope = self._envelope(each.id, period)
                if envelope is not None and self._is_written_envelope(each, period, envelope):
                    look = _INPUT_LOOK
                elif envelope is None and place is not None and place.last >= place.first:
                    of = place.columns.at[period]
                    sum_ = f"=SUM('{name}'!{_cell(place.first, of)}:{_cell(place.last, of)})"
                    formula = formula if period in ("total", "whole") else sum_
                self._figure(sheet, row, column, own[period], formula, **look)
            row += 1
        last = row - 1
        self._text(sheet, row, 0, self._say(msg("Total")), **_TOTAL_LOOK)
        self._sums(sheet, row, found.total, columns, 3)
        checked = {
            name: f"'{self._say(_SHEETS['totals'])}'!{_cell(row, column)}"
            for name, column in columns.at.items()
        }
        for beside in (found.running, found.in_all, found.unplanned):
            if beside is not None:
                row += 1
                self._beside(sheet, row, beside, columns)
        widths: _Widths = {0: 38}
        whole_rows = (*found.rows, *found.wholes)
        widths |= dict.fromkeys(columns.at.values(), self._breadth(whole_rows))
        self._widths(sheet, widths)
        notes = self._dossier.shown(report.table()).notes
        end = self._lines(sheet, row + 2, [*self._dossier.notes, *notes], widths)
        if last >= 3:
            self._chart(sheet, end + 1, last, columns)
        sheet.freeze_panes(3, 1)
        sheet.print_area(0, 0, end + 24, columns.last)
        return checked

    def _is_written_envelope(self, row: Row, period: str, envelope: Amount) -> bool:
        places = [theme.id for theme in self._dossier.plan.themes]
        path = ("themes", places.index(row.id), "envelope", period)
        counted = row.figures[period].amount
        return not self._dossier.version.steps_of(path) and counted == envelope.amount

    def _chart(self, sheet: Any, row: int, last: int, columns: _Columns) -> None:
        """The years as stacked bars, a colour for each theme."""
        chart, name = (
            self._book.add_chart({"type": "column", "subtype": "stacked"}),
            sheet.get_name(),
        )
        first, final = (columns.at[columns.periods[i]] for i in (0, -1))
        for n, each in enumerate(range(3, last + 1)):
            chart.add_series(
                {
                    "name": [name, each, 0],
                    "categories": [name, 2, first, 2, final],
                    "values": [name, each, first, each, final],
                    "fill": {"color": SERIES_COLOURS[n % len(SERIES_COLOURS)]},
                    "gap": 60,
                }
            )
        chart.set_legend({"position": "bottom"})
        chart.set_y_axis({"num_format": _NUMBER, "major_gridlines": _GRID})
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
        widths: _Widths = {0: 46, 1: 8, 2: 12}
        widths |= dict.fromkeys(columns.values(), 4.5)
        self._widths(sheet, widths)
        row = self._lines(sheet, row + 1, for_readers(gantt.notes()), widths)
        sheet.freeze_panes(4, 1)
        sheet.repeat_rows(2, 3)
        sheet.print_area(0, 0, row, 2 + len(quarters))

    def _funding(self) -> Sequence[tuple[Message, Table]]:
        return [
            (msg("Whether it can be afforded"), self._dossier.afford.table()),
            (msg("Who pays"), self._dossier.cuts["source"].table()),
        ]

    def _tables(self, sheet: Any, named: Iterable[tuple[Message, Table]], row: int = 2) -> None:
        """Tables as the screen has them, one below the other."""
        tables = []
        for title, table in named:
            shown = self._dossier.shown(table).for_people()
            tables += [replace(shown, title=title, more=()), *shown.more]
        widths: _Widths = {}
        numeric = {i for table in tables for i, each in enumerate(table.columns) if each.numeric}
        for table in tables:
            self._measure(table, widths, numeric)
        self._widths(sheet, widths)
        self._head(sheet, plan_line(self._dossier.plan))
        for table in tables:
            row = self._table(sheet, row, table, widths) + 2
        sheet.print_area(0, 0, row, max(widths, default=0))

    def _measure(self, table: Table, widths: _Widths, numeric: Container[int]) -> None:
        """How wide columns are: as their longest text, up to a width in which it is folded."""
        texts = rows_of(self._language, table, unit_of(table, self._language))
        heads = [self._say(column.title) for column in table.columns]
        for column, title in enumerate(heads):
            found = [float(len(title))]
            for line, cells in zip(table.lines, texts, strict=True):
                if line.kind == "heading" or column >= len(cells):
                    continue
                value = line.cells[column]
                if isinstance(value, Figure) and value.amount is not None:
                    found.append(self._breadth_of(value.amount))
                found.append(max(len(text) for text in cells[column].split("\n")))
            most = _WIDEST if table.columns[column].numeric or column not in numeric else _NARROWER
            width = min(most, max(found) * _WIDER + 1)
            widths[column] = max(widths.get(column, 9.0), width)

    def _table(self, sheet: Any, row: int, table: Table, widths: _Widths) -> int:
        self._text(sheet, row, 0, self._say(table.title), bold=True, font_size=12)
        row += 1
        for column, each in enumerate(table.columns):
            title = self._say(each.title)
            if each.numeric:
                self._year(sheet, row, column, title)
            else:
                self._text(sheet, row, column, title, bold=True, bg_color=_HEAD, bottom=1)
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
                self._tall(sheet, row, [(text, widths[i]) for i, text in enumerate(cells)])
        return self._lines(sheet, row + 1, table.notes, widths)

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
        columns = _Columns(found, 1)
        figures = columns.figures(found.total)
        heads = {**_OUTSIDE, "total": msg("Total")}
        widths: _Widths = {0: 24, 1: 64, 2: 28, 3: 16}
        self._widths(sheet, widths)
        right, wrong = self._say(msg("agrees")), self._say(msg("has changed"))
        for period, cell in totals.items():
            row += 1
            figure = Figure(figures[period].amount)
            self._year(
                sheet, row, 0, self._say(heads[period]) if period in heads else self._period(period)
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
        row = self._lines(sheet, row + 1, validation.looked_at(), widths)
        for diagnostic in validation.by_severity:
            cells = self._say(diagnostic.message), self._language.plain(place_of(diagnostic))
            self._text(sheet, row, 0, self._say(SEVERITY_NAMES[diagnostic.severity]))
            for column, text in enumerate(cells, 1):
                self._text(sheet, row, column, text, text_wrap=True)
            self._text(sheet, row, 3, diagnostic.code)
            self._tall(sheet, row, zip(cells, (widths[1], widths[2]), strict=True))
            row += 1
        sheet.print_area(0, 0, row, 3)

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
            self._tall(sheet, row, [(self._say(value), 50)])
            row += 1
        widths: _Widths = {0: 46, 1: 50, 2: 12, 3: 60}
        self._widths(sheet, widths)
        row = self._lines(sheet, row + 1, (*self._dossier.notes, *_MARKS), widths)
        if self._dossier.sources is not None and self._dossier.sources.things:
            table = self._dossier.sources.table().for_people()
            named = replace(table, title=msg("Assumptions and sources"))
            row = self._table(sheet, row + 1, named, widths)
        sheet.print_area(0, 0, row, 3)

    # --- rows of figures -------------------------------------------------------------------------

    def _heads(self, sheet: Any, columns: _Columns) -> None:
        heads = {**_OUTSIDE, "total": msg("Total")}
        for name, column in columns.at.items():
            shown = self._say(heads[name]) if name in heads else self._period(name)
            self._year(sheet, 2, column, shown)

    def _sums(self, sheet: Any, row: int, of: Row, columns: _Columns, first: int) -> None:
        """The row of totals, each the sum of its column; of no rows, the figures alone."""
        for name, figure in columns.figures(of).items():
            column = columns.at[name]
            formula = f"=SUM({_cell(first, column)}:{_cell(row - 1, column)})"
            self._figure(
                sheet, row, column, figure, formula if row > first else None, **_TOTAL_LOOK
            )

    def _beside(self, sheet: Any, row: int, of: Row, columns: _Columns) -> None:
        """A row of figures that are in no total above."""
        self._text(sheet, row, 0, self._say(of.title))
        for name, figure in zip(columns.names, of.columns, strict=False):
            self._figure(sheet, row, columns.at[name], figure)


def _width_of_told(key: str) -> float:
    """How wide the column of something that projects say of themselves is."""
    return 60 if key == "description" else 24


def _lines_of(text: str, width: float) -> int:
    """In how many lines a text stands in a cell of a width."""
    return sum(max(1, ceil(len(line) * _WIDER / width)) for line in text.split("\n"))


def _sum(figures: Iterable[Figure]) -> Money | None:
    return total(figure.amount for figure in figures)


def _cell(row: int, column: int) -> str:
    """The name of a cell, from its row and column counted from 0: ``$B$3``."""
    letters, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"${letters}${row + 1}"
