"""The sheets of projects and of totals: inputs, and the formulas that sum them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from math import ceil
from typing import Any, NamedTuple

from ppi_cli.documents.bars import Share, shares
from ppi_cli.documents.drawing import INK, cut, is_light
from ppi_cli.documents.paper import READABLE
from ppi_cli.documents.spreadsheet import (
    HEAD,
    SUBTOTAL_LOOK,
    TOTAL_LOOK,
    Columns,
    Look,
    Sheets,
    Widths,
    across,
    cell_name,
    conditional,
    layout_of,
    pixels_of,
    sum_of_lines,
)
from ppi_cli.figures.cuts import RowKind
from ppi_cli.figures.postings import Posting
from ppi_cli.figures.totals import Figure, Row, added, subtotals
from ppi_cli.plan.pieces import Amount
from ppi_cli.plan.projects import OF_ITSELF, Project
from ppi_cli.reports.plan import plan_line
from ppi_cli.source.book_cells import letters
from ppi_cli.values.characters import shortened
from ppi_cli.values.findings import Path
from ppi_cli.values.message import InParagraphs, Message, msg
from ppi_cli.values.money import ZERO, Money
from ppi_cli.values.names import STATUSES

SHEETS: Mapping[str, Message] = {
    "totals": msg("Totals"),
    "planning": msg("Planning"),
    "projects": msg("Projects"),
    "funding": msg("Funding"),
    "unfunded": msg("Without money"),
    "debt": msg("Debt"),
    "execution": msg("Execution"),
    "matrix": msg("Matrix"),
    "checks": msg("Checks"),
    "about": msg("About"),
}
_INPUT = "#fbe7a8"
#: How wide a chart is, in pixels, where the columns above it are wide enough; how many rows high it
#: is at least, and at most, and how high a row is. It is larger where it is printed smaller.
_WIDEST_CHART, _ROWS_OF_CHART, _ROW = 860, (12, 21), 20
#: The size of the texts of a chart, but where it is printed so small that they could not be read.
_USUAL_TEXT = 9
#: How long a title is below a chart at most, in the sizes of its letters.
_WIDEST_KEY = 34
#: So many of the themes that share a colour are named.
_MOST_NAMED = 5
_GRID = {"visible": True, "line": {"color": "#d1d9e0"}}
#: The columns of texts of the sheet of projects; how wide those of titles are at most, where the
#: sheet is on as many pages side by side for all that.
_OF_PROJECTS: Widths = {0: 26, 1: 46, 2: 8, 3: 22}
_WIDER_TITLES: Widths = {0: 50, 1: 64}
#: How wide a column of what projects say of themselves is, at least and at most.
_OF_TOLD = 24, 60
#: Those of them that stand again on pages to the right.
_TITLES_OF_PROJECTS = 2
_INPUT_LOOK: Look = {"bg_color": _INPUT, "locked": False}
_TINTED = msg("tinted: an amount as the plan states it, which can be changed here")
#: What stands below the projects of a theme that has an envelope.
_RESTS: Mapping[RowKind, Message] = {
    "not_split": msg("Not split by project"),
    "excess": msg("Beyond the envelopes, not counted"),
}
#: The columns of all years, which a row has without any of its own.
_OF_ALL = frozenset(("total", "whole"))
#: What is said on the first page of a workbook that is to come back.
HOLDS_THE_PLAN = msg(
    "this workbook holds the whole plan, with all that its files say, in a hidden sheet"
)
#: What projects say of themselves, by their keys.
_TOLD: Mapping[str, Message] = {
    "number": msg("Number"),
    **{key: text.title for key, text in OF_ITSELF.items()},
    "status": msg("Status"),
    "description": msg("Description"),
}


class _Figures(NamedTuple):
    """Where the sheet of projects has the rows of a theme, and the columns of figures."""

    first: int
    last: int
    columns: Columns


class MoneySheets(Sheets):
    """The sheets of projects and of totals."""

    def __init__(self, *made_of: Any) -> None:
        super().__init__(*made_of)
        self._themes = {theme.id: theme for theme in self._dossier.plan.themes}
        self._titles = {theme.id: theme.title for theme in self._dossier.plan.themes}

    def _projects(self, sheet: Any) -> Mapping[str, _Figures]:
        """A line for each project, theme by theme, with what an envelope adds or does not cover."""
        found, plan = self._dossier.cuts["project"].totals, self._dossier.plan
        heads = (msg("Theme"), msg("Project"), msg("Class"), msg("Quarters"))
        for column, title in enumerate(heads):
            self._text(sheet, 2, column, self._say(title), bold=True, bg_color=HEAD, bottom=1)
        columns = Columns(found, 4)
        self._heads(sheet, columns)
        told = {key: columns.last + 1 + n for n, key in enumerate(self._told_of_projects())}
        for key, column in told.items():
            heading = self._say(_TOLD[key])
            self._text(sheet, 2, column, heading, bold=True, bg_color=HEAD, bottom=1)
        postings: dict[tuple[str, str], list[Posting]] = defaultdict(list)
        for posting in (*found.postings, *found.outside_postings):
            postings[posting.project or "", str(posting.year)].append(posting)
        rows, row, inputs = self._rows_by_theme(found.rows), 3, 0
        widths = self._widths_of_projects(rows, columns)
        widths |= {column: self._width_of_told(key) for key, column in told.items()}
        places: dict[str, _Figures] = {}
        bars = {bar.project.id: bar for bar in self._dossier.chart.bars}
        for theme, own in rows.items():
            place = _Figures(row, row + sum(each.kind == "project" for each in own) - 1, columns)
            places[theme] = place._replace(last=row + len(own) - 1)
            for each in own:
                project = plan.by_id.get(each.id) if each.kind == "project" else None
                of_theme = self._say(self._titles.get(theme, ""))
                self._text(sheet, row, 0, of_theme, text_wrap=True)
                self._text(sheet, row, 1, self._say(each.title), text_wrap=True)
                texts = [(of_theme, widths[0]), (self._say(each.title), widths[1])]
                if isinstance(project, Project) and project.id in bars:
                    class_ = bars[project.id].class_
                    if class_ is not None:
                        self._number(sheet, row, 2, class_.number, num_format="0", align="center")
                    if project.quarters is not None:
                        spans = self._say(list(project.quarters.spans))
                        mark = "*" if project.quarters.assumed else ""
                        self._text(sheet, row, 3, spans + mark, text_wrap=True)
                        texts.append((spans, widths[3]))
                    for key, column in told.items():
                        if (value := getattr(project, key)) is not None:
                            if key == "description":  # it goes on to the right, in one line
                                self._text(sheet, row, column, " ".join(str(value).split()))
                                continue
                            shown = self._told(key, value)
                            self._text(sheet, row, column, shown, text_wrap=True)
                            texts.append((shown, widths[column]))
                self._tall(sheet, row, texts)
                figures = columns.figures(each)
                for name, column in columns.at.items():
                    figure = figures.get(name, each.total if name in _OF_ALL else Figure())
                    of_cell = postings[each.id, name] if project is not None else []
                    is_input = self._may_change(theme, name, of_cell) and self._is_noted(
                        sheet, row, column, of_cell[0].path, figure.amount
                    )
                    look = _INPUT_LOOK if is_input else {}
                    inputs += is_input
                    formula = columns.sum_of(name, row, figures) if figures else None
                    if (rest := self._rest(theme, name, each, place, column)) is not None:
                        formula, figure = rest, figure if figure.amount else Figure(ZERO)
                    if name == "total" or name == "whole":
                        look = {"bold": True}
                    self._figure(sheet, row, column, figure, formula, **look)
                row += 1
        self._sums(sheet, row, found.total, columns, range(3, row))
        self._text(sheet, row, 0, self._say(msg("Total")), **TOTAL_LOOK)
        for column in range(1, 4):
            self._text(sheet, row, column, "", **TOTAL_LOOK)
        if found.unplanned is not None:
            row += 1
            self._beside(sheet, row, found.unplanned, columns)
        self._widths(sheet, widths)
        sheet.freeze_panes(3, 2)
        of_figures = self._dossier.notes_of(self._dossier.cuts["project"].notes())
        notes = (
            *of_figures,
            *conditional(each.title for each in found.rows),
        )
        printed = {n: width for n, width in widths.items() if n <= columns.last}
        left, right = across(printed, _TITLES_OF_PROJECTS)
        self._head(sheet, plan_line(plan), left)
        self._lines(sheet, 1, [_TINTED] if inputs else [], left)
        end = self._lines(sheet, row + 2, notes, right)
        self._keep(sheet, range(row - 1, end - 1))
        # with what projects say of themselves beside it, no figure could be read on paper
        titles = _TITLES_OF_PROJECTS
        self._print(sheet, end - 1, printed, (1, 2), titles=titles)
        return places

    def _widths_of_projects(self, rows: Mapping[str, Sequence[Row]], columns: Columns) -> Widths:
        """How wide columns are, without what projects say of themselves: that is not printed."""
        found = self._dossier.cuts["project"].totals
        breadth = self._breadth((*found.rows, found.total))
        usual = _OF_PROJECTS | dict.fromkeys(columns.at.values(), breadth)
        titles = [row.title for own in rows.values() for row in own]
        longest = {
            0: max((len(self._say(self._titles.get(theme, ""))) for theme in rows), default=0),
            1: max((len(self._say(title)) for title in titles), default=0),
        }
        wider = usual | {n: max(usual[n], min(_WIDER_TITLES[n], longest[n])) for n in longest}
        layouts = [layout_of(each, _TITLES_OF_PROJECTS) for each in (usual, wider)]
        fits = len({(each.paper, each.pages) for each in layouts}) == 1
        return wider if fits else usual

    def _told(self, key: str, value: Any) -> str:
        """What a project says of itself, as it is shown."""
        return self._say(STATUSES[value.status] if key == "status" else InParagraphs(value))

    def _width_of_told(self, key: str) -> float:
        """How wide a column of it is: as its longest text, so that no row is higher for it."""
        told = (getattr(p, key) for p in self._dossier.plan.projects)
        longest = max(len(self._told(key, value)) for value in told if value is not None)
        least, most = _OF_TOLD
        return min(most, max(least, longest * 1.15 + 1))

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
            if theme.id not in self._lines_of_totals:
                continue
            held = {row.kind for row in found[theme.id]}
            for kind, title in _RESTS.items():
                if theme.envelope and theme.section is None and kind not in held:
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
        line = self._lines_of_totals[theme]
        envelope = f"'{self._say(SHEETS['totals'])}'!{cell_name(line, 1 + column - 4)}"
        costs = "0"
        if place.last >= place.first:
            costs = f"SUM({cell_name(place.first, column)}:{cell_name(place.last, column)})"
        if row.kind == "not_split":
            return f"=MAX(0,{envelope}-{costs})"
        return f"=-MAX(0,{costs}-{envelope})"

    def _totals(self, sheet: Any, figures: Mapping[str, _Figures]) -> Mapping[str, str]:
        """The totals by theme, which sum the sheet of projects, and their chart."""
        report = self._dossier.cuts["theme"]
        found, name = report.totals, self._say(SHEETS["projects"])
        columns = Columns(found, 1)
        self._text(sheet, 2, 0, self._say(msg("Theme")), bold=True, bg_color=HEAD, bottom=1)
        self._heads(sheet, columns)
        row, lines, inputs = 3, self._lines_of_totals, 0
        for each in found.rows:
            row = lines[each.id]
            place = figures.get(each.id)
            self._text(sheet, row, 0, self._say(each.title), text_wrap=True)
            self._tall(sheet, row, [(self._say(each.title), 36)])
            own = columns.figures(each)
            for period, column in columns.at.items():
                look: Look = {"bold": True} if period in ("total", "whole") else {}
                formula = columns.sum_of(period, row, own)
                envelope = self._envelope(each.id, period)
                if envelope is not None and self._is_written_envelope(each, period, envelope):
                    path = self._path_of_envelope(each, period)
                    is_input = self._is_noted(sheet, row, column, path, envelope.amount)
                    look = _INPUT_LOOK if is_input else look
                    inputs += is_input
                elif envelope is None and place is not None and place.last >= place.first:
                    of = place.columns.at[period]
                    sum_ = (
                        f"=SUM('{name}'!{cell_name(place.first, of)}:{cell_name(place.last, of)})"
                    )
                    formula = formula if period in ("total", "whole") else sum_
                self._figure(sheet, row, column, own[period], formula, **look)
            row += 1
        self._subtotals(sheet, columns)
        self._text(sheet, row, 0, self._say(msg("Total")), **TOTAL_LOOK)
        self._sums(sheet, row, found.total, columns, list(lines.values()))
        checked = {
            name: f"'{self._say(SHEETS['totals'])}'!{cell_name(row, column)}"
            for name, column in columns.at.items()
        }
        for beside in (found.running, found.in_all, found.unplanned):
            if beside is not None:
                row += 1
                look = TOTAL_LOOK if beside is found.in_all else {}
                self._beside(sheet, row, beside, columns, **look)
        charted: list[tuple[Share, int]] = []
        for share in shares(found):
            if len(share.rows) > 1:
                row += 1
                self._together(sheet, row, share, columns)
            charted.append((share, row if len(share.rows) > 1 else lines[share.rows[0].id]))
        widths: Widths = {0: 38}
        whole_rows = (*found.rows, *found.wholes)
        widths |= dict.fromkeys(columns.at.values(), self._breadth(whole_rows))
        self._widths(sheet, widths)
        left, right = across(widths)
        self._head(sheet, plan_line(report.plan), left)
        notes = (*([_TINTED] if inputs else []), *self._dossier.notes_of(report.notes()))
        if self._inside is not None:
            self._lines(sheet, 1, [HOLDS_THE_PLAN], right)
        end = self._lines(sheet, row + 2, [*self._dossier.notes, *notes], right)
        free = self._lines_left(sheet, end, widths)
        fewest, usual = _ROWS_OF_CHART
        most = int(usual / layout_of(widths, 1).scale)
        rows = free if free in range(fewest, most) else most
        if charted:
            self._chart(sheet, end + 1, charted, columns, right, rows)
        sheet.freeze_panes(3, 1)
        last = end + (rows if charted else 0)
        self._keep(sheet, {*range(row - 1, end - 1), *range(end, last)})
        self._print(sheet, last, widths, (2, 2))
        return checked

    @cached_property
    def _of_groups(self) -> Mapping[str, Row]:
        """What the themes of each group add up to, by the first of its themes."""
        return subtotals(self._dossier.plan, self._dossier.cuts["theme"].totals)

    @cached_property
    def _lines_of_totals(self) -> Mapping[str, int]:
        """Where the sheet of totals has each theme: the subtotal of a group stands above them."""
        lines, line = {}, 3
        for row in self._dossier.cuts["theme"].totals.rows:
            line += row.id in self._of_groups
            lines[row.id] = line
            line += 1
        return lines

    def _subtotals(self, sheet: Any, columns: Columns) -> None:
        """The rows of groups, each the sum of the themes below it."""
        lines, firsts = self._lines_of_totals, [self._lines_of_totals[id] for id in self._of_groups]
        for id, of_group in self._of_groups.items():
            after = min((first - 1 for first in firsts if first > lines[id]), default=None)
            own = [n for n in lines.values() if n >= lines[id] and (after is None or n < after)]
            row = lines[id] - 1
            self._text(sheet, row, 0, self._say(of_group.title), text_wrap=True, **SUBTOTAL_LOOK)
            self._tall(sheet, row, [(self._say(of_group.title), 36)])
            self._sums(sheet, row, of_group, columns, own, SUBTOTAL_LOOK)

    def _is_written_envelope(self, row: Row, period: str, envelope: Amount) -> bool:
        steps = self._dossier.version.steps_of(self._path_of_envelope(row, period))
        return not steps and row.figures[period].amount == envelope.amount

    def _path_of_envelope(self, row: Row, period: str) -> Path:
        places = [theme.id for theme in self._dossier.plan.themes]
        return ("themes", places.index(row.id), "envelope", period)

    def _is_noted(
        self, sheet: Any, row: int, column: int, path: Path, amount: Money | None
    ) -> bool:
        """Whether a cell can be an input: where the workbook comes back, if it can be noted."""
        if self._inside is None or self._dossier.whole is None:
            return True
        input = amount and self._dossier.whole.written(self._dossier.version, path, amount)
        if not input:
            return False
        self._inside.inputs[sheet.get_name(), f"{letters(column)}{row + 1}"] = input
        return True

    def _together(self, sheet: Any, row: int, share: Share, columns: Columns) -> None:
        """The row of the themes that share a colour of the chart: the sum of theirs."""
        names = [shortened(self._say(each.title)) for each in share.rows[:_MOST_NAMED]]
        title = msg("{others}, in the chart: {names}", others=share.title, names=names)
        self._text(sheet, row, 0, self._say(title), text_wrap=True)
        self._tall(sheet, row, [(self._say(title), 36)])
        lines = [self._lines_of_totals[each.id] for each in share.rows]
        for period in columns.periods:
            column, figure = columns.at[period], added(each.figures[period] for each in share.rows)
            self._figure(sheet, row, column, figure, sum_of_lines(lines, column))

    def _chart(
        self,
        sheet: Any,
        row: int,
        charted: Sequence[tuple[Share, int]],
        columns: Columns,
        widths: Widths,
        rows: int,
    ) -> None:
        """The years as stacked bars, a colour and a letter for each share, on its line.

        It is no wider than what is printed. A title is told whole in its line: below the bars it is
        as long as it has room.
        """
        chart, name = (
            self._book.add_chart({"type": "column", "subtype": "stacked"}),
            sheet.get_name(),
        )
        first, final = (columns.at[columns.periods[i]] for i in (0, -1))
        font = {"size": max(_USUAL_TEXT, ceil(READABLE / layout_of(widths, 0).scale))}
        found = self._dossier.cuts["theme"].totals.total
        highest = max(abs(f.amount.cents) / 100 for f in found.figures.values() if f.amount)
        for share, line in charted:
            known = f"{share.letter} {self._say(share.title)}".lstrip()
            chart.add_series(
                {
                    "name": cut(known, 1, _WIDEST_KEY),
                    "categories": [name, 2, first, 2, final],
                    "values": [name, line, first, line, final],
                    "fill": {"color": share.colour},
                    "border": {"color": "#ffffff", "width": 0.75},
                    "gap": 60,
                    **_lettered(share, highest / rows, font),
                }
            )
        chart.set_legend({"position": "bottom", "font": font})
        unit = self._number_format("", "", False)
        chart.set_x_axis({"num_font": font})
        chart.set_y_axis({"num_format": unit, "num_font": font, "major_gridlines": _GRID})
        printed = sum(pixels_of(width) for width in widths.values())
        wide = min(_WIDEST_CHART / layout_of(widths, 0).scale, printed)
        chart.set_size({"width": int(wide), "height": _ROW * rows})
        alt = self._say(msg("Totals by theme and year"))
        sheet.insert_chart(row, min(widths), chart, {"description": alt})


def _lettered(share: Share, least: float, font: Look) -> Look:
    """The letter of a share on those of its parts that have room for it, at least so high."""
    if not share.letter:
        return {}
    letter = f'"{share.letter}"'
    own = {
        "value": True,
        "position": "center",
        "num_format": f"[>{least:.0f}]{letter};[<-{least:.0f}]{letter};",
        "font": {**font, "bold": True, "color": INK if is_light(share.colour) else "#ffffff"},
    }
    return {"data_labels": own}
