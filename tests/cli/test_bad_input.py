"""Bad input, end to end: a clear message and the right exit code, never a figure or a traceback."""

from __future__ import annotations

import io
import os
import sys
from codecs import BOM_UTF8
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Result

Run = Callable[..., Result]
as_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything"
)

PLAN = """\
plan:
  title: Essai
  years: 2016..2017
themes:
  - {id: a, title: A, envelope: {2016: 777 k€}}
"""


def refused(ppi: Run, *arguments: str | Path) -> Result:
    """What every command says of bad input: no figures, no traceback, and an error in words."""
    results = [ppi(command, *arguments) for command in ("totals", "gantt", "matrix", "validate")]
    codes = [result.code for result in results]
    assert codes in ([1] * 4, [2] * 4)
    for result in results:
        assert "Traceback" not in result.out + result.err
    for report in results[:-1]:
        assert report.out == ""
        assert len(report.err) > 20
    assert len(results[-1].out + results[-1].err) > 20
    return results[0]


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], None]:
    """Put bytes on standard input, again for each command that reads it."""

    class Again(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            self.seek(0)
            return super().read(size)

    def put(data: bytes) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(Again(data)))

    return put


# --- paths that cannot be opened: exit code 2 ---------------------------------------------------


def test_a_missing_file_is_answered_with_the_name_that_was_meant(ppi: Run, folder: Path) -> None:
    (folder / "plan.yaml").write_text(PLAN)
    result = refused(ppi, "plam.yaml")
    assert result.code == 2
    assert "plam.yaml" in result.err
    assert "does not exist" in result.err
    assert "did you mean plan.yaml?" in result.err


def test_a_missing_folder_is_named(ppi: Run, folder: Path) -> None:
    result = refused(ppi, "nowhere/plan.yaml")
    assert result.code == 2
    assert "the folder nowhere does not exist" in result.err


def test_a_file_that_has_no_likeness_is_just_missing(ppi: Run, folder: Path) -> None:
    result = refused(ppi, "zzz.yaml")
    assert result.code == 2
    assert "did you mean" not in result.err


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_that_is_named_is_refused_without_waiting(ppi: Run, folder: Path) -> None:
    os.mkfifo(folder / "pipe.yaml")
    result = refused(ppi, "pipe.yaml")
    assert result.code == 2
    assert "not a regular file" in result.err


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null"])
def test_a_device_is_refused(ppi: Run, folder: Path, device: str) -> None:
    if not Path(device).exists():
        pytest.skip("no such device here")
    result = refused(ppi, device)
    assert result.code == 2
    assert "not a regular file" in result.err


def test_links_that_go_round_are_refused(ppi: Run, folder: Path) -> None:
    (folder / "a.yaml").symlink_to("b.yaml")
    (folder / "b.yaml").symlink_to("a.yaml")
    result = refused(ppi, "a.yaml")
    assert result.code == 2
    assert "a.yaml cannot be opened" in result.err


def test_a_file_taken_for_a_folder_is_refused(ppi: Run, folder: Path) -> None:
    (folder / "plan.yaml").write_text(PLAN)
    result = refused(ppi, "plan.yaml/plan.yaml")
    assert result.code == 2
    assert "cannot be opened" in result.err


@pytest.mark.parametrize("name", ["plan\0.yaml", "x" * 300 + ".yaml", "x/" * 3000, "\n", "*"])
def test_a_name_that_no_file_can_have_is_refused(ppi: Run, folder: Path, name: str) -> None:
    result = refused(ppi, name)
    assert result.code == 2
    assert "cannot be opened" in result.err


@as_root
def test_a_file_that_may_not_be_read_is_refused(ppi: Run, folder: Path) -> None:
    file = folder / "plan.yaml"
    file.write_text(PLAN)
    file.chmod(0)
    result = refused(ppi, "plan.yaml")
    assert result.code == 2
    assert "not permitted" in result.err


@as_root
def test_a_folder_that_may_not_be_read_is_refused(ppi: Run, folder: Path) -> None:
    (folder / "data").mkdir()
    (folder / "data" / "plan.yaml").write_text(PLAN)
    (folder / "data").chmod(0)
    result = refused(ppi, "data")
    (folder / "data").chmod(0o700)
    assert result.code == 2
    assert "not permitted" in result.err


@as_root
def test_a_plan_that_may_not_be_read_is_refused_where_it_is_looked_for(
    ppi: Run, folder: Path
) -> None:
    (folder / "data").mkdir()
    file = folder / "data" / "plan.yaml"
    file.write_text(PLAN)
    file.chmod(0)
    refused(ppi)


def test_a_file_that_fails_while_it_is_looked_for_is_no_traceback(
    ppi: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "data").mkdir()
    (folder / "data" / "plan.yaml").write_text(PLAN)

    def failing(opening: Callable[..., Any]) -> Callable[..., Any]:
        def open(path: object, *arguments: Any, **options: Any) -> Any:
            if str(path).endswith("plan.yaml"):
                raise PermissionError(13, "Permission denied")
            return opening(path, *arguments, **options)

        return open

    monkeypatch.setattr(os, "open", failing(os.open))
    monkeypatch.setattr(io, "open", failing(io.open))
    assert refused(ppi).code in (1, 2)


# --- files and folders that hold no plan: exit code 1 -------------------------------------------


@pytest.mark.parametrize("text", ["", "\n", "# nothing yet\n", "---\n", "\ufeff"])
def test_a_file_without_anything_in_it_says_so(ppi: Run, folder: Path, text: str) -> None:
    (folder / "plan.yaml").write_text(text, encoding="utf-8")
    for named in ("plan.yaml", "."):
        result = refused(ppi, named)
        assert result.code == 1
        assert "PPI009" in result.err
        assert "begin it with “plan:”" in result.err


def test_an_empty_folder_says_so(ppi: Run, folder: Path) -> None:
    (folder / "data").mkdir()
    result = refused(ppi, "data")
    assert result.code == 1
    assert "holds no YAML file" in result.err
    assert "ppi init" in result.err


def test_a_folder_with_the_name_of_a_file_is_a_folder_where_it_is_named(
    ppi: Run, folder: Path
) -> None:
    (folder / "plan.yaml").mkdir()
    result = refused(ppi, "plan.yaml")
    assert result.code == 1
    assert "this folder holds no YAML file" in result.err


@pytest.mark.parametrize("text", ["bonjour\n", "- a\n- b\n", "42\n", "themes: []\n", "Plan: {}\n"])
def test_a_file_that_is_no_plan_says_what_is_missing(ppi: Run, folder: Path, text: str) -> None:
    (folder / "plan.yaml").write_text(text)
    result = refused(ppi, "plan.yaml")
    assert result.code == 1
    assert "no “plan:” section" in result.err


def test_what_is_no_regular_file_inside_a_folder_is_an_error_of_the_plan(
    ppi: Run, folder: Path
) -> None:
    (folder / "plan.yaml").write_text(PLAN)
    (folder / "x.yaml").mkdir()
    result = refused(ppi, ".")
    assert result.code == 1
    assert "PPI001" in result.err
    assert "x.yaml" in result.err
    assert "not a regular file" in result.err


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_inside_a_folder_is_not_waited_for(ppi: Run, folder: Path) -> None:
    (folder / "plan.yaml").write_text(PLAN)
    os.mkfifo(folder / "pipe.yaml")
    for arguments in ((".",), ("plan.yaml",), ()):
        result = refused(ppi, *arguments)
        assert result.code == 1
        assert "pipe.yaml" in result.err
        assert "not a regular file" in result.err


@pytest.mark.parametrize("target", ["nowhere.yaml", "link.yaml"])
def test_a_link_that_leads_nowhere_inside_a_folder_is_an_error_of_the_plan(
    ppi: Run, folder: Path, target: str
) -> None:
    (folder / "plan.yaml").write_text(PLAN)
    (folder / "link.yaml").symlink_to(target)
    result = refused(ppi, ".")
    assert result.code == 1
    assert "PPI001" in result.err
    assert "link.yaml" in result.err


# --- bytes that are no text ---------------------------------------------------------------------


def test_a_binary_file_is_no_text(ppi: Run, folder: Path) -> None:
    (folder / "plan.yaml").write_bytes(bytes(range(256)) * 4)
    result = refused(ppi, "plan.yaml")
    assert result.code == 1
    assert "PPI002" in result.err
    assert "not a text file" in result.err


@pytest.mark.parametrize("mark", [b"", BOM_UTF8], ids=["without a mark", "with one"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_a_file_in_latin_1_is_pointed_at_where_its_first_accent_stands(
    ppi: Run, folder: Path, end: bytes, mark: bytes
) -> None:
    lines = [b"plan:", b"  title: Le plan d'\xe9t\xe9 \xe0 Besan\xe7on", b"  years: 2016"]
    (folder / "plan.yaml").write_bytes(mark + end.join(lines))
    result = refused(ppi, "plan.yaml")
    assert result.code == 1
    assert "PPI002" in result.err
    assert "plan.yaml:2:20" in result.err
    assert "would read “é” here" in result.err
    assert "save it as UTF-8" in result.err


def test_columns_before_a_bad_byte_count_characters(ppi: Run, folder: Path) -> None:
    (folder / "plan.yaml").write_bytes("# été €".encode() + b"\x80\n" + PLAN.encode())
    result = refused(ppi, "plan.yaml")
    assert "plan.yaml:1:8" in result.err


def test_utf_16_without_its_mark_is_no_text(ppi: Run, folder: Path) -> None:
    (folder / "plan.yaml").write_bytes(PLAN.encode("utf-16-le"))
    assert refused(ppi, "plan.yaml").code == 1


def test_utf_16_that_ends_in_the_middle_of_a_character_is_refused(ppi: Run, folder: Path) -> None:
    (folder / "plan.yaml").write_bytes(PLAN.encode("utf-16")[:-1])
    result = refused(ppi, "plan.yaml")
    assert result.code == 1
    assert "PPI002" in result.err


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_utf_8_and_what_windows_calls_unicode_are_read(
    ppi: Run, folder: Path, encoding: str
) -> None:
    text = PLAN.replace("Essai", "L'été")
    (folder / "plan.yaml").write_bytes(text.encode(encoding))
    result = ppi("totals", "plan.yaml")
    assert result.code == 0
    assert "L'été" in result.out
    assert "777" in result.out


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_places_do_not_shift_by_the_mark_of_the_encoding(
    ppi: Run, folder: Path, encoding: str
) -> None:
    (folder / "plan.yaml").write_bytes(PLAN.replace("plan:", "plam:").encode(encoding))
    (folder / "other.yaml").write_bytes("plan:\n  titel: é\n  years: x\n".encode(encoding))
    assert "other.yaml:2:3" in ppi("validate", "other.yaml").out


# --- files that are too much --------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["[" * 100_000, "plan: " + "[" * 100_000, "- " * 100_000, '{"a":' * 100_000],
    ids=["brackets", "brackets below plan", "dashes", "mappings"],
)
def test_a_hundred_thousand_brackets_are_refused(ppi: Run, folder: Path, text: str) -> None:
    (folder / "plan.yaml").write_text(text)
    result = refused(ppi, "plan.yaml")
    assert result.code == 1
    assert len(result.err) < 2_000


def test_brackets_below_a_section_are_refused_at_once_and_once(ppi: Run, folder: Path) -> None:
    (folder / "plan.yaml").write_text(PLAN + "projects: " + "[" * 40_000)
    result = ppi("totals", "plan.yaml")
    assert result.code == 1
    assert "nested" in result.err
    assert result.err.count("error[") == 1


def test_aliases_of_aliases_are_refused(ppi: Run, folder: Path) -> None:
    lines = [f"  - &{b} [{', '.join([f'*{a}'] * 9)}]" for a, b in pairwise("abcdefghij")]
    text = "\n".join([PLAN + "context:", "  - &a [x, x]", *lines])
    (folder / "plan.yaml").write_text(text)
    result = refused(ppi, "plan.yaml")
    assert result.code == 1
    assert "PPI007" in result.err


@pytest.mark.parametrize(
    "more", ["# " + "x" * 20_000_000, "# x\n" * 5_000_000], ids=["one line", "many lines"]
)
def test_twenty_megabytes_are_refused(ppi: Run, folder: Path, more: str) -> None:
    (folder / "plan.yaml").write_text(PLAN + more)
    result = refused(ppi, "plan.yaml")
    assert result.code == 1
    assert "PPI004" in result.err
    assert "16 MB" in result.err


# --- YAML that loses something ------------------------------------------------------------------


def test_a_section_written_twice_is_refused_with_both_places(ppi: Run, folder: Path) -> None:
    (folder / "plan.yaml").write_text(PLAN + "themes:\n  - {id: b, title: B}\n")
    result = refused(ppi, "plan.yaml")
    assert result.code == 1
    assert "“themes” is written twice" in result.err
    assert "plan.yaml:6:1" in result.err
    assert "4 | themes:" in result.err
    assert "the first one is here" in result.err


def test_an_amount_written_twice_is_refused(ppi: Run, folder: Path) -> None:
    (folder / "plan.yaml").write_text(PLAN.replace("777 k€", "777 k€, 2016: 5 k€"))
    result = refused(ppi, "plan.yaml")
    assert result.code == 1
    assert "“2016” is written twice" in result.err


@pytest.mark.parametrize(("space", "name"), [("\t", "a tab"), ("\u00a0\u00a0", "a no-break space")])
def test_indentation_by_other_than_spaces_is_named(
    ppi: Run, folder: Path, space: str, name: str
) -> None:
    (folder / "plan.yaml").write_text(PLAN.replace("  years", f"{space}years"))
    result = refused(ppi, "plan.yaml")
    assert result.code == 1
    assert name in result.err
    assert "plan.yaml:3:1" in result.err


def test_a_control_character_does_not_reach_the_terminal(ppi: Run, folder: Path) -> None:
    for title in ("a\x1b[2Jb", r'"a\e[2Jb"'):
        (folder / "plan.yaml").write_text(PLAN.replace("Essai", title))
        for command in ("totals", "gantt", "validate"):
            result = ppi(command, "plan.yaml")
            assert "\x1b" not in result.out + result.err


def test_a_syntax_error_is_the_one_error_of_its_file(ppi: Run, folder: Path) -> None:
    for text, place in (
        ("plan:\n  title: a : b\n  years: 2016\n", "2:12"),
        (PLAN + "projects:\n  - id: p\n    title: a : b\n    theme: a\n", "8:14"),
    ):
        (folder / "plan.yaml").write_text(text)
        result = refused(ppi, "plan.yaml")
        assert result.code == 1
        assert f"plan.yaml:{place}" in result.err
        assert result.err.count("error[") == 1


def test_references_to_what_a_broken_file_may_hold_are_not_judged(ppi: Run, folder: Path) -> None:
    (folder / "plan.yaml").write_text("plan: {title: E, years: 2016}\n")
    (folder / "themes.yaml").write_text("themes:\n  - id: a\n    title: a : b\n  - id: b\n")
    (folder / "projects.yaml").write_text("projects:\n  - {id: p, title: P, theme: b}\n")
    result = ppi("validate", ".")
    assert result.code == 1
    assert "PPI006" in result.out
    assert "PPI111" not in result.out


# --- plans that hold little ---------------------------------------------------------------------


@pytest.mark.parametrize("more", ["", "projects:\n", "projects: []\n", "themes:\n"])
@pytest.mark.parametrize("command", ["totals", "gantt", "matrix", "validate"])
def test_a_plan_without_projects_and_themes_is_a_plan(
    ppi: Run, folder: Path, command: str, more: str
) -> None:
    (folder / "plan.yaml").write_text("plan:\n  title: Essai\n  years: 2016..2017\n" + more)
    result = ppi(command, "plan.yaml")
    assert result.code == 0
    assert "Traceback" not in result.err


def test_a_plan_without_projects_has_totals(ppi: Run, folder: Path) -> None:
    (folder / "plan.yaml").write_text(PLAN)
    result = ppi("totals", "plan.yaml")
    assert result.code == 0
    assert "777 k€" in result.out.replace("\u00a0", " ")


def test_a_plan_without_amounts_totals_to_not_stated_and_not_to_zero(
    ppi: Run, folder: Path
) -> None:
    (folder / "plan.yaml").write_text(PLAN.replace("777 k€", ""))
    result = ppi("totals", "plan.yaml")
    assert result.code == 0
    assert "—" in result.out
    assert " 0 " not in result.out


# --- standard input -----------------------------------------------------------------------------


def test_a_plan_is_read_from_standard_input(
    ppi: Run, folder: Path, typed: Callable[[bytes], None]
) -> None:
    typed(PLAN.encode())
    result = ppi("totals", "-")
    assert result.code == 0
    assert "777" in result.out


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "PPI009"),
        (b"\xe9", "PPI002"),
        (b"\0\0", "PPI002"),
        (b"[" * 100_000, "PPI005"),
        (b"plan: a : b", "PPI006"),
        (b"# " + b"x" * 20_000_000, "PPI004"),
    ],
    ids=["empty", "Latin-1", "binary", "brackets", "syntax", "20 MB"],
)
def test_bad_standard_input_is_refused_like_a_file(
    ppi: Run, folder: Path, typed: Callable[[bytes], None], data: bytes, code: str
) -> None:
    typed(data)
    result = refused(ppi, "-")
    assert result.code == 1
    assert code in result.err


def test_standard_input_does_not_take_in_the_files_of_the_folder(
    ppi: Run, folder: Path, typed: Callable[[bytes], None]
) -> None:
    (folder / "more.yaml").write_text("themes:\n  - {id: b, title: B, envelope: {2016: 5 k€}}\n")
    typed(PLAN.encode())
    assert "782" not in ppi("totals", "-").out


# --- several plans ------------------------------------------------------------------------------


def test_validate_tells_a_plan_that_cannot_be_opened_before_anything_else(
    ppi: Run, folder: Path
) -> None:
    (folder / "plan.yaml").write_text(PLAN)
    result = ppi("validate", "plan.yaml", "nowhere.yaml")
    assert result.code == 2
    assert "nowhere.yaml" in result.err
