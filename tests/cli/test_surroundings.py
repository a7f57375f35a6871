"""Whatever the program runs in: an exit code that means something, and never a traceback."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import DATA, Result

Run = Callable[..., Result]

PPI = f"{shlex.quote(sys.executable)} -m ppi_cli"
ROOT = Path(__file__).parent.parent.parent
WARNED = """\
plan: {title: Ville, years: 2016..2017}
themes: [{id: a, title: A, envelope: {2016: 1 €}}]
projects: [{id: p, title: P, theme: a, quarters: 2016-T1, costs: {2016: 2 €}}]
"""

pytestmark = pytest.mark.skipif(os.name == "nt", reason="what a shell of POSIX can do")
has_full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device always full")


def shell(command: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run a line of bash, in which ``ppi`` is the program; it never ends in a traceback."""
    result = subprocess.run(
        ["bash", "-c", f'set -o pipefail; ppi() {{ {PPI} "$@"; }}; {command}'],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environ},
        encoding="utf-8",
        errors="replace",
    )
    assert "Traceback" not in result.stdout + result.stderr
    assert "Exception" not in result.stderr
    return result


# --- the size of a terminal ---------------------------------------------------------------------

#: What is no width: a table is as wide as it likes, as without one.
NO_WIDTHS = ["", "0", "000", "-5", "²", "٣٤", "80.0", "1e2", " 80", "wide"]


@pytest.mark.parametrize("command", ["totals", "gantt", "validate", "matrix"])
def test_what_is_no_size_of_a_terminal_is_passed_over(
    ppi: Run, deck: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.delenv("COLUMNS")
    without = ppi(command)
    assert without.code == 0
    for name in ("COLUMNS", "LINES"):
        for text in NO_WIDTHS:
            with monkeypatch.context() as own:
                own.setenv(name, text)
                assert ppi(command) == without, (name, text)


@pytest.mark.parametrize(
    ("text", "width"), [("1", 10), ("007", 10), ("080", 80), ("99999999", 9999), ("9" * 50, 9999)]
)
@pytest.mark.parametrize("command", ["totals", "gantt"])
def test_a_width_is_one_that_the_option_takes(
    ppi: Run, deck: Path, monkeypatch: pytest.MonkeyPatch, text: str, width: int, command: str
) -> None:
    monkeypatch.setenv("COLUMNS", text)
    assert ppi(command) == ppi(command, "--width", width)


# --- outputs that are full, closed, or that nobody reads ----------------------------------------


@has_full
@pytest.mark.parametrize("command", ["totals", "totals -f json", "--version"])
def test_an_output_that_is_full_is_told(deck: Path, command: str) -> None:
    result = shell(f"ppi {command} >/dev/full")
    assert result.returncode == 2
    assert "standard output cannot be written: the disk is full" in result.stderr


@pytest.mark.parametrize("to", ["2>&-", pytest.param("2>/dev/full", marks=has_full)])
@pytest.mark.parametrize("command", ["nonsense", "totals warned.yaml"])
def test_what_must_be_said_and_cannot_be_is_an_error(folder: Path, to: str, command: str) -> None:
    Path("warned.yaml").write_text(WARNED, encoding="utf-8")
    assert shell(f"ppi {command} {to}").returncode == 2


@pytest.mark.parametrize("to", ["2>&-", pytest.param("2>/dev/full", marks=has_full)])
def test_where_nothing_is_to_be_said_nothing_is_missed(deck: Path, to: str) -> None:
    result = shell(f"ppi totals {to}")
    assert result.returncode == 0
    assert "529" in result.stdout


@pytest.mark.parametrize("to", [">&-", ">&- 2>&- <&-"])
def test_a_closed_output_is_told_and_a_file_is_written_all_the_same(deck: Path, to: str) -> None:
    assert shell(f"ppi totals {to}").returncode == 2
    assert shell(f"ppi totals -o t.csv {to}").returncode == 0
    assert Path("t.csv").read_text(encoding="utf-8").startswith("id,title")


@pytest.mark.parametrize(
    ("command", "code"),
    [
        ("ppi list context | head -1", 0),
        ("ppi totals -f json | true", 0),
        ("ppi --help | true", 0),
        ("ppi totals -o /dev/stdout | true", 0),
        ("ppi nonsense 2>&1 | true", 2),
    ],
)
def test_a_reader_that_leaves_early_is_no_error(deck: Path, command: str, code: int) -> None:
    result = shell(command)
    assert (result.returncode, result.stderr) == (code, "")


# --- inputs that a shell makes ------------------------------------------------------------------


@pytest.mark.parametrize(
    "command",
    [
        "ppi totals <(cat data/*.yaml)",
        "cat data/*.yaml | ppi totals /dev/stdin",
        "cat data/*.yaml | ppi totals -",
        "ppi totals /dev/stdin < data/plan.yaml",
    ],
)
def test_a_plan_may_come_out_of_a_pipe(ppi: Run, deck: Path, command: str) -> None:
    assert shell(command).stdout == ppi("totals").out


@pytest.mark.parametrize("two", ["<(cat data/*.yaml) data", "data <(cat data/*.yaml)"])
def test_a_side_of_a_difference_may_come_out_of_a_pipe(deck: Path, two: str) -> None:
    result = shell(f"ppi diff {two} --lang en")
    assert result.returncode == 0
    assert "nothing has changed" in result.stdout


def test_an_empty_pipe_and_a_closed_one_are_told(folder: Path) -> None:
    assert shell("ppi totals <(true)").returncode == 1
    assert shell("ppi totals /dev/fd/99").returncode == 2
    assert shell("ppi totals /dev/stdin <&-").returncode == 2


# --- where it runs ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("command", "code"),
    [
        ("totals", 2),
        ("validate", 2),
        ("diff", 2),
        ("init", 2),
        ("schema -o schema.json", 2),
        ("totals {plan} -o totals.csv", 2),
        ("roll {plan} next", 2),
        ("totals {plan}", 0),
        ("validate {plan} -f github", 0),
        ("diff {plan} {plan}", 0),
    ],
)
def test_a_current_folder_that_was_deleted_is_told_where_it_matters(
    ppi: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, command: str, code: int
) -> None:
    (folder / "gone").mkdir()
    monkeypatch.chdir(folder / "gone")
    (folder / "gone").rmdir()
    result = ppi(*command.format(plan=DATA).split())
    monkeypatch.chdir(folder)
    assert result.code == code
    assert ("current folder no longer exists" in result.err) == (code == 2)


@pytest.mark.parametrize(
    "environ",
    [
        {"HOME": "/nowhere", "TMPDIR": "/nowhere", "XDG_CONFIG_HOME": "/nowhere"},
        {"TERM": ""},
        {"TERM": "nonsense", "FORCE_COLOR": "1"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LC_ALL": "nonsense"},
        {"PYTHONIOENCODING": "latin-1:strict"},
        {"PYTHONIOENCODING": "ascii:strict"},
        {"PYTHONUTF8": "1", "LC_ALL": "C"},
    ],
    ids=str,
)
def test_no_environment_makes_it_fail(deck: Path, environ: dict[str, str]) -> None:
    result = shell("ppi gantt && ppi totals données", **environ)
    assert result.returncode == 2
    assert "2016" in result.stdout
    assert "cannot be opened" in result.stderr or "impossible" in result.stderr


# --- interrupted --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "where",
    ["source.read.open_named", "cli.screen._encodable", "cli.app.finish", "cli.app.user_language"],
)
def test_an_interruption_has_its_exit_code(deck: Path, where: str) -> None:
    module, _, name = where.rpartition(".")
    program = (
        f"import os, signal, ppi_cli.{module} as module\n"
        f"module.{name} = lambda *_: os.kill(os.getpid(), signal.SIGINT)\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from ppi_cli.__main__ import main; main()"
    )
    plan = "nowhere" if name == "user_language" else "data"
    result = subprocess.run(
        [sys.executable, "-c", program, "totals", plan], capture_output=True, check=False
    )
    assert (result.returncode, result.stderr) == (130, b"")
