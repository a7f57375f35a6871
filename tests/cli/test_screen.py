"""Where output goes, and what it may look like there."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Result

CSI = "\x1b["


def ppi_process(*arguments: str, **environ: str) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(
        [sys.executable, "-m", "ppi_cli", *arguments],
        capture_output=True,
        env={**os.environ, **environ},
        check=False,
    )


def test_a_pipe_has_no_colour(ppi: Callable[..., Result], deck: Path) -> None:
    assert CSI not in ppi("gantt").out


def test_colour_can_be_asked_for(ppi: Callable[..., Result], deck: Path) -> None:
    assert CSI in ppi("gantt", "--color", "always").out
    assert CSI in ppi("validate", "--color", "always").out


def test_the_option_outranks_no_color_which_outranks_force_color(
    ppi: Callable[..., Result], deck: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert CSI in ppi("totals").out
    monkeypatch.setenv("NO_COLOR", "1")
    assert CSI not in ppi("totals").out
    assert CSI in ppi("totals", "--color", "always").out


def test_force_color_0_is_no_colour(
    ppi: Callable[..., Result], deck: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "0")
    assert CSI not in ppi("totals").out


def test_a_pipe_without_columns_folds_no_table(
    ppi: Callable[..., Result], deck: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COLUMNS")
    lines = ppi("totals", "--per", "quarter").out.splitlines()
    assert max(map(len, lines)) > 200
    assert sum(line.startswith("╭") for line in lines) == 1


@pytest.mark.parametrize("width", [10, 20, 35, 60, 80, 200])
@pytest.mark.parametrize("per", ["year", "quarter"])
def test_no_width_cuts_a_figure(
    width: int, per: str, ppi: Callable[..., Result], deck: Path
) -> None:
    wide = ppi("totals", "--per", per, "--width", "1000").out
    narrow = ppi("totals", "--per", per, "--width", width).out
    figures = [cell.strip() for cell in wide.split("│") if "€" in cell and "\n" not in cell]
    figures = [figure for figure in figures if "(" not in figure]
    assert figures
    for figure in figures:
        number, unit = figure.rstrip("*+!").split("\u00a0")
        assert figure in narrow or (
            number in narrow and f", in {unit}" in narrow.replace("\n", " ")
        )


def test_lines_of_a_cell_follow_one_another_as_its_language_writes_them(
    ppi: Callable[..., Result], folder: Path
) -> None:
    text = """
plan: {title: P, years: 2025..2026}
themes: [{id: t, title: T}]
ceilings: {total: {2025: 10 k€, 2026: 10 k€}}
projects:
  - {id: p, title: Halle, theme: t, quarters: 2025, movable: yes, costs: {2025: 50 k€}}
"""
    (folder / "plan.yaml").write_text(text, encoding="utf-8")
    for language, said in (("fr", "(en tout)\u00a0; pas au"), ("en", "(in all); not in")):
        out = " ".join(ppi("arbitrate", "--lang", language, "--width", "40").out.split(" "))
        assert said in out.replace("\n", " ")


def test_a_number_alone_says_what_it_numbers(ppi: Callable[..., Result], deck: Path) -> None:
    out = ppi("afford", "--width", "30", "--lang", "en").out
    assert "\nClass: 1\n" in out
    assert "\n1\n" not in out


@pytest.mark.parametrize("width", [40, 60, 80, 100, 140, 250])
def test_the_chart_stays_within_the_width(
    width: int, ppi: Callable[..., Result], deck: Path
) -> None:
    for year in ([], ["--year", "2017"]):
        lines = ppi("gantt", *year, "--width", width).out.splitlines()
        assert max(map(len, lines)) <= width


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "latin-1"])
def test_a_stream_that_knows_no_blocks_gets_ascii(encoding: str, deck: Path) -> None:
    result = ppi_process("gantt", PYTHONIOENCODING=encoding)
    assert result.returncode == 0
    assert result.stdout.isascii()
    assert b"1====" in result.stdout


def test_a_reader_that_leaves_early_is_no_error(deck: Path) -> None:
    command = f"set -o pipefail; {sys.executable} -m ppi_cli list context | head -1"
    result = subprocess.run(["bash", "-c", command], capture_output=True, check=False)
    assert result.returncode == 0
    assert result.stderr == b""


def test_the_ending_of_a_file_chooses_the_format(ppi: Callable[..., Result], deck: Path) -> None:
    for name, begins in (
        ("t.json", "{"),
        ("t.csv", "id,title"),
        ("t.md", "**Plan"),
        ("t.txt", "Plan"),
    ):
        assert ppi("totals", "-o", name) == Result(0, "", "")
        assert Path(name).read_text(encoding="utf-8").startswith(begins)


def test_an_output_that_cannot_be_written_is_told(ppi: Callable[..., Result], deck: Path) -> None:
    result = ppi("totals", "-o", "nowhere/totals.csv")
    assert (result.code, result.out) == (2, "")
    assert "nowhere/totals.csv cannot be written" in result.err


def test_a_table_in_a_file_is_plain(ppi: Callable[..., Result], deck: Path) -> None:
    ppi("totals", "-o", "totals.txt", "--color", "auto")
    assert CSI not in Path("totals.txt").read_text(encoding="utf-8")


def test_the_language_of_an_error_follows_the_option(
    ppi: Callable[..., Result], folder: Path
) -> None:
    assert "introuvable" in ppi("totals", "nowhere", "--lang", "fr").err
    assert "does not exist" in ppi("totals", "nowhere", "--lang", "en").err
