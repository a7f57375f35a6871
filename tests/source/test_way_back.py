"""The way back of a workbook: the plan that went in, with the inputs that were changed."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from shutil import copy
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ppi_cli.documents.workbook import write
from ppi_cli.reports.dossier import dossier
from ppi_cli.source.book_cells import Formula, Value, read_cells
from ppi_cli.source.compose import compose
from ppi_cli.source.examine import examine
from ppi_cli.source.files import SourceFile
from ppi_cli.source.inside import SHEET, Inside, Whole, read_inside, whole_of
from ppi_cli.source.read import Reading, read, readings_of
from ppi_cli.source.way_back import back, holds_a_plan, spelled, way_back
from ppi_cli.values.errors import PpiError
from ppi_cli.values.money import Money, parse_money
from ppi_cli.values.notation import PLAIN, Notation
from ppi_cli.values.terms import LanguageCode
from ppi_cli.versions.scenarios import worked_out
from ppi_cli.words.language import Language
from tests.any_plan import trees
from tests.conftest import DATA
from tests.programs import converted
from tests.sheets.test_readers import ods

FINANCE = DATA / "examples" / "finance"
TODAY = date(2026, 1, 5)
PLAN = """
# What was voted in May.
plan: {title: Town, years: 2025..2026, tax: incl}
themes:
  - {id: a, title: A, envelope: {2025: 100 k€}}  # of the council
  - {id: b, title: B}
projects:
  - id: x
    theme: a
    title: X
    costs:
      - {year: 2025, amount: 60 k€, basis: assumed}
      - {years: 2025..2026, in_all: 10 k€}
  - {id: y, theme: b, title: Y, costs: {2025: '1 234,50 €', 2026: {amount: 5 k€, source: quote}}}
"""


def book_of(
    reading: Reading,
    files: Mapping[str, bytes] | None = None,
    language: LanguageCode = "en",
) -> bytes:
    """The workbook of a plan that was read, with all of it inside."""
    assert reading.plan is not None
    whole = whole_of(reading) if files is None else Whole(files, reading)
    version, examined = worked_out(reading.plan), examine(reading, TODAY)
    return write(dossier(version, examined, TODAY, whole=whole), Language(language))


def of_text(text: str) -> Reading:
    return readings_of("plan.yaml", [SourceFile("plan.yaml", text)])[0]


def cells_of(file: Path) -> tuple[Inside, dict[str, dict[str, Value]]]:
    """What a workbook holds of its plan, and what stands in its other cells."""
    cells = {name: dict(own) for name, own in read_cells(str(file)).items()}
    return read_inside(cells.pop(SHEET)), cells


@pytest.fixture
def book(tmp_path: Path) -> Path:
    file = tmp_path / "plan.xlsx"
    file.write_bytes(book_of(of_text(PLAN)))
    return file


def changed(book: Path, **values: object) -> Path:
    """The workbook with other values in some cells: ``Projects_E4=70_000``."""
    file: Any = openpyxl.load_workbook(book)
    for cell, value in values.items():
        sheet, at = cell.split("_")
        file[sheet][at] = value
    file.save(book)
    return book


def told(book: Path) -> list[str]:
    """Which cells cannot be turned back, and why."""
    return [Language("en").say(each) for each in way_back(str(book)).refused]


def refusal(book: Path) -> tuple[str, str | None]:
    """Why a workbook cannot come back, and what to do."""
    with pytest.raises(PpiError) as refused:
        way_back(str(book))
    say, hint = Language("en").say, refused.value.hint
    return say(refused.value.message), None if hint is None else say(hint)


def test_marks_for_spaces_in_a_text_of_an_ods_are_spaces(tmp_path: Path) -> None:
    marks = (
        'Pont<text:tab/>neuf<text:s text:c="2"/>et<text:line-break/>quai <text:span>bas</text:span>'
    )
    cell = (
        f'<table:table-cell office:value-type="string"><text:p>{marks}</text:p></table:table-cell>'
    )
    book = ods(tmp_path / "a.ods", f"<table:table-row>{cell}</table:table-row>")
    assert read_cells(str(book))["Feuil1"]["A1"] == "Pont\tneuf  et\nquai bas"


def test_nothing_changed_is_the_very_same_files(tmp_path: Path) -> None:
    file = tmp_path / "plan.xlsx"
    file.write_bytes(book_of(read(str(FINANCE))))
    files = way_back(str(file)).files
    assert files == {each.name: each.read_bytes() for each in FINANCE.glob("*.yaml")}


def test_a_changed_input_is_written_where_it_stands_and_in_its_unit(book: Path) -> None:
    changed(book, Totals_B4=120_500, Projects_E7=1_300.25, Projects_F7=6_000)
    found = way_back(str(book))
    assert not found.refused
    assert [str(each.after) for each in found.changes] == ["120500.00", "1300.25", "6000.00"]
    text = PLAN.replace("100 k€", '"120,5 k€"').replace("'1 234,50 €'", '"1 300,25 €"')
    assert found.files == {"plan.yaml": text.replace("5 k€, source", "6 k€, source").encode()}


def test_an_amount_that_is_typed_as_a_text_is_read_as_a_plan_is(book: Path) -> None:
    found = way_back(str(changed(book, Projects_F7="6,5 k€")))
    assert '2026: {amount: "6,5 k€", source' in found.files["plan.yaml"].decode()


def test_a_cell_that_is_worked_out_is_refused_with_the_inputs_that_make_it(book: Path) -> None:
    changed(book, Totals_B6=1, Totals_D5=2, Projects_B4="Z")
    assert told(book) == [
        "Totals!D5 is worked out: change what it is made of, Projects!E7, Projects!F7",
        "Totals!B6 is worked out: change what it is made of, Projects!E7, Totals!B4",
        "Projects!B4 is no input, and “X” has become “Z”: change that in the plan itself",
    ]
    assert way_back(str(book)).files == {"plan.yaml": PLAN.encode()}


def test_what_no_amount_can_be_made_of_is_refused(book: Path) -> None:
    changed(book, Totals_B4=None, Projects_E7="much", Projects_F7=0.001, Projects_E20=5)
    assert told(book) == [
        "Totals!B4 is empty: what it costs is to be written, 0 if nothing",
        "Projects!E7: “much” is not an amount in cents",
        "Projects!F7: “0.001” is not an amount in cents",
        "Projects!E20 was empty: “5” has no place in the plan",
    ]


@pytest.mark.parametrize("amount", [1e13, -1e13])
def test_more_than_any_budget_has_is_no_amount(book: Path, amount: float) -> None:
    changed(book, Projects_F7=amount)
    (refusal,) = told(book)
    assert refusal.startswith("Projects!F7: ")
    assert refusal.endswith(" is not an amount in cents")


def test_a_sheet_more_or_less_is_refused(book: Path) -> None:
    file: Any = openpyxl.load_workbook(book)
    file["About"].title = "My own"
    file["My own"]["A1"] = "mine"
    file.save(book)
    assert told(book) == [
        "the sheet “My own” is none of this workbook's: take it out",
        "the sheet “About” is missing",
    ]


def test_a_plan_inside_that_was_changed_is_refused(book: Path) -> None:
    file: Any = openpyxl.load_workbook(book)
    sheet = file[SHEET]
    (cell,) = (row[4] for row in sheet.iter_rows() if row[0].value == "file")
    cell.value = cell.value.replace("100 k€", "900 k€")
    file.save(book)
    assert refusal(book) == (
        f"the plan inside {book} is no longer as it was written",
        "take the workbook as it was exported, and change its tinted cells alone",
    )


@pytest.mark.parametrize("name", ["../plan.yaml", "plan.txt", "/tmp/plan.yaml", ".plan.yaml"])
def test_no_file_comes_back_outside_the_folder(name: str, tmp_path: Path) -> None:
    file = tmp_path / "plan.xlsx"
    file.write_bytes(book_of(of_text(PLAN), {name: PLAN.encode()}))
    with pytest.raises(PpiError, match="no longer as it was written"):
        way_back(str(file))


def test_which_workbooks_hold_a_plan(book: Path, tmp_path: Path) -> None:
    assert holds_a_plan(str(book))
    other = tmp_path / "other.xlsx"
    openpyxl.Workbook().save(other)
    for file in (other, DATA / "plan.yaml", tmp_path, tmp_path / "none.xlsx"):
        assert not holds_a_plan(str(file))
    assert refusal(other) == (
        f"{other} holds no plan",
        "a workbook that can come back is written with: ppi export plan.xlsx --round-trip",
    )


@pytest.mark.parametrize(
    ("parts", "why"),
    [
        ({"other.xml": "<x/>"}, "it is neither xlsx nor ods"),
        ({"xl/workbook.xml": "<workbook"}, "it is broken, or protected by a password"),
        ({"content.xml": "<office"}, "it is broken, or protected by a password"),
        (None, "it is broken, or protected by a password"),
    ],
)
def test_what_is_no_workbook_has_no_way_back(
    parts: Mapping[str, str] | None, why: str, tmp_path: Path
) -> None:
    file = tmp_path / "plan.xlsx"
    assert refusal(file) == (f"{file} cannot be opened: it does not exist", None)
    file.write_text("no book")
    if parts is not None:
        with zipfile.ZipFile(file, "w") as book:
            for name, text in parts.items():
                book.writestr(name, text)
    assert refusal(file) == (f"{file} cannot be read as a workbook: {why}", None)


@pytest.mark.parametrize(
    "data",
    [
        PLAN.replace("\n", "\r\n").encode(),
        b"\xef\xbb\xbf" + PLAN.encode(),
        PLAN.encode("utf-16"),
        (PLAN + "# _x000D_ \N{SCHOOL}\t\n\n\n").encode(),
        (PLAN + "# é  «\u00a0»\n" * 20_000).encode(),
        (PLAN + f"# {'x' * 100_000}").encode(),
    ],
    ids=["crlf", "bom", "utf-16", "odd", "many lines", "a long line"],
)
def test_files_come_back_to_the_byte_and_keep_their_encoding(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_bytes(data)
    file = tmp_path / "plan.xlsx"
    file.write_bytes(book_of(read(str(tmp_path))))
    assert way_back(str(file)).files == {"plan.yaml": data}
    longest = [len(str(c.value)) for row in openpyxl.load_workbook(file)[SHEET] for c in row]
    assert max(longest) <= 32_000
    (tmp_path / "plan.yaml").write_bytes(
        way_back(str(changed(file, Totals_B4=7e4))).files["plan.yaml"]
    )
    before, after = of_text(PLAN).tree.root, read(str(tmp_path)).tree.root
    before["themes"][0]["envelope"]["2025"] = "70 k€"
    assert before == after


@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_a_workbook_that_another_program_has_saved_comes_back(
    ending: str, book: Path, tmp_path: Path
) -> None:
    """The other program is started once for all of them, which takes it longer than a book."""
    edited = changed(Path(copy(book, tmp_path / "edited.xlsx")), Totals_B4=120_000, Totals_D5=1)
    languages: list[LanguageCode] = ["en", "fr"]
    whole = [tmp_path / f"{language}.xlsx" for language in languages]
    for language, file in zip(languages, whole, strict=True):
        file.write_bytes(book_of(read(str(FINANCE)), language=language))
    saved, saved_edited, *saved_whole = converted(ending, tmp_path / "saved", book, edited, *whole)
    assert holds_a_plan(str(saved))
    assert way_back(str(saved)).files == {"plan.yaml": PLAN.encode()}
    assert told(saved_edited) == [
        "Totals!D5 is worked out: change what it is made of, Projects!E7, Projects!F7",
    ]
    for file in saved_whole:
        found = way_back(str(file))
        assert not found.refused
        assert found.files == {each.name: each.read_bytes() for each in FINANCE.glob("*.yaml")}


@pytest.mark.parametrize(
    ("amount", "like", "written"),
    [
        (61_000_00, "60 k€", "61 k€"),
        (61_500_00, "60 k€", "61,5 k€"),
        (61_500_00, "60.0 k€", "61.5 k€"),
        (61_234_00, "60 k€", "61234 €"),
        (61_234_56, "60 000,00 €", "61 234,56 €"),
        (1_500_000_00, "1 M€", "1,5 M€"),
        (-5_000_00, "60 k€", "-5 k€"),
        (5_000_00, "(60 k€)", "5000 €"),
        (1_234_500_00, "$60,000", "$1,234,500"),
        (0, "60 k€", "0 k€"),
        (61_000, "60000", "610"),
    ],
)
def test_an_amount_is_written_as_the_one_before(amount: int, like: str, written: str) -> None:
    notation = Notation(currency="USD") if "$" in like else PLAIN
    assert spelled(Money(amount), like, notation) == written


@given(st.integers(-(10**12), 10**12), st.sampled_from(["60 k€", "1", "(2 M€)", "3,10 €", "-1 k"]))
@pytest.mark.parametrize("unit", ["", "k€", "M€"])
def test_an_amount_that_is_written_is_the_same(unit: str, cents: int, like: str) -> None:
    notation = Notation(unit)
    assert parse_money(spelled(Money(cents), like, notation), notation).cents == cents


def _at(tree: Any, path: tuple[str | int, ...]) -> Any:
    for step in path:
        tree = tree[step]
    return tree


@given(trees(), st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_a_plan_comes_back_and_one_changed_input_is_that_value_and_nothing_else(
    tmp_path: Path, tree: dict[str, Any], data: st.DataObject
) -> None:
    """The law of the way back, over plans of any kind."""
    text = "# of the town\n" + json.dumps(tree, ensure_ascii=False, indent=1) + "\n"
    file = tmp_path / "plan.xlsx"
    file.write_bytes(book_of(of_text(text)))
    inside, cells = cells_of(file)
    assert back(inside, cells).files == {"plan.yaml": text.encode()}

    sheet = data.draw(st.sampled_from(sorted(cells)))
    at = data.draw(st.sampled_from(sorted(cells[sheet])))
    if inside.inputs:
        sheet, at = data.draw(st.sampled_from([(sheet, at), *inside.inputs]))
    was, cents = cells[sheet][at], data.draw(st.integers(1, 10**9))
    cells[sheet][at] = cents / 100 if was != cents / 100 else 0
    found = back(inside, cells)
    if (input := inside.inputs.get((sheet, at))) is None:
        assert len(found.refused) == 1
        assert found.files == {"plan.yaml": text.encode()}
        return
    assert not isinstance(was, Formula)
    assert not found.refused
    expected, now = compose(text).tree, compose(found.files["plan.yaml"].decode()).tree
    value = cells[sheet][at]
    assert isinstance(value, int | float)
    assert parse_money(_at(now, input.path)) == Money(round(value * 100))
    _at(expected, input.path[:-1])[input.path[-1]] = _at(now, input.path)
    assert now == expected


@given(trees())
@settings(max_examples=15)
def test_each_tinted_cell_can_come_back(tree: dict[str, Any]) -> None:
    """What can be changed in a workbook is the same, whether it holds its plan or not."""
    reading = of_text(json.dumps(tree))
    assert reading.plan is not None
    version, examined = worked_out(reading.plan), examine(reading, TODAY)
    alone = write(dossier(version, examined, TODAY), Language("en"))
    assert _unlocked(alone) == _unlocked(book_of(reading))


def _unlocked(data: bytes) -> set[tuple[str, str]]:
    book: Any = openpyxl.load_workbook(io.BytesIO(data))
    return {
        (sheet.title, cell.coordinate)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if not cell.protection.locked
    }


def test_inputs_below_one_another_are_named_as_a_range(tmp_path: Path) -> None:
    """A theme of three projects, and one of one, which is below them."""
    costs = "".join(
        f"  - {{id: p{n}, theme: t, title: P{n}, costs: {{2025: {n} k€}}}}\n" for n in (1, 2, 3)
    )
    text = (
        "plan: {title: P, years: 2025..2026, tax: incl}\n"
        "themes: [{id: t, title: T}, {id: u, title: U}]\n"
        f"projects:\n{costs}  - {{id: q, theme: u, title: Q, costs: {{2025: 4 k€}}}}\n"
    )
    file = tmp_path / "plan.xlsx"
    file.write_bytes(book_of(of_text(text)))
    assert told(changed(file, Totals_B4=1, Totals_B5=1)) == [
        "Totals!B4 is worked out: change what it is made of, Projects!E4:E6",
        "Totals!B5 is worked out: change what it is made of, Projects!E7",
    ]


def test_a_row_that_is_there_a_million_times_is_no_workbook_of_ours(tmp_path: Path) -> None:
    cells = '<table:table-cell office:value-type="float" office:value="1"/>' * 3
    rows = f'<table:table-row table:number-rows-repeated="1000000">{cells}</table:table-row>'
    with pytest.raises(PpiError, match="cannot be read"):
        read_cells(str(ods(tmp_path / "a.ods", rows)))


def test_a_plan_that_changes_while_it_is_put_inside_is_refused(tmp_path: Path) -> None:
    """What lies inside is what was read, and no other text."""
    (tmp_path / "plan.yaml").write_text(PLAN, encoding="utf-8")
    reading = read(str(tmp_path / "plan.yaml"))
    (tmp_path / "plan.yaml").write_text(PLAN.replace("100 k€", "90 k€"), encoding="utf-8")
    with pytest.raises(PpiError, match="has changed meanwhile"):
        whole_of(reading)


@pytest.mark.parametrize("title", ["Rue  Haute", "Rue\tHaute", "Rue\u00a0Haute", "Rue_x0009_Haute"])
def test_blanks_that_another_program_writes_otherwise_change_nothing(
    title: str, tmp_path: Path
) -> None:
    text = (
        "plan: {title: P, years: 2025..2026, tax: incl}\nthemes: [{id: t, title: T}]\n"
        "projects: [{id: p, theme: t, title: Rue Haute, costs: {2025: 1 k€}}]\n"
    )
    file = tmp_path / "plan.xlsx"
    file.write_bytes(book_of(of_text(text)))
    (at,) = (at for at, value in cells_of(file)[1]["Projects"].items() if value == "Rue Haute")
    assert told(changed(file, **{f"Projects_{at}": title})) == []
