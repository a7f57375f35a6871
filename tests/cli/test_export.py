"""``ppi export``: which plan, which files, and what is told when one cannot be made."""

from __future__ import annotations

import builtins
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import DATA, Result


def test_several_documents_at_once(ppi: Callable[..., Result], folder: Path) -> None:
    assert ppi("export", DATA, "plan.xlsx", "plan.html") == Result(0, "", "")
    assert (folder / "plan.xlsx").read_bytes().startswith(b"PK")
    assert (folder / "plan.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_without_a_plan_the_one_that_is_here(
    ppi: Callable[..., Result], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PPI_PLAN", str(DATA))
    assert ppi("export", "plan.html").code == 0
    assert "Haute disponibilité" in (folder / "plan.html").read_text(encoding="utf-8")


def test_a_chart_alone(ppi: Callable[..., Result], folder: Path) -> None:
    for command in ("gantt", "totals", "afford"):
        assert ppi(command, DATA, "-o", "chart.svg") == Result(0, "", "")
        assert (folder / "chart.svg").read_text(encoding="utf-8").startswith("<svg")


def test_an_ending_that_is_none(ppi: Callable[..., Result], folder: Path) -> None:
    result = ppi("export", DATA, "plan.docx")
    assert result.code == 2
    assert "no format is known by the ending .docx" in result.err
    assert ".xlsx, .pdf, .html" in result.err
    assert ppi("matrix", DATA, "-o", "matrix.svg").code == 2


def test_no_document_is_named(ppi: Callable[..., Result], folder: Path) -> None:
    result = ppi("export", DATA)
    assert (result.code, result.err.splitlines()[-1].strip()) == (
        2, "name one or more: ppi export plan.xlsx",
    )  # fmt: skip


def test_nothing_is_made_of_a_plan_with_an_error(ppi: Callable[..., Result], folder: Path) -> None:
    (folder / "plan.yaml").write_text("plan: {title: T, years: 2025..2024}\n", encoding="utf-8")
    (folder / "plan.html").write_text("old", encoding="utf-8")
    assert ppi("export", "plan.yaml", "plan.html").code == 1
    assert (folder / "plan.html").read_text(encoding="utf-8") == "old"


@pytest.mark.parametrize(
    ("arguments", "file", "library", "extra"),
    [
        (("export", DATA, "plan.xlsx"), "plan.xlsx", "xlsxwriter", "xlsx"),
        (("export", DATA, "plan.pdf"), "plan.pdf", "typst", "pdf"),
        (("gantt", DATA, "-o", "plan.png"), "plan.png", "resvg_py", "png"),
    ],
)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_missing_library_is_told_with_the_line_to_paste(
    arguments: tuple[Any, ...],
    file: str,
    library: str,
    extra: str,
    language: str,
    ppi: Callable[..., Result],
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delitem(sys.modules, library, raising=False)
    usual = builtins.__import__
    monkeypatch.setitem(sys.modules, library, None)

    def without(name: str, *arguments: Any, **named: Any) -> Any:
        if name == library:
            raise ModuleNotFoundError(name=library)
        return usual(name, *arguments, **named)

    monkeypatch.setattr(builtins, "__import__", without)
    result = ppi(*arguments, "--lang", language)
    assert result.code == 2
    assert ("needs the library" in result.err) == (language == "en")
    assert f"pip install 'ppi-cli[{extra}]'" in result.err
    assert not (folder / file).exists()


def test_no_document_tells_its_reader_to_type_a_command(
    ppi: Callable[..., Result], folder: Path
) -> None:
    assert ppi("export", DATA / "examples" / "finance", "plan.html").code == 0
    page = (folder / "plan.html").read_text(encoding="utf-8")
    body = re.sub(r"(?s)<style>.*?</style>", "", page)
    assert not re.search(r"ppi [a-z]+\b(?<!with)| --[a-z]", body.replace("made with ppi", ""))


def test_a_part_of_a_plan(ppi: Callable[..., Result], folder: Path) -> None:
    """By what a document can be chosen by: who pays is a question of its own."""
    finance = DATA / "examples" / "finance"
    assert ppi("export", finance, "plan.html", "--theme", "ecoles", "--lang", "en").code == 0
    page = (folder / "plan.html").read_text(encoding="utf-8")
    assert "only: theme Écoles et petite enfance" in page
    assert "Pont du Lavoir" not in page
    assert ppi("export", finance, "plan.html", "--theme", "ecole").code == 2
    assert ppi("export", finance, "plan.html", "--funder", "detr").code == 2


@pytest.mark.parametrize(
    ("command", "typed"),
    [
        (("execution", DATA / "examples" / "finance", "-o", "done.pdf"), "ppi export plan.pdf"),
        (("debt", DATA / "examples" / "finance", "-o", "debt.xlsx"), "ppi export plan.xlsx"),
        (("matrix", DATA, "-o", "matrix.svg"), "ppi gantt -o chart.svg"),
        (("show", "haute-disponibilite", DATA, "-o", "sheet.png"), "ppi gantt -o chart.png"),
        (("export", DATA, "plan.svg"), "ppi gantt -o chart.svg"),
        (("export", DATA, "plan"), "end it in one of: .xlsx, .pdf, .html"),
    ],
)
def test_what_is_not_made_says_what_to_type(
    command: tuple[str | Path, ...], typed: str, ppi: Callable[..., Result], folder: Path
) -> None:
    found = ppi(*command)
    assert found.code == 2
    assert typed in found.err
    assert not list(folder.iterdir())
