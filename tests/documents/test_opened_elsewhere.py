"""Documents as other programs open them: their figures, what they warn of, what they read aloud.

Where such a program is missing, its tests are skipped by its name.
"""

from __future__ import annotations

import html
import json
import re
import subprocess
from collections.abc import Callable, Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl import Workbook

from tests.conftest import DATA, Result
from tests.programs import axe, browsed, converted, program

FINANCE = DATA / "examples" / "finance"
Made = Callable[..., Path]


@pytest.fixture
def made(ppi: Callable[..., Result], folder: Path) -> Made:
    def document(name: str, plan: Path = FINANCE, *options: str) -> Path:
        assert ppi("export", plan, name, *options).code == 0
        return folder / name

    return document


def formulas(book: Workbook) -> list[tuple[str, str]]:
    """Where a workbook has formulas: sheets and cells."""
    return [
        (sheet.title, cell.coordinate)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]


def values(file: Path, cells: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Any]:
    """What stands in cells, of which those with formulas hold what these gave at the last."""
    book: Any = openpyxl.load_workbook(file, data_only=True)
    return {(sheet, cell): book[sheet][cell].value for sheet, cell in cells}


def test_formulas_give_what_was_computed(made: Made, folder: Path) -> None:
    program("LibreOffice")
    books = [
        made(f"{plan.name}-{lang}.xlsx", plan, "--lang", lang)
        for plan in (DATA, FINANCE)
        for lang in ("en", "fr")
    ]
    computed = []
    for file in books:
        book = openpyxl.load_workbook(file)
        computed.append(values(file, formulas(book)))
        book.save(file)  # without what its formulas give: another program works them out
        assert set(values(file, computed[-1]).values()) == {None}
    recalculated = converted("xlsx", folder / "again", *books)
    for before, again in zip(computed, recalculated, strict=True):
        assert formulas(openpyxl.load_workbook(again)) == [*before]
        after = values(again, before)
        for at, value in before.items():
            expected = value if isinstance(value, str) else pytest.approx(value, abs=0.001)
            assert after[at] == expected, (again.name, at)


def test_a_changed_input_turns_its_checks_red(made: Made, folder: Path) -> None:
    """Of its year and of the total, and of nothing else."""
    program("LibreOffice")
    file = made("plan.xlsx", FINANCE, "--lang", "en")
    book: Any = openpyxl.load_workbook(file)
    (row,) = (
        r for r in book["Projects"].iter_rows() if r[1].value == "Terrain synthétique du stade"
    )
    cell = next(each for each in row if not each.protection.locked)
    year = book["Projects"].cell(3, cell.column).value
    cell.value += 1_000
    book.save(file)
    (again,) = converted("xlsx", folder / "again", file)
    sheet: Any = openpyxl.load_workbook(again, data_only=True)["Checks"]
    rows = [r for r in sheet.iter_rows(max_col=4) if r[3].value in ("agrees", "has changed")]
    changed = [r for r in rows if r[3].value == "has changed"]
    assert [r[0].value for r in changed] == [year, "Total"]
    assert [r[2].value - r[1].value for r in changed] == [1_000, 1_000]
    (rule,) = (each for rules in sheet.conditional_formatting for each in rules.rules)
    assert rule.formula == ['"has changed"']
    assert rule.dxf.fill.bgColor.rgb == "FFF6C7C7"


def said_by(*command: str) -> str:
    found = subprocess.run(command, check=True, capture_output=True, timeout=60).stdout
    return re.sub("[ \u00a0\u202f]+", " ", found.decode(errors="replace"))


def test_the_document_has_the_figures_of_the_json(
    made: Made, ppi: Callable[..., Result], folder: Path
) -> None:
    read = program("pdftotext")
    text = said_by(read, "-layout", str(made("plan.pdf", FINANCE, "--lang", "fr")), "-")
    found = json.loads(ppi("totals", FINANCE, "--format", "json").out)
    rows = [*(row for row in found["rows"] if row["kind"] == "theme"), found["total"]]
    amounts = [each for row in rows for each in row["amounts"].values() if each is not None]
    assert len(amounts) > 30
    for amount in amounts:
        assert (
            f"{float(amount):,.2f}".replace(",", " ").replace(".", ",").removesuffix(",00") in text
        )


def test_the_document_can_be_read_aloud(made: Made) -> None:
    """It has a title and headings in order, and each table has cells that are its heads."""
    info = program("pdfinfo")
    file = str(made("plan.pdf", FINANCE, "--lang", "en"))
    about = said_by(info, file)
    assert re.search("^Title: Ville de Beaurive-sur-Sorne", about, re.MULTILINE)
    assert re.search("^Tagged: yes", about, re.MULTILINE)
    structure = said_by(info, "-struct", file)
    levels = [int(level) for level in re.findall("^ *H([1-6])", structure, re.MULTILINE)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    tables = re.split("^ *Table", structure, flags=re.MULTILINE)[1:]
    assert len(tables) > 30
    assert all(re.search("^ *TH", table, re.MULTILINE) for table in tables)


@pytest.mark.parametrize("plan", [DATA, FINANCE])
def test_the_page_says_nothing_in_the_console(plan: Path, made: Made) -> None:
    page = made("plan.html", plan, "--lang", "en")
    assert "CONSOLE" not in browsed(page).stderr


#: What runs where a text is more than its characters: each notes that it has.
_NOTES = "document.documentElement.dataset.ran=1"
HOSTILE = [
    f"<script>{_NOTES}</script>", f'</title></style></script><img src="x" onerror="{_NOTES}">',
    f'" onfocus="{_NOTES}" autofocus="', f"<svg onload={_NOTES}>", f"javascript:{_NOTES}",
    f"</option></select><iframe srcdoc='<script>parent.{_NOTES}</script>'></iframe>",
]  # fmt: skip


@pytest.mark.parametrize("kept_by", ["its characters and its policy", "its characters alone"])
def test_no_text_of_a_plan_runs_in_the_page(kept_by: str, made: Made, folder: Path) -> None:
    """With every part of it open, each cut and filter tried; the policy has nothing to refuse."""
    text = " ".join(HOSTILE)
    written = json.dumps(text)
    (folder / "plan.yaml").write_text(
        f"""
        plan: {{title: {written}, organisation: {written}, years: 2025..2026, tax: incl}}
        themes: [{{id: a, title: {written}, envelope: {{2025: 1 k€}}}}]
        funders: [{{id: f, title: {written}}}]
        priority_classes: [{{class: 1, title: {written}}}]
        findings: [{{id: i, title: {written}, source: {written}}}]
        projects:
          - {{id: x, theme: a, title: {written}, quarters: 2025, priority: 1, location: {written},
             lead: {written}, description: {written}, answers: [i],
             costs: [{{year: 2025, amount: 2 k€, label: {written}, source: {written}}}],
             funding: [{{from: f, year: 2025, amount: 1 k€}}]}}
        """,
        encoding="utf-8",
    )
    page = made("plan.html", "plan.yaml", "--lang", "en")
    html_ = page.read_text(encoding="utf-8")
    if kept_by == "its characters alone":
        html_ = without_policy(html_, _TRY_ALL)
        page.write_text(html_, encoding="utf-8")
    opened = browsed(page)
    assert "data-ran" not in opened.stdout.partition(">")[2].partition("<head>")[0]
    assert "CONSOLE" not in opened.stderr
    assert html_.count(html.escape(text)) > 8


_TRY_ALL = """
for (const b of document.querySelectorAll("button[aria-controls]")) b.click();
for (const list of document.querySelectorAll("select"))
  for (const each of list.options) {
    list.value = each.value;
    list.dispatchEvent(new Event("input"));
  }
"""


def without_policy(page: str, script: str) -> str:
    """A page that a script is added to, which its policy would refuse."""
    page = re.sub('<meta http-equiv="Content-Security-Policy"[^>]*>', "", page)
    return page.replace("</body>", f"<script>{script}</script></body>")


def measured(page: Path, script: str, *options: str) -> Any:
    """What a script finds in a page: the value of its ``found``."""
    script += "document.documentElement.dataset.found = JSON.stringify(found);"
    page.write_text(without_policy(page.read_text(encoding="utf-8"), script), encoding="utf-8")
    found = re.search('data-found="([^"]*)"', browsed(page, *options).stdout)
    assert found is not None
    return json.loads(html.unescape(found[1]))


def test_the_page_counts_the_projects_that_it_shows(made: Made) -> None:
    search = """
        const found = [], input = document.querySelector("input[type=search]");
        for (const words of ["zzz", "sauvegarde", "re", ""]) {
            input.value = words;
            input.dispatchEvent(new Event("input"));
            found.push(document.querySelector("#shown").textContent);
        }"""
    none, one, some, every = measured(made("plan.html", DATA, "--lang", "fr"), search)
    assert (none, one, every) == ("0 projet affiché", "1 projet affiché", "11 projets affichés")
    assert re.fullmatch(r"\d+ projets affichés", some)


def test_what_adds_up_all_projects_is_not_shown_above_some(made: Made) -> None:
    """Of a theme alone, its own amounts are; of a class or of words, no more than the projects'."""
    look = """
        const [theme, , words] = document.querySelectorAll("#planning .filters :is(select, input)");
        const found = [], seen = (selector) => {
            const all = [...document.querySelectorAll("#planning " + selector)];
            return all.some((each) => each.checkVisibility({visibilityProperty: true}));
        };
        for (const [list, value] of [[words, ""], [theme, "sports-culture"], [words, "halle"]]) {
            list.value = value;
            list.dispatchEvent(new Event("input"));
            found.push([".theme:not(.total) .n", ".total .n", ".notes", ".project .n"].map(seen));
        }"""
    every, theme, words = measured(made("plan.html", FINANCE, "--lang", "en"), look)
    assert every == [True, True, True, True]
    assert theme == [True, False, False, True]
    assert words == [False, False, False, True]


def test_what_a_browser_has_kept_of_the_lists_is_what_is_shown(made: Made) -> None:
    page = made("plan.html", FINANCE, "--lang", "fr")
    kept = page.read_text(encoding="utf-8")
    for written, chosen in (
        ('<option value="source"', '<option value="source" selected'),
        ('<input type="search"', '<input type="search" value="halle"'),
    ):
        kept = kept.replace(written, chosen)
    page.write_text(kept, encoding="utf-8")
    opened = browsed(page).stdout
    assert re.findall('<div data-cut="([a-z]+)">', opened) == ["source"]
    assert "1 projet affiché" in opened


def test_tables_that_are_moved_keep_the_names_of_their_rows(made: Made) -> None:
    look = """
        const found = [];
        for (const table of document.querySelectorAll(".scroll:has(th[scope=row])")) {
            table.scrollLeft = 200;
            const name = table.querySelector("th[scope=row]").getBoundingClientRect();
            if (table.checkVisibility()) found.push(name.left - table.getBoundingClientRect().left);
        }"""
    page = made("plan.html", FINANCE, "--lang", "fr")
    assert set(measured(page, look, "--window-size=500,900")) == {0}


def test_the_chart_of_ten_years_has_room_for_its_totals(made: Made, folder: Path) -> None:
    (folder / "plan.yaml").write_text(
        "plan: {title: Town, years: 2025..2034, tax: incl}\nthemes: [{id: a, title: A}]\n"
        "projects: [{id: p, theme: a, title: P, quarters: 2025..2034,"
        " costs: [{years: 2025..2034, each_year: '23 390 922,50 €'}]}]\n",
        encoding="utf-8",
    )
    look = """
        const chart = document.querySelector("#planning .scroll");
        const found = chart.scrollWidth - chart.clientWidth;"""
    assert measured(made("plan.html", "plan.yaml"), look, "--window-size=1280,900") == 0


ENDLESS = "x" * 300


@pytest.mark.parametrize("width", [500, 1280])
@pytest.mark.parametrize("plan", [FINANCE, "plan.yaml"], ids=["finance", "endless"])
def test_no_part_makes_the_page_wider_than_its_window(
    plan: str | Path, width: int, made: Made, folder: Path
) -> None:
    """A table is moved in a room of its own, and its words and amounts are not broken there."""
    (folder / "plan.yaml").write_text(
        f"plan: {{title: {ENDLESS}, years: 2025, tax: incl}}\n"
        f"themes: [{{id: a, title: {ENDLESS}}}]\n"
        f"priority_classes: [{{class: 1, title: {ENDLESS}}}]\n"
        f"projects: [{{id: p, theme: a, title: {ENDLESS}, priority: 1, costs: {{2025: 1 k€}}}}]\n",
        encoding="utf-8",
    )
    look = """
        const most = document.documentElement, low = [];
        for (const td of document.querySelectorAll("#sources td, #matrix td"))
            if (td.clientWidth < 60) low.push(td.textContent);
        const found = [most.scrollWidth - most.clientWidth, low.length];"""
    page = made("plan.html", plan, "--lang", "fr")
    assert measured(page, look, f"--window-size={width},900") == [0, 0]


#: Where what is printed ends on a page laid across: 12 mm before its edge, in points.
_PRINTED = 842 - 34


def test_a_short_table_of_the_printed_page_stands_on_one_page(made: Made, folder: Path) -> None:
    page, printed = made("plan.html", FINANCE, "--lang", "en"), folder / "printed.pdf"
    browsed(page, f"--print-to-pdf={printed}")
    pages = said_by(program("pdftotext"), "-layout", str(printed), "-").split("\f")
    for first, last in (
        ("Gross savings before the plan", "Years to repay"),
        ("Paid before the plan", "Pont du Lavoir"),
    ):
        (own,) = (page for page in pages if first in page)
        assert last in own[own.index(first) :]


def test_a_chart_that_has_room_is_printed_on_the_first_page(made: Made, folder: Path) -> None:
    """Its total belongs to what is above it, and not to the section that comes after."""
    page, printed = made("plan.html", DATA, "--lang", "en"), folder / "printed.pdf"
    browsed(page, f"--print-to-pdf={printed}", "--no-pdf-header-footer")
    first, second, *_ = said_by(program("pdftotext"), "-layout", str(printed), "-").split("\f")
    assert "Prestation de services" in first
    assert re.search("Total +529 +244 +40 +35 +848", first)
    assert second.lstrip().startswith("Totals")


def test_a_table_wider_than_paper_is_printed_in_parts(made: Made, folder: Path) -> None:
    """Each amount is whole and within the page, beside the names of its rows; so is the chart's."""
    (folder / "wide.yaml").write_text(
        "plan: {title: Town, years: 2025..2034, tax: incl, language: en}\n"
        "groups: [{id: g, title: Group}]\nthemes: [{id: a, title: Roads, group: g}]\nprojects:\n"
        "  - {id: x, theme: a, title: X, quarters: 2025..2034,"
        " costs: [{years: 2025..2034, each_year: 12345678.90 €}, {before: 1.10 €}]}\n",
        encoding="utf-8",
    )
    page, printed = made("plan.html", folder / "wide.yaml"), folder / "printed.pdf"
    browsed(page, f"--print-to-pdf={printed}", "--no-pdf-header-footer")
    text = said_by(program("pdftotext"), "-layout", str(printed), "-")
    totals = next(each for each in text.split("\f") if "Before" in each)
    assert totals.count("Roads 1") == 2
    assert len(re.findall("12.345.678.90.€", totals)) == 3 * 10
    boxes = said_by(program("pdftotext"), "-bbox", str(printed), "-")
    rights = [float(right) for right in re.findall(r'<word[^>]* xMax="([0-9.]+)"', boxes)]
    assert max(rights) < _PRINTED


def test_no_page_of_the_printed_page_ends_with_a_heading_nor_begins_with_what_belongs_before(
    made: Made, folder: Path
) -> None:
    """Themes and groups stand above a project of theirs; the last page has lines enough."""
    themes = "".join(f"  - {{id: t{n}, title: Theme {n}, group: g{n}}}\n" for n in range(40))
    groups = ", ".join(f"{{id: g{n}, title: Group {n}}}" for n in range(40))
    projects = "".join(
        f"  - {{id: p{n}-{k}, theme: t{n}, title: No. {n}-{k}, quarters: 2025,"
        " costs: {2025: {amount: 9 k€, basis: assumed}}}\n"
        for n in range(40)
        for k in range(n % 4 + 2)
    )
    (folder / "many.yaml").write_text(
        "plan: {title: Town, years: 2025, tax: incl, language: en}\n"
        f"groups: [{groups}]\nthemes:\n{themes}projects:\n{projects}",
        encoding="utf-8",
    )
    page, printed = made("plan.html", folder / "many.yaml"), folder / "printed.pdf"
    browsed(page, f"--print-to-pdf={printed}", "--no-pdf-header-footer")
    text = said_by(program("pdftotext"), "-layout", str(printed), "-")
    pages = [[line for line in each.splitlines() if line.strip()] for each in text.split("\f")]
    pages = [[line for line in each if "made with ppi" not in line] for each in pages if each]
    planning = [each for each in pages if any("No. " in line for line in each)]
    lasts = [each[-1].strip() for each in planning]
    assert len(lasts) > 3
    assert not [last for last in lasts if last.startswith(("Theme", "Group"))]
    assert len(pages[-1]) > 6


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("is_open", [False, True], ids=["as it opens", "all of it open"])
def test_nothing_keeps_people_from_using_the_page(dark: bool, is_open: bool, made: Made) -> None:
    """As axe judges it; its script stands in a copy without the policy, which would refuse it."""
    script, page = axe(), made("plan.html", FINANCE, "--lang", "en")
    opening = "for (const b of document.querySelectorAll('button[aria-controls]')) b.click();"
    judge = """axe.run(document, {resultTypes: ['violations']}).then(found => {
        const said = document.createElement('pre');
        said.id = 'found';
        said.textContent = JSON.stringify(found.violations.map(
            each => [each.id, each.nodes.map(node => node.html.slice(0, 200))]));
        document.body.append(said);
    })"""
    scripts = f"{script}</script><script>{opening if is_open else ''}{judge}"
    page.write_text(without_policy(page.read_text(encoding="utf-8"), scripts), encoding="utf-8")
    scheme = f"--blink-settings=preferredColorScheme={0 if dark else 1}"
    found = re.search('(?s)<pre id="found">(.*?)</pre>', browsed(page, scheme).stdout)
    assert found is not None
    assert json.loads(html.unescape(found[1])) == []
