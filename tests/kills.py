"""Kill the program while it writes, and look at what it leaves, to be run by hand.

``python -m tests.kills [N]`` kills it N times (300) with SIGKILL, in turns at a moment of its run
and at a step of its writing, in the middle of a file too. What is there then must be the old or the
new, whole; of several files of a plan that change together, each by itself. Beside it there may be
a hidden file or folder whose name says that it is unfinished. The same command again then leaves
the new, and nothing hidden.
"""

from __future__ import annotations

import mmap
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

import ppi_cli.source.files
import ppi_cli.source.writing
from ppi_cli.__main__ import main as main_program
from ppi_cli.cli.app import run
from ppi_cli.source.files import is_yaml
from tests.accounts.test_import import PLAN as TOWN
from tests.accounts.test_import import line, totem

ROOT = Path(__file__).parent.parent
UNFINISHED = ".ppi-unfinished-"
TOO_LATE = "had ended"
OLD = "the old report\n" * 40_000
#: What is visible of a file, or of a folder by the names of its files.
Contents: TypeAlias = bytes | dict[str, bytes]
#: Where files stay that are no plan, and what they are.
README = Path("filled", "README.md")


@dataclass(frozen=True)
class Writing:
    """A command that writes, and where."""

    arguments: tuple[str, ...]
    target: str
    #: Whether it changes several files of a plan that is there.
    changes_several: bool = False
    #: Whether it starts threads, which a process that is forked lacks.
    has_threads: bool = False


def _writing(command: str, target: str = "", **more: bool) -> Writing:
    words = tuple(command.split())
    return Writing(words, target or words[-1], **more)


WRITINGS = (
    _writing("totals plan --format json --trace -o report.json"),
    _writing("init new --example town", "new"),
    _writing("init empty --example town", "empty"),
    _writing("init filled", "filled"),
    _writing("roll plan next"),
    _writing("gantt plan -o report.txt"),
    _writing("validate plan --format sarif=report.sarif", "report.sarif"),
    _writing("export plan report.xlsx"),
    _writing("export plan report.html"),
    _writing("export plan report.pdf", has_threads=True),
    _writing("schema -o report.json"),
    _writing("rules -o report.csv"),
    _writing("import large.csv new", "new"),
    _writing("import small.csv filled"),
    _writing("import small.csv --write-map map.yaml"),
    _writing("import small.csv --onto town --write", "town", changes_several=True),
    _writing("import account.xml --onto vigneux", "vigneux"),
    _writing("arbitrate beaurive -o scenario.yaml"),
    _writing("arbitrate beaurive --into beaurive", "beaurive"),
)

#: A plan of two files, both of which get amounts of the small spreadsheet.
_TOWN = {
    "plan.yaml": "plan: {title: Ville, years: 2026..2027}\nthemes: [{id: t, title: small}]\n",
    "a.yaml": "projects:\n  - {id: a, theme: t, title: École, costs: [{2026: 1 k€}]}\n",
    "b.yaml": "projects:\n  - {id: b, theme: t, title: Stade, costs: [{2026: 1 k€}]}\n",
}
_ENDINGS = ("json", "txt", "sarif", "xlsx", "html", "pdf", "csv")
_HEADER = "Projet;2026;2027\n"
#: What is not there at the beginning: folders of plans, spreadsheets, an account.
_TEXTS = {
    **{f"town/{name}": text for name, text in _TOWN.items()},
    "vigneux/plan.yaml": TOWN,
    "small.csv": f"{_HEADER}École;100 k€;200 k€\nStade;10 k€;20 k€\n",
    "large.csv": _HEADER + "".join(f"Projet {n};{n * n} k€;{500 + n} k€\n" for n in range(1, 60)),
    "account.xml": totem(line("2313", "60.00", more='<Operation V="93"/>')).decode(),
    **{
        f"report.{ending}": OLD for ending in ("json", "txt", "sarif", "xlsx", "html", "pdf", "csv")
    },
    README.as_posix(): "ours",
}
_FOLDERS = {"plan": ROOT / "data", "beaurive": ROOT / "data" / "examples" / "finance"}


def prepare(folder: Path) -> None:
    """Plans, what is read, old reports, and folders to write to."""
    for each in folder.iterdir():
        if each.name != "plan":
            shutil.rmtree(each) if each.is_dir() else each.unlink()
    for name, source in _FOLDERS.items():
        (folder / name).mkdir(exist_ok=True)
        for file in source.glob("*.yaml"):
            if not (folder / name / file.name).exists():
                shutil.copy(file, folder / name)
    (folder / "empty").mkdir()
    for name, text in _TEXTS.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


class Deadly:
    """The module ``os``, of which a call kills the process: the one of that number."""

    def __init__(self, calls: int) -> None:
        self.last, self.made = calls, 0

    def __getattr__(self, name: str) -> Any:
        value = getattr(os, name)
        return partial(self._called, value) if callable(value) else value

    def _called(self, function: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
        self.made += 1
        _COUNT[:4] = self.made.to_bytes(4, "big")
        if self.made == self.last:
            if function is os.write:
                os.write(arguments[0], arguments[1][: len(arguments[1]) // 2])
            os.kill(os.getpid(), signal.SIGKILL)
        return function(*arguments, **named)


#: How many calls a process has made, which its parent sees.
_COUNT = mmap.mmap(-1, 4)


def started(writing: Writing, folder: Path, calls: int = 0) -> int:
    """Run the command in a process of its own, whose number is returned.

    It ends before one of the ``calls`` of the system that writing takes.
    """
    if process := os.fork():
        return process
    os.chdir(folder)
    for stream in (1, 2):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream)
    sys.argv = ["ppi", *writing.arguments]
    setattr(ppi_cli.source.writing, "os", Deadly(calls))  # noqa: B010  # which mypy does not know there
    main_program()
    os._exit(3)  # never reached: the program ends by itself


def code_of(process: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def contents(path: Path) -> Contents:
    """What is visible there: of a file its bytes, of a folder those of its YAML files."""
    if path.is_file():
        return path.read_bytes()
    found = sorted(path.iterdir()) if path.exists() else []
    return {each.name: each.read_bytes() for each in found if is_yaml(each.name)}


def warm(writings: Sequence[Writing], folder: Path) -> None:
    """Load what the commands need, once for all the processes to come."""
    before = sys.argv, os.getcwd(), os.dup(1), os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.chdir(folder)
    for writing in writings:
        if writing.has_threads:
            continue
        prepare(folder)
        sys.argv = ["ppi", *writing.arguments]
        os.dup2(nowhere, 1), os.dup2(nowhere, 2)
        with suppress(SystemExit):
            run()
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        os.dup2(before[2], 1), os.dup2(before[3], 2)
        ppi_cli.source.files._files_read.clear()
    sys.argv = before[0]
    os.chdir(before[1])
    for descriptor in (nowhere, *before[2:]):
        os.close(descriptor)


@dataclass(frozen=True)
class Whole:
    """What a run that nothing disturbs leaves, how long it takes, and how many calls."""

    new: Contents
    seconds: float
    calls: int


def finished(writing: Writing, folder: Path) -> Whole:
    prepare(folder)
    began = time.monotonic()
    old = contents(folder / writing.target)
    assert code_of(started(writing, folder)) in (0, 1)
    seconds, calls = time.monotonic() - began, int.from_bytes(_COUNT[:4], "big")
    assert not unfinished(folder)
    new = contents(folder / writing.target)
    assert new != old, f"{writing}: writes nothing"
    return Whole(new, seconds, calls)


def killed(writing: Writing, folder: Path, whole: Whole, *, in_writing: bool) -> str:
    """Kill one run, and say what it leaves. Raises AssertionError where that is half of it."""
    prepare(folder)
    old = contents(folder / writing.target)
    process = started(writing, folder, random.randint(1, whole.calls) if in_writing else 0)
    if not in_writing:
        time.sleep(random.uniform(0, whole.seconds))
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
    if code_of(process) != -signal.SIGKILL:
        return TOO_LATE
    found, left = contents(folder / writing.target), unfinished(folder)
    assert (folder / README).read_text(encoding="utf-8") == "ours"
    is_part = writing.changes_several and is_each_whole(found, old, whole.new)
    assert found in (old, whole.new) or is_part, f"{writing}: half of it"
    if found != whole.new or left:
        again = code_of(started(writing, folder))
        assert again in (0, 1) or found == whole.new, f"{writing}: not finished"
        assert contents(folder / writing.target) == whole.new, f"{writing}: not the same again"
        assert not unfinished(folder), f"{writing}: left for good"
    said = "new" if found == whole.new else "old" if found == old else "each old or new"
    return f"{said}{', unfinished beside' if left else ''}"


def is_each_whole(found: Contents, old: Contents, new: Contents) -> bool:
    """Whether of several files each is the old or the new one."""
    if isinstance(found, bytes) or isinstance(old, bytes) or isinstance(new, bytes):
        return False
    return all(data in (old.get(name), new.get(name)) for name, data in found.items())


def unfinished(folder: Path) -> list[str]:
    """The names of what is left unfinished; anything else that is hidden is an error."""
    folders = [folder, *(each for each in folder.iterdir() if each.is_dir())]
    names = [name for each in folders for name in os.listdir(each) if name.startswith(".")]
    assert all(name.startswith(UNFINISHED) for name in names), names
    return names


def kills(
    folder: Path, number: int, writings: Sequence[Writing] = WRITINGS
) -> Counter[tuple[str, str]]:
    """How often each thing was left, of each command."""
    counted: Counter[tuple[str, str]] = Counter()
    writings = writings[:number]
    warm(writings, folder)
    whole = [finished(writing, folder) for writing in writings]
    for i in range(number):
        n = i % len(writings)
        in_writing, left = i // len(writings) % 2 == 0, TOO_LATE
        while left == TOO_LATE:
            left = killed(writings[n], folder, whole[n], in_writing=in_writing)
        counted[" ".join(writings[n].arguments), left] += 1
    return counted


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    with tempfile.TemporaryDirectory() as folder:
        for (command, left), times in sorted(kills(Path(folder), number).items()):
            print(f"{times:4} × {left:24} ppi {command}")


if __name__ == "__main__":
    main()
