"""The workbook: totals, planning, projects, funding, matrix, checks, and what it is made from.

Sums are formulas, with the figures that were computed as their values; the sheet of checks holds
them against those figures. Cells that stand for one amount as the plan states it are tinted and
can be changed; all others are protected, without a password.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from ppi_cli import __version__
from ppi_cli.documents.money_sheets import HOLDS_THE_PLAN, SHEETS, MoneySheets
from ppi_cli.documents.paper import MARGINS
from ppi_cli.documents.planning_sheet import PlanningSheet
from ppi_cli.documents.spreadsheet import APART, HEAD, OUTSIDE, Columns, Look, Widths, cell_name
from ppi_cli.figures.totals import Figure
from ppi_cli.reports.dossier import OF_FINDINGS, Dossier, date_of, looked_at, place_of
from ppi_cli.reports.plan import plan_line
from ppi_cli.reports.table import Table
from ppi_cli.source.inside import SHEET
from ppi_cli.source.libraries import library
from ppi_cli.values.message import Message, msg
from ppi_cli.values.names import SEVERITY_NAMES
from ppi_cli.words.language import Language


def write(dossier: Dossier, language: Language) -> bytes:
    """The workbook of a plan, the same bytes for the same plan."""
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = _Book(library("xlsxwriter").Workbook(file, options), dossier, language)
    book.fill()
    return file.getvalue()


_MARKS = (
    msg("* rests on an assumption"),
    msg("+ known costs only: no envelope covers all of it"),
    msg("~ spread evenly over quarters or years"),
    msg("! says that something is wrong: a note below the table tells what"),
    msg("? conditional"),
    msg("— is not stated, which is not zero"),
)
#: A list of projects without money that is longer has a sheet of its own.
_LONG = 15
_TAXES: Mapping[str, Message] = {
    "incl": msg("amounts include taxes"),
    "excl": msg("amounts are without taxes"),
    "unstated": msg("the plan does not say whether amounts include taxes"),
}


#: What a program is not to point at: ranks are texts, and no sum has the year above it.
_NO_ERRORS = dict.fromkeys(("number_stored_as_text", "formula_range"), "A1:XFD1048576")


class _Book(MoneySheets, PlanningSheet):
    """The whole workbook."""

    def fill(self) -> None:
        """All sheets, in the order of their tabs; what they refer to is laid out first."""
        dated = datetime.combine(date_of(self._dossier.plan), datetime.min.time(), UTC)
        title = self._say(plan_line(self._dossier.plan))
        self._book.set_properties({"title": title, "created": dated.replace(tzinfo=None)})
        dossier = self._dossier
        funding, unfunded = self._funding()
        made: dict[str, object] = {"unfunded": unfunded or None, "matrix": dossier.matrix}
        made |= {"debt": dossier.debt, "execution": dossier.execution}
        missing = {key for key, report in made.items() if report is None}
        sheets = {
            key: self._book.add_worksheet(self._say(name))
            for key, name in SHEETS.items()
            if key not in missing
        }
        for sheet in sheets.values():
            sheet.protect("", {"select_locked_cells": True, "format_columns": True})
            sheet.set_landscape()
            beside, above = MARGINS
            sheet.set_margins(beside, beside, above, above)
            sheet.hide_gridlines(2)
            sheet.ignore_errors(_NO_ERRORS)
        figures = self._projects(sheets["projects"])
        totals = self._totals(sheets["totals"], figures)
        self._planning(sheets["planning"])
        self._tables(sheets["funding"], funding)
        if unfunded:
            self._tables(sheets["unfunded"], unfunded)
        if self._dossier.debt is not None:
            debt = self._dossier.debt
            table, *more = self._of_people(msg("Savings and debt"), debt.table())
            terms = () if debt.terms is None else (debt.terms,)
            self._tables(sheets["debt"], [table._replace(notes=(*terms, *table.notes)), *more])
        if self._dossier.execution is not None:
            done = self._dossier.execution.table()
            named = self._of_people(msg("What was done of what was voted"), done)
            self._tables(sheets["execution"], named)
        if self._dossier.matrix is not None:
            matrix = self._dossier.matrix.table()
            self._tables(sheets["matrix"], self._of_people(msg("The priorities"), matrix))
        self._checks(sheets["checks"], totals)
        self._about(sheets["about"])
        self._hold()
        self._book.close()

    def _hold(self) -> None:
        """A hidden sheet with the whole plan, where the workbook is to come back."""
        if self._inside is None:
            return
        sheet = self._book.add_worksheet(SHEET)
        sheet.hide()
        sheet.protect()
        for row, texts in enumerate(self._inside.rows()):
            for column, text in enumerate(texts):
                if text:
                    sheet.write_string(row, column, text)

    def _funding(self) -> tuple[Sequence[Table], Sequence[Table]]:
        """What can be afforded and who pays; and what of it is so long that it stands alone."""
        afford = self._of_people(msg("Whether it can be afforded"), self._dossier.afford.table())
        payers = self._of_people(msg("Who pays"), self._dossier.cuts["source"].table())
        alone = [table for table in afford[1:] if len(table.lines) > _LONG]
        return [*(table for table in afford if table not in alone), *payers], alone

    def _checks(self, sheet: Any, totals: Mapping[str, str]) -> None:
        """The sums of this workbook against the figures that were computed, then the findings."""
        found, row = self._dossier.cuts["theme"].totals, 2
        self._head(sheet, msg("Checks"), {0: 24, 1: 64, 2: 28, 3: 16})
        titles = (
            msg("Total"),
            msg("Computed from the plan"),
            msg("In this workbook"),
            msg("Check"),
        )
        for column, title in enumerate(titles):
            look: Look = {"bold": True, "bg_color": HEAD, "bottom": 1}
            look |= {"align": "right"} if column in (1, 2) else APART if column == 3 else {}
            self._text(sheet, row, column, self._say(title), **look)
        columns = Columns(found, 1)
        figures = columns.figures(found.total)
        heads = {**OUTSIDE, "total": msg("Total")}
        widths: Widths = {0: 24, 1: 64, 2: 28, 3: 16}
        self._widths(sheet, widths)
        right, wrong = self._say(msg("agrees")), self._say(msg("has changed"))
        for period, cell in totals.items():
            row += 1
            figure = Figure(figures[period].amount)
            of_period = self._say(heads[period]) if period in heads else self._period(period)
            if of_period.isdecimal():
                self._number(sheet, row, 0, int(of_period), num_format="0", align="left")
            else:
                self._text(sheet, row, 0, of_period)
            self._figure(sheet, row, 1, figure)
            if figure.amount is None:
                continue
            self._figure(sheet, row, 2, figure, f"={cell}")
            difference = f"ABS({cell_name(row, 1)}-{cell_name(row, 2)})"
            formula = f'=IF({difference}<0.005,"{right}","{wrong}")'
            self._formula(sheet, row, 3, formula, right, **APART)
        red = self._book.add_format({"bg_color": "#f6c7c7", "font_color": "#8a1f1f", "bold": True})
        rule = {"type": "cell", "criteria": "==", "value": f'"{wrong}"', "format": red}
        sheet.conditional_format(3, 3, row, 3, rule)
        row += 2
        validation = self._dossier.validation
        verdict, *others = looked_at(self._dossier)
        self._text(sheet, row, 0, self._say(verdict), bold=True)
        row = self._lines(sheet, row + 1, others, widths)
        again = (2, 2)
        if validation.by_severity:
            again = (row, row)
            for column, name in enumerate(OF_FINDINGS):
                apart = APART if column > 1 else {}
                self._text(
                    sheet, row, column, self._say(name), bold=True, bg_color=HEAD, bottom=1, **apart
                )
            row += 1
        for diagnostic in validation.by_severity:
            cells = self._say(diagnostic.message), self._language.plain(place_of(diagnostic))
            self._text(sheet, row, 0, self._say(SEVERITY_NAMES[diagnostic.severity]))
            for column, text in enumerate((*cells, diagnostic.code), 1):
                apart = {} if column == 1 else APART
                self._text(sheet, row, column, text, text_wrap=True, **apart)
            self._tall(sheet, row, zip(cells, (widths[1], widths[2]), strict=True))
            row += 1
        self._print(sheet, row - 1, widths, again)

    def _about(self, sheet: Any) -> None:
        """What the workbook was made from, what marks mean, and where figures stand."""
        header, row = self._dossier.plan.header, 2
        widths: Widths = {0: 66, 1: 34, 2: 12, 3: 56}
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
            self._tall(sheet, row, [(self._say(value), widths[1])])
            row += 1
        self._widths(sheet, widths)
        self._head(sheet, plan_line(self._dossier.plan), widths)
        held = () if self._inside is None else (HOLDS_THE_PLAN,)
        again = (0, 0)
        row = self._lines(sheet, row + 1, (*held, *self._dossier.notes, *_MARKS), widths)
        if self._dossier.sources is not None and self._dossier.sources.things:
            table = self._dossier.sources.short_table().for_people()
            named = table._replace(title=msg("Assumptions and sources"))
            again = (row + 2, row + 2)
            lines = [*self._table(sheet, named, self._texts(named), widths)]
            row = self._lay_out(sheet, row + 1, lines, widths, again)
        self._print(sheet, row - 1, widths, again)

    # --- rows of figures -------------------------------------------------------------------------
