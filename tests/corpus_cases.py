"""The corpus: small plans, each with one thing wrong, that say themselves what must be found.

A plan is a file of ``corpus/``, or a folder. What is expected stands where it must be found:

    envelope: {2016: 175, 2017: 34 k€} # expect: PPI406@22

asks for PPI406 on this line, and in this column (which may be left out); several findings of a
line are separated by commas. Where a comment would change what is tested, or where the finding
has no line, any comment of its own says it:

    # expect-at: PPI006 12:5            line and column of this file
    # expect-at: PPI010 projets.yaml    a file as a whole; ``.`` is the plan's folder

"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from ppi_cli.values.findings import Diagnostic


class Found(NamedTuple):
    """What is found, or expected: where a line or column is not given, it is 0."""

    file: str
    line: int
    column: int
    code: str


def plans_of(folder: Path) -> list[Path]:
    return sorted(
        path for path in folder.iterdir() if path.name != "good" and not path.name.startswith(".")
    )


@cache
def expected(case: Path) -> tuple[Found, ...]:
    texts = case.glob("*.y*ml") if case.is_dir() else [case]
    return tuple(
        found
        for file in texts
        if file.is_file()
        for found in _expected_by(file.name, file.read_text(encoding="utf-8", errors="replace"))
    )


def _expected_by(name: str, text: str) -> Iterable[Found]:
    for number, line in enumerate(text.split("\n"), start=1):
        if match := re.search("# expect: (.+)$", line):
            for item in match[1].split(","):
                code, _, column = item.strip().partition("@")
                yield Found(name, number, int(column or 0), code)
        if match := re.fullmatch("# expect-at: (PPI[0-9]{3}) (.+)", line):
            if position := re.fullmatch("([0-9]+):([0-9]+)", match[2]):
                yield Found(name, int(position[1]), int(position[2]), match[1])
            else:
                yield Found(match[2], 0, 0, match[1])


def found_in(diagnostics: Iterable[Diagnostic], plan: Path) -> list[Found]:
    found = []
    for diagnostic in diagnostics:
        start = diagnostic.place.range.start if diagnostic.place.range else (0, 0)
        file = Path(diagnostic.place.file)
        found.append(
            Found("." if file == plan and plan.is_dir() else file.name, *start, diagnostic.code)
        )
    return found
