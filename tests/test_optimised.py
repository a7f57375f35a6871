"""With ``python -OO``, which leaves out docstrings and assertions, a user misses nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ppi_cli.rules import ALL
from tests.conftest import DATA, Result

ROOT = Path(__file__).parent.parent
CORPUS = Path(__file__).parent / "corpus"
COMMANDS = (
    "totals gantt matrix show list afford debt trace apcp variants diff compare roll validate"
)
ASKED = [
    ["--help"],
    *([command, "--help"] for command in f"{COMMANDS} explain rules schema init".split()),
    ["rules", "--lang", "fr"],
    ["rules", "--format", "json"],
    *(["explain", rule.code, "--lang", "fr"] for rule in ALL[::15]),
    ["explain", "PPI301", "--format", "json"],
    ["schema"],
    ["schema", "--part", "--lang", "fr"],
    ["totals", str(DATA)],
    ["validate", str(DATA), *map(str, sorted(CORPUS.glob("*.yaml"))[:6]), "--show-exceptions"],
]
#: Runs commands one after the other, in one process: what each prints, and its exit code.
RUN = """
import contextlib, io, json, sys
from ppi_cli.cli.app import run
assert sys.flags.optimize == 0, "assertions are left out"
printed = []
for arguments in json.load(sys.stdin):
    sys.argv = ["ppi", *arguments]
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8") for _ in range(2))
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            run()
        except SystemExit as stop:
            said = [page.flush() or page.buffer.getvalue().decode() for page in (out, err)]
            printed.append([stop.code or 0, *said])
print(json.dumps(printed))
"""


def said_optimised() -> Any:
    done = subprocess.run(
        [sys.executable, "-OO", "-c", RUN],
        input=json.dumps(ASKED),
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return json.loads(done.stdout)


def test_an_optimised_python_says_all_that_another_one_says(ppi: Callable[..., Result]) -> None:
    for arguments, optimised in zip(ASKED, said_optimised(), strict=True):
        plain = ppi(*arguments)
        assert [plain.code, plain.out, plain.err] == optimised, arguments
        assert plain.out, arguments
