"""Whatever spreadsheets and accounts of towns hold, what is printed and written is only text.

As with plans (``test_hostile.py``): names of files and sheets, headers, titles, labels, codes.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

import pytest
import yaml
from openpyxl import Workbook

from ppi_cli.cli import showing
from ppi_cli.export import WRITERS
from tests.accounts.test_import import PLAN, line, totem
from tests.conftest import Result
from tests.export.test_hostile import NAME, PARTS, check_columns, check_printed, hostile

Run = Callable[..., Result]
#: Of a cell: what a plan refuses too, and what is long.
CELLS = [
    *map(hostile, range(len(PARTS))),
    "\x1b]0;x\x07\x1b[31m", "=cmd|' /C calc'!A0", "a\n::error::b\r\n##[x]c", "\u202eltr\u2066",
    "<script>alert(1)</script>", "x" * 300, "École\u202f2", "E\u0301cole\u202f2", "{a: [", "'\"\\",
    "- # : ?", "::", "##[x]",
]  # fmt: skip


@pytest.fixture
def shown(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[[], Iterator[tuple[str, str]]]:
    """What the last command shows, in each format; nothing where a wrong map stopped it."""
    found: list[tuple[Any, ...]] = []
    show = showing.show
    monkeypatch.setattr(showing, "show", lambda *given: found.append(given))

    def in_each_format() -> Iterator[tuple[str, str]]:
        if not found:
            return
        report, screen, *_ = found.pop()
        for format in ("table", *WRITERS):
            show(report, screen, format, None)
            yield format, capsys.readouterr().out

    return in_each_format


def check_all(shown: Callable[[], Iterator[tuple[str, str]]]) -> None:
    for format, text in shown():
        check_printed(text.replace("\t", " ") if format == "tsv" else text)
        check_columns(format, text)


def rows(n: int) -> list[list[object]]:
    """A table whose headers, titles and notes are hostile."""
    text = [CELLS[(n + i) % len(CELLS)] for i in range(6)]
    return [
        [text[0]],
        [],
        ["Projet", "2026", "2027", text[1]],
        [text[2], "10 k€", "20 k€", text[3]],
        [text[4], 10, "x", text[5]],
        [text[4], "=SUM(B4:B5)", "20 k€", text[5]],
        ["Total", "20 k€", "40 k€", text[0]],
    ]


def book(path: Path, n: int) -> str:
    if path.suffix == ".csv":
        made = io.StringIO()
        csv.writer(made, delimiter=";").writerows(rows(n))
        path.write_text(made.getvalue(), encoding="utf-8")
        return str(path)
    workbook = Workbook()
    for i in range(2):
        sheet = workbook.create_sheet(f"Feuil{i}")
        sheet._WorkbookChild__title = CELLS[n + i][:80]  # as another program may call it
        for row in rows(n + i):
            sheet.append([_in_xml(value) for value in row])
    workbook.save(path)
    return str(path)


def _in_xml(value: object) -> object:
    """A value as a workbook may hold it."""
    if isinstance(value, str):
        return "".join(c if c >= " " or c in "\n\t" else f"_x{ord(c):04X}_" for c in value)
    return value


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.parametrize("n", range(0, len(CELLS) - 1, 2))
def test_no_text_of_a_spreadsheet_is_more_than_text(
    ppi: Run, folder: Path, n: int, suffix: str, shown: Any
) -> None:
    name = book(folder / f"{NAME}.{suffix}", n)
    for more in ((), ("--lang", "fr"), ("--write-map", "map.yaml"), (f"out{NAME}",)):
        result = ppi("import", name, *more)
        assert result.code in (0, 1, 2)
        check_printed(result.err)
        if result.code < 2:
            check_all(shown)
    for written in folder.rglob("*.yaml"):
        text = written.read_text(encoding="utf-8")
        yaml.safe_load(text)
        check_file(text)


def check_file(text: str) -> None:
    """A file that is written holds nothing that acts where it is shown."""
    assert not any(c < " " and c != "\n" for c in text)
    assert "\u202e" not in text


HOSTILE = [text for text in CELLS if all(c >= " " for c in text)]


@pytest.mark.parametrize("n", range(0, len(HOSTILE) - 3, 3))
def test_no_text_of_an_account_is_more_than_text(
    ppi: Run, folder: Path, n: int, shown: Any
) -> None:
    a, b, c = HOSTILE[n : n + 3]
    (folder / "data").mkdir()
    (folder / "data" / "plan.yaml").write_text(PLAN, encoding="utf-8")
    more = f"<LibCpte V={quoteattr(a)}/><Fonction V={quoteattr(b)}/><Operation V={quoteattr(c)}/>"
    data = totem(line("2313", "60.00", more=more), line(quoteattr(b)[1:-1], "7.00"), siret="1")
    data = data.replace(b'V="VIGNEUX"', f"V={quoteattr(a)}".encode())
    name = str(folder / f"{NAME}.xml")
    Path(name).write_bytes(data)
    columns = (
        "BGT_NATDEC,BGT_ANNEE,BGT_SIRET,BGT_NOM,BGT_NATURE,BGT_CODRD,BGT_SECTION,BGT_OPERATION"
    )
    scdl = io.StringIO()
    writer = csv.writer(scdl)
    writer.writerow([*columns.split(","), "BGT_CREDOUV", "BGT_MTREAL", "BGT_LIBELLE"])
    for nature in ("2313", b):
        row = ["compte administratif", "2025", "1", a, nature, "dépense", "investissement", c]
        writer.writerow([*row, "10", "10", b])
    other = str(folder / f"{NAME}.csv")
    Path(other).write_text(scdl.getvalue(), encoding="utf-8")
    mapped = folder / f"{NAME}.yaml"
    entry = json.dumps({"operation": c, "ignore": a}, ensure_ascii=False)
    mapped.write_text(f"lines:\n  - {entry}\n", encoding="utf-8")
    for document in (name, other):
        for options in (
            ("--write-map", "map.yaml"),
            ("--onto", "data"),
            ("--onto", "data", "--map", str(mapped)),
            ("--onto", "data", "--map", document),
            ("--also", document),
        ):
            result = ppi("import", document, *options)
            assert result.code in (0, 1, 2)
            check_printed(result.err)
            if result.code < 2:
                check_all(shown)
    for written in (folder / "map.yaml", *(folder / "data").glob("*.yaml")):
        if written.exists():
            text = written.read_text(encoding="utf-8")
            yaml.safe_load(text)
            check_file(text)


BREAKING = '1", projects: x}\n\nprojects:\n  - {id: evil, theme: ecoles, title: "Evil'


@pytest.mark.parametrize("place", ["siret", "account"])
def test_no_code_of_an_account_becomes_more_of_the_plan(ppi: Run, folder: Path, place: str) -> None:
    """The file that is written is YAML: a code ends no text in it, and begins no line."""
    (folder / "data").mkdir()
    (folder / "data" / "plan.yaml").write_text(PLAN, encoding="utf-8")
    code = quoteattr(BREAKING, {"\n": "&#10;"})[1:-1].replace('"', "&quot;")
    nature, siret = (f"2313{code}", "1") if place == "account" else ("2313", code)
    (folder / "ca.xml").write_bytes(totem(line(nature, "60.00"), siret=siret))
    (folder / "map.yaml").write_text('lines: [{account: "2313*", project: cantine}]\n')
    result = ppi("import", "ca.xml", "--onto", "data", "--map", "map.yaml")
    written = folder / "data" / "execution-2025.yaml"
    if place == "account":
        assert (result.code, written.exists()) == (1, False)
        assert "is not an account" in result.err
    else:
        assert list(yaml.safe_load(written.read_text(encoding="utf-8"))) == ["execution"]
        assert "evil" not in ppi("list", "projects", "data").out
