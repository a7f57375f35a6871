"""The workbook: the figures of the screen as numbers, sums as formulas, texts as texts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import range_boundaries

from ppi_cli.documents.charts import CLASS_COLOURS
from ppi_cli.documents.paper import A3, A4, READABLE
from tests.conftest import DATA, Result

FINANCE = DATA / "examples" / "finance"
SHEETS = ["Totals", "Planning", "Projects", "Funding", "Matrix", "Checks", "About"]  # no debt


def opened(file: Path, *, values: bool = True) -> Any:
    return openpyxl.load_workbook(file, data_only=values)


def rows(sheet: Any) -> Iterator[list[Any]]:
    for row in sheet.iter_rows(values_only=True):
        yield list(row)


def row_of(sheet: Any, title: str) -> list[Any]:
    return next(row for row in rows(sheet) if row[0] == title)


@pytest.fixture
def books(ppi: Callable[..., Result], folder: Path) -> Callable[..., Path]:
    def made(plan: Path, *options: str) -> Path:
        assert ppi("export", plan, "plan.xlsx", *options) == Result(0, "", "")
        return folder / "plan.xlsx"

    return made


def test_the_totals_of_the_deck_are_numbers(books: Callable[..., Path]) -> None:
    book = opened(books(DATA))
    assert book.sheetnames == SHEETS
    assert row_of(book["Totals"], "Total")[:6] == ["Total", 529e3, 244e3, 40e3, 35e3, 848e3]
    assert row_of(book["Totals"], "Infrastructure")[:6] == [
        "Infrastructure", 175e3, 34e3, "—", "—", 209e3,
    ]  # fmt: skip


def test_debt_and_execution_have_a_sheet_where_they_are_stated(books: Callable[..., Path]) -> None:
    book = opened(books(FINANCE))
    assert book.sheetnames == [*SHEETS[:4], "Debt", "Execution", *SHEETS[4:]]
    assert row_of(book["Debt"], "Debt at the end of the year")[1] == 8_450e3


LOANS = """
plan: {title: P, years: 2025..2026, tax: incl, language: en}
themes: [{id: t, title: T}]
projects:
  - {id: roof, theme: t, title: Roof, costs: {2025: 100 k€, 2026: 400 k€, account: "2313"}}
savings: {2025: 200 k€, 2026: 200 k€}
debt:
  at_start: 900 k€
  repaid: {2025: 50 k€, 2026: 50 k€}
  fund: 0 €
  new_loans: {rate: 3.25 %, years: 15}
execution: [{year: 2025, closed: yes, lines: [{project: roof, paid: 100 k€}]}]
"""


def test_what_is_a_number_and_no_amount_is_a_number_too(
    books: Callable[..., Path], folder: Path
) -> None:
    """850 k€ of debt in 2025, of which 250 k€ are saved: 3.4 years; a year that is paid says so."""
    (folder / "loans.yaml").write_text(LOANS, encoding="utf-8")
    book = opened(books(folder / "loans.yaml", "--executed"))
    sheet = book["Debt"]
    row = next(i for i in range(1, 40) if sheet.cell(i, 1).value == "Years to repay")
    assert sheet.cell(row, 2).value == 3.4
    assert [sheet.cell(row, i).number_format for i in (2, 3)] == ["0.0", '0.0"*+"']
    loan = next(row for row in rows(sheet) if row[1] == "to find")
    assert loan[3:5] == [0.0325, 15]
    assert [book["Totals"].cell(3, column).value for column in (2, 3)] == ["2025, paid", 2026]


def test_years_are_numbers_without_thousands(books: Callable[..., Path]) -> None:
    sheet = opened(books(DATA))["Totals"]
    assert [sheet.cell(3, column).value for column in range(2, 6)] == [2016, 2017, 2018, 2019]
    assert sheet.cell(3, 2).number_format == "0"


def test_each_formula_gives_the_figure_that_was_computed(books: Callable[..., Path]) -> None:
    """SUM and MAX are all that the workbook uses: they are worked out here again."""
    file = books(FINANCE)
    formulas, values = opened(file, values=False), opened(file)

    def number(sheet: str, cell: str) -> float:
        value = values[sheet][cell.replace("$", "")].value
        return value if isinstance(value, int | float) else 0.0

    def sum_of(sheet: str, range: str) -> float:
        cells = values[sheet][range.replace("$", "")]
        flat = [each for row in cells for each in row]
        return sum(each.value for each in flat if isinstance(each.value, int | float))

    def worked_out(sheet: str, formula: str) -> float:
        text = formula.removeprefix("=")
        text = re.sub(
            r"SUM\((?:'(\w+)'!)?([$A-Z0-9]+:[$A-Z0-9]+)\)",
            lambda m: repr(sum_of(m[1] or sheet, m[2])), text,
        )  # fmt: skip
        text = re.sub(
            r"(?:'(\w+)'!)?(\$[A-Z]+\$[0-9]+)", lambda m: repr(number(m[1] or sheet, m[2])), text
        )
        return float(eval(text, {"__builtins__": {}, "MAX": max}))

    checked = 0
    for name in formulas.sheetnames:
        for row in formulas[name].iter_rows():
            for cell in row:
                if cell.data_type == "f" and not cell.value.startswith("=IF"):
                    shown = values[name][cell.coordinate].value
                    assert worked_out(name, cell.value) == pytest.approx(shown, abs=0.005)
                    checked += 1
    assert checked > 80


def test_a_cell_that_is_one_amount_of_the_plan_can_be_changed(
    books: Callable[..., Path], folder: Path
) -> None:
    (folder / "plan.yaml").write_text(
        """
        plan: {title: Town, years: 2025..2026, tax: incl}
        themes:
          - {id: a, title: A, envelope: {2025: 100 k€}}
        projects:
          - id: x
            theme: a
            title: X
            costs:
              - {year: 2025, amount: 60 k€}
              - {years: 2026..2026, in_all: 10 k€}
              - {year: 2026, amount: 5 k€}
        """,
        encoding="utf-8",
    )
    book = opened(books(folder / "plan.yaml"))
    sheet = book["Projects"]
    (x,) = (row for row in sheet.iter_rows() if row[1].value == "X")
    assert [(cell.value, cell.protection.locked) for cell in x[4:7]] == [
        (60e3, False),  # one amount
        (15e3, True),  # two of them
        (75e3, True),  # a sum
    ]
    (a,) = (row for row in book["Totals"].iter_rows() if row[0].value == "A")
    assert [(cell.value, cell.protection.locked) for cell in a[1:3]] == [
        (100e3, False),
        (15e3, True),
    ]
    assert sheet.protection.sheet


@pytest.mark.parametrize("title", ["=1+1", "+33 1", "@x", "http://a.example", "{=1}", "-2"])
def test_a_text_is_a_text(title: str, books: Callable[..., Path], folder: Path) -> None:
    (folder / "plan.yaml").write_text(
        "plan: {title: Town, years: 2025, tax: incl}\nthemes: [{id: a, title: A}]\n"
        f"projects: [{{id: x, theme: a, title: '{title}', quarters: 2025}}]\n",
        encoding="utf-8",
    )
    book = opened(books(folder / "plan.yaml"), values=False)
    found = [cell for row in book["Projects"].iter_rows() for cell in row if cell.value == title]
    assert [(cell.data_type, cell.hyperlink) for cell in found] == [("s", None)]


def test_marks_stand_beside_the_number(books: Callable[..., Path]) -> None:
    sheet = opened(books(FINANCE, "--lang", "fr"))["Totaux"]
    (total,) = (row for row in sheet.iter_rows() if row[0].value == "Total")
    assert total[2].value == 4_694_900
    assert total[2].number_format.startswith('#,##0.00" €*+"')


def test_the_check_holds_the_sums_against_what_was_computed(books: Callable[..., Path]) -> None:
    sheet = opened(books(DATA))["Checks"]
    found = [row[:4] for row in rows(sheet) if row[3] == "agrees"]
    assert found[0] == [2016, 529e3, 529e3, "agrees"]
    assert found[-1] == ["Total", 848e3, 848e3, "agrees"]


def test_the_same_plan_gives_the_same_bytes(books: Callable[..., Path]) -> None:
    assert books(FINANCE).read_bytes() == books(FINANCE).read_bytes()


def test_a_version_is_named(books: Callable[..., Path]) -> None:
    sheet = opened(books(FINANCE, "--drop", "mediatheque"))["Totals"]
    assert "without" in sheet.cell(1, 1).value


BESIDE = """
    plan: {title: Town, years: 2025..2026, tax: incl}
    themes:
      - {id: schools, title: Schools, envelope: {2025: 100 k€}}
      - {id: roads, title: Roads}
    priority_classes: [{class: 1, title: Now}]
    projects:
      - id: canteen
        theme: schools
        title: Canteen
        priority: 1
        costs: {before: 30 k€, 2025: 60 k€, 2026: 40 k€, beyond: 200 k€, unplanned: 12 k€}
      - {id: bridge, theme: roads, title: Bridge, costs: {2026: -10 k€, beyond: 80 k€}}
    """


def test_what_lies_before_and_beyond_stands_beside_the_total(
    books: Callable[..., Path], folder: Path
) -> None:
    (folder / "plan.yaml").write_text(BESIDE, encoding="utf-8")
    book = opened(books(folder / "plan.yaml"))
    for name, first in (("Totals", 1), ("Projects", 4)):
        sheet = book[name]
        assert [sheet.cell(3, first + n).value for n in range(1, 7)] == [
            "Before", 2025, 2026, "Total", "Beyond", "Whole",
        ]  # fmt: skip
        total = [30e3, 100e3, 30e3, 130e3, 280e3, 440e3]
        assert row_of(sheet, "Total")[first : first + 6] == total
        assert row_of(sheet, "In no year yet")[first + 3] == 12e3
    checked = [row[0] for row in rows(book["Checks"]) if row[3] == "agrees"]
    assert checked == ["Before", 2025, 2026, "Total", "Beyond", "Whole"]


def test_a_part_is_named_and_has_the_figures_of_the_screen(
    books: Callable[..., Path], folder: Path
) -> None:
    (folder / "plan.yaml").write_text(BESIDE, encoding="utf-8")
    book = opened(books(folder / "plan.yaml", "--theme", "roads"))
    assert book.sheetnames == [name for name in SHEETS if name != "Matrix"]
    assert row_of(book["Totals"], "Total")[2:4] == [-10e3, -10e3]
    texts = [cell for sheet in book for row in rows(sheet) for cell in row if cell]
    assert "only: theme Roads" in texts
    assert "Canteen" not in texts


def test_a_long_text_has_a_row_that_is_high_enough(books: Callable[..., Path]) -> None:
    """Programs other than Excel leave a row as high as the file says."""
    sheet = opened(books(DATA, "--lang", "en"))["About"]
    long = [row[0].row for row in sheet.iter_rows() if len(str(row[3].value)) > 100]
    assert long
    assert all(sheet.row_dimensions[row].height >= 30 for row in long)


@pytest.mark.parametrize("options", [(), ("--year", "2016")])
def test_the_chart_is_printed_whole(options: tuple[str, ...], books: Callable[..., Path]) -> None:
    """What reaches beyond the columns that are printed would be cut."""
    sheet = opened(books(DATA, *options))["Totals"]
    (chart,) = sheet._charts
    end, printed = chart.anchor.to, sheet.max_column
    assert end.col < printed or (end.col == printed and end.colOff == 0)


def names_of(chart: Any) -> list[str]:
    """What the parts of a chart are called below it."""
    return [each.tx.v for each in chart.series]


def letters_of(chart: Any) -> list[str]:
    """The letters that stand on its parts."""
    return [re.findall('"(.)"', each.dLbls.numFmt)[0] for each in chart.series]


def test_the_parts_of_the_chart_are_told_apart_in_grey(books: Callable[..., Path]) -> None:
    """A letter stands on each and at its name; those side by side are light and dark."""
    (chart,) = opened(books(FINANCE, "--lang", "en"))["Totals"]._charts
    assert letters_of(chart) == list("ABCDEF")
    assert [name[:2] for name in names_of(chart)] == [f"{letter} " for letter in "ABCDEF"]


def test_more_themes_than_colours_share_one(books: Callable[..., Path], folder: Path) -> None:
    """It has a row of its own, which sums theirs; a title is no longer than its room."""
    themes = "".join(
        f"- {{id: t{n}, title: 'T{n} {'x' * 300}', envelope: {{2025: {n} k€, 2026: 1 k€}}}}\n"
        for n in range(1, 14)
    )
    (folder / "plan.yaml").write_text(
        f"plan: {{title: T, years: 2025..2026, tax: incl}}\nthemes:\n{themes}", encoding="utf-8"
    )
    file = books(folder / "plan.yaml", "--lang", "en")
    sheet = opened(file)["Totals"]
    (chart,) = sheet._charts
    assert len({each.spPr.solidFill.srgbClr for each in chart.series}) == 10
    assert letters_of(chart) == list("ABCDEFGHIJ")
    assert [name[:4] for name in names_of(chart)[:9]] == [
        f"{letter} T{n}"[:4] for letter, n in zip("ABCDEFGHI", range(5, 14), strict=True)
    ]
    assert names_of(chart)[-1] == "J 4 others"
    assert max(map(len, names_of(chart))) < 60
    (others,) = [row for row in rows(sheet) if str(row[0]).startswith("4 others, in the chart: T1")]
    assert others[1:3] == [10e3, 4e3]
    written = row_of(opened(file, values=False)["Totals"], others[0])
    assert written[1:3] == ["=SUM($B$4:$B$7)", "=SUM($C$4:$C$7)"]


def test_the_digit_of_a_class_stands_on_its_colour_below_the_planning(
    books: Callable[..., Path],
) -> None:
    sheet = opened(books(FINANCE, "--lang", "en"))["Planning"]
    below = {row[0].value: row[1] for row in sheet.iter_rows() if row[1].font.bold}
    assert below["Important"].value == 3
    assert below["Important"].fill.fgColor.rgb.endswith(CLASS_COLOURS[2][1:].upper())


@pytest.fixture
def long_plan(folder: Path) -> Path:
    """Long titles of everything, and so many projects that they take several pages."""
    title = "Rénovation énergétique du gymnase Alice-Milliat, de ses vestiaires et de ses abords"
    projects = "".join(
        f"  - {{id: p{n}, theme: t{n % 6}, title: '{title}, {n}', quarters: 2025, priority: 1}}\n"
        for n in range(90)
    )
    themes = "".join(f"  - {{id: t{n}, title: 'T{n}: {title}'}}\n" for n in range(6))
    (folder / "plan.yaml").write_text(
        f"plan: {{title: '{title}, et {title}', years: 2025, tax: incl, language: en}}\n"
        f"priority_classes: [{{class: 1, title: Now}}]\nthemes:\n{themes}projects:\n{projects}",
        encoding="utf-8",
    )
    return folder / "plan.yaml"


def test_a_long_title_has_as_many_lines_as_it_needs(
    books: Callable[..., Path], long_plan: Path
) -> None:
    """Of the plan, of themes and of projects: none is cut by what stands beside it."""
    book = opened(books(long_plan))
    for name, column in (("Planning", 1), ("Projects", 1), ("Projects", 2)):
        sheet = book[name]
        wide = sheet.column_dimensions["AB"[column - 1]].width
        long = [cell for (cell,) in sheet.iter_rows(4, 40, column, column) if cell.value]
        long = [cell for cell in long if len(str(cell.value)) > wide]
        assert long
        assert all(cell.alignment.wrap_text for cell in long)
        assert all(sheet.row_dimensions[cell.row].height >= 30 for cell in long)
    for sheet in book:
        if len(str(sheet["A1"].value)) > 100:
            assert sheet["A1"].alignment.wrap_text
            assert any(str(each).startswith("A1:") for each in sheet.merged_cells.ranges)


def test_no_theme_stands_alone_at_the_foot_of_a_page(
    books: Callable[..., Path], long_plan: Path
) -> None:
    sheet = opened(books(long_plan))["Planning"]
    lasts = [sheet.cell(each.id, 1).value for each in sheet.row_breaks.brk]
    assert len(lasts) > 2
    assert all(str(last).startswith("Rénovation") for last in lasts)


def test_many_projects_without_money_have_a_sheet_with_headings_on_each_page(
    books: Callable[..., Path], long_plan: Path
) -> None:
    book = opened(books(long_plan))
    sheet = book["Without money"]
    assert sheet.print_title_rows == "$4:$4"
    assert [cell.value for cell in sheet[4]][:2] == ["Class", "Project"]
    assert "Projects without money" not in {row[0] for row in rows(book["Funding"])}


def size_of_texts(sheet: Any) -> float:
    """The size of printed texts of 11 points, where all columns are on so many pages as it says."""
    area = sheet.print_area.split("!")[1].replace("$", "")
    last = int(range_boundaries(area)[2] or 0)
    widths: dict[int, float] = {}
    for each in sheet.column_dimensions.values():
        widths |= dict.fromkeys(range(each.min, each.max + 1), each.width)
    page = {"8": 1132, "9": 784}[str(sheet.page_setup.paperSize)]
    wide = sum(widths[column] * 7 * 0.75 for column in range(1, last + 1))
    pages = 1 if sheet.page_setup.fitToWidth is None else int(sheet.page_setup.fitToWidth)
    return min(11, 11 * pages * page / wide)


def test_a_printed_sheet_can_be_read(books: Callable[..., Path], folder: Path) -> None:
    """On A4 laid across, or on A3; what is wider goes on to the right, with its titles again."""
    costs = ", ".join(f"{year}: '21 123 456,78 €'" for year in range(2025, 2045))
    (folder / "plan.yaml").write_text(
        "plan: {title: A plan of twenty years, years: 2025..2044, tax: incl, language: en}\n"
        "themes: [{id: a, title: A}]\n"
        f"projects: [{{id: x, theme: a, title: X, quarters: 2025..2044, costs: {{{costs}}}}}]\n",
        encoding="utf-8",
    )
    of_years = opened(books(folder / "plan.yaml"))
    for sheet in (*opened(books(FINANCE, "--lang", "en")), *of_years):
        assert size_of_texts(sheet) > 7, sheet.title
    wide = of_years["Projects"]
    assert int(wide.page_setup.fitToWidth) > 1
    assert wide.print_title_cols == "$A:$B"
    assert wide.page_setup.pageOrder == "overThenDown"
    for each in wide.merged_cells.ranges:  # what is across columns is cut by no page
        assert each.max_col <= 2 or each.min_col > 2


@pytest.mark.parametrize("name", ["Projects", "Totals"])
def test_what_a_tint_means_is_told_where_a_cell_has_it(
    name: str, books: Callable[..., Path]
) -> None:
    for plan in (FINANCE, DATA):
        sheet = opened(books(plan, "--lang", "en"))[name]
        told = any(str(row[0]).startswith("tinted") for row in rows(sheet))
        tinted = any(
            str(cell.fill.fgColor.rgb).endswith("FBE7A8")
            for row in sheet.iter_rows()
            for cell in row
        )
        assert told is tinted, plan


def test_what_a_pale_bar_means_is_told_where_there_is_one(books: Callable[..., Path]) -> None:
    told = [
        any(
            row[0] == "pale: assumed"
            for row in rows(opened(books(plan, "--lang", "en"))["Planning"])
        )
        for plan in (FINANCE, DATA)
    ]
    assert told == [True, True]


def test_a_text_that_may_need_a_second_line_has_room_for_it(
    books: Callable[..., Path], folder: Path
) -> None:
    """Fonts differ: of a text nearly as wide as its column, the end could be hidden."""
    costs = ", ".join(f"{year}: 1243695.33 €" for year in (2031, 2032))
    (folder / "plan.yaml").write_text(
        "plan: {title: Town, years: 2025..2034, tax: incl, language: en}\n"
        "themes: [{id: a, title: A}]\nrules: {PPI413: off}\n"
        "ceilings: {net: {2031: 1 €, 2032: 1 €}}\n"
        f"projects: [{{id: x, theme: a, title: X, costs: {{{costs}}}}}]\n",
        encoding="utf-8",
    )
    sheet = opened(books(folder / "plan.yaml"))["Funding"]
    (said,) = (cell for row in sheet.iter_rows() for cell in row if "too much" in str(cell.value))
    assert said.value.count("too much") == 2
    assert sheet.row_dimensions[said.row].height >= 30


def test_a_description_leaves_its_row_as_high_as_the_figures_need(
    books: Callable[..., Path], folder: Path
) -> None:
    """It is not printed, and goes on to the right in one line."""
    (folder / "plan.yaml").write_text(
        "plan: {title: Town, years: 2025, tax: incl, language: en}\nthemes: [{id: a, title: A}]\n"
        f"projects: [{{id: x, theme: a, title: X, description: '{'many words ' * 40}'}}]\n",
        encoding="utf-8",
    )
    sheet = opened(books(folder / "plan.yaml"))["Projects"]
    (x,) = (row for row in sheet.iter_rows() if row[1].value == "X")
    assert x[-1].value == ("many words " * 40).strip()
    assert not sheet.row_dimensions[x[0].row].height


def test_the_mark_of_a_conditional_project_is_explained_on_each_sheet(
    books: Callable[..., Path],
) -> None:
    book = opened(books(FINANCE, "--lang", "en"))
    for sheet in book:
        texts = [str(cell) for row in rows(sheet) for cell in row if cell]
        if any(text.endswith("\u00a0?") for text in texts):
            assert "? conditional" in texts, sheet.title


def test_marks_are_told_at_the_foot_of_each_printed_sheet(books: Callable[..., Path]) -> None:
    book = opened(books(DATA, "--lang", "en"))
    for sheet in book:
        assert "* rests on an assumption · + known costs only" in sheet.oddFooter.left.text
        assert sheet.oddFooter.right.text == "&A · &P / &N"


def test_what_stands_above_lines_is_across_all_of_their_columns(
    books: Callable[..., Path], folder: Path
) -> None:
    """A title of a class, however long, is folded on a ground of its own."""
    title = "long " * 60
    (folder / "plan.yaml").write_text(
        "plan: {title: Town, years: 2025, tax: incl}\nthemes: [{id: a, title: A}]\n"
        f"priority_classes: [{{class: 1, title: {title}}}]\n"
        "projects: [{id: p, theme: a, title: P, priority: 1, quarters: 2025}]\n",
        encoding="utf-8",
    )
    sheet = opened(books(folder / "plan.yaml"))["Matrix"]
    (row,) = (cell.row for (cell,) in sheet["A1:A20"] if str(cell.value).startswith("1 – long"))
    assert f"A{row}:E{row}" in {str(each) for each in sheet.merged_cells.ranges}
    assert sheet.row_dimensions[row].height > 30


def test_a_sheet_a_little_longer_than_a_page_is_printed_on_one(
    books: Callable[..., Path], folder: Path
) -> None:
    """Of 20 projects the chart of a year needs a page, of 29 a little more, of 40 two."""

    def printed(projects: int) -> tuple[bool, int]:
        of = "".join(
            f"  - {{id: p{n}, theme: a, title: P {n}, quarters: 2025}}\n" for n in range(projects)
        )
        (folder / "plan.yaml").write_text(
            "plan: {title: Town, years: 2025, tax: incl}\nthemes: [{id: a, title: A}]\n"
            f"projects:\n{of}",
            encoding="utf-8",
        )
        sheet = opened(books(folder / "plan.yaml"))["Planning"]
        return sheet.page_setup.fitToHeight in (1, None), len(sheet.row_breaks.brk)

    assert [printed(projects) for projects in (20, 29, 40)] == [
        (False, 0), (True, 0), (False, 1),
    ]  # fmt: skip


def test_columns_of_texts_do_not_touch_one_another(books: Callable[..., Path]) -> None:
    """A rate of 20 % beside “stated”, the number of a class beside a title, a label beside both."""
    book = opened(books(FINANCE, "--lang", "en"))
    for sheet, head in (("About", "Value"), ("Matrix", "Project"), ("Debt", "Rate")):
        cells = [
            row[n]
            for row in _below(book[sheet], head)
            for n, title in enumerate(_heads(book[sheet], head))
            if n and title in (head, "Basis", "Order", "Years") and row[n].value is not None
        ]
        assert cells, sheet
        assert {(c.alignment.horizontal, c.alignment.indent) for c in cells} == {("left", 1)}, sheet


def _heads(sheet: Any, title: str) -> list[Any]:
    return next(row for row in rows(sheet) if title in row)


def _below(sheet: Any, title: str) -> Iterator[Any]:
    """The rows below the headings of a table."""
    heads = next(row for row in sheet.iter_rows() if any(cell.value == title for cell in row))
    yield from sheet.iter_rows(min_row=heads[0].row + 1)


def test_the_key_of_the_planning_stands_above_it_on_each_page(books: Callable[..., Path]) -> None:
    sheet = opened(books(FINANCE, "--lang", "en"))["Planning"]
    assert sheet.cell(2, 1).value.startswith("1 Sécurité et obligations réglementaires · 2 Engagé")
    assert sheet.cell(2, 1).value.endswith("4 À étudier · pale: assumed · ← begun before")
    assert sheet.print_title_rows == "$2:$4"


def test_what_is_told_of_findings_is_named_on_each_page(books: Callable[..., Path]) -> None:
    sheet = opened(books(FINANCE, "--lang", "en"))["Checks"]
    heads = ["Severity", "What was found", "File, line, column", "Rule"]
    line = next(n for n, row in enumerate(rows(sheet), 1) if row[:4] == heads)
    assert sheet.print_title_rows == f"${line}:${line}"
    assert sheet.cell(line + 1, 4).value.startswith("PPI")


def test_what_an_envelope_does_not_cover_is_as_much_over_all_years(
    books: Callable[..., Path], folder: Path
) -> None:
    (folder / "plan.yaml").write_text(
        "plan: {title: P, years: 2026..2027, tax: incl, language: en}\n"
        "themes: [{id: a, title: A, envelope: {2026: 10 k€, 2027: 20 k€}}]\n"
        "projects: [{id: p, theme: a, title: P, costs: {2026: 10 k€, beyond: 5 k€}}]\n",
        encoding="utf-8",
    )
    row = next(
        row
        for row in rows(opened(books(folder / "plan.yaml"))["Projects"])
        if str(row[1]).startswith("Beyond the envelopes")
    )
    assert [row[4], row[5], row[6], row[-1]] == [0, 0, 0, 0]


def first_rows(sheet: Any) -> list[list[Any]]:
    """The row that begins each page of a sheet, but for the first."""
    return [[cell.value for cell in sheet[each.id + 1]] for each in sheet.row_breaks.brk]


def test_what_goes_on_on_another_page_has_its_theme_above_it(
    books: Callable[..., Path], long_plan: Path
) -> None:
    sheet = opened(books(long_plan))["Planning"]
    firsts = [str(row[0]) for row in first_rows(sheet)]
    assert len(firsts) > 2
    assert all(re.fullmatch(r"T\d: .*?( \(continued\))?", first) for first in firsts)
    assert any(first.endswith(" (continued)") for first in firsts)
    titles = [str(cell.value) for (cell,) in sheet.iter_rows(5, 120, 1, 1)]
    for n, title in enumerate(titles):  # the last of a theme is not alone on a page
        if title.endswith(" (continued)"):
            assert all(each.startswith("Rénovation") for each in titles[n + 1 : n + 3])


def test_what_goes_on_on_another_page_has_its_class_above_it(
    books: Callable[..., Path], long_plan: Path
) -> None:
    sheet = opened(books(long_plan))["Matrix"]
    assert {row[0] for row in first_rows(sheet)} == {"1 – Now (continued)"}


def test_a_table_below_others_has_its_heads_on_each_page(
    books: Callable[..., Path], folder: Path
) -> None:
    projects = "".join(
        f"  - {{id: p{n}, theme: t, title: P {n}, costs: {{2025: 10 k€, account: '2313'}}}}\n"
        for n in range(90)
    )
    paid = ", ".join(f"{{project: p{n}, paid: 9 k€}}" for n in range(90))
    (folder / "plan.yaml").write_text(
        "plan: {title: Town, years: 2025..2026, tax: incl, language: en}\n"
        f"themes: [{{id: t, title: T}}]\nprojects:\n{projects}"
        f"execution: [{{year: 2025, closed: yes, lines: [{paid}]}}]\n",
        encoding="utf-8",
    )
    sheet = opened(books(folder / "plan.yaml"))["Execution"]
    assert sheet.print_title_rows == "$1:$2"
    assert sheet.row_breaks.brk
    for each in sheet.row_breaks.brk:
        title, heads = (str(sheet.cell(each.id + n, 1).value) for n in (1, 2))
        assert heads == "Project", each.id
        assert title.endswith("(continued)") or not str(sheet.cell(each.id, 1).value).startswith(
            "P"
        )


REACH = """
plan: {title: P, years: 2025..2026, tax: incl, language: en}
themes: [{id: t, title: T}]
priority_classes: [{class: 1, title: Now}]
projects:
  - {id: a, theme: t, title: A, priority: 1, quarters: 2024-Q3..2025-Q2, costs: {2025: 10 k€}}
  - {id: b, theme: t, title: B, quarters: 2024..2027, costs: {2026: 10 k€, beyond: 5 k€}}
  - {id: c, theme: t, title: C, priority: 1, quarters: [2024-Q3, 2025-Q2..Q3], costs: {2025: 1 €}}
  - id: d
    theme: t
    title: D
    priority: 1
    quarters: 2026-Q4..2027-Q1
    costs: {2026: 10 k€, beyond: 1 k€}
"""


def test_an_arrow_is_where_a_bar_is_longer_than_the_planning(
    books: Callable[..., Path], folder: Path
) -> None:
    """What is apart from the quarters shown is not what is shown of it."""
    (folder / "plan.yaml").write_text(REACH, encoding="utf-8")
    sheet = opened(books(folder / "plan.yaml"))["Planning"]
    bars = {row[0]: [cell for cell in row[3:11] if cell] for row in rows(sheet) if row[0]}
    assert [bars[title] for title in "ABCD"] == [["←1"], ["←", "→"], [1], ["1→"]]
    assert sheet.cell(2, 1).value == (
        "1 Now · without a number: in no class · ← begun before · → goes on after"
    )
    of_years = opened(books(folder / "plan.yaml", "--year", "2026"))["Planning"]
    assert next(row for row in rows(of_years) if row[0] == "B")[3:7] == ["←", "", "", "→"]


def test_what_is_executed_to_the_cent_is_shown_to_the_cent(
    books: Callable[..., Path], folder: Path
) -> None:
    """The plan is in thousands: its own sheets have no cents."""
    plan = LOANS.replace("paid: 100 k€", "paid: 99876.54 €")
    (folder / "loans.yaml").write_text(plan, encoding="utf-8")
    book = opened(books(folder / "loans.yaml"))
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if "€" in cell.number_format and isinstance(cell.value, float):
                    cents = round(cell.value * 100) % 100
                    assert not cents or ".00" in cell.number_format, (sheet.title, cell.coordinate)
    assert row_of(book["Execution"], "Roof")[5] == 99_876.54
    assert ".00" not in book["Totals"].cell(4, 2).number_format


def test_years_of_loans_are_numbers(books: Callable[..., Path]) -> None:
    sheet = opened(books(FINANCE, "--lang", "en"))["Debt"]
    assert [cell.value for cell, *_ in _below(sheet, "Rate")] == [2026, 2027, 2027, 2028, 2029]


@pytest.mark.parametrize("plan", ["", "examples/finance"])
def test_how_each_sheet_is_printed(plan: str, books: Callable[..., Path]) -> None:
    """Across A4, or A3 where texts could not be read on it, as wide as its columns."""
    for sheet in opened(books(DATA / plan)):
        setup = sheet.page_setup
        assert sheet.print_title_rows, sheet.title
        assert sheet.print_area, sheet.title
        assert sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.title
        assert int(setup.fitToWidth or 1) == 1, sheet.title
        assert setup.orientation == "landscape", sheet.title
        assert setup.paperSize == 9 or size_of_texts(sheet) * A4.width / A3.width < READABLE


@pytest.mark.parametrize("plan", ["", "examples/finance"])
def test_what_marks_mean_can_be_read_at_the_foot_of_a_page(
    plan: str, books: Callable[..., Path]
) -> None:
    """Programs make it smaller with the sheet."""
    for sheet in opened(books(DATA / plan)):
        for part in (sheet.oddFooter.left, sheet.oddFooter.right):
            assert part.size * size_of_texts(sheet) / 11 >= READABLE, sheet.title


def test_a_theme_of_a_section_has_no_row_of_what_cannot_change(books: Callable[..., Path]) -> None:
    """Its envelope is no cell that can be changed: 0 € beyond it would be of nothing."""
    found = rows(opened(books(FINANCE, "--lang", "en"))["Projects"])
    beyond = [row[0] for row in found if str(row[1]).startswith("Beyond the envelopes")]
    assert beyond == ["Numérique"]


def test_what_a_project_says_of_itself_makes_no_printed_row_higher(
    books: Callable[..., Path], folder: Path
) -> None:
    (folder / "plan.yaml").write_text(
        "plan: {title: Town, years: 2025, tax: incl, language: en}\nthemes: [{id: a, title: A}]\n"
        "projects: [{id: x, theme: a, title: X, lead: Direction des finances et de la culture}]\n",
        encoding="utf-8",
    )
    sheet = opened(books(folder / "plan.yaml"))["Projects"]
    (x,) = (row for row in sheet.iter_rows() if row[1].value == "X")
    assert not sheet.row_dimensions[x[0].row].height


def test_titles_have_the_room_that_their_pages_have(
    books: Callable[..., Path], folder: Path
) -> None:
    """Beside one year there is room for a theme of 39 letters and a project of 60."""

    def widths(last: int) -> tuple[float, ...]:
        costs = ", ".join(f"{year}: '21 123 456,78 €'" for year in range(2025, last + 1))
        (folder / "plan.yaml").write_text(
            f"plan: {{title: Town, years: 2025..{last}, tax: incl, language: en}}\n"
            f"themes: [{{id: a, title: {'a' * 39}}}]\n"
            f"projects: [{{id: x, theme: a, title: {'x' * 60}, costs: {{{costs}}}}}]\n",
            encoding="utf-8",
        )
        sheet = opened(books(folder / "plan.yaml"))["Projects"]
        return tuple(round(sheet.column_dimensions[name].width) for name in "AB")

    assert widths(2025) == (40, 61)
    assert widths(2028) == (27, 47)


def test_a_place_does_not_touch_what_was_found_there(books: Callable[..., Path]) -> None:
    sheet = opened(books(FINANCE, "--lang", "en"))["Checks"]
    places = [row[2] for row in _below(sheet, "What was found") if row[2].value]
    assert places
    assert {cell.alignment.indent for cell in places} == {1}
