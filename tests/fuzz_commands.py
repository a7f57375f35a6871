"""A search for command lines and plans on which the program fails, to be run by hand.

``python -m tests.fuzz_commands --runs 50000 --seed 1``: edits the plans of ``data/`` at random,
and runs all commands on them with all options, in this process. No run may end in a traceback, in
an exit code that is none of the program's, or take more than ten seconds; and where a plan has
totals, the program's answers must agree with one another. Each failure is told with what gives it
again: ``--seed 1 --only N``. Ctrl-C ends the search, and tells how far it was. What is mended goes
into the tests as a small example.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import redirect_stderr, redirect_stdout, suppress
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from random import Random
from shutil import rmtree
from signal import SIGINT, default_int_handler, signal
from typing import Any, NamedTuple
from unittest.mock import patch

from typer.main import get_command

from ppi_cli.cli import app
from ppi_cli.source import read
from ppi_cli.source.examine import Examined, examine
from ppi_cli.source.files import SourceFile
from ppi_cli.source.read import Reading
from ppi_cli.versions.scenarios import worked_out
from tests.any_command import any_choices, any_command, ids_of
from tests.any_edit import Edited, edited, example_tree, written
from tests.any_import import write_inputs
from tests.identities import broken, broken_by_comparison, broken_by_difference

SECONDS = 10
#: Random command lines for each plan, beside those that its identities need.
COMMANDS_PER_PLAN = 24
PLAN = "data/plan.yaml"


class Result(NamedTuple):
    code: object
    out: str
    err: str
    seconds: float
    traceback: str = ""


def run(arguments: Iterable[str], stdin: str = "") -> Result:
    """The program in this process, with its output; never raises."""
    code: object = 0
    failed = ""
    out, err, given = (
        io.TextIOWrapper(io.BytesIO(text.encode()), encoding="utf-8", newline="\n")
        for text in ("", "", stdin)
    )
    began = time.process_time()
    with (
        redirect_stdout(out),
        redirect_stderr(err),
        patch.object(sys, "stdin", given),
        patch.object(sys, "argv", ["ppi", *arguments]),
    ):
        try:
            app.run()
        except SystemExit as stop:
            code = stop.code or 0
        except Exception:
            failed = traceback.format_exc(limit=-4)
    seconds = time.process_time() - began
    texts = []
    for stream in (out, err):
        stream.flush()
        texts.append(stream.buffer.getvalue().decode())
    return Result(code, texts[0], texts[1], seconds, failed)


def wrong_with(result: Result) -> str | None:
    if result.traceback:
        return result.traceback
    if result.seconds > SECONDS:
        return f"it took {result.seconds:.1f} s"
    if result.code not in (0, 1, 2):
        return f"exit code {result.code!r}"
    if result.code == 2 and not result.err.strip():
        return "exit code 2, and nothing is said"
    return None


class Search:
    """The runs on the plans of a seed, and what failed."""

    def __init__(self, seed: int, command: str | None = None) -> None:
        self.seed, self.command = seed, command
        self.codes: Counter[object] = Counter()
        self.commands: Counter[str] = Counter()
        self.failures: Counter[str] = Counter()
        self.sound = 0
        self.slowest = 0.0

    @property
    def runs(self) -> int:
        return self.codes.total()

    def plan(self, n: int) -> None:
        """Edit a plan, run random commands on it, and see whether its figures agree."""
        random = Random(f"{self.seed}:{n}")
        plan = edited(random)
        _clean()
        Path(PLAN).write_text(plan.text, encoding="utf-8")
        names = ["-", "data", PLAN, str(plan.example)]
        ids = ids_of(plan.tree)
        write_inputs(random, ids)
        for _ in range(COMMANDS_PER_PLAN):
            words = any_command(random, ids, names, self.command)
            Path(PLAN).write_text(plan.text, encoding="utf-8")  # in case it was written over
            result = self._run(words, plan, n)
            self._tell(wrong_with(result), words, plan, n)
        _clean()
        Path(PLAN).write_text(plan.text, encoding="utf-8")
        if self.command is None:
            self._identities(plan, n, random)

    def _run(self, words: list[str], plan: Edited, n: int) -> Result:
        result = run(words, plan.text)
        self.codes[result.code] += 1
        self.commands[words[0]] += 1
        self.slowest = max(self.slowest, result.seconds)
        return result

    def _identities(self, plan: Edited, n: int, random: Random) -> None:
        ask = self._asking(plan, n, ["data"])
        if ask("totals") is None:
            return
        self.sound += 1
        choices = any_choices(random, ids_of(plan.tree)) if random.random() < 0.5 else []
        Path("examples").mkdir(exist_ok=True)
        Path("examples/plan.yaml").write_text(written(example_tree(plan.example)), "utf-8")
        sides = ["examples", "data"] if random.random() < 0.7 else ["data", "examples"]
        searches: list[tuple[list[str], Callable[[], Iterable[str]]]] = [
            (choices, lambda: broken(self._asking(plan, n, ["data", *choices]), random)),
            (sides, lambda: broken_by_difference(self._asking(plan, n, []), *sides)),
        ]
        if random.random() < 0.3:
            searches.append(([], lambda: broken_by_comparison(ask)))
        for words, search in searches:
            try:
                for what in search():
                    self._tell(what, words, plan, n)
            except Exception:
                self._tell(traceback.format_exc(), words, plan, n)

    def _asking(self, plan: Edited, n: int, more: list[str]) -> Callable[..., Any]:
        """Ask in JSON, each question once."""

        @cache
        def ask(*words: str) -> Any:
            line = [*words, *more, "--format", "json"]
            result = self._run(line, plan, n)
            self._tell(wrong_with(result), line, plan, n)
            return json.loads(result.out) if result.code == 0 and result.out else None

        return ask

    def _tell(self, what: str | None, words: list[str], plan: Edited, n: int) -> None:
        """Tell a failure with what gives it again; of those alike, the first three."""
        if what is None:
            return
        kind = "\n".join(what.strip().splitlines()[-3:]) if "Traceback" in what else what[:24]
        self.failures[kind] += 1
        if self.failures[kind] <= 3:
            print(
                f"\n--seed {self.seed} --only {n}: {plan.example.name}", *plan.edits, sep="\n    "
            )
            print(f"  ppi {' '.join(map(repr, words))}\n{what.rstrip()}", flush=True)


def _clean() -> None:
    """Leave nothing in the current folder but the repository."""
    for path in Path().iterdir():
        if path.name != ".git":
            rmtree(path) if path.is_dir() else path.unlink()
    Path("data").mkdir()


def _examined_once() -> Callable[..., Examined]:
    """What is found of a version of a plan is found once, as long as it is asked for."""
    known: dict[tuple[int, str], tuple[Reading, Examined]] = {}

    def examined(reading: Reading, today: date, version_of: Any = worked_out) -> Examined:
        choices = getattr(version_of, "__self__", None)
        if choices is None:
            return examine(reading, today, version_of)
        key = id(reading), repr(choices)
        if key not in known:
            if len(known) > 20:
                known.clear()
            known[key] = reading, examine(reading, today, version_of)
        return known[key][1]

    return examined


def _read_once() -> Callable[..., list[Reading]]:
    """Files are read once, as long as they hold the same."""
    plainly = read.readings_of
    keep = lru_cache(12)(plainly)

    def readings_of(location: str, sources: Sequence[SourceFile], **more: bool) -> list[Reading]:
        if any(source.problem for source in sources):
            return plainly(location, sources, **more)
        return keep(location, tuple(sources), **more)

    return readings_of


def _repository() -> None:
    """The current folder as a repository whose one revision holds a plan."""
    _clean()
    Path(PLAN).write_text(written(example_tree(Path(app.__file__).parents[2] / "data")), "utf-8")
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    for words in (["init", "-q", "-b", "main"], ["add", "."], [*who, "commit", "-qm", "plan"]):
        subprocess.run(["git", *words], check=True)


def main() -> None:
    signal(SIGINT, default_int_handler)  # also where a shell has started it in the background
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--runs", type=int, default=5_000, help="how many command lines at least")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int, help="one plan of the seed")
    parser.add_argument("--command", help="random lines of this command alone")
    parser.add_argument("--keep", type=Path, help="where to write the plan of --only")
    asked = parser.parse_args()
    if asked.keep is not None:
        asked.keep.write_text(edited(Random(f"{asked.seed}:{asked.only}")).text, encoding="utf-8")
    for name in [name for name in os.environ if name.startswith(("PPI_", "LC_", "COLUMNS"))]:
        del os.environ[name]
    os.environ.update(LANG="en_GB.UTF-8", TERM="dumb")
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    search = Search(asked.seed, asked.command)
    examined = _examined_once()
    with (
        tempfile.TemporaryDirectory(dir=memory) as folder,
        patch.object(read, "readings_of", _read_once()),
        patch("ppi_cli.cli.session.examine", examined),
        patch("ppi_cli.cli.checking.examine", examined),
        patch.object(app, "get_command", cache(get_command)),
    ):
        os.chdir(folder)
        _repository()
        n = 0 if asked.only is None else asked.only
        with suppress(KeyboardInterrupt):
            while search.runs < asked.runs:
                search.plan(n)
                n += 1
                if n % 100 == 0:
                    print(f"{search.runs} runs on {n} plans", file=sys.stderr, flush=True)
                if asked.only is not None:
                    break
        os.chdir("/")
    print(f"\n{search.runs} runs on {n} plans, {search.sound} with figures; exit codes", end=" ")
    print(dict(search.codes), f"slowest {search.slowest:.1f} s", dict(search.commands))
    for kind, times in search.failures.most_common():
        print(f"{times} x {kind}")
    sys.exit(bool(search.failures))


if __name__ == "__main__":
    main()
