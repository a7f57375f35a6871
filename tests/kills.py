"""Kill the program while it writes, and look at what it leaves, to be run by hand.

``python -m tests.kills [N]`` kills it N times (300) with SIGKILL, in turns at a moment of its run
and at a step of its writing, in the middle of a file too. What is there then must be the old or the
new, whole; beside it there may be a hidden file or folder whose name says that it is unfinished.
The same command again then leaves the new, and nothing hidden in its folder.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import ppi_cli.source.writing
from ppi_cli.__main__ import main as main_program
from ppi_cli.cli import app as _loaded  # noqa: F401  # before the first run
from ppi_cli.source.files import PLAN_LINE, is_yaml

ROOT = Path(__file__).parent.parent
UNFINISHED = ".ppi-unfinished-"
TOO_LATE = "had ended"
OLD = "the old report\n" * 40_000
#: Where files stay that are no plan, and what they are.
README = Path("filled", "README.md")


@dataclass(frozen=True)
class Writing:
    """A command that writes, and where."""

    arguments: tuple[str, ...]
    target: str
    #: About as many calls of the system as that takes.
    calls: int = 60


WRITINGS = (
    Writing(
        ("totals", "plan", "--format", "json", "--trace", "-o", "report.json"), "report.json", 12
    ),
    Writing(("init", "new", "--example", "town"), "new"),
    Writing(("init", "empty", "--example", "town"), "empty"),
    Writing(("init", "filled", "--example", "town"), "filled"),
    Writing(("roll", "plan", "next"), "next"),
)


def prepare(folder: Path) -> None:
    """The plan, an old report, and folders to write to."""
    for each in folder.iterdir():
        if each.name != "plan":
            shutil.rmtree(each) if each.is_dir() else each.unlink()
    if not (folder / "plan").exists():
        shutil.copytree(ROOT / "data", folder / "plan")
    (folder / "report.json").write_text(OLD, encoding="utf-8")
    (folder / "empty").mkdir()
    (folder / "filled").mkdir()
    (folder / README).write_text("ours", encoding="utf-8")


class Deadly:
    """The module ``os``, of which a call kills the process: the one of that number."""

    def __init__(self, calls: int) -> None:
        self.left = calls

    def __getattr__(self, name: str) -> Any:
        value = getattr(os, name)
        return partial(self._called, value) if callable(value) else value

    def _called(self, function: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
        self.left -= 1
        if self.left == 0:
            if function is os.write:
                os.write(arguments[0], arguments[1][: len(arguments[1]) // 2])
            os.kill(os.getpid(), signal.SIGKILL)
        return function(*arguments, **named)


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


def contents(path: Path) -> bytes | dict[str, bytes]:
    """What is visible there: of a file its bytes, of a folder those of its YAML files."""
    if path.is_file():
        return path.read_bytes()
    found = sorted(path.iterdir()) if path.exists() else []
    return {each.name: each.read_bytes() for each in found if is_yaml(each.name)}


def is_plan(found: dict[str, bytes]) -> bool:
    return any(PLAN_LINE.search(data.decode()) for data in found.values())


def finished(writing: Writing, folder: Path) -> tuple[bytes | dict[str, bytes], float]:
    """What a run that nothing disturbs leaves, and how long it takes."""
    prepare(folder)
    began = time.monotonic()
    assert os.waitpid(started(writing, folder), 0)[1] == 0
    return contents(folder / writing.target), time.monotonic() - began


def killed(
    writing: Writing,
    folder: Path,
    new: bytes | dict[str, bytes],
    seconds: float,
    *,
    in_writing: bool,
) -> str:
    """Kill one run, and say what it leaves. Raises AssertionError where that is half of it."""
    prepare(folder)
    old = contents(folder / writing.target)
    process = started(writing, folder, calls=random.randint(1, writing.calls) if in_writing else 0)
    if not in_writing:
        time.sleep(random.uniform(0, seconds))
        os.kill(process, signal.SIGKILL)
    ended = os.waitpid(process, 0)[1] == 0
    found = contents(folder / writing.target)
    left = list(unfinished(folder))
    if found != new:
        assert os.waitpid(started(writing, folder), 0)[1] == 0, f"{writing}: not finished"
        assert contents(folder / writing.target) == new, f"{writing}: not the same again"
        if writing.target == README.parent.name:
            assert not any(name.startswith(".") for name in os.listdir(folder / writing.target))
    assert (folder / README).read_text(encoding="utf-8") == "ours"
    if found not in (old, new):
        assert writing.target == "filled", f"{writing}: half of it"
        assert isinstance(found, dict)
        assert not is_plan(found), f"{writing}: half of a plan"
        return "some files, no plan"
    if ended:
        return TOO_LATE
    return f"{'new' if found == new else 'old'}{', unfinished beside' if left else ''}"


def unfinished(folder: Path) -> Iterator[str]:
    """The names of what is left unfinished; anything else that is hidden is an error."""
    for where in (folder, folder / "filled"):
        for name in os.listdir(where):
            if name.startswith("."):
                assert name.startswith(UNFINISHED), name
                yield name


def kills(folder: Path, number: int) -> Counter[tuple[str, str]]:
    """How often each thing was left, of each command."""
    counted: Counter[tuple[str, str]] = Counter()
    whole = [finished(writing, folder) for writing in WRITINGS]
    for i in range(number):
        writing, (new, seconds) = WRITINGS[i % len(WRITINGS)], whole[i % len(WRITINGS)]
        in_writing = i // len(WRITINGS) % 2 == 0
        while (left := killed(writing, folder, new, seconds, in_writing=in_writing)) == TOO_LATE:
            pass
        counted[" ".join(writing.arguments), left] += 1
    return counted


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    with tempfile.TemporaryDirectory() as folder:
        for (command, left), times in sorted(kills(Path(folder), number).items()):
            print(f"{times:4} × {left:24} ppi {command}")


if __name__ == "__main__":
    main()
