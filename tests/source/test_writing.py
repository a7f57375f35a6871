"""Files are written whole or not at all, and nothing of a plan is ever written over."""

from __future__ import annotations

import errno
import io
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest

from ppi_cli.source.files import plans_below
from ppi_cli.source.writing import write_file, write_files, write_folder
from ppi_cli.values.errors import PpiError
from tests import kills
from tests.conftest import DATA, Result

Run = Callable[..., Result]

PLAN = "plan: {title: Ville, years: 2016}\n"
FILES = {"a.yaml": b"themes: []\n", "plan.yaml": PLAN.encode(), "z.yaml": b"projects: []\n"}

ONE = {"plan.yaml": PLAN.encode()}
#: A plan in which something has to move, and whose amounts a spreadsheet may change.
TOWN = """
plan: {title: Ville, years: 2025..2026, unit: k€}
themes: [{id: book, title: book}]
ceilings: {total: {2025: 5}}
projects:
  - {id: ecole, theme: book, title: École, quarters: 2025, costs: [{2025: 4}]}
  - {id: stade, theme: book, title: Stade, quarters: 2025, costs: [{2025: 3}]}
"""

pytestmark = pytest.mark.skipif(os.name == "nt", reason="links, pipes and permissions of POSIX")
not_as_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everything"
)


def typed(folder: str) -> str:
    return f"ppi init {folder}"


def names(folder: Path) -> list[str]:
    return sorted(os.listdir(folder))


@contextmanager
def held(path: Path) -> Iterator[None]:
    """As another run holds what it writes."""
    import fcntl

    descriptor = os.open(path, os.O_RDONLY)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    try:
        yield
    finally:
        os.close(descriptor)


@pytest.fixture
def broken_disk(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, BaseException], None]:
    """Have a call of the system fail from now on."""

    def fail(call: str, error: BaseException) -> None:
        def failing(*_: object, **__: object) -> None:
            raise error

        monkeypatch.setattr(os, call, failing)

    return fail


# --- a file -------------------------------------------------------------------------------------


def test_a_new_file_has_the_permissions_that_the_user_gives_new_files(folder: Path) -> None:
    before = os.umask(0o027)
    try:
        write_file("new.txt", b"new")
    finally:
        os.umask(before)
    assert (folder / "new.txt").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644, 0o666, 0o755])
def test_a_file_that_is_replaced_keeps_its_permissions(folder: Path, mode: int) -> None:
    (folder / "old.txt").write_text("old")
    (folder / "old.txt").chmod(mode)
    write_file("old.txt", b"new")
    assert (folder / "old.txt").read_text() == "new"
    assert (folder / "old.txt").stat().st_mode & 0o777 == mode
    assert names(folder) == ["old.txt"]


@not_as_root
def test_a_file_that_may_only_be_read_stays(folder: Path) -> None:
    (folder / "old.txt").write_text("old")
    (folder / "old.txt").chmod(0o444)
    with pytest.raises(PpiError, match="cannot be written"):
        write_file("old.txt", b"new")
    assert (folder / "old.txt").read_text() == "old"


@pytest.mark.parametrize("call", ["write", "fsync", "chmod", "replace"])
@pytest.mark.parametrize(
    "error", [OSError(errno.ENOSPC, "full"), KeyboardInterrupt(), SystemExit(1), MemoryError()]
)
def test_what_goes_wrong_leaves_the_old_file_and_nothing_else(
    folder: Path,
    broken_disk: Callable[[str, BaseException], None],
    call: str,
    error: BaseException,
) -> None:
    (folder / "old.txt").write_text("old")
    (folder / "plan.yaml").write_text(PLAN)
    broken_disk(call, error)
    for name in ("old.txt", "plan.yaml"):
        with pytest.raises(PpiError if isinstance(error, OSError) else type(error)):
            write_file(name, b"new", of_a_plan=name == "plan.yaml")
    assert names(folder) == ["old.txt", "plan.yaml"]
    assert (folder / "old.txt").read_text() == "old"
    assert (folder / "plan.yaml").read_text() == PLAN


def test_a_disk_that_takes_few_bytes_at_a_time_gets_them_all(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda file, data: write(file, data[:3]))
    write_file("new.txt", b"0123456789")
    assert (folder / "new.txt").read_bytes() == b"0123456789"


def test_a_report_larger_than_is_allowed_leaves_the_old_one(deck: Path) -> None:
    Path("totals.json").write_text("old")
    # -B: Python would keep what it compiles cut off as well, and find it so the next time.
    command = f"ulimit -f 1; {sys.executable} -B -m ppi_cli totals -f json --trace -o totals.json"
    result = subprocess.run(["bash", "-c", command], capture_output=True, check=False, text=True)
    assert result.returncode == 2
    assert "totals.json cannot be written" in result.stderr
    assert Path("totals.json").read_text() == "old"
    assert names(Path()) == ["data", "totals.json"]


def test_a_link_is_followed_and_stays(folder: Path) -> None:
    (folder / "away").mkdir()
    (folder / "away" / "old.txt").write_text("old")
    (folder / "link.txt").symlink_to("away/old.txt")
    (folder / "ahead.txt").symlink_to("away/new.txt")
    write_file("link.txt", b"new")
    write_file("ahead.txt", b"first")
    assert (folder / "link.txt").is_symlink()
    assert (folder / "away" / "old.txt").read_text() == "new"
    assert (folder / "away" / "new.txt").read_text() == "first"
    assert names(folder / "away") == ["new.txt", "old.txt"]


def test_another_name_of_a_file_keeps_what_it_named(folder: Path) -> None:
    (folder / "a.txt").write_text("old")
    (folder / "b.txt").hardlink_to(folder / "a.txt")
    write_file("b.txt", b"new")
    assert (folder / "a.txt").read_text() == "old"


@pytest.mark.parametrize("name", ["plan.yaml", "themes.yaml", "new.yml", "sub/../plan.yaml"])
@pytest.mark.parametrize("link", [False, True])
def test_a_report_is_written_over_no_file_of_a_plan(
    ppi: Run, deck: Path, name: str, link: bool
) -> None:
    (deck / "sub").mkdir()
    before = kills.contents(deck)
    output = Path("data", name)
    if link:
        output = Path("report.json")
        output.symlink_to(Path("data", name))
    result = ppi("totals", "-f", "json", "-o", output)
    assert result.code == 2
    assert "not written over a plan" in result.err
    assert kills.contents(deck) == before


@pytest.mark.parametrize("plan", ["{plan: {title: Ville, years: 2016}}", PLAN])
def test_a_plan_that_was_read_is_not_written_over_whatever_its_name(
    ppi: Run, folder: Path, plan: str
) -> None:
    (folder / "ville.json").write_text(plan)
    (folder / "link.json").symlink_to("ville.json")
    assert ppi("totals", "ville.json").code == 0
    for command in ("totals", "validate"):
        for output in ("ville.json", "./ville.json", folder / "ville.json", "link.json"):
            assert ppi(command, "ville.json", "-o", output).code == 2
    assert (folder / "ville.json").read_text() == plan


@pytest.mark.parametrize("name", ["", ".", "data", "nowhere/t.json", "t.json/", "circle.json"])
def test_what_is_no_place_for_a_file_is_refused(ppi: Run, deck: Path, name: str) -> None:
    Path("circle.json").symlink_to("circle.json")
    result = ppi("totals", "-f", "json", "-o", name)
    assert (result.code, result.out) == (2, "")
    assert "Traceback" not in result.err
    assert names(Path()) == ["circle.json", "data"]


def test_two_formats_are_not_written_to_one_file_by_two_names(ppi: Run, deck: Path) -> None:
    Path("link.xml").symlink_to("a.xml")
    for other in ("./a.xml", "link.xml", "data/../a.xml"):
        result = ppi("validate", "-f", "junit=a.xml", "-f", f"sarif={other}")
        assert result.code == 2
        assert "same file" in result.err


@pytest.mark.parametrize("name", ["/dev/stdout", "link"])
def test_standard_output_by_name_is_written_to_where_it_stands(deck: Path, name: str) -> None:
    Path("link").symlink_to("/dev/stdout")
    command = f"(echo before; {sys.executable} -m ppi_cli rules -f csv -o {name}; echo after) > out"
    subprocess.run(["bash", "-c", command], check=True)
    lines = Path("out").read_text().splitlines()
    assert (lines[0], lines[-1]) == ("before", "after")
    assert len(lines) > 80
    assert names(Path()) == ["data", "link", "out"]


def test_the_null_device_stays_a_device(ppi: Run, deck: Path) -> None:
    assert ppi("totals", "-o", os.devnull) == Result(0, "", "")
    assert not Path(os.devnull).is_file()


def test_a_pipe_with_a_name_is_written_to(folder: Path) -> None:
    os.mkfifo("pipe")
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(Path("pipe").read_bytes()))
    reader.start()
    write_file("pipe", b"new")
    reader.join()
    assert read == [b"new"]
    assert Path("pipe").is_fifo()


def test_of_two_that_write_at_once_one_is_there_whole(folder: Path) -> None:
    texts = [bytes([letter]) * 300_000 for letter in b"abcd"]
    writers = [threading.Thread(target=write_file, args=("t.txt", text)) for text in texts]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert Path("t.txt").read_bytes() in texts
    assert names(folder) == ["t.txt"]


# --- a folder -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "files"),
    [(name, FILES) for name in ("new", "a/b/new", "empty", "link")]
    + [(name, ONE) for name in ("new", "a/b/new", "empty", "link", "filled", ".")],
)
def test_a_folder_gets_all_of_its_files(
    folder: Path, target: str, files: Mapping[str, bytes]
) -> None:
    for name in ("empty", "filled"):
        (folder / name).mkdir(mode=0o750)
    (folder / "filled" / "README.md").write_text("ours")
    (folder / "link").symlink_to("empty")
    here = os.stat(".")
    write_folder(target, files, typed)
    assert kills.contents(folder / target) == files
    assert [name for name in names(folder / target) if name.startswith(".")] == []
    assert (folder / "empty").stat().st_mode & 0o777 == 0o750
    assert (folder / "filled" / "README.md").read_text() == "ours"
    assert os.path.samestat(here, os.stat("."))
    assert folder.samefile(".")


@pytest.mark.parametrize("target", ["new", "a/b/new", "empty", "filled"])
@pytest.mark.parametrize("call", ["write", "fsync", "rename", "link"])
@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "full"), KeyboardInterrupt()])
def test_what_goes_wrong_leaves_no_file_of_a_folder(
    folder: Path,
    broken_disk: Callable[[str, BaseException], None],
    target: str,
    call: str,
    error: BaseException,
) -> None:
    for name in ("empty", "filled"):
        (folder / name).mkdir()
    (folder / "filled" / "README.md").write_text("ours")
    if call in ("rename", "link") and (target == "filled") != (call == "link"):
        pytest.skip("not called here")
    broken_disk(call, error)
    if call == "link":
        broken_disk("rename", error)
    with pytest.raises(PpiError if isinstance(error, OSError) else type(error)):
        write_folder(target, ONE if target == "filled" else FILES, typed)
    assert names(folder) == ["empty", "filled"]
    assert names(folder / "empty") == []
    assert names(folder / "filled") == ["README.md"]


def test_a_disk_without_second_names_gets_the_file_all_the_same(
    folder: Path, broken_disk: Callable[[str, BaseException], None]
) -> None:
    broken_disk("link", PermissionError(errno.EPERM, "no links"))
    write_folder(".", ONE, typed)
    assert kills.contents(folder) == ONE
    assert names(folder) == ["plan.yaml"]


@pytest.mark.parametrize("held", ["README.md", "notes/a.txt", ".git/HEAD", None])
@pytest.mark.parametrize("target", ["ville", "."])
def test_several_files_appear_at_once_or_not_at_all(
    ppi: Run, folder: Path, target: str, held: str | None
) -> None:
    """No kill may leave some of them: what is told instead can be typed, and works."""
    there = folder / target
    there.mkdir(exist_ok=True)
    if held is not None:
        (there / held).parent.mkdir(exist_ok=True)
        (there / held).write_text("ours")
    elif target == "ville":
        pytest.skip("an empty folder can be replaced")
    before = names(there)
    result = ppi("init", target, "--example", "town")
    assert (result.code, names(there)) == (2, before)
    line = result.err.rpartition(": ")[2].strip()
    assert line == f"ppi init {target}/data --example town"
    assert ppi(*line.split()[1:]).code == 0
    assert ppi("validate", f"{target}/data").code == 0
    again = ppi("init", target, "--example", "town")
    assert f"ppi init {target}/data-2 --example town" in again.err


def test_a_folder_that_was_not_typed_is_told_with_the_one_that_works(
    ppi: Run, folder: Path
) -> None:
    (folder / "data").mkdir()
    (folder / "data" / "README.md").write_text("ours")
    assert "ppi init --example town data/data\n" in ppi("init", "--example", "town").err


@pytest.mark.parametrize("name", ["plan.yaml", "x.YML", "dangling.yaml"])
def test_a_folder_with_a_file_of_a_plan_is_left_alone(folder: Path, name: str) -> None:
    (folder / "data").mkdir()
    if name == "dangling.yaml":
        (folder / "data" / name).symlink_to("nowhere")
    else:
        (folder / "data" / name).write_text("mine")
    for files in (FILES, ONE):
        with pytest.raises(PpiError, match="already holds"):
            write_folder("data", files, typed)
    assert names(folder / "data") == [name]


@pytest.mark.parametrize("target", ["", "file", "file/below", "x" * 300, "circle", "circle/a"])
def test_what_is_no_place_for_a_folder_is_refused(ppi: Run, folder: Path, target: str) -> None:
    (folder / "file").write_text("mine")
    (folder / "circle").symlink_to("circle")
    result = ppi("init", target)
    assert (result.code, result.out) == (2, "")
    assert names(folder) == ["circle", "file"]
    assert (folder / "file").read_text() == "mine"


def test_what_is_left_unfinished_is_no_plan(folder: Path, ppi: Run) -> None:
    left = folder / ".ppi-unfinished-0123"
    left.mkdir()
    (left / "plan.yaml").write_text(PLAN)
    assert plans_below(folder) == []
    assert ppi("totals").code == 2
    write_folder(".", ONE, typed)
    assert ppi("validate", ".").code == 0


def test_a_folder_that_another_one_fills_is_left_to_it(folder: Path) -> None:
    (folder / "filled").mkdir()
    with held(folder / "filled"), pytest.raises(PpiError, match="another run is writing to"):
        write_folder("filled", ONE, typed)
    assert names(folder / "filled") == []


# --- several files of a plan --------------------------------------------------------------------


@pytest.mark.parametrize("call", ["write", "fsync", "chmod"])
def test_of_files_that_change_together_none_does_before_all_are_ready(
    folder: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    for name in ("a.yaml", "b.yaml"):
        (folder / name).write_text("old")
    real, calls = getattr(os, call), count(1)

    def failing(*arguments: object, **named: object) -> object:
        if next(calls) > 1:
            raise OSError(errno.ENOSPC, "full")
        return real(*arguments, **named)

    monkeypatch.setattr(os, call, failing)
    with pytest.raises(PpiError, match="cannot be written"):
        write_files({"a.yaml": b"new", "b.yaml": b"new"})
    assert {(folder / name).read_text() for name in names(folder)} == {"old"}
    assert names(folder) == ["a.yaml", "b.yaml"]


@pytest.mark.parametrize(
    "command", ["import book.csv --onto - --write", "arbitrate town.yaml --into -"]
)
def test_a_plan_from_standard_input_is_changed_nowhere(
    ppi: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    (folder / "book.csv").write_text("Projet;2025;2026\nÉcole;2 k€;1 k€\nStade;3 k€;1 k€\n")
    (folder / "town.yaml").write_text(TOWN)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TOWN.encode())))
    result = ppi(*command.split())
    assert (result.code, names(folder)) == (2, ["book.csv", "town.yaml"])
    assert "a plan from standard input cannot be changed" in result.err
    assert "name its file or its folder" in result.err


# --- what was left ------------------------------------------------------------------------------


@pytest.fixture
def left(folder: Path) -> list[Path]:
    """What runs leave that were killed: a part of a report, a part of a folder."""
    file, made = (folder / f".ppi-unfinished-{digit * 16}" for digit in "0f")
    file.write_text("a half of a rep")
    made.mkdir()
    (made / "plan.yaml").write_text(PLAN)
    return [file, made]


@pytest.mark.usefixtures("left")
def test_what_was_left_goes_with_the_next_run_that_writes_beside_it(folder: Path) -> None:
    write_file("report.txt", b"new")
    assert names(folder) == ["report.txt"]


@pytest.mark.usefixtures("left")
def test_what_was_left_in_a_folder_does_not_keep_it_from_being_filled(folder: Path) -> None:
    (folder / "town").mkdir()
    for each in folder.glob(".ppi-unfinished-*"):
        each.rename(folder / "town" / each.name)
    write_folder("town", FILES, typed)
    assert names(folder / "town") == sorted(FILES)


def test_what_another_run_is_writing_stays(folder: Path, left: list[Path]) -> None:
    with held(left[0]), held(left[1]):
        write_file("report.txt", b"new")
    assert all(each.exists() for each in left)


@pytest.mark.parametrize("name", ["mine", "0123", "0" * 17, "G" * 16])
def test_what_is_only_called_alike_stays(folder: Path, name: str) -> None:
    (folder / f".ppi-unfinished-{name}").write_text("mine")
    (folder / f".ppi-unfinished-{'a' * 16}").symlink_to("precious")
    (folder / "precious").write_text("mine")
    write_file("report.txt", b"new")
    assert len(names(folder)) == 4
    assert (folder / "precious").read_text() == "mine"


# --- what ends the program ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "name"), [("report.json", "INT"), ("filled", "TERM"), ("new", "HUP")]
)
def test_a_signal_waits_until_what_is_written_has_its_place(
    folder: Path, target: str, name: str
) -> None:
    """Also where the tests themselves run in the background, which ignores some signals."""
    kills.prepare(folder)
    own = "signal.default_int_handler" if name == "INT" else "signal.SIG_DFL"
    program = (
        "import os, signal, sys; fsync = os.fsync\n"
        f"signal.signal(signal.SIG{name}, {own})\n"
        f"os.fsync = lambda file: (os.kill(os.getpid(), signal.SIG{name}), fsync(file))\n"
        "from ppi_cli.__main__ import main; main()"
    )
    writing = next(each for each in kills.WRITINGS if each.target == target)
    result = subprocess.run(
        [sys.executable, "-c", program, *writing.arguments],
        cwd=folder,
        capture_output=True,
        check=False,
    )
    assert result.returncode == {"INT": 130, "TERM": -15, "HUP": -1}[name]
    assert b"Traceback" not in result.stderr
    assert list(kills.unfinished(folder)) == []
    new = kills.contents(folder / target)
    assert len(new) in (1, len(list(DATA.glob("*.yaml")))) or b'"trace"' in new


def test_a_kill_leaves_the_old_or_the_new(folder: Path) -> None:
    """Of what starts no threads: other tests may have started those of this process already."""
    writings = [each for each in kills.WRITINGS if not each.has_threads]
    assert sum(kills.kills(folder, 10, writings).values()) == 10
