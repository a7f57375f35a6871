"""Build the project's wheel, install it into a fresh environment, and measure whole processes.

``python -m tests.bench [PART ...] [--runs N]``; pip must be able to fetch the dependencies. What is
printed are ratios: two processes run in turns, and the median of the ratios of their pairs says how
much longer one takes. Milliseconds are those of this machine.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import venv
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from tests.bench.documents import CELLS, cells_of
from tests.bench.plans import (
    write_crowded_plan,
    write_funded_plan,
    write_next_plan,
    write_plan,
    write_wrong_plan,
)

ROOT = Path(__file__).parent.parent.parent
SIZES = (1000, 2000, 4000, 8000)
GROWING = (
    ("totals",),
    ("totals", "--by", "project"),
    ("totals", "--by", "class"),
    ("totals", "--per", "quarter"),
    ("totals", "--by", "project", "--per", "quarter"),
    ("gantt",),
    ("matrix",),
    ("list", "projects"),
    ("validate",),
)
#: Commands that name each project of the plan.
NAMING = (("--drop", "{id}"), ("--shift", "{id}=1"))

#: The least that a program on the same libraries does to read something and print it as a table.
FLOOR = """
import typer, pydantic, yaml, rich.table, rich.console

app = typer.Typer(add_completion=False)

class Cost(pydantic.BaseModel):
    year: int
    amount: str

@app.command()
def main():
    cost = Cost.model_validate(yaml.load("{year: 2016, amount: 529}", yaml.CBaseLoader))
    table = rich.table.Table("year", "amount")
    table.add_row(str(cost.year), cost.amount)
    rich.console.Console().print(table)

app()
"""

#: The least that reading a plan's YAML takes.
EVENTS = """
import sys, yaml

for name in sys.argv[1:]:
    with open(name, encoding="utf-8") as file:
        for event in yaml.parse(file, yaml.CSafeLoader):
            pass
"""


#: The least that comparing two plans takes: to read them both.
BOTH = """
import sys
from ppi_cli.source.read import read

for name in sys.argv[1:]:
    assert read(name).plan is not None
"""


#: A folder that is not there yet, at each run.
ROLL = """
import sys, tempfile
from ppi_cli.__main__ import main

sys.argv = ["ppi", "roll", sys.argv[1], f"{tempfile.mkdtemp(dir='.')}/next"]
sys.stderr = open("/dev/null", "w")
main()
"""


@dataclass(frozen=True)
class Run:
    #: Of processor time: others may be at work beside it.
    seconds: float
    #: Of resident memory, in megabytes.
    peak: float


@dataclass(frozen=True)
class Environment:
    """A virtual environment with the project's wheel in it, and nothing else of the project."""

    folder: Path

    @property
    def python(self) -> str:
        return str(self.folder / "bin" / "python")

    def ppi(self, *arguments: str | Path) -> list[str]:
        return [str(self.folder / "bin" / "ppi"), *map(str, arguments)]

    def script(self, name: str, text: str, *arguments: str | Path) -> list[str]:
        file = self.folder / name
        file.write_text(text, encoding="utf-8")
        return [self.python, str(file), *map(str, arguments)]

    def run(self, command: Sequence[str]) -> Run:
        """Run a process, its output unread; it must succeed."""
        process = subprocess.Popen(
            command,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            cwd=self.folder,
            env={"PATH": os.defpath, "LANG": "C.UTF-8", "HOME": str(self.folder)},
        )
        assert process.stderr is not None
        said = process.stderr.read().decode(errors="replace")
        process.stderr.close()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode or said:
            sys.exit(f"{' '.join(command)} ended with {process.returncode}: {said}")
        seconds = usage.ru_utime + usage.ru_stime
        return Run(seconds, usage.ru_maxrss / (1e6 if sys.platform == "darwin" else 1024))


def installed(folder: Path) -> Environment:
    """The project as its users have it: from a wheel, compiled."""
    environment = Environment(folder / "environment")
    venv.create(environment.folder, with_pip=True)
    pip = [environment.python, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "wheel", "--no-deps", "-w", str(folder), str(ROOT)], check=True)
    wheel = next(folder.glob("*.whl"))
    subprocess.run([*pip, "install", f"{wheel}[documents]"], check=True)
    return environment


def side_by_side(
    environment: Environment, commands: Sequence[Sequence[str]], runs: int
) -> list[list[Run]]:
    """Each command's runs; every turn runs each of them once, and the first turn is dropped."""
    turns = [[environment.run(command) for command in commands] for _ in range(runs + 1)]
    return [list(column) for column in zip(*turns[1:], strict=True)]


def ratio(slow: Sequence[Run], fast: Sequence[Run]) -> float:
    return median(a.seconds / b.seconds for a, b in zip(slow, fast, strict=True))


def milliseconds(runs: Sequence[Run]) -> float:
    return 1000 * median(run.seconds for run in runs)


def compare(
    environment: Environment,
    name: str,
    command: Sequence[str],
    base: Sequence[str],
    runs: int,
    most: float,
    most_memory: float | None = None,
) -> None:
    own, least = side_by_side(environment, [command, base], runs)
    peak = max(run.peak for run in own)
    print(f"{name:52} {ratio(own, least):5.2f}  (target {most:.2f})"
          f"   {milliseconds(own):6.0f} / {milliseconds(least):.0f} ms")  # fmt: skip
    if most_memory is not None:
        print(f"{'  its peak memory, in MB':44} {peak:5.0f}  (target {most_memory:.0f})")


def growth(environment: Environment, folder: Path, runs: int) -> None:
    """How much longer a command takes on a plan twice as large: 2 is in proportion."""
    plans = [folder / f"plan-{size}" for size in SIZES]
    for plan, size in zip(plans, SIZES, strict=True):
        write_plan(plan, size)
    steps = [f"{a}→{b}" for a, b in pairwise(SIZES)]
    last = f"ms at {SIZES[-1]}"
    print(f"{'time per doubling':44} " + " ".join(f"{step:>10}" for step in (*steps, last, "MB")))

    def measured(name: str, commands: Sequence[Sequence[str]]) -> None:
        found = side_by_side(environment, commands, runs)
        cells = [f"{ratio(large, small):10.2f}" for small, large in pairwise(found)]
        cells.append(f"{milliseconds(found[-1]):10.0f}")
        cells.append(f"{max(run.peak for run in found[-1]):10.0f}")
        print(f"{name:44} " + " ".join(cells), flush=True)

    for command in GROWING:
        name = f"ppi {' '.join(command)}"
        measured(name, [environment.ppi(*command, plan) for plan in plans])
    for option, value in NAMING:
        asked = [
            [word for n in range(size) for word in (option, value.format(id=f"projet-{n + 1}"))]
            for size in SIZES
        ]
        measured(
            f"ppi totals {option} (each project)",
            [environment.ppi("totals", p, *words) for p, words in zip(plans, asked, strict=True)],
        )
    measured("ppi roll", [environment.script("roll.py", ROLL, plan) for plan in plans])


def documents(environment: Environment, folder: Path, runs: int) -> None:
    """All four of the real plan, and a workbook of 1,000 projects."""
    ppi, data = environment.ppi()[0], ROOT / "data"
    names = "plan.xlsx plan.pdf plan.html"
    four = f"{ppi} export {data} {names} && {ppi} gantt {data} -o chart.svg"
    compare(
        environment,
        "workbook, document, page and chart, to ppi validate",
        ["sh", "-c", four],
        environment.ppi("validate", data),
        runs,
        8.0,
    )
    write_plan(folder / "large-book", 1000)
    book = environment.ppi("export", folder / "large-book", "large.xlsx")
    environment.run(book)
    cells = folder / "cells.json"
    cells.write_text(cells_of(environment.folder / "large.xlsx"), encoding="utf-8")
    compare(
        environment,
        "workbook of 1,000 projects, to the same cells alone",
        book,
        environment.script("cells.py", CELLS, cells),
        runs,
        3.0,
    )


def main() -> None:
    parts = (
        "start", "tables", "validate", "findings", "plans", "diff", "funding", "arbitrate",
        "documents", "growth",
    )  # fmt: skip
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(parts)}")
    parser.add_argument("--runs", type=int, default=9, help="pairs of runs (default: 9)")
    chosen = parser.parse_args()
    if unknown := set(chosen.parts) - set(parts):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    with TemporaryDirectory() as name:
        folder = Path(name)
        environment = installed(folder)
        for part in chosen.parts or parts:
            if part == "start":
                floor = environment.script("floor.py", FLOOR)
                for command, most in (
                    (["totals", ROOT / "data"], 1.25),
                    (["--version"], 0.5),
                    (["--help"], 0.5),
                ):
                    compare(
                        environment,
                        f"ppi {command[0]}, to a program that prints one line",
                        environment.ppi(*command),
                        floor,
                        chosen.runs,
                        most,
                    )
            elif part == "tables":
                write_plan(folder / "rows", 10_000)
                for command, most in (
                    (["totals", "--by", "project", "--per", "quarter"], 1.3),
                    (["gantt"], 1.5),
                ):
                    compare(
                        environment,
                        f"ppi {command[0]}, 10,000 projects by quarter, to its JSON",
                        environment.ppi(*command, folder / "rows"),
                        environment.ppi(*command, folder / "rows", "-f", "json"),
                        chosen.runs,
                        most,
                    )
            elif part == "validate":
                files = write_plan(folder / "large", 10_000)
                compare(
                    environment,
                    "ppi validate, 10,000 projects, to the events",
                    environment.ppi("validate", folder / "large"),
                    environment.script("events.py", EVENTS, *files),
                    chosen.runs,
                    2.8,
                    120,
                )
            elif part == "findings":
                write_plan(folder / "clean", 10_000)
                write_wrong_plan(folder / "wrong", 10_000)
                never = ("--fail-on", "never")
                compare(
                    environment,
                    "10,000 findings, to the same plan without one",
                    environment.ppi("validate", folder / "wrong", *never),
                    environment.ppi("validate", folder / "clean", *never),
                    chosen.runs,
                    2.0,
                )
            elif part == "plans":
                plans = [folder / f"town-{n}" for n in range(1000)]
                written = [file for plan in plans for file in write_plan(plan, 11)]
                compare(
                    environment,
                    "1,000 plans of 11 projects, to the events",
                    environment.ppi("validate", *plans, "--fail-on", "never"),
                    environment.script("events.py", EVENTS, *written),
                    chosen.runs,
                    3.0,
                )
            elif part == "diff":
                write_plan(folder / "old", 2000)
                write_next_plan(folder / "new", 2000)
                compare(
                    environment,
                    "ppi diff, 400 changes of 2,000, to reading both",
                    environment.ppi("diff", folder / "old", folder / "new"),
                    environment.script("both.py", BOTH, folder / "old", folder / "new"),
                    chosen.runs,
                    2.5,
                )
            elif part == "funding":
                write_funded_plan(folder / "funded", 2000)
                for command in (["afford"], ["totals", "--by", "source"]):
                    compare(
                        environment,
                        f"ppi {' '.join(command)}, 2,000 × 10 years × 5, to reading",
                        environment.ppi(*command, folder / "funded", "-f", "json"),
                        environment.script("both.py", BOTH, folder / "funded"),
                        chosen.runs,
                        3.0,
                    )
            elif part == "arbitrate":
                write_crowded_plan(folder / "crowded", 1200)
                compare(
                    environment,
                    "ppi arbitrate, 1,200 × 10 years × 4, to afford",
                    environment.ppi("arbitrate", folder / "crowded"),
                    environment.ppi("afford", folder / "crowded"),
                    chosen.runs,
                    1.5,
                )
            elif part == "documents":
                documents(environment, folder, chosen.runs)
            else:
                growth(environment, folder, chosen.runs)


if __name__ == "__main__":
    main()
