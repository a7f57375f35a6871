"""Files of spreadsheets are read as they are; nothing hostile crashes, hangs or reads outside."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from ppi_cli.sheets.cells import CellError
from ppi_cli.sheets.readers import read_book
from ppi_cli.values.errors import PpiError
from ppi_cli.words.language import Language
from tests.sheets.books import asked, by_year, csv, read, wrong, xlsx

_NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)


def ods(path: Path, rows: str, *, before: str = "") -> Path:
    """A file of LibreOffice's format, with the rows of one sheet."""
    content = (
        f"{before}<office:document-content {_NAMES}><office:body><office:spreadsheet>"
        f'<table:table table:name="Feuil1">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as parts:
        parts.writestr("content.xml", content)
    return path


def _text(text: str) -> str:
    return (
        f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
    )


def _number(number: float, more: str = "") -> str:
    return f'<table:table-cell office:value-type="float" office:value="{number}"{more}/>'


def _row(*cells: str) -> str:
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


def test_marks_for_spaces_in_a_text_of_an_ods_keep_its_words_apart(tmp_path: Path) -> None:
    text = (
        'Pont<text:tab/>neuf<text:s text:c="2"/>et<text:line-break/>quai <text:span>bas</text:span>'
    )
    sheet = read_book(str(ods(tmp_path / "a.ods", _row(_text(text))))).sheets[0]
    assert sheet.rows[1][1].value == "Pont neuf et quai bas"


def test_an_ods_is_read_with_repeated_cells_errors_and_formulas_without_value(
    tmp_path: Path,
) -> None:
    book = ods(
        tmp_path / "a.ods",
        _row(_text("PPI en k€"))
        + _row(_text("Opération"), _number(2026), _number(2027))
        + _row(_text("Jaurès"), _number(100, ' table:number-columns-repeated="2"'))
        + _row(_text("Pont"), '<table:table-cell table:formula="of:=[.B3]/0"><text:p>#DIV/0!'
               "</text:p></table:table-cell>", '<table:table-cell table:formula="of:=[.B3]"/>')
        + '<table:table-row table:number-rows-repeated="1048000"><table:table-cell'
        ' table:number-columns-repeated="16384"/></table:table-row>',
    )  # fmt: skip
    sheet = read_book(str(book)).sheets[0]
    assert sheet.rows[4][2].value == CellError("#DIV/0!")
    assert sheet.rows[4][3].formula == "=[.B3]"
    found = read(book)
    assert by_year(found) == {"2026": "100", "2027": "100"}
    assert asked(found) == [
        "Feuil1!B4: an error of the spreadsheet: #DIV/0!",
        "Feuil1!C4: a formula whose value is not in the file: =[.B3]; save it in a spreadsheet",
    ]


def test_what_a_file_says_of_other_files_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    entity = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{tmp_path}/secret">]>'
    with pytest.raises(PpiError):
        read_book(str(ods(tmp_path / "a.ods", _row(_text("&e;")), before=entity)))
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    with pytest.raises(PpiError):
        read_book(str(ods(tmp_path / "b.ods", _row(_text("&b;")), before=laughs)))


def test_one_cell_in_the_last_corner_takes_no_time(tmp_path: Path) -> None:
    book = Workbook()
    assert book.active is not None
    book.active["A1"] = "PPI"
    book.active["XFD1048576"] = 1
    book.save(tmp_path / "a.xlsx")
    assert asked(read(tmp_path / "a.xlsx"))[0].startswith("Sheet!XFD1048576")


@pytest.mark.parametrize("name", ["a.xlsx", "a.ods"])
def test_what_unpacks_to_too_much_is_refused_before_it_is(tmp_path: Path, name: str) -> None:
    with zipfile.ZipFile(tmp_path / name, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as parts:
        for part in ("content.xml", "xl/worksheets/sheet1.xml"):
            with parts.open(part, "w") as file:
                for _ in range(170):
                    file.write(b" " * 1_000_000)
    assert "it holds more than" in why_refused(tmp_path / name)


def why_refused(path: Path) -> str:
    with pytest.raises(PpiError) as refused:
        read_book(str(path))
    return Language("en").say(refused.value.message)


def changed_part(whole: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """A workbook with another text in one of its parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(out, "w") as new:
        for each in old.namelist():
            text = old.read(each)
            new.writestr(each, change(text) if each == part else text)
    return out.getvalue()


DOCTYPE = b'<!DOCTYPE a [<!ENTITY b "c">]>'


@pytest.mark.parametrize(
    ("name", "change", "why"),
    [
        ("a.xlsx", lambda text: DOCTYPE + text, "it declares a DOCTYPE or entities"),
        ("a.xlsx", lambda text: text[:60], "a part of it is no well-formed XML"),
        ("a.ods", lambda text: DOCTYPE + text, "it declares a DOCTYPE or entities"),
        ("a.ods", lambda text: text[:60], "a part of it is no well-formed XML"),
        ("a.xls", lambda text: text, "it is damaged, has a password, or is of another kind"),
    ],
)
def test_why_a_workbook_is_refused_is_said_in_our_own_words(
    tmp_path: Path, name: str, change: Callable[[bytes], bytes], why: str
) -> None:
    if name == "a.ods":
        whole = ods(tmp_path / name, _row(_text("A"))).read_bytes()
    else:
        whole = xlsx(tmp_path / "old.xlsx", [["Projet", 2026], ["A", 1]]).read_bytes()
    part = "content.xml" if name == "a.ods" else "xl/worksheets/sheet1.xml"
    (tmp_path / name).write_bytes(changed_part(whole, part, change))
    said = why_refused(tmp_path / name)
    assert why in said
    assert not set("{}\\\n") & set(said)


def test_a_csv_of_one_endless_cell_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('a;b\n"' + "x" * 140_000)
    assert "a quote is not closed" in why_refused(tmp_path / "a.csv")


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml"])
def test_a_damaged_workbook_is_refused(tmp_path: Path, part: str) -> None:
    whole = xlsx(tmp_path / "a.xlsx", [["en k€"], ["Projet", 2026, 2027], ["A", 1, 2]]).read_bytes()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(out, "w") as new:
        for each in old.namelist():
            new.writestr(each, old.read(each)[:60] if each == part else old.read(each))
    (tmp_path / "b.xlsx").write_bytes(out.getvalue())
    with pytest.raises(PpiError):
        read_book(str(tmp_path / "b.xlsx"))
    (tmp_path / "c.xlsx").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(PpiError):
        read_book(str(tmp_path / "c.xlsx"))


def test_a_formula_without_its_value_is_asked_about_and_true_is_no_amount(tmp_path: Path) -> None:
    rows = [["en k€"], ["Projet", 2026, 2027], ["A", "=1+1", True], ["B", 3, 4]]
    assert asked(read(xlsx(tmp_path / "a.xlsx", rows))) == [
        "Feuil1!B3: a formula whose value is not in the file: =1+1; save it in a spreadsheet",
        "Feuil1!C3: “True” is not an amount",
    ]


def test_sums_of_floating_numbers_are_what_a_spreadsheet_shows(tmp_path: Path) -> None:
    rows = [["en k€"], ["Projet", 2026, 2027], ["A", 0.1, 1], ["B", 0.2, 2],
            ["Total", 0.1 + 0.2, 3]]  # fmt: skip
    found = read(xlsx(tmp_path / "a.xlsx", rows))
    assert wrong(found) == {}
    assert found.entries[0].amount == Decimal("0.1")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("sign", [";", "\t", ","])
def test_a_csv_is_read_in_any_usual_encoding_with_any_usual_sign(
    tmp_path: Path, encoding: str, sign: str
) -> None:
    rows = [["Écoles, en €", "", ""], ["Opération", "2026", "2027"], ["Jaurès", "1 234,56", "5"],
            ["Forêt", "10,00", "7"]]  # fmt: skip
    text = "\n".join(sign.join(f'"{cell}"' for cell in row) for row in rows)
    found = read(csv(tmp_path / "a.csv", text, encoding))
    assert asked(found) == []
    assert by_year(found) == {"2026": "1244.56", "2027": "12"}


def test_what_hides_or_acts_on_a_terminal_is_taken_out_of_titles(tmp_path: Path) -> None:
    from ppi_cli.sheets.writing import Written, files_of

    rows = [["en k€"], ["Projet", 2026, 2027], ["É\u202ecole\u200b", 1, 2], ["B: {x} #1", 3, 4]]
    text = files_of(Written(read(xlsx(tmp_path / "a.xlsx", rows))))["plan.yaml"]
    assert "title: École\n" in text
    assert 'title: "B: {x} #1"\n' in text


def test_an_xls_that_would_take_long_is_refused_before_it_is_read(tmp_path: Path) -> None:
    """Two bytes a cell, of empty ones: the cells of such a file are counted only in the end."""
    (tmp_path / "a.xls").write_bytes(bytes(24_000_001))
    assert why_refused(tmp_path / "a.xls").endswith("it is larger than 24 MB")
