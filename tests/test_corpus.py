"""The corpus: small plans, each with one thing wrong, that say themselves what must be found.

A plan is a file of ``corpus/``, or a folder. What is expected stands where it must be found:

    envelope: {2016: 175, 2017: 34 k€} # expect: PPI406@22

asks for PPI406 on this line, and in this column (which may be left out); several findings of a
line are separated by commas. Where a comment would change what is tested, or where the finding
has no line, any comment of its own says it:

    # expect-at: PPI006 12:5            line and column of this file
    # expect-at: PPI010 projets.yaml    a file as a whole; ``.`` is the plan's folder

Infos count in the plans that expect one. To add a case, add a file.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

import ppi_cli
from ppi_cli.examine import Examined, examine
from ppi_cli.findings import Diagnostic
from ppi_cli.rules import ALL
from ppi_cli.source import compose, files
from ppi_cli.source.read import read_all
from tests.plans import TODAY

CORPUS = Path(__file__).parent / "corpus"
#: One would need a file of 16 MB, or of a million values: tested below.
NO_SMALL_FILE = {"PPI004"}
INFOS = {rule.code for rule in ALL if rule.severity == "info"}


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


def examined_copy(case: Path, folder: Path) -> list[Examined]:
    """The plans of a case, examined where nothing else stands beside them."""
    copy = folder / case.name
    if case.is_dir():
        shutil.copytree(case, copy)
    else:
        shutil.copy(case, copy)
    return [examine(reading, TODAY) for reading in read_all(str(copy))]


def found_in(diagnostics: Iterable[Diagnostic], plan: Path) -> list[Found]:
    found = []
    for diagnostic in diagnostics:
        start = diagnostic.place.range.start if diagnostic.place.range else (0, 0)
        file = Path(diagnostic.place.file)
        found.append(
            Found("." if file == plan and plan.is_dir() else file.name, *start, diagnostic.code)
        )
    return found


@pytest.mark.parametrize("case", plans_of(CORPUS), ids=lambda path: path.stem)
def test_what_a_broken_plan_expects_is_found_and_nothing_else(case: Path, tmp_path: Path) -> None:
    wanted = expected(case)
    with_infos = any(each.code in INFOS for each in wanted)
    diagnostics = [
        diagnostic
        for each in examined_copy(case, tmp_path)
        for diagnostic in each.diagnostics
        if with_infos or diagnostic.severity != "info"
    ]
    found = found_in(diagnostics, tmp_path / case.name)
    any_column = {each._replace(column=0) for each in wanted if not each.column}
    found = [
        each._replace(column=0) if each._replace(column=0) in any_column else each for each in found
    ]
    assert sorted(found) == sorted(wanted)


@pytest.mark.parametrize("case", plans_of(CORPUS), ids=lambda path: path.stem)
def test_every_broken_plan_expects_something(case: Path) -> None:
    assert expected(case)


@pytest.mark.parametrize("case", plans_of(CORPUS / "good"), ids=lambda path: path.stem)
def test_a_good_plan_has_no_error_and_no_warning(case: Path, tmp_path: Path) -> None:
    (plan,) = examined_copy(case, tmp_path)
    assert plan.sound
    assert [d.message for d in plan.diagnostics if d.severity != "info"] == []


def test_the_exceptions_of_the_good_plan_set_one_finding_aside_each(tmp_path: Path) -> None:
    (plan,) = examined_copy(CORPUS / "good" / "exceptions.yaml", tmp_path)
    assert sorted(d.code for d, _ in plan.set_aside) == [
        "PPI301", "PPI302", "PPI304", "PPI305", "PPI401", "PPI402"
    ]  # fmt: skip


def test_every_code_is_found_in_two_broken_plans_at_least() -> None:
    cases: dict[str, set[Path]] = {code: set() for code in every_code()}
    for case in plans_of(CORPUS):
        for each in expected(case):
            cases[each.code].add(case)
    few = {code: len(names) for code, names in cases.items() if len(names) < 2}
    assert few.keys() == NO_SMALL_FILE


def test_every_rule_is_among_the_codes_of_the_source() -> None:
    assert {rule.code for rule in ALL} <= every_code()


@cache
def every_code() -> frozenset[str]:
    """Every code that the program's source names; PPI300 is where the judging rules begin."""
    source = Path(ppi_cli.__file__).parent.rglob("*.py")
    texts = [file.read_text(encoding="utf-8") for file in source]
    return frozenset(re.findall('"(PPI[0-9]{3})"', "".join(texts))) - {"PPI300"}


# --- what no small file can show ----------------------------------------------------------------


def test_a_file_larger_than_16_megabytes_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "plan.yaml"
    with file.open("wb") as opened:
        opened.truncate(files.LARGEST_FILE + 1)
    (plan,) = [examine(reading, TODAY) for reading in read_all(str(file))]
    assert found_in(plan.diagnostics, file) == [Found("plan.yaml", 0, 0, "PPI004")]


def test_a_file_of_too_many_values_is_not_read_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compose, "MOST_EVENTS", 20)
    file = tmp_path / "plan.yaml"
    file.write_text("plan: {title: Tours, years: 2016..2018}\nthemes: [" + "a, " * 20 + "]\n")
    (plan,) = [examine(reading, TODAY) for reading in read_all(str(file))]
    assert found_in(plan.diagnostics, file) == [Found("plan.yaml", 0, 0, "PPI004")]
