"""The sheet of the planning: coloured cells by quarter, theme by theme."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from ppi_cli.documents.charts import NO_CLASS, class_colour
from ppi_cli.documents.drawing import INK, RULE, tint
from ppi_cli.documents.paper import continued
from ppi_cli.documents.planning import in_a_row
from ppi_cli.documents.spreadsheet import (
    GROUP,
    HEAD,
    Laid,
    Look,
    Sheets,
    Widths,
    across,
    conditional,
    nothing,
)
from ppi_cli.reports.dossier import for_readers
from ppi_cli.reports.gantt import Bar, Gantt
from ppi_cli.reports.plan import plan_line
from ppi_cli.values.message import Message, msg
from ppi_cli.values.quarters import Quarter

#: How wide the column of titles is, left of the quarters, at least and at most.
_OF_TITLES = 46, 64
#: How wide a quarter is.
_OF_QUARTERS = 4.5


class PlanningSheet(Sheets):
    """The sheet of the planning."""

    def _planning(self, sheet: Any) -> None:
        """The chart of quarters: coloured cells, the number of the class in the first of a bar."""
        gantt = self._dossier.chart
        longest = max((len(self._say(bar.project.title)) for bar in gantt.bars), default=0)
        self._of_titles = min(_OF_TITLES[1], max(_OF_TITLES[0], longest))
        columns = {quarter: 3 + n for n, quarter in enumerate(gantt.span.quarters())}
        widths: Widths = {0: self._of_titles, 1: 8, 2: 12}
        widths |= dict.fromkeys(columns.values(), _OF_QUARTERS)
        self._widths(sheet, widths)
        left, right = across(widths)
        self._head(sheet, plan_line(gantt.plan), left)
        key = " · ".join(map(self._say, self._key(gantt)))
        self._lines(sheet, 1, [key] if key else [], left)
        self._quarters(sheet, columns)
        lines = [*self._bars(sheet, gantt, columns)]
        if lines:
            lines[-1] = lines[-1]._replace(kept=True)
        lines += [line._replace(kept=True) for line in self._legend(sheet, gantt)]
        titles = (bar.project.title for bar in gantt.bars)
        notes = (*for_readers(gantt.notes_of_projects()), *conditional(titles))
        lines += self._notes(sheet, notes, right)
        end = self._lay_out(sheet, 4, lines, widths, (1, 3))
        sheet.freeze_panes(4, 1)
        self._print(sheet, end - 1, widths, (1, 3))

    def _key(self, gantt: Gantt) -> Iterator[str | Message]:
        """What numbers, colours and arrows mean, above the bars of each page."""
        for number, name in self._classes(gantt).items():
            yield f"{number} {name}".rstrip()
        if any(bar.class_ is None and bar.active for bar in gantt.bars):
            yield msg("without a number: in no class")
        if any(bar.assumed and bar.active for bar in gantt.bars):
            yield msg("pale: assumed")
        yield from gantt.reach()

    def _classes(self, gantt: Gantt) -> Mapping[int, str]:
        """What the classes of bars are called, by their numbers."""
        names: dict[int, str] = {}
        for number in sorted({bar.class_.number for bar in gantt.bars if bar.class_ is not None}):
            declared = gantt.plan.class_by_number.get(number)
            name = "" if declared is None else self._say(declared.title)
            names[number] = self._language.isolated(name) if name else ""
        return names

    def _quarters(self, sheet: Any, columns: Mapping[Quarter, int]) -> None:
        """The heads of the columns, years above quarters."""
        language, head = self._language, {"bold": True, "bg_color": HEAD, "align": "center"}
        for column, title in enumerate((msg("Project"), msg("Class"), msg("Quarters"))):
            self._text(sheet, 3, column, self._say(title), bold=True, bg_color=HEAD)
        for quarter, column in columns.items():
            if quarter.number == 1:
                sheet.merge_range(2, column, 2, column + 3, "", self._format(**head))
                name = language.year(quarter.year)
                if name.isdecimal():
                    self._number(sheet, 2, column, int(name), num_format="0", **head)
                else:
                    self._text(sheet, 2, column, name, **head)
            self._text(sheet, 3, column, language.quarter_number(quarter.number), **head)

    def _bars(self, sheet: Any, gantt: Gantt, columns: Mapping[Quarter, int]) -> Iterator[Laid]:
        """A row for each project, below its theme, which stands above it on each page."""
        for group in gantt.groups:
            if group.above is not None:
                yield self._theme(sheet, group.above.title, columns, HEAD)
            yield self._theme(sheet, group.theme.title, columns)
            goes_on = (self._theme(sheet, continued(group.theme.title), columns),)
            for left, bar in enumerate(group.bars, 1 - len(group.bars)):
                title = self._title(sheet, bar.project.title, indent=1)
                write = partial(self._bar, sheet, title, gantt, bar, columns)
                # the last of them is not alone on another page
                yield title._replace(write=write, kept=left == -1, above=goes_on)

    def _theme(
        self,
        sheet: Any,
        title: str | Message,
        columns: Mapping[Quarter, int],
        colour: str = GROUP,
    ) -> Laid:
        named = self._title(sheet, title, bold=True, bg_color=colour)

        def write(row: int) -> None:
            named.write(row)
            for column in range(1, 3 + len(columns)):
                self._text(sheet, row, column, "", bg_color=colour)

        return named._replace(write=write)

    def _title(self, sheet: Any, title: str | Message, **look: Any) -> Laid:
        """A title left of the quarters, in as many lines as it needs."""
        shown = self._say(title)
        height = self._height(shown, self._of_titles - look.get("indent", 0))
        return Laid(partial(self._text_of_title, sheet, shown, look), height, kept=True)

    def _text_of_title(self, sheet: Any, shown: str, look: Look, row: int) -> None:
        self._text(sheet, row, 0, shown, text_wrap=True, **look)

    def _bar(
        self,
        sheet: Any,
        title: Laid,
        gantt: Gantt,
        bar: Bar,
        columns: Mapping[Quarter, int],
        row: int,
    ) -> None:
        """The row of a project; a line is between years where it is not active."""
        title.write(row)
        number = None if bar.class_ is None else bar.class_.number
        if number is not None:
            self._number(sheet, row, 1, number, align="center")
        if bar.active and bar.assumed:
            self._text(sheet, row, 2, self._say(msg("assumed")), italic=True)
        elif bar.active:
            self._text(sheet, row, 2, self._say(msg("stated")))
        colour = class_colour(bar.class_)
        own: Look = {"bg_color": tint(colour) if bar.assumed else colour}
        own |= {"font_color": INK if bar.assumed else "#ffffff", "align": "center", "bold": True}
        firsts = {span.first for span in in_a_row(bar.active)}
        before, after = bar.reaches_out(gantt.span)
        for quarter, column in columns.items():
            if quarter not in bar.active:
                if quarter.number == 1:
                    self._text(sheet, row, column, "", left=1, left_color=RULE)
                continue
            sign = "←" if before and quarter == gantt.span.first else ""
            shown = str(number) if number is not None and quarter in firsts else ""
            text = sign + shown + ("→" if after and quarter == gantt.span.last else "")
            if text.isdecimal():
                self._number(sheet, row, column, int(text), **own)
            else:
                self._text(sheet, row, column, text, **own)

    def _legend(self, sheet: Any, gantt: Gantt) -> Iterator[Laid]:
        """What colours mean, below the bars, apart from them."""
        yield Laid(nothing)
        colours = {bar.class_.number: class_colour(bar.class_) for bar in gantt.bars if bar.class_}
        for number, name in self._classes(gantt).items():
            yield Laid(partial(self._colour, sheet, colours[number], name, number))
        if any(bar.class_ is None and bar.active for bar in gantt.bars):
            yield Laid(partial(self._colour, sheet, NO_CLASS, msg("in no class"), None))
        if any(bar.assumed and bar.active for bar in gantt.bars):
            yield Laid(partial(self._colour, sheet, tint(NO_CLASS), msg("pale: assumed"), None))

    def _colour(
        self, sheet: Any, colour: str, name: str | Message, number: int | None, row: int
    ) -> None:
        self._text(sheet, row, 0, self._say(name), text_wrap=True)
        if number is None:
            self._text(sheet, row, 1, "", bg_color=colour)
        else:
            look: Look = {"bg_color": colour, "font_color": "#ffffff"}
            self._number(sheet, row, 1, number, bold=True, align="center", **look)

    def _notes(self, sheet: Any, notes: Sequence[object], widths: Widths) -> Iterator[Laid]:
        """What is to be said of the projects, below the colours."""
        if notes:
            yield Laid(nothing, kept=True)
        for n, note in enumerate(notes, 1):
            yield self._noted(sheet, note, widths, kept=n < len(notes))
