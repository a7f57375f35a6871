"""The sheets of a workbook: their cells, texts and figures, and tables as the screen has them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby
from typing import Any, NamedTuple, TypeAlias

from ppi_cli.documents.drawing import folded, width_of
from ppi_cli.documents.paper import Layout, breaks, continued, laid_out
from ppi_cli.figures.totals import Figure, Row, Totals
from ppi_cli.reports.cells import marks, rows_of, unit_of
from ppi_cli.reports.dossier import MARKS, Dossier
from ppi_cli.reports.plan import plan_line
from ppi_cli.reports.table import Line, Marked, Signed, Table
from ppi_cli.source.book_cells import Formula, Value, letters
from ppi_cli.source.inside import Inside
from ppi_cli.values.message import Conditional, Message, Ratio, Tenths, msg
from ppi_cli.values.money import Money, Rate, total
from ppi_cli.values.quarters import Year, period_of
from ppi_cli.words.language import Language

#: The longest text that a cell takes.
_LONGEST_TEXT = 32_767
#: The height of a line, in points; how much wider than its digits a text can be.
_LINE, _WIDER = 15, 1.15
#: No letter is wider than so many digits.
_WIDEST_LETTER = 1.6
#: So much of a column is taken by its texts: a font may be wider than the one they are measured in,
#: and a line that a row has no height for is not seen.
_TAKEN = 0.95
#: So much more than a page has room for is on one all the same, a little smaller; than pages side
#: by side, more of it, since a page below would be as many.
_LITTLE_MORE = 1.15
#: How much larger the texts above all columns are; a pixel in points.
_LARGER, _POINTS = 1.33, 0.75
HEAD, GROUP = "#dde6f0", "#eef1f4"
NUMBER = "#,##0"
Look: TypeAlias = dict[str, Any]
#: How wide the columns of a sheet are, in digits.
Widths: TypeAlias = dict[int, float]
#: Texts that are longer than this are folded.
_WIDEST = 60
#: The same, in a column that has figures of another table.
_NARROWER = 24
TOTAL_LOOK: Look = {"bold": True, "top": 1, "valign": "vcenter"}
SUBTOTAL_LOOK: Look = {"bold": True, "bg_color": GROUP}
_LOOKS: Mapping[str, Look] = {"total": TOTAL_LOOK, "subtotal": SUBTOTAL_LOOK}
#: What can stand behind a number.
_MARKS = "*+~!?"
#: The columns beside the periods and their total.
OUTSIDE: Mapping[str, Message] = {
    "before": msg("Before"),
    "beyond": msg("Beyond"),
    "whole": msg("Whole"),
}


class Laid(NamedTuple):
    """A row that is to be written, and how it is printed."""

    write: Callable[[int], object]
    height: float = _LINE
    #: Whether it is on the page of the next one.
    kept: bool = False
    #: What stands above it where it begins a page, beside what stands on each.
    above: tuple[Laid, ...] = ()


class Columns:
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
            shown = f"{cell_name(row, self.at[parts[0]])}:{cell_name(row, self.at[parts[-1]])}"
        elif name == "whole":
            parts = [each for each in ("before", "total", "beyond") if each in self.at]
            shown = ",".join(cell_name(row, self.at[each]) for each in parts)
        else:
            return None
        is_sum = sum_of(figures[each] for each in parts) == figures[name].amount
        return f"=SUM({shown})" if is_sum else None


class Sheets:
    """What writes the cells of a workbook of a plan, and knows what it has written."""

    def __init__(self, book: Any, dossier: Dossier, language: Language) -> None:
        self._book, self._dossier, self._language = book, dossier, language
        self._formats: dict[tuple[tuple[str, object], ...], Any] = {}
        self._number_formats: dict[tuple[str, str, bool], str] = {}
        self._said: dict[str, str] = {}
        #: How high rows are that are higher than a line, by the name of their sheet.
        self._heights: dict[str, dict[int, float]] = defaultdict(dict)
        #: The rows of each that are on one page with the row below them.
        self._kept: dict[str, set[int]] = defaultdict(set)
        #: What the workbook is to hold of its plan, where it is to come back.
        self._inside = None if dossier.whole is None else Inside(dossier.whole.files)
        #: The rows that begin a page, of the sheets that are laid out so.
        self._begun: dict[str, Sequence[int]] = {}
        rows = (*dossier.cuts["project"].totals.rows, *dossier.cuts["source"].totals.rows)
        self._has_cents = any(map(_in_cents, (f for row in rows for f in row.columns)))
        #: The sheets whose tables have cents that the plan's own amounts may not have.
        self._in_cents: set[str] = set()

    # --- cells ---

    def _say(self, value: object) -> str:
        """A value in the language; the same texts, which come often, are worked out once."""
        if type(value) is not str:
            return self._language.show(value)
        if value not in self._said:
            self._said[value] = self._language.show(value)
        return self._said[value]

    def _format(self, **values: object) -> Any:
        key = tuple(values.items())
        if key not in self._formats:
            self._formats[key] = self._book.add_format({"valign": "top", **values})
        return self._formats[key]

    def _text(self, sheet: Any, row: int, column: int, text: str, **look: Any) -> None:
        """A text as it is, whatever it begins with; what is too long for a cell says so."""
        if len(text) > _LONGEST_TEXT:
            text = text[: _LONGEST_TEXT - 1] + "…"
        if text or look:
            sheet.write_string(row, column, text, self._format(**look))
            self._note(sheet, row, column, text)

    def _number(self, sheet: Any, row: int, column: int, number: float, **look: Any) -> None:
        sheet.write_number(row, column, number, self._format(**look))
        self._note(sheet, row, column, number)

    def _formula(
        self, sheet: Any, row: int, column: int, formula: str, value: float | str, **look: Any
    ) -> None:
        """A formula, with the value that it has."""
        sheet.write_formula(row, column, formula, self._format(**look), value)
        self._note(sheet, row, column, Formula(formula))

    def _note(self, sheet: Any, row: int, column: int, value: Value) -> None:
        """Note what stands in a cell, for the way back."""
        if self._inside is not None and value != "":
            at = f"{letters(column)}{row + 1}"
            self._inside.visible.setdefault(sheet.get_name(), {})[at] = value

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
        shown = (*marks(figure), self._shows_cents(sheet))
        if shown not in self._number_formats:
            self._number_formats[shown] = self._number_format(*shown)
        look = {"num_format": self._number_formats[shown], "align": "right", **look}
        if figure.assumed:
            look["italic"] = True
        value = figure.amount.cents / 100
        if formula is None:
            self._number(sheet, row, column, value, **look)
        else:
            self._formula(sheet, row, column, formula, value, **look)

    def _shows_cents(self, sheet: Any) -> bool:
        """Whether the amounts of a sheet have cents: all of them, where one has some."""
        return self._has_cents or sheet.get_name() in self._in_cents

    def _number_format(self, before: str, after: str, cents: bool) -> str:
        """Digits of the currency, with marks on their sides as the screen has them."""
        digits = NUMBER + (".00" if cents else "")
        sign = self._language.unit("")
        ahead = f'"{before}"' if before else ""
        if self._language.sign_first:
            behind = f'"{after}"' if after else ""
            return ";".join(f'{ahead}{minus}"{sign}"{digits}{behind}' for minus in ("", "-"))
        own = ahead + "{}" + f'" {sign}{after}"'
        return own.format(digits) + ";" + own.format("-" + digits)

    def _period(self, year: str) -> str:
        """What a column of a period is called: of a closed year as executed, that it is paid."""
        if year in map(str, self._dossier.plan.closed):
            return self._say(msg("{year}, paid", year=Year(year)))
        return self._language.show(period_of(year))

    def _year(self, sheet: Any, row: int, column: int, title: str) -> None:
        look = {"bold": True, "bg_color": HEAD, "align": "right", "bottom": 1}
        if title.isdecimal():
            self._number(sheet, row, column, int(title), num_format="0", **look)
        else:
            self._text(sheet, row, column, title, **look)

    def _head(self, sheet: Any, title: str | Message, widths: Widths) -> None:
        """What the sheet is of, above all columns; in several lines where it needs them."""
        shown, last = self._say(title), max(widths)
        look: Look = {"bold": True, "font_size": 14}
        room = sum(widths.values()) / _LARGER
        if _lines_of(shown, room) > 1:
            look["text_wrap"] = True
            if last > 0:
                sheet.merge_range(0, 0, 0, last, "", self._format(**look))
            self._high(sheet, 0, _LINE * _LARGER * _lines_of(shown, room))
        self._text(sheet, 0, 0, shown, **look)

    def _lines(self, sheet: Any, row: int, texts: Iterable[object], widths: Widths) -> int:
        """Sentences across all columns, in as many lines as they need."""
        for text in texts:
            self._across(sheet, row, self._say(text), widths, font_color="#59636e")
            row += 1
        return row

    def _tall(self, sheet: Any, row: int, texts: Iterable[tuple[str, float]]) -> None:
        """Make a row as high as its texts need, each in a width: not all programs do."""
        lines = max((_lines_of(text, width) for text, width in texts), default=1)
        if lines > 1:
            self._high(sheet, row, _LINE * lines)

    def _high(self, sheet: Any, row: int, height: float) -> None:
        """Make a row so high, or as high as one can be."""
        self._heights[sheet.get_name()][row] = min(409, height)
        sheet.set_row(row, min(409, height))

    def _keep(self, sheet: Any, rows: Iterable[int]) -> None:
        """Have rows printed on one page with the row below them."""
        self._kept[sheet.get_name()].update(rows)

    def _heights_of(self, sheet: Any, last: int) -> Sequence[float]:
        own = self._heights[sheet.get_name()]
        return [own.get(row, _LINE) for row in range(last + 1)]

    def _lines_left(self, sheet: Any, last: int, widths: Widths) -> int:
        """How many lines a page has left below a row, where all those above it are on one."""
        left = layout_of(widths, 1).room - sum(self._heights_of(sheet, last))
        return int(left / _LINE)

    def _lay_out(
        self,
        sheet: Any,
        row: int,
        lines: Sequence[Laid],
        widths: Widths,
        again: tuple[int, int] | None = None,
        *,
        titles: int = 1,
    ) -> int:
        """Write lines from a row on, the last of a sheet; the row that follows them.

        Where one begins a page, what is to stand above it there is written too.
        """
        heights = [*self._heights_of(sheet, row - 1), *(line.height for line in lines)]
        self._keep(sheet, (n for n, line in enumerate(lines, row) if line.kept))
        above = {n: sum(each.height for each in line.above) for n, line in enumerate(lines, row)}
        layout, kept = layout_of(widths, titles), self._kept.pop(sheet.get_name(), set())
        begun = set(self._pages(layout, heights, again, kept, above)[1])
        self._keep(sheet, (n for n in kept if n < row))
        pages = []
        for n, line in enumerate(lines, row):
            if n in begun:
                pages.append(row)
            for each in (*(line.above if n in begun else ()), line):
                each.write(row)
                if each.height > _LINE:
                    self._high(sheet, row, each.height)
                if each.kept or each is not line:
                    self._keep(sheet, [row])
                row += 1
        self._begun[sheet.get_name()] = pages
        return row

    def _pages(
        self,
        layout: Layout,
        heights: Sequence[float],
        again: tuple[int, int] | None,
        kept: set[int],
        above: Mapping[int, float],
    ) -> tuple[float, Sequence[int]]:
        """How much smaller a sheet is, to be on one page; else the rows that begin its pages."""
        room, needed = layout.room, sum(heights)
        if needed <= room * _LITTLE_MORE**layout.pages and layout.is_readable(room / needed):
            return min(1, room / needed), ()
        repeated = 0.0
        if again is not None:
            repeated = sum(heights[again[0] : again[1] + 1])
            kept = kept | set(range(again[1] + 1))
        return 1, breaks(heights, room, repeated, kept, above)

    def _print(
        self,
        sheet: Any,
        last: int,
        widths: Widths,
        again: tuple[int, int],
        *,
        titles: int = 1,
    ) -> None:
        """What is printed, to the last row and across the widths, and where its pages end.

        The rows that are printed ``again`` on each page are its headings; the first columns are its
        ``titles``, which stand again where others go on to the right. At the foot, what marks mean,
        the sheet and the number of the page are as large as texts must be: they are made smaller
        with the sheet.
        """
        sheet.print_area(0, 0, last, max(widths))
        layout = layout_of(widths, titles)
        sheet.set_paper(layout.paper.number)
        if layout.pages > 1:
            sheet.repeat_columns(0, titles - 1)
            sheet.print_across()
        sheet.repeat_rows(*again)
        name, heights = sheet.get_name(), self._heights_of(sheet, last)
        smaller, pages = self._pages(layout, heights, again, self._kept[name], {})
        if name in self._begun:
            pages = self._begun[name]
        sheet.fit_to_pages(layout.pages, 1 if smaller < 1 else 0)
        if pages:
            sheet.set_h_pagebreaks(pages)
        size = layout.readable(smaller)
        sheet.set_footer(f"&L&{size}{self._say(MARKS)}&R&{size}&A · &P / &N")

    def _widths(self, sheet: Any, widths: Widths) -> None:
        for column, width in widths.items():
            sheet.set_column(column, column, width)

    def _breadth(self, rows: Iterable[Row]) -> float:
        """How wide a column of figures is, so that none of them is cut."""
        amounts = [f.amount for row in rows for f in row.columns if f.amount is not None]
        ends = (min(amounts), max(amounts)) if amounts else ()
        return max([11.0, *(self._breadth_of(amount, self._has_cents) for amount in ends)])

    def _breadth_of(self, amount: Money, cents: bool) -> float:
        digits = f"{amount.cents / 100:,.2f}" if cents else f"{amount.cents // 100:,}"
        return width_of(f"{digits} €*+", 1, bold=True) / width_of("0", 1) + 1

    # --- tables ---

    def _of_people(self, title: Message, table: Table) -> Sequence[Table]:
        """A table as people see it, and those below it."""
        whole = self._dossier.shown(table).for_people()
        return [whole._replace(title=title, more=()), *whole.more]

    def _tables(self, sheet: Any, tables: Sequence[Table], row: int = 2) -> None:
        """Tables as the screen has them, one below the other.

        The heads of a single one are printed on each page; of several, those of the one that goes
        on there.
        """
        widths: Widths = {}
        cells = (cell for table in tables for line in table.lines for cell in line.cells)
        if any(map(_in_cents, cells)):
            self._in_cents.add(sheet.get_name())
        numeric = {i for table in tables for i, each in enumerate(table.columns) if each.numeric}
        texts = [self._texts(table) for table in tables]
        for table, shown in zip(tables, texts, strict=True):
            self._measure(table, shown, widths, numeric, self._shows_cents(sheet))
        self._widths(sheet, widths)
        leading = (_leading_texts(table) for table in tables)
        titles = max(1, min(leading, default=1))
        heads, _ = sides = across(widths, titles)
        self._head(sheet, plan_line(self._dossier.plan), heads)
        alone = len(tables) == 1
        again = (row + 1, row + 1) if alone else (0, row - 1)
        lines: list[Laid] = []
        for table, shown in zip(tables, texts, strict=True):
            if lines:
                lines[-1] = lines[-1]._replace(kept=True)
                lines += [Laid(nothing, kept=True), Laid(nothing)]
            lines += self._table(sheet, table, shown, widths, sides, alone=alone)
        end = self._lay_out(sheet, row, lines, widths, again, titles=titles)
        self._print(sheet, end - 1, widths, again, titles=titles)

    def _texts(self, table: Table) -> Sequence[Sequence[str]]:
        """The cells of a table as texts, line by line."""
        return rows_of(self._language, table, unit_of(table, self._language))

    def _measure(
        self,
        table: Table,
        texts: Sequence[Sequence[str]],
        widths: Widths,
        numeric: Container[int],
        cents: bool,
    ) -> None:
        """How wide columns are: as their longest text, up to a width in which it is folded."""
        heads = [self._say(column.title) for column in table.columns]
        for column, title in enumerate(heads):
            found = [float(len(title))]
            for line, cells in zip(table.lines, texts, strict=True):
                if line.kind == "heading" or column >= len(cells):
                    continue
                value = line.cells[column]
                if isinstance(value, Figure) and value.amount is not None:
                    found.append(self._breadth_of(value.amount, cents))
                found.append(max(len(text) for text in cells[column].split("\n")))
            most = _WIDEST if table.columns[column].numeric or column not in numeric else _NARROWER
            width = min(most, max(found) * _WIDER + 1)
            widths[column] = max(widths.get(column, 9.0), width)

    def _table(
        self,
        sheet: Any,
        table: Table,
        texts: Sequence[Sequence[str]],
        widths: Widths,
        sides: tuple[Widths, Widths] | None = None,
        *,
        alone: bool = True,
    ) -> Iterator[Laid]:
        """The rows of a table; ``sides`` are the columns that its titles and notes stand across.

        Where it goes on on another page, its group stands above, and one that is not ``alone`` has
        its own title and its heads there.
        """
        heads, beside = sides or (widths, widths)
        yield self._titled(sheet, table.title, heads, widths)
        columns = Laid(partial(self._columns, sheet, table), kept=True)
        yield columns
        goes_on: tuple[Laid, ...] = ()
        if not alone:
            goes_on = (self._titled(sheet, continued(table.title), heads, widths), columns)
        below = {i: widths[i] for i in range(len(table.columns)) if i in heads}
        notes = (*table.notes, *conditional(cell for line in table.lines for cell in line.cells))
        group: tuple[Laid, ...] = ()
        following = [line.kind for line in table.lines[1:]] + [None]
        for line, cells, then in zip(table.lines, texts, following, strict=True):
            if line.kind == "heading":
                title = " ".join(cells).strip()
                yield self._grouped(sheet, title, below)._replace(above=goes_on)
                group = (self._grouped(sheet, self._say(continued(title)), below),)
                continue
            if line.kind == "total":
                group = ()
            fewest = max((_lines_of(text, widths[i]) for i, text in enumerate(cells)), default=1)
            kept = then == "total" or (then is None and bool(notes))
            write = partial(self._line, sheet, table, line, cells)
            yield Laid(write, _LINE * fewest, kept, (*goes_on, *group))
        for n, note in enumerate(notes, 1):  # none stands alone at the head of a page
            yield self._noted(sheet, note, beside, kept=n < len(notes))

    def _titled(self, sheet: Any, title: str | Message, heads: Widths, widths: Widths) -> Laid:
        """The title of a table."""
        shown, look = self._say(title), {"bold": True, "font_size": 12}
        if len(heads) == len(widths):
            return Laid(lambda row: self._text(sheet, row, 0, shown, **look), kept=True)
        height = self._height(shown, sum(heads.values()))
        return Laid(lambda row: self._across(sheet, row, shown, heads, **look), height, kept=True)

    def _grouped(self, sheet: Any, title: str, widths: Widths) -> Laid:
        """What stands above lines, across their columns."""
        look: Look = {"bold": True, "bg_color": GROUP}
        height = self._height(title, sum(widths.values()))
        return Laid(lambda row: self._across(sheet, row, title, widths, **look), height, kept=True)

    def _columns(self, sheet: Any, table: Table, row: int) -> None:
        """The heads of the columns of a table."""
        for column, each in enumerate(table.columns):
            title = self._say(each.title)
            if each.numeric:
                self._year(sheet, row, column, title)
            else:
                apart = APART if column else {}
                self._text(sheet, row, column, title, bold=True, bg_color=HEAD, bottom=1, **apart)

    def _line(self, sheet: Any, table: Table, line: Line, cells: Sequence[str], row: int) -> None:
        """A line of a table."""
        look = _LOOKS.get(line.kind, {})
        for column, (value, text) in enumerate(zip(line.cells, cells, strict=False)):
            if isinstance(value, Figure):
                self._figure(sheet, row, column, value, **look)
            elif (number := self._number_of(sheet, value, text)) is not None:
                own = _aligned(table, column) or {"align": "left"}
                self._number(sheet, row, column, number[0], num_format=number[1], **own, **look)
            else:
                own = _aligned(table, column)
                self._text(sheet, row, column, text, text_wrap=True, **own, **look)

    def _noted(self, sheet: Any, note: object, widths: Widths, *, kept: bool) -> Laid:
        """A sentence across columns."""
        shown = self._say(note)
        write = partial(self._lines, sheet, texts=[shown], widths=widths)
        return Laid(write, self._height(shown, sum(widths.values())), kept)

    def _height(self, text: str, width: float) -> float:
        """How high a row is that has a text in so much width."""
        return _LINE * _lines_of(text, width)

    def _number_of(self, sheet: Any, value: object, text: str) -> tuple[float, str] | None:
        """A value that is a number and no amount, and its format, with the marks of its text."""
        if isinstance(value, Marked):
            value = value.value
        if isinstance(value, Tenths):
            return value.tenths / 10, _with_marks("0.0", text)
        if isinstance(value, Ratio) and value.hundredths <= 100 * Ratio.most:
            return float(str(value)), _with_marks("0.0" if value.decimals == 1 else "0.00", text)
        if isinstance(value, Rate):
            decimals = len(f"{value.thousandths % 1000:03d}".rstrip("0"))
            digits = "0" + (f".{'0' * decimals}" if decimals else "")
            return value.thousandths / 100_000, f"{digits} %"
        if isinstance(value, Signed) and value.amount is not None:
            cents = self._shows_cents(sheet)
            plus, minus = (self._number_format(sign, "", cents) for sign in ("+", ""))
            return value.amount.cents / 100, f"{plus.split(';')[0]};{minus.split(';')[1]}"
        if isinstance(value, int) and text.rstrip(_MARKS) == str(value):  # no name of a year
            return value, _with_marks("0", text)
        return None

    def _across(self, sheet: Any, row: int, text: str, widths: Widths, **look: Any) -> None:
        """A text across columns, in as many lines as it needs."""
        look = {**look, "text_wrap": True}
        first, last = min(widths), max(widths)
        if last > first:
            sheet.merge_range(row, first, row, last, "", self._format(**look))
        self._text(sheet, row, first, text, **look)
        self._tall(sheet, row, [(text, sum(widths.values()))])

    def _heads(self, sheet: Any, columns: Columns) -> None:
        heads = {**OUTSIDE, "total": msg("Total")}
        for name, column in columns.at.items():
            shown = self._say(heads[name]) if name in heads else self._period(name)
            self._year(sheet, 2, column, shown)

    def _sums(
        self,
        sheet: Any,
        row: int,
        of: Row,
        columns: Columns,
        lines: Sequence[int],
        look: Look = TOTAL_LOOK,
    ) -> None:
        """A row of totals, each the sum of lines of its column; of none, the figures alone."""
        for name, figure in columns.figures(of).items():
            column = columns.at[name]
            self._figure(sheet, row, column, figure, sum_of_lines(lines, column), **look)

    def _beside(self, sheet: Any, row: int, of: Row, columns: Columns, **look: Any) -> None:
        """A row of figures that are in no total above."""
        self._text(sheet, row, 0, self._say(of.title), **look)
        for name, figure in zip(columns.names, of.columns, strict=False):
            self._figure(sheet, row, columns.at[name], figure, **look)


def _in_cents(value: object) -> bool:
    """Whether a value is an amount that is no whole number of euros."""
    amount = value.amount if isinstance(value, Figure | Signed) else None
    return amount is not None and bool(amount.cents % 100)


def nothing(_: int) -> None:
    """An empty row."""


def _leading_texts(table: Table) -> int:
    """How many columns of texts stand left of its figures; the first, where it has no figures."""
    numeric = [n for n, column in enumerate(table.columns) if column.numeric]
    return numeric[0] if numeric else 1


#: Of a column of texts beside another one, which it is not to touch.
APART: Look = {"align": "left", "indent": 1}


def _aligned(table: Table, column: int) -> Look:
    """On which side the cells of a column stand."""
    if table.columns[column].numeric:
        return {"align": "right"}
    return APART if column else {}


def layout_of(widths: Widths, titles: int) -> Layout:
    """How columns are printed, the first of which are titles."""
    columns = range(max(widths) + 1)
    return laid_out([pixels_of(widths.get(n, 0)) * _POINTS for n in columns], titles)


def across(widths: Widths, titles: int = 1) -> tuple[Widths, Widths]:
    """The columns that a title stands across, and those that notes do: all of them.

    Where columns go on to the right on further pages, a title is on each of them, in the columns
    that all have; notes are right of those, on the first.
    """
    layout = layout_of(widths, titles)
    if layout.pages == 1:
        return widths, widths
    heads = {column: width for column, width in widths.items() if column < titles}
    return heads, {n: width for n, width in widths.items() if titles <= n < layout.first}


def _with_marks(digits: str, text: str) -> str:
    """A format of a number, with the marks that follow it in its text."""
    after = re.sub(r"^.*[0-9]", "", text)
    return f'{digits}"{after}"' if after else digits


def _lines_of(text: str, width: float) -> int:
    """In how many lines a text stands in a cell that is so many digits wide."""
    if len(text) * _WIDEST_LETTER <= width * _TAKEN and "\n" not in text:
        return 1
    room, lines = width_of("0", 1) * width * _TAKEN, text.split("\n")
    return sum(1 if width_of(line, 1) <= room else len(folded(line, 1, room)) for line in lines)


def conditional(values: Iterable[object]) -> Iterator[Message]:
    """What the mark of a conditional project means, where one is among values."""
    if any(isinstance(value, Conditional) for value in values):
        yield msg("? conditional")


def pixels_of(width: float) -> int:
    """How many pixels a column takes that is so many digits wide."""
    return int(7 * width + 5)


def sum_of(figures: Iterable[Figure]) -> Money | None:
    return total(figure.amount for figure in figures)


def spans_of(lines: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The first and the last of lines that follow one another."""
    for _, run in groupby(enumerate(lines), key=lambda pair: pair[1] - pair[0]):
        own = [line for _, line in run]
        yield own[0], own[-1]


def sum_of_lines(lines: Iterable[int], column: int) -> str | None:
    """The formula of the sum of lines of a column; of none, none."""
    spans = spans_of(lines)
    sums = [f"SUM({cell_name(a, column)}:{cell_name(b, column)})" for a, b in spans]
    return f"={'+'.join(sums)}" if sums else None


def cell_name(row: int, column: int) -> str:
    """The name of a cell, from its row and column counted from 0: ``$B$3``."""
    return f"${letters(column)}${row + 1}"
